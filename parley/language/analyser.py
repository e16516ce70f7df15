"""Text to analysed sentences: our splitter, then one small network for tags, lemmas, trees and names."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parley.language.entities import Names
from parley.language.lemmas import apply_rule, regular
from parley.language.pieces import Pieces
from parley.language.sentence import Sentence, Token
from parley.language.split import split
from parley.language.tree import decode, mend_coordination, mend_subjects

MODEL = Path(__file__).parent / "model"
IRREGULAR = Path(__file__).parent / "irregular.tsv"
#: "KABUL (AFP) – ", "BEIRUT, March 3 (Reuters) - ", "GENEVA — ": where a report was written is no part of its first sentence.
DATELINE = re.compile(
    r"\s*[A-ZÀ-Þ][A-ZÀ-Þ'’.\- ]{2,40}(?:, ?[A-Z][\w.'’]{1,20}(?: [A-Z][\w.'’]{1,20})?)?(?:,? ?[A-Z][a-z]{2,8}\.? \d{1,2})?"
    r" ?(?:\([^()\n]{2,30}\)|/[A-Z]{2,12}/)?\.? ?(?:—|–|--|-) "
)
MAX_PIECES = 500
TAGS = ("upos", "xpos", "feats", "rules")
OUTPUTS = (*TAGS, "ner", "arcs", "rel_dep", "rel_head")


class Analyser:
    """The English analyser. Made once, called many times; not shared between threads.

    `threads` is the number of processor threads of the network; more gain little on short texts.
    Raises FileNotFoundError when the weights are missing.
    """

    def __init__(self, folder: Path = MODEL, threads: int = 1) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3

        def session(name: str) -> ort.InferenceSession:
            if not (folder / name).exists():
                raise FileNotFoundError(
                    f"{folder / name}: the analyser's weights are missing; `make train` makes them, a release carries them"
                )
            return ort.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])

        self._network, self._relations = session("analyser.onnx"), session("relations.onnx")
        self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self._names = Names(self.labels["ner"])
        self._pieces = Pieces(folder / "tokenizer.json")
        self._lemmas = _lemma_table(folder / "lemmas.tsv")
        self._dictionary = frozenset(lemma.lower() for lemma in self._lemmas.values())
        rows = (IRREGULAR.read_text(encoding="utf-8")).splitlines()
        self._irregular = dict(row.split("\t") for row in rows)

    def analyse(self, text: str) -> list[Sentence]:
        """The sentences of a text, in order, with everything filled in."""
        rows = split(text)
        dateline = DATELINE.match(text)
        if dateline and rows and rows[0][-1].start >= dateline.end():
            rows[0] = [t for t in rows[0] if t.start >= dateline.end()]
        sentences = [Sentence(i, tokens[0].start, tokens[-1].end, tokens) for i, tokens in enumerate(rows)]
        self.annotate(sentences)
        return sentences

    def analyse_words(self, rows: Sequence[Sequence[str]]) -> list[Sentence]:
        """Sentences given as words; offsets are those of the words joined by single blanks."""
        sentences = []
        for i, row in enumerate(rows):
            tokens, at = [], 0
            for word in row:
                tokens.append(Token(word, at, at + len(word)))
                at += len(word) + 1
            sentences.append(Sentence(i, 0, at - 1, tokens))
        self.annotate(sentences)
        return sentences

    def annotate(self, sentences: Sequence[Sentence]) -> None:
        """Fill tags, lemmas, trees and names of split sentences.

        Each sentence goes through the network alone: int8 arithmetic takes its ranges from all that it is given at once, so
        in a batch the analysis of a sentence would depend on its neighbours.
        """
        for sentence in sentences:
            if sentence.tokens:
                self._fill(sentence)

    def _fill(self, sentence: Sentence) -> None:
        ids, shapes, first, last = self._pieces.encode(sentence.words)
        n = min(len(ids), MAX_PIECES)
        inputs = {"ids": _row(ids[:n]), "shapes": _row(shapes[:n])}
        # A word beyond the longest input that the encoder takes is read from the last piece that fits.
        inputs |= {"first": np.minimum(_row(first), n - 1), "last": np.minimum(_row(last), n - 1)}
        out = dict(zip(OUTPUTS, (x[0] for x in self._network.run(list(OUTPUTS), inputs)), strict=True))
        sentence.heads = decode(out["arcs"])
        heads = out["rel_head"][[h + 1 for h in sentence.heads]]
        relations = self._relations.run(["relation"], {"dep": out["rel_dep"], "head": heads})[0]
        labels = self.labels
        sentence.upos = [labels["upos"][k] for k in out["upos"]]
        sentence.xpos = [labels["xpos"][k] for k in out["xpos"]]
        sentence.feats = [labels["feats"][k] for k in out["feats"]]
        sentence.deprels = ["root" if h < 0 else labels["deprels"][k] for h, k in zip(sentence.heads, relations, strict=True)]
        mend_coordination(sentence.heads, sentence.deprels, sentence.upos)
        mend_subjects(sentence.heads, sentence.deprels)
        rules = (labels["rules"][k] for k in out["rules"])
        sentence.lemmas = [self._lemma(t.text, x, rule) for t, x, rule in zip(sentence.tokens, sentence.xpos, rules, strict=True)]
        sentence.names = self._names.of(out["ner"])

    def _lemma(self, form: str, xpos: str, rule: str) -> str:
        known = self._lemmas.get((form, xpos)) or self._lemmas.get((form.lower(), xpos))
        if known is None and xpos in ("VBD", "VBN"):
            known = self._irregular.get(form.lower())
        if known is not None:
            return known
        guess = apply_rule(rule, form)
        # The network sees pieces, not letters: it misjudges endings ("marched" from "marche"). Lemmas of the treebanks decide
        # first, then whole words of the vocabulary.
        candidates = [*regular(form, xpos), guess]
        known = next((c for c in (guess, *candidates) if c.lower() in self._dictionary), None)
        return known or next((c for c in candidates if self._pieces.is_word(c)), candidates[0])


def _row(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array([values], dtype=np.int64)


def _lemma_table(path: Path) -> dict[tuple[str, str], str]:
    table = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        form, xpos, lemma = line.split("\t")
        table[form, xpos] = lemma
    return table

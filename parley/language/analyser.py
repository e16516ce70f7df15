"""Text to analysed sentences: our splitter, then one small network for tags, lemmas, trees and names."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from parley.language.lemmas import apply_rule, regular
from parley.language.pieces import SHAPES, Pieces
from parley.language.sentence import Sentence, Token
from parley.language.split import split
from parley.language.tree import decode

MODEL = Path(__file__).parent / "model"
BATCH_PIECES = 1536
#: "KABUL (AFP) – ", "BEIRUT, March 3 (Reuters) - ", "GENEVA — ": where a report was written is no part of its first sentence.
DATELINE = re.compile(
    r"\s*[A-ZÀ-Þ][A-ZÀ-Þ'’.\- ]{2,40}(?:, ?[A-Z][\w.'’]{1,20}(?: [A-Z][\w.'’]{1,20})?)?(?:,? ?[A-Z][a-z]{2,8}\.? \d{1,2})?"
    r" ?(?:\([^()\n]{2,30}\)|/[A-Z]{2,12}/)?\.? ?(?:—|–|--|-) "
)
MAX_PIECES = 500
TAGS = ("upos", "xpos", "feats", "rules", "ner")
OUTPUTS = (*TAGS, "arcs", "rel_dep", "rel_head")


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
        self._pieces = Pieces(folder / "tokenizer.json")
        self._lemmas = _lemma_table(folder / "lemmas.tsv")

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
        """Fill tags, lemmas, trees and names of split sentences, in batches of similar length."""
        encoded = [self._pieces.encode(s.words) for s in sentences]
        order = sorted((i for i in range(len(sentences)) if sentences[i].tokens), key=lambda i: len(encoded[i][0]))
        batch: list[int] = []
        for i in order:
            if batch and (len(batch) + 1) * len(encoded[i][0]) > BATCH_PIECES:
                self._run([sentences[k] for k in batch], [encoded[k] for k in batch])
                batch = []
            batch.append(i)
        if batch:
            self._run([sentences[k] for k in batch], [encoded[k] for k in batch])

    def _run(self, batch: list[Sentence], encoded: list[tuple[list[int], list[int], list[int], list[int]]]) -> None:
        pieces = min(MAX_PIECES, max(len(row[0]) for row in encoded))
        words = max(len(s) for s in batch)
        ids = np.zeros((len(batch), pieces), dtype=np.int64)
        shapes = np.full_like(ids, len(SHAPES))
        mask = np.zeros_like(ids)
        first = np.zeros((len(batch), words), dtype=np.int64)
        last = np.zeros_like(first)
        for b, (i, s, f, end) in enumerate(encoded):
            n = min(len(i), pieces)
            ids[b, :n], shapes[b, :n], mask[b, :n] = i[:n], s[:n], 1
            # A word beyond the longest input that the encoder takes is read from the last piece that fits.
            first[b, : len(f)], last[b, : len(end)] = np.minimum(f, n - 1), np.minimum(end, n - 1)
        inputs = {"ids": ids, "shapes": shapes, "mask": mask, "first": first, "last": last}
        out = dict(zip(OUTPUTS, self._network.run(list(OUTPUTS), inputs), strict=True))
        for b, sentence in enumerate(batch):
            n = len(sentence)
            sentence.heads = decode(out["arcs"][b, :n, : n + 1])
        dep = np.concatenate([out["rel_dep"][b, : len(s)] for b, s in enumerate(batch)])
        head = np.concatenate([out["rel_head"][b, [h + 1 for h in s.heads]] for b, s in enumerate(batch)])
        relations = self._relations.run(["relation"], {"dep": dep, "head": head})[0]
        at = 0
        for b, sentence in enumerate(batch):
            self._fill(sentence, {k: out[k][b] for k in TAGS}, relations[at : at + len(sentence)])
            at += len(sentence)

    def _fill(self, sentence: Sentence, tags: dict[str, Any], relations: Any) -> None:
        n = len(sentence)
        labels = self.labels
        sentence.upos = [labels["upos"][k] for k in tags["upos"][:n]]
        sentence.xpos = [labels["xpos"][k] for k in tags["xpos"][:n]]
        sentence.feats = [labels["feats"][k] for k in tags["feats"][:n]]
        sentence.deprels = ["root" if h < 0 else labels["deprels"][k] for h, k in zip(sentence.heads, relations, strict=True)]
        sentence.lemmas = [
            self._lemma(t.text, x, labels["rules"][k]) for t, x, k in zip(sentence.tokens, sentence.xpos, tags["rules"][:n], strict=True)
        ]
        sentence.names = _names([labels["ner"][k] for k in tags["ner"][:n]])

    def _lemma(self, form: str, xpos: str, rule: str) -> str:
        known = self._lemmas.get((form, xpos)) or self._lemmas.get((form.lower(), xpos))
        if known is not None:
            return known
        guess = apply_rule(rule, form)
        if self._pieces.is_word(guess):
            return guess
        # The network sees pieces, not letters: an ending that it misjudges gives a word that does not exist.
        candidates = regular(form, xpos)
        return next((c for c in candidates if self._pieces.is_word(c)), candidates[0] if candidates else guess)


def _lemma_table(path: Path) -> dict[tuple[str, str], str]:
    table = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        form, xpos, lemma = line.split("\t")
        table[form, xpos] = lemma
    return table


def _names(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    names: list[tuple[int, int, str]] = []
    start, kind = -1, ""
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and (tag[0] != "I" or tag[2:] != kind):
            names.append((start, i, kind))
            start = -1
        if tag[0] != "O" and start < 0:
            start, kind = i, tag[2:]
    return names

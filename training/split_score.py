"""How well `parley.language.split` agrees with the hand-made tokens and sentences of EWT and GUM.

`python -m training.split_score --shared ../shared --split dev` rebuilds each document's raw text, splits it and
prints precision, recall and F1 of tokens and of sentences, by exact character spans.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from parley.language.sentence import Token
from parley.language.split import split
from training.data import open_text

Span = tuple[int, int]
FILES = {"EWT": "data/ud/ewt/en_ewt-ud-{split}.conllu", "GUM": "data/ud/gum/gum-{split}.conllu"}


@dataclass
class Document:
    """Raw text and its gold spans: `sentences[i]` lists the (start, end) code points of sentence i's words."""

    text: str = ""
    sentences: list[list[Span]] = field(default_factory=list)


@dataclass
class Counts:
    """Spans that both have, that the gold has, and that the system has."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def add(self, gold: set[Span], found: set[Span]) -> None:
        self.right += len(gold & found)
        self.gold += len(gold)
        self.found += len(found)

    @property
    def scores(self) -> tuple[float, float, float]:
        """Precision, recall and F1 in per cent; 0 where nothing was counted."""
        precision = 100 * self.right / self.found if self.found else 0.0
        recall = 100 * self.right / self.gold if self.gold else 0.0
        total = self.gold + self.found
        return precision, recall, 200 * self.right / total if total else 0.0


def word_spans(rows: list[list[str]], text: str) -> list[Span]:
    """Spans of a sentence's words in its `# text`.

    The parts of a multi-word token lie side by side in it; a part that the surface does not show as written
    (rare: "wasent" as "was" and "nt") takes as many characters as it has, as far as the surface goes.
    """
    spans: list[Span] = []
    at, inside_until, surface_end = 0, 0, 0
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            inside_until = int(row[0].partition("-")[2])
            at = text.index(row[1], at)
            surface_end = at + len(row[1])
        elif int(row[0]) <= inside_until:
            last = int(row[0]) == inside_until
            end = surface_end if last else min(at + len(row[1]), surface_end)
            spans.append((at, end))
            at = end
        else:
            at = text.index(row[1], at)
            spans.append((at, at + len(row[1])))
            at += len(row[1])
    return spans


def documents(path: Path) -> Iterator[Document]:
    """Documents of a CoNLL-U file; paragraphs are joined by a blank line, sentences by the space that was there.

    Raises `ValueError` where a word is not found in its sentence's `# text`.
    """
    document, rows = Document(), list[list[str]]()
    text, paragraph, glued = "", False, False
    for line in open_text(path):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            if document.sentences:
                yield document
            document, glued = Document(), False
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("# text = "):
            text = line[9:].strip()
        elif line and line[0] != "#":
            rows.append(line.split("\t"))
        elif not line and rows:
            if document.text:
                document.text += "\n\n" if paragraph else "" if glued else " "
            offset = len(document.text)
            document.sentences.append([(s + offset, e + offset) for s, e in word_spans(rows, text)])
            document.text += text
            glued = "SpaceAfter=No" in rows[-1][9].split("|")
            rows, paragraph = [], False
    if document.sentences:
        yield document


def score(path: Path, splitter: Callable[[str], list[list[Token]]] = split) -> tuple[Counts, Counts]:
    """Counts of tokens and of sentences over a file."""
    tokens, sentences = Counts(), Counts()
    for document in documents(path):
        found = [[(t.start, t.end) for t in s] for s in splitter(document.text)]
        tokens.add({w for s in document.sentences for w in s}, {w for s in found for w in s})
        sentences.add({(s[0][0], s[-1][1]) for s in document.sentences}, {(s[0][0], s[-1][1]) for s in found})
    return tokens, sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds data/ud")
    parser.add_argument("--split", choices=("train", "dev", "test"), default="dev")
    args = parser.parse_args()
    for name, pattern in FILES.items():
        path = args.shared / pattern.format(split=args.split)
        path = path if path.exists() else path.with_name(path.name + ".gz")
        for unit, counts in zip(("tokens", "sentences"), score(path), strict=True):
            precision, recall, f1 = counts.scores
            print(f"{name} {args.split} {unit:9} P {precision:6.2f}  R {recall:6.2f}  F1 {f1:6.2f}  ({counts.gold} gold)")


if __name__ == "__main__":
    main()

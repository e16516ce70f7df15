"""What the analyser says of a sentence: words with offsets, tags, a Universal Dependencies tree, names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: `text[start:end]` of the report."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Sentence:
    """One analysed sentence; all lists run over its tokens.

    `heads[i]` is the index of word i's head, −1 for the root; `deprels` are UD relations with subtypes;
    `names` are (first word, last word + 1, PER | LOC | ORG | MISC). `aside` are words that fill no role: those that
    tell a time ("Monday's attack", "a march planned for Tuesday").
    """

    index: int
    start: int
    end: int
    tokens: list[Token]
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    names: list[tuple[int, int, str]] = field(default_factory=list)
    aside: frozenset[int] = frozenset()
    _children: list[list[int]] | None = None

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def words(self) -> list[str]:
        """The texts of the tokens."""
        return [t.text for t in self.tokens]

    def children(self, i: int) -> list[int]:
        """Indices of the words that hang on word i, in order."""
        if self._children is None:
            self._children = [[] for _ in self.tokens]
            for k, h in enumerate(self.heads):
                if h >= 0:
                    self._children[h].append(k)
        return self._children[i]

    def having(self, i: int, *relations: str) -> list[int]:
        """Children of word i with one of the relations; `nsubj` matches `nsubj:pass` too, `nsubj:pass` only itself."""
        found = []
        for k in self.children(i):
            rel = self.deprels[k]
            if rel in relations or rel.partition(":")[0] in relations:
                found.append(k)
        return found

    def subtree(self, i: int) -> list[int]:
        """Word i and all below it, in order."""
        seen, stack = [], [i]
        while stack:
            k = stack.pop()
            seen.append(k)
            stack.extend(self.children(k))
        return sorted(seen)

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above word i, nearest first."""
        seen = 0
        while (i := self.heads[i]) >= 0 and seen <= len(self.tokens):
            seen += 1
            yield i

    def case_of(self, i: int) -> str:
        """The preposition(s) that mark word i, lower case, joined by spaces ("" without one)."""
        marks = [k for k in self.children(i) if self.deprels[k] == "case"]
        words = []
        for k in marks:
            words.append(self.tokens[k].text.lower())
            words.extend(self.tokens[m].text.lower() for m in self.children(k) if self.deprels[m] == "fixed")
        return " ".join(words)

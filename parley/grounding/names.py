"""Known names in a report: which words of a sentence are which listed state, group, organisation or person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from parley.knowledge.knowledge import Entity, Knowledge
from parley.language.sentence import Sentence

MAX_NAME_TOKENS = 12
_FIRST = re.compile(r"\w+|\W")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Words first to last − 1 of a sentence name a listed entity; `nationality` when by its adjective or people."""

    first: int
    last: int
    entity: Entity
    nationality: bool = False
    capital: bool = False
    #: Everybody who bears the name, where it is not one alone.
    choices: tuple[Entity, ...] = ()

    def settled(self, countries: Mapping[str, int]) -> NameMatch:
        """The match with the bearer whose country the report names most; the first listed where it names none of them."""
        if len(self.choices) < 2:
            return self
        return replace(self, entity=max(self.choices, key=lambda e: countries.get(e.country or "", 0)))


def normal(text: str) -> str:
    """A name as it is looked up: straight apostrophes, plain hyphens, single blanks."""
    if "’" in text or "–" in text or "\n" in text or "  " in text:
        text = " ".join(text.replace("’", "'").replace("–", "-").split())
    return text


class NameFinder:
    """Finds listed names, the longest first from the left."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._names: dict[str, NameMatch] = {}
        states = {e.country: e for e in knowledge.entities if e.kind == "state" and e.country}
        for table, nationality in ((knowledge.adjectives, True), (knowledge.demonyms, True), (knowledge.capitals, False)):
            for form, code in table.items():
                if code in states:
                    self._names[normal(form)] = NameMatch(0, 0, states[code], nationality, not nationality)
        bearers: dict[str, list[Entity]] = {}
        for entity in knowledge.entities:
            for form in (*entity.aliases, entity.name):
                known = bearers.setdefault(normal(form), [])
                if entity not in known:
                    known.append(entity)
        for name, entities in bearers.items():
            self._names[name] = NameMatch(0, 0, entities[0], choices=tuple(entities) if len(entities) > 1 else ())
        self._starts: dict[str, int] = {}
        for name in self._names:
            first = _FIRST.match(name)
            if first:
                length = len(re.findall(r"\w+|[^\w\s]", name)) + 2
                self._starts[first.group()] = max(self._starts.get(first.group(), 0), length)

    def find(self, sentence: Sentence, text: str) -> list[NameMatch]:
        """Matches in one sentence of the given text, in order, without overlap."""
        found: list[NameMatch] = []
        tokens = sentence.tokens
        i = 0
        while i < len(tokens):
            first = _FIRST.match(tokens[i].text)
            longest = self._starts.get(first.group(), 0) if first else 0
            for j in range(min(len(tokens), i + min(longest, MAX_NAME_TOKENS)), i, -1):
                known = self._names.get(normal(text[tokens[i].start : tokens[j - 1].end]))
                if known is not None and self._fits(sentence, i, j):
                    found.append(replace(known, first=i, last=j))
                    i = j - 1
                    break
            i += 1
        return found

    @staticmethod
    def _fits(s: Sentence, i: int, j: int) -> bool:
        """A single ordinary word is a name only where it is written and tagged as one ("Us", "Turkey" in capitals pass)."""
        return (
            j - i > 1
            or (s.upos[i] in ("PROPN", "ADJ", "NOUN", "X", "NUM", "SYM", "PRON", "INTJ") and s.tokens[i].text[:1].isupper())
            or s.upos[i] == "PROPN"
        )

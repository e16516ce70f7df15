"""The knowledge files as one object that the rooms ask: names, words for parties, predicates, words of status and saying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from parley.knowledge.tables import FOLDER, Row, load_table


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody whom a list knows. `source` is the file that has the row."""

    name: str
    country: str | None
    sectors: tuple[str, ...]
    kind: str
    source: str
    aliases: tuple[str, ...] = ()
    of: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase for a kind of person or body; `sectors` is empty where it takes those of its body."""

    lemma: str
    sectors: tuple[str, ...]
    kind: str
    office: bool
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What must (or must not) stand beside a predicate: a slot, perhaps with one of some lemmas."""

    slot: str
    lemmas: frozenset[str]
    negative: bool


@dataclass(frozen=True, slots=True)
class Predicate:
    """One meaning of a word: see README.md, "What words mean". `type` is "-" where it is no event."""

    lemma: str
    pos: str
    conditions: tuple[Condition, ...]
    type: str
    mode: str | None
    actor: str
    recipient: str
    content: str
    cameo: str | None
    contexts: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A word that changes whether the act in its scope happened."""

    lemma: str
    status: str
    scopes: tuple[str, ...]


DEFAULT_SLOTS = {
    "verb": ("subj", "obj", "xcomp|ccomp"),
    "noun": ("poss|by|mod|of", "on|against", "-"),
    "adj": ("subj", "-", "xcomp|ccomp"),
}


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


class Knowledge:
    """Everything that the lists say. `overlay` is a user's folder of files in the same form.

    Raises KnowledgeError when a file is faulty.
    """

    def __init__(self, overlay: Path | None = None, *, base: Path = FOLDER) -> None:
        self._overlay, self._base = overlay, base
        states = self._rows("states.csv")
        self.country_names = {r["code"]: r["name"] for r in states}
        self.adjectives = {form: r["code"] for r in states for form in _list(r["adjectives"])}
        self.demonyms = {form: r["code"] for r in states for form in _list(r["demonyms"])}
        self.capitals = {form: r["code"] for r in states for form in _list(r["capital"])}
        self.entities = self._entities(states)
        self.by_name = {form: e for e in reversed(self.entities) for form in (e.name, *e.aliases)}
        self.classes: dict[str, set[str]] = {}
        for row in self._rows("classes"):
            self.classes.setdefault(row["class"], set()).add(row["lemma"].lower())

    def _rows(self, name: str) -> list[Row]:
        return load_table(name, self._overlay, base=self._base)

    def _entities(self, states: Sequence[Row]) -> list[Entity]:
        found = [
            Entity(
                r["name"],
                r["code"],
                ("GOV",),
                "state",
                "states.csv",
                (*_list(r["aliases"]), *_list(r["metonyms"])),
                "",
                _year(r["start"]),
                _year(r["end"]),
            )
            for r in states
        ]
        for file in ("groups.csv", "organisations.csv", "people.csv"):
            for r in self._rows(file):
                kind = r.get("kind", "person")
                found.append(Entity(r["name"], r["country"] or None, _list(r["sectors"]), kind, file, _list(r["aliases"]),
                                    r.get("of", ""), _year(r.get("start", "")), _year(r.get("end", ""))))  # fmt: skip
        return found

    @cached_property
    def terms(self) -> dict[tuple[str, ...], Term]:
        """Words for offices and actors by their lemmas, one or several words."""
        found = {}
        for file, office in (("actors.csv", False), ("offices.csv", True)):
            for r in self._rows(file):
                kind = r["kind"] or ("person" if office else "group of people")
                found[tuple(r["lemma"].lower().split())] = Term(r["lemma"], _list(r["sectors"]), kind, office, r.get("country") or None)
        return found

    @cached_property
    def predicates(self) -> dict[tuple[str, str], list[Predicate]]:
        """Meanings by (lemma, part of speech), those with the most conditions first."""
        found: dict[tuple[str, str], list[Predicate]] = {}
        for r in self._rows("predicates"):
            slots = [r[c] or d for c, d in zip(("actor", "recipient", "content"), DEFAULT_SLOTS[r["pos"]], strict=True)]
            rule = f"{r['lemma']}/{r['pos']}" + (f"[{r['with']}]" if r["with"] else "")
            conditions = tuple(self._condition(part) for part in r["with"].split())
            predicate = Predicate(r["lemma"].lower(), r["pos"], conditions, r["type"], r["mode"] or None, slots[0], slots[1], slots[2],
                                  r["cameo"] or None, _list(r["contexts"]), rule)  # fmt: skip
            found.setdefault((predicate.lemma, predicate.pos), []).append(predicate)
        for rows in found.values():
            rows.sort(key=lambda p: -sum(2 if c.lemmas else 1 for c in p.conditions))
        return found

    def _condition(self, part: str) -> Condition:
        negative = part.startswith("!")
        slot, _, words = part.lstrip("!").partition(":")
        lemmas: set[str] = set()
        for word in words.split("|") if words else ():
            named = re.fullmatch(r"\{(\w+)\}", word)
            lemmas.update(self.classes.get(named.group(1), set()) if named else {word.lower().replace("_", " ")})
        return Condition(slot, frozenset(lemmas), negative)

    @cached_property
    def light_verbs(self) -> dict[str, tuple[str, str]]:
        """Light verb (with particle or preposition) → what its subject is, and its effect on the status."""
        return {r["lemma"].lower(): (r["subject"], r["effect"]) for r in self._rows("light_verbs.csv")}

    @cached_property
    def reporting(self) -> dict[tuple[str, str], str]:
        """(lemma, part of speech) of words of saying → their force."""
        return {(r["lemma"].lower(), r["pos"]): r["force"] for r in self._rows("reporting.csv")}

    @cached_property
    def status_words(self) -> dict[tuple[str, str], list[StatusWord]]:
        """(lemma, part of speech) → what the word does to the acts in its scope."""
        found: dict[tuple[str, str], list[StatusWord]] = {}
        for r in self._rows("status.csv"):
            found.setdefault((r["lemma"].lower(), r["pos"]), []).append(StatusWord(r["lemma"].lower(), r["status"], _list(r["scope"])))
        return found

    @cached_property
    def means(self) -> dict[tuple[str, ...], tuple[str, str]]:
        """Words of weapons and means, by lemmas → (type, mode)."""
        return {tuple(r["lemma"].lower().split()): (r["type"], r["mode"]) for r in self._rows("means.csv")}

    @cached_property
    def harms(self) -> dict[tuple[str, str], str]:
        """(lemma, part of speech) → kind of harm."""
        return {(r["lemma"].lower(), r["pos"]): r["harm"] for r in self._rows("harm.csv")}

    @cached_property
    def ledger_words(self) -> dict[str, list[tuple[str, str]]]:
        """Lemma → (book, sense) of the words that the books look for."""
        found: dict[str, list[tuple[str, str]]] = {}
        for r in self._rows("ledger.csv"):
            found.setdefault(r["lemma"].lower(), []).append((r["book"], r["sense"]))
        return found

    @cached_property
    def content_modes(self) -> Mapping[tuple[str, str], tuple[str, str | None]]:
        """(type of the speech act, content as `type:mode`, `type` or `*`) → (type, mode) that it becomes."""
        return {(r["type"], r["content"].removesuffix(":*")): (r["becomes"], r["mode"] or None) for r in self._rows("content_modes.csv")}

    @cached_property
    def cameo(self) -> dict[tuple[str, str], str]:
        """(type, mode or "") → CAMEO code."""
        return {(r["type"], r["mode"]): r["cameo"] for r in self._rows("cameo.csv")}

    @cached_property
    def confidence(self) -> dict[str, float]:
        """Feature of an event → its weight in log-odds."""
        return {r["feature"]: float(r["weight"]) for r in self._rows("confidence.csv")}

    def content_mode(self, kind: str, content: Iterable[str]) -> tuple[str, str | None] | None:
        """What a speech act becomes by its content; `content` lists keys from the most exact to "*"."""
        return next((found for key in content if (found := self.content_modes.get((kind, key)))), None)

"""The street: a report goes in, its events and facts come out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parley.coding.circumstances import Circumstances
from parley.coding.coder import EventCoder
from parley.coding.draft import Skipped
from parley.coding.lexicon import Lexicon
from parley.grounding.names import NameFinder
from parley.grounding.parties import PartyFinder
from parley.grounding.places import Gazetteer, read_places
from parley.knowledge.knowledge import Knowledge
from parley.language.analyser import Analyser
from parley.language.sentence import Sentence
from parley.ledger.facts import Ledger
from parley.ledger.saydo import contradictions
from parley.records import Coded, Event, Period, Report, Span


@dataclass(frozen=True, slots=True)
class Explained:
    """A coded text with its analysis and with what was not coded, and why."""

    coded: Coded
    sentences: tuple[Sentence, ...]
    skipped: tuple[Skipped, ...]


class Coder:
    """Reads reports. Made once (half a second), called many times; one per process or thread.

    `knowledge` is a folder of a user's own knowledge files, laid over ours. Raises KnowledgeError or PlaceRowError (both
    ValueError) when one is faulty.
    """

    def __init__(self, *, knowledge: Path | None = None, threads: int = 1) -> None:
        self.knowledge = Knowledge(knowledge)
        self.analyser = Analyser(threads=threads)
        self._names = NameFinder(self.knowledge)
        self._lexicon = Lexicon(self.knowledge)
        own_places = knowledge / "places.csv" if knowledge is not None else None
        self._gazetteer = Gazetteer.load(read_places(own_places) if own_places is not None and own_places.exists() else ())
        self._ledger = Ledger(self.knowledge.ledger_words, {lemma: kind for (lemma, _), kind in self.knowledge.harms.items()})

    def code(self, report: Report) -> Coded:
        """Events and facts of one report."""
        return self.explain(report).coded

    def stream(self, reports: Iterable[Report]) -> Iterator[Coded]:
        """One result per report, in order, as they are ready."""
        for report in reports:
            yield self.code(report)

    def explain(self, report: Report) -> Explained:
        """The same with the analysis and the words that were not coded."""
        sentences = self.analyser.analyse(report.text)
        events, due, skipped = self._events(report, report.text, sentences)
        title, title_due = self._title(report, events)
        facts = self._ledger.facts([*title, *events], {**title_due, **due})
        spans = tuple(Span(report.text[s.start : s.end], s.start, s.end) for s in sentences)
        coded = Coded(report, (*title, *events), facts, contradictions([*title, *events], facts), spans)
        return Explained(coded, tuple(sentences), tuple(skipped))

    def _events(self, report: Report, text: str, sentences: Sequence[Sentence]) -> tuple[list[Event], dict[str, Period], list[Skipped]]:
        day = datetime.date.fromisoformat(report.date) if report.date else None
        circumstances = Circumstances(self._gazetteer, day)
        circumstances.read_times(sentences, text)
        parties = PartyFinder(self.knowledge, self._names, text)
        parties.read(sentences)
        circumstances.read_places(sentences, text, parties.matches, parties.countries)
        coder = EventCoder(self.knowledge, self._lexicon, parties, circumstances)
        return coder.code(report.id, text, sentences), coder.due, coder.skipped

    def _title(self, report: Report, events: Sequence[Event]) -> tuple[list[Event], dict[str, Period]]:
        """Events of the title that the text does not tell again (same type, a party in common)."""
        if not report.title:
            return [], {}
        sentences = self.analyser.analyse(report.title)
        for s in sentences:
            s.index = -1
        found, due, _ = self._events(report, report.title, sentences)
        return [e for e in found if not any(e.type == other.type and _share(e, other) for other in events)], due


def _share(one: Event, other: Event) -> bool:
    mine = {p.name for p in (*one.actors, *one.recipients)}
    theirs = {p.name for p in (*other.actors, *other.recipients)}
    return not mine or bool(mine & theirs)

"""The seven books: from hand-made events, each line by its rule, once a report, leading back to its events."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from parley.knowledge.knowledge import Knowledge
from parley.ledger.facts import Ledger
from parley.records import FACT_STATUSES, Count, Event, Fact
from tests.conftest import ARMY, CIVILIANS, LEADER, REBELS, SUDAN, UNITED_NATIONS

Make = Callable[..., Event]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    knowledge = Knowledge()
    return Ledger(knowledge.ledger_words, {lemma: kind for (lemma, _), kind in knowledge.harms.items()})


ONE_LINE: list[tuple[str, str, str, dict[str, Any], str, str]] = [
    ("two sides met", "The government and the rebels *met* for peace talks in Juba.", "CONSULT",
     {"actors": (SUDAN, REBELS)}, "talks", "held"),
    ("talks that are to come", "The sides will hold *talks* in Juba.", "CONSULT",
     {"actors": (SUDAN, REBELS), "status": "future"}, "talks", "planned"),
    ("a refusal to meet", "The rebels *refused* to meet for talks.", "REJECT", {"actors": (REBELS,), "mode": "meet"}, "talks", "refused"),
    ("a truce is signed", "The sides *signed* a ceasefire.", "AGREE", {"actors": (SUDAN, REBELS)}, "ceasefire", "agreed"),
    ("a truce is asked for", "The U.N. *demanded* a ceasefire.", "REQUEST", {"actors": (UNITED_NATIONS,)}, "ceasefire", "demanded"),
    ("a truce is refused", "The rebels *rejected* a ceasefire.", "REJECT", {"actors": (REBELS,)}, "ceasefire", "refused"),
    ("a promise", "The army *promised* to leave the town.", "CONCEDE", {"actors": (ARMY,)}, "commitment", "pledged"),
    ("aid to come", "The U.N. will *send* food.", "AID", {"actors": (UNITED_NATIONS,), "status": "future"}, "commitment", "pledged"),
    ("a demand", "The rebels *demanded* that the army leave.", "REQUEST", {"actors": (REBELS,), "recipients": (ARMY,)}, "demand", "made"),
    ("a demand is turned down", "The army *rejected* the request of the rebels.", "REJECT",
     {"actors": (ARMY,), "recipients": (REBELS,)}, "demand", "refused"),
    ("a town is taken", "The rebels *captured* the town.", "ASSAULT", {"actors": (REBELS,)}, "territory", "captured"),
    ("troops leave", "The army *withdrew* from the town.", "RETREAT", {"actors": (ARMY,), "mode": "withdraw"}, "territory", "withdrawn"),
    ("civilians die", "The army *shelled* a market and killed 14 civilians.", "ASSAULT",
     {"actors": (ARMY,), "recipients": (CIVILIANS,), "counts": {"killed": Count(14, 14, "14")}}, "harm", "reported"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "marked", "type", "values", "book", "status"), ONE_LINE, ids=[x[0] for x in ONE_LINE])
def test_a_line_of_a_book(
    why: str, marked: str, type: str, values: dict[str, Any], book: str, status: str, ledger: Ledger, event: Make
) -> None:  # fmt: skip
    one = event(marked, type, **values)
    lines = [f for f in ledger.facts([one]) if f.kind == book]
    assert [f.status for f in lines] == [status]
    assert lines[0].evidence == (one.id,)


NO_LINE: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("a meeting that did not happen is not held", "The rebels did not *meet* the army.", "CONSULT",
     {"actors": (REBELS, ARMY), "status": "negated"}, "held"),
    ("an attack that is feared harms nobody yet", "An attack could *kill* civilians.", "ASSAULT",
     {"recipients": (CIVILIANS,), "status": "hypothetical"}, "harm"),
    ("fallen soldiers are no civilians", "The rebels *killed* eight soldiers.", "ASSAULT",
     {"actors": (REBELS,), "recipients": (ARMY,), "counts": {"killed": Count(8, 8, "eight")}}, "harm"),
    ("a capture that is planned", "The rebels plan to *capture* the town.", "ASSAULT",
     {"actors": (REBELS,), "status": "future"}, "territory"),
    ("a capture that is denied", "The rebels did not *capture* the town.", "ASSAULT",
     {"actors": (REBELS,), "status": "negated"}, "territory"),
    ("a promise that nobody makes", "It was *agreed*.", "AGREE", {}, "commitment"),
    ("a promise of long ago", "The army *promised* to leave in 1998.", "CONCEDE",
     {"actors": (ARMY,), "status": "historical"}, "commitment"),
    ("a shelling without a word of a truce", "The army *shelled* the hills.", "ASSAULT", {"actors": (ARMY,)}, "ceasefire"),
    ("a protest is no harm", "Students *marched* in Juba.", "PROTEST", {"actors": (CIVILIANS,)}, "harm"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "marked", "type", "values", "absent"), NO_LINE, ids=[x[0] for x in NO_LINE])
def test_no_line(why: str, marked: str, type: str, values: dict[str, Any], absent: str, ledger: Ledger, event: Make) -> None:
    assert [f for f in ledger.facts([event(marked, type, **values)]) if absent in (f.kind, f.status)] == []


def test_harm_names_victims_doers_and_numbers(ledger: Ledger, event: Make) -> None:
    counts = {"killed": Count(14, 14, "14"), "injured": Count(30, 30, "30")}
    one = event("Shelling *killed* 14 civilians and wounded 30.", "ASSAULT", actors=(ARMY,), recipients=(CIVILIANS,), counts=counts)
    harm = {f.about: f for f in ledger.facts([one]) if f.kind == "harm"}
    assert {about: f.count for about, f in harm.items()} == counts
    assert all((f.who, f.to) == ((ARMY,), (CIVILIANS,)) for f in harm.values())


def test_who_says_it_is_kept(ledger: Ledger, event: Make) -> None:
    one = event("The rebels *captured* the town, the army said.", "ASSAULT", actors=(REBELS,), according_to=(ARMY,))
    assert {f.according_to for f in ledger.facts([one])} == {(ARMY,)}


@pytest.fixture
def many(event: Make) -> list[Event]:
    return [event(marked, type, **values) for _, marked, type, values, _, _ in ONE_LINE]


def test_told_twice_is_one_line_with_both_as_evidence(ledger: Ledger, event: Make) -> None:
    twice = [event("The sides *signed* a ceasefire.", "AGREE", actors=(SUDAN, REBELS)) for _ in range(2)]
    (line,) = (f for f in ledger.facts(twice) if f.kind == "ceasefire")
    assert line.evidence == tuple(e.id for e in twice)


def test_every_line_leads_to_events_of_its_report(ledger: Ledger, many: list[Event]) -> None:
    known = {e.id for e in many}
    facts = ledger.facts(many)
    assert {f.kind for f in facts} == {book for *_, book, _ in ONE_LINE} | {f.kind for f in facts if f.kind == "position"}
    for f in facts:
        assert f.evidence
        assert set(f.evidence) <= known
        assert f.status in FACT_STATUSES[f.kind]
        assert f.report == "r"
    assert len({f.id for f in facts}) == len(facts)


def test_the_books_stand_in_their_order(ledger: Ledger, many: list[Event]) -> None:
    order = [list(FACT_STATUSES).index(f.kind) for f in ledger.facts(many)]
    assert order == sorted(order)


def test_the_same_events_give_the_same_lines(ledger: Ledger, many: list[Event]) -> None:
    assert ledger.facts(many) == ledger.facts(list(many))


def test_the_order_of_events_changes_no_line_but_its_place(ledger: Ledger, event: Make) -> None:
    events = [
        event("The sides *signed* a ceasefire.", "AGREE", actors=(SUDAN, REBELS)),
        event("The rebels *demanded* that the army leave.", "REQUEST", actors=(REBELS,), recipients=(ARMY,)),
        event("The rebels *captured* the town.", "ASSAULT", actors=(REBELS,)),
    ]

    def lines(order: tuple[Event, ...]) -> set[Fact]:
        return set(ledger.facts(order))

    assert len({frozenset(lines(order)) for order in itertools.permutations(events)}) == 1


def test_nothing_comes_of_nothing(ledger: Ledger) -> None:
    assert ledger.facts([]) == ()


def test_a_leader_is_no_other_side(ledger: Ledger, event: Make) -> None:
    one = event("Al-Hilu *demanded* that the army leave.", "REQUEST", actors=(LEADER,), recipients=(ARMY,))
    (line,) = (f for f in ledger.facts([one]) if f.kind == "demand")
    assert (line.who, line.to) == ((LEADER,), (ARMY,))

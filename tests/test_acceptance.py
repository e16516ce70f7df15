"""The report that started the project: what reading it must find (design, "The report that started it")."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from parley import Coder
from parley.exports.brief import Kind, brief
from parley.records import Coded, Fact, Report
from tests.test_gold import SHARED

REPORT = SHARED / "gold/dev/kabul-statement.json"
pytestmark = [pytest.mark.gold, pytest.mark.skipif(not REPORT.exists(), reason="the annotated reports are not beside the project")]


@pytest.fixture(scope="module")
def coded(coder: Coder) -> Coded:
    return coder.code(Report.from_json(json.loads(Path(REPORT).read_text(encoding="utf-8"))))


def names(fact: Fact) -> set[str]:
    return {p.name for p in fact.who}


BOTH = {"Afghan government", "Taliban"}
ITEMS: list[tuple[str, Callable[[Fact], bool]]] = [
    (
        "the missions' demand on the Taliban",
        lambda f: (
            f.kind == "demand" and f.status == "made" and names(f) == {"diplomatic missions"} and {p.name for p in f.to} == {"Taliban"}
        ),
    ),
    (
        "the round of talks in Qatar over the weekend, without result",
        lambda f: (
            f.kind == "talks" and names(f) == BOTH and f.date is not None and (f.date.start, f.date.end) == ("2021-07-17", "2021-07-18")
        ),
    ),
    ("talks that have come to little", lambda f: f.kind == "talks" and f.status == "stalled" and names(f) == BOTH),
    (
        "the commitment to meet again next week",
        lambda f: f.kind == "commitment" and names(f) == BOTH and f.date is not None and f.date.start == "2021-07-26",
    ),
    (
        "no pause in the negotiations, according to Abdullah",
        lambda f: f.kind == "commitment" and "pause" in f.about and [p.name for p in f.according_to] == ["Abdullah Abdullah"],
    ),
    ("no joint ceasefire is pursued", lambda f: f.kind == "ceasefire" and f.status == "not sought" and names(f) == BOTH),
    (
        "none is offered for the holiday",
        lambda f: f.kind == "ceasefire" and f.status == "not sought" and names(f) == {"Hibatullah Akhundzada"},
    ),
    ("the Taliban favour a settlement", lambda f: f.kind == "position" and f.status == "for" and names(f) == {"Taliban"}),
    ("so does Akhundzada", lambda f: f.kind == "position" and f.status == "for" and names(f) == {"Hibatullah Akhundzada"}),
    ("districts are captured", lambda f: f.kind == "territory" and f.status == "captured" and "districts" in f.about),
    ("border crossings are captured", lambda f: f.kind == "territory" and f.status == "captured" and "crossings" in f.about),
    ("provincial capitals are surrounded", lambda f: f.kind == "territory" and f.status == "surrounded" and "capitals" in f.about),
    *(
        (
            f"harm as the missions' claim: {kind}",
            lambda f, kind=kind: (
                f.kind == "harm"
                and f.status == "alleged"
                and f.about == kind
                and names(f) == {"Taliban"}
                and "missions" in {p.name for p in f.according_to}
            ),
        )
        for kind in ("killed", "displaced", "property", "infrastructure", "communications")
    ),
    ("the holiday ceasefires of earlier years", lambda f: f.kind == "ceasefire" and f.status == "declared" and names(f) == {"Taliban"}),
    (
        "the Western forces' exit by the end of August",
        lambda f: f.kind == "commitment" and names(f) == {"Western forces"} and f.date is not None and f.date.end == "2021-08-31",
    ),
]


@pytest.mark.parametrize(("item", "is_it"), ITEMS, ids=[i for i, _ in ITEMS])
def test_the_ledger_has_it(item: str, is_it: Callable[[Fact], bool], coded: Coded) -> None:
    assert any(is_it(f) for f in coded.facts), item


def test_the_holiday_ceasefires_are_criticised(coded: Coded) -> None:
    assert any(
        e.type == "ACCUSE" and "ceasefires to replenish" in e.evidence.text and e.recipients[0].name == "Taliban" for e in coded.events
    )


def test_the_words_of_the_taliban_stand_against_their_deeds(coded: Coded) -> None:
    events = {e.id: e for e in coded.events}
    pairs = [d for d in coded.contradictions if d.party.name == "Taliban"]
    assert any("districts" in events[d.deed].evidence.text for d in pairs)


def test_the_brief_cites_a_sentence_for_every_line_of_the_ledger(coded: Coded) -> None:
    cited = [line for line in brief(coded) if line.kind is Kind.ENTRY and line.label not in ("words", "deeds")]
    assert len(cited) == len(coded.facts)
    assert all(line.cite.startswith("[") for line in cited)

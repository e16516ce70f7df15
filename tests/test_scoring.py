"""Scoring: figures worked out by hand, and gold or records that cannot be scored said by file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parley.scoring import GoldError, Scores, Tally, read_gold, read_records, same_party, score_reports, score_sentences

TEXT = "Rebels attacked Goma on Monday. The army promised to leave."


def gold_event(type: str, trigger: str, **values: Any) -> dict[str, Any]:
    quote = next(s for s in TEXT.split(". ") if trigger in s).removesuffix(".")
    return {"id": trigger, "type": type, "trigger": trigger, "quote": quote, "actors": [], "recipients": [], "status": "actual", **values}


def coded_event(type: str, trigger: str, **values: Any) -> dict[str, Any]:
    start = TEXT.index(trigger)
    span = {"text": trigger, "start": start, "end": start + len(trigger)}
    return {"report": "r", "type": type, "trigger": span, "actors": [], "recipients": [], "status": "actual", "confidence": 0.5, **values}


def party(name: str, *aliases: str) -> dict[str, Any]:
    return {"name": name, "text": name, "aliases": list(aliases)}


def scored(gold: list[dict[str, Any]], coded: list[dict[str, Any]], **more: Any) -> Scores:
    return score_reports([{"id": "r", "text": TEXT, "events": gold, **more.pop("report", {})}], coded, **more)


ATTACK, PROMISE = gold_event("ASSAULT", "attacked", actors=["Rebels"]), gold_event("CONCEDE", "promised", actors=["army"])
REBELS, ARMY = party("rebels"), party("The Army")
CASES = [
    ("all right", [coded_event("ASSAULT", "attacked", actors=[REBELS]), coded_event("CONCEDE", "promised", actors=[ARMY])],
     (2, 0, 0), (2, 0, 0)),
    ("nothing coded", [], (0, 0, 2), (0, 0, 2)),
    ("one type wrong", [coded_event("PROTEST", "attacked"), coded_event("CONCEDE", "promised", actors=[ARMY])], (1, 1, 1), (1, 1, 1)),
    ("a party too many", [coded_event("ASSAULT", "attacked", actors=[REBELS, party("Goma")])], (1, 0, 1), (0, 1, 2)),
    ("another word of the quote", [coded_event("ASSAULT", "Goma", actors=[REBELS])], (1, 0, 1), (1, 0, 1)),
    ("told twice counts once", [coded_event("ASSAULT", "attacked", actors=[REBELS])] * 2, (1, 1, 1), (1, 1, 1)),
    ("the right type elsewhere", [coded_event("ASSAULT", "leave", actors=[REBELS])], (0, 1, 2), (0, 1, 2)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "coded", "typed", "with_roles"), CASES, ids=[c[0] for c in CASES])
def test_events(why: str, coded: list[dict[str, Any]], typed: tuple[int, int, int], with_roles: tuple[int, int, int]) -> None:
    tallies = scored([ATTACK, PROMISE], coded).tallies
    assert (tallies["event_type"].tp, tallies["event_type"].fp, tallies["event_type"].fn) == typed
    assert (tallies["type_and_roles"].tp, tallies["type_and_roles"].fp, tallies["type_and_roles"].fn) == with_roles


def test_exact_triggers_pair_before_quotes() -> None:
    gold = [gold_event("ASSAULT", "Monday", actors=["x"]), gold_event("ASSAULT", "attacked", actors=["rebels"])]
    tallies = scored(gold, [coded_event("ASSAULT", "attacked", actors=[party("rebels")])]).tallies
    assert tallies["type_and_roles"].tp == 1


def test_status_dates_and_places() -> None:
    gold = [gold_event("ASSAULT", "attacked", date=["2021-07-19", "2021-07-19"], place="Goma", mode="firearms", status="negated")]
    right = coded_event(
        "ASSAULT", "attacked", date={"start": "2021-07-18", "end": "2021-07-20"}, place=party("Goma"), mode="firearms", status="negated"
    )
    wrong = coded_event("ASSAULT", "attacked", date={"start": "2020-07-18", "end": "2020-07-20"}, place=None, mode=None)
    figures = ("status_accuracy", "date_accuracy", "place_accuracy", "mode_accuracy")
    assert [scored(gold, [right]).shares[f] for f in figures] == [(1, 1)] * 4
    assert [scored(gold, [wrong]).shares[f] for f in figures] == [(0, 1)] * 4


def test_facts() -> None:
    gold = {
        "facts": [
            {"kind": "demand", "status": "made", "who": ["rebels"], "about": "leave"},
            {"kind": "harm", "status": "reported", "who": []},
        ]
    }
    coded = [
        {"report": "r", "kind": "demand", "status": "refused", "who": [party("the rebels")]},
        {"report": "r", "kind": "talks", "who": []},
    ]
    tallies = scored([], [], report=gold, facts=coded).tallies
    assert (tallies["facts"].tp, tallies["facts"].fp, tallies["facts"].fn) == (1, 1, 1)
    assert tallies["facts_and_status"].tp == 0
    assert tallies["fact demand"].f1 == 1.0


def test_sentences_pair_by_type() -> None:
    gold = [{"id": "r", "text": TEXT, "events": [{"type": "ASSAULT", "status": "negated"}]}, {"id": "none", "text": "x", "events": []}]
    coded = [coded_event("PROTEST", "attacked", confidence=0.9), coded_event("ASSAULT", "attacked", status="negated")]
    scores = score_sentences(gold, coded)
    assert scores.shares["primary_type_accuracy"] == (0, 1), "the surest event is of another type"
    assert scores.shares["null_accuracy"] == (1, 1)
    assert (scores.tallies["type_and_status"].tp, scores.tallies["type_and_status"].fp) == (1, 1)


PARTIES = [
    ("an article more", "the Taliban", "Taliban", True),
    ("a title more", "President Salva Kiir", "Salva Kiir", True),
    ("a possessive", "Sudan’s army", "Sudan army", True),
    ("a plural", "rebel", "rebels", True),
    ("a shorter name", "Abdullah", "Abdullah Abdullah", True),
    ("another party", "Taliban", "Afghanistan", False),
    ("a part in common is not enough", "Sudan army", "Sudan police", False),
]


@pytest.mark.parametrize(("why", "gold", "name", "same"), PARTIES, ids=[p[0] for p in PARTIES])
def test_the_same_party(why: str, gold: str, name: str, same: bool) -> None:
    assert same_party(gold, party(name)) is same
    assert same_party(gold, party("x", name)) is same


def test_figures_of_nothing_are_zero() -> None:
    empty = Tally()
    assert (empty.precision, empty.recall, empty.f1) == (0.0, 0.0, 0.0)
    assert Tally(3, 1, 2).precision == 0.75
    assert Tally(3, 1, 2).recall == 0.6
    assert json.dumps(scored([ATTACK], []).as_json())


GOOD_EVENT = {"report": "r", "type": "ASSAULT", "trigger": {"start": 0, "end": 1}}
BAD_RECORDS = [
    ("no JSON", "{", ":2: no JSON"),
    ("a list", "[]", ":2: no event: it names no report"),
    ("no report", "{}", ":2: no event: it names no report"),
    ("no type", '{"report": "r"}', ":2: no event: type"),
    ("no trigger", '{"report": "r", "type": "ASSAULT"}', ":2: no event: trigger"),
    ("parties in words", json.dumps({**GOOD_EVENT, "actors": ["rebels"]}), ":2: no event: actors"),
    ("too deep", "[" * 100_000, ":2: no JSON"),
]


@pytest.mark.parametrize(("why", "line", "said"), BAD_RECORDS, ids=[b[0] for b in BAD_RECORDS])
def test_bad_records_are_named(why: str, line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps(GOOD_EVENT) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=f"events.jsonl{said}"):
        read_records(path, "event")


BAD_GOLD = [
    ("a number", "3", "no gold"),
    ("no text", '{"id": "r", "events": []}', "no gold"),
    ("an event that is none", '{"id": "r", "text": "x", "events": [3]}', "an event has no type"),
    ("a quote without a trigger", '{"id": "r", "text": "x", "events": [{"type": "AID", "quote": "x"}]}', "needs trigger"),
    ("nothing", "", "no JSON"),
]


@pytest.mark.parametrize(("why", "text", "said"), BAD_GOLD, ids=[b[0] for b in BAD_GOLD])
def test_bad_gold_is_named(why: str, text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=rf"a\.json: .*{said}"):
        read_gold(tmp_path)


def test_a_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no gold in it"):
        read_gold(tmp_path)


def test_a_quote_that_is_not_in_the_text_is_named() -> None:
    with pytest.raises(GoldError, match="its quote or trigger is not in the text"):
        scored([{**ATTACK, "quote": "Rebels left"}], [])

"""Records: what a report may hold, ids that depend on content alone, JSON that keeps every field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.records import (
    CONTEXTS,
    EVENT_TYPES,
    MODES,
    Count,
    Event,
    Fact,
    Party,
    Period,
    Place,
    RecordError,
    Report,
    Span,
    stable_id,
    to_json,
    to_line,
)

FAULTY = [
    ("a list is no report", ["text"], "object"),
    ("no text at all", {"title": "Truce"}, "text"),
    ("null text", {"text": None}, "text"),
    ("blank text", {"text": " \n\t"}, "text"),
    ("a number as text", {"text": 5}, "text"),
    ("a list as title", {"text": "a", "title": ["x"]}, "title"),
    ("an object as url", {"text": "a", "url": {}}, "url"),
    ("a number as day", {"text": "a", "date": 20210719}, "date"),
    ("a month that is none", {"text": "a", "date": "2021-13-45"}, "date"),
    ("a day in words", {"text": "a", "date": "July 2021"}, "date"),
    ("paragraphs that are no list", {"paragraphs": "a"}, "text"),
    ("a paragraph that is no text", {"paragraphs": ["a", None]}, "text"),
    ("no paragraphs", {"paragraphs": []}, "text"),
]


@pytest.mark.parametrize(("reason", "row", "field"), FAULTY, ids=[r for r, _, _ in FAULTY])
def test_a_faulty_report_names_its_field(reason: str, row: Any, field: str) -> None:
    with pytest.raises(RecordError, match=field):
        Report.from_json(row)


READ = [
    ("unknown fields are ignored", {"text": "a b", "colour": 3}, {"text": "a b"}),
    ("empty fields count as absent", {"text": "a", "title": "", "url": None}, {"title": None, "url": None}),
    ("paragraphs stand for text", {"paragraphs": ["One.", "Two."]}, {"text": "One.\n\nTwo."}),
    ("text goes before paragraphs", {"text": "a", "paragraphs": ["b"]}, {"text": "a"}),
    ("a number may be an id", {"text": "a", "id": 17}, {"id": "17"}),
    ("a time stamp gives its day", {"text": "a", "date": "2021-07-19T10:00:00Z"}, {"date": "2021-07-19"}),
    ("text is kept as it is", {"text": "  a\r\nb "}, {"text": "  a\r\nb "}),
]


@pytest.mark.parametrize(("reason", "row", "expected"), READ, ids=[r for r, _, _ in READ])
def test_a_report_is_read(reason: str, row: dict[str, Any], expected: dict[str, Any]) -> None:
    report = Report.from_json(row)
    assert {name: getattr(report, name) for name in expected} == expected


def test_an_id_depends_on_words_and_day_and_not_on_blanks() -> None:
    one = Report("The  rebels\nleft.", date="2021-07-19")
    assert one.id == Report("The rebels left. ", date="2021-07-19", title="Other").id
    assert one.id != Report("The rebels left.", date="2021-07-20").id
    assert one.id != Report("The rebels stayed.", date="2021-07-19").id
    assert Report("a", id="mine").id == "mine"


def test_ids_do_not_run_together() -> None:
    assert stable_id("ab", "c") != stable_id("a", "bc")
    assert stable_id("\ud800") != stable_id("\ud801"), "a lone surrogate is text that some report may hold"


@given(st.dictionaries(st.sampled_from(["text", "title", "author", "url", "publisher", "id"]), st.text(min_size=1), min_size=1))
def test_a_report_survives_json(row: dict[str, str]) -> None:
    row["text"] = row.get("text", "") + "x"
    report = Report.from_json(row)
    assert Report.from_json(json.loads(to_line(report))) == report


def test_records_are_frozen_and_hashable() -> None:
    party = Party("Taliban", "they")
    with pytest.raises(AttributeError):
        party.name = "other"  # type: ignore[misc]
    assert len({party, Party("Taliban", "they")}) == 1


def test_json_has_every_field_under_its_public_name() -> None:
    span = Span("left", 0, 4)
    event = Event("e", "r", 0, "RETREAT", span, span, counts={"killed": Count(1, 2, "one or two")}, place=Place("Goma", "Goma"),
                  date=Period("2021-07-19", "2021-07-19", "Monday", "day"))  # fmt: skip
    plain = to_json(event)
    assert plain["counts"] == {"killed": {"min": 1, "max": 2, "text": "one or two"}}
    assert plain["trigger"] == {"text": "left", "start": 0, "end": 4}
    assert plain["actors"] == []
    fact = to_json(Fact("f", "r", "territory", "captured", from_=(Party("army", "army"),)))
    assert fact["from"][0]["name"] == "army"
    assert "from_" not in fact
    assert "\n" not in to_line(event)


def test_the_ontology_hangs_together() -> None:
    assert len(EVENT_TYPES) == len(set(EVENT_TYPES)) == 16
    assert set(MODES) <= set(EVENT_TYPES)
    assert len(CONTEXTS) == len(set(CONTEXTS)) == 37

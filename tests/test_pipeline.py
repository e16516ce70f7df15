"""A report goes in, its records come out: exact words, the same each time, whole in JSON, and sound for any text."""

from __future__ import annotations

import dataclasses
import json
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.pipeline import Coder
from parley.records import EVENT_TYPES, FACT_STATUSES, MODES, STATUSES, Coded, Event, Report, to_json, to_line

CLEAR = [
    ("an attack", "Rebels attacked the army base near Goma on Monday.", "ASSAULT"),
    ("a demand", "The United Nations demanded that the rebels withdraw.", "REQUEST"),
    ("an accusation", "Kenya accused Somalia of lying.", "ACCUSE"),
    ("a protest", "Thousands of students protested in Khartoum.", "PROTEST"),
    ("an arrest", "Police arrested an opposition leader in Harare.", "COERCE"),
    ("a meeting", "The foreign ministers of Kenya and Somalia met in Nairobi.", "CONSULT"),
]


def check(coded: Coded) -> None:
    """The laws that hold for the records of any report."""
    report = coded.report
    for s in coded.sentences:
        assert report.text[s.start : s.end] == s.text
    ids = [e.id for e in coded.events]
    assert len(set(ids)) == len(ids)
    for e in coded.events:
        text = (report.title or "") if e.sentence < 0 else report.text
        for span in (e.trigger, e.evidence):
            assert text[span.start : span.end] == span.text
        assert e.trigger.text
        assert e.evidence.start <= e.trigger.start < e.trigger.end <= e.evidence.end
        if e.sentence >= 0:
            sentence = coded.sentences[e.sentence]
            assert sentence.start <= e.trigger.start < e.trigger.end <= sentence.end
        assert e.report == report.id
        assert e.type in EVENT_TYPES
        assert e.mode is None or e.mode in MODES[e.type]
        assert e.status in STATUSES
        assert 0 <= e.confidence <= 1
        assert e.rule
        assert e.content is None or e.content in ids
        assert all(c.min <= c.max for c in e.counts.values())
        assert e.date is None or e.date.start <= e.date.end
    for f in coded.facts:
        assert f.evidence
        assert set(f.evidence) <= set(ids)
        assert f.status in FACT_STATUSES[f.kind]
    facts = {f.id for f in coded.facts}
    assert len(facts) == len(coded.facts)
    assert all(d.statement in facts and d.deed in ids for d in coded.contradictions)


def test_the_laws_hold_for_the_example(coded_example: Coded) -> None:
    check(coded_example)
    assert len(coded_example.events) > 10


@pytest.mark.parametrize(("why", "text", "type"), CLEAR, ids=[c[0] for c in CLEAR])
def test_clear_sentences(why: str, text: str, type: str, coder: Coder) -> None:
    coded = coder.code(Report(text, date="2021-07-19"))
    check(coded)
    assert [e.type for e in coded.events] == [type]


def test_a_title_is_coded_with_offsets_of_its_own(coder: Coder) -> None:
    coded = coder.code(Report("The weather was fine.", title="Kenya accuses Somalia of lying", date="2021-07-19"))
    check(coded)
    assert [(e.sentence, e.type) for e in coded.events] == [(-1, "ACCUSE")]


def test_a_title_that_the_text_tells_again_adds_nothing(coder: Coder) -> None:
    text = "Kenya accused Somalia of lying."
    assert [e.sentence for e in coder.code(Report(text, title="Kenya accuses Somalia")).events] == [0]


def test_the_same_twice_and_from_another_coder(coder: Coder, example: Report, coded_example: Coded) -> None:
    assert coder.code(example) == coded_example
    assert to_line(Coder().code(example)) == to_line(coded_example)


def test_the_order_of_reports_changes_nothing(coder: Coder, example: Report) -> None:
    reports = [example, *(Report(text, date="2021-07-19") for _, text, _ in CLEAR)]
    forth = {c.report.id: c for c in coder.stream(reports)}
    back = {c.report.id: c for c in coder.stream(reversed(reports))}
    assert forth == back


def test_ids_belong_to_the_report(coder: Coder) -> None:
    text = "Rebels attacked the army base near Goma."
    one, other = (coder.code(Report(text, id=name)).events[0] for name in ("a", "b"))
    assert one.id != other.id
    assert dataclasses.replace(one, id="", report="") == dataclasses.replace(other, id="", report="")


def test_records_survive_json(coded_example: Coded) -> None:
    for record in (*coded_example.events, *coded_example.facts, coded_example):
        line = to_line(record)
        assert "\n" not in line
        assert json.loads(line) == to_json(record)
    first = coded_example.events[0]
    assert {f.name for f in dataclasses.fields(Event)} == set(json.loads(to_line(first)))


TROUBLE = [
    ("no letters", "12.5 % — ?!"),
    ("a control character", "Rebels\x00 attacked \x1b[31mGoma."),
    ("no end", "Rebels attacked"),
    ("other scripts", "Rebels attacked Гома and 戈馬 جوما."),
    ("emoji and joined marks", "Rebels 😀👩‍👩‍👧 attacked Go\u0301ma."),
    ("marks of direction", "\u202eRebels\u202c attacked Goma."),
    ("a wall of marks", "“" * 300),
    ("many short paragraphs", "Rebels left.\n\n" * 200),
    ("one endless sentence", "Rebels attacked Goma and " * 200),
    ("brackets", "(" * 200 + "Rebels attacked Goma" + ")" * 200),
]


@pytest.mark.parametrize(("why", "text"), TROUBLE, ids=[t[0] for t in TROUBLE])
def test_any_text_is_coded(why: str, text: str, coder: Coder) -> None:
    check(coder.code(Report(text, title=text[:200], date="2021-07-19")))


FEW_WORDS = """rebels the army U.N. Goma attacked denied said that will not , . “ ” on Monday and killed 12 at least accused of
    talks truce in Sudan’s by who"""
WORDS = st.sampled_from([*FEW_WORDS.split(), "\n\n"])


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_the_laws_hold_for_any_words(text: str) -> None:
    check(shared().code(Report(text + "x", title=text or None, date="2021-07-19")))


def shared() -> Coder:
    """One coder for the generated texts, which fixtures of a function cannot serve."""
    if not hasattr(MADE, "coder"):
        MADE.coder = Coder()
    return MADE.coder


MADE = threading.local()


def test_without_a_day_relative_dates_stay_open(coder: Coder) -> None:
    text = "Rebels attacked the army base near Goma on Monday."
    assert coder.code(Report(text)).events[0].date is None
    dated = coder.code(Report(text, date="2021-07-20")).events[0].date
    assert dated is not None
    assert dated.start == dated.end == "2021-07-19"


def test_an_explanation_gives_the_same_records(coder: Coder, example: Report, coded_example: Coded) -> None:
    explained = coder.explain(example)
    assert explained.coded == coded_example
    assert len(explained.sentences) == len(coded_example.sentences)
    assert all(s.text and s.reason for s in explained.skipped)


@pytest.mark.parametrize(
    "text",
    [
        "Armed militias attacked all villagers and their families.",
        "Rebels praised the survivors and their relatives, and the workers and their unions backed them.",
    ],
)
def test_a_possessive_within_what_it_takes_up_ends(text: str, coder: Coder) -> None:
    # "their" is joined to the very noun that it stands for: looking it up must not go round in circles.
    assert coder.code(Report(text=text)).events


def test_places_of_ones_own(tmp_path: Path) -> None:
    text = "Rebels attacked a convoy in Umm Zarqa on Sunday."
    header = "name,aliases,country,admin1,lat,lon,precision"
    (tmp_path / "places.csv").write_text(f"{header}\nUmm Zarqa,,SDN,North Kordofan,13.5,30.5,city\n", encoding="utf-8")
    place = Coder(knowledge=tmp_path).code(Report(text=text)).events[0].place
    assert place is not None
    assert (place.name, place.country, place.lat) == ("Umm Zarqa", "SDN", 13.5)

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from parley.pipeline import Coder
from parley.records import FACT_STATUSES, Coded, Report, Span, to_line

FOLDER = Path(__file__).parent.parent.parent / "examples"
FILES = sorted(FOLDER.glob("*.json"))


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def read(path: Path) -> Report:
    return Report.from_json(json.loads(path.read_text(encoding="utf-8")))


def spans(coded: Coded) -> Iterator[tuple[Span, str]]:
    """Every span with the text that it is of."""
    for e in coded.events:
        text = coded.report.text if e.sentence >= 0 else coded.report.title or ""
        yield e.trigger, text
        yield e.evidence, text
    for s in coded.sentences:
        yield s, coded.report.text


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_examples_say_that_they_are_invented_and_are_dated(path: Path) -> None:
    row = json.loads(path.read_text(encoding="utf-8"))
    assert "no real report" in row["note"]
    assert row["publisher"] == "Example Wire"
    assert read(path).date is not None
    assert 150 <= len(row["text"].split()) <= 400


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_span_is_the_words_of_the_report_and_every_fact_rests_on_events(path: Path, coder: Coder) -> None:
    coded = coder.code(read(path))
    assert all(text[s.start : s.end] == s.text for s, text in spans(coded))
    known = {e.id for e in coded.events}
    assert coded.events
    assert all(f.evidence and set(f.evidence) <= known for f in coded.facts)
    assert all(e.evidence.start <= e.trigger.start and e.trigger.end <= e.evidence.end for e in coded.events)


def test_the_juba_talks_fill_every_book_and_part_words_from_deeds(coder: Coder) -> None:
    coded = coder.code(read(FOLDER / "juba-talks.json"))
    assert {f.kind for f in coded.facts} == set(FACT_STATUSES)
    assert coded.contradictions


def test_another_coder_says_the_same(coder: Coder) -> None:
    report = read(FOLDER / "yemen-truce.json")
    assert to_line(Coder().code(report)) == to_line(coder.code(report))


def test_the_plain_text_is_that_of_the_report() -> None:
    assert (FOLDER / "juba-talks.txt").read_text(encoding="utf-8").strip() == read(FOLDER / "juba-talks.json").text

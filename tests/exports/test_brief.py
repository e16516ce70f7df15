"""The brief: what it shows, that each line cites its sentence, and that a hostile report reaches the reader as letters only."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.exports.brief import BOOK_TITLES, Kind, Line, as_markdown, as_text, brief
from parley.exports.safe import escaped_json, printable, printable_lines
from parley.records import FACT_STATUSES, Coded, Count, Deed, Event, Fact, Party, Period, Place, Report, Span
from tests.conftest import ARMY, CIVILIANS, REBELS

Make = Callable[..., Event]
SENTENCE = "The rebels captured the town."


@pytest.fixture
def coded(event: Make) -> Coded:
    one = event(
        "The rebels *captured* the town.", "ASSAULT", mode="firearms", actors=(REBELS,), recipients=(ARMY, CIVILIANS), according_to=(ARMY,),
        date=Period("2021-07-18", "2021-07-18", "Sunday", "day"), place=Place("Goma", "Goma", "COD", precision="city"),
        counts={"killed": Count(200, 999, "hundreds")}, status="negated",
    )  # fmt: skip
    fact = Fact("f", "r", "position", "for", who=(REBELS,), about="want peace", evidence=(one.id,))
    report = Report(SENTENCE, id="r", title="A truce", date="2021-07-19", publisher="Example Wire")
    return Coded(report, (one,), (fact,), (Deed(REBELS, "f", one.id, "why"),), (Span(SENTENCE, 0, len(SENTENCE)),))


def text_of(coded: Coded, width: int = 80) -> str:
    return "\n".join(text for _, text in as_text(brief(coded), width))


SHOWN = [
    ("the title", "A truce"),
    ("the outlet and the day", "Example Wire · 2021-07-19"),
    ("how much there is", "1 sentence · 1 event · 1 line of the ledger"),
    ("what, whether, who and to whom", "ASSAULT firearms (negated): SPLM-North → Sudanese army and civilians"),
    ("when, where, how many, according to whom", "2021-07-18 · Goma (COD) · killed 200–999 · according to Sudanese army"),
    ("the words", "“The rebels captured the town.”"),
    ("a line of the ledger with its status and sentence", "for          SPLM-North · “want peace” [1]"),
    ("the books that have nothing", "Nothing on talks, ceasefires, commitments, demands, territory or harm to"),
    ("what a party says", "words        “want peace” [1]"),
    ("what it does", "deeds        ASSAULT firearms: “The rebels captured the town.”"),
    ("the sentence cited", "[1]     The rebels captured the town."),
]


@pytest.mark.parametrize(("why", "words"), SHOWN, ids=[w for w, _ in SHOWN])
def test_it_shows(why: str, words: str, coded: Coded) -> None:
    assert words in text_of(coded)


def test_every_line_cites_its_sentence(coded_example: Coded) -> None:
    lines = list(brief(coded_example))
    cited = {n for line in lines for n in re.findall(r"\[(title|\d+)\]", line.cite)}
    for line in lines:
        if line.kind in (Kind.EVENT, Kind.ENTRY, Kind.SENTENCE):
            assert re.fullmatch(r"\[(?:title|\d+)\](?: \[(?:title|\d+)\])*", line.cite), line
    assert cited == {re.sub(r"\W", "", line.cite) for line in lines if line.kind is Kind.SENTENCE}


def test_every_event_and_fact_has_its_line(coded_example: Coded) -> None:
    lines = list(brief(coded_example))
    assert sum(line.kind is Kind.EVENT for line in lines) == len(coded_example.events) > 10
    ledger = lines[[line.text for line in lines].index("The ledger") : [line.text for line in lines].index("Words against deeds")]
    assert sum(line.kind is Kind.ENTRY for line in ledger) == len(coded_example.facts) > 5


def test_every_book_has_a_title() -> None:
    assert list(BOOK_TITLES) == list(FACT_STATUSES)


def test_a_report_without_a_day_is_said(coded: Coded) -> None:
    undated = dataclasses.replace(coded, report=dataclasses.replace(coded.report, date=None))
    assert "no date given" in text_of(undated)
    assert "no date given" not in text_of(coded)


def test_a_report_without_events(coded: Coded) -> None:
    text = text_of(Coded(coded.report, (), (), (), coded.sentences))
    assert "No political event was found." in text
    assert "Nothing on talks" in text
    assert "cited" not in text.lower().replace("cites", "")


def test_an_event_of_the_title_cites_the_title(coded: Coded) -> None:
    titled = dataclasses.replace(coded, events=(dataclasses.replace(coded.events[0], sentence=-1),))
    assert "[title] ASSAULT" in text_of(titled)
    assert "[title] A truce" in text_of(titled)


@pytest.mark.parametrize("width", [60, 80, 110])
def test_no_line_is_wider_than_the_terminal(width: int, coded_example: Coded) -> None:
    assert max(len(text) for _, text in as_text(brief(coded_example), width)) <= width


def test_quotations_stand_in_one_pair_of_marks(coded: Coded) -> None:
    quoted = "“We will not sign,” he said"
    lines = text_of(dataclasses.replace(coded, events=(dataclasses.replace(coded.events[0], evidence=Span(quoted, 0, len(quoted))),)))
    assert "“‘We will not sign,’ he said”" in lines


HOSTILE = [
    ("terminal escapes", "\x1b]0;owned\x07\x1b[31mred\x1b[0m"),
    ("C1 controls", "\x9b31mred\x9d0;owned\x9c"),
    ("NUL and backspace", "a\x00b\x08c"),
    ("marks of direction", "\u202egnitset\u202c \u2066x\u2069"),
    ("line breaks", "one\r\ntwo\u2028three"),
    ("lone surrogate", "a\ud800b"),
]


def hostile(coded: Coded, words: str) -> Coded:
    party = Party(words, words, words)
    span = Span(words, 0, len(words))
    one = dataclasses.replace(
        coded.events[0], actors=(party,), recipients=(party,), according_to=(party,), evidence=span, place=Place(words, words)
    )
    fact = dataclasses.replace(coded.facts[0], who=(party,), about=words, according_to=(ARMY, party))
    report = Report("x", id="r", title=words, publisher=words)
    return Coded(report, (one,), (fact,), (Deed(party, "f", one.id, words),), (span,))


@pytest.mark.parametrize(("why", "words"), HOSTILE, ids=[w for w, _ in HOSTILE])
def test_nothing_that_a_terminal_obeys_is_shown(why: str, words: str, coded: Coded) -> None:
    lines = list(brief(hostile(coded, words)))
    shown = "".join(text for _, text in as_text(lines)) + as_markdown(lines).replace("\n", "")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert shown.encode("utf-8")


MARKUP = ["<script>alert(1)</script>", "[click](javascript:x)", "![x](http://x)", "# Title", "**bold** _it_ `code`", "| a | b |"]


@pytest.mark.parametrize("words", MARKUP)
def test_a_report_writes_no_markdown(words: str, coded: Coded) -> None:
    text = as_markdown(brief(hostile(coded, words))).replace("<br>", "")
    assert not re.search(r"(?<!\\)[<>`|]", text)
    assert not re.search(r"(?<!\\)\[|(?<!\\)\]", text)
    assert not re.search(r"(?<!\\)!", text)


def test_markdown_has_headings_and_citations(coded: Coded) -> None:
    text = as_markdown(brief(coded))
    assert text.startswith("# A truce\n")
    assert "\n## The ledger\n" in text
    assert "\n### Positions\n" in text
    assert "- **for** SPLM-North · “want peace” \\[1\\]" in text


@given(st.text())
def test_printable_text_is_one_line_of_letters(text: str) -> None:
    shown = printable(text)
    assert "\n" not in shown
    assert printable(shown) == shown
    assert printable_lines(text).count("\n") == text.count("\n")


@given(st.recursive(st.text(alphabet=st.characters(codec="utf-8")), lambda inner: st.lists(inner), max_leaves=4))
def test_escaped_json_says_the_same(value: Any) -> None:
    import json

    line = escaped_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(line) == value
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", line)


def test_a_narrow_terminal_and_a_long_word() -> None:
    pieces = [text for _, text in as_text([Line(Kind.QUOTATION, "x" * 500)], 5)]
    assert "".join(p.strip() for p in pieces) == "x" * 500

"""When and where, when something falls due, and what a speech act is about."""

from __future__ import annotations

import pytest

from parley.pipeline import Coder
from parley.records import Report

DAY = "2021-07-20"

DATES = [
    ("weekday before", "Rebels attacked the town on Monday.", ("2021-07-19", "2021-07-19")),
    ("yesterday", "Rebels attacked the town yesterday.", ("2021-07-19", "2021-07-19")),
    ("a day of the month", "Rebels attacked the town on July 3.", ("2021-07-03", "2021-07-03")),
    ("last week", "Rebels attacked the town last week.", ("2021-07-12", "2021-07-18")),
    ("a year", "Rebels attacked the town in 2011.", ("2011-01-01", "2011-12-31")),
    ("no handle", "Rebels attacked the town.", None),
    (
        "the time of saying is not the act's",
        "The army said on Monday that rebels had attacked the town on Friday.",
        ("2021-07-16", "2021-07-16"),
    ),
]


@pytest.mark.parametrize(("reason", "text", "period"), DATES, ids=[c[0] for c in DATES])
def test_date(coder: Coder, reason: str, text: str, period: tuple[str, str] | None) -> None:
    event = next(e for e in coder.code(Report(text=text, date=DAY)).events if e.type == "ASSAULT")
    assert (event.date and (event.date.start, event.date.end)) == period, reason


DUE = [
    ("promise", "The army promised on Monday to withdraw by August 31.", "2021-08-31"),
    ("agreement", "India and Pakistan agreed to meet on Friday.", "2021-07-23"),
    ("talks to come", "India and Pakistan will hold talks on Friday.", "2021-07-23"),
]


@pytest.mark.parametrize(("reason", "text", "day"), DUE, ids=[c[0] for c in DUE])
def test_due(coder: Coder, reason: str, text: str, day: str) -> None:
    facts = [f for f in coder.code(Report(text=text, date=DAY)).facts if f.kind in ("commitment", "talks")]
    assert facts, reason
    assert {f.date.end for f in facts if f.date} == {day}, reason


PLACES = [
    ("in a town", "Rebels killed ten soldiers in Goma.", "Goma"),
    ("the nearer place", "In Kenya, police arrested ten men in Mombasa.", "Mombasa"),
    ("a participle's place is the act's", "Militants attacked a bus near Maiduguri, killing ten people.", "Maiduguri"),
    ("carried over", "Gunmen attacked a hotel in Kabul. They killed ten guests.", "Kabul"),
    ("nowhere", "Rebels killed ten soldiers.", None),
]


@pytest.mark.parametrize(("reason", "text", "place"), PLACES, ids=[c[0] for c in PLACES])
def test_place(coder: Coder, reason: str, text: str, place: str | None) -> None:
    event = coder.code(Report(text=text, date=DAY)).events[-1]
    assert (event.place and event.place.name) == place, reason


CONTENT = [
    ("what is alleged", "Ukraine accused Russia of shelling a hospital.", "ACCUSE", "ASSAULT"),
    ("what a clause alleges", "Ukraine alleged that Russia had bombed a school.", "ACCUSE", "ASSAULT"),
]


@pytest.mark.parametrize(("reason", "text", "speech", "act"), CONTENT, ids=[c[0] for c in CONTENT])
def test_content(coder: Coder, reason: str, text: str, speech: str, act: str) -> None:
    events = coder.code(Report(text=text, date=DAY)).events
    by_type = {e.type: e for e in events}
    assert by_type[speech].content == by_type[act].id, reason


def test_a_demand_has_no_coded_content(coder: Coder) -> None:
    (event,) = coder.code(Report(text="Egypt called on Israel to withdraw.", date=DAY)).events
    assert event.content is None

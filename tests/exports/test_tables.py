"""Records as JSON Lines and CSV: what is written can be read again, whatever a report holds."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable

import pytest

from parley.exports.tables import EVENT_COLUMNS, FACT_COLUMNS, header, lines
from parley.records import Coded, Count, Event, Fact, Party, to_json
from tests.conftest import ARMY, REBELS

Make = Callable[..., Event]
AWKWARD = ['a "quoted" name', "semi; colon, comma", "two\nlines", "tab\there", "'=1+1", "\x1b[31m", "é 軍 😀"]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_json_lines_hold_whole_records(coded_example: Coded) -> None:
    for records in (coded_example.events, coded_example.facts):
        text = lines(records, "jsonl")
        assert text.count("\n") == len(records) > 0
        assert [json.loads(line) for line in text.splitlines()] == [to_json(r) for r in records]


def test_csv_has_a_row_for_each_record_under_its_columns(coded_example: Coded) -> None:
    for kind, records, columns in (("events", coded_example.events, EVENT_COLUMNS), ("facts", coded_example.facts, FACT_COLUMNS)):
        table = rows(header(kind, "csv") + lines(records, "csv"))
        assert [row["id"] for row in table] == [r.id for r in records]
        assert all(tuple(row) == columns for row in table)


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_names_come_back(name: str, event: Make) -> None:
    one = event(
        "They *left*.",
        "RETREAT",
        actors=(Party(name, name), ARMY),
        counts={"killed": Count(2, 2, "two"), "injured": Count(3, 9, "several")},
    )
    (row,) = rows(header("events", "csv") + lines([one], "csv"))
    assert row["actors"] == f"{name}; Sudanese army"
    assert row["counts"] == "killed=2; injured=3-9"
    assert row["trigger"] == "left"
    assert json.loads(lines([one], "jsonl"))["actors"][0]["name"] == name


def test_absent_values_are_empty_cells(event: Make) -> None:
    (row,) = rows(header("events", "csv") + lines([event("They *left*.", "RETREAT")], "csv"))
    assert {row[c] for c in ("mode", "date_start", "place", "latitude", "actors", "counts")} == {""}
    (fact,) = rows(header("facts", "csv") + lines([Fact("f", "r", "talks", "held", who=(REBELS,), evidence=("e1", "e2"))], "csv"))
    assert (fact["who"], fact["evidence"], fact["count_min"], fact["from"]) == ("SPLM-North", "e1; e2", "", "")


def test_zero_is_a_number(event: Make) -> None:
    (fact,) = rows(header("facts", "csv") + lines([Fact("f", "r", "harm", "reported", count=Count(0, 0, "none"))], "csv"))
    assert (fact["count_min"], fact["count_max"]) == ("0", "0")


def test_json_lines_have_no_header() -> None:
    assert header("events", "jsonl") == header("facts", "jsonl") == ""
    assert lines([], "csv") == lines([], "jsonl") == ""


def test_a_line_of_json_is_harmless_on_a_terminal(event: Make) -> None:
    one = dataclasses.replace(event("They *left*.", "RETREAT"), actors=(Party("\x9b31m\x1b[0m\u202e", "x"),))
    text = lines([one], "jsonl")
    assert not set("\x9b\x1b\u202e") & set(text)

"""Parley on the annotated reports beside the project: our scorer agrees with theirs, and no figure falls below its floor."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from parley.pipeline import Coder
from parley.records import Report, to_line
from parley.scoring import read_gold, read_records, score_reports, score_sentences

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
FLOORS: dict[str, dict[str, float]] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
SETS = {"dev": SHARED / "gold" / "dev", **{p.stem: p for p in sorted((SHARED / "gold" / "sentences").glob("*.jsonl"))}}
TALLIES = ("event_found", "event_type", "type_and_roles", "type_roles_status", "actors", "recipients", "according_to", "facts",
           "facts_and_status", "type_and_status")  # fmt: skip
SHARES = ("status_accuracy", "mode_accuracy", "date_accuracy", "place_accuracy", "primary_type_accuracy", "null_accuracy")

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(
        not (SHARED / "gold").is_dir() or not (SHARED / "score" / "score.py").is_file(), reason="no annotated reports beside the project"
    ),
]


@dataclass(frozen=True)
class Measured:
    """Figures of one set by our scorer and by the one that comes with the gold."""

    ours: dict[str, Any]
    theirs: dict[str, Any]


def their_scorer() -> Any:
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "score" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reports(path: Path) -> Iterator[Report]:
    if path.is_dir():
        for file in sorted(path.glob("*.json")):
            yield Report.from_json(json.loads(file.read_text(encoding="utf-8")))
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield Report.from_json(json.loads(line))


@pytest.fixture(scope="module")
def measured(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measured]:
    folder, theirs, found = tmp_path_factory.mktemp("gold"), their_scorer(), {}
    for name, path in SETS.items():
        events, facts = folder / f"{name}.events.jsonl", folder / f"{name}.facts.jsonl"
        with events.open("w", encoding="utf-8") as event_out, facts.open("w", encoding="utf-8") as fact_out:
            for coded in coder.stream(reports(path)):
                event_out.writelines(to_line(e) + "\n" for e in coded.events)
                fact_out.writelines(to_line(f) + "\n" for f in coded.facts)
        gold, are_reports = read_gold(path)
        coded_events = read_records(events, "event")
        if are_reports:
            ours = score_reports(gold, coded_events, read_records(facts, "fact"))
            result = theirs.score_reports(str(path), str(events), str(facts), False)
        else:
            ours = score_sentences(gold, coded_events)
            result = theirs.score_sentences(str(path), str(events), False)
        found[name] = Measured(ours.as_json(), result)
    return found


@pytest.mark.parametrize("name", list(SETS))
def test_both_scorers_agree(name: str, measured: dict[str, Measured]) -> None:
    ours, theirs = measured[name].ours, measured[name].theirs
    compared = [figure for figure in (*TALLIES, *SHARES) if theirs.get(figure) is not None]
    assert len(compared) >= 4
    assert {figure: ours.get(figure) for figure in compared} == {figure: theirs[figure] for figure in compared}
    for prefix, group in (("type", "by_type"), ("fact", "by_kind")):
        assert {kind: ours.get(f"{prefix} {kind}") for kind in theirs.get(group, {})} == theirs.get(group, {})


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name, figures in FLOORS.items() for figure in figures])
def test_no_figure_falls_below_its_floor(name: str, figure: str, measured: dict[str, Measured]) -> None:
    key, _, part = figure.partition(" ")
    value = measured[name].ours[key]
    assert (value[part] if part else value) >= FLOORS[name][figure]

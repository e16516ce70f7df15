"""What the tests share: one coder, the examples, and hand-made records."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from parley.language.analyser import Analyser
from parley.pipeline import Coder
from parley.records import Coded, Event, Party, Report, Span

ROOT = Path(__file__).resolve().parent.parent

# Time is the machine's affair, and a suite that fails once in a hundred runs teaches people to run it again.
settings.register_profile("parley", deadline=None, derandomize=True)
settings.load_profile("parley")

SUDAN = Party("Sudan", "the government", "SDNGOV", "SDN", ("GOV",), "state")
ARMY = Party("Sudanese army", "the army", "SDNMIL", "SDN", ("MIL",), "organisation")
REBELS = Party("SPLM-North", "the rebels", "SDNREB", "SDN", ("REB",), "armed group")
LEADER = Party("Abdelaziz al-Hilu", "al-Hilu", "SDNREB", "SDN", ("REB",), "person")
CIVILIANS = Party("civilians", "civilians", "CVL", None, ("CVL",), "group of people")
UNITED_NATIONS = Party("United Nations", "the U.N.", "IGOUNO", None, ("IGO",), "organisation")


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="session")
def analyser(coder: Coder) -> Analyser:
    return coder.analyser


@pytest.fixture(scope="session")
def example() -> Report:
    return Report.from_json(json.loads((ROOT / "examples" / "juba-talks.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def coded_example(coder: Coder, example: Report) -> Coded:
    return coder.code(example)


@pytest.fixture
def event() -> Callable[..., Event]:
    """Makes an event from its sentence, in which the trigger stands between asterisks."""
    made = 0

    def make(marked: str, type: str, **values: Any) -> Event:
        nonlocal made
        made += 1
        start = marked.index("*")
        text = marked.replace("*", "")
        trigger = marked.split("*")[1]
        defaults: dict[str, Any] = {"id": f"e{made}", "report": "r", "sentence": made - 1, "actors": (), "recipients": ()}
        span = Span(trigger, start, start + len(trigger))
        return Event(**{**defaults, "type": type, "trigger": span, "evidence": Span(text, 0, len(text)), **values})

    return make

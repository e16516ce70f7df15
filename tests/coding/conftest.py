"""Short readings of coded events, so that a table of cases says what each sentence gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parley.pipeline import Coder
from parley.records import Event, Party, Report


def names(parties: tuple[Party, ...]) -> str:
    return ", ".join(p.name for p in parties)


def shown(e: Event) -> str:
    """ "ASSAULT Israel > Hamas (negated) @ Egypt": type, actors, recipients, status if not actual, who is cited."""
    words = [e.type, names(e.actors) or "-"]
    words += [f"> {names(e.recipients)}"] if e.recipients else []
    words += [f"({e.status})"] if e.status != "actual" else []
    words += [f"@ {names(e.according_to)}"] if e.according_to else []
    return " ".join(words)


@pytest.fixture(scope="session")
def reading(coder: Coder) -> Callable[[str], list[str]]:
    """The events of a report of 20 July 2021, each in one line."""

    def read(text: str) -> list[str]:
        return [shown(e) for e in coder.code(Report(text=text, date="2021-07-20")).events]

    return read


@pytest.fixture(scope="session")
def coded(coder: Coder) -> Callable[[str], dict[str, tuple[int, int]]]:
    """The numbers of a report's events."""

    def count(text: str) -> dict[str, tuple[int, int]]:
        return {name: (c.min, c.max) for e in coder.code(Report(text=text, date="2021-07-20")).events for name, c in e.counts.items()}

    return count

"""Confidence: a probability that rises with what was found."""

from __future__ import annotations

from parley.coding.confidence import HIGHEST, LOWEST
from parley.knowledge.knowledge import Knowledge
from parley.pipeline import Coder
from parley.records import Report


def test_weights_are_plain_numbers_for_every_type() -> None:
    table = Knowledge().confidence
    assert "base" in table
    assert "type ASSAULT" in table
    assert all(-10 < weight < 10 for weight in table.values())


def test_a_feared_act_is_less_sure_than_a_plain_one(coder: Coder) -> None:
    (plain,) = coder.code(Report(text="Israel attacked Lebanon.")).events
    (feared,) = coder.code(Report(text="Israel may attack Lebanon.")).events
    assert LOWEST <= feared.confidence < plain.confidence <= HIGHEST

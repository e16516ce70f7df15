"""Numbers in words and digits, vague amounts as ranges."""

from __future__ import annotations

import pytest

from parley.coding.quantities import number

CASES = [
    ("a digit", "12", (12, 12)),
    ("a word", "twelve", (12, 12)),
    ("a joined word", "twenty two", (22, 22)),
    ("a comma", "1,200", (1200, 1200)),
    ("a scale", "1.5 million", (1_500_000, 1_500_000)),
    ("hundreds and ones", "two hundred five", (205, 205)),
    ("a dozen", "two dozen", (24, 24)),
    ("a range", "10 to 15", (10, 15)),
    ("a vague amount", "dozens", (24, 99)),
    ("several of a scale", "several hundred", (300, 999)),
    ("no number", "brave soldiers", None),
]


@pytest.mark.parametrize(("reason", "words", "amount"), CASES, ids=[c[0] for c in CASES])
def test_number(reason: str, words: str, amount: tuple[int, int] | None) -> None:
    assert number(words.split()) == amount, reason


def test_vague_amounts_multiply() -> None:
    found = number(["hundreds", "of", "thousands"])
    assert found is not None
    assert found[0] >= 100_000
    assert found[1] <= 1_000_000

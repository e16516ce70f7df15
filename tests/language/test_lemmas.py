"""Edit scripts: what is made from a form and its lemma gives the lemma back, and the same script serves other forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.language.lemmas import apply_rule, rule_of

SCRIPTS = [
    ("a plural", "attacks", "attack", "shells", "shell"),
    ("a doubled letter", "stopped", "stop", "shipped", "ship"),
    ("y comes back", "parties", "party", "armies", "army"),
    ("a capital at the start of a sentence", "Denied", "deny", "Carried", "carry"),
    ("a name keeps its capital", "Goma", "Goma", "Doha", "Doha"),
    ("an irregular form names its lemma", "went", "go", "went", "go"),
]


@pytest.mark.parametrize(("why", "form", "lemma", "other", "expected"), SCRIPTS, ids=[s[0] for s in SCRIPTS])
def test_a_script_serves_other_forms(why: str, form: str, lemma: str, other: str, expected: str) -> None:
    assert apply_rule(rule_of(form, lemma), other) == expected


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_round_trip(form: str, lemma: str) -> None:
    assert apply_rule(rule_of(form, lemma), form) == lemma


@given(st.text(min_size=1, max_size=4), st.text(min_size=4, max_size=12), st.text(min_size=1, max_size=12))
def test_a_script_that_does_not_fit_still_gives_a_word(short: str, form: str, lemma: str) -> None:
    assert apply_rule(rule_of(form, lemma), short)

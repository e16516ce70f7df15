"""Words against deeds: who is for peace and attacks all the same, and who is not to be blamed for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from parley.ledger.saydo import contradictions
from parley.records import Event, Fact, Party
from tests.conftest import ARMY, LEADER, REBELS

Make = Callable[..., Event]
CASES: list[tuple[str, Party, dict[str, Any], str, dict[str, Any], bool]] = [
    ("says it wants peace and attacks", REBELS, {}, "ASSAULT", {}, True),
    ("says it wants peace and gathers troops", REBELS, {}, "MOBILIZE", {}, True),
    ("its leader says it, its fighters attack", LEADER, {}, "ASSAULT", {}, True),
    ("a truce agreed and broken", REBELS, {"kind": "ceasefire", "status": "agreed"}, "ASSAULT", {}, True),
    ("another party attacks", ARMY, {}, "ASSAULT", {}, False),
    ("it is against a settlement anyway", REBELS, {"status": "against"}, "ASSAULT", {}, False),
    ("it refused the truce", REBELS, {"kind": "ceasefire", "status": "refused"}, "ASSAULT", {}, False),
    ("the attack is denied", REBELS, {}, "ASSAULT", {"status": "negated"}, False),
    ("the attack is feared", REBELS, {}, "ASSAULT", {"status": "hypothetical"}, False),
    ("the attack is years old", REBELS, {}, "ASSAULT", {"status": "historical"}, False),
    ("a protest is not hostile", REBELS, {}, "PROTEST", {}, False),
]


@pytest.mark.parametrize(("why", "speaker", "words", "type", "deed", "part"), CASES, ids=[c[0] for c in CASES])
def test_words_and_deeds(
    why: str, speaker: Party, words: dict[str, Any], type: str, deed: dict[str, Any], part: bool, event: Make
) -> None:  # fmt: skip
    said = event("They *want* peace.", "AGREE", actors=(speaker,))
    done = event("The rebels *attacked* the town.", type, **{"actors": (REBELS,), **deed})
    fact = Fact(
        **{
            "id": "f",
            "report": "r",
            "kind": "position",
            "status": "for",
            "who": (speaker,),
            "about": "want peace",
            "evidence": (said.id,),
            **words,
        }
    )
    found = contradictions([said, done], [fact])
    assert [(d.statement, d.deed, d.party) for d in found] == ([("f", done.id, speaker)] if part else [])
    assert all("want peace" in d.why for d in found)
    assert found == contradictions([said, done], [fact])


def test_a_truce_of_the_past_binds_nobody(event: Make) -> None:
    said = event("They *agreed* on a truce in 1998.", "AGREE", actors=(REBELS,), status="historical")
    done = event("The rebels *attacked*.", "ASSAULT", actors=(REBELS,))
    fact = Fact("f", "r", "ceasefire", "agreed", who=(REBELS,), evidence=(said.id,))
    assert contradictions([said, done], [fact]) == ()


def test_an_act_is_not_held_against_itself(event: Make) -> None:
    one = event("The rebels *attacked*.", "ASSAULT", actors=(REBELS,))
    fact = Fact("f", "r", "position", "for", who=(REBELS,), evidence=(one.id,))
    assert contradictions([one], [fact]) == ()

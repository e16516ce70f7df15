"""Words against deeds: where a party's acts part from what it says that it wants or will do."""

from __future__ import annotations

from collections.abc import Sequence

from parley.records import Deed, Event, Fact, Party

HOSTILE = frozenset(("ASSAULT", "MOBILIZE"))


def contradictions(events: Sequence[Event], facts: Sequence[Fact]) -> tuple[Deed, ...]:
    """Pairs of a peaceful statement and a hostile act of the same party within the report.

    Peaceful statements: positions for a settlement, and ceasefires agreed or declared that are not of the past. Hostile acts:
    ASSAULT and MOBILIZE that happened in the report's present.
    """
    past = {e.id for e in events if e.status == "historical"}
    found: list[Deed] = []
    for fact in facts:
        peaceful = (fact.kind == "position" and fact.status == "for") or (
            fact.kind == "ceasefire" and fact.status in ("agreed", "declared", "in force")
        )
        if not peaceful or set(fact.evidence) & past:
            continue
        for party in fact.who:
            for e in events:
                if e.type in HOSTILE and e.status == "actual" and e.id not in fact.evidence and any(same_side(party, a) for a in e.actors):
                    found.append(Deed(party, fact.id, e.id, f"says “{fact.about}”, yet: {e.evidence.text[:120]}"))
    return tuple(found)


def same_side(one: Party, other: Party) -> bool:
    """The same party, or a person and the body whose code they share (a leader speaks for the group)."""
    if one.name == other.name:
        return True
    return bool(one.code) and one.code == other.code and "person" in (one.kind, other.kind) and len(one.code) > 3

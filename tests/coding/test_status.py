"""Whether it happened: negation, plans, conditions, fears, the past."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    # Negated
    ("not", "The army did not attack the village.", ["ASSAULT army (negated)"]),
    ("never", "The rebels never attacked civilians.", ["ASSAULT rebels > civilians (negated)"]),
    ("no before the noun", "The army launched no attack on the rebels.", ["ASSAULT army > rebels (negated)"]),
    ("neither … nor", "Neither Israel nor Hamas violated the truce.", ["ASSAULT Israel, Hamas (negated)"]),
    ("failed to", "The rebels failed to capture the town.", ["ASSAULT rebels (negated)"]),
    ("yet to", "Israel has yet to release the prisoners.", ["RETREAT Israel > prisoners (negated)"]),
    ("without -ing", "Police dispersed the crowd without arresting anyone.", ["COERCE Police > crowd"]),
    ("denied", "Iran denied that it had armed the rebels.", ["AID Iran > rebels (negated) @ Iran"]),
    ("denied with -ing", "The army denied killing civilians.", ["ASSAULT army > civilians (negated) @ army"]),
    ("denied somebody else's claim", "Rwanda denied claims that its troops had attacked Goma.", ["ASSAULT troops (negated) @ Rwanda"]),
    ("denied being involved", "Syria denied involvement in the bombing of a convoy.", ["ASSAULT Syria (negated) @ Syria"]),
    ("not only affirms", "The army not only shelled the village but burned it.", ["ASSAULT army"]),
    ("no longer", "France no longer supports the government.", ["SUPPORT France > government (negated)"]),
    ("nobody", "Nobody was killed in the attack.", []),
    ("two negations", "The army did not deny that it had shelled the market.", ["ASSAULT army @ army"]),
    # Refused is an act of its own
    ("refused", "Iran refused to release the sailors.", ["REJECT Iran"]),
    ("refused talks", "The rebels refused to negotiate with the government.", ["REJECT rebels > government"]),
    # Future
    ("will, of force", "Ethiopia will attack the rebels.", ["ASSAULT Ethiopia > rebels (future)"]),
    ("plans to", "The army plans to attack the rebels.", ["ASSAULT army > rebels (future)"]),
    ("preparing to", "Turkey is preparing to invade Syria.", ["ASSAULT Turkey > Syria (future)"]),
    ("about to", "Russia is about to deploy troops near Ukraine.", ["MOBILIZE Russia (future)"]),
    ("planned before a noun", "Activists announced a planned protest against the government.", ["PROTEST Activists > government (future)"]),
    # Hypothetical
    ("could", "Russia could attack Ukraine.", ["ASSAULT Russia > Ukraine (hypothetical)"]),
    ("may", "The army may have killed the hostages.", ["ASSAULT army > hostages (hypothetical)"]),
    ("if", "If Russia attacks Ukraine, prices rise.", ["ASSAULT Russia > Ukraine (hypothetical)"]),
    ("feared", "Villagers feared that the rebels would attack.", ["ASSAULT rebels (hypothetical)"]),
    ("foiled", "Police foiled a plot to bomb the embassy.", ["ASSAULT - (hypothetical)"]),
    ("fears of", "Fears of an Israeli attack on Iran grew on Monday.", ["ASSAULT Israel > Iran (hypothetical)"]),
    ("considering", "The government is considering sanctions against Russia.", ["SANCTION government > Russia (hypothetical)"]),
    # The past
    ("a year long before the report", "In 1998, Ethiopia invaded Eritrea.", ["ASSAULT Ethiopia > Eritrea (historical)"]),
    ("years ago", "Israel bombed the reactor 14 years ago.", ["ASSAULT Israel (historical)"]),
    ("a named decade", "The army killed thousands of civilians during the 1990s.", ["ASSAULT army > civilians (historical)"]),
    ("since a year goes on", "The rebels have fought the government since 2011.", ["ASSAULT rebels > government"]),
    ("last year", "Rebels attacked the town last year.", ["ASSAULT Rebels (historical)"]),
    ("used to", "The group used to attack foreign tourists.", ["ASSAULT group > foreign tourists (historical)"]),
    ("a war's years", "Serb forces killed thousands of people in the 1992-1995 war.", ["ASSAULT Serb forces > people (historical)"]),
    ("yesterday is the present episode", "Rebels attacked the town on Sunday.", ["ASSAULT Rebels"]),
    # Status inside complements
    ("tried to", "Rebels tried to capture the airport.", ["ASSAULT Rebels"]),
    ("began to", "Troops began shelling the rebels.", ["ASSAULT Troops > rebels"]),
    ("continued to", "The army continued to shell the rebels.", ["ASSAULT army > rebels"]),
    ("managed to", "The rebels managed to seize the town.", ["ASSAULT rebels"]),
    ("threatened to is a threat", "North Korea threatened to attack South Korea.", ["THREATEN North Korea > South Korea"]),
    ("relative clauses keep their own", "The army did not say who attacked the convoy.", []),
]


@pytest.mark.parametrize(("reason", "text", "events"), CASES, ids=[c[0] for c in CASES])
def test_status(reading: Callable[[str], list[str]], reason: str, text: str, events: list[str]) -> None:
    assert reading(text) == events, reason

"""Who does what to whom: one construction a case, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    # Verbs
    ("active", "Israel attacked Lebanon on Monday.", ["ASSAULT Israel > Lebanon"]),
    ("passive with its agent", "Lebanon was attacked by Israel on Monday.", ["ASSAULT Israel > Lebanon"]),
    ("passive without an agent", "Two journalists were arrested in Minsk.", ["COERCE - > journalists"]),
    ("passive of killing without an agent", "Five villagers were killed in Helmand.", ["ASSAULT - > villagers"]),
    ("headline passive, no auxiliary", "Five villagers killed by rebels.", ["ASSAULT rebels > villagers"]),
    ("perfect", "The Taliban have captured three districts.", ["ASSAULT Taliban"]),
    ("progressive", "Russian troops are shelling Ukrainian villages.", ["ASSAULT Russian Armed Forces > Ukraine"]),
    ("get-passive", "Dozens of protesters got arrested by police.", ["COERCE police > protesters"]),
    ("a named town is where, not who", "Rebels attacked Kinshasa.", ["ASSAULT Rebels"]),
    ("verb with particle", "Police broke up the rally in Harare.", ["COERCE Police"]),
    ("prepositional recipient", "Ethiopia accused Egypt of arming rebels.", ["ACCUSE Ethiopia > Egypt", "AID Egypt > rebels @ Ethiopia"]),
    ("indirect object", "Germany gave Ukraine ten tanks.", ["AID Germany > Ukraine"]),
    ("recipient by “to”", "Germany delivered ten tanks to Ukraine.", ["AID Germany > Ukraine"]),
    ("recipient by “with”", "France provided Lebanon with emergency aid.", ["AID France > Lebanon"]),
    ("symmetric verb, joined subject", "India and Pakistan held talks in Geneva.", ["CONSULT India, Pakistan"]),
    ("symmetric verb, “with”", "India held talks with Pakistan in Geneva.", ["CONSULT India, Pakistan"]),
    ("meet with object", "John Kerry met Tomas Keller in Vienna.", ["CONSULT John Kerry, Tomas Keller"]),
    ("visit has a host", "The Turkish president visited Iraq on Monday.", ["CONSULT Turkish president > Iraq"]),
    # Event nouns
    ("noun with adjective of nationality", "An Israeli air strike on Gaza killed four people.", ["ASSAULT Israel > people"]),
    ("noun with possessor", "Russia's invasion of Ukraine continued on Friday.", ["ASSAULT Russia > Ukraine"]),
    ("noun with “by”", "An attack by Boko Haram on a village left ten people dead.", ["ASSAULT Boko Haram > people"]),
    ("noun with “between”", "Clashes between the army and the rebels erupted in Goma.", ["ASSAULT army, rebels"]),
    ("noun with a compound", "A rebel attack on an army base killed six soldiers.", ["ASSAULT rebel > soldiers"]),
    ("talks between", "Talks between Sudan and South Sudan began in Addis Ababa.", ["CONSULT Sudan, South Sudan"]),
    ("noun without agent, harm told", "A car bomb killed twelve people in Baghdad.", ["ASSAULT - > people"]),
    ("suicide bomber is the actor", "A suicide bomber killed nine policemen in Quetta.", ["ASSAULT suicide bomber > policemen"]),
    ("killed in an act with its owner", "Nine soldiers were killed in an attack by al-Shabab.", ["ASSAULT Al-Shabaab > soldiers"]),
    ("killed in clashes with", "Two demonstrators were killed in clashes with police.", ["ASSAULT police > demonstrators"]),
    # Light verbs
    ("carry out", "The army carried out an air raid on rebel positions.", ["ASSAULT army > rebel"]),
    ("launch … against", "Turkey launched an offensive against Kurdish fighters.", ["ASSAULT Turkey > Kurdish fighters"]),
    ("come under", "A UN convoy came under attack by gunmen.", ["ASSAULT gunmen > United Nations"]),
    ("stage", "Students staged a protest against the government.", ["PROTEST Students > government"]),
    ("impose", "Canada and Japan imposed new sanctions against Belarus.", ["SANCTION Canada, Japan > Belarus"]),
    ("asked of those whose act it is", "Six embassies urged for the militia's brutal campaign to end.", ["REQUEST embassies > militia"]),
    ("the same with another verb", "Aid groups appealed for the army's offensive to stop.", ["REQUEST Aid groups > army"]),
    ("of an embassy's act", "Kenya called for the rebels' blockade of the port to be lifted.", ["REQUEST Kenya > rebels"]),
    ("make an appeal", "The Red Cross made an appeal for a ceasefire.", ["REQUEST International Committee of the Red Cross"]),
    ("passive of a light verb", "An attack was carried out by the rebels in Bunia.", ["ASSAULT rebels"]),
    # Participles and relative clauses
    ("participle after a comma", "Rebels stormed the town, killing 12 civilians.", ["ASSAULT Rebels > civilians"]),
    (
        "relative clause, subject",
        "The militants who attacked the village were arrested by police.",
        ["ASSAULT militants > village", "COERCE police > militants"],
    ),
    ("relative clause, object", "The journalist whom soldiers arrested is in prison.", ["COERCE soldiers > journalist"]),
    ("reduced passive relative", "The journalist arrested by police on Monday is in prison.", ["COERCE police > journalist"]),
    ("reduced active relative", "Gunmen attacking a bus killed five passengers.", ["ASSAULT Gunmen > passengers"]),
    # Coordination
    ("shared subject", "Turkey condemned the coup and recalled its ambassador.", ["ACCUSE Turkey", "SANCTION Turkey"]),
    ("two subjects", "France and Germany condemned Russia.", ["ACCUSE France, Germany > Russia"]),
    ("two objects", "The United States sanctioned Iran and Syria.", ["SANCTION United States > Iran, Syria"]),
    ("harm in one act", "The army killed two rebels and wounded five.", ["ASSAULT army > rebels"]),
    ("two acts of one subject", "Rebels captured the town and then withdrew.", ["ASSAULT Rebels", "RETREAT Rebels"]),
    ("shared object", "Militants kidnapped and killed a priest.", ["ASSAULT Militants > priest"]),
    ("two clauses with subjects", "Israel bombed Gaza and Hamas fired rockets at Israel.", ["ASSAULT Israel", "ASSAULT Hamas > Israel"]),
    ("joined modifiers of one head", "Afghan and NATO forces attacked the Taliban.", ["ASSAULT Afghan forces, NATO forces > Taliban"]),
    # Control and raising
    ("object control", "Washington urged Israel to stop its attacks.", ["REQUEST United States > Israel"]),
    ("object control in the passive", "Israel was urged to stop its attacks.", ["REQUEST - > Israel"]),
    ("subject control", "Ethiopia agreed to pay compensation.", ["AGREE Ethiopia"]),
    ("for … to", "Egypt called for Israel to halt its offensive.", ["REQUEST Egypt > Israel"]),
    ("called on", "Egypt called on Israel to halt its offensive.", ["REQUEST Egypt > Israel"]),
    ("demand with a clause", "Turkey demanded that Syria release the pilots.", ["REQUEST Turkey > Syria"]),
    ("seem", "The rebels appear to have captured the town.", ["ASSAULT rebels"]),
    # Apposition, possessives
    ("apposition", "Hamas, the group that rules Gaza, fired rockets at Israel.", ["ASSAULT Hamas > Israel"]),
    ("name after an office", "Russian President Vladimir Putin threatened Ukraine.", ["THREATEN Vladimir Putin > Ukraine"]),
    ("possessor of troops", "Ethiopia's troops attacked Tigray rebels.", ["ASSAULT Ethiopia's troops > Tigray Defence Forces"]),
    ("capital stands for its government", "Moscow condemned the attack.", ["ACCUSE Russia"]),
    ("capital as a place", "Protesters marched in Moscow.", ["PROTEST Protesters"]),
    # Parties nobody lists
    ("unknown group", "The Lotus Front attacked a police station.", ["ASSAULT Lotus Front > police"]),
    ("unknown person", "Police arrested Tomas Keller.", ["COERCE Police > Tomas Keller"]),
    ("described people", "Armed men abducted four aid workers.", ["ASSAULT Armed men > aid workers"]),
    ("“no” takes the subject away", "No group attacked the village.", []),
]


@pytest.mark.parametrize(("reason", "text", "events"), CASES, ids=[c[0] for c in CASES])
def test_roles(reading: Callable[[str], list[str]], reason: str, text: str, events: list[str]) -> None:
    assert reading(text) == events, reason


COUNTS = [
    ("digits", "Gunmen killed 12 people.", {"killed": (12, 12)}),
    ("words", "Gunmen killed twelve people.", {"killed": (12, 12)}),
    ("two harms of one act", "The blast killed 12 people and wounded 30.", {"killed": (12, 12), "injured": (30, 30)}),
    ("vague", "Dozens of people were killed in an air strike.", {"killed": (24, 99)}),
    ("thousands", "Thousands of people protested in Tunis.", {"protesters": (2000, 9999)}),
    ("at least", "At least 40 people were arrested.", {"detained": (40, 40)}),
    ("one", "A soldier was killed by rebels.", {"killed": (1, 1)}),
    ("with a comma", "Some 1,200 people were displaced by the army.", {"displaced": (1200, 1200)}),
    ("joined victims add up", "Rebels killed two soldiers and three civilians.", {"killed": (5, 5)}),
    ("abducted", "Militants kidnapped seven workers.", {"abducted": (7, 7)}),
]


@pytest.mark.parametrize(("reason", "text", "counts"), COUNTS, ids=[c[0] for c in COUNTS])
def test_counts(coded: Callable[[str], dict[str, tuple[int, int]]], reason: str, text: str, counts: dict[str, tuple[int, int]]) -> None:
    assert coded(text) == counts, reason

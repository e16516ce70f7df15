"""From words to parties: pronouns, descriptions, joint nouns, names in their short forms."""

from __future__ import annotations

import pytest

from parley.pipeline import Coder
from parley.records import Report

# (reason, report, the actors of its last event, by name)
ACTORS = [
    ("he across sentences", "President Vladimir Putin flew to Minsk. He condemned the attack.", ["Vladimir Putin"]),
    ("she across sentences", "Aung San Suu Kyi spoke on Monday. She condemned the army.", ["Aung San Suu Kyi"]),
    ("he within a sentence", "Abbas said he condemned the attack.", ["Mahmoud Abbas"]),
    ("they for a group", "Taliban fighters entered Kunduz on Monday. They killed ten policemen.", ["Taliban"]),
    ("they for two", "Egypt and Jordan reacted at once. They condemned the attack.", ["Egypt", "Jordan"]),
    ("it for a state", "Ethiopia closed the border. It condemned the attack.", ["Ethiopia"]),
    ("we for the speaker", "“We condemn the attack,” said Abbas.", ["Mahmoud Abbas"]),
    ("I for the speaker", "“I condemn the attack,” said Abbas.", ["Mahmoud Abbas"]),
    ("the two sides", "Israel and Hamas fought for a week. The two sides agreed to a truce.", ["Israel", "Hamas"]),
    ("both parties", "Sudan and Chad fought for a week. Both parties agreed to a truce.", ["Sudan", "Chad"]),
    ("the two countries", "Iran and Iraq fought for a week. The two countries signed a truce.", ["Iran", "Iraq"]),
    ("the group", "Boko Haram is active in Borno. The group killed ten farmers.", ["Boko Haram"]),
    ("the militants", "Al-Shabab controls the port. The militants killed ten farmers.", ["Al-Shabaab"]),
    ("the rebels", "The FARC controls the valley. The rebels killed ten farmers.", ["FARC"]),
    ("the last name", "Tomas Keller leads the party. Keller condemned the attack.", ["Tomas Keller"]),
    ("a title before the name", "Foreign Minister Sergei Lavrov condemned the attack.", ["Sergei Lavrov"]),
    ("an office of the report's", "Paul Biya spoke on Monday. President Biya condemned the attack.", ["Paul Biya"]),
    ("a capital for its government", "London condemned the attack.", ["United Kingdom"]),
    ("a building for its government", "The Kremlin condemned the attack.", ["Russia"]),
    ("an acronym", "The AU condemned the attack.", ["African Union"]),
    ("a body of the UN", "The UN Security Council condemned the attack.", ["UN Security Council"]),
    ("a ministry", "Egypt's foreign ministry condemned the attack.", ["Egypt's foreign ministry"]),
    ("a possessor and its leader", "Hamas's leader condemned the attack.", ["Hamas's leader"]),
    ("a nationality's people", "Hundreds of Syrians protested in Idlib.", ["Syrians"]),
    ("counted people lose their number", "Some 200 students protested in Idlib.", ["students"]),
    ("a group of fighters named by nationality", "Kurdish fighters killed ten soldiers.", ["Kurdish fighters"]),
    ("who takes the noun before", "The general, who condemned the attack, lives in Cairo.", ["general"]),
    ("a party that no list knows", "The Lotus Front condemned the attack.", ["Lotus Front"]),
    ("joined names", "Egypt, Jordan and Iraq condemned the attack.", ["Egypt", "Jordan", "Iraq"]),
    ("one of his aides", "One of the rebels killed a farmer.", ["rebels"]),
    ("the president of a state", "The president of Ghana condemned the attack.", ["president of Ghana"]),
]


@pytest.mark.parametrize(("reason", "text", "actors"), ACTORS, ids=[c[0] for c in ACTORS])
def test_actors(coder: Coder, reason: str, text: str, actors: list[str]) -> None:
    events = coder.code(Report(text=text, date="2021-07-20")).events
    assert events, f"{reason}: no event"
    assert [p.name for p in events[-1].actors] == actors, reason


RECIPIENTS = [
    ("him", "Tomas Keller leads the party. Police arrested him on Monday.", ["Tomas Keller"]),
    ("them", "Ten students marched in Minsk. Police arrested them.", ["students"]),
    ("the four", "Gunmen seized four aid workers. They killed the four on Monday.", ["aid workers"]),
    ("not the clause's own subject", "Israel and Hamas fought on. Israel attacked it on Monday.", ["Hamas"]),
    ("us for the speaker", "“The rebels attacked us,” said Abbas.", ["Mahmoud Abbas"]),
    ("a convoy stands for whose it is", "Gunmen attacked a UN convoy.", ["United Nations"]),
    ("people who have no list", "The army killed ten fishermen.", ["fishermen"]),
]


@pytest.mark.parametrize(("reason", "text", "recipients"), RECIPIENTS, ids=[c[0] for c in RECIPIENTS])
def test_recipients(coder: Coder, reason: str, text: str, recipients: list[str]) -> None:
    events = coder.code(Report(text=text, date="2021-07-20")).events
    assert events, f"{reason}: no event"
    assert [p.name for p in events[-1].recipients] == recipients, reason


CODES = [
    ("state", "France condemned the attack.", "FRA"),
    ("army", "The Ethiopian army condemned the attack.", "ETHMIL"),
    ("rebels of a country", "Syrian rebels condemned the attack.", "SYRREB"),
    ("police", "Kenyan police condemned the attack.", "KENCOP"),
    ("a group", "Hamas condemned the attack.", "PSEREB"),
    ("the United Nations", "The United Nations condemned the attack.", "UNO"),
    ("a nationality", "Afghans condemned the attack.", "AFGCVL"),
]


@pytest.mark.parametrize(("reason", "text", "code"), CODES, ids=[c[0] for c in CODES])
def test_code(coder: Coder, reason: str, text: str, code: str) -> None:
    (event,) = coder.code(Report(text=text, date="2021-07-20")).events
    assert [p.code for p in event.actors] == [code], reason


def test_aliases_hold_the_other_ways_of_writing(coder: Coder) -> None:
    text = "The Taleban attacked the army. On Monday the Taliban killed ten policemen."
    (first, second) = (p for e in coder.code(Report(text=text)).events for p in e.actors)
    assert "Taleban" in (first.text, *first.aliases)
    assert first.name == second.name == "Taliban"

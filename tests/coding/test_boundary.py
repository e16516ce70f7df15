"""PLOVER's boundary rules, the types that depend on content and tense, and what is no event at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parley.pipeline import Coder
from parley.records import Report

CASES = [
    ("future meeting is an agreement", "India and Pakistan will hold talks next week.", "AGREE"),
    ("future aid is an agreement", "Germany will send weapons to Ukraine.", "AGREE"),
    ("future visit is an agreement", "Kerry will visit Moscow on Friday.", "AGREE"),
    ("promised withdrawal is a concession", "Turkey promised to withdraw its troops from Iraq.", "CONCEDE"),
    ("announced withdrawal is a concession", "Ethiopia said it would withdraw its troops.", "CONCEDE"),
    ("prepared withdrawal is a retreat to come", "NATO troops are preparing to leave Afghanistan.", "RETREAT future"),
    ("withdrawal", "Ethiopia withdrew its troops from Somalia.", "RETREAT:withdraw"),
    ("release", "The rebels released 20 prisoners.", "RETREAT:release"),
    ("disarm", "The militia handed over its weapons to the army.", "RETREAT:disarm"),
    ("resign", "The prime minister resigned on Monday.", "RETREAT:resign"),
    ("truce declared", "The rebels declared a ceasefire.", "CONCEDE"),
    ("truce agreed", "The government and the rebels agreed on a ceasefire.", "AGREE"),
    ("truce signed", "The government and the rebels signed a ceasefire agreement.", "SUPPORT"),
    ("truce demanded", "The United Nations called for a ceasefire.", "REQUEST:yield"),
    ("truce refused", "The rebels rejected a ceasefire.", "REJECT:yield"),
    ("truce ended", "The rebels ended their ceasefire.", "SANCTION:discontinue"),
    ("truce broken by force", "The army violated the ceasefire with the rebels.", "ASSAULT"),
    ("sanctions imposed", "The United States imposed sanctions on Iran.", "SANCTION:discontinue"),
    ("sanctions lifted", "The United States lifted sanctions on Sudan.", "CONCEDE"),
    ("sanctions threatened", "The United States threatened Iran with sanctions.", "THREATEN"),
    ("threat of force", "Iran threatened to attack Israel.", "THREATEN:violence"),
    ("expulsion of diplomats", "Russia expelled two British diplomats.", "SANCTION:expel"),
    ("recalled ambassador", "France recalled its ambassador from Rome.", "SANCTION:withdraw"),
    ("summoned ambassador", "Iran summoned the British ambassador.", "ACCUSE:disapprove"),
    ("demand for talks", "Egypt urged Ethiopia to resume negotiations.", "REQUEST:meet"),
    ("demand for aid", "Ukraine asked Germany for weapons.", "REQUEST:assist"),
    ("demand for a release", "France demanded the release of the hostages.", "REQUEST:yield"),
    ("demand to resign", "Protesters demanded that the president resign.", "REQUEST:change"),
    ("talks called off", "The government called off talks with the rebels.", "REJECT:meet"),
    ("condemnation", "Egypt condemned the attack.", "ACCUSE:disapprove"),
    ("inquiry", "Prosecutors launched an investigation into the minister.", "ACCUSE:investigate"),
    ("praise", "Washington praised the peace deal.", "SUPPORT"),
    ("recognition", "Spain recognized Kosovo.", "SUPPORT"),
    ("apology", "Japan apologized to South Korea.", "CONCEDE"),
    ("pardon", "The king pardoned 50 activists.", "CONCEDE"),
    ("own exercise", "North Korea held military exercises near the border.", "MOBILIZE"),
    ("joint exercise", "Japan and India held joint military exercises.", "COOPERATE"),
    ("troops sent", "Russia deployed troops to the border.", "MOBILIZE:troops"),
    ("arrest", "Police arrested ten activists.", "COERCE:arrest"),
    ("curfew", "The government imposed a curfew in Kano.", "COERCE:curfew"),
    ("ban", "The government banned the newspaper.", "COERCE"),
    ("deportation", "Saudi Arabia deported 200 Ethiopian migrants.", "COERCE:deport"),
    ("prison sentence", "A court sentenced the opposition leader to five years in prison.", "SANCTION:convict"),
    ("kidnapping", "Gunmen kidnapped a priest.", "ASSAULT:abduct"),
    ("drone", "A US drone strike killed four militants.", "ASSAULT:drone"),
    ("air strike", "Saudi warplanes bombed Sanaa.", "ASSAULT:aerial"),
    ("shelling", "The army shelled the village.", "ASSAULT:heavy-weapons"),
    ("suicide attack", "A suicide bomber attacked a police station.", "ASSAULT:suicide-attack"),
    ("roadside bomb", "A roadside bomb killed three soldiers.", "ASSAULT:explosives"),
    ("gunfire", "Gunmen shot dead a judge.", "ASSAULT:firearms"),
    ("tear gas", "Police fired tear gas at protesters.", "ASSAULT:crowd-control"),
    ("assassination", "Rebels assassinated the governor.", "ASSAULT:targeted"),
    ("torture", "Soldiers tortured the prisoners.", "ASSAULT:torture"),
    ("strike of workers", "Teachers went on strike in Nairobi.", "PROTEST:strike"),
    ("hunger strike", "Prisoners went on hunger strike.", "PROTEST:hunger"),
    ("riot", "Protesters threw stones at police.", "PROTEST:riot"),
    ("blockade of a road", "Protesters blocked the road to the airport.", "PROTEST:obstruct"),
    ("phone call", "Putin spoke by phone with Erdogan.", "CONSULT:phone"),
    ("mediation", "Qatar mediated between the government and the rebels.", "CONSULT:third-party"),
]


@pytest.mark.parametrize(("reason", "text", "kind"), CASES, ids=[c[0] for c in CASES])
def test_type(coder: Coder, reason: str, text: str, kind: str) -> None:
    wanted, _, status = kind.partition(" ")
    type_, _, mode = wanted.partition(":")
    events = coder.code(Report(text=text, date="2021-07-20")).events
    assert [e.type for e in events] == [type_], reason
    assert events[0].status == (status or "actual"), reason
    assert not mode or events[0].mode == mode, reason


NO_EVENTS = [
    ("sport", "Brazil beat Argentina 2-1 in the final on Sunday."),
    ("markets", "Oil prices fell on Monday as investors sold shares."),
    ("weather", "A storm killed twelve people in the Philippines."),
    ("accident", "Eight people were killed in a bus crash near Lima."),
    ("a film about a war", "The film tells the story of a soldier in the war."),
    ("metaphor", "Doctors are fighting the disease with a new drug."),
    ("bare mention", "The attack was the talk of the town."),
    ("plain saying", "The minister said the harvest was good."),
    ("condolences", "The president offered his condolences to the families."),
    ("purpose", "The law was written to protect bats."),
    ("a description", "Afghanistan is a mountainous country."),
    ("crime without politics", "A man stole a car in Leeds."),
    ("no group has claimed it", "No group has claimed responsibility."),
    ("election result", "The party won 40 seats in the election."),
    ("earthquake", "An earthquake destroyed hundreds of houses in Nepal."),
]


@pytest.mark.parametrize(("reason", "text"), NO_EVENTS, ids=[c[0] for c in NO_EVENTS])
def test_no_event(reading: Callable[[str], list[str]], reason: str, text: str) -> None:
    assert reading(text) == [], reason

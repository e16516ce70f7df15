"""Known names: the longest wins, ordinary words are not names, a shared name goes to the report's country."""

from __future__ import annotations

import pytest

from parley.grounding.names import NameFinder, normal
from parley.pipeline import Coder


@pytest.fixture(scope="module")
def finder(coder: Coder) -> NameFinder:
    return NameFinder(coder.knowledge)


CASES = [
    ("a state", "France sent help.", [("France", "France")]),
    ("the longest wins", "The UN Security Council met.", [("UN Security Council", "UN Security Council")]),
    ("an adjective", "A Turkish soldier spoke.", [("Turkish", "Turkey")]),
    ("a capital", "Talks in Kabul went on.", [("Kabul", "Afghanistan")]),
    ("lower case is no name", "He ate turkey and drank china tea.", []),
    ("a pronoun is no state", "They told us to go.", []),
    ("two in a row", "Iran and Iraq met.", [("Iran", "Iran"), ("Iraq", "Iraq")]),
    ("curly apostrophe", "Côte d’Ivoire held a vote.", [("Côte d’Ivoire", "Ivory Coast")]),
]


@pytest.mark.parametrize(("reason", "text", "names"), CASES, ids=[c[0] for c in CASES])
def test_find(coder: Coder, finder: NameFinder, reason: str, text: str, names: list[tuple[str, str]]) -> None:
    (sentence,) = coder.analyser.analyse(text)
    found = finder.find(sentence, text)
    assert [(text[sentence.tokens[m.first].start : sentence.tokens[m.last - 1].end], m.entity.name) for m in found] == names, reason


def test_normal_straightens_quotes_dashes_and_blanks() -> None:
    assert normal("Côte  d’Ivoire") == "Côte d'Ivoire"
    assert normal("Guinea–Bissau") == "Guinea-Bissau"


def test_matches_do_not_overlap(coder: Coder, finder: NameFinder) -> None:
    text = "Russian President Vladimir Putin met the UN Secretary-General in New York City."
    (sentence,) = coder.analyser.analyse(text)
    ends = 0
    for m in finder.find(sentence, text):
        assert ends <= m.first < m.last
        ends = m.last


def test_a_shared_name_goes_to_the_country_that_the_report_names() -> None:
    from parley.grounding.names import NameMatch
    from parley.knowledge.knowledge import Entity

    one = Entity("People's Party (A)", "AUT", (), "organisation", "groups.csv")
    two = Entity("People's Party (B)", "ESP", (), "organisation", "groups.csv")
    match = NameMatch(0, 2, one, choices=(one, two))
    assert match.settled({"ESP": 2}).entity is two
    assert match.settled({"FRA": 2}).entity is one

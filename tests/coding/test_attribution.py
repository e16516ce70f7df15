"""According to whom: every way in which news says who says it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    ("that-clause", "The army said that rebels had killed five soldiers.", ["ASSAULT rebels > soldiers @ army"]),
    ("without “that”", "The army said rebels killed five soldiers.", ["ASSAULT rebels > soldiers @ army"]),
    ("placed after", "Rebels killed five soldiers, the army said.", ["ASSAULT Rebels > soldiers @ army"]),
    ("inverted", "“Rebels killed five soldiers,” said army spokesman Musa Okello.", ["ASSAULT Rebels > soldiers @ Musa Okello"]),
    ("in parenthesis", "The rebels, the army said, killed five soldiers.", ["ASSAULT rebels > soldiers @ army"]),
    ("according to, first", "According to the army, rebels killed five soldiers.", ["ASSAULT rebels > soldiers @ army"]),
    ("according to, last", "Rebels killed five soldiers, according to the army.", ["ASSAULT Rebels > soldiers @ army"]),
    ("told somebody", "A minister told Reuters that rebels had killed five soldiers.", ["ASSAULT rebels > soldiers @ minister"]),
    ("statement", "Rebels killed five soldiers, the army said in a statement.", ["ASSAULT Rebels > soldiers @ army"]),
    ("the body before the document", "An army statement said rebels killed five soldiers.", ["ASSAULT rebels > soldiers @ army"]),
    (
        "what is blamed on somebody",
        "Kenya blamed the killing of five soldiers on the militia.",
        ["ACCUSE Kenya > militia", "ASSAULT - > soldiers @ Kenya"],
    ),
    ("a statement says", "A statement by the army said rebels killed five soldiers.", ["ASSAULT rebels > soldiers @ army"]),
    (
        "the statement of a sentence before",
        "The army issued a statement on Monday. The statement said rebels had killed five soldiers.",
        ["ASSAULT rebels > soldiers @ army"],
    ),
    (
        "nested",
        "Reuters quoted the ministry as saying that rebels had killed five soldiers.",
        ["ASSAULT rebels > soldiers @ Reuters, ministry"],
    ),
    (
        "two tellers",
        "The ministry said the army had reported that rebels killed five soldiers.",
        ["ASSAULT rebels > soldiers @ ministry, army"],
    ),
    (
        "two sources",
        "Police and witnesses said that gunmen had killed five soldiers.",
        ["ASSAULT gunmen > soldiers @ Police, witnesses"],
    ),
    ("claimed", "The group claimed that it had killed five soldiers.", ["ASSAULT group > soldiers @ group"]),
    (
        "a quotation over two sentences",
        "“The rebels attacked us,” said Musa Okello. “They killed five soldiers.”",
        ["ASSAULT rebels > Musa Okello @ Musa Okello", "ASSAULT rebels > soldiers @ Musa Okello"],
    ),
    ("split quotation", "“The rebels,” he said, “killed five soldiers.”", ["ASSAULT rebels > soldiers"]),
    ("adverb of hearsay, no source", "Rebels reportedly killed five soldiers.", ["ASSAULT Rebels > soldiers"]),
    ("the reporter's own voice", "Rebels killed five soldiers.", ["ASSAULT Rebels > soldiers"]),
    (
        "what somebody is accused of",
        "Ukraine accused Russia of shelling civilians.",
        ["ACCUSE Ukraine > Russia", "ASSAULT Russia > civilians @ Ukraine"],
    ),
    ("blame", "Ukraine blamed Russia for the attack.", ["ACCUSE Ukraine > Russia"]),
    (
        "claimed responsibility",
        "The Islamic State claimed responsibility for the attack.",
        ["ASSAULT Islamic State @ Islamic State"],
    ),
    ("a speaker's demand is not relayed", "The minister urged Iran to free the sailors.", ["REQUEST minister > Iran"]),
    (
        "a demand that another relays",
        "State television said the minister urged Iran to free the sailors.",
        ["REQUEST minister > Iran @ State television"],
    ),
    ("as reported", "As the army reported, rebels killed five soldiers.", ["ASSAULT rebels > soldiers @ army"]),
    ("a belief", "Officials believe that rebels killed the soldiers.", ["ASSAULT rebels > soldiers @ Officials"]),
    ("witnesses", "Witnesses said soldiers opened fire on the crowd.", ["ASSAULT soldiers > crowd @ Witnesses"]),
    (
        "an organisation reports",
        "Amnesty International reported that police tortured detainees.",
        ["ASSAULT police > detainees @ Amnesty International"],
    ),
    ("warned", "The United Nations warned that militias were recruiting fighters.", ["MOBILIZE militias @ United Nations"]),
    ("must", "The president said that the rebels must disarm.", ["REQUEST president > rebels"]),
    ("I in a quotation", "“I condemn the attack,” said Musa Okello.", ["ACCUSE Musa Okello"]),
    ("we in a quotation", "“We urge Israel to stop,” the minister said.", ["REQUEST minister > Israel"]),
    ("will not", "“We will not negotiate with the rebels,” said President Paul Biya.", ["REJECT Paul Biya > rebels"]),
]


@pytest.mark.parametrize(("reason", "text", "events"), CASES, ids=[c[0] for c in CASES])
def test_according_to(reading: Callable[[str], list[str]], reason: str, text: str, events: list[str]) -> None:
    assert reading(text) == events, reason

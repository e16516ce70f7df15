"""An event while it is being put together, and a word that was looked at and not coded."""

from __future__ import annotations

from dataclasses import dataclass, field

from parley.coding.lexicon import Use
from parley.coding.status import Status
from parley.records import Count, Party

#: Speech acts whose content is no event of its own.
SPEECH = frozenset(("AGREE", "CONCEDE", "REQUEST", "REJECT", "THREATEN"))


@dataclass(slots=True)
class Draft:
    """An event while it is being put together."""

    n: int
    use: Use
    type: str
    mode: str | None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    words: list[int] = field(default_factory=list)
    status: Status = field(default_factory=lambda: Status("actual"))
    according_to: tuple[Party, ...] = ()
    content: int | None = None
    #: The act that an accusation alleges, where it is coded too.
    alleged: Draft | None = None
    counts: dict[str, Count] = field(default_factory=dict)
    absorbed: list[int] = field(default_factory=list)
    #: A passive that names no doer.
    agentless: bool = False
    #: A claim of responsibility.
    claims: bool = False

    @property
    def word(self) -> int:
        """The word that says what happened."""
        return self.use.word


@dataclass(frozen=True, slots=True)
class Skipped:
    """A word that looked like an event and was not coded, and why."""

    sentence: int
    word: int
    text: str
    reason: str

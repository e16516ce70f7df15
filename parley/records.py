"""The three records of Parley and the values that they are made of: frozen, typed, JSON in and out."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
MODES: Mapping[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": ("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"),
    "ASSAULT": (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
    ),
}  # fmt: skip
CONTEXTS = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
    "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
)  # fmt: skip
STATUSES = ("actual", "historical", "future", "hypothetical", "negated")
SECTORS = (
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "NGO",
)  # fmt: skip
PARTY_KINDS = ("state", "organisation", "armed group", "person", "group of people", "unknown")
FACT_STATUSES: Mapping[str, tuple[str, ...]] = {
    "talks": ("held", "ongoing", "planned", "stalled", "suspended", "collapsed", "refused"),
    "ceasefire": (
        "in force", "agreed", "declared", "proposed", "demanded", "extended", "refused", "not sought", "violated", "ended",
    ),
    "commitment": ("pledged", "kept", "broken"),
    "demand": ("made", "met", "refused"),
    "position": ("for", "against"),
    "territory": ("captured", "recaptured", "surrounded", "contested", "lost", "withdrawn"),
    "harm": ("reported", "alleged"),
}  # fmt: skip


LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class RecordError(ValueError):
    """A record that cannot be read; the message names the field and what is wrong with it."""


def stable_id(*parts: str) -> str:
    """Sixteen hexadecimal digits that depend on the parts alone."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def to_json(value: Any) -> Any:
    """A record or value as plain dicts, lists and strings, fields in their declared order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.metadata.get("json", f.name): to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {k: to_json(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(v) for v in value]
    return value


def to_line(value: Any) -> str:
    """One record as one line of JSON."""
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Report:
    """What was read. `date` is the ISO day of publication, or None where it is not known."""

    text: str
    id: str = ""
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if self.date is not None:
            try:
                object.__setattr__(self, "date", date.fromisoformat(self.date).isoformat())
            except ValueError:
                raise RecordError(f"date: {self.date!r} is not a day such as 2021-07-19") from None
        for name in ("text", "title"):
            value = getattr(self, name)
            if value is not None:
                # Half of a character pair is no text; one sign takes its place, so that offsets stay.
                object.__setattr__(self, name, LONE_SURROGATE.sub("\ufffd", value))
        if not self.id:
            object.__setattr__(self, "id", stable_id(" ".join(self.text.split()), self.date or ""))

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        """A report from a JSON object; unknown fields are ignored, `paragraphs` may stand for `text`.

        Raises RecordError when a field has the wrong type or there is no text.
        """
        if not isinstance(row, Mapping):
            raise RecordError(f"a report is a JSON object, not {type(row).__name__}")
        values: dict[str, Any] = {}
        for name in (f.name for f in dataclasses.fields(cls)):
            value = row.get(name)
            if value is None or value == "":
                continue
            if name == "id" and isinstance(value, int):
                value = str(value)
            if not isinstance(value, str):
                raise RecordError(f"{name}: text was expected, found {type(value).__name__}")
            values[name] = value
        if "text" not in values:
            paragraphs = row.get("paragraphs")
            if not isinstance(paragraphs, Sequence) or isinstance(paragraphs, str) or not all(isinstance(p, str) for p in paragraphs):
                raise RecordError('text: missing or empty (a report needs "text", or "paragraphs": a list of texts)')
            values["text"] = "\n\n".join(paragraphs)
        if not values["text"].strip():
            raise RecordError("text: empty")
        if "date" in values:
            values["date"] = values["date"][:10]
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Span:
    """Exact words of a report: `report.text[start:end] == text` (of its title when the sentence is −1)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who acts or is acted on: `text` as written, `name` canonical, `country` ISO alpha-3 or None."""

    name: str
    text: str
    code: str = ""
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: str = "unknown"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day (ISO), the words that it came from, and how exact it is.

    `precision` is one of day, weekend, week, month, season, quarter, year, decade, period.
    """

    start: str
    end: str
    text: str
    precision: str


@dataclass(frozen=True, slots=True)
class Place:
    """A named place: WGS 84 degrees, country ISO alpha-3; coordinates None where the table does not know it.

    `precision` is one of city, district, admin1, country, region, unknown; `geoname` a GeoNames id.
    """

    name: str
    text: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geoname: int | None = None
    precision: str = "unknown"


@dataclass(frozen=True, slots=True)
class Count:
    """A number that the words give, as a range."""

    min: int
    max: int
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One reported action, tied to the words that report it. Field meanings: design page "Records"."""

    id: str
    report: str
    sentence: int
    type: str
    trigger: Span
    evidence: Span
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    status: str = "actual"
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    according_to: tuple[Party, ...] = ()
    date: Period | None = None
    place: Place | None = None
    counts: Mapping[str, Count] = field(default_factory=dict)
    content: str | None = None
    rule: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the ledger, resting on events."""

    id: str
    report: str
    kind: str
    status: str
    who: tuple[Party, ...] = ()
    to: tuple[Party, ...] = ()
    from_: tuple[Party, ...] = field(default=(), metadata={"json": "from"})
    about: str = ""
    date: Period | None = None
    place: Place | None = None
    count: Count | None = None
    according_to: tuple[Party, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """A statement of a party beside an act of the same party that speaks against it.

    `statement` is the id of a fact (a position or commitment), `deed` of an event; `why` says in a few words how they part.
    """

    party: Party
    statement: str
    deed: str
    why: str


@dataclass(frozen=True, slots=True)
class Coded:
    """Everything that Parley says of one report."""

    report: Report
    events: tuple[Event, ...]
    facts: tuple[Fact, ...]
    contradictions: tuple[Deed, ...] = ()
    #: The sentences of the text, so that `sentences[event.sentence]` is what an event stands in (−1: the title).
    sentences: tuple[Span, ...] = ()

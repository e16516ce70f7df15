"""What a time expression says, before it is laid on a calendar."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """How many units, from `low` to `high`: equal where the words give a number ("two"), apart for "a few"."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether the words give one number."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year, month or day by name. `order` is that of the whole ("last March"), `year_shift` counts from the report's year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    order: int | None = None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """Day of the week, 0 = Monday. `week` counts weeks from the report's own ("Tuesday of last week": −1)."""

    number: int
    order: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A calendar unit counted from the one that holds the report's date: yesterday is ("day", −1)."""

    unit: str
    shift: int = 0
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class Shifted:
    """A point some units off: "two days ago" (sign −1); `anchored` where it counts from another event ("two days later").

    `tentative` where only a clause about the future makes it a date ("in two weeks").
    """

    amount: Amount
    unit: str
    sign: int
    anchored: bool = False
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Rolling:
    """A stretch that ends (sign −1) or begins (+1) at the report's date: "the past 24 hours", "within three weeks"."""

    amount: Amount
    unit: str
    sign: int


@dataclass(frozen=True, slots=True)
class Season:
    """spring, summer, autumn or winter of the northern half of the earth, in whole months."""

    name: str
    year: int | None = None
    order: int | None = None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True)
class Fraction:
    """Quarter (`parts` 4) or half (2) number `number` of a year."""

    number: int
    parts: int
    year: int | None = None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """`count` years from `first`: a decade or a century."""

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Feast:
    """A holiday by its rule ("hijri 12-10"), `days` long; see `feasts.first_day`."""

    rule: str
    days: int
    year: int | None = None
    order: int | None = None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True)
class Era:
    """A known stretch of history, ISO days."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of another expression: `part` is early, mid, late, start, end, eve, half, quarter, month, week, weekend or day.

    `number` counts the pieces from 1, or from the back as −1 ("the last week of June"); `count` is how many are meant
    ("the first ten days of June").
    """

    part: str
    of: TimeMention
    number: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Bound:
    """One or two expressions under a preposition: since, until, by, before, after, or between (with `last`)."""

    relation: str
    first: TimeMention
    last: TimeMention | None = None


Value = Calendar | Weekday | Unit | Shifted | Rolling | Season | Fraction | Years | Feast | Era | Part | Bound


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that tell when: `text == report_text[start:end]`.

    `kind` is day, weekday, weekend, week, month, season, quarter, half, year, decade, century, holiday, era, relative,
    range or deadline; or one that gives no date: duration, time (of day), recurring, anniversary, vague.
    `value` is None where the words give no handle.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Value | None = None

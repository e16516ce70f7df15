"""Time expressions in English news prose, found by a grammar over word classes; `calendar` lays them on days.

`find_times("The truce holds since Friday.")` gives one mention, "since Friday"; `resolve(mention, date(2021, 7, 19))` the
period 2021-07-16 to 2021-07-19. Which words and names tell when is in `knowledge/times.csv`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from parley.grounding.calendar import resolve
from parley.grounding.time_values import (
    Amount, Bound, Calendar, Era, Feast, Fraction, Part, Rolling, Season, Shifted, TimeMention, Unit, Value, Weekday, Years,
)  # fmt: skip
from parley.grounding.time_words import Row, TimeWords

__all__ = ["TimeFinder", "TimeMention", "find_times", "resolve"]

MACROS = {
    "any_month": "{month|doubtful_month|short_month}",
    "any_weekday": "{weekday|short_weekday}",
    "any_year": "{year|old_year}",
    "nth": "{day_number|ordinal}",
    "unit": "{hour|day|night|week|fortnight|weekend|month_unit|year_unit|decade_unit|century_unit}",
    "spell": "{unit|quarter}",
    "order": "{last|past|previous|this|current|next|coming|following}",
    "near": "{last|this|current|next}",
    "numeral": "(?:{a|number_word|day_number|small_number|big_number|any_year}{dash}?{number_word}?)",
    "amount": "(?:{few}|{numeral}(?:{to|or|dash}{numeral})?(?:{and}{a}{half})?)",
    "upto": "{dash|to|until|through}",
    "in_": "{in|since|until|before|after|from|through|during|between|early|mid|late|approx|as_of}",
    "no_noun": "(?!{counted}|{dash}?{unit})",
    "on_date": "(?:{any_weekday}{stop}?[{comma}{open}]?{the}?)?",
    "of_year": "(?:{comma}?(?P<y>{any_year})(?!{counted})|{of|comma}?(?P<yo>{near|previous|following}){year_unit})?",
}
# One line a form of expression: its kind, its pattern over word classes. The first that fits at a word wins, so that
# longer forms stand before the shorter ones that they contain.
GRAMMAR = (
    ("iso", "(?P<t>{iso|slashed})"),
    ("frequency", "{every}(?:{other|few}|{numeral})?{unit|weekday|daypart}|{frequency|recurring}"),
    ("age", "{amount}{dash}?{unit}{dash}?{old}"),
    ("days", "{on_date}(?P<d>{nth})(?:{upto}|{and|or})(?P<d2>{nth}){of}?(?P<m>{any_month}){stop}?{of_year}"),
    ("days", "(?P<m>{any_month}){stop}?{the}?(?P<d>{nth})(?:{upto}|{and})(?P<d2>{nth})(?!{any_month})(?!{nth})" "{no_noun}{of_year}"),
    ("date", "{on_date}(?P<d>{nth})(?:{day}?{of})?(?P<m>{any_month}){stop}?{of_year}"),
    ("date", "{on_date}(?P<m>{any_month}){stop}?{the}?(?P<d>{nth})(?!{any_month}){no_noun}{of_year}"),
    ("date", "(?P<m>{any_month}){stop}?[{comma}{of}]?(?:(?P<y>{any_year})(?!{counted})|(?P<yo>{near}){year_unit})"),
    ("date", "{this}?(?P<o>{last|this|next|past|coming})(?P<m>{month|doubtful_month})"),
    ("date", "(?P<m>{month})(?!{cap})|(?<={of})(?P<m2>{month})|(?<=[{in_}{by}])(?P<m3>{month})|(?P<m4>{month})(?={cap}?{comma|stop})"),
    ("date", "(?:(?<=[{in_}{by}])|(?<={edge}{of})|(?<={mid}{dash})|(?<={any_month}{and|to|or|dash|upto}))(?P<m>{doubtful_month})"
             "(?![{poss}{cap}])"),
    ("weekday", "{the}?{following|previous}(?P<anchored>{weekday})|{that|same}(?P<anchored2>{weekday})"),
    ("weekday", "{this}?(?P<o>{last|this|next|past|coming})(?P<w>{weekday}){daypart|night}?"),
    ("weekday", "(?P<w>{weekday}){daypart|night}?[{of}{comma}]?(?P<wo>{near}){week}"),
    ("weekday", "(?P<wo>{near}){week}(?:{on|poss})?(?P<w>{weekday})"),
    ("weekday", "(?P<w>{weekday}){daypart|night}?"),
    ("today", "{the}?{day}(?P<shift>{before|after})(?P<t>{today})"),
    ("today", "(?P<t>{today}){daypart|night}?"),
    ("today", "(?P<o>{this|last}){night}|(?P<o2>{this}){daypart}"),
    ("overnight", "{overnight}"),
    ("rolling", "{the|these}?(?P<o>{last|past|previous|next|coming|following})(?P<n>{amount}){dash}?(?P<u>{spell})"),
    ("unit", "{this}(?P<o>{past|coming})(?P<u>{spell})"),
    ("unit", "[{later}{earlier}]?(?P<o>{near})(?P<u>{spell})"),
    ("some", "{the|these}?(?P<o>{recent|coming})(?P<u>{spell})"),
    ("some", "(?P<o>{recent})(?P<u>{unit})"),
    ("near", "(?<=[{in}{within}{during}{for}]){the}(?P<o>{last|past|next|coming})(?P<u>{spell})"),
    ("near", "{the}(?P<o>{last|past|coming})(?P<u>{unit})(?!{of})"),
    ("anchored", "{the}?(?P<o>{next|previous|following}){full}?(?P<u>{spell|daypart})"),
    ("anchored", "(?:{the}{same}|{that}{same}?)(?P<u>{spell})|{that}(?P<u2>{daypart})"),
    ("anchored", "{the}(?P<u>{unit})(?P<o>{before|after|earlier|later})(?=[{comma}{stop}{close}{dash}{and}{in}{on}{at}{to}{for}]|\\Z)"),
    ("elsewhere", "{the}(?P<u>{day|night})(?P<o>{before|after})"),
    ("weekend", "{the}(?P<u>{weekend})|(?<={during})(?P<u2>{weekend})"),
    ("loose", "[{later}{earlier}]{in}{the}(?P<u>{spell})"),
    ("weak", "(?<=[{of}{in}{dash}{edge}]){the}?(?P<u>{spell})"),
    ("ago", "(?P<n>{amount})(?P<u>{unit})(?:(?P<half>{and}{a}{half}))?(?P<o>{ago|from_now})"),
    ("later", "(?P<n>{amount})(?P<u>{unit})(?P<o>{earlier|later})|(?P<n2>{amount})(?P<u2>{unit})(?P<o2>{before|after})"
              "(?=[{comma}{stop}{close}]|\\Z)"),
    ("elsewhere", "{amount}{unit}{before|after}|{unit}{later|earlier}"),
    ("ahead", "(?<={in})(?P<n>{amount})(?P<u>{unit})(?P<sure>(?:{poss}|{mark})?{time})?"),
    ("within", "{within}(?:{the}?{next|coming})?{approx}?(?P<n>{amount})(?P<u>{unit})"),
    ("vague", "{unit}{ago}|(?<={for}){unit}"),
    ("fraction", "{the}?(?P<n>{ordinal})(?P<f>{quarter|half})(?:{of}?(?P<y>{year})|{of}?(?P<yo>{near}){year_unit}|{of}{the}{year_unit}|(?!{of}|{word}))"),
    ("duration", "{amount}{dash}?{unit}"),
    ("season", "(?P<o>{last|this|next|past|coming})(?P<s>{season})"),
    ("season", "(?P<s>{season})(?:[{of}{comma}]?(?P<y>{year})(?:{dash}{day_number|small_number|year})?|{of}?(?P<yo>{near|previous}){year_unit})"),
    ("season", "(?<=[{in_}{by}])(?P<s>{season})(?!{of})|(?<=[{in}{during}{since}{by}{until}{before}]){the}(?P<s2>{season})(?!{of})"),
    ("decade", "(?P<c>(?:{number_word}{dash})?{ordinal}){dash}?{century_unit}"),
    ("decade", "(?P<t>{decade})|{the}(?P<w>{decade_word})|(?<={the})(?P<y>{year}){poss}(?!{word|cap})"),
    ("feast", "(?P<o>{last|this|next})?(?P<f>{feast})(?:{of|comma}?(?P<y>{year})|{of}?(?P<yo>{near}){year_unit})?"),
    ("era", "(?P<e>{era})"),
    ("clock", "{at}?{clock}{clock_word}*|{at}?{day_number|small_number|big_number|any_year}{clock_word}{clock_word}?"),
    ("anniversary", "(?:{ordinal}{dash}?|{numeral}{dash}?{unit})?{anniversary}"),
    ("vague", "{vague}"),
    ("years", "(?P<y>{any_year}){dash}(?P<y2>{year|old_year|day_number|small_number})(?!{any_month}|{dash}|{unit})"),
    ("year", "{the}?{year_unit}(?P<y>{any_year})(?!{dash})"),
    ("year", "(?:(?<=[{in_}{by}])|(?<=[{of}])|(?<=[{post}{mid}{pre}]{dash})|(?<={open})(?={any_year}[{close}{comma}{dash}])"
             "|(?<={any_year}[{and}{or}{to}])|(?<={any_year}{comma})(?={any_year}[{and}{comma}{stop}{close}]))(?P<y>{any_year})(?!{dash}?{unit}|{counted})"),
    ("year", "(?<=[{the}{a}{owner}{poss}{this}])(?P<year_of>{year})(?=[{word}{cap}{season}])"),
)  # fmt: skip
PART = (
    "(?:(?P<early>{early|mid|late})(?:{dash}|{in|on}{the}?|{the})?"
    "|(?P<edge>{edge})(?:{of}{the}?|{dash})?"
    "|(?P<eve>{eve})(?:{of}{the}?)?"
    "|(?P<n>{ordinal|last})(?P<half>{half|quarter})(?:{of|in})?{the}?"
    "|(?P<n2>{ordinal|last})(?P<c>{amount})?(?P<u>{week|day|weekend|month_unit})(?:{of|in}){the}?)\\Z"
)
RELATION = "(?P<rel>{since|until|by|before|after|through})(?P<the>{approx|at|in|on}*{the}?)\\Z"
JOIN = "(?:(?P<to>{upto})|(?P<and>{and}))(?:{approx|early}|{the})?\\Z"
OPENING = "(?P<between>{between})(?:{approx}|{the})?\\Z|{from}(?:{approx}|{the})?\\Z"
MODIFIES = "{poss}"
UNIT_KINDS = {"hour": "day", "minute": "day"}
PLAIN_PLURALS = frozenset({"was", "is", "has", "as", "this", "his", "its", "us", "thus", "towards", "across", "besides", "unless", "always"})
DATED = (Calendar, Weekday, Unit, Season, Fraction, Years, Feast, Era, Part, Shifted)


class _Classes(dict[str, str]):
    """Names of classes as regular expressions over their characters; `a|b` is either, and macros are names too."""

    def __missing__(self, name: str) -> str:
        if "|" in name:
            parts = [self[part] for part in name.split("|")]
            return "[" + "".join(part.strip("[]") for part in parts) + "]"
        if name in MACROS:
            return MACROS[name].format_map(self)
        return "\0"


@dataclass(slots=True)
class _Found:
    """A mention in the making: words `first` up to `last` of the row."""

    first: int
    last: int
    kind: str
    value: Value | None
    weak: bool = False


class _Words:
    """The words that a pattern matched, by the names of its groups."""

    def __init__(self, row: Row, match: re.Match[str], plural_few: Amount) -> None:
        self.row, self.match, self.plural_few = row, match, plural_few

    def has(self, name: str) -> bool:
        return self.match.re.groupindex.get(name) is not None and self.match[name] is not None

    def index(self, *names: str) -> int:
        return next(self.match.start(name) for name in names if self.has(name))

    def text(self, *names: str) -> str:
        """The name of the unit, season or other word in the first of these groups that matched."""
        value = self.row.values[self.index(*names)]
        return value if isinstance(value, str) else ""

    def number(self, *names: str) -> int | None:
        """The number in the first of these groups that matched, None where none did."""
        if not any(self.has(name) for name in names):
            return None
        value = self.row.values[self.index(*names)]
        return int(value) if isinstance(value, (int, float)) else None

    def amount(self, *names: str) -> Amount:
        """A number of units in words or digits: "two", "72", "a few", "two or three", "one and a half"."""
        name = next(n for n in names if self.has(n))
        totals: list[float] = [0.0]
        half = 0.0
        symbols = self.row.classes
        begin, end = self.match.span(name)
        for i in range(begin, end):
            value = self.row.values[i]
            if isinstance(value, tuple):
                return Amount(*value)
            if value == "half":
                half = 0.5
            elif isinstance(value, (int, float)) and not (half == 0.0 and i > begin and value == 1 and self.row.word(i).lower() in "an"):
                joined = i > begin and totals[-1] >= 20 and value < 10 and symbols[i - 1] == symbols[begin + 1 : begin + 2]
                totals[-1] = totals[-1] * value if value == 100 and totals[-1] else totals[-1] + value if joined or not totals[-1] else totals[-1]
                if not joined and i > begin and value != 100 and totals[-1] != value:
                    totals.append(float(value))
        return Amount(min(totals[0], totals[-1]) + half, max(totals[0], totals[-1]) + half)

"""Time expressions in English news prose, found by a grammar over word classes; `calendar` lays them on days.

`find_times("The truce holds since Friday.")` gives one mention, "since Friday"; `resolve(mention, date(2021, 7, 19))` the
period 2021-07-16 to 2021-07-19. Which words and names tell when is in `knowledge/times.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from parley.grounding.calendar import resolve
from parley.grounding.time_values import (
    Amount,
    Bound,
    Calendar,
    Era,
    Feast,
    Fraction,
    Part,
    Rolling,
    Season,
    Shifted,
    TimeMention,
    Unit,
    Value,
    Weekday,
    Years,
)
from parley.grounding.time_words import Row, TimeWords

__all__ = ["TimeFinder", "TimeMention", "find_times", "resolve"]

MACROS = {
    "any_month": "{month|doubtful_month|short_month}",
    "named_month": "(?:{month|doubtful_month}|{short_month}{stop}?)",
    "any_weekday": "{weekday|short_weekday}",
    "any_year": "{year|old_year}",
    "nth": "{day_number|ordinal}",
    "unit": "{hour|day|night|week|fortnight|weekend|month_unit|year_unit|decade_unit|century_unit}",
    "spell": "{unit|quarter}",
    "near": "{last|this|current|next}",
    "upto": "{dash|to|until|through}",
    "while": "{in|since|until|before|after|from|through|during|between|early|mid|late|as_of}",
    "about": "{approx|circa}",
    "at_end": "(?=[{comma}{stop}{close}{dash}{and}{in}{on}{at}{for}]|\\Z)",
    "numeral": "(?:{a}{hundred}?|(?:{number_word|day_number|small_number|big_number|any_year})(?:{dash}?{number_word})?{hundred}?)",
    "amount": "(?:{few}|{numeral}(?:{to|or|dash}{numeral})?(?:(?:{and}{a})?{half})?)",
    "no_noun": "(?!{counted}|{dash}?{unit})",
    "on_date": "(?:{any_weekday}{stop}?{comma|open}?{the}?)?",
    "of_year": "(?:{comma}?(?P<y>{any_year})(?!{counted})|{of|comma}?(?P<yo>{near}){year_unit})?",
}
# Forms of expression: a form's name and its pattern over word classes. The first that fits at a word wins, so that longer
# forms stand before the shorter ones that they contain.
GRAMMAR = (
    ("iso", "(?P<t>{iso|slashed})"),
    ("numbered", "{numbered}{dash}?(?:{day_number|small_number|big_number|any_year})(?!{any_month})"),
    ("piece", "{the}?{ordinal|last}(?:{day_number|number_word|few})?{week|day|weekend|month_unit}{of|in}"
              "(?={the}?{any_month|year|season|year_unit|month_unit|week|near|nth|feast})"),
    ("ordinal", "{the}{ordinal|last}{unit}{of}"),
    ("recurring", "{every}(?:{few}|{numeral})?{unit|weekday|daypart}|{frequency|recurring}"),
    ("age", "{amount}{dash}?{unit}{dash}?{old}"),
    ("days", "{on_date}(?P<d>{nth})(?:{upto|and|or})(?P<d2>{nth}){of}?(?P<m>{named_month}){of_year}"),
    ("days", "(?P<m>{named_month}){the}?(?P<d>{nth})(?:{upto|and})(?P<d2>{nth})(?!{any_month|nth}){no_noun}{of_year}"),
    ("date", "{on_date}(?P<d>{nth})(?:{day}?{of})?(?P<m>{named_month}){of_year}"),
    ("date", "{on_date}(?P<m>{named_month}){the}?(?P<d>{nth})(?!{any_month}){no_noun}{of_year}"),
    ("date", "(?P<m>{named_month}){comma|of}?(?:(?P<y>{any_year})(?!{counted})|(?P<yo>{near}){year_unit})"),
    ("date", "{this}?(?P<o>{last|this|next|past|coming})(?P<m>{month|doubtful_month})(?!{nth})"),
    ("date", "(?<={while|by|of})(?P<m>{month})|(?P<m2>{month})(?!{cap})"),
    ("date", "(?:(?<={while|by})|(?<={edge}{of})|(?<={mid}{dash})|(?<={any_month}{and|or|upto})|(?<={any_year}{upto}))"
        "(?P<m>{doubtful_month})(?!{poss|cap})"),
    ("elsewhere", "{the}?{following|previous}{weekday}|{that|same}{weekday}"),
    ("weekday", "{this}?(?P<o>{last|this|next|past|coming})(?P<w>{weekday}){daypart|night}?"),
    ("weekday", "(?P<w>{weekday})(?:{daypart|night})?{of|comma}?(?P<wo>{near}){week}"),
    ("weekday", "(?P<wo>{near}){week}{on|poss}?(?P<w>{weekday})"),
    ("weekday", "(?P<w>{weekday}){daypart|night}?"),
    ("today", "{the}?{day}(?P<o>{before|after})(?P<t>{today})"),
    ("today", "(?P<t>{today}){daypart|night}?"),
    ("tonight", "(?P<o>{this|last}){night}|(?P<o2>{this}){daypart}"),
    ("overnight", "{overnight}"),
    ("rolling", "(?:{the|these})?(?P<o>{last|past|previous|next|coming})(?P<n>{amount}){dash}?(?P<u>{spell})"),
    ("unit", "{this}(?P<o>{past|coming})(?P<u>{spell})"),
    ("unit", "(?:{later|earlier})?(?P<o>{near})(?P<u>{spell})"),
    ("some", "(?:{the|these})?(?P<o>{recent|coming})(?P<u>{spell})"),
    ("near", "(?<={in|within|during|for|by})(?:{the})(?P<o>{last|past|next|coming})(?P<u>{spell})"),
    ("near", "{the}(?P<o>{last|past|coming})(?P<u>{unit})(?!{of})"),
    ("anchored", "{the}(?P<o>{next|previous|following})(?P<u>{spell})|{the}(?P<o2>{next|previous|following}){daypart}"),
    ("elsewhere", "{the}{following}{amount}{unit}"),
    ("anchored", "{the}{same}(?P<u>{spell})|{that}{same}?(?P<u2>{spell})|{that}{daypart}"),
    ("anchored", "{the}(?P<u>{unit})(?P<o>{before|after|earlier|later}){at_end}"),
    ("elsewhere", "{the}{day|night}{before|after}"),
    ("weekend", "{the}?(?<!{a}){weekend}"),
    ("loose", "{later|earlier|early|late}{in}{the}(?P<u>{spell})"),
    ("weak", "(?<={of|in|dash})(?:{the})?(?P<u>{spell})"),
    ("year_end", "{year_end}"),
    ("shifted", "(?P<n>{amount})(?P<u>{unit})(?P<half>{and}{a}{half})?(?P<o>{ago|from_now})"),
    ("later", "(?P<n>{amount})(?P<u>{unit})(?:(?P<o>{earlier|later})|(?P<o2>{before|after}){at_end})"),
    ("elsewhere", "{amount}{unit}{before|after}|{unit}{later|earlier|before|after}"),
    ("ahead", "(?<={in})(?<!{name}{in})(?P<n>{amount})(?P<u>{unit})(?:(?P<sure>(?:{poss|mark})?{time})|(?!{of}))"),
    ("within", "{within}(?:{the}?{next|coming})?{about}?(?P<n>{amount})(?P<u>{unit})"),
    ("vague", "{unit}{ago}|(?<={for}){unit}|{within}{unit}|{vague}"),
    ("fraction", "{the}?(?P<n>{ordinal})(?P<f>{quarter|half})(?:{of}?(?P<y>{year})|{of}?(?P<yo>{near}){year_unit}|{of}{the}{year_unit}"
                 "|(?!{of}|{word|cap}))"),
    ("duration", "{amount}{dash}?{unit}"),
    ("season", "{this}?(?P<o>{last|this|next|past|coming})(?P<s>{season})"),
    ("season", "(?P<s>{season})(?:{of|comma}?(?P<y>{year})(?:{dash}(?:{day_number|small_number|year}))?|{of}?(?P<yo>{near}){year_unit})"),
    ("season", "(?:(?<={while|by})|(?<={in|during|since|by|until|before}{the}))(?P<s>{season})(?!{of})"),
    ("century", "(?P<n>(?:{number_word}{dash})?{ordinal}){dash}?{century_unit}"),
    ("fraction", "(?P<n>{quarter_name})(?:{of|comma}?(?P<y>{year}))?"),
    ("decade", "(?<!{owner})(?<!{owner}{early|mid|late})(?<!{owner}{mid}{dash})(?P<t>{decade})|{the}(?P<w>{decade_word})"
               "|(?<={the})(?P<y>{year}){poss}"),
    ("feast", "(?P<o>{last|this|next})?(?P<f>{feast})(?:{of|comma}?(?P<y>{year})(?!{counted})|{of}?(?P<yo>{near}){year_unit})?"),
    ("feast", "(?P<y>{year})(?P<f>{feast})"),
    ("era", "(?P<e>{era})"),
    ("clock", "{clock}{clock_word}*|(?:{day_number|small_number|big_number|any_year}){clock_word}{clock_word}?"),
    ("anniversary", "(?:{ordinal}{dash}?|{numeral}{dash}?{unit})?{anniversary}"),
    ("years", "(?P<y>{any_year}){dash}(?P<y2>{any_year|day_number|small_number})(?!{any_month|dash|unit})"),
    ("year", "{the}?{year_unit}(?P<y>{any_year})(?!{dash})"),
    ("year", "(?:(?<={while|by|of})|(?<={mid|post|pre}{dash})|(?<={any_year}{and|or|to})|(?<={while|by}{about})|(?<={circa})"
             "|(?<={open})(?={any_year}{close|comma|mark})|(?<={comma|cap})(?={any_year}{close})"
             "|(?<={any_year}{comma})(?={any_year}{and|or|comma|stop|close}))(?P<y>{any_year})(?!{dash}?{unit}|{counted|calendar_era})"),
    ("year", "(?<={the|a|owner|poss|this})(?P<y>{year})(?={word|cap|season|and|or})"),
)  # fmt: skip
PART = (
    "(?:(?P<early>{early|mid|late})(?:{dash}|{in|on}?{the}?)"
    "|{the}?(?P<edge>{edge})(?:{of}{the}?|{dash})"
    "|{the}?(?P<eve>{eve}){of}{the}?"
    "|{the}?(?P<n>{ordinal|last})(?P<half>{half|quarter})(?:{of|in})?{the}?"
    "|{the}?(?P<n2>{ordinal|last})(?P<c>{day_number|number_word|few})?(?P<u>{week|day|weekend|month_unit}){of|in}{the}?)\\Z"
)
RELATION = "(?P<rel>{since|until|by|before|after|through})(?:{about|at|in|on})?(?P<the>{the})?\\Z"
HOUR = "{on|of|in|comma}?{the}?"
DAYPART = "{the}?{daypart|night}{on|of|in}?{the}?\\Z"
JOIN = "(?:{upto|and}){about}?{the}?"
OPENING = "(?:(?P<between>{between})|{from}){about}?{the}?\\Z"
UNTOLD = ("age", "ordinal", "piece", "numbered")
LOOK_BACK = 7
NOT_PLURAL = frozenset({"was", "is", "has", "as", "this", "his", "its", "us", "thus", "towards", "across", "besides", "unless", "always"})


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

    def __init__(self, row: Row, match: re.Match[str]) -> None:
        self.row, self.match = row, match

    def index(self, *names: str) -> int | None:
        """Which word of the row the first of these groups that matched begins with."""
        found = self.match.groupdict()
        return next((self.match.start(name) for name in names if found.get(name)), None)

    def text(self, *names: str) -> str:
        """The value of that word where it is a text (a unit, a season), else ""."""
        at = self.index(*names)
        value = None if at is None else self.row.values[at]
        return value if isinstance(value, str) else ""

    def number(self, *names: str) -> int | None:
        """The value of that word where it is a number, else None."""
        at = self.index(*names)
        value = None if at is None else self.row.values[at]
        return int(value) if isinstance(value, (int, float)) else None

    def order(self, *names: str) -> int:
        """The value of that word as −1, 0 or 1."""
        return self.number(*names) or 0

    def amount(self, name: str) -> Amount:
        """A number of units in words or digits: "two", "72", "a few", "two or three", "one and a half"."""
        numbers: list[float] = []
        half = 0.0
        previous = ""
        for i in range(*self.match.span(name)):
            value, word = self.row.values[i], self.row.word(i).lower()
            if isinstance(value, tuple):
                return Amount(*value)
            if value == "half":
                half = 0.5
            elif isinstance(value, (int, float)) and previous != "and":
                if value == 100 and numbers:
                    numbers[-1] *= 100
                elif numbers and numbers[-1] >= 20 and value < 10 and word.isalpha():
                    numbers[-1] += value
                else:
                    numbers.append(float(value))
            previous = word
        return Amount(min(numbers) + half, max(numbers) + half)


_Made = tuple[str, Value | None]


def _unit_kind(unit: str) -> str:
    return {"hour": "day", "minute": "day", "fortnight": "week", "half": "quarter"}.get(unit, unit)


def _iso(words: _Words) -> _Made | None:
    a, b, c = map(int, re.split(r"\D", words.text("t")))
    year, month, day = (a, b, c) if a > 31 else (c, a, b) if a <= 12 and "/" in words.text("t") else (c, b, a)
    return ("day", Calendar(year, month, day)) if 1 <= month <= 12 and 1 <= day <= 31 and year else None


def _date(words: _Words) -> _Made | None:
    day = words.number("d")
    if day is not None and not 1 <= day <= 31:
        return None
    shift = words.number("yo")
    value = Calendar(words.number("y"), words.number("m", "m2"), day, words.number("o"), shift)
    return ("month" if day is None else "day"), value


def _days(words: _Words) -> _Made | None:
    first, last = words.number("d"), words.number("d2")
    if first is None or last is None or not 1 <= first < last <= 31:
        return None
    month, year, shift = words.number("m"), words.number("y"), words.number("yo")
    ends = []
    for name, day in (("d", first), ("d2", last)):
        at = words.index(name) or 0
        start, end = words.row.starts[at], words.row.ends[at]
        ends.append(TimeMention(start, end, words.row.text[start:end], "day", Calendar(year, month, day, None, shift)))
    return "range", Bound("between", ends[0], ends[1])


def _shifted(
    words: _Words, name: str, unit: str, sign: int, *, anchored: bool = False, tentative: bool = False, more: float = 0.0
) -> Shifted:
    amount = words.amount(name)
    factor = 2.0 if unit == "fortnight" else 1.0
    amount = Amount((amount.low + more) * factor, (amount.high + more) * factor)
    return Shifted(amount, "week" if unit == "fortnight" else unit, sign, anchored, tentative)


def _rolling(words: _Words, unit: str, sign: int) -> Rolling:
    amount = _shifted(words, "n", unit, sign).amount
    return Rolling(amount, "week" if unit == "fortnight" else unit, sign)


def _near(words: _Words) -> _Made:
    at = words.index("u")
    plural = at is not None and words.row.word(at).lower().endswith("s")
    return "range", Rolling(Amount(2, 7) if plural else Amount(1, 1), words.text("u"), words.order("o"))


def _some(words: _Words) -> _Made:
    value = _near(words)[1]
    assert isinstance(value, Rolling)
    return "range", Rolling(value.amount, value.unit, value.sign or -1)


def _unit(words: _Words) -> _Made | None:
    unit = words.text("u")
    if words.row.word(words.index("u") or 0).lower().endswith("s"):  # "this decades-long war"
        return None
    return _unit_kind(unit), Unit("week" if unit == "fortnight" else unit, words.order("o"))


def _anchored(words: _Words) -> _Made:
    at = words.index("u", "u2")
    if at is not None and words.row.word(at).lower().endswith("s"):
        return "relative", None
    return "relative", Unit(words.text("u", "u2") or "day", words.order("o", "o2"), anchored=True)


def _year(words: _Words) -> _Made | None:
    at = words.match.end()
    year = words.number("y")
    following = words.row.word(at)
    plural = following[:1].islower() and following.endswith("s") and following not in NOT_PLURAL
    counts = plural or words.row.word(words.match.start() - 1).lower() == "around"
    # "in 1500 villages", "around 2000": a round or old number before a plural counts things.
    if year is None or (counts and (year < 1900 or year % 100 == 0)):
        return None
    return "year", Calendar(year)


def _years(words: _Words) -> _Made | None:
    first, last = words.number("y"), words.number("y2")
    if first is None or last is None:
        return None
    if last < 100:
        last += first - first % 100
    if not first < last <= first + 500:
        return None
    ends = []
    for name, year in (("y", first), ("y2", last)):
        at = words.index(name) or 0
        start, end = words.row.starts[at], words.row.ends[at]
        ends.append(TimeMention(start, end, words.row.text[start:end], "year", Calendar(year)))
    return "range", Bound("between", ends[0], ends[1])


def _decade(words: _Words) -> _Made | None:
    first = words.number("t", "w", "y")
    if first is None or first % 10:
        return None
    if first < 100:
        first += 1900
    long = first % 100 == 0 and first < 1900
    return ("century", Years(first, 100)) if long else ("decade", Years(first, 10))


def _century(words: _Words) -> _Made | None:
    number = int(words.amount("n").high)
    return ("century", Years(100 * (number - 1), 100)) if 2 <= number <= 22 else None


def _fraction(words: _Words) -> _Made | None:
    number = words.number("n") or 0
    parts = 2 if words.text("f") == "half" else 4
    year, shift = words.number("y"), words.number("yo")
    return ("quarter", Fraction(number, parts, year, shift)) if -1 <= number <= parts and number else None


def _feast(words: _Words) -> _Made:
    rule, _, days = words.text("f").partition("#")
    return "holiday", Feast(rule, int(days), words.number("y"), words.number("o"), words.number("yo"))


def _era(words: _Words) -> _Made:
    start, _, end = words.text("e").partition("/")
    return "era", Era(start, end)


def _later(words: _Words) -> _Made:
    return "relative", _shifted(words, "n", words.text("u"), words.order("o", "o2"), anchored=True)


def _ago(words: _Words) -> _Made:
    more = 0.5 if words.index("half") is not None else 0.0
    return "relative", _shifted(words, "n", words.text("u"), words.order("o"), more=more)


MAKERS: dict[str, Callable[[_Words], _Made | None]] = {
    "iso": _iso,
    "date": _date,
    "days": _days,
    "weekday": lambda w: ("weekday", Weekday(w.number("w") or 0, w.number("o"), w.number("wo"))),
    "today": lambda w: ("day", Unit("day", w.order("t") + w.order("o"))),
    "tonight": lambda w: ("day", Unit("day", w.order("o", "o2"))),
    "overnight": lambda w: ("range", Rolling(Amount(1, 1), "day", -1)),
    "rolling": lambda w: ("range", _rolling(w, w.text("u"), w.order("o"))),
    "unit": _unit,
    "some": _some,
    "near": _near,
    "anchored": _anchored,
    "elsewhere": lambda w: ("relative", None),
    "weekend": lambda w: ("weekend", Unit("weekend")),
    "loose": _unit,
    "weak": _unit,
    "year_end": lambda w: ("year", Part("end", _bare_year(w))),
    "shifted": _ago,
    "later": _later,
    "ahead": lambda w: ("relative", _shifted(w, "n", w.text("u"), 1, tentative=w.index("sure") is None)),
    "within": lambda w: ("deadline", _rolling(w, w.text("u"), 1)),
    "fraction": _fraction,
    "season": lambda w: ("season", Season(w.text("s"), w.number("y"), w.number("o"), w.number("yo"))),
    "century": _century,
    "decade": _decade,
    "feast": _feast,
    "era": _era,
    "years": _years,
    "year": _year,
    "clock": lambda w: ("time", None),
}


def _bare_year(words: _Words) -> TimeMention:
    start, end = words.row.starts[words.match.start()], words.row.ends[words.match.end() - 1]
    return TimeMention(start, end, words.row.text[start:end], "year", Unit("year"))


class _Patterns(dict[str, str]):
    """Names of word classes as regular expressions over their characters; `a|b` is either, and macros are names too.

    Raises KeyError for a class that no row of the knowledge file has.
    """

    def __missing__(self, name: str) -> str:
        if "|" in name:
            return "[" + "".join(self[part].strip("[]") for part in name.split("|")) + "]"
        return MACROS[name].format_map(self)


class TimeFinder:
    """Finds time expressions with one list of time words; made once, used for many texts."""

    def __init__(self, words: TimeWords | None = None) -> None:
        self._read = words or TimeWords()
        names = _Patterns(self._read.symbols)
        patterns = [pattern.format_map(names) for _, pattern in GRAMMAR]
        self._forms = [re.compile(p) for p in patterns]
        self._any = re.compile("|".join(f"({re.sub(r'[(][?]P<[a-z0-9_]+>', '(?:', p)})" for p in patterns))
        grammatical = {"word", "cap", "mark", "comma", "stop", "open", "close", "dash", "poss", "of", "in", "on", "at", "to", "and", "or"}
        plain = "".join(symbol for name, symbol in self._read.symbols.items() if name in grammatical)
        self._start = re.compile(f"{names['a|the']}[^{plain}]|[^{plain}{names['a']}{names['the']}]")
        self._part, self._relation, self._join, self._opening, self._hour, self._daypart = (
            re.compile(p.format_map(names)) for p in (PART, RELATION, JOIN, OPENING, HOUR, DAYPART)
        )
        self._symbols = names

    def find(self, text: str) -> list[TimeMention]:
        """The time expressions of a text in order, none overlapping another."""
        row = self._read.read(text)
        found: list[_Found] = []
        position = 0
        while start := self._start.search(row.classes, position):
            position = start.start() + 1
            match = self._any.match(row.classes, start.start())
            if match is None or match.lastindex is None or match.end() == match.start():
                continue
            made = self._made(row, match.lastindex - 1, start.start(), found)
            position = match.end() if made else position
        kept = [f for f in found if not f.weak]
        return [self._mention(row, f) for f in self._bounded(row, kept)]

    def _made(self, row: Row, form: int, at: int, found: list[_Found]) -> bool:
        """Adds the mention of this form that begins at a word; False where its words turn out to tell no time."""
        name = GRAMMAR[form][0]
        match = self._forms[form].match(row.classes, at)
        if match is None or name in UNTOLD:
            return match is not None
        maker = MAKERS.get(name)
        made = maker(_Words(row, match)) if maker else (name, None)
        if made is None:
            return False
        found.append(self._whole(row, _Found(at, match.end(), *made, weak=name == "weak"), found))
        return True

    def _whole(self, row: Row, base: _Found, found: list[_Found]) -> _Found:
        """A mention with the words before it that take a part of it ("the end of", "early", "the first week of")."""
        if base.kind in ("day", "weekday"):
            self._take_hour(row, base, found)
        floor = max(found[-1].last if found else 0, base.first - LOOK_BACK)
        match = self._part.search(row.classes[floor : base.first])
        if match is None or base.value is None or isinstance(base.value, Rolling):
            return base
        row_first = floor + match.start()
        part, number, count = self._part_of(row, floor, match)
        if base.kind in ("weekday", "day", "time") and part in ("early", "mid", "late"):
            return _Found(row_first, base.last, base.kind, base.value)
        kind = "day" if part == "eve" else part if part in ("day", "week", "weekend", "quarter") else base.kind
        return _Found(row_first, base.last, kind, Part(part, self._mention(row, base), number, count))

    def _take_hour(self, row: Row, base: _Found, found: list[_Found]) -> None:
        """Takes a time of day that stands before a day into its mention: "10 p.m. on Friday", "the night of July 5"."""
        if found and found[-1].kind == "time" and self._hour.fullmatch(row.classes[found[-1].last : base.first]):
            base.first = found.pop().first
            return
        floor = max(found[-1].last if found else 0, base.first - LOOK_BACK)
        if match := self._daypart.search(row.classes[floor : base.first]):
            base.first = floor + match.start()

    def _part_of(self, row: Row, floor: int, match: re.Match[str]) -> tuple[str, int, int]:
        """Name of the part, which one of its kind, and how many of them."""

        def value(name: str) -> str | int | float | tuple[int, int] | None:
            return row.values[floor + match.start(name)] if match[name] else None

        for name in ("early", "edge", "eve"):
            if match[name]:
                return str(value(name)), 0, 1
        number, count = value("n") or value("n2"), value("c")
        which = number if isinstance(number, int) else 1
        return str(value("half") or value("u")), which, count if isinstance(count, int) else 1

    def _bounded(self, row: Row, found: list[_Found]) -> list[_Found]:
        """Mentions with the prepositions before them: pairs as ranges, and since, until, by, before, after."""
        done: list[_Found] = []
        for one in found:
            before = done[-1] if done else None
            floor = max(before.last if before else 0, one.first - LOOK_BACK)
            if before and self._join.fullmatch(row.classes[before.last : one.first]) and (pair := self._pair(row, done, one)):
                done[-1] = pair
                continue
            match = self._relation.search(row.classes[floor : one.first])
            if match and _can_bound(one.value):
                name = next(n for n in ("since", "until", "by", "before", "after", "through") if match["rel"] == self._symbols[n])
                owner = row.classes[one.last : one.last + 1] == self._symbols["poss"]
                # "after the July 10 deal", "by last month's arrest", "by the 2022 report": the preposition belongs to the deal, the arrest.
                attribute = match["the"] and one.kind == "year"
                if not ((owner or attribute) and name == "by") and not ((owner or match["the"]) and name in ("before", "after", "through")):
                    kind = "range" if name in ("since", "after") else "deadline"
                    bound = Bound("until" if name == "through" else name, self._mention(row, one))
                    one = _Found(floor + match.start(), one.last, kind, bound)
            done.append(one)
        for one in done:
            self._open(row, one)
        return done

    def _pair(self, row: Row, done: list[_Found], last: _Found) -> _Found | None:
        """Two neighbours as one range, where "between … and", "from … to" or their likeness says so."""
        first = done[-1]
        start, value = first.first, first.value
        if not (_can_bound(value) and _can_bound(last.value)):
            return None
        floor = max(done[-2].last if len(done) > 1 else 0, start - LOOK_BACK)
        opening = self._opening.search(row.classes[floor:start])
        joint = row.classes[first.last]
        with_and = joint == self._symbols["and"]
        if with_and and not (opening and opening["between"]):
            return None
        if not opening and (type(value) is not type(last.value) or joint == self._symbols["until"]):
            return None
        begin = floor + opening.start() if opening else start
        return _Found(begin, last.last, "range", Bound("between", self._mention(row, first), self._mention(row, last)))

    def _open(self, row: Row, one: _Found) -> None:
        """Takes the "from" or "between" before a range of days or years into the range."""
        if isinstance(one.value, Bound) and one.value.last is not None:
            floor = max(0, one.first - 3)
            if opening := self._opening.search(row.classes[floor : one.first]):
                one.first = floor + opening.start()

    def _mention(self, row: Row, found: _Found) -> TimeMention:
        start, end = row.starts[found.first], row.ends[found.last - 1]
        return TimeMention(start, end, row.text[start:end], found.kind, found.value)


def _can_bound(value: Value | None) -> bool:
    if isinstance(value, (Unit, Shifted)):
        return not value.anchored
    return isinstance(value, (Calendar, Weekday, Season, Fraction, Years, Feast, Era, Part))


@cache
def _finder() -> TimeFinder:
    return TimeFinder()


def find_times(text: str) -> list[TimeMention]:
    """The time expressions of a text in order, none overlapping another; offsets count characters of `text`."""
    return _finder().find(text)

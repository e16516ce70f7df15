"""Time expressions on the calendar: first and last day, against the date of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor

from parley.grounding.feasts import first_days, nth_weekday
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
from parley.records import Period

SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
#: A date without a year that lies further back than this, in days, is taken for the coming one even in the past tense, and
#: the other way round: nobody writes "on July 22" of a day that was nearly a year ago.
FAR = 270
#: A feast that is this many days off is the one meant, whatever the tense: "offered a truce for Eid".
SOON = 14
#: How far "a few" or "recent" reaches, in days, by unit; longer units give no handle.
FEW_LIMIT = {"minute": 1, "hour": 1, "day": 7, "week": 31}


@dataclass(frozen=True, slots=True)
class _Days:
    """First and last day with a precision as in `Period`."""

    start: date
    end: date
    precision: str


@dataclass(frozen=True, slots=True)
class _Now:
    """What relative expressions count from: the report's date, the tense, and the period spoken of before."""

    report: date | None
    future: bool
    anchor: _Days | None


def resolve(mention: TimeMention, report_date: date | None, *, future: bool = False, anchor: Period | None = None) -> Period | None:
    """The period that a mention means, None where its words give no handle.

    `future` says that the clause speaks of what is to come: "on Monday" is then the next Monday, else the latest one on or
    before the report's date. `anchor` is the period that the text spoke of before; expressions such as "the next day" or
    "two years later" count from it and give None without it.
    """
    if mention.value is None:
        return None
    held = _Days(date.fromisoformat(anchor.start), date.fromisoformat(anchor.end), anchor.precision) if anchor else None
    try:
        days = _resolve(mention.value, _Now(report_date, future, held))
    except (OverflowError, ValueError):  # no such day ("30 February") or outside the years that a date can hold
        return None
    if days is None or days.start > days.end:
        return None
    return Period(days.start.isoformat(), days.end.isoformat(), mention.text, days.precision)


def _resolve(value: Value, now: _Now) -> _Days | None:
    match value:
        case Calendar():
            return _calendar(value, now)
        case Years(first, count):
            return _Days(date(max(first, 1), 1, 1), date(first + count - 1, 12, 31), "decade" if count == 10 else "period")
        case Era(start, end):
            return _span(date.fromisoformat(start), date.fromisoformat(end))
        case Part():
            return _part(value, now)
        case Bound(_, _, None):
            return _bound(value, now)
        case Bound():
            return _between(value, now)
        case Season():
            return _season(value, now)
        case Fraction():
            return _fraction(value, now)
        case Feast():
            return _feast(value, now)
        case Shifted():
            return _shifted(value, now)
    if isinstance(value, Unit) and value.anchored:
        return None if now.anchor is None else _of_anchor(value, now.anchor)
    if now.report is None:
        return None
    if isinstance(value, Weekday):
        return _weekday(value, now.report, now.future)
    if isinstance(value, Rolling):
        return _rolling(value, now.report)
    if value.unit == "weekend":
        return _weekend(value, now.report, now.future)
    return _unit(value.unit, now.report, value.shift)


def _day(day: date) -> _Days:
    return _Days(day, day, "day")


def _span(start: date, end: date, precision: str = "period") -> _Days:
    return _Days(start, end, "day" if start == end else precision)


def _month_start(year: int, month: int) -> date:
    """First day of a month; months run on past 12 and below 1."""
    years, rest = divmod(month - 1, 12)
    return date(year + years, rest + 1, 1)


def _months(year: int, month: int, count: int, precision: str) -> _Days:
    return _Days(_month_start(year, month), _month_start(year, month + count) - timedelta(days=1), precision)


def _shift_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last where it is shorter."""
    whole = _months(day.year, day.month + count, 1, "month")
    return whole.start + timedelta(days=min(day.day, whole.end.day) - 1)


def _pick(make: Callable[[int], Iterable[_Days]], now: _Now, order: int | None, reach: int = 1) -> _Days | None:
    """Of a yearly period, the one meant: last, this or next, or the nearest in the sense of the tense."""
    report = now.report
    if report is None:
        return None
    all_days: list[_Days] = []
    for year in range(max(report.year - reach - 1, 1), min(report.year + reach + 1, 9998) + 1):
        try:
            all_days.extend(make(year))
        except ValueError:  # 29 February in a year that has none
            continue
    ahead = [d for d in all_days if d.end >= report]
    if order == 1:
        return min((d for d in ahead if d.start > report), key=lambda d: d.start, default=None)
    if order == -1:
        return max((d for d in all_days if d.end < report), key=lambda d: d.start, default=None)
    if order == 0:
        return min(all_days, key=lambda d: (d.start.year != report.year, abs(d.start - report)), default=None)
    coming = min(ahead, key=lambda d: d.start, default=None)
    gone = max((d for d in all_days if d.start <= report), key=lambda d: d.start, default=None)
    if coming is None or gone is None:
        return coming or gone
    back, ahead_by = (report - gone.end).days, (coming.start - report).days
    if now.future:
        return gone if ahead_by > FAR and back < ahead_by else coming
    return coming if back > FAR and ahead_by < back else gone


def _calendar(value: Calendar, now: _Now) -> _Days | None:
    def of(year: int) -> _Days:
        if value.month is None:
            return _months(year, 1, 12, "year")
        return _months(year, value.month, 1, "month") if value.day is None else _day(date(year, value.month, value.day))

    if value.year is not None:
        return of(value.year)
    if value.year_shift is not None:
        return None if now.report is None else of(now.report.year + value.year_shift)
    leap = 8 if value.month == 2 and value.day == 29 else 1
    return _pick(lambda year: [of(year)], now, value.order, leap)


def _season(value: Season, now: _Now) -> _Days | None:
    def of(year: int) -> _Days:
        return _months(year, SEASON_MONTHS[value.name], 3, "season")

    if value.year is not None:
        return of(value.year)
    if value.year_shift is not None:
        return None if now.report is None else of(now.report.year + value.year_shift)
    report = now.report
    if value.order == 0 and report is not None and not now.future:
        # "this winter" said in April is the one just gone, whatever year it began in.
        around = [of(report.year + shift) for shift in (-1, 0, 1)]
        return min(around, key=lambda d: max(d.start - report, report - d.end, timedelta(0)))
    return _pick(lambda year: [of(year)], now, value.order)


def _fraction(value: Fraction, now: _Now) -> _Days | None:
    def of(year: int) -> _Days:
        months = 12 // value.parts
        number = value.parts if value.number < 0 else value.number
        return _months(year, 1 + months * (number - 1), months, "quarter" if value.parts == 4 else "period")

    if value.year is not None:
        return of(value.year)
    if value.year_shift is not None:
        return None if now.report is None else of(now.report.year + value.year_shift)
    return _pick(lambda year: [of(year)], now, None)


def _feast(value: Feast, now: _Now) -> _Days | None:
    def of(year: int) -> list[_Days]:
        long = "month" if value.days >= 28 else "period"
        return [_span(day, day + timedelta(days=value.days - 1), long) for day in first_days(value.rule, year)]

    year = value.year
    if value.year_shift is not None and now.report is not None:
        year = now.report.year + value.year_shift
    if year is not None:
        return next(iter(of(year)), None)
    if value.year_shift is not None or now.report is None:
        return None
    soon = _pick(of, replace(now, future=True), None) if value.order is None else None
    if soon and 0 <= (soon.start - now.report).days <= SOON:
        return soon
    return _pick(of, now, value.order)


def _weekday(value: Weekday, report: date, future: bool) -> _Days:
    monday = report - timedelta(days=report.weekday())
    if value.week is not None:
        return _day(monday + timedelta(days=7 * value.week + value.number))
    after = report + timedelta(days=(value.number - report.weekday() - 1) % 7 + 1)
    latest = report - timedelta(days=(report.weekday() - value.number) % 7)
    if value.order == 0:
        here = monday + timedelta(days=value.number)
        return _day(here + timedelta(days=7) if future and here < report else here)
    if value.order == 1 or (future and value.order is None):
        return _day(after)
    return _day(after - timedelta(days=14) if value.order == -1 and latest == report else latest)


def _weekend(value: Unit, report: date, future: bool) -> _Days:
    saturday = report + timedelta(days=(5 - report.weekday()) % 7)
    within = report.weekday() >= 5
    if within:
        saturday = report - timedelta(days=report.weekday() - 5)
    if value.shift == -1 or (value.shift == 0 and not future and not within):
        saturday -= timedelta(days=7)
    elif value.shift == 1 and within:
        saturday += timedelta(days=7)
    return _Days(saturday, saturday + timedelta(days=1), "weekend")


def _unit(unit: str, day: date, shift: int) -> _Days:
    """The calendar unit that holds a day, or the one `shift` units on."""
    if unit == "week":
        monday = day + timedelta(days=7 * shift - day.weekday())
        return _Days(monday, monday + timedelta(days=6), "week")
    if unit == "weekend":
        saturday = day + timedelta(days=7 * shift + 5 - day.weekday())
        return _Days(saturday, saturday + timedelta(days=1), "weekend")
    if unit == "month":
        return _months(day.year, day.month + shift, 1, "month")
    if unit in ("quarter", "half"):
        size = 3 if unit == "quarter" else 6
        return _months(day.year, (day.month - 1) // size * size + 1 + size * shift, size, "quarter" if size == 3 else "period")
    if unit == "year":
        return _months(day.year + shift, 1, 12, "year")
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        first = day.year - day.year % size + size * shift
        return _Days(date(first, 1, 1), date(first + size - 1, 12, 31), "decade" if size == 10 else "period")
    return _day(day if unit in ("hour", "minute") else day + timedelta(days=shift))


def _of_anchor(value: Unit, anchor: _Days) -> _Days:
    return _unit(value.unit, anchor.end if value.shift > 0 else anchor.start, value.shift)


def _moved(day: date, amount: float, unit: str) -> date:
    """A day some units on (amount below 0: back)."""
    if unit in ("hour", "minute"):
        size = 24 if unit == "hour" else 1440
        return day + timedelta(days=floor(abs(amount) / size) * (1 if amount > 0 else -1))
    if unit in ("day", "week", "weekend"):
        return day + timedelta(days=round(amount * (1 if unit == "day" else 7)))
    return _shift_months(day, round(amount * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[unit]))


def _few(amount: Amount, unit: str) -> bool:
    """Whether an amount that is no exact number still gives a handle: days and weeks do, months and years do not."""
    return amount.high - amount.low <= 1 or unit in FEW_LIMIT


def _shifted(value: Shifted, now: _Now) -> _Days | None:
    amount, unit, sign = value.amount, value.unit, value.sign
    base = now.report
    if value.anchored:
        base = None if now.anchor is None else now.anchor.end if sign > 0 else now.anchor.start
    if base is None or (value.tentative and not now.future) or not _few(amount, unit):
        return None
    if not amount.exact:
        ends = sorted((_moved(base, sign * amount.low, unit), _moved(base, sign * amount.high, unit)))
        return _span(ends[0], ends[1])
    day = _moved(base, sign * amount.low, unit)
    whole = amount.low == int(amount.low)
    if unit in ("month", "quarter") or (unit == "year" and not whole):
        return _unit("month", day, 0)
    if unit in ("year", "decade", "century"):
        return replace(_unit("year", day, 0), precision="year" if unit == "year" else "decade" if unit == "decade" else "period")
    return _Days(day, day, "week" if unit == "week" else "day")


def _rolling(value: Rolling, report: date) -> _Days | None:
    if not _few(value.amount, value.unit):
        return None
    far = _moved(report, value.sign * value.amount.high, value.unit)
    if not value.amount.exact and value.amount.high - value.amount.low > 1:
        far = report + timedelta(days=value.sign * FEW_LIMIT[value.unit])
    return _span(min(far, report), max(far, report))


def _part(value: Part, now: _Now) -> _Days | None:
    whole = _resolve(value.of.value, now) if value.of.value is not None else None
    if whole is None:
        return None
    start, end, part = whole.start, whole.end, value.part
    if part == "eve":
        return _day(start - timedelta(days=1))
    if part in ("half", "quarter"):
        parts = 2 if part == "half" else 4
        number = parts if value.number < 0 else value.number
        return _cut(start, end, number - 1, parts, "quarter" if part == "quarter" and whole.precision == "year" else "period")
    if part in ("day", "week", "weekend", "month"):
        return _pieces(value, whole)
    place = {"start": 0, "early": 0, "mid": 1, "end": 2, "late": 2}[part]
    if whole.precision == "month":
        cuts = (start, start + timedelta(days=10), start + timedelta(days=20), end + timedelta(days=1))
        return _span(cuts[place], cuts[place + 1] - timedelta(days=1))
    if whole.precision == "year":
        first, count = ((1, 3), (5, 4), (10, 3))[place]
        return _months(start.year, first, count, "period")
    if isinstance(value.of.value, Years):
        tenth = value.of.value.count // 10
        first, count = ((0, 5), (4, 3), (5, 5))[place]
        return _months(start.year + first * tenth, 1, 12 * count * tenth, "period")
    return _cut(start, end, place, 3, "period")


def _cut(start: date, end: date, number: int, parts: int, precision: str) -> _Days | None:
    """One of equal parts of a stretch, in whole months where it has enough of them."""
    if not 0 <= number < parts:
        return None
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if start.day == 1 and months % parts == 0:
        return _months(start.year, start.month + number * months // parts, months // parts, precision)
    days = (end - start).days + 1
    first = start + timedelta(days=days * number // parts)
    last = start + timedelta(days=max(days * (number + 1) // parts - 1, days * number // parts))
    return _span(first, last, precision)


def _pieces(value: Part, whole: _Days) -> _Days | None:
    """The nth day, week, weekend or month of a stretch, or several of them from its beginning or end."""
    last = value.number < 0
    if value.part == "month":
        month = whole.end.month - value.count + 1 if last else whole.start.month + value.number - 1
        first = _month_start(whole.end.year if last else whole.start.year, month)
        return _within(_months(first.year, first.month, value.count, "month" if value.count == 1 else "period"), whole)
    if value.part == "weekend":
        saturday = nth_weekday(whole.start.year, whole.start.month, 5, value.number)
        return _within(_Days(saturday, saturday + timedelta(days=1), "weekend"), whole)
    size = 1 if value.part == "day" else 7
    length = timedelta(days=size * value.count)
    precision = value.part if value.count == 1 else "period"
    if last:
        return _within(_span(whole.end - length + timedelta(days=1), whole.end, precision), whole)
    first = whole.start + timedelta(days=size * (value.number - 1))
    return _within(_span(first, first + length - timedelta(days=1), precision), whole)


def _within(days: _Days, whole: _Days) -> _Days | None:
    return days if whole.start <= days.start <= whole.end else None


def _bound(value: Bound, now: _Now) -> _Days | None:
    """Since, until, by, before or after one expression."""
    inner = value.first.value
    relation, report = value.relation, now.report
    up_to_end = isinstance(inner, Part) and inner.part == "end"
    if relation in ("by", "until", "before") and isinstance(inner, Part) and inner.part == "end":
        inner = inner.of.value
    if inner is None:
        return None
    if relation in ("since", "after"):
        now = replace(now, future=now.future and relation == "after")
    elif relation == "until" and isinstance(inner, Weekday):
        now = replace(now, future=True)
    days = _resolve(inner, now)
    if days is None:
        return None
    if relation == "by":
        return days
    if report is None:
        return days if relation == "until" else None
    if relation == "until":
        return _span(report, days.end) if report < days.end and report < days.start else days
    if relation == "since":
        start = days.end if isinstance(inner, Era) else days.start
        return _span(start, report) if start <= report else None
    if relation == "after":
        start = days.end + timedelta(days=1)
        return _span(start, report) if start <= report else None
    end = days.end if up_to_end else days.start - timedelta(days=1)
    return _span(report, end) if report <= end else None


def _between(value: Bound, now: _Now) -> _Days | None:
    """From one expression to another; the first takes the year of the second where it has none of its own."""
    first, last = value.first.value, value.last.value if value.last else None
    if first is None or last is None:
        return None
    end = _resolve(last, now)
    start = _resolve(_with_year(first, end.end.year), now) if end and _has_year(last) else _resolve(first, now)
    if start is None or end is None:
        return None
    if start.start > end.end and not _has_year(first):
        if _has_year(last):
            start = _resolve(_with_year(first, end.end.year - 1), now)
        elif now.future:
            end = _resolve(last, replace(now, report=start.start))
        else:
            start = _resolve(first, replace(now, report=end.end))
    return None if start is None or end is None else _span(start.start, end.end)


def _has_year(value: Value) -> bool:
    if isinstance(value, Part) and value.of.value is not None:
        return _has_year(value.of.value)
    return isinstance(value, (Calendar, Season, Fraction)) and (value.year is not None or value.year_shift is not None)


def _with_year(value: Value, year: int) -> Value:
    if _has_year(value):
        return value
    if isinstance(value, Part) and value.of.value is not None:
        return replace(value, of=replace(value.of, value=_with_year(value.of.value, year)))
    return replace(value, year=year) if isinstance(value, (Calendar, Season, Fraction)) else value

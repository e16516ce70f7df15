"""When the feasts of several calendars fall, as days of the Gregorian calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hijridate import Hijri

HIJRI_YEARS = range(1343, 1501)


def easter(year: int) -> date:
    """Western Easter Sunday (anonymous Gregorian computus)."""
    century, rest = divmod(year, 100)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - moon_shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Eastern Easter Sunday (Meeus' Julian computus), as a Gregorian day."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def rosh_hashanah(year: int) -> date:
    """First day of the Hebrew year that begins in the autumn of a Gregorian year."""
    hebrew = year + 3761
    day = _molad_day(hebrew)
    before, after = _molad_day(hebrew - 1), _molad_day(hebrew + 1)
    if after - day == 356:
        day += 2
    elif day - before == 382:
        day += 1
    return date.fromordinal(day - 1373427)


def _molad_day(hebrew: int) -> int:
    months = (235 * hebrew - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def first_days(rule: str, year: int) -> list[date]:
    """The days in a Gregorian year on which a feast begins: one as a rule, two or none for a lunar calendar.

    Rules: `gregorian 12-25`; `weekday 11 3 4` (the fourth Thursday of November, Monday = 0, −1 the last);
    `easter -2`, `orthodox 0` (days from Easter Sunday); `hijri 12-10` (Umm al-Qura, 1924 to 2077: local sightings may
    differ by a day); `hebrew 9` (days from Rosh Hashanah), `passover 0` (days from the first day of Passover);
    `table 2021-02-12|2022-02-01`; several rules joined by `;` for a name that several feasts share. Raises ValueError for another rule.
    """
    if ";" in rule:
        return sorted(day for part in rule.split(";") for day in first_days(part, year))
    calendar, _, rest = rule.partition(" ")
    if calendar == "gregorian":
        month, day = rest.split("-")
        return [date(year, int(month), int(day))]
    if calendar == "weekday":
        month_number, weekday, nth = map(int, rest.split())
        return [nth_weekday(year, month_number, weekday, nth)]
    if calendar == "easter":
        return [easter(year) + timedelta(days=int(rest))]
    if calendar == "orthodox":
        return [orthodox_easter(year) + timedelta(days=int(rest))]
    if calendar == "hebrew":
        return [rosh_hashanah(year) + timedelta(days=int(rest))]
    if calendar == "passover":
        return [rosh_hashanah(year) - timedelta(days=163 - int(rest))]
    if calendar == "hijri":
        month, day = rest.split("-")
        return _hijri(year, int(month), int(day))
    if calendar == "table":
        return [d for d in map(date.fromisoformat, rest.split("|")) if d.year == year]
    raise ValueError(f"{rule!r} is no rule for a feast")


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday (0 = Monday) of a month, from the back for a negative nth."""
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _hijri(year: int, month: int, day: int) -> list[date]:
    first = int((year - 622) * 1.0307)
    days = []
    for hijri_year in range(first - 1, first + 3):
        if hijri_year in HIJRI_YEARS:
            greg = Hijri(hijri_year, month, day).to_gregorian()
            if greg.year == year:
                days.append(date(greg.year, greg.month, greg.day))
    return days

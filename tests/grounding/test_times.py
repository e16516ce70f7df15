"""Time expressions: what is found, what it means against a report's date, and what is left alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.grounding.feasts import easter, first_days, nth_weekday, orthodox_easter, rosh_hashanah
from parley.grounding.time_words import TimeWords, TimeWordsError
from parley.grounding.times import TimeFinder, find_times, resolve
from parley.records import Period

PAST, FUTURE = False, True
TUESDAY = "2021-07-20"

# sentence, the words that must be found, report date, tense, first day, last day, precision, why
DATED = [
    # weekdays
    ("On Monday, rebels attacked Goma.", "Monday", TUESDAY, PAST, "2021-07-19", "2021-07-19", "day", "the latest Monday"),
    ("On Monday, they will meet.", "Monday", TUESDAY, FUTURE, "2021-07-26", "2021-07-26", "day", "the next Monday"),
    ("The talks began on Tuesday.", "Tuesday", TUESDAY, PAST, "2021-07-20", "2021-07-20", "day", "the report's own day"),
    ("The talks will begin on Tuesday.", "Tuesday", TUESDAY, FUTURE, "2021-07-27", "2021-07-27", "day", "never the report's own day"),
    ("Shells fell late Sunday.", "late Sunday", TUESDAY, PAST, "2021-07-18", "2021-07-18", "day", "late does not move the day"),
    ("Shells fell early on Sunday.", "early on Sunday", TUESDAY, PAST, "2021-07-18", "2021-07-18", "day", "nor does early on"),
    ("Monday night's raid", "Monday night", TUESDAY, PAST, "2021-07-19", "2021-07-19", "day", "night belongs to its day"),
    ("Sunday's vote was calm.", "Sunday", TUESDAY, PAST, "2021-07-18", "2021-07-18", "day", "the possessive stays outside"),
    ("They met last Tuesday.", "last Tuesday", TUESDAY, PAST, "2021-07-13", "2021-07-13", "day", "last is before today"),
    ("They met last Friday.", "last Friday", TUESDAY, PAST, "2021-07-16", "2021-07-16", "day", "the Friday just gone"),
    ("They meet next Thursday.", "next Thursday", TUESDAY, FUTURE, "2021-07-22", "2021-07-22", "day", "the first one after"),
    ("They meet this Friday.", "this Friday", TUESDAY, FUTURE, "2021-07-23", "2021-07-23", "day", "of the current week"),
    ("They met on Tuesday of last week.", "Tuesday of last week", TUESDAY, PAST, "2021-07-13", "2021-07-13", "day", "week given"),
    ("They meet on Monday next week.", "Monday next week", TUESDAY, FUTURE, "2021-07-26", "2021-07-26", "day", "week given after"),
    ("next week on Wednesday", "next week on Wednesday", TUESDAY, FUTURE, "2021-07-28", "2021-07-28", "day", "week given before"),
    ("on Friday, 16 July", "Friday, 16 July", TUESDAY, PAST, "2021-07-16", "2021-07-16", "day", "the date decides"),
    ("at 10 p.m. on Friday", "10 p.m. on Friday", TUESDAY, PAST, "2021-07-16", "2021-07-16", "day", "the hour joins its day"),
    ("police said monday", "monday", TUESDAY, PAST, "2021-07-19", "2021-07-19", "day", "careless small letter"),
    # days told from today
    ("He resigned yesterday.", "yesterday", TUESDAY, PAST, "2021-07-19", "2021-07-19", "day", "one back"),
    ("He resigned today.", "today", TUESDAY, PAST, "2021-07-20", "2021-07-20", "day", "the report's day"),
    ("Curfew begins tonight.", "tonight", TUESDAY, FUTURE, "2021-07-20", "2021-07-20", "day", "still today"),
    ("Curfew ends tomorrow morning.", "tomorrow morning", TUESDAY, FUTURE, "2021-07-21", "2021-07-21", "day", "one on"),
    ("shelled this morning", "this morning", TUESDAY, PAST, "2021-07-20", "2021-07-20", "day", "part of today"),
    ("shelled last night", "last night", TUESDAY, PAST, "2021-07-19", "2021-07-19", "day", "began the day before"),
    ("the day before yesterday", "the day before yesterday", TUESDAY, PAST, "2021-07-18", "2021-07-18", "day", "two back"),
    ("the day after tomorrow", "the day after tomorrow", TUESDAY, FUTURE, "2021-07-22", "2021-07-22", "day", "two on"),
    ("Four died overnight.", "overnight", TUESDAY, PAST, "2021-07-19", "2021-07-20", "period", "spans midnight"),
    # weekends
    ("They met over the weekend.", "the weekend", "2021-07-19", PAST, "2021-07-17", "2021-07-18", "weekend", "the one just gone"),
    ("They meet at the weekend.", "the weekend", TUESDAY, FUTURE, "2021-07-24", "2021-07-25", "weekend", "the one to come"),
    ("weekend talks in Doha", "weekend", TUESDAY, PAST, "2021-07-17", "2021-07-18", "weekend", "before a noun"),
    ("fighting last weekend", "last weekend", TUESDAY, PAST, "2021-07-17", "2021-07-18", "weekend", "last"),
    ("a rally next weekend", "next weekend", TUESDAY, FUTURE, "2021-07-24", "2021-07-25", "weekend", "next"),
    ("the first weekend of June", "the first weekend of June", TUESDAY, PAST, "2021-06-05", "2021-06-06", "weekend", "nth weekend"),
    # units in the calendar
    ("last week", "last week", TUESDAY, PAST, "2021-07-12", "2021-07-18", "week", "Monday to Sunday"),
    ("this week", "this week", TUESDAY, PAST, "2021-07-19", "2021-07-25", "week", "the report's week"),
    ("They will meet again next week.", "next week", TUESDAY, FUTURE, "2021-07-26", "2021-08-01", "week", "the one after"),
    ("last month", "last month", "2021-01-05", PAST, "2020-12-01", "2020-12-31", "month", "across the year"),
    ("next month", "next month", "2021-12-05", FUTURE, "2022-01-01", "2022-01-31", "month", "across the year, on"),
    ("earlier this month", "earlier this month", TUESDAY, PAST, "2021-07-01", "2021-07-31", "month", "the whole month"),
    ("later this year", "later this year", TUESDAY, FUTURE, "2021-01-01", "2021-12-31", "year", "the whole year"),
    ("last year's truce", "last year", TUESDAY, PAST, "2020-01-01", "2020-12-31", "year", "possessive outside"),
    ("last quarter", "last quarter", TUESDAY, PAST, "2021-04-01", "2021-06-30", "quarter", "calendar quarter"),
    ("early last week", "early last week", TUESDAY, PAST, "2021-07-12", "2021-07-13", "period", "first third of a week"),
    ("late last month", "late last month", TUESDAY, PAST, "2021-06-21", "2021-06-30", "period", "last third of a month"),
    # months
    ("In March, they agreed.", "March", TUESDAY, PAST, "2021-03-01", "2021-03-31", "month", "the latest March"),
    ("In March, they will vote.", "March", TUESDAY, FUTURE, "2022-03-01", "2022-03-31", "month", "the next March"),
    ("in May", "May", TUESDAY, PAST, "2021-05-01", "2021-05-31", "month", "a month after a preposition"),
    ("in August", "August", TUESDAY, PAST, "2021-08-01", "2021-08-31", "month", "eleven months back is too far for no year"),
    ("last March", "last March", TUESDAY, PAST, "2021-03-01", "2021-03-31", "month", "the latest that is over"),
    ("last July", "last July", TUESDAY, PAST, "2020-07-01", "2020-07-31", "month", "not the current one"),
    ("next March", "next March", TUESDAY, FUTURE, "2022-03-01", "2022-03-31", "month", "next"),
    ("in March last year", "March last year", TUESDAY, PAST, "2020-03-01", "2020-03-31", "month", "year told from the report"),
    ("March 2020 deal", "March 2020", None, PAST, "2020-03-01", "2020-03-31", "month", "absolute needs no report date"),
    ("in May, 1750", "May, 1750", None, PAST, "1750-05-01", "1750-05-31", "month", "old year beside a month"),
    ("early March", "early March", TUESDAY, PAST, "2021-03-01", "2021-03-10", "period", "first ten days"),
    ("in mid-March", "mid-March", TUESDAY, PAST, "2021-03-11", "2021-03-20", "period", "middle ten"),
    ("since late May 2020", "since late May 2020", TUESDAY, PAST, "2020-05-21", "2021-07-20", "period", "since a part"),
    ("the first week of July", "the first week of July", TUESDAY, PAST, "2021-07-01", "2021-07-07", "week", "seven days"),
    ("the last two weeks of June", "the last two weeks of June", TUESDAY, PAST, "2021-06-17", "2021-06-30", "period", "from the back"),
    ("the last day of February", "the last day of February", TUESDAY, PAST, "2021-02-28", "2021-02-28", "day", "last day"),
    # days of the month
    ("July 19", "July 19", TUESDAY, PAST, "2021-07-19", "2021-07-19", "day", "month first"),
    ("on 19 July 2021", "19 July 2021", None, PAST, "2021-07-19", "2021-07-19", "day", "day first"),
    ("on July 19, 2021, they", "July 19, 2021", None, PAST, "2021-07-19", "2021-07-19", "day", "American"),
    ("the 19th of July", "19th of July", TUESDAY, PAST, "2021-07-19", "2021-07-19", "day", "ordinal"),
    ("the fifth of January 2020", "fifth of January 2020", None, PAST, "2020-01-05", "2020-01-05", "day", "ordinal word"),
    ("on Sept. 3, 2020", "Sept. 3, 2020", None, PAST, "2020-09-03", "2020-09-03", "day", "short month"),
    ("March 15", "March 15", TUESDAY, PAST, "2021-03-15", "2021-03-15", "day", "latest"),
    ("March 15", "March 15", TUESDAY, FUTURE, "2022-03-15", "2022-03-15", "day", "next"),
    ("December 28", "December 28", "2021-01-05", PAST, "2020-12-28", "2020-12-28", "day", "across the new year"),
    ("July 28", "July 28", TUESDAY, PAST, "2021-07-28", "2021-07-28", "day", "nobody leaves the year off after 51 weeks"),
    ("on 29 February", "29 February", TUESDAY, PAST, "2020-02-29", "2020-02-29", "day", "the latest leap day"),
    ("7/19/2021", "7/19/2021", None, PAST, "2021-07-19", "2021-07-19", "day", "American figures"),
    ("19/7/2021", "19/7/2021", None, PAST, "2021-07-19", "2021-07-19", "day", "no nineteenth month"),
    ("19.07.2021", "19.07.2021", None, PAST, "2021-07-19", "2021-07-19", "day", "dotted"),
    ("2021-07-19", "2021-07-19", None, PAST, "2021-07-19", "2021-07-19", "day", "ISO"),
    ("MARCH 3, 2021", "MARCH 3, 2021", None, PAST, "2021-03-03", "2021-03-03", "day", "capitals"),
    ("KABUL, July 19 (AP)", "July 19", TUESDAY, PAST, "2021-07-19", "2021-07-19", "day", "dateline"),
    ("on 5 July last year", "5 July last year", TUESDAY, PAST, "2020-07-05", "2020-07-05", "day", "year told from the report"),
    # years, decades, centuries
    ("in 2019", "2019", None, PAST, "2019-01-01", "2019-12-31", "year", "after a preposition"),
    ("the 2015 nuclear deal", "2015", None, PAST, "2015-01-01", "2015-12-31", "year", "the year of a thing"),
    ("the accord (2015)", "2015", None, PAST, "2015-01-01", "2015-12-31", "year", "in brackets"),
    ("the year 2030", "the year 2030", None, FUTURE, "2030-01-01", "2030-12-31", "year", "named year"),
    ("early 2019", "early 2019", None, PAST, "2019-01-01", "2019-03-31", "period", "first months"),
    ("the first half of 2020", "the first half of 2020", None, PAST, "2020-01-01", "2020-06-30", "period", "half year"),
    ("in the 1990s", "1990s", None, PAST, "1990-01-01", "1999-12-31", "decade", "decade"),
    ("in the nineties", "the nineties", None, PAST, "1990-01-01", "1999-12-31", "decade", "in words"),
    ("the late 1980s", "late 1980s", None, PAST, "1985-01-01", "1989-12-31", "period", "second half"),
    ("the 20th century", "20th century", None, PAST, "1900-01-01", "1999-12-31", "period", "century"),
    ("the first quarter", "the first quarter", TUESDAY, PAST, "2021-01-01", "2021-03-31", "quarter", "of this year"),
    ("the third quarter of 2020", "the third quarter of 2020", None, PAST, "2020-07-01", "2020-09-30", "quarter", "year given"),
    ("in Q1 2021", "Q1 2021", None, PAST, "2021-01-01", "2021-03-31", "quarter", "short form"),
    # seasons
    ("last spring", "last spring", TUESDAY, PAST, "2021-03-01", "2021-05-31", "season", "the latest that is over"),
    ("last summer", "last summer", TUESDAY, PAST, "2020-06-01", "2020-08-31", "season", "not the current one"),
    ("in the fall of 2020", "fall of 2020", None, PAST, "2020-09-01", "2020-11-30", "season", "American autumn"),
    ("the winter of 2020-21", "winter of 2020-21", None, PAST, "2020-12-01", "2021-02-28", "season", "two years"),
    # so long ago, so far ahead
    ("two days ago", "two days ago", TUESDAY, PAST, "2021-07-18", "2021-07-18", "day", "days are exact"),
    ("a week ago", "a week ago", TUESDAY, PAST, "2021-07-13", "2021-07-13", "week", "weeks less so"),
    ("three months ago", "three months ago", TUESDAY, PAST, "2021-04-01", "2021-04-30", "month", "that month"),
    ("three years ago", "three years ago", TUESDAY, PAST, "2018-01-01", "2018-12-31", "year", "that year"),
    ("two and a half years ago", "two and a half years ago", TUESDAY, PAST, "2019-01-01", "2019-01-31", "month", "thirty months"),
    ("a year and a half ago", "a year and a half ago", TUESDAY, PAST, "2020-01-01", "2020-01-31", "month", "half after the unit"),
    ("twenty-one days ago", "twenty-one days ago", TUESDAY, PAST, "2021-06-29", "2021-06-29", "day", "compound number"),
    ("two or three days ago", "two or three days ago", TUESDAY, PAST, "2021-07-17", "2021-07-18", "period", "both"),
    ("a few days ago", "a few days ago", TUESDAY, PAST, "2021-07-14", "2021-07-18", "period", "within a week"),
    ("He leaves in three days.", "three days", TUESDAY, FUTURE, "2021-07-23", "2021-07-23", "day", "ahead"),
    ("in two weeks' time", "two weeks' time", TUESDAY, PAST, "2021-08-03", "2021-08-03", "week", "always ahead"),
    ("ten days from now", "ten days from now", TUESDAY, PAST, "2021-07-30", "2021-07-30", "day", "always ahead"),
    ("in the past 24 hours", "the past 24 hours", TUESDAY, PAST, "2021-07-19", "2021-07-20", "period", "back to yesterday"),
    ("over the last three years", "the last three years", TUESDAY, PAST, "2018-07-20", "2021-07-20", "period", "up to now"),
    ("in the next five days", "the next five days", TUESDAY, FUTURE, "2021-07-20", "2021-07-25", "period", "from now"),
    ("in the coming days", "the coming days", TUESDAY, FUTURE, "2021-07-20", "2021-07-27", "period", "within a week"),
    # ranges and open ends
    ("since Friday", "since Friday", TUESDAY, PAST, "2021-07-16", "2021-07-20", "period", "up to the report"),
    ("since 2011", "since 2011", TUESDAY, PAST, "2011-01-01", "2021-07-20", "period", "from that year's first day"),
    ("since at least March 2020", "since at least March 2020", TUESDAY, PAST, "2020-03-01", "2021-07-20", "period", "hedged"),
    ("between 2014 and 2016", "between 2014 and 2016", None, PAST, "2014-01-01", "2016-12-31", "period", "both years whole"),
    ("from 3 to 5 May", "from 3 to 5 May", TUESDAY, PAST, "2021-05-03", "2021-05-05", "period", "one month for both"),
    ("May 3-5, 2021", "May 3-5, 2021", None, PAST, "2021-05-03", "2021-05-05", "period", "hyphen"),
    ("from 28 April to 5 May 2020", "from 28 April to 5 May 2020", None, PAST, "2020-04-28", "2020-05-05", "period", "year shared"),
    ("from November 2019 to March", "from November 2019 to March", TUESDAY, PAST, "2019-11-01", "2021-03-31", "period", "own years"),
    ("from December to January 2021", "from December to January 2021", None, PAST, "2020-12-01", "2021-01-31", "period", "year before"),
    ("from Sunday to Tuesday", "from Sunday to Tuesday", TUESDAY, PAST, "2021-07-18", "2021-07-20", "period", "weekdays"),
    ("between Monday and Wednesday", "between Monday and Wednesday", TUESDAY, PAST, "2021-07-12", "2021-07-14", "period", "both gone"),
    ("the 2014-16 war", "2014-16", None, PAST, "2014-01-01", "2016-12-31", "period", "short second year"),
    ("after July 10, shelling", "after July 10", TUESDAY, PAST, "2021-07-11", "2021-07-20", "period", "up to the report"),
    # deadlines
    ("leave by the end of August", "by the end of August", "2021-07-19", FUTURE, "2021-08-01", "2021-08-31", "month", "gold convention"),
    ("leave by the end of August", "by the end of August", "2021-07-19", PAST, "2021-08-01", "2021-08-31", "month", "whatever the tense"),
    ("by March", "by March", TUESDAY, FUTURE, "2022-03-01", "2022-03-31", "month", "the month itself"),
    ("by the end of the year", "by the end of the year", TUESDAY, FUTURE, "2021-01-01", "2021-12-31", "year", "the year itself"),
    ("leave before the end of 2021", "before the end of 2021", TUESDAY, FUTURE, "2021-07-20", "2021-12-31", "period", "to its last day"),
    ("this winter", "this winter", "2022-04-07", PAST, "2021-12-01", "2022-02-28", "season", "the one just gone"),
    ("named by the 2020 report", "2020", TUESDAY, PAST, "2020-01-01", "2020-12-31", "year", "by the report"),
    ("must go before Friday", "before Friday", TUESDAY, FUTURE, "2021-07-20", "2021-07-22", "period", "up to the eve"),
    ("within 72 hours", "within 72 hours", TUESDAY, FUTURE, "2021-07-20", "2021-07-23", "period", "three days"),
    ("within two weeks", "within two weeks", TUESDAY, FUTURE, "2021-07-20", "2021-08-03", "period", "fourteen days"),
    ("a truce until 1 August", "until 1 August", TUESDAY, FUTURE, "2021-07-20", "2021-08-01", "period", "from now"),
    ("gave them until Thursday", "until Thursday", TUESDAY, PAST, "2021-07-20", "2021-07-22", "period", "an ultimatum looks ahead"),
    ("until midnight on Friday", "until midnight on Friday", TUESDAY, PAST, "2021-07-20", "2021-07-23", "period", "with an hour"),
    ("the end of the year", "the end of the year", TUESDAY, PAST, "2021-10-01", "2021-12-31", "period", "no deadline: last months"),
    ("spurred on by last month's arrest", "last month", TUESDAY, PAST, "2021-06-01", "2021-06-30", "month", "by the arrest"),
    ("after Monday's attack", "Monday", TUESDAY, PAST, "2021-07-19", "2021-07-19", "day", "after the attack, not after the day"),
    # feasts and history
    ("a truce for Eid al-Adha", "Eid al-Adha", "2021-07-19", PAST, "2021-07-20", "2021-07-23", "period", "tomorrow beats a year ago"),
    ("at Ramadan", "Ramadan", TUESDAY, PAST, "2021-04-13", "2021-05-12", "month", "lunar month"),
    ("Eid al-Fitr 2018", "Eid al-Fitr 2018", None, PAST, "2018-06-15", "2018-06-17", "period", "year given"),
    ("before Easter 2020", "before Easter 2020", "2020-04-01", FUTURE, "2020-04-01", "2020-04-11", "period", "computed"),
    ("Thanksgiving last year", "Thanksgiving last year", TUESDAY, PAST, "2020-11-26", "2020-11-26", "day", "fourth Thursday"),
    ("on Christmas Eve", "Christmas Eve", "2021-01-05", PAST, "2020-12-24", "2020-12-24", "day", "latest"),
    ("Nowruz 2021", "Nowruz 2021", None, PAST, "2021-03-20", "2021-03-21", "period", "either day"),
    ("on the eve of Eid al-Fitr", "the eve of Eid al-Fitr", TUESDAY, PAST, "2021-05-12", "2021-05-12", "day", "the day before"),
    ("the September 11 attacks", "September 11 attacks", TUESDAY, PAST, "2001-09-11", "2001-09-11", "day", "not this year's"),
    ("since World War II", "since World War II", TUESDAY, PAST, "1945-09-02", "2021-07-20", "period", "since its end"),
]  # fmt: skip

# words that are found but give no date, their kind, and why
UNDATED = [
    ("the 72-hour truce", "72-hour", "duration", "a length, not 1972"),
    ("a three-day visit", "three-day", "duration", "length"),
    ("fighting for five years", "five years", "duration", "length"),
    ("They talked for months.", "months", "vague", "no number"),
    ("The army recently withdrew.", "recently", "vague", "no handle"),
    ("decades ago", "decades ago", "vague", "no number"),
    ("at 10:30 GMT", "10:30 GMT", "time", "an hour has no day"),
    ("at 5 p.m. local time", "5 p.m. local time", "time", "an hour has no day"),
    ("on the 10th anniversary", "10th anniversary", "anniversary", "of what is not said here"),
    ("every Friday", "every Friday", "recurring", "no single day"),
    ("protests on Fridays", "Fridays", "recurring", "no single day"),
    ("the day before", "the day before", "relative", "counts from another event"),
    ("on the following day", "the following day", "relative", "counts from another event"),
    ("two days earlier", "two days earlier", "relative", "counts from another event"),
    ("a week after the vote", "a week after", "relative", "counts from another event"),
    ("They took it in three days.", "three days", "relative", "in the past a length"),
    ("following a week of talks", "a week", "duration", "following is a preposition here"),
    ("in recent months", "recent months", "range", "no edge that one could name"),
    ("on 30 February 2020", "30 February 2020", "day", "no such day"),
]

NOT_TIMES = [
    ("They may march on the capital.", "verbs in small letters"),
    ("May said that talks go on.", "a surname"),
    ("Prime Minister May left.", "a surname after a title"),
    ("the Great March of Return", "the name of a protest"),
    ("the second convoy came", "an ordinal"),
    ("in 1,500 villages", "a count with a comma"),
    ("in 1500 villages", "a count without one"),
    ("2,000 people fled", "a count"),
    ("2000 people fled", "no preposition"),
    ("a crowd of 2000 people", "counted noun"),
    ("flight 1949 was late", "a flight number"),
    ("Security Council resolution 1973", "the number of a resolution"),
    ("a 10-year-old boy", "an age"),
    ("the Good Friday Agreement", "a treaty"),
    ("the Arab Spring", "a movement"),
    ("the fall of Kabul", "a noun"),
    ("April Glaspie met him", "a first name"),
    ("August Hanning said", "a first name"),
    ("men in their 30s", "an age"),
    ("for the first time", "no time at all"),
    ("the last year of the war", "no calendar year"),
    ("this decades-long war", "a length, and no number"),
]


@pytest.mark.parametrize(("sentence", "words", "report", "future", "start", "end", "precision", "why"), DATED)
def test_dated(sentence: str, words: str, report: str | None, future: bool, start: str, end: str, precision: str, why: str) -> None:
    found = {m.text: m for m in find_times(sentence)}
    assert words in found, (why, list(found))
    period = resolve(found[words], date.fromisoformat(report) if report else None, future=future)
    assert period == Period(start, end, words, precision), why


@pytest.mark.parametrize(("sentence", "words", "kind", "why"), UNDATED)
def test_undated(sentence: str, words: str, kind: str, why: str) -> None:
    [mention] = find_times(sentence)
    assert (mention.text, mention.kind) == (words, kind), why
    assert resolve(mention, date(2021, 7, 20)) is None, why


@pytest.mark.parametrize(("sentence", "why"), NOT_TIMES)
def test_not_times(sentence: str, why: str) -> None:
    assert find_times(sentence) == [], why


@pytest.mark.parametrize(
    "words", ["yesterday", "on Monday", "last week", "two days ago", "since 2011", "in March", "this Ramadan", "July 4"]
)
def test_relative_words_need_a_report_date(words: str) -> None:
    assert [resolve(m, None) for m in find_times(words)] == [None]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("the next day", "2020-03-02", "2020-03-02"),
        ("two days later", "2020-03-03", "2020-03-03"),
        ("three days earlier", "2020-02-27", "2020-02-27"),
        ("the following month", "2020-04-01", "2020-04-30"),
        ("that year", "2020-01-01", "2020-12-31"),
        ("the day before", "2020-02-29", "2020-02-29"),
    ],
)
def test_words_that_count_from_another_event(words: str, start: str, end: str) -> None:
    [mention] = find_times(words)
    period = resolve(mention, date(2021, 7, 20), anchor=Period("2020-03-01", "2020-03-01", "1 March 2020", "day"))
    assert period is not None
    assert (period.start, period.end) == (start, end)


def test_several_in_order() -> None:
    text = "On Monday the sides, who met in March 2020, agreed to meet by Friday."
    assert [m.text for m in find_times(text)] == ["Monday", "March 2020", "by Friday"]


def test_a_paragraph_break_parts_a_date() -> None:
    assert [m.text for m in find_times("He left in March\n\n2019 was calm")] == ["March"]


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("gregorian 12-25", 2020, "2020-12-25"),
        ("weekday 5 0 -1", 2021, "2021-05-31"),
        ("easter -2", 2021, "2021-04-02"),
        ("orthodox 0", 2021, "2021-05-02"),
        ("hijri 12-10", 2021, "2021-07-20"),
        ("hijri 9-1", 2023, "2023-03-23"),
        ("hebrew 9", 2023, "2023-09-25"),
        ("passover 0", 2021, "2021-03-28"),
        ("table 2021-02-12|2022-02-01", 2022, "2022-02-01"),
    ],
)
def test_feasts(rule: str, year: int, day: str) -> None:
    assert [d.isoformat() for d in first_days(rule, year)] == [day]


def test_a_lunar_feast_may_come_twice_in_a_year() -> None:
    assert [d.isoformat() for d in first_days("hijri 9-1", 2030)] == ["2030-01-05", "2030-12-26"]


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="no rule"):
        first_days("mayan 1", 2021)


@given(st.integers(1900, 2199))
def test_computed_feasts_keep_their_weekdays(year: int) -> None:
    assert easter(year).weekday() == orthodox_easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)
    assert rosh_hashanah(year).weekday() not in (2, 4, 6)
    assert nth_weekday(year, 11, 3, -1) + timedelta(days=7) > date(year, 11, 30)


def test_a_faulty_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "times.csv"
    path.write_text("name,aliases,class,value,days\nMonday,,weekday\n", encoding="utf-8")
    with pytest.raises(TimeWordsError, match=r"times\.csv"):
        TimeWords(path)


def test_a_finder_keeps_nothing_between_texts() -> None:
    finder = TimeFinder()
    assert finder.find("since Friday") == finder.find("since Friday") == find_times("since Friday")


@pytest.mark.parametrize(
    "piece", ["the ", "May ", "by the end of ", "1 ", "2014-", "\n", "last two ", "5 May and ", "10 am ", "a and a half "]
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = process_time()
        find_times(text)
        return process_time() - began

    seconds(1000)
    assert seconds(80_000) < 30 * max(seconds(8_000), 0.001)


VOCABULARY = (
    "on by since until between from to and the a of in early late mid - , . ( ) 's last next this past coming first second end eve "
    "beginning Monday Friday March May July Sept Jan. 5 19 31 72 2014 2019 1500 2000 1990s day days week weeks month year years hours "
    "ago later before after within weekend spring winter quarter half Ramadan Eid al-Adha Christmas yesterday today few several two "
    "twenty hundred century people old recently 10:30 GMT 2021-02-30 7/19/2021 15th Biden's \n\n decade every same that"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=80), st.dates(), st.booleans())
def test_any_text(text: str, report: date, future: bool) -> None:
    """Nothing raises, offsets are exact, mentions stand in order without overlap, periods run forward."""
    previous = 0
    for mention in find_times(text):
        assert text[mention.start : mention.end] == mention.text
        assert previous <= mention.start < mention.end
        previous = mention.end
        for day in (report, None):
            period = resolve(mention, day, future=future, anchor=Period("2020-03-01", "2020-03-31", "", "month"))
            if period is not None:
                assert date.fromisoformat(period.start) <= date.fromisoformat(period.end)
                assert period.precision in ("day", "weekend", "week", "month", "season", "quarter", "year", "decade", "period")

"""Text as a row of word classes: the words of `knowledge/times.csv`, numbers and marks, one character each."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).parent.parent / "knowledge" / "times.csv"
TOKEN = re.compile(
    r"\d{4}-\d\d-\d\d(?!\d)|½|1/2(?![/\d])|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)|\d{1,2}:\d\d(?::\d\d)?"
    r"|\d+(?:,\d{3}(?!\d))*(?:\.\d+)?[a-z]*|[ap]\.m\.?|[^\W\d_]+|['’]s(?!\w)|\n\s*\n|[^\w\s]"
)
MARKS = {
    ",": "comma", "-": "dash", "–": "dash", "—": "dash", "‑": "dash", ".": "stop", "(": "open", ")": "close", "[": "open", "]": "close",
    "'s": "poss", "’s": "poss",
}  # fmt: skip
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DECADE = re.compile(r"(?:1\d|20)\d0s|[2-9]0s")
_OTHER_CLASSES = (
    "word", "cap", "mark", "day_number", "small_number", "big_number", "year", "old_year", "iso", "slashed", "clock", "decade",
)  # fmt: skip
Item = str | int | float | tuple[int, int] | None


class TimeWordsError(ValueError):
    """A list of time words that cannot be used; the message names the row and what is wrong with it."""


@dataclass(slots=True)
class Row:
    """A text as classes: character i of `classes` is the class of `text[starts[i]:ends[i]]`, `values[i]` what it stands for."""

    text: str
    classes: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[Item] = field(default_factory=list)

    def word(self, i: int) -> str:
        """Word i as written, "" past either end."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.starts) else ""


class TimeWords:
    """The list of time words, and how a text is read with it.

    `symbols` gives each class its character. Raises TimeWordsError for a row without a name or class.
    """

    def __init__(self, path: Path = FILE) -> None:
        self.symbols: dict[str, str] = {}
        self._words: dict[str, tuple[str, Item]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, Item]]] = {}
        for name in (*_OTHER_CLASSES, *MARKS.values()):
            self._symbol(name)
        for mark, name in MARKS.items():
            self._words[mark] = (self.symbols[name], None)
        for row in _rows(path):
            self._add(row)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda p: -len(p[0]))

    def _symbol(self, name: str) -> str:
        return self.symbols.setdefault(name, chr(0x100 + len(self.symbols)))

    def _add(self, row: dict[str, str]) -> None:
        symbol, value = self._symbol(row["class"]), _value(row)
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            spellings = {form, form.upper()} | ({form[0].upper() + form[1:]} if form[0].islower() else set())
            for spelling in spellings:
                tokens = tuple(TOKEN.findall(spelling))
                if len(tokens) == 1:
                    self._words[spelling] = (symbol, value)
                else:
                    self._phrases.setdefault(tokens[0], []).append((tokens, symbol, value))

    def read(self, text: str) -> Row:
        """The text's words and marks as a row of classes."""
        row = Row(text)
        starts, ends, values, classes = row.starts, row.ends, row.values, []
        words, phrases = self._words, self._phrases
        word, cap, mark = (self.symbols[c] for c in ("word", "cap", "mark"))
        position = 0
        scan = TOKEN.finditer(text)
        for match in scan:
            token = match[0]
            begin, end = match.span()
            if begin < position:
                continue
            known = words.get(token)
            symbol, value = known if known else (word, None)
            if token in phrases and (phrase := self._phrase_at(text, begin, token)):
                end, symbol, value = phrase
                position = end
            elif known is None:
                first = token[0]
                if first.isdigit():
                    symbol, value = self._number(token)
                elif first.isupper():
                    symbol = cap
                elif not first.isalpha():
                    symbol = mark
            starts.append(begin)
            ends.append(end)
            values.append(value)
            classes.append(symbol)
        row.classes = "".join(classes)
        return row

    def _phrase_at(self, text: str, begin: int, first: str) -> tuple[int, str, Item] | None:
        for tokens, symbol, value in self._phrases[first]:
            end = begin
            for token in tokens:
                while end < len(text) and text[end] in " \t\n\r\xa0" and end - begin < 100:
                    end += 1
                if not text.startswith(token, end):
                    break
                end += len(token)
            else:
                if not (text[end - 1].isalnum() and end < len(text) and text[end].isalnum()):
                    return end, symbol, value
        return None

    def _number(self, token: str) -> tuple[str, Item]:
        """Class and value of a token that begins with a digit."""
        symbols = self.symbols
        if token.isdecimal() and token.isascii():
            number = int(token[:9])
            if len(token) <= 2:
                return (symbols["day_number"] if 1 <= number <= 31 else symbols["small_number"]), number
            if len(token) == 4:
                name = "year" if 1900 <= number <= 2100 else "old_year" if 1000 <= number < 1900 else "big_number"
                return symbols[name], number
            return symbols["big_number"], number
        if token[0].isascii():
            if ordinal := _ORDINAL.fullmatch(token):
                return symbols["ordinal"], int(ordinal[1])
            if _DECADE.fullmatch(token):
                return symbols["decade"], int(token[:-1])
            if ":" in token or token.endswith(("am", "pm")):
                return symbols["clock"], None
            if "/" in token or token.count(".") == 2:
                return symbols["slashed"], token
            if token[4:5] == "-":
                return symbols["iso"], token
            digits = token.replace(",", "")
            if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", digits, re.ASCII):
                return symbols["big_number"], float(digits)
        return symbols["word"], None


def _rows(path: Path) -> Iterable[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    for row in csv.DictReader(lines):
        if None in row or None in row.values() or not row["name"] or not row["class"]:
            raise TimeWordsError(f"{path.name}: {row.get('name') or row}: every row has name, aliases, class, value, days")
        yield row


def _value(row: dict[str, str]) -> Item:
    """A row's value as the grammar wants it: a number where it is one, lowest and highest for a vague number."""
    value = row["value"]
    if re.fullmatch(r"-?\d+", value):
        return int(value)
    if row["class"] == "few":
        low, _, high = value.partition("-")
        return int(low), int(high)
    if row["days"]:
        return f"{value}#{row['days']}"
    return value or None

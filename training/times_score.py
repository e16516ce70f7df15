"""How well `parley.grounding.times` finds and resolves the date expressions marked by hand in GUM.

`python -m training.times_score --shared ../shared --split test` prints precision, recall and F1 of found expressions (any
overlap of spans counts), and of the gold expressions the share that is found and resolved to exactly the days of the
TEI value, at that value's own precision. Left out of both counts are clock times, on the gold side those without a
calendar value, and on ours the kinds that GUM does not mark as dates (durations, times of day, vague words). A range or
deadline of ours is compared by the part of it that the gold marks ("2005" in "since 2005").
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from parley.grounding.time_values import Bound, Part
from parley.grounding.times import TimeMention, find_times, resolve
from parley.records import Period

Marked = tuple[tuple[int, int], Mapping[str, Any]]
UNMARKED_KINDS = frozenset({"duration", "time", "recurring", "anniversary", "vague"})
_FULL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")
_FUTURE = re.compile(r"\b(?:will|shall|going to|to be|plans to|expected to)\b|'ll\b")
_CLAUSE_END = re.compile(r" [,;:.–—] ")


@dataclass(slots=True)
class Counts:
    """Expressions: in the gold, found of these, ours, right of ours, gold with a full value, resolved exactly of these."""

    gold: int = 0
    covered: int = 0
    ours: int = 0
    right: int = 0
    valued: int = 0
    exact: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.ours if self.ours else 0.0

    @property
    def recall(self) -> float:
        return self.covered / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def normalised(self) -> float:
        return self.exact / self.valued if self.valued else 0.0


def days_of(value: str) -> tuple[str, str] | None:
    """First and last ISO day of a TEI value such as 2011, 2011-03 or 2011-03-05; None for one without a year."""
    match = _FULL.match(value.partition("T")[0])
    if match is None or int(match[1]) == 0:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    assert year is not None
    try:
        if month is None:
            return f"{year:04}-01-01", f"{year:04}-12-31"
        if day is None:
            following = date(year + month // 12, month % 12 + 1, 1)
            return f"{year:04}-{month:02}-01", (following - timedelta(days=1)).isoformat()
        return date(year, month, day).isoformat(), date(year, month, day).isoformat()
    except ValueError:
        return None


def gold_days(expression: Mapping[str, Any]) -> tuple[str, str] | None:
    """First and last day of a marked expression; None where it has no value with both ends and their years."""
    first = expression.get("when") or expression.get("from") or expression.get("notBefore")
    last = expression.get("when") or expression.get("to") or expression.get("notAfter")
    start, end = (days_of(str(v)) if v else None for v in (first, last))
    return (start[0], end[1]) if start and end else None


def parts_of(mention: TimeMention) -> Iterator[TimeMention]:
    """A mention and the mentions inside it."""
    yield mention
    if isinstance(mention.value, Bound):
        yield from parts_of(mention.value.first)
        if mention.value.last is not None:
            yield from parts_of(mention.value.last)
    elif isinstance(mention.value, Part):
        yield from parts_of(mention.value.of)


def closest(mentions: list[TimeMention], start: int, end: int) -> TimeMention | None:
    """The mention, or part of one, whose span shares most with the span asked for."""
    best, best_share = None, 0.0
    for mention in (part for whole in mentions for part in parts_of(whole)):
        shared = min(end, mention.end) - max(start, mention.start)
        share = shared / (max(end, mention.end) - min(start, mention.start))
        if share > best_share:
            best, best_share = mention, share
    return best


def speaks_of_future(text: str, mention: TimeMention) -> bool:
    """Whether the stretch between marks that holds a mention has a word of the future."""
    begin = max((m.end() for m in _CLAUSE_END.finditer(text, 0, mention.start)), default=0)
    ending = _CLAUSE_END.search(text, mention.end)
    return bool(_FUTURE.search(text, begin, ending.start() if ending else len(text)))


def score(rows: list[dict[str, Any]], show: bool = False) -> Counts:
    """Counts over the sentences of one split; `show` prints what went wrong."""
    counts = Counts()
    document, anchor = "", None
    for row in rows:
        text, starts = "", []
        for token in row["tokens"]:
            starts.append(len(text))
            text += token + " "
        if row["doc"] != document:
            document, anchor = row["doc"], None
        gold: list[Marked] = []
        clock: list[Marked] = []
        for expression in row["expressions"]:
            first, last = expression["start"] - 1, expression["end"] - 1
            span = (starts[first], starts[last] + len(row["tokens"][last]))
            (gold if expression["kind"] == "date" else clock).append((span, expression))
        ours = [m for m in find_times(text) if m.kind not in UNMARKED_KINDS]
        ours = [m for m in ours if not any(s < m.end and m.start < e for (s, e), _ in clock)]
        report = date.fromisoformat(row["doc_date"])
        resolved: dict[TimeMention, Period | None] = {}
        for mention in ours:
            future = speaks_of_future(text, mention)
            period = resolve(mention, report, future=future, anchor=anchor)
            for part in parts_of(mention):
                resolved[part] = resolve(part, report, future=future, anchor=anchor)
            anchor = period or anchor
        counts.gold += len(gold)
        counts.ours += len(ours)
        for mention in ours:
            right = any(s < mention.end and mention.start < e for (s, e), _ in gold)
            counts.right += right
            if show and not right:
                print(f"spurious  {text[max(0, mention.start - 30) : mention.start]}[{mention.text}]{text[mention.end : mention.end + 20]}")
        for (start, end), expression in gold:
            found = closest(ours, start, end)
            counts.covered += found is not None
            wanted = gold_days(expression)
            if show and found is None:
                print(f"missed    {text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 20]}")
            if wanted is None:
                continue
            counts.valued += 1
            period = resolved[found] if found else None
            same = period is not None and (period.start, period.end) == wanted
            counts.exact += same
            if show and found is not None and not same:
                given = (period.start, period.end) if period else None
                print(f"resolved  {text[start:end]!r} by {found.text!r}: {given}, gold {wanted}, report {report}, {row['genre']}")
    return counts


def main() -> None:
    """Command line: prints the figures of one split, all genres and news alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/temporal/gum_dates")
    parser.add_argument("--split", default="dev", choices=("train", "dev", "test"))
    parser.add_argument("--show", action="store_true", help="print what is spurious, missed or resolved otherwise")
    options = parser.parse_args()
    lines = (options.shared / "data/temporal/gum_dates" / f"{options.split}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for name, chosen in (("all", rows), ("news", [r for r in rows if r["genre"] == "news"])):
        counts = score(chosen, show=options.show and name == "all")
        print(
            f"{name}: {counts.gold} expressions, precision {counts.precision:.3f}, recall {counts.recall:.3f}, F1 {counts.f1:.3f}; "
            f"exactly normalised {counts.exact} of {counts.valued} ({counts.normalised:.3f})"
        )


if __name__ == "__main__":
    main()

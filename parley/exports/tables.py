"""Events and facts as JSON Lines and as CSV tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from parley.exports.safe import escaped_json
from parley.records import Event, Fact, Party, to_line

EVENT_COLUMNS = (
    "id", "report", "sentence", "type", "mode", "contexts", "cameo", "status", "actors", "actor_codes", "recipients", "recipient_codes",
    "according_to", "date_start", "date_end", "date_precision", "place", "country", "admin1", "latitude", "longitude", "place_precision",
    "counts", "trigger", "trigger_start", "trigger_end", "evidence", "rule", "confidence",
)  # fmt: skip
FACT_COLUMNS = (
    "id", "report", "kind", "status", "who", "to", "from", "about", "date_start", "date_end", "place", "country", "count_min", "count_max",
    "according_to", "evidence",
)  # fmt: skip


def _names(parties: Sequence[Party]) -> str:
    return "; ".join(p.name for p in parties)


def _event_row(e: Event) -> list[Any]:
    counts = "; ".join(f"{k}={c.min}" if c.min == c.max else f"{k}={c.min}-{c.max}" for k, c in e.counts.items())
    date, place = e.date, e.place
    return [
        e.id, e.report, e.sentence, e.type, e.mode, "; ".join(e.contexts), e.cameo, e.status,
        _names(e.actors), "; ".join(p.code for p in e.actors), _names(e.recipients), "; ".join(p.code for p in e.recipients),
        _names(e.according_to),
        date and date.start, date and date.end, date and date.precision,
        place and place.name, place and place.country, place and place.admin1, place and place.lat, place and place.lon,
        place and place.precision,
        counts, e.trigger.text, e.trigger.start, e.trigger.end, " ".join(e.evidence.text.split()), e.rule, e.confidence,
    ]  # fmt: skip


def _fact_row(f: Fact) -> list[Any]:
    return [
        f.id, f.report, f.kind, f.status, _names(f.who), _names(f.to), _names(f.from_), f.about,
        f.date and f.date.start, f.date and f.date.end, f.place and f.place.name, f.place and f.place.country,
        f.count and f.count.min, f.count and f.count.max, _names(f.according_to), "; ".join(f.evidence),
    ]  # fmt: skip


def lines(records: Iterable[Event | Fact], form: str) -> str:
    """Records in a form: `jsonl`, or `csv` without its header. Lists in a CSV cell are joined by "; ".

    JSON Lines are plain for a terminal: control characters stand as escapes. Cells of CSV hold a report's text exactly.
    """
    if form == "jsonl":
        return "".join(escaped_json(to_line(r)) + "\n" for r in records)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for r in records:
        writer.writerow(_event_row(r) if isinstance(r, Event) else _fact_row(r))
    return out.getvalue()


def header(kind: str, form: str) -> str:
    """The first line of a table of `events` or `facts`; empty for JSON Lines."""
    if form == "jsonl":
        return ""
    return ",".join(EVENT_COLUMNS if kind == "events" else FACT_COLUMNS) + "\n"

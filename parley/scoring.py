"""Hold coded events and facts against gold: the figures of precision, recall and F1 by type, role, status, claimant and kind.

A gold event and a coded one are the same when their types agree and their words overlap: the triggers first, then the trigger
with the gold quote. Two names are the same party when the content words of one contain those of the other.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
EMPTY_WORDS = frozenset((
    "the", "a", "an", "of", "and", "in", "on", "for", "to", "his", "her", "its", "their", "this", "that", "these", "those",
    "more", "than", "dozen", "mr", "mrs", "ms", "dr", "president", "minister", "prime", "foreign", "secretary", "general",
    "spokesman", "spokeswoman", "spokesperson", "leader", "chief", "top", "senior", "official", "officials", "member", "members",
))  # fmt: skip


class GoldError(ValueError):
    """Gold that cannot be read; the message names the file and what is wrong."""


@dataclass
class Tally:
    """Hits, false alarms and misses of one figure."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, counts: tuple[int, int, int]) -> None:
        """Add (hits, false alarms, misses)."""
        self.tp, self.fp, self.fn = self.tp + counts[0], self.fp + counts[1], self.fn + counts[2]

    @property
    def precision(self) -> float:
        """Hits among what was coded, 0 to 1; 0 where nothing was."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Hits among what gold has, 0 to 1; 0 where it has nothing."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Scores:
    """All figures of one comparison: tallies by name, and shares as (right, of)."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)

    def share(self, name: str, right: bool) -> None:
        """Count one case of a share, right or wrong."""
        done, total = self.shares.get(name, (0, 0))
        self.shares[name] = (done + right, total + 1)

    def as_json(self) -> dict[str, Any]:
        """Plain dicts for printing; shares as fractions, None where nothing was counted."""
        out: dict[str, Any] = {
            name: {"p": round(t.precision, 3), "r": round(t.recall, 3), "f1": round(t.f1, 3), "tp": t.tp, "fp": t.fp, "fn": t.fn}
            for name, t in self.tallies.items()
        }
        out |= {name: round(right / total, 3) if total else None for name, (right, total) in self.shares.items()}
        return out


def content_words(name: str) -> set[str]:
    """Content words of a party's name in lower case, without possessives, titles, determiners and the plural s."""
    tokens = re.findall(r"[\w\-]+", name.replace("’", "'").replace("'s", "").lower())
    kept = [t.removesuffix("s") if len(t) > 4 else t for t in tokens if t not in EMPTY_WORDS]
    return set(kept or tokens)


def same_party(gold: str, party: Row) -> bool:
    """True when one name's content words contain the other's."""
    mine = content_words(gold)
    names = [party.get("name"), party.get("text"), *party.get("aliases", [])]
    return any(mine and (w := content_words(n)) and (mine <= w or w <= mine) for n in names if n)


def role_counts(gold: Sequence[str], coded: Sequence[Row]) -> tuple[int, int, int]:
    """(hits, false alarms, misses) of one role, each party matched once."""
    left, hits = list(coded), 0
    for name in gold:
        match = next((p for p in left if same_party(name, p)), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return hits, len(left), len(gold) - hits


def _spans(event: Row, text: str) -> tuple[int, int, int, int]:
    start = text.find(event["quote"])
    inside = event["quote"].find(event["trigger"])
    if start < 0 or inside < 0:
        raise GoldError(f"gold event {event.get('id')}: its quote or trigger is not in the text: {event['quote']!r}")
    return start, start + len(event["quote"]), start + inside, start + inside + len(event["trigger"])


def align(gold: Sequence[Row], coded: Sequence[Row], text: str, *, typed: bool = True) -> list[tuple[Row, Row]]:
    """Pairs of gold and coded events, one to one."""
    pairs: list[tuple[Row, Row]] = []
    taken: set[int] = set()
    done: set[int] = set()
    spans = [_spans(g, text) for g in gold]
    for exact in (True, False):
        for k, g in enumerate(gold):
            if k in done:
                continue
            quote_start, quote_end, start, end = spans[k]
            a_end, b_start = (end, start) if exact else (quote_end, quote_start)
            for m, e in enumerate(coded):
                if (
                    m not in taken
                    and (not typed or e["type"] == g["type"])
                    and e["trigger"]["start"] < a_end
                    and e["trigger"]["end"] > b_start
                ):
                    pairs.append((g, e))
                    taken.add(m)
                    done.add(k)
                    break
    return pairs


def _periods_agree(gold: Sequence[str] | None, coded: Row | None) -> bool:
    if gold is None or coded is None:
        return gold is None and coded is None
    return bool(gold[0] <= (coded.get("end") or coded["start"]) and coded["start"] <= gold[1])


def _surplus(hits: int, coded: int, gold: int) -> tuple[int, int, int]:
    return hits, coded - hits, gold - hits


def score_reports(gold: Iterable[Row], events: Iterable[Row], facts: Iterable[Row] | None = None) -> Scores:
    """Figures over annotated reports. Raises GoldError when a gold quote is not in its text."""
    by_report, facts_of = _by_report(events), _by_report(facts or ())
    scores = Scores()
    t = scores.tallies
    for report in gold:
        wanted, mine = report["events"], by_report[report["id"]]
        pairs = align(wanted, mine, report["text"])
        t["event_found"].add(_surplus(len(align(wanted, mine, report["text"], typed=False)), len(mine), len(wanted)))
        t["event_type"].add(_surplus(len(pairs), len(mine), len(wanted)))
        hits, seen, total = Counter(g["type"] for g, _ in pairs), Counter(e["type"] for e in mine), Counter(g["type"] for g in wanted)
        for kind in seen | total:
            t[f"type {kind}"].add(_surplus(hits[kind], seen[kind], total[kind]))
        right = full = 0
        for g, e in pairs:
            roles_right = True
            for role in ("actors", "recipients"):
                counts = role_counts(g[role], e.get(role, []))
                t[role].add(counts)
                roles_right &= counts[1] == counts[2] == 0
            right += roles_right
            full += roles_right and e.get("status") == g["status"]
            t["according_to"].add(role_counts(g.get("according_to", []), e.get("according_to", [])))
            scores.share("status_accuracy", e.get("status") == g["status"])
            scores.share(f"status {g['status']}", e.get("status") == g["status"])
            if g.get("mode") is not None:
                scores.share("mode_accuracy", e.get("mode") == g["mode"])
            if g.get("date") is not None:
                scores.share("date_accuracy", _periods_agree(g["date"], e.get("date")))
            if g.get("place") is not None:
                scores.share("place_accuracy", bool(g["place"]) and bool(e.get("place")) and same_party(g["place"], e["place"]))
        t["type_and_roles"].add(_surplus(right, len(mine), len(wanted)))
        t["type_roles_status"].add(_surplus(full, len(mine), len(wanted)))
        if facts is not None:
            _score_facts(report.get("facts", []), facts_of[report["id"]], t)
    return scores


def _score_facts(gold: Sequence[Row], coded: Sequence[Row], t: dict[str, Tally]) -> None:
    left = list(coded)
    hits: Counter[str] = Counter()
    right = 0
    for g in gold:
        about = content_words(g.get("about") or "")
        near = [f for f in left if f["kind"] == g["kind"] and (not g.get("who") or role_counts(g["who"], f.get("who", []))[0])]
        if near:
            best = max(near, key=lambda f: (f.get("status") == g.get("status"), len(about & content_words(f.get("about") or ""))))
            left.remove(best)
            hits[g["kind"]] += 1
            right += best.get("status") == g.get("status")
    seen, total = Counter(f["kind"] for f in coded), Counter(g["kind"] for g in gold)
    for kind in seen | total:
        t[f"fact {kind}"].add(_surplus(hits[kind], seen[kind], total[kind]))
    t["facts"].add(_surplus(sum(hits.values()), len(coded), len(gold)))
    t["facts_and_status"].add(_surplus(right, len(coded), len(gold)))


def score_sentences(gold: Iterable[Row], events: Iterable[Row]) -> Scores:
    """Figures over single annotated sentences, whose events have no offsets: events pair by type."""
    by_report = _by_report(events)
    scores = Scores()
    t = scores.tallies
    for row in gold:
        mine = sorted(by_report[row["id"]], key=lambda e: -e.get("confidence", 0))
        left, wanted = list(mine), row["events"]
        hits = status_hits = 0
        if wanted:
            scores.share("primary_type_accuracy", bool(mine) and mine[0]["type"] in {g["type"] for g in wanted})
        else:
            scores.share("null_accuracy", not mine)
        for g in wanted:
            same = [e for e in left if e["type"] == g["type"]]
            scores.share(f"recall {g['type']}", bool(same))
            if not same:
                continue
            best = max(
                same,
                key=lambda e: (
                    e.get("status") == g.get("status"),
                    sum(role_counts(g.get(r, []), e.get(r, []))[0] for r in ("actors", "recipients")),
                ),
            )
            left.remove(best)
            hits += 1
            for role in ("actors", "recipients"):
                t[role].add(role_counts(g.get(role, []), best.get(role, [])))
            if "status" in g:
                scores.share("status_accuracy", best.get("status") == g["status"])
                status_hits += best.get("status") == g["status"]
                t["according_to"].add(role_counts(g.get("according_to", []), best.get("according_to", [])))
        t["event_type"].add(_surplus(hits, len(mine), len(wanted)))
        t["type_and_status"].add(_surplus(status_hits, len(mine), sum("status" in g for g in wanted)))
    return scores


def _by_report(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["report"]].append(row)
    return found


def read_gold(path: Path) -> tuple[list[Row], bool]:
    """Gold of a folder of annotated reports (JSON, one a file) or a JSON Lines file of sentences; True for reports.

    Raises GoldError when a file is no gold.
    """
    if path.is_dir():
        rows = [_gold(_text(p), str(p)) for p in sorted(path.glob("*.json"))]
    elif path.suffix == ".json":
        rows = [_gold(_text(path), str(path))]
    else:
        rows = [_gold(line, where) for where, line in _lines(path)]
    if not rows:
        raise GoldError(f"{path}: no gold in it (annotated reports as *.json, or sentences as JSON Lines)")
    return rows, all("quote" in e for r in rows for e in r["events"]) and any(r["events"] for r in rows)


def read_records(path: Path, kind: str) -> list[Row]:
    """Coded records, `event` or `fact`, of a JSON Lines file. Raises GoldError on a line that is none."""
    out: list[Row] = []
    for where, line in _lines(path):
        row = _loaded(line, where)
        if not isinstance(row, dict) or not isinstance(row.get("report"), str):
            raise GoldError(f"{where}: no {kind}: it names no report")
        if fault := _fault(row, kind):
            raise GoldError(f"{where}: no {kind}: {fault}")
        out.append(row)
    return out


ROLES = {"event": ("actors", "recipients", "according_to"), "fact": ("who",)}


def _fault(row: Row, kind: str) -> str:
    """What keeps a coded record from being scored, "" where nothing does."""
    name = "type" if kind == "event" else "kind"
    if not isinstance(row.get(name), str):
        return f"{name}: text was expected"
    for role in ROLES[kind]:
        parties = row.get(role, [])
        if not isinstance(parties, list) or not all(isinstance(p, dict) and isinstance(p.get("name"), str) for p in parties):
            return f"{role}: a list of parties was expected"
    if kind == "event":
        trigger = row.get("trigger")
        if not isinstance(trigger, dict) or not all(isinstance(trigger.get(k), int) for k in ("start", "end")):
            return "trigger: start and end were expected"
    return ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GoldError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise GoldError(f"{path}: not UTF-8") from None


def _lines(path: Path) -> list[tuple[str, str]]:
    """(file:line, text) of the lines that hold something."""
    return [(f"{path}:{n}", line) for n, line in enumerate(_text(path).split("\n"), 1) if line.strip()]


def _loaded(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise GoldError(f"{where}: no JSON: {error.msg}") from None
    except (ValueError, RecursionError):
        raise GoldError(f"{where}: no JSON that we read") from None


def _gold(text: str, where: str) -> Row:
    row = _loaded(text, where)
    if not isinstance(row, dict) or not all(isinstance(row.get(k), str) for k in ("id", "text")) or not isinstance(row.get("events"), list):
        raise GoldError(f"{where}: no gold: id, text and events were expected")
    for e in row["events"]:
        if not isinstance(e, dict) or not isinstance(e.get("type"), str):
            raise GoldError(f"{where}: no gold: an event has no type")
        if "quote" in e and not all(
            isinstance(e.get(k), t) for k, t in (("trigger", str), ("actors", list), ("recipients", list), ("status", str))
        ):
            raise GoldError(f"{where}: no gold: an event needs trigger, actors, recipients and status")
    return row

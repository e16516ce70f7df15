"""The form of every knowledge file, and reading it: what a column may hold, which columns make a row's key."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parley.records import CONTEXTS, EVENT_TYPES, FACT_STATUSES, MODES, PARTY_KINDS, SECTORS, STATUSES

FOLDER = Path(__file__).parent
Row = dict[str, str]
Check = Callable[[str, Mapping[str, str]], str | None]

PREDICATE_SLOT = re.compile(r"[a-z]+(\.[a-z]+)*\Z")
CONDITION = re.compile(r"!?[a-z]+(\.[a-z]+)*(:[^\s:]+)?\Z")
#: PLOVER's "country" codes of those who belong to no state.
NON_STATES = ("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC")
FORCES = ("say", "claim", "deny", "confirm", "write")
HARMS = ("killed", "injured", "displaced", "abducted", "detained", "property", "infrastructure", "communications", "other")
SCOPES = ("xcomp", "ccomp", "obj", "clause")


class KnowledgeError(ValueError):
    """A knowledge file that cannot be used; the message names file, line and what is wrong."""


def _filled(value: str, row: Mapping[str, str]) -> str | None:
    return None if value else "is empty"


def _one_of(*allowed: str) -> Check:
    return lambda value, row: None if not value or value in allowed else f"{value!r} is none of {', '.join(allowed)}"


def _many_of(allowed: Iterable[str]) -> Check:
    known = frozenset(allowed)

    def check(value: str, row: Mapping[str, str]) -> str | None:
        wrong = [v for v in value.split("|") if v and v not in known]
        return f"{wrong[0]!r} is not known" if wrong else None

    return check


def _both(*checks: Check) -> Check:
    return lambda value, row: next((found for check in checks if (found := check(value, row))), None)


def _matching(pattern: str, hint: str) -> Check:
    compiled = re.compile(pattern)
    return lambda value, row: None if not value or compiled.fullmatch(value) else f"{value!r} is not {hint}"


def _any(value: str, row: Mapping[str, str]) -> str | None:
    return None


def _mode(value: str, row: Mapping[str, str]) -> str | None:
    kind = row.get("type", "") if "becomes" not in row else row["becomes"]
    allowed = MODES.get(kind, ())
    return None if not value or value in allowed else f"{value!r} is no mode of {kind} ({', '.join(allowed) or 'it has none'})"


def _conditions(value: str, row: Mapping[str, str]) -> str | None:
    return next((f"{part!r} is no condition" for part in value.split() if not CONDITION.fullmatch(part)), None)


def _slots(value: str, row: Mapping[str, str]) -> str | None:
    if value in ("", "-"):
        return None
    return next((f"{s!r} is no slot" for s in re.split(r"[|+]", value) if not PREDICATE_SLOT.fullmatch(s)), None)


def _content(value: str, row: Mapping[str, str]) -> str | None:
    kind, _, mode = value.partition(":")
    if kind == "*" or (kind in EVENT_TYPES and (not mode or mode in ("*", *MODES.get(kind, ())))):
        return None
    return f"{value!r} is no type, type:mode or *"


def _fact_sense(value: str, row: Mapping[str, str]) -> str | None:
    return None if value else "is empty"


YEAR = _matching(r"\d{4}", "a year")
COUNTRY = _matching(r"[A-Z]{3}", "an ISO 3166 alpha-3 code")


@dataclass(frozen=True)
class Schema:
    """Columns with their checks, and the columns whose values together name a row."""

    columns: Mapping[str, Check]
    key: tuple[str, ...]
    optional: tuple[str, ...] = ()


_PREDICATES = Schema(
    {
        "lemma": _filled, "pos": _both(_filled, _one_of("verb", "noun", "adj")), "with": _conditions,
        "type": _both(_filled, _one_of("-", *EVENT_TYPES)), "mode": _mode, "actor": _slots, "recipient": _slots, "content": _slots,
        "cameo": _matching(r"\d{2,4}", "a CAMEO code"), "contexts": _many_of(CONTEXTS), "example": _any,
    },
    ("lemma", "pos", "with"),
)  # fmt: skip
_CLASSES = Schema({"class": _matching(r"[a-z_]+", "a class name (lower case and _)"), "lemma": _filled}, ("class", "lemma"))
_NAMED = {"name": _filled, "aliases": _any, "country": COUNTRY, "sectors": _many_of(SECTORS)}
_YEARS = {"start": YEAR, "end": YEAR}

SCHEMAS: Mapping[str, Schema] = {
    "states.csv": Schema({"code": _both(_filled, COUNTRY), "name": _filled, "aliases": _any, "adjectives": _any, "demonyms": _any,
                          "capital": _any, "metonyms": _any, **_YEARS}, ("code",)),
    "groups.csv": Schema({**_NAMED, "kind": _both(_filled, _one_of(*PARTY_KINDS)), **_YEARS}, ("name",)),
    "organisations.csv": Schema({**_NAMED, "kind": _both(_filled, _one_of(*PARTY_KINDS))}, ("name",)),
    "people.csv": Schema({**_NAMED, "of": _any, **_YEARS}, ("name",)),
    "offices.csv": Schema({"lemma": _filled, "sectors": _many_of(SECTORS), "kind": _one_of(*PARTY_KINDS)}, ("lemma",)),
    "actors.csv": Schema({"lemma": _filled, "sectors": _many_of(SECTORS), "kind": _one_of(*PARTY_KINDS), "country": COUNTRY}, ("lemma",)),
    "light_verbs.csv": Schema({"lemma": _filled, "subject": _both(_filled, _one_of("actor", "recipient")),
                               "effect": _one_of("future", "negated", "hypothetical")}, ("lemma",)),
    "reporting.csv": Schema({"lemma": _filled, "pos": _both(_filled, _one_of("verb", "noun", "adp", "adv", "adj")),
                             "force": _both(_filled, _one_of(*FORCES))}, ("lemma", "pos")),
    "status.csv": Schema({"lemma": _filled, "pos": _filled, "status": _both(_filled, _one_of(*STATUSES)),
                          "scope": _both(_filled, _many_of(SCOPES))}, ("lemma", "pos", "scope"), ("note",)),
    "means.csv": Schema({"lemma": _filled, "type": _both(_filled, _one_of(*EVENT_TYPES)), "mode": _both(_filled, _mode)},
                        ("lemma", "type")),
    "harm.csv": Schema({"lemma": _filled, "pos": _filled, "harm": _both(_filled, _one_of(*HARMS))}, ("lemma", "pos", "harm")),
    "ledger.csv": Schema({"lemma": _filled, "pos": _filled, "book": _both(_filled, _one_of(*FACT_STATUSES)), "sense": _fact_sense},
                         ("lemma", "pos", "book", "sense")),
    "cameo.csv": Schema({"type": _both(_filled, _one_of(*EVENT_TYPES)), "mode": _mode,
                         "cameo": _matching(r"\d{2,4}", "a CAMEO code")}, ("type", "mode")),
    "confidence.csv": Schema({"feature": _filled, "weight": _both(_filled, _matching(r"-?\d+(\.\d+)?", "a number"))}, ("feature",)),
    "content_modes.csv": Schema({"type": _both(_filled, _one_of(*EVENT_TYPES)), "content": _content,
                                 "becomes": _both(_filled, _one_of(*EVENT_TYPES)), "mode": _mode}, ("type", "content")),
}  # fmt: skip


def schema_of(name: str) -> Schema | None:
    """The schema of a file by its path below the knowledge folder, None where no such file is known."""
    if name.startswith("predicates/"):
        return _PREDICATES
    if name.startswith("classes/"):
        return _CLASSES
    return SCHEMAS.get(name)


def read_rows(path: Path, name: str) -> tuple[list[Row], list[str]]:
    """Rows of one knowledge file and what is wrong with it, a line each ("states.csv:12: code: …").

    A row with a fault is left out of the rows.
    """
    schema = schema_of(name)
    if schema is None:
        return [], [f"{name}: no knowledge file has this name"]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return [], [f"{name}: {error}"]
    lines = text.splitlines()
    rows: list[Row] = []
    faults: list[str] = []
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))
    header: list[str] | None = None
    for number, cells in _records(numbered):
        if header is None:
            header = cells
            missing = [c for c in schema.columns if c not in cells]
            unknown = [c for c in cells if c not in schema.columns and c not in schema.optional]
            if missing or unknown:
                return [], [f"{name}:{number}: columns missing: {', '.join(missing) or 'none'}; not known: {', '.join(unknown) or 'none'}"]
            continue
        if len(cells) != len(header):
            faults.append(f"{name}:{number}: {len(cells)} cells, the first line has {len(header)} (is a comma unquoted?)")
            continue
        row = dict(zip(header, (c.strip() for c in cells), strict=True))
        removing = row[schema.key[0]].startswith("-")
        wrong = [] if removing else [f"{name}:{number}: {c}: {m}" for c, check in schema.columns.items() if (m := check(row[c], row))]
        faults.extend(wrong)
        if not wrong:
            rows.append(row)
    return rows, faults


def _records(numbered: Iterable[tuple[int, str]]) -> Iterable[tuple[int, list[str]]]:
    for number, line in numbered:
        yield number, next(csv.reader([line]))


def files_of(folder: Path) -> list[str]:
    """Knowledge files of a folder, as paths below it, in a fixed order."""
    found = [p for pattern in ("*.csv", "predicates/*.csv", "classes/*.csv") for p in sorted(folder.glob(pattern))]
    return [p.relative_to(folder).as_posix() for p in found]


#: Files in the folder that other rooms read in a form of their own.
ELSEWHERE = ("places.csv", "times.csv")


def check(folder: Path = FOLDER) -> list[str]:
    """Everything wrong with the knowledge files of a folder, a line each; empty when all is well.

    Raises KnowledgeError when the folder does not exist.
    """
    if not folder.is_dir():
        raise KnowledgeError(f"{folder}: no such folder")
    faults: list[str] = []
    keys: dict[tuple[str, ...], str] = {}
    classes = {row["class"] for base in (FOLDER, folder) for name in files_of(base) if name.startswith("classes/")
               for row in read_rows(base / name, name)[0]}  # fmt: skip
    for name in files_of(folder):
        if name in ELSEWHERE:
            continue
        rows, wrong = read_rows(folder / name, name)
        faults.extend(wrong)
        schema = schema_of(name)
        if schema is None:
            continue
        table = name.partition("/")[0]
        for row in rows:
            key = (table, *(row[k] for k in schema.key))
            if key in keys:
                faults.append(f"{name}: {' '.join(key[1:])!r} is there twice (also in {keys[key]})")
            keys[key] = name
            for used in re.findall(r"\{([^}]*)\}", row.get("with", "")):
                if used not in classes:
                    faults.append(f"{name}: {row['lemma']!r} names the class {{{used}}}, which no classes/*.csv has")
    return faults


def load_table(name: str, overlay: Path | None, *, base: Path = FOLDER) -> list[Row]:
    """Rows of one table (a file, or all files of `predicates` or `classes`), a user's overlay laid over ours.

    Raises KnowledgeError on the first fault.
    """
    merged: dict[tuple[str, ...], Row] = {}
    for folder in (base, overlay):
        if folder is None:
            continue
        for file in files_of(folder):
            if file != name and not file.startswith(f"{name}/"):
                continue
            schema = schema_of(file)
            rows, faults = read_rows(folder / file, file)
            if faults or schema is None:
                raise KnowledgeError("; ".join(faults[:3]))
            for row in rows:
                key = tuple(row[k] for k in schema.key)
                if key[0].startswith("-"):
                    _remove(merged, (key[0][1:], *key[1:]))
                else:
                    merged[key] = row
    return list(merged.values())


def _remove(rows: dict[tuple[str, ...], Row], key: Sequence[str]) -> None:
    for known in [k for k in rows if k[0] == key[0] and all(not b or a == b for a, b in zip(k[1:], key[1:], strict=True))]:
        del rows[known]

"""Files, folders and streams to reports: plain text, JSON, JSON Lines, HTML. What cannot be read is a `Reject` with its reason.

Memory and time are bounded: a line of JSON Lines is held one at a time, and what is larger than a limit is left out, not read.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from parley.records import RecordError, Report
from parley.sources.encoding import NotTextError, decode, mended

LINES = (".jsonl", ".ndjson")
PAGES = (".html", ".htm")
SUFFIXES = (".txt", ".json", *LINES, *PAGES)
MAX_FILE_BYTES = 200_000_000
MAX_LINE_BYTES = 16_000_000
MAX_PAGE_BYTES = 10_000_000
#: Time spent on a page grows with its tags; pages of news have some thousands.
MAX_PAGE_TAGS = 50_000
MAX_REPORT_CHARACTERS = 1_000_000
#: Below this many words the language of a text is not judged.
MIN_WORDS_FOR_LANGUAGE = 12
MIN_LETTERS_SHARE = 0.3
LANGUAGE_SAMPLE = 4000
#: How much likelier (natural logarithm, a character) another language must be than English before a text counts as that language.
#: Short English news full of foreign names reaches 0.4, a sentence of German, Spanish or Swahili begins at 1.4.
MIN_LANGUAGE_MARGIN = 0.5
UNTOLD_LANGUAGES = ("und", "unk", "unknown", "mul", "zxx")
JSON_NAMES = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number", type(None): "null"}


@dataclass(frozen=True, slots=True)
class Found:
    """A report that was read, and where it stood. `line` counts from 1, None where the file is no JSON Lines."""

    report: Report
    source: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that was read and not coded: where it stood and why it was left out."""

    source: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.reason}" if self.line else f"{self.source}: {self.reason}"


class UnreadablePathError(OSError):
    """A path that does not exist or may not be read; the message names it."""


Item = Found | Reject


def files_below(path: Path) -> tuple[list[Path], list[Path]]:
    """The files that we read and those passed over for their kind, in a fixed order: a file itself, or what a folder holds.

    Hidden files and folders are not looked at. Raises UnreadablePathError.
    """
    try:
        if not path.is_dir():
            path.stat()
            return [path], []
        below = sorted(p for p in path.rglob("*") if not any(part.startswith(".") for part in p.relative_to(path).parts) and p.is_file())
    except OSError as error:
        raise UnreadablePathError(f"{path}: {_why(error)}") from None
    except ValueError as error:
        raise UnreadablePathError(f"{path}: {error}") from None
    return [p for p in below if p.suffix.lower() in SUFFIXES], [p for p in below if p.suffix.lower() not in SUFFIXES]


def read_file(path: Path, *, day: str | None = None) -> Iterator[Item]:
    """The reports of one file, in order; `day` (ISO) dates those that give no date. Raises UnreadablePathError when it cannot be read."""
    try:
        with path.open("rb") as handle:
            yield from read_stream(handle, str(path), path.suffix.lower(), day=day)
    except OSError as error:
        raise UnreadablePathError(f"{path}: {_why(error)}") from None


def read_stream(handle: BinaryIO, source: str, suffix: str = "", *, day: str | None = None) -> Iterator[Item]:
    """The reports of a stream of bytes, JSON Lines as they come; without a suffix, the form is known by how it begins."""
    head = handle.readline(MAX_LINE_BYTES + 1)
    if suffix in LINES or (suffix not in (".txt", *PAGES) and _is_json_line(head)):
        yield from _json_lines(handle, head, source, day)
        return
    limit, kind = MAX_FILE_BYTES, "a file"
    if suffix == ".txt":
        limit, kind = 4 * MAX_REPORT_CHARACTERS + 4, "a report"
    elif suffix in PAGES:
        limit, kind = MAX_PAGE_BYTES, "a page"
    data = head + handle.read(max(0, limit + 1 - len(head)))
    if len(data) > limit:
        yield Reject(source, f"too long: {kind} may have at most {limit:,} bytes")
        return
    yield from read_bytes(data, source, suffix, day=day)


def read_bytes(data: bytes, source: str, suffix: str = "", *, day: str | None = None) -> Iterator[Item]:
    """The reports of a file's bytes; without a suffix, JSON and HTML are known by how they begin."""
    try:
        text = decode(data, page=suffix in PAGES or data.lstrip()[:1] == b"<")
    except NotTextError as error:
        yield Reject(source, str(error))
        return
    start = text[:2000].lstrip("\ufeff \t\r\n")[:200].lower()
    if not start and not text.strip("\ufeff \t\r\n"):
        yield Reject(source, "empty")
    elif suffix == ".json" or (not suffix and start[:1] in ("{", "[")):
        yield from _json(text, source, day)
    elif suffix in PAGES or (suffix != ".txt" and start.startswith(("<!doctype html", "<html"))):
        yield _read(lambda: _report(_page(text), day), source)
    else:
        yield _read(lambda: _report({"text": text.replace("\r\n", "\n").replace("\r", "\n")}, day), source)


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _is_json_line(head: bytes) -> bool:
    line = head.removeprefix(b"\xef\xbb\xbf").strip()
    return line.startswith(b"{") and line.endswith(b"}")


def _json_lines(handle: BinaryIO, head: bytes, source: str, day: str | None) -> Iterator[Item]:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = head + handle.read(MAX_FILE_BYTES)
        handle = io.BytesIO(decode(data).encode("utf-8", errors="replace"))
        head = handle.readline(MAX_LINE_BYTES + 1)
    seen, number, raw = False, 0, head
    while raw:
        number += 1
        if len(raw) > MAX_LINE_BYTES:
            seen = True
            while raw and not raw.endswith(b"\n"):
                raw = handle.readline(MAX_LINE_BYTES)
            yield Reject(source, f"too long: a line may have at most {MAX_LINE_BYTES:,} bytes", number)
        elif raw.strip(b"\xef\xbb\xbf \t\r\n"):
            seen = True
            line = raw
            yield _read(lambda line=line: _report(_parsed(decode(line.rstrip())), day), source, number)  # type: ignore[misc]
        raw = handle.readline(MAX_LINE_BYTES + 1)
    if not seen:
        yield Reject(source, "empty")


def _parsed(text: str) -> Any:
    """The value of a JSON text. Raises RecordError that says what is wrong with it."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        what = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
        raise RecordError(f"no JSON: {what} at {where}") from None
    except RecursionError:
        raise RecordError("no JSON that we read: nested too deeply") from None
    except ValueError:
        raise RecordError("no JSON that we read: a number with thousands of digits") from None


def _json(text: str, source: str, day: str | None) -> Iterator[Item]:
    try:
        value = _parsed(text)
    except RecordError as error:
        yield Reject(source, str(error))
        return
    rows = value if isinstance(value, list) else [value]
    if not rows:
        yield Reject(source, "an empty list, no report")
    for number, row in enumerate(rows, 1):
        name = source if len(rows) == 1 else f"{source} (report {number})"
        yield _read(lambda row=row: _report(row, day), name)  # type: ignore[misc]


def _page(text: str) -> dict[str, str | None]:
    """Article and particulars of a web page. Raises RecordError where there is no article."""
    if text.count("<") > MAX_PAGE_TAGS:
        raise RecordError(f"too long: a page may have at most {MAX_PAGE_TAGS:,} tags")
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    # The day of publication is taken where the page declares it, never guessed from other dates in it.
    rules = {"extensive_search": False, "original_date": True}
    found = trafilatura.bare_extraction(
        text, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=rules
    )
    page = found if isinstance(found, dict) else found.as_dict() if found is not None else {}
    body = (page.get("text") or "").strip()
    if not body:
        raise RecordError("no article text was found in the page")
    names = {"title": "title", "author": "author", "date": "date", "publisher": "sitename", "url": "url"}
    return {"text": body.replace("\n", "\n\n"), **{ours: page.get(theirs) for ours, theirs in names.items()}}


def _read(make: Callable[[], Report], source: str, line: int | None = None) -> Item:
    """A report, or why there is none. One bad record never ends the reading of the others, whatever is wrong with it."""
    try:
        return Found(make(), source, line)
    except (RecordError, NotTextError) as error:
        return Reject(source, str(error), line)
    except Exception as error:
        return Reject(source, f"could not be read: {type(error).__name__}: {error}", line)


def _report(row: object, day: str | None) -> Report:
    """The report of a JSON value, with its language. Raises RecordError with the reason when it is not to be coded."""
    if not isinstance(row, dict):
        raise RecordError(f"a report is a JSON object, not {JSON_NAMES.get(type(row), type(row).__name__)}")
    values = {k: mended(v) if isinstance(v, str) else v for k, v in row.items()}
    if isinstance(values.get("paragraphs"), list):
        values["paragraphs"] = [mended(p) if isinstance(p, str) else p for p in values["paragraphs"]]
    size = len(values.get("text") or "") if isinstance(values.get("text"), str) else 0
    if size > MAX_REPORT_CHARACTERS:
        raise RecordError(f"too long: {size:,} characters; a report may have at most {MAX_REPORT_CHARACTERS:,}")
    values["date"] = _day(values.get("date") or day)
    report = Report.from_json(values)
    if len(report.text) > MAX_REPORT_CHARACTERS:
        raise RecordError(f"too long: {len(report.text):,} characters; a report may have at most {MAX_REPORT_CHARACTERS:,}")
    told = (report.language or "").strip().lower()
    language = told if told and told not in UNTOLD_LANGUAGES else language_of(report.text)
    if language is not None and not language.startswith("en"):
        raise RecordError(f"language {language[:20]}: only English is coded")
    return report if report.language else replace(report, language=language)


def _day(value: object) -> object:
    """The day of a date or time stamp in ISO form; what is none is left for the record to complain about."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value.strip().partition("T")[0].partition(" ")[0]).isoformat()
    except ValueError:
        return value


def language_of(text: str) -> str | None:
    """ISO 639-1 code of a text's language; None for a text too short, or without letters, to tell."""
    sample = text[:LANGUAGE_SAMPLE]
    letters = sum(c.isalpha() for c in sample)
    if len(sample.split()) < MIN_WORDS_FOR_LANGUAGE and letters == sum(c.isascii() and c.isalpha() for c in sample):
        return None
    if letters < MIN_LETTERS_SHARE * len(sample):
        return None
    import py3langid

    ranked = py3langid.rank(sample)
    english = next(weight for language, weight in ranked if language == "en")
    return str(ranked[0][0]) if ranked[0][1] - english > MIN_LANGUAGE_MARGIN * len(sample) else "en"

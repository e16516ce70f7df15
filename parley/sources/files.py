"""Files and folders to reports: plain text, JSON, JSON Lines, HTML. What cannot be read is a `Reject` with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from parley.records import RecordError, Report

SUFFIXES = (".txt", ".json", ".jsonl", ".ndjson", ".html", ".htm")
MAX_FILE_BYTES = 200_000_000
MAX_REPORT_CHARACTERS = 1_000_000
#: Below this many words the language of a text is not judged.
MIN_WORDS_FOR_LANGUAGE = 12
MIN_LETTERS_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that was read and not coded: where it stood and why it was left out."""

    source: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.reason}" if self.line else f"{self.source}: {self.reason}"


class UnreadablePath(OSError):
    """A path that does not exist or may not be read; the message names it."""


Item = Report | Reject


def files_below(path: Path) -> list[Path]:
    """A file itself, or all files of a folder that we read, in a fixed order. Raises UnreadablePath."""
    if path.is_dir():
        try:
            return sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        except OSError as error:
            raise UnreadablePath(f"{path}: {error.strerror}") from None
    if not path.exists():
        raise UnreadablePath(f"{path}: no such file or folder")
    return [path]


def read_file(path: Path) -> Iterator[Item]:
    """The reports of one file, in order. Raises UnreadablePath when it cannot be opened."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES and path.suffix.lower() not in (".jsonl", ".ndjson"):
            yield Reject(str(path), f"{size:,} bytes; a file that is no JSON Lines may have at most {MAX_FILE_BYTES:,}")
            return
        if path.suffix.lower() in (".jsonl", ".ndjson"):
            yield from _json_lines(path)
            return
        data = path.read_bytes()
    except OSError as error:
        raise UnreadablePath(f"{path}: {error.strerror}") from None
    yield from read_bytes(data, str(path), path.suffix.lower())


def read_bytes(data: bytes, source: str, suffix: str = "") -> Iterator[Item]:
    """The reports of a file's bytes; without a suffix, JSON and HTML are known by how they begin."""
    if not data.strip():
        yield Reject(source, "empty")
        return
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Reject(source, "a binary file, no text")
        return
    text = decode(data)
    if text is None:
        yield Reject(source, "its encoding could not be told; save it as UTF-8")
        return
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if suffix == ".json" or not suffix and start[:1] in ("{", "["):
        yield from _json(text, source)
    elif suffix in (".html", ".htm") or start.startswith(("<!doctype html", "<html")):
        yield from _html(text, source)
    else:
        yield _checked(_record({"text": text.replace("\r\n", "\n").replace("\r", "\n")}), source)


def decode(data: bytes) -> str | None:
    """Bytes as text: UTF-8, UTF-16 with its mark, else the likeliest encoding; None where there is none."""
    for encoding in ("utf-8-sig", "utf-16") if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    try:
        return None if best is None else data.decode(best.encoding)
    except UnicodeDecodeError:
        return data.decode(best.encoding, errors="replace") if best else None


def _json_lines(path: Path) -> Iterator[Item]:
    seen = False
    with path.open("rb") as handle:
        for number, raw in enumerate(handle, 1):
            if not raw.strip():
                continue
            seen = True
            line = decode(raw)
            if line is None:
                yield Reject(str(path), "its encoding could not be told; save it as UTF-8", number)
                continue
            try:
                row = json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                yield Reject(str(path), f"no JSON: {_json_fault(error)}", number)
                continue
            yield _checked(_record(row), str(path), number)
    if not seen:
        yield Reject(str(path), "empty")


def _json_fault(error: Exception) -> str:
    return f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"


def _json(text: str, source: str) -> Iterator[Item]:
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        yield Reject(source, f"no JSON: {_json_fault(error)}", line)
        return
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, 1):
        name = source if len(rows) == 1 else f"{source} (report {number})"
        yield _checked(_record(row), name)


def _html(text: str, source: str) -> Iterator[Item]:
    import trafilatura

    found = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, include_tables=False)
    if found is None:
        yield Reject(source, "no article text was found in the page")
        return
    page = found if isinstance(found, dict) else found.as_dict()
    body = page.get("text") or ""
    row = {"text": body.replace("\n", "\n\n"), "title": page.get("title"), "author": page.get("author"), "date": page.get("date"),
           "publisher": page.get("sitename"), "url": page.get("url")}  # fmt: skip
    yield _checked(_record(row), source)


def _record(row: object) -> Report | RecordError:
    try:
        return Report.from_json(row)  # type: ignore[arg-type]
    except RecordError as error:
        return error


def _checked(report: Report | RecordError, source: str, line: int | None = None) -> Item:
    """The report with its language, or why it is not coded."""
    if isinstance(report, RecordError):
        return Reject(source, str(report), line)
    if len(report.text) > MAX_REPORT_CHARACTERS:
        return Reject(source, f"{len(report.text):,} characters; a report may have at most {MAX_REPORT_CHARACTERS:,}", line)
    language = report.language or language_of(report.text)
    if language is not None and not language.lower().startswith("en"):
        return Reject(source, f"language {language}: only English is coded", line)
    return report if report.language else replace(report, language=language)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of a text's language; None for a text too short, or without letters, to tell."""
    sample = text[:4000]
    letters = sum(c.isalpha() for c in sample)
    if len(sample.split()) < MIN_WORDS_FOR_LANGUAGE and letters == sum(c.isascii() and c.isalpha() for c in sample):
        return None
    if letters < MIN_LETTERS_SHARE * len(sample):
        return None
    import py3langid

    return str(py3langid.classify(sample)[0])

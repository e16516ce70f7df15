"""The brief of a report: its events, the seven books of its ledger, words against deeds; each line cites its sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from parley.exports.safe import escaped_markdown, printable
from parley.records import Coded, Deed, Event, Fact, Party, Period, Place

BOOK_TITLES = {
    "talks": "Talks", "ceasefire": "Ceasefires", "commitment": "Commitments", "demand": "Demands",
    "position": "Positions", "territory": "Territory", "harm": "Harm to civilians",
}  # fmt: skip
NOBODY = "(nobody named)"
#: Columns for the status of a line of the ledger, and for the number of a sentence.
LABEL_WIDTH, CITE_WIDTH = 12, 7
QUOTE_LENGTH = 150
NARROWEST = 40


class Kind(IntEnum):
    """What a line of the brief is; the first three are headings of that depth."""

    TITLE, SECTION, BOOK, EVENT, ENTRY, PARTICULARS, QUOTATION, SENTENCE, REMARK = range(9)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the brief; `cite` names the sentences that it rests on, `label` the status of a line of the ledger."""

    kind: Kind
    text: str
    label: str = ""
    cite: str = ""


def brief(coded: Coded) -> Iterator[Line]:
    """The brief as lines, from which text and Markdown are made."""
    report = coded.report
    yield Line(Kind.TITLE, printable(report.title or "") or "Untitled report")
    day = report.date or "no date given, so “Monday” or “last week” stay unresolved"
    outlet = [printable(report.publisher)] if report.publisher else []
    yield Line(Kind.REMARK, " · ".join([*outlet, day]))
    sizes = ((len(coded.sentences), "sentence"), (len(coded.events), "event"), (len(coded.facts), "line", " of the ledger"))
    yield Line(Kind.REMARK, " · ".join(_count(*size) for size in sizes))
    yield Line(Kind.REMARK, "What the report says, and whom it cites; not what is so.")
    yield Line(Kind.SECTION, "Who did or said what to whom")
    if not coded.events:
        yield Line(Kind.REMARK, "No political event was found.")
    for e in coded.events:
        yield Line(Kind.EVENT, _event_head(e), cite=_cite(e))
        if particulars := _particulars(e):
            yield Line(Kind.PARTICULARS, particulars)
        yield Line(Kind.QUOTATION, _quoted(_shortened(printable(e.evidence.text), QUOTE_LENGTH)))
    yield Line(Kind.SECTION, "The ledger")
    by_id = {e.id: e for e in coded.events}
    for book, title in BOOK_TITLES.items():
        facts = [f for f in coded.facts if f.kind == book]
        if facts:
            yield Line(Kind.BOOK, title)
        for f in facts:
            yield Line(Kind.ENTRY, _fact_line(f), f.status, _cites(f, by_id))
    silent = [title.lower() for book, title in BOOK_TITLES.items() if all(f.kind != book for f in coded.facts)]
    if silent:
        yield Line(Kind.REMARK, f"Nothing on {_listed(silent, 'or')}.")
    yield Line(Kind.SECTION, "Words against deeds")
    yield from _words_against_deeds(coded, by_id)
    if coded.events:
        yield Line(Kind.SECTION, "The sentences cited")
    for n in sorted({e.sentence for e in coded.events}):
        yield Line(Kind.SENTENCE, printable((report.title or "") if n < 0 else coded.sentences[n].text), cite=_number(n))


def _words_against_deeds(coded: Coded, by_id: dict[str, Event]) -> Iterator[Line]:
    if not coded.contradictions:
        yield Line(Kind.REMARK, "No party's deeds in this report part from its words.")
    facts = {f.id: f for f in coded.facts}
    parties: dict[str, list[Deed]] = {}
    for d in coded.contradictions:
        parties.setdefault(printable(d.party.name), []).append(d)
    for name, deeds in parties.items():
        yield Line(Kind.BOOK, name)
        statements = [facts[i] for i in dict.fromkeys(d.statement for d in deeds)]
        yield from dict.fromkeys(
            Line(Kind.ENTRY, _quoted(printable(f.about)) + _sourced(f.according_to, f.who), "words", _cites(f, by_id)) for f in statements
        )
        acts = [by_id[i] for i in dict.fromkeys(d.deed for d in deeds)]
        for e in acts:
            told = _quoted(_shortened(printable(e.evidence.text), QUOTE_LENGTH))
            yield Line(Kind.ENTRY, f"{_kind(e)}: {told}{_sourced(e.according_to, ())}", "deeds", _cite(e))


def _kind(e: Event) -> str:
    return f"{e.type} {e.mode}" if e.mode else e.type


def _event_head(e: Event) -> str:
    whom = f" → {_names(e.recipients)}" if e.recipients else ""
    status = "" if e.status == "actual" else f" ({e.status})"
    return f"{_kind(e)}{status}: {_names(e.actors) or NOBODY}{whom}"


def _particulars(e: Event) -> str:
    counts = [f"{k} {_amount(c.min, c.max)}" for k, c in e.counts.items()]
    source = f"according to {_told_by(e.according_to)}" if e.according_to else ""
    return " · ".join(x for x in (_when(e.date), _where(e.place), *counts, source) if x)


def _fact_line(f: Fact) -> str:
    whom = f" → {_names(f.to)}" if f.to and f.kind != "talks" else ""
    lost = f" from {_names(f.from_)}" if f.from_ else ""
    about = printable(f.about)
    if f.kind == "harm":
        about = f"{about} {_amount(f.count.min, f.count.max)}" if f.count else about
    else:
        about = _quoted(about)
    rest = "".join(f" · {x}" for x in (about, _when(f.date), _where(f.place)) if x)
    return f"{_names(f.who) or NOBODY}{whom}{lost}{rest}{_sourced(f.according_to, f.who if f.kind == 'position' else ())}"


def _quoted(text: str) -> str:
    """The report's own words in quotation marks, those within it single, without the marks that a clause was cut at."""
    cut = text.lstrip(" ,;:–—-").rstrip(" ,;:–—-")
    if len(cut) > 2 and cut[0] in '“"' and cut[-1] in '”"' and not any(c in '“”"' for c in cut[1:-1]):
        cut = cut[1:-1].rstrip(",")
    return f"“{cut.replace('“', '‘').replace('”', '’').replace(chr(34), chr(39))}”" if cut else ""


def _names(parties: Sequence[Party]) -> str:
    return _listed([printable(p.name) for p in parties])


def _listed(names: Sequence[str], word: str = "and") -> str:
    return ", ".join(names[:-1]) + (f" {word} " if names[:-1] else "") + names[-1] if names else ""


def _told_by(parties: Iterable[Party]) -> str:
    return _listed([printable(p.name) for p in parties])


def _sourced(parties: Iterable[Party], own: Sequence[Party]) -> str:
    others = [p for p in parties if p.name not in {q.name for q in own}]
    return f" · according to {_told_by(others)}" if others else ""


def _when(period: Period | None) -> str:
    if period is None:
        return ""
    return period.start if period.start == period.end else f"{period.start} to {period.end}"


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    return printable(place.name) + (f" ({place.country})" if place.country and place.precision != "country" else "")


def _amount(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _count(n: int, noun: str, rest: str = "") -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}{rest}"


def _number(n: int) -> str:
    return "[title]" if n < 0 else f"[{n + 1}]"


def _cite(e: Event) -> str:
    return _number(e.sentence)


def _cites(f: Fact, by_id: dict[str, Event]) -> str:
    return " ".join(dict.fromkeys(_cite(by_id[i]) for i in f.evidence if i in by_id))


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"


def as_markdown(lines: Iterable[Line]) -> str:
    """The brief as Markdown, in which nothing of the report's text is markup."""
    out: list[str] = []
    for line in lines:
        text, label = escaped_markdown(line.text), f"**{escaped_markdown(line.label)}** " if line.label else ""
        cite = f" {escaped_markdown(line.cite)}" if line.cite else ""
        if line.kind <= Kind.BOOK:
            out.append(f"\n{'#' * (line.kind + 1)} {text}\n")
        elif line.kind is Kind.REMARK:
            out.append(f"*{text}*\n")
        elif line.kind in (Kind.EVENT, Kind.ENTRY):
            out.append(f"- {label}{text}{cite}")
        elif line.kind is Kind.SENTENCE:
            out.append(f"-{cite} {text}")
        else:
            out.append(f"  <br>{text}")
    return "\n".join(out).strip() + "\n"


STYLES = {
    Kind.TITLE: "bold",
    Kind.SECTION: "bold cyan",
    Kind.BOOK: "underline",
    Kind.EVENT: "bold",
    Kind.QUOTATION: "dim",
    Kind.REMARK: "dim",
}


def as_text(lines: Iterable[Line], width: int = 100) -> Iterator[tuple[str, str]]:
    """The brief as (style, text) pieces, a line each, wrapped to `width` columns; styles are rich's."""
    for line in lines:
        first, text = "", line.text
        if line.kind in (Kind.SECTION, Kind.BOOK):
            yield "", ""
            text = text.upper() if line.kind is Kind.SECTION else text
        elif line.kind in (Kind.EVENT, Kind.SENTENCE):
            first = f"{line.cite:<{CITE_WIDTH}} "
        elif line.kind is Kind.ENTRY:
            first, text = f"{line.label:<{LABEL_WIDTH}} ", f"{text} {line.cite}"
        elif line.kind in (Kind.PARTICULARS, Kind.QUOTATION):
            first = " " * (CITE_WIDTH + 1)
        # A word that is wider than the line is broken: nothing else keeps a terminal from doing it.
        pieces = textwrap.wrap(
            text, max(width, NARROWEST), initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False
        )
        yield from ((STYLES.get(line.kind, ""), piece) for piece in pieces)

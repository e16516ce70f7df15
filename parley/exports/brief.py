"""The brief of a report: its events, the seven books of its ledger, words against deeds; each line cites its sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parley.records import Coded, Event, Fact, Party, Period, Place

BOOK_TITLES = {
    "talks": "Talks", "ceasefire": "Ceasefires", "commitment": "Commitments", "demand": "Demands",
    "position": "Positions", "territory": "Territory", "harm": "Harm to civilians",
}  # fmt: skip
LABEL_WIDTH = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the brief. `level`: 0 title, 1 section, 2 book, 3 entry, 4 quotation or remark under an entry."""

    level: int
    text: str
    label: str = ""
    cite: str = ""


def printable(text: str) -> str:
    """Text on one line without control, format and bidirectional characters that a terminal would obey."""
    joined = " ".join(text.split())
    return "".join(c for c in joined if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") or c == "\u200d")


def brief(coded: Coded) -> Iterator[Line]:
    """The brief as lines, from which text and Markdown are made."""
    report = coded.report
    yield Line(0, printable(report.title or "Untitled report"))
    day = report.date or "no date given, so relative dates stay unresolved"
    outlet = f"{report.publisher} · " if report.publisher else ""
    yield Line(4, f"{outlet}{day} · {_count(len(coded.sentences), 'sentence')} · {_count(len(coded.events), 'event')} · {_count(len(coded.facts), 'fact')}")
    yield Line(1, "Who did or said what to whom")
    if not coded.events:
        yield Line(4, "No political event was found.")
    for e in coded.events:
        yield Line(3, _event_line(e), f"{e.type}{' ' + e.mode if e.mode else ''}", _cite(e))
        yield Line(4, f"“{_shortened(printable(e.evidence.text), 150)}”")
    yield Line(1, "The ledger")
    by_id = {e.id: e for e in coded.events}
    for book, title in BOOK_TITLES.items():
        facts = [f for f in coded.facts if f.kind == book]
        if facts:
            yield Line(2, title)
        for f in facts:
            yield Line(3, _fact_line(f), f.status, " ".join(dict.fromkeys(_cite(by_id[i]) for i in f.evidence if i in by_id)))
    silent = [title.lower() for book, title in BOOK_TITLES.items() if all(f.kind != book for f in coded.facts)]
    if silent:
        yield Line(4, f"Nothing on {_listed(silent, 'or')}.")
    yield Line(1, "Words against deeds")
    yield from _words_against_deeds(coded, by_id)
    yield Line(1, "The sentences cited")
    cited = sorted({e.sentence for e in coded.events})
    for n in cited:
        text = (report.title or "") if n < 0 else coded.sentences[n].text
        yield Line(3, printable(text), cite=_number(n))


def _words_against_deeds(coded: Coded, by_id: dict[str, Event]) -> Iterator[Line]:
    if not coded.contradictions:
        yield Line(4, "No party's deeds in this report part from its words.")
    facts = {f.id: f for f in coded.facts}
    seen: set[str] = set()
    for d in coded.contradictions:
        if d.statement not in seen:
            seen.add(d.statement)
            f = facts[d.statement]
            words = f"{d.party.name} says: {printable(f.about)}{_sourced(f.according_to, f.who)}"
            yield Line(3, words, "words", " ".join(_cite(by_id[i]) for i in f.evidence if i in by_id))
        e = by_id[d.deed]
        yield Line(3, f"{_names(e.actors)}: {_shortened(printable(e.evidence.text), 110)}", "deeds", _cite(e))


def _event_line(e: Event) -> str:
    who = _names(e.actors) or "(nobody is named)"
    whom = f" → {_names(e.recipients)}" if e.recipients else ""
    rest = [_when(e.date), _where(e.place), *(f"{k} {_amount(c.min, c.max)}" for k, c in e.counts.items()), "" if e.status == "actual" else e.status]
    return f"{who}{whom}{''.join(f' · {x}' for x in rest if x)}{_sourced(e.according_to, ())}"


def _fact_line(f: Fact) -> str:
    if f.kind == "talks":
        who = _names(f.who)
    else:
        who = (_names(f.who) or "(nobody is named)") + (f" → {_names(f.to)}" if f.to else "")
    lost = f" from {_names(f.from_)}" if f.from_ else ""
    count = f"{f.about} {_amount(f.count.min, f.count.max)}" if f.count else printable(f.about)
    rest = [count, _when(f.date), _where(f.place)]
    return f"{who}{lost}{''.join(f' · {x}' for x in rest if x)}{_sourced(f.according_to, f.who if f.kind == 'position' else ())}"


def _names(parties: Sequence[Party]) -> str:
    return _listed([printable(p.name) for p in parties])


def _listed(names: Sequence[str], word: str = "and") -> str:
    return ", ".join(names[:-1]) + (f" {word} " if names[:-1] else "") + names[-1] if names else ""


def _sourced(parties: Iterable[Party], own: Sequence[Party]) -> str:
    names = [p.name for p in parties if p.name not in {q.name for q in own}]
    return f" — according to {', as told by '.join(printable(n) for n in reversed(names))}" if names else ""


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


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _number(n: int) -> str:
    return "[title]" if n < 0 else f"[{n + 1}]"


def _cite(e: Event) -> str:
    return _number(e.sentence)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def as_markdown(lines: Iterable[Line]) -> str:
    """The brief as Markdown."""
    out: list[str] = []
    for line in lines:
        if line.level <= 2:
            out.append(f"\n{'#' * (line.level + 1)} {line.text}\n")
        elif line.level == 3:
            label = f"**{line.label}** " if line.label else ""
            cite = f" {line.cite}".replace("[", r"\[") if line.cite else ""
            out.append(f"- {label}{line.text}{cite}")
        else:
            out.append(f"  {line.text}" if line.text.startswith("“") else f"*{line.text}*")
    return "\n".join(out).strip() + "\n"


def as_text(lines: Iterable[Line], width: int = 100) -> Iterator[tuple[str, str]]:
    """The brief as (style, text) pieces, a line each, wrapped to `width`; styles are rich's."""
    import textwrap

    styles = {0: "bold", 1: "bold", 2: "underline", 3: "", 4: "dim"}
    for line in lines:
        if line.level <= 2:
            if line.level:
                yield "", ""
            yield styles[line.level], line.text.upper() if line.level == 1 else line.text
            continue
        label = f"{line.label:<{LABEL_WIDTH}} " if line.label else ""
        indent = "  " if line.level == 3 else "      " if line.text.startswith("“") else "  "
        if not line.label and line.cite:
            label, cite = f"{line.cite:<6} ", ""
        else:
            cite = f" {line.cite}" if line.cite else ""
        hanging = indent + " " * (len(label) if len(label) <= 24 else 4)
        for piece in textwrap.wrap(label + line.text + cite, width, initial_indent=indent, subsequent_indent=hanging) or [""]:
            yield styles[line.level], piece

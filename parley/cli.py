"""The command line: one verb per thing a person does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer

from parley import __version__

if TYPE_CHECKING:
    from parley.pipeline import Coder, Explained
    from parley.records import Report
    from parley.sources.files import Item, Reject

MISUSE, FAILED_INPUT = 2, 1

app = typer.Typer(
    name="parley",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Parley reads news reports and keeps a ledger: who did or said what to whom, when, where, according to whom.",
)
knowledge_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The lists that Parley works with.")
app.add_typer(knowledge_app, name="knowledge")


class BriefFormat(StrEnum):
    """Forms of a brief."""

    text = "text"
    json = "json"
    markdown = "markdown"


class TableFormat(StrEnum):
    """Forms of records."""

    jsonl = "jsonl"
    csv = "csv"


KnowledgeOption = Annotated[Path | None, typer.Option("--knowledge", metavar="DIR", help="A folder of your own knowledge files, laid over ours.")]


def fail(message: str, code: int) -> NoReturn:
    """Say what is wrong and end with an exit code: 2 for misuse, 1 for failed input."""
    typer.echo(f"parley: {message}", err=True)
    raise typer.Exit(code)


def _coder(knowledge: Path | None) -> Coder:
    from parley.knowledge.tables import KnowledgeError
    from parley.pipeline import Coder

    if knowledge is not None and not knowledge.is_dir():
        fail(f"{knowledge}: no such folder (--knowledge takes a folder of knowledge files)", MISUSE)
    try:
        return Coder(knowledge=knowledge)
    except (KnowledgeError, FileNotFoundError) as error:
        fail(str(error), MISUSE)


def _items(path: str) -> Iterator[Item]:
    from parley.sources.files import UnreadablePath, files_below, read_bytes, read_file

    if path == "-":
        yield from read_bytes(sys.stdin.buffer.read(), "standard input")
        return
    try:
        for file in files_below(Path(path)):
            yield from read_file(file)
    except UnreadablePath as error:
        fail(str(error), MISUSE)


def _dated(report: Report, day: str | None) -> Report:
    from dataclasses import replace

    from parley.records import RecordError

    if day is None:
        return report
    try:
        return replace(report, date=day)
    except RecordError as error:
        fail(f"--date: {error}", MISUSE)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"parley {__version__}")
        raise typer.Exit


@app.callback()
def _main(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and end.")] = False) -> None:
    pass


@app.command(epilog="Example: parley brief report.txt --date 2021-07-19")
def brief(
    path: Annotated[str, typer.Argument(metavar="PATH|-", help="A report: text, .json, .jsonl, .html; - reads standard input.")],
    date: Annotated[str | None, typer.Option(help="The day of publication (2021-07-19), where the report does not give it.")] = None,
    format: Annotated[BriefFormat, typer.Option(help="How to print it.")] = BriefFormat.text,
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the brief of a report: its events, the seven books of its ledger, words against deeds."""
    from parley.exports.brief import as_markdown, as_text
    from parley.exports.brief import brief as lines_of
    from parley.records import Report, to_json

    coder: Coder | None = None
    failed = False
    for item in _items(path):
        if not isinstance(item, Report):
            typer.echo(f"parley: {item}", err=True)
            failed = True
            continue
        report = _dated(item, date)
        coder = coder or _coder(knowledge)
        coded = coder.code(report)
        if format is BriefFormat.json:
            import json

            typer.echo(json.dumps(to_json(coded), ensure_ascii=False, indent=1))
        elif format is BriefFormat.markdown:
            typer.echo(as_markdown(lines_of(coded)))
        else:
            from rich.console import Console
            from rich.text import Text

            console = Console(highlight=False, soft_wrap=True)
            width = min(console.width, 110) if console.is_terminal else 100
            for style, text in as_text(lines_of(coded), width):
                console.print(Text(text, style=style))
    if failed:
        raise typer.Exit(FAILED_INPUT)


@app.command(epilog="Example: parley code reports/ --events events.jsonl --facts facts.jsonl")
def code(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files and folders of reports; - reads standard input.")],
    events: Annotated[Path | None, typer.Option(metavar="FILE", help="Where the events go (without it and --facts: to standard output).")] = None,
    facts: Annotated[Path | None, typer.Option(metavar="FILE", help="Where the facts go.")] = None,
    rejects: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to keep what was not coded, with its reason, as JSON Lines.")] = None,
    format: Annotated[TableFormat, typer.Option(help="Form of the records.")] = TableFormat.jsonl,
    date: Annotated[str | None, typer.Option(help="The day of publication of reports that give none.")] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Code reports into records, a line each, as they are read."""
    from contextlib import ExitStack

    from parley.exports.tables import header, lines
    from parley.records import Report

    coder = _coder(knowledge)
    done = left_out = 0
    with ExitStack() as stack:
        event_out = _output(stack, events) if events is not None else sys.stdout if facts is None else None
        fact_out = _output(stack, facts) if facts is not None else None
        reject_out = _output(stack, rejects) if rejects is not None else None
        for out, kind in ((event_out, "events"), (fact_out, "facts")):
            if out is not None:
                out.write(header(kind, format.value))
        for item in _progress(stack, (i for p in paths for i in _items(p))):
            if not isinstance(item, Report):
                left_out += 1
                _keep_reject(item, reject_out)
                continue
            coded = coder.code(item if item.date else _dated(item, date))
            done += 1
            if event_out is not None:
                event_out.write(lines(coded.events, format.value))
            if fact_out is not None:
                fact_out.write(lines(coded.facts, format.value))
    typer.echo(f"parley: {done} coded, {left_out} left out", err=True)
    if left_out:
        raise typer.Exit(FAILED_INPUT)


def _output(stack: Any, path: Path) -> TextIO:
    try:
        out: TextIO = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    except OSError as error:
        fail(f"{path}: {error.strerror}", MISUSE)
    return out


def _keep_reject(reject: Reject, out: TextIO | None) -> None:
    import json
    from dataclasses import asdict

    typer.echo(f"parley: {reject}", err=True)
    if out is not None:
        out.write(json.dumps(asdict(reject), ensure_ascii=False) + "\n")


def _progress(stack: Any, items: Iterator[Item]) -> Iterator[Item]:
    """The items, with a running count on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("coding"), MofNCompleteColumn(), TextColumn("reports"), TimeElapsedColumn())
    progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    task = progress.add_task("coding", total=None)
    for item in items:
        yield item
        progress.advance(task)


@app.command(epilog='Example: parley explain "Rebels denied attacking the town."')
def explain(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="One or more sentences.")],
    date: Annotated[str | None, typer.Option(help="The day of publication (2021-07-19).")] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show the analysis of a sentence, each event with the rule that coded it, and why other words were not coded."""
    from parley.exports.brief import printable
    from parley.records import Report

    if not sentence.strip():
        fail("the sentence is empty", FAILED_INPUT)
    explained = _coder(knowledge).explain(_dated(Report(text=sentence), date))
    for line in _explanation(explained):
        typer.echo(printable(line) if not line.startswith(" ") else line.rstrip())


def _explanation(explained: Explained) -> Iterator[str]:
    """The lines of `parley explain`."""
    for s in explained.sentences:
        yield f"Sentence {s.index + 1}"
        width = max(len(t.text) for t in s.tokens)
        for i, t in enumerate(s.tokens):
            head = s.tokens[s.heads[i]].text if s.heads[i] >= 0 else "—"
            name = next((kind for a, b, kind in s.names if a <= i < b), "")
            yield f"  {i + 1:>3} {t.text:<{width}} {s.lemmas[i]:<{width}} {s.upos[i]:<6}{s.deprels[i]:<14}{head:<{width}} {name}"
    if not explained.coded.events:
        yield "Nothing was coded."
    for e in explained.coded.events:
        yield f"{e.type}{' ' + e.mode if e.mode else ''} · {e.status} · “{e.trigger.text}” · confidence {e.confidence:.2f}"
        for label, parties in (("actors", e.actors), ("recipients", e.recipients), ("according to", e.according_to)):
            if parties:
                yield f"    {label}: " + "; ".join(f"{p.name} [{p.code or p.kind}]" for p in parties)
        if e.date:
            yield f"    date: {e.date.start} to {e.date.end} ({e.date.precision}, from “{e.date.text}”)"
        if e.place:
            yield f"    place: {e.place.name} {e.place.country or ''} ({e.place.precision})"
        yield f"    rule: {e.rule}"
    if explained.skipped:
        yield "Not coded, and why"
    for skipped in explained.skipped:
        yield f"    “{skipped.text}”: {skipped.reason}"
    if not explained.coded.events and not explained.skipped:
        yield "    no word of it is in the list of predicates"


@app.command(epilog="Example: parley score gold/dev events.jsonl facts.jsonl")
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A folder of annotated reports, or a JSON Lines file of annotated sentences.")],
    events: Annotated[Path, typer.Argument(metavar="EVENTS", help="Coded events, JSON Lines.")],
    facts: Annotated[Path | None, typer.Argument(metavar="[FACTS]", help="Coded facts, JSON Lines.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Hold events and facts against gold: precision, recall and F1 by type, role, status, claimant and kind."""
    from parley.scoring import GoldError, read_gold, read_records, score_reports, score_sentences

    for path in (gold, events, *([facts] if facts else [])):
        if not path.exists():
            fail(f"{path}: no such file or folder", MISUSE)
    try:
        rows, are_reports = read_gold(gold)
        coded = read_records(events)
        scores = score_reports(rows, coded, read_records(facts) if facts else None) if are_reports else score_sentences(rows, coded)
    except (GoldError, UnicodeDecodeError) as error:
        fail(str(error), FAILED_INPUT)
    if json:
        import json as json_module

        typer.echo(json_module.dumps(scores.as_json(), indent=1))
        return
    typer.echo(f"{'':<24}{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}")
    for name, t in scores.tallies.items():
        typer.echo(f"{name:<24}{t.precision:>10.3f}{t.recall:>8.3f}{t.f1:>8.3f}{t.tp + t.fn:>7}")
    for name, (right, total) in scores.shares.items():
        typer.echo(f"{name:<24}{right / total:>26.3f}{total:>7}")


@knowledge_app.command("check", epilog="Example: parley knowledge check my-lists/")
def knowledge_check(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A folder of knowledge files (without it: ours).")] = None,
) -> None:
    """Check knowledge files: columns, codes, types, slots, double keys. Says each fault by file and line."""
    from parley.knowledge.tables import FOLDER, KnowledgeError, check

    try:
        faults = check(folder or FOLDER)
    except KnowledgeError as error:
        fail(str(error), MISUSE)
    for fault in faults:
        typer.echo(fault)
    typer.echo(f"{len(faults)} fault{'' if len(faults) == 1 else 's'}", err=True)
    if faults:
        raise typer.Exit(FAILED_INPUT)


def main() -> None:
    """Entry point of the `parley` command."""
    app()

"""The command line: one verb per thing a person does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer
from typer.core import TyperGroup

from parley import __version__
from parley.exports.safe import escaped_json, printable, printable_lines

if TYPE_CHECKING:
    from parley.pipeline import Coder, Explained
    from parley.records import Coded
    from parley.sources.files import Found, Item, Reject

FAILED_INPUT, MISUSE, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141
FAULTS_SHOWN = 20
#: Columns: of a brief on a wide terminal, of a brief in a pipe, of a word in an explanation.
WIDEST, WIDTH_OF_A_PIPE, WIDEST_WORD = 110, 100, 20


class Verbs(TyperGroup):
    """The commands, none of which ends in a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; Ctrl-C, a pipe that nobody reads, a full disk and faults of our own end with a word and an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            say("stopped")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # What is left in the buffer has nowhere to go; without this the interpreter would complain of it when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(BROKEN_PIPE) from None
        except OSError as error:
            fail(f"{error.filename or 'an output cannot be written'}: {(error.strerror or str(error)).lower()}", MISUSE)
        except Exception as error:
            if type(error).__module__.startswith(("typer", "click")):
                raise
            fail(f"an error of Parley's own, please report it: {_described(error)}", FAILED_INPUT)
        return result


app = typer.Typer(
    name="parley",
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Parley reads news reports and keeps a ledger: who did or said what to whom, when, where, according to whom.",
    epilog="Exit codes: 0 all went well; 1 something could not be used, the rest is done; 2 called wrongly.",
)
knowledge_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The lists of words and names that Parley works with.")
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


KnowledgeOption = Annotated[
    Path | None, typer.Option("--knowledge", metavar="DIR", help="A folder of your own knowledge files, laid over ours.")
]
DateOption = Annotated[str | None, typer.Option("--date", metavar="DAY", help="Day of publication (2021-07-19) of reports that give none.")]


def say(message: str) -> None:
    """One line on standard error, free of whatever a terminal would obey."""
    typer.echo(f"parley: {printable(message)}", err=True)


def fail(message: str, code: int) -> NoReturn:
    """Say what is wrong and end with an exit code: 2 for misuse, 1 for failed input."""
    say(message)
    raise typer.Exit(code)


def show(text: str, *, end: str = "") -> None:
    """Text on standard output as it is; on a terminal without what a terminal would obey."""
    sys.stdout.write((printable_lines(text) if sys.stdout.isatty() else text) + end)


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _coder(knowledge: Path | None) -> Coder:
    from parley.grounding.places import PlaceRowError
    from parley.knowledge.tables import KnowledgeError, check, files_of
    from parley.pipeline import Coder

    if knowledge is not None:
        if not knowledge.is_dir():
            fail(f"{knowledge}: no such folder (--knowledge takes a folder of knowledge files)", MISUSE)
        if not files_of(knowledge):
            fail(f"{knowledge}: no knowledge file is in it (states.csv, predicates/*.csv, …)", MISUSE)
        _say_faults(check(knowledge))
    try:
        return Coder(knowledge=knowledge)
    except (KnowledgeError, PlaceRowError, FileNotFoundError) as error:
        fail(str(error), MISUSE)


def _say_faults(faults: Sequence[str]) -> None:
    """End when a user's knowledge files are faulty, naming the faults by file and line."""
    for fault in faults[:FAULTS_SHOWN]:
        say(fault)
    if len(faults) > FAULTS_SHOWN:
        say(f"and {len(faults) - FAULTS_SHOWN} more: see `parley knowledge check`")
    if faults:
        raise typer.Exit(MISUSE)


def _day(date: str | None) -> str | None:
    """The day of --date. Ends with exit code 2 where it is none."""
    from datetime import date as calendar_day

    try:
        return None if date is None else calendar_day.fromisoformat(date).isoformat()
    except ValueError:
        fail(f"--date: {date!r} is not a day such as 2021-07-19", MISUSE)


def _inputs(paths: Iterable[str]) -> list[Path | None]:
    """The files to read, each once, None for standard input. Ends with exit code 2 when a path cannot be read."""
    from parley.sources.files import UnreadablePathError, files_below

    found: dict[Path | None, Path | None] = {}
    for path in paths:
        if path == "-":
            found[None] = None
            continue
        try:
            files, others = files_below(Path(path))
        except UnreadablePathError as error:
            fail(str(error), MISUSE)
        if others:
            kinds = sorted({p.suffix or "no suffix" for p in others})
            say(f"{path}: {len(others)} file{'s' if len(others) > 1 else ''} of other kinds passed over ({', '.join(kinds[:6])})")
        if not files:
            say(f"{path}: no reports are in this folder (.txt, .json, .jsonl, .html)")
        for file in files:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _items(inputs: Sequence[Path | None], day: str | None) -> Iterator[Item]:
    """What the files hold. A file that cannot be read is a reject where there are others, and ends the run where it is alone."""
    from parley.sources.files import Reject, UnreadablePathError, read_file, read_stream

    for file in inputs:
        if file is None:
            if sys.stdin is None:
                fail("standard input is closed", MISUSE)
            if sys.stdin.isatty():
                say("reading a report from the terminal; Ctrl-D ends it")
            yield from read_stream(sys.stdin.buffer, "standard input", day=day)
            continue
        try:
            yield from read_file(file, day=day)
        except UnreadablePathError as error:
            if len(inputs) == 1:
                fail(str(error), MISUSE)
            yield Reject(str(file), str(error).removeprefix(f"{file}: "))


def _coded(coder: Coder, found: Found) -> Coded | Reject:
    """The records of a report; when our own code fails on it, a reject: one report never ends the run."""
    from parley.sources.files import Reject

    try:
        return coder.code(found.report)
    except Exception as error:
        return Reject(found.source, f"an error of Parley's own, please report it: {_described(error)}", found.line)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"parley {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and end.")] = False,
) -> None:
    pass


@app.command(short_help="Print the brief of a report, to read.", epilog="Example: parley brief report.txt --date 2021-07-19")
def brief(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A report: text, .json, .jsonl, .html; - reads standard input.")],
    date: DateOption = None,
    format: Annotated[BriefFormat, typer.Option(help="How to print it.")] = BriefFormat.text,
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the brief of a report: its events, the seven books of its ledger, words against deeds."""
    from parley.sources.files import Reject

    inputs, day = _inputs([path]), _day(date)
    coder: Coder | None = None
    printed, failed = 0, not inputs
    for item in _items(inputs, day):
        if not isinstance(item, Reject):
            coder = coder or _coder(knowledge)
        result = item if isinstance(item, Reject) else _coded(coder, item)  # type: ignore[arg-type]
        if isinstance(result, Reject):
            say(str(result))
            failed = True
            continue
        if printed and format is not BriefFormat.json:
            show("\n\n")
        _print_brief(result, format)
        printed += 1
    if failed:
        raise typer.Exit(FAILED_INPUT)


def _print_brief(coded: Coded, format: BriefFormat) -> None:
    from parley.exports.brief import as_markdown, as_text
    from parley.exports.brief import brief as lines_of

    if format is BriefFormat.json:
        import json

        from parley.records import to_json

        show(escaped_json(json.dumps(to_json(coded), ensure_ascii=False, indent=1)), end="\n")
    elif format is BriefFormat.markdown:
        show(as_markdown(lines_of(coded)))
    elif not sys.stdout.isatty():
        show("".join(f"{text}\n" for _, text in as_text(lines_of(coded), WIDTH_OF_A_PIPE)))
    else:
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False, soft_wrap=True)
        for style, text in as_text(lines_of(coded), min(console.width, WIDEST)):
            console.print(Text(text, style=style))


@app.command(
    short_help="Code reports into records, a line each.", epilog="Example: parley code reports/ --events events.jsonl --facts facts.jsonl"
)
def code(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files and folders of reports; - reads standard input.")],
    events: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the events go (without it and --facts: to standard output).")
    ] = None,
    facts: Annotated[Path | None, typer.Option(metavar="FILE", help="Where the facts go.")] = None,
    rejects: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to keep what was not coded, with its reason, as JSON Lines.")
    ] = None,
    format: Annotated[TableFormat, typer.Option(help="Form of the records.")] = TableFormat.jsonl,
    date: DateOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Code reports into records, a line each, as they are read."""
    inputs, day = _inputs(paths), _day(date)
    outputs = [path for path in (events, facts, rejects) if path is not None]
    _keep_apart(inputs, outputs)
    coder = _coder(knowledge)
    with ExitStack() as stack:
        opened = {path: _output(stack, path) for path in outputs}
        event_out = opened[events] if events else sys.stdout if facts is None else None
        run = Run(coder, event_out, opened[facts] if facts else None, opened[rejects] if rejects else None, format.value)
        run.begin()
        try:
            for item in _progress(stack, _items(inputs, day)):
                run.take(item)
        except KeyboardInterrupt:
            say(f"stopped: {run.summary()}")
            raise typer.Exit(INTERRUPTED) from None
    say(run.summary())
    if run.left_out or not inputs:
        raise typer.Exit(FAILED_INPUT)


@dataclass
class Run:
    """One run of `parley code`: where records go, and what has been done."""

    coder: Coder
    events: TextIO | None
    facts: TextIO | None
    rejects: TextIO | None
    form: str
    done: int = 0
    undated: int = 0
    left_out: int = 0
    seen: dict[str, str] = field(default_factory=dict)

    def begin(self) -> None:
        """Write the first lines of tables."""
        from parley.exports.tables import header

        for out, kind in ((self.events, "events"), (self.facts, "facts")):
            if out is not None:
                self._write(out, header(kind, self.form))

    def take(self, item: Item) -> None:
        """Code one report and write its records, or keep why it was left out."""
        from parley.exports.tables import lines
        from parley.sources.files import Reject

        result = item if isinstance(item, Reject) else self._twice(item) or _coded(self.coder, item)
        if isinstance(result, Reject):
            self._leave_out(result)
            return
        self.done += 1
        self.undated += result.report.date is None
        for out, records in ((self.events, result.events), (self.facts, result.facts)):
            if out is not None:
                self._write(out, lines(records, self.form))

    def summary(self) -> str:
        """What was done, in a line."""
        undated = f" ({self.undated} without a date: relative dates in them stay unresolved)" if self.undated else ""
        return f"{self.done} coded{undated}, {self.left_out} left out"

    def _twice(self, found: Found) -> Reject | None:
        """Why a report is not coded whose id came before: its records could not be told from the other's."""
        from parley.sources.files import Reject

        where = f"{found.source}:{found.line}" if found.line else found.source
        first = self.seen.get(found.report.id)
        self.seen.setdefault(found.report.id, where)
        return None if first is None else Reject(found.source, f"its id or text came before: {found.report.id!r} in {first}", found.line)

    def _leave_out(self, reject: Reject) -> None:
        import json
        from dataclasses import asdict

        self.left_out += 1
        say(str(reject))
        if self.rejects is not None:
            self.rejects.write(escaped_json(json.dumps(asdict(reject), ensure_ascii=False)) + "\n")

    @staticmethod
    def _write(out: TextIO, text: str) -> None:
        if out is sys.stdout:
            show(text)
            out.flush()
        else:
            out.write(text)


def _keep_apart(inputs: Sequence[Path | None], outputs: Sequence[Path]) -> None:
    """End with exit code 2 where an output would overwrite an input or another output."""
    read = {path.resolve() for path in inputs if path is not None}
    for n, path in enumerate(outputs):
        if path.resolve() in read:
            fail(f"{path}: is among the files to read and would be overwritten", MISUSE)
        if path.resolve() in {other.resolve() for other in outputs[:n]} and path != Path(os.devnull):
            fail(f"{path}: two outputs cannot go into one file", MISUSE)


def _output(stack: ExitStack, path: Path) -> TextIO:
    try:
        return stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    except OSError as error:
        fail(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}", MISUSE)


def _progress(stack: ExitStack, items: Iterator[Item]) -> Iterator[Item]:
    """The items, with a running count on a terminal."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
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


@app.command(short_help="Show how a sentence is coded, and why.", epilog='Example: parley explain "Rebels denied attacking the town."')
def explain(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="One or more sentences.")],
    date: DateOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show the analysis of a sentence, each event with the rule that coded it, and why other words were not coded."""
    from parley.records import Report
    from parley.sources.encoding import mended

    if not sentence.strip():
        fail("the sentence is empty", FAILED_INPUT)
    report = Report(text=mended(sentence), date=_day(date))
    for line in _explanation(_coder(knowledge).explain(report)):
        show(printable_lines(line.replace("\n", " ")).rstrip(), end="\n")


def _explanation(explained: Explained) -> Iterator[str]:
    """The lines of `parley explain`."""
    for s in explained.sentences:
        yield f"Sentence {s.index + 1}"
        rows = [("", "word", "lemma", "tag", "relation", "head", "name")]
        for i, t in enumerate(s.tokens):
            head = s.tokens[s.heads[i]].text if s.heads[i] >= 0 else "—"
            name = next((kind for a, b, kind in s.names if a <= i < b), "")
            rows.append((str(i + 1), t.text, s.lemmas[i], s.upos[i], s.deprels[i], head, name))
        yield from _columns([[cell if len(cell) <= WIDEST_WORD else cell[: WIDEST_WORD - 1] + "…" for cell in row] for row in rows])
        yield ""
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
        for kind, c in e.counts.items():
            yield f"    {kind}: {c.min} to {c.max} (from “{c.text}”)"
        yield f"    rule: {e.rule}"
    if explained.skipped:
        yield ""
        yield "Not coded, and why"
    for skipped in explained.skipped:
        yield f"    “{skipped.text}”: {skipped.reason}"
    if not explained.coded.events and not explained.skipped:
        yield "    no word of it is in the list of predicates"


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as a table, the first column (numbers) set to the right, the others to the left."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    for row in rows:
        cells = [f"{cell:>{w}}" if k == 0 else f"{cell:<{w}}" for k, (cell, w) in enumerate(zip(row, widths, strict=True))]
        yield "  " + "  ".join(cells).rstrip()


@app.command(short_help="Hold coded records against gold.", epilog="Example: parley score gold/dev events.jsonl facts.jsonl")
def score(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="A folder of annotated reports, or a JSON Lines file of annotated sentences.")
    ],
    events: Annotated[Path, typer.Argument(metavar="EVENTS", help="Coded events, JSON Lines.")],
    facts: Annotated[Path | None, typer.Argument(metavar="FACTS", help="Coded facts, JSON Lines (only with annotated reports).")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Hold events and facts against gold: precision, recall and F1 by type, role, status, claimant and kind."""
    from parley.scoring import GoldError, read_gold, read_records, score_reports, score_sentences

    for path in (gold, events, *([facts] if facts else [])):
        if not path.exists():
            fail(f"{path}: no such file or folder", MISUSE)
    try:
        rows, are_reports = read_gold(gold)
        coded = read_records(events, "event")
        stated = read_records(facts, "fact") if facts else None
        if stated is not None and not are_reports:
            say("the facts are left out: annotated sentences have none")
        scores = score_reports(rows, coded, stated) if are_reports else score_sentences(rows, coded)
    except GoldError as error:
        fail(str(error), FAILED_INPUT)
    known = {row["id"] for row in rows}
    if coded and not any(row["report"] in known for row in coded):
        say(f"no event is of a report in {gold}: the ids of the reports must be the same on both sides")
    if json:
        import json as json_module

        show(json_module.dumps(scores.as_json(), indent=1), end="\n")
        return
    table = [("", "precision", "recall", "F1", "gold", "coded")]
    for name, t in scores.tallies.items():
        table.append((name, f"{t.precision:.3f}", f"{t.recall:.3f}", f"{t.f1:.3f}", str(t.tp + t.fn), str(t.tp + t.fp)))
    width = max(len(name) for name in (*scores.tallies, *scores.shares, ""))
    for name, *cells in table:
        show(f"{name:<{width}}" + "".join(f"{cell:>11}" for cell in cells), end="\n")
    show(f"\n{'':<{width}}{'right':>11}{'of':>8}{'share':>9}", end="\n")
    for name, (right, total) in scores.shares.items():
        show(f"{name:<{width}}{right:>11}{total:>8}{right / total:>9.3f}", end="\n")


@knowledge_app.command("check", short_help="Check knowledge files.", epilog="Example: parley knowledge check my-lists/")
def knowledge_check(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="A folder of knowledge files (without it: ours).")] = None,
) -> None:
    """Check knowledge files: columns, codes, types, slots, double keys. Says each fault by file and line."""
    from parley.knowledge.tables import FOLDER, KnowledgeError, check, files_of

    try:
        faults = check(folder or FOLDER)
    except KnowledgeError as error:
        fail(str(error), MISUSE)
    count = len(files_of(folder or FOLDER))
    if not count:
        fail(f"{folder}: no knowledge file is in it (states.csv, predicates/*.csv, …)", MISUSE)
    for fault in faults:
        show(printable(fault), end="\n")
    say(f"{count} file{'' if count == 1 else 's'}, {len(faults)} fault{'' if len(faults) == 1 else 's'}")
    if faults:
        raise typer.Exit(FAILED_INPUT)


def main() -> None:
    """Entry point of the `parley` command."""
    app()

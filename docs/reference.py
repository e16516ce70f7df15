"""The command reference: `python -m docs.reference` writes docs/commands.md from the help of the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

from parley.cli import app

PAGE = Path(__file__).parent / "commands.md"
WIDTH = 100
INTRODUCTION = """# Commands

Written by `python -m docs.reference` from the help of the commands themselves: change that, not this page.

Every command ends with exit code 0 when all went well, 1 when something that it read could not be used (the rest is done all the
same), and 2 when it was called wrongly: an unknown option, a path that is not there, a day that is no day, faulty knowledge files.
Results go to standard output, messages to standard error.
"""


def commands() -> Iterator[tuple[str, ...]]:
    """The words of every command after `parley` ("knowledge", "check"), in the order of the program."""
    yield from _below(get_command(app), ())


def _below(command: object, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield words
        return
    for name, one in inner.items():
        yield from _below(one, (*words, name))


def help_of(words: Sequence[str]) -> str:
    """What `parley … --help` prints. Raises RuntimeError when it fails."""
    runner = CliRunner(env={"COLUMNS": str(WIDTH), "NO_COLOR": "1"})
    result = runner.invoke(app, [*words, "--help"], prog_name="parley", terminal_width=WIDTH)
    if result.exit_code:
        raise RuntimeError(f"parley {' '.join(words)} --help: {result.output}")
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


def page() -> str:
    """The whole page."""
    pieces = [INTRODUCTION, f"## parley\n\n```text\n{help_of(())}\n```\n"]
    pieces += [f"## parley {' '.join(words)}\n\n```text\n{help_of(words)}\n```\n" for words in commands()]
    return "\n".join(pieces)


def main() -> None:
    """Write docs/commands.md."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

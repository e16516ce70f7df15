"""What the pages show is what the program does, and what they link to is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from parley.cli import app
from parley.records import CONTEXTS, EVENT_TYPES, FACT_STATUSES, PARTY_KINDS, STATUSES

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reader's folder of the worked example in docs/knowledge.md, written from the page itself."""
    folder = tmp_path_factory.mktemp("reader") / "my-lists"
    page = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")
    for name, rows in re.findall(r"`my-lists/(\S+)`\n\n```csv\n(.*?)```", page, re.DOTALL):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rows, encoding="utf-8")
    return folder


def test_the_reader_s_lists_have_no_fault(lists: Path) -> None:
    assert CliRunner().invoke(app, ["knowledge", "check", str(lists)]).exit_code == 0


def sessions() -> list[tuple[str, list[str]]]:
    """Commands of docs/knowledge.md with the lines that the page shows of their output."""
    page = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")
    shown = []
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for part in block.split("$ ")[1:]:
            command, *lines = part.splitlines()
            if command.startswith("parley explain"):
                shown.append((command, [line for line in lines if line != "…"]))
    return shown


@pytest.mark.parametrize(("command", "lines"), sessions(), ids=lambda value: value if isinstance(value, str) else "")
def test_the_page_on_knowledge_shows_what_the_program_prints(command: str, lines: list[str], lists: Path) -> None:
    words = shlex.split(command.replace("my-lists", str(lists)))[1:]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    printed = [without_confidence(line) for line in result.output.splitlines()]
    assert [line for line in lines if without_confidence(line) not in printed] == []


def without_confidence(line: str) -> str:
    return re.sub(r" · confidence \d\.\d\d", "", line)


def test_the_python_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    for page in (ROOT / "README.md", ROOT / "docs" / "index.md"):
        for code in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            exec(compile(code, str(page), "exec"), {"reports": []})
            assert "Kenya" in capsys.readouterr().out


def test_the_page_on_records_names_every_value() -> None:
    page = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    values = (*EVENT_TYPES, *STATUSES, *FACT_STATUSES, *(s for statuses in FACT_STATUSES.values() for s in statuses), *PARTY_KINDS)
    assert [value for value in values if f"`{value}`" not in page] == []
    assert set(re.findall(r"`contexts` .*?PLOVER's contexts: (.*?) …", page)[0].replace("`", "").split(", ")) <= set(CONTEXTS)

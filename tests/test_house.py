"""The house: files that can be read at a sitting, no path of anybody's machine, every list described."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from parley.knowledge.tables import FOLDER, files_of, schema_of

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 600
TEXTS = {".py", ".md", ".toml", ".txt", ".csv", ".json", ".yml", ".yaml", ".cfg", ".sh", ""}
# Spelled in pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:wor[k]|hom[e]|User[s]|roo[t]|mn[t]|tm[p])/|[A-Z]:\\Users\\")
ALLOWED = re.compile(r"https?://\S+")


def kept_files() -> list[Path]:
    """Files that git tracks or would track; without git (a release), all of them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        return [
            p
            for p in ROOT.rglob("*")
            if p.is_file() and not any(part.startswith(".") or part == "build" for part in p.relative_to(ROOT).parts)
        ]
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


FILES = kept_files()


def test_there_is_something_to_look_at() -> None:
    assert len([p for p in FILES if p.suffix == ".py"]) > 40


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix in TEXTS], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_path_of_a_machine(path: Path) -> None:
    text = ALLOWED.sub("", path.read_text(encoding="utf-8"))
    found = [f"{n}: {line.strip()[:100]}" for n, line in enumerate(text.splitlines(), 1) if MACHINE_PATHS.search(line)]
    assert found == []


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix == ".py"], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_file_can_be_read_at_a_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < MAX_LINES


def test_the_check_sees_a_path() -> None:
    assert MACHINE_PATHS.search("see " + "/" + "home/ann/parley")
    assert not MACHINE_PATHS.search("team/" + "home/x is a path below")


def test_every_knowledge_file_is_described() -> None:
    described = set(re.findall(r"`([a-z_]+\.csv|[a-z]+/\*\.csv)`", (FOLDER / "README.md").read_text(encoding="utf-8")))
    assert len(described) > 10
    ours = {f"{folder}/*.csv" if folder else name for path in files_of(FOLDER) for folder, _, name in [path.rpartition("/")]}
    assert ours - described == set(), "not described in the README of the knowledge files"
    assert {d for d in described if not list(FOLDER.glob(d))} == set(), "described, but not there"


def test_every_column_is_described() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    schemas = {name: schema for name in files_of(FOLDER) if (schema := schema_of(name)) is not None}
    missing = {(name, column) for name, schema in schemas.items() for column in schema.columns if f"`{column}`" not in text}
    assert missing == set()

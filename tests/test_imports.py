"""What loads what: starting up costs little, and nothing heavy is loaded before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
HEAVY = ("numpy", "onnxruntime", "tokenizers", "trafilatura", "py3langid", "charset_normalizer", "hijridate", "rich.console",
         "rich.progress", "parley.pipeline", "parley.language", "parley.grounding", "parley.coding")  # fmt: skip
PROGRAM = "import sys; sys.argv = {!r}\nimport parley.cli\ntry:\n    parley.cli.main()\nexcept SystemExit:\n    pass"
STARTS = [
    ("import parley", "import parley"),
    ("the library's records", "from parley import Event, Fact, Party, Period, Place, Report"),
    ("the command line", "import parley.cli"),
    ("parley --help", PROGRAM.format(["parley", "--help"])),
    ("parley brief --help", PROGRAM.format(["parley", "brief", "--help"])),
    ("parley --version", PROGRAM.format(["parley", "--version"])),
]


@pytest.mark.parametrize(("why", "code"), STARTS, ids=[w for w, _ in STARTS])
def test_nothing_heavy_is_loaded(why: str, code: str) -> None:
    report = f"\nimport sys\nprint('loaded:', [m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code + report], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded: []"


def test_the_check_sees_what_is_loaded() -> None:
    code = f"from parley import Coder\nimport sys\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "numpy" in done.stdout
    assert "parley.pipeline" in done.stdout


CLOCKS = ("time", "perf_counter", "monotonic", "time_ns", "perf_counter_ns", "monotonic_ns")


def clocks_read(source: str) -> list[str]:
    """Names of wall clocks that a test file reads from the module `time`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "time" and node.attr in CLOCKS:
            found.append(f"time.{node.attr}")
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [name.name for name in node.names if name.name in CLOCKS]
    return found


def test_no_test_reads_the_wall_clock() -> None:
    read = {p.relative_to(TESTS).as_posix(): clocks_read(p.read_text(encoding="utf-8")) for p in TESTS.rglob("*.py")}
    assert {name: found for name, found in read.items() if found} == {}


def test_the_check_sees_a_clock() -> None:
    assert clocks_read("import time\nassert time.perf_counter() < 1") == ["time.perf_counter"]
    assert clocks_read("from time import time") == ["time"]
    assert clocks_read("import time\ntime.process_time()") == []

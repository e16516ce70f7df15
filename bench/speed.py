"""How fast Parley is: `python -m bench.speed [--shared DIR] [--words 60000]` prints a table.

Rates are words per second of processor time (`time.process_time`), so that other programs on the machine cost little; delays are
wall-clock time (`time.perf_counter`) of processes of their own, the median and the least of some runs. Since machines differ, each
rate is also given in words per yard: one yard is the processor time of a fixed piece of work, measured before and after. Words are
runs of characters between blanks. The reports are the State Department's press releases beside the project, in an order
fixed by a seed, or where those are absent our own examples, over and over.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from parley.language.analyser import Analyser
from parley.language.sentence import Sentence
from parley.language.split import split
from parley.ledger.facts import Ledger
from parley.ledger.saydo import contradictions
from parley.pipeline import Coder
from parley.records import Coded, RecordError, Report, to_line

ROOT = Path(__file__).resolve().parent.parent
RELEASES = Path("data/news/state_dept_2021_2022.jsonl.gz")
EXAMPLE = ROOT / "examples" / "juba-talks.json"
SEED = 20210719
COMMAND = "from parley.cli import main; main()"
LOADING = "import time; t = time.perf_counter(); from parley.pipeline import Coder; Coder(); print(time.perf_counter() - t)"
AT_END = (
    "import atexit, pathlib, sys; status = pathlib.Path('/proc/self/status'); "
    "atexit.register(lambda: sys.stderr.write(status.read_text() if status.exists() else '')); "
)
#: numpy's own threads would wait for each other at the cost of processor time, so the rates are measured without.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1")
#: One yard: so many steps of a plain Python loop, and so many products of two square matrices of this size.
LOOP_STEPS, PRODUCTS, SIDE = 5_000_000, 900, 256


@dataclass(frozen=True, slots=True)
class Delay:
    """Wall-clock seconds of some runs of the same thing, and the most memory that it held, in MiB (None where that cannot be told)."""

    seconds: tuple[float, ...]
    peak: float | None

    def __str__(self) -> str:
        memory = "–" if self.peak is None else f"{self.peak:.0f} MiB"
        return f"{statistics.median(self.seconds):>9.3f} s {min(self.seconds):>9.3f} s {memory:>13}"


class TimedAnalyser(Analyser):
    """An analyser that adds up its processor time, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0

    def analyse(self, text: str) -> list[Sentence]:
        start = time.process_time()
        found = super().analyse(text)
        self.seconds += time.process_time() - start
        return found


def yard() -> float:
    """Processor seconds of the fixed piece of work: half of it plain Python, half of it numpy, as Parley's own work is."""
    matrix = np.random.default_rng(SEED).random((SIDE, SIDE), dtype=np.float32)
    start = time.process_time()
    total = 0
    for n in range(LOOP_STEPS):
        total += n & 7
    product = matrix
    for _ in range(PRODUCTS):
        product = matrix @ product
        product /= product.max()
    return time.process_time() - start


def read_reports(shared: Path | None, words: int) -> tuple[list[Report], str]:
    """Reports of about so many words together, and what they are."""
    path = shared / RELEASES if shared is not None else None
    if path is not None and path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            lines = handle.readlines()
        random.Random(SEED).shuffle(lines)
        return list(_enough(_parsed(lines), words)), f"press releases ({RELEASES.name})"
    examples = [p.read_text(encoding="utf-8") for p in sorted(EXAMPLE.parent.glob("*.json"))]
    return list(_enough(_parsed(examples, again=True), words)), "our own examples over and over (the press releases are absent)"


def _parsed(texts: Sequence[str], again: bool = False) -> Iterator[Report]:
    while True:
        for text in texts:
            try:
                yield Report.from_json(json.loads(text))
            except RecordError:
                continue
        if not again:
            return


def _enough(reports: Iterator[Report], words: int) -> Iterator[Report]:
    total = 0
    for report in reports:
        if total >= words:
            return
        total += count_words(report)
        yield report


def count_words(report: Report) -> int:
    """Words of a report's text and title."""
    return len(report.text.split()) + len((report.title or "").split())


def stages(reports: Sequence[Report]) -> dict[str, float]:
    """Processor seconds of the reports end to end and by stage. The first report is coded once before, to warm up."""
    coder = Coder()
    coder.analyser = analyser = TimedAnalyser()
    coder.code(reports[0])
    analyser.seconds = 0.0
    start = time.process_time()
    coded: list[Coded] = list(coder.stream(reports))
    whole = time.process_time() - start
    start = time.process_time()
    for report in reports:
        split(report.text)
        split(report.title or "")
    splitting = time.process_time() - start
    ledger = Ledger(coder.knowledge.ledger_words, {lemma: kind for (lemma, _), kind in coder.knowledge.harms.items()})
    start = time.process_time()
    for c in coded:
        contradictions(c.events, ledger.facts(c.events))
    booking = time.process_time() - start
    return {
        "end to end": whole,
        "splitting": splitting,
        "analysing": analyser.seconds - splitting,
        "grounding and coding": whole - analyser.seconds - booking,
        "ledger": booking,
    }


def run(code: str, arguments: Sequence[str] = (), runs: int = 1, codes: Sequence[int] = (0,)) -> Delay:
    """Run a line of Python with arguments, each time in a process of its own, and once more for its memory.

    Raises RuntimeError when it ends with none of the exit codes.
    """
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        _finished(code, arguments, codes)
        seconds.append(time.perf_counter() - start)
    return Delay(tuple(seconds), memory(code, arguments, codes))


def memory(code: str, arguments: Sequence[str], codes: Sequence[int] = (0,)) -> float | None:
    """The most memory that a line of Python holds, in MiB; None on systems without /proc.

    What `wait4` tells counts the process that it was forked from, so the kernel is asked by the process itself as it ends.
    """
    said = re.findall(r"VmHWM:\s+(\d+) kB", _finished(AT_END + code, arguments, codes).stderr)
    return int(said[-1]) / 1024 if said else None


def _finished(code: str, arguments: Sequence[str], codes: Sequence[int]) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ONE_THREAD}
    process = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, env=environment)
    if process.returncode not in codes:
        raise RuntimeError(f"{code} {' '.join(arguments)}: {process.stderr.strip()}")
    return process


def loading(runs: int) -> Delay:
    """How long it takes to import and make a Coder, without the start of Python itself."""
    seconds = [float(_finished(LOADING, (), (0,)).stdout) for _ in range(runs)]
    return Delay(tuple(seconds), memory(LOADING, ()))


def report_rates(shared: Path | None, words: int) -> list[Report]:
    """Print the rates; gives the reports that they were measured on."""
    reports, what = read_reports(shared, words)
    total = sum(count_words(r) for r in reports)
    print(f"{what}: {len(reports):,} reports, {total:,} words, one thread")
    before = yard()
    seconds = stages(reports)
    after = yard()
    length, whole = (before + after) / 2, seconds["end to end"]
    print(f"one yard: {before:.3f} s of processor time before, {after:.3f} s after")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
    print(f"{'':<24}{'words/s':>12}{'reports/s':>12}{'words/yard':>12}{'share':>8}")
    for name, spent in seconds.items():
        rate = 1 / max(spent, 1e-9)
        print(f"{name:<24}{total * rate:>12,.0f}{len(reports) * rate:>12,.1f}{total * rate * length:>12,.0f}{spent / whole:>8.1%}")
    return reports


def report_delays(reports: Sequence[Report], runs: int) -> None:
    """Print the delays and the memory."""
    print(f"\n{'':<38}{'median':>11}{'least':>12}{'peak memory':>14}")
    print(f"{'python that does nothing':<38}{run('pass', (), runs)}")
    print(f"{'import parley':<38}{run('import parley', (), runs)}")
    print(f"{'parley --help':<38}{run(COMMAND, ['--help'], runs)}")
    print(f"{'Coder(), within Python':<38}{loading(runs)}")
    print(f"{'parley brief ' + EXAMPLE.relative_to(ROOT).as_posix():<38}{run(COMMAND, ['brief', str(EXAMPLE)], runs)}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("".join(to_line(r) + "\n" for r in reports), encoding="utf-8")
        arguments = ["code", str(path), "--events", f"{folder}/events.jsonl", "--facts", f"{folder}/facts.jsonl"]
        # Exit code 1 says that some reports were left out, those in other languages.
        print(f"{f'parley code, the {len(reports):,} reports':<38}{run(COMMAND, arguments, codes=(0, 1))}")


def main() -> None:
    """Entry point of `python -m bench.speed`."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="How fast Parley is.")
    parser.add_argument("--shared", type=Path, metavar="DIR", help="the folder of data beside the project")
    parser.add_argument("--words", type=int, default=60_000, help="about how many words to code (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="how often each delay is measured (%(default)s)")
    options = parser.parse_args()
    if ONE_THREAD.items() - os.environ.items():
        os.execve(sys.executable, [sys.executable, "-m", "bench.speed", *sys.argv[1:]], {**os.environ, **ONE_THREAD})
    report_delays(report_rates(options.shared, options.words), options.runs)


if __name__ == "__main__":
    main()

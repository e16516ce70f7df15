"""The command line as people use it: every verb, every exit code, and bad input that is said and never ends in a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import parley.pipeline
from parley import __version__
from parley.cli import app
from parley.pipeline import Coder
from parley.records import Coded, Report
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "juba-talks.json"
SENTENCE = "Rebels attacked the army base near Goma on Monday."
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, coder: Coder) -> Any:
    """Runs `parley …` in an empty folder; a coder without lists of a user's own is the shared one."""
    monkeypatch.chdir(tmp_path)

    def shared(*, knowledge: Path | None = None) -> Coder:
        return coder if knowledge is None else Coder(knowledge=knowledge)

    monkeypatch.setattr(parley.pipeline, "Coder", shared)

    def invoke(*words: str | Path, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(app, [str(w) for w in words], input=stdin, prog_name="parley")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return invoke


def line(n: int, **values: Any) -> str:
    return json.dumps({"id": f"r{n}", "date": "2021-07-20", "text": SENTENCE, **values})


def nine(seventh: str) -> bytes:
    return ("\n".join(seventh if n == 7 else line(n) for n in range(1, 10)) + "\n").encode()


def events_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in text.splitlines() if row]


# -- the verbs ------------------------------------------------------------------------------------------------------------


def test_version_and_help(run: Any) -> None:
    assert run("--version").stdout == f"parley {__version__}\n"
    text = run("--help").stdout
    assert all(verb in text for verb in ("brief", "code", "explain", "score", "knowledge"))
    assert run().exit_code == 2, "no verb"


def test_brief(run: Any) -> None:
    result = run("brief", EXAMPLE)
    assert result.exit_code == 0
    assert result.stdout.startswith("Sudan and SPLM-N rebels extend truce in Juba")
    assert "THE LEDGER" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100
    assert result.stderr == ""


def test_brief_as_json_and_markdown(run: Any) -> None:
    coded = json.loads(run("brief", EXAMPLE, "--format", "json").stdout)
    assert coded["report"]["id"] == "juba-talks"
    assert coded["events"]
    assert coded["facts"]
    assert run("brief", EXAMPLE, "--format", "markdown").stdout.startswith("# Sudan and SPLM\\-N".replace("\\-", "-"))


def test_brief_of_plain_text_says_that_it_has_no_day(run: Any) -> None:
    Path("a.txt").write_text(SENTENCE, encoding="utf-8")
    assert "no date given" in run("brief", "a.txt").stdout
    dated = run("brief", "a.txt", "--date", "2021-07-20").stdout
    assert "no date given" not in dated
    assert "2021-07-19" in dated, "the Monday before"


def test_a_day_given_does_not_overrule_the_report(run: Any) -> None:
    assert "2021-06-08" in run("brief", EXAMPLE, "--date", "1999-01-01").stdout


def test_code_to_files(run: Any) -> None:
    result = run("code", EXAMPLE, "--events", "e.jsonl", "--facts", "f.jsonl", "--rejects", "r.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 coded, 0 left out" in result.stderr
    events, facts = (events_of(Path(name).read_text(encoding="utf-8")) for name in ("e.jsonl", "f.jsonl"))
    assert {e["report"] for e in events} == {"juba-talks"}
    assert {i for f in facts for i in f["evidence"]} <= {e["id"] for e in events}
    assert Path("r.jsonl").read_text(encoding="utf-8") == ""


def test_code_to_standard_output(run: Any) -> None:
    assert [e["type"] for e in events_of(run("code", "-", stdin=line(1).encode()).stdout)] == ["ASSAULT"]
    rows = list(csv.DictReader(io.StringIO(run("code", "-", "--format", "csv", stdin=line(1).encode()).stdout)))
    assert [(r["type"], r["trigger"], r["date_start"]) for r in rows] == [("ASSAULT", "attacked", "2021-07-19")]


def test_code_facts_alone_prints_no_events(run: Any) -> None:
    assert run("code", EXAMPLE, "--facts", "f.jsonl").stdout == ""
    assert Path("f.jsonl").read_text(encoding="utf-8")


def test_code_is_the_same_again(run: Any) -> None:
    assert run("code", EXAMPLE).stdout == run("code", EXAMPLE).stdout != ""


def test_explain(run: Any) -> None:
    text = run("explain", SENTENCE, "--date", "2021-07-20").stdout
    assert re.search(r"attacked +attack +VERB +root", text)
    assert "ASSAULT · actual · “attacked”" in text
    assert "    rule: attack/verb" in text
    assert "Nothing was coded." in run("explain", "The weather was fine.").stdout
    assert run("explain", "  ").exit_code == 1


def test_score(run: Any) -> None:
    Path("e.jsonl").write_text(run("code", "-", stdin=line(1).encode()).stdout, encoding="utf-8")
    gold = {"id": "r1", "text": SENTENCE, "facts": [], "events": [{"id": "g", "type": "ASSAULT", "trigger": "attacked", "quote": SENTENCE,
            "actors": ["rebels"], "recipients": ["army base"], "status": "actual"}]}  # fmt: skip
    Path("gold.json").write_text(json.dumps(gold), encoding="utf-8")
    table = run("score", "gold.json", "e.jsonl")
    assert table.exit_code == 0
    assert re.search(r"event_type +1\.000 +1\.000 +1\.000 +1 +1\n", table.stdout)
    assert json.loads(run("score", "gold.json", "e.jsonl", "--json").stdout)["event_type"]["f1"] == 1.0


def test_score_says_when_nothing_can_match(run: Any) -> None:
    Path("e.jsonl").write_text(json.dumps({"report": "x", "type": "AID", "trigger": {"start": 0, "end": 1}}), encoding="utf-8")
    Path("gold.jsonl").write_text(json.dumps({"id": "r1", "text": "x", "events": []}), encoding="utf-8")
    assert "ids" in run("score", "gold.jsonl", "e.jsonl").stderr


def test_knowledge_check(run: Any) -> None:
    Path("own").mkdir()
    Path("own/means.csv").write_text("lemma,type,mode\nzapper,ASSAULT,drone\n", encoding="utf-8")
    good = run("knowledge", "check", "own")
    assert (good.exit_code, good.stdout) == (0, "")
    Path("own/means.csv").write_text("lemma,type,mode\nzapper,ZAP,drone\n", encoding="utf-8")
    bad = run("knowledge", "check", "own")
    assert bad.exit_code == 1
    assert bad.stdout.startswith("means.csv:2: type: 'ZAP'")


def test_a_users_own_lists_are_used(run: Any) -> None:
    Path("own").mkdir()
    Path("own/groups.csv").write_text("name,aliases,country,sectors,kind,start,end\nEmber Front,,KEN,REB,armed group,,\n", encoding="utf-8")
    text = run("code", "-", "--knowledge", "own", stdin=b"The Ember Front attacked the army base.").stdout
    assert events_of(text)[0]["actors"][0]["code"] == "KENREB"


# -- called wrongly: 2 ----------------------------------------------------------------------------------------------------

MISUSES = [
    ("an unknown verb", ["frobnicate"], "frobnicate"),
    ("an unknown option", ["code", "a.jsonl", "--bogus"], "--bogus"),
    ("no path", ["code"], "PATH"),
    ("an unknown form", ["code", "a.jsonl", "--format", "xml"], "xml"),
    ("an absent file", ["code", "absent.txt"], "absent.txt: no such file"),
    ("an absent file beside one that is there", ["code", "a.jsonl", "absent.txt"], "absent.txt: no such file"),
    ("an absent report", ["brief", "absent.txt"], "absent.txt: no such file"),
    ("a day that is none", ["code", "a.jsonl", "--date", "2021-13-45"], "'2021-13-45' is not a day"),
    ("a day in words", ["explain", "x", "--date", "July 2021"], "'July 2021' is not a day"),
    ("an output in no folder", ["code", "a.jsonl", "--events", "none/e.jsonl"], "none/e.jsonl: cannot be written"),
    ("an output that is a folder", ["code", "a.jsonl", "--facts", "own"], "own: cannot be written"),
    ("an output that is the input", ["code", "a.jsonl", "--events", "./a.jsonl"], "overwritten"),
    ("an output within the input", ["code", ".", "--rejects", "sub/b.txt"], "overwritten"),
    ("two outputs in one file", ["code", "a.jsonl", "--events", "e", "--facts", "./e"], "two outputs"),
    ("no folder of lists", ["code", "a.jsonl", "--knowledge", "absent"], "absent: no such folder"),
    ("a folder without lists", ["code", "a.jsonl", "--knowledge", "sub"], "sub: no knowledge file"),
    ("faulty lists", ["code", "a.jsonl", "--knowledge", "own"], "means.csv:2: type: 'ZAP'"),
    ("faulty lists, in a brief", ["brief", "a.jsonl", "--knowledge", "own"], "means.csv:2: type: 'ZAP'"),
    ("gold that is absent", ["score", "absent", "a.jsonl"], "absent: no such file"),
    ("lists to check that are absent", ["knowledge", "check", "absent"], "absent: no such folder"),
    ("nothing to check", ["knowledge", "check", "sub"], "sub: no knowledge file"),
]


@pytest.mark.parametrize(("why", "words", "said"), MISUSES, ids=[m[0] for m in MISUSES])
def test_called_wrongly(why: str, words: list[str], said: str, run: Any) -> None:
    for folder in ("own", "sub"):
        Path(folder).mkdir()
    Path("a.jsonl").write_text(line(1), encoding="utf-8")
    Path("sub/b.txt").write_text(SENTENCE, encoding="utf-8")
    Path("own/means.csv").write_text("lemma,type,mode\nzapper,ZAP,drone\n", encoding="utf-8")
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert Path("a.jsonl").read_text(encoding="utf-8") == line(1), "the input is untouched"


# -- input that cannot be used: 1 -----------------------------------------------------------------------------------------

BAD_LINES = [
    ("broken", '{"text": "x', "no JSON: unterminated string"),
    ("null", "null", "not null"),
    ("a number", "17", "not a number"),
    ("a list", "[1]", "not a list"),
    ("nested 100,000 deep", "[" * 100_000, "nested too deeply"),
    ("no text", '{"title": "x"}', "text: missing"),
    ("text of the wrong type", '{"text": 7}', "text: text was expected"),
    ("a day that is none", line(7, date="2021-13-45"), "'2021-13-45' is not a day"),
    ("a day in words", line(7, date="July 2021"), "'July 2021' is not a day"),
    ("an id that came before", line(2), "its id or text came before: 'r2' in a.jsonl:2"),
    (
        "another language",
        line(7, text="Die Regierung und die Rebellen einigten sich am Montag in Genf auf eine Waffenruhe bis August."),
        "language de",
    ),
    ("a line of 20 MB", line(7, text="word " * 4_000_000), "too long"),
    ("escapes in a fault", line(7, language="\x1b[31mde\x9b"), "language"),
]


@pytest.mark.parametrize(("why", "seventh", "said"), BAD_LINES, ids=[b[0] for b in BAD_LINES])
def test_a_bad_line_is_named_and_the_other_eight_are_coded(why: str, seventh: str, said: str, run: Any) -> None:
    Path("a.jsonl").write_bytes(nine(seventh))
    result = run("code", "a.jsonl", "--rejects", "r.jsonl")
    assert result.exit_code == 1
    assert [e["report"] for e in events_of(result.stdout)] == [f"r{n}" for n in range(1, 10) if n != 7]
    assert f"a.jsonl:7: {said}" in result.stderr or (said in result.stderr and "a.jsonl:7: " in result.stderr)
    assert "8 coded, 1 left out" in result.stderr
    assert not OBEYED.search(result.stderr)
    (kept,) = events_of(Path("r.jsonl").read_text(encoding="utf-8"))
    assert (kept["source"], kept["line"]) == ("a.jsonl", 7)
    assert said in kept["reason"]


BAD_FILES = [
    ("empty", b"", "empty"),
    ("blanks", b" \n\t\n", "empty"),
    ("random bytes", bytes(range(256)) * 4, "binary"),
    ("Spanish", b"El gobierno y los rebeldes acordaron el lunes un alto el fuego hasta finales de agosto.", "language es"),
]


@pytest.mark.parametrize(("why", "data", "said"), BAD_FILES, ids=[b[0] for b in BAD_FILES])
@pytest.mark.parametrize("verb", ["brief", "code"])
def test_a_bad_file(verb: str, why: str, data: bytes, said: str, run: Any) -> None:
    Path("a.txt").write_bytes(data)
    for result in (run(verb, "a.txt"), run(verb, "-", stdin=data)):
        assert result.exit_code == 1
        assert said in result.stderr
        assert result.stdout == ""


def test_a_folder_of_many_kinds(run: Any) -> None:
    Path("in/sub").mkdir(parents=True)
    for name, data in (
        ("a.txt", SENTENCE.encode()),
        ("b.json", line(2).encode()),
        ("sub/c.jsonl", line(3).encode()),
        ("d.txt", b""),
        ("e.pdf", b"%PDF"),
    ):
        Path("in", name).write_bytes(data)
    result = run("code", "in", "in/a.txt")
    assert result.exit_code == 1
    assert len(events_of(result.stdout)) == 3, "a file that is named twice is read once"
    assert "1 file of other kinds passed over (.pdf)" in result.stderr
    assert "in/d.txt: empty" in result.stderr
    assert "3 coded (1 without a date" in result.stderr


def test_a_folder_without_reports(run: Any) -> None:
    Path("in").mkdir()
    for verb in ("code", "brief"):
        result = run(verb, "in")
        assert result.exit_code == 1
        assert "in: no reports are in this folder" in result.stderr


BAD_SCORES = [
    ("events that are none", "gold.jsonl", "{", "e.jsonl:1: no JSON"),
    ("events without a type", "gold.jsonl", '{"report": "x"}', "e.jsonl:1: no event: type"),
    ("gold that is none", "e.jsonl", '{"report": "x"}', "e.jsonl:1: no gold"),
]


@pytest.mark.parametrize(("why", "gold", "events", "said"), BAD_SCORES, ids=[b[0] for b in BAD_SCORES])
def test_what_cannot_be_scored(why: str, gold: str, events: str, said: str, run: Any) -> None:
    Path("gold.jsonl").write_text(json.dumps({"id": "r1", "text": "x", "events": []}), encoding="utf-8")
    Path("e.jsonl").write_text(events, encoding="utf-8")
    result = run("score", gold, "e.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_a_fault_of_our_own_costs_one_report(run: Any, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def __init__(self, **_: Any) -> None:
            pass

        def code(self, report: Report) -> Coded:
            if report.id == "r7":
                raise ZeroDivisionError("seven\x1b[31m")
            return coder.code(report)

    monkeypatch.setattr(parley.pipeline, "Coder", Failing)
    Path("a.jsonl").write_bytes(nine(line(7)))
    result = run("code", "a.jsonl")
    assert result.exit_code == 1
    assert len(events_of(result.stdout)) == 8
    assert "a.jsonl:7: an error of Parley's own, please report it: ZeroDivisionError: seven" in result.stderr
    assert not OBEYED.search(result.stderr)
    assert run("brief", "a.jsonl").stdout.count("WHO DID OR SAID WHAT TO WHOM") == 8


def test_a_fault_outside_reports_is_a_line(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> Coder:
        raise RuntimeError("no weights")

    monkeypatch.setattr(parley.pipeline, "Coder", broken)
    result = run("explain", SENTENCE)
    assert result.exit_code == 1
    assert "an error of Parley's own, please report it: RuntimeError: no weights" in result.stderr


HOSTILE = {
    "id": "h",
    "date": "2021-07-20",
    "title": "\x1b]0;owned\x07Truce \x9b31m\x00",
    "publisher": "\x1b[2J",
    "text": "Rebels\x1b[31m attacked Goma.\x00",
}


@pytest.mark.parametrize("words", [["brief"], ["brief", "--format", "json"], ["brief", "--format", "markdown"], ["code"]], ids=" ".join)
def test_no_control_character_comes_out(words: list[str], run: Any) -> None:
    result = run(*words, "-", stdin=json.dumps(HOSTILE).encode())
    assert result.exit_code == 0
    assert not OBEYED.search(result.stdout + result.stderr)


def test_surrogates_are_written(run: Any) -> None:
    result = run("code", "-", "--events", "e.jsonl", stdin=rb'{"id": "s", "text": "Rebels attacked the army base \ud800 near Goma."}')
    assert result.exit_code == 0
    assert Path("e.jsonl").read_text(encoding="utf-8")


# -- as a program of its own ----------------------------------------------------------------------------------------------


def program(*words: str, **more: Any) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "parley", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **more
    )


def test_a_pipe_that_closes_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(line(n) for n in range(200)), encoding="utf-8")
    with program("code", str(tmp_path / "a.jsonl")) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert json.loads(running.stdout.readline())["report"] == "r0"
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_control_c_ends_it_with_a_word() -> None:
    with program("code", "-", stdin=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(line(1).encode() + b"\n")
        running.stdin.flush()
        assert running.stdout.readline(), "it codes what it has before the end of its input"
        running.send_signal(signal.SIGINT)
        said = running.stderr.read()
        running.stdin.close()
    assert running.returncode == 130
    assert said == b"parley: stopped: 1 coded, 0 left out\n"


def test_a_closed_standard_input_is_said() -> None:
    with program("brief", "-", preexec_fn=lambda: os.close(0)) as running:
        _, said = running.communicate()
    assert running.returncode == 2
    assert said == b"parley: standard input is closed\n"


def test_a_full_disk_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no full device")
    with program("code", str(EXAMPLE), "--events", "/dev/full") as running:
        _, said = running.communicate()
    assert running.returncode == 2
    assert b"no space left" in said
    assert b"Traceback" not in said


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(run: Any) -> None:
    Path("a.txt").write_text(SENTENCE, encoding="utf-8")
    Path("a.txt").chmod(0)
    result = run("code", "a.txt")
    assert result.exit_code == 2
    assert "a.txt: permission denied" in result.stderr
    Path("b.txt").write_text(SENTENCE, encoding="utf-8")
    both = run("code", "a.txt", "b.txt")
    assert both.exit_code == 1
    assert events_of(both.stdout)


def test_a_terminal_gets_the_brief_within_its_width() -> None:
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    screen, shown = pty.openpty()
    fcntl.ioctl(shown, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", "COLUMNS": "80"}
    with subprocess.Popen(
        [sys.executable, "-m", "parley", "brief", str(EXAMPLE)], stdin=shown, stdout=shown, stderr=shown, env=environment
    ) as running:
        os.close(shown)
        text = b""
        while True:
            try:
                piece = os.read(screen, 65536)
            except OSError:
                break
            if not piece:
                break
            text += piece
    os.close(screen)
    assert running.returncode == 0
    lines = text.decode().replace("\r\n", "\n").split("\n")
    assert "THE LEDGER" in [re.sub(r"\x1b\[[0-9;]*m", "", one).strip() for one in lines]
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", one)) for one in lines) <= 80

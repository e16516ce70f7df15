"""Knowledge files: faults by file and line, a user's rows laid over ours, and our own files free of faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.knowledge.knowledge import Knowledge
from parley.knowledge.tables import FOLDER, KnowledgeError, check, files_of, load_table, read_rows, schema_of

OWN = "predicates/own.csv"
PREDICATES = "lemma,pos,with,type,mode,actor,recipient,content,cameo,contexts,example\n"
GROUPS = "name,aliases,country,sectors,kind,start,end\n"
STATUS = "lemma,pos,status,scope\n"

FAULTS = [
    ("a column is missing", "groups.csv", "name,aliases\nHearth,\n", 1, "columns missing: country"),
    ("a column too many", "means.csv", "lemma,type,mode,colour\n", 1, "not known: colour"),
    ("an unquoted comma", "groups.csv", GROUPS + "Hearth,The, Hearth,SDN,REB,armed group,,\n", 2, "8 cells, the first line has 7"),
    ("no name", "groups.csv", GROUPS + ",,SDN,REB,armed group,,\n", 2, "name: is empty"),
    ("a country in words", "groups.csv", GROUPS + "Hearth,,Sudan,REB,armed group,,\n", 2, "country: 'Sudan'"),
    ("no such sector", "groups.csv", GROUPS + "Hearth,,SDN,REB|XYZ,armed group,,\n", 2, "sectors: 'XYZ'"),
    ("no such kind", "groups.csv", GROUPS + "Hearth,,SDN,REB,gang,,\n", 2, "kind: 'gang'"),
    ("no year", "groups.csv", GROUPS + "Hearth,,SDN,REB,armed group,long ago,\n", 2, "start: 'long ago'"),
    ("the line after comments and blank lines", "groups.csv", "# ours\n\n" + GROUPS + "# more\nHearth,,SDN,REB,gang,,\n", 5, "kind"),
    ("no such type", OWN, PREDICATES + "zap,verb,,ZAP,,,,,,,\n", 2, "type: 'ZAP'"),
    ("a mode of another type", OWN, PREDICATES + "zap,verb,,ASSAULT,curfew,,,,,,\n", 2, "mode: 'curfew' is no mode of ASSAULT"),
    ("a slot with a blank", OWN, PREDICATES + "zap,verb,,ASSAULT,,su bj,,,,,\n", 2, "actor: 'su bj' is no slot"),
    ("a condition without a slot", OWN, PREDICATES + "zap,verb,:truce,ASSAULT,,,,,,,\n", 2, "with: ':truce' is no condition"),
    ("no such context", OWN, PREDICATES + "zap,verb,,ASSAULT,,,,,,fun,\n", 2, "contexts: 'fun'"),
    ("a CAMEO code of letters", OWN, PREDICATES + "zap,verb,,ASSAULT,,,,,xx,,\n", 2, "cameo: 'xx'"),
    ("no such part of speech", OWN, PREDICATES + "zap,adverb,,ASSAULT,,,,,,,\n", 2, "pos: 'adverb'"),
    ("no such status", "status.csv", STATUS + "zap,verb,done,xcomp\n", 2, "status: 'done'"),
    ("no such scope", "status.csv", STATUS + "zap,verb,negated,page\n", 2, "scope: 'page'"),
    ("no such book", "ledger.csv", "lemma,pos,book,sense\nzap,noun,poetry,x\n", 2, "book: 'poetry'"),
    ("a class name with capitals", "classes/own.csv", "class,lemma\nTruce!,zap\n", 2, "class: 'Truce!'"),
]  # fmt: skip


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("why", "name", "text", "line", "said"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_fault_is_named_by_file_and_line(why: str, name: str, text: str, line: int, said: str, tmp_path: Path) -> None:
    write(tmp_path, name, text)
    (fault,) = check(tmp_path)
    assert fault.startswith(f"{name}:{line}: ")
    assert said in fault
    with pytest.raises(KnowledgeError, match=f"{name}:{line}: "):
        load_table(name.partition("/")[0], tmp_path)


OTHER_FAULTS = [
    ("a file of an unknown name", "heroes.csv", "name\nx\n", "heroes.csv: no knowledge file has this name"),
    ("a class that no file has", OWN, PREDICATES + "zap,verb,obj:{unheard},ASSAULT,,,,,,,\n", "{unheard}"),
    ("a row twice", "means.csv", "lemma,type,mode\nzapper,ASSAULT,drone\nzapper,ASSAULT,aerial\n", "'zapper ASSAULT' is there twice"),
]


@pytest.mark.parametrize(("why", "name", "text", "said"), OTHER_FAULTS, ids=[f[0] for f in OTHER_FAULTS])
def test_faults_between_rows_and_files(why: str, name: str, text: str, said: str, tmp_path: Path) -> None:
    write(tmp_path, name, text)
    (fault,) = check(tmp_path)
    assert name in fault
    assert said in fault


def test_a_file_that_is_not_utf8_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "means.csv").write_bytes("lemma,type,mode\nZäpper,ASSAULT,drone\n".encode("latin-1"))
    (fault,) = check(tmp_path)
    assert fault.startswith("means.csv: ")


def test_a_spreadsheet_may_save_it(tmp_path: Path) -> None:
    (tmp_path / "means.csv").write_bytes(b'\xef\xbb\xbflemma,type,mode\r\n"zapper",ASSAULT,drone\r\n')
    assert check(tmp_path) == []
    assert read_rows(tmp_path / "means.csv", "means.csv")[0] == [{"lemma": "zapper", "type": "ASSAULT", "mode": "drone"}]


def test_no_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such folder"):
        check(tmp_path / "absent")


def test_our_own_files_have_no_faults() -> None:
    assert check() == []
    assert [name for name in files_of(FOLDER) if schema_of(name) is None] == ["places.csv", "times.csv"], (
        "read by grounding in their own form"
    )


BASE_ROWS = GROUPS + "Hearth,The Hearth|HRT,SDN,REB,armed group,,\nAnvil,,SDN,PTY,organisation,,\n"
OVERLAYS = [
    ("nothing laid over", "", {"Hearth": "REB", "Anvil": "PTY"}),
    ("a row is added", "Lantern,,KEN,NGO,organisation,,\n", {"Hearth": "REB", "Anvil": "PTY", "Lantern": "NGO"}),
    ("a row replaces ours", "Hearth,,SDN,MIL,armed group,,\n", {"Hearth": "MIL", "Anvil": "PTY"}),
    ("a row is removed", "-Anvil,,,,,,\n", {"Hearth": "REB"}),
    ("removing what is not there", "-Nobody,,,,,,\n", {"Hearth": "REB", "Anvil": "PTY"}),
    ("removed and put anew", "-Anvil,,,,,,\nAnvil,,KEN,UAF,armed group,,\n", {"Hearth": "REB", "Anvil": "UAF"}),
]


@pytest.mark.parametrize(("why", "rows", "expected"), OVERLAYS, ids=[o[0] for o in OVERLAYS])
def test_an_overlay(why: str, rows: str, expected: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "base", "groups.csv", BASE_ROWS)
    write(tmp_path / "own", "groups.csv", GROUPS + rows)
    merged = load_table("groups.csv", tmp_path / "own", base=tmp_path / "base")
    assert {r["name"]: r["sectors"] for r in merged} == expected


REMOVED_MEANINGS = [
    ("one meaning", "-zap,verb,obj:{truce},,,,,,,,\n", {""}),
    ("every meaning of a word", "-zap,verb,,,,,,,,,\n", set()),
]


@pytest.mark.parametrize(("why", "rows", "left"), REMOVED_MEANINGS, ids=[o[0] for o in REMOVED_MEANINGS])
def test_meanings_are_removed(why: str, rows: str, left: set[str], tmp_path: Path) -> None:
    write(tmp_path / "base", "predicates/a.csv", PREDICATES + "zap,verb,,ASSAULT,,,,,,,\nzap,verb,obj:{truce},REJECT,,,,,,,\n")
    write(tmp_path / "own", "predicates/b.csv", PREDICATES + rows)
    merged = load_table("predicates", tmp_path / "own", base=tmp_path / "base")
    assert {r["with"] for r in merged} == left


def test_the_program_knows_what_the_user_adds(tmp_path: Path) -> None:
    write(tmp_path, "groups.csv", GROUPS + "Ember Front,EFX,KEN,REB,armed group,,\n")
    write(tmp_path, OWN, PREDICATES + "zorble,verb,,ASSAULT,drone,,,,,,\n")
    knowledge = Knowledge(tmp_path)
    assert knowledge.by_name["EFX"].name == "Ember Front"
    (meaning,) = knowledge.predicates["zorble", "verb"]
    assert (meaning.type, meaning.mode, meaning.actor, meaning.recipient) == ("ASSAULT", "drone", "subj", "obj")
    assert ("zorble", "verb") not in Knowledge().predicates


def test_the_most_exact_meaning_comes_first() -> None:
    for meanings in Knowledge().predicates.values():
        conditions = [sum(2 if c.lemmas else 1 for c in m.conditions) for m in meanings]
        assert conditions == sorted(conditions, reverse=True)

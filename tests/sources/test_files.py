"""Files, folders and streams: what people have becomes reports, or a reject with its reason. Nothing is raised but for a path."""

from __future__ import annotations

import io
import json
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.records import Report
from parley.sources.encoding import mended
from parley.sources.files import (
    MAX_LINE_BYTES,
    MAX_REPORT_CHARACTERS,
    Found,
    Item,
    Reject,
    UnreadablePathError,
    files_below,
    language_of,
    read_file,
    read_stream,
)

NEWS = "“Rebels denied attacking the town,” the army’s spokesman said on Monday, and the government in São Tomé agreed to a truce."
PLAIN = NEWS.replace("“", '"').replace("”", '"').replace("’", "'")


def read(data: bytes, suffix: str = "", day: str | None = None) -> list[Item]:
    return list(read_stream(io.BytesIO(data), f"x{suffix}", suffix, day=day))


def only(data: bytes, suffix: str = "") -> Report:
    (item,) = read(data, suffix)
    assert isinstance(item, Found), str(item)
    return item.report


def reason(data: bytes, suffix: str = "") -> str:
    (item,) = read(data, suffix)
    assert isinstance(item, Reject)
    return str(item)


ENCODINGS = [
    ("plain UTF-8", NEWS, "utf-8"),
    ("UTF-8 with its mark", NEWS, "utf-8-sig"),
    ("Windows, Western Europe", NEWS, "cp1252"),
    ("Latin-1", PLAIN, "latin-1"),
    ("UTF-16 with its mark", NEWS, "utf-16"),
    ("UTF-16, little end first, no mark", NEWS, "utf-16-le"),
    ("UTF-16, big end first, no mark", NEWS, "utf-16-be"),
    ("UTF-32 with its mark", NEWS, "utf-32"),
]


@pytest.mark.parametrize(("why", "text", "encoding"), ENCODINGS, ids=[e for e, _, _ in ENCODINGS])
def test_encodings_are_told(why: str, text: str, encoding: str) -> None:
    assert only(text.encode(encoding), ".txt").text == text
    assert only(json.dumps({"text": text}, ensure_ascii=False).encode(encoding), ".json").text == text


def test_json_lines_that_a_windows_shell_wrote_in_utf16() -> None:
    lines = "".join(json.dumps({"text": f"{NEWS} {n}"}) + "\r\n" for n in range(3))
    assert len([i for i in read(lines.encode("utf-16"), ".jsonl") if isinstance(i, Found)]) == 3


def test_damaged_utf8_keeps_what_is_sound() -> None:
    text = only((NEWS * 3).encode() + b" \xe2\x80 the end", ".txt").text
    assert text.startswith(NEWS)
    assert text.endswith("the end")


REFUSED = [
    ("nothing", b"", ".txt", "empty"),
    ("blanks only", b" \n\t\r\n", ".txt", "empty"),
    ("only a byte-order mark", b"\xef\xbb\xbf", ".json", "empty"),
    ("no lines", b"", ".jsonl", "empty"),
    ("blank lines", b"\n\n \n", ".jsonl", "empty"),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00", ".txt", "binary"),
    ("a picture called a page", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00", ".html", "binary"),
    ("null", b"null", ".json", "not null"),
    ("a number", b"3", ".json", "not a number"),
    ("a text", b'"x"', ".json", "not text"),
    ("a list of nothing", b"[]", ".json", "empty list"),
    ("a list of a list", b"[[]]", ".json", "not a list"),
    ("no text in it", b"{}", ".json", "text: missing"),
    ("text that is a number", b'{"text": 5}', ".json", "text: text was expected, found int"),
    ("a title that is a list", b'{"text": "a", "title": []}', ".json", "title: text was expected, found list"),
    ("a month that is none", b'{"text": "a", "date": "2021-13-45"}', ".json", "'2021-13-45' is not a day"),
    ("a day in words", b'{"text": "a", "date": "July 2021"}', ".json", "'July 2021' is not a day"),
    ("a bracket too few", b'{"text": "a"', ".json", "no JSON: expecting ',' delimiter at column 13"),
    ("a fault on the third line", b'{\n"text": "a",\n"date" 3\n}', ".json", "line 3, column 8"),
    ("nested 100,000 deep, lists", b"[" * 100_000, ".json", "nested too deeply"),
    ("nested 100,000 deep, objects", b'{"text":' * 100_000, ".json", "nested too deeply"),
    ("a number of 5,000 digits", b'{"text": "a", "n": ' + b"1" * 5000 + b"}", ".json", "thousands of digits"),
    ("says that it is German", b'{"text": "a", "language": "de"}', ".json", "language de: only English"),
    ("a page without an article", b"<html><body></body></html>", ".html", "no article"),
    ("a page of nothing but tags", b"<p>" * 60_000, ".html", "tags"),
]


@pytest.mark.parametrize(("why", "data", "suffix", "said"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_cannot_be_used_is_said(why: str, data: bytes, suffix: str, said: str) -> None:
    assert said in reason(data, suffix)


LONG = b"word " * 4_000_000
LONG_LINES = [
    ("text", LONG, ".txt", "too long"),
    ("one JSON object", b'{"text": "' + LONG + b'"}', ".json", "too long"),
    ("one line of JSON Lines", b'{"text": "' + LONG + b'"}', ".jsonl", "too long"),
    ("of unknown kind", LONG, "", "too long"),
]


@pytest.mark.parametrize(("why", "data", "suffix", "said"), LONG_LINES, ids=[r[0] for r in LONG_LINES])
def test_a_line_of_20_megabytes_is_said_within_bounds(why: str, data: bytes, suffix: str, said: str) -> None:
    assert len(data) > MAX_LINE_BYTES
    tracemalloc.start()
    try:
        assert said in reason(data, suffix)
        assert tracemalloc.get_traced_memory()[1] < 12 * len(data)
    finally:
        tracemalloc.stop()


def test_lines_after_one_that_is_too_long_are_read() -> None:
    long, short = read(b'{"text": "' + LONG + b'"}\n{"text": "after"}\n', ".jsonl")
    assert isinstance(long, Reject)
    assert long.line == 1
    assert isinstance(short, Found)
    assert (short.report.text, short.line) == ("after", 2)


def test_the_longest_report_is_read_and_one_more_character_is_not() -> None:
    fits = ("word " * (MAX_REPORT_CHARACTERS // 5)).encode()
    assert len(only(fits, ".txt").text) == MAX_REPORT_CHARACTERS
    assert "too long" in reason(fits + b".", ".txt")


def test_a_faulty_line_is_named_and_the_others_are_read() -> None:
    rows = [json.dumps({"text": f"Report {n}.", "id": str(n)}) for n in range(1, 10)]
    rows[6] = '{"text": "broken'
    items = read("\n".join(rows).encode(), ".jsonl")
    assert [i.report.id for i in items if isinstance(i, Found)] == ["1", "2", "3", "4", "5", "6", "8", "9"]
    (reject,) = (i for i in items if isinstance(i, Reject))
    assert str(reject) == "x.jsonl:7: no JSON: unterminated string starting at column 10"


ACCEPTED = [
    ("a time stamp", b'{"text": "a", "date": "2021-07-19T10:00:00Z"}', ".json", {"date": "2021-07-19"}),
    ("a time stamp with a blank", b'{"text": "a", "date": "2021-07-19 10:00"}', ".json", {"date": "2021-07-19"}),
    ("a day without dashes", b'{"text": "a", "date": "20210719"}', ".json", {"date": "2021-07-19"}),
    ("no day", b'{"text": "a"}', ".json", {"date": None}),
    ("lone surrogates cannot be written again", rb'{"text": "a \ud800 b", "title": "\udc00"}', ".json", {"text": "a � b", "title": "�"}),
    ("surrogates in pairs are a character", rb'{"text": "a \ud83d\ude00"}', ".json", {"text": "a \U0001f600"}),
    ("NUL and escapes stay in the text", rb'{"text": "a \u0000 \u001b[31m b"}', ".json", {"text": "a \x00 \x1b[31m b"}),
    ("British English", b'{"text": "a", "language": "en-GB"}', ".json", {"language": "en-GB"}),
    ("an unknown language is judged by the text", b'{"text": "a", "language": "und"}', ".json", {"language": "und"}),
    ("line ends of Windows", b"One.\r\n\r\nTwo.\rThree.", ".txt", {"text": "One.\n\nTwo.\nThree."}),
    ("one object over several lines", b'{\n "text": "a",\n "x": {}\n}', "", {"text": "a"}),
    ("one object of JSON Lines", b'{"text": "a"}\n', "", {"text": "a"}),
    ("text that begins with a bracket", b"[Goma] Rebels left.", ".txt", {"text": "[Goma] Rebels left."}),
]


@pytest.mark.parametrize(("why", "data", "suffix", "expected"), ACCEPTED, ids=[a[0] for a in ACCEPTED])
def test_what_can_be_used_is_read(why: str, data: bytes, suffix: str, expected: dict[str, Any]) -> None:
    report = only(data, suffix)
    assert {name: getattr(report, name) for name in expected} == expected


def test_json_lines_are_known_without_a_name() -> None:
    items = read(b'{"text": "one"}\n\n{"text": "two"}\n')
    assert [i.report.text for i in items if isinstance(i, Found)] == ["one", "two"]
    assert [i.line for i in items] == [1, 3]


def test_json_lines_are_read_as_they_come() -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as pipe, os.fdopen(writer, "wb") as out:
        out.write(b'{"text": "first"}\n{"text": "second"}\n')
        out.flush()
        first = next(read_stream(pipe, "pipe"))
        assert isinstance(first, Found)
        assert first.report.text == "first"


def test_a_list_of_reports_in_one_file() -> None:
    items = read(b'[{"text": "one"}, 7, {"text": "three"}]', ".json")
    assert [str(i) if isinstance(i, Reject) else i.report.text for i in items] == [
        "one", "x.json (report 2): a report is a JSON object, not a number", "three",
    ]  # fmt: skip


def test_the_given_day_dates_only_what_has_none() -> None:
    items = read(b'{"text": "a"}\n{"text": "b", "date": "2020-01-02"}', ".jsonl", day="2021-07-19")
    assert [i.report.date for i in items if isinstance(i, Found)] == ["2021-07-19", "2020-01-02"]


def test_a_page_gives_its_article() -> None:
    body = "".join(f"<p>{NEWS} This is paragraph number {n} of the story.</p>" for n in range(6))
    head = "<title>Truce in Goma</title><meta property='article:published_time' content='2021-07-19T08:00:00Z'>"
    page = f"<html><head>{head}</head><body><nav>Home Sport</nav><article>{body}</article></body></html>"
    report = only(page.encode(), ".html")
    assert report.text.startswith(NEWS)
    assert "\n\n" in report.text
    assert "Sport" not in report.text
    assert (report.title, report.date) == ("Truce in Goma", "2021-07-19")
    assert only(page.encode("cp1252"), ".html").text == report.text


def test_a_page_without_a_day_gets_none() -> None:
    page = (
        "<html><body><article>" + f"<p>{NEWS} On 3 March 1998 it was otherwise.</p>" * 5 + "</article><p>Copyright 2019</p></body></html>"
    )
    assert only(page.encode(), ".html").date is None


LANGUAGES = [
    ("de", "Die Regierung und die Rebellen einigten sich am Montag in Genf auf eine Waffenruhe bis Ende August."),
    ("es", "El gobierno y los rebeldes acordaron el lunes un alto el fuego en la capital hasta finales de agosto."),
    ("fr", "Le gouvernement a annoncé lundi un cessez-le-feu avec les rebelles du Nord, selon un porte-parole."),
    ("sw", "Serikali na waasi walikubaliana Jumatatu kusitisha mapigano hadi mwisho wa Agosti mjini Juba."),
    ("ru", "Правительство и повстанцы договорились о прекращении огня."),
    ("ar", "اتفقت الحكومة والمتمردون يوم الاثنين على وقف إطلاق النار حتى نهاية أغسطس"),
    ("zh", "政府和叛军周一同意停火至八月底。"),
]


@pytest.mark.parametrize(("language", "text"), LANGUAGES, ids=[code for code, _ in LANGUAGES])
def test_other_languages_are_left_out(language: str, text: str) -> None:
    assert f"language {language}" in reason(text.encode(), ".txt")


ENGLISH = [
    (
        "foreign names",
        "Gunmen loyal to Yayok Waje freed two Agip engineers near Warri, and Governor Uduaghan met Chief Ateke Tom in Yenagoa.",
    ),
    (
        "a quotation in Spanish",
        "“No habrá tregua,” the ELN commander said in Cúcuta on Friday, while the government asked the rebels to come to talks.",
    ),
    ("capitals", "ARMY SAYS REBELS BROKE THE TRUCE NEAR KADUGLI AND KILLED EIGHT SOLDIERS AT A POST OVER THE WEEKEND"),
]


@pytest.mark.parametrize(("why", "text"), ENGLISH, ids=[w for w, _ in ENGLISH])
def test_english_is_english(why: str, text: str) -> None:
    assert language_of(text) == "en"


def test_short_texts_and_figures_are_not_judged() -> None:
    assert language_of("Truce holds.") is None
    assert language_of("12 34 56 78 90 12 34 56 78 90 12 34 a") is None


@settings(max_examples=150)
@given(st.binary(max_size=400), st.sampled_from(["", ".txt", ".json", ".jsonl"]))
def test_any_bytes_give_reports_or_reasons(data: bytes, suffix: str) -> None:
    items = read(data, suffix)
    assert items, "something is said of every file"
    for item in items:
        text = item.report.text if isinstance(item, Found) else item.reason
        assert text.strip()
        text.encode("utf-8")


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_mending_keeps_every_offset(text: str) -> None:
    whole = mended(text)
    whole.encode("utf-8")
    assert len(whole) == len(text)
    assert all(a == b or "\ud800" <= a <= "\udfff" for a, b in zip(text, whole, strict=True))


def test_a_folder_gives_its_reports_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.json", "sub/c.HTML", ".hidden.txt", ".git/d.txt", "x.pdf", "sub/y.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    ours, others = files_below(tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in ours] == ["a.json", "b.txt", "sub/c.HTML"]
    assert [p.name for p in others] == ["y.docx", "x.pdf"]


BAD_PATHS = [("absent", "absent.txt"), ("too long a name", "x" * 5000), ("a zero in it", "a\0b"), ("below a file", "file.txt/x")]


@pytest.mark.parametrize(("why", "name"), BAD_PATHS, ids=[w for w, _ in BAD_PATHS])
def test_a_bad_path_is_named(why: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UnreadablePathError, match=str(tmp_path)):
        files_below(tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePathError, match="directory"):
        list(read_file(tmp_path))


def test_an_endless_file_ends() -> None:
    zero = Path("/dev/zero")
    if not zero.exists():
        pytest.skip("this system has no endless file")
    (item,) = read_file(zero)
    assert isinstance(item, Reject)

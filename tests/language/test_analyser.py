"""The analyser: every list as long as the words, exact offsets, the same answer alone, in company and again."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.language.analyser import MODEL, Analyser
from parley.language.sentence import Sentence

NEWS = (
    "Rebels attacked the town of Goma on Monday, killing 12 soldiers. “We did not do it,” their spokesman said.\n\n"
    "The government’s army withdrew; talks in Doha go on."
)
LISTS = ("lemmas", "upos", "xpos", "feats", "heads", "deprels")


def plain(sentence: Sentence) -> dict[str, Any]:
    return {
        f.name: getattr(sentence, f.name) for f in dataclasses.fields(sentence) if f.name in (*LISTS, "tokens", "names", "start", "end")
    }


def check(sentences: list[Sentence], text: str) -> None:
    at = 0
    for k, s in enumerate(sentences):
        assert s.index == k
        assert (s.start, s.end) == (s.tokens[0].start, s.tokens[-1].end)
        for t in s.tokens:
            assert text[t.start : t.end] == t.text
            assert at <= t.start < t.end
            at = t.end
        assert all(len(getattr(s, name)) == len(s) for name in LISTS)
        assert s.heads.count(-1) == 1
        assert s.deprels[s.heads.index(-1)] == "root"
        assert len(s.subtree(s.heads.index(-1))) == len(s)
        assert all(s.lemmas)
        assert all(0 <= a < b <= len(s) for a, b, _ in s.names)


def test_news(analyser: Analyser) -> None:
    sentences = analyser.analyse(NEWS)
    check(sentences, NEWS)
    assert len(sentences) == 3
    first = sentences[0]
    at = first.words.index("attacked")
    assert (first.lemmas[at], first.upos[at], first.heads[at]) == ("attack", "VERB", -1)
    assert [first.words[k] for k in first.having(at, "nsubj")] == ["Rebels"]
    assert [first.words[k] for k in first.having(at, "obj")] == ["town"]
    assert "LOC" in {kind for a, b, kind in first.names if "Goma" in first.words[a:b]}


EMPTY = [("nothing", ""), ("blanks", " \n\n\t "), ("zero-width", "\u200b\ufeff")]


@pytest.mark.parametrize(("why", "text"), EMPTY, ids=[w for w, _ in EMPTY])
def test_text_without_words(why: str, text: str, analyser: Analyser) -> None:
    check(analyser.analyse(text), text)
    assert not analyser.analyse(text) or text.strip()


LONG = [
    ("a sentence of 2,000 words", "rebels and soldiers and " * 500),
    ("words of many pieces, over 500 in a sentence", "Zxqwvutsrqponmlkjihgfedcba " * 120),
    ("one word of 20,000 letters", "a" * 20_000),
    ("500 marks", "?!" * 250),
    ("emoji and other scripts", "😀 военные 軍隊 الجيش " * 60),
]


@pytest.mark.parametrize(("why", "text"), LONG, ids=[w for w, _ in LONG])
def test_long_sentences(why: str, text: str, analyser: Analyser) -> None:
    check(analyser.analyse(text), text)


@settings(max_examples=40)
@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    whole = text.encode("utf-8", "replace").decode("utf-8")
    check(SHARED.analyse(whole), whole)


SHARED = Analyser()


def test_the_same_again_and_from_another_analyser(analyser: Analyser) -> None:
    once = [plain(s) for s in analyser.analyse(NEWS)]
    assert once == [plain(s) for s in analyser.analyse(NEWS)]
    assert once == [plain(s) for s in Analyser(threads=2).analyse(NEWS)]


def test_a_sentence_reads_the_same_in_any_company(analyser: Analyser) -> None:
    alone = [plain(s) for s in analyser.analyse(NEWS)]
    company = "Fighting near the border went on while diplomats met, although nobody had expected that they would come. " * 30
    together = [plain(s) for s in analyser.analyse(NEWS + "\n\n" + company)][: len(alone)]
    assert alone == together


def test_sentences_given_as_words(analyser: Analyser) -> None:
    (sentence,) = analyser.analyse_words([["Rebels", "freed", "hostages", "."]])
    check([sentence], "Rebels freed hostages .")
    assert analyser.analyse_words([]) == []


def test_missing_weights_are_said() -> None:
    with pytest.raises(FileNotFoundError, match="weights are missing"):
        Analyser(folder=MODEL.parent / "no model here")

"""Words to numbers: each word has a piece, shapes tell capitals apart, positions point at the word's own pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.language.analyser import MODEL
from parley.language.pieces import MAX_PIECES_PER_WORD, SHAPES, Pieces, shape_of

FORMS = [
    ("rebels", "lower"), ("Rebels", "Title"), ("NATO", "UPPER"), ("U.N.", "UPPER"), ("McGuinness", "miXed"), ("O'Neill", "miXed"),
    ("al-Hilu", "miXed"), ("ex-fighter", "lower"), ("2021", "digit"), ("3,000", "digit"), ("M23", "alnum"), ("S-400", "alnum"),
    ("—", "punct"), ("...", "punct"), ("$5m", "alnum"), ("ألم", "miXed"),
]  # fmt: skip


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(MODEL / "tokenizer.json")


@pytest.mark.parametrize(("word", "shape"), FORMS, ids=[w for w, _ in FORMS])
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


@given(st.text(min_size=1, max_size=30))
def test_every_word_has_a_shape(word: str) -> None:
    assert 0 <= shape_of(word) < len(SHAPES)


def test_positions_point_at_the_pieces_of_each_word(pieces: Pieces) -> None:
    words = ["Abdelwahid", "\u200b", "fled", "x" * 400, "unbelievableness" * 20]
    ids, shapes, first, last = pieces.encode(words)
    assert len(ids) == len(shapes)
    assert (ids[0], ids[-1]) == (pieces.cls, pieces.sep)
    for k, word in enumerate(words):
        numbers, shape = pieces.of(word)
        assert 1 <= len(numbers) <= MAX_PIECES_PER_WORD
        assert tuple(ids[first[k] : last[k] + 1]) == numbers
        assert set(shapes[first[k] : last[k] + 1]) == {shape}
    assert first == [1, *(k + 1 for k in last[:-1])]


def test_case_is_kept_in_the_shape_and_not_in_the_pieces(pieces: Pieces) -> None:
    assert pieces.of("Goma")[0] == pieces.of("GOMA")[0]
    assert pieces.of("Goma")[1] != pieces.of("GOMA")[1]

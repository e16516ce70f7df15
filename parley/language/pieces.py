"""Words to the numbers that the encoder reads: word pieces and the shape that an uncased vocabulary loses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

SHAPES = ("lower", "Title", "UPPER", "miXed", "digit", "alnum", "punct", "other")
MAX_PIECES_PER_WORD = 16


def shape_of(word: str) -> int:
    """Index into `SHAPES` of a word's outer form."""
    if word.isalpha() or (word.replace("-", "").replace("'", "").replace("’", "").replace(".", "").isalpha()):
        letters = [c for c in word if c.isalpha()]
        if all(c.islower() for c in letters):
            return 0
        if letters[0].isupper() and all(c.islower() for c in letters[1:]):
            return 1
        if all(c.isupper() for c in letters):
            return 2
        return 3
    if any(c.isdigit() for c in word):
        return 5 if any(c.isalpha() for c in word) else 4
    if not any(c.isalnum() for c in word):
        return 6
    return 7


class Pieces:
    """Word pieces of single words, remembered: a word is cut once however often it occurs."""

    def __init__(self, tokenizer_json: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(tokenizer_json))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.cls = self._id("[CLS]")
        self.sep = self._id("[SEP]")
        self.unk = self._id("[UNK]")
        self._memory: dict[str, tuple[tuple[int, ...], int]] = {}

    def _id(self, token: str) -> int:
        number = self._tokenizer.token_to_id(token)
        if number is None:
            raise ValueError(f"the tokenizer file has no {token} piece")
        return int(number)

    def is_word(self, word: str) -> bool:
        """True when the vocabulary has the word whole."""
        return self._tokenizer.token_to_id(word.lower()) is not None

    def of(self, word: str) -> tuple[tuple[int, ...], int]:
        """Piece numbers (1 to `MAX_PIECES_PER_WORD`) and shape of one word."""
        known = self._memory.get(word)
        if known is None:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids[:MAX_PIECES_PER_WORD]
            known = (tuple(ids) or (self.unk,), shape_of(word))
            if len(self._memory) < 500_000:
                self._memory[word] = known
        return known

    def encode(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int], list[int]]:
        """One sentence: piece numbers and shapes with [CLS] and [SEP], and each word's first and last piece position."""
        ids, shapes, first, last = [self.cls], [len(SHAPES)], [], []
        for word in words:
            pieces, shape = self.of(word)
            first.append(len(ids))
            ids.extend(pieces)
            shapes.extend([shape] * len(pieces))
            last.append(len(ids) - 1)
        ids.append(self.sep)
        shapes.append(len(SHAPES))
        return ids, shapes, first, last

"""Numbers in words: how many were killed, held, displaced, marched; vague amounts as ranges."""

from __future__ import annotations

import re

from parley.language.sentence import Sentence
from parley.records import Count

UNITS = {
    w: n
    for n, w in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
            " nineteen"
        ).split()
    )
}
TENS = {w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
VAGUE = {
    "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2_000, 9_999), "millions": (2_000_000, 9_999_999),
    "tens": (20, 99), "several": (3, 9), "few": (2, 5), "couple": (2, 2), "many": (3, 99), "both": (2, 2), "pair": (2, 2),
}  # fmt: skip
SINGLE = frozenset(("a", "an", "another", "one"))
DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def number(words: list[str]) -> tuple[int, int] | None:
    """(low, high) of a number in words or digits ("twenty-two", "1.5 million", "hundreds of thousands"); None for none."""
    words = [w.lower() for w in words]
    if len(words) >= 2 and words[0] in ("several", "few") and words[1] in SCALES:
        low, high = VAGUE[words[0]]
        return low * SCALES[words[1]], high * SCALES[words[1]] + SCALES[words[1]] - 1
    for join in ("and", "to", "or", "-", "–"):
        if join in words:
            low_words, high_words = words[: words.index(join)], words[words.index(join) + 1 :]
            first, second = number(low_words), number(high_words)
            if first and second and first[1] < second[0] and DIGITS.fullmatch(low_words[-1] or ""):
                return first[0], second[1]
    total, current, seen = 0.0, 0.0, False
    vague: tuple[int, int] | None = None
    for word in words:
        if word in VAGUE:
            low, high = VAGUE[word]
            # "tens of thousands", "hundreds of thousands": the amounts multiply.
            vague = (low, high) if vague is None else (_whole(vague[0] * low / 2), _whole(vague[1] * high / 9.999))
        elif DIGITS.fullmatch(word):
            current, seen = current + float(word.replace(",", "")), True
        elif word in UNITS or word in TENS:
            current, seen = current + UNITS.get(word, TENS.get(word, 0)), True
        elif word in SCALES:
            scale = SCALES[word]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
            seen = True
    if vague is not None:
        return vague
    return (_whole(total + current), _whole(total + current)) if seen else None


def _whole(x: float) -> int:
    return round(x)


def count_of(s: Sentence, i: int, text: str) -> Count | None:
    """How many of noun i there are by its number ("at least 40 people", "hundreds of villagers"); None where not said.

    "At least 40" gives 40 to 40: the least that is claimed, the words are kept. A singular with "a" or "one" counts one.
    """
    own = [k for k in s.having(i, "nummod") if s.upos[k] in ("NUM", "NOUN", "ADJ")]
    words: list[int] = []
    for k in own:
        words += [m for m in s.subtree(k) if m < i]
    words += [k for k in s.having(i, "amod", "det") if s.tokens[k].text.lower() in ("several", "few", "many", "both")]
    if not words and (s.tokens[i].text.lower() in VAGUE or s.upos[i] == "NUM" or s.tokens[i].text.lower() in SCALES):
        words = [m for m in s.subtree(i) if (m <= i and s.upos[m] in ("NUM", "NOUN", "DET")) or m == i]
        inner = [k for k in s.having(i, "nmod") if s.case_of(k) == "of" and s.tokens[k].text.lower() in VAGUE]
        words += inner
    if not words:
        one = [k for k in s.having(i, "det", "nummod") if s.tokens[k].text.lower() in SINGLE]
        if one and "Number=Sing" in s.feats[i]:
            return Count(1, 1, text[s.tokens[one[0]].start : s.tokens[i].end])
        head = s.heads[i]
        if s.case_of(i) == "of" and head >= 0 and s.tokens[head].text.lower() in (*VAGUE, *SCALES):
            return count_of(s, head, text)
        return None
    words.sort()
    found = number([s.tokens[k].text for k in words])
    if found is None:
        return None
    last = max(*words, i) if words[-1] < i else words[-1]
    return Count(*found, text[s.tokens[words[0]].start : s.tokens[last].end])

"""The compact table of the world's places: how a name becomes a key, and reading the table block by block.

The file (`data/places.bin`, written by `training.places_build`) is a header and two runs of zlib blocks: keys in sorted
order, each with the numbers of the places that bear it (most prominent first), and the places' columns, neighbours together.
It is mapped into memory; only the blocks that are asked for are unpacked.
"""

from __future__ import annotations

import json
import mmap
import re
import struct
import unicodedata
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

MAGIC = b"PARLEY-PLACES-1\n"
#: Before a skeleton among the keys; no name's key begins with it.
BY_SKELETON = "~"
SHORTEST_SKELETON = 3
TABLE = Path(__file__).parent / "data" / "places.bin"
BLOCKS_KEPT = 64

_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "ng",
        "&": " and ", "´": None, **dict.fromkeys("'’‘`ʻʼʽʾʿʹʺ′″ˈ\"“”", None), **dict.fromkeys("-‐‑‒–—−/_,;()", " "),
    }
)  # fmt: skip
_DOT = re.compile(r"\.(?=\w\w)")
_ARTICLES = ("al", "el")
_ASSIMILATED = re.compile(r"[aeiu](r|s|sh|d|dh|z|n|t|th)\Z")
_SHORT = {"saint": "st", "sankt": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


class PlaceTableError(ValueError):
    """The table of places is missing or damaged; the message says which file and what to do."""


def key(name: str) -> str:
    """The form in which a name is looked up: "Deir ez-Zor" and "Deir al Zor" are both "deir zor", "St. Louis" is "st louis".

    Case, diacritics, apostrophes, hyphens and dots go; the Arabic article is "al" in front and nothing inside; a long word's final
    "ah" is "a".
    """
    text = name.casefold().translate(_LETTERS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).translate(_LETTERS)
    words = _DOT.sub(" ", text).replace(".", "").split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    kept: list[str] = []
    for i, word in enumerate(words):
        if i + 1 < len(words) and _is_article(word, words[i + 1]):
            if i == 0:
                kept.append("al")
            continue
        word = _SHORT.get(word, word)
        kept.append(word[:-1] if len(word) > 5 and word.endswith(("ah", "eh")) else word)
    return " ".join(kept)


_TWO_LETTER_SOUND = re.compile("kh|gh|dh|th|ph|zh|sh|ch|dj")
_SOUND_OF = {"kh": "k", "gh": "g", "dh": "d", "th": "t", "ph": "f", "zh": "z", "sh": "s", "ch": "s", "dj": "j"}
_VOWELS = re.compile("[aeiouywh]+")
_ONE_SOUND = str.maketrans("qcv", "kkf")


def skeleton(folded: str) -> str:
    """The consonants of a key, alike for spellings of one name: "tajoura" and "tajura" are "tjr". The article is left out."""
    text = folded.removeprefix("al ").replace(" ", "")
    text = _VOWELS.sub("", _TWO_LETTER_SOUND.sub(lambda m: _SOUND_OF[m[0]], text))
    return re.sub(r"(.)\1+", r"\1", text.translate(_ONE_SOUND))


def _is_article(word: str, following: str) -> bool:
    if word in _ARTICLES:
        return True
    return _ASSIMILATED.match(word) is not None and following.startswith(word[1:])


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the table: WGS 84 degrees, `country` ISO 3166-1 alpha-3 or None.

    `kind` is what it is (country, admin1, district, city, region); `precision` how exactly its coordinates are known;
    `weight` the decimal logarithm of its prominence (for a town: its population). `lesser`: found by a name that is not its main one.
    """

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geoname: int | None
    kind: str
    precision: str
    weight: float
    lesser: bool = False


class PlaceTable:
    """Reads the table. Safe to use from several threads; nothing is written."""

    def __init__(self, path: Path = TABLE) -> None:
        """Raises PlaceTableError when the file is missing or is no table of this version."""
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise PlaceTableError(f"{path}: {error} (python -m training.places_build writes it)") from None
        if self._data[: len(MAGIC)] != MAGIC:
            raise PlaceTableError(f"{path}: no table of places, or of another version (python -m training.places_build writes it)")
        start = len(MAGIC) + 4
        (length,) = struct.unpack("<I", self._data[len(MAGIC) : start])
        header = json.loads(zlib.decompress(self._data[start : start + length]))
        self._divisions: list[str] = header["divisions"]
        self._first_keys: list[str] = header["first_keys"]
        ends = list(accumulate((*header["key_blocks"], *header["row_blocks"]), initial=start + length))
        self._key_bounds = ends[: len(self._first_keys) + 1]
        self._row_bounds = ends[len(self._first_keys) :]
        self._rows_a_block: int = header["rows_a_block"]
        self.size: int = header["places"]
        self.names: int = header["names"]
        self._keys_of = lru_cache(BLOCKS_KEPT)(self._read_keys)
        self._rows_of = lru_cache(BLOCKS_KEPT)(self._read_rows)

    def find(self, wanted: str) -> list[int]:
        """Numbers of the places that have this key, most prominent first."""
        block = bisect_right(self._first_keys, wanted) - 1
        if block < 0:
            return []
        return [int(n) for n in self._keys_of(block).get(wanted, "").split()]

    def entry(self, number: int) -> Entry:
        """The place of this number, 0 ≤ number < `size`."""
        block, at = divmod(number, self._rows_a_block)
        name, country, division, lat, lon, geoname, kind, weight = (column[at] for column in self._rows_of(block))
        what, precision = KINDS[kind]
        return Entry(
            name,
            country or None,
            self._divisions[int(division)] if division else None,
            int(lat) / 1000 if lat else None,
            int(lon) / 1000 if lon else None,
            int(geoname, 36) if geoname else None,
            what,
            precision,
            int(weight) / 100,
        )

    def _block(self, bounds: list[int], block: int) -> list[str]:
        return zlib.decompress(self._data[bounds[block] : bounds[block + 1]]).decode("utf-8").split("\n")

    def _read_keys(self, block: int) -> dict[str, str]:
        lines = (line.partition("\t") for line in self._block(self._key_bounds, block))
        return {name: numbers for name, _, numbers in lines}

    def _read_rows(self, block: int) -> list[list[str]]:
        return [line.split("\t") for line in self._block(self._row_bounds, block)]


#: Letter in the table → what a place is, how exactly its coordinates are known.
KINDS = {
    "C": ("country", "country"),
    "A": ("admin1", "admin1"),
    "D": ("district", "district"),
    "d": ("district", "admin1"),
    "P": ("city", "city"),
}

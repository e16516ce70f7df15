"""From the names of places in a report to coordinates, country and first-level division, offline.

    gazetteer = Gazetteer.load()
    gazetteer.candidates("Tripoli")                      # Libya's, Lebanon's, Greece's …, best first
    gazetteer.resolve(["Tripoli, Lebanon", "Beirut"])    # all names of one report, decided together

Names come from an entity recogniser that calls them locations; nationalities and persons are not expected here.
Places: GeoNames (CC BY 4.0), label points of divisions: Natural Earth (public domain), and `parley/knowledge/places.csv`.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import lru_cache
from math import cos, exp, hypot, log2, radians
from pathlib import Path

from parley.grounding.place_table import BY_SKELETON, SHORTEST_SKELETON, Entry, PlaceTable, key, skeleton
from parley.records import Place

PLACES = Path(__file__).parent.parent / "knowledge" / "places.csv"
WORDS = Path(__file__).parent / "data" / "place_words.csv"
COLUMNS = ("name", "aliases", "country", "admin1", "lat", "lon", "precision")
PRECISIONS = ("city", "district", "admin1", "country", "region", "unknown")

#: Decimal logarithm of prominence of a hand-made place: somebody listed it because the news names it.
HAND_WEIGHT = {"country": 8.0, "region": 7.2, "admin1": 6.2, "district": 5.6, "city": 5.4, "unknown": 5.0}
#: A name that is not the place's main one counts for a tenth of its people: it may be another language's, or long out of use.
OTHER_NAME = 1.0
CANDIDATES = 40
NEAR_KM = 60.0

# Scores are in decades of population: a candidate in a country that the report names often outweighs a namesake ten times as big.
EXPLICIT = 8.0
COUNTRY_SUPPORT = 1.1
DIVISION_SUPPORT = 0.7
MOST_SUPPORT = 3.5
NEARNESS = 1.0
NEARNESS_KM = 150.0
SHARPNESS = 1.8
#: How much less prominent (decades) than the best namesake a place may be that is read as held by the name behind it.
HELD_REACH = 3.2
LISTED_REACH = 1.2
#: A name that no list has is taken for another spelling only in a country that the report names this much, and if this much alike (0–1).
RESPELLED_SUPPORT = 0.9
RESPELLED_ALIKE = 0.85
#: A small place (decades of people) by a lesser name is no answer where the report's names support other countries this much.
STRAY_BELOW = 6.0
STRAY_SUPPORT = 1.5
ROUNDS = 3

_IN_STRING = re.compile(r"\s*(?:,\s+|\s\(|\)$)")
_JOINT = re.compile(r"\s*(?:,|\()\s*(?:in\s+)?|\s+in\s+(?:the\s+|\w+ern\s+)?")
_LISTED = re.compile(r"\s*,?\s*(?:and|or)\s+(?:the\s+)?|\s*,\s*")


class PlaceRowError(ValueError):
    """A row of places that cannot be used; the message names the file or row, the column and what is wrong."""


def read_places(path: Path) -> list[dict[str, str]]:
    """Rows of a places.csv (columns `COLUMNS`; lines that begin with # are comments).

    Raises PlaceRowError when the file cannot be read or a column is missing.
    """
    try:
        lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip() and not line.startswith("#")]
    except (OSError, UnicodeDecodeError) as error:
        raise PlaceRowError(f"{path}: {error}") from None
    rows = list(csv.DictReader(lines))
    if rows and (missing := [c for c in COLUMNS if c not in rows[0]]):
        raise PlaceRowError(f"{path}: columns missing: {', '.join(missing)}")
    return rows


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a name may stand for, best first; `part`: the words name a part of it ("northern Gaza")."""

    entries: tuple[Entry, ...] = ()
    part: bool = False


@dataclass(slots=True)
class _Mention:
    """A name of a report with the names of what holds it, innermost first, and how the scores stand."""

    name: str
    containers: tuple[str, ...]
    reading: _Reading
    times: int = 0
    prior: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    best: int = 0


class Gazetteer:
    """Looks up place names. Made once; the same names always give the same places. Not changed by look-ups except its caches."""

    def __init__(self, table: PlaceTable, rows: Iterable[Mapping[str, str]]) -> None:
        """`rows` as in places.csv, later ones first in rank; see `load`. Raises PlaceRowError."""
        self._table = table
        self._own: dict[str, list[Entry]] = defaultdict(list)
        self._same: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._gone: set[str] = set()
        self._kind_words, self._shorts = _read_words()
        self._longest = max(len(w.split()) for w in self._kind_words)
        for row in rows:
            self._add(row)
        self._lookup = lru_cache(8192)(self._read)

    @classmethod
    def load(cls, extra: Sequence[Mapping[str, str]] = ()) -> Gazetteer:
        """The table of the package, `parley/knowledge/places.csv` over it, a user's `extra` rows over both.

        A row has the columns of places.csv: `name`; `aliases` joined by `|`; `country` ISO alpha-3, empty for a region of several
        countries or a disputed one; `admin1`; `lat` and `lon` in degrees; `precision`. Without coordinates a row gives further
        names to the places that already bear `name` (in that country, of that precision, where given). A `name` that begins with
        `-` is never a place. Raises PlaceRowError for a bad row and PlaceTableError where the table is missing.
        """
        return cls(PlaceTable(), [*read_places(PLACES), *extra])

    def candidates(self, name: str) -> list[Place]:
        """All places that the name may stand for, best first; empty for an unknown one. "Hama, Syria" keeps those in Syria."""
        mention = self._mention(name, ())
        self._weigh(mention)
        order = sorted(range(len(mention.prior)), key=lambda i: -mention.prior[i])
        fits = [i for i in order if self._held(mention.reading.entries[i], mention.containers)] if mention.containers else []
        return [self._place(mention.reading, i, name) for i in fits or order]

    def resolve(
        self,
        names: Sequence[str],
        *,
        countries: Mapping[str, int] | None = None,
        containers: Sequence[str | Sequence[str] | None] | None = None,
        keep_unknown: bool = False,
    ) -> list[Place | None]:
        """The places of one report's names, in their order, decided together.

        What decides between namesakes: what holds the place, where the report says so ("Hama, Syria" as one name, or
        `containers[i]`: the name or names of what holds `names[i]`, innermost first, see `containers_in`); countries and divisions
        that other names of the report lie in, and `countries` (ISO alpha-3 → how often the report mentions it otherwise);
        nearness to other places; population. A name has one meaning in a report.

        A name that no list knows is read as another spelling of one in a country that the report names, where one is much alike;
        else it gives None; with `keep_unknown` a Place of name and text, precision "unknown". Where its container
        is known it gets the container's country and coordinates, and the container's precision.
        Raises ValueError when `containers` is not as long as `names`.
        """
        if containers is not None and len(containers) != len(names):
            raise ValueError(f"containers: {len(containers)} given for {len(names)} names")
        given = [self._mention(n, _tuple(containers[i]) if containers else ()) for i, n in enumerate(names)]
        holders: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for mention in given:
            if mention.containers:
                holders[key(mention.name)].add(mention.containers)
        distinct: dict[tuple[str, tuple[str, ...]], _Mention] = {}
        chosen = []
        for mention in given:
            folded = key(mention.name)
            if not mention.containers and len(holders[folded]) == 1:
                mention.containers = next(iter(holders[folded]))
            known = distinct.setdefault((folded, mention.containers), mention)
            known.times += 1
            chosen.append(known)
        self._decide(list(distinct.values()), countries or {})
        return [self._answer(m, text, keep_unknown) for m, text in zip(chosen, names, strict=True)]

    def containers_in(self, text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, ...]]:
        """For each span (start, end) of a place name in `text`, in order: the names right behind it that hold it, innermost first.

        "Pandi, Bulacan in Central Luzon" gives ("Bulacan", "Central Luzon"), ("Central Luzon",), (). In "Hama, Homs and Idlib"
        nothing holds anything: a division or state counts only where a place of the first name lies in it.
        """
        names = [text[s:e] for s, e in spans]
        held: list[tuple[str, ...]] = [()] * len(spans)
        for i in range(len(spans) - 2, -1, -1):
            gap = text[spans[i][1] : spans[i + 1][0]] if spans[i][1] <= spans[i + 1][0] else "\n"
            if not _JOINT.fullmatch(gap):
                continue
            listed = i + 2 < len(spans) and _LISTED.fullmatch(text[spans[i + 1][1] : spans[i + 2][0]]) is not None and not held[i + 1]
            if self._may_hold(names[i], names[i + 1], listed):
                held[i] = (names[i + 1], *held[i + 1])
        return held

    def _may_hold(self, name: str, container: str, listed: bool) -> bool:
        """True where the second name can be a state or division that a likely place of the first name lies in.

        In a list ("Hama, Homs and Idlib") it must first of all be one, and the place must be likelier.
        """
        outer = self._container(container)
        inner = self._lookup(name).entries
        reach = LISTED_REACH if listed else HELD_REACH
        if not inner or inner[0].kind == "country" or not any(e.kind in ("country", "admin1") for e in outer[: 1 if listed else None]):
            return False
        return any(e.weight >= inner[0].weight - reach and self._in_one(e, outer) for e in inner)

    def _mention(self, text: str, containers: tuple[str, ...]) -> _Mention:
        parts = [p for p in _IN_STRING.split(text.strip()) if p]
        whole = self._lookup(text)
        if len(parts) < 2 or (whole.entries and not whole.part):
            return _Mention(text.strip(), containers, whole)
        return _Mention(parts[0], (*parts[1:], *containers), self._lookup(parts[0]))

    def _decide(self, mentions: list[_Mention], countries: Mapping[str, int]) -> None:
        for mention in mentions:
            self._weigh(mention)
            mention.shares = _shares(mention.prior)
        for mention in mentions:
            if not mention.prior:
                self._respell(mention, [m for m in mentions if m.prior], countries)
        open_ones = [m for m in mentions if len(m.prior) > 1]
        for _ in range(ROUNDS):
            for mention in open_ones:
                others = [m for m in mentions if m is not mention and m.prior]
                scores = self._supported(mention, others, countries)
                mention.shares = _shares(scores)
                mention.best = max(range(len(scores)), key=lambda i: (scores[i], -i))
        for mention in mentions:
            if mention.prior and self._is_stray(mention, [m for m in mentions if m is not mention and m.prior], countries):
                mention.reading, mention.prior, mention.shares = _Reading(), [], []

    def _is_stray(self, mention: _Mention, others: list[_Mention], countries: Mapping[str, int]) -> bool:
        """True for a small place known by a lesser name in a country that a report about other countries does not name.

        The report then most likely means a place that no list has: "Taraza" in news of Colombia is not Kazakhstan's Taraz.
        """
        entry = mention.reading.entries[mention.best]
        if mention.containers or entry.kind not in ("city", "district") or entry.weight >= STRAY_BELOW or not entry.lesser:
            return False
        support = sum(log2(1 + times) for times in countries.values())
        own = float(countries.get(entry.country or "", 0))
        for other in others:
            support += sum(s for e, s in zip(other.reading.entries, other.shares, strict=True) if e.country)
            own += sum(s for e, s in zip(other.reading.entries, other.shares, strict=True) if e.country == entry.country)
        return support >= STRAY_SUPPORT and own < 0.2

    def _weigh(self, mention: _Mention) -> None:
        entries = mention.reading.entries
        mention.prior = [e.weight for e in entries]
        for container in mention.containers:
            outer = self._container(container)
            for i, entry in enumerate(entries):
                if self._in_one(entry, outer):
                    mention.prior[i] += EXPLICIT
        if mention.prior:
            mention.best = max(range(len(entries)), key=lambda i: (mention.prior[i], -i))

    def _respell(self, mention: _Mention, others: list[_Mention], countries: Mapping[str, int]) -> None:
        """Reads an unknown name as another spelling of a known one ("Tajoura": "Tajura") in a country that the report is about."""
        folded = key(mention.name)
        bones = skeleton(folded)
        if len(bones) < SHORTEST_SKELETON or folded in self._gone:
            return
        likely = {code for code, times in countries.items() if times > 0}
        support: dict[str | None, float] = defaultdict(float)
        for other in others:
            for entry, share in zip(other.reading.entries, other.shares, strict=True):
                support[entry.country] += share
        likely |= {code for code, weight in support.items() if code is not None and weight >= RESPELLED_SUPPORT}
        held = [outer for c in mention.containers if (outer := self._container(c))]
        found = []
        for entry in self._from_table(BY_SKELETON + bones):
            fits = any(self._in_one(entry, outer) for outer in held) if held else entry.country in likely
            alike = SequenceMatcher(None, folded, key(entry.name)).ratio() if fits else 0.0
            if alike >= RESPELLED_ALIKE:
                found.append((alike, entry))
        found.sort(key=lambda f: (-f[0], -f[1].weight))
        mention.reading = _Reading(tuple(e for a, e in found if a == found[0][0]))
        self._weigh(mention)
        mention.shares = _shares(mention.prior)

    def _supported(self, mention: _Mention, others: list[_Mention], countries: Mapping[str, int]) -> list[float]:
        in_country: dict[str | None, float] = defaultdict(float)
        in_division: dict[tuple[str | None, str | None], float] = defaultdict(float)
        for code, times in countries.items():
            in_country[code] += log2(1 + max(0, times))
        spots = []
        for other in others:
            for entry, share in zip(other.reading.entries, other.shares, strict=True):
                weight = share * log2(1 + other.times)
                in_country[entry.country] += weight
                if entry.admin1:
                    in_division[entry.country, entry.admin1] += weight
            best = other.reading.entries[other.best]
            if best.lat is not None and best.lon is not None and best.kind not in ("country", "region"):
                spots.append((best.lat, best.lon))
        scores = []
        for entry, prior in zip(mention.reading.entries, mention.prior, strict=True):
            support = COUNTRY_SUPPORT * log2(1 + in_country[entry.country]) if entry.country else 0.0
            if entry.admin1:
                support += DIVISION_SUPPORT * log2(1 + in_division[entry.country, entry.admin1])
            score = prior + min(support, MOST_SUPPORT)
            if spots and entry.lat is not None and entry.lon is not None and entry.kind != "country":
                nearest = min(_kilometres(entry.lat, entry.lon, lat, lon) for lat, lon in spots)
                score += NEARNESS * exp(-nearest / NEARNESS_KM)
            scores.append(score)
        return scores

    def _answer(self, mention: _Mention, text: str, keep_unknown: bool) -> Place | None:
        entries = mention.reading.entries
        outer = next((found[0] for c in mention.containers if (found := self._container(c))), None)
        if entries and (outer is None or self._held(entries[mention.best], mention.containers)):
            return self._place(mention.reading, mention.best, text)
        if outer is not None:
            return Place(mention.name, text, outer.country, outer.admin1, outer.lat, outer.lon, None, outer.precision)
        return Place(text, text) if keep_unknown else None

    def _held(self, entry: Entry, containers: Iterable[str]) -> bool:
        """True where a known container holds the place, or none of them is known."""
        known = [outer for c in containers if (outer := self._container(c))]
        return not known or any(self._in_one(entry, outer) for outer in known)

    def _in_one(self, entry: Entry, outer: Sequence[Entry]) -> bool:
        return any(_inside(entry, o) for o in outer)

    def _container(self, name: str) -> Sequence[Entry]:
        shorts = self._shorts.get(name.replace(".", "").strip(), ())
        found = [e for long in shorts for e in self._lookup(long).entries if e.kind in ("country", "admin1")]
        return found or self._lookup(name).entries

    def _place(self, reading: _Reading, at: int, text: str) -> Place:
        e = reading.entries[at]
        name = text if reading.part else e.name
        return Place(name, text, e.country, e.admin1, e.lat, e.lon, e.geoname, e.precision)

    def _read(self, name: str) -> _Reading:
        folded = key(name)
        if not folded or folded in self._gone:
            return _Reading()
        found = self._spelled(folded)
        if not found and (bare := re.sub(r"['’]s?\Z", "", name.strip())) != name.strip():
            folded = key(bare)
            found = self._spelled(folded)
        return _Reading(tuple(found)) if found else self._without_words(folded)

    def _spelled(self, folded: str) -> list[Entry]:
        found = self._entries(folded)
        if not found:
            found = self._entries(folded[3:] if folded.startswith("al ") else f"al {folded}")
        return found

    def _without_words(self, folded: str) -> _Reading:
        """A name without the words around it that say what kind of place it is, or that it is a part: "rural Hama province"."""
        words, kinds, part = folded.split(), set[str](), False
        for _ in range(3):
            cut = self._cut(words)
            if cut is None:
                return _Reading()
            words, kind = cut
            part |= kind == "part"
            kinds.add(kind)
            found = self._spelled(" ".join(words))
            if found:
                fitting = [e for e in found if e.kind in kinds] or [e for e in found if e.kind == "region"]
                return _Reading(tuple(found if kinds == {"part"} else fitting or found), part)
        return _Reading()

    def _cut(self, words: list[str]) -> tuple[list[str], str] | None:
        for n in range(min(self._longest, len(words) - 1), 0, -1):
            if (kind := self._kind_words.get(" ".join(words[-n:]))) is not None:
                return words[:-n], kind
            if (kind := self._kind_words.get(" ".join(words[:n]))) is not None:
                rest = words[n:]
                return (rest[1:] if rest[0] == "of" and len(rest) > 1 else rest), kind
        return None

    def _entries(self, folded: str) -> list[Entry]:
        if folded in self._gone:
            return []
        found = list(self._own.get(folded, ()))
        for target, country, precision in self._same.get(folded, ()):
            same = (*self._own.get(target, ()), *self._from_table(target))
            found.extend(e for e in same if (not country or e.country == country) and (not precision or e.kind == precision))
        for entry in self._from_table(folded):
            known = next((i for i, e in enumerate(found) if _is_same(entry, e)), None)
            if known is None:
                main = key(entry.name) == folded
                found.append(entry if main else replace(entry, weight=entry.weight - OTHER_NAME, lesser=True))
            elif found[known].geoname is None:
                own = found[known]
                weight = max(own.weight, entry.weight)
                found[known] = replace(own, geoname=entry.geoname, admin1=entry.admin1 or own.admin1, weight=weight)
        return sorted(map(self._with_division, found), key=lambda e: -e.weight)

    def _from_table(self, folded: str) -> list[Entry]:
        return [self._table.entry(n) for n in self._table.find(folded)[:CANDIDATES]]

    def _with_division(self, entry: Entry) -> Entry:
        """A hand-made place with its division named as the table names it, so that the two can be compared."""
        if entry.geoname is not None or entry.admin1 is None:
            return entry
        named = (e for e in self._from_table(key(entry.admin1)) if e.kind == "admin1" and e.country == entry.country)
        division = next(named, None)
        return entry if division is None else replace(entry, admin1=division.admin1)

    def _add(self, row: Mapping[str, str]) -> None:
        if not (row.get("name") or "").strip():
            raise PlaceRowError(f"places: a row without a name: {dict(row)}")
        cell = {c: (row.get(c) or "").strip() for c in COLUMNS}
        if cell["name"].startswith("-"):
            self._gone.add(key(cell["name"][1:]))
            return
        if cell["precision"] and cell["precision"] not in PRECISIONS:
            raise PlaceRowError(f"places: {cell['name']}: precision: {cell['precision']!r} is none of {', '.join(PRECISIONS)}")
        if cell["country"] and not re.fullmatch("[A-Z]{3}", cell["country"]):
            raise PlaceRowError(f"places: {cell['name']}: country: {cell['country']!r} is not an ISO 3166 alpha-3 code")
        folded = key(cell["name"])
        names = {key(n) for n in cell["aliases"].split("|") if n.strip()} - {""}
        if not cell["lat"] and (self._table.find(folded) or folded in self._own):
            for alias in names:
                self._same[alias].append((folded, cell["country"], cell["precision"]))
            return
        entry = _entry(cell)
        for alias in names | {folded}:
            self._gone.discard(alias)
            self._own[alias] = [e for e in self._own[alias] if not (e.name == entry.name and e.country == entry.country)] + [entry]


def _entry(cell: Mapping[str, str]) -> Entry:
    try:
        lat, lon = (float(cell[c]) if cell[c] else None for c in ("lat", "lon"))
    except ValueError:
        raise PlaceRowError(f"places: {cell['name']}: lat, lon: {cell['lat']!r}, {cell['lon']!r} are not degrees") from None
    if (lat is None) != (lon is None) or (lat is not None and abs(lat) > 90) or (lon is not None and abs(lon) > 180):
        raise PlaceRowError(f"places: {cell['name']}: lat, lon: {cell['lat']!r}, {cell['lon']!r} are no point on Earth")
    precision = cell["precision"] or ("city" if lat is not None else "unknown")
    admin1 = cell["admin1"] or (cell["name"] if precision == "admin1" else None)
    return Entry(cell["name"], cell["country"] or None, admin1, lat, lon, None, precision, precision, HAND_WEIGHT[precision])


def _read_words() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Words of kind and part by key; abbreviations, without dots, with what they stand for."""
    kinds: dict[str, str] = {}
    shorts: dict[str, list[str]] = defaultdict(list)
    lines = [line for line in WORDS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for row in csv.DictReader(lines):
        if row["kind"] == "short":
            shorts[row["word"]].append(row["means"])
        else:
            kinds.setdefault(key(row["word"]), row["kind"])
    return kinds, dict(shorts)


def _tuple(container: str | Sequence[str] | None) -> tuple[str, ...]:
    if not container:
        return ()
    return (container,) if isinstance(container, str) else tuple(container)


def _inside(entry: Entry, outer: Entry) -> bool:
    if outer.kind == "country":
        return entry.country == outer.country and entry.kind != "country"
    if entry.kind == "country" or entry is outer:
        return False
    if outer.kind == "admin1":
        return entry.country == outer.country and entry.admin1 == outer.admin1 and entry.kind != "admin1"
    if entry.country != outer.country and None not in (entry.country, outer.country):
        return False
    if entry.lat is None or entry.lon is None or outer.lat is None or outer.lon is None or entry.kind == "admin1":
        return False
    return _kilometres(entry.lat, entry.lon, outer.lat, outer.lon) < (10 * NEAR_KM if outer.kind == "region" else NEAR_KM)


def _is_same(entry: Entry, known: Entry) -> bool:
    """True where an entry of the table is the place that a hand-made row already gives."""
    if entry == known:
        return True
    if entry.kind != known.kind or (known.country is not None and entry.country != known.country):
        return False
    if known.lat is None or known.lon is None or entry.lat is None or entry.lon is None:
        return True
    return entry.kind in ("country", "admin1") or _kilometres(entry.lat, entry.lon, known.lat, known.lon) < NEAR_KM


def _shares(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    parts = [exp(SHARPNESS * (s - top)) for s in scores]
    return [p / sum(parts) for p in parts]


def _kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance on a flat map around the mean latitude: exact enough to tell near from far."""
    across = abs(lon1 - lon2)
    return 111.2 * hypot(lat1 - lat2, min(across, 360 - across) * cos(radians((lat1 + lat2) / 2)))

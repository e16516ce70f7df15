"""How well the gazetteer finds gold place names: GeoVirus (Wikinews; Gritta et al. 2018).

`python -m training.places_score --shared ../shared` prints, over all gold names of the development part: the share that the
table knows, the share within 161 km of the gold point (with the unknown ones counted as missed), the median error in km,
and the time per report. `--show N` lists N names that are unknown or far off, most frequent first.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from statistics import median

from parley.grounding.places import Gazetteer
from training.data import open_text

NEAR_KM = 161.0
EARTH_KM = 6371.0


@dataclass
class Result:
    """Counts over gold names; `errors` in km, of the names that were found with coordinates."""

    gold: int = 0
    found: int = 0
    near: int = 0
    errors: list[float] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    far: Counter[str] = field(default_factory=Counter)
    reports: int = 0
    seconds: float = 0.0


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    a, b = radians(lat1), radians(lat2)
    h = sin((a - b) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon1 - lon2) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def score(path: Path, gazetteer: Gazetteer, *, hints: bool = True) -> Result:
    """Resolves each text's gold names together and holds them against the gold points."""
    result = Result()
    for line in open_text(path):
        row = json.loads(line)
        gold = sorted(row["locations"], key=lambda g: (g["start"], g["end"]))
        started = time.perf_counter()
        containers = gazetteer.containers_in(row["text"], [(g["start"], g["end"]) for g in gold]) if hints else None
        places = gazetteer.resolve([g["name"] for g in gold], containers=containers)
        result.seconds += time.perf_counter() - started
        result.reports += 1
        for wanted, place in zip(gold, places, strict=True):
            result.gold += 1
            if place is None or place.lat is None or place.lon is None:
                result.unknown[wanted["name"]] += 1
                continue
            result.found += 1
            error = kilometres(place.lat, place.lon, wanted["lat"], wanted["lon"])
            result.errors.append(error)
            result.near += error <= NEAR_KM
            if error > NEAR_KM:
                there = f"{wanted['name']} ({wanted['lat']:.1f},{wanted['lon']:.1f})"
                here = f"{place.name}, {place.country} ({place.lat:.1f},{place.lon:.1f})"
                result.far[f"{there} → {here} {error:.0f} km"] += 1
    return result


def main() -> None:
    """Prints the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--no-hints", action="store_true", help="leave out what stands behind a name (Tripoli, Libya)")
    options = parser.parse_args()
    started = time.perf_counter()
    gazetteer = Gazetteer.load()
    loaded = time.perf_counter() - started
    r = score(options.shared / "data/geo/geovirus/dev.jsonl.gz", gazetteer, hints=not options.no_hints)
    found, near = r.found / r.gold, r.near / r.gold
    print(f"gold {r.gold}  found {found:.4f}  within {NEAR_KM:.0f} km {near:.4f}  median error {median(r.errors):.1f} km")
    print(f"load {loaded:.3f} s  {1000 * r.seconds / r.reports:.2f} ms a report ({r.reports} reports)")
    for title, counts in (("unknown", r.unknown), ("far", r.far)):
        for name, times in counts.most_common(options.show):
            print(f"{title}\t{times}\t{name}")


if __name__ == "__main__":
    main()

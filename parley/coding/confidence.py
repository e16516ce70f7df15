"""How sure an event is: a logistic formula over what was found, its weights fitted on the annotated reports."""

from __future__ import annotations

import math
from collections.abc import Mapping

from parley.coding.draft import Draft
from parley.language.sentence import Sentence

LOWEST, HIGHEST = 0.05, 0.97


def features(s: Sentence, d: Draft) -> list[str]:
    """What speaks for or against an event, as names of `confidence.csv`."""
    p = d.use.predicate
    construction = p.rule.startswith("construction")
    found = ["base", f"type {d.type}", "construction" if construction else f"pos {p.pos}"]
    found += ["conditions"] if p.conditions else []
    found += ["light verb"] if d.use.light is not None else []
    found += ["actors"] if d.actors else []
    found += ["recipients"] if d.recipients else []
    found += ["listed actor"] if any(a.code for a in d.actors) else []
    found += ["main clause"] if s.heads[d.word] < 0 or (d.use.light is not None and s.heads[d.use.light] < 0) else []
    found += [f"status {d.status.status}"] if d.status.status != "actual" else []
    found += ["cited"] if d.according_to else []
    return found


class Confidence:
    """Turns features into a probability."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    def of(self, s: Sentence, d: Draft) -> float:
        """The probability that an event of this type stands at these words, between 0.05 and 0.97."""
        score = sum(self._weights.get(name, 0.0) for name in features(s, d))
        return round(min(HIGHEST, max(LOWEST, 1.0 / (1.0 + math.exp(-score)))), 3)

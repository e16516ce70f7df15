"""From scores of BIO tags to names: the best sequence of tags in which every name begins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Name = tuple[int, int, str]


class Names:
    """Decodes entity scores over a fixed list of tags ("O", "B-PER", "I-PER" …)."""

    def __init__(self, tags: Sequence[str]) -> None:
        self._tags = list(tags)
        inside = np.array([t[0] == "I" for t in tags])
        kinds = [t[2:] for t in tags]
        #: An I- tag follows only a B- or I- tag of its own kind.
        self._forbidden = np.array([[inside[j] and kinds[i] != kinds[j] for j in range(len(tags))] for i in range(len(tags))])
        self._not_first = inside

    def of(self, scores: Scores) -> list[Name]:
        """Names in (words, tags) scores as (first word, last word + 1, type): the Viterbi path under the constraint."""
        best = scores.argmax(axis=1)
        if self._not_first[best[0]] or self._forbidden[best[:-1], best[1:]].any():
            best = self._viterbi(scores)
        return _spans([self._tags[k] for k in best])

    def _viterbi(self, scores: Scores) -> NDArray[np.int64]:
        barrier = np.where(self._forbidden, -np.inf, 0.0)
        total = scores[0] + np.where(self._not_first, -np.inf, 0.0)
        back = []
        for row in scores[1:]:
            steps = total[:, None] + barrier
            back.append(steps.argmax(axis=0))
            total = steps.max(axis=0) + row
        path = [int(total.argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        return np.array(path[::-1])


def _spans(tags: Sequence[str]) -> list[Name]:
    names: list[Name] = []
    start = -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag[0] != "I":
            names.append((start, i, tags[start][2:]))
            start = -1
        if tag[0] == "B":
            start = i
    return names

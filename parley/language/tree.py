"""From arc scores to a tree: the maximum spanning arborescence with one root, where arg-max gives none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def decode(scores: Scores) -> list[int]:
    """Heads of n words from (n, 1 + n) scores, column 0 being the root: −1 for the root word, else the head's index."""
    heads = scores.argmax(axis=1)
    if not is_tree(heads):
        heads = spanning_tree(scores)
    return [int(h) - 1 for h in heads]


def is_tree(heads: Heads) -> bool:
    """True when exactly one word hangs on the root (0) and every word reaches it. `heads` count words from 1."""
    if int((heads == 0).sum()) != 1:
        return False
    reached = np.concatenate(([0], heads))
    for _ in range(max(1, len(heads).bit_length())):
        reached = reached[reached]
    return not reached.any()


def spanning_tree(scores: Scores) -> Heads:
    """Heads (counted from 1, 0 the root) of the best tree with one root: Chu-Liu/Edmonds (Edmonds 1967)."""
    n = len(scores)
    square = np.full((n + 1, n + 1), -np.inf)
    square[1:, :] = scores
    # A root arc costs more than any gain among the others, so the best tree has the fewest root arcs: one.
    square[1:, 0] -= float(np.abs(scores).max() + 1.0) * (n + 1) * 2
    np.fill_diagonal(square, -np.inf)
    heads: Heads = _contract(square)[1:]
    return heads


def _contract(square: NDArray[np.float64]) -> Heads:
    heads: Heads = square.argmax(axis=1).astype(np.int64)
    heads[0] = 0
    found = _cycle(heads)
    if found is None:
        return heads
    cycle = np.array(found)
    inside = np.zeros(len(square), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = square[cycle, heads[cycle]]
    entering = square[np.ix_(cycle, outside)] - kept[:, None]
    leaving = square[np.ix_(outside, cycle)]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = square[np.ix_(outside, outside)]
    small[-1, :-1] = entering.max(axis=0)
    small[:-1, -1] = leaving.max(axis=1)
    small[0, :] = -np.inf
    inner = _contract(small)
    result: Heads = heads.copy()
    for k, node in enumerate(outside):
        if k == 0:
            continue
        head = inner[k]
        result[node] = cycle[int(leaving[k].argmax())] if head == len(outside) else outside[head]
    entry = inner[-1]
    broken = int(entering[:, entry].argmax())
    result[cycle[broken]] = outside[entry]
    return result


def _cycle(heads: Heads) -> list[int] | None:
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for visited in path:
            state[visited] = 2
    return None


NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def mend_coordination(heads: list[int], deprels: list[str], upos: list[str]) -> None:
    """Move, in place, nouns that are joined across a clause to the noun before their conjunction.

    "…drafted by Kenya and the envoys, follows a meeting of the government and the rebels": English does not join "rebels" to
    "Kenya" over "follows", a parser may. An arc over a verb that does not hang below its head is moved to the nearest noun before the
    conjunction (or comma) that the noun does not hold itself.
    """
    for k, rel in enumerate(deprels):
        between = range(heads[k] + 1, k)
        if rel != "conj" or upos[k] not in NOMINAL or all(upos[m] not in ("VERB", "AUX") or _hangs(heads, m, heads[k]) for m in between):
            continue
        mark = min((m for m in range(heads[k] + 1, k) if heads[m] == k and deprels[m] in ("cc", "punct")), default=k)
        near = next((m for m in range(mark - 1, heads[k], -1) if upos[m] in NOMINAL and deprels[m] not in ("compound", "flat")), None)
        if near is not None and not _hangs(heads, near, k):
            heads[k] = near


def mend_subjects(heads: list[int], deprels: list[str]) -> None:
    """Give, in place, a reported clause its subject back: "**Sudan** … agreed on a truce, officials said".

    A verb has one subject. Where it has two, and a clause without one stands between them as its complement, the first is the clause's.
    """
    for c, rel in enumerate(deprels):
        v = heads[c]
        if rel != "ccomp" or v < c or any(heads[k] == c and deprels[k].startswith("nsubj") for k in range(len(heads))):
            continue
        subjects = [k for k in range(len(heads)) if heads[k] == v and deprels[k].startswith("nsubj")]
        if len(subjects) == 2 and subjects[0] < c < subjects[1]:
            heads[subjects[0]] = c


def _hangs(heads: list[int], m: int, top: int) -> bool:
    for _ in heads:
        if m in (-1, top):
            break
        m = heads[m]
    return m == top

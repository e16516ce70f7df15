"""Decoding arcs: always a tree with one root, the best there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from parley.language.tree import decode, mend_coordination, mend_subjects

Scores = NDArray[np.float32]


def is_single_rooted_tree(heads: list[int]) -> bool:
    """Said in another way than the code says it: one root, and every word climbs to it without meeting itself."""
    if heads.count(-1) != 1:
        return False
    for word in range(len(heads)):
        met, at = set(), word
        while at >= 0:
            if at in met:
                return False
            met.add(at)
            at = heads[at]
    return True


def worth(scores: Scores, heads: list[int]) -> float:
    return float(sum(scores[word, head + 1] for word, head in enumerate(heads)))


def best_worth(scores: Scores) -> float:
    n = len(scores)
    trees = (list(heads) for heads in itertools.product(range(-1, n), repeat=n))
    return max(worth(scores, heads) for heads in trees if is_single_rooted_tree(heads))


def matrices(least: int, most: int) -> st.SearchStrategy[Scores]:
    """Scores in quarters, so that ties and cycles are common and sums are exact."""
    quarters = st.integers(-40, 40).map(lambda k: k / 4)
    return st.integers(least, most).flatmap(lambda n: hnp.arrays(np.float32, (n, n + 1), elements=quarters))


@settings(max_examples=300)
@given(matrices(1, 5))
def test_it_is_the_best_tree_of_all(scores: Scores) -> None:
    heads = decode(scores)
    assert is_single_rooted_tree(heads)
    assert worth(scores, heads) == best_worth(scores)


@settings(max_examples=40)
@given(matrices(6, 25))
def test_long_sentences_get_a_tree_too(scores: Scores) -> None:
    assert is_single_rooted_tree(decode(scores))


@given(st.integers(1, 30), st.randoms(use_true_random=False))
def test_where_the_best_heads_are_a_tree_they_are_kept(n: int, random: object) -> None:
    order = list(range(n))
    random.shuffle(order)  # type: ignore[attr-defined]
    heads = [-1] * n
    for k in range(1, n):
        heads[order[k]] = order[random.randrange(k)]  # type: ignore[attr-defined]
    scores = np.zeros((n, n + 1), dtype=np.float32)
    for word, head in enumerate(heads):
        scores[word, head + 1] = 1.0
    assert decode(scores) == heads


SHAPES = [
    ("everything wants to be root", np.eye(1, 5, dtype=np.float32).repeat(4, axis=0)),
    ("everything hangs on itself", np.hstack([np.zeros((4, 1)), np.eye(4)]).astype(np.float32)),
    ("two cycles", np.array([[0, 0, 9, 0, 0], [0, 9, 0, 0, 0], [0, 0, 0, 0, 9], [0, 0, 0, 9, 0]], dtype=np.float32)),
    ("all alike", np.zeros((6, 7), dtype=np.float32)),
    ("very large", np.full((4, 5), 1e6, dtype=np.float32)),
]


@pytest.mark.parametrize(("why", "scores"), SHAPES, ids=[w for w, _ in SHAPES])
def test_awkward_scores_give_a_tree(why: str, scores: Scores) -> None:
    assert is_single_rooted_tree(decode(scores))


def test_a_noun_is_not_joined_across_a_clause() -> None:
    # "drafted by envoys follows talks between government and rebels", "rebels" hung on "envoys"
    words = ["drafted", "by", "envoys", "follows", "on", "talks", "between", "government", "and", "rebels"]
    heads = [3, 2, 0, -1, 5, 3, 7, 5, 9, 2]
    deprels = ["acl", "case", "obl", "root", "case", "obl", "case", "nmod", "cc", "conj"]
    upos = ["VERB", "ADP", "NOUN", "VERB", "ADP", "NOUN", "ADP", "NOUN", "CCONJ", "PROPN"]
    mend_coordination(heads, deprels, upos)
    assert words[heads[9]] == "government"


def test_coordination_within_a_clause_stays() -> None:
    # "envoys of Sudan met rebels and mediators": nothing is crossed
    heads = [3, 2, 0, -1, 3, 6, 4]
    before = list(heads)
    upos = ["NOUN", "ADP", "PROPN", "VERB", "NOUN", "CCONJ", "NOUN"]
    mend_coordination(heads, ["nsubj", "case", "nmod", "root", "obj", "cc", "conj"], upos)
    assert heads == before


def test_a_reported_clause_gets_its_subject_back() -> None:
    # "Sudan agreed , officials said" with "Sudan" hung on "said"
    heads = [4, 4, 4, 4, -1]
    mend_subjects(heads, ["nsubj", "ccomp", "punct", "nsubj", "root"])
    assert heads == [1, 4, 4, 4, -1]


def test_a_clause_with_a_subject_of_its_own_keeps_it() -> None:
    # "Sudan said rebels agreed": nothing to give back
    heads = [1, -1, 3, 1]
    mend_subjects(heads, ["nsubj", "root", "nsubj", "ccomp"])
    assert heads == [1, -1, 3, 1]

"""Acts that no single word names but a construction does: obligations that a speaker lays on others, announced refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parley.coding.slots import is_passive
from parley.knowledge.knowledge import Predicate
from parley.language.sentence import Sentence

OBLIGATION = frozenset(("must", "should"))
WILL = frozenset(("will", "wo", "would", "'ll", "’ll"))
NOT = frozenset(("not", "n't", "n’t", "never"))


@dataclass(frozen=True, slots=True)
class Construction:
    """`modal` is the word that makes the act, `verb` what is demanded or refused."""

    modal: int
    verb: int
    predicate: Predicate


def _predicate(name: str, kind: str) -> Predicate:
    return Predicate(name, "verb", (), kind, None, "-", "-", "-", None, (), f"construction: {name}")


REQUEST = _predicate("somebody says that another must", "REQUEST")
REJECT = _predicate("will not", "REJECT")


def find(s: Sentence) -> Iterator[Construction]:
    """The constructions of a sentence; who speaks is for the coder to find out."""
    for v in range(len(s)):
        if s.upos[v] not in ("VERB", "ADJ") and not s.having(v, "cop"):
            continue
        aux = {s.tokens[k].text.lower(): k for k in s.having(v, "aux")}
        modal = next((k for word, k in aux.items() if word in OBLIGATION), None)
        if (
            modal is not None
            and s.deprels[v] not in ("advcl", "acl:relcl")
            and "have" not in {s.lemmas[k].lower() for k in s.having(v, "aux")}
        ):
            yield Construction(modal, v, REQUEST)
        will = next((k for word, k in aux.items() if word in WILL), None)
        if will is not None and s.upos[v] == "VERB" and not is_passive(s, v) and s.deprels[v] != "advcl" and _denied(s, v):
            yield Construction(will, v, REJECT)


def _denied(s: Sentence, v: int) -> bool:
    if any(s.tokens[k].text.lower() in NOT for k in s.having(v, "advmod")):
        return True
    return any(s.lemmas[m].lower() == "no" for k in s.having(v, "obj") for m in s.having(k, "det"))

"""Noun phrases: the words that belong to a head, and the words of kinds of people in them."""

from __future__ import annotations

from parley.knowledge.knowledge import Knowledge, Term
from parley.language.sentence import Sentence

LEFT = ("amod", "compound", "nummod", "nmod:poss", "nmod:desc", "nmod:unmarked", "flat", "advmod")
RIGHT = ("flat", "compound", "nmod:desc", "goeswith", "nummod")

#: Words that count or portion out a noun that follows after "of".
QUANTITIES = frozenset(
    """
    dozen hundred thousand million score ten number group handful lot majority couple pair series wave string spate half
    part rest quarter third some many most several few all one two three four five six seven eight nine both each any none
    scores tens plenty mass crowd
    """.split()
)


def core(s: Sentence, i: int) -> tuple[int, int]:
    """(first, last + 1) of the phrase around noun i: modifiers before it, the parts of its name, no determiner, no clause."""
    lo = hi = i
    for k in s.children(i):
        rel = s.deprels[k]
        if k < i and rel in LEFT and k >= i - 12:
            sub = [m for m in s.subtree(k) if m < i]
            if all(s.deprels[m] not in ("acl:relcl", "advcl", "conj") for m in sub):
                lo = min(lo, *sub)
        elif k > i and rel in RIGHT and k - hi <= 4:
            hi = max(hi, *s.subtree(k))
    while lo < i and (s.upos[lo] in ("DET", "PUNCT", "ADV") or s.deprels[lo] == "det"):
        lo += 1
    return lo, hi + 1


def with_of(s: Sentence, i: int) -> tuple[int, int]:
    """The phrase with its "of" complement: "government of Sudan"."""
    lo, hi = core(s, i)
    for k in s.having(i, "nmod"):
        if k >= hi and s.case_of(k) == "of" and s.deprels[k] == "nmod" and k - hi <= 4:
            hi = core(s, k)[1]
            break
    return lo, hi


def term_at(s: Sentence, i: int, knowledge: Knowledge, after: int = 0) -> Term | None:
    """The word for an office or a kind of people that ends at word i, the longest that a list has and that begins at
    word `after` or later. Its head is read by lemma, what stands before also as it is written ("human rights group")."""
    head = s.lemmas[i].lower()
    # A plural without a singular of its own may be kept as its dictionary form: "troops".
    forms = (head, head.removesuffix("s")) if "Number=Plur" in s.feats[i] or "Number=Ptan" in s.feats[i] else (head,)
    for start in range(max(after, i - 3), i + 1):
        words = [s.tokens[k].text.lower() for k in range(start, i) if s.tokens[k].text != "-"]
        lemmas = [s.lemmas[k].lower() for k in range(start, i) if s.tokens[k].text != "-"]
        for form in forms:
            term = knowledge.terms.get((*words, form)) or knowledge.terms.get((*lemmas, form))
            if term is not None:
                return term
    return knowledge.terms.get((s.tokens[i].text.lower(),))


def definite(s: Sentence, i: int) -> bool:
    """True for "the …", "this …", "these …", "both …"."""
    return any(
        s.lemmas[k].lower() in ("the", "this", "that", "these", "those", "both", "such", "its", "their")
        for k in s.having(i, "det", "nmod:poss")
    )


def plural(s: Sentence, i: int) -> bool:
    """True for a plural form or a coordination."""
    return "Number=Plur" in s.feats[i] or bool(s.having(i, "conj"))


def through(s: Sentence, i: int) -> int:
    """The noun that is counted: in "dozens of prisoners" and "one of his aides" that after "of"; any other word itself."""
    if s.lemmas[i].lower() in QUANTITIES or s.upos[i] == "NUM":
        inner = [k for k in s.having(i, "nmod", "obl") if s.case_of(k).startswith("of")]
        if inner:
            return inner[0]
    return i


def joined(s: Sentence, i: int) -> list[int]:
    """Word i and the nominal words coordinated with it, each seen through its quantity."""
    i = through(s, i)
    out = [i]
    for k in s.having(i, "conj"):
        if s.upos[k] in ("NOUN", "PROPN", "PRON", "ADJ", "NUM") and not s.having(k, "nsubj", "cop"):
            out.extend(joined(s, k))
    return out

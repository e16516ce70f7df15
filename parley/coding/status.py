"""Whether it happened: negation, denial, failure, plans, fears, conditions, the past, read off the tree around a predicate."""

from __future__ import annotations

from dataclasses import dataclass

from parley.coding.slots import is_passive, lemma
from parley.knowledge.knowledge import Knowledge
from parley.language.sentence import Sentence

RANK = {"actual": 0, "historical": 1, "future": 2, "hypothetical": 3, "negated": 4}
NEGATIONS = frozenset(("not", "n't", "never", "n’t", "nt", "neither", "nor", "no longer", "hardly"))
CONDITIONS = frozenset(("if", "unless", "whether", "should", "lest", "provided"))
POSSIBLE = frozenset(("may", "might", "could", "would", "can"))
WILL = frozenset(("will", "shall", "'ll", "’ll", "wo"))
#: Prepositions of what is there beside the act, whatever becomes of the act.
BESIDE = frozenset("after during following since amid despite over because due given from".split())
LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Status:
    """The status and the word that decides it (None for plain facts)."""

    status: str
    word: int | None = None


class StatusReader:
    """Reads the status of an act from its own auxiliaries and from the words that govern it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._words = knowledge.status_words
        self._reporting = knowledge.reporting
        self._happen = knowledge.classes.get("happen", set())
        self._ending = knowledge.classes.get("stopping", set())

    def read(self, s: Sentence, i: int, stop: int | None = None) -> Status:
        """The status of predicate i; words above `stop` (a verb of saying, say) are not asked."""
        best = self._own(s, i)
        below = i
        for up in s.ancestors(i):
            if self._crosses(s, below) or self._stands_apart(s, below) or self._presupposed(s, up, below):
                break
            if up == stop:
                # What a verb of saying does to its content is its own doing ("denied"); whether it was said is another question.
                found = self._by_word(s, up, below)
                if found.status == "negated" and self._direct(s, up).status == "negated":
                    return best
                return found if RANK[found.status] > RANK[best.status] else best
            found = self._governed(s, up, below)
            if RANK[found.status] > RANK[best.status]:
                best = found
            elif best.status == found.status == "negated":
                best = Status("actual")
            if s.deprels[below].partition(":")[0] in ("ccomp", "parataxis") and best.status == "actual":
                outer = self._modal(s, up)
                if outer.status == "hypothetical" and (lemma(s, up), "verb") in self._reporting:
                    best = outer
            below = up
        return best

    def _reported_future(self, s: Sentence, i: int) -> bool:
        """ "said that they would meet": the future as seen from a past verb of saying."""
        k = i
        while s.deprels[k] in ("conj", "xcomp") and s.heads[k] >= 0:
            k = s.heads[k]
        head = s.heads[k]
        said = [head] if s.deprels[k] in ("ccomp", "parataxis") and head >= 0 else s.having(k, "parataxis", "ccomp")
        return any((lemma(s, m), "verb") in self._reporting for m in said) and not s.having(k, "advcl")

    @staticmethod
    def _crosses(s: Sentence, i: int) -> bool:
        """Relative clauses and independent clauses keep their own status."""
        rel = s.deprels[i]
        if rel in ("acl:relcl", "parataxis", "root", "appos"):
            return True
        if rel == "conj":
            return s.upos[i] in ("VERB", "AUX") and bool(s.having(i, "nsubj"))
        return False

    @staticmethod
    def _stands_apart(s: Sentence, i: int) -> bool:
        """What is told beside an act and not as a part of it: "…, after the attack", "before he detonated his bomb"."""
        rel = s.deprels[i].partition(":")[0]
        if rel == "advcl":
            return bool(s.having(i, "nsubj")) and not any(s.tokens[k].text.lower() == "to" for k in s.having(i, "mark"))
        return rel in ("obl", "nmod", "advcl") and s.case_of(i).partition(" ")[0] in BESIDE

    def _presupposed(self, s: Sentence, up: int, below: int) -> bool:
        """What is to be ended goes on: "to end months of fighting"."""
        return (
            s.upos[below] == "NOUN" and s.upos[up] == "VERB" and lemma(s, up) in self._ending and s.deprels[below] in ("obj", "nsubj:pass")
        )

    def _own(self, s: Sentence, i: int) -> Status:
        """Negation and modals on the word itself; for a noun, its determiner and adjectives too."""
        k = i
        while s.deprels[k] == "conj" and s.upos[s.heads[k]] == s.upos[k] and not s.having(k, "nsubj", "aux", "cop"):
            shared = self._direct(s, s.heads[k])
            if shared.status != "actual":
                return shared
            k = s.heads[k]
        return self._direct(s, i)

    def _direct(self, s: Sentence, i: int) -> Status:
        for k in s.children(i):
            word, rel = s.tokens[k].text.lower(), s.deprels[k].partition(":")[0]
            negates = (rel in ("advmod", "det", "cc") and word in NEGATIONS) or (rel == "det" and word == "no")
            if negates and not (word == "not" and k + 1 < len(s) and s.tokens[k + 1].text.lower() == "only"):
                return Status("negated", k)
            if word == "yet" and rel == "advmod" and k + 1 < len(s) and s.tokens[k + 1].text.lower() == "to":
                return Status("negated", k)
            if rel == "mark" and word in CONDITIONS:
                return Status("hypothetical", k)
            if rel == "case" and (word in ("pending", "ahead") or (word == "before" and not self._told_as_past(s, i))):
                return Status("future", k)
            if (rel == "mark" and word == "without") or (rel == "case" and word in ("without", "despite no")):
                return Status("negated", k)
            if rel in ("nsubj", "obj") and any(s.lemmas[m].lower() in ("no", "neither") for m in s.having(k, "det", "cc:preconj")):
                return Status("negated", k)
            if rel == "nsubj" and s.lemmas[k].lower() in ("nobody", "none", "neither", "no-one"):
                return Status("negated", k)
            found = self._modifier(s, k, rel) or self._phrase(s, k, rel)
            if found is not None:
                return found
        return self._modal(s, i)

    @staticmethod
    def _told_as_past(s: Sentence, i: int) -> bool:
        """True where the clause around word i is in the past tense: "ruled the town before an offensive drove them out"."""
        clause = next((k for k in s.ancestors(i) if s.upos[k] in ("VERB", "AUX")), i)
        return "Tense=Past" in s.feats[clause]

    def _phrase(self, s: Sentence, k: int, rel: str) -> Status | None:
        """An adverb of several words: "no longer", "14 years ago", "in the past"."""
        if rel not in ("advmod", "obl", "nmod"):
            return None
        words = [m for m in s.subtree(k) if s.upos[m] != "PUNCT"][:12]
        for forms in ([s.tokens[m].text.lower() for m in words], [s.lemmas[m].lower() for m in words]):
            for a in range(len(forms)):
                for b in range(a + 2, min(len(forms), a + LONGEST_PHRASE) + 1):
                    for word in self._words.get((" ".join(forms[a:b]), "adv"), ()):
                        if "clause" in word.scopes:
                            return Status(word.status, k)
        return None

    def _modifier(self, s: Sentence, k: int, rel: str) -> Status | None:
        if rel not in ("amod", "advmod", "obl", "det", "compound"):
            return None
        pos = {"ADJ": "adj", "ADV": "adv", "NOUN": "noun", "VERB": "verb"}.get(s.upos[k], "")
        for word in (*self._words.get((lemma(s, k), pos), ()), *self._words.get((s.tokens[k].text.lower(), pos), ())):
            if "clause" in word.scopes and rel in ("amod", "advmod", "det"):
                return Status(word.status, k)
        return None

    def _modal(self, s: Sentence, i: int) -> Status:
        for k in s.having(i, "aux"):
            word = s.tokens[k].text.lower()
            if word == "would" and self._reported_future(s, i):
                return Status("future", k)
            if word in POSSIBLE:
                return Status("hypothetical", k) if word != "can" else Status("actual")
            if word in WILL:
                return Status("future", k)
        # "is to meet", "are to hold talks"
        head = s.heads[i]
        to = any(s.tokens[k].text.lower() == "to" for k in s.having(i, "mark"))
        if to and (
            (s.deprels[i] == "xcomp" and s.lemmas[head].lower() == "be")
            or any(s.lemmas[k].lower() == "be" for k in s.having(i, "aux", "cop"))
        ):
            return Status("future", head)
        return Status("actual")

    def _governed(self, s: Sentence, up: int, below: int) -> Status:
        """What word `up` does to the act `below` that hangs on it, by its meaning and by its own status."""
        if s.deprels[below] == "conj":
            return Status("actual")
        rel = s.deprels[below].partition(":")[0]
        if rel == "nsubj" and not is_passive(s, up) and s.upos[up] == "VERB" and lemma(s, up) in self._happen:
            return self._direct(s, up)
        own = self._direct(s, up) if rel in ("xcomp", "obj", "acl") or (rel == "nsubj" and is_passive(s, up)) else Status("actual")
        word = self._by_word(s, up, below)
        if word.word is not None and own.status == "negated":
            return Status("actual") if word.status == "negated" else Status("negated", up)
        if word.word is not None:
            return word
        return Status("actual") if rel in ("advcl", "acl") and own.status == "negated" else own

    def _told_as_fact(self, s: Sentence, up: int, below: int) -> bool:
        """ "warned that militias were recruiting": what a warning tells in the past or present tense is said to be so."""
        if self._reporting.get((lemma(s, up), "verb")) != "say":
            return False
        finite = [below, *s.having(below, "aux")]
        modal = any(s.xpos[k] == "MD" for k in finite)
        return not modal and any("VerbForm=Fin" in s.feats[k] for k in finite)

    def _by_word(self, s: Sentence, up: int, below: int) -> Status:
        rel = s.deprels[below].partition(":")[0]
        case = s.case_of(below)
        marks = [s.tokens[k].text.lower() for k in s.having(below, "mark")]
        scope = {"nsubj": "obj", "nmod": "obj", "obl": "obj", "acl": "xcomp", "advcl": "xcomp"}.get(rel, rel)
        if rel == "nsubj" and not is_passive(s, up) and s.upos[up] == "VERB":
            return Status("actual")
        if s.deprels[below] == "acl:relcl" or (rel in ("acl", "advcl") and "to" not in marks and s.xpos[below] not in ("VBG", "VBN")):
            return Status("actual")
        if rel == "nmod" and case not in ("of", "for", "against", "to"):
            return Status("actual")
        pos = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj", "PROPN": "noun", "ADV": "adv"}.get(s.upos[up], "")
        plain = lemma(s, up)
        names = [f"{form} {x}" for x in (case, *marks) if x for form in dict.fromkeys((plain, s.tokens[up].text.lower()))]
        if rel != "obl" and not (rel == "advcl" and not marks):
            names.append(plain)
        for name in names:
            for word in self._words.get((name, pos), ()):
                if rel == "ccomp" and word.status == "hypothetical" and self._told_as_fact(s, up, below):
                    continue
                if scope in word.scopes or ("clause" in word.scopes and rel in ("xcomp", "ccomp")):
                    return Status(word.status, up)
        if (plain, "verb") in self._reporting and self._reporting[plain, "verb"] == "deny" and rel in ("ccomp", "xcomp", "obj"):
            return Status("negated", up)
        return Status("actual")

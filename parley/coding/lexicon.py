"""Which words of a sentence are predicates, and in which of their meanings."""

from __future__ import annotations

from dataclasses import dataclass

from parley.coding.slots import lemma, slot
from parley.grounding.phrases import joined
from parley.knowledge.knowledge import Condition, Knowledge, Predicate
from parley.language.sentence import Sentence

POS = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "AUX": "verb"}
NAME_CLASSES = {"LOC": "@loc", "PER": "@per", "ORG": "@org"}


@dataclass(frozen=True, slots=True)
class Use:
    """A word in one meaning. `light` is the verb that lends a noun its subject, with what that subject is."""

    word: int
    predicate: Predicate
    light: int | None = None
    light_subject: str = "actor"
    light_effect: str = ""


class Lexicon:
    """Looks words up in the predicates and tests their conditions."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def uses(self, s: Sentence) -> list[Use]:
        """Every predicate of a sentence in its best meaning, meanings that are no event included, in order."""
        found = []
        for i in range(len(s)):
            predicate = self.meaning(s, i)
            if predicate is not None:
                light, subject, effect = self._light(s, i) if s.upos[i] in ("NOUN", "PROPN") else (None, "actor", "")
                found.append(Use(i, predicate, light, subject, effect))
        return found

    def meaning(self, s: Sentence, i: int) -> Predicate | None:
        """The meaning of word i: the row with the most conditions that all hold; None where no row fits."""
        pos = POS.get(s.upos[i])
        if pos is None or s.deprels[i] in ("aux", "aux:pass", "cop", "flat", "compound:prt"):
            return None
        for form, kind in self._forms(s, i, pos):
            for predicate in self._knowledge.predicates.get((form, kind), ()):
                if all(self.holds(s, i, c) for c in predicate.conditions):
                    return predicate
        return None

    @staticmethod
    def _forms(s: Sentence, i: int, pos: str) -> list[tuple[str, str]]:
        whole, plain = lemma(s, i), s.lemmas[i].lower()
        forms = [(whole, pos)] if whole == plain else [(whole, pos), (plain, pos)]
        if pos == "noun":
            before = [s.lemmas[k].lower() for k in s.having(i, "compound", "amod") if i - k <= 2]
            forms = [(f"{b}{join}{plain}", pos) for b in before for join in (" ", "-", "")] + forms
            forms.append((s.tokens[i].text.lower(), pos))
            if s.xpos[i] == "VBG":
                forms.append((plain, "verb"))
        elif pos == "adj":
            forms.append((s.tokens[i].text.lower(), pos))
        return forms

    def holds(self, s: Sentence, i: int, c: Condition) -> bool:
        """Whether one condition holds beside word i."""
        words = [m for k in slot(s, i, c.slot) for m in joined(s, k)]
        if not c.lemmas:
            return bool(words) != c.negative
        return any(self._is_one(s, k, c.lemmas) for k in words) != c.negative

    @staticmethod
    def _is_one(s: Sentence, k: int, lemmas: frozenset[str]) -> bool:
        if s.lemmas[k].lower() in lemmas or s.tokens[k].text.lower() in lemmas:
            return True
        if s.feats[k] == "Number=Ptan" and s.lemmas[k].lower().removesuffix("s") in lemmas:
            return True
        compounds = s.having(k, "compound", "amod")
        head = s.lemmas[k].lower()
        if any(f"{s.lemmas[m].lower()}{join}{head}" in lemmas for m in compounds for join in (" ", "-", "")):
            return True
        kind = next((kind for a, b, kind in s.names if a <= k < b), None)
        return kind is not None and NAME_CLASSES.get(kind, "") in lemmas

    def _light(self, s: Sentence, noun: int) -> tuple[int | None, str, str]:
        """The light verb whose object (or "come under" complement) the noun is."""
        head = s.heads[noun]
        if s.deprels[noun] == "conj":
            first = s.heads[noun]
            head = s.heads[first] if s.deprels[first] in ("obj", "obl", "nsubj:pass") else -1
            noun = first
        if head < 0 or s.upos[head] not in ("VERB", "AUX"):
            light = next((k for k in s.having(noun, "acl") if s.upos[k] == "VERB" and s.xpos[k] == "VBN"), None)
            if light is None:
                return None, "actor", ""
            entry = self._knowledge.light_verbs.get(lemma(s, light))
            return (light, *entry) if entry else (None, "actor", "")
        name = lemma(s, head)
        rel = s.deprels[noun]
        if rel in ("obj", "nsubj:pass"):
            entry = self._knowledge.light_verbs.get(name)
            own = self.meaning(s, head) if entry else None
            if own is not None and own.type != "-" and any(c.slot == "obj" and c.lemmas and not c.negative for c in own.conditions):
                entry = None
        elif rel == "obl":
            entry = self._knowledge.light_verbs.get(f"{name} {s.case_of(noun)}")
        else:
            entry = None
        return (head, *entry) if entry else (None, "actor", "")

"""Which drafts of a sentence stand as events: not what a speech act is about, not a purpose, not a bare mention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.coding.draft import SPEECH, Draft
from parley.coding.roles import Roles
from parley.coding.slots import lemma, slot, with_conjuncts
from parley.grounding.phrases import definite
from parley.knowledge.knowledge import Knowledge
from parley.language.sentence import Sentence

#: Acts that news names by a noun without saying whose they are ("two bombings in Baghdad").
NAMED_ACTS = frozenset(("ASSAULT", "PROTEST"))


class Standing:
    """Says of each draft why it is no event of its own, if it is not."""

    def __init__(self, knowledge: Knowledge, roles: Roles) -> None:
        self._knowledge = knowledge
        self._roles = roles

    def contents(self, s: Sentence, drafts: Sequence[Draft]) -> dict[int, Draft]:
        """Words inside the content of a speech act ("agreed to **meet**"): what is asked, promised or refused is no event of its own."""
        inside: dict[int, Draft] = {}
        for d in drafts:
            if d.type not in SPEECH or d.content is None:
                continue
            for k in (m for w in with_conjuncts(s, d.content) for m in self._within(s, w)):
                if k != d.word:
                    inside.setdefault(k, d)
        return inside

    @staticmethod
    def _within(s: Sentence, i: int) -> list[int]:
        """The subtree without relative clauses, finite side clauses and joined clauses."""
        out, stack = [], [i]
        while stack:
            k = stack.pop()
            out.append(k)
            for m in s.children(k):
                rel = s.deprels[m]
                if (
                    rel in ("acl:relcl", "parataxis")
                    or (rel == "advcl" and (s.having(m, "nsubj") or s.xpos[m] == "VBG"))
                    or (rel == "conj" and k == i)
                ):
                    continue
                stack.append(m)
        return out

    def why_not(self, s: Sentence, d: Draft, drafts: Sequence[Draft], inside: Mapping[int, Draft]) -> str:
        """Why a draft is no event of its own; "" where it is one. `inside` is what `contents` says of the sentence."""
        i = d.word
        holder = inside.get(i)
        if holder is not None and holder.use.light != i:
            return f"it is what “{s.tokens[holder.word].text}” is about"
        if d.use.predicate.pos == "noun":
            return self._why_no_noun(s, d, drafts)
        if any(other.use.light == i for other in drafts):
            return "it only lends the noun its subject"
        if self._is_purpose(s, i):
            return "a purpose, not an act"
        if any(s.lemmas[k].lower() == "no" for m in slot(s, i, "subj") for k in s.having(m, "det")):
            return "nobody is said to do it"
        if not d.actors and not d.recipients and d.type not in ("PROTEST",) and not d.counts:
            return "no party does it or suffers it"
        if s.xpos[i] == "VBG" and s.deprels[i] == "advcl" and s.lemmas[i].lower() in self._knowledge.classes.get("enabling", ()):
            return "what an act makes possible, not an act"
        if d.use.predicate.pos == "adj" and not d.actors:
            return "an adjective without a party"
        return ""

    def _is_purpose(self, s: Sentence, i: int) -> bool:
        """ "…, to drive out the rebels", "aimed at stopping attacks": what an act is for."""
        k = i
        while s.deprels[k] == "conj" and s.upos[s.heads[k]] == "VERB" and not s.having(k, "nsubj", "mark"):
            k = s.heads[k]
        if s.deprels[k] not in ("advcl", "acl") or s.having(k, "nsubj"):
            return False
        marks = {s.tokens[m].text.lower() for m in s.having(k, "mark")}
        if "to" in marks and (f"{s.tokens[s.heads[k]].text.lower()} to", "verb") in self._knowledge.status_words:
            return False  # "used to attack"
        return ("to" in marks and s.xpos[k] in ("VB", "NN")) or (
            bool(marks & {"at", "for", "towards", "toward"}) and s.lemmas[s.heads[k]].lower() in self._knowledge.classes.get("aiming", ())
        )

    def _why_no_noun(self, s: Sentence, d: Draft, drafts: Sequence[Draft]) -> str:
        i = d.word
        if d.use.light is not None:
            return "" if d.actors or d.recipients else "no party does it or suffers it"
        rel = s.deprels[i].partition(":")[0]
        if rel in ("compound", "flat") or s.deprels[i] == "nmod:poss":
            return "it only modifies another noun"
        head = s.heads[i]
        covering = next(
            (o for o in drafts if o is not d and o.word in (head, *s.ancestors(i)) and o.use.predicate.pos == "verb" and o.type == d.type),
            None,
        )
        part = next(
            (o for o in drafts if o.word == head and o.type == d.type and o.use.predicate.pos == "noun" and s.case_of(i) == "of"), None
        )
        if part is not None:
            return f"the same act as “{s.tokens[part.word].text}”"
        if covering is not None and rel in ("obl", "obj", "nsubj", "nmod", "conj"):
            return f"the same act as “{s.tokens[covering.word].text}”"
        governing = next(
            (o for o in drafts if o is not d and o.word == head and o.use.predicate.pos == "verb" and o.type in (*SPEECH, "CONSULT")), None
        )
        if (
            governing is not None
            and rel in ("obj", "obl", "nsubj:pass")
            and s.case_of(i) not in ("after", "during", "following", "in", "amid")
        ):
            return f"it is what “{s.tokens[governing.word].text}” is about"
        own = bool(d.recipients) + len(d.actors)
        happens = head >= 0 and rel == "nsubj" and lemma(s, head) in self._knowledge.classes.get("happen", set())
        adds = self._adds(s, i) or (happens and self._adds(s, head))
        if definite(s, i) and not own:
            if not (happens and adds and d.type in NAMED_ACTS):
                return "a bare mention of something known"
            d.actors = self._roles.recent if d.type == "ASSAULT" else ()
            return ""
        known = definite(s, i) or bool(s.having(i, "nmod:poss"))
        if own >= 2 or (own and not known) or (own and happens):
            return ""
        if own:
            modified = any(s.deprels[k] in ("nmod", "obl", "acl", "acl:relcl", "amod", "nummod") for k in s.children(i))
            return "" if modified and rel in ("nsubj", "obj", "obl", "root", "nmod", "conj") else "a mention that adds nothing"
        return "" if d.type in NAMED_ACTS and (adds or happens) else "no party does it or suffers it"

    def _adds(self, s: Sentence, i: int) -> bool:
        """True where a noun's mention tells when or where: "a bombing south of Baghdad", "clashes on Friday"."""
        near = {m for k in s.children(i) for m in (k, *s.children(k)) if s.deprels[k].partition(":")[0] in ("nmod", "obl", "advmod")}
        places = {k for a, b, kind in s.names if kind == "LOC" for k in range(a, b)}
        return bool(near & (s.aside | places))

"""Who fills a predicate's roles: from slots to parties, through nouns that only stand for somebody's act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.coding.attribution import Attribution
from parley.coding.lexicon import Lexicon, Use
from parley.coding.slots import is_passive, lemma, slot
from parley.grounding.parties import PartyFinder
from parley.grounding.phrases import definite, joined, term_at
from parley.knowledge.knowledge import Knowledge
from parley.language.sentence import Sentence
from parley.records import Party

#: Types whose recipient may be somebody that no list knows.
BEFALLS = frozenset(("COERCE", "SANCTION", "AID"))
ADDRESSED = frozenset(("REQUEST", "THREATEN", "ACCUSE"))


@dataclass(slots=True)
class Roles:
    """Finds actors and recipients. `recent` is who did the last act of violence, for "the attack killed …"."""

    knowledge: Knowledge
    lexicon: Lexicon
    parties: PartyFinder
    attribution: Attribution
    recent: tuple[Party, ...] = ()

    def fill(self, n: int, s: Sentence, use: Use) -> tuple[tuple[Party, ...], tuple[Party, ...], list[int]]:
        """Actors, recipients, and the words that filled the recipient's slot."""
        p = use.predicate
        actors, _ = self._role(n, s, use, p.actor, actor=True)
        recipients, words = self._role(n, s, use, p.recipient, actor=False)
        if p.pos == "noun" and use.light is None and s.deprels[use.word] == "nsubj":
            actors, recipients = self._beside_verb(n, s, use, actors, recipients)
        if use.light is not None:
            lent, _ = self._parties(n, s, use, slot(s, use.light, "subj"), actor=True)
            if use.light_subject == "actor":
                actors = lent or actors
                if p.type == "CONSULT":
                    words = [k for name in ("with", "between") for at in (use.light, use.word) for k in slot(s, at, name)]
                    actors = self.merged(actors, self._parties(n, s, use, words, actor=True)[0])
                if not recipients:
                    recipients, words = self._from_verb(n, s, use)
            else:
                by, _ = self._parties(n, s, use, [k for name in ("by", "from", "of") for k in slot(s, use.light, name)], actor=True)
                sufferers, words = self._parties(n, s, use, slot(s, use.light, "subj"), actor=False)
                actors, recipients = actors or by, sufferers or recipients
        if not actors and p.pos == "noun" and use.light is None:
            actors = self._involved(n, s, use)
        if not actors and p.type == "ASSAULT" and p.pos == "verb":
            actors = self._of_known_act(n, s, use)
        if not actors and p.type == "ASSAULT" and self.agentless(s, use.word):
            actors = self._from_act(n, s, use)
        if not recipients and p.type in ADDRESSED:
            recipients = self._addressee(n, s, use)
        if s.upos[use.word] == "VERB" and is_passive(s, use.word):
            # In the passive the grammar is surer of who suffers than of who does.
            suffering = {q.name for q in recipients}
            return tuple(q for q in actors if q.name not in suffering), recipients, words
        names = {q.name for q in actors}
        return actors, tuple(q for q in recipients if q.name not in names), words

    def _beside_verb(
        self, n: int, s: Sentence, use: Use, actors: tuple[Party, ...], recipients: tuple[Party, ...]
    ) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """Roles that stand with the verb of an act that "breaks out" or "takes place": "clashes erupted between … and …"."""
        verb = s.heads[use.word]
        if verb < 0 or lemma(s, verb) not in self.knowledge.classes.get("happen", ()):
            return actors, recipients
        if not actors:
            names = [x for x in ("between", "with", "by") if x in use.predicate.actor or x == "between"]
            actors = next((found for x in names if (found := self._parties(n, s, use, slot(s, verb, x), actor=True)[0])), ())
        if not recipients:
            recipients = self._parties(n, s, use, slot(s, verb, "against"), actor=False)[0]
        return actors, recipients

    def _of_known_act(self, n: int, s: Sentence, use: Use) -> tuple[Party, ...]:
        """Whose act it is when "**the shelling** killed 14": who last used force, where the sentence names nobody for it."""
        for k in slot(s, use.word, "subj"):
            if s.upos[k] != "NOUN" or not definite(s, k):
                continue
            meaning = self.lexicon.meaning(s, k)
            if meaning is not None and meaning.type == "ASSAULT" and not self._owners(n, s, k):
                return self.recent
        return ()

    def _from_act(self, n: int, s: Sentence, use: Use) -> tuple[Party, ...]:
        """Who did it, told with the act that it happened in: "were killed in an attack by rebels", "in clashes with police"."""
        for name in ("in", "during", "by", "when"):
            for k in (m for w in slot(s, use.word, name) for m in joined(s, w)):
                meaning = self.lexicon.meaning(s, k) if s.upos[k] == "NOUN" else None
                is_act = (meaning is not None and meaning.type == "ASSAULT") or (s.lemmas[k].lower(),) in self.knowledge.means
                if is_act:
                    found = self._owners(n, s, k) or tuple(
                        p for m in slot(s, k, "with") for p in self.parties.parties_at(n, m, unknown=False)
                    )
                    if found:
                        return found
        return ()

    def _involved(self, n: int, s: Sentence, use: Use) -> tuple[Party, ...]:
        """Whose part in the act is told: "denied involvement in the bombing", "their role in the killing of …"."""
        part = s.heads[use.word]
        if part < 0 or s.upos[part] != "NOUN" or s.lemmas[part].lower() not in self.knowledge.classes.get("involvement", ()):
            return ()
        words = s.having(part, "nmod:poss") or [k for k in slot(s, part, "of") if k != use.word]
        if not words and s.deprels[part] in ("obj", "obl", "nsubj:pass") and s.heads[part] >= 0:
            words = slot(s, s.heads[part], "obj" if s.deprels[part] == "obl" else "subj") or slot(s, s.heads[part], "subj")
        return tuple(p for k in words for p in self.parties.parties_at(n, k, unknown=False))

    def _addressee(self, n: int, s: Sentence, use: Use) -> tuple[Party, ...]:
        """Whom words are aimed at where no slot says so: the doer of what is asked ("called for all sides to stop"), or
        the party of a phrase inside ("threatened action against Iran", "a request for an apology from Israel")."""
        for name in ("xcomp", "ccomp", "for"):
            for k in slot(s, use.word, name):
                if s.upos[k] in ("VERB", "AUX", "ADJ"):
                    subjects = s.having(k, "nsubj") or self._named_after_for(s, use.word, k)
                    found = tuple(p for m in subjects for p in self._stand_for(n, s, use, m, actor=True))
                    if found:
                        return found
        for k in slot(s, use.word, "for"):
            # "called for Israel to stop": the parser may hang the infinitive on the verb or on the name.
            if any(s.tokens[m].text.lower() == "to" for v in (*s.children(k), *s.children(use.word)) if v > k for m in s.having(v, "mark")):
                # "for the militia's campaign to end": an act is asked of those whose it is.
                found = tuple(p for p in self.parties.parties_at(n, k, unknown=False) if p.kind != "unknown") or self._owners(n, s, k)
                if found:
                    return found
        for name in ("obj.against", "obj.from", "obj.on", "for.from", "for.against", "for.by", "xcomp.against", "against", "obj.with"):
            found = tuple(p for m in slot(s, use.word, name) for p in self.parties.parties_at(n, m, unknown=False))
            if found:
                return found
        return ()

    @staticmethod
    def _named_after_for(s: Sentence, i: int, k: int) -> list[int]:
        """ "called for Israel to halt": the parser may hang the name on the verb of asking."""
        mark = next((m for m in s.having(k, "mark", "case") if s.tokens[m].text.lower() == "for"), None)
        if mark is None:
            return []
        return [m for m in s.children(i) if mark < m < k and s.upos[m] in ("NOUN", "PROPN") and not s.case_of(m)]

    def _from_verb(self, n: int, s: Sentence, use: Use) -> tuple[tuple[Party, ...], list[int]]:
        """The parser may hang "on Goma" in "launched an attack on Goma" on the verb."""
        if use.light is None:
            return (), []
        names = [
            x
            for part in use.predicate.recipient.split("|")
            for x in part.split("+")
            if "." not in x and x not in ("subj", "obj", "mod", "poss", "-")
        ]
        return self._parties(n, s, use, [k for name in names for k in slot(s, use.light, name)], actor=False)

    def _role(self, n: int, s: Sentence, use: Use, expression: str, *, actor: bool) -> tuple[tuple[Party, ...], list[int]]:
        for alternative in expression.split("|"):
            if alternative == "-":
                continue
            words = [k for name in alternative.split("+") for k in slot(s, use.word, name)]
            if alternative == "mod":
                named = [k for k in words if any(m.first <= k < m.last for m in self.parties.matches[n])]
                words = (named or [k for k in words if self._names_party(n, s, k)])[:1]
            found, kept = self._parties(n, s, use, words, actor=actor)
            if found:
                return found, kept
        return (), []

    def _names_party(self, n: int, s: Sentence, k: int) -> bool:
        if any(m.first <= k < m.last for m in self.parties.matches[n]):
            return True
        if s.upos[k] == "ADJ":
            # "civilian displacement"
            term = self.knowledge.terms.get((s.lemmas[k].lower(),))
            return term is not None and term.kind == "group of people" and not term.office
        return s.upos[k] in ("NOUN", "PROPN") and (term_at(s, k, self.knowledge) is not None or any(a <= k < b for a, b, _ in s.names))

    def _parties(self, n: int, s: Sentence, use: Use, words: Sequence[int], *, actor: bool) -> tuple[tuple[Party, ...], list[int]]:
        found: list[Party] = []
        kept: list[int] = []
        for k in words:
            for party in self._stand_for(n, s, use, k, actor=actor):
                if all(party.name != q.name for q in found):
                    found.append(party)
                    kept.append(k)
        return tuple(found), kept

    def _stand_for(self, n: int, s: Sentence, use: Use, k: int, *, actor: bool) -> tuple[Party, ...]:
        """The parties of one slot word: itself, or for an act, a plan or a weapon those whose it is."""
        if s.upos[k] in ("VERB", "AUX"):
            return ()
        named = self._modifier(n, s, k)
        if named is not None:
            return (named,)
        document = self.attribution.document(n, s, k) if actor else ()
        if document:
            return document
        meaning = self.lexicon.meaning(s, k) if s.upos[k] == "NOUN" else None
        is_act = (meaning is not None and meaning.type != "-") or (s.lemmas[k].lower(),) in self.knowledge.means
        if is_act and term_at(s, k, self.knowledge) is None:
            owners = self._owners(n, s, k)
            if not owners and actor and definite(s, k):
                return self.recent
            return owners
        if s.lemmas[k].lower() in self.knowledge.classes.get("facility", ()):
            owners = self._owners(n, s, k)
            if owners or actor or use.predicate.mode == "destroy":
                return owners
        found = self.parties.parties_at(n, k)
        if use.predicate.type == "MOBILIZE" and not actor and s.case_of(k):
            found = tuple(p for p in found if not self._is_ground(n, s, k, p))
        if use.predicate.type == "ASSAULT" and not actor:
            found = tuple(p for p in found if not self._is_place(n, s, k, p))
        known = tuple(p for p in found if p.kind != "unknown" or self._is_name(s, k))
        if known or (not actor and use.predicate.type in BEFALLS and s.upos[k] in ("NOUN", "PROPN", "ADJ")):
            return known or found
        return self._owners(n, s, k)

    def _is_place(self, n: int, s: Sentence, k: int, party: Party) -> bool:
        """A town that is attacked is where it happens, not who suffers it."""
        if party.kind == "unknown":
            return True
        return party.kind == "state" and any(m.capital for m in self.parties.matches[n] if m.first <= k < m.last)

    def _is_ground(self, n: int, s: Sentence, k: int, party: Party) -> bool:
        """Where troops stand or go is no party that they move against, unless it is another's land that they enter."""
        if self._is_place(n, s, k, party):
            return True
        return party.kind == "state" and s.case_of(k).partition(" ")[0] in ("in", "inside", "across", "throughout")

    @staticmethod
    def _is_name(s: Sentence, k: int) -> bool:
        """A proper name that no list knows; a place does not act."""
        kinds = {kind for a, b, kind in s.names if a <= k < b}
        return (s.upos[k] == "PROPN" or bool(kinds)) and "LOC" not in kinds

    def _modifier(self, n: int, s: Sentence, k: int) -> Party | None:
        """An adjective of nationality stands for its state ("Turkish incursion")."""
        match = next((m for m in self.parties.matches[n] if m.first <= k < m.last), None)
        if match is None or not match.nationality or s.upos[k] != "ADJ":
            return None
        e = match.entity
        return Party(e.name, s.tokens[k].text, e.country or "", e.country, e.sectors, "state")

    def _owners(self, n: int, s: Sentence, k: int) -> tuple[Party, ...]:
        """Whose act, plan or weapon it is: its possessor, modifier, "by" or "of" phrase."""
        for name in ("by", "poss", "mod", "of", "from", "between"):
            found: list[Party] = []
            for m in slot(s, k, name):
                if name == "mod" and (s.lemmas[m].lower(), s.lemmas[k].lower()) in self.knowledge.means:
                    continue  # a fighter jet is no fighter's
                modifier = self._modifier(n, s, m)
                if modifier is not None:
                    found.append(modifier)
                elif name != "mod" or self._names_party(n, s, m):
                    found.extend(p for p in self.parties.parties_at(n, m, unknown=False))
            if found:
                return tuple(found)
        return ()

    @staticmethod
    def merged(one: tuple[Party, ...], other: tuple[Party, ...]) -> tuple[Party, ...]:
        """Both lists without repeats, the first order kept."""
        names = {p.name for p in one}
        return (*one, *(p for p in other if p.name not in names))

    @staticmethod
    def agentless(s: Sentence, i: int) -> bool:
        """A passive that names no doer."""
        return s.upos[i] == "VERB" and is_passive(s, i) and not slot(s, i, "subj")

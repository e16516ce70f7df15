"""According to whom: verbs and nouns of saying, "according to", quotations that run over sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from parley.coding.slots import agents, is_passive, lemma, premodifiers, resolve_relative, subjects
from parley.grounding.parties import PartyFinder
from parley.knowledge.knowledge import Knowledge
from parley.language.sentence import Sentence
from parley.records import Party

OPEN, CLOSE, PLAIN = "“«„", "”»", '"'


@dataclass(slots=True)
class Attribution:
    """Who is cited for the words of one report, sentence by sentence."""

    knowledge: Knowledge
    parties: PartyFinder
    #: Sentences that stand wholly inside a quotation, with the speakers carried over from where it was introduced.
    carried: dict[int, tuple[Party, ...]] = field(default_factory=dict)
    #: (sentence, those who issued the document that it names): who "the statement" is by, from there on.
    issuers: list[tuple[int, tuple[Party, ...]]] = field(default_factory=list)

    def read(self, sentences: list[Sentence]) -> None:
        """Go through the report once: who speaks where, and which sentences continue somebody's quotation."""
        last: tuple[Party, ...] = ()
        for n, s in enumerate(sentences):
            quoted = _is_quoted(s)
            self._read_documents(n, s)
            here: tuple[Party, ...] = ()
            for i in range(len(s)):
                if self.is_saying(s, i):
                    found = self.speaker(n, s, i)
                    if found:
                        here = found
                        break
            if here:
                last = here
            elif quoted and last:
                self.carried[n] = last
            elif not quoted:
                mentions = any(m.sentence == n and m.subject for m in self.parties.mentions)
                last = last if not mentions and not s.having(_root(s), "nsubj") else ()
            self.parties.speakers[n] = here or self.carried.get(n, ())

    def is_saying(self, s: Sentence, i: int) -> bool:
        """True for a verb of saying that reports words (a clause, a quotation, a parenthesis)."""
        if s.upos[i] not in ("VERB", "AUX") or (lemma(s, i), "verb") not in self.knowledge.reporting:
            return False
        return bool(s.having(i, "ccomp", "parataxis")) or s.deprels[i] in ("parataxis", "ccomp") or self._says_so(s, i)

    @staticmethod
    def _says_so(s: Sentence, i: int) -> bool:
        return s.deprels[i] in ("advcl", "acl") and any(s.tokens[k].text.lower() == "as" for k in s.having(i, "mark"))

    def speaker(self, n: int, s: Sentence, i: int) -> tuple[Party, ...]:
        """Who says it: the subject of the verb of saying, through "a statement by …", "a report said"."""
        words = subjects(s, i)
        if (not words and is_passive(s, i)) or self._says_nothing(s, i):
            return ()
        found: list[Party] = []
        for k in words:
            found.extend(self._cited(n, s, resolve_relative(s, k)))
        return tuple(found)

    def _says_nothing(self, s: Sentence, i: int) -> bool:
        """ "did not say who attacked": nobody is cited; "did not deny" lets the denied stand as said."""
        if self.knowledge.reporting.get((lemma(s, i), "verb")) != "say":
            return False
        return any(s.tokens[k].text.lower() in ("not", "n't", "n’t", "never") for k in s.having(i, "advmod"))

    def _cited(self, n: int, s: Sentence, k: int) -> tuple[Party, ...]:
        """The party behind a word that is cited: a document stands for who issued it, else for itself."""
        if (s.lemmas[k].lower(), "noun") in self.knowledge.reporting and s.upos[k] == "NOUN":
            found = self._issued_by(n, s, k)
            if found:
                return found
            if any(s.lemmas[m].lower() in ("the", "this", "that") for m in s.having(k, "det")):
                found = self.issuer(n)
                if found:
                    return found
        found = self.parties.parties_at(n, k)
        if not found and s.upos[k] == "PRON" and s.lemmas[k].lower() in ("it", "which", "that"):
            return self.issuer(n - 1) if s.lemmas[k].lower() == "it" else self.issuer(n)
        return found

    def issuer(self, n: int) -> tuple[Party, ...]:
        """Who issued the document that was last named, up to sentence n."""
        return next((parties for sentence, parties in reversed(self.issuers) if n - 6 <= sentence <= n), ())

    def document(self, n: int, s: Sentence, k: int) -> tuple[Party, ...]:
        """The parties behind a noun that names a document ("the letter named no date"); () for any other word."""
        if s.upos[k] != "NOUN" or (s.lemmas[k].lower(), "noun") not in self.knowledge.reporting:
            return ()
        return self._issued_by(n, s, k) or self.issuer(n)

    def _read_documents(self, n: int, s: Sentence) -> None:
        for k in range(len(s)):
            if s.upos[k] == "NOUN" and (s.lemmas[k].lower(), "noun") in self.knowledge.reporting:
                found = self._issued_by(n, s, k)
                if found:
                    self.issuers.append((n, found))

    def _issued_by(self, n: int, s: Sentence, k: int) -> tuple[Party, ...]:
        """Who a document is by: its possessor, "by" or "from" phrase, the body before it ("an army statement"), the signatories,
        the subject of "issued a statement"."""
        words = [*s.having(k, "nmod:poss"), *(m for m in s.having(k, "nmod") if s.case_of(m) in ("by", "from", "of"))]
        words += [m for m in premodifiers(s, k) if s.upos[m] in ("NOUN", "PROPN") or (s.lemmas[m].lower(),) in self.knowledge.terms]
        for v in s.having(k, "acl"):
            words += agents(s, v)
        if s.deprels[k] == "obj" and s.upos[s.heads[k]] == "VERB":
            words += subjects(s, s.heads[k])
        for m in words:
            found = self.parties.parties_at(n, m, unknown=False)
            if found:
                return found
        return ()

    def of(self, n: int, s: Sentence, i: int) -> tuple[tuple[Party, ...], int | None]:
        """Who is cited for predicate i, outermost first, and the innermost verb of saying above it."""
        found: list[tuple[Party, ...]] = []
        verb: int | None = None
        below = i
        chain = [i, *s.ancestors(i)]
        for up in chain:
            if up != i:
                says = self._says(n, s, up, below)
                if says:
                    found.append(says)
                    verb = up if verb is None else verb
            found.extend(self._beside(n, s, up, below))
            below = up
        if not found and n in self.carried:
            found.append(self.carried[n])
        ordered: list[Party] = []
        for group in reversed(found):
            ordered.extend(p for p in group if all(p.name != q.name for q in ordered))
        return tuple(ordered), verb

    def _says(self, n: int, s: Sentence, up: int, below: int) -> tuple[Party, ...]:
        rel = s.deprels[below].partition(":")[0]
        if s.upos[up] == "VERB" and rel == "obj" and lemma(s, up) in self.knowledge.classes.get("denying", ()):
            return self.speaker(n, s, up)
        if s.upos[up] == "VERB" and (lemma(s, up), "verb") in self.knowledge.reporting and rel in ("ccomp", "xcomp", "parataxis", "advcl"):
            marks = {s.tokens[k].text.lower() for k in s.having(below, "mark")}
            if rel == "advcl" and "that" not in marks and not ("as" in marks and s.xpos[below] == "VBG"):
                return ()
            return self.speaker(n, s, up)
        if s.upos[up] == "NOUN" and (s.lemmas[up].lower(), "noun") in self.knowledge.reporting and rel in ("acl", "ccomp", "advcl"):
            owners = [*s.having(up, "nmod:poss"), *(m for m in s.having(up, "nmod") if s.case_of(m) in ("by", "from"))]
            return tuple(p for m in owners for p in self.parties.parties_at(n, m, unknown=False))
        return ()

    def _beside(self, n: int, s: Sentence, up: int, below: int) -> list[tuple[Party, ...]]:
        """Sources that hang on the clause: "according to X", "X said" in parenthesis, "as X put it"."""
        found: list[tuple[Party, ...]] = []
        # "The rebels, the army said, killed …": the parenthesis may hang on the subject.
        for k in (*s.children(up), *(m for subject in s.having(up, "nsubj") for m in s.having(subject, "parataxis"))):
            if k == below:
                continue
            rel = s.deprels[k].partition(":")[0]
            if rel in ("obl", "nmod", "advcl") and s.case_of(k).startswith("according"):
                found.append(self._cited(n, s, k))
            elif (
                rel in ("parataxis", "advcl")
                and s.upos[k] == "VERB"
                and (lemma(s, k), "verb") in self.knowledge.reporting
                and not s.having(k, "ccomp")
                and (rel == "parataxis" or self._says_so(s, k))
            ):
                found.append(self.speaker(n, s, k))
        return [f for f in found if f]


def _root(s: Sentence) -> int:
    return next((i for i, h in enumerate(s.heads) if h < 0), 0)


def _is_quoted(s: Sentence) -> bool:
    """True when the sentence begins inside or with a quotation and has no words of the reporter's around it."""
    text = [t.text for t in s.tokens]
    if not text:
        return False
    starts = text[0][0] in OPEN + PLAIN or text[0] in ("``", "''")
    ends = any(w[-1] in CLOSE + PLAIN or w == "''" for w in text[-2:])
    opened = sum(w[0] in OPEN for w in text)
    return (starts and (ends or opened > sum(w[0] in CLOSE for w in text))) or (ends and opened == 0 and text[0][0] not in OPEN)

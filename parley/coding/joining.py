"""Tellings of one act in one sentence become one event."""

from __future__ import annotations

from collections.abc import Sequence

from parley.coding.draft import Draft
from parley.coding.roles import Roles
from parley.coding.slots import lemma, subjects
from parley.knowledge.knowledge import Knowledge
from parley.language.sentence import Sentence


class Joining:
    """Joins drafts that tell the same act."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._consequences = knowledge.classes.get("consequence", set())

    def merge(self, s: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
        """Harm told as the consequence of an attack is the same event ("shelled the market, killing 12 and wounding 30")."""
        consequences = self._consequences
        kept: list[Draft] = []
        for d in sorted(drafts, key=lambda d: self._depth(s, d.word)):
            hosts = [o for o in kept if o.type == d.type == "ASSAULT" and self._same_act(s, o, d, consequences)]
            host = min(hosts, key=lambda o: (s.heads[d.word] not in (o.word, *o.absorbed), abs(o.word - d.word)), default=None)
            host = host or next((o for o in kept if (o.type, o.mode) == (d.type, d.mode) and self._listed_with(s, o, d)), None)
            host = host or next((o for o in kept if o.type == d.type == "PROTEST" and self._same_protest(s, o, d)), None)
            if host is None:
                kept.append(d)
                continue
            host.absorbed.append(d.word)
            self._join(s, host, d, consequences)
            for name, count in d.counts.items():
                host.counts.setdefault(name, count)
            host.mode = host.mode or d.mode
        return sorted(kept, key=lambda d: d.word)

    def _join(self, s: Sentence, host: Draft, d: Draft, consequences: set[str]) -> None:
        """The parties of a second telling go to the first: whom the harm befell counts before what was aimed at."""
        told = tuple(q for q in d.recipients if not (host.recipients and q.name == "people" and "other" in q.text.lower()))
        if lemma(s, d.word) in consequences and told and lemma(s, host.word) not in consequences:
            host.recipients = told
        elif lemma(s, d.word) in consequences or not host.recipients:
            host.recipients = Roles.merged(host.recipients, told)
        suffering = {q.name for q in host.recipients}
        if not host.actors:
            host.actors = tuple(a for a in d.actors if a.name not in suffering)
        names = {a.name for a in host.actors}
        host.recipients = tuple(q for q in host.recipients if q.name not in names)

    @staticmethod
    def _depth(s: Sentence, i: int) -> int:
        return sum(1 for _ in s.ancestors(i))

    def _same_act(self, s: Sentence, host: Draft, d: Draft, consequences: set[str]) -> bool:
        anchor = host.use.light if host.use.light is not None else host.word
        words = {anchor, host.word, *host.absorbed}
        head, rel = s.heads[d.word], s.deprels[d.word].partition(":")[0]
        if d.use.predicate.pos == "noun":
            return head in words and rel in ("obl", "nmod")
        if lemma(s, d.word) in consequences or lemma(s, host.word) in consequences:
            if head in words and rel in ("advcl", "conj", "xcomp", "ccomp", "parataxis", "acl"):
                others = d.actors and host.actors and {a.name for a in d.actors} != {a.name for a in host.actors}
                return not (rel == "conj" and s.having(d.word, "nsubj") and others)
            if s.deprels[d.word] == "acl:relcl" and head == host.word:
                return True
            if rel == "acl" and lemma(s, host.word) in consequences and head in subjects(s, host.word):
                # "gunmen who attacked a bus killed five"
                return True
            # "opened fire as they fled, killing one": the parser may hang the participle on the nearer verb.
            top = head if rel == "conj" and s.xpos[head] == "VBG" else d.word
            if (
                lemma(s, d.word) in consequences
                and s.xpos[d.word] == "VBG"
                and s.deprels[top] == "advcl"
                and not s.having(top, "nsubj", "mark")
            ):
                return host.word < d.word
        return False

    @staticmethod
    def _listed_with(s: Sentence, host: Draft, d: Draft) -> bool:
        """ "looting of shops, burning of houses and destruction of bridges": one act by its kind, told in a list of nouns."""
        if d.use.predicate.pos != "noun" or host.use.predicate.pos != "noun" or {a.name for a in d.actors} != {a.name for a in host.actors}:
            return False
        return (s.heads[d.word] in (host.word, *host.absorbed) and s.deprels[d.word] == "conj") or (
            s.deprels[d.word] == s.deprels[host.word] == "conj" and s.heads[d.word] == s.heads[host.word]
        )

    @staticmethod
    def _same_protest(s: Sentence, host: Draft, d: Draft) -> bool:
        """ "rallied in the capital, chanting slogans": one protest, unless others do it."""
        names = {a.name for a in host.actors}
        return not d.actors or not names or any(a.name in names for a in d.actors)

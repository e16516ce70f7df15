"""Sentences to events: predicates in their meaning, their roles, who says so, whether it happened, when and where."""

from __future__ import annotations

from collections.abc import Sequence

from parley.coding import constructions
from parley.coding.attribution import Attribution
from parley.coding.boundary import Boundary
from parley.coding.circumstances import Circumstances
from parley.coding.confidence import Confidence
from parley.coding.draft import SPEECH, Draft, Skipped
from parley.coding.joining import Joining
from parley.coding.lexicon import Lexicon, Use
from parley.coding.quantities import count_of
from parley.coding.roles import Roles
from parley.coding.slots import clause_of, infinitives, lemma, slot, with_conjuncts
from parley.coding.standing import Standing
from parley.coding.status import Status, StatusReader
from parley.grounding.parties import PartyFinder
from parley.grounding.phrases import joined
from parley.knowledge.knowledge import Knowledge
from parley.language.sentence import Sentence
from parley.records import Count, Event, Period, Place, Span, stable_id

LOOSE = ' ,;:–—-"“”‘’«»\n\t'
#: Acts of speech, which are the cited speaker's where no other doer stands with them.
SPOKEN = frozenset(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE"))

#: How many sentences away a claim of responsibility still speaks of an attack.
CLAIM_REACH = 8
#: Acts that happen somewhere: the place of the sentences before is theirs until another is named.
SOMEWHERE = frozenset(("ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT"))


class EventCoder:
    """Codes the events of one report. Made per report from the shared knowledge."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, parties: PartyFinder, circumstances: Circumstances) -> None:
        self._knowledge = knowledge
        self._lexicon = lexicon
        self._parties = parties
        self._circumstances = circumstances
        self._status = StatusReader(knowledge)
        self._attribution = Attribution(knowledge, parties)
        self._roles = Roles(knowledge, lexicon, parties, self._attribution)
        self._boundary = Boundary(knowledge, lexicon)
        self._confidence = Confidence(knowledge.confidence)
        self._standing = Standing(knowledge, self._roles)
        self._joining = Joining(knowledge)
        self._talked_at: set[str] = set()
        self.skipped: list[Skipped] = []
        #: Event id → the period in which what it promises or demands falls due.
        self.due: dict[str, Period] = {}

    def code(self, report_id: str, text: str, sentences: Sequence[Sentence]) -> list[Event]:
        """Events in the order of the text."""
        self._attribution.read(list(sentences))
        drafts = [self._drafts(n, s, text) for n, s in enumerate(sentences)]
        self._claimed([d for here in drafts for d in here])
        return [self._event(report_id, text, s, d, here) for s, here in zip(sentences, drafts, strict=True) for d in here]

    def _claimed(self, drafts: Sequence[Draft]) -> None:
        """An attack that nobody is named for is the deed of those who claim it nearby, unless the grammar leaves the doer out."""
        claims = [d for d in drafts if d.claims and d.actors]
        for d in drafts:
            if d.type != "ASSAULT" or d.actors or d.agentless or d.status.status != "actual":
                continue
            near = min((c for c in claims if abs(c.n - d.n) <= CLAIM_REACH), key=lambda c: abs(c.n - d.n), default=None)
            if near is not None:
                d.actors = tuple(a for a in near.actors if all(a.name != q.name for q in d.recipients))

    # -- one sentence ------------------------------------------------------------------------------------------

    def _drafts(self, n: int, s: Sentence, text: str) -> list[Draft]:
        uses = {u.word: u for u in self._lexicon.uses(s) if u.word not in s.aside}
        drafts: list[Draft] = []
        for u in uses.values():
            if u.predicate.type == "-":
                self._skip(n, s, u.word, f"{u.predicate.rule} is no event in this use")
                continue
            drafts.append(self._draft(n, s, u, text))
        drafts += self._constructed(n, s)
        self._charge(s, drafts)
        self._remember(drafts)
        inside = self._standing.contents(s, drafts)
        kept: list[Draft] = []
        for d in drafts:
            reason = self._standing.why_not(s, d, drafts, inside)
            if reason:
                self._skip(n, s, d.word, reason)
            else:
                kept.append(d)
        joined_up = self._joining.merge(s, kept)
        for d in joined_up:
            for word in d.absorbed:
                self._skip(n, s, word, f"the same event as “{s.tokens[d.word].text}”")
        return joined_up

    def _remember(self, drafts: Sequence[Draft]) -> None:
        """Who last used force, bare mentions included: "the attack" of a later sentence is theirs."""
        for d in drafts:
            if d.type == "ASSAULT" and d.actors and d.status.status == "actual":
                self._roles.recent = d.actors

    @staticmethod
    def _charge(s: Sentence, drafts: Sequence[Draft]) -> None:
        """What somebody is accused of is told by the accuser."""
        for a in drafts:
            if a.mode != "allege" or not a.actors:
                continue
            # "blamed the bombing on the militia": what is blamed on somebody is the charge.
            names = ("of", "ccomp", "xcomp", "for", "obj") if slot(s, a.word, "on") else ("of", "ccomp", "xcomp", "for")
            charge = {m for name in names for k in slot(s, a.word, name) for m in s.subtree(k)}
            for d in drafts:
                if d.word in charge and d is not a:
                    a.alleged = a.alleged or d
                    if all(p.name != a.actors[0].name for p in d.according_to):
                        d.according_to = (*d.according_to, *a.actors)

    def _skip(self, n: int, s: Sentence, i: int, reason: str) -> None:
        self.skipped.append(Skipped(n, i, s.tokens[i].text, reason))

    def _draft(self, n: int, s: Sentence, use: Use, text: str) -> Draft:
        p = use.predicate
        d = Draft(n, use, p.type, p.mode)
        d.actors, d.recipients, d.words = self._roles.fill(n, s, use)
        d.content = next((k for name in p.content.split("|") if name != "-" for k in slot(s, use.word, name)), None)
        if d.content is None and use.light is not None and p.type in SPEECH:
            d.content = next(iter(infinitives(s, use.light)), None)
        d.according_to, verb = self._attribution.of(n, s, use.word)
        d.agentless = self._roles.agentless(s, use.word)
        d.claims = p.pos == "verb" and p.type == "ASSAULT" and self._knowledge.reporting.get((lemma(s, use.word), "verb")) == "claim"
        if d.claims:
            # Who claims an attack is the only voice for having done it.
            d.according_to = self._roles.merged(d.according_to, d.actors)
        at = use.light if use.light is not None else use.word
        d.status = self._status.read(s, at, verb)
        if (
            not d.actors
            and p.pos == "noun"
            and use.light is None
            and p.type in ("ASSAULT", "SANCTION", "COERCE")
            and self._follows_from_act(s, use.word)
        ):
            d.actors = self._roles.recent
        if use.light is not None and d.status.status == "actual":
            own = self._status.read(s, use.word, use.light)
            d.status = own if own.status != "actual" else Status(use.light_effect, use.light) if use.light_effect else d.status
        self._counts(s, d, text)
        self._boundary.settle(s, d)
        if d.type in ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE"):
            d.according_to = tuple(q for q in d.according_to if all(q.name != a.name for a in d.actors))
        if not d.actors and d.according_to and d.type in SPOKEN and self._is_own_speech(s, use):
            d.actors, d.according_to = d.according_to[-1:], d.according_to[:-1]
        return d

    def _is_own_speech(self, s: Sentence, use: Use) -> bool:
        """True where the act is the cited speaker's: a reproach without a doer of its own ("it was illegal, X said"), a bare demand."""
        if use.predicate.actor == "-":
            return use.predicate.type == "ACCUSE"
        if use.predicate.pos != "verb" or s.upos[use.word] != "VERB":
            return False
        return not slot(s, use.word, "subj") and not self._roles.agentless(s, use.word)

    def _follows_from_act(self, s: Sentence, i: int) -> bool:
        """ "It cost dozens of lives": the harm is the doing of those whose act "it" takes up."""
        clause = clause_of(s, i)
        return s.upos[clause] == "VERB" and any(
            s.lemmas[k].lower() in ("it", "this", "that") and s.upos[k] in ("PRON", "DET") for k in s.having(clause, "nsubj")
        )

    def _constructed(self, n: int, s: Sentence) -> list[Draft]:
        """What constructions say: the demand of a speaker that others must meet, a refusal announced with "will not"."""
        found: list[Draft] = []
        for c in constructions.find(s):
            cited, _ = self._attribution.of(n, s, c.verb)
            doers = tuple(p for k in slot(s, c.verb, "subj") for p in self._parties.parties_at(n, k, unknown=False))
            d = Draft(n, Use(c.modal, c.predicate), c.predicate.type, None, content=c.verb)
            meaning = self._lexicon.meaning(s, c.verb)
            if c.predicate is constructions.REQUEST:
                if not cited or not doers or any(p.name == cited[-1].name for p in doers):
                    continue
                d.actors, d.recipients, d.according_to = cited[-1:], doers, cited[:-1]
            elif doers:
                d.actors, d.according_to = doers, tuple(p for p in cited if all(p.name != q.name for q in doers))
                if meaning is not None and meaning.type != "-":
                    with_them, on_them, d.words = self._roles.fill(n, s, Use(c.verb, meaning))
                    d.recipients = tuple(p for p in (*on_them, *with_them) if all(p.name != q.name for q in doers))
            else:
                continue
            self._boundary.settle(s, d)
            found.append(d)
        return found

    def _counts(self, s: Sentence, d: Draft, text: str) -> None:
        kind = self._knowledge.harms.get((lemma(s, d.word), d.use.predicate.pos))
        if d.type == "PROTEST":
            words, name = [k for x in ("subj", "of", "by") for k in slot(s, d.word, x)], "protesters"
        elif d.mode == "arrest" or kind == "detained":
            words, name = slot(s, d.word, "obj") + slot(s, d.word, "of"), "detained"
        elif d.mode == "abduct" or kind == "abducted":
            words, name = slot(s, d.word, "obj") + slot(s, d.word, "of"), "abducted"
        elif kind in ("killed", "injured", "displaced"):
            words, name = [*slot(s, d.word, "obj"), *slot(s, d.word, "of")] or slot(s, d.word, "subj"), kind
        elif d.type == "ASSAULT":
            words, name = slot(s, d.word, "obj"), "places"
        else:
            return
        for k in (m for w in words for m in joined(s, w)):
            found = count_of(s, k, text)
            if found is not None and (name != "places" or found.max > 1):
                before = d.counts.get(name)
                d.counts[name] = (
                    found if before is None else Count(before.min + found.min, before.max + found.max, f"{before.text}; {found.text}")
                )

    # -- the record ---------------------------------------------------------------------------------------------

    @staticmethod
    def _id(report_id: str, s: Sentence, d: Draft) -> str:
        trigger = s.tokens[d.word]
        return stable_id(report_id, str(trigger.start), trigger.text, d.type)

    def _place(self, s: Sentence, d: Draft) -> Place | None:
        """Where it took place; an act that happens somewhere may take the place of the sentences before, but not that of talks."""
        carried = self._talked_at if d.type in SOMEWHERE else None
        place = self._circumstances.place(d.n, s, d.word, frozenset(d.words), not_carried=carried)
        if place is not None and d.type == "CONSULT":
            self._talked_at.add(place.text)
        return place

    def _event(self, report_id: str, text: str, s: Sentence, d: Draft, kept: Sequence[Draft]) -> Event:
        i = d.word
        clause = clause_of(s, d.use.light if d.use.light is not None else i)
        first, last = s.tokens[min(s.subtree(clause))], s.tokens[max(s.subtree(clause))]
        trigger = s.tokens[i]
        start, end = min(first.start, trigger.start), max(last.end, trigger.end)
        # Marks at the edge of a clause belong to the sentence around it.
        while start < trigger.start and text[start] in LOOSE:
            start += 1
        while end > trigger.end and text[end - 1] in LOOSE:
            end -= 1
        anchor = d.use.light if d.use.light is not None else i
        content = (
            frozenset(m for w in with_conjuncts(s, d.content) for m in s.subtree(w))
            if d.content is not None and d.type in SPEECH
            else frozenset()
        )
        ahead = d.status.word is not None and d.use.predicate.type != d.type
        event_id = self._id(report_id, s, d)
        about = next((o for o in kept if d.alleged is not None and d.alleged.word in (o.word, *o.absorbed)), None)
        if ahead or content:
            due = self._circumstances.due(
                d.n, s, d.content if content and d.content is not None else anchor, content or frozenset(range(len(s)))
            )
            if due is not None:
                self.due[event_id] = due
        date = None if ahead else self._circumstances.date(d.n, s, anchor, content, future=d.status.status == "future")
        status = d.status.status
        if status == "actual" and self._circumstances.long_past(d.n, s, anchor, content, self._knowledge.classes.get("war", ())):
            status = "historical"
        p = d.use.predicate
        cameo = p.cameo if p.type == d.type and p.mode == d.mode and p.cameo else self._boundary.cameo(d.type, d.mode)
        return Event(
            id=event_id,
            report=report_id,
            sentence=s.index,
            type=d.type,
            mode=d.mode,
            contexts=p.contexts,
            cameo=cameo,
            status=status,
            actors=d.actors,
            recipients=d.recipients,
            according_to=d.according_to,
            date=date,
            place=self._place(s, d),
            counts=d.counts,
            content=None if about is None else self._id(report_id, s, about),
            trigger=Span(trigger.text, trigger.start, trigger.end),
            evidence=Span(text[start:end], start, end),
            rule=p.rule,
            confidence=self._confidence.of(s, d),
        )

"""Sentences to events: predicates in their meaning, their roles, who says so, whether it happened, when and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parley.coding import constructions
from parley.coding.attribution import Attribution
from parley.coding.boundary import Boundary
from parley.coding.circumstances import Circumstances
from parley.coding.lexicon import Lexicon, Use
from parley.coding.quantities import count_of
from parley.coding.roles import Roles
from parley.coding.slots import clause_of, infinitives, lemma, slot
from parley.coding.status import Status, StatusReader
from parley.grounding.parties import PartyFinder
from parley.grounding.phrases import definite, joined
from parley.knowledge.knowledge import Knowledge
from parley.language.sentence import Sentence
from parley.records import Count, Event, Party, Period, Span, stable_id

SPEECH = frozenset(("AGREE", "CONCEDE", "REQUEST", "REJECT", "THREATEN"))
#: Acts that happen somewhere: the place of the sentences before is theirs until another is named.
SOMEWHERE = frozenset(("ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT"))
#: Acts that news names by a noun without saying whose they are ("two bombings in Baghdad").
NAMED_ACTS = frozenset(("ASSAULT", "PROTEST"))


@dataclass(slots=True)
class Draft:
    """An event while it is being put together."""

    n: int
    use: Use
    type: str
    mode: str | None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    words: list[int] = field(default_factory=list)
    status: Status = field(default_factory=lambda: Status("actual"))
    according_to: tuple[Party, ...] = ()
    content: int | None = None
    counts: dict[str, Count] = field(default_factory=dict)
    absorbed: list[int] = field(default_factory=list)
    confidence: float = 0.5

    @property
    def word(self) -> int:
        return self.use.word


@dataclass(frozen=True, slots=True)
class Skipped:
    """A word that looked like an event and was not coded, and why."""

    sentence: int
    word: int
    text: str
    reason: str


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
        self.skipped: list[Skipped] = []
        #: Event id → the period in which what it promises or demands falls due.
        self.due: dict[str, Period] = {}

    def code(self, report_id: str, text: str, sentences: Sequence[Sentence]) -> list[Event]:
        """Events in the order of the text."""
        self._attribution.read(list(sentences))
        events: list[Event] = []
        for n, s in enumerate(sentences):
            drafts = self._drafts(n, s, text)
            events.extend(self._event(report_id, text, s, d) for d in drafts)
        return events

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
        inside = self._contents(s, drafts)
        kept: list[Draft] = []
        for d in drafts:
            reason = self._why_not(s, d, drafts, inside)
            if reason:
                self._skip(n, s, d.word, reason)
            else:
                kept.append(d)
        return self._merge(n, s, kept)

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
            charge = {m for name in ("of", "ccomp", "xcomp", "for") for k in slot(s, a.word, name) for m in s.subtree(k)}
            for d in drafts:
                if d.word in charge and d is not a and all(p.name != a.actors[0].name for p in d.according_to):
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
        if d.type in ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"):
            d.according_to = (
                tuple(q for q in d.according_to if all(q.name != a.name for a in d.actors)) if d.type not in ("AGREE",) else d.according_to
            )
        if (
            not d.actors
            and d.type in ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE")
            and d.according_to
            and s.upos[use.word] == "VERB"
            and use.predicate.pos == "verb"
        ):
            subject = slot(s, use.word, "subj")
            if not subject and not self._roles.agentless(s, use.word):
                d.actors, d.according_to = d.according_to[-1:], d.according_to[:-1]
        d.confidence = self._confidence(s, d)
        return d

    def _follows_from_act(self, s: Sentence, i: int) -> bool:
        """ "It has led to the deaths of …": the harm is the doing of those whose act "it" takes up."""
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
            if c.predicate is constructions.REQUEST:
                if not cited or not doers or any(p.name == cited[-1].name for p in doers):
                    continue
                d.actors, d.recipients, d.according_to = cited[-1:], doers, cited[:-1]
            elif doers:
                d.actors, d.according_to = doers, tuple(p for p in cited if all(p.name != q.name for q in doers))
            else:
                continue
            self._boundary.settle(s, d)
            d.confidence = 0.55
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

    @staticmethod
    def _confidence(s: Sentence, d: Draft) -> float:
        """A first estimate from what was found; the pipeline calibrates it on gold."""
        score = 0.45 if d.use.predicate.pos == "verb" else 0.3
        score += 0.12 * bool(d.actors) + 0.1 * bool(d.recipients) + 0.06 * bool(d.use.predicate.conditions)
        score += 0.1 * (s.heads[d.word] < 0) + 0.05 * (d.use.light is not None)
        return round(min(0.95, score), 3)

    # -- which of them stand ------------------------------------------------------------------------------------

    def _contents(self, s: Sentence, drafts: Sequence[Draft]) -> dict[int, Draft]:
        """Words inside the content of a speech act ("agreed to **meet**"): what is asked, promised or refused is no event of its own."""
        inside: dict[int, Draft] = {}
        for d in drafts:
            if d.type not in SPEECH or d.content is None:
                continue
            for k in (m for w in self._with_conjuncts(s, d.content) for m in self._within(s, w)):
                if k != d.word:
                    inside.setdefault(k, d)
        return inside

    @staticmethod
    def _with_conjuncts(s: Sentence, i: int) -> list[int]:
        return [i, *s.having(i, "conj")]

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

    def _why_not(self, s: Sentence, d: Draft, drafts: Sequence[Draft], inside: Mapping[int, Draft]) -> str:
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

    @staticmethod
    def _is_purpose(s: Sentence, i: int) -> bool:
        """ "…, to drive out the rebels", "aimed at stopping attacks": what an act is for."""
        k = i
        while s.deprels[k] == "conj" and s.upos[s.heads[k]] == "VERB" and not s.having(k, "nsubj", "mark"):
            k = s.heads[k]
        if s.deprels[k] not in ("advcl", "acl") or s.having(k, "nsubj"):
            return False
        marks = {s.tokens[m].text.lower() for m in s.having(k, "mark")}
        return ("to" in marks and s.xpos[k] in ("VB", "NN")) or (
            bool(marks & {"at", "for", "towards", "toward"})
            and s.lemmas[s.heads[k]].lower() in ("aim", "plan", "operation", "effort", "campaign")
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

    def _merge(self, n: int, s: Sentence, drafts: list[Draft]) -> list[Draft]:
        """Harm told as the consequence of an attack is the same event ("shelled the market, killing 12 and wounding 30")."""
        consequences = self._knowledge.classes.get("consequence", set())
        kept: list[Draft] = []
        for d in sorted(drafts, key=lambda d: self._depth(s, d.word)):
            host = next((o for o in kept if o.type == d.type == "ASSAULT" and self._same_act(s, o, d, consequences)), None)
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
            self._skip(n, s, d.word, f"the same event as “{s.tokens[host.word].text}”")
        return sorted(kept, key=lambda d: d.word)

    def _join(self, s: Sentence, host: Draft, d: Draft, consequences: set[str]) -> None:
        """The parties of a second telling go to the first: whom the harm befell counts before what was aimed at."""
        told = tuple(q for q in d.recipients if not (host.recipients and q.name == "people" and "other" in q.text.lower()))
        if lemma(s, d.word) in consequences and told and lemma(s, host.word) not in consequences:
            host.recipients = told
        elif lemma(s, d.word) in consequences or not host.recipients:
            host.recipients = self._roles.merged(host.recipients, told)
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

    # -- the record ---------------------------------------------------------------------------------------------

    def _event(self, report_id: str, text: str, s: Sentence, d: Draft) -> Event:
        i = d.word
        clause = clause_of(s, d.use.light if d.use.light is not None else i)
        first, last = s.tokens[min(s.subtree(clause))], s.tokens[max(s.subtree(clause))]
        trigger = s.tokens[i]
        start, end = min(first.start, trigger.start), max(last.end, trigger.end)
        anchor = d.use.light if d.use.light is not None else i
        content = (
            frozenset(m for w in self._with_conjuncts(s, d.content) for m in s.subtree(w))
            if d.content is not None and d.type in SPEECH
            else frozenset()
        )
        ahead = d.status.word is not None and d.use.predicate.type != d.type
        event_id = stable_id(report_id, str(trigger.start), trigger.text, d.type)
        if ahead or content:
            due = self._circumstances.due(
                d.n, s, d.content if content and d.content is not None else anchor, content or frozenset(range(len(s)))
            )
            if due is not None:
                self.due[event_id] = due
        date = None if ahead else self._circumstances.date(d.n, s, anchor, content, future=d.status.status == "future")
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
            status=d.status.status,
            actors=d.actors,
            recipients=d.recipients,
            according_to=d.according_to,
            date=date,
            place=self._circumstances.place(d.n, s, i, frozenset(d.words), carried=d.type in SOMEWHERE),
            counts=d.counts,
            trigger=Span(trigger.text, trigger.start, trigger.end),
            evidence=Span(text[start:end], start, end),
            rule=p.rule,
            confidence=d.confidence,
        )

"""Events to facts: the seven books, each fact by a stated rule from the events that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from parley.records import FACT_STATUSES, Count, Event, Fact, Party, Period, stable_id

COMBATANT = frozenset(("MIL", "REB", "UAF", "COP", "PRM", "SPY"))
OFFICIAL = frozenset(("GOV", "LEG", "JUD", "PTY"))
ABOUT_LENGTH = 90
#: How many characters after "met", "accepted", "bowed to" may name the demand.
DEMAND_REACH = 50
#: How many characters after a refusal may name the talks that are refused.
TALKS_REACH = 60
#: How many characters may stand between a word that names a truce and one that says what became of it.
BESIDE = 30
_ASIDE = re.compile(r"\b(?:after|while|amid|following|aimed at|in return for|in order to)\b|;")
#: Detention and restriction are harm to civilians where they meet these; ordinary suspects are no entry.
SHIELDED = frozenset(("CVL", "JRN", "SOC", "REF", "MED", "NGO", "EDU", "REL", "LAB"))
#: Harm to what people own and live on, which needs no victim by name.
GOODS = ("property", "infrastructure", "communications")
FORESEEN = frozenset(("RETREAT", "COOPERATE", "AID", "MOBILIZE", "COERCE", "SANCTION", "REQUEST"))
HARM_TYPES = frozenset(("ASSAULT", "COERCE", "SANCTION"))
Words = Mapping[str, Sequence[tuple[str, str]]]


class Ledger:
    """Derives facts. `words` maps a lemma to the (book, sense) pairs that it speaks for, `harms` a lemma to its kind of harm."""

    def __init__(self, words: Words, harms: Mapping[str, str]) -> None:
        self._books: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        grouped: dict[tuple[str, str], list[str]] = {}
        for lemma, pairs in words.items():
            for book, sense in pairs:
                grouped.setdefault((book, sense), []).append(lemma)
        for (book, sense), lemmas in grouped.items():
            self._books.setdefault(book, []).append((_pattern(lemmas), sense))
        by_kind: dict[str, list[str]] = {}
        for lemma, kind in harms.items():
            by_kind.setdefault(kind, []).append(lemma)
        self._harms = {kind: _pattern(lemmas) for kind, lemmas in by_kind.items()}

    def facts(self, events: Sequence[Event], due: Mapping[str, Period] | None = None) -> tuple[Fact, ...]:
        """The facts of one report's events, book by book, each once.

        `due` gives, by event id, when what an event promises falls due; it is the date of commitments and planned talks.
        """
        due = due or {}
        found: list[Fact] = []
        accused = {(a.name, r.name) for e in events if e.type == "ACCUSE" for a in e.actors for r in e.recipients}
        for e in events:
            found += [
                f
                for f in (self._talks(e), self._ceasefire(e), self._commitment(e), self._demand(e), self._position(e), self._territory(e))
                if f
            ]
            found += self._harm(e, accused)
        dated = [replace(f, date=due.get(f.evidence[0])) if f.kind == "commitment" or f.status == "planned" else f for f in found]
        return _once([f if f.date or f.status not in ("pledged", "planned") else replace(f, date=_own_date(f, events)) for f in dated])

    def senses(self, book: str, text: str) -> list[str]:
        """Senses of a book's words that a text has, in the order of the text."""
        hits = [(m.start(), sense) for pattern, sense in self._books.get(book, ()) if (m := pattern.search(text))]
        return [sense for _, sense in sorted(hits)]

    # -- the books ---------------------------------------------------------------------------------------------

    def _talks(self, e: Event) -> Fact | None:
        senses = self.senses("talks", _near(e))
        senses = senses if "talks" in senses else []
        if e.type == "CONSULT":
            if (e.mode == "visit" and not senses) or (len(e.actors) + len(e.recipients) < 2 and not senses):
                return None
            status = {"future": "planned", "hypothetical": "planned", "negated": "refused"}.get(e.status, "held")
            if status == "held":
                status = next((x for x in senses if x in ("stalled", "suspended", "collapsed", "ongoing")), "held")
        elif e.type == "AGREE" and e.status == "actual" and senses and "wish" not in self.senses("commitment", e.trigger.text.lower()):
            status = "planned"
        elif e.type == "REJECT" and e.status == "actual" and "talks" in self.senses("talks", about_of(e).lower()[:TALKS_REACH]):
            status = next((x for x in senses if x in ("suspended", "collapsed", "stalled")), "refused")
        else:
            return None
        return self._fact(e, "talks", status, (*e.actors, *e.recipients)) if status else None

    def _ceasefire(self, e: Event) -> Fact | None:
        near = _own_words(e)
        senses = self.senses("ceasefire", near)
        if "truce" not in senses or (e.type == "REJECT" and e.mode == "meet"):
            return None
        status = {
            "AGREE": "agreed", "SUPPORT": "agreed", "CONCEDE": "declared", "REQUEST": "demanded", "REJECT": "refused",
            "RETREAT": "in force", "SANCTION": "ended", "ASSAULT": "violated", "CONSULT": "",
        }.get(e.type, "")  # fmt: skip
        if e.status == "negated" and e.type in ("AGREE", "REQUEST", "CONCEDE"):
            status = "not sought"
        elif e.status == "negated":
            status = ""
        elif e.status == "hypothetical" and e.type in ("AGREE", "CONCEDE"):
            status = "proposed"
        named = next((x for x in self._beside(near) if x in ("extended", "violated", "ended", "proposed", "in force")), "")
        if named and e.status != "negated" and (e.type not in ("REQUEST", "REJECT")):
            status = named
        if e.type == "ASSAULT" and named != "violated":
            return None
        return self._fact(e, "ceasefire", status, e.actors, e.recipients) if status else None

    def _beside(self, near: str) -> list[str]:
        """Senses of the words that stand close to one that names a truce ("**extended** the truce")."""
        hits = [(m.start(), m.end(), sense) for pattern, sense in self._books.get("ceasefire", ()) for m in pattern.finditer(near)]
        truces = [(a, b) for a, b, sense in hits if sense == "truce"]
        return [sense for a, b, sense in sorted(hits) if any(a - q >= -BESIDE and p - b <= BESIDE and a - q <= BESIDE for p, q in truces)]

    def _commitment(self, e: Event) -> Fact | None:
        """Promises and undertakings; a meeting that is only foreseen is a round of talks instead, a signed accord binds."""
        if not e.actors:
            return None
        trigger = self.senses("commitment", e.trigger.text.lower())
        if e.type == "AGREE":
            pledged = e.status in ("actual", "future") and not {"meeting", "wish"} & set(trigger)
        elif e.type == "CONCEDE":
            pledged = e.status in ("actual", "future") and "ahead" in trigger
        elif e.type == "SUPPORT":
            pledged = e.status == "actual" and "signed" in trigger
        else:
            pledged = e.type in FORESEEN and e.status == "future"
        if pledged:
            return self._fact(e, "commitment", "pledged", e.actors, e.recipients)
        kept = next((x for x in trigger if x in ("kept", "broken")), "")
        if kept and e.status == "actual" and "pledged" in self.senses("commitment", _own_words(e)):
            return self._fact(e, "commitment", kept, e.actors, e.recipients)
        return None

    def _demand(self, e: Event) -> Fact | None:
        if e.type == "REQUEST" and e.status in ("actual", "historical") and (e.actors or e.recipients):
            return self._fact(e, "demand", "made", e.actors, e.recipients)
        if e.type == "REJECT" and e.status == "actual" and e.mode != "meet" and e.actors and e.recipients:
            return self._fact(e, "demand", "refused", e.recipients, e.actors)
        if e.type in ("CONCEDE", "AGREE", "RETREAT") and e.status == "actual" and e.actors:
            answered = "met" in self.senses("demand", e.trigger.text.lower())
            if answered and "made" in self.senses("demand", about_of(e).lower()[:DEMAND_REACH]):
                return self._fact(e, "demand", "met", e.recipients, e.actors)
        return None

    def _position(self, e: Event) -> Fact | None:
        """Stances on the settlement: what is favoured, accepted or backed, and what is refused or opposed."""
        about = about_of(e).lower()
        trigger = self.senses("commitment", e.trigger.text.lower())
        if e.type not in ("AGREE", "SUPPORT", "REJECT") or e.status not in ("actual", "negated") or not e.actors:
            return None
        if "signed" in trigger or "meeting" in trigger:
            return None
        about_settlement = "settlement" in self.senses("position", about)
        about_talks = "talks" in self.senses("talks", about) or "truce" in self.senses("ceasefire", about)
        if not about_settlement and (e.type == "AGREE" or not about_talks):
            return None
        against = (e.type == "REJECT") != (e.status == "negated")
        return self._fact(e, "position", "against" if against else "for", e.actors)

    def _territory(self, e: Event) -> Fact | None:
        if e.status not in ("actual", "historical") or not e.actors:
            return None
        trigger = e.trigger.text.lower()
        senses = [x for x in self.senses("territory", trigger) if x in FACT_STATUSES["territory"]]
        if e.type == "RETREAT":
            forces = set(e.actors[0].sectors) & COMBATANT or "forces" in self.senses("territory", _near(e))
            return self._fact(e, "territory", "withdrawn", e.actors) if e.mode == "withdraw" and forces else None
        by_force = e.type == "ASSAULT" and e.mode not in ("abduct", "targeted")
        by_siege = e.type in ("MOBILIZE", "COERCE") and "surrounded" in senses and e.mode != "withhold"
        if not (by_force or by_siege) or not senses or any(p.kind in ("person", "group of people") for p in e.recipients):
            return None
        taken_from = tuple(p for p in e.recipients if set(p.sectors) & (COMBATANT | OFFICIAL))
        return self._fact(e, "territory", senses[0], e.actors, from_=taken_from)

    def _harm(self, e: Event, accused: set[tuple[str, str]]) -> list[Fact]:
        if e.type not in HARM_TYPES or e.status not in ("actual", "historical"):
            return []
        victims = tuple(p for p in e.recipients if not set(p.sectors) & (COMBATANT | OFFICIAL) and p.kind not in ("state", "armed group"))
        near = f"{e.trigger.text} {_near(e)}".lower()
        kinds = [kind for kind in ("killed", "injured", "displaced", "detained", "abducted") if kind in e.counts]
        if e.type != "ASSAULT" and not (victims and any(set(p.sectors) & SHIELDED for p in victims)) and e.mode not in ("expel", "seize"):
            return []
        if not kinds and e.mode in ("arrest", "abduct"):
            kinds = ["detained" if e.mode == "arrest" else "abducted"]
        if not kinds:
            kinds = [k for k, p in self._harms.items() if p.search(e.trigger.text.lower())]
        if not kinds:
            kinds = [k for k, p in self._harms.items() if k not in GOODS and p.search(near)]
        if e.mode == "destroy":
            told = [k for k in GOODS if k in self._harms and self._harms[k].search(e.evidence.text.lower())]
            kinds = [*kinds, *(told or ([] if kinds else ["property"]))]
        if e.type != "ASSAULT":
            kinds = [k for k in kinds if k not in ("killed", "injured")]
        kinds = [k for k in dict.fromkeys(kinds) if victims or k in GOODS or (k in e.counts and not e.recipients)]
        alleged = any((c.name, a.name) in accused for c in e.according_to for a in e.actors)
        status = "alleged" if alleged else "reported"
        return [self._fact(e, "harm", status, e.actors, victims, about=k, count=e.counts.get(k)) for k in kinds]

    @staticmethod
    def _fact(
        e: Event, kind: str, status: str, who: Iterable[Party], to: Iterable[Party] = (), *,
        from_: Iterable[Party] = (), about: str = "", count: Count | None = None,
    ) -> Fact:  # fmt: skip
        who, to, from_ = tuple(who), tuple(to), tuple(from_)
        return Fact(
            id=stable_id(e.id, kind, status, about), report=e.report, kind=kind, status=status, who=who, to=to, from_=from_,
            about=about or about_of(e), date=e.date, place=e.place, count=count, according_to=e.according_to, evidence=(e.id,),
        )  # fmt: skip


def about_of(e: Event) -> str:
    """A few of the report's own words: from the trigger on to the end of its clause, cut at a word."""
    inside = e.trigger.start - e.evidence.start
    words = " ".join(e.evidence.text[max(0, inside) :].split()).strip(" .,;:–—-\"“”’'")
    if len(words) > ABOUT_LENGTH:
        words = words[:ABOUT_LENGTH].rsplit(" ", 1)[0] + " …"
    return words


def _own_date(f: Fact, events: Sequence[Event]) -> Period | None:
    """A withdrawal or aid that is itself foreseen is due when it takes place."""
    event = next(e for e in events if e.id == f.evidence[0])
    return event.date if event.status == "future" else None


def _near(e: Event) -> str:
    """The words around the trigger within its clause, in lower case: where the books look for theirs."""
    inside = e.trigger.start - e.evidence.start
    return e.evidence.text[max(0, inside - 60) : inside + 140].lower()


def _own_words(e: Event) -> str:
    """The words around the trigger up to where another act is told ("…, after", "while", a semicolon)."""
    inside = e.trigger.start - e.evidence.start
    before, after = e.evidence.text[max(0, inside - 60) : inside].lower(), e.evidence.text[inside : inside + 140].lower()
    first = _ASIDE.search(after)
    return (_ASIDE.split(before)[-1] + after[: first.start()]) if first else _ASIDE.split(before)[-1] + after


def _pattern(lemmas: Iterable[str]) -> re.Pattern[str]:
    """One pattern for dictionary forms and their regular inflections."""
    forms = []
    for lemma in sorted(lemmas, key=len, reverse=True):
        stem = re.escape(lemma.lower()).replace(r"\ ", r"[\s-]+")
        stem = stem[:-1] + "(?:e|es|ed|ing|ion|ions)?" if stem.endswith("e") else stem + "(?:s|es|ed|ing|led|ling|ned|ning|ted|ting)?"
        forms.append(stem)
    return re.compile(r"\b(?:" + "|".join(forms) + r")\b")


def _once(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Each fact once per report: told again, it gains evidence and what the first telling lacked."""
    kept: dict[tuple[object, ...], Fact] = {}
    for f in facts:
        who, to = frozenset(p.name for p in f.who), frozenset(p.name for p in f.to)
        key: tuple[object, ...] = (
            f.kind,
            f.status,
            who,
            to if f.kind in ("harm", "demand") else None,
            f.about if f.kind == "harm" else None,
        )
        if f.kind in ("commitment", "demand", "territory"):
            key = (*key, f.about)
        old = kept.get(key)
        if old is None:
            kept[key] = f
        else:
            kept[key] = Fact(
                id=old.id, report=old.report, kind=old.kind, status=old.status, who=old.who, to=old.to or f.to, from_=old.from_ or f.from_,
                about=old.about, date=old.date or f.date, place=old.place or f.place, count=old.count or f.count,
                according_to=old.according_to or f.according_to, evidence=(*old.evidence, *f.evidence),
            )  # fmt: skip
    return tuple(sorted(kept.values(), key=lambda f: BOOKS.index(f.kind)))


BOOKS = ("talks", "ceasefire", "commitment", "demand", "position", "territory", "harm")

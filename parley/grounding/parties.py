"""From a word in its report to the parties that it stands for: names, roles, coordination, pronouns, "the two sides"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from parley.grounding.names import NameFinder, NameMatch
from parley.grounding.phrases import core, definite, joined, plural, term_at, with_of
from parley.knowledge.knowledge import Entity, Knowledge, Term
from parley.knowledge.tables import NON_STATES
from parley.language.sentence import Sentence
from parley.records import Party

PERSONAL = {
    **dict.fromkeys("he she him her his hers himself herself".split(), "person"),
    **dict.fromkeys("they them their themselves theirs".split(), "plural"),
    **dict.fromkeys("it its itself".split(), "body"),
    **dict.fromkeys("i me my we us our".split(), "speaker"),
}
BODIES = ("state", "organisation", "armed group")
SIDES = frozenset(("GOV", "MIL", "REB", "OPP", "PTY", "PRM", "PRE", "LEG"))
FIGHTERS = ("REB", "UAF", "PRM", "MIL")


@dataclass(slots=True)
class Mention:
    """A party as it was met in the report; `sentence` and `word` say where, `subject` whether it led its clause.

    `others` are further parties that the same word stands for ("the two sides").
    """

    sentence: int
    word: int
    party: Party
    plural: bool
    subject: bool
    others: tuple[Party, ...] = ()


@dataclass(slots=True)
class PartyFinder:
    """Parties of one report. Feed the sentences in order with `read`, then ask `parties_at`."""

    knowledge: Knowledge
    finder: NameFinder
    text: str
    sentences: list[Sentence] = field(default_factory=list)
    matches: list[list[NameMatch]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    pairs: list[tuple[int, int, tuple[Party, Party]]] = field(default_factory=list)
    people: dict[str, Party] = field(default_factory=dict)
    holders: dict[str, Party] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    written: dict[str, list[str]] = field(default_factory=dict)
    speakers: dict[int, tuple[Party, ...]] = field(default_factory=dict)
    _memory: dict[tuple[int, int], tuple[Party, ...]] = field(default_factory=dict)
    _asked: set[tuple[int, int]] = field(default_factory=set)

    def read(self, sentences: Sequence[Sentence]) -> None:
        """Read the whole report: find names, count countries, list the mentions that later words may refer to."""
        self.sentences = list(sentences)
        self.matches = [self.finder.find(s, self.text) for s in sentences]
        for m in (m for found in self.matches for m in found if len(m.choices) < 2):
            if m.entity.country and m.entity.country not in NON_STATES:
                self.countries[m.entity.country] = self.countries.get(m.entity.country, 0) + 1
        self.matches = [[m.settled(self.countries) for m in found] for found in self.matches]
        for n, s in enumerate(sentences):
            for i in range(len(s)):
                if (
                    s.upos[i] in ("NOUN", "PROPN")
                    and s.deprels[i].partition(":")[0] not in ("flat", "compound", "appos", "fixed", "goeswith")
                ) or (s.deprels[i] == "nmod:poss" and s.upos[i] == "PROPN"):
                    self._mention(n, i)

    def _mention(self, n: int, i: int) -> None:
        s = self.sentences[n]
        if i in s.aside:
            return
        subject = s.deprels[i].startswith(("nsubj", "root")) or (s.deprels[i] == "conj" and s.deprels[s.heads[i]].startswith("nsubj"))
        if s.lemmas[i].lower() in self._shared_nouns() and self._shared(s, i):
            pair = self._pair(n, i)
            if pair:
                self.mentions.append(Mention(n, i, pair[0], True, subject, pair[1:]))
            return
        party = self._noun(n, i)
        if party is None or party.kind == "unknown":
            return
        self.mentions.append(Mention(n, i, party, plural(s, i) or party.kind == "armed group", subject))
        forms = self.written.setdefault(party.name, [])
        if party.text not in forms:
            forms.append(party.text)
        head = s.heads[i]
        if s.deprels[i] == "conj" and self._takes_sides(party) and s.upos[head] in ("NOUN", "PROPN"):
            other = self._noun(n, head)
            if other is not None and self._takes_sides(other) and other.name != party.name:
                self.pairs.append((n, i, (other, party)))

    def _shared_nouns(self) -> set[str]:
        return self.knowledge.classes.get("shared", set())

    @staticmethod
    def _takes_sides(party: Party) -> bool:
        """A party that can be one of "the two sides": a state, a body of one, an armed group, a political party or its people."""
        return party.kind in ("state", "armed group") or bool(set(party.sectors) & SIDES)

    # -- what a word stands for -------------------------------------------------------------------------------

    def parties_at(self, n: int, i: int, *, unknown: bool = True) -> tuple[Party, ...]:
        """The parties that word i of sentence n stands for, coordination included; () where it is no party.

        With `unknown` false, a noun that no list knows and that names nobody gives nothing.
        """
        s = self.sentences[n]
        found: list[Party] = []
        for k in joined(s, i):
            for party in self._one(n, k):
                if (unknown or party.kind != "unknown") and all(party.name != p.name for p in found):
                    found.append(self._with_aliases(party))
        return tuple(found)

    def _with_aliases(self, party: Party) -> Party:
        forms = tuple(f for f in self.written.get(party.name, ()) if f not in (party.name, party.text))
        return replace(party, aliases=forms) if forms else party

    def _one(self, n: int, i: int) -> tuple[Party, ...]:
        known = self._memory.get((n, i))
        if known is None:
            known = self._find(n, i)
            self._memory[n, i] = known
        return known

    def _find(self, n: int, i: int) -> tuple[Party, ...]:
        s = self.sentences[n]
        word = s.tokens[i].text.lower()
        if i in s.aside or any(s.lemmas[k].lower() == "no" for k in s.having(i, "det")):
            return ()
        if s.upos[i] in ("PRON", "DET") or (s.deprels[i] == "nmod:poss" and word in PERSONAL):
            return self._pronoun(n, i, word)
        if s.upos[i] == "NUM" and definite(s, i):
            return self._few(n, i)
        several = self._by_modifiers(n, i) or self._named_beside(n, i)
        if several:
            return several
        lemma = s.lemmas[i].lower()
        if lemma in self._shared_nouns() and self._shared(s, i):
            pair = self._pair(n, i)
            if pair:
                return tuple(replace(p, text=s.tokens[i].text) for p in pair)
        party = self._noun(n, i)
        if party is None:
            return ()
        if party.kind == "person" and definite(s, i) and not party.name.split()[-1][:1].isupper():
            holder = self._holder(n, i, party)
            if holder is not None:
                return (replace(holder, text=party.text),)
        if party.kind in ("armed group", "organisation", "group of people") and definite(s, i) and not self._named(n, i):
            earlier = self._antecedent(n, i, party)
            if earlier is not None:
                return (replace(earlier, text=party.text),)
        return (party,)

    def _by_modifiers(self, n: int, i: int) -> tuple[Party, ...]:
        """ "Afghan and NATO forces", "the Israeli and Egyptian governments": a party for each name that stands before the noun."""
        s = self.sentences[n]
        if s.upos[i] != "NOUN":
            return ()
        first = next((k for k in s.having(i, "amod", "compound") if k < i and s.having(k, "conj")), None)
        words = [] if first is None else [first, *(k for k in s.having(first, "conj") if k < i)]
        named = [next((m for m in self.matches[n] if m.first <= k < m.last), None) for k in words]
        term = term_at(s, i, self.knowledge, i)
        if term is None or len(named) < 2 or not any(named):
            return ()
        found = []
        for k, m in zip(words, named, strict=True):
            country = m.entity.country if m else None
            sectors = term.sectors or (m.entity.sectors if m else ())
            name = f"{self._text(s, m.first, m.last) if m else s.tokens[k].text} {s.tokens[i].text}"
            found.append(Party(name, name, _code(country, sectors), country, sectors, term.kind))
        return tuple(found)

    def _named_beside(self, n: int, i: int) -> tuple[Party, ...]:
        """ "the rebel group **Lotus Front**", "the platforms **YouTube** and **TikTok**": the names are the parties."""
        s = self.sentences[n]
        if s.upos[i] != "NOUN" or any(m.first <= i < m.last for m in self.matches[n]):
            return ()
        beside = [k for k in s.having(i, "appos") if k > i and s.upos[k] == "PROPN"]
        term = term_at(s, i, self.knowledge)
        if not beside or min(s.subtree(beside[0])) != i + 1 or (term is not None and (term.office or term.kind == "person")):
            return ()
        if any(kind == "PER" and a <= beside[0] < b for a, b, kind in s.names) and term is None:
            return ()
        end = i + 1
        while end < len(s) and (s.upos[end] == "PROPN" or s.tokens[end].text in "-–'’") and s.deprels[end] != "conj":
            end += 1
        spans = [(i + 1, end), *((core(s, k)) for k in s.having(beside[0], "conj") if s.upos[k] == "PROPN")]
        sectors = term.sectors if term else ()
        owner = next((m.entity for m in self.matches[n] if m.last <= i and m.first >= core(s, i)[0]), None)
        country = owner.country if owner else None
        found = []
        for a, b in spans:
            match = next((m for m in self.matches[n] if a <= m.first and m.last <= b and not m.nationality), None)
            name = self._text(s, a, b)
            if match is not None:
                found.append(self._entity(n, a, match, a, b))
            else:
                found.append(Party(name, name, _code(country, sectors), country, sectors, term.kind if term else "unknown"))
        return tuple(found)

    def _few(self, n: int, i: int) -> tuple[Party, ...]:
        """ "the four", "the two": the last group of people."""
        s = self.sentences[n]
        for m in reversed(self.mentions):
            if (m.sentence, m.word) < (n, i) and n - m.sentence <= 4 and m.plural and m.party.kind == "group of people":
                return (replace(m.party, text=s.tokens[i].text),)
        return ()

    def _shared(self, s: Sentence, i: int) -> bool:
        """ "the two sides", "both parties", "the warring sides", "neither side"."""
        words = {s.lemmas[k].lower() for k in s.children(i)}
        return bool(words & {"two", "both", "neither", "either", "warring", "rival", "2", "opposing"})

    def _pair(self, n: int, i: int) -> tuple[Party, Party] | None:
        best = None
        for sentence, word, pair in self.pairs:
            if (sentence, word) < (n, i):
                best = pair
        if best is None:
            bodies = [
                m.party
                for m in reversed(self.mentions)
                if (m.sentence, m.word) < (n, i) and self._takes_sides(m.party) and m.party.kind in BODIES
            ]
            names = list({p.name: p for p in bodies}.values())
            if len(names) >= 2:
                best = (names[1], names[0])
        return best

    def _named(self, n: int, i: int) -> bool:
        lo, hi = with_of(self.sentences[n], i)
        return any(lo <= m.first < hi for m in self.matches[n]) or any(
            lo <= a < hi and kind != "MISC" for a, _, kind in self.sentences[n].names
        )

    def _antecedent(self, n: int, i: int, party: Party) -> Party | None:
        """Whom a definite description takes up: "the militants", "the group", "the movement"."""
        if self.sentences[n].lemmas[i].lower() not in self.knowledge.classes.get("anaphoric", ()):
            return None
        fighters = set(party.sectors) & set(FIGHTERS) - {"MIL"}
        for m in reversed(self.mentions):
            if (m.sentence, m.word) >= (n, i) or n - m.sentence > 12:
                continue
            if not fighters:
                if m.party.kind in ("organisation", "armed group") and "JRN" not in m.party.sectors and self._listed(m.party):
                    return m.party
            elif fighters and m.party.kind == "armed group" and self._listed(m.party):
                return m.party
        return None

    def _holder(self, n: int, i: int, party: Party) -> Party | None:
        """The named person who holds an office in the report: "the president", "the opposition leader", "the Afghan leader"."""
        lemma = self.sentences[n].lemmas[i].lower()
        for holder in (self.holders.get(f"{lemma} {party.country}"), self.holders.get(lemma)):
            if holder is not None and (party.country is None or holder.country in (None, party.country)):
                return holder
        if party.country is None or lemma not in self.knowledge.classes.get("leading", ()):
            return None
        for m in reversed(self.mentions):
            if (m.sentence, m.word) < (n, i) and m.party.kind == "person" and m.party.country == party.country and "GOV" in m.party.sectors:
                return m.party if m.party.name[:1].isupper() else None
        return None

    def _listed(self, party: Party) -> bool:
        return party.name in self.knowledge.by_name

    def _pronoun(self, n: int, i: int, word: str) -> tuple[Party, ...]:
        """Whom a pronoun takes up. One that would stand for itself ("the group and its leaders" taken up by "its") stands for nobody."""
        if (n, i) in self._asked:
            return ()
        self._asked.add((n, i))
        try:
            return self._taken_up(n, i, word)
        finally:
            self._asked.discard((n, i))

    def _taken_up(self, n: int, i: int, word: str) -> tuple[Party, ...]:
        s = self.sentences[n]
        kind = PERSONAL.get(word)
        if kind == "speaker" and word == "we" and s.lemmas[s.heads[i]].lower() in self.knowledge.classes.get("joint", ()):
            # "We agreed", said by one side of talks: both sides did.
            pair = self._pair(n, i)
            if pair:
                return tuple(replace(p, text=s.tokens[i].text) for p in pair)
        if kind == "speaker":
            return tuple(replace(p, text=s.tokens[i].text) for p in self.speakers.get(n, ()))
        if s.xpos[i] in ("WP", "WDT", "WP$") or word == "that":
            for up in s.ancestors(i):
                if s.deprels[up].startswith("acl") and s.heads[up] >= 0:
                    return self._one(n, s.heads[up])
            return ()
        if kind is None:
            return ()
        if kind == "body" and self._takes_up_words(n, i):
            return ()
        teller = self._teller(n, i)
        best: tuple[float, Mention] | None = None
        for m in self.mentions:
            if (m.sentence, m.word) >= (n, i) or n - m.sentence > 4:
                continue
            if not self._agrees(m, kind) or (m.sentence == n and self._same_clause_object(s, m.word, i)):
                continue
            score = -1.0 * (n - m.sentence) + (0.9 if m.subject else 0.0) + 0.002 * m.word + (0.4 if m.party.name[:1].isupper() else 0.0)
            score += 2.0 if m.sentence == n and m.word == teller else 0.0
            score += 0.3 if kind == "person" and m.party.name.split()[-1][:1].isupper() else 0.0
            if best is None or score > best[0]:
                best = (score, m)
        if best is None:
            return ()
        chosen = best[1]
        meant = list((chosen.party, *chosen.others) if chosen.others else self._one(chosen.sentence, chosen.word) or (chosen.party,))
        if kind == "plural" and not chosen.others:
            # "they" after "the government and the rebels" are both, whichever of them was met first.
            where, first = self.sentences[chosen.sentence], chosen.word
            while where.deprels[first] == "conj" and where.heads[first] >= 0:
                first = where.heads[first]
            for k in joined(where, first):
                other = self._noun(chosen.sentence, k) if k != chosen.word else None
                if other is not None and other.kind != "unknown" and all(other.name != p.name for p in meant):
                    meant.insert(0, other) if k < chosen.word else meant.append(other)
        return tuple(replace(p, text=s.tokens[i].text) for p in meant)

    def _teller(self, n: int, i: int) -> int | None:
        """The one whose words or wishes the pronoun's clause tells: "the rebels' claim that **they** …", "Abbas said **he** …"."""
        s = self.sentences[n]
        clause = s.heads[i]
        while clause >= 0 and s.deprels[clause].partition(":")[0] not in ("ccomp", "acl", "xcomp", "advcl"):
            clause = s.heads[clause]
        if clause < 0 or s.heads[clause] < 0:
            return None
        above = s.heads[clause]
        if s.upos[above] == "NOUN":
            return next(iter(s.having(above, "nmod:poss")), None)
        return next(iter(s.having(above, "nsubj")), None) if (s.lemmas[above].lower(), "verb") in self.knowledge.reporting else None

    def _takes_up_words(self, n: int, i: int) -> bool:
        """ "It stated …" after "The declaration …": the pronoun stands for a text, not for a party."""
        if n == 0 or self.sentences[n].deprels[i] != "nsubj":
            return False
        before = self.sentences[n - 1]
        root = next((k for k, h in enumerate(before.heads) if h < 0), 0)
        return any(
            (before.lemmas[k].lower(), "noun") in self.knowledge.reporting for k in before.having(root, "nsubj") if before.upos[k] == "NOUN"
        )

    @staticmethod
    def _same_clause_object(s: Sentence, antecedent: int, pronoun: int) -> bool:
        """A pronoun is not its own clause's subject ("Israel attacked it")."""
        head = s.heads[pronoun]
        return head >= 0 and s.heads[antecedent] == head and s.deprels[pronoun] in ("obj", "obl", "iobj")

    @staticmethod
    def _agrees(m: Mention, kind: str) -> bool:
        if kind == "person":
            return m.party.kind == "person" and not m.plural
        if kind == "plural":
            return m.plural or m.party.kind in ("armed group", "group of people")
        return m.party.kind in BODIES and not (m.plural and m.party.kind == "group of people")

    # -- nouns -----------------------------------------------------------------------------------------------

    def _noun(self, n: int, i: int) -> Party | None:
        s = self.sentences[n]
        lo, hi = core(s, i)
        at_head = next((m for m in self.matches[n] if m.first <= i < m.last), None)
        person = next(((a, b) for a, b, kind in s.names if kind == "PER" and self._belongs(s, i, a, b)), None)
        if person is None and s.upos[i] in ("NOUN", "PROPN"):
            person = self._named_office(s, i)
        if at_head is not None and not (at_head.nationality and s.upos[i] == "ADJ"):
            return self._entity(n, i, at_head, lo, hi)
        if person is not None:
            return self._person(n, i, person, lo, hi)
        inside = [m for m in self.matches[n] if lo <= m.first and m.last <= hi]
        if s.lemmas[i].lower() in ("other", "others") and s.upos[i] == "NOUN":
            return Party("people", self._text(s, lo, hi), "CVL", None, ("CVL",), "group of people")
        term = term_at(s, i, self.knowledge, max((m.last for m in self.matches[n] if m.first < i), default=0))
        if term is not None:
            return self._described(n, i, term, inside, lo, hi)
        name = next(((a, b, kind) for a, b, kind in s.names if a <= i < b), None)
        text = self._text(s, lo, hi)
        if name is not None and name[2] != "MISC":
            kind = {"ORG": "organisation", "LOC": "unknown", "PER": "person"}[name[2]]
            country = inside[0].entity.country if inside else None
            return Party(self._text(s, *name[:2]), text, country or "", country, (), kind)
        if s.upos[i] == "PROPN":
            return Party(text, text, "", None, (), "unknown")
        lo, hi = with_of(s, i)
        country = inside[0].entity.country if inside else None
        return Party(self._text(s, lo, hi), self._text(s, lo, hi), country or "", country, (), "unknown")

    @staticmethod
    def _belongs(s: Sentence, i: int, a: int, b: int) -> bool:
        """A person's name is the phrase's own when it holds its head, hangs flat on it, or is put beside it."""
        if a <= i < b:
            return True
        top = next((k for k in range(a, b) if not a <= s.heads[k] < b), a)
        return s.heads[top] == i and top > i and s.deprels[top] in ("flat", "appos", "nmod:desc", "compound")

    def _named_office(self, s: Sentence, i: int) -> tuple[int, int] | None:
        """The name that follows an office without a comma: "Prime Minister of Kenya **Raila Odinga**"."""
        end = with_of(s, i)[1]
        span = next(
            ((a, b) for a, b, kind in s.names if kind == "PER" and i < a <= end and all(s.upos[k] != "CCONJ" for k in range(i, a))), None
        )
        if span is None or s.deprels[span[0]].startswith("conj"):
            return None
        term = term_at(s, i, self.knowledge)
        return span if term is not None and term.office else None

    def _text(self, s: Sentence, lo: int, hi: int) -> str:
        return self.text[s.tokens[lo].start : s.tokens[hi - 1].end] if hi > lo else ""

    def _entity(self, n: int, i: int, m: NameMatch, lo: int, hi: int) -> Party:
        e = m.entity
        s = self.sentences[n]
        written = self._text(s, m.first, m.last)
        if m.nationality:
            return Party(written, self._text(s, lo, hi), f"{e.country}CVL", e.country, ("CVL",), "group of people")
        if e.kind == "person":
            self._remember(n, i, (m.first, m.last), Party(e.name, written, _code(e.country, e.sectors), e.country, e.sectors, "person"))
        return Party(e.name, written, _code(e.country, () if e.kind == "state" else e.sectors), e.country, e.sectors, e.kind)

    def _remember(self, n: int, i: int, span: tuple[int, int], party: Party) -> None:
        """A person by the last name and by the offices that stand beside the name."""
        s = self.sentences[n]
        self.people.setdefault(party.name.split()[-1], party)
        near = [*range(max(0, span[0] - 4), span[0]), i, *s.having(i, "appos", "nmod:desc", "flat", "compound")]
        if s.deprels[i] in ("appos", "flat", "nmod:desc", "compound"):
            near.append(s.heads[i])
        for k in near:
            if not span[0] <= k < span[1] and s.upos[k] in ("NOUN", "PROPN"):
                term = term_at(s, k, self.knowledge)
                if term is not None and term.office:
                    self.holders[s.lemmas[k].lower()] = party
                    self.holders[f"{s.lemmas[k].lower()} {party.country}"] = party

    def _person(self, n: int, i: int, span: tuple[int, int], lo: int, hi: int) -> Party:
        s = self.sentences[n]
        name = self._text(s, *span)
        known = self.knowledge.by_name.get(name)
        if known is not None and known.kind == "person":
            party = Party(known.name, name, _code(known.country, known.sectors), known.country, known.sectors, "person")
            self._remember(n, i, span, party)
            return party
        earlier = self.people.get(name)
        if earlier is not None:
            return replace(earlier, text=name)
        office = next((t for k in range(lo, hi) if not span[0] <= k < span[1] and (t := term_at(s, k, self.knowledge))), None)
        if office is None:
            beside = [k for k in s.having(i, "appos", "nmod:desc") if not span[0] <= k < span[1]]
            office = next((t for k in beside if (t := term_at(s, k, self.knowledge))), None)
        around = [m for m in self.matches[n] if lo - 1 <= m.first and m.last <= hi + 8 and not span[0] <= m.first < span[1]]
        body = around[0].entity if around and office is not None else None
        sectors = (office.sectors if office else ()) or (body.sectors if body else ())
        country = body.country if body else None
        party = Party(name, self._text(s, min(lo, span[0]), max(hi, span[1])), _code(country, sectors), country, sectors, "person")
        self._remember(n, i, span, party)
        return party

    def _described(self, n: int, i: int, term: Term, inside: list[NameMatch], lo: int, hi: int) -> Party:
        s = self.sentences[n]
        text = self._text(s, lo, hi)
        mine = next((k for k in s.having(i, "nmod:poss") if s.upos[k] == "PRON"), None)
        fighters = term.kind != "person" and bool(set(term.sectors) & set(FIGHTERS))
        stands_for_state = s.lemmas[i].lower() in self.knowledge.classes.get("state_word", ())
        if mine is not None and (fighters or stands_for_state):
            # "its fighters" act for it, "his government" for his country.
            whose = self._pronoun(n, mine, s.tokens[mine].text.lower())
            country = next((p.country for p in whose if p.country in self.knowledge.country_names), None)
            if fighters and whose:
                return replace(whose[0], text=text)
            if country is not None:
                return Party(self.knowledge.country_names[country], text, country, country, ("GOV",), "state")
        owner = self._owner(n, i, inside)
        if (
            owner is not None
            and owner.kind == "armed group"
            and term.kind in ("group of people", "armed group", "organisation")
            and set(term.sectors) & set(FIGHTERS)
        ):
            return Party(owner.name, text, _code(owner.country, owner.sectors), owner.country, owner.sectors, "armed group")
        country = term.country or (owner.country if owner else None)
        if country is None and self.countries and set(term.sectors) & {"GOV", "MIL", "COP", "LEG", "JUD", "OPP"} and definite(s, i):
            country = max(self.countries, key=lambda c: (self.countries[c], c))
        sectors = term.sectors or (owner.sectors if owner else ())
        lo, hi = with_of(s, i) if s.lemmas[i].lower() in self.knowledge.classes.get("defined_by_of", ()) or term.office else (lo, hi)
        name = self._text(s, lo, hi)
        return Party(self._without_number(name), name or text, _code(country, sectors), country, sectors, term.kind)

    def _owner(self, n: int, i: int, inside: list[NameMatch]) -> Entity | None:
        """The body that a role or a group of people belongs to: its modifier, possessor or "of" phrase."""
        s = self.sentences[n]
        if inside:
            return inside[0].entity
        for k in [*s.having(i, "nmod:poss"), *(k for k in s.having(i, "nmod") if s.case_of(k) in ("of", "for", "from", "with"))]:
            found = next((m for m in self.matches[n] if m.first <= k < m.last), None)
            if found is not None:
                return found.entity
            party = self._pronoun(n, k, s.tokens[k].text.lower()) if s.upos[k] == "PRON" else ()
            if party:
                return self.knowledge.by_name.get(party[0].name)
        return None

    def _without_number(self, name: str) -> str:
        """A phrase without the words that count it: "at least 40 protesters" gives "protesters"."""
        counting = self.knowledge.classes.get("counting", set())
        words = name.split()
        while len(words) > 1 and (words[0].lower() in counting or words[0].replace(",", "").isdigit()):
            words = words[1:]
        return " ".join(words)


def _code(country: str | None, sectors: Iterable[str]) -> str:
    first = next(iter(sectors), "")
    return (country or "") + ("" if first in ("IGO", "NGO") and country in ("IGO", "UNO", "EUR", "NGO") else first)

"""When and where an act took place: the time expression and the place name that stand nearest to it in the tree."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, field, replace

from parley.grounding.names import NameMatch
from parley.grounding.places import Gazetteer
from parley.grounding.times import TimeMention, find_times, resolve
from parley.language.sentence import Sentence
from parley.records import Period, Place

WHERE = frozenset(
    """
    in at near on around outside across inside throughout through along off over within into to from of for towards toward
    """.split()
)
WHITHER = frozenset(("of", "for", "from", "to"))
FAR = 7
#: Days after which a past act no longer belongs to what the report tells.
EPISODE = 365
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_SINCE = re.compile(r"\bsince\b")
AWAY = 1.5
#: What a whole country costs, so that of two places as near the narrower is taken.
WIDE = 1.2


@dataclass(slots=True)
class Circumstances:
    """Times and places of one report."""

    gazetteer: Gazetteer
    report_date: datetime.date | None
    _times: list[list[tuple[int, TimeMention]]] = field(default_factory=list)
    _places: list[list[tuple[int, int, Place]]] = field(default_factory=list)
    _sentences: Sequence[Sentence] = ()

    def read_times(self, sentences: Sequence[Sentence], text: str) -> None:
        """Find the time expressions; their words are set aside in the sentences."""
        for s in sentences:
            mentions = find_times(text[s.start : s.end])
            self._times.append([(k, m) for m in mentions if (k := self._head(s, m.start + s.start, m.end + s.start)) is not None])
            s.aside = frozenset(
                k for m in mentions for k, t in enumerate(s.tokens) if t.start < m.end + s.start and t.end > m.start + s.start
            )

    def read_places(
        self, sentences: Sequence[Sentence], text: str, names: Sequence[Sequence[NameMatch]], countries: dict[str, int]
    ) -> None:
        """Find the places of a whole report; they are decided together. `names` are the listed names, by sentence."""
        self._sentences = sentences
        found: list[tuple[int, int, int, str]] = []
        for n, s in enumerate(sentences):
            states = {
                (m.first, m.last): m.entity.name for m in names[n] if m.entity.kind == "state" and not m.capital and not m.nationality
            }
            found += [
                (n, a, b, states.get((a, b)) or text[s.tokens[a].start : s.tokens[b - 1].end]) for a, b, kind in s.names if kind == "LOC"
            ]
        containers = self.gazetteer.containers_in(
            text, [(sentences[n].tokens[a].start, sentences[n].tokens[b - 1].end) for n, a, b, _ in found]
        )
        resolved = self.gazetteer.resolve([name for *_, name in found], containers=containers, countries=countries, keep_unknown=True)
        self._places = [[] for _ in sentences]
        for (n, a, b, name), place in zip(found, resolved, strict=True):
            s = sentences[n]
            head = next((k for k in range(a, b) if not a <= s.heads[k] < b), a)
            self._places[n].append(
                (head, a, replace(place, text=text[s.tokens[a].start : s.tokens[b - 1].end]) if place else Place(name, name))
            )

    @staticmethod
    def _head(s: Sentence, start: int, end: int) -> int | None:
        """The word of a span whose head lies outside it."""
        inside = [k for k, t in enumerate(s.tokens) if t.start < end and t.end > start]
        return next((k for k in inside if s.heads[k] not in inside), inside[0] if inside else None)

    def date(self, n: int, s: Sentence, i: int, without: frozenset[int], *, future: bool) -> Period | None:
        """The period of the act at word i of sentence n; None where its words give no handle.

        `without` are words whose times are not the act's own: the content of a promise or demand.
        """
        return self._nearest(n, s, i, future, [(k, m) for k, m in self._times[n] if k not in without])

    def due(self, n: int, s: Sentence, i: int, within: frozenset[int]) -> Period | None:
        """The period that the content of a promise or demand names: when it falls due."""
        return self._nearest(n, s, i, True, [(k, m) for k, m in self._times[n] if k in within])

    def _nearest(self, n: int, s: Sentence, i: int, future: bool, times: Sequence[tuple[int, TimeMention]]) -> Period | None:
        best: tuple[int, TimeMention] | None = None
        for word, mention in times:
            steps = distance(s, i, word)
            if steps is not None and steps <= FAR and (best is None or steps < best[0]):
                best = (steps, mention)
        if best is None:
            return None
        return resolve(best[1], self.report_date, future=future)

    def long_past(self, n: int, s: Sentence, i: int, without: frozenset[int], wars: Collection[str]) -> bool:
        """True where the words say that the act at word i was over well before the report: by a time of its own in a clause
        that is not in the present tense. The times of `wars` (lemmas) are those of what was done in them.
        """
        if any("Tense=Pres" in s.feats[k] for k in (i, *s.having(i, "aux", "cop"))):
            return False
        own = [(k, m) for k, m in self._times[n] if k not in without and self._belongs(s, i, k, wars)]
        period = self._nearest(n, s, i, False, own)
        return period is not None and self._before_episode(period)

    @staticmethod
    def _belongs(s: Sentence, i: int, time: int, wars: Collection[str]) -> bool:
        """A time that hangs on the act or on a verb above it, not on another noun ("guilty of the **2002** bombing")."""
        verbs = (k for k in s.ancestors(i) if s.upos[k] in ("VERB", "AUX") and not s.having(k, "aux"))
        above = {i, *(k for k in verbs if "Tense=Pres" not in s.feats[k])}
        for k in s.ancestors(time):
            if k in above:
                return True
            if k not in s.aside and s.upos[k] in ("NOUN", "PROPN"):
                during = s.deprels[k] == "obl" and s.case_of(k) in ("in", "during") and s.lemmas[k].lower() in wars
                return during and s.heads[k] in above
        return False

    def _before_episode(self, period: Period) -> bool:
        """Over a year before the report; for a report without a date, in a named year that is not the report's latest or that
        is all that is said."""
        if _SINCE.search(period.text.lower()):
            return False
        if self.report_date is not None:
            return datetime.date.fromisoformat(period.end) < self.report_date - datetime.timedelta(days=EPISODE)
        if not _YEAR.search(period.text):
            return False
        latest = max((int(y) for mentions in self._times for _, m in mentions for y in _YEAR.findall(m.text)), default=0)
        return period.precision in ("year", "decade", "period") or int(period.end[:4]) < latest

    def place(self, n: int, s: Sentence, i: int, taken: frozenset[int], *, not_carried: Set[str] | None) -> Place | None:
        """Where the act at word i took place; `taken` are words that already fill one of its roles.

        The nearest place in the tree that a preposition makes a location; else one elsewhere in the sentence; and, where
        `not_carried` is given (acts that happen somewhere), the last location of the two sentences before that is none of its names.
        """
        best: tuple[float, Place] | None = None
        for word, cost, place in self._locations(n, s):
            steps = distance(s, i, word)
            total = (FAR + abs(word - i) / 10 if steps is None else steps) + cost + (2.0 if word in taken else 0.0)
            total += WIDE if place.precision in ("country", "region") else 0.0
            if best is None or total < best[0]:
                best = (total, place)
        if best is not None or not_carried is None:
            return best[1] if best else None
        for m in range(n - 1, max(-1, n - 3), -1):
            found = [place for _, cost, place in self._locations(m, self._sentences[m]) if cost < AWAY and place.text not in not_carried]
            if found:
                return found[-1]
        return None

    def _locations(self, n: int, s: Sentence) -> list[tuple[int, float, Place]]:
        """Places of a sentence that a preposition makes locations, with what the kind of preposition costs."""
        found = []
        for word, _, place in self._places[n]:
            case = s.case_of(word).partition(" ")[0]
            holder = word
            beside = ("appos", "conj", "nmod:poss", "compound", "nmod:desc", "nmod:unmarked", "obl:unmarked", "flat")
            if not case and s.deprels[word] in beside and s.heads[word] >= 0:
                holder = s.heads[word]
                case = s.case_of(holder).partition(" ")[0]
            if case in WHERE:
                found.append((word, (AWAY if case in WHITHER else 0.0) + (0.0 if holder == word else 0.5), place))
        return found


def distance(s: Sentence, i: int, k: int) -> int | None:
    """Steps in the tree from an act to a word that may tell its time or place; None across clauses that keep their own.

    A finite clause keeps its times to itself; what is reported does not take the time of the report.
    """
    up_i = _path(s, i, ("ccomp", "parataxis"))
    up_k = _path(s, k, ("ccomp", "parataxis", "acl:relcl", "advcl", "conj"))
    common = next((w for w in up_i if w in up_k), None)
    if common is None:
        return None
    return up_i[common] + up_k[common]


def _path(s: Sentence, i: int, closed: tuple[str, ...]) -> dict[int, int]:
    steps = {i: 0}
    cost, k = 0, i
    while s.heads[k] >= 0 and len(steps) <= len(s):
        rel = s.deprels[k]
        if (rel in closed or rel.partition(":")[0] in closed) and s.having(k, "nsubj", "csubj"):
            break
        cost += 1
        k = s.heads[k]
        steps.setdefault(k, cost)
    return steps

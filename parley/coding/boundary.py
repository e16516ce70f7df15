"""PLOVER's boundary rules: what a type becomes by its content, its tense and the means that are named."""

from __future__ import annotations

from parley.coding.draft import Draft
from parley.coding.lexicon import Lexicon
from parley.coding.slots import slot
from parley.coding.status import Status
from parley.knowledge.knowledge import Knowledge
from parley.language.sentence import Sentence

TURNS_AGREE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID"))


class Boundary:
    """Settles type, mode and status of a draft together."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self._knowledge = knowledge
        self._lexicon = lexicon

    def settle(self, s: Sentence, d: Draft) -> None:
        """Apply the rules to a draft, in place."""
        if d.content is not None or d.type in ("REQUEST", "REJECT", "THREATEN"):
            keys = self._content_keys(s, d)
            changed = self._knowledge.content_mode(d.type, keys)
            if changed is not None and not (d.mode and self._knowledge.content_mode(d.type, keys[:-1]) is None):
                d.type = changed[0]
                d.mode = changed[1] or (d.mode if d.use.predicate.type == d.type else None)
        if d.status.status == "future":
            if d.type in TURNS_AGREE:
                d.type, d.mode, d.status = "AGREE", None, Status("actual", d.status.word)
            elif d.type in ("AGREE", "CONCEDE", "REJECT"):
                d.status = Status("actual", d.status.word)
            elif d.type == "RETREAT" and self._own_word(s, d):
                d.type, d.mode, d.status = "CONCEDE", None, Status("actual", d.status.word)
        if d.type == "ASSAULT":
            self._means(s, d)
        if d.type == "MOBILIZE" and d.mode == "troops" and d.actors:
            sectors = set(d.actors[0].sectors)
            d.mode = "police" if "COP" in sectors else "militia" if sectors & {"REB", "PRM", "UAF"} else d.mode

    def _own_word(self, s: Sentence, d: Draft) -> bool:
        """A withdrawal that the party itself announces or promises, not one that others foresee or that is being prepared."""
        if not d.actors or d.use.predicate.pos != "verb" or d.status.word is None:
            return False
        if s.lemmas[d.status.word].lower() in self._knowledge.classes.get("foreseen", ()):
            return False
        return not d.according_to or any(p.name == a.name for p in d.according_to for a in d.actors)

    def _content_keys(self, s: Sentence, d: Draft) -> list[str]:
        """Keys for `content_modes.csv`, the most exact first."""
        keys: list[str] = []
        roots = [d.content] if d.content is not None else [k for name in ("for", "obj", "of", "to") for k in slot(s, d.word, name)]
        for root in roots:
            near = [root, *(k for k in s.subtree(root) if s.heads[k] == root or s.heads[s.heads[k]] == root)]
            for k in near:
                word = s.lemmas[k].lower()
                if any(s.lemmas[m].lower() == "no" for m in s.having(k, "det")):
                    continue
                if word in self._knowledge.classes.get("ending", ()):
                    ends_war = any(s.lemmas[m].lower() in self._knowledge.classes.get("conflict", ()) for m in s.subtree(k))
                    keys.append("RETREAT:ceasefire" if ends_war else "RETREAT")
                if ("ceasefire", "truce") in self._knowledge.ledger_words.get(word, ()):
                    keys.append("RETREAT:ceasefire")
                meaning = self._lexicon.meaning(s, k)
                if meaning is not None and meaning.type != "-":
                    keys += [f"{meaning.type}:{meaning.mode}"] if meaning.mode else []
                    keys.append(meaning.type)
        return [*keys, "*"]

    def _means(self, s: Sentence, d: Draft) -> None:
        """An explicit weapon or means decides the mode of an assault."""
        near = [
            k for k in s.subtree(d.word) if d.word in (s.heads[k], s.heads[s.heads[k]]) and s.deprels[k] not in ("acl:relcl", "parataxis")
        ]
        here = [d.word, *near]
        if s.deprels[d.word] in ("obj", "nsubj", "obl", "advcl"):
            here.append(s.heads[d.word])
        own = d.use.predicate.mode if d.use.predicate.conditions else None
        for k in here:
            if k == d.word and own is not None:
                continue  # "warplanes bombed": what stands beside the verb says more than the verb
            if k != d.word and s.deprels[k] == "conj" and s.upos[k] == "VERB":
                continue
            word = s.lemmas[k].lower()
            before = [s.lemmas[m].lower() for m in s.having(k, "compound", "amod") if m == k - 1]
            for key in [*((b, word) for b in before), (word,)]:
                found = self._knowledge.means.get(key)
                if found is not None and found[0] == "ASSAULT":
                    d.mode = found[1]
                    return

    def cameo(self, kind: str, mode: str | None) -> str | None:
        """The CAMEO code of a type and mode."""
        table = self._knowledge.cameo
        return table.get((kind, mode or "")) or table.get((kind, ""))

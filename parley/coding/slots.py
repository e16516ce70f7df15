"""Grammar: which words of a sentence fill a predicate's slots (subject, object, prepositions, clauses).

Slots are those of `parley/knowledge/README.md`. They are deep: the passive's "by" phrase is the subject, and what a verb shares
with another (coordination, control, participles, relative clauses) is found where it stands.
Relations follow Universal Dependencies 2.
"""

from __future__ import annotations

from parley.language.sentence import Sentence

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "ADJ", "DET")
RELATIVE = ("that", "which", "who", "whom", "whose")
PARTICLES = ("back", "home", "out", "in", "off", "down", "aside", "up", "away", "over", "forward", "counter")
CLAUSES = ("advcl", "acl", "xcomp", "ccomp")


def lemma(s: Sentence, i: int) -> str:
    """The lemma of word i in lower case, with a verb's particle: "call off"."""
    particles = [
        s.lemmas[k].lower()
        for k in s.children(i)
        if s.deprels[k] == "compound:prt" or (s.deprels[k] == "advmod" and k == i + 1 and s.lemmas[k].lower() in PARTICLES)
    ]
    return " ".join([s.lemmas[i].lower(), *particles])


def is_passive(s: Sentence, i: int) -> bool:
    """True for a passive verb: with a passive auxiliary or subject, a past participle after a noun, or one joined to such."""
    if s.having(i, "aux:pass"):
        return True
    if s.having(i, "nsubj:pass", "csubj:pass"):
        # "its troops had shot villagers": with "have", an object and no "be" it is active, whatever the parser calls the subject.
        return not (s.having(i, "obj") and any(s.lemmas[k].lower() == "have" for k in s.having(i, "aux")))
    rel = s.deprels[i]
    if s.xpos[i] != "VBN" or s.having(i, "aux"):
        return False
    if s.having(i, "nsubj"):
        # "one was wounded and his guard killed": the auxiliary is not said again.
        return rel == "conj" and is_passive(s, s.heads[i]) and not s.having(i, "obj")
    if rel in ("acl", "advcl", "amod", "xcomp", "dep"):
        return True
    return rel == "conj" and s.upos[s.heads[i]] == "VERB" and is_passive(s, s.heads[i])


def resolve_relative(s: Sentence, i: int) -> int:
    """The noun that a relative pronoun stands for; any other word itself."""
    if s.lemmas[i].lower() in RELATIVE and s.xpos[i] in ("WDT", "WP", "WP$", "IN"):
        for up in s.ancestors(i):
            if s.deprels[up].startswith("acl") and s.heads[up] >= 0:
                return s.heads[up]
    return i


def surface_subject(s: Sentence, i: int, depth: int = 0) -> int | None:
    """The word that is the grammatical subject of predicate i, its own or the one that it shares."""
    own = s.having(i, "nsubj", "csubj")
    if own:
        return resolve_relative(s, own[0])
    head, rel = s.heads[i], s.deprels[i]
    if head < 0 or depth > 8:
        return None
    base = rel.partition(":")[0]
    if base == "acl" and s.upos[head] in NOMINAL:
        # "militants attacking …": the noun is the subject; "plans to attack": the one who has them is.
        if s.xpos[i] in ("VBG", "VBN") and "mark" not in {s.deprels[k] for k in s.children(i)}:
            return head
        if rel == "acl:relcl" and not s.having(i, "obj") and s.xpos[i] in ("VBG", "VBN"):
            return head
        return _owner(s, head, depth)
    if base == "conj" and s.upos[head] in ("VERB", "AUX", "ADJ", "NOUN"):
        return surface_subject(s, head, depth + 1)
    if base == "xcomp":
        controlled = s.having(head, "obj", "iobj")
        if controlled and s.upos[head] == "VERB":
            return resolve_relative(s, controlled[0])
        if is_passive(s, head):
            passive = s.having(head, "nsubj:pass")
            return resolve_relative(s, passive[0]) if passive else surface_subject(s, head, depth + 1)
        return surface_subject(s, head, depth + 1)
    if base == "advcl":
        marks = {s.tokens[k].text.lower() for k in s.having(i, "mark", "case")}
        if s.xpos[i] == "VBG" and "as" in marks and s.upos[head] == "VERB":
            # "quoted the ministry as saying": the object says it.
            told = s.having(head, "nsubj:pass") if is_passive(s, head) else s.having(head, "obj")
            if told:
                return resolve_relative(s, told[0])
        if s.xpos[i] == "VBG" and marks & {"of", "from", "for", "into"} and s.upos[head] == "VERB":
            # "accused Moscow of shelling", "stop them from attacking": the object does it.
            controlled = s.having(head, "obj") or s.having(head, "nsubj:pass")
            if controlled:
                return resolve_relative(s, controlled[0])
        if s.upos[head] in ("VERB", "AUX", "ADJ"):
            infinitive = any(s.lemmas[k].lower() == "to" for k in s.having(i, "mark"))
            controlled = s.having(head, "obj") if infinitive and s.lemmas[head].lower() in ("urge", "ask", "tell", "order", "force") else []
            return controlled[0] if controlled else surface_subject(s, head, depth + 1)
        return _owner(s, head, depth)
    if base in ("ccomp", "parataxis") and s.xpos[i] == "VBG":
        return surface_subject(s, head, depth + 1)
    return None


def _owner(s: Sentence, noun: int, depth: int) -> int | None:
    """Whose noun it is: its possessor, or the subject of the verb that it hangs on ("launched a campaign to seize …")."""
    owners = s.having(noun, "nmod:poss")
    if owners:
        return owners[0]
    if s.deprels[noun] in ("obj", "obl", "nsubj:pass") and s.heads[noun] >= 0 and depth < 8:
        return surface_subject(s, s.heads[noun], depth + 1)
    return None


def agents(s: Sentence, i: int) -> list[int]:
    """The "by" phrases of a passive."""
    found = s.having(i, "obl:agent")
    return found or [k for k in s.having(i, "obl", "nmod") if s.case_of(k) == "by"]


def subjects(s: Sentence, i: int) -> list[int]:
    """Who does it."""
    if is_passive(s, i):
        found = agents(s, i)
        if not found and s.deprels[i] == "conj" and is_passive(s, s.heads[i]):
            found = agents(s, s.heads[i])
        return found
    one = surface_subject(s, i)
    return [] if one is None else [one]


def objects(s: Sentence, i: int) -> list[int]:
    """To whom or what it is done."""
    if is_passive(s, i):
        one = surface_subject(s, i)
        direct = s.having(i, "obj")
        return ([] if one is None else [one]) or direct
    own = [k for k in s.having(i, "obj") if not _of_later_verb(s, i, k)]
    if own:
        return [resolve_relative(s, k) for k in own]
    if s.having(i, "iobj"):
        # "warned Manila against …", "forgave them": the parser takes a person alone for an indirect object.
        return [resolve_relative(s, k) for k in s.having(i, "iobj")]
    if s.having(i, "compound:prt"):
        # "called off talks": the parser may take the object for a complement.
        nouns = [k for k in s.having(i, "xcomp") if s.upos[k] in ("NOUN", "PROPN") and not s.having(k, "mark", "case", "cop")]
        if nouns:
            return nouns
    if s.deprels[i] == "conj" and s.upos[s.heads[i]] == "VERB":
        # "seizing the crossings and surrounding the capitals": the parser may hang the last object on the first verb.
        later = [k for k in s.having(s.heads[i], "obj") if k > i]
        if later:
            return later
    if s.deprels[i] == "acl:relcl" and s.heads[i] >= 0 and s.having(i, "nsubj"):
        subject = s.having(i, "nsubj")[0]
        if resolve_relative(s, subject) == subject:
            return [s.heads[i]]
    shared = [k for k in s.having(i, "conj") if s.upos[k] == "VERB" and s.having(k, "obj") and not s.having(i, "obl", "ccomp", "xcomp")]
    if shared and _side_by_side(s, i, shared[0]):
        return s.having(shared[0], "obj")
    return []


def _of_later_verb(s: Sentence, i: int, k: int) -> bool:
    """True when a verb joined to i stands between it and object k, has no object, and i has a nearer one."""
    verbs = [v for v in s.having(i, "conj") if i < v < k and s.upos[v] == "VERB" and not s.having(v, "obj")]
    return bool(verbs) and any(i < m < verbs[0] for m in s.having(i, "obj"))


def _side_by_side(s: Sentence, i: int, k: int) -> bool:
    """True when only a conjunction stands between verbs i and k ("attacked and burned the village")."""
    return all(s.deprels[m] in ("cc", "punct", "advmod") for m in range(i + 1, k))


def prepositional(s: Sentence, i: int, preposition: str) -> list[int]:
    """Words that hang on i by a preposition: nouns marked with it, and clauses ("accused of attacking", "without firing")."""
    found = []
    for k in s.children(i):
        base = s.deprels[k].partition(":")[0]
        if (base in ("obl", "nmod", "obj", "conj", "dep", "iobj", "advmod") and _first(s.case_of(k)) == preposition) or (
            base in CLAUSES and any(s.tokens[m].text.lower() == preposition for m in s.children(k) if s.deprels[m] in ("mark", "case"))
        ):
            found.append(k)
    return found


def _first(case: str) -> str:
    return {"according to": "according", "because of": "because"}.get(case, case.partition(" ")[0])


def infinitives(s: Sentence, i: int) -> list[int]:
    """Infinitive and participle complements: "agreed to meet", "a promise to withdraw", "for Israel to stop"."""
    found = s.having(i, "xcomp")
    if not found:
        found = [k for k in s.having(i, "advcl", "acl", "ccomp") if any(s.tokens[m].text.lower() == "to" for m in s.having(k, "mark"))]
    return found


def clauses(s: Sentence, i: int) -> list[int]:
    """Clausal complements: "said that …", quotations that the parser hangs on the verb."""
    found = s.having(i, "ccomp")
    if not found and s.upos[i] == "NOUN":
        found = [k for k in s.having(i, "acl") if any(s.tokens[m].text.lower() == "that" for m in s.having(k, "mark"))]
    return found


def premodifiers(s: Sentence, i: int) -> list[int]:
    """What stands before a noun without being its possessor: "Turkish incursion", "rebel attack"."""
    return [k for k in s.having(i, "amod", "compound", "nmod:desc", "nmod:unmarked") if k < i]


def slot(s: Sentence, i: int, name: str) -> list[int]:
    """Words that fill one slot of predicate i (of coordinated words the first)."""
    first, _, rest = name.partition(".")
    found = [k for k in _direct(s, i, first) if k not in s.aside]
    if not rest:
        return found
    return [m for k in found for m in slot(s, k, rest)]


def _direct(s: Sentence, i: int, first: str) -> list[int]:
    if first == "subj":
        found = subjects(s, i) if s.upos[i] in ("VERB", "AUX") or not _is_predicate_noun(s, i) else _predicate_subject(s, i)
    elif first == "obj":
        found = objects(s, i)
    elif first == "iobj":
        found = s.having(i, "iobj")
    elif first == "xcomp":
        found = infinitives(s, i)
    elif first == "ccomp":
        found = clauses(s, i)
    elif first == "poss":
        found = s.having(i, "nmod:poss")
    elif first == "mod":
        found = premodifiers(s, i)
    else:
        found = prepositional(s, i, first)
    return found


def _is_predicate_noun(s: Sentence, i: int) -> bool:
    return bool(s.having(i, "cop"))


def _predicate_subject(s: Sentence, i: int) -> list[int]:
    return [resolve_relative(s, k) for k in s.having(i, "nsubj")]


def with_conjuncts(s: Sentence, i: int) -> list[int]:
    """Word i and what is joined to it."""
    return [i, *s.having(i, "conj")]


def clause_of(s: Sentence, i: int) -> int:
    """The verb (or other predicate) of the clause in which word i stands."""
    k = i
    for up in (i, *s.ancestors(i)):
        k = up
        rel = s.deprels[up].partition(":")[0]
        if rel in ("root", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj") or (rel == "conj" and s.upos[up] in ("VERB", "AUX")):
            break
    return k

"""Readers of the training sets: one list of `Example`s, each with the labels that its set has."""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from parley.language.lemmas import rule_of
from parley.language.split import split

ENTITY_TYPES = ("PER", "LOC", "ORG", "MISC")
NER_TAGS = ("O", *(f"{b}-{t}" for t in ENTITY_TYPES for b in "BI"))
CROSSNER_TYPES = {
    "politician": "PER", "person": "PER", "organisation": "ORG", "politicalparty": "ORG",
    "country": "LOC", "location": "LOC", "event": "MISC", "election": "MISC", "misc": "MISC",
}  # fmt: skip
GUM_TYPES = {"person": "PER", "place": "LOC", "organization": "ORG", "event": "MISC"}
#: A word whose entity is not known: it is left out of the loss.
UNKNOWN = "?"


@dataclass
class Example:
    """One sentence; a label column is empty where its set does not annotate it."""

    words: list[str]
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    ner: list[str] = field(default_factory=list)
    sent_id: str = ""
    #: Whether the entities are EWT's own, whose idea of a name is the one that counts at run time.
    own: bool = False


def open_text(path: Path) -> Iterator[str]:
    """Lines of a text file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as handle:
        yield from handle


def read_conllu(path: Path) -> list[Example]:
    """Sentences of a CoNLL-U file; multi-word and empty tokens are passed over."""
    examples, sent = [], Example([])
    for line in open_text(path):
        line = line.rstrip("\n")
        if not line:
            if sent.words:
                examples.append(sent)
            sent = Example([])
        elif line.startswith("# sent_id = "):
            sent.sent_id = line[12:]
        elif line[0] != "#":
            cols = line.split("\t")
            if not cols[0].isdigit():
                continue
            sent.words.append(cols[1])
            sent.lemmas.append(cols[2] if cols[2] != "_" or cols[1] == "_" else cols[1])
            sent.upos.append(cols[3])
            sent.xpos.append(cols[4])
            sent.feats.append(cols[5])
            sent.heads.append(int(cols[6]))
            sent.deprels.append(cols[7])
    if sent.words:
        examples.append(sent)
    return examples


def read_uner(path: Path) -> list[tuple[list[str], list[str]]]:
    """Words and BIO tags of a Universal NER file; nationalities (OTH) become MISC, stray tags O."""
    rows: list[tuple[list[str], list[str]]] = []
    words: list[str] = []
    tags: list[str] = []
    for line in open_text(path):
        line = line.rstrip("\n")
        if line.startswith("#"):
            continue
        if not line:
            if words:
                rows.append((words, bio(tags)))
            words, tags = [], []
            continue
        cols = line.split("\t")
        if not cols[0].isdigit():
            continue
        words.append(cols[1])
        kind = cols[2][2:] if "-" in cols[2] else ""
        kind = "MISC" if kind == "OTH" else kind
        tags.append(f"{cols[2][0]}-{kind}" if kind in ENTITY_TYPES else "O")
    if words:
        rows.append((words, bio(tags)))
    return rows


def bio(tags: list[str]) -> list[str]:
    """The same tags with every entity beginning in B-."""
    out, before = [], "O"
    for tag in tags:
        if tag.startswith("I-") and before[2:] != tag[2:]:
            tag = "B-" + tag[2:]
        out.append(tag)
        before = tag
    return out


def read_columns(path: Path, separator: str, kinds: dict[str, str]) -> list[Example]:
    """Word and tag per line (CrossNER, Wikigold), tags mapped by `kinds`."""
    examples: list[Example] = []
    words: list[str] = []
    tags: list[str] = []
    for line in [*open_text(path), "\n"]:
        line = line.rstrip("\n")
        if not line.strip():
            if words and words[0] != "-DOCSTART-":
                examples.append(Example(words, ner=bio(tags)))
            words, tags = [], []
            continue
        word, _, tag = line.partition(separator)
        mapped = kinds.get(tag.strip()[2:]) if tag.strip() != "O" else None
        words.append(word)
        tags.append(f"{tag.strip()[0]}-{mapped}" if mapped else "O")
    return examples


def read_news(path: Path, names: dict[tuple[str, ...], str]) -> list[Example]:
    """VOA sentences of the Groningen Meaning Bank (text only), split by our splitter, with the names that our lists know.

    Other capitalised words may or may not be names: they are UNKNOWN. Entity labels of the source are not read.
    """
    longest = max(map(len, names))
    examples = []
    for line in open_text(path):
        rows = split(json.loads(line)["text"])
        if len(rows) != 1 or not 4 <= len(rows[0]) <= 60:
            continue
        words = [t.text for t in rows[0]]
        tags = [UNKNOWN if w[:1].isupper() else "O" for w in words]
        i = 0
        while i < len(words):
            end = next((j for j in range(min(len(words), i + longest), i, -1) if tuple(words[i:j]) in names), i)
            kind = names.get(tuple(words[i:end]))
            for k in range(i, end):
                tags[k] = f"{'B' if k == i else 'I'}-{kind}"
            i = max(end, i + 1)
        examples.append(Example(words, ner=tags))
    return examples


def listed_names(knowledge: Path) -> dict[tuple[str, ...], str]:
    """Names of our own lists, as words, with their entity type; names of one lower-case word left out."""
    found: dict[tuple[str, ...], str] = {}
    columns = {
        "groups.csv": {"name": "ORG", "aliases": "ORG"}, "organisations.csv": {"name": "ORG", "aliases": "ORG"},
        "people.csv": {"name": "PER", "aliases": "PER"},
        "states.csv": {"name": "LOC", "aliases": "LOC", "capital": "LOC", "adjectives": "MISC", "demonyms": "MISC"},
    }  # fmt: skip
    for file, kinds in columns.items():
        lines = [x for x in open_text(knowledge / file) if not x.startswith("#")]
        for row in csv.DictReader(lines):
            for column, kind in kinds.items():
                for name in (row[column] or "").split("|"):
                    rows = split(name.strip())
                    if len(rows) == 1 and name.strip()[:1].isupper():
                        found[tuple(t.text for t in rows[0])] = kind
    return found


def load_gum(shared: Path, split_name: str) -> list[Example]:
    """GUM's free genres with the proper nouns of their named mentions as entities; other proper nouns are UNKNOWN."""
    examples = read_conllu(shared / f"data/ud/gum/gum-{split_name}.conllu.gz")
    mentions = {r["sent_id"]: r["mentions"] for r in map(json.loads, open_text(shared / f"data/ner/gum_entities/{split_name}.jsonl.gz"))}
    for e in examples:
        if e.sent_id not in mentions:
            continue
        e.ner = [UNKNOWN if u == "PROPN" else "O" for u in e.upos]
        for m in mentions[e.sent_id]:
            kind, head = GUM_TYPES.get(m["type"]), m["head"] - 1
            if not m["named"] or kind is None or not 0 <= head < len(e.words) or e.upos[head] != "PROPN":
                continue
            first = last = head
            while first > m["start"] - 1 and e.upos[first - 1] == "PROPN":
                first -= 1
            while last < m["end"] - 1 and e.upos[last + 1] == "PROPN":
                last += 1
            e.ner[first : last + 1] = [f"B-{kind}", *[f"I-{kind}"] * (last - first)]
    return examples


def load_gold(shared: Path, split_name: str) -> list[Example]:
    """EWT (with entities) and GUM's free genres of one split: `train`, `dev` or `test`."""
    return load_ewt(shared, split_name) + load_gum(shared, split_name)


def load_ewt(shared: Path, split_name: str) -> list[Example]:
    """EWT of one split, with the entities of Universal NER where the sentences align."""
    suffix = ".gz" if split_name == "train" else ""
    ewt = read_conllu(shared / f"data/ud/ewt/en_ewt-ud-{split_name}.conllu{suffix}")
    older = ".older" if split_name == "train" else ""
    by_words: dict[tuple[str, ...], list[str]] = {}
    for words, tags in read_uner(shared / f"data/ner/uner_ewt/en_ewt-ud-{split_name}{older}.iob2{suffix}"):
        by_words.setdefault(tuple(words), tags)
    for example in ewt:
        example.ner = by_words.get(tuple(example.words), [])
        example.own = bool(example.ner)
    return ewt


def load_entities(shared: Path) -> list[Example]:
    """Hand-annotated entity sentences without trees: CrossNER politics (train, dev) and Wikigold."""
    wikigold = {t: t for t in ENTITY_TYPES}
    rows = read_columns(shared / "data/ner/wikigold/wikigold.conll.txt", " ", wikigold)
    for part in ("train", "dev"):
        rows += read_columns(shared / f"data/ner/crossner_politics/{part}.txt", "\t", CROSSNER_TYPES)
    return [r for r in rows if len(r.words) <= 120]


@dataclass
class Labels:
    """The label inventories, in a fixed order; 0 is the commonest."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    rules: list[str]
    deprels: list[str]
    ner: list[str] = field(default_factory=lambda: list(NER_TAGS))

    @classmethod
    def of(cls, examples: list[Example]) -> Labels:
        counts: dict[str, Counter[str]] = {k: Counter() for k in ("upos", "xpos", "feats", "rules", "deprels")}
        for e in examples:
            counts["upos"].update(e.upos)
            counts["xpos"].update(e.xpos)
            counts["feats"].update(e.feats)
            counts["deprels"].update(e.deprels)
            counts["rules"].update(rule_of(f, m) for f, m in zip(e.words, e.lemmas, strict=True))
        least = {"feats": 3, "rules": 3}
        kept = {k: [x for x, n in c.most_common() if n >= least.get(k, 1)] for k, c in counts.items()}
        return cls(kept["upos"], kept["xpos"], kept["feats"], kept["rules"], kept["deprels"])


def perturbed(example: Example, rng: random.Random) -> Example:
    """Sometimes a headline's look: no full stop, or all capitals; else the sentence itself."""
    if example.heads and rng.random() < 0.06:
        n = len(example.words)
        if n > 3 and example.words[-1] == "." and n not in example.heads:
            cut = {k: getattr(example, k)[:-1] for k in ("words", "upos", "xpos", "feats", "lemmas", "heads", "deprels", "ner")}
            example = Example(**cut, own=example.own)
    if rng.random() < 0.02:
        upper = [w.upper() for w in example.words]
        return Example(upper, example.upos, example.xpos, example.feats, [], example.heads, example.deprels, example.ner, own=example.own)
    return example

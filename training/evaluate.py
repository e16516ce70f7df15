"""Score the shipped analyser:  python -m training.evaluate [--model DIR] [--split test]

On gold tokens: UPOS, XPOS, lemmas, UAS, LAS (punctuation counted, subtypes left out) and entity F1; from raw text: token,
sentence and LAS F1 as in the CoNLL 2018 shared task (Zeman et al. 2018): words aligned by their characters.
"""

from __future__ import annotations

import argparse
import gzip
import time
from pathlib import Path

from parley.language.analyser import MODEL, Analyser
from parley.language.sentence import Sentence
from training.data import Example, load_ewt, read_conllu


def base(rel: str) -> str:
    return rel.partition(":")[0]


def spans(tags: list[str], kinds: tuple[str, ...] = ("PER", "LOC", "ORG")) -> set[tuple[int, int, str]]:
    """Entities of BIO tags as (first, last + 1, type)."""
    found, start = set(), -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and not tag.startswith("I-"):
            found.add((start, i, tags[start][2:]))
            start = -1
        if tag.startswith("B-"):
            start = i
    return {s for s in found if s[2] in kinds}


def gold_tokens(analyser: Analyser, examples: list[Example]) -> dict[str, float]:
    """Figures on gold tokens and sentences, in per cent."""
    sentences = analyser.analyse_words([e.words for e in examples])
    n = upos = xpos = lemma = uas = las = tp = fp = fn = 0
    for e, s in zip(examples, sentences, strict=True):
        n += len(e.words)
        upos += sum(a == b for a, b in zip(e.upos, s.upos, strict=True))
        xpos += sum(a == b for a, b in zip(e.xpos, s.xpos, strict=True))
        lemma += sum(a == b for a, b in zip(e.lemmas, s.lemmas, strict=True))
        for h, r, sh, sr in zip(e.heads, e.deprels, s.heads, s.deprels, strict=True):
            uas += h == sh + 1
            las += h == sh + 1 and base(r) == base(sr)
        if e.ner:
            gold, mine = spans(e.ner), {x for x in s.names if x[2] in ("PER", "LOC", "ORG")}
            tp, fp, fn = tp + len(gold & mine), fp + len(mine - gold), fn + len(gold - mine)
    out = {"UPOS": upos / n, "XPOS": xpos / n, "lemma": lemma / n, "UAS": uas / n, "LAS": las / n}
    if tp:
        out["NER F1"] = 2 * tp / (2 * tp + fp + fn)
    return {k: round(100 * v, 2) for k, v in out.items()}


def raw_documents(path: Path) -> list[tuple[str, list[Example]]]:
    """Documents of a CoNLL-U file as raw text (paragraphs divided by a blank line) with their gold sentences."""
    texts: list[list[str]] = []
    paragraph_starts = {"# newpar", "# newdoc"}
    new_paragraph = new_document = False
    opener = gzip.open if path.suffix == ".gz" else open
    counts: list[int] = []
    with opener(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            new_document |= line.startswith("# newdoc")
            new_paragraph |= line[:8] in paragraph_starts and not line.startswith("# newpar_block")
            if line.startswith("# text = "):
                if new_document or not texts:
                    texts.append([])
                    counts.append(0)
                elif texts[-1]:
                    texts[-1].append("\n\n" if new_paragraph else " ")
                texts[-1].append(line[9:].rstrip("\n"))
                counts[-1] += 1
                new_paragraph = new_document = False
    examples = read_conllu(path)
    documents, at = [], 0
    for text, count in zip(texts, counts, strict=True):
        documents.append(("".join(text), examples[at : at + count]))
        at += count
    return documents


def raw_text(analyser: Analyser, documents: list[tuple[str, list[Example]]]) -> dict[str, float]:
    """Token, sentence and LAS F1 from raw text: words are the same when they cover the same non-blank characters."""
    totals = dict.fromkeys(("gold", "mine", "tokens", "las", "gold sentences", "my sentences", "sentences"), 0)
    for text, examples in documents:
        sentences = analyser.analyse(text)
        gold = _gold_arcs(examples)
        mine = _my_arcs(text, sentences)
        totals["gold"] += len(gold)
        totals["mine"] += len(mine)
        shared = gold.keys() & mine.keys()
        totals["tokens"] += len(shared)
        totals["las"] += sum(gold[k] == mine[k] for k in shared)
        a, b = _bounds(list(gold), [len(e.words) for e in examples]), _bounds(list(mine), [len(s) for s in sentences])
        totals["gold sentences"] += len(a)
        totals["my sentences"] += len(b)
        totals["sentences"] += len(a & b)
    f1 = lambda hit, x, y: round(200 * hit / (x + y), 2)  # noqa: E731
    return {
        "token F1": f1(totals["tokens"], totals["gold"], totals["mine"]),
        "sentence F1": f1(totals["sentences"], totals["gold sentences"], totals["my sentences"]),
        "LAS F1": f1(totals["las"], totals["gold"], totals["mine"]),
    }


Chars = tuple[int, int]


def _gold_arcs(examples: list[Example]) -> dict[Chars, tuple[Chars | None, str]]:
    arcs: dict[Chars, tuple[Chars | None, str]] = {}
    at = 0
    for e in examples:
        places = []
        for word in e.words:
            length = len("".join(word.split()))
            places.append((at, at + length))
            at += length
        for k, (h, r) in enumerate(zip(e.heads, e.deprels, strict=True)):
            arcs[places[k]] = (places[h - 1] if h else None, base(r))
    return arcs


def _my_arcs(text: str, sentences: list[Sentence]) -> dict[Chars, tuple[Chars | None, str]]:
    offset, count = [], 0
    for c in text:
        offset.append(count)
        count += not c.isspace()
    offset.append(count)
    arcs: dict[Chars, tuple[Chars | None, str]] = {}
    for s in sentences:
        places = [(offset[t.start], offset[t.end]) for t in s.tokens]
        for k, (h, r) in enumerate(zip(s.heads, s.deprels, strict=True)):
            arcs[places[k]] = (places[h] if h >= 0 else None, base(r))
    return arcs


def _bounds(places: list[Chars], lengths: list[int]) -> set[Chars]:
    out, at = set(), 0
    for n in lengths:
        if n:
            out.add((places[at][0], places[at + n - 1][1]))
        at += n
    return out


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    args = parser.parse_args()
    began = time.perf_counter()
    analyser = Analyser(args.model)
    print(f"load {time.perf_counter() - began:.2f} s")
    gum_path = args.shared / f"data/ud/gum/gum-{args.split}.conllu.gz"
    ewt, gum = load_ewt(args.shared, args.split), read_conllu(gum_path)
    news = [
        e for split in ("dev", "test") for e in read_conllu(args.shared / f"data/ud/gum/gum-{split}.conllu.gz") if "_news_" in e.sent_id
    ]
    print(f"EWT {args.split}, gold tokens", gold_tokens(analyser, ewt))
    print(f"GUM {args.split}, gold tokens", gold_tokens(analyser, gum))
    print("GUM news dev+test, gold tokens", gold_tokens(analyser, news))
    print(f"EWT {args.split}, raw text", raw_text(analyser, raw_documents(args.shared / f"data/ud/ewt/en_ewt-ud-{args.split}.conllu")))
    print(f"GUM {args.split}, raw text", raw_text(analyser, raw_documents(gum_path)))
    words = [e.words for e in gum]
    began = time.process_time()
    analyser.analyse_words(words)
    print(f"speed {sum(map(len, words)) / (time.process_time() - began):.0f} words a second of processor time")


if __name__ == "__main__":
    main()

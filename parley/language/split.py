"""Raw text → sentences of tokens, by the conventions of the English Web Treebank and GUM, with exact offsets.

One regular expression finds the tokens in a single pass; marks that may end a sentence and line ends are noted on
the way, and only those places are then judged. Every pattern is linear: repetitions are possessive or bounded.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from parley.language.sentence import Token

MAX_WORDS = 160
ABBREVIATION_KINDS = frozenset({"title", "number", "month", "weekday", "organisation", "place", "time", "inner", "general"})
LONGEST_WRAP = 120
CLOSERS = frozenset(")]}»”’\"'") | {"''", "’’"}
OPENERS = frozenset("([{«“‘\"'¿¡") | {"``", "‘‘", "''"}
NEVER_LAST = frozenset({"title", "number", "inner", "general"})
MAX_QUOTATION = 80
SHORTEST_WRAP = 40
RAGGED = 4
STRAIGHT = frozenset({"'", '"', "''"})
SPACED_CLOSERS = frozenset({"”", "''", "»"})
DASHES = frozenset({"-", "–", "—", "--", "―"})
CUT_MARKS = {";": 3, "—": 2, "–": 2, "--": 2, ",": 1}
BULLETS = frozenset("•·▪■●◦‣►*-–—")
APOSTROPHES = "'’`´ʼ＇"
ENDS = ".!?…。！？؟"

# Letters of every script, combining marks and the joiners inside words: all that is not a space, digit or mark.
_REST = (
    r"{-\xa9\xab\xac\xae-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u1680\u2000-\u200b\u200e-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f"
    r"\ufe00-\ufe0f\ufeff\uff01-\uff20\uff3b-\uff40\uff5b-\uff65\ufff0-\uffff\U0001f000-\U0001faff]"
)
_LETTER = r"[^\x00-@\[-`" + _REST
_WORD = r"[^\x00-/:-@\[-^`" + _REST
_NUMBER = r"\d++(?:[.:]\d++|,\d{3}(?!\d)|,\d\d(?=,\d\d[\d,]))*+"
_PICTURE = r"[\u2600-\u27bf\U0001f000-\U0001faff]"
_PATTERN = r"""
    {L}++(?=[ \n,;)\]"”?!]|\Z)                                      # plain words, by far the most
  | ,
  | (?<![\w.])\.\d++
  | (?P<end>\.{{2,}}+|…++\.?|[!?؟]++|[.。！？])
  | (?P<quote>")
  | (?P<line>[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*+)
  | (?:(?:https?|ftp)://|www\.|mailto:)[^\s<>"“”]*[^\s<>"“”.,;:!?'’)\]\}}*]
  | (?<![\w@])[\w.+%-]{{1,64}}+@[A-Za-z0-9][\w-]{{0,62}}+(?:\.[A-Za-z0-9-]{{1,63}}+){{0,6}}+
  | (?<!\w)[A-Za-z0-9][\w-]{{0,62}}+(?:\.[\w-]{{1,40}}){{0,5}}\.(?:{host})(?![\w@]|\.\w)(?:/[^\s<>"“”]*[^\s<>"“”.,;:!?'’)\]])?
  | (?<![\w.])[a-z]{{2,15}}(?:\.[a-z-]{{2,20}}){{2,5}}(?![\w.])
  | (?<!\w)[@\#][A-Za-z_]\w*+
  | [A-Z]{{1,4}}\$(?=\ ?\d)
  | [A-Z]{{1,4}}&[A-Z]{{1,3}}(?!\w)
  | (?P<initials>(?<![\w.])(?:(?:{L}\.){{1,12}}+(?:{L}(?!{W}))?+(?!{W})|(?:{degree})\.?(?!{W})))
  | (?P<dotted>{L}{{1,15}}+(?:['’]{L}{{1,3}}+)?\.(?!\.))
  | (?P<hyphened>(?<![\w-]){L}++-(?:(?:[A-Z]\.){{2,6}}+|{L}{W}*+(?:['’]{L}++){{0,4}}+(?:\.(?!\.))?|\d{W}*+))
  | (?P<clitic>{L}{W}*+(?:[{A}]{L}{W}*+){{1,4}}+)
  | {L}{W}*+
  | \d{{1,4}}(?P<separator>[/-])\d{{1,2}}(?P=separator)\d{{2,4}}(?![\w-])
  | (?:1-)?\d{{3}}-\d{{3}}-\d{{4}}(?![\w-]) | (?<![\w-])\d{{3}}-\d{{4}}(?![\w-])
  | \d{{1,2}}/\d{{1,2}}(?![\w/])
  | {N}(?:st|nd|rd|th|s|(?<=0)['’]s)(?!{W})
  | (?P<measure>{N}(?:{units})(?!{W}|\.{L}))
  | (?:\+(?=\d{{4}}))?{N}{W}*+
  | \[(?:\.\.\.|…)\]
  | (?<=[^\s(\[“"‘])['’](?:s|S|re|ve|ll|d|m)(?!{W})
  | (?<!\w)['’](?:\d\ds?|(?:{elided}))(?!{W})
  | [:;=][-']?[)(DPp/|\\](?![\w/])
  | -{{2,}}+ | ={{2,}}+ | \*{{2,}}+ | _++ | \#{{2,}}+ | \${{2,}}+ | ~{{2,}}+ | \+{{2,}}+ | <{{2,}}+ | >{{2,}}+ | '' | ’’ | ‘‘ | ``
  | {E}[\u200d\ufe0f\U0001f3fb-\U0001f3ff]*+(?:(?<=\u200d){E}\ufe0f?){{0,4}}
  | \S
"""


@dataclass(frozen=True, slots=True)
class _Language:
    """The token pattern and the word lists that judge its finds."""

    pattern: re.Pattern[str]
    abbreviations: dict[str, str]
    fused: dict[str, int]
    prefixes: frozenset[str]
    suffixes: frozenset[str]
    starters: frozenset[str]
    speech: frozenset[str]
    open: frozenset[str]


@dataclass(slots=True)
class _Scan:
    """Tokens of a text, with the places to judge: `ends` and `quotes` are token indices, `lines[i]` the white space before token i."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)
    lines: dict[int, tuple[int, int]] = field(default_factory=dict)
    paragraphs: list[int] = field(default_factory=list)


@lru_cache(maxsize=1)
def _language() -> _Language:
    kinds: dict[str, list[str]] = {}
    source = files("parley.language").joinpath("abbreviations.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(line for line in source.splitlines() if not line.startswith("#")):
        kinds.setdefault(row["kind"], []).append(row["form"])
    pattern = _PATTERN.format(
        L=_LETTER,
        W=_WORD,
        N=_NUMBER,
        E=_PICTURE,
        A=APOSTROPHES,
        host=_alternatives(kinds["host"]),
        degree=_alternatives(kinds["degree"]),
        units=_alternatives(kinds["unit"]),
        elided=_alternatives(kinds["elided"]),
    )
    fused = {}
    for form in kinds["fused"]:
        first, _, second = form.partition("|")
        whole = first + second
        fused.update({w: len(first) for w in (whole, whole.capitalize(), *([whole.upper()] if len(whole) > 3 else []))})
    return _Language(
        re.compile(pattern, re.VERBOSE),
        {form: kind for kind in ABBREVIATION_KINDS for form in kinds[kind]},
        fused,
        frozenset(kinds["prefix"]),
        frozenset(kinds["suffix"]),
        frozenset(kinds["starter"]),
        frozenset(kinds["speech"]),
        frozenset(kinds["open"]),
    )


def _alternatives(forms: list[str]) -> str:
    return "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True))


def split(text: str) -> list[list[Token]]:
    """Sentences of a text, each a list of tokens, in order.

    Offsets count code points and `text[t.start:t.end] == t.text` always holds; no two tokens overlap, and every
    character that is not white space lies in one. Empty text gives an empty list. No `str` makes it fail.
    A blank line always ends a sentence. Sentences of more than `MAX_WORDS` tokens are cut.
    """
    scan = _scan(text)
    if not scan.tokens:
        return []
    sentences: list[list[Token]] = []
    start = 0
    for cut in _cuts(scan):
        if cut > start:
            sentences.append(scan.tokens[start:cut])
            start = cut
    return [part for s in sentences for part in (_shortened(s) if len(s) > MAX_WORDS else (s,))]


def _scan(text: str) -> _Scan:
    """All tokens, and where a sentence may end."""
    know = _language()
    scan = _Scan(text)
    tokens, fused = scan.tokens, know.fused
    add = tokens.append
    for match in know.pattern.finditer(text):
        kind = match.lastgroup
        if kind is None:
            word = match[0]
            start, end = match.span()
            if word in fused:
                _add(scan, start, start + fused[word], end)
            else:
                add(Token(word, start, end))
            continue
        start, end = match.span()
        if kind == "end":
            scan.ends.append(len(tokens))
            add(Token(match[0], start, end))
        elif kind == "line":
            scan.lines[len(tokens)] = (start, end)
        elif kind == "quote":
            scan.quotes.append(len(tokens))
            add(Token(match[0], start, end))
        elif kind == "dotted":
            _add_dotted(scan, know, start, end)
        elif kind == "initials":
            _add_initials(scan, know, start, end)
        elif kind == "clitic":
            _add_clitics(scan, know, start, end)
        elif kind == "hyphened":
            _add_hyphened(scan, know, start, end)
        elif kind == "measure":
            number = _FIGURE.match(text, start)
            _add(scan, start, number.end() if number else end, end)
        else:
            add(Token(match[0], start, end))
    scan.paragraphs = [i for i in scan.lines if _blank(scan, i)]
    return scan


_FIGURE = re.compile(_NUMBER)
_CLITIC = re.compile(rf"(?i)(?:n[{APOSTROPHES}]t|[{APOSTROPHES}](?:s|re|ve|ll|d|m))\Z")
_FIGURE_NEXT = re.compile(r"[ \xa0]?[\d#]")


def _add(scan: _Scan, *bounds: int) -> None:
    """Tokens between neighbouring bounds; empty ones are left out."""
    for start, end in pairwise(bounds):
        if end > start:
            scan.tokens.append(Token(scan.text[start:end], start, end))


def _add_dotted(scan: _Scan, know: _Language, start: int, end: int) -> None:
    """A word with a full stop behind it: an abbreviation, or a word and the end of a sentence."""
    form = scan.text[start:end]
    kind = know.abbreviations.get(form)
    follower = _NEEDED.get(kind or "")
    if follower is not None and not follower.match(scan.text, end):
        kind = None
    if kind is not None:
        scan.ends.append(len(scan.tokens))
        _add(scan, start, end)
        return
    if any(c in APOSTROPHES for c in form):
        _add_clitics(scan, know, start, end - 1)
    else:
        _add(scan, start, start + know.fused.get(form[:-1], 0), end - 1)
    scan.ends.append(len(scan.tokens))
    _add(scan, end - 1, end)


# What must follow for an abbreviation of a kind to be one.
_NEEDED = {
    "number": _FIGURE_NEXT,
    "weekday": re.compile(r",|[ \xa0](?:[\da-z]|[A-Z][a-z]{2,8}\.?[ \xa0]\d)"),
    "general": re.compile(r"[,;:)\]]|[ \xa0]{1,2}[a-z\d(–—-]|\n[a-z]"),
}


def _add_initials(scan: _Scan, know: _Language, start: int, end: int) -> None:
    """`U.S.`, `a.m`, `J.` before a name: one token; any other letter with a full stop is a word and the end of a sentence."""
    form = scan.text[start:end]
    if end - start == 2:
        if form in know.abbreviations:
            single = not _FIGURE_NEXT.match(scan.text, end)
        else:
            name = _NAME_NEXT.match(scan.text, end)
            single = name is None or form[0].islower() or (name[1] or "").lower() in know.starters
        if single:
            _add(scan, start, end - 1)
            start += 1
    if form[-1] == ".":
        scan.ends.append(len(scan.tokens))
    _add(scan, start, end)


_NAME_NEXT = re.compile(r"[ \xa0]?(?:([^\W\d_]{1,20})(?![\w.])|[\w(&])|[,;-]")


def _add_clitics(scan: _Scan, know: _Language, start: int, end: int) -> None:
    """`don't` → `do` `n't`, `Assad's` → `Assad` `'s`; `O'Connor` and `Sana'a` stay whole."""
    if scan.text[start:end] in know.fused:
        _add(scan, start, start + know.fused[scan.text[start:end]], end)
        return
    bounds = [end]
    for _ in range(3):
        found = _CLITIC.search(scan.text, max(start, bounds[-1] - 3), bounds[-1])
        if found is None or found.start() <= start:
            break
        bounds.append(found.start())
    _add(scan, start, *reversed(bounds))


def _add_hyphened(scan: _Scan, know: _Language, start: int, end: int) -> None:
    """`peace-keeping` → three tokens, `anti-war` and `pro-U.S.` one, `Lt-Gen.` three with the full stop kept."""
    hyphen = scan.text.index("-", start)
    rest = hyphen + 1
    first = len(scan.tokens)
    whole = scan.text[start:hyphen].lower() in know.prefixes or scan.text[rest:end].rstrip(".").lower() in know.suffixes
    if not whole:
        _add(scan, start, hyphen, rest)
    if scan.text[rest + 1 : rest + 2] == ".":
        scan.ends.append(len(scan.tokens))
        _add(scan, rest, end)
    elif scan.text[end - 1] == ".":
        _add_dotted(scan, know, rest, end)
    else:
        _add_clitics(scan, know, rest, end)
    if whole:
        tail = scan.tokens[first].end
        scan.tokens[first] = Token(scan.text[start:tail], start, tail)


def _cuts(scan: _Scan) -> list[int]:
    """Indices of the tokens before which a sentence ends, in order; the last is the number of tokens."""
    know = _language()
    cuts = {_after(scan, know, i) for i in scan.ends}
    if scan.lines:
        wrapped = _wrapped_lines(scan)
        cuts.update(i for i in scan.lines if 0 < i < len(scan.tokens) and _line_ends(scan, know, i, i in wrapped))
    cuts.discard(0)
    return [*sorted(cuts), len(scan.tokens)]


def _blank(scan: _Scan, i: int) -> bool:
    """Whether a blank line (or a page or paragraph separator) stands before token i."""
    if i not in scan.lines:
        return False
    start, end = scan.lines[i]
    space = scan.text[start:end]
    return "\u2029" in space or "\f" in space or len(_LINE_END.findall(space)) > 1


_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x1c-\x1e\x85\u2028]")
_NEXT_WORD = re.compile(r"\S{1,60}")


def _wrapped_lines(scan: _Scan) -> set[int]:
    """Tokens before which a line was broken only because the next word would not have fitted.

    The width is that of the longest line; a text counts as wrapped when most of its line ends are forced by it.
    """
    lengths: list[int] = []
    forced: set[int] = set()
    last = singles = 0
    for start, end in [*scan.lines.values(), (len(scan.text), len(scan.text))]:
        lengths.append(start - last if " " in scan.text[last : min(start, last + LONGEST_WRAP)] else 0)
        last = end
    width = max((n for n in lengths if n <= LONGEST_WRAP), default=0)
    if width < SHORTEST_WRAP or sum(n > LONGEST_WRAP for n in lengths) > len(lengths) / 10:
        return forced
    for (i, (_, end)), length in zip(scan.lines.items(), lengths, strict=False):
        if not _blank(scan, i):
            singles += 1
            word = _NEXT_WORD.match(scan.text, end)
            if word and length + 1 + len(word[0]) > width - RAGGED:
                forced.add(i)
    return forced if 5 * len(forced) >= 3 * singles else set()


def _line_ends(scan: _Scan, know: _Language, i: int, forced: bool) -> bool:
    """Whether the line end before token i ends a sentence by itself."""
    if _blank(scan, i):
        return True
    token, before = scan.tokens[i], scan.tokens[i - 1]
    apart = i + 1 < len(scan.tokens) and scan.tokens[i + 1].start > token.end
    if token.text in BULLETS and apart:
        return token.text not in DASHES or not forced
    if forced:
        return False
    if before.text in {",", "-"} or before.text.lower() in know.open or know.abbreviations.get(before.text) in NEVER_LAST:
        return False
    return before.text[-1] in ENDS or not token.text[0].islower()


def _after(scan: _Scan, know: _Language, i: int) -> int:
    """The token that begins the sentence after the mark or abbreviation i; 0 where none ends there."""
    tokens, mark = scan.tokens, scan.tokens[i].text
    j, quoted = _close(scan, i)
    if j >= len(tokens) or _blank(scan, j):
        return 0
    k = j
    while k < j + 3 and k < len(tokens) - 1 and tokens[k].text in OPENERS:
        k += 1
    word = tokens[k].text
    apart = tokens[j].start > tokens[j - 1].end
    if mark[-1] == "." and mark[0] not in ENDS:
        return j if apart and _abbreviation_ends(know, mark, word) else 0
    if not apart:
        return j if _glued(scan, i, word) else 0
    if _EMOTICON.fullmatch(tokens[j].text):
        return j + 1 if j + 1 < len(tokens) else 0
    return j if _mark_ends(scan, know, i, j, k, quoted) else 0


_EMOTICON = re.compile(r"[:;=][^\w\s]?[^\s]")


def _glued(scan: _Scan, i: int, word: str) -> bool:
    """Whether a sentence ends at mark i although the next word touches it: `end.Next`."""
    mark = scan.tokens[i].text
    if mark in "。！？":
        return True
    capital = word[0].isupper() and (len(word) > 1 or word in "IA")
    return capital and i > 0 and scan.tokens[i - 1].text[-1].isalnum()


def _mark_ends(scan: _Scan, know: _Language, i: int, j: int, k: int, quoted: bool) -> bool:
    """Whether mark i ends its sentence: j is the token after it and what closes with it, k the first word from there on."""
    tokens, mark, follower, lower = scan.tokens, scan.tokens[i].text, scan.tokens[j].text, scan.tokens[k].text[0].islower()
    if follower[0] in ",;)" or follower == ":" or (len(follower) == 1 and follower in ENDS):
        return False
    if (j > i + 1 and lower) or (quoted and follower in DASHES):
        return False
    if mark[0] in "!?؟":
        return not (quoted and _opens_sentence(scan, i) and _speech_follows(scan, know, k))
    before = tokens[i - 1].text if i > 0 else ""
    if len(mark) > 1 or mark == "…" or before == mark:
        return tokens[k].text[0].isupper()
    return not (_is_marker(scan, i) or _in_dateline(scan, i) or (lower and _looks_abbreviated(before)))


def _close(scan: _Scan, i: int) -> tuple[int, bool]:
    """The first token after mark i that its sentence does not take with it, and whether a quotation closes between them."""
    tokens, n = scan.tokens, len(scan.tokens)
    j, quoted = i + 1, False
    while j < n and not _blank(scan, j):
        if tokens[j].text in CLOSERS:
            if not _closes(scan, j):
                break
            quoted = quoted or tokens[j].text not in ")]}"
            j += 1
        elif tokens[j].text == "[" and j + 2 < n and tokens[j + 1].text.isdigit() and tokens[j + 2].text == "]":
            j += 3
        else:
            break
    return j, quoted


def _closes(scan: _Scan, j: int) -> bool:
    """Whether bracket or quotation mark j closes what is before it; straight marks tell by the blanks around them and by their number."""
    token, before = scan.tokens[j], scan.tokens[j - 1]
    after = scan.tokens[j + 1] if j + 1 < len(scan.tokens) else None
    apart = after is None or after.start > token.end or after.text in CLOSERS or after.text in ",.;:"
    odd = token.text == '"' and _inside_quote(scan, j)
    if token.start == before.end:
        return apart or odd or token.text not in STRAIGHT
    return apart and (odd or token.text in SPACED_CLOSERS)


def _inside_quote(scan: _Scan, j: int) -> bool:
    """Whether an odd number of straight quotes stands before token j in its paragraph."""
    paragraph = bisect_left(scan.paragraphs, j + 1) - 1
    first = scan.paragraphs[paragraph] if paragraph >= 0 else 0
    return (bisect_left(scan.quotes, j) - bisect_left(scan.quotes, first)) % 2 == 1


def _abbreviation_ends(know: _Language, form: str, word: str) -> bool:
    """Whether an abbreviation is the last word of its sentence, when `word` comes next."""
    kind = know.abbreviations.get(form, "")
    return kind not in NEVER_LAST and word[0].isupper() and word.lower() in know.starters


def _opens_sentence(scan: _Scan, i: int) -> bool:
    """Whether the quotation that ends with mark i begins a sentence, so that its speaker may follow it."""
    for k in range(i - 1, max(i - MAX_QUOTATION, -1), -1):
        if scan.tokens[k].text in OPENERS:
            return k == 0 or k in scan.lines or scan.tokens[k - 1].text in CLOSERS or scan.tokens[k - 1].text[-1] in ENDS
    return False


def _in_dateline(scan: _Scan, i: int) -> bool:
    """Whether full stop i belongs to a dateline: `MOSCOW, May 7. /TASS/. The`, `MOSCOW. May 7 (Interfax) -`."""
    tokens = scan.tokens
    before = [t.text for t in tokens[max(0, i - 3) : i]]
    after = [t.text for t in tokens[i + 1 : i + 4]]
    if any(len(w) == 3 and w[0] == w[2] == "/" and w[1].isupper() for w in (before, after)):
        return True
    first = i == 1 or i - 1 in scan.lines
    return first and tokens[i - 1].text.isupper() and len(after) == 3 and after[0].istitle() and after[1].isdigit() and after[2] == "("


def _speech_follows(scan: _Scan, know: _Language, k: int) -> bool:
    """Whether the words from k on tell who spoke (`Mr. Khan asked`)."""
    for token in scan.tokens[k : k + 6]:
        if token.text in know.speech:
            return True
        if token.text in ",;:?!":
            return False
    return False


def _is_marker(scan: _Scan, i: int) -> bool:
    """Whether the full stop i belongs to a list number at the beginning of a line or sentence."""
    number = scan.tokens[i - 1].text if i else ""
    if not (_MARKER.fullmatch(number) and scan.tokens[i - 1].end == scan.tokens[i].start):
        return False
    return i == 1 or i - 1 in scan.lines or scan.tokens[i - 2].text in ENDS or scan.tokens[i - 2].text == ":"


_MARKER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]|[IVX]{2,4}|[ivx]{2,4}")


def _looks_abbreviated(word: str) -> bool:
    """Whether a word of at most five letters has no vowel."""
    return len(word) <= 5 and word.isalpha() and not any(c in "aeiouyAEIOUY" for c in word)


def _shortened(sentence: list[Token]) -> list[list[Token]]:
    """A sentence of more than `MAX_WORDS` tokens in parts that keep to it, cut behind the best mark of each part's second half."""
    parts = []
    start = 0
    while len(sentence) - start > MAX_WORDS:
        window = range(start + MAX_WORDS // 2, start + MAX_WORDS)
        cut = max(window, key=lambda i: (CUT_MARKS.get(sentence[i].text, 0), i)) + 1
        parts.append(sentence[start:cut])
        start = cut
    return [*parts, sentence[start:]]

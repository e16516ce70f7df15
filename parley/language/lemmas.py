"""Lemmas as edit scripts: how a form becomes its dictionary form."""

from __future__ import annotations

import re


def rule_of(form: str, lemma: str) -> str:
    """The edit script that turns `form` into `lemma`: case, letters cut at the end, letters added.

    `l2|y` lower-cases, cuts two letters and adds "y"; `k0|` keeps the form; `=go` names the lemma itself.
    """
    for case, text in (("l", form.lower()), ("k", form)):
        common = 0
        while common < min(len(text), len(lemma)) and text[common] == lemma[common]:
            common += 1
        cut = len(text) - common
        if common and cut <= 4 and len(lemma) - common <= 4:
            return f"{case}{cut}|{lemma[common:]}"
    return f"={lemma}"


def apply_rule(rule: str, form: str) -> str:
    """The lemma that an edit script gives for a form; the lower-cased form where the script does not fit."""
    if rule.startswith("="):
        return rule[1:]
    case, rest = rule[0], rule[1:]
    cut_text, _, added = rest.partition("|")
    text = form.lower() if case == "l" else form
    cut = int(cut_text)
    if cut >= len(text) + (1 if added else 0):
        return form.lower()
    return text[: len(text) - cut] + added


#: One short syllable that did not double its consonant had a mute e: "raz-ed", "ced-ed" (but "hop-p-ed").
ONE_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
DOUBLED = frozenset("bdglmnprt")
#: Ends of stems that a mute e follows: "chastis-e", "negotiat-e", "forc-e", "besieg-e".
SILENT_E = ("is", "iz", "at", "c", "v", "u", "ieg", "dg", "ang", "ur", "ir", "or", "as", "os", "us", "ns", "rs")


def regular(form: str, xpos: str) -> list[str]:
    """What a regular inflected form may come from, the likeliest first: "wounded" from "wound" or "wounde"."""
    word = form.lower()
    if xpos in ("VBD", "VBN") and word.endswith("ed") and len(word) > 4:
        return _stems(word[:-2], word.endswith("ied"))
    if xpos == "VBG" and word.endswith("ing") and len(word) > 5:
        return _stems(word[:-3], False)
    if xpos in ("NNS", "VBZ", "NNPS") and word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        if word.endswith("ies"):
            return [word[:-3] + "y", word[:-1]]
        return [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
    if xpos == "NNS" and word.endswith("men") and len(word) > 4:
        return [word[:-2] + "an"]
    return []


def _stems(stem: str, from_y: bool) -> list[str]:
    if from_y:
        return [stem[:-1] + "y"]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] in DOUBLED:
        return [stem[:-1], stem]
    mute = stem.endswith(SILENT_E) or ONE_SYLLABLE.fullmatch(stem) is not None
    return [stem + "e", stem] if mute else [stem, stem + "e"]

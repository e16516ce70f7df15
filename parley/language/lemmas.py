"""Lemmas as edit scripts: how a form becomes its dictionary form."""

from __future__ import annotations


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

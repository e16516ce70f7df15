"""Text that is safe to show: whatever a report holds, a terminal, a Markdown reader or a JSON reader gets letters only."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = ("Cc", "Cf", "Cs", "Co")
#: What JSON lets stand unescaped and a terminal would obey: delete, the C1 controls, line separators, marks of direction.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&!])")


def printable(text: str) -> str:
    """Text on one line without control, format and bidirectional characters that a terminal would obey."""
    shown = "".join(c for c in " ".join(text.split()) if c == "\u200d" or unicodedata.category(c) not in _HIDDEN)
    return " ".join(shown.split())


def printable_lines(text: str) -> str:
    """The same, keeping line ends and tabs."""
    return "".join(c for c in text if c in "\n\t\u200d" or unicodedata.category(c) not in _HIDDEN)


def escaped_json(line: str) -> str:
    r"""JSON that says the same with every character a terminal would obey written as \uXXXX."""
    return _OBEYED.sub(lambda m: f"\\u{ord(m[0]):04x}", line)


def escaped_markdown(text: str) -> str:
    """Text that Markdown shows as it stands: no markup, no link, no HTML."""
    return _MARKDOWN.sub(r"\\\1", text)

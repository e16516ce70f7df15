"""Bytes to text: UTF-8 first, then what the bytes themselves show; text from elsewhere that could not be written again is mended."""

from __future__ import annotations

import codecs
import re

#: Bytes of control characters that plain text does not have (tab, line ends, form feed and escape are let pass).
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""")
SAMPLE_BYTES = 20_000
#: More control characters than both, in number and in share, are no text; a stray few are.
MAX_CONTROLS, MAX_CONTROL_SHARE = 4, 0.05
#: Every second byte of English text in UTF-16 is zero, but for curly quotes and the like.
MIN_ZERO_SHARE = 0.3
#: Below this share of bytes outside ASCII, Western European Windows text is likelier than anything else that it may be.
MAX_WESTERN_SHARE = 0.1
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class NotTextError(ValueError):
    """Bytes that are no text, or whose encoding cannot be told; the message says which."""


def decode(data: bytes, *, page: bool = False) -> str:
    """Bytes as text. `page`: an HTML page, whose own word for its encoding is heard. Raises NotTextError.

    Byte-order marks decide, then UTF-8 where it fits (also with some damage: U+FFFD stands for what is broken), UTF-16 by its
    zero bytes, cp1252 for mostly ASCII bytes, and last what charset-normalizer makes of them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    sample = data[:SAMPLE_BYTES]
    if wide := _utf16(sample):
        return data.decode(wide, errors="replace")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > max(MAX_CONTROLS, MAX_CONTROL_SHARE * len(sample)):
        raise NotTextError("a binary file, no text")
    return text if text is not None else _not_utf8(data, sample, page)


def _not_utf8(data: bytes, sample: bytes, page: bool) -> str:
    declared = _DECLARED.search(data[:2048]) if page else None
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    repaired = sample.decode("utf-8", errors="replace")
    broken = repaired.count(REPLACEMENT)
    if sum(not c.isascii() for c in repaired) > 2 * broken:
        return data.decode("utf-8", errors="replace")
    if sum(b > 127 for b in sample) < MAX_WESTERN_SHARE * len(sample):
        return data.decode("cp1252", errors="replace")
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise NotTextError("its encoding could not be told; save it as UTF-8")
    return data.decode(best.encoding, errors="replace")


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without its mark, told by where the zero bytes of its ASCII characters stand."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0 : 2 * half : 2].count(0) / half, sample[1 : 2 * half : 2].count(0) / half
    if odd > MIN_ZERO_SHARE and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > MIN_ZERO_SHARE and odd < even / 10 else None


def mended(text: str) -> str:
    """Text in which U+FFFD stands for lone surrogates, which no encoding can write; every offset stays."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join(REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in text)
    return text

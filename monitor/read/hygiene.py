"""What may stand in a text that leaves this package, and how a line's white space is written.

Knows characters, not articles.
"""

from __future__ import annotations

import re

__all__ = ["CJK", "scrub", "tidy_line", "units"]

CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""The inside of a character class: ideographs, kana and Hangul syllables."""

_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# controls, zero-width space, byte order mark, soft hyphen, bidirectional controls, tags, noncharacters, surrogates
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_WRAP = re.compile(f"(?<=[{CJK}，。、；：？！“”（）《》])[^\\S\n]*\n\\s*(?=[{CJK}，。、；：？！“”（）《》])")


def scrub(text: str) -> str:
    """Return ``text`` with ``\\n`` as its only line break, and no control, invisible or unpaired character.

    Emoji joiners and variation selectors stay.
    """
    return _UNWANTED.sub("", _LINE_BREAKS.sub("\n", text)).replace("\t", " ")


def tidy_line(text: str) -> str:
    """Return ``text`` as one line: white space collapsed, a wrap between two CJK characters closed.

    Unwanted characters go too: character references bring them in after the page was scrubbed.
    """
    if "\n" in text:
        text = _WRAP.sub("", text)
    line = " ".join(text.split())
    if line.isprintable():  # then nothing in it is unwanted; the way round the patterns takes a third of the time
        return line
    return " ".join(_UNWANTED.sub("", text).split())


def units(text: str) -> float:
    """Return the length of ``text`` in characters of Chinese: an ideograph counts 1, a Latin letter 1/4.

    Computed from the length in UTF-8, so it is exact for those two and between them for other scripts.
    """
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    return wide + (len(text) - wide) / 4

"""What a query is read as that its writer may not have meant, as far as its text tells.

Pure; knows nothing of what is stored or tracked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["misread"]

_LOWER = re.compile(r"(?<!\S)(or|and|not|near)(?=\s)", re.IGNORECASE)
_JOINED = re.compile(r"(?<=[\u3400-\u9fff])[且或](?=[\u3400-\u9fff])")
_COMMA = re.compile(r"(?<=[^\s(（])[，、；;](?=[^\s)）])|(?<=[^\s(（\d]),(?=[^\s)）])")
_SINGLE = re.compile(r"(?<!\S)(['‘＇])\S+(?:\s+[^\s'’＇]+)+['’＇](?!\S)")
_FIELD = re.compile(r"(?<!\S)\S*[:：]\S*")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|「[^」]*」|『[^』]*』|＂[^＂]*＂|„[^“”]*[“”]|/[^/]*/")


def misread(text: str) -> Iterator[str]:
    """Yield a line for each thing in a query that may have been meant otherwise than it is read."""
    bare = _QUOTED.sub(" ", text)
    for word in dict.fromkeys(match[1] for match in _LOWER.finditer(bare) if not match[1].isupper()):
        yield f"{word} is searched for as a word; the operator is {word.upper()}"
    for sign in dict.fromkeys(_JOINED.findall(bare)):
        yield f"{sign} between other characters is searched for as it stands; the operator has a space on each side"
    for sign in dict.fromkeys(_COMMA.findall(_FIELD.sub(" ", bare))):
        yield f"{sign} between words makes one phrase of them; a space means both words, OR means either"
    for found in dict.fromkeys(match[1] for match in _SINGLE.finditer(bare)):
        yield f'{found} makes no phrase of words, each is searched for; a phrase stands in "double quotes"'

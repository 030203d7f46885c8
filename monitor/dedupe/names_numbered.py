"""Products and versions that differ in a number behind a name: iPhone 15 and iPhone 16, 小米14 and 小米15.

A number counts as part of a name where the same word stands before it throughout and no unit behind it; all other
numbers are for ``monitor.dedupe.numbers``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from monitor.dedupe.lexicon import any_form, word_kind, words
from monitor.dedupe.names_alignment import Aligned
from monitor.dedupe.names_tokens import Tokens

__all__ = ["numbered_names"]

_UNIT = re.compile(rf"\s*(?:{any_form('units')})")
_PLAIN = re.compile(r"\d{1,4}(?:\.\d)?")
_NEITHER = words("days and months") | words("counts")


def numbered_names(parts: Sequence[Aligned]) -> dict[tuple[str, str], int]:
    """Return how often each pair (name in A, name in B) of names with other numbers stands.

    It does so twice, or in titles alone where there are no texts to compare: the score of a match is no name.
    """
    found: dict[tuple[str, str], int] = defaultdict(int)
    titled: set[tuple[str, str]] = set()
    for part in parts:
        for token_a, token_b in _numbers(part):
            name_a, name_b = _name(part.a, token_a), _name(part.b, token_b)
            if name_a and name_b and name_a != name_b:
                found[name_a, name_b] += 1
                titled |= {(name_a, name_b)} if part.in_title else set()
    are_titles_all = all(part.in_title for part in parts)
    return {names: times for names, times in found.items() if times > 1 or (are_titles_all and names in titled)}


def _numbers(part: Aligned) -> Iterator[tuple[int, int]]:
    """Yield where numbers stand for one another, in A and in B."""
    coded = part.a.coded
    for at_a, at_b, length in part.lines:
        offset = coded.find("0", at_a, at_a + length)
        while offset >= 0:
            yield offset, at_b + offset - at_a
            offset = coded.find("0", offset + 1, at_a + length)


def _name(text: Tokens, token: int) -> str | None:
    """Return the number at ``token`` with the name before it, nothing where it is a plain number."""
    number = text.words.get(text.at[token], "")
    if not token or not _PLAIN.fullmatch(number) or _UNIT.match(text.behind(token + 1, 3)):
        return None
    before = text.words.get(text.at[token - 1])
    gap = text.masked[text.at[token - 1] + 1 : text.at[token]]
    if before is not None:
        is_name = any(char.isupper() for char in before) and before.casefold() not in _NEITHER and gap in ("", " ")
        return f"{before}{gap}{number}" if is_name else None
    name = text.coded[max(0, token - 2) : token]
    is_glued = gap == "" and len(name) == 2 and word_kind(name) != "doing" and word_kind(name[1]) is None
    return f"{name}{number}" if is_glued else None

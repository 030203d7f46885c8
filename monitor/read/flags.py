"""Warnings about a text that must not be changed in silence."""

from __future__ import annotations

import re

from storage.fold import fold
from storage.records import Removed

from .wordings import any_of

__all__ = ["flags_of"]

_BRANDS = re.compile(any_of("flags", "brand"))
_SUBJECT = re.compile(any_of("flags", "subject"))
_PROMPTS = re.compile(any_of("flags", "prompt"))
_TRUNCATED = re.compile(any_of("flags", "truncated"), re.IGNORECASE)


def flags_of(text: str, removed: tuple[Removed, ...], *, broken: bool = False) -> tuple[str, ...]:
    """Return the flags of an article: ``suspect_injection``, ``truncated``, ``broken_characters``.

    ``suspect_injection``: names of gambling sites, or orders to a language model, stand in a text that is about
    something else. The text itself is never touched.
    """
    flags = []
    if _is_injected(fold(text)):
        flags.append("suspect_injection")
    if _TRUNCATED.search(text[-300:]) or any(_TRUNCATED.search(line.text[:200]) for line in removed):
        flags.append("truncated")
    if broken:
        flags.append("broken_characters")
    return tuple(flags)


def _is_injected(folded: str) -> bool:
    if _PROMPTS.search(folded):
        return True
    found = len(_BRANDS.findall(folded))
    return 0 < found <= 8 and len(_SUBJECT.findall(folded)) < 2

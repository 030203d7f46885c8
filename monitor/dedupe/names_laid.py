"""Two bodies and their titles laid side by side, as far as one says something else in the place of the other."""

from __future__ import annotations

from monitor.dedupe.body import Body, is_one_held
from monitor.dedupe.names_alignment import Aligned, aligned, aligned_titles
from monitor.dedupe.names_tokens import shared_sentences, tokens
from monitor.dedupe.wraps import replaces_nothing

__all__ = ["laid"]

_READ = 20_000  # characters of a text that are searched for names
_READ_OF_TITLE = 500


def laid(a: Body, b: Body) -> list[Aligned]:
    """Return the titles and the bodies side by side, in this order; none of those where nothing was replaced."""
    codes: dict[str, str] = {}
    parts: list[Aligned] = []
    if a.title and b.title and a.title != b.title:
        titles = (tokens(title[:_READ_OF_TITLE], codes) for title in (a.title, b.title))
        parts.append(aligned_titles(*titles))
    if not _is_one_sided(a, b):
        text_a, text_b = a.unsigned[:_READ], b.unsigned[:_READ]
        known = shared_sentences(text_a, text_b)
        parts.append(aligned(tokens(text_a, codes, known), tokens(text_b, codes, known)))
    return parts


def _is_one_sided(a: Body, b: Body) -> bool:
    """Tell whether nothing was replaced, only added or cut: the common case of a copy, told cheaply."""
    return replaces_nothing(a.prepared, b.prepared) or is_one_held(a, b)

"""Two names as a reader is told that one stands for the other: the names, and nothing of the sentence they stand in."""

from __future__ import annotations

from monitor.dedupe.lexicon import is_place
from monitor.dedupe.names_renamed import are_full_names
from monitor.dedupe.stretches import equal_ahead

__all__ = ["shown"]

_LED = 2  # characters that lead both names and belong to neither: 来自, 天津大学


def shown(pair: tuple[str, str]) -> tuple[str, str]:
    """Return two names without what leads both of them, where persons or places follow it."""
    led = equal_ahead(pair[0], 0, pair[1], 0)
    names = pair[0][led:], pair[1][led:]
    if led < _LED or not all(names):
        return pair
    return names if all(map(is_place, names)) or are_full_names(*names) else pair

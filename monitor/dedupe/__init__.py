"""What one article is to another, and to the articles already stored.

Pure: texts and candidates in, verdicts with their evidence out. The near-copy index only nominates; here exact shingle
sets, numbers and names in equal context decide. Knows nothing of the store, and needs no numpy: it runs inside the
writer's transaction. The comparison, with its tables of names and numbers, is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.dedupe.comparison import RULE_VERSION, Comparison, compare
    from monitor.dedupe.editions import compare_editions
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from monitor.dedupe import comparison, editions

        return getattr(editions if name in editions.__all__ else comparison, name)


__all__ = ["RULE_VERSION", "Comparison", "compare", "compare_editions"]

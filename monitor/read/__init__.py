"""Read: from the bytes of a page, or from text, to an article. Pure functions; they need no store.

``read_page`` and ``read_text`` extract; ``monitor.read.reading.read`` adds all that can be computed from the article
alone: address, fingerprint, mentions, keywords. They are loaded when they are first asked for: who needs one module of
this package, as the service does that reads in other processes, does not pay for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .article import read_page, read_text
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import article

        return getattr(article, name)


__all__ = ["read_page", "read_text"]

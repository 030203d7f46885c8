"""Read: from the bytes of a page, or from text, to an article. Pure functions; they need no store.

``read_page`` and ``read_text`` extract; ``monitor.read.reading.read`` adds all that can be computed from the article
alone: address, fingerprint, mentions, keywords.
"""

from __future__ import annotations

from .article import read_page, read_text

__all__ = ["read_page", "read_text"]

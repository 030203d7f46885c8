"""Questions that the command line, the interfaces and the metrics ask; none of them writes.

Answers are frozen dataclasses; ``as_json`` turns any of them into JSON values. Lists are pages by key, never by
offset, and count nothing that grows with the store.
"""

from __future__ import annotations

from storage.feed.alerts import list_alerts
from storage.feed.articles import get_article, list_articles
from storage.feed.figures import counters, coverage
from storage.feed.items import list_items
from storage.feed.sources import list_sources
from storage.feed.stories import list_stories
from storage.feed.views import (
    AlertView,
    ArticleSummary,
    ArticleView,
    Coverage,
    DeliveryView,
    EdgeView,
    Explanation,
    HitView,
    ItemView,
    RevisionView,
    SourceHealth,
    StoryView,
    as_json,
)
from storage.feed.why import explain

__all__ = [
    "AlertView",
    "ArticleSummary",
    "ArticleView",
    "Coverage",
    "DeliveryView",
    "EdgeView",
    "Explanation",
    "HitView",
    "ItemView",
    "RevisionView",
    "SourceHealth",
    "StoryView",
    "as_json",
    "counters",
    "coverage",
    "explain",
    "get_article",
    "list_alerts",
    "list_articles",
    "list_items",
    "list_sources",
    "list_stories",
]

"""Questions that the command line, the interfaces and the metrics ask; none of them writes.

Answers are frozen dataclasses; ``as_json`` turns any of them into JSON values. Lists are pages by key, never by
offset, and count nothing that grows with the store.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.feed.alerts import list_alerts
    from storage.feed.articles import get_article, headlines, list_articles, placed_in, places_of
    from storage.feed.entities import get_entity, is_mentioned, list_entities
    from storage.feed.entity_views import (
        CountedName,
        DayCount,
        EntityDetail,
        EntityLine,
        FactLine,
        FirstStated,
        KnownFact,
        LifeCycle,
    )
    from storage.feed.figures import counters, coverage
    from storage.feed.history import events_since, latest_event
    from storage.feed.items import list_items
    from storage.feed.sources import list_sources
    from storage.feed.stories import list_stories
    from storage.feed.story import get_story
    from storage.feed.story_views import (
        CorrectionView,
        Explanation,
        LeadView,
        MemberView,
        RelationView,
        SameEventView,
        StoryDetail,
        StoryEventView,
    )
    from storage.feed.views import (
        AlertView,
        ArticleSummary,
        ArticleView,
        Coverage,
        DeliveryView,
        EdgeView,
        HitView,
        ItemView,
        RevisionView,
        SourceHealth,
        StoryView,
        as_json,
    )
    from storage.feed.why import explain, find_article
    from storage.timing import Lag

__all__ = [
    "AlertView",
    "ArticleSummary",
    "ArticleView",
    "CorrectionView",
    "CountedName",
    "Coverage",
    "DayCount",
    "DeliveryView",
    "EdgeView",
    "EntityDetail",
    "EntityLine",
    "Explanation",
    "FactLine",
    "FirstStated",
    "HitView",
    "ItemView",
    "KnownFact",
    "Lag",
    "LeadView",
    "LifeCycle",
    "MemberView",
    "RelationView",
    "RevisionView",
    "SameEventView",
    "SourceHealth",
    "StoryDetail",
    "StoryEventView",
    "StoryView",
    "as_json",
    "counters",
    "coverage",
    "events_since",
    "explain",
    "find_article",
    "get_article",
    "get_entity",
    "get_story",
    "headlines",
    "is_mentioned",
    "latest_event",
    "list_alerts",
    "list_articles",
    "list_entities",
    "list_items",
    "list_sources",
    "list_stories",
    "placed_in",
    "places_of",
]

_HOMES = {
    "storage.feed.alerts": ("list_alerts",),
    "storage.feed.articles": (
        "get_article",
        "headlines",
        "list_articles",
        "placed_in",
        "places_of",
    ),
    "storage.feed.entities": (
        "get_entity",
        "is_mentioned",
        "list_entities",
    ),
    "storage.feed.entity_views": (
        "CountedName",
        "DayCount",
        "EntityDetail",
        "EntityLine",
        "FactLine",
        "FirstStated",
        "KnownFact",
        "LifeCycle",
    ),
    "storage.feed.figures": (
        "counters",
        "coverage",
    ),
    "storage.feed.history": (
        "events_since",
        "latest_event",
    ),
    "storage.feed.items": ("list_items",),
    "storage.feed.sources": ("list_sources",),
    "storage.feed.stories": ("list_stories",),
    "storage.feed.story": ("get_story",),
    "storage.feed.story_views": (
        "CorrectionView",
        "Explanation",
        "LeadView",
        "MemberView",
        "RelationView",
        "SameEventView",
        "StoryDetail",
        "StoryEventView",
    ),
    "storage.feed.views": (
        "AlertView",
        "ArticleSummary",
        "ArticleView",
        "Coverage",
        "DeliveryView",
        "EdgeView",
        "HitView",
        "ItemView",
        "RevisionView",
        "SourceHealth",
        "StoryView",
        "as_json",
    ),
    "storage.feed.why": ("explain", "find_article"),
    "storage.timing": ("Lag",),
}
"""Where each name is at home. A part is imported when one of its names is asked for: a service that reads no entity
pages, and a command that lists articles, need not carry the rest (0.9 MB, 30 ms)."""

_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # which knows the names from above, and no others

    def __getattr__(name: str) -> Any:
        home = _HOME_OF.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(home), name)

"""Questions that the command line, the interfaces and the metrics ask; none of them writes.

Answers are frozen dataclasses; ``as_json`` turns any of them into JSON values. Lists are pages by key, never by
offset, and count nothing that grows with the store.
"""

from __future__ import annotations

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
from storage.feed.stories import list_stories, story_views
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
from storage.feed.why import explain
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
    "story_views",
]

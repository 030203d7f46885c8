"""How things stand and how they end: the enums of the records. Their values are what the store and JSON hold."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Correction",
    "DeliveryState",
    "FactKind",
    "HitReason",
    "ItemState",
    "Outcome",
    "Stage",
    "StoryEventKind",
    "Tagging",
    "VerdictKind",
]


class ItemState(StrEnum):
    """Where a discovered address stands."""

    PENDING = "pending"
    DONE = "done"
    REJECTED = "rejected"
    FAILED = "failed"


class Outcome(StrEnum):
    """How an item ended; exactly one is counted for each item."""

    STORED = "stored"
    EXACT_COPY = "exact_copy"
    NEAR_COPY = "near_copy"
    REVISION = "revision"
    UNCHANGED = "unchanged"
    TOO_SHORT = "too_short"
    NOT_ARTICLE = "not_article"
    BLOCKED = "blocked"
    UNDECODABLE = "undecodable"
    UNSUPPORTED = "unsupported"  # a media type that holds no article: an image, a PDF
    ROBOTS = "robots"
    REFUSED = "refused"  # the address guard or a scheme other than http(s)
    TOO_LARGE = "too_large"
    GONE = "gone"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    HTTP_ERROR = "http_error"
    TRUNCATED = "truncated"
    POISON = "poison"  # killed the worker or outlived its limits, repeatedly

    @property
    def state(self) -> ItemState:
        """Return the item state that this outcome settles to."""
        if self in _DONE:
            return ItemState.DONE
        return ItemState.REJECTED if self in _REJECTED else ItemState.FAILED


_DONE = frozenset({Outcome.STORED, Outcome.EXACT_COPY, Outcome.NEAR_COPY, Outcome.REVISION, Outcome.UNCHANGED})
_REJECTED = frozenset(
    {
        Outcome.TOO_SHORT,
        Outcome.NOT_ARTICLE,
        Outcome.BLOCKED,
        Outcome.UNDECODABLE,
        Outcome.UNSUPPORTED,
        Outcome.ROBOTS,
        Outcome.REFUSED,
        Outcome.TOO_LARGE,
        Outcome.GONE,
    }
)


class VerdictKind(StrEnum):
    """What an article is to the articles already stored."""

    NEW = "new"
    EXACT_COPY = "exact_copy"
    NEAR_COPY = "near_copy"
    CONTAINS = "contains"
    CONTAINED_IN = "contained_in"
    REVISION = "revision"
    TEMPLATE_SIBLING = "template_sibling"


class Tagging(StrEnum):
    """What was decided of a name that may be a tracked one."""

    MENTION = "mention"
    UNSURE = "unsure"  # too little to tell of, too much to forget
    NO = "no"


class FactKind(StrEnum):
    """What a text may state of a regulation."""

    STAGE = "stage"  # a Stage
    ISSUER = "issuer"  # one body, as written
    NUMBER = "number"  # of the document
    DRAFTED = "drafted"  # a draft was published; this and all below: a date, YYYY-MM-DD, YYYY-MM or YYYY
    COMMENTS_UNTIL = "comments_until"
    ADOPTED = "adopted"  # passed, which is not yet issued
    FAILED = "failed"
    ISSUED = "issued"
    EFFECTIVE = "effective"  # in force, which for some is not yet to be applied
    APPLICABLE = "applicable"
    PARTLY_EFFECTIVE = "partly_effective"  # some of its duties
    POSTPONEMENT_PROPOSED = "postponement_proposed"  # that it, or some of its duties, begins then; or "undated"
    POSTPONED = "postponed"  # the same, decided
    AMENDED = "amended"
    AMENDMENT_EFFECTIVE = "amendment_effective"  # as amended
    REPEALED = "repealed"


class Stage(StrEnum):
    """Where a regulation stands in its life, in order."""

    PLANNED = "planned"  # on a legislative plan, being drafted
    DRAFT = "draft"  # out for comment
    UNDER_REVIEW = "under_review"  # before a parliament or a council
    ADOPTED = "adopted"  # passed or signed
    FAILED = "failed"  # voted down, vetoed, withdrawn, lapsed
    ISSUED = "issued"  # made public in its final form
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"


class Correction(StrEnum):
    """What a person said of two articles."""

    TOGETHER = "together"  # one story
    APART = "apart"  # never one story


class StoryEventKind(StrEnum):
    """What became of a story."""

    CROWNED = "crowned"  # ``article_id`` is its canonical article now, instead of ``other_id``
    JOINED = "joined"  # ``article_id`` came from story ``other_story_id``
    LEFT = "left"  # ``article_id`` went to story ``other_story_id``
    MERGED = "merged"  # all of story ``other_story_id`` came here
    SPLIT = "split"  # story ``other_story_id`` began with articles from here
    SILENT = "silent"  # a rule (``detail``) held for ``article_id``, and story ``other_story_id`` had told it


class HitReason(StrEnum):
    """Why a rule speaks of a story."""

    NEW = "new"
    CHANGED = "changed"
    ESCALATED = "escalated"  # as many outlets tell of it as the rule names


class DeliveryState(StrEnum):
    """Where a message stands in the outbox."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"

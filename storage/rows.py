"""From rows to records and back, where more than one file needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from sqlalchemy import Row

from storage.records import Evidence, Item, Published, Removed, SourceState, Validators
from storage.tagged import Mention

__all__ = [
    "AnyRow",
    "evidence_from",
    "evidence_json",
    "item_from",
    "mention_from",
    "published_from",
    "published_json",
    "removed_from",
    "source_from",
]

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
_PAIRS = ("number_conflicts", "name_conflicts", "reversals")


def published_json(published: Published | None) -> dict[str, str] | None:
    """Return a publication date as JSON values."""
    return None if published is None else asdict(published)


def published_from(value: Mapping[str, str] | None) -> Published | None:
    """Return the publication date that ``published_json`` wrote."""
    return None if value is None else Published(**value)


def removed_from(value: Sequence[Any]) -> Removed:
    """Return a removed line from its stored form; one of an older store does not say where it stood."""
    rule, text, *above = value
    return Removed(rule=rule, text=text, above=above[0] if above else None)


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    """Return evidence as JSON values."""
    return asdict(evidence)


def evidence_from(value: Mapping[str, Any]) -> Evidence:
    """Return the evidence that ``evidence_json`` wrote."""
    pairs = {name: tuple((str(a), str(b)) for a, b in value.get(name, ())) for name in _PAIRS}
    return Evidence(**{**value, **pairs})


def mention_from(row: AnyRow) -> Mention:
    """Return a row of ``mention`` as a record."""
    return Mention(
        entity=row.entity,
        kind=row.kind,
        field=row.field,
        surface=row.surface,
        start=row.start,
        end=row.stop,
        version=row.version,
        how=row.how,
        confidence=row.confidence,
        size=row.size,
        variant=row.variant,
        reasons=tuple((str(reason), int(points)) for reason, points in row.reasons),
    )


def source_from(row: AnyRow) -> SourceState:
    """Return a row of ``source`` as a record."""
    return SourceState(
        id=row.id,
        kind=row.kind,
        url=row.url,
        host=row.host,
        group=row.section,
        due_at=row.due_at,
        interval_s=row.interval_s,
        failures=row.failures,
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        body_hash=row.body_hash,
        cursor=row.cursor,
        last_polled_at=row.last_polled_at,
        last_success_at=row.last_success_at,
        last_new_at=row.last_new_at,
        last_error=row.last_error,
        address=row.address,
        moved_to=row.moved_to,
        moved_times=row.moved_times,
        pacing=row.pacing,
        notices=tuple((code, text) for code, text in row.notices),
    )


def item_from(row: AnyRow) -> Item:
    """Return a row of ``item`` as a record."""
    return Item(
        id=row.id,
        source_id=row.source_id,
        url=row.url,
        key=row.key,
        host=row.host,
        title=row.title,
        published=published_from(row.published),
        authors=tuple(row.authors),
        version=row.version,
        payload=row.payload,
        payload_type=row.payload_type,
        payload_at=row.payload_at,
        content=row.content,
        attempts=row.attempts,
        discovered_at=row.discovered_at,
    )

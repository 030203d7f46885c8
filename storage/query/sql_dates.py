"""The date that an article gives itself, as SQL: ISO 8601 in the zone of its page (``storage.records.Published``)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import ColumnElement, case, func, or_

from storage.query.moments import instant
from storage.query.nodes import Dated
from storage.tables import articles

__all__ = ["may_be_published"]

_CHINA = timezone(timedelta(hours=8))
"""Of days, months and times without a zone, as in ``storage.timing``."""
_WEST, _EAST = timezone(timedelta(hours=-12)), timezone(timedelta(hours=14))
_FIRST, _LAST = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
"""Moments that every zone has; no article is from before or behind."""
_MONTH, _DAY, _MINUTE, _WITHOUT_ZONE = len("2026-11"), len("2026-11-20"), len("2026-11-20T08:30"), 19


def may_be_published(node: Dated, now: datetime, *, is_sqlite: bool) -> ColumnElement[bool]:
    """Return where a date may lie on this side of a moment, on rows of ``article``.

    That is known to the minute, but of zones other than China's and UTC only to a day.
    """
    moment = min(max(instant(node.moment, now), _FIRST), _LAST)
    at = moment if node.is_after else moment - timedelta(microseconds=1)
    written = articles.c.published["value"].as_string()
    length = func.length(written)
    bound = case(
        (length == _MONTH, _local(at, _CHINA)[:_MONTH]),
        (length == _DAY, _local(at, _CHINA)[:_DAY]),
        (or_(length <= _WITHOUT_ZONE, written.like("%+08:00")), _local(at, _CHINA)),
        (or_(written.like("%+00:00"), written.like("%Z")), _local(at, UTC)),
        else_=_local(at, _WEST if node.is_after else _EAST),
    )
    head = func.substr(written, 1, _MINUTE)
    text = head if is_sqlite else head.collate("C")
    return text >= bound if node.is_after else text <= bound


def _local(at: datetime, zone: timezone) -> str:
    return at.astimezone(zone).isoformat()[:_MINUTE]

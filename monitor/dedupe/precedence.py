"""Which of several copies leads their story: the original, of the best source, the earliest, the fullest.

A precedence is a string; the least leads. It follows from the article and the configured rank of its source, never
from when the article arrived, so that copies in any order of arrival have the same canonical article.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from math import log

from monitor.read.normalize import normalize
from storage.records import Article, Published

__all__ = ["assumed", "is_newer", "precedence", "why_leads"]

_OWN, _UNSAID, _ANOTHER = "0", "1", "2"
_UNDATED = "~"  # behind every digit
_STEP = log(1.25)  # a text counts as fuller from about a quarter more: an outlet's own lines are no fullness
_FULLEST = 99
_USUAL_RANK = 5
_KEY = 16
_SECONDS = len("2023-07-02T00:30:00")
_ZONE = timezone(timedelta(hours=8))  # of days and times without one: China's, as for the reader of pages
_TIMED = frozenset({"minute", "second"})


def precedence(article: Article, rank: int, outlet: str | None = None) -> str:
    """Return what sorts ``article`` among its copies: ``"01|2023-07-02T00:30:00|68|9f2c..."``, the least first.

    In this order: whether it names its own outlet as the source (0), none (1) or another (2); the ``rank`` of the
    configured source (1-9, 1 is best); the end of what its publication date leaves open, in UTC; the length in steps;
    its key. ``outlet`` is what the configuration calls the source.
    """
    claim = _claim(article.source, (article.publisher, outlet))
    steps = min(int(log(max(len(article.text), 1)) / _STEP), _FULLEST)
    return f"{claim}{rank}|{_at(article.published)}|{_FULLEST - steps:02}|{article.key[:_KEY]}"


def assumed(key: str, published: Published | None) -> str:
    """Return the precedence of an article that was stored before articles had one: by its date alone."""
    return f"{_UNSAID}{_USUAL_RANK}|{_at(published)}|{_FULLEST}|{key[:_KEY]}"


def why_leads(better: str, worse: str, *, language: str = "en") -> str:
    """Say in words why the article of one precedence leads that of another: ``"it was published earlier"``.

    ``language`` is ``en`` or ``zh``.
    """
    key, ranks = _why(better, worse)
    return _WHY[key][language == "zh"].format(*ranks)


_WHY = {
    "unranked": ("it was stored before articles were ranked", "它入库时文章尚未排序"),
    "own": ("it names itself as the source, the other none", "它注明自己是来源，另一篇没有注明来源"),
    "another": ("the other names another outlet as its source", "另一篇注明来自别家"),
    "rank": ("its source has the better rank: {}, not {}", "它的来源级别更优：{}，另一篇为 {}"),
    "dated": ("only it says when it was published", "只有它写明发布时间"),
    "earlier": ("it was published earlier", "它发布更早"),
    "fuller": ("its text is fuller", "它的正文更完整"),
    "address": (
        "nothing tells them apart; the order of their addresses decides",
        "二者没有可比较的差别，以地址的顺序为准",
    ),
}


def is_newer(one: Published | None, other: Published | None) -> bool | None:
    """Say whether one date is later than another; None where what they leave open overlaps."""
    mine, theirs = _interval(one), _interval(other)
    if mine is None or theirs is None or mine == theirs:
        return None
    if mine[0] >= theirs[1]:
        return True
    return False if mine[1] <= theirs[0] else None


def _at(published: Published | None) -> str:
    ends = _interval(published)
    return ends[1].astimezone(UTC).isoformat()[:_SECONDS] if ends else _UNDATED


def _claim(declared: str | None, own: tuple[str | None, ...]) -> str:
    source = normalize(declared or "")
    names = [name for name in (normalize(one or "") for one in own) if name]
    if not source or not names:
        return _UNSAID
    return _OWN if any(source in name or name in source for name in names) else _ANOTHER


def _why(better: str, worse: str) -> tuple[str, tuple[str, ...]]:
    if not better or not worse:
        return "unranked", ()
    head, *rest = better.split("|", 3)
    other_head, *other_rest = worse.split("|", 3)
    if head[0] != other_head[0]:
        return "another" if other_head[0] == _ANOTHER else "own", ()
    if head[1:] != other_head[1:]:
        return "rank", (head[1:], other_head[1:])
    if rest[0] != other_rest[0]:
        return "dated" if other_rest[0] == _UNDATED else "earlier", ()
    return "fuller" if rest[1] != other_rest[1] else "address", ()


def _interval(published: Published | None) -> tuple[datetime, datetime] | None:
    """Return first and last moment that a date may mean; None for no usable date."""
    if published is None:
        return None
    try:
        if published.precision in _TIMED:
            moment = datetime.fromisoformat(published.value)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=_ZONE)
            span = timedelta(minutes=1) if published.precision == "minute" else timedelta(seconds=1)
            moment.astimezone(UTC)
            return moment, moment + span
        return _days(published)
    except (ValueError, OverflowError):
        return None


def _days(published: Published) -> tuple[datetime, datetime]:
    value = published.value
    day = date.fromisoformat(value[:10] if len(value) >= 10 else f"{value}-01")
    after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    if published.precision != "month":
        after = day + timedelta(days=1)
    return tuple(datetime(one.year, one.month, one.day, tzinfo=_ZONE) for one in (day, after))  # type: ignore[return-value]

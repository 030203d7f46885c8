"""What the service says of itself: alive, ready, and in numbers.

Pure answers over a ``Pulse``; who asks and how it is asked is ``monitor.web.server``'s matter. A remote source that
fails makes neither answer negative.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Pulse", "ready_problems", "render_metrics"]

MAX_TICK_AGE_S = 30.0
MIN_FREE_BYTES = 100 * 1024 * 1024
MAX_OUTBOX_AGE_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """The signs of life at one moment. ``counters`` are totals, and groups of them by a label."""

    writer_answers: bool
    tick_age_s: float
    free_bytes: int
    outbox_age_s: float
    counters: Mapping[str, int | Mapping[str, int]]


def ready_problems(pulse: Pulse) -> Iterator[str]:
    """Yield each reason why the service cannot do its work now."""
    if not pulse.writer_answers:
        yield "the database does not take writes"
    if pulse.tick_age_s > MAX_TICK_AGE_S:
        yield f"the last tick was {pulse.tick_age_s:.0f} s ago"
    if pulse.free_bytes < MIN_FREE_BYTES:
        yield f"only {pulse.free_bytes // 1024 // 1024} MiB free on disk"
    if pulse.outbox_age_s > MAX_OUTBOX_AGE_S:
        yield f"the oldest unsent message has been due for {pulse.outbox_age_s / 60:.0f} min"


def render_metrics(pulse: Pulse) -> bytes:
    """Return the numbers in the text format of Prometheus."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.core import GaugeMetricFamily

    gauges: list[tuple[str, str, float | Mapping[str, int]]] = [
        ("tick_age_seconds", "seconds since the last tick", pulse.tick_age_s),
        ("outbox_age_seconds", "seconds for which the oldest unsent message has been due", pulse.outbox_age_s),
        ("free_bytes", "free bytes on the disk of the data directory", float(pulse.free_bytes)),
        *((name, _HELP[name], value) for name, value in pulse.counters.items()),
    ]

    class _Collector:
        def collect(self) -> Iterator[GaugeMetricFamily]:
            for name, text, value in gauges:
                if not isinstance(value, Mapping):
                    yield GaugeMetricFamily(f"newswatch_{name}", text, value)
                    continue
                family = GaugeMetricFamily(f"newswatch_{name}", text, labels=[_LABELS[name]])
                for label, number in value.items():
                    family.add_metric([label], number)
                yield family

    registry = CollectorRegistry()
    registry.register(_Collector())
    return generate_latest(registry)


_HELP = {
    "articles": "stored articles",
    "stories": "stories",
    "hits": "times a rule matched a story",
    "items_pending": "discovered addresses that wait to be read",
    "articles_to_tag": "articles that tagging again after a change of the catalogue has not come to",
    "articles_to_index": "articles that are not in the search index yet",
    "outcomes": "how items ended",
    "deliveries": "messages by state",
    "sources": "active sources: watched, and failing and silent among them",
}
_LABELS = {"outcomes": "outcome", "deliveries": "state", "sources": "state"}

"""What a pass says of its sources."""

import pytest

from monitor.report import Fault, Totals, VisitReport, fault_of
from monitor.types import Collected, Failed, Rejected
from storage.records import Outcome

PASSING = Fault(reason="unreachable", passes=True)
LASTING = Fault(reason="gone", passes=False)


def failed(reason: Outcome, status: int | None = None, permanent: bool = False) -> Failed:
    return Failed(reason=reason, detail="said", status=status, permanent=permanent)


@pytest.mark.parametrize(
    ("collected", "passes"),
    [
        (failed(Outcome.UNREACHABLE), True),
        (failed(Outcome.TIMEOUT), True),
        (failed(Outcome.TRUNCATED), True),
        (failed(Outcome.HTTP_ERROR, 503), True),
        (failed(Outcome.BLOCKED, 429), True),
        (failed(Outcome.BLOCKED, 403), False),
        (failed(Outcome.GONE, 404), False),
        (failed(Outcome.GONE, 410, permanent=True), False),
        (failed(Outcome.REFUSED, permanent=True), False),
        (failed(Outcome.UNDECODABLE), False),
        (Rejected(rejected=Outcome.NOT_ARTICLE, detail="expected a feed, found HTML"), False),
    ],
    ids=lambda case: str(getattr(case, "status", None) or getattr(case, "reason", None) or case),
)
def test_a_fault_passes_when_the_network_or_the_server_may_be_better_next_time(
    collected: Failed | Rejected, passes: bool
) -> None:
    assert fault_of(collected, "said", is_local=False) == Fault(reason="said", passes=passes)
    assert fault_of(collected, "said", is_local=True) == Fault(reason="said", passes=False)


def test_a_poll_that_worked_has_no_fault() -> None:
    assert fault_of(Collected(found=()), None, is_local=True) is None


@pytest.mark.parametrize(
    ("sources", "needs_somebody"),
    [
        ({}, False),
        ({"a": None}, False),
        ({"a": None, "b": PASSING}, False),
        ({"b": PASSING}, True),
        ({"a": None, "b": LASTING}, True),
    ],
    ids=["none due", "all well", "one passing", "all passing", "one lasting"],
)
def test_somebody_is_needed_where_nothing_worked_or_a_fault_lasts(
    sources: dict[str, Fault | None], needs_somebody: bool
) -> None:
    assert Totals(sources=sources).needs_somebody is needs_somebody


def test_the_last_poll_of_a_source_counts() -> None:
    totals = Totals()
    totals.add(VisitReport(host="h", polled={"b": LASTING, "a": PASSING}))
    totals.add(VisitReport(host="h", polled={"b": None}))
    assert (totals.visits, totals.polled, totals.unreachable) == (2, 2, 1)
    assert totals.faults == {"a": PASSING}

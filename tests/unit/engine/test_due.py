from datetime import UTC, datetime, timedelta

from monitor.engine.due import Due

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Clocks:
    """The time of day and the seconds that have passed, moved together by hand."""

    def __init__(self) -> None:
        self.passed_s = 0.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.passed_s)

    def monotonic(self) -> float:
        return self.passed_s


def due(clocks: Clocks) -> Due:
    return Due(longest_s=5, now=clocks.now, monotonic=clocks.monotonic)


def test_the_first_question_is_asked_at_once() -> None:
    assert due(Clocks()).is_due()


def test_nothing_is_asked_again_until_the_longest_rest_is_over() -> None:
    clocks = Clocks()
    question = due(clocks)
    question.asked()
    clocks.passed_s = 4.9
    assert not question.is_due()
    clocks.passed_s = 5.0
    assert question.is_due()


def test_what_is_expected_ends_the_rest_when_its_time_comes() -> None:
    clocks = Clocks()
    question = due(clocks)
    question.asked()
    question.expect(NOON + timedelta(seconds=2))
    clocks.passed_s = 1.9
    assert not question.is_due()
    clocks.passed_s = 2.0
    assert question.is_due()


def test_something_written_ends_the_rest() -> None:
    question = due(Clocks())
    question.asked()
    question.stir()
    assert question.is_due()


def test_something_written_while_the_answer_was_on_its_way_is_not_forgotten() -> None:
    question = due(Clocks())
    question.asked()
    question.stir()
    question.expect(None)
    assert question.is_due()

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.changes import Change, Run, tell_changes


def _marked(side: tuple[Run, ...]) -> tuple[str, ...]:
    return tuple(run.text for run in side if run.is_marked)


@pytest.mark.parametrize(
    ("pairs", "before", "now", "told"),
    [
        pytest.param(
            [("14", "23")], "据通报，事故造成14人受伤，火势已灭。", "据通报，事故造成23人受伤，火势已灭。",
            ["事故造成14人受伤 → 事故造成23人受伤"], id="a number in its clause",
        ),
        pytest.param(
            [("14", "23"), ("3", "1")], "事故造成14人受伤、3人失踪。", "截至今晨，事故已造成23人受伤、1人失踪。",
            ["事故造成14人受伤、3人失踪 → 事故已造成23人受伤、1人失踪"], id="two in one clause are one change",
        ),
        pytest.param(
            [("14", "23"), ("3", "1")], "事故造成14人受伤。但仍有3人失踪。", "事故造成23人受伤。但仍有1人失踪。",
            ["事故造成14人受伤 → 事故造成23人受伤", "但仍有3人失踪 → 但仍有1人失踪"], id="two sentences",
        ),
        pytest.param(
            [("14", "23")], "全市14所学校停课。事故造成14人受伤。", "全市14所学校停课。事故造成23人受伤。",
            ["事故造成14人受伤 → 事故造成23人受伤"], id="of two places the one with equal words around",
        ),
        pytest.param(
            [("14", "23")], "凌晨发生在城东工业园区的一家化工厂爆炸事故造成14人受伤。",
            "凌晨发生在城东工业园区的一家化工厂爆炸事故造成23人受伤。",
            ["…的一家化工厂爆炸事故造成14人受伤 → …的一家化工厂爆炸事故造成23人受伤"], id="a long clause is cut",
        ),
        pytest.param(
            [("张三", "李四")], "会议任命张三为局长。", "会议任命李四为局长。",
            ["会议任命张三为局长 → 会议任命李四为局长"], id="a name",
        ),
        pytest.param(
            [("rejected", "approved")], "The council rejected the bill.", "The council approved the bill.",
            ["The council rejected the bill → The council approved the bill"], id="a reversal",
        ),
        pytest.param(
            [("1.2", "1.4")], "It costs 1.2 billion dollars. In 2011.2 it did not.", "It costs 1.4 billion dollars.",
            ["It costs 1.2 billion dollars → It costs 1.4 billion dollars"], id="not a part of a number",
        ),
        pytest.param([("一", "二")], "第十一条", "第二条", ["一 → 二"], id="not a part of a numeral"),
        pytest.param([("80", "130")], "没有数字。", "130个大模型。", ["80 → 130"], id="not in the earlier text"),
        pytest.param([("頻繁", "很少")], "投诉频繁。", "投诉很少。", ["投诉频繁 → 投诉很少"], id="in the other script"),
    ],
)  # fmt: skip
def test_change_is_told_with_the_words_around_it(
    pairs: list[tuple[str, str]], before: str, now: str, told: list[str]
) -> None:
    assert [str(change) for change in tell_changes(pairs, [before], now)] == told


def test_values_alone_are_marked() -> None:
    (change,) = tell_changes([("14", "23"), ("3", "1")], ["共14人受伤、3人失踪"], "共23人受伤、1人失踪")

    assert (_marked(change.old), _marked(change.new)) == (("14", "3"), ("23", "1"))


def test_without_an_earlier_text_the_values_are_told() -> None:
    assert tell_changes([("80", "130")], [], "130个大模型。") == (
        Change(old=(Run(text="80", is_marked=True),), new=(Run(text="130", is_marked=True),)),
    )


def test_earlier_text_with_the_likest_place_is_told() -> None:
    (change,) = tell_changes([("14", "23")], ["另有14家企业。", "事故造成14人受伤。"], "事故造成23人受伤。")

    assert str(change) == "事故造成14人受伤 → 事故造成23人受伤"


_TEXT = st.text(alphabet="甲乙，。12 ab.\n@<*\u202e\x00", max_size=60)


@given(st.lists(st.tuples(_TEXT, _TEXT), max_size=4), st.lists(_TEXT, max_size=3), _TEXT)
def test_any_text_is_told_in_clean_short_lines_of_what_it_says(
    pairs: list[tuple[str, str]], former: list[str], now: str
) -> None:
    for change in tell_changes(pairs, former, now):
        for side in (change.old, change.new):
            said = "".join(run.text for run in side)
            assert not {"\n", "\x00", "\u202e"} & set(said)
            assert len(said) <= 2 * 36 + 4 * (60 + 12) + 2


@given(st.text(alphabet="甲乙丙丁戊", max_size=30), st.text(alphabet="甲乙丙丁戊", max_size=30))
def test_words_shown_stand_in_the_texts(before: str, after: str) -> None:
    old, new = f"{before}14{after}", f"{before}23{after}"

    (change,) = tell_changes([("14", "23")], [old], new)

    assert "".join(run.text for run in change.old).strip("…") in old
    assert "".join(run.text for run in change.new).strip("…") in new

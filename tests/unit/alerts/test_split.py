from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alerts.channels._bot import json_size
from alerts.channels._chat import Item, Kind, Row, Run
from alerts.channels._split import part_mark, split, utf8_size
from alerts.clusters import border
from alerts.plain import cut

_FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
_FLAGS = "\U0001f1e8\U0001f1f3\U0001f1e9\U0001f1ea"


def _text(text: str, link: str | None = None, kind: Kind = Kind.TEXT, *, strong: bool = False) -> Row:
    return Row(kind=kind, runs=(Run(text=text, link=link, strong=strong),))


def _write(row: Row) -> str:
    return "".join(map(_written, row.runs)) + "\n"


def _written(run: Run) -> str:
    if run.link:
        return f"[{run.text}]({run.link})"
    return f"<b>{run.text}</b>" if run.strong else run.text


def _split(*items: Item, limit: int, most: int = 99) -> tuple[str, ...]:
    return split(items, write=_write, size=utf8_size, limit=limit, most=most)


def test_items_stay_whole_where_a_part_can_hold_them() -> None:
    one, two = (_text("甲" * 3), _text("乙" * 3)), (_text("丙" * 3), _text("丁" * 3))

    assert _split(one, two, limit=20) == ("甲甲甲\n乙乙乙", "丙丙丙\n丁丁丁")
    assert _split(one, two, limit=40) == ("甲甲甲\n乙乙乙\n丙丙丙\n丁丁丁",)


def test_item_too_large_for_a_part_is_cut_between_its_rows() -> None:
    rows = tuple(_text(str(n) * 8) for n in range(4))

    assert _split((_text("a"),), rows, limit=18) == ("a", "00000000\n11111111", "22222222\n33333333")


def test_row_too_large_for_a_part_is_cut_between_its_runs() -> None:
    row = Row(kind=Kind.TEXT, runs=(Run(text="aaaa"), Run(text="b", link="https://b.cn"), Run(text="cc")))

    assert _split((row,), limit=18) == ("aaaa", "[b](https://b.cn)", "cc")


def test_text_in_bold_goes_on_in_bold() -> None:
    assert _split((_text("甲乙丙丁", strong=True),), limit=14) == ("<b>甲乙</b>", "<b>丙丁</b>")


def test_link_that_no_part_can_hold_gets_a_shorter_text() -> None:
    assert _split((_text("很长的标题" * 9, link="https://a.cn"),), limit=30) == ("[很长的…](https://a.cn)",)


def test_link_whose_address_no_part_can_hold_is_text() -> None:
    assert _split((_text("标题", link="https://a.cn/" + "x" * 90),), limit=30) == ("标题",)


def test_what_is_beyond_the_last_part_is_counted_before_the_last_item() -> None:
    items = [(_text(f"{n:08}"),) for n in range(40)]

    parts = _split(*items, limit=30, most=3)

    assert len(parts) == 3
    assert parts[-1].splitlines()[-2:] == ["… +32", "00000039"]
    assert sum(row.isdigit() for part in parts for row in part.splitlines()) == 8


def _row(text: str, kind: Kind, link: str | None = None) -> Row:
    return Row(kind=kind, runs=(Run(text=text, link=link),))


def _story(number: int) -> Item:
    return (
        _row(f"{number}. 题", Kind.HEADING),
        _row("引文" * 4, Kind.QUOTE),
        _row("来源：甲", Kind.BULLET),
        _text("其他报道"),
        _row("乙：题", Kind.BULLET),
    )


def test_later_stories_are_told_in_short_before_any_is_left_out() -> None:
    items = [(_text("头"),), *map(_story, range(1, 7)), (_text("尾"),)]

    (part,) = _split(*items, limit=290, most=1)

    assert part.count("题") == 12
    assert part.count("引文" * 4) == part.count("来源") == 2
    assert part.index("引文" * 4) < part.index("3. 题")
    assert part.endswith("尾")


@pytest.mark.parametrize(
    "item",
    [
        pytest.param((_row("其余 2 条", Kind.HEADING), _row("51. 题", Kind.BULLET)), id="of no story"),
        pytest.param((_row("1. 官方", Kind.HEADING), _row("51. 题", Kind.BULLET)), id="whose name has a number"),
        pytest.param((_row("1. 题", Kind.HEADING), _row("x", Kind.BULLET, "https://a.cn")), id="of links"),
        pytest.param((_text("1. 题"), _row("x", Kind.BULLET)), id="without a heading"),
    ],
)
def test_list_is_never_told_in_short(item: Item) -> None:
    long = (_row("9. 题", Kind.HEADING), _row("引文" * 40, Kind.QUOTE))

    (part,) = _split((_text("头"),), item, long, (_text("尾"),), limit=120, most=1)

    assert all(_write(row) in part for row in item)
    assert "引文" not in part


def _event(number: int, reports: int) -> Item:
    told = (_row(f"报道{n:03}", Kind.BULLET) for n in range(reports))
    return (_row(f"{number}. 题", Kind.HEADING), _row("来源：甲", Kind.BULLET), _text("其他报道"), *told)


def _listed(number: int, reports: int) -> Item:
    told = (_row(f"报道{n:03}", Kind.BULLET) for n in range(reports))
    return (_row(f"{number}. 题", Kind.BULLET), *told)


@pytest.mark.parametrize("event", [pytest.param(_event, id="in full"), pytest.param(_listed, id="in one line")])
def test_of_an_event_too_large_for_all_parts_the_first_reports_are_told(event: Callable[[int, int], Item]) -> None:
    items = [(_text("头"),), event(1, 40), event(2, 5), (_text("尾"),)]

    parts = _split(*items, limit=100, most=3)
    told = sum(part.count("报道0") for part in parts)

    assert "1. 题" in parts[0]
    assert told > 10
    assert f"… +{45 + 1 - told}\n尾" in parts[-1]


def test_one_item_beyond_the_last_part_is_cut_off() -> None:
    assert len(_split(tuple(_text("x" * 20) for _ in range(9)), limit=21, most=2)) == 2


@pytest.mark.parametrize(("number", "total", "mark"), [(1, 1, ""), (2, 3, "(2/3)"), (15, 15, "(15/15)")])
def test_part_is_numbered(number: int, total: int, mark: str) -> None:
    assert part_mark(number, total) == mark


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        pytest.param("abc", 2, 2, id="letters"),
        pytest.param("ae\u0301b", 2, 1, id="letter with its accent"),
        pytest.param(f"a{_FAMILY}b", 4, 1, id="family"),
        pytest.param("a\U0001f44d\U0001f3fdb", 2, 1, id="tone of skin"),
        pytest.param("a\u2764\ufe0fb", 2, 1, id="variation selector"),
        pytest.param(f"a{_FLAGS}", 3, 3, id="between flags"),
        pytest.param(f"a{_FLAGS}", 4, 3, id="inside of a flag"),
        pytest.param("\U00020bb7野家", 1, 1, id="beyond the first plane"),
        pytest.param("e\u0301", 1, 0, id="nothing before"),
        pytest.param("e" + "\u0301" * 90, 80, 80, id="monstrous"),
        pytest.param("abc", 3, 3, id="end"),
    ],
)
def test_border_lies_between_two_characters(text: str, at: int, expected: int) -> None:
    assert border(text, at) == expected


def test_shortened_text_ends_with_a_whole_character() -> None:
    assert cut(f"ab{_FAMILY}cd", 6) == "ab…"
    assert cut("abc", 3) == "abc"


_runs = st.builds(
    Run,
    text=st.text(min_size=1, max_size=60),
    strong=st.booleans(),
    link=st.none() | st.sampled_from(["https://a.cn/1", "https://b.example/" + "y" * 70]),
)
_rows = st.builds(Row, kind=st.sampled_from(Kind), runs=st.lists(_runs, min_size=1, max_size=4).map(tuple))
_items = st.lists(st.lists(_rows, min_size=1, max_size=4).map(tuple), min_size=1, max_size=6)


@given(items=_items, limit=st.integers(60, 300), size=st.sampled_from([utf8_size, json_size, len]))
@example(items=[(_text("\x00" * 40),)], limit=60, size=json_size)
def test_every_part_fits_and_no_text_is_lost(items: list[Item], limit: int, size: Callable[[str], int]) -> None:
    parts = split(items, write=_write, size=size, limit=limit, most=10_000)

    assert all(0 < size(part) <= limit for part in parts)
    told = "".join(run.text for item in items for row in item for run in row.runs if not run.link)
    shown = "".join(parts)
    for mark in ("<b>", "</b>", "\n"):
        shown, told = shown.replace(mark, ""), told.replace(mark, "")
    assert _is_within(told, shown)
    assert all(part.count("<b>") == part.count("</b>") for part in parts if "<b>" not in told)


@given(items=_items, limit=st.integers(60, 300), most=st.integers(1, 4))
def test_no_more_parts_than_allowed(items: list[Item], limit: int, most: int) -> None:
    assert len(_split(*items, limit=limit, most=most)) <= most


@given(items=_items, limit=st.integers(60, 300))
def test_link_is_whole_or_not_there(items: list[Item], limit: int) -> None:
    for part in _split(*items, limit=limit):
        assert part.count("](https://b.example/") == part.count("](https://b.example/" + "y" * 70 + ")")


def _is_within(told: str, shown: str) -> bool:
    """Say whether the characters stand there in their order, perhaps with others between them."""
    rest = iter(shown)
    return all(char in rest for char in told)

"""An article on several pages is one article."""

from monitor.read.pages import join_pages
from monitor.types import Extracted
from storage.records import Removed


def page(*lines: str, title: str | None = "题目在此", **more: object) -> Extracted:
    return Extracted(title=title, text="\n".join(lines), **more)  # type: ignore[arg-type]


def test_text_goes_on_without_the_repeated_title() -> None:
    joined = join_pages(page("甲", headings=("甲",)), [page("题目 在此", "乙", headings=("乙",)), page("丙")])
    assert joined.text == "甲\n乙\n丙"
    assert joined.headings == ("甲", "乙")


def test_page_that_repeats_the_first_adds_nothing() -> None:
    first = page("甲", "乙")
    assert join_pages(first, [page("甲", "乙")]) == first


def test_facts_of_the_first_page_win_and_gaps_are_filled() -> None:
    first = page("甲", authors=("张三",))
    joined = join_pages(first, [page("乙", authors=("李四",), source="示例报", editors=("王五",))])
    assert (joined.authors, joined.source, joined.editors) == (("张三",), "示例报", ("王五",))


def test_removed_lines_of_later_pages_stand_below_the_text_so_far() -> None:
    later = page("丙", removed=(Removed(rule="credit", text="责编", above=1), Removed(rule="nav", text="首页")))
    joined = join_pages(page("甲", "乙"), [later])
    assert [line.above for line in joined.removed] == [3, None]

"""The seed documents as the pages of real sites, in their charsets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.read import read_page
from monitor.types import Extracted
from tests.site.pages import routes
from tests.site.stories import STORIES

FETCHED_AT = datetime(2024, 1, 1, tzinfo=UTC)


def read(path: str) -> Extracted:
    answer = routes()[path]
    content_type = {name.lower(): value for name, value in answer.headers}.get("content-type")
    result = read_page(answer.body, f"http://news.test{path}", content_type, fetched_at=FETCHED_AT)
    assert isinstance(result, Extracted)
    return result


@pytest.mark.parametrize("key", ["000", "001", "002", "003"])
def test_page_gives_the_text_and_nothing_else(key: str) -> None:
    assert read(f"/a/{key}").text == STORIES[key].body


@pytest.mark.parametrize("key", sorted(STORIES))
def test_page_gives_title_date_and_authors(key: str) -> None:
    article, story = read(f"/a/{key}"), STORIES[key]
    assert (article.title, article.published_at, article.authors) == (story.title, story.published, story.authors)


@pytest.mark.parametrize("key", sorted(STORIES))
def test_page_gives_the_declared_source(key: str) -> None:
    assert read(f"/a/{key}").source == STORIES[key].source


def test_giant_paragraph_is_parted_as_in_the_record() -> None:
    article = read("/a/004")
    assert article.text.startswith("大模型展现出的")
    assert "“万模群舞”或在不远的将来" in article.headings


def test_deck_of_a_page_is_apart_from_its_text() -> None:
    article = read("/a/003")
    assert article.deck == "\n".join(STORIES["003"].deck)
    assert article.script == "Hant"


def test_simplified_mirror_is_simplified() -> None:
    assert read("/cn/003").script == "Hans"


def test_login_box_of_a_repost_is_not_text() -> None:
    assert read("/r/001").text.endswith("魏凯说道。")

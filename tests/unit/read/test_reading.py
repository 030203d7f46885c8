from __future__ import annotations

import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.read.reading import read
from monitor.types import Reading, Rejected
from storage.records import Outcome

SEEDS = Path(__file__).parents[2] / "fixtures" / "seeds"
FETCHED_AT = datetime(2024, 1, 1, tzinfo=UTC)


def reading_of(key: str) -> Reading:
    path = next(SEEDS.glob(f"{key}_*.txt"))
    result = read(path.read_bytes(), url=f"https://a.test/{key}", name=path.name, fetched_at=FETCHED_AT)
    assert isinstance(result, Reading)
    return result


def test_document_is_filed_under_the_address_it_names() -> None:
    reading = reading_of("004")
    assert reading.url == reading.canonical_url == "https://baijiahao.baidu.com/s?id=1778335171251179016"


def test_document_without_an_address_keeps_the_given_one() -> None:
    assert reading_of("000").canonical_url == "https://a.test/000"


def test_reading_holds_what_can_be_computed_from_the_text() -> None:
    reading = reading_of("002")
    assert len(reading.content_hash) == 64
    assert reading.sketch
    assert reading.bands
    assert reading.keywords
    assert {m.entity for m in reading.mentions} >= {"regulation:genai-interim-measures"}
    for mention in reading.mentions:
        text = reading.extracted.title if mention.field == "title" else reading.extracted.text
        assert text is not None
        assert text[mention.start : mention.end] == mention.surface


def test_reading_crosses_a_process_border() -> None:
    reading = reading_of("001")
    assert pickle.loads(pickle.dumps(reading)) == reading


def test_removed_lines_feed_no_mention() -> None:
    surfaces = {mention.surface for mention in reading_of("001").mentions}
    assert "国家金融监督管理总局" not in surfaces


KINDS = [
    ("text/plain; charset=utf-8", None, True),
    (None, "a.md", True),
    (None, "a.html", False),
    ("text/html", "a.txt", False),
]


@pytest.mark.parametrize(("content_type", "name", "as_text"), KINDS)
def test_media_type_and_name_say_how_to_read(content_type: str | None, name: str | None, as_text: bool) -> None:
    body = "<p>国家网信办等七部门联合公布了生成式人工智能服务管理暂行办法，自八月十五日起施行。</p>".encode()
    result = read(body, url="https://a.test/", content_type=content_type, name=name)
    assert isinstance(result, Reading)
    assert result.extracted.text.startswith("<p>") is as_text


def test_rejection_passes_through() -> None:
    result = read(b"%PDF-1.4", url="https://a.test/a.pdf")
    assert isinstance(result, Rejected)
    assert result.rejected is Outcome.UNSUPPORTED

"""The five seed documents, row by row: what leaves, what stays, what is learned. Goldens in fixtures/extracted."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from monitor.read import read_text
from monitor.read.clean import clean
from monitor.read.lines import Line
from monitor.types import Extracted

FIXTURES = Path(__file__).parents[2] / "fixtures"
KEYS = ("000", "001", "002", "003", "004")


def seed(key: str) -> str:
    return next((FIXTURES / "seeds").glob(f"{key}_*.txt")).read_text(encoding="utf-8")


def extracted(key: str) -> Extracted:
    result = read_text(seed(key), f"{key}.txt")
    assert isinstance(result, Extracted)
    return result


def removed(key: str) -> dict[str, list[str]]:
    rules: dict[str, list[str]] = {}
    for line in extracted(key).removed:
        rules.setdefault(line.rule, []).append(line.text)
    return rules


@pytest.mark.parametrize("key", KEYS)
def test_seed_is_extracted_as_recorded(key: str) -> None:
    golden: dict[str, Any] = json.loads((FIXTURES / "extracted" / f"{key}.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(asdict(extracted(key)))) == golden


@pytest.mark.parametrize("key", KEYS)
def test_cleaning_a_clean_text_changes_nothing(key: str) -> None:
    article = extracted(key)
    again = clean([Line(text) for text in article.text.split("\n")], article.title)
    assert "\n".join(line.text for line in again.lines) == article.text
    assert again.removed == []


@pytest.mark.parametrize("key", KEYS)
def test_reading_the_text_again_keeps_every_line(key: str) -> None:
    article = extracted(key)
    again = read_text(article.text)
    assert isinstance(again, Extracted)
    assert again.text == article.text


@pytest.mark.parametrize("key", KEYS)
def test_every_kept_line_stands_in_the_seed(key: str) -> None:
    raw = "".join(seed(key).split())
    for line in extracted(key).text.split("\n"):
        assert "".join(line.split()) in raw


class TestSeed000:
    def test_dangling_separator_is_stripped(self) -> None:
        assert extracted("000").text.endswith("魏凯说道。")
        assert removed("000") == {"dangling-separator": ["|"]}

    def test_sentence_that_stands_twice_stays_twice(self) -> None:
        assert extracted("000").text.count("涵盖智慧政务、智慧办公等14类场景。") == 2

    def test_bare_subheads_are_headings(self) -> None:
        headings = ("科技公司逐鹿大模型", "下一个“赛点”在何处", "数据底座的安全意识还需加强")
        assert extracted("000").headings == headings

    def test_nothing_is_invented(self) -> None:
        article = extracted("000")
        assert (article.title, article.published_at, article.authors, article.source, article.publisher) == (
            None,
            None,
            (),
            None,
            None,
        )


class TestSeed001:
    def test_title_is_the_first_line_and_its_echoes_go(self) -> None:
        title = "国产大模型“混战”:科技互联网巨头纷纷入局,商业场景出现“分流”"
        assert extracted("001").title == title
        assert removed("001")["title-echo"] == [title] * 3

    def test_date_line_is_read_and_goes(self) -> None:
        article = extracted("001")
        assert (article.published_at, article.published_precision) == ("2023-05-17", "day")
        assert "2023-05-17 867 0" in removed("001")["credit"]

    def test_pull_quote_is_the_deck(self) -> None:
        deck = "守住底线与创作自由根本不矛盾。某种意义上,守住了底线,才能更自由地进行创作。"
        assert extracted("001").deck == deck
        assert deck not in extracted("001").text

    def test_byline_names_two_authors_and_no_editor(self) -> None:
        article = extracted("001")
        assert (article.authors, article.editors, article.publisher) == (("刘青青", "石丹"), (), "商学院")

    def test_number_and_heading_are_joined(self) -> None:
        assert extracted("001").headings == ("01 大模型“混战”", "02 商业场景“分流”", "03 喜忧参半")

    def test_all_seventeen_tail_lines_go(self) -> None:
        lines = [line.strip() for line in seed("001").split("\n") if line.strip()]
        tail = lines[lines.index("我也说一句") :]
        assert len(tail) == 17
        assert set(tail) <= {line.text for line in extracted("001").removed}
        assert "国家金融监督管理总局" not in extracted("001").text


class TestSeed002:
    def test_caption_source_and_empty_keywords_go(self) -> None:
        assert removed("002") == {
            "picture-note": ["(资料图片)"],
            "credit": ["(文章来源:南方都市报)"],
            "keywords": ["关键词:"],
        }
        assert extracted("002").source == "南方都市报"

    def test_turns_stay_and_the_dialogue_mark_is_a_heading(self) -> None:
        article = extracted("002")
        assert "【对话】" in article.headings
        assert sum(line.startswith(("南都:", "刘庆峰:")) for line in article.text.split("\n")) == 8
        assert not any(line.startswith(("南都:", "刘庆峰:")) for line in article.headings)


class TestSeed003:
    def test_bullets_are_the_deck(self) -> None:
        article = extracted("003")
        assert article.deck is not None
        assert len(article.deck.split("\n")) == 3
        assert not article.text.startswith("●")

    def test_footers_go_and_name_the_publisher(self) -> None:
        assert set(removed("003")) == {"deck", "navigation", "statement"}
        assert extracted("003").publisher == "人民網"

    def test_injected_anchor_is_flagged_and_left_alone(self) -> None:
        assert extracted("003").flags == ("suspect_injection",)
        assert "威斯尼斯平台" in extracted("003").text

    def test_traditional_is_kept_as_written(self) -> None:
        article = extracted("003")
        assert (article.language, article.script) == ("zh", "Hant")
        assert article.text.count("﹔") == 3


class TestSeed004:
    def test_record_gives_title_address_and_body(self) -> None:
        article = extracted("004")
        assert article.title == "“百模大战”打响,我们究竟需要什么样的大模型"
        assert article.url == "https://baijiahao.baidu.com/s?id=1778335171251179016"
        assert article.text.startswith("大模型展现出的通用智能能力")
        assert article.text.endswith("现在就可以开始干了。")

    def test_machine_summary_is_derived_and_not_text(self) -> None:
        article = extracted("004")
        assert article.derived is not None
        assert "11. 文章最后提出" in article.derived
        assert "重大事件摘要" not in article.text

    def test_glued_credits_are_parted(self) -> None:
        article = extracted("004")
        assert (article.authors, article.editors) == (("都芃", "刘艳"), ("刘莉", "李坤"))
        assert (article.source, article.publisher) == ("科技日报", "百家号")

    @pytest.mark.parametrize(
        "heading",
        [
            "智能时代的“蒸汽机”",
            "哪条赛道通“罗马”",
            "“万模群舞”或在不远的将来",
            "给大模型发展更多耐心",
            "不要等大模型“无所不能”时才入局",
        ],
    )
    def test_doubled_heading_stands_once_on_its_own_line(self, heading: str) -> None:
        article = extracted("004")
        assert heading in article.headings
        assert article.text.split("\n").count(heading) == 1

    def test_report_link_goes(self) -> None:
        assert removed("004")["report-link"] == ["举报/反馈"]

"""What stands together again and again is one keyword; fillers and halves of names are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.tag.compounds import compounds
from monitor.tag.segment import keywords
from monitor.tag.tokens import Lexicon

LEXICON = Lexicon(of={"的": 0.9, "三": 2.0}, usual=11.0, fillers=frozenset({"平台", "上线"}))
PIECES = [
    "逆",
    "回购",
    "买断式",
    "的",
    "，",
    "\n",
    "央行",
    "平台",
    "上线",
    "三",
    "每天",
    "八大",
    "AI",
    "王",
    "小川",
    " ",
]


@pytest.mark.parametrize(
    ("title", "text", "whole"),
    [
        pytest.param("央行开展逆回购", "此次逆回购为期七天。", "逆回购", id="of a character and a word"),
        pytest.param("王小川谈医疗", "王小川认为，医生难求。", "王小川", id="a person"),
        pytest.param(None, "低空经济很热。低空经济也很难。", "低空经济", id="of two words, in the text"),
        pytest.param("鴻海擴廠", "鴻海昨天說，鴻海將擴廠。", "鴻海", id="of two characters, Traditional"),
        pytest.param("生成式AI放貸", "銀行用生成式AI審件。", "生成式AI", id="with Latin letters"),
        pytest.param("网约车平台被约谈", "网约车平台抽成过高。", "网约车平台", id="that a filler ends"),
        pytest.param("旗下晓问大模型上线", "集团旗下晓问大模型开放。", "晓问大模型", id="behind what leads to it"),
    ],
)
def test_compound_is_whole_and_its_pieces_are_gone(title: str | None, text: str, whole: str) -> None:
    found = keywords(title, text)

    assert whole in found
    assert not [word for word in found if word != whole and word in whole]


@pytest.mark.parametrize(
    ("title", "text", "word"),
    [
        pytest.param("公司开展检修", "公司将开展检修。", "开展", id="a verb of every text"),
        pytest.param(None, "国产电梯停运，电梯老旧。", "国产", id="a mark of kind"),
        pytest.param("厂方按规定停机", "厂方按规定停机，据介绍电梯老旧。", "按规定", id="by what rule"),
        pytest.param(None, "名为青禾的电梯停运，名为青禾的电梯老旧。", "名为", id="what leads to a name"),
        pytest.param("车企自研芯片", "自研芯片省电，自研芯片便宜。", "研芯片", id="half of a word, and a word"),
        pytest.param(None, "显式标识要清楚，隐式标识在文件里。", "式标识", id="of which kind, and of what"),
        pytest.param(None, "电梯每层都停，每公斤九元。", "每公斤", id="each"),
        pytest.param(None, "八大枢纽缺电，枢纽停运。", "八大", id="a count"),
        pytest.param(None, "工地热火朝天，电梯老旧，电梯停运。", "热火朝天", id="an idiom, once"),
        pytest.param(None, "回收商格林美说，电池回收难。", "格林", id="half of a name"),
        pytest.param("法院审结首案", "北京互联网法院审结首案。法院说难。", "法院审结", id="who did what"),
        pytest.param(
            "存款准备金率下调", "金融机构存款准备金率下调。金融机构存款准备金率低。", "机构存款", id="words that go on"
        ),
    ],
)
def test_what_tells_nothing_is_no_keyword(title: str | None, text: str, word: str) -> None:
    assert not [found for found in keywords(title, text) if word in found]


def test_longer_compound_that_is_rarer_leaves_the_shorter_whole() -> None:
    assert "台積電" in keywords(None, "台積電嘉義廠停工，台積電嘉義先進封裝停工。台積電說，台積電會查。")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.integers(0, 30))
def test_compounds_together_are_the_text(words: list[str], title_words: int) -> None:
    assert "".join(compounds(words, min(title_words, len(words)), LEXICON)) == "".join(words)

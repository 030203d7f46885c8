"""Taiwan and Hong Kong wording, and what careless converters leave."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import jieba
import pytest

from monitor.read.normalize import normalize, prepare
from monitor.read.regional import fold_wording, variants, words

SEEDS = sorted((Path(__file__).parents[2] / "fixtures" / "seeds").glob("*.txt"))
CONFIGS = ("s2t", "s2tw", "s2twp", "s2hk", "s2hkp")
# Of these the table knows only one side: the other is too often another word (埠 in 蚌埠, 桌布, 叮当).
LEFT_OUT = {"端口", "壁纸", "丁当", "行程"}


@cache
def converter(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)


def convert(config: str, text: str) -> str:
    return str(converter(config).convert(text))


def shingles(text: str) -> set[str]:
    normalized = normalize(text)
    return {normalized[at : at + 5] for at in range(len(normalized) - 4)}


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_converted_copies_of_articles_have_the_same_shingles(path: Path, config: str) -> None:
    original = convert("t2s", path.read_text(encoding="utf-8"))
    a, b = shingles(original), shingles(convert(config, original))

    assert len(a & b) / len(a | b) >= 0.998


@pytest.mark.parametrize("config", CONFIGS)
def test_usual_words_meet_what_opencc_makes_of_them(config: str) -> None:
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    usual = [word for word, count, *_ in map(str.split, lines) if int(count) >= 100 and len(word) > 1]
    usual += sorted({*words().values()})

    converted = convert(config, "\n".join(usual)).split("\n")

    apart = [
        (word, other)
        for word, other in zip(usual, converted, strict=True)
        if not any(known in word for known in LEFT_OUT) and normalize(word) != normalize(other)
    ]
    assert len(usual) > 20_000
    assert apart == []


def test_every_word_of_the_table_meets_what_opencc_makes_of_it() -> None:
    """OpenCC's way back, from Taiwan to the mainland, ends where the table does."""
    known = [word for word, form in words().items() if word != form]
    back = convert("tw2sp", "\n".join(convert("s2tw", word) for word in known)).split("\n")

    apart = [(word, other) for word, other in zip(known, back, strict=True) if normalize(word) != normalize(other)]

    assert apart == []


def test_words_and_forms_of_the_table_are_folded_and_rest() -> None:
    table = words()

    assert len(table) > 900
    assert [word for word in table if not word or "\n" in word] == []
    assert [(word, form) for word, form in table.items() if fold_wording(word) != form] == []
    assert [form for form in table.values() if prepare(form) != form] == []
    # With its point a word must not come out of one without: letters that are squeezed stay squeezed.
    assert [word for word, form in table.items() if word.isalnum() and not form.isalnum()] == []


def test_variants_end_at_characters_that_rest() -> None:
    table = variants()

    assert set(table) & set(table.values()) == set()
    assert [c for c in (*table, *table.values()) if len(c) != 1] == []
    assert [(c, usual) for c, usual in table.items() if normalize(c) != normalize(usual)] == []


@pytest.mark.parametrize(
    "forms",
    [
        "后後", "里裡裏", "发髮發", "台臺檯颱枱", "群羣", "着著", "于於", "线線綫缐", "为為爲", "曲麯麴麹",
        "钟鍾鐘锺", "只隻祇衹", "才纔", "松鬆", "面麵麪麺", "征徵", "向嚮", "核覈", "系係繫", "碱硷鹼", "床牀",
        "峰峯", "吃喫", "启啓啟", "污汙汚", "干乾幹榦", "了瞭", "借藉", "余餘馀", "伙夥", "复復複覆", "当當噹",
        "历歷曆", "丑醜", "斗鬥", "范範", "谷穀", "胡鬍衚", "划劃", "汇匯彙", "饥飢饑", "姜薑", "卷捲", "累纍",
        "厘釐", "么麼麽", "弥彌瀰", "苹蘋", "仆僕", "朴樸", "秋鞦", "舍捨", "沈瀋沉", "苏蘇甦", "坛壇罈", "团團糰",
        "咸鹹", "御禦", "吁籲", "郁鬱", "云雲", "脏臟髒", "扎紮", "折摺", "致緻", "筑築", "准準", "粽糉糭", "卫衛衞",
        "叙敘敍", "妆妝粧", "凶兇", "升昇陞", "周週", "游遊", "托託讬", "痹痺", "赞讚贊", "证証證", "挽輓",
        "蒙濛矇懞", "回迴", "仇讎", "台臺", "晒曬", "炮砲", "户戶戸",
    ],
)  # fmt: skip
def test_characters_that_converters_confuse_are_one(forms: str) -> None:
    assert {normalize(character) for character in forms} == {normalize(forms[0])}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("皇後的頭發很幹燥", "皇后的头发很干燥", id="the wrong one of several"),
        pytest.param("著名學者看著書", "着名学者看着书", id="both uses of one character"),
        pytest.param("祇有瞭解纔能憑藉甚麼", "只有了解才能凭借什么", id="older characters"),
        pytest.param("网际网路与伺服器", "互联网与服务器", id="words made of others"),
        pytest.param("信息长期开放 资讯长期开放", "信息长期开放 信息长期开放", id="a title that begins inside a word"),
        pytest.param("\ud800資訊", "\ud800信息", id="a lone surrogate"),
        pytest.param("The new iPhone", "the new iphone", id="no Han at all"),
    ],
)
def test_wording_is_folded(text: str, expected: str) -> None:
    assert prepare(text) == expected


def test_text_that_never_rests_is_left_alone() -> None:
    text = "视" * 50_000 + "窗"

    assert fold_wording(text) == text
    assert fold_wording("视视窗") == fold_wording(fold_wording("视视窗"))


def test_other_articles_do_not_come_nearer() -> None:
    rng = Random(1)
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    for _ in range(10):
        a, b = map(shingles, rng.sample(texts, 2))
        assert len(a & b) / len(a | b) < 0.012  # 0.0103 with t2s alone

"""Whether anything in one text stands for anything in the other."""

from __future__ import annotations

import pytest

from monitor.dedupe.wraps import replaces_nothing

FIRST = "国家网信办昨日公布《生成式人工智能服务管理暂行办法》,自8月15日起施行。\n"
SECOND = "办法提出,国家坚持发展和安全并重,促进创新和依法治理相结合的原则。"
THIRD = "有关负责人表示,办法的出台将促进生成式人工智能健康发展和规范应用。\n"
BODY = FIRST + SECOND + THIRD


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(f"首页 > 新闻\n{BODY}责任编辑:张三", id="wrapped"),
        pytest.param(BODY[:-10] + "\n点击阅读全文", id="cut off in mid-sentence, with a stub"),
        pytest.param(BODY[:-10] + "……[详情]", id="cut off with dots"),
        pytest.param(BODY[:-10], id="cut off"),
        pytest.param(FIRST + "(图:新华社)\n" + SECOND + THIRD, id="a line between"),
        pytest.param(FIRST + THIRD, id="a sentence left out"),
        pytest.param(BODY, id="equal"),
    ],
)
def test_what_is_added_or_left_out_whole_replaces_nothing(other: str) -> None:
    assert replaces_nothing(BODY, other)
    assert replaces_nothing(other, BODY)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(BODY.replace("网信办", "药监局"), id="a name"),
        pytest.param(BODY.replace("将促进", "将不会促进"), id="a word added"),
        pytest.param(f"新华社北京电 {BODY}", id="a dateline on the line itself"),
        pytest.param(f"{FIRST}{SECOND}中国石油集团董事会。", id="another ending"),
        pytest.param("甲" * 40, id="another text"),
    ],
)
def test_what_stands_in_the_place_of_other_words_is_compared(other: str) -> None:
    assert not replaces_nothing(BODY, other)
    assert not replaces_nothing(other, BODY)


def test_what_follows_a_label_answers_what_follows_it_on_the_next_line() -> None:
    head = "公司董事会全体成员保证信息披露的内容真实、准确、完整。股票简称:"

    assert not replaces_nothing(f"{head}贵州茅台", f"{head}\n五粮液")

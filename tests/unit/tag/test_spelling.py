"""One spelling of a rule stands for the others that writers use."""

from __future__ import annotations

import pytest

from monitor.tag.spelling import wordings


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("生成式人工智能办法", "生成式AI办法"),
        ("数据安全法", "资料安全法"),
        ("数据治理法案", "资料治理法"),
        ("算法问责法案", "算法问责法"),
        ("Seoul Declaration", "Seoul declaration"),
    ],
)
def test_another_wording_follows(text: str, other: str) -> None:
    assert text in wordings(text)
    assert other in wordings(text)


@pytest.mark.parametrize("text", ["AI法案", "RAISE Act", "Declaration", "芯片法案"])
def test_what_would_be_an_everyday_word_has_no_other(text: str) -> None:
    shorter = {one for one in wordings(text) if len(one) < len(text) or one.islower()}

    assert shorter == set()

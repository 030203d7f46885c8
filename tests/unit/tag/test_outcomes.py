"""Mention, unsure or no: what is kept of a name that is none, and the reasons that go with each."""

from __future__ import annotations

import pytest

from monitor.tag.tagger import Tagger, make_tagger
from storage.states import Tagging


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return make_tagger()


def test_a_name_that_needs_cues_tells_what_spoke_for_it(tagger: Tagger) -> None:
    (mention,), considered = tagger.read(None, "字节跳动的豆包升级了。")

    assert ("beside its maker", 1) in mention.reasons
    assert considered == ()


def test_a_name_that_always_counts_has_no_reasons(tagger: Tagger) -> None:
    (mention,), _ = tagger.read(None, "ChatGPT升级了。")

    assert mention.reasons == ()


@pytest.mark.parametrize(
    ("text", "surface", "outcome"),
    [
        ("元宝模型三米长。", "元宝", Tagging.UNSURE),
        ("公司发布了“文心”。", "文心", Tagging.UNSURE),
        ("A firm showed “Claude”.", "Claude", Tagging.UNSURE),
        ("豆包很好吃", "豆包", Tagging.NO),
        ("《天工》热播", "天工", Tagging.NO),
        ("Grandmother Kimi runs a bakery.", "Kimi", Tagging.NO),
    ],
    ids=str,
)
def test_a_name_with_too_little_for_it_is_unsure_and_one_with_more_against_it_is_none(
    tagger: Tagger, text: str, surface: str, outcome: Tagging
) -> None:
    mentions, considered = tagger.read(None, text)

    assert mentions == ()
    assert [(one.surface, one.outcome) for one in considered] == [(surface, outcome)]
    assert all(one.reasons for one in considered)


@pytest.mark.parametrize("text", ["老匠人说天工可夺。", "他从容答题。", "Claude came by."])
def test_a_name_that_nothing_speaks_of_leaves_no_trace(tagger: Tagger, text: str) -> None:
    assert tagger.read(None, text) == ((), ())


@pytest.mark.parametrize(
    ("sure", "unsure"),
    [
        ("腾讯的“元宝”上了架。", "某公司的“元宝”上了架。"),
        ("昆仑万维的“天工”上线。", "某厂商的“天工”上线。"),
        ("Anthropic showed “Claude”.", "A firm showed “Claude”."),
    ],
    ids=["元宝", "天工", "Claude"],
)
def test_without_its_maker_a_mention_becomes_unsure(tagger: Tagger, sure: str, unsure: str) -> None:
    assert [one.outcome for one in tagger.explain(None, sure)] == [Tagging.MENTION]
    assert [one.outcome for one in tagger.explain(None, unsure)] == [Tagging.UNSURE]


def test_one_name_in_two_spellings_is_considered_once(tagger: Tagger) -> None:
    considered = tagger.explain(None, "He met SAM 2 times")

    assert len(considered) <= 1


def test_what_overlaps_a_mention_is_not_considered(tagger: Tagger) -> None:
    mentions, considered = tagger.read("端上一笼豆包", "百度的文心大模型升级。")

    assert [(one.field, one.surface) for one in mentions] == [("text", "文心大模型")]
    assert [(one.field, one.surface, one.start, one.end) for one in considered] == [("title", "豆包", 4, 6)]


@pytest.mark.parametrize("text", ["“" * 20_000, "豆包、" * 20_000, "1.5-" * 20_000, "Claude, the a " * 3_000])
def test_hostile_texts_take_no_square_of_their_length(tagger: Tagger, text: str) -> None:
    import time

    started = time.process_time()
    tagger.read(None, text)
    assert time.process_time() - started < 8

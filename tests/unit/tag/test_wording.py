"""What the wording of a sentence says of a name in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.tag.evidence import NEEDED
from monitor.tag.tagger import Tagger, make_tagger
from monitor.tag.wording import FILE, NAME, SPEAKS_AGAINST, SPEAKS_FOR, leaning, opinion, words_of


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return make_tagger()


def test_words_and_pairs_count_by_their_distance_to_the_name() -> None:
    words = words_of("", "答 一二三四五六七八九十")

    assert words[f"{NAME} 答"] == words["答"] == 1.0
    assert words["五"] == 0.75
    assert words["十"] == 0.5


def test_a_word_that_stands_twice_counts_by_its_nearer_place() -> None:
    assert words_of("ask one two three four five six seven eight ", " ask")["ask"] == 1.0


def test_numbers_are_one_word_and_capitals_tell_nothing() -> None:
    assert words_of("In 2025 ", "") == words_of("in 1999 ", "")


def test_book_marks_are_no_words() -> None:
    assert words_of("《报告》里的", "") == words_of("报告里的", "")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_at_most_one_reason_of_two_points(before: str, behind: str) -> None:
    reasons = opinion(before, behind)

    assert reasons in {
        (),
        *(((why, sign * n),) for why, sign in ((SPEAKS_FOR, 1), (SPEAKS_AGAINST, -1)) for n in (1, 2)),
    }


def test_words_that_nobody_learned_say_nothing() -> None:
    assert leaning(words_of("qqzx wwzx ", " vvzx")) == 0
    assert opinion("qqzx wwzx ", " vvzx") == ()


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("某公司的元宝模型升级了。", "model:yuanbao"),
        ("A firm released Claude.", "model:claude"),
    ],
    ids=lambda value: value[:24],
)
def test_a_weak_reason_and_the_wording_make_a_mention(tagger: Tagger, text: str, entity: str) -> None:
    (mention,) = tagger.tag(None, text)

    assert mention.entity == entity
    assert SPEAKS_FOR in dict(mention.reasons)
    assert sum(points for why, points in mention.reasons if why != SPEAKS_FOR) < NEEDED


def test_the_wording_speaks_against_a_name_among_words_of_other_things(tagger: Tagger) -> None:
    (considered,) = tagger.explain(None, "Claude是店长，直播视频点赞八万。")

    assert dict(considered.reasons)[SPEAKS_AGAINST] < 0


@pytest.mark.parametrize(
    ("text", "surface", "denied"),
    [
        ("把模型的Perplexity和困惑度都写进了代码注释。", "Perplexity", "against it: 困惑度"),
        ("双子座的同事给自己电脑里的Gemini设了个人设：毒舌但准时下班。", "Gemini", "against it: 双子座"),
    ],
    ids=["Perplexity", "Gemini"],
)
def test_the_wording_never_outvotes_a_cue_against_the_name(
    tagger: Tagger, text: str, surface: str, denied: str
) -> None:
    before, _, behind = text.partition(surface)
    told = next(one for one in tagger.explain(None, text) if one.surface == surface)

    assert SPEAKS_FOR in dict(opinion(before, behind))
    assert denied in dict(told.reasons)
    assert SPEAKS_FOR not in dict(told.reasons)


def test_the_wording_never_outvotes_what_calls_it_a_model(tagger: Tagger) -> None:
    before, behind = "The ", " series, made in a foundry, is the one that the old shop sells"
    (told,) = tagger.explain(None, f"{before}Falcon{behind}")

    assert SPEAKS_AGAINST in dict(opinion(before, behind))
    assert told.reasons == (("called a model", 1),)


def test_the_wording_alone_leaves_no_trace_of_an_everyday_word(tagger: Tagger) -> None:
    before, behind = "", "的同事给自己电脑里的程序设了个人设：毒舌但准时下班。"

    assert opinion(before, behind) == ((SPEAKS_FOR, 2),)
    assert tagger.explain(None, f"双子座{behind}") == ()


def test_the_weights_are_in_order_and_no_word_tells_alone() -> None:
    lines = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]
    words = [words for _, words in lines]

    assert words == sorted(set(words))
    assert all(0 < abs(float(weight)) <= 3 for weight, _ in lines)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.sentence import key_sentence
from storage.records import Span


def _span(text: str, word: str, field: str = "text") -> Span:
    start = text.index(word)
    return Span(field=field, start=start, end=start + len(word), surface=word, term=word)


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        pytest.param("第一句。第二句说文心一言。第三句。", "文心一言", "第二句说文心一言。", id="between two others"),
        pytest.param("他说：“大模型来了。”然后走了。", "大模型", "他说：“大模型来了。”", id="closing quotation mark"),
        pytest.param("小标题\n正文有大模型", "大模型", "正文有大模型", id="line break"),
        pytest.param(
            "The GPT-4.5 model scored 3.5 points. Bye.", "GPT-4.5", "The GPT-4.5 model scored 3.5 points.", id="dots"
        ),
        pytest.param("大模型！真的？是的。", "大模型", "大模型！", id="exclamation"),
        pytest.param("大模型", "大模型", "大模型", id="whole text"),
        pytest.param("a。《办法。》b。", "《办法。》", "《办法。》b。", id="mention over a border"),
    ],
)
def test_sentence_of_the_mention(text: str, word: str, sentence: str) -> None:
    found = key_sentence(text, _span(text, word))

    assert found is not None
    assert str(found) == sentence
    assert found.mention == word


@pytest.mark.parametrize("span", [None, Span(field="title", start=0, end=2, surface="标题", term="标题")])
def test_without_a_span_in_the_text_the_first_sentence_speaks(span: Span | None) -> None:
    found = key_sentence("\n  第一句。第二句。", span)

    assert found is not None
    assert (str(found), found.mention) == ("第一句。", "")


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_empty_text_has_no_sentence(text: str) -> None:
    assert key_sentence(text, None) is None


def test_long_sentence_is_cut_at_clauses() -> None:
    text = "前面的分句，" * 30 + "这里说到文心一言，" + "后面的分句，" * 30 + "完。"

    found = key_sentence(text, _span(text, "文心一言"))

    assert found is not None
    assert str(found).startswith("…这里说到文心一言，后面的分句，")
    assert str(found).endswith("后面的分句，…")
    assert 100 < len(str(found)) <= 120


def test_latin_sentence_may_be_twice_as_long() -> None:
    text = "word " * 40 + "GPT " + "word " * 60

    found = key_sentence(text, _span(text, "GPT"))

    assert found is not None
    assert 200 < len(str(found)) <= 240


_HELP = (
    "SAN FRANCISCO - Anthropic on Friday released Claude 6, a model it says can carry out a software project for three "
    "days without human help."
)
_DELAY = (
    "BRUSSELS - European lawmakers reached a political agreement on Thursday to postpone the high-risk obligations of "
    "the EU AI Act by 16 months, until December 2, 2027."
)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [pytest.param(_HELP, "Claude 6", id="behind the name"), pytest.param(_DELAY, "EU AI Act", id="before the name")],
)
@pytest.mark.parametrize("shift", range(12))
def test_sentence_does_not_end_at_a_space_that_is_far_from_the_mention(sentence: str, word: str, shift: int) -> None:
    text = f"It rained. {sentence[:12]}{'x' * shift} {sentence[12:]} The rest."

    assert str(key_sentence(text, _span(text, word))) == text.removeprefix("It rained. ").removesuffix(" The rest.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("He left. U.S. senators asked GPT makers.", "U.S. senators asked GPT makers.", id="country"),
        pytest.param(
            "No. Sen. Jane B. Doe asked GPT Inc. for it.", "Sen. Jane B. Doe asked GPT Inc. for it.", id="title"
        ),
        pytest.param("He left. On Jan. 5 at 3 p.m. GPT failed.", "On Jan. 5 at 3 p.m. GPT failed.", id="time"),
        pytest.param("He left. See No. 5 of GPT.", "See No. 5 of GPT.", id="number"),
        pytest.param("It was made in the U.S. The GPT model won.", "The GPT model won.", id="an end after all"),
        pytest.param("Is it made by X?\nA.\nGPT is.", "GPT is.", id="line break"),
        pytest.param("He left. “Is it safe?” asked GPT.", "“Is it safe?” asked GPT.", id="quoted question"),
        pytest.param('He left. "It is." said GPT.', '"It is." said GPT.', id="quoted sentence"),
        pytest.param('He said "it is." GPT left.', "GPT left.", id="end of a quotation"),
        pytest.param("We asked him. GPT failed.", "GPT failed.", id="plain word"),
    ],
)
def test_mark_in_the_middle_of_a_sentence_does_not_end_it(text: str, sentence: str) -> None:
    assert str(key_sentence(text, _span(text, "GPT"))) == sentence


_WHO = "European regulators said after a meeting of ministers that they would investigate OpenAI"
_HOW = " over the way in which it handled complaints about the model that had been made by users in several states"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(
            f"{_WHO}{_HOW}, although nothing is decided, and although that may take years, as they said.",
            f"{_WHO}{_HOW}, although nothing is decided,…",
            id="clauses that fit",
        ),
        pytest.param(
            f"{_WHO}{_HOW * 2}.", f"{_WHO}{_HOW} over the way in which it handled complaints…", id="one long clause"
        ),
        pytest.param(
            "监管部门表示，" + "他们正在了解情况，" * 12 + "OpenAI须作答。",
            "…" + "他们正在了解情况，" * 12 + "OpenAI须作答。",
            id="the name comes late",
        ),
    ],
)
def test_long_sentence_keeps_who_does_it_and_shows_what_is_cut(text: str, shown: str) -> None:
    assert str(key_sentence(text, _span(text, "OpenAI"))) == shown


@given(words=st.lists(st.sampled_from(["GPT-4o", "regulators", "naïve", "a,", "x"]), max_size=150))
def test_cut_is_marked_and_parts_no_word(words: list[str]) -> None:
    text = " ".join([*words, "OpenAI", *words])

    found = str(key_sentence(text, _span(text, "OpenAI")))

    kept = found.removeprefix("…").removesuffix("…")
    start = text.index(kept)
    assert found.startswith("…") == (start > 0)
    assert found.endswith("…") == (start + len(kept) < len(text))
    assert set(kept.split()) <= {*text.split()}


def test_digits_with_a_thousands_comma_are_not_torn() -> None:
    text = "甲" * 100 + "，共有1,300个大模型" + "乙" * 100 + "。"

    assert "1,300个大模型" in str(key_sentence(text, _span(text, "大模型")))


def test_control_characters_become_spaces() -> None:
    text = "说\x00到\u202e大模型\x85了。"

    assert str(key_sentence(text, _span(text, "大模型"))) == "说 到大模型 了。"


@given(text=st.text(alphabet=st.sampled_from("大模型。，！. ,\n《》aZ1"), min_size=1, max_size=600), data=st.data())
def test_excerpt_is_short_and_holds_the_mention(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 20)))
    word = text[start:end]

    found = key_sentence(text, Span(field="text", start=start, end=end, surface=word, term=word))

    if found is not None:
        assert len(str(found)) <= 240
        assert found.mention.split() == word.split()
        assert len(str(found).splitlines()) <= 1

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

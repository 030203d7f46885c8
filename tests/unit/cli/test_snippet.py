from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.cli._snippet import marks_of, snippet_of
from storage.records import Span

TEXTS = st.text("甲乙。\n a", min_size=1, max_size=300)


def span(text: str, start: int, end: int, field: str = "text") -> Span:
    return Span(field=field, start=start, end=end, surface=text[start:end], term="x")


@given(text=TEXTS, places=st.lists(st.tuples(st.integers(0, 299), st.integers(1, 9)), max_size=6))
def test_marks_are_where_the_places_are(text: str, places: list[tuple[int, int]]) -> None:
    spans = [span(text, at, min(at + length, len(text))) for at, length in places if at < len(text)]
    snippet = snippet_of(text, spans)
    assert len(snippet.text) == len(text[snippet.start : snippet.start + len(snippet.text)]) <= 90
    assert "\n" not in snippet.text
    marked = {snippet.start + at for start, end in snippet.marks for at in range(start, end)}
    inside = range(snippet.start, snippet.start + len(snippet.text))
    assert marked == {at for one in spans for at in range(one.start, one.end) if at in inside}
    assert not spans or min(one.start for one in spans) in inside


def test_snippet_begins_with_the_sentence_if_that_is_near() -> None:
    text = "甲" * 100 + "。乙乙乙丙" + "丁" * 100
    assert snippet_of(text, [span(text, 104, 105)]).text.startswith("乙乙乙丙丁")
    assert snippet_of(text, [span(text, 160, 161)]).start == 160 - 24


def test_text_without_places_shows_its_beginning() -> None:
    assert snippet_of("甲乙", []).text == "甲乙"
    assert snippet_of("甲乙", [span("题目", 0, 1, "title")]).marks == ()


def test_places_that_touch_are_one_mark() -> None:
    spans = [span("甲乙丙丁", 0, 2), span("甲乙丙丁", 1, 3), span("甲乙丙丁", 3, 4), span("题", 0, 1, "title")]
    assert marks_of(spans, "text") == ((0, 4),)


def test_english_is_cut_between_words() -> None:
    text = "word " * 5 + "another long sentence about models " * 5
    snippet = snippet_of(text, [span(text, 60, 66)])
    words = set(text.split())
    assert set(snippet.text.split()) <= words
    assert snippet.is_cut
    assert snippet.start > 0


def test_a_word_without_end_is_cut_all_the_same() -> None:
    assert len(snippet_of("x" * 300, []).text) == 90
    assert not snippet_of("whole text", []).is_cut

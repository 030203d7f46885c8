"""What is said of a query that cannot be read: what, where, and what helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.query.errors import QueryError
from storage.query.names import PlainNames
from storage.query.parse import MAX_CHARACTERS, MAX_CONDITIONS, MAX_DEPTH, parse
from tests.unit.storage.query.catalogue import SmallCatalogue
from tests.unit.storage.query.test_parse import SAVED

WRONG = [
    ("", 1, "the query is empty", "* finds every article"),
    (" \u3000", 1, "the query is empty", "* finds every article"),
    ("a AND", 6, "where the query ends", "an operator"),
    ("a OR  ", 5, "where the query ends", "an operator"),
    ("NOT", 4, "where the query ends", "an operator"),
    ("a 近", 4, "where the query ends", "an operator"),
    ("model:", 7, "where the query ends", "a field"),
    ("AND a", 1, "before AND", "in quotes"),
    ("a AND AND b", 7, "before AND", "in quotes"),
    ("a 或 或 b", 5, "before 或", "in quotes"),
    ("OR", 1, "before OR", "in quotes"),
    ("(a", 1, "is not closed", "add )"),
    ("a (b (c)", 3, "is not closed", "add )"),
    ("a)", 2, "expected ( before this )", "leave it out"),
    ("()", 2, "before )", "an operator"),
    ("(a OR)", 6, "before )", "an operator"),
    ('a "b', 3, "the quote that opens here", "close it"),
    ("「大模型", 1, "the quote that opens here", "close it"),
    ("a /b", 3, "closes the regular expression", "in quotes"),
    ("a - b", 3, "right behind -", "write -word"),
    (": a", 1, "a field before the colon", "in quotes"),
    ("大模型, 监管", 4, "a comma stands only", "a space means both"),
    ("... a", 1, "a letter or a digit", "leave single signs out"),
    ('""', 1, "a letter or a digit", "leave single signs out"),
    ("*模型", 1, "cannot hold *", "put it in quotes"),
    ("a deep*seek", 3, "cannot hold *", "behind a word that may go on"),
    ("C++*", 1, "cannot hold *", "put it in quotes"),
    ("Q*", 1, "expected 2 to 40 letters before the *", "put it in quotes"),
    ("deep-s*", 1, "expected 2 to 40 letters before the *", "put it in quotes"),
    ("GPT-4*", 1, "expected 2 to 40 letters before the *", "a digit behind letters begins a word: GPT finds GPT4"),
    ("x" * 41 + "*", 1, "expected 2 to 40 letters before the *", ""),
    ("foo:bar", 1, "unknown field 'foo'", "known: title:"),
    ("site:x", 1, "unknown field 'site'", "did you mean source:?"),
    ("Since :7d", 1, "unknown field 'Since'", "did you mean after:?"),
    ("正文：备案", 1, "unknown field '正文'", "words without a field are looked for in the title and the text"),
    ("titel:a", 1, "unknown field 'titel'", "did you mean title:?"),
    ("modle:*", 1, "unknown field 'modle'", "did you mean model:?"),
    ("模形：qwen", 1, "unknown field '模形'", "did you mean 模型:?"),
    ("drug:司美格鲁肽", 1, "unknown field 'drug'", "entity:NAME finds one of it, kind:drug all"),
    ("a Drug:(x)", 3, "unknown field 'Drug'", "kind:drug all"),
    ("a 12:30", 3, "unknown field '12'", "quote them"),
    ("https://x.example/1", 1, "unknown field 'https'", "quote them"),
    ("国务院：大模型", 1, "unknown field '国务院'", "quote them"),
    ("title:-a", 7, "a value behind title:", "write -title:"),
    ("model:nosuch", 7, "unknown model 'nosuch'", "no tracked name"),
    ("model:qwne", 7, "unknown model 'qwne'", "did you mean model:qwen?"),
    ("a model:qwen,nosuch", 14, "unknown model 'nosuch'", "no tracked name"),
    ("regulation:qwen", 12, "unknown regulation 'qwen'", "it is a model: model:qwen"),
    ("model:OpenAI", 7, "unknown model 'OpenAI'", "it is a vendor: vendor:OpenAI"),
    ("model:zz*", 7, "unknown model 'zz*'", "no tracked name"),
    ("model:qwen,,gpt", 12, "a value beside the comma", ""),
    ("vendor:nosuch", 8, "unknown vendor 'nosuch'", "no tracked name"),
    ("kind:animal", 6, "unknown kind 'animal'", "known: model, regulation"),
    ("stage:late", 7, "unknown stage 'late'", "known: planned, draft"),
    ("lang:klingon", 6, "expected a language", "zh-hans"),
    ("after:soon", 7, "expected a date", "2026-11-01"),
    ("before:2026-02-30", 8, "expected a date", "2026-11-01"),
    ("published:soon", 11, "expected a date or a period", "2026-11-01..2026-11-07"),
    ("published:2026-11-07..2026-11-01", 11, "begins before it ends", "the earlier one first"),
    ("seen:7d..30d", 6, "begins before it ends", "the earlier one first"),
    ("seen:2026-11-01..soon", 6, "expected a date or a period", ">=2026-11-01"),
    ("after:yesterday", 7, "expected a date", "2026-11-01"),
    ('author:"..."', 8, "an author's name", ""),
    ('source:" "', 8, "a name between the quotes", ""),
    ("source:/x/", 8, "takes no regular expression", "title:/.../"),
    ("/(/", 1, "not a regular expression: missing )", "RE2"),
    ("title:/(?=a)/", 7, "not a regular expression", "RE2"),
    ("//", 1, "between the slashes", ""),
    ("/a/ig", 1, "a space behind the expression, found 'ig'", "(?s)"),
    ("/[\\u4e00-\\u9fa5]/", 1, "not a regular expression", r"\p{Han}"),
    (f"/{'a' * 501}/", 1, "at most 500 characters, found 501", ""),
    ("a 近 (b c)", 3, "words on both sides", "大模型 近 监管"),
    ("a 近 title:b", 3, "words on both sides", "大模型 近 监管"),
    ("a 近 b 近 c", 7, "one phrase on each side of 近", "NEAR/5"),
    ("(a b) 近 c", 7, "words on both sides", "大模型 近 监管"),
    ("a NEAR 3 b", 3, "words behind NEAR, found 3", "write NEAR/3"),
    ("a NEAR(3) b", 3, "words behind NEAR, found 3", "write NEAR/3"),
    ('"a b"~5', 6, "~5 cannot stand here", "NEAR/5"),
    ("a NEAR/0 b", 3, "a distance of 1 to 50, found 0", ""),
    ("a NEAR/51 b", 3, "a distance of 1 to 50, found 51", ""),
    ("count(model:qwen)", 17, "expected count(model:NAME)>=NUMBER", ""),
    ("count(model:qwen)>=2.5", 17, "expected count(model:NAME)>=NUMBER", "numbers are whole"),
    ("count(model:qwen)!=2", 17, "expected count(model:NAME)>=NUMBER", ">=, >, =, < and <="),
    ("a count( )>=1", 10, "expected count(model:NAME)>=NUMBER", "a name stands in the parentheses"),
    ("count(model:qwen", 17, "expected count(model:NAME)>=NUMBER", ""),
    ("(a) >= 2", 3, "count( before this comparison", "count(model:NAME)>=2"),
    ("count(title:a)>2", 1, "title: cannot be counted", "counts mentions"),
    ("count(qwen)>1000000", 1, "a number up to 100,000", ""),
    ("title:(source:a)", 8, "source: cannot stand in title:( )", "beside each other"),
    ("title:(source:(a))", 8, "source:( ) cannot stand here", "beside each other"),
    ("title:(model:(a))", 8, "expected model:NAME in title:( )", "one field at a time"),
    ("title:(count(qwen)>1)", 8, "count( ) cannot stand in title:( )", "beside each other"),
    ("saved:nosuch", 7, "unknown saved query 'nosuch'", "known: bad, both"),
    ("saved:one", 7, "in the saved query 'one', column 7: in the saved query 'two', column 9:", "one -> two -> one"),
    ("a saved:bad", 9, "in the saved query 'bad', column 4: expected a condition", "an operator"),
    ("a" * (MAX_CHARACTERS + 1), MAX_CHARACTERS + 1, "at most 10,000 characters", ""),
    ("a " * MAX_CONDITIONS + "b", 2 * MAX_CONDITIONS + 1, "at most 200 conditions", ""),
    ("NOT " * MAX_DEPTH + "a", 4 * MAX_DEPTH + 1, "at most 50 deep", ""),
]


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"), WRONG, ids=[text[:40] or "nothing" for text, *_ in WRONG]
)
def test_error_says_what_and_where(text: str, column: int, message: str, hint: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text, SmallCatalogue(), saved=SAVED)

    assert message in raised.value.message or message in str(raised.value)
    assert raised.value.column == column
    assert hint in raised.value.hint


_SIGNS = st.sampled_from(
    [
        *'"“”「」()（）:：/／-－!！*,，|｜&＆<>=＞≥ \n\t.#+~',
        "–",
        "\u200b",
        "AND ",
        " 或 ",
        "near/5 ",
        "近",
        "count(",
        "a",
        "大",
        "4",
        "\x00",
        "\ud800",
    ]
)
_FIELDS = st.sampled_from(["title:", "model:", "after:", "stage:", "saved:", "标题：", "lang:", "kind:", "count("])


@given(text=st.lists(_SIGNS | _FIELDS, max_size=25).map("".join) | st.text(max_size=40))
def test_any_text_is_a_query_or_one_clear_error(text: str) -> None:
    error = _error_of(text)

    if error is not None:
        assert 1 <= error.column <= len(text) + 1
        assert "Token" not in str(error)
        assert error.shown(text).count("\n") == 1


def _error_of(text: str) -> QueryError | None:
    try:
        parse(text, PlainNames(), saved=SAVED)
    except QueryError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("query", "column", "shown"),
    [
        pytest.param("a AND", 6, "a AND\n     ^", id="at the end"),
        pytest.param("大模型 foo:x", 5, "大模型 foo:x\n       ^", id="Chinese letters are two wide"),
        pytest.param("a\nb )", 5, "a b )\n    ^", id="lines become one"),
        pytest.param("", 1, "\n^", id="nothing"),
        pytest.param("x" * 100 + ")" + "y" * 100, 101, f"…{'x' * 60}){'y' * 59}…\n{' ' * 61}^", id="long"),
    ],
)
def test_caret_stands_under_the_place(query: str, column: int, shown: str) -> None:
    assert QueryError("no", column).shown(query) == shown

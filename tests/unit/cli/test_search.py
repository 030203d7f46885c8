"""``newswatch search``: what is found, shown and said, and what is wrong with a query."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storage.articles import insert_article
from storage.database import open_store
from storage.records import VerdictKind
from storage.search_index import empty_index, fill
from tests.unit.cli.conftest import HOSTILE, Run, configured
from tests.unit.storage.worlds import NOW, after, article, mention

TEXTS = ("工信部就算法备案征求意见。各大模型企业应当在年底前完成。", "大模型价格战继续，GPT 4o也降价。", "天气晴好。")


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four articles in three stories; the last one is a copy of the first."""
    folder = configured(tmp_path_factory.mktemp("searched"))
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    named = (mention("model:ernie-bot", 0, "工信"),)
    stories = [
        store.write(
            lambda session, key=key, text=text, hour=hour: insert_article(
                session,
                article(key, text, title=f"要闻{key}", mentions=named if key == "a" else ()),
                verdict=VerdictKind.NEW,
                story_id=None,
                now=after(hours=hour),
            )
        )[1]
        for hour, (key, text) in enumerate(zip("abc", TEXTS, strict=True))
    ]
    copy = article("d", TEXTS[0], title=f"算法备案{HOSTILE}", mentions=())
    store.write(
        lambda session: insert_article(
            session, copy, verdict=VerdictKind.NEAR_COPY, story_id=stories[0], now=after(hours=4)
        )
    )
    store.close()
    return folder


@pytest.fixture
def ask(run: Run, searched: Path) -> Any:
    def command(*arguments: str) -> Any:
        return run("search", *arguments, folder=searched)

    return command


def found(ask: Any, *arguments: str) -> Any:
    result = ask("--json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        pytest.param(["大模型"], [4, 2], id="a-story-once"),
        pytest.param(["大模型", "--all"], [4, 2, 1], id="all"),
        pytest.param(["大模型", "gpt-4o"], [2], id="several-words"),
        pytest.param(["大模型 -備案"], [2], id="one-argument"),
        pytest.param(["--", "-大模型"], [3], id="begins-with-a-minus"),
        pytest.param(["-大模型"], [3], id="begins-with-a-minus-alone"),
        pytest.param(["大模型", "-备案"], [2], id="a-minus-behind-a-word"),
        pytest.param(["大模型", "-banned", "-dog", "-n1"], [4], id="a-minus-before-letters-of-options"),
        pytest.param(["model:文心一言"], [1], id="called-by-its-name"),
        pytest.param(["*", "--limit", "1"], [4], id="limit"),
        pytest.param(["*", "--before", "3"], [2, 1], id="page"),
        pytest.param(["*", "--since", "2026-03-02T11:30:00"], [4], id="since"),
        pytest.param(["算法备案", "--sort", "relevance"], [4], id="relevance"),
        pytest.param(["大模型", "--sort", "relevance", "--all"], [4, 2, 1], id="relevance-all"),
        pytest.param(["/要闻[bc]/"], [3, 2], id="pattern"),
        pytest.param(["火星"], [], id="nothing"),
    ],
)
def test_what_is_found(ask: Any, arguments: list[str], ids: list[int]) -> None:
    assert sorted(one["id"] for one in found(ask, *arguments)["articles"]) == sorted(ids)


def test_document_says_where_and_how_many_and_what_was_left_out(ask: Any) -> None:
    document = found(ask, "算法备案")
    (one,) = document["articles"]
    assert (one["id"], one["others"], one["score"]) == (4, [1], None)
    assert [(span["field"], span["surface"]) for span in one["spans"]] == [("title", "算法备案"), ("text", "算法备案")]
    assert one["title_marks"] == [[0, 4]]
    start, end = one["snippet"]["marks"][0]
    assert one["snippet"]["text"][start:end] == "算法备案"
    assert document["matches"] == {"number": 2, "is_all": True}
    assert document["read_as"] == '"算法备案"'
    assert document["index"]["is_whole"]


def test_pages_follow_each_other(ask: Any) -> None:
    first = found(ask, "*", "--limit", "2", "--all")
    rest = found(ask, "*", "--limit", "2", "--all", "--before", str(first["next_before_id"]))
    assert [one["id"] for page in (first, rest) for one in page["articles"]] == [4, 3, 2, 1]
    assert rest["next_before_id"] is None


def test_person_sees_one_block_for_each_story_and_nothing_that_a_terminal_obeys(ask: Any) -> None:
    result = ask("算法备案")
    assert result.exit_code == 0
    assert "[4] 2026-03-02 12:00 UTC  wire  算法备案" in result.stdout
    assert "    工信部就算法备案征求意见。" in result.stdout
    assert "and 1 more of story 1" in result.stdout
    assert "2 articles found. One in full: newswatch show 4" in result.stdout
    assert not {"\x1b", "\x9b", "\u202e"} & set(result.stdout)


def test_explanation_says_how_it_was_read_and_what_the_order_rests_on(ask: Any) -> None:
    result = ask("标题：算法備案", "--sort", "relevance", "--explain")
    assert 'read as: title:"算法备案"' in result.stdout
    assert "score " in result.stdout
    assert "title 3.00" in result.stdout


def test_nothing_found_says_so(ask: Any) -> None:
    assert "No such articles. All of them: newswatch feed" in ask("火星").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            ["大模型 AND"], ["expected a condition where the query ends", "  大模型 AND\n            ^"], id="end"
        ),
        pytest.param(["modle:x"], ["unknown field 'modle'", "  modle:x\n  ^", "did you mean model:"], id="field"),
        pytest.param(["model:gtp-4"], ["unknown model 'gtp-4'", "gpt-4"], id="name"),
        pytest.param(["*", "--sort", "best"], ["expected one of newest, relevance, found 'best'"], id="order"),
        pytest.param(["*", "--since", "soon"], ["expected --since like 7d"], id="since"),
        pytest.param(["*", "--sort", "relevance", "--before", "2"], ["found both"], id="page-of-the-best"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(ask: Any, arguments: list[str], said: list[str]) -> None:
    result = ask(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    for line in said:
        assert line in result.stderr


def test_index_that_is_being_filled_says_how_far_back_it_goes(run: Run, tmp_path: Path) -> None:
    folder = configured(tmp_path)
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    for key in "ab":
        store.write(
            lambda session, key=key: insert_article(
                session, article(key, "大模型"), verdict=VerdictKind.NEW, story_id=None, now=NOW
            )
        )
    store.write(empty_index)
    empty = run("search", "大模型", folder=folder).stdout
    store.write(lambda session: fill(session, limit=1))
    half = run("search", "大模型", folder=folder).stdout
    store.close()
    assert "The search index is empty" in empty
    assert "Indexed back to 2026-03-02 08:00 UTC" in half
    assert "1 article found" in half


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        pytest.param("group:nosuch", "no group is called 'nosuch'", id="group"),
        pytest.param("source:wier", "no source is called 'wier'; near: wire", id="source"),
        pytest.param("lang:xx", "no article is in the language 'xx'; such as zh, en", id="language"),
        pytest.param("大模型 author:谁人", "no article has an author whose name holds '谁人'", id="author"),
        pytest.param("火星 or 木星", "or is searched for as a word; the operator is OR", id="lower-case operator"),
        pytest.param("火星 near 木星", "near is searched for as a word; the operator is NEAR", id="lower near"),
        pytest.param("火星 gp", '"gp" is found as whole words only; gp* finds longer ones', id="a longer word"),
        pytest.param("‘火星 木星’", "‘ makes no phrase of words", id="single quotes"),
        pytest.param("火星;木星", "; between words makes one phrase of them", id="semicolon"),
        pytest.param("火星，木星", "， between words makes one phrase of them", id="comma of full width"),
        pytest.param("火星且木星", "且 between other characters", id="operator without spaces"),
    ],
)
def test_what_may_be_why_nothing_is_found_is_said(ask: Any, query: str, hint: str) -> None:
    answer = ask(query)
    assert answer.exit_code == 0
    assert f"hint: {hint}" in answer.stderr


@pytest.mark.parametrize(
    "query",
    [
        "火星",
        '"火星 or 木星"',
        "火星 OR 木星",
        "1,000 what's 火星",
        "source:wire 火星",
        "source:no* 火星",
        "火星 lang:zh",
        "火星 gpt",
        "火星 gp*",
        "火星 -gp",
        "火星 g",
        "model:qwen，deepseek 火星",
    ],
)
def test_a_query_that_merely_finds_nothing_has_no_hint(ask: Any, query: str) -> None:
    assert ask(query).stderr == ""


def test_what_is_found_has_no_hint(ask: Any) -> None:
    assert ask("大模型 OR source:nosuch").stderr == ""


def test_what_may_be_meant_otherwise_is_said_of_what_is_found_too(ask: Any) -> None:
    answer = ask("大模型 OR 火星且木星")
    assert "No such articles" not in answer.stdout
    assert "hint: 且 between other characters" in answer.stderr


def test_an_unknown_option_is_no_part_of_the_query(ask: Any) -> None:
    answer = ask("大模型", "--limti", "3")
    assert answer.exit_code == 2
    assert "No such option: --limti" in answer.stderr

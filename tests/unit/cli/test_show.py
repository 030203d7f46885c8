"""``newswatch show``: what changed, what was removed, what is shown of an article."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from storage import articles
from storage.database import open_store
from storage.records import Published, Removed, VerdictKind
from storage.tagged import Mention
from tests.unit.cli.conftest import Program, Run, configured
from tests.unit.storage.worlds import NOW, after, article, evidence

FORMS = ("甲\n1 | 北京 | 文心一言\n乙", "甲\n1 | 北京 | 文心一言 4.0\n乙", "甲\n乙\n丙")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that holds one article in three forms and one in one."""
    folder = configured(tmp_path_factory.mktemp("changed"))
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    store.write(_fill)
    store.close()
    return folder


def _fill(session: Session) -> None:
    first, *later = (replace(article("a", text), content_hash=str(n) * 64) for n, text in enumerate(FORMS))
    number, _ = articles.insert_article(session, first, verdict=VerdictKind.NEW, story_id=None, now=NOW)
    for hours, form in enumerate(later, 1):
        articles.revise_article(session, number, form, evidence=evidence(), now=after(hours=hours))
    plain = replace(
        article("b", "正文"),
        content_hash="f" * 64,
        derived="机器的总结\n第二行",
        modified=Published(value="2023-07-03", precision="day", origin="meta"),
        removed=(Removed(rule="tail", text="责任编辑"), Removed(rule="counter", text="阅读 12", above=1)),
    )
    articles.insert_article(session, plain, verdict=VerdictKind.NEW, story_id=None, now=NOW)
    full = replace(article("c", "豆包" * 500), mentions=tuple(_mention(2 * at) for at in range(500)))
    articles.insert_article(session, full, verdict=VerdictKind.NEW, story_id=None, now=NOW)


def _mention(start: int) -> Mention:
    return Mention(
        entity="model:doubao",
        kind="model",
        field="text",
        surface="豆包",
        start=start,
        end=start + 2,
        version=None,
        how="alias",
        confidence=0.9,
    )


def said(run: Run, folder: Path, *arguments: str) -> str:
    answer = run("show", *arguments, folder=folder)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


@pytest.mark.parametrize(
    ("arguments", "numbers", "removed", "added"),
    [
        ((), (2, 3), ["1 | 北京 | 文心一言 4.0"], ["丙"]),
        (("1",), (1, 2), ["1 | 北京 | 文心一言"], ["1 | 北京 | 文心一言 4.0"]),
    ],
    ids=["last", "first"],
)
def test_diff_gives_lines_that_went_and_came(
    run: Run, changed: Path, arguments: tuple[str, ...], numbers: tuple[int, int], removed: list[str], added: list[str]
) -> None:
    found = json.loads(said(run, changed, "1", *arguments, "--diff", "--json"))

    assert found == {"id": 1, "from": numbers[0], "to": numbers[1], "removed": removed, "added": added}


def test_diff_in_words_has_signs_places_and_no_colour_off_a_terminal(run: Run, changed: Path) -> None:
    lines = said(run, changed, "1", "1", "--diff").splitlines()

    assert lines[0].startswith("article 1, revision 1 to 2: http")
    assert lines[1:] == ["@@ below line 1 @@", "- 1 | 北京 | 文心一言", "+ 1 | 北京 | 文心一言 4.0"]


def test_removed_lines_are_shown_with_rule_and_place(run: Run, changed: Path) -> None:
    assert said(run, changed, "2", "--removed").splitlines() == [
        "outside the text  [tail] 责任编辑",
        "    below line 1  [counter] 阅读 12",
    ]
    assert [line["above"] for line in json.loads(said(run, changed, "2", "--removed", "--json"))["removed"]] == [
        None,
        1,
    ]


def test_article_says_how_much_was_removed_and_sets_derived_text_apart(run: Run, changed: Path) -> None:
    words = said(run, changed, "2")

    assert "  modified   2023-07-03 (day, from meta)\n" in words
    assert "\nDerived (not searched):\n  机器的总结\n  第二行\n" in words
    assert "2 lines were removed as furniture: newswatch show 2 --removed" in words
    assert "责任编辑" not in words
    assert "What changed last: newswatch show 1 --diff" in said(run, changed, "1")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("2", "--diff"), 1, "article 2 has not changed since it was stored"),
        (("1", "3", "--diff"), 1, "article 1 has no change that starts from revision 3; it has: 1, 2"),
        (("1", "1"), 2, "a revision is asked for with --diff"),
        (("1", "--diff", "--removed"), 2, "--diff and --removed cannot be had at once"),
    ],
    ids=["unchanged", "last revision", "no diff", "both"],
)
def test_mistake_is_one_clear_message(
    run: Run, changed: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    answer = run("show", *arguments, folder=changed)

    assert (answer.exit_code, answer.stdout, answer.stderr.strip()) == (status, "", message)


def test_help_names_the_revision(program: Program) -> None:
    assert "[N]" in program(["show", "--help"]).stdout


def test_full_share_of_mentions_is_said(run: Run, changed: Path) -> None:
    assert "mentions   豆包 = model:doubao (the 500 most telling places)\n" in said(run, changed, "3")
    assert "most telling" not in said(run, changed, "1")

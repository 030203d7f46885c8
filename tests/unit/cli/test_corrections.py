"""``newswatch split`` and ``newswatch merge``: a person corrects stories, looks before, and takes it back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from storage import articles
from storage.database import open_store
from storage.records import VerdictKind
from tests.unit.cli.conftest import Run, configured
from tests.unit.storage.worlds import NOW, article

SAME = (
    "同一份通知的正文，由多家媒体转载，内容没有任何改动，发布的时间也相差无几，因此它们应当属于同一个事件，读者只需要看到一次。"
    * 3
)
OTHER = (
    "另一家媒体用自己的话写成的报道，谈的是完全不同的事情，与前面那份通知没有一句相同的话，所以它自成一个事件，等待别人来合并。"
    * 3
)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store holds a story of four equal articles and one of a single article."""
    folder = configured(tmp_path_factory.mktemp("copies"))
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    store.write(_fill)
    store.close()
    return folder


@pytest.fixture
def folder(copies: Path, tmp_path: Path) -> Path:
    return shutil.copytree(copies, tmp_path / "own")


def _fill(session: Session) -> None:
    _, story = articles.insert_article(session, article("a", SAME), verdict=VerdictKind.NEW, story_id=None, now=NOW)
    for key in "bcd":
        value = article(key, SAME)
        articles.insert_article(session, value, verdict=VerdictKind.EXACT_COPY, story_id=story, now=NOW)
    articles.insert_article(session, article("e", OTHER), verdict=VerdictKind.NEW, story_id=None, now=NOW)


def done(run: Run, folder: Path, *arguments: str) -> Any:
    answer = run(*arguments, "--json", folder=folder)
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)


def stories(run: Run, folder: Path) -> dict[int, list[int]]:
    found = done(run, folder, "stories")["stories"]
    members = {one["id"]: done(run, folder, "story", str(one["id"]))["members"] for one in found}
    return {story: sorted(one["article_id"] for one in shown) for story, shown in sorted(members.items())}


def test_split_moves_the_named_articles_to_a_story_of_their_own(run: Run, folder: Path) -> None:
    answer = done(run, folder, "split", "1", "3", "4", "--note", "另一件事")
    assert [(one["article_id"], one["from"], one["to"]) for one in answer["moved"]] == [(3, 1, 3), (4, 1, 3)]
    assert (answer["applied"], answer["story"]) == (True, 3)
    assert stories(run, folder) == {1: [1, 2], 2: [5], 3: [3, 4]}
    assert "articles 3, 4 kept apart from articles 1, 2 (story 1): 另一件事" in run("story", "3", folder=folder).stdout


def test_merge_makes_one_story_and_the_others_lead_there(run: Run, folder: Path) -> None:
    answer = done(run, folder, "merge", "1", "2")
    assert [(one["article_id"], one["from"], one["to"]) for one in answer["moved"]] == [(5, 2, 1)]
    assert stories(run, folder) == {1: [1, 2, 3, 4, 5]}
    assert done(run, folder, "story", "2")["story"]["id"] == 1


@pytest.mark.parametrize(
    ("order", "moved"),
    [(("split", "1", "2"), [2]), (("merge", "2", "1"), [1, 2, 3, 4]), (("merge", "1", "2"), [5])],
    ids=lambda value: " ".join(map(str, value)),
)
def test_what_is_printed_to_undo_it_does(run: Run, folder: Path, order: tuple[str, ...], moved: list[int]) -> None:
    before = {tuple(members) for members in stories(run, folder).values()}
    answer = done(run, folder, *order)
    assert sorted(one["article_id"] for one in answer["moved"]) == moved
    assert {tuple(members) for members in stories(run, folder).values()} != before
    for command in answer["undo"]:
        name, *arguments = command.removeprefix("newswatch ").split(" --config")[0].split()
        done(run, folder, name, *arguments)
    assert {tuple(members) for members in stories(run, folder).values()} == before


@pytest.mark.parametrize("order", [("split", "1", "3", "4"), ("merge", "1", "2")], ids=lambda order: order[0])
def test_a_dry_run_shows_what_would_move_and_changes_nothing(run: Run, folder: Path, order: tuple[str, ...]) -> None:
    before = stories(run, folder)
    tried = done(run, folder, *order, "--dry-run")
    words = run(*order, "--dry-run", folder=folder)
    assert "Nothing was changed: this is what would move" in words.stdout
    assert (tried["applied"], tried["undo"]) == (False, [])
    assert stories(run, folder) == before
    moved = done(run, folder, *order)["moved"]
    assert [one["article_id"] for one in tried["moved"]] == [one["article_id"] for one in moved]


def test_a_story_that_would_begin_has_no_id_yet(run: Run, folder: Path) -> None:
    tried = done(run, folder, "split", "1", "3", "--dry-run")
    assert (tried["story"], tried["moved"][0]["to"], tried["events"]) == (None, None, [])
    words = run("split", "1", "3", "--dry-run", folder=folder).stdout
    assert words.startswith("1 article of story 1 would leave it for a new story:\n")


def test_the_words_name_what_was_done_and_how_to_undo_it(run: Run, folder: Path) -> None:
    words = run("split", "1", "3", folder=folder).stdout
    assert words.startswith("1 article of story 1 is story 3 now:\n       3  story 1 -> 3  c 日报, 题目 c\n")
    assert "Undo: newswatch merge 1 3 --config" in words


@pytest.mark.parametrize(
    ("order", "named"),
    [
        (("split", "9", "1"), "9"),
        (("split", "1", "5"), "article 5 is not in story 1"),
        (("split", "1", "1", "2", "3", "4"), "story 1"),
        (("merge", "1", "9"), "9"),
        (("merge", "1", "1"), "1"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_corrected_is_one_clear_error(
    run: Run, folder: Path, order: tuple[str, ...], named: str
) -> None:
    before = stories(run, folder)
    for form in ((), ("--dry-run",), ("--json",)):
        answer = run(*order, *form, folder=folder)
        assert (answer.exit_code, answer.stdout) == (1, "")
        assert len(answer.stderr.splitlines()) == 1
        assert named in answer.stderr
    assert stories(run, folder) == before


def test_a_story_that_went_elsewhere_says_where(run: Run, folder: Path) -> None:
    done(run, folder, "merge", "1", "2")
    answer = run("split", "2", "5", folder=folder)
    assert answer.exit_code == 1
    assert "story 1" in answer.stderr


@pytest.mark.parametrize("order", [("split", "1", "2"), ("merge", "1", "2")], ids=lambda order: order[0])
def test_a_correction_never_makes_a_store(run: Run, tmp_path: Path, order: tuple[str, ...]) -> None:
    answer = run(*order, folder=configured(tmp_path))
    assert (answer.exit_code, answer.stdout) == (65, "")
    assert not (tmp_path / "data").exists()


def test_a_correction_is_made_beside_the_service(run: Run, folder: Path) -> None:
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    try:
        assert done(run, folder, "merge", "1", "2")["story"] == 1
    finally:
        store.close()

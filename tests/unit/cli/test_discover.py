"""``newswatch discover``: names nobody tracks are listed, shown, refused with a reason, dismissed, and accepted."""

from __future__ import annotations

import json
import os
import shutil
import signal
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from monitor.engine.lock import DataLock
from monitor.runtime import now
from storage.articles import insert_article
from storage.database import open_store
from storage.records import VerdictKind
from storage.tagged import Findings, Sighting
from tests.unit.cli.conftest import Run, configured
from tests.unit.storage.worlds import article

TEXT = "第一句没有名字。多家企业接入「{name}」，效率提高了三成，\x1b[31m红。后面一句。"


def _put(session: Session, at: datetime, number: int, name: str, kind: str, publisher: str) -> None:
    text = TEXT.format(name=name)
    start = text.index(name)
    sighting = Sighting(
        kind=kind, name=name, field="text", surface=name, start=start, end=start + len(name), how="in a list"
    )
    key = f"{number}"
    value = article(
        key, text=text, content_hash=key, mentions=(), findings=Findings(sightings=(sighting,)), publisher=publisher
    )
    insert_article(session, value, verdict=VerdictKind.NEW, story_id=None, now=at)


SEEN = (
    ("晓问", "model", "甲报", 1),
    ("曉問", "model", "乙报", 2),
    ("晓问", "model", "丙报", 3),
    ("智能陪伴管理办法", "regulation", "甲报", 1),
    ("智能陪伴管理办法", "regulation", "乙报", 20),
    ("Tarvos X", "model", "甲报", 4),
    ("两可", "model", "甲报", 1),
    ("两可", "regulation", "甲报", 1),
    ("往日", "model", "甲报", 90),
    ("文心一言", "model", "甲报", 1),
    ("星火大模型", "model", "甲报", 1),
)


@pytest.fixture(scope="module")
def sighted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store holds articles with names of all kinds, first seen some days ago."""
    folder = configured(tmp_path_factory.mktemp("sighted"))
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=now)

    def fill(session: Session) -> None:
        at = now()
        for number, (name, kind, publisher, days) in enumerate(SEEN):
            _put(session, at - timedelta(days=days), number, name, kind, publisher)

    store.write(fill)
    store.close()
    return folder


@pytest.fixture
def folder(sighted: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sighted, tmp_path / "own")


def done(run: Run, folder: Path, *arguments: str) -> Any:
    answer = run("discover", *arguments, "--json", folder=folder)
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)


def names(run: Run, folder: Path, *arguments: str) -> list[str]:
    return [one["name"] for one in done(run, folder, *arguments)["proposals"]]


def test_names_are_listed_by_sources_and_tracked_ones_left_out(run: Run, sighted: Path) -> None:
    found = done(run, sighted)

    assert [(one["name"], one["kind"], one["sources"]) for one in found["proposals"]][:1] == [("晓问", "model", 3)]
    assert {one["name"] for one in found["proposals"]} == {"晓问", "智能陪伴管理办法", "Tarvos X", "两可"}
    assert (found["total"], found["days"], found["background_days"]) == (5, 7, 28)
    first = found["proposals"][0]
    assert (first["stories"], first["days"], first["earlier"], first["names"]) == (3, 3, 0, ["晓问", "曉問"])


def test_example_is_the_sentence_with_the_name_marked(run: Run, sighted: Path) -> None:
    example = done(run, sighted)["proposals"][0]["examples"][0]

    assert example["excerpt"]["before"] == "多家企业接入「"
    assert example["excerpt"]["mention"] == "晓问"
    assert example["excerpt"]["after"].startswith("」，效率提高了三成")
    assert example["outlet"] == "甲报"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--kind", "regulation"), {"智能陪伴管理办法", "两可"}),
        (("--since", "yesterday"), None),
        (("--since", "120d"), {"晓问", "智能陪伴管理办法", "Tarvos X", "两可", "往日"}),
        (("--since", "36h", "--kind", "model"), {"晓问", "两可"}),
        (("--since", "0001-01-01"), {"晓问", "智能陪伴管理办法", "Tarvos X", "两可", "往日"}),
        (("--since", "0001-01-01T00:00+14:00", "--kind", "regulation"), {"智能陪伴管理办法", "两可"}),
        (("--since", "9999-12-31T23:59-10:00"), set()),
    ],
    ids=["a kind", "no duration", "a longer window", "a shorter one", "all", "before all", "after all"],
)
def test_list_is_narrowed(run: Run, sighted: Path, arguments: tuple[str, ...], expected: set[str] | None) -> None:
    if expected is None:
        assert run("discover", *arguments, folder=sighted).exit_code == 2
    else:
        assert set(names(run, sighted, *arguments)) == expected


def test_table_says_what_to_do_next_and_that_there_are_more(run: Run, sighted: Path) -> None:
    shown = run("discover", "-n", "1", folder=sighted).stdout

    assert "newswatch discover accept 晓问" in shown
    assert "And 4 more: --limit 5" in shown


@pytest.mark.parametrize("name", ["晓问", "曉問", "晓问大模型", "《晓 问》"], ids=str)
@pytest.mark.parametrize("verb", [(), ("show",)], ids=["bare", "show"])
def test_name_is_found_however_it_is_written(run: Run, sighted: Path, verb: tuple[str, ...], name: str) -> None:
    found = done(run, sighted, *verb, name)

    assert found["key"] == "晓问"
    assert found["entry"]["name"] == "晓问"
    assert len(found["examples"]) == 3


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("--json", "--kind", "model"), (), "model"),
        (("--json", "--kind", "model"), ("--kind", "regulation"), "regulation"),
        (("--kind", "regulation", "--since", "2d"), ("--json",), "regulation"),
    ],
    ids=["before", "the later one counts", "some before"],
)
def test_options_may_stand_before_the_name(
    run: Run, sighted: Path, before: tuple[str, ...], after: tuple[str, ...], expected: str
) -> None:
    answer = run("discover", *before, "两可", *after, folder=sighted)

    assert json.loads(answer.stdout)["kind"] == expected


def test_since_before_the_name_counts(run: Run, sighted: Path) -> None:
    examples = [
        json.loads(run("discover", "--since", since, "晓问", "--json", folder=sighted).stdout)["examples"]
        for since in ("36h", "7d")
    ]

    assert [len(shown) for shown in examples] == [1, 3]


def test_name_of_several_words_needs_no_quotes(run: Run, sighted: Path) -> None:
    assert done(run, sighted, "tarvos", "x")["name"] == "Tarvos X"


def test_name_that_was_seen_earlier_is_found_too(run: Run, sighted: Path) -> None:
    assert done(run, sighted, "往日")["stories"] == 1


def test_one_is_shown_with_its_entry_and_as_plain_text(run: Run, sighted: Path) -> None:
    shown = run("discover", "晓问", folder=sighted).stdout

    assert "3 stories of 3 sources on 3 days" in shown
    assert "【晓问】" in shown
    assert "name: 晓问\n" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("晓文",), "no untracked name '晓文' was seen; the nearest: 晓问"),
        (("accept", "zzzz"), "no untracked name 'zzzz' was seen. All of them"),
        (("文心一言",), "its articles: newswatch feed --entity model:ernie-bot --config"),
        (("accept", "两可"), "choose one with --kind"),
        (("restore", "晓问"), "was not dismissed"),
        (("--dismissed", "晓问"), "it lists names; expected none, found one"),
        (("accept", "晓问", "--id", "Bad Id"), "expected kind:name in lower case"),
        (("accept", "晓问", "--id", "model:ernie-bot", "-y"), "model:ernie-bot is tracked already"),
        (("accept", "晓问", "--alias", "通义千问", "-y"), "'通义千问' is a name of model:tongyi-qianwen already"),
        (("accept", "晓问", "--name", "文心一言", "-y"), "'文心一言' is a name of model:ernie-bot already"),
        (("accept", "晓问", "--name", "ERNIE bot", "-y"), "'ERNIE bot' is a name of model:ernie-bot already"),
        (("accept", "晓问", "--alias", "晓", "-y"), "expected aliases of two characters or more"),
        (("accept", "晓问", "--name", "a\udcff"), "expected text"),
        (("\udcff",), "no untracked name"),
        (("accept", "晓问"), "Nothing was written. Write it with --yes"),
    ],
    ids=lambda value: ascii(" ".join(value)) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_one_clear_message(
    run: Run, folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = (folder / "sources.yaml").read_bytes()

    answer = run("discover", *arguments, folder=folder)

    assert answer.exit_code != 0
    assert message in " ".join(answer.stderr.replace("│", " ").split())
    assert "Traceback" not in answer.stderr
    assert (folder / "sources.yaml").read_bytes() == before


def test_entry_is_shown_before_it_is_written(run: Run, folder: Path) -> None:
    before = (folder / "sources.yaml").read_bytes()
    wishes = ("--id", "xiaowen", "--name", "晓问大模型", "--alias", "Xiaowen", "--alias", "晓问大模型")

    found = done(run, folder, "accept", "晓问", "--dry-run", "--vendor", "启明/Qiming", *wishes)

    assert (found["written"], found["named"], found["service"]) == (False, None, None)
    entry = found["entry"]
    assert (entry["id"], entry["name"], entry["vendor"]) == ("model:xiaowen", "晓问大模型", "启明/Qiming")
    assert entry["aliases"] == ["晓问大模型", "Xiaowen"]
    assert (folder / "sources.yaml").read_bytes() == before


def test_dismissed_name_is_gone_until_it_is_restored(run: Run, folder: Path) -> None:
    gone = done(run, folder, "dismiss", "曉問大模型", "--note", "a slogan")

    assert (gone["name"], gone["dismissed"]) == ("晓问", True)
    assert "晓问" not in names(run, folder)
    assert [one["note"] for one in done(run, folder, "--dismissed")["dismissed"]] == ["a slogan"]
    assert "was dismissed on" in run("discover", "晓问", folder=folder).stderr
    assert run("discover", "restore", "晓问", folder=folder).exit_code == 0
    assert "晓问" in names(run, folder)
    assert done(run, folder, "--dismissed") == {"dismissed": []}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "No untracked model or regulation was seen since"),
        (("--kind", "model"), "No untracked model was seen since"),
        (("--dismissed",), "Nothing was dismissed"),
    ],
    ids=["none", "none of a kind", "none dismissed"],
)
def test_empty_list_says_what_to_do(run: Run, arguments: tuple[str, ...], message: str) -> None:
    shown = run("discover", *arguments).stdout

    assert message in shown
    assert "newswatch discover" in shown


def test_store_without_articles_says_how_to_begin(run: Run, tmp_path: Path) -> None:
    (configured(tmp_path) / "data").mkdir()
    open_store(tmp_path / "data" / "newswatch.db", now=now).close()

    assert "newswatch run" in run("discover", folder=tmp_path).stdout


def test_process_that_heeds_no_signal_is_not_sent_one(run: Run, folder: Path) -> None:
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL
    lock = DataLock(folder / "data")
    try:
        found = done(run, folder, "accept", "晓问", "--id", "xiaowen", "--yes")
    finally:
        lock.release()

    assert (found["written"], found["service"], found["is_reloading"], found["named"]) == (
        True,
        os.getpid(),
        False,
        None,
    )
    (watched,) = json.loads((folder / "sources.yaml").read_text("utf-8"))["watch"]
    assert watched == found["entry"]
    assert "is tracked as model:xiaowen" in run("discover", "晓问", folder=folder).stderr

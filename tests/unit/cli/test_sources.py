"""``newswatch sources`` without a network: health, lists of feeds, mistakes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.cli._sources import health
from monitor.config import load_config
from monitor.runtime import now
from storage.database import open_reader
from storage.feed import SourceHealth, list_sources
from tests.unit.cli.conftest import Program, Run

OPML = """<?xml version="1.0"?><opml version="1.0"><body>
<outline text="科技媒体"><outline text="量子位" xmlUrl="https://www.qbitai.com/feed"/>
  <outline text="Tech &amp; more"><outline title="爱范儿" xmlUrl="feed://www.ifanr.com/feed"/></outline></outline>
<outline text="again" xmlUrl="https://www.qbitai.com/feed?utm_source=x"/>
<outline text="wire" xmlUrl="{known}"/><outline text="bad" xmlUrl="ftp://x/f"/>
</body></opml>"""


def config(folder: Path, text: str) -> Path:
    path = folder / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def call(program: Program, *arguments: str) -> Any:
    return program(["sources", *arguments])


@pytest.fixture
def healthy(stored: Path) -> SourceHealth:
    store = open_reader(stored / "data" / "newswatch.db")
    with store.read() as session:
        (found,) = list_sources(session)
    store.close()
    return found


def test_list_is_what_the_bare_command_shows(run: Run) -> None:
    assert run("sources").stdout == run("sources", "list").stdout
    assert json.loads(run("sources", "--json").stdout) == json.loads(run("sources", "list", "--json").stdout)


def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *sources: SourceHealth) -> str:
    monkeypatch.setenv("COLUMNS", "100")
    health.show(sources, as_json=False)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "ok"),
        ({"active": False}, "removed"),
        ({"failures": 3, "last_error": "timeout", "failing_since": now() - timedelta(days=1)}, "failing 24 h"),
        ({"is_silent": True}, "silent [0-9]+ [hd]"),
        ({"last_success_at": None}, "not polled"),
        ({"paused_until": now() + timedelta(hours=1), "pause_reason": "429"}, "paused"),
        ({"paused_until": now() - timedelta(hours=1), "pause_reason": "429"}, "ok"),
        ({"failures": 1, "failing_since": now() - timedelta(minutes=3)}, "failing [0-9]+ min"),
        ({"failures": 9, "failing_since": now() - timedelta(hours=3), "notices": (("gone", "410"),)}, "gone 3 h"),
        ({"last_found": 0}, r"ok \(empty"),
    ],
    ids=["ok", "removed", "failing", "silent", "not polled", "paused", "was paused", "minutes", "gone", "empty"],
)
def test_state_is_one_word_with_its_beginning(
    healthy: SourceHealth,
    change: dict[str, Any],
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    well = replace(healthy, failures=0, last_error=None, last_success_at=now(), is_silent=False, paused_until=None)

    line = shown(capsys, monkeypatch, replace(well, **change)).splitlines()[1]

    assert re.match(rf"wire\s+{words}\b", line)


def test_table_fits_a_terminal_and_remarks_stand_below(
    healthy: SourceHealth, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    worst = replace(
        healthy,
        id="a-very-long-name-of-a-source-that-nobody-would-choose-but-may",
        failures=12,
        failing_since=now() - timedelta(days=400),
        last_error="unreachable: no such host " * 20,
        expected_per_day=12.3,
        notices=(("drift", "the list moved"), ("gap", "\x1b[31mmissed")),
    )

    lines = shown(capsys, monkeypatch, worst, healthy).splitlines()

    assert all(len(line) <= 100 for line in lines[:3])
    assert len(lines) == 3 + 1 + 3 + (1 if healthy.failures else 0)
    assert lines[4].startswith(f"{worst.id}: 12 failed polls: unreachable: no such host")
    assert lines[5:7] == [f"{worst.id}: drift: the list moved", f"{worst.id}: gap: \ufffd[31mmissed"]


def test_remark_says_each_word_once_and_since_when(
    healthy: SourceHealth, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    since = now() - timedelta(days=2)
    moved = replace(
        healthy,
        failures=1,
        last_error="gone: 404",
        paused_until=now() - timedelta(minutes=1),
        pause_reason="429",
        notices=(("moved", "moved for good to https://x"), ("gap", "none was there")),
        notices_since={"moved": since},
    )

    lines = shown(capsys, monkeypatch, moved).splitlines()[3:]

    assert lines == [
        "wire: 1 failed poll: gone: 404",
        f"wire: moved for good to https://x (since {since:%m-%d %H:%M})",
        "wire: gap: none was there",
    ]


# ------------------------------------------------------------------------------------------------ before the first run

BOTH = (
    "sources:\n  - {id: zz, kind: feed, url: 'https://z.example/f', every: 5m}\n"
    "  - {id: wire, kind: feed, url: 'https://news.example/wire.xml'}\n"
    "  - {id: off, kind: feed, url: 'https://o.example/f', enabled: false}\n"
)


def test_configured_sources_are_listed_before_there_is_a_store(program: Program, tmp_path: Path) -> None:
    path = config(tmp_path, BOTH)

    words = call(program, "--config", str(path))
    listed = json.loads(call(program, "list", "--json", "--config", str(path)).stdout)["sources"]

    assert words.exit_code == 0, words.output
    assert [line.split()[:3] for line in words.stdout.splitlines()[1:]] == [
        ["zz", "not", "polled"],
        ["wire", "not", "polled"],
    ]
    assert [(one["id"], one["state"], one["interval_s"], one["next_poll_at"]) for one in listed] == [
        ("zz", "not polled", 300, None),
        ("wire", "not polled", 900, None),
    ]
    assert not (tmp_path / "data").exists()


def test_source_that_the_store_has_not_met_stands_among_the_others(
    program: Program, tmp_path: Path, stored: Path
) -> None:
    path = config(tmp_path, BOTH)

    answer = call(program, "list", "--json", "--config", str(path), "--data", str(stored / "data"))

    listed = json.loads(answer.stdout)["sources"]
    assert [(one["id"], one["polls"]) for one in listed] == [("zz", 0), ("wire", 1)]
    assert listed[0]["state"] == "not polled"
    assert listed[1]["state"] != "not polled"


def test_no_source_at_all_says_how_to_add_one(program: Program, tmp_path: Path) -> None:
    answer = call(program, "--config", str(config(tmp_path, "sources: []\n")))

    assert (answer.exit_code, answer.stdout) == (0, "No source is configured yet. Add one: newswatch sources add URL\n")


def test_identifiers_are_never_broken_at_eighty_columns(
    healthy: SourceHealth, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    name = "people-daily-economy-notes"
    health.show((replace(healthy, id=name, failures=2, failing_since=now() - timedelta(days=400)),), as_json=False)

    assert name in capsys.readouterr().out


def test_json_has_the_state_and_every_figure(run: Run) -> None:
    (line,) = json.loads(run("sources", "--json").stdout)["sources"]

    assert {"state", "notices", "expected_per_day", "is_silent", "last_found", "interval_s", "next_poll_at"} <= set(
        line
    )


# ------------------------------------------------------------------------------------------------ lists of feeds


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.opml"
    path.write_text(OPML.format(known="https://known.example/f"), encoding="utf-8")
    return path


BEFORE = "# mine\nsources:\n  - { id: known, kind: feed, url: https://known.example/f }  # keep\n\nrules: []\n"


def test_feeds_of_a_list_are_written_below_the_others(program: Program, tmp_path: Path, listed: Path) -> None:
    path = config(tmp_path, BEFORE)

    answer = call(program, "import", str(listed), "--config", str(path))

    assert answer.exit_code == 0, answer.output
    assert answer.stdout == f"2 added to {path}, 2 known already, 1 refused\n"
    assert "refused: bad: expected an http or https address, found 'ftp://x/f'" in answer.stderr
    assert path.read_text(encoding="utf-8") == BEFORE.replace(
        "# keep\n",
        "# keep\n\n"
        "  # from feeds.opml: 科技媒体\n"
        "  - id: qbitai\n    kind: feed\n    name: 量子位\n    group: group-1\n    url: https://www.qbitai.com/feed\n\n"
        "  # from feeds.opml: Tech & more\n"
        "  - id: ifanr\n    kind: feed\n    name: 爱范儿\n    group: tech-more\n    url: http://www.ifanr.com/feed\n",
    )
    assert call(program, "import", str(listed), "--config", str(path)).stdout.startswith("0 added, 4 known")


def test_list_can_be_looked_at_first(program: Program, tmp_path: Path, listed: Path) -> None:
    path = config(tmp_path, BEFORE)

    words = call(program, "import", str(listed), "--dry-run", "--config", str(path))
    document = json.loads(call(program, "import", str(listed), "--dry-run", "--json", "--config", str(path)).stdout)

    assert "  - id: qbitai\n" in words.stdout
    assert [one["id"] for one in document["sources"]] == ["qbitai", "ifanr"]
    assert (document["known"], len(document["refused"]), document["added"]) == (2, 1, False)
    assert path.read_text(encoding="utf-8") == BEFORE


def test_import_makes_the_configuration_that_is_named_and_says_so(
    program: Program, tmp_path: Path, listed: Path
) -> None:
    path = tmp_path / "new.yaml"

    looked = call(program, "import", str(listed), "--dry-run", "--config", str(path))
    assert looked.exit_code == 0, looked.output
    assert not path.exists()
    answer = call(program, "import", str(listed), "--config", str(path))

    assert answer.exit_code == 0, answer.output
    assert answer.stdout.startswith(f"Created {path}. 3 added to {path}, ")
    assert len(load_config(path, environ={}).sources) == 3


def test_configuration_in_a_folder_that_does_not_exist_is_not_made(
    program: Program, tmp_path: Path, listed: Path
) -> None:
    answer = call(program, "import", str(listed), "--config", str(tmp_path / "no" / "new.yaml"))

    assert answer.exit_code == 78
    assert "no such file" in answer.stderr


def test_outline_that_names_no_feed_is_counted(program: Program, tmp_path: Path) -> None:
    path = config(tmp_path, BEFORE)
    (tmp_path / "x.opml").write_text("<opml><body><outline text='a'/><outline text='b'/></body></opml>")

    answer = call(program, "import", str(tmp_path / "x.opml"), "--config", str(path))

    assert answer.stdout == "0 added, 0 known already, 0 refused, 2 skipped that name no feed\n"


def test_feeds_are_exported_as_json_too(program: Program, tmp_path: Path) -> None:
    answer = call(program, "export", "--json", "--config", str(config(tmp_path, BEFORE)))

    (feed,) = json.loads(answer.stdout)["feeds"]
    assert feed == {"id": "known", "name": None, "group": None, "url": "https://known.example/f"}


@pytest.mark.parametrize("empty", ["", "# nothing yet\n", "sources: []\n"])
def test_exported_feeds_are_the_imported_ones(program: Program, tmp_path: Path, listed: Path, empty: str) -> None:
    first = config(tmp_path, BEFORE)
    call(program, "import", str(listed), "--config", str(first))
    exported = call(program, "export", "--config", str(first))
    (tmp_path / "again.opml").write_text(exported.stdout, encoding="utf-8")
    (tmp_path / "other").mkdir()
    second = config(tmp_path / "other", empty)

    answer = call(program, "import", str(tmp_path / "again.opml"), "--config", str(second))

    assert answer.exit_code == 0, answer.output
    one, two = (load_config(path, environ={}).sources for path in (first, second))
    feeds = {(source.name or source.id, source.group, source.model_dump()["url"]) for source in one}
    assert {(source.name, source.group, source.model_dump()["url"]) for source in two} == feeds
    assert len(feeds) == 3


def test_what_is_no_feed_is_left_out_of_a_list_and_said(program: Program, tmp_path: Path) -> None:
    path = config(tmp_path, BEFORE.replace("\n\nrules", "\n  - {id: p, kind: page, url: https://p.example}\n\nrules"))

    answer = call(program, "export", "--config", str(path), "--output", str(tmp_path / "out.opml"))

    assert answer.exit_code == 0
    assert answer.stdout == ""
    assert answer.stderr == "1 feed exported; left out: 1 of other kinds, 0 disabled\n"
    assert b"known.example" in (tmp_path / "out.opml").read_bytes()


@pytest.mark.parametrize(
    ("content", "words"),
    [("<html/>", "outermost element is <html>"), ("- a", "no valid XML"), (None, "No such file")],
    ids=["HTML", "YAML", "no file"],
)
def test_what_is_no_list_changes_nothing(program: Program, tmp_path: Path, content: str | None, words: str) -> None:
    path = config(tmp_path, BEFORE)
    if content is not None:
        (tmp_path / "x.opml").write_text(content, encoding="utf-8")

    answer = call(program, "import", str(tmp_path / "x.opml"), "--config", str(path))

    assert answer.exit_code == 65
    assert len(answer.stderr.splitlines()) == 1
    assert words in answer.stderr
    assert path.read_text(encoding="utf-8") == BEFORE


def test_too_many_feeds_for_the_file_change_nothing(program: Program, tmp_path: Path) -> None:
    path = config(tmp_path, BEFORE)
    feeds = "".join(f"<outline text='{'名' * 90}' xmlUrl='https://{n}.example/{'x' * 1_900}'/>" for n in range(600))
    (tmp_path / "x.opml").write_text(f"<opml><body>{feeds}</body></opml>", encoding="utf-8")

    answer = call(program, "import", str(tmp_path / "x.opml"), "--config", str(path))

    assert answer.exit_code in (1, 78)
    assert "nothing was added" in answer.stderr
    assert path.read_text(encoding="utf-8") == BEFORE


# ------------------------------------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("add", "no address"), 2, "expected an address"),
        (("add", "https://user:hunter2@example.org/"), 2, "user name and password cannot stand in an address"),
        (("add", "user:hunter2@example.org"), 2, "user name and password cannot stand in an address"),
        (("add", "ftp://user:hunter2@example.org/"), 2, "expected an address"),
        (("add", "https://a.example", "--id", "Bad ID"), 2, "for --id: expected a short name"),
        (("add", "https://a.example", "--group", "媒体"), 2, "for --group: expected a short name"),
        (("add", "file:///etc/passwd"), 2, "expected an address"),
        (("add", "https://a.example", "--kind", "folder"), 2, "one of api, feed, listing, page, sitemap"),
        (("add", "https://a.example", "--id", "known"), 2, "is taken"),
        (("add", "https://a.example", "--name", "\ud800"), 2, "expected --name to be text"),
        (("add", "https://a.example", "--group", "a\udcff"), 2, "for --group: expected a short name"),
        (("add", "rsshub://a/b"), 78, "settings.rsshub"),
        (("test", "knwn"), 2, "unknown source 'knwn'; known: known"),
        (("check", "known", "\x1b[31m"), 2, "unknown source"),
        (("test",), 2, "Missing argument"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_mistake_is_one_clear_message(
    program: Program, tmp_path: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    path = config(tmp_path, BEFORE)

    answer = call(program, "--config", str(path), *arguments)

    assert (answer.exit_code, answer.stdout) == (status, "")
    assert words in " ".join(answer.stderr.split())
    assert "\x1b" not in answer.stderr
    assert "hunter2" not in answer.stderr
    assert path.read_text(encoding="utf-8") == BEFORE


@pytest.mark.parametrize(
    "asked", ["https://known.example/f", "known.example/f", "https://known.example/f?utm_source=x#a"]
)
def test_address_that_is_there_is_named_and_nothing_is_asked(program: Program, tmp_path: Path, asked: str) -> None:
    path = config(tmp_path, BEFORE)

    answer = call(program, "add", asked, "--config", str(path), "--yes", "--json")

    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {"asked": asked, "already": "known", "added": False}


def test_nothing_enabled_is_nothing_to_check(program: Program, tmp_path: Path) -> None:
    path = config(tmp_path, "sources: []\n")

    assert call(program, "check", "--config", str(path)).stdout.startswith("No source is enabled.")
    assert json.loads(call(program, "check", "--json", "--config", str(path)).stdout)["sources"] == []


@pytest.mark.parametrize("name", ["items", "feed"])
def test_filter_by_a_source_that_does_not_exist_names_those_that_do(run: Run, name: str) -> None:
    answer = run(name, "--source", "wir")

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "unknown source 'wir'; known: wire" in " ".join(answer.stderr.split())

"""The commands that look into a store: their answers, their empty states, their mistakes."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from storage.articles import insert_article
from storage.database import open_store
from storage.records import VerdictKind
from tests.unit.cli.conftest import Run, configured
from tests.unit.storage.worlds import HOST, NOW, article

COMMANDS: dict[str, tuple[str, ...]] = {
    "feed": (),
    "show": ("1",),
    "story": ("1",),
    "stories": (),
    "items": (),
    "alerts": (),
    "why": ("1",),
    "outbox": (),
    "entity": (),
}
LISTS = {
    "feed": "articles",
    "stories": "stories",
    "items": "items",
    "alerts": "alerts",
    "entity": "entities",
}
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def document(run: Run, name: str, *arguments: str) -> Any:
    answer = run(name, *arguments, "--json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["words", "json"])
def test_without_a_store_the_next_step_is_named(run: Run, tmp_path: Path, name: str, form: tuple[str, ...]) -> None:
    answer = run(name, *COMMANDS[name], *form, folder=configured(tmp_path))
    assert answer.exit_code == 65
    assert answer.stdout == ""
    assert re.fullmatch(r"there is no store at \S+newswatch\.db yet; `newswatch run` makes it\n", answer.stderr)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_store_says_what_to_do_next(run: Run, tmp_path: Path, name: str) -> None:
    configured(tmp_path)
    (tmp_path / "data").mkdir()
    open_store(tmp_path / "data" / "newswatch.db", now=lambda: NOW).close()
    words = run(name, folder=tmp_path)
    assert words.exit_code == 0
    assert "newswatch " in words.stdout
    assert json.loads(run(name, "--json", folder=tmp_path).stdout) == {LISTS[name]: []}


def test_a_file_that_is_no_store_is_one_clear_error(run: Run, tmp_path: Path) -> None:
    configured(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "newswatch.db").write_bytes(b"garbage " * 1000)
    answer = run("feed", folder=tmp_path)
    assert answer.exit_code == 65
    assert len(answer.stderr.splitlines()) == 1


def test_the_feed_shows_what_an_article_is_about(run: Run) -> None:
    assert [one["keywords"] for one in document(run, "feed")["articles"]] == [["模型"], ["模型"]]
    lines = run("feed").stdout.splitlines()
    assert lines[0].split()[-2:] == ["mentions", "keywords"]
    assert lines[1].split()[-1] == "模型"


def test_the_feed_lists_the_newest_first_with_its_verdict(run: Run) -> None:
    articles = document(run, "feed")["articles"]
    assert [(one["id"], one["verdict"], one["entities"]) for one in articles] == [
        (2, "near_copy", ["model:ernie-bot"]),
        (1, "new", ["model:ernie-bot"]),
    ]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("--limit", "1"), [2]),
        (("--before", "2"), [1]),
        (("--entity", "model:ernie-bot"), [2, 1]),
        (("--entity", "文心一言"), [2, 1]),
        (("--entity", "ERNIE-Bot"), [2, 1]),
        (("--entity", "model:gpt-4"), []),
        (("--source", "wire"), [2, 1]),
    ],
)
def test_the_feed_can_be_narrowed(run: Run, arguments: tuple[str, ...], ids: list[int]) -> None:
    assert [one["id"] for one in document(run, "feed", *arguments)["articles"]] == ids


def test_the_next_page_is_offered_with_the_options_that_were_given(run: Run, stored: Path) -> None:
    answer = run("feed", "--limit", "1")
    options = f"--config {stored}/sources.yaml --data {stored}/data"
    assert f"The next page: newswatch feed --before 2 {options}" in answer.stdout
    assert "The next page" not in run("feed").stdout


def test_the_next_page_is_narrowed_as_the_one_before(run: Run) -> None:
    answer = run("feed", "--limit", "1", "--entity", "文心一言", "--source", "wire")
    assert "newswatch feed --before 2 --entity model:ernie-bot --source wire --config" in answer.stdout


@pytest.mark.parametrize("asked", ["wire", "通讯社 A", "通讯社 a"])
@pytest.mark.parametrize("name", ["feed", "items"])
def test_a_source_is_asked_for_by_its_name(run: Run, stored: Path, tmp_path: Path, name: str, asked: str) -> None:
    configured(tmp_path)
    config = json.loads((tmp_path / "sources.yaml").read_text(encoding="utf-8"))
    config["sources"][0]["name"] = "通讯社 A"
    (tmp_path / "sources.yaml").write_text(json.dumps(config), encoding="utf-8")
    shutil.copytree(stored / "data", tmp_path / "data")
    answers = [run(name, *options, "--json", folder=tmp_path) for options in ((), ("--source", asked))]
    assert answers[0].stdout == answers[1].stdout != ""


@pytest.mark.parametrize("name", ["feed", "stories"])
def test_a_source_is_called_by_its_name(run: Run, tmp_path: Path, name: str) -> None:
    configured(tmp_path)
    config = json.loads((tmp_path / "sources.yaml").read_text(encoding="utf-8"))
    config["sources"][0]["name"] = "通讯社"
    (tmp_path / "data").mkdir()
    store = open_store(tmp_path / "data" / "newswatch.db", now=lambda: NOW)
    found = article("a", source_id="wire", publisher=None, source=None)
    store.write(lambda s: insert_article(s, found, verdict=VerdictKind.NEW, story_id=None, now=NOW))
    store.close()
    assert " wire " in run(name, folder=tmp_path).stdout.replace("\n", " \n")
    (tmp_path / "sources.yaml").write_text(json.dumps(config), encoding="utf-8")
    assert "通讯社" in run(name, folder=tmp_path).stdout
    assert "通讯社" not in run(name, "--json", folder=tmp_path).stdout


def test_an_article_is_shown_with_what_is_known_of_it(run: Run) -> None:
    view = document(run, "show", "2")
    assert (view["text"], view["verdict"], view["story_id"]) == ("正文\u3000二", "near_copy", 1)
    assert view["edges"][0]["evidence"]["similarity"] == 0.93
    words = run("show", "2").stdout
    assert "this is a near copy of article 1: 93 % of the text in common; 1 number differs: 120 -> 100" in words
    assert "1 line was removed as furniture: newswatch show 2 --removed" in words
    assert "正文\u3000二" in words  # an ideographic space is text


def test_items_can_be_asked_for_by_state_and_outcome(run: Run) -> None:
    assert [one["outcome"] for one in document(run, "items", "--state", "rejected")["items"]] == ["blocked"]
    assert [one["state"] for one in document(run, "items", "--state", "pending")["items"]] == ["pending"]
    assert len(document(run, "items", "--outcome", "near_copy", "--source", "wire")["items"]) == 1


def test_alerts_show_how_far_the_messages_got(run: Run) -> None:
    (alert,) = document(run, "alerts")["alerts"]
    assert alert["hit"]["rule"] == "models"
    assert [one["state"] for one in alert["hit"]["deliveries"]] == ["dead"]


@pytest.mark.parametrize("address", ["2", f"https://{HOST}/b", f"https://{HOST}/b?utm_source=x#top"])
def test_why_tells_the_way_of_an_address_or_an_article(run: Run, address: str) -> None:
    found = document(run, "why", address)
    assert (found["article"]["id"], found["story"]["article_count"]) == (2, 2)


@pytest.mark.parametrize("address", [f"https://{HOST}/b", f"https://{HOST}/b?utm_source=x#top"])
def test_an_article_is_shown_by_its_address_too(run: Run, address: str) -> None:
    assert document(run, "show", address)["id"] == 2


def test_why_puts_it_in_words(run: Run) -> None:
    words = run("why", "2").stdout
    assert "near_copy" in words
    assert "93 % of the text in common; 1 number differs: 120 -> 100" in words


def test_the_outbox_is_counted_and_dead_messages_go_again(run: Run, stored: Path, tmp_path: Path) -> None:
    assert document(run, "outbox")["outbox"]["dead"] == 1
    assert "newswatch outbox list --dead" in run("outbox").stdout
    copy = shutil.copytree(stored, tmp_path / "copy")
    assert json.loads(run("outbox", "retry", "--all", "--json", folder=copy).stdout) == {"retried": 1}
    counts = json.loads(run("outbox", "--json", folder=copy).stdout)["outbox"]
    assert (counts["pending"], counts["dead"]) == (1, 0)


def test_ids_of_no_dead_message_are_said_once(run: Run, stored: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(stored, tmp_path / "copy")
    none, some = (run("outbox", "retry", *ids, folder=copy) for ids in (("998", "999"), ("1", "998", "999")))

    assert (none.exit_code, none.stdout, none.stderr) == (
        1, "", "No such dead message: newswatch outbox list --dead\n",
    )  # fmt: skip
    assert (some.exit_code, some.stdout) == (1, "1 message will be sent again.\n")
    assert some.stderr == "2 of the ids are no dead message: newswatch outbox list --dead\n"


@pytest.mark.parametrize("arguments", [("list",), ("retry",), ("drop",)])
def test_channel_that_nobody_has_is_an_error(
    run: Run, stored: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    copy = shutil.copytree(stored, tmp_path / "copy")
    (copy / "sources.yaml").write_text("channels: [{id: desk, kind: file, path: out}]", encoding="utf-8")
    unknown, gone = (run("outbox", *arguments, "--channel", name, folder=copy) for name in ("maill", "mail"))

    assert (unknown.exit_code, gone.exit_code) == (2, 0)
    assert "unknown channel 'maill'; known: desk" in unknown.stderr


@pytest.mark.parametrize(
    ("options", "waits"), [(("--channel", "mail"), True), (("--all",), True), (("--channel", "other"), False)]
)
def test_what_did_not_fail_is_said_to_wait(
    run: Run, stored: Path, tmp_path: Path, options: tuple[str, ...], waits: bool
) -> None:
    copy = shutil.copytree(stored, tmp_path / "copy")
    run("outbox", "retry", "--all", folder=copy)
    none, *waiting = run("outbox", "retry", *options, folder=copy).stdout.splitlines()

    assert none == "0 messages will be sent again."
    assert [line.partition(" since ")[0] for line in waiting] == ["1 message waits for mail; due (UTC): now,"] * waits


def test_the_list_says_that_what_is_past_due_goes_now(run: Run, stored: Path, tmp_path: Path) -> None:
    assert " never " in run("outbox", "list").stdout
    copy = shutil.copytree(stored, tmp_path / "copy")
    run("outbox", "retry", "--all", folder=copy)

    assert "now, since" in " ".join(run("outbox", "list", folder=copy).stdout.split())


def test_the_outbox_lists_what_did_not_leave_and_why(run: Run, stored: Path) -> None:
    (message,) = document(run, "outbox", "list", "--dead")["messages"]
    assert (message["id"], message["channel"], message["state"], message["attempts"]) == (1, "mail", "dead", 1)
    assert message["subject"] == "s"
    assert message["last_error"].startswith("550 ")
    words = run("outbox", "list").stdout
    assert "mail" in words
    assert "newswatch outbox retry" in words
    assert document(run, "outbox", "list", "--channel", "other")["messages"] == []
    assert run("outbox", "list", "--dead", "--channel", "other").stdout == "No dead letters.\n"


def test_dropped_messages_are_gone_for_good(run: Run, stored: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(stored, tmp_path / "copy")
    assert "1 message dropped." in run("outbox", "drop", "1", folder=copy).stdout
    assert json.loads(run("outbox", "list", "--json", folder=copy).stdout) == {"messages": []}
    again = run("outbox", "retry", "1", folder=copy)
    assert again.exit_code == 1
    assert "No such dead message" in again.output
    assert json.loads(run("outbox", "retry", "--all", "--json", folder=copy).stdout) == {"retried": 0}


@pytest.mark.parametrize("word", ["retry", "drop"])
@pytest.mark.parametrize("options", [(), ("--all", "--channel", "mail"), ("--all", "1")], ids=["none", "both", "id"])
def test_nothing_is_meant_by_saying_nothing(run: Run, stored: Path, word: str, options: tuple[str, ...]) -> None:
    answer = run("outbox", word, *options)
    assert answer.exit_code == 2
    assert "expected the ID of a message, --channel NAME or --all" in answer.output


@pytest.mark.parametrize("name", [*COMMANDS, "sources", "outbox list"])
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["words", "json"])
def test_nothing_that_a_terminal_obeys_is_printed(run: Run, name: str, form: tuple[str, ...]) -> None:
    answer = run(*name.split(), *COMMANDS.get(name, ()), *form)
    assert answer.exit_code == 0
    assert OBEYED.search(answer.stdout) is None


def test_what_was_escaped_in_json_is_unchanged(run: Run) -> None:
    assert "\x9b2J\u202e" in document(run, "show", "1")["title"]


# ------------------------------------------------------------------------------------------------ mistakes

LARGEST = 2**63 - 1
MISTAKES: dict[str, tuple[tuple[str, ...], int, str]] = {
    "an unknown article": (("show", "99"), 1, "no article 99; the feed lists them: newswatch feed"),
    "the largest id": (("show", str(LARGEST)), 1, f"no article {LARGEST}"),
    "an id beyond the largest": (("show", str(LARGEST + 1)), 1, "no article 9223372036854775808"),
    "an id that is none": (("show", "abc"), 1, "no article abc; the feed lists them"),
    "an address that is not stored": (
        ("show", "https://me:hunter2@never.example/"),
        1,
        "no article is stored of https://[redacted]@never.example/",
    ),
    "no id": (("show",), 2, "Missing argument"),
    "an address nobody named": (("why", "https://never.example/"), 1, "never seen: https://never.example/"),
    "an address that is none": (("why", "http://[::1"), 1, "never seen"),
    "a password asked": (("why", "https://me:hunter2@never.example/"), 1, "@never.example"),
    "a port that is none": (("why", "http://x:99999/"), 1, "never seen"),
    "nothing asked": (("why", ""), 1, "never seen"),
    "a giant number asked": (("why", "9" * 5_000), 1, "never seen"),
    "control characters asked": (("why", "\x1b[2J"), 1, "never seen"),
    "a page beyond the largest": (("feed", "--before", "9" * 30), 2, "--before"),
    "no articles wanted": (("feed", "--limit", "0"), 2, "--limit"),
    "too many wanted": (("feed", "--limit", "1001"), 2, "--limit"),
    "an unknown state": (("items", "--state", "foo"), 2, "expected one of pending, done"),
    "an unknown outcome": (("items", "--outcome", "foo"), 2, "expected one of stored, exact_copy"),
    "an unknown source": (("feed", "--source", "\x1b[31m"), 2, "known: wire"),
    "an unknown entity": (("feed", "--entity", "qwenn"), 1, "unknown entity 'qwenn'; the nearest: model:qwen"),
    "a hostile entity": (("feed", "--entity", "\x1b[31m"), 1, "unknown entity '\ufffd[31m'"),
    "an entity of several": (("feed", "--entity", "AI基本法"), 1, "'AI基本法' may be any of these; ask by id:"),
    "an unknown option": (("stories", "--foo"), 2, "--foo"),
    "a summary of no pass": (("run", "--json"), 2, "--once"),
}


@pytest.mark.parametrize(("arguments", "status", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_one_clear_message(run: Run, arguments: tuple[str, ...], status: int, message: str) -> None:
    answer = run(*arguments)
    assert (answer.exit_code, answer.stdout) == (status, "")
    assert message in re.sub(r"[\s│]+", " ", answer.stderr)
    assert OBEYED.search(answer.stderr) is None
    assert "hunter2" not in answer.stderr
    if status == 1:
        assert "Traceback" not in answer.stderr
        assert answer.exception is None or isinstance(answer.exception, SystemExit)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such file"),
        ("sources: [\n", "sources.yaml:2:1: not valid YAML"),
        ("", "the file is empty"),
        ("sources:\n  - id: x\n    kind: rsss\n", "sources.yaml:3:5: unknown kind 'rsss'; known: "),
        ("\x00\x01", "sources.yaml"),
    ],
    ids=["none", "broken YAML", "empty", "an unknown kind", "no text"],
)
def test_a_configuration_at_fault_ends_with_78(run: Run, tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "sources.yaml").write_text(content, encoding="utf-8")
    answer = run("feed", folder=tmp_path)
    assert (answer.exit_code, answer.stdout) == (78, "")
    assert message in answer.stderr


def test_a_folder_as_configuration_ends_with_78(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").mkdir()
    answer = run("feed", folder=tmp_path)
    assert answer.exit_code == 78
    assert "expected a file, found a folder" in answer.stderr


@pytest.mark.parametrize("columns", ["abc", "0", "", "-5", "１２"])
def test_an_odd_width_is_no_reason_to_fail(run: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    answer = run("items")
    assert answer.exit_code == 0
    assert "outcome" in answer.stdout


def test_no_page_is_offered_that_is_empty(run: Run) -> None:
    number = len(document(run, "feed")["articles"])
    assert "The next page" in run("feed", "--limit", str(number - 1)).stdout
    assert "The next page" not in run("feed", "--limit", str(number)).stdout

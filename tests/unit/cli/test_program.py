"""The program as a process: what it loads, where it can write, which encodings it bears."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from monitor.__main__ import app
from monitor.cli._options import named
from monitor.cli._summary import folders
from monitor.config import load_config
from tests.unit.cli.conftest import Program, configured

ROOT = Path(__file__).parents[3]
HEAVY = {
    "aiosmtplib",
    "alembic",
    "apscheduler",
    "datasketch",
    "fastapi",
    "feedparser",
    "httpx",
    "jieba",
    "lxml",
    "numpy",
    "scipy",
    "sqlalchemy",
    "trafilatura",
}
NOT_OF_A_SERVICE_AT_REST = {
    "alembic",
    "click",
    "datasketch",
    "jieba",
    "lxml",
    "monitor.cli.sources",
    "monitor.dedupe.comparison",
    "monitor.dedupe.names",
    "monitor.read.article",
    "monitor.read.reading",
    "numpy",
    "psycopg",
    "pygments",
    "sqlalchemy.dialects.postgresql",
    "trafilatura",
}
"""Together 20 MB and more: for a terminal, for workers, for texts that are compared, for another database."""
_LOADED = """
import sys
from monitor.__main__ import main
sys.argv = ["newswatch", *{arguments!r}]
try:
    main()
except SystemExit as end:
    print(end.code, *sorted(sys.modules), sep="\\n", file=sys.stderr)
"""


def newswatch(*arguments: str, cwd: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[bytes]:
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environ}
    return subprocess.run(
        [sys.executable, "-m", "monitor", *arguments], cwd=cwd, capture_output=True, env=env, timeout=60
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["run", "--help"],
        ["extract", "--help"],
        ["sources", "--help"],
        ["sources", "add", "--help"],
    ],
    ids=" ".join,
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    child = subprocess.run(
        [sys.executable, "-c", _LOADED.format(arguments=arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    status, *modules = child.stderr.split("\n")
    assert status == "0", child.stderr
    assert "monitor" in modules
    assert HEAVY & set(modules) == set()


def test_a_pass_without_news_loads_only_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    source = {"id": "pages", "kind": "folder", "path": "pages"}
    rule = {"id": "all", "entities": ["model:*"], "channels": ["digests"]}
    document = {"sources": [source], "rules": [rule], "channels": [{"id": "digests", "kind": "file"}]}
    (tmp_path / "sources.yaml").write_text(json.dumps(document), encoding="utf-8")
    arguments = ["run", "--once", "--json", "--quiet", "--config", str(tmp_path / "sources.yaml")]
    child = subprocess.run(
        [sys.executable, "-c", _LOADED.format(arguments=arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    status, *modules = child.stderr.split("\n")
    assert status == "0", child.stderr
    assert json.loads(child.stdout)["polled"] == 1
    assert "monitor.record" in modules
    assert NOT_OF_A_SERVICE_AT_REST & set(modules) == set()


def test_a_command_that_is_asked_for_stands_alone() -> None:
    def commands(asked: str | None) -> set[str]:
        return set(typer.main.get_command(app(asked)).commands)  # type: ignore[attr-defined]

    assert commands("run") == {"run"}
    assert commands("nonsense") == commands("--help") == commands(None) > {"run", "feed", "sources"}


def test_every_command_has_a_help_of_its_own(program: Program) -> None:
    names = [path.stem for path in (ROOT / "monitor" / "cli").glob("[a-z]*.py")]
    assert len(names) > 10
    for name in names:
        answer = program([name, "--help"])
        assert answer.exit_code == 0
        assert f" {name} " in answer.stdout


@pytest.mark.parametrize(
    "place",
    ["/proc/newswatch", "a-file", "a-file/below", "a-lock"],
    ids=["no room", "a file", "below a file", "a folder"],
)
def test_a_data_directory_that_cannot_be_used_is_one_clear_error(tmp_path: Path, place: str) -> None:
    configured(tmp_path)
    (tmp_path / "a-file").touch()
    (tmp_path / "a-lock" / "newswatch.lock").mkdir(parents=True)
    answer = newswatch("run", "--once", "--config", str(tmp_path / "sources.yaml"), "--data", str(tmp_path / place))
    assert (answer.returncode, answer.stdout) == (65, b"")
    (line,) = answer.stderr.decode().splitlines()
    assert line.startswith("cannot use the data directory")


def test_a_configuration_at_fault_stops_the_service_before_it_makes_anything(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sources:\n  - id: x\n    kind: rsss\n", encoding="utf-8")
    answer = newswatch("run", "--config", str(tmp_path / "sources.yaml"))
    assert (answer.returncode, answer.stdout) == (78, b"")
    assert b"sources.yaml:3:5: unknown kind 'rsss'; known: " in answer.stderr
    assert not (tmp_path / "data").exists()


def test_a_store_that_is_none_stops_the_service_with_one_line(tmp_path: Path) -> None:
    configured(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "newswatch.db").write_bytes(b"garbage " * 1000)
    answer = newswatch("run", "--once", "--config", str(tmp_path / "sources.yaml"))
    assert (answer.returncode, answer.stdout) == (65, b"")
    assert len(answer.stderr.splitlines()) == 1
    assert (tmp_path / "data" / "newswatch.db").read_bytes() == b"garbage " * 1000


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "utf-8"])
def test_a_locale_without_the_characters_is_no_reason_to_fail(stored: Path, encoding: str) -> None:
    config = str(stored / "sources.yaml")
    words = newswatch("feed", "--config", config, PYTHONIOENCODING=encoding)
    assert (words.returncode, words.stderr) == (0, b"")
    answer = newswatch("feed", "--json", "--config", config, PYTHONIOENCODING=encoding)
    assert json.loads(answer.stdout.decode(encoding))["articles"][0]["publisher"] == "b 日报"


def test_a_reader_that_goes_away_is_no_reason_for_a_traceback(stored: Path) -> None:
    command = f"{sys.executable} -m monitor feed --config {stored}/sources.yaml | true"
    answer = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=60)
    assert b"Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("config", "data", "options"),
    [
        ("sources.yaml", "data", ""),
        ("sources.yaml", "other/data", " --data other/data"),
        ("sources.yaml", "my data", " --data 'my data'"),
        ("other/sources.yaml", "other/data", " --config other/sources.yaml"),
        ("other/sources.yaml", "data", " --config other/sources.yaml --data data"),
    ],
)
def test_commands_are_proposed_with_the_options_that_they_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str, data: str, options: str
) -> None:
    for name in ("NEWSWATCH_CONFIG", "NEWSWATCH_DATA", "STATE_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(configured(tmp_path))
    assert named(Path(config), Path(data)) == options


def test_folders_are_named_by_what_they_get(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(
        """
rules: [{id: r, any: [x], channels: [both, news]}, {id: s, any: [x], mode: instant, channels: [both]}]
channels:
  - {id: both, kind: file, path: a}
  - {id: news, kind: file, path: b}
  - {id: ops, kind: file, path: c}
settings: {alarms: {channels: [ops, news]}}
""",
        encoding="utf-8",
    )

    found = folders(load_config(tmp_path / "sources.yaml", environ={}))

    assert [said for said, _ in found] == ["digests, alerts", "digests, alarms", "alarms"]

"""``newswatch sources``: sites are searched, tried and written down over real HTTP, and the store never notices."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from monitor.__main__ import app
from tests.site.answers import Answer, html, stall, status, text, xml
from tests.site.pages import routes as news
from tests.site.server import Site

ROOT = Path(__file__).parents[2]
HEAD = '<link rel="alternate" type="application/rss+xml" title="全部" href="/feed.xml">'
LIST = "".join(
    f'<li><a href="/a/00{n}">一篇关于大模型监管的文章之第{n}篇</a> <span>2026-11-0{n + 1}</span></li>' for n in range(5)
)
CONFIG = """\
# 我的信息源  # mine
sources:
  # the old one
  - {{ id: old, kind: page, url: "{url}/old" }}   # keep

# how
settings:
  network: {{ allow: ["{address}"] }}
  fetch: {{ delay: 0s, deadline: 5s }}
  workers: {{ count: 1 }}
"""


@dataclass(frozen=True)
class Watch:
    """A configuration beside a site, and the program: inside this process, whose workers then last for all tests."""

    site: Site
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "sources.yaml"

    def run(self, *arguments: str) -> Result:
        command = ["sources", *arguments, "--config", str(self.path)]
        return CliRunner().invoke(app("sources"), command, env={"COLUMNS": "100"})

    def json(self, *arguments: str, status: int = 0) -> Any:
        answer = self.run(*arguments, "--json")
        assert answer.exit_code == status, answer.stderr
        return json.loads(answer.stdout)

    def add(self, path: str, *arguments: str, status: int = 0) -> Any:
        return self.json("add", self.site.url(path), *arguments, status=status)


def page(head: str = "", body: str = LIST) -> Answer:
    return html(f"<html><head><title>测试新闻网</title>{head}</head><body><ul>{body}</ul></body></html>")


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with Site.in_thread(dict(news())) as site:
        text_ = CONFIG.format(url=site.url("").rstrip("/"), address=site.address)
        (tmp_path / "sources.yaml").write_text(text_, encoding="utf-8")
        yield Watch(site, tmp_path)


def test_feed_that_a_page_names_is_found_shown_and_written(watch: Watch) -> None:
    watch.site.route("/", page(HEAD))
    before = watch.path.read_text(encoding="utf-8")

    answer = watch.run("add", watch.site.url("/"), "--group", "media", "--yes")

    assert answer.exit_code == 0, answer.stderr
    assert "32个项目亮相" in answer.stdout
    assert "sample http://" in answer.stdout
    after = watch.path.read_text(encoding="utf-8")
    added = after.replace(before.partition("\n# how")[0], "").partition("\n# how")[0]
    assert after.replace(added, "") == before
    comment, found, *entry = added.strip("\n").splitlines()
    assert comment.startswith("  # added 20")
    assert comment.endswith(f", found from {watch.site.url('/')}")
    assert found == "  # the page names it: 全部: 5 entries, newest 2023-09-29, 5 of them linked on the page"
    assert entry == [
        "  - id: 127-0-0-1",
        "    kind: feed",
        "    name: 测试新闻网",
        "    group: media",
        f"    url: {watch.site.url('/feed.xml')}",
    ]
    assert [path.name for path in watch.folder.iterdir()] == ["sources.yaml"]


def test_given_name_is_written_as_plain_text(watch: Watch) -> None:
    added = watch.add("/feed.xml", "--name", " 测试\u202e网\x1b[31m\n站 ", "--yes")

    assert added["entry"]["name"] == "测试网[31m 站"


def test_nothing_is_written_unless_somebody_agrees(watch: Watch) -> None:
    watch.site.route("/", page(HEAD))
    before = watch.path.read_bytes()

    refused = watch.run("add", watch.site.url("/"))
    dry = watch.run("add", watch.site.url("/"), "--dry-run")

    assert (refused.exit_code, dry.exit_code) == (1, 0)
    assert "--yes" in refused.stderr
    assert "  - id: 127-0-0-1\n" in refused.stdout
    assert "  - id: 127-0-0-1\n" in dry.stdout
    assert watch.path.read_bytes() == before


def test_entry_that_would_not_be_valid_is_refused_before_anything_is_written(watch: Watch) -> None:
    before = watch.path.read_bytes()

    whole = watch.path.read_text(encoding="utf-8")
    watch.path.write_text(whole.replace("id: old", "id: old, group: Große"), encoding="utf-8")
    before = watch.path.read_bytes()

    answer = watch.run("add", watch.site.url("/feed.xml"), "--yes")

    assert answer.exit_code == 78
    assert "expected a short name" in answer.stderr
    assert watch.path.read_bytes() == before


def test_link_to_the_file_stays_a_link_and_permissions_stay(watch: Watch) -> None:
    real = watch.folder / "real" / "news.yaml"
    real.parent.mkdir()
    watch.path.rename(real)
    real.chmod(0o640)
    watch.path.symlink_to(real)

    watch.add("/feed.xml", "--yes")

    assert watch.path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "127-0-0-1" in real.read_text(encoding="utf-8")


def test_included_file_that_holds_the_sources_gets_the_new_one(watch: Watch) -> None:
    whole = watch.path.read_text(encoding="utf-8")
    own, _, rest = whole.partition("\n# how")
    (watch.folder / "list.yaml").write_text(own, encoding="utf-8")
    watch.path.write_text("include: list.yaml\n# how" + rest, encoding="utf-8")
    main = watch.path.read_bytes()

    found = watch.add("/feed.xml", "--yes")

    assert found["file"].endswith("list.yaml")
    assert watch.path.read_bytes() == main
    assert watch.json("test", "127-0-0-1")["found"] == 5


def test_source_is_tried_without_a_trace(watch: Watch) -> None:
    watch.add("/feed.xml", "--id", "news", "--yes")

    tried = watch.json("test", "news")

    assert (tried["error"], tried["found"], tried["status"]) == (None, 5, 200)
    assert tried["sample"]["title"] == "“百模大战”打响,我们究竟需要什么样的大模型"
    assert tried["sample"]["published_at"].startswith("2023-09-29")
    assert not (watch.folder / "data").exists()


def test_all_sources_are_checked_and_one_failure_is_the_status(watch: Watch) -> None:
    watch.add("/feed.xml", "--id", "news", "--yes")
    watch.site.route("/empty-feed", xml('<rss version="2.0"><channel><title>x</title></channel></rss>'))
    text_ = watch.path.read_text(encoding="utf-8").replace(
        "sources:\n",
        f"sources:\n  - {{id: quiet, kind: feed, url: '{watch.site.url('/empty-feed')}'}}\n"
        f"  - {{id: off, kind: feed, url: '{watch.site.url('/500')}', enabled: false}}\n",
    )
    watch.path.write_text(text_, encoding="utf-8")

    checked = watch.json("check", status=1)

    assert {one["id"]: one["result"] for one in checked["sources"]} == {"quiet": "empty", "old": "failed", "news": "ok"}
    assert (checked["ok"], checked["empty"], checked["failed"]) == (1, 1, 1)
    everything = watch.run("check", "--all")
    assert "4 sources tried: 1 ok, 1 empty, 2 failed" in everything.stdout
    assert not (watch.folder / "data").exists()


def test_address_without_a_scheme_is_tried_with_http_too_and_the_file_is_made(watch: Watch) -> None:
    path = watch.folder / "new.yaml"
    address = watch.site.url("/feed.xml").removeprefix("http://")
    command = [sys.executable, "-m", "monitor", "sources", "add", address, "--yes", "--config", str(path)]
    environ = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "NEWSWATCH_NETWORK_ALLOW": watch.site.address}

    answer = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", env=environ, timeout=120)

    assert answer.returncode == 0, answer.stderr
    assert f"Created {path}. Added to {path} as 127-0-0-1." in answer.stdout
    assert f"url: {watch.site.url('/feed.xml')}\n" in path.read_text(encoding="utf-8")


def test_single_page_is_proposed_as_what_it_is(watch: Watch) -> None:
    for path in ("/feed.xml", "/atom.xml", "/feed.json"):
        watch.site.route(path, status(404))
    watch.site.route(
        "/rules", html("<html><body><h1>办法</h1><p>" + "第一条 为了规范服务。" * 40 + "</p></body></html>")
    )

    answer = watch.run("add", watch.site.url("/rules"), "--yes")

    assert answer.exit_code == 1
    assert "add it with --kind page" in answer.stderr


def test_json_without_addresses_says_what_to_write(watch: Watch) -> None:
    rows = [{"id": n, "rich_text": f"一条足够长的快讯之{n}", "ts": 1_790_000_000 + n} for n in range(5)]
    watch.site.route("/live", text(json.dumps({"data": {"list": rows}}), "application/json"))

    answer = watch.run("add", watch.site.url("/live"), "--yes")

    assert answer.exit_code == 1
    assert "kind: api, items: data.list, content: rich_text, date: ts" in answer.stderr


def test_newest_items_are_shown_first(watch: Watch) -> None:
    days = [f"2026-11-{day:02}" for day in range(1, 13)]
    rows = [{"title": f"一条足够长的快讯之{day}", "url": f"/a/{day}", "date": day} for day in days]
    watch.site.route("/api/list", text(json.dumps({"data": {"list": rows}}), "application/json"))

    found = watch.add("/api/list", "--dry-run")["found"]["items"]
    shown = watch.run("add", watch.site.url("/api/list"), "--dry-run").stdout

    assert [item["published"]["value"][:10] for item in found] == days[::-1]
    assert "之2026-11-12" in shown
    assert "and 4 more" in shown


def test_check_that_is_interrupted_shows_what_it_has(watch: Watch) -> None:
    reached = threading.Event()

    def never(request: object) -> Answer:
        reached.set()
        return stall(html("<html>"), after=1)

    watch.site.route("/hang", never)
    whole = watch.path.read_text(encoding="utf-8")
    more = f"""  - {{ id: quick, kind: feed, url: "{watch.site.url("/feed.xml")}" }}
  - {{ id: slow, kind: feed, url: "{watch.site.url("/hang")}" }}
"""
    watch.path.write_text(whole.replace("\n# how", more + "\n# how"), encoding="utf-8")
    command = [sys.executable, "-m", "monitor", "sources", "check", "quick", "slow", "--config", str(watch.path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as run:
        assert reached.wait(60)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=60)

    assert run.returncode == 130, err
    assert "quick   ok 5" in out
    assert err.splitlines()[0] == "asking 2 sources"
    assert err.splitlines()[-1] == "interrupted after 1 of 2"

"""The service in a process of its own: start, signals, reload, kill, and what it tells."""

import asyncio
import http.client
import json
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.flow.service import ROOT, Process, Service, wait_for
from tests.site.answers import Seen, html, stall, status, xml
from tests.site.pages import routes as news
from tests.site.server import Answer, Site

SAMPLES = {"id": "samples", "kind": "folder", "path": str(ROOT / "samples"), "every": "1h"}
EMPTY = {"id": "empty", "kind": "folder", "path": "empty"}
NOBODY = {"id": "nobody", "kind": "feed", "url": "http://127.0.0.1:9/feed.xml"}
ALLOWED = {"NEWSWATCH_NETWORK_ALLOW": "127.0.0.1:9"}
NOW = {"id": "now", "entities": ["model:*"], "channels": ["hook"], "mode": "instant"}


@pytest.fixture(scope="module")
def watching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Process]]:
    """A service that watches the samples without network, after its first digest."""
    service = Service(tmp_path_factory.mktemp("service"), sources=[SAMPLES])
    service.document["settings"]["http"] = {"listen": "127.0.0.1:0"}
    service.write()
    with service.start() as process:
        process.wait_for(service.digests, "first digest")
        yield service, process


def feed(site: Site, path: str = "/feed.xml", name: str = "feed", **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "feed", "url": site.url(path), **more}


def feed_of(site: Site, *paths: str) -> Answer:
    items = "".join(f"<item><title>{path}</title><link>{site.url(path)}</link></item>" for path in paths)
    return xml(f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>')


def held_leases(service: Service) -> list[tuple[Any, ...]]:
    return service.query(
        "SELECT key FROM host WHERE lease_owner IS NOT NULL "
        "UNION ALL SELECT id FROM source WHERE claimed_by IS NOT NULL "
        "UNION ALL SELECT id FROM item WHERE claimed_by IS NOT NULL"
    )


# ------------------------------------------------------------------------------------------------ the first minute


def test_it_says_what_it_watches_and_how_to_look(watching: tuple[Service, Process]) -> None:
    service, process = watching
    for part in ("watches 1 source (1 folder) with 1 rule", str(service.path), "newswatch feed", "/readyz", "Ctrl-C"):
        assert part in process.said


def test_the_commands_it_names_work_as_they_are_printed(watching: tuple[Service, Process]) -> None:
    service, process = watching
    line = next(line for line in process.said.splitlines() if "newswatch feed" in line)
    assert f"--config {service.path}" in line
    assert "--data" not in line  # the directory beside the configuration is where every command looks


def test_the_samples_are_stored_with_a_near_copy_tags_and_a_digest(watching: tuple[Service, Process]) -> None:
    service, _ = watching
    articles = service.json("feed")["articles"]
    assert len(articles) == len(list((ROOT / "samples").glob("*.txt")))
    assert "near_copy" in {article["verdict"] for article in articles}
    assert all(article["entities"] for article in articles)
    (digest,) = service.digests()
    assert "百模大战" in digest.read_text("utf-8")


def test_every_line_of_the_log_is_json_when_nobody_reads_it(watching: tuple[Service, Process]) -> None:
    _, process = watching
    assert {"polled", "read", "sent"} <= {event["event"] for event in process.events()}


def test_a_second_instance_on_the_data_is_refused_with_one_line(watching: tuple[Service, Process]) -> None:
    service, process = watching
    second = service.command("run", "--once")
    assert second.returncode == 75
    assert second.stderr == f"another newswatch (process {process.pid}) is using {service.data}\n"
    assert process.alive


def test_dead_letters_are_put_back_beside_a_running_service(watching: tuple[Service, Process]) -> None:
    service, process = watching
    answer = service.command("outbox", "retry", "--all")
    assert (answer.returncode, answer.stdout) == (0, "0 messages will be sent again.\n")
    assert process.alive


# ------------------------------------------------------------------------------------------------ its own address


def ask(process: Process, path: str, method: str = "GET", host: str | None = None) -> tuple[int, dict[str, str], str]:
    line = next(line for line in process.said.splitlines() if "status " in line)
    address = line.split("http://")[1].split("/")[0]
    name, _, port = address.rpartition(":")
    connection = http.client.HTTPConnection(name, int(port), timeout=30)
    try:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or address)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


def test_it_is_healthy_and_ready_and_counts(watching: tuple[Service, Process]) -> None:
    _, process = watching
    assert ask(process, "/healthz")[::2] == (200, "ok\n")
    assert ask(process, "/readyz?verbose=1")[::2] == (200, "ok\n")
    code, headers, numbers = ask(process, "/metrics")
    assert (code, headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert "newswatch_articles 6.0" in numbers
    assert 'newswatch_deliveries{state="sent"} 1.0' in numbers


@pytest.mark.parametrize(
    ("path", "method", "host", "expected"),
    [
        pytest.param("/healthz", "GET", "evil.example", 400, id="a foreign host"),
        pytest.param("/healthz", "GET", "127.0.0.1.evil.example:80", 400, id="a foreign host that looks alike"),
        pytest.param("/", "GET", None, 404, id="the root"),
        pytest.param("/../etc/passwd", "GET", None, 404, id="a path out of the tree"),
        pytest.param("/healthz", "POST", None, 501, id="another method"),
        pytest.param("/healthz", "GET", "localhost", 200, id="localhost"),
    ],
)
def test_every_answer_has_the_security_headers(
    watching: tuple[Service, Process], path: str, method: str, host: str | None, expected: int
) -> None:
    code, headers, _ = ask(watching[1], path, method, host)
    assert code == expected
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert headers["content-type"].startswith("text/plain")


# ------------------------------------------------------------------------------------------------ stopping


@pytest.mark.parametrize(
    ("number", "whole_group"), [(signal.SIGTERM, False), (signal.SIGTERM, True), (signal.SIGINT, True)], ids=str
)
def test_a_signal_stops_it_in_order(tmp_path: Path, number: signal.Signals, whole_group: bool) -> None:
    with Site.in_thread() as site:
        site.route("/silent", stall(html("<p>never")))
        site.route("/one.xml", feed_of(site, "/a/000", "/silent"))
        service = Service(tmp_path, sources=[feed(site, "/one.xml")], site=site)
        service.document["settings"]["fetch"] |= {"deadline": "1s"}
        service.write()
        with service.start() as process:
            process.wait_for(lambda: site.hits("/silent"), "request for the page that never ends")
            (process.signal_group if whole_group else process.signal)(number)
            assert process.ended() == 0
            wait_for(lambda: not process.survivors(), "end of its workers")
            assert process.logged("stopped")
        assert held_leases(service) == []
        assert [row["outcome"] or row["state"] for row in service.json("items")["items"]] == ["pending", "stored"]


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    with Site.in_thread() as site:
        site.route("/silent.xml", stall(feed_of(site)))
        service = Service(tmp_path, sources=[feed(site, "/silent.xml")], site=site)
        with service.start() as process:
            process.wait_for(lambda: site.hits("/silent.xml"), "poll")
            process.signal(signal.SIGTERM)
            process.signal(signal.SIGTERM)  # as ``timeout`` does: one wish
            first = process.wait_for(lambda: process.logged("stopping") and time.monotonic(), "first signal")
            wait_for(lambda: time.monotonic() > first + 0.4, "moment")
            assert process.alive
            process.signal(signal.SIGTERM)
            assert process.ended(5) == 130
            wait_for(lambda: not process.survivors(), "end of its workers")


# ------------------------------------------------------------------------------------------------ reloading


def test_a_reload_takes_the_whole_file_or_nothing(tmp_path: Path) -> None:
    with Site.in_thread() as site:
        for path in ("/feed.xml", "/atom.xml"):
            site.route(path, feed_of(site))
        service = Service(tmp_path, sources=[feed(site, name="old")], site=site)
        with service.start() as process:
            process.wait_for(lambda: site.hits("/feed.xml"), "poll of the first source")
            service.document["sources"] = [feed(site, "/atom.xml", "new")]
            service.write()
            process.signal(signal.SIGHUP)
            process.wait_for(lambda: site.hits("/atom.xml"), "poll of the second source")

            service.path.write_text("sources:\n  - id: other\n    kind: rsss\n", encoding="utf-8")
            process.signal(signal.SIGHUP)
            refused = process.wait_for(
                lambda: process.logged("configuration not reloaded, going on with the old one"), "refusal"
            )
            assert f"{service.path}:3:5: unknown kind 'rsss'" in refused["problems"]
            assert refused["level"] == "error"
            service.write()
            active = {source["id"]: source["active"] for source in service.json("sources")["sources"]}
            assert active == {"old": False, "new": True}
            process.signal(signal.SIGTERM)
            assert process.ended() == 0


# ------------------------------------------------------------------------------------------------ kill -9


@pytest.mark.timeout(300)  # eight services, one after the other
def test_killed_at_any_moment_it_ends_with_every_article_once_and_every_message_sent(tmp_path: Path) -> None:
    with Site.in_thread() as site:
        unanswered = replace(status(204), gate=asyncio.Event())
        site.route("/hook", unanswered, status(204))
        for path in ("/a/002", "/a/004"):
            site.route(path, unanswered, news()[path])
        service = Service(tmp_path, sources=[feed(site)], site=site)
        service.document["channels"].append({"id": "hook", "kind": "webhook", "url": site.url("/hook"), "secret": "s"})
        service.document["rules"].append(NOW)
        service.write()
        for path in ("/feed.xml", "/a/000", "/a/002", "/hook", "/a/004", "/a/004", "/hook"):
            with service.start() as process:
                done = _wait_for_request(service, process, site, path)
                process.kill()
            if done:
                break
        last = service.command("run", "--once")
        assert last.returncode == 0, last.stderr
        articles = service.json("feed")["articles"]
        assert sorted(article["url"] for article in articles) == [site.url(f"/a/00{n}") for n in range(5)]
        assert service.query("SELECT count(*) FROM item WHERE state <> 'done'") == [(0,)]
        posted = [(json.loads(seen.body)["subject"], seen.headers["idempotency-key"]) for seen in _posted(site)]
        assert len(posted) > len(set(posted)) == 5  # the unanswered one came again under its key
        assert len({subject for subject, _ in posted}) == 5
        counts = {"pending": 0, "sending": 0, "sent": 6, "dead": 0}
        assert service.json("outbox")["outbox"] == counts | {"oldest_unsent_at": None}
        assert service.query("PRAGMA integrity_check") == [("ok",)]


def _posted(site: Site) -> list[Seen]:
    return [seen for seen in site.log if seen.path == "/hook"]


def _wait_for_request(service: Service, process: Process, site: Site, path: str) -> bool:
    """Wait until this process asks for ``path``, or has nothing left to do that it could be killed in: say which."""
    before = site.hits(path)
    done = "SELECT (SELECT count(*) FROM item WHERE state = 'done') = 5 AND (SELECT count(*) FROM delivery) = 6 AND "
    done += "(SELECT count(*) FROM delivery WHERE state <> 'sent') = 0"

    def is_done() -> bool:
        return "watches" in process.said and service.query(done) == [(1,)]

    process.wait_for(lambda: site.hits(path) > before or is_done(), f"request for {path}")
    return is_done()


# ------------------------------------------------------------------------------------------------ one pass


def test_one_pass_sums_up_in_words_and_waits_for_the_pace_of_its_hosts(tmp_path: Path) -> None:
    with Site.in_thread() as site:
        service = Service(tmp_path, sources=[feed(site)], site=site)
        service.document["settings"]["fetch"] |= {"delay": "0.2s"}
        service.write()
        first = service.command("run", "--once")
        assert first.returncode == 0, first.stderr
        assert "Polled 1 source (0 failed), found 5 items, read 5, put off 0, sent 1 message." in first.stdout
        assert "Traceback" not in first.stderr
        second = service.command("run", "--once", "--json")
        assert json.loads(second.stdout)["polled"] == 0


def test_one_pass_sums_up_as_one_document(tmp_path: Path) -> None:
    service = Service(tmp_path, sources=[SAMPLES])
    answer = service.command("run", "--once", "--json")
    assert answer.stderr == ""
    assert json.loads(answer.stdout) == {
        "polled": 1,
        "failed_polls": 0,
        "failures": {},
        "discovered": 6,
        "postponed": 0,
        "sent": 1,
        "outcomes": {"stored": 5, "near_copy": 1},
        "data": str(service.data),
    }


def test_one_pass_names_each_source_that_failed_and_says_so_in_its_status(tmp_path: Path) -> None:
    missing = {"id": "clippings", "kind": "folder", "path": str(tmp_path / "gone")}
    service = Service(tmp_path, sources=[SAMPLES, missing, NOBODY], environ=ALLOWED)
    answer = service.command("run", "--once", "--log-format", "text")
    assert answer.returncode == 3
    assert "Polled 3 sources (2 failed), found 6 items" in answer.stdout
    failed = [line for line in answer.stdout.splitlines() if line.startswith("  failed:")]
    assert len(failed) == 2
    assert failed[0].endswith(f"cannot list {tmp_path / 'gone'}: No such file or directory")
    assert failed[1].split()[1] == "nobody"
    assert failed[1].endswith("(tried again later)")
    assert "{" not in answer.stderr
    assert "[warning" in answer.stderr


@pytest.mark.parametrize(("sources", "wanted"), [([EMPTY, NOBODY], 0), ([NOBODY], 3)], ids=["one of two", "all"])
def test_a_site_that_is_down_fails_a_pass_only_if_nothing_else_worked(
    tmp_path: Path, sources: list[dict[str, Any]], wanted: int
) -> None:
    (tmp_path / "empty").mkdir()
    answer = Service(tmp_path, sources=sources, environ=ALLOWED).command("run", "--once", "--json")
    assert answer.returncode == wanted, answer.stderr
    assert list(json.loads(answer.stdout)["failures"]) == ["nobody"]
    assert answer.stderr == ""


def test_a_quiet_pass_says_only_what_failed(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = Service(tmp_path, sources=[EMPTY, NOBODY], environ=ALLOWED).command("run", "--once", "--quiet")
    assert answer.stderr == ""
    (line,) = answer.stdout.splitlines()
    assert line.startswith("  failed: nobody")


def test_a_quiet_service_says_nothing_where_all_works(tmp_path: Path) -> None:
    with Site.in_thread() as site:
        service = Service(tmp_path, sources=[feed(site)], site=site)
        with service.start("--quiet") as process:
            process.wait_for(lambda: site.hits("/feed.xml"), "poll")
            process.signal(signal.SIGTERM)
            assert process.ended() == 0
            assert (process.said, process.errors) == ("", "")


def test_a_pass_logs_what_its_summary_tells_if_it_is_asked_to(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    service = Service(tmp_path, sources=[EMPTY, NOBODY], environ=ALLOWED)
    answer = service.command("run", "--once", "--log-format", "json")
    assert [json.loads(line)["event"] for line in answer.stderr.splitlines()] == ["polled"]


# ------------------------------------------------------------------------------------------------ faults


def test_a_store_that_another_process_holds_delays_the_work_and_loses_nothing(tmp_path: Path) -> None:
    with Site.in_thread() as site:
        service = Service(tmp_path, sources=[feed(site)], site=site)
        with service.start("--once", "--json") as process:
            process.wait_for(lambda: site.hits("/a/001"), "second page")
            holder = sqlite3.connect(service.data / "newswatch.db", isolation_level=None, timeout=30)
            holder.execute("BEGIN IMMEDIATE")
            process.wait_for(lambda: process.logged("waiting for the store"), "wait for the store")
            holder.execute("ROLLBACK")
            holder.close()
            assert process.ended() == 0
            assert json.loads(process.said)["outcomes"] == {"stored": 5}
            assert "Traceback" not in process.errors


def test_no_secret_reaches_the_log_or_a_command(tmp_path: Path) -> None:
    secrets = {"TOKEN": "t0ken-of-feed", "HOOK": "h00k-path", "SIGN": "s1gning"}
    with Site.in_thread() as site:
        site.route("/down.xml", status(500))
        site.route(f"/hook/{secrets['HOOK']}", status(500))
        service = Service(
            tmp_path,
            sources=[
                SAMPLES,
                feed(site, "/down.xml?token=${TOKEN}", "query"),
                {"id": "dead", "kind": "feed", "url": "http://127.0.0.1:9/down.xml?token=${TOKEN}"},
                feed(site, "/down.xml", "header", headers={"Authorization": "Bearer ${TOKEN}"}),
            ],
            site=site,
            environ=secrets,
        )
        service.document["channels"].append(
            {"id": "hook", "kind": "webhook", "url": site.url("/hook/${HOOK}"), "secret": "${SIGN}"}
        )
        service.document["rules"].append(NOW)
        service.write()
        with service.start() as process:
            process.wait_for(lambda: process.logged("not sent yet"), "failed message")
            process.wait_for(lambda: site.hits("/down.xml") >= 2, "failed polls")
            process.signal(signal.SIGTERM)
            process.ended()
            shown = process.said + process.errors
        for command in ("sources", "alerts"):
            for form in ((), ("--json",)):
                answer = service.ask(command, *form)
                shown += answer.stdout + answer.stderr
        assert [name for name, value in secrets.items() if value in shown] == []


def test_a_password_in_an_address_is_refused_without_being_shown(tmp_path: Path) -> None:
    source = {"id": "user", "kind": "feed", "url": "http://reader:${PASS}@127.0.0.1:9/feed.xml"}
    service = Service(tmp_path, sources=[source], environ={"PASS": "pa55-w0rd"})
    answer = service.command("run", "--once")
    assert answer.returncode == 78
    assert f"{service.path}:6:" in answer.stderr
    assert "pa55" not in answer.stderr + answer.stdout


def test_an_address_that_is_taken_is_said_and_the_service_watches(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        (tmp_path / "empty").mkdir()
        service = Service(tmp_path, sources=[EMPTY])
        service.document["settings"]["http"] = {"listen": f"127.0.0.1:{taken.getsockname()[1]}"}
        service.write()
        with service.start() as process:
            process.wait_for(lambda: process.logged("no status pages"), "warning")
            process.wait_for(lambda: "watches 1 source " in process.said, "plan")
            process.signal(signal.SIGTERM)
            assert process.ended() == 0

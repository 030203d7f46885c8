"""The fetcher against a real socket: what each answer becomes."""

from __future__ import annotations

import asyncio
import json

import pytest

from monitor.fetch.client import Fetcher, Reply
from monitor.fetch.limits import FetchLimits
from monitor.types import Failed, Fetched, Unchanged
from storage.records import Outcome, Validators
from tests.site import Answer, Seen, Site
from tests.site.answers import conditional, encoded, html, redirect, status, text, xml
from tests.site.certificates import NAME, client_context, server_context
from tests.unit.fetch.conftest import NOW

pytestmark = pytest.mark.anyio

PAGE = html("<html><body><p>大模型监管</p></body></html>")


async def test_a_page_arrives_with_all_that_is_known_of_it(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", PAGE.with_headers(etag='"1"', last_modified="then", cache_control="max-age=60"))

    fetched = await fetcher.get(site.url("/a?b=1#top"))

    assert fetched == Fetched(
        url=site.url("/a?b=1"),
        final_url=site.url("/a?b=1"),
        status=200,
        content_type="text/html; charset=utf-8",
        body=PAGE.body,
        fetched_at=NOW,
        validators=Validators(etag='"1"', last_modified="then"),
        max_age_s=60,
    )


async def test_requests_say_who_asks_and_what_can_be_decoded(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", PAGE)

    await fetcher.get(site.url("/a"))
    await fetcher.get(site.url("/a"), user_agent="other/2", headers={"Accept": "text/plain", "X-Key": "k", "Host": "b"})

    first, second = site.log
    assert first.headers["user-agent"] == "newswatch/1.0 (+https://news.example)"
    assert first.headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert first.headers["accept-language"].startswith("zh-CN")
    assert "cookie" not in first.headers
    assert second.headers["user-agent"] == "other/2"
    assert (second.headers["accept"], second.headers["x-key"]) == ("text/plain", "k")
    assert second.headers["host"] == site.address


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw-deflate", "br", "zstd"])
@pytest.mark.parametrize("framing", ["length", "chunked", "eof"])
async def test_compressed_bodies_arrive_decoded(site: Site, fetcher: Fetcher, coding: str, framing: str) -> None:
    packed = encoded(PAGE, coding)
    site.route("/a", Answer(body=packed.body, headers=packed.headers, framing=framing, piece=7))

    fetched = await fetcher.get(site.url("/a"))

    assert isinstance(fetched, Fetched)
    assert fetched.body == PAGE.body


async def test_validators_are_sent_back_and_304_is_unchanged(site: Site, fetcher: Fetcher) -> None:
    site.route("/feed", conditional(xml("<rss/>"), etag='W/"a,b"', last_modified="Thu, 06 Jul 2023 00:15:00 GMT"))

    first = await fetcher.get(site.url("/feed"))
    assert isinstance(first, Fetched)
    second = await fetcher.get(site.url("/feed"), validators=first.validators)

    assert second == Unchanged(status=304, validators=first.validators)
    assert site.log[1].headers["if-none-match"] == 'W/"a,b"'
    assert site.log[1].headers["if-modified-since"] == "Thu, 06 Jul 2023 00:15:00 GMT"


async def test_last_modified_alone_is_enough(site: Site, fetcher: Fetcher) -> None:
    site.route("/feed", conditional(xml("<rss/>"), last_modified="then"))

    assert isinstance(await fetcher.get(site.url("/feed"), validators=Validators(last_modified="then")), Unchanged)


async def test_200_with_the_etag_that_was_sent_is_unchanged(site: Site, fetcher: Fetcher) -> None:
    site.route("/feed", xml("<rss/>").with_headers(etag='"a"', cache_control="max-age=9"))

    asked = await fetcher.get(site.url("/feed"), validators=Validators(etag='"a"'))

    assert asked == Unchanged(status=200, validators=Validators(etag='"a"'), max_age_s=9)
    assert isinstance(await fetcher.get(site.url("/feed")), Fetched)


async def test_304_to_an_unconditional_request_is_an_error(site: Site, fetcher: Fetcher) -> None:
    site.route("/feed", status(304))

    answer = await fetcher.get(site.url("/feed"))

    assert isinstance(answer, Failed)
    assert (answer.reason, answer.status) == (Outcome.HTTP_ERROR, 304)


STATUSES = {
    404: (Outcome.GONE, False),
    410: (Outcome.GONE, True),
    401: (Outcome.BLOCKED, False),
    403: (Outcome.BLOCKED, False),
    451: (Outcome.BLOCKED, False),
    400: (Outcome.HTTP_ERROR, True),
    405: (Outcome.HTTP_ERROR, True),
    408: (Outcome.HTTP_ERROR, False),
    429: (Outcome.HTTP_ERROR, False),
    500: (Outcome.HTTP_ERROR, False),
    503: (Outcome.HTTP_ERROR, False),
    521: (Outcome.HTTP_ERROR, False),
    202: (Outcome.HTTP_ERROR, False),
    206: (Outcome.HTTP_ERROR, False),
    300: (Outcome.HTTP_ERROR, False),
}


@pytest.mark.parametrize(("code", "meaning"), STATUSES.items())
async def test_status_has_one_meaning(site: Site, fetcher: Fetcher, code: int, meaning: tuple[Outcome, bool]) -> None:
    site.route("/a", Answer(status=code, body=b"sorry"))

    answer = await fetcher.get(site.url("/a"))

    assert isinstance(answer, Failed)
    assert (answer.reason, answer.permanent, answer.status) == (*meaning, code)
    assert str(code) in answer.detail


async def test_retry_after_is_kept_for_429_and_503_alone(site: Site, fetcher: Fetcher) -> None:
    for code in (429, 503, 500, 404):
        site.route(f"/{code}", status(code, retry_after="120"))

    waits = [await fetcher.get(site.url(f"/{code}")) for code in (429, 503, 500, 404)]

    assert [answer.retry_after_s for answer in waits if isinstance(answer, Failed)] == [120.0, 120.0, None, None]


async def test_permanent_redirect_is_reported_when_every_hop_was(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", redirect("/b", 301))
    site.route("/b", redirect("c", 308))
    site.route("/c", PAGE)
    site.route("/t", redirect("/a", 302))

    moved, temporary = await fetcher.get(site.url("/a")), await fetcher.get(site.url("/t"))

    assert isinstance(moved, Fetched)
    assert isinstance(temporary, Fetched)
    assert (moved.url, moved.final_url, moved.permanent_redirect) == (site.url("/a"), site.url("/c"), site.url("/c"))
    assert (temporary.final_url, temporary.permanent_redirect) == (site.url("/c"), None)


async def test_validators_and_headers_travel_within_one_origin_only(site: Site, fetcher: Fetcher) -> None:
    other = site.url("/there", host="other.example")
    site.route("/here", redirect("/again"))
    site.route("/again", redirect(other))
    site.route("/there", redirect(site.url("/back")), host="other.example")
    site.route("/back", PAGE)

    await fetcher.get(
        site.url("/here"),
        headers={"Authorization": "Bearer secret", "Cookie": "id=1", "X-Key": "k"},
        validators=Validators(etag='"a"'),
    )

    kept = [{"authorization", "cookie", "x-key", "if-none-match"} & set(seen.headers) for seen in site.log]
    assert [len(names) for names in kept] == [4, 4, 0, 0]


async def test_user_name_in_an_address_becomes_a_header(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", PAGE)

    fetched = await fetcher.get(site.url("/a").replace("http://", "http://user:pw@"))

    assert isinstance(fetched, Fetched)
    assert fetched.url == site.url("/a")
    assert site.log[0].headers["authorization"] == "Basic dXNlcjpwdw=="


@pytest.mark.parametrize("url", ["", "news", "file:///etc/passwd", "ftp://a.cn/", "http://", "http://[::1", "//a.cn/"])
async def test_what_is_no_web_address_is_refused(fetcher: Fetcher, url: str) -> None:
    answer = await fetcher.get(url)

    assert isinstance(answer, Failed)
    assert (answer.reason, answer.permanent) == (Outcome.REFUSED, True)


@pytest.mark.parametrize(
    "headers", [{"X": "中文"}, {"X": "a\r\nSet-Cookie: b"}, {"bad name": "a"}], ids=["not ASCII", "line break", "name"]
)
async def test_header_that_cannot_be_sent_is_a_failure(site: Site, fetcher: Fetcher, headers: dict[str, str]) -> None:
    answer = await fetcher.get(site.url("/a"), headers=headers)

    assert isinstance(answer, Failed)
    assert answer.permanent
    assert site.hits() == 0


async def test_nobody_listening_is_unreachable(site: Site, fetcher: Fetcher) -> None:
    async with Site.start(routes={}) as gone:
        address = gone.address
    lonely = Fetcher(user_agent="t", now=lambda: NOW, allow=(address,))

    answer = await lonely.get(f"http://{address}/")
    await lonely.aclose()

    assert isinstance(answer, Failed)
    assert (answer.reason, answer.permanent) == (Outcome.UNREACHABLE, False)
    assert "refused" in answer.detail.lower()


async def test_name_that_does_not_resolve_is_unreachable() -> None:
    async def resolve(_name: str, _port: int) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    fetcher = Fetcher(user_agent="t", now=lambda: NOW, resolve=resolve)
    answer = await fetcher.get("https://nowhere.example/")
    await fetcher.aclose()

    assert answer == Failed(
        reason=Outcome.UNREACHABLE, detail="cannot resolve 'nowhere.example': Name or service not known"
    )


async def test_tls_with_a_server_that_speaks_none_is_unreachable(site: Site) -> None:
    fetcher = Fetcher(user_agent="t", now=lambda: NOW, limits=FetchLimits(connect_s=0.2), allow=(site.address,))

    answer = await fetcher.get(site.url("/").replace("http://", "https://"))
    await fetcher.aclose()

    assert isinstance(answer, Failed)
    assert answer.reason is Outcome.UNREACHABLE


@pytest.mark.parametrize(
    ("name", "trusted", "reached"), [(NAME, True, True), ("other.example", True, False), (NAME, False, False)]
)
async def test_tls_verifies_the_name_that_was_asked_for(name: str, trusted: bool, reached: bool) -> None:
    async with Site.start(routes={"/a": PAGE}, tls=server_context()) as secure:
        tls = client_context() if trusted else None
        fetcher = Fetcher(user_agent="t", now=lambda: NOW, allow=(secure.address,), resolve=secure.resolve, tls=tls)
        answer = await fetcher.get(secure.url("/a", host=name))
        await fetcher.aclose()

        assert isinstance(answer, Fetched) is reached
        assert [seen.host for seen in secure.log] == [name] * reached
        if isinstance(answer, Failed):
            assert answer.reason is Outcome.UNREACHABLE
            assert "certificate" in answer.detail.lower()


async def test_chinese_addresses_are_asked_for_in_utf8(site: Site, fetcher: Fetcher) -> None:
    site.route("/%E6%96%B0%E9%97%BB", PAGE)

    fetched = await fetcher.get(site.url("/新闻?词=模型", host="新华网.中国"))

    assert isinstance(fetched, Fetched)
    assert site.log[0].host == "xn--xkrr14bows.xn--fiqs8s"
    assert site.log[0].query == "%E8%AF%8D=%E6%A8%A1%E5%9E%8B"


async def test_first_bytes_end_a_body_early(site: Site, fetcher: Fetcher) -> None:
    site.route("/robots.txt", text(b"x" * 200_000), text(b"short"))

    long = await fetcher.get(site.url("/robots.txt"), first_bytes=1000)
    short = await fetcher.get(site.url("/robots.txt"), first_bytes=1000)

    assert isinstance(long, Fetched)
    assert isinstance(short, Fetched)
    assert (long.body, short.body) == (b"x" * 1000, b"short")


async def test_connections_are_used_again_after_every_kind_of_answer(site: Site, fetcher: Fetcher) -> None:
    site.route("/ok", PAGE)
    site.route("/moved", redirect("/ok"))
    site.route("/same", conditional(PAGE, etag='"a"'))
    for path in ("/ok", "/moved", "/same", "/404"):
        await fetcher.get(site.url(path), validators=Validators(etag='"a"'))

    assert len(site.log) == 5
    assert site.connections == 1


async def test_connection_that_the_server_closed_meanwhile_costs_nothing(site: Site, fetcher: Fetcher) -> None:
    site.route("/closing", PAGE)
    talked = asyncio.Event()

    def vanish(seen: Seen) -> Answer:
        talked.set()
        return PAGE if seen.connection > 1 else Answer(verbatim=b"")  # hangs up on a connection kept alive

    site.route("/next", vanish)
    await fetcher.get(site.url("/closing"))

    assert isinstance(await fetcher.get(site.url("/next")), Fetched)
    assert talked.is_set()
    assert site.connections == 2


async def test_post_delivers_the_body_once_and_returns_the_reply(site: Site, fetcher: Fetcher) -> None:
    site.route("/hook", Answer(status=202, body=b'{"ok": true}', headers=(("X-Id", "7"),)))
    body = json.dumps({"title": "大模型"}).encode()

    reply = await fetcher.post(
        site.url("/hook"), body=body, headers={"Content-Type": "application/json", "Idempotency-Key": "k"}, timeout_s=5
    )

    assert isinstance(reply, Reply)
    assert (reply.status, reply.body, reply.headers["x-id"]) == (202, b'{"ok": true}', "7")
    (seen,) = site.log
    assert (seen.method, seen.body, seen.headers["idempotency-key"]) == ("POST", body, "k")


async def test_post_follows_no_redirect_and_keeps_every_status(site: Site, fetcher: Fetcher) -> None:
    site.route("/hook", redirect("/other", 307), status(500))

    replies = [await fetcher.post(site.url("/hook"), body=b"", headers={}, timeout_s=5) for _ in range(2)]

    assert [reply.status for reply in replies if isinstance(reply, Reply)] == [307, 500]
    assert site.hits("/other") == 0


async def test_reply_text_is_cut_and_may_break_off(site: Site, fetcher: Fetcher) -> None:
    site.route("/long", Answer(body=b"x" * 200_000))
    site.route("/broken", Answer(body=b"x" * 100, declared=500))

    long, broken = [
        await fetcher.post(site.url(path), body=b"{}", headers={}, timeout_s=5) for path in ("/long", "/broken")
    ]

    assert isinstance(long, Reply)
    assert len(long.body) == 65_536
    assert isinstance(broken, Reply)
    assert (broken.status, broken.body) == (200, b"")


async def test_post_is_guarded_and_bounded(site: Site, fetcher: Fetcher) -> None:
    never = asyncio.Event()
    site.route("/hang", Answer(gate=never))

    slow = await fetcher.post(site.url("/hang"), body=b"{}", headers={}, timeout_s=0.2)
    private = await fetcher.post("http://127.0.0.1:9/", body=b"{}", headers={}, timeout_s=5)

    assert slow == Failed(reason=Outcome.TIMEOUT, detail="no reply within 0.2 s")
    assert isinstance(private, Failed)
    assert private.reason is Outcome.REFUSED


@pytest.mark.parametrize("value", ["Bearer secret\n", "Bearer 'secret'\r\nx: y"], ids=["break", "header"])
async def test_header_that_cannot_be_sent_is_named_without_its_value(site: Site, fetcher: Fetcher, value: str) -> None:
    failed = await fetcher.get(site.url("/a"), headers={"authorization": value})

    assert isinstance(failed, Failed)
    assert failed.permanent
    assert "header value" in failed.detail
    assert "secret" not in failed.detail
    assert site.log == []

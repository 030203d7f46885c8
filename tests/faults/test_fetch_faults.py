"""A hostile origin against the fetcher: bodies, framing, addresses, redirects, pace.

The origin is allowed by its exact host and port, the canary beside it is not: whatever the origin does, nothing
ever connects to the canary, every fetch ends inside its bounds with one clear failure, and the witness, a healthy
page of the same origin, is fetched right afterwards.
"""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest

from monitor.fetch.client import Fetcher
from monitor.fetch.limits import FetchLimits
from monitor.types import Failed, Fetched, Unchanged
from storage.records import Outcome, Validators
from tests.site import Answer, Seen, Site
from tests.site.answers import (
    bomb,
    cut_chunk,
    drip,
    encoded,
    endless,
    html,
    raw,
    redirect,
    stall,
    status,
    truncated,
)

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CAP = 2 << 20
LIMITS = FetchLimits(
    total_s=3.0,
    connect_s=1.0,
    stall_s=0.4,
    slow_after_s=0.2,
    slow_bytes_per_s=2_000.0,
    max_wire=CAP,
    max_decoded=CAP,
    max_ratio=1e9,
)
PAGE = html(f"<html><body>{'<p>大模型监管办法征求意见。</p>' * 500}</body></html>")
WITNESS = html("<html><body><p>一切正常</p></body></html>")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def origin() -> AsyncIterator[Site]:
    async with Site.start(routes={"/witness": WITNESS}) as site:
        yield site


@pytest.fixture
async def canary() -> AsyncIterator[Site]:
    async with Site.start(routes={}) as site:
        yield site
        assert site.connections == 0, "the canary was reached"


@pytest.fixture
async def fetcher(origin: Site) -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(user_agent="newswatch/1.0", now=lambda: NOW, limits=LIMITS, allow=(origin.address,))
    yield fetcher
    witness = await fetcher.get(origin.url("/witness"))
    await fetcher.aclose()
    assert isinstance(witness, Fetched)
    assert witness.body == WITNESS.body


async def fail(fetcher: Fetcher, url: str) -> Failed:
    """Fetch, expect a failure, and expect it to say something short."""
    answer = await fetcher.get(url)
    assert isinstance(answer, Failed), answer
    assert 0 < len(answer.detail) < 400
    return answer


# Bodies and framing


@pytest.mark.parametrize(
    ("coding", "megabytes"), [("gzip", 1024), ("deflate", 1024), ("raw-deflate", 1024), ("br", 128), ("zstd", 128)]
)
async def test_bomb_is_stopped_at_the_cap_with_little_memory(
    origin: Site, fetcher: Fetcher, coding: str, megabytes: int
) -> None:
    answer = bomb(coding, megabytes)
    origin.route("/bomb", answer)
    tracemalloc.start()
    try:
        failure = await fail(fetcher, origin.url("/bomb"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert failure.reason is Outcome.TOO_LARGE
    assert peak < 3 * CAP + 2 * len(answer.body)  # the server shares the process and holds what it is about to send


@pytest.mark.parametrize("framing", ["chunked", "eof"])
async def test_body_that_never_ends_is_cut_and_the_connection_closed(
    origin: Site, fetcher: Fetcher, framing: str
) -> None:
    origin.route("/endless", endless(framing=framing))

    failure = await fail(fetcher, origin.url("/endless"))

    assert failure.reason is Outcome.TOO_LARGE
    await _until(lambda: origin.talking == 0)


async def test_body_that_announces_too_much_is_not_read(origin: Site, fetcher: Fetcher) -> None:
    origin.route("/big", Answer(body=b"x", declared=CAP + 1, hang=True))

    assert (await fail(fetcher, origin.url("/big"))).reason is Outcome.TOO_LARGE


async def test_one_line_beyond_the_cap_is_refused(origin: Site, fetcher: Fetcher) -> None:
    origin.route("/line", Answer(body=b"x" * 65_536, times=CAP // 65_536 + 1, framing="chunked"))

    assert (await fail(fetcher, origin.url("/line"))).reason is Outcome.TOO_LARGE


@pytest.mark.parametrize(
    "answer",
    [
        drip(PAGE, piece=1, every_s=0.02),
        stall(PAGE),
        stall(PAGE, after=100),
        drip(encoded(PAGE, "gzip"), piece=1, every_s=0.02),
        Answer(hang=True, cut_after=0, body=b"x", framing="chunked"),
    ],
    ids=["drip", "headers only", "a little", "gzip drip", "no chunk"],
)
async def test_slow_body_is_cut_by_its_rate_or_by_silence(origin: Site, fetcher: Fetcher, answer: Answer) -> None:
    origin.route("/slow", answer)
    began = asyncio.get_running_loop().time()

    failure = await fail(fetcher, origin.url("/slow"))

    assert failure.reason is Outcome.TIMEOUT
    assert asyncio.get_running_loop().time() - began < LIMITS.total_s


async def test_total_deadline_ends_what_every_other_bound_lets_pass(origin: Site) -> None:
    limits = FetchLimits(total_s=0.4, slow_after_s=60.0)
    fetcher = Fetcher(user_agent="t", now=lambda: NOW, limits=limits, allow=(origin.address,))
    origin.route("/drip", drip(PAGE, piece=10, every_s=0.01))

    failure = await fail(fetcher, origin.url("/drip"))
    await fetcher.aclose()

    assert (failure.reason, failure.detail) == (Outcome.TIMEOUT, "not done within 0.4 s")
    await _until(lambda: origin.talking == 0)


async def test_a_slow_host_does_not_slow_the_others(origin: Site, fetcher: Fetcher) -> None:
    never = asyncio.Event()
    origin.route("/hang", Answer(gate=never))
    slow = [asyncio.create_task(fetcher.get(origin.url("/hang"))) for _ in range(4)]
    async with Site.start(routes={"/witness": WITNESS}) as other:
        second = Fetcher(user_agent="t", now=lambda: NOW, limits=LIMITS, allow=(other.address, origin.address))
        quick = await second.get(other.url("/witness"))
        await second.aclose()

    assert isinstance(quick, Fetched)
    assert not any(task.done() for task in slow)
    never.set()
    await asyncio.gather(*slow)


BROKEN = {
    "length too long": truncated(PAGE, declared=100_000),
    "chunk cut": cut_chunk(PAGE, after=700),
    "reset": Answer(body=PAGE.body, headers=PAGE.headers, cut_after=700, reset=True),
    "chunk without end": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
    "chunk with a bad size": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"),
    "gzip cut, length right": Answer(body=encoded(PAGE, "gzip").body[:-9], headers=(("Content-Encoding", "gzip"),)),
    "br cut at the end of the connection": Answer(
        body=encoded(PAGE, "br").body[:-3], headers=(("Content-Encoding", "br"),), framing="eof"
    ),
    "zstd cut": Answer(body=encoded(PAGE, "zstd").body[:-3], headers=(("Content-Encoding", "zstd"),)),
    "no gzip at all": Answer(body=PAGE.body, headers=(("Content-Encoding", "gzip"),)),
    "nothing before the end of the connection": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n"),
    "page cut at the end of the connection": Answer(body=PAGE.body[:700], headers=PAGE.headers, framing="eof"),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN.keys())
async def test_body_that_does_not_arrive_whole_is_no_body(origin: Site, fetcher: Fetcher, answer: Answer) -> None:
    origin.route("/broken", answer)

    failure = await fail(fetcher, origin.url("/broken"))

    assert (failure.reason, failure.permanent) == (Outcome.TRUNCATED, False)


async def test_length_too_short_takes_what_was_announced_and_trusts_the_connection_no_more(
    origin: Site, fetcher: Fetcher
) -> None:
    origin.route("/short", Answer(body=b"0123456789", declared=4, headers=(("Content-Type", "text/plain"),)))

    answer = await fetcher.get(origin.url("/short"))

    assert isinstance(answer, Fetched)
    assert answer.body == b"0123"


async def test_whole_page_at_the_end_of_the_connection_is_a_page(origin: Site, fetcher: Fetcher) -> None:
    origin.route("/old", Answer(body=PAGE.body, headers=PAGE.headers, framing="eof"))

    answer = await fetcher.get(origin.url("/old"))

    assert isinstance(answer, Fetched)
    assert answer.body == PAGE.body


NOT_HTTP = {
    "other protocol": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "nothing": b"",
    "random bytes": bytes(range(256)) * 4,
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Type: text/ht",
    "bad length": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx",
    "negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "header without name": b"HTTP/1.1 200 OK\r\n: x\r\n\r\n",
    "endless header": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000,
    "status without number": b"HTTP/1.1 OK\r\n\r\n",
    "other transfer coding": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx",
}


@pytest.mark.parametrize("data", NOT_HTTP.values(), ids=NOT_HTTP.keys())
async def test_what_is_not_http_is_a_failed_fetch(origin: Site, fetcher: Fetcher, data: bytes) -> None:
    origin.route("/raw", raw(data))

    failure = await fail(fetcher, origin.url("/raw"))

    assert failure.reason in (Outcome.HTTP_ERROR, Outcome.UNREACHABLE)
    assert not failure.permanent


async def test_head_of_informational_answers_ends_at_the_deadline(origin: Site) -> None:
    limits = FetchLimits(total_s=0.4)
    fetcher = Fetcher(user_agent="t", now=lambda: NOW, limits=limits, allow=(origin.address,))
    origin.route("/early", raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 2_000))

    failure = await fail(fetcher, origin.url("/early"))
    await fetcher.aclose()

    assert failure.reason in (Outcome.TIMEOUT, Outcome.HTTP_ERROR)


async def test_empty_page_is_a_page_of_no_bytes(origin: Site, fetcher: Fetcher) -> None:
    origin.route("/empty", html(""))

    answer = await fetcher.get(origin.url("/empty"))

    assert isinstance(answer, Fetched)
    assert answer.body == b""


async def test_source_that_alternates_fails_and_recovers(origin: Site, fetcher: Fetcher) -> None:
    origin.route("/flap", PAGE, status(500), truncated(PAGE, declared=99_999), PAGE)

    kinds = [type(await fetcher.get(origin.url("/flap"))) for _ in range(4)]

    assert kinds == [Fetched, Failed, Failed, Fetched]


# Addresses and redirects

LOOPBACK = [
    "127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "0x7f000001", "0x7f.0.0.1", "2130706433", "017700000001",
    "0177.0.0.1", "0", "0.0.0.0", "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "[::1]", "[::]",
    "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "user@127.0.0.1", "example.com@127.0.0.1", "example.com:80@127.0.0.1",
    "①②⑦.0.0.1", "127。0。0。1", "ⓛocalhost", "%31%32%37.0.0.1", "127.0.0.1%2f", "[::1%25lo]",
]  # fmt: skip


@pytest.mark.parametrize("spelling", LOOPBACK)
async def test_no_spelling_of_loopback_reaches_the_canary(
    origin: Site, canary: Site, fetcher: Fetcher, spelling: str
) -> None:
    target = f"http://{spelling}:{canary.port}/"
    origin.route("/to", redirect(target))
    began = asyncio.get_running_loop().time()

    by_redirect = await fail(fetcher, origin.url("/to"))
    directly = await fail(fetcher, target)

    assert {by_redirect.reason, directly.reason} <= {Outcome.REFUSED, Outcome.UNREACHABLE}
    assert asyncio.get_running_loop().time() - began < 2.0


@pytest.mark.parametrize("target", ["169.254.169.254/latest/meta-data/", "10.0.0.1/", "192.168.1.1/", "100.64.0.1/"])
async def test_private_and_metadata_addresses_are_refused(origin: Site, fetcher: Fetcher, target: str) -> None:
    origin.route("/to", redirect(f"http://{target}"))

    failure = await fail(fetcher, origin.url("/to"))

    assert (failure.reason, failure.permanent) == (Outcome.REFUSED, True)


async def test_name_that_changes_its_address_reaches_nothing_else(origin: Site, canary: Site) -> None:
    answers = iter([(origin.host,), ("127.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("::ffff:127.0.0.1",)])

    async def rebind(_name: str, _port: int) -> tuple[str, ...]:
        return next(answers)

    fetcher = Fetcher(user_agent="t", now=lambda: NOW, limits=LIMITS, allow=(origin.address,), resolve=rebind)
    first = await fetcher.get(f"http://rebind.example:{origin.port}/witness")
    later = [await fetcher.get(f"http://rebind.example:{canary.port}/") for _ in range(3)]
    await fetcher.aclose()

    assert isinstance(first, Fetched)
    assert [answer.reason for answer in later if isinstance(answer, Failed)] == [Outcome.REFUSED] * 3


async def test_proxy_of_the_environment_is_not_used(
    origin: Site, canary: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, canary.url())

    assert isinstance(await fetcher.get(origin.url("/witness")), Fetched)


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "gopher://127.0.0.1/", "data:text/html,x", "ftp://a.cn/", "unix:///x", "about:blank"],
)
async def test_redirect_to_another_scheme_is_refused(origin: Site, fetcher: Fetcher, target: str) -> None:
    origin.route("/to", redirect(target))

    assert (await fail(fetcher, origin.url("/to"))).reason is Outcome.REFUSED


async def test_redirects_in_a_circle_or_without_end_are_bounded(origin: Site, fetcher: Fetcher) -> None:
    origin.route("/circle", redirect("/back"))
    origin.route("/back", redirect("/circle"))
    origin.route("/count", lambda seen: redirect(f"/count?{seen.hit}"))
    origin.route("/grow", lambda seen: redirect(f"/grow?{seen.query}{'x' * 3000}"))

    circle, count, grow = [await fail(fetcher, origin.url(path)) for path in ("/circle", "/count", "/grow")]

    assert circle.detail == "redirected in a circle"
    assert count.detail == "redirected more than 5 times"
    assert grow.reason is Outcome.REFUSED
    assert (origin.hits("/circle"), origin.hits("/back"), origin.hits("/count")) == (1, 1, 6)
    assert origin.hits("/grow") <= 4


@pytest.mark.parametrize("injected", ["/witness\r\nX-Injected: 1", "/witness%0d%0aX-Injected: 1", "/witness\tX: 1"])
async def test_location_cannot_inject_a_header(origin: Site, fetcher: Fetcher, injected: str) -> None:
    origin.route("/to", redirect(injected))

    await fetcher.get(origin.url("/to"))

    assert not any("x-injected" in seen.headers or "x" in seen.headers for seen in origin.log)


async def test_credentials_do_not_leave_their_origin(origin: Site, fetcher: Fetcher) -> None:
    async with Site.start(routes={"/there": PAGE}) as other:
        both = Fetcher(user_agent="t", now=lambda: NOW, limits=LIMITS, allow=(origin.address, other.address))
        origin.route("/here", redirect(other.url("/there")))
        secrets = {"Authorization": "Bearer s", "Cookie": "id=s", "X-Api-Key": "s", "Proxy-Authorization": "s"}
        answer = await both.get(
            origin.url("/here").replace("http://", "http://user:s@"), headers=secrets, validators=Validators(etag='"s"')
        )
        await both.aclose()

        assert isinstance(answer, Fetched)
        assert origin.log[0].headers["cookie"] == "id=s"
        assert origin.log[0].headers["authorization"] == "Bearer s"
        private = {"authorization", "cookie", "x-api-key", "proxy-authorization", "if-none-match"}
        assert not private & set(other.log[0].headers)


async def test_cookies_are_neither_kept_nor_sent(origin: Site, fetcher: Fetcher) -> None:
    origin.route("/set", PAGE.with_headers(set_cookie="id=1; Path=/"))

    await fetcher.get(origin.url("/set"))
    await fetcher.get(origin.url("/set"))

    assert not any("cookie" in seen.headers for seen in origin.log)


# Pace

RETRY_AFTER = {
    "seconds": ("120", 120.0),
    "a date": ("Sun, 01 Mar 2026 12:05:00 GMT", 300.0),
    "a date in the past": ("Sun, 01 Mar 2020 12:05:00 GMT", 60.0),
    "absurdly large": ("99999999999", 86_400.0),
    "zero": ("0", 60.0),
    "garbage": ("<script>", None),
    "negative": ("-1", None),
    "empty": ("", None),
}


@pytest.mark.parametrize("code", [429, 503])
@pytest.mark.parametrize(("value", "seconds"), RETRY_AFTER.values(), ids=RETRY_AFTER.keys())
async def test_retry_after_is_read_and_clamped(
    origin: Site, fetcher: Fetcher, code: int, value: str, seconds: float | None
) -> None:
    origin.route("/busy", status(code, retry_after=value))

    failure = await fail(fetcher, origin.url("/busy"))

    assert (failure.status, failure.retry_after_s, failure.permanent) == (code, seconds, False)


@pytest.mark.parametrize(
    "etag", ["", "unquoted", '"a', '"' + "x" * 5000 + '"', 'W/""', "*"], ids=lambda etag: etag[:8] or "empty"
)
async def test_malformed_validators_do_no_harm(origin: Site, fetcher: Fetcher, etag: str) -> None:
    def answer(seen: Seen) -> Answer:
        known = etag and seen.headers.get("if-none-match") == etag
        return status(304) if known else PAGE.with_headers(etag=etag)

    origin.route("/feed", answer)

    first = await fetcher.get(origin.url("/feed"))
    assert isinstance(first, Fetched)
    second = await fetcher.get(origin.url("/feed"), validators=first.validators)

    assert isinstance(second, Unchanged if first.validators.etag else Fetched)


async def _until(claim: Callable[[], bool]) -> None:
    """Let the server notice; bounded by the test's own time limit."""
    while not claim():
        await asyncio.sleep(0.005)

"""robots.txt: who may fetch what, and what it means when nobody says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from monitor.fetch.client import Fetcher
from monitor.fetch.limits import FetchLimits
from monitor.fetch.robots import MAX_BYTES, Robots
from storage.records import Outcome
from tests.site import Answer, Site
from tests.site.answers import html, redirect, stall, status, text
from tests.site.faults import ROBOTS
from tests.unit.fetch.conftest import NOW

pytestmark = pytest.mark.anyio


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> object:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def robots(site: Site, clock: Clock) -> AsyncIterator[Robots]:
    limits = FetchLimits(total_s=5.0, stall_s=0.3)
    fetcher = Fetcher(user_agent="newswatch/1.0", now=clock, limits=limits, allow=(site.address,))  # type: ignore[arg-type]
    yield Robots(fetcher, agent="newswatch/1.0", now=clock)  # type: ignore[arg-type]
    await fetcher.aclose()


RULINGS = {
    "no rule": ("allow", "/a", True),
    "everything forbidden": ("disallow", "/a", False),
    "a folder forbidden": ("private", "/private/a", False),
    "the longer rule wins": ("private", "/private/open", True),
    "beside the folder": ("private", "/a", True),
    "our own group wins": ("named", "/a", False),
    "no file": ("404", "/a", True),
    "file forbidden": ("403", "/a", True),
    "server error": ("500", "/a", False),
    "byte order mark": ("bom", "/private/a", False),
    "a page instead": ("html", "/a", True),
    "rules at the start of a huge file": ("huge", "/first/a", False),
    "rules behind the 500 KiB of a huge file": ("huge", "/last/a", True),
}


@pytest.mark.parametrize(("variant", "path", "allowed"), RULINGS.values(), ids=RULINGS.keys())
async def test_ruling(site: Site, robots: Robots, variant: str, path: str, allowed: bool) -> None:
    site.route("/robots.txt", ROBOTS[variant])

    assert await robots.allowed(site.url(path)) is allowed


GROUPS = {
    "case of names": ("user-AGENT: NewsWatch\nDisallow: /", False),
    "version in the name": ("User-agent: newswatch/2.0\nDisallow: /", False),
    "a shorter name is somebody else": ("User-agent: news\nDisallow: /", True),
    "a longer name is somebody else": ("User-agent: newswatcher\nDisallow: /", True),
    "one group for two": ("User-agent: other\nUser-agent: newswatch\nDisallow: /", False),
    "one group for two, ours first": ("User-agent: newswatch\nUser-agent: other\n\nDisallow: /", False),
    "another's group": ("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /b", True),
    "two groups of ours": ("User-agent: newswatch\nDisallow: /b\nUser-agent: newswatch\nDisallow: /a", False),
    "own group hides that for all": ("User-agent: *\nDisallow: /\nUser-agent: newswatch\nDisallow: /b", True),
    "remarks and blank lines": ("# hi\nUser-agent: * # all\n\n# rules\nDisallow: /a # no\n", False),
    "sitemap between": ("User-agent: newswatch\nSitemap: http://a.cn/s.xml\nDisallow: /a", False),
    "rule without group": ("Disallow: /", True),
    "wildcard": ("User-agent: *\nDisallow: /*.html$", True),
    "carriage returns": ("User-agent: *\rDisallow: /a\r", False),
    "control characters": ("\0\x01User-agent: *\nDisallow: /a\0b\n\ud800".encode("utf-8", "surrogatepass"), True),
}


@pytest.mark.parametrize(("body", "allowed"), GROUPS.values(), ids=GROUPS.keys())
async def test_groups(site: Site, robots: Robots, body: str | bytes, allowed: bool) -> None:
    site.route("/robots.txt", text(body))

    assert await robots.allowed(site.url("/a")) is allowed


async def test_crawl_delay_is_told(site: Site, robots: Robots) -> None:
    site.route("/robots.txt", ROBOTS["delay"])

    assert await robots.crawl_delay(site.url("/a")) == 7.0
    assert (await robots.check(site.url("/private/a"))).allowed is False


@pytest.mark.parametrize("value", ["nan", "-1", "inf", "soon", "1e999", ""])
async def test_crawl_delay_that_is_none_is_none(site: Site, robots: Robots, value: str) -> None:
    site.route("/robots.txt", text(f"User-agent: *\nCrawl-delay: {value}\n"))

    assert await robots.crawl_delay(site.url("/a")) is None


async def test_crawl_delay_puts_no_host_off_for_ever(site: Site, robots: Robots) -> None:
    site.route("/robots.txt", text("User-agent: *\nCrawl-delay: 99999999\n"))

    assert await robots.crawl_delay(site.url("/a")) == 120.0


async def test_network_that_is_down_is_no_rule(site: Site, robots: Robots) -> None:
    async with Site.start(routes={}) as gone:
        address = gone.address
    fetcher = Fetcher(user_agent="t", now=lambda: NOW, allow=(address,))
    ruling = await Robots(fetcher, agent="newswatch", now=lambda: NOW).check(f"http://{address}/a")
    await fetcher.aclose()

    assert not ruling.allowed
    assert ruling.failure is not None
    assert ruling.failure.reason is Outcome.UNREACHABLE


FAILURES = {
    "server error": (status(500), Outcome.HTTP_ERROR),
    "too many requests": (status(429, retry_after="600"), Outcome.HTTP_ERROR),
    "silence": (stall(text("User-agent: *")), Outcome.TIMEOUT),
    "cut short": (Answer(body=b"User-agent: *\n", declared=900), Outcome.TRUNCATED),
    "sent to a private address": (redirect("http://127.0.0.1:9/"), Outcome.REFUSED),
}


@pytest.mark.parametrize(("answer", "reason"), FAILURES.values(), ids=FAILURES.keys())
async def test_failure_forbids_but_is_named(site: Site, robots: Robots, answer: Answer, reason: Outcome) -> None:
    site.route("/robots.txt", answer)

    ruling = await robots.check(site.url("/a"))

    assert not ruling.allowed
    assert ruling.failure is not None
    assert ruling.failure.reason is reason


async def test_rules_are_followed_through_redirects(site: Site, robots: Robots) -> None:
    site.route("/robots.txt", redirect("/r2", 301))
    site.route("/r2", ROBOTS["disallow"])

    assert not await robots.allowed(site.url("/a"))


async def test_redirects_without_end_mean_no_rules(site: Site, robots: Robots) -> None:
    site.route("/robots.txt", lambda seen: redirect(f"/robots.txt?{seen.hit}"))

    assert await robots.allowed(site.url("/a"))
    assert site.hits("/robots.txt") == 6


async def test_one_origin_is_asked_once_however_many_ask(site: Site, robots: Robots) -> None:
    gate = asyncio.Event()
    site.route("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /b", gate=gate))
    asking = [asyncio.create_task(robots.allowed(site.url(f"/{name}"))) for name in "abab"]
    while not site.hits("/robots.txt"):
        await asyncio.sleep(0)
    gate.set()

    assert await asyncio.gather(*asking) == [True, False, True, False]
    assert site.hits("/robots.txt") == 1


async def test_cancelled_asker_leaves_the_others_their_answer(site: Site, robots: Robots) -> None:
    gate = asyncio.Event()
    site.route("/robots.txt", Answer(body=b"", gate=gate))
    first = asyncio.create_task(robots.allowed(site.url("/a")))
    while not site.hits("/robots.txt"):
        await asyncio.sleep(0)
    second = asyncio.create_task(robots.allowed(site.url("/a")))
    first.cancel()
    gate.set()

    assert await second


async def test_rules_are_kept_for_a_day(site: Site, robots: Robots, clock: Clock) -> None:
    site.route("/robots.txt", ROBOTS["disallow"], ROBOTS["allow"])
    assert not await robots.allowed(site.url("/a"))

    clock.now += timedelta(hours=23, minutes=59)
    assert not await robots.allowed(site.url("/a"))
    clock.now += timedelta(minutes=1)

    assert await robots.allowed(site.url("/a"))
    assert site.hits("/robots.txt") == 2


async def test_failures_are_asked_again_after_minutes(site: Site, robots: Robots, clock: Clock) -> None:
    site.route("/robots.txt", status(500), ROBOTS["allow"])
    assert not await robots.allowed(site.url("/a"))
    assert not await robots.allowed(site.url("/a"))

    clock.now += timedelta(minutes=5)

    assert await robots.allowed(site.url("/a"))
    assert site.hits("/robots.txt") == 2


async def test_retry_after_of_robots_is_kept(site: Site, robots: Robots, clock: Clock) -> None:
    site.route("/robots.txt", status(503, retry_after="3600"), ROBOTS["allow"])
    assert not await robots.allowed(site.url("/a"))

    clock.now += timedelta(minutes=59)

    assert not await robots.allowed(site.url("/a"))
    assert site.hits("/robots.txt") == 1


async def test_old_rules_serve_while_the_site_cannot_tell(site: Site, robots: Robots, clock: Clock) -> None:
    site.route("/robots.txt", ROBOTS["private"], status(500))
    assert await robots.allowed(site.url("/a"))

    clock.now += timedelta(hours=25)

    assert await robots.allowed(site.url("/a"))
    assert not await robots.allowed(site.url("/private/a"))
    assert site.hits("/robots.txt") == 2


async def test_origins_differ_in_scheme_and_port(site: Site, robots: Robots) -> None:
    site.route("/robots.txt", ROBOTS["disallow"])
    async with Site.start(routes={"/robots.txt": ROBOTS["allow"]}) as other:
        fetcher = Fetcher(user_agent="t", now=lambda: NOW, allow=(other.address, site.address))
        both = Robots(fetcher, agent="newswatch", now=lambda: NOW)
        answers = [await both.allowed(site.url("/a")), await both.allowed(other.url("/a"))]
        await fetcher.aclose()

    assert answers == [False, True]


async def test_rules_of_many_lines_push_out_those_unused_longest(site: Site, robots: Robots) -> None:
    many = text("User-agent: *\n" + "Disallow: /b\n" * 12_000)
    site.route("/robots.txt", many)
    async with Site.start(routes={"/robots.txt": many}) as other:
        fetcher = Fetcher(user_agent="t", now=lambda: NOW, allow=(other.address, site.address))
        both = Robots(fetcher, agent="newswatch", now=lambda: NOW)
        for url in (site.url("/a"), site.url("/b"), other.url("/a"), site.url("/a")):
            await both.check(url)
        await fetcher.aclose()

    assert site.hits("/robots.txt") == 2


async def test_what_is_no_web_address_is_refused(robots: Robots) -> None:
    ruling = await robots.check("file:///etc/passwd")

    assert ruling.failure is not None
    assert ruling.failure.reason is Outcome.REFUSED


HOSTILE = {
    "many agents": "".join(f"User-agent: x{n}\n" for n in range(20_000)) + "Disallow: /\n" * 10_000,
    "many agents and us": "".join(f"User-agent: x{n}\n" for n in range(9_000))
    + "User-agent: *\n"
    + "Disallow: /z\n" * 9_000,
    "wildcards": "User-agent: *\n" + "".join(f"Disallow: /*a*a*b{n}\n" for n in range(25_000)),
    "one line": "User-agent: *\nDisallow: /" + "a*" * 240_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.timeout(20)
async def test_hostile_file_costs_no_more_than_a_moment(site: Site, robots: Robots, body: str) -> None:
    site.route("/robots.txt", text(body[:MAX_BYTES]))

    assert await robots.allowed(site.url("/" + "a" * 2000))


async def test_page_with_markup_only_allows_everything(site: Site, robots: Robots) -> None:
    site.route("/robots.txt", html("<html>User-agent: *<br>Disallow: /</html>"))

    assert await robots.allowed(site.url("/a"))

"""The fetcher on its way through redirects: cookies, POST, old TLS; against real sockets."""

from __future__ import annotations

import ssl

import pytest

from monitor.fetch.client import Fetcher
from monitor.fetch.robots import Robots
from monitor.fetch.tls import relax
from monitor.types import Failed, Fetched, Unchanged
from storage.records import Outcome, Validators
from tests.site import Answer, Seen, Site
from tests.site.answers import html, redirect, status, text
from tests.site.certificates import NAME, client_context, old_client_context, old_server_context
from tests.unit.fetch.conftest import NOW

pytestmark = pytest.mark.anyio
PAGE = html("<html><body><p>大模型监管</p></body></html>").with_headers(set_cookie="page=1; Path=/")


def wall(seen: Seen) -> Answer:
    """Let in whoever brings the cookie; send others to the same place with it."""
    if "pass=1" in seen.headers.get("cookie", ""):
        return PAGE
    return redirect(seen.path).with_headers(set_cookie="pass=1; HttpOnly")


async def test_wall_that_sets_a_cookie_and_sends_back_lets_in(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", wall)

    fetched = await fetcher.get(site.url("/a"), headers={"Cookie": "own=1"})

    assert isinstance(fetched, Fetched)
    assert fetched.cookies == (("pass", "1"), ("page", "1"))
    assert [seen.headers["cookie"] for seen in site.log] == ["own=1", "own=1; pass=1"]
    assert (fetched.final_url, fetched.permanent_redirect) == (site.url("/a"), None)


async def test_wall_by_way_of_another_page_lets_in(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", lambda seen: PAGE if "cookie" in seen.headers else redirect("/check"))
    site.route("/check", redirect("/a").with_headers(set_cookie="pass=1"))

    assert isinstance(await fetcher.get(site.url("/a")), Fetched)


@pytest.mark.parametrize("cookie", ["same=1", None], ids=["the same cookie", "no cookie"])
async def test_circle_ends(site: Site, fetcher: Fetcher, cookie: str | None) -> None:
    answer = redirect("/a").with_headers(set_cookie=cookie) if cookie else redirect("/a")
    site.route("/a", answer)

    failed = await fetcher.get(site.url("/a"))

    assert isinstance(failed, Failed)
    assert failed.detail == "redirected in a circle"
    assert site.hits() == (2 if cookie else 1)


async def test_cookie_that_changes_every_time_opens_the_circle_once(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", lambda seen: redirect("/a").with_headers(set_cookie=f"n={seen.hit}"))

    assert isinstance(await fetcher.get(site.url("/a")), Failed)
    assert site.hits() == 2


async def test_nothing_is_kept_between_fetches(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", PAGE)

    await fetcher.get(site.url("/a"))
    await fetcher.get(site.url("/a"))

    assert ["cookie" in seen.headers for seen in site.log] == [False, False]


async def test_no_cookie_goes_to_another_host(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", redirect(site.url("/b", host="b.example")).with_headers(set_cookie="a=1"), host="a.example")
    site.route("/b", redirect(site.url("/c", host="a.example")).with_headers(set_cookie="b=1"), host="b.example")
    site.route("/c", html("<p>c"), host="a.example")

    fetched = await fetcher.get(site.url("/a", host="a.example"))

    assert isinstance(fetched, Fetched)
    assert fetched.cookies == (("a", "1"),)
    assert [seen.headers.get("cookie") for seen in site.log] == [None, None, "a=1"]


@pytest.mark.parametrize(
    ("code", "method", "body"),
    [(301, "GET", b""), (302, "GET", b""), (303, "GET", b""), (307, "POST", b"{}"), (308, "POST", b"{}")],
)
async def test_redirect_of_a_post_keeps_the_body_only_where_its_status_says_so(
    site: Site, fetcher: Fetcher, code: int, method: str, body: bytes
) -> None:
    site.route("/a", redirect("/b", code))
    site.route("/b", PAGE)

    fetched = await fetcher.get(site.url("/a"), body=b"{}", headers={"Content-Type": "application/json", "X-Key": "k"})

    assert isinstance(fetched, Fetched)
    seen = site.last("/b")
    assert (seen.method, seen.body, seen.headers["x-key"]) == (method, body, "k")
    assert ("content-type" in seen.headers) is (method == "POST")
    assert fetched.permanent_redirect == (site.url("/b") if code == 308 else None)


@pytest.mark.parametrize(("code", "reached"), [(302, True), (307, False), (308, False)])
async def test_body_of_a_post_never_leaves_its_origin(site: Site, fetcher: Fetcher, code: int, reached: bool) -> None:
    site.route("/a", redirect(site.url("/b", host="b.example"), code))
    site.route("/b", PAGE)

    answer = await fetcher.get(site.url("/a"), body=b"secret", headers={"Authorization": "Bearer k"})

    assert isinstance(answer, Fetched) is reached
    assert site.hits("/b") == reached
    if reached:
        assert (site.last("/b").body, site.last("/b").headers.get("authorization")) == (b"", None)
    else:
        assert isinstance(answer, Failed)
        assert answer.reason is Outcome.HTTP_ERROR


async def test_post_asks_without_conditions_and_an_empty_body_is_a_body(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", PAGE.with_headers(etag='"1"'))

    answer = await fetcher.get(site.url("/a"), body=b"", validators=Validators(etag='"1"'))

    assert isinstance(answer, Fetched)
    assert site.log[0].method == "POST"
    assert "if-none-match" not in site.log[0].headers


async def test_post_then_get_of_one_address_is_no_circle(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", lambda seen: redirect("/a", 303) if seen.method == "POST" else PAGE)

    assert isinstance(await fetcher.get(site.url("/a"), body=b"x"), Fetched)


async def test_conditions_travel_with_the_cookie_of_a_wall(site: Site, fetcher: Fetcher) -> None:
    site.route("/a", lambda seen: status(304) if "cookie" in seen.headers else wall(seen))

    assert isinstance(await fetcher.get(site.url("/a"), validators=Validators(etag='"1"')), Unchanged)


async def test_legacy_tls_reaches_an_old_server_and_still_verifies_it() -> None:
    async with Site.start(routes={"/a": PAGE, "/robots.txt": text("")}, tls=old_server_context()) as old:
        fetcher = Fetcher(
            user_agent="t",
            now=lambda: NOW,
            allow=(old.address,),
            resolve=old.resolve,
            tls=old_client_context(lambda context: context),
            legacy_tls=old_client_context(relax),
        )
        url = old.url("/a", host=NAME)
        modern, legacy = await fetcher.get(url), await fetcher.get(url, tls="legacy")
        wrong_name = await fetcher.get(old.url("/a", host="other.example"), tls="legacy")
        robots = Robots(fetcher, agent="t", now=lambda: NOW)
        ruled, ruled_legacy = await robots.check(url), await robots.check(url, tls="legacy")
        await fetcher.aclose()

    assert isinstance(modern, Failed)
    assert modern.reason is Outcome.UNREACHABLE
    assert isinstance(legacy, Fetched)
    assert isinstance(wrong_name, Failed)
    assert "certificate" in wrong_name.detail.lower()
    assert (ruled.allowed, ruled_legacy.allowed) == (False, True)


def test_relaxed_context_verifies_as_before() -> None:
    context = relax(client_context())

    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.options & 0x4

"""The routes that misbehave: what servers on the web do to those who poll them.

``faults(feed)`` are the paths that every news site has besides its articles; ``ROBOTS`` are the ways in which a
site may answer for ``/robots.txt`` (by default it answers 404).
"""

from __future__ import annotations

from collections.abc import Callable

from tests.site.answers import (
    Answer,
    Routes,
    Seen,
    bomb,
    conditional,
    cut_chunk,
    drip,
    endless,
    html,
    raw,
    redirect,
    stall,
    status,
    text,
    truncated,
    xml,
)

__all__ = ["ROBOTS", "faults"]

_PAGE = html(f"<html><body>{'<p>大模型监管办法征求意见。</p>' * 200}</body></html>")
_EMPTY = '<?xml version="1.0"?><rss version="2.0"><channel><title>示例新闻</title><link>/</link></channel></rss>'

ROBOTS: dict[str, Answer] = {
    "allow": text("User-agent: *\nDisallow:\n"),
    "disallow": text("User-agent: *\nDisallow: /\n"),
    "private": text("User-agent: *\nDisallow: /private/\nAllow: /private/open\n"),
    "named": text("User-agent: newswatch\nDisallow: /\n\nUser-agent: *\nAllow: /\n"),
    "delay": text("User-agent: *\nCrawl-delay: 7\nDisallow: /private/\n"),
    "404": status(404),
    "403": status(403),
    "500": status(500),
    "huge": text(b"User-agent: *\nDisallow: /first/\n" + b"# a long remark\n" * 131_072 + b"Disallow: /last/\n"),
    "bom": text(b"\xef\xbb\xbfUser-agent: *\nDisallow: /private/\n"),
    "html": html("<html><body><h1>Not a robots file</h1></body></html>"),
}


def faults(feed: Answer) -> Routes:
    """Return the misbehaving paths; those that stand for a feed serve ``feed`` when they behave."""
    return {
        "/etag": conditional(feed, etag='"v1"'),
        "/etag-lies": _new_etag(feed),
        "/lm-only": conditional(feed, last_modified="Thu, 06 Jul 2023 00:15:00 GMT"),
        "/429": status(429, retry_after="120"),
        "/429d": status(429, retry_after="Sat, 01 Jan 2050 00:00:00 GMT"),
        "/503": status(503, retry_after="90"),
        "/500": status(500),
        "/404": status(404),
        "/410": status(410),
        "/403": status(403),
        "/301": redirect("/feed.xml", 301),
        "/302": redirect("/feed.xml", 302),
        "/loop": redirect("/loop", 302),
        "/growing": _growing,
        "/to-private": redirect("http://127.0.0.1:1/", 302),
        "/to-file": redirect("file:///etc/hostname", 302),
        "/truncated": truncated(Answer(body=_PAGE.body[:3000], headers=_PAGE.headers), declared=10_000),
        "/chunk-cut": cut_chunk(_PAGE, after=3000),
        "/reset": Answer(body=_PAGE.body, headers=_PAGE.headers, cut_after=3000, reset=True),
        "/not-http": raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
        "/slow": drip(_PAGE, piece=1, every_s=1.0),
        "/stall": stall(_PAGE),
        "/never-ending": endless(),
        "/bomb.gz": bomb("gzip", 1000),
        "/bomb.br": bomb("br", 100),
        "/big": Answer(body=bytes(30) * 1000, times=1000, headers=(("Content-Type", "text/html"),)),
        "/flap": (feed, status(500), feed, status(500), feed),
        "/empty.xml": xml(_EMPTY, "application/rss+xml"),
        "/empty": html(""),
        "/html-instead-of-feed": html(
            '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml">'
            "<title>示例新闻</title></head><body><h1>示例新闻</h1><p>订阅地址已更新。</p></body></html>"
        ),
    }


def _new_etag(feed: Answer) -> Callable[[Seen], Answer]:
    return lambda seen: feed.with_headers(etag=f'"v{seen.hit}"')


def _growing(seen: Seen) -> Answer:
    return redirect(f"/growing?{seen.query}{'x' * 500}")

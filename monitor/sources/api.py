"""The ``api`` kind: an address that answers with JSON, or a page that holds JSON.

Knows what one poll does: an opening request where a token or a cookie is needed, then the request for the data, by
POST where it has a body. Answers are read in a worker process by ``monitor.sources._api``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from monitor.sources._api_settings import Settings
from monitor.types import Collected, Failed, Fetched, Rejected, SourcePort, Unchanged
from monitor.urls import is_web
from storage.records import Outcome, SourceState

if TYPE_CHECKING:
    from monitor.sources._api import Paths
    from monitor.sources._api_document import Place

__all__ = ["KIND", "Settings", "address", "collect"]

KIND = "api"
_JSON = "application/json, text/javascript, */*;q=0.5"
_FORM = "application/x-www-form-urlencoded"


def address(settings: Settings) -> str:
    """Return the address of the data, or that of the page which names it."""
    from monitor.sources._api_first import has_fixed_origin

    if settings.first is not None and not has_fixed_origin(settings.url):
        return settings.first.url
    return settings.url


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """What the request before the data brought: values by name, cookies and the host they belong to."""

    url: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[tuple[str, str], ...] = ()
    bytes_read: int = 0


async def collect(
    settings: Settings, state: SourceState, port: SourcePort
) -> Collected | Unchanged | Failed | Rejected:
    """Fetch what opens the way, then the data unless it is unchanged, and read its rows."""
    opening = await _open(settings, port)
    if not isinstance(opening, _Opening):
        return opening
    fetched = await _ask(settings, opening, port)
    if not isinstance(fetched, Fetched):
        return fetched
    body_hash = hashlib.sha256(fetched.body).hexdigest()
    if opening.values and body_hash == state.body_hash:
        return Unchanged(status=fetched.status, max_age_s=fetched.max_age_s)
    return await _read(settings, fetched, body_hash, opening, port)


async def _open(settings: Settings, port: SourcePort) -> _Opening | Failed | Rejected:
    """Fetch the first page where there is one, and find in it what the request for the data needs."""
    if settings.first is None and not settings.cookies:
        return _Opening()
    from monitor.sources._api_first import values_of

    url = settings.first.url if settings.first else urljoin(settings.url, "/")
    fetched = await port.get(url)
    if isinstance(fetched, Failed):
        return replace(fetched, detail=f"the first request, to {url}: {fetched.detail}")
    if isinstance(fetched, Unchanged):
        return Failed(reason=Outcome.HTTP_ERROR, detail="304 to a request without conditions", status=fetched.status)
    find = settings.first.find if settings.first else {}
    values = await port.run(values_of, fetched.body, fetched.content_type, find) if find else {}
    if isinstance(values, Rejected):
        return values
    cookies = fetched.cookies if settings.cookies else ()
    return _Opening(url=fetched.final_url, values=values, cookies=cookies, bytes_read=len(fetched.body))


async def _ask(settings: Settings, opening: _Opening, port: SourcePort) -> Fetched | Unchanged | Failed | Rejected:
    from monitor.sources._api_first import fill_address, names_in

    url = fill_address(settings.url, opening.values)
    if not is_web(url):
        detail = f"the first answer gave no web address: {url[:200]!r}"
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail=detail)
    fetched = await port.get(
        url,
        conditional=not names_in(settings.url),
        headers=_headers(settings, opening, url),
        body=_body(settings, opening),
    )
    if isinstance(fetched, Failed) and settings.cookies and not opening.cookies:
        return replace(fetched, detail=f"{fetched.detail} (the first answer set no cookie)")
    return fetched


def _headers(settings: Settings, opening: _Opening, url: str) -> dict[str, str]:
    """Return the headers of the request for the data; the operator's own go to the source's origin only."""
    from monitor.fetch.redirects import same_origin
    from monitor.sources._api_first import fill

    named = {} if settings.embedded else {"accept": _JSON}
    if settings.body is not None or settings.form is not None:
        named["content-type"] = "application/json" if settings.form is None else _FORM
    own = {name.lower(): value for name, value in {**settings.headers, **settings.send}.items()}
    if same_origin(address(settings), url):
        named |= {name: str(fill(value, opening.values)) for name, value in own.items()}
    cookies = "; ".join(f"{name}={value}" for name, value in opening.cookies if _may_see_cookies(opening.url, url))
    if cookies:
        named["cookie"] = "; ".join(filter(None, (named.get("cookie"), cookies)))
    return named


def _may_see_cookies(setter: str, url: str) -> bool:
    """Say whether a cookie of ``setter`` may go to ``url``: the same host, and not from TLS to a plain connection."""
    ours, theirs = urlsplit(url), urlsplit(setter)
    return ours.hostname == theirs.hostname and (ours.scheme == "https" or theirs.scheme == "http")


def _body(settings: Settings, opening: _Opening) -> bytes | None:
    from monitor.sources._api_first import fill

    if settings.form is not None:
        return urlencode(fill(settings.form, opening.values)).encode()
    if settings.body is None:
        return None
    return json.dumps(fill(settings.body, opening.values), ensure_ascii=False).encode()


async def _read(
    settings: Settings, fetched: Fetched, body_hash: str, opening: _Opening, port: SourcePort
) -> Collected | Rejected:
    from monitor.sources._api import parse_api
    from monitor.sources._parsed import Document

    found = await port.run(
        parse_api,
        fetched.body,
        fetched.content_type,
        Document(address=address(settings), base=fetched.final_url),
        fetched.fetched_at,
        _place(settings),
        _paths(settings),
        settings.limit,
    )
    if isinstance(found, Rejected):
        return found
    is_plain = not opening.url and settings.body is None and settings.form is None
    return Collected(
        found=found.items,
        status=fetched.status,
        skipped=found.skipped,
        validators=fetched.validators,
        body_hash=body_hash,
        bytes_read=len(fetched.body) + opening.bytes_read,
        floor_s=fetched.max_age_s,
        moved_to=fetched.permanent_redirect if is_plain else None,
    )


def _place(settings: Settings) -> Place:
    from monitor.sources._api_document import Place

    embedded = settings.embedded
    if embedded is None:
        return Place()
    attribute = embedded.attribute
    return Place(script=embedded.script, attribute=(attribute.selector, attribute.name) if attribute else None)


def _paths(settings: Settings) -> Paths:
    from monitor.sources._api import Paths

    return Paths(
        items=settings.items,
        link=settings.link,
        title=settings.title,
        date=settings.date,
        updated=settings.updated,
        id=settings.row_id,
        author=settings.author,
        content=settings.content,
        where=settings.where,
    )

"""One request of a fetch, and the next one after a redirect.

Knows what may travel on: headers and validators within one origin, cookies within one host, a body only where the
status asks for it. Pure; sends nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from monitor.fetch.cookies import Cookies
from monitor.fetch.decode import ACCEPT_ENCODING
from monitor.fetch.failures import failed
from monitor.fetch.headers import conditions
from monitor.fetch.redirects import same_origin
from storage.records import Outcome, Validators

__all__ = ["Hop", "Trail"]

_DEFAULTS = {
    "accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
    "accept-language": "zh-CN,zh;q=0.9,en;q=0.8",
    "accept-encoding": ACCEPT_ENCODING,
}
_KEEPS_METHOD = frozenset({307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A request as it is about to be sent: a POST where there is a ``body``."""

    url: str
    headers: Mapping[str, str]
    validators: Validators
    user_agent: str
    body: bytes | None = None
    cookies: Cookies = field(default_factory=Cookies)

    @property
    def method(self) -> str:
        """Return the method."""
        return "GET" if self.body is None else "POST"

    def all_headers(self) -> dict[str, str]:
        """Return what is sent: the program's headers, then the caller's, then conditions and cookies."""
        cookies = self.cookies.header(self.url, self.headers.get("cookie"))
        given = _DEFAULTS | {"user-agent": self.user_agent} | dict(self.headers)
        return given | conditions(self.validators) | cookies

    def onward(self, url: str, status: int) -> Hop:
        """Return the next hop: to another origin go neither the caller's headers nor validators.

        After 307 and 308 a body travels within its origin; FetchFailed where it would have to leave it. After any
        other redirect of a POST a GET follows (RFC 9110, section 15.4, and what browsers do).
        """
        if self.body is not None and status in _KEEPS_METHOD:
            if not same_origin(self.url, url):
                raise failed(Outcome.HTTP_ERROR, "redirected to another site with the body of a POST", status=status)
            return replace(self, url=url)
        if not same_origin(self.url, url):
            return replace(self, url=url, headers={}, validators=Validators(), body=None)
        headers = self.headers if self.body is None else _without_body(self.headers)
        return replace(self, url=url, headers=headers, body=None)


@dataclass(slots=True)
class Trail:
    """Where a fetch has been, so that it does not go in circles."""

    first: str
    max_redirects: int
    is_permanent: bool = True
    _seen: dict[tuple[str, str], list[Cookies]] = field(default_factory=dict)
    _hops: int = 0

    def went(self, hop: Hop) -> None:
        """Remember a request that was sent."""
        self._seen.setdefault((hop.method, hop.url), []).append(hop.cookies)

    def check(self, hop: Hop, status: int, *, was_post: bool) -> None:
        """Raise FetchFailed if the hop that a redirect asks for is one too many or repeats an earlier one.

        An address may be asked once more when it has set a cookie since: some sites let in whoever brings it back.
        """
        before = self._seen.get((hop.method, hop.url), [])
        repeats = len(before) > 1 or any(cookies.pairs(hop.url) == hop.cookies.pairs(hop.url) for cookies in before)
        self._hops += 1
        if repeats or self._hops > self.max_redirects:
            why = "in a circle" if repeats else f"more than {self.max_redirects} times"
            raise failed(Outcome.HTTP_ERROR, f"redirected {why}", status=status)
        self.is_permanent = self.is_permanent and status in ((308,) if was_post else (301, 308))

    def moved_to(self, last: str) -> str | None:
        """Return where permanent redirects alone led, None where nothing moved for good."""
        return last if self.is_permanent and last != self.first else None


def _without_body(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "content-type"}

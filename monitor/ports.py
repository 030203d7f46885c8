"""What a visit may do to the world: fetch at the host's pace, list folders, run parsers in workers.

Supplies ``monitor.types.SourcePort`` to the source kinds and ``alerts.channels.ChannelPort`` to the channels. Keeps the
pace and remembers what the server said of pauses; what follows from a failure is decided elsewhere.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import ParamSpec, TypeAlias, TypeVar
from urllib.parse import unquote_to_bytes, urlsplit

from alerts.channels import HttpReply, Refused, Retry
from monitor.engine.workers import NoWorker
from monitor.fetch.client import Fetcher
from monitor.fetch.redirects import same_origin
from monitor.fetch.tls import Tls
from monitor.runtime import World
from monitor.sources import SourceSettings, kinds
from monitor.types import Failed, Fetched, FolderEntry, Rejected, Unchanged
from monitor.validators import Exchange, agree, asks_in_full
from storage.records import Item, Outcome, SourceState, Validators

__all__ = ["DeliveryPort", "Pace", "VisitPort"]

P = ParamSpec("P")
T = TypeVar("T")

_MAX_AGE_S = 3_600
"""Caches in front of a site, not its editors, set longer ones; to believe them would cost hours."""

_MEDIA_TYPES = {
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
}
"""What a file of a folder is by its ending; any other is plain text."""
_WALLS = 2
_WALL_PAUSE_S = 1_800.0
"""One page may stand behind a login; a second one in a row says that the host has had enough of this visitor."""

Renew: TypeAlias = Callable[[float], Awaitable[None]]
"""Keeps what a visit holds for at least so many seconds more; raises when it is lost."""


async def _hold_nothing(_wait_s: float) -> None:
    """Renew nothing: a look at the world without a store has no lease."""


class Pace:
    """The gaps between the requests of one visit, and the pause its host asked for.

    ``renew`` is called before each wait, however long that is.
    """

    def __init__(self, delay_s: float, monotonic: Callable[[], float], renew: Renew = _hold_nothing) -> None:
        self.delay_s = delay_s
        self.pause_s: float | None = None
        self.reason = ""
        self._walls = 0
        self._renew = renew
        self._monotonic = monotonic
        self._next = monotonic()

    async def wait(self) -> None:
        """Return when the host may be asked again."""
        wait_s = max(0.0, self._next - self._monotonic())
        await self._renew(wait_s)
        await asyncio.sleep(wait_s)
        self._next = self._monotonic() + self.delay_s

    def slow_to(self, delay_s: float | None) -> None:
        """Leave at least ``delay_s`` between requests (a crawl delay)."""
        self.delay_s = max(self.delay_s, delay_s or 0.0)

    def heed(self, failed: Failed) -> None:
        """Remember that the host asked to be left alone."""
        if failed.retry_after_s is not None:
            self._pause(failed.retry_after_s, failed.detail)

    def met(self, *, wall: bool) -> None:
        """Remember whether a page was a wall: after the second in a row the host is left alone for a while."""
        self._walls = self._walls + 1 if wall else 0
        if self._walls >= _WALLS:
            self._pause(_WALL_PAUSE_S, f"{self._walls} pages in a row were blocked")

    async def hold(self) -> None:
        """Keep what the visit holds, where no request comes first."""
        await self._renew(0.0)

    def _pause(self, seconds: float, reason: str) -> None:
        self.pause_s = max(self.pause_s or 0.0, seconds)
        self.reason = reason


class VisitPort:
    """The world as one source or item of a visit sees it. ``exchange`` is what the last conditional request showed."""

    def __init__(self, rt: World, pace: Pace, settings: SourceSettings | None, state: SourceState | None) -> None:
        self._rt = rt
        self._pace = pace
        self._settings = settings
        self._state = state
        self.exchange = Exchange()

    async def get(
        self,
        url: str,
        *,
        conditional: bool = False,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Fetched | Unchanged | Failed:
        """Fetch an address politely; a body equal to the last poll's is ``Unchanged`` when ``conditional``."""
        if self._settings is not None and self._settings.kind == "archive":
            return Failed(reason=Outcome.REFUSED, detail="an archive asks nothing of the network", permanent=True)
        refusal = await self._ask_robots(url)
        if refusal is not None:
            return refusal
        await self._pace.wait()
        known = self._state if conditional else None
        in_full = known is None or asks_in_full(known.pacing.get("validators", {}), self._rt.now())
        answer = await self._rt.fetcher.get(
            url,
            validators=Validators() if known is None or in_full else known.validators,
            headers={**self._own_headers(url), **(headers or {})},
            user_agent=self._settings.user_agent if self._settings else None,
            body=body,
            tls=self._tls,
        )
        if isinstance(answer, Failed):
            self._pace.heed(answer)
            return answer
        if known is None:
            return answer
        is_plain = body is None and url == self._address
        return self._compared(answer, known, in_full=in_full, is_plain=is_plain)

    def _compared(
        self, answer: Fetched | Unchanged, known: SourceState, *, in_full: bool, is_plain: bool
    ) -> Fetched | Unchanged:
        """Note what the exchange showed; a body equal to the last one is unchanged whatever the server says."""
        self.exchange = Exchange(
            in_full=in_full,
            same_validators=agree(known.validators, answer.validators),
            has_validators=answer.validators != Validators(),
            redirect=answer.permanent_redirect if is_plain else None,
        )
        max_age_s = None if answer.max_age_s is None else min(answer.max_age_s, _MAX_AGE_S)
        if isinstance(answer, Fetched) and known.body_hash == body_hash(answer.body):
            return Unchanged(
                status=answer.status,
                validators=answer.validators,
                max_age_s=max_age_s,
                permanent_redirect=answer.permanent_redirect,
            )
        return replace(answer, max_age_s=max_age_s)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Rejected:
        """Call a pure function in a worker process."""
        await self._pace.hold()
        try:
            return await self._rt.pool.run(function, *args, **kwargs)
        except NoWorker as error:
            return Rejected(rejected=Outcome.POISON, detail=str(error))

    async def list_folder(self, path: str, patterns: tuple[str, ...]) -> tuple[FolderEntry, ...] | Failed:
        """List the regular files directly in a folder whose names match, sorted; links out of it do not count."""
        try:
            return await asyncio.to_thread(_list_folder, Path(path), patterns)
        except OSError as error:
            return Failed(reason=Outcome.UNREACHABLE, detail=f"cannot list {path}: {error.strerror}")

    async def bring(self, item: Item) -> Fetched | Failed:
        """Return the bytes of an item: those it carries, those of its file, or those of its address."""
        if item.payload is not None:
            return self._local(item, item.payload, item.payload_type)
        if urlsplit(item.url).scheme == "file":
            return await self._file(item)
        answer = await self.get(item.url)
        if isinstance(answer, Unchanged):
            return Failed(reason=Outcome.HTTP_ERROR, detail="304 to a request without conditions", status=answer.status)
        return answer

    def carried(self, item: Item) -> Fetched | None:
        """Return what the item's source itself says, to be read where the page cannot be."""
        return None if item.content is None else self._local(item, item.content, "text/html; charset=utf-8")

    @property
    def _tls(self) -> Tls:
        return self._settings.tls if self._settings else "modern"

    @property
    def _address(self) -> str:
        """The address that stands for the source; none where there is no source."""
        return str(kinds()[self._settings.kind].address(self._settings)) if self._settings else ""

    def _own_headers(self, url: str) -> Mapping[str, str]:
        """Return the source's own headers, which may be credentials, for its own scheme, host and port only."""
        if self._settings is None or not self._settings.headers:
            return {}
        return self._settings.headers if same_origin(self._address, url) else {}

    async def _ask_robots(self, url: str) -> Failed | None:
        if not self._rt.config.settings.fetch.robots:
            return None
        ruling = await self._rt.robots.check(url, tls=self._tls)
        self._pace.slow_to(ruling.crawl_delay_s)
        if ruling.failure is not None:
            self._pace.heed(ruling.failure)
            return ruling.failure
        return (
            None if ruling.allowed else Failed(reason=Outcome.ROBOTS, detail="robots.txt disallows it", permanent=True)
        )

    async def _file(self, item: Item) -> Fetched | Failed:
        path = _path_of(item.url)
        if not self._is_own_file(path):
            return Failed(reason=Outcome.REFUSED, detail="a local file outside of the source's folder", permanent=True)
        limit = self._rt.config.settings.fetch.max_bytes
        try:
            body = await asyncio.to_thread(_read_file, path, limit + 1)
        except FileNotFoundError:
            return Failed(reason=Outcome.GONE, detail=f"{path} is no longer there", permanent=True)
        except OSError as error:
            return Failed(reason=Outcome.UNREACHABLE, detail=f"cannot read {path}: {error.strerror}")
        if len(body) > limit:
            return Failed(reason=Outcome.TOO_LARGE, detail=f"more than {limit} bytes", permanent=True)
        return self._local(item, body, _type_of(path))

    def _is_own_file(self, path: Path) -> bool:
        """Whether the source is a folder and the file lies in it: no feed can name a file of this machine."""
        if self._settings is None or self._settings.kind != "folder":
            return False
        folder = _path_of(kinds()["folder"].address(self._settings))
        return path.resolve().is_relative_to(folder.resolve())

    def _local(self, item: Item, body: bytes, content_type: str | None) -> Fetched:
        return Fetched(
            url=item.url,
            final_url=item.url,
            status=200,
            content_type=content_type,
            body=body,
            fetched_at=item.payload_at or self._rt.now(),
        )


class DeliveryPort:
    """The world as a channel sees it: the same guarded network, and the data directory."""

    def __init__(self, fetcher: Fetcher, data_dir: Path) -> None:
        self._fetcher = fetcher
        self.data_dir = data_dir

    async def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], timeout_s: float
    ) -> HttpReply | Retry | Refused:
        """POST through the address guard; failures come back as what the outbox should do."""
        reply = await self._fetcher.post(url, body=body, headers=dict(headers), timeout_s=timeout_s)
        if isinstance(reply, Failed):
            return (
                Refused(reason=reply.detail)
                if reply.permanent
                else Retry(reason=reply.detail, after_s=reply.retry_after_s)
            )
        return HttpReply(status=reply.status, headers=reply.headers, body=reply.body)


def body_hash(body: bytes) -> str:
    """Return the SHA-256 (hex) of a body."""
    return hashlib.sha256(body).hexdigest()


def _list_folder(folder: Path, patterns: tuple[str, ...]) -> tuple[FolderEntry, ...]:
    files = [path for path in folder.iterdir() if path.is_file() and any(fnmatch(path.name, p) for p in patterns)]
    inside = folder.resolve()
    kept = sorted({path.resolve() for path in files if path.resolve().is_relative_to(inside)})
    versions = ((path, _version(path)) for path in kept)
    return tuple(FolderEntry(path=str(path), version=version) for path, version in versions if version)


def _version(path: Path) -> str | None:
    try:
        stat = path.stat()
    except FileNotFoundError:  # gone since the folder was listed
        return None
    return f"{stat.st_size}-{stat.st_mtime_ns}"


def _path_of(address: str) -> Path:
    """Return the path that a file address spells; names on disk are bytes, of any encoding."""
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(address).path)))


def _read_file(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        return file.read(limit)


def _type_of(path: Path) -> str:
    return _MEDIA_TYPES.get(path.suffix.lower(), "text/plain")

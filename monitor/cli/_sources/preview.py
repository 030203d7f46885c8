"""Polls that leave no trace: sources are asked as the service asks them, and nothing is written.

Knows the network, the workers and robots.txt through the same port as a visit, keeps the pace of each host, and asks
for an address once. Does not know the store.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from monitor import schedule
from monitor.assembly import build_world
from monitor.cli._options import EX_TEMPORARY, fail
from monitor.config import Config
from monitor.engine.workers import NoWorker, prepare_workers
from monitor.ports import Pace, VisitPort
from monitor.read.reading import read
from monitor.runtime import World
from monitor.sources import SourceSettings, kinds
from monitor.sources._ranking import moment_of
from monitor.types import Collected, Failed, Fetched, Hints, Reading, Rejected, Unchanged
from monitor.urls import host_of
from storage.records import Item, NewItem, Outcome, SourceState, Validators

__all__ = ["Preview", "Trial", "opened", "reason_of"]

Answer = Fetched | Unchanged | Failed
_SAMPLES = 3
"""How many items are read until one is an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One poll of a source. ``items`` are empty where it failed; ``error`` says why."""

    settings: SourceSettings
    url: str
    items: tuple[NewItem, ...] = ()
    skipped: tuple[str, ...] = ()
    notices: tuple[tuple[str, str], ...] = ()
    error: str | None = None
    status: int | None = None
    bytes_read: int = 0
    duration_s: float = 0.0


@dataclass(frozen=True, slots=True)
class _Host:
    """What is known of a host: its pace and the answers it gave."""

    pace: Pace
    answers: dict[str, Answer] = field(default_factory=dict)


class _Port(VisitPort):
    """A visit's port that asks for an address once and leaves a host alone that wants a pause."""

    def __init__(self, world: World, host: _Host, settings: SourceSettings | None, state: SourceState | None) -> None:
        super().__init__(world, host.pace, settings, state)
        self._host = host

    async def get(
        self,
        url: str,
        *,
        conditional: bool = False,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        known = self._host.answers.get(url) if body is None and not headers else None
        if known is not None:
            return known
        if self._host.pace.pause_s is not None:
            return Failed(reason=Outcome.UNREACHABLE, detail=f"the host asked for a pause: {self._host.pace.reason}")
        answer = await super().get(url, conditional=conditional, headers=headers, body=body)
        if body is None and not headers:
            self._host.answers[url] = answer
        return answer


class Preview:
    """Polls and reads for people to look at; one visit after the other to each host."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._hosts: dict[str, _Host] = {}

    async def get(self, url: str) -> Answer:
        """Fetch an address politely."""
        return await _Port(self.world, self._host(host_of(url)), None, None).get(url)

    async def poll(self, settings: SourceSettings) -> Trial:
        """Poll a source as if for the first time."""
        state = _state(settings, self.world)
        host = self._host(state.host)
        started = self.world.monotonic()
        answer = await kinds()[settings.kind].collect(settings, state, _Port(self.world, host, settings, state))
        trial = _trial(settings, state.url, answer)
        return replace(trial, duration_s=self.world.monotonic() - started)

    async def sample(self, trial: Trial) -> tuple[NewItem, Reading | Rejected | Failed] | None:
        """Read the newest item of a poll, and the next ones where that is no article; None where there is none."""
        dated = [item for item in trial.items if item.published]
        latest = sorted(dated, key=lambda item: moment_of(item.published), reverse=True)
        first: tuple[NewItem, Reading | Rejected | Failed] | None = None
        for item in (latest or trial.items)[:_SAMPLES]:
            result = await self.read(trial.settings, item)
            if isinstance(result, Reading):
                return item, result
            first = first or (item, result)
        return first

    async def read(self, settings: SourceSettings, item: NewItem) -> Reading | Rejected | Failed:
        """Bring an item and read it, as a visit does."""
        port = _Port(self.world, self._host(item.host), settings, None)
        fetched = await port.bring(_item(item, settings, self.world))
        if isinstance(fetched, Failed):
            return fetched
        hints = Hints(title=item.title, published=item.published, authors=item.authors, whole=settings.kind == "page")
        try:
            return await self.world.pool.run(
                read,
                fetched.body,
                url=fetched.final_url,
                content_type=fetched.content_type,
                hints=hints,
                fetched_at=fetched.fetched_at,
                watch=self.world.config.watch,
            )
        except NoWorker as error:
            return Failed(reason=Outcome.TIMEOUT, detail=str(error))

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            delay_s = schedule.host_delay_s(name, self.world.config.settings.fetch)
            self._hosts[name] = _Host(Pace(delay_s, self.world.monotonic))
        return self._hosts[name]


@asynccontextmanager
async def opened(config: Config) -> AsyncIterator[Preview]:
    """Give a preview of what a configuration can reach; its workers and connections end with the block."""
    try:
        prepare_workers()
    except NoWorker as error:
        fail(str(error), EX_TEMPORARY)
    world = build_world(config)
    try:
        yield Preview(world)
    finally:
        await world.pool.close()
        await world.fetcher.aclose()


def reason_of(result: Failed | Rejected) -> str:
    """Return what went wrong, in one line."""
    reason = result.reason if isinstance(result, Failed) else result.rejected
    return f"{reason.value}: {result.detail}" if result.detail else reason.value


def _trial(settings: SourceSettings, url: str, answer: Collected | Unchanged | Failed | Rejected) -> Trial:
    if isinstance(answer, Failed | Rejected):
        status = answer.status if isinstance(answer, Failed) else None
        return Trial(settings=settings, url=url, error=reason_of(answer), status=status)
    if isinstance(answer, Unchanged):
        return Trial(settings=settings, url=url, status=answer.status)
    return Trial(
        settings=settings,
        url=url,
        items=answer.found,
        skipped=answer.skipped,
        notices=answer.notices,
        status=answer.status,
        bytes_read=answer.bytes_read,
    )


def _state(settings: SourceSettings, world: World) -> SourceState:
    url: str = kinds()[settings.kind].address(settings)
    return SourceState(
        id=settings.id,
        kind=settings.kind,
        url=url,
        host=host_of(url) or f"{settings.kind}:{settings.id}",
        group=settings.group,
        due_at=world.now(),
        interval_s=0,
        failures=0,
        validators=Validators(),
        body_hash=None,
        cursor={},
        last_polled_at=None,
        last_success_at=None,
        last_new_at=None,
        last_error=None,
    )


def _item(item: NewItem, settings: SourceSettings, world: World) -> Item:
    return Item(
        id=0,
        source_id=settings.id,
        url=item.url,
        key=item.key,
        host=item.host,
        title=item.title,
        published=item.published,
        authors=item.authors,
        version=item.version,
        payload=item.payload,
        payload_type=item.payload_type,
        payload_at=item.payload_at,
        attempts=0,
        discovered_at=world.now(),
    )

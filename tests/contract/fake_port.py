"""A small world in memory for source kinds: scripted answers, real parsers, a log of what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

from monitor.types import Failed, Fetched, FolderEntry, Rejected, Unchanged
from storage.records import SourceState, Validators

__all__ = ["NOW", "FakePort", "fetched", "state_of"]

P = ParamSpec("P")
T = TypeVar("T")

NOW = datetime(2023, 7, 5, 4, 0, tzinfo=UTC)


@dataclass
class FakePort:
    """Answers every ``get`` with ``answer`` and every ``list_folder`` with ``entries``; ``run`` calls in place.

    ``answers`` go before ``answer``, by address. ``headers`` and ``bodies`` are what each request was given.
    """

    answer: Fetched | Unchanged | Failed | None = None
    answers: dict[str, Fetched | Unchanged | Failed] = field(default_factory=dict)
    entries: tuple[FolderEntry, ...] | Failed = ()
    asked: list[tuple[str, bool]] = field(default_factory=list)
    listed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes | None] = field(default_factory=list)

    async def get(
        self,
        url: str,
        *,
        conditional: bool = False,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Fetched | Unchanged | Failed:
        """Return the scripted answer."""
        self.asked.append((url, conditional))
        self.headers.append(dict(headers or {}))
        self.bodies.append(body)
        answer = self.answers.get(url, self.answer)
        assert answer is not None, f"nothing was scripted for {url}"
        return answer

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Rejected:
        """Call the function here."""
        self.ran.append(function.__name__)
        return function(*args, **kwargs)

    async def list_folder(self, path: str, patterns: tuple[str, ...]) -> tuple[FolderEntry, ...] | Failed:
        """Return the scripted files."""
        self.listed.append((path, patterns))
        return self.entries


def fetched(body: bytes, url: str = "https://site.example/x", content_type: str | None = None) -> Fetched:
    """Return a good answer that brings ``body``."""
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        content_type=content_type,
        body=body,
        fetched_at=NOW,
        validators=Validators(etag='"1"'),
        max_age_s=600,
    )


def state_of(source_id: str, kind: str, url: str, host: str) -> SourceState:
    """Return the state of a source that was never polled."""
    return SourceState(
        id=source_id,
        kind=kind,
        url=url,
        host=host,
        group=None,
        due_at=NOW,
        interval_s=900,
        failures=0,
        validators=Validators(),
        body_hash=None,
        cursor={},
        last_polled_at=None,
        last_success_at=None,
        last_new_at=None,
        last_error=None,
    )

"""The values that the steps of the pipeline hand to each other, up to the store.

Pure data; what the store keeps is in ``storage.records``. Everything here is picklable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, Protocol, TypeVar

from storage.records import NewItem, Outcome, Published, Removed, Validators
from storage.tagged import Findings, Mention

__all__ = [
    "Collected",
    "Extracted",
    "Failed",
    "Fetched",
    "FolderEntry",
    "Hints",
    "Reading",
    "Rejected",
    "SourcePort",
    "Unchanged",
]

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A whole body that a server sent. ``content_type`` is the header's text; ``max_age_s`` from Cache-Control.

    ``cookies`` are those that the host set on the way, name and value.
    """

    url: str
    final_url: str
    status: int
    content_type: str | None
    body: bytes
    fetched_at: datetime
    validators: Validators = field(default_factory=Validators)
    max_age_s: int | None = None
    permanent_redirect: str | None = None
    cookies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The server, or the body itself, says that nothing is new since the last poll; a folder has no status."""

    status: int | None
    validators: Validators = field(default_factory=Validators)
    max_age_s: int | None = None
    permanent_redirect: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A fetch that brought no body, and why.

    ``permanent`` says that trying again cannot help; ``retry_after_s`` is what the server asked for, clamped.
    """

    reason: Outcome
    detail: str
    status: int | None = None
    permanent: bool = False
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the place that named an address said of it; used where the page itself is silent.

    ``whole`` asks for the page as it stands: a list or a table is then as welcome as an article.
    """

    title: str | None = None
    published: Published | None = None
    authors: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Bytes that hold no article, and the one reason; ``said`` is what little a page says instead."""

    rejected: Outcome
    detail: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """An article as it stands on its page.

    ``text`` is the cleaned body without the title, one paragraph or heading a line; ``headings`` are the lines of
    it that head a section. ``language`` is an ISO 639-1 code, ``script`` ``Hans``, ``Hant``, ``Latn`` or another
    ISO 15924 code. ``published_at`` is cut to ``published_precision`` (see ``storage.records.Published``).
    ``url`` is set where the document itself names its address, ``canonical_url`` where the page names another
    address of its own site as the true one. ``modified`` is when the page says it was last changed. ``next_page`` is
    the address on which the same article goes on. ``derived`` holds text about the article that is not part of it (a
    machine's summary).
    """

    title: str | None
    text: str
    deck: str | None = None
    published_at: str | None = None
    published_precision: str | None = None
    published_origin: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str | None = None
    publisher: str | None = None
    language: str | None = None
    script: str | None = None
    headings: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    url: str | None = None
    derived: str | None = None
    modified: Published | None = None
    canonical_url: str | None = None
    next_page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An extracted article with all that pure computation can add to it; see ``storage.records.Article``.

    ``edge_lines`` are hashes of the lines near the edges of the text, from which the furniture of a host is learned.
    """

    extracted: Extracted
    url: str
    canonical_url: str
    key: str
    content_hash: str
    sketch: bytes | None
    sketch_version: str
    bands: tuple[int, ...]
    sentences: tuple[int, ...]
    mentions: tuple[Mention, ...]
    keywords: tuple[str, ...] = ()
    terms: tuple[tuple[str, int], ...] = ()
    edge_lines: tuple[int, ...] = ()
    findings: Findings = field(default_factory=Findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a poll of a source found.

    ``skipped`` names entries that could not be used, one message each. ``floor_s`` is how long the source asks
    not to be polled again (a feed's ttl). ``cursor`` is what the kind wants to remember. ``notices`` are what an
    operator should know though the poll succeeded: a code of the kind's own (``drift``) and one sentence each.
    ``moved_to`` is where permanent redirects of the source's address led. ``quiet_days`` are weekdays (0 Monday) on
    which the source says it has no news.
    """

    found: tuple[NewItem, ...]
    status: int | None = None
    skipped: tuple[str, ...] = ()
    validators: Validators = field(default_factory=Validators)
    body_hash: str | None = None
    bytes_read: int = 0
    floor_s: int | None = None
    cursor: dict[str, Any] = field(default_factory=dict)
    notices: tuple[tuple[str, str], ...] = ()
    moved_to: str | None = None
    quiet_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderEntry:
    """A file that a folder holds. ``version`` changes when the file does."""

    path: str
    version: str


class SourcePort(Protocol):
    """All that a source kind may do to the world; the pipeline supplies it."""

    async def get(
        self,
        url: str,
        *,
        conditional: bool = False,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Fetched | Unchanged | Failed:
        """Fetch an address politely; ``conditional`` asks only for what changed since the last poll.

        With a ``body`` it is sent by POST.
        """
        ...

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Rejected:
        """Call a picklable pure function on untrusted bytes in a worker process."""
        ...

    async def list_folder(self, path: str, patterns: tuple[str, ...]) -> tuple[FolderEntry, ...] | Failed:
        """List the files of a folder that match, sorted by path."""
        ...

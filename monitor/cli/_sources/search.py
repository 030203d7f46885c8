"""The search for the best way into a site: stage after stage, until one brings what is wanted.

    the address itself ─▶ feeds it names ─▶ usual addresses of feeds ─▶ its sitemap ─▶ its links as a list

Each candidate is polled by its own kind. Does not decide what is shown or written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from monitor.cli._sources.preview import Preview, Trial, reason_of
from monitor.read import read_page
from monitor.sites import site_of
from monitor.sources import SourceSettings, kinds
from monitor.sources._discovery import Survey, survey
from monitor.sources._guess_api import guess_paths, guess_rows
from monitor.sources._ranking import GOOD, Verdict, judge
from monitor.sources._ways import Candidate, known_ways, well_known
from monitor.types import Failed, Fetched, Rejected
from monitor.urls import host_of, url_key
from storage.records import Outcome

__all__ = ["Finding", "Tried", "search"]

_MAX_TRIED = 24
_FEEDS_A_STAGE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A candidate that was polled, the keys of its entry beyond id and name, and what is to be said of it."""

    candidate: Candidate
    values: dict[str, Any]
    trial: Trial
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a search brought: everything that was tried in order, and the best of it.

    ``error`` says why nothing could be tried; ``name`` is what the site calls itself; ``has_answered`` says whether
    the address could be had at all.
    """

    tried: tuple[Tried, ...] = ()
    best: Tried | None = None
    name: str = ""
    error: str | None = None
    has_answered: bool = True


async def search(url: str, kind: str | None, preview: Preview, tell: Callable[[str], None]) -> Finding:
    """Find the best source for an address; ``kind`` allows one kind only, ``tell`` hears what is being tried."""
    return await _Search(url, kind, preview, tell).run()


class _Search:
    """The state of one search."""

    def __init__(self, url: str, kind: str | None, preview: Preview, tell: Callable[[str], None]) -> None:
        self._url = url
        self._kind = kind
        self._preview = preview
        self._tell = tell
        self._tried: list[Tried] = []
        self._keys: set[tuple[str, str]] = set()

    async def run(self) -> Finding:
        self._tell(self._url)
        answer = await self._preview.get(self._url)
        if not isinstance(answer, Fetched):
            return await self._without_page(answer)
        seen = await self._survey(answer)
        if isinstance(seen, Rejected):
            return Finding(error=f"{self._url}: {reason_of(seen)}")
        for stage in self._stages(seen, answer):
            await self._try(stage, seen)
            if self._best_score() >= GOOD:
                break
        if self._best_score() <= 0 and (refusal := await self._refusal(answer)):
            return Finding(tried=tuple(self._tried), error=f"{self._url}: {refusal}")
        if seen.form == "json" and not self._tried:
            return Finding(tried=tuple(self._tried), error=await self._rows_by_hand(answer))
        return await self._finding(seen)

    async def _rows_by_hand(self, answer: Fetched) -> str:
        """Say what to write for JSON whose rows name no address."""
        found = await self._preview.world.pool.run(guess_rows, answer.body, answer.content_type)
        if not isinstance(found, dict) or not found:
            return f"{self._url}: the JSON holds no list of objects that could be watched"
        paths = "".join(f", {name}: {path}" for name, path in found.items())
        hint = "" if "content" in found else ", and content: with the field that holds the text"
        return (
            f"{self._url}: the rows of this JSON have no addresses and titles that could be told; write the source by "
            f"hand, with kind: api{paths}{hint} (or link: with a pattern such as https://example.org/{{id}})"
        )

    async def _refusal(self, answer: Fetched) -> str | None:
        """Return why a page is none, where it only says that it may not be read."""
        read = await self._preview.world.pool.run(
            read_page, answer.body, answer.final_url, answer.content_type, fetched_at=answer.fetched_at
        )
        is_refused = isinstance(read, Rejected) and read.rejected in (Outcome.BLOCKED, Outcome.GONE)
        return reason_of(read) if is_refused and isinstance(read, Rejected) else None

    async def _without_page(self, answer: object) -> Finding:
        """An address that cannot be had may still say where its feed is."""
        await self._try(known_ways(self._url), Survey(form="other"))
        if self._best_score() > 0:
            return await self._finding(Survey(form="other"))
        reason = reason_of(answer) if isinstance(answer, Failed) else "it was not sent"
        has_answered = isinstance(answer, Failed) and answer.status is not None
        return Finding(error=f"{self._url}: {reason}", has_answered=has_answered)

    def _stages(self, seen: Survey, answer: Fetched) -> Iterator[Sequence[Candidate]]:
        itself = Candidate(kind=seen.form, url=self._url, how="the address itself")
        if self._kind is not None and self._kind not in ("feed", "sitemap"):
            yield [Candidate(kind=self._kind, url=self._url, how="as asked for")]
            return
        if seen.form in ("feed", "sitemap"):
            yield [itself]
            return
        if seen.form == "other":
            yield [Candidate(kind=self._kind or "feed", url=self._url, how="the address itself")]
            return
        if seen.form == "json":
            yield [Candidate(kind="api", url=self._url, how="the address itself: JSON")]
            return
        final = answer.final_url
        feeds = [one for one in seen.candidates if one.kind == "feed"]
        yield [*known_ways(final), *feeds][:_FEEDS_A_STAGE]
        yield well_known(final)
        named = [one for one in seen.candidates if one.kind == "sitemap"]
        root = f"{urlsplit(final).scheme}://{urlsplit(final).netloc}/"
        if (
            urlsplit(final).path in ("", "/") or self._kind == "sitemap"
        ):  # a section is not what the map of the whole site lists
            yield [*named, Candidate(kind="sitemap", url=root, how="the sitemaps of the site")]
        yield [Candidate(kind="listing", url=self._url, how="the links of the page")]

    async def _survey(self, answer: Fetched) -> Survey | Rejected:
        pool = self._preview.world.pool
        return await pool.run(survey, answer.body, answer.content_type, answer.final_url)

    async def _try(self, stage: Iterable[Candidate], seen: Survey) -> None:
        for candidate in stage:
            key = (candidate.kind, url_key(candidate.url))
            if key in self._keys or len(self._tried) >= _MAX_TRIED or candidate.kind not in kinds():
                continue
            if self._kind not in (None, candidate.kind):
                continue
            self._keys.add(key)
            self._tell(f"{candidate.kind} {candidate.url}")
            values = await self._values(candidate)
            settings = _settings(values)
            if settings is None:
                continue
            trial = await self._preview.poll(settings)
            verdict = self._judge(candidate, trial, seen)
            self._tried.append(Tried(candidate=candidate, values=values, trial=trial, verdict=verdict))
            if candidate.how.startswith("a usual") and verdict.score >= GOOD:
                return

    async def _values(self, candidate: Candidate) -> dict[str, Any]:
        values = {"kind": candidate.kind, "url": candidate.url}
        if candidate.kind != "api":
            return values
        answer = await self._preview.get(candidate.url)
        paths = None
        if isinstance(answer, Fetched):
            paths = await self._preview.world.pool.run(guess_paths, answer.body, answer.content_type)
        return values | (paths if isinstance(paths, dict) else {})

    def _judge(self, candidate: Candidate, trial: Trial, seen: Survey) -> Verdict:
        if trial.error is not None:
            return Verdict(score=0.0, why=trial.error)
        now = self._preview.world.now()
        is_section = urlsplit(self._url).path.strip("/") != ""
        return judge(
            candidate.kind,
            trial.items,
            target=self._target(candidate),
            links=seen.links,
            now=now,
            is_section=is_section,
        )

    def _target(self, candidate: Candidate) -> str:
        """Return the address whose site the entries should be of: a feed that was named itself may serve others."""
        return candidate.url if site_of(host_of(candidate.url)) == site_of(host_of(self._url)) else self._url

    def _best_score(self) -> float:
        return max((one.verdict.score for one in self._tried), default=0.0)

    async def _finding(self, seen: Survey) -> Finding:
        best = max(self._tried, key=lambda one: one.verdict.score, default=None)
        if best is None or best.verdict.score <= 0:
            return Finding(tried=tuple(self._tried), name=seen.name, error=self._nothing(seen))
        return Finding(tried=tuple(self._tried), best=best, name=seen.name or await self._name(best))

    async def _name(self, best: Tried) -> str:
        """Return what the winner calls itself; it has been asked for already."""
        answer = await self._preview.get(best.candidate.url)
        own = await self._survey(answer) if isinstance(answer, Fetched) else None
        return own.name if isinstance(own, Survey) else ""

    def _nothing(self, seen: Survey) -> str:
        asked = f" as {self._kind}" if self._kind else ""
        found = f"{self._url}: nothing that could be watched was found{asked}"
        if len(self._tried) == 1:
            found += f": {self._tried[0].verdict.why}"
        elif self._tried:
            found += f"; {len(self._tried)} addresses were tried"
        is_page = seen.form == "page" and self._kind != "page"
        return f"{found}. To be told when this page itself changes, add it with --kind page" if is_page else found


def _settings(values: dict[str, Any]) -> SourceSettings | None:
    """Return the settings of a kind, None where it needs more than an address."""
    model: type[SourceSettings] = kinds()[values["kind"]].Settings
    try:
        return model.model_validate({"id": "preview", **values})
    except ValidationError:
        return None

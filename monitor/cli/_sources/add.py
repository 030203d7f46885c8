"""``newswatch sources add``: find the best way into a site, show what it would bring, write it down."""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit

import typer
from pydantic import TypeAdapter, ValidationError

from alerts.fields import Identifier
from monitor.cli._options import EX_CONFIG, fail
from monitor.cli._sources import SECTION
from monitor.cli._sources.preview import opened
from monitor.cli._sources.progress import telling
from monitor.cli._sources.search import Finding, Tried, search
from monitor.cli._sources.words import (
    Sample,
    sample_json,
    sample_lines,
    trial_json,
    trial_lines,
    tried_json,
    tried_rows,
)
from monitor.cli._table import cut, plain, print_json, print_lines, print_table
from monitor.cli._write import commit, created_note, target_file
from monitor.config import Config, ConfigError
from monitor.config.edit import EditError, NewEntry, entry_text
from monitor.config.rsshub import is_route, route_address
from monitor.log import redact
from monitor.runtime import now
from monitor.sources import kinds
from monitor.sources._entry import plain_title
from monitor.sources._ways import propose_id
from monitor.urls import host_of, is_web, url_key

__all__ = ["Wish", "add"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS_KINDS = ("api", "feed", "listing", "page", "sitemap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command line asks for."""

    url: str
    id: str | None
    group: str | None
    name: str | None
    kind: str | None
    dry_run: bool
    yes: bool
    as_json: bool


def add(config: Config, wish: Wish) -> None:
    """Search, show and write; end with status 1 where nothing was found or nobody agreed."""
    address = _address(wish, config)
    _check_names(wish, config)
    if known := _known(address, config):
        _already(known, wish)
        return
    address, finding, sample = asyncio.run(_look(address, config, wish))
    best = finding.best
    if best is None:
        _nothing(finding, wish)
    if known := _known(best.candidate.url, config):
        _already(known, wish, best)
        return
    source = _entry(best, finding, wish, config, address)
    _check(config, source)
    if wish.as_json:
        _finish_as_json(config, wish, finding, sample, source)
        return
    _show(config, finding, best, sample, source)
    if wish.dry_run:
        return
    _agree(wish)
    created = created_note(config, SECTION)
    path = _commit(config, source)
    typer.echo(
        f"{created}Added to {path} as {source.values['id']}. A running service takes it up when it reloads (SIGHUP)."
    )


async def _look(address: str, config: Config, wish: Wish) -> tuple[str, Finding, Sample | None]:
    """Return the address that answered, what was found, and an article; http is tried where no scheme was given."""
    async with opened(config) as preview:
        with telling(shown=not wish.as_json) as tell:
            finding = await search(address, wish.kind, preview, tell)
            if "://" not in wish.url and finding.best is None and not finding.has_answered:
                plainly = f"http://{address.partition('://')[2]}"
                other = await search(plainly, wish.kind, preview, tell)
                address, finding = (plainly, other) if other.best or other.has_answered else (address, finding)
            if finding.best is None:
                return address, finding, None
            tell("for a sample article")
            return address, finding, await preview.sample(finding.best.trial)


def _address(wish: Wish, config: Config) -> str:
    """Return the whole address that was meant."""
    url = wish.url.strip()
    if is_route(url):
        if config.settings.rsshub is None:
            fail(f"{url} needs settings.rsshub, the address of an RSSHub instance", EX_CONFIG)
        return route_address(url, config.settings.rsshub)
    whole = url if "://" in url else f"https://{url}"
    if is_web(whole) and "@" in urlsplit(whole).netloc:
        raise typer.BadParameter("user name and password cannot stand in an address; use headers: Authorization")
    if not is_web(whole) or not host_of(whole) or not whole.isprintable():
        raise typer.BadParameter(
            f"expected an address such as https://www.qbitai.com, found {plain(redact(whole)[:200])!r}"
        )
    return whole


def _check_names(wish: Wish, config: Config) -> None:
    known = sorted(set(_ADDRESS_KINDS) & set(kinds()))
    if wish.kind is not None and wish.kind not in known:
        raise typer.BadParameter(f"expected --kind to be one of {', '.join(known)}, found {plain(wish.kind)!r}")
    for option, value in (("--id", wish.id), ("--group", wish.group)):
        if value is not None and not _is_identifier(value):
            expected = "expected a short name of lower-case letters, digits, '.', '_' and '-'"
            raise typer.BadParameter(f"{expected}, found {plain(cut(value, 60))!r}", param_hint=option)
    if wish.id is not None and wish.id in _ids(config):
        raise typer.BadParameter(f"the id {wish.id!r} is taken: newswatch sources test {wish.id}")
    if _SURROGATE.search(wish.name or ""):
        raise typer.BadParameter(f"expected --name to be text, found half a surrogate pair in {wish.name!r}")


def _is_identifier(value: str) -> bool:
    try:
        TypeAdapter(Identifier).validate_python(value)
    except ValidationError:
        return False
    return True


def _ids(config: Config) -> frozenset[str]:
    return frozenset(source.id for source in config.sources)


def _known(url: str, config: Config) -> str | None:
    """Return the id of the source that has an address already."""
    key = url_key(url)
    addresses = ((source.id, kinds()[source.kind].address(source)) for source in config.sources)
    return next((id_ for id_, other in addresses if url_key(other) == key), None)


def _already(known: str, wish: Wish, best: Tried | None = None) -> None:
    if wish.as_json:
        print_json({"asked": wish.url, "already": known, "added": False})
        return
    found = f"The best way in is {best.candidate.kind} {redact(best.candidate.url)}. " if best else ""
    typer.echo(plain(f"{found}Already there as {known}; nothing was changed. Try it: newswatch sources test {known}"))


def _nothing(finding: Finding, wish: Wish) -> NoReturn:
    if wish.as_json:
        print_json({"asked": wish.url, "tried": tried_json(finding.tried), "error": finding.error, "added": False})
        raise typer.Exit(1)
    if len(finding.tried) > 1:
        print_table(("tried", "address", "because", "result"), tried_rows(finding.tried))
    fail(plain(finding.error or "nothing was found"))


def _entry(best: Tried, finding: Finding, wish: Wish, config: Config, address: str) -> NewEntry:
    url = best.candidate.url
    values: dict[str, Any] = {"id": wish.id or propose_id(url, _ids(config)), "kind": best.candidate.kind}
    values |= {"name": name} if (name := plain_title(wish.name or finding.name)) else {}
    values |= {"group": wish.group} if wish.group else {}
    values |= best.values
    if is_route(wish.url) and url == address:
        values["url"] = wish.url.strip()
    origin = "" if best.candidate.url == address else f", found from {address}"
    comment = (f"added {now():%Y-%m-%d}{origin}", f"{best.candidate.how}: {best.verdict.why}")
    return NewEntry(values=values, comment=comment)


def _check(config: Config, source: NewEntry) -> None:
    """Make sure that the entry can be written before anybody is asked."""
    try:
        commit(config, SECTION, [source], dry=True)
    except ConfigError as error:
        fail(f"the configuration would not be valid with the new source:\n{error}", EX_CONFIG)
    except EditError as error:
        fail(f"{error}\nAdd it by hand, under sources:\n\n{entry_text(source)}")


def _commit(config: Config, source: NewEntry) -> str:
    try:
        return str(commit(config, SECTION, [source]))
    except (EditError, ConfigError) as error:
        fail(str(error))


def _show(config: Config, finding: Finding, best: Tried, sample: Sample | None, source: NewEntry) -> None:
    print_table(("tried", "address", "because", "result"), tried_rows(finding.tried))
    chosen = f"\nBest: {best.candidate.kind} {best.candidate.url} ({best.candidate.how}): {best.verdict.why}"
    print_lines([chosen, "", *trial_lines(best.trial), "", *sample_lines(sample), ""])
    print_lines([f"For {target_file(config, SECTION)}:", "", entry_text(source)])


def _agree(wish: Wish) -> None:
    """Go on only if somebody wants it."""
    if wish.yes:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fail("Nothing was written: this is no terminal to ask at. Write it with --yes")
    if not typer.confirm("Add it?", default=True):
        fail("Nothing was written.")


def _finish_as_json(config: Config, wish: Wish, finding: Finding, sample: Sample | None, source: NewEntry) -> None:
    best = finding.best
    is_written = wish.yes and not wish.dry_run
    is_new = bool(created_note(config, SECTION))
    path = _commit(config, source) if is_written else str(target_file(config, SECTION))
    print_json(
        {
            "asked": wish.url,
            "already": None,
            "tried": tried_json(finding.tried),
            "found": trial_json(best.trial) if best else None,
            "sample": sample_json(sample),
            "entry": dict(source.values),
            "yaml": entry_text(source),
            "file": path,
            "created": is_written and is_new,
            "added": is_written,
        }
    )
    if not (is_written or wish.dry_run):
        fail("Nothing was written. Write it with --yes")

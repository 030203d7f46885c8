"""``newswatch sources import`` and ``sources export``: lists of feeds from and for other readers."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from monitor.cli._options import EX_CONFIG, EX_DATA, fail
from monitor.cli._sources import SECTION
from monitor.cli._table import counted, cut, plain, print_json, print_lines
from monitor.cli._write import commit, created_note
from monitor.config import Config, ConfigError
from monitor.config.edit import EditError, NewEntry, entry_text
from monitor.log import redact
from monitor.runtime import now
from monitor.sources import SourceSettings, kinds
from monitor.sources._opml import MAX_BYTES, Listed, read_opml, write_opml
from monitor.sources._ways import propose_id, slug
from monitor.urls import host_of, is_web, url_key

__all__ = ["export_list", "import_list"]

_SCHEMES = (("feed://", "http://"), ("feed:https://", "https://"), ("feed:http://", "http://"))
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What becomes of a list: new entries, how many feeds are known, what is wrong with the others.

    ``skipped`` counts outlines that name no feed and hold none.
    """

    added: tuple[NewEntry, ...]
    known: int
    refused: tuple[str, ...]
    skipped: int


def import_list(config: Config, path: Path, *, dry_run: bool, as_json: bool) -> None:
    """Write the feeds of a list that are not watched yet into the configuration, all of them or none."""
    plan = _plan(_read(path), config, path.name)
    created = created_note(config, SECTION) if plan.added and not dry_run else ""
    target = _write(config, plan, dry_run=dry_run)
    is_written = bool(plan.added) and not dry_run
    if as_json:
        print_json(
            {
                "sources": [dict(source.values) for source in plan.added],
                "known": plan.known,
                "refused": list(plan.refused),
                "skipped": plan.skipped,
                "file": str(target),
                "created": bool(created),
                "added": is_written,
            }
        )
        return
    if dry_run and plan.added:
        print_lines(["".join(entry_text(source) for source in plan.added)])
    for message in plan.refused[:_SHOWN]:
        typer.echo(plain(message), err=True)
    done = f"added to {target}" if is_written else "to be added" if plan.added else "added"
    skipped = f", {plan.skipped} skipped that name no feed" if plan.skipped else ""
    typer.echo(f"{created}{len(plan.added)} {done}, {plan.known} known already, {len(plan.refused)} refused{skipped}")


def export_list(config: Config, output: Path | None, *, as_json: bool) -> None:
    """Write the enabled feeds as OPML or JSON; say on standard error how many sources are no feeds."""
    sources = config.enabled_sources()
    feeds = [source for source in sources if source.kind == "feed"]
    listed = [
        Listed(
            url=kinds()["feed"].address(source),
            name=source.name or source.id,
            groups=(source.group,) if source.group else (),
        )
        for source in feeds
    ]
    document = _document(feeds) if as_json else write_opml(listed, title="newswatch", now=now())
    if output is None:
        typer.echo(document.decode(), nl=False)
    else:
        try:
            output.write_bytes(document)
        except OSError as error:
            fail(f"cannot write {output}: {error.strerror}")
    disabled = len(config.sources) - len(sources)
    left_out = f"left out: {len(sources) - len(feeds)} of other kinds, {disabled} disabled"
    typer.echo(f"{counted(len(feeds), 'feed')} exported; {left_out}", err=True)


def _document(feeds: Sequence[SourceSettings]) -> bytes:
    listed = [
        {"id": feed.id, "name": feed.name, "group": feed.group, "url": kinds()["feed"].address(feed)} for feed in feeds
    ]
    return json.dumps({"feeds": listed}, ensure_ascii=False, indent=2).encode() + b"\n"


def _read(path: Path) -> tuple[Listed, ...]:
    try:
        with path.open("rb") as file:
            return read_opml(file.read(MAX_BYTES + 1))
    except OSError as error:
        fail(f"cannot read {path}: {error.strerror}", EX_DATA)
    except ValueError as error:
        fail(plain(f"{path}: {error}"), EX_DATA)


def _write(config: Config, plan: _Plan, *, dry_run: bool) -> Path:
    if not plan.added:
        return config.path
    try:
        return commit(config, SECTION, plan.added, dry=dry_run)
    except ConfigError as error:
        fail(f"nothing was added: the configuration would not be valid:\n{error}", EX_CONFIG)
    except EditError as error:
        fail(f"nothing was added: {error}")


def _plan(feeds: Sequence[Listed], config: Config, origin: str) -> _Plan:
    keys = {url_key(kinds()[source.kind].address(source)) for source in config.sources}
    ids = {source.id for source in config.sources}
    groups = _group_ids(feeds, {source.group for source in config.sources if source.group})
    added: list[NewEntry] = []
    refused: list[str] = []
    known = 0
    told: str | None = None
    for feed in feeds:
        if not feed.url:
            continue
        url = _web_address(feed.url)
        if problem := _problem(url):
            refused.append(f"refused: {cut(feed.name, 60) or 'a feed'}: {problem}")
        elif url_key(url) in keys:
            known += 1
        else:
            title = feed.groups[-1] if feed.groups else ""
            comment = (f"from {origin}{f': {title}' if title else ''}",) if told != title else ()
            added.append(_source(feed, url, propose_id(url, ids), groups.get(feed.groups), comment))
            told = title
            keys.add(url_key(url))
            ids.add(str(added[-1].values["id"]))
    skipped = sum(not feed.url for feed in feeds)
    return _Plan(added=tuple(added), known=known, refused=tuple(refused), skipped=skipped)


def _source(feed: Listed, url: str, id_: str, group: str | None, comment: tuple[str, ...]) -> NewEntry:
    values = {"id": id_, "kind": "feed", "name": feed.name or None, "group": group, "url": url}
    return NewEntry(values={key: value for key, value in values.items() if value}, comment=comment)


def _group_ids(feeds: Sequence[Listed], taken: Collection[str]) -> dict[tuple[str, ...], str]:
    """Return an id for each group: what is ASCII of its title, else a number."""
    numbers = _free_numbers(taken)
    ids: dict[tuple[str, ...], str] = {}
    for groups in dict.fromkeys(feed.groups for feed in feeds if feed.groups):
        name = slug(groups[-1]) if groups[-1].isascii() else ""
        ids[groups] = name or f"group-{next(numbers)}"
    return ids


def _free_numbers(taken: Collection[str]) -> Iterator[int]:
    return (number for number in range(1, 1_000_000) if f"group-{number}" not in taken)


def _web_address(url: str) -> str:
    for scheme, web in _SCHEMES:
        if url.lower().startswith(scheme):
            return web + url[len(scheme) :]
    return url


def _problem(url: str) -> str | None:
    """Say why an address cannot be a feed's, None where it can."""
    if not is_web(url) or not host_of(url) or not url.isprintable():
        return f"expected an http or https address, found {cut(redact(url), 80)!r}"
    if len(url) > 2_000:
        return f"its address has {len(url)} characters"
    return "its address holds a user name or password" if "@" in url.split("/")[2] else None

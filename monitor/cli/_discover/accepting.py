"""A proposal becomes an entity of ``watch``: written into the configuration, then looked for in the stored articles."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from pydantic import TypeAdapter, ValidationError

from monitor.cli._discover.listing import proposal_json, proposal_lines, spread
from monitor.cli._discover.question import Question, named
from monitor.cli._discover.taking_up import TakenUp, take_up
from monitor.cli._options import EX_CONFIG, fail, reading
from monitor.cli._table import cut, plain, print_json, print_lines
from monitor.cli._write import commit, load_for_editing
from monitor.config import Config, ConfigError, find_config
from monitor.config.edit import EditError, NewEntry, entry_text
from monitor.discovery import Discovered, tracked
from monitor.tag.catalogue import Catalogue, load_catalogue
from monitor.tag.discover_ranking import suggested_entity
from monitor.tag.settings import EntityId
from storage.fold import name_key

__all__ = ["Wish", "accept"]

_SECTION = "watch"
_SURROGATE = re.compile("[\ud800-\udfff]")  # what a terminal sent is no text in its encoding
_SPELLINGS = ("aliases", "ambiguous", "common")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the entry shall be, as far as the command line says it, and whether it is written without a question."""

    id: str | None
    name: str | None
    aliases: tuple[str, ...]
    vendor: str | None
    dry_run: bool
    yes: bool


def accept(question: Question, name: str, wish: Wish) -> None:
    """Show the entry, write it once somebody agrees, and tag the stored articles again."""
    _refuse_undecodable(wish)
    config = _to_edit(question.config)
    catalogue = load_catalogue(config.watch)
    with reading(question.config, question.data) as session:
        found = named(session, question, catalogue, name)
    entry = NewEntry(
        values=_entity(found, wish), comment=(f"accepted {question.now:%Y-%m-%d}: seen in {spread(found)}",)
    )
    _refuse_clash(entry.values, catalogue)
    path = _commit(config, entry, dry=True)
    if not question.as_json:
        print_lines([*proposal_lines(found), "", f"For {path}:", "", entry_text(entry)])
    is_written = not wish.dry_run and (wish.yes or (not question.as_json and _agreed()))
    done = None
    if is_written:
        _commit(config, entry, dry=False)
        done = take_up(question, config.path, entry.values["id"])
    _report(question, found, entry, path, done)
    if not is_written and not wish.dry_run:
        fail("Nothing was written. Write it with --yes")


def _to_edit(option: Path | None) -> Config:
    try:
        return load_for_editing(find_config(option, os.environ, Path.cwd()))
    except ConfigError as error:
        fail(str(error), EX_CONFIG)


def _refuse_undecodable(wish: Wish) -> None:
    for option, values in (("--name", [wish.name]), ("--alias", wish.aliases), ("--vendor", [wish.vendor])):
        for value in values:
            if _SURROGATE.search(value or ""):
                raise typer.BadParameter(f"expected text, found {plain(value or '')!r}", param_hint=option)


def _entity(found: Discovered, wish: Wish) -> dict[str, Any]:
    """Return the suggested entity with what the command line says instead."""
    entity = suggested_entity(found.proposal, entity_id=_id(wish.id, found.proposal.kind))
    entity |= {"name": wish.name} if wish.name else {}
    known = {spelling for role in _SPELLINGS for spelling in entity.get(role, ())}
    added = [alias for alias in dict.fromkeys(wish.aliases) if alias not in known]
    entity |= {"aliases": [*entity.get("aliases", ()), *added]} if added else {}
    return entity | ({"vendor": wish.vendor} if wish.vendor else {})


def _id(wanted: str | None, kind: str) -> str | None:
    """Return the id that was asked for, with the kind before it where only a name was given."""
    if wanted is None:
        return None
    whole = wanted if ":" in wanted else f"{kind}:{wanted}"
    try:
        return str(TypeAdapter(EntityId).validate_python(whole))
    except ValidationError as error:
        message = f"expected kind:name in lower case, such as {kind}:acme-2, found {plain(cut(wanted, 60))!r}"
        raise typer.BadParameter(message, param_hint="--id") from error


def _refuse_clash(entity: Any, catalogue: Catalogue) -> None:
    """End where the id, the name or a spelling belongs to something that is tracked."""
    if entity["id"] in catalogue.entities:
        fail(f"{entity['id']} is tracked already ({catalogue[entity['id']].name}); choose another id with --id")
    owners = tracked(catalogue)
    spellings = (text for role in _SPELLINGS for text in entity.get(role, ()))
    for spelling in dict.fromkeys((entity["name"], *spellings)):
        if owner := owners.get(name_key(spelling)):
            fail(
                f"{plain(spelling)!r} is a name of {owner} already ({catalogue[owner].name}); to give that one another "
                f"name, write an entry with its id and extends: true under watch"
            )


def _commit(config: Config, entry: NewEntry, *, dry: bool) -> Path:
    try:
        return commit(config, _SECTION, [entry], dry=dry)
    except ConfigError as error:
        fail(str(error), EX_CONFIG)
    except EditError as error:
        fail(plain(f"{error}\nPut it there yourself, under {_SECTION}:\n\n{entry_text(entry)}"))


def _agreed() -> bool:
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return is_terminal and typer.confirm("Track it?", default=True)


def _report(question: Question, found: Discovered, entry: NewEntry, path: Path, done: TakenUp | None) -> None:
    id_ = entry.values["id"]
    if question.as_json:
        proposal = {key: value for key, value in proposal_json(found).items() if key != "examples"}
        written = {"file": str(path), "written": done is not None}
        return print_json(proposal | {"entry": dict(entry.values)} | written | (done or TakenUp()).document())
    if done is not None:
        articles = f"Its articles: newswatch feed --entity {id_}{question.again}"
        print_lines([f"Added to {path} as {id_}.", *done.lines(), articles])
    return None

"""The checks that need more than one part of a configuration: names that must be unique, names that must exist.

Does not parse and does not validate single values.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Any

from alerts.channels import ChannelSettings, DigestSchedule
from alerts.schedule import problem
from monitor.config.document import Node
from monitor.config.messages import cut
from monitor.config.values import Reader, locate
from monitor.sources import SourceSettings

__all__ = ["Entry", "check_alarms", "check_channels", "check_renames", "check_rules", "check_sources", "check_unique"]

_LISTED = 12
_SHORTEST = timedelta(seconds=1)
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a section, with its node and the file that holds it; ``settings`` are None where it is not valid."""

    settings: Any
    node: Node
    reader: Reader

    @property
    def id(self) -> str | None:
        """The id that it gives, valid or not."""
        return self.settings.id if self.settings else _text(_child(self.node, "id"))

    @property
    def query(self) -> str | None:
        """The query that it gives, valid or not."""
        return self.settings.query if self.settings else _text(_child(self.node, "query"))

    def names(self, *where: str) -> tuple[str | None, ...]:
        """Return the names listed at a place, None for what is no name; a value not yet expanded is none."""
        value: Any = self.settings
        if value is not None:
            for part in where:
                value = getattr(value, part)
            return tuple(value)
        node: Node | None = self.node
        for part in where:
            node = _child(node, part)
        listed = node.value if node is not None and isinstance(node.value, list) else ()
        return tuple(_text(child) for child in listed)


def check_unique(section: str, entries: Iterable[Entry]) -> None:
    """Complain of every id of a section that was given before."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.id is None:
            continue
        known = first.setdefault(entry.id, entry)
        if known is not entry:
            place = f"{known.reader.path}:{known.node.mark.line}"
            mark = locate(entry.node, ("id",))
            entry.reader.complain(mark, f"the id {cut(entry.id)!r} in {section} is taken by {place}")


def check_sources(sources: Iterable[Entry]) -> None:
    """Complain of intervals too short to be meant and of headers that no request can carry."""
    for entry in sources:
        settings: SourceSettings = entry.settings
        if settings.every is not None and settings.every < _SHORTEST:
            entry.reader.complain(locate(entry.node, ("every",)), "expected at least 1s")
        for name, value in settings.headers.items():
            if not (_HEADER_NAME.fullmatch(name) and value.isprintable() and value.isascii()):
                mark = locate(entry.node, ("headers", name))
                entry.reader.complain(mark, f"the header {name!r} holds characters that a header cannot hold")


def check_channels(channels: Iterable[Entry], timezone: str) -> None:
    """Complain of digest schedules that are no cron line or name no time zone."""
    for entry in channels:
        settings: ChannelSettings = entry.settings
        if settings.digest != DigestSchedule() and (found := problem(settings.digest, timezone)):
            entry.reader.complain(locate(entry.node, ("digest", "at")), found)


def check_alarms(entry: Entry | None, channels: Collection[str]) -> None:
    """Complain of channels of ``settings`` that nothing bears: of alarms, of bursts, of the operator."""
    for index, name in enumerate(entry.names("alarms", "channels") if entry else ()):
        if entry and name is not None and name not in channels:
            mark = locate(entry.node, ("alarms", "channels", index))
            entry.reader.complain(mark, _unknown("channels", name, channels))
    for index, name in enumerate(entry.names("alerts", "bursts", "channels") if entry else ()):
        if entry and name is not None and name not in channels:
            mark = locate(entry.node, ("alerts", "bursts", "channels", index))
            entry.reader.complain(mark, _unknown("channels", name, channels))
    told = entry.settings.operator_channel if entry and entry.settings else None
    if entry and told is not None and told not in channels:
        entry.reader.complain(locate(entry.node, ("operator_channel",)), _unknown("channels", told, channels))


def check_rules(rules: Iterable[Entry], known: dict[str, Collection[str]]) -> None:
    """Complain of names in rules that nothing bears; ``known`` maps a field of a rule to the names it may hold.

    A glob must fit at least one name.
    """
    for entry in rules:
        for field, names in known.items():
            for index, name in enumerate(entry.names(field)):
                if name is not None and not _is_known(name, names):
                    mark = locate(entry.node, (field, index))
                    entry.reader.complain(mark, _unknown(field, name, names))
        if "channels" in known:
            _check_escalation(entry, known["channels"])


def check_renames(word: str, entries: Iterable[Entry]) -> None:
    """Complain of earlier names that an entry of a section has now, or that two claim; ``word`` says what these are."""
    listed = list(entries)
    owners = {entry.id: entry for entry in listed if entry.id is not None}
    for entry in listed:
        for index, name in enumerate(entry.names("was")):
            owner = owners.setdefault(name, entry) if name is not None else entry
            if name is not None and (owner is not entry or name == entry.id):
                found = f"{cut(name)!r} is that of {owner.reader.path}:{owner.node.mark.line}"
                mark = locate(entry.node, ("was", index))
                entry.reader.complain(mark, f"expected an earlier name of this {word}; {found}")


def _check_escalation(entry: Entry, channels: Collection[str]) -> None:
    louder = entry.settings.escalate if entry.settings else None
    for index, name in enumerate(louder.channels if louder else ()):
        if name not in channels:
            mark = locate(entry.node, ("escalate", "channels", index))
            entry.reader.complain(mark, _unknown("channels", name, channels))


def _is_known(name: str, names: Collection[str]) -> bool:
    return name in names or (_GLOB.search(name) is not None and any(fnmatchcase(other, name) for other in names))


def _unknown(field: str, name: str, names: Collection[str]) -> str:
    word = {"entities": "entity"}.get(field, field.removesuffix("s"))
    if not names:
        return f"unknown {word} {name!r}; none are configured"
    listed = _close(name, names) or sorted(names)[:_LISTED]
    more = f" and {len(names) - len(listed)} more" if len(names) > len(listed) else ""
    return f"unknown {word} {cut(name)!r}; known: {', '.join(listed)}{more}"


def _close(name: str, names: Collection[str]) -> list[str]:
    """Return the names most like one: as a whole, else in what follows the colon, whatever kind was given."""
    if close := difflib.get_close_matches(name, names, n=3):
        return close
    last = name.rpartition(":")[2]
    ends: dict[str, list[str]] = defaultdict(list)
    for other in sorted(names):
        ends[other.rpartition(":")[2]].append(other)
    return [other for end in difflib.get_close_matches(last, ends, n=3) for other in ends[end]][:_LISTED]


def _child(node: Node | None, key: str) -> Node | None:
    return node.value.get(key) if node is not None and isinstance(node.value, dict) else None


def _text(node: Node | None) -> str | None:
    return node.value if node is not None and isinstance(node.value, str) and "${" not in node.value else None

"""The catalogue turned into spellings to search: what each spelling says, for which entity.

Knows catalogues and spellings; does not search texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from monitor.tag.catalogue import Catalogue
from monitor.tag.matcher import Matcher
from monitor.tag.settings import EntitySettings
from monitor.tag.small_letters import in_small_letters, is_everyday
from monitor.tag.spelling import Spelling, make_spelling, wordings
from storage.fold import to_simplified

__all__ = ["GENERIC", "Entry", "Lexicon", "Role", "build_lexicon", "generic_cues"]

GENERIC = ""
"""The owner of cues that speak for every model."""

_GENERIC_CUES = Path(__file__).with_name("generic_cues.txt")


class Role(Enum):
    """What a spelling says where it stands."""

    STRONG = "strong"
    AMBIGUOUS = "ambiguous"
    COMMON = "common"
    CUE = "cue"
    VENDOR = "vendor"
    AGAINST = "against"
    LONGER = "longer"  # a longer word in which an alias does not count


NAMES = frozenset({Role.STRONG, Role.AMBIGUOUS, Role.COMMON})


@dataclass(frozen=True, slots=True)
class Entry:
    """One spelling of one entity and its role. ``owner`` is an entity id, or GENERIC."""

    owner: str
    role: Role
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries and the automata over them: names (with longer words) apart from cues.

    ``cues`` holds, for each spelling of the cue matcher, the role it has for each owner.
    """

    catalogue: Catalogue
    names: tuple[Entry, ...]
    cues: tuple[dict[str, Role], ...]
    cue_spellings: tuple[Spelling, ...]
    name_matcher: Matcher
    cue_matcher: Matcher


def build_lexicon(catalogue: Catalogue) -> Lexicon:
    """Return the lexicon of a catalogue."""
    entries = [entry for entity in catalogue for entry in _entries(entity)]
    entries += [Entry(GENERIC, Role.CUE, make_spelling(text)) for text in generic_cues()]
    names = tuple(entry for entry in entries if entry.role in NAMES or entry.role is Role.LONGER)
    cues: dict[Spelling, dict[str, Role]] = {}
    for entry in entries:
        if entry.role not in NAMES and entry.role is not Role.LONGER:
            cues.setdefault(entry.spelling, {})[entry.owner] = entry.role
    return Lexicon(
        catalogue=catalogue,
        names=names,
        cues=tuple(cues.values()),
        cue_spellings=tuple(cues),
        name_matcher=Matcher([entry.spelling for entry in names]),
        cue_matcher=Matcher(tuple(cues)),
    )


def generic_cues() -> list[str]:
    """Return the words that speak of models in general."""
    return _GENERIC_CUES.read_text(encoding="utf-8").splitlines()


def _entries(entity: EntitySettings) -> Iterator[Entry]:
    named: dict[Spelling, Entry] = {}
    for role, texts in ((Role.COMMON, entity.common), (Role.AMBIGUOUS, entity.ambiguous), (Role.STRONG, entity.strong)):
        for spelling in _spellings(entity, texts):
            named.setdefault(spelling, Entry(entity.id, role, spelling))
    if entity.kind == "model":
        named |= {entry.spelling: entry for entry in _typed(named.values()) if entry.spelling not in named}
    keys = tuple(spelling.key for spelling in named)
    yield from _unlike(named.values())
    for text in entity.cues:
        yield Entry(entity.id, Role.CUE, make_spelling(to_simplified(text)))
    for text in filter(None, map(str.strip, (entity.vendor or "").split("/"))):
        yield Entry(entity.id, Role.VENDOR, make_spelling(to_simplified(text)))
    for text in entity.negative_cues:
        spelling = make_spelling(to_simplified(text))
        longer = any(key in spelling.key and key != spelling.key for key in keys)
        yield Entry(entity.id, Role.LONGER if longer else Role.AGAINST, spelling)


def _typed(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the names as people type them, in small letters; an English word is ambiguous there."""
    for entry in entries:
        small = in_small_letters(entry.spelling) if entry.role is not Role.COMMON else None
        if small is not None:
            role = Role.AMBIGUOUS if is_everyday(entry.spelling.text) else entry.role
            yield Entry(entry.owner, role, small)


def _unlike(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Drop entries that differ from an earlier one in nothing the search sees."""
    seen: set[tuple[str, str, tuple[int, ...]]] = set()
    for entry in entries:
        identity = (entry.spelling.key, entry.spelling.letters, entry.spelling.separators)
        if identity not in seen:
            seen.add(identity)
            yield entry


def _spellings(entity: EntitySettings, texts: Iterable[str]) -> Iterator[Spelling]:
    for text in texts:
        simplified = to_simplified(text)
        for wording in wordings(simplified) if entity.kind == "regulation" else (simplified,):
            yield make_spelling(wording, entity.case)

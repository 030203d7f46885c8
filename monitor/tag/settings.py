"""The settings model of one tracked entity: what a user writes under ``watch`` and what the shipped catalogue holds.

Knows how an entity is spelled in a file; does not know where files are or how texts are searched.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue, StringConstraints, model_validator

from alerts.fields import Settings
from storage.states import FactKind, Stage

__all__ = ["CatalogueEntry", "EntityId", "EntitySettings", "Fact"]

EntityId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}:[a-z0-9][a-z0-9._-]{0,63}$")]
"""``kind:name`` in lower case, such as ``company:acme`` or ``model:gpt-4``."""

_Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Phrases = Annotated[tuple[_Phrase, ...], Field(max_length=500)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
_NAMED_OR_EXTENDS: list[JsonValue] = [
    {"required": ["name"]},
    {"required": ["extends"], "properties": {"extends": {"const": True}}},
]
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_TEXTS = frozenset({FactKind.STAGE, FactKind.NUMBER})  # the other facts are dates


class EntitySettings(Settings):
    """One tracked name and the ways texts write it.

    ``aliases`` count wherever they stand; without any spelling given the name is one. ``ambiguous`` spellings mean
    other things as well: they count beside a cue (one of ``cues``, the vendor, an unambiguous spelling elsewhere in
    the text, another tracked model). ``common`` spellings are everyday words: a cue is not enough, they must also look
    like a name (in quotes, in a list of names, beside the vendor, with 大模型 or a version behind). A negative cue
    that contains a spelling is a longer word in which it never counts; any other speaks against an ambiguous spelling
    near it. ``case``: true asks for Latin letters exactly as written, false for any case; left out, capitalised words
    keep their case (or are all capitals) and other spellings do not; those of a model are also found as people type
    them, in small letters, where no English word is written so. Simplified or Traditional characters, width, and spaces
    or hyphens between letters and digits never matter. With ``extends`` the entry adds to the shipped entity of
    its id: its spellings and cues join the shipped ones, anything else that it gives takes the place of the shipped.
    """

    model_config = ConfigDict(json_schema_extra={"anyOf": _NAMED_OR_EXTENDS})

    id: EntityId = Field(description="kind:name, such as company:acme; that of a shipped entity replaces it")
    extends: bool = Field(default=False, description="add to the shipped entity of this id instead of replacing it")
    name: _Name = Field(
        default_factory=str, description="what people call it; default: with extends, that of the shipped entity"
    )
    aliases: _Phrases = Field(default=(), description="spellings that always mean it")
    ambiguous: _Phrases = Field(default=(), description="spellings that mean it only beside a cue")
    common: _Phrases = Field(default=(), description="everyday words that mean it only where they look like a name")
    cues: _Phrases = Field(default=(), description="words that make an ambiguous spelling count")
    negative_cues: _Phrases = Field(default=(), description="words that speak against, or longer words to leave alone")
    vendor: _Phrase | None = Field(default=None, description="its maker's names, split by /; they are cues too")
    family: _Phrase | None = Field(default=None, description="a group of entities that readers take for one")
    case: bool | None = Field(default=None, description="true: letter case as written; false: any case")

    @property
    def kind(self) -> str:
        """Return the part of the id before the colon."""
        return self.id.partition(":")[0]

    @property
    def strong(self) -> tuple[str, ...]:
        """Return the spellings that need no cue: the name where no spelling is given."""
        return self.aliases or (() if self.ambiguous or self.common or not self.name else (self.name,))

    @model_validator(mode="after")
    def _check_name(self) -> EntitySettings:
        if not self.name and not self.extends:
            raise ValueError("expected a name, found none; an entry that adds to a shipped entity says extends: true")
        return self

    @model_validator(mode="after")
    def _check_spellings(self) -> EntitySettings:
        short = next((alias for alias in self.strong if len(alias) < 2), None)
        if short is not None:
            raise ValueError(f"expected aliases of two characters or more, found {short!r}; list it as common")
        seen: set[str] = set()
        for spelling in (*self.strong, *self.ambiguous, *self.common):
            if spelling in seen:
                raise ValueError(f"expected each spelling once, found {spelling!r} twice")
            seen.add(spelling)
        return self


class Fact(Settings):
    """A number, a date or the stage of a regulation, where it was read, and whether an official text confirms it.

    ``value`` is a ``Stage``, a date (YYYY-MM-DD, as much of it as is known) or a number as written; ``note`` says what
    a value alone does not (of which part, since when). ``verified``: an official text or two reports say the same.
    """

    what: FactKind
    value: _Phrase
    note: _Phrase | None = None
    source: _Phrase | None = None
    verified: bool = False

    @model_validator(mode="after")
    def _check_value(self) -> Fact:
        if self.what is FactKind.ISSUER:
            raise ValueError("expected a number, a date or a stage, found an issuer; it has a field of its own")
        if self.what is FactKind.STAGE and self.value not in set(Stage):
            raise ValueError(f"expected a stage ({', '.join(Stage)}), found {self.value!r}")
        if self.what not in _TEXTS and not _is_date(self.value):
            raise ValueError(f"expected a date such as 2025-09-01, 2025-09 or 2025, found {self.value!r}")
        return self


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


class CatalogueEntry(EntitySettings):
    """A shipped entity: the user's model plus its provenance.

    ``twins`` are entities that texts and readers easily take for it; each names the other. ``amends`` are laws that
    a regulation changes, whose pages show it. ``jurisdiction`` is whose law
    a regulation is (kr, eu, us-ca): said of another country, its name means another law.
    """

    source: _Phrase = Field(description="where the names were read")
    issuer: _Phrase | None = Field(default=None, description="who made a regulation, in full")
    amends: tuple[EntityId, ...] = Field(default=(), description="the tracked laws that it changes, or is to change")
    jurisdiction: Annotated[str, Field(pattern=r"^[a-z]{2}(?:-[a-z]{2,3})?$")] | None = None
    facts: tuple[Fact, ...] = ()
    twins: tuple[EntityId, ...] = ()

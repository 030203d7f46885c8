"""The settings model of one tracked entity: what a user writes under ``watch`` and what the shipped catalogue holds.

Knows how an entity is spelled in a file; does not know where files are or how texts are searched.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from alerts.fields import Settings

__all__ = ["CatalogueEntry", "EntityId", "EntitySettings", "Fact"]

EntityId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}:[a-z0-9][a-z0-9._-]{0,63}$")]
"""``kind:name`` in lower case, such as ``company:acme`` or ``model:gpt-4``."""

_Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Phrases = Annotated[tuple[_Phrase, ...], Field(max_length=500)]


class EntitySettings(Settings):
    """One tracked name and the ways texts write it.

    ``aliases`` count wherever they stand; without any spelling given the name is one. ``ambiguous`` spellings mean
    other things as well: they count beside a cue (one of ``cues``, the vendor, an unambiguous spelling elsewhere in
    the text, another tracked model). ``common`` spellings are everyday words: a cue is not enough, they must also look
    like a name (in quotes, in a list of names, beside the vendor, with 大模型 or a version behind). A negative cue
    that contains a spelling is a longer word in which it never counts; any other speaks against an ambiguous spelling
    near it. ``case``: true asks for Latin letters exactly as written, false for any case; left out, capitalised words
    keep their case (or are all capitals) and other spellings do not. Simplified or Traditional characters, width, and
    spaces or hyphens between letters and digits never matter.
    """

    id: EntityId = Field(description="kind:name, such as company:acme; an existing id replaces the shipped entity")
    name: _Phrase = Field(description="what people call it")
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
        return self.aliases or (() if self.ambiguous or self.common else (self.name,))

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
    """A number or date of a regulation, where it was read, and whether an official text or two reports confirm it."""

    what: Literal["number", "issued", "effective", "stage"]
    value: _Phrase
    source: _Phrase | None = None
    verified: bool = False


class CatalogueEntry(EntitySettings):
    """A shipped entity: the user's model plus its provenance."""

    source: _Phrase = Field(description="where the names were read")
    issuer: _Phrase | None = Field(default=None, description="who made a regulation, in full")
    facts: tuple[Fact, ...] = ()

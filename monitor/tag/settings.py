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

_Phrase = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Phrases = Annotated[tuple[_Phrase, ...], Field(max_length=500)]


class EntitySettings(Settings):
    """One tracked name and the ways texts write it.

    ``aliases`` count wherever they stand; without any alias the name is one. ``ambiguous`` aliases mean other things
    as well: they count only beside a cue (one of ``cues``, the vendor, a strong alias elsewhere in the text, another
    tracked model) and not beside one of ``negative_cues``. ``family`` groups entities that readers take for one.
    ``case``: true asks for Latin letters exactly as written, false for any case; left out, capitalised words and
    acronyms keep their case and other spellings do not. Simplified or Traditional characters, width, and spaces or
    hyphens between letters and digits never matter.
    """

    id: EntityId = Field(description="kind:name, such as company:acme; an existing id replaces the shipped entity")
    name: _Phrase = Field(description="what people call it")
    aliases: _Phrases = Field(default=(), description="spellings that always mean it")
    ambiguous: _Phrases = Field(default=(), description="spellings that mean it only beside a cue")
    cues: _Phrases = Field(default=(), description="words that make an ambiguous spelling count")
    negative_cues: _Phrases = Field(default=(), description="words beside which an ambiguous spelling never counts")
    vendor: str | None = Field(default=None, description="its maker or issuer; also a cue")
    family: str | None = Field(default=None, description="a group of entities that readers take for one")
    case: bool | None = Field(default=None, description="true: letter case as written; false: any case")

    @property
    def kind(self) -> str:
        """Return the part of the id before the colon."""
        return self.id.partition(":")[0]

    @property
    def strong(self) -> tuple[str, ...]:
        """Return the aliases that need no cue; one that is listed as ambiguous too is ambiguous."""
        listed = self.aliases or (() if self.ambiguous else (self.name,))
        return tuple(dict.fromkeys(alias for alias in listed if alias not in self.ambiguous))

    @model_validator(mode="after")
    def _check_lengths(self) -> EntitySettings:
        for alias in self.strong:
            if len(alias) < 2:
                raise ValueError(f"expected an alias of two characters or more, found {alias!r}")
        return self


class Fact(Settings):
    """A number or date of a regulation, where it was read, and whether it was compared with an official text."""

    what: Literal["number", "issued", "effective", "stage"]
    value: _Phrase
    source: str | None = None
    verified: bool = False


class CatalogueEntry(EntitySettings):
    """A shipped entity: the user's model plus its provenance."""

    source: str = Field(description="where the names were read")
    facts: tuple[Fact, ...] = ()

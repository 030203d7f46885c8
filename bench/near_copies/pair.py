"""A labelled pair: two texts, what was done between them, and the verdicts that are right for it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["APART", "COPY", "LINKED", "REVISED", "Pair", "Text"]

LINKED = frozenset({"exact_copy", "near_copy", "revision"})
COPY = frozenset({"exact_copy", "near_copy"})
REVISED = frozenset({"revision"})
APART = frozenset({"new", "template_sibling"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of a news stream with its title; ``language`` is ``zh`` or ``en``, ``scheme`` what it was made from."""

    body: str
    title: str
    language: str
    scheme: str
    held_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts, the kind of difference between them and the verdicts that are right for ``a`` compared with ``b``.

    ``goal`` says what the pair counts for: ``link`` (any link is recall), ``revision`` (recall, and it should be named
    so), ``contain`` (a held text should be found), ``template`` and ``other`` (a link is false).
    """

    kind: str
    goal: str
    a: Text
    b: Text
    right: frozenset[str]

    @property
    def language(self) -> str:
        return self.a.language

    @property
    def held_out(self) -> bool:
        return self.a.held_out or self.b.held_out

"""The kinds of a package: one module each, named for its kind, imported when it is asked for.

A service whose sources are feeds and whose alerts are mails carries no other kind of either (1 MB for all of them).
Does not know what a kind holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

__all__ = ["Kinds"]


class Kinds(Mapping[str, ModuleType]):
    """The modules of a package by their name, in the alphabet's order; those that begin with ``_`` are no kinds."""

    def __init__(self, package: str, folders: Iterable[str]) -> None:
        self._package = package
        names = sorted(info.name for info in iter_modules(folders) if not info.name.startswith("_"))
        self._names = dict.fromkeys(names)

    def __getitem__(self, kind: str) -> ModuleType:
        if kind not in self._names:
            raise KeyError(kind)
        return import_module(f"{self._package}.{kind}")

    def __contains__(self, kind: object) -> bool:
        return kind in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

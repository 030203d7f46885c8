"""From nodes to validated settings: expansion of ``${NAME}``, validation, and errors brought back to their place.

Knows nodes and settings models in general; does not know which sections a configuration has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from monitor.config.document import Node, Scalar
from monitor.config.environment import Environment, ExpansionError
from monitor.config.messages import explain
from monitor.config.problems import Mark, Problem

__all__ = ["Reader", "describe", "locate"]

M = TypeVar("M", bound=BaseModel)


@dataclass(slots=True)
class Reader:
    """Validates the nodes of one file and gathers what is wrong with them."""

    path: Path
    environment: Environment
    problems: list[Problem] = field(default_factory=list)

    def complain(self, mark: Mark, message: str) -> None:
        """Note a problem; values from the environment are named, not shown."""
        self.problems.append(Problem(path=self.path, mark=mark, message=self.environment.redact(message)))

    def model(self, node: Node, model: type[M]) -> M | None:
        """Return the settings that ``node`` spells, None after noting its problems."""
        before = len(self.problems)
        value = self.plain(node)
        if len(self.problems) > before:
            return None
        try:
            return model.model_validate(value, context={"folder": self.path.parent})
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.complain(locate(node, detail["loc"], detail["type"]), explain(detail, model))
            return None

    def of_kind(self, node: Node, kinds: Mapping[str, ModuleType]) -> BaseModel | None:
        """Return the settings of a node whose ``kind`` chooses the model."""
        if not isinstance(node.value, dict):
            self.complain(node.mark, f"expected a mapping with id and kind, found {describe(node)}")
            return None
        kind = node.value.get("kind")
        known = ", ".join(sorted(kinds))
        if kind is None:
            self.complain(node.mark, f"missing key 'kind'; known: {known}")
            return None
        if not isinstance(kind.value, str) or kind.value not in kinds:
            found = repr(kind.value) if isinstance(kind.value, str) else describe(kind)
            self.complain(node.keys["kind"], f"unknown kind {found}; known: {known}")
            return None
        settings: type[BaseModel] = kinds[kind.value].Settings
        return self.model(node, settings)

    def plain(self, node: Node) -> Any:
        """Return the node's value as lists, dicts and scalars, with ``${NAME}`` replaced."""
        value = node.value
        if isinstance(value, dict):
            return {key: self.plain(child) for key, child in value.items()}
        if isinstance(value, list):
            return [self.plain(child) for child in value]
        return self._scalar(value, node.mark)

    def _scalar(self, value: Scalar, mark: Mark) -> Scalar:
        if not isinstance(value, str) or "${" not in value:
            return value
        try:
            return self.environment.expand(value)
        except ExpansionError as error:
            self.complain(mark, str(error))
            return value


def locate(node: Node, where: tuple[str | int, ...], error: str = "") -> Mark:
    """Return the place of an error: its key, its list item, or the mapping that misses a key.

    Pieces of ``where`` that name no key or index (the branches of a union) are passed over.
    """
    mark = node.mark
    for part in where[:-1] if error == "missing" else where:
        if isinstance(node.value, dict) and part in node.value:
            mark, node = node.keys[str(part)], node.value[str(part)]
        elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            mark = node.mark
    return mark


def describe(node: Node) -> str:
    """Return what a node is, in a word or two."""
    if isinstance(node.value, dict):
        return "a mapping"
    if isinstance(node.value, list):
        return "a list"
    return "nothing" if node.value is None else repr(node.value)

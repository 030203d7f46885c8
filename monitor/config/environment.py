"""Values from the environment in the text of a configuration: ``${NAME}``; ``$${`` stands for a plain ``${``.

Knows the notation and keeps expanded values out of messages; does not read the environment itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from os.path import commonprefix

__all__ = ["Environment", "ExpansionError"]

_REFERENCE = re.compile(r"\$\$\{|\$\{([^}]*)\}?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SHORT = 4
_TELLING = 12  # characters at the start of a value by which a cut one is known


class ExpansionError(ValueError):
    """A reference that cannot be replaced."""


class Environment:
    """The variables that a configuration may name, and which of them it did."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._used: dict[str, str] = {}

    def expand(self, text: str) -> str:
        """Return ``text`` with every reference replaced; raise ExpansionError for one that has no value."""
        return _REFERENCE.sub(self._replace, text) if "${" in text else text

    def redact(self, message: str) -> str:
        """Return ``message`` with the values that came from the environment named instead of shown."""
        for value in sorted(self._used, key=len, reverse=True):
            name = self._used[value]
            if len(value) < _SHORT:
                message = message.replace(repr(value), name)
            else:
                message = _hide(_hide(message, repr(value)[1:-1], name), value, name)
        return message

    def _replace(self, found: re.Match[str]) -> str:
        if found[0] == "$${":
            return "${"
        name = found[1]
        if not found[0].endswith("}") or not _NAME.fullmatch(name):
            raise ExpansionError("expected ${NAME}, a variable of the environment (write $${ for a plain ${)")
        if name not in self._variables:
            raise ExpansionError(f"the environment variable {name} is not set")
        value = self._variables[name]
        if value:
            self._used[value] = f"${{{name}}}"
        return value


def _hide(message: str, value: str, name: str) -> str:
    """Replace ``value`` by ``name`` wherever it stands, also where a message shows only the beginning of it."""
    parts: list[str] = []
    position = 0
    while (at := message.find(value[:_TELLING], position)) >= 0:
        parts += [message[position:at], name]
        position = at + len(commonprefix([message[at:], value]))  # noqa: RUF071  (characters are meant)
    return "".join([*parts, message[position:]])

"""Values from the environment in the text of a configuration: ``${NAME}``; ``$${`` stands for a plain ``${``.

Knows the notation and keeps expanded values out of messages; does not read the environment itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["Environment", "ExpansionError"]

_REFERENCE = re.compile(r"\$\$\{|\$\{([^}]*)\}?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SHORT = 4


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
            shown = value if len(value) >= _SHORT else repr(value)
            message = message.replace(shown, self._used[value])
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

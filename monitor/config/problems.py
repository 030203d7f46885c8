"""What is wrong with a configuration, and where.

Knows how a problem is written down; does not know what may be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["ConfigError", "Mark", "Problem"]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file; line and column count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to correct. ``mark`` is None where the file as a whole is at fault."""

    path: Path
    mark: Mark | None
    message: str

    def __str__(self) -> str:
        """Return ``path:line:column: message``."""
        place = f":{self.mark.line}:{self.mark.column}" if self.mark else ""
        return f"{self.path}{place}: {self.message}"


class ConfigError(Exception):
    """A configuration that cannot be used; ``problems`` are in the order of the files and lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

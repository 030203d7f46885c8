"""Globs and regular expressions of queries: how they are prepared, and what they fit.

Both are asked of folded texts. RE2 reads a text in time linear in its length, whatever the expression.
"""

from __future__ import annotations

import re
from fnmatch import translate
from functools import lru_cache
from typing import Any

from storage.fold import fold

__all__ = ["compiled_title", "folded_pattern", "glob_fits", "is_glob", "title_fits"]

_REMEMBERED = 4_096
_WILD = frozenset("*?[")


def is_glob(text: str) -> bool:
    """Tell whether a value is a glob."""
    return not _WILD.isdisjoint(text)


def glob_fits(glob: str, text: str) -> bool:
    """Tell whether a glob (as of ``fnmatch``, case counts) fits a text as a whole."""
    return _glob(glob).match(text) is not None


def folded_pattern(pattern: str) -> str:
    """Return a regular expression for folded texts: its letters beyond ASCII folded, full-width signs as mere signs."""
    return "".join(char if char.isascii() else _literal(fold(char)) for char in pattern)


def compiled_title(pattern: str) -> Any:
    """Return the compiled form of an expression. Raise ValueError, in the words of RE2, for one that it cannot read."""
    import re2  # type: ignore[import-untyped]

    try:
        return _compiled(pattern)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        raise ValueError(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)) from error


def title_fits(pattern: str, title: str) -> tuple[int, int] | None:
    """Return the first place in a title where an expression fits, or None."""
    folded = fold(title).encode("utf-8", "replace").decode()  # a lone surrogate becomes one "?"
    found = _compiled(pattern).search(folded)
    return None if found is None else (found.start(), found.end())


def _literal(char: str) -> str:
    return char if char.isalnum() or not char.isascii() else re.escape(char)


@lru_cache(_REMEMBERED)
def _glob(glob: str) -> re.Pattern[str]:
    return re.compile(translate(glob))


@lru_cache(_REMEMBERED)
def _compiled(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(pattern, options)

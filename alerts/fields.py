"""Field types that every settings model shares: durations, secrets, identifiers.

Knows how a value is written in ``sources.yaml``; does not know which settings exist.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationInfo

__all__ = ["Duration", "Identifier", "Secret", "Settings", "parse_duration"]

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
_LONGEST = timedelta(days=3_660)
_MAX_SECRET_BYTES = 65_536


class Settings(BaseModel):
    """The parent of every settings model: unknown keys are errors, values do not change.

    What validates a model is built with the first value: a kind that nobody configured takes no memory.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)


def parse_duration(text: str) -> timedelta:
    """Return the duration that ``90s``, ``15m``, ``1h30m`` or ``7d`` spells.

    Raise ValueError for anything else, and for more than ten years: dates end.
    """
    compact = text.strip().lower()
    parts = _DURATION.findall(compact)
    if not parts or _DURATION.sub("", compact).strip():
        units = ", ".join(f"{unit} ({name})" for unit, name in _UNITS.items())
        raise ValueError(f"expected a duration such as 90s, 15m, 1h30m or 7d, found {text[:40]!r}; units: {units}")
    try:
        duration = sum((timedelta(**{_UNITS[unit]: float(count)}) for count, unit in parts), timedelta())
    except OverflowError:
        duration = timedelta.max
    if duration > _LONGEST:
        raise ValueError(f"expected at most {_LONGEST.days}d, found {text[:40]!r}")
    return duration


def _duration(value: Any) -> Any:
    return parse_duration(value) if isinstance(value, str) else value


def _no_bare_numbers(value: Any) -> Any:
    if isinstance(value, int | float):
        raise ValueError(f"expected a duration with its unit, such as {value}s or {value}m")
    return value


Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    BeforeValidator(_no_bare_numbers),
    Field(json_schema_extra={"type": "string", "format": "", "examples": ["15m", "1h30m", "7d"]}),
]


def _read_secret(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str) or not value.startswith("file:"):
        return value
    folder = Path((info.context or {}).get("folder", "."))
    try:
        path = folder / Path(value.removeprefix("file:")).expanduser()
    except RuntimeError as error:
        raise ValueError(f"expected file: and the path of a file, found {value[:200]!r}: {error}") from error
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_SECRET_BYTES + 1)
        if len(content) > _MAX_SECRET_BYTES:
            raise ValueError(f"expected a secret of at most {_MAX_SECRET_BYTES} bytes in {path}")
        return content.decode("utf-8").strip()
    except OSError as error:
        raise ValueError(f"cannot read the secret in {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"expected UTF-8 text in {path}") from error


def _not_empty(value: SecretStr) -> SecretStr:
    if not value.get_secret_value():
        raise ValueError("the secret is empty")
    return value


Secret = Annotated[SecretStr, BeforeValidator(_read_secret), AfterValidator(_not_empty)]
"""A value that never shows: ``${NAME}`` from the environment or ``file:PATH`` beside the configuration."""

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
"""A short name in lower case that stands for a thing in other settings, on the command line and in the store."""

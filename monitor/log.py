"""Logs: one event a line on standard error; words for a person on a terminal, JSON for a machine.

Every event passes the redaction: userinfo in addresses and values under secret-like keys never reach a log.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

__all__ = ["configure_logging", "redact"]

_USERINFO = re.compile(r"(?<=://)[^/\s@:]*(?::[^/\s@]*)?@")
_SECRET_QUERY = re.compile(r"(?i)([?&](?:key|token|secret|sign|signature|access_token|api_key|password)=)[^&\s]+")
_SECRET_KEYS = frozenset({"password", "secret", "token", "authorization", "cookie", "api_key"})
_HIDDEN = "[redacted]"
_MAX_CHARACTERS = 2_000


def redact(text: str) -> str:
    """Return ``text`` without passwords in addresses and without signing parameters."""
    return _SECRET_QUERY.sub(rf"\g<1>{_HIDDEN}", _USERINFO.sub(f"{_HIDDEN}@", text))


def configure_logging(level: int = logging.INFO, *, as_json: bool | None = None) -> None:
    """Send structlog and standard logging to standard error, as JSON unless that is a terminal."""
    machine = not sys.stderr.isatty() if as_json is None else as_json
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _clean,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False) if machine else _console()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", force=True
    )


def _console() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)


def _clean(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: _clean_value(key, value) for key, value in event.items()}


def _clean_value(key: str, value: Any) -> Any:
    if key.lower() in _SECRET_KEYS:
        return _HIDDEN
    if isinstance(value, str):
        return redact(value[:_MAX_CHARACTERS])
    return value if isinstance(value, int | float | bool | type(None)) else redact(str(value)[:_MAX_CHARACTERS])

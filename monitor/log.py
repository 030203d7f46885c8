"""Logs: one event a line on standard error; words for a person on a terminal, JSON for a machine.

Every event, those of libraries included, passes the redaction: userinfo in addresses and values under secret-like
keys never reach a log, nor do control characters that a terminal would obey.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Collection, MutableMapping
from typing import Any

import structlog

__all__ = ["configure_logging", "redact"]

_USERINFO = re.compile(r"(?<=://)[^/?#\s]*@")
_SECRET_QUERY = re.compile(r"(?i)([?&](?:key|token|secret|sign|signature|access_token|api_key|password)=)[^&\s]+")
_SECRET_KEYS = frozenset({"password", "secret", "token", "authorization", "cookie", "api_key"})
_HIDDEN = "[redacted]"
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MAX_CHARACTERS = 2_000
_MAX_TRACEBACK = 20_000


def redact(text: str) -> str:
    """Return ``text`` without passwords in addresses and without signing parameters."""
    return _SECRET_QUERY.sub(rf"\g<1>{_HIDDEN}", _USERINFO.sub(f"{_HIDDEN}@", text))


def configure_logging(level: int = logging.INFO, *, as_json: bool | None = None, without: Collection[str] = ()) -> None:
    """Send structlog and standard logging to standard error, as JSON unless that is a terminal.

    Events of the names in ``without`` are left out: those that the user is told in another way.
    """
    machine = not sys.stderr.isatty() if as_json is None else as_json

    def leave_out(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if event.get("event") in without:
            raise structlog.DropEvent
        return event

    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _clean,
    ]
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if machine else _console()
    structlog.configure(
        processors=[leave_out, *shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _configure_libraries(shared, renderer)


def _configure_libraries(shared: list[structlog.typing.Processor], renderer: structlog.typing.Processor) -> None:
    """Give what libraries log, and Python's warnings, the same form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(True)


def _console() -> structlog.dev.ConsoleRenderer:
    colours = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    return structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)


def _clean(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value if key.startswith("_") else _clean_value(key, value) for key, value in event.items()}


def _clean_value(key: str, value: Any) -> Any:
    if key.lower() in _SECRET_KEYS:
        return _HIDDEN
    if isinstance(value, int | float | bool | type(None)):
        return value
    text = _CONTROLS.sub("\ufffd", redact(str(value)))  # redacted first: a cut could hide where userinfo ends
    return text[-_MAX_TRACEBACK:] if key == "exception" else text[:_MAX_CHARACTERS]

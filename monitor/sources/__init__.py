"""Kinds of source, one file each, found by scanning this package.

A kind is a module with

* ``KIND``: the word in ``sources.yaml``, and the name of its file;
* ``Settings``: a model derived from ``SourceSettings`` with ``kind: Literal[KIND]``;
* ``def address(settings) -> str``: the address that stands for the source in the store and in messages;
* ``STEADY = True``, if its list is all there is (a page, a folder): nothing rolls off it, and no news is no alarm;
* ``async def collect(settings, state, port) -> Collected | Unchanged | Failed | Rejected``: one poll. It speaks to the
  world through ``port`` alone (``monitor.types.SourcePort``) and parses untrusted bytes only in ``port.run``.

Modules are imported with a configuration that names them, so parsers are imported where they are used.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from alerts.fields import Duration, Identifier, Settings
from alerts.kinds import Kinds

__all__ = ["USUAL_RANK", "SourceSettings", "kinds"]

USUAL_RANK = 5
"""Of a source whose settings give none; 1 is the best, 9 the last."""


def _off(value: Any) -> Any:
    return timedelta(0) if value == "off" else value


SilentAfter = Annotated[Duration, BeforeValidator(_off)]
"""A duration, or ``off``, which is read as none at all."""


class SourceSettings(Settings):
    """What every source has."""

    id: Identifier
    kind: str
    name: str | None = None
    group: Identifier | None = None
    every: Duration | None = Field(default=None, description="a fixed polling interval instead of the adaptive one")
    silent_after: SilentAfter | None = Field(
        default=None,
        description="how long without news is an alarm, or off; default: what the source's own rhythm makes improbable",
    )
    rank: int = Field(
        default=USUAL_RANK,
        ge=1,
        le=9,
        description="whose article leads a story that several sources have: 1 an authority itself, 9 the last",
    )
    enabled: bool = True
    user_agent: str | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    tls: Literal["modern", "legacy"] = Field(
        default="modern",
        description="legacy: also talk to servers with old TLS; certificates are verified all the same",
    )


@cache
def kinds() -> Kinds:
    """Return the source modules of this package by their kind; each is imported when it is asked for."""
    return Kinds(__name__, __path__)

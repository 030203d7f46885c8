"""The bounds of one fetch, every one a parameter."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MEGABYTE", "FetchLimits"]

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How long a fetch may last and how much it may bring.

    ``total_s`` bounds everything: name, connection, redirects, headers, body. ``connect_s`` bounds name and
    connection together, ``stall_s`` any silence of the server. After ``slow_after_s`` a body must have come at
    ``slow_bytes_per_s`` at least. ``max_wire`` and ``max_decoded`` are bytes before and after decompression;
    past ``ratio_from`` decoded bytes there may be no more than ``max_ratio`` of them for each byte received.
    """

    total_s: float = 60.0
    connect_s: float = 10.0
    stall_s: float = 30.0
    slow_after_s: float = 20.0
    slow_bytes_per_s: float = 100.0
    max_wire: int = 10 * MEGABYTE
    max_decoded: int = 10 * MEGABYTE
    max_ratio: float = 200.0
    ratio_from: int = MEGABYTE
    max_redirects: int = 5

"""Addresses of RSSHub routes: ``rsshub://anthropic/news`` stands for that route of the instance in ``settings.rsshub``.

Knows the notation; what a source does with its address is not its business.
"""

from __future__ import annotations

from dataclasses import replace

from monitor.config.document import Node

__all__ = ["SCHEME", "is_route", "route_address", "with_address"]

SCHEME = "rsshub://"


def is_route(url: object) -> bool:
    """Say whether an address names a route instead of a place."""
    return isinstance(url, str) and url.lower().startswith(SCHEME)


def route_address(route: str, base: str) -> str:
    """Return the whole address of a route; ``base`` is that of the instance."""
    return f"{base.rstrip('/')}/{route[len(SCHEME) :].lstrip('/')}"


def with_address(source: Node, base: str) -> Node:
    """Return the node of a source whose ``url`` is a route, with the whole address in its place."""
    if not isinstance(source.value, dict):
        return source
    url = source.value["url"]
    plain = base.replace("${", "$${")  # it was expanded already
    return replace(source, value=source.value | {"url": replace(url, value=route_address(str(url.value), plain))})

"""Watching the world: fetch, read, record, and the daemon that ties them together."""

__version__ = "0.1.0"

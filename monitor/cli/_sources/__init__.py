"""What the commands of ``newswatch sources`` do; the commands themselves are in ``monitor.cli.sources``."""

__all__ = ["SECTION"]

SECTION = "sources"
"""The part of the configuration that they write."""

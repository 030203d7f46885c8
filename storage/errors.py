"""What can go wrong with a store.

``StoreError``
  ├── ``StoreBusy``      another process holds the store; try again
  ├── ``StoreFull``      there is no room to write; try again when there is
  ├── ``StoreTimeout``   a question took longer than it may
  └── ``LeaseLost``      somebody else has the work now; write nothing

Knows no database.
"""

from __future__ import annotations

__all__ = ["LeaseLost", "StoreBusy", "StoreError", "StoreFull", "StoreTimeout"]


class StoreError(Exception):
    """The store cannot do what was asked. ``permanent`` says that trying again cannot help."""

    permanent: bool = True


class StoreBusy(StoreError):
    """Another process holds the store. The transaction did not happen."""

    permanent = False


class StoreFull(StoreError):
    """The disk, or the room the store may take, is full. The transaction did not happen."""

    permanent = False


class StoreTimeout(StoreError):
    """A question was cut off at its time limit."""

    permanent = False


class LeaseLost(StoreError):
    """The lease lapsed or was taken away. The transaction did not happen; whoever has the lease redoes the work."""

    permanent = False

"""What can be proposed."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Kind"]


class Kind(StrEnum):
    """The kinds of names that are looked for."""

    MODEL = "model"
    REGULATION = "regulation"

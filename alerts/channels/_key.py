"""The key of a message in a form that may stand in headers, addresses and file names."""

from __future__ import annotations

import re
from hashlib import sha256

__all__ = ["safe_key"]

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,127}")


def safe_key(key: str) -> str:
    """Return the key itself where it is letters, digits and hyphens, as the outbox makes them; else its hash."""
    return key if _SAFE.fullmatch(key) else sha256(key.encode("utf-8", "replace")).hexdigest()

"""How far a message of several parts has come, kept in a small file until all of them were taken.

The outbox settles whole messages. A bot cannot tell a repeat, so an attempt that failed in the middle is continued and
not begun anew; a crash in between repeats at most the part that was under way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from alerts.channels._key import safe_key

__all__ = ["Progress"]


class Progress:
    """The number of parts that a receiver has of one message; ``key`` is the message's for this receiver."""

    def __init__(self, data_dir: Path, key: str, parts: Sequence[str]) -> None:
        self._file = data_dir / "parts" / f"{safe_key(key)}.json"
        self._print = sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
        self._total = len(parts)

    def taken(self) -> int:
        """Return how many parts were taken; 0 where they have been cut differently since."""
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
            count = int(known["taken"]) if known["print"] == self._print else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0
        return min(max(count, 0), self._total)

    def note(self, count: int) -> None:
        """Keep that the first ``count`` parts were taken; a full disk costs a repeat, and loses nothing."""
        if self._total == 1:
            return
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft = self._file.with_suffix(".tmp")
            draft.write_text(json.dumps({"print": self._print, "taken": count}), encoding="utf-8")
            draft.replace(self._file)

    def forget(self) -> None:
        """Drop the file: the message is complete."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

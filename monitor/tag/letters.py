"""An article folded once for all the steps that read it. Knows the two fields, and nothing of what they say."""

from __future__ import annotations

from storage.fold import fold

__all__ = ["Letters"]


class Letters:
    """The title and text of an article, folded with their case and without; each when it is first asked for."""

    def __init__(self, title: str | None, text: str) -> None:
        self._fields = {"title": title or "", "text": text}
        self._folded: dict[str, str] = {}
        self._lowered: dict[str, str] = {}

    def of(self, field: str) -> str:
        """Return a field (``"title"`` or ``"text"``) folded with its case, as long as it was."""
        if field not in self._folded:
            self._folded[field] = fold(self._fields[field], keep_case=True)
        return self._folded[field]

    def lowered(self, field: str) -> str:
        """Return a field folded, case and all: ``storage.fold.fold`` of it."""
        if field not in self._lowered:
            lowered = self.of(field).casefold()
            is_as_long = len(lowered) == len(self.of(field))
            self._lowered[field] = lowered if is_as_long else fold(self._fields[field])
        return self._lowered[field]

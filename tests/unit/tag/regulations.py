"""Two invented regulations, and what is read of them in a text."""

from __future__ import annotations

from monitor.tag.stated import stated
from storage.records import Published
from storage.tagged import Mention

__all__ = ["A", "B", "facts", "mentions", "on"]

A, B = "甲乙服务管理办法", "丙丁信息保护条例"


def on(day: str | None) -> Published | None:
    """Return a day of publication."""
    return Published(value=day, precision="day", origin="meta") if day else None


def mentions(text: str, **names: str) -> tuple[Mention, ...]:
    """Return a mention of ``regulation:KEY`` wherever its name stands."""
    found = []
    for key, name in names.items():
        at = text.find(name)
        while at >= 0:
            found.append(
                Mention(
                    entity=f"regulation:{key}",
                    kind="regulation",
                    field="text",
                    surface=name,
                    start=at,
                    end=at + len(name),
                    version=None,
                    how="alias",
                    confidence=0.98,
                )
            )
            at = text.find(name, at + len(name))
    return tuple(sorted(found, key=lambda one: one.start))


def facts(text: str, published: str | None = "2025-09-10", *, a: str = A, b: str = B) -> set[str]:
    """Return the facts of ``a`` and ``b``, each as ``KEY KIND VALUE``."""
    found = stated(None, text, mentions(text, a=a, b=b), on(published))
    return {f"{fact.entity[11:]} {fact.what} {fact.value}" for fact in found}

"""What a measurement gives: a figure with its unit, and the goal that it is held against. Measures nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Figure", "as_rows", "missed", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value. ``goal`` names the goal, if it has one; ``at_most`` or ``at_least`` is its target.

    A value of None was not measured; ``note`` then says why.
    """

    name: str
    value: float | None
    unit: str = ""
    goal: str = ""
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Say whether the target is met; None where there is none or nothing was measured."""
        if self.value is None or (self.at_most is None and self.at_least is None):
            return None
        above = self.at_least is None or self.value >= self.at_least
        return above and (self.at_most is None or self.value <= self.at_most)


def as_rows(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Return the figures as JSON values, each with its verdict."""
    return [asdict(figure) | {"holds": figure.holds} for figure in figures]


def missed(figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures that miss their target."""
    return [figure for figure in figures if figure.holds is False]


def table(figures: Iterable[Figure]) -> str:
    """Return one line a figure: goal, name, value, target, verdict."""
    return "\n".join(_line(figure) for figure in figures)


def _line(figure: Figure) -> str:
    value = "not measured" if figure.value is None else f"{figure.value:,.4g} {figure.unit}".rstrip()
    verdict = {True: "holds", False: "MISSED", None: ""}[figure.holds]
    return f"{figure.goal:5}{figure.name:58}{value:>16}  {_target(figure):10}{verdict:8}{figure.note}".rstrip()


def _target(figure: Figure) -> str:
    if figure.at_most is not None:
        return f"<= {figure.at_most:g}"
    return "" if figure.at_least is None else f">= {figure.at_least:g}"

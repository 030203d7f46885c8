"""Logistic regression with a Gaussian prior on a sparse table, fitted by L-BFGS. Knows numbers only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["fitted", "minimum"]

Vector: TypeAlias = npt.NDArray[np.float64]

_FAR = 500.0  # a margin whose loss is none
_REMEMBERED = 10  # steps
_ENOUGH = 1e-3  # largest slope at the minimum
_MOST_STEPS = 500
_DESCENT = 1e-4  # of what the slope promises (Nocedal and Wright, Numerical Optimization, section 3.1)


def fitted(
    rows: npt.NDArray[Any], columns: npt.NDArray[Any], values: Vector, truth: Vector, *, width: int, prior: float
) -> Vector:
    """Return the weights of ``width`` columns, given the entries of the table and each row's class, 0 or 1; no bias.

    ``prior`` is what the losses of all rows are multiplied by beside half the sum of the squared weights.
    """
    signs = 2 * truth - 1

    def cost(at: Vector) -> tuple[float, Vector]:
        margins = signs * np.bincount(rows, values * at[columns], minlength=len(truth))
        pull = -prior * signs / (1 + np.exp(np.minimum(margins, _FAR)))
        slope = np.bincount(columns, values * pull[rows], minlength=width) + at
        return float(prior * np.logaddexp(0, -margins).sum() + at @ at / 2), slope

    return minimum(cost, np.zeros(width))


def minimum(cost: Callable[[Vector], tuple[float, Vector]], at: Vector) -> Vector:
    """Return where ``cost``, which gives its value and slope, is least: L-BFGS from ``at``, halving long steps."""
    value, slope = cost(at)
    steps: list[tuple[Vector, Vector]] = []
    for _ in range(_MOST_STEPS):
        if np.abs(slope).max() < _ENOUGH:
            break
        way = -_turned(slope, steps)
        length, promised = 1.0 if steps else 1 / float(np.linalg.norm(slope)), float(slope @ way)
        while (after := cost(at + length * way))[0] > value + _DESCENT * length * promised:
            length /= 2
        steps = [*steps, (length * way, after[1] - slope)][-_REMEMBERED:]
        at, (value, slope) = at + length * way, after
    return at


def _turned(slope: Vector, steps: list[tuple[Vector, Vector]]) -> Vector:
    """Return the slope times the inverse of the curvature that the last steps showed (algorithm 7.4 there)."""
    shares: list[float] = []
    for moved, bent in reversed(steps):
        shares.append(float(moved @ slope) / float(bent @ moved))
        slope = slope - shares[-1] * bent
    if steps:
        moved, bent = steps[-1]
        slope = slope * float(moved @ bent) / float(bent @ bent)
    for (moved, bent), share in zip(steps, reversed(shares), strict=True):
        slope = slope + (share - float(bent @ slope) / float(bent @ moved)) * moved
    return slope

"""The negative binomial distribution: counts that vary more than those of dice do. Pure arithmetic.

It is given by its mean and its size: the variance is ``mean + mean**2 / size``, and for a large size it is Poisson's.
Source: Johnson, Kemp, Kotz, Univariate Discrete Distributions, 3rd ed., chapter 5.
"""

from __future__ import annotations

import math
import sys

__all__ = ["log_mass", "tail"]

_POISSON = 1e9
"""A size from which on the difference to Poisson's distribution is lost in rounding."""
_NEGLIGIBLE = 1e-14
_LEAST = sys.float_info.min
"""Below it rounding keeps a part from getting smaller: two thirds of the smallest number are that number."""


def log_mass(count: int, mean: float, size: float) -> float:
    """Return the logarithm of the chance of exactly ``count``; ``mean`` and ``size`` are above 0."""
    if size >= _POISSON:
        return count * math.log(mean) - mean - math.lgamma(count + 1)
    ways = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
    return ways - size * math.log1p(mean / size) + count * math.log(mean / (size + mean))


def tail(count: int, mean: float, size: float) -> float:
    """Return the chance of ``count`` or more, precise also where it is tiny; ``mean`` and ``size`` are finite."""
    if count <= 0:
        return 1.0
    if count <= mean:
        return max(1.0 - _below(count, mean, size), 0.0)
    part = math.exp(log_mass(count, mean, size))
    chance, odds = part, 1.0 / (1.0 + size / mean)
    while part > max(chance * _NEGLIGIBLE, _LEAST):
        part *= odds * (count + size) / (count + 1)
        chance += part
        count += 1
    return min(chance, 1.0)


def _below(count: int, mean: float, size: float) -> float:
    """Return the chance of less than ``count``, which is at most the mean: added up from the largest part down."""
    part = math.exp(log_mass(count - 1, mean, size))
    chance, odds = part, 1.0 / (1.0 + size / mean)
    for number in range(count - 1, 0, -1):
        part *= number / (odds * (number - 1 + size))
        chance += part
        if part <= max(chance * _NEGLIGIBLE, _LEAST):
            break
    return chance

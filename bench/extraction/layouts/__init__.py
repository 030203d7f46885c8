"""The layouts: each function renders an article the way one kind of site does and says what else stands on the page.

Class names, nesting and furniture follow what such sites serve; texts, names and dates are invented. A layout that is
``held_out`` is not shown to those who write the extractor's rules: only its figures are reported.
"""

from __future__ import annotations

from bench.extraction.layouts import english, hard, odd, portals, press, sites, traditional

__all__ = ["LAYOUTS"]

LAYOUTS = (
    *portals.LAYOUTS,
    *press.LAYOUTS,
    *sites.LAYOUTS,
    *traditional.LAYOUTS,
    *english.LAYOUTS,
    *hard.LAYOUTS,
    *odd.LAYOUTS,
)

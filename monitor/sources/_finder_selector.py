"""The CSS selector that names the rows of a list that was found, for a person to put into the configuration.

Knows only elements: it is built from tags and classes that all rows share and tried on the page itself. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from lxml import etree

from monitor.sources._finder_rows import Row

__all__ = ["selector_of"]

_SAFE = re.compile(r"[A-Za-z][A-Za-z_-]*")
_MAX_STEPS = 6
_SLACK = 1.1  # rows more than asked for that a short selector may match


def selector_of(page: etree._Element, rows: Sequence[Row]) -> str:
    """Return the shortest selector by which most of the rows are found and next to nothing else."""
    from lxml.cssselect import CSSSelector

    elements = _of_one_kind([row.element for row in rows])
    wanted = set(elements)
    levels = [list(dict.fromkeys(elements))]
    selector = best = ""
    for number in range(_MAX_STEPS):
        step = _step(levels[-1])
        selector = f"{step} > {selector}" if selector else step
        found: Any = CSSSelector(selector)(page)
        best = selector
        is_named = "." in selector or "#" in selector
        if number and is_named and len(found) <= _SLACK * len(wanted):
            break
        parents = [parent for element in levels[-1] if (parent := element.getparent()) is not None]
        parents = [parent for parent in parents if parent.tag not in {"body", "html"}]
        if len(parents) < len(levels[-1]):
            break
        levels.append(list(dict.fromkeys(parents)))
    return best


def _of_one_kind(elements: list[etree._Element]) -> list[etree._Element]:
    tag = Counter(element.tag for element in elements).most_common(1)[0][0]
    return [element for element in elements if element.tag == tag]


def _step(elements: list[etree._Element]) -> str:
    """Return a step that fits all of some elements."""
    tags = {str(element.tag) for element in elements}
    tag = tags.pop() if len(tags) == 1 else "*"
    if len(elements) == 1 and _SAFE.fullmatch(name := elements[0].get("id", "")):
        return f"{tag}#{name}"
    shared = set(elements[0].get("class", "").split())
    for element in elements[1:]:
        shared &= set(element.get("class", "").split())
    names = sorted(name for name in shared if _SAFE.fullmatch(name))[:2]
    return ".".join([tag, *names])

"""Find the list of articles on a page that nobody wrote selectors for.

Puts together the links of a page, their groups and the reasons why there is no list. Remembers nothing itself: the
signature of a list is given back and taken in as a value (``monitor.sources._listing_found``). Pure and picklable; runs
in a worker process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from monitor.sources._dates import parse_date
from monitor.sources._finder_groups import Choice, Group, best_choice, choice_around, groups_of
from monitor.sources._finder_links import Link, links_of
from monitor.sources._finder_shapes import site_of

__all__ = ["Patterns", "Survey", "look"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Which addresses count: those that ``match`` finds itself in, without those that ``skip`` does."""

    match: str | None = None
    skip: str | None = None

    def allow(self, url: str) -> bool:
        """Tell whether an address counts."""
        if self.match and not re.search(self.match, url):
            return False
        return not (self.skip and re.search(self.skip, url))


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The links of a page in groups, best first."""

    links: list[Link]
    groups: list[Group]

    def best(self) -> Choice | None:
        """Return the best list of the page, convincing or not."""
        return best_choice(self.groups, self.links)

    def around(self, path: str, shape: str) -> Choice | None:
        """Return the list whose core has this signature; None if the page has no such group any more."""
        core = next((group for group in self.groups if (group.path, group.shape) == (path, shape)), None)
        return choice_around(core, self.groups, self.links) if core else None


def look(page: etree._Element, address: str, now: datetime, patterns: Patterns = Patterns()) -> Survey:
    """Return the links of a page that was read at ``address`` and how they group."""
    links = [link for link in links_of(page, address) if patterns.allow(link.url)]
    groups = groups_of(links, site_of(address), lambda date: parse_date(date, now, origin="list") is not None)
    return Survey(links, groups)

"""Which links of a page are its list: links grouped by path and shape, groups scored, kindred groups put together.

Knows what lists of articles look like everywhere and no site in particular. The weights were set on the first set of
``bench.listings`` and are pinned there. Pure.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitor.read.hygiene import CJK, units
from monitor.sources._finder_links import ASIDE, SIDE, Link
from monitor.sources._finder_rows import Row, is_ranking, rows_of
from monitor.sources._finder_shapes import are_kin, dates_itself, looks_like_article, site_of, without_words

__all__ = ["BAR", "Choice", "Group", "best_choice", "choice_around", "groups_of"]

BAR = 0.5
"""The least quality of a list."""
_SURE = 0.62
_FEW, _SMALL = 3, 5
_TRIED = 4  # groups tried as the core of a list
_DATED_BAR = 0.6
_MANY_SITES, _MANY_SHAPES = 5, 5
_MOST_PARTS = 200  # groups that are tried as parts of one list
_ELSEWHERE = "*"
_DATES_OUTWEIGH = 0.8  # share of dates that makes a list of what stands in a menu
_AWAY = (1.0, 0.75, 0.35, 0.25)
_AWAY_DATED = (1.0, 0.85, 0.6, 0.7)


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Links of one path and one shape, one row for each address, with the shares (0-1) that tell what they are."""

    path: str
    shape: str
    rows: tuple[Row, ...]
    lengths: float
    dated: float
    dated_rows: float
    articles: float
    own_site: float
    distinct: float
    away: int

    @property
    def quality(self) -> float:
        """Return how much this looks like articles, 0-1."""
        value = 0.45 * self.lengths + 0.25 * self.dated + 0.15 * self.articles + 0.15 * self.own_site
        if self.lengths < 0.3 and self.dated < _DATED_BAR:
            value *= 0.3
        weights = _AWAY_DATED if self.dated_rows >= _DATES_OUTWEIGH and self.lengths >= 0.4 else _AWAY
        return value * self.distinct * weights[self.away]

    @property
    def score(self) -> float:
        """Return what groups are compared by: quality, and size with a falling return."""
        return self.quality * math.sqrt(min(len(self.rows), 200))


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Groups that make one list, its core first, and the rows of all of them in the order of the page."""

    groups: tuple[Group, ...]
    rows: tuple[Row, ...]

    @property
    def core(self) -> Group:
        """Return the group the others were joined to."""
        return self.groups[0]

    @property
    def quality(self) -> float:
        """Return the quality of the groups, weighted by their sizes."""
        size = sum(len(group.rows) for group in self.groups)
        return sum(group.quality * len(group.rows) for group in self.groups) / size

    @property
    def score(self) -> float:
        """Return what choices are compared by."""
        return self.quality * math.sqrt(min(len(self.rows), 200))

    @property
    def is_convincing(self) -> bool:
        """Tell whether this is a list beyond doubt; few rows need better signs."""
        count, core = len(self.rows), self.core
        if count >= _SMALL:
            return self.quality >= BAR
        is_dated = core.dated >= _DATED_BAR
        return count >= _FEW and self.quality >= _SURE and (is_dated or core.away == 0)


def groups_of(links: list[Link], site: str, is_date: Callable[[str], bool]) -> list[Group]:
    """Return the groups of a page, best first; ``is_date`` tells whether a written date can be one."""
    found: dict[tuple[str, str], list[Link]] = {}
    for link, shape in _shaped(links, site):
        found.setdefault((link.path, shape), []).append(link)
    groups = [_group(some, shape, links, site, is_date) for (_, shape), some in found.items()]
    return sorted((group for group in groups if group.rows), key=lambda group: -group.score)


def best_choice(groups: list[Group], links: list[Link]) -> Choice | None:
    """Return the best list that groups make, None where there is none."""
    cores = [group for group in groups[:_TRIED] if 2 * group.score >= groups[0].score]
    choices = [choice_around(core, groups, links) for core in cores]
    return max(choices, key=lambda choice: choice.score, default=None)


def choice_around(core: Group, groups: list[Group], links: list[Link]) -> Choice:
    """Return the list around a group: the groups that stand to it like another part of the same list."""
    chosen = [core]
    for group in groups[:_MOST_PARTS]:
        if group is not core and _belongs(group, core, chosen):
            chosen.append(group)
    order = sorted((row.link for group in chosen for row in group.rows), key=lambda link: link.order)
    rows = [row for row in rows_of(order, links) if row.title and not row.is_ad]
    return Choice(groups=tuple(chosen), rows=tuple(_without_strangers(rows, core)))


def _shaped(links: list[Link], site: str) -> Iterator[tuple[Link, str]]:
    """Yield links with the shapes they are grouped by.

    Those of one path that lead to many other sites have one shape in common, and those of one path that nearly all
    differ are told apart without the words in them.
    """
    sites: dict[str, set[str]] = {}
    shapes: dict[str, set[str]] = {}
    counts = Counter(link.path for link in links)
    for link in links:
        sites.setdefault(link.path, set()).add(site_of(link.url))
        shapes.setdefault(link.path, set()).add(link.shape)
    for link in links:
        if len(sites[link.path]) > _MANY_SITES and site_of(link.url) != site:
            yield link, _ELSEWHERE
        elif len(shapes[link.path]) > max(_MANY_SHAPES, counts[link.path] / 2):
            yield link, without_words(link.shape)
        else:
            yield link, link.shape


def _group(links: list[Link], shape: str, every: list[Link], site: str, is_date: Callable[[str], bool]) -> Group:
    rows = [row for row in rows_of(links, every) if row.title and not row.is_ad]
    count = max(len(rows), 1)
    dated_rows = sum(bool(row.date) and is_date(row.date) for row in rows) / count
    return Group(
        path=links[0].path,
        shape=shape,
        rows=tuple(rows),
        lengths=sum(_length(row.title) for row in rows) / count,
        dated=max(dated_rows, sum(dates_itself(row.link.url) for row in rows) / count),
        dated_rows=dated_rows,
        articles=sum(looks_like_article(row.link.url) for row in rows) / count,
        own_site=sum(site_of(row.link.url) == site for row in rows) / count,
        distinct=len({row.title for row in rows}) / count,
        away=Counter(link.away for link in links).most_common(1)[0][0],
    )


def _length(title: str) -> float:
    """Return 1 for the length of a headline, less for what is shorter or longer: 8-40 ideographs, 20-120 letters."""
    size = units(title)
    least = 8.0 if any(CJK[0] <= c <= "\u9fff" for c in title) else 5.0
    if size > 60:
        return 0.3 if size < 100 else 0.0
    return 1.0 if size >= least else max(0.0, 2 * size / least - 1)


def _belongs(group: Group, core: Group, chosen: list[Group]) -> bool:
    """Tell whether a group is another part of the list that ``core`` is part of."""
    if group.away > max(core.away, SIDE) or (group.away >= ASIDE and group.path != core.path):
        return False
    if core.dated_rows >= _DATED_BAR > group.dated_rows and not _heads(group, core):
        return False
    is_same_path = group.path == core.path
    if core.dated_rows < _DATED_BAR <= group.dated_rows and len(group.rows) > len(core.rows):
        return False
    if not is_same_path and is_ranking(group.rows) != is_ranking(core.rows):
        return False
    if not is_same_path and group.away == SIDE and core.away == 0 and group.dated_rows < _DATED_BAR:
        return False
    if _shares_rows(group, chosen):
        return False
    if is_same_path and core.dated_rows >= _DATED_BAR:
        return group.dated_rows >= _DATED_BAR and group.lengths >= 0.3
    if not are_kin(group.shape, core.shape):
        return False
    return group.lengths >= 0.5 and group.articles >= 0.5


def _heads(group: Group, core: Group) -> bool:
    """Tell whether a few rows are the headlines above a list: links in headings to the same kind of address."""
    is_heading = any(step.split(".")[0] in {"h1", "h2", "h3"} for step in group.path.split(">"))
    return is_heading and len(group.rows) <= max(3, len(core.rows) // 3) and are_kin(group.shape, core.shape)


def _shares_rows(group: Group, chosen: list[Group]) -> bool:
    """Tell whether the links of a group stand in rows that the list has already: names of authors, channels, tags."""
    taken = {row.element for other in chosen for row in other.rows}
    inside = sum(
        row.link.element in taken or any(parent in taken for parent in row.link.element.iterancestors())
        for row in group.rows
    )
    return 2 * inside > len(group.rows)


def _without_strangers(rows: list[Row], core: Group) -> list[Row]:
    """Drop rows that lead elsewhere and lack the date that the others have: advertising between the rows."""
    if core.dated_rows < _DATED_BAR or core.own_site < _DATED_BAR:
        return rows
    site = site_of(core.rows[0].link.url)
    return [row for row in rows if row.date or site_of(row.link.url) == site]

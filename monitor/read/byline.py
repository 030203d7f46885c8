"""Read the byline of a page: what stands between the title of an article and its body, and right below it.

Who wrote it, who edited it, where it is from and when it appeared, as the page shows it; what the page declares for
machines is weighed against it in ``monitor.read.metadata``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .blocks import HEADINGS
from .chronicle import entries_of_chronicle
from .credit_rest import is_english_date, read_names_alone
from .credits import read_credits
from .credits_said import Credits, merge
from .names import is_full_name, is_outlet, is_person, outlet, people
from .survey import Block, Survey
from .title import find_title_block

__all__ = ["Box", "byline_box", "read_outlet_line"]

_FULL_NAME = re.compile(r"[A-Z][A-Za-zÀ-ɏ.'’\-]*(?: [A-Za-zÀ-ɏ.'’\-]+){1,3}")
_LATIN = re.compile("[A-Za-z]")
_IMPRINT = re.compile(
    r"(?:^|[\s©:：|])(?:Copyright\s*©?\s*)?(?:[\d\s\-–]{4,12})?(?P<name>[一-鿿]{2,10}(?:日[报報]|晚[报報]|[报報]社|通[讯訊]社|[新周][闻聞刊]网?|网|網))\s*"
    r"(?:版[权權]所有|All rights reserved)",
    re.IGNORECASE,
)
_FOOT_BLOCKS = 12
_LABEL_ALONE = re.compile(r"^[^\d。,，]{1,16}[:：]$|^(?:news |content )?provided by$|^by$", re.IGNORECASE)
_TIME_ALONE = re.compile(r"(?:[一-鿿]{2}[时時][间間]\s*[:：]?\s*)?\d{1,2}\s*[:：时時]\s*\d{2}\s*分?(?:[:：]\d\d)?")
_AUTHORS_HEADING = re.compile(r"(?:the )?(?:authors?|written by|作者|撰文)\s*[:：]?", re.IGNORECASE)
_LONGEST_LABEL = 24
_LONGEST_BYLINE = 60
_NEAR_DATE = 4
_LONGEST_VALUE = 120
_TITLE_WITHIN = 8
"""Blocks of the body among which the title may stand, where the body was taken to begin too early."""
_CLOSE = 3
_BOX_BLOCKS = 14
_BOX_AFTER = 8
_BOX_ABOVE = 3
_LONGEST_OUTLET = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What stands around the body: the credits above it (and below, but for dates), the dates below it, the account
    that published it on a platform, and the paper that the last lines of the page call the owner of the rights."""

    credits: Credits = field(default_factory=Credits)
    late_dates: tuple[str, ...] = ()
    account: str | None = None
    imprint: str | None = None


def byline_box(page: Survey, title: str | None, start: int, end: int) -> Box:
    """Return what stands between the title and the body, and right after the body.

    Blocks ``start <= i < end`` are the body; they are read elsewhere.
    """
    blocks = page.blocks
    at = find_title_block(blocks, title, start + _TITLE_WITHIN)
    if at is not None and start - at <= _CLOSE:  # the body may begin with the deck, or above the title
        start = max(start, min(_first_prose(blocks, at + 1), max(end, at + 1)))
    first = at + 1 if at is not None and start - at <= 40 else max(0, start - _BOX_BLOCKS)
    credit, late = Credits(), Credits()
    above = [_said(blocks, index) for index in range(first, start)]
    entries = entries_of_chronicle([block.text for block in blocks[first:start]], above)
    for index, said in enumerate(above, first):
        if index - first not in entries and (at is not None or not _is_teaser(blocks[index])):
            credit = merge(credit, said or Credits())
    for index in _below(blocks, end):
        if said := _said(blocks, index):
            late, said = merge(late, said), _without_dates(said)
            credit = merge(credit, said)
    if not credit.authors:
        credit = merge(credit, _closing_section(blocks, end))
    if credit.source is None:
        credit = merge(credit, _beside_dates(blocks, first, start))
    if at is not None and not credit.authors:
        credit = merge(credit, Credits(authors=_names_beside_dates(blocks, first, start, credit.source)))
    if at is not None and not credit.dates:
        credit = merge(credit, _above(page, at))
    labelled = {
        role: text
        for index, role, text in reversed(page.labelled)
        if first <= index <= start + 1 and (role != "source" or _is_whole(text, blocks, index))
    }
    if credit.source is None and "source" in labelled:
        credit = merge(credit, Credits(source=_labelled_source(labelled["source"])))
    if not credit.authors and "byline" in labelled:
        credit = merge(credit, Credits(authors=_labelled_authors(labelled["byline"])))
    account = outlet(labelled.get("account", ""))
    return Box(credits=credit, late_dates=late.dates, account=account, imprint=_imprint(blocks))


def _imprint(blocks: list[Block]) -> str | None:
    """Return the paper or site that a line at the foot of the page reserves the rights for (``某某日报社版权所有``)."""
    for block in blocks[: -_FOOT_BLOCKS - 1 : -1]:
        if found := _IMPRINT.search(block.text[:200]):
            name = outlet(found["name"])
            return name.removesuffix("社") if name and name.endswith("报社") else name
    return None


def _said(blocks: list[Block], index: int) -> Credits | None:
    """Return what a block says; a label alone is read with the block that follows it, a day with its time."""
    block = blocks[index]
    following = blocks[index + 1].spaced if index + 1 < len(blocks) else ""
    is_label = len(block.text) <= _LONGEST_LABEL and 0 < len(following) <= _LONGEST_VALUE
    if is_label and (_LABEL_ALONE.search(block.text) or _TIME_ALONE.fullmatch(following)):
        said = read_credits(f"{block.spaced} {following}", boxed=True)
        if said:
            return said
    return read_credits(block.spaced, boxed=True) or read_credits(block.text, boxed=True)


def _first_prose(blocks: list[Block], start: int) -> int:
    """Return where running text begins from ``start`` on, with a deck above it: at its second paragraph."""
    end = min(start + _BOX_BLOCKS, len(blocks))
    prose = [i for i in range(start, end) if blocks[i].is_prose and not _said(blocks, i)]
    return prose[1] if len(prose) > 1 else end


def _is_teaser(block: Block) -> bool:
    """Tell whether a block is the headline of another article, or an entry of a menu."""
    return block.is_link and (block.kind in HEADINGS or block.kind == "li")


def _below(blocks: list[Block], end: int) -> Iterator[int]:
    """Yield the blocks right below the body, up to where other articles begin."""
    for index in range(end, min(end + _BOX_AFTER, len(blocks))):
        if blocks[index].kind in HEADINGS and (blocks[index].is_link or blocks[index].kind == "h1"):
            return
        if not _is_teaser(blocks[index]):
            yield index


def _closing_section(blocks: list[Block], end: int) -> Credits:
    """Return the names below a heading that says nothing but that authors follow."""
    for index in range(max(0, end - 3), min(end + _BOX_AFTER, len(blocks) - 1)):
        if blocks[index].kind in {*HEADINGS, "bold"} and _AUTHORS_HEADING.fullmatch(blocks[index].text):
            names = people(blocks[index + 1].spaced) if len(blocks[index + 1].text) <= _LONGEST_VALUE else ()
            if names and all(is_full_name(name) or is_person(name) for name in names):
                return Credits(authors=names)
    return Credits()


def _beside_dates(blocks: list[Block], first: int, start: int) -> Credits:
    """Return the outlet that stands in a line of its own right beside one that holds a date, with its author if it
    reads ``张三/某某报``."""
    dated = {i for i in range(first, start) if (said := read_credits(blocks[i].spaced, boxed=True)) and said.dates}
    for index in range(first, start):
        if {index - 1, index + 1} & dated and (said := read_outlet_line(blocks[index].text)):
            return said
    return Credits()


def _names_beside_dates(blocks: list[Block], first: int, start: int, source: str | None) -> tuple[str, ...]:
    """Return the Latin names that stand alone in a block near one that holds an English date."""
    said = ((index, _said(blocks, index)) for index in range(first, start))
    dated = [index for index, credit in said if credit and any(map(is_english_date, credit.dates))]
    for index in range(first, start):
        block = blocks[index]
        is_near = any(abs(index - other) <= _NEAR_DATE for other in dated)
        if not is_near or block.kind in HEADINGS or len(block.text) > _LONGEST_BYLINE:
            continue
        if names := read_names_alone(block.spaced):
            return () if source and names == people(source) else names
    return ()


def read_outlet_line(text: str) -> Credits | None:
    """Return what a line says that is nothing but the short name of an outlet, or ``张三/某某报``; else None."""
    person, slash, name = text.rpartition("/")
    if len(name) > _LONGEST_OUTLET or not is_outlet(name) or (slash and not is_person(person)):
        return None
    return Credits(source=outlet(name), authors=people(person))


def _is_whole(text: str, blocks: list[Block], index: int) -> bool:
    """Tell whether the text of an element is all in one block: no container of several."""
    return index < len(blocks) and (text in blocks[index].text or text in blocks[index].spaced)


def _without_dates(said: Credits) -> Credits:
    """Return what a line below the body may say of it: Latin names there are those of commenters."""
    authors = tuple(name for name in said.authors if not _LATIN.search(name))
    return replace(said, dates=(), posted=(), modified=(), authors=authors)


def _above(page: Survey, title_at: int) -> Credits:
    """Return the dates and the source that stand right above the title, where the page has none below it."""
    above = page.blocks[max(0, title_at - _BOX_ABOVE) : title_at]
    said = [read_credits(block.spaced, boxed=True) for block in above if block.kind != "li"]
    found = next((credit for credit in reversed(said) if credit and credit.dates), None)
    return replace(found, authors=(), editors=()) if found else Credits()


def _labelled_authors(text: str) -> tuple[str, ...]:
    """Return the names in an element whose class says it holds the byline; unlabelled, only full Latin names."""
    if said := read_credits(text, boxed=True):
        return said.authors
    return tuple(name for name in people(text) if _FULL_NAME.fullmatch(name))


def _labelled_source(text: str) -> str | None:
    """Return the outlet in an element whose class says it holds the source, with or without a label of its own."""
    if said := read_credits(text):
        return said.source
    return outlet(text)

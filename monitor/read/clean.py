"""Take the furniture off an article, line by line, and keep a record of it.

By position: rules for the head touch the first lines, rules for the tail the last. Only whole lines go, never a part
of a paragraph; the exceptions are a page's mark glued to the very last sentence. What the removed lines say of
authors, dates and sources is handed back. Cleaning what is clean changes nothing, and putting every removed line back
at its place (``Removed.above``) restores what was given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from storage.records import Removed

from .chronicle import entries_of_chronicle
from .credits import read_credits
from .credits_said import Credits, merge
from .furniture import furniture_rule, squeeze
from .hygiene import tidy_line, units
from .lines import Line
from .names import outlet
from .repeats import repeated
from .tail import box_end, ends_article, heads_comments, is_signed, tail_rule, tail_start
from .title import same_words

__all__ = ["Cleaned", "clean", "is_furniture"]

_HEAD_LINES = 12
_PARAGRAPH = 25.0
_PARAGRAPHS_OF_HEAD = 3
_ENOUGH_BEFORE = 100.0
"""Units of text that must stand above a line before everything below it may go."""
_DECK_MAX = 150.0
_LEADS = 4
_CUT_OFF = re.compile(r"(?:\.{2,}|…+)$")
_BULLET = re.compile(r"^\s*[●■◆▲•★▶►◼◾◉⚫]\s*")
_ABSTRACT = re.compile(
    r"^[【\[]?(?:摘要|核心提示|核心提要|内容提要|内容摘要|导读|提要|阅读提示|重点提示)[】\]]?\s*[:：]?\s*"
)
_NUMBER = re.compile(
    r"(?:part\.?\s*)?(?:0?\d{1,2}|[一二三四五六七八九十]{1,3}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,3})[.、．]?", re.IGNORECASE
)
_DANGLING = re.compile(r"\s*[|｜]\s*$")
_GLUED = re.compile(r"(?<=[。！？”」.!?])\s*(?:举报/反馈|返回搜狐，?查看更多|阅读原文)\s*$")
_SECTION_AUTHOR = re.compile(r"^\s*[◎]\s*\S")
_COPYRIGHT = re.compile(
    r"(?P<name>[^,，。:：;；|©(（\d]{2,24}?)(?:股份)?(?:有限)?(?:责任)?(?:公司|集团)?(?:版权|版權)所有"
)
_STOP = re.compile("[。！？][”」』]?$")
_WORDS_END = re.compile("[。；;，,、…：:]$|[。]")


@dataclass(slots=True)
class Cleaned:
    """The lines that are the article, its deck, and what was taken away and learned from it.

    ``removed`` is in the order of the lines that were given; ``taken`` holds the same on the way there.
    """

    lines: list[Line]
    deck: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    credits: Credits = field(default_factory=Credits)
    taken: list[tuple[Line, str]] = field(default_factory=list)

    def take(self, index: int, rule: str) -> None:
        """Remove a line and record it."""
        self.taken.append((self.lines.pop(index), rule))


def clean(lines: list[Line], title: str | None = None) -> Cleaned:
    """Return the lines without furniture.

    ``title`` is the title that the article is known by: its echoes (captions, a repeated heading) are dropped.
    """
    tidied = [(tidy_line(line.text), line.kind) for line in lines]
    given = [(text, kind) for text, kind in tidied if text]
    state = Cleaned([Line(text, kind, at) for at, (text, kind) in enumerate(given)])
    for _ in range(6):
        before = list(state.lines)
        _pass(state, title)
        if state.lines == before:
            break
    state.removed = _in_order(state)
    return state


def _in_order(state: Cleaned) -> list[Removed]:
    """Return what was taken in the order it stood in, each with the number of kept lines above it.

    A mark that was cut off the end of a kept line stands below that line; of two such marks the one cut last stands
    first.
    """
    kept = [line.at for line in state.lines]
    taken = state.taken[::-1]
    taken.sort(key=lambda pair: pair[0].at)
    return [Removed(rule=rule, text=line.text, above=bisect_right(kept, line.at)) for line, rule in taken]


def is_furniture(line: str) -> bool:
    """Tell whether a line that stands first is a credit or furniture."""
    return read_credits(line, boxed=True) is not None or furniture_rule(line, "head") is not None


def _pass(state: Cleaned, title: str | None) -> None:
    _drop_echoes(state, title)
    _drop_head(state, title)
    _take_decks(state)
    _drop_repeats(state)
    _drop_boxes(state)
    _cut_below(state)
    _drop_tail(state)
    _drop_inside(state)
    _join_numbers(state)
    _trim_last(state)


def _drop_echoes(state: Cleaned, title: str | None) -> None:
    for index in reversed(range(len(state.lines))):
        if title and same_words(state.lines[index].text, title):
            state.take(index, "title-echo")


def _drop_repeats(state: Cleaned) -> None:
    """Drop a lead that only begins the paragraph below it, and stretches of paragraphs that stand here twice."""
    texts = [line.text for line in state.lines]
    last = min(_LEADS, len(texts) - 1)
    gone = {at for at in range(last) if _only_begins(texts[at], texts[at + 1])} | repeated(texts)
    for index in sorted(gone, reverse=True):
        state.take(index, "repeated")


def _only_begins(lead: str, text: str) -> bool:
    begun = _CUT_OFF.sub("", lead)
    return units(begun) >= _PARAGRAPH and text.startswith(begun)


def _drop_boxes(state: Cleaned) -> None:
    """Drop labels of other articles inside the text, with the headlines below them."""
    for index in reversed(range(1, len(state.lines))):
        end = box_end(state.lines, index)
        if end == index + 1 and state.lines[index].kind == "heading":
            continue  # no headline below it: it heads a paragraph of the text
        for at in reversed(range(index, end or index)):
            state.take(at, "related")


def _cut_below(state: Cleaned) -> None:
    """Drop everything from the first sign that the article is over."""
    start, above = 0, 0.0
    while start < len(state.lines) and above < _ENOUGH_BEFORE:
        above += units(state.lines[start].text)
        start += 1
    for index in range(1, len(state.lines)):
        is_comments = heads_comments(state.lines, index)
        if is_comments or (index >= start and ends_article(state.lines, index)):
            for line in state.lines[index:]:
                _learn(state, line.text, dated=False, signed=not is_comments)
                state.taken.append((line, tail_rule(line.text) or "below-the-article"))
            del state.lines[index:]
            return


def _drop_tail(state: Cleaned) -> None:
    for index in reversed(range(tail_start(state.lines), len(state.lines))):
        text = state.lines[index].text
        _learn(state, text)
        state.take(index, tail_rule(text) or "among-furniture")
    _drop_last_credits(state, len(state.lines) - 1)


def _drop_last_credits(state: Cleaned, last: int) -> None:
    """Drop credit lines a little above the last line: the editor's line may stand over a note."""
    for index in range(max(1, last - 4), last):
        said = read_credits(state.lines[index].text)
        if said and (said.editors or said.authors or said.source):
            _learn(state, state.lines[index].text)
            state.take(index, "credit")
            return


def _drop_head(state: Cleaned, title: str | None) -> None:
    window = _head_window(state.lines)
    said = _said(window)
    begun = next((at for at, text in enumerate(window) if said[at] is None and _is_paragraph(text)), len(window))
    rules = [
        None if is_signed(window, at) or _heads_text(state.lines, at, begun) else _head_rule(text, credit)
        for at, (text, credit) in enumerate(zip(window, said, strict=True))
    ]
    byline = next((i for i, credit in enumerate(said) if credit and credit.authors), 0)
    dated = title is not None or any(credit and credit.dates for credit in said[:byline])
    deck = _deck_above(window, rules, byline) if dated else []
    gone = dict.fromkeys(deck, "deck") | {i: rule for i, rule in enumerate(rules) if rule}
    for index in sorted(gone):
        _learn(state, window[index])
        state.taken.append((state.lines[index], gone[index]))
    state.deck.extend(window[index] for index in deck)
    state.lines = [line for index, line in enumerate(state.lines) if index not in gone]


def _is_paragraph(text: str) -> bool:
    return units(text) >= _PARAGRAPH and _STOP.search(text) is not None


def _heads_text(lines: list[Line], index: int, begun: int) -> bool:
    """Tell whether a line is a heading below the first paragraph, or heads comments: no furniture of the head."""
    return (lines[index].kind == "heading" and index > begun) or heads_comments(lines, index)


def _said(window: list[str]) -> list[Credits | None]:
    """Return what the first lines say as credits; below a paragraph they must look like credits by themselves."""
    said: list[Credits | None] = []
    is_below = False
    for text in window:
        said.append(read_credits(text, boxed=not (is_below or text.endswith("。"))))
        is_below = is_below or (said[-1] is None and _is_paragraph(text))
    entries = entries_of_chronicle(window, said)
    return [None if at in entries else credit for at, credit in enumerate(said)]


def _head_window(lines: list[Line]) -> list[str]:
    """Return the first lines, up to where the article is well under way: its third paragraph."""
    window: list[str] = []
    paragraphs = 0
    for line in lines[:_HEAD_LINES]:
        paragraphs += units(line.text) >= _PARAGRAPH and read_credits(line.text) is None
        if paragraphs == _PARAGRAPHS_OF_HEAD:
            break
        window.append(line.text)
    return window


def _head_rule(text: str, said: Credits | None) -> str | None:
    if said:
        return "credit"
    return None if _NUMBER.fullmatch(text) else furniture_rule(text, "head")


def _deck_above(window: list[str], rules: list[str | None], byline: int) -> list[int]:
    """Return which lines are a deck: what stands between the title or date and the byline, if it is short."""
    above = [index for index in range(byline) if rules[index] is None]
    short = sum(units(window[index]) for index in above) <= _DECK_MAX
    return above if short and len(above) <= 2 else []


def _take_decks(state: Cleaned) -> None:
    count = 0
    while count < len(state.lines) and _BULLET.match(state.lines[count].text):
        count += 1
    if not 2 <= count <= 6 and not (state.lines and _ABSTRACT.match(state.lines[0].text)):
        return
    count = count if 2 <= count <= 6 else 1
    points, rest = state.lines[:count], state.lines[count:]
    if sum(units(line.text) for line in rest) < 2 * sum(units(line.text) for line in points):
        return
    for line in points:
        text = _ABSTRACT.sub("", _BULLET.sub("", line.text), count=1).strip()
        if text:
            state.deck.append(text)
        state.taken.append((line, "deck"))
    state.lines = rest


def _drop_inside(state: Cleaned) -> None:
    for index in reversed(range(len(state.lines))):
        text = state.lines[index].text
        rule = furniture_rule(text, "any")
        said = read_credits(text) if _SECTION_AUTHOR.match(text) else None
        if rule or said:
            _learn(state, text)
            state.take(index, rule or "credit")


def _join_numbers(state: Cleaned) -> None:
    for index in reversed(range(len(state.lines) - 1)):
        number, heading = state.lines[index], state.lines[index + 1]
        if _NUMBER.fullmatch(number.text) and _is_short_heading(heading.text):
            state.lines[index : index + 2] = [Line(f"{number.text} {heading.text}", "heading", heading.at)]


def _is_short_heading(text: str) -> bool:
    return units(text) <= 32 and not _WORDS_END.search(text) and not _NUMBER.fullmatch(text)


def _trim_last(state: Cleaned) -> None:
    if not state.lines:
        return
    last = state.lines[-1]
    for rule, pattern in (("report-link", _GLUED), ("dangling-separator", _DANGLING)):
        found = pattern.search(last.text)
        if found and found.start():
            state.taken.append((replace(last, text=found[0].strip()), rule))
            last = replace(last, text=last.text[: found.start()].rstrip())
    state.lines[-1] = last


def _learn(state: Cleaned, text: str, *, dated: bool = True, signed: bool = True) -> None:
    """Keep what a removed line says of editors, source, publisher and, unless told not to, of dates and authors."""
    if said := read_credits(text, boxed=True):
        said = said if signed else replace(said, authors=())
        state.credits = merge(state.credits, said if dated else replace(said, dates=()))
    if (found := _COPYRIGHT.search(squeeze(text))) and state.credits.publisher is None:
        state.credits = merge(state.credits, Credits(publisher=_copyright_holder(text, found)))


def _copyright_holder(text: str, found: re.Match[str]) -> str | None:
    """Return the holder in the original's characters: folding and squeezing keep their order, not the spaces."""
    original = re.sub(r"\s+", "", text)
    return outlet(original[found.start("name") : found.end("name")])

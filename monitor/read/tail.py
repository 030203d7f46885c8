"""Where an article ends among its lines, and what the lines below it are. Looks at lines; takes none away."""

from __future__ import annotations

import re

from .credits import read_credits
from .furniture import furniture_rule
from .hygiene import units
from .lines import Line

__all__ = ["box_end", "ends_article", "heads_comments", "is_signed", "tail_rule", "tail_start"]

_TAIL_LINES = 40
_PARAGRAPH = 25.0
_LONGEST_LABEL = 40
_BOX = 5
_HEADLINE = 40.0
_SENTENCE_END = re.compile("[。！!.…；;：:，,][”’」』\"')）]*$")
_STRAYS = 2
_STRAY_MAX = 16.0
_BELOW_STRAYS = 3
"""Known lines that a tail must hold above a stray at the very end."""
_SENTENCE_INSIDE = re.compile("[，,。！？；]")
_SIGNED_ON = re.compile(
    r"[\d〇零一二三四五六七八九]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
)
"""The day on which a notice was signed stands below it and belongs to it."""
_MAY_BE_HEADING = re.compile("[【\\[]?(?:评论|評論|留言|回[复覆復])[】\\]:：]?")
"""What heads comments, but parts of an article too: the answer to a letter, an opinion below the news."""
_OF_COMMENT = re.compile(
    r"^.{0,20}(?:[秒天]前|分[钟鐘]前|小[时時]前|\d\s*[楼樓]|[点點]?[赞讚]\s*\d*|[举舉][报報]|回[复覆復]|\d{1,2}:\d\d|匿名.{0,4}|网友.{0,4})$"
)
_WORDS_END = re.compile("[。；;，,、…：:]$|[。]")


def tail_rule(text: str) -> str | None:
    """Return the name of the rule by which a line is furniture or a credit below an article, or None."""
    if _SIGNED_ON.fullmatch(text):
        return None
    rule = furniture_rule(text, "tail")
    return rule or ("credit" if read_credits(text) else None)


def ends_article(lines: list[Line], index: int) -> bool:
    """Tell whether the article is over at a line: it heads something else, or three lines of furniture begin."""
    text = lines[index].text
    if len(text) < _LONGEST_LABEL and furniture_rule(text, "section"):
        above = sum(units(line.text) for line in lines[:index])
        below = sum(units(line.text) for line in lines[index + 1 :])
        return below <= above and box_end(lines, index) is None
    return index + 2 < len(lines) and all(_ends(line.text) for line in lines[index : index + 3])


def heads_comments(lines: list[Line], index: int) -> bool:
    """Tell whether a line below a paragraph heads what readers say, however long that is."""
    text = lines[index].text
    if len(text) >= _LONGEST_LABEL or not furniture_rule(text, "comments"):
        return False
    if _MAY_BE_HEADING.fullmatch(text) and not any(_OF_COMMENT.search(line.text) for line in lines[index + 1 :]):
        return False
    return sum(units(line.text) for line in lines[:index] if _SENTENCE_END.search(line.text)) >= _PARAGRAPH


def _ends(text: str) -> bool:
    """Tell whether a line is furniture that stands below articles, not inside them."""
    return tail_rule(text) is not None and furniture_rule(text, "any") is None


def is_signed(texts: list[str], index: int) -> bool:
    """Tell whether a line is the day on which what stands above it was signed: by the short line right above."""
    if index < 2 or not _SIGNED_ON.fullmatch(texts[index]) or furniture_rule(texts[index - 1], "head"):
        return False
    signature = texts[index - 1]
    if read_credits(signature, boxed=True) or units(signature) > _HEADLINE or _SENTENCE_INSIDE.search(signature):
        return False
    return any(units(text) >= _PARAGRAPH and read_credits(text) is None for text in texts[: index - 1])


def box_end(lines: list[Line], index: int) -> int | None:
    """Return where the article goes on below a label of other articles (at ``index``) and their headlines, or None.

    It goes on if the paragraphs below outweigh what looks like headlines: an excerpt under each would not.
    """
    if len(lines[index].text) >= _LONGEST_LABEL or not furniture_rule(lines[index].text, "articles"):
        return None
    end = index + 1
    while end < len(lines) and end <= index + _BOX and lines[end].kind != "heading" and _is_headline(lines[end].text):
        end += 1
    rest = [line for line in lines[end:] if not tail_rule(line.text)]
    if not rest or _is_headline(rest[0].text):
        return None
    prose = [at for at, line in enumerate(rest) if units(line.text) >= _PARAGRAPH and not _is_headline(line.text)]
    above_last = rest[: prose[-1]] if prose else []
    headlines = sum(line.kind == "text" and _is_headline(line.text) for line in above_last)
    return end if len(prose) > headlines + bool(headlines) else None


def _is_headline(text: str) -> bool:
    return units(text) <= _HEADLINE and _SENTENCE_END.search(text) is None


def tail_start(lines: list[Line]) -> int:
    """Return where the tail of furniture begins: its first line that a rule knows, strays among them bridged.

    A stray is a short line without a sentence; no more than ``_STRAYS`` follow each other, and the known lines of a
    tail that holds any outnumber them.
    """
    start, known, strays, since = len(lines), 0, 0, 0
    least = 1
    first = next((i for i, line in enumerate(lines) if units(line.text) >= _PARAGRAPH), 0)
    for index in reversed(range(max(first + 1, len(lines) - _TAIL_LINES), len(lines))):
        if tail_rule(lines[index].text):
            known, strays, since = known + 1, strays + since, 0
            if known > strays and known >= least:
                start = index
        elif since < _STRAYS and _is_stray(lines[index].text):
            least = least if known else _BELOW_STRAYS
            since += 1
        else:
            break
    return start


def _is_stray(text: str) -> bool:
    return units(text) <= _STRAY_MAX and not _WORDS_END.search(text) and not _SENTENCE_INSIDE.search(text)

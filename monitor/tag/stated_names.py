"""The regulations that a text names, tracked or not: what a verb can be said of.

A tracked name is one of the article's mentions; an untracked one is a title in book marks, an English title that ends
in Act or Order, or a number (``stated_references``). Knows no verbs, no dates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.tag.titles import Title, find_titles
from storage.tagged import Mention

__all__ = ["Name", "find_names", "is_oblique_english", "is_procedure"]

_NEAR = 24  # characters around a name that tell how it stands in its clause

_WRAPS = re.compile('[《〈]?[^《》〈〉]{0,20}?(?:印发|发布|公布|实施|颁布|公开征求|就|对|征求)[《〈"]*$')
_NOTICE = re.compile(
    '[》〉"]*(?:\\([^()]{0,12}\\))?[》〉"]*(?:公开)?(?:征求意见|意见)?的?(?:通知|公告|决定|令|函|命令)?[》〉]*$'
)
_AMENDING_TITLE = re.compile('[《〈][^《》〈〉]{0,40}?修[订正改][〈《"]*$')
_AMENDING_REST = re.compile('[》〉"]*[^《》〈〉]{0,16}?的?(?:决定|决议|修正案|议案)(?:\\([^()]{0,16}\\)|草案)?[》〉]*$')
_STAGE = re.compile(
    r"\s?\((?:[^()]{0,12}稿|试行|暂行|[^()]{0,6}草案|[^()]{0,10}修[订正]|"
    r"(?:19|20)\d\d(?:[-—~至](?:19|20)\d\d)?年?[版本]?)\)[》〉\"']*"
)
_SUBTITLE = re.compile("[》〉]?(?:--|:)")
_CLOSING = re.compile("[》〉\"' ]*")
_DRAFT = re.compile(
    r"[》〉\"']*\s?\(?(?:公开|修[订正])?(?:征求意见稿|意见稿|草案|审议稿|送审稿)(?:[一二三]审稿)?\)?[》〉\"']*"
)
_DRAFT_INSIDE = re.compile(r"(?:意见稿|草案|审议稿|送审稿)(?:\([^()]{0,12}\))?\)?[》〉\"']*$")
_DRAFT_BEFORE = re.compile(r"\bdraft (?:version of |text of )?(?:the )?$")
_AMENDED = re.compile(
    r"(?:(?:修订|修正|修改|增修)(?:通过|公布|发布|完成)?后的?|修[订正]版的?|新版的?|新(?:近)?修[订正改]的?|"
    r"\b(?:revised|amended|updated) (?:version of )?(?:the )?)[\"'《〈]*(?:新版)?(?:中华人民共和国)?$"
)
_AMENDED_BEHIND = re.compile(r"[》〉\"']*\((?:20\d\d年?)?(?:最新)?修[订正](?:版|本)?\)")
_AMENDING = re.compile(
    r"(?<!draft )(?<!proposed )(?<!planned )\b(?:(?:amendments?|revisions?) to|decision (?:on|to) amend(?:ing)?) "
    r"(?:the |its |[a-z]+['’]s )?$"
)
_PROCEDURE = re.compile(
    r"(?:[备備]案|登[记記]|[认認][证證]|[评評]估|[审審]查|[Ff]ilings?|[Aa]ssessments?)[\"'”’」》]*$"
)
_OBLIQUE = re.compile(
    "(?:(?:根据|依据|按照|依照|遵照|违反|触犯|结合|参照|围绕|落实|贯彻|基于|衔接(?!的)|除|对照|依|符合|遵守|遵循|类似|援引|引用|作为|参考|借鉴)"
    '[^,。;《》〈〉"]{0,8}|[与同跟比][^,。;《》〈〉"]{0,2})["\']*$'
)
_OBLIQUE_ENGLISH = re.compile(
    r"\b(?:under|unlike|violat\w+|per|pursuant to|based on|similar to|modell?ed (?:on|after)|required by|"
    r"compl\w+ with|"
    r"govern\w+ by|subject to|in line with|"
    r"accord\w+ (?:to|with)|guid\w+ (?:on|for|to)|(?:amendments?|changes|opposition|exemptions?) to|part of|than|like|"
    r"breach\w* of|article \d+ of|(?:obligations?|rules|requirements?|parts?|provisions?|bans?|prohibitions?|"
    r"sections?|chapters?|"
    r"phases?|implementation|enforcement|aspects?|elements?|deadlines?|goals?|(?:earlier|previous|initial|"
    r"original) versions?) (?:of|under|in|from|for)|before|after|with|implementing|replac\w+|supersed\w+) "
    r"(?:the |its |an? )?[^,.;]{0,12}$"
)
_AFTER = re.compile(r"\bafter (?:the |its )?[^,.;]{0,12}$")
_DOES = re.compile(
    r"[\"' ]*(?:\([^()]{1,40}\) )?(?:was|were|is|took|came|entered|became|passed|received|cleared|died) "
)
_TOLD_ASIDE = re.compile("[》\"']*\\((?=\\d)[^()]{4,40}(?:公布|发布|施行|生效|实施|通过|签署)[^()]{0,40}\\)")
_OTHER_TITLE = re.compile(
    " ?(?:的?(?:实施细则|施行细则|实施办法|实施意见|实施指南|配套|解读|答记者问|白皮书)|guid|implementing)"
)
_GAZETTE = re.compile("(?:公报|官报|宪报|日报|时报|晚报)[》〉\"']*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A regulation named at ``start`` to ``end``, marks and a stage behind included; untracked without ``entity``.

    ``title`` is the folded name without its stage. ``is_oblique``: what is said is not said of it (根据《…》).
    ``is_reference``: a word that stands for the entity. ``is_amended``: it is written as a later version (修改后的), or
    is the title of what makes one.
    """

    start: int
    end: int
    title: str
    entity: str | None
    is_draft: bool = False
    is_oblique: bool = False
    is_reference: bool = False
    is_amended: bool = False


_Placing = tuple[int, int, str | None, bool]
"""Start, end and entity of a name, and whether it is the title of what amends the entity."""


def find_names(letters: str, mentions: Iterable[Mention]) -> list[Name]:
    """Return the titles in marks and the regulation mentions of a folded text in order, none inside another.

    Procedures (备案) have no life to tell of and are left out.
    """
    tracked = sorted((one for one in mentions if not is_procedure(one.surface)), key=lambda one: (one.start, -one.end))
    starts = [one.start for one in tracked]
    places: list[_Placing] = [(one.start, one.end, one.entity, False) for one in tracked]
    for title in _outermost(find_titles(letters)):
        if _GAZETTE.search(letters, title.start, title.end):
            continue
        inside = tracked[bisect_left(starts, max(0, title.start - 8)) : bisect_left(starts, title.end)]
        inside = [one for one in inside if one.end > title.start]
        places.append(_marked(letters, title, inside))
    return [_placed(letters, *place) for place in _apart(places)]


def _outermost(titles: Iterable[Title]) -> Iterator[Title]:
    end = -1
    for title in titles:
        if title.start >= end:
            yield title
            end = title.end


def _marked(letters: str, title: Title, inside: Sequence[Mention]) -> _Placing:
    """Return what a title in marks names: the mention that ends where it does, or where a title that it wraps does.

    What wraps one to amend it, 《关于修改〈…〉的决定》, names a later version of it.
    """
    start = min([title.start, *(one.start for one in inside if one.start < title.start)])  # 该《办法》
    whole = next((one for one in inside if one.end >= title.inner_end or _is_stage(letters, one.end, title.end)), None)
    if whole is not None:
        return start, max(title.end, whole.end), whole.entity, False
    if not inside:
        return start, title.end, None, False
    if inside[0].start <= title.start + 1 and _SUBTITLE.match(letters, inside[0].end, title.inner_end):
        return start, title.end, inside[0].entity, False
    last = inside[-1]
    led, rest = letters[title.start : last.start], letters[last.end : title.end]
    is_amending = bool(_AMENDING_TITLE.match(led) and _AMENDING_REST.match(rest))
    is_wrapped = is_amending or bool(_WRAPS.match(led) and _NOTICE.match(rest))
    return start, title.end, last.entity if is_wrapped else None, is_amending


def _is_stage(letters: str, at: int, end: int) -> bool:
    rest = letters[at:end]
    return any(pattern.fullmatch(rest) for pattern in (_CLOSING, _STAGE, _DRAFT))


def _apart(places: Iterable[_Placing]) -> Iterator[_Placing]:
    end = -1
    for place in sorted(places, key=lambda place: (place[0], -place[1])):
        if place[0] >= end:
            yield place
            end = place[1]


def is_procedure(surface: str) -> bool:
    """Say whether a name is that of a procedure (备案, a filing), which has no life to tell of."""
    return _PROCEDURE.search(surface[-_NEAR:]) is not None


def _placed(letters: str, start: int, end: int, entity: str | None, is_amending: bool) -> Name:
    """Return a name with the stage behind it, and how it stands in its clause."""
    behind = _DRAFT.match(letters, end, end + _NEAR)
    title = letters[start:end].strip("《》〈〉\"' ")
    before = letters[max(0, start - 2 * _NEAR) : start]
    is_draft = behind is not None or _DRAFT_INSIDE.search(title) is not None or _DRAFT_BEFORE.search(before) is not None
    is_of_amendment = _AMENDING.search(before) is not None
    return Name(
        start=start,
        end=behind.end() if behind else end + (letters[end : end + 1] in ('"', "'", "》")),
        title=_STAGE.sub("", title),
        entity=entity,
        is_draft=is_draft,
        is_amended=is_amending
        or is_of_amendment
        or _AMENDED.search(before[-_NEAR:]) is not None
        or _AMENDED_BEHIND.match(letters, end) is not None,
        is_oblique=not (is_of_amendment or _is_of_clause(letters, before, end) or _TOLD_ASIDE.match(letters, end))
        and any(
            (_OBLIQUE.search(before[-_NEAR:]), is_oblique_english(letters, start), _OTHER_TITLE.match(letters, end))
        ),
    )


def _is_of_clause(letters: str, before: str, end: int) -> bool:
    """Say whether "after" before a name leads to what it does, not to the name: after the Act was passed."""
    return _AFTER.search(before) is not None and _DOES.match(letters, end) is not None


def is_oblique_english(letters: str, start: int) -> bool:
    """Say whether what is said is not said of an English name at ``start``: under the Act."""
    return _OBLIQUE_ENGLISH.search(letters[max(0, start - 2 * _NEAR) : start]) is not None

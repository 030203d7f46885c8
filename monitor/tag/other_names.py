"""What the words right at the name of a law make of it: a longer name, one of another year, an amendment.

Looks at one place of a folded text; knows no law and no country's acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.tag.bills import is_bill
from monitor.tag.gathered import Hit
from monitor.tag.jurisdictions import find_seats, is_within
from monitor.tag.lexicon import Role
from monitor.tag.whose_phrases import is_acronym

__all__ = ["is_amending", "is_cued_by_another", "is_longer", "is_of_another_year", "plain_name"]

_AMENDS = re.compile("修[正订改](?:草案|案|决定)?$")
_AMENDED = re.compile("》?(?:修[正订改](?:草案|案)|草案)")
_ENACTED = re.compile("Act$")
_YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d)(?:'s)? [\"']?$|((?:19|20)\d\d)年(?:版的?|的)?[\"'《〈 ]*$")
_YEAR_BEHIND = re.compile(r"[》\"']* ?(?:of |\()((?:19|20)\d\d)\b")
_NUMBERED_YEAR = re.compile(r" ((?:19|20)\d\d)\b(?!-)")  # the year of a British or Indian act is part of its name
_CAPITALS = re.compile(r"(?:\b[Tt]he|\b[Aa]n?|'s?) ((?:[A-Z][\w&-]*,? (?:and )?){1,5})[\"']?$")
_NEUTRAL = re.compile(
    "New|Draft|Final|Landmark|Historic|Controversial|Flagship|Strict|Tough|Contentious|Current|Future|Whole|Entire|Full|"
    "Original|Latest|First|Key|Commission|Parliament|Council|Union|Senate|House|[a-z].*|.*-.*"
)
_IN_TITLE = re.compile("《([^《》〈〉\n]{0,40}[\u4e00-\u9fff])$")
_RULE = re.compile("(?:办法|规定|条例|细则|法|法案)$")
_ENDS_TITLE = re.compile(r"(?: ?\([^()]{1,12}\)){0,3}》")
_LEADS_TITLE = re.compile(
    "(?:关于|[对和与及的]|国家|国务院|中央|中华人民共和国|最新|新版?|修[订改正]|公布|发布|印发|施行|实施|解读|学习|读懂|"
    "图解|详解|如何|应对|落实|遵守|理解|看待?|谈|论|评|走[近进]|聚焦|我国|全球|国际|一文|首部|推动|加快|制定|关注|[省市州区县邦部委局办院]|促进|\\d{4}年|[^\u4e00-\u9fff])*"
)
_BODIES = re.compile(
    "(?:欧洲|英国|日本|韩国|印度|加拿大)(?:央行|中央银行|投资银行|银行|航天局|太空总署|太空局|空间局|足联|足协|杯|锦标赛)|"
    "欧洲(?:复兴开发银行|冠军联赛|联赛|航空安全局|南方天文台|核子研究)|英格兰银行|"
    "European (?:Central Bank|Investment Bank|Space Agency|Southern Observatory|Championships?|Cup|Tour|Aviation)|"
    "Bank of (?:England|Japan|Korea|Canada)|Reserve Bank of India"
)
"""Bodies and events that a place's name begins: what they speak of need not be that place's law."""
_OLDER = 5  # years from the bill to the act
_LATER = 2  # years of a session


def is_cued_by_another(letters: str, hit: Hit, cues: Iterable[str], jurisdiction: str) -> bool:
    """Say whether all that speaks for an open acronym are names of other bodies: 欧洲央行 beside DSA."""
    if hit.role is Role.STRONG or not is_acronym(hit.name) or not _BODIES.search(letters):
        return False
    rest = _BODIES.sub(" ", letters)
    is_named = any(is_within(seat.code, jurisdiction) for seat in find_seats(rest))
    return not is_named and not any(cue in rest for cue in cues)


def is_longer(letters: str, hit: Hit, cues: Iterable[str]) -> bool:
    """Say whether words before an ambiguous name make it another: the Kids Online Safety Act, 《甲乙合规审计办法》.

    ``cues`` of its law may stand there.
    """
    if hit.role is Role.STRONG:
        return False
    return _is_longer_act(letters, hit) if hit.name.isascii() else _is_longer_title(letters, hit, cues)


def _is_longer_title(letters: str, hit: Hit, cues: Iterable[str]) -> bool:
    led = _IN_TITLE.search(letters[max(0, hit.start - 44) : hit.start])
    if led is None or not _RULE.search(hit.name) or not _ENDS_TITLE.match(letters, hit.end):
        return False
    words = _without_seats(led[1])
    return _LEADS_TITLE.fullmatch(words) is None and not any(cue in words for cue in cues)


def _without_seats(words: str) -> str:
    for seat in reversed(find_seats(words)):
        words = words[: seat.start] + words[seat.end :]
    return words


def _is_longer_act(letters: str, hit: Hit) -> bool:
    if not _ENACTED.search(hit.name):
        return False
    led = _CAPITALS.search(letters[max(0, hit.start - 60) : hit.start])
    if led is None or led[1].endswith("and "):
        return False
    rest = [word for word in _without_seats(led[1]).split() if not _NEUTRAL.fullmatch(word)]
    is_adjective = len(rest) == 1 and rest[0].endswith(("ed", "ing"))  # the Looming AI Act, in a headline
    return bool(rest) and not is_adjective


def is_of_another_year(letters: str, hit: Hit, first: int | None, last: int | None) -> bool:
    """Say whether the year beside a name is one that the law cannot bear; that of an amendment it can."""
    if first is None or last is None:
        return False
    numbered = _NUMBERED_YEAR.match(letters, hit.end) if _ENACTED.search(hit.name) else None
    if numbered and int(numbered[1]) < first - 1:
        return True
    beside = _YEAR_BEFORE.search(letters[max(0, hit.start - 12) : hit.start]) or _YEAR_BEHIND.match(letters, hit.end)
    if beside is None:
        return False
    year = int(beside[beside.lastindex or 1])
    return year < first - _OLDER or (is_bill(hit.name) and year > last + _LATER)


def plain_name(name: str) -> str:
    """Return a name without what says that it amends: 网络安全法修正案."""
    return _AMENDS.sub("", name)


def is_amending(letters: str, hit: Hit) -> bool:
    """Say whether a name is, or goes on as, that of a draft or an amendment."""
    return _AMENDS.search(hit.name) is not None or _AMENDED.match(letters, hit.end) is not None

"""The marks by which an outlet says that it corrects, updates or withdraws a report: 更正：, UPDATE 2-, (Corrects ...).

Stamps of time (更新时间, "updated at 10:30") are none: every page has one.
"""

from __future__ import annotations

import re

from monitor.dedupe.body import Body
from monitor.dedupe.imprint import without_lead
from monitor.dedupe.withdrawals import withdrawals
from monitor.read.normalize import prepare
from storage.notices import Notice

__all__ = ["is_denied", "marks", "notice_in"]

_HEAD = 240  # characters of a text in which it says at once what it is
_FOOT = 400

# No mark is without one of these. Each begins with a letter of its own: such a set is what the machinery finds fastest.
_HINT = re.compile(
    r"更[正新]|we regret|勘误|订正|修[订正]|辟谣|澄清|不实|有误|失实|不符|correct|clarif|updat|refile|amended"
    r"|\((?:adds|recasts|removes|rewrites|releads|deletes|fixes)|earlier version|previous version"
)
_STAMP = (
    r"(?!\W*(?:(?:at|on)?\W*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)?\W*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\W*\d"
    r"|\d+\W*[-/.:年月点时]))"
)
_CHINESE = r"(?:更正|勘误|订正|修订|修正|辟谣|澄清)"
_ENGLISH = r"(?:corrections?|corrected|clarifications?|clarified|refiled?)"
_KIND = r"(?:版|稿|启事|声明|说明|公告|通知)?"
_TITLE = re.compile(
    rf"[\W_]*(?:已|紧急|重要)?(?:{_CHINESE}{_KIND}\W*?[:\])】」》|｜]|更新{_KIND}(?:\s*\d)?\W*?[:\])】」》|｜]{_STAMP}"
    rf"|{_CHINESE}(?:启事|声明|说明)|{_ENGLISH}\s*[-–—:\])|]|updated?(?:\s*\d+)?\s*[-–—:\])|]{_STAMP})"
    r"|\W*\((?:adds|updates|corrects|recasts|refiles|removes|rewrites|releads|deletes|fixes|clarifies)\b"
)
_BRACKETED = re.compile(rf"[\[(【「]\W*(?:已)?(?:{_CHINESE}|更新|{_ENGLISH}|updated)\W*[\])】」]")
_NOTE = re.compile(
    r"(?:^|\n)[^\w\n]*(?:更正|勘误|订正|corrections?|clarifications?)(?:说明|启事)?\s*:"
    r"|特此更正|现予?以?(?:更正|勘误|订正|修正)|更正如下|有更正"
    r"|(?:(?<!论)文|稿|标题|报道|版本|编[者辑]|有误|误[植写将])[^。\n]{0,24}?(?:已|现|作了|做了)[^。,\n]{0,14}?(?:更正|勘误|订正|修正)(?=[,。;)\s]|$)"
    r"|(?:本文|本稿|本报道|此文|此稿|此前报道|(?:编[者辑][按注]?\W{0,2}[该原](?:[文稿]|报道)))[^。\n]{0,16}(?:不实|有误|失实|不符)"
    r"|(?:earlier|previous) version of this (?:article|story|report|post)"
    r"|\b(?:article|story|headline|this (?:report|post|item|piece)|(?:report|post|item|piece) (?:above|below))"
    r"(?: above| below)? (?:(?:has|have|had) been|was|is|should be) "
    r"(?:corrected|amended|updated to (?:correct|reflect|clarify|fix|remove))"
    r"|\bwe(?: have|['’]ve)? corrected (?:the|this|an?|our)\b|\bwe regret the error\b"
    r"|\bcorrects (?:paragraph|headline|spelling|name|date|figure|day|year|number|to|in|the|typo|attribution)\b"
)
_HEAD_NOTE = re.compile(r"(?:以下|上述|该|原)(?:文|稿|报道|消息|内容|信息|新闻)[^。\n]{0,8}(?:不实|有误|失实)")
_UPDATE = re.compile(r"\W*(?:更新|updat(?:e|ed|es)\b(?! to)|adds|recasts)")
_DENIAL = re.compile(
    r"否认|辟谣|澄清|不实|失实|系谣言|系误|乌龙|叫停|暂停|中止|终止|取消|撤回|撤销|撤下|作废"
    r"|\b(?:den(?:y|ies|ied)|refut\w+|rebut\w*|debunk\w*|untrue|hoax|scrap(?:s|ped|ping)?|cancel\w*|suspend\w*|halt\w*|revok\w*|"
    r"rescind\w*|withdr[ae]w\w*|retract\w*)\b"
)


def is_denied(title: str) -> bool:
    """Tell whether a title says that something is denied, stopped or untrue: 否认, 叫停, "denies"."""
    return _DENIAL.search(prepare(title)) is not None


def notice_in(old: Body, new: Body) -> Notice | None:
    """Return what a text is marked as that was not marked so before; None for what is only brought up to date."""
    if _withdrawals(new) - _withdrawals(old):
        return Notice.WITHDRAWAL
    came = marks(new) - marks(old)
    return Notice.CORRECTION if any(not _UPDATE.match(mark) for mark in came) else None


def marks(body: Body) -> frozenset[str]:
    """Return the marks of a correction, an update or a withdrawal at the head, in the title and at the foot."""
    title, head, foot = _edges(body)
    withdrawn = _withdrawals(body)
    if not any(map(_HINT.search, (title, head, foot))):
        return withdrawn
    found = [*_opening(title), *_opening(head), *_opening(prepare(without_lead(body.text[:_HEAD])))]
    found += [note[0].strip() for part in (head, foot) for note in _NOTE.finditer(part)]
    found += [note[0] for note in _HEAD_NOTE.finditer(head)]
    return withdrawn.union(found)


def _withdrawals(body: Body) -> frozenset[str]:
    title, head, foot = _edges(body)
    return withdrawals(title, head, foot, as_written=body.text[:_HEAD], is_all=len(body.prepared) <= _HEAD)


def _edges(body: Body) -> tuple[str, str, str]:
    return body.prepared_title, body.prepared[:_HEAD], body.prepared[-_FOOT:]


def _opening(prepared: str) -> list[str]:
    found = _TITLE.match(prepared), _BRACKETED.search(prepared[:_HEAD].partition("\n")[0])
    return [mark[0].strip() for mark in found if mark]

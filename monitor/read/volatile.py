"""Lines that change although nothing on a page did: clocks, counters of readers, times "ago", tokens.

Whole lines, cells of a table row, and counters with their label inside a short line; nothing depends on the time of the
fetch, so the same page always gives the same lines. Pure.
"""

from __future__ import annotations

import re

from .furniture import squeeze
from .visible import VisibleLine

__all__ = ["steady_part"]

_MAX_LINE = 120
_NUMBER = r"\(?[\d,.]+[万亿wkm]*\+?\)?"
_WEEKDAY = r"(?:(?:星期|周|礼拜)[一二三四五六日天])"
_DATE = r"(?:公元)?(?:\d{4}年?[-/.]?)?\d{1,2}[-/.月]\d{1,2}日?"
_CLOCK = r"\d{1,2}[:时]\d{2}(?:[:分]\d{2}秒?)?"
_COUNTED = (
    "(?:当前|目前|现在|累计|历史|今日|昨日|本[站页文]|总|文章|网站)*"
    "(?:在线|访客|访问|浏览|点击|阅读|查看|播放|点赞|评论|收藏|转发|分享|下载|人气)(?:总|人|次)*(?:数|量)?"
)
_SAID = (
    r"(?:views?|visits?|hits|readers?|reads|likes?|shares?|comments?|downloads?|online|"
    r"(?:visitors?|users?|guests?)(?:online|today)?)"
)
_LABEL_NEEDED = (
    "(?:最后|最近|本页)?(?:更新|刷新|编辑|修改|(?:last)?(?:updated?|refreshed|modified))(?:时间|日期|于|on|at)?:?"
)
_LABEL = f"(?:{_LABEL_NEEDED}|(?:发布|发表)(?:时间|于)?:?)?"
_ACTS = "(?:在线|浏览|点击|阅读|访问|播放|评论|点赞)"
_MARKS = r"(?:csrf|xsrf|token|nonce|session|request|trace|correlation|(?:cloudflare)?ray)"
_RULES = tuple(
    (rule, re.compile("|".join(patterns)))
    for rule, patterns in (
        (
            "clock",
            (
                r"(?:今天是|今日是?|现在(?:时间|是)|当前(?:时间|日期)|北京时间|系统时间)[:,]?.{1,40}",
                r"(?:todayis|(?:current|local)time)[:,]?.{1,40}",
                rf"{_DATE},?\(?{_WEEKDAY}\)?,?(?:{_CLOCK})?|{_WEEKDAY},?{_DATE}|\d{{1,2}}:\d{{2}}:\d{{2}}",
                r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?[a-z]{3,9}\.?\d{1,2}(?:st|nd|rd|th)?,?\d{4}",
                r"(?:早上|上午|中午|下午|晚上)好[,!]?(?:欢迎.{0,20})?",
            ),
        ),
        (
            "counter",
            (
                rf"{_COUNTED}[:=]?{_NUMBER}(?:人次|次|人|位|条)?",
                rf"[您你]是(?:本[站页])?(?:的)?第{_NUMBER}[位个].{{0,8}}",
                rf"{_NUMBER}(?:人次|次|人|条)?{_ACTS}|{_NUMBER}{_SAID}|{_SAID}:?{_NUMBER}",
            ),
        ),
        (
            "time-ago",
            (
                rf"{_LABEL}(?:约?\d+|半)个?(?:秒钟?|分钟?|小时|天|周|月)[之以]?前|{_LABEL}刚刚|justnow",
                rf"{_LABEL}(?:\d+|an?)(?:sec(?:ond)?|min(?:ute)?|h(?:ou)?r?|day|week)s?ago",
                rf"{_LABEL_NEEDED}(?:{_DATE}[t,]?)?{_CLOCK}",
            ),
        ),
        (
            "page-made",
            (
                r"(?:页面|本页)(?:生成|执行|加载|处理)(?:时间|耗时|于)?[:]?[\d.:/年月日-]+(?:ms|毫秒|秒|s)?",
                r"(?:this)?(?:page)?(?:was)?(?:generated|rendered|loaded|served)(?:in|at|on|by)[\w.:,/+-]{1,40}",
                r"processedin.{1,60}",
            ),
        ),
        ("token", (rf"{_MARKS}[-_]?(?:token|id)?[:=][\w-]{{8,}}={{0,2}}",)),
    )
)
_INSIDE = re.compile(
    rf"[(（\[]?\s*(?:{_COUNTED})\s*[:：]\s*[\d,.]+\s*[万亿]?\s*(?:人次|次|人)?\s*[)）\]]?|"
    r"\b(?:views|visits|hits|reads)\s*:\s*[\d,]+",
    re.IGNORECASE,
)


def steady_part(line: VisibleLine) -> tuple[str, list[tuple[str, str]]]:
    """Return what of a line stays when the page does, "" for nothing, and what was taken out: rule and text."""
    kept: list[str] = []
    removed: list[tuple[str, str]] = []
    for cell in line.cells:
        if rule := _rule(cell):
            removed.append((rule, cell))
        else:
            kept.append(_without_counters(cell, removed))
    return line.glue.join(filter(None, kept)), removed


def _rule(text: str) -> str | None:
    if len(text) > _MAX_LINE:
        return None
    key = squeeze(text).strip("[]【】|·-—")
    return next((rule for rule, pattern in _RULES if pattern.fullmatch(key)), None)


def _without_counters(text: str, removed: list[tuple[str, str]]) -> str:
    if len(text) > _MAX_LINE or not (found := _INSIDE.findall(text)):
        return text
    removed += [("counter", counter.strip()) for counter in found]
    return " ".join(_INSIDE.sub(" ", text).split())

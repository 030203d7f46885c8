"""What a page says when its report is withdrawn: 本文已撤回, 该文已被作者删除, "This story has been taken down".

Said is it of the page's own report. What others take back (an offer, a paper, an app), and another outlet's report that
the text tells of, is none: a withdrawal names the report as this one, is said by who prints it, or is a label or all
that the page says. Reads prepared text (``monitor.read.normalize.prepare``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from monitor.dedupe.imprint import without_lead
from monitor.read.normalize import prepare

__all__ = ["withdrawals"]

_NO_REPORT = r"文(?![件化物献字明])"  # nor is 论文 one
_REPORT = rf"(?:文[章稿]|稿件?|新闻稿?|报[道导]|消息|[帖贴]子?|[贴推]文|内容|资讯|快讯|(?<!论){_NO_REPORT})"
_THIS = rf"[本此][篇则条份个]?(?:公众号|平台)?{_REPORT}"
_NAMED = rf"(?:[该这那原]|[上以前]述|[以上下]文|以[上下]|下述)的?[篇则条份个]?(?:相关)?{_REPORT}"
_GONE = (
    r"(?:撤[回稿销下除掉换]|撤(?=[,。!)\]】\s]|$)|删[除稿帖]|下[架线]|移除|作废|[停禁]用|停发|失效|误[发刊]|取消[发刊][布发]|屏蔽"
    r"|(?:不再|无法)(?:可见|查看|访问|显示)|不可见)"
)
_TAKEN = r"(?:撤[回稿销下除掉]|删除|下[架线]|移除|收回)"  # what an outlet does with its report
_OPEN = (  # it was not done, or not yet
    r"(?:请|联[系络]|如[有若果涉]?|若|将(?![该此本])|可|[不勿或]|未(?!能)|及时|立即|随时|是否|要求|呼吁|禁止|拒绝|为[何什])"
)
_NEAR = rf"(?:(?!{_OPEN})[^。!?;\n]){{0,28}}?"
_CLOSE = rf"(?:(?!{_OPEN})[^。!?;\n,]){{0,14}}?"
_OUTLET = (
    r"(?:本(?:[报网刊社站台局]|公众号|平台)|我[们社网台刊报站]|(?<![刊志社])编辑部|编[者辑]|小编|笔者|作者|发布者)"
)
_START = r"(?:^|(?<=[\n。:!?;)】\]]))\W*"
_HEADED = r"(?:(?:编[者辑]?[按注后语]*|[^\W\d]{0,4}(?:说明|声明|更正|更新|提示|启事|公告|通知|致歉))\W{0,3}[:,]\W*)?"
_REASON = r"(?:(?:经[查核]|因|由于|鉴于)[^。\n,]{0,16},?)?"
_DAY = r"[^。!?;\n,]{0,14}?(?:刊[发登播]|播发|发布|发表|推送)?的?(?:上述|相关|[该那]|以下)?[篇则条份个]?(?:相关)?"
_WORD = r"(?:撤稿|撤[回销下]|作废)"
_DONE = (
    rf"已?(?:经|被)?{_WORD}|(?:稿件|文章|报道|新闻|消息)"
    rf"(?:{_WORD}|已(?:经|被)?(?:{_WORD}|删除|下[架线]|移除|失效))|已(?:经|被)?(?:删除|下[架线]|移除|失效)"
)
_FORM = r"(?:声明|启事|通[知告]|公告|说明|函)"

_CHINESE = tuple(
    re.compile(form)
    for form in (
        rf"(?<![据从在对和与及]){_THIS}{_NEAR}{_GONE}(?![权键功按])",
        rf"{_OUTLET}{_CLOSE}{_TAKEN}了?(?:[本该此这原《]|题为|[上前]述|上文|以[上下]|[^。!?;\n,]{{0,10}}?[刊播][发登播]的?)"
        rf"[^。!?;\n,]{{0,8}}{_REPORT}",
        rf"{_OUTLET}{_CLOSE}{_NAMED}{_NEAR}{_TAKEN}",
        rf"(?<![\u4e00-\u9fff]){_OUTLET}[^。!?;\n,]{{0,3}}(?:决定|[已现])(?:对[其该此]文?)?(?:予以)?撤[稿下](?=[,。!)\s]|$)",
        r"(?:作|(?<!不)予以?)撤稿(?:处理)?(?=[,。!)\s]|$)",
        rf"{_START}{_HEADED}{_REASON}(?:{_NAMED}|(?:本[社报网刊台站]|我[社报网刊台]|此前){_DAY}{_REPORT}){_NEAR}{_GONE}",
        rf"{_START}(?:撤稿|撤销稿件)(?:{_FORM}|处理|[:|])",
        r"(?:稿|文|报道|消息)[件章]?[^。!?\n]{0,16}(?:有误|[失不]实|误发)[^。!?\n]{0,8}(?:勿|不要|停止)再?(?:予以)?[采使引]?用",
        rf"请[^。!?;\n,]{{0,10}}(?:撤[下稿]|[停禁]用|勿予?采?用)[^。!?;\n]{{0,24}}{_REPORT}",
    )
)
_CHINESE_ALONE = re.compile(
    rf"{_REPORT}[^。!?;\n,]{{0,14}}?(?:[已被因暂]|不再)[^。!?;\n,]{{0,14}}?{_GONE}"
    rf"|[已被]{_TAKEN}(?=[。!\s]|$)|{_REPORT}已撤(?=[,。!\s]|$)"
)
_CHINESE_LABEL = re.compile(
    rf"^[\W_]*(?:已|紧急|重要)?{_WORD}(?:[版稿]|{_FORM})?\W*?[:\])】」》|]|^[\W_]*{_WORD}{_FORM}"
    rf"|[\[(【「]\W*(?:{_DONE}|(?:{_THIS}|{_NAMED})[^\])】]{{0,10}}{_GONE})\W*[\])】」]"
)

_STORY = r"(?:story|article|report|post|item|piece|dispatch|column|news release)"
_HERE = r"(?:above|below|here|(?:that )?(?:was|appeared|ran|stood|published|posted) (?:here|on this (?:page|site)))"
_LABEL = r"(?:(?:editors?['’]?s? note|note|notice|advisory|correction|update)\W{1,3})?"
_LED = rf"(?:^|(?<=[\n:!?)\]])|(?<=[.:!?)\]] ))\W*{_LABEL}"
_BEEN = (
    r"(?:ha(?:s|ve|d) (?:now |since )?been|is being|is|are|was|were|should be|must be)"
    r"(?: (?:now|hereby|formally|permanently))?"
)
_UNDONE = r"(?:retracted|withdrawn|rescinded|disregarded|unpublished|killed|spiked)"
_ALL_UNDONE = rf"(?:{_UNDONE}|removed|deleted|taken (?:down|offline)|pulled|(?:published|posted|sent) in error)"
_UNDO = (
    r"(?:retract(?:s|ed|ing)?|withdr(?:aw|ew)(?:s|n|ing)?|remov(?:e|es|ed|ing)|delet(?:e|es|ed|ing)|unpublish(?:es|ed|ing)?"
    r"|kill(?:s|ed|ing)?|pull(?:s|ed|ing)?|tak(?:e|es|en|ing) down|took down|rescind(?:s|ed|ing)?)"
)
_WITHIN = r"(?:[^.\n]|\.(?=\s?\d)){0,60}?"
_AND_WHY = r"(?=[.,;:)]|\s*$| (?:and|because|after|due|pending|by (?:its|the)|in full|as) )"
_WE = r"\bwe(?:['’](?:ve|re))?\b[^.\n,]{0,24}?\b"
_WHO = rf"{_LED}(?:the )?[a-z][\w .&'’]{{1,40}}? "
_IS = r"(?:ha(?:s|ve)|is|are) (?:now )?"
_ENGLISH = tuple(
    re.compile(form)
    for form in (
        rf"(?<!on )(?<!in )(?<!of )(?<!from )(?<!to )(?<!with )\bthis {_STORY}\b{_WITHIN}\b{_BEEN} {_ALL_UNDONE}\b",
        rf"{_WE}{_UNDO} (?:this|that|the|our) (?:(?:above|following) )?{_STORY}\b(?! from)",
        rf"{_WE}(?:tak(?:e|en|ing)|took|pulled) (?:this|that|our) {_STORY} (?:down|offline)\b",
        rf"{_LED}(?:the |our )?{_STORY} {_BEEN} {_UNDONE}{_AND_WHY}",
        rf"{_LED}(?:the|an?|our) (?:{_STORY} {_HERE}|(?:above|following) {_STORY})\b{_WITHIN}\b{_BEEN} {_ALL_UNDONE}",
        rf"{_WHO}{_IS}{_UNDO} (?:this|the following|the above) {_STORY}\b",
        rf"{_WHO}{_IS}(?:retract|withdr[ae]w|kill)(?:ed|n|ing) (?:its|their|our) {_STORY}\b",
        rf"{_WHO}(?:retracts?|withdraws?) this {_STORY}\b",
        rf"{_LED}(?:the )?(?:publisher|newsroom|editors?) (?:has |have )?(?:retract|withdraw)(?:s|ed|n)? the {_STORY}",
        rf"\b(?:please|kindly) (?:kill|withdraw|disregard|do not use)\b[^.\n]{{0,20}}\b{_STORY}\b",
        r"\bstory should not be used\b",
        r"\b(?:published|posted|sent) in error\W{1,3}please do not use\b",
    )
)
_ENGLISH_ALONE = re.compile(
    rf"\b(?:th(?:is|e)|an?) (?:{_STORY}|page|content)\b{_WITHIN}(?:{_BEEN} {_ALL_UNDONE}|no longer available)\b"
    rf"|\b{_UNDO} th(?:is|e) {_STORY}\b|^{_STORY} {_UNDONE}\W*$"
)
_ENGLISH_LABEL = re.compile(
    rf"^[\W_]*[\[(]\W*(?:{_STORY} )?(?:retract(?:ed|ion)|withdrawn|removed|deleted|killed|unpublished)\W*[\])]"
    r"|^\W*(?:retract(?:ed|ion)|withdraw(?:n|al)|deleted|(?:mandatory |story )?kill(?:ed)?"
    rf"|{_STORY} (?:removed|deleted|{_UNDONE}))"
    r"(?: kill)*\s*(?:[-–—:|.]|$)|^\W*(?:notice of (?:retraction|withdrawal)\s*:|retraction (?:note|notice|of)\b)"
)

# Both of a language are in every withdrawal in it. Each begins with a set of letters where that can be.
_HINTS = {
    "zh": re.compile(
        r"[撤删]|下[架线]|移除|作废|[停禁]用|停发|失效|误[发刊]|收回|屏蔽|不可见|不再|无法|取消|[有失]误|[失不]实"
    ),
    "en": re.compile(
        r"retract|withdr|remov|delet|unpublish|kill|pull|rescind|disregard|spiked|in error|not (?:be )?use"
        r"|no longer available"
        r"|t(?:ak(?:e|es|en|ing)|ook)\b[^.\n]{0,30}\b(?:down|offline)"
    ),
}
_ABOUT = {
    "zh": re.compile(r"[文稿报帖贴推]|消息|内容|资讯|快讯|新闻|撤[回销下]|作废"),
    "en": re.compile(rf"\b{_STORY}|page\b|content\b|retract|withdraw|kill|deleted|removed"),
}
_CACHED = 256  # articles; each is compared with many


@lru_cache(maxsize=_CACHED)
def withdrawals(title: str, head: str, foot: str, *, as_written: str, is_all: bool) -> frozenset[str]:
    """Return what of a prepared title, head and foot says that the report is withdrawn.

    ``as_written`` is the head before it was prepared; ``is_all`` says that the head is the whole text, and may be all
    that is left of a page.
    """
    whole = "\n".join((title, head, foot))
    languages = [name for name, hint in _HINTS.items() if hint.search(whole) and _ABOUT[name].search(whole)]
    if not languages:
        return frozenset()
    openings = (title, head, prepare(without_lead(as_written)))
    last = head if is_all else None
    return frozenset(chain.from_iterable(_said(_FORMS[name], openings, (head, foot), last) for name in languages))


def _said(forms: _Forms, openings: tuple[str, ...], parts: tuple[str, ...], last: str | None) -> Iterator[str]:
    """Yield what labels and notes say; ``last`` is all that a page says, where that is little."""
    for opening in openings:
        yield from _found([forms.label], opening.partition("\n")[0])
    for part in parts:
        yield from _found(forms.notes, part)
    if last is not None and len(last) <= forms.brief:
        yield from _found([forms.alone], last)


def _found(forms: Iterable[re.Pattern[str]], text: str) -> Iterator[str]:
    return (found[0].strip() for form in forms for found in form.finditer(text))


class _Forms(NamedTuple):
    """How a language says it: in a label, in a note, and where ``brief`` characters are all that a page says."""

    label: re.Pattern[str]
    notes: tuple[re.Pattern[str], ...]
    alone: re.Pattern[str]
    brief: int


_FORMS = {
    "zh": _Forms(_CHINESE_LABEL, _CHINESE, _CHINESE_ALONE, 60),
    "en": _Forms(_ENGLISH_LABEL, _ENGLISH, _ENGLISH_ALONE, 160),
}

"""Warnings about a text that must not be changed in silence."""

from __future__ import annotations

import re

from storage.fold import fold
from storage.records import Removed

__all__ = ["flags_of"]

_BRANDS = re.compile(
    "威斯尼斯|威尼斯人?(?:娱乐|平台|官网|官方|网站|网址|游戏|app)|新?葡京(?:娱乐|平台|官网|赌场|网)?|澳门(?:新?葡京|永利|金沙|银河|太阳城|皇冠|威尼斯|巴黎人)(?!酒店|度假)|"
    "(?:皇冠|亚博|必威|乐鱼|开云|半岛|万博|火博|米兰|华体会?|爱游戏|云开|九游|星空|江南|雷火|沙巴|天博|明升|立博|凯发|龙8|乐动|球速|bob|ku|od|leyu|kaiyun)"
    "(?:体育|娱乐|电竞|官网|平台|真人|棋牌)(?:app|官网|平台|在线|登录|入口|下载|网页版|\\d)?|开元棋牌|真人(?:娱乐|百家乐|荷官)|百家乐(?:平台|官网|技巧)|时时彩|六合彩|"
    "北京赛车(?:pk10|平台)|快三平台|彩票(?:平台|app|官网)|博彩(?:平台|网站|公司官网)|赌(?:博|球)(?:平台|网站|app)|老虎机(?:平台|游戏|在线)|娱乐城(?:开户|注册|官网)|"
    "bet365|1xbet|188bet|w88|fun88|ag真人|太阳城(?:集团|娱乐|官网)|金沙(?:娱乐|集团官网)|"
    "online casino|casino online|slot gacor|judi online|situs slot|buy viagra|cheap viagra|payday loans? online",
)
_SUBJECT = re.compile("赌博|博彩业|赌场|涉赌|反赌|网赌|赌客|彩民|彩票中心|gambling|bookmaker|casinos")
_PROMPTS = re.compile(
    "ignore (?:all |any )?(?:the )?(?:previous|above|prior) (?:instructions|prompts)|disregard (?:all )?(?:previous|prior) instructions|"
    "忽略(?:以上|之前|前面|上述)(?:的)?(?:所有)?(?:指令|指示|提示)|<\\|im_start\\|>"
)
_TRUNCATED = re.compile(
    r"(?:订阅|付费|登录|开通会员|购买)后?(?:可|即可|才能|继续)?(?:阅读|查看|观看)(?:全文|全部|剩余)|本文为付费(?:内容|文章)|"
    r"剩余\s*\d{1,3}\s*%|(?:余下|剩余)全文|未完待续|subscribe to (?:read|continue)|(?:sign|log) in to (?:read|continue)|"
    r"to continue reading|this (?:article|content) is (?:for|available to) subscribers",
    re.IGNORECASE,
)


def flags_of(text: str, removed: tuple[Removed, ...], *, broken: bool = False) -> tuple[str, ...]:
    """Return the flags of an article: ``suspect_injection``, ``truncated``, ``broken_characters``.

    ``suspect_injection``: names of gambling sites, or orders to a language model, stand in a text that is about
    something else. The text itself is never touched.
    """
    flags = []
    if _is_injected(fold(text)):
        flags.append("suspect_injection")
    if _TRUNCATED.search(text[-300:]) or any(_TRUNCATED.search(line.text[:200]) for line in removed):
        flags.append("truncated")
    if broken:
        flags.append("broken_characters")
    return tuple(flags)


def _is_injected(folded: str) -> bool:
    if _PROMPTS.search(folded):
        return True
    found = len(_BRANDS.findall(folded))
    return 0 < found <= 8 and len(_SUBJECT.findall(folded)) < 2

"""Whether the noun behind a name makes it that of another thing: the Firefly festival, Llama hosiery, 星火志愿服务队.

Reads the folded text behind a name. The nouns stand in ``other_things.txt``. Knows no entity and decides nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

from monitor.tag.squeeze import is_han
from monitor.tag.word_tables import read_lists

__all__ = ["is_of_name_yet", "is_of_other_thing"]

_LISTS = read_lists(Path(__file__).with_name("other_things.txt"))
_ENGLISH = frozenset(_LISTS["ENGLISH"].split("|"))
_ENGLISH_ONE = frozenset(_LISTS["ENGLISH_ONE"].split("|"))
_WORDS = re.compile(r"[\"')]?(?: ([A-Za-zé-]+))(?: ([A-Za-zé-]+))?(?: ([a-z-]+))?")
_NO_ADJECTIVE = re.compile(
    "and|but|can|for|from|with|into|onto|over|under|was|were|has|had|have|are|will|would|could|should|may|might|must|"
    "than|that|which|who|when|while|where|after|before|not|only|just|inside|through|via|per|its?|the|an?|in|on|at|to|by|of|"
    "wrote|drew|made|sent|gave|told|found|got|took|ran|built|cut|let|put|sold|sang|beat|won|lost|met|set|chose|"
    "or|as|nor|yet|so|if|my|his|her|our|their|your|some|any|all|no|every|each|both|write|make|find|help|plan|"
    "[a-z]+(?:s|ed|ly|ing)"
)
_OF_MODEL_YET = re.compile(_LISTS["OF_MODEL_YET"])
_REACH = 16  # characters before a name that a measure takes
_MEASURED = re.compile(
    rf"\b(?:{_LISTS['MEASURES']}) of $|[\d一二两三四五六七八九十几半百]+(?:公?斤|公?克|吨|箱|瓶|杯|碗|罐|袋|亩)$"
)
_DONE_TO_CHINESE = tuple(_LISTS["DONE_TO_CHINESE"].split("|"))
_ENDS = frozenset(",.;:!?。、\n")  # behind which no noun goes on with a name
_MAY_MEASURE = (" ", "斤", "克", "吨", "箱", "瓶", "杯", "碗", "罐", "袋", "亩", *_DONE_TO_CHINESE)
_DONE_TO = frozenset(_LISTS["DONE_TO"].split("|"))
_IN_PLACE = re.compile("-(?:on|upon|le|sur|in|by|under|de)-[A-Z]")
_CHINESE = re.compile(
    rf"[\"'》)]? ?(?:{_LISTS['CHINESE_MORE']})?(?:(?:{_LISTS['CHINESE']})(?!大?模型|助手|智能体)|"
    rf"(?:{_LISTS['CHINESE_ONE']})(?=[,。、;!?\n\"')》]|的(?!AI)|[里内上下又也有今明昨开]|封闭|施工|通车|$))"
)
_CHINESE_BEHIND = re.compile(rf"[\"'》)]? ?(?:{_LISTS['CHINESE_BEHIND']})")
_SHOP_ENDS = frozenset("店馆行楼庄所卖铺节团会群")
_SHOP_REACH = 10
_VESSEL = re.compile(
    "号(?:[货客邮游渔拖驳]?轮|[渔帆货商]船|科考船|列车|专列|动车|卫星|火箭|飞船|潜水器|快艇|[^,。;!?\n]{0,6}?"
    "(?:[驶开]|停靠|靠泊|起航|首航|搁浅|出海|下水|进港|返港|发射|升空))"
)
_CODE = re.compile(" of (?:Conduct|Practice|Ethics)\\b")


def is_of_name_yet(letters: str, stop: int) -> bool:
    """Say whether a name that means nothing else is part of that of a ship or a train all the same, or of a code."""
    behind = letters[stop : stop + 1]
    if behind == "号":
        return is_han(letters[stop - 1]) and _VESSEL.match(letters, stop) is not None
    return behind == " " and letters.endswith("Code", 0, stop) and _CODE.match(letters, stop) is not None


def is_of_other_thing(letters: str, start: int, stop: int) -> bool:
    """Say whether what stands behind a name is a thing that no model is or has, or what is measured out."""
    if _is_measured(letters[max(0, start - _REACH) : start].rstrip("\"'")):
        return True
    behind = letters[stop : stop + 2]
    if not behind or behind[0] in _ENDS:
        return False
    if is_han(behind[0]) or is_han(behind[-1]):
        return _is_chinese_thing(letters, stop)
    return _is_english_thing(letters, stop)


def _is_measured(before: str) -> bool:
    """Say whether the words before a name measure it out, or tell what is done to no program."""
    if not before.endswith(_MAY_MEASURE):
        return False
    if before.endswith(_DONE_TO_CHINESE) or before[before.rfind(" ", 0, -1) + 1 : -1] in _DONE_TO:
        return True
    return _MEASURED.search(before) is not None


def _is_chinese_thing(letters: str, stop: int) -> bool:
    if _CHINESE.match(letters, stop):
        return True
    may_be_shop = not _SHOP_ENDS.isdisjoint(letters[stop : stop + _SHOP_REACH])
    return may_be_shop and _CHINESE_BEHIND.match(letters, stop) is not None


def _is_english_thing(letters: str, stop: int) -> bool:
    found = _WORDS.match(letters, stop)
    if found is None:
        return _IN_PLACE.match(letters, stop) is not None
    first, second, third = found.groups()
    if _is_thing(first):
        return not _goes_on(second)
    is_led = second is not None and first.islower() and not _NO_ADJECTIVE.fullmatch(first)
    return is_led and _is_thing(second) and not _goes_on(third)


def _goes_on(word: str | None) -> bool:
    return word is not None and _OF_MODEL_YET.fullmatch(word) is not None


def _is_thing(word: str) -> bool:
    lowered = word.lower()
    return lowered in _ENGLISH_ONE or any(one in _ENGLISH for one in _singulars(lowered))


def _singulars(word: str) -> tuple[str, ...]:
    """Return the words of which a word may be the plural, itself among them: ferries, ferry."""
    if not word.endswith("s"):
        return (word,)
    return word, word[:-1], word[:-2], f"{word[:-3]}y"

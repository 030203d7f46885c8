"""Whether people, animals, ships, shops or works bear a name where it stands.

Reads the folded text around a name, or around the list it stands in (儿子Kimi, 大熊猫"可灵"和"元景", 两条边牧叫Gemma,
a dog called Sora, Claude, 74,). Knows no entity, decides nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

from monitor.tag.word_tables import read_lists

__all__ = ["is_borne_here", "is_full_name", "is_person_by_pronoun"]

_REACH = 40  # characters before a name
_LISTS = read_lists(Path(__file__).with_name("bearers.txt"))
_BEARERS = "|".join(_LISTS[name] for name in ("PEOPLE", "ANIMALS", "VESSELS", "WORKS", "PLACES"))
_PETS = _LISTS["PETS"]
_LED_BY = re.compile(rf"(?:{_BEARERS})[\"'(《 ]*$")
_CALLED = re.compile(
    rf"(?:{_BEARERS}|[一两二三四五六七八九十\d][只条匹头尾艘]|名字)[^,。;!?\n]{{0,8}}?"
    r"(?:叫|唤|(?<=名字)是)(?:做|作|为)?[\"'《 ]*$|"
    r"(?:取|起|改|定|得)(?:了个?)?(?:小|乳|艺)?名(?:叫|为|字叫|字为|是)?[\"'《 ]*$|"
    r"(?:分别|各自)(?:叫|名为|取名|起名)做?[\"'《 ]*$"
)
_PROGRAMS = re.compile("模型|AI|人工智能|助手|机器人|应用|App|软件|工具|产品|智能体|程序|虚拟|数字人")
_FOLLOWED_BY = re.compile(rf"[\"')》]*(?:{_LISTS['BEHIND']})")
_ENGLISH_BEFORE = re.compile(rf"\b(?:{_PETS})(?:,| are| is|:)?(?: (?:named|called))?,? [\"']?$")
_ENGLISH_NEAR = re.compile(rf"\b(?:{_PETS})\b[^.;!?\n]{{0,24}}\b(?:named|called) [\"']?$")
_ENGLISH_BEHIND = re.compile(
    r"(?:,? who\b|,? \(?(?:aged )?\d{1,3}[,)]|,? aged \d|,? (?:now |then )?(?:\d+|[a-z]+)[- ](?:years?|months?)[- ]old|"
    r" and (?:his|her) | at the front desk| was born\b|, (?:his|her) )"
)
_SURNAME = re.compile(r" (?!(?:[A-Z][a-z]*[A-Z]|AI\b))[A-Z][a-z]{2,}(?!-?\d|[A-Za-z]| [\d.]+)")
_EMPLOYED_BEFORE = re.compile(rf"\b(?:{_LISTS['EMPLOYED']}),? $")
_STEPS_BEHIND = re.compile(rf"(?: [A-Z][a-z]+)?,? (?:{_LISTS['STEPS']})\b")
_PRONOUN = re.compile(r"[^.;!?\n]{1,90}?\b(?:he|she|his|her|him|herself|himself)\b")
_OTHER_PERSON = re.compile(rf"\b(?:{_LISTS['OTHERS']})\b|[A-Z][a-z]+ ")


def is_borne_here(letters: str, start: int, stop: int) -> bool:
    """Say whether somebody or some thing that is no program bears the name at ``letters[start:stop]``."""
    before = letters[max(0, start - _REACH) : start]
    if _CALLED.search(before) or _LED_BY.search(before):
        return not _PROGRAMS.search(before[-_REACH // 2 :]) and not _PROGRAMS.match(letters, stop)
    if _FOLLOWED_BY.match(letters, stop):
        return True
    if not letters[start : start + 1].isascii():
        return False
    is_led = _ENGLISH_BEFORE.search(before) or _ENGLISH_NEAR.search(before)
    return bool(is_led or _ENGLISH_BEHIND.match(letters, stop))


def is_full_name(letters: str, start: int, stop: int) -> bool:
    """Say whether the name opens somebody's full name, who is hired, joins or leaves: hired Gemma Doyle from."""
    surname = _SURNAME.match(letters, stop)
    if surname is None:
        return False
    before = letters[max(0, start - _REACH // 2) : start]
    return bool(_EMPLOYED_BEFORE.search(before) or _STEPS_BEHIND.match(letters, surname.end()))


def is_person_by_pronoun(letters: str, begin: int, start: int, stop: int) -> bool:
    """Say whether he or she behind a name that opens its sentence at ``begin`` speaks of it."""
    if _OTHER_PERSON.search(letters, begin, start):
        return False
    return _PRONOUN.match(letters, stop) is not None

"""Whether people, animals, ships, shops or works bear a name where it stands.

Reads the folded text around a name, or around the list it stands in (儿子Kimi, 大熊猫"可灵"和"元景", 两条边牧叫Gemma,
a dog called Sora, Claude, 74,). Knows no entity, decides nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

from monitor.tag.squeeze import is_han
from monitor.tag.word_tables import read_lists

__all__ = ["has_surname", "is_borne_here", "is_full_name", "is_person_by_pronoun"]

_REACH = 40  # characters before a name; half of it holds the word right before
_GIVEN = 2  # characters of a given name
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕施孔曹严魏陶姜谢邹章苏潘葛范彭鲁韦马苗俞任袁柳鲍史唐薛雷贺倪汤罗郝傅齐康伍余顾孟黄"
    "萧尹姚邵汪祁毛戴宋庞熊纪舒屈祝董梁杜阮蓝季贾路江童颜郭梅盛林钟徐邱骆夏蔡田樊胡凌霍虞柯管卢莫丁邓洪崔龚程邢裴陆荣翁侯"
)
_LISTS = read_lists(Path(__file__).with_name("bearers.txt"))
_BEARERS = "|".join(_LISTS[name] for name in ("PEOPLE", "ANIMALS", "VESSELS", "WORKS", "PLACES"))
_PETS = _LISTS["PETS"]
_LED_BY = re.compile(rf"(?:{_BEARERS})[\"'(《 ]*$")
_CALLED = re.compile(
    rf"(?:{_BEARERS}|[一两二三四五六七八九十这那有\d][只条匹头尾艘位名株棵盆]|名字)[^,。;!?\n]{{0,8}}?"
    r"(?:叫|唤|(?<=名字)是)(?:做|作|为)?[\"'《 ]*$|"
    r"(?:取|起|定|得)(?:了个?)?(?:小|乳|艺)?名(?:叫|为|字叫|字为|是)?[\"'《 ]*$|"
    r"(?:网名|昵称|微信名|艺名|笔名|用户名|头像|名字|英文名|小名|[店队书片校群路村站船馆]名|招牌)"
    r"(?:改|换|取|叫|是|为|设|起)(?:成|为|作|做|了)?[\"'《 ]*$|"
    r"(?:分别|各自)(?:叫|名为|取名|起名)做?[\"'《 ]*$"
)
_OWN_NAME = re.compile(
    r"(?:网名|艺名|笔名|英文名|小名|乳名|店名|队名)(?:改|换|取|叫|是|为|设|起)(?:成|为|作|做|了)?[\"'《 ]*$"
)  # of nobody's program, whatever the sentence speaks of
_OF_WORK = re.compile("《[^《》\n]{1,20}(?<![报告书文榜单南刊志闻讯册])》[里中]的[\"' ]*$")
_MAY_BE_CALLED = re.compile("[叫唤是名称像字].{0,3}[\"'《 ]*$")  # cheap, before the costly: how all of these end
_PROGRAMS = re.compile("模型|(?<![A-Za-z])AI|人工智能|助手|机器人|应用|App|软件|工具|产品|智能体|程序(?!员)|虚拟|数字")
_FOLLOWED_BY = re.compile(rf"[\"')》]* ?(?:{_LISTS['BEHIND']})")
_ENGLISH_BEFORE = re.compile(rf"\b(?:{_PETS})(?:,| are| is|:)?(?: (?:named|called))?,? [\"']?$")
_ENGLISH_NEAR = re.compile(rf"\b(?:{_PETS})\b[^.;!?\n]{{0,24}}\b(?:named|called) [\"']?$")
_ENGLISH_BEHIND = re.compile(
    r"[\"']?(?:,? \(?(?:aged )?\d{1,3}[,)]|,? aged \d|,? (?:now |then )?(?:\d+|[a-z]+)[- ](?:years?|months?)[- ]old|"
    r" (?:won|ran in|finished [a-z]+ in) the (?:\d|[A-Z][a-z]+ (?:Stakes|Cup|Derby|Handicap|Chase|Hurdle))|"
    r" means (?:[\"']|[a-z ]{1,20} in [A-Z])| is (?:the )?[A-Z][a-z]+(?: word)? for\b| is the [A-Z][a-z]+ word\b|"
    r" and (?:his|her) | at the front desk| was (?:born|raised)\b| work(?:s|ed) at [A-Z]| grew up\b|"
    r" studied (?:at|under)\b|"
    r" from (?:an?|the) (?:[a-z]+ ){0,2}(?:shelter|pound|rescue|orphanage|breeder|litter)\b|"
    r" (?:is |was )?an? (?:good|nice|popular|common|strange|silly|girl's|boy's|first|family) name\b|"
    r" and (?:two|three|four|five|several|some) (?:friends|others|colleagues|siblings|classmates|men|women)\b|"
    r" (?:finished|came|placed) (?:first|second|third|fourth|fifth|last) at [A-Z]|"
    r", (?:his|her) )"
)
_WHO = re.compile(r",? who\b")
_ASKED = re.compile(r"\b[Aa]sk(?:s|ed|ing)? [\"']?$")  # Ask Gemini who won
_SURNAME = re.compile(r" (?!(?:[A-Z][a-z]*[A-Z]|AI\b))[A-Z][a-z]{2,}(?!-?\d|[A-Za-z]| [\d.]+)")
_EMPLOYED_BEFORE = re.compile(rf"\b(?:{_LISTS['EMPLOYED']}),? $")
_STEPS_BEHIND = re.compile(rf"(?: [A-Z][a-z]+)?,? (?:{_LISTS['STEPS']})\b")
_PRONOUN = re.compile(r"[^.;!?\n]{1,90}?\b(?:he|she|his|her|him|herself|himself)\b")
_TAKEN_BY = re.compile(r"\b(?:in|into|inside|on|onto|via|through|using|of|with|from) [\"']?$")  # who acts is another
_OTHER_PERSON = re.compile(rf"\b(?:{_LISTS['OTHERS']})\b|[A-Z][a-z]+ ")


def is_borne_here(letters: str, start: int, stop: int) -> bool:
    """Say whether somebody or some thing that is no program bears the name at ``letters[start:stop]``."""
    before = letters[max(0, start - _REACH) : start]
    is_called = (_MAY_BE_CALLED.search(before) and _CALLED.search(before)) or _is_of_work(before)
    if is_called and _OWN_NAME.search(before):
        return True
    if is_called or _LED_BY.search(before):
        return not _PROGRAMS.search(before[-_REACH // 2 :]) and not _PROGRAMS.match(letters, stop)
    if _FOLLOWED_BY.match(letters, stop):
        return True
    if not letters[start : start + 1].isascii():
        return False
    is_led = _ENGLISH_BEFORE.search(before[-_REACH // 2 :]) or _ENGLISH_NEAR.search(before)
    is_told_of = _ENGLISH_BEHIND.match(letters, stop) or (_WHO.match(letters, stop) and not _ASKED.search(before))
    return bool(is_led or is_told_of)


def _is_of_work(before: str) -> bool:
    return "》" in before and _OF_WORK.search(before) is not None


def is_full_name(letters: str, start: int, stop: int) -> bool:
    """Say whether the name opens somebody's full name, who is hired, joins or leaves: hired Gemma Doyle from."""
    surname = _SURNAME.match(letters, stop)
    if surname is None:
        return False
    before = letters[max(0, start - _REACH // 2) : start]
    return bool(_EMPLOYED_BEFORE.search(before) or _STEPS_BEHIND.match(letters, surname.end()))


def has_surname(letters: str, start: int, stop: int) -> bool:
    """Say whether a Han name of two characters or fewer stands behind what may be a surname: 林文心."""
    before = letters[max(0, start - 1) : start]
    return bool(before) and stop - start <= _GIVEN and is_han(letters[start]) and before in _SURNAMES


def is_person_by_pronoun(letters: str, begin: int, start: int, stop: int) -> bool:
    """Say whether he or she behind a name that opens its sentence at ``begin`` speaks of it."""
    if _OTHER_PERSON.search(letters, begin, start) or _TAKEN_BY.search(letters, max(begin, start - _REACH // 2), start):
        return False
    return _PRONOUN.match(letters, stop) is not None

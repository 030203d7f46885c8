"""What the words put beside a name say that it is: a program, something else, or a term that it stands for.

Reads the folded text behind an English name, or before a name in brackets (X, a chatbot; Generalized Linear Model
(GLM); 土卫六(Titan)). The words stand in ``products.txt``. Knows no entity and decides nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

from monitor.tag.places import Place
from monitor.tag.squeeze import is_han
from monitor.tag.word_tables import read_lists

__all__ = [
    "apposition",
    "is_explained",
    "is_former_name",
    "is_gloss",
    "is_said_maker",
    "is_said_model",
    "is_said_place",
    "is_short_for",
    "is_short_for_body",
]

_TERM = 80  # characters before a bracket that a term takes
_WORD = 20  # characters before a bracket that say what is named
_LISTS = read_lists(Path(__file__).with_name("products.txt"))
_APPOSITION = re.compile(
    r"(?:'s|[\"'])?, ((?:an?|one of the|the) [A-Za-z0-9][^,.;:!?()\n]{2,80}?)(?= about |[,.;:!?()\n]|$)"
)
_OF_MODEL = re.compile(rf"\b(?:{_LISTS['OF_MODEL']})\b")
_OF_PLACE = re.compile(
    r"(?:an?|the|one of the) (?:[a-z0-9-]+ ){0,3}(?:village|town|city|hamlet|suburb|island|county|parish|municipality|"
    r"port|district|neighbou?rhood|mountain|river|lake|valley|beach)s?\b"
)
_MAKER_BEFORE = re.compile(
    r"\b((?:[A-Za-z-]+ )?[a-z][a-z-]+)[ -]"
    r"(?:makers?|manufacturers?|brands?|retailers?|sellers?|importers?|label|designer|chain) [\"']?$"
)
_MAKES_SOFTWARE = re.compile(
    rf"(?<![A-Za-z])(?:{_LISTS['PRODUCT']}|{_LISTS['MADE']})(?![A-Za-z])",
)
_GOES_ON = re.compile(r",? (?:and|or|then|plus) (?:an?|the|some) ")
"""What makes one item of a list of an apposition: BERT, a rule set on top, and a gazetteer."""

_ASIDES = (
    re.compile(rf"(?<![A-Za-z])(?:{_LISTS['PRODUCT']})(?![A-Za-z])"),
    re.compile(rf"\b(?:{_LISTS['SAID']})\b"),
    re.compile(r" and (?:an?|the|some|two|three|its|his|her) "),
    re.compile(rf"^(?:an?|the|one of the) (?:[\w-]+ )?(?:{_LISTS['OF_DEED']})\b"),
    re.compile(
        r"^(?:(?! who\b| that\b| which\b| whose\b| where\b).)+? (?:have|has|had|is|are|was|were|uses?|used|prefers?)\b"
    ),
    re.compile(rf"^(?:the|an?) [a-z]+ (?!{_LISTS['TOLD_OF']})[a-z]+ed (?:the|an?|it|its|his|her|that|to|for)\b"),
)
"""What is no word for another thing: a program, a speaker, more of a list, what was done, a clause of its own."""

_TERM_OF_MODEL = re.compile("(?:语言|预训练|对话|开源|生成式?|基础|大)模型$|(?:[Ll]anguage|[Ff]oundation) [Mm]odels?$")
_BODY = re.compile(
    "(?:协会|学会|公司|集团|大学|学院|中心|组织|委员会|联盟|基金会|俱乐部|医院|研究[院所]|机构|联合会|工会|商会|[局厅署])$"
    r"|\b(?:Association|Agency|Authority|Council|Committee|Commission|Company|Corporation|Institute|Society|Union|Club|"
    r"Group|Cent(?:re|er)|University|College|Foundation|Office|Bureau|Board|Party|League|Alliance|Hospital|School)s?$"
)
_INITIAL = re.compile(r"\b(?!(?:of|for|the|and|an?|in|on) )[A-Za-z][A-Za-z']*")
_EXPLAINED = re.compile(
    r"\([\u4e00-\u9fff·]{2,14}?(?:[机仪器法术率症病度量数]|分析|方法|治疗|疗法|运动|成本|路径|协会|会计师|指数|模式|综合征|试验|考试|证书)"
    r"[,;)]"
)
_PROGRAM = re.compile("模型|AI|人工智能|助手|机器人|应用|App|软件|工具|产品|系统|平台|智能体|程序|引擎|服务")
_FORMERLY = re.compile(
    r"(?:最早|最初|原先|原来|当时|当年|曾经?|以前|此前|前身|内部|旧称|旧名|起初|早年|早先|一开始|后来|如今|现在)[^,。;!?\n]{0,8}?"
    r"(?:叫|称|名为|名字(?:还|就)?(?:是|叫)|代号(?:是|为)|改名|更名)(?:做|作|为|成)?$|"
    r"\b(?:formerly|originally|previously|initially|at first|internally|once|then|later|now),? "
    r"(?:called|known as|named|renamed|rebranded(?: as)?|dubbed|code-?named)$"
)
_MAY_CALL = ("叫", "称", "为", "是", "名", "做", "作", "成", "ed", " as")


def is_former_name(letters: str, start: int) -> bool:
    """Say whether the words before a name tell when something was called so: 最早叫云雀, originally called Skylark."""
    before = letters[max(0, start - 1 - _WORD) : start].rstrip(" \"'《")
    return before.endswith(_MAY_CALL) and _FORMERLY.search(before) is not None


def is_said_model(letters: str, stop: int) -> bool:
    """Say whether what is put beside a name calls it a program: BLOOM, the 176-billion-parameter model."""
    found = _APPOSITION.match(letters, stop)
    return found is not None and _OF_MODEL.search(found[1]) is not None


def is_said_place(letters: str, stop: int) -> bool:
    """Say whether what is put beside an English name calls it a place to live: Kling, a village in the Saarland."""
    found = _APPOSITION.match(letters, stop)
    return found is not None and _OF_PLACE.match(found[1]) is not None


def is_said_maker(letters: str, start: int) -> bool:
    """Say whether the words before an English name call it the maker of other things: VR glove maker Manus."""
    found = _MAKER_BEFORE.search(letters[max(0, start - _TERM // 2) : start])
    return found is not None and _MAKES_SOFTWARE.search(found[1]) is None


def apposition(letters: str, stop: int) -> Place | None:
    """Return the place of what is put beside an English name to say what it is, where that is no product."""
    found = _APPOSITION.match(letters, stop)
    if found is None or _GOES_ON.match(letters, found.end()) or any(aside.search(found[1]) for aside in _ASIDES):
        return None
    return found.span(1)


def is_short_for(letters: str, start: int, stop: int) -> bool:
    """Say whether the name stands in brackets as what the words before it are called for short.

    广义线性混合模型(GLM), Generalized Linear Model (GLM). A term that ends as a language model does is left alone.
    """
    if not _is_bracketed(letters, start, stop) or not letters[start:stop].isupper():
        return False
    before = letters[max(0, start - 1 - _TERM) : start - 1].rstrip()
    if not before or _TERM_OF_MODEL.search(before):
        return False
    return is_han(before[-1]) or _initials(before).endswith(letters[start:stop])


def is_explained(letters: str, start: int, stop: int) -> bool:
    """Say whether brackets behind capitals tell the term that they stand for: CPM(持续被动运动机)."""
    found = _EXPLAINED.match(letters, stop) if letters[start:stop].isupper() else None
    return found is not None and _PROGRAM.search(found[0]) is None


def is_short_for_body(letters: str, start: int, stop: int) -> bool:
    """Say whether capitals in brackets are what a body before them is called for short: 儿童保育者协会(CCPA)."""
    if not _is_bracketed(letters, start, stop) or not letters[start:stop].isupper():
        return False
    return _BODY.search(letters[max(0, start - 1 - _TERM) : start - 1].rstrip()) is not None


def is_gloss(letters: str, start: int, stop: int) -> bool:
    """Say whether a foreign name in brackets only gives the Chinese word before it again: 土卫六(Titan).

    Behind a word for a program it tells that program's name: 聊天机器人(Grok).
    """
    if not _is_bracketed(letters, start, stop):
        return False
    before = letters[max(0, start - 1 - _WORD) : start - 1]
    return bool(before) and is_han(before[-1]) and not _PROGRAM.search(before)


def _is_bracketed(letters: str, start: int, stop: int) -> bool:
    return (letters[start - 1 : start], letters[stop : stop + 1]) == ("(", ")") and letters[start:stop].isascii()


def _initials(text: str) -> str:
    """Return the first letters of the words of a text in capitals, without articles and the like."""
    return "".join(word[0] for word in _INITIAL.findall(text)).upper()

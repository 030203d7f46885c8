"""The numbers that regulations bear, as texts write them: 令第15号, 〔2023〕167号, (EU) 2024/1689, 2023 c. 50.

Works on a folded sentence; does not know which regulation a number belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.stated_bodies import Place

__all__ = ["find_numbers", "has_number", "written_number"]

_NUMERAL = r"[\d〇零一二三四五六七八九十百]{1,6}"
_SIGN = "号"
_SIGNED = re.compile(
    rf"""[\u4e00-\u9fff]{{1,12}}?[〔\[(【﹝]\ ?(?:19|20)\d\d\ ?[〕\])】﹞]\ ?第?\ ?\d{{1,4}}\ ?号
    |(?:[\u4e00-\u9fff]{{2,18}}(?:部|局|院|办公室|委员会|办|会|署|主席|总统))?
        (?<!行政)(?<!行政命)国?令\ ?\(?第?\ ?{_NUMERAL}\ ?号
    |(?:[\u4e00-\u9fff]{{2,18}}(?:部|局|院|办公室|委员会|办|会|(?<!签)署))?第\ ?{_NUMERAL}\ ?号
        (?:令|公告|行政命?令|国务院令|主席令|总统令)
    |(?<!\d)1[34]\d{{3}}号行政命?令
    |公告\ ?\(?第\ ?{_NUMERAL}\ ?号|[\u4e00-\u9fff]{{1,8}}字第\ ?\d{{5,12}}\ ?号
    |(?:(?:令和|平成)[\d元一二三四五六七八九十]{{1,3}}年)?法律第\ ?{_NUMERAL}\ ?号|第\ ?\d{{3,6}}\ ?号法律
    |第?\ ?\(?(?:欧盟|eu)?\)?\ ?20\d\d/\d{{2,5}}\ ?号(?:条例|指令|法规|法案)?""",
    re.VERBOSE,
)
_BEFORE, _BEHIND = 44, 8  # characters of such a number around its 号
_LATIN = re.compile(
    r"""g(?<![a-z]g)b(?:/[tz])?\ ?\d{4,5}(?:\.\d+)?-(?:19|20)\d\d
    |t(?<![a-z]t)/[a-z\d]+\ ?\d{3,5}(?:\.\d+)?-20\d\d|tc260-\d{3}
    |y(?<![a-z]y)d/[a-z\d]+\ ?\d{3,5}(?:\.\d+)?-20\d\d|d(?<![a-z]d)bj?\d*/[a-z\d]+\ ?\d{3,5}(?:\.\d+)?-20\d\d
    |regulation\ \(?eu\)?\ ?(?:no\.?\ )?20\d\d/\d{2,5}|directive\ \(?eu\)?\ ?(?:no\.?\ )?20\d\d/\d{2,5}
    |\(eu\)?\ ?(?:no\.?\ )?20\d\d/\d{2,5}|eu\)?\ ?(?:no\.?\ )?20\d\d/\d{2,5}
    |e(?<![a-z]e)(?:o|\.o\.|xecutive\ order(?:\ no\.?)?)\ ?1[34]\d{3}
    |p(?<![a-z]p)(?:ub(?:lic|\.)\ l(?:aw|\.)\ (?:no\.\ )?\d+-\d+|\.?l\.?\ \d{2,3}-\d+)
    |[sah](?<![a-z].)(?:\.?b\.?|(?<=h)\.r\.)\ ?\d{1,2}-?\d{1,4}(?!\d|\.\d)
    |2(?<=oj\ l,\ 2)0\d\d/\d{2,5}|com\(20\d\d\)\ ?\d{1,4}|p(?<![a-z\d].)l\ \d{1,5}/20\d\d
    |[1-9](?<!\d.)\d{1,2}\ fr\ \d{3,6}
    |s(?<![a-z\d].)\.?i\.?\ (?:no\.?\ )?20\d\d(?:/|\ no\.?\ ?)\d{1,4}
    |20(?<!\d..)\d\d\ c\.?\ ?\d{1,3}(?!\d)|c(?<=\(.)\.\ ?\d{1,3}(?=\))
    |[ldo](?<![a-z\d].)(?:aw|ecree(?:-law)?|rder)\ no\.?\ ?\d{1,6}(?:/(?:19|20)\d\d|\ of\ (?:19|20)\d\d)?
    |i(?<![a-z\d].)so/iec\ (?:ts\ |tr\ )?\d{4,5}(?::20\d\d)?|legge\ \d+/20\d\d|cets\ no\.\ ?\d+
    |a(?<![a-z\d].)(?:/res/\d+/\d+|ct\ no\.\ ?\d+(?:\ of\ (?:19|20)\d\d)?)""",
    re.VERBOSE,
)
_DIGIT, _LETTER = re.compile(r"\d"), re.compile("[a-z]")
_STRAY = re.compile(
    "^(?:日(?!本)|[以由经据即是为按及和与在](?=[\u4e00-\u9fff])|文号|编号|发文字号|标准号|根据|依据|按照|公布|发布|通过|签署)+"
)
_SIGNING = re.compile(".*(?:签署|签发)(?:了|的)?")  # 总理日前签署国务院令第766号
_DASHES = re.compile("[‐-―－]+")
_PUBLIC_LAW = re.compile(r"(?:pub(?:lic|\.)?l(?:aw|\.)?|p\.?l\.?)(?:no\.)?(\d+-\d+)", re.IGNORECASE)
_ORDER = re.compile("(?:e\\.?o\\.?|executiveorder(?:no\\.?)?)(1\\d{4})|第?(1\\d{4})[号號]行政命?令", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"令[(（]第?([\d一二三四五六七八九十百〇零]+)[号號][)）]?")
_CHARACTER = re.compile(r"^(.*?)[〔\[(【﹝]\s?(\d{4})\s?[〕\])】﹞]\s?(第?)\s?(\d+)\s?([号號])$")


def has_number(letters: str) -> bool:
    """Say whether a folded sentence may hold the number of a document."""
    return _SIGN in letters or (_may_be_latin(letters) and _LATIN.search(letters) is not None)


def find_numbers(letters: str) -> Iterator[Place]:
    """Yield the places of the numbers of documents in a folded sentence, in order."""
    last = 0
    places = sorted([*_with_sign(letters), *_in_latin(letters)], key=lambda place: (place[0], -place[1]))
    for start, end in places:
        is_told = any(letters[:one_end].endswith(letters[start:end]) for _, one_end in places if one_end <= start)
        if start >= last and not is_told:
            yield start, end
            last = end


def _with_sign(letters: str) -> Iterator[Place]:
    """Yield the numbers that end with 号, or go on from it: the pattern is slow, and is asked beside the sign alone."""
    last, at = 0, letters.find(_SIGN)
    while at >= 0:
        found = _SIGNED.search(letters, max(last, at - _BEFORE), at + _BEHIND)
        if found is not None:
            stray = _STRAY.match(found[0]) or _SIGNING.match(found[0])
            yield found.start() + (stray.end() if stray else 0), found.end()
            last = found.end()
        at = letters.find(_SIGN, max(at + 1, last))


def _may_be_latin(letters: str) -> bool:
    return _DIGIT.search(letters) is not None and _LETTER.search(letters) is not None


def _in_latin(letters: str) -> Iterator[Place]:
    if _may_be_latin(letters):
        for found in _LATIN.finditer(letters):
            yield found.span()


def written_number(surface: str) -> str:
    """Return a number as written, without spaces, its year in 〔〕 and an executive order's as EO.

    >>> written_number("国信办通字[2025] 2 号")
    '国信办通字〔2025〕2号'
    >>> written_number("Executive Order 14110"), written_number("第14110号行政令")
    ('EO14110', 'EO14110')
    """
    compact = _DASHES.sub("-", re.sub(r"\s+", "", surface))
    law = _PUBLIC_LAW.fullmatch(compact)
    if law:
        return f"PublicLaw{law[1]}"
    order = _ORDER.fullmatch(compact)
    if order:
        return f"EO{order[1] or order[2]}"
    compact = _IN_BRACKETS.sub(r"令第\1号", compact)
    character = _CHARACTER.match(compact)
    if character and not compact.isascii():
        return f"{character[1]}〔{character[2]}〕{character[3]}{character[4]}{character[5]}"
    return compact

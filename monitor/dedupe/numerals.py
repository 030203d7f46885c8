"""The numbers that a text writes, in digits or in words, and what each of them says.

``3.5``, ``1,234``, ``10:30``, ``80万``, ``$5bn`` and ``-5℃`` are one number each; so are 八十, 二〇二三, "twenty-five"
and "three hundred", and a whole date: 2023年7月2日, 2023-07-02, July 2, 2023. Does not compare texts.
"""

from __future__ import annotations

import re
import sys

__all__ = ["LONGEST", "Found", "find_numbers", "is_cut", "is_date", "parts", "same", "shown", "value"]

LONGEST = 40  # characters of a number that are reported

Found = re.Match[str]

_LETTERS = re.compile(r"[a-z]+")
_CARDINALS = _LETTERS.findall(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ORDINALS = _LETTERS.findall("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
_ROUND = _LETTERS.findall("twenty thirty forty fifty sixty seventy eighty ninety")
_WORDS = {word: at for at, word in enumerate(_CARDINALS, 1)} | {word: 10 * at for at, word in enumerate(_ROUND, 2)}
_POWERS = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MONTHS = _LETTERS.findall("jan feb mar apr may jun jul aug sep oct nov dec")
_DAYS = _LETTERS.findall("monday tuesday wednesday thursday friday saturday sunday")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
# March and May are a month behind these words alone.
_BEFORE_MONTH = ("in", "of", "last", "next", "since", "before", "after", "until", "through", "year to", "months to")
_BARE_MONTH = (
    r"(?:january|february|april|june|july|august|september|october|november|december"
    + "".join(rf"|(?<=\b{word} )(?:may|march)" for word in _BEFORE_MONTH)
    + ")"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\d|[.,]\d)"
_CHINESE_MONTH, _CHINESE_DAY = (
    "(?:十[一二]?|[一二三四五六七八九])月份?",
    "(?:[一二]?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])[日号]",
)
_SPELLED = "|".join(sorted({*_WORDS, *_POWERS}, key=len, reverse=True))
_START = "|".join(sorted(_WORDS, key=len, reverse=True))
_ONES = "[零〇一二三四五六七八九]"  # two of them alone are names: 三一重工, 五一
# A single Chinese digit elsewhere is as often a part of a word (统一, 一些, 三星).
_TENTHS = r"成(?![立为员就分本长果功都熟绩交效群人型品年])"  # 四成 is 40 %
_COMPOUND_FORM = r"\d{1,12}(?:亿\d{1,12}(?:[千百]?万)?|万\d{1,6}[千百]?)"  # 12万4千
_PERIOD = r"个月|个?(?:小时|星期|工作日|交易日)|年(?=[内前后以之期])|周(?=[内前后以之])"
_COUNTED = (
    r"(?=[人名例家座架辆艘岁倍死伤月日天届项款件起]|条(?![腿路心])|次(?![元要日品])|季度|个百分点"
    rf"|{_PERIOD}|{_TENTHS})"
)
_NUMBER = re.compile(
    rf"(?:(?:\d{{4}}\s?年\s?)?\d{{1,2}}\s?月(?:份|\s?\d{{1,2}}\s?[日号]|(?!\s?\d))|{_YEAR}\s?年|\d{{1,2}}\s?日(?!元)"
    rf"|{_YEAR}(?P<mark>[-/.])\d{{1,2}}(?P=mark)\d{{1,2}}(?![\d.])"
    rf"|{_MONTH}\s{_DAY}(?:,?\s{_YEAR}(?!\d))?|{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR}(?!\d))?|{_MONTH},?\s{_YEAR}(?!\d)"
    rf"|{_BARE_MONTH}(?![a-z])|(?:{'|'.join(_DAYS)})(?=s?(?![a-z])))"
    rf"|{_COMPOUND_FORM}(?!\d|[.,]\d)"
    r"|[-−]?\d+(?:(?:,(?=\d{3}(?!\d))|[.:/\-–])\d+)*"
    r"(?:[^\S\n]?(?:万亿|千万|百万|千亿|百亿|[万亿])|[\s-](?:m|b|tr)illion\b|[^\S\n]?(?:bn|mn|tn|k|m)(?![a-z\d])|(?:st|nd|rd|th)\b)?"
    rf"|(?:[一二][〇零一二三四五六七八九]{{3}}年(?:{_CHINESE_MONTH}(?:{_CHINESE_DAY})?)?|{_CHINESE_MONTH}{_CHINESE_DAY}|[二三]?十[一二三四五六七八九]?日)"
    r"|[二三四五六七八九十]{1,4}分之[一二三四五六七八九十]{1,4}"
    rf"|(?:[一二三四五六七八九两](?={_ONES}*[十百千万亿]|{_ONES}{{2}})|十)[零〇一二三四五六七八九十百千万亿]+"
    rf"|(?<=第)[一二三四五六七八九十]|(?<=分之)[一二三四五六七八九]|[二三四五六七八九十两]{_COUNTED}|一(?=死|伤|季度|人死|人受伤|人遇难|{_PERIOD})"
    rf"|(?:{_START})(?:[\s-](?:and\s)?(?:{_SPELLED}))*(?![a-z])"
    rf"|(?:{'|'.join(_ORDINALS)})(?![a-z])"
)
# Where a number may begin; looked for first, in a pattern that begins with one set, which the machinery finds fastest.
# Most Chinese digits are parts of words: what follows or leads them tells.
_NUMERAL_HINT = (
    r"(?<=[二三四五六七八九十两])(?=[零〇一二三四五六七八九十百千万亿分人名例家座架辆艘岁倍死伤月日天届项款件起条次季个成小星工交年周])"
    r"|(?<=一)(?=[零〇一二三四五六七八九十百千万亿死伤季人个小星工交年周月])|(?<=第.)|(?<=之.)"
)
_HINT = re.compile(rf"[\d一二三四五六七八九十两](?:(?<=\d)|{_NUMERAL_HINT})")
_LATIN_HINT = re.compile(
    r"[\d一二三四五六七八九十两adefjmnostw]"
    rf"(?:(?<=\d)|(?<![a-z]{{2}})(?:(?<=t)[whehu]|(?<=f)[ioer]|(?<=s)[ieua]|(?<=e)[il]|(?<=n)[io]|(?<=o)[nc]|(?<=m)[oa]"
    rf"|(?<=w)e|(?<=j)[au]|(?<=a)[pu]|(?<=d)e)|{_NUMERAL_HINT})"
)
_SIGNED_AFTER = re.compile(r"[\s(:,、为至到是约]")
_DATE = re.compile(
    rf"[年月日]|^{_YEAR}([-/.])\d{{1,2}}\1\d{{1,2}}$|^(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?)?{_MONTH}|day$"
)
_CHINESE_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月(?:份)?)?(?:(\d{1,2})[日号])?")
_NUMERALS = re.compile(r"[〇零一二三四五六七八九十]+")
_BROKEN_OFF = re.compile(r"[.,]?\s*(?:$|\n|…|\.{2,}|[.。]{3})")
_PART_OF = "分之"
_IN_TENTHS = re.compile(_TENTHS)
_SPACE = re.compile(r"\s+")
_INTEGERS = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[^\d]+")
_COMPOUND = re.compile(_COMPOUND_FORM)
_TERM = re.compile(r"(\d+)(亿|[千百]?万|[千百]|)")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_UNIT = re.compile(r"(?:\s?(?:万亿|千亿|百亿|千万|百万|[万亿])|[\s-](?:m|b|tr)illion|\s?(?:bn|mn|tn|k|m)|st|nd|rd|th)$")
_ZEROS = (
    {"万亿": 12, "千亿": 11, "百亿": 10, "千万": 7, "百万": 6, "万": 4, "亿": 8}
    | {"million": 6, "billion": 9, "trillion": 12, "bn": 9, "mn": 6, "tn": 12, "m": 6, "k": 3}
    | {"千": 3, "百": 2, "": 0}
    | dict.fromkeys(("st", "nd", "rd", "th"), 0)
)
_ONE_OF = re.compile(r"[\s-](?:second|minute|hour|day|week|month|year|quarter|percent|million|billion)s?\b")
_DIGITS = {digit: at for at, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1_000}


def find_numbers(prepared: str, *, has_words: bool, start: int = 0, end: int = sys.maxsize) -> list[Found]:
    """Return the numbers of a prepared text, in order; those in English words only where ``has_words``.

    Those that begin from ``start`` up to ``end`` are looked for; no number may reach over ``start``.
    """
    found: list[Found] = []
    at = start
    for hint in (_LATIN_HINT if has_words else _HINT).finditer(prepared, start, end):
        begin = hint.start()
        if begin < at:
            continue
        number = _NUMBER.match(prepared, begin - _is_signed(prepared, begin)) or _NUMBER.match(prepared, begin)
        if number is not None and (not has_words or number[0] != "one" or _ONE_OF.match(prepared, number.end())):
            found.append(number)
            at = number.end()
    return found


def _is_signed(prepared: str, start: int) -> bool:
    """Tell whether a minus stands before a digit: in 为-5, not in 3-5 or GPT-4."""
    return (
        start > 1
        and prepared[start - 1] in "-−"
        and prepared[start].isdecimal()
        and _SIGNED_AFTER.match(prepared[start - 2]) is not None
    )


def same(a: Found, b: Found) -> bool:
    """Tell whether two numbers say the same; a date without its year is the same as one with it."""
    if a[0] == b[0]:
        return True
    if not (is_date(a) and is_date(b)):
        return value(a) == value(b)
    told = [(x, y) for x, y in zip(_date(a[0]), _date(b[0]), strict=True) if x and y]
    return bool(told) and all(x == y for x, y in told)


def parts(number: Found) -> tuple[str, ...]:
    """Return what a number is made of: a date's year, month and day ("" for what it leaves open), else its value."""
    return _date(number[0]) if is_date(number) else (value(number),)


def is_cut(number: Found, other: Found) -> bool:
    """Tell whether a text breaks off within ``number``, which begins like ``other``."""
    return other[0].startswith(number[0]) and _BROKEN_OFF.match(number.string, number.end()) is not None


def is_date(number: Found) -> bool:
    """Tell whether a number is a date, a month, a year or the name of a day."""
    return not number[0].isdecimal() and _DATE.search(number[0]) is not None


def value(number: Found) -> str:
    """Return what a number says however it is written.

    1,234 is 1234, 07 is 7, 八十 is 80, "twelve" is 12, 3万 is 30000, 四成 is 40, 三分之一 and 1/3 are 1-3.
    """
    surface = number[0].replace(",", "")
    if len(surface) > 1 and surface.isdecimal():
        return surface.lstrip("0") or "0"
    if is_date(number):
        return "-".join(_date(number[0]))
    if _LETTERS.match(surface):
        return str(_spelled(surface))
    if surface[0] in "-−":
        return f"-{_written(surface[1:])}"
    if _PART_OF in surface:
        return "-".join(_counted(side) for side in reversed(surface.split(_PART_OF)))
    plain = _written(surface) if surface[0].isdecimal() else _counted(surface)
    return f"{plain}0" if len(surface) == 1 and _IN_TENTHS.match(number.string, number.end()) else plain


def _written(surface: str) -> str:
    """Return the value of a number in digits; 12万4千 is 12万 and 4千."""
    if compound := _COMPOUND.fullmatch(surface):
        return str(sum(int(_decimal(part[1], _ZEROS[part[2]])) for part in _TERM.finditer(compound[0])))
    unit = _UNIT.search(surface)
    digits = surface[: unit.start()] if unit else surface
    if _PLAIN.fullmatch(digits):
        return _decimal(digits, _ZEROS[unit[0].strip().lstrip("-")] if unit else 0)
    return "-".join(part.lstrip("0") for part in _SEPARATORS.split(digits))


def _decimal(digits: str, zeros: int) -> str:
    """Return a decimal number times ten to the power of ``zeros``, as text: it may have any length."""
    whole, _, fraction = digits.partition(".")
    fraction = fraction.ljust(zeros, "0")
    whole, fraction = (whole + fraction[:zeros]).lstrip("0"), fraction[zeros:].rstrip("0")
    return f"{whole or '0'}.{fraction}" if fraction else whole or "0"


def _counted(numeral: str) -> str:
    """Return the value of a Chinese numeral; digits without a unit are read one by one (二〇二三)."""
    if len(numeral) > LONGEST:
        return numeral
    if all(char in _DIGITS for char in numeral):
        return "".join(str(_DIGITS[char]) for char in numeral)
    total = section = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section, digit = section + (digit or 1) * _TENS[char], 0
        elif char == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:  # 亿 multiplies all before it: 三万亿
            total, section, digit = (total + section + digit) * 100_000_000, 0, 0
    return str(total + section + digit)


def _spelled(surface: str) -> int:
    """Return the value of a number in English words."""
    total = section = 0
    for word in _LETTERS.findall(surface)[:LONGEST]:
        if word in _ORDINALS:
            section += _ORDINALS.index(word) + 1
        elif word in ("dozen", "hundred"):
            section = (section or 1) * _POWERS[word]
        elif word in _POWERS:
            total, section = total + (section or 1) * _POWERS[word], 0
        else:
            section += _WORDS.get(word, 0)
    return total + section


def _date(surface: str) -> tuple[str, str, str]:
    """Return year, month and day of a date without leading zeros, "" for what it does not say."""
    letters = _LETTERS.findall(surface)
    if surface in _DAYS:
        return "", "", surface
    if letters:
        return _english_date(surface, letters)
    surface = _NUMERALS.sub(lambda numeral: _counted(numeral[0]), surface)
    chinese = _CHINESE_DATE.fullmatch(_SPACE.sub("", surface))
    year, month, day = chinese.groups(default="") if chinese else _INTEGERS.findall(surface)[:3]
    return year, month and str(int(month)), day and str(int(day))


def _english_date(surface: str, letters: list[str]) -> tuple[str, str, str]:
    month = next((str(at) for at, name in enumerate(_MONTHS, 1) if any(word.startswith(name) for word in letters)), "")
    numbers = _INTEGERS.findall(surface)
    year = next((number for number in numbers if len(number) == 4), "")
    return year, month, next((str(int(number)) for number in numbers if len(number) < 4), "")


def shown(left: str, right: str) -> tuple[str, str]:
    """Return the two numbers as they are written, without a unit that they share."""
    units = [unit[0] if (unit := _UNIT.search(number)) and number[0].isdecimal() else "" for number in (left, right)]
    if units[0] == units[1] and units[0]:
        left, right = left.removesuffix(units[0]), right.removesuffix(units[1])
    return left[:LONGEST], right[:LONGEST]

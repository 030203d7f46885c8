"""What kind of Latin words stand for one another: names by their capitals, models by their digits, misread letters."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import Enum, auto

from monitor.dedupe.lexicon import is_english_word, is_place, words
from monitor.dedupe.names_changes import Change, Place
from monitor.dedupe.numerals import find_numbers

__all__ = ["Latin", "latin_use"]


class Latin(Enum):
    """What two changed stretches of Latin words are; ``MIXED`` has Han characters on one side."""

    SAME = auto()
    WORD = auto()
    POSSIBLE = auto()
    LIKELY = auto()
    SPELLING = auto()
    NAME = auto()
    MIXED = auto()


_MODEL = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[\w.\-‑–]+")
_COUNTED = re.compile(r"(?:RMB|USD|US|CNY|EUR|HKD|HK|GBP|JPY|NT|No|FY|km|mm|cm|kg)[-.]?\d|[QH][1-4](?!\d)")
_DATES = words("days and months")
_STAND_INS = words("english stand-ins")
_LEADING = frozenset({"the", "a", "an", "mr", "mrs", "ms", "dr", "sir"})
_INNER = words("inner")
_SWAPS = words("english swaps")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:\n“\"‘—–|])[\s“\"'‘(]*$")
_INFLECTED = re.compile(r"(?:ed|ing|ly|ise|ize)$")
_WORDS_OF_A_TERM = 3
_WORDS_OF_A_TITLED_TERM = 5
_LEADING_PART = 0.12  # of a text
_LONGEST_NAME = 12  # characters of a name with Han characters and digits
_OF_PERSONS = frozenset({"he", "she", "his", "her", "hers", "him", "himself", "herself"})
_SPELT_ALIKE = 0.8  # in a short text; in a long one names of one first letter may be as unlike as ...
_SPELT_LOOSELY = 0.6
_VOWELS = re.compile("[aeiouyh]+")
_ALIKE = 0.75  # as alike as this are a word and the same with a letter or two misread


def latin_use(change: Change, *, is_short: bool) -> Latin:
    """Return what a change with Latin words on at least one side is."""
    a, b = _bare(change.a), _bare(change.b)
    if not a or not b:
        return Latin.WORD
    if any(map(_has_han, (change.a, change.b))):
        return _with_han(change)
    if _means_the_same(a, b) or _are_of_persons(a, b):
        return Latin.SAME
    if models := _models(a, b):
        return models
    if all(map(_is_number, (a, b))):
        return Latin.NAME if _are_of_names(change, a, b) else Latin.SAME
    is_titled = len(change.places) > 1 and any(place.in_title for place in change.places)
    passing = [_is_passing(name, change) for name in (a, b)]
    if all(passing) or (any(passing) and not is_titled):
        return Latin.WORD
    if is_place(" ".join(a)) and is_place(" ".join(b)):
        return Latin.NAME
    return _by_capitals(change, a, b, is_short=is_short)


def _are_of_names(change: Change, a: list[str], b: list[str]) -> bool:
    """Tell whether number words belong to names that recur: First National Bank, Second National Bank."""
    are_written = all(word.isalpha() for word in (*a, *b)) and _is_capitalised(a) and _is_capitalised(b)
    return are_written and len(change.places) > 1 and any(map(_tells_by_capital, change.places))


def _is_passing(name: list[str], change: Change) -> bool:
    """Tell whether words mean a time or stand for a name; "Group" with a capital within a sentence ends one."""
    if name == ["Group"] and all(map(_tells_by_capital, change.places)):
        return False
    return name[0].casefold() in _DATES | _STAND_INS and not _is_title(name)


def _is_title(name: list[str]) -> bool:
    """Tell whether a word that means a time or stands for a name begins a name itself: Winter Orchard."""
    return len(name) > 1 and all(word[:1].isupper() for word in name)


def _by_capitals(change: Change, a: list[str], b: list[str], *, is_short: bool) -> Latin:
    times = len(change.places)
    if not (_is_capitalised(a) and _is_capitalised(b)):
        is_titled = any(place.in_title for place in change.places)
        return _of_terms(a, b, is_titled=is_titled) if times > 1 else Latin.WORD
    if _are_spelt_alike(a, b, is_short=is_short):
        is_subject = is_short and _leads(change, a, b) and not any(map(is_english_word, (*a, *b)))
        return Latin.SPELLING if times > 1 or is_subject else Latin.WORD
    if _is_misread(a, b, times):
        return Latin.WORD
    if any(_tells_by_capital(place) or _is_full(place, a, b) for place in change.places):
        return Latin.NAME
    common = sum(all(map(is_english_word, name)) for name in (a, b))
    if common == 0:
        return Latin.NAME
    if common == 1:
        return Latin.NAME if times > 1 else Latin.POSSIBLE
    is_titled = any(place.in_title for place in change.places)
    if times > 1:
        return Latin.LIKELY if is_titled else Latin.POSSIBLE
    return Latin.POSSIBLE if _leads(change, a, b) else Latin.WORD


def _leads(change: Change, a: list[str], b: list[str]) -> bool:
    """Tell whether words that are no names for sure lead a text, or its title, as one does: Target said it would."""
    place = change.places[0]
    is_subject = place.at <= _LEADING_PART and all(right.startswith(" ") for right in place.right)
    return is_subject and not any(len(name) == 1 and _is_plain(name[0].casefold()) for name in (a, b))


def _is_plain(word: str) -> bool:
    """Tell whether a word is one that editors begin a sentence with: Officials, Meanwhile, Rising."""
    return word in _SWAPS | _STAND_INS | _DATES or _INFLECTED.search(word) is not None


def _of_terms(a: list[str], b: list[str], *, is_titled: bool) -> Latin:
    """Return what words without capitals are that stand for each other again and again (measles, mumps)."""
    if (
        _are_alike(a, b)
        or _is_touched(a, b)
        or max(len(a), len(b)) > (_WORDS_OF_A_TITLED_TERM if is_titled else _WORDS_OF_A_TERM)
    ):
        return Latin.WORD
    if not any(is_english_word(word) or _is_plain(word.casefold()) for word in (*a, *b)):
        return Latin.NAME
    are_nouns = not any(word in _SWAPS or (_INFLECTED.search(word) and not is_titled) for word in (*a, *b))
    return Latin.POSSIBLE if are_nouns else Latin.WORD


def _is_touched(a: list[str], b: list[str]) -> bool:
    """Tell whether one letter of one word differs (van der Berg, van dir Berg)."""
    return len(a) == len(b) == 1 and len(a[0]) == len(b[0]) and sum(map(str.__ne__, a[0], b[0])) == 1


def _bare(text: str) -> list[str]:
    """Return the words without articles and forms of address before them, and without the 's behind them."""
    bare = [re.sub(r"['’]s$", "", word) for word in text.split()]
    while bare and bare[0].casefold() in _LEADING:
        bare = bare[1:]
    return bare


def _has_han(text: str) -> bool:
    return any(char >= "\u3040" for char in text)


def _with_han(change: Change) -> Latin:
    """Return what a change is where Han characters stand on one side or on both (小米14, iPhone手机)."""
    if all(map(_has_han, (change.a, change.b))):
        models = _models(*(re.findall(r"[A-Za-z][\w.\-]*", text) for text in (change.a, change.b)))
        return models or (Latin.POSSIBLE if max(len(change.a), len(change.b)) <= _LONGEST_NAME else Latin.WORD)
    latin = change.a if change.a.isascii() else change.b
    return Latin.MIXED if any(char.isupper() for char in latin) and not _has_han(latin) else Latin.WORD


def _means_the_same(a: list[str], b: list[str]) -> bool:
    """Tell whether two differ in spacing or stops alone (US, U.S.), or one is made of the other's initials."""
    joined_a, joined_b = "".join(a).casefold(), "".join(b).casefold()
    if joined_a == joined_b:
        return True
    return _initials(a) == joined_b or _initials(b) == joined_a


def _are_of_persons(a: list[str], b: list[str]) -> bool:
    """Tell whether two words differ as another person's pronoun or form of address does (his, her)."""
    return len(a) == len(b) == 1 and {a[0].casefold(), b[0].casefold()} <= _OF_PERSONS


def _initials(full: list[str]) -> str:
    return "".join(word[0] for word in full if word.casefold() not in _INNER).casefold() if len(full) > 1 else ""


def _models(a: list[str], b: list[str]) -> Latin | None:
    """Return a name where two models differ in their digits (GPT-4, GPT-5), nothing where there are none."""
    models_a, models_b = (set(filter(_MODEL.fullmatch, name)) for name in (a, b))
    if not models_a or not models_b or models_a == models_b:
        return None
    if any(map(_COUNTED.match, models_a | models_b)):
        return Latin.WORD
    return Latin.NAME


def _is_capitalised(name: list[str]) -> bool:
    """Tell whether words are a name by their capitals: the first and the last, and no lower case but particles."""
    marked = [any(char.isupper() for char in word) for word in name]
    return (
        marked[0]
        and marked[-1]
        and all(
            has_capital or word.casefold() in _INNER or word.isdecimal()
            for word, has_capital in zip(name, marked, strict=True)
        )
    )


def _tells_by_capital(place: Place) -> bool:
    """Tell whether a capital means something here: not at the head of a sentence, nor between capitals."""
    return place.is_cased and not any(map(_SENTENCE_BEGINS.search, place.left))


def _is_full(place: Place, a: list[str], b: list[str]) -> bool:
    """Tell whether both have a first and a last word with a capital, beside words without one: Jane Scott said."""
    return place.is_cased and min(len(a), len(b)) > 1


def _is_misread(a: list[str], b: list[str], times: int) -> bool:
    """Tell whether one letter differs in one place, or a few do and make an ordinary word none (Further, Furuher)."""
    left, right = "".join(a), "".join(b)
    other = sum(map(str.__ne__, left, right))
    if len(left) != len(right) or other > max(1, len(left) // 3):
        return False
    return (other == 1 and times == 1) or is_english_word(left) != is_english_word(right)


def _is_number(name: list[str]) -> bool:
    told = " ".join(name).casefold()
    return [number[0] for number in find_numbers(told, has_words=True)] == [told]


def _are_spelt_alike(a: list[str], b: list[str], *, is_short: bool) -> bool:
    """Tell whether two names are one in two spellings; forms have names as like as Madison and Marion."""
    if len(a) == len(b) and all(map(_sound_alike, a, b)):
        return True
    if is_short:
        return _likeness(a, b) >= _SPELT_ALIKE
    return _likeness(a, b) >= (_SPELT_LOOSELY if a[0][0] == b[0][0] else _ALIKE)


def _sound_alike(a: str, b: str) -> bool:
    """Tell whether two words have the same first letter and the same consonants: Brien and Bryn, Doe and Doi."""
    return a[0] == b[0] and _VOWELS.sub("", a[1:]) == _VOWELS.sub("", b[1:]) and abs(len(a) - len(b)) <= 1


def _are_alike(a: list[str], b: list[str]) -> bool:
    return _likeness(a, b) >= _ALIKE


def _likeness(a: list[str], b: list[str]) -> float:
    """Return the share of letters that two names of as many words have in common, 0-1; 0 where there are digits."""
    left, right = " ".join(a), " ".join(b)
    if len(a) != len(b) or any(map(str.isdecimal, left)):
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()

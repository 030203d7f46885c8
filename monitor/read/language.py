"""Which language a text is in, and in which script, from its characters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from storage.fold import to_simplified

__all__ = ["language_and_script"]

_SAMPLE = 4000
_RANGES = (
    ("Hani", "\u3400", "\u9fff"),
    ("Kana", "\u3041", "\u30ff"),
    ("Hang", "\uac00", "\ud7af"),
    ("Latn", "\u00c0", "\u024f"),
    ("Cyrl", "\u0400", "\u04ff"),
    ("Arab", "\u0600", "\u06ff"),
    ("Thai", "\u0e00", "\u0e7f"),
    ("Deva", "\u0900", "\u097f"),
    ("Hebr", "\u0590", "\u05ff"),
    ("Grek", "\u0370", "\u03ff"),
    ("Mymr", "\u1000", "\u109f"),
)
_WEIGHT = {"Hani": 4, "Kana": 4, "Hang": 4}  # a Latin letter says a quarter of an ideograph
_BY_SCRIPT = {"Thai": "th", "Deva": "hi", "Hebr": "he", "Grek": "el", "Mymr": "my"}
_WORDS = {
    "en": "the of and to in that is for it with was on as by at from has are",
    "es": "el la de que y en los del las por una con para se no es",
    "fr": "le la les des et en que une du dans pour est sur pas qui au",
    "de": "der die und das den von zu mit ist des nicht auf ein eine im dem",
    "pt": "o de que e do da em para com um uma os no na não é",
    "it": "il di che e la per un una in del della con non sono gli",
    "nl": "de het een van en in is dat op te voor met zijn niet",
    "vi": "và của là có không được cho trong người này",
    "id": "yang dan di dengan untuk dari dalam ini itu tidak",
    "lv": "un ir ar par kas no ka tas arī pēc",
}
_WORD = re.compile(r"[^\W\d_]+")


def language_and_script(text: str, declared: str | None = None) -> tuple[str | None, str | None]:
    """Return the ISO 639-1 code and the ISO 15924 script of ``text``, or None where nothing tells.

    ``declared`` is what the page says of itself (``zh-CN``); it decides only what the characters leave open.
    """
    sample = text[:_SAMPLE]
    characters = Counter(sample)
    counts: Counter[str] = Counter()
    for character, count in characters.items():
        counts[_script(character)] += count * _WEIGHT.get(_script(character), 1)
    del counts[""]
    if not counts:
        return None, None
    top = counts.most_common(1)[0][0]
    if top in {"Hani", "Kana", "Hang"}:
        return _east_asian(characters, counts)
    if top == "Latn":
        return _latin(sample, declared), "Latn"
    if top == "Cyrl":
        return ("uk" if re.search("[іїєґІЇЄҐ]", sample) else "ru"), "Cyrl"
    if top == "Arab":
        return ("fa" if re.search("[پچژگ]", sample) else "ar"), "Arab"
    return _BY_SCRIPT[top], top


@cache
def _script(character: str) -> str:
    if "a" <= character <= "z" or "A" <= character <= "Z":
        return "Latn"
    return next((name for name, first, last in _RANGES if first <= character <= last), "")


def _east_asian(characters: Counter[str], counts: Counter[str]) -> tuple[str, str]:
    east = counts["Hani"] + counts["Kana"] + counts["Hang"]
    if counts["Hang"] > east * 0.3:
        return "ko", "Kore"
    if counts["Kana"] > east * 0.1:
        return "ja", "Jpan"
    leaning = sum(_leaning(character) * count for character, count in characters.items())
    return "zh", "Hant" if leaning > 0 else "Hans"


@cache
def _leaning(character: str) -> int:
    """Return 1 for a character that only Traditional has, -1 for one that only Simplified has, 0 for all others."""
    if _script(character) != "Hani":
        return 0
    if to_simplified(character) != character:
        return 1
    return -1 if not _encodes(character, "big5hkscs") and _encodes(character, "gb2312") else 0


def _encodes(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _latin(sample: str, declared: str | None) -> str | None:
    words = Counter(word.lower() for word in _WORD.findall(sample))
    scores = {code: sum(words[w] for w in common.split()) for code, common in _WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    if scores[best] * 12 >= words.total() and scores[best] > 1:
        return best
    said = (declared or "")[:2].lower()
    return said if said.isalpha() and len(said) == 2 and said not in {"zh", "ja", "ko"} else None

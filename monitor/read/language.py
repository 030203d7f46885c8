"""Which language a text is in, and in which script, from its characters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

from storage.fold import to_simplified

__all__ = ["language_and_script"]

_SAMPLE = 4000
_SCRIPTS = (
    ("Hani", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("Kana", re.compile("[\u3041-\u30ff]")),
    ("Hang", re.compile("[\uac00-\ud7af]")),
    ("Latn", re.compile("[A-Za-z\u00c0-\u024f]")),
    ("Cyrl", re.compile("[\u0400-\u04ff]")),
    ("Arab", re.compile("[\u0600-\u06ff]")),
    ("Thai", re.compile("[\u0e00-\u0e7f]")),
    ("Deva", re.compile("[\u0900-\u097f]")),
    ("Hebr", re.compile("[\u0590-\u05ff]")),
    ("Grek", re.compile("[\u0370-\u03ff]")),
    ("Mymr", re.compile("[\u1000-\u109f]")),
)
_WEIGHT = {"Hani": 4.0, "Kana": 4.0, "Hang": 4.0}  # a Latin letter says a quarter of an ideograph
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
    counts = {name: len(pattern.findall(sample)) * _WEIGHT.get(name, 1.0) for name, pattern in _SCRIPTS}
    top = max(counts, key=lambda name: counts[name])
    if not counts[top]:
        return None, None
    if top in {"Hani", "Kana", "Hang"}:
        return _east_asian(sample, counts)
    if top == "Latn":
        return _latin(sample, declared), "Latn"
    if top == "Cyrl":
        return ("uk" if re.search("[іїєґІЇЄҐ]", sample) else "ru"), "Cyrl"
    if top == "Arab":
        return ("fa" if re.search("[پچژگ]", sample) else "ar"), "Arab"
    return _BY_SCRIPT[top], top


def _east_asian(sample: str, counts: dict[str, float]) -> tuple[str, str]:
    east = counts["Hani"] + counts["Kana"] + counts["Hang"]
    if counts["Hang"] > east * 0.3:
        return "ko", "Kore"
    if counts["Kana"] > east * 0.1:
        return "ja", "Jpan"
    return "zh", "Hant" if _is_traditional(sample) else "Hans"


def _is_traditional(sample: str) -> bool:
    """Tell whether characters that only Traditional has outnumber those that only Simplified has."""
    traditional = simplified = 0
    for character, count in Counter(_SCRIPTS[0][1].findall(sample)).items():
        if to_simplified(character) != character:
            traditional += count
        elif not _encodes(character, "big5hkscs") and _encodes(character, "gb2312"):
            simplified += count
    return traditional > simplified


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

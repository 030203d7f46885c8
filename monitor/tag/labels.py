"""What is written behind a model's name, piece by piece: versions, variants, sizes, builds.

Knows how such pieces look (V3.2, 4o, Turbo, 235B-A22B, 0528, 32k) and which is which; knows no model, and not how
far a name goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["END", "NUMBER", "PIECE", "SIZE", "WORD", "Label", "label_in_name", "read_label"]

END = r"(?![A-Za-z\d])"
_WORDS = (
    "Pro|Max|Ultra|TurboS|Turbo|[Mm]ini|Nano|Flash|Lite|Plus|Omni|Air|Deep Think|Thinking|Think|Reasoner|Instant|"
    "Speciale|Terminus|Exp|Preview|preview|Instruct|Chat|Base|Opus|Sonnet|Haiku|Fable|Vision|Coder|Codex|Next|Large|"
    "Medium|Small|Scout|Maverick|Behemoth|VL|Audio|Image|Video|Math|Fast|Heavy|Lightning|Distill|Realtime|Kontext|"
    "Zero|Tiny|MoE|XL"
)
_HYPHENED = (  # too common to stand behind a space
    "pro|max|high|low|medium|turbo|flash|instruct|chat|lite|plus|base|it|exp|thinking|vision|audio|realtime|search|"
    "nano|air|fast|code|coder|opus|sonnet|haiku|beta|alpha|hf|rl|vl|distill|reasoner|ultra|"
    "Code|Edit|Prover|Super|Animate|Guard|Embedding|Reranker|Search|Text|Voice|Character|Long|Speed|Edge|Pruned"
)
WORD = rf"(?:(?:[ \-]|(?<![A-Za-z]))(?:{_WORDS}){END}|-(?:{_HYPHENED}){END}|-\d+E{END}|"
WORD += r"(?<=\d) (?:pro|lite|flash|thinking|turbo)(?![A-Za-z\d]| [a-z]))"
_AMOUNT = rf"(?:\d+x|[AE])?\d+(?:\.\d+)?[BbMTt]{END}(?:-[Aa]\d+(?:\.\d+)?[Bb]{END})?"
SIZE = rf"(?:(?:-|(?<![A-Za-z\d.])){_AMOUNT}| (?:\d+x|[AE])?\d+(?:\.\d+)?[BbT]{END}(?:-[Aa]\d+(?:\.\d+)?[Bb]{END})?)"
_DATE = r"20\d{6}|20\d\d-\d\d-\d\d|(?:0[1-9]|1[0-2]|2[4-9])\d\d|(?<=[a-z]-)\d\d-\d\d"  # 0528: a month and a day or year
_BUILD = rf"-(?:{_DATE})(?![\dA-Za-z年月])"
_CONTEXT = rf"(?:-\d{{1,4}}| (?:8|16|32|64|128|256|512))[kK]{END}"
NUMBER = rf"\d+(?:\.\d+)*(?:-\d(?=-(?:[a-z]|20\d{{6}})))?(?:[oOvVn]{END})?"
_NO_WORD = rf"(?!(?:AI|API|APP|App|CLI|SDK|UI|IDE|CEO|CTO|IPO|PC|VR|Based|Powered|Like|Style|Level|Class|Driven){END})"
PIECE = re.compile(
    rf"(?P<build>{_BUILD})|(?P<again>-[vV]\d+(?:\.\d+)*{END})|(?P<size>{SIZE})|(?P<context>{_CONTEXT})|(?P<word>{WORD})|"
    rf"(?P<letter>-[A-Za-z](?=[ \-]\d+\.\d))|(?P<number>[ \-](?:[Vv]{NUMBER}|\d+\.\d+|[1-9]\d?(?! ?[a-z\d]|-\d)){END})|"
    rf"(?P<capitals>-{_NO_WORD}[A-Z][A-Z\d]{{1,4}}{END})|(?P<free>-{_NO_WORD}[A-Z][A-Za-z\d]{{1,11}}{END})"
)
"""One piece; the name of its group is its kind. The last three need a look at what stands before them."""

_TOKEN = re.compile(
    rf"(?P<size>(?<![A-Za-z\d.]){_AMOUNT})|(?<=-)(?P<build>(?:{_DATE})(?![\dA-Za-z]))|"
    rf"(?P<context>(?<=[ \-])\d+[kK]{END})|"
    rf"(?P<number>(?:(?<![A-Za-z\d])[A-Za-z]\d+(?:\.\d+)*|(?<![\d.])\d+(?:\.\d+)*(?:-\d(?![\dA-Za-z.]))?[oOvVn]?){END})|"
    r"(?P<word>VL(?=\d)|[A-Za-z\d][A-Za-z\d]*)"
)
_IN_NAME = re.compile(
    rf"(?:{WORD}|(?:[ \-]|(?<=[\u4e00-\u9fff]))(?:{_WORDS})(?![a-z])|[ \-.]?[Vv]?{NUMBER}|"
    rf"(?:[ \-]|(?<![A-Za-z]))[A-Za-z]{NUMBER}|{SIZE}|{_BUILD})+$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a name shows, as written and folded: 3, Coder-Instruct and 480B-A35B of Qwen3-Coder-480B-A35B-Instruct.

    ``told`` is version and variant together, from the version on: what readers call the version (2.5 Pro, V3.2-Exp).
    """

    version: str | None = None
    variant: str | None = None
    size: str | None = None
    told: str | None = None


def read_label(written: str) -> Label:
    """Return what the pieces behind a name say: ``-V3.2-Exp``, `` 3.3 70B Instruct``, ``-R1-0528``."""
    version = size = ""
    version_at = version_end = len(written)
    rest: list[tuple[int, str]] = []
    for found in _TOKEN.finditer(written):
        if found.lastgroup == "size" and not size:
            size = found[0]
        elif found.lastgroup == "number" and not version:
            version, version_at, version_end = found[0], found.start(), found.end()
        elif found.lastgroup == "build" and version and found.start() == version_end + 1:
            version, version_end = f"{version}-{found[0]}", found.end()
        else:
            rest.append((found.start(), found[0]))
    behind = [(version_at, version), *(one for one in rest if one[0] > version_at)] if version else rest
    return Label(version or None, _joined(written, rest), size or None, _joined(written, behind))


def _joined(written: str, pieces: list[tuple[int, str]]) -> str | None:
    """Return pieces with what separated each from the text before it."""
    return "".join(_separated(written, pieces)).lstrip(" -") or None


def _separated(written: str, pieces: list[tuple[int, str]]) -> Iterator[str]:
    for at, piece in pieces:
        separator = written[at - 1 : at]
        yield separator + piece if separator in {" ", "-"} else piece


@lru_cache(maxsize=4096)
def label_in_name(name: str) -> str:
    """Return the end of a spelling that is a label itself: ``-4o`` of GPT-4o, `` Opus`` of Claude Opus."""
    found = _IN_NAME.search(name)
    return found[0].lstrip(".") if found else ""

"""Bills by their numbers: SB 53, Bill C-27. Every session has a bill of such a number, so its matter must be told.

Knows how numbers look, what bills on artificial intelligence speak of and what is said of any bill; knows no bill.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.tag.jurisdictions import find_seats
from monitor.tag.sought import sought

__all__ = ["is_bill", "is_of_bills", "is_on_its_matter"]

_BILL = re.compile(
    r"(?:[SHA]\.?[BFR]|H\.?R|Senate Bill|House Bill|Assembly Bill|Bill)\.? ?(?:No\. ?)?[A-Z]?-?\d+(?!\d|[/-]\d)"
)
_MATTER_WORDS = (
    "rtificial intelligence|hatbot|lgorithm|deepfake|frontier|machine learning|automated|privacy|training data|"
    "watermark|生成式|人工智|模型|算法|隐私|聊天机器人|水印"
)
_BILL_WORDS = (
    "lawmaker|overnor|enator|legislat|regulat|sponsor|ompliance|vetoed|signed|lients|effect|statute|incident|developer|"
    "safety|法案|立法|合规|议员|州长|签署|否决|生效"
)
_MATTER = re.compile(rf"AI(?<![A-Za-z]AI)(?![A-Za-z])|{sought(_MATTER_WORDS.split('|'))}")
_OF_BILLS = re.compile(sought(_BILL_WORDS.split("|")))


def is_bill(name: str) -> bool:
    """Say whether a name is the number of a bill, such as every session has; PL 2338/2023 is of its own year."""
    return _BILL.match(name) is not None


def is_on_its_matter(letters: str, cues: Iterable[str]) -> bool:
    """Say whether a folded text speaks of what such bills are about, or one of ``cues`` that are no places."""
    return _MATTER.search(letters) is not None or any(cue in letters for cue in cues if not find_seats(cue))


def is_of_bills(letters: str) -> bool:
    """Say whether a folded text speaks of bills at all: SB 53 may be a bus."""
    return _OF_BILLS.search(letters) is not None

"""Tell sentences of a text that hold a name or a day from credit lines, which hold little else."""

from __future__ import annotations

import re

__all__ = ["goes_on", "is_told"]

_TOLD = re.compile(r"[ ](?:was|were|is|are|had|has|have|will|would|ended|began|died)[ ].*\.$")
_OF_PUBLICATION = re.compile("publish|updat|post|modif|correct|revis|edit|appear", re.IGNORECASE)
"""English sentences that hold a name or a day: only those that speak of publication are credits."""
_PASSED = re.compile(r"\d\s*日[^()]{2,60}(?:通过|修订|修正|批准|施行|公布)$")
"""How laws say below their title who passed them: part of the text, and no day of publication."""
_BEGUN = re.compile(
    r"(?:\d\s*[日号]|\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2})\s*(?:零时|凌晨|正式|全面)?(?:起|开始|前|之前|以前|后|至|生效|[施实执]行|实施|举行|召开|开[幕考学售抢播放通业庭]|"
    r"上[市线映]|发售|停止|取消|结束|截止|到期)(?!日期|时间|日\s*:|\s*:)"
)
"""What is to happen on a day: a headline, whose day is none of publication (2026年3月1日起生效)."""
_GOES_ON = re.compile(r"了.{2,}。$|^\s*(?:an?|the|some|two|one)\s.*[a-z]\.$")
"""A value that goes on as a sentence: ``来自上游的泥沙堵塞了航道。``"""


def is_told(line: str, folded: str) -> bool:
    """Tell whether a line, given as it is and folded, tells something: no credit line."""
    if _PASSED.search(folded) or _BEGUN.search(folded):
        return True
    return _TOLD.search(line) is not None and _OF_PUBLICATION.search(line) is None


def goes_on(value: str) -> bool:
    """Tell whether what follows the label of a source goes on as a sentence: no name of an outlet."""
    return _GOES_ON.search(value) is not None

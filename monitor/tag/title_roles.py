"""Which of several full titles a short form may stand for: what the text tells of, and not what it merely cites.

A text tells of the titles in its headline, else of the first one in its lead that is not cited there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.tag.antecedents import Antecedent, core

__all__ = ["TitleRoles"]

_IN_CLAUSE = "[^,。;:!?\n\u0001]"
_CITING = re.compile(
    "(?:(?:按照|依照|根据|依据|遵照|参照|比照|对照|援引|引用|违反|触犯|符合|遵守|遵循|落实|贯彻|执行|结合|衔接|配合|"
    f"不同于|区别于|相较于?|相比|现行|已有|既有){_IN_CLAUSE}{{0,60}}"
    f"|(?:此前|早前|先前|之前|曾|已于|早在|去年|前年|20\\d\\d年){_IN_CLAUSE}{{0,20}}的)$"
)
_CITED_BY = re.compile(
    "(?:的(?:有关|相关)?(?:规定|要求)|(?:的)?第[一二三四五六七八九十百\\d]+条|等(?:有关|相关|法律|法规|规章|规定)|(?:的)?基础上|"
    "相?互?衔接|相比|相?(?:不一致|抵触|冲突))"
)
_TELLING = "公布|发布|印发|出台|颁布|推出|下发|签署|通过|审议|修订|修改|制定|起草|废止|征求意见|施行|实施|生效"
_TOLD_BEFORE = re.compile(f"(?:{_TELLING}|就)[^,。;:!?\n\u0001《》]{{0,8}}$")
_TOLD_BEHIND = re.compile(
    f"[^,。;:!?\n\u0001《》]{{0,14}}?(?:{_TELLING})(?![^,。;:!?\n]{{0,6}}(?:后|以来|周年|年来|之初|之际|期间))"
)
_UNMARKED = "[\u4e00-\u9fff]{4,30}(?:管理|暂行|实施|审查|评估|标识|保护|安全|服务|处罚|监督|促进)"
_TITLE_END = "\u0001"
_LEAD_CHARS = 300
_BEFORE = 90


class TitleRoles:
    """The part that each full title plays in one folded text."""

    def __init__(self, letters: str) -> None:
        self._letters = letters
        self._headline = letters.find(_TITLE_END) + 1
        self._cited: dict[int, bool] = {}
        self._told: dict[int, bool] = {}

    def meant(self, fitting: Sequence[Antecedent], head: str) -> Sequence[Antecedent]:
        """Return the titles, nearest first, without those merely cited; none where the nearest one is in doubt.

        ``head`` is what the short form ends in.
        """
        subjects = self._subjects(fitting)
        if not subjects:
            return () if self._tells_of_unmarked(fitting, head) else fitting
        kept = [item for item in fitting if _key(item) in subjects or not self.is_cited(item)]
        nearest = _key(kept[0])
        is_told = nearest in subjects or any(self._is_told(item) for item in kept if _key(item) == nearest)
        return kept if is_told else ()

    def is_cited(self, title: Antecedent) -> bool:
        """Say whether a text names a title only as a ground or a measure: 按照《A》, 《A》第三条."""
        if title.start not in self._cited:
            before = self._letters[max(0, title.start - _BEFORE) : title.start]
            behind = _CITED_BY.match(self._letters, title.end)
            self._cited[title.start] = behind is not None or _CITING.search(before) is not None
        return self._cited[title.start]

    def _subjects(self, fitting: Sequence[Antecedent]) -> frozenset[str]:
        """Return what the text tells of, if it names others too."""
        if len({_key(item) for item in fitting}) < 2:
            return frozenset()
        headline = {_key(item) for item in fitting if item.start < self._headline and not self.is_cited(item)}
        return frozenset(headline or self._of_lead(fitting))

    def _of_lead(self, fitting: Sequence[Antecedent]) -> set[str]:
        lead = [item for item in reversed(fitting) if 0 <= item.start - self._headline < _LEAD_CHARS]
        told = [item for item in lead if not self.is_cited(item)] or [item for item in lead if self._is_told(item)]
        return {_key(item) for item in told[:1]}

    def _tells_of_unmarked(self, fitting: Sequence[Antecedent], head: str) -> bool:
        """Say whether all titles are merely cited, and the text begins with another one, without marks."""
        if any(self._is_told(item) or not self.is_cited(item) for item in fitting):
            return False
        end = min([self._headline + _LEAD_CHARS, *(item.start for item in fitting)])
        return re.search(f"{_UNMARKED}{head}", self._letters[max(0, self._headline - _LEAD_CHARS) : end]) is not None

    def _is_told(self, title: Antecedent) -> bool:
        if title.start not in self._told:
            before = self._letters[max(0, title.start - _BEFORE) : title.start]
            behind = _TOLD_BEHIND.match(self._letters, title.end)
            self._told[title.start] = behind is not None or _TOLD_BEFORE.search(before) is not None
        return self._told[title.start]


def _key(title: Antecedent) -> str:
    return title.entity or core(title.title)

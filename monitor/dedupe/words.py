"""A verdict in plain words, from its evidence alone: the same sentence when it is made and years later.

Judges nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.records import Evidence, VerdictKind

__all__ = ["in_words"]

_LISTED = 5
_MIN_LENGTH = 60  # letters and digits; of a shorter text no share is asked
_TELLING = 0.5  # the share of a text held by the other that is worth saying

Pairs = tuple[tuple[str, str], ...]

_EN = {
    "same": "the same letters and digits; case, width, script and punctuation do not count",
    "form": "one form filled in twice",
    "empty": "no letters or digits to compare",
    "short": "only {letters} letters and digits; below {least} only texts that say the same are copies",
    "common": "{share} of the text in common",
    "brief": "brief items, equal without their credits",
    "holds": "{whole} holds {share} of {part}",
    "name": "{count} name differs: {listed}",
    "names": "{count} names differ: {listed}",
    "number": "{count} number differs: {listed}",
    "numbers": "{count} numbers differ: {listed}",
    "statement": "{count} statement differs: {listed}",
    "statements": "{count} statements differ: {listed}",
    "rest": "{listed} and {count} more",
    "marked": "one is marked as a correction, an update or a withdrawal",
    "most": "more than 99 %",
    "least": "less than 1 %",
    "comma": ", ",
    "semicolon": "; ",
}
_ZH = {
    "same": "字母、汉字和数字全同；大小写、全半角、简繁和标点不计",
    "form": "同一格式填写了两次",
    "empty": "没有可比较的文字和数字",
    "short": "文字和数字只有 {letters} 个；不足 {least} 个时，只有内容相同才算转载",
    "common": "正文有 {share} 相同",
    "brief": "均为短讯，除署名外相同",
    "holds": "{whole}包含{part}的 {share}",
    "name": "{count} 处名称不同：{listed}",
    "number": "{count} 处数字不同：{listed}",
    "statement": "{count} 处说法不同：{listed}",
    "rest": "{listed} 等，另有 {count} 处",
    "marked": "其中一篇标明是更正、更新或撤回",
    "most": "99 % 以上",
    "least": "不足 1 %",
    "comma": "、",
    "semicolon": "；",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speech:
    words: Mapping[str, str]
    a: str
    b: str

    def say(self, key: str, **values: object) -> str:
        return self.words[key].format(**values)


def in_words(verdict: VerdictKind, evidence: Evidence, *, a: str = "A", b: str = "B", language: str = "en") -> str:
    """Return why A is ``verdict`` to B: "87 % of the text in common; 1 number differs: 80 -> 130".

    ``a`` and ``b`` are what the two are called; ``language`` is ``en`` or ``zh``.
    """
    speech = _Speech(words=_ZH if language == "zh" else _EN, a=a, b=b)
    if verdict is VerdictKind.EXACT_COPY and evidence.similarity == 1:
        return speech.say("same")
    if verdict is VerdictKind.NEW:
        return _nothing(speech, evidence)
    if verdict in (VerdictKind.CONTAINS, VerdictKind.CONTAINED_IN):
        parts = [_held(speech, evidence, b_in_a=verdict is VerdictKind.CONTAINS), _common(speech, evidence)]
    elif verdict is VerdictKind.TEMPLATE_SIBLING:
        parts = [speech.say("form"), _common(speech, evidence)]
    else:
        parts = [_common(speech, evidence), _cut(speech, evidence), _brief(speech, verdict, evidence)]
    return speech.say("semicolon").join(filter(None, [*parts, *_differences(speech, evidence)]))


def _nothing(speech: _Speech, evidence: Evidence) -> str:
    """Say why two texts are nothing to each other."""
    if evidence.letters == 0 and evidence.similarity == 0:
        return speech.say("empty")
    if 0 < evidence.letters < _MIN_LENGTH:
        return speech.say("short", letters=evidence.letters, least=_MIN_LENGTH)
    return _common(speech, evidence)


def _common(speech: _Speech, evidence: Evidence) -> str:
    return speech.say("common", share=_percent(speech, evidence.similarity))


def _cut(speech: _Speech, evidence: Evidence) -> str:
    """Say which of two copies holds most of the other, where they have much less than that in common."""
    most = max(evidence.containment_a, evidence.containment_b)
    if most < _TELLING or most < evidence.similarity + 0.1:
        return ""
    return _held(speech, evidence, b_in_a=evidence.containment_b >= evidence.containment_a)


def _brief(speech: _Speech, verdict: VerdictKind, evidence: Evidence) -> str:
    """Say why two brief items are copies that have little in common."""
    is_brief = verdict is VerdictKind.NEAR_COPY and 0 < evidence.letters < _MIN_LENGTH
    return speech.say("brief") if is_brief else ""


def _held(speech: _Speech, evidence: Evidence, *, b_in_a: bool) -> str:
    share = evidence.containment_b if b_in_a else evidence.containment_a
    whole, part = (speech.a, speech.b) if b_in_a else (speech.b, speech.a)
    return speech.say("holds", whole=whole, part=part, share=_percent(speech, share))


def _differences(speech: _Speech, evidence: Evidence) -> list[str]:
    pairs = {"name": evidence.name_conflicts, "number": evidence.number_conflicts, "statement": evidence.reversals}
    counted = [_counted(speech, what, found) for what, found in pairs.items() if found]
    return [*counted, *([speech.say("marked")] if evidence.is_marked else [])]


def _counted(speech: _Speech, what: str, pairs: Pairs) -> str:
    """Return "3 numbers differ: 80 -> 130, 7 -> 9, 1 -> 2"."""
    count = len(pairs)
    listed = speech.say("comma").join(f"{old} -> {new}" for old, new in pairs[:_LISTED])
    shown = speech.say("rest", listed=listed, count=count - _LISTED) if count > _LISTED else listed
    key = what if count == 1 or f"{what}s" not in speech.words else f"{what}s"
    return speech.say(key, count=count, listed=shown)


def _percent(speech: _Speech, share: float) -> str:
    if 0.995 <= share < 1:
        return speech.say("most")
    return speech.say("least") if 0 < share < 0.005 else f"{100 * share:.0f} %"

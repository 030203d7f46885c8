"""The words of the language that are not the user's: fields, stages, languages, in English and in Chinese."""

from __future__ import annotations

import re

from storage.fold import fold
from storage.states import FactKind, Stage

__all__ = ["FIELDS", "NAMES_OF_FIELDS", "STAGES", "field_of", "in_chinese", "kind_of", "language_of", "stage_of"]

FIELDS = {
    "title": ("标题",),
    "model": ("模型",),
    "regulation": ("法规",),
    "entity": ("实体",),
    "vendor": ("厂商",),
    "kind": ("类型",),
    "stage": ("阶段",),
    "source": ("来源",),
    "group": ("分组",),
    "author": ("作者",),
    "lang": ("语言", "language"),
    "after": ("之后",),
    "before": ("之前",),
    "seen": ("收录", "发现"),
    "published": ("date", "日期", "发布", "发表", "发布时间", "发表时间"),
    "saved": ("已存",),
}
"""What stands before a colon, and its other names."""
STAGES = {
    Stage.PLANNED: ("计划", "规划", "立法计划"),
    Stage.DRAFT: ("草案", "征求意见", "征求意见稿"),
    Stage.UNDER_REVIEW: ("审议", "审议中", "under-review"),
    Stage.ADOPTED: ("通过",),
    Stage.FAILED: ("否决", "未通过", "撤回"),
    Stage.ISSUED: ("公布", "发布", "印发"),
    Stage.IN_FORCE: ("施行", "生效", "实施", "in-force"),
    Stage.AMENDED: ("修订", "修正", "修改"),
    Stage.REPEALED: ("废止", "失效"),
    FactKind.POSTPONED: ("推迟", "延期", "暂缓"),
    FactKind.POSTPONEMENT_PROPOSED: ("拟推迟", "提议推迟", "postponement-proposed"),
}
"""The stages, and the delays that articles tell of, with their other names."""
_KINDS = {"模型": "model", "法规": "regulation"}
_LANGUAGES = {
    "中文": "zh", "汉语": "zh", "chinese": "zh", "英文": "en", "英语": "en", "english": "en",
    "简体": "zh-hans", "简体中文": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans",
    "繁体": "zh-hant", "繁体中文": "zh-hant", "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant",
}  # fmt: skip
_LANGUAGE = re.compile(r"([a-z]{2,3}(?:-[a-z]{4})?)(?:-[a-z]{2})?")
"""A tag, and the region behind it, which no article has: ``en-US`` is ``en``."""
_FIELD_OF = {name: field for field, others in FIELDS.items() for name in (field, *others)}
NAMES_OF_FIELDS = tuple(_FIELD_OF)
"""All that may stand before a colon, in English and Chinese."""
_CHINESE_OF = {stage.value: words[0] for stage, words in STAGES.items()}
_STAGE_OF = {word: stage.value for stage, words in STAGES.items() for word in (stage.value, *words)}


def field_of(written: str) -> str | None:
    """Return the field that a name before a colon means."""
    return _FIELD_OF.get(fold(written).strip())


def kind_of(written: str) -> str:
    """Return the kind of entity that a word means: itself, or the kind of that name in Chinese."""
    folded = fold(written).strip()
    return _KINDS.get(folded, folded)


def stage_of(written: str) -> str | None:
    """Return the stage (``storage.states.Stage``) that a word means, or the kind of delay."""
    return _STAGE_OF.get(fold(written).strip().replace(" ", "_"))


def in_chinese(stage: str) -> str:
    """Return what a stage, or a kind of delay, is called in Chinese."""
    return _CHINESE_OF[stage]


def language_of(written: str) -> str | None:
    """Return the tag of a language, with its script or without, in lower case; None for what is none."""
    tag = fold(written).strip().replace("_", "-")
    found = _LANGUAGE.fullmatch(_LANGUAGES.get(tag, tag))
    return found[1] if found else None

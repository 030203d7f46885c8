"""The catalogue turned into spellings to search: what each spelling says, for which entity.

Knows catalogues and spellings; does not search texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from monitor.tag.catalogue import Catalogue
from monitor.tag.matcher import Matcher
from monitor.tag.settings import EntitySettings
from monitor.tag.spelling import Spelling, make_spelling, wordings
from storage.fold import to_simplified

__all__ = ["GENERIC", "Entry", "Lexicon", "Role", "build_lexicon"]

GENERIC = ""
"""The owner of cues that speak for every model."""

_GENERIC_CUES = (
    *(
        "大模型",
        "大语言模型",
        "大型语言模型",
        "语言模型",
        "AI模型",
        "基础模型",
        "多模态",
        "生成式",
        "AIGC",
        "聊天机器人",
    ),
    *(
        "AI助手",
        "智能助手",
        "智能体",
        "AI",
        "A.I.",
        "人工智能",
        "人工智慧",
        "文生图",
        "文生视频",
        "上下文窗口",
        "开源模型",
    ),
    *("推理模型", "tokens", "Token", "prompt", "提示词", "LLM", "LLMs", "chatbot", "chatbots", "language model"),
    *(
        "language models",
        "artificial intelligence",
        "generative",
        "foundation model",
        "open-weight",
        "open-source model",
    ),
    *("benchmark", "context window", "fine-tuned", "fine-tuning", "neural network", "AI assistant", "large model"),
    *(
        "OpenAI",
        "Anthropic",
        "DeepMind",
        "xAI",
        "科大讯飞",
        "百度",
        "阿里云",
        "字节跳动",
        "智谱",
        "月之暗面",
        "商汤",
        "稀宇",
    ),
    *(
        "面壁智能",
        "阶跃星辰",
        "零一万物",
        "百川智能",
        "深度求索",
        "Hugging Face",
        "Mistral AI",
        "微软",
        "英伟达",
        "谷歌",
    ),
)


class Role(Enum):
    """What a spelling says where it stands."""

    STRONG = "strong"
    AMBIGUOUS = "ambiguous"
    COMMON = "common"
    CUE = "cue"
    VENDOR = "vendor"
    AGAINST = "against"
    LONGER = "longer"  # a longer word in which an alias does not count


NAMES = frozenset({Role.STRONG, Role.AMBIGUOUS, Role.COMMON})


@dataclass(frozen=True, slots=True)
class Entry:
    """One spelling of one entity and its role. ``owner`` is an entity id, or GENERIC."""

    owner: str
    role: Role
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries and the automata over them: names (with longer words) apart from cues.

    ``cues`` holds, for each spelling of the cue matcher, the role it has for each owner.
    """

    catalogue: Catalogue
    names: tuple[Entry, ...]
    cues: tuple[dict[str, Role], ...]
    cue_spellings: tuple[Spelling, ...]
    name_matcher: Matcher
    cue_matcher: Matcher


def build_lexicon(catalogue: Catalogue) -> Lexicon:
    """Return the lexicon of a catalogue."""
    entries = [entry for entity in catalogue for entry in _entries(entity)]
    entries += [Entry(GENERIC, Role.CUE, make_spelling(text)) for text in _GENERIC_CUES]
    names = tuple(entry for entry in entries if entry.role in NAMES or entry.role is Role.LONGER)
    cues: dict[Spelling, dict[str, Role]] = {}
    for entry in entries:
        if entry.role not in NAMES and entry.role is not Role.LONGER:
            cues.setdefault(entry.spelling, {})[entry.owner] = entry.role
    return Lexicon(
        catalogue=catalogue,
        names=names,
        cues=tuple(cues.values()),
        cue_spellings=tuple(cues),
        name_matcher=Matcher([entry.spelling for entry in names]),
        cue_matcher=Matcher(tuple(cues)),
    )


def _entries(entity: EntitySettings) -> Iterator[Entry]:
    named: dict[Spelling, Entry] = {}
    for role, texts in ((Role.COMMON, entity.common), (Role.AMBIGUOUS, entity.ambiguous), (Role.STRONG, entity.strong)):
        for spelling in _spellings(entity, texts):
            named.setdefault(spelling, Entry(entity.id, role, spelling))
    keys = tuple(spelling.key for spelling in named)
    yield from _unlike(named.values())
    for text in entity.cues:
        yield Entry(entity.id, Role.CUE, make_spelling(to_simplified(text)))
    for text in filter(None, map(str.strip, (entity.vendor or "").split("/"))):
        yield Entry(entity.id, Role.VENDOR, make_spelling(to_simplified(text)))
    for text in entity.negative_cues:
        spelling = make_spelling(to_simplified(text))
        longer = any(key in spelling.key and key != spelling.key for key in keys)
        yield Entry(entity.id, Role.LONGER if longer else Role.AGAINST, spelling)


def _unlike(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Drop entries that differ from an earlier one in nothing the search sees."""
    seen: set[tuple[str, str, frozenset[int]]] = set()
    for entry in entries:
        identity = (entry.spelling.key, entry.spelling.letters, entry.spelling.separators)
        if identity not in seen:
            seen.add(identity)
            yield entry


def _spellings(entity: EntitySettings, texts: Iterable[str]) -> Iterator[Spelling]:
    for text in texts:
        simplified = to_simplified(text)
        for wording in wordings(simplified) if entity.kind == "regulation" else (simplified,):
            yield make_spelling(wording, entity.case)

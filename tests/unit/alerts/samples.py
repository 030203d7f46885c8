"""Articles, rules and hits that the tests of the alerts speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from alerts.digest import NewName
from alerts.entry import Past
from alerts.rules import RuleSettings
from alerts.sentence import Excerpt
from alerts.stages import Step
from storage.records import Article, Hit, HitReason, Published, Span, StoryHit
from storage.states import Stage
from storage.tagged import Mention

NOW = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Counts:
    """Coverage as the store counts it."""

    watched: int = 42
    ok: int = 39
    silent: int = 2
    failed: int = 1
    unsent: int = 0


def rule(name: str = "models", **settings: Any) -> RuleSettings:
    """Return a rule; without conditions it asks for 大模型."""
    given = {"any": ("大模型",)} if not {"query", "any", "all", "entities"} & settings.keys() else {}
    return RuleSettings(**{"id": name, "channels": ("desk",), **given, **settings})


def mention(text: str, surface: str, entity: str, *, field: str = "text") -> Mention:
    """Return the mention of the first place where ``surface`` stands."""
    start = text.index(surface)
    return Mention(
        entity=entity,
        kind=entity.partition(":")[0],
        field=field,
        surface=surface,
        start=start,
        end=start + len(surface),
        version=None,
        how="alias",
        confidence=1.0,
    )


def article(title: str | None = None, text: str = "", **changes: Any) -> Article:
    """Return an article with the given title and text."""
    values: dict[str, Any] = {
        "key": f"key of {title} {text}"[:60],
        "source_id": "wire",
        "url": "https://news.example/1",
        "canonical_url": "https://news.example/1",
        "title": title,
        "deck": None,
        "text": text,
        "headings": (),
        "language": "zh",
        "script": "Hans",
        "authors": (),
        "editors": (),
        "source": None,
        "publisher": None,
        "published": None,
        "modified": None,
        "derived": None,
        "fetched_at": NOW,
        "content_hash": "0" * 64,
        "sketch": None,
        "sketch_version": "1",
        "bands": (),
        "sentences": (),
        "mentions": (),
        "keywords": (),
        "flags": (),
        "removed": (),
    }
    return Article(**{**values, **changes})


def story_hit(
    hit_id: int,
    story_id: int,
    *,
    title: str | None,
    text: str,
    word: str = "",
    name: str = "models",
    **changes: Any,
) -> StoryHit:
    """Return a hit of rule ``name`` at the first place of ``word`` in the text."""
    at = text.find(word) if word else -1
    span = Span(field="text", start=at, end=at + len(word), surface=word, term=word)
    hit = Hit(
        rule=name,
        story_id=story_id,
        article_id=hit_id,
        reason=changes.pop("reason", HitReason.NEW),
        token=changes.pop("token", ""),
        spans=(span,) if at >= 0 else (),
        changes=changes.pop("numbers", ()),
    )
    values: dict[str, Any] = {
        "hit_id": hit_id,
        "hit": hit,
        "title": title,
        "url": f"https://news.example/{story_id}",
        "source_id": "wire",
        "publisher": None,
        "published": None,
        "first_seen_at": NOW,
        "text": text,
        "mentions": (),
        "article_count": 1,
        "outlets": ("新华网",),
    }
    return StoryHit(**{**values, **changes})


_WAR = (
    "截至目前，国内公开的大模型已超过80个。百度的文心一言最先发布，阿里的通义千问随后上线。业内人士认为竞争才刚开始。"
)
_LAW = "七部门联合公布《生成式人工智能服务管理暂行办法》，自2023年8月15日起施行。办法共二十四条。"
_EDIT = "They now count 130 models, GPT-4 among them. The list grows every month."
_HOSTILE = "# 1) <img src=x onerror=alert(1)> 大模型 `rm` [go](http://evil.example) @all"

RULES = {
    "models": rule("models"),
    "regulation": rule("regulation", severity="critical"),
    "numbers": rule("numbers", severity="warning"),
}

KEYWORDS = {1: ("混战", "入局"), 4: ("<b>list</b>", "@all")}

HITS = (
    story_hit(
        1,
        1,
        title="百模大战打响",
        text=_WAR,
        word="文心一言",
        mentions=(mention(_WAR, "文心一言", "model:ernie-bot"), mention(_WAR, "通义千问", "model:qwen")),
        published=Published(value="2023-07-02T08:30+08:00", precision="minute", origin="meta"),
        outlets=("36氪", "新浪", "机器之心"),
        article_count=5,
    ),
    story_hit(
        2,
        2,
        name="regulation",
        title="七部门公布生成式人工智能服务管理暂行办法",
        text=_LAW,
        word="《生成式人工智能服务管理暂行办法》",
        mentions=(mention(_LAW, "《生成式人工智能服务管理暂行办法》", "regulation:genai-interim-measures"),),
        published=Published(value="2023-07-13", precision="day", origin="byline"),
        outlets=("网信办", "新华网"),
        article_count=2,
    ),
    story_hit(3, 2, title="七部门公布生成式人工智能服务管理暂行办法", text=_LAW, word="人工智能"),
    story_hit(
        4,
        3,
        name="numbers",
        title="How many models are there?",
        text=_EDIT,
        word="GPT-4",
        reason=HitReason.CHANGED,
        token="f" * 64,
        numbers=(("80", "130"),),
        mentions=(mention(_EDIT, "GPT-4", "model:gpt"),),
        outlets=("Reuters",),
    ),
    story_hit(
        5,
        4,
        title="<script>alert(1)</script> [x](http://evil.example) @all *b* &amp;\r\nBcc: a@b.example \u202eevil\x00",
        text=_HOSTILE,
        word="大模型",
        url="javascript:alert(1)",
        outlets=("<b>outlet</b>",),
    ),
    story_hit(6, 5, title=None, text="", url="file:///srv/in/005.txt", outlets=()),
)

_FINE = "欧盟委员会周四对Meta处以7.4亿欧元罚款，这是《人工智能法案》生效后的首张罚单。"
_FIRST = "7.4亿欧元！Meta因不披露大模型训练数据被罚，公司将上诉。"
_HOSTILE_REPORT = "布鲁塞尔开出首张罚单，大模型厂商绷紧了弦。"

EVENT = (
    story_hit(
        11, 1011, title="欧盟依人工智能法案罚Meta 7.4亿欧元", text=_FINE, word="人工智能法案", outlets=("路透", "财新")
    ),
    story_hit(
        12,
        1012,
        title="Meta吃下AI法案首张罚单",
        text=_FIRST,
        word="大模型",
        reason=HitReason.CHANGED,
        token="e" * 64,
        numbers=(("7.2", "7.4"),),
        name="numbers",
    ),
    story_hit(
        13,
        1013,
        title="# [首罚](http://evil.example) <b>落地</b>",
        text=_HOSTILE_REPORT,
        word="大模型",
        url="javascript:alert(2)",
        outlets=("1. 观察@者",),
    ),
)
"""Three stories of one event; the last tries to be more than text."""
TOPICS = {1011: 5, 1012: 5, 1013: 5}

_BLAST = "据消防部门通报，事故造成23人受伤、1人失踪，火势已被扑灭。大模型在灾情研判中派上了用场。"
_BLAST_BEFORE = "化工厂事故\n据消防部门通报，事故造成14人受伤、3人失踪，火势已被控制。大模型在灾情研判中派上了用场。"
_VOTE = "On Monday the council approved the AI bill. Large models are covered by it."
_VOTE_BEFORE = "Council votes\nOn Monday the council rejected the AI bill. Large models are covered by it."

CHANGES = (
    story_hit(
        21,
        2021,
        name="numbers",
        title="化工厂事故伤者增至23人",
        text=_BLAST,
        word="大模型",
        reason=HitReason.CHANGED,
        token="a" * 64,
        numbers=(("14", "23"), ("3", "1")),
        published=Published(value="2026-08-31T21:40+08:00", precision="minute", origin="meta"),
        outlets=("应急局", "新华网"),
        publisher="应急局",
        article_count=3,
    ),
    story_hit(
        22,
        2022,
        name="regulation",
        title="Council approves the AI bill",
        text=_VOTE,
        word="AI bill",
        reason=HitReason.CHANGED,
        token="b" * 64,
        numbers=(("rejected", "approved"),),
        outlets=("Reuters",),
    ),
)
"""Stories that are told again, with the words around what changed; one is of a regulation that has come further."""
PAST = Past(
    former={21: (_BLAST_BEFORE,), 22: (_VOTE_BEFORE,)},
    steps={22: (Step(entity="regulation:ai-bill", before=Stage.DRAFT, after=Stage.ADOPTED),)},
)
NEW_NAMES = (
    NewName(
        name="晓问大模型",
        kind="model",
        outlets=2,
        stories=3,
        excerpt=Excerpt(before="昨日，", mention="晓问大模型", after="开放公测。"),
        url="https://news.example/new",
    ),
    NewName(
        name="<i>办法</i> @all [x](http://evil.example)",
        kind="regulation",
        outlets=1,
        stories=2,
        excerpt=None,
        url="javascript:alert(3)",
    ),
)

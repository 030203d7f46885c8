"""Small worlds for the tests of the store: records with everything filled in, and a store at a fixed time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from storage.records import (
    Article,
    Evidence,
    Hit,
    HitReason,
    NewItem,
    PollRecord,
    Published,
    Removed,
    SourceSpec,
    Span,
    Validators,
)
from storage.tagged import Mention

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOST = "news.example"


def after(**delta: float) -> datetime:
    return NOW + timedelta(**delta)


def spec(source_id: str = "wire", **changes: Any) -> SourceSpec:
    whole = SourceSpec(
        id=source_id, kind="feed", url=f"https://{HOST}/{source_id}.xml", host=HOST, group=None, every_s=None
    )
    return replace(whole, **changes)


def new_item(key: str, **changes: Any) -> NewItem:
    whole = NewItem(
        url=f"https://{HOST}/{key}",
        key=key,
        host=HOST,
        title=f"题目 {key}",
        published=Published(value="2026-03-01", precision="day", origin="feed"),
        authors=("王小明",),
    )
    return replace(whole, **changes)


def poll(*found: NewItem, source_id: str = "wire", at: datetime = NOW, **changes: Any) -> PollRecord:
    whole = PollRecord(
        source_id=source_id,
        polled_at=at,
        next_due_at=at + timedelta(seconds=900),
        interval_s=900,
        status=200,
        found=found,
        validators=Validators(etag='"v1"', last_modified="Mon, 02 Mar 2026 07:00:00 GMT"),
        body_hash="b1",
        cursor={"page": 1},
    )
    return replace(whole, **changes)


def article(key: str, text: str = "正文", **changes: Any) -> Article:
    whole = Article(
        key=key,
        source_id="wire",
        url=f"https://{HOST}/{key}",
        canonical_url=f"https://{HOST}/{key}",
        title=f"题目 {key}",
        deck=None,
        text=text,
        headings=(),
        language="zh",
        script="Hans",
        authors=("王小明",),
        editors=("李华",),
        source=None,
        publisher=f"{key} 日报",
        published=Published(value="2026-03-01", precision="day", origin="byline"),
        modified=None,
        derived=None,
        fetched_at=NOW,
        content_hash=sha256(text.encode(errors="replace")).hexdigest(),
        sketch=b"sketch",
        sketch_version="v1",
        bands=(),
        sentences=(),
        mentions=(mention("model:ernie-bot", 0, "正文"[: len(text)]),),
        keywords=("模型",),
        flags=("truncated",),
        removed=(Removed(rule="tail", text="责任编辑"),),
    )
    return replace(whole, **changes)


def mention(entity: str, start: int, surface: str, **changes: Any) -> Mention:
    whole = Mention(
        entity=entity,
        kind=entity.split(":")[0],
        field="text",
        surface=surface,
        start=start,
        end=start + len(surface),
        version=None,
        how="alias",
        confidence=0.9,
    )
    return replace(whole, **changes)


def evidence(**changes: Any) -> Evidence:
    whole = Evidence(
        similarity=0.93,
        containment_a=0.97,
        containment_b=0.95,
        length_ratio=0.98,
        number_conflicts=(("100", "120"),),
        rule_version="1",
    )
    return replace(whole, **changes)


def hit(story_id: int, article_id: int, rule: str = "models", **changes: Any) -> Hit:
    whole = Hit(
        rule=rule,
        story_id=story_id,
        article_id=article_id,
        reason=HitReason.NEW,
        token="",
        spans=(Span(field="text", start=0, end=2, surface="正文", term="正文"),),
        changes=(),
    )
    return replace(whole, **changes)

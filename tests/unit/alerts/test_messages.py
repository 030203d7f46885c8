"""The message of one story: told by the article that leads it when the message is put together."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from alerts.mutes import MuteSettings
from storage.articles import insert_article
from storage.database import Session, Store
from storage.records import VerdictKind
from storage.tables import deliveries, stories
from tests.unit.alerts.desk import compose, desk_of, publish
from tests.unit.alerts.samples import NOW, article, rule

_HOUR = timedelta(hours=1)
_NIGHT = MuteSettings(at="00:00-07:00")  # NOW is 01:00
_MUTED = desk_of(rule(mode="instant", mute=(_NIGHT,)))


def _lead(session: Session, story: int, text: str) -> None:
    """Let an article of another outlet come to a story and lead it."""
    better = article("通讯社原文", text, key="better", url="https://agency.example/a", publisher="通讯社")
    article_id, _ = insert_article(session, better, verdict=VerdictKind.NEAR_COPY, story_id=story, now=NOW + _HOUR)
    session.execute(update(stories).where(stories.c.id == story).values(canonical_id=article_id))


@pytest.mark.parametrize(
    ("text", "title", "url"),
    [
        pytest.param(
            "我国产的大模型备案了。", "通讯社原文", "https://agency.example/a", id="the one that leads it now"
        ),
        pytest.param(
            "没有那个词。", "文章1", "https://news.example/1", id="the one that was hit, where the rule holds"
        ),
    ],
)
def test_muted_story_is_told_by(store: Store, text: str, title: str, url: str) -> None:
    story = store.write(lambda s: publish(s, _MUTED, 1))
    store.write(lambda s: _lead(s, story, text))

    store.write(lambda s: compose(s, _MUTED, NOW + 6 * _HOUR))

    payload = _payload(store)
    (told,) = payload["data"]["stories"]
    assert (told["title"], told["url"], payload["subject"]) == (title, url, title)
    assert told["excerpt"] == (text if title == "通讯社原文" else "国产大模型备案。")
    assert "**大模型**" in payload["markdown"]


def test_story_that_grew_is_told_again_by_the_article_that_leads_it_now(store: Store) -> None:
    desk = desk_of(rule(mode="instant", repeat_interval=4 * _HOUR))
    story = store.write(lambda s: publish(s, desk, 1))
    store.write(lambda s: _lead(s, story, "国产大模型昨日备案。"))
    store.write(partial(publish, desk=desk, number=2, story_id=story))

    store.write(lambda s: compose(s, desk, NOW + 5 * _HOUR))

    assert [one["title"] for one in _payload(store)["data"]["stories"]] == ["通讯社原文"]


def _payload(store: Store) -> dict[str, Any]:
    """Return the last message."""
    with store.read() as session:
        payload: dict[str, Any] = (
            session.scalars(select(deliveries.c.payload).order_by(deliveries.c.id.desc())).first() or {}
        )
    return payload

"""Whatever happens to stories and to the configuration: each hit is told a channel once, and each why is true."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Select, select

from alerts.rules import RuleSet, compile_rules
from monitor.answer_words import LANGUAGES, answer_in_words, details_in_words
from monitor.answers import Answer, Became, Case, answers
from monitor.cases import case_of
from monitor.config import Config, load_config
from storage import feed
from storage.database import Session
from storage.records import DeliveryState
from storage.tables import articles, deliveries, delivery_hits, hits, silenced_hits, stories, waiting_hits
from tests.flow.world import World
from tests.properties.alert_history import CHANNELS, RULES, SOURCES, History

pytestmark = pytest.mark.anyio

STEPS = 18
LATEST = 3
"""Articles that are asked after each step; at the end all are."""
TICK = timedelta(hours=1)
REFUSED = {Became.SOURCE, Became.GROUP, Became.CONDITION}
WAITS = {Became.WAITING: "digest", Became.MUTED: "muted", Became.GROUPED: "grouped"}
LEFT = {
    Became.TOLD: {DeliveryState.SENT},
    Became.OUTBOX: {DeliveryState.PENDING, DeliveryState.SENDING},
    Became.FAILED: {DeliveryState.DEAD, DeliveryState.DROPPED},
}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    settings = {"timezone": "Asia/Shanghai"}
    async with World.open(tmp_path, sources=SOURCES, rules=RULES, channels=CHANNELS, settings=settings) as world:
        yield world


@pytest.mark.parametrize("seed", [21])
async def test_each_hit_is_told_once_and_each_answer_is_true(world: World, seed: int) -> None:
    history = History(world, Random(seed), lambda: explained(world, latest=LATEST))
    for _ in range(STEPS):
        await history.step()
        hold(world)
        explained(world, latest=LATEST)
    promised, since = explained(world), world.clock()
    await history.wait(hours=60)
    hold(world)
    kept(world, promised, since)
    assert explained(world) == {}, "something still waits"


def hold(world: World) -> None:
    """Each hit was told a channel once at most, and none was lost."""
    with world.daemon.rt.store.read() as session:
        told = [(hit_id, channel) for hit_id, channel, _ in messages(session)]
        waits = [tuple(row) for row in session.execute(select(waiting_hits.c.hit_id, waiting_hits.c.channel))]
        ended = select(stories.c.id).where(stories.c.merged_into.is_not(None))
        raised = set(session.scalars(select(hits.c.id).where(hits.c.story_id.not_in(ended))))
        quiet = set(session.scalars(select(silenced_hits.c.hit_id)))
    assert [place for place, times in Counter([*told, *waits]).items() if times > 1] == []
    assert raised - quiet - {hit_id for hit_id, _ in (*told, *waits)} == set()


def messages(session: Session) -> list[tuple[int, str, datetime]]:
    """Return which hits which channels were told, and when: (hit, channel, time)."""
    asked = select(delivery_hits.c.hit_id, deliveries.c.channel, deliveries.c.created_at)
    return [
        tuple(row) for row in session.execute(asked.join(deliveries, deliveries.c.id == delivery_hits.c.delivery_id))
    ]


def explained(world: World, *, latest: int | None = None) -> dict[tuple[int, str], datetime | None]:
    """Ask why of each article and rule, under the configuration as it is written; return what is promised: until when
    which hit waits for which channel."""
    config, promised = load_config(world.path, environ={}), {}
    rules = compile_rules(config.rules, config.queries)
    with world.daemon.rt.store.read() as session:
        for article_id in session.scalars(select(articles.c.id).order_by(articles.c.id.desc()).limit(latest)):
            case = case_for(session, article_id, config, world.clock())
            given = answers(rules, case)
            assert [one.rule for one in given] == [rule.id for rule in config.rules]
            for one in given:
                is_true(session, rules, case, one)
                promised |= waiting_of(one)
    return promised


def case_for(session: Session, article_id: int, config: Config, now: datetime) -> Case:
    found = feed.explain(session, article_id)
    assert found is not None
    case = case_of(session, found, config, now)
    assert case is not None
    return case


def is_true(session: Session, rules: RuleSet, case: Case, one: Answer) -> None:
    """Check an answer against the store, whatever it was made from."""
    assert one.became not in (Became.UNSENT, Became.FORMER, Became.UNTOLD), one
    assert (one.became in REFUSED) is (not one.spans and one.hit is None and one.story_id is None), one
    rule = next(rule for rule in rules.rules if rule.id == one.rule)
    for language in LANGUAGES:
        assert answer_in_words(one, rule, case, language=language)
        assert all(details_in_words(one, language=language))
    if one.hit is None or one.of_hit is None:
        return
    said = session.execute(select(hits).where(hits.c.id == one.hit.id)).one()
    assert said.rule in (rule.id, *rule.was)
    assert (said.article_id == case.article_id) is (one.became not in (Became.MERGED, Became.SILENT))
    states = set(session.scalars(states_of(one.hit.id)))
    if one.of_hit is Became.SILENCED:
        assert session.scalar(select(silenced_hits.c.silence_id).where(silenced_hits.c.hit_id == one.hit.id))
    elif one.of_hit in LEFT:
        assert states & LEFT[one.of_hit], one
    else:
        assert WAITS[one.of_hit] in {message.state for message in one.messages}, one


def states_of(hit_id: int) -> Select[tuple[str]]:
    asked = select(deliveries.c.state).join(delivery_hits, delivery_hits.c.delivery_id == deliveries.c.id)
    return asked.where(delivery_hits.c.hit_id == hit_id)


def waiting_of(one: Answer) -> dict[tuple[int, str], datetime | None]:
    if one.hit is None:
        return {}
    return {(one.hit.id, said.channel): said.at for said in one.messages if said.state in WAITS.values()}


def kept(world: World, promised: dict[tuple[int, str], datetime | None], since: datetime) -> None:
    """What was promised is told at the tick that follows its time, and not before."""
    with world.daemon.rt.store.read() as session:
        told = {(hit_id, channel): at for hit_id, channel, at in messages(session)}
        quiet = set(session.scalars(select(silenced_hits.c.hit_id)))
    for (hit_id, channel), until in promised.items():
        if hit_id not in quiet:
            due = max(until or since, since)
            assert due <= told[hit_id, channel] <= due + TICK, (hit_id, channel, until)

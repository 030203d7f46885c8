"""What a back-test finds is what came in live; each article has one answer for each rule."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from monitor.answer_words import LANGUAGES, answer_in_words
from monitor.answers import Became, answers
from monitor.backtest import Tried, Watch, ask_page, stretch_since
from monitor.cases import case_of
from storage import feed
from storage.database import Session
from storage.query.predicate import holds
from storage.tables import hits
from tests.flow.world import START, World
from tests.properties.live_world import HOST, come_in, filler

pytestmark = pytest.mark.anyio

REFUSED = {Became.SOURCE, Became.GROUP, Became.CONDITION}
PIECES = (
    "工信部就算法备案征求意见。",
    "算法備案清單公布。",
    "大模型企业开始招聘。",
    "通义千问升级。",
    "通義千問與文心一言同日開放。",
    "《生成式人工智能服务管理暂行办法》公布，自8月15日起施行。",
    "OpenAI released GPT-4o today.",
    "Training data is scarce.",
    "监管部门要求，各类大模型应当完成备案。",
    "天气晴好。",
    "AI is everywhere.",
)
RULES = (
    {"id": "any", "any": ["算法备案", "AI"]},
    {"id": "all", "all": ["大模型", "备案"], "none": ["招聘"]},
    {"id": "title", "any": ["大模型", "千问"], "where": "title"},
    {"id": "names", "entities": ["model:*"], "mode": "instant"},
    {"id": "named-in-title", "entities": ["regulation:*"], "where": "title"},
    {"id": "of-gov", "any": ["备案"], "sources": ["g*"]},
    {"id": "official", "query": "大模型 OR 千问", "groups": ["official"]},
    {"id": "count", "query": "count(model:tongyi-qianwen)>=2"},
    {"id": "near", "query": "监管 NEAR/8 大模型"},
    {"id": "excluded", "query": "-备案 -group:official"},
    {"id": "recent", "query": "after:1h 备案"},
    {"id": "old", "query": "before:1h"},
    {"id": "stage", "query": "stage:issued,in_force"},
    {"id": "pattern", "query": "/gpt.?[45]/ OR lang:en"},
    {"id": "source", "query": "source:wire 大模型", "mode": "instant"},
)
ARTICLES = st.lists(
    st.tuples(
        st.sampled_from(PIECES), st.lists(st.sampled_from(PIECES), max_size=4), st.sampled_from(["wire", "gov"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)  # fmt: skip
NUMBERS = count()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    sources = [
        {"id": "wire", "kind": "feed", "url": f"https://{HOST}/feed.xml", "group": "press"},
        {"id": "gov", "kind": "feed", "url": f"https://{HOST}/gov.xml", "group": "official"},
    ]
    rules = [rule | {"channels": ["digests"]} for rule in RULES]
    async with World.open(tmp_path, sources=sources, rules=rules) as world:
        yield world


def back_test(session: Session, world: World) -> list[Tried]:
    rt = world.daemon.rt
    watch = Watch(rules=rt.rules, groups={id_: source.group for id_, source in rt.sources.items()})
    stretch, after_id = stretch_since(session, START), 0
    found: list[Tried] = []
    while page := ask_page(session, [watch], stretch, after_id):
        found += page
        after_id = page[-1].article_id
    assert len(found) == stretch.total
    return found


async def test_back_test_finds_what_came_in_live_and_each_rule_has_one_answer(world: World) -> None:
    # the store keeps what came before: shrinking would change more than the example
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(articles=ARTICLES)
    def hold(articles: list[tuple[str, list[str], str, bool]]) -> None:
        for title, pieces, source_id, is_reprinted in articles:
            body = "".join(pieces) + filler(next(NUMBERS))
            come_in(world, f"/{next(NUMBERS)}", title, body, source_id)
            if is_reprinted:
                come_in(world, f"/{next(NUMBERS)}", title, body, "gov" if source_id == "wire" else "wire")
        with world.daemon.rt.store.read() as session:
            agree(session, world)

    hold()


def agree(session: Session, world: World) -> None:
    tested = back_test(session, world)
    live = session.execute(select(hits.c.rule, hits.c.story_id, hits.c.article_id, hits.c.spans)).all()
    assert {(row.rule, row.story_id) for row in live} == {
        (found.rule.id, one.story_id) for one in tested for found in one.matches[0]
    }
    places = {(found.rule.id, one.article_id): feed.as_json(found.spans) for one in tested for found in one.matches[0]}
    for row in live:
        assert places[row.rule, row.article_id] == row.spans
    for one in tested:
        answer_once(session, world, one)


def answer_once(session: Session, world: World, one: Tried) -> None:
    rt = world.daemon.rt
    explanation = feed.explain(session, one.article_id)
    assert explanation is not None
    case = case_of(session, explanation, rt.config, world.clock())
    assert case is not None
    settings = {rule.id: rule for rule in rt.rules.rules}
    held = {found.rule.id for found in one.matches[0]}
    given = answers(rt.rules, case)

    assert [answer.rule for answer in given] == list(settings)
    for answer in given:
        assert (answer.became in REFUSED) is (answer.rule not in held)
        assert (answer.condition is not None) is (answer.became is Became.CONDITION)
        if answer.condition is not None:
            assert not holds(answer.condition, one.subject, one.subject.first_seen_at, case.group)
        for language in LANGUAGES:
            assert answer_in_words(answer, settings[answer.rule], case, language=language)

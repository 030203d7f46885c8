"""Articles of a few stories in many forms, and a recorder that takes them through the transaction without a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from sqlalchemy import select

from monitor.dedupe.precedence import precedence
from monitor.read.fingerprint import fingerprint
from monitor.stories import Placed, place_again, place_new
from storage import articles as article_store
from storage.database import Session, Store
from storage.records import Article, Published
from storage.tables import articles, edges, stories
from tests.unit.storage.worlds import NOW, article

__all__ = ["PAIRS", "arrive", "articles_of", "form", "map_of", "originals", "record_all", "shuffled", "written"]

SEEDS = sorted((Path(__file__).parents[1] / "fixtures" / "seeds").glob("*.txt"))
PAIRS = {"contains": "contained_in", "contained_in": "contains"}
WORDS = (
    ("表示", "指出"),
    ("目前", "现在"),
    ("通过", "经由"),
    ("进行", "开展"),
    ("企业", "公司"),
    ("以及", "和"),
    ("已经", "已"),
)
NOTICE = (
    "{name}股份有限公司（以下简称“公司”）董事会于{month}月{day}日收到股东{holder}先生的减持计划告知函，其持有公司股份{held}股，"
    "占公司总股本的{share}%，计划自公告披露之日起三个月内以集中竞价方式减持不超过{sold}股。\n本次减持原因为个人资金需求，"
    "减持价格根据市场价格确定，不会导致公司控制权发生变更，也不会对公司治理结构和持续经营产生重大影响。敬请投资者注意投资风险。"
)


@cache
def originals() -> tuple[str, ...]:
    """Return the openings of the sample articles, long enough for every form."""
    texts = (path.read_text(encoding="utf-8") for path in SEEDS)
    return tuple("\n".join(line for line in text.splitlines()[1:] if len(line) > 20)[:1100] for text in texts)


def form(text: str, kind: str, dice: Random) -> str:
    """Return a text in another form: a copy, a revision, a part or a whole of it."""
    if kind == "wrapped":
        foot = f"责任编辑：李华 转载请注明来源于本站，侵权必究{dice.randint(10, 99)}"
        return f"本报讯（记者 王小明）第{dice.randint(1, 9)}版\n{text}\n{foot}"
    if kind == "cut":
        return text[: int(len(text) * dice.uniform(0.68, 0.95))]
    if kind == "traditional":
        return _traditional(text)
    if kind == "rewritten":
        return _rewritten(text, dice)
    if kind == "revised":
        return _revised(text, dice)
    if kind == "part":
        return text[: int(len(text) * 0.35)]
    if kind == "whole":
        return originals()[dice.randrange(5)][:900] + "\n" + text
    return text


def _traditional(text: str) -> str:
    from opencc import OpenCC

    return str(OpenCC("s2t").convert(text))


def _rewritten(text: str, dice: Random) -> str:
    for one, other in WORDS:
        text = text.replace(one, other)
    clauses = re.split("(?<=，)", text)
    return "".join(clause for clause in clauses if dice.random() > 0.06)


def _revised(text: str, dice: Random) -> str:
    numbers = list(re.finditer(r"\d+", text))
    chosen = dice.choice(numbers) if numbers else None
    if chosen is None:
        return "更正：" + text
    return text[: chosen.start()] + str(int(chosen[0]) + dice.randint(1, 40)) + text[chosen.end() :]


def _notice(dice: Random) -> str:
    name = dice.choice(("华能国际", "中芯科技", "平安电器", "长江实业", "北方稀土", "天山生物"))
    return NOTICE.format(
        name=name,
        month=dice.randint(1, 12),
        day=dice.randint(1, 28),
        holder=dice.choice(("赵志强", "钱晓红", "孙立军", "李建国")),
        held=dice.randint(10**6, 10**7),
        share=round(dice.uniform(1, 9), 2),
        sold=dice.randint(10**5, 10**6),
    )


def written(key: str, text: str, dice: Random | None = None, **more: object) -> Article:
    """Return an article as it comes from the reader, with a date, a source and a rank drawn at random, or none."""
    keys = fingerprint(text)
    made = article(
        key,
        text,
        mentions=(),
        title=None,
        source=None,
        published=None,
        content_hash=keys.content_hash,
        sketch=keys.sketch,
        sketch_version=keys.sketch_version,
        bands=keys.bands,
        sentences=keys.sentences,
    )
    made = replace(made, **{**(_circumstances(dice) if dice else {}), **more})  # type: ignore[arg-type]
    return replace(made, precedence=precedence(made, dice.choice((1, 2, 5)) if dice else 5))


def _circumstances(dice: Random) -> dict[str, object]:
    at = NOW - timedelta(minutes=dice.randint(0, 9000))
    dates = (
        None,
        Published(value=at.date().isoformat(), precision="day", origin="meta"),
        Published(value=at.isoformat(timespec="minutes"), precision="minute", origin="meta"),
    )
    return {"published": dice.choice(dates), "source": dice.choice((None, None, "新华社", "某日报"))}


def articles_of(dice: Random, size: int) -> list[Article]:
    """Return articles of two or three stories in many forms, and some notices of one template."""
    texts = dice.sample(originals(), dice.randint(2, 3))
    kinds = ("same", "wrapped", "cut", "traditional", "rewritten", "revised", "part", "whole")
    found = []
    for number in range(size):
        text = dice.choice(texts)
        forms = dice.choices(kinds, (4, 5, 4, 2, 4, 3, 1, 1))[0]
        text = _notice(dice) if number % 9 == 8 else form(text, forms, dice)
        if dice.random() < 0.3:
            text = form(text, dice.choice(("wrapped", "cut", "rewritten")), dice)
        found.append(written(f"k{number:02}{dice.getrandbits(32):08x}", text, dice))
    return found


def arrive(store: Store, one: Article, now: datetime = NOW) -> Placed:
    """Take an article through the transaction: a new one, or another form of a known one."""

    def work(session: Session) -> Placed:
        known = article_store.find_article(session, one.key)
        if known is None:
            return place_new(session, one, now=now)
        article_store.revise_article(session, known.id, one, evidence=None, now=now)
        return place_again(session, known.id, now=now)

    return store.write(work)


def record_all(store: Store, arrivals: Iterable[Article]) -> None:
    """Take articles through their transactions, one after the other."""
    for one in arrivals:
        arrive(store, one)


def map_of(store: Store) -> dict[str, object]:
    """Return who leads whom, and the edges between canonical articles and between copies and theirs, by keys."""
    with store.read() as session:
        asked = select(articles.c.id, articles.c.key, stories.c.canonical_id)
        rows = session.execute(asked.join(stories, stories.c.id == articles.c.story_id)).all()
        found = session.execute(select(edges.c.from_id, edges.c.to_id, edges.c.verdict)).all()
    keys = {row.id: row.key for row in rows}
    leads = {row.id: row.canonical_id for row in rows}
    kept = [edge for edge in found if _counts(leads, edge.from_id, edge.to_id)]
    return {
        "leads": {keys[one]: keys[lead] for one, lead in leads.items()},
        "edges": sorted(_edge(keys[edge.from_id], keys[edge.to_id], edge.verdict) for edge in kept),
    }


def _counts(leads: dict[int, int], one: int, other: int) -> bool:
    return leads[one] in (one, other) and leads[other] in (one, other)


def _edge(one: str, other: str, verdict: str) -> tuple[str, str, str]:
    return (one, other, verdict) if one < other else (other, one, PAIRS.get(verdict, verdict))


def shuffled(dice: Random, values: Sequence[Article]) -> list[Article]:
    """Return articles in another order."""
    return dice.sample(list(values), len(values))

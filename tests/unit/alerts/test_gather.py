from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from alerts.digest import Digest, NewName
from alerts.gather import DigestQuestion, gather_digest, waiting_hits
from alerts.rules import compile_rules
from storage import hits
from storage.articles import add_edge, insert_article, revise_article
from storage.database import Session, Store
from storage.records import Edge, Hit, HitReason, VerdictKind
from storage.states import FactKind, Stage
from storage.tables import deliveries, digests
from storage.tagged import Findings, StatedFact
from tests.unit.alerts.samples import NEW_NAMES, NOW, Counts, article, mention, rule
from tests.unit.storage.worlds import evidence

_SINCE = NOW - timedelta(days=1)
_BEFORE, _NOW = "通报称，事故造成14人受伤。大模型备案。", "通报称，事故造成23人受伤。大模型备案。"
_LAW = "regulation:measures"


def _names(session: Session, since: datetime, until: datetime) -> Sequence[NewName]:
    assert (since, until) == (_SINCE, NOW)
    return NEW_NAMES


def _digest(session: Session, *, since: datetime | None = _SINCE) -> Digest:
    asked = DigestQuestion(
        rules=compile_rules([rule()]),
        coverage=Counts(),
        names={_LAW: "《某办法》"},
        find_names=_names,
        since=since,
        timezone="UTC",
        now=NOW,
    )
    return gather_digest(session, waiting_hits(session, ("models",), 0), asked)


def _store(session: Session, number: int, text: str, *, at: datetime = NOW, **more: Any) -> tuple[int, int]:
    stored = article(f"文章{number}", text, key=f"key{number}", url=f"https://news.example/{number}", **more)
    return insert_article(session, stored, verdict=VerdictKind.NEW, story_id=None, now=at)


def _hit(session: Session, place: tuple[int, int], *, changes: tuple[tuple[str, str], ...] = ()) -> None:
    article_id, story_id = place
    reason = HitReason.CHANGED if changes else HitReason.NEW
    hit = Hit(
        rule="models",
        story_id=story_id,
        article_id=article_id,
        reason=reason,
        token="x" if changes else "",
        spans=(),
        changes=changes,
    )
    hits.add_hit(session, hit, now=NOW)


def _told(digest: Digest) -> list[str]:
    return [str(change) for entry in digest.entries for change in entry.told]


def test_change_of_an_article_is_told_from_its_last_revision(store: Store) -> None:
    def fill(session: Session) -> None:
        place = _store(session, 1, _BEFORE)
        revise_article(session, place[0], article("文章1", _NOW, key="key1"), evidence=None, now=NOW)
        _hit(session, place, changes=(("14", "23"),))

    store.write(fill)
    with store.read() as session:
        assert _told(_digest(session)) == ["事故造成14人受伤 → 事故造成23人受伤"]


def test_change_in_another_article_is_told_from_the_one_it_revises(store: Store) -> None:
    def fill(session: Session) -> None:
        first, _ = _store(session, 1, _BEFORE)
        later = _store(session, 2, _NOW)
        edge = Edge(from_id=later[0], to_id=first, verdict=VerdictKind.REVISION, evidence=evidence())
        add_edge(session, edge, now=NOW)
        _hit(session, later, changes=(("14", "23"),))

    store.write(fill)
    with store.read() as session:
        assert _told(_digest(session)) == ["事故造成14人受伤 → 事故造成23人受伤"]


def _stating(session: Session, number: int, stage: Stage, *, at: datetime) -> tuple[int, int]:
    text = "大模型备案：《某办法》。"
    fact = StatedFact(
        entity=_LAW,
        what=FactKind.STAGE,
        value=stage,
        field="text",
        surface="《某办法》",
        start=6,
        end=11,
        confidence=1.0,
    )
    named = (mention(text, "《某办法》", _LAW),)
    return _store(session, number, text, at=at, mentions=named, findings=Findings(facts=(fact,)))


@pytest.mark.parametrize(
    ("before", "now", "steps"),
    [
        pytest.param(Stage.DRAFT, Stage.ISSUED, [("《某办法》", Stage.DRAFT, Stage.ISSUED)], id="further"),
        pytest.param(Stage.ISSUED, Stage.ISSUED, [], id="no further"),
        pytest.param(Stage.IN_FORCE, Stage.DRAFT, [], id="told of its past"),
        pytest.param(None, Stage.ISSUED, [], id="never told before"),
        pytest.param(
            Stage.AMENDED, Stage.IN_FORCE, [("《某办法》", Stage.AMENDED, Stage.IN_FORCE)], id="once more, as amended"
        ),
    ],
)
def test_regulation_is_told_to_have_come(store: Store, before: Stage | None, now: Stage, steps: list[object]) -> None:
    def fill(session: Session) -> None:
        if before:
            _stating(session, 1, before, at=_SINCE - timedelta(hours=1))
        _hit(session, _stating(session, 2, now, at=NOW))

    store.write(fill)
    with store.read() as session:
        (entry,) = _digest(session).entries

    assert [(step.entity, step.before, step.after) for step in entry.steps] == steps


def test_new_names_are_those_since_the_digest_before(store: Store) -> None:
    store.write(lambda session: _hit(session, _store(session, 1, _NOW)))

    with store.read() as session:
        assert [name.name for name in _digest(session).new_names][:1] == ["晓问大模型"]


def test_gathering_marks_nothing(store: Store) -> None:
    store.write(lambda session: _hit(session, _store(session, 1, _NOW)))

    def look(session: Session) -> list[int]:
        first, second = _digest(session), _digest(session)
        assert first == second
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in (digests, deliveries)]

    assert store.write(look) == [0, 0]


def test_revised_article_is_no_witness_against_its_own_step(store: Store) -> None:
    def fill(session: Session) -> None:
        _stating(session, 1, Stage.DRAFT, at=_SINCE - timedelta(hours=2))
        _hit(session, _stating(session, 2, Stage.ISSUED, at=_SINCE - timedelta(hours=1)))

    store.write(fill)
    with store.read() as session:
        (entry,) = _digest(session).entries

    assert [(step.before, step.after) for step in entry.steps] == [(Stage.DRAFT, Stage.ISSUED)]

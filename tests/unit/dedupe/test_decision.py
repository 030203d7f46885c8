"""Which story an article joins."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.dedupe import decide
from monitor.dedupe.decision import MAX_VERIFIED
from monitor.read.fingerprint import fingerprint
from storage.records import Article, Candidate, VerdictKind

SEEDS = sorted((Path(__file__).parents[2] / "fixtures" / "seeds").glob("*.txt"))


def letters(start: int, length: int) -> str:
    """Return ``length`` Hangul syllables, all different."""
    return "".join(map(chr, range(0xAC00 + start, 0xAC00 + start + length)))


BODY = letters(0, 500) + "共有80家企业申请" + letters(600, 400)


def article(text: str, title: str | None = None) -> Article:
    keys = fingerprint(text)
    return Article(
        key="key",
        source_id="source",
        url="https://example.org/a",
        canonical_url="https://example.org/a",
        title=title,
        deck=None,
        text=text,
        headings=(),
        language="zh",
        script="Hans",
        authors=(),
        editors=(),
        source=None,
        publisher=None,
        published=None,
        modified=None,
        derived=None,
        fetched_at=datetime(2023, 7, 2, tzinfo=UTC),
        content_hash=keys.content_hash,
        sketch=keys.sketch,
        sketch_version=keys.sketch_version,
        bands=keys.bands,
        sentences=keys.sentences,
        mentions=(),
        keywords=(),
        flags=(),
        removed=(),
    )


def candidate(article_id: int, text: str, *, story_id: int | None = None, is_canonical: bool = True) -> Candidate:
    return Candidate(
        article_id=article_id,
        story_id=article_id if story_id is None else story_id,
        is_canonical=is_canonical,
        title=None,
        text=text,
        content_hash=fingerprint(text).content_hash,
        band_hits=1,
        sentence_hits=0,
    )


@pytest.mark.parametrize(
    ("text", "verdict", "story_id"),
    [
        pytest.param(BODY, VerdictKind.EXACT_COPY, 7, id="equal"),
        pytest.param("首页\n" + BODY + "\n责任编辑", VerdictKind.NEAR_COPY, 7, id="wrapped"),
        pytest.param(BODY.replace("80", "130"), VerdictKind.REVISION, 7, id="a number changed"),
        pytest.param(BODY + letters(2000, 3000), VerdictKind.CONTAINS, None, id="holds it"),
        pytest.param(BODY[:300], VerdictKind.CONTAINED_IN, None, id="a part of it"),
        pytest.param(letters(3000, 900), VerdictKind.NEW, None, id="another article"),
    ],
)
def test_verdict_says_what_the_article_is_to_the_stored_one(
    text: str, verdict: VerdictKind, story_id: int | None
) -> None:
    decision = decide(article(text), [candidate(3, BODY, story_id=7)])

    assert (decision.verdict, decision.story_id) == (verdict, story_id)
    assert [edge[:2] for edge in decision.edges] == ([(3, verdict)] if verdict is not VerdictKind.NEW else [])


def test_without_candidates_an_article_is_new() -> None:
    decision = decide(article(BODY), [])

    assert decision.verdict is VerdictKind.NEW
    assert (decision.story_id, decision.other, decision.evidence, decision.edges) == (None, None, None, ())


def test_revision_reads_from_old_to_new_and_its_edge_from_new_to_old() -> None:
    decision = decide(article(BODY.replace("80", "130")), [candidate(3, BODY)])

    assert decision.evidence is not None
    assert decision.evidence.number_conflicts == (("80", "130"),)
    assert decision.edges[0][2].number_conflicts == (("130", "80"),)


def test_containments_of_the_decision_and_the_edge_mirror_each_other() -> None:
    decision = decide(article(BODY[:300]), [candidate(3, BODY)])

    assert decision.evidence is not None
    assert decision.edges[0][2].containment_a == decision.evidence.containment_b == 1.0
    assert decision.edges[0][2].containment_b == decision.evidence.containment_a < 0.5


def test_chain_of_small_changes_does_not_join_unlike_articles() -> None:
    canonical = letters(0, 1000)
    member = letters(400, 1000)
    far = letters(800, 1000)

    decision = decide(article(far), [candidate(1, canonical), candidate(2, member, story_id=1, is_canonical=False)])

    assert decide(article(member), [candidate(1, canonical)]).story_id == 1
    assert (decision.verdict, decision.story_id) == (VerdictKind.NEW, None)
    assert [edge[:2] for edge in decision.edges] == [(2, VerdictKind.NEAR_COPY)]


def test_article_equal_to_a_mere_member_joins_its_story() -> None:
    decision = decide(article(BODY), [candidate(2, BODY, story_id=1, is_canonical=False)])

    assert (decision.verdict, decision.story_id) == (VerdictKind.EXACT_COPY, 1)


def test_best_match_is_joined_and_the_others_become_edges() -> None:
    stored = [
        candidate(1, BODY + letters(2000, 4000)),
        candidate(2, BODY.replace("80", "90")),
        candidate(3, letters(2500, 30) + BODY),
        candidate(4, letters(7000, 900)),
    ]

    decision = decide(article(BODY), stored)

    assert (decision.verdict, decision.story_id) == (VerdictKind.NEAR_COPY, 3)
    assert [edge[:2] for edge in decision.edges] == [
        (3, VerdictKind.NEAR_COPY),
        (2, VerdictKind.REVISION),
        (1, VerdictKind.CONTAINED_IN),
    ]


def test_order_of_candidates_does_not_matter() -> None:
    stored = [candidate(1, BODY + letters(2000, 20)), candidate(2, letters(2000, 20) + BODY), candidate(3, BODY[:300])]

    decisions = {decide(article(BODY), order).edges for order in itertools.permutations(stored)}

    assert len(decisions) == 1


def test_only_the_most_promising_candidates_are_verified() -> None:
    equal = candidate(999, BODY)
    others = [candidate(n, letters(3000 + n, 200)) for n in range(1, MAX_VERIFIED + 10)]

    assert decide(article(BODY), [*others, equal]).other == equal


def test_sample_articles_are_five_stories_in_any_order() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]

    for order in itertools.islice(itertools.permutations(range(5)), 0, 120, 40):
        stored: list[Candidate] = []
        for number in order:
            assert decide(article(texts[number]), stored).verdict is VerdictKind.NEW
            stored.append(candidate(number, texts[number]))


def test_title_that_names_another_company_keeps_notices_apart() -> None:
    body = (
        "公司董事会决定召开临时股东大会，审议关于修订公司章程的议案，全体股东均有权出席会议并可以委托代理人参加表决。"
        * 2
    )
    stored = Candidate(
        article_id=1,
        story_id=1,
        is_canonical=True,
        title="华泰集团关于召开股东大会的公告",
        text=body + "并请留意。",
        content_hash="",
        band_hits=1,
        sentence_hits=1,
    )

    decision = decide(article(body + "望予关注。", title="中芯集团关于召开股东大会的公告"), [stored])

    assert (decision.verdict, decision.story_id) == (VerdictKind.TEMPLATE_SIBLING, None)

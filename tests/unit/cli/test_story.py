"""``newswatch story`` and what the other commands say of stories: leads, lags, relations, events, corrections."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from storage import articles as article_store
from storage import hits
from storage.database import open_store
from storage.records import Correction, Edge, Published, StoryEventKind, VerdictKind
from storage.tables import articles, corrections, stories, story_events
from tests.unit.cli.conftest import Run, configured
from tests.unit.storage.worlds import NOW, after, article, evidence, hit

SIBLINGS = 7
REVISED = 3  # the story that revises the first one
MANY = 300
LONG = "国家互联网信息办公室等七部门联合公布生成式人工智能服务管理暂行办法，自八月十五日起施行，业界反应不一"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store holds a story with all that can become of one, and one of 300 articles."""
    folder = configured(tmp_path_factory.mktemp("told"))
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    store.write(_fill)
    store.close()
    return folder


def _add(
    session: Session, key: str, outlet: str, published: str | None, story: int | None = None, **more: Any
) -> tuple[int, int]:
    precision = "day" if published and len(published) == 10 else "minute"
    date = Published(value=published, precision=precision, origin="byline") if published else None
    title = more.pop("title", f"题目 {key}")
    order = more.pop("precedence", "")
    verdict = VerdictKind.NEW if story is None else VerdictKind.NEAR_COPY
    value = article(key, f"正文 {key}", title=title, publisher=outlet, published=date, **more)
    found = article_store.insert_article(session, value, verdict=verdict, story_id=story, now=NOW)
    session.execute(update(articles).where(articles.c.id == found[0]).values(precedence=order))
    return found


def _tie(session: Session, start: int, end: int, verdict: VerdictKind, **changes: Any) -> None:
    found = evidence(**{"number_conflicts": (), **changes})
    article_store.add_edge(session, Edge(from_id=start, to_id=end, verdict=verdict, evidence=found), now=NOW)


def _fill(session: Session) -> None:
    lead, story = _add(
        session, "lead", "新华社", "2026-02-28T08:00+08:00", title=LONG, precedence="15|20260228T000000|50|a"
    )
    near, _ = _add(session, "near", "新京报", "2026-02-28T10:10+08:00", story, precedence="15|20260228T021000|50|b")
    exact, _ = _add(session, "exact", "澎湃新闻", "2026-03-01", story, source="新华社", precedence="25|~|50|c")
    glued, gone = _add(session, "glued", "人民網", None, precedence="25|~|50|d")
    follower, _ = _add(session, "follower", "转载站", None, story, precedence="25|~|50|e")
    _add(session, "loose", "另一站", None, story, precedence="25|~|50|f")
    _tie(session, near, lead, VerdictKind.NEAR_COPY, containment_a=0.97, containment_b=0.6, similarity=0.58)
    _tie(session, exact, lead, VerdictKind.EXACT_COPY, similarity=1.0, containment_a=1.0, containment_b=1.0)
    _tie(session, glued, follower, VerdictKind.NEAR_COPY, name_conflicts=(("转载站", "人民網"),))
    _tie(session, follower, lead, VerdictKind.CONTAINS, similarity=0.3, containment_a=0.31, containment_b=0.9)
    newer, _ = _add(session, "newer", "新华社", "2026-03-01T09:00+08:00", title="更正：130家")
    _tie(session, newer, lead, VerdictKind.REVISION, number_conflicts=(("130", "80"),), name_conflicts=(("乙", "甲"),))
    brief, _ = _add(session, "brief", "早报", "2026-03-01T06:00+08:00", title="早报十二条")
    _tie(session, brief, lead, VerdictKind.CONTAINS, similarity=0.2, containment_a=0.2, containment_b=0.96)
    for number in range(SIBLINGS):
        sibling, _ = _add(session, f"s{number}", "公告网", None)
        _tie(session, sibling, lead, VerdictKind.TEMPLATE_SIBLING, similarity=0.5 + number / 16)
    session.execute(update(articles).where(articles.c.id == glued).values(story_id=story))
    session.execute(update(stories).where(stories.c.id == gone).values(canonical_id=None, merged_into=story))
    event = {"story_id": story, "at": NOW, "article_id": None, "other_id": None, "other_story_id": None, "detail": None}
    happened = (
        {"kind": StoryEventKind.CROWNED, "article_id": lead, "other_id": near},
        {"kind": StoryEventKind.MERGED, "other_story_id": gone, "detail": "同一份通知"},
        {"kind": StoryEventKind.SILENT, "article_id": near, "other_story_id": REVISED, "detail": "models"},
    )
    session.execute(insert(story_events), [event | one for one in happened])
    said = {"low_id": glued, "high_id": follower, "verdict": Correction.TOGETHER, "note": "同一份通知"}
    session.execute(insert(corrections), said | {"created_at": after(hours=1)})
    hits.add_hit(session, hit(story, lead, changes=(("80", "130"),)), now=NOW)
    _add_many(session)


def _add_many(session: Session) -> None:
    _, hot = _add(session, "m0", "首发", "2026-02-20T00:00+08:00")
    for number in range(1, MANY):
        _add(
            session, f"m{number}", "转载", f"2026-02-{20 + number // 100}T{number % 24:02}:{number % 60:02}+08:00", hot
        )


def asked(run: Run, told: Path, *arguments: str) -> Any:
    answer = run(*arguments, "--json", folder=told)
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)


def words(run: Run, told: Path, *arguments: str) -> str:
    answer = run(*arguments, folder=told)
    assert answer.exit_code == 0, answer.stderr
    return answer.stdout


def test_articles_stand_in_order_of_publication_with_their_lag(run: Run, told: Path) -> None:
    found = asked(run, told, "story", "1")
    rows = [(one["outlet"], one["lag"]) for one in found["members"]]
    assert rows == [
        ("新华社", {"days": 0, "seconds": 0}),
        ("新京报", {"days": 0, "seconds": 7800}),
        ("澎湃新闻", {"days": 1, "seconds": None}),
        ("人民網", None),
        ("转载站", None),
        ("另一站", None),
    ]
    assert (found["first"]["outlet"], found["story"]["article_count"], found["next_after"]) == ("新华社", 6, None)


def test_lead_is_explained(run: Run, told: Path) -> None:
    lead = asked(run, told, "story", "1")["lead"]
    assert lead == {
        "article_id": 1,
        "title": LONG,
        "outlet": "新华社",
        "instead_of": 2,
        "why": "it was published earlier",
    }


@pytest.mark.parametrize(
    ("outlet", "compared", "verdict", "why"),
    [
        ("新华社", None, None, None),
        ("新京报", 1, "near_copy", "58 % of the text in common; this holds 60 % of article 1"),
        ("澎湃新闻", 1, "exact_copy", "the same letters and digits"),
        ("人民網", 5, "near_copy", "1 name differs: 人民網 -> 转载站"),
        ("转载站", 4, "near_copy", "1 name differs: 转载站 -> 人民網"),
        ("另一站", None, None, None),
    ],
    ids=str,
)
def test_each_article_says_what_it_is_and_to_which(
    run: Run, told: Path, outlet: str, compared: int | None, verdict: str | None, why: str | None
) -> None:
    (found,) = (one for one in asked(run, told, "story", "1")["members"] if one["outlet"] == outlet)
    assert (found["compared_id"], found["verdict"]) == (compared, verdict)
    assert (found["why"] is None) if why is None else (why.split("; ")[0] in found["why"])


def test_differences_read_from_the_lead_to_the_copy(run: Run, told: Path) -> None:
    (near,) = (one for one in asked(run, told, "story", "1")["members"] if one["outlet"] == "新京报")
    assert (near["evidence"]["containment_a"], near["evidence"]["containment_b"]) == (0.6, 0.97)
    assert "40 % cut, 3 % added" in words(run, told, "story", "1")


def test_related_stories_say_what_they_are_and_what_changed(run: Run, told: Path) -> None:
    found = asked(run, told, "story", "1")
    assert found["related_counts"] == {"revised_by": 1, "contained_in": 1, "template_sibling": SIBLINGS}
    revised, contained, *siblings = found["related"]
    assert (revised["relation"], revised["changes"]) == ("revised_by", [["80", "130"], ["甲", "乙"]])
    assert contained["why"].startswith("story 4 holds 96 % of this story")
    assert [one["evidence"]["similarity"] for one in siblings[:2]] == [0.875, 0.8125]
    newer = asked(run, told, "story", "3")
    assert [(one["relation"], one["story_id"], one["changes"]) for one in newer["related"]] == [
        ("revises", 1, [["80", "130"], ["甲", "乙"]])
    ]
    page = words(run, told, "story", "1")
    assert "revised by story 3 (80 -> 130, 甲 -> 乙): 新华社, 更正：130家" in page
    assert "is of one template with 2 more stories" in page


def test_what_became_of_a_story_is_told(run: Run, told: Path) -> None:
    page = words(run, told, "story", "1")
    assert "article 1 leads now, instead of article 2" in page
    assert "all of story 2 came here (同一份通知)" in page
    assert "rule models held for article 2, but story 3, which revises this one, had told it" in page
    assert "article 4 held together with article 5: 同一份通知" in page
    assert "models (new, 80 -> 130) by article 1; no message" in page


def test_a_merged_story_says_where_it_went(run: Run, told: Path) -> None:
    found = asked(run, told, "story", "2")
    assert (found["asked_id"], found["story"]["id"]) == (2, 1)
    assert words(run, told, "story", "2").startswith("Story 2 went into story 1:\nstory 1: 国家")


@pytest.mark.parametrize("story_id", ["9999", str(2**31), str(2**63 - 1)])
def test_an_unknown_story_is_one_clear_error(run: Run, told: Path, story_id: str) -> None:
    answer = run("story", story_id, folder=told)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert re.fullmatch(rf"no story {story_id}; the latest: newswatch stories .*\n", answer.stderr)


def test_a_page_fits_100_columns(run: Run, told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for line in words(run, told, "story", "1").splitlines():
        assert cell_len(line) <= 100 or " " not in line.strip(), line


def test_a_story_of_300_articles_comes_in_pages(run: Run, told: Path) -> None:
    hot = asked(run, told, "stories", "--limit", "1")["stories"][0]
    first = asked(run, told, "story", str(hot["id"]))
    seen, page = [], first
    while page["next_after"] is not None:
        seen += page["members"]
        page = asked(run, told, "story", str(hot["id"]), "--limit", "120", "--after", str(page["next_after"]))
    seen += page["members"]
    assert len(first["members"]) == 50
    assert len({one["article_id"] for one in seen}) == len(seen) == MANY
    lags = [one["lag"]["seconds"] for one in seen]
    assert lags == sorted(lags)
    offered = f"newswatch story {hot['id']} --after {first['next_after']} --config"
    assert offered in words(run, told, "story", str(hot["id"]))


def test_stories_leave_out_what_was_merged_and_mark_what_is_revised(run: Run, told: Path) -> None:
    found = {one["id"]: one for one in asked(run, told, "stories")["stories"]}
    assert 2 not in found
    assert (found[3]["revises"], found[1]["revises"], found[1]["merged_into"]) == ([1], [], None)
    assert "revises 1" in words(run, told, "stories")


def test_show_names_the_story_and_its_lead(run: Run, told: Path) -> None:
    assert f"6 articles in 6 outlets, led by 1, {LONG}" in words(run, told, "show", "2")
    assert "6 articles in 6 outlets, led by this one" in words(run, told, "show", "1")
    assert asked(run, told, "show", "2")["story"]["canonical_id"] == 1


def test_why_says_who_leads_what_was_silent_and_what_people_said(run: Run, told: Path) -> None:
    told_of_near = words(run, told, "why", "2")
    assert "leads     article 1 before article 2: it was published earlier" in told_of_near
    assert "compared  this is a near copy of article 1: 58 % of the text in common" in told_of_near
    assert "rule      models: story 3, which revises this one, had told it" in told_of_near
    assert "corrected article 5 held together with article 4: 同一份通知" in words(run, told, "why", "5")
    assert "leads     this article before article 2: it was published earlier" in words(run, told, "why", "1")


def test_why_reads_differences_from_the_older_to_the_newer(run: Run, told: Path) -> None:
    newer = asked(run, told, "stories")["stories"]
    (canonical,) = (one["canonical_id"] for one in newer if one["id"] == 3)
    found = words(run, told, "why", str(canonical))
    assert "compared  this is a revision of article 1: " in found
    assert "1 number differs: 80 -> 130" in found
    assert "revises   story 1" in found
    assert f"compared  article {canonical} is a revision of this: " in words(run, told, "why", "1")

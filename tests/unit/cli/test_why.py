"""``newswatch why``: one line for each rule, all of it in the language that was asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from storage import articles as article_store
from storage import frontier, hits
from storage.database import open_store
from storage.records import Edge, Outcome, StoryEventKind, VerdictKind
from storage.silences import add_silence, quiet
from storage.story_moves import add_event
from tests.unit.cli.conftest import Program
from tests.unit.storage.worlds import HOST, NOW, after, article, evidence, hit, new_item, poll, spec

LATIN = re.compile(r"[A-Za-z]{2,}")
NAMED = frozenset(
    {"url", "title", "source_id", "rule", "channel", "error", "detail", "surface", "comment", "last_error"}
)
"""What stands as somebody wrote it, in any language."""
KEPT = (
    "UTC",
    "was: [models-of-old]",
    "--rule NAME",
    "--json",
    "newswatch check",
    "model:ernie-bot",
    "model:*",
    "wire",
    "gov",
    "mail",
)
RULES = [
    {"id": "models", "entities": ["model:*"], "channels": ["mail"], "mode": "instant"},
    {"id": "quiet", "any": ["正文"], "channels": ["mail"], "mode": "instant"},
    {"id": "late", "any": ["正文"], "channels": ["mail"]},
    {"id": "titles", "query": "title:招聘 stage:draft", "channels": ["mail"]},
    {"id": "official", "any": ["正文"], "sources": ["gov"], "channels": ["mail"]},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store holds a copy, a page that was refused, one that waits, and hits with and without rules."""
    path = tmp_path_factory.mktemp("why")
    sources = [{"id": id_, "kind": "feed", "url": f"https://{HOST}/{id_}.xml"} for id_ in ("wire", "gov")]
    document = {"sources": sources, "rules": RULES, "channels": [{"id": "mail", "kind": "file"}]}
    (path / "sources.yaml").write_text(json.dumps(document), encoding="utf-8")
    (path / "data").mkdir()
    store = open_store(path / "data" / "newswatch.db", now=lambda: NOW)
    store.write(_fill)
    store.close()
    return path


def _fill(session: Session) -> None:
    frontier.sync_sources(session, [spec()], now=NOW)
    (visit,) = frontier.claim_visits(session, now=NOW, owner="me", lease_s=300, limit=1)
    polled = poll(*(new_item(name) for name in "abcd"))
    frontier.settle_poll(session, polled, host=visit.host, owner=visit.owner)
    frontier.finish_visit(session, visit.host, visit.owner)
    (visit,) = frontier.claim_visits(session, now=after(hours=1), owner="me", lease_s=300, limit=1)
    lead, story = _stored(session, "a", None)
    copy, _ = _stored(session, "b", story)
    outcomes = ((Outcome.STORED, None, lead), (Outcome.NEAR_COPY, None, copy), (Outcome.BLOCKED, "403: denied", None))
    for item, (outcome, detail, id_) in zip(visit.items, outcomes, strict=False):
        held = {"host": visit.host, "owner": visit.owner, "now": NOW, "article_id": id_}
        frontier.settle_item(session, item.id, outcome, detail, **held)  # type: ignore[arg-type]
    tie = Edge(from_id=copy, to_id=lead, verdict=VerdictKind.NEAR_COPY, evidence=evidence())
    article_store.add_edge(session, tie, now=NOW)
    add_event(session, StoryEventKind.CROWNED, story, at=NOW, article_id=lead, other_id=copy)
    _told(session, lead, story)


def _stored(session: Session, key: str, story: int | None) -> tuple[int, int]:
    verdict = VerdictKind.NEW if story is None else VerdictKind.NEAR_COPY
    value = article(key, f"正文 {key}", title=f"题目 {key}")
    return article_store.insert_article(session, value, verdict=verdict, story_id=story, now=NOW)


def _told(session: Session, lead: int, story: int) -> None:
    for rule in ("models", "models-of-old"):
        hits.add_hit(session, hit(story, lead, rule=rule), now=NOW)
    kept = hits.add_hit(session, hit(story, lead, rule="quiet"), now=NOW)
    assert kept is not None
    silence = add_silence(session, rule="quiet", comment="known", starts_at=NOW, ends_at=after(days=1))
    quiet(session, silence.id, [kept], now=NOW)


def said(program: Program, folder: Path, *arguments: str) -> str:
    options = ["--config", str(folder / "sources.yaml"), "--data", str(folder / "data")]
    shown = program(["why", *arguments, *options])
    assert shown.exit_code == 0, shown.output
    return shown.stdout


@pytest.mark.parametrize("address", ["1", "2", *(f"https://{HOST}/{name}" for name in "cd")])
def test_chinese_answer_is_chinese_but_for_names(program: Program, folder: Path, address: str) -> None:
    shown = said(program, folder, address, "--language", "zh")
    for name in sorted(set(_names(json.loads(said(program, folder, address, "--json")))) | set(KEPT), key=len)[::-1]:
        shown = shown.replace(name, "")

    assert LATIN.findall(shown) == []


def _names(value: object, key: str = "") -> list[str]:
    if isinstance(value, dict):
        return [name for part in value for name in _names(value[part], part)]
    if isinstance(value, list):
        return [name for part in value for name in _names(part, key)]
    return [value] if isinstance(value, str) and key in NAMED else []


def test_each_rule_has_one_line_with_one_reason(program: Program, folder: Path) -> None:
    lines = said(program, folder, "1").splitlines()

    assert [line for line in lines if line.startswith(("rule ", "not "))] == [
        "rule      models: no message to mail, which began later or was not a channel of the rule then",
        "rule      quiet: kept quiet by silence 1, which ends at 2026-03-03 08:00 UTC (known)",
        "rule      late: not told: the rule tells only of what comes in after it",
        "rule      models-of-old: no message, and no configured rule is called models-of-old; "
        "one with was: [models-of-old] would tell it",
        'not       titles: "招聘" is not in the title',
        "not       official: the rule is not for source wire, but for gov",
    ]


def test_copy_says_what_became_of_its_story(program: Program, folder: Path) -> None:
    (line,) = (line for line in said(program, folder, "2").splitlines() if line.startswith("rule      quiet:"))

    assert line == (
        "rule      quiet: merged into story 1, for which article 1 speaks: "
        "kept quiet by silence 1, which ends at 2026-03-03 08:00 UTC (known)"
    )


def test_without_a_configuration_the_store_still_tells(program: Program, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sources: 3", encoding="utf-8")
    options = ["--config", str(tmp_path / "sources.yaml"), "--data", str(folder / "data")]
    shown = program(["why", "1", *options]).stdout

    assert "rules     the configuration cannot be read (newswatch check says why)" in shown
    assert "rule      quiet: kept quiet by silence 1" in shown


@pytest.mark.parametrize(
    ("asked", "language", "said"),
    [
        pytest.param("99", "en", "never seen: 99\nNo article has this number.", id="number"),
        pytest.param("99", "zh", "没有见过：99\n没有这个编号的文章。", id="number-in-chinese"),
        pytest.param(
            "https://else.example/", "zh", "没有见过：https://else.example/\n没有来源提到过它。", id="address"
        ),
        pytest.param(
            "星火发布",
            "en",
            "never seen: 星火发布\nExpected an address, the number of an article, or words",
            id="words",
        ),
        pytest.param("星火发布", "zh", "没有见过：星火发布\n应为地址、文章的编号或标题中的词", id="words-in-chinese"),
        pytest.param(
            "题目",
            "en",
            "several articles have these words in their titles: 题目\nAsk by number:\n  2  题目 b\n  1  题目 a",
            id="words-of-titles",
        ),
        pytest.param(
            "题目", "zh", "有多篇文章的标题含有这些词：题目\n请用编号查询：\n  2  ", id="words-of-titles-in-chinese"
        ),
    ],
)
def test_what_nobody_named_is_said_in_the_language_asked_for(
    program: Program, folder: Path, asked: str, language: str, said: str
) -> None:
    options = ["--config", str(folder / "sources.yaml"), "--data", str(folder / "data"), "--language", language]
    shown = program(["why", asked, *options])

    assert shown.exit_code == 1
    assert shown.stderr.startswith(said)


@pytest.mark.parametrize("words", ["題目 B", "Ｂ 题目", "《题目 b》"])
def test_article_is_found_by_words_of_its_title(program: Program, folder: Path, words: str) -> None:
    assert said(program, folder, words) == said(program, folder, "2")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param("late", "rule      late: ", id="configured"),
        pytest.param("models-of-old", "rule      models-of-old: ", id="configured-no-more"),
        pytest.param("before", "rule      renamed: ", id="renamed"),
    ],
)
def test_rule_is_found_by_the_names_that_it_had(
    program: Program, folder: Path, tmp_path: Path, asked: str, said: str
) -> None:
    document = json.loads((folder / "sources.yaml").read_text(encoding="utf-8"))
    document["rules"] = [*RULES, RULES[2] | {"id": "renamed", "was": ["before"]}]
    (tmp_path / "sources.yaml").write_text(json.dumps(document), encoding="utf-8")
    options = ["--config", str(tmp_path / "sources.yaml"), "--data", str(folder / "data")]

    shown = program(["why", "1", "--rule", asked, *options])
    wrong = program(["why", "1", "--rule", "nobody", *options])

    assert shown.exit_code == 0, shown.stderr
    assert next(line for line in shown.stdout.splitlines() if line.startswith("rule")).startswith(said)
    assert (wrong.exit_code, "unknown rule 'nobody'" in wrong.stderr) == (2, True)

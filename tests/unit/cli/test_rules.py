"""``newswatch rules``: what rules ask for, how often they hit, what they or another form of them would have hit."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from storage.articles import insert_article
from storage.database import Session, open_store
from storage.hits import add_hit
from storage.records import VerdictKind
from storage.tables import articles, deliveries, hits
from tests.unit.cli.conftest import HOSTILE, Program
from tests.unit.storage.worlds import NOW, after, article, hit, mention

RULES = [
    {"id": "filings", "all": ["备案"], "none": ["招聘"], "channels": ["out"], "severity": "warning"},
    {"id": "models", "entities": ["model:*"], "channels": ["out"], "mode": "instant"},
    {"id": "official", "query": "title:备案", "groups": ["official"], "channels": ["out"]},
]
TEXTS = (
    "大模型备案清单公布。",
    "大模型备案清单公布！",
    "某公司为备案工作招聘专员。",
    "监管部门就备案征求意见。",
    "天气晴好。",
)


def document(rules: list[dict[str, Any]]) -> str:
    sources = [
        {"id": "wire", "kind": "feed", "url": "https://news.example/wire.xml", "group": "press"},
        {"id": "gov", "kind": "feed", "url": "https://gov.example/gov.xml", "group": "official"},
    ]
    channels = [{"id": "out", "kind": "file", "path": "out"}]
    return json.dumps({"sources": sources, "channels": channels, "rules": rules}, ensure_ascii=False)


def fill(session: Session) -> None:
    """Store five articles in four stories, an hour apart; rule ``filings`` has hit the first and the third story."""
    stories: list[int] = []
    for hour, text in enumerate(TEXTS):
        is_copy = hour == 1
        named = (mention("model:ernie-bot", 0, text[:3]),) if hour in (0, 1) else ()
        about = article(f"a{hour}", text, title=f"要闻{hour}{HOSTILE if hour == 3 else ''}", mentions=named)
        _, story = insert_article(
            session,
            about,
            verdict=VerdictKind.NEAR_COPY if is_copy else VerdictKind.NEW,
            story_id=stories[0] if is_copy else None,
            now=after(hours=30 * hour),
        )
        stories.append(story)
    add_hit(session, hit(stories[0], 1, rule="filings"), now=NOW)
    add_hit(session, hit(stories[3], 4, rule="filings"), now=after(hours=90))


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tried")
    (folder / "sources.yaml").write_text(document(RULES), encoding="utf-8")
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    store.write(fill)
    store.close()
    return folder


@pytest.fixture
def rules(program: Program, tried: Path) -> Any:
    def command(name: str, *arguments: str) -> Any:
        options = ["--config", str(tried / "sources.yaml"), "--data", str(tried / "data")]
        return program(["rules", name, *options, *arguments], env={"COLUMNS": "100"})

    return command


def trial(rules: Any, *arguments: str) -> Any:
    result = rules("test", "--json", "--since", "2026-03-01", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_rules_are_listed_with_all_that_they_ask_for(rules: Any) -> None:
    listed = json.loads(rules("list", "--json").stdout)["rules"]

    assert [(one["id"], one["query"], one["groups"], one["mode"], one["severity"]) for one in listed] == [
        ("filings", '"备案" NOT "招聘"', [], "digest", "warning"),
        ("models", "entity:model:*", [], "instant", "info"),
        ("official", 'title:"备案"', ["official"], "digest", "info"),
    ]
    assert [one["last_hit_at"] for one in listed] == ["2026-03-06T02:00:00.000000Z", None, None]


def test_rules_are_listed_before_there_is_a_store(rules: Any, tmp_path: Path) -> None:
    listed = json.loads(rules("list", "--json", "--data", str(tmp_path / "none")).stdout)["rules"]

    assert [one["hits_30d"] for one in listed] == [0, 0, 0]
    assert "filings" in rules("list", "--data", str(tmp_path / "none")).stdout


def test_list_without_rules_says_what_to_do(rules: Any, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(document([]), encoding="utf-8")

    assert rules("list", "--config", str(tmp_path / "sources.yaml")).stdout.startswith("No rules yet")


def test_trial_counts_stories_articles_and_days(rules: Any) -> None:
    found = trial(rules, "filings")

    assert found["asked"] == 5
    assert found["tested"] == {
        "rule": "filings",
        "query": '"备案" NOT "招聘"', "sources": [], "groups": [], "articles": 3, "stories": 2,
    }  # fmt: skip
    assert [(one["day"], one["stories"]) for one in found["days"]] == [("2026-03-02", 1), ("2026-03-06", 1)]
    assert (found["against"], found["gained"], found["lost"]) == (None, None, None)


@pytest.mark.parametrize(
    ("since", "asked"),
    [
        pytest.param("2026-03-03", 4, id="a-date"),
        pytest.param("2026-03-06T01:00:00", 2, id="a-moment"),
        pytest.param("2027-01-01", 0, id="nothing"),
    ],
)
def test_trial_reaches_as_far_back_as_asked(rules: Any, since: str, asked: int) -> None:
    found = json.loads(rules("test", "filings", "--json", "--since", since).stdout)

    assert found["asked"] == asked


def test_contexts_show_what_was_found(rules: Any) -> None:
    first, second = trial(rules, "filings")["contexts"]

    assert [(one["id"], one["stories"]) for one in (first, second)] == [(4, 1), (1, 1)]
    start, end = first["snippet"]["marks"][0]
    assert first["snippet"]["text"][start:end] == "备案"


def test_another_query_shows_what_it_gains_and_loses_and_why(rules: Any) -> None:
    found = trial(rules, "filings", "--query", "备案 -征求意见")

    assert found["against"]["from"] == "--query"
    assert (found["against"]["articles"], found["against"]["stories"]) == (3, 2)
    (gained,), (lost,) = found["gained"]["examples"], found["lost"]["examples"]
    assert (gained["id"], gained["why_not"]) == (3, '"招聘" is in the text, which is excluded')
    assert (lost["id"], lost["why_not"]) == (4, '"征求意见" is in the text, which is excluded')


@pytest.mark.parametrize(
    ("other", "gained", "lost", "why"),
    [
        pytest.param([RULES[0]], [], [], None, id="the-same"),
        pytest.param([], [], [4, 1], "there is no such rule", id="removed"),
        pytest.param(
            [RULES[0] | {"groups": ["official"]}], [], [4, 1],
            "the rule is not for the group of its source (press), but for official", id="other-group",
        ),
        pytest.param(
            [RULES[0] | {"sources": ["gov"]}], [], [4, 1],
            "the rule is not for source wire, but for gov", id="other-source",
        ),
        pytest.param([RULES[0] | {"none": []}], [3], [], None, id="wider"),
    ],
)  # fmt: skip
def test_another_configuration_shows_what_it_changes(
    rules: Any, tmp_path: Path, other: list[dict[str, Any]], gained: list[int], lost: list[int], why: str | None
) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(document(other), encoding="utf-8")
    found = trial(rules, "filings", "--against", str(path))

    assert [one["id"] for one in found["gained"]["examples"]] == gained
    assert [one["id"] for one in found["lost"]["examples"]] == lost
    assert [one["why_not"] for one in found["lost"]["examples"]] == [why] * len(lost)


@pytest.mark.parametrize(
    ("now", "then", "asked"),
    [
        pytest.param({"id": "records", "was": ["filings"]}, {"id": "filings"}, "records", id="by-the-new-name"),
        pytest.param({"id": "records", "was": ["filings"]}, {"id": "filings"}, "filings", id="by-the-old-name"),
        pytest.param({"id": "filings"}, {"id": "records", "was": ["filings"]}, "filings", id="against-a-newer-one"),
        pytest.param(
            {"id": "third", "was": ["filings"]}, {"id": "second", "was": ["filings"]}, "third", id="both-renamed"
        ),
    ],
)
def test_renamed_rule_is_compared_with_what_it_was(
    program: Program, tried: Path, tmp_path: Path, now: dict[str, Any], then: dict[str, Any], asked: str
) -> None:
    paths = [tmp_path / name for name in ("now.yaml", "then.yaml")]
    for path, form in zip(paths, (now, then), strict=True):
        path.write_text(document([{"any": ["备案"], "channels": ["out"], **form}]), encoding="utf-8")
    options = ["--config", str(paths[0]), "--data", str(tried / "data"), "--since", "2026-01-01", "--json"]
    shown = program(["rules", "test", asked, "--against", str(paths[1]), *options])

    found = json.loads(shown.stdout)
    assert (found["tested"]["rule"], found["against"]["rule"]) == (now["id"], then["id"])
    assert (found["gained"]["stories"], found["lost"]["stories"]) == (0, 0)
    assert found["tested"]["stories"] == found["against"]["stories"] == 3


def test_trial_in_lines_marks_matches_and_obeys_no_title(rules: Any) -> None:
    result = rules("test", "filings", "--since", "2026-03-01", "--query", "备案 -征求意见")

    assert result.exit_code == 0, result.output
    assert "change    1 more, 1 no more" in result.stdout
    assert "大模型[备案]清单公布。" in result.stdout
    assert "2026-03-03" in result.stdout, "days without a story stand between others"
    assert not {"\x1b", "\x9b", "\u202e", "\u2066"} & set(result.stdout)


def test_trial_of_a_long_time_shows_months(rules: Any, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(document(RULES), encoding="utf-8")
    store = open_store(tmp_path / "newswatch.db", now=lambda: NOW)
    for days in (0, 100):
        about, now = article(f"d{days}", "备案"), after(days=days)
        store.write(partial(insert_article, article=about, verdict=VerdictKind.NEW, story_id=None, now=now))
    store.close()
    result = rules("test", "filings", "--since", "2026-03-01", "--data", str(tmp_path))

    assert [line.split()[:2] for line in result.stdout.splitlines() if line.startswith("2026-0")] == [
        ["2026-03", "1"], ["2026-04", "0"], ["2026-05", "0"], ["2026-06", "1"],
    ]  # fmt: skip


def test_trial_without_articles_says_where_they_are(rules: Any) -> None:
    assert "No articles are stored since then" in rules("test", "filings", "--since", "2027-01-01").stdout


def test_trial_leaves_the_store_as_it_was(rules: Any, tried: Path) -> None:
    trial(rules, "models", "--query", "备案")
    store = open_store(tried / "data" / "newswatch.db", now=lambda: NOW)
    with store.read() as session:
        counts = [session.query(table).count() for table in (articles, hits, deliveries)]
    store.close()

    assert counts == [5, 2, 0]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        pytest.param(["filing"], 2, "unknown rule 'filing'; known: filings", id="unknown-rule"),
        pytest.param(["filings", "--query", "备案 AND"], 2, "备案 AND", id="wrong-query"),
        pytest.param(["filings", "--against", "none.yaml"], 78, "none.yaml", id="no-such-file"),
        pytest.param(["filings", "--against", "x", "--query", "y"], 2, "--against or --query", id="both"),
        pytest.param(["filings", "--since", "gestern"], 2, "expected --since", id="wrong-time"),
        pytest.param(["filings", "--data", "/nonexistent"], 65, "newswatch.db", id="no-store"),
    ],
)
def test_what_is_wrong_is_said(rules: Any, arguments: list[str], status: int, said: str) -> None:
    result = rules("test", *arguments)

    assert result.exit_code == status
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("language", "said"),
    [
        pytest.param("en", 'not       filings: "招聘" is in the text, which is excluded', id="English"),
        pytest.param("zh", "不符      filings：正文中有“招聘”，而它是被排除的", id="Chinese"),
    ],
)
def test_why_says_the_reason_of_a_rule_in_either_language(
    program: Program, tried: Path, language: str, said: str
) -> None:
    options = ["--config", str(tried / "sources.yaml"), "--data", str(tried / "data"), "--language", language]

    assert program(["why", "3", "--rule", "filings", *options]).stdout.splitlines()[-1] == said
    assert said in program(["why", "3", *options]).stdout.splitlines()

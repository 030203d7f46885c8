"""``newswatch entity``: the list, one page, what a name may call, and what ``show`` says of facts and unsure names."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from sqlalchemy.orm import Session

from storage import articles
from storage.database import open_store
from storage.records import Published, VerdictKind
from storage.states import FactKind, Tagging
from storage.tagged import CORRECTING, Considered, Findings, StatedFact
from tests.unit.cli.conftest import HOSTILE, Run, configured
from tests.unit.storage.worlds import NOW, after, article, mention

ACT = "regulation:ai-labeling-measures"
TEXT = "《标识办法》自2025年9月1日起施行，服务提供者应当添加标识。"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store holds three stories about one regulation, one of which has another date."""
    folder = configured(tmp_path_factory.mktemp("entities"))
    config = json.loads((folder / "sources.yaml").read_text(encoding="utf-8"))
    config["watch"] = [{"id": "company:acme", "name": "Acme 公司", "aliases": ["Acme"]}]
    (folder / "sources.yaml").write_text(json.dumps(config), encoding="utf-8")
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    store.write(_fill)
    store.close()
    return folder


def _fact(what: FactKind, value: str) -> StatedFact:
    return StatedFact(
        entity=ACT, what=what, value=value, field="text", surface="2025年9月1日", start=7, end=16, confidence=0.9
    )


def _fill(session: Session) -> None:
    unsure = Considered(
        entity="model:doubao",
        kind="model",
        field="text",
        surface="豆包",
        start=20,
        end=22,
        outcome=Tagging.UNSURE,
        reasons=(("words about models", 1), ("a negative cue near", -1)),
    )
    for number, (day, value) in enumerate((("14", "2025-09-01"), ("15", "2025-09"), ("16", "2025-10-01"))):
        facts = (_fact(FactKind.EFFECTIVE, value), *([_fact(FactKind.STAGE, "issued")] if number < 2 else ()))
        names = (mention(ACT, 1, "标识办法"), *([mention("model:gone", 9, HOSTILE[:4])] if number == 0 else ()))
        value_ = article(
            f"e{number}",
            text=TEXT,
            content_hash=str(number),
            publisher=("新华社", "南方都市报", HOSTILE)[number],
            published=Published(value=f"2025-03-{day}", precision="day", origin="meta"),
            mentions=names,
            findings=Findings(catalogue="v", facts=facts, considered=(unsure,) if number == 0 else ()),
        )
        articles.insert_article(session, value_, verdict=VerdictKind.NEW, story_id=None, now=after(days=number))


def said(run: Run, folder: Path, *arguments: str, name: str = "entity") -> str:
    answer = run(name, *arguments, folder=folder)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def data(run: Run, folder: Path, *arguments: str) -> Any:
    return json.loads(said(run, folder, *arguments, "--json"))


def test_list_has_names_and_counts(run: Run, told: Path) -> None:
    assert data(run, told) == {
        "entities": [
            {
                "id": ACT,
                "name": "人工智能生成合成内容标识办法",
                "kind": "regulation",
                "articles": 3,
                "stories": 3,
                "last_seen_at": "2026-03-04T08:00:00.000000Z",
            },
            {
                "id": "model:gone",
                "name": None,
                "kind": "model",
                "articles": 1,
                "stories": 1,
                "last_seen_at": "2026-03-02T08:00:00.000000Z",
            },
        ]
    }
    assert f"One in full: newswatch entity {ACT} --config {told}/sources.yaml" in said(run, told)


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("--kind", "model"), ["model:gone"]),
        (("--since", "2026-03-03"), [ACT]),
        (("--limit", "1"), [ACT]),
        (("--kind", "company"), []),
        (("--kind", "company", "--all"), ["company:acme"]),
    ],
    ids=" ".join,
)
def test_list_can_be_narrowed(run: Run, told: Path, arguments: tuple[str, ...], ids: list[str]) -> None:
    assert [one["id"] for one in data(run, told, *arguments)["entities"]] == ids


def test_all_has_the_mentioned_first_and_everything_that_is_tracked(run: Run, told: Path) -> None:
    found = data(run, told, "--all", "-n", "1")["entities"]

    assert [one["id"] for one in found[:2]] == [ACT, "model:gone"]
    assert {"company:acme", "model:qwen", "regulation:eu-ai-act"} <= {one["id"] for one in found}
    assert len({one["id"] for one in found}) == len(found) > 300
    assert {one["articles"] for one in found[2:]} == {0}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (ACT, ACT),
        ("ai-labeling-measures", ACT),
        ("人工智能生成合成内容标识办法", ACT),
        ("AI 標識 辦法", ACT),
        ("qwen", "model:qwen"),
        ("Qwen", "model:qwen"),
        ("千问", "model:tongyi-qianwen"),
        ("acme", "company:acme"),
        ("model:gone", "model:gone"),
    ],
)
def test_name_leads_to_its_entity(run: Run, told: Path, name: str, found: str) -> None:
    assert data(run, told, name)["id"] == found


def test_page_has_the_life_cycle_with_its_conflict(run: Run, told: Path) -> None:
    found = data(run, told, ACT)

    assert (found["tracked"], found["issuer"]) == (True, "国家网信办、工信部、公安部、广电总局")
    assert [twin["id"] for twin in found["twins"]] == ["regulation:gb-45438-2025"]
    life = found["life_cycle"]
    assert (life["stage"], life["stage_stories"], life["left_out"]) == ("in_force", 1, 0)
    dates = {fact["value"]: fact for fact in life["facts"] if fact["what"] == "effective"}
    assert {value: fact["conflicts"] for value, fact in dates.items()} == {
        "2025-09": ["2025-10-01"],
        "2025-09-01": ["2025-10-01"],
        "2025-10-01": ["2025-09", "2025-09-01"],
    }
    first = dates["2025-09-01"]["first"]
    assert (first["outlet"], first["article_id"], first["published"]["value"]) == ("新华社", 1, "2025-03-14")
    assert first["sentence"][first["start"] : first["end"]] == "2025年9月1日"
    assert [known["value"] for known in dates["2025-09-01"]["known"]] == ["2025-09-01"]
    assert {fact["what"] for fact in life["facts"] if not fact["stories"]} == {"issued", "number"}


def test_page_in_words(run: Run, told: Path) -> None:
    words = said(run, told, "标识办法")
    lines = words.splitlines()

    assert lines[0] == f"人工智能生成合成内容标识办法 ({ACT})"
    assert "  mentioned 3 articles in 3 stories, 3 outlets" in lines
    assert "Life-cycle: in force since 2025-09-01, the date that 1 story states; disputed, see below" in lines
    assert any("2025-09-01" in line and "2025-03-14, 新华社 (article 1)" in line for line in lines)
    assert "      conflicts with 2025-09, 2025-09-01" in lines
    assert f"      {TEXT}" in lines
    assert "not verified" in words
    assert all(cell_len(line) <= 100 for line in lines if "newswatch" not in line)
    assert not any(character in words for character in "\x1b\x9b\u202e")


LAW, AMENDMENT = "regulation:cybersecurity-law", "regulation:cybersecurity-law-amendment-2025"


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store holds a story about an amendment, and some of its law: a delay, a date, its correction."""
    folder = configured(tmp_path_factory.mktemp("amended"))
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    store.write(_amend)
    store.close()
    return folder


def _amend(session: Session) -> None:
    of_amendment = [(FactKind.STAGE, "in_force"), (FactKind.EFFECTIVE, "2026-01-01")]
    of_law = [(FactKind.STAGE, "in_force"), (FactKind.POSTPONEMENT_PROPOSED, "2027-12-02")]
    wrong = [(FactKind.EFFECTIVE, "2018-06-01")]
    right = [(FactKind.EFFECTIVE, "2017-06-01"), (FactKind.POSTPONEMENT_PROPOSED, "refused")]
    for number, (entity, told) in enumerate(((AMENDMENT, of_amendment), (LAW, of_law), (LAW, wrong), (LAW, right))):
        sure = CORRECTING if told is right else 0.9
        facts = tuple(replace(_fact(what, value), entity=entity, confidence=sure) for what, value in told)
        names, found = (mention(entity, 1, "标识办法"),), Findings(facts=facts)
        value_ = article(f"m{number}", text=TEXT, content_hash=f"m{number}", mentions=names, findings=found)
        articles.insert_article(session, value_, verdict=VerdictKind.NEW, story_id=None, now=after(days=number))


def test_page_of_a_law_shows_what_amends_it(run: Run, amended: Path) -> None:
    found = data(run, amended, LAW)

    assert found["life_cycle"]["is_amended"]
    assert [(one["id"], one["life_cycle"]["stage"]) for one in found["amendments"]] == [(AMENDMENT, "in_force")]
    _, _, told = said(run, amended, LAW).partition("\nAmendments\n")
    assert f"({AMENDMENT}): in force, as 1 story says" in " ".join(told.split())
    assert "effective 2026-01-01, as 1 story says" in " ".join(told.split())


def test_page_of_a_law_shows_the_stories_that_name_its_amendment_alone(run: Run, amended: Path) -> None:
    (amendment,) = data(run, amended, LAW)["amendments"]
    own = {story["id"] for story in data(run, amended, LAW)["latest"]}
    alone = [story for story in amendment["latest"] if story["id"] not in own]

    assert alone
    assert amendment["articles"] >= len(amendment["latest"])
    _, _, told = said(run, amended, LAW).partition("\nAmendments\n")
    told, _, _ = told.partition("\nLatest stories\n")
    assert [f"story {story['id']}:" in told for story in amendment["latest"]] == [
        story in alone for story in amendment["latest"]
    ]


def test_page_of_an_amendment_names_the_law(run: Run, amended: Path) -> None:
    assert [one["id"] for one in data(run, amended, AMENDMENT)["amends"]] == [LAW]
    assert f"  amends    中华人民共和国网络安全法 ({LAW})" in said(run, amended, AMENDMENT).splitlines()


def test_a_proposed_delay_is_shown_as_proposed(run: Run, amended: Path) -> None:
    lines = said(run, amended, LAW).splitlines()

    assert "  proposed  to be put off to 2027-12-02, as 1 story says" in lines
    assert not any(line.startswith("  next") and "2027-12-02" in line for line in lines)


def test_a_proposal_that_was_voted_down_and_a_corrected_date_are_told(run: Run, amended: Path) -> None:
    lines = said(run, amended, LAW).splitlines()
    facts = {fact["value"]: fact for fact in data(run, amended, LAW)["life_cycle"]["facts"]}

    assert "  refused   a proposal to put it off was voted down, as 1 story says" in lines
    assert facts["2018-06-01"]["corrected_by"] == ["2017-06-01"]
    assert "      corrected to 2017-06-01" in lines
    assert not any("conflicts" in line for line in lines)


def test_page_of_what_no_article_mentions_has_the_catalogue(run: Run, told: Path) -> None:
    words = said(run, told, "regulation:eu-ai-act")

    assert "  mentioned by no article" in words
    assert "Life-cycle: in force since 2024-08-01, the date that the catalogue has" in words
    assert "main application; press, several reports" in words
    assert "conflicts" not in words
    assert "Life-cycle" not in said(run, told, "model:qwen")


def test_page_says_what_is_tracked_no_more(run: Run, told: Path) -> None:
    found = data(run, told, "model:gone")

    assert (found["tracked"], found["name"], found["articles"]) == (False, None, 1)
    assert said(run, told, "model:gone").startswith("not tracked any more (model:gone)\n")


def test_unsure_names_are_counted(run: Run, told: Path) -> None:
    assert data(run, told, "豆包")["unsure"] == 1
    assert "  unsure    in 1 further article\n" in said(run, told, "豆包")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("qwenn",), 1, "unknown entity 'qwenn'; the nearest: model:qwen"),
        (("\x1b[31m",), 1, "unknown entity '\ufffd[31m'"),
        (("",), 1, "unknown entity ''"),
        (("AI基本法",), 1, "'AI基本法' may be any of these; ask by id:"),
        (("qwen", "--kind", "model"), 2, "--kind, --since and --all are for the list"),
        (("--since", "soon"), 2, "expected --since like 7d, 12h or 2026-11-01, found 'soon'"),
    ],
    ids=["near", "hostile", "empty", "several", "narrowed", "no moment"],
)
def test_mistake_is_one_clear_message(
    run: Run, told: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    answer = run("entity", *arguments, folder=told)

    assert (answer.exit_code, answer.stdout) == (status, "")
    assert message in answer.stderr


def test_several_are_listed_with_their_names(run: Run, told: Path) -> None:
    lines = run("entity", "AI基本法", folder=told).stderr.splitlines()[1:]

    assert {line.split()[0] for line in lines} == {"regulation:kr-ai-basic-act", "regulation:tw-ai-basic-act"}


def test_empty_store_says_what_is_tracked(run: Run, tmp_path: Path) -> None:
    configured(tmp_path)
    (tmp_path / "data").mkdir()
    open_store(tmp_path / "data" / "newswatch.db", now=lambda: NOW).close()

    assert said(run, tmp_path).startswith("No names yet. Tracked are: newswatch entity --all")
    assert data(run, tmp_path) == {"entities": []}
    assert said(run, tmp_path, "--since", "7d").startswith("No such names.")


def test_broken_configuration_hides_nothing(run: Run, told: Path, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sources: [\n", encoding="utf-8")
    (tmp_path / "data").symlink_to(told / "data")

    assert data(run, tmp_path, ACT)["articles"] == 3


def test_show_has_what_an_article_states_and_what_was_unsure(run: Run, told: Path) -> None:
    words = said(run, told, "1", name="show")

    assert "  unsure     豆包 = model:doubao (+1 words about models, -1 a negative cue near)\n" in words
    assert f"\nStates of regulations:\n  {ACT}: effective 2025-09-01  [text 7: 2025年9月1日]\n" in words
    assert f"  {ACT}: stage issued  [text 7: 2025年9月1日]\n" in words
    found = json.loads(said(run, told, "1", "--json", name="show"))
    assert [(fact["what"], fact["value"]) for fact in found["facts"]] == [
        ("effective", "2025-09-01"),
        ("stage", "issued"),
    ]
    assert [(one["entity"], one["outcome"]) for one in found["unsure"]] == [("model:doubao", "unsure")]


def test_an_unknown_kind_is_named_with_the_kinds_that_exist(run: Run, told: Path) -> None:
    answer = run("entity", "--kind", "modle", folder=told)
    assert answer.exit_code == 2
    assert "unknown kind 'modle'" in answer.stderr
    assert "regulation" in answer.stderr


@pytest.mark.parametrize("arguments", [("entity", "百度"), ("feed", "--entity", "百度")], ids=["entity", "feed"])
def test_a_vendor_is_told_with_its_names(run: Run, told: Path, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments, folder=told)
    assert answer.exit_code != 0
    assert "'百度' is a vendor" in answer.stderr
    assert "model:ernie-bot  文心一言" in answer.stderr


@pytest.mark.parametrize("name", ["gpt", "GPT", "model:gpt"])
def test_a_family_is_told_with_its_names(run: Run, told: Path, name: str) -> None:
    answer = run("entity", name, folder=told)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert f"'{name}' is a family, whose names are these" in answer.stderr
    assert "\n  model:gpt-4  " in answer.stderr

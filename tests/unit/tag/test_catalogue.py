"""The shipped catalogue keeps its rules, and a broken one says where."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from monitor.tag.catalogue import CatalogueError, EntitySettings, Fact, load_catalogue, read_entries
from monitor.tag.settings import CatalogueEntry
from monitor.tag.tagger import make_tagger

SHIPPED = Path(load_catalogue.__code__.co_filename).parents[1] / "catalogue"
ENTRIES = [entry for path in sorted(SHIPPED.glob("*.yaml")) for entry in read_entries(path)]


def test_models_and_regulations_are_shipped() -> None:
    kinds = [entry.kind for entry in ENTRIES]

    assert kinds.count("model") >= 150
    assert kinds.count("regulation") >= 70


def offenders(keeps_the_rule: Callable[[CatalogueEntry], object]) -> list[str]:
    """Return the ids of the shipped entities that break a rule."""
    return [entry.id for entry in ENTRIES if not keeps_the_rule(entry)]


def test_every_entity_can_be_found_by_something() -> None:
    assert offenders(lambda entry: entry.strong or entry.ambiguous or entry.common) == []


def test_no_unambiguous_alias_is_one_character() -> None:
    assert offenders(lambda entry: all(len(alias) > 1 for alias in entry.strong)) == []


def test_an_ambiguous_alias_has_something_to_speak_for_it() -> None:
    assert offenders(lambda entry: not (entry.ambiguous or entry.common) or entry.cues or entry.vendor) == []


def test_every_model_but_one_of_unknown_origin_has_a_vendor() -> None:
    assert offenders(lambda entry: entry.kind != "model" or entry.vendor) == ["model:bencao-zhiku"]


def test_every_regulation_has_an_issuer() -> None:
    assert offenders(lambda entry: entry.kind != "regulation" or entry.issuer) == []


def test_every_fact_carries_its_source() -> None:
    assert offenders(lambda entry: all(fact.source for fact in entry.facts)) == []


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.name)
def test_no_unverified_mark_is_left_in_a_value(path: Path) -> None:
    assert "*" not in path.read_text(encoding="utf-8")


def test_what_was_not_compared_is_not_called_verified() -> None:
    facts = [fact for entry in ENTRIES for fact in entry.facts]

    assert any(fact.verified for fact in facts)
    assert not any("not compared" in (fact.source or "") for fact in facts if fact.verified)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("regulation:ai-labeling-measures", "regulation:gb-45438-2025"),
        ("regulation:tc260-003", "regulation:gb-t-45654-2025"),
        ("regulation:kr-ai-basic-act", "regulation:tw-ai-basic-act"),
        ("regulation:cybersecurity-law", "regulation:cybersecurity-law-amendment-2025"),
        ("model:hunyuan", "model:yuanbao"),
        ("model:ernie-bot", "model:ernie"),
    ],
)
def test_near_twins_name_each_other(one: str, other: str) -> None:
    entries = {entry.id: entry for entry in ENTRIES}

    assert other in entries[one].twins
    assert one in entries[other].twins


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("number", "国务院令第292号"),
        ("issued", "2025-03-07"),
        ("effective", "2025-09"),
        ("comments_until", "2024"),
        ("amended", "2024-02-29"),
        ("stage", "under_review"),
    ],
)
def test_a_fact_is_a_number_a_date_or_a_stage(what: str, value: str) -> None:
    assert Fact.model_validate({"what": what, "value": value}).value == value


@pytest.mark.parametrize(
    ("what", "value", "message"),
    [
        ("issued", "last year", "expected a date such as 2025-09-01"),
        ("repealed", "2025-02-30", "expected a date"),
        ("effective", "2025-13", "expected a date"),
        ("stage", "drafted", "expected a stage \\(planned, draft"),
        ("issuer", "国务院", "it has a field of its own"),
        ("born", "2025", "what"),
    ],
)
def test_a_fact_that_is_none_is_refused(what: str, value: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Fact.model_validate({"what": what, "value": value})


def test_a_watched_entity_replaces_a_shipped_one_and_others_stay() -> None:
    own = EntitySettings(id="model:doubao", name="我的豆包")

    joined = load_catalogue((own,))

    assert joined["model:doubao"] is own
    assert len(joined) == len(load_catalogue())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("models: []", "models.yaml: expected a list of entities, found dict"),
        ("- {id: nokind, name: x, source: s}", "models.yaml:nokind: id: "),
        ("- {name: x, source: s}", "models.yaml:entity 1: id: "),
        ("- {id: 'model:a', name: x, source: s, wrong: 1}", "models.yaml:model:a: wrong: "),
        (
            "- {id: 'model:a', name: x, source: s, aliases: [y]}",
            "expected aliases of two characters or more, found 'y'",
        ),
        ("- {id: 'model:a', name: x, source: s, aliases: [yy], common: [yy]}", "expected each spelling once"),
        ("- {id: 'model:a', name: xx, source: s, aliases: ['--']}", "models.yaml:model:a: expected letters"),
        ("- {id: 'model:a', name: xx, source: s}\n" * 2, "models.yaml:model:a: expected each id once"),
        (
            "- {id: 'model:a', name: xx, source: s}\n- {id: 'model:b', name: XX, source: s, aliases: [x x]}",
            "models.yaml:model:b: expected aliases of its own, found 'xx', also of model:a",
        ),
        ("- {id: 'model:a'", "models.yaml: while parsing"),
        (
            "- {id: 'model:a', name: xx, source: s, twins: ['model:b']}",
            "models.yaml:model:a: expected twins that name each other, found model:b: no such entity",
        ),
        (
            "- {id: 'model:a', name: xx, source: s, twins: ['model:b']}\n- {id: 'model:b', name: yy, source: s}",
            "models.yaml:model:a: expected twins that name each other, found model:b: not named there",
        ),
        ("- {id: 'model:a', name: xx, source: s, twins: ['model:a']}", "found model:a: itself"),
        (
            "- {id: 'model:a', name: xx, source: s, amends: ['model:b']}",
            "models.yaml:model:a: expected to amend another shipped entity, found model:b",
        ),
        (
            "- {id: 'model:a', name: xx, source: s, facts: [{what: issued, value: soon}]}",
            "models.yaml:model:a: facts.0: expected a date",
        ),
    ],
)
def test_a_broken_catalogue_names_file_entity_and_fault(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "models.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(CatalogueError) as raised:
        load_catalogue(folder=tmp_path)

    assert message in str(raised.value)


def test_a_watched_entity_listed_twice_is_refused() -> None:
    own = EntitySettings(id="company:acme", name="Acme")

    with pytest.raises(CatalogueError, match="watch:company:acme: expected each id once"):
        load_catalogue((own, own))


def test_three_lines_are_enough_to_watch_a_name() -> None:
    entity = EntitySettings.model_validate({"id": "company:acme", "name": "Acme"})

    assert (entity.kind, entity.strong) == ("company", ("Acme",))


@pytest.mark.parametrize(
    ("entity", "name", "text"),
    [
        ("company:acme", "极目科技", "極目科技昨日宣布增資。"),
        ("person:zhou-hongyi", "周鸿祎", "周鴻禕說，安全是底線。"),
        ("drug:semaglutide", "semaglutide", "Sales of semaglutide doubled."),
    ],
)
def test_a_watched_name_of_any_domain_is_tagged(entity: str, name: str, text: str) -> None:
    tagger = make_tagger((EntitySettings(id=entity, name=name),))

    assert [mention.entity for mention in tagger.tag(None, text)] == [entity]


def test_an_own_name_wins_over_a_shipped_alias() -> None:
    tagger = make_tagger((EntitySettings(id="model:mine", name="Qwen"),))

    assert [mention.entity for mention in tagger.tag(None, "Qwen3发布。")] == ["model:mine"]


def extension(**given: object) -> EntitySettings:
    return EntitySettings.model_validate({"id": "model:doubao", "extends": True} | given)


def test_an_extension_adds_to_the_shipped_entity() -> None:
    shipped = load_catalogue()["model:doubao"]

    joined = load_catalogue((extension(aliases=["豆包爱学"], cues=["爱学"]),))["model:doubao"]

    assert joined.name == shipped.name
    assert joined.vendor == shipped.vendor
    assert joined.aliases == (*shipped.aliases, "豆包爱学")
    assert joined.cues == (*shipped.cues, "爱学")
    assert joined.ambiguous == shipped.ambiguous


def test_an_extension_keeps_what_the_catalogue_knows_of_a_regulation() -> None:
    own = EntitySettings(id="regulation:gdpr", extends=True, aliases=("RGPD",))

    joined = load_catalogue((own,))["regulation:gdpr"]

    assert isinstance(joined, CatalogueEntry)
    assert joined.facts == load_catalogue()["regulation:gdpr"].facts  # type: ignore[attr-defined]  # an entry too


def test_an_extension_moves_a_spelling_to_the_list_it_gives() -> None:
    joined = load_catalogue((extension(aliases=["豆 包"], common=["Doubao"]),))["model:doubao"]

    assert "豆包" not in joined.ambiguous
    assert "豆 包" in joined.aliases
    assert "Doubao" not in joined.aliases
    assert "Doubao" in joined.common


def test_an_extension_replaces_the_single_values_it_gives() -> None:
    joined = load_catalogue((extension(name="Doubao", vendor="Acme", case=True),))["model:doubao"]

    assert (joined.name, joined.vendor, joined.case) == ("Doubao", "Acme", True)


def test_an_extension_of_an_entity_with_no_spelling_keeps_its_name_as_one(tmp_path: Path) -> None:
    (tmp_path / "models.yaml").write_text("- {id: 'model:a', name: Alpha, source: s}", encoding="utf-8")
    own = EntitySettings(id="model:a", extends=True, ambiguous=("Al",), cues=("model",))

    joined = load_catalogue((own,), folder=tmp_path)["model:a"]

    assert joined.strong == ("Alpha",)


def test_an_extension_of_nothing_names_what_is_near() -> None:
    own = EntitySettings(id="model:dobao", extends=True, aliases=("豆包爱学",))

    with pytest.raises(CatalogueError, match=r"watch:model:dobao: expected the id of a shipped entity.*model:doubao"):
        load_catalogue((own,))


def test_a_name_may_be_left_out_only_by_an_extension() -> None:
    with pytest.raises(ValidationError, match="expected a name, found none"):
        EntitySettings.model_validate({"id": "model:doubao", "aliases": ["豆包爱学"]})


def test_the_version_is_the_same_in_another_process_and_another_order() -> None:
    first, second = EntitySettings(id="company:a", name="Acme"), EntitySettings(id="company:b", name="Beta")
    script = (
        "from monitor.tag.catalogue import EntitySettings as E, load_catalogue as load;"
        "print(load((E(id='company:b', name='Beta'), E(id='company:a', name='Acme'))).version)"
    )

    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert load_catalogue((first, second)).version == other.stdout.strip()


def test_the_version_of_given_entities_stays_from_release_to_release(tmp_path: Path) -> None:
    (tmp_path / "models.yaml").write_text("- {id: 'model:a', name: 天工, source: s, cues: [x]}", encoding="utf-8")

    assert load_catalogue(folder=tmp_path).version == "88662911bede"


@pytest.mark.parametrize(
    "own",
    [
        {"name": "Acme Inc"},
        {"name": "Acme", "aliases": ["Acme"]},
        {"name": "Acme", "cues": ["shares"]},
        {"name": "Acme", "case": False},
        {"id": "company:b", "name": "Acme"},
    ],
    ids=lambda own: " ".join(own),
)
def test_any_change_makes_another_version(own: dict[str, object]) -> None:
    before = load_catalogue((EntitySettings(id="company:a", name="Acme"),))

    after = load_catalogue((EntitySettings.model_validate({"id": "company:a"} | own),))

    assert before.version != after.version
    assert load_catalogue().version not in (before.version, after.version)


def test_an_entity_without_a_kind_is_refused() -> None:
    with pytest.raises(ValidationError, match="id"):
        EntitySettings.model_validate({"id": "acme", "name": "Acme"})


def test_the_documentation_lists_what_is_tracked() -> None:
    page = (SHIPPED.parents[1] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    listed = [
        line.split(" | ")[0].strip("| `") for line in page.splitlines() if line.startswith(("| `model:", "| `reg"))
    ]

    assert listed == [entry.id for entry in ENTRIES]

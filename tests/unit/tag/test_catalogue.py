"""The shipped catalogue keeps its rules, and a broken one says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from monitor.tag.catalogue import CatalogueError, EntitySettings, load_catalogue, read_entries
from monitor.tag.settings import CatalogueEntry

SHIPPED = Path(load_catalogue.__code__.co_filename).parents[1] / "catalogue"
ENTRIES = [entry for path in sorted(SHIPPED.glob("*.yaml")) for entry in read_entries(path)]


def test_models_and_regulations_are_shipped() -> None:
    kinds = [entry.kind for entry in ENTRIES]

    assert kinds.count("model") >= 131
    assert kinds.count("regulation") >= 66


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_entity_can_be_found_by_something(entry: CatalogueEntry) -> None:
    assert entry.strong or entry.ambiguous or entry.common


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_no_unambiguous_alias_is_one_character(entry: CatalogueEntry) -> None:
    assert all(len(alias) > 1 for alias in entry.strong)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_ambiguous_alias_has_something_to_speak_for_it(entry: CatalogueEntry) -> None:
    assert not (entry.ambiguous or entry.common) or entry.cues or entry.vendor


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.name)
def test_no_unverified_mark_is_left_in_a_value(path: Path) -> None:
    assert "*" not in path.read_text(encoding="utf-8")


def test_a_fact_without_a_source_is_not_called_verified() -> None:
    facts = [fact for entry in ENTRIES for fact in entry.facts]

    assert facts
    assert all(fact.source not in (None, "unverified") for fact in facts if fact.verified)


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


def test_an_entity_without_a_kind_is_refused() -> None:
    with pytest.raises(ValidationError, match="id"):
        EntitySettings.model_validate({"id": "acme", "name": "Acme"})


def test_the_documentation_lists_what_is_tracked() -> None:
    page = (SHIPPED.parents[1] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    listed = [
        line.split(" | ")[0].strip("| `") for line in page.splitlines() if line.startswith(("| `model:", "| `reg"))
    ]

    assert listed == [entry.id for entry in ENTRIES]

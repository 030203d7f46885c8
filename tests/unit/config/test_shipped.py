"""The files that are shipped: sources.yaml, its schema and the samples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.config import Config, json_schema, load_config

ROOT = Path(__file__).parents[3]
SEEDS = sorted((ROOT / "tests" / "fixtures" / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def shipped() -> Config:
    return load_config(ROOT / "sources.yaml", environ={})


def test_committed_schema_is_the_one_of_the_code() -> None:
    committed = (ROOT / "docs" / "sources.schema.json").read_text(encoding="utf-8")

    assert json.loads(committed) == json_schema(), "write it again: newswatch schema > docs/sources.schema.json"


def test_first_line_names_the_schema_for_editors() -> None:
    first = (ROOT / "sources.yaml").read_text(encoding="utf-8").splitlines()[0]

    assert first == "# yaml-language-server: $schema=./docs/sources.schema.json"


def test_samples_come_first_and_are_marked(shipped: Config) -> None:
    first = shipped.sources[0]

    assert (first.id, first.kind, getattr(first, "sample", False)) == ("samples", "folder", True)
    assert getattr(first, "path", None) == ROOT / "samples"


def test_every_rule_goes_to_a_channel_that_writes_files(shipped: Config) -> None:
    assert [channel.kind for channel in shipped.channels] == ["file"]
    assert {rule.channels for rule in shipped.rules} == {("digests",)}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_sample_is_the_seed_byte_for_byte(seed: Path) -> None:
    assert (ROOT / "samples" / seed.name).read_bytes() == seed.read_bytes()


def test_sample_repost_is_a_near_copy_so_that_the_first_run_shows_a_story() -> None:
    from monitor.dedupe import compare

    original, repost = ((ROOT / "samples" / name).read_text() for name in (SEEDS[0].name, "repost_of_000.txt"))

    assert compare(original, repost).verdict == "near_copy"


def test_every_setting_is_described() -> None:
    definitions = json_schema()["$defs"]
    names = [name for name in definitions if name.endswith("Settings") and not name.startswith(("alerts", "monitor"))]
    own = {name: definitions[name]["properties"] for name in names if name not in ("EntitySettings", "RuleSettings")}

    assert "FetchSettings" in own
    bare = [f"{name}.{key}" for name, fields in own.items() for key, field in fields.items() if not _described(field)]
    assert bare == []


def _described(field: dict[str, object]) -> bool:
    return "description" in field


def test_commented_values_are_the_defaults(shipped: Config) -> None:
    """Uncommenting the settings changes nothing but what depends on the machine."""
    lines = (ROOT / "sources.yaml").read_text(encoding="utf-8").partition("\nsettings:\n")[2].splitlines()
    kept = [line for line in lines if "user_agent" not in line and "count:" not in line]
    text = "\n".join("  " + line[3:] if line.startswith("#  ") else line for line in kept)
    uncommented = ROOT / "sources.yaml"

    settings = _settings_of(text)

    assert settings == shipped.settings, uncommented


def _settings_of(text: str) -> object:
    from monitor.config.document import parse
    from monitor.config.environment import Environment
    from monitor.config.settings import ServiceSettings
    from monitor.config.values import Reader

    path = Path("settings.yaml")
    reader = Reader(path, Environment({}))
    settings = reader.model(parse(text.encode(), path), ServiceSettings)
    assert not reader.problems
    return settings

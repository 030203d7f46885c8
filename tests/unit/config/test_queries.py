"""Queries in a configuration: those of rules, and those that have a name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.config import Config, ConfigError, load_config
from monitor.queries import CatalogueNames
from monitor.tag.catalogue import load_catalogue
from monitor.tag.settings import EntitySettings
from storage.query.nodes import And, Entity, Phrase, Seen

_CHANNEL = "channels: [{id: c, kind: file, path: out}]\n"


def load(folder: Path, text: str) -> Config:
    path = folder / "sources.yaml"
    path.write_text(text + _CHANNEL, encoding="utf-8")
    return load_config(path, environ={})


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as raised:
        load(folder, text)
    return str(raised.value).removeprefix(f"{folder}/")


def test_query_of_a_rule_is_read_with_the_tracked_names(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        "watch: [{id: company:acme, name: 顶点科技}]\nrules: [{id: r, query: 'entity:顶点科技 备案', channels: [c]}]\n",
    )

    assert config.queries == {"r": And((Entity(("company:acme",)), Phrase("备案")))}


def test_saved_queries_may_be_named_in_rules_and_in_each_other(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text("saved: {filing: 备案}\n", encoding="utf-8")
    own = "saved: {'新规': 'saved:filing 监管'}\nrules: [{id: r, query: 'saved:新规', channels: [c]}]\n"
    config = load(tmp_path, "include: more.yaml\n" + own)

    assert config.saved == {"filing": "备案", "新规": "saved:filing 监管"}
    assert config.queries == {"r": And((Phrase("备案"), Phrase("监管")))}


def test_days_of_a_rule_begin_in_the_configured_zone(tmp_path: Path) -> None:
    config = load(
        tmp_path, "settings: {timezone: Asia/Shanghai}\nrules: [{id: r, query: 'after:2026-11-01', channels: [c]}]\n"
    )

    assert config.queries == {"r": Seen(datetime(2026, 10, 31, 16, tzinfo=UTC), True)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "rules:\n  - {id: r, channels: [c], query: 大模型 foo:x}\n",
            "sources.yaml:2:28: unknown field 'foo' (column 5); known: title:",
            id="query of a rule",
        ),
        pytest.param(
            "rules:\n  - {id: r, channels: [c], query: 大模型 foo:x}\n",
            "\n    大模型 foo:x\n           ^",
            id="caret",
        ),
        pytest.param(
            "saved:\n  a: (b\n",
            "sources.yaml:2:6: the parenthesis that opens here is not closed (column 1)",
            id="saved",
        ),
        pytest.param(
            "saved: {a: 'saved:b', b: 'saved:a'}\n", "the saved query 'a' leads back to itself", id="saved in a circle"
        ),
        pytest.param(
            "rules: [{id: r, channels: [c], query: 'model:文心一盐'}]\n",
            "unknown model '文心一盐' (column 7); did you mean model:ernie-bot",
            id="unknown name",
        ),
        pytest.param(
            "saved: [a]\n", "sources.yaml:1:8: expected a mapping of names and queries, found a list", id="list"
        ),
        pytest.param("saved: {a: [b]}\n", "sources.yaml:1:12: expected a query, found a list", id="no text"),
        pytest.param("saved: {'a b': c}\n", "sources.yaml:1:9: expected a name of letters", id="name with a space"),
        pytest.param(
            "rules: [{id: r, channels: [c], query: 'after:today'}]\n", "expected a date", id="a day that moves"
        ),
    ],
)
def test_query_that_cannot_be_read_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text)


def test_name_of_a_saved_query_is_given_once(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text("saved: {a: b}\n", encoding="utf-8")

    said = complaint(tmp_path, "include: more.yaml\nsaved: {a: c}\n")

    assert said.startswith("sources.yaml:2:9: the name 'a' in saved is taken by")


def test_watched_name_that_is_wrong_is_told_once(tmp_path: Path) -> None:
    said = complaint(tmp_path, "watch: [{id: company:acme}]\nrules: [{id: r, query: 'entity:acme', channels: [c]}]\n")

    assert len(said.splitlines()) == 1
    assert "expected a name" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "rules: [{id: r, query: 'foo:x', channels: [c], severity: loud}]\n",
            ("unknown field 'foo'", "found 'loud'"),
            id="rule that is wrong in another way",
        ),
        pytest.param(
            "watch: [{id: company:acme}]\nrules: [{id: r, query: 'company:acme', channels: [c]}]\n",
            ("expected a name", "unknown field 'company'"),
            id="watched name that is wrong",
        ),
        pytest.param(
            "watch: [{id: company:acme}]\nrules: [{id: r, query: 'kind:company vendor:acme (', channels: [c]}]\n",
            ("expected a name", "(column 27)"),
            id="kind and vendor that a wrong name may have",
        ),
        pytest.param(
            "watch: [{id: company:a, name: 顶点}, {id: company:b, name: 顶点}]\n"
            "rules: [{id: r, query: 'titel:x', channels: [d]}]\n",
            ("顶点", "did you mean title:?", "unknown channel 'd'"),
            id="watched name that is taken",
        ),
    ],
)
def test_what_is_wrong_with_queries_is_told_with_all_the_rest(tmp_path: Path, text: str, said: tuple[str, ...]) -> None:
    lines = [line for line in complaint(tmp_path, text).splitlines() if "sources.yaml:" in line or line[:1] != " "]

    assert len(lines) == len(said), lines
    for part in said:
        assert any(part in line for line in lines), (part, lines)


def test_who_only_asks_the_store_reads_no_query(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(
        "saved: {a: (b}\nrules: [{id: r, query: 'foo:x', entities: [model:no], channels: [c]}]\n" + _CHANNEL
    )

    config = load_config(path, environ={}, in_full=False)

    assert (config.saved, config.queries, config.saved_queries) == ({"a": "(b"}, {}, {})


_OWN = EntitySettings(id="company:acme", name="顶点科技", aliases=("Acme Corp",), ambiguous=("顶点",), vendor="阿里")
NAMES = CatalogueNames(lambda: load_catalogue((_OWN,)))


@pytest.mark.parametrize(
    ("kind", "written", "ids"),
    [
        ("model", "qwen", ("model:qwen", "model:tongyi-qianwen")),
        ("model", "Qwen", ("model:qwen", "model:tongyi-qianwen")),
        ("model", "ＱＷＥＮ", ("model:qwen", "model:tongyi-qianwen")),
        ("model", "model:qwen", ("model:qwen",)),
        (None, "model:qwen", ("model:qwen",)),
        (None, "模型:qwen", ("model:qwen",)),
        (None, "模型:通义千问", ("model:tongyi-qianwen",)),
        (None, "qwen", ("model:qwen", "model:tongyi-qianwen")),
        ("model", "tongyi-qianwen", ("model:tongyi-qianwen",)),
        ("model", "通义千问", ("model:tongyi-qianwen",)),
        ("model", "通義千問", ("model:tongyi-qianwen",)),
        ("model", "文心千帆", ("model:qianfan",)),
        ("model", "百度文心", ("model:ernie",)),
        (
            "regulation",
            "cybersecurity-law",
            ("regulation:cybersecurity-law", "regulation:cybersecurity-law-amendment-2025"),
        ),
        ("regulation", "cybersecurity-law-amendment-2025", ("regulation:cybersecurity-law-amendment-2025",)),
        ("regulation", "qwen", ()),
        ("regulation", "model:qwen", ()),
        ("company", "acme corp", ("company:acme",)),
        (None, "顶点", ("company:acme",)),
        ("model", "qw*", ("model:qw*",)),
        (None, "*:qwen", ("*:qwen",)),
        ("model", "zzz*", ()),
        ("model", "nosuch", ()),
        ("model", "", ()),
    ],
)
def test_name_calls_entities(kind: str | None, written: str, ids: tuple[str, ...]) -> None:
    assert NAMES.resolve(kind, written) == ids


@pytest.mark.parametrize("vendor", ["阿里", "Alibaba", "alibaba", "阿里巴巴"])
def test_vendor_is_called_by_any_of_its_names(vendor: str) -> None:
    found = NAMES.vendors(vendor)

    assert {"model:qwen", "model:tongyi-qianwen"} <= set(found)
    assert ("company:acme" in found) is (vendor == "阿里")


@pytest.mark.parametrize(
    ("kind", "written", "proposed"),
    [("model", "qwenn", "qwen"), (None, "model:qwenn", "model:qwen"), ("vendor", "Alibab", "Alibaba")],
)
def test_names_like_an_unknown_one_are_proposed(kind: str | None, written: str, proposed: str) -> None:
    assert proposed in NAMES.suggestions(kind, written)


def test_kinds_are_those_of_the_tracked_entities() -> None:
    assert set(NAMES.kinds()) == {"company", "model", "regulation"}


def test_catalogue_is_not_asked_for_by_a_query_without_names(tmp_path: Path) -> None:
    def refuse() -> Any:
        raise AssertionError("the catalogue was asked for")

    assert CatalogueNames(refuse)
    assert load(tmp_path, "rules: [{id: r, query: 大模型, channels: [c]}]\n").queries == {"r": Phrase("大模型")}

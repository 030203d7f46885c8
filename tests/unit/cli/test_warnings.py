"""What ``newswatch check`` and the service's log say of rules that tell nothing, and of sources that are refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from monitor.cli._never import never, past
from monitor.cli._service import warn
from monitor.cli._warnings import config_warnings
from monitor.config import Config, load_config
from storage.query.names import PlainNames
from storage.query.parse import parse

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("大模型 -大模型", "holds for no article: 大模型 is asked for and excluded", id="the same word"),
        pytest.param(
            "(大模型 监管) -(招聘 OR 監管)", "监管 is asked for and excluded", id="in another script, in parentheses"
        ),
        pytest.param("title:大模型 -大模型", "大模型 is asked for and excluded", id="in the title, excluded anywhere"),
        pytest.param("(千问 OR 文心) -千问 -文心", "is asked for and excluded", id="either, both excluded"),
        pytest.param("entity:model:qwen -entity:model:*", "is asked for and excluded", id="a name and all of its kind"),
        pytest.param("大模型 近 监管 -监管", "is asked for and excluded", id="one near another"),
        pytest.param("备案 OR (大模型 -大模型)", "has a part that holds for no article: 大模型", id="a branch"),
        pytest.param("lang:zh lang:en", "nothing is both lang:zh and lang:en; OR means either", id="two languages"),
        pytest.param("group:a group:b", "nothing is both group:a and group:b", id="two groups"),
        pytest.param(
            "after:2026-11-01 before:2026-10-01", "nothing is both after:", id="a time that ends before it begins"
        ),
        pytest.param("after:7d before:30d", "nothing is both after:", id="a reach that ends before it begins"),
        pytest.param(
            "before:2020-01-01 大模型", "tells of nothing that comes in: before:2020-01-01 asks", id="the past"
        ),
        pytest.param(
            "大模型 (before:2020-01-01 OR before:1d)", "tells of nothing that comes in", id="one past or another"
        ),
        pytest.param("大模型 -title:大模型", None, id="in the text, not in the title"),
        pytest.param("千问 OR -千问", None, id="one or the other"),
        pytest.param("(千问 OR 文心) -千问", None, id="one of two is excluded"),
        pytest.param("model 大模型 -模型备案", None, id="other words"),
        pytest.param("entity:model:* -entity:model:qwen", None, id="a kind but for one"),
        pytest.param("lang:zh lang:zh-hans", None, id="a language and its script"),
        pytest.param("group:a* group:ab", None, id="a glob of groups and one"),
        pytest.param("after:2026-11-01 before:2027-01-01 备案", None, id="a time that lasts"),
        pytest.param("-before:2020-01-01 大模型", None, id="not the past"),
        pytest.param("published:<2020-01-01 大模型", None, id="published in the past"),
        pytest.param("before:2020-01-01 OR 备案", None, id="the past, or words"),
    ],
)
def test_query_that_no_article_that_comes_in_can_meet_is_told_of(query: str, said: str | None) -> None:
    node = parse(query, PlainNames())
    told = list(never(node)) or list(past(node, NOW))

    assert (said is None) == (told == [])
    assert said is None or (len(told) == 1 and said in told[0])


def _loaded(folder: Path, **parts: Any) -> Config:
    document = {"channels": [{"id": "out", "kind": "file", "path": "out"}], **parts}
    (folder / "sources.yaml").write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    return load_config(folder / "sources.yaml", environ={})


def test_rule_that_tells_nothing_is_told_of_with_its_place_and_logged(tmp_path: Path) -> None:
    config = _loaded(
        tmp_path,
        saved={"clash": "备案 -备案"},
        rules=[{"id": "words", "any": ["备案"], "none": ["备案"], "channels": ["out"]}],
    )

    with capture_logs() as logs:
        warn(config)

    rule, saved = config_warnings(config, NOW)
    assert rule.startswith("rule words: holds for no article: ")
    assert saved.endswith(f"({tmp_path / 'sources.yaml'}:10)")
    assert [one["warning"] for one in logs if one["log_level"] == "warning"] == [rule, saved]


@pytest.mark.parametrize(
    ("url", "allow", "said"),
    [
        pytest.param("http://192.168.1.5/a", [], "192.168.1.5:80 is no public address", id="private"),
        pytest.param("http://localhost:8080/a", [], "localhost:8080 is no public address", id="this machine"),
        pytest.param("https://[fd12::1]/a", [], "[fd12::1]:443 is no public address", id="IPv6"),
        pytest.param("http://192.168.1.5/a", ["192.168.0.0/16"], None, id="allowed"),
        pytest.param("http://localhost:8080/a", ["localhost:8080"], None, id="allowed by name"),
        pytest.param("http://8.8.8.8/a", [], None, id="public"),
        pytest.param("http://news.example/a", [], None, id="a name"),
    ],
)
def test_source_of_a_private_address_that_nobody_allowed_is_told_of(
    tmp_path: Path, url: str, allow: list[str], said: str | None
) -> None:
    sources = [{"id": name, "kind": "feed", "url": f"{url}/{name}"} for name in ("one", "two")]

    told = config_warnings(_loaded(tmp_path, sources=sources, settings={"network": {"allow": allow}}), NOW)

    assert told == (() if said is None else (f"sources one, two: {said}; settings.network.allow has to name it",))

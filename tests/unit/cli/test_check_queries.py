"""What ``newswatch check`` says of queries that may be meant otherwise, and of what is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Program

SOURCES = [{"id": "wire", "kind": "feed", "url": "https://news.example/a.xml", "group": "press", "name": "网信中国"}]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("group:pres", "no group is called 'pres'; near: press", id="group"),
        pytest.param("group:x*", "no group is called 'x*'; known: press", id="glob over groups"),
        pytest.param("a -source:wier", "no source is called 'wier'; near: wire", id="excluded source"),
        pytest.param("大模型，监管", "， between words makes one phrase of them", id="comma"),
        pytest.param("大模型 or 监管", "or is searched for as a word; the operator is OR", id="small operator"),
        pytest.param("group:PRESS source:wire", None, id="known"),
        pytest.param("source:網信中國", None, id="name of a source, folded"),
        pytest.param("source:新华社", None, id="may be a publisher"),
        pytest.param("source:x*", None, id="glob over sources"),
    ],
)
def test_unknown_groups_and_sources_of_queries_are_told(
    program: Program, tmp_path: Path, query: str, said: str | None
) -> None:
    document = {
        "sources": SOURCES,
        "channels": [{"id": "out", "kind": "file", "path": "out"}],
        "rules": [{"id": "one", "query": query, "channels": ["out"]}],
        "saved": {"kept": query},
    }
    path = tmp_path / "sources.yaml"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    answer = program(["check", "--config", str(path)])

    assert answer.exit_code == 0, answer.output
    for owner in ("rule one", "saved query kept"):
        assert (f"warning: {owner}: {said}" in answer.stdout) is (said is not None)
    assert ("warning" in answer.stdout) is (said is not None)


def test_folders_that_are_not_there_are_told(program: Program, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    document = {
        "sources": [
            {"id": "here", "kind": "folder", "path": "here"},
            {"id": "gone", "kind": "folder", "path": "gone"},
            {"id": "pages", "kind": "archive", "path": "pages.warc.gz"},
            {"id": "off", "kind": "folder", "path": "off", "enabled": False},
        ]
    }
    path = tmp_path / "sources.yaml"
    path.write_text(json.dumps(document), encoding="utf-8")

    answer = program(["check", "--config", str(path), "--json"])

    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["warnings"] == [
        f"source gone: nothing is at {tmp_path / 'gone'} yet; its polls fail until something is",
        f"source pages: nothing is at {tmp_path / 'pages.warc.gz'} yet; its polls fail until something is",
    ]

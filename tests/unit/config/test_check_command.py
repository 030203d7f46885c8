"""``newswatch check`` and ``newswatch schema``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from monitor.cli.check import check
from monitor.cli.schema import schema
from monitor.config import json_schema

ROOT = Path(__file__).parents[3]


def run(*arguments: str) -> Result:
    program = typer.Typer()
    program.command()(check)
    program.command()(schema)
    return CliRunner().invoke(program, arguments)


def test_shipped_file_passes_and_its_plan_is_shown() -> None:
    result = run("check", "--config", str(ROOT / "sources.yaml"))

    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0].endswith("sources.yaml: no problems found")
    assert any(line.split() == ["samples", "folder", "every", "30s", (ROOT / "samples").as_uri()] for line in lines)
    assert any(line.split()[:3] == ["qbitai", "feed", "adaptive"] for line in lines)
    assert "  models -> digests (digest)" in lines
    assert any(line.startswith("  digests (file): next digest 20") for line in lines)
    assert any(line.startswith("Catalogue: ") for line in lines)


def test_plan_says_how_hits_become_messages(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(
        "channels: [{id: c, kind: file}]\n"
        "rules:\n"
        "  - {id: loud, entities: all, channels: [c], mode: instant}\n"
        "  - {id: calm, entities: all, channels: [c], mode: instant, group_by: [vendor], repeat_interval: 4h}\n"
        "  - {id: slow, entities: all, channels: [c], escalate: {outlets: 5}}\n"
        "settings: {alerts: {mute: [{at: '22:00-07:00', days: mon-fri}]}}\n",
        encoding="utf-8",
    )

    lines = run("check", "--config", str(path)).output.splitlines()

    assert "  loud -> c (instant, muted 22:00-07:00 mon-fri)" in lines
    calm = "instant, by vendor, after 30s, every 5m at most, again after 4h, muted 22:00-07:00 mon-fri"
    assert f"  calm -> c ({calm})" in lines
    assert "  slow -> c (digest, escalates at 5 outlets)" in lines


def test_plan_as_json_holds_every_source_and_rule() -> None:
    result = run("check", "--json", "--config", str(ROOT / "sources.yaml"))

    plan = json.loads(result.output)
    assert plan["sources"][0]["id"] == "samples"
    assert plan["sources"][0]["every_s"] == 30
    assert {rule["id"] for rule in plan["rules"]} == {"models", "regulations", "filings"}
    assert plan["channels"][0]["next_digest"].endswith("T09:00+08:00")
    assert plan["catalogue"]["entities"] > 100
    assert plan["fetch"]["delay_s"] == 2


@pytest.mark.parametrize("as_json", [False, True])
def test_problems_end_with_status_78(tmp_path: Path, as_json: bool) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("sources:\n  - {id: a, kind: rsss}\n")

    result = run("check", "--config", str(path), *(["--json"] if as_json else []))

    assert result.exit_code == 78
    message = "unknown kind 'rsss'; known: api, archive, feed, folder, listing, page, sitemap"
    if as_json:
        assert json.loads(result.stdout) == {
            "problems": [{"path": str(path), "line": 2, "column": 13, "message": message}]
        }
    else:
        assert result.stderr == f"{path}:2:13: {message}\n"


def test_plan_shows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "s3cr3t")
    path = tmp_path / "sources.yaml"
    path.write_text(
        "sources:\n  - {id: a, kind: page, url: 'https://x.org/', headers: {Authorization: 'Bearer ${HOOK}'}}\n"
        "channels:\n  - {id: w, kind: webhook, url: 'https://x.org/${HOOK}', secret: '${HOOK}'}\n"
    )

    for arguments in (["check"], ["check", "--json"]):
        assert "s3cr3t" not in run(*arguments, "--config", str(path)).output


OWN = "{id: company:acme, name: Acme, %s}"


@pytest.mark.parametrize(
    ("entity", "warnings"),
    [
        pytest.param(OWN % "aliases: [Acme]", [], id="its own"),
        pytest.param("{id: model:qwen, extends: true, aliases: [千问3]}", [], id="extends"),
        pytest.param("{id: model:qwen, name: Qwen, aliases: [Qwen]}", ["model:qwen replaces"], id="replaces"),
        pytest.param(
            OWN % "aliases: [豆包]", ["company:acme shares '豆包' with the shipped model:doubao"], id="shares"
        ),
        pytest.param(OWN % "aliases: [通義 千問]", ["shipped model:tongyi-qianwen"], id="in another script"),
        pytest.param(OWN % "ambiguous: [豆包], cues: [公司]", [], id="ambiguous in both"),
        pytest.param(OWN % "ambiguous: [通义千问], cues: [公司]", ["shipped model:tongyi-qianwen"], id="sure there"),
        pytest.param(
            "{id: model:doubao, extends: true, aliases: [文心一言]}",
            ["model:doubao shares '文心一言'"],
            id="extends with",
        ),
    ],
)
def test_what_may_not_be_meant_under_watch_is_a_warning(tmp_path: Path, entity: str, warnings: list[str]) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(f"sources: [{{id: a, kind: folder, path: .}}]\nwatch: [{entity}]\n", encoding="utf-8")

    words, document = (run("check", *form, "--config", str(path)) for form in ((), ("--json",)))

    assert (words.exit_code, document.exit_code) == (0, 0)
    said = [line.removeprefix("warning: ") for line in words.output.splitlines() if line.startswith("warning: ")]
    assert json.loads(document.output)["warnings"] == said
    assert len(said) == len(warnings)
    assert all(warning in line and "extends: true" in line for warning, line in zip(warnings, said, strict=True))


def test_schema_is_printed() -> None:
    assert json.loads(run("schema").output) == json_schema()

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from monitor.cli._jsonl import filter_lines
from monitor.cli.extract import extract, extract_request
from tests.site.pages import routes
from tests.site.server import Site

SEEDS = Path(__file__).parents[2] / "fixtures" / "seeds"
FIELDS = {
    "title", "text", "published_at", "published_precision", "authors", "editors", "source", "publisher", "language",
    "script", "flags", "removed",
}  # fmt: skip
PAGE = (
    "<html><meta charset=utf-8><h1>标题在这里</h1>"
    "<p>国家网信办等七部门联合公布了管理暂行办法，自八月十五日起施行。</p></html>"
)


def run(*args: str, stdin: str | None = None) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(extract)
    result = CliRunner().invoke(app, list(args), input=stdin)
    return result.exit_code, result.output


def request_of(text: str) -> dict[str, Any]:
    return {"url": "https://a.test/1", "html_b64": base64.b64encode(text.encode()).decode()}


def test_page_request_is_answered_with_exactly_the_documented_fields() -> None:
    answer = extract_request(request_of(PAGE))
    assert set(answer) == FIELDS
    assert answer["title"] == "标题在这里"
    json.dumps(answer)


def test_text_request_is_answered() -> None:
    text = next(SEEDS.glob("002_*")).read_text(encoding="utf-8")
    answer = extract_request({"name": "a.txt", "text": text})
    assert answer["source"] == "南方都市报"
    assert {"rule": "picture-note", "text": "(资料图片)"} in answer["removed"]


def test_rejection_is_an_answer() -> None:
    assert set(extract_request({"text": "短"})) == {"rejected", "detail"}


WRONG = [
    ({}, "expected the fields 'url' and 'html_b64', or 'text'; found none"),
    ({"text": 5}, "expected the field 'text' with a text, found int"),
    ({"html_b64": "PHA+"}, "expected the field 'url' with a text, found none"),
    ({"url": "https://a.test/", "html_b64": "?"}, "expected base64"),
    ({"text": "x", "name": 1}, "expected the field 'name' with a text, found int"),
]


@pytest.mark.parametrize(("request_", "message"), WRONG)
def test_wrong_request_says_what_was_expected(request_: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match="expected") as caught:
        extract_request(request_)
    assert message in str(caught.value)


def test_filter_answers_in_order_and_survives_bad_lines() -> None:
    lines = [json.dumps({"id": 1} | request_of(PAGE)), "nonsense", json.dumps({"id": 3, "text": "短"})]
    answers = [json.loads(line) for line in filter_lines(lines, extract_request)]
    assert [answer["id"] for answer in answers] == [1, None, 3]
    assert [next((k for k in ("text", "error", "rejected") if k in a), None) for a in answers] == [
        "text",
        "error",
        "rejected",
    ]


def test_filter_runs_in_workers() -> None:
    status, output = run("--jsonl", stdin=json.dumps({"id": "a"} | request_of(PAGE)) + "\n" + "nonsense\n")
    assert status == 0
    first, second = [json.loads(line) for line in output.splitlines()]
    assert (first["id"], first["title"]) == ("a", "标题在这里")
    assert "error" in second


def test_file_is_printed_for_a_person() -> None:
    status, output = run(str(next(SEEDS.glob("001_*"))))
    assert status == 0
    assert output.startswith("国产大模型“混战”")
    assert "刘青青, 石丹" in output
    assert "2023-05-17" in output


def test_file_is_printed_as_json() -> None:
    status, output = run("--json", str(next(SEEDS.glob("000_*"))))
    assert status == 0
    assert set(json.loads(output)) == FIELDS


def test_standard_input_is_read() -> None:
    status, output = run("--json", "-", stdin=PAGE)
    assert status == 0
    assert json.loads(output)["title"] == "标题在这里"


def test_file_that_holds_no_article_ends_with_a_status(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("短", encoding="utf-8")
    status, output = run(str(path))
    assert status == 65
    assert "too_short" in output


def test_address_is_fetched_if_it_is_allowed() -> None:
    with Site.in_thread(routes()) as site:
        address = f"http://127.0.0.1:{site.port}/a/002"
        refused, why = run("--json", address)
        status, output = run("--json", "--allow", f"127.0.0.1:{site.port}", address)
    assert (refused, json.loads(why)["rejected"]) == (65, "refused")
    assert status == 0
    assert json.loads(output)["source"] == "南方都市报"


def test_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    status, output = run(str(tmp_path / "none.html"))
    assert status == 65
    assert "cannot read" in output
    assert "Traceback" not in output

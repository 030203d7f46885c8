"""`newswatch tag`, as a command and as a filter."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from monitor.cli.tag import tag, tag_request

app = typer.Typer()
app.command()(tag)


def test_a_text_is_listed_with_place_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("百度发布文心一言4.0", encoding="utf-8-sig")

    result = CliRunner().invoke(app, [str(file), "--title", "通义千问"])

    assert result.exit_code == 0
    assert "model:ernie-bot" in result.stdout
    assert "text 4" in result.stdout
    assert "title 0" in result.stdout


def test_json_answer_has_the_documented_fields() -> None:
    result = CliRunner().invoke(app, ["-", "--json"], input="文心一言4.0")

    assert json.loads(result.stdout) == {
        "mentions": [
            {
                "entity": "model:ernie-bot",
                "kind": "model",
                "field": "text",
                "surface": "文心一言4.0",
                "start": 0,
                "end": 7,
                "version": "4.0",
                "variant": None,
                "size": None,
                "how": "alias",
                "confidence": 0.98,
                "reasons": [],
            }
        ]
    }


def test_a_text_without_names_says_how_to_learn_more() -> None:
    result = CliRunner().invoke(app, [], input="天气很好")

    assert result.exit_code == 0
    assert "--explain" in result.stdout


def test_explain_prints_rejected_names_with_their_points() -> None:
    result = CliRunner().invoke(app, ["--explain"], input="豆包很好吃")

    assert "against it: 好吃" in " ".join(result.stdout.split())


def test_explain_as_json() -> None:
    result = CliRunner().invoke(app, ["--explain", "--json"], input="豆包很好吃")

    answer = json.loads(result.stdout)
    assert (answer["mentions"], answer["considered"][0]["outcome"]) == ([], "no")


def test_the_filter_answers_every_line_in_order() -> None:
    lines = ['{"id": 1, "title": null, "text": "ChatGPT"}', "broken", '{"id": 3}', '{"id": 4, "title": 5, "text": ""}']

    answers = [
        json.loads(line) for line in CliRunner().invoke(app, ["--jsonl"], input="\n".join(lines)).stdout.splitlines()
    ]

    assert answers[0]["mentions"][0]["entity"] == "model:chatgpt"
    assert "expected a JSON object" in answers[1]["error"]
    assert answers[2]["error"] == "line 3: expected the field 'text' with a text, found none"
    assert answers[3]["error"] == "line 4: expected the field 'title' with a text or null, found int"


def test_the_handler_can_cross_a_process_border() -> None:
    assert pickle.loads(pickle.dumps(tag_request))({"text": ""}) == {"mentions": []}


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(tmp_path / "none.txt")])

    assert result.exit_code == 65
    assert "cannot read" in result.stderr


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"abc\x80"])
def test_a_file_that_is_not_utf_8_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes(content)

    result = CliRunner().invoke(app, [str(file)])

    assert result.exit_code == 65
    assert "expected UTF-8 text" in result.stderr

"""`newswatch compare`, as a command and as a filter."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from monitor.cli.compare import compare, compare_request

TEXT = "国家互联网信息办公室公布管理暂行办法，自8月15日起施行，目前已有80家企业提交备案申请。" + "".join(
    map(chr, range(0xAC00, 0xAC00 + 300))
)

app = typer.Typer()
app.command()(compare)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    a.write_text(TEXT, encoding="utf-8")
    b.write_text(TEXT.replace("80家", "130家"), encoding="utf-8-sig")
    return str(a), str(b)


def test_two_files_are_compared_in_words(files: tuple[str, str]) -> None:
    result = CliRunner().invoke(app, list(files))

    assert result.exit_code == 0
    assert "revision: B revises A." in result.stdout
    assert "80 -> 130" in result.stdout


def test_json_answer_has_the_documented_fields(files: tuple[str, str]) -> None:
    answer = json.loads(CliRunner().invoke(app, [*files, "--json"]).stdout)

    assert list(answer) == ["verdict", "similarity", "containment_a", "containment_b", "number_conflicts", "why"]
    assert answer["number_conflicts"] == [["80", "130"]]
    assert answer["similarity"] == round(answer["similarity"], 4)


def test_one_side_may_be_standard_input(files: tuple[str, str]) -> None:
    result = CliRunner().invoke(app, [files[0], "-", "--json"], input=TEXT)

    assert json.loads(result.stdout)["verdict"] == "exact_copy"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "expected two files", id="none"),
        pytest.param(["-", "-"], "only one of A and B", id="both standard input"),
    ],
)
def test_wrong_arguments_are_refused(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(app, arguments)

    assert result.exit_code == 2
    assert message in result.stderr


def test_a_missing_file_gets_one_clear_error() -> None:
    result = CliRunner().invoke(app, ["/nowhere/a.txt", "-"], input="")

    assert result.exit_code == 65
    assert result.stderr == "cannot read /nowhere/a.txt: No such file or directory\n"


def test_a_file_that_is_not_utf8_gets_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "gbk.txt"
    path.write_bytes("备案".encode("gbk"))

    result = CliRunner().invoke(app, ["-", str(path)], input="")

    assert result.exit_code == 65
    assert result.stderr == f"{path}: expected UTF-8 text, found byte 0xb1 at offset 0\n"


def test_filter_answers_each_line_in_order() -> None:
    lines = [
        json.dumps({"id": "one", "a": TEXT, "b": TEXT}),
        json.dumps({"id": "two", "a": TEXT}),
        json.dumps({"id": "three", "a": 5, "b": ""}),
        "not json",
        json.dumps({"id": "four", "a": "\ud800", "b": "😀"}),
    ]

    result = CliRunner().invoke(app, ["--jsonl"], input="\n".join(lines))

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["one", "two", "three", None, "four"]
    assert answers[0]["verdict"] == "exact_copy"
    assert answers[1]["error"] == "line 2: expected a field 'b' with a text, found none"
    assert answers[2]["error"] == "line 3: field 'a': expected a text, found int"
    assert answers[4]["verdict"] == "new"


def test_handler_may_cross_a_process_border() -> None:
    assert pickle.loads(pickle.dumps(compare_request)) is compare_request

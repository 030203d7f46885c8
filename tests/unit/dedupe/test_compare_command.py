"""`newswatch compare`, as a command and as a filter."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
import typer
from rich.cells import cell_len
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

    assert list(answer) == [
        "verdict",
        "similarity",
        "containment_a",
        "containment_b",
        "length_ratio",
        "number_conflicts",
        "name_conflicts",
        "reversals",
        "title_similarity",
        "letters",
        "is_marked",
        "rule_version",
        "why",
    ]
    assert answer["number_conflicts"] == [["80", "130"]]
    assert (answer["title_similarity"], answer["is_marked"]) == (None, False)
    assert answer["similarity"] == round(answer["similarity"], 4)


def test_headlines_are_compared_where_they_are_given(files: tuple[str, str]) -> None:
    titles = ["--title-a", "管理暂行办法公布", "--title-b", "管理暂行办法公布"]

    answer = json.loads(CliRunner().invoke(app, [*files, *titles, "--json"]).stdout)
    words = CliRunner().invoke(app, [*files, *titles]).stdout

    assert answer["title_similarity"] == 1.0
    assert "  titles      100.0 % alike\n" in words


def test_conflicts_stand_below_each_other(tmp_path: Path) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    a.write_text(TEXT, encoding="utf-8")
    b.write_text(TEXT.replace("80家", "130家").replace("8月15日", "9月5日"), encoding="utf-8")

    lines = CliRunner().invoke(app, [str(a), str(b)]).stdout.splitlines()

    pairs = [line for line in lines if "->" in line and "why" not in line]
    assert len(pairs) > 1
    assert len({cell_len(line.partition("->")[0]) for line in pairs}) == 1


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
        json.dumps({"id": "four", "a": "\ud800", "b": "😀", "title_a": None}),
        json.dumps({"id": "five", "a": TEXT, "b": TEXT, "title_a": "题", "title_b": "题"}),
        json.dumps({"id": "six", "a": TEXT, "b": TEXT, "title_b": 7}),
    ]

    result = CliRunner().invoke(app, ["--jsonl"], input="\n".join(lines))

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["one", "two", "three", None, "four", "five", "six"]
    assert answers[0]["verdict"] == "exact_copy"
    assert answers[1]["error"] == "line 2: expected a field 'b' with a text, found none"
    assert answers[2]["error"] == "line 3: field 'a': expected a text, found int"
    assert answers[4]["verdict"] == "new"
    assert answers[5]["title_similarity"] == 1.0
    assert answers[6]["error"] == "line 7: field 'title_b': expected a text or null, found int"


def test_handler_may_cross_a_process_border() -> None:
    assert pickle.loads(pickle.dumps(compare_request)) is compare_request

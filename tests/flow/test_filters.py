"""The filters ``extract``, ``tag`` and ``compare`` with ``--jsonl``, on good lines and on bad ones.

As processes, where locales, pipes and what is killed matter; else inside this one, whose workers last for all tests.
"""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from monitor.__main__ import app
from tests.flow.service import ROOT

# what each filter is asked, and how an answer is known
GOOD: dict[str, tuple[dict[str, Any], str]] = {
    "extract": ({"name": "a.txt", "text": "百度发布文心一言\n" + "文心一言已经完成备案，面向公众开放。" * 20}, "title"),
    "tag": ({"title": "通义千问", "text": "百度发布文心一言4.0"}, "mentions"),
    "compare": ({"a": "百度发布文心一言4.0。" * 20, "b": "百度发布文心一言4.0。" * 20}, "verdict"),
}
FILTERS = sorted(GOOD)


def environ(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **more}


def start(name: str, **env: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "monitor", name, "--jsonl"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ(**env),
    )


def answers(name: str, given: bytes) -> list[dict[str, Any]]:
    """Run a filter inside this process; return its answers after checking that it ended well and said nothing else."""
    result = CliRunner().invoke(app(name), [name, "--jsonl"], input=given)
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]


def answers_of_a_process(name: str, lines: list[bytes], **env: str) -> list[dict[str, Any]]:
    """Run a filter as a process over lines, else as ``answers`` does."""
    with start(name, **env) as process:
        out, err = process.communicate(b"\n".join(lines) + b"\n", timeout=90)
    assert (process.returncode, err) == (0, b"")
    return [json.loads(line) for line in out.decode("utf-8").splitlines()]


def request(name: str, identity: Any = 1, **changes: Any) -> bytes:
    return json.dumps({"id": identity} | GOOD[name][0] | changes, ensure_ascii=False).encode()


BAD_LINES = {
    "no JSON": b"not json",
    "cut JSON": b'{"id": 1, "text": "abc',
    "a list": b"[1, 2]",
    "a number": b"17",
    "null": b"null",
    "a number of 5,000 digits": b'{"id": ' + b"9" * 5_000 + b"}",
    "invalid UTF-8": b'{"id": 1, "text": "\xff\xfe", "a": "\xff", "b": ""}',
    "UTF-16": '{"id": 1, "text": "x"}'.encode("utf-16-le"),
    "nested 100,000 deep": b'{"id": 1, "text": ' + b"[" * 100_000,
    "a deep id": b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b', "text": "x", "a": "x", "b": "x"}',
    "an endless id": b'{"id": 1e999, "text": "x", "a": "x", "b": "x"}',
    "no fields": b'{"id": "x"}',
    "an empty object": b"{}",
    "wrong types": b'{"id": 1, "text": 5, "a": [], "b": {}}',
    "null fields": b'{"id": 1, "text": null, "a": null, "b": null}',
    "a deep field": b'{"id": 1, "text": ' + b"[" * 900 + b"]" * 900 + b', "a": 1, "b": 2}',
}


@pytest.mark.parametrize("name", FILTERS)
def test_each_line_has_one_answer_in_order_and_bad_ones_an_error(name: str) -> None:
    lines, expected = [], []
    for number, line in enumerate(BAD_LINES.values()):
        lines += [line, b"", b"   ", request(name, number)]
        expected += ["error", GOOD[name][1]]
    found = answers(name, b"\n".join(lines))
    assert len(found) == len(expected)
    assert [key for answer, key in zip(found, expected, strict=True) if key not in answer] == []
    assert [answer["id"] for answer in found[1::2]] == list(range(len(BAD_LINES)))
    assert all(answer["error"].startswith(f"line {1 + 4 * at}: ") for at, answer in enumerate(found[::2]))


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize(
    "env",
    [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "gbk"}],
    ids=["C", "GBK"],
)
def test_lines_are_utf_8_whatever_the_locale(name: str, env: dict[str, str]) -> None:
    (answer,) = answers_of_a_process(name, [request(name, "编号😀")], **env)
    assert answer["id"] == "编号😀"
    assert GOOD[name][1] in answer


@pytest.mark.parametrize("name", FILTERS)
def test_an_id_comes_back_as_it_was(name: str) -> None:
    identities = ["\ud800", None, 1.5, {"a": [1]}, "\0\x1b[31m", "编号😀", 2**70, ""]
    lines = [request(name).replace(b'"id": 1', b'"id": ' + json.dumps(one).encode()) for one in identities]
    found = answers(name, b"\n".join(lines))
    assert [answer["id"] for answer in found] == identities
    assert all(GOOD[name][1] in answer for answer in found)


@pytest.mark.parametrize("name", FILTERS)
def test_a_line_without_an_end_and_a_byte_order_mark_are_read(name: str) -> None:
    (answer,) = answers(name, b"\xef\xbb\xbf" + request(name, 7))
    assert answer["id"] == 7
    assert GOOD[name][1] in answer


@pytest.mark.parametrize("name", FILTERS)
def test_a_question_is_answered_before_the_next_is_asked(name: str) -> None:
    with start(name) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(request(name, number) + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.parametrize("name", FILTERS)
def test_a_reader_that_goes_away_ends_the_filter(name: str) -> None:
    """The writer goes on for ever, as a producer in a pipe does."""
    with start(name) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(request(name) + b"\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        for _ in range(3):
            try:
                process.stdin.write(request(name) + b"\n")
                process.stdin.flush()
            except BrokenPipeError:
                break
        assert process.wait(30) != 0
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()


def page(body: bytes, **more: Any) -> bytes:
    fields = {"url": "https://example.org/a", "html_b64": base64.b64encode(body).decode()}
    return json.dumps({"id": "hostile"} | fields | more).encode()


ARTICLE = (
    "<html><body><article><h1>大模型</h1>"
    + "<p>文心一言已经完成备案，面向公众开放。</p>" * 20
    + "</article></body></html>"
)
HOSTILE = {
    "two million nested divs": page(b"<div>" * 2_000_000),
    "a giant attribute": page(b'<p title="' + b"x" * 20_000_000 + b'">a</p>'),
    "NULs": page(b"<p>\x00" * 10_000),
    "a cut multibyte": page(ARTICLE.encode("gb18030")[:-31] + b"\x81"),
    "only high bytes": page(bytes(range(128, 256)) * 1_000),
    "a hundred thousand tags": page(b"<b><i>" * 50_000 + b"<table><tr><td>" * 20_000),
    "an unknown charset": page(ARTICLE.encode(), content_type="text/html; charset=x-klingon"),
    "no bytes": page(b""),
    "an address that is none": page(ARTICLE.encode(), url="http://[::1"),
    "a broken base64": page(b"").replace(b'"html_b64": ""', b'"html_b64": "%%%"'),
    "a text of lone surrogates": b'{"id": "hostile", "text": "' + b"\\\\ud800" * 500 + b'"}',
}


def test_a_hostile_page_does_not_end_the_filter(tmp_path: Path) -> None:
    lines = [line for hostile in HOSTILE.values() for line in (hostile, request("extract", "good"))]
    found = answers_of_a_process("extract", lines, TMPDIR=str(tmp_path))
    assert [answer["id"] for answer in found] == ["hostile", "good"] * len(HOSTILE)
    assert all(answer["title"] == "百度发布文心一言" for answer in found[1::2])
    assert all({"title", "rejected", "error"} & answer.keys() for answer in found[::2])

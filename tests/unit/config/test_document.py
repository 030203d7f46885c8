"""YAML as nodes that know their place, and all that is refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from monitor.config.document import MAX_BYTES, Node, parse
from monitor.config.problems import ConfigError, Mark

FILE = Path("f.yaml")


def value(text: str) -> object:
    def plain(node: Node) -> object:
        if isinstance(node.value, dict):
            return {key: plain(child) for key, child in node.value.items()}
        return [plain(child) for child in node.value] if isinstance(node.value, list) else node.value

    return plain(parse(text.encode(), FILE))


def complaints(data: str | bytes) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse(data.encode() if isinstance(data, str) else data, FILE)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("y", "y"), ("NO", "NO"),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("12:30", "12:30"), ("1_000", "1_000"), ("0x1f", "0x1f"), ("2023-07-02", "2023-07-02"), ("=", "="),
        ("15", 15), ("-3", -3), ("1.5", 1.5), ("1e3", "1e3"), ("'15'", "15"), ('"true"', "true"), ("1.2.3", "1.2.3"),
        ("!!str 15", "15"), ("! yes", "yes"), ("文心", "文心"), ("9" * 40, "9" * 40),
    ],
)  # fmt: skip
def test_scalar_means_what_the_core_schema_says(written: str, meant: object) -> None:
    found = value(f"k: {written}")

    assert found == {"k": meant}
    assert type(found["k"]) is type(meant)


def test_keys_and_values_know_line_and_column() -> None:
    root = parse("a: 1\n列表:\n  - x\n  - b: 中文\n".encode(), FILE)

    assert isinstance(root.value, dict)
    assert root.keys["列表"] == Mark(2, 1)
    items = root.value["列表"].value
    assert isinstance(items, list)
    assert items[0].mark == Mark(3, 5)
    assert items[1].keys["b"] == Mark(4, 5)
    assert isinstance(items[1].value, dict)
    assert items[1].value["b"].mark == Mark(4, 8)


def test_byte_order_mark_is_no_content() -> None:
    assert parse("\ufeffa: 1".encode(), FILE).keys["a"] == Mark(1, 1)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"], ids=["empty", "comment", "marker"])
def test_empty_file_holds_nothing(text: str) -> None:
    assert value(text) is None


def test_small_alias_repeats_its_value() -> None:
    assert value("a: &x [1, 2]\nb: *x\n") == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3:1: the key 'a' was given before, in line 1"),
        ("a: !!python/object:os.system {}\n", "f.yaml:1:4: the tag tag:yaml.org,2002:python/object:os.system is not"),
        ("a: !!python/object/apply:os.system [x]\n", "f.yaml:1:4: the tag tag:yaml.org,2002:python/object/apply"),
        ("a: !mine 3\n", "f.yaml:1:4: the tag !mine is not supported"),
        ("a: !!binary aGk=\n", "f.yaml:1:4: the tag tag:yaml.org,2002:binary is not supported"),
        ("a: 1\n--- \nb: 2\n", "f.yaml:2:1: expected one document"),
        ("a: *nowhere\n", "f.yaml:1:4: the alias *nowhere has no anchor before it"),
        ("a: &x [*x]\n", "f.yaml:1:8: the alias *x has no anchor before it"),
        ("a:\n\tb: 1\n", "f.yaml:2:1: a tab cannot indent; use spaces"),
        ("a: [1, 2\nb: 3\n", "f.yaml:2:2: not valid YAML: "),
        ("a: 'x\n", "not valid YAML: "),
        ("a: @x\n", "f.yaml:1:4: not valid YAML: "),
        ("1: x\n", "f.yaml:1:1: expected a key that is text; put it in quotes"),
        ("? [a]\n: x\n", "f.yaml:1:3: expected a key that is text"),
        ("x: &d {a: 1}\ny:\n  <<: *d\n", "f.yaml:3:3: merge keys (<<) are not supported"),
        ("a: x\x07y\n", "f.yaml:1:5: the control character U+0007 cannot stand here"),
        ("[" * 100_000, "nested more than 40 levels deep"),
        ("- " * 50_000, "nested more than 40 levels deep"),
    ],
    ids=lambda text: text[:24].strip() if isinstance(text, str) else "",
)
def test_what_is_refused_names_its_place(text: str, problem: str) -> None:
    assert any(problem in line for line in complaints(text)), complaints(text)


def test_text_that_is_not_utf8_names_the_first_wrong_byte() -> None:
    data = b"a: 1\nname: " + "量子位".encode("gbk")

    assert complaints(data) == ["f.yaml:2:7: expected UTF-8 text; save the file as UTF-8"]


def test_file_beyond_the_limit_is_refused_unread() -> None:
    assert "expected at most 1,048,576 bytes" in complaints(b"#" * (MAX_BYTES + 1))[0]


def test_alias_bomb_is_refused_quickly() -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    started = time.perf_counter()

    found = complaints(f"l0: &l0 [x, x, x]\n{levels}")

    assert "aliases repeat more than 1000 values" in found[0]
    assert time.perf_counter() - started < 1


def test_every_problem_of_a_file_is_reported_up_to_a_bound() -> None:
    found = complaints("a: 1\n" * 1_000)

    assert len(found) == 50

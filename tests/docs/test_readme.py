"""The two READMEs say the same, and begin with the two commands."""

from __future__ import annotations

import re

import pytest

from tests.docs.blocks import ROOT, Block, blocks, headings

README = ROOT / "README.md"
CHINESE = ROOT / "README.zh-CN.md"


def command(name: str) -> Block:
    (found,) = [block for block in blocks(README) if block.marker == name]
    return found


@pytest.mark.parametrize("name", ["run", "tests"])
def test_a_command_is_one_line_near_the_top(name: str) -> None:
    found = command(name)

    assert len(found.text.splitlines()) == 1
    assert found.line < 30


@pytest.mark.parametrize("name", ["run", "tests"])
def test_a_command_needs_nothing_but_python_and_pip(name: str) -> None:
    programs = {part.split()[0] for part in command(name).text.split(" && ")}

    assert programs <= {"python3", ".venv/bin/pip", ".venv/bin/newswatch", ".venv/bin/python"}


@pytest.mark.parametrize("name", ["run", "tests"])
def test_a_command_uses_the_lock(name: str) -> None:
    assert re.search(r"-r requirements(-dev)?\.lock", command(name).text)


def test_both_languages_have_the_same_headings() -> None:
    levels = [[heading.partition(" ")[0] for heading in headings(page)] for page in (README, CHINESE)]

    assert levels[0] == levels[1]


def test_both_languages_have_the_same_blocks() -> None:
    english, chinese = ([(b.language, b.marker, b.value) for b in blocks(page)] for page in (README, CHINESE))

    assert english == chinese


def test_blocks_other_than_pictures_are_equal_in_both_languages() -> None:
    english, chinese = ([b.text for b in blocks(page) if b.language != "text"] for page in (README, CHINESE))

    assert english == chinese


def test_both_languages_link_to_the_same_pages() -> None:
    links = [
        sorted(set(re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8"))) - {"README.md", "README.zh-CN.md"})
        for page in (README, CHINESE)
    ]

    assert links[0] == links[1]

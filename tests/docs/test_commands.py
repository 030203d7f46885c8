"""``docs/cli.md`` describes every command with every option, and nothing that is not there."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
import typer

from monitor.__main__ import app
from tests.docs.blocks import ROOT

PAGE = ROOT / "docs/cli.md"
SHELL = {"--help", "--install-completion", "--show-completion", "--version"}


@cache
def commands() -> dict[str, Any]:
    program: Any = typer.main.get_command(app())
    groups = {name: dict(getattr(command, "commands", {})) for name, command in program.commands.items()}
    inner = {f"{group} {name}": command for group, named in groups.items() for name, command in named.items()}
    return dict(program.commands) | inner


def is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


@cache
def sections() -> dict[str, str]:
    """Return the text below each heading ``## newswatch NAME``."""
    parts = re.split(r"^#{2,4} `newswatch ([a-z ]+)`$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        name: re.split(r"^## ", text, flags=re.MULTILINE)[0]
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


@pytest.mark.parametrize("name", commands())
def test_command_is_described(name: str) -> None:
    assert name in sections()


@pytest.mark.parametrize("name", commands())
def test_options_of_a_command_are_described(name: str) -> None:
    described = set(re.findall(r"`(--?[a-z][a-z-]*)", sections()[name]))
    options = [parameter for parameter in commands()[name].params if not is_argument(parameter)]
    real = {word for option in options for word in (*option.opts, *option.secondary_opts)}

    assert real - SHELL - described == set(), "not described"
    assert {word for word in described if word.startswith("--")} - real == set(), "described, but not there"


@pytest.mark.parametrize("name", commands())
def test_arguments_of_a_command_are_described(name: str) -> None:
    for parameter in commands()[name].params:
        if is_argument(parameter):
            for word in re.findall(r"[A-Z]+", parameter.metavar or parameter.name.upper()):
                assert word in sections()[name], f"{name} takes {word}"


def test_no_command_is_described_that_does_not_exist() -> None:
    assert set(sections()) == set(commands())

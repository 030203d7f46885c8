"""The text files of the project name no package index and no place on the machine they were written on."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from tests.docs.blocks import ROOT

# Put together from parts, or this file would name what no file may name.
_INDEX_HOSTS = tuple(".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org")))
_INDEX_PATHS = ("/".join(("", "api", "pypi", "")), "/".join(("", "simple", "")))
_INDEX_OPTIONS = re.compile(r"--(?:extra-)?index-url|--find-links")
_PERSONAL_PATH = re.compile(r"(?<![\w.:~/*-])/(?:home|Users|root|work|mnt|media)/[\w.-]+")
_INSTALLER_SETTINGS = (
    "/etc/pip.conf",
    "~/.pip/pip.conf",
    "~/.config/pip/pip.conf",
    "~/Library/Application Support/pip/pip.conf",
    "/etc/uv/uv.toml",
    "~/.config/uv/uv.toml",
)
_MAX_BYTES = 2_000_000


@cache
def text_files() -> tuple[tuple[Path, str], ...]:
    return tuple(_text_files())


def _text_files() -> Iterator[tuple[Path, str]]:
    for path in _listed():
        if path.is_file() and path.stat().st_size <= _MAX_BYTES and path.suffix != ".lock":
            content = path.read_bytes()
            if b"\0" not in content:
                yield path.relative_to(ROOT), content.decode("utf-8", "replace")


def _listed() -> list[Path]:
    """Return the files that belong to the project: what git knows or would take."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def configured_index_hosts() -> set[str]:
    """Return the hosts that packages are taken from on this machine."""
    texts = [value for name, value in os.environ.items() if re.fullmatch(r"(PIP|UV)_\w*(INDEX|URL|LINKS)\w*", name)]
    places = [
        "/etc/pip.conf",
        "~/.pip/pip.conf",
        "~/.config/pip/pip.conf",
        "~/Library/Application Support/pip/pip.conf",
    ]
    for place in (*places, "~/.config/uv/uv.toml", os.environ.get("PIP_CONFIG_FILE", "")):
        path = Path(place).expanduser()
        if place and path.is_file():
            texts.append(path.read_text(encoding="utf-8"))
    urls = re.findall(r"https?://[^\s\"',\]]+", "\n".join(texts))
    return {host for url in urls if (host := urlsplit(url).hostname) and host != "localhost"}


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in text_files()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_index() -> None:
    names = {*_INDEX_HOSTS, *_INDEX_PATHS, *configured_index_hosts()}

    assert found(re.compile("|".join(map(re.escape, sorted(names))), re.IGNORECASE)) == []


def test_no_file_passes_an_index_to_an_installer() -> None:
    allowed = {Path("tests/docs/test_hygiene.py")}

    assert [line for line in found(_INDEX_OPTIONS) if Path(line.partition(":")[0]) not in allowed] == []


def test_no_file_names_the_place_it_was_written_at() -> None:
    own = re.escape(str(ROOT)) if len(ROOT.parts) > 2 else r"(?!)"

    assert found(re.compile(rf"{own}(?![\w.-])|{_PERSONAL_PATH.pattern}")) == []


def test_project_settings_hold_no_index() -> None:
    for name in ("setup.cfg", "pip.conf", "tox.ini"):
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(ROOT / name)
        assert not [key for section in parser.sections() for key in parser[section] if "index" in key]
    assert not re.search(r"\[\[?tool\.uv\.(index|sources)", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))

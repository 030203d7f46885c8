"""The locks satisfy ``pyproject.toml``, hold hashes and name no place to download from."""

from __future__ import annotations

import re
import tomllib
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.docs.blocks import ROOT

USER, DEVELOPER = "requirements.lock", "requirements-dev.lock"
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")


@cache
def locked(name: str) -> dict[str, list[str]]:
    """Return the versions of each package (more than one where they differ by platform)."""
    versions: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if found := _PINNED.match(line):
            versions.setdefault(canonicalize_name(found["name"]), []).append(found["version"])
    return versions


@cache
def entries(name: str) -> tuple[str, ...]:
    """Return the requirements with their hashes, one text each."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return tuple(line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))


@cache
def project() -> dict[str, list[str]]:
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted: list[str] = content["project"]["dependencies"]
    return {USER: wanted, DEVELOPER: [*wanted, *content["dependency-groups"]["dev"]]}


@pytest.mark.parametrize("name", [USER, DEVELOPER])
def test_lock_satisfies_the_project(name: str) -> None:
    for text in project()[name]:
        wanted = Requirement(text)
        versions = locked(name).get(canonicalize_name(wanted.name), [])
        assert versions, f"{wanted.name} is not in {name}"
        for version in versions:
            assert wanted.specifier.contains(Version(version)), f"{wanted} is locked at {version}"


@pytest.mark.parametrize("name", [USER, DEVELOPER])
def test_every_locked_package_has_a_version_and_hashes(name: str) -> None:
    for entry in entries(name):
        assert _PINNED.match(entry), f"{name}: not a pinned package: {entry[:80]}"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), f"{name}: no hash: {entry[:80]}"


@pytest.mark.parametrize("name", [USER, DEVELOPER])
def test_lock_names_no_place(name: str) -> None:
    content = (ROOT / name).read_text(encoding="utf-8")

    assert "://" not in content
    assert "index" not in content.lower().replace("indexing", "")


def test_developers_have_what_users_have() -> None:
    assert {name: locked(DEVELOPER).get(name) for name in locked(USER)} == locked(USER)

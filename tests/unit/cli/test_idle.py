"""What ``newswatch check`` says of settings of rules that change nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Program

_IN_DIGESTS = "only for what is told at once (mode: instant), not in digests"
_NO_NAMES = "burst: only of the names that a rule asks for, and it asks for none"
_NIGHT = [{"at": "22:00-07:00"}]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        pytest.param({"group_wait": "5m", "mute": _NIGHT}, f"group_wait, mute: {_IN_DIGESTS}", id="digest"),
        pytest.param({"repeat_interval": "4h"}, f"repeat_interval: {_IN_DIGESTS}", id="digest-repeat"),
        pytest.param({"group_by": ["vendor"]}, None, id="digests-are-grouped-too"),
        pytest.param({"mute": _NIGHT, "escalate": {"outlets": 3}}, None, id="what-escalates-is-muted"),
        pytest.param({"group_wait": "5m", "mute": _NIGHT, "mode": "instant"}, None, id="at-once"),
        pytest.param({"escalate": {"burst": True}}, _NO_NAMES, id="burst-of-words"),
        pytest.param({"escalate": {"burst": True}, "entities": ["model:*"]}, None, id="burst-of-names"),
        pytest.param({"escalate": {"burst": True}, "query": "kind:model"}, None, id="burst-of-a-kind"),
        pytest.param({"escalate": {"burst": True}, "query": "vendor:百度"}, None, id="burst-of-a-vendor"),
    ],
)
def test_settings_of_rules_that_change_nothing_are_told(
    program: Program, tmp_path: Path, rule: dict[str, Any], said: str | None
) -> None:
    document = {
        "sources": [{"id": "wire", "kind": "feed", "url": "https://news.example/a.xml"}],
        "channels": [{"id": "out", "kind": "file", "path": "out"}],
        "rules": [{"id": "one", "any": ["备案"], "channels": ["out"], **rule}],
    }
    path = tmp_path / "sources.yaml"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    answer = program(["check", "--config", str(path)])

    assert answer.exit_code == 0, answer.output
    assert (f"warning: rule one: {said}" in answer.stdout) is (said is not None)
    assert ("warning" in answer.stdout) is (said is not None)

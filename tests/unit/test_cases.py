"""What is asked of the store about an article: until when its hits wait, as the service itself would say."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from monitor.answers import Held
from monitor.cases import case_of
from monitor.config import load_config
from monitor.tracked import tracked
from storage.database import open_store
from storage.feed import explain
from tests.unit.alerts.desk import desk_of, publish
from tests.unit.alerts.samples import NOW, mention

_HOUR = timedelta(hours=1)


def test_hit_waits_for_the_group_of_its_own_vendor(tmp_path: Path) -> None:
    rule = {
        "id": "models", "any": ["模型"], "channels": ["desk"], "mode": "instant", "group_by": ["vendor"],
        "group_wait": "1h",
    }  # fmt: skip
    document = {"rules": [rule], "channels": [{"id": "desk", "kind": "file", "was": ["old"]}]}
    (tmp_path / "sources.yaml").write_text(json.dumps(document), encoding="utf-8")
    config = load_config(tmp_path / "sources.yaml", environ={})
    vendors = tracked(config.watch).vendors
    first, other = sorted({vendor: entity for entity, vendor in vendors.items()}.values())[:2]
    desk = desk_of(*config.rules, vendors=vendors)
    store = open_store(tmp_path / "store.db", now=lambda: NOW)
    for number, (entity, at) in enumerate(((first, NOW), (other, NOW + _HOUR / 2)), start=1):
        named = mention("大模型备案。", "大模型", entity)
        store.write(lambda s, n=number, m=named, t=at: publish(s, desk, n, now=t, text="大模型备案。", mentions=(m,)))

    with store.read() as session:
        found = explain(session, "2", key=None)
        assert found is not None
        case = case_of(session, found, config, NOW + _HOUR * 0.75)
    store.close()

    assert case is not None
    assert case.renamed == {"old": "desk"}
    assert list(case.held.values()) == [Held(state="grouped", until=NOW + _HOUR * 1.5)]

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bench.near_index import a_copy, expiry, missed, ratios
from bench.near_index_fill import DAYS, MOMENTS, World, article, fill
from storage import bands
from storage.database import open_store


@pytest.mark.parametrize("half", [1, 2])
def test_filled_store_is_one_that_the_product_asks(tmp_path: Path, half: int) -> None:
    path, now = tmp_path / "store.db", MOMENTS[half]
    open_store(path, now=lambda: now).close()
    sizes = fill(path, 300, 5, now)
    store = open_store(path, now=lambda: now)
    world = World(6)
    since = now - timedelta(days=DAYS)
    asked = [
        bands.keys_of(article(-1, keys)) for keys in (world.unseen(), a_copy(store, world, 300), World(5).notice())
    ]
    with store.read() as session:
        unseen, copies, notices = [bands.nominate(session, keys, since=since) for keys in asked]
    store.close()
    assert unseen == ()
    assert copies[0].band_hits == 20
    assert len(notices) >= 1
    assert set(sizes) == {"keys", "kept", "articles"}
    assert half == 1 or expiry(path, now, 300)["blocked_s"] > 0


def test_growth_is_that_of_the_largest_store_and_upper_bounds_are_told_from_lower_ones() -> None:
    def of(cpu: float) -> dict[str, object]:
        figures = {"cpu": {"p50": cpu}}
        return {
            "nominate": dict.fromkeys(("unseen", "copy", "notice"), figures),
            "store": figures,
            "bytes": {"keys": 1000},
        }

    found = ratios({"10000": of(0.2), "9": of(0.1)}, {"10000": {"bytes": 9000}})
    assert found["max_unseen_growth"] == 2.0
    assert found["memory_ratio_to_datasketch"] == 9.0
    assert missed(found, {"max_unseen_growth": 2.0, "memory_ratio_to_datasketch": 9.0}) == []
    assert len(missed(found, {"max_unseen_growth": 1.9, "memory_ratio_to_datasketch": 9.1})) == 2

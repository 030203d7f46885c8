"""What the near-copy index nominates by bands is what datasketch's own index answers."""

from __future__ import annotations

from typing import Any

import numpy as np
from datasketch import MinHash, MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.read.fingerprint import BANDS, PERMUTATIONS, ROWS, band_keys
from storage.nomination import Keys
from tests.unit.storage.near_twin import Twin
from tests.unit.storage.worlds import NOW

SEEDS = st.integers(0, 2**32 - 1)
SHARES = st.lists(st.sampled_from([0.0, 0.02, 0.1, 0.3, 1.0]), min_size=1, max_size=12)  # of the values that differ
BASE = MinHash(num_perm=PERMUTATIONS, scheme="affine32")


def relatives(seed: int, shares: list[float]) -> list[Any]:
    """Return sketches that differ from a first one in some of their values."""
    random = np.random.default_rng(seed)
    first = random.integers(0, 2**32, PERMUTATIONS, dtype=np.uint32)
    others = [random.integers(0, 2**32, PERMUTATIONS, dtype=np.uint32) for _ in shares]
    return [
        np.where(random.random(PERMUTATIONS) < share, other, first) for share, other in zip(shares, others, strict=True)
    ]


def keys(values: Any) -> Keys:
    return Keys(content_hash=values.tobytes().hex(), sketch_version="v", bands=band_keys(values), sentences=())


def minhash(values: Any) -> MinHash:
    return MinHash(hashvalues=values, permutations=BASE.permutations, scheme="affine32")


@settings(max_examples=30, deadline=None)
@given(SEEDS, SHARES, SHARES)
def test_bands_nominate_what_datasketch_answers(seed: int, stored: list[float], asked: list[float]) -> None:
    sketches = relatives(seed, stored + asked)
    lsh, twin = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS)), Twin()
    for number, values in enumerate(sketches[: len(stored)]):
        lsh.insert(number, minhash(values))
        twin.add(number, keys(values), story=number, seen=NOW)
        twin.put(number, NOW)
        twin.index(number, lead=None)

    for values in sketches[len(stored) :]:
        found = twin.nominate(keys(values), since=NOW, exclude=frozenset())
        assert set(found) == set(lsh.query(minhash(values)))

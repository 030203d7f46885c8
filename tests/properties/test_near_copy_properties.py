"""What holds of sketches, bands and verdicts for every text."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from datasketch import MinHash, MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.near_copy_pairs import LINKED, labelled_pairs
from monitor.dedupe import compare
from monitor.read.fingerprint import BANDS, ROWS, band_keys, fingerprint, shingle_hashes, sketch
from monitor.read.normalize import normalize
from storage.records import VerdictKind

TEXTS = st.text(max_size=300) | st.text("大模型备案abc0123，。 \n", max_size=300)
SIZES = st.sampled_from([5, 9])
FLIPPED = {VerdictKind.CONTAINS: VerdictKind.CONTAINED_IN, VerdictKind.CONTAINED_IN: VerdictKind.CONTAINS}


def reference(normalized: str, size: int) -> MinHash:
    """Return datasketch's own sketch of the same shingle hashes."""
    minhash = MinHash(num_perm=128, hashfunc=int, scheme="affine32")
    minhash.update_batch(shingle_hashes(normalized, size).tolist())
    return minhash


@given(TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)

    assert normalize(once) == once
    assert not once or once.isalnum()


@given(TEXTS, SIZES)
def test_sketch_is_what_update_batch_holds(text: str, size: int) -> None:
    normalized = normalize(text)

    assert np.array_equal(sketch(normalized, size), reference(normalized, size).hashvalues)


@pytest.mark.parametrize("length", [512, 516, 517, 1028, 1029, 3000])
def test_sketch_of_several_blocks_is_what_update_batch_holds(length: int) -> None:
    text = "".join(Random(length).choices([chr(c) for c in range(0x4E00, 0x9000)], k=length))

    assert np.array_equal(sketch(text, 5), reference(text, 5).hashvalues)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("甲乙丙丁戊己庚辛", min_size=60, max_size=90), min_size=2, max_size=8, unique=True), st.data())
def test_common_bands_nominate_what_datasketch_nominates(texts: list[str], data: st.DataObject) -> None:
    mutated = [text[:-3] + data.draw(st.text("甲乙丙丁", min_size=3, max_size=3)) for text in texts]
    lsh = MinHashLSH(num_perm=128, params=(BANDS, ROWS))
    stored = {}
    for number, text in enumerate(texts):
        lsh.insert(number, reference(text, 5))
        stored[number] = set(band_keys(sketch(text, 5)))

    for text in mutated:
        keys = band_keys(sketch(text, 5))
        assert {n for n, held in stored.items() if held.intersection(keys)} == set(lsh.query(reference(text, 5)))


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_comparison_is_symmetric_but_for_its_direction(a: str, b: str) -> None:
    there, back = compare(a + b, b), compare(b, a + b)

    assert back.verdict is FLIPPED.get(there.verdict, there.verdict)
    assert back.similarity == there.similarity
    assert (back.containment_a, back.containment_b) == (there.containment_b, there.containment_a)
    assert sorted(back.number_conflicts) == sorted((new, old) for old, new in there.number_conflicts)


@given(TEXTS)
def test_every_text_has_a_fingerprint(text: str) -> None:
    keys = fingerprint(text)

    assert (keys.sketch is None) == (len(normalize(text)) < 60)


@settings(max_examples=3, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_generated_copies_are_linked_and_look_alikes_are_not(seed: int) -> None:
    for pair in labelled_pairs(Random(seed), 1):
        verdict = compare(pair.a, pair.b).verdict.value
        if pair.kind not in ("rewritten", "damaged 4 %"):
            assert verdict in pair.right, (pair.kind, seed)
        if not pair.is_copy:
            assert verdict not in LINKED or verdict in pair.right, (pair.kind, seed)

"""What holds of sketches, bands and verdicts for every text."""

from __future__ import annotations

import hashlib
from random import Random

import numpy as np
import pytest
from datasketch import MinHash, MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.near_copies.pair import LINKED
from bench.near_copies.pairs import labelled_pairs
from monitor.dedupe import Comparison, compare
from monitor.read.characters import _FOLDED, _keep_by_pattern, fold_characters, keep_words
from monitor.read.fingerprint import BANDS, ROWS, band_keys, fingerprint, shingle_hashes, sketch
from monitor.read.normalize import normalize, prepare, split
from monitor.read.regional import fold_wording, variants, words
from storage.records import VerdictKind

TEXTS = st.text(max_size=300) | st.text("大模型备案abc0123，。 \n", max_size=300)
REGIONAL = sorted({*words(), *words().values(), *"".join(words()), *variants(), *"，。\n·a7", ". "})
TAIWAN = st.lists(st.sampled_from(REGIONAL), max_size=60).map("".join)
LONG = st.lists(TEXTS | TAIWAN | st.characters(), min_size=4, max_size=20).map(lambda parts: "".join(parts) * 4)
FLIPPED = {VerdictKind.CONTAINS: VerdictKind.CONTAINED_IN, VerdictKind.CONTAINED_IN: VerdictKind.CONTAINS}

CERTAIN = ("width", "light wrapper", "first 95 %", "first 85 %", "lines between", "Traditional (", "1 number")


def reference(normalized: str) -> MinHash:
    """Return datasketch's own sketch of the same shingle hashes."""
    minhash = MinHash(num_perm=128, hashfunc=int, scheme="affine32")
    minhash.update_batch(shingle_hashes(normalized).tolist())
    return minhash


@given(TEXTS | TAIWAN | LONG)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)

    assert normalize(once) == once
    assert not once or once.isalnum()


@given(TAIWAN)
def test_wording_folded_twice_changes_nothing(text: str) -> None:
    folded = prepare(text)

    assert fold_wording(folded) == folded


@given(LONG)
def test_tables_do_what_patterns_do(text: str) -> None:
    assert fold_characters(text) == text.translate(_FOLDED)
    assert keep_words(text) == _keep_by_pattern(text)


@given(TEXTS | TAIWAN | LONG)
def test_split_text_is_the_squeezed_one(text: str) -> None:
    normalized, said = split(prepare(text))

    assert normalized == normalize(text)
    assert all(sentence and sentence.isalnum() for sentence in said)
    assert fingerprint(text).content_hash == hashlib.sha256(normalized.encode("utf-8", "surrogatepass")).hexdigest()


@given(TEXTS | LONG)
def test_sketch_is_what_update_batch_holds(text: str) -> None:
    normalized = normalize(text)

    assert np.array_equal(sketch(normalized), reference(normalized).hashvalues)


@given(st.text("大模型ab1", max_size=40))
def test_each_shingle_has_five_characters_or_nine_latin_ones(text: str) -> None:
    starts = range(len(text) - 4)
    sizes = [9 if text[start : start + 5].isascii() else 5 for start in starts]
    wanted = [text[at : at + size] for at, size in zip(starts, sizes, strict=True) if at + size <= len(text)]

    hashes = shingle_hashes(text)

    assert len(hashes) == len(wanted)
    assert len(set(hashes.tolist())) == len(set(wanted))


@pytest.mark.parametrize("length", [1024, 1028, 1029, 2052, 2053, 3000])
def test_sketch_of_several_blocks_is_what_update_batch_holds(length: int) -> None:
    text = "".join(Random(length).choices([chr(c) for c in range(0x4E00, 0x9000)], k=length))

    assert np.array_equal(sketch(text), reference(text).hashvalues)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("甲乙丙丁戊己庚辛", min_size=60, max_size=90), min_size=2, max_size=8, unique=True), st.data())
def test_common_bands_nominate_what_datasketch_nominates(texts: list[str], data: st.DataObject) -> None:
    mutated = [text[:-3] + data.draw(st.text("甲乙丙丁", min_size=3, max_size=3)) for text in texts]
    lsh = MinHashLSH(num_perm=128, params=(BANDS, ROWS))
    stored = {}
    for number, text in enumerate(texts):
        lsh.insert(number, reference(text))
        stored[number] = set(band_keys(sketch(text)))

    for text in mutated:
        keys = band_keys(sketch(text))
        assert {n for n, held in stored.items() if held.intersection(keys)} == set(lsh.query(reference(text)))


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_comparison_is_symmetric_but_for_its_direction(a: str, b: str) -> None:
    there, back = compare(a + b, b), compare(b, a + b)

    assert_turned(there, back)


@settings(max_examples=3, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_comparison_of_news_is_symmetric_but_for_its_direction(seed: int) -> None:
    for pair in Random(seed).sample(tuple(labelled_pairs(Random(seed), 1)), 150):
        a, b = (pair.a.body, pair.a.title), (pair.b.body, pair.b.title)
        assert_turned(compare(a[0], b[0], a[1], b[1]), compare(b[0], a[0], b[1], a[1]))


@settings(max_examples=3, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_generated_copies_are_linked_and_look_alikes_are_not(seed: int) -> None:
    for pair in Random(seed).sample(tuple(labelled_pairs(Random(seed), 1)), 150):
        verdict = compare(pair.a.body, pair.b.body, pair.a.title, pair.b.title).verdict.value
        if pair.kind.startswith(CERTAIN):
            assert verdict in LINKED, (pair.kind, seed)
        if pair.goal == "other" or pair.kind == "form, all facts other":
            assert verdict not in LINKED, (pair.kind, seed)


def assert_turned(there: Comparison, back: Comparison) -> None:
    """Hold ``back`` to be what ``there`` is, read from the other side."""
    assert back.verdict is FLIPPED.get(there.verdict, there.verdict)
    assert back.similarity == there.similarity
    assert (back.containment_a, back.containment_b) == (there.containment_b, there.containment_a)
    assert sorted(back.number_conflicts) == sorted((new, old) for old, new in there.number_conflicts)

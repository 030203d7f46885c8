"""The near-copy keys of a text."""

from __future__ import annotations

import hashlib
import pickle
import subprocess
import sys

import numpy as np
import pytest
from datasketch import LeanMinHash

from monitor.read.fingerprint import BANDS, band_keys, fingerprint, sketch
from monitor.read.normalize import normalize

TEXT = "国家互联网信息办公室近日公布《生成式人工智能服务管理暂行办法》，自2023年8月15日起施行。" * 3


@pytest.mark.parametrize(
    ("length", "is_sketched"),
    [pytest.param(n, n >= 60, id=f"{n} characters") for n in (0, 4, 59, 60, 199, 200)],
)
def test_only_texts_of_sixty_characters_and_more_are_sketched(length: int, is_sketched: bool) -> None:
    text = "".join(chr(0x4E00 + i) for i in range(length))

    keys = fingerprint(text)

    assert (keys.sketch is not None) is is_sketched
    assert len(keys.bands) == (BANDS if is_sketched else 0)
    assert keys.content_hash == hashlib.sha256(normalize(text).encode()).hexdigest()


def test_sketch_is_128_little_endian_values_that_datasketch_reads() -> None:
    keys = fingerprint(TEXT)

    assert keys.sketch is not None
    values = np.frombuffer(keys.sketch, "<u4")
    lean = LeanMinHash(seed=1, hashvalues=values, scheme="affine32")
    assert lean.jaccard(LeanMinHash(seed=1, hashvalues=sketch(normalize(TEXT), 5), scheme="affine32")) == 1.0


def test_band_keys_carry_their_band_above_forty_bits() -> None:
    keys = fingerprint(TEXT).bands

    assert [key >> 40 for key in keys] == list(range(BANDS))
    assert all(0 <= key < 2**63 for key in keys)


def test_band_keys_are_those_of_stored_sketches() -> None:
    values = np.arange(128, dtype=np.uint32)

    keys = band_keys(values)

    expected = []
    for band in range(32):
        mixed = band + 1
        for value in range(4 * band, 4 * band + 4):
            mixed = (mixed ^ value) * 0x9E3779B97F4A7C15 % 2**64
            mixed ^= mixed >> 29
        expected.append(band << 40 | mixed >> 24)
    assert list(keys) == expected


@pytest.mark.parametrize(
    ("text", "version"),
    [
        pytest.param(TEXT, "norm1/n5/k128/seed1/affine32/t2s-", id="Han"),
        pytest.param("An English text about models.", "norm1/n9/k128/seed1/affine32/t2s-", id="Latin"),
    ],
)
def test_sketch_version_names_all_that_a_sketch_depends_on(text: str, version: str) -> None:
    assert fingerprint(text).sketch_version.startswith(version)


def test_same_text_in_other_width_script_and_punctuation_has_the_same_keys() -> None:
    copy = TEXT.replace("国", "國").replace("，", ",").replace("2023", "２０２３").replace("。", "。\n")

    assert fingerprint(copy) == fingerprint(TEXT)


def test_a_repeated_sentence_is_kept_once() -> None:
    assert len(fingerprint(TEXT).sentences) == 1
    assert all(-(2**63) <= value < 2**63 for value in fingerprint(TEXT).sentences)


def test_lone_surrogates_do_not_break_it() -> None:
    assert fingerprint("\ud800" * 3 + TEXT).bands


def test_fingerprint_survives_a_process_border() -> None:
    keys = fingerprint(TEXT)

    assert pickle.loads(pickle.dumps(keys)) == keys


def test_module_imports_neither_numpy_nor_datasketch_before_a_sketch() -> None:
    code = "import sys, monitor.read.fingerprint; print({'numpy', 'datasketch'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"

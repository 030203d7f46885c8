"""The near-copy keys of a text."""

from __future__ import annotations

import hashlib
import pickle
import re
import subprocess
import sys
from random import Random

import numpy as np
import pytest
from datasketch import LeanMinHash

from monitor.read.fingerprint import BANDS, band_keys, fingerprint, shingle_hashes, sketch
from monitor.read.normalize import MEASURED, normalize
from monitor.read.regional import table_version

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
    assert lean.jaccard(LeanMinHash(seed=1, hashvalues=sketch(normalize(TEXT)), scheme="affine32")) == 1.0


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
    "text", [pytest.param(TEXT, id="Han"), pytest.param("An English text.", id="Latin"), pytest.param("", id="empty")]
)
def test_sketch_version_names_all_that_a_sketch_depends_on(text: str) -> None:
    version = fingerprint(text).sketch_version

    assert re.fullmatch(r"norm2/n5-9/k128/seed1/affine32/t2s-[0-9a-f]{8}/tw-[0-9a-f]{8}", version)
    assert version.endswith(table_version())


LATIN = "OpenAI releases GPT-4o mini, a smaller and cheaper model for developers who build assistants at scale. "


def shared_bands(a: str, b: str) -> int:
    return len(set(fingerprint(a).bands) & set(fingerprint(b).bands))


@pytest.mark.parametrize("letters", [60, 100, 130, 160, 250])
def test_copies_meet_wherever_the_border_of_scripts_lies(letters: int) -> None:
    """The Chinese half has 123 letters: with more Latin ones either text alone would be called Latin."""
    original = TEXT + (LATIN * 3)[:letters]
    copy = TEXT + (LATIN * 3)[: letters + 30]

    assert shared_bands(original, copy) > BANDS // 4


def test_latin_names_that_two_chinese_texts_share_do_not_bring_them_together() -> None:
    han = [chr(c) for c in range(0x4E00, 0x9000)]
    a, b = ("".join(Random(seed).choices(han, k=200)) for seed in (1, 2))
    named = [" DeepSeek ".join(text[at : at + 10] for at in range(0, 200, 10)) for text in (a, b)]

    hashes = [set(shingle_hashes(normalize(text)).tolist()) for text in named]

    assert hashes[0] & hashes[1] == set()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("😀" * 300, id="emoji only"),
        pytest.param("\ud800" * 300, id="lone surrogates only"),
        pytest.param("\u0301" * 300, id="combining marks only"),
        pytest.param("，。 \n" * 300, id="punctuation only"),
    ],
)
def test_texts_without_letters_have_no_keys(text: str) -> None:
    keys = fingerprint(text)

    assert keys.sketch is None
    assert keys.bands == keys.sentences == ()
    assert keys.content_hash == fingerprint("").content_hash


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("0123456789" * 30, id="digits only"),
        pytest.param("".join(map(chr, range(0x20000, 0x20000 + 300))), id="astral Han"),
        pytest.param("ｶﾞｷﾞ" * 100, id="half-width kana"),
    ],
)
def test_unusual_letters_have_a_sketch(text: str) -> None:
    assert len(fingerprint(text).bands) == BANDS


def test_of_millions_of_characters_only_the_first_are_sketched() -> None:
    longer = fingerprint("字" * 10_000_000)
    shorter = fingerprint("字" * MEASURED)

    assert longer.sketch == shorter.sketch
    assert longer.sentences == shorter.sentences
    assert longer.content_hash != shorter.content_hash
    assert longer.content_hash != fingerprint("字" * 9_999_999).content_hash


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

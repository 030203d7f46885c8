"""What the near-copy index keeps of a text: its hash, its MinHash sketch with band keys, its sentence hashes.

The sketch is datasketch's (scheme ``affine32``): its permutations, over shingle hashes that numpy computes for a
whole text at once, applied in blocks that stay in the cache. A property test holds it equal, bit for bit, to
``MinHash.update_batch``. A sketch only nominates; ``monitor.dedupe`` decides.

A shingle has 5 characters, or 9 where those five are of an alphabet or digits. Each shingle decides for itself: were
it the text, a copy with some more Latin names than its original could fall on the other side and never meet it.

Sketches say nothing of how they were made, so each carries ``sketch_version``; two sketches of different versions
must not be compared. datasketch and numpy are imported on the first sketch.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from monitor.read.flash import LONGEST_FLASH, flash_of
from monitor.read.normalize import MEASURED, NORMALIZER, prepare, split
from monitor.read.regional import table_version

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BANDS", "MIN_SKETCHED", "ROWS", "Fingerprint", "band_keys", "fingerprint", "shingle_hashes", "sketch"]

PERMUTATIONS = 128
SEED = 1
SCHEME = "affine32"
# 32 bands of 4 rows nominate at Jaccard .42: recall of copies .998, of unrelated pairs 2e-6 (bench/near_copies).
BANDS = 32
ROWS = 4
MIN_SKETCHED = 60  # normalised characters; the sketches of shorter texts collide

_LEAST_SAID = 20  # characters of a flash that recurs with other numbers
_DIGITS = re.compile(r"\d+")
_SHINGLE = 5
_LATIN_SHINGLE = 9
_FIRST_IDEOGRAPH = 0x2E80  # Han, kana and Hangul syllables lie above, alphabets below

_BLOCK = 512  # shingles a block: three tables of 128 x 512 values stay in the second-level cache; 256 take longer
_GOLDEN = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9
_KEY_BITS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """The near-copy keys of one text.

    ``content_hash`` is the SHA-256 (hex) of the normalised text. ``sketch`` holds 128 little-endian uint32, or is
    None under 60 normalised characters; ``bands`` are its 32 keys ``band << 40 | 40 bits`` (none without a sketch).
    ``sentences`` are signed 64-bit hashes of the distinct normalised sentences, in order of appearance; those of a
    brief text also without its credits, and of one under 60 characters the whole of it without them and its digits.
    """

    content_hash: str
    sketch: bytes | None
    sketch_version: str
    bands: tuple[int, ...]
    sentences: tuple[int, ...]


def fingerprint(text: str) -> Fingerprint:
    """Return the keys of a cleaned body, given without its title.

    Of a text longer than 100,000 characters only so many are sketched; the rest counts for the hash, as it stands.
    """
    normalized, said = split(prepare(text[:MEASURED]))
    values = sketch(normalized) if len(normalized) >= MIN_SKETCHED else None
    if len(normalized) <= LONGEST_FLASH:
        said += _said_in_brief(text)
    return Fingerprint(
        content_hash=_hash(normalized + text[MEASURED:]),
        sketch=values.astype("<u4").tobytes() if values is not None else None,
        sketch_version=_sketch_version(),
        bands=band_keys(values) if values is not None else (),
        sentences=_sentence_hashes(said),
    )


def _said_in_brief(text: str) -> tuple[str, ...]:
    """Return the sentences of a flash without its credits, and what a corrected number leaves of it."""
    flash = flash_of(text)
    told = split(flash.text)[1]
    is_brief = _LEAST_SAID <= len(flash.said) < MIN_SKETCHED
    return (*told, f"\n{_DIGITS.sub('0', flash.said)}") if is_brief else told


def shingle_hashes(normalized: str) -> NDArray[np.uint64]:
    """Return a 32-bit hash for each shingle, in order, in a uint64 array.

    A polynomial over the code points, mixed by multiplication (the steps of splitmix64).
    """
    import numpy as np

    codes = np.frombuffer(normalized.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    count = max(len(codes) - _SHINGLE + 1, 0)
    narrow = codes < _FIRST_IDEOGRAPH
    hashes, is_latin = codes[:count].copy(), narrow[:count].copy()
    for offset in range(1, _SHINGLE):
        hashes *= np.uint64(_GOLDEN)
        hashes += codes[offset : offset + count]
        is_latin &= narrow[offset : offset + count]
    if is_latin.any():
        hashes = _longer(hashes, np.flatnonzero(is_latin), codes)
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(_MIX)
    hashes ^= hashes >> np.uint64(32)
    return hashes & np.uint64(0xFFFFFFFF)


def sketch(normalized: str) -> NDArray[np.uint32]:
    """Return the 128 minima of the text's shingles: what ``MinHash.update_batch`` would hold of the same hashes."""
    import numpy as np
    from datasketch import LeanMinHash

    multipliers, offsets = _permutations()
    minima: NDArray[np.uint32] = _minhash().hashvalues
    hashes = _premix(shingle_hashes(normalized).astype(np.uint32))
    buffer = np.empty((PERMUTATIONS, _BLOCK), np.uint32)  # one for all blocks: a fresh one each time costs up to 6x
    for start in range(0, len(hashes), _BLOCK):
        block = hashes[start : start + _BLOCK]
        permuted = np.multiply(multipliers[:, : len(block)], block, out=buffer[:, : len(block)])
        permuted += offsets[:, : len(block)]
        minima = np.minimum(minima, permuted.min(axis=1))
    lean: NDArray[np.uint32] = LeanMinHash(seed=SEED, hashvalues=minima, scheme=SCHEME).hashvalues
    return lean


def band_keys(values: NDArray[np.uint32]) -> tuple[int, ...]:
    """Return one key ``band << 40 | 40 bits`` for each band of 4 rows; all are positive.

    Texts of Jaccard similarity s share a key with probability 1 - (1 - s**4)**32.
    """
    import numpy as np

    rows = values.reshape(BANDS, ROWS).astype(np.uint64)
    bands = np.arange(BANDS, dtype=np.uint64)
    mixed = bands + np.uint64(1)
    for row in range(ROWS):
        mixed = (mixed ^ rows[:, row]) * np.uint64(_GOLDEN)
        mixed ^= mixed >> np.uint64(29)
    keys = (bands << np.uint64(_KEY_BITS)) | (mixed >> np.uint64(64 - _KEY_BITS))
    return tuple(keys.tolist())


def _longer(hashes: NDArray[np.uint64], starts: NDArray[np.intp], codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Carry the hashes of 5 characters that begin at ``starts`` on to 9; drop them where the text ends before."""
    import numpy as np

    carried = starts[starts <= len(codes) - _LATIN_SHINGLE]
    longer = hashes[carried]
    for offset in range(_SHINGLE, _LATIN_SHINGLE):
        longer = longer * np.uint64(_GOLDEN) + codes[carried + offset]
    hashes[carried] = longer
    return hashes if len(carried) == len(starts) else np.delete(hashes, starts[len(carried) :])


def _premix(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Apply the 32-bit finaliser of MurmurHash3, as datasketch does before it permutes."""
    import numpy as np

    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _sentence_hashes(said: Iterable[str]) -> tuple[int, ...]:
    digests = [
        hashlib.blake2b(sentence.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for sentence in dict.fromkeys(said)
    ]
    return struct.unpack(f"<{len(digests)}q", b"".join(digests))


@cache
def _minhash() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=SEED, scheme=SCHEME)


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return multipliers and offsets, each repeated for every shingle of a block.

    Broadcast, they would be read with a stride of zero, and numpy's loops for that take twice as long.
    """
    import numpy as np

    multipliers, offsets = _minhash().permutations
    return np.repeat(multipliers[:, None], _BLOCK, axis=1), np.repeat(offsets[:, None], _BLOCK, axis=1)


@cache
def _sketch_version() -> str:
    """Name all that a sketch depends on: normaliser, shingles, permutations, tables of characters and words."""
    t2s = hashlib.sha256(files("storage").joinpath("t2s.txt").read_bytes()).hexdigest()[:8]
    shingles = f"n{_SHINGLE}-{_LATIN_SHINGLE}"
    return f"{NORMALIZER}/{shingles}/k{PERMUTATIONS}/seed{SEED}/{SCHEME}/t2s-{t2s}/tw-{table_version()}"

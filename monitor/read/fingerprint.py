"""What the near-copy index keeps of a text: its hash, its MinHash sketch with band keys, its sentence hashes.

The sketch is datasketch's (scheme ``affine32``): its permutations, over shingle hashes that numpy computes for a
whole text at once, applied in blocks that stay in the cache. A property test holds it equal, bit for bit, to
``MinHash.update_batch``. A sketch only nominates; ``monitor.dedupe`` decides.

Sketches say nothing of how they were made, so each carries ``sketch_version``; two sketches of different versions
must not be compared. datasketch and numpy are imported on the first sketch.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from monitor.read.normalize import NORMALIZER, prepare, shingle_size, split_sentences, squeeze

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BANDS", "MIN_SKETCHED", "ROWS", "Fingerprint", "band_keys", "fingerprint", "shingle_hashes", "sketch"]

PERMUTATIONS = 128
SEED = 1
SCHEME = "affine32"
# 32 bands of 4 rows nominate at Jaccard .42: recall of copies .998, of unrelated pairs 2e-6 (bench/near_copies.py).
BANDS = 32
ROWS = 4
MIN_SKETCHED = 60  # normalised characters; the sketches of shorter texts collide

_BLOCK = 512  # shingles a block: 512 x 128 values of 4 bytes stay in the second-level cache
_GOLDEN = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9
_KEY_BITS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """The near-copy keys of one text.

    ``content_hash`` is the SHA-256 (hex) of the normalised text. ``sketch`` holds 128 little-endian uint32, or is
    None under 60 normalised characters; ``bands`` are its 32 keys ``band << 40 | 40 bits`` (none without a sketch).
    ``sentences`` are signed 64-bit hashes of the distinct normalised sentences, in order of appearance.
    """

    content_hash: str
    sketch: bytes | None
    sketch_version: str
    bands: tuple[int, ...]
    sentences: tuple[int, ...]


def fingerprint(text: str) -> Fingerprint:
    """Return the keys of a cleaned body, given without its title."""
    prepared = prepare(text)
    normalized = squeeze(prepared)
    size = shingle_size(normalized)
    values = sketch(normalized, size) if len(normalized) >= MIN_SKETCHED else None
    return Fingerprint(
        content_hash=hashlib.sha256(normalized.encode("utf-8", "surrogatepass")).hexdigest(),
        sketch=values.astype("<u4").tobytes() if values is not None else None,
        sketch_version=f"{NORMALIZER}/n{size}/k{PERMUTATIONS}/seed{SEED}/{SCHEME}/t2s-{_table_version()}",
        bands=band_keys(values) if values is not None else (),
        sentences=tuple(dict.fromkeys(map(_sentence_hash, split_sentences(prepared, size)))),
    )


def shingle_hashes(normalized: str, size: int) -> NDArray[np.uint64]:
    """Return a 32-bit hash for each run of ``size`` characters, in order, in a uint64 array.

    A polynomial over the code points, mixed by multiplication (the steps of splitmix64).
    """
    import numpy as np

    codes = np.frombuffer(normalized.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    count = max(len(codes) - size + 1, 0)
    hashes = np.zeros(count, np.uint64)
    for offset in range(size):
        hashes = hashes * np.uint64(_GOLDEN) + codes[offset : offset + count]
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(_MIX)
    hashes ^= hashes >> np.uint64(32)
    return hashes & np.uint64(0xFFFFFFFF)


def sketch(normalized: str, size: int) -> NDArray[np.uint32]:
    """Return the 128 minima of the text's shingles: what ``MinHash.update_batch`` would hold of the same hashes."""
    import numpy as np
    from datasketch import LeanMinHash

    base = _minhash()
    multipliers, offsets = base.permutations
    minima: NDArray[np.uint32] = base.hashvalues
    hashes = _premix(shingle_hashes(normalized, size).astype(np.uint32))[:, None]
    buffer = np.empty((_BLOCK, PERMUTATIONS), np.uint32)  # one for all blocks: a fresh one each time costs up to 6x
    for start in range(0, len(hashes), _BLOCK):
        block = hashes[start : start + _BLOCK]
        permuted = np.multiply(block, multipliers, out=buffer[: len(block)])
        permuted += offsets
        minima = np.minimum(minima, permuted.min(axis=0))
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


def _premix(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Apply the 32-bit finaliser of MurmurHash3, as datasketch does before it permutes."""
    import numpy as np

    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))


def _sentence_hash(sentence: str) -> int:
    digest = hashlib.blake2b(sentence.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


@cache
def _minhash() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=SEED, scheme=SCHEME)


@cache
def _table_version() -> str:
    """Return the first 8 hex digits of the SHA-256 of the table of Traditional characters."""
    return hashlib.sha256(files("storage").joinpath("t2s.txt").read_bytes()).hexdigest()[:8]

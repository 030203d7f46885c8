"""Other libraries on the same pairs: which texts they take for copies. Each is used as its own manual shows.

A peer answers for one pair at a time. An LSH index is asked with the pair's second text after the first was put in, so
that what it says of a pair does not depend on the others. text-dedup is a program over whole data sets; its settings
are run with datasketch here: 240 permutations, threshold .7, its own tokens, and its check for false positives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

from bench.near_copies.pair import Pair
from monitor.read.normalize import normalize

__all__ = ["Peer", "available", "linked", "missing"]

Peer = Callable[[str, str], bool]

_SIZE = 5  # characters of a shingle
_TOKENS = re.compile(r"\W")
_CACHED = 4000  # sketches kept: a text stands in many pairs


def available() -> dict[str, Peer]:
    """Return the peers that are installed, by a name that says how they are set."""
    return {name: make() for name, (module, make) in _PEERS.items() if find_spec(module)}


def missing() -> list[str]:
    """Return the modules of the peers that are not installed."""
    return sorted({module for module, _ in _PEERS.values() if not find_spec(module)})


def linked(peer: Peer, pair: Pair) -> bool:
    """Tell whether ``peer`` takes the pair for copies."""
    return peer(pair.a.body, pair.b.body)


def _shingles(text: str) -> list[str]:
    return [text[at : at + _SIZE] for at in range(max(len(text) - _SIZE + 1, 1))]


def _same(text: str) -> str:
    return text


def _datasketch(threshold: float, prepare: Callable[[str], str]) -> Peer:
    """MinHashLSH over character shingles, hashed with SHA-1 by ``update_batch``, all else as by default."""
    from datasketch import MinHashLSH

    bands = MinHashLSH(threshold=threshold, num_perm=128)

    def link(a: str, b: str) -> bool:
        bands.insert("a", _minhash(prepare(a), 128, "shingles"))
        found = bands.query(_minhash(prepare(b), 128, "shingles"))
        bands.remove("a")
        return bool(found)

    return link


@lru_cache(maxsize=_CACHED)
def _minhash(text: str, permutations: int, kind: str) -> Any:
    from datasketch import MinHash

    minhash = MinHash(num_perm=permutations)
    tokens = _word_tokens(text) if kind == "words" else set(_shingles(text))
    minhash.update_batch([token.encode() for token in tokens])
    return minhash


def _word_tokens(text: str) -> frozenset[str]:
    """Return text-dedup's tokens: runs of 5 words in lower case, parted by ``\\W``. A Chinese word is a clause then."""
    words = _TOKENS.split(text.lower())
    if len(words) < _SIZE:
        return frozenset()
    return frozenset(" ".join(words[at : at + _SIZE]) for at in range(len(words) - _SIZE + 1))


def _text_dedup() -> Peer:
    from datasketch import MinHashLSH

    bands = MinHashLSH(threshold=0.7, num_perm=240)

    def link(a: str, b: str) -> bool:
        first, second = _word_tokens(a), _word_tokens(b)
        if not first or not second or len(first & second) < 0.7 * len(first | second):
            return False  # what its check would throw out need not be looked up
        bands.insert("a", _minhash(a, 240, "words"))
        found = bands.query(_minhash(b, 240, "words"))
        bands.remove("a")
        return bool(found)

    return link


def _rensa(kind: str, threshold: float) -> Peer:
    """RMinHash with its own LSH; CMinHash, which has none, by its estimate."""
    import rensa

    @lru_cache(maxsize=_CACHED)
    def sketched(text: str) -> Any:
        minhash = getattr(rensa, kind)(num_perm=128, seed=42)
        minhash.update(_shingles(text))
        return minhash

    def by_estimate(a: str, b: str) -> bool:
        return float(sketched(a).jaccard(sketched(b))) >= threshold

    def by_bands(a: str, b: str) -> bool:
        bands = rensa.RMinHashLSH(threshold=threshold, num_perm=128, num_bands=16)
        bands.insert(0, sketched(a))
        return bool(bands.query(sketched(b))) and by_estimate(a, b)

    return by_bands if kind == "RMinHash" else by_estimate


def _gaoya(threshold: float) -> Peer:
    from gaoya.minhash import MinHashStringIndex

    def link(a: str, b: str) -> bool:
        index = MinHashStringIndex(
            hash_size=32,
            jaccard_threshold=threshold,
            num_hashes=128,
            analyzer="char",
            lowercase=True,
            ngram_range=(5, 5),
        )
        index.insert_document(0, a)
        return bool(index.query(b))

    return link


def _simhash(distance: int) -> Peer:
    from simhash import Simhash

    @lru_cache(maxsize=_CACHED)
    def hashed(text: str) -> Any:
        return Simhash(text)

    return lambda a, b: hashed(a).distance(hashed(b)) <= distance


@cache
def _normalized(text: str) -> str:
    return normalize(text)


_PEERS: Mapping[str, tuple[str, Callable[[], Peer]]] = {
    "datasketch LSH .5, raw text": ("datasketch", lambda: _datasketch(0.5, _same)),
    "datasketch LSH .7, raw text": ("datasketch", lambda: _datasketch(0.7, _same)),
    "datasketch LSH .8, raw text": ("datasketch", lambda: _datasketch(0.8, _same)),
    "datasketch LSH .5, our normal form": ("datasketch", lambda: _datasketch(0.5, _normalized)),
    "datasketch LSH .7, our normal form": ("datasketch", lambda: _datasketch(0.7, _normalized)),
    "datasketch LSH .8, our normal form": ("datasketch", lambda: _datasketch(0.8, _normalized)),
    "text-dedup's settings": ("datasketch", _text_dedup),
    "rensa RMinHash LSH .7": ("rensa", lambda: _rensa("RMinHash", 0.7)),
    "rensa CMinHash >= .7": ("rensa", lambda: _rensa("CMinHash", 0.7)),
    "gaoya .7": ("gaoya", lambda: _gaoya(0.7)),
    "simhash <= 3 of 64": ("simhash", lambda: _simhash(3)),
}

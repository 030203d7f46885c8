"""What a document costs: its sketch beside other libraries' on the same text, and all of the near-copy tier."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

from bench.near_copies.articles import articles
from bench.near_copies.furniture import furnished
from bench.near_index_fill import DAYS, MOMENTS, World, article, fill
from monitor.dedupe import compare
from monitor.read.fingerprint import fingerprint, sketch
from monitor.read.normalize import normalize
from storage import bands
from storage.bands import Keys
from storage.database import Session, open_store

__all__ = ["LENGTHS", "ratios", "sketching", "whole_tier"]

LENGTHS = (500, 2000, 6000)  # characters
PERMUTATIONS = 128
_TEXTS = 30
_ROUNDS = 7
_STORED = 3000  # articles in the index that is looked up
NOW = MOMENTS[1]

Work = Callable[[str], object]


def sketching(rng: Random) -> dict[str, dict[str, float]]:
    """Return sketches per CPU second by library and length, all of the same normalised Chinese texts.

    Each is given the text and makes its own shingles of 5 characters; the best of several rounds counts, in turn.
    """
    makers = {name: make() for name, (module, make) in _SKETCHERS.items() if find_spec(module)}
    figures: dict[str, dict[str, float]] = {name: {} for name in makers}
    for length in LENGTHS:
        texts = [normalize(text)[:length] for text in _texts(rng, length)]
        for name, rate in _rates(makers, texts).items():
            figures[name][str(length)] = rate
    return figures


def whole_tier(rng: Random) -> dict[str, float]:
    """Return documents of 2,000 characters per CPU second, through each step and through all of them.

    ``tier``: fingerprint, the look-up in the index of a SQLite store, and one candidate compared, a wrapped copy.
    """
    texts = [text[:2000] for text in _texts(rng, 2000)]
    copies = {text: furnished(text[:1800], "zh", rng, 0.1) for text in texts}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        open_store(path, now=lambda: NOW).close()
        fill(path, _STORED, 1, NOW)
        store = open_store(path, now=lambda: NOW)
        rates = store.write(lambda session: _rates(_steps(session, copies), texts))
        store.close()
    return rates


def ratios(sketches: Mapping[str, Mapping[str, float]], tier: Mapping[str, float]) -> dict[str, float]:
    """Return what holds on any machine: our sketch to each library's, and the tier to the usual sketch alone."""
    ours, usual = sketches["newswatch"], sketches["datasketch update_batch, sha1"]
    found = {
        f"sketch at {length} to {name}": ours[length] / rates[length]
        for name, rates in sketches.items()
        for length in ours
        if name != "newswatch"
    }
    return found | {"tier to sha1 sketch": tier["tier"] / usual["2000"]}


def _steps(session: Session, copies: Mapping[str, str]) -> dict[str, Work]:
    blank, since = article(0, World(1).unseen()), NOW - timedelta(days=DAYS)
    known = {text: _keys(blank, text) for text in copies}

    def tier(text: str) -> None:
        bands.nominate(session, _keys(blank, text), since=since)
        compare(text, copies[text])

    return {
        "fingerprint": fingerprint,
        "look-up": lambda text: bands.nominate(session, known[text], since=since),
        "comparison": lambda text: compare(text, copies[text]),
        "tier": tier,
    }


def _keys(blank: Any, text: str) -> Keys:
    found = fingerprint(text)
    return bands.keys_of(
        replace(
            blank,
            content_hash=found.content_hash,
            sketch_version=found.sketch_version,
            bands=found.bands,
            sentences=found.sentences,
        )
    )


def _texts(rng: Random, length: int) -> list[str]:
    """Return Chinese texts a little longer than ``length``, of whole articles one after the other."""
    pool = [found.text.body for found in articles("zh", rng, 80)]
    texts = []
    for _ in range(_TEXTS):
        text = ""
        while len(normalize(text)) <= length:
            text += rng.choice(pool) + "\n"
        texts.append(text)
    return texts


def _rates(works: Mapping[str, Work], texts: Sequence[str]) -> dict[str, float]:
    """Return texts per CPU second: the best of several rounds, in which each has its turn."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(_ROUNDS):
        for name, work in works.items():
            began = time.process_time()
            for text in texts:
                work(text)
            best[name] = min(best[name], time.process_time() - began)
    return {name: len(texts) / seconds for name, seconds in best.items()}


def _shingles(text: str) -> list[str]:
    return [text[at : at + 5] for at in range(len(text) - 4)]


def _usual() -> Work:
    from datasketch import MinHash

    def work(text: str) -> None:
        MinHash(num_perm=PERMUTATIONS).update_batch([shingle.encode() for shingle in _shingles(text)])

    return work


def _rensa(kind: str) -> Work:
    import rensa

    def work(text: str) -> None:
        minhash = getattr(rensa, kind)(num_perm=PERMUTATIONS, seed=42)
        minhash.update(_shingles(text))
        minhash.digest()

    return work


def _gaoya() -> Work:
    """gaoya sketches only into an index: 32 bands of 4, all permutations, and the insertion."""
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=0.4,
        num_bands=32,
        band_size=4,
        num_hashes=128,
        analyzer="char",
        ngram_range=(5, 5),
    )
    return lambda text: index.insert_document(0, text)


_SKETCHERS: Mapping[str, tuple[str, Callable[[], Work]]] = {
    "newswatch": ("datasketch", lambda: sketch),
    "datasketch update_batch, sha1": ("datasketch", _usual),
    "rensa RMinHash": ("rensa", lambda: _rensa("RMinHash")),
    "rensa CMinHash": ("rensa", lambda: _rensa("CMinHash")),
    "gaoya": ("gaoya", _gaoya),
}

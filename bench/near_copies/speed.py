"""What a document costs: its sketch beside that of other libraries, a comparison, and all of the near-copy tier."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random

from bench.near_copies.articles import articles
from bench.near_copies.edits import cut, reworded
from bench.near_copies.furniture import furnished
from bench.near_copies.scripts import converted
from bench.near_index_fill import DAYS, MOMENTS, fill
from monitor.dedupe import compare
from monitor.read.fingerprint import fingerprint, sketch
from monitor.read.normalize import normalize
from storage import bands
from storage.bands import Keys
from storage.database import Session, open_store

__all__ = ["LENGTHS", "comparing", "ratios", "sketching", "whole_tier"]

LENGTHS = (500, 2000, 6000)  # characters
PERMUTATIONS = 128
_TEXTS = 30
_ROUNDS = 15
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


def comparing(rng: Random) -> dict[str, float]:
    """Return comparisons per CPU second of Chinese texts of 2,000 characters with others, by what the other is.

    Both texts are unread before each comparison.
    """
    texts = [text[:2000] for text in _texts(rng, 2000)]
    others = {kind: {text: make(text, rng) for text in texts} for kind, make in _OTHERS.items()}
    return _rates({kind: partial(_compare_with, known) for kind, known in others.items()}, texts)


def _compare_with(others: Mapping[str, str], text: str) -> None:
    compare(text, others[text])


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
    since = NOW - timedelta(days=DAYS)
    known = {text: _keys(text) for text in copies}

    def tier(text: str) -> None:
        bands.nominate(session, _keys(text), since=since)
        compare(text, copies[text])

    return {
        "fingerprint": fingerprint,
        "look-up": lambda text: bands.nominate(session, known[text], since=since),
        "comparison": lambda text: compare(text, copies[text]),
        "tier": tier,
    }


def _renumbered(text: str, rng: Random, count: int | None = None) -> str:
    """Return the text with the last digit of some numbers changed, or of all."""
    found = list(re.finditer(r"\d+", text))
    for number in sorted(rng.sample(found, count or len(found)), key=lambda match: -match.start()):
        digit = (int(number[0][-1]) + rng.randint(1, 8)) % 10
        text = f"{text[: number.end() - 1]}{digit}{text[number.end() :]}"
    return text


def _keys(text: str) -> Keys:
    found = fingerprint(text)
    return Keys(
        content_hash=found.content_hash,
        sketch_version=found.sketch_version,
        bands=found.bands,
        sentences=found.sentences,
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

_OTHERS: Mapping[str, Callable[[str, Random], str]] = {
    "wrapped and cut": lambda text, rng: furnished(text[:1800], "zh", rng, 0.1),
    "wrapped": lambda text, rng: furnished(text, "zh", rng, 0.15),
    "cut": lambda text, _: cut(text, 0.85),
    "Traditional, wrapped": lambda text, rng: converted(furnished(text[:1800], "zh", rng, 0.1), "s2twp"),
    "one number changed": lambda text, rng: _renumbered(text, rng, 1),
    "reworded lightly": lambda text, rng: reworded(text, "zh", rng, 0.85),
    "all numbers other": _renumbered,
}

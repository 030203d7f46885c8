"""What the near-copy index costs as it grows, beside datasketch's own in memory.

    python -m bench.near_index [--sizes 10000,1000000] [--halves 1,2] [--rounds N] [--json] [--check] [--folder DIR]

For each size and each half of a period, a SQLite store is really filled (``near_index_fill`` says with what) and asked
through the product's own connection: nominating for an article like no other, for a copy and for a notice of a
template; storing one article in a transaction of its own; and, a week into the next period, emptying the slot of the
last one from a cold file, table by table. ``cpu`` and ``wall`` are milliseconds of one ``nominate`` after the file was
read once; the cold figures are after the system forgot it. datasketch's MinHashLSH holds 32 bands of 4 rows in a dict,
without sentences. Targets are in ``floors.json``; all but the bytes are ratios of the largest store to the smallest. A
million articles take about ten minutes and 9 GB of disk.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from bench.near_index_fill import DAYS, MOMENTS, Keys, World, article, fill
from storage import articles, bands
from storage.database import Session, Store, open_store
from storage.records import VerdictKind

FLOORS = Path(__file__).with_name("floors.json")
SIZES = (10_000, 100_000)
PEER_SIZES = (10_000, 30_000)
KINDS = ("unseen", "copy", "notice")
ROUNDS = 1_000
TURNS = 10
COLD = 100
SEED = 11
NEW = VerdictKind.NEW


def measure(sizes: Sequence[int], halves: Iterable[int], rounds: int, folder: Path) -> dict[str, Any]:
    """Return all figures; stores by the halves of a period and their sizes."""
    stores = {str(half): of_half(half, sizes, rounds, folder) for half in halves}
    peers = {str(size): of_peer(size, rounds) for size in PEER_SIZES}
    growth = {number: ratios(of_number, peers) for number, of_number in stores.items()}
    return {"newswatch": stores, "datasketch": peers, "ratio": growth}


def of_half(half: int, sizes: Sequence[int], rounds: int, folder: Path) -> dict[str, dict[str, Any]]:
    """Fill stores and return what they cost, by their sizes."""
    now = MOMENTS[half]
    paths = {size: folder / f"{size}.db" for size in sizes}
    figures = {size: filled(path, size, now) for size, path in paths.items()}
    for size, nominating in nominating_in_turn(paths, now, rounds).items():
        figures[size]["nominate"] = {kind: distribution(times) for kind, times in nominating.items()}
    for size, path in paths.items():
        figures[size] |= of_writing(path, size, half, rounds)
        for file in folder.glob(f"{size}.db*"):
            file.unlink()
    return {str(size): found for size, found in figures.items()}


def filled(path: Path, size: int, now: datetime) -> dict[str, Any]:
    """Fill a store; return the bytes of an article and the seconds it took."""
    open_store(path, now=lambda: now).close()
    began = time.perf_counter()
    grown = fill(path, size, SEED, now)
    return {"bytes": grown, "filled_s": round(time.perf_counter() - began, 1)}


def nominating_in_turn(
    paths: dict[int, Path], now: datetime, rounds: int
) -> dict[int, dict[str, list[tuple[float, float]]]]:
    """Return the times of nominating by size and kind of article.

    The stores are asked in turn, some rounds each: what else the machine does falls on all of them.
    """
    for path in paths.values():
        remember(path)
    stores = {size: open_store(path, now=lambda: now) for size, path in paths.items()}
    asked = {size: _asked(store, size) for size, store in stores.items()}
    times: dict[int, dict[str, list[tuple[float, float]]]] = {size: {} for size in paths}
    for kind in KINDS:
        for _ in range(TURNS):
            for size, store in stores.items():
                found = nominating_times(store, asked[size][kind], now, rounds // TURNS)
                times[size].setdefault(kind, []).extend(found)
    for store in stores.values():
        store.close()
    return times


def of_writing(path: Path, size: int, half: int, rounds: int) -> dict[str, Any]:
    """Return what storing, nominating from a cold file and emptying a slot cost."""
    now, world = MOMENTS[half], World(SEED + 1 + size)
    store = open_store(path, now=lambda: now)
    storing = distribution(storing_times(store, world, size, now, rounds))
    store.close()
    cold = distribution(cold_times(path, world, now), at=("p50", "p95"))
    figures = {"store": storing, "nominate, cold": cold}
    return figures if half == 1 else {**figures, "expiry": expiry(path, now, size)}


def _asked(store: Store, size: int) -> dict[str, Callable[[], Keys]]:
    """Return what makes the keys of an article of each kind; notices are of the templates that fill the store."""
    world = World(SEED + size)
    return {"unseen": world.unseen, "copy": lambda: a_copy(store, world, size), "notice": World(SEED).notice}


def remember(path: Path) -> None:
    """Read a file through, so that the system has it in memory as far as it fits."""
    with path.open("rb") as file:
        while file.read(1 << 20):
            pass


def forget(path: Path) -> None:
    """Let the system forget what it has of a file."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def nominating_times(store: Store, made: Callable[[], Keys], now: datetime, rounds: int) -> list[tuple[float, float]]:
    """Return CPU and wall milliseconds of nominating, each in a transaction of its own."""
    asked = [bands.keys_of(article(-1 - number, made())) for number in range(rounds + rounds // 5)]
    return [store.write(lambda session, one=one: _nominate(session, one, now)) for one in asked][rounds // 5 :]


def storing_times(store: Store, world: World, size: int, now: datetime, rounds: int) -> list[tuple[float, float]]:
    """Return CPU milliseconds of storing one article with its keys, and wall ones with the commit."""

    def insert(session: Session, number: int) -> tuple[float, float]:
        value = article(number, world.unseen())
        return _timed(lambda: articles.insert_article(session, value, verdict=NEW, story_id=None, now=now))

    times = []
    for number in range(size + 1, size + rounds + 1):
        began = time.perf_counter()
        cpu, _ = store.write(lambda session, number=number: insert(session, number))
        times.append((cpu, 1e3 * (time.perf_counter() - began)))
    return times[rounds // 5 :]


def cold_times(path: Path, world: World, now: datetime) -> list[tuple[float, float]]:
    """Return the milliseconds of nominating when nothing of the file is in memory."""
    forget(path)
    store = open_store(path, now=lambda: now)
    asked = [bands.keys_of(article(-1 - number, world.unseen())) for number in range(COLD)]
    times = [store.write(lambda session, one=one: _nominate(session, one, now)) for one in asked]
    store.close()
    return times


def expiry(path: Path, now: datetime, size: int) -> dict[str, Any]:
    """Let the next period be a week old and empty the slot of the last one as the service does, from a cold file.

    Return how long it took, and for how long at once it blocked writing.
    """
    forget(path)
    store = open_store(path, now=lambda: now)
    later = now + timedelta(days=8)
    for number, at in ((-1, now + timedelta(days=1)), (-2, later)):
        value = article(number, World(0).unseen())
        store.write(
            lambda session, value=value, at=at: articles.insert_article(
                session, value, verdict=NEW, story_id=None, now=at
            )
        )
    began, blocked = time.perf_counter(), []
    while _doomed(store, later):
        asked = time.perf_counter()
        store.write(lambda session: bands.expire(session, later))
        blocked.append(time.perf_counter() - asked)
    total = time.perf_counter() - began
    store.close()
    return {"articles": size, "total_s": round(total, 3), "blocked_s": round(max(blocked), 3)}


def a_copy(store: Store, world: World, size: int) -> Keys:
    """Return the keys of a copy of a stored article: twenty bands and three quarters of the sentences are its own."""
    with store.read() as session:
        kept = bands.stored_keys(session, 1 + world.number(size))
    if kept is None:
        raise LookupError("a stored article has lost its keys")
    own = world.unseen()
    shared = 3 * len(kept.sentences) // 4
    return Keys(
        np.concatenate((np.array(kept.bands[:20]), own.bands[20:])),
        np.concatenate((np.array(kept.sentences[:shared]), own.sentences[: len(kept.sentences) - shared])),
    )


def of_peer(size: int, rounds: int) -> dict[str, Any]:
    """Return what datasketch's index in memory costs for as many articles."""
    from datasketch import MinHash, MinHashLSH

    random = np.random.default_rng(SEED)
    base = MinHash(num_perm=128, scheme="affine32")

    def sketch() -> Any:
        values = random.integers(0, 2**32, 128, dtype=np.uint32)
        return MinHash(hashvalues=values, permutations=base.permutations, scheme="affine32")

    gc.collect()
    before = _resident()
    lsh = MinHashLSH(num_perm=128, params=(32, 4))
    inserts = [
        _timed(lambda number=number: lsh.insert(number, sketch(), check_duplication=False)) for number in range(size)
    ]
    gc.collect()
    grown = _resident() - before
    asked = [sketch() for _ in range(rounds)]
    queries = [_timed(lambda one=one: lsh.query(one)) for one in asked]
    return {
        "bytes": round(grown / size),
        "nominate": {"unseen": distribution(queries)},
        "store": distribution(inserts),
    }


def ratios(stores: dict[str, Any], peers: dict[str, Any]) -> dict[str, float]:
    """Return how the largest store compares with the smallest, and with the peer."""
    small, large = stores[min(stores, key=int)], stores[max(stores, key=int)]
    found = {
        f"max_{kind}_growth": round(large["nominate"][kind]["cpu"]["p50"] / small["nominate"][kind]["cpu"]["p50"], 2)
        for kind in KINDS
    }
    found["max_store_growth"] = round(large["store"]["cpu"]["p50"] / small["store"]["cpu"]["p50"], 2)
    found["max_bytes"] = large["bytes"]["keys"]
    if peers:
        found["memory_ratio_to_datasketch"] = round(peers[max(peers, key=int)]["bytes"] / large["bytes"]["keys"], 1)
    return found


def distribution(
    times: list[tuple[float, float]], at: Iterable[str] = ("p50", "p95", "p99")
) -> dict[str, dict[str, float]]:
    """Return percentiles of CPU and wall times."""
    columns = {"cpu": [cpu for cpu, _ in times], "wall": [wall for _, wall in times]}
    return {
        name: {one: round(float(np.percentile(values, int(one[1:]))), 3) for one in at}
        for name, values in columns.items()
    }


def _nominate(session: Session, keys: bands.Keys, now: datetime) -> tuple[float, float]:
    return _timed(lambda: bands.nominate(session, keys, since=now - timedelta(days=DAYS)))


def _doomed(store: Store, now: datetime) -> int:
    with store.read(limit_s=None) as session:
        return bands.doomed(session, now)


def _timed(function: Callable[[], Any]) -> tuple[float, float]:
    cpu, wall = time.thread_time(), time.perf_counter()
    function()
    return 1e3 * (time.thread_time() - cpu), 1e3 * (time.perf_counter() - wall)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def missed(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Return the targets that are not reached; those that begin with ``max_`` are upper bounds."""
    below = []
    for name, floor in floors.items():
        is_missed = figures[name] > floor if name.startswith("max_") else figures[name] < floor
        if is_missed:
            below.append(f"{name}: {figures[name]}, target {floor}")
    return below


def show(figures: dict[str, Any]) -> None:
    """Print the figures as tables."""
    for number, stores in figures["newswatch"].items():
        print(f"half {number} of a period, ms p50 / p95 / p99")
        print(f"{'':<26}{'':<8}" + "".join(f"{size:>24}" for size in stores))
        for kind in KINDS:
            for clock in ("cpu", "wall"):
                cells = (_cell(one["nominate"][kind][clock]) for one in stores.values())
                print(f"{'nominate, ' + kind:<26}{clock:<8}" + "".join(f"{cell:>24}" for cell in cells))
        for name, clock in (("nominate, cold", "wall"), ("store", "cpu"), ("store", "wall")):
            cells = (_cell(one[name][clock]) for one in stores.values())
            print(f"{name:<26}{clock:<8}" + "".join(f"{cell:>24}" for cell in cells))
        for name in ("bytes", "expiry"):
            print(f"{name}: " + "; ".join(f"{size}: {json.dumps(one.get(name))}" for size, one in stores.items()))
        print(f"ratios: {json.dumps(figures['ratio'][number])}")
    for size, one in figures["datasketch"].items():
        print(f"datasketch, {size}: {json.dumps(one)}")


def _cell(percentiles: dict[str, float]) -> str:
    return " / ".join(f"{value:.2f}" for value in percentiles.values())


def main() -> int:
    """Measure, print, and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="articles in the store, with commas")
    parser.add_argument("--halves", default="1,2", help="of a period: 1, 2 or 1,2")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="questions of each kind")
    parser.add_argument("--folder", type=Path, help="where to make the stores; else a directory for temporary files")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true", help="fail when a target of floors.json is missed")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    halves = [int(number) for number in options.halves.split(",")]
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        figures = measure(sizes, halves, options.rounds, Path(folder))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["near_index"]
    below = [line for growth in figures["ratio"].values() for line in missed(growth, floors)]
    if options.json:
        print(json.dumps({**figures, "missed": below}, indent=1))
    else:
        show(figures)
        print("targets:", "; ".join(below) or "all reached")
    return 1 if options.check and below else 0


if __name__ == "__main__":
    sys.exit(main())

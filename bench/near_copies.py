"""Measure the near-copy rule: what it finds of each kind of copy, what it links falsely, and what it costs.

Run as ``python -m bench.near_copies``. Each run makes its own pairs from a fresh seed, which it prints; ``--seed``
repeats one. ``--check`` compares with bench/floors.json and fails below a floor.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from bench.near_copy_pairs import LINKED, Pair, labelled_pairs
from bench.near_copy_texts import chinese_article
from monitor.dedupe import compare
from monitor.read.fingerprint import fingerprint, sketch
from monitor.read.normalize import normalize

FLOORS = Path(__file__).with_name("floors.json")
_LENGTH = 2000  # characters of the texts that speed is measured on


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    seed = options.seed if options.seed is not None else SystemRandom().randrange(10**9)
    rng = Random(seed)
    result = {"seed": seed} | quality(labelled_pairs(rng, options.pairs)) | speed(rng)
    print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else _table(result))
    failures = below_floors(result, json.loads(FLOORS.read_text(encoding="utf-8"))["near_copies"])
    if options.check:
        print("\n".join(failures) or "all floors hold", file=sys.stderr)
    return 1 if options.check and failures else 0


def quality(pairs: Iterable[Pair]) -> dict[str, Any]:
    """Judge every pair; return the share judged right of each kind, and recall and false links over all.

    ``nominated`` is the share that the index would propose (a common band, or common sentences); ``found`` the share
    of copies that are both proposed and linked.
    """
    kinds: dict[str, list[tuple[Pair, str, bool]]] = defaultdict(list)
    for pair in pairs:
        kinds[pair.kind].append((pair, compare(pair.a, pair.b).verdict.value, _is_nominated(pair)))
    judged = [one for kind in kinds.values() for one in kind]
    copies = [verdict in LINKED and nominated for pair, verdict, nominated in judged if pair.is_copy]
    apart = [verdict not in pair.right for pair, verdict, _ in judged if "new" in pair.right]
    return {
        "kinds": {kind: _summary(rows) for kind, rows in kinds.items()},
        "copies_found": _share(copies),
        "false_links": sum(apart),
        "look_alikes": len(apart),
    }


def speed(rng: Random) -> dict[str, float]:
    """Return documents per CPU second on texts of 2,000 characters.

    The ratios are to ``MinHash.update_batch`` with sha1 on the same texts in the same run: they hold on any machine.
    """
    texts = [chinese_article(rng, _LENGTH + 200)[:_LENGTH] for _ in range(50)]
    normalized = [normalize(text) for text in texts]
    ours = _per_second(lambda text: sketch(text, 5), normalized)
    usual = _per_second(_usual_sketch, normalized)
    chain = _per_second(_chain, texts)
    return {
        "fingerprints_per_cpu_s": _per_second(fingerprint, texts),
        "chain_per_cpu_s": chain,
        "chain_ratio_to_sha1": chain / usual,
        "sketches_per_cpu_s": ours,
        "sketch_ratio_to_sha1": ours / usual,
    }


def below_floors(result: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """Return a line for each figure that is below its floor, or above its ceiling."""
    failures = [
        f"{kind}: right {result['kinds'][kind]['right']:.3f}, floor {floor}"
        for kind, floor in floors["kinds"].items()
        if result["kinds"][kind]["right"] < floor
    ]
    failures += [
        f"{name}: {result[name]:.3f}, floor {floors[name]}"
        for name in ("copies_found", "chain_ratio_to_sha1", "sketch_ratio_to_sha1")
        if result[name] < floors[name]
    ]
    if result["false_links"] > floors["false_links"]:
        failures.append(f"false_links: {result['false_links']}, at most {floors['false_links']}")
    return failures


def _is_nominated(pair: Pair) -> bool:
    a, b = fingerprint(pair.a), fingerprint(pair.b)
    is_equal = a.content_hash == b.content_hash
    needed = min(2, len(a.sentences), len(b.sentences))
    is_quoted = needed > 0 and len(set(a.sentences) & set(b.sentences)) >= needed
    return is_equal or is_quoted or not set(a.bands).isdisjoint(b.bands)


def _summary(rows: list[tuple[Pair, str, bool]]) -> dict[str, Any]:
    return {
        "pairs": len(rows),
        "right": _share([verdict in pair.right for pair, verdict, _ in rows]),
        "nominated": _share([nominated for _, _, nominated in rows]),
        "verdicts": dict(Counter(verdict for _, verdict, _ in rows).most_common()),
    }


def _chain(text: str) -> None:
    """Do all that one document costs: its keys, and one candidate verified."""
    fingerprint(text)
    compare(text, text[:-200])


def _usual_sketch(normalized: str) -> None:
    from datasketch import MinHash

    minhash = MinHash(num_perm=128)
    minhash.update_batch([normalized[i : i + 5].encode() for i in range(len(normalized) - 4)])


def _per_second(work: Callable[[str], object], texts: list[str]) -> float:
    """Return how many texts a CPU second takes: the best of five rounds, after one to warm up."""
    best = float("inf")
    for _ in range(6):
        start = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - start)
    return len(texts) / best


def _share(flags: list[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _table(result: dict[str, Any]) -> str:
    lines = [f"seed {result['seed']}", f"{'kind':36} {'pairs':>6} {'right':>6} {'nominated':>9}  verdicts"]
    for kind, row in result["kinds"].items():
        verdicts = ", ".join(f"{verdict} {count}" for verdict, count in row["verdicts"].items())
        lines.append(f"{kind:36} {row['pairs']:6} {row['right']:6.3f} {row['nominated']:9.3f}  {verdicts}")
    lines += [
        f"copies found end to end: {result['copies_found']:.4f}",
        f"false links: {result['false_links']} of {result['look_alikes']} pairs that are no copies",
        f"at {_LENGTH} characters, documents per CPU second: fingerprint {result['fingerprints_per_cpu_s']:.0f}, "
        f"fingerprint and one candidate verified {result['chain_per_cpu_s']:.0f} "
        f"({result['chain_ratio_to_sha1']:.2f} times the sha1 sketch alone)",
        f"sketch: {result['sketches_per_cpu_s']:.0f} per CPU second, "
        f"{result['sketch_ratio_to_sha1']:.1f} times MinHash.update_batch with sha1",
    ]
    return "\n".join(lines)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the near-copy rule.")
    parser.add_argument("--seed", type=int, help="repeat the run of this seed")
    parser.add_argument("--pairs", type=int, default=40, help="articles and notices of each kind (default 40)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--check", action="store_true", help="fail below a floor of bench/floors.json")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

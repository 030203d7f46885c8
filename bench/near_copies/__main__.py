"""Command line of the near-copy bench: ``python -m bench.near_copies``; ``--check`` fails below the floors.

Each run makes its pairs anew from a fresh seed, which it prints; ``--seed`` repeats one.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from bench.near_copies.beside import beside
from bench.near_copies.judge import Judged, figures, judge, kinds
from bench.near_copies.pairs import labelled_pairs
from bench.near_copies.peers import available, missing
from bench.near_copies.report import below_floors, figures_table, kinds_table, peers_table, speed_table, worst
from bench.near_copies.speed import comparing, ratios, sketching, whole_tier

FLOORS = Path(__file__).parent.parent / "floors.json"


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    seed = options.seed if options.seed is not None else SystemRandom().randrange(10**9)
    judged = judge(labelled_pairs(Random(seed), options.pairs))
    result = {"seed": seed, "kinds": kinds(judged)} | _parts(judged)
    if not options.quality:
        result |= _peers_and_speed(judged, options.peers, seed)
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print("\n".join([f"seed {seed}", *_tables(result), *worst(judged, options.worst, options.kind)]))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["near_copies"] if options.check else {}
    failures = below_floors(result, floors)
    print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


def _parts(judged: list[Judged]) -> dict[str, Any]:
    return {
        "all": figures(judged),
        "zh": figures([one for one in judged if one.pair.language == "zh"]),
        "en": figures([one for one in judged if one.pair.language == "en"]),
        "held_out": figures([one for one in judged if one.pair.held_out]),
    }


def _peers_and_speed(judged: list[Judged], count: int, seed: int) -> dict[str, Any]:
    sketches = sketching(Random(seed))
    tier = whole_tier(Random(seed))
    return {
        "peers": beside(judged, available(), count, Random(seed)),
        "sketches_per_cpu_s": sketches,
        "tier_per_cpu_s": tier,
        "comparisons_per_cpu_s": comparing(Random(seed)),
        "speed": ratios(sketches, tier),
    }


def _tables(result: dict[str, Any]) -> list[str]:
    parts = {name: result[name] for name in ("all", "zh", "en", "held_out")}
    lines = [*kinds_table(result["kinds"]), "", *figures_table(parts)]
    if "peers" in result:
        lines += ["", *peers_table(result["peers"]), "", *speed_table(result)]
        lines += [f"not installed: {', '.join(missing())}"] if missing() else []
    return lines


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.near_copies", description="Measure the near-copy rule.")
    parser.add_argument("--seed", type=int, help="repeat the run of this seed")
    parser.add_argument("--pairs", type=int, default=40, help="articles of each language (default 40)")
    parser.add_argument("--peers", type=int, default=1200, metavar="N", help="pairs that the peers judge, too")
    parser.add_argument("--quality", action="store_true", help="without peers and without speed")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--check", action="store_true", help="fail below a floor of bench/floors.json")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show up to N misjudged pairs of each kind")
    parser.add_argument("--kind", help="with --worst: only kinds whose name holds this")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

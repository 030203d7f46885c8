"""How fast texts are tagged with all steps on, at the shipped size and at sizes made up behind it, beside the peers.

Run as ``python -m bench.tagging_speed``; ``--check`` compares with bench/floors.json. Times are of the CPU, the best of
several rounds; ratios hold on other machines, megabytes a second do not. The texts are the seeds, cut into articles.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench.tagging_peers import available, missing
from bench.tagging_sizes import lexicon_of
from monitor.tag.catalogue import load_catalogue
from monitor.tag.discover import sightings
from monitor.tag.letters import Letters
from monitor.tag.stated import stated
from monitor.tag.tagger import Tagger

__all__ = ["below_floors", "measure"]

HERE = Path(__file__).parent
SEEDS = HERE.parent / "tests" / "fixtures" / "seeds"
SIZES = (2_000, 20_000)
_LENGTH = 2400  # characters of an article
_ROUNDS = 30


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    result = measure()
    print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else _table(result))
    failures = below_floors(result, json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["tagging_speed"])
    if options.check:
        print("\n".join(failures) or "all floors hold", file=sys.stderr)
    return 1 if options.check and failures else 0


def measure(sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Return megabytes of text a second for the tagger at each size and for the peers at the first, and the builds."""
    made = [_built(size) for size in (len(load_catalogue()), *sizes)]
    readers: dict[str, Callable[[str], object]] = {}
    for row, tagger in made:
        readers[f"{row['entities']} all"] = partial(_all_steps, tagger)
        readers[f"{row['entities']} alone"] = partial(tagger.read, None)
    peers = available(lexicon_of(sizes[0]).catalogue)
    speeds = _speeds(readers | {name: partial(find, None) for name, find in peers.items()}, _articles())
    for row, _ in made:
        row["mb_per_s"] = speeds[f"{row['entities']} all"]
        row["tagger_mb_per_s"] = speeds[f"{row['entities']} alone"]
    return {"sizes": [row for row, _ in made], "peers": {name: speeds[name] for name in peers}, "missing": missing()}


def below_floors(result: dict[str, Any], floors: dict[str, float]) -> list[str]:
    """Return a line for each ratio that is worse than its floor; a peer that is not installed has none."""
    shown = {name: f"pinned {floor}, found {figure:.2f}" for name, floor, figure in _compared(result, floors)}
    return [f"{name}: {text}" for name, text in shown.items()]


def _compared(result: dict[str, Any], floors: dict[str, float]) -> list[tuple[str, float, float]]:
    _, middle, large = result["sizes"]
    figures = {f"to {name}": middle["mb_per_s"] / speed for name, speed in result["peers"].items()}
    figures["max_slower_at_20000"] = middle["mb_per_s"] / large["mb_per_s"]
    return [
        (name, floor, figures[name])
        for name, floor in floors.items()
        if name in figures and (figures[name] > floor if name.startswith("max_") else figures[name] < floor)
    ]


def _built(size: int) -> tuple[dict[str, Any], Tagger]:
    before, started = _peak_mb(), time.process_time()
    tagger = Tagger(lexicon_of(size))
    return {"entities": size, "build_s": time.process_time() - started, "mb": _peak_mb() - before}, tagger


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _all_steps(tagger: Tagger, text: str) -> None:
    letters = Letters(None, text)
    mentions, considered = tagger.read(None, text, letters)
    stated(None, text, mentions, None, letters)
    sightings(None, text, mentions, considered, letters)


def _speeds(readers: Mapping[str, Callable[[str], object]], texts: Sequence[str]) -> dict[str, float]:
    """Return megabytes a second of each reader, all measured in turn: what slows the machine slows them alike."""
    best = dict.fromkeys(readers, float("inf"))
    for _ in range(1 + _ROUNDS):  # the first fills what is remembered, and is never the best
        for name, read in readers.items():
            started = time.process_time()
            for text in texts:
                read(text)
            best[name] = min(best[name], time.process_time() - started)
    size = sum(len(text.encode("utf-8")) for text in texts) / 1e6
    return {name: size / seconds for name, seconds in best.items()}


def _articles() -> list[str]:
    seeds = [path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return [seed[at : at + _LENGTH] for seed in seeds for at in range(0, len(seed), _LENGTH)]


def _table(result: dict[str, Any]) -> str:
    lines = [f"{'entities':>8} {'all steps MB/s':>14} {'tagger alone':>12} {'build s':>8} {'memory MB':>10}"]
    lines += [
        f"{row['entities']:8} {row['mb_per_s']:14.2f} {row['tagger_mb_per_s']:12.2f} "
        f"{row['build_s']:8.2f} {row['mb']:10.1f}"
        for row in result["sizes"]
    ]
    lines += [f"{name} at {SIZES[0]}: {speed:.2f} MB/s" for name, speed in result["peers"].items()]
    return "\n".join([*lines, *(f"{name}: not installed" for name in result["missing"])])


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how fast texts are tagged.")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--check", action="store_true", help="fail below a floor of bench/floors.json")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

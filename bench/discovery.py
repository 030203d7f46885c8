"""Measure discovery: untracked names found in short texts, tracked ones found again once forgotten, cost.

Run as ``python -m bench.discovery``. ``bench/data/discovery`` holds a part that the patterns were tuned on and two
held out, the second of names in the middle of sentences; ``--errors`` lists what was missed or wrong in the tuned part
only. ``--check`` compares with bench/floors.json and fails below a floor.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from bench.tagging import FIXTURES, FLOORS, read_rows
from monitor.tag import tag
from monitor.tag.catalogue import load_catalogue
from monitor.tag.discover import sightings
from storage.fold import fold, name_key
from storage.tagged import Mention

__all__ = ["below_floors", "forgotten", "labelled", "main", "measure"]

DATA = Path(__file__).parent / "data"
PARTS = {name: DATA / "discovery" / f"{name}.jsonl" for name in ("tuned", "held_out", "held_out_said")}
TEXTS = DATA / "tagging" / "texts.jsonl"
_SEED, _MODELS, _RULES = 20260731, 30, 10
_LENGTH = 2400  # characters of the text that speed is measured on
_WRONG_SHOWN = 60

Name = tuple[str, str]
"""Kind and key."""


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    result = measure()
    print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else _table(result))
    if options.errors:
        print("\n".join([*result["tuned"]["errors"], *result["forgotten"]["errors"]]))
    failures = below_floors(result, json.loads(FLOORS.read_text(encoding="utf-8"))["discovery"])
    if options.check:
        print("\n".join(failures) or "all floors hold", file=sys.stderr)
    return 1 if options.check and failures else 0


def measure() -> dict[str, Any]:
    """Return the figures of both parts, of entities struck from the catalogue, and the cost of an article."""
    parts = {name: labelled(read_rows(path)) for name, path in PARTS.items()}
    return parts | {"forgotten": forgotten(), "ms_per_article": _milliseconds()}


def labelled(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return recall and precision over the names of the texts, and the share of texts without one that show some."""
    right = missed = wrong = quiet = loud = 0
    errors: list[str] = []
    for row in rows:
        expected = {(kind, name_key(name)) for kind, name in row["expect"]}
        mentions = _untracked(tag(row["title"], row["text"]), {key for _, key in expected})
        found = _found(row["title"], row["text"], mentions)
        lost, extra = expected - found, found - expected
        right, missed, wrong = right + len(expected & found), missed + len(lost), wrong + len(extra)
        quiet, loud = quiet + (not expected), loud + (not expected and bool(found))
        errors += (
            [f"{row['id']} missed {sorted(lost)} wrong {sorted(extra)}: {row['text'][:70]}"] if lost or extra else []
        )
    return {
        "recall": _share(right, right + missed),
        "precision": _share(right, right + wrong),
        "quiet_texts": quiet,
        "loud": _share(loud, quiet),
        "names": right + missed,
        "errors": errors,
    }


def _untracked(mentions: Iterable[Mention], keys: set[str]) -> tuple[Mention, ...]:
    """Return the mentions without those of the expected names: the catalogue may track one of them by now."""
    return tuple(one for one in mentions if not any(key in name_key(one.surface) for key in keys))


def forgotten() -> dict[str, Any]:
    """Return how many of the entities drawn at random are proposed again once their mentions are dropped.

    An entity counts where it occurs in the texts of the tagging bench: in how many of its texts (``texts``), and in any
    of them (``entities``).
    """
    rows = [(row, tag(row["title"], row["text"])) for row in read_rows(TEXTS)]
    seen = sorted({one.entity for _, mentions in rows for one in mentions})
    drawn = {kind: _draw(seen, kind, count) for kind, count in (("model", _MODELS), ("regulation", _RULES))}
    result: dict[str, Any] = {"errors": []}
    for kind, entities in drawn.items():
        shares = {entity: _found_again(entity, kind, rows) for entity in entities}
        result[kind] = {
            "entities": _share(sum(any(share) for share in shares.values()), len(shares)),
            "texts": _share(sum(map(sum, shares.values())), sum(map(len, shares.values()))),
        }
        result["errors"] += [f"not proposed again: {entity}" for entity, share in shares.items() if not any(share)]
    return result


def _draw(entities: Iterable[str], kind: str, count: int) -> list[str]:
    of_kind = [entity for entity in entities if entity.startswith(f"{kind}:")]
    return random.Random(_SEED).sample(of_kind, count)


def _found_again(entity: str, kind: str, rows: Iterable[tuple[dict[str, Any], tuple[Mention, ...]]]) -> list[bool]:
    spelled = _spellings(entity)
    return [
        any(
            found == kind and key in spelled
            for found, key in _found(row["title"], row["text"], _without(mentions, entity))
        )
        for row, mentions in rows
        if any(one.entity == entity for one in mentions)
    ]


@cache
def _spellings(entity: str) -> frozenset[str]:
    known = load_catalogue()[entity]
    return frozenset(name_key(fold(name)) for name in (known.name, *known.strong, *known.ambiguous, *known.common))


def _without(mentions: Iterable[Mention], entity: str) -> tuple[Mention, ...]:
    return tuple(one for one in mentions if one.entity != entity)


def _found(title: str | None, text: str, mentions: tuple[Mention, ...]) -> set[Name]:
    return {(one.kind, name_key(one.name)) for one in sightings(title, text, mentions)}


def _milliseconds() -> float:
    """Return the CPU time of discovery alone on 2,400 characters: the best of seven rounds of ten."""
    longest = max((path.read_bytes().decode("utf-8") for path in (FIXTURES / "seeds").glob("*.txt")), key=len)
    text = longest[:_LENGTH]
    mentions = tag(None, text)
    sightings(None, text, mentions)
    best = float("inf")
    for _ in range(7):
        start = time.process_time()
        for _ in range(10):
            sightings(None, text, mentions)
        best = min(best, (time.process_time() - start) / 10)
    return 1000 * best


def below_floors(result: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """Return a line for each figure below its floor, or above its ceiling (``max_``)."""
    lines = [] if result["ms_per_article"] <= floors["max_ms"] else [f"ms: {result['ms_per_article']:.2f}"]
    for part in PARTS:
        for name, floor in floors[part].items():
            figure = result[part][name.removeprefix("max_")]
            fails = figure > floor if name.startswith("max_") else figure < floor
            lines += [f"{part} {name}: {figure:.4f}, pinned {floor}"] if fails else []
    again = result["forgotten"]
    return lines + [
        f"forgotten {kind}: {again[kind]['entities']:.4f}, pinned {floor}"
        for kind, floor in floors["forgotten"].items()
        if again[kind]["entities"] < floor
    ]


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _table(result: dict[str, Any]) -> str:
    lines = [f"{'':14} {'recall':>8} {'precision':>10} {'names':>6} {'loud':>6} of texts without a name"]
    for part in PARTS:
        one = result[part]
        figures = f"{one['recall']:8.3f} {one['precision']:10.3f} {one['names']:6} {one['loud']:6.3f}"
        lines.append(f"{part:14} {figures} {one['quiet_texts']}")
    for kind in ("model", "regulation"):
        again = result["forgotten"][kind]
        lines.append(
            f"{kind}s proposed again when not tracked: {again['entities']:.2f} ({again['texts']:.2f} of their texts)"
        )
    lines.append(f"discovery on {_LENGTH} characters: {result['ms_per_article']:.2f} ms of CPU")
    return "\n".join(lines)


def _options(arguments: Iterable[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the discovery of untracked names.")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--errors", action="store_true", help="list what was missed or wrong in the tuned part")
    parser.add_argument("--check", action="store_true", help="fail below a floor of bench/floors.json")
    return parser.parse_args(list(arguments) if arguments is not None else None)


if __name__ == "__main__":
    sys.exit(main())

"""Measure the tagger: the labelled seeds span by span, the short texts of bench/data document by document, and speed.

Run as ``python -m bench.tagging``. The peers in the same run know every alias and no rule: a plain dictionary, jieba
with a user dictionary, and flashtext where installed. Speed at other sizes: ``python -m bench.tagging_speed``.
``--check`` compares with bench/floors.json and fails below a floor; ``--errors`` lists the errors.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from bench.tagging_peers import Finder, Found, available
from monitor.tag import tag
from monitor.tag.catalogue import load_catalogue

__all__ = ["Finder", "below_floors", "documents", "read_rows", "seeds", "tagged"]

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
_DATA = HERE / "data" / "tagging"
TEXTS = tuple(
    _DATA / f"{name}.jsonl"
    for name in ("texts", "catalogue", "catalogue_held_out", "unseen_1", "unseen_2", "unseen_3", "unseen_4")
)
_PARTS = (
    "bare",
    "bare_held_out",
    "said",
    "news",
    "namesakes",
    "namesakes_held_out",
    "regulations",
    "regulations_held_out",
)
PARTS = {name: _DATA / f"{name}.jsonl" for name in _PARTS}
"""A sentence or two with an ambiguous name and few words of models or none (``said``: harder, half of them homographs
among words of software; ``news``: of hospitals, courts, shops), laws of a name that other countries' laws bear, and
rules under all the names that writers use (``regulations``): what the rules were tuned on, and parts held out."""
FIXTURES = HERE.parent / "tests" / "fixtures"
_LENGTH = 2400  # characters of the text that speed is measured on


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    result = measure()
    print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else _table(result))
    if options.errors:
        print("\n".join(result["tagger"]["seeds"]["errors"] + result["tagger"]["documents"]["errors"]))
    failures = below_floors(result, json.loads(FLOORS.read_text(encoding="utf-8"))["tagging"])
    if options.check:
        print("\n".join(failures) or "all floors hold", file=sys.stderr)
    return 1 if options.check and failures else 0


def measure() -> dict[str, Any]:
    """Return the figures of the tagger and of its peers, and the tagger's time."""
    finders = {"tagger": tagged} | available(load_catalogue())
    result: dict[str, Any] = {
        name: {"seeds": seeds(finder), "documents": documents(finder)} for name, finder in finders.items()
    }
    result["tagger"] |= {name: documents(tagged, (path,)) for name, path in PARTS.items()}
    return result | {"ms_per_article": _milliseconds()}


def tagged(title: str | None, text: str) -> list[Found]:
    """Find with the tagger."""
    return [(mention.entity, mention.start, mention.end) for mention in tag(title, text)]


def seeds(find: Finder) -> dict[str, Any]:
    """Return recall and precision over the labelled spans (overlap, and entity or family), and negatives tagged."""
    right = missed = wrong = negatives = 0
    errors: list[str] = []
    by_document: dict[str, list[dict[str, Any]]] = {}
    for row in read_rows(FIXTURES / "seeds_gold.jsonl"):
        by_document.setdefault(row["doc"], []).append(row)
    for name, rows in by_document.items():
        found = find(None, (FIXTURES / "seeds" / name).read_bytes().decode("utf-8"))
        explained: set[Found] = set()
        for row in rows:
            over = [one for one in found if one[1] < row["end"] and row["start"] < one[2]]
            same = [one for one in over if row["entity"] and family(one[0]) == family(row["entity"])]
            if row["status"] == "mention":
                right, missed = right + bool(same), missed + (not same)
                explained.update(same)
                errors += [] if same else [f"{name}:{row['start']} missed {row['surface']} ({row['entity']})"]
            elif row["status"] == "ambiguous":
                explained.update(over)
            else:
                negatives += bool(over)
        false = [one for one in found if one not in explained]
        wrong += len(false)
        errors += [f"{name}:{start} wrong {entity}" for entity, start, _ in false]
    return {
        "recall": right / (right + missed),
        "precision": right / (right + wrong),
        "negatives_tagged": negatives,
        "mentions": right + missed,
        "errors": errors,
    }


def documents(find: Finder, paths: Iterable[Path] = TEXTS) -> dict[str, Any]:
    """Return precision and recall of the entities (by family) that each text is about, and homographs fallen for."""
    counts: dict[str, list[int]] = {}
    homographs: list[bool] = []
    errors: list[str] = []
    for row in (row for path in paths for row in read_rows(path)):
        found = {family(entity) for entity, _, _ in find(row["title"], row["text"])}
        wanted, allowed = set(map(family, row["entities"])), set(map(family, row["may"]))
        missed, wrong = wanted - found, found - wanted - allowed
        for group in (row["group"], "all"):
            total = counts.setdefault(group, [0, 0, 0])
            total[:] = total[0] + len(wanted & found), total[1] + len(missed), total[2] + len(wrong)
        if row["kind"] == "homograph":
            homographs.append(bool(wrong))
        errors += [f"{row['id']} missed {sorted(missed)} wrong {sorted(wrong)}"] if missed or wrong else []
    shares = {group: {"recall": _share(r, r + m), "precision": _share(r, r + w)} for group, (r, m, w) in counts.items()}
    return shares | {
        "homographs_tagged": _share(sum(homographs), len(homographs)),
        "homographs": len(homographs),
        "errors": errors,
    }


@cache
def family(entity: str) -> str:
    """Return the family of an entity, or the entity itself."""
    known = load_catalogue().entities.get(entity)
    return (known.family or entity) if known else entity


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def below_floors(result: dict[str, Any], floors: dict[str, float]) -> list[str]:
    """Return a line for each figure of the tagger below its floor, or above its ceiling (``max_``)."""
    figures = _figures(result)
    low = [name for name, floor in floors.items() if not name.startswith("max_") and figures[name] < floor]
    high = [name for name, ceiling in floors.items() if name.startswith("max_") and figures[name] > ceiling]
    return [f"{name}: {figures[name]:.4f}, pinned {floors[name]}" for name in (*low, *high)]


def _figures(result: dict[str, Any]) -> dict[str, float]:
    seed, texts = result["tagger"]["seeds"], result["tagger"]["documents"]
    figures = {
        "seeds_recall": seed["recall"],
        "seeds_precision": seed["precision"],
        "max_seeds_negatives_tagged": seed["negatives_tagged"],
        "documents_recall": texts["all"]["recall"],
        "documents_precision": texts["all"]["precision"],
        "max_homographs_tagged": texts["homographs_tagged"],
        "max_ms_per_article": result["ms_per_article"],
    }
    return figures | _figures_of_parts(result["tagger"])


def _figures_of_parts(tagger: dict[str, Any]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for part in PARTS:
        figures[f"{part}_recall"] = tagger[part]["all"]["recall"]
        figures[f"{part}_precision"] = tagger[part]["all"]["precision"]
        figures[f"max_{part}_homographs_tagged"] = tagger[part]["homographs_tagged"]
    return figures


def _milliseconds() -> float:
    """Return the CPU time of one article of 2,400 characters: the best of seven rounds of five."""
    longest = max((path.read_bytes().decode("utf-8") for path in (FIXTURES / "seeds").glob("*.txt")), key=len)
    text = longest[:_LENGTH]
    tag(None, text)
    best = float("inf")
    for _ in range(7):
        start = time.process_time()
        for _ in range(5):
            tag(None, text)
        best = min(best, (time.process_time() - start) / 5)
    return 1000 * best


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _table(result: dict[str, Any]) -> str:
    lines = [f"{'':18} {'seeds R':>8} {'seeds P':>8} {'negatives':>9} {'texts R':>8} {'texts P':>8} {'homographs':>10}"]
    for name in (name for name in result if name != "ms_per_article"):
        seed, texts = result[name]["seeds"], result[name]["documents"]
        lines.append(
            f"{name:18} {seed['recall']:8.3f} {seed['precision']:8.3f} {seed['negatives_tagged']:9} "
            f"{texts['all']['recall']:8.3f} {texts['all']['precision']:8.3f} {texts['homographs_tagged']:10.3f}"
        )
    for group in ("hans", "hant", "en"):
        figures = result["tagger"]["documents"][group]
        lines.append(f"tagger, {group:10} {'':27} {figures['recall']:8.3f} {figures['precision']:8.3f}")
    for part in PARTS:
        found = result["tagger"][part]
        lines.append(
            f"tagger, {part:27} {'':10} {found['all']['recall']:8.3f} {found['all']['precision']:8.3f} "
            f"{found['homographs_tagged']:10.3f}"
        )
    lines.append(f"all steps on {_LENGTH} characters: {result['ms_per_article']:.2f} ms of CPU")
    return "\n".join(lines)


def _options(arguments: Iterable[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the tagger.")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--errors", action="store_true", help="list what was missed or wrong")
    parser.add_argument("--check", action="store_true", help="fail below a floor of bench/floors.json")
    return parser.parse_args(list(arguments) if arguments is not None else None)


if __name__ == "__main__":
    sys.exit(main())

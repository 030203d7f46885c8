"""What it costs to ask many queries of one article, beside asking each alone and beside one expression over all words.

Run as ``python -m bench.queries``; ``--check`` compares with bench/floors.json. Times are of the CPU, the best of some
rounds, for one article of 2,000 characters with its mentions; ratios hold on other machines, milliseconds do not. The
texts are the seeds, cut into articles; the queries are drawn from their words and from the catalogue, always the same.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from monitor.tag import tag
from monitor.tag.catalogue import load_catalogue
from storage.query.letters import letters_of
from storage.query.names import PlainNames
from storage.query.nodes import Node
from storage.query.parse import parse
from storage.query.predicate import holds
from storage.query.query_set import QuerySet, compile_queries
from storage.query.subject import Subject

__all__ = ["articles", "below_floors", "measure", "queries"]

HERE = Path(__file__).parent
SEEDS = HERE.parent / "tests" / "fixtures" / "seeds"
SIZES = (10, 1_000)
_LENGTH = 2_000
_ROUNDS = 25
_NOW = datetime(2026, 11, 1, tzinfo=UTC)
_FORMS = (
    "{word} {other} -{third}",
    "{word} OR {other} OR {third}",
    "{entity} ({word} OR {other})",
    "{entity} title:{word}",
    "({word} OR {other}) source:gov-* lang:zh",
    "{word} NEAR/8 {other}",
    "{word} /{other}|{third}/",
    "count({entity})>=3 {word}",
    "{entity} after:30d -{word}",
    "stage:draft,issued {word}",
    "{word} (title:{other} OR author:{third})",
    "kind:regulation {word} -source:wire",
)


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    result = measure()
    print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else _table(result))
    failures = below_floors(result, json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["queries"])
    if options.check:
        print("\n".join(failures) or "all floors hold", file=sys.stderr)
    return 1 if options.check and failures else 0


def measure(sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Return milliseconds of an article for each number of queries, and of the other ways for the largest."""
    texts = articles()
    asked = queries(max(sizes))
    sets = {size: compile_queries(dict(list(asked.items())[:size])) for size in sizes}
    largest = sets[max(sizes)]
    alternation = re.compile("|".join(map(re.escape, sorted(largest.phrases, key=len, reverse=True))))
    return {
        "sizes": {size: _ms(partial(_matches, one), texts) for size, one in sets.items()},
        "holding": sum(len(_matches(largest, text)) for text in texts) / len(texts),
        "one_by_one": _ms(partial(_one_by_one, tuple(asked.values())), texts, rounds=1),
        "alternation": _ms(lambda text: alternation.findall(letters_of(text.text)), texts, rounds=2),
    }


def below_floors(result: dict[str, Any], floors: dict[str, float]) -> list[str]:
    """Return a line for each figure that is worse than its floor."""
    least, most = min(result["sizes"]), max(result["sizes"])
    figures = {
        "max_ms": result["sizes"][most],
        "max_ratio": result["sizes"][most] / result["sizes"][least],
        "to one by one": result["one_by_one"] / result["sizes"][most],
        "to alternation": result["alternation"] / result["sizes"][most],
    }
    return [
        f"{name}: pinned {floor}, found {figures[name]:.2f}"
        for name, floor in floors.items()
        if (figures[name] > floor if name.startswith("max_") else figures[name] < floor)
    ]


def articles() -> list[Subject]:
    """Return the seeds in pieces of one length, tagged."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    whole = "\n".join(texts)
    pieces = [whole[start : start + _LENGTH] for start in range(0, len(whole) - _LENGTH, _LENGTH)]
    return [
        Subject(
            title=piece[:20].strip(),
            text=piece,
            source_id="wire",
            first_seen_at=_NOW,
            mentions=tag(piece[:20].strip(), piece),
            language="zh",
        )
        for piece in pieces
    ]


def queries(number: int, seed: int = 1) -> dict[str, Node]:
    """Return made-up queries by name: words of the seeds and of the catalogue in the forms that people write."""
    chance = random.Random(seed)
    words = _words(chance, 3 * number)
    entities = [entity.id for entity in load_catalogue()]
    made = {}
    for index in range(number):
        word, other, third = chance.sample(words, 3)
        form = chance.choice(_FORMS)
        text = form.format(word=word, other=other, third=third, entity=f"entity:{chance.choice(entities)}")
        made[f"q{index}"] = parse(text, PlainNames())
    return made


def _words(chance: random.Random, number: int) -> list[str]:
    """Return words: half are pieces of three to six characters of the seeds, half spellings of the catalogue."""
    runs = re.findall(r"[\u4e00-\u9fff]{6,}", "".join(path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")))
    spellings = [name for entity in load_catalogue() for name in entity.aliases]
    plain = [name for name in spellings if re.fullmatch(r"[\w.-]+", name) and name[0].isalnum()]
    pieces = [_piece(chance, chance.choice(sorted(runs))) for _ in range(number // 2)]
    return pieces + [chance.choice(plain) for _ in range(number - len(pieces))]


def _piece(chance: random.Random, run: str) -> str:
    length = chance.randint(3, 6)
    start = chance.randint(0, len(run) - length)
    return run[start : start + length]


def _matches(asked: QuerySet, text: Subject) -> dict[str, Any]:
    return asked.matches(text, _NOW, None)


def _one_by_one(nodes: Sequence[Node], text: Subject) -> int:
    return sum(holds(node, text, _NOW, None) for node in nodes)


def _ms(ask: Callable[[Subject], object], texts: Sequence[Subject], rounds: int = _ROUNDS) -> float:
    """Return the milliseconds of CPU that one article takes, in the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for text in texts:
            ask(text)
        best = min(best, time.process_time() - started)
    return best / len(texts) * 1_000


def _table(result: dict[str, Any]) -> str:
    rows = [(f"{size:,} queries at once", ms) for size, ms in result["sizes"].items()]
    rows += [("each alone", result["one_by_one"]), ("one expression, words only", result["alternation"])]
    lines = [f"{name:28} {ms:9.3f} ms an article" for name, ms in rows]
    return "\n".join([*lines, f"{result['holding']:.1f} of the queries hold for an article"])


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--check", action="store_true", help="fail when a figure is below its floor")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

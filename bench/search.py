"""What search costs, and whether it finds all: SQLite stores filled with invented articles, asked as a person would.

    python -m bench.search [--sizes 10000,100000] [--rounds N] [--json] [--check] [--folder DIR]

Texts are words drawn as often as jieba's dictionary counts them, about 900 characters, with names and terms strewn in.
``fill`` is the CPU of putting an article into the index, tokens included, 50 in a transaction; ``kb`` what the index
takes of an article. For each query ``ms`` is the CPU of the newest twenty, the best of the rounds. ``recall`` and
``precision`` compare all that is found with what reading all texts finds. Targets are in ``floors.json``. 100,000
articles take about five minutes and 800 MB.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select

from storage.columns import Json
from storage.database import Session, Store, open_store
from storage.query.letters import letters_of, occurrences
from storage.query.names import PlainNames
from storage.query.nodes import Phrase
from storage.query.parse import parse
from storage.search import Question, search
from storage.search_index import fill
from storage.tables import articles, mentions, stories

FLOORS = Path(__file__).with_name("floors.json")
START = datetime(2026, 1, 1, tzinfo=UTC)
STREWN = {
    "文心一言": 0.02, "DeepSeek": 0.05, "GPT-4o": 0.03, "大模型": 0.15, "生成式人工智能服务管理暂行办法": 0.005,
    "算法备案": 0.005, "人工智能": 0.2, "监管": 0.1, "Qwen2.5-72B": 0.002,
}  # fmt: skip
QUERIES = (
    "监管", "文心一言", "生成式人工智能服务管理暂行办法", "gpt 4o", "大模型 监管", "大模型 OR 算法备案",
    "人工智能 -监管", "大模型 近/5 监管", "model:common", "model:rare 人工智能", "source:s7 监管", "监管 after:1h",
    "/大模.*监/", "没有这种词组",
)  # fmt: skip
PHRASES = (*STREWN, "的")


def measure(sizes: Sequence[int], rounds: int, folder: Path) -> dict[str, Any]:
    """Return all figures by the number of articles."""
    return {str(size): of_size(size, rounds, folder) for size in sizes}


def of_size(size: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Fill a store, its index after it, and ask it."""
    path = folder / f"search_{size}.db"
    store = open_store(path, now=lambda: START)
    store.write(lambda session: session.execute(insert(stories), {"canonical_id": None, "created_at": START}))
    for rows in invented(size):
        store.write(lambda session, rows=rows: put(session, rows))
    store.checkpoint()
    before, began = path.stat().st_size, time.process_time()
    while store.write(lambda session: fill(session, limit=50)) is not None:
        pass
    cpu = time.process_time() - began
    store.checkpoint()
    found = {query: newest(store, query, size, rounds) for query in QUERIES}
    figures = {
        "fill_ms": round(1_000 * cpu / size, 3),
        "kb": round((path.stat().st_size - before) / size / 1_000, 2),
        "ms": found,
        **against_reading(store),
    }
    store.close()
    return figures


def invented(size: int) -> Iterator[list[dict[str, Any]]]:
    """Yield articles in groups, the same every time."""
    rng = Random(1)
    dictionary = Path(str(find_spec("jieba").origin)).with_name("dict.txt")  # type: ignore[union-attr]
    counted = [line.split(" ") for line in dictionary.read_text(encoding="utf-8").splitlines()]
    words, counts = [line[0] for line in counted], [int(line[1]) for line in counted]
    bounds = [sum(counts[:1])]
    for count in counts[1:]:
        bounds.append(bounds[-1] + count)
    group: list[dict[str, Any]] = []
    for number in range(size):
        text = invented_text(rng, words, bounds)
        group.append(row(number, text))
        if len(group) == 500 or number == size - 1:
            yield group
            group = []


def invented_text(rng: Random, words: list[str], bounds: list[int]) -> str:
    """Return a text of about 900 characters."""
    drawn = rng.choices(words, cum_weights=bounds, k=max(40, int(rng.gammavariate(2, 230))))
    for name, share in STREWN.items():
        if rng.random() < share:
            drawn.insert(rng.randrange(len(drawn)), name)
    return "".join(word + ("，。\n"[at % 3] if at % 9 == 8 else "") for at, word in enumerate(drawn))


def row(number: int, text: str) -> dict[str, Any]:
    """Return the row of an article: what a query looks at, and nothing in what it does not."""
    seen = START + timedelta(seconds=number)
    empty = {
        column.name: [] if column.type is Json else 0 if column.name == "revision" else ""
        for column in articles.c
        if not column.nullable and not column.primary_key
    }
    own = {
        "key": str(number), "story_id": 1, "source_id": f"s{number % 50}", "publisher": f"p{number % 80}",
        "title": text[:20], "text": text, "first_seen_at": seen, "updated_at": seen, "fetched_at": seen,
    }  # fmt: skip
    return empty | own


EACH = {"model:common": 5, "model:rare": 1_000}


def put(session: Session, rows: list[dict[str, Any]]) -> None:
    """Store articles; every fifth mentions a common entity, every thousandth a rare one."""
    session.execute(insert(articles), rows)
    stored = select(articles.c.id).order_by(articles.c.id.desc()).limit(len(rows))
    named = [(key, entity) for key in session.scalars(stored) for entity, each in EACH.items() if key % each == 0]
    place = {"field": "text", "start": 0, "stop": 1, "kind": "model", "surface": "x", "how": "alias", "confidence": 1.0}
    session.execute(insert(mentions), [place | {"article_id": key, "entity": one, "reasons": []} for key, one in named])


def newest(store: Store, query: str, size: int, rounds: int) -> float:
    """Return the milliseconds of CPU that the newest twenty take."""
    now = START + timedelta(seconds=size)
    question = Question(node=parse(query, PlainNames(), now), now=now)
    best = float("inf")
    for _ in range(rounds):
        with store.read(limit_s=None) as session:
            began = time.process_time()
            search(session, question, limit=20)
            best = min(best, time.process_time() - began)
    return round(1_000 * best, 2)


def against_reading(store: Store) -> dict[str, float]:
    """Return the least recall and precision of the phrases, with what reading every text finds as the truth."""
    recall, precision = [], []
    with store.read(limit_s=None) as session:
        forms = {one.id: letters_of(one.text) for one in session.execute(select(articles.c.id, articles.c.text))}
        for phrase in map(letters_of, PHRASES):
            true = {key for key, form in forms.items() if next(occurrences(form, phrase), None) is not None}
            question = Question(node=Phrase(phrase), now=START)
            found = set(search(session, question, limit=len(forms)).article_ids)
            recall.append(len(true & found) / len(true) if true else 1.0)
            precision.append(len(true & found) / len(found) if found else 1.0)
    return {"recall": min(recall), "precision": min(precision)}


def missed(figures: dict[str, Any], floors: dict[str, float]) -> list[str]:
    """Return what is worse than its target, in words."""
    wrong = []
    for size, found in figures.items():
        slowest = max(found["ms"].values())
        wrong += [f"{size}: {name} {found[name]}" for name in ("recall", "precision") if found[name] < floors[name]]
        wrong += [f"{size}: fill {found['fill_ms']} ms"] if found["fill_ms"] > floors["most_fill_ms"] else []
        wrong += [f"{size}: {found['kb']} kB"] if found["kb"] > floors["most_kb"] else []
        wrong += [f"{size}: a query of {slowest} ms"] if slowest > floors["most_query_ms"] else []
    return wrong


def main() -> int:
    """Measure, print, and say with the exit status whether the targets are met where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000", help="numbers of articles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true", help="fail where a target is missed")
    parser.add_argument("--folder", type=Path, help="where the stores are made; else a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes = [int(size) for size in options.sizes.split(",")]
        figures = measure(sizes, options.rounds, options.folder or Path(folder))
    print(json.dumps(figures, ensure_ascii=False, indent=2) if options.json else in_words(figures))
    wrong = missed(figures, json.loads(FLOORS.read_text(encoding="utf-8"))["search"]) if options.check else []
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


def in_words(figures: dict[str, Any]) -> str:
    """Return the figures as lines."""
    lines = []
    for size, found in figures.items():
        lines += [f"{int(size):,} articles: fill {found['fill_ms']} ms, {found['kb']} kB each"]
        lines += [f"  recall {found['recall']:.3f}, precision {found['precision']:.3f}"]
        lines += [f"  {ms:8.2f} ms  {query}" for query, ms in found["ms"].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

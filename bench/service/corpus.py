"""Documents to measure on: the seeds, texts of their size that are all different, and the site's pages filled so.

An invented text holds the same names as its seed, so that tagging, rules and alerts have as much to do.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from random import Random

from bench.service.filler import filler
from tests.site.pages import routes
from tests.site.stories import STORIES

__all__ = ["Document", "copies", "distinct", "pages"]

_FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures"
_PAGES = {"000": "/a/000", "001": "/a/001", "002": "/a/002", "003": "/cn/003", "004": "/a/004"}
_CHARSETS = {"001": "gbk"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a fetch brings: bytes, their type, and an address of their own."""

    url: str
    content_type: str
    body: bytes


def copies(count: int) -> list[Document]:
    """Return every seed ``count`` times, each at an address of its own."""
    seeds = [path.read_bytes() for path in sorted((_FIXTURES / "seeds").glob("*.txt"))]
    return [_document(n, body) for n, body in enumerate(seeds * count)]


def distinct(count: int, seed: int = 1) -> list[Document]:
    """Return ``count`` invented texts for every seed, as long as it and with its names."""
    rng, names = Random(seed), _names()
    seeds = [(path.name, len(path.read_text("utf-8"))) for path in sorted((_FIXTURES / "seeds").glob("*.txt"))]
    texts = [_invented(rng, length, names[name]) for _ in range(count) for name, length in seeds]
    return [_document(n, text.encode()) for n, text in enumerate(texts)]


def pages(count: int, seed: int = 2) -> list[Document]:
    """Return the site's five article pages ``count`` times, every paragraph replaced by an invented one."""
    rng = Random(seed)
    return [_page(rng, key, f"{number}-{key}") for number in range(count) for key in _PAGES]


def _document(number: int, body: bytes) -> Document:
    return Document(url=f"https://example.org/d/{number}", content_type="text/plain; charset=utf-8", body=body)


def _page(rng: Random, key: str, name: str) -> Document:
    story, charset = STORIES[key], _CHARSETS.get(key, "utf-8")
    answer = routes()[_PAGES[key]]
    assert not callable(answer)
    assert not isinstance(answer, tuple)
    markup = answer.body.decode(charset)
    surfaces = iter(next(names for doc, names in _names().items() if doc.startswith(key)))
    for paragraph in story.paragraphs:
        text = filler(rng, len(paragraph)).replace("\n", "")[: len(paragraph) - 1] + next(surfaces, "") + "。"
        markup = markup.replace(escape(paragraph, quote=False), text)
    markup = markup.replace(escape(story.title), f"{story.title[:8]}{name}")
    return Document(
        url=f"https://example.org/p/{name}", content_type=f"text/html; charset={charset}", body=markup.encode(charset)
    )


def _invented(rng: Random, length: int, names: list[str]) -> str:
    lines = filler(rng, length - sum(map(len, names))).split("\n")
    for name in names:
        at = rng.randrange(len(lines))
        lines[at] = lines[at].replace("，", f"{name}，", 1)
    return "\n".join(lines)


def _names() -> dict[str, list[str]]:
    """Return the names that each seed mentions, in its words, by file name."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _gold():
        if row["status"] == "mention":
            found[row["doc"]].append(row["surface"])
    return found


def _gold() -> Iterator[dict[str, str]]:
    for line in (_FIXTURES / "seeds_gold.jsonl").read_text("utf-8").splitlines():
        if line:
            yield json.loads(line)

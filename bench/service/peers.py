"""What others need for the same pages, as their quick-starts use them; each in CPU milliseconds a page."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.service.corpus import Document
from monitor.tag.catalogue import load_catalogue

__all__ = ["NAMES", "OPTIONAL", "is_installed", "milliseconds"]

NAMES = {
    "trafilatura": "trafilatura with metadata, default settings",
    "naive": "naive script of the six packages",
    "readability": "readability-lxml",
    "newspaper": "newspaper4k",
    "newsplease": "news-please",
}
OPTIONAL = ("readability", "newspaper", "newsplease")
"""Import names of peers that are measured where somebody has installed them."""

_SHINGLE = 5


def is_installed(name: str) -> bool:
    """Say whether a peer can be imported."""
    return find_spec(name) is not None


def milliseconds(name: str, documents: list[Document]) -> float:
    """Return what a peer needs for a page, after one to warm up."""
    work = _PEERS[name]()
    work(documents[0])
    started = time.process_time()
    for document in documents:
        work(document)
    return 1000 * (time.process_time() - started) / len(documents)


_Work = Callable[[Document], object]


def _trafilatura() -> _Work:
    import trafilatura

    return lambda document: trafilatura.bare_extraction(document.body, url=document.url, with_metadata=True)


def _naive() -> _Work:
    """Extract, segment, sketch, search name by name, store row by row: each package as its first page shows it."""
    import jieba
    import trafilatura
    from datasketch import MinHash
    from sqlmodel import Session

    engine, row_type, _ = _store()
    names = [alias for entity in load_catalogue() for alias in (*entity.strong, *entity.ambiguous)]

    def work(document: Document) -> None:
        found: Any = trafilatura.bare_extraction(document.body, url=document.url, with_metadata=True)
        text = found.text or ""
        words = list(jieba.cut(text))
        minhash = MinHash(num_perm=128)
        for start in range(len(text) - _SHINGLE + 1):
            minhash.update(text[start : start + _SHINGLE].encode())
        tags = [name for name in names if re.search(re.escape(name), text, re.IGNORECASE)]
        row = row_type(
            url=document.url,
            title=found.title,
            text=text,
            words=len(words),
            tags=" ".join(tags),
            sketch=minhash.hashvalues.tobytes(),
        )
        with Session(engine) as session:
            session.add(row)
            session.commit()
            session.refresh(row)

    return work


@cache
def _store() -> tuple[Any, Any, Any]:
    """Return an engine on a new file, the type of its rows, and the folder, which lives as long as somebody has it."""
    from sqlmodel import Field, SQLModel, create_engine

    class NaiveArticle(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        url: str
        title: str | None
        text: str
        words: int
        tags: str
        sketch: bytes

    folder = tempfile.TemporaryDirectory(prefix="newswatch-bench-")
    engine = create_engine(f"sqlite:///{Path(folder.name) / 'naive.db'}")
    SQLModel.metadata.tables["naivearticle"].create(engine)
    return engine, NaiveArticle, folder


def _readability() -> _Work:
    from readability import Document as Page

    return lambda document: Page(document.body).summary()


def _newspaper() -> _Work:
    import newspaper

    return lambda document: newspaper.article(document.url, input_html=document.body.decode("utf-8", "replace"))


def _newsplease() -> _Work:
    from newsplease import NewsPlease

    return lambda document: NewsPlease.from_html(document.body.decode("utf-8", "replace"), url=document.url)


_PEERS: dict[str, Callable[[], _Work]] = {
    "trafilatura": _trafilatura,
    "naive": _naive,
    "readability": _readability,
    "newspaper": _newspaper,
    "newsplease": _newsplease,
}

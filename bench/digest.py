"""Measure what a digest over 10,000 hits costs, from the store to all of its forms.

Run as ``python -m bench.digest``. A store is filled with invented stories of 600 characters, each with a mention and a
hit; one in ten is a change with an earlier text. As in the service, no garbage is collected meanwhile. The goal is 2 s
of CPU on an idle machine; ``to a bare loop`` is the ratio to five million additions timed between the rounds, which
busy neighbours slow as much. ``writer`` is for how long the digest keeps others from writing. ``--check`` compares with
bench/floors.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from alerts.channels import ChannelSettings
from alerts.desk import Desk
from alerts.digests import DueDigest, enqueue_digest, make_digest
from alerts.gather import DigestQuestion, gather_digest, waiting_hits
from alerts.render import render_digest
from alerts.rules import RuleSettings, compile_rules
from monitor.assembly import settle_memory
from monitor.garbage import uncollected
from monitor.new_names import new_names
from storage import hits, waiting
from storage.articles import insert_article, revise_article
from storage.database import Session, Store, open_store
from storage.records import Article, Hit, HitReason, Span, VerdictKind
from storage.tagged import Findings, Mention, Sighting

FLOORS = Path(__file__).with_name("floors.json")
_NOW = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
_HITS = 10_000
_AT_ONCE = 500
_ROUNDS = 6
_LETTERS = "模型发布能力企业数据服务平台行业应用研究技术开放训练参数安全城市今年表示认为进行推出"
_NAMES = ("文心一言", "通义千问", "讯飞星火")
_RULES = compile_rules([RuleSettings(id="models", any=_NAMES, channels=("desk",))])
_CHANNEL = ChannelSettings(id="desk", kind="file")
_DUE = DueDigest(
    channel=_CHANNEL,
    rules=("models",),
    at=_NOW + timedelta(hours=1),
    since=_NOW - timedelta(days=1),
    last_hit_id=0,
    is_first=False,
    now=_NOW + timedelta(hours=1),
)


@dataclass(frozen=True)
class _Counts:
    watched: int = 42
    silent: int = 2
    failed: int = 1
    unsent: int = 0


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store.db", now=lambda: _NOW)
        _fill(store, Random(1), options.hits)
        settle_memory()  # as the service does when it has started
        result = measure(store, options.hits)
        store.close()
    print(json.dumps(result, indent=2) if options.json else _table(result))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["digest"]
    figures = {"max_ratio": result["to a bare loop"], "max_writer_ratio": result["writer to a bare loop"]}
    failures = [
        f"digest: {name} {figures[name]:.1f} times a bare loop, expected at most {most}"
        for name, most in floors.items()
        if figures[name] > most
    ]
    if options.check:
        print("\n".join(failures) or "all floors hold", file=sys.stderr)
    return 1 if options.check and failures else 0


def measure(store: Store, number: int) -> dict[str, Any]:
    """Return the seconds of CPU of the steps, in the best of some rounds, and how large the forms are."""
    best: dict[str, Any] = {"s": float("inf")}
    loops = []
    for _ in range(_ROUNDS):
        loops.append(_loop())
        with uncollected(), store.read(limit_s=None) as session:
            at = [time.process_time()]
            found = waiting_hits(session, ("models",), 0, channel="desk")
            at.append(time.process_time())
            digest = gather_digest(session, found, _question())
            at.append(time.process_time())
            message = render_digest(digest, language="zh")
            at.append(time.process_time())
        assert len(digest.entries) == len(found) == number
        seconds = [after - before for before, after in pairwise(at)]
        if sum(seconds) < best["s"]:
            best = dict(zip(("hits", "gather", "render"), seconds, strict=True)) | {"s": sum(seconds)}
    sizes = {form: len(getattr(message, form).encode()) for form in ("html", "text", "markdown")}
    blocked = _blocked(store)
    return best | {
        "to a bare loop": best["s"] / min(loops),
        "writer": blocked,
        "writer to a bare loop": blocked / min(loops),
        "bytes": sizes,
        "new names": len(digest.new_names),
    }


def _blocked(store: Store) -> float:
    """Return the seconds of CPU for which the digest keeps others from writing."""
    desk = Desk(rules=_RULES, channels={"desk": _CHANNEL}, language="zh", timezone="UTC")
    with store.read(limit_s=None) as session:
        made = make_digest(session, desk, _DUE, coverage=_Counts(), find_names=new_names(()))

    def enqueue(session: Session) -> float:
        started = time.process_time()
        assert enqueue_digest(session, desk, made)
        spent = time.process_time() - started
        session.rollback()
        return spent

    return min(store.write(enqueue) for _ in range(_ROUNDS))


def _loop() -> float:
    started, total = time.process_time(), 0
    for number in range(5_000_000):
        total += number & 7
    return time.process_time() - started


def _question() -> DigestQuestion:
    return DigestQuestion(
        rules=_RULES,
        coverage=_Counts(),
        names={},
        find_names=new_names(()),
        since=_NOW - timedelta(days=1),
        timezone="Asia/Shanghai",
        now=_NOW + timedelta(hours=1),
    )


def _fill(store: Store, chance: Random, number: int) -> None:
    for start in range(0, number, _AT_ONCE):
        articles = list(_articles(chance, range(start, min(start + _AT_ONCE, number))))
        store.write(lambda session, articles=articles: [_tell(session, *one) for one in articles])


def _tell(session: Session, number: int, article: Article) -> None:
    article_id, story_id = insert_article(session, article, verdict=VerdictKind.NEW, story_id=None, now=_NOW)
    is_changed = number % 10 == 0
    if is_changed:
        newer = replace(article, text=article.text.replace("14人", "23人"), content_hash=f"newer {number}")
        revise_article(session, article_id, newer, evidence=None, now=_NOW)
    spans = tuple(
        Span(field="text", start=one.start, end=one.end, surface=one.surface, term=one.surface)
        for one in article.mentions
    )
    hit = Hit(
        rule="models",
        story_id=story_id,
        article_id=article_id,
        reason=HitReason.CHANGED if is_changed else HitReason.NEW,
        token="changed" if is_changed else "",
        spans=spans,
        changes=(("14", "23"),) if is_changed else (),
    )
    hit_id = hits.add_hit(session, hit, now=_NOW)
    assert hit_id is not None
    waiting.wait(session, hit_id, "models", ["desk"])


def _articles(chance: Random, numbers: range) -> Iterator[tuple[int, Article]]:
    for number in numbers:
        sentences = ["".join(chance.choices(_LETTERS, k=28)) + "。" for _ in range(20)]
        text = "".join((*sentences[:8], f"今日{_NAMES[number % 3]}升级，事故造成14人受伤。", *sentences[8:]))
        name = f"新问{number // 40}大模型"
        yield number, _article(number, sentences[0][:20], f"{text}{name}上线。", name if number % 20 == 0 else None)


def _article(number: int, title: str, text: str, name: str | None) -> Article:
    mentions = tuple(
        Mention(
            entity=f"model:{found}",
            kind="model",
            field="text",
            surface=found,
            start=text.index(found),
            end=text.index(found) + len(found),
            version=None,
            how="alias",
            confidence=1.0,
        )
        for found in _NAMES
        if found in text
    )
    return Article(
        key=f"key {number}", source_id=f"source{number % 40}", url=f"https://news.example/{number}",
        canonical_url=f"https://news.example/{number}", title=title, deck=None, text=text, headings=(), language="zh",
        script="Hans", authors=(), editors=(), source=None, publisher=f"媒体{number % 300}", published=None,
        modified=None, derived=None, fetched_at=_NOW, content_hash=f"hash {number}", sketch=None, sketch_version="1",
        bands=(), sentences=(), mentions=mentions, keywords=("算力", "开源"), flags=(), removed=(),
        findings=_findings(text, name),
    )  # fmt: skip


def _findings(text: str, name: str | None) -> Findings:
    if name is None:
        return Findings()
    start = text.rindex(name)
    place = {"field": "text", "surface": name, "start": start, "end": start + len(name)}
    return Findings(sightings=(Sighting(kind="model", name=name, how="bench", **place),))  # type: ignore[arg-type]


def _table(result: dict[str, Any]) -> str:
    rows = [f"{name:8} {result[name]:7.2f} s" for name in ("hits", "gather", "render", "s", "writer")]
    rows.append(f"{result['to a bare loop']:.1f} and {result['writer to a bare loop']:.1f} times a bare loop")
    return "\n".join([*rows, *(f"{form:8} {size:>9,} bytes" for form, size in result["bytes"].items())])


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hits", type=int, default=_HITS, help="how many hits")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--check", action="store_true", help="fail when the digest takes longer than its floor")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

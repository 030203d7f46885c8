"""Pairs of a text and a longer one that holds it: an item of a brief, a speech in a report, a release in an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from bench.near_copies.articles import Article
from bench.near_copies.edits import sentences_of
from bench.near_copies.furniture import line
from bench.near_copies.grammar import form
from bench.near_copies.pair import COPY, Pair, Text
from bench.near_copies.scripts import converted

__all__ = ["quotes"]

_NUMERALS = "一二三四五六七八九十"
_BRIEF = {
    "zh": ["早报丨{month}月{day}日新闻速览", "早安，{month}月{day}日，星期{weekday}"],
    "en": ["Morning briefing: {weekday}, {month} {day}"],
}


def quotes(article: Article, others: Sequence[Article], rng: Random) -> Iterator[Pair]:
    """Yield a pair of each kind; ``others`` are articles of the same language to take the rest from."""
    pool = [other for other in others if other.text.scheme != article.text.scheme]
    yield _directed("item of a morning brief", *_brief(article, rng.sample(pool, 11), rng), rng)
    yield _directed("speech in a report", _report(article, pool, rng), article.text, rng)
    yield _release(article, rng)
    if article.language == "zh":
        report = _report(article, pool, rng)
        traditional = replace(report, body=converted(report.body, "s2t"))
        yield _directed("speech in a Traditional report", traditional, article.text, rng)


def _directed(kind: str, longer: Text, held: Text, rng: Random) -> Pair:
    if rng.random() < 0.5:
        return Pair(kind=kind, goal="contain", a=longer, b=held, right=frozenset({"contains"}))
    return Pair(kind=kind, goal="contain", a=held, b=longer, right=frozenset({"contained_in"}))


def _item(article: Article) -> str:
    """Return the first sentences of an article, one paragraph long."""
    gap, least = ("", 110) if article.language == "zh" else (" ", 320)
    taken: list[str] = []
    for sentence in sentences_of(article.text.body.replace("\n", gap), article.language):
        taken.append(sentence.strip())
        if sum(map(len, taken)) >= least:
            break
    return gap.join(taken)


def _brief(article: Article, others: list[Article], rng: Random) -> tuple[Text, Text]:
    """Return a brief of 8 to 12 items, and one of them as it was printed alone."""
    item = _item(article)
    items = [_item(other) for other in others[: rng.randint(7, 11)]]
    items.insert(rng.randint(0, len(items)), item)
    head = form(rng.choice(_BRIEF[article.language]), article.language, rng)
    numbered = [_numbered(n, text, article.language) for n, text in enumerate(items)]
    brief = replace(article.text, body="\n".join([head, *numbered]), title=head)
    return brief, replace(article.text, body=item)


def _numbered(n: int, text: str, language: str) -> str:
    if language == "zh":
        return f"{_NUMERALS[n] if n < 10 else '十' + _NUMERALS[n - 10]}、{text}"
    return f"{n + 1}. {text}"


def _report(article: Article, pool: Sequence[Article], rng: Random) -> Text:
    """Return an article that holds another whole, which is 10 to 35 % of it."""
    share, body = rng.uniform(0.1, 0.35), article.text.body
    wanted = len(body) * (1 - share) / share
    lines: list[str] = []
    for other in rng.sample(pool, len(pool)):
        if sum(map(len, lines)) >= wanted:
            break
        lines += other.text.body.split("\n")
    lines.insert(rng.randint(1, len(lines)), body)
    return replace(article.text, body="\n".join(lines), title=line("lead", article.language, rng)[:40])


def _release(article: Article, rng: Random) -> Pair:
    """Return a pair of a release and an article that prints it between a lead and remarks of its own."""
    language, release = article.language, article.text.body
    before, after = [line("lead", language, rng)], [line("close", language, rng)]
    while len(release) > 0.5 * sum(map(len, [*before, release, *after])) and len(after) < 4:
        after.append(line("close", language, rng))
    longer = replace(article.text, body="\n".join([*before, release, *dict.fromkeys(after)]))
    right = COPY | {"contains"}
    return Pair(kind="release in an article", goal="contain", a=longer, b=article.text, right=right)

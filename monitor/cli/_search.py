"""What ``newswatch search`` does: ask, put the stories of a page together, show why each article was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import typer

from monitor.cli._hints import hints_of
from monitor.cli._misread import misread
from monitor.cli._options import again, reading
from monitor.cli._snippet import marks_of, snippet_of
from monitor.cli._table import counted, is_coloured, plain, print_json, when
from storage import search as asking
from storage.feed import as_json as to_json
from storage.feed import places_of
from storage.feed.articles import summaries
from storage.query.letters import MARK, is_alphabetic, letters_of
from storage.query.nodes import Node
from storage.query.places import spans_of
from storage.query.subject import Asked
from storage.query.written import unparse
from storage.ranking import MOST_RANKED, rank, wanted_of
from storage.search_index import Reach
from storage.subjects import groups_of_sources, subjects_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["Wish", "search"]

_Cut: TypeAlias = dict[str, set[str]]

_TOO_LONG = "ask for less at once, such as the last days: --since 7d"
_UNKNOWN = 0.5
"""How much a phrase tells of which no word is known: 0-1."""
_PAGES = 5
"""Pages of copies of the same stories after which fewer lines are shown than were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for; ``every`` article, or one for each story."""

    text: str
    node: Node
    now: datetime
    limit: int
    before_id: int | None
    by_relevance: bool
    every: bool
    explain: bool
    as_json: bool


@dataclass(slots=True, kw_only=True)
class _Line:
    """An article that is shown, and those of its story that were found and are not."""

    article_id: int
    others: list[int] = field(default_factory=list)
    score: float | None = None
    parts: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    lines: list[_Line]
    next_before_id: int | None
    is_cut: bool
    reach: Reach | None


def search(config: Path | None, data: Path | None, wish: Wish) -> None:
    """Ask what is wished for and print it."""
    cut = _cut(wish.node) if wish.by_relevance else {}  # before the time of questions to the store begins: 1-2 s
    with reading(config, data, too_long=_TOO_LONG) as session:
        page = _best(session, wish, cut) if wish.by_relevance else _newest(session, wish)
        question = asking.Question(node=wish.node, now=wish.now)
        number = asking.count(session, question)
        document = _document(session, wish, page, number)
        hints = [*misread(wish.text), *(() if page.lines else hints_of(session, wish.node, wish.now))]
    for hint in hints:
        typer.echo(f"hint: {plain(hint)}", err=True)
    if wish.as_json:
        print_json(document)
    else:
        typer.echo("\n".join(_lines(document, wish, again(config, data))))


def _newest(session: Session, wish: Wish) -> _Page:
    """Return the newest articles; of a story the newest, unless every article is wished for."""
    question = asking.Question(node=wish.node, now=wish.now)
    lines: dict[int, _Line] = {}
    before_id = wish.before_id
    for _ in range(_PAGES):
        found = asking.search(session, question, limit=wish.limit, before_id=before_id)
        stories = places_of(session, found.article_ids)
        for article_id in found.article_ids:
            key = article_id if wish.every else stories[article_id]
            if key not in lines and len(lines) == wish.limit:
                return _Page(lines=[*lines.values()], next_before_id=before_id, is_cut=False, reach=found.reach)
            if key in lines:
                lines[key].others.append(article_id)
            lines.setdefault(key, _Line(article_id=article_id))
            before_id = article_id
        before_id = found.next_before_id
        if before_id is None or found.is_cut or len(lines) == wish.limit:
            break
    return _Page(lines=[*lines.values()], next_before_id=before_id, is_cut=found.is_cut, reach=found.reach)


def _best(session: Session, wish: Wish, cut: _Cut) -> _Page:
    """Return the best of the newest articles."""
    found = asking.search(session, asking.Question(node=wish.node, now=wish.now), limit=MOST_RANKED)
    ranked = rank(
        session,
        found.article_ids,
        words=_told(session, cut),
        entities=wanted_of(wish.node).entities,
        now=wish.now,
        one_a_story=not wish.every,
    )
    lines = [
        _Line(
            article_id=one.article_id,
            others=[] if wish.every else [*one.others],
            score=round(one.score, 3),
            parts={name: round(part, 3) for name, part in one.parts.items()},
        )
        for one in ranked[: wish.limit]
    ]
    return _Page(lines=lines, next_before_id=None, is_cut=found.next_before_id is not None, reach=found.reach)


def _cut(node: Node) -> _Cut:
    """Return the phrases that a query wants, each with the words that jieba cuts it into; not single characters."""
    from monitor.tag.segment import words_of

    cut: _Cut = {}
    for phrase in wanted_of(node).phrases:
        words = {letters_of(word).strip(MARK) for word in words_of(phrase.letters)}
        cut[phrase.letters] = {word for word in words if len(word) > 1 or (word and is_alphabetic(word))}
    return cut


def _told(session: Session, cut: _Cut) -> dict[str, float]:
    """Return the words and the phrases with how much each tells in this store: a phrase as much as its best word."""
    from monitor.tag.terms import term_key
    from monitor.topics.rarity import Rarity
    from storage.profiles import count_terms

    words = set().union(*cut.values())
    counts, total = count_terms(session, {term_key(word) for word in words})
    rarity = Rarity(stories=counts, total=total)
    told = {word: rarity.of(word) for word in words}
    return told | {phrase: max(map(told.__getitem__, parts), default=_UNKNOWN) for phrase, parts in cut.items()}


def _document(session: Session, wish: Wish, page: _Page, number: asking.Counted) -> dict[str, Any]:
    ids = [line.article_id for line in page.lines]
    subjects, groups = subjects_of(session, ids), groups_of_sources(session)
    shown = []
    for line, summary in zip(page.lines, summaries(session, ids), strict=True):
        subject = subjects[line.article_id]
        spans = spans_of(wish.node, Asked(subject, wish.now, groups.get(subject.source_id)))
        shown.append(
            to_json(summary)
            | {
                "others": line.others,
                "score": line.score,
                "parts": line.parts,
                "spans": to_json(spans),
                "title_marks": to_json(marks_of(spans, "title") if subject.title else ()),
                "snippet": to_json(snippet_of(subject.text, spans)),
            }
        )
    return {
        "query": wish.text,
        "read_as": unparse(wish.node),
        "articles": shown,
        "matches": to_json(number),
        "next_before_id": page.next_before_id,
        "is_cut": page.is_cut,
        "index": to_json(page.reach),
    }


def _lines(document: dict[str, Any], wish: Wish, options: str) -> Iterator[str]:
    if wish.explain:
        yield f"read as: {plain(document['read_as'])}\n"
    for one in document["articles"]:
        yield from _article(one, wish)
    yield from _reach(document["index"])
    yield _end(document, wish, options)


def _article(one: dict[str, Any], wish: Wish) -> Iterator[str]:
    title = _marked(one["title"], one["title_marks"], is_bold=True)
    yield f"[{one['id']}] {when(one['first_seen_at'])} UTC  {plain(one['source_id'])}  {title}"
    snippet = one["snippet"]
    if snippet["text"]:
        before = "…" if snippet["start"] else ""
        behind = "…" if snippet["is_cut"] else ""
        yield f"    {before}{_marked(snippet['text'], snippet['marks'])}{behind}"
    if one["entities"]:
        yield f"    {plain(', '.join(one['entities'][:6]))}"
    if one["others"]:
        yield f"    and {len(one['others']):,} more of story {one['story_id']}"
    if wish.explain and one["score"] is not None:
        parts = ", ".join(f"{name} {part:.2f}" for name, part in one["parts"].items() if part)
        yield f"    score {one['score']:.2f}: {parts}"
    yield ""


def _reach(reach: dict[str, Any] | None) -> Iterator[str]:
    if reach is None or reach["is_whole"]:
        return
    if reach["back_to"] is None:
        yield "The search index is empty: newswatch run fills it, the newest articles first."
    else:
        yield f"Indexed back to {when(reach['back_to'])} UTC: older articles are not searched until newswatch run has."


def _end(document: dict[str, Any], wish: Wish, options: str) -> str:
    shown, number = len(document["articles"]), document["matches"]
    total = (
        f"{counted(number['number'], 'article')}" if number["is_all"] else f"more than {number['number']:,} articles"
    )
    if not shown and document["next_before_id"] is None:
        return f"No such articles. All of them: newswatch feed{options}"
    if wish.by_relevance:
        looked = f", the best of the newest {MOST_RANKED}" if document["is_cut"] else ""
        return f"{total} found{looked}. One in full: newswatch show {document['articles'][0]['id']}{options}"
    said = f"{total} found. " if shown else "None among the newest that had to be read one by one. "
    if document["next_before_id"] is None:
        return said + (f"One in full: newswatch show {document['articles'][0]['id']}{options}" if shown else "")
    return f"{said}The next page: --before {document['next_before_id']}"


def _marked(text: str, marks: list[list[int]], *, is_bold: bool = False) -> str:
    """Return a line with its marks, which only a terminal shows; never more than one line."""
    if not is_coloured():
        return plain(" ".join(text.split()))
    pieces, at = [], 0
    for start, end in marks:
        pieces += [_styled(text[at:start], is_bold=is_bold), _styled(text[start:end], is_bold=True, is_mark=True)]
        at = end
    return "".join([*pieces, _styled(text[at:], is_bold=is_bold)])


def _styled(text: str, *, is_bold: bool, is_mark: bool = False) -> str:
    clean = plain(text.replace("\n", " ").replace("\t", " "))
    if not clean or not (is_bold or is_mark):
        return clean
    return typer.style(clean, bold=is_bold, fg="yellow" if is_mark else None)

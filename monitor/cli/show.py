"""``newswatch show``: one article with all that is known of it, or how it changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._moves import edge_in_words
from monitor.cli._options import ArticleArgument, ConfigOption, DataOption, JsonOption, again, fail, reading
from monitor.cli._table import counted, cut, plain
from monitor.cli._words import fact_in_words

if TYPE_CHECKING:
    from storage.feed import ArticleView, StoryView

_FEW = 5  # unsure names, and reasons of each
_LONGEST = 300  # letters of what was asked for that are shown

RevisionArgument = Annotated[
    int | None,
    typer.Argument(metavar="[N]", min=1, help="With --diff: the revision to start from (default: the one before)."),
]


def show(
    article: ArticleArgument,
    revision: RevisionArgument = None,
    config: ConfigOption = None,
    data: DataOption = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what changed from revision N to the next.")] = False,
    removed: Annotated[
        bool, typer.Option("--removed", help="Show what cleaning removed, with rule and place.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show one article: text, names, copies, revisions; or how it changed, or what cleaning removed."""
    from monitor.urls import is_web, url_key
    from storage.feed import find_article, get_article
    from storage.feed.stories import story_views

    if revision is not None and not diff:
        fail("a revision is asked for with --diff", 2)
    if diff and removed:
        fail("--diff and --removed cannot be had at once", 2)
    with reading(config, data) as session:
        article_id = find_article(session, article, key=url_key(article) if is_web(article) else None)
        found = None if article_id is None else get_article(session, article_id)
        stories = story_views(session, [found.summary.story_id]) if found else ()
    if found is None:
        fail(_unknown(article, again(config, data), is_address=is_web(article)))
    if diff:
        from monitor.cli._diff import show_diff

        show_diff(found, revision, as_json=as_json)
    elif removed:
        _show_removed(found, as_json=as_json)
    else:
        _show_article(found, stories, again(config, data), as_json=as_json)


def _unknown(asked: str, options: str, *, is_address: bool) -> str:
    from monitor.log import redact

    shown = plain(redact(cut(asked, _LONGEST)))
    if is_address:
        return f"no article is stored of {shown}; what became of it: newswatch why {shown}{options}"
    return f"no article {shown}; the feed lists them: newswatch feed{options}"


def _show_article(found: ArticleView, stories: Sequence[StoryView], options: str, *, as_json: bool) -> None:
    from monitor.cli._table import print_json, print_lines
    from storage.feed import as_json as to_json

    view = to_json(found)
    view = view.pop("summary") | view | {"story": next(iter(to_json(stories)), None)}
    if as_json:
        print_json(view)
    else:
        print_lines(_lines(view, options))


def _show_removed(found: ArticleView, *, as_json: bool) -> None:
    from monitor.cli._table import print_json, print_lines
    from storage.feed import as_json as to_json

    if as_json:
        print_json({"id": found.summary.id, "removed": to_json(found.removed)})
    elif not found.removed:
        print_lines([f"nothing was removed from article {found.summary.id}"])
    else:
        print_lines(f"{_place(line.above):>16}  [{line.rule}] {line.text}" for line in found.removed)


def _place(above: int | None) -> str:
    if above is None:
        return "outside the text"
    return "at the top" if above == 0 else f"below line {above}"


def _lines(view: dict[str, Any], options: str) -> list[str]:
    facts = {
        "address": view["url"],
        "published": _moment(view["published"]),
        "modified": _moment(view["modified"]),
        "authors": ", ".join(view["authors"]),
        "source": view["source"],
        "publisher": view["publisher"],
        "verdict": f"{view['verdict']}, story {view['story_id']}, revision {view['revision']}",
        "story": _story(view["id"], view["story"]),
        "flags": ", ".join(view["flags"]),
        "mentions": _mentions(view["mentions"]),
        "unsure": _unsure(view["unsure"]),
        "keywords": ", ".join(view["keywords"]),
    }
    return [
        view["title"] or "(no title)",
        *(f"  {name:10} {value}" for name, value in facts.items() if value),
        "",
        view["text"],
        *_section("States of regulations", map(_stated, view["facts"])),
        *_section("Derived (not searched)", (view["derived"] or "").splitlines()),
        *_section("Stands to other articles", (_edge(view["id"], edge) for edge in view["edges"])),
        *_section("Earlier forms", (f"{r['number']}: replaced {r['replaced_at'][:16]}" for r in view["revisions"])),
        *_section("Rules", (f"{hit['rule']} ({hit['reason']})" for hit in view["hits"])),
        *_further(view, options),
    ]


def _further(view: dict[str, Any], options: str) -> list[str]:
    """Return what else can be asked of this article."""
    count = len(view["removed"])
    lines = "1 line was" if count == 1 else f"{count} lines were"
    told = [f"{lines} removed as furniture: newswatch show {view['id']} --removed{options}"] if count else []
    told += [f"What changed last: newswatch show {view['id']} --diff{options}"] if view["revisions"] else []
    return ["", *told] if told else []


def _moment(published: dict[str, str] | None) -> str | None:
    return f"{published['value']} ({published['precision']}, from {published['origin']})" if published else None


def _story(article: int, story: dict[str, Any] | None) -> str | None:
    if story is None:
        return None
    leads = "this one" if story["canonical_id"] == article else f"{story['canonical_id']}, {story['title']}"
    return f"{counted(story['article_count'], 'article')} in {counted(len(story['outlets']), 'outlet')}, led by {leads}"


def _mentions(found: list[dict[str, Any]]) -> str:
    """Return the names that an article mentions, each once."""
    from monitor.tag.bounded import MOST_MENTIONS

    named = "; ".join(sorted({f"{one['surface']} = {one['entity']}" for one in found}))
    return named if len(found) < MOST_MENTIONS else f"{named} (the {len(found)} most telling places)"


def _unsure(names: list[dict[str, Any]]) -> str:
    """Return the names that were not sure enough, each once, with what spoke for and against it."""
    whys = {f"{one['surface']} = {one['entity']}": one["reasons"] for one in reversed(names)}
    shown = sorted(whys)[:_FEW]
    more = f" and {len(whys) - _FEW} more" if len(whys) > _FEW else ""
    return "; ".join(f"{name} ({_reasons(whys[name])})" for name in shown) + more


def _reasons(reasons: list[list[Any]]) -> str:
    return ", ".join(f"{points:+d} {reason}" for reason, points in reasons[:_FEW]) or "nothing for it"


def _stated(fact: dict[str, Any]) -> str:
    where = f"{fact['field']} {fact['start']}: {cut(fact['surface'], 60)}"
    return f"{fact['entity']}: {fact_in_words(fact['what'], fact['value'])}  [{where}]"


def _edge(article: int, edge: dict[str, Any]) -> str:
    return f"{edge_in_words(article, edge)}  [{edge['title']}]"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    shown = [f"  {line}" for line in lines]
    return ["", f"{title}:", *shown] if shown else []

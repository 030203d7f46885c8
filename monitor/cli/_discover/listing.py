"""The proposals as tables, lines and JSON."""

from __future__ import annotations

import shlex
from typing import Any

import typer
from sqlalchemy.orm import Session

from monitor.cli._discover.question import Question, named
from monitor.cli._options import reading
from monitor.cli._table import counted, cut, heading, plain, print_json, print_lines, print_table, when
from monitor.cli._tracked import tracked
from monitor.config.edit import NewEntry, entry_text
from monitor.discovery import BACKGROUND, Discovered, Example, Proposals, discover
from monitor.tag.discover_ranking import suggested_entity
from storage.feed import as_json, list_articles
from storage.sightings import dismissed_names

__all__ = ["list_dismissed", "list_proposals", "proposal_json", "proposal_lines", "show", "spread"]

_NAME, _SENTENCE = 40, 60


def list_proposals(question: Question, limit: int) -> None:
    """Print the names to propose, or why there are none."""
    with reading(question.config, question.data) as session:
        found = discover(session, tracked(question.config), question.window, kind=question.kind, limit=limit)
        nothing = "" if found.shown else _nothing(session, question)
    if question.as_json:
        print_json(_document(found, question))
    elif nothing:
        print_lines([nothing])
    else:
        _table(found, question)


def show(question: Question, name: str) -> None:
    """Print one proposal with its examples and the entry that it would become."""
    with reading(question.config, question.data) as session:
        found = named(session, question, tracked(question.config), name)
    entity = suggested_entity(found.proposal)
    if question.as_json:
        print_json(proposal_json(found) | {"entry": entity})
        return
    print_lines([*proposal_lines(found), "", "It would be tracked as:", "", *_entry_lines(entity)])
    typer.echo(f"Track it: newswatch discover accept {_shell(found)}{question.again}")
    typer.echo(f"Never mind: newswatch discover dismiss {_shell(found)}{question.again}")


def list_dismissed(question: Question) -> None:
    """Print the names that are proposed no more."""
    with reading(question.config, question.data) as session:
        found = [one for one in dismissed_names(session) if question.kind in (None, one.kind)]
    if question.as_json:
        print_json({"dismissed": as_json(found)})
    elif not found:
        typer.echo("Nothing was dismissed. Dismiss a proposal: newswatch discover dismiss NAME")
    else:
        rows = ((one.name, one.kind, when(as_json(one.created_at)), one.note or "") for one in found)
        print_table(("name", "kind", "dismissed (UTC)", "note"), rows)


def proposal_json(found: Discovered) -> dict[str, Any]:
    """Return a proposal as JSON values."""
    proposal: dict[str, Any] = as_json(found.proposal)
    shown: dict[str, Any] = {"first_seen_at": as_json(found.first_seen_at), "examples": as_json(found.examples)}
    return proposal | shown


def proposal_lines(found: Discovered) -> list[str]:
    """Return all about a proposal but its entry."""
    one = found.proposal
    others = [name for name in one.names if name != one.name]
    lines = [
        heading(f"{one.name} ({one.kind})"),
        f"seen      in {spread(found)} on {counted(one.days, 'day')}; first {when(as_json(found.first_seen_at))}",
        f"rise      {one.rise:+.1f} ({_stories(one.earlier)} in the {BACKGROUND.days} days before)",
    ]
    lines += [f"written   {', '.join((one.name, *others))}"] if others else []
    return lines + [line for example in found.examples for line in ("", *_example_lines(example))]


def _entry_lines(entity: dict[str, Any]) -> list[str]:
    return [*entry_text(NewEntry(values=entity)).splitlines(), ""]


def _example_lines(example: Example) -> list[str]:
    marked = example.excerpt
    return [
        f"  {marked.before}【{marked.mention}】{marked.after}",
        f"  {example.outlet}, {when(as_json(example.seen_at))}, newswatch show {example.article_id}",
    ]


def _document(found: Proposals, question: Question) -> dict[str, Any]:
    return {
        "since": as_json(question.since),
        "days": question.window.days,
        "background_days": BACKGROUND.days,
        "total": found.total,
        "proposals": [proposal_json(one) for one in found.shown],
    }


def _table(found: Proposals, question: Question) -> None:
    print_table(
        ("name", "kind", "sources", "stories", "rise", "first seen", "example"),
        (
            (
                cut(one.proposal.name, _NAME),
                one.proposal.kind,
                one.proposal.sources,
                one.proposal.stories,
                f"{one.proposal.rise:+.1f}",
                when(as_json(one.first_seen_at))[:10],
                cut(str(one.examples[0].excerpt), _SENTENCE) if one.examples else "",
            )
            for one in found.shown
        ),
    )
    first = _shell(found.shown[0])
    lines = [f"\nOne in full: newswatch discover {first}{question.again}"]
    lines += [f"Track it: newswatch discover accept {first}{question.again}"]
    left = found.total - len(found.shown)
    print_lines([*lines, *([f"And {left:,} more: --limit {found.total}"] if left else [])])


def _nothing(session: Session, question: Question) -> str:
    """Return what to do where there is nothing to propose."""
    if not list_articles(session, limit=1):
        return "No articles yet, so no names. Watch with: newswatch run"
    what = f"No untracked {question.kind}" if question.kind else "No untracked model or regulation"
    days = 4 * question.window.days
    further = f"newswatch discover --since {days}d{question.again}"
    return f"{what} was seen since {question.since:%Y-%m-%d}. Further back: {further}"


def spread(found: Discovered) -> str:
    """Return how far a name went, in words."""
    return f"{_stories(found.proposal.stories)} of {counted(found.proposal.sources, 'source')}"


def _stories(count: int) -> str:
    return counted(count, "story", "stories")


def _shell(found: Discovered) -> str:
    """Return the name as a shell takes it."""
    name = plain(found.proposal.name)
    return name if name.replace("-", "").isalnum() else shlex.quote(name)

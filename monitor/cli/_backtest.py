"""What ``newswatch rules test`` does: ask the stored articles, and compare with another form of the rule."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from monitor.cli._names import unknown_name
from monitor.cli._options import EX_CONFIG, EX_DATA, EX_TEMPORARY, fail, find_data, store_location
from monitor.cli._progress import count_progress
from monitor.cli._rules import rule_document
from monitor.cli._snippet import marks_of, snippet_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from alerts.rules import RuleSettings
    from monitor.backtest import Hits, Watch
    from monitor.config import Config
    from storage.database import Store
    from storage.query.nodes import Node
    from storage.query.subject import Subject

__all__ = ["Other", "Wish", "other_rule", "tried"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which rule is tried, on articles since when, and how many examples are shown."""

    name: str
    since: datetime
    limit: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another form of the rule, and where it stands; ``rule`` is None where it is no more."""

    config: Config
    rule: RuleSettings | None
    query: Node | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """One form of a rule while it is tried; ``rule`` is None where there is none of that name."""

    rule: RuleSettings | None
    watch: Watch
    hits: Hits


def other_rule(
    config: Config, name: str, config_option: Path | None, against: Path | None, query: str | None
) -> Other | None:
    """Return what the rule is compared with, None for nothing; end for a rule that is nowhere, or a wrong query."""
    other = _load_other(against) if against else None
    known = {rule.id: rule for rule in (*(other.rules if other else ()), *config.rules)}
    tested = _called({name}, config.rules)
    if tested is None and name not in known:
        raise typer.BadParameter(unknown_name("rule", name, known), param_hint="NAME")
    if other is not None and against is not None:
        rule = _called({name}, other.rules) or _called({tested.id, *tested.was} if tested else (), other.rules)
        query_of_it = other.queries.get(rule.id) if rule else None
        return Other(config=other, rule=rule, query=query_of_it, label=str(against))
    if query is None:
        return None
    from monitor.cli._query import read_query

    node = read_query(query, config_option, None)
    in_its_place = {"query": query, "any": (), "all": (), "none": (), "entities": (), "where": "anywhere"}
    rule = (tested or known[name]).model_copy(update=in_its_place)
    return Other(config=config, rule=rule, query=node, label="--query")


def tried(config: Config, data: Path | None, wish: Wish, other: Other | None) -> dict[str, Any]:
    """Return what the rule would have hit, and what the other form of it would change."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(config.settings.timezone)
    rule = _called({wish.name}, config.rules)
    forms = [_form(config, rule, config.queries.get(rule.id) if rule else None, zone)]
    if other is not None:
        forms.append(_form(other.config, other.rule, other.query, zone))
    store = _open(config, data)
    from storage.errors import StoreError, StoreTimeout

    try:
        asked = _ask(store, forms, wish)
        with store.read() as session:
            return _document(session, wish, asked, forms, other)
    except StoreError as error:
        fail(str(error), EX_TEMPORARY if isinstance(error, StoreTimeout) else EX_DATA)
    finally:
        store.close()


def _called(names: Collection[str], rules: Sequence[RuleSettings]) -> RuleSettings | None:
    """Return the rule that has one of these names, or else had one, as ``was`` says; None for none."""
    has = (one for one in rules if one.id in names)
    had = (one for one in rules if not set(names).isdisjoint(one.was))
    return next(has, None) or next(had, None)


def _load_other(path: Path) -> Config:
    from monitor.config import ConfigError, load_config

    try:
        return load_config(path, environ=os.environ)
    except ConfigError as error:
        fail(str(error), EX_CONFIG)


def _open(config: Config, data: Path | None) -> Store:
    from storage.database import StoreError, open_reader

    try:
        return open_reader(store_location(config, find_data(data, config.path)))
    except StoreError as error:
        fail(str(error), EX_DATA)


def _form(config: Config, rule: RuleSettings | None, query: Node | None, zone: Any) -> _Form:
    from alerts.rules import compile_rules
    from monitor.backtest import Hits, Watch

    rules = compile_rules([rule] if rule else [], {rule.id: query} if rule and query else {})
    groups = {source.id: source.group for source in config.sources}
    return _Form(rule=rule, watch=Watch(rules=rules, groups=groups), hits=Hits(zone=zone))


def _ask(store: Store, forms: Sequence[_Form], wish: Wish) -> int:
    """Ask all articles since a time, page by page, each in a session of its own; return how many there were."""
    from monitor.backtest import ask_page, stretch_since

    with store.read() as session:
        stretch = stretch_since(session, wish.since)
    watches, asked, after_id = [form.watch for form in forms], 0, stretch.after_id
    with count_progress("articles asked", stretch.total, shown=True) as count_one:
        while True:
            with store.read() as session:
                page = ask_page(session, watches, stretch, after_id)
            if not page:
                return asked
            for one in page:
                for form, matches in zip(forms, one.matches, strict=True):
                    for found in matches:
                        form.hits.add(one, found)
                count_one()
            asked, after_id = asked + len(page), page[-1].article_id


def _document(session: Session, wish: Wish, asked: int, forms: Sequence[_Form], other: Other | None) -> dict[str, Any]:
    from storage.feed import as_json as to_json

    tested = forms[0]
    document = {
        "rule": wish.name,
        "since": to_json(wish.since),
        "asked": asked,
        "tested": _figures(tested),
        "against": _figures(forms[1]) | {"from": other.label} if other else None,
        "days": _days(forms),
        "contexts": _contexts(session, wish, tested),
        "gained": None,
        "lost": None,
    }
    if other is None:
        return document
    return document | {
        "gained": _difference(session, wish, forms[1], tested),
        "lost": _difference(session, wish, tested, forms[1]),
    }


def _figures(form: _Form) -> dict[str, Any]:
    """Return a form of the rule with what it would have hit; its settings are null where it is none."""
    settings: dict[str, Any] = {"rule": None, "query": None, "sources": None, "groups": None}
    if form.rule is not None:
        whole = rule_document(form.rule, form.watch.rules.condition(form.rule.id))
        settings = {key: whole.get(key, form.rule.id) for key in settings}
    return settings | {"articles": form.hits.articles, "stories": len(form.hits.stories)}


def _days(forms: Sequence[_Form]) -> list[dict[str, Any]]:
    every = sorted(set().union(*(form.hits.days for form in forms)))
    return [
        {
            "day": day.isoformat(),
            "stories": forms[0].hits.days[day],
            "against": forms[1].hits.days[day] if len(forms) > 1 else None,
        }
        for day in every
    ]


def _contexts(session: Session, wish: Wish, form: _Form) -> list[dict[str, Any]]:
    common = form.hits.contexts(wish.limit)
    shown = _examples(session, form, [one.article_id for one in common])
    return [{"stories": one.stories} | example for one, example in zip(common, shown, strict=True)]


def _difference(session: Session, wish: Wish, holding: _Form, failing: _Form) -> dict[str, Any]:
    """Return the stories that one form would have hit and the other not, the latest as examples with the reason."""
    stories = [found for story, found in holding.hits.stories.items() if story not in failing.hits.stories]
    latest = [found.article_id for found in stories[::-1][: wish.limit]]
    return {"stories": len(stories), "examples": _examples(session, holding, latest, failing)}


def _examples(
    session: Session, form: _Form, article_ids: list[int], failing: _Form | None = None
) -> list[dict[str, Any]]:
    from alerts.match import match
    from storage.feed import as_json as to_json
    from storage.feed.articles import summaries
    from storage.subjects import subjects_of

    subjects, examples = subjects_of(session, article_ids), []
    for summary in summaries(session, article_ids):
        subject = subjects[summary.id]
        group = form.watch.groups.get(subject.source_id)
        found = match(form.watch.rules, subject, group, subject.first_seen_at)
        spans = found[0].spans if found else ()
        document = to_json(summary)
        examples.append(
            {key: document[key] for key in ("id", "story_id", "title", "url", "source_id", "first_seen_at")}
            | {
                "spans": to_json(spans),
                "title_marks": to_json(marks_of(spans, "title") if subject.title else ()),
                "snippet": to_json(snippet_of(subject.text, spans)),
                "why_not": _why_not(failing, subject) if failing else None,
            }
        )
    return examples


def _why_not(form: _Form, subject: Subject) -> str:
    from monitor.answer_words import refusal_in_words
    from monitor.answers import refusal

    if form.rule is None:
        return "there is no such rule"
    group = form.watch.groups.get(subject.source_id)
    refused = refusal(form.watch.rules, form.rule, subject, group)
    return refusal_in_words(refused, form.rule, subject, group) if refused else ""

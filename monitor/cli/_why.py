"""What ``newswatch why`` says of rules: one answer for each, as data and in lines."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from monitor.cli._names import unknown_name
from monitor.cli._way import detail_of, labelled, outcome_in_words

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from alerts.rules import RuleSettings
    from monitor.answers import Answer, Case
    from monitor.config import Config
    from storage.feed import Explanation

__all__ = ["REFUSED", "answers_of", "config_or_none", "name_of_rule", "one_rule", "rule_lines"]

REFUSED = frozenset({"source", "group", "condition"})
"""Answers of rules that do not hold."""
_LISTED = 20
"""Rules that do not hold which are listed; of more there is a line that counts the others."""


def config_or_none(option: Path | None, *, needed: bool = False) -> Config | None:
    """Return the configuration, None where it cannot be read; end then where it is needed."""
    from monitor.cli._options import EX_CONFIG, fail
    from monitor.config import ConfigError, find_config, load_config

    try:
        return load_config(find_config(option, os.environ, Path.cwd()), environ=os.environ)
    except ConfigError as error:
        return fail(str(error), EX_CONFIG) if needed else None


def name_of_rule(name: str, config: Config, answers: Sequence[dict[str, Any]]) -> str:
    """Return what a rule is called that has or had a name; end where none is configured and none spoke under it."""
    known = [one.id for one in config.rules]
    called = next((one.id for one in config.rules if name in one.was), name)
    if name in known or name in (one["rule"] for one in answers):
        return name
    if called not in known:
        raise typer.BadParameter(unknown_name("rule", name, known), param_hint="--rule")
    return called


def answers_of(session: Session, found: Explanation, config: Config | None, now: datetime) -> list[dict[str, Any]]:
    """Return the answer of each rule as JSON values; none where no article is stored.

    Without a configuration those of the rules that spoke, by the store alone.
    """
    from alerts.rules import compile_rules
    from monitor.answers import answers
    from monitor.cases import case_of

    config = config or _nothing_configured()
    case = case_of(session, found, config, now)
    if case is None:
        return []
    settings = {one.id: one for one in config.rules}
    given = answers(compile_rules(config.rules, config.queries), case)
    return [_document(one, settings.get(one.rule), case) for one in given]


def rule_lines(answers: Sequence[dict[str, Any]], language: str, *, is_configured: bool) -> Iterator[str]:
    """Yield a line for each rule with what stands below it: first those that hold, then those that do not."""
    if not is_configured:
        yield labelled("unread", language)
    held = [one for one in answers if one["became"] not in REFUSED]
    refused = [one for one in answers if one["became"] in REFUSED]
    if is_configured and not (held or refused):
        yield labelled("no_rules", language)
    for one in held:
        yield labelled("rule", language, rule=one["rule"], said=one["why"][language])
        yield from (f"  {detail}" for detail in one["details"][language])
    for one in refused[:_LISTED]:
        yield labelled("not", language, rule=one["rule"], said=one["why"][language])
    if len(refused) > _LISTED:
        yield labelled("more_rules", language, count=len(refused) - _LISTED)


def one_rule(found: dict[str, Any], language: str) -> Iterator[str]:
    """Yield what became of an article under one rule."""
    article = found["article"]
    if article is None:
        item = found["items"][0]
        outcome = outcome_in_words(item["outcome"] or item["state"], language)
        yield labelled("no_article", language, outcome=outcome, detail=detail_of(item, language))
        return
    yield f"{article['id']}: {article['title']}"
    yield from rule_lines(found["rules"], language, is_configured=True)


def _nothing_configured() -> Config:
    from monitor.config import Config
    from monitor.config.settings import ServiceSettings

    nothing = Path()
    return Config(path=nothing, files=(), sources=(), watch=(), rules=(), channels=(), settings=ServiceSettings())


def _document(answer: Answer, rule: RuleSettings | None, case: Case) -> dict[str, Any]:
    from monitor.answer_words import LANGUAGES, answer_in_words, details_in_words
    from storage.feed import as_json as to_json
    from storage.query.written import unparse

    return {
        "rule": answer.rule,
        "became": answer.became.value,
        "why": {tag: answer_in_words(answer, rule, case, language=tag) for tag in LANGUAGES},
        "details": {tag: list(details_in_words(answer, language=tag)) for tag in LANGUAGES},
        "condition": None if answer.condition is None else unparse(answer.condition),
        "spans": to_json(answer.spans),
        "hit_id": answer.hit.id if answer.hit else None,
        "story_id": answer.story_id if answer.story_id or not answer.hit else answer.hit.story_id,
        "messages": to_json(answer.messages),
        "silence": None if answer.silence is None else to_json(answer.silence),
    }

"""What ``newswatch why`` says of rules: one answer for each, as data and in lines."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from monitor.cli._names import unknown_name
from monitor.cli._table import plain, print_lines

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from monitor.answers import Answer
    from monitor.config import Config
    from storage.feed import Explanation

__all__ = ["REFUSED", "answers_of", "config_or_none", "not_told_lines", "one_rule", "without_messages"]

REFUSED = frozenset({"source", "group", "condition"})
"""Answers of rules that do not hold."""
_WAITS = {
    "digest": ("waits for the digest of {channel}", " at {at}"),
    "muted": ("muted for {channel}", " until {at}"),
    "grouped": ("waits for the group of {channel}", " until {at}"),
}
_LISTED = 20
"""Rules that do not hold which are listed; of more there is a line that counts the others."""


def config_or_none(option: Path | None, rule: str | None) -> Config | None:
    """Return the configuration, None where it cannot be read; end where that has no such rule."""
    from monitor.cli._options import EX_CONFIG, fail
    from monitor.config import ConfigError, find_config, load_config

    try:
        config = load_config(find_config(option, os.environ, Path.cwd()), environ=os.environ)
    except ConfigError as error:
        return None if rule is None else fail(str(error), EX_CONFIG)
    known = [one.id for one in config.rules]
    if rule is not None and rule not in known:
        raise typer.BadParameter(unknown_name("rule", rule, known), param_hint="--rule")
    return config


def answers_of(
    session: Session, found: Explanation, config: Config, now: datetime, *, rule: str | None
) -> list[dict[str, Any]]:
    """Return the answer of each rule, or of one, as JSON values; none where no article is stored."""
    from alerts.rules import compile_rules
    from monitor.answer_words import LANGUAGES, answer_in_words
    from monitor.answers import answers
    from monitor.cases import case_of

    case = case_of(session, found, config, now)
    if case is None:
        return []
    asked = tuple(one for one in config.rules if rule in (None, one.id))
    settings = {one.id: one for one in asked}
    return [
        _document(one, {tag: answer_in_words(one, settings[one.rule], case, language=tag) for tag in LANGUAGES})
        for one in answers(compile_rules(asked, config.queries), case)
    ]


def _document(answer: Answer, why: dict[str, str]) -> dict[str, Any]:
    from storage.feed import as_json as to_json
    from storage.query.written import unparse

    return {
        "rule": answer.rule,
        "became": answer.became.value,
        "why": why,
        "condition": None if answer.condition is None else unparse(answer.condition),
        "spans": to_json(answer.spans),
        "hit_id": answer.hit.id if answer.hit else None,
        "story_id": answer.hit.story_id if answer.hit else answer.story_id,
        "messages": to_json(answer.messages),
        "silence": None if answer.silence is None else to_json(answer.silence),
    }


def not_told_lines(
    answers: Iterable[dict[str, Any]], silent: Iterable[str | None], *, language: str = "en"
) -> Iterator[str]:
    """Yield a line for each rule that has no hit here, but for those (``silent``) of which an event was shown."""
    shown = frozenset(silent)
    refused = []
    for one in answers:
        if one["became"] in REFUSED:
            refused.append(one)
        elif one["became"] == "untold" or (one["became"] == "silent" and one["rule"] not in shown):
            yield f"{one['became']:9} {one['rule']}: {one['why'][language]}"
    yield from (f"not       {one['rule']}: {one['why'][language]}" for one in refused[:_LISTED])
    if len(refused) > _LISTED:
        yield f"not       {len(refused) - _LISTED:,} more rules; one of them: --rule NAME, all: --json"


def without_messages(answers: list[dict[str, Any]], hit: dict[str, Any]) -> list[str]:
    """Return lines for the channels to which no message was made of a hit, or not yet."""
    found = next((one for one in answers if one["hit_id"] == hit["id"]), None)
    if found is None:  # an earlier hit of the rule, or one of a rule that is no more
        return [] if hit["deliveries"] else [_without_answer(answers, hit)]
    lines = []
    if found["silence"] is not None:
        silence = found["silence"]
        lines.append(f"  kept quiet by silence {silence['id']}: {silence['comment'] or 'no comment'}")
    for message in found["messages"]:
        at = f"{message['at'][:16].replace('T', ' ')} UTC" if message["at"] else ""
        if message["state"] in _WAITS:
            word, until = _WAITS[message["state"]]
            lines.append(f"  {word.format(**message)}{until.format(at=at) if at else ''}")
        elif message["state"] == "none":
            lines.append(f"  no message to {message['channel']}")
    return lines


def _without_answer(answers: list[dict[str, Any]], hit: dict[str, Any]) -> str:
    if not answers or any(one["rule"] == hit["rule"] for one in answers):
        return "  no message yet"
    return f"  no message: no rule is called {hit['rule']} now; one with `was: [{hit['rule']}]` would tell it"


def one_rule(found: dict[str, Any], *, language: str = "en") -> None:
    """Print what became of an article under one rule."""
    article = found["article"]
    if article is None:
        item = found["items"][0]
        detail = f": {item['detail']}" if item["detail"] else ""
        print_lines([f"no article is stored: {item['outcome'] or item['state']}{detail}"])
        return
    (answer,) = found["rules"]
    verb = "not" if answer["became"] in REFUSED else answer["became"]
    print_lines([f"{article['id']}: {plain(article['title'])}", f"{answer['rule']}: {verb}: {answer['why'][language]}"])

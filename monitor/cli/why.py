"""``newswatch why``: every decision on an address's way, and the answer of every rule, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer

from monitor.cli._moves import edge_in_words
from monitor.cli._names import one_of
from monitor.cli._options import ConfigOption, DataOption, JsonOption, fail, reading
from monitor.cli._titled import titled
from monitor.cli._way import labelled, way
from monitor.cli._why import answers_of, config_or_none, name_of_rule, one_rule, rule_lines
from monitor.cli._words import lead_document

_LISTED = 12
"""Articles whose titles hold the words that were given; of more the latest."""


class Language(StrEnum):
    """The language of what is said."""

    ENGLISH = "en"
    CHINESE = "zh"


def why(
    address: Annotated[
        str, typer.Argument(metavar="URL|ID|TITLE", help="An address, the id of an article, or words of its title.")
    ],
    config: ConfigOption = None,
    data: DataOption = None,
    rule: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this rule made of it.")] = None,
    language: Annotated[
        Language, typer.Option(metavar="LANGUAGE", parser=one_of(Language), help="What is said in: en or zh.")
    ] = Language.ENGLISH,
    as_json: JsonOption = False,
) -> None:
    """Say why an article was or was not stored, merged, told of and sent, and what each rule made of it."""
    from monitor.cli._table import print_json, print_lines
    from monitor.runtime import now
    from monitor.urls import is_web, of_path, url_key
    from storage.feed import as_json as to_json
    from storage.feed import explain

    address = of_path(address)
    key = url_key(address) if is_web(address) else None
    loaded = config_or_none(config, needed=rule is not None)
    with reading(config, data) as session:
        found = explain(session, address, key=key)
        listed = titled(session, address, now(), limit=_LISTED) if found is None and _are_words(address) else {}
        if len(listed) == 1:
            found = explain(session, next(iter(listed)))
        answers = answers_of(session, found, loaded, now()) if found else []
    if rule is not None and loaded is not None:
        rule = name_of_rule(rule, loaded, answers)
    if found is None:
        fail(_unseen(address, listed, language))
    explanation = _document(to_json(found), language)
    explanation["rules"] = [one for one in answers if rule in (None, one["rule"])]
    if as_json:
        print_json(explanation)
    else:
        print_lines(_lines(explanation, language, rule, is_configured=loaded is not None))


def _are_words(asked: str) -> bool:
    return asked.isprintable() and not asked.isdecimal() and "://" not in asked


def _unseen(asked: str, listed: dict[int, str], language: str) -> str:
    """Return what is to be said of something that is no article, or that may be any of those listed."""
    from monitor.cli._table import cut, plain
    from monitor.log import redact

    shown = plain(redact(asked))
    if listed:
        articles = "".join(f"\n  {article_id}  {plain(cut(title, 80))}" for article_id, title in listed.items())
        return labelled("titled", language, asked=shown, articles=articles)
    if asked.isdecimal():
        return labelled("no_number", language, asked=shown)
    return labelled("no_words" if _are_words(asked) else "unseen", language, asked=shown)


def _lines(found: dict[str, Any], language: str, rule: str | None, *, is_configured: bool) -> Iterator[str]:
    if rule is not None:
        yield from one_rule(found, language)
        return
    yield from way(found, language)
    if found["article"] is not None:
        yield from rule_lines(found["rules"], language, is_configured=is_configured)


def _document(found: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the explanation with the reasons in words beside the figures they come from."""
    if found["lead"] is not None:
        found["lead"] = lead_document(found["lead"], language=language)
    for edge in found["edges"]:
        edge["why"] = edge_in_words(found["article"]["id"], edge, language=language)
    return found

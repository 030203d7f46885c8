"""``newswatch why``: every decision on an address's way, and the answer of every rule, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer

from monitor.cli._moves import edge_in_words
from monitor.cli._names import one_of
from monitor.cli._options import ConfigOption, DataOption, JsonOption, fail, reading
from monitor.cli._way import labelled, way
from monitor.cli._why import answers_of, config_or_none, one_rule, rule_lines
from monitor.cli._words import lead_document


class Language(StrEnum):
    """The language of what is said."""

    ENGLISH = "en"
    CHINESE = "zh"


def why(
    address: Annotated[str, typer.Argument(metavar="URL|ID", help="An address, or the id of an article.")],
    config: ConfigOption = None,
    data: DataOption = None,
    rule: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this rule made of it.")] = None,
    language: Annotated[
        Language, typer.Option(metavar="LANGUAGE", parser=one_of(Language), help="What is said in: en or zh.")
    ] = Language.ENGLISH,
    as_json: JsonOption = False,
) -> None:
    """Say why an article was or was not stored, merged, told of and sent, and what each rule made of it."""
    from monitor.cli._table import plain, print_json, print_lines
    from monitor.log import redact
    from monitor.runtime import now
    from monitor.urls import is_web, url_key
    from storage.feed import as_json as to_json
    from storage.feed import explain

    key = url_key(address) if is_web(address) else None
    loaded = config_or_none(config, rule)
    with reading(config, data) as session:
        found = explain(session, address, key=key)
        answers = answers_of(session, found, loaded, now()) if found else []
    if found is None:
        kind = "no_number" if address.isdecimal() else "unseen"
        fail(labelled(kind, language, asked=plain(redact(address))))
    explanation = _document(to_json(found), language)
    explanation["rules"] = [one for one in answers if rule in (None, one["rule"])]
    if as_json:
        print_json(explanation)
    else:
        print_lines(_lines(explanation, language, rule, is_configured=loaded is not None))


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

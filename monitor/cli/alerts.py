"""``newswatch alerts``: what the rules found, and what became of the messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption, reading

if TYPE_CHECKING:
    from monitor.config import Config


def alerts(
    config: ConfigOption = None,
    data: DataOption = None,
    limit: LimitOption = 50,
    rule: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what this rule found, under its earlier names, too.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List what the rules found, newest first, and how far the messages got."""
    from monitor.cli._table import cut, print_json, print_table
    from monitor.cli._waits import messages_in_words, with_waits
    from monitor.cli._why import config_or_none
    from monitor.runtime import now
    from storage.feed import list_alerts

    loaded = config_or_none(config)
    names = () if rule is None else _names(rule, loaded)
    with reading(config, data) as session:
        listed = list_alerts(session, limit=limit, rules=names)
        found = with_waits(session, listed, loaded, now())
    if rule is not None and loaded is not None and not found:
        _expect(rule, names, loaded)
    if as_json:
        print_json({"alerts": found})
        return
    if not found:
        whose = "no rule" if rule is None else f"the rule {rule}"
        typer.echo(f"No alerts yet: {whose} has matched a stored article. The rules: newswatch check")
        return
    print_table(
        ("hit", "found (UTC)", "rule", "why", "story", "title", "messages"),
        (
            (
                line["hit"]["id"],
                line["hit"]["created_at"][:16].replace("T", " "),
                line["hit"]["rule"],
                line["hit"]["reason"],
                line["hit"]["story_id"],
                cut(line["title"], 60),
                messages_in_words(line),
            )
            for line in found
        ),
    )


def _names(rule: str, config: Config | None) -> tuple[str, ...]:
    """Return what a rule is called and was, by any of its names; of one that is not configured its name."""
    called = ((one.id, *one.was) for one in config.rules) if config else ()
    return next((names for names in called if rule in names), (rule,))


def _expect(rule: str, names: tuple[str, ...], config: Config) -> None:
    from monitor.cli._names import unknown_name

    known = [one.id for one in config.rules]
    if names[0] not in known:
        raise typer.BadParameter(unknown_name("rule", rule, known), param_hint="--rule")

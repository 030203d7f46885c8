"""``newswatch discover``: untracked models and regulations that the sources speak of; track them, or never mind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from monitor.cli._discover.kinds import Kind
from monitor.cli._names import one_of
from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption

if TYPE_CHECKING:
    from monitor.cli._discover.question import Question

__all__ = ["discover"]


class _NamesAreShown(TyperGroup):
    """Takes what is no command for the name of a proposal."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args[0] in self.commands else ["show", *args])


discover = typer.Typer(cls=_NamesAreShown, invoke_without_command=True, rich_markup_mode=None)

NameArgument = Annotated[list[str], typer.Argument(metavar="NAME", help="As proposed; case and script do not matter.")]
KindOption = Annotated[
    Kind | None, typer.Option(parser=one_of(Kind), metavar="KIND", help="Only these: model or regulation.")
]
SinceOption = Annotated[
    str, typer.Option(metavar="WHEN", help="What was seen since: 7d, or a date such as 2026-11-01.")
]


@discover.callback()
def overview(
    ctx: typer.Context,
    config: ConfigOption = None,
    data: DataOption = None,
    kind: KindOption = None,
    since: SinceOption = "7d",
    dismissed: Annotated[bool, typer.Option("--dismissed", help="List the dismissed names instead.")] = False,
    limit: LimitOption = 20,
    as_json: JsonOption = False,
) -> None:
    """List untracked models and regulations, the most telling first; NAME shows one."""
    if ctx.invoked_subcommand is not None:
        if dismissed:
            raise typer.BadParameter("it lists names; expected none, found one", param_hint="--dismissed")
        return
    from monitor.cli._discover import listing

    question = _question(ctx, config, data, kind, since, as_json=as_json)
    if dismissed:
        listing.list_dismissed(question)
    else:
        listing.list_proposals(question, limit)


@discover.command()
def show(
    ctx: typer.Context,
    name: NameArgument,
    config: ConfigOption = None,
    data: DataOption = None,
    kind: KindOption = None,
    since: SinceOption = "7d",
    as_json: JsonOption = False,
) -> None:
    """Show one proposal: where it was seen, and what it would be tracked as."""
    from monitor.cli._discover import listing

    listing.show(_question(ctx, config, data, kind, since, as_json=as_json), " ".join(name))


@discover.command()
def accept(
    ctx: typer.Context,
    name: NameArgument,
    config: ConfigOption = None,
    data: DataOption = None,
    kind: KindOption = None,
    since: SinceOption = "7d",
    id_: Annotated[str | None, typer.Option("--id", help="Its id, such as model:acme; default: from the name.")] = None,
    called: Annotated[str | None, typer.Option("--name", help="What to call it; default: as it was seen.")] = None,
    alias: Annotated[list[str] | None, typer.Option("--alias", help="Another spelling that always means it.")] = None,
    vendor: Annotated[str | None, typer.Option(help="Its maker's names, split by /.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Track a proposal: write it under watch: in the configuration, and tag the stored articles again."""
    from monitor.cli._discover import accepting

    wish = accepting.Wish(id=id_, name=called, aliases=tuple(alias or ()), vendor=vendor, dry_run=dry_run, yes=yes)
    accepting.accept(_question(ctx, config, data, kind, since, as_json=as_json), " ".join(name), wish)


@discover.command()
def dismiss(
    ctx: typer.Context,
    name: NameArgument,
    config: ConfigOption = None,
    data: DataOption = None,
    kind: KindOption = None,
    note: Annotated[str | None, typer.Option("--note", help="Why, for whoever reads it later.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Propose a name no more."""
    from monitor.cli._discover import dismissing

    dismissing.dismiss(_question(ctx, config, data, kind, "7d", as_json=as_json), " ".join(name), note)


@discover.command()
def restore(
    ctx: typer.Context,
    name: NameArgument,
    config: ConfigOption = None,
    data: DataOption = None,
    kind: KindOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose a dismissed name again."""
    from monitor.cli._discover import dismissing

    dismissing.restore(_question(ctx, config, data, kind, "7d", as_json=as_json), " ".join(name))


def _question(
    ctx: typer.Context, config: Path | None, data: Path | None, kind: Kind | None, since: str, *, as_json: bool
) -> Question:
    """Return what is asked; options before the name of the command count where they do not follow it too."""
    from monitor.cli._discover.question import Question
    from monitor.cli._since import moment_of
    from monitor.runtime import now

    outer = ctx.parent.params if ctx.parent and ctx.invoked_subcommand is None else {}
    if _is_default(ctx, "since"):
        since = outer.get("since", since)
    kind = kind or outer.get("kind")
    at = now()
    return Question(
        config=config or outer.get("config"),
        data=data or outer.get("data"),
        kind=kind.value if kind else None,
        since=moment_of(since, at),
        now=at,
        as_json=as_json or outer.get("as_json", False),
    )


def _is_default(ctx: typer.Context, option: str) -> bool:
    source = ctx.get_parameter_source(option)
    return source is None or source.name == "DEFAULT"

"""``newswatch check``: is the configuration right, and what does it amount to?"""

from __future__ import annotations

import json
import os
from pathlib import Path

import typer

from monitor.cli._options import EX_CONFIG, ConfigOption, JsonOption

__all__ = ["check"]


def check(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Check the configuration: print the plan and warnings, or every problem with its place (exit status 78)."""
    from monitor.cli import _plan
    from monitor.config import ConfigError, find_config, load_config

    try:
        loaded = load_config(find_config(config, os.environ, Path.cwd()), environ=os.environ)
    except ConfigError as error:
        if as_json:
            typer.echo(json.dumps(_plan.problems_json(error.problems), ensure_ascii=False, indent=2))
        else:
            typer.echo(str(error), err=True)
        raise typer.Exit(EX_CONFIG) from error
    from monitor.cli._warnings import config_warnings
    from monitor.runtime import now
    from monitor.tag.catalogue import load_catalogue

    entities = len(load_catalogue(loaded.watch))
    warnings = config_warnings(loaded, now())
    if as_json:
        typer.echo(json.dumps(_plan.plan_json(loaded, entities, now(), warnings), ensure_ascii=False, indent=2))
    else:
        typer.echo(_plan.plan_text(loaded, entities, now(), warnings))

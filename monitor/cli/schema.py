"""``newswatch schema``: the JSON Schema of the configuration file."""

from __future__ import annotations

import typer

__all__ = ["schema"]


def schema() -> None:
    """Print the JSON Schema of sources.yaml, for editors that complete and check it."""
    import json

    from monitor.config import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))

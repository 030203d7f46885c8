"""Where a configuration is looked for when nobody names one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.config.problems import ConfigError, Problem

__all__ = ["find_config"]

_NAME = "sources.yaml"


def find_config(option: Path | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """Return the configuration file to use; raise ConfigError where there is none.

    The order: ``option`` (``--config``), $NEWSWATCH_CONFIG, ``sources.yaml`` in ``cwd``, then
    ``newswatch/sources.yaml`` in $XDG_CONFIG_HOME (``~/.config``) and in ``/etc``. The first two are taken as they are.
    """
    if option is not None:
        return option
    if named := environ.get("NEWSWATCH_CONFIG"):
        return Path(named).expanduser()
    places = _places(environ)
    if (cwd / _NAME).is_file():
        return Path(_NAME) if cwd == Path.cwd() else cwd / _NAME
    for path in places:
        if path.is_file():
            return path
    looked = ", ".join(str(path) for path in (cwd / _NAME, *places))
    message = f"no configuration found; looked for {looked}. Name one with --config FILE or $NEWSWATCH_CONFIG"
    raise ConfigError((Problem(path=Path(_NAME), mark=None, message=message),))


def _places(environ: Mapping[str, str]) -> tuple[Path, ...]:
    home = environ.get("XDG_CONFIG_HOME") or (f"{environ['HOME']}/.config" if environ.get("HOME") else "")
    user = (Path(home) / "newswatch" / _NAME,) if home else ()
    return (*user, Path("/etc/newswatch") / _NAME)

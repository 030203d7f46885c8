"""The configuration: one typed file, loaded whole or refused with every problem and its place.

``load_config`` reads and checks; ``find_config`` says which file; ``json_schema`` describes it to editors. Errors are
``ConfigError`` with problems written ``path:line:column: message``; printing them is all that a command does.
"""

from __future__ import annotations

from monitor.config.find import find_config
from monitor.config.load import load_config
from monitor.config.model import Config
from monitor.config.problems import ConfigError, Mark, Problem
from monitor.config.schema import json_schema
from monitor.config.settings import (
    DigestSettings,
    FetchSettings,
    HttpSettings,
    NetworkSettings,
    PollSettings,
    ServiceSettings,
    StoreSettings,
    WorkerSettings,
)

__all__ = [
    "Config",
    "ConfigError",
    "DigestSettings",
    "FetchSettings",
    "HttpSettings",
    "Mark",
    "NetworkSettings",
    "PollSettings",
    "Problem",
    "ServiceSettings",
    "StoreSettings",
    "WorkerSettings",
    "find_config",
    "json_schema",
    "load_config",
]

"""The JSON Schema of a configuration file, built from the kinds of source and channel that the scans find.

For editors: it describes the same models that ``load_config`` validates with, section by section.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from alerts.channels import channels
from alerts.rules import RuleSettings
from monitor.config.settings import ServiceSettings
from monitor.sources import kinds
from monitor.tag.catalogue import EntitySettings

__all__ = ["json_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``sources.yaml``; the same for the same code."""
    sources, receivers = _settings(kinds().values()), _settings(channels().values())
    models: list[type[BaseModel]] = [*sources, *receivers, EntitySettings, RuleSettings, ServiceSettings]
    asked: list[tuple[type[BaseModel], JsonSchemaMode]] = [(model, "validation") for model in models]
    references, definitions = models_json_schema(asked)
    link = {model: references[model, "validation"] for model in models}
    include = {"type": "string", "minLength": 1}
    return {
        "$schema": _DIALECT,
        "title": "newswatch configuration",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "include": {"description": "more files, beside this one", "anyOf": [include, _list_of(include)]},
            "sources": _list_of(_one_of(link[model] for model in sources)) | {"description": "what to watch"},
            "watch": _list_of(link[EntitySettings]) | {"description": "names to track beside the shipped ones"},
            "rules": _list_of(link[RuleSettings]) | {"description": "what to report"},
            "channels": _list_of(_one_of(link[model] for model in receivers)) | {"description": "where to"},
            "saved": {
                "type": ["object", "null"],
                "additionalProperties": {"type": "string", "minLength": 1},
                "description": "queries by name, for saved:NAME in other queries",
            },
            "settings": {"anyOf": [link[ServiceSettings], {"type": "null"}]},
        },
        "$defs": definitions["$defs"],
    }


def _settings(modules: Iterable[ModuleType]) -> list[type[BaseModel]]:
    return [module.Settings for module in modules]


def _one_of(references: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"oneOf": list(references)}


def _list_of(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["array", "null"], "items": item}

"""Validation errors in the words of the configuration file.

Turns an error of a settings model into what was expected and what was found. Values of secret fields are never shown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

__all__ = ["cut", "explain"]

Location = Sequence[str | int]

_SHOWN_CHARACTERS = 60
_TYPES = {
    "string_type": "text; put it in quotes",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "tuple_type": "a list",
    "list_type": "a list",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
}
_FEW = 8
"""Keys that are listed where a mapping is expected."""
_MODELS = frozenset({"model_type", "model_attributes_type"})
_IDENTIFIER = "^[a-z0-9][a-z0-9._-]{0,63}$"
_ENTITY = re.compile(r"^\^\[a-z\].*:")


def explain(error: Mapping[str, Any], model: type[BaseModel]) -> str:
    """Return the message for one entry of ``ValidationError.errors()`` of ``model``."""
    where = error["loc"]
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown_key(str(where[-1]), _model_at(model, where[:-1]))
    if kind == "missing":
        return f"missing key {str(where[-1])!r}"
    if kind in ("value_error", "assertion_error"):
        return str(error["msg"]).partition(", ")[2]
    if kind in _MODELS and where and len(known := _fields(_model_at(model, where))) <= _FEW:
        return f"expected a mapping with {', '.join(known)}{_found(error, model)}"
    return _expected(error) + _found(error, model)


def _unknown_key(key: str, model: type[BaseModel] | None) -> str:
    known = sorted(_fields(model)) if model else []
    close = difflib.get_close_matches(key, known, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    listed = f"; known: {', '.join(known)}" if known else ""
    return f"unknown key {cut(key)!r}{hint}{listed}"


def _expected(error: Mapping[str, Any]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind in _TYPES:
        return f"expected {_TYPES[kind]}"
    if kind == "string_pattern_mismatch" and context.get("pattern") == _IDENTIFIER:
        return "expected a short name of lower-case letters, digits, '.', '_' and '-'"
    if kind == "string_pattern_mismatch" and _ENTITY.match(str(context.get("pattern"))):
        return "expected kind:name in lower case, such as company:acme"
    if kind == "too_short":
        least = context["min_length"]
        return f"expected at least {least} {'item' if least == 1 else 'items'}"
    message = str(error["msg"])
    for prefix in ("Input should be ", "Value should ", "String should "):
        if message.startswith(prefix):
            return "expected " + message.removeprefix(prefix).replace("have ", "", 1)
    return message[:1].lower() + message[1:]


def _found(error: Mapping[str, Any], model: type[BaseModel]) -> str:
    value = error.get("input")
    if _is_secret(model, error["loc"]):
        return ""
    if not value and isinstance(value, list | tuple):
        return ", found none"
    if isinstance(value, dict | list | tuple):
        return f", found a {'mapping' if isinstance(value, dict) else 'list'}"
    if isinstance(value, str):
        return f", found {cut(value)!r}"
    return ", found nothing" if value is None else f", found {cut(str(value))}"


def _is_secret(model: type[BaseModel], where: Location) -> bool:
    parts = [part for part in where if isinstance(part, str)]
    holder: type[BaseModel] | None = model
    for part in parts:
        field = _fields(holder).get(part)
        if field is None:
            return False
        if "Secret" in repr(field.annotation) or "Secret" in repr(field.metadata):
            return True
        holder = _model_in(field.annotation)
    return False


def _fields(model: type[BaseModel] | None) -> dict[str, FieldInfo]:
    """Return the fields of a model under the names that they have in a file."""
    return {field.alias or name: field for name, field in model.model_fields.items()} if model else {}


def _model_at(model: type[BaseModel], where: Location) -> type[BaseModel] | None:
    """Return the settings model that stands at a place inside ``model``."""
    found: type[BaseModel] | None = model
    for part in where:
        if isinstance(part, int):
            continue
        field = _fields(found).get(part)
        if field is not None:
            found = _model_in(field.annotation)
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def cut(text: str) -> str:
    """Return a value short enough to be shown in a message."""
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 3] + "..."

"""``docs/configuration.md`` lists every setting of every model with its default, and nothing else.

A section is headed with the name of what it configures in code marks and holds a table whose first two columns are the
setting and its default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from alerts.channels import ChannelSettings, DigestSchedule, channels
from alerts.mutes import MuteSettings
from alerts.rules import EscalationSettings, RuleSettings
from monitor.config import ServiceSettings
from monitor.sources import SourceSettings, kinds
from monitor.tag.catalogue import EntitySettings
from tests.docs.blocks import ROOT

PAGE = ROOT / "docs/configuration.md"
_UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


def models() -> Iterator[tuple[str, type[BaseModel], frozenset[str]]]:
    """Yield the heading, the model and the settings that another section has already."""
    yield "sources", SourceSettings, frozenset()
    for kind, module in kinds().items():
        yield f"kind: {kind}", module.Settings, _common(module.Settings, SourceSettings)
    yield "watch", EntitySettings, frozenset()
    yield "rules", RuleSettings, frozenset()
    yield "mute", MuteSettings, frozenset()
    yield "escalate", EscalationSettings, frozenset()
    yield "channels", ChannelSettings, frozenset()
    yield "digest", DigestSchedule, frozenset()
    for kind, module in channels().items():
        yield f"kind: {kind}", module.Settings, _common(module.Settings, ChannelSettings)
    yield from _service("settings", ServiceSettings)


def _common(model: type[BaseModel], parent: type[BaseModel]) -> frozenset[str]:
    """Return the settings that a kind takes over as they are."""
    same = {
        name for name, field in parent.model_fields.items() if default_of(field) == default_of(model.model_fields[name])
    }
    return frozenset(same | {"kind"})


def _service(heading: str, model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel], frozenset[str]]]:
    yield heading, model, frozenset()
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _service(f"{heading}.{name}", field.annotation)


@cache
def tables() -> dict[str, dict[str, str]]:
    """Return, for each heading in code marks, the settings and defaults of its table."""
    found: dict[str, dict[str, str]] = {}
    for part in re.split(r"^#+ ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading = re.match(r"`([^`]+)`", part)
        if heading:
            rows = re.findall(r"^\| `([^`]+)` \| ([^|]*?) \|", part, flags=re.MULTILINE)
            found.setdefault(heading[1], {}).update(dict(rows))
    return found


def default_of(field: FieldInfo) -> str:
    """Return a default as the page writes it."""
    if field.is_required():
        return "required"
    value = field.default if field.default_factory is None else None
    if field.default_factory is not None and "default:" in (field.description or ""):
        return "computed"
    return written(field.get_default(call_default_factory=True, validated_data={}) if value is None else value)


def written(value: Any) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return f"`{str(value).lower()}`"
        case Enum():
            return f"`{value.value}`"
        case timedelta():
            return f"`{span(int(value.total_seconds()))}`"
        case BaseModel():
            return "see below"
        case () | {} | []:
            return "empty"
        case tuple() | list():
            return ", ".join(f"`{item}`" for item in value)
        case Path() | str() | int() | float():
            return f"`{value}`"
    raise AssertionError(f"no way to write {value!r}")


def span(seconds: int) -> str:
    for unit, size in _UNITS:
        if seconds % size == 0 and seconds >= 2 * size:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


MODELS = tuple(models())
NAMES = [heading for heading, _, _ in MODELS]


@pytest.mark.parametrize(("heading", "model", "elsewhere"), MODELS, ids=NAMES)
def test_settings_are_listed_with_their_defaults(
    heading: str, model: type[BaseModel], elsewhere: frozenset[str]
) -> None:
    expected = {
        field.alias or name: default_of(field) for name, field in model.model_fields.items() if name not in elsewhere
    }

    assert tables().get(heading, {}) == expected


@pytest.mark.parametrize(("heading", "model", "elsewhere"), MODELS, ids=NAMES)
def test_words_that_a_setting_may_be_are_named(heading: str, model: type[BaseModel], elsewhere: frozenset[str]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, field in model.model_fields.items():
        for word in choices(field.annotation) if name not in elsewhere else ():
            assert f"`{word}`" in page, f"{heading}: {name} may be {word}"


def choices(annotation: Any) -> list[str]:
    """Return the words of an enum or of literals in an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [member.value for member in annotation]
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return [word for part in get_args(annotation) for word in choices(part)]
    return [value for value in get_args(annotation) if isinstance(value, str)] if origin is not None else []


def test_no_section_describes_a_model_that_does_not_exist() -> None:
    assert {heading for heading, rows in tables().items() if rows} - set(NAMES) == set()

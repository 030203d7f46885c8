"""What the first answer of two gives to the second request: values by selector or expression, and where they go.

Pure and picklable; ``values_of`` runs in a worker process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from monitor.sources._api_document import page_of, select_texts
from monitor.sources._api_path import compile_path, first
from monitor.sources._charset import decode
from monitor.types import Rejected
from storage.records import Outcome

__all__ = ["compile_finder", "fill", "fill_address", "has_fixed_origin", "names_in", "values_of"]

_REGEX = "regex:"
_JSON = "json:"
_NAME = re.compile(r"\{([a-z][a-z0-9_]{0,30})\}")
_ATTRIBUTE = re.compile(r"(.+\S)\s*@([\w:-]{1,60})")
_MAX_VALUE = 2_000
_IN_ADDRESS = "/:?&;,@=+~!$'()*%[]"


def compile_finder(finder: str) -> str:
    """Return ``finder`` if it is a selector (with ``@attribute`` at will), an expression or a path; else ValueError."""
    if finder.startswith(_REGEX):
        try:
            re.compile(finder.removeprefix(_REGEX))
        except re.error as error:
            raise ValueError(f"not a regular expression: {finder!r}: {error}") from error
        return finder
    if finder.startswith(_JSON):
        compile_path(finder.removeprefix(_JSON))
        return finder
    from monitor.sources._listing import compile_selector

    compile_selector(_split(finder)[0])
    return finder


def values_of(body: bytes, content_type: str | None, finders: Mapping[str, str]) -> dict[str, str] | Rejected:
    """Return the value of each name; what cannot be found is named."""
    text = decode(body, content_type)
    values: dict[str, str] = {}
    for name, finder in finders.items():
        try:
            value = _value(text, finder)
        except ValueError as error:
            return Rejected(rejected=Outcome.NOT_ARTICLE, detail=f"the first answer: {error}")
        if not value:
            detail = f"the first answer has nothing for {name!r}: {finder!r} found no text"
            return Rejected(rejected=Outcome.NOT_ARTICLE, detail=detail)
        values[name] = value[:_MAX_VALUE]
    return values


def names_in(value: Any) -> set[str]:
    """Return the names in braces that stand in a text, or in the texts of a list or an object."""
    if isinstance(value, str):
        return set(_NAME.findall(value))
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return {name for held in inner for name in names_in(held)}


def fill(value: Any, values: Mapping[str, str]) -> Any:
    """Return ``value`` with every ``{name}`` that has a value replaced in its texts; other braces stay."""
    if isinstance(value, str):
        return _NAME.sub(lambda found: values.get(found[1], found[0]), value)
    if isinstance(value, dict):
        return {key: fill(held, values) for key, held in value.items()}
    return [fill(held, values) for held in value] if isinstance(value, list | tuple) else value


def fill_address(template: str, values: Mapping[str, str]) -> str:
    """Return an address: a name that it begins with gives an address itself, others what may stand within one."""
    whole = _NAME.match(template)
    start = values.get(whole[1], "") if whole else ""
    rest = template[whole.end() :] if whole and start else template
    quoted = {name: quote(value, safe=_IN_ADDRESS) for name, value in values.items()}
    return start + str(fill(rest, quoted))


def has_fixed_origin(template: str) -> bool:
    """Say whether scheme, host and port of an address are written out."""
    return not template.startswith("{") and "{" not in urlsplit(template).netloc


def _value(text: str, finder: str) -> str:
    if finder.startswith(_REGEX):
        found = re.search(finder.removeprefix(_REGEX), text)
        return (found[1] if found.re.groups else found[0]) or "" if found else ""
    if finder.startswith(_JSON):
        value = first(text.lstrip("\ufeff"), compile_path(finder.removeprefix(_JSON)))
        return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    selector, attribute = _split(finder)
    return next((value.strip() for value in select_texts(page_of(text), selector, attribute) if value.strip()), "")


def _split(finder: str) -> tuple[str, str | None]:
    """Split a CSS selector from the attribute that it ends with: ``meta[name=csrf-token] @content``."""
    found = None if finder.startswith("xpath:") else _ATTRIBUTE.fullmatch(finder)
    return (found[1], found[2]) if found else (finder, None)

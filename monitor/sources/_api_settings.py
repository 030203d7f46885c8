"""The settings of the ``api`` kind: which requests it makes, and where its answers hold what.

Checks that paths, selectors and expressions can be read and that they fit together; does not use them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from alerts.fields import Settings as Fields
from monitor.sources import SourceSettings
from monitor.sources._address import WebAddress
from monitor.urls import is_web

__all__ = ["Embedded", "First", "Settings"]


def _is_path(text: str) -> str:
    from monitor.sources._api_path import compile_path

    compile_path(text)
    return text


def _is_link(text: str) -> str:
    from monitor.sources._api import compile_link

    compile_link(text)
    return text


def _is_finder(text: str) -> str:
    from monitor.sources._api_first import compile_finder

    return compile_finder(text)


def _is_script(text: str) -> str:
    from monitor.sources._api_document import compile_script

    return compile_script(text)


def _is_selector(text: str) -> str:
    from monitor.sources._listing import compile_selector

    compile_selector(text)
    return text


def _is_template(text: str) -> str:
    if not text.startswith("{") and not is_web(text):
        raise ValueError(f"expected an address that starts with http:// or https://, found {text[:200]!r}")
    if "@" in urlsplit(text).netloc:
        raise ValueError("user name and password cannot stand in an address; use headers: Authorization")
    return text


JsonPath = Annotated[str, Field(max_length=500), AfterValidator(_is_path)]
Alternatives = Annotated[
    tuple[JsonPath, ...],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    Field(max_length=10),
]
Finder = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_is_finder)]
Selector = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_is_selector)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
Scalar = str | bool | int | float | None


class Attribute(Fields):
    """An attribute of a page that holds JSON."""

    selector: Selector
    name: str = Field(min_length=1, max_length=60)


class Embedded(Fields):
    """Where a page holds JSON: behind a marker or in a script, or in an attribute."""

    script: Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_is_script)] | None = None
    attribute: Attribute | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Embedded:
        if (self.script is None) == (self.attribute is None):
            raise ValueError("expected either script or attribute")
        return self


class First(Fields):
    """What is fetched before the data, and what is taken from it."""

    url: WebAddress
    find: dict[Name, Finder] = Field(default_factory=dict)


class Settings(SourceSettings):
    """A list of articles as JSON, or JSON in a page. Paths are those of ``monitor.sources._api_path``."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "hf-qwen",
                    "kind": "api",
                    "url": "https://huggingface.co/api/models?author=Qwen&sort=createdAt&direction=-1",
                    "items": "",
                    "link": "https://huggingface.co/{id}",
                    "title": "id",
                    "date": "createdAt",
                },
                {
                    "id": "flashes",
                    "kind": "api",
                    "url": "https://api.example.com/search",
                    "form": {"page": "1", "sign": "{token}"},
                    "first": {"url": "https://www.example.com/news", "find": {"token": "meta[name=csrf] @content"}},
                    "items": "data.list",
                    "link": "url",
                },
                {
                    "id": "papers",
                    "kind": "api",
                    "url": "https://papers.example.com/today",
                    "embedded": {"attribute": {"selector": "div[data-props]", "name": "data-props"}},
                    "items": "papers",
                    "link": "https://papers.example.com/{id}",
                },
            ]
        }
    )

    kind: Literal["api"]
    url: Annotated[str, Field(max_length=2_000), AfterValidator(_is_template)] = Field(
        description="the address of the data; `{name}` is what `first` found"
    )
    items: JsonPath = Field(description="the path of the rows")
    link: Annotated[str, Field(max_length=1_000), AfterValidator(_is_link)] | None = Field(
        default=None, description="the path of a row's address, or an address with paths in braces"
    )
    title: Alternatives = Field(default=("title",), description="the path of a row's title, or several to try")
    date: Alternatives = Field(default=(), description="the path of a row's date")
    updated: Alternatives = Field(default=(), description="the path of what changes when the article does")
    row_id: Alternatives = Field(default=("id",), description="the path of what tells rows without an address apart")
    author: Alternatives = Field(default=(), description="the path of a row's authors")
    content: Alternatives = Field(default=(), description="the path of the text, for rows without an address")
    where: dict[JsonPath, Scalar | list[Scalar]] = Field(
        default_factory=dict, description="values that a row must have to count"
    )
    embedded: Embedded | None = Field(default=None, description="where a page holds the JSON")
    first: First | None = Field(default=None, description="a page to fetch before, and what to find in it")
    cookies: bool = Field(default=False, description="send the cookies that `first`, or the site's root, sets")
    body: dict[str, Any] | list[Any] | None = Field(default=None, description="sent by POST as JSON")
    form: dict[str, str] | None = Field(default=None, description="sent by POST as a form")
    send: dict[str, str] = Field(default_factory=dict, description="headers of the request for the data alone")
    limit: int = Field(default=200, ge=1, le=5_000, description="rows taken from one poll, first ones first")

    @model_validator(mode="after")
    def _fits_together(self) -> Settings:
        from monitor.sources._api_first import has_fixed_origin, names_in

        known = set(self.first.find) if self.first else set()
        unknown = (names_in(self.url) | names_in(self.send)) - known
        if unknown:
            raise ValueError(f"first.find says nothing of {', '.join(sorted(unknown))}, which stand in braces")
        if not has_fixed_origin(self.url) and self.first is None:
            raise ValueError("expected an address that starts with http:// or https://")
        if self.body is not None and self.form is not None:
            raise ValueError("expected body or form, found both")
        if self.link is None and not self.content:
            raise ValueError("expected a link, or content for rows that have no page of their own")
        return self

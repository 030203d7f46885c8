"""Documents in labelled form: ``标题: …``, ``链接: …``, ``正文: …``, one field a label.

The form of press clippings and exports. A label counts at the beginning of a line; a field goes on until the next
known label. Text about the article (a summary beside a body, fields of unknown name) is kept apart as derived.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from storage.fold import fold

__all__ = ["Record", "read_record"]

_FIELDS = {
    "title": "标题 题目 题名 新闻标题 文章标题 title headline subject",
    "url": "链接 网址 地址 原文链接 文章链接 url link address",
    "body": "正文 内容 全文 文章内容 新闻内容 原文 content body text article fulltext",
    "summary": "总结 摘要 概要 简介 导语 summary abstract description",
    "date": "时间 日期 发布时间 发布日期 发表时间 date published time",
    "source": "来源 文章来源 媒体 出处 source publisher media",
    "author": "作者 记者 author authors by",
    "keywords": "关键词 关键字 标签 keywords tags",
}
_ROLE = {label: role for role, labels in _FIELDS.items() for label in labels.split()}
_LINE = re.compile(
    r"^\s*[#*【\[]*\s*(?P<label>[^\s:【】\[\]*,。]{1,12}(?: [a-z]{2,10})?)\s*[】\]*]*\s*[:]\s*(?P<value>.*)$"
)
_TAIL = frozenset({"keywords"})


@dataclass(slots=True)
class Record:
    """The fields of a labelled document. ``derived`` holds what is about the article but not of it."""

    title: str | None = None
    url: str | None = None
    body: str = ""
    date: str | None = None
    source: str | None = None
    author: str | None = None
    derived: list[str] = field(default_factory=list)


def read_record(text: str) -> Record | None:
    """Return the fields of a labelled document, or None if ``text`` is not one.

    It is one if it begins with a known label and has a body or a summary, and a title or an address.
    """
    fields = _fields(text)
    if fields is None:
        return None
    roles = {role for role, _, _ in fields}
    if not roles & {"body", "summary"} or not roles & {"title", "url"}:
        return None
    return _compose(fields)


def _fields(text: str) -> list[tuple[str, str, str]] | None:
    """Return (role, label, value) in order; unknown labels after the body's end have the role ``other``."""
    found: list[tuple[str, str, list[str]]] = []
    for line in text.split("\n"):
        role, label, value = _label(line, found)
        if role:
            found.append((role, label, [value]))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            return None
    return [(role, label, "\n".join(value).strip()) for role, label, value in found] or None


def _label(line: str, found: list[tuple[str, str, list[str]]]) -> tuple[str | None, str, str]:
    matched = _LINE.match(fold(line))
    if not matched:
        return None, "", ""
    label = line[matched.start("label") : matched.end("label")]
    value = line[matched.start("value") : matched.end("value")]
    role = _ROLE.get(matched["label"])
    seen = {r for r, _, _ in found}
    within = bool(found) and found[-1][0] in {"body", "summary"}
    if role in seen or (within and role in {"title", "date", "source", "author", "url"} and len(value) > 120):
        return None, "", ""
    if role is None and found and (found[-1][0] in {"other", *_TAIL}):
        return "other", label, value
    return role, label, value


def _compose(fields: list[tuple[str, str, str]]) -> Record:
    values = {role: value for role, _, value in reversed(fields) if role != "other"}
    has_body = bool(values.get("body", "").strip())
    record = Record(
        title=values.get("title") or None,
        url=values.get("url") or None,
        body=values["body"] if has_body else values.get("summary", ""),
        date=values.get("date") or None,
        source=values.get("source") or None,
        author=values.get("author") or None,
    )
    for role, label, value in fields:
        if value and (role in {"other", "keywords"} or (role == "summary" and has_body)):
            record.derived.append(f"{label}: {value}")
    return record

"""Pages made to hurt: each ends as one article or one reason. Limits of time and memory are the worker's to keep."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from monitor.read import read_page
from monitor.types import Extracted, Rejected

URL = "https://news.test/a.html"
TEXT = "这是一段正文，里面有足够多的字来说明一件事情，并且有标点，读者看得明白它在说什么。"
PROSE = f"<h1>文章的标题在这里</h1><p>{TEXT}</p><p>{TEXT}还有第二段。</p>"

PAGES: dict[str, tuple[Callable[[], bytes], str]] = {
    "fifty megabytes": (lambda: b"<p>" + b"a " * 25_000_000, "too_large"),
    "one line": (lambda: f"<p>{TEXT * 20_000}</p>".encode(), "article"),
    "one word": (lambda: b"<p>" + b"a" * 1_000_000, "article"),
    "nested divs": (lambda: ("<div>" * 100_000 + PROSE).encode(), "any"),
    "nested inline elements": (lambda: ("<b><i>" * 50_000 + PROSE).encode(), "any"),
    "nested tables": (lambda: ("<table><tr><td>" * 3_000 + PROSE).encode(), "any"),
    "attributes": (
        lambda: ("<p " + " ".join(f"a{i}=x" for i in range(200_000)) + ">" + PROSE).encode(),
        "any",
    ),
    "long class": (lambda: (f"<div class='{'a-' * 500_000}'>" + PROSE).encode(), "article"),
    "long style": (lambda: (f"<div style='{'display ' * 100_000}'>" + PROSE).encode(), "article"),
    "wide table": (
        lambda: f"{PROSE}<table><tr>{'<td>数</td>' * 5_000}</tr><tr>{'<td>数</td>' * 5_000}</tr></table>".encode(),
        "article",
    ),
    "many rows": (lambda: f"{PROSE}<table>{'<tr><td>数</td><td>量</td></tr>' * 5_000}</table>".encode(), "any"),
    "many links": (lambda: (PROSE + "<a href=/x>另一篇文章的标题</a> " * 50_000).encode(), "any"),
    "many headings": (lambda: (PROSE + "<article><h1>标题</h1><p>短</p></article>" * 10_000).encode(), "any"),
    "open comment": (lambda: (PROSE + "<!--" + "x" * 1_000_000).encode(), "article"),
    "mixed charset": (lambda: PROSE.encode("utf-8") + PROSE.encode("gb18030"), "any"),
    "spaces": (lambda: b"<p>" + b" " * 3_000_000 + PROSE.encode(), "article"),
    "line breaks": (lambda: ("<pre>" + "\n　　" * 200_000 + "</pre>" + PROSE).encode(), "article"),
    "no markup but brackets": (lambda: b"<" * 1_000_000, "any"),
    "entities": (lambda: (PROSE + "&#0;&#x110000;&nbsp;&amp;" * 50_000).encode(), "any"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "outcome"), PAGES.values(), ids=PAGES.keys())
def test_hostile_page_ends_as_one_outcome(make: Callable[[], bytes], outcome: str) -> None:
    result = read_page(make(), URL)
    if isinstance(result, Rejected):
        assert result.detail
        assert outcome in ("any", result.rejected.value)
    else:
        assert isinstance(result, Extracted)
        assert outcome in ("any", "article")

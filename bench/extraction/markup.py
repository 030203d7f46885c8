"""Pieces of markup that layouts share: an article's blocks in the ways sites write them, lists of links, scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape

from bench.extraction.facts import Facts
from bench.extraction.page import Article, Block

__all__ = ["Style", "body", "cards", "comments", "json_text", "links", "scripts", "site_map"]

Style = Mapping[str, str]
PLAIN: Style = {
    "p": "<p>{}</p>",
    "h": "<h2>{}</h2>",
    "lead": "<p><strong>{}</strong></p>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "li": "<li>{}</li>",
    "ul": "<ul>{}</ul>",
    "ol": "<ol>{}</ol>",
    "join": "\n",
}
CHANNELS = {
    "zh": ("首页", "新闻", "国际", "财经", "股票", "科技", "数码", "体育", "娱乐", "汽车", "房产", "健康"),
    "zh-Hant": ("首頁", "即時", "政治", "社會", "國際", "財經", "科技", "運動", "娛樂", "生活", "健康", "地方"),
    "en": (
        "Home",
        "World",
        "Business",
        "Politics",
        "Science",
        "Health",
        "Sport",
        "Culture",
        "Travel",
        "Opinion",
        "Video",
        "Jobs",
    ),
}


def body(article: Article, style: Style = PLAIN, inserts: Mapping[int, str] | None = None, dateline: str = "") -> str:
    """Return the blocks as markup; ``inserts`` maps a number of blocks to what stands behind them.

    A ``p`` with two places gets the number of the block first. ``dateline`` stands in the first paragraph.
    """
    style = {**PLAIN, **style}
    parts: list[str] = []
    for number, block in enumerate(article.blocks, start=1):
        parts.append(_block(block, style, dateline if number == 1 else ""))
        if inserts and number in inserts:
            parts.append(inserts[number])
    return style["join"].join(parts)


def _block(block: Block, style: Style, dateline: str) -> str:
    if block.kind == "table":
        return _table(block)
    if block.kind in ("ul", "ol"):
        return style[block.kind].replace(
            "{}", "".join(style["li"].replace("{}", _inline(line)) for line in block.lines)
        )
    return style[block.kind].replace("{}", escape(dateline, quote=False) + _inline(block.lines[0]))


def _inline(line: str) -> str:
    """Emphasise or link a few words of some lines, as editors do."""
    text = escape(line, quote=False)
    if len(line) < 60 or "&" in text:
        return text
    at = 12 + len(line) % 9
    word = text[at : at + 4]
    if len(line) % 3 == 0:
        return f"{text[:at]}<strong>{word}</strong>{text[at + 4 :]}"
    if len(line) % 3 == 1:
        return f'{text[:at]}<a href="/topic/{len(line)}" target="_blank">{word}</a>{text[at + 4 :]}'
    return text


def _table(block: Block) -> str:
    rows = [line.split(" | ") for line in block.lines]
    cells = "".join("<tr>" + "".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="table-wrap"><table border="1" width="100%"><tbody>{cells}</tbody></table></div>'


def links(facts: Facts, count: int, cls: str = "list", row: str = '<li><a href="{href}">{text}</a></li>') -> str:
    """Return a list of links to other articles."""
    rows = (
        row.replace("{href}", f"/a/{facts.number + i}.html")
        .replace("{text}", escape(facts.headlines[i % len(facts.headlines)]))
        .replace("{n}", str(i + 1))
        for i in range(count)
    )
    return f'<ul class="{cls}">{"".join(rows)}</ul>'


def cards(facts: Facts, count: int, cls: str, summary: str = "") -> str:
    """Return teasers of other articles: heading, summary, date."""
    rows = (
        f'<div class="{cls}-item"><a href="/a/{facts.number + i}"><img src="/i/{i}.jpg" alt=""><h3>'
        f"{escape(facts.headlines[-1 - i % len(facts.headlines)])}</h3></a><p>{escape(summary)}</p>"
        f"<span>{facts.date('%Y-%m-%d')}</span></div>"
        for i in range(count)
    )
    return f'<div class="{cls}">{"".join(rows)}</div>'


def comments(facts: Facts, cls: str = "comment") -> str:
    """Return readers' comments."""
    rows = (
        f'<div class="{cls}-item"><a class="{cls}-user" href="/u/{i}">user_{facts.number % 977 + i}</a>'
        f'<p class="{cls}-text">{escape(text)}</p><span class="{cls}-time">{facts.date("%m-%d")} 12:0{i}</span></div>'
        for i, text in enumerate(facts.comments)
    )
    return f'<div class="{cls}-list">{"".join(rows)}</div>'


def scripts(kilobytes: int) -> str:
    """Return scripts and styles of the weight that real pages carry."""
    line = 'window.__q=window.__q||[];__q.push({"k":"v%d","t":[1,2,3],"u":"/x.js?v=%d","f":function(a){return a}});'
    code = "\n".join(line % (i, i * 7) for i in range(kilobytes * 2048 // 120))
    rules = "".join(f".c{i}{{margin:{i}px;color:#{i:06x}}}" for i in range(kilobytes * 4))
    return f"<style>{rules}</style><script>{code}</script>"


def json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


def site_map(group: str, columns: int) -> str:
    """Return a menu of all channels, 12 links a column, as portals carry one above and below every page."""
    words = CHANNELS[group]
    column = "".join(
        f'<li class="map-li"><span class="dot"></span><a href="/c/{i}/" target="_blank"><span>{word}</span></a></li>'
        for i, word in enumerate(words)
    )
    return (
        '<div class="map-wrap"><div class="map-inner">'
        + "".join(
            f'<div class="map-col"><div class="map-hd"><h4><a href="/{i}/">{words[i % len(words)]}</a></h4></div>'
            f'<div class="map-bd"><ul>{column}</ul></div></div>'
            for i in range(columns)
        )
        + "</div></div>"
    )

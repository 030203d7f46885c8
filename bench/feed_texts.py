"""Feeds for the bench: well-formed ones like those of news sites, and edge cases with one flaw each.

Texts are put together from a fixed seed, so that every run reads the same bytes. Contents have the markup of
WordPress posts and portal articles: paragraphs with links and emphasis, pictures, lists, quotations.
"""

from __future__ import annotations

import json
from html import escape
from random import Random

__all__ = ["EDGE_CASES", "feeds"]

CHINESE = (
    "国产大模型在政务服务场景落地", "监管部门公布生成式人工智能服务管理办法", "多家企业完成算法备案",
    "参数规模超过千亿", "开源社区反响热烈", "推理成本下降一半", "业内人士表示数据质量仍是瓶颈",
    "该模型在中文评测中位居前列", "新版本支持长文本", "专家呼吁明确内容标识责任", "高校与企业共建算力平台",
    "产业链上下游加快布局",
)  # fmt: skip
ENGLISH = (
    "the regulator published its draft rules", "the model scores higher on reasoning",
    "weights are released under a new licence", "providers must label generated content",
    "inference costs fell by half", "researchers warn of data leakage", "the committee votes next week",
    "a longer context window ships today", "training used public data",
)  # fmt: skip
ILLUSTRATION = (
    '<p><img class="alignnone size-full wp-image-{n}" src="https://cdn.site.example/2023/07/{n}.jpg" alt="图 {n}" '
    'width="1080" height="608" srcset="https://cdn.site.example/2023/07/{n}-300x169.jpg 300w, '
    'https://cdn.site.example/2023/07/{n}.jpg 1080w" sizes="(max-width: 1080px) 100vw, 1080px" /></p>\n'
)


class Writer:
    """Makes texts of one language from a seed."""

    def __init__(self, seed: int, phrases: tuple[str, ...], *, is_chinese: bool) -> None:
        self._random = Random(seed)
        self._phrases = phrases
        self._comma, self._stop = ("，", "。") if is_chinese else (", ", ". ")

    def title(self, number: int) -> str:
        """Return a headline, with a number that tells it from all others."""
        return f"{self._random.choice(self._phrases)} & {self._random.choice(self._phrases)} ({number})"

    def sentence(self) -> str:
        """Return a sentence of two to four phrases."""
        return self._comma.join(self._random.choices(self._phrases, k=self._random.randint(2, 4))) + self._stop

    def paragraph(self) -> str:
        """Return a paragraph with emphasis and a link."""
        sentences = [self.sentence() for _ in range(self._random.randint(2, 5))]
        sentences[0] = f"<strong>{sentences[0]}</strong>"
        link = f"https://site.example/tag/{self._random.randint(1, 99)}/"
        sentences[1] = f'<a href="{link}" target="_blank" rel="noopener">{sentences[1]}</a>'
        return f'<p style="text-align: left;">{"".join(sentences)}</p>\n'

    def article(self, paragraphs: int) -> str:
        """Return the HTML of a whole article."""
        parts = []
        for number in range(paragraphs):
            parts.append(self.paragraph())
            if number % 4 == 1:
                parts.append(ILLUSTRATION.format(n=self._random.randint(1_000, 9_999)))
            if number % 6 == 3:
                parts.append(f"<h2>{self.sentence()}</h2>\n<blockquote>{self.paragraph()}</blockquote>\n")
        return "".join(parts)


def feeds() -> dict[str, bytes]:
    """Return the well-formed feeds by what they are."""
    chinese, english = Writer(1, CHINESE, is_chinese=True), Writer(2, ENGLISH, is_chinese=False)
    return {
        "RSS, full text, zh, 20": rss(chinese, 20, full=True).encode(),
        "RSS, full text, en, 50": rss(english, 50, full=True).encode(),
        "RSS, full text, zh, 200": rss(chinese, 200, full=True).encode(),
        "RSS, summaries, zh, 100": rss(chinese, 100, full=False).encode(),
        "RSS, summaries, GBK, 40": rss(chinese, 40, full=False, label="gb2312").encode("gb18030"),
        "Atom, full text, en, 30": atom(english, 30).encode(),
        "Atom, full text, zh, 100": atom(chinese, 100).encode(),
        "RDF, zh, 60": rdf(chinese, 60).encode(),
        "JSON Feed, en, 50": json_feed(english, 50).encode(),
    }


def rss(writer: Writer, count: int, *, full: bool, label: str = "UTF-8") -> str:
    """Return RSS 2.0 as WordPress writes it."""
    items = []
    for number in range(count):
        content = f"<content:encoded><![CDATA[{writer.article(14)}]]></content:encoded>" if full else ""
        items.append(
            f"<item>\n<title>{escape(writer.title(number))}</title>\n<link>https://site.example/2023/07/{number}.html</link>\n"
            f"<dc:creator><![CDATA[编辑{number % 7}]]></dc:creator>\n<pubDate>{stamp(number)}</pubDate>\n"
            f"<category><![CDATA[AI]]></category>\n<category><![CDATA[资讯]]></category>\n"
            f'<guid isPermaLink="false">https://site.example/?p={number}</guid>\n'
            f"<description><![CDATA[{writer.paragraph()}]]></description>\n{content}\n</item>"
        )
    return (
        f'<?xml version="1.0" encoding="{label}"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">\n<channel>\n<title>站点</title>\n'
        "<link>https://site.example/</link>\n<description>d</description>\n<sy:updatePeriod>hourly</sy:updatePeriod>\n"
        f"<sy:updateFrequency>1</sy:updateFrequency>\n{''.join(items)}\n</channel>\n</rss>"
    )


def stamp(number: int) -> str:
    """Return a date of July 2023 as RFC 822 writes it."""
    return f"{1 + number % 28:02d} Jul 2023 {number % 24:02d}:{number % 60:02d}:07 +0800"


def atom(writer: Writer, count: int) -> str:
    """Return Atom 1.0 with escaped contents."""
    entries = [
        f'<entry><title type="html">{escape(escape(writer.title(number)))}</title>'
        f'<link rel="alternate" type="text/html" href="https://site.example/posts/{number}"/>'
        f'<link rel="edit" href="https://site.example/edit/{number}"/><id>tag:site.example,2023:{number}</id>'
        f"<published>2023-07-{1 + number % 28:02d}T08:{number % 60:02d}:00Z</published>"
        f"<updated>2023-08-{1 + number % 28:02d}T09:{number % 60:02d}:00+08:00</updated>"
        f"<author><name>Writer {number % 5}</name></author>"
        f'<content type="html">{escape(writer.article(10))}</content></entry>\n'
        for number in range(count)
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title>'
        f'<link href="https://site.example/"/><id>urn:blog</id>\n{"".join(entries)}</feed>'
    )


def rdf(writer: Writer, count: int) -> str:
    """Return RSS 1.0."""
    items = [
        f'<item rdf:about="https://site.example/{number}"><title>{escape(writer.title(number))}</title>'
        f"<link>https://site.example/{number}</link><description>{escape(writer.sentence())}</description>"
        f"<dc:date>2023-07-{1 + number % 28:02d}T08:{number % 60:02d}:00+08:00</dc:date></item>\n"
        for number in range(count)
    ]
    return (
        '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="https://site.example/"><title>t</title></channel>\n{"".join(items)}</rdf:RDF>'
    )


def json_feed(writer: Writer, count: int) -> str:
    """Return JSON Feed 1.1."""
    items = [
        {
            "id": str(number), "url": f"https://site.example/j/{number}", "title": writer.title(number),
            "date_published": f"2023-07-{1 + number % 28:02d}T08:00:00+08:00", "content_html": writer.article(6),
        }
        for number in range(count)
    ]  # fmt: skip
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": items}, ensure_ascii=False)


_ONE, _TWO = (
    f"<item><title>标题{number}</title><link>https://site.example/{number}</link></item>" for number in (1, 2)
)
_BOTH = ["标题1", "标题2"]


def _labelled(label: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="{label}"?><rss><channel>{inner}</channel></rss>'


def _rss(inner: str, head: str = "") -> bytes:
    return f'{head}<rss version="2.0"><channel><title>t</title>{inner}</channel></rss>'.encode()


EDGE_CASES: dict[str, tuple[bytes, list[str]]] = {
    "blank before the declaration": (_rss(_ONE + _TWO, '\n <?xml version="1.0"?>'), _BOTH),
    "bare ampersand": (_rss(_ONE + _TWO.replace("标题2", "A & B")), ["标题1", "A & B"]),
    "bare less-than": (_rss(_ONE + _TWO.replace("标题2", "a < b")), ["标题1", "a < b"]),
    "HTML entity": (_rss(_ONE + _TWO.replace("标题2", "caf&eacute;")), ["标题1", "café"]),
    "control character": (_rss(_ONE.replace("标", "\x08标") + _TWO), _BOTH),
    "undeclared prefix": (_rss(_ONE.replace("<link>", "<dc:creator>c</dc:creator><link>") + _TWO), _BOTH),
    "cut off": (_rss(_ONE + _TWO)[:-40], _BOTH),
    "unclosed item": (_rss(_ONE.replace("</item>", "") + _TWO), _BOTH),
    "label of another charset": (_labelled("gb2312", _ONE + _TWO).encode(), _BOTH),
    "GB18030 beyond GB2312": (
        _labelled("gb2312", _ONE.replace("标题1", "朱镕基与陶喆") + _TWO).encode("gb18030"), ["朱镕基与陶喆", "标题2"]),
    "GBK with a control character": (
        _labelled("gbk", _ONE.replace("标", chr(8) + "标") + _TWO).encode("gb18030"), _BOTH),
    "UTF-16": (_labelled("utf-16", _ONE + _TWO).encode("utf-16"), _BOTH),
    "capitals": (_rss(_ONE.replace("item>", "ITEM>").replace("title>", "Title>") + _TWO), _BOTH),
    "document type with entities": (
        _rss(_ONE + _TWO, '<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY a "b">]>'), _BOTH),
    "a document type in the text": (
        _rss(_ONE.replace("</link>", "</link><description><![CDATA[<!DOCTYPE html>x]]></description>") + _TWO), _BOTH),
    "link in the guid": (_rss("<item><title>标题1</title><guid>https://site.example/1</guid></item>" + _TWO), _BOTH),
    "no date, no id": (_rss("<item><title>标题1</title><description>x</description></item>" + _TWO), _BOTH),
    "an empty entry": (_rss("<item></item>" + _ONE + _TWO), _BOTH),
    "bad date": (_rss(_ONE.replace("</link>", "</link><pubDate>32 Foo 2023</pubDate>") + _TWO), _BOTH),
    "CDATA title": (_rss(_ONE.replace("标题1", "<![CDATA[标题1]]>") + _TWO), _BOTH),
    "long CDATA title": (_rss(_ONE.replace("标题1", f"<![CDATA[{'长' * 100}]]>") + _TWO), ["长" * 100, "标题2"]),
    "an open section in a comment": (_rss(f"<!-- <![CDATA[ -->{_ONE}<x><![CDATA[{'y' * 300}]]></x>{_TWO}"), _BOTH),
}  # fmt: skip

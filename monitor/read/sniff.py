"""Tell bytes that hold no page from bytes that may: media types and file signatures."""

from __future__ import annotations

import re

from monitor.types import Rejected
from storage.records import Outcome

__all__ = ["MAX_BYTES", "is_markdown", "is_plain_text", "refuse"]

MAX_BYTES = 10_000_000
"""Larger bodies are refused: some pages cost the square of their size."""

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"RIFF", "an image or a sound"),
    (b"PK\x03\x04", "an archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"\x00\x00\x00", "a binary file"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\x1b")
_MEDIA = re.compile(
    r"\s*(image|audio|video|font)/|\s*application/(pdf|zip|gzip|x-|msword|vnd\.|octet-stream|json)", re.I
)
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|div|p|article|title|meta|h1)\b", re.IGNORECASE)
_FEED = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex)\b",
    re.S,
)
_PLAIN = re.compile(r"\s*text/(plain|markdown|x-markdown)\b", re.I)
_MARKDOWN = re.compile(r"\s*text/(x-)?markdown\b", re.I)
_MARKDOWN_NAME = re.compile(r"\.(md|markdown)$", re.I)
_TEXT_NAME = re.compile(r"\.(txt|text|md|markdown)$", re.I)


def refuse(body: bytes, content_type: str | None = None) -> Rejected | None:
    """Return the reason why ``body`` cannot be a page, or None if it may be one."""
    if len(body) > MAX_BYTES:
        return Rejected(rejected=Outcome.TOO_LARGE, detail=f"{len(body)} bytes; at most {MAX_BYTES} are read")
    if not body.strip():
        return Rejected(rejected=Outcome.UNSUPPORTED, detail="an empty body")
    kind = _kind(body, content_type)
    return Rejected(rejected=Outcome.UNSUPPORTED, detail=f"expected a page, found {kind}") if kind else None


def _kind(body: bytes, content_type: str | None) -> str | None:
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            return kind
    head = body[:2048]
    if _FEED.match(head):
        return "a feed or a sitemap"
    if content_type and _MEDIA.match(content_type) and not _MARKUP.search(head):
        return content_type.split(";")[0].strip()[:80]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and len(head) - len(head.translate(None, _CONTROLS)) > len(head) // 50:
        return "a binary file"
    return None


def is_plain_text(content_type: str | None, name: str | None) -> bool:
    """Tell whether a document is plain text or Markdown by its media type or its file name."""
    if content_type and _PLAIN.match(content_type):
        return True
    return bool(name and _TEXT_NAME.search(name) and not (content_type and "html" in content_type.lower()))


def is_markdown(content_type: str | None, name: str | None) -> bool:
    """Tell whether a plain text is Markdown by its media type or its file name."""
    return bool((content_type and _MARKDOWN.match(content_type)) or (name and _MARKDOWN_NAME.search(name)))

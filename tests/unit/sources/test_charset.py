"""Bytes of any label become the text that was meant."""

from __future__ import annotations

import pytest

from monitor.sources._charset import decode

TEXT = '<?xml version="1.0" encoding="{}"?><t>朱镕基与陶喆，2023年生成式人工智能服务</t>'


def xml(declared: str, codec: str) -> bytes:
    return TEXT.format(declared).encode(codec)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (xml("utf-8", "utf-8"), None),
        ('<?xml encoding="gb2312"?>标题1 朱镕基与陶喆，2023年生成式人工智能服务'.encode(), "text/xml; charset=gbk"),
        (xml("gb2312", "gb18030"), None),
        (xml("GBK", "gb18030"), "text/xml"),
        (xml("utf-8", "gb18030"), "application/xml; charset=GBK"),
        (xml("gbk", "utf-8"), None),
        (xml("gbk", "utf-8"), "text/xml; charset=gbk"),
        (xml("iso-8859-1", "utf-8"), "text/xml; charset=ISO-8859-1"),
        (xml("x-unknown", "gb18030"), 'text/xml; charset="nonsense"'),
        (xml("rot13", "utf-8"), "text/xml; charset=base64"),
        (xml("utf-8", "gb18030"), "text/xml; charset=utf-8"),
        (xml("iso-8859-1", "gb18030"), "text/xml; charset=ISO-8859-1"),
        (xml("utf-16", "utf-8"), None),
        (xml("utf-16", "utf-16"), None),
        (xml("utf-16", "utf-16-le"), None),
        (xml("utf-16", "utf-16-be"), None),
        (b"\xef\xbb\xbf" + xml("gbk", "utf-8"), "text/xml; charset=gbk"),
        (TEXT.replace("<?xml", "<!--").replace("encoding", "none").encode("gb18030"), None),
    ],
    ids=[
        "utf-8", "gbk-labels-on-utf-8",
        "gb2312", "gbk", "http-over-xml", "wrong-xml", "wrong-both", "latin-label", "unknown", "no-text-codec",
        "utf-8-label-on-gbk", "latin-label-on-gbk", "utf-16-label", "utf-16", "utf-16-le", "utf-16-be", "bom-wins",
        "no-label",
    ],
)  # fmt: skip
def test_chinese_text_is_read_whatever_the_labels_say(body: bytes, content_type: str | None) -> None:
    assert "朱镕基与陶喆，2023年生成式人工智能服务" in decode(body, content_type)


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("測試，中國網".encode("big5"), "text/html; charset=big5", "測試，中國網"),
        ("<meta charset=Shift_JIS>日本語".encode("cp932"), None, "<meta charset=Shift_JIS>日本語"),
        ("한국어".encode("euc-kr"), "text/html; charset=euc-kr", "한국어"),
        ("“señor” café".encode("cp1252"), "text/html; charset=iso-8859-1", "“señor” café"),
        (b"plain", None, "plain"),
        (b"", None, ""),
    ],
    ids=["big5", "shift-jis", "euc-kr", "windows-1252", "ascii", "empty"],
)
def test_labels_that_are_true_are_believed(body: bytes, content_type: str | None, text: str) -> None:
    assert decode(body, content_type) == text


def test_one_broken_byte_costs_one_character() -> None:
    body = "开头".encode("gb18030") + b"\xff" + "结尾正文".encode("gb18030")

    text = decode(body, "text/html; charset=gbk")

    assert text.startswith("开头\ufffd")
    assert text.endswith("正文")


@pytest.mark.parametrize("label", ["undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7"])
def test_a_codec_that_is_no_charset_is_not_used(label: str) -> None:
    broken = f'<?xml encoding="{label}"?>'.encode() + b"+AGE- \\u0061 \xff\xfe"

    assert "+AGE- \\u0061" in decode(broken, f"text/xml; charset={label}")

from __future__ import annotations

import codecs

import pytest

from monitor.read.charset import decode

CHINESE = "生成式人工智能服务管理暂行办法自八月十五日起施行，镕和喆都在里面。"
TRADITIONAL = "生成式人工智慧服務的管理辦法自八月十五日起施行，這是我們關心的大事。"


def page(text: str, charset: str, declared: str | None = None) -> bytes:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}</head><body><p>{text * 4}</p></body></html>".encode(charset)


CASES = [
    pytest.param(page(CHINESE, "utf-8"), None, CHINESE, id="utf-8 unlabelled"),
    pytest.param(page(CHINESE, "utf-8", "gb2312"), None, CHINESE, id="utf-8 labelled gb2312"),
    pytest.param(page(CHINESE, "utf-8"), "text/html; charset=iso-8859-1", CHINESE, id="utf-8 sent as latin-1"),
    pytest.param(page(CHINESE, "gb18030", "gb2312"), None, CHINESE, id="gbk labelled gb2312"),
    pytest.param(page(CHINESE, "gb18030"), "text/html; charset=GBK", CHINESE, id="gbk by header"),
    pytest.param(page(CHINESE, "gb18030"), None, CHINESE, id="gbk unlabelled"),
    pytest.param(page(CHINESE, "gb18030", "utf-8"), None, CHINESE, id="gbk labelled utf-8"),
    pytest.param(page(CHINESE, "gb18030"), "text/html; charset=iso-8859-1", CHINESE, id="gbk sent as latin-1"),
    pytest.param(page(TRADITIONAL, "big5hkscs", "big5"), None, TRADITIONAL, id="big5"),
    pytest.param(page(TRADITIONAL, "big5hkscs"), None, TRADITIONAL, id="big5 unlabelled"),
    pytest.param(codecs.BOM_UTF16_LE + page(CHINESE, "utf-16-le"), None, CHINESE, id="utf-16 mark"),
    pytest.param(codecs.BOM_UTF8 + page(CHINESE, "utf-8", "gbk"), None, CHINESE, id="utf-8 mark beats label"),
    pytest.param(page("Schöne Grüße aus Köln.", "cp1252", "iso-8859-1"), None, "Schöne Grüße", id="latin-1"),
    pytest.param(page("Прывітанне, свет", "cp1251", "windows-1251"), None, "Прывітанне", id="cyrillic"),
    pytest.param(page("日本語のニュースです。", "shift_jis", "Shift_JIS"), None, "日本語のニュース", id="shift_jis"),
    pytest.param(page("한국어 뉴스입니다.", "euc-kr", "euc-kr"), None, "한국어 뉴스", id="euc-kr"),
    pytest.param(b'<?xml version="1.0" encoding="gbk"?>' + page(CHINESE, "gbk"), None, CHINESE, id="xml declaration"),
]


@pytest.mark.parametrize(("body", "content_type", "expected"), CASES)
def test_text_is_decoded(body: bytes, content_type: str | None, expected: str) -> None:
    decoded = decode(body, content_type)
    assert decoded is not None
    assert expected in decoded.text
    assert decoded.broken == 0


def test_http_equiv_names_the_charset() -> None:
    body = b'<meta http-equiv="Content-Type" content="text/html; charset=big5">' + TRADITIONAL.encode("big5")
    decoded = decode(body)
    assert decoded is not None
    assert decoded.charset == "big5hkscs"


@pytest.mark.parametrize("label", ["utf-7", "hex", "rot13", "unicode_escape", "idna", "bogus", "../../etc"])
def test_label_that_is_no_charset_of_the_web_is_ignored(label: str) -> None:
    decoded = decode(page(CHINESE, "utf-8", label))
    assert decoded is not None
    assert CHINESE in decoded.text


def test_body_cut_within_a_character_is_still_utf_8() -> None:
    decoded = decode(page(CHINESE * 40, "utf-8")[:-20][:2001])
    assert decoded is not None
    assert decoded.charset == "utf-8"
    assert decoded.text.count("\ufffd") <= 1


def test_one_byte_gone_wrong_costs_one_character() -> None:
    body = page(CHINESE * 20, "gb18030", "gbk").replace("暂".encode("gbk"), b"\xff\xff", 1)
    decoded = decode(body)
    assert decoded is not None
    assert decoded.charset == "gb18030"
    assert 0 < decoded.broken < 0.01

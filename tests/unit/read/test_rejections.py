"""What is served instead of an article gets the one reason why it is none."""

from __future__ import annotations

import pytest

from monitor.read import read_page, read_text
from monitor.types import Extracted, Rejected
from storage.records import Outcome

URL = "https://news.test/a/1.html"


def page(title: str, body: str) -> bytes:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>".encode()


LINKS = "".join(
    f'<li><a href="/a/{i}">第{i}条新闻的标题写在这里供人点击</a><span>07-0{i % 9}</span></li>' for i in range(40)
)
EXCERPTS = "".join(
    f'<div class="item"><h3><a href="/a/{i}">第{i}条新闻的标题写在这里</a></h3>'
    f"<p>这是第{i}条新闻的摘要，只有一两句话，点开才能看到全文。</p></div>"
    for i in range(20)
)

PASSWORD = "<form><label>密码</label><input name=u><input type=password name=p></form>"

PAGES = [
    pytest.param(
        page("微信公众平台", "<p>环境异常</p><p>当前环境异常，完成验证后即可继续访问。</p><a>去验证</a>"),
        "blocked",
        id="wechat",
    ),
    pytest.param(page("百度安全验证", "<div id=app></div>"), "blocked", id="baidu"),
    pytest.param(page("提示", "<p>访问过于频繁，请稍后再试</p>"), "blocked", id="too often"),
    pytest.param(page("验证", "<p>请输入验证码后继续访问</p><img src=c.png><input>"), "blocked", id="captcha"),
    pytest.param(
        page("Just a moment...", "<p>Checking your browser before accessing.</p>"), "blocked", id="cloudflare"
    ),
    pytest.param(page("Access Denied", "<h1>Access Denied</h1><p>Reference #18.2</p>"), "blocked", id="denied"),
    pytest.param(page("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr>nginx"), "blocked", id="403 as 200"),
    pytest.param(page("a.test", "<p>Please enable JS and disable any ad blocker</p>"), "blocked", id="needs a script"),
    pytest.param(page("某网", f"<h1>登录后查看全文</h1>{PASSWORD}"), "blocked", id="login wall"),
    pytest.param(page("用户登录 - 某网", f"<p>欢迎使用某网</p>{PASSWORD}"), "blocked", id="login page"),
    pytest.param(page("某网", f"<p>欢迎回来</p>{PASSWORD}"), "blocked", id="password form"),
    pytest.param(
        page(
            "EU rules for AI | Example",
            "<h1>EU rules for AI</h1><p>Log in to continue reading</p><p>You have reached your limit of free articles. "
            "Subscribe now, or log in with your account, to support our independent reporting on technology.</p>",
        ),
        "blocked",
        id="no more free articles",
    ),
    pytest.param(page("首页", f"<ul>{LINKS}</ul>{PASSWORD}"), "not_article", id="list with a login box"),
    pytest.param(page("提示信息", "<p>该内容已被发布者删除</p>"), "gone", id="deleted"),
    pytest.param(page("404", "<p>抱歉，您访问的页面不存在</p>"), "gone", id="not found"),
    pytest.param(
        page("文章已下线", f"<p>文章已下线</p><div>{EXCERPTS}</div>"), "gone", id="taken down, with a list below"
    ),
    pytest.param(
        page("a.test", "<h1>Oops! That page can’t be found.</h1><p>Maybe try a search?</p>"), "gone", id="oops"
    ),
    pytest.param(page("某网", "<div id=app></div><noscript>请开启JavaScript</noscript>"), "blocked", id="script shell"),
    pytest.param(page("某网", "<p>You need to enable JavaScript to run this app.</p>"), "blocked", id="script app"),
    pytest.param(page("某网", "<div id=app></div><script>var a = 1</script>"), "not_article", id="empty shell"),
    pytest.param(page("新闻列表", f"<ul>{LINKS}</ul>"), "not_article", id="list"),
    pytest.param(page("首页", f"<div>{EXCERPTS}</div>"), "not_article", id="list with excerpts"),
    pytest.param(page("标题", "<p>太短。</p>"), "too_short", id="short"),
    pytest.param(b"", "unsupported", id="empty"),
    pytest.param(b" \n", "unsupported", id="blank"),
    pytest.param(b"%PDF-1.7 ...", "unsupported", id="pdf"),
    pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(100), "unsupported", id="image"),
    pytest.param(b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "unsupported", id="feed"),
    pytest.param(bytes(range(256)) * 20, "unsupported", id="binary"),
    pytest.param(b"x" * 10_000_001, "too_large", id="huge"),
]


@pytest.mark.parametrize(("body", "outcome"), PAGES)
def test_page_is_rejected_with_its_reason(body: bytes, outcome: str) -> None:
    result = read_page(body, URL)
    assert isinstance(result, Rejected)
    assert result.rejected == Outcome(outcome)
    assert result.detail


def test_media_type_of_an_image_is_unsupported() -> None:
    result = read_page(b"\x01\x02\x03 not markup", URL, "image/webp")
    assert isinstance(result, Rejected)
    assert result.rejected is Outcome.UNSUPPORTED


def test_image_type_on_a_page_does_not_hide_the_page() -> None:
    body = page("标题在这里", "<p>国家网信办等七部门公布了生成式人工智能服务管理暂行办法，自八月十五日起施行。</p>")
    assert isinstance(read_page(body, URL, "image/jpeg"), Extracted)


def test_flash_of_a_hundred_characters_is_an_article() -> None:
    flash = (
        "国家网信办今日公布第三批深度合成服务算法备案信息，共有一百二十九款算法通过备案，"
        "任何单位或个人如有疑义，可于公告后十日内提出意见。"
    )
    result = read_page(page("算法备案信息公布", f"<h1>算法备案信息公布</h1><p>{flash}</p>"), URL)
    assert isinstance(result, Extracted)
    assert result.text == flash


FLASHES = [
    "国家网信办今日公布第三批深度合成服务算法备案信息，共有一百二十九款算法通过备案，任何单位或个人如有疑义，可于公告后十日内提出意见。",
    "铁路部门今日宣布，购票网站将调整用户登录方式，自下月一日起，旅客须先登录后查看车次余票，原有的账号和密码继续有效，老年旅客可以到车站办理。",
]


@pytest.mark.parametrize("flash", FLASHES, ids=["news", "news about logging in"])
def test_article_with_a_login_box_beside_it_is_an_article(flash: str) -> None:
    box = f"<div>用户登录</div><div>请先登录</div>{PASSWORD}"
    result = read_page(page("今日公布的一条消息", f"{box}<h1>今日公布的一条消息</h1><p>{flash}</p>{box}"), URL)
    assert isinstance(result, Extracted)
    assert flash in result.text


def test_article_about_captchas_is_an_article() -> None:
    text = "验证码正在变得越来越难。研究者请志愿者输入验证码一千次，记录他们用了多久。" * 8
    assert isinstance(read_page(page("为什么验证码这么难", f"<p>{text}</p><p>结论是机器更快。</p>"), URL), Extracted)


SHORT_STORIES = [
    "近日，有网友反映购票时需要输入验证码多次，请完成验证后继续的提示反复出现。铁路部门回应称，验证码是为了防止抢票软件，访问过于频繁时系统会要求用户验证身份。",
    "今日上午，多家网站页面不存在的情况引发关注，访问时提示404。运营商称系统升级所致，目前已恢复正常，用户可以刷新页面后重试，后续将公布详细的原因分析和改进措施。",
]


@pytest.mark.parametrize("story", SHORT_STORIES, ids=["captchas", "lost pages"])
def test_short_news_of_what_notices_say_is_an_article(story: str) -> None:
    assert isinstance(
        read_page(page("今日公布的一条消息", f"<h1>今日公布的一条消息</h1><p>{story}</p>"), URL), Extracted
    )


def test_notice_that_is_only_a_table_is_an_article() -> None:
    rows = "".join(f"<tr><td>{i}</td><td>某某生成合成算法{i}</td><td>某某科技有限公司</td></tr>" for i in range(20))
    result = read_page(page("关于算法备案的公告", f"<h1>关于算法备案的公告</h1><table>{rows}</table>"), URL)
    assert isinstance(result, Extracted)
    assert result.text.split("\n")[3] == "3 | 某某生成合成算法3 | 某某科技有限公司"


def test_article_with_many_links_beside_it_is_an_article() -> None:
    text = "".join(f"<p>这是第{i}段正文，里面有足够多的字来说明一件事情，并且有标点。</p>" for i in range(6))
    result = read_page(page("标题", f"<ul>{LINKS}</ul><div><h1>标题</h1>{text}</div><ul>{LINKS}</ul>"), URL)
    assert isinstance(result, Extracted)
    assert len(result.text.split("\n")) == 6


@pytest.mark.parametrize("text", ["", "  \n ", "短", "short text"])
def test_text_that_says_nothing_is_too_short(text: str) -> None:
    result = read_text(text)
    assert isinstance(result, Rejected)
    assert result.rejected is Outcome.TOO_SHORT


def test_bytes_that_no_charset_explains_are_undecodable() -> None:
    body = bytes((i * 37 + i // 7) % 96 + 160 for i in range(4000))
    result = read_page(b"<html><meta charset=utf-8><p>" + b"\x80\xff\xfe" * 900 + body[:10], URL)
    assert isinstance(result, Rejected)

"""Pages that hold no article: home pages, lists, walls, challenges, what was deleted, shells, galleries, videos."""

# ruff: noqa: E501 - markup keeps the lines of the sites

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bench.extraction.facts import Facts, facts_of
from bench.extraction.markup import cards, links, scripts
from bench.extraction.page import Group, NotArticle

__all__ = ["not_articles"]

BLOCKED, GONE, NO_ARTICLE = ("blocked",), ("gone",), ("not_article",)
WALL = ("blocked", "not_article")
EMPTY = ("not_article", "too_short", "blocked")
THIN = ("not_article", "too_short")


def _page(title: str, body: str, head: str = "", weight: int = 10) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title>{head}{scripts(weight)}</head><body>{body}</body></html>'


def _rows(f: Facts, count: int) -> str:
    return links(
        f, count, "news", '<li><span class="date">' + f.day + '</span><a href="{href}" title="{text}">{text}</a></li>'
    )


def _excerpts(f: Facts, text: str, more: str) -> str:
    return "".join(
        f'<article class="post hentry"><h2 class="entry-title"><a href="/p/{i}">{escape(title)}</a></h2><time>{f.day}</time>'
        f'<div class="entry-summary"><p>{escape(text)}</p></div><a href="/p/{i}">{more}</a></article>'
        for i, title in enumerate(f.headlines[:10])
    )


def _home(f: Facts) -> str:
    blocks = "".join(
        f'<div class="mod"><h2><a href="/c{i}/">频道{i}</a></h2>{links(f, 14, "l")}</div>' for i in range(12)
    )
    return f'<div class="top"><h1><a href="/a/1">{f.headlines[0]}</a></h1><p>{f.headlines[1]}</p></div>{blocks}'


def _walls(z: Facts) -> Iterator[tuple[str, Group, str, str, tuple[str, ...]]]:
    yield (
        "cloudflare",
        "en",
        "https://www.example.test/news/ai-act",
        _page(
            "Just a moment...",
            '<div class="main-wrapper" role="main"><div class="main-content"><noscript><div class="h2"><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript></div></div><script>(function(){window._cf_chl_opt={cvId:"3"};var a=document.createElement("script");a.src="/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1?ray=8";})();</script>',
            '<meta name="robots" content="noindex,nofollow">',
        ),
        BLOCKED,
    )
    yield (
        "cloudflare_human",
        "en",
        "https://www.example.test/a",
        _page(
            "Attention Required! | Cloudflare",
            '<h1 data-translate="block_headline">Sorry, you have been blocked</h1><h2>You are unable to access example.test</h2><h2>Why have I been blocked?</h2><p>This website is using a security service to protect itself from online attacks. The action you just performed triggered the security solution. There are several actions that could trigger this block including submitting a certain word or phrase, a SQL command or malformed data.</p><h2>What can I do to resolve this?</h2><p>You can email the site owner to let them know you were blocked. Please include what you were doing when this page came up and the Cloudflare Ray ID found at the bottom of this page.</p><p>Cloudflare Ray ID: 7f1c2d3e4a5b6c7d • Your IP: 192.0.2.1</p>',
        ),
        BLOCKED,
    )
    yield (
        "akamai",
        "en",
        "https://www.example.test/b",
        '<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n You don\'t have permission to access "http&#58;&#47;&#47;www&#46;example&#46;test&#47;b" on this server.<P>\nReference&#32;&#35;18&#46;2d351ab8&#46;1688600000&#46;a1b2c3\n</BODY>\n</HTML>',
        BLOCKED,
    )
    yield (
        "wechat_challenge",
        "zh",
        "https://mp.weixin.qq.com/s/abcdefg",
        _page(
            "",
            '<div class="weui-msg"><div class="weui-msg__icon-area"><i class="weui-icon-warn weui-icon_msg"></i></div><div class="weui-msg__text-area"><h2 class="weui-msg__title">环境异常</h2><p class="weui-msg__desc">当前环境异常，完成验证后即可继续访问。</p></div><div class="weui-msg__opr-area"><a class="weui-btn weui-btn_primary" id="js_verify">去验证</a></div></div>',
        ),
        BLOCKED,
    )
    yield (
        "wechat_frequency",
        "zh",
        "https://mp.weixin.qq.com/s/abcdefh",
        _page(
            "验证",
            '<div class="container"><p class="tips">访问过于频繁，请用微信扫描二维码进行访问</p><img id="qr"></div>',
        ),
        BLOCKED,
    )
    yield (
        "baidu_captcha",
        "zh",
        "https://baijiahao.baidu.com/s?id=1",
        _page(
            "百度安全验证",
            '<div class="timeout hide"><div class="timeout-title">网络不给力，请稍后重试</div><button type="button">返回首页</button></div><div class="timeout-feedback hide"><div class="timeout-feedback-title">问题反馈</div></div>',
        ),
        BLOCKED,
    )
    yield (
        "waf",
        "zh",
        "https://www.example.test/news/1.html",
        _page(
            "405",
            '<div id="block_message"><h1>405</h1><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p><p>您的请求ID是: 7819a2d916886000001234567e</p></div>',
        ),
        BLOCKED,
    )
    yield (
        "slider",
        "zh",
        "https://www.example.test/p/1",
        _page(
            "滑动验证页面",
            '<div class="wrapper"><h3>请进行验证</h3><p>为了保障您的访问安全，请拖动滑块完成拼图</p><div id="nocaptcha"></div><p>如您有问题，请点击反馈</p></div>',
        ),
        BLOCKED,
    )
    yield (
        "geo",
        "en",
        "https://www.example.test/c",
        _page(
            "Unavailable",
            "<h1>451: Unavailable due to legal reasons</h1><p>We recognize you are attempting to access this website from a country belonging to the European Economic Area (EEA) including the EU which enforces the General Data Protection Regulation (GDPR) and therefore access cannot be granted at this time.</p>",
        ),
        BLOCKED,
    )
    yield (
        "robot_check",
        "en",
        "https://www.example.test/d",
        _page(
            "Robot check",
            '<h2>Are you a robot?</h2><p>We have detected unusual activity from your computer network. To continue, please click the box below to let us know you\'re not a robot.</p><p>Please make sure your browser supports JavaScript and cookies and that you are not blocking them from loading.</p><p>Block reference ID: 1a2b-3c</p><div id="px-captcha"></div>',
        ),
        BLOCKED,
    )
    yield (
        "login_zh",
        "zh",
        "https://www.example.test/question/1",
        _page(
            "登录 - 示例社区",
            f'<div class="nav">{links(z, 4)}</div><div class="sign"><h1>登录后查看完整内容</h1><form><input placeholder="手机号"><input placeholder="输入 6 位短信验证码"><button>登录/注册</button></form><p>未注册手机验证后自动登录，注册即代表同意《用户协议》《隐私保护指引》</p><span>微信</span><span>QQ</span><span>微博</span></div>',
        ),
        WALL,
    )
    yield (
        "login_en",
        "en",
        "https://www.example.test/e",
        _page(
            "Sign in to continue reading",
            "<main><h1>Log in to continue reading</h1><form><label>Email address</label><input><label>Password</label><input type=password><button>Log in</button></form><p>Forgot your password? Don't have an account? Register for free to read this article and two more each month.</p></main>",
        ),
        WALL,
    )


def _gone(z: Facts) -> Iterator[tuple[str, Group, str, str, tuple[str, ...]]]:
    yield (
        "wechat_deleted",
        "zh",
        "https://mp.weixin.qq.com/s/abcdefi",
        _page(
            "",
            '<div class="weui-msg"><div class="weui-msg__text-area"><h2 class="weui-msg__title">该内容已被发布者删除</h2></div></div>',
        ),
        GONE,
    )
    yield (
        "wechat_violation",
        "zh",
        "https://mp.weixin.qq.com/s/abcdefj",
        _page(
            "",
            '<div class="weui-msg"><h2 class="weui-msg__title">此内容因违规无法查看</h2><p class="weui-msg__desc">由用户投诉并经平台审核，涉嫌违反相关法律法规和政策，查看<a>对应规则</a></p></div>',
        ),
        GONE,
    )
    yield (
        "soft_404_zh",
        "zh",
        "https://www.example.test/a/99.html",
        _page(
            "404-页面不存在",
            f'<div class="head">{links(z, 12)}</div><div class="error"><h1>404</h1><p>抱歉，您访问的页面不存在或已被删除！</p><p><span id="s">5</span> 秒后自动返回首页</p></div><div><h3>热门推荐</h3>{links(z, 20)}</div>',
        ),
        GONE,
    )
    yield (
        "soft_404_en",
        "en",
        "https://www.example.test/f",
        _page(
            "Page not found",
            "<main><h1>Page not found</h1><p>We’re sorry, the page you were looking for could not be found. It may have been moved or deleted, or you may have mistyped the address.</p><p>Try searching or go back to the home page.</p></main>",
        ),
        GONE,
    )
    yield (
        "article_removed",
        "zh",
        "https://www.example.test/article/5",
        _page("示例号", '<div class="tip"><img src="/none.png"><p>该文章已下线</p><a href="/">去首页看看</a></div>'),
        GONE,
    )
    yield (
        "removed_hant",
        "zh-Hant",
        "https://www.example.test/story/5",
        _page("找不到網頁", "<h1>很抱歉，您要找的新聞不存在或已下架</h1><p>請回首頁瀏覽其他新聞，或使用搜尋功能。</p>"),
        GONE,
    )


def _lists(z: Facts, t: Facts, e: Facts) -> Iterator[tuple[str, Group, str, str, tuple[str, ...]]]:
    teaser = "这里是两行摘要，说一说文章的大意，读者点开之后才能看到全文，摘要之后是省略号……"
    yield "home_zh", "zh", "https://www.example.test/", _page("示例网_有态度的门户", _home(z), weight=60), NO_ARTICLE
    yield (
        "home_en",
        "en",
        "https://www.example.test/",
        _page(
            "Northern Ledger | News",
            f"<header>{links(e, 12)}</header><main>{cards(e, 16, 'card', 'A short teaser that tells readers why they should open the story and what it is about.')}</main><footer>All rights reserved</footer>",
        ),
        NO_ARTICLE,
    )
    yield (
        "channel_zh",
        "zh",
        "https://www.example.test/tech/",
        _page(
            "科技频道-示例网",
            f'<div class="nav">{links(z, 12)}</div><div class="list">{_rows(z, 40)}</div><div class="page">上一页 1 2 3 4 5 下一页</div>',
        ),
        NO_ARTICLE,
    )
    yield (
        "channel_cards_zh",
        "zh",
        "https://www.example.test/ai/",
        _page(
            "人工智能_示例科技",
            f'<div class="nav">{links(z, 10)}</div><div class="feed">{cards(z, 20, "item", teaser)}</div><div>加载更多</div>',
        ),
        NO_ARTICLE,
    )
    yield (
        "gov_list",
        "zh",
        "https://www.example.gov.test/zwgk/tzgg/",
        _page(
            "通知公告",
            f"<div>当前位置：首页 &gt; 政务公开 &gt; 通知公告</div><table>{''.join(f'<tr><td><a href=./t{i}.html>关于{h}的通知</a></td><td>{z.day}</td></tr>' for i, h in enumerate(z.headlines))}</table><div>共 25 页 首页 上一页 下一页 尾页</div>",
        ),
        NO_ARTICLE,
    )
    yield (
        "tag_wordpress",
        "en",
        "https://www.example.test/tag/ai/",
        _page(
            "AI Archives - Northern Ledger",
            f'<main id="main"><header><h1 class="page-title">Tag: AI</h1></header>{_excerpts(e, "The excerpt of a story runs to some forty words and ends in the middle of a sentence, so that the reader has to open the page to find out what happened to the mayor, the bridge and the dog, which is […]", "Continue reading")}</main>',
        ),
        NO_ARTICLE,
    )
    yield (
        "search_zh",
        "zh",
        "https://so.example.test/s?q=大模型",
        _page(
            "大模型_搜索结果",
            f"<div>为您找到相关结果约 12,300 个</div>{_excerpts(z, teaser, '查看全文')}<div>上一页 1 2 3 下一页</div>",
        ),
        NO_ARTICLE,
    )
    yield (
        "search_empty",
        "zh",
        "https://so.example.test/s?q=x",
        _page(
            "搜索结果",
            "<form><input><button>搜索</button></form><p>抱歉，没有找到与“x”相关的内容</p><p>建议：检查输入的文字是否有误，或换个关键词试试</p>",
        ),
        THIN,
    )
    yield (
        "list_hant",
        "zh-Hant",
        "https://www.example.test/cate/1",
        _page(
            "產業新聞｜島嶼日報",
            f"<nav>{links(t, 10)}</nav><h1>產業新聞</h1>{cards(t, 18, 'story', '這裡是新聞摘要，點進去才看得到全文，最多顯示兩行……')}<div>載入更多</div>",
        ),
        NO_ARTICLE,
    )
    yield (
        "forum_index",
        "zh",
        "https://bbs.example.test/forum-2-1.html",
        _page(
            "时事新闻 - 示例论坛 - Powered by Discuz!",
            f'<table id="threadlisttableid">{"".join(f"<tbody><tr><th class=new><a href=thread-{i}-1-1.html>{h}</a></th><td class=by><cite>user{i}</cite><em>{z.day}</em></td><td class=num>{i * 3}</td></tr></tbody>" for i, h in enumerate(z.headlines))}</table>',
        ),
        NO_ARTICLE,
    )
    yield (
        "topic_page",
        "zh",
        "https://www.example.test/zt/2023/",
        _page(
            "聚焦人工智能大会_专题",
            f'<div class="banner"><img></div><div class="intro">{teaser}</div>{"".join(f"<div><h2>板块{i}</h2>{links(z, 8)}</div>" for i in range(5))}',
        ),
        NO_ARTICLE,
    )


def _empty(z: Facts) -> Iterator[tuple[str, Group, str, str, tuple[str, ...]]]:
    yield (
        "shell_react",
        "en",
        "https://app.example.test/post/1",
        _page("Example", '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>'),
        EMPTY,
    )
    yield (
        "shell_vue",
        "zh",
        "https://app.example.test/#/detail?id=1",
        _page(
            "示例资讯",
            "<noscript><strong>很抱歉，本站需要启用 JavaScript 才能正常运行。</strong></noscript><div id=app><div class=loading>加载中...</div></div>",
        ),
        EMPTY,
    )
    yield (
        "redirect",
        "zh",
        "https://www.example.test/go/1",
        '<html><head><meta charset="utf-8"><script>window.location.href="https://m.example.test/1"</script></head><body>页面跳转中，请稍候…</body></html>',
        EMPTY,
    )
    yield (
        "gallery",
        "zh",
        "https://photo.example.test/a/1",
        _page(
            z.headlines[0],
            f'<h1>{z.headlines[0]}</h1><div class="photo"><span>1/12</span><img src="1.jpg"><a>上一张</a><a>下一张</a><a>查看原图</a></div><ul class="thumbs">{"".join(f"<li><img src={i}.jpg></li>" for i in range(12))}</ul><div>图集推荐</div>{cards(z, 12, "album")}',
        ),
        THIN,
    )
    yield (
        "video",
        "zh",
        "https://v.example.test/x/1.html",
        _page(
            z.headlines[2] + "_示例视频",
            f'<h1>{z.headlines[2]}</h1><div class="player"><video src="a.mp4"></video></div><div class="info"><span>1.2万次播放</span><span>{z.day}</span><button>点赞</button><button>收藏</button></div><div class="list"><h3>相关视频</h3>{cards(z, 20, "v")}</div>',
        ),
        THIN,
    )


def not_articles() -> Iterator[NotArticle]:
    """Yield the pages, always the same; every third is held out."""
    z, t, e = facts_of("none", "zh", 0), facts_of("none", "zh-Hant", 0), facts_of("none", "en", 0)
    rows = (*_walls(z), *_gone(z), *_lists(z, t, e), *_empty(z))
    for number, (name, group, url, body, expected) in enumerate(rows):
        yield NotArticle(
            name=name,
            group=group,
            held_out=number % 3 == 2,
            url=url,
            content_type="text/html; charset=utf-8",
            body=body.encode(),
            expected=expected,
        )

"""Pages with odd dates and doubled texts: relative times, years of the Republic, numerals, a body for each screen."""

# ruff: noqa: E501 - markup keeps the lines of the sites

from __future__ import annotations

from datetime import timedelta, timezone
from html import escape

from bench.extraction.facts import Facts
from bench.extraction.markup import body, cards, json_text, links, scripts
from bench.extraction.page import FETCHED_AT, Article, Draft, Layout

__all__ = ["LAYOUTS"]

CHINA = timezone(timedelta(hours=8))
DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def relative(a: Article, f: Facts) -> Draft:
    now = FETCHED_AT.astimezone(CHINA)
    yesterday, before = now - timedelta(days=1), now - timedelta(days=3)
    said, published = (
        ("今天 06:10", now.strftime("%Y-%m-%dT06:10+08:00")),
        ("昨天 18:05", yesterday.strftime("%Y-%m-%dT18:05+08:00")),
        ("3天前", before.strftime("%Y-%m-%d")),
        ("25分钟前", (now - timedelta(minutes=25)).strftime("%Y-%m-%dT%H:%M+08:00")),
        ("前天 09:30", (now - timedelta(days=2)).strftime("%Y-%m-%dT09:30+08:00")),
    )[f.turn]
    return Draft(
        url=f"https://m.xinzhi.test/p/{f.number}",
        html=f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{escape(a.title)} - 新知在线</title>{scripts(15)}</head><body><div class="top"><a>下载App</a>{links(f, 6, "tabs")}</div><div class="detail"><h1>{escape(a.title)}</h1><div class="author-line"><a class="avatar"></a><span class="nick">{f.account}</span><span class="time">{said}</span><span class="loc">发布于 福建</span><button>+ 关注</button></div><div class="rich">{body(a, {"h": "<h4>{}</h4>"})}</div><div class="declare">作者声明：内容取材于网络</div><div class="acts"><span>赞 {f.number % 99}</span><span>收藏</span><span>转发</span></div></div><div class="flow"><h5>猜你喜欢</h5>{cards(f, 8, "feed")}</div></body></html>""",
        published=published,
        authors=None,
        account=f.account,
        furniture=("下载App", "发布于 福建", "+ 关注", "作者声明：", "猜你喜欢", *f.headlines[-5:]),
    )  # fmt: skip


def twice(a: Article, f: Facts) -> Draft:
    """Render a portal that serves one body for wide screens and one for phones."""
    text = body(a, {"p": "<p>　　{}</p>", "h": "<p>　　<strong>{}</strong></p>"})
    figure = f'<p style="text-align:center"><img src="a.jpg"></p><p style="text-align:center"><font size="2">{a.caption}</font></p>'
    return Draft(
        url=f"http://www.yhnews.test/{f.date('%Y/%m/%d')}/{f.number}.html",
        html=f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><meta name="publishdate" content="{f.second}"><meta name="source" content="{f.outlet}"><title>{escape(a.title)}_云河新闻网</title>{scripts(15)}</head><body><div class="pc"><div class="bread">您的位置：首页 &gt; 要闻</div><h1 class="tit">{escape(a.title)}</h1><div class="sub"><span>{f.minute}</span><span>来源：{f.outlet}</span><span>记者 {" ".join(f.authors)}</span></div><div class="pc-text">{figure}{text}<p>[编辑：{f.editors[0]}]</p></div><div class="hot">频道推荐{links(f, 8, "hot")}</div></div><div class="mobile" style="display:none"><h1 class="m-tit">{escape(a.title)}</h1><div class="m-sub">{f.outlet} {f.minute}</div><div class="m-text">{text}</div></div><div class="foot">云河新闻网 版权所有</div></body></html>""",
        published=f.iso("second"),
        authors=f.authors,
        editors=f.editors,
        source=f.outlet,
        furniture=("[编辑：", "频道推荐", "您的位置", "版权所有", *f.headlines[:6]),
        neutral=(str(a.caption),),
    )  # fmt: skip


def numerals(a: Article, f: Facts) -> Draft:
    """Write a department's page whose only date is in Chinese numerals, below the text."""
    year, month, day = str(f.at.year).translate(DIGITS), _numeral(f.at.month), _numeral(f.at.day)
    return Draft(
        url=f"http://www.gxj.yunhe.gov.test/show.aspx?id={f.number}",
        html=f"""<html><head><meta charset="utf-8"><title>{escape(a.title)}-云河市工业局</title></head><body><div class="menu">{links(f, 10, "m")}</div><div class="w"><div class="pos">当前位置：首页 &gt;&gt; 工作动态</div><div class="bt">{escape(a.title)}</div><div class="zw">{body(a)}</div><div class="sj">发布日期：{year}年{month}月{day}日</div><div class="gb">【打印】【关闭】</div></div><div class="bottom">主办单位：云河市工业局 政府网站标识码：3507000001</div></body></html>""",
        published=f.iso("day"),
        furniture=("当前位置", "【打印】", "主办单位", "发布日期："),
    )  # fmt: skip


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{tens}十".translate(DIGITS)
    return head + (str(ones).translate(DIGITS) if ones else "")


def republic(a: Article, f: Facts) -> Draft:
    return Draft(
        url=f"https://www.moda.test/press/{f.number}",
        html=f"""<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><title>數位署全球資訊網-{escape(a.title)}</title>{scripts(8)}</head><body><a href="#C" accesskey="C">:::</a><div class="hd">{links(f, 10, "nav")}</div><div class="crumb">首頁 / 新聞稿</div><main id="C"><h2 class="title">{escape(a.title)}</h2><div class="share">友善列印 轉寄</div><article class="cp">{body(a, {"h": "<p><strong>{}</strong></p>"})}</article><ul class="info"><li>發布單位：數位署企劃組</li><li>發布日期：{f.at.year - 1911}-{f.date("%m-%d")}</li><li>更新日期：{f.at.year - 1911}-{f.date("%m-%d")}</li><li>點閱次數：{f.number % 999}</li></ul></main><footer>隱私權及資訊安全政策 | 政府網站資料開放宣告 本網站由數位署版權所有</footer></body></html>""",
        published=f.iso("day"),
        furniture=("友善列印", "發布單位", "點閱次數", "隱私權", ":::", "更新日期"),
    )  # fmt: skip


def dateline_en(a: Article, f: Facts) -> Draft:
    """Render an American paper's site: the date only in words, with a zone, after the byline."""
    data = {"@context": "https://schema.org", "@type": "WebPage", "name": a.title}
    hour = f.at.strftime("%I:%M").lstrip("0")
    half = "a.m." if f.at.hour < 12 else "p.m."
    return Draft(
        url=f"https://www.ledger.test/business/{a.key}",
        html=f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(a.title)} - Northern Ledger</title><script type="application/ld+json">{json_text(data)}</script>{scripts(20)}</head><body><header><a class="logo">Northern Ledger</a><h1 class="site-name">Northern Ledger</h1></header><div class="story"><h1 class="hed">{escape(a.title)}</h1><p class="dek">{a.deck or ""}</p><div class="bylines">By {" and ".join(f.authors)}</div><div class="stamp">Published {f.date("%B {d}, %Y")} at {hour} {half} GMT</div><div class="copy">{body(a, {"h": "<h3>{}</h3>"}, {3: '<div class="newsletter"><p>Get the Ledger in your inbox every weekday morning.</p></div>'})}</div><div class="end">Have a tip? Write to tips@ledger.test.</div></div><aside><h2>Most read</h2>{links(f, 8, "mr")}</aside><footer>© 2023 Northern Ledger. All rights reserved.</footer></body></html>""",
        published=f.iso("minute", "+00:00"),
        authors=f.authors,
        furniture=("Get the Ledger in your inbox", "Have a tip?", "Most read", "All rights reserved", *f.headlines[:5]),
        neutral=(str(a.deck),),
    )  # fmt: skip


LAYOUTS = (
    Layout(name="relative", menu=0, group="zh", render=relative),
    Layout(name="twice", group="zh", render=twice, held_out=True),
    Layout(name="numerals", menu=0, group="zh", render=numerals),
    Layout(name="republic", menu=0, group="zh-Hant", render=republic, held_out=True),
    Layout(name="dateline_en", group="en", render=dateline_en),
)

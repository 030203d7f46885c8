"""Sites of Taiwan and Hong Kong in Traditional characters, one of them in Big5."""

# ruff: noqa: E501 - markup keeps the lines of the sites

from __future__ import annotations

from html import escape

from bench.extraction.facts import Facts
from bench.extraction.markup import body, cards, json_text, links, scripts
from bench.extraction.page import Article, Draft, Layout

__all__ = ["LAYOUTS"]


def udn(a: Article, f: Facts) -> Draft:
    writer = f.authors[0]
    data = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": a.title,
        "datePublished": f.iso("second"),
        "author": {"@type": "Person", "name": f"聯合報／ 記者{writer}"},
        "publisher": {"@type": "Organization", "name": "聯合新聞網"},
    }
    figure = (
        f'<figure class="article-content__image"><picture><img src="a.jpg"/></picture><figcaption>{a.caption}圖／業者提供</figcaption></figure>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"https://udn.com/news/story/7241/{f.number}",
        html=f"""<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="UTF-8"><title>{escape(a.title)} | 科技產業 | 產經 | 聯合新聞網</title><meta name="date.available" content="{f.at.strftime("%Y/%m/%d %H:%M:%S")}"><meta property="og:title" content="{escape(a.title)} | 聯合新聞網"><script type="application/ld+json">{json_text(data)}</script>{scripts(40)}</head><body><nav>{links(f, 20, "nav")}</nav><main><section class="wrapper"><article class="article-content"><h1 class="article-content__title">{escape(a.title)}</h1>
<section class="article-content__subinfo"><section class="authors"><time class="article-content__time" datetime="{f.second}">{f.minute}</time> <span class="article-content__author">聯合報／ <a>記者{writer}</a>／台北即時報導</span></section><div class="social">讚 0 分享</div></section>
<section class="article-content__editor">{body(a, {"h": "<h2>{}</h2>"}, {1: figure, 3: '<div class="inline-ads">廣告（請繼續閱讀本文）</div>'})}</section><section class="keywords"><h2>延伸閱讀</h2>{links(f, 5, "more")}<a class="hash">AI</a></section><section class="discuss">共 0 則留言 規範 發布</section></article></section><aside><h2>熱門新聞</h2>{links(f, 12, "hot")}</aside></main><footer>聯合線上公司 著作權所有 © udn.com. All Rights Reserved.</footer></body></html>""",
        published=f.iso("second"),
        authors=(writer,),
        source="聯合報",
        publisher="聯合新聞網",
        furniture=("廣告（請繼續閱讀本文）", "延伸閱讀", "熱門新聞", "則留言", "著作權所有", *f.headlines[:8]),
        neutral=(f"{a.caption}圖／業者提供",),
    )  # fmt: skip


def ltn(a: Article, f: Facts) -> Draft:
    dateline = f"〔記者{f.authors[0]}／台北報導〕"
    figure = (
        f'<div class="photo boxTitle"><span class="ph_i"><img src="a.jpg"></span><span class="ph_d">{a.caption}（記者{f.authors[0]}攝）</span></div>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"https://news.ltn.com.tw/news/life/breakingnews/{f.number % 9999999}",
        html=f"""<!DOCTYPE html><html lang="zh-TW"><head><meta charset="utf-8"><title>{escape(a.title)} - 生活 - 自由時報電子報</title><meta property="article:published_time" content="{f.iso("second")}"><meta property="og:title" content="{escape(a.title)} - 生活"><meta property="og:site_name" content="自由時報電子報">{scripts(30)}</head><body><div class="ltnheader">{links(f, 20, "n")}</div><section class="content"><div class="breadcrumbs">首頁 &gt; 生活</div><div class="whitecon articlebody"><h1>{escape(a.title)}</h1><div class="function"><span class="time">{f.date("%Y/%m/%d %H:%M")}</span><div class="share">字體 A- A+</div></div>
<div class="text boxTitle boxText" data-desc="內容頁">{figure}<p>{f.date("%Y/%m/%d %H:%M")}</p>{body(a, {"h": "<h4>{}</h4>"}, {2: '<p class="before_ir">請繼續往下閱讀...</p>'}, dateline)}<p class="appE1121">不用抽 不用搶 現在用APP看新聞 保證天天中獎 <a>點我下載APP</a> <a>按我看活動辦法</a></p></div><div class="boxTitle suggest_default"><div>相關新聞</div>{links(f, 6, "rel")}</div></div></section><footer>自由時報版權所有不得轉載 © 2023 The Liberty Times. All Rights Reserved.</footer></body></html>""",
        published=f.iso("second"),
        authors=f.authors[:1],
        publisher="自由時報電子報",
        dateline=dateline,
        furniture=("請繼續往下閱讀", "不用抽 不用搶", "點我下載APP", "相關新聞", "版權所有", "字體 A-", *f.headlines[:6]),
        neutral=(f"{a.caption}（記者{f.authors[0]}攝）", f.date("%Y/%m/%d %H:%M")),
    )  # fmt: skip


def cna(a: Article, f: Facts) -> Draft:
    dateline = f"（中央社記者{f.authors[0]}台北{f.at.day}日電）"
    code = f"{f.at.year - 1911}{f.date('%m%d')}"
    figure = (
        f'<div class="fullPic"><div class="picinfo"><picture><img src="a.jpg"></picture>{a.caption}中央社記者{f.authors[0]}攝 {f.date("%m月%d日")}</div></div>'
        if a.caption
        else ""
    )
    main = body(
        a,
        {"h": "<h2>{}</h2>"},
        {
            2: '<div class="moreArticle"><div class="moreArticle-link">延伸閱讀 <a>'
            + f.headlines[0]
            + "</a></div></div>"
        },
        dateline,
    )
    at = main.rfind("</p>")
    return Draft(
        url=f"https://www.cna.com.tw/news/ait/{f.date('%Y%m%d')}{f.number % 9999}.aspx",
        html=f"""<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="UTF-8"><title>{escape(a.title)} | 科技 | 中央社 CNA</title><meta property="article:published_time" content="{f.date("%Y/%m/%d %H:%M")}"><meta itemprop="name" content="{escape(a.title)} | 科技 | 中央社 CNA">{scripts(20)}</head><body><nav>{links(f, 18, "n")}</nav><div class="wrapper"><div class="centralContent"><article><h1><span>{escape(a.title)}</span></h1><div class="timeBox"><div class="updatetime"><span>{f.date("%Y/%m/%d %H:%M")}</span>（{f.date("%m/%d")} 23:58 更新）</div></div>{figure}
<div class="paragraph">{main[:at]}（編輯：{f.editors[0]}）{code}{main[at:]}</div><div class="paragraph bottomArticleBanner">本網站之文字、圖片及影音，非經授權，不得轉載、公開播送或公開傳輸及利用。</div><div class="paragraph moreArticle">訂閱《早安世界》電子報 每天3分鐘掌握10件天下事</div></article><div class="rel">相關新聞{links(f, 6, "list")}</div></div></div><footer>© 2023 中央通訊社</footer></body></html>""",
        published=f.iso("minute"),
        authors=f.authors[:1],
        editors=f.editors,
        dateline=dateline,
        furniture=("非經授權，不得轉載", "訂閱《早安世界》", "延伸閱讀", "相關新聞", *f.headlines[:6]),
        neutral=(f"{a.caption}中央社記者{f.authors[0]}攝 {f.date('%m月%d日')}",),
    )  # fmt: skip


def hk_big5(a: Article, f: Facts) -> Draft:
    text = "<br><br>\n".join(escape(line) for line in a.lines)
    return Draft(
        url=f"http://www.oldpaper.test/news/{f.date('%Y%m%d')}/{f.number % 999}.htm",
        html=f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"><title>{escape(a.title)} - 港城時報</title></head><body bgcolor=#ffffff><table width=760><tr><td>{links(f, 10, "menu")}</td></tr></table><table width=760><tr><td width=560 valign=top><font size=5 color=#000080><b>{escape(a.title)}</b></font><br><font size=2 color=#666666>{f.date("%Y年{m}月{d}日")}　記者：{"、".join(f.authors)}</font><hr><font size=3>{text}</font>
<hr><font size=2><a href="#">回頁頂</a> | <a href="#">友善列印</a> | <a href="#">轉寄朋友</a></font></td><td width=200 valign=top><b>其他新聞</b>{links(f, 12, "other")}</td></tr></table><center><font size=1>港城時報有限公司 版權所有 不得轉載 Copyright 2023</font></center></body></html>""",
        published=f.iso("day"),
        authors=f.authors,
        furniture=("回頁頂", "友善列印", "其他新聞", "版權所有", *f.headlines[:8]),
    )  # fmt: skip


def hk01(a: Article, f: Facts) -> Draft:
    deck = f'<div class="break-words"><p>{a.deck}</p></div>' if a.deck else ""
    data = {
        "props": {"pageProps": {"article": {"title": a.title, "publishTime": f.stamp(), "authors": list(f.authors)}}}
    }
    return Draft(
        url=f"https://www.hk01.com/article/{f.number}",
        html=f"""<!DOCTYPE html><html lang="zh-HK"><head><meta charset="utf-8"/><title>{escape(a.title)}｜香港01</title><meta property="og:title" content="{escape(a.title)}"/><meta property="article:published_time" content="{f.iso("second")}"/>{scripts(30)}</head><body><div id="__next"><header>{links(f, 16, "nav")}</header><article id="article-content-section"><h1 id="article-title">{escape(a.title)}</h1><div data-testid="article-author"><span>撰文：</span><span><a>{"</a> <a>".join(f.authors)}</a></span></div><div data-testid="article-publish-info"><span>出版：</span><time datetime="{f.iso("second")}">{f.minute}</time><span>更新：</span><time>{f.date("%Y-%m-%d")} 23:58</time></div>
{deck}<div class="article-grid__content-section">{body(a, {"p": '<div class="text-base"><p class="whitespace-pre-wrap">{}</p></div>', "h": '<h3 class="text-lg">{}</h3>', "li": "<li><p>{}</p></li>"}, {2: '<div class="gallery">+2 按圖看清 <span>' + str(a.caption) + "</span></div>", 3: '<div class="related"><strong>相關文章：' + f.headlines[0] + "</strong><span>相關閱讀</span></div>"})}</div><div class="tags"><a>#人工智能</a></div><div class="dl">「香港01」App提供全方位資訊生活服務，立即下載！</div></article><aside>最Hit {links(f, 10, "hit")}</aside></div><script id="__NEXT_DATA__" type="application/json">{json_text(data)}</script></body></html>""",
        published=f.iso("second"),
        authors=f.authors,
        furniture=("按圖看清", "相關文章：", "相關閱讀", "立即下載", *f.headlines[:6]),
        neutral=(str(a.deck), str(a.caption), f"+2 按圖看清 {a.caption}"),
    )  # fmt: skip


def gov_hk(a: Article, f: Facts) -> Draft:
    end = f"{f.date('%Y年{m}月{d}日')}（星期四）"
    return Draft(
        url=f"https://www.info.gov.hk/gia/general/{f.date('%Y%m/%d')}/P{f.date('%Y%m%d')}00{f.number % 999}.htm",
        html=f"""<!DOCTYPE html><html lang="zh-hk"><head><meta charset="utf-8"/><title>{escape(a.title)}</title>{scripts(6)}</head><body><div id="printHeader">新聞公報</div><div class="controlBar"><a>列印</a> <a>English</a> <a>简体版</a> <a>電郵</a></div><div class="pressReleases"><div id="contentBody"><h1><span id="PRHeadlineSpan">{escape(a.title)}</span></h1><div class="line">＊＊＊＊＊＊＊＊＊＊＊</div>
<span id="pressrelease">{"<br>　<br>".join(escape("　　" + line) for line in a.lines)}<br>　<br>完</span><div>&nbsp;</div><div>{end}</div><div>香港時間{f.at.hour}時{f.at.minute:02}分</div></div><div id="news_nav"><h2>今日新聞公報</h2>{links(f, 8, "pr")}</div></div><div class="footer">返回頂部 | 新聞資料庫 | 網站指南 | 重要告示 | 私隱政策</div></body></html>""",
        published=f.iso("minute"),
        authors=(),
        furniture=("＊＊＊＊", "今日新聞公報", "返回頂部", "简体版"),
        neutral=("完", end, f"香港時間{f.at.hour}時{f.at.minute:02}分"),
    )  # fmt: skip


def etoday(a: Article, f: Facts) -> Draft:
    figure = (
        f'<p><img src="a.jpg"/></p><p><strong>▲{a.caption}（圖／記者{f.authors[0]}攝）</strong></p>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"https://www.ettoday.net/news/{f.date('%Y%m%d')}/{f.number % 9999999}.htm",
        html=f"""<!doctype html><html lang="zh-Hant"><head><meta charset="utf-8"><title>{escape(a.title)} | ETtoday生活新聞 | ETtoday新聞雲</title><meta name="pubdate" content="{f.iso("second")}"><meta itemprop="name" content="{escape(a.title)} | ETtoday生活新聞 | ETtoday新聞雲">{scripts(30)}</head><body><div class="nav">{links(f, 20, "n")}</div><article><header><h1 class="title" itemprop="headline">{escape(a.title)}</h1></header><div class="subject_news"><time class="date" itemprop="datePublished" datetime="{f.iso("second")}">{f.date("%Y年%m月%d日 %H:%M")}</time></div>
<div class="story" itemprop="articleBody">{figure}<p>記者{f.authors[0]}／台北報導</p>{body(a, {"h": "<p><strong>►{}</strong></p>"}, {3: '<p><strong>►<a href="#">不想錯過新聞？加入ETtoday APP</a></strong></p>'})}<p><a href="#">{f.headlines[0]}</a></p><p><a href="#">{f.headlines[1]}</a></p></div><div class="menu_txt_2">關鍵字： <a>AI</a></div></article><div class="block"><h2>相關新聞</h2>{cards(f, 6, "piece", "往下看更多")}</div><div class="block">讀者迴響</div><footer>東森新媒體控股股份有限公司 版權所有</footer></body></html>""",
        published=f.iso("second"),
        authors=f.authors[:1],
        furniture=(f"記者{f.authors[0]}／台北報導", "不想錯過新聞", f.headlines[0], f.headlines[1], "關鍵字：", "相關新聞", "讀者迴響", "版權所有"),
        neutral=(f"▲{a.caption}（圖／記者{f.authors[0]}攝）",),
    )  # fmt: skip


LAYOUTS = (
    Layout(name="udn", group="zh-Hant", render=udn),
    Layout(name="ltn", group="zh-Hant", render=ltn),
    Layout(name="cna", group="zh-Hant", render=cna, held_out=True),
    Layout(name="hk_big5", menu=0, group="zh-Hant", render=hk_big5, charset="big5hkscs", content_type="text/html"),
    Layout(name="hk01", group="zh-Hant", render=hk01),
    Layout(name="gov_hk", menu=0, group="zh-Hant", render=gov_hk, held_out=True),
    Layout(name="etoday", group="zh-Hant", render=etoday),
)

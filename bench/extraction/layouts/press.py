"""Chinese newspapers, agencies and finance sites: The Paper, People's Daily online (GBK), Xinhua, an e-paper and more."""

# ruff: noqa: E501 - markup keeps the lines of the sites

from __future__ import annotations

from html import escape

from bench.extraction.facts import Facts
from bench.extraction.markup import body, cards, comments, json_text, links, scripts
from bench.extraction.page import Article, Draft, Layout

__all__ = ["LAYOUTS"]


def thepaper(a: Article, f: Facts) -> Draft:
    data = {
        "props": {
            "pageProps": {
                "detailData": {
                    "contentDetail": {
                        "name": a.title,
                        "pubTime": f.minute,
                        "author": f"澎湃新闻记者 {' '.join(f.authors)}",
                    }
                }
            }
        }
    }
    figure = (
        f'<div class="imgbox"><img src="https://imagepphcloud.thepaper.cn/a.jpg"/></div><p class="image_desc">{a.caption} 受访者供图</p>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"https://www.thepaper.cn/newsDetail_forward_{f.number}",
        html=f"""<!DOCTYPE html><html><head><meta charSet="utf-8"/><title>{escape(a.title)}_未来2%_澎湃新闻-The Paper</title>{scripts(30)}</head><body><div id="__next">
<header class="index_header__x">{links(f, 20, "index_menu__x")}</header><main class="index_mainwrap__x"><div class="index_leftcontent__x"><div class="index_wrapper__x"><h1 class="index_title__B8mhI">{escape(a.title)}</h1>
<div class="index_left__LfzyH"><div>澎湃新闻记者 {" ".join(f.authors)}</div><div class="ant-space"><div class="ant-space-item"><span>{f.minute}</span></div><div class="ant-space-item"><span>来源：<span>澎湃新闻</span></span></div></div></div>
<div class="index_textBox__x"><div class="index_headerTag__x"><a>未来2%</a> &gt; </div><span>字号</span></div>
<div class="index_cententWrap__Jv8jK">{body(a, {"p": '<p class="">{}</p>', "h": '<p class=""><strong>{}</strong></p>'}, {2: figure})}</div>
<div class="index_text__x">责任编辑：{f.editors[0]}</div><div class="index_text__x">图片编辑：甘立言</div><div class="index_text__x">校对：{f.editors[0]}</div>
<div class="index_copyright__x">澎湃新闻报料：021-962866</div><div class="index_copyright__x">澎湃新闻，未经授权不得转载</div>
<ul class="index_tags__x"><li>#科技</li></ul><div class="index_praise__x"><div>{f.number % 99}</div><div>收藏</div><div>我要举报</div></div></div>
<div class="index_comments__x"><span>评论({len(f.comments)})</span>{comments(f)}</div><div>相关推荐</div>{cards(f, 8, "index_rec__x")}</div>
<div class="index_rightcontent__x"><div>热新闻</div>{links(f, 10, "index_hot__x")}<div>扫码下载澎湃新闻客户端 Android版 iPhone版 iPad版</div></div></main></div><script id="__NEXT_DATA__" type="application/json">{json_text(data)}</script></body></html>""",
        published=f.iso("minute"),
        authors=f.authors,
        editors=(f.editors[0], "甘立言"),
        source="澎湃新闻",
        furniture=("责任编辑：", "图片编辑：", "校对：", "澎湃新闻报料", "未经授权不得转载", "我要举报", *f.comments, *f.headlines[:8]),
        neutral=(f"{a.caption} 受访者供图",),
    )  # fmt: skip


def people(a: Article, f: Facts) -> Draft:
    agency = f.turn % 2 == 0
    dateline = f"人民网{f.date('云河{m}月{d}日')}电 （记者{'、'.join(f.authors)}）" if agency else ""
    byline = "" if agency else f'<div class="author cf">本报记者 {" ".join(f.authors)}</div>'
    figure = (
        f'<p style="text-align: center;"><img src="/a.jpg" /></p><p style="text-align: center;" class="desc">{a.caption}</p>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"http://finance.people.com.cn/n1/{f.date('%Y/%m%d')}/c1004-{f.number}.html",
        html=f"""<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html;charset=GB2312"/><meta http-equiv="Content-Language" content="utf-8" />
<meta name="publishdate" content="{f.day}"><meta name="author" content="100{f.number % 99}"><meta name="source" content="来源：{f.outlet}"><title>{escape(a.title)}--财经--人民网</title>{scripts(20)}</head><body>
<div class="header w1000">{links(f, 24, "nav")}</div><div class="path w1000 cf"><a>人民网</a>&gt;&gt;<a>财经</a></div><div class="layout rm_txt cf"><div class="col col-1"><h4 class="pre"></h4><h1>{escape(a.title)}</h1><h4 class="sub"></h4>{byline}
<div class="channel cf"><div class="col-1-1">{f.date("%Y年%m月%d日%H:%M")} | 来源：<a href="#" target="_blank">{f.outlet}</a></div><div class="col-1-2 fr"><span>小字号</span></div></div>
<div class="rm_txt_con cf"><div class="bza"></div>{body(a, {"p": "<p>" + chr(10) + chr(9) + "　　{}</p>", "h": "<p>　　<strong>{}</strong></p>"}, {1: figure}, dateline)}
<p class="paper_num">《{f.outlet}》（{f.date("%Y年%m月%d日")} 第 0{f.turn + 1} 版）</p><div class="edit cf">(责编：{"、".join((f.editors[0], f.authors[0]))})</div></div>
<div class="rm_relevant cf"><p>分享让更多人看到</p><div class="share"></div><h3><b>相关新闻</b></h3>{links(f, 6, "list")}</div></div>
<div class="col col-2 fr"><h3>热门排行</h3>{links(f, 10, "rm_ranking")}</div></div><div class="footer">人民日报社概况 | 关于人民网 | 报社招聘 | 人 民 网 版 权 所 有 ，未 经 书 面 授 权 禁 止 使 用 Copyright © 1997-2023 by www.people.com.cn</div></body></html>""",
        published=f.iso("minute"),
        authors=f.authors,
        editors=(f.editors[0], f.authors[0]),
        source=f.outlet,
        dateline=dateline,
        furniture=("(责编：", "分享让更多人看到", "相关新闻", "热门排行", *f.headlines[:6], "小字号"),
        neutral=(str(a.caption), f"《{f.outlet}》（{f.date('%Y年%m月%d日')} 第 0{f.turn + 1} 版）"),
    )  # fmt: skip


def xinhua(a: Article, f: Facts) -> Draft:
    dateline = f"新华社云河{f.date('{m}月{d}日')}电（记者{'、'.join(f.authors)}）"
    return Draft(
        url=f"http://www.news.cn/tech/{f.date('%Y%m%d')}/{f.number:032x}/c.html",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><meta name="publishdate" content="{f.date("%Y-%m-%d")}"/><title>{escape(a.title)}-新华网</title>{scripts(20)}</head><body>
<div class="header domPC"><div class="head-line clearfix"><h1><span class="title">{escape(a.title)}</span></h1><div class="header-time left"><span class="year"><em>{f.date("%Y")}</em></span><span class="day"><em>{f.date("%m")}</em>/<em>{f.date("%d")}</em></span><span class="time">{f.date("%H:%M:%S")}</span></div>
<div class="source">来源：{f.outlet}</div><div class="share-btn">字体：<span>小</span><span>中</span><span>大</span> 分享到：</div></div></div>
<div class="mheader domMobile"><h1><span class="title">{escape(a.title)}</span></h1><div class="info">{f.second} 来源：{f.outlet}</div></div>
<div class="main clearfix"><div class="main-left left"><div id="detail"><span id="detailContent">{body(a, {"p": "<p>　　{}</p>", "h": '<p>　　<strong><font color="navy">{}</font></strong></p>'}, None, dateline)}</span>
<div class="tiyi1 domPC"><a href="#"><img></a></div><div id="articleEdit"><span class="tiyi1 domPC">【纠错】</span><span class="editor"> 【责任编辑:{f.editors[0]}】 </span></div></div><div class="nextpage clearfix"><div class="tit">阅读下一篇：</div><div>{f.headlines[0]}</div></div><div class="ad_right"></div></div>
<div class="main-right right"><div class="columBox hotList"><h2>热榜</h2>{links(f, 10, "list")}</div><div>深度观察 新华全媒头条 {links(f, 20, "book")}</div></div></div><div class="foot">Copyright © 2000 - 2023 XINHUANET.com　All Rights Reserved. 制作单位：新华网股份有限公司　版权所有：新华网股份有限公司 010020020110000000000000011100001300000000</div></body></html>""",
        published=f.iso("second"),
        authors=f.authors,
        editors=f.editors,
        source=f.outlet,
        dateline=dateline,
        furniture=("【纠错】", "【责任编辑", "阅读下一篇", *f.headlines[:8], "字体：", "分享到："),
    )  # fmt: skip


def chinanews(a: Article, f: Facts) -> Draft:
    dateline = f"中新网云河{f.date('{m}月{d}日')}电 ({' '.join(f.authors)})"
    figure = (
        f'<table align="center"><tbody><tr><td><img src="a.jpg"/></td></tr><tr><td style="text-align:center">{a.caption}　{f.editors[0]} 摄</td></tr></tbody></table>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"https://www.chinanews.com.cn/cj/{f.date('%Y/%m-%d')}/{f.number}.shtml",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>{escape(a.title)}-中新网</title><meta name="description" content="{escape(a.deck or "")}">{scripts(20)}</head><body><div class="nav">{links(f, 22, "nav_navcon")}</div><div id="con"><div id="con_left">
<div class="content_maincontent_more"><div class="content_maincontent_content"><h1 class="content_left_title">{escape(a.title)}</h1><div class="content_left_time">{f.date("%Y年%m月%d日 %H:%M")}　来源：<a class="source" href="#">{f.outlet}</a> <div class="share">参与互动 大字体 小字体 分享到：</div></div>
<div class="left_zw" style="position:relative">{body(a, {"p": "<p>　　{}</p>", "h": "<p>　　<strong>{}</strong></p>"}, {2: figure}, dateline)}<p>　　(完)</p><div class="adEditor"><div class="left_name right">【编辑:{f.editors[0]}】</div></div></div></div></div>
<div class="div624">更多精彩内容请进入财经频道</div><div class="zdtj_list"><h2>相关新闻</h2>{links(f, 6, "xg")}</div></div><div id="con_right">财经新闻精选{links(f, 30, "news_list")}</div></div><div class="bottom">关于我们 | About us 本网站所刊载信息，不代表中新社和中新网观点。 刊用本网站稿件，务经书面授权。</div></body></html>""",
        published=f.iso("minute"),
        authors=f.authors,
        editors=f.editors,
        source=f.outlet,
        dateline=dateline,
        furniture=("【编辑:", "更多精彩内容", "参与互动", "相关新闻", *f.headlines[:8]),
        neutral=(f"{a.caption}　{f.editors[0]} 摄", "(完)"),
    )  # fmt: skip


def epaper(a: Article, f: Facts) -> Draft:
    deck = f"<tr><td align=center>{a.deck}</td></tr>" if a.deck else ""
    byline = f"本报记者　{'　'.join(f.authors)}"
    return Draft(
        url=f"http://epaper.yhrb.test/html/{f.date('%Y-%m/%d')}/content_{f.number}.htm",
        html=f"""<html><head><META http-equiv=Content-Type content="text/html; charset=utf-8"><TITLE>云河日报数字报-{escape(a.title)}</TITLE></head><body><table width=1000 border=0><tr><td colspan=2><table><tr><td>云河日报 {f.date("%Y年%m月%d日")} 星期四</td><td>往期回顾</td><td><a href="../../">返回目录</a></td></tr></table></td></tr>
<tr><td width=380 valign=top><table><tr><td>第A0{f.turn + 2}版：要闻</td><td><a>上一版</a> <a>下一版</a></td></tr><tr><td><img usemap="#m" src="page.jpg"></td></tr></table><table>{"".join(f'<tr><td class="default"><a href="content_{i}.htm">{t}</a></td></tr>' for i, t in enumerate(f.headlines[:9]))}</table></td>
<td valign=top><table><tr><td>{f.date("%Y年%m月%d日")} 第A0{f.turn + 2}版：要闻</td><td>放大 缩小 默认</td></tr></table><table width=600><tr><td class="font01" align=center>{escape(a.title)}</td></tr>{deck}<tr><td align=center>{byline}</td></tr></table>
<div id="ozoom" style="ZOOM: 100%"><!--enpcontent--><founder-content>{body(a, {"p": "<P>　　{}</P>", "h": "<P>　　{}</P>", "lead": "<P>　　{}</P>", "quote": "<P>　　{}</P>", "li": "<P>　　{}</P>", "ul": "{}", "ol": "{}"})}</founder-content><!--/enpcontent--></div>
<table><tr><td><a>上一篇</a>　<a>下一篇</a></td></tr></table></td></tr></table><table width=100%><tr><td>云河日报社版权所有 未经许可不得转载 地址：云河市报社路1号 邮编：353000 网管：admin@yhrb.test</td></tr></table></body></html>""",
        published=f.iso("day"),
        authors=f.authors,
        publisher="云河日报",
        furniture=("往期回顾", "返回目录", "上一版", "版权所有", "放大 缩小", *f.headlines[:9]),
        neutral=(str(a.deck), byline),
    )  # fmt: skip


def flash(a: Article, f: Facts) -> Draft:
    main = "".join(f"<div>{escape(f'【{a.title}】' + line)}</div>" for line in a.lines)
    feed = "".join(
        f'<div class="telegraph-item"><span>{f.date("%H")}:0{i}</span><a href="/detail/{i}">【{t}】财讯社电，{t}，详情请点击查看。</a></div>'
        for i, t in enumerate(f.headlines[:8])
    )
    return Draft(
        url=f"https://www.cls.cn/detail/{f.number % 9999999}",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(a.title)}</title><meta name="description" content="{escape(a.lines[0][:60])}">{scripts(20)}</head><body><div id="__next"><div class="header">{links(f, 12, "nav")}</div>
<div class="detail-content"><div class="detail-title-content"><span class="detail-title">{escape(a.title)}</span></div><div class="detail-time">{f.date("%Y年%m月%d日 %H:%M:%S")} 星期四</div><div class="detail-telegraph-content">{main}</div><div class="detail-option">阅读 {f.number % 99999} 分享 收藏</div>
<div class="stock-tag">关联话题：宏观</div></div><div class="sidebar"><h3>电报推荐</h3>{feed}</div><div class="footer">关于我们 网站声明 联系方式 用户反馈 网站地图 举报电话：021-54679377</div></div></body></html>""",
        published=f.iso("second"),
        authors=(),
        furniture=("电报推荐", "详情请点击查看", "关联话题", "举报电话"),
    )  # fmt: skip


def weekly(a: Article, f: Facts) -> Draft:
    deck = f'<div class="lead_01"><blockquote>{a.deck}</blockquote></div>' if a.deck else ""
    pull = f'<div class="pullquote">“{a.lines[-1][:24]}”</div>'
    return Draft(
        url=f"https://www.weekly.test/content/{f.number}",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(a.title)} | 南方观察报</title>{scripts(20)}</head><body><div class="top">{links(f, 14, "menu")}</div><div class="contentBox"><div class="con-box"><h1 class="nfzm-content__title">{escape(a.title)}</h1>
<div class="nfzm-content__subtitle">{deck}</div><div class="nfzm-content__author">作者： 南方观察报记者 {" ".join(f.authors)}</div><div class="nfzm-content__publish">发自：云河</div><div>责任编辑：{f.editors[0]}</div><div class="nfzm-content__time">最后更新：{f.minute}</div>
<div class="nfzm-content__fulltext">{body(a, {"h": '<h3 class="sub">{}</h3>', "lead": '<p class="q"><b>{}</b></p>', "p": '<p class="section">{}</p>'}, {3: pull, 5: '<div class="ad">登录后获取更多权限 立即登录</div>'})}</div>
<div class="nfzm-share">分享到 微信 微博 QQ空间 举报收藏</div><div class="nfzm-copyright">未经授权，不得转载或镜像。网络编辑：{f.editors[0]}</div></div><div class="rel"><h4>荐读</h4>{cards(f, 6, "card", "点击阅读全文")}</div></div></body></html>""",
        published=None,
        authors=f.authors,
        editors=f.editors,
        furniture=("责任编辑：", "登录后获取更多权限", "网络编辑", "不得转载", "举报收藏", "点击阅读全文", *f.headlines[-5:]),
        neutral=(str(a.deck), f"“{a.lines[-1][:24]}”"),
    )  # fmt: skip


def eastmoney(a: Article, f: Facts) -> Draft:
    return Draft(
        url=f"https://finance.eastmoney.com/a/{f.date('%Y%m%d')}{f.number}.html",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>{escape(a.title)} _ 东方财富网</title>{scripts(60)}</head><body><div class="nav">{links(f, 40, "navlist")}</div><div class="mainleft"><div class="contentwrap"><div class="contentbox"><div class="title">{escape(a.title)}</div>
<div class="infos"><div class="item">{f.date("%Y年%m月%d日 %H:%M")}</div><div class="item">来源： {f.outlet}</div><div class="item">编辑：{f.editors[0]}</div><div class="item">{f.number % 99}人评论</div></div>
<div class="abstract"><div class="title">摘要</div><div class="txt">{"【" + a.title + "】" + (a.deck or a.lines[0][:40])}</div></div><div class="zwothers"><div>东方财富APP</div><p>方便，快捷</p><p>手机查看财经快讯</p><p>专业，丰富</p><p>一手掌握市场脉搏</p></div>
<div class="txtinfos" id="ContentBody">{body(a, {"p": "<p>　　{}</p>", "h": "<p>　　<strong>{}</strong></p>", "quote": "<p>　　{}</p>"}, {2: '<div class="reading">相关报道：<a href="/a/1.html">' + f.headlines[0] + "</a></div>"})}<p class="em_media">（文章来源：{f.outlet}）</p></div>
<div class="res-edit">（责任编辑：{f.number % 500}）</div><div class="c_review"><p>郑重声明：东方财富网发布此信息目的在于传播更多信息，与本网站立场无关。东方财富网不保证该信息（包括但不限于文字、数据及图表）全部或者部分内容的准确性。</p></div><div class="share">举报 分享到微信朋友圈 打开微信，点击底部的“发现” 使用“扫一扫”即可将网页分享至朋友圈。</div></div></div>
<div class="zwlist">{links(f, 20, "rel")}</div></div><div class="mainright"><div>点击排行</div>{links(f, 40, "rank")}</div></body></html>""",
        published=f.iso("minute"),
        authors=(),
        editors=f.editors,
        source=f.outlet,
        furniture=("（文章来源：", "（责任编辑：", "郑重声明", "扫一扫", "手机查看财经快讯", "人评论", "相关报道", *f.headlines[:10]),
        neutral=("摘要", f"【{a.title}】{a.deck or a.lines[0][:40]}", str(a.deck)),
    )  # fmt: skip


FLASHES = ("flashrate", "flashchip", "flashlaw", "flashwheat")
LAYOUTS = (
    Layout(name="thepaper", group="zh", render=thepaper),
    Layout(name="people", group="zh", render=people, charset="gb18030", content_type="text/html"),
    Layout(name="xinhua", group="zh", render=xinhua, held_out=True),
    Layout(name="chinanews", group="zh", render=chinanews, held_out=True),
    Layout(name="epaper", menu=0, group="zh", render=epaper),
    Layout(name="flash", group="zh", render=flash, only=FLASHES),
    Layout(name="weekly", group="zh", render=weekly, only=("interview", "algo", "school", "museum")),
    Layout(name="eastmoney", group="zh", render=eastmoney, held_out=True),
)

"""Chinese technology media, governments, universities, old content systems and forums."""

# ruff: noqa: E501 - markup keeps the lines of the sites

from __future__ import annotations

from html import escape

from bench.extraction.facts import Facts
from bench.extraction.markup import body, cards, comments, json_text, links, scripts
from bench.extraction.page import Article, Draft, Layout

__all__ = ["LAYOUTS"]


def kr36(a: Article, f: Facts) -> Draft:
    data = {
        "articleDetail": {
            "articleDetailData": {
                "data": {
                    "itemId": f.number,
                    "widgetTitle": a.title,
                    "author": f.authors[0],
                    "publishTime": f.stamp() * 1000,
                }
            }
        }
    }
    note = f"本文来自微信公众号“{f.account}”（ID：acc{f.number}），作者：{'、'.join(f.authors)}，编辑：{f.editors[0]}，36氪经授权发布。"
    figure = (
        f'<p class="image-wrapper"><img data-img-size-val="1000,600" src="https://img.36krcdn.com/a"/></p><p class="img-desc">{a.caption}</p>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"https://36kr.com/p/23{f.number}",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>{escape(a.title)}-36氪</title><meta property="og:title" content="{escape(a.title)}-36氪"/>{scripts(40)}</head><body><div id="app"><div class="kr-header">{links(f, 20, "kr-nav")}</div>
<div class="article-detail-wrapper-box"><div class="article-left-container"><div class="article-content"><h1 class="article-title margin-bottom-20 common-width">{escape(a.title)}</h1><div class="article-title-icon common-width margin-bottom-40"><a class="title-icon-item item-a" href="/user/1">{f.account}</a><span class="title-icon-item item-time"><span>·</span>{f.date("%Y年%m月%d日 %H:%M")}</span></div>
<div class="summary">{a.deck or ""}</div><div class="common-width content articleDetailContent kr-rich-text-wrapper"><blockquote><p>{note}</p></blockquote>{body(a, {"h": '<h2 class="header-2">{}</h2>'}, {2: figure})}</div>
<div class="kr-article-source"><p>该文观点仅代表作者本人，36氪平台仅提供信息存储空间服务。</p></div><div class="article-footer-btn"><span>+{f.number % 30}</span><p>好文章，需要你的鼓励</p></div><div class="author-mini">{f.account} 特邀作者 关注</div></div></div>
<div class="article-right-container"><div>最近内容</div>{links(f, 5, "recent")}<div>报道的项目</div><div>下一篇</div><div class="next-post">{cards(f, 1, "np", f.comments[0])}</div></div></div><div class="kr-footer">寻求报道 我要入驻 城市合作 © 2011~2023 北京多氪信息科技有限公司 | 京ICP备12031756号</div></div><script>window.initialState={json_text(data)}</script></body></html>""",
        published=f.iso("second"),
        authors=f.authors,
        editors=f.editors,
        source=f.account,
        furniture=("36氪经授权发布", "该文观点仅代表作者本人", "好文章，需要你的鼓励", "最近内容", "特邀作者", *f.headlines[:5]),
        neutral=(str(a.caption), str(a.deck)),
    )  # fmt: skip


def ithome(a: Article, f: Facts) -> Draft:
    dateline = f"IT之家 {f.date('{m} 月 {d} 日')}消息，"
    figure = (
        f'<p><img class="lazy" data-original="https://img.ithome.com/a.jpg" src="//img.ithome.com/images/v2/t.png"/></p><p style="text-align:center">▲ {a.caption}</p>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"https://www.ithome.com/0/{f.number % 999}/{f.number % 997}.htm",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>{escape(a.title)} - IT之家</title>{scripts(20)}</head><body><div id="nav">{links(f, 30, "nav-list")}</div><div id="dt"><div class="fl content"><div class="cv"><a>首页</a> &gt; <a>智能时代</a></div><h1>{escape(a.title)}</h1>
<div class="info"><span id="pubtime_baidu">{f.date("%Y/{m}/{d} %H:%M:%S")}</span> <span id="source_baidu">来源：<a>{f.outlet}</a></span> <span id="author_baidu">作者：<strong>{f.authors[0]}</strong></span> <span id="editor_baidu">责编：<strong>{f.editors[0]}</strong></span> <span class="comment">评论：<a>{f.number % 99}</a></span></div>
<div class="post_content" id="paragraph">{body(a, {"h": '<h2 class="h2">{}</h2>'}, {1: figure, 3: '<p class="ad-tips">感谢IT之家网友的线索投递！</p>'}, dateline)}<p class="vote">下载IT之家APP，签到赚金币兑豪礼</p><p class="ad-tips">广告声明：文内含有的对外跳转链接（包括不限于超链接、二维码、口令等形式），用于传递更多信息，节省甄选时间，结果仅供参考，IT之家所有文章均包含本声明。</p></div>
<div class="related_post"><span>相关文章</span>{links(f, 6, "rel")}<p>关键词：<a>科技</a>，<a>产业</a></p></div></div><div class="fr"><div class="hl">日榜 周榜 月榜</div>{links(f, 40, "bx")}</div></div><div id="fls">软媒旗下网站：IT之家 | 最会买 软媒旗下软件：软媒手机APP应用 魔方 Copyright (C) RuanMei.com</div></body></html>""",
        published=f.iso("second"),
        authors=f.authors[:1],
        editors=f.editors,
        source=f.outlet,
        dateline=dateline,
        furniture=("广告声明：", "下载IT之家APP", "线索投递", "相关文章", "软媒旗下", "关键词：", *f.headlines[:8]),
        neutral=(f"▲ {a.caption}",),
    )  # fmt: skip


def huxiu(a: Article, f: Facts) -> Draft:
    note = f"本文来自微信公众号：<a href='#'>{f.account}（ID：acc{f.number}）</a>，作者：{'、'.join(f.authors)}，编辑：{f.editors[0]}，题图来自：视觉中国"
    remark = '<span class="text-remarks">本内容为作者独立观点，不代表虎嗅立场。未经允许不得转载，授权事宜请联系 hezuo@huxiu.com</span>'
    return Draft(
        url=f"https://www.huxiu.com/article/{f.number}.html",
        html=f"""<!doctype html><html data-n-head-ssr><head><title>{escape(a.title)}-虎嗅网</title><meta charset="utf-8"><meta property="og:title" content="{escape(a.title)}-虎嗅网">{scripts(40)}</head><body><div id="__nuxt"><div class="header">{links(f, 12, "nav")}</div><div class="article-wrap"><div class="article__title-box"><h1 class="article__title">{escape(a.title)}</h1>
<div class="article__bottom-content"><a class="article-author-info__name">{f.account}</a><div class="article__time">{f.minute}</div></div></div><div class="article__content" id="article-content"><p class="article-note">{note}</p>{body(a, {"p": '<p label="正文">{}</p><p label="正文" classname="empty"><br></p>', "h": '<p label="大标题" class="text-big-title">{}</p>', "quote": '<p label="引用">{}</p>'})}
<div class="neirong-shouquan">{remark}</div><div class="neirong-hz"><p>End</p></div></div><div class="article-bottom-app">正在改变与想要改变世界的人，都在 <a>虎嗅APP</a></div></div><div class="hot">大 家 都 在 看</div>{cards(f, 6, "item")}<div class="cmts">{comments(f)}</div></div></body></html>""",
        published=f.iso("minute"),
        authors=f.authors,
        editors=f.editors,
        source=f.account,
        furniture=("题图来自", "不代表虎嗅立场", "正在改变与想要改变", "大 家 都 在 看", *f.headlines[-6:], *f.comments),
    )  # fmt: skip


def qbitai(a: Article, f: Facts) -> Draft:
    writer = f.authors[0]
    return Draft(
        url=f"https://www.qbitai.com/{f.date('%Y/%m')}/{f.number % 99999}.html",
        html=f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"><title>{escape(a.title)} | 量子位</title>{scripts(15)}</head><body class="post-template-default single single-post"><div class="header">{links(f, 10, "menu")}</div><div class="main"><div class="content"><div class="article"><h1>{escape(a.title)}</h1>
<div class="article_info"><span class="author"><a href="/author/x" rel="author">{writer}</a></span> <span class="date">{f.day}</span> <span class="time">{f.date("%H:%M:%S")}</span> <span class="from"></span></div><div class="zhaiyao"><p>{a.deck or ""}</p></div>
<blockquote><p>{writer} 发自 凹非寺<br>量子位 | 公众号 QbitAI</p></blockquote>{body(a, {"h": "<h2>{}</h2>"}, {2: '<figure class="wp-block-image"><img src="a.png"><figcaption>' + str(a.caption) + "</figcaption></figure>"})}
<p>—<strong>完</strong>—</p><div class="line_font">版权所有，未经授权不得以任何形式转载及使用，违者必究。</div></div><div class="tags"><a rel="tag">AI</a></div><div class="xiangguan"><h3>相关阅读</h3>{cards(f, 4, "picture_text", a.deck or "")}</div></div>
<div class="content_right"><h3>热门文章</h3>{links(f, 8, "hot")}<div class="fn_pai">关注我们 量子位 QbitAI 追踪人工智能新趋势，报道科技行业新突破</div></div></div><div class="footer">量子位 版权所有 ©北京极客伙伴科技有限公司 京ICP备17005886号-1</div></body></html>""",
        published=f.iso("second"),
        authors=(writer,),
        furniture=("未经授权不得以任何形式转载", "相关阅读", "热门文章", "公众号 QbitAI", "发自 凹非寺", "追踪人工智能新趋势", "京ICP备", *f.headlines[:8]),
        neutral=(str(a.deck), str(a.caption), "—完—"),
    )  # fmt: skip


def gov_cn(a: Article, f: Facts) -> Draft:
    rows = f"<tr><td><b>标　　题：</b></td><td>{escape(a.title)}</td><td><b>发文机关：</b></td><td>云河市人民政府办公厅</td></tr><tr><td><b>发文字号：</b></td><td>云政办发〔2023〕{f.turn + 7}号</td><td><b>索 引 号：</b></td><td>0000{f.number}/2023-00{f.turn}</td></tr><tr><td><b>成文日期：</b></td><td>2023年06月30日</td><td><b>发布日期：</b></td><td>{f.date('%Y年%m月%d日')}</td></tr>"
    return Draft(
        url=f"https://www.gov.cn/zhengce/content/{f.date('%Y%m')}/content_{f.number}.htm",
        html=f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"/><title>{escape(a.title)}_其他_中国政府网</title><meta name="firstpublishedtime" content="{f.date("%Y-%m-%d-%H:%M:%S")}"/><meta name="lastmodifiedtime" content="{f.date("%Y-%m-%d-%H:%M:%S")}"/><meta name="catalog" content="政策">{scripts(8)}</head><body><div class="header mhide">{links(f, 16, "header_nav")}</div><div class="BreadcrumbNav">首页 &gt; 政策 &gt; 国务院政策文件库</div>
<div class="content"><div class="policyLibraryOverview_header"><table><tbody>{rows}</tbody></table></div><div class="pages-title" style="display:none">{escape(a.title)}</div><table border="0" width="100%"><tbody><tr><td class="b12c pages_content mhide" id="UCAP-CONTENT" style="padding: 20px"><p align="center"><strong>{escape(a.title)}</strong></p>
{body(a, {"p": '<p style="text-indent: 2em; text-align: justify;">{}</p>', "h": '<p style="text-indent: 2em;"><strong>{}</strong></p>'})}</td></tr></tbody></table><div class="pages_print mhide"><div class="editor"><span>【我要纠错】</span> 责任编辑：{f.editors[0]}</div></div><div class="share">扫一扫在手机打开当前页</div></div>
<div class="related">相关稿件{links(f, 4, "rel")}</div><div class="footer">链接： 全国人大 | 全国政协 主办单位：国务院办公厅　运行维护单位：中国政府网运行中心 网站标识码bm01000001 京ICP备05070218号</div></body></html>""",
        published=f.iso("second"),
        authors=(),
        editors=f.editors,
        furniture=("我要纠错", "责任编辑：", "扫一扫在手机打开当前页", "相关稿件", "主办单位：", "发文字号", "索 引 号"),
    )  # fmt: skip


def cac(a: Article, f: Facts) -> Draft:
    return Draft(
        url=f"http://www.cac.gov.cn/{f.date('%Y-%m/%d')}/c_16{f.number}.htm",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(a.title)}_中央网络安全和信息化委员会办公室</title><meta name="publishdate" content="{f.day}">{scripts(6)}</head><body><div class="h_nav">{links(f, 14, "nav")}</div><div class="current">当前位置：<a>首页</a>&gt;<a>正文</a></div>
<div class="main"><h1 class="title">{escape(a.title)}</h1><div class="info"><span id="pubtime">{f.date("%Y年%m月%d日 %H:%M")}</span><span id="source">来源： {f.outlet}</span><span class="fdsx">【打印】【纠错】</span></div><div class="content"><div id="BodyLabel">{body(a, {"p": '<p style="text-indent:2em;">　　{}</p>', "h": '<p style="text-indent:2em;"><strong>{}</strong></p>', "li": '<p style="text-indent:2em;">{}</p>', "ul": "{}", "ol": "{}"})}</div></div>
<div class="fenx"><a>关闭窗口</a></div></div><div class="footer">中央网络安全和信息化委员会办公室 中华人民共和国国家互联网信息办公室 © 版权所有 联系我们 承办：国家互联网应急中心 京ICP备14042428号</div></body></html>""",
        published=f.iso("minute"),
        authors=(),
        source=f.outlet,
        furniture=("当前位置", "【打印】", "关闭窗口", "版权所有", "京ICP备"),
    )  # fmt: skip


def university(a: Article, f: Facts) -> Draft:
    prefix = f"（通讯员 {f.authors[0]}）"
    return Draft(
        url=f"https://news.yhu.test/info/1003/{f.number % 99999}.htm",
        html=f"""<!DOCTYPE html><HTML><HEAD><META charset="UTF-8"><TITLE>{escape(a.title)}-云河大学新闻网</TITLE><META Name="keywords" Content="云河大学新闻网,学校要闻" />{scripts(4)}</HEAD><BODY><div class="nav">{links(f, 12, "nav")}</div><div class="weizhi">当前位置: <a>首页</a> &gt; <a>学校要闻</a> &gt; 正文</div>
<form name="_newscontent_fromname"><div class="content"><div align="center"><h3>{escape(a.title)}</h3></div><div class="xx" align="center"><span>发布时间：{f.day}</span> <span>作者：{f.authors[0]}</span> <span>来源：{f.outlet}</span> <span>点击：[<script>_showDynClicks("wbnews", 1, 2)</script>]</span></div>
<div id="vsb_content_2"><div class="v_news_content">{body(a, {"p": '<p class="vsbcontent_start" style="text-indent:2em"><span style="font-family:宋体">{}</span></p>', "h": '<p style="text-indent:2em"><strong><span>{}</span></strong></p>'})}<p style="text-align:right">（审核：{f.editors[0]}）</p></div></div><div id="div_vote_id"></div><p align="right">【<a href="javascript:window.opener=null;window.close();">关闭窗口</a>】</p>
<p>上一条：<a href="1.htm">{f.headlines[0]}</a></p><p>下一条：<a href="2.htm">{f.headlines[1]}</a></p></div></form><div class="footer">版权所有：云河大学党委宣传部 地址：云河市学府路1号 邮编：353001 技术支持：网络中心</div></BODY></HTML>""",
        published=f.iso("day"),
        authors=f.authors[:1],
        source=f.outlet,
        furniture=("当前位置", "（审核：", "关闭窗口", "上一条", "下一条", "版权所有", f.headlines[0]),
        neutral=(prefix,),
    )  # fmt: skip


def dede_paged(a: Article, f: Facts) -> Draft:
    url = f"http://www.yhzx.test/a/yaowen/{f.date('%Y/%m%d')}/{f.number % 99999}"
    return Draft(
        url=f"{url}.html",
        html=f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>{escape(a.title)}_云河在线</title><meta name="keywords" content="{a.title[:6]}" /></head><body class="articleview"><div class="header">{links(f, 20, "nav")}</div><div class="w960 center"><div class="pleft"><div class="place"><strong>当前位置:</strong> <a>主页</a> > <a>要闻</a> ></div>
<div class="viewbox"><div class="title"><h2>{escape(a.title)}</h2></div><div class="info"><small>时间:</small>{f.minute}<small>来源:</small>{f.outlet} <small>作者:</small>{f.authors[0]} <small>点击:</small>{f.number % 999}次</div><div class="intro">{a.deck or ""}</div><div class="content"><table width='100%'><tr><td>
{body(a, {"p": "<div>　　{}</div>", "h": "<div>　　<strong>{}</strong></div>", "lead": "<div>　　<b>{}</b></div>", "quote": "<div>　　{}</div>", "li": "<div>　　{}</div>", "ul": "{}", "ol": "{}", "join": "<div>&nbsp;</div>"})}<div>(责任编辑：admin)</div></td></tr></table></div>
<div class="dede_pages"><ul class="pagelist"><li><a>共3页: </a></li><li><a href='#'>上一页</a></li><li class="thisclass"><a href='#'>1</a></li><li><a href="{url}_2.html">2</a></li><li><a href="{url}_3.html">3</a></li><li><a href="{url}_2.html">下一页</a></li></ul></div>
<div class="newdigg">顶一下 ({f.number % 9}) 0% 踩一下 (0) 0%</div><div class="context"><ul><li>上一篇：<a>{f.headlines[0]}</a></li><li>下一篇：<a>{f.headlines[1]}</a></li></ul></div><div class="actbox">收藏 挑错 推荐 打印</div></div><div class="dede_comment">发表评论 请自觉遵守互联网相关的政策法规，严禁发布色情、暴力、反动的言论。 评价: 中立 好评 差评 表情: 用户名: 验证码: 匿名?</div></div>
<div class="pright"><dl><dt>栏目列表</dt>{links(f, 8, "d6")}<dt>推荐内容</dt>{cards(f, 5, "d4", a.deck or "")}<dt>热点内容</dt>{links(f, 10, "c1")}</dl></div></div><div class="footer">Powered by DedeCMS © 2004-2011 DesDev Inc. Copyright © 云河在线 版权所有</div></body></html>""",
        published=f.iso("minute"),
        authors=f.authors[:1],
        source=f.outlet,
        furniture=("(责任编辑：admin)", "共3页", "下一页", "顶一下", "上一篇", "请自觉遵守", "栏目列表", "版权所有", *f.headlines[:5]),
        neutral=(str(a.deck),),
        next_page=f"{url}_2.html",
    )  # fmt: skip


def discuz(a: Article, f: Facts) -> Draft:
    lines = "<br />\r\n<br />\r\n".join(
        f"<strong>{escape(t)}</strong>" if b.kind in ("h", "lead") else escape(t) for b in a.blocks for t in b.lines
    )
    post = '<div id="post_{n}"><table class="plhin"><tr><td class="pls" rowspan="2"><div class="pi"><div class="authi"><a class="xw1">{who}</a></div></div><div class="tns xg2">主题 帖子 积分 金牌会员</div></td><td class="plc"><div class="pi"><strong><a>{floor}</a></strong><div class="pti"><em id="authorposton{n}">发表于 {at}</em> | <a>只看该作者</a></div></div><div class="pct"><div class="pcb"><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_{n}">{text}</td></tr></table></div></div></div></td></tr><tr><td class="plc plm"><div class="sign">本帖由手机客户端发出</div></td></tr><tr><td class="plc"><div class="pob cl"><em><a class="fastre">回复</a></em><a>举报</a></div></td></tr></table></div>'
    edited = (
        f'<i class="pstatus"> 本帖最后由 版主小陈 于 {f.date("%Y-{m}-{d}")} 23:59 编辑 </i><br /><br />'
        if f.turn % 2
        else ""
    )
    replies = "".join(
        post.format(n=i + 2, who=f"user{i}", floor=f"{i + 2}#", at=f.date("%Y-{m}-{d} 23:5") + str(i), text=t)
        for i, t in enumerate(f.comments)
    )
    return Draft(
        url=f"https://bbs.yunhe.test/thread-{f.number}-1-1.html",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8" /><title>{escape(a.title)}_时事新闻_云河论坛 - Powered by Discuz!</title>{scripts(6)}</head><body id="nv_forum" class="pg_viewthread"><div id="toptb">设为首页 收藏本站 {links(f, 12, "nv")}</div><div id="pt" class="bm cl"><a>云河论坛</a> › <a>时事新闻</a> › 查看内容</div>
<div id="postlist" class="pl bm"><table class="plhin"><tr><td class="pls"><div class="hm">查看: <span>{f.number % 999}</span>|回复: <span>{len(f.comments)}</span></div></td><td class="plc"><h1 class="ts"><a>[转载]</a> <span id="thread_subject">{escape(a.title)}</span></h1><span class="xg1"><a>[复制链接]</a></span></td></tr></table>
{post.format(n=1, who="版主小陈", floor="楼主", at=f.date("%Y-{m}-{d} %H:%M"), text=edited + lines)}{replies}</div><div id="f_pst">您需要登录后才可以回帖 登录 | 立即注册 本版积分规则 发表回复</div><div id="ft">Archiver|手机版|小黑屋|云河论坛 ( 闽ICP备1000000号 ) GMT+8, 2024-6-1 08:00 Powered by Discuz! X3.4 © 2001-2023 Discuz! Team.</div></body></html>""",
        published=f.iso("minute"),
        authors=None,
        furniture=("本帖最后由", "只看该作者", "金牌会员", "您需要登录后", "立即注册", "小黑屋", "本帖由手机客户端发出", *f.comments),
    )  # fmt: skip


def local(a: Article, f: Facts) -> Draft:
    """Write a small town's site that no rule knows: nameless divs and line breaks."""
    text = "<br><br>".join(f"　　{escape(line)}" for line in a.lines)
    return Draft(
        url=f"http://www.qinglan.test/news/show.asp?id={f.number}",
        html=f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{escape(a.title)} - 青岚信息港</title></head><body><center><table width=980><tr><td>{links(f, 15, "a1")}</td></tr></table><table width=980><tr><td width=700 valign=top><div class="t3">{escape(a.title)}</div>
<div class="i7">日期：{f.date("%Y-{m}-{d}")}　　稿源：{f.outlet}　　记者：{"、".join(f.authors)}　　浏览：{f.number % 999} 次　【字体：大 中 小】</div><div class="b2">{text}</div><div class="s1">分享到：微信 微博 QQ空间</div><div>上一篇：<a href="1">{f.headlines[0]}</a></div><div>下一篇：没有了</div><div class="r4"><b>相关新闻</b>{links(f, 8, "r5", '<li>· <a href="{href}">{text}</a> (7-6)</li>')}</div></td><td width=260 valign=top><b>本周热点</b>{links(f, 12, "h")}</td></tr></table>
<div>青岚信息港 版权所有 闽ICP备05000000号 违法和不良信息举报电话：0599-12345678</div></center></body></html>""",
        published=f.iso("day"),
        authors=f.authors,
        source=f.outlet,
        furniture=("分享到：", "上一篇：", "下一篇：", "相关新闻", "本周热点", "字体：", "浏览：", *f.headlines[:8]),
    )  # fmt: skip


def spa(a: Article, f: Facts) -> Draft:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": a.title,
        "datePublished": f.iso("second"),
        "author": [{"@type": "Person", "name": n} for n in f.authors],
        "publisher": {"@type": "Organization", "name": "第九财经"},
    }
    return Draft(
        url=f"https://m.dijiu.test/articles/{f.number}",
        html=f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(a.title)}</title><script type="application/ld+json">{json_text(data)}</script>{scripts(30)}</head><body><div id="root"><div class="_3fX"><a>打开APP</a>{links(f, 8, "_nav")}</div>
<div class="_9aQ"><h1 class="_1bC">{escape(a.title)}</h1><div class="_2dE"><span>{" ".join(f.authors)}</span><span>{f.date("%m-%d %H:%M")}</span></div><div class="_ai">AI摘要：{a.deck or a.lines[0][:50]} 内容由AI生成，仅供参考</div><div class="_7hJ">{body(a, {"p": '<div class="_p">{}</div>', "h": '<div class="_h"><span>{}</span></div>', "lead": '<div class="_p"><b>{}</b></div>', "quote": '<div class="_q">{}</div>'}, {3: '<div class="_card"><div>延伸阅读</div><div>' + f.headlines[0] + "</div></div>"})}</div>
<div class="_5kL"><button>点赞</button><button>收藏</button><div>本文系作者授权发表，转载请注明出处。</div></div><div class="_open">展开全文 打开APP阅读更多精彩内容</div></div><div class="_hot"><div>热门文章</div>{cards(f, 10, "_c")}</div></div></body></html>""",
        published=f.iso("second"),
        authors=f.authors,
        publisher="第九财经",
        furniture=("打开APP", "延伸阅读", "转载请注明出处", "内容由AI生成", "展开全文", "热门文章", *f.headlines[:1], *f.headlines[-8:]),
    )  # fmt: skip


NOTICES = ("noticeai", "noticefund", "noticeai", "noticefund")
LAYOUTS = (
    Layout(name="kr36", group="zh", render=kr36),
    Layout(name="ithome", group="zh", render=ithome, held_out=True),
    Layout(name="huxiu", group="zh", render=huxiu),
    Layout(name="qbitai", group="zh", render=qbitai),
    Layout(name="gov_cn", group="zh", render=gov_cn, only=NOTICES),
    Layout(name="cac", group="zh", render=cac, only=("algo", "noticefund", "noticeai", "flood")),
    Layout(name="university", group="zh", render=university, held_out=True),
    Layout(name="dede_paged", group="zh", render=dede_paged),
    Layout(name="discuz", menu=0, group="zh", render=discuz, held_out=True),
    Layout(name="local", menu=0, group="zh", render=local, charset="gb18030", content_type="text/html"),
    Layout(name="spa", group="zh", render=spa),
)

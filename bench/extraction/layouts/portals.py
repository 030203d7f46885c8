"""Chinese portals and account platforms: WeChat, Baijiahao, Toutiao, 163, Sina, Sohu, QQ, ifeng."""

# ruff: noqa: E501 - markup keeps the lines of the sites

from __future__ import annotations

from html import escape
from urllib.parse import quote

from bench.extraction.facts import Facts
from bench.extraction.markup import body, cards, comments, json_text, links, scripts
from bench.extraction.page import Article, Draft, Layout

__all__ = ["LAYOUTS"]


def wechat(a: Article, f: Facts) -> Draft:
    styled = f.turn % 2 == 1
    p = (
        '<section style="margin: 0 8px;line-height: 1.75em;"><span style="font-size: 15px;letter-spacing: 1px;">{}</span></section>'
        "<section><br/></section>"
        if styled
        else '<p style="text-indent: 2em;"><span style="font-size:15px;">{}</span></p><p><br/></p>'
    )
    h = (
        '<section data-role="outer"><section style="text-align:center;"><section style="display:inline-block;'
        'border-bottom:2px solid #0052ff;"><p><strong>{}</strong></p></section></section></section>'
    )
    figure = (
        '<section style="text-align:center;"><img class="rich_pages wxw-img" data-src="https://mmbiz.qpic.cn/1/640"/></section>'
        f'<section style="text-align:center;"><span style="font-size:12px;color:#888;">△ {a.caption}</span></section>'
        if a.caption
        else ""
    )
    writer, editor = f.authors[0], f.editors[0]
    head = '<section style="text-align:center;"><span style="color:#576b95;">点击上方蓝字关注我们</span></section>'
    if styled:
        head += f"<section><span>文 | {writer}</span></section><section><span>编辑 | {editor}</span></section>"
    tail = (
        '<section style="text-align:center;"><span>— END —</span></section>'
        f"<p><span>来源：{f.outlet}</span></p>"
        + ("" if styled else f"<p><span>编辑：{editor}</span></p>")
        + f'<section><strong>往期推荐</strong></section><p><a href="https://mp.weixin.qq.com/s/a1">{f.headlines[0]}</a></p>'
        f'<p><a href="https://mp.weixin.qq.com/s/a2">{f.headlines[1]}</a></p>'
        f'<p style="text-align:center;"><img data-src="https://mmbiz.qpic.cn/qr/640"/></p><p>长按识别二维码，关注“{f.account}”</p>'
        "<p>喜欢就点个“在看”吧👇</p>"
    )
    author = f'<span class="rich_media_meta rich_media_meta_text">{writer}</span>' if not styled else ""
    return Draft(
        url=f"https://mp.weixin.qq.com/s?__biz=MzI{f.number}&mid=22474{f.number % 99999}&idx=1&sn=ab{f.number}",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{escape(a.title)}">
<meta property="og:site_name" content="微信公众平台"><meta property="og:type" content="article">
<meta name="author" content="{'' if styled else writer}"><meta property="og:description" content="{escape(a.deck or '')}">
<title></title>{scripts(40)}</head><body id="activity-detail" class="zh_CN wx_wap_page"><div id="js_article" class="rich_media">
<div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary"><div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title " id="activity-name">
{escape(a.title)}
</h1><div id="meta_content" class="rich_media_meta_list"><span id="copyright_logo" class="wx_tap_link rich_media_meta">原创</span>
{author}<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">{f.account}</a>
<div id="js_profile_qrcode" class="profile_container" style="display:none;"><div class="profile_inner"><strong class="profile_nickname">{f.account}</strong>
<p class="profile_meta"><label class="profile_meta_label">微信号</label><span class="profile_meta_value">acc{f.number}</span></p>
<p class="profile_meta"><label class="profile_meta_label">功能介绍</label><span class="profile_meta_value">看见产业里的人与事。</span></p></div></div></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em></div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0; ">
{head}{body(a, {"p": p, "h": h, "li": "<li><p><span>{}</span></p></li>", "lead": p.replace("{}", "<strong>{}</strong>")}, {2: figure})}{tail}</div>
<div id="js_tags_preview_toast" class="article-tag__error-tips" style="display: none;">预览时标签不可点</div>
<div id="content_bottom_area"><a class="media_tool_meta meta_primary" id="js_view_source">阅读原文</a></div></div></div>
<div id="js_pc_qr_code" class="qr_code_pc_outer" style="display:none;"><div class="qr_code_pc"><p>微信扫一扫<br>关注该公众号</p></div></div></div></div>
<div id="js_network_msg">继续滑动看下一个</div><div class="weui-dialog">轻触阅读原文<span>向上滑动看下一个</span></div>
<script>var nickname = htmlDecode("{f.account}"); var ct = "{f.stamp()}"; var user_name = "gh_{f.number}";
var msg_title = '{a.title}'.html(false); var msg_source_url = ''; var createTime = '{f.minute}';</script></body></html>""",
        published=f.iso("second"),
        authors=(writer,),
        editors=(editor,),
        source=f.outlet,
        publisher=f.account,
        furniture=(
            "点击上方蓝字关注我们", "往期推荐", f.headlines[0], f.headlines[1], "长按识别二维码", "点个“在看”", "预览时标签不可点",
            f"编辑：{editor}", f"编辑 | {editor}", f"文 | {writer}", "微信扫一扫", "继续滑动看下一个", "功能介绍", "— END —",
        ),
        neutral=(f"△ {a.caption}", f"来源：{f.outlet}"),
    )  # fmt: skip


def baijiahao(a: Article, f: Facts) -> Draft:
    data = {
        "@context": "https://ziyuan.baidu.com/contexts/cambrian.jsonld",
        "appid": "否",
        "title": a.title,
        "pubDate": f.at.strftime("%Y-%m-%dT%H:%M:%S"),
    }
    right = "".join(
        f'<div class="_2C42V"><a href="https://baijiahao.baidu.com/s?id=17{f.number + i}"><h3 class="_2UAA6">{t}</h3></a>'
        f'<div class="_28Q5x">{f.date("%m-%d")}</div></div>'
        for i, t in enumerate(f.headlines[:9])
    )
    figure = (
        f'<div class="_2Kmnh"><img src="https://pics0.baidu.com/feed/a.jpeg" class="_1g4Ex"/></div><p><span class="bjh-image-caption">{a.caption}</span></p>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"https://baijiahao.baidu.com/s?id=17{f.number}&wfr=spider&for=pc",
        html=f"""<!doctype html><html><head><meta charset="utf-8"><title>{escape(a.title)}</title><meta name="description" content="{escape(a.deck or '')}">
<script type="application/ld+json">{json_text(data)}</script>{scripts(60)}</head><body><div id="ssr-content"><div class="app-module_leftSection">
<div id="header" class="_1kHrc"><div class="sKHSJ" role="heading">{escape(a.title)}</div><div class="_2Q6Vc"><a class="_15tkA"><img class="avatar"></a>
<div class="_1nlLu"><p class="_7y5nA" data-testid="author-name">{f.account}</p><div class="_2jN0Y"><span data-testid="updatetime" class="_10s4U">{f.minute}</span>
<span class="_1o4iW">北京</span><span class="_3Xhjs">科技领域创作者</span></div></div><button>关注</button></div></div>
<div data-testid="article" class="_18p7x"><div class="dpu8C _2kCxD">{body(a, {"p": '<p><span class="bjh-p">{}</span></p>', "h": '<h3><span class="bjh-h3">{}</span></h3>', "lead": '<p><span class="bjh-p"><span class="bjh-strong">{}</span></span></p>', "quote": '<p><span class="bjh-p">{}</span></p>'}, {1: figure})}
<p><span class="bjh-p">（来源：{f.outlet}）</span></p></div><div class="_1fpOu"><span>举报/反馈</span></div></div>
<div id="commentModule"><div class="xcp-list-title">评论 {len(f.comments)}</div>{comments(f, "xcp-item")}<div class="xcp-publish-title">发表神评妙论</div></div></div>
<div class="app-module_rightSection"><div class="_3DGNN">作者最新文章</div>{right}<div class="_2pVhK">相关推荐</div>{cards(f, 6, "_2IrTd")}
<div>换一换</div></div><div>设为首页© Baidu 使用百度前必读 意见反馈 京ICP证030173号 京公网安备11000002000001号</div></div></body></html>""",
        published=f.at.strftime("%Y-%m-%dT%H:%M:%S+08:00"),
        authors=None,
        source=f.outlet,
        account=f.account,
        furniture=("举报/反馈", "作者最新文章", "相关推荐", *f.headlines[:9], *f.comments, "科技领域创作者", "发表神评妙论", f"（来源：{f.outlet}）"),
        neutral=(str(a.caption),),
    )  # fmt: skip


def toutiao(a: Article, f: Facts) -> Draft:
    data = quote(
        json_text(
            {
                "data": {
                    "title": a.title,
                    "publishTime": f.stamp(),
                    "source": f.account,
                    "related": list(f.headlines[:5]),
                }
            }
        )
    )
    figure = (
        f'<div class="pgc-img"><img src="https://p3-sign.toutiaoimg.com/a.jpg"><p class="pgc-img-caption">{a.caption}</p></div>'
        if a.caption
        else ""
    )
    feed = "".join(
        f'<div class="feed-card-wrapper"><a class="title" title="{escape(t)}">{t}</a><span>{i + 3}评论</span></div>'
        for i, t in enumerate(f.headlines[:12])
    )
    return Draft(
        url=f"https://www.toutiao.com/article/72{f.number}/",
        html=f"""<html><head><meta charset="utf-8"><title>{escape(a.title)} - 今日头条</title>{scripts(50)}</head><body><div id="root"><div class="article-detail-container"><div class="main"><div class="detail-sidebar"><div class="detail-like"><span>{f.number % 99}</span></div>
<div class="detail-interaction-comment"><span>评论</span></div><div>收藏</div><div>微信</div><div>微博</div></div>
<div class="article-content"><h1>{escape(a.title)}</h1><div class="article-meta"><span>{f.minute}</span><span class="dot">·</span><span class="name"><a href="/c/user/">{f.account}</a></span></div>
<article class="syl-article-base tt-article-content syl-page-article syl-device-pc">{body(a, {"p": '<p data-track="1">{}</p>', "h": '<h1 class="pgc-h-arrow-right" data-track="2">{}</h1>'}, {2: figure})}<p data-track="9">责编：{f.editors[0]}</p></article></div>
<div class="ttp-comment-wrapper"><div class="title">评论 {len(f.comments)}</div>{comments(f, "ttp")}</div></div>
<div class="right-sidebar"><div class="hot-board"><div class="title">头条热榜</div>{links(f, 10, "hot-list")}</div><div class="title">相关推荐</div>{feed}</div></div></div>
<script id="RENDER_DATA" type="application/json">{data}</script></body></html>""",
        published=f.iso("minute"),
        authors=None,
        editors=f.editors,
        account=f.account,
        furniture=(*f.headlines[:12], *f.comments, "头条热榜", "相关推荐", f"责编：{f.editors[0]}"),
        neutral=(str(a.caption),),
    )  # fmt: skip


def netease(a: Article, f: Facts) -> Draft:
    own = f.turn % 2 == 1
    figure = (
        f'<p class="f_center"><img src="https://nimg.ws.126.net/?url=a.jpg"/><br/>{a.caption}</p>' if a.caption else ""
    )
    tail = (
        '<div class="post_statement">特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“网易号”用户上传并发布，本平台仅提供信息存储服务。<p>Notice: The content above (including the pictures and videos if any) is uploaded and posted by a user of NetEase Hao, which is a social media platform and only provides information storage services.</p></div>'
        if own
        else f'<div class="post_author"><a href="https://www.163.com/" class="ep-source"><img src="end_news.png" class="icon"></a>本文来源：{f.outlet}责任编辑：{f.editors[0]}_NB{f.number % 9999}</div>'
    )
    return Draft(
        url=f"https://www.163.com/{'dy' if own else 'tech'}/article/{f.number}ABCDE.html",
        html=f"""<!DOCTYPE HTML><html id="ne_wrap"><head><meta charset="utf-8"><title>{escape(a.title)}_网易订阅</title><meta name="keywords" content="科技,{a.title[:4]}">
<meta property="og:title" content="{escape(a.title)}"><meta property="article:published_time" content="{f.iso("second")}"><meta name="author" content="网易">
{scripts(50)}</head><body><div class="ntes_nav_wrap">{links(f, 30, "ntes-nav-main")}</div><div class="wrapper clearfix"><div class="post_crumb"><a>网易首页</a> &gt; <a>科技</a> &gt; 正文</div>
<div class="post_main" id="container" data-ptime="{f.second}"><h1 class="post_title">{escape(a.title)}</h1>
<div class="post_info">{f.second}　来源: <a href="#" target="_blank">{f.account if own else f.outlet}</a>　 <a class="post_jubao" href="#">举报</a></div>
<div class="post_top"><div class="post_top_tie"><a class="post_top_tie_count">{f.number % 999}</a></div><div class="post_top_share"><span class="post_top_share_title">分享至</span><div class="post_share_tip">用微信扫码二维码</div><div>分享至好友和朋友圈</div></div></div>
<div class="post_content" id="content"><div class="post_body">{body(a, {"p": '<p id="0AB1CD2E">　　{}</p>', "h": "<p>　　<b>{}</b></p>", "lead": "<p>　　<b>{}</b></p>", "li": "<li>{}</li>"}, {1: figure, 3: '<div class="gg200x300"><a href="#">返回网易首页 下载网易新闻客户端</a></div>'})}</div>{tail}
<div class="post_next"><div class="post_next_name">/ 阅读下一篇 /</div><div class="post_next_post"><h3>{f.headlines[0]}</h3><p>{f.comments[0]}</p></div><a>返回网易首页</a><a>下载网易新闻客户端</a></div></div>
<div class="post_recommends js-tab-mod"><div class="post_recommends_titles"><div>相关推荐</div><div>热点推荐</div></div>{cards(f, 12, "post_recommend")}</div></div>
<div class="post_side"><div class="mod_hot_rank"><div class="title">热点榜</div>{links(f, 10, "rank")}</div></div></div><footer>© 1997-2023 网易公司版权所有 About NetEase | 公司简介</footer></body></html>""",
        published=f.iso("second"),
        authors=(),
        editors=() if own else f.editors,
        source=f.account if own else f.outlet,
        furniture=("特别声明：以上内容", "Notice: The content above", "本文来源：", "责任编辑：", "返回网易首页", "下载网易新闻客户端", "用微信扫码二维码", "分享至好友和朋友圈", *f.headlines[:10], "热点推荐"),
        neutral=(str(a.caption),),
    )  # fmt: skip


def sina(a: Article, f: Facts) -> Draft:
    finance = f.turn % 2 == 0
    promo = (
        '<div id="app-qihuo-kaihu-qr"><p>　　炒股就看<a href="#">金麒麟分析师研报</a>，权威，专业，及时，全面，助您挖掘潜力主题机会！</p></div>'
        if finance
        else ""
    )
    figure = (
        f'<div class="img_wrapper"><img src="//n.sinaimg.cn/a.jpg" alt="{a.caption}"><span class="img_descr">{a.caption}</span></div>'
        if a.caption
        else ""
    )
    original = f"<p>　　原标题：{escape(a.title[::-1][:6] + a.title[:12])}</p>"
    return Draft(
        url=f"https://finance.sina.com.cn/tech/{f.day}/doc-imz{f.number}.shtml",
        html=f"""<!DOCTYPE html><!-- [ published at {f.second} ] --><html><head><meta charset="utf-8"><title>{escape(a.title)}|{a.title[:2]}|新浪财经_新浪网</title>
<meta name="weibo: article:create_at" content="{f.second}"><meta name="weibo: article:update_at" content="{f.second}"><meta property="og:title" content="{escape(a.title)}">
<meta property="article:author" content="{f.outlet}"><meta property="article:published_time" content="{f.iso("second")}">{scripts(60)}</head><body>
<div class="path-search"><div class="path"><div class="channel-path"><a>新浪财经</a> &gt; <a>新浪科技</a> &gt; 正文</div></div></div>
<div class="main-content w1240"><h1 class="main-title">{escape(a.title)}</h1><div class="top-bar-wrap" id="top_bar_wrap"><div class="top-bar ani" id="top_bar"><div class="top-bar-inner">
<div class="second-title">{escape(a.title)}</div><div class="date-source"><span class="date">{f.date("%Y年%m月%d日 %H:%M")}</span> <a href="#" class="source ent-source">{f.outlet}</a></div>
<div class="page-tools"><span class="tool-comment">评论 {f.number % 99}</span> <span>缩小字体 放大字体 收藏 微博 微信 分享</span></div></div></div></div>
<div class="article-content clearfix" id="article_content"><div class="article-content-left"><div class="article" id="artibody">{promo}{original}
{body(a, {"p": '<p cms-style="font-L">　　{}</p>', "h": '<p><font cms-style="strong-Bold">　　{}</font></p>', "quote": "<p>　　{}</p>"}, {2: figure})}
<div class="appendQr_wrap"><div class="appendQr_normal"><span>海量资讯、精准解读，尽在新浪财经APP</span></div></div><p class="article-editor">责任编辑：{f.editors[0]} SN{f.number % 999}</p></div>
<div class="article-bottom"><div class="keywords" id="keywords"><span>文章关键词：</span><a>科技</a> <a>产业</a></div><div class="bottom-tool"><a>我要反馈</a><a>新浪直播</a></div>
<div class="new_style_2022"><h3>百位牛人在线解读股市热点，带你挖掘板块龙头</h3></div><div class="ct_page">{links(f, 12, "rel")}</div></div></div>
<div class="article-content-right"><div class="hot-finance-news">24小时热点排行{links(f, 20, "uli")}</div><div>股市直播 图文直播间 视频直播间</div></div></div></div>
<div class="foot">新浪财经意见反馈留言板 欢迎批评指正 Copyright © 1996-2023 SINA Corporation All Rights Reserved 新浪公司 版权所有</div></body></html>""",
        published=f.iso("second"),
        authors=(),
        editors=f.editors,
        source=f.outlet,
        furniture=("炒股就看", "原标题：", "海量资讯、精准解读", "责任编辑：", "文章关键词", "百位牛人在线", "缩小字体", "我要反馈", *f.headlines[:12]),
        neutral=(str(a.caption),),
    )  # fmt: skip


def sohu(a: Article, f: Facts) -> Draft:
    figure = (
        f'<p class="ql-align-center"><img src="//p6.itc.cn/a.jpeg"></p><p class="ql-align-center">{a.caption}</p>'
        if a.caption
        else ""
    )
    back = '<a href="//www.sohu.com/?strategyid=00001" target="_blank" title="点击进入搜狐首页" id="backsohucom"><span class="backword"><i class="backsohu"></i>返回搜狐，查看更多</span></a>'
    main = body(a, {"h": "<h3><strong>{}</strong></h3>", "p": "<p>{}</p>"}, {1: figure})
    at = main.rfind("</p>")
    return Draft(
        url=f"https://www.sohu.com/a/{f.number}_121{f.number % 999}",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(a.title)}_搜狐网</title><meta property="og:title" content="{escape(a.title)}"/>
<meta itemprop="datePublished" content="{f.minute}" /><meta name="mediaid" content="{f.account}"/>{scripts(45)}</head><body><header id="main-header">{links(f, 20, "nav")}</header>
<div class="wrapper-box"><div id="article-container"><div class="left main"><div class="text"><div class="text-title"><h1>{escape(a.title)}<span class="article-tag"></span></h1>
<div class="article-info"><span class="time" id="news-time" data-val="{f.stamp()}000">{f.minute}</span><span class="tag" data-role="original-link">来源: <a href="#" target="_blank">{f.outlet}</a></span></div></div>
<article class="article" id="mp-editor"><!-- 政务处理 --><p data-role="original-title" style="display:none">原标题：{escape(a.title)}</p>{main[:at]}{back}{main[at:]}<!-- 政务账号添加来源标示处理 --><p data-role="editor-name">责任编辑：<span>{f.editors[0]}</span></p></article>
<div id="articleTransit"></div><div class="statement">平台声明：该文观点仅代表作者本人，搜狐号系信息发布平台，搜狐仅提供信息存储空间服务。</div><div class="bottom-relate-wrap"><span class="read-wrap">阅读 (<em>{f.number % 999}</em>)</span></div>
<div class="groom-read">推荐阅读</div>{cards(f, 10, "feed")}</div></div></div>
<div class="right sidebar"><div class="user-info" id="user-info"><h4><a href="#">{f.account}</a></h4><dl class="user-num"><dd><span>{f.number % 99}</span>文章</dd><dd>总阅读</dd></dl></div><div class="hotArticle"><h3>24小时热文</h3>{links(f, 10, "hot")}</div></div></div></body></html>""",
        published=f.iso("minute"),
        authors=None,
        editors=f.editors,
        source=f.outlet,
        account=f.account,
        furniture=("返回搜狐，查看更多", "责任编辑：", "平台声明：", "推荐阅读", "24小时热文", "原标题：", *f.headlines[:10]),
        neutral=(str(a.caption),),
    )  # fmt: skip


def qq(a: Article, f: Facts) -> Draft:
    data = {
        "article_id": f"2023A{f.number}",
        "media": f.account,
        "pubtime": f.second,
        "title": a.title,
        "tags": ["科技"],
        "catalog1": "tech",
    }
    figure = (
        f'<p class="qnt-p"><img class="qnt-img-img" src="//inews.gtimg.com/a/641"></p><p class="qnt-p" style="text-align:center">图｜{a.caption}</p>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"https://new.qq.com/rain/a/2023A{f.number}",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>{escape(a.title)}_腾讯新闻</title><meta name="apub:time" content="{f.second}"><script>window.DATA = {json_text(data)};</script>{scripts(40)}</head>
<body><div class="qq_topnav">{links(f, 20, "nav")}</div><div class="qq_conent clearfix"><div class="LEFT"><div id="LeftTool" class="LeftTool"><div class="year through"><span>{f.date("%Y")}</span></div><div class="md">{f.date("%m/%d")}</div><div class="time">{f.date("%H:%M")}</div><div class="share">分享</div><div class="comment">评论 {f.number % 50}</div></div>
<h1>{escape(a.title)}</h1><div class="media-name"><a class="author"><span>{f.account}</span></a><span>{f.date("%Y-%m-%d %H:%M")}</span><span>发布于北京</span><span>科技领域创作者</span></div>
<div class="content-article"><div class="rich_media_content">{body(a, {"p": '<p class="qnt-p">{}</p>', "h": '<p class="qnt-p"><strong>{}</strong></p>', "lead": '<p class="qnt-p"><strong>{}</strong></p>'}, {3: figure})}<p class="qnt-p">校对：{f.editors[0]}</p></div><div class="article-bottom-statement">免责声明：本内容来自腾讯平台创作者，不代表腾讯新闻或腾讯网的观点和立场。</div></div><div id="Comment">{comments(f, "c")}</div></div>
<div class="RIGHT"><div class="hot-title">热点精选</div>{links(f, 10, "list")}<div>相关推荐</div>{cards(f, 8, "rec")}</div></div></body></html>""",
        published=f.iso("second"),
        authors=None,
        editors=f.editors,
        account=f.account,
        furniture=("免责声明：", f"校对：{f.editors[0]}", "热点精选", "科技领域创作者", *f.comments, *f.headlines[:10]),
        neutral=(f"图｜{a.caption}",),
    )  # fmt: skip


def ifeng(a: Article, f: Facts) -> Draft:
    data = {"docData": {"title": a.title, "newsTime": f.second, "source": f.outlet, "editorName": f.editors[0]}}
    figure = (
        f'<p class="detailPic"><img src="https://x0.ifengimg.com/a.jpg"/></p><p class="picIntro">{a.caption}</p>'
        if a.caption
        else ""
    )
    return Draft(
        url=f"https://tech.ifeng.com/c/8{f.number}",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>{escape(a.title)}_凤凰网</title><meta name="og:time " content="{f.second}"/><meta property="og:title" content="{escape(a.title)}"/>
<script>var allData = {json_text(data)}; var adData = {{}};</script>{scripts(60)}</head><body><div id="root"><div class="index_nav_x1">{links(f, 24, "index_list_x")}</div>
<div class="index_main_1wqi1"><div class="index_leftContent_Y7yfS"><div class="index_artical_yjRRV"><div class="index_titleDiv_0x1"><h1 class="index_title_ERnOY">{escape(a.title)}</h1>
<div class="index_infoBox_KMJcT"><div class="index_timeBref_8ofwn"><a>{f.date("%Y年%m月%d日 %H:%M:%S")}</a>　<span class="index_source_x9">来源：<a href="#">{f.outlet}</a></span></div><div class="index_comment_x">{f.number % 99}人参与 {f.number % 9}评论</div></div></div>
<div class="index_smallFont_PWqtj"><div class="index_text_D0U1y">{body(a, {"p": "<p>{}</p>", "h": '<p><span class="ifengLogo"></span><strong>{}</strong></p>'}, {2: figure})}</div>
<span class="index_end_x"><a href="#"></a></span><div class="index_editor_y">[责任编辑：{f.editors[0]} PT0{f.number % 99}]</div><div class="index_lt_z">“特别声明：以上作品内容(包括在内的视频、图片或音频)为凤凰网旗下自媒体平台“大风号”用户上传并发布，本平台仅提供信息存储空间服务。</div></div>
<div class="index_recommend_8Cq">为您推荐{cards(f, 10, "news-stream")}</div></div></div><div class="index_right_x">凤凰网官方热榜{links(f, 20, "rank")}</div></div><div class="footer">凤凰新媒体介绍 投资者关系 免责声明 Copyright © 2023 Phoenix New Media Limited All Rights Reserved.</div></div></body></html>""",
        published=f.iso("second"),
        authors=(),
        editors=f.editors,
        source=f.outlet,
        furniture=("责任编辑：", "特别声明：", "为您推荐", "凤凰网官方热榜", "人参与", *f.headlines[:10]),
        neutral=(str(a.caption),),
    )  # fmt: skip


LAYOUTS = (
    Layout(name="wechat", menu=0, group="zh", render=wechat),
    Layout(name="baijiahao", group="zh", render=baijiahao),
    Layout(name="toutiao", group="zh", render=toutiao, held_out=True),
    Layout(name="netease", group="zh", render=netease),
    Layout(name="sina", group="zh", render=sina),
    Layout(name="sohu", group="zh", render=sohu),
    Layout(name="qq", group="zh", render=qq, held_out=True),
    Layout(name="ifeng", group="zh", render=ifeng),
)

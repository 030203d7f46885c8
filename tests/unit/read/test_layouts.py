"""The body of a page in the shapes that well-known sites and systems give it: every paragraph, and nothing else."""

# ruff: noqa: E501 - markup is not wrapped

from __future__ import annotations

import pytest

from monitor.read import read_page
from monitor.types import Extracted

TITLE = "国家网信办公布生成式人工智能服务备案情况"
TEXTS = (
    "国家网信办会同有关部门按照规定，有序开展生成式人工智能服务备案工作，并于近日公布了最新的备案情况。",
    "截至六月底，共有一百余款服务完成备案，提供者应当在显著位置公示所使用服务的备案情况，注明模型名称及备案号。",
    "业内人士认为，备案制度的推进有助于规范行业发展，也让用户在选择服务时有了更清楚的依据，企业的合规意识明显增强。",
    "一位大模型企业负责人表示，公司已经组建专门团队负责备案材料的准备，从数据来源到安全评估都有明确的流程。",
    "下一步，有关部门将继续完善相关制度，加强对新技术新应用的安全评估，促进人工智能产业健康有序发展。",
)
P = "".join(f"<p>　　{text}</p>" for text in TEXTS)
RANKING = "<ul>" + "".join(
    f'<li><a href="/n/{i}.html">第{i}条热门新闻的标题写在这里供人点击</a><span>07-{i:02}</span></li>' for i in range(1, 15)
) + "</ul>"  # fmt: skip
CARDS = "".join(
    f'<div class="card"><a href="/c/{i}"><h3>另一篇文章的标题第{i}号写在这里</h3></a>'
    f"<p>另一篇文章的摘要第{i}号，写了一两句话，点开才能看到全文。</p><span>{i}小时前</span></div>"
    for i in range(1, 7)
)
COMMENTS = "".join(
    f'<div class="item"><a href="/u/{i}">网友{i}</a><p>说得很好，这件事情早就应该这么办了，希望尽快落实，支持一下。</p>'
    f"<span>{i}小时前 来自北京 回复 赞({i})</span></div>"
    for i in range(1, 6)
)

LAYOUTS = {
    "wechat": f"""<div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="img-content">
<h1 class="rich_media_title" id="activity-name">{TITLE}</h1><div id="meta_content" class="rich_media_meta_list">
<span class="rich_media_meta rich_media_meta_text">张三</span><span class="rich_media_meta_nickname">
<a id="js_name">网信观察</a><div id="js_profile_qrcode" style="display:none"><strong>网信观察</strong><p>微信号 cac-watch</p>
<p>功能介绍 关注网络安全与信息化，每天为您带来最新的政策解读和行业动态。</p></div></span>
<em id="publish_time">2023-07-02 08:30</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">
<section><section><p>点击上方蓝字关注我们</p></section></section>{P.replace("<p>", "<section><span>").replace("</p>", "</span></section>")}
<p><img src="a.jpg"></p><p>—— END ——</p><p>来源：网信中国</p><p>编辑：李四</p><section><p>长按识别二维码关注我们</p>
<p>点个在看，让更多人看到</p></section></div></div><div class="rich_media_tool"><a>阅读原文</a><span>阅读</span><span>在看</span></div>
<div id="js_pc_qr_code"><p>微信扫一扫<br>关注该公众号</p></div><div>知道了</div><p>微信扫一扫<br>使用小程序</p></div></div>""",
    "baijiahao": f"""<div id="ssr-content"><div><div class="index-module_headerWrap_2Zpvr">{TITLE}</div>
<div class="index-module_authorTxt"><p class="index-module_authorName_7y5nA">网信观察</p><p>发布时间：07-02 08:30</p></div>
<div class="index-module_articleWrap_2Zphx">{"".join(f'<div class="index-module_textWrap_3ygOc"><p><span class="bjh-p">{t}</span></p></div>' for t in TEXTS)}
<div class="index-module_imgWrap"><img src=x></div></div><div><span>举报/反馈</span></div></div>
<div class="index-module_right"><div>相关推荐</div>{CARDS}<div>换一换</div></div><div>作者最新文章</div>{RANKING}</div>""",
    "toutiao": f"""<div class="main"><div class="article-content"><h1>{TITLE}</h1><div class="article-meta"><span>原创</span>
<span>2023-07-02 08:30</span><span>·</span><span class="name"><a href="/c/user">网信观察</a></span></div>
<article class="syl-article-base tt-article-content syl-page-article syl-device-pc">{P}</article></div>
<div class="detail-side-interaction"><span>12</span><span>评论</span><span>收藏</span><span>分享</span></div>
<div class="ttp-comment-block"><p>评论 5</p>{COMMENTS}</div></div><div class="right-sidebar"><div>相关推荐</div>{CARDS}</div>""",
    "163": f"""<div class="post_main"><h1 class="post_title">{TITLE}</h1><div class="post_info">2023-07-02 08:30:12　来源: <a>网信观察</a>
北京 <a>举报</a></div><div class="post_content"><div class="post_top"></div><div class="post_body"><p class="otitle">（原标题：{TITLE}公布）</p>{P}</div>
<div class="post_statement">特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“网易号”用户上传并发布，本平台仅提供信息存储服务。
<p>Notice: The content above (including the pictures and videos if any) is uploaded and posted by a user of NetEase Hao.</p></div>
<div class="post_end"><p>责任编辑：李四_NB123</p></div><div class="post_recommends"><h3>相关推荐</h3>{CARDS}</div></div></div>
<div class="post_side"><div>热点推荐</div>{RANKING}</div>""",
    "sina": f"""<div class="main-content w1240"><h1 class="main-title">{TITLE}</h1><div class="top-bar-wrap"><div class="date-source">
<span class="date">2023年07月02日 08:30</span> <span class="source">网信观察</span></div></div><div class="article-content clearfix">
<div class="article-content-left"><div class="article" id="artibody"><div data-sudaclick="suda_1028_guba">
<p>炒股就看<a>金麒麟分析师研报</a>，权威，专业，及时，全面，助您挖掘潜力主题机会！</p></div>{P}
<p><font>海量资讯、精准解读，尽在新浪财经APP</font></p><p class="show_author">责任编辑：李四 </p></div>
<div class="keywords">文章关键词：<a>人工智能</a> <a>备案</a></div><a>我要反馈</a>
<div class="blk-related"><h3>相关新闻</h3>{RANKING}</div><div class="hot-comment">{COMMENTS}</div></div>
<div class="article-content-right"><p>24小时滚动播报最新的财经资讯和视频，更多粉丝福利扫描二维码关注（sinafinance）</p>{RANKING}</div></div></div>""",
    "sohu": f"""<div class="text"><div class="text-title"><h1>{TITLE}</h1><div class="article-info"><span class="time">2023-07-02 08:30</span>
<span>来源: <a>网信观察</a></span><span class="area">发布于：北京市</span></div></div><article class="article" id="mp-editor">{P}
<p><a href="https://www.sohu.com"><span>返回搜狐，查看更多</span></a></p><p>责任编辑：</p></article>
<div id="articleTransfer"><div>平台声明：该文观点仅代表作者本人，搜狐号系信息发布平台，搜狐仅提供信息存储空间服务。</div></div>
<div class="statement">阅读 (<em>123</em>)</div></div><div class="recommend"><h2>推荐阅读</h2>{CARDS}</div>""",
    "qq": f"""<div class="qq_conent"><div class="LEFT"><h1>{TITLE}</h1><div class="content clearfix"><div class="left-stick"><div>2023</div>
<div>07/02</div><div>08:30</div><div>评论</div></div><div class="content-article">{"".join(f'<p class="one-p">{t}</p>' for t in TEXTS)}
<div class="QQVIDEO">视频加载中...</div></div></div><p>免责声明：本文来自腾讯新闻客户端创作者，不代表腾讯网的观点和立场。</p>
<div class="rec"><h3>相关推荐</h3>{CARDS}</div></div><div class="RIGHT">{RANKING}</div></div>""",
    "ifeng": f"""<div class="index_artical_x"><h1 class="index_title_x">{TITLE}</h1><p class="index_time_x">2023年07月02日 08:30:00<br>
来源：网信观察</p><div class="index_main_content_x"><div class="index_text_x9">{P}<p><span class="index_tag">[责任编辑：李四 PT123]</span></p></div>
<div>打开凤凰新闻，查看更多高清图片</div></div><div>亲爱的凤凰网用户:</div><div>您当前使用的浏览器版本过低，导致网站不能正常访问，建议升级浏览器</div>
<div>第三方浏览器推荐：</div><div>为您推荐</div>{CARDS}</div>""",
    "thepaper": f"""<div class="index_leftcontent"><h1 class="index_title">{TITLE}</h1><div class="index_headerContent"><div>澎湃新闻记者 张三</div>
<div>2023-07-02 08:30</div><div>来源：澎湃新闻</div><div>∙</div><div>10%公司 &gt;</div><div>字号</div></div>
<div class="index_cententWrap_x">{P}</div><div class="index_copyright">责任编辑：李四</div><div>校对：王五</div>
<div>澎湃新闻报料：021-962866</div><div>澎湃新闻，未经授权不得转载</div><div>+1</div><div>收藏</div><div>我要举报</div>
<div>评论（5）</div><div>发表</div>{COMMENTS}</div><div><h2>相关推荐</h2>{CARDS}</div>""",
    "people": f"""<div class="layout rm_txt cf"><div class="col col-1 fl"><h3 class="pre"></h3><h1>{TITLE}</h1><h4 class="sub"></h4><div class="author cf"></div>
<div class="channel cf"><div class="col-1-1 fl">2023年07月02日08:30 | 来源：<a>人民网－人民日报</a></div><div class="fontsize">小字号</div></div>
<div class="rm_txt_con cf">{P}<p class="paper_num">《 人民日报 》（ 2023年07月02日 03 版）</p><div class="box_pic"></div><div class="edit cf">(责编：李四、王五)</div></div>
<div class="rm_fenxiang"><h2>分享让更多人看到</h2></div><div class="rm_relevant"><h2>相关新闻</h2>{RANKING}</div></div>
<div class="col col-2"><h2>热门排行</h2>{RANKING}</div></div><div id="rwb_footer"><p>人民日报社概况 | 关于人民网 | 报社招聘 | 招聘英才</p></div>""",
    "xinhua": f"""<div class="main clearfix"><div class="head-line"><h1><span class="title">{TITLE}</span></h1><div class="header-time left">
<span class="year"><em>2023</em></span><span class="day"><em>07</em>/<em>02</em></span><span class="time">08:30:12</span></div>
<div class="source">来源：新华网</div></div><div class="main-left"><div id="detail"><span id="detailContent">{P}</span>
<div id="articleEdit"><span class="tiyi1">【纠错】</span><span class="editor">【责任编辑:李四】</span></div></div><div class="columBox book"><h3>阅读下一篇：</h3>{CARDS}</div></div></div>""",
    "gov.cn": f"""<div class="content"><table><tr><td><div>索 引 号：</div></td><td>000014349/2023-00042</td><td>主题分类：</td><td>科技、教育\\科技</td></tr></table>
<h1 id="ti">{TITLE}</h1><div class="pages-date">2023-07-02 08:30 <span>来源： 中国网信网</span><div class="font">字体：<span>大</span> <span>中</span> <span>小</span></div>
<div class="share"><span>打印</span></div></div><div class="pages_content" id="UCAP-CONTENT"><div class="trs_editor_view TRS_UEDITOR">{P}</div>
<div class="editor"><span>责任编辑：李四</span></div></div><div class="related"><p>相关稿件</p>{RANKING}</div>
<div>扫一扫在手机打开当前页</div></div><div class="footer"><p>主办单位：国务院办公厅　运行维护单位：中国政府网运行中心</p></div>""",
    "cac": f"""<div class="main"><div class="title">{TITLE}</div><div class="info">2023年07月02日 08:30　　来源： 中国网信网</div>
<div class="share">【打印】【纠错】</div><div id="BodyLabel"><div class="main-content">{P}</div></div><div class="down"><div>关闭窗口</div></div></div>
<div class="foot">中央网络安全和信息化委员会办公室 © 版权所有　承办：国家互联网应急中心</div>""",
    "miit": f"""<div class="w980 center cmain"><h1 id="con_title">{TITLE}</h1><div class="cinfo center"><span>发布时间：2023-07-02 08:30</span>
<span>来源：科技司</span></div><div class="ccontent center" id="con_con">{P}</div><div class="cbottom">【打印】【关闭】</div>
<div>相关文件：</div></div>""",
    "36kr": f"""<div class="article-detail-wrapper-box"><h1 class="article-title margin-bottom-20 common-width">{TITLE}</h1>
<div class="article-title-icon"><a>网信观察</a><span>·</span><span>2023-07-02 08:30</span></div><div class="summary">备案制度越来越清楚。</div>
<div class="common-width content articleDetailContent kr-rich-text-wrapper">{P}<p>本文来自微信公众号<a>“网信观察”（ID:cacwatch）</a>，作者：张三，36氪经授权发布。</p></div>
<div>该文观点仅代表作者本人，36氪平台仅提供信息存储空间服务。</div><div>+1</div><div>12</div><div>好文章，需要你的鼓励</div></div><div>下一篇</div>{CARDS}""",
    "ithome": f"""<div class="fl content"><h1>{TITLE}</h1><div class="cv"><span>2023/7/2 8:30:12</span> 来源：<span>IT之家</span> 作者：张三 责编：李四</div>
<div class="post_content" id="paragraph">{P}<p class="ad-tips">广告声明：文内含有的对外跳转链接（包括不限于超链接、二维码、口令等形式），用于传递更多信息，节省甄选时间，结果仅供参考，IT之家所有文章均包含本声明。</p></div>
<div>投诉水文</div><div>我要纠错</div><div>相关文章</div>{RANKING}</div><div class="fr">{RANKING}</div>""",
    "huxiu": f"""<div class="article-detail-content"><h1 class="article__title">{TITLE}</h1><div><span>2023-07-02 08:30</span></div>
<div class="article__content" id="article-content"><p class="text-remarks">本文来自微信公众号：<a>网信观察（ID：cacwatch）</a>，作者：张三，题图来自：视觉中国</p>{P}</div>
<div class="bottom-copyright">本内容为作者独立观点，不代表虎嗅立场。未经允许不得转载，授权事宜请联系 hezuo@huxiu.com</div>
<div>如对本稿件有异议或投诉，请联系tougao@huxiu.com</div><div>正在改变与想要改变世界的人，都在 虎嗅APP</div>{CARDS}</div>""",
    "wordpress": f"""<article class="post-123 post type-post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1><span>张三</span><span>2023-07-02</span></header>
<div class="entry-content">{P}<div class="sharedaddy"><h3>分享到：</h3><ul><li>微博</li><li>微信</li></ul></div>
<div id="jp-relatedposts"><h3>相关</h3></div></div><footer class="entry-footer">标签：<a>人工智能</a> <a>备案</a></footer></article>
<nav class="post-navigation"><a>上一篇：旧的文章</a> <a>下一篇：新的文章</a></nav><div id="comments" class="comments-area">{COMMENTS}</div>""",
    "csdn": f"""<div class="blog-content-box"><div class="article-header"><h1 class="title-article">{TITLE}</h1><div class="article-info-box">
<span>于 2023-07-02 08:30:12 发布</span><span>阅读量1.2k</span><span>收藏 5</span><span>点赞数 3</span></div></div>
<article class="baidu_pl"><div id="article_content"><div id="content_views" class="markdown_views">{P}</div></div></article></div>
<div class="recommend-box">{CARDS}</div>""",
    "cls": f"""<div class="m-b-40 p-b-20 detail-content-box"><div class="detail-title">{TITLE}</div><div class="detail-info"><span>财联社</span><span>07-02 08:30 星期日</span></div>
<div class="m-b-30 detail-content">{P}</div><div class="detail-share">阅读 12.3W</div><div>财联社声明：文章内容仅供参考，不构成投资建议。投资者据此操作，风险自担。</div><div>商务合作</div>
<div class="detail-relate"><div>相关阅读</div>{RANKING}</div></div>""",
    "anonymous": f"""<div class="c1"><div class="c2">{RANKING}</div><div class="c3"><div class="c4">{TITLE}</div><div class="c5">2023-07-02 08:30</div>
{"".join(f'<div class="c6">{t}</div>' for t in TEXTS)}<div class="c7">{CARDS}</div></div></div>""",
    "next article of an endless page": f"""<div class="list"><article class="art"><h1>{TITLE}</h1><div>2023-07-02 08:30</div>{P}</article>
<article class="art"><h1>另外一篇完全无关的文章</h1><div>2023-07-01 09:00</div>{"".join(f"<p>另外一篇文章的第{i}段正文，讲的是别的事情，和上面那一篇没有任何关系，只是接在下面。</p>" for i in range(4))}</article></div>""",
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_body_is_every_paragraph_and_nothing_else(layout: str) -> None:
    nav = "<div class='top'><ul>" + "".join(f"<li><a href='/{i}'>频道{i}</a></li>" for i in range(12)) + "</ul></div>"
    page = f"<html><head><meta charset=utf-8><title>{TITLE}_示例网</title></head><body>{nav}{layout}</body></html>"
    article = read_page(page.encode(), "https://news.test/a/1.html")
    assert isinstance(article, Extracted)
    assert article.title == TITLE
    assert tuple(article.text.split("\n")) == TEXTS

"""The containers of the great layouts: where well-known sites and systems keep the body, and who publishes there.

A table of facts about the web; it decides nothing. A rule that no longer matches costs nothing, because every rule
is only a candidate (see ``body``).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["is_container", "is_named_by_id", "platform"]

_IDS = frozenset(
    {
        "js_content",  # WeChat
        "detailContent",  # Xinhua
        "detail",
        "UCAP-CONTENT",  # gov.cn and the governments on its system
        "ucapcontent",
        "artibody",  # Sina
        "article_content",
        "mp-editor",  # Sohu
        "ArticleContent",
        "articleContent",
        "articleText",
        "article-content",
        "article_body",
        "artical_real",  # ifeng
        "main_content",
        "rwb_zw",  # people.com.cn
        "endText",  # 163
        "Cnt-Main-Article-QQ",
        "zoom",
        "Zoom",
        "zoomcon",
        "p-detail",
        "contentText",
        "js_article_content",
        "con_con",  # MIIT
        "BodyLabel",  # CAC
        "paragraph",  # ITHome
        "content_views",  # CSDN
        "cnblogs_post_body",
        "Main_Content_Val",  # Caixin
        "ContentBody",  # East Money
        "chan_newsDetail",  # China.com
        "mainContent",
        "news-content",
        "newscontent",
        "content_text",
        "text_content",
    }
)
_CLASSES = frozenset(
    {
        "rich_media_content",  # WeChat
        "rm_txt_con",  # people.com.cn
        "box_con",
        "show_text",
        "text_con",
        "post_body",  # 163
        "post_text",
        "article-content",
        "article_content",
        "article-body",
        "article__body",
        "article-text",
        "articleBody",
        "article",
        "content-article",  # QQ
        "Cnt-Main-Article-QQ",
        "main-content",
        "main-article",
        "news_txt",  # The Paper
        "pages_content",  # gov.cn
        "TRS_Editor",
        "trs_editor_view",
        "TRS_UEDITOR",
        "view",
        "entry-content",
        "post-content",
        "story-body",
        "story-content",
        "news-content",
        "news_content",
        "newsContent",
        "left_zw",  # China News Service
        "content_area",  # CCTV
        "cnt_bd",
        "l-main-col",
        "textBody",
        "articleDetailContent",  # 36Kr
        "kr-rich-text-wrapper",
        "article__content",  # Huxiu
        "Post-RichText",  # Zhihu
        "m-article-text",  # Yicai
        "m-txt",
        "txt_con",  # STCN
        "markdown-body",
        "markdown_views",
        "wp-block-post-content",
        "td-post-content",
        "single-content",
        "articalContent",  # Sina blogs
        "caas-body",  # Yahoo
        "article-main-content",
        "news_body",
    }
)
_HASHED = re.compile(
    r"(?:^|\s)(?:index_(?:cententWrap|text|articleWrap|centent)|main_content|text-3w2e3DBc|syl-page-article|"
    r"syl-article-base|index-module_articleWrap|index-module_textWrap|cententWrap)[\w-]*",
)
_PLATFORMS = (
    ("baijiahao.baidu.com", "百家号"),
    ("mbd.baidu.com", "百家号"),
    ("toutiao.com", "今日头条"),
    ("sohu.com", "搜狐"),
    ("163.com", "网易"),
    ("sina.com.cn", "新浪"),
    ("sina.cn", "新浪"),
    ("qq.com", "腾讯"),
    ("ifeng.com", "凤凰网"),
    ("thepaper.cn", "澎湃新闻"),
    ("xinhuanet.com", "新华网"),
    ("news.cn", "新华网"),
    ("people.com.cn", "人民网"),
    ("people.cn", "人民网"),
    ("chinanews.com.cn", "中国新闻网"),
    ("chinanews.com", "中国新闻网"),
    ("cctv.com", "央视网"),
    ("huanqiu.com", "环球网"),
    ("guancha.cn", "观察者网"),
    ("gov.cn", None),
)


def is_container(names: str, itemprop: str | None = None) -> bool:
    """Tell whether an element's id and classes (``names``), or its itemprop, mark the body of an article."""
    if itemprop == "articleBody":
        return True
    if not names:
        return False
    words = names.split()
    return words[0] in _IDS or any(word in _CLASSES for word in words) or _HASHED.search(names) is not None


def is_named_by_id(names: str) -> bool:
    """Tell whether the id of an element, the first of its ``names``, marks the body: an id says more than a class."""
    return names.split(maxsplit=1)[0] in _IDS if names else False


def platform(url: str) -> str | None:
    """Return the name of the publisher behind a well-known host."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    if host == "mp.weixin.qq.com":
        return None  # the account is the publisher
    return next((name for suffix, name in _PLATFORMS if host == suffix or host.endswith("." + suffix)), None)

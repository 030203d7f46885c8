"""Recognise what is served instead of an article: challenges, refusals, withdrawn pages, lists of links."""

from __future__ import annotations

import re

from monitor.types import Rejected
from storage.records import Outcome

from .hygiene import units
from .survey import Survey

__all__ = ["instead_of_article", "is_list"]

_MAX_CHALLENGE = 160.0
"""Units of running text above which a page is about what it says, not an instance of it."""

_TITLES = re.compile(
    r"\s*(?:(?:百度|安全|访问|人机|身份|滑动|验证码|请完成|请输入|搜狗|微信)*(?:安全)?验证(?:码|中心|页面)?|访问(?:受限|异常|被拒绝|过于频繁)|just a moment.{0,5}|"
    r"attention required.{0,20}|access (?:to this page has been )?denied|(?:error )?40[13]\b.{0,20}|403 forbidden|forbidden|429.{0,20}|too many requests|"
    r"(?:one more step|are you (?:a )?(?:human|robot).{0,10}|human verification|robot check|security check|ddos-guard|checking your browser.{0,10}|"
    r"please wait.{0,12}|verify(?:ing)? you are human.{0,10}|captcha.{0,20}|request (?:blocked|rejected)|pardon our interruption.{0,5}|blocked)|"
    r"50[0-4]\b.{0,30}|bad gateway|service (?:temporarily )?unavailable|您的访问.{0,20}(?:拦截|阻断|拒绝)|网站防火墙|web应用防火墙|拦截提示)\s*",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"环境异常|完成验证后即可继续|请?(?:输入|完成|通过).{0,12}验证(?:码)?.{0,12}(?:继续|后|以|访问|,|，|。|$)|(?:访问|操作|请求)(?:过于|太)?(?:频繁|频次过高|次数过多)|"
    r"(?:拖动|滑动|点击).{0,8}(?:滑块|拼图|按钮).{0,10}验证|(?:按住|向右)滑.{0,10}|(?:您|你)的(?:访问|请求|操作|ip).{0,20}(?:拦截|阻断|禁止|异常|限制|拒绝|被封)|"
    r"请(?:开启|启用|打开)\s*(?:浏览器的?)?\s*javascript|网络环境存在异常|检测到.{0,16}(?:异常|攻击|爬虫|自动化)|证明您?(?:是|不是).{0,4}(?:人类|真人|机器人)|"
    r"checking (?:if the site connection is secure|your browser)|enable javascript and cookies to continue|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"complete the (?:security check|captcha)|are you a robot|not a robot|unusual (?:traffic|activity) from|you have been blocked|request unsuccessful. incapsula|"
    r"(?:your )?access (?:to this (?:page|site|resource) )?(?:has been |is )?(?:denied|blocked|restricted)|you don't have permission to access|performance (?:and|&) security by cloudflare|"
    r"ddos protection by|ray id:|please enable (?:js|javascript|cookies)",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"(?:该|此|本|这篇|您访问的)?(?:内容|文章|页面|网页|链接|帖子|新闻|资讯|稿件)(?:已被?(?:发布者|作者|管理员|系统)?(?:删除|下架|移除|撤回|撤稿)|不存在|不见了|找不到|已(?:过期|失效)|无法查看|被投诉)|"
    r"(?:找不到|未找到|没有找到).{0,10}(?:页面|网页|文件|文章)|此内容(?:因|涉嫌)违规|该公众号已(?:迁移|注销|被封)|404(?:\s|$|-|,|:)|page not found|page (?:does not|doesn't) exist|"
    r"(?:article|page|story) (?:is )?no longer available",
    re.IGNORECASE,
)


def instead_of_article(page: Survey, title: str | None, text: str) -> Rejected | None:
    """Return why the page is no article at all, judged by its title and by what little it says; else None.

    ``text`` is the body found. A page with real running text is never rejected here: an article may be about
    captchas.
    """
    if units(text) > _MAX_CHALLENGE:
        return None
    if title and _TITLES.fullmatch(title[:80]):
        return Rejected(rejected=Outcome.BLOCKED, detail=f"a page titled {title[:60]!r}")
    visible = "\n".join(block.text for block in page.blocks[:200])[:4000]
    if units(visible) <= 2 * _MAX_CHALLENGE and (found := _CHALLENGE.search(visible)):
        return Rejected(rejected=Outcome.BLOCKED, detail=f"a page that says {found[0][:60]!r}")
    whole = f"{title or ''}\n{visible}"
    if units(visible) <= 2 * _MAX_CHALLENGE and (found := _WITHDRAWN.search(whole)):
        return Rejected(rejected=Outcome.GONE, detail=f"a page that says {found[0][:60]!r}")
    return None


def is_list(page: Survey, start: int, end: int, *, is_declared_article: bool) -> bool:
    """Tell whether a page is a list of links to articles, or a home page.

    ``start <= i < end`` are the blocks of the body. Signs: many links with the length of a title, and running text
    that is scarce beside them or comes in short excerpts, one to a link.
    """
    body = page.blocks[start:end]
    prose = [b.size for b in body if b.is_prose]
    titles = sum(1 for b in page.blocks if b.is_link and 6 <= b.linked <= 60)
    inside = sum(1 for b in body if b.is_link and 6 <= b.linked <= 60)
    if is_declared_article and sum(prose) >= 100:
        return False
    if titles >= 12 and sum(prose) < 60:
        return True
    longest = max(prose, default=0.0)
    if inside >= 5 and inside >= 0.6 * len(prose) and longest < 160:
        return True
    return titles >= 40 and sum(prose) < 4 * titles and longest < 90

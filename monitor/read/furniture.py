"""The lines that sites put round an article, as whole-line patterns with a rule's name.

The patterns are in ``wordings/furniture.txt``. They see a line folded (Simplified, half width, lower case) and
without any space, so one pattern serves ``版 權 所 有`` and ``版权所有``. Which part of an article a rule may touch is
its place: ``any``, ``head`` (above and among the first lines), ``tail`` (below), ``section`` (a heading of something
that is not the article any more; ``articles`` and ``comments`` are two kinds of these).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from storage.fold import fold

from .wordings import sections

__all__ = ["furniture_rule", "squeeze"]

_MAX_LINE = 400

_NAVIGATION = re.compile(
    r"关于(?:我们|本[站网]|[一-龥]{2,4}网)|[一-龥]{2,4}社?概[况要]|联系(?:我们|方式)|加入我们|诚聘英才|招聘(?:英才|信息)?|[报本]社招聘|(?:广告|商务)(?:服务|合作|投放|刊登)?|合作(?:加盟|伙伴)?|"
    r"供稿服务|数据服务|网站(?:声明|律师|地图|导航|建设)|信息保护|隐私(?:政策|保护|声明)?|法律(?:声明|顾问|条款)|版权(?:声明|信息)|免责声明|帮助(?:中心)?|"
    r"意见反馈|用户(?:协议|反馈)|服务(?:条款|协议)|友情链接|投稿(?:邮箱)?|举报(?:电话|邮箱|专区|中心)?|会员(?:中心|注册)|客服(?:中心)?|产品答疑|"
    r"aboutus|contactus?|privacy(?:policy)?|termsof(?:use|service)|careers|advertise(?:withus)?|sitemap|cookie(?:s|policy)|accessibility|help"
)
_ONLY_NAVIGATION = re.compile(rf"(?:(?:{_NAVIGATION.pattern})[|·/-]*)+")
_SPACE = re.compile(r"\s+")
_SAID = re.compile(
    r"[他她]们?(?:还|也|则|又|补充|最后)*(?:认为|表示|说|称|指出|写道)|(?:说|写道|表示|坦言|回应)。$|"
    r"^[\"“「][^\"“”」]+[\"”」][^\"“”」。]{1,16}。$|(?:said|says|joked|promised|(?:he|she|they)(?:wrote|added)|told(?:us|me|them|reporters))[.]$"
)
"""What somebody says or writes is a sentence of the author's, however much its words are those of furniture."""
_ARTICLE_OF_LAW = re.compile("第[一二三四五六七八九十百零〇0-9]{1,6}条(?![评留回])")
"""How the articles of laws and rules begin."""
_ENDED = re.compile(r"。$|[a-z]\.$")


def squeeze(line: str) -> str:
    """Return a line folded and without white space: what the patterns compare."""
    return _SPACE.sub("", fold(line))


_PLACES = {
    "any": ("any",),
    "head": ("any", "head"),
    "tail": ("any", "section", "comments", "author", "tail"),
    "section": ("section", "comments", "author"),
    "articles": ("section",),
    "comments": ("comments",),
}


@cache
def _compiled(place: str) -> re.Pattern[str]:
    """Return one pattern for all the rules of a place; the group that matched names the rule."""
    rules = [(*name.split(" "), "|".join(patterns)) for name, patterns in sections("furniture")]
    return re.compile(
        "|".join(
            f"(?P<{rule.replace('-', '_')}_{number}>{pattern})"
            for wanted in _PLACES[place]
            for number, (where, rule, pattern) in enumerate(rules)
            if where == wanted
        )
    )


@lru_cache(maxsize=4096)  # cleaning looks at a line several times
def furniture_rule(line: str, place: str) -> str | None:
    """Return the name of the rule by which ``line`` is furniture in ``place``, or None."""
    if len(line) > _MAX_LINE:
        return None
    key = squeeze(line)
    if _SAID.search(key) or _ARTICLE_OF_LAW.match(key):
        return None
    bare = key.strip("()[]【】*#<>▲△▼·—-=|")
    pattern = _compiled(place)
    found = pattern.fullmatch(key) or (pattern.fullmatch(bare) if bare and bare != key else None)
    if found:
        rule = (found.lastgroup or "").rpartition("_")[0].replace("_", "-")
        return None if rule == "interlink" and _ENDED.search(key) else rule
    return "navigation" if place == "tail" and _is_navigation(key) else None


def _is_navigation(key: str) -> bool:
    """Tell whether a line strings together what site maps are made of, or is nothing but one such word."""
    if re.search("[。！？!?]", key):
        return False
    if _ONLY_NAVIGATION.fullmatch(key):
        return True
    found = _NAVIGATION.findall(key)
    return len(found) >= 3 and 2 * sum(map(len, found)) >= len(key)

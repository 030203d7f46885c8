"""The lines that sites put round an article, as whole-line patterns with a rule's name.

Patterns see a line folded (Simplified, half width, lower case) and without any space, so one pattern serves
``版 權 所 有`` and ``版权所有``. Which part of an article a rule may touch is its place: ``any``, ``head`` (above and
among the first lines), ``tail`` (below), ``section`` (a heading of something that is not the article any more).
"""

from __future__ import annotations

import re
from functools import lru_cache

from storage.fold import fold

__all__ = ["furniture_rule", "squeeze"]

_MAX_LINE = 400

_ANY = (
    (
        "picture-note",
        r"[(\[【]?(?:资料图片?|资料照片|网络图片|网络配图|配图|示意图|图片|图|视频截图|点击(?:查看|图片).{0,10}|图/.{1,16})[)\]】]?",
    ),
    ("advertisement", r"[-—\[(]*(?:广告|advertisement|sponsored|推广|adfeedback)[-—\])]*"),
    ("report-link", r"举报(?:/反馈)?|反馈|投诉|纠错|我要纠错|我要反馈"),
    ("end-mark", r"[-—=*(\[【~]*(?:完|全文完|正文完|本文完|end|theend|fin)[-—=*)\]】~]*"),
    (
        "player",
        r"(?:播放)?视频加载中.{0,10}|正在加载.{0,6}|loading\.*|您的浏览器不支持.{0,30}|播放|暂停|00:00(?:/00:00)?|音频播放器",
    ),
    ("original-title", r"(?:本文)?原标?题(?:为)?[:《\"].{2,150}"),
    ("controls", r"(?:展开|收起|阅读|查看|显示|打开|余下)(?:全文|剩余|原文|更多|全部)(?:内容)?(?:\d+%)?"),
)
_HEAD = (
    ("breadcrumb", r"(?:您?(?:现在|当前|目前)?(?:所在)?的?位置:?.{0,80})|(?:首页|主页|home)[>»›/|→].{0,80}|.{0,60}[>»›→]正文"),
    ("controls", r"(?:字[号体]:?|大|中|小|a[-+]?|t\|t|分享(?:到|至)?:?|收藏|打印|关注|\+关注|评论|听新闻|播报|语音播报|朗读|复制链接|微信|微博|qq空间|qq|"
     r"我要评论|订阅|投稿|举报|扫一扫.{0,20}|手机看新闻|加入收藏|进入论坛|图集|组图|视频|原创|转载|[|/·\d()])+"),
    ("column", r"[【\[].{2,20}(?:出品|工作室|专栏|栏目|原创|制作|作品|独家)[】\]]"),
    ("counters", r"[\d,.:/|·\-万wk+]{1,20}"),
)  # fmt: skip
_TAIL = (
    ("previous-next", r"[<«‹←]*(?:上|下|前|后)[一1]?(?:篇|页|条|章)[>»›→]*:?.{0,120}|(?:previous|next)(?:article|post|story)?:?.{0,100}"),
    ("keywords", r"(?:关键[词字]|标签|话题|tags?|keywords?|filedunder|topics?)[:/].{0,120}|(?:关键[词字]|标签):?"),
    ("comment-box", r"我也说一句|说两句.{0,10}|已?经?有?\d*条?评论\(?\d*\)?|(?:发表|查看|我要|添加|写|参与)(?:全部|更多|你的|我的)?(?:评论|跟贴|留言).{0,12}|"
     r"评论区?|暂无评论|还没有评论.{0,20}|文明上网.{0,40}|网友评论.{0,60}|\d+人?(?:参与|跟贴|评论|点赞).{0,10}|comments?\(?\d*\)?|leaveacomment|"
     r"postacomment"),
    ("login-box", r"请先?(?:来)?(?:登录|注册|绑定).{0,12}|(?:还)?没有.{0,8}[账帐]号.{0,12}|已有.{0,8}[账帐]号.{0,12}|忘记密码\??|(?:立即|免费|快速|马上|用户)?"
     r"(?:登录|注册|登陆)(?:/(?:登录|注册))?|请保持手机.{0,30}|(?:报名|提交|发布|评论|操作|注册|登录|收藏|关注|订阅|加入.{0,6})成功!?|知道了|"
     r"确定|取消|关闭|提交|发送|获取验证码|记住我|自动登录|(?:sign|log)(?:in|up).{0,60}|register|subscribe(?:now|today|to.{0,60})?|"
     r"(?:getthe|signupfor).{0,80}"),
    ("share-bar", r"(?:qq空间|新浪微博|腾讯微博|微博|豆瓣网?|人人网?|微信(?:好友|朋友圈|扫一扫)?|朋友圈|qq(?:好友)?|facebook|twitter|linkedin|"
     r"whatsapp|telegram|reddit|pinterest|email|邮件|复制(?:链接|网址)|分享(?:到|至|给.{0,6})?:?|打印|收藏|点赞|[|/·,、])+\d*|"
     r"分享(?:到|至).{0,60}|(?:分享|转发|点赞|赞|在看|收藏|打赏|赞赏|喜欢|支持|鼓掌|好看|推荐)(?:本文|文章|作者)?\(?\d*\)?|"
     r"share(?:this)?(?:article|story|post|on.{0,40}|via.{0,30})?:?|followus.{0,60}|printthis.{0,20}"),
    ("statement", r"(?:免责|版权|特别|郑重|重要|风险|平台)?(?:声明|提示)[:,].{0,380}|免责声明.{0,380}|.{0,40}版权所有.{0,200}|.{0,20}版权归.{0,40}所有.{0,200}|"
     r".{0,60}未经.{0,10}(?:授权|许可|允许|同意|书面).{0,16}(?:禁止|不得|严禁|谢绝|请勿).{0,200}|"
     r"[(\[【]?(?:本文|以上|文章|该文|此文|文中|本篇).{0,14}(?:仅|只|不|并不)代表.{0,40}(?:观点|立场|意见|看法).{0,200}|"
     r".{0,30}不代表(?:本[网站平报刊号社台人]|.{2,12}(?:网|平台|立场|观点)).{0,200}|.{0,60}不构成.{0,10}投资建议.{0,200}|"
     r".{0,60}转载(?:或引用|时)?(?:请|需|须|务必)(?:注明|联系|保留|标明).{0,200}|凡(?:本[网站]|注明|来源|标注|未注明).{0,380}|"
     r"(?:如|若)(?:有|涉及|需|果|因|您).{0,16}(?:侵权|版权|转载|异议).{0,200}|(?:本文)?(?:图片|内容|素材|文字|文章|图文)(?:、\S{1,4})?(?:均|皆)?(?:来[源自]|由).{0,30}"
     r"(?:网络|上传|提供|平台|作者|用户|侵删|删除).{0,80}|本文(?:由|系|为|转自|首发|授权|经).{2,60}(?:发布|转载|授权|原创|首发|独家|内容|账号|平台|公众号).{0,60}|"
     r"返回搜狐.{0,10}|海量资讯.{0,40}|责任自负.{0,20}|综合(?:整理)?(?:自|报道).{0,60}|综合.{2,40}(?:报道|消息)|信息来源于?网络.{0,20}|copyright.{0,200}|©.{0,200}|.{0,60}allrightsreserved.{0,120}|原创文章.{0,60}"),
    ("legal", r"[京沪粤津渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘琼川贵云陕甘青蒙桂宁新藏]?icp[备证].{0,80}|.{0,60}公网安备.{0,80}|.{0,20}许可证.{0,10}[:：]?\S{0,6}\d{3,}.{0,60}|"
     r"违法和?不良信息.{0,80}|.{0,16}(?:地址|邮编|电话|传真|热线|邮箱|e-?mail):.{0,120}|主办单位?:.{0,120}|网站标识码.{0,40}|技术支持:.{0,40}|承办:.{0,60}"),
    ("app-plug", r".{0,20}(?:扫码|扫描|长按|识别|扫一扫).{0,40}(?:二维码|公众号|小程序|客户端|关注|下载|阅读|查看|加入|添加)?.{0,30}|"
     r".{0,10}下载.{0,16}(?:app|客户端).{0,40}|打开.{0,10}(?:app|客户端).{0,30}|(?:欢迎|敬请|请)?(?:关注|订阅).{0,24}(?:公众号|微信|微博|频道|头条号|号).{0,40}|"
     r"(?:本文来自.{2,16},)?(?:更多|相关)(?:原创|精彩|内容|资讯|新闻|信息|报道|猛料).{0,12}(?:请|关注|点击|下载|尽在|欢迎|app|客户端).{0,60}|点击(?:下方|上方|这里|蓝字|进入|查看|关注|阅读原文).{0,60}|"
     r"微信(?:公众)?号:.{0,40}|手机(?:看|阅读).{0,20}|用微信.{0,30}|↓+.{0,30}|(?:喜欢|觉得).{0,16}(?:点个?|就)(?:赞|在看|关注).{0,20}"),
    ("buttons", r"返回(?:顶部|首页|列表|上一?[页级]|目录)?|回到?顶部|top|backtotop|上一页|下一页|尾页|首页|更多>*|more>*|查看更多>*|加载更多|点击加载.{0,10}|"
     r"收藏本[文页站]|关闭窗口|【?(?:打印|关闭|推荐|纠错)(?:本[文页稿])?】?(?:【.{2,6}】)*|skipto.{0,30}|\d{1,6}"),
    ("photo-credit", r"[(\[【]?(?:图片|图|照片|摄影|供图|视频|题图|头图|封面)(?:来源|源|/|:|自).{1,40}[)\]】]?"),
)  # fmt: skip
_SECTION = (
    ("related", r"[-—=【\[|·]*(?:相关|延伸|推荐|扩展|拓展|热门|精彩|最新|往期|今日|编辑|更多|为您?|猜你|大家|热点|本周|同类|其他|关联|作者(?:最近|其他|更多)|最近|头条|图文|24小时)的?"
     r"(?:阅读|推荐|新闻|文章|报道|链接|资讯|内容|专题|回顾|视频|热点|图集|喜欢|都在看|在看|排行榜?|消息|精选|热文|热闻|稿件|信息|话题|浏览|搜索|产品|标签)+[】\]:>|·—=-]*"
     r"|(?:热门|最新|全部|网友|精彩|用户|观察员)(?:评论|跟贴|留言)\(?\d*条?\)?|评论\(\d+\)|排行榜|热榜|要闻|猜你喜欢|你可能(?:还)?(?:喜欢|感兴趣).{0,10}|"
     r"related(?:articles?|stories|story|topics?|content|news|posts?|links?|reading|coverage|video)?:?|(?:read|see)(?:more|next|also)(?:on.{0,30})?:?|"
     r"most(?:read|popular|viewed|shared).{0,20}|more(?:from|on|in|stories|news|like).{0,40}|recommended(?:foryou|stories|reading)?|upnext|trending(?:now)?|"
     r"youmay(?:also)?(?:like|beinterestedin).{0,10}|popular(?:stories|now|posts)?|latest(?:news|stories|posts)|aroundtheweb|elsewhereon.{0,30}|whattoreadnext|"
     r"editors?'?spicks?|top(?:stories|comments)|explore(?:more)?(?:topics|on)?"),
)  # fmt: skip
_PLACES = {
    "any": _ANY,
    "head": (*_ANY, *_HEAD),
    "tail": (*_ANY, *_SECTION, *_TAIL),
    "section": _SECTION,
}
_NAVIGATION = re.compile(
    r"关于(?:我们|本[站网]|[一-龥]{2,4}网)|[一-龥]{2,4}社?概[况要]|联系(?:我们|方式)|加入我们|诚聘英才|招聘(?:英才|信息)?|[报本]社招聘|广告(?:服务|合作|投放|刊登)?|合作(?:加盟|伙伴)?|"
    r"供稿服务|数据服务|网站(?:声明|律师|地图|导航|建设)|信息保护|隐私(?:政策|保护|声明)?|法律(?:声明|顾问|条款)|版权(?:声明|信息)|免责声明|帮助(?:中心)?|"
    r"意见反馈|用户(?:协议|反馈)|服务(?:条款|协议)|友情链接|投稿(?:邮箱)?|举报(?:电话|邮箱|专区|中心)?|会员(?:中心|注册)|客服(?:中心)?|产品答疑|"
    r"aboutus|contactus?|privacy(?:policy)?|termsof(?:use|service)|careers|advertise(?:withus)?|sitemap|cookie(?:s|policy)|accessibility|help"
)
_SPACE = re.compile(r"\s+")


def squeeze(line: str) -> str:
    """Return a line folded and without white space: what the patterns compare."""
    return _SPACE.sub("", fold(line))


@lru_cache(maxsize=8)
def _compiled(place: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(pattern)) for rule, pattern in _PLACES[place])


def furniture_rule(line: str, place: str) -> str | None:
    """Return the name of the rule by which ``line`` is furniture in ``place``, or None."""
    if len(line) > _MAX_LINE:
        return None
    key = squeeze(line)
    bare = key.strip("()[]【】*#<>▲△▼·—-=|")
    for rule, pattern in _compiled(place):
        if pattern.fullmatch(key) or (bare and pattern.fullmatch(bare)):
            return rule
    return "navigation" if place == "tail" and _is_navigation(key) else None


def _is_navigation(key: str) -> bool:
    """Tell whether a line strings together what site maps are made of."""
    found = _NAVIGATION.findall(key)
    return len(found) >= 3 and 2 * sum(map(len, found)) >= len(key) and not re.search("[。！？!?]", key)

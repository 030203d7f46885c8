"""Rules that a school, a firm or an office makes for itself, under a name that a tracked rule bears too.

《某大学使用生成式人工智能管理办法》 ends as a tracked rule does and is the university's. Knows words for such bodies
and how they lead to a title; knows no rule.
"""

from __future__ import annotations

import re

__all__ = ["is_own_rule"]

_RULE = re.compile(r"(?:办法|规定|条例|细则|规范|指引|指南|准则|标准|框架|要求|方案|新规|规划|计划|意见)$")
"""What anybody may call rules of his own; a 法 is a parliament's."""

_BODY = (
    "大学|学院|[学高院本我]校|中学|小学|(?<!上市)公司|集团|(?<!人民)银行|医院|期刊|学报|编辑部|出版社|杂志社|事务所|律所|"
    "学会|商会|(?<!安全)协会"
)
_OFFICE = "省|自治区|(?<!上)市(?![场值])|(?<!加)州(?!长)|(?<![特社地])区(?![块域别])|县"
_USE = (
    "论文|毕业|本科|研究生|学位|教学|课程|课堂|考试|作业|科研|评审|员工|学生|教师|内部|校园|"
    "律师|医师|记者|使用|应用|采购"
)
_IN_TITLE = re.compile(rf"(?:{_BODY}|{_OFFICE}|{_USE})")
_TITLE = re.compile(r"《([^《》〈〉\n]*[\u4e00-\u9fff]{2}[^《》〈〉\n]*)$")
_MADE = re.compile(
    rf"({_BODY})[^,。;:!?、《》\n依据照按落根违遵符]{{0,8}}?(?:印发|制定|制订|出台|发布|公布|颁布|推出|下发)了?"
    r"(?:的|本校的?|自己的)?[《\"]?$"
)
_OWNED = re.compile(rf"(?:({_BODY})|[我本该][校院行司])的?[《\"]?$")
_PLATFORM = (
    "平台|社区|应用商店|抖音|快手|小红书|微博|微信|视频号|公众号|哔哩哔哩|[Bb]站|知乎|豆瓣|百度|"
    "腾讯|阿里|阿里巴巴|淘宝|天猫|京东|拼多多|美团|喜马拉雅|网易|网易云音乐|QQ音乐|酷狗|阅文|起点|晋江|番茄小说|优酷|爱奇艺|今日头条|华为|小米|苹果|谷歌|亚马逊|"
    "(?<![A-Za-z])(?:X|[A-Z][A-Za-z]*[a-z])"  # in capitals it is a ministry: CAC, NIST
)
_OF_PLATFORM = re.compile(
    rf"(?:{_PLATFORM}) ?(?:(?:官方|公司|站内|平台|昨[日天]|今[日天]|近日|日前|[上本]周|也|已|正式|宣布|"
    r"刚刚|率先|将|又|拟|要|[1-9]\d?[月日起])*"
    r"(?:发布|推出|上线|出台|更新|升级|祭出|启用|制定|试行)了?|的)"
    r"(?:自家|自己|平台|站内|全新|最新|新版|新一版|更严|更严格|一套|的)*$"
)
"""A platform's rules are its own; whoever keeps to the law is said to 落实 or 遵守 it."""
_NICKNAME = re.compile("^.{,6}(?:新规|办法|规定)$")  # the full name of a rule is nobody's own
_ABOUT = re.compile("》? ?[^,。;:《》]{0,6}?(?:解读|释义|问答|解析|白皮书|对照|专题|合规|评论|简报|提示)")
_RULE_LATIN = re.compile(
    r"\b(?:[Mm]easures|[Pp]rovisions|[Rr]ules|[Rr]egulations?|[Gg]uidelines?|[Ff]ramework|[Cc]ode)\b"
)
_OWNED_LATIN = re.compile(
    r"\b(?:[Uu]niversity|[Cc]ollege|[Ss]chool|[Cc]ompany|[Ff]irm|[Gg]roup|[Bb]ank|[Hh]ospital|[Jj]ournal|[Nn]ewsroom|[Ff]aculty|"
    r"[Dd]epartment|[Pp]ublisher|[Bb]roadcaster|[Nn]ewspaper|[Mm]useum|[Ll]ibrary|[Cc]lub|[Ll]eague|[Ss]tudio|[Pp]latform|[Ss]tartup|"
    r"[Rr]etailer|[Aa]irline|[Ii]nsurer|[Cc]linic|[Pp]harmacy|[Cc]harity|[Tt]heatre|[Tt]heater)"
    r"(?:'s|s')(?: (?:own|new|draft|internal|current|revised|first|strict))* ([\"']?)$"
)
_SAME = re.compile(
    "国家|国务院|网信|工信|公安|[部委局]|办公厅|中央|最高|中华|中国|技术|互联网|网络|信息|数据|生成|合成|人脸|新|修[订改正]|现行|"
    "[年版稿]|关于|如何|应对|落实|遵守|适用|理解|依[据照]|按照|根据|违反|一文|[读解图论评谈述看从与和、:\\d\"'“+ -]|"
    "欧|美|英|日|韩|台|港|东盟|行政院|促进|规范|国际|全球|联合国"
)
"""What may stand in a title before the name of the tracked rule itself: who made it, how it begins, who reads it."""
_REGION = re.compile(
    r"(?:(?:北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|"
    r"广西|宁夏|新疆|西藏|内蒙古|深圳|广州|杭州|南京|苏州|成都|武汉|西安|厦门|青岛|宁波)[省市]?|[\u4e00-\u9fff]{2}(?:[省市]|自治区))$"
)
_PLAN = re.compile("(?:规划|计划|意见|方案|指引|指南)$")  # of a law a region has but meetings: 四川《数据安全法》宣贯会
_LOOK_BACK = 44


def is_own_rule(letters: str, start: int, end: int, issuer: str = "") -> bool:
    """Say whether the title at ``letters[start:end]`` is of a body that makes it for itself, by what leads to it.

    A body of the kind of ``issuer``, who made the tracked rule, is not one: 网安协会 of an association's standard.
    """
    before = letters[max(0, start - _LOOK_BACK) : start]
    if letters[end - 1].isascii():
        owned = _OWNED_LATIN.search(before)
        is_rule = _RULE_LATIN.search(letters, start, end) is not None
        return owned is not None and (is_rule or bool(owned[1]))  # the startup's "AI Act" is no state's
    if _RULE.search(letters, start, end) is None:
        return False
    region = _REGION.search(before) if _PLAN.search(letters, start, end) else None
    if region is not None and region[0] not in issuer:
        return True  # 广东省新一代人工智能发展规划 is not the nation's
    title = _TITLE.search(before)
    if title and (_IN_TITLE.search(title[1]) or not _SAME.search(title[1])):
        return True
    if title or _ABOUT.match(letters, end):
        return False  # 律所发布《个人信息出境认证办法》解读
    if _NICKNAME.match(letters[start:end]) and _OF_PLATFORM.search(before.rstrip()):
        return True
    made = _OWNED.search(before) or _MADE.search(before)
    return made is not None and not (issuer and made[1] and made[1] in issuer)

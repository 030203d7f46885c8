"""Texts to try the near-copy rule on: invented articles, and notices that fill one template.

Every text comes from the random generator it is given; nothing is read from the outside but the sample articles.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

__all__ = ["TEMPLATES", "Fill", "chinese_article", "company", "english_article", "sample_articles"]

SAMPLES = Path(__file__).parent.parent / "tests" / "fixtures" / "seeds"

_CHINESE = """
研究 团队 公布 最新 进展 模型 训练 数据 显示 城市 交通 管理 部门 要求 企业 加快 建设 平台 服务 能力 提升 明显 专家 认为 未来 市场 需求 增长
空间 依然 较大 记者 了解 项目 总投资 预计 年底 完工 工程 采用 自主 研发 设备 成本 下降 居民 生活 质量 改善 学校 组织 学生 参观 博物馆 展览
吸引 游客 前来 农民 收入 增加 合作社 负责人 介绍 种植 面积 扩大 产量 稳定 气温 回升 铁路 客流 迎来 高峰 机场 航班 恢复 正常 港口 货物 吞吐量
刷新 纪录 监管 办法 征求 意见 明确 责任 边界 算法 备案 制度 落实 安全 评估 流程 缩短 审批 时间 开放 测试 道路 无人 驾驶 车辆 上路 运行 里程
超过 医院 引入 辅助 诊断 系统 准确率 达到 患者 等待 减少 法院 审理 案件 涉及 侵权 判决 赔偿 损失 律师 表示 维权 意识 增强 球队 客场 取胜 教练
赞扬 队员 表现 顽强 电影 票房 突破 观众 评价 分化 导演 坦言 拍摄 过程 艰难 天文 望远镜 捕捉 信号 科学家 分析 来源 海洋 观测 浮标 传回 数值
渔船 归港 补给 充足 电网 负荷 创 新高 储能 电站 并网 调节 峰谷 光伏 组件 出口 回暖 芯片 产线 满负荷 运转 订单 排至 明年 图书 馆藏 数字化 读者
远程 借阅 古籍 修复 人才 短缺 社区 食堂 老人 优惠 志愿者 送餐 上门 桥梁 检修 封闭 绕行 提示 森林 防火 巡护 无人机 投入 使用 草原 生态 补偿 资金
拨付 到位 湿地 候鸟 数量 回升 河道 清淤 工作 推进 水质 监测 断面 达标 率 提高 税务 部门 退税 减负 惠及 小微 主体 银行 贷款 利率 下调 消费 补贴
""".split()
_ENGLISH = """
researchers published results showing that models trained on public data improved after several rounds of careful review officials said the
agency would open consultations with industry before drafting final guidance on safety reporting engineers tested bridges across northern
districts while commuters faced delays hospitals adopted screening tools which shortened waiting lists for patients farmers expected smaller
harvests because spring rainfall arrived late investors welcomed quarterly figures although margins narrowed under rising costs teachers asked
parents to limit devices during evenings museum curators restored paintings damaged by floods astronomers tracked unusual signals from distant
galaxies sailors returned early ahead of storms lawmakers debated amendments concerning privacy rules courts dismissed appeals brought against
regional planners volunteers delivered meals through winter months chefs opened kitchens near harbours factories increased output of batteries
grid operators balanced demand using stored power libraries digitised archives for remote readers coaches praised young players following away
victories critics disagreed about the new film directors admitted difficult schedules shaped final scenes rangers counted migrating birds along
restored wetlands auditors questioned invoices submitted by contractors unions negotiated shorter shifts airlines resumed seasonal routes
""".split()

Fill = dict[str, str]


def chinese_article(rng: Random, length: int = 1200) -> str:
    """Return paragraphs of invented Chinese of about ``length`` characters, with a number in most sentences."""
    return _article(rng, length, lambda: _chinese_sentence(rng), "")


def english_article(rng: Random, length: int = 3000) -> str:
    """Return paragraphs of invented English of about ``length`` characters, with a number in most sentences."""
    return _article(rng, length, lambda: _english_sentence(rng), " ")


def sample_articles(least: int = 700) -> list[str]:
    """Return the sample articles cut at line ends into parts of at least ``least`` characters."""
    parts = []
    for path in sorted(SAMPLES.glob("*.txt")):
        lines: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            lines.append(line)
            if sum(map(len, lines)) >= least:
                parts.append("\n".join(lines))
                lines = []
    return parts


def _article(rng: Random, length: int, sentence: Callable[[], str], gap: str) -> str:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < length:
        paragraphs.append(gap.join(sentence() for _ in range(rng.randint(3, 5))))
    return "\n".join(paragraphs)


def _chinese_sentence(rng: Random) -> str:
    words = rng.sample(_CHINESE, rng.randint(9, 18))
    if rng.random() < 0.7:
        words.insert(rng.randrange(2, 8), f"{rng.randint(11, 9800)}{rng.choice(['个', '万元', '人次', '公里', '项'])}")
    words.insert(len(words) // 2, "，")
    return "".join(words) + "。"


def _english_sentence(rng: Random) -> str:
    start = rng.randrange(len(_ENGLISH) - 4)
    words = _ENGLISH[start : start + 3] + rng.sample(_ENGLISH, rng.randint(10, 18))
    if rng.random() < 0.7:
        words.insert(rng.randrange(3, 9), str(rng.randint(11, 9800)))
    return " ".join(words).capitalize() + "."


_COMPANIES = [
    a + b
    for a in "华泰 中芯 恒远 金瑞 东方 蓝海 天成 瑞丰 宏图 远景".split()
    for b in "科技 医药 能源 智能 电子 生物 软件 食品".split()
]
_CITIES = "北京 上海 广州 深圳 杭州 成都 武汉 西安 南京 重庆 青岛 长沙".split()
_ENGLISH_COMPANIES = (
    "Acme Robotics,Globex,Initech,Umbrella Foods,Stark Motors,Wayne Shipping,Hooli,Vandelay,Cyberdyne,Soylent".split(",")
)

_MEETING = """{company}股份有限公司关于召开临时股东大会的通知
本公司及董事会全体成员保证公告内容的真实、准确和完整，没有虚假记载、误导性陈述或重大遗漏。
{company}股份有限公司（以下简称公司）董事会决定于2023年8月15日下午14:30在公司会议室召开2023年第二次临时股东大会。
一、召开会议的基本情况：会议采用现场投票与网络投票相结合的方式，股权登记日为2023年8月10日，审议关于修订公司章程的议案。
二、出席会议的对象：截至登记日收市后登记在册的全体股东均有权出席，并可以书面委托代理人出席会议和参加表决。
三、登记方法：法人股东持营业执照复印件和授权委托书办理登记，异地股东可以用信函方式登记，不接受电话登记。
特此公告。{company}股份有限公司董事会"""
_NOTICE = """证券代码：{code} 证券简称：{company}
{company}股份有限公司关于股份回购进展的公告
公司于2023年{m1}月{d1}日召开董事会审议通过回购方案，拟使用自有资金以集中竞价方式回购股份，回购价格不超过{p1}元/股。
截至2023年{m2}月{d2}日，公司通过回购专用账户累计回购股份{n1}股，占公司总股本的{p2}%，最高成交价为{p3}元/股，最低成交价为{p4}元/股，
成交总金额为{n2}元（不含交易费用）。公司后续将根据市场情况在回购期限内实施回购，并按照规定及时履行信息披露义务。
敬请广大投资者注意投资风险。"""
_MARKET = """{m1}月{d1}日，沪深两市全天震荡整理。截至收盘，上证指数报{n3}点，跌幅{p1}%；深证成指报{n4}点，跌幅{p2}%；创业板指报{n5}点，跌幅{p3}%。
两市成交额合计{n6}亿元，北向资金净流出{p4}亿元。盘面上，{trade}板块领涨，{trade2}板块跌幅居前。
分析人士认为，短期市场仍以结构性机会为主，建议投资者控制仓位，关注业绩确定性较强的方向。"""
_WEATHER = """{city}市气象台{m1}月{d1}日17时发布天气预报：今天夜间多云转晴，最低气温{d2}度，相对湿度{n7}%；
明天白天晴间多云，最高气温{n8}度，偏南风{d3}级，降水概率{n9}%；后天白天最高气温{n10}度，最低气温{d4}度。
气象部门提醒，近期昼夜温差较大，请市民注意适时增减衣物，外出做好防护。"""
_EARNINGS = """{name} today announced financial results for its third quarter ended September 30.
Revenue for the quarter was ${p1} million, compared with ${p2} million in the same period last year. Net income was ${p3} million, or ${p4} per
diluted share. Operating expenses rose to ${n7} million, reflecting continued investment in research and development. Cash and equivalents
stood at ${n8} million at the end of the quarter. The company now expects full year revenue between ${n9} million and ${n10} million.
{name} will host a conference call to discuss these results. A replay will be available on the investor relations page for thirty days."""
_APPOINTMENT = """{name} today announced that its board of directors has appointed a new chief financial officer, effective next month.
The appointment follows a search that considered internal and external candidates. The new officer brings more than two decades of experience
in corporate finance and will report to the chief executive. "We are delighted to welcome such an accomplished leader at an important time,"
the chair of {name} said in a statement. The board thanked the departing officer for years of service and wished every success."""

TEMPLATES = {
    "stock notices": _NOTICE,
    "market reports": _MARKET,
    "weather": _WEATHER,
    "earnings (English)": _EARNINGS,
    "meeting notices, names only": _MEETING,
    "appointments, names only (English)": _APPOINTMENT,
}


def company(rng: Random) -> Fill:
    """Return values for every field of the templates, invented for one notice."""
    trades = rng.sample("半导体 医药 煤炭 白酒 光伏 传媒 券商 军工 汽车".split(), 2)
    days = {f"d{i}": str(rng.randint(1, 28)) for i in range(1, 5)}
    months = {f"m{i}": str(rng.randint(1, 12)) for i in range(1, 3)}
    prices = {f"p{i}": f"{rng.uniform(0.2, 98):.2f}" for i in range(1, 5)}
    counts = {f"n{i}": str(rng.randint(1000, 9999999)) for i in range(1, 7)}
    percents = {f"n{i}": str(rng.randint(11, 97)) for i in range(7, 11)}
    names = {
        "company": rng.choice(_COMPANIES),
        "name": rng.choice(_ENGLISH_COMPANIES),
        "city": rng.choice(_CITIES),
        "code": f"{rng.randint(600000, 603999)}",
        "trade": trades[0],
        "trade2": trades[1],
    }
    return names | days | months | prices | counts | percents

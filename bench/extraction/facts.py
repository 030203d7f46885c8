"""The invented facts of a page: date, names, outlets, other headlines, comments. The same for the same page, always."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

__all__ = ["Facts", "facts_of"]

NAMES = {
    "zh": [
        "周砚秋",
        "欧阳琳",
        "许一诺",
        "曹骏",
        "蒋南星",
        "魏子衿",
        "程北",
        "范蔚然",
        "丁小满",
        "司徒敬",
        "姜未央",
        "郝鸣",
        "唐糖",
        "夏侯远",
        "聂青",
        "汪洋洋",
        "任可",
        "石磊",
        "卜庆元",
        "戚薇薇",
    ],
    "zh-Hant": [
        "黃靖雯",
        "歐陽德",
        "劉宥廷",
        "張簡雅婷",
        "羅紹齊",
        "鄭可欣",
        "馮子謙",
        "戴禮賢",
        "蘇芷晴",
        "連勝雄",
        "何穎琳",
        "譚卓妍",
    ],
    "en": [
        "Hannah Okafor",
        "Miguel Santos",
        "Priya Raghunathan",
        "Joe O'Brien",
        "Anne-Marie Duval",
        "Kenji Watanabe",
        "Sarah van Dijk",
        "Dmitri Volkov",
        "Lucy Marsh",
        "Ben T. Carter",
        "Aisha Rahman",
        "Charlotte Wren",
    ],
}
OUTLETS = {
    "zh": [
        "云河日报",
        "南方观察报",
        "中国工业周刊",
        "青岚晚报",
        "每日财经视界",
        "科创时报",
        "北方新闻网",
        "新知在线",
        "河海商报",
        "第九财经",
    ],
    "zh-Hant": ["島嶼日報", "港城時報", "南方新聞網", "海峽觀察", "山海通訊社"],
    "en": ["Northern Ledger", "Harbor Tribune", "The Meridian Post", "Pacific Wire", "Science Dispatch"],
}
ACCOUNTS = [
    "深潮研究所",
    "数智前哨",
    "老周看产业",
    "一只硬核的芯",
    "城市更新笔记",
    "半导体夜话",
    "新知评论社",
    "海风财经",
]
HEADLINES = {
    "zh": [
        "多地发布高温预警 这些防暑知识要记牢",
        "暑期出游升温 热门景区如何避开人流",
        "新能源汽车下乡活动启动 首批车型公布",
        "城市更新提速 老旧小区改造有新办法",
        "算力网络建设进入快车道 多个枢纽开工",
        "专家解读：为什么今年的杨梅特别甜",
        "一图看懂上半年经济数据",
        "“机器人厨师”上岗一周，顾客怎么说",
        "房贷利率再度下调，存量房贷怎么办",
        "文旅部门：严查低价游乱象",
        "突发！某地发生4.2级地震",
        "这届年轻人为什么爱上了逛菜市场",
        "中超第15轮：主队补时绝杀",
        "国产大模型价格战打响 最低降幅九成",
        "生成式人工智能服务管理办法公开征求意见",
        "揭秘快递小哥的一天：跑了三万步",
        "女子网购手机收到两块砖头 平台回应",
        "医生提醒：三种水果别空腹吃",
        "明星夫妻官宣离婚 财产分割引关注",
        "高校录取分数线出炉 速看",
        "独家｜对话返乡创业的90后博士",
        "外交部回应有关问题",
        "股市午评：三大指数涨跌不一",
        "“天价”月饼又来了？监管部门出手",
        "多家银行调整存款利率",
    ],
    "zh-Hant": [
        "高溫特報 全台九縣市亮紅燈",
        "暑假出國潮 機場單日破十五萬人",
        "股市收盤上漲 電子股領軍",
        "樂透頭獎連槓 獎金上看八億",
        "捷運新線年底通車 房價先漲",
        "影／貓咪誤闖超商 店員這樣做",
        "AI浪潮來襲 這些工作最危險",
        "網紅餐廳食安出包 衛生局勒令停業",
        "夏季電價上路 這樣省最有感",
        "職棒明星賽票選出爐",
        "颱風假放不放 首長這樣說",
        "醫師警告 這個姿勢最傷膝蓋",
        "港鐵故障 乘客受困二十分鐘",
        "樓市成交回暖 單日錄十二宗",
    ],
    "en": [
        "Markets edge higher as inflation cools",
        "Five takeaways from the party conference",
        "Why your phone battery dies in the cold",
        "Heatwave to return by the weekend, forecasters say",
        "The quiet comeback of the night train",
        "Chipmaker to build second plant in Arizona",
        "Quiz: how well do you know the week's news?",
        "Senate passes bipartisan data privacy bill",
        "What we know about the new coronavirus variant",
        "Opinion: The case for shorter meetings",
        "OpenAI rival raises $450 million in new funding",
        "Live: transfer news and rumours",
        "The best walking shoes of the year, tested",
        "Actor apologises for remarks at festival",
        "How a village saved its last shop",
        "Rail strikes: which lines are affected",
        "EU lawmakers agree on draft AI Act",
        "Photos: a year on the ice",
    ],
}
COMMENTS = {
    "zh": [
        "说得好，这件事就应该这么办，大家都同意。",
        "希望早点落实，不要只停在纸面上。",
        "数据安全还是要放在第一位，别的可以慢慢来。",
        "沙发！小编辛苦了",
        "我们这边去年就有了，体验一般般吧，排队两个小时。",
        "坐等打脸，三年后再看。",
    ],
    "zh-Hant": [
        "推一個，終於有人出來講真話了。",
        "這種事情講了十年了還在講。",
        "拜託先把馬路修好再說好嗎",
        "樓上說的有道理",
    ],
    "en": [
        "Great piece, thank you for writing this. It matches what I have seen at work.",
        "I don't agree at all. The numbers are from 2019 and a lot has changed since.",
        "First time commenter, long time reader. More like this please!",
        "Can someone explain the second paragraph to me?",
    ],
}
FIRST_DAY = datetime(2023, 1, 9, 6, 2, 11)  # noqa: DTZ001 - the clock of the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Numbers in ``turn`` order the layout's pages, so that it can alternate between variants."""

    turn: int
    at: datetime
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    outlet: str
    account: str
    number: int
    headlines: tuple[str, ...]
    comments: tuple[str, ...]

    @property
    def minute(self) -> str:
        return self.at.strftime("%Y-%m-%d %H:%M")

    @property
    def second(self) -> str:
        return self.at.strftime("%Y-%m-%d %H:%M:%S")

    @property
    def day(self) -> str:
        return self.at.strftime("%Y-%m-%d")

    def iso(self, precision: str = "minute", zone: str = "+08:00") -> str:
        """Return the gold value of the date, cut to ``day``, ``minute`` or ``second``."""
        if precision == "day":
            return self.day
        return self.at.strftime("%Y-%m-%dT%H:%M" if precision == "minute" else "%Y-%m-%dT%H:%M:%S") + zone

    def stamp(self, hours: int = 8) -> int:
        """Return the Unix time in seconds of the page's clock in the zone ``hours`` east of Greenwich."""
        return int((self.at - datetime(1970, 1, 1)).total_seconds()) - hours * 3600  # noqa: DTZ001

    def date(self, form: str) -> str:
        """Format the date with ``strftime``; ``{m}`` and ``{d}`` are the month and day without zeros."""
        return self.at.strftime(form).replace("{m}", str(self.at.month)).replace("{d}", str(self.at.day))


def facts_of(layout: str, group: str, turn: int) -> Facts:
    rng = random.Random(f"{layout}/{turn}")
    names = rng.sample(NAMES[group], 6)
    several = 1 + (rng.random() < 0.4)
    headlines, comments = list(HEADLINES[group]), list(COMMENTS[group])
    rng.shuffle(headlines)
    rng.shuffle(comments)
    return Facts(
        turn=turn,
        at=FIRST_DAY
        + timedelta(days=rng.randrange(480), hours=rng.randrange(14), minutes=rng.randrange(58), seconds=turn),
        authors=tuple(names[:several]),
        editors=tuple(names[3:4]),
        outlet=rng.choice(OUTLETS[group]),
        account=rng.choice(ACCOUNTS),
        number=rng.randrange(10_000_000, 99_999_999),
        headlines=tuple(headlines),
        comments=tuple(comments),
    )

"""The text around a name: its sentence, the cues in it, quotes, lists, titles and companies.

Answers questions about places in one folded text. Knows no entity and takes no decision.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from monitor.tag.places import Place, Places
from monitor.tag.titles import MAX_TITLE, Title

__all__ = ["LIST_REACH", "Context"]

LIST_REACH = 24
"""Characters between two names of one list, at most."""

_NEAR = 40  # characters; wider windows brought more homographs than names
_MAX_SENTENCE = 160
_FEW = 4  # words: fewer tell nothing of their capitals
_MOST_CAPITALS = 0.6
_BREAK = re.compile(r"[。!?;\n\u0001.](?:(?<!\.)|(?=\s))")
_LIST_GAP = re.compile(
    r"[\"')》]*(?:\([^()]{0,20}\))?[\"')》]*(?: ?\d[\d.]*(?:%|[^\d\s、,。;]{1,3}))?\s*"
    r"(?:[、,/和与及或跟]|以及|还有|\band\b|\bor\b|\bvs\b)[^。!?;\n]{0,14}$"
)
_BESIDE = re.compile(
    r"(?:的|之|旗下|自研|自主研发|推出|发布|发表|亮出|祭出|端出|带来|释出|公布|上线|展示|展出|开放|升级|更新|研发|新|全新|最新|开源|大模型|模型|产品|了|AI|"
    r"披露|透露|介绍|表示|称|则?强调|说|讲|靠|凭|从|[,:]|当年|今年|去年|近日|日前|昨日|昨晚|今日|宣布|正式|首次|全面|免费|'s|"
    r"(?:has |is )?(?:launch|releas|unveil|introduc|announc|shipp?|open-?sourc|debut|updat|upgrad|open|"
    r"pitch|sell|offer|licens|market|pric|demo|tout|"
    r"promot|push|train|retir|renam|rebrand|host|publish|deploy|plac)(?:e?d|es|s|"
    r"ing)|the|its|new|latest|model|[ \"'(《:·—-])*"
)
_MADE_BY = re.compile(
    r"[\"')》]*(?:,?(?:是|系|乃|由|为|即|出自|来自)+(?:了|美国|中国)?|,?(?: is)? (?:from|by)|"
    r"(?: is|,) (?:an?|the) [^.,;]{2,60} (?:from|by|of)) ?(?:the )?"
)
_COMPANY_AFTER = re.compile(
    r"[\"')]?(?:'s)? ?(?:公司|集团|科技|(?:联合)?创始人|创办人|CEO|首席|副?总裁|董事|招股|上市|IPO|赴港|融资|"
    r"估值|股价|股份|股东|高管|员工|总部|办公室|等[^。,;]{0,10}(?:公司|企业|厂商|独角兽)|"
    r"(?:Inc|Ltd|co-?founder|founder|chief executive|employees|shares|headquarters|valuation|investors)\b)"
)
_AS_COMPANIES = re.compile(
    r"[\"')]?(?:[、和与及跟][^、和与及跟,。;!?\n]{1,12}){0,6}?"
    r"(?:相继|先后|双双|接连|纷纷|分别|各自|近日|日前|近期|陆续|正式|已经?|也|都|均|又|则|将|拟|正|刚|[今昨]年|成功|完成|[\d年月日底初末])*"
    r"(?:通过(?:了)?(?:港交所|上市|证监会|北交所|上交所|深交所)*(?:上市)?(?:聆讯|备案)|"
    r"(?:递交|提交|递表|更新|披露|撤回)了?(?:招股|上市|港股|IPO|辅导|港交所)|登陆(?:港股|港交所|科创板|A股|纳斯达克|资本市场|创业板)|"
    r"(?:在|于)?(?:港交所|港股|香港|科创板|A股|纳斯达克)?(?:挂牌|上市|敲钟|招股)|(?:更换|聘请|委任|换)(?:了)?(?:审计|会计师|保荐|财务总监)|"
    r"(?:了)?(?:新一轮|首轮|[A-F]\+?轮|天使轮|[^、,。;!?\n]{0,6}轮)(?:战略)?融资|获[^、,。;!?\n]{0,10}(?:投资|融资|入股)|裁[员撤]|破发|股价|市值)"
)
_COMPANY_BEFORE = re.compile(
    r"(?:公司|企业|独角兽|小龙|厂商|巨头|startup|start-up|company|firm|developer|lab)[ \"'(]*$"
)
_COUNT = r"(?:\d+|[两三四五六七八九十]+)"
_COMPANY_LIST = re.compile(rf"[\"')]?(?:、[^、。,;]{{1,14}}){{0,12}}?(?:这|等)+{_COUNT}大?(?:家|公司)")
_CALLED_BEFORE = re.compile(
    r"(?:大?模型|聊天机器人|智能助手|AI ?助手|智能体|[Cc]hatbots?|models?|[Aa]ssistants?)"
    r"(?: (?:is|was|are|were|turned out to be|called|named))?[ \"'(《:·—-]*$"
)
_CALLED_BEHIND = re.compile(
    r"[\"')]? ?(?:(?:the (?=model|chatbot|LLM|assistant))?"
    r"(?:(?:AI|[Oo]pen-weight|text|image|video|speech|language|embedding|vision|coding|reasoning) )?"
    r"(?:family|series|models?|chatbots?|LLMs?|embeddings?|assistants?)\b|"
    r"系列|聊天机器人|智能助手|AI助手|(?:AI|开源|推理|语言|视频|多模态)?模型)"
)
_FOLLOWED = re.compile(
    r"(?:,? [A-Z][a-z]+)? (?:and|&) (Partners?|Associates)\b|"
    r" ([A-Z][a-z]+|[A-Z]\.|& (?:Sons?|Co|Partners|Brothers|Bros|Daughters)\b)"
)
_LED = re.compile(r"([A-Za-z]+-|[a-z,] [A-Z][a-z]+ )$")
_WORD = re.compile(r"[A-Za-z][A-Za-z']*")
_PRODUCT_WORD = re.compile(
    "Advanced|Agent|API|App|Assistant|Audio|Browser|Canvas|Chat|Chatbot|CLI|Code|Coding|Cowork|Deep|Desktop|Enterprise|Flash|"
    "Guard|Image|Instruct|Large|Lite|Live|Max|Medium|Mini|Models?|Music|Nano|Next|Plus|Preview|Pro|Research|Robotics|Search|"
    "Reasoning|Small|Studio|Team|Thinking|Translate|Turbo|Ultra|Video|Vision|Voice|Workspace|And|As|Can|For|In|Is|Now|On|Or|To|Will|With"
)


class Context:
    """Questions about places in ``letters``, a folded text with its case."""

    def __init__(self, letters: str, titles: Iterable[Title]) -> None:
        self.letters = letters
        self._breaks = [found.end() for found in _BREAK.finditer(letters)]
        self._titles = Places(titles)
        self._sentences: dict[Place, Place] = {}

    def sentence(self, start: int, end: int) -> Place:
        """Return the bounds of the sentence around a place, cut to 160 characters each side."""
        if (start, end) not in self._sentences:  # asked ten times of each name
            self._sentences[start, end] = self._sentence(start, end)
        return self._sentences[start, end]

    def _sentence(self, start: int, end: int) -> Place:
        index = bisect_right(self._breaks, start)
        begin = self._breaks[index - 1] if index else 0
        after = bisect_left(self._breaks, end)
        stop = self._breaks[after] if after < len(self._breaks) else len(self.letters)
        return max(begin, start - _MAX_SENTENCE), min(stop, end + _MAX_SENTENCE)

    def near(self, start: int, end: int) -> Place:
        """Return the sentence around a place, or 40 characters each side where that is more."""
        begin, stop = self.sentence(start, end)
        return min(begin, max(0, start - _NEAR)), max(stop, end + _NEAR)

    def window(self, start: int, end: int) -> Place:
        """Return where a cue may speak of a place at all: what is near, and 160 characters more each side."""
        begin, stop = self.near(start, end)
        return max(0, begin - _MAX_SENTENCE), stop + _MAX_SENTENCE

    def opens_sentence(self, start: int, end: int) -> bool:
        """Say whether nothing but quotes and brackets stands before a place in its sentence."""
        begin, _ = self.sentence(start, end)
        return not self.letters[begin:start].strip(" \"'(")

    def is_headline(self, start: int, end: int) -> bool:
        """Say whether the sentence around a place capitalises its words, so that a capital letter tells nothing."""
        begin, stop = self.sentence(start, end)
        words = _WORD.findall(self.letters[begin:stop])
        return len(words) > _FEW and sum(word[0].isupper() for word in words) > _MOST_CAPITALS * len(words)

    def is_quoted(self, start: int, end: int) -> bool:
        """Say whether the name alone stands in quotes or brackets, or opens a quotation that a name would fill."""
        before, after = self.letters[start - 1 : start], self.letters[end : end + 1]
        return (before, after) in {('"', '"'), ("'", "'"), ("(", ")")} or (
            before in "\"'" and bool(before) and after == "("
        )

    def title_around(self, start: int, end: int) -> Title | None:
        """Return the innermost title in book marks that holds the place."""
        near = self._titles.starting(start - MAX_TITLE, start)
        around = [title for title in near if title.inner_start <= start and end <= title.inner_end]
        return min(around, key=lambda title: title.end - title.start, default=None)

    def is_listed_with(self, start: int, end: int, others: Iterable[Place]) -> bool:
        """Say whether one of ``others`` stands before or behind the place in one list."""
        return any(self._in_list(*sorted(((start, end), other))) for other in others)

    def _in_list(self, left: Place, right: Place) -> bool:
        between = self.letters[left[1] : right[0]]
        return len(between) <= LIST_REACH and _LIST_GAP.match(between) is not None

    def is_beside(self, start: int, vendors: Iterable[Place]) -> bool:
        """Say whether a vendor's name leads to the place with nothing but 的, 推出, quotes and the like between."""
        return any(
            0 <= start - end <= 16 and _BESIDE.fullmatch(self.letters[end:start]) is not None for _, end in vendors
        )

    def is_made_by(self, end: int, vendors: Iterable[Place]) -> bool:
        """Say whether the place is said to be a vendor's: X是OpenAI开源的, X, the speech model from OpenAI."""
        return any(_MADE_BY.fullmatch(self.letters[end:start]) is not None for start, _ in vendors if end <= start)

    def is_company(self, start: int, end: int) -> bool:
        """Say whether the place is spoken of as a company: its founder, its shares, a list of N companies."""
        before = self.letters[max(0, start - 14) : start]
        behind = _COMPANY_AFTER.match(self.letters, end) or _AS_COMPANIES.match(self.letters, end)
        return behind is not None or _COMPANY_BEFORE.search(before) is not None

    def is_in_company_list(self, end: int) -> bool:
        """Say whether the list that goes on behind ``end`` closes as one of N companies (X、Y、Z这7家公司)."""
        return _COMPANY_LIST.match(self.letters, end) is not None

    def is_called_model(self, start: int, end: int) -> bool:
        """Say whether the word right before or behind the place calls it a model, a chatbot or an assistant."""
        before = self.letters[max(0, start - 24) : start]
        return _CALLED_BEFORE.search(before) is not None or _CALLED_BEHIND.match(self.letters, end) is not None

    def is_part_of_name(self, start: int, end: int) -> bool:
        """Say whether another capitalised word makes the place part of a longer English name (Claude Monet).

        In a headline that capitalises every word nothing can be told.
        """
        begin, _ = self.sentence(start, end)
        follows = _FOLLOWED.match(self.letters, end)
        goes_on = follows is not None and not _PRODUCT_WORD.fullmatch(follows[1] or follows[2])
        is_part = goes_on or _LED.search(self.letters[max(begin, start - 24) : start]) is not None
        return is_part and not self.is_headline(start, end)

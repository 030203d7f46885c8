"""The words that messages are made of, in each language they are sent in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.notices import Notice
from storage.states import Stage

__all__ = ["Phrases", "phrases"]

_MOST_NAMED = 4  # outlets beside the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Format strings; names in braces are filled in by the renderer."""

    language: str
    digest: str
    alert: str
    stories: str
    one_story: str
    count: str
    of_which: str
    since: str
    until: str
    list_separator: str
    subject: str
    labels: dict[str, str]
    label: str
    untitled: str
    first_seen: str
    only: str
    first: str
    others: str
    one_other: str
    at: str
    copies: str
    changes: str
    more_changes: str
    no_numbers: str
    notices: dict[Notice, str]
    step: str
    step_of: str
    stages: dict[Stage, str]
    outlets: str
    published: str
    entities: str
    keywords: str
    rules: str
    address: str
    fact: str
    more: str
    event: str
    id: str
    group: str
    lacks: dict[str, str]
    new_names: str
    new_name: str
    new_name_kinds: dict[str, str]
    new_name_advice: str
    coverage: str
    failed: str
    unsent: str
    silenced: str
    bursts: str
    burst: str
    group_alert: str
    why: str
    alarm: str
    alarms: dict[str, str]
    advice: dict[str, str]
    sources: str
    one_source: str
    count_sources: str
    more_alarms: str
    state: str
    was: str
    begun: str
    last_news: str
    detail: str
    source_id: str
    to_do: str
    why_alarm: str

    def first_of(self, outlets: Sequence[str], at: str | None) -> str:
        """Return who had a story first, when if that is known, how many others have it, and some of their names."""
        first, *others = outlets
        shown = self.at.format(at=at) if at else ""
        if not others:
            return self.only.format(first=first, at=shown)
        named = self.list_separator.join(others[:_MOST_NAMED]) + ("…" if len(others) > _MOST_NAMED else "")
        count = self.outlets_of(len(others))
        return self.first.format(first=first, at=shown, others=self.fact.format(name=count, value=named))

    def stories_of(self, count: int) -> str:
        """Return a number of stories in words."""
        return self.one_story if count == 1 else self.stories.format(count=count)

    def outlets_of(self, count: int) -> str:
        """Return a number of outlets in words."""
        return self.one_other if count == 1 else self.others.format(count=count)

    def sources_of(self, count: int) -> str:
        """Return a number of sources in words."""
        return self.one_source if count == 1 else self.sources.format(count=count)


_ZH = Phrases(
    language="zh",
    digest="新闻摘要",
    alert="新闻提醒",
    stories="{count} 条新闻",
    one_story="1 条新闻",
    count="{count} 条{name}",
    of_which="{total}，其中 {parts}",
    since="{since} 至 {at}（{zone}）",
    until="截至 {at}（{zone}）",
    list_separator="、",
    subject="{heading}：{summary}｜{title}",
    labels={
        "critical": "严重",
        "warning": "重要",
        "info": "提示",
        "changed": "有变动",
        "withdrawal": "已撤稿",
        "correction": "有更正",
        "escalated": "多家报道",
        "repeat": "再次提醒",
    },
    label="【{label}】",
    untitled="（无标题）",
    first_seen="{at}（首次发现）",
    only="{first}{at}",
    first="{first} 首发{at}，另见 {others}",
    others="{count} 家",
    one_other="1 家",
    at="（{at}）",
    copies="（共 {articles} 篇）",
    changes="变动",
    more_changes="另有 {count} 处",
    no_numbers="标题或正文有改动",
    notices={Notice.WITHDRAWAL: "该报道已撤稿", Notice.CORRECTION: "该报道已作更正"},
    step="进展",
    step_of="{entity}：{before} → ",
    stages={
        Stage.PLANNED: "列入计划",
        Stage.DRAFT: "征求意见",
        Stage.UNDER_REVIEW: "审议中",
        Stage.ADOPTED: "已通过",
        Stage.FAILED: "未通过",
        Stage.ISSUED: "已公布",
        Stage.IN_FORCE: "已施行",
        Stage.AMENDED: "已修订",
        Stage.REPEALED: "已废止",
    },
    outlets="来源",
    published="时间",
    entities="提及",
    keywords="主题词",
    rules="规则",
    address="地址",
    fact="{name}：{value}",
    more="其余 {count} 条",
    event="同一事件的其他报道",
    id="编号 {id}",
    group="{rule}（{count} 条）",
    lacks={"entity": "未提及跟踪的名称", "vendor": "厂商未知", "group": "来源未分组"},
    new_names="新出现的名称（尚未跟踪）",
    new_name="（{kind}，{outlets}，{stories}）",
    new_name_kinds={"model": "模型", "regulation": "法规"},
    new_name_advice="newswatch discover 名称：查看并开始跟踪",
    coverage="监看 {sources}，其中 {silent} 个无更新",
    failed="、{failed} 个出错",
    unsent="；{unsent} 条消息未送出",
    silenced="；{silenced} 条命中被静默",
    bursts="热度激增：{bursts}",
    burst="{name}（自 {at} 起 {stories}）",
    group_alert="{alert}：{group}",
    why="newswatch why 编号或地址：查看为何收到或没有收到某篇文章",
    alarm="来源告警",
    alarms={
        "failing": "出错",
        "gone": "地址失效",
        "silent": "无更新",
        "gap": "可能漏收",
        "drift": "页面改版",
        "moved": "地址迁移",
        "validators": "缓存标识不实",
        "notice": "需留意",
        "over": "已恢复",
    },
    advice={
        "failing": "程序会继续重试；若长期如此，请核对地址，或设置 user_agent、headers",
        "gone": "请删除该来源，或改用新地址",
        "silent": "请打开页面核对；若确实少更新，可设置 silent_after",
        "gap": "已加快轮询；若经常出现，请缩短 settings.poll.minimum 或 every",
        "drift": "请用 newswatch sources test 核对该来源的选择器",
        "moved": "请修改 sources.yaml 中的地址",
    },
    sources="{count} 个来源",
    one_source="1 个来源",
    count_sources="{count} 个{name}",
    more_alarms="其余 {count} 个",
    state="状态",
    was="{name}，已结束",
    begun="始于",
    last_news="上次更新",
    detail="详情",
    source_id="来源编号",
    to_do="建议",
    why_alarm="newswatch sources：查看所有来源的状态",
)

_EN = Phrases(
    language="en",
    digest="News digest",
    alert="News alert",
    stories="{count} stories",
    one_story="1 story",
    count="{count} {name}",
    of_which="{total}, {parts}",
    since="{since} to {at} ({zone})",
    until="Up to {at} ({zone})",
    list_separator=", ",
    subject="{heading}: {summary} | {title}",
    labels={
        "critical": "critical",
        "warning": "warning",
        "info": "info",
        "changed": "changed",
        "withdrawal": "withdrawn",
        "correction": "corrected",
        "escalated": "spreading",
        "repeat": "again",
    },
    label="[{label}] ",
    untitled="(untitled)",
    first_seen="{at} (first seen)",
    only="{first}{at}",
    first="first by {first}{at}, also in {others}",
    others="{count} outlets",
    one_other="1 outlet",
    at=" ({at})",
    copies=" ({articles} articles)",
    changes="Changed",
    more_changes="and {count} more",
    no_numbers="its title or text was edited",
    notices={Notice.WITHDRAWAL: "the report was withdrawn", Notice.CORRECTION: "the report was corrected"},
    step="Stage",
    step_of="{entity}: {before} → ",
    stages={
        Stage.PLANNED: "planned",
        Stage.DRAFT: "draft",
        Stage.UNDER_REVIEW: "under review",
        Stage.ADOPTED: "adopted",
        Stage.FAILED: "failed",
        Stage.ISSUED: "issued",
        Stage.IN_FORCE: "in force",
        Stage.AMENDED: "amended",
        Stage.REPEALED: "repealed",
    },
    outlets="Outlets",
    published="Published",
    entities="Mentions",
    keywords="About",
    rules="Rules",
    address="Address",
    fact="{name}: {value}",
    more="{count} more",
    event="Also on this event",
    id="ID {id}",
    group="{rule} ({count})",
    lacks={"entity": "no tracked name", "vendor": "vendor unknown", "group": "sources of no group"},
    new_names="New names (not tracked yet)",
    new_name=" ({kind}, {outlets}, {stories})",
    new_name_kinds={"model": "model", "regulation": "regulation"},
    new_name_advice="newswatch discover NAME: look at it, and track it",
    coverage="{sources} watched, {silent} silent",
    failed=", {failed} failing",
    unsent=", {unsent} unsent",
    silenced=", {silenced} silenced",
    bursts="Burst: {bursts}",
    burst="{name} ({stories} since {at})",
    group_alert="{alert}: {group}",
    why="newswatch why ID or address: why an article was sent, or was not",
    alarm="Source alarm",
    alarms={
        "failing": "failing",
        "gone": "gone",
        "silent": "silent",
        "gap": "gap",
        "drift": "changed layout",
        "moved": "moved",
        "validators": "false validators",
        "notice": "notice",
        "over": "recovered",
    },
    advice={
        "failing": "it is tried again; if this lasts, check the address, or set user_agent or headers",
        "gone": "remove the source, or give its new address",
        "silent": "look at the page; if so little news is usual, set silent_after",
        "gap": "it is polled sooner now; if this happens often, shorten settings.poll.minimum or every",
        "drift": "check its selectors with newswatch sources test",
        "moved": "change its address in sources.yaml",
    },
    sources="{count} sources",
    one_source="1 source",
    count_sources="{count} {name}",
    more_alarms="{count} more",
    state="State",
    was="was {name}, is no longer",
    begun="Since",
    last_news="Last news",
    detail="Detail",
    source_id="Source",
    to_do="To do",
    why_alarm="newswatch sources: how all sources do",
)


def phrases(language: str | None) -> Phrases:
    """Return the words for a language tag: Chinese for ``zh`` and its kin, English for any other."""
    return _ZH if (language or "").lower().partition("-")[0] == "zh" else _EN

"""The way of an address through newswatch, line by line, in English and in Chinese: found, stored, compared, moved.

Says nothing of rules (``monitor.cli._why``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitor.cli._moves import corrections_in_words, event_in_words
from monitor.cli._table import padded, when

__all__ = ["detail_of", "labelled", "outcome_in_words", "way"]

_COLUMNS = 10
"""Of a label with the blanks behind it."""

_EN = {
    "address": ("address", "{url}"),
    "found": ("found", "{at} UTC in source {source}"),
    "waits": ("waits", "until {at} UTC, after {count} attempts{detail}"),
    "waits_once": ("waits", "until {at} UTC, after 1 attempt{detail}"),
    "ended": ("ended", "as {outcome}{detail}"),
    "stored": ("stored", "as article {id}, {verdict}: {title}"),
    "story": ("story", "{id}, {count} articles from {outlets}, led by article {lead}"),
    "story_of_one": ("story", "{id}, 1 article from {outlets}, led by article {lead}"),
    "leads": ("leads", "this article before article {worse}: {why}"),
    "is_led": ("leads", "article {lead} before article {worse}: {why}"),
    "revises": ("revises", "{stories}"),
    "one_story": ("", "story {id}"),
    "topic": ("topic", "{id}: {count} stories tell of this event"),
    "compared": ("compared", "{said}"),
    "moved": ("moved", "{said}"),
    "corrected": ("corrected", "{said}"),
    "names": ("names", "{names}"),
    "no_names": ("names", "no tracked name"),
    "rule": ("rule", "{rule}: {said}"),
    "not": ("not", "{rule}: {said}"),
    "more_rules": ("not", "{count:,} more rules; one of them: --rule NAME, all: --json"),
    "no_rules": ("rules", "none is configured"),
    "unread": ("rules", "the configuration cannot be read (newswatch check says why); this is what the store knows"),
    "no_article": ("", "no article is stored: {outcome}{detail}"),
    "unseen": ("", "never seen: {asked}\nNo source has named it. The sources and their health: newswatch sources"),
    "no_words": (
        "",
        "never seen: {asked}\nExpected an address, the number of an article, or words of a title; no title has these.\n"
        "In texts, too: newswatch search",
    ),
    "titled": ("", "several articles have these words in their titles: {asked}\nAsk by number:{articles}"),
    "no_number": ("", "never seen: {asked}\nNo article has this number. Those that are stored: newswatch feed"),
    "detail": ("", ": {text}"),
    "comma": ("", ", "),
}
_ZH = {
    "address": ("地址", "{url}"),
    "found": ("发现", "{at} UTC，来源 {source}"),
    "waits": ("等待", "至 {at} UTC，已尝试 {count} 次{detail}"),
    "waits_once": ("等待", "至 {at} UTC，已尝试 1 次{detail}"),
    "ended": ("结果", "{outcome}{detail}"),
    "stored": ("入库", "文章{id}，{verdict}：{title}"),
    "story": ("新闻", "{id}，共 {count} 篇文章，来自 {outlets}，主文为文章{lead}"),
    "story_of_one": ("新闻", "{id}，共 1 篇文章，来自 {outlets}，主文为文章{lead}"),
    "leads": ("主文", "本文先于文章{worse}：{why}"),
    "is_led": ("主文", "文章{lead}先于文章{worse}：{why}"),
    "revises": ("修订", "{stories}"),
    "one_story": ("", "新闻{id}"),
    "topic": ("事件", "{id}：共 {count} 条新闻讲述这一事件"),
    "compared": ("比较", "{said}"),
    "moved": ("移动", "{said}"),
    "corrected": ("更正", "{said}"),
    "names": ("提及", "{names}"),
    "no_names": ("提及", "没有跟踪的名称"),
    "rule": ("规则", "{rule}：{said}"),
    "not": ("不符", "{rule}：{said}"),
    "more_rules": ("不符", "另有 {count:,} 条规则；查看其一：--rule NAME，查看全部：--json"),
    "no_rules": ("规则", "没有配置规则"),
    "unread": ("规则", "无法读取配置（原因见 newswatch check）；以下是已存的记录"),
    "no_article": ("", "没有存为文章：{outcome}{detail}"),
    "unseen": ("", "没有见过：{asked}\n没有来源提到过它。各来源及其状况：newswatch sources"),
    "no_words": (
        "",
        "没有见过：{asked}\n应为地址、文章的编号或标题中的词；没有标题含有这些词。\n在正文中查找：newswatch search",
    ),
    "titled": ("", "有多篇文章的标题含有这些词：{asked}\n请用编号查询：{articles}"),
    "no_number": ("", "没有见过：{asked}\n没有这个编号的文章。已存的文章：newswatch feed"),
    "detail": ("", "：{text}"),
    "comma": ("", "、"),
}
_WORDS = {"en": _EN, "zh": _ZH}
"""Label and sentence of each line, by language."""
_OUTCOMES_ZH = {
    "pending": "等待处理",
    "stored": "已入库",
    "new": "新稿",
    "exact_copy": "全文转载",
    "near_copy": "近似转载",
    "contains": "包含他文",
    "contained_in": "包含于他文",
    "revision": "修订稿",
    "template_sibling": "同模板文章",
    "unchanged": "没有变化",
    "too_short": "正文太短",
    "not_article": "不是文章",
    "blocked": "被网站拦截",
    "undecodable": "无法解码",
    "unsupported": "不支持的文件类型",
    "robots": "网站的 robots.txt 不允许",
    "refused": "地址不允许访问",
    "too_large": "文件太大",
    "gone": "页面已不存在",
    "timeout": "超时",
    "unreachable": "无法连接",
    "http_error": "网站返回错误",
    "truncated": "内容不完整",
    "poison": "多次使读取进程出错",
}


def way(found: dict[str, Any], language: str) -> Iterator[str]:
    """Yield the lines of an explanation (JSON values), up to what its rules say."""
    for item in found["items"]:
        yield from _item(item, language)
    article = found["article"]
    if article is None:
        return
    verdict = outcome_in_words(article["verdict"], language)
    yield labelled("stored", language, id=article["id"], verdict=verdict, title=article["title"])
    if found["story"]:
        yield from _story(article["id"], found["story"], found["lead"], language)
    yield from (labelled("compared", language, said=edge["why"]) for edge in found["edges"])
    for one in found["events"]:
        if one["kind"] != "silent":
            yield labelled("moved", language, said=event_in_words(one, language=language))
    for _, sentence in corrections_in_words(found["corrections"], language=language):
        yield labelled("corrected", language, said=sentence)
    names = _listed(article["entities"], language)
    yield labelled("names" if names else "no_names", language, names=names)


def labelled(key: str, language: str, **values: object) -> str:
    """Return one line: its label, and what it says."""
    label, sentence = _WORDS[language][key]
    return f"{padded(label, _COLUMNS) if label else ''}{sentence.format(**values)}"


def outcome_in_words(outcome: str, language: str) -> str:
    """Return how an item ended, or what an article is to others; in English the word that commands take."""
    return _OUTCOMES_ZH.get(outcome, outcome) if language == "zh" else outcome


def detail_of(item: dict[str, Any], language: str) -> str:
    """Return what more is known of how an item ended, to stand behind that."""
    return labelled("detail", language, text=item["detail"]) if item["detail"] else ""


def _story(article: int, story: dict[str, Any], lead: dict[str, Any], language: str) -> Iterator[str]:
    count = story["article_count"]
    key = "story_of_one" if count == 1 else "story"
    outlets = _listed(story["outlets"], language)
    yield labelled(key, language, id=story["id"], count=f"{count:,}", outlets=outlets, lead=story["canonical_id"])
    if lead["why"]:
        leads = "leads" if lead["article_id"] == article else "is_led"
        yield labelled(leads, language, lead=lead["article_id"], worse=lead["instead_of"], why=lead["why"])
    if story["revises"]:
        revised = _listed([labelled("one_story", language, id=other) for other in story["revises"]], language)
        yield labelled("revises", language, stories=revised)
    if story["topic_stories"] > 1:
        yield labelled("topic", language, id=story["topic_id"], count=story["topic_stories"])


def _item(item: dict[str, Any], language: str) -> Iterator[str]:
    yield labelled("address", language, url=item["url"])
    yield labelled("found", language, at=when(item["discovered_at"]), source=item["source_id"])
    detail = detail_of(item, language)
    if item["state"] == "pending":
        key = "waits_once" if item["attempts"] == 1 else "waits"
        yield labelled(key, language, at=when(item["due_at"]), count=item["attempts"], detail=detail)
    else:
        yield labelled("ended", language, outcome=outcome_in_words(item["outcome"], language), detail=detail)


def _listed(names: list[str], language: str) -> str:
    return _WORDS[language]["comma"][1].join(names)

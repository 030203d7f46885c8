"""How articles stand to each other, and what became of stories and was said of them: in English and in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["corrections_in_words", "edge_in_words", "event_in_words"]

_LISTED = 10

_EN = {
    "this": "this",
    "article": "article {id}",
    "articles": "articles {listed}",
    "more": "{listed} and {count} more",
    "comma": ", ",
    "edge": "{newer} {relation} {older}: {why}",
    "exact_copy": "is an exact copy of",
    "near_copy": "is a near copy of",
    "contains": "contains",
    "contained_in": "is contained in",
    "revision": "is a revision of",
    "template_sibling": "is from the same template as",
    "crowned": "article {article_id} leads now, instead of article {other_id}",
    "joined": "article {article_id} came from story {other_story_id}",
    "left": "article {article_id} went to story {other_story_id}",
    "merged": "all of story {other_story_id} came here",
    "split": "story {other_story_id} began with articles from here",
    "silent": "rule {detail} held for article {article_id}, but story {other_story_id}{how} had told it",
    "how_revises": ", which this one revises,",
    "how_revised_by": ", which revises this one,",
    "how_contains": ", which this one contains,",
    "how_contained_in": ", which contains this one,",
    "how_copy": ", which has a copy of it,",
    "because": "{said} ({detail})",
    "together": "{ones} held together with {others}{elsewhere}",
    "apart": "{ones} kept apart from {others}{elsewhere}",
    "elsewhere": " (story {story})",
    "note": "{said}: {note}",
}
_ZH = {
    "this": "本文",
    "article": "文章{id}",
    "articles": "文章{listed}",
    "more": "{listed} 等，另有 {count} 篇",
    "comma": "、",
    "edge": "{newer}{relation}{older}：{why}",
    "exact_copy": "全文同于",
    "near_copy": "近似转载自",
    "contains": "包含",
    "contained_in": "包含于",
    "revision": "修订了",
    "template_sibling": "同模板于",
    "crowned": "文章{article_id}取代文章{other_id}成为主文",
    "joined": "文章{article_id}从新闻{other_story_id}移来",
    "left": "文章{article_id}移到了新闻{other_story_id}",
    "merged": "新闻{other_story_id}的全部文章并入了这里",
    "split": "这里的文章另成新闻{other_story_id}",
    "silent": "规则 {detail} 符合文章{article_id}，但{how}新闻{other_story_id}已经提醒过",
    "how_revises": "本新闻所修订的",
    "how_revised_by": "修订本新闻的",
    "how_contains": "本新闻所包含的",
    "how_contained_in": "包含本新闻的",
    "how_copy": "内容相同的",
    "because": "{said}（{detail}）",
    "together": "{ones}与{others}{elsewhere}算作同一新闻",
    "apart": "{ones}与{others}{elsewhere}不算同一新闻",
    "elsewhere": "（新闻{story}）",
    "note": "{said}：{note}",
}
_PHRASES = {"en": _EN, "zh": _ZH}


def edge_in_words(article_id: int, edge: dict[str, Any], *, language: str = "en") -> str:
    """Return how an article stands to another: "this is a near copy of article 12: 87 % of the text in common; ...".

    Differences read from the older to the newer.
    """
    from monitor.dedupe.words import in_words
    from storage.feed.relations import mirrored, turned
    from storage.records import VerdictKind
    from storage.rows import evidence_from

    words = _PHRASES[language]
    newer, older = (
        words["this"] if edge[end] == article_id else words["article"].format(id=edge[end])
        for end in ("from_id", "to_id")
    )
    evidence = turned(evidence_from(edge["evidence"]))
    why = in_words(VerdictKind(mirrored(edge["verdict"])), evidence, a=older, b=newer, language=language)
    return words["edge"].format(newer=newer, relation=words[edge["verdict"]], older=older, why=why)


def event_in_words(event: dict[str, Any], *, language: str = "en") -> str:
    """Return what became of a story."""
    words = _PHRASES[language]
    if event["kind"] == "silent":
        return words["silent"].format(**event, how=words.get(f"how_{event['relation']}", ""))
    said = words[event["kind"]].format(**event)
    return words["because"].format(said=said, detail=event["detail"]) if event["detail"] else said


def corrections_in_words(corrections: Iterable[dict[str, Any]], *, language: str = "en") -> Iterator[tuple[str, str]]:
    """Yield what people said of articles, with its time: one sentence for all that was said at once."""
    words = _PHRASES[language]
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for one in corrections:
        key = one["created_at"], one["verdict"], one["note"], one["story_id"], one["other_story_id"]
        groups.setdefault(key, []).append(one)
    for (at, verdict, note, story, other_story), said in groups.items():
        ones, others = (_articles({one[key] for one in said}, words) for key in ("article_id", "other_id"))
        elsewhere = words["elsewhere"].format(story=other_story) if other_story != story else ""
        sentence = words[verdict].format(ones=ones, others=others, elsewhere=elsewhere)
        yield at, words["note"].format(said=sentence, note=note) if note else sentence


def _articles(ids: set[int], words: dict[str, str]) -> str:
    shown = sorted(ids)[:_LISTED]
    listed = words["comma"].join(map(str, shown))
    if len(ids) > _LISTED:
        listed = words["more"].format(listed=listed, count=len(ids) - _LISTED)
    return words["article"].format(id=shown[0]) if len(ids) == 1 else words["articles"].format(listed=listed)

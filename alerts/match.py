"""Which rules hold for an article, and where in it.

Pure: rules and an article in, matches out. Keywords are compared on the folded text, which has the length of the
original, so every span is an offset into the title or text as stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from alerts.rules import RuleSet, RuleSettings
from storage.fold import fold
from storage.records import Mention, Span

__all__ = ["Matchable", "RuleMatch", "match"]

_WINDOW = 65_536  # code points searched at once: bounds the list of hits, whatever the text repeats
_PLACES = 5  # spans kept for each keyword and field; one makes the rule true, a few show the context
_FIELDS = ("title", "text")

_Places = Mapping[str, Mapping[int, tuple[tuple[int, int], ...]]]


class Matchable(Protocol):
    """What rules look at in an article, whether it comes in or was stored before."""

    @property
    def title(self) -> str | None: ...
    @property
    def text(self) -> str: ...
    @property
    def source_id(self) -> str: ...
    @property
    def mentions(self) -> tuple[Mention, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMatch:
    """A rule that holds, and the spans that made it true: title first, then by position."""

    rule: RuleSettings
    spans: tuple[Span, ...]


def match(rules: RuleSet, article: Matchable, group: str | None) -> tuple[RuleMatch, ...]:
    """Return the rules that hold for the article, in their configured order.

    ``group`` is the group of the article's source. Han, kana and Hangul keywords match as substrings; an end of a
    keyword that is a letter or digit of another script matches only at a word edge (``ai`` not in ``training``).
    """
    texts = {"title": article.title or "", "text": article.text}
    places = {name: _find(rules, text) for name, text in texts.items()}
    found = (
        RuleMatch(rule=rule, spans=spans)
        for rule in _candidates(rules, places)
        if _is_for(rules, rule, article.source_id, group)
        if (spans := _spans(rules, rule, texts, places, article.mentions)) is not None
    )
    return tuple(found)


def _find(rules: RuleSet, text: str) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return the first places of each keyword in ``text``, by the keyword's index."""
    if rules.automaton is None or not text:
        return {}
    found: dict[int, list[tuple[int, int]]] = {}
    folded = fold(text).encode("utf-8", "replace").decode()  # a lone surrogate becomes one "?"
    for keyword, start, end in _occurrences(rules, folded):
        kept = found.setdefault(keyword, [])
        if len(kept) < _PLACES and not _joins(folded, start) and not _joins(folded, end):
            kept.append((start, end))
    return {keyword: tuple(kept) for keyword, kept in found.items() if kept}


def _occurrences(rules: RuleSet, folded: str) -> Iterator[tuple[int, int, int]]:
    reach = max(map(len, rules.keywords)) - 1
    for offset in range(0, len(folded), _WINDOW):
        window = folded[offset : offset + _WINDOW + reach]
        for keyword, start, end in rules.automaton.find_matches_as_indexes(window, overlapping=True):
            if start < _WINDOW:
                yield keyword, offset + start, offset + end


def _joins(text: str, at: int) -> bool:
    """Return whether the characters before and at ``at`` belong to one word."""
    return 0 < at < len(text) and _is_word(text[at - 1]) and _is_word(text[at])


def _is_word(char: str) -> bool:
    # Latin, Greek and Cyrillic; Chinese, Japanese, Korean and Thai write words without edges.
    return char.isalnum() and (char < "\u0590" or "\u1e00" <= char <= "\u1fff")


def _candidates(rules: RuleSet, places: _Places) -> Iterable[RuleSettings]:
    present = {keyword for name in _FIELDS for keyword in places[name]}
    indexes = {index for keyword in present for index in rules.by_keyword.get(keyword, ())}
    return (rules.rules[index] for index in sorted(indexes.union(rules.always)))


def _is_for(rules: RuleSet, rule: RuleSettings, source_id: str, group: str | None) -> bool:
    return _allows(rules, rule.sources, source_id) and _allows(rules, rule.groups, group)


def _allows(rules: RuleSet, globs: tuple[str, ...], name: str | None) -> bool:
    return not globs or (name is not None and any(rules.patterns[glob].match(name) for glob in globs))


def _spans(
    rules: RuleSet,
    rule: RuleSettings,
    texts: Mapping[str, str],
    places: _Places,
    mentions: tuple[Mention, ...],
) -> tuple[Span, ...] | None:
    """Return the places that make the rule true, or None where it does not hold."""
    fields = ("title",) if rule.where == "title" else _FIELDS
    words = {word: _word_spans(rules, word, fields, texts, places) for word in (*rule.any, *rule.all, *rule.none)}
    if any(words[word] for word in rule.none) or not all(words[word] for word in rule.all):
        return None
    if rule.any and not any(words[word] for word in rule.any):
        return None
    named = _entity_spans(rules, rule.entities, fields, mentions)
    if rule.entities and not named:
        return None
    spans = {*named, *(span for found in words.values() for span in found)}
    return tuple(sorted(spans, key=lambda span: (_FIELDS.index(span.field), span.start, span.end, span.term)))


def _word_spans(
    rules: RuleSet, word: str, fields: tuple[str, ...], texts: Mapping[str, str], places: _Places
) -> tuple[Span, ...]:
    index = rules.positions[word]
    return tuple(
        Span(field=name, start=start, end=end, surface=texts[name][start:end], term=word)
        for name in fields
        for start, end in places[name].get(index, ())
    )


def _entity_spans(
    rules: RuleSet, globs: tuple[str, ...], fields: tuple[str, ...], mentions: tuple[Mention, ...]
) -> tuple[Span, ...]:
    return tuple(
        Span(field=found.field, start=found.start, end=found.end, surface=found.surface, term=glob)
        for glob in globs
        for found in mentions
        if found.field in fields and rules.patterns[glob].match(found.entity)
    )

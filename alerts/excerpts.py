"""Which sentence of a text shows best why a rule speaks of it, and says more than the headline.

Pure. Where a rule asks for several things, it is the sentence that has most of them; where what it found stands in the
headline, or in a text that was revised since, the same words are looked for in the text. What a sentence is knows
``alerts.sentence``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from alerts.notices import place_of_notice
from alerts.sentence import Excerpt, between_sentences, key_sentence
from storage.fold import fold
from storage.notices import Notice, notice_of_token
from storage.query.nodes import And, Count, Entity, Near, Node, Or, Phrase, Stage
from storage.records import Span, StoryHit

__all__ = ["NO_CONDITIONS", "Conditions", "telling"]

Conditions = Mapping[str, Node]
"""What rules ask for, by the id of the rule."""
NO_CONDITIONS: Conditions = MappingProxyType({})
_SENTENCES = 8  # places that are looked at for a sentence that is not the title
_PLACES = 40  # of what a rule asks for, among which the best sentence is looked for


def telling(hit: StoryHit, title: str, conditions: Conditions = NO_CONDITIONS) -> Excerpt | None:
    """Return the sentence of a hit's text that shows best why it is told; None for an empty text.

    Any other than the title where there is one; ``title`` is the clean line that a message shows. Of a report that was
    withdrawn or corrected it is the sentence that says so, and none of what is withdrawn.
    """
    notice = notice_of_token(hit.hit.token)
    if notice and (place := place_of_notice(hit.text, notice)):
        return key_sentence(hit.text, place)
    if notice is Notice.WITHDRAWAL:
        return None
    places = islice(_places(hit, conditions.get(hit.hit.rule)), _SENTENCES)
    first = key_sentence(hit.text, next(places, None))
    if str(first) != title:
        return first
    others = (key_sentence(hit.text, place) for place in places)
    return next((one for one in others if str(one) != title), first)


def _places(hit: StoryHit, condition: Node | None) -> Iterator[Span]:
    """Yield places in the text, the best first: what the rule found, the same words elsewhere, the tracked names."""
    standing = [one for one in hit.hit.spans if one.field == "text" and _stands(one, hit.text)]
    yield from _in_order(standing[:_PLACES], hit.text, condition)
    if not standing:
        yield from _in_order(list(_elsewhere(hit)), hit.text, condition)
    for one in hit.mentions:
        if one.field == "text" and hit.text[one.start : one.end] == one.surface:
            yield Span(field="text", start=one.start, end=one.end, surface=one.surface, term=one.entity)


def _stands(span: Span, text: str) -> bool:
    return text[span.start : span.end] == span.surface


def _elsewhere(hit: StoryHit) -> Iterator[Span]:
    """Yield the first place in the text of each word that a rule found in the title, or where a text stood before."""
    folded = fold(hit.text) if hit.hit.spans else ""
    for term, surface in dict.fromkeys((span.term, span.surface) for span in hit.hit.spans[:_PLACES]):
        found = _whole(fold(surface)).search(folded)
        if found and surface:
            start, end = found.span()
            yield Span(field="text", start=start, end=end, surface=hit.text[start:end], term=term)


def _whole(word: str) -> re.Pattern[str]:
    """Return what finds a folded word, but no part of a longer one in Latin letters."""
    before = r"(?<![0-9a-z])" if word[:1].isascii() and word[:1].isalnum() else ""
    behind = r"(?![0-9a-z])" if word[-1:].isascii() and word[-1:].isalnum() else ""
    return re.compile(before + re.escape(word) + behind)


def _in_order(spans: Sequence[Span], text: str, condition: Node | None) -> Sequence[Span]:
    """Return places with those first whose sentence has most of what a condition asks for, else as they stand."""
    wanted = list(_wanted(condition)) if condition is not None and len(spans) > 1 else []
    if len(wanted) < 2:
        return spans
    in_place = sorted(spans, key=lambda span: span.start)
    ordered: list[tuple[int, Span]] = []
    for sentence in _by_sentence(in_place, text):
        terms = {span.term for span in sentence}
        had = sum(not asked.isdisjoint(terms) for asked in wanted)
        ordered += [(-had, span) for span in sentence]
    return [span for _, span in sorted(ordered, key=lambda one: one[0])]


def _by_sentence(spans: Iterable[Span], text: str) -> Iterator[list[Span]]:
    sentence: list[Span] = []
    for span in spans:
        if sentence and between_sentences(text, sentence[-1].end, span.start):
            yield sentence
            sentence = []
        sentence.append(span)
    if sentence:
        yield sentence


def _wanted(node: Node) -> Iterator[frozenset[str]]:
    """Yield what an article must hold, each as the terms of which one will do."""
    match node:
        case And():
            for part in node.nodes:
                yield from _wanted(part)
        case Near():
            yield from _wanted(node.left)
            yield from _wanted(node.right)
        case _:
            terms = frozenset(_terms(node))
            if terms:
                yield terms


def _terms(node: Node) -> Iterator[str]:
    """Yield what spans of a condition have for their term."""
    match node:
        case Phrase():
            yield node.written or node.letters
        case Entity() | Count():
            yield from (node.written,) if node.written else node.ids
        case Stage():
            yield from (node.written,) if node.written else node.stages
        case Near():
            yield from (*_terms(node.left), *_terms(node.right))
        case And() | Or():
            for part in node.nodes:
                yield from _terms(part)

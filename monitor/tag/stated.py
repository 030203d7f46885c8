"""What an article states of the regulations that it mentions: stage, bodies, number, dates, each with its place.

``stated`` is pure: mentions in, facts out. A fact belongs to the regulation that its sentence says it of: the object or
subject of the verb, in the clause, the sentence, or the sentence before; one that is said of an untracked title is
nobody's. The place of a stage is the verb, that of a date the date alone, that of a body or number itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.tag.letters import Letters
from monitor.tag.places import Places
from monitor.tag.sought import sought
from monitor.tag.stated_asides import is_asking
from monitor.tag.stated_chinese import CHINESE
from monitor.tag.stated_corrections import corrected
from monitor.tag.stated_dateline import day_of_report
from monitor.tag.stated_dates import WrittenDate, find_dates
from monitor.tag.stated_deeds import find_deeds
from monitor.tag.stated_english import ENGLISH
from monitor.tag.stated_facts import facts_of
from monitor.tag.stated_names import Name, find_names, is_procedure
from monitor.tag.stated_numbers import has_number
from monitor.tag.stated_order import notices, orders
from monitor.tag.stated_piece import Found, Piece
from monitor.tag.stated_postponed import is_putting_off
from monitor.tag.stated_references import with_references
from monitor.tag.stated_sentence import Sentence, make_sentence
from monitor.tag.stated_sheets import of_sheets
from monitor.tag.stated_tables import of_tables
from monitor.tag.stated_timelines import of_timelines
from monitor.tag.stated_verbs import Grammar
from monitor.tag.stated_whole import together
from storage.records import Published
from storage.tagged import Mention, StatedFact

__all__ = ["stated"]

_SENTENCE = re.compile(
    r"[。！？!?；;\n.](?:(?<!\.)|(?=[\"'”’)]*\s+[\"'“‘(]?[A-Z\u4e00-\u9fff])(?<!\b[A-Z]\.)(?<!\bGov\.)(?<!\bPub\.)(?<!\bSen\.)(?<!\bRep\.)"
    r"(?<!\bMrs\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bNo\.)(?<!\bInc\.)(?<!\bSt\.))"
)
_LONGEST = 800  # characters of a sentence; what goes on longer is a list or hostile, and is cut
_SUBJECT_REACH = 250  # characters from a sentence without a name back to the one it goes on from
_TOPIC_REACH = 2000  # the same in an article that mentions one regulation and names no other in between
_LOOK_BACK = 8  # names before a sentence that it may go on from
_FIELDS = ("title", "text")
_SAMPLE = 400  # characters that tell a text's language
_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile("[a-z]{2,}")
_STEMS = re.compile(sought(ENGLISH.stems))
_HINTS = {is_english: re.compile(sought(grammar.hints)) for is_english, grammar in ((True, ENGLISH), (False, CHINESE))}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A title or text: as it is, folded, and what it names. ``topic`` is the only regulation of the article."""

    field: str
    original: str
    letters: str
    names: tuple[Name, ...]
    topic: str | None
    published: date | None


def stated(
    title: str | None,
    text: str,
    mentions: Sequence[Mention],
    published: Published | None,
    letters: Letters | None = None,
) -> tuple[StatedFact, ...]:
    """Return what an article states of the regulations among ``mentions``, title first, ordered by start.

    ``field[start:end] == surface`` for every fact; of several places that state the same, the surest is kept, then the
    first. Values that contradict each other are all kept. ``published`` completes dates without a year; without it such
    a date is stated only where the text lends it one. ``letters`` are the texts folded, if the caller has them.
    """
    regulations = [mention for mention in mentions if mention.kind == "regulation"]
    if not regulations:
        return ()
    folded = letters or Letters(title, text)
    topic = _topic(regulations)
    day = day_of_report(_day(published), folded.lowered("text"))
    facts: list[StatedFact] = []
    for field, original in zip(_FIELDS, (title or "", text), strict=True):
        lowered = folded.lowered(field)
        names = find_names(lowered, [one for one in regulations if one.field == field])
        place = _Field(field=field, original=original, letters=lowered, names=tuple(names), topic=topic, published=day)
        facts += _of_field(place)
        facts += (_fact(place, 0, found) for found in _beside_sentences(place))
    return together(corrected(facts, {field: folded.lowered(field) for field in _FIELDS}), day)


def _beside_sentences(place: _Field) -> Iterator[Found]:
    """Yield what is told by lines and labels, which are no sentences."""
    is_english = _is_english(place.letters[:_SAMPLE])
    for read in (of_sheets, of_tables):
        yield from read(place.letters, place.original, place.names, place.published, english=is_english)
    yield from of_timelines(place.letters, place.names, place.topic, place.published, english=is_english)
    if not is_english:
        yield from orders(place.letters, place.original, place.names)
        yield from notices(place.letters, place.original, place.names)


def _topic(mentions: Sequence[Mention]) -> str | None:
    entities = {one.entity for one in mentions if not is_procedure(one.surface)}
    return entities.pop() if len(entities) == 1 else None


def _day(published: Published | None) -> date | None:
    """Return the day of publication in the zone of the page; None where only its month is known, or nothing."""
    try:
        return date.fromisoformat(published.value[:10]) if published else None
    except ValueError:
        return None


def _of_field(place: _Field) -> Iterator[StatedFact]:
    done: list[Name] = []
    earlier: tuple[int, WrittenDate] | None = None
    names = Places(place.names)
    marks = sorted([*(name.start for name in names), *_hinted(place.original, place.letters)])
    for start, end in _sentences(place.original, marks) if marks else ():
        own = names.starting(start, end)
        letters = place.letters[start:end]
        is_english = _is_english(letters)
        if not _tells(letters, own, ENGLISH if is_english else CHINESE):
            done += own
            continue
        sentence = _sentence(place, start, end, own, done, is_english=is_english)
        lender = None if earlier is None or place.published else _moved(earlier[1], earlier[0] - start)
        piece = Piece(
            sentence=sentence,
            deeds=find_deeds(sentence),
            original=place.original[start:end],
            published=place.published,
            earlier=lender,
        )
        yield from (_fact(place, start, found) for found in facts_of(piece))
        done += [replace(one, start=one.start + start, end=one.end + start) for one in sentence.names[-_LOOK_BACK:]]
        dated = [one for one in sentence.dates if one.year is not None]
        earlier = (start, dated[-1]) if dated else earlier


def _tells(letters: str, own: Sequence[Name], grammar: Grammar) -> bool:
    """Say whether a sentence can state anything: most that name a regulation do not."""
    if any(name.is_draft for name in own) or "由" in letters or " appl" in letters:
        return True
    if is_asking(letters) or has_number(letters):
        return True
    may_tell = grammar is not ENGLISH or _STEMS.search(letters) is not None
    return (may_tell and grammar.verbs.search(letters) is not None) or is_putting_off(letters)


def _hinted(original: str, letters: str) -> list[int]:
    """Return a place in each sentence that has words by which it may tell of the regulation before it."""
    hints = _HINTS[_is_english(letters[:_SAMPLE])]
    places = []
    found = hints.search(letters)
    while found:
        places.append(found.start())
        end = _SENTENCE.search(original, found.start())
        found = hints.search(letters, end.end()) if end else None
    return places


def _sentences(text: str, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the sentences that hold one of ``marks``, which are ordered offsets, at least one."""
    start, passed = 0, 0
    for stop in [*[match.end() for match in _SENTENCE.finditer(text)], len(text)]:
        if marks[passed] < stop:
            cuts = [(begin, min(begin + _LONGEST, stop)) for begin in range(start, stop, _LONGEST)]
            yield from (cut for cut in cuts if bisect_left(marks, cut[0]) < bisect_left(marks, cut[1]))
            passed = bisect_left(marks, stop)
            if passed == len(marks):
                return
        start = stop


def _is_english(letters: str) -> bool:
    if letters.isascii() or not _HAN_RUN.search(letters):
        return _LATIN.search(letters) is not None
    words = _LATIN.findall(letters)
    return bool(words) and len(words) > sum(map(len, _HAN_RUN.findall(letters)))


def _sentence(
    place: _Field, start: int, end: int, own: Iterable[Name], done: Sequence[Name], *, is_english: bool
) -> Sentence:
    letters = place.letters[start:end]
    local = [replace(one, start=one.start - start, end=min(one.end, end) - start) for one in own]
    names = with_references(
        letters, local, done, place.topic, original=place.original[start:end] if is_english else None
    )
    return make_sentence(
        letters,
        ENGLISH if is_english else CHINESE,
        names,
        find_dates(letters, english=is_english),
        subject=_subject(place, start, done),
        is_english=is_english,
    )


def _subject(place: _Field, start: int, done: Sequence[Name]) -> Name | None:
    """Return what a sentence without a name goes on to tell of: the last name before it, if that is clear."""
    last = next((one for one in reversed(done[-_LOOK_BACK:]) if not one.is_oblique), None)
    if last is None:
        return _named(place.topic) if place.field == "text" and start <= _TOPIC_REACH else None
    if last.entity is not None and last.entity == place.topic:
        return last if start - last.end <= _TOPIC_REACH else None
    near = {one.entity for one in done[-_LOOK_BACK:] if start - one.end <= _SUBJECT_REACH and not one.is_oblique}
    return last if near == {last.entity} and start - last.end <= _SUBJECT_REACH else None


def _named(entity: str | None) -> Name | None:
    return None if entity is None else Name(start=0, end=0, title="", entity=entity, is_reference=True)


def _moved(written: WrittenDate, by: int) -> WrittenDate:
    return replace(written, start=written.start + by, end=written.end + by)


def _fact(place: _Field, start: int, found: Found) -> StatedFact:
    begin, end = start + found.start, start + found.end
    return StatedFact(
        entity=found.entity,
        what=found.what,
        value=found.value,
        field=place.field,
        surface=place.original[begin:end],
        start=begin,
        end=end,
        confidence=found.confidence,
    )

"""One article, as far as queries look at it: whether it comes in, is stored, or is shown.

``Subject`` holds the values; ``Asked`` is one subject while it is asked, which works out each thing once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from storage.fold import fold, name_key
from storage.query.letters import Form, occurrences, starts_of_tokens
from storage.records import Article, Published
from storage.states import FactKind
from storage.tagged import Mention, StatedFact

__all__ = ["FIELDS", "Asked", "Subject", "stage_of", "stages_in", "stages_stated", "subject_of"]

FIELDS = ("title", "text")
"""Where phrases are looked for, in the order in which places are shown."""
_STAGES = frozenset({FactKind.STAGE, FactKind.POSTPONED, FactKind.POSTPONEMENT_PROPOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An article with its names; ``stages`` are those that it states of regulations (``storage.states.Stage``).

    ``stated`` is where it states them, as far as that is known.
    """

    title: str | None
    text: str
    source_id: str
    first_seen_at: datetime
    published: Published | None = None
    mentions: tuple[Mention, ...] = ()
    stages: frozenset[str] = frozenset()
    stated: tuple[StatedFact, ...] = ()
    publisher: str | None = None
    declared_source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    language: str | None = None
    script: str | None = None


def subject_of(article: Article, first_seen_at: datetime) -> Subject:
    """Return an article that comes in as queries look at it."""
    return Subject(
        title=article.title,
        text=article.text,
        source_id=article.source_id,
        first_seen_at=first_seen_at,
        published=article.published,
        mentions=article.mentions,
        stages=stages_in(article.findings.facts),
        stated=stages_stated(article.findings.facts),
        publisher=article.publisher,
        declared_source=article.source,
        authors=article.authors,
        editors=article.editors,
        language=article.language,
        script=article.script,
    )


def stages_in(facts: Iterable[StatedFact]) -> frozenset[str]:
    """Return the stages that are among what an article states, and the delays: ``postponed``."""
    return frozenset(map(stage_of, stages_stated(facts)))


def stages_stated(facts: Iterable[StatedFact]) -> tuple[StatedFact, ...]:
    """Return those of what an article states that tell a stage, or a delay."""
    return tuple(fact for fact in facts if fact.what in _STAGES)


def stage_of(fact: StatedFact) -> str:
    """Return the stage that such a statement tells."""
    return str(fact.value if fact.what is FactKind.STAGE else fact.what)


class Asked:
    """A subject that is asked at ``now``; ``group`` is the group of its source."""

    def __init__(self, subject: Subject, now: datetime, group: str | None) -> None:
        self.subject = subject
        self.now = now
        self.group = None if group is None else fold(group)
        self._present: tuple[frozenset[str], frozenset[str]] | None = None
        self._starts: dict[str, list[int]] = {}
        self._tokens: dict[tuple[str, str], list[tuple[int, int]]] = {}

    @cached_property
    def forms(self) -> dict[str, Form]:
        """The forms of title and text."""
        return {"title": Form(self.subject.title or ""), "text": Form(self.subject.text)}

    @cached_property
    def entities(self) -> frozenset[str]:
        """The entities that are mentioned anywhere."""
        return frozenset(mention.entity for mention in self.subject.mentions)

    @cached_property
    def in_title(self) -> frozenset[str]:
        """The entities that are mentioned in the title."""
        return frozenset(mention.entity for mention in self.subject.mentions if mention.field == "title")

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """What the source and those that the article names are called, folded: its publisher, its declared source."""
        subject = self.subject
        return (fold(subject.source_id), *(fold(name) for name in (subject.publisher, subject.declared_source) if name))

    @cached_property
    def author_keys(self) -> tuple[str, ...]:
        """The names of authors and editors without what differs between their spellings."""
        return tuple(map(name_key, (*self.subject.authors, *self.subject.editors)))

    @cached_property
    def languages(self) -> frozenset[str]:
        """The language, and the language with its script, in lower case."""
        language, script = (self.subject.language or "").lower(), (self.subject.script or "").lower()
        return frozenset({language, f"{language}-{script}"} if language else ())

    def know(self, in_title: frozenset[str], in_text: frozenset[str]) -> None:
        """Take over which of all the phrases that will be asked for stand in the title and in the text."""
        self._present = (in_title, in_text)

    def stands(self, letters: str, *, in_title: bool) -> bool:
        """Tell whether a phrase stands in the title or the text, or in the title."""
        if self._present is not None:
            title, text = self._present
            return letters in title or (not in_title and letters in text)
        fields = FIELDS[:1] if in_title else FIELDS
        return any(next(occurrences(self.forms[field].letters, letters), None) is not None for field in fields)

    def tokens(self, field: str, letters: str) -> list[tuple[int, int]]:
        """Return where a phrase stands in a field, in tokens: (first, behind the last), in order."""
        if (field, letters) not in self._tokens:
            form, starts = self.forms[field].letters, self.token_starts(field)
            self._tokens[field, letters] = [
                (bisect_left(starts, start), bisect_left(starts, end)) for start, end in occurrences(form, letters)
            ]
        return self._tokens[field, letters]

    def token_starts(self, field: str) -> list[int]:
        """Return where the tokens of a field begin in its form."""
        if field not in self._starts:
            self._starts[field] = starts_of_tokens(self.forms[field].letters)
        return self._starts[field]

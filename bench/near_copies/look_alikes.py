"""Pairs that are no copies: forms filled in twice, other articles, shared boilerplate, one event in other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from bench.near_copies.articles import Article, drafted, resemblance, text_of
from bench.near_copies.grammar import Draft, Kind, Language, Scheme, draw, form, schemes
from bench.near_copies.pair import APART, Pair

__all__ = ["boilerplate_shared", "forms", "one_scheme", "other_articles", "own_words"]

_ALIKE = 0.30  # two articles that happen to be more alike than this are drawn again
_OTHER = 0.15
_BOILERPLATE = 0.4  # the most of an article that its boilerplate may be


def forms(language: Language, rng: Random, count: int) -> Iterator[Pair]:
    """Yield ``count`` pairs of each form and each way in which its facts can differ."""
    for scheme in schemes("forms", language):
        for way in _WAYS:
            for _ in range(count):
                first = draw(scheme, rng)
                second = (
                    _refilled(scheme, first, way, rng) if way != "other dates" or "recurs" in scheme.flags else None
                )
                if second:
                    yield _apart(f"form, {way}", "template", first, second)


def one_scheme(language: Language, rng: Random, count: int) -> Iterator[Pair]:
    """Yield pairs of articles that report two events of one kind in much the same sentences."""
    for _ in range(count):
        scheme = rng.choice(schemes("articles", language))
        first = draw(scheme, rng)
        second = next(
            other for other in _draws(scheme.name, language, rng) if resemblance(first.text, other.text) < _ALIKE
        )
        yield _apart("another event of the kind", "template", first, second)


def other_articles(articles: Sequence[Article], rng: Random, count: int) -> Iterator[Pair]:
    """Yield pairs of unlike articles of one language."""
    for _ in range(count):
        a, b = rng.sample(articles, 2)
        if a.text.scheme != b.text.scheme and resemblance(a.text.body, b.text.body) < _OTHER:
            yield Pair(kind="other article", goal="other", a=a.text, b=b.text, right=frozenset({"new"}))


def boilerplate_shared(articles: Sequence[Article], language: Language, rng: Random, count: int) -> Iterator[Pair]:
    """Yield pairs of unlike articles that end with the same standing paragraph."""
    for _ in range(count):
        a, b = rng.sample(articles, 2)
        standing = _standing(language, rng)
        shorter = min(len(a.text.body), len(b.text.body))
        if a.text.scheme != b.text.scheme and len(standing) < _BOILERPLATE / (1 - _BOILERPLATE) * shorter:
            texts = (replace(each.text, body=f"{each.text.body}\n{standing}") for each in (a, b))
            first, second = texts
            yield Pair(kind="standing paragraph shared", goal="other", a=first, b=second, right=APART)


def own_words(language: Language, rng: Random, count: int) -> Iterator[Pair]:
    """Yield pairs of reports of one event by two authors: the same facts, hardly a phrase in common."""
    reports = schemes("events", language)
    for _ in range(count):
        scheme = rng.choice([report for report in reports if "a" in report.flags])
        other = next(report for report in reports if report.name == scheme.name and "b" in report.flags)
        first = draw(scheme, rng)
        second = draw(other, rng, first.facts)
        pair = _apart("same event in own words", "other", first, second)
        yield replace(pair, right=frozenset({"new"}))


def _apart(kind: str, goal: str, first: Draft, second: Draft) -> Pair:
    return Pair(kind=kind, goal=goal, a=text_of(first), b=text_of(second), right=APART)


_WAYS: Mapping[str, tuple[Kind, ...]] = {
    "other numbers": ("number",),
    "other names": ("name",),
    "other names and numbers": ("name", "number"),
    "other dates": ("date",),
    "other issue and dates": ("issue", "date"),
    "all facts other": ("name", "number", "date", "issue"),
    "one name and one number": (),
    "one name": (),
    "names in other roles": (),
    "other dates and numbers": ("date", "number"),
}
# Of these a scheme with the flag "sides" has two that do not stand side by side in a list.
_ROLES = frozenset({"team", "company"})
_SIDES = 2
_LEAST: Mapping[Kind, int] = {"name": 1, "number": 3, "date": 2, "issue": 1}


def _refilled(scheme: Scheme, draft: Draft, way: str, rng: Random) -> Draft | None:
    """Return the form filled in again, or None where it has too few facts to differ in this way."""
    kinds = _WAYS[way]
    if not kinds:
        return _touched(draft, way, rng, is_sided="sides" in scheme.flags)
    keys = {kind: draft.keys(kind) for kind in kinds}
    if any(len(keys[kind]) < _LEAST[kind] for kind in kinds if way != "all facts other"):
        return None
    if way == "other numbers" and len(keys["number"]) < len(draft.keys("date", "issue")):
        return None  # a few figures that differ, of the same day and issue, were corrected
    return draft.redrawn(rng, [key for kind in kinds for key in keys[kind]])


def _touched(draft: Draft, way: str, rng: Random, *, is_sided: bool) -> Draft | None:
    """Return the form with one name other, and one number, or with two names in each other's place.

    One name is that of the subject, in the title or the first sentence. A code alone is none: a digit may be corrected.
    """
    names, numbers = draft.keys("name"), draft.keys("number", "issue")
    if way == "names in other roles":
        sides = [key for key in names if key[:-1] in _ROLES]
        told = {key: draft.facts[other].text for key, other in zip(sides, reversed(sides), strict=True)}
        return draft.told(told) if len(sides) == _SIDES and is_sided else None
    head = f"{draft.title_form}{draft.paragraphs[0][0]}"
    names = [key for key in names if key[:-1] != "code" and f"{{{key}}}" in head]
    if not names or (way == "one name and one number" and not numbers):
        return None
    told = draft
    while told.facts[names[0]].text in {fact.text for fact in draft.facts.values()}:
        told = draft.redrawn(rng, names[:1])
    return told.redrawn(rng, [rng.choice(numbers)]) if way == "one name and one number" else told


def _draws(name: str, language: Language, rng: Random) -> Iterator[Draft]:
    while True:
        draft = drafted(name, language, rng).draft
        if draft:
            yield draft


def _standing(language: Language, rng: Random) -> str:
    scheme = rng.choice(schemes("standing", language))
    return form("\n".join("".join(sentences) for sentences in scheme.paragraphs), language, rng)

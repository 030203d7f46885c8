"""Pairs of a text and a later version of it: numbers, dates and names corrected, paragraphs added, withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

from bench.near_copies.articles import Article, text_of
from bench.near_copies.furniture import furnished, line, printed
from bench.near_copies.grammar import TEXTS, Draft, draw, schemes
from bench.near_copies.pair import LINKED, REVISED, Pair, Text

__all__ = ["revisions"]

_NUMBER = re.compile(r"\d+")


def revisions(article: Article, rng: Random) -> Iterator[Pair]:
    """Yield a pair of each kind of revision that the article has the facts for."""
    yield from _renumbered_whole(article, rng)
    yield _marked(article, rng)
    yield _noted(article, rng)
    withdrawn = f"{line('withdrawal', article.language, rng)}\n{article.text.body}"
    yield _pair("withdrawn", article.text, replace(article.text, body=withdrawn), REVISED)
    yield from _reversed(article, rng)
    if article.draft:
        yield from _revised_facts(article, article.draft, rng)


def _revised_facts(article: Article, draft: Draft, rng: Random) -> Iterator[Pair]:
    updated = _updated(draft, rng)
    if updated:
        yield _pair("figures updated and a paragraph added", article.text, text_of(updated), REVISED)
        yield _pair("paragraph added", article.text, text_of(_lengthened(draft, rng)), LINKED)
    if dates := draft.keys("date"):
        yield _pair("date corrected", article.text, text_of(draft.redrawn(rng, rng.sample(dates, 1))), REVISED)
    if corrected := _renamed(draft, rng):
        yield _pair("name corrected", article.text, text_of(corrected), LINKED)


def _pair(kind: str, a: Text, b: Text, right: frozenset[str]) -> Pair:
    return Pair(kind=kind, goal="revision" if right == REVISED else "link", a=a, b=b, right=right)


def _renumbered_whole(article: Article, rng: Random) -> Iterator[Pair]:
    """Yield pairs with one to three numbers changed, the last of them also printed by another outlet."""
    for changes in (1, 2, 3):
        changed = _renumbered(article, changes, rng)
        if changed:
            yield _pair(f"{changes} number{'s' * (changes > 1)} changed", article.text, changed, REVISED)
    changed = _renumbered(article, rng.choice((1, 2)), rng)
    if changed:
        reprinted = printed(furnished(changed.body, article.language, rng, 0.15), article.language, rng)
        yield _pair("numbers changed, printed elsewhere", article.text, replace(changed, body=reprinted), REVISED)


def _renumbered(article: Article, changes: int, rng: Random) -> Text | None:
    if article.draft:
        numbers = article.draft.keys("number")
        is_rich = len(numbers) >= 5 * changes
        return text_of(article.draft.redrawn(rng, rng.sample(numbers, changes))) if is_rich else None
    body = article.text.body
    found = list(_NUMBER.finditer(body))
    if len(found) < 6 * changes:
        return None
    for number in sorted(rng.sample(found, changes), key=lambda match: -match.start()):
        other = number[0][:-1] + str((int(number[0][-1]) + rng.randint(1, 8)) % 10)
        body = body[: number.start()] + other + body[number.end() :]
    return replace(article.text, body=body)


def _updated(draft: Draft, rng: Random) -> Draft | None:
    numbers = draft.keys("number")
    if len(numbers) < 10:
        return None
    return _lengthened(draft.redrawn(rng, rng.sample(numbers, rng.randint(2, 3))), rng)


def _lengthened(draft: Draft, rng: Random) -> Draft:
    """Return the draft with one more paragraph, as later developments bring."""
    told = {sentence for sentences in draft.paragraphs for sentence in sentences}
    while True:
        more = draw(rng.choice(schemes("sections", draft.language)), rng, draft.facts)
        if not told.intersection(more.paragraphs[0]):
            at = rng.randint(1, len(draft.paragraphs))
            paragraphs = draft.paragraphs[:at] + more.paragraphs + draft.paragraphs[at:]
            return replace(draft, paragraphs=paragraphs, facts=more.facts)


def _renamed(draft: Draft, rng: Random) -> Draft | None:
    """Return the draft with one person's name spelt otherwise throughout."""
    persons = [key for key in draft.keys("name") if key.startswith("person")]
    for key in rng.sample(persons, len(persons)):
        name = draft.facts[key].text
        other = _respelt(name, rng) if draft.language == "zh" else _respelt_latin(name, rng)
        if other:
            return draft.told({key: other})
    return None


def _respelt(name: str, rng: Random) -> str | None:
    for at in range(len(name) - 1, 0, -1):
        for group in _homophones():
            if name[at] in group:
                return name[:at] + rng.choice(group.replace(name[at], "")) + name[at + 1 :]
    return None


@cache
def _homophones() -> list[str]:
    return (TEXTS / "homophones.txt").read_text(encoding="utf-8").split()


def _respelt_latin(name: str, rng: Random) -> str | None:
    swaps = [
        ("son", "sen"),
        ("th", "t"),
        ("ll", "l"),
        ("ck", "k"),
        ("ia", "ya"),
        ("ie", "y"),
        ("o", "oe"),
        ("a", "e"),
        ("e", "i"),
    ]
    first, _, last = name.partition(" ")
    fitting = [(old, new) for old, new in swaps if old in last[1:]]
    if not fitting:
        return None
    old, new = rng.choice(fitting[:2])
    return f"{first} {last[0]}{last[1:].replace(old, new, 1)}"


def _reversed(article: Article, rng: Random) -> Iterator[Pair]:
    """Yield a pair whose later text says the opposite in one place, for listed words and for some that are held out."""
    for kind, is_held_out in (("reversed", False), ("reversed, other words", True)):
        places = [
            (match, new)
            for old, new in _opposites(article.language, is_held_out)
            for match in re.finditer(_whole(old, article.language), article.text.body)
        ]
        if places:
            match, new = rng.choice(places)
            body = article.text.body
            later = replace(article.text, body=f"{body[: match.start()]}{new}{body[match.end() :]}")
            held_out = is_held_out or article.text.held_out
            yield _pair(kind, article.text, replace(later, held_out=held_out), REVISED)


def _whole(words: str, language: str) -> str:
    return re.escape(words) if language == "zh" else rf"\b{re.escape(words)}\b"


@cache
def _opposites(language: str, is_held_out: bool) -> list[tuple[str, str]]:
    """Return what ``texts/opposites_{language}.txt`` puts for what; its second half is held out."""
    tuned, _, held_out = (TEXTS / f"opposites_{language}.txt").read_text(encoding="utf-8").partition("\n\n")
    rows = (row.split("|") for row in (held_out if is_held_out else tuned).strip().split("\n"))
    return [(old, new) for old, new in rows]


def _marked(article: Article, rng: Random) -> Pair:
    """Return a pair whose later text opens with the mark of a correction, in its body or in its title."""
    mark, text = line("mark", article.language, rng), article.text
    gap = "" if article.language == "zh" else " "
    if rng.random() < 0.5:
        return _pair("marked as corrected", text, replace(text, body=f"{mark}{gap}{text.body}"), REVISED)
    return _pair("marked as corrected", text, replace(text, title=f"{mark}{gap}{text.title}"), REVISED)


def _noted(article: Article, rng: Random) -> Pair:
    """Return a pair whose later text ends with a note of what was corrected."""
    changed = (_renumbered(article, 1, rng) if rng.random() < 0.5 else None) or article.text
    noted = replace(changed, body=f"{changed.body}\n{line('note', article.language, rng)}")
    return _pair("with a note of correction", article.text, noted, REVISED)

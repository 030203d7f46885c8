"""Labelled pairs of texts: each kind of copy, revision, quotation and look-alike that a news stream brings.

The kinds follow what reposts do to a text: other width and script, wrappers, cuts, damage, rewriting. A pair comes with
the verdicts that are right for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from bench.near_copy_texts import (
    SAME_EVENT,
    TEMPLATES,
    chinese_article,
    company,
    english_article,
    printed,
    sample_articles,
)

__all__ = ["LINKED", "Pair", "labelled_pairs"]

LINKED = frozenset({"exact_copy", "near_copy", "revision"})
_HELD = frozenset({"contains", "contained_in"})
_APART = frozenset({"new", "template_sibling"})

_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts, the kind of change between them and the verdicts that are right."""

    kind: str
    a: str
    b: str
    right: frozenset[str]
    is_copy: bool


Change = Callable[[str, Random], str]


def labelled_pairs(rng: Random, count: int) -> Iterator[Pair]:
    """Yield at least ``count`` pairs of each kind, over Chinese, English and sample articles."""
    articles = _articles(rng, count)
    yield from _copies(articles, rng)
    yield from _chinese_copies([text for text in articles if _HAN.search(text)], rng)
    yield from _look_alikes(articles, rng, count)


def _articles(rng: Random, count: int) -> list[str]:
    samples = sample_articles()
    chinese = [chinese_article(rng, rng.randint(700, 2500)) for _ in range(count)]
    english = [english_article(rng, rng.randint(1500, 4000)) for _ in range(count // 2)]
    return samples + chinese + english


def _copies(articles: list[str], rng: Random) -> Iterator[Pair]:
    for kind, (change, right) in _CHANGES.items():
        for text in articles:
            yield Pair(kind=kind, a=text, b=change(text, rng), right=right, is_copy=right == LINKED)
    for text in articles:
        yield _printed_twice("printed by two outlets", text, rng)
        yield _printed_twice("brief printed by two outlets", text, rng)
        longer = _insert(_fresh(text, rng, 3 * len(text)), text, rng)
        yield Pair(kind="quote in a longer article", a=longer, b=text, right=frozenset({"contains"}), is_copy=False)
        for changes in (1, 3):
            if len(_NUMBER.findall(text)) >= 6 * changes:
                changed = _renumber(text, changes, rng)
                right = frozenset({"revision"})
                yield Pair(kind=f"revision, {changes} changed", a=text, b=changed, right=right, is_copy=True)


def _printed_twice(kind: str, text: str, rng: Random) -> Pair:
    is_english = not _HAN.search(text)
    if kind.startswith("brief"):
        text = text[: 400 if is_english else 180]
    a, b = (printed(text, rng, is_english=is_english) for _ in range(2))
    return Pair(kind=kind, a=a, b=b, right=frozenset({"exact_copy", "near_copy"}), is_copy=True)


def _chinese_copies(articles: list[str], rng: Random) -> Iterator[Pair]:
    for config in ("s2t", "s2hk", "s2twp"):
        for text in articles:
            simplified = _convert("t2s", text)
            yield Pair(
                kind=f"Traditional ({config})", a=simplified, b=_convert(config, simplified), right=LINKED, is_copy=True
            )
    for text in articles:
        taiwan = _wrap(_convert("s2twp", _cut(0.8)(text, rng)), rng, 0.1)
        yield Pair(kind="Traditional, cut and wrapped", a=text, b=taiwan, right=LINKED, is_copy=True)


def _look_alikes(articles: list[str], rng: Random, count: int) -> Iterator[Pair]:
    for name, template in TEMPLATES.items():
        for _ in range(count):
            a, b = company(rng), company(rng)
            is_alike = any(_is_alike(a[field], b[field]) for field in ("company", "person"))
            if not is_alike and a["name"] != b["name"]:
                yield Pair(kind=name, a=template.format(**a), b=template.format(**b), right=_APART, is_copy=False)
    for _ in range(10 * count):
        a, b = rng.sample(range(len(articles)), 2)
        yield Pair(kind="other article", a=articles[a], b=articles[b], right=frozenset({"new"}), is_copy=False)
    for event in SAME_EVENT:
        yield Pair(kind="same event in own words", a=event["a"], b=event["b"], right=frozenset({"new"}), is_copy=False)


def _is_alike(name: str, other: str) -> bool:
    """Tell whether two names share half of a short one: such notices cannot be told from rewordings (a known limit)."""
    return 2 * len(set(name) & set(other)) >= min(len(name), len(other), 4)


@cache
def _converter(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)


def _convert(config: str, text: str) -> str:
    return str(_converter(config).convert(text))


def _fresh(like: str, rng: Random, length: int) -> str:
    return chinese_article(rng, length) if _HAN.search(like) else english_article(rng, length)


def _insert(longer: str, part: str, rng: Random) -> str:
    lines = longer.split("\n")
    lines.insert(rng.randrange(1, len(lines)), part)
    return "\n".join(lines)


def _repunctuate(text: str, rng: Random) -> str:
    wide = str.maketrans("，。：（）0123456789", ",.:()０１２３４５６７８９")
    return "  ".join(re.split(r"(?<=[，,])", text)).translate(wide).replace("\n", "\r\n\u3000\u3000").upper()


def _wrap(text: str, rng: Random, share: float) -> str:
    """Put foreign lines before and after: ``share`` of the text's own length in all."""
    foreign = _fresh(text, rng, int(len(text) * share / 2)), _fresh(text, rng, int(len(text) * share / 2))
    cut = max(int(len(text) * share / 2), 20)
    return f"{foreign[0][:cut]}\n{text}\n{foreign[1][:cut]}"


def _wrapped(share: float) -> Change:
    return lambda text, rng: _wrap(text, rng, share)


def _shuffle(text: str, rng: Random) -> str:
    paragraphs = text.split("\n")
    rng.shuffle(paragraphs)
    return "\n".join(paragraphs)


def _cut(share: float) -> Change:
    return lambda text, rng: text[: int(len(text) * share)]


def _damage(share: float) -> Change:
    """Replace a share of the letters by others, as a scanner misreads them."""

    def change(text: str, rng: Random) -> str:
        letters = [at for at, char in enumerate(text) if char.isalpha()]
        damaged = list(text)
        for at in rng.sample(letters, int(len(letters) * share)):
            damaged[at] = chr(rng.randint(0x4E00, 0x9FA5)) if _HAN.match(text[at]) else rng.choice("aeionrtlcum")
        return "".join(damaged)

    return change


def _rewrite(every: int) -> Change:
    """Replace a word in each stretch of ``every`` Han characters, or of three times as many Latin ones."""

    def change(text: str, rng: Random) -> str:
        words = [w for w in re.findall(r"\w{2,9}", _fresh(text, rng, 400)) if not any(map(str.isdigit, w))]
        stretch = every if _HAN.search(text) else 3 * every
        pieces = [text[start : start + stretch] for start in range(0, len(text), stretch)]
        return "".join(_replace_word(piece, rng.choice(words)[:6], rng) for piece in pieces)

    return change


def _replace_word(piece: str, word: str, rng: Random) -> str:
    pattern = r"[\u4e00-\u9fff]{2}" if _HAN.search(piece) else r"\b[a-z]{4,}\b"
    found = list(re.finditer(pattern, piece))
    if not found:
        return piece
    at = rng.choice(found)
    return piece[: at.start()] + (word[:2] if _HAN.search(word) else word) + piece[at.end() :]


def _renumber(text: str, changes: int, rng: Random) -> str:
    """Give ``changes`` of the text's numbers another value of the same length."""
    numbers = list(_NUMBER.finditer(text))
    for found in sorted(rng.sample(numbers, changes), key=lambda match: -match.start()):
        digits = found[0]
        other = digits[:-1] + str((int(digits[-1]) + rng.randint(1, 8)) % 10)
        text = text[: found.start()] + other + text[found.end() :]
    return text


_CHANGES: dict[str, tuple[Change, frozenset[str]]] = {
    "width, punctuation, case": (_repunctuate, frozenset({"exact_copy"})),
    "light wrapper": (_wrapped(0.05), LINKED),
    "heavy wrapper": (_wrapped(0.45), LINKED),
    "paragraphs shuffled": (_shuffle, LINKED),
    "first 85 %": (_cut(0.85), LINKED),
    "first 70 %": (_cut(0.70), LINKED),
    "first 50 %": (_cut(0.50), LINKED | _HELD),
    "first 30 %": (_cut(0.30), frozenset({"contains"})),
    "rewritten lightly": (_rewrite(40), LINKED),
    "rewritten": (_rewrite(24), LINKED),
    "damaged 1 %": (_damage(0.01), LINKED),
    "damaged 4 %": (_damage(0.04), LINKED),
}

"""The articles that pairs are made from: drafts of the schemes, some of them long, and texts written as wholes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from bench.extraction.articles import load_articles
from bench.near_copies.grammar import Draft, Language, draw, schemes
from bench.near_copies.pair import Text

__all__ = ["Article", "articles", "drafted", "resemblance", "text_of", "written"]

SEEDS = Path(__file__).parents[2] / "tests" / "fixtures" / "seeds"
_LEAST = 700  # characters of a part of a seed
_SHORTEST = 300  # characters of a text written as a whole
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text, with its draft if it was drawn from a scheme."""

    text: Text
    draft: Draft | None = None

    @property
    def language(self) -> Language:
        return "zh" if self.text.language == "zh" else "en"


def articles(language: Language, rng: Random, count: int) -> list[Article]:
    """Return ``count`` articles of one language: all schemes in turn, and every sixth a text written as a whole."""
    whole = rng.sample(written(language), min(count // 6, len(written(language))))
    order = list(schemes("articles", language))
    rng.shuffle(order)
    drawn = [drafted(order[n % len(order)].name, language, rng) for n in range(count - len(whole))]
    return [Article(text=text) for text in whole] + drawn


def drafted(name: str, language: Language, rng: Random) -> Article:
    """Return an article of the scheme ``name``, most of the time with one to ten further paragraphs."""
    scheme = next(scheme for scheme in schemes("articles", language) if scheme.name == name)
    draft = draw(scheme, rng)
    for section in rng.sample(schemes("sections", language), rng.choice((0, 0, 1, 2, 3, 5, 10))):
        more = draw(section, rng, draft.facts)
        draft = replace(draft, paragraphs=_with(draft.paragraphs, more.paragraphs, rng), facts=more.facts)
    return Article(text=text_of(draft), draft=draft)


def text_of(draft: Draft) -> Text:
    """Return the text that a draft tells."""
    return Text(
        body=draft.text,
        title=draft.title,
        language=draft.language,
        scheme=draft.scheme,
        held_out=draft.held_out,
    )


@cache
def written(language: Language) -> list[Text]:
    """Return texts that were written as wholes: those of the extraction bench, and the sample articles in parts."""
    pool = [
        Text(
            body="\n".join(line for block in article.blocks for line in block.lines),
            title=article.title,
            language=language,
            scheme=article.key,
        )
        for article in load_articles(language)
        if not article.is_short
    ]
    texts = [*pool, *_samples()] if language == "zh" else pool
    return [text for text in texts if len(text.body) >= _SHORTEST]


def resemblance(a: str, b: str) -> float:
    """Return the Jaccard similarity of two texts' runs of letters and digits: 5 where the first is Chinese, else 9.

    Written apart from the rule that is measured: it only keeps what is drawn as labelled.
    """
    size = 5 if _HAN.search(a) else 9
    first, second = _runs(a, size), _runs(b, size)
    return len(first & second) / max(len(first | second), 1)


def _runs(text: str, size: int) -> set[str]:
    letters = re.sub(r"[\W_]+", "", text).lower()
    return {letters[at : at + size] for at in range(len(letters) - size + 1)}


def _with(
    paragraphs: tuple[tuple[str, ...], ...], more: tuple[tuple[str, ...], ...], rng: Random
) -> tuple[tuple[str, ...], ...]:
    at = rng.randint(2, len(paragraphs))
    return paragraphs[:at] + more + paragraphs[at:]


def _samples() -> list[Text]:
    parts: list[Text] = []
    for path in sorted(SEEDS.glob("*.txt")):
        title, *rest = path.read_text(encoding="utf-8").splitlines()
        lines: list[str] = []
        for line in rest:
            lines.append(line)
            if sum(map(len, lines)) >= _LEAST:
                parts.append(Text(body="\n".join(lines), title=title, language="zh", scheme=path.name[:3]))
                lines = []
    return parts

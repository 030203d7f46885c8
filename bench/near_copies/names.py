"""Invented and well-known names to fill into texts: persons, companies, places, products, teams, offices."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from random import Random

__all__ = ["is_name", "name_of"]


def is_name(kind: str, language: str) -> bool:
    """Tell whether there are names of this kind."""
    return kind in _KINDS or kind in _lists()[language]


def name_of(kind: str, language: str, taken: set[str], rng: Random) -> str:
    """Return a name of this kind that is not among ``taken``.

    Codes are six digits for Chinese securities, letters for others.
    """
    for _ in range(200):
        name = _KINDS[kind](language, rng) if kind in _KINDS else rng.choice(_lists()[language][kind])
        if name not in taken:
            return name
    raise ValueError(f"no more names of kind {kind!r}")


def _person(language: str, rng: Random) -> str:
    names = _lists()[language]
    if language == "en":
        return f"{rng.choice(names['first'])} {rng.choice(names['last'])}"
    return rng.choice(names["surname"]) + "".join(rng.sample(names["given"], rng.choice((1, 2, 2))))


def _company(language: str, rng: Random) -> str:
    names = _lists()[language]
    if rng.random() < 0.5:
        return rng.choice(names["known_company"])
    return ("" if language == "zh" else " ").join(
        (rng.choice(names["company_head"]), rng.choice(names["company_tail"]))
    )


def _code(language: str, rng: Random) -> str:
    if language == "en":
        return "".join(rng.sample("ABCDEFGHIKLMNOPRSTUVWXZ", 4))
    return f"{rng.choice(('60', '00', '30', '68'))}{rng.randint(1000, 3999)}"


_KINDS = {"person": _person, "company": _company, "code": _code}


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    """Return lists by language and kind. In the file, names are parted by `、` (zh) or `, ` (en)."""
    raw = tomllib.loads((Path(__file__).parent / "texts" / "names.toml").read_text(encoding="utf-8"))
    return {
        language: {kind: value.strip().replace("\n", sep).split(sep) for kind, value in raw[language].items()}
        for language, sep in (("zh", "、"), ("en", ", "))
    }

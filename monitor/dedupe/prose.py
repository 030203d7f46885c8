"""What one text tells in sentences of its own, and another lacks.

Two stories of one outlet may share a paragraph of background, a disclaimer or the words about a company; what makes
them two is what each tells first. Lines that are no sentences (headers, links, credits) tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.dedupe.body import Body
from monitor.dedupe.shingles import runs
from monitor.read.normalize import squeeze

__all__ = ["Own", "leads_with_own", "own_prose"]

_FEW = 64  # shingles that are searched for one by one: to know all of a text takes three times as long
_HELD = 0.25  # of a sentence's shingles; a rewritten sentence keeps more, another one has less
_CJK_SENTENCE = 12  # letters; a shorter one says little
_LATIN_SENTENCE = 40
# A run of words, and what ends it as a sentence; without that it is a line that tells nothing.
_SENTENCE = re.compile(r"([^。！？!?;；\n.]+(?:\.(?=\S)[^。！？!?;；\n.]*)*)([。！？!?;；]|\.(?=\s|[\"'”’)]|$))?")
# What stands in every text of one publisher, and tells nothing of the day's.
_STANDING = re.compile(
    r"(?:^|[\n。！？])\W{0,4}(?:风险提示|风险警示|免责声明|免责条款|特别声明|重要声明|重要提示|版权声明)\W{0,4}[:\n]"
    r"|\n\W{0,4}(?:关于(?!.{0,30}的)\S{2,16}|about (?!\d)[^\n.]{2,40}|disclaimer|notes? to editors"
    r"|(?:cautionary (?:note|statement) regarding )?forward-looking (?:statements?|information)"
    r"|safe harbou?r[^\n.]{0,40})\W{0,4}\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The part of a text's sentences that another text lacks: its ``share`` of their letters, 0-1.

    ``leads``: the first sentence is among them.
    """

    share: float
    leads: bool


def own_prose(body: Body, other: Body) -> Own:
    """Return what ``body`` tells that ``other`` lacks."""
    told = [(len(sentence), _is_own(sentence, body, other)) for sentence in _sentences(body)]
    letters = sum(length for length, _ in told)
    return Own(
        share=sum(length for length, is_own in told if is_own) / letters if letters else 0.0,
        leads=bool(told) and told[0][1],
    )


def leads_with_own(body: Body, other: Body) -> bool:
    """Tell whether the first sentence of ``body`` is one that ``other`` lacks."""
    first = next(_sentences(body), None)
    if first is None:
        return False
    if len(first) - body.size >= _FEW or other.size != body.size:
        return _is_own(first, body, other)
    pieces = [first[at : at + body.size] for at in range(len(first) - body.size + 1)]
    return sum(map(other.normalized.__contains__, pieces)) < _HELD * len(pieces)


def _is_own(sentence: str, body: Body, other: Body) -> bool:
    """Tell whether another text lacks a sentence of ``body``; one that stands there word for word is told cheaply."""
    if other.size != body.size:
        return True
    return sentence not in other.normalized and _held(sentence, body.size, other.shingles) < _HELD


def _sentences(body: Body) -> Iterator[str]:
    """Yield the normalised sentences of running text, up to what stands in every text of the publisher."""
    least = _LATIN_SENTENCE if body.is_latin else _CJK_SENTENCE
    found = (squeeze(run[1]) for run in _runs(body.prepared) if run[2])
    return (sentence for sentence in found if len(sentence) >= least)


def _runs(prepared: str) -> Iterator[re.Match[str]]:
    """Yield the runs of words; what stands in every text is looked for behind the first tenth only."""
    tenth, at = len(prepared) // 10, 0
    for run in _SENTENCE.finditer(prepared):
        at = run.start()
        if run.end() >= tenth:
            break
        yield run
    else:
        return
    standing = _STANDING.search(prepared, tenth)
    yield from _SENTENCE.finditer(prepared[: standing.start() + 1] if standing else prepared, at)


def _held(sentence: str, size: int, known: frozenset[bytes]) -> float:
    found = [*runs(sentence, size)]
    return sum(map(known.__contains__, found)) / len(found)

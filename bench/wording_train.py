"""Learn from the labelled texts what the wording around a name says of it, and write ``monitor/tag/wording.txt``.

Run as ``python -m bench.wording_train``, which is done again when texts are added; ``--leave-out blind-8`` writes
nothing and tells how the wording alone, learned on all others, tells the names in the texts whose id begins so.
An example is an ambiguous model's name in its sentence; it is a model's if the text is labelled with it. Each word's
weight is that of a logistic regression whose inputs are scaled by how unevenly the word is spread over the two
classes (Wang and Manning 2012, naive Bayes as scale; here the absolute log-ratio of counts, and a Gaussian prior).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.tagging import PARTS, TEXTS, family, read_rows
from bench.wording_fit import fitted
from monitor.tag.catalogue import load_catalogue
from monitor.tag.evidence import Judgement
from monitor.tag.gathered import Evidence, Hit
from monitor.tag.lexicon import build_lexicon
from monitor.tag.tagger import Tagger
from monitor.tag.wording import FILE, around, words_of
from storage.states import Tagging

__all__ = ["Example", "examples", "learned"]

_BLIND = TEXTS[0].with_name("blind.jsonl")
_FEWEST = 2  # texts that have a word
_MOST = 10_000  # words and pairs kept: 5,000 do as well, all 20,000 no better
_SMOOTHED = 0.5  # added to each count
_PRIOR = 3.0  # inverse of the prior's precision: 1 to 10 make no difference
_SPARED = 0.005  # weights below are left out
_HEAVIEST = 3.0  # no word tells alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The words around a name, the id of its text, and whether the text is labelled with the model."""

    words: Mapping[str, float]
    text: str
    is_model: bool


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    found = list(examples())
    if options.leave_out:
        print(_told([one for one in found if not one.text.startswith(options.leave_out)], options.leave_out, found))
        return 0
    weights = learned(found)
    lines = (f"{weight:.2f}\t{words}" for words, weight in sorted(weights.items()))
    FILE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(weights)} weights from {len(found)} names")
    return 0


def examples() -> Iterator[Example]:
    """Yield each ambiguous model's name of the labelled texts, but for those that are arguable."""
    noted: list[tuple[Hit, Mapping[str, float]]] = []
    tagger = Tagger(build_lexicon(load_catalogue()), _noting(noted))
    for row in (row for path in _learned_from() for row in read_rows(path)):
        noted.clear()
        tagger.read(row["title"], row["text"])
        named, open_ = set(map(family, row["entities"])), set(map(family, row["may"]))
        for hit, words in noted:
            if family(hit.entity) not in open_:
                yield Example(words=words, text=row["id"], is_model=family(hit.entity) in named)


def _learned_from() -> list[Path]:
    """Return the files of labelled texts, but for those that are held out."""
    return [path for path in (*TEXTS, *PARTS.values(), _BLIND) if not path.stem.endswith("_held_out")]


def _noting(noted: list[tuple[Hit, Mapping[str, float]]]) -> Callable[[Hit, Evidence], Judgement]:
    """Return a judge that notes each model's name that it is asked about and refuses all, so that it is asked once."""

    def note(hit: Hit, evidence: Evidence) -> Judgement:
        if hit.kind == "model":
            noted.append((hit, words_of(*around(evidence.context, hit.start, hit.stop))))
        return Judgement(0, (), Tagging.NO)

    return note


def learned(found: Sequence[Example]) -> dict[str, float]:
    """Return the weights of the words that tell most."""
    kept = _vocabulary(found)
    rows, columns, near = _entries(found, kept)
    truth = np.array([one.is_model for one in found], dtype=np.float64)
    scale = _uneven(columns, truth[rows], len(kept))
    weights = scale * fitted(rows, columns, near * scale[columns], truth, width=len(kept), prior=_PRIOR)
    counts = np.bincount(columns, minlength=len(kept))
    telling = np.argsort(-np.abs(weights) * np.sqrt(counts), kind="stable")[:_MOST]
    weights = weights.clip(-_HEAVIEST, _HEAVIEST)
    return {kept[at]: float(weights[at]) for at in telling if abs(weights[at]) >= _SPARED}


def _vocabulary(found: Iterable[Example]) -> list[str]:
    texts = Counter(word for _, word in {(one.text, word) for one in found for word in one.words})
    return sorted(word for word, count in texts.items() if count >= _FEWEST)


def _entries(
    found: Sequence[Example], kept: Sequence[str]
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[np.float64]]:
    """Return the row, the column and the value of each entry of the table of examples by words."""
    column = {word: at for at, word in enumerate(kept)}
    entries = [
        (row, column[word], near) for row, one in enumerate(found) for word, near in one.words.items() if word in column
    ]
    rows, columns, near = zip(*entries, strict=True)
    return np.array(rows), np.array(columns), np.array(near, dtype=np.float64)


def _uneven(columns: npt.NDArray[Any], truth: npt.NDArray[np.float64], width: int) -> npt.NDArray[np.float64]:
    """Return for each word the absolute logarithm of its share among models' names to that among others."""
    for_it = np.bincount(columns, truth, minlength=width) + _SMOOTHED
    against = np.bincount(columns, 1 - truth, minlength=width) + _SMOOTHED
    uneven: npt.NDArray[np.float64] = np.log(for_it / for_it.sum() / (against / against.sum()))
    return np.abs(uneven)


def _told(rest: Sequence[Example], prefix: str, found: Iterable[Example]) -> str:
    weights = learned(rest)
    left = [one for one in found if one.text.startswith(prefix)]
    right = sum((_odds(weights, one.words) > 0) == one.is_model for one in left)
    return f"{right} of {len(left)} names told rightly by the wording alone, learned on {len(rest)} others"


def _odds(weights: Mapping[str, float], words: Mapping[str, float]) -> float:
    return sum(near * weights.get(word, 0.0) for word, near in words.items())


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.wording_train", description=__doc__)
    parser.add_argument(
        "--leave-out", metavar="PREFIX", help="learn without the texts whose id begins so, and judge them"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())

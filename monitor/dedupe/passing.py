"""Numbers of a page that change by themselves: quotes of shares as of now, and how many read it.

A page that is read again has others each time, and none of them corrects what it reports.
"""

from __future__ import annotations

import re

from monitor.dedupe.counters import counts_readers

__all__ = ["without_passing"]

_SENTENCE = re.compile(r"[^。！？!?\n]*?(?:[。！？!?\n]|\.(?=\s|$)|$)")
_PASSES = re.compile(r"\d[\d.,%]*|[涨漲跌升降]|\b(?:up|down|rose|fell|gained|lost|higher|lower)\b", re.IGNORECASE)
_NOW = (
    r"截[至止](?:[本记]?[发發成][稿文]|[发發]布|目前|[当當]前|\d+[时時:])|[发發]稿[时時前]|"
    r"\bas of (?:press time|publication|(?:this )?writing|now)|\bat (?:press time|the time of (?:writing|publication))"
)
_QUOTE = (
    r"股[价價报報]|[报報](?:价|價|\d)|[上下]?[涨漲跌](?:幅|超|逾|近|停|至|[了约約]?\d)|市值|"
    r"\b(?:shares?|stocks?)\b|\b(?:rose|fell|up|down|gained|lost|dropped|slid|climbed|jumped|trad(?:ed|ing)) "
)
_IS_QUOTE = re.compile(rf"(?=.*(?:{_NOW}))(?=.*(?:{_QUOTE}))", re.IGNORECASE | re.DOTALL)


def without_passing(text: str) -> str:
    """Return a text without numbers, ups and downs in sentences that quote shares as of now or count its readers."""
    return _SENTENCE.sub(lambda found: _stilled(found.group()), text)


def _stilled(sentence: str) -> str:
    if not (counts_readers(sentence) or _IS_QUOTE.match(sentence)):
        return sentence
    return _PASSES.sub("", sentence)

"""English verbs are sought by how they may begin; that finds what trying each of them at each word finds."""

from __future__ import annotations

import re

from bench.stated import DATA, PARTS
from bench.tagging import read_rows
from monitor.tag.stated_english import ENGLISH


def test_every_verb_begins_as_the_search_expects() -> None:
    pattern = ENGLISH.verbs.pattern
    everywhere = re.compile(r"\b(?:" + pattern[pattern.index("(?:\n") + 3 :], re.VERBOSE)
    texts = [row["text"].lower() for part in PARTS for row in read_rows(DATA / f"{part}.jsonl") if row["group"] == "en"]

    told = [[(one.span(), one.lastgroup) for one in everywhere.finditer(text)] for text in texts]

    assert sum(map(len, told)) > 500
    assert [[(one.span(), one.lastgroup) for one in ENGLISH.verbs.finditer(text)] for text in texts] == told

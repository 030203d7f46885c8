"""The words and numbers that newswatch answers with are explained, and no others are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pytest

from monitor.web.health import Pulse, render_metrics
from storage.database import open_store
from storage.feed import counters
from storage.records import DeliveryState, HitReason, ItemState, Outcome, VerdictKind
from tests.docs.blocks import ROOT

GLOSSARY = ROOT / "docs/glossary.md"
_FIRST_CELL = re.compile(r"^\| `([a-z_]+)` \|", re.MULTILINE)


def section(page: Path, heading: str) -> str:
    parts = re.split(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[heading]


@pytest.mark.parametrize(("heading", "words"), [("Outcomes", Outcome), ("Verdicts", VerdictKind)])
def test_words_have_their_table(heading: str, words: type[StrEnum]) -> None:
    assert _FIRST_CELL.findall(section(GLOSSARY, heading)) == [word.value for word in words]


@pytest.mark.parametrize("outcome", Outcome)
def test_outcome_is_listed_with_its_state(outcome: Outcome) -> None:
    assert f"| `{outcome.value}` | {outcome.state.value} |" in section(GLOSSARY, "Outcomes")


@pytest.mark.parametrize("word", [*ItemState, *DeliveryState, *HitReason])
def test_word_is_in_the_glossary(word: StrEnum) -> None:
    assert re.search(rf"[*`]{word.value}[*`]", GLOSSARY.read_text(encoding="utf-8"))


def test_metrics_are_listed(tmp_path: Path) -> None:
    store = open_store(tmp_path / "newswatch.db", now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    with store.read() as session:
        numbers = counters(session)
    store.close()
    pulse = Pulse(writer_answers=True, tick_age_s=0.0, free_bytes=0, outbox_age_s=0.0, counters=numbers)
    names = re.findall(r"^# TYPE (\w+)", render_metrics(pulse).decode(), flags=re.MULTILINE)

    assert sorted(_FIRST_CELL.findall(section(ROOT / "docs/operation.md", "Metrics"))) == sorted(names)

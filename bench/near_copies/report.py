"""Prints what the bench found: tables, misjudged pairs with their differences, and figures that miss their floors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from bench.near_copies.judge import Judged

__all__ = ["below_floors", "figures_table", "kinds_table", "peers_table", "speed_table", "worst"]

_CONTEXT = 12  # characters shown on either side of a difference
_SHOWN = 14  # differences shown of a pair
_TOKEN = re.compile(r"[a-zA-Z]+|\d+|.", re.DOTALL)
_SHARES = ("recall", "found", "traditional", "contained", "revisions_named", "copies_right")


def kinds_table(kinds: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return a line for each kind."""
    lines = [f"{'kind':48} {'pairs':>6} {'right':>6} {'linked':>6} {'nominated':>9}  verdicts"]
    for kind, row in kinds.items():
        verdicts = ", ".join(f"{verdict} {count}" for verdict, count in row["verdicts"].items())
        lines.append(
            f"{kind:48} {row['pairs']:6} {row['right']:6.3f} {row['linked']:6.3f} {row['nominated']:9.3f}  {verdicts}"
        )
    return lines


def figures_table(columns: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return a line for each figure that has a goal, with a column for each part of the pairs."""
    lines = [f"{'':20}" + "".join(f"{name:>12}" for name in columns)]
    lines += [f"{name:20}" + "".join(f"{column[name]:12.4f}" for column in columns.values()) for name in _SHARES]
    counted = ("templates_merged", "others_linked", "look_alikes")
    lines += [f"{name:20}" + "".join(f"{column[name]:12.0f}" for column in columns.values()) for name in counted]
    return lines


def peers_table(table: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return a line for ours and each peer: what it links of copies and revisions, and falsely of look-alikes."""
    names = ("copies", "revisions", "templates", "others")
    lines = [f"{'linked of the same pairs':40}" + "".join(f"{name:>11}" for name in names)]
    return lines + [f"{peer:40}" + "".join(f"{row[name]:11.4f}" for name in names) for peer, row in table.items()]


def speed_table(result: Mapping[str, Any]) -> list[str]:
    """Return sketches per CPU second by library and length, and documents of 2,000 characters by step of the tier."""
    sketches = result["sketches_per_cpu_s"]
    lengths = next(iter(sketches.values()))
    lines = [f"{'sketches per CPU second':40}" + "".join(f"{length:>11}" for length in lengths)]
    lines += [f"{name:40}" + "".join(f"{rate:11.0f}" for rate in rates.values()) for name, rates in sketches.items()]
    steps = ", ".join(f"{step} {rate:.0f}" for step, rate in result["tier_per_cpu_s"].items())
    comparisons = ", ".join(f"{kind} {rate:.0f}" for kind, rate in result["comparisons_per_cpu_s"].items())
    return [
        *lines,
        f"documents of 2,000 characters per CPU second: {steps}",
        f"comparisons of such with another per CPU second: {comparisons}",
    ]


def worst(judged: Sequence[Judged], count: int, kind: str | None) -> Iterator[str]:
    """Yield up to ``count`` misjudged pairs of each kind, with what differs. Pairs that are held out stay unseen."""
    shown: dict[str, int] = defaultdict(int)
    for one in judged:
        name = f"{one.pair.kind}, {one.pair.language}"
        is_wanted = not kind or kind in name
        is_wrong = not one.is_right or (one.pair.goal not in ("template", "other") and not one.is_nominated)
        if is_wanted and is_wrong and not one.pair.held_out and shown[name] < count:
            shown[name] += 1
            yield from _told(name, one)


def below_floors(result: Mapping[str, Any], floors: Mapping[str, Any]) -> list[str]:
    """Return a line for each measured figure that is below its floor, or above its ceiling (``max_...``)."""
    failures = []
    for part, figures in floors.items():
        if part not in result:
            continue
        for name, floor in figures.items():
            value = result[part][name.removeprefix("max_")]
            is_missed = value > floor if name.startswith("max_") else value < floor
            if is_missed:
                failures.append(f"{part}: {name} is {value:.4f}, pinned at {floor}")
    return failures


def _told(name: str, one: Judged) -> Iterator[str]:
    found = one.evidence
    wanted = "/".join(sorted(one.pair.right))
    nominated = "" if one.is_nominated else ", not nominated"
    yield f"\n--- {name}: {one.verdict}, expected {wanted}{nominated} ({one.pair.a.scheme})"
    yield f"    {one.why}"
    yield f"    J {found.similarity:.3f}, of A {found.containment_a:.3f}, of B {found.containment_b:.3f}"
    for name, text in (("A", one.pair.a), ("B", one.pair.b)):
        yield f"    {name}: {text.title} ({len(text.body)} characters)"
    yield from _differences(one.pair.a.body, one.pair.b.body)


def _differences(a: str, b: str) -> Iterator[str]:
    """Yield the first differing places, each with a little of what stands round it."""
    words_a, words_b = _TOKEN.findall(a), _TOKEN.findall(b)
    matcher = SequenceMatcher(None, words_a, words_b, autojunk=False)
    differing = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    for _, a0, a1, b0, b1 in differing[:_SHOWN]:
        before, after = "".join(words_a[max(a0 - _CONTEXT, 0) : a0]), "".join(words_a[a1 : a1 + _CONTEXT])
        old, new = "".join(words_a[a0:a1]), "".join(words_b[b0:b1])
        yield f"      {_short(before)}[{_short(old, 60)} -> {_short(new, 60)}]{_short(after)}"
    if len(differing) > _SHOWN:
        yield f"      ... and {len(differing) - _SHOWN} more places"


def _short(text: str, length: int = 40) -> str:
    line = text.replace("\n", "⏎")
    return line if len(line) <= length else f"{line[: length // 2]}…{line[-length // 2 :]}"

"""The service as a whole: start, throughput, polls, stalls, idling, each against its goal.

    python -m bench.service [--json] [--check] [--copies 200] [--only NAME ...]

Sites are served on loopback by a process of their own. CPU is that of the measured process, not of the site; peers run
in the same run on the same pages. G5 is measured by ``bench.fetch``, the quality figures by the benches of their names.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable

from bench.service import idle, polls, stalls, starts, throughput
from bench.service.figures import Figure, as_rows, missed, table

_Measures = dict[str, Callable[[], Iterable[Figure]]]


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    chosen = _measures(options.copies)
    figures: list[Figure] = []
    for name in options.only or chosen:
        found = list(chosen[name]())
        figures += found
        if not options.json:
            print(f"-- {name}\n{table(found)}\n", flush=True)
    if options.json:
        print(json.dumps(as_rows(figures), ensure_ascii=False, indent=2))
    failures = missed(figures)
    if options.check and failures:
        print(f"missed:\n{table(failures)}", file=sys.stderr)
    return 1 if options.check and failures else 0


def _measures(copies: int) -> _Measures:
    return {
        "help": starts.help_command,
        "start": starts.cold_start,
        "memory": idle.memory,
        "polls": polls.unchanged_polls,
        "throughput": lambda: throughput.throughput(copies),
        "stalls": stalls.stalls,
        "idle": idle.thousand_sources,
    }


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    parser.add_argument("--check", action="store_true", help="fail when a goal is missed")
    parser.add_argument("--copies", type=int, default=200, help="documents made of each seed (default 200)")
    parser.add_argument("--only", nargs="+", choices=_measures(0), help="measure these parts alone")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

"""Command line of the extraction bench: ``python -m bench.extraction``; ``--check`` fails below the floors."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench.extraction.extractors import FAST, OURS, available, missing
from bench.extraction.layouts import LAYOUTS
from bench.extraction.report import below_floors, table, worst
from bench.extraction.run import run, summary

FLOORS = Path(__file__).parent.parent / "floors.json"
CHECKED = (FAST, "resiliparse")  # the peers of CI, which has no others installed


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description="Measure extraction beside peers.")
    parser.add_argument("--check", action="store_true", help="with the peers of CI; fail below the floors")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--alone", action="store_true", help="without peers")
    parser.add_argument("--layout", choices=[layout.name for layout in LAYOUTS], help="only the pages of one layout")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show what differs on the N worst pages")
    options = parser.parse_args(arguments)
    peers = () if options.alone else CHECKED if options.check else None
    runs = run(available(peers), options.layout)
    figures = summary(runs)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        print("\n".join([*table(figures), *worst(runs[OURS], options.worst)]))
        if peers is None and missing():
            print(f"\nnot installed: {', '.join(missing())}")
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["extraction"] if options.check else {}
    failures = below_floors(figures[OURS], floors)
    print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

"""The extraction bench: pages of known layouts with gold answers, peers in the same run, floors.

Run as ``python -m bench.extraction``. The pages are written by the people who wrote the extractor's tests, though not
by those who wrote its rules: they show classes of mistakes, regressions and ratios, not how good extraction is on the
web. ``docs/design/0010-extraction.md`` has the figures.
"""

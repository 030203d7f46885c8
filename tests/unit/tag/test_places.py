"""What lies between merged places."""

from __future__ import annotations

import pytest

from monitor.tag.places import Cover, Place


@pytest.mark.parametrize(
    ("places", "merged", "gaps"),
    [
        ([], [], [(0, 9)]),
        ([(2, 4)], [(2, 4)], [(0, 2), (4, 9)]),
        ([(3, 6), (0, 4)], [(0, 6)], [(0, 0), (6, 9)]),
        ([(1, 2), (5, 9)], [(1, 2), (5, 9)], [(0, 1), (2, 5), (9, 9)]),
    ],
    ids=["none", "one", "overlapping, from the start", "two, to the end"],
)
def test_gaps_lie_between_the_merged_places(places: list[Place], merged: list[Place], gaps: list[Place]) -> None:
    cover = Cover(places)
    assert (list(cover), list(cover.gaps(9))) == (merged, gaps)

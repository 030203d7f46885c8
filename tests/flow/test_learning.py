"""What a host does not teach: the paragraphs of one story that it prints again and again."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from tests.flow.world import World
from tests.site.stories import STORIES

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


WHOLE = STORIES["002"].paragraphs
PRINTS = {
    "whole": WHOLE,
    "without its beginning": WHOLE[1:],
    "without its middle": (*WHOLE[:2], *WHOLE[-2:]),
    "in another order": (WHOLE[0], *WHOLE[2:-1], WHOLE[1], WHOLE[-1]),
    "with a remark": ("小编按：这是一则值得一读的报道，供各位读者参考。", *WHOLE),
}
ORDERS = [order for index, order in enumerate(permutations(PRINTS)) if index % 30 == 7]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order[0])
async def test_versions_of_one_story_keep_their_paragraphs_in_any_order(tmp_path: Path, order: tuple[str, ...]) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    source = {"id": "inbox", "kind": "folder", "path": str(inbox), "every": "1s"}
    async with World.open(tmp_path, sources=[source]) as world:
        for number, name in enumerate(order):
            text = "\n\n".join((f"版本{number}的题目", *PRINTS[name]))
            (inbox / f"{number}.txt").write_text(text, encoding="utf-8")
            world.clock.advance(hours=1)
            await world.run_pass()
        texts = {shown.title: world.text(shown.id) for shown in world.articles()}
        for number, name in enumerate(order):
            kept = texts[f"版本{number}的题目"].split("\n")
            assert [line for line in PRINTS[name] if line not in kept] == []

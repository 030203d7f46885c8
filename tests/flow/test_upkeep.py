"""What is too old is let go of, articles never; what is young stays."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor.upkeep import let_go
from storage.tables import articles, mentions, polls, profiles, raws, sightings, tallies
from tests.flow.world import World

pytestmark = pytest.mark.anyio

SAMPLES = Path(__file__).parents[2] / "samples"
PASSING, LASTING = (polls, raws, profiles, sightings), (articles, mentions, tallies)


def counts(world: World) -> dict[str, int]:
    with world.daemon.rt.store.read() as session:
        asked = {table.name: select(func.count()).select_from(table) for table in (*PASSING, *LASTING)}
        return {name: session.scalar(count) or 0 for name, count in asked.items()}


async def test_upkeep_keeps_articles_and_lets_go_of_the_rest_in_time(tmp_path: Path) -> None:
    async with World.open(tmp_path, sources=[{"id": "samples", "kind": "folder", "path": str(SAMPLES)}]) as world:
        await world.run_pass()
        first = counts(world)
        assert min(first.values()) > 0, first

        await let_go(world.daemon.rt)
        assert counts(world) == first

        world.clock.advance(days=400)
        await let_go(world.daemon.rt)
        assert counts(world) == first | {table.name: 0 for table in PASSING}

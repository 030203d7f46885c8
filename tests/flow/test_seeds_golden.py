"""The five seeds through the whole pipeline, byte for byte; ``python -m tests.flow.test_seeds_golden`` records anew."""

import asyncio
import json
import tempfile
from pathlib import Path

import pytest

from alerts.markdown import escape
from storage.feed import as_json, get_article
from tests.flow.world import World

pytestmark = pytest.mark.anyio

FIXTURES = Path(__file__).parents[1] / "fixtures"
SEEDS = FIXTURES / "seeds"
GOLDEN = FIXTURES / "golden"
FEED, DIGEST = "feed.json", "digest.md"


async def whole_way(root: Path) -> dict[str, str]:
    """Return the feed and the first digest that the seeds end as, without the local path."""
    async with World.open(root, sources=[{"id": "seeds", "kind": "folder", "path": str(SEEDS)}]) as world:
        await world.run_pass()
        with world.daemon.rt.store.read() as session:
            articles = [as_json(get_article(session, article.id)) for article in reversed(world.articles())]
        (digest,) = world.digests()
        feed = json.dumps(articles, ensure_ascii=False, indent=1) + "\n"
        return {
            FEED: feed.replace(str(SEEDS), "SEEDS").replace(str(root), "ROOT"),
            DIGEST: digest.read_text("utf-8").replace(escape(str(SEEDS)), "SEEDS"),
        }


@pytest.mark.parametrize("name", [FEED, DIGEST])
async def test_the_seeds_end_as_recorded(tmp_path: Path, name: str) -> None:
    assert (await whole_way(tmp_path))[name] == (GOLDEN / name).read_text("utf-8")


async def test_every_seed_is_one_article_in_a_story_of_its_own(tmp_path: Path) -> None:
    async with World.open(tmp_path, sources=[{"id": "seeds", "kind": "folder", "path": str(SEEDS)}]) as world:
        await world.run_pass()
        assert world.outcomes() == {"stored": 5}
        assert len({article.story_id for article in world.articles()}) == 5


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name, content in asyncio.run(whole_way(Path(folder))).items():
            (GOLDEN / name).write_text(content, "utf-8")

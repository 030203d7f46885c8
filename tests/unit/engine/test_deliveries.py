import asyncio
from collections import Counter

import anyio
import pytest

from monitor.engine.deliveries import DeliveryEngine

pytestmark = pytest.mark.anyio


async def test_a_slow_channel_delays_no_other() -> None:
    gate, drained = asyncio.Event(), Counter[str]()

    async def drain(channel: str) -> int:
        if channel == "slow":
            await gate.wait()
        drained[channel] += 1
        return 1

    engine = DeliveryEngine(drain)
    with anyio.fail_after(10):
        for _ in range(3):
            engine.tick(["slow", "fast"])
            while engine.busy > 1:
                await asyncio.sleep(0)
        assert drained == {"fast": 3}
        assert engine.busy == 1
        gate.set()
        await engine.drain(5)
    assert drained == {"fast": 3, "slow": 1}


async def test_a_channel_that_fails_is_tried_again_and_stops_no_other() -> None:
    drained = Counter[str]()

    async def drain(channel: str) -> int:
        drained[channel] += 1
        if channel == "broken":
            raise RuntimeError("no such thing")
        return 0

    engine = DeliveryEngine(drain)
    for _ in range(2):
        engine.tick(["broken", "whole"])
        await engine.drain(5)
    assert drained == {"broken": 2, "whole": 2}


async def test_a_flush_goes_on_until_nothing_more_leaves() -> None:
    left = {"a": [20, 20, 5], "b": []}

    async def drain(channel: str) -> int:
        return left[channel].pop(0) if left[channel] else 0

    assert await DeliveryEngine(drain).flush(["a", "b"]) == 45


async def test_what_hangs_at_the_end_is_abandoned() -> None:
    cancelled = asyncio.Event()

    async def drain(_channel: str) -> int:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return 0

    engine = DeliveryEngine(drain)
    engine.tick(["hangs"])
    await asyncio.sleep(0)
    with anyio.fail_after(5):
        await engine.drain(0.01)
    assert cancelled.is_set()
    assert engine.busy == 0

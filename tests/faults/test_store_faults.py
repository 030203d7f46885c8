"""A SQLite store under faults: killed, locked out, full, damaged, foreign, half migrated."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from storage import articles as article_store
from storage import frontier, schema
from storage.database import Store, StoreBusy, StoreError, StoreFull, open_backend, open_reader, open_store
from storage.records import VerdictKind
from storage.sqlite import SqliteBackend
from storage.tables import articles, bands, fingerprints, mentions, sentences, sources, stories
from tests.unit.storage.worlds import NOW, after, article, spec

ROOT = Path(__file__).parents[2]

Child = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def child() -> Iterator[Child]:
    """Return a function that starts a program of ``tests.unit.storage.child``; all are ended at the end."""
    running: list[subprocess.Popen[str]] = []

    def start(program: str, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.unit.storage.child", program, *map(str, arguments)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        process: subprocess.Popen[str] = subprocess.Popen(command, cwd=ROOT, **pipes)  # type: ignore[call-overload]
        running.append(process)
        assert heard(process).isdigit()
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def kill(process: subprocess.Popen[str]) -> list[str]:
    """Kill as with -9 and return what was still said."""
    process.kill()
    assert process.stdout is not None
    said = process.stdout.read().split()
    process.wait()
    return said


def opened(path: Path, **options: Any) -> Store:
    return open_backend(SqliteBackend(path, **options), now=lambda: NOW)


def rows(store: Store, statement: Any) -> list[Any]:
    with store.read() as session:
        return list(session.execute(statement).all())


def count(store: Store, *tables: Any) -> int:
    return sum(int(rows(store, select(func.count()).select_from(table))[0][0]) for table in tables)


def add_source(store: Store, name: str = "wire") -> None:
    store.write(lambda session: frontier.sync_sources(session, [spec(name)], now=NOW))


def add_article(store: Store, key: str, words: str = "正文", **changes: Any) -> None:
    value = article(key, words, **changes)
    store.write(
        lambda session: article_store.insert_article(session, value, verdict=VerdictKind.NEW, story_id=None, now=NOW)
    )


class TestKilled:
    def test_acknowledged_articles_survive_whole(self, path: Path, child: Child) -> None:
        for _ in range(3):
            process = child("insert_for_ever", path)
            said = [heard(process) for _ in range(20)] + kill(process)
            acknowledged = int(said[-1])
            store = opened(path)
            found = count(store, articles)
            assert acknowledged <= found <= acknowledged + 1
            assert count(store, stories) == found
            assert count(store, *fingerprints) == 2 * found  # in the slots of this period and of the next
            assert count(store, mentions) == 5 * found
            assert count(store, *bands) == count(store, *sentences) == 2 * 40 * found
            crowned = select(func.count()).select_from(stories).where(stories.c.canonical_id.is_not(None))
            assert rows(store, crowned)[0][0] == found
            assert rows(store, text("PRAGMA integrity_check"))[0][0] == "ok"
            store.close()
            path.unlink()

    def test_half_a_transaction_is_none(self, path: Path, child: Child) -> None:
        process = child("stop_half_way", path)
        assert heard(process) == "half"
        kill(process)
        store = opened(path)
        assert count(store, sources) == 0
        add_source(store)
        store.close()

    def test_backup_that_has_its_name_is_whole(self, path: Path, tmp_path: Path, child: Child) -> None:
        store = opened(path)
        for number in range(50):
            add_article(store, f"a{number}", "文" * 10_000)
        store.close()
        folder = tmp_path / "copies"
        process = child("back_up_for_ever", path, folder)
        assert [heard(process) for _ in range(3)] == ["0", "1", "2"]
        kill(process)
        copies = [copy for copy in folder.iterdir() if not copy.name.startswith(".")]
        assert len(copies) >= 3
        for copy in copies:
            reader = open_reader(copy)
            assert count(reader, articles) == 50
            reader.close()


class TestTwoProcesses:
    def test_two_writers_lose_no_update(self, path: Path, child: Child) -> None:
        store = opened(path)
        add_source(store)
        both = [child("count_up", path, 100) for _ in range(2)]
        assert [heard(process) for process in both] == ["done", "done"]
        assert rows(store, select(sources.c.failures))[0].failures == 200
        store.close()

    def test_two_that_make_the_same_store_make_one(self, path: Path, child: Child) -> None:
        both = [child("loaded_modules", path) for _ in range(2)]
        assert [heard(process) for process in both] == ["[]", "[]"]
        assert not list(path.parent.glob(".*"))

    def test_lock_of_another_program_delays_a_write(self, path: Path, child: Child) -> None:
        store = opened(path)
        other = child("hold_lock", path)
        assert heard(other) == "locked"
        writing = threading.Thread(target=add_source, args=(store,))
        writing.start()
        writing.join(timeout=0.3)
        assert writing.is_alive()
        assert count(store, sources) == 0  # readers are not held up
        tell(other)
        writing.join(timeout=30)
        assert count(store, sources) == 1
        store.close()

    def test_lock_held_too_long_is_an_error_that_passes(self, path: Path, child: Child) -> None:
        store = opened(path, busy_timeout_s=0.05)
        add_source(store)
        other = child("hold_lock", path)
        assert heard(other) == "locked"
        with pytest.raises(StoreBusy, match="another process") as caught:
            add_article(store, "a")
        assert not caught.value.permanent
        tell(other)
        other.wait(timeout=30)
        add_article(store, "a")
        assert count(store, articles) == 1
        store.close()


class TestFull:
    def test_full_disk_loses_nothing_and_passes(self, path: Path) -> None:
        store = opened(path)
        add_article(store, "before")
        (pages,) = store.write(lambda session: session.execute(text("PRAGMA page_count")).one())
        store.write(lambda session: session.execute(text(f"PRAGMA max_page_count = {pages}")).all())
        with pytest.raises(StoreFull, match="no room") as caught:
            add_article(store, "big", "文" * 100_000)
        assert not caught.value.permanent
        assert [row.key for row in rows(store, select(articles.c.key))] == ["before"]
        assert count(store, stories) == 1
        store.write(lambda session: session.execute(text("PRAGMA max_page_count = 100000")).all())
        add_article(store, "big", "文" * 100_000)
        assert count(store, articles) == 2
        store.close()

    def test_store_closes_when_its_log_finds_no_room_and_loses_nothing(self, path: Path, child: Child) -> None:
        process = child("close_on_a_full_disk", path)
        assert heard(process) == "closed"
        assert process.wait(30) == 0
        assert Path(f"{path}-wal").stat().st_size > 0
        store = opened(path)
        assert [len(row.text) for row in rows(store, select(articles.c.text))] == [50_000]
        store.close()


def _make(path: Path) -> bytes:
    store = opened(path)
    for number in range(40):
        add_article(store, f"m{number}", "文" * 2_000)
    store.close()
    return path.read_bytes()


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()


def _unstamped(path: Path) -> None:
    _make(path)
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE alembic_version")
    connection.commit()
    connection.close()


def _unknown(path: Path) -> None:
    _make(path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = 'zzz'")
    connection.commit()
    connection.close()


def _linked(path: Path) -> None:
    _make(path.with_name("real.db"))
    path.symlink_to(path.with_name("real.db"))


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "garbage": (lambda path: path.write_bytes(b"garbage " * 1000), "not a database"),
    "short garbage": (lambda path: path.write_bytes(b"x"), "not a database"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "cut off": (lambda path: path.write_bytes(_make(path)[:-5000]), "cut off"),
    "header only": (lambda path: path.write_bytes(_make(path)[:100]), "cut off"),
    "foreign": (_foreign, "another program"),
    "without its stamp": (_unstamped, "unknown schema None"),
    "unknown schema": (_unknown, "unknown schema 'zzz'"),
    "folder": (lambda path: path.mkdir(), "expected a file"),
    "link": (_linked, "symbolic link"),
}


class TestRefused:
    @pytest.mark.parametrize(("spoil", "message"), REFUSED.values(), ids=REFUSED)
    def test_odd_file_is_refused_with_one_message_and_left_alone(
        self, path: Path, spoil: Callable[[Path], object], message: str
    ) -> None:
        spoil(path)
        before = path.read_bytes() if path.is_file() else None
        for opening in (lambda: open_store(path, now=lambda: NOW), lambda: open_reader(path)):
            with pytest.raises(StoreError, match=message) as caught:
                opening()
            assert str(path) in str(caught.value)
            assert caught.value.permanent
        assert (path.read_bytes() if path.is_file() else None) == before

    def test_log_without_its_file_is_not_taken_for_a_new_ones(self, path: Path) -> None:
        store = opened(path)
        add_source(store)
        log = Path(f"{path}-wal")
        kept = log.read_bytes()
        store.close()
        path.unlink()
        log.write_bytes(kept)
        with pytest.raises(StoreError, match=f"no {path}, but .* holds a part of it"):
            opened(path)
        assert (path.exists(), log.read_bytes()) == (False, kept)

    def test_damage_is_found_after_an_unclean_stop(self, path: Path, child: Child) -> None:
        _make(path)
        process = child("insert_for_ever", path)
        assert heard(process) == "1"
        kill(process)
        assert Path(f"{path}-wal").stat().st_size > 0
        content = bytearray(path.read_bytes())
        content[4096 * 3 : 4096 * 40] = b"\xff" * (4096 * 37)
        path.write_bytes(content)
        with pytest.raises(StoreError, match="damaged"):
            opened(path)

    @pytest.fixture
    def others_folder(self) -> Iterator[Path]:
        """Return a folder, and be a user without rights to it meanwhile; files in it can be read, not written."""
        folder = Path(tempfile.mkdtemp(dir="/tmp"))
        _make(folder / "store.db")
        (folder / "store.db").chmod(0o444)
        folder.chmod(0o555)
        privileged = os.geteuid() == 0
        if privileged:
            os.seteuid(65_534)
        yield folder
        if privileged:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)

    def test_read_only_file_is_refused(self, others_folder: Path) -> None:
        with pytest.raises(StoreError, match=r"cannot (use|write|open)"):
            opened(others_folder / "store.db")

    def test_folder_that_cannot_be_written_is_refused(self, others_folder: Path) -> None:
        with pytest.raises(StoreError, match="Permission denied"):
            opened(others_folder / "new.db")
        with pytest.raises(StoreError, match="Permission denied"):
            opened(others_folder / "sub" / "new.db")

    def test_reader_of_a_read_only_store_works_or_says_why(self, others_folder: Path) -> None:
        reader = open_reader(others_folder / "store.db")
        assert count(reader, articles) == 40
        reader.close()


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Return a history of the schema with one more revision."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    return folder


def add_revision(folder: Path, body: str) -> None:
    latest = schema.known_revisions()[-1]
    following = f"{int(latest) + 1:04}"
    code = f"""
import os, signal
import sqlalchemy as sa
from alembic import op
revision = "{following}"
down_revision = "{latest}"
def upgrade():
    op.execute("UPDATE source SET section = 'migrated'")
    op.add_column("source", sa.Column("extra", sa.Text()))
    {body}
"""
    (folder / "versions" / f"{following}_more.py").write_text(code, encoding="utf-8")


class TestMigration:
    @pytest.fixture
    def old(self, path: Path) -> Path:
        store = opened(path)
        add_source(store)
        store.close()
        return path

    def test_older_store_is_backed_up_and_migrated(self, old: Path, newer: Path) -> None:
        add_revision(newer, "pass")
        killed = old.parent / "backups" / f".{old.stem}-20250101T000000Z-before-migration.db.partial"
        killed.parent.mkdir()
        killed.write_bytes(b"half")
        store = opened(old, migrations=newer)
        assert rows(store, text("SELECT section, extra FROM source")) == [("migrated", None)]
        store.close()
        (copy,) = (old.parent / "backups").iterdir()
        reader = open_reader(copy)
        assert rows(reader, select(sources.c.section)) == [(None,)]
        reader.close()
        with pytest.raises(StoreError, match="newer newswatch"):
            opened(old)

    def test_reader_does_not_migrate(self, old: Path, newer: Path) -> None:
        add_revision(newer, "pass")
        before = old.read_bytes()
        with pytest.raises(StoreError, match="older schema"):
            SqliteBackend(old, newer).inspect()
        assert old.read_bytes() == before

    def test_killed_migration_leaves_the_old_store(self, old: Path, newer: Path, child: Child) -> None:
        add_revision(newer, "os.kill(os.getpid(), signal.SIGKILL)")
        process = child("migrate", old, newer)
        assert heard(process) == ""
        assert process.wait() == -9
        store = opened(old)
        assert rows(store, select(sources.c.section)) == [(None,)]
        store.close()
        add_revision(newer, "pass")
        store = open_backend(SqliteBackend(old, newer), now=lambda: after(minutes=1))
        assert rows(store, select(sources.c.section)) == [("migrated",)]
        store.close()

    def test_failed_migration_leaves_the_old_store(self, old: Path, newer: Path) -> None:
        add_revision(newer, "op.execute('SELECT nonsense')")
        for _ in range(3):
            with pytest.raises(StoreError, match="nonsense"):
                opened(old, migrations=newer)
        assert list((old.parent / "backups").iterdir()) == []
        store = opened(old)
        assert rows(store, select(sources.c.section)) == [(None,)]
        store.close()

    def test_migration_that_breaks_references_is_undone(self, old: Path, newer: Path) -> None:
        add_revision(newer, "op.execute(\"INSERT INTO poll VALUES (1,'gone','',1,'',1,1,1,1,1,1,1,1)\")")
        with pytest.raises(StoreError, match="broken references"):
            opened(old, migrations=newer)
        store = opened(old)
        assert rows(store, select(sources.c.section)) == [(None,)]
        store.close()

    def test_alembic_is_not_loaded_when_nothing_is_to_migrate(self, path: Path, child: Child) -> None:
        assert heard(child("loaded_modules", path)) == "[]"


class TestWriter:
    @pytest.fixture
    def store(self, path: Path) -> Iterator[Store]:
        store = opened(path)
        yield store
        store.close()

    @pytest.fixture
    def anyio_backend(self) -> str:
        return "asyncio"

    @pytest.mark.anyio
    async def test_loop_goes_on_while_a_transaction_waits(self, store: Store) -> None:
        gate = threading.Event()
        waiting = asyncio.create_task(store.awrite(lambda session: gate.wait(30)))
        await asyncio.sleep(0)
        assert not waiting.done()
        gate.set()
        assert await waiting

    @pytest.mark.anyio
    async def test_cancelled_before_it_began_it_does_not_happen(self, store: Store) -> None:
        gate = threading.Event()
        first = asyncio.create_task(store.awrite(lambda session: gate.wait(30)))
        second = asyncio.create_task(store.awrite(lambda session: frontier.sync_sources(session, [spec()], now=NOW)))
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        gate.set()
        await first
        await store.awrite(lambda session: None)
        assert count(store, sources) == 0

    @pytest.mark.anyio
    async def test_cancelled_after_it_began_it_happens_whole(self, store: Store) -> None:
        begun, gate = threading.Event(), threading.Event()

        def slow(session: Any) -> None:
            begun.set()
            gate.wait(30)
            frontier.sync_sources(session, [spec()], now=NOW)

        task = asyncio.create_task(store.awrite(slow))
        await asyncio.to_thread(begun.wait, 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        gate.set()
        await store.awrite(lambda session: None)
        assert count(store, sources) == 1

    def test_error_of_one_transaction_does_not_touch_the_next(self, store: Store) -> None:
        with pytest.raises(KeyError):
            store.write(lambda session: {}["missing"])
        add_source(store)
        assert count(store, sources) == 1

    def test_transaction_inside_a_transaction_is_refused(self, store: Store) -> None:
        with pytest.raises(StoreError, match="pass the session on"):
            store.write(lambda session: store.write(lambda inner: None))

    def test_writes_of_many_threads_all_happen(self, store: Store) -> None:
        add_source(store)

        def step(session: Any) -> None:
            found = session.execute(select(sources.c.failures)).scalar_one()
            session.execute(sources.update().values(failures=found + 1))

        threads = [threading.Thread(target=lambda: [store.write(step) for _ in range(25)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert rows(store, select(sources.c.failures)) == [(100,)]

    def test_reader_sees_one_moment(self, store: Store) -> None:
        with store.read() as session:
            assert session.execute(select(func.count()).select_from(sources)).scalar() == 0
            add_source(store)
            assert session.execute(select(func.count()).select_from(sources)).scalar() == 0
        assert count(store, sources) == 1

    def test_closing_leaves_one_whole_file(self, store: Store, path: Path) -> None:
        add_source(store)
        store.close()
        store.close()
        assert not Path(f"{path}-wal").exists()
        with pytest.raises(StoreError, match="closed"):
            add_source(store)

    def test_queued_writes_happen_before_the_store_closes(self, store: Store, path: Path) -> None:
        begun, gate = threading.Event(), threading.Event()

        def slow(session: Any) -> None:
            begun.set()
            gate.wait(30)
            frontier.sync_sources(session, [spec()], now=NOW)

        writing = threading.Thread(target=store.write, args=(slow,))
        writing.start()
        begun.wait(30)
        closing = threading.Thread(target=store.close)
        closing.start()
        gate.set()
        closing.join()
        writing.join()
        again = opened(path)
        assert count(again, sources) == 1
        again.close()

    def test_checkpoint_empties_the_log(self, store: Store, path: Path) -> None:
        add_source(store)
        assert Path(f"{path}-wal").stat().st_size > 0
        store.checkpoint()
        assert Path(f"{path}-wal").stat().st_size == 0

    def test_backup_holds_what_the_log_still_holds(self, store: Store, tmp_path: Path) -> None:
        add_source(store)
        copy = tmp_path / "backups" / "copy.db"
        store.backup(copy)
        assert [name.name for name in copy.parent.iterdir()] == ["copy.db"]
        reader = open_reader(copy)
        assert count(reader, sources) == 1
        reader.close()
        with pytest.raises(StoreError, match="exists"):
            store.backup(copy)

    @pytest.mark.parametrize(("durability", "level"), [("normal", 1), ("full", 2)])
    def test_durability_sets_how_commits_reach_the_disk(self, path: Path, durability: str, level: int) -> None:
        store = open_store(path, durability=durability, now=lambda: NOW)
        assert store.write(lambda session: session.execute(text("PRAGMA synchronous")).scalar()) == level
        store.close()

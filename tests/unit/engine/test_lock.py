import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.engine.lock import DataLock, Locked

HOLD = "import sys, pathlib; from monitor.engine.lock import DataLock; lock = DataLock(pathlib.Path(sys.argv[1])); "


def test_the_holder_is_named_to_whoever_comes_second(tmp_path: Path) -> None:
    lock = DataLock(tmp_path)
    with pytest.raises(Locked, match=rf"another newswatch \(process {os.getpid()}\) is using {tmp_path}"):
        DataLock(tmp_path)
    lock.release()
    DataLock(tmp_path).release()


def test_a_lock_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    code = HOLD + "print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Locked, match=f"process {holder.pid}"):
            DataLock(tmp_path)
        holder.kill()
        holder.wait(30)
        DataLock(tmp_path).release()


def test_a_child_that_outlives_the_holder_does_not_keep_the_lock(tmp_path: Path) -> None:
    """Workers do: they end a moment after the service that was killed."""
    code = HOLD + "import subprocess; subprocess.Popen(['sleep', '30']); print('held', flush=True)"
    answer = subprocess.run([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.DEVNULL, timeout=60)
    assert answer.returncode == 0
    DataLock(tmp_path).release()


@pytest.mark.parametrize("content", [b"", b"garbage \xff", b"9" * 1_000])
def test_what_stands_in_the_file_does_not_matter(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "newswatch.lock").write_bytes(content)
    lock = DataLock(tmp_path)
    assert (tmp_path / "newswatch.lock").read_text() == f"{os.getpid()}\n"
    lock.release()


def test_a_place_without_room_for_a_lock_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "newswatch.lock").mkdir()
    with pytest.raises(IsADirectoryError):
        DataLock(tmp_path)

"""Workers start whatever the path of the temporary folder is, or it is said why they do not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LONGEST = 75
POOL = """
import asyncio, os
from monitor.engine.workers import NoWorker, WorkerLimits, WorkerPool, prepare_workers

async def main():
    pool = WorkerPool(WorkerLimits(count=1))
    try:
        print(await pool.run(abs, -7))
    finally:
        await pool.close()

if __name__ == "__main__":
    try:
        prepare_workers()
    except NoWorker as error:
        print(error)
    else:
        asyncio.run(main())
"""
NOWHERE = "import monitor.engine.sockets as sockets; sockets._INSTEAD = ()"


def deep(tmp_path: Path, length: int) -> Path:
    folder = tmp_path.joinpath(*["d" * 60] * 4)
    folder = Path(str(folder)[: max(length, len(str(tmp_path)) + 2)].rstrip("/"))
    folder.mkdir(parents=True)
    return folder


def answer(folder: Path, program: str = POOL) -> str:
    environment = {**os.environ, "TMPDIR": str(folder)}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 110, 300])
def test_worker_answers_from_a_temporary_folder_of_any_length(tmp_path: Path, length: int) -> None:
    assert answer(deep(tmp_path, length)) == "7\n"


def test_no_place_for_sockets_is_one_clear_error(tmp_path: Path) -> None:
    said = answer(deep(tmp_path, 150), f"{NOWHERE}\n{POOL}")

    assert said.startswith(
        f"no worker could be started: expected a temporary folder of at most {LONGEST} bytes, found /"
    )
    assert said.endswith("; set TMPDIR\n")

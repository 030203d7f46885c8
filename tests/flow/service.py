"""The program in a process of its own, as a user or a service manager runs it.

service = Service(tmp_path, sources=[...], site=site)
with service.start() as process:            # newswatch run
    process.wait_for(lambda: service.digests(), "a first digest")
    process.signal(signal.SIGTERM)
    process.ended() == 0
service.json("feed")                        # any other command on the same store, inside this process
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from typer.testing import CliRunner, Result

from monitor.__main__ import app
from tests.site.server import Site

__all__ = ["Process", "Service", "wait_for"]

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0


def wait_for(condition: Callable[[], Any], what: str, patience_s: float = PATIENCE_S) -> Any:
    """Return what ``condition`` says once that is true; fail when it stays false."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"no {what} within {patience_s:g} s")


class Process:
    """A newswatch that runs; what it prints goes to two files."""

    def __init__(self, arguments: list[str], folder: Path, environ: Mapping[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        number = len(list(folder.glob("*.out")))
        self.out, self.err = folder / f"{number}.out", folder / f"{number}.err"
        command = [sys.executable, "-m", "monitor", *arguments]
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self._child = subprocess.Popen(
                command, cwd=ROOT, stdout=out, stderr=err, env=dict(environ), start_new_session=True
            )
        self.family: set[psutil.Process] = {psutil.Process(self._child.pid)}

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def said(self) -> str:
        return self.out.read_text("utf-8")

    @property
    def errors(self) -> str:
        return self.err.read_text("utf-8")

    def events(self) -> list[dict[str, Any]]:
        """Return the log so far; every line of it has to be JSON."""
        return [json.loads(line) for line in self.errors.splitlines(keepends=True) if line.endswith("\n")]

    def logged(self, event: str) -> dict[str, Any] | None:
        """Return the first event of a name."""
        return next((line for line in self.events() if line["event"] == event), None)

    def wait_for(self, condition: Callable[[], Any], what: str) -> Any:
        """Wait as ``wait_for`` does, and no longer than the process lives."""

        def alive_or_true() -> Any:
            found = condition()
            assert found or self.alive, f"it ended with status {self._child.returncode}: {self.errors[-2000:]}"
            return found

        try:
            return wait_for(alive_or_true, what)
        finally:
            self.meet()

    @property
    def alive(self) -> bool:
        return self._child.poll() is None

    def meet(self) -> None:
        """Remember the processes that it has started so far."""
        if self.alive:
            self.family.update(psutil.Process(self._child.pid).children(recursive=True))

    def signal(self, number: signal.Signals) -> None:
        self.meet()
        self._child.send_signal(number)

    def signal_group(self, number: signal.Signals) -> None:
        """Signal all of its processes, as a terminal and a service manager do."""
        self.meet()
        os.killpg(self.pid, number)

    def ended(self, patience_s: float = PATIENCE_S) -> int:
        """Wait for its end and return its status."""
        return self._child.wait(patience_s)

    def survivors(self) -> list[psutil.Process]:
        """Return the processes of the family that still run."""
        return [one for one in self.family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]

    def kill(self) -> None:
        """Kill as with -9, and wait until nothing of it is left."""
        self.signal(signal.SIGKILL)
        self.ended()
        wait_for(lambda: not self.survivors(), "end of its workers")


class Service:
    """One configuration and one data directory."""

    def __init__(
        self,
        root: Path,
        *,
        sources: list[dict[str, Any]],
        site: Site | None = None,
        environ: dict[str, str] | None = None,
    ) -> None:
        self.root = root
        self.path = root / "sources.yaml"
        self.data = root / "data"
        self.environ = {"PATH": os.environ["PATH"], "HOME": str(root), "TZ": "UTC", **(environ or {})}
        self.document: dict[str, Any] = {
            "sources": sources,
            "rules": [{"id": "models", "entities": ["model:*"], "channels": ["digests"]}],
            "channels": [{"id": "digests", "kind": "file"}],
            "settings": {
                "network": {"allow": [site.address] if site else []},
                "fetch": {"delay": "0s"},
                "workers": {"count": 1},
                "http": {"listen": "off"},
            },
        }
        self.write()

    def write(self) -> None:
        """Write the document as the configuration (JSON is YAML)."""
        self.path.write_text(json.dumps(self.document, ensure_ascii=False, indent=1), encoding="utf-8")

    def options(self) -> list[str]:
        return ["--config", str(self.path), "--data", str(self.data)]

    @contextmanager
    def start(self, *arguments: str) -> Iterator[Process]:
        """Start ``newswatch run``; whatever is left of it at the end is killed."""
        process = Process(["run", *self.options(), *arguments], self.root / "said", self.environ)
        try:
            yield process
        finally:
            process.meet()
            for one in process.survivors():
                one.kill()
            process.ended()

    def command(self, name: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run another command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "monitor", name, *arguments, *self.options()],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            env=self.environ | environ,
            timeout=PATIENCE_S,
        )

    def ask(self, name: str, *arguments: str) -> Result:
        """Run another command to its end inside this process, which has its modules loaded."""
        return CliRunner().invoke(app(name), [name, *arguments, *self.options()], env=self.environ)

    def json(self, name: str, *arguments: str) -> Any:
        """Return what another command says with ``--json``."""
        answer = self.ask(name, *arguments, "--json")
        assert answer.exit_code == 0, answer.stderr
        return json.loads(answer.stdout)

    def digests(self) -> list[Path]:
        return sorted((self.data / "digests").glob("*"))

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask the store's file itself."""
        connection = sqlite3.connect(f"file:{self.data / 'newswatch.db'}?mode=ro", uri=True)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

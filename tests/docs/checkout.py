"""A copy of the checkout in which the commands of the documentation run as a reader would run them.

The copy has its own data directory and reaches no network: its ``sources.yaml`` keeps the local sources only. Commands
find this environment's ``newswatch`` and ``python`` first on the path, and as ``.venv/bin`` too.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from monitor.__main__ import app
from tests.docs.blocks import ROOT

__all__ = ["Checkout", "Ran", "make_checkout", "normalise"]

_SKIPPED = (".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "data", "tests", "bench", "*.egg-info")
_SECONDS = 60
_SHOWN = "/srv/newswatch"

# What differs from run to run: times of the run, identities, sizes of columns, how long something took.
_VOLATILE = (
    (re.compile(r"20(2[6-9]|[3-9]\d)-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?"), "<time>"),
    (re.compile(r"\b\d\d:\d\d(:\d\d)?\b"), "<time>"),
    (re.compile(r"\b[0-9a-f]{12,}\b"), "<hash>"),
    (re.compile(r"\b\d+(\.\d+)? ?(ms|s|min|m|h|d|seconds?|minutes?|hours?)\b"), "<span>"),
    (re.compile(r"[ \t]+"), " "),
    (re.compile(r"[-─━═]{3,}"), "---"),
)


# A command of the program by itself, or given what one other prints; ``run`` is always a process, as a service is.
_INSIDE = re.compile(r"(?:(?P<printer>(?:echo|printf) [^|;&<>$]*) \| )?newswatch (?P<arguments>(?!run\b)[^|;&<>$]*)")

_LOAD = """
import json, sys
from pathlib import Path
from monitor.config import ConfigError, load_config
try:
    load_config(Path(sys.argv[1]), environ=json.loads(sys.argv[2]))
except ConfigError as error:
    print(error)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended; ``output`` is standard output and standard error as a terminal shows them."""

    command: str
    status: int
    output: str


@dataclass(slots=True, kw_only=True)
class Checkout:
    """A folder in which commands run.

    ``folder`` is where the last one left the shell; ``done`` are commands that ran already and are not run again.
    """

    path: Path
    folder: Path
    done: dict[str, Ran] = field(default_factory=dict)

    def run(self, command: str, *, stdout_only: bool = False) -> Ran:
        """Run a command of the shell; its output is neutral."""
        if command in self.done:
            return self.done[command]
        if inside := _INSIDE.fullmatch(command):
            return self._inside(command, inside["arguments"], inside["printer"], stdout_only=stdout_only)
        done = self._shell(command, stderr=subprocess.DEVNULL if stdout_only else subprocess.STDOUT)
        return Ran(command=command, status=done.returncode, output=self._shown(done.stdout))

    def _shell(self, command: str, *, stderr: int) -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"trap 'pwd > \"{self.path}/.folder\"' EXIT\n{command}"],
            cwd=self.folder,
            env=_environment(self.path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            timeout=_SECONDS,
            check=False,
        )
        self.folder = Path((self.path / ".folder").read_text(encoding="utf-8").strip())
        return done

    def _inside(self, command: str, arguments: str, printer: str | None, *, stdout_only: bool) -> Ran:
        """Run a command of the program in this process, which has its modules loaded."""
        given = self._shell(printer, stderr=subprocess.STDOUT).stdout if printer else b""
        output = _stream()
        errors = _stream() if stdout_only else output
        with chdir(self.folder), _environ(_environment(self.path)), _standard(_stream(given), output, errors):
            status = _status(shlex.split(arguments))
        return Ran(command=command, status=status, output=self._shown(output.buffer.getvalue()))

    def _shown(self, printed: bytes) -> str:
        return self.neutral(printed.decode("utf-8", "replace"))

    def neutral(self, text: str) -> str:
        """Return ``text`` with the path of the checkout, escaped for Markdown or not, as ``/srv/newswatch``."""
        escaped = str(self.path).replace("_", "\\_")
        return text.replace(str(self.path), _SHOWN).replace(escaped, _SHOWN)

    def problems(self, path: Path, variables: dict[str, str]) -> str:
        """Return what is wrong with a configuration by the code in the checkout; empty for nothing."""
        done = subprocess.run(
            ["python", "-c", _LOAD, str(path), json.dumps(variables)],
            cwd=self.path,
            env=_environment(self.path),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        return done.stdout + done.stderr


def make_checkout(path: Path) -> Checkout:
    """Copy what a reader has after cloning, without network sources."""
    shutil.copytree(ROOT, path, ignore=shutil.ignore_patterns(*_SKIPPED))
    shutil.copytree(ROOT / "tests/fixtures", path / "tests/fixtures")
    (path / ".venv").symlink_to(sys.prefix)
    _keep_local_sources(path / "sources.yaml")
    return Checkout(path=path.resolve(), folder=path.resolve())


def normalise(text: str) -> str:
    """Return ``text`` with what differs from run to run replaced."""
    for pattern, name in _VOLATILE:
        text = pattern.sub(name, text)
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _keep_local_sources(path: Path) -> None:
    """Switch the sources that need the network off; the lines stay as they are for a reader."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["sources"] = [source for source in content["sources"] if source["kind"] == "folder"]
    content.setdefault("settings", {})["http"] = {"listen": "off"}
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


class _Stream(io.TextIOWrapper):
    """A text stream over memory that has bytes too, as the standard ones do."""

    buffer: io.BytesIO


def _stream(content: bytes = b"") -> _Stream:
    return _Stream(io.BytesIO(content), encoding="utf-8", write_through=True)


def _status(arguments: list[str]) -> int:
    """Run the program in this process and return the status it would end with."""
    try:
        app(*arguments[:1])(arguments, prog_name="newswatch")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


@contextmanager
def _standard(given: _Stream, output: _Stream, errors: _Stream) -> Iterator[None]:
    """Let the three standard streams be these."""
    before = sys.stdin
    sys.stdin = given
    try:
        with redirect_stdout(output), redirect_stderr(errors):
            yield
    finally:
        sys.stdin = before


@contextmanager
def _environ(values: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSWATCH_", "XDG_"))}
    return kept | {
        "PATH": os.pathsep.join((str(folder / ".venv/bin"), str(Path(sys.executable).parent), kept.get("PATH", ""))),
        "COLUMNS": "110",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
    }

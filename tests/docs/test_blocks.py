"""Every fenced block of the documentation is run or checked.

``REFRESH_DOCS=1 pytest tests/docs/test_blocks.py`` writes the outputs that the commands really have into the pages, and
the tables of what is tracked. A line ``...`` in an output stands for any number of lines and is left alone.
"""

from __future__ import annotations

import configparser
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.config import load_config
from tests.docs.blocks import ROOT, Block, blocks, pages, replace_block
from tests.docs.checkout import Checkout, make_checkout, normalise
from tests.docs.tracked import PAGE, tracked_tables, written_tables

SETUP = ("run", "tests")
NOT_RUN = {
    "extension.md: runs these tests again": 1,
    "operation.md: needs a running service": 1,
}
PASS = "newswatch run --once --json"
VALUES = {  # of variables that stand for no address of the web
    "BARK_URL": "barks://api.day.app/AbCdEf",
    "NTFY_TOPIC": "newswatch-4f1d",
    "TELEGRAM_TOKEN": "110201543:AbCdEf-GhIjKl",
}
REFRESH = os.environ.get("REFRESH_DOCS") == "1"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout in which one pass over the samples was made."""
    checkout = make_checkout(tmp_path_factory.mktemp("docs") / "newswatch")
    ran = checkout.run(PASS, stdout_only=True)
    assert ran.status == 0, ran.output
    checkout.done[PASS] = ran
    return checkout


@pytest.fixture
def checkout(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A fresh checkout for a page that makes its own first pass, else the one that watched already."""
    page: Path = request.getfixturevalue("page")
    if any("$ newswatch run" in block.text for block in blocks(page)):
        return make_checkout(tmp_path_factory.mktemp("docs") / "newswatch")
    watched: Checkout = request.getfixturevalue("watched")
    watched.folder = watched.path
    return watched


@pytest.mark.parametrize("page", [page for page in pages() if page.name != "README.zh-CN.md"], ids=lambda p: p.stem)
def test_blocks_of_a_page_hold(page: Path, checkout: Checkout) -> None:
    real = {}
    for block in blocks(page):
        if block.marker in SETUP or block.marker == "not run":
            continue
        assert block.language in CHECKS, f"{block}: a block needs one of the languages {', '.join(CHECKS)}"
        if block.marker == "file":
            target = checkout.path / block.value
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text + "\n", encoding="utf-8")
        real[block] = CHECKS[block.language](block, checkout)
    if REFRESH:
        refresh(real)


def test_blocks_that_do_not_run_are_these() -> None:
    found = Counter(
        f"{page.name}: {block.value}" for page in pages() for block in blocks(page) if block.marker == "not run"
    )

    assert dict(found) == NOT_RUN


def test_tables_of_what_is_tracked_are_those_of_the_files() -> None:
    wanted, written = tracked_tables(), written_tables()
    if REFRESH:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(page.removesuffix(written) + wanted, encoding="utf-8")
        return

    assert written.splitlines() == wanted.splitlines(), "REFRESH_DOCS=1 pytest tests/docs/test_blocks.py writes them"


def check_shell(block: Block, checkout: Checkout) -> None:
    ran = checkout.run(block.text)
    assert ran.status == 0, f"{block}: status {ran.status}\n{ran.output}"


def check_console(block: Block, checkout: Checkout) -> str:
    wanted = int(block.value) if block.marker == "exit" else 0
    shown = []
    for command, expected in _session(block):
        ran = checkout.run(command)
        assert ran.status == wanted, f"{block}: {command}: status {ran.status}\n{ran.output}"
        if REFRESH and "..." not in expected.splitlines():
            expected = trimmed(ran.output)
        assert _fits(normalise(ran.output), normalise(expected)), f"{block}: {command} prints\n{ran.output}"
        shown.append(f"$ {command}\n{expected}".rstrip())
    return "\n".join(shown)


def check_yaml(block: Block, checkout: Checkout) -> None:
    path = checkout.path / (block.value if block.marker == "file" else "fragment.yaml")
    if block.marker != "file":
        path.write_text(yaml.safe_dump(_completed(yaml.safe_load(block.text)), allow_unicode=True), encoding="utf-8")
    for name in re.findall(r"file:([\w./-]+)", block.text):
        secret = path.parent / name
        secret.parent.mkdir(parents=True, exist_ok=True)
        secret.write_text("secret\n", encoding="utf-8")
    for name in yaml.safe_load(block.text).get("include", []):
        included = path.parent / name
        included.parent.mkdir(parents=True, exist_ok=True)
        included.write_text("sources: []\n", encoding="utf-8")
    names = re.findall(r"\$\{(\w+)\}", block.text)
    variables = {name: VALUES.get(name, f"https://example.org/{name}") for name in names}
    if block.marker == "file":  # by the code of the checkout: it may have a kind that an earlier block added
        assert checkout.problems(path, variables) == "", block
    else:
        load_config(path, environ=variables)


def check_json(block: Block, checkout: Checkout) -> str | None:
    shown = json.loads(block.text)
    if block.marker != "prints":
        return None
    ran = checkout.run(block.value, stdout_only=True)
    assert ran.status == 0, f"{block}: {block.value}: status {ran.status}\n{ran.output}"
    printed = json.loads(ran.output)
    assert REFRESH or _shape(shown) == _shape(printed), f"{block}: {block.value} prints\n{ran.output}"
    return json.dumps(_shortened(printed), ensure_ascii=False, indent=2)


def check_python(block: Block, checkout: Checkout) -> None:
    if block.marker == "file":
        compile(block.text, block.value, "exec")
        return
    script = checkout.path / "block.py"
    script.write_text(block.text, encoding="utf-8")
    ran = checkout.run("python block.py")
    assert ran.status == 0, f"{block}: status {ran.status}\n{ran.output}"


def check_markdown(block: Block, checkout: Checkout) -> str:
    assert block.marker == "written by", f"{block}: expected a marker 'written by' with the file"
    (path,) = checkout.path.glob(block.value)
    written = trimmed(checkout.neutral(path.read_text(encoding="utf-8")))
    assert REFRESH or normalise(written) == normalise(block.text), f"{block}: {path} holds\n{written}"
    return written


def check_ini(block: Block, checkout: Checkout) -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(block.text)
    assert parser.sections()


def check_text(block: Block, checkout: Checkout) -> None:
    assert block.marker in ("picture", "file"), f"{block}: plain text is for pictures and files; mark it so"


CHECKS: dict[str, Callable[[Block, Checkout], str | None]] = {
    "sh": check_shell,
    "console": check_console,
    "yaml": check_yaml,
    "json": check_json,
    "python": check_python,
    "markdown": check_markdown,
    "ini": check_ini,
    "text": check_text,
}


def refresh(real: dict[Block, str | None]) -> None:
    """Write what blocks really are into their page, and into the other language of it."""
    changed = {block: text for block, text in real.items() if text is not None}
    for block in sorted(changed, key=lambda block: -block.line):
        replace_block(block, changed[block])
    if any(block.page.name == "README.md" and block.page.parent == ROOT for block in changed):
        pairs = zip(blocks(ROOT / "README.md"), blocks(ROOT / "README.zh-CN.md"), strict=True)
        for english, chinese in sorted(pairs, key=lambda pair: -pair[1].line):
            if english.language != "text":
                replace_block(chinese, english.text)


def trimmed(text: str) -> str:
    """Return the lines without spaces at their ends."""
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def _session(block: Block) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with the output that follows it."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        count = next(number for number, line in enumerate(lines, 1) if not line.endswith("\\"))
        yield "\n".join(lines[:count]), "\n".join(lines[count:])


def _fits(printed: str, expected: str) -> bool:
    """Whether the lines are equal; a line ``...`` stands for any number of lines."""
    pieces = [re.escape(piece) for piece in re.split(r"^\.\.\.$", expected, flags=re.MULTILINE)]
    return re.fullmatch(r".*".join(pieces), printed, re.DOTALL) is not None


def _completed(fragment: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration in which every name that a fragment uses exists."""
    rules = fragment.get("rules", [])
    for section, kind in (("channels", {"kind": "file"}), ("sources", {"kind": "folder", "path": "."})):
        known = {entry["id"] for entry in fragment.get(section, [])}
        used = {name for rule in rules for name in rule.get(section, []) if "*" not in name}
        missing = [{"id": name, **kind} for name in sorted(used - known)]
        fragment[section] = [*fragment.get(section, []), *missing]
    for group in sorted({name for rule in rules for name in rule.get("groups", [])}):
        fragment["sources"].append({"id": f"in-{group}", "kind": "folder", "path": ".", "group": group})
    return fragment


def _shape(value: Any) -> Any:
    """Return the keys of a JSON value, as deep as they go; a list has the shape of its first value."""
    if isinstance(value, dict):
        return {key: _shape(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_shape(child) for child in value[:1]]
    return None


def _shortened(value: Any) -> Any:
    """Return a JSON value with the first entry of each list and the beginnings of long texts."""
    if isinstance(value, dict):
        return {key: _shortened(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_shortened(child) for child in value[:1]]
    return f"{value[:59]}…" if isinstance(value, str) and len(value) > 60 else value


def test_every_page_is_read() -> None:
    assert ROOT / "README.md" in pages()
    assert len(pages()) > 10

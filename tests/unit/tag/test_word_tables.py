"""What the tables of words may hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import monitor.tag
from monitor.tag.word_tables import read_rows

_FOLDER = Path(monitor.tag.__file__).parent


@pytest.mark.parametrize("name", ["said_chinese.txt", "said_english.txt"])
def test_what_stands_before_a_name_has_no_escape_that_small_letters_would_turn_round(name: str) -> None:
    written = re.sub(
        r"^    behind  .*(?:\n *\|.*)*", "", (_FOLDER / name).read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert not re.findall(r"\\[A-Z]", written)


def test_what_stands_before_a_name_is_found_in_small_letters_however_it_is_written(tmp_path: Path) -> None:
    table = tmp_path / "rows.txt"
    table.write_text("put on show: 2 1\n    before  App|[A-Z]oom", encoding="utf-8")
    (row,) = read_rows(table)
    assert row.before is not None
    assert [bool(row.before.search(text)) for text in ("in the app", 'a zoom "', "in the lab")] == [True, True, False]

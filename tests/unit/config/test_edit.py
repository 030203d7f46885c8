"""Editing: new entries stand at the end of the list, and no other byte of the file changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config.document import parse
from monitor.config.edit import EditError, NewEntry, entry_text, has_section, with_entries

ROOT = Path(__file__).parents[3]
PATH = Path("sources.yaml")
NEW = NewEntry(values={"id": "new", "kind": "feed", "url": "https://example.org/f"}, comment=("found by a link",))
ENTRY = "- id: new\n    kind: feed\n    url: https://example.org/f\n"
BLOCK = "  # found by a link\n  " + ENTRY
JSON = '{"id": "new", "kind": "feed", "url": "https://example.org/f"}'


def edited(text: str, *added: NewEntry) -> str:
    return with_entries(text.encode(), PATH, "sources", added or (NEW,)).decode()


CASES = {
    "a list": ("sources:\n  - {id: a}\n", f"sources:\n  - {{id: a}}\n\n{BLOCK}"),
    "no line end": ("sources:\n  - {id: a}", f"sources:\n  - {{id: a}}\n\n{BLOCK}"),
    "a section behind": (
        "sources:\n  - id: a  # why\n\n# Rules\nrules:\n  - x\n",
        f"sources:\n  - id: a  # why\n\n{BLOCK}\n# Rules\nrules:\n  - x\n",
    ),
    "comments of the list": (
        "sources:\n  - id: a\n    # every: 1h\n\n  # - id: off\nrules: []\n",
        f"sources:\n  - id: a\n    # every: 1h\n\n  # - id: off\n\n{BLOCK}rules: []\n",
    ),
    "no indent": (
        "sources:\n- id: a\n  kind: feed\n# Rules\nrules: []\n",
        "sources:\n- id: a\n  kind: feed\n\n# found by a link\n- id: new\n  kind: feed\n"
        "  url: https://example.org/f\n# Rules\nrules: []\n",
    ),
    "deep indent": (
        "sources:\n      - id: a\n",
        "sources:\n      - id: a\n\n      # found by a link\n      - id: new\n        kind: feed\n"
        "        url: https://example.org/f\n",
    ),
    "a block of text last": (
        "sources:\n  - id: a\n    note: |\n      one\n      two\n\nrules: []\n",
        f"sources:\n  - id: a\n    note: |\n      one\n      two\n\n{BLOCK}\nrules: []\n",
    ),
    "an empty value last": (
        "sources:\n  - id: a\n    name:\nrules: []\n",
        f"sources:\n  - id: a\n    name:\n\n{BLOCK}rules: []\n",
    ),
    "Chinese before": (
        "# 信息源 🙂\nsources:\n  - name: 量子位 # 媒体\nrules: []\n",
        f"# 信息源 🙂\nsources:\n  - name: 量子位 # 媒体\n\n{BLOCK}rules: []\n",
    ),
    "an empty list": ("sources: [] # none\nrules: []\n", f"sources: # none\n{BLOCK}rules: []\n"),
    "nothing": ("sources:\n  # none yet\nrules: []\n", f"sources:\n  # none yet\n{BLOCK}rules: []\n"),
    "null": ("sources: null\nrules: []\n", f"sources:\n{BLOCK}rules: []\n"),
    "no sources": ("rules: []\n# end\n", f"rules: []\n# end\n\nsources:\n{BLOCK}"),
    "an ended document": ("rules: []\n...\n", f"rules: []\n\nsources:\n{BLOCK}...\n"),
    "only a comment": ("# mine\n", f"# mine\n\nsources:\n{BLOCK}"),
    "an empty file": ("", f"sources:\n{BLOCK}"),
    "a flow list": ("sources: [{id: a}] # x\n", f"sources: [{{id: a}}, {JSON}] # x\n"),
    "a flow list in lines": (
        "sources: [\n  {id: a}, # x\n  {id: b} # y\n]\n",
        f"sources: [\n  {{id: a}}, # x\n  {{id: b}}, # y\n  {JSON}\n]\n",
    ),
    "a comma behind the last": (
        "sources: [\n  {id: a},\n]\n",
        f"sources: [\n  {{id: a}},\n  {JSON}\n]\n",
    ),
    "JSON": (
        '{\n "sources": [\n  {\n   "id": "a"\n  }\n ],\n "rules": []\n}',
        f'{{\n "sources": [\n  {{\n   "id": "a"\n  }},\n  {JSON}\n ],\n "rules": []\n}}',
    ),
    "JSON with none": ('{"sources": [], "rules": []}', f'{{"sources": [{JSON}], "rules": []}}'),
    "JSON without": ('{"rules": []}', f'{{"rules": [], "sources": [{JSON}]}}'),
    "JSON with null": ('{"sources": null, "rules": []}', f'{{"sources": [{JSON}], "rules": []}}'),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_entry_stands_behind_the_others_and_the_rest_is_untouched(before: str, after: str) -> None:
    assert edited(before) == after


def test_bytes_of_the_shipped_file_are_kept() -> None:
    before = (ROOT / "sources.yaml").read_bytes()
    after = with_entries(before, PATH, "sources", [NEW])
    place = after.index(BLOCK.encode())

    assert after[: place - 1] + after[place + len(BLOCK.encode()) :] == before
    assert b"\nrules:" in after[place:]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_line_ends_of_windows_and_byte_order_marks_are_kept(mark: str) -> None:
    before = mark + "sources:\r\n  - id: a\r\nrules: []\r\n"

    assert edited(before) == mark + "sources:\r\n  - id: a\r\n\r\n" + BLOCK.replace("\n", "\r\n") + "rules: []\r\n"


def test_entries_without_a_comment_stand_close() -> None:
    one, two = (NewEntry(values={"id": name}) for name in ("x", "y"))

    assert edited("sources:\n  - id: a\n", one, two) == "sources:\n  - id: a\n  - id: x\n  - id: y\n"


@pytest.mark.parametrize(
    "text",
    ["sources: {a: 1}\n", "sources: some text\n", "a: &x [1]\nsources: *x\n", "- a\n"],
    ids=["a mapping", "a text", "an alias", "no mapping"],
)
def test_file_without_a_clear_place_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        edited(text)


@pytest.mark.parametrize(
    "value",
    ["yes", "on", "12:30", "1e3", "0x10", "null", "~", "a: b", "a #b", "- a", "*x", "&x", "!x", "%x", "@x", "`x",
     '"quoted"', "'", "a'b", "", " a", "a ", "机器之心", "Ars Technica: AI", "50%", "x\ty", "a\nb", "\x07", "${HOME}",
     "\u2028", "https://e.org/a?b=c&d#e", "{a}", "[a]", "a,b", "2023-07-02", "=", "<<", "1_000", "?a", "é", "🙂"],
)  # fmt: skip
def test_any_text_stays_the_text_that_it_is(value: str) -> None:
    source = NewEntry(values={"id": "x", "name": value})
    root: Any = parse(("sources:\n" + entry_text(source)).encode(), PATH).value

    assert root["sources"].value[0].value["name"].value == value.replace("${", "$${")


@pytest.mark.parametrize("value", ["机器之心", "https://www.qbitai.com/feed?a=b&c=d", "Solidot 奇客", "AI: the news"])
def test_plain_text_is_written_without_quotes_where_it_can(value: str) -> None:
    line = entry_text(NewEntry(values={"name": value}), "")

    assert line == (f"- name: {value}\n" if ": " not in value else f"- name: {json.dumps(value)}\n")


@given(value=st.text(max_size=40), earlier=st.sampled_from([text for text, _ in CASES.values()]))
@settings(max_examples=150, deadline=None)
def test_whatever_is_added_can_be_read_again(value: str, earlier: str) -> None:
    if any(0xD800 <= ord(one) < 0xE000 for one in value):
        return
    after: Any = parse(edited(earlier, NewEntry(values={"id": "x", "name": value})).encode(), PATH).value

    assert after["sources"].value[-1].value["name"].value == value.replace("${", "$${")


def test_file_is_asked_for_its_sources() -> None:
    assert has_section(b"sources: []\n", PATH, "sources")
    assert not has_section(b"rules: []\n", PATH, "sources")
    assert not has_section(b"", PATH, "sources")


def _unindented(section: str) -> str:
    return "".join(line[2:] for line in section.splitlines(keepends=True)[1:])


WATCHED = NewEntry(values={"id": "model:new", "name": "晓问", "aliases": ("晓问大模型", "${X}")})
WATCH = 'watch:\n  - id: model:new\n    name: 晓问\n    aliases: ["晓问大模型", "$${X}"]\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sources:\n  - id: a\n", f"sources:\n  - id: a\n\n{WATCH}"),
        ("watch: []\nsources: []\n", f"{WATCH}sources: []\n"),
        ("watch:\n- id: x:y\n# why\nrules: []\n", "watch:\n- id: x:y\n" + _unindented(WATCH) + "# why\nrules: []\n"),
    ],
    ids=["a new section", "an empty one", "behind others"],
)
def test_entries_of_another_section_find_their_place(before: str, after: str) -> None:
    assert with_entries(before.encode(), PATH, "watch", [WATCHED]).decode() == after

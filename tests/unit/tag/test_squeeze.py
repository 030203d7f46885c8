"""The way between a squeezed text and the folded one: offsets, letters with their case, what was left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.tag.squeeze import squeeze

_TEXTS = st.text(alphabet='aB文心ß1 -·"《》\n', max_size=24)


@given(_TEXTS)
def test_kept_characters_are_counted_up_to_any_place(text: str) -> None:
    squeezed = squeeze(text)
    origins = [squeezed.origin(offset) for offset in range(len(squeezed.text))]
    counted = [squeezed.kept_before(at) for at in range(len(text) + 2)]
    assert counted == [sum(origin < at for origin in origins) for at in range(len(text) + 2)]


@given(_TEXTS, st.data())
def test_seen_is_each_character_where_it_stands(text: str, data: st.DataObject) -> None:
    squeezed = squeeze(f"{text}心")
    start = data.draw(st.integers(0, len(squeezed.text) - 1))
    end = data.draw(st.integers(start + 1, len(squeezed.text)))
    assert squeezed.seen(start, end) == "".join(squeezed.letters[squeezed.origin(at)] for at in range(start, end))

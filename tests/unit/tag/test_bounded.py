"""Of a page that is made of names the most telling mentions are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.tag import names_in
from monitor.tag.bounded import MOST_MENTIONS, most_telling
from storage.tagged import Mention


def mention(start: int, entity: str = "model:a", *, title: bool = False, **changes: object) -> Mention:
    values: dict[str, object] = {"surface": "A", "version": None, "how": "alias", "confidence": 0.9} | changes
    field = "title" if title else "text"
    return Mention(entity=entity, kind="model", field=field, start=start, end=start + 1, **values)  # type: ignore[arg-type]


def starts(found: tuple[Mention, ...]) -> list[int]:
    return [one.start for one in found]


MANY = tuple(mention(at) for at in range(5))


@pytest.mark.parametrize(
    ("mentions", "kept"),
    [
        pytest.param(MANY[:3], [0, 1, 2], id="no more than the limit"),
        pytest.param(MANY, [0, 1, 2], id="the first of those alike"),
        pytest.param((*MANY, mention(9, "model:b")), [0, 1, 9], id="every entity"),
        pytest.param((*MANY, mention(9, version="2")), [0, 1, 9], id="every version"),
        pytest.param((*MANY, mention(9, size="7B")), [0, 1, 9], id="every size"),
        pytest.param((*MANY, mention(9, surface="B")), [0, 1, 9], id="every spelling"),
        pytest.param((mention(9, title=True), *MANY), [9, 0, 1], id="the title"),
        pytest.param((mention(0, confidence=0.6), *MANY[1:]), [1, 2, 3], id="the surer"),
        pytest.param(
            (*MANY, mention(7, surface="B"), mention(8, version="2"), mention(9, "model:b")),
            [0, 8, 9],
            id="an entity before a version before a spelling",
        ),
        pytest.param(
            tuple(mention(at, f"model:{at // 2}") for at in range(10)),
            [0, 2, 4, 6, 8],
            id="more entities than the limit",
        ),
    ],
)
def test_most_telling_are_kept_in_order(mentions: tuple[Mention, ...], kept: list[int]) -> None:
    assert starts(most_telling(mentions, 3)) == kept


ANY = st.lists(
    st.builds(
        mention,
        st.integers(0, 99),
        st.sampled_from(["model:a", "model:b", "regulation:c"]),
        title=st.booleans(),
        version=st.sampled_from([None, "1", "2"]),
        confidence=st.sampled_from([0.6, 0.9]),
    ),
    max_size=30,
    unique=True,
).map(tuple)


@given(ANY, st.integers(1, 30))
def test_bound_holds_and_loses_no_entity(mentions: tuple[Mention, ...], limit: int) -> None:
    kept = most_telling(mentions, limit)

    entities = {one.entity for one in mentions}
    assert len(kept) == min(len(mentions), max(limit, len(entities)))
    assert {one.entity for one in kept} == entities
    assert [one for one in mentions if one in kept] == list(kept)
    assert most_telling(kept, limit) == kept


def test_page_made_of_names_has_a_bounded_number_of_mentions() -> None:
    mentions, _ = names_in("DeepSeek", "ChatGPT、文心一言、" * 1_000 + "最后是讯飞星火大模型。")

    assert len(mentions) == MOST_MENTIONS
    assert {one.entity for one in mentions} >= {
        "model:deepseek",
        "model:chatgpt",
        "model:ernie-bot",
        "model:xunfei-xinghuo",
    }

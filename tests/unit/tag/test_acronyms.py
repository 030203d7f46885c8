"""An acronym is a law where the text speaks of one, and none where it spells, uses or counts something else."""

from __future__ import annotations

import pytest

from monitor.tag import tag
from monitor.tag.acronyms import is_applied, is_hardly_law, is_no_law, is_spelled_otherwise, speaks_of_law


def found(text: str) -> list[str]:
    return sorted({one.entity.partition(":")[2] for one in tag(None, text) if one.kind == "regulation"})


@pytest.mark.parametrize(
    "text",
    [
        "The Disaster Management Authority (DMA) warned climbers. Later the DMA closed the pass.",
        "直接内存访问(DMA)不经过处理器。",
        "DSA(数字减影血管造影)做完已是凌晨。",
        "The DSA, the Dutch student association, rows on Friday.",
        "DSA,即数字减影血管造影,凌晨做完。",
        "A drug, DMA (deoxy methyl amine), was seized.",
    ],
)
def test_an_acronym_spelled_out_as_no_law_is_told(text: str) -> None:
    assert is_spelled_otherwise(text, "DMA" if "DMA" in text else "DSA")


@pytest.mark.parametrize(
    "text",
    [
        "The Digital Markets Act (DMA) binds gatekeepers.",
        "欧盟数字市场法(DMA)约束守门人。",
        "DMA(欧盟的守门人规则)生效。",
        "DMA fines rose.",
        "",
    ],
)
def test_a_law_spelled_out_is_a_law(text: str) -> None:
    assert not is_spelled_otherwise(text, "DMA")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The CCPA fined two institutes.", "CCPA"),
        ("The DMA controller stalled.", "DMA"),
        ("他卖DMA外挂。", "DMA"),
    ],
)
def test_a_body_or_a_thing_is_no_law(text: str, name: str) -> None:
    at = text.index(name)
    assert is_no_law(text, at, at + len(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Economists at the CCPA disagreed.", "CCPA"),
        ("They pay a DSA two per cent.", "DSA"),
        ("She finished her DMA at last.", "DMA"),
    ],
)
def test_what_is_joined_or_counted_is_hardly_a_law(text: str, name: str) -> None:
    at = text.index(name)
    assert is_hardly_law(text, at, at + len(name))
    assert found(text) == []


def test_where_its_maker_is_named_even_members_are_a_laws() -> None:
    assert found("Members of the DMA high-level group met in Brussels; gatekeepers were not invited.") == ["eu-dma"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Ireland opened its first case under the DSA.", "DSA", True),
        ("苹果因违反DMA被罚。", "DMA", True),
        ("A DMA probe began.", "DMA", True),
        ("The DMA is on the table.", "DMA", False),
    ],
)
def test_what_is_done_under_a_law_is_told(text: str, name: str, *, expected: bool) -> None:
    at = text.index(name)
    assert is_applied(text, at, at + len(name)) is expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The agency that enforces the CCPA fined Honda.", "CCPA"),
        ("It opened a DMA probe.", "DMA"),
        ("Apple said the DMA makes phones worse.", "DMA"),
        ("苹果因违反DMA被罚。", "DMA"),
    ],
)
def test_what_is_done_under_a_law_leaves_it_one(text: str, name: str) -> None:
    at = text.index(name)
    assert not is_no_law(text, at, at + len(name))


def test_a_table_of_ratings_has_no_word_of_laws() -> None:
    text = "The DMA ranks 47th of 210, so Apple buys spots there last."
    assert not speaks_of_law(text, 4, 7)
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Californians sued to opt out of the sale of their data. It is a first. The fine came under the CCPA.",
            "ca-ccpa",
        ),
        (
            "CHICAGO — A salon scanned fingertips without written consent. It is the 31st BIPA deal this year.",
            "il-bipa",
        ),
        ("Illinois employers must say so when software ranks applicants. HB3773 also bars zip codes.", "il-hb-3773"),
    ],
    ids=["people of the state", "seat of the state", "number of a bill"],
)
def test_its_state_and_its_matter_elsewhere_in_the_text_are_enough(text: str, expected: str) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "介入科说，DSA 把显影剂注入血管，比普通 X 光清楚，病人要签同意书。",
        "DeepSeek's DSA is a sparse attention that Meta copied; the paper sets no rules.",
        "Students with dyslexia claim DSA on a platform; the law requires proof.",
        "The drugstore chain BIPA closes branches in Austria and settles with staff over facial creams.",
        "Medicare paid more under BIPA 2000, and a clinic in Chicago still sues over it.",
        "Louisiana's rules let the CPRA dredge sand for islands, privacy fences aside.",
    ],
)
def test_what_else_bears_an_acronym_is_no_law(text: str) -> None:
    assert found(text) == []

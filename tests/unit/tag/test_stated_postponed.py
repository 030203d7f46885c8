"""A delay is told apart from what begins: proposed or decided, of all or a part, and until when."""

from __future__ import annotations

import pytest

from tests.unit.tag.regulations import A, facts

EN = "Example Data Act"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"政府提议将《{A}》高风险义务的适用时间从2026年8月推迟至2027年12月。",
            {"postponement_proposed 2027-12"},
            id="from-one-to-another",
        ),
        pytest.param(f"业界呼吁暂缓实施《{A}》。", {"postponement_proposed undated"}, id="called-for"),
        pytest.param(f"某国主张暂停《{A}》的实施。", {"postponement_proposed undated"}, id="a-pause"),
        pytest.param(
            f"議會與理事會達成臨時協議，同意將《{A}》的義務延後至2027年12月2日適用，仍待批准。",
            {"postponement_proposed 2027-12-02"},
            id="not-yet-agreed",
        ),
        pytest.param(
            f"《{A}》推迟至2026年6月30日生效。", {"postponed 2026-06-30", "effective 2026-06-30"}, id="decided"
        ),
        pytest.param(
            f"《{A}》有关条款的适用日期已推迟至2027年12月2日。",
            {"postponed 2027-12-02", "partly_effective 2027-12-02"},
            id="a-part",
        ),
        pytest.param(f"主管部门重申不会推迟实施《{A}》。", set(), id="refused"),
        pytest.param(f"《{A}》可能推迟实施。", set(), id="merely-possible"),
        pytest.param(f"《{A}》的配套标准推迟发布。", set(), id="another-thing"),
        pytest.param(f"因台风，讲解《{A}》的活动延期至9月12日举行。", set(), id="an-event"),
        pytest.param(f"某国主张暂停《{A}》的讨论。", set(), id="the-discussion-of-it"),
        pytest.param(f"某公司因《{A}》推迟在欧盟推出新功能至2026年。", set(), id="what-a-firm-does-because-of-it"),
        pytest.param(
            f"欧洲议会投票通过推迟《{A}》高风险条款至2027年12月2日。",
            {"postponement_proposed 2027-12-02"},
            id="one-of-two-chambers",
        ),
    ],
)
def test_chinese_delays(text: str, expected: set[str]) -> None:
    assert {line[2:] for line in facts(text) if not line.startswith("a stage")} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"The ministry proposed delaying the {EN}'s reporting obligations to December 2027.",
            {"postponement_proposed 2027-12"},
            id="proposed",
        ),
        pytest.param(
            f"Under the proposal, duties under the {EN} would apply only from December 2, 2027.",
            {"postponement_proposed 2027-12-02"},
            id="would-apply-only",
        ),
        pytest.param(f"Firms urged the ministry to pause the {EN}.", {"postponement_proposed undated"}, id="urged"),
        pytest.param(
            f"The House approved a bill delaying the {EN} until June 30, 2026.",
            {"postponement_proposed 2026-06-30"},
            id="one-chamber",
        ),
        pytest.param(
            f"The {EN} has been delayed until June 30, 2026.",
            {"postponed 2026-06-30", "effective 2026-06-30"},
            id="decided",
        ),
        pytest.param(
            f"The {EN} will take effect on June 30, 2026 instead of February 1.",
            {"postponed 2026-06-30", "effective 2026-06-30"},
            id="instead-of",
        ),
        pytest.param(f"The ministry rejected calls to delay the {EN}.", set(), id="rejected"),
        pytest.param(f"The {EN} could be postponed.", set(), id="merely-possible"),
        pytest.param(f"The ministry delayed its guidance on the {EN}.", set(), id="a-guide"),
        pytest.param(f"A seminar on the {EN} was postponed to 3 April.", set(), id="an-event"),
    ],
)
def test_english_delays(text: str, expected: set[str]) -> None:
    told = facts(text, a=EN)
    assert {line[2:] for line in told if not line.startswith("a stage")} == expected


def test_what_is_only_proposed_begins_nowhere_in_the_article() -> None:
    text = f"政府拟将《{A}》的义务推迟至2027年12月2日。届时《{A}》的义务自2027年12月2日起适用。"

    assert facts(text) == {"a postponement_proposed 2027-12-02"}


def test_a_date_says_more_than_none() -> None:
    text = f"政府建议推迟实施《{A}》。政府建议将《{A}》推迟至2027年12月实施。"

    assert facts(text) == {"a postponement_proposed 2027-12"}


@pytest.mark.parametrize(
    "text",
    [
        f"议会否决推迟《{A}》高风险条款。",
        f"议会以432票对190票的多数票否决了推迟《{A}》义务的提案。",
        f"参议院封阻了推迟《{A}》的修正案。",
        f"推迟《{A}》义务的提案遭议会否决。",
        f"推迟《{A}》义务的提案在表决中未获通过。",
        f"政府提议推迟《{A}》的义务，但被议会否决。",
        f"议会否决《{A}》推迟提案。",
        f"MEPs vote down delay to {EN}",
        f"Senators block amendment that would have delayed {EN}",
        f"A bid to delay the {EN} failed in the Senate.",
        f"A proposal to delay the {EN} was voted down by lawmakers.",
        f"The ministry proposed delaying the {EN}, but lawmakers rejected the proposal.",
    ],
)
def test_a_delay_that_was_voted_down_is_told_as_refused_and_fails_nothing_else(text: str) -> None:
    assert facts(text, a=EN if EN in text else A) == {"a postponement_proposed refused"}


@pytest.mark.parametrize(
    "text",
    [
        f"议员呼吁否决推迟《{A}》义务的提案。",
        f"议会可能否决推迟《{A}》义务的提案。",
        f"部长驳回了推迟《{A}》的呼声。",
        f"The ministry rejected calls to delay the {EN}.",
        f"Lawmakers could reject the delay of the {EN}.",
        f"The ministry ruled out a delay of the {EN}.",
    ],
)
def test_a_delay_that_nobody_voted_on_is_not_refused(text: str) -> None:
    assert facts(text, a=EN if EN in text else A) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"欧盟各国同意推迟《{A}》高风险条款至2027年12月。", {"a postponement_proposed 2027-12"}, id="states"
        ),
        pytest.param(
            f"欧盟理事会同意将《{A}》的义务推迟至2027年12月。", {"a postponement_proposed 2027-12"}, id="council"
        ),
        pytest.param(
            f"欧盟理事会正式批准将《{A}》的义务推迟至2027年12月。",
            {"a postponed 2027-12", "a partly_effective 2027-12"},
            id="council-last",
        ),
        pytest.param(
            f"欧洲议会通过推迟《{A}》义务至2027年12月的提案，法案已在公报刊登。",
            {"a postponed 2027-12", "a partly_effective 2027-12"},
            id="published",
        ),
    ],
)
def test_one_of_two_lawmakers_proposes_until_it_is_law(text: str, expected: set[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"The state delayed the {EN} until June 30, 2026 after a compromise failed in the Senate.",
        f"The {EN} was delayed until June 30, 2026 because another bill was rejected by lawmakers.",
        f"After lawmakers failed to reach a deal, the governor delayed the {EN} until June 30, 2026.",
        f"With 402 votes for and 243 against, the legislature delayed the {EN} until June 30, 2026.",
    ],
)
def test_another_thing_that_was_refused_before_leaves_the_delay(text: str) -> None:
    assert facts(text, a=EN) == {"a postponed 2026-06-30", "a effective 2026-06-30"}


@pytest.mark.parametrize(
    "text",
    [
        f"EU lawmakers strike deal on delaying parts of {EN}",
        f"Negotiators agreed to delay the {EN}.",
        f"The two sides delayed the {EN}, which needs formal adoption.",
        f"双方达成临时协议推迟《{A}》义务。",
        f"双方就推迟《{A}》义务达成一致后宣布达成协议推迟《{A}》，尚需正式通过。",
    ],
)
def test_a_deal_that_is_still_to_be_adopted_is_a_proposal(text: str) -> None:
    assert facts(text, a=EN if EN in text else A) == {"a postponement_proposed undated"}

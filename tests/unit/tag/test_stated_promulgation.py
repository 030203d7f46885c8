"""Who made a regulation, by which document, and when, in the formulas of gazettes and of the press."""

from __future__ import annotations

import pytest

from monitor.tag.stated_numbers import find_numbers
from tests.unit.tag.regulations import A, facts

EN = "Example Data Act"
ORDER = "Executive Order 14110"


def told(text: str, kind: str, name: str = A, published: str | None = "2025-09-10") -> set[str]:
    """Return the values of one kind."""
    return {line.split(" ", 2)[2] for line in facts(text, published, a=name) if line.split(" ", 2)[1] == kind}


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        pytest.param(
            f"《{A}》已经2025年5月23日国家网信办室务会会议审议通过，并经教育部、公安部同意，现予公布。",
            {"国家网信办", "教育部", "公安部"},
            id="who-agreed",
        ),
        pytest.param(f"教育部、公安部令第19号公布《{A}》。", {"教育部", "公安部"}, id="joint-order"),
        pytest.param(f"《{A}》以教育部、公安部令第19号公布。", {"教育部", "公安部"}, id="by-an-order"),
        pytest.param(f"《{A}》（国务院令第766号）9月1日起施行。", {"国务院"}, id="whose-order-it-is"),
        pytest.param(f"国务院总理日前签署国务院令，公布《{A}》。", {"国务院"}, id="a-signed-order"),
        pytest.param(f"国家主席签署主席令，公布《{A}》。", set(), id="who-promulgates-a-law-did-not-make-it"),
        pytest.param(
            f"《{A}》已由中华人民共和国第十二届全国人民代表大会常务委员会第二十四次会议通过。",
            {"全国人民代表大会常务委员会"},
            id="without-the-term-and-the-session",
        ),
        pytest.param(f"教育部会同公安部及工信部印发《{A}》。", {"教育部", "公安部", "工信部"}, id="together-with"),
        pytest.param(f"经教育部、公安部审议通过，《{A}》9月1日起施行。", {"教育部", "公安部"}, id="opens-the-sentence"),
        pytest.param(f"韓國政府1月21日將《{A}》刊登於官報公布。", {"韓國政府"}, id="preposed"),
        pytest.param(f"受访者称经各部门同意后，《{A}》才会出台。", set(), id="nobody-in-particular"),
        pytest.param(f"根据《{A}》，教育部令第3号公布《戊己登记办法》。", set(), id="the-order-of-another"),
    ],
)
def test_chinese_formula_names_who_made_it(text: str, issuers: set[str]) -> None:
    assert told(text, "issuer") == issuers


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        pytest.param(
            f"The Ministry of Finance, the Ministry of Health and Welfare and the State Administration for Market "
            f"Regulation jointly issued the {EN} on March 3.",
            {"Ministry of Finance", "Ministry of Health and Welfare", "State Administration for Market Regulation"},
            id="list",
        ),
        pytest.param(
            f"The Ministry of Finance, together with the Data Protection Authority, issued the {EN}.",
            {"Ministry of Finance", "Data Protection Authority"},
            id="together-with",
        ),
        pytest.param(
            f"The {EN} was adopted by the European Parliament and the Council on 13 June 2024.",
            {"European Parliament", "Council"},
            id="two-bodies-behind",
        ),
        pytest.param(
            f"The {EN} of the European Parliament and of the Council was published on 12 July.",
            {"European Parliament", "Council"},
            id="of-two-bodies",
        ),
        pytest.param(
            f"{EN.upper()} OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL of 13 June 2024 was published.",
            {"EUROPEAN PARLIAMENT", "COUNCIL"},
            id="official-title",
        ),
        pytest.param(f"The {EN} of the EU took effect.", set(), id="where-it-holds-is-no-body"),
        pytest.param(
            f"The {EN} was promulgated by the Korean government in May.", {"Korean government"}, id="government"
        ),
    ],
)
def test_english_names_every_body_of_a_list(text: str, issuers: set[str]) -> None:
    assert told(text, "issuer", EN if EN in text else EN.upper()) == issuers


@pytest.mark.parametrize(
    ("text", "name", "issuers"),
    [
        (f"President Ann Example signed {ORDER} on Monday.", ORDER, {"President Ann Example"}),
        (f"{ORDER}, signed by President Example on May 1, is long.", ORDER, {"President Example"}),
        (f"President Example signed the {EN} on Monday.", EN, set()),
        ("特朗普23日签署第14110号行政令。", "第14110号行政令", {"特朗普"}),
    ],
    ids=["active", "passive", "a-law-is-made-by-its-parliament", "chinese"],
)
def test_a_president_makes_executive_orders_alone(text: str, name: str, issuers: set[str]) -> None:
    assert told(text, "issuer", name) == issuers


@pytest.mark.parametrize(
    ("text", "name", "numbers"),
    [
        (f"《{A}》2月12日以教育部第18号令公布。", A, {"教育部第18号令"}),
        (f"《{A}》（教育部 公安部令第15号）9月1日起施行。", A, {"公安部令第15号"}),
        (f"总统签署第五十三号主席令，公布国会通过的《{A}》。", A, {"第五十三号主席令"}),
        (f"總統華總一義字第11200045441號令修正公布《{A}》。", A, {"總統華總一義字第11200045441號"}),
        (f"《{A}》（令和七年法律第五十三号）4日公布。", A, {"令和七年法律第五十三号"}),
        (f"根据《{A}》，教育部令第3号公布《戊己登记办法》。", A, set()),
        (f"专家称《{A}》与各部委此前令第9号公布的规定衔接。", A, set()),
        (f"The {EN} was promulgated as Act No. 20676 on January 21.", EN, {"ActNo.20676"}),
        (f"The {EN} received Royal Assent on 26 October 2023 (2023 c. 50).", EN, {"2023c.50"}),
        (f"The {EN} was published in the Federal Register on May 1 (90 FR 8741).", EN, {"90FR8741"}),
        (f"The {EN} (COM(2025) 836) is being discussed.", EN, {"COM(2025)836"}),
    ],
)
def test_a_number_goes_to_what_is_published_by_it(text: str, name: str, numbers: set[str]) -> None:
    assert told(text, "number", name) == numbers


@pytest.mark.parametrize(
    ("text", "name", "issued"),
    [
        (f"《{A}》27日刊登在《官方公报》上。", A, "2025-08-27"),
        (f"The {EN} appeared in the Official Journal on 12 July 2024.", EN, "2024-07-12"),
        (f"The {EN} was notified in the Official Gazette on 11 August 2023.", EN, "2023-08-11"),
        (f"The {EN} received presidential assent on 11 August 2023.", EN, "2023-08-11"),
        (f"{ORDER} of October 30, 2023, is long.", ORDER, "2023-10-30"),
        (f"King Example gave Royal Assent to the {EN} on 3 May 2024.", EN, "2024-05-03"),
    ],
    ids=["gazette", "journal", "notified", "president's-assent", "in-the-title", "royal-assent"],
)
def test_gazettes_and_assent_date_the_issue(text: str, name: str, issued: str) -> None:
    assert told(text, "issued", name) == {issued}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (f"欧盟委员会11月19日提出《{A}》。", A, {"stage draft", "drafted 2024-11-19", "issuer 欧盟委员会"}),
        (f"《{A}》提出，企业应当评估风险。", A, set()),
        (f"欧盟委员会提出修改《{A}》。", A, set()),
        (
            f"The {EN}, proposed by the Commission in September 2022, has stalled.",
            EN,
            {"stage draft", "drafted 2022-09", "issuer Commission"},
        ),
        (f"The {EN} proposed fines of 35 million euros.", EN, set()),
        (f"The Commission proposed amending the {EN}.", EN, set()),
    ],
    ids=["object", "it-says", "to-change-it", "passive", "it-would-fine", "to-amend-it"],
)
def test_what_is_proposed_is_a_draft(text: str, name: str, expected: set[str]) -> None:
    assert {line[2:] for line in facts(text, a=name)} == expected


def test_next_year_is_still_to_come_without_a_day_of_publication() -> None:
    assert facts(f"国会表决通过《{A}》，明年3月施行。", None) == {"a stage adopted", "a stage issued", "a issuer 国会"}


def test_what_was_just_issued_begins_on_the_next_such_day_however_far() -> None:
    assert told(f"教育部近日发布《{A}》，11月1日起施行。", "effective", published="2025-04-26") == {"2025-11-01"}


def test_time_that_runs_from_a_deed_is_no_date_of_effect() -> None:
    assert told(f"《{A}》1月21日公布，一年后施行。", "effective") == set()


def test_a_long_run_of_signs_costs_by_its_length() -> None:
    assert len(list(find_numbers("号" * 5000 + "令第15号"))) == 1

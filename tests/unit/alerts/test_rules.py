import pytest
from pydantic import ValidationError

from alerts.rules import RuleSettings, Severity, compile_rules
from tests.unit.alerts.samples import rule


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        pytest.param({}, "expected query, any, all or entities", id="no condition"),
        pytest.param({"none": ["招聘"]}, "expected query, any, all or entities", id="only an exclusion"),
        pytest.param({"any": [""]}, "at least 1 character", id="empty keyword"),
        pytest.param({"any": ["  "]}, "at least 1 character", id="blank keyword"),
        pytest.param({"any": ["a\nb"]}, "printable", id="control character"),
        pytest.param({"any": ["。"]}, "a letter or a digit", id="only signs"),
        pytest.param({"query": " "}, "at least 1 character", id="blank query"),
        pytest.param({"any": ["x" * 201]}, "at most 200 characters", id="keyword too long"),
        pytest.param({"any": ["x"], "channels": []}, "at least 1 item", id="no channel"),
        pytest.param({"any": ["x"], "severity": "loud"}, "'info', 'warning' or 'critical'", id="unknown severity"),
        pytest.param({"any": ["x"], "mode": "weekly"}, "'digest' or 'instant'", id="unknown mode"),
        pytest.param({"any": ["x"], "where": "body"}, "'title' or 'anywhere'", id="unknown place"),
        pytest.param({"any": ["x"], "keyword": "y"}, "Extra inputs are not permitted", id="unknown key"),
        pytest.param({"any": ["x"], "id": "Bad Id"}, "match pattern", id="bad id"),
    ],
)
def test_rule_that_makes_no_sense_is_refused(settings: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        RuleSettings.model_validate({"id": "r", "channels": ["desk"], **settings})


def test_defaults_are_a_quiet_digest_rule_over_everything() -> None:
    plain = RuleSettings.model_validate({"id": "r", "channels": ["desk"], "any": ["大模型"]})

    assert (plain.severity, plain.mode, plain.where) == (Severity.INFO, "digest", "anywhere")
    assert plain.sources == plain.groups == ()


def test_severities_rank_from_info_to_critical() -> None:
    assert sorted(Severity, key=lambda s: s.rank) == [Severity.INFO, Severity.WARNING, Severity.CRITICAL]


def test_keywords_that_fold_alike_are_searched_once() -> None:
    rules = compile_rules([rule("a", any=("大模型", "GPT-4")), rule("b", any=("大模型", "gpt 4", "ＧＰＴ－４"))])

    assert rules.queries.phrases == ("大模型", "gpt4")


def test_rules_that_ask_for_names_only_need_no_search() -> None:
    rules = compile_rules([rule("a", entities=("model:*",))])

    assert rules.queries.automaton is None


def test_no_rules_compile_to_an_empty_set() -> None:
    assert compile_rules([]).rules == ()

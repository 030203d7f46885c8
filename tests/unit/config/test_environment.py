"""${NAME} in configuration texts."""

from __future__ import annotations

import pytest

from monitor.config.environment import Environment, ExpansionError

VARIABLES = {"TOKEN": "s3cr3t-token", "EMPTY": "", "ODD": "${TOKEN}", "PIN": "7"}


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("plain $HOME", "plain $HOME"),
        ("Bearer ${TOKEN}", "Bearer s3cr3t-token"),
        ("${TOKEN}/${PIN}", "s3cr3t-token/7"),
        ("a${EMPTY}b", "ab"),
        ("$${TOKEN}", "${TOKEN}"),
        ("$${TOKEN} ${TOKEN}", "${TOKEN} s3cr3t-token"),
        ("${ODD}", "${TOKEN}"),
    ],
)
def test_references_are_replaced_once(text: str, expanded: str) -> None:
    assert Environment(VARIABLES).expand(text) == expanded


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("${NOPE}", "the environment variable NOPE is not set"),
        ("${}", "expected ${NAME}"),
        ("${A B}", "expected ${NAME}"),
        ("${TOKEN", "expected ${NAME}"),
        ("${TOKEN:-x}", "expected ${NAME}"),
    ],
)
def test_reference_without_a_value_is_an_error(text: str, problem: str) -> None:
    with pytest.raises(ExpansionError, match=problem.replace("$", r"\$").replace("{", r"\{")):
        Environment(VARIABLES).expand(text)


def test_messages_name_the_variable_instead_of_its_value() -> None:
    environment = Environment(VARIABLES)
    environment.expand("${TOKEN} ${PIN}")

    redacted = environment.redact("found 's3cr3t-token' and '7' at 17:07")

    assert redacted == "found '${TOKEN}' and ${PIN} at 17:07"


def test_a_value_that_nobody_named_is_not_hidden() -> None:
    assert Environment(VARIABLES).redact("s3cr3t-token") == "s3cr3t-token"


@pytest.mark.parametrize(
    ("secret", "message", "redacted"),
    [
        pytest.param("k" * 80, "found '" + "k" * 57 + "...'", "found '${KEY}...'", id="cut"),
        pytest.param('it\'s "so"\\ secret', "found " + repr('it\'s "so"\\ secret'), "found '${KEY}'", id="quoted"),
        pytest.param("https://hook.example/T0/B1", "expected https://", "expected https://", id="a common beginning"),
    ],
)
def test_a_value_is_hidden_where_a_message_cuts_or_quotes_it(secret: str, message: str, redacted: str) -> None:
    environment = Environment({"KEY": secret})
    environment.expand("${KEY}")

    assert environment.redact(message) == redacted

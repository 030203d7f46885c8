from typing import Any

import pytest
from pydantic import ValidationError

from alerts.channels import ChannelSettings, channels
from alerts.channels.apprise import SERVICES

_NEEDED = {
    "telegram": {"token": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "chat": -1001234567890},
    "slack": {"url": "https://hooks.slack.com/services/T0/B0/S3CR3T-OF-THE-HOOK"},
    "ntfy": {"topic": "newswatch-7a1f0c3e", "token": "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2"},
    "apprise": {"url": "bark://api.day.app/S3CR3T-KEY"},
}
_SECRETS = ("AAHdqTcv", "S3CR3T", "7a1f0c3e", "tk_AgQ")


def _settings(kind: str, **changes: Any) -> ChannelSettings:
    settings: ChannelSettings = channels()[kind].Settings.model_validate(
        {"id": "chat", "kind": kind, **_NEEDED[kind], **changes}
    )
    return settings


@pytest.mark.parametrize("kind", _NEEDED)
def test_few_lines_are_enough_and_show_no_secret(kind: str) -> None:
    shown = repr(_settings(kind))

    assert not [secret for secret in _SECRETS if secret in shown]


@pytest.mark.parametrize("chat", [-1001234567890, "-1001234567890", "@newswatch_alerts"])
def test_chat_of_telegram_may_be_a_number_or_a_name(chat: int | str) -> None:
    assert _settings("telegram", chat=chat).model_dump()["chat"] == str(chat)


@pytest.mark.parametrize(
    ("kind", "changes", "count"),
    [
        pytest.param("telegram", {}, 0, id="Telegram's own server"),
        pytest.param("telegram", {"server": "http://relay.example"}, 1, id="relay in clear"),
        pytest.param("telegram", {"server": "http://[::1]:8081"}, 0, id="this machine"),
        pytest.param("ntfy", {"server": "http://ntfy.example"}, 1, id="token in clear"),
        pytest.param("ntfy", {"server": "http://ntfy.example", "token": None}, 0, id="nothing to hide"),
    ],
)
def test_token_in_clear_is_worth_a_warning(kind: str, changes: dict[str, Any], count: int) -> None:
    assert len(channels()[kind].cautions(_settings(kind, **changes))) == count


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        pytest.param("telegram", {"token": "S3CR3T"}, "expected the token of the bot", id="no token"),
        pytest.param("telegram", {"token": "1:S3CR3T-x/../y"}, "expected the token of the bot", id="path in the token"),
        pytest.param("telegram", {"chat": "newswatch"}, "pattern", id="name without @"),
        pytest.param("telegram", {"chat": True}, "valid string", id="no chat"),
        pytest.param("telegram", {"server": "api.telegram.org"}, "pattern", id="server without a scheme"),
        pytest.param("telegram", {"server": "https://a.example/?x=1"}, "pattern", id="server with a query"),
        pytest.param("telegram", {"topic": 0}, "greater than or equal to 1", id="no topic"),
        pytest.param("slack", {"url": "hooks.slack.com"}, "expected an address", id="address without a scheme"),
        pytest.param("ntfy", {"topic": "a b"}, "expected a topic", id="space in the topic"),
        pytest.param("ntfy", {"topic": "题"}, "expected a topic", id="topic not in ASCII"),
        pytest.param("ntfy", {"topic": "a" * 65}, "expected a topic", id="long topic"),
        pytest.param("ntfy", {"token": "S3CR3T\r\nX: y"}, "expected a token", id="header in the token"),
        pytest.param("apprise", {"url": "file:///etc/S3CR3T"}, "cannot read", id="path of a file with the secret"),
        pytest.param("apprise", {"url": "json://S3CR3T.example/"}, "expected an address of Apprise", id="any address"),
        pytest.param("apprise", {"url": "syslog://S3CR3T"}, "expected an address of Apprise", id="this machine"),
        pytest.param("apprise", {"url": "https://S3CR3T.example"}, "expected an address of Apprise", id="web address"),
        pytest.param("apprise", {"url": "bark://"}, "expected an address of Apprise", id="nothing behind it"),
        pytest.param("apprise", {"url": "bark"}, "expected an address of Apprise", id="word"),
    ],
)
def test_settings_that_cannot_work_are_refused_without_showing_them(
    kind: str, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said) as caught:
        _settings(kind, **changes)

    words = [error["msg"] for error in caught.value.errors(include_input=False)]
    assert kind == "apprise" or "S3CR3T" not in " ".join(words)


def test_apprise_may_use_no_service_that_touches_this_machine_or_any_address() -> None:
    kept_out = {
        "file",
        "syslog",
        "rsyslog",
        "dbus",
        "gnome",
        "macosx",
        "windows",
        "json",
        "jsons",
        "xml",
        "form",
        "exec",
    }

    assert kept_out & SERVICES == set()
    assert {"bark", "schan", "pushplus", "wxpusher", "discord", "matrixs", "workflows"} <= SERVICES


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_every_service_that_is_named_is_one_of_apprise() -> None:
    apprise = pytest.importorskip("apprise")
    known = {
        schema
        for service in apprise.Apprise().details()["schemas"]
        for schema in (*(service["protocols"] or ()), *(service["secure_protocols"] or ()))
    }

    assert known >= SERVICES

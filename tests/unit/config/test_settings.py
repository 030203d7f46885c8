"""Settings of the service."""

from __future__ import annotations

import os

import pytest
from pydantic import ValidationError

from monitor.config import HttpSettings, NetworkSettings, ServiceSettings, WorkerSettings


@pytest.mark.parametrize(
    ("listen", "address"),
    [
        ("127.0.0.1:8787", ("127.0.0.1", 8787)),
        ("[::1]:80", ("::1", 80)),
        ("localhost:0", ("localhost", 0)),
        ("off", None),
    ],
)
def test_listen_is_a_host_and_port_or_off(listen: str, address: tuple[str, int] | None) -> None:
    assert HttpSettings(listen=listen).address == address


@pytest.mark.parametrize("listen", ["", "8787", "127.0.0.1", ":8787", "a b:1", "h:65536", "::1:80", "http://h:1"])
def test_anything_else_is_no_place_to_listen(listen: str) -> None:
    with pytest.raises(ValidationError, match="expected host:port"):
        HttpSettings(listen=listen)


@pytest.mark.parametrize("rule", ["127.0.0.1:8000", "[::1]:443", "feeds.internal:80", "10.0.0.0/8", "fd00::/8"])
def test_guard_may_be_opened_for_a_host_and_port_or_a_network(rule: str) -> None:
    assert NetworkSettings(allow=(rule,)).allow == (rule,)


@pytest.mark.parametrize(
    "rule", ["10.0.0.1", "*", "*:80", "10.0.0.0/33", "10.0.0.1/8", "localhost", "h:0", "http://h:80/"]
)
def test_guard_may_not_be_opened_for_more(rule: str) -> None:
    with pytest.raises(ValidationError, match="expected host:port"):
        NetworkSettings(allow=(rule,))


def test_addresses_are_added_once() -> None:
    settings = ServiceSettings(network=NetworkSettings(allow=("a:1",))).with_allowed(["b:2", "a:1"])

    assert settings.network.allow == ("a:1", "b:2")


def test_workers_default_to_the_cores_and_four_at_most() -> None:
    assert WorkerSettings().count == min(os.cpu_count() or 1, 4)


@pytest.mark.parametrize("name", ["Mars/Base", "../etc/passwd", "/etc/localtime", "", "Asia", "a\0b"])
def test_unknown_time_zone_is_named(name: str) -> None:
    with pytest.raises(ValidationError, match="unknown time zone"):
        ServiceSettings(timezone=name)


@pytest.mark.parametrize("agent", ["bad\r\nX: y", "", "新闻"])
def test_user_agent_is_one_line_of_ascii(agent: str) -> None:
    with pytest.raises(ValidationError):
        ServiceSettings(user_agent=agent)

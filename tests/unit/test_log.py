"""Logs: one form for all, and what never reaches them."""

import io
import json
import logging
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from monitor.log import configure_logging, redact

SECRET = "s3cr3t"


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return a function that gives the events logged since; everything is as before at the end."""
    root = logging.getLogger()
    before, level, show = root.handlers[:], root.level, warnings.showwarning
    root.handlers.clear()  # or they would be closed
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    configure_logging(logging.INFO, as_json=True)
    yield lambda: [json.loads(line) for line in log.getvalue().splitlines()]
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:], warnings.showwarning = before, show
    root.setLevel(level)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:s3cr3t@host/path", "https://[redacted]@host/path"),
        ("https://s3cr3t@host/", "https://[redacted]@host/"),
        ("http://user:s3@cr3t@host", "http://[redacted]@host"),
        ("postgresql+psycopg://u:s3cr3t@db/news", "postgresql+psycopg://[redacted]@db/news"),
        ("cannot fetch 'https://a:s3cr3t@b/': refused", "cannot fetch 'https://[redacted]@b/': refused"),
        ("https://host/?key=s3cr3t&q=a", "https://host/?key=[redacted]&q=a"),
        ("https://host/?q=a&access_token=s3cr3t", "https://host/?q=a&access_token=[redacted]"),
        ("https://host/?TOKEN=s3cr3t", "https://host/?TOKEN=[redacted]"),
        ("https://host/a@b?mail=x@y", "https://host/a@b?mail=x@y"),
        ("mail to a@b.example", "mail to a@b.example"),
        ("时间 10:20 由 张三", "时间 10:20 由 张三"),
    ],
)
def test_secrets_in_addresses_are_hidden_and_the_rest_stays(text: str, shown: str) -> None:
    assert redact(text) == shown


@given(st.text(), st.text())
def test_no_user_part_is_left_in_any_address(before: str, after: str) -> None:
    assert SECRET not in redact(f"{before} https://user:{SECRET}@host/ {after}")


@given(st.text())
def test_redacting_again_changes_nothing(text: str) -> None:
    assert redact(redact(text)) == redact(text)


def test_an_event_is_one_line_of_json(events: Any) -> None:
    structlog.get_logger().info("polled", source="a\nb", new=3, error=None)
    (event,) = events()
    assert (event["event"], event["level"], event["source"], event["new"], event["error"]) == (
        "polled",
        "info",
        "a\nb",
        3,
        None,
    )


@pytest.mark.parametrize("key", ["password", "secret", "Token", "AUTHORIZATION", "cookie", "api_key"])
def test_values_under_secret_names_are_hidden(events: Any, key: str) -> None:
    structlog.get_logger().info("x", **{key: SECRET})
    assert events()[0][key] == "[redacted]"


@pytest.mark.parametrize("padding", range(1_985, 2_001))
def test_a_long_value_is_cut_after_it_was_redacted(events: Any, padding: int) -> None:
    structlog.get_logger().info("x", url="x" * padding + f" https://user:{SECRET}@host/")
    (event,) = events()
    assert SECRET not in event["url"]
    assert len(event["url"]) == 2_000


def test_a_traceback_keeps_its_end_and_hides_its_secrets(events: Any) -> None:
    def deep(level: int) -> None:
        if level:
            deep(level - 1)
        raise ValueError(f"https://user:{SECRET}@host is not reachable")

    try:
        deep(50)
    except ValueError:
        structlog.get_logger().exception("failed")
    (event,) = events()
    assert event["exception"].endswith("ValueError: https://[redacted]@host is not reachable")
    assert SECRET not in event["exception"]


def test_what_a_terminal_would_obey_is_replaced(events: Any) -> None:
    structlog.get_logger().info("x", title="a\x1b[2Jb\x9bc\u202ed\ud800")
    assert events()[0]["title"] == "a\ufffd[2Jb\ufffdc\ufffdd\ufffd"


def test_libraries_and_warnings_have_the_same_form(events: Any) -> None:
    logging.getLogger("apscheduler").warning("late by %s", f"https://u:{SECRET}@h/")
    logging.getLogger("apscheduler").info("not shown")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", UserWarning, stacklevel=1)
    late, old = events()
    assert (late["event"], late["level"], late["logger"]) == ("late by https://[redacted]@h/", "warning", "apscheduler")
    assert "UserWarning: old" in old["event"]


def test_a_library_exception_is_one_line_of_json(events: Any) -> None:
    try:
        raise RuntimeError("inner")
    except RuntimeError:
        logging.getLogger("asyncio").exception("outer")
    (event,) = events()
    assert event["exception"].endswith("RuntimeError: inner")


def test_a_terminal_gets_words() -> None:
    code = "import structlog; from monitor.log import configure_logging as c; c(as_json=False); "
    code += "structlog.get_logger().info('polled', url='https://u:s3cr3t@h/\\x1b]0;x\\x07')"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "polled" in child.stderr
    assert "s3cr3t" not in child.stderr
    assert "\x1b]" not in child.stderr


@pytest.mark.usefixtures("events")
def test_events_that_are_told_in_another_way_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(as_json=True, without={"polled"})
    for event in ("polled", "read"):
        structlog.get_logger().info(event)
    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["read"]

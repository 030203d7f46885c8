"""The listener against clients of every kind, on loopback."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from monitor.web.server import Answer, StatusServer

SECURITY = (
    b"Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    b"X-Content-Type-Options: nosniff",
    b"Referrer-Policy: no-referrer",
    b"Cache-Control: no-store",
)
LIMIT_S = 0.5
PATIENCE_S = 20.0


def answer(path: str) -> Answer | None:
    if path == "/broken":
        raise RuntimeError("no such thing")
    return Answer(status=200, content_type="text/plain", body=b"ok\n") if path == "/healthz" else None


@contextmanager
def listening(host: str = "127.0.0.1") -> Iterator[StatusServer]:
    server = StatusServer((host, 0), answer, client_timeout_s=LIMIT_S)
    try:
        yield server
    finally:
        server.close()


@pytest.fixture(scope="module")
def server() -> Iterator[StatusServer]:
    with listening() as server:
        yield server


def connect(server: StatusServer) -> socket.socket:
    host, _, port = server.url.removeprefix("http://").rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE_S)


def send(server: StatusServer, request: bytes) -> bytes:
    """Send bytes and return everything that comes back until the other side ends."""
    with connect(server) as connection:
        try:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65_536), b""))
        except ConnectionError:
            return b""


def get(server: StatusServer, path: str = "/healthz", host: str | None = None) -> bytes:
    host = server.url.removeprefix("http://") if host is None else host
    return send(server, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:80", "localhost", "localhost:8787", "LOCALHOST"],
)
def test_who_names_this_address_is_answered(server: StatusServer, host: str) -> None:
    assert b" 200 " in get(server, host=host).partition(b"\r\n")[0]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:127.0.0.1", "", "[127.0.0.1", "localhost.", "@localhost"],
)
def test_who_names_another_is_refused(server: StatusServer, host: str) -> None:
    found = get(server, host=host)
    assert b" 400 " in found.partition(b"\r\n")[0] or host == "[127.0.0.1"


def test_an_ipv6_address_is_named_with_brackets() -> None:
    with listening("::1") as server:
        assert server.url.startswith("http://[::1]:")
        assert b" 200 " in get(server).partition(b"\r\n")[0]
        assert b" 200 " in get(server, host="[::1]").partition(b"\r\n")[0]
        assert b" 400 " in get(server, host="[::2]:80").partition(b"\r\n")[0]


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: localhost", 200),
        (b"GET /healthz?x=1 HTTP/1.0\r\nHost: localhost", 200),
        (b"GET /nothing HTTP/1.1\r\nHost: localhost", 404),
        (b"GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost", 404),
        (b"GET /healthz HTTP/1.1", 400),
        (b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 501),
        (b"TRACE / HTTP/1.1\r\nHost: localhost", 501),
        (b"<script> / HTTP/1.1\r\nHost: localhost", 501),
        (b"GET / HTTP/9.9\r\nHost: localhost", 505),
        (b"GET /healthz HTTP/1.1\r\nX: " + b"x" * 100_000, 431),
        (b"GET /healthz HTTP/1.1" + b"\r\nX: y" * 10_000, 431),
        (b"GET /" + b"x" * 100_000 + b" HTTP/1.1", 414),
    ],
    ids=lambda value: str(value)[:40],
)
def test_every_answer_is_plain_text_with_the_security_headers(
    server: StatusServer, request_line: bytes, status: int
) -> None:
    head, _, body = send(server, request_line + b"\r\nConnection: close\r\n\r\n").partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    if not lines[0] and status in (414, 431):
        return  # it had hung up before all of it was sent, and the reset took the answer along
    assert lines[0].split(b" ")[1] == str(status).encode()
    assert set(SECURITY) <= set(lines)
    assert any(line.startswith(b"Content-Type: text/plain") for line in lines)
    assert b"<" not in body


@pytest.mark.parametrize("request_", [b"\r\n\r\n", b"\x16\x03\x01\x02\x00", b"garbage\r\n\r\n", b"\xff" * 70_000, b""])
def test_bytes_that_are_no_request_harm_nobody(server: StatusServer, request_: bytes) -> None:
    assert b" 200 " not in send(server, request_)
    assert b"ok" in get(server)


def test_an_answer_that_fails_harms_nobody(server: StatusServer) -> None:
    assert get(server, "/broken") == b""
    assert b"ok" in get(server)


def test_a_client_that_sends_byte_by_byte_is_cut_off(server: StatusServer) -> None:
    started = time.monotonic()
    with connect(server) as connection:
        connection.settimeout(0.05)
        ended = False
        while not ended and time.monotonic() - started < PATIENCE_S:
            try:
                connection.sendall(b"G")
                ended = connection.recv(1) == b""
            except TimeoutError:
                continue
            except ConnectionError:
                ended = True
    assert ended
    assert time.monotonic() - started < PATIENCE_S / 2


def test_clients_that_say_nothing_fill_the_server_only_for_a_while(server: StatusServer) -> None:
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(connect(server))
        deadline = time.monotonic() + PATIENCE_S
        while b"ok" not in get(server):
            assert time.monotonic() < deadline
        assert sum(thread.name.startswith("Thread-") for thread in threading.enumerate()) <= 2 * 17


def test_many_clients_are_served() -> None:
    with listening() as server:
        found: list[bytes] = []

        def ask() -> None:
            while b"ok" not in (last := get(server)):
                time.sleep(0.01)
            found.append(last)

        threads = [threading.Thread(target=ask) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)
        assert len(found) == 50


def test_a_closed_server_gives_its_address_back() -> None:
    with listening() as server:
        port = int(server.url.rpartition(":")[2])
    again = StatusServer(("127.0.0.1", port), answer)
    assert b"ok" in get(again)
    again.close()


def test_an_address_that_is_taken_is_an_os_error(server: StatusServer) -> None:
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        StatusServer(("127.0.0.1", port), answer)

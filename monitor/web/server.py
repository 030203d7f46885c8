"""The listener for health and metrics: a few fixed answers to GET, for machines on this host.

Serves from threads of its own, so a blocked event loop is seen as what it is. Reads no request body, bounds how long a
client may take and how many are served at once, and answers only requests that name this address.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6, SHUT_RDWR, socket
from typing import Any

from monitor import __version__

__all__ = ["Answer", "StatusServer"]

_CLIENT_TIMEOUT_S = 5.0
_MAX_CLIENTS = 16
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response: status, media type and body."""

    status: int
    content_type: str
    body: bytes


class StatusServer:
    """Listens on ``(host, port)`` until it is closed; port 0 takes a free one."""

    def __init__(
        self,
        address: tuple[str, int],
        answer: Callable[[str], Answer | None],
        *,
        client_timeout_s: float = _CLIENT_TIMEOUT_S,
    ) -> None:
        """Bind and start; raise OSError when the address is taken. ``answer`` maps a path, None is 404.

        A client has ``client_timeout_s`` for its whole request and answer.
        """
        self._server = _Server(address, answer, client_timeout_s)
        self._thread = threading.Thread(target=self._server.serve_forever, name="newswatch-status", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address to ask."""
        host, port = self._server.server_address[:2]
        shown = f"[{host!s}]" if ":" in str(host) else str(host)
        return f"http://{shown}:{port}"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    """Serves at most ``_MAX_CLIENTS`` at once, each for at most ``client_timeout_s``."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], answer: Callable[[str], Answer | None], client_timeout_s: float
    ) -> None:
        self.address_family = AF_INET6 if ":" in address[0] else AF_INET
        self.answer = answer
        self.client_timeout_s = client_timeout_s
        self.names = {address[0].lower(), "localhost"}
        self._slots = threading.BoundedSemaphore(_MAX_CLIENTS)
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._slots.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        limit = threading.Timer(self.client_timeout_s, _hang_up, (request,))
        limit.daemon = True
        limit.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            limit.cancel()
            self._slots.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away or took too long is no event."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one client of a ``_Server``."""

    server: _Server
    server_version = f"newswatch/{__version__}"
    sys_version = ""
    default_request_version = "HTTP/1.0"  # of what cannot be read: it gets a whole answer, too

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(self.server.client_timeout_s)

    def do_GET(self) -> None:
        if _host_name(self.headers.get("Host", "")) not in self.server.names:
            self._send(_problem(400, "unknown host"))
            return
        self._send(self.server.answer(self.path.partition("?")[0]) or _problem(404, "not found"))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no GET, or no request, in the same form as all else."""
        self.close_connection = True
        self._send(_problem(code, self.responses[code][0].lower()))

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the parent's name)
        """Keep requests out of the log."""

    def _send(self, found: Answer) -> None:
        self.send_response(found.status)
        self.send_header("Content-Type", found.content_type)
        self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        self.wfile.write(found.body)


def _host_name(header: str) -> str:
    """Return the host of a Host header, without port and brackets, in lower case."""
    host = header.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _problem(status: int, text: str) -> Answer:
    return Answer(status=status, content_type="text/plain; charset=utf-8", body=f"{text}\n".encode())


def _hang_up(connection: socket) -> None:
    """End a connection also under a thread that reads from it byte by byte: each read has its own timeout."""
    with contextlib.suppress(OSError):
        connection.shutdown(SHUT_RDWR)

"""The listener for health and metrics: a few fixed answers to GET, for machines on this host.

Serves from threads of its own, so a blocked event loop is seen as what it is. Reads no request body, bounds how long a
client may take and how many are served at once, and answers only requests that name this address.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6

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

    def __init__(self, address: tuple[str, int], answer: Callable[[str], Answer | None]) -> None:
        """Bind and start; raise OSError when the address is taken. ``answer`` maps a path, None is 404."""
        self._server = _server(address, answer)
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


def _server(address: tuple[str, int], answer: Callable[[str], Answer | None]) -> ThreadingHTTPServer:
    slots = threading.BoundedSemaphore(_MAX_CLIENTS)

    class Handler(BaseHTTPRequestHandler):
        timeout = _CLIENT_TIMEOUT_S
        server_version = f"newswatch/{__version__}"
        sys_version = ""

        def do_GET(self) -> None:
            host, _, _ = (self.headers.get("Host") or "").rpartition(":")
            if host not in (address[0], f"[{address[0]}]", "localhost"):
                self._send(Answer(status=400, content_type="text/plain", body=b"unknown host\n"))
                return
            found = answer(self.path.partition("?")[0])
            self._send(found or Answer(status=404, content_type="text/plain", body=b"not found\n"))

        def _send(self, found: Answer) -> None:
            self.send_response(found.status)
            self.send_header("Content-Type", found.content_type)
            self.send_header("Content-Length", str(len(found.body)))
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the parent's name)
            """Keep requests out of the log."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        address_family = AF_INET6 if ":" in address[0] else AF_INET

        def process_request(self, request: object, client_address: object) -> None:
            if not slots.acquire(blocking=False):
                self.shutdown_request(request)  # type: ignore[arg-type]
                return
            super().process_request(request, client_address)  # type: ignore[arg-type]

        def process_request_thread(self, request: object, client_address: object) -> None:
            try:
                super().process_request_thread(request, client_address)  # type: ignore[arg-type]
            finally:
                slots.release()

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that went away or took too long is no event."""

    return Server(address, Handler)

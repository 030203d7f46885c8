"""TLS for the scripted site: a server certificate for ``news.example``, and the private root that vouches for it.

``tls/server.pem`` holds a key that is public by being here; nothing but these tests trusts its root, whose own key
was thrown away. Both are valid until 2126.
"""

from __future__ import annotations

import ssl
from pathlib import Path

__all__ = ["NAME", "client_context", "server_context"]

NAME = "news.example"
_FOLDER = Path(__file__).with_name("tls")


def server_context() -> ssl.SSLContext:
    """Return what ``Site.start(tls=...)`` takes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_FOLDER / "server.pem")
    return context


def client_context() -> ssl.SSLContext:
    """Return a verifying context that trusts the private root alone."""
    return ssl.create_default_context(cafile=_FOLDER / "root.pem")

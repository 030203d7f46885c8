"""TLS for the scripted site: a server certificate for ``news.example``, and the private root that vouches for it.

``tls/server.pem`` holds a key that is public by being here; nothing but these tests trusts its root, whose own key
was thrown away. ``tls/old.pem`` is an old server's: 1,024 bits, which vouch for themselves. All are valid until 2126.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

__all__ = ["NAME", "client_context", "old_client_context", "old_server_context", "server_context"]

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


def old_server_context() -> ssl.SSLContext:
    """Return the TLS of a server with a key of 1,024 bits, which OpenSSL 3 finds too small by itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.load_cert_chain(_FOLDER / "old.pem")
    return context


def old_client_context(change: Callable[[ssl.SSLContext], ssl.SSLContext]) -> ssl.SSLContext:
    """Return a verifying context, changed by ``change``, that trusts the old server's certificate alone."""
    context = change(ssl.create_default_context(cafile=_FOLDER / "root.pem"))
    certificate = (_FOLDER / "old.pem").read_text(encoding="ascii").partition("-----END PRIVATE KEY-----")[2]
    context.load_verify_locations(cadata=certificate)
    return context

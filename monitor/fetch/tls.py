"""How certificates are checked and what a handshake may offer: verification is always on.

``legacy`` is for servers that OpenSSL 3 no longer talks to by itself: renegotiation without RFC 5746, keys of 1,024
bits, ciphers without forward secrecy. Who it is used for is the configuration's to say.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from functools import cache
from typing import Literal

import httpx

__all__ = ["Tls", "contexts", "relax"]

Tls = Literal["modern", "legacy"]

_LEGACY_SERVER_CONNECT = 0x4  # OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT; the ssl module names it since Python 3.12
_LEGACY_CIPHERS = (
    "DEFAULT:!PSK:!SRP@SECLEVEL=1"  # 80 bits of security: 1,024-bit keys and SHA-1 (SSL_CTX_set_security_level(3))
)


def relax(context: ssl.SSLContext) -> ssl.SSLContext:
    """Let a context talk to old servers, and return it; what it verifies stays as it was."""
    context.options |= _LEGACY_SERVER_CONNECT
    context.set_ciphers(_LEGACY_CIPHERS)
    return context


def contexts(
    modern: ssl.SSLContext | None, legacy: ssl.SSLContext | None
) -> Mapping[Tls, Callable[[], ssl.SSLContext]]:
    """Return how to get each context; those not given are made when they are first needed (45 ms each)."""
    return {
        "modern": _modern if modern is None else lambda: modern,
        "legacy": _legacy if legacy is None else lambda: legacy,
    }


@cache
def _modern() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@cache
def _legacy() -> ssl.SSLContext:
    return relax(httpx.create_ssl_context(trust_env=False))

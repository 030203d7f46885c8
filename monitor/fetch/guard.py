"""Which addresses may be connected to, decided when a connection is made.

A name is resolved here, every address that it has is checked, and the connection goes to an address that was
checked: neither a second answer of the name server nor another reading of the URL can lead elsewhere. TLS and the
Host header still use the name. Checking a URL before it is fetched would protect nothing and is not offered.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpcore

from monitor.fetch.failures import failed, quoted
from storage.records import Outcome

__all__ = ["AllowList", "GuardedBackend", "Resolve", "SystemResolver", "is_public", "parse_allow"]

Resolve = Callable[[str, int], Awaitable[Iterable[str]]]
"""Give the addresses of a name; raise OSError when it has none."""

_ENDPOINT = re.compile(r"(?P<host>\[[^\]]+\]|[^:\[\]]+):(?P<port>\d{1,5})")
_UNICAST6 = IPv6Network("2000::/3")
# What some versions of ``ipaddress`` call global and is not: addresses that wrap another one (6to4, RFC 3056, and its
# relays, RFC 7526; Teredo, RFC 4380), documentation (RFC 9637), and the two at which clouds serve secrets to their
# own machines: 192.0.0.192 in the protocol assignments (RFC 6890), and 168.63.129.16. NAT64 (RFC 6052, RFC 8215),
# mapped and compatible addresses lie outside 2000::/3.
_SPECIAL = tuple(
    ip_network(text)
    for text in ("2002::/16", "2001::/32", "3fff::/20", "192.88.99.0/24", "192.0.0.0/24", "168.63.129.16/32")
)
_MAX_TRIES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowList:
    """What the operator allows beyond the public internet: exact endpoints, and networks with a port or any."""

    endpoints: frozenset[tuple[str, int]] = frozenset()
    networks: tuple[tuple[IPv4Network | IPv6Network, int | None], ...] = ()

    def permits(self, name: str, address: str, port: int) -> bool:
        """Say whether a connection to ``address``, asked for as ``name``, is allowed."""
        ip = _parse(address)
        if ip is None:
            return False
        if {(name.lower().rstrip("."), port), (str(ip), port)} & self.endpoints:
            return True
        return is_public(ip) or any(
            ip.version == network.version and ip in network and only in (None, port) for network, only in self.networks
        )


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Say whether an address belongs to the public internet and is one host's."""
    if (isinstance(ip, IPv6Address) and ip not in _UNICAST6) or any(ip in network for network in _SPECIAL):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def parse_allow(entries: Iterable[str]) -> AllowList:
    """Read ``host:port``, ``[v6]:port``, ``CIDR``, ``CIDR:port`` or ``[CIDR]:port``; ValueError for anything else."""
    endpoints: set[tuple[str, int]] = set()
    networks: list[tuple[IPv4Network | IPv6Network, int | None]] = []
    for entry in entries:
        host, port = _split_port(entry.strip())
        network = _network(host)
        if network is not None and (port is None or "/" in host):
            networks.append((network, port))
        elif port is not None:
            endpoints.add((str(_parse(host) or host.lower().rstrip(".")), port))
        else:
            raise ValueError(f"expected host:port, CIDR or CIDR:port, found {quoted(entry)}")
    return AllowList(endpoints=frozenset(endpoints), networks=tuple(networks))


def _split_port(entry: str) -> tuple[str, int | None]:
    match = _ENDPOINT.fullmatch(entry)
    if match is None:
        return entry, None
    port = int(match["port"])
    if not 0 < port < 65_536:
        raise ValueError(f"expected a port from 1 to 65535, found {quoted(entry)}")
    return match["host"].strip("[]"), port


def _network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text)
    except ValueError:
        if "/" in text:
            raise ValueError(f"expected a network such as 10.1.0.0/16, found {quoted(text)}") from None
        return None


def _parse(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None


def _look_up(name: str, port: int) -> tuple[str, ...]:
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class SystemResolver:
    """Ask the system for addresses, ``at_once`` names at most.

    Each look-up has a daemon thread of its own: a name server that hangs, which nothing can interrupt, then keeps
    neither another thread pool busy nor the program from its end, as a pool's threads would.
    """

    def __init__(self, at_once: int = 64, look_up: Callable[[str, int], tuple[str, ...]] = _look_up) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._look_up = look_up

    async def __call__(self, name: str, port: int) -> tuple[str, ...]:
        """Return the addresses of a name, best first, without repeats."""
        if _parse(name) is not None:
            return (name,)
        await self._free.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[tuple[str, ...]] = loop.create_future()
        threading.Thread(target=self._ask, args=(name, port, loop, answer), name="resolve", daemon=True).start()
        return await answer

    def _ask(
        self, name: str, port: int, loop: asyncio.AbstractEventLoop, answer: asyncio.Future[tuple[str, ...]]
    ) -> None:
        found: tuple[str, ...] | Exception
        try:
            found = self._look_up(name, port)
        except (OSError, ValueError) as error:
            found = error
        with suppress(RuntimeError):  # the loop may have ended meanwhile
            loop.call_soon_threadsafe(self._settle, answer, found)

    def _settle(self, answer: asyncio.Future[tuple[str, ...]], found: tuple[str, ...] | Exception) -> None:
        self._free.release()
        if answer.done():
            return
        if isinstance(found, Exception):
            answer.set_exception(found)
        else:
            answer.set_result(found)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that is closed when its TLS handshake is cancelled; httpcore closes it on errors alone."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self.read = inner.read  # type: ignore[method-assign]
        self.write = inner.write  # type: ignore[method-assign]
        self.aclose = inner.aclose  # type: ignore[method-assign]
        self.get_extra_info = inner.get_extra_info  # type: ignore[method-assign]

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        try:
            return await self._inner.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._inner.aclose()
            raise


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections for httpcore, to addresses that the allow list permits."""

    def __init__(self, allow: AllowList, resolve: Resolve) -> None:
        self._allow = allow
        self._resolve = resolve
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  (httpcore's interface)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check every address, connect to the first that answers."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._checked(host, port)
                return await self._first(addresses, port, timeout, socket_options)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection within {timeout:g} s") from error

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no address leads to a local socket."""
        raise failed(Outcome.REFUSED, "local sockets are not fetched from", permanent=True)

    async def sleep(self, seconds: float) -> None:
        """Wait between httpcore's own tries (unused: it makes one)."""
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int) -> list[str]:
        try:
            addresses = list(await self._resolve(host, port))
        except (OSError, ValueError) as error:
            raise failed(Outcome.UNREACHABLE, f"cannot resolve {quoted(host)}: {_reason(error)}") from error
        for address in addresses:
            if not self._allow.permits(host, address, port):
                via = "" if address == host else f" ({address})"
                detail = f"{quoted(host)}{via} port {port} is no public address; settings.network.allow can name it"
                raise failed(Outcome.REFUSED, detail, permanent=True)
        return addresses[:_MAX_TRIES]

    async def _first(
        self,
        addresses: list[str],
        port: int,
        timeout: float | None,  # noqa: ASYNC109
        options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        """Try one address after the other, each for an equal share of the time."""
        share = None if timeout is None else timeout / max(len(addresses), 1)
        error: Exception = httpcore.ConnectError("the name has no address")
        for address in addresses:
            try:
                return _Stream(await self._inner.connect_tcp(address, port, timeout=share, socket_options=options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                error = failure
        raise error


def _reason(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__

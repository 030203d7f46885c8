"""The address guard: what is public, what an operator may allow."""

from __future__ import annotations

import asyncio
import threading
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.failures import FetchFailed
from monitor.fetch.guard import AllowList, GuardedBackend, SystemResolver, is_public, parse_allow
from storage.records import Outcome
from tests.site import Site

NOT_PUBLIC = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.88.99.1", "3fff::1", "fe80::2%lo",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1",
    "fc00::1", "fd12::1", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1", "5f00::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "223.5.5.5", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2400:3200::1"]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_address_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not AllowList().permits("news.example", address, 443)


@pytest.mark.parametrize("address", PUBLIC)
def test_address_is_public(address: str) -> None:
    assert AllowList().permits("news.example", address, 443)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_no_private_or_special_address_is_public(address: IPv4Address | IPv6Address) -> None:
    special = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    assert not (is_public(address) and (special or address.is_unspecified or address.is_reserved))


ALLOWED = {
    "exact endpoint": ("127.0.0.1:8080", "any.example", "127.0.0.1", 8080, True),
    "other port": ("127.0.0.1:8080", "127.0.0.1", "127.0.0.1", 8081, False),
    "other address": ("127.0.0.1:8080", "127.0.0.2", "127.0.0.2", 8080, False),
    "name and port": ("intranet.example:80", "Intranet.Example.", "10.1.2.3", 80, True),
    "name, other port": ("intranet.example:80", "intranet.example", "10.1.2.3", 443, False),
    "another name for it": ("intranet.example:80", "evil.example", "10.1.2.3", 80, False),
    "IPv6 endpoint": ("[::1]:8080", "::1", "::1", 8080, True),
    "IPv6 endpoint, long form": ("[0:0:0:0:0:0:0:1]:8080", "localhost", "::1", 8080, True),
    "network": ("10.1.0.0/16", "a.example", "10.1.255.1", 9000, True),
    "outside of the network": ("10.1.0.0/16", "a.example", "10.2.0.1", 9000, False),
    "network with port": ("10.1.0.0/16:8080", "a.example", "10.1.2.3", 8080, True),
    "network, other port": ("10.1.0.0/16:8080", "a.example", "10.1.2.3", 80, False),
    "IPv6 network": ("fd00::/8", "a.example", "fd12::1", 80, True),
    "IPv6 network with port": ("[fd00::/8]:8080", "a.example", "fd12::1", 80, False),
    "one address, any port": ("192.168.1.7", "a.example", "192.168.1.7", 1234, True),
    "mapped form of an allowed network": ("127.0.0.0/8", "a.example", "::ffff:127.0.0.1", 80, False),
    "no address at all": ("0.0.0.0/0", "a.example", "news.example", 80, False),
}


@pytest.mark.parametrize(("entry", "name", "address", "port", "expected"), ALLOWED.values(), ids=ALLOWED.keys())
def test_allow_list_is_exact(entry: str, name: str, address: str, port: int, expected: bool) -> None:
    assert parse_allow([entry]).permits(name, address, port) is expected


@pytest.mark.parametrize(
    "entry", ["", "*", "localhost", "intranet.example", "10.1.2.3/8", "host:0", "host:70000", "a:b:c", "10.0.0.0/99:80"]
)
def test_what_is_no_endpoint_and_no_network_is_an_error(entry: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        parse_allow([entry])


@pytest.mark.anyio
async def test_one_bad_address_among_good_ones_refuses_the_name() -> None:
    async def resolve(_name: str, _port: int) -> tuple[str, ...]:
        return ("8.8.8.8", "127.0.0.1")

    with pytest.raises(FetchFailed) as failure:
        await GuardedBackend(AllowList(), resolve).connect_tcp("two.example", 80, timeout=1.0)

    assert failure.value.failure.reason is Outcome.REFUSED
    assert "127.0.0.1" in failure.value.failure.detail


@pytest.mark.anyio
async def test_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    answers = iter([(site.host,), ("127.0.0.9",)])
    asked: list[str] = []

    async def rebind(name: str, _port: int) -> tuple[str, ...]:
        asked.append(name)
        return next(answers)

    backend = GuardedBackend(parse_allow([site.address]), rebind)
    stream = await backend.connect_tcp("rebind.example", site.port, timeout=1.0)
    peer = stream.get_extra_info("server_addr")
    await stream.aclose()

    assert peer[:2] == (site.host, site.port)
    assert asked == ["rebind.example"]
    with pytest.raises(FetchFailed, match=r"127\.0\.0\.9"):
        await backend.connect_tcp("rebind.example", site.port, timeout=1.0)


@pytest.mark.anyio
async def test_the_next_address_is_tried_when_one_does_not_answer(site: Site) -> None:
    async def resolve(_name: str, _port: int) -> tuple[str, ...]:
        return ("127.0.0.3", site.host)  # nobody listens on the first

    backend = GuardedBackend(parse_allow(["127.0.0.0/8"]), resolve)
    stream = await backend.connect_tcp("two.example", site.port, timeout=5.0)
    peer = stream.get_extra_info("server_addr")
    await stream.aclose()

    assert peer[0] == site.host


@pytest.mark.anyio
async def test_name_without_address_is_a_failed_connection() -> None:
    async def resolve(_name: str, _port: int) -> tuple[str, ...]:
        return ()

    with pytest.raises(httpcore.ConnectError, match="no address"):
        await GuardedBackend(AllowList(), resolve).connect_tcp("none.example", 80, timeout=1.0)


@pytest.mark.anyio
async def test_local_sockets_are_refused() -> None:
    with pytest.raises(FetchFailed, match="local sockets"):
        await GuardedBackend(AllowList(), SystemResolver()).connect_unix_socket("/run/docker.sock")


@pytest.mark.anyio
@pytest.mark.parametrize("spelling", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0177.0.0.1"])
async def test_system_resolver_reads_every_spelling_of_loopback(spelling: str) -> None:
    addresses = await SystemResolver()(spelling, 80)

    assert addresses
    assert not any(is_public(ip_address(address)) for address in addresses)


@pytest.mark.anyio
async def test_look_up_that_hangs_holds_up_neither_the_exit_nor_the_rest() -> None:
    gate, asked = threading.Event(), threading.Event()

    def hang(name: str, _port: int) -> tuple[str, ...]:
        asked.set()
        gate.wait(10)
        return (f"of {name}",)

    resolver = SystemResolver(2, hang)
    first = asyncio.create_task(resolver("slow.example", 80))
    while not asked.is_set():
        await asyncio.sleep(0)
    first.cancel()
    rest = [asyncio.create_task(resolver(f"{n}.example", 80)) for n in range(3)]
    await asyncio.sleep(0)
    looking_up = [thread for thread in threading.enumerate() if thread.name == "resolve"]

    assert len(looking_up) == 2
    assert all(thread.daemon for thread in looking_up)
    gate.set()
    assert await asyncio.gather(*rest) == [("of 0.example",), ("of 1.example",), ("of 2.example",)]


@pytest.mark.anyio
async def test_name_that_is_none_is_a_failed_look_up() -> None:
    with pytest.raises(FetchFailed, match="cannot resolve"):
        await GuardedBackend(AllowList(), SystemResolver()).connect_tcp("a\0b.example", 80, timeout=1.0)

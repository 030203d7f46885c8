"""Content codings: whole or not at all, and never more than was asked for."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.fetch.decode import ACCEPT_ENCODING, Body, coding_of
from monitor.fetch.failures import FetchFailed
from monitor.fetch.limits import FetchLimits
from storage.records import Outcome
from tests.site.answers import Answer, bomb, encoded

CODINGS = ["gzip", "deflate", "raw-deflate", "br", "zstd"]
LIMITS = FetchLimits(max_wire=1 << 20, max_decoded=1 << 20, ratio_from=1 << 18)


def decode(coding: str, wire: bytes, step: int = 1 << 16, limits: FetchLimits = LIMITS) -> bytes:
    body = Body(coding.removeprefix("raw-"), limits)
    for at in range(0, len(wire), step):
        for _size in body.feed(wire[at : at + step]):
            pass
    return body.finish()


def pack(coding: str, data: bytes) -> bytes:
    return encoded(Answer(body=data), coding).body


@pytest.mark.parametrize("coding", CODINGS)
@settings(max_examples=40)
@given(data=st.binary(max_size=3000), repeats=st.integers(1, 50), step=st.integers(1, 5000))
def test_what_was_packed_comes_back_however_it_is_cut_into_chunks(
    coding: str, data: bytes, repeats: int, step: int
) -> None:
    assert decode(coding, pack(coding, data * repeats), step) == data * repeats


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("cut", [1, 2, 4, 7])
def test_a_stream_without_its_end_is_truncated(coding: str, cut: int) -> None:
    wire = pack(coding, bytes(range(256)) * 40)

    with pytest.raises(FetchFailed) as failure:
        decode(coding, wire[:-cut])

    assert failure.value.failure.reason is Outcome.TRUNCATED
    assert not failure.value.failure.permanent


@pytest.mark.parametrize("coding", CODINGS)
def test_a_bomb_is_refused_before_it_has_grown(coding: str) -> None:
    wire = bomb(coding, 64).body
    lenient = FetchLimits(max_wire=1 << 24, max_decoded=4 << 20, max_ratio=1e9)
    tracemalloc.start()
    try:
        with pytest.raises(FetchFailed) as failure:
            decode(coding, wire, limits=lenient)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert failure.value.failure.reason is Outcome.TOO_LARGE
    assert peak < 3 * lenient.max_decoded


@pytest.mark.parametrize("coding", CODINGS)
def test_a_ratio_is_refused_before_the_size_is_reached(coding: str) -> None:
    strict = FetchLimits(max_decoded=1 << 30, max_ratio=20.0, ratio_from=1 << 16)

    with pytest.raises(FetchFailed, match="20 times"):
        decode(coding, bomb(coding, 8).body, limits=strict)


def test_a_high_ratio_is_fine_below_a_megabyte() -> None:
    assert len(decode("gzip", pack("gzip", bytes(1_000_000)), limits=FetchLimits())) == 1_000_000


def test_wire_bytes_are_bounded_too() -> None:
    with pytest.raises(FetchFailed, match="received") as failure:
        decode("identity", bytes((1 << 20) + 1))

    assert failure.value.failure.reason is Outcome.TOO_LARGE


def test_gzip_members_are_one_body() -> None:
    wire = gzip.compress(b"first ") + gzip.compress(b"") + gzip.compress(b"second")

    assert decode("gzip", wire) == b"first second"
    assert decode("gzip", wire, step=1) == b"first second"


def test_zstd_frames_are_one_body() -> None:
    assert decode("zstd", pack("zstd", b"first ") + pack("zstd", b"second"), step=3) == b"first second"


def test_thousands_of_empty_members_are_a_failure_and_not_half_a_body() -> None:
    wire = gzip.compress(b"text") + gzip.compress(b"") * 20_000 + gzip.compress(b"late")

    with pytest.raises(FetchFailed, match="too many members"):
        decode("gzip", wire)


def test_padding_after_gzip_is_ignored() -> None:
    assert decode("gzip", gzip.compress(b"text") + b"\0" * 100) == b"text"


def test_second_member_cut_short_is_truncated() -> None:
    with pytest.raises(FetchFailed, match="ends before its end"):
        decode("gzip", gzip.compress(b"first") + gzip.compress(b"second")[:-3])


@pytest.mark.parametrize("coding", CODINGS)
def test_an_empty_body_is_whole_in_every_coding(coding: str) -> None:
    assert decode(coding, b"") == b""


@pytest.mark.parametrize("coding", CODINGS)
@given(wire=st.binary(min_size=1, max_size=400))
def test_any_bytes_give_a_body_or_one_failure(coding: str, wire: bytes) -> None:
    try:
        body = decode(coding, wire)
    except FetchFailed as failure:
        assert failure.failure.reason in (Outcome.TRUNCATED, Outcome.TOO_LARGE)  # noqa: PT017
        assert len(failure.failure.detail) < 300  # noqa: PT017
    else:
        assert isinstance(body, bytes)


@pytest.mark.parametrize(
    ("values", "coding"),
    [
        ([], "identity"),
        ([""], "identity"),
        (["identity"], "identity"),
        (["GZIP"], "gzip"),
        (["x-gzip"], "gzip"),
        (["identity, br"], "br"),
        ([" deflate "], "deflate"),
        (["zstd"], "zstd"),
    ],
)
def test_header_names_one_coding(values: list[str], coding: str) -> None:
    assert coding_of(values) == coding


@pytest.mark.parametrize("values", [["gzip, gzip"], ["gzip", "br"], ["compress"], ["br, gzip, deflate"], ["é"]])
def test_two_codings_or_an_unknown_one_are_refused(values: list[str]) -> None:
    with pytest.raises(FetchFailed) as failure:
        coding_of(values)

    assert failure.value.failure.reason is Outcome.UNDECODABLE


def test_offers_what_it_can_decode() -> None:
    for coding in ACCEPT_ENCODING.split(", "):
        assert decode(coding_of([coding]), pack(coding, b"text")) == b"text"

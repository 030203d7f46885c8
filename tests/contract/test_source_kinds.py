"""What every kind of source promises, whichever file it is in."""

from __future__ import annotations

import inspect
import pickle
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from monitor.sources import SourceSettings, kinds
from monitor.types import Collected, Failed, FolderEntry, Rejected, Unchanged
from storage.records import Outcome, SourceState, Validators
from tests.contract.fake_port import FakePort, fetched, state_of

KINDS = sorted(kinds().items())
WEB_KINDS = [(kind, module) for kind, module in KINDS if "url" in module.Settings.model_fields]
FAILURE = Failed(reason=Outcome.TIMEOUT, detail="30 s passed", retry_after_s=60.0)
each_kind = pytest.mark.parametrize(("kind", "module"), KINDS, ids=[kind for kind, _ in KINDS])
each_web_kind = pytest.mark.parametrize(("kind", "module"), WEB_KINDS, ids=[kind for kind, _ in WEB_KINDS])
WRITTEN = [(module, written) for _, module in WEB_KINDS for written in module.Settings.model_json_schema()["examples"]]
each_web_example = pytest.mark.parametrize(
    ("module", "written"), WRITTEN, ids=[written["id"] for _, written in WRITTEN]
)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def examples(module: ModuleType) -> list[dict[str, Any]]:
    return list(module.Settings.model_json_schema()["examples"])


def example(module: ModuleType, written: dict[str, Any] | None = None) -> SourceSettings:
    found = module.Settings.model_validate(written or examples(module)[0], context={"folder": Path("/srv/watch")})
    assert isinstance(found, SourceSettings)
    return found


def state(module: ModuleType, written: dict[str, Any] | None = None) -> SourceState:
    source = example(module, written)
    return state_of(source.id, source.kind, module.address(source), "site.example")


def needs_opening(written: dict[str, Any]) -> bool:
    """Say whether another request comes before the one for the data."""
    return bool(written.get("first") or written.get("cookies"))


def test_the_shipped_kinds_are_found() -> None:
    assert {"api", "feed", "folder", "listing", "page", "sitemap"} <= kinds().keys()


@each_kind
def test_module_names_its_kind_settings_and_functions(kind: str, module: ModuleType) -> None:
    assert kind == module.KIND
    assert issubclass(module.Settings, SourceSettings)
    assert module.Settings.model_fields["kind"].annotation is not str, "expected kind: Literal[KIND]"
    assert inspect.iscoroutinefunction(module.collect)
    assert list(inspect.signature(module.collect).parameters) == ["settings", "state", "port"]
    assert module.__doc__
    assert module.Settings.__doc__


@each_kind
def test_documented_example_is_valid_and_any_other_key_is_refused(kind: str, module: ModuleType) -> None:
    for written in examples(module):
        assert module.Settings.model_validate(written).kind == kind
        with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
            module.Settings.model_validate({**written, "unheard_of": 1})


@each_kind
def test_every_own_setting_is_described(kind: str, module: ModuleType) -> None:
    own = module.Settings.model_fields.keys() - SourceSettings.model_fields.keys()

    assert not [name for name in own if not module.Settings.model_fields[name].description]


@each_kind
def test_address_is_one_that_stands_for_the_source(kind: str, module: ModuleType) -> None:
    assert module.address(example(module)).startswith(("http://", "https://", "file:///"))


@pytest.mark.anyio
@each_web_example
async def test_poll_is_conditional_and_unchanged_stays_unchanged(module: ModuleType, written: dict[str, Any]) -> None:
    opening = fetched(b'<meta name="csrf" content="token">', "https://www.example.com/news")
    answers = {opening.url: opening} if needs_opening(written) else {}
    port = FakePort(answer=Unchanged(status=304, validators=Validators(etag='"1"')), answers=dict(answers))

    collected = await module.collect(example(module, written), state(module, written), port)

    assert collected is port.answer
    assert port.asked == [*((url, False) for url in answers), (written["url"], True)]
    assert port.ran == ["values_of"] * len(answers)


@pytest.mark.anyio
@each_kind
async def test_failure_is_passed_on(kind: str, module: ModuleType) -> None:
    port = FakePort(answer=FAILURE, entries=FAILURE)

    assert await module.collect(example(module), state(module), port) is FAILURE


@pytest.mark.anyio
@each_web_example
async def test_failure_before_the_data_is_a_failure_of_the_same_meaning(
    module: ModuleType, written: dict[str, Any]
) -> None:
    port = FakePort(answer=FAILURE)

    collected = await module.collect(example(module, written), state(module, written), port)

    assert isinstance(collected, Failed)
    assert replace(collected, detail=FAILURE.detail) == FAILURE
    assert FAILURE.detail in collected.detail
    assert len(port.asked) == 1


@each_web_example
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=st.binary(max_size=2_000), content_type=st.none() | st.text(max_size=40))
def test_any_bytes_are_items_or_one_reason(
    module: ModuleType, written: dict[str, Any], body: bytes, content_type: str | None
) -> None:
    import asyncio

    port = FakePort(answer=fetched(body, content_type=content_type))

    collected = asyncio.run(module.collect(example(module, written), state(module, written), port))

    assert isinstance(collected, Collected | Rejected)
    if isinstance(collected, Collected):
        assert collected.validators == Validators(etag='"1"')
        assert collected.bytes_read == len(body) * len(port.asked)
        assert collected.body_hash
        assert collected.status == 200
    assert pickle.loads(pickle.dumps(collected)) == collected


class TestPage:
    @pytest.mark.anyio
    async def test_bytes_of_the_poll_are_the_payload_of_one_item(self) -> None:
        module = kinds()["page"]

        first = await module.collect(
            example(module), state(module), FakePort(answer=fetched(b"<p>a", content_type="text/html"))
        )
        second = await module.collect(example(module), state(module), FakePort(answer=fetched(b"<p>b")))

        assert isinstance(first, Collected)
        (item,) = first.found
        assert (item.payload, item.payload_type, item.host) == (b"<p>a", "text/html", "example.org")
        assert item.key == second.found[0].key
        assert item.version != second.found[0].version
        assert first.floor_s == 600


class TestFolder:
    MODULE = kinds()["folder"]

    @pytest.mark.anyio
    async def test_every_file_is_an_item_with_the_version_of_the_file(self) -> None:
        entries = (
            FolderEntry(path="/srv/watch/inbox/a b.txt", version="1-1"),
            FolderEntry(path="/srv/中.md", version="2"),
        )

        collected = await self.MODULE.collect(example(self.MODULE), state(self.MODULE), FakePort(entries=entries))

        assert isinstance(collected, Collected)
        assert [(item.url, item.version, item.host) for item in collected.found] == [
            ("file:///srv/watch/inbox/a%20b.txt", "1-1", "site.example"),
            ("file:///srv/%E4%B8%AD.md", "2", "site.example"),
        ]

    @pytest.mark.anyio
    async def test_folder_beside_the_configuration_is_listed_with_its_patterns(self) -> None:
        port = FakePort()

        await self.MODULE.collect(example(self.MODULE), state(self.MODULE), port)

        assert port.listed == [("/srv/watch/inbox", ("*.txt",))]


class TestFeed:
    MODULE = kinds()["feed"]

    @pytest.mark.anyio
    async def test_longest_wish_of_feed_and_server_is_the_floor(self) -> None:
        body = b"<rss><channel><ttl>45</ttl><item><title>t</title><link>/1</link></item></channel></rss>"

        collected = await self.MODULE.collect(example(self.MODULE), state(self.MODULE), FakePort(answer=fetched(body)))

        assert isinstance(collected, Collected)
        assert collected.floor_s == 2_700
        assert [item.url for item in collected.found] == ["https://site.example/1"]

    @pytest.mark.anyio
    async def test_moved_address_and_quiet_days_are_passed_on(self) -> None:
        body = b"<rss><channel><skipDays><day>Sunday</day></skipDays></channel></rss>"
        answer = replace(fetched(body), permanent_redirect="https://site.example/new")

        collected = await self.MODULE.collect(example(self.MODULE), state(self.MODULE), FakePort(answer=answer))

        assert isinstance(collected, Collected)
        assert (collected.moved_to, collected.quiet_days) == ("https://site.example/new", {6})

    @pytest.mark.anyio
    async def test_shared_address_is_remembered_while_its_entries_come_and_go(self) -> None:
        def feed(*numbers: int) -> bytes:
            text = "this change says something about itself. " * 5
            entry = "<item><title>{0}</title><guid isPermaLink='false'>{0}</guid><link>/all</link><description>{1}{0}"
            items = "".join(entry.format(number, text) + "</description></item>" for number in numbers)
            return f"<rss><channel>{items}</channel></rss>".encode()

        current, keys = state(self.MODULE), []
        for numbers in [(1, 2), (2,), (), (3,)]:
            port = FakePort(answer=fetched(feed(*numbers)))
            collected = await self.MODULE.collect(example(self.MODULE), current, port)
            assert isinstance(collected, Collected)
            keys.append([item.key for item in collected.found])
            current = replace(current, cursor=collected.cursor)

        assert keys[1] == keys[0][1:]
        assert len({key for poll in keys for key in poll}) == 3

    @pytest.mark.anyio
    async def test_feed_longer_than_the_limit_is_a_notice(self) -> None:
        items = b"".join(b"<item><title>%d</title><link>/%d</link></item>" % (n, n) for n in range(3))
        settings = example(self.MODULE).model_copy(update={"limit": 2})

        collected = await self.MODULE.collect(
            settings, state(self.MODULE), FakePort(answer=fetched(b"<rss><channel>%s</channel></rss>" % items))
        )

        assert isinstance(collected, Collected)
        assert collected.notices == (("limit", "only the first 2 of 3 entries were taken"),)

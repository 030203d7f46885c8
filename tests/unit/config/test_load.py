"""Loading: the whole configuration, or every problem with its place."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.channels import channels
from monitor.config import Config, ConfigError, load_config
from monitor.sources import folder

RULE = "rules:\n  - {id: r, any: [x], channels: [c]}\nchannels:\n  - {id: c, kind: file}\n"
_HOURS = [f"{{at: '{hour:02}:00-{(hour + 1) % 24:02}:00'}}" for hour in range(24)]


def load(tmp_path: Path, text: str, environ: dict[str, str] | None = None) -> Config:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return load_config(path, environ=environ or {})


def complaints(tmp_path: Path, text: str, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text, environ)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def test_file_becomes_typed_values(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        "sources:\n"
        "  - {id: a, kind: feed, url: 'https://example.org/f.xml', every: 15m, group: g}\n"
        "  - {id: b, kind: folder, path: inbox, enabled: false}\n"
        "settings: {language: en, fetch: {delay: 0s}, workers: {count: 2}}\n" + RULE,
    )

    assert [source.id for source in config.sources] == ["a", "b"]
    assert config.sources[0].every == timedelta(minutes=15)
    assert config.settings.language == "en"
    assert config.settings.fetch.delay == timedelta(0)
    assert config.settings.poll.start == timedelta(minutes=15)
    assert config.rules[0].channels == ("c",)
    assert config.files == (tmp_path / "sources.yaml",)


def test_only_enabled_sources_are_specified_for_the_store(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        "sources:\n"
        "  - {id: a, kind: feed, url: 'https://Example.org:443/f.xml', every: 1h, group: g}\n"
        "  - {id: b, kind: folder, path: inbox}\n"
        "  - {id: c, kind: page, url: 'http://example.org:8080/', enabled: false}\n",
    )

    feed, local = config.source_specs()
    assert (feed.id, feed.kind, feed.host, feed.group, feed.every_s) == ("a", "feed", "example.org", "g", 3600)
    assert (local.url, local.host, local.every_s) == ((tmp_path / "inbox").as_uri(), "folder:b", 30)


def test_folder_path_is_relative_to_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "m.yaml").write_text("sources:\n  - {id: b, kind: folder, path: inbox}\n")

    config = load(tmp_path, "include: more/m.yaml\n")

    assert isinstance(config.sources[0], folder.Settings)
    assert config.sources[0].path == tmp_path / "more" / "inbox"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "sources:\n  - id: a\n    kind: rsss\n",
            "sources.yaml:3:5: unknown kind 'rsss'; known: api, archive, feed, folder, listing, page, sitemap",
        ),
        ("sources:\n  - id: a\n", "sources.yaml:2:5: missing key 'kind'; known: api"),
        ("sources:\n  - {id: a, kind: [feed]}\n", "sources.yaml:2:13: unknown kind a list; known: api"),
        ("sources:\n  - {id: a, kind: feed}\n", "sources.yaml:2:5: missing key 'url'"),
        (
            "sources:\n  - {id: a, kind: page, ulr: x, url: 'http://x.org/'}\n",
            "sources.yaml:2:25: unknown key 'ulr'; did you mean 'url'?; known: enabled, every",
        ),
        ("sources:\n  - {id: A b, kind: folder, path: x}\n", "sources.yaml:2:6: expected a short name of lower-case"),
        (
            "sources:\n  - {id: 7, kind: folder, path: x}\n",
            "sources.yaml:2:6: expected text; put it in quotes, found 7",
        ),
        ("sources:\n  - {id: a, kind: page, url: 'ftp://x/'}\n", "sources.yaml:2:25: expected an address that starts"),
        ("sources:\n  - {id: a, kind: page, url: 'http:///x'}\n", "sources.yaml:2:25: expected an address that starts"),
        ("sources:\n  - {id: a, kind: folder, path: ''}\n", "sources.yaml:2:27: expected the path of a folder"),
        ("sources:\n  - {id: a, kind: folder, path: ~nobody-here/x}\n", "sources.yaml:2:27: expected the path of a fo"),
        ('sources:\n  - {id: a, kind: folder, path: "a\\0b"}\n', "sources.yaml:2:27: expected the path of a folder"),
        (
            "sources:\n  - {id: a, kind: folder, path: x, every: 90}\n",
            "sources.yaml:2:36: expected a duration with its",
        ),
        ("sources:\n  - {id: a, kind: folder, path: x, every: soon}\n", "sources.yaml:2:36: expected a duration such"),
        (
            "sources:\n  - {id: a, kind: folder, path: x, every: 3661d}\n",
            "sources.yaml:2:36: expected at most 3660d, found '3661d'",
        ),
        (
            "sources:\n  - {id: a, kind: folder, path: x, every: 99999999999d}\n",
            "sources.yaml:2:36: expected at most 3660d, found '99999999999d'",
        ),
        (RULE.replace("kind: file", "kind: file, timeout: 0s"), "sources.yaml:4:25: expected more than 0s"),
        (
            RULE.replace("kind: file", "kind: webhook, url: 'https://x.org:99999/'"),
            "sources.yaml:4:28: expected an address that starts with https:// or http://",
        ),
        (
            RULE.replace("kind: file", "kind: webhook, url: 'file:~nobody-here/x'"),
            "sources.yaml:4:28: expected file: and the path of a file, found 'file:~nobody-here/x'",
        ),
        (f"include: {'a' * 5000}\n", f"sources.yaml:1:10: {'a' * 50}"),
        ("sources:\n  - {id: a, kind: folder, path: x, every: 0s}\n", "sources.yaml:2:36: expected at least 1s"),
        (
            'sources:\n  - {id: a, kind: folder, path: x, headers: {X-A: "a\\nb"}}\n',
            "sources.yaml:2:46: the header 'X-A' holds characters that a header cannot hold",
        ),
        (
            "sources:\n  - {id: a, kind: listing, url: 'http://x.org/', item: 'ul['}\n",
            "sources.yaml:2:50: not a CSS selector: 'ul['",
        ),
        (
            "sources:\n  - {id: a, kind: listing, url: 'http://x.org/', item: 'xpath://a['}\n",
            "sources.yaml:2:50: not an XPath expression: 'xpath://a['",
        ),
        (
            "sources:\n  - {id: a, kind: folder, path: x}\n  - {id: a, kind: folder, path: y}\n",
            "sources.yaml:3:6: the id 'a' in sources is taken by sources.yaml:2",
        ),
        ("sources: {id: a}\n", "sources.yaml:1:10: expected a list of sources, found a mapping"),
        ("sources:\n  - feed\n", "sources.yaml:2:5: expected a mapping with id and kind, found 'feed'"),
        (
            "channels:\n  - {id: d, kind: file, digest: 0 9 * * *}\n",
            "sources.yaml:2:25: expected a mapping with at, timezone, found '0 9 * * *'",
        ),
        ("rules:\n  - x\n", "sources.yaml:2:5: expected a mapping (key: value), found 'x'"),
        ("rules:\n  - {id: r, any: x, channels: [c]}\n", "sources.yaml:2:13: expected a list, found 'x'"),
        (
            "rules:\n  - {id: r, any: [x], channels: [c]}\n",
            "sources.yaml:2:34: unknown channel 'c'; none are configured",
        ),
        (
            RULE + "sources: []\nsettings: {}\nfeeds: []\n",
            "sources.yaml:7:1: unknown key 'feeds'; known: sources, watch",
        ),
        (RULE.replace("[c]", "[d, c]"), "sources.yaml:2:34: unknown channel 'd'; known: c"),
        (
            RULE.replace("any: [x]", "any: [x], escalate: {outlets: 5, channels: [c, d]}"),
            "sources.yaml:2:60: unknown channel 'd'; known: c",
        ),
        (
            RULE.replace("any: [x]", "any: [x], escalate: {channels: [c]}"),
            "sources.yaml:2:23: expected outlets, burst, or both",
        ),
        (
            RULE.replace("any: [x]", "any: [x], was: [r]"),
            "sources.yaml:2:29: expected an earlier name of this rule; 'r' is that of sources.yaml:2",
        ),
        (
            RULE.replace("rules:\n", "rules:\n  - {id: q, was: [p], any: [x], channels: [c]}\n").replace(
                "r, a", "r, was: [p], a"
            ),
            "sources.yaml:3:19: expected an earlier name of this rule; 'p' is that of sources.yaml:2",
        ),
        (
            RULE.replace("kind: file}", "kind: file}\n  - {id: d, was: [c], kind: file}"),
            "sources.yaml:5:19: expected an earlier name of this channel; 'c' is that of sources.yaml:4",
        ),
        (
            RULE.replace("any: [x]", "any: [x], escalate: {outlets: 1}"),
            "sources.yaml:2:34: expected greater than or equal to 2",
        ),
        (RULE.replace("channels: [c]", "channels: []"), "sources.yaml:2:23: expected at least 1 item, found none"),
        (
            RULE.replace("any: [x]", "any: [x], group_by: [rule]"),
            "sources.yaml:2:34: expected 'story', 'entity', 'vendor'",
        ),
        (RULE.replace("any: [x]", "any: [x], group_wait: 30"), "sources.yaml:2:23: expected a duration with its unit"),
        (RULE.replace("any: [x]", "any: [x], repeat_interval: 0s"), "sources.yaml:2:23: expected more than 0s"),
        (
            RULE.replace("any: [x]", "any: [x], repeat_interval: 30d"),
            "sources.yaml:2:23: expected at most 14d, found 30d",
        ),
        (
            RULE.replace("any: [x]", f"any: [x], mute: [{', '.join(_HOURS)}]"),
            "sources.yaml:2:23: expected a time of the week that is not muted: nothing would ever be told",
        ),
        (
            RULE.replace("any: [x]", "any: [x], mute: [{at: 22-7}]"),
            "sources.yaml:2:31: expected two times of day such as 22:00-07:00, found '22-7'",
        ),
        (
            RULE.replace("any: [x]", "any: [x], mute: [{days: mon-fri}, {days: 'sat,sun'}]"),
            "sources.yaml:2:23: expected a time of the week that is not muted: nothing would ever be told",
        ),
        (
            RULE + "settings:\n  alerts: {mute: [{days: weekend}]}\n",
            "sources.yaml:6:20: expected days such as mon-fri or sat,sun, found 'weekend'",
        ),
        (RULE.replace("any: [x]", "entities: models"), "sources.yaml:2:13: expected a list, found 'models'"),
        (RULE.replace("any: [x]", "any: [x], sources: [nope]"), "sources.yaml:2:33: unknown source 'nope'; none are"),
        (RULE.replace("any: [x]", "any: [x], groups: ['g*']"), "sources.yaml:2:32: unknown group 'g*'; none are"),
        (
            RULE.replace("kind: file", "kind: fax"),
            f"sources.yaml:4:13: unknown kind 'fax'; known: {', '.join(sorted(channels()))}",
        ),
        (
            RULE.replace("kind: file", "kind: file, digest: {at: '0 25 * * *'}"),
            "sources.yaml:4:34: expected a cron line of five fields such as 0 9 * * *, "
            "found '0 25 * * *': '25' is no hour",
        ),
        (
            RULE.replace("any: [x]", "entities: ['company:ernie-bot']"),
            "sources.yaml:2:24: unknown entity 'company:ernie-bot'; known: model:ernie-bot",
        ),
        (
            RULE.replace("kind: file", "kind: file, digest: {timezone: Mars/Base}"),
            "sources.yaml:4:25: expected a time zone such as Asia/Shanghai, found 'Mars/Base'",
        ),
        (
            RULE.replace("any: [x]", "entities: ['model:ernie-bott']"),
            "sources.yaml:2:24: unknown entity 'model:ernie-bott'; known: model:ernie-bot",
        ),
        (RULE.replace("any: [x]", "entities: ['robot:*']"), "sources.yaml:2:24: unknown entity 'robot:*'; known: "),
        ("watch:\n  - {id: acme, name: Acme}\n", "sources.yaml:2:6: expected kind:name in lower case, such as compa"),
        (
            "watch:\n  - {id: 'company:a', name: 示例科技}\n  - {id: 'company:b', name: 示例科技}\n",
            "sources.yaml:3:6: company:b: expected aliases of its own, found ",
        ),
        (
            "watch:\n  - {id: 'company:a', name: 示例科技}\n  - {id: 'company:a', name: 示例公司}\n",
            "sources.yaml:3:6: the id 'company:a' in watch is taken by sources.yaml:2",
        ),
        (
            "settings: {timezone: Asia/Shangai}\n",
            "sources.yaml:1:12: unknown time zone 'Asia/Shangai'; expected a name",
        ),
        ("settings: {language: fr}\n", "sources.yaml:1:12: expected 'zh' or 'en', found 'fr'"),
        ("settings: {fetch: {robots: maybe}}\n", "sources.yaml:1:20: expected true or false, found 'maybe'"),
        ("settings: {fetch: {deadline: 0s}}\n", "sources.yaml:1:20: expected greater than"),
        ("settings: {workers: {count: 1.5}}\n", "sources.yaml:1:22: expected a whole number, found 1.5"),
        ("settings: {http: {listen: here}}\n", "sources.yaml:1:19: expected host:port, found 'here'"),
        ("settings: {network: {allow: [10.0.0.1/8]}}\n", "sources.yaml:1:30: expected host:port or a network such as"),
        ("settings: {poll: {minimum: 1h}}\n", "sources.yaml:1:12: expected minimum <= start <= maximum"),
        ("include: sources.yaml\n", "sources.yaml:1:10: sources.yaml includes itself"),
        ("include: [nope.yaml]\n", "sources.yaml:1:11: no such file: nope.yaml"),
        ("include: {a: b}\n", "sources.yaml:1:10: expected the path of a file, found a mapping"),
        ("", "sources.yaml:1:1: the file is empty; it needs at least one source under sources:"),
        ("- a\n", "sources.yaml:1:1: expected a mapping with sources, watch"),
    ],
    ids=lambda text: re.sub(r"\W+", "-", text)[-40:] if "sources.yaml:" in text else "",
)
def test_problem_says_what_was_expected_and_found_and_where(tmp_path: Path, text: str, problem: str) -> None:
    found = complaints(tmp_path, text)

    assert any(line.startswith(problem) for line in found), found


def test_all_problems_come_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    found = complaints(
        tmp_path,
        "settings: {language: fr}\nsources:\n  - {id: a, kind: rsss}\n  - {id: b, kind: page, url: x}\nfoo: 1\n",
    )

    assert [line.split(":")[1] for line in found] == ["1", "3", "4", "5"]


def test_reference_to_an_entry_that_has_its_own_problem_is_not_reported_too(tmp_path: Path) -> None:
    found = complaints(tmp_path, RULE.replace("kind: file", "kind: fax"))

    assert len(found) == 1


def test_values_and_references_are_reported_together_in_order(tmp_path: Path) -> None:
    found = complaints(
        tmp_path,
        """\
sources:
  - {id: a, kind: page, url: x}
  - {id: a, kind: page, url: https://a.example/, every: 50ms}
rules:
  - {id: r, any: [x], channels: [nope], severity: loud}
  - {id: r, entities: ['model:ernie-bott'], channels: [c]}
channels:
  - {id: c, kind: file, path: out, digest: {at: '61 9 * * *'}}
settings:
  alarms: {channels: [d]}
  language: fr
""",
    )

    lines = [(line.split(":")[1], line.split(":", 3)[3].strip()) for line in found]
    assert [number for number, _ in lines] == ["2", "3", "3", "5", "5", "6", "6", "8", "10", "11"]
    assert {said.partition(";")[0] for _, said in lines} >= {
        "the id 'a' in sources is taken by sources.yaml:2",
        "the id 'r' in rules is taken by sources.yaml:5",
        "unknown channel 'nope'",
        "unknown channel 'd'",
        "unknown entity 'model:ernie-bott'",
    }
    assert any("units: s (seconds), m (minutes)" in said for _, said in lines)
    assert any("'61' is no minute (0-59)" in said for _, said in lines)


def test_operator_is_told_through_a_channel_that_exists_and_rates_are_rates(tmp_path: Path) -> None:
    channel = "channels:\n  - {id: folder, kind: file, rate: 20 per minute}\n"

    found = complaints(tmp_path, f"{channel}settings:\n  operator_channel: foldre\n")

    assert [line.split(":")[1] for line in found] == ["2", "4"]
    assert "such as 20/min" in found[0]
    assert "unknown channel 'foldre'; known: folder" in found[1]


def test_name_that_a_faulty_watch_entry_gives_is_not_unknown(tmp_path: Path) -> None:
    watch = "watch:\n  - {id: 'company:acme', name: Acme, colour: red}\n"

    found = complaints(tmp_path, watch + RULE.replace("any: [x]", "entities: ['company:acme']"))

    assert len(found) == 1
    assert "unknown key 'colour'" in found[0]


def test_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file; name the configuration with --config"):
        load_config(tmp_path / "nope.yaml", environ={})


def test_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="expected a file, found a folder"):
        load_config(tmp_path, environ={})


class TestSecrets:
    CHANNEL = "channels:\n  - {id: w, kind: webhook, url: 'https://x.org/h', secret: '%s'}\n"

    def test_secret_comes_from_the_environment(self, tmp_path: Path) -> None:
        config = load(tmp_path, self.CHANNEL % "${HOOK}", {"HOOK": "s3cr3t"})

        assert config.channels[0].secret.get_secret_value() == "s3cr3t"  # type: ignore[attr-defined]
        assert "s3cr3t" not in repr(config)

    def test_secret_comes_from_a_file_beside_the_configuration(self, tmp_path: Path) -> None:
        (tmp_path / "hook.txt").write_text("s3cr3t\n")

        config = load(tmp_path, self.CHANNEL % "file:hook.txt")

        assert config.channels[0].secret.get_secret_value() == "s3cr3t"  # type: ignore[attr-defined]

    def test_missing_variable_is_a_problem_of_its_line(self, tmp_path: Path) -> None:
        assert complaints(tmp_path, self.CHANNEL % "${HOOK}") == [
            "sources.yaml:2:60: the environment variable HOOK is not set"
        ]

    def test_missing_secret_file_is_a_problem_of_its_key(self, tmp_path: Path) -> None:
        found = complaints(tmp_path, self.CHANNEL % "file:nope")

        assert found[0].startswith("sources.yaml:2:52: cannot read the secret in ")

    @pytest.mark.parametrize(
        "text",
        [
            "channels:\n  - {id: w, kind: webhook, url: '${HOOK}'}\n",
            "channels:\n  - {id: w, kind: webhook, url: 'https://x.org/', timeout: '${HOOK}'}\n",
            "sources:\n  - {id: '${HOOK}', kind: folder, path: x}\n",
            "sources:\n  - {id: a, kind: page, url: '${HOOK}'}\n",
            "settings: {timezone: '${HOOK}'}\n",
            RULE.replace("[c]", "['${HOOK}']"),
            "settings: {user_agent: '${HOOK}\u4e2d'}\n",
        ],
        ids=["secret", "duration", "id", "url", "zone", "reference", "cut"],
    )
    @pytest.mark.parametrize("length", [1, 100], ids=["short", "long"])
    def test_value_of_a_variable_never_shows_in_a_problem(self, tmp_path: Path, text: str, length: int) -> None:
        found = complaints(tmp_path, text, {"HOOK": "S3CR3T value" + "x" * length})

        assert found
        assert "S3CR3T" not in "".join(found)

    @pytest.mark.parametrize(
        "text",
        [
            "channels:\n  - {id: w, kind: webhook, url: 'https://x.org/', secret: [hunter2]}\n",
            "channels:\n  - {id: w, kind: webhook, url: hunter2}\n",
            "channels:\n  - {id: w, kind: webhook, url: 'https://u:hunter2@a\u2100b.com/'}\n",
            "channels:\n  - {id: m, kind: email, password: 20231234, hunter: 1}\n",
            "sources:\n  - {id: a, kind: page, url: 'http://user:hunter2@x.org/'}\n",
            "sources:\n  - {id: a, kind: page, url: 'gopher://user:hunter2@x.org/'}\n",
            "settings: {store: {url: 20231234}}\n",
        ],
        ids=["list", "url", "odd-url", "number", "login", "login-of-no-address", "database"],
    )
    def test_secret_written_in_the_file_never_shows_in_a_problem(self, tmp_path: Path, text: str) -> None:
        found = complaints(tmp_path, text)

        assert found
        assert not re.search("hunter2|20231234", "".join(found))


class TestIncludes:
    def test_lists_of_included_files_are_appended_in_order(self, tmp_path: Path) -> None:
        (tmp_path / "b.yaml").write_text("sources:\n  - {id: b, kind: folder, path: x}\n")
        (tmp_path / "c.yaml").write_text(RULE.replace("channels:\n", "channels:\n  - {id: d, kind: file}\n"))

        config = load(tmp_path, "sources:\n  - {id: a, kind: folder, path: x}\ninclude: [b.yaml, c.yaml]\n")

        assert [source.id for source in config.sources] == ["a", "b"]
        assert [channel.id for channel in config.channels] == ["d", "c"]
        assert [path.name for path in config.files] == ["sources.yaml", "b.yaml", "c.yaml"]

    def test_problem_names_the_file_that_holds_it(self, tmp_path: Path) -> None:
        (tmp_path / "b.yaml").write_text("sources:\n  - {id: a, kind: folder, path: y}\n")

        found = complaints(tmp_path, "sources:\n  - {id: a, kind: folder, path: x}\ninclude: b.yaml\n")

        assert found == ["b.yaml:2:6: the id 'a' in sources is taken by sources.yaml:2"]

    def test_cycle_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "b.yaml").write_text("include: c.yaml\n")
        (tmp_path / "c.yaml").write_text("include: b.yaml\n")

        assert complaints(tmp_path, "include: b.yaml\n") == ["c.yaml:1:10: b.yaml includes itself"]

    def test_file_included_twice_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "b.yaml").write_text("sources: []\n")

        assert complaints(tmp_path, "include: [b.yaml, ./b.yaml]\n") == ["sources.yaml:1:19: b.yaml is included twice"]

    def test_settings_given_twice_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "b.yaml").write_text("settings: {language: en}\n")

        found = complaints(tmp_path, "settings: {language: zh}\ninclude: b.yaml\n")

        assert found == ["b.yaml:1:1: settings can be given once; they stand in sources.yaml:1"]


class TestNetworkAllow:
    def test_environment_adds_to_the_allow_list(self, tmp_path: Path) -> None:
        config = load(
            tmp_path,
            "settings: {network: {allow: ['10.1.0.0/16']}}\n",
            {"NEWSWATCH_NETWORK_ALLOW": "127.0.0.1:8000, [::1]:80,"},
        )

        assert config.settings.network.allow == ("10.1.0.0/16", "127.0.0.1:8000", "[::1]:80")

    def test_wrong_address_in_the_environment_names_the_variable(self, tmp_path: Path) -> None:
        found = complaints(tmp_path, "sources: []\n", {"NEWSWATCH_NETWORK_ALLOW": "localhost"})

        assert found == ["NEWSWATCH_NETWORK_ALLOW: expected host:port, found 'localhost'"]


def test_rule_may_name_shipped_and_watched_entities(tmp_path: Path) -> None:
    watch = "watch:\n  - {id: 'company:acme', name: 示例科技}\n"

    config = load(tmp_path, watch + RULE.replace("any: [x]", "entities: ['company:acme', 'model:ernie-bot', 'reg*:*']"))

    assert config.rules[0].entities == ("company:acme", "model:ernie-bot", "reg*:*")


def test_yaml_words_stay_text_where_text_is_asked_for(tmp_path: Path) -> None:
    config = load(tmp_path, "sources:\n  - {id: no, kind: folder, path: on, name: yes}\n")

    assert (config.sources[0].id, config.sources[0].name) == ("no", "yes")


@pytest.mark.parametrize(("count", "limit_s"), [(1_000, 1.5), (10_000, 15.0)])
def test_many_sources_load_quickly(tmp_path: Path, count: int, limit_s: float) -> None:
    sources = "".join(f"  - {{id: s{n}, kind: feed, url: 'https://h{n}.org/f', group: g}}\n" for n in range(count))
    started = time.perf_counter()

    config = load(tmp_path, f"sources:\n{sources}")

    assert len(config.source_specs()) == count
    assert time.perf_counter() - started < limit_s  # about five times what it takes on an idle core

"""What the feed formats become."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from monitor.sources._entry import plain_title
from monitor.sources._feed import parse_feed
from monitor.sources._parsed import Document, ParsedFeed
from storage.records import NewItem

FEEDS = Path(__file__).parents[2] / "fixtures" / "feeds"
NOW = datetime(2023, 7, 5, 4, 0, tzinfo=UTC)
X = Document(address="https://x.example/f", base="https://x.example/")


def parse(name: str, address: str = "https://site.example/feed.xml", cap: int = 500) -> ParsedFeed:
    parsed = parse_feed((FEEDS / name).read_bytes(), None, Document(address=address, base=address), NOW, cap)
    assert isinstance(parsed, ParsedFeed)
    return parsed


def row(item: NewItem) -> tuple[str, str | None, str | None, tuple[str, ...], str | None]:
    published = item.published.value if item.published else None
    return item.url, item.title, published, item.authors, item.version


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "rss091.xml",
            [
                ("http://old.example/news?id=1&page=2", "R&D spending — a table", None, (), None),
                ("http://old.example/2.html", "Café & co.", None, (), None),
            ],
        ),
        (
            "rss20.xml",
            [
                (
                    "https://news.example/a/1.html",
                    "百模大战打响 & 下一个“赛点”",
                    "2023-07-04T09:30:00+08:00",
                    ("张三",),
                    None,
                ),
                ("https://site.example/a/2.html", "只有日期", "2023-07-03", ("李四",), None),
                ("https://news.example/a/3.html", "地址在 guid 里", "2023-07-02T08:15+08:00", (), None),
                ("https://site.example/feed.xml#!6dd8bfff01858b33", "没有地址，只有内容", None, (), "014da5d800be069d"),
                ("https://news.example/a/4.html?utm_source=rss", "转发地址", None, (), None),
            ],
        ),
        (
            "rss10.rdf",
            [
                ("https://rdf.example/1", "One", "2023-07-02T08:30+08:00", ("A. Writer",), None),
                ("https://rdf.example/2", "Two, named by rdf:about alone", None, (), None),
            ],
        ),
        (
            "atom10.xml",
            [
                (
                    "https://atom.example/blog/posts/1.html",
                    "Model cards & more",
                    "2023-07-01T10:00:00+00:00",
                    ("Ada", "Grace"),
                    "2023-07-02T11:00:00Z",
                ),
                (
                    "https://atom.example/2",
                    "Plain words",
                    "2023-07-03T11:00:00+02:00",
                    (),
                    "2023-07-03T11:00:00.123+02:00",
                ),
            ],
        ),
        (
            "atom03.xml",
            [("http://atom03.example/1", "Issued", "2003-12-13T08:29:29-04:00", (), "2003-12-14T18:30:02Z")],
        ),
        (
            "feed.json",
            [
                (
                    "https://site.example/posts/1",
                    "a < b & c",
                    "2023-07-02T08:30:15+08:00",
                    ("Ada",),
                    "2023-07-03T08:30:15+08:00",
                ),
                ("https://site.example/feed.xml#!d4735e3a265e16ee", None, None, ("Old style",), "0dcd49164583df00"),
                ("https://elsewhere.example/3", None, None, (), None),
            ],
        ),
        (
            "gbk.xml",
            [
                ("http://gbk.example/1.shtml", "朱镕基、陶喆与“大模型”", "2023-07-02T08:30:00+08:00", (), None),
                ("http://gbk.example/2.shtml", "控制符在标题里", "2023-07-02T08:30:00+08:00", (), None),
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_format_gives_its_items(name: str, rows: list[object]) -> None:
    assert [row(item) for item in parse(name).items] == rows


def test_entry_that_gives_nothing_is_named_and_the_others_stay() -> None:
    parsed = parse("rss20.xml")

    assert parsed.skipped == (
        "entry 6 (同一篇): its address is that of entry 1",
        "entry 7 (空): it has neither an address nor content",
    )


def test_first_of_two_entries_with_one_address_counts() -> None:
    titles = [item.title for item in parse("rss20.xml").items if item.url.startswith("https://news.example/a/1")]

    assert titles == ["百模大战打响 & 下一个“赛点”"]


CHANGES = "<rss><channel>{}</channel></rss>"
CHANGE = (
    "<item><title>{title}</title><link>https://docs.example/changes{mark}</link>"
    "<guid isPermaLink='false'>{title}</guid><description>{title}: {text}</description></item>"
)
NOTES = (
    "the model now answers in tables, the limits were raised, and two older versions will be switched off in autumn."
)


def changes(*titles: str, mark: str = "", text: str = NOTES) -> ParsedFeed:
    entries = "".join(CHANGE.format(title=title, mark=mark and f"#{title}", text=text) for title in titles)
    parsed = parse_feed(CHANGES.format(entries).encode(), None, X, NOW, 9)
    assert isinstance(parsed, ParsedFeed)
    return parsed


@pytest.mark.parametrize("mark", ["", "#"], ids=["one address", "places on one page"])
def test_entries_that_share_a_page_are_items_of_their_own(mark: str) -> None:
    parsed = changes("v3", "v2", "v1", mark=mark)

    assert [item.title for item in parsed.items] == ["v3", "v2", "v1"]
    assert all(item.url.startswith("https://docs.example/changes#!") and item.payload for item in parsed.items)
    assert parsed.skipped == ()


def test_an_entry_that_shares_its_page_keeps_its_key_while_others_come_and_go() -> None:
    before, after = changes("v2", "v1"), changes("v3", "v2")

    assert before.items[0].key == after.items[1].key
    assert before.items[0].version == after.items[1].version


@pytest.mark.parametrize(
    "parsed",
    [
        pytest.param(changes("v1"), id="an address to itself"),
        pytest.param(changes("v2", "v1", text="see there"), id="teasers"),
    ],
)
def test_an_entry_with_a_page_of_its_own_or_a_mere_teaser_leads_to_its_page(parsed: ParsedFeed) -> None:
    assert [(item.url, item.payload) for item in parsed.items] == [("https://docs.example/changes", None)]


def test_an_entry_whose_address_leads_nowhere_carries_its_content() -> None:
    feed = (
        b"<rss><channel><item><title>t</title><link>javascript:void(0)</link><description>d</description></item>"
        b"</channel></rss>"
    )

    parsed = parse_feed(feed, None, X, NOW, 9)

    assert isinstance(parsed, ParsedFeed)
    assert [(item.title, item.payload is not None) for item in parsed.items] == [("t", True)]


def test_entry_without_address_carries_its_content_as_a_page() -> None:
    item = parse("rss20.xml").items[3]

    assert item.payload_type == "text/html; charset=utf-8"
    assert item.payload is not None
    assert item.payload.decode() == (
        "<!DOCTYPE html><title>没有地址，只有内容</title><article><h1>没有地址，只有内容</h1>\n"
        "<p>快讯全文。</p>\n</article>"
    )
    assert item.host == "site.example"


def test_entry_without_address_keeps_its_address_and_changes_its_version_with_its_content() -> None:
    feed = "<rss><channel><item><title>flash</title><description>{}</description></item></channel></rss>"

    first, second = (parse_feed(feed.format(text).encode(), None, X, NOW, 9) for text in ("one", "two"))

    assert isinstance(first, ParsedFeed)
    assert isinstance(second, ParsedFeed)
    assert first.items[0].key == second.items[0].key
    assert first.items[0].version != second.items[0].version


def test_entry_without_address_is_named_after_the_configured_address() -> None:
    """The address that a redirect leads to may change with every poll."""
    feed = b"<rss><channel><item><title>t</title><description>d</description></item></channel></rss>"
    place = Document(address="https://x.example/f", base="https://cdn.example/token-123/f")

    parsed = parse_feed(feed, None, place, NOW, 9)

    assert isinstance(parsed, ParsedFeed)
    assert parsed.items[0].url.startswith("https://x.example/f#!")


def test_pictures_and_sound_have_titles_of_their_own() -> None:
    feed = (
        "<rss xmlns:media='m'><channel><item><media:title>cat.jpg</media:title><title>t</title><link>/1</link></item>"
    )

    parsed = parse_feed(feed.encode(), None, X, NOW, 9)

    assert isinstance(parsed, ParsedFeed)
    assert [item.title for item in parsed.items] == ["t"]


def test_markup_in_plain_json_content_stays_text() -> None:
    payload = parse("feed.json").items[1].payload

    assert payload is not None
    assert b"<p>second &lt;line&gt;</p>" in payload


def test_ttl_is_a_floor_in_seconds() -> None:
    assert parse("rss20.xml").floor_s == 45 * 60
    assert parse("atom10.xml").floor_s is None


def test_entries_beyond_the_cap_are_counted_not_taken() -> None:
    parsed = parse("rss20.xml", cap=2)

    assert len(parsed.items) == 2
    assert parsed.beyond == "only the first 2 of 7 entries were taken"
    assert not any("were taken" in message for message in parsed.skipped)


HOURS = [f"<item><title>{hour}</title><link>/{hour}</link><pubDate>2023-07-04 {hour:02}:00:00 +0800</pubDate></item>"
         for hour in range(9)]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "taken", "message"),
    [
        (HOURS, ["6", "7", "8"], "only the newest 3 of 9 entries were taken"),
        (HOURS[::-1], ["8", "7", "6"], "only the newest 3 of 9 entries were taken"),
        ([*HOURS, "<item><title>x</title><link>/x</link></item>"], ["0", "1", "2"],
         "only the first 3 of 10 entries were taken"),
        (HOURS[:3], ["0", "1", "2"], None),
    ],
    ids=["oldest first", "newest first", "one without a date", "all of them"],
)  # fmt: skip
def test_of_too_many_dated_entries_the_newest_are_taken(
    items: list[str], taken: list[str], message: str | None
) -> None:
    parsed = parse_feed(f"<rss><channel>{''.join(items)}</channel></rss>".encode(), None, X, NOW, 3)

    assert isinstance(parsed, ParsedFeed)
    assert [item.title for item in parsed.items] == taken
    assert parsed.beyond == message


TEXT = "<p>全文里的一句话。</p>" * 60


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        (f"<description><![CDATA[{TEXT}]]></description>", True),
        (f"<description>{escape(TEXT)}</description>", True),
        (f"<description>短</description><content:encoded><![CDATA[{TEXT}]]></content:encoded>", True),
        (f"<description>短</description><content:encoded> a <![CDATA[{TEXT}]]></content:encoded>", True),
        ("<description>短</description>", False),
        (f"<description><![CDATA[{TEXT * 200}]]></description>", False),
    ],
    ids=["CDATA", "escaped", "fuller", "mixed", "a teaser", "too long"],
)
def test_entry_with_a_page_carries_its_full_text_within_bounds(said: str, carried: bool) -> None:
    entry = f"<item><title>A &amp;amp; B</title><link>/1</link>{said}</item>"
    name = "http://purl.org/rss/1.0/modules/content/"

    parsed = parse_feed(f"<rss xmlns:content='{name}'><channel>{entry}</channel></rss>".encode(), None, X, NOW, 9)

    assert isinstance(parsed, ParsedFeed)
    (item,) = parsed.items
    assert item.payload is None
    assert (item.content is not None) is carried
    if item.content is not None:
        assert TEXT.encode() in item.content
        assert b"<h1>A &amp; B</h1>" in item.content


def test_entries_with_one_address_keep_their_keys_when_one_of_them_is_left_alone() -> None:
    text = "<p>这一条更新说明了新版本的变化。</p>" * 10
    one, two = (f"<item><title>{n}</title><guid isPermaLink='false'>id{n}</guid><link>https://x.example/changes</link>"
                f"<description><![CDATA[{text}{n}]]></description></item>" for n in (1, 2))  # fmt: skip

    both = parse_feed(f"<rss><channel>{one}{two}</channel></rss>".encode(), None, X, NOW, 500)
    assert isinstance(both, ParsedFeed)
    alone = parse_feed(f"<rss><channel>{two}</channel></rss>".encode(), None, X, NOW, 500, both.shared)
    assert isinstance(alone, ParsedFeed)

    assert [item.key for item in alone.items] == [both.items[1].key]
    assert "#!" in alone.items[0].url


def test_json_entry_with_half_a_surrogate_pair_in_its_address_is_skipped_with_a_message() -> None:
    body = (
        rb'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://x.example/\ud800"},'
        rb' {"id": "2", "url": "https://x.example/2"}]}'
    )

    parsed = parse_feed(body, None, X, NOW, 500)

    assert isinstance(parsed, ParsedFeed)
    assert [item.url for item in parsed.items] == ["https://x.example/2"]
    assert parsed.skipped == (r"entry 1 (1): expected an http or https address, found 'https://x.example/\ud800'",)


def test_updates_that_only_repeat_the_time_of_the_request_are_no_versions() -> None:
    entry = "<entry><title>t{0}</title><link href='/{0}'/><updated>2023-07-05T00:00:00Z</updated></entry>"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(map(entry.format, range(3)))}</feed>"

    parsed = parse_feed(feed.encode(), None, X, NOW, 500)

    assert isinstance(parsed, ParsedFeed)
    assert [item.version for item in parsed.items] == [None, None, None]


@pytest.mark.parametrize(
    ("before", "after", "other"),
    [
        (("t", "d", "<p>c</p>"), ("t", "d", "<p>c</p>"), (False, False)),
        (("t", "d", "<p>c</p>"), ("【撤稿】t", "d", "<p>c</p>"), (True, False)),
        (("t", "d", "<p>c</p>"), ("t", "d", "<p>本文已撤回</p>"), (False, True)),
        (("t", "d", "<p>c</p>"), ("t", "d", "<p class='a9'>c</p>"), (False, False)),
        (("t", "80款", ""), ("t", "130款", ""), (False, True)),
        (
            ("t", "d", "", "Mon, 03 Jul 2023 08:00:00 GMT"),
            ("t", "d", "", "Mon, 03 Jul 2023 09:30:00 GMT"),
            (False, True),
        ),
    ],
)
def test_marks_of_an_entry_change_with_its_title_its_text_and_its_date(
    before: tuple[str, ...], after: tuple[str, ...], other: tuple[bool, bool]
) -> None:
    then, now = (_marks(*said) for said in (before, after))
    assert (then[0] != now[0], then[1] != now[1]) == other


def test_date_that_all_entries_share_is_no_mark_of_an_entry() -> None:
    days = ("Mon, 03 Jul 2023 08:00:00 GMT", "Mon, 03 Jul 2023 09:30:00 GMT")
    beside = "<item><title>u</title><link>/b</link><pubDate>{}</pubDate></item>"
    assert len({_marks("t", "d", "", day, beside.format(day)) for day in days}) == 1


def _marks(title: str, description: str, content: str, date: str = "", beside: str = "") -> tuple[str, str]:
    whole = f"<c:encoded xmlns:c='urn:c'><![CDATA[{content}]]></c:encoded>" if content else ""
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    told = f"<title>{title}</title><link>/a</link><description>{description}</description>{whole}{dated}"
    parsed = parse_feed(f"<rss><channel><item>{told}</item>{beside}</channel></rss>".encode(), None, X, NOW, 500)
    assert isinstance(parsed, ParsedFeed)
    marks = parsed.items[0].told
    assert marks is not None
    return marks


@pytest.mark.parametrize("name", ["rss091.xml", "rss20.xml", "rss10.rdf", "atom10.xml", "atom03.xml", "gbk.xml"])
def test_titles_and_links_agree_with_feedparser(name: str) -> None:
    """The peer reads the same titles, and the same links of all entries that have one of their own."""
    import feedparser

    body = (FEEDS / name).read_bytes()
    if name == "gbk.xml":  # the peer takes a GBK feed with a control character for ISO-8859-2
        body = body.replace(b"\x08", b"")
    theirs = {entry.get("title") for entry in feedparser.parse(body).entries} - {None, "空", "同一篇"}

    ours = {item.title for item in parse(name).items}

    assert {plain_title(title) for title in theirs} == ours


@pytest.mark.parametrize(
    ("feed", "floor_s", "quiet_days"),
    [
        ("<rss><channel><ttl>45</ttl>{}</channel></rss>", 2_700, set()),
        ("<rss><channel><ttl>1000000</ttl>{}</channel></rss>", 86_400, set()),
        ("<rss><channel><ttl>soon</ttl>{}</channel></rss>", None, set()),
        ("<rss><channel><skipDays><day>Saturday</day><day>Sunday</day></skipDays>{}</channel></rss>", None, {5, 6}),
        ("<rss><channel>{}<skipDays><day>Friday</day><day>Caturday</day></skipDays></channel></rss>", None, {4}),
        ("<rss><channel><skipHours><hour>4</hour><hour>5</hour></skipHours>{}</channel></rss>", 7_201, set()),
        ("<rss><channel><ttl>90</ttl><skipHours><hour>5</hour></skipHours>{}</channel></rss>", 7_201, set()),
        ("<rss><channel><skipHours><hour>9</hour></skipHours>{}</channel></rss>", None, set()),
        ("<rss xmlns:sy='s'><channel><sy:updatePeriod> hourly </sy:updatePeriod>"
         "<sy:updateFrequency>2</sy:updateFrequency>{}</channel></rss>", 1_800, set()),
        ("<rss xmlns:sy='s'><channel><sy:updatePeriod>daily</sy:updatePeriod>{}</channel></rss>", 86_400, set()),
        ("<rss><channel><ttl>5</ttl><ttl>500</ttl>{}</channel></rss>", 300, set()),
    ],
    ids=["ttl", "years", "no number", "weekend", "day after the entries", "hours", "hour after the ttl", "a later hour",
         "period", "daily", "two"],
)  # fmt: skip
def test_wishes_of_a_feed_are_a_floor_and_quiet_days(feed: str, floor_s: int | None, quiet_days: set[int]) -> None:
    parsed = parse_feed(feed.format("<item><link>/1</link></item>").encode(), None, X, NOW, 9)

    assert isinstance(parsed, ParsedFeed)
    assert (parsed.floor_s, parsed.quiet_days) == (floor_s, quiet_days)


@pytest.mark.parametrize(
    "wish",
    [
        "<skipDays>Monday Tuesday Wednesday Thursday Friday Saturday Sunday</skipDays>",
        "<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(24)) + "</skipHours>",
    ],
    ids=["days", "hours"],
)  # fmt: skip
def test_a_wish_never_to_be_asked_is_not_believed(wish: str) -> None:
    parsed = parse_feed(f"<rss><channel>{wish}<item><link>/1</link></item></channel></rss>".encode(), None, X, NOW, 9)

    assert isinstance(parsed, ParsedFeed)
    assert (parsed.floor_s, parsed.quiet_days) == (None, frozenset())


LONG = "<p>" + "正文" * 100 + "</p>"


@pytest.mark.parametrize(
    ("inner", "payload"),
    [
        (f"<![CDATA[{LONG}]]>", LONG),
        (f"before<![CDATA[{LONG}]]><![CDATA[{LONG}]]>after", f"before{LONG}{LONG}after"),
        (f"<![CDATA[{LONG}\x08]]>", LONG),
        (f"<![CDATA[{LONG}<item><title>quoted</title></item>]]>", f"{LONG}<item><title>quoted</title></item>"),
        ("\uf8ffcdata:7\uf8ff stays", "\uf8ffcdata:7\uf8ff stays"),
    ],
    ids=["one", "two and text", "control character", "an entry that is quoted", "a mark without a section"],
)
def test_long_sections_come_back_whole(inner: str, payload: str) -> None:
    feed = f"<rss><channel><item><title>t</title><description>{inner}</description></item></channel></rss>"

    parsed = parse_feed(feed.encode(), None, X, NOW, 9)

    assert isinstance(parsed, ParsedFeed)
    (item,) = parsed.items
    assert item.payload is not None
    assert f"\n{payload}\n</article>" in item.payload.decode()


def test_long_title_in_a_section_is_read() -> None:
    feed = f"<rss><channel><item><title><![CDATA[{'长标题' * 40}]]></title><link>/1</link></item></channel></rss>"

    parsed = parse_feed(feed.encode(), None, X, NOW, 9)

    assert isinstance(parsed, ParsedFeed)
    assert parsed.items[0].title == "长标题" * 40


def test_redirect_page_gives_way_to_the_address_it_wraps() -> None:
    link = "https://link.zhihu.com/?target=https%3A%2F%2Fa.example%2F1%3Fb%3D2"
    feed = f"<rss><channel><item><title>t</title><link>{link}</link></item></channel></rss>"

    parsed = parse_feed(feed.encode(), None, X, NOW, 9)

    assert isinstance(parsed, ParsedFeed)
    assert [(item.url, item.host) for item in parsed.items] == [("https://a.example/1?b=2", "a.example")]


def test_media_title_stands_in_where_there_is_no_other() -> None:
    feed = "<rss xmlns:media='m'><channel><item><media:title>video</media:title><link>/1</link></item></channel></rss>"

    parsed = parse_feed(feed.encode(), None, X, NOW, 9)

    assert isinstance(parsed, ParsedFeed)
    assert [item.title for item in parsed.items] == ["video"]

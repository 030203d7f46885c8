"""Who wrote a page and when, in the forms that sites of many kinds print it round the article."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from monitor.read import read_page
from monitor.read.credits import read_credits
from monitor.read.credits_said import Credits
from monitor.read.datelines import signed_on
from monitor.read.dates import CHINA, DateContext, parse_date
from monitor.read.names import is_full_name, is_outlet, is_person, outlet, people
from monitor.types import Extracted

URL = "https://paper.test/news/1.html"
FETCHED_AT = datetime(2024, 3, 1, tzinfo=UTC)
HAN = "".join(f"<p>这是第{i}段正文，里面有足够多的字来说明一件事情，并且有标点，读者看得明白。</p>" for i in range(4))
HANT = "".join(f"<p>這是第{i}段正文，裡面有足夠多的字來說明一件事情，並且有標點，讀者看得明白。</p>" for i in range(4))
ENGLISH = (
    "".join(f"<p>Regulators agreed on rule {i}, and said that they would enforce it soon.</p>" for i in range(4))
    + "<p>They had argued about it for years.</p>"
)
TEASERS = '<div class="more"><h3><a href="/a">Photos: A Year on the Ice</a></h3><p>2021-01-01</p></div>'


def read(
    above: str, body: str, *, below: str = "", head: str = "", title: str = "Rules are agreed at last"
) -> Extracted:
    page = (
        f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><h1>{title}</h1>{above}<div>{body}</div>{below}</body></html>"
    )
    found = read_page(page.encode(), URL, fetched_at=FETCHED_AT)
    assert isinstance(found, Extracted)
    return found


BOXED = [
    (
        "Miguel Santos / September 12, 2023 6 min read 8085 views",
        Credits(authors=("Miguel Santos",), dates=("September 12, 2023",)),
    ),
    ("Jane Doe and Li Wei | July 2, 2023", Credits(authors=("Jane Doe", "Li Wei"), dates=("July 2, 2023",))),
    ("Jane Doe Follow 5 min read · Jul 2, 2023", Credits(authors=("Jane Doe",), dates=("Jul 2, 2023",))),
    ("By Jane Doe Health correspondent", Credits(authors=("Jane Doe",))),
    ("New York, July 2, 2023", Credits(dates=("July 2, 2023",))),
    ("Breaking News July 2, 2023", Credits(dates=("July 2, 2023",))),
    ("16 Feb 09:34", Credits(dates=("16 Feb 09:34",))),
    ("Source: Reuters", Credits(source="Reuters")),
    ("SOURCE Lantern AI, Inc.", Credits(source="Lantern AI, Inc.")),
    ("News provided by Lantern AI", Credits(source="Lantern AI")),
    ("姜未央 许一诺 04-23 19:37", Credits(authors=("姜未央", "许一诺"), dates=("04-23 19:37",))),
    ("张三 某某日报 2023-07-02", Credits(authors=("张三",), source="某某日报", dates=("2023-07-02",))),
    ("海风财经·2023-07-02", Credits(source="海风财经", dates=("2023-07-02",))),
    ("聯合報／ 記者歐陽德／台北即時報導", Credits(authors=("歐陽德",), source="聯合報")),
    ("（中央社記者張簡雅婷台北2日電）", Credits(authors=("張簡雅婷",))),
    ("（編輯：王小明／李大華）1120702", Credits(editors=("王小明", "李大華"))),
    ("2023/7/2 12:05（7/2 13:00 更新）", Credits(dates=("2023/7/2 12:05",), modified=("7/2 13:00",))),
    ("新聞公報 2023年7月5日", Credits(dates=("2023年7月5日",))),
    ("上版日期：112.07.02", Credits(dates=("112.07.02",))),
    ("楼主 | 2023-7-2 08:30 | 来自手机 | 只看该作者", Credits(dates=("2023-7-2 08:30",))),
    ("2023-07-02 08:30 发布于北京", Credits(dates=("2023-07-02 08:30",))),
    (
        "本文来自微信公众号： 某某笔记（ID：acc1） ，作者：程北，编辑：郝鸣，题图来自：视觉中国",
        Credits(authors=("程北",), editors=("郝鸣",), source="某某笔记"),
    ),
    (
        "本文来自微信公众号“某某笔记”（ID：acc1），作者：许一诺、魏子衿，编辑：丁小满，36氪经授权发布。",
        Credits(authors=("许一诺", "魏子衿"), editors=("丁小满",), source="某某笔记"),
    ),
]


@pytest.mark.parametrize(("line", "expected"), BOXED, ids=[line for line, _ in BOXED])
def test_line_of_a_byline_box_is_read(line: str, expected: Credits) -> None:
    said = read_credits(line, boxed=True)
    assert said is not None
    assert (said.authors, said.editors, said.source) == (expected.authors, expected.editors, expected.source)
    assert (said.dates, said.modified) == (expected.dates, expected.modified)


@pytest.mark.parametrize(
    "line",
    [
        "— Mike Pompeo, College Station, TX, April 15, 2019",
        "Citizen, Do 1 Aug 2019 / 01:15 Antworten und mehr Kommentare lesen",
        "本文来自美国，他说，作者是人。",
    ],
    ids=repr,
)
def test_line_that_only_mentions_names_and_days_is_no_byline(line: str) -> None:
    said = read_credits(line, boxed=True)
    assert said is None or not said.authors


ENGLISH_BOXES = [
    ("<div><span>Miguel Santos</span> / <time>January 2, 2024</time></div>", ("Miguel Santos",), "2024-01-02"),
    (
        "<div><a>Jane Doe</a></div><div>Follow</div><div>5 min read</div><div>Jul 2, 2023</div>",
        ("Jane Doe",),
        "2023-07-02",
    ),
    (
        "<p>A deck that says in one sentence what follows, from 1 January 2024.</p><div>By Jane Doe and John Roe</div>"
        "<div>Published November 24, 2023 at 4:27 p.m. GMT</div>",
        ("Jane Doe", "John Roe"),
        "2023-11-24T16:27+00:00",
    ),
    (
        "<p>joe <relative-time datetime='2023-02-16T09:34:11Z'>16 Feb</relative-time></p>",
        (),
        "2023-02-16T09:34:11+00:00",
    ),
    (
        "<p>Jane Doe</p><p><time datetime='2023-07-02T08:30:00Z'>2 hours ago</time></p>",
        ("Jane Doe",),
        "2023-07-02T08:30:00+00:00",
    ),
    (
        "<div>By Jane Doe and John Roe <span>BBC News</span></div><p>2 July 2023</p>",
        ("Jane Doe", "John Roe"),
        "2023-07-02",
    ),
    ("<div>By</div><div>Jane Doe</div><div>07/02/2023 8:30 AM EDT</div>", ("Jane Doe",), "2023-07-02T08:30-04:00"),
]


@pytest.mark.parametrize(("above", "authors", "published"), ENGLISH_BOXES)
def test_english_page_gives_author_and_date(above: str, authors: tuple[str, ...], published: str) -> None:
    found = read(above, ENGLISH, below=TEASERS)
    assert (found.authors, found.published_at) == (authors, published)
    assert found.editors == ()


def test_second_heading_is_the_articles_where_the_title_says_so() -> None:
    above = "<time datetime='2020-01-01'>x</time><h1>The Paper</h1><time datetime='2021-01-01'>y</time>"
    own = "<h1>Rules are agreed</h1><time datetime='2023-07-02'>z</time>"
    page = f"<title>Rules are agreed</title><body>{above}{own}{ENGLISH}"
    found = read_page(page.encode(), URL, fetched_at=FETCHED_AT)
    assert isinstance(found, Extracted)
    assert found.published_at == "2023-07-02"


def test_authors_are_read_from_a_section_of_their_own() -> None:
    found = read("<p>July 2, 2023</p>", ENGLISH, below="<h2>Authors</h2><p>Aisha Rahman, Ben T. Carter</p>")
    assert found.authors == ("Aisha Rahman", "Ben T. Carter")


def test_publisher_may_be_an_agency() -> None:
    assert read("", ENGLISH, head='<meta property="og:site_name" content="Reuters">').publisher == "Reuters"


def test_paper_that_reserves_the_rights_is_the_publisher_where_nothing_else_says_so() -> None:
    assert (
        read("", HAN, below="<p>某某日报社版权所有 未经许可不得转载</p>", title="规则终于定下来了").publisher
        == "某某日报"
    )


PARTIAL = [
    ("<p>某某日报 <span>02-22 17:13</span><span>2023-02-22 17:13</span></p>", "2023-02-22T17:13+08:00"),
    ('<p>发表于 <span title="2023-7-2 08:30">3 天前</span></p>', "2023-07-02T08:30+08:00"),
    ("<p>02-22 17:13</p>", "2024-02-22T17:13+08:00"),
]


@pytest.mark.parametrize(("above", "published"), PARTIAL, ids=["without a year", "relative", "nothing whole"])
def test_whole_date_beats_the_part_that_is_shown(above: str, published: str) -> None:
    assert read(above, HAN, title="规则终于定下来了").published_at == published


def test_signature_below_a_notice_dates_it() -> None:
    body = HANT + "<p>完</p><p>2023年7月5日（星期三）</p><p>香港時間16時30分</p>"
    found = read("", body, title="規則終於定下來了")
    assert found.published_at == "2023-07-05T16:30+08:00"


def test_no_text_is_signed_by_nobody() -> None:
    assert signed_on([]) == ()


def test_declared_authors_complete_those_of_the_byline() -> None:
    persons = [{"@type": "Person", "name": name} for name in ("许一诺", "姜未央")]
    node = json.dumps({"@type": "NewsArticle", "author": persons})
    head = f'<script type="application/ld+json">{node}</script>'
    assert read("<p>作者：姜未央</p>", HAN, head=head, title="规则终于定下来了").authors == ("许一诺", "姜未央")


@pytest.mark.parametrize(
    ("window", "heading"),
    [
        ("规则终于定下来了 - 综合讨论 - 某某论坛 - Powered by Discuz!", "[讨论] 规则终于定下来了"),
        ("规则终于定下来了-综合讨论-某某论坛", "[讨论] 规则终于定下来了 [复制链接]"),
        ("规则终于定下来了 - Powered by Discuz!", "别的话题在这里"),
    ],
)
def test_title_has_no_tag_and_no_name_of_software(window: str, heading: str) -> None:
    page = f"<title>{window}</title><body><h1>{heading}</h1>{HAN}"
    found = read_page(page.encode(), URL, fetched_at=FETCHED_AT)
    assert isinstance(found, Extracted)
    assert found.title == "规则终于定下来了"


def test_pager_of_a_list_names_the_next_page() -> None:
    pager = (
        '<ul class="pagelist"><li><a>共3页: </a></li><li class="thisclass"><a href="#">1</a></li>'
        '<li><a href="1_2.html">2</a></li><li><a href="1_2.html">下一页</a></li></ul>'
    )
    assert read("", HAN, below=pager, title="规则终于定下来了").next_page == "https://paper.test/news/1_2.html"


DAYS = [
    ("中華民國一百一十二年七月二日", None, "2023-07-02"),
    ("民國一一二年七月二日", None, "2023-07-02"),
    ("112-07-02", None, "2023-07-02"),
    ("2023 07/02 08:30:15", None, "2023-07-02T08:30:15+08:00"),
    ("2023年7月5日（星期三）香港時間16時30分", None, "2023-07-05T16:30+08:00"),
    ("07/02/2023", True, "2023-07-02"),
    ("07/02/2023", False, "2023-02-07"),
    ("07/02/2023", None, None),
    ("13/02/2023", None, "2023-02-13"),
    ("02/13/2023", None, "2023-02-13"),
    ("05/05/2023", None, "2023-05-05"),
]


@pytest.mark.parametrize(("text", "month_first", "expected"), DAYS)
def test_day_is_read_as_its_region_writes_it(text: str, month_first: bool | None, expected: str | None) -> None:
    context = DateContext(fetched_at=FETCHED_AT, zone=CHINA, month_first=month_first)
    found = parse_date(text, "byline", context, loose=True)
    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("Jane Doe", True), ("Sarah van Dijk", True), ("New York", False), ("Science Desk", False), ("jane doe", False)],
)
def test_full_name_needs_no_label(name: str, is_one: bool) -> None:
    assert is_full_name(name) is is_one


@pytest.mark.parametrize(
    ("text", "names"),
    [("a year", ()), ("Reuters", ()), ("聯合報／王小明", ("王小明",)), ("王小明／李大華", ("王小明", "李大華"))],
)
def test_agencies_papers_and_words_are_no_persons(text: str, names: tuple[str, ...]) -> None:
    assert people(text) == names


def test_names_of_two_character_families_have_up_to_four() -> None:
    assert is_person("歐陽文靜")
    assert not is_person("東西南北")


@pytest.mark.parametrize(
    ("text", "name"), [("手机", None), ("聯合報／", "聯合報"), ("海风财经·", "海风财经"), ("Xinhua", "Xinhua")]
)
def test_outlet_is_cut_clean(text: str, name: str | None) -> None:
    assert outlet(text) == name


def test_section_is_no_outlet() -> None:
    assert not is_outlet("新聞公報")

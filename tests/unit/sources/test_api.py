"""APIs as sites build them: what a poll asks for, and what its answer becomes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, quote

import pytest
from pydantic import ValidationError

from monitor.sources import kinds
from monitor.types import Collected, Failed, Fetched, Rejected, Unchanged
from storage.records import NewItem, Outcome
from tests.contract.fake_port import FakePort, fetched, state_of

pytestmark = pytest.mark.anyio
API = kinds()["api"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def settings(**given: Any) -> Any:
    return API.Settings.model_validate({"id": "s", "kind": "api", **given})


def answer(body: Any, url: str, **more: Any) -> Fetched:
    raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return replace(fetched(raw, url), **more)


async def poll(given: dict[str, Any], *answers: Fetched | Failed | Unchanged, **more: Any) -> tuple[Any, FakePort]:
    """Poll once; a failure answers for the address of the data."""
    made = settings(**given)
    port = FakePort(answers={one.url if isinstance(one, Fetched) else made.url: one for one in answers})
    state = replace(state_of("s", "api", API.address(made), "site.example"), **more)
    return await API.collect(made, state, port), port


def rows(collected: Any) -> list[tuple[str, str | None, str | None]]:
    assert isinstance(collected, Collected), collected
    return [(item.url, item.title, item.published.value if item.published else None) for item in collected.found]


MIIT_URL = "https://www.miit.gov.cn/search-front-server/api/search/info?cateid=196&p=1&pg=10"
MIIT = {
    "success": True,
    "data": {
        "searchResult": {
            "dataResults": [
                {
                    "groupData": [
                        {
                            "data": {
                                "title": "关于<em>人工智能</em>标准的通知",
                                "deploytime": "1688258415000",
                                "infoextends": json.dumps({"infoContent": json.dumps({"url": "/zwgk/art_1.html"})}),
                            }
                        }
                    ]
                },
                {
                    "groupData": [
                        {
                            "data": {
                                "title": "二",
                                "deploytime": 1688172015000,
                                "infoextends": '{"infoContent": {"url": "/zwgk/art_2.html"}}',
                            }
                        }
                    ]
                },
            ]
        }
    },
}
KR_PAGE = """<!DOCTYPE html><html><head><title>36氪</title></head><body><script>var a = "itemList";</script>
<script>window.initialState={"information":{"total":undefined,"itemList":[
{"itemId":1,"templateMaterial":{"widgetTitle":"大模型备案","publishTime":1688258415123}},
{"itemId":2,"templateMaterial":{"widgetTitle":"引号\\"内\\"","publishTime":"5分钟前"}}]}}</script></body></html>"""
PAPERS = json.dumps(
    {"dailyPapers": [{"paper": {"id": "2307.00001", "authors": [{"name": "A. Li"}, {"name": "B. Wu"}]},
                      "title": "Qwen & <others>", "publishedAt": "2023-07-02T08:30:00.000Z"}]}
).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")  # fmt: skip
SITES: dict[str, tuple[dict[str, Any], str | Any, list[tuple[str, str | None, str | None]]]] = {
    "MIIT search": (
        {
            "url": MIIT_URL,
            "headers": {"referer": "https://www.miit.gov.cn/search/zcwjk.html"},
            "items": "data.searchResult.dataResults[].groupData[0].data",
            "link": "infoextends.infoContent.url",
            "date": "deploytime",
        },
        MIIT,
        [
            ("https://www.miit.gov.cn/zwgk/art_1.html", "关于人工智能标准的通知", "2023-07-02T08:40:15+08:00"),
            ("https://www.miit.gov.cn/zwgk/art_2.html", "二", "2023-07-01T08:40:15+08:00"),
        ],
    ),
    "36kr list in a script": (
        {
            "url": "https://36kr.com/information/AI",
            "embedded": {"script": "itemList"},
            "items": "",
            "link": "https://36kr.com/p/{itemId}",
            "title": "templateMaterial.widgetTitle",
            "date": "templateMaterial.publishTime",
        },
        KR_PAGE,
        [
            ("https://36kr.com/p/1", "大模型备案", "2023-07-02T08:40:15+08:00"),
            ("https://36kr.com/p/2", '引号"内"', "2023-07-05T11:55+08:00"),
        ],
    ),
    "papers in an attribute": (
        {
            "url": "https://huggingface.co/papers",
            "embedded": {"attribute": {"selector": "div[data-target=DailyPapers]", "name": "data-props"}},
            "items": "dailyPapers",
            "link": "https://arxiv.org/abs/{paper.id}",
            "date": "publishedAt",
            "author": "paper.authors",
        },
        f'<html><body><div data-target="DailyPapers" data-props="{PAPERS}"></div></body></html>',
        [("https://arxiv.org/abs/2307.00001", "Qwen & <others>", "2023-07-02T08:30:00+00:00")],
    ),
    "参考消息": (
        {
            "url": "http://china.cankaoxiaoxi.com/json/channel/zg/list.json",
            "items": "list[].data",
            "link": "url",
            "date": "publishTime",
        },
        {"list": [{"data": {"title": "甲", "url": "/#/detailsPage/1/2", "publishTime": "2023-07-02 08:30:15"}}]},
        [("http://china.cankaoxiaoxi.com/#/detailsPage/1/2", "甲", "2023-07-02T08:30:15+08:00")],
    ),
    "澎湃 hot list": (
        {
            "url": "https://cache.thepaper.cn/contentapi/wwwIndex/rightSidebar",
            "items": "data.hotNews",
            "link": "https://www.thepaper.cn/newsDetail_forward_{contId}",
            "title": "name",
        },
        {"data": {"hotNews": [{"contId": "23700001", "name": "热"}, {"contId": 23700002, "name": "榜"}]}},
        [
            ("https://www.thepaper.cn/newsDetail_forward_23700001", "热", None),
            ("https://www.thepaper.cn/newsDetail_forward_23700002", "榜", None),
        ],
    ),
    "models of an organisation": (
        {
            "url": "https://huggingface.co/api/models?author=Qwen&sort=createdAt&direction=-1",
            "items": "",
            "link": "https://huggingface.co/{id}",
            "title": "id",
            "date": "createdAt",
            "updated": "lastModified",
        },
        [
            {"id": "Qwen/Qwen-7B", "createdAt": "2023-07-02T08:30:00.000Z", "lastModified": "a"},
            {"id": "Qwen/Qwen 14B", "createdAt": "2023-07-01T08:30:00.000Z", "lastModified": "b"},
        ],
        [
            ("https://huggingface.co/Qwen/Qwen-7B", "Qwen/Qwen-7B", "2023-07-02T08:30:00+00:00"),
            ("https://huggingface.co/Qwen/Qwen%2014B", "Qwen/Qwen 14B", "2023-07-01T08:30:00+00:00"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "body", "expected"), SITES.values(), ids=SITES.keys())
async def test_rows_of_a_known_layout_become_items(
    given: dict[str, Any], body: Any, expected: list[tuple[str, str | None, str | None]]
) -> None:
    collected, port = await poll(given, answer(body, given["url"]))

    assert rows(collected) == expected
    assert port.asked == [(given["url"], True)]


LIVES = {
    "code": 20000,
    "data": {
        "items": [
            {"id": 1, "uri": "", "title": "", "display_time": 1688258415,
             "content": "<p>【央行发布报告】央行今日发布报告。报告说很多。</p>", "content_text": "央行"},
            {"id": 2, "title": "有标题", "display_time": 1688258400, "content_text": "正文 a<b。\n第二段"},
            {"id": 3, "title": "", "display_time": 1688258400, "is_ad": 1,
             "content_text": "只有一句的快讯没有标题。第二句。"},
        ]
    },
}  # fmt: skip
FLASHES = {
    "url": "https://api-one.wallstcn.com/apiv1/content/lives?channel=global-channel&limit=30",
    "items": "data.items",
    "content": ["content", "content_text"],
    "date": "display_time",
}


async def test_flash_without_a_page_carries_its_text_and_gets_a_title_from_it() -> None:
    collected, _ = await poll(FLASHES, answer(LIVES, FLASHES["url"]))

    assert [title for _, title, _ in rows(collected)] == ["央行发布报告", "有标题", "只有一句的快讯没有标题"]
    first, second, _ = collected.found
    assert first.url.startswith(f"{FLASHES['url']}#!")
    assert len({item.key for item in collected.found}) == 3
    assert "报告说很多" in (first.payload or b"").decode()
    assert "<p>正文 a&lt;b。</p>\n<p>第二段</p>" in (second.payload or b"").decode()


@pytest.mark.parametrize(
    ("where", "count"),
    [({"is_ad": False}, 2), ({"is_ad": True}, 1), ({"is_ad": "1"}, 1), ({"id": [1, "2"]}, 2), ({"is_ad": None}, 2),
     ({"id": 1, "is_ad": 1}, 0)],
    ids=["absent is false", "1 is true", "number as text", "alternatives", "absent is null", "all must hold"],
)  # fmt: skip
async def test_rows_that_do_not_fit_where_are_left_out_and_counted(where: dict[str, Any], count: int) -> None:
    collected, _ = await poll({**FLASHES, "where": where}, answer(LIVES, FLASHES["url"]))

    assert len(rows(collected)) == count
    assert collected.skipped == (f"{3 - count} of 3 rows are not those that `where` asks for",)


PLAIN = {"url": "https://site.example/x", "items": "data.list", "link": "url"}
ROW = {"data": {"list": [{"url": "/1", "title": "t"}]}}


@pytest.mark.parametrize(
    "body",
    [json.dumps(ROW), "\ufeff" + json.dumps(ROW), f"callback_1({json.dumps(ROW)});",
     f"/**/ jQuery.cb( {json.dumps(ROW)} )", f")]}}',\n{json.dumps(ROW)}", f"for(;;);{json.dumps(ROW)}",
     json.dumps({"data": json.dumps(ROW["data"])})],
    ids=["plain", "byte order mark", "JSONP", "JSONP with a comment", "guard", "loop", "JSON in JSON"],
)  # fmt: skip
async def test_wrapped_json_is_unwrapped(body: str) -> None:
    collected, _ = await poll(PLAIN, answer(body, PLAIN["url"]))

    assert rows(collected) == [("https://site.example/1", "t", None)]


@pytest.mark.parametrize(
    ("script", "page"),
    [
        ("window.__DATA__", f"<script>window.__DATA__ = {json.dumps(ROW)};</script>"),
        ("window.__DATA__", f"<script>window.__DATA__={json.dumps(json.dumps(ROW))}</script>"),
        ("window.__DATA__ =", f"<script>window.__DATA__ = JSON.parse({json.dumps(json.dumps(ROW))})</script>"),
        ("__DATA__", "<script>__DATA__ = '" + json.dumps(ROW) + "'</script>"),
        ("__DATA__", "<script>__DATA__ = JSON.parse('" + json.dumps(ROW).replace('"', '\\"') + "')</script>"),
        ("__DATA__", "<script>__DATA__ = '" + json.dumps(ROW).replace('"', "\\x22") + "'</script>"),
        ("__DATA__", f'<script>__DATA__ = decodeURIComponent("{quote(json.dumps(ROW))}")</script>'),
        ("script#__NEXT_DATA__", f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(ROW)}</script>'),
        ("#app script", f"<div id=app><script>var x = 1; window.y = {json.dumps(ROW)}</script></div>"),
        (r"regex:state_\d+", f"<script>var state_7 = {json.dumps(ROW)}</script>"),
        ("feed", f"<p>our feed: see below</p><script>feed = {json.dumps(ROW)}</script>"),
    ],
    ids=["object", "string", "JSON.parse", "single quotes", "escaped quotes", "hexadecimal", "percent", "element",
         "assignment", "expression", "second place"],
)  # fmt: skip
async def test_json_in_a_script_is_found(script: str, page: str) -> None:
    collected, _ = await poll(
        {**PLAIN, "embedded": {"script": script}}, answer(f"<html><body>{page}</body></html>", PLAIN["url"])
    )

    assert rows(collected) == [("https://site.example/1", "t", None)]


@pytest.mark.parametrize(
    ("given", "body", "detail"),
    [
        ({}, {"code": 401, "msg": "token expired", "data": {}},
         "the path 'data.list' matched nothing: 'data' holds no 'list', but an empty object"),
        ({}, {"code": 401, "msg": "token expired"},
         "'data.list' matched nothing: the answer holds no 'data', but the keys code (401), msg (token expired)"),
        ({}, {"data": {"list": None}}, "the path 'data.list' leads to no rows, but to null"),
        ({}, {"data": {"list": "soon"}}, "the path 'data.list' leads to no rows, but to the text 'soon'"),
        ({}, [1, 2], "matched nothing: the answer holds no 'data', but a list of 2"),
        ({"items": "data.list[].rows"}, ROW, "'data.list[]' holds no 'rows', but the keys url (/1), title (t)"),
        ({"items": "data[9].x"}, {"data": [1]}, "'data' holds no '9', but a list of 1"),
        ({"link": "href"}, ROW, "no row gave an address or a text by link 'href': a row is the keys url (/1), tit"),
        ({}, "<!DOCTYPE html><title>请验证</title>", "an HTML page or XML (the page's title is '请验证'); `embedded`"),
        ({}, "", "nothing: the answer is empty"),
        ({}, "<", "no JSON: '<'"),
        ({}, '{"a":', "JSON that cannot be read"),
        ({}, "[" * 100_000, "JSON that cannot be read"),
        ({"embedded": {"script": "itemList"}}, "<title>维护</title>",
         "the JSON that 'itemList' should lead to: it is not there (the page's title is '维护')"),
        ({"embedded": {"script": "x"}}, "<title>x</title>x = 5", "no JSON behind it"),
        ({"embedded": {"attribute": {"selector": "div", "name": "data-x"}}}, "<div>", "no element 'div' with"),
    ],
)  # fmt: skip
async def test_answer_that_does_not_fit_says_what_is_there(given: dict[str, Any], body: Any, detail: str) -> None:
    rejected, _ = await poll({**PLAIN, **given}, answer(body, PLAIN["url"]))

    assert isinstance(rejected, Rejected), rejected
    assert rejected.rejected is Outcome.NOT_ARTICLE
    assert detail in rejected.detail


@pytest.mark.parametrize("items", ["data.list", "data.list[]", "groups[].rows"])
async def test_empty_list_at_the_path_is_a_quiet_day(items: str) -> None:
    body = {"data": {"list": []}, "groups": [{"rows": []}, {"rows": []}]}

    collected, _ = await poll({**PLAIN, "items": items}, answer(body, PLAIN["url"]))

    assert rows(collected) == []
    assert collected.skipped == ()


async def test_row_without_an_address_is_named_and_its_neighbours_stay() -> None:
    body = {"data": {"list": [{"title": "none"}, "text", {"url": "/2", "title": "b"}, {"url": "javascript:x"}]}}

    collected, _ = await poll({**PLAIN, "limit": 3}, answer(body, PLAIN["url"]))

    assert rows(collected) == [("https://site.example/2", "b", None)]
    assert collected.skipped[0] == "only the first 3 of 4 rows were taken"
    assert collected.skipped[1].startswith("entry 1 (none): it has neither")


async def test_updated_rows_are_read_again_only_where_updates_tell_rows_apart() -> None:
    def body(*updated: str) -> dict[str, Any]:
        return {"data": {"list": [{"url": f"/{n}", "updtime": text} for n, text in enumerate(updated)]}}

    apart, _ = await poll({**PLAIN, "updated": "updtime"}, answer(body("1", "2"), PLAIN["url"]))
    alike, _ = await poll({**PLAIN, "updated": "updtime"}, answer(body("1", "1"), PLAIN["url"]))

    assert [item.version for item in apart.found] == ["1", "2"]
    assert [item.version for item in alike.found] == [None, None]


async def test_half_a_surrogate_pair_does_not_reach_the_store() -> None:
    body = b'{"data": {"list": [{"url": "/1", "title": "a\\ud83d", "id": 1}]}}'

    collected, _ = await poll(PLAIN, answer(body, PLAIN["url"]))

    assert rows(collected)[0][1] == "a?"


XINHUA = {
    "url": "http://www.news.cn/ds_{id}.json",
    "first": {"url": "http://www.news.cn/xhsxw.htm", "find": {"id": "regex:datasource:([0-9a-f]+)"}},
    "items": "datasource",
    "link": "publishUrl",
    "date": "publishTime",
}


async def test_first_page_names_the_address_of_the_data() -> None:
    page = '<html><ul class="wz-list" data="datasource:2a1f"></ul></html>'
    data = {"datasource": [{"title": "甲", "publishUrl": "../politics/1.html", "publishTime": "2023-07-02 08:30:00"}]}

    collected, port = await poll(
        XINHUA,
        answer(page, "http://www.news.cn/xhsxw.htm"),
        answer("\ufeff" + json.dumps(data), "http://www.news.cn/ds_2a1f.json"),
    )

    assert rows(collected) == [("http://www.news.cn/politics/1.html", "甲", "2023-07-02T08:30:00+08:00")]
    assert port.asked == [("http://www.news.cn/xhsxw.htm", False), ("http://www.news.cn/ds_2a1f.json", False)]
    assert collected.bytes_read > len(page)


async def test_same_data_at_a_changing_address_is_unchanged() -> None:
    page, data = (
        answer("datasource:1", "http://www.news.cn/xhsxw.htm"),
        answer({"datasource": []}, "http://www.news.cn/ds_1.json"),
    )
    first, _ = await poll(XINHUA, page, data)

    again, _ = await poll(XINHUA, page, data, body_hash=first.body_hash)

    assert again == Unchanged(status=200, max_age_s=600)


AIBASE = {
    "url": "{api}?pagesize=20&page=1&type=1&isen=0",
    "first": {
        "url": "https://www.aibase.example/zh/news",
        "find": {"api": "#list @data-api", "token": "meta[name=token] @content"},
    },
    "send": {"Authorization": "Bearer {token}"},
    "items": "data.list",
    "link": "https://www.aibase.example/zh/news/{Id}",
    "date": "addtime",
    "updated": "updtime",
}
AIBASE_PAGE = '<html><head><meta name="token" content="t&#49;"></head><div id="list" data-api="{}"></div></html>'


@pytest.mark.parametrize(
    ("api", "token"),
    [("https://www.aibase.example/api/news", "Bearer t1"), ("https://elsewhere.example/news", None)],
    ids=["own origin", "another origin"],
)
async def test_first_page_gives_address_and_token_and_no_header_leaves_the_origin(api: str, token: str | None) -> None:
    data = {"data": {"list": [{"Id": 7, "title": "甲", "addtime": "2023-07-02 08:30"}]}}

    collected, port = await poll(
        AIBASE,
        answer(AIBASE_PAGE.format(api), "https://www.aibase.example/zh/news"),
        answer(data, f"{api}?pagesize=20&page=1&type=1&isen=0"),
    )

    assert rows(collected) == [("https://www.aibase.example/zh/news/7", "甲", "2023-07-02T08:30+08:00")]
    assert port.headers[1].get("authorization") == token
    assert API.address(settings(**AIBASE)) == "https://www.aibase.example/zh/news"


@pytest.mark.parametrize("api", ["file:///etc/passwd", "", "javascript:1"])
async def test_address_from_a_page_that_is_none_is_rejected(api: str) -> None:
    rejected, port = await poll(AIBASE, answer(AIBASE_PAGE.format(api), "https://www.aibase.example/zh/news"))

    assert isinstance(rejected, Rejected)
    assert len(port.asked) == 1


async def test_what_the_first_page_lacks_is_named() -> None:
    rejected, _ = await poll(XINHUA, answer("<html>rebuilt</html>", "http://www.news.cn/xhsxw.htm"))

    assert isinstance(rejected, Rejected)
    assert rejected.detail == ("the first answer has nothing for 'id': 'regex:datasource:([0-9a-f]+)' found no text")


async def test_failure_of_the_first_page_says_that_it_was_the_first() -> None:
    failure = Failed(reason=Outcome.BLOCKED, detail="403 Forbidden", status=403)
    port = FakePort(answer=failure)

    answered = await API.collect(settings(**XINHUA), state_of("s", "api", "http://www.news.cn/", "www.news.cn"), port)

    assert answered == replace(failure, detail="the first request, to http://www.news.cn/xhsxw.htm: 403 Forbidden")


COOKIES = {**PLAIN, "cookies": True, "headers": {"Cookie": "own=1", "Referer": "https://site.example/a"}}


async def test_cookies_of_the_root_go_with_the_request_for_the_data() -> None:
    root = answer("<html>", "https://site.example/", cookies=(("sid", "1"), ("t", "2")))

    collected, port = await poll(COOKIES, root, answer(ROW, PLAIN["url"]))

    assert len(rows(collected)) == 1
    assert port.asked == [("https://site.example/", False), (PLAIN["url"], True)]
    assert port.headers[1]["cookie"] == "own=1; sid=1; t=2"
    assert port.headers[1]["referer"] == "https://site.example/a"


@pytest.mark.parametrize(
    ("setter", "sees"),
    [("https://site.example/", True), ("http://site.example/", True), ("https://site.example:8443/", True),
     ("https://www.site.example/", False), ("https://other.example/", False)],
)  # fmt: skip
async def test_cookies_go_to_the_host_that_set_them_alone(setter: str, sees: bool) -> None:
    root = replace(answer("<html>", "https://site.example/", cookies=(("sid", "1"),)), final_url=setter)

    _, port = await poll({**COOKIES, "headers": {}}, root, answer(ROW, PLAIN["url"]))

    assert port.headers[1].get("cookie") == ("sid=1" if sees else None)


async def test_cookie_of_a_secure_page_does_not_go_over_a_plain_connection() -> None:
    given = {**PLAIN, "url": "http://site.example/x", "cookies": True}
    root = replace(answer("<html>", "http://site.example/", cookies=(("sid", "1"),)), final_url="https://site.example/")

    _, port = await poll(given, root, answer(ROW, given["url"]))

    assert "cookie" not in port.headers[1]


async def test_refusal_without_a_cookie_says_so() -> None:
    failure = Failed(reason=Outcome.BLOCKED, detail="403 Forbidden", status=403)

    failed, _ = await poll(COOKIES, answer("<html>", "https://site.example/"), failure)

    assert failed.detail == "403 Forbidden (the first answer set no cookie)"


async def test_json_body_is_posted_with_values_in_its_texts() -> None:
    given = {
        **PLAIN,
        "first": {"url": "https://site.example/", "find": {"token": "meta[name='csrf-token'] @content"}},
        "send": {"X-CSRF-Token": "{token}"},
        "body": {
            "query": "{ articles(sort: {by: time}) { title } }",
            "token": "{token}",
            "page": 1,
            "tags": ["{token}", None],
        },
    }
    page = answer('<meta name="csrf-token" content="a/b c">', "https://site.example/")

    _, port = await poll(given, page, answer(ROW, PLAIN["url"]))

    assert port.headers[1]["content-type"] == "application/json"
    assert port.headers[1]["x-csrf-token"] == "a/b c"
    sent = json.loads(port.bodies[1] or b"")
    assert sent == given["body"] | {"token": "a/b c", "tags": ["a/b c", None]}
    assert port.bodies[0] is None


async def test_form_is_posted_encoded() -> None:
    given = {
        **PLAIN,
        "form": {"词": "大模型 & 监管", "t": "{t}"},
        "first": {"url": "https://site.example/t", "find": {"t": "json:data.t"}},
    }

    _, port = await poll(given, answer({"data": {"t": 7}}, "https://site.example/t"), answer(ROW, PLAIN["url"]))

    assert port.headers[1]["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs((port.bodies[1] or b"").decode()) == {"词": ["大模型 & 监管"], "t": ["7"]}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"items": "a..b"}, "expected a path such as"),
        ({"link": "https://x/{a[}"}, "expected a path such as"),
        ({"link": None}, "expected a link, or content"),
        ({"url": "https://x.example/{token}"}, "first.find says nothing of token"),
        ({"send": {"X": "{token}"}}, "first.find says nothing of token"),
        ({"url": "ftp://x.example/"}, "expected an address that starts with http"),
        ({"url": "https://u:p@x.example/"}, "user name and password"),
        ({"body": {}, "form": {}}, "expected body or form, found both"),
        ({"embedded": {}}, "expected either script or attribute"),
        ({"embedded": {"script": "regex:("}}, "not a regular expression"),
        ({"embedded": {"script": "#a["}}, "not a CSS selector"),
        ({"first": {"url": "https://x.example/", "find": {"a": "div["}}}, "not a CSS selector"),
        ({"first": {"url": "https://x.example/", "find": {"a": "regex:("}}}, "not a regular expression"),
        ({"first": {"url": "https://x.example/", "find": {"A": "div"}}}, "pattern"),
        ({"where": {"a": {"b": 1}}}, "valid"),
    ],
)
def test_settings_that_cannot_work_are_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        settings(**{**PLAIN, **given})


def test_permanent_redirect_of_a_plain_request_is_reported() -> None:
    import asyncio

    moved = answer(ROW, PLAIN["url"], permanent_redirect="https://site.example/y")

    collected, _ = asyncio.run(poll(PLAIN, moved))
    posted, _ = asyncio.run(poll({**PLAIN, "body": {}}, moved))

    assert (collected.moved_to, posted.moved_to) == ("https://site.example/y", None)


def test_items_are_values_that_can_be_stored() -> None:
    import asyncio

    collected, _ = asyncio.run(poll(PLAIN, answer(ROW, PLAIN["url"])))

    assert all(isinstance(item, NewItem) for item in collected.found)
    assert collected.status == 200

"""What a query is read as."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.query.nodes import (
    And,
    Author,
    Count,
    Dated,
    Entity,
    Everything,
    Group,
    Language,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Seen,
    Source,
    Stage,
    TitlePattern,
)
from storage.query.parse import MAX_CHARACTERS, MAX_CONDITIONS, parse
from tests.unit.storage.query.catalogue import SmallCatalogue
from tests.unit.storage.query.worlds import NOW

A, B, C = Phrase("a"), Phrase("b"), Phrase("c")
QWEN, GPT = Entity(("model:qwen",)), Entity(("model:gpt",))
NOV = datetime(2026, 11, 1, tzinfo=UTC)

READ = [
    ("大模型", Phrase("大模型")),
    ("大模型 监管", And((Phrase("大模型"), Phrase("监管")))),
    ("大模型\u3000监管", And((Phrase("大模型"), Phrase("监管")))),
    ("大模型且监管", Phrase("大模型且监管")),
    ("演算法備案", Phrase("演算法备案")),
    ("GPT-4o", Phrase("gpt4o")),
    ("C++", Phrase("c++")),
    ("Chatbot*", Phrase("chatbot\x1e")),
    ("large-model＊。", Phrase("large model\x1e")),
    ("#大模型*", Phrase("大模型")),
    ("title:regulat* 近 title:ai", Near(Phrase("regulat\x1e", True), Phrase("ai", True), 10)),
    ('"Q*"', Phrase("q*")),
    ("Ｃ＃。", Phrase("c#")),
    ("人工智能+", Phrase("人工智能+")),
    ("#大模型#", Phrase("大模型")),
    ("R&D", Phrase("r&d")),
    ('"#AI $100"', Phrase("#ai$100")),
    ('"50％。"', Phrase("50%\x1f")),
    ("《暂行办法》。", Phrase("暂行办法")),
    ("+大模型 #AI $100 50%", And((Phrase("大模型"), Phrase("ai"), Phrase("100"), Phrase("50")))),
    ("大模型，监管", Phrase("大模型\x1f监管")),
    ("A/B测试", Phrase("a\x1fb测试")),
    ('"large language model"', Phrase("large language model")),
    ("“大模型 监管”", Phrase("大模型监管")),
    ("「大模型」", Phrase("大模型")),
    ('"《办法》"', Phrase("\x1f办法\x1f")),
    ('"a OR b"', Phrase("a or b")),
    ("and or not", And((Phrase("and"), Phrase("or"), Phrase("not")))),
    ("ORACLE", Phrase("oracle")),
    ("a 与 b", And((A, B))),
    ("a 並且 b 或者 c", Or((And((A, B)), C))),
    ("a 不含 b", And((A, Not(B)))),
    ("a –b —c", And((A, Not(B), Not(C)))),
    ("大模型—监管", Phrase("大模型监管")),
    ("a near/3 b", Near(A, B, 3)),
    ("a NEAR/ 3 b", Near(A, B, 3)),
    ("(a OR b) 近 c", Or((Near(A, C, 10), Near(B, C, 10)))),
    (
        "title:(a NEAR/2 (b | c))",
        Or((Near(Phrase("a", True), Phrase("b", True), 2), Near(Phrase("a", True), Phrase("c", True), 2))),
    ),
    ('a NEAR "3"', Near(A, Phrase("3"), 10)),
    ("cafe\u0301", Phrase("café")),
    ("大\u200b模\u00ad型\ufe0f", Phrase("大模型")),
    ("a AND b", And((A, B))),
    ("a && b", And((A, B))),
    ("a&&b", And((A, B))),
    ("a 且 b", And((A, B))),
    ("a OR b", Or((A, B))),
    ("a || b", Or((A, B))),
    ("a|b", Or((A, B))),
    ("a ｜｜ b", Or((A, B))),
    ("a 或 b", Or((A, B))),
    ('"a"或"b"', Or((A, B))),
    ("a OR b c", Or((A, And((B, C))))),
    ("a b OR c", Or((And((A, B)), C))),
    ("(a OR b) c", And((Or((A, B)), C))),
    ("（a OR b） c", And((Or((A, B)), C))),
    ("((((a))))", A),
    ("a (b c)", And((A, B, C))),
    ("-a", Not(A)),
    ("－a", Not(A)),
    ("!a", Not(A)),
    ("！a", Not(A)),
    ("NOT a", Not(A)),
    ("非 a", Not(A)),
    ("a -b", And((A, Not(B)))),
    ("a AND NOT b", And((A, Not(B)))),
    ("-a b", And((Not(A), B))),
    ("-(a OR b)", Not(Or((A, B)))),
    ('-"a b"', Not(Phrase("a b"))),
    ("NOT NOT a", Not(Not(A))),
    ("a 近 b", Near(A, B, 10)),
    ("a NEAR b", Near(A, B, 10)),
    ("a NEAR/3 b", Near(A, B, 3)),
    ("a 近／５ b", Near(A, B, 5)),
    ("title:(a NEAR/3 b)", Near(Phrase("a", True), Phrase("b", True), 3)),
    ("-a 近 b", Not(Near(A, B, 10))),
    ("title:大模型", Phrase("大模型", True)),
    ("TITLE:大模型", Phrase("大模型", True)),
    ("标题：大模型", Phrase("大模型", True)),
    ("標題：大模型", Phrase("大模型", True)),
    ("title: a", Phrase("a", True)),
    ("title:大模型，b", Or((Phrase("大模型", True), Phrase("b", True)))),
    ("title:大模型, b", Or((Phrase("大模型", True), Phrase("b", True)))),
    ("title:1,000", Phrase("1\x1f000", True)),
    ('title:"大模型，b"', Phrase("大模型\x1fb", True)),
    ('title:"a b"', Phrase("a b", True)),
    ("title:(a OR -b)", Or((Phrase("a", True), Not(Phrase("b", True))))),
    ("/gpt.?4/", TitlePattern("gpt.?4")),
    ("/gpt/i", TitlePattern("gpt")),
    ("title:/a\\/b/", TitlePattern("a/b")),
    ("／演算法（備案）／", TitlePattern("演算法\\(备案\\)")),
    ("model:qwen", QWEN),
    ("模型：Qwen", QWEN),
    ("model:model:qwen", QWEN),
    ("entity:model:qwen", QWEN),
    ("entity:qwen", QWEN),
    ('model:"通义千问"', Entity(("model:qwen", "model:tongyi"))),
    ("model:qw*", Entity(("model:qw*",))),
    ("model:qwen,gpt", Entity(("model:qwen", "model:gpt"))),
    ("model:qwen，gpt", Entity(("model:qwen", "model:gpt"))),
    ('model:qwen, "GPT"', Or((QWEN, GPT))),
    ("model:(qwen OR gpt)", Or((QWEN, GPT))),
    ("entity:(model:qwen OR model:gpt)", Or((QWEN, GPT))),
    ("title:(model:qwen)", Entity(("model:qwen",), True)),
    ("法规:暂行办法", Entity(("regulation:measures",))),
    ("vendor:阿里", Entity(("model:qwen", "model:tongyi"))),
    ("kind:regulation", Entity(("regulation:*",))),
    ("类型：法规", Entity(("regulation:*",))),
    ("stage:draft,issued", Stage(("draft", "issued"))),
    ("阶段：征求意见", Stage(("draft",))),
    ('stage:"in force"', Stage(("in_force",))),
    ("stage:failed,postponed", Stage(("failed", "postponed"))),
    ("阶段：推迟，否决", Stage(("postponed", "failed"))),
    ("stage:postponement_proposed", Stage(("postponement_proposed",))),
    ("source:gov-*", Source("gov-*")),
    ("来源：新華網", Source("新华网")),
    ('source:"New York Times"', Source("new york times")),
    ("source:wire,36kr", Or((Source("wire"), Source("36kr")))),
    ("分组：Gov", Group("gov")),
    ("author:王 小明", And((Author("王"), Phrase("小明")))),
    ('author:"王 小明"', Author("王小明")),
    ("lang:zh", Language("zh")),
    ("lang:zh-TW", Language("zh-hant")),
    ("语言：繁體", Language("zh-hant")),
    ("lang:en-US", Language("en")),
    ("lang:zh-Hans-CN", Language("zh-hans")),
    ("lang:English", Language("en")),
    ("after:2026-11-01", Seen(NOV, True)),
    ("之前：2026年11月1日", Seen(NOV, False)),
    ("after:7d", Seen(timedelta(days=7), True)),
    ("after:2026-11-01T09:30", Seen(datetime(2026, 11, 1, 9, 30, tzinfo=UTC), True)),
    ("published:2026-11-01", And((Dated(NOV, True), Dated(NOV + timedelta(days=1), False)))),
    ("发布：2026年11月", And((Dated(NOV, True), Dated(NOV + timedelta(days=30), False)))),
    ("published:>=2026-11-01", Dated(NOV, True)),
    ("published:..2026/10/31", Dated(NOV, False)),
    ("-published:7d", Not(Dated(timedelta(days=7), True))),
    (
        "published:2026-10,2026-11..",
        Or((And((Dated(NOV - timedelta(days=31), True), Dated(NOV, False))), Dated(NOV, True))),
    ),
    ("seen:2026-11-01", And((Seen(NOV, True), Seen(NOV + timedelta(days=1), False)))),
    ("count(model:qwen)>=2", Count(("model:qwen",), ">=", 2)),
    ("COUNT( model:qwen ) < 3", Count(("model:qwen",), "<", 3)),
    ("count（模型：qwen）≥２", Count(("model:qwen",), ">=", 2)),
    ("count(model:qwen)==2", Count(("model:qwen",), "=", 2)),
    ("count(qwen)=0", Count(("model:qwen",), "=", 0)),
    ("count(kind:model)>5", Count(("model:*",), ">", 5)),
    ("*", Everything()),
    ("* -a", And((Everything(), Not(A)))),
    ("saved:both", And((A, B))),
    ("saved:both OR c", Or((And((A, B)), C))),
    ("saved:outer -c", And((Or((And((A, B)), GPT)), Not(C)))),
]
SAVED = {"both": "a b", "outer": "saved:both OR model:gpt", "one": "saved:two", "two": "a saved:one", "bad": "a ("}


@pytest.mark.parametrize(("text", "node"), READ, ids=[text for text, _ in READ])
def test_query_is_read(text: str, node: Node) -> None:
    assert parse(text, SmallCatalogue(), NOW, UTC, SAVED) == node


def test_conditions_remember_where_they_stand() -> None:
    node = parse("大模型 (-模型：qwen OR count(gpt)>2)", SmallCatalogue(), NOW)

    assert isinstance(node, And)
    phrase, either = node.nodes
    assert isinstance(either, Or)
    negated, count = either.nodes
    assert isinstance(negated, Not)
    assert [phrase.column, negated.column, negated.node.column, count.column] == [1, 6, 10, 18]
    assert [phrase.written, negated.node.written, count.written] == ["大模型", "model:qwen", "count(entity:gpt)>2"]


def test_query_may_be_as_long_as_the_limit() -> None:
    assert parse("a" * MAX_CHARACTERS, SmallCatalogue()) == Phrase("a" * MAX_CHARACTERS)


def test_query_may_have_as_many_conditions_as_the_limit() -> None:
    node = parse(" ".join(["a"] * MAX_CONDITIONS), SmallCatalogue())

    assert node == And((A,) * MAX_CONDITIONS)


def test_parentheses_alone_are_no_depth() -> None:
    assert parse("(" * 4_000 + "a" + ")" * 4_000, SmallCatalogue()) == A

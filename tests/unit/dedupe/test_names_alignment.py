"""Two texts laid side by side."""

from __future__ import annotations

import pytest

from monitor.dedupe.names_alignment import aligned, aligned_titles
from monitor.dedupe.names_tokens import shared_sentences, tokens

Pairs = list[tuple[str, str]]


def _slots(a: str, b: str) -> Pairs:
    codes: dict[str, str] = {}
    known = shared_sentences(a, b)
    side = aligned(tokens(a, codes, known), tokens(b, codes, known))
    return [(side.a.surface(slot.a, slot.a_end), side.b.surface(slot.b, slot.b_end)) for slot in side.slots]


@pytest.mark.parametrize(
    ("a", "b", "slots"),
    [
        pytest.param("会议由张三主持召开", "会议由李四主持召开", [("张三", "李四")], id="Han"),
        pytest.param(
            "会议由王建国主持召开", "会议由李建军主持召开", [("王建国", "李建军")], id="one character in common"
        ),
        pytest.param(
            "招商银行行长王良昨天表示",
            "平安银行行长冀光恒昨天表示",
            [("招商", "平安"), ("王良", "冀光恒")],
            id="two close by",
        ),
        pytest.param("今年共有12人参加考试", "今年共有15人参加考试", [], id="numbers are for others"),
        pytest.param("模型GPT-4o正式上线了", "模型Qwen2.5正式上线了", [("GPT-4o", "Qwen2.5")], id="digits of a name"),
        pytest.param(
            "The board of Acme Foods met again on Monday",
            "The board of Globex met again on Monday",
            [("Acme Foods", "Globex")],
            id="Latin",
        ),
        pytest.param(
            "本轮比赛皇家马德里在主场获胜",
            "本轮比赛马德里竞技在主场获胜",
            [("皇家马德里", "马德里竞技")],
            id="one name cut here and widened there",
        ),
        pytest.param(
            "会议今日宣布开幕并且", "会议宣布今日开幕并且", [("", "宣布"), ("宣布", "")], id="two words turned"
        ),
        pytest.param(
            "This week Rice University will raise its fees",
            "This week the University of Texas will raise its fees",
            [("Rice University", "the University of Texas")],
            id="words of one Latin name",
        ),
        pytest.param(
            "Jane Clark, novelist, died at home today",
            "Martin Haddad, conductor, died at home today",
            [("Jane Clark", "Martin Haddad"), ("novelist", "conductor")],
            id="parted by punctuation",
        ),
        pytest.param(
            "Rovers met Albion in the cup this weekend",
            "Albion met Rovers in the cup this weekend",
            [("Rovers", "Albion"), ("Albion", "Rovers")],
            id="in each other's place",
        ),
        pytest.param(
            "with results from Volkswagen and Harbor Foods due this week",
            "with results from Harbor Foods and Costco due this week",
            [("Volkswagen", "Harbor Foods"), ("Harbor Foods", "Costco")],
            id="items of a list",
        ),
        pytest.param(
            "Customers of Bank flight 338 from Charles de Gaulle to Denver today are asked",
            "Customers of First Bank flight 338 from Newark to Seoul today are asked",
            [("", "First"), ("Charles de Gaulle", "Newark"), ("Denver", "Seoul")],
            id="lengths that cancel out",
        ),
        pytest.param("會議由張三主持召開", "会议由张三主持召开", [], id="Traditional"),
        pytest.param("会议由张三，主持召开", "会议由张三主持召开", [], id="punctuation"),
        pytest.param("甲乙丙丁戊己庚辛", "", [], id="nothing"),
    ],
)
def test_what_stands_for_what(a: str, b: str, slots: Pairs) -> None:
    assert _slots(a, b) == slots


def test_paragraphs_that_moved_are_compared_where_they_are() -> None:
    first, second = "今天上午的会议由张三在市政府大楼主持召开并讲话", "下午代表们分组讨论了明年的财政预算草案和决算"

    assert _slots(f"{first}\n{second}", f"{second}\n{first.replace('张三', '李四')}") == [("张三", "李四")]


def test_a_sentence_that_one_text_repeats_is_looked_into() -> None:
    sentence = "会议由张三主持召开。"

    assert ("张三", "李四") in _slots(sentence * 2, sentence + sentence.replace("张三", "李四"))


def test_known_sentences_count_with_their_length() -> None:
    codes: dict[str, str] = {}
    text = tokens("甲乙丙丁戊己庚辛壬\n会议由张三主持", codes, frozenset({"甲乙丙丁戊己庚辛壬"}))

    assert len(text.at) == 1 + len("会议由张三主持")
    assert text.share(1) == pytest.approx(9 / 16)


def test_titles_with_little_in_common_are_not_compared() -> None:
    codes: dict[str, str] = {}

    assert aligned_titles(tokens("华泰集团公告", codes), tokens("股东大会将要召开", codes)).slots == ()
    assert len(aligned_titles(tokens("华泰集团公告", codes), tokens("中芯集团公告", codes)).slots) == 1

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from alerts.digest import Digest, compose
from alerts.entry import Past
from alerts.stages import Step
from storage.records import HitReason, Published, StoryHit
from storage.states import Stage
from tests.unit.alerts.samples import HITS, NEW_NAMES, NOW, RULES, Counts, mention, rule, story_hit

_SEVERITIES = {name: rule(name, severity=name) for name in ("info", "warning", "critical")}


def _compose(*hits: StoryHit, **more: object) -> Digest:
    rules = {**RULES, **_SEVERITIES}
    return compose(hits, Counts(), rules=rules, until=NOW, timezone="Asia/Shanghai", **more)  # type: ignore[arg-type]


def _hit(hit_id: int, story: int, **more: object) -> StoryHit:
    return story_hit(hit_id, story, **{"title": f"story {story}", "text": "大模型。", "word": "大模型", **more})  # type: ignore[arg-type]


def test_story_hit_by_several_rules_is_one_entry() -> None:
    digest = _compose(_hit(1, 7, name="info"), _hit(2, 7, name="critical"), _hit(3, 7, name="info"))

    (entry,) = digest.entries
    assert entry.rules == ("info", "critical")
    assert entry.severity == "critical"


def test_change_speaks_for_its_story() -> None:
    new = _hit(1, 7, text="已有80个大模型。")
    changed = _hit(2, 7, text="已有130个大模型。", reason=HitReason.CHANGED, numbers=(("80", "130"),), token="x")

    (entry,) = _compose(new, changed).entries

    assert entry.reason is HitReason.CHANGED
    assert entry.changes == (("80", "130"),)
    assert str(entry.excerpt) == "已有130个大模型。"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"name": "critical"}, {"name": "warning", "outlets": ("a", "b")}, id="severity before spread"),
        pytest.param({"name": "warning"}, {"name": "info", "reason": HitReason.CHANGED}, id="severity before change"),
        pytest.param({"reason": HitReason.CHANGED}, {"outlets": ("a", "b")}, id="change before spread"),
        pytest.param({"outlets": ("a", "b")}, {"first_seen_at": NOW + timedelta(hours=1)}, id="spread before recency"),
        pytest.param({"first_seen_at": NOW + timedelta(hours=1)}, {}, id="recency"),
    ],
)
def test_ranking(first: dict[str, object], second: dict[str, object]) -> None:
    ahead, behind = _hit(2, 20, **first), _hit(1, 10, **second)

    assert [entry.story_id for entry in _compose(behind, ahead).entries] == [20, 10]


def test_order_of_the_hits_does_not_matter() -> None:
    digests = {_compose(*order) for order in permutations(HITS[:4])}

    assert len(digests) == 1


def test_outlets_are_named_once_the_first_of_them_first() -> None:
    (entry,) = _compose(_hit(1, 1, outlets=("36氪", "新浪", "36氪", "搜狐"), article_count=9)).entries

    assert (entry.outlets, entry.articles) == (("36氪", "新浪", "搜狐"), 9)


@pytest.mark.parametrize(("publisher", "shown"), [("财新", "财新"), (None, "wire")])
def test_story_without_outlets_names_its_publisher_or_source(publisher: str | None, shown: str) -> None:
    (entry,) = _compose(_hit(1, 1, outlets=(), publisher=publisher)).entries

    assert entry.outlets == (shown,)


def test_entities_are_named_by_the_catalogue_else_as_written_the_most_mentioned_first() -> None:
    text = "文心一言与GPT-4，GPT-4又来。"
    found = (
        mention(text, "文心一言", "model:ernie-bot"),
        mention(text, "GPT-4", "model:gpt"),
        mention(text, "GPT-4又", "model:gpt"),
    )

    (entry,) = _compose(_hit(1, 1, text=text, mentions=found), names={"model:ernie-bot": "ERNIE Bot"}).entries

    assert entry.entities == (("model:gpt", "GPT-4"), ("model:ernie-bot", "ERNIE Bot"))


def test_keywords_are_those_of_the_article_that_speaks_for_the_story() -> None:
    new, changed = _hit(1, 7), _hit(2, 7, reason=HitReason.CHANGED, token="f")

    (entry,) = _compose(new, changed, keywords={1: ("旧词",), 2: ("新\u202e词", "芯片")}).entries

    assert entry.keywords == ("新词", "芯片")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("后来改了。大模型还在这里。", "大模型还在这里。", id="it stands elsewhere now"),
        pytest.param("后来改了，说得含糊。此事没有了。", "后来改了，说得含糊。", id="it is gone"),
    ],
)
def test_span_that_a_revision_moved_is_not_shown(text: str, shown: str) -> None:
    hit = _hit(1, 1, text="前一句。大模型在此。")

    (entry,) = _compose(replace(hit, text=text)).entries

    assert str(entry.excerpt) == shown


def test_rule_that_is_gone_counts_as_information() -> None:
    (entry,) = _compose(_hit(1, 1, name="gone")).entries

    assert entry.severity == "info"


def test_stories_of_one_topic_stand_where_the_best_of_them_does() -> None:
    hits = (_hit(1, 10, name="critical"), _hit(2, 20, name="warning"), _hit(3, 30), _hit(4, 40))

    digest = _compose(*hits, topics={10: 7, 40: 7})

    assert [(entry.story_id, entry.topic) for entry in digest.entries] == [(10, 7), (40, 7), (20, None), (30, None)]


def test_event_ranks_by_the_outlets_of_all_its_stories() -> None:
    hits = (_hit(1, 10, outlets=("a", "b")), _hit(2, 20, outlets=("c", "d")), _hit(3, 30, outlets=("e", "f", "g")))

    digest = _compose(*hits, topics={10: 7, 20: 7})

    assert [entry.story_id for entry in digest.entries] == [10, 20, 30]


def test_story_that_outlets_tell_twice_does_not_rank_higher() -> None:
    hits = (_hit(1, 10, outlets=("a", "b")), _hit(2, 20, outlets=("a", "b")), _hit(3, 30, outlets=("e", "f", "g")))

    assert _compose(*hits, topics={10: 7, 20: 7}).entries[0].story_id == 30


def test_regulation_that_came_further_twice_makes_two_events_of_a_topic() -> None:
    stages = {1: Stage.ISSUED, 2: Stage.IN_FORCE, 4: Stage.IN_FORCE}
    past = Past(steps={n: (Step(entity="regulation:x", before=Stage.DRAFT, after=to),) for n, to in stages.items()})
    hits = (_hit(1, 10, outlets=("a", "b", "c")), _hit(2, 20, outlets=("a", "b")), _hit(3, 30), _hit(4, 40))

    digest = _compose(*hits, topics=dict.fromkeys((10, 20, 30, 40), 7), past=past)

    assert [(entry.story_id, entry.event) for entry in digest.entries] == [(10, 10), (30, 10), (20, 20), (40, 20)]


def test_topic_of_which_the_digest_has_one_story_is_not_named() -> None:
    digest = _compose(_hit(1, 10), _hit(2, 20), topics={10: 7})

    assert [entry.topic for entry in digest.entries] == [None, None]


def test_topics_change_the_order_of_the_entries_alone() -> None:
    plain, grouped = _compose(*HITS), _compose(*HITS, topics={1: 7, 2: 7, 3: 8, 4: 8, 5: 7})

    assert len(grouped.entries) == len(plain.entries)
    assert {replace(entry, topic=None, event=None) for entry in grouped.entries} == set(plain.entries)


def test_stories_stand_by_rule_in_the_order_of_their_best() -> None:
    hits = (_hit(1, 10, name="info", outlets=("a", "b")), _hit(2, 20, name="warning"), _hit(3, 30, name="info"))

    assert [(entry.group, entry.story_id) for entry in _compose(*hits).entries] == [
        ("warning", 20),
        ("info", 10),
        ("info", 30),
    ]


def test_story_of_several_rules_stands_under_the_most_severe_with_its_sentence() -> None:
    text = "先说文心一言。后说备案。"
    hits = (_hit(1, 7, name="info", text=text, word="文心一言"), _hit(2, 7, name="critical", text=text, word="备案"))

    (entry,) = _compose(*hits).entries

    assert (entry.group, entry.rules, str(entry.excerpt)) == ("critical", ("info", "critical"), "后说备案。")


def test_sentence_that_is_the_title_gives_way_to_one_that_says_more() -> None:
    text = "大模型上线。业内说大模型竞争加剧。"
    found = (mention(text, "大模型竞争", "model:x"),)

    (entry,) = _compose(_hit(1, 1, title="大模型上线。", text=text, mentions=found)).entries

    assert str(entry.excerpt) == "业内说大模型竞争加剧。"


def test_sentence_is_not_the_one_that_stands_for_a_missing_title() -> None:
    text = "大模型上线。业内说大模型竞争加剧。"
    found = (mention(text, "大模型竞争", "model:x"),)

    (entry,) = _compose(_hit(1, 1, title=None, text=text, mentions=found)).entries

    assert (entry.title, str(entry.excerpt)) == ("大模型上线。", "业内说大模型竞争加剧。")


def test_rule_that_held_in_the_title_alone_shows_the_first_name_of_the_text() -> None:
    text = "前一句。文心一言升级。"

    (entry,) = _compose(_hit(1, 1, text=text, word="", mentions=(mention(text, "文心一言", "model:x"),))).entries

    assert entry.excerpt is not None
    assert (entry.excerpt.mention, str(entry.excerpt)) == ("文心一言", "文心一言升级。")


@pytest.mark.parametrize(("publisher", "at"), [("财新", "2023-07-02"), ("新浪", None)], ids=["its own", "of another"])
def test_time_of_the_first_outlet_is_that_of_its_own_article(publisher: str, at: str | None) -> None:
    published = Published(value="2023-07-02", precision="day", origin="meta")

    (entry,) = _compose(_hit(1, 1, outlets=("财新", "新浪"), publisher=publisher, published=published)).entries

    assert (entry.outlets[0], entry.first_at) == ("财新", at)


def test_change_is_told_from_the_earlier_text_of_its_hit() -> None:
    changed = _hit(2, 7, text="已有130个大模型。", reason=HitReason.CHANGED, numbers=(("80", "130"),), token="x")

    (entry,) = _compose(changed, past=Past(former={2: ("题\n已有80个大模型。",)})).entries

    assert list(map(str, entry.told)) == ["已有80个大模型 → 已有130个大模型"]


def test_regulation_that_came_further_is_called_by_its_name() -> None:
    past = Past(steps={1: (Step(entity="regulation:x", before=Stage.DRAFT, after=Stage.ISSUED),)})

    (entry,) = _compose(_hit(1, 1), past=past, names={"regulation:x": "《某办法》"}).entries

    assert entry.steps == (Step(entity="《某办法》", before=Stage.DRAFT, after=Stage.ISSUED),)


def test_changes_beyond_those_that_are_shown_are_counted() -> None:
    numbers = tuple((str(n), str(n + 100)) for n in range(10, 19))

    (entry,) = _compose(_hit(1, 7, reason=HitReason.CHANGED, token="x", numbers=numbers)).entries

    assert (len(entry.told), entry.more_changes) == (6, 3)


def test_step_that_one_of_several_changes_tells_is_not_lost() -> None:
    step = Step(entity="《某办法》", before=Stage.DRAFT, after=Stage.ISSUED)
    hits = [_hit(n, 7, reason=HitReason.CHANGED, token=f"{n}", numbers=((str(n), "9"),)) for n in (1, 2)]

    (entry,) = _compose(*hits, past=Past(steps={1: (step,)})).entries

    assert (entry.article_id, entry.steps) == (2, (step,))


def test_five_new_names_are_told_at_most() -> None:
    names = [replace(NEW_NAMES[0], name=f"名{number}\u202e") for number in range(7)]

    assert [name.name for name in _compose(new_names=names).new_names] == ["名0", "名1", "名2", "名3", "名4"]

"""What a spelling says by itself, and what its capital letter tells."""

from __future__ import annotations

import pytest

from monitor.tag.tagger import Tagger, make_tagger
from storage.states import Tagging


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return make_tagger()


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Poland wants the regulator to look at Grok over insults.", "model:grok"),
        ("A lab outside Beijing adapted Llama for logistics.", "model:llama"),
        ("She got the wrong director's name from Copilot.", "model:copilot"),
        ("Llama, he noted, never did.", "model:llama"),
        ("Grok repeated the claim in four of ten cases.", "model:grok"),
        ("Dow Jones won a ruling against Perplexity over copied stories.", "model:perplexity"),
        ("Perplexity offered $34bn for a browser.", "model:perplexity"),
        ("Manus团队撤出后首度露面。", "model:manus"),
        ("They drafted it on Bedrock, tried Titan and gave up.", "model:amazon-titan"),
        ("Luxembourg signed with Mistral in May.", "model:mistral"),
        ("The sale of Manus is under review.", "model:manus"),
        ("Every clause is first sorted by BERT.", "model:bert"),
        ("The crowd scenes were generated with Runway, says the director.", "model:runway-gen"),
    ],
    ids=str,
)
def test_a_capital_inside_a_sentence_makes_a_name(tagger: Tagger, text: str, entity: str) -> None:
    assert entity in {mention.entity for mention in tagger.tag(None, text)}


@pytest.mark.parametrize(
    "text",
    [
        "Llama drama at the county fair: Barnaby sat down.",
        "Llama Drama at the County Fair as Barnaby Sits Down",
        "Drama Llama, the theatre club, has lost its grant.",
        "Phantom Llama sued a supermarket over its logo.",
        "Copilot error was ruled out.",
        "Perplexity gave way to anger in the queue.",
        "Grok is the verb that the author gave his Martians.",
        "The sci-fi drama Titan is on Amazon from May.",
        "Google's Genie lift in Building 43 is stuck.",
        "Amazon's Titan warehouse will employ 3,000.",
        "Amazon's Titan freighter landed in Leipzig with parcels.",
        "Perplexity in the room turned to anger when the AI firm left.",
        "When the Falcon app crashed, fans queued at the windows.",
        "The Copilot 3 car seat was recalled for a faulty buckle.",
        "The bar's Gemini cocktail comes with two straws; a chatbot wrote the menu.",
        "Kling, Merz and Partner audit three AI start-ups.",
    ],
    ids=str,
)
def test_a_capital_that_tells_nothing_makes_none(tagger: Tagger, text: str) -> None:
    assert tagger.tag(None, text) == ()


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Claude wrote the summaries; Gemini was faster but invented a councillor.", "model:claude"),
        ("Claude wrote the summaries; Gemini was faster but invented a councillor.", "model:gemini"),
        ("I gave both the same receipts. Gemini missed eleven; Claude missed two in its haste.", "model:gemini"),
        ("ChatGPT got seven bookings right. In the wrong city, both of them, were those of Gemini.", "model:gemini"),
    ],
    ids=str,
)
def test_another_model_in_the_text_tips_an_open_name(tagger: Tagger, text: str, entity: str) -> None:
    assert entity in {mention.entity for mention in tagger.tag(None, text)}


def test_the_maker_in_a_neighbouring_sentence_tips_an_open_name(tagger: Tagger) -> None:
    text = "Actors denounced Sora after clips of the dead spread, one of them seen by millions a day. OpenAI shrugged."

    assert [mention.entity for mention in tagger.tag(None, text)] == ["model:sora"]
    assert ("its maker near by", 1) in tagger.explain(None, text)[0].reasons


def test_words_of_phones_and_pages_tell_nothing_of_a_name_that_others_bear(tagger: Tagger) -> None:
    (told,) = tagger.explain(None, "Claude是店长，直播视频点赞八万。")

    assert told.outcome is not Tagging.MENTION


def test_a_name_behind_a_surname_is_somebodys_all_through_a_text(tagger: Tagger) -> None:
    text = "他叫周通义，五年前从阿里云离职。通义蹲在水渠边笑。"

    assert tagger.tag(None, text) == ()

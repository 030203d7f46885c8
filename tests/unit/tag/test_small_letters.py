"""Names as people type them, in small letters, and words that only look like names."""

from __future__ import annotations

import pytest

from monitor.tag import tag
from monitor.tag.catalogue import load_catalogue
from monitor.tag.lexicon import Role, build_lexicon
from monitor.tag.settings import EntitySettings
from monitor.tag.small_letters import in_small_letters, is_everyday, is_only_a_word, is_version_glued
from monitor.tag.spelling import Case, make_spelling


def entities(text: str) -> set[str]:
    return {mention.entity for mention in tag(None, text)}


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("半夜问了kimi一道统计题", "model:kimi"),
        ("海报一看就是midjourney画的", "model:midjourney"),
        ("显卡只有8G，跑qwen2.5刚刚好", "model:qwen"),
        ("公司把claude封了，大家连夜换别的", "model:claude"),
        ("机房那台旧服务器只能跑llama", "model:llama"),
        ("asked gemini for a recipe, got a lecture", "model:gemini"),
        ("i pasted the lease into claude", "model:claude"),
        ("we run llama3 on two old cards", "model:llama"),
        ("anyone fine-tuned phi-4 on one card?", "model:phi"),
        ("running llama 3.3 70b on two used cards", "model:llama"),
        ("mistral-small reads our invoices now", "model:mistral"),
        ("people keep tagging @grok under photos", "model:grok"),
        ("a stable diffusion lora of our street", "model:stable-diffusion"),
        ("mistral small is faster but forgets things", "model:mistral"),
        ("an explanation of how grok came to label the photo", "model:grok"),
        ("if whisper hallucinates on silent stretches, run VAD first", "model:whisper"),
    ],
    ids=str,
)
def test_a_name_typed_in_small_letters_is_the_name(text: str, entity: str) -> None:
    assert entity in entities(text)


@pytest.mark.parametrize(
    "text",
    [
        "a llama and an alpaca graze beside the AI lab",
        "it takes a winter to grok generative AI",
        "the copilot took the controls",
        "a whisper of software, a stroke of code",
        "he asked a titan of the trade about AI",
        "the mistral blew out the servers of the campsite",
        "a firefly lit the programmer's screen",
        "stable diffusion of oxygen through the membrane",
        "the wind: a mistral was blowing over the server park",
        "when llama herds graze, developers rest",
    ],
    ids=str,
)
def test_an_english_word_in_small_letters_is_a_word(text: str) -> None:
    assert entities(text) == set()


def test_a_word_leaves_no_trace_among_the_names_considered() -> None:
    from monitor.tag import explain

    assert explain(None, "a llama looked at the prompt of the chatbot") == ()


def test_only_capitalised_words_have_small_letters_of_their_own() -> None:
    small = in_small_letters(make_spelling("Claude Code"))

    assert small is not None
    assert (small.letters, small.case) == ("claudecode", Case.EXACT)
    assert in_small_letters(make_spelling("GPT-4")) is None
    assert in_small_letters(make_spelling("GLM")) is None
    assert in_small_letters(make_spelling("豆包")) is None


def test_case_that_an_entity_asks_for_is_kept() -> None:
    own = EntitySettings(id="model:own", name="Ownly", aliases=("Ownly",), case=True)
    other = EntitySettings(id="company:acme", name="Acmeco", aliases=("Acmeco",))
    found = build_lexicon(load_catalogue((own, other))).names
    letters = {entry.spelling.letters for entry in found if entry.owner in {own.id, other.id}}

    assert letters == {"Ownly", "Acmeco"}


def test_a_strong_name_that_begins_with_a_word_is_open_in_small_letters() -> None:
    names = build_lexicon(load_catalogue()).names
    small = {entry.spelling.text for entry in names if entry.role is Role.STRONG and entry.spelling.letters.islower()}

    assert "Claude Code" in small
    assert not small & {"Apple Intelligence", "Arctic Embed", "Runway Gen"}


@pytest.mark.parametrize(
    ("letters", "name", "glued"),
    [
        ("llama3 is out", "llama", True),
        ("Sora2上线", "Sora", True),
        ("mistral-small", "mistral", True),
        ("phi-4 mini", "phi", True),
        ("Claude-led", "Claude", False),
        ("granite-clad", "granite", False),
        ("llama 3 years old", "llama", False),
    ],
    ids=str,
)
def test_a_glued_version_tells(letters: str, name: str, *, glued: bool) -> None:
    start = letters.index(name)
    assert is_version_glued(letters, start, start + len(name)) == glued


@pytest.mark.parametrize(
    ("letters", "name", "word"),
    [
        ("只能跑llama了", "llama", False),
        ("用 flux 画图", "flux", False),
        ("tag @grok below", "grok", False),
        ("the llama spat", "llama", True),
        ("歌名是the whisper song", "whisper", True),
    ],
    ids=str,
)
def test_what_stands_around_a_small_name_tells_whether_it_is_a_word(letters: str, name: str, *, word: bool) -> None:
    start = letters.index(name)
    assert is_only_a_word(letters, start, start + len(name)) == word


def test_everyday_words_are_told_by_the_first_word_of_a_name() -> None:
    assert is_everyday("Arctic Embed")
    assert not is_everyday("Midjourney")

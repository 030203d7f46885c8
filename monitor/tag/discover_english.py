"""Untracked models in English sentences, and Latin names that show by their shape that they are models.

Works on one folded line with its case. Knows the shapes of sentences; what can be a name says ``discover_names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.discover_claims import CLAIM_SIGNS, claimed_models
from monitor.tag.discover_names import LATIN_NAME, Found, latin_name, latin_name_apart
from monitor.tag.sought import sought

__all__ = ["english_models", "has_head", "has_shape", "has_size", "shaped_models", "sized_models"]


_EDGE = r"(?<![A-Za-z\d$€£.&+-])"
_REACH = 32
_SIZE = re.compile(r"[BT](?<=\d.)(?:-A\d+B)?(?![A-Za-z\d])")
_SIZED = re.compile(rf"{_EDGE}([A-Z][A-Za-z]+(?:[-.]?[A-Za-z\d]+)*?)[- ]\d+(?:\.\d+)?[BT](?:-A\d+B)?$")
_SHAPE = re.compile(  # each begins with a letter of its own, so that most of a line is passed over at once
    "|".join(f"{shape}(?![A-Za-z])" for shape in ("GPT", "LLM", "VLM", "LM", "VL", "Coder", "Bot"))
    + r"|-[VR]\d(?:\.\d+)?(?![A-Za-z\d.])"
)
_SHAPED = re.compile(
    rf"{_EDGE}((?:[A-Z][A-Za-z]*[a-z][A-Za-z-]*(?:GPT|LLM|VLM|LM|VL|Coder|Bot))|[A-Z]{{2,}}-?(?:GPT|LLM)|[A-Z][a-z]{{3,}}-[VR]\d(?:\.\d+)?)$"
)
_ADJECTIVE = r"(?:(?!(?:maker|developer|company|firm|start-?up|provider|lab|user)s? )[\w.'-]+ ){0,6}?"
_KIND = (
    r"(?:large language|language|large|AI|A\.I\.|artificial intelligence|foundation|foundational|generative|"
    r"reasoning|multimodal|"
    r"vision-language|diffusion|text-to-image|text-to-video|video|image|coding|world|speech|open-source|"
    r"open-weights?|frontier|"
    r"open)"
)
_MODEL = rf"(?:{_KIND} (?:[\w-]+ )?models?|LLMs?|AI chatbot|AI assistant|chatbot|generative AI system)\b"
_IS_MAKER = (
    r"(?:[- ](?:research\w*|maker|developer|company|start-?up|provider|builder|engineer|expert|agency|lab|vendor|"
    r"firm|train\w*))"
)
_NOT_MAKER = f"(?!{_IS_MAKER})"
_NAME_APART = latin_name_apart(r"A-Za-z\d$€£.&+-")
_APPOSITIVE = re.compile(
    rf"({_NAME_APART})(?:,|:| is| -) (?:an?|its|the|their|our|one of|"
    rf"which is an?) {_ADJECTIVE}{_MODEL}{_NOT_MAKER}"
)
_CALLED = re.compile(
    rf"(?:models?|LLMs?|chatbots?), [\"']?({LATIN_NAME})[\"']?,|(?:models?|LLMs?|chatbots?|assistants?|"
    rf"system)(?: family| series)?,? (?:(?:it|they|which it) (?:call\w*|dub\w*) |"
    rf"(?:called|named|dubbed|known as|code-?named) )[\"']?({LATIN_NAME})"
)
_LEADS = (
    r"(?:\b(?:its|their|our|the|a|an|new|newest|latest|own|flagship|upcoming|open-source|open-weight|released|launched|"
    r"unveiled|introduced|open-sourced|called|as|of|on|with|using|by|and|than|that|to|from|for)|'s|^|[.:;,\"(]) ?[\"']?"
)
_QUALITY = (
    r"(?:[a-z]+-[a-z-]+|\d+-[a-z-]+|large|small|new|open|multilingual|bilingual|medical|legal|financial|compact|"
    r"powerful|experimental)"
)
_BEFORE_HEAD = re.compile(rf"{_LEADS}({LATIN_NAME})[\"']? (?:(?:family|series|line) of )?(?:{_QUALITY} ){{0,2}}?$")
_MAKER_BEHIND = re.compile(_IS_MAKER)
_LONGEST_NAME = 90  # characters before the word model in which a name is looked for
_POSSESSED = re.compile(
    rf"(?:\b(?:[Ii]ts|[Tt]heir|[Oo]ur|new|latest|flagship|upcoming|own)|'s) (?:new |latest |flagship |own |"
    rf"upcoming )*[\"']?({LATIN_NAME})[\"']? "
    rf"(?:family of |series of |series |family )?models?\b{_NOT_MAKER}"
)
_KIND_BEFORE = re.compile(
    rf"\b(?:(?:AI )?(?:chatbot|assistant)|(?:{_KIND} )model|LLM),? [\"']?({LATIN_NAME})[\"']?(?= [a-z]|[.,;:)]|"
    rf"$)(?! (?:researcher|maker|company|developer))"
)
_LAUNCHED = re.compile(
    r"\b(?:launch(?:ed|es|ing)?|releas(?:ed|es|ing)|unveil(?:ed|s|ing)?|introduc(?:ed|es|ing)|debut(?:ed|s)?|"
    r"open-sourc(?:ed|es|ing)|"
    r"roll(?:ed|s|ing) out|announc(?:ed|es|ing)|ship(?:ped|s|ping)) (?:(?:its|the|a|an|their|new|latest|flagship|"
    r"open-source|"
    rf"open-weight|long-awaited|highly anticipated|next-generation|own) )*[\"']?({LATIN_NAME})"
)
_MODEL_WORDS = (
    *("language model", "LLM", "AI model", "A.I. model", "foundation model", "reasoning model", "multimodal"),
    *("open weight", "open-weight", "parameters", "chatbot", "context window", "artificial intelligence model"),
    *("AI assistant", "generative"),
)
_SPEAKS_OF_MODEL = re.compile(f"{sought(_MODEL_WORDS)}|{sought(['tokens'], whole=True)}")
_AI_WORDS = (
    *("language", "LLM", "artificial intelligence", "chatbot", "parameters", "multimodal", "reasoning", "benchmark"),
    *("tokens", "open-weight", "open weight", "open-sourc", "open sourc", "context window", "transformer", "trained"),
)
_AI_WORD = re.compile(f"{sought(_AI_WORDS)}|{sought(['AI', 'A.I'], whole=True)}")
_THINGS = (
    *(
        "car",
        "cars",
        "vehicle",
        "vehicles",
        "suv",
        "suvs",
        "sedan",
        "sedans",
        "ev",
        "evs",
        "electric",
        "truck",
        "trucks",
    ),
    *("pickup", "hybrid", "horsepower", "phone", "phones", "smartphone", "smartphones", "laptop", "laptops", "watch"),
    *("runway", "fashion", "climate", "weather forecast", "pricing", "actuarial", "aircraft", "jet", "jets", "shoe"),
    *("shoes", "sneaker", "sneakers", "console", "camera", "motorcycle", "motorcycles", "bike", "bikes"),
)
_OTHER_MODEL = re.compile(sought(_THINGS, whole=True) + r"|m(?<=\beconom)\w")
"""In small letters."""
_SAID_BEHIND = re.compile(r"[\"']?,? (?:an? |its |the |which )")
_OF_MAKER = re.compile(rf"\b[A-Z][A-Za-z.]+'s ({LATIN_NAME})")
_DEVICES = (
    *("chip", "chips", "GPU", "GPUs", "processor", "processors", "operating system", "console", "consoles", "headset"),
    *("headsets", "robot", "robots", "browser", "rocket", "rockets", "satellite", "satellites", "tablet", "tablets"),
)
_DEVICE = re.compile(sought(_DEVICES, whole=True))
_SET_APART = re.compile(r"[a-z][A-Z]|\d|[A-Za-z]-[A-Z\d]")
_STOP = re.compile(r"[.!?](?=\s)")
_HEAD = re.compile(_MODEL)
_HEAD_SIGN = re.compile(sought(("model", "LLM", "hatbot", "assistant", *CLAIM_SIGNS)))
_SIZE_SIGN = re.compile(r"[BT](?<=\d.)")
_SHAPE_SIGN = re.compile(sought(("GPT", "LM", "VL", "Coder", "Bot", "-V", "-R")))
_SIGN = re.compile(sought(("model", "LLM", "Chatbot", "chatbot", "assistant")))
_LAUNCH_SIGN = re.compile(
    sought(("launch", "releas", "unveil", "introduc", "debut", "open-sourc", "roll", "announc", "ship"))
)


def has_head(latin: str) -> bool:
    """Say whether a folded text may call something a model in English, by its characters of ASCII alone."""
    return _HEAD_SIGN.search(latin) is not None


def has_size(latin: str) -> bool:
    """Say whether a folded text may hold a name with a size, by its characters of ASCII alone."""
    return _SIZE_SIGN.search(latin) is not None


def has_shape(latin: str) -> bool:
    """Say whether a folded text may hold a name of a model's shape, by its characters of ASCII alone."""
    return _SHAPE_SIGN.search(latin) is not None


def sized_models(line: str) -> Iterator[Found]:
    """Yield Latin names with a size in a folded line of any language, in a text that speaks of AI: Lumen-7B."""
    for size in _SIZE.finditer(line):
        begin = max(0, size.start() - _REACH)
        found = _SIZED.search(line[begin : size.end()])
        named = latin_name(found[1]) if found else None
        if found and named:
            yield begin + found.start(1) + named.start, begin + found.end(), named.name, "a name with a size"


def shaped_models(line: str) -> Iterator[Found]:
    """Yield Latin names with the shape of a model's in a folded line of any language: LumenGPT, MoonCoder.

    Only for a text that speaks of AI.
    """
    for shape in _SHAPE.finditer(line):
        begin = max(0, shape.start() - _REACH)
        found = _SHAPED.search(line[begin : shape.end()])
        named = latin_name(found[1]) if found else None
        if found and named:
            yield begin + found.start(1), begin + found.end(1), named.name, "the shape of a model's name"


def english_models(line: str) -> Iterator[Found]:
    """Yield what an English sentence calls a model."""
    if not has_head(line):
        return
    speaks_of_models = _SPEAKS_OF_MODEL.search(line) is not None
    for begin, said in _sentences(line):
        found = [*(_in_sentence(said) if _SIGN.search(said) else ()), *(_versioned(said) if speaks_of_models else ())]
        found += claimed_models(said)
        for start, end, name, how in found:
            yield begin + start, begin + end, name, how


def _sentences(line: str) -> Iterator[tuple[int, str]]:
    begin = 0
    for stop in _STOP.finditer(line):
        yield begin, line[begin : stop.start()]
        begin = stop.end()
    yield begin, line[begin:]


def _in_sentence(said: str) -> Iterator[Found]:
    heads = list(_HEAD.finditer(said))
    for found in _APPOSITIVE.finditer(said) if heads else ():
        yield from _named(found, "said to be a model")
    for head in heads:
        yield from _before_head(said, head)
    if not _AI_WORD.search(said) or _OTHER_MODEL.search(said.lower()):
        return
    for found in (*_CALLED.finditer(said), *_POSSESSED.finditer(said), *_KIND_BEFORE.finditer(said)):
        yield from _named(found, "called a model")
    if _LAUNCH_SIGN.search(said) and _SPEAKS_OF_MODEL.search(said):
        for found in _LAUNCHED.finditer(said):
            if _SET_APART.search(found[1]) or _SAID_BEHIND.match(said, found.end()):
                yield from _named(found, "launched as a model")


def _before_head(said: str, head: re.Match[str]) -> Iterator[Found]:
    if _MAKER_BEHIND.match(said, head.end()):
        return
    begin = max(0, head.start() - _LONGEST_NAME)
    before = _BEFORE_HEAD.search(said[begin : head.start()])
    named = latin_name(before[1]) if before else None
    if before and named:
        yield begin + before.start(1) + named.start, begin + before.end(1), named.name, "a name before model"


def _versioned(said: str) -> Iterator[Found]:
    """Find what is launched, or a maker's, with a version, in a paragraph on models, if no device."""
    launched = _LAUNCHED.finditer(said) if _LAUNCH_SIGN.search(said) else ()
    found_here = (*launched, *(_OF_MAKER.finditer(said) if "'s " in said else ()))
    if not found_here or _OTHER_MODEL.search(said.lower()) or _DEVICE.search(said):
        return
    for found in found_here:
        for start, end, name, how in _named(found, "launched with a version"):
            if re.search(r"\d", said[start:end]) and name != said[start:end]:
                yield start, end, name, how


def _named(found: re.Match[str], how: str) -> Iterator[Found]:
    group = found.lastindex or 1
    named = latin_name(found[group])
    if named:
        yield found.start(group) + named.start, found.end(group), named.name, how

"""One entity as JSON and as a page for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from monitor.cli._table import aligned, counted, cut, fitted, heading, screen_width, when, wrapped
from monitor.cli._words import published_in_words

if TYPE_CHECKING:
    from monitor.tag.catalogue import Catalogue
    from monitor.tag.settings import EntitySettings
    from storage.feed import EntityDetail, KnownFact

__all__ = ["document", "known_facts", "lines"]

_NAMES = 12  # spellings and versions of one line
_FURTHER = 5  # stories of an amendment
_BARS = "▁▂▃▄▅▆▇█"
_EARLY = ("planned", "draft", "under_review", "adopted")
_LASTING = ("in_force", "repealed")
_SETTLED = ("effective", "applicable", "partly_effective", "postponed")
_GIVEN = ("name", "vendor", "issuer", "family", "aliases", "ambiguous", "common")


def known_facts(entry: EntitySettings | None) -> tuple[KnownFact, ...]:
    """Return the facts that the catalogue holds of an entity; none of one that only the user watches."""
    from storage.feed import KnownFact

    return tuple(
        KnownFact(what=fact.what, value=fact.value, note=fact.note, source=fact.source, verified=fact.verified)
        for fact in getattr(entry, "facts", ())
    )


def document(detail: EntityDetail, catalogue: Catalogue) -> dict[str, Any]:
    """Return an entity as JSON values: what it is, then what articles say of it."""
    from storage.feed import as_json

    entry = catalogue.entities.get(detail.id)
    given = {name: as_json(getattr(entry, name, None)) for name in _GIVEN}
    is_ = {"id": detail.id, "kind": detail.id.partition(":")[0], "tracked": entry is not None}
    named = {name: [_named(one, catalogue) for one in getattr(entry, name, ())] for name in ("twins", "amends")}
    shown: dict[str, Any] = is_ | given | named
    shown |= {name: value for name, value in as_json(detail).items() if name != "id"}
    shown["amendments"] = [_named(one["id"], catalogue) | one for one in shown["amendments"]]
    return shown


def _named(entity: str, catalogue: Catalogue) -> dict[str, Any]:
    known = catalogue.entities.get(entity)
    return {"id": entity, "name": known.name if known else None}


def lines(shown: dict[str, Any], options: str) -> Iterator[str]:
    """Yield the page of an entity; ``options`` are those that find its store again."""
    columns = screen_width()
    yield heading(f"{shown['name'] or 'not tracked any more'} ({shown['id']})")
    for name, value in _facts(shown).items():
        if value:
            yield from wrapped(f"  {name:9} {value}", columns, indent=" " * 12)
    if shown["life_cycle"]["facts"]:
        yield from ("", heading(f"Life-cycle: {_stage(shown['life_cycle'])}"))
        yield from _next(shown["life_cycle"]["upcoming"], columns)
        yield from _proposed(shown["life_cycle"]["facts"], columns)
        yield from _life(shown["life_cycle"], columns)
    yield from _amendments(shown, columns)
    if shown["latest"]:
        yield from ("", heading("Latest stories"))
        yield from (f"  {fitted(_latest(story), columns - 2)}" for story in shown["latest"])
        yield f"\nThe articles: newswatch feed --entity {shown['id']}{options}"


def _facts(shown: dict[str, Any]) -> dict[str, str | None]:
    is_mentioned = shown["articles"] > 0
    times = f"{when(shown['first_seen_at'])} to {when(shown['last_seen_at'])} (UTC)"
    return {
        "vendor": shown["vendor"],
        "issuer": shown["issuer"],
        "twins": _listed(shown["twins"]),
        "amends": _listed(shown["amends"]),
        "mentioned": _extent(shown) if is_mentioned else "by no article",
        "seen": times if is_mentioned else None,
        "per day": _bar([day["articles"] for day in shown["days"]]),
        "unsure": f"in {counted(shown['unsure'], 'further article')}" if shown["unsure"] else None,
        "spellings": _counts(shown["spellings"]),
        "versions": _counts(shown["versions"]),
        "sizes": _counts(shown["sizes"]),
    }


def _listed(entities: list[dict[str, Any]]) -> str:
    return ", ".join(f"{one['name'] or 'not tracked'} ({one['id']})" for one in entities)


def _amendments(shown: dict[str, Any], columns: int) -> Iterator[str]:
    """Yield what amends the regulation: its stage, its dates with who states them, the stories that name it alone."""
    if shown["amendments"]:
        yield from ("", heading("Amendments"))
    own = {story["id"] for story in shown["latest"]}
    for one in shown["amendments"]:
        yield from wrapped(f"  {_listed([one])}: {_stage(one['life_cycle'])}", columns, indent=" " * 6)
        dates = [fact for fact in one["life_cycle"]["facts"] if fact["what"] not in ("stage", "number", "issuer")]
        told = "; ".join(f"{_spaced(fact['what'])} {fact['value']}, {_by(fact['stories'])}" for fact in dates)
        yield from wrapped(f"      {told}", columns, indent=" " * 6) if told else ()
        if one["articles"]:
            yield f"      mentioned by {counted(one['articles'], 'article')} in {_stories(one['stories'])}"
        further = [story for story in one["latest"] if story["id"] not in own][:_FURTHER]
        yield from (f"      {fitted(_latest(story), columns - 6)}" for story in further)


def _by(stories: int) -> str:
    if not stories:
        return "as the catalogue has it"
    return f"as {_stories(stories)} {'says' if stories == 1 else 'say'}"


def _extent(shown: dict[str, Any]) -> str:
    articles, outlets = counted(shown["articles"], "article"), counted(shown["outlets"], "outlet")
    return f"{articles} in {_stories(shown['stories'])}, {outlets}"


def _stories(count: int) -> str:
    return counted(count, "story", "stories")


def _bar(counts: list[int]) -> str | None:
    """Return a character for each day, its height the share of the busiest one."""
    most = max(counts, default=0)
    if not most:
        return None
    bars = "".join(_BARS[(count * (len(_BARS) - 1) + most - 1) // most] if count else "·" for count in counts)
    return f"{bars} the last {len(counts)} days, up to {most:,}"


def _counts(names: list[dict[str, Any]]) -> str:
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(f"{cut(one['value'], 40)} ({one['mentions']:,})" for one in names[:_NAMES]) + more


def _stage(life: dict[str, Any]) -> str:
    """Return the stage with who says so: "in force since 2025-09-01, the date of effect that 2 stories state"."""
    if life["stage"] is None:
        return "nothing tells the stage"
    stage = _spaced(life["stage"]) + (" in part" if life["is_partial"] else "")
    amended = "; amended" if life["is_amended"] else ""
    if life["stage_date"]:
        by = f"{_stories(life['stage_stories'])} {_states(life['stage_stories'])}" if life["stage_stories"] else None
        disputed = "; disputed, see below" if life["is_disputed"] else ""
        when_ = f"{'since' if life['stage'] in _LASTING else 'on'} {life['stage_date']}"
        return f"{stage} {when_}, the date that {by or 'the catalogue has'}{disputed}{amended}{_before(life)}"
    over = f"; comments closed on {life['closed']}" if life["closed"] else ""
    return f"{stage}, {_by(life['stage_stories'])}{over}{amended}"


def _before(life: dict[str, Any]) -> str:
    """Return the stage that stories state where a date that only the catalogue has says far more."""
    is_held = life["stated_stage"] in _EARLY and not life["stage_stories"]
    return f"; the last stage that stories state is {_spaced(life['stated_stage'])}" if is_held else ""


def _states(count: int) -> str:
    return "states" if count == 1 else "state"


def _next(upcoming: list[dict[str, Any]], columns: int) -> Iterator[str]:
    for step in upcoming:
        yield from wrapped(f"  next      {_ahead(step)}", columns, indent=" " * 12)


def _proposed(facts: list[dict[str, Any]], columns: int) -> Iterator[str]:
    """Yield to when somebody would put off the regulation, or a part of it: until it is a date of effect."""
    settled = {fact["value"] for fact in facts if fact["what"] in _SETTLED}
    proposed = [fact for fact in facts if fact["what"] == "postponement_proposed" and fact["value"] not in settled]
    for fact in proposed:
        if fact["value"] == "refused":
            told = f"  refused   a proposal to put it off was voted down, {_by(fact['stories'])}"
        else:
            until = "without a date" if fact["value"] == "undated" else f"to {fact['value']}"
            told = f"  proposed  to be put off {until}, {_by(fact['stories'])}"
        yield from wrapped(told, columns, indent=" " * 12)


def _ahead(step: dict[str, Any]) -> str:
    """Return a date to come: "2026-08-02 applicable, in 12 days, as 1 story says"."""
    left = "" if step["days"] is None else ", today" if not step["days"] else f", in {counted(step['days'], 'day')}"
    notes = f" ({'; '.join(step['notes'])})" if step["notes"] else ""
    disputed = "; disputed, see below" if step["is_disputed"] else ""
    return f"{step['value']} {_spaced(step['what'])}{notes}{left}, {_by(step['stories'])}{disputed}"


def _life(life: dict[str, Any], columns: int) -> Iterator[str]:
    """Yield a line for each value, below it what contradicts it, the catalogue, and the words that stated it first."""
    facts = life["facts"]
    rows = [("what", "value", "stories", "first stated"), *map(_row, facts)]
    header, *table = aligned(rows, columns - 2)
    yield f"  {header}"
    told: set[str] = set()
    for fact, line in zip(facts, table, strict=True):
        yield f"  {line}"
        for detail in _details(fact, told):
            yield from wrapped(f"      {detail}", columns, indent=" " * 6)
    if life["left_out"]:
        yield f"  and {counted(life['left_out'], 'further value')} that fewer stories state"


def _row(fact: dict[str, Any]) -> tuple[str, ...]:
    first = fact["first"]
    return (
        _spaced(fact["what"]),
        _spaced(fact["value"]) if fact["what"] == "stage" else cut(fact["value"], 30),
        str(fact["stories"]) if fact["stories"] else "-",
        f"{_moment(first)}, {cut(first['outlet'], 20)} (article {first['article_id']})" if first else "-",
    )


def _moment(first: dict[str, Any]) -> str:
    return published_in_words(first["published"]) if first["published"] else f"seen {when(first['first_seen_at'])}"


def _known(known: dict[str, Any], stated: str) -> str:
    """Return where the catalogue has a fact from: "press (not verified)", before it a value that reads otherwise."""
    told = [known["value"] if known["value"] != stated else None, known["note"], known["source"]]
    return "; ".join(filter(None, told)) + ("" if known["verified"] else " (not verified)")


def _details(fact: dict[str, Any], told: set[str]) -> Iterator[str]:
    """Yield what stands below a value; a sentence that others stand on too is ``told`` once."""
    if fact["writings"]:
        yield f"also written {', '.join(map(_short, fact['writings']))}"
    if fact["conflicts"]:
        yield f"conflicts with {', '.join(fact['conflicts'])}"
    if fact["corrected_by"]:
        yield f"corrected to {', '.join(fact['corrected_by'])}"
    if fact["put_off_to"]:
        yield f"put off to {', '.join(fact['put_off_to'])}"
    if fact["known"]:
        yield f"catalogue: {' | '.join(_known(one, fact['value']) for one in fact['known'])}"
    sentence = cut(fact["first"]["sentence"], 200) if fact["first"] else ""
    if sentence and sentence not in told:
        told.add(sentence)
        yield sentence


def _short(name: str) -> str:
    return cut(name, 40)


def _latest(story: dict[str, Any]) -> str:
    return f"{when(story['first_seen_at'])}, story {story['id']}: {story['outlets'][0]}, {story['title']}"


def _spaced(word: str) -> str:
    return word.replace("_", " ")

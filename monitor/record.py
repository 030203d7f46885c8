"""The one transaction an article is recorded in: decide, store, match rules, enqueue alerts, settle the item.

Runs in the store's writer; everything it needs was computed before. Running it again after a crash changes nothing:
the address is then known and its text unchanged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from alerts.dispatch import raise_alerts
from alerts.elsewhere import heard_rules
from alerts.escalation import escalate
from alerts.groups import tell_raised
from alerts.match import RuleMatch, match
from monitor import dedupe, topics
from monitor.dedupe.precedence import precedence
from monitor.desk import desk_of
from monitor.read.learned import RULE as LEARNED
from monitor.read.normalize import normalize
from monitor.read.published import published_by
from monitor.reader import ReadItem, furniture_host
from monitor.runtime import Runtime
from monitor.sources import USUAL_RANK
from monitor.stories import Placed, place_again, place_new
from monitor.story_alerts import Speech, speeches, token_of_change
from monitor.story_steps import further
from monitor.types import Reading
from monitor.urls import canonical_url, url_key
from storage import alert_groups, articles, frontier, lines, raws, story_kin, story_moves, story_nodes
from storage.articles import StoredArticle
from storage.findings import stated_in
from storage.mentions import mentions_of
from storage.notices import Notice
from storage.query.subject import Subject, subject_of
from storage.records import (
    Article,
    HitReason,
    HostVisit,
    Item,
    Outcome,
    VerdictKind,
)
from storage.subjects import subjects_of

__all__ = ["alert", "article_of", "filed", "matches_of", "outcome_of", "ranked", "record"]

_OUTCOMES = {
    VerdictKind.EXACT_COPY: Outcome.EXACT_COPY,
    VerdictKind.NEAR_COPY: Outcome.NEAR_COPY,
    VerdictKind.REVISION: Outcome.REVISION,
}


_OTHER_TEXT = (VerdictKind.NEW, VerdictKind.TEMPLATE_SIBLING)


def record(
    session: Session, item: Item, found: ReadItem, rt: Runtime, claim: HostVisit, fetched_at: datetime
) -> Outcome:
    """Store what was read under the item's address and say how that ended."""
    article, known = filed(session, ranked(article_of(found.reading, item.source_id, fetched_at), rt))
    article = topics.with_keywords(session, article)
    now = rt.now()
    if known is None:
        outcome, article_id = _store_new(session, article, rt, now)
        host = furniture_host(article.url, item.host)
        if not _is_another_print(session, article_id, host):
            lines.note_lines(session, host, found.reading.edge_lines, now=now)
    else:
        outcome, article_id = _store_again(session, article, known, rt, now)
    raws.keep(session, item.id, found.pages)
    frontier.settle_item(
        session, item.id, outcome, None, host=claim.host, owner=claim.owner, now=now, article_id=article_id
    )
    return outcome


def filed(session: Session, article: Article) -> tuple[Article, StoredArticle | None]:
    """Return the article under the key it is stored by, and what is stored there.

    That is the address that the page calls its true one, unless another article stands there already: some sites
    name one address for all their pages.
    """
    known = articles.find_article(session, article.key)
    own_key = url_key(article.url)
    if known is None or own_key == article.key or not _is_other_address(known, article):
        return article, known
    if dedupe.compare(known.text, article.text).verdict in _OUTCOMES:
        return article, known
    own = replace(article, key=own_key, canonical_url=canonical_url(article.url))
    return own, articles.find_article(session, own_key)


def article_of(reading: Reading, source_id: str, fetched_at: datetime) -> Article:
    """Return the article to store; what the page does not say is taken from where its address was found."""
    page = reading.extracted
    return Article(
        key=reading.key,
        source_id=source_id,
        url=reading.url,
        canonical_url=reading.canonical_url,
        title=page.title,
        deck=page.deck,
        text=page.text,
        headings=page.headings,
        language=page.language,
        script=page.script,
        authors=page.authors,
        editors=page.editors,
        source=page.source,
        publisher=page.publisher,
        published=published_by(page),
        modified=page.modified,
        derived=page.derived,
        fetched_at=fetched_at,
        content_hash=reading.content_hash,
        sketch=reading.sketch,
        sketch_version=reading.sketch_version,
        bands=reading.bands,
        sentences=reading.sentences,
        mentions=reading.mentions,
        keywords=reading.keywords,
        terms=reading.terms,
        findings=reading.findings,
        flags=page.flags,
        removed=page.removed,
    )


def ranked(article: Article, rt: Runtime) -> Article:
    """Return an article with its precedence among copies, which takes the rank of its source into account."""
    settings = rt.sources.get(article.source_id)
    rank, outlet = (settings.rank, settings.name) if settings else (USUAL_RANK, None)
    return replace(article, precedence=precedence(article, rank, outlet))


def outcome_of(placed: Placed) -> Outcome:
    """Return how an item ends whose article was stored so."""
    return _OUTCOMES.get(placed.met, Outcome.STORED)


def _store_new(session: Session, article: Article, rt: Runtime, now: datetime) -> tuple[Outcome, int]:
    placed = place_new(session, article, now=now)
    if placed.began:
        topics.settle(session, placed.story_id, article, now)
    matches = matches_of(subject_of(article, now), rt, now)
    notice = _notice(None, article) if matches else None
    said = speeches(session, placed, matches, token=article.content_hash, now=now, notice=notice)
    alert(session, placed, said, rt, now)
    return outcome_of(placed), placed.article_id


def _store_again(
    session: Session, article: Article, known: StoredArticle, rt: Runtime, now: datetime
) -> tuple[Outcome, int]:
    if _is_known(session, article, known, now):
        return Outcome.UNCHANGED, known.id
    comparison = dedupe.compare_editions(
        *_with_decks(known, article), known.title, article.title, known=_known_names(session, known, article, rt)
    )
    evidence = comparison.evidence
    if _is_other_address(known, article) and not (evidence.number_conflicts or evidence.reversals):
        return Outcome.UNCHANGED, known.id
    before = story_nodes.members_of(session, known.story_id)
    former, as_before = stated_in(session, [known.id]).get(known.id, ()), subjects_of(session, [known.id])[known.id]
    articles.revise_article(session, known.id, article, evidence=evidence, now=now)
    placed = place_again(session, known.id, now=now)
    if comparison.verdict in _OTHER_TEXT:
        topics.settle_again(session, known.id, placed.story_id, article, now)
    is_other = comparison.verdict in _OTHER_TEXT or bool(evidence.changes)
    is_changed = is_other or evidence.is_marked
    matches, held_before = (matches_of(one, rt, now) for one in (subjects_of(session, [known.id])[known.id], as_before))
    notice = _notice(known, article) if is_changed and (matches or held_before) else None
    if is_changed:
        if notice or comparison.verdict not in _OTHER_TEXT:
            matches += _held_no_more(session, {known.story_id, placed.story_id}, known.id, matches, held_before)
        told = _told_by_others(session, placed, before)
        matches = tuple(one for one in matches if one.rule.id not in told)
    facts, former_at = article.findings.facts, known.fetched_at
    step = further(session, known.id, facts, now, former=former, former_at=former_at) if matches else ""
    edition = _token_of_edition(known, article) if is_other else ""
    is_step = bool(step) and not edition and notice is not Notice.WITHDRAWAL
    token = step if is_step else token_of_change(notice, edition)
    changes = evidence.changes if is_changed else None
    held = [one.rule.id for one in held_before]
    said = _told_again(session, placed, changes, matches, token=token, step=step, held=held)
    alert(session, placed, said, rt, now)
    return Outcome.REVISION, known.id


def _is_known(session: Session, article: Article, known: StoredArticle, now: datetime) -> bool:
    """Whether an article says what the store has of it, or had before; keys that an earlier version cut are mended."""
    is_older = article.fetched_at < known.fetched_at
    is_same_text = known.content_hash == article.content_hash or _is_only_cleaner(known, article)
    if is_older or (is_same_text and _has_same_title(known, article) and _has_same_deck(known, article)):
        return True
    is_same = known.text == article.text and _has_same_title(known, article)
    has_other_keys = is_same and known.content_hash != article.content_hash
    if not has_other_keys or _is_other_address(known, article):
        return False
    articles.correct_article(session, known.id, article, now=now)
    place_again(session, known.id, now=now)
    return True


def _held_no_more(
    session: Session,
    stories: Collection[int],
    article_id: int,
    matches: Collection[RuleMatch],
    held_before: Collection[RuleMatch],
) -> tuple[RuleMatch, ...]:
    """Return the rules that told an article by what it says no more: who was told is to hear what became of it."""
    still = {one.rule.id for one in matches}
    gone = tuple(one for one in held_before if one.rule.id not in still)
    told = heard_rules(session, story_moves.lineage(session, sorted(stories)), article_id) if gone else {}
    return tuple(one for one in gone if one.rule.id in told)


def _told_by_others(session: Session, placed: Placed, before: Collection[int]) -> Collection[str]:
    """Return the rules that spoke of the story that an article came to with another text, but by others.

    None where it has no company, or that of before: what it says now, those do not say.
    """
    company = set(story_nodes.members_of(session, placed.story_id)) - {placed.article_id}
    if not company or not company.isdisjoint(before):
        return ()
    return heard_rules(session, story_moves.lineage(session, [placed.story_id]), placed.article_id, besides=before)


def _told_again(
    session: Session,
    placed: Placed,
    changes: tuple[tuple[str, str], ...] | None,
    matches: tuple[RuleMatch, ...],
    *,
    token: str,
    step: str,
    held: Collection[str],
) -> tuple[Speech, ...]:
    """Return what is said of an article that has another text now; ``changes`` is None where that says nothing new.

    Other numbers and names are a change, and so are a mark of withdrawal and another text under the same address:
    ``token`` is theirs, ``step`` that of a regulation that has come further. To rules that ``held`` before nothing else
    is new, though they began after the article came in.
    """
    if not matches:
        return ()
    if changes is not None:
        kin = story_kin.family(session, [placed.story_id])
        return (Speech(matches=matches, reason=HitReason.CHANGED, token=token, changes=changes, kin=kin),)
    told = {*held, *heard_rules(session, story_moves.lineage(session, [placed.story_id]), placed.article_id)}
    untold = tuple(one for one in matches if one.rule.id not in told)
    known = tuple(one for one in matches if one.rule.id in told) if step else ()
    return (
        Speech(matches=untold, reason=HitReason.NEW),
        *([Speech(matches=known, reason=HitReason.CHANGED, token=step)] if known else []),
    )


def _notice(known: StoredArticle | None, article: Article) -> Notice | None:
    """Return what an article says of its report, or of an earlier one, that it did not say before."""
    from monitor.dedupe.body import body_of
    from monitor.dedupe.marks import notice_in

    old = body_of(known.text, known.title) if known else body_of("")
    return notice_in(old, body_of(article.text, article.title))


def _has_same_title(known: StoredArticle, article: Article) -> bool:
    """Whether the title is the same but for its case and punctuation, or could not be read any more."""
    return not article.title or normalize(known.title or "") == normalize(article.title)


def _has_same_deck(known: StoredArticle, article: Article) -> bool:
    """Whether the deck is the same but for its case and punctuation, or one of the two has none."""
    decks = normalize(known.deck or ""), normalize(article.deck or "")
    return not all(decks) or decks[0] == decks[1]


def _with_decks(known: StoredArticle, article: Article) -> tuple[str, str]:
    """Return both texts, each behind its deck where the two have other ones."""
    if _has_same_deck(known, article):
        return known.text, article.text
    return f"{known.deck}\n{known.text}", f"{article.deck}\n{article.text}"


def _token_of_edition(known: StoredArticle, article: Article) -> str:
    """Return the token of a page's other text, or of its other title and deck where the text is the same."""
    if known.content_hash != article.content_hash:
        return article.content_hash
    deck = "" if _has_same_deck(known, article) else f"\n{article.deck}"
    return sha256(f"{article.content_hash}\n{article.title}{deck}".encode()).hexdigest()


def _known_names(session: Session, known: StoredArticle, article: Article, rt: Runtime) -> dict[str, str]:
    """Return names of entities and of their makers with what they name: the usual ones, and those of both editions."""
    mentions = (*mentions_of(session, [known.id]).get(known.id, ()), *article.mentions)
    return {
        **dict(zip(rt.vendors.values(), rt.vendors.values(), strict=True)),
        **{name: entity for entity, name in rt.names.items()},
        **{mention.surface: mention.entity for mention in mentions},
    }


def _is_other_address(known: StoredArticle, article: Article) -> bool:
    """Whether the known article was read at another variant (mobile, AMP) of the same page."""
    return url_key(known.url) != url_key(article.url)


def _is_only_cleaner(known: StoredArticle, article: Article) -> bool:
    """Whether the article lost nothing but lines that were learned to be furniture since it was stored."""
    learned = {line.text for line in article.removed if line.rule == LEARNED}
    kept = [line for line in known.text.split("\n") if line not in learned]
    return bool(learned) and kept == article.text.split("\n")


def _is_another_print(session: Session, article_id: int, host: str) -> bool:
    """Whether the host has the story at another address; the lines of one story are no furniture.

    What it revises, holds or is held by is the same story here, and so are its copies from whatever host.
    """
    kin = {one.story_id for one in story_kin.relations_of(session, article_id) if one.verdict not in _OTHER_TEXT}
    own = story_nodes.story_nodes(session, [article_id])[article_id].story_id
    told = story_kin.family(session, {own, *kin})
    return any(furniture_host(*one) == host for one in lines.prints_of(session, told, besides=article_id))


def matches_of(article: Subject, rt: Runtime, now: datetime) -> tuple[RuleMatch, ...]:
    """Return the rules in force that hold for an article of one of the configured sources, or of a former one."""
    settings = rt.present.sources.get(article.source_id) or rt.sources.get(article.source_id)
    return match(rt.present.rules, article, settings.group if settings else None, now)


def alert(session: Session, placed: Placed, said: Iterable[Speech], rt: Runtime, now: datetime) -> int:
    """Raise what the rules ask for, once per story, again when it changed or spread; return how many hits that made."""
    desk = desk_of(rt)
    raised = [
        hit
        for speech in said
        for hit in raise_alerts(
            session,
            desk,
            matches=speech.matches,
            article_id=placed.article_id,
            story_id=placed.story_id,
            reason=speech.reason,
            token=speech.token,
            changes=speech.changes,
            kin=speech.kin,
            now=now,
        )
    ]
    alert_groups.note_growth(session, placed.story_id, now=now)
    raised += escalate(session, desk, placed.story_id, now)
    tell_raised(session, desk, raised, now)
    return len(raised)

"""That a regulation, or some of its duties, is to begin later than it was: proposed, or decided, and until when.

Told by a word of delay beside the name or beside its start, its duties, its deadline. Putting off a publication, a
hearing or a guide is none. What is refused, denied or opposed is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.tag.stated_dates import Lean
from monitor.tag.stated_delayed import BEGINNING, PART, delayed_by, delayed_by_english
from monitor.tag.stated_names import Name
from monitor.tag.stated_piece import INHERITED, LIKELY, Found, Piece, complete
from monitor.tag.stated_refused import is_refused, is_turned_down
from monitor.tag.stated_sentence import Sentence
from storage.states import FactKind

__all__ = ["REFUSED", "UNDATED", "Postponed", "find_postponed", "is_putting_off", "postponements"]

UNDATED = "undated"
"""The value of a postponement whose new date is not told."""
REFUSED = "refused"
"""The value of one that was put to a vote and lost."""

_REACH = 90  # characters between the word of delay and the name, or the date
_LOOK_BACK = 120  # characters before it in which somebody proposes or decides

_HINT = re.compile(
    r"推迟|延后|延迟|延期|暂缓|顺延|推延|押后|延[至到]|暂停[实施执适《\"]|缓[期施]|postpon|delay|"
    r"push\w* back|(?:push|mov)\w* (?:the|its) [a-z]+ date|put\w* off|defer|paus|suspen|moratorium|"
    r"stop[ -]the[ -]clock|instead of|rather than|而不是|而非|"
    r"not apply until|only apply|apply only"
)
_DELAY = re.compile(
    rf"(?:推迟|延后|延迟|延期|暂缓|顺延|推延|押后|暂停(?={BEGINNING}|[\"《])|延(?=[至到][\d今明次同后]))(?!发布|公布|举行|召开|审议|表决|提交|出台|交付|退休|上市|开放)"
)
_UNTIL = re.compile(
    r"[\"'》了]*(?:的?[^,;。《》\d]{0,10}(?:条款|义务|要求|规则|规定|部分))?"
    rf"(?:{BEGINNING}|日期|时间|期限|最多|至少|长达|近|约|"
    rf"[\d一二两三四五六七八九十]+个?[年月半天]+|,)*(?:至|到|为|于|改为|改至)+[ \"']*"
)

_UNTIL_LATER = re.compile(
    rf"[^。;]{{0,40}}(?:,(?:最迟|最晚|直)?(?:至|到)|新的?{BEGINNING}(?:日期|时间)?(?:为|是|定为|定于))[ \"']*"
)

_VERB_ENGLISH = (
    r"(?:delay(?:s|ed|ing)?|postpon(?:e[sd]?|ing)|push(?:es|ed|ing)?(?: (?:the|its|their) [a-z ]{3,40}?)? back|"
    r"put(?:s|ting)? off|"
    r"(?:push(?:es|ed|ing)?|mov(?:e[sd]?|ing))"
    r"(?= (?:the|its) (?:effective|compliance|start|application|implementation) date)|"
    r"defer(?:s|red|ring)?|paus(?:e[sd]?|ing)|suspend(?:s|ed|ing)?)"
)
_NOUN_ENGLISH = r"(?:delay|postponement|deferral|pause|moratorium|suspension|stop[ -]the[ -]clock)"
_DELAY_ENGLISH = re.compile(rf"\b(?P<verb>{_VERB_ENGLISH})\b|\b(?P<noun>{_NOUN_ENGLISH})\b(?= (?:of|to|in|on|for)\b)")
_UNTIL_ENGLISH = re.compile(r"\b(?:until|till|to|into)(?: (?:at least|early|late|mid|the end of))?[ -]$")
_ONLY_FROM = re.compile(
    r"\bwould (?:(?:then |now )?(?:only (?:apply|take effect|start|kick in)|(?:apply|take effect|start|kick in) only)"
    r"(?: from| on| in| as of| starting)+|not (?:apply|take effect|start|kick in)(?: until| before)) $"
)
_INSTEAD = re.compile(r"\s?,? ?(?:instead of|rather than|not|而不是|而非|不再是)(?: (?:on|in|from))? ?")

_PROPOSED = re.compile(
    r"拟|提议|提案|提出|建议|计划|打算|考虑|呼吁|要求|敦促|主张|寻求|希望|盼|草案|讨论|游说|力推|"
    r"临时协议|达成了?(?:政治|初步|原则)?(?:协议|共识|一致)|待|争取|期盼|请求|倡议|酝酿|研究|"
    r"\b(?:propos\w*|would|should|plan\w*|want\w*|seek\w*|sought|urg\w+|call\w*|consider\w*|suggest\w*|"
    r"recommend\w*|push\w* for|lobb\w+|ask\w*|demand\w*|talks?|discuss\w*|weigh\w*|hop\w+|draft|provisional\w*|"
    r"intend\w*|aim\w*|expect\w*|likely|bid|mov(?:e|es|ed|ing)|pressure|plead\w*|request\w*|support\w*|favou?r\w*|"
    r"(?:deals?|agreements?|(?<!formally )(?<!finally )(?<!to )agree[sd]?)(?=[^,;]*(?:,[^,;]{0,3})?$))\b"
)
_POSSIBLE = re.compile(r"可能|或[将会]?|有望|如果|若|[是能会可]否|何时|取决于|\b(?:could|may|might|if|whether|can)\b")
_PROPOSAL = re.compile(r"omnibus|综合[\"》]?(?:提案|方案|法案)|\bproposal\b")
_DECIDED = re.compile(
    r"签署|三读|(?:表决|正式|投票|审议|最终)(?:获)?(?:通过|批准)|决定|宣布|已|生效(?=[,、])|"
    r"\b(?:signed|signs|adopted|approved|enacted|passed|voted|decided|announced|has|have)\b"
)
_OF_TWO = re.compile(
    r"欧[洲盟]议会(?!和|与|及)|(?:欧盟)?理事会(?!和|与|及)|欧盟(?:各?成员国|各国|国家|大使|\d+国)|\bmeps\b|"
    r"(?:european|\beu) (?:parliament(?! and)|lawmakers|legislators|countries|governments|states|ambassadors)|"
    r"member states"
)
_FINAL = re.compile(
    r"三读|最终|正式|签署|完成立法|生效|公报|sign|both (?:houses|chambers)|final|official journal|into law"
)
_PUBLISHED = re.compile(
    r"(?:在|于|经)[^,;。]{0,8}(?:公报|官报)[^,;。]{0,4}(?:刊登|公布|发布)|完成立法|签署|"
    r"published in the official journal|signed (?:it )?into law"
)
_STILL_OPEN = re.compile(
    r"(?:仍|尚|还)?(?:待|需|须)(?:经|由|获)?[^,;。]{0,16}(?:批准|同意|通过|表决|审议)|临时协议|\bprovisional\w*|"
    r"still (?:needs?|has to|must|awaits?)|\bbill (?:would|to)\b|"
    r"\b(?:needs?|requires?|awaits?|awaiting|pending|subject to|must be|ha(?:s|ve) to be) (?:[a-z']+ ){0,2}"
    r"(?:formal|final|approv|adopt|endors|ratif|sign|sign-off|vote)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponed:
    """A regulation of which all, or a part, is put off by the word at ``start`` to ``end``; ``date`` is an index.

    ``is_lost``: the proposal of it was voted down.
    """

    name: Name
    start: int
    end: int
    date: int | None
    is_proposed: bool
    is_part: bool
    is_lost: bool = False


def is_putting_off(letters: str) -> bool:
    """Say whether a folded sentence may tell of a delay."""
    return _HINT.search(letters) is not None


def find_postponed(sentence: Sentence) -> list[Postponed]:
    """Return what a sentence says is put off, in order."""
    if not is_putting_off(sentence.letters):
        return []
    found = [one for one in _delayed(sentence) if not _PROPOSAL.search(one.name.title)]
    told = {one.name.entity for one in found}
    return found + [one for one in (*_instead(sentence), *_only_from(sentence)) if one.name.entity not in told]


def postponements(piece: Piece, postponed: list[Postponed]) -> Iterator[Found]:
    """Yield what is put off, as facts; what is decided moves the date of effect."""
    for one in postponed:
        if one.name.entity is None:
            continue
        value = complete(piece, one.date, Lean.FUTURE) if one.date is not None else None
        written = piece.sentence.dates[one.date] if one.date is not None and value is not None else None
        start, end = (written.start, written.end) if written else (one.start, one.end)
        kinds = [FactKind.POSTPONEMENT_PROPOSED if one.is_proposed else FactKind.POSTPONED]
        if not one.is_proposed and value is not None:
            kinds.append(FactKind.PARTLY_EFFECTIVE if one.is_part else FactKind.EFFECTIVE)
        less = 0 if one.name in piece.sentence.names else INHERITED
        for what in kinds:
            yield Found(
                entity=one.name.entity,
                what=what,
                value=REFUSED if one.is_lost else value or UNDATED,
                start=start,
                end=end,
                confidence=round(LIKELY - less, 2),
            )


def _delayed(sentence: Sentence) -> Iterator[Postponed]:
    pattern = _DELAY_ENGLISH if sentence.is_english else _DELAY
    bind = delayed_by_english if sentence.is_english else delayed_by
    for word in pattern.finditer(sentence.letters):
        if any(name.start <= word.start() < name.end for name in sentence.names):
            continue
        is_lost = is_turned_down(sentence, word)
        is_proposed = True if is_lost else _is_proposed(sentence, word)
        bound = bind(sentence, word) if is_proposed is not None else None
        if bound is None or is_proposed is None:
            continue
        name, is_part = bound
        yield Postponed(
            name=name,
            start=word.start(),
            end=word.end(),
            date=None if is_lost else _until(sentence, word, name),
            is_proposed=is_proposed,
            is_part=is_part,
            is_lost=is_lost,
        )


def _is_proposed(sentence: Sentence, word: re.Match[str]) -> bool | None:
    """Say whether a delay is proposed rather than decided; None where it is refused, or a noun that nobody decides."""
    letters = sentence.letters
    if is_refused(sentence, word):
        return None
    before = letters[max(0, word.start() - _LOOK_BACK) : word.start()]
    is_final = _FINAL.search(before) or _PUBLISHED.search(letters, word.end())
    proposed = max((one.start() for one in _PROPOSED.finditer(before)), default=-1)
    decided = max((one.start() for one in _DECIDED.finditer(before)), default=-1)
    is_chamber = sentence.grammar.chamber.search(before) or _OF_TWO.search(before)
    if proposed < 0 and is_chamber and not is_final:
        return True
    is_noun = sentence.is_english and word.lastgroup == "noun"
    if is_noun and proposed < 0 and decided < 0:
        return None
    if proposed < 0 and decided < 0 and _POSSIBLE.search(before):
        return None
    is_open = _STILL_OPEN.search(letters) or (decided < 0 and _PROPOSAL.search(letters))
    return proposed > decided or bool(is_open)


def _until(sentence: Sentence, word: re.Match[str], name: Name) -> int | None:
    """Return the index of the new date: 推迟至 a date, until one, from one to another."""
    at = max(word.end(), name.end if name.start >= word.end() else 0)
    for index, written in enumerate(sentence.dates):
        if written.start < word.end() or written.start - at > _REACH:
            continue
        between = sentence.letters[word.end() : written.start]
        behind = sentence.letters[at : written.start] if written.start >= at else None
        if _leads(between, behind, is_english=sentence.is_english):
            return index
    return None


def _leads(between: str, behind: str | None, *, is_english: bool) -> bool:
    """Say whether what stands before a date, from the word of delay on or ``behind`` the name, makes it the new one."""
    if is_english:
        return _UNTIL_ENGLISH.search(between) is not None
    if not between or _UNTIL_LATER.fullmatch(between):
        return True
    return any(one is not None and _UNTIL.fullmatch(one) for one in (between, behind))


def _instead(sentence: Sentence) -> Iterator[Postponed]:
    """Yield what begins on one date instead of another: will take effect on June 30 instead of February 1."""
    for index, written in enumerate(sentence.dates[:-1]):
        other = sentence.dates[index + 1]
        if not _INSTEAD.fullmatch(sentence.letters, written.end, other.start):
            continue
        verbs = [
            one
            for one in sentence.grammar.verbs.finditer(sentence.letters, 0, written.start)
            if one.lastgroup == "effect"
        ]
        names = [one for one in sentence.names if one.end <= written.start]
        if verbs and names:
            yield Postponed(
                name=names[-1],
                start=verbs[-1].start(),
                end=verbs[-1].end(),
                date=index,
                is_proposed=False,
                is_part=False,
            )


def _only_from(sentence: Sentence) -> Iterator[Postponed]:
    """Yield what a proposal lets begin only later: obligations under the Act would apply only from a date."""
    if not sentence.is_english or not _PROPOSAL.search(sentence.letters):
        return
    for index, written in enumerate(sentence.dates):
        told = _ONLY_FROM.search(sentence.letters, max(0, written.start - _REACH), written.start)
        names = [one for one in sentence.names if told and one.end <= told.start() and not one.is_draft]
        if told and names:
            is_part = PART.search(sentence.letters, max(0, told.start() - _REACH), told.start()) is not None
            yield Postponed(
                name=names[-1], start=told.start(), end=told.end(), date=index, is_proposed=True, is_part=is_part
            )

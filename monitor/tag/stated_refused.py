"""Whether a delay that a sentence speaks of is refused: voted down, blocked, denied, or only what would have been.

Works on a folded sentence and the place of the word of delay. Does not know of what the delay is.
"""

from __future__ import annotations

import re

from monitor.tag.stated_sentence import Sentence

__all__ = ["is_refused", "is_turned_down"]

_LOOK_BACK = 120  # characters before the word of delay in which somebody refuses
_LOOK_AHEAD = 160  # the same behind it

_BEFORE = re.compile(
    r"不会?(?:再|被)?$|不(?:会|应|得|予|打算|考虑|存在)|无意|没有(?:计划|打算|理由)?|拒绝|否认|(?<![\d多]票)反对(?!票)|驳回|排除|未(?!来)|"
    r"否决|封阻|封杀|阻止|阻挡|阻拦|阻击|叫停|挫败|推翻|撤回|撤销|放弃|本[会将可]以?$|"
    r"\b(?:not|never|no|rul\w+ out|reject\w*|oppos\w+|refus\w+|(?<!\d )against|den(?:y|ies|ied)|without|resist\w*|"
    r"dismiss\w*|avoid\w*|prevent\w*|(?:vot\w+|turn\w*|strik\w+|struck|shoot\w*|shot) down|block(?:s|ed|ing)?|"
    r"defeat(?:s|ed|ing)?|kill(?:s|ed|ing)?|scrap(?:s|ped|ping)?|veto\w*|withdr[ae]w\w*|abandon\w*|thwart\w*|"
    r"fail\w* to)\b|"
    r"\bwould(?: have|['’]ve) (?:[a-z]+ly )?(?:been )?$|n['’]t\b"
)
_BEHIND = re.compile(
    r"(?:被|遭到?)[^,。;《》]{0,16}?(?:否决|驳回|封杀|封阻|拒绝|搁置|撤回)|(?:未获|未能?获?得?|没有获?得?)[^,。;《》]{0,10}通过|"
    r"否决(?=了?(?:该|这|此|上述)|[,。;]|$)|流产|胎死腹中|以失败告终|"
    r"\b(?:rejected|blocked|vetoed|defeated|killed|scrapped|withdrawn|(?:voted|struck|shot|turned) down)"
    r"(?= (?:by|in|on|at|it|the (?:proposal|move|bid|plan|amendment|measure|delay|idea|bill))\b|\s*(?:[.,;]|$))|"
    r"\b(?:fails?|failed|dies|died|collapse[sd]?)(?= (?:in|on|at|by|with)\b|\s*(?:[.,;]|$))"
)
_TURNED_DOWN = re.compile(
    r"否决|驳回|封[阻杀]|投票反对|未获[^,。;《》]{0,10}通过|未能?[^,。;《》]{0,4}通过|"
    r"\b(?:(?:rejected|rejects)(?! (?:calls|requests|pleas|demands|pressure|suggestions|the idea|any|industry))|"
    r"block(?:ed|s)?|veto(?:ed|es)|defeat(?:ed|s)?|kill(?:ed|s)?|"
    r"(?:vote[ds]?|struck|shot|turned) down|voted against|fail(?:ed|s) in)\b"
)
_WISHED = re.compile(
    r"(?:呼吁|要求|建议|希望|敦促|主张|威胁|可能|或将|[即又还也]将|会否|拟|如果|若|是否|反对)[^,。;《》]{0,12}$|"
    r"\b(?:could|would|may|might|should|will|must|to|if)(?: be)? $|"
    r"\b(?:urg\w+|call\w*|want\w*|threat\w*|vow\w*) (?:[a-z]+ ){0,4}$"
)
_OTHER_MATTER = re.compile(
    r"因|由于|此前|曾|"
    r"\b(?:after|because|following|since|despite|when|while|as)\b|"
    r",(?! (?:but|which (?:was|were|has|had)|only to)\b)(?= )"
)
"""Where the sentence turns to what came before the delay: put off after talks failed."""


def is_refused(sentence: Sentence, word: re.Match[str]) -> bool:
    """Say whether the delay that ``word`` tells of is refused before it in its clause, or behind it."""
    letters = sentence.letters
    clause, _ = sentence.clause(word.start())
    if _BEFORE.search(letters, max(clause, word.start() - _LOOK_BACK), word.start()):
        return True
    other = _OTHER_MATTER.search(letters, word.end(), word.end() + _LOOK_AHEAD)
    stop = other.start() if other else word.end() + _LOOK_AHEAD
    return _BEHIND.search(letters[word.end() : stop]) is not None


def is_turned_down(sentence: Sentence, word: re.Match[str]) -> bool:
    """Say whether the delay that ``word`` tells of was put to a vote, and lost; what is denied or ruled out was not."""
    clause, _ = sentence.clause(word.start())
    begin = max(clause, word.start() - _LOOK_BACK)
    other = _OTHER_MATTER.search(sentence.letters, word.end(), word.end() + _LOOK_AHEAD)
    stop = other.start() if other else word.end() + _LOOK_AHEAD
    lost = _TURNED_DOWN.search(sentence.letters, begin, stop)
    return lost is not None and _WISHED.search(sentence.letters, max(0, lost.start() - 40), lost.start()) is None

"""How English tells of a regulation's life: patterns over folded text (lower case)."""

from __future__ import annotations

import re

from monitor.tag.stated_verbs import Grammar

__all__ = ["ENGLISH"]

_WORD = (
    r"(?:is|are|was|were|has|have|had|been|be|being|will|shall|to|set|due|scheduled|slated|officially|"
    r"formally|finally|"
    r"also|then|now|still|remains?|currently|first|fully|already|just|recently|unanimously|subsequently|later|since|itself|which|that|"
    r"who|and|it|"
    r"in|on|full|publicly|jointly|law|bill|passed|adopted|signed|approved|issued|released|published|enacted|finalized|"
    r"finalised|into|effect|force|by|its|final|form|of|last|today|yesterday|as|at|the|after|being|did|does|do|"
    r"come|ago|"
    r"track|formal|overwhelmingly|narrowly|ultimately|eventually|act|measures|provisions|text|version|draft|"
    r"standard|entirety|[a-z]{3,}ly)\b"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_TOKEN = (
    rf"(?:{_WORD}|{_MONTH}|\d+(?:st|nd|rd|th)?\b|\([^()]{{0,80}}\)|\)|['\"’s]+|[\s,]|mon-?day|tues-?day|"
    rf"wednes-?day|thurs-?day|fri-?day|,? an? (?:[a-z-]+ ){{0,3}}?(?:guide|law|act|bill|rule|framework|document|"
    r"measure|code|standard|plan|statute|directive|regulation|treaty|guideline)s?\b)"
)

_STEMS = (
    "veto", "withdr", "down", "reject", "defeat", "kill", "died", "dies", "lapse", "fail", "fell",
    "amend", "revis", "effect", "pass", "clear", "advanc", "approv", "review", "debate", "considerat",
    "deliberat", "parliament", "congress", "senate", "house", "legislat", "committee", "introduc",
    "refer", "pending", "reading", "submit", "comment", "feedback", "opinion", "input", "consult", "propos",
    "forward", "complet", "endors", "agreed", " live",
    "force", "operat", "implement", "applic", "enforce", "apply", "applie", "sign", "law", "adopt", "enact",
    "ratif", "assent", "green light", "issue", "release", "publish", "promulgat", "unveil", "finali",
    "gazett", "launch", "appeared", "notified", "repeal", "revok", "rescind", "abolish", "scrap", "annul", "draft",
    "drawn", "plan", "publicat", "issuanc", "revocat", "resciss",
)  # fmt: skip

_STARTS = (
    r"a(?:bol|dop|dva|gre|lre|men|nnu|pp[elr]|re [bd]|sk)|b(?:e(?:c|f|g|en|i| [aefgo]))|c(?:ame|lea|ol|om[eip]|ons)|"
    r"d(?:efe|ie)|e(?:ff|na|nd|nt)|f(?:ai|el|in|ir|or pub|ul)|g(?:av|az|iv|o|ra)|"
    r"i(?:mp|n(?:[ctv]| [efit])|s(?: [abdefgior]|s))|kil|l(?:ap|au|is)|no[tw]|o(?:n [ti]|pe|ut f)|"
    r"p(?:as|en|la|ro[mp]|ub|ut)|r(?:at|e[cfijlpqsv]|oy)|s(?:cr|e[ce]|ig|o[lu]|t[ar]|ub)|t(?:ak|oo)|un[dv]|v[eo]|"
    r"w(?:as [bdir]|en|er|it)"
).replace(" ", r"\ ")
"""How a verb may begin: most words of a sentence are passed over by that, and never tried as each of the verbs."""

ENGLISH = Grammar(
    verbs=re.compile(
        rf"\b(?={_STARTS})"
        r"""(?:
        (?P<fail>veto(?:ed|es)|(?:veto|withdrawal|rejection|defeat)\ of
            |withdr(?:ew|aws|awn)|(?:voted|struck)\ down|rejected|rejects|defeated|killed
            |(?:died|dies|lapsed|lapses|failed|fails|fell)(?=\ (?:in|on\ the|at|when|after|with|by)\b|[.,;]|$))
        |(?P<amend>amended|amends|revised|revises)
        |(?P<as_issued>(?:(?:took|takes?|taking)\ (?:full\ )?effect|(?:(?:became|becomes?)\ )?effective)\ (?:immediately
            |(?:upon|on)\ (?:its\ )?(?:signature|signing|publication|enactment|promulgation|issuance)))
        |(?P<review>pass(?:ed|es)\ (?:in\ |through\ |by\ )?(?:the\ )?(?:state\ |u\.s\.\ |california\ |
            lower\ |upper\ )*(?:senate|house(?!s)|committee|first\ reading|second\ reading)
            |(?:cleared|advanced\ (?:through|from|in|out\ of)|approved\ by)\ (?:the\ |
                a\ )?(?:[a-z]+\ ){0,2}(?:committee|senate|house|subcommittee)
            |(?:under|before)\ (?:review|debate|consideration|deliberation|parliament|congress|
                the\ (?:senate|house|legislature|committee))
            |pending\ (?:in|before)\ (?:the\ )?(?:[a-z.]+\ ){0,3}(?:congress|senate|house|parliament|legislature|
                assembly|committee)
            |(?:was\ |were\ |is\ )?(?:re)?introduced\ in|referred\ to\ (?:the\ |a\ )?(?:[a-z]+\ ){0,3}committee|
                (?:first|second)\ reading|submitted\ (?:for\ (?:review|deliberation)|
                to\ (?:the\ )?(?:legislature|parliament|congress|cabinet|national\ assembly)))
        |(?P<draft>(?:seek(?:s|ing)?|sought|solicit(?:s|ed|ing)?|request(?:s|ed|ing)?|invit(?:es|ed|ing)|
            open(?:s|ed)?(?:\ up)?|ask(?:s|ed|ing)\ for|collect(?:s|ed|
            ing)?)\ (?:for\ )?(?:an?\ )?(?:(?:new|[a-z\d]+-(?:day|week|month))\ )?(?:public\ )?(?:comments?|feedback
                |opinions?|input|consultation)(?:\ period)?
            |(?:open\ |out\ )?for\ public\ (?:comments?|consultation|feedback|input|review)|
                public\ (?:consultation|comment\ period)|consult(?:s|ing)\ on(?=\ (?:[a-z]+\ )?(?:amend|
                revis|chang|updat|draft|propos))|open\ for\ comments?|out\ for\ (?:comment|
                consultation))
        |(?P<propose>(?:proposed|proposes|put\ forward)(?!\ (?:to\b|that|delay|postpon|amend|chang|new|a\ )))
        |(?P<effect>entry\ into\ (?:force|effect|application)\ of
            |(?:entered|enters|enter|entering|came|comes|come|coming|goes|go|going|
            went)\ into\ (?:full\ |legal\ )?(?:force|effect|operation)
            |(?:took|takes|take|taking)\ (?:full\ )?effect|(?:became|becomes|
                become|is|been|be)\ (?:fully\ |generally\ )?(?:effective|applicable|enforceable|operative)
            |(?:now\ |fully\ |
                already\ )*in\ (?:force|effect)(?!\ until)
            |effective(?=\ (?:today|from|on|as\ of|since|\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))
            |implemented(?=\ (?:from|on|as\ of|since|starting))
            |(?:goes|go|went)\ live
            |(?:start|begin)s?\ (?:applying|to\ apply)
            |(?:applies|apply|applied)(?=\ (?:in\ full\ |generally\ )?(?:from|as\ of|since)))
        |(?P<adopt>(?:adoption|passage|enactment|ratification|signing)\ of
            |cleared(?=\ (?:the\ )?(?:[a-z]+\ )?(?:national\ assembly|legislature|
                parliament|congress|general\ assembly))
            |complet(?:ed|es|ing)\ (?:its|the)\ (?:parliamentary\ |legislative\ )?(?:passage|process)|endorsed|endorses
            |agreed(?=\ (?:on|in|by|at)\b)
            |(?:signed|signs)(?:\ into\ law)?|(?:became|becomes|become)\ law|(?:passed|passes|adopted|
            adopts|approved|approves|enacted|enacts|ratified|ratifies)
            |(?:gave|gives|given|giving)\ (?:its\ |their\ |the\ |a\ )?(?:final|formal|definitive)\ (?:approval|assent|
                adoption|green\ light)(?:\ on\ [a-z]{3,9}\.?\ \d{1,2}|\ on\ \d{1,2}\ [a-z]{3,9}|\ on\ [a-z]+day)?\ to|
            (?:received|receives|got|(?:granted|given))\ (?:royal|presidential|the\ president['’]s|
                the\ king['’]s)\ assent
            |(?:gave|gives|grants|granted)\ royal\ assent\ to
            |royal\ assent\ (?:was|has\ been)\ (?:given|granted)\ to|royal\ assent)
        |(?P<issue>(?:publication|promulgation|issuance|release)\ of
            |launched|launches|issued|issues|released|releases|published|publishes|promulgated|promulgates|unveiled|
            unveils|finali[sz]ed|gazetted
            |(?:appeared|notified)(?=\ in\ (?:the\ )?(?:[a-z'’]+\ ){0,3}(?:official\ journal|
                federal\ register|gazette)))
        |(?P<repeal>(?:repeal|revocation|rescission)\ of
            |repealed|repeals|revoked|revokes|revoking|rescinded|rescinds|rescinding|abolished|
            abolishes|scrapped|annulled)
        |(?P<plan>(?:is|are|was|were)\ being\ drafted|(?:is|are|was|were|began|started|begun)\ drafting|
            (?:included\ |placed\ |listed\ |put\ )?(?:on|in)\ (?:the|
            its)\ [a-z0-9'\ ]{0,30}legislative\ (?:plan|agenda)|being\ drawn\ up
            |(?<!no\ )plans?\ to\ (?:amend|revise|overhaul|rewrite|(?:re)?introduce|reform))
        )\b(?!-)""",
        re.VERBOSE,
    ),
    clause=re.compile(r"[,:;](?= )| [-–—]+ |(?<=\w) (?:while|but|although) "),
    object_gap=re.compile(
        r"(?:\s|\b(?:into|law|the|a|an|its|his|her|their|new|final|finali[sz]ed|landmark|revised|draft|"
        r"controversial|sweeping|first|"
        r"world|bill|measure|measures|rules|executive|order|orders|known|as|called|titled|entitled|of|federal|"
        r"national|"
        r"proposed|(?:amendments?|revisions?|changes) to|decision (?:on|to) amend(?:ing)?|proposal for|"
        r"by consensus|by acclamation|without a vote|unanimously|resolution|rule|"
        r"replaces|replaced|edition|v?[\d.]+(?= of)|"
        r"version|text|legislation|comprehensive|both|state|binding|mandatory|interim|regulation|law|"
        r"memorandum|memo|guidance|circular|president|former|joe|biden|donald|trump|biden-era|trump-era|long-awaited|first-of-its-kind|country|"
        r"nation|predecessor|own|earlier|"
        r"official|full|amended|updated|so-called|two|three|and|eu|china|korea|u\.s\.|california|colorado|"
        r"texas|britain|state|its)\b"
        r"|\b(?:(?!president|governor|commission)[a-z]+ )?[a-z]+(?=['’]s\b)|['’]s\b|[\"',])*+"
    ),
    subject_gap=re.compile(rf"(?: on (?:artificial intelligence|ai)\b)?(?>{_TOKEN})*+"),
    lead=re.compile(rf"(?>{_TOKEN})*+"),
    date_gap=re.compile(
        r"[,\"')]*(?:\s?\([^()]{0,60}\))?"
        r"(?: (?:the )?(?:national assembly|(?:state )?legislature|general assembly|parliament|congress|"
        r"both (?:houses|chambers))| in committee| on the (?:order paper|floor)| when [a-z ]{3,40}?){0,2}"
        r"(?: through (?:the )?[a-z]+)?"
        r"(?: on the [a-z-]+ day (?:after|following) [a-z ]{3,40},? ?(?:i\.e\.|that is|namely)?,?)?"
        r"(?:,? (?:today,|into law|by (?:the )?[^,;]{2,60}?|"
        r"in (?:the )?(?:[a-z'’]+ ){0,3}(?:official journal|federal register|gazette|gazzetta ufficiale)"
        r"(?: of the (?:eu|european union))?|in full|"
        r"as [a-z ]{0,16}no\.? ?[\d/-]+|as public law [\d-]+|"
        r"(?:at|during) (?:an? |the )?[^,;.\d]{3,40}?|"
        r"in beijing|generally|fully|officially|immediately upon \w+|late|early|in the act))*?"
        r"(?:,? (?:starting|beginning|"
        r"(?:an?|one|two|three|six|\d+) (?:years?|months?|days?) "
        r"(?:later|(?:after|following|from) [a-z ]{3,40}))[,:]?)?"
        r"(?:,? (?:on|in|from|since|as of|of|this))?"
        r"(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day,?)? ?"
    ),
    never=re.compile(
        r"(?:\b(?:not|never|yet to|(?<!\d )(?<!in )(?<!of )(?<!since )(?<!last )may(?!,? \d)|"
        r"might|could|would|should|must|can|cannot|if|unless|whether|plan(?:s|"
        r"ned|ning)?(?: to)?|expect(?:s|ed)?(?: to)?|"
        r"aim(?:s|ed)? to|want(?:s|ed)? to|hop(?:es|ed|ing)(?: to)?|seek(?:s|ing)? to|sought to|propos(?:al|"
        r"als|es|ed|ing)|urg(?:e|ed|es|ing)|"
        r"call(?:s|ed|ing)? (?:for|on)|vow(?:s|ed)?|threaten(?:s|ed)?|consider(?:s|ed|ing)?|pledg(?:es|ed)|"
        r"poised|likely|delay(?:s|ed|ing)?|"
        r"postpon(?:e|ed|ing)|fail(?:s|ed)? to|until|once|push(?:es|ed|ing)?|vot(?:e|ed|ing) (?:against|"
        r"to reject)|no longer|without|ahead of|"
        r"refus(?:es|ed)|declin(?:es|ed)|intend(?:s|ed)?|bid to|effort to|attempt to|lobb(?:y|ied)|"
        r"promis(?:es|ed)|before|stalled|block(?:ed|s)?|veto|reject|withdraw)\b|n['’]t\b)"
    ),
    not_yet=re.compile(r"\b(?:will|to|shall|would)(?: be| soon| formally| then| finally| now| instead| only)* ?$"),
    wish=re.compile(
        r"\b(?:if|unless|once|should|urged|propos\w+|vetoing|block(?:ed|s)?|delay\w*|oppos\w+|"
        r"support\w*) (?:the |a |an )?[\"']?$"
    ),
    other=re.compile(
        r"[\"')]*(?:['’]s?)? (?:guid|faq|summar|report|complian|implement|templat|amend|code|standards?\b|"
        r"newsletter|explain|violat|fines?\b|checker|"
        r"package|office|deal\b|website|task force|timeline|require|obligat|provision|rules\b|deadline|"
        r"enforce|article|conference|hearing|delay|postpone|pause|moratorium)"
    ),
    ends=re.compile(r"(?=[^a-z]|$)"),
    chamber=re.compile(
        r"\b(?:senate|senators|house of|lower house|upper house|(?<!white )house|"
        r"(?<!national )(?<!general )assembly|(?<!congress standing )committee|subcommittee|cabinet)\b"
        r"(?! of (?:ministers|the (?:\d+th )?national people))"
    ),
    stems=_STEMS,
    hints=(
        "effect",
        " force",
        "comment",
        "feedback",
        "respond",
        "consultation",
        " appl",
        "veto",
        "ed it ",
        "withdr",
        "reject",
        " died",
        "the former",
        "the latter",
        "the law",
        "the act",
        "the bill",
        "the measure",
        "the rule",
        "the order",
        "the regul",
        "the prov",
        "the leg",
        "the final",
        "the code",
        "the standard",
        "the new",
        "operative",
        "it became",
        "it becomes",
        "it had ",
        "it has ",
        "it was ",
        "it is ",
        "they ",
    ),
)

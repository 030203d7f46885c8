"""Short forms mean the title they were declared for, or the nearest that ends as they do, or nothing."""

from __future__ import annotations

import pytest

from monitor.tag import tag
from monitor.tag.settings import EntitySettings
from monitor.tag.tagger import make_tagger

GENAI = "《生成式人工智能服务管理暂行办法》"


def found(text: str) -> list[tuple[str, str]]:
    return [(one.surface, one.entity.partition(":")[2]) for one in tag(None, text)]


def short(text: str) -> list[tuple[str, str]]:
    return [(one.surface, one.entity.partition(":")[2]) for one in tag(None, text) if one.how.startswith("short form")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{GENAI}（以下简称《办法》）。该《办法》明确", ["《办法》", "该《办法》"]),
        (f"{GENAI}（下称“暂行办法”）。《暂行办法》明确", ["暂行办法", "《暂行办法》"]),
        (f"{GENAI}（以下简称《暂行办法》或《办法》）。《办法》与《暂行办法》", ["《暂行办法》", "《办法》"] * 2),
        (f"{GENAI}发布。《办法》明确", ["《办法》"]),
        (f"{GENAI}施行。管理办法划定了范围", ["管理办法"]),
        (f"{GENAI}施行。管理办法划定了范围，通过办法在执行前的讨论", ["管理办法", "办法"]),
        (f"{GENAI}施行。该办法要求备份", ["该办法"]),
        (f"{GENAI}，下称《服务办法》，今日施行。《服务办法》明确", ["《服务办法》", "《服务办法》"]),
        (f"{GENAI}，以下简称“服务办法”。服务办法明确", ["服务办法", "服务办法"]),
        ("《人脸识别技术应用安全管理规定（试行）（征求意见稿）》发布。《规定》明确", ["《规定》"]),
        ("《互联网信息服务深度合成管理规定》（以下简称“深合规定”）。深合规定要求", ["深合规定", "深合规定"]),
        ("The EU AI Act applies. Under the Act, firms must report.", ["Act"]),
        ("the Digital Services Act (the “Act”) applies. The Act says", ["Act"]),
    ],
)
def test_short_form_of_a_tracked_title_is_a_mention(text: str, expected: list[str]) -> None:
    assert sorted(surface for surface, _ in short(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        f"{GENAI}施行。在我国相关管理办法逐步出台的同时",
        f"{GENAI}施行。大家想办法解决，没有办法",
        f"{GENAI}施行。随后《网络游戏管理暂行办法》公布。《办法》明确",
        f"{GENAI}施行。随后《网络游戏管理暂行办法》公布，该办法明确",
        f"{GENAI}施行。《网络游戏管理暂行办法》（以下简称《办法》）公布。《办法》明确",
        f"{GENAI}与公司管理办法",
        "学校发布宿舍管理办法，管理办法要求熄灯",
        "《员工考勤管理办法》公布。《办法》自今日起施行",
        f"{GENAI}施行。《员工考勤管理办法》，下称《考勤办法》，公布。《考勤办法》明确",
        f"{GENAI}施行，国家网信办称《考勤办法》另行公布",
        f"{GENAI}施行。日本软银提到《数字社会基本法》与日本法",
        "根据《办法》，深度求索公司（以下简称“深求”）成立。深求说",
        "北京深度求索公司（以下简称《办法》）",
        "The Police Act passed. The Act gives powers.",
        "The EU AI Act applies. The UK passed the Police Act. The Act gives powers.",
        f"{GENAI}施行。" + "别的事情。" * 400 + "该办法要求",
    ],
)
def test_other_short_forms_are_not(text: str) -> None:
    assert short(text) == []


def test_declared_short_form_in_another_title_is_none() -> None:
    text = f"{GENAI}（下称“服务管理办法”）施行，《甲乙服务管理办法》废止。"

    assert [surface for surface, _ in short(text)] == ["服务管理办法"]


def test_two_tracked_titles_with_one_head_leave_the_bare_head_open() -> None:
    assert short(f"{GENAI}与《人脸识别技术应用安全管理办法》施行。管理办法要求") == []


def test_both_titles_of_a_nested_one_are_read() -> None:
    assert found("《〈生成式人工智能服务管理暂行办法〉解读》") == [
        ("生成式人工智能服务管理暂行办法", "genai-interim-measures")
    ]
    assert found("《关于修改〈中华人民共和国网络安全法〉的决定》")[0][1] == "cybersecurity-law-amendment-2025"


def test_draft_of_a_tracked_title_is_the_title() -> None:
    text = "《人工智能拟人化互动服务管理暂行办法（征求意见稿）》发布。征求意见稿提出"

    assert [entity for _, entity in found(text)] == ["anthropomorphic-interactive-measures"] * 2


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("南韓通過《人工智慧基本法》", "kr-ai-basic-act"),
        ("立法院三讀《人工智慧基本法》", "tw-ai-basic-act"),
        ("Korea's AI Basic Act", "kr-ai-basic-act"),
        ("Taiwan passed the AI Basic Act", "tw-ai-basic-act"),
        ("欧盟《人工智能法》生效", "eu-ai-act"),
        ("Colorado's AI Act", "co-sb-205"),
        ("《人工智能生成合成内容标识办法》", "ai-labeling-measures"),
        ("《网络安全技术 人工智能生成合成内容标识方法》", "gb-45438-2025"),
        ("依據《生成式人工智慧服務管理暫行辦法》", "genai-interim-measures"),
        ("《個人資訊保護法》上路", "pipl"),
        ("标准GB/T45654—2025实施", "gb-t-45654-2025"),
        ("Regulation (EU) 2024/1689", "eu-ai-act"),
        ("Executive Order 14179", "us-eo-14179"),
    ],
)
def test_near_twins_and_wordings_are_told_apart(text: str, entity: str) -> None:
    assert {name for _, name in found(text)} == {entity}


LABELS = "《人工智能生成合成内容标识办法》"
FACES = "《人脸识别技术应用安全管理办法》"
DEEP = "《互联网信息服务深度合成管理规定》"
NETWORK = "《网络数据安全管理条例》"
MINORS = "《未成年人网络保护条例》"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{GENAI}（以下简称“《暂行办法》”“《办法》”）。《办法》鼓励创新。", ["《暂行办法》", "《办法》", "《办法》"]),
        (f"{NETWORK}（以下称条例）明确，条例所称网络数据是指", ["条例", "条例"]),
        (f"依照{FACES}（以下简称“本办法”），本办法所称人脸信息", ["本办法", "本办法"]),
        (
            f"{GENAI}（以下简称《办法》）与{FACES}（以下简称《人脸办法》）。《人脸办法》更细",
            ["《人脸办法》"] * 2 + ["《办法》"],
        ),
        (f"{MINORS}施行两年。《条例》设专章规定网络素养。", ["《条例》"]),
        (f"{DEEP}出台。《规定》要求显著标识，《规定》还设罚则。", ["《规定》", "《规定》"]),
        (f"《快递暂行条例》修订。{NETWORK}施行，该条例要求备份。", ["该条例"]),
        (f"{FACES}施行。该办法要求单独同意，办法还规定了登记。", ["该办法", "办法"]),
        (f"{MINORS}施行。上述条例规定了预装。", ["上述条例"]),
        (f"{LABELS}九月起施行。新规落地首日，平台上线标识功能。", ["新规"]),
        (f"{FACES}公布，新規六月上路，新規禁止強制刷臉。", ["新規", "新規"]),
        ("《关于修改〈中华人民共和国网络安全法〉的决定》通过。《决定》自2026年1月1日起施行。", ["《决定》"]),
        (
            "《国家网信办关于贯彻〈人工智能生成合成内容标识办法〉的通知》印发。《通知》要求排查。《办法》已施行。",
            ["《办法》"],
        ),
        ("立法院三讀通過《人工智慧基本法》（下稱「本法」），本法共二十條。", ["本法", "本法"]),
        ("行政院提出《人工智慧基本法》草案（以下簡稱「草案」），草案揭示七項原則。", ["草案", "草案"]),
        ("《資通安全管理法》修正後，該法要求機關設資安長。", ["該法"]),
        ("《个人信息保护法》施行四年。该法确立了告知同意规则。", ["该法"]),
        ("欧盟人工智能法案进入执行期。该法案将高风险系统分为八类。", ["该法案"]),
        ("Executive Order 14110 was revoked. The Order had required reports.", ["Order"]),
        ("The Bletchley Declaration was signed. The Declaration commits 28 states.", ["Declaration"]),
        ("The RAISE Act passed. The Act requires safety plans.", ["Act"]),
    ],
)
def test_a_short_form_is_bound_to_the_rule_it_stands_for(text: str, expected: list[str]) -> None:
    assert sorted(surface for surface, _ in short(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        f"会议通过{DEEP}，（以下统称“两项规定”）",
        f"国家网信办（以下简称“网信办”）公布{GENAI}。网信办有关负责人答问。",
        f"{GENAI}公布后，《网络出版服务管理办法》也将修订，《办法》拟删去三条。",
        f"{NETWORK}施行。《快递暂行条例》修订，该条例要求实名，条例还规定赔偿。",
        f"{LABELS}与{GENAI}先后施行。新规落地后平台压力增大。",
        f"{GENAI}施行。各地相关管理办法也在制定，配套办法将出台。",
        f"{GENAI}施行。企业没有办法规避，只能想办法合规，办法总比困难多。",
        f"{GENAI}施行。本公司数据管理办法自明日起执行，该办法由人事部解释。",
        f"{GENAI}施行。学校也印发了《学生使用人工智能管理办法》，该办法禁止代写，《办法》自开学执行。",
        f"{NETWORK}施行。省里还将制定实施办法，地方条例也在起草。",
        "《个人信息保护法》施行。《民法典》也有规定，该法列举了个人信息。",
        "《个人信息保护法》施行。劳动合同法也有规定，该法列举了情形。",
        "《数据安全法》通过。美国国会审议芯片补贴法案，法案已进入二读。",
        "The EU AI Act entered into force. Congress passed the Farm Act. The Act funds crops.",
        "The school's Code of conduct bans phones. The Code is strict. The EU AI Act is law.",
    ],
)
def test_a_short_form_of_something_else_is_nobodys(text: str) -> None:
    assert short(text) == []


ACTS = ("《网络安全审查办法》", "《数据出境安全评估办法》")
LAWS = ("《个人信息保护法》", "《数据安全法》")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{ACTS[0]}与{ACTS[1]}（以下分别简称《审查办法》《评估办法》）。《评估办法》设有再评估。",
            [("《审查办法》", "cybersecurity-review"), *[("《评估办法》", "data-export-assessment")] * 2],
        ),
        ("香港發布《個人資料保障模範框架》，《模範框架》建議成立委員會。", [("《模範框架》", "hk-pcpd-ai-framework")]),
        (
            "州长否决SB 1047。该法案曾遭反对。随后议员提出SB 53，该法案更为温和。",
            [("该法案", "ca-sb-1047"), ("该法案", "ca-sb-53")],
        ),
        ("欧盟《人工智能法案》生效一年，法案的高风险条款推迟。", [("法案", "eu-ai-act")]),
        ("臺灣《人工智慧基本法》草案送立法院，草案明定主管機關。", [("草案", "tw-ai-basic-act")]),
        (
            "《关于加强科技伦理治理的意见》（简称“意见”）印发，意见强调敏捷治理。",
            [("意见", "ethics-governance-opinions"), ("意见", "ethics-governance-opinions")],
        ),
        (
            f"{ACTS[0]}{ACTS[1]}均设过渡期。{ACTS[1]}明确，该办法施行前应整改。",
            [("该办法", "data-export-assessment")],
        ),
        (
            "Parliament passed the Online Safety Act 2023 (“the OSA”). Ofcom enforces the OSA.",
            [("OSA", "uk-online-safety-act"), ("OSA", "uk-online-safety-act")],
        ),
        (
            "Colorado's AI Act was the first. But the law takes effect later, and the act may be rewritten.",
            [("law", "co-sb-205"), ("act", "co-sb-205")],
        ),
        ("Executive Order 14179 was signed. The order called for a plan.", [("order", "us-eo-14179")]),
        ("The NIS 2 Directive widened the scope. The Directive had to be transposed.", [("Directive", "eu-nis2")]),
        (
            "China issued the Measures for Labeling AI-Generated Content. The Measures take effect soon.",
            [("Measures", "ai-labeling-measures")],
        ),
        (
            "The Korean AI Basic Act takes effect in 2026 (the “Basic Act”). Under the Basic Act, firms label.",
            [("Basic Act", "kr-ai-basic-act"), ("Basic Act", "kr-ai-basic-act")],
        ),
        ("SB 53 covers frontier developers; the law takes effect Jan. 1.", [("law", "ca-sb-53")]),
    ],
)
def test_it_stands_for_the_nearest_right_one(text: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(short(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        f"{LAWS[0]}与{LAWS[1]}先后施行，该法如何衔接引发讨论。",
        f"{LAWS[0]}（下称《个保法》）、{LAWS[1]}（下称《数安法》）实施以来，该法的配套规则出台。",
        f"{ACTS[0]}与{ACTS[1]}均已生效，《办法》究竟指哪一部，常有混淆。",
        f"根据{LAWS[1]}，制定本条例。本条例所称数据，是指记录。",
        f"{NETWORK}施行。商务部公布了出口管制条例，该条例列明物项。",
        "美国国会通过芯片补贴法案，该法案将拨款。RAISE法案仍待签署。",
        "The Digital Services Act and the Digital Markets Act are twins. The Act is often misread.",
        "The Bletchley Declaration was followed by the Seoul Declaration on AI. The Declaration named ten countries.",
        "SB 53 was signed. Maine passed a right-to-repair law. The law applies to cars.",
        "Executive Order 14110 is gone. A court issued a restraining order. The order lasts two weeks.",
        "The EU AI Act passed. The act of signing took a minute, and the law of large numbers holds.",
        "The RAISE Act passed. It rained. Nobody came. The law was not discussed.",
    ],
)
def test_where_another_stands_as_near_it_is_nobodys(text: str) -> None:
    assert [one for one in short(text) if one[0] not in {"《个保法》", "《数安法》"}] == []


COMPANION = "《人工智能陪伴服务管理办法》"


@pytest.mark.parametrize(
    ("headline", "text", "expected"),
    [
        (f"网信办公布{COMPANION}", f"网信办公布{COMPANION}。应当按照{GENAI}备案。《办法》自三月起施行。", []),
        (None, f"网信办公布{COMPANION}。应当按照{GENAI}备案。《办法》自三月起施行。", []),
        (None, f"网信办公布{COMPANION}。应当按照{GENAI}备案。办法自三月起施行。", []),
        (None, f"网信办公布{COMPANION}。应当按照{GENAI}备案。该办法自三月起施行。", []),
        (None, f"网信办公布{COMPANION}。应当按照{GENAI}备案。新规自三月起施行。", []),
        (
            "网信办就《人工智能陪伴服务管理办法（征求意见稿）》征求意见",
            f"服务提供者须依照《数据安全法》和{GENAI}备案。\n\n《办法》还要求评估。",
            [],
        ),
        (f"网信办公布{COMPANION}", f"{GENAI}第十七条要求备案。《办法》自三月起施行。", []),
        (f"网信办公布{COMPANION}", f"此前发布的{GENAI}要求备案。《办法》自三月起施行。", []),
        (f"网信办公布{COMPANION}", f"专家认为{GENAI}管得更宽。《办法》自三月起施行。", []),
        (None, f"{GENAI}公布。违反《网络出版服务管理办法》的，依法处罚。《办法》自八月起施行。", ["《办法》"]),
        (None, f"{GENAI}公布。违反《网络出版服务管理办法》的，依法处罚。办法自八月起施行。", ["办法"]),
        (
            None,
            f"根据网信办今日公布的{GENAI}，须备案。违反《网络出版服务管理办法》的，处罚。《办法》八月施行。",
            ["《办法》"],
        ),
        (f"网信办解读{GENAI}", "违反《网络出版服务管理办法》的，处罚。《办法》八月施行。", ["《办法》"]),
        (None, f"按照{GENAI}，须备案。《办法》八月施行。", ["《办法》"]),
        ("网信办公布人工智能陪伴服务管理办法", f"应当按照{GENAI}备案。《办法》自三月起施行。", []),
        (None, f"网信办公布人工智能陪伴服务管理办法，须按照{GENAI}备案。办法自三月起施行。", []),
        (None, f"网信办公布人工智能陪伴服务管理办法，须按照{GENAI}备案。该办法自三月起施行。", []),
        (None, "欧盟通过《数字公平法》。该法与《人工智能法》衔接，该法要求标识。", []),
        (
            None,
            f"{GENAI}（以下简称“办法”）公布。违反《网络出版服务管理办法》的，处罚。办法八月施行。",
            ["办法", "办法"],
        ),
        (None, f"{COMPANION}公布。网信办同日印发{GENAI}。《办法》自八月起施行。", ["《办法》"]),
    ],
)
def test_what_a_text_tells_of_goes_before_what_it_cites(headline: str | None, text: str, expected: list[str]) -> None:
    assert [one.surface for one in tag(headline, text) if one.how.startswith("short form")] == expected


def test_a_title_watched_for_is_bound_beside_a_cited_one() -> None:
    companion = EntitySettings(id="regulation:companion", name="陪伴办法", aliases=("人工智能陪伴服务管理办法",))
    text = f"网信办公布{COMPANION}。\n\n应当按照{GENAI}备案。\n\n《办法》自三月起施行。办法还要求评估。"

    told = [one for one in make_tagger((companion,)).tag(None, text) if one.how.startswith("short form")]

    assert [(one.surface, one.entity) for one in told] == [
        ("《办法》", "regulation:companion"),
        ("办法", "regulation:companion"),
    ]

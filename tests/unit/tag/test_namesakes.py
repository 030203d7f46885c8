"""A name that several countries' laws bear means the one whose country the text says, or none."""

from __future__ import annotations

import pytest

from monitor.tag import explain, tag
from monitor.tag.settings import EntitySettings
from storage.states import Tagging


def found(text: str, title: str | None = None) -> list[str]:
    return sorted({one.entity.partition(":")[2] for one in tag(title, text) if one.kind == "regulation"})


@pytest.mark.parametrize(
    "text",
    [
        "越南国会审议新版网络安全法。",
        "新加坡《網絡安全法》去年修訂。",
        "加拿大安大略省《数据安全法》只适用于公共部门。",
        "泰国内阁批准修订该国《网络安全法》。",
        "赞比亚总统签署《网络犯罪法》和《网络安全法》。",
        "乌克兰官员说，该国将在明年提出自己的人工智能法。",
        "尼泊尔官员说，当地《社交媒体法》与《网络安全法》都还是草案。",
        "在约旦，《网络安全法》由专门委员会执行。",
        "河内消息：国会通过《网络安全法》，从明年施行。",
        "议员说这部网络安全法不会限制言论，印尼国会下周再议。",
        "Ohio's SB 53 lets counties sue over riot damage.",
        "Texas SB 1047, on parking fees, cleared the House.",
        "In Hawaii, SB 1047 would fund seawalls.",
        "The Cybersecurity Law of Thailand predates it; China's rules differ.",
        "Alberta said its Personal Information Protection Act would be rewritten.",
        "Thailand's parliament approved the Cybersecurity Law; Beijing took note.",
        "Minnesota lawmakers call their proposal the Algorithmic Accountability Act.",
        "The 2017 RAISE Act would have cut immigration, an AI lab in New York said.",
        "Britain watches the Kids Online Safety Act.",
        "The Online Safety Act 2015 of Britain's neighbour was longer.",
        "泰国内阁批准成立委员会，《网络安全法》授权其进入私人电脑。",
        "越南公安部解释《网络安全法》修订草案，新增诈骗条款。",
        "尼日利亚参议院二读《网络安全法》修正案。",
        "She teaches AI law in Seoul.",
        "Our firm opened an AI law practice in Seoul.",
        "美国密西根州议员推出前沿AI透明法案，门槛很高。",
        "俄亥俄州众议院端出AI透明度法案。",
        "网信办要求个人信息处理者自查。《甲乙合规审计管理办法》另行公布。",
        "网信办提到个人信息。《网络设施合规审计办法（试行）》另行公布。",
        "欧洲央行的DSA写的是偿债能力。",
        "European Central Bank staff run a DSA before each loan.",
        "首尔国会通过特别法，当地传媒称之为 K 芯片法案，可直接补贴厂房。",
        "里约热内卢州议会通过本州人工智能法案，州长说等联邦。",
        "德国官员说，没有哪部芯片法案能招来工程师。",
        "台版芯片法案上路后，台积电每年可抵减近两百亿元税金。",
        "白宫的行政令之后，矛头对准各州自己的AI法和其他国家的人工智能法。",
        'A "Digital Markets Act" for South Africa? Pretoria has its hands full.',
        "欧洲首位“AI法官”闹乌龙，数据安全法务岗招人，个人信息保护法学研究会换届。",
    ],
)
def test_another_countrys_law_of_the_same_name_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("韩国个人信息保护委员会依据该国《个人信息保护法》处以罚款。", "kr-pipa"),
        ("日本的《个人信息保护法》修正案引入课征金。", "jp-appi"),
        ("越南国会表决通过《人工智能法》。", "vn-ai-law"),
        ("哈萨克斯坦总统托卡耶夫签署了《人工智能法》。", "kz-ai-law"),
        ("意大利参议院通过《人工智能法》，首个欧盟成员国。", "it-ai-law"),
        ("首尔中央地方法院判决，该公司违反《个人信息保护法》。", "kr-pipa"),
        ("义大利成为欧盟首个另立专法的国家，这部《人工智能法》管到十四岁以下。", "it-ai-law"),
        ("意大利成为欧盟首个就此立法的国家。这部《人工智能法》管到十四岁以下。", "it-ai-law"),
        ("意大利成为欧盟首个通过《人工智能法》的国家。", "it-ai-law"),
        ("韩国成为亚洲首个落实欧盟《人工智能法》的国家。", "eu-ai-act"),
        ("美国公司甲成为首个因违反《数字服务法》被罚的公司。", "eu-dsa"),
        ("總統令：茲制定人工智慧基本法，公布之。", "tw-ai-basic-act"),
        ("茲修正個人資料保護法第一條之一條文，公布之。", "tw-pdpa"),
        ("茲修正個人資料保護法部分條文，公布之。", "tw-pdpa"),
        ("《个人信息保护法》，公布之日起施行。", "pipl"),
        ("The National People's Congress adopted the Personal Information Protection Law.", "pipl"),
        ("欧洲央行提到，欧盟的DSA要求平台披露。", "eu-dsa"),
        ("网信办提到个人信息。《关于合规审计管理办法的解读》发布。", "pi-compliance-audit"),
        ("东京电 执政党同意修改《个人信息保护法》。", "jp-appi"),
        ("Japan's Personal Information Protection Act will allow surcharges.", "jp-appi"),
        ("South Korea fined the app under its Personal Information Protection Act.", "kr-pipa"),
        ("Vietnam passed a Law on Artificial Intelligence.", "vn-ai-law"),
        ("Italy became the first EU country with a national AI law.", "it-ai-law"),
        ("South Korea's AI law defines ten kinds of systems.", "kr-ai-basic-act"),
        ("意参议院批准人工智能法。", "it-ai-law"),
        ("有代表建议尽快将人工智能法提请全国人大常委会审议。", "cn-ai-law"),
    ],
)
def test_the_name_goes_to_the_tracked_law_of_the_country_said(text: str, expected: str) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某公司因违反《网络安全法》被责令改正。", "cybersecurity-law"),
        ("一家日本零售商的上海子公司因违反《个人信息保护法》被罚。", "pipl"),
        ("韩国游客的照片属于敏感信息，酒店应当遵守我国《个人信息保护法》。", "pipl"),
        ("美国商会关心中国《数据安全法》的限制。", "data-security-law"),
        ("德国车企根据《个人信息保护法》向中国车主征求同意。", "pipl"),
        ("首尔电 三星在华子公司因违反中国《数据安全法》被责令整改。", "data-security-law"),
        ("Governor Newsom signed SB 53 on Monday.", "ca-sb-53"),
        ("The RAISE Act on AI, signed in 2025, was amended in 2026.", "ny-raise"),
        ("Ireland's Digital Services Act coordinator opened two cases.", "eu-dsa"),
        ("Samsung's plant in Texas got CHIPS Act money.", "us-chips-act"),
        ("Brussels' digital omnibus would delay the rules.", "eu-digital-omnibus-ai"),
        ("Article 50 of the AI Act obliges broadcasters, the EBU said.", "eu-ai-act"),
    ],
)
def test_the_law_of_the_readers_stays_where_no_other_country_is_said(text: str, expected: str) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("据越南媒体报道，中国《网络安全法》修改后罚款上限提高，在华越南企业需要重新评估合规。", "cybersecurity-law"),
        ("日本贸易振兴机构的调查显示，七成在华日企认为个人信息保护法增加了成本。", "pipl"),
        ("Taiwan's TSMC received its first CHIPS Act payment from the US Commerce Department.", "us-chips-act"),
        ("荷兰光刻机巨头阿斯麦称，其中国子公司的数据已按《数据安全法》分类分级。", "data-security-law"),
        ("缅甸电诈园区的嫌疑人被押解回国后，检察机关将依据反电信网络诈骗法追究责任。", "anti-telecom-fraud-law"),
        (
            "广州互联网法院审理的首例个人信息跨境案中，被告是一家法国酒店集团，法院依据个人信息保护法判其赔礼道歉。",
            "pipl",
        ),
        ("瑞士政府的一份报告称，《个人信息保护法》与GDPR相似。", "pipl"),
        ("American lawmakers call the Digital Services Act a tax on US tech.", "eu-dsa"),
        ("US tech groups lobbied to amend the Digital Markets Act before August.", "eu-dma"),
        (
            "China's Shein published its Digital Services Act report on Monday; Brussels is studying it.",
            "eu-dsa",
        ),
        ("Japan is considering the Digital Markets Act as a model for its own smartphone law.", "eu-dma"),
        ("South Korea's SK hynix signed its CHIPS Act award in December.", "us-chips-act"),
        ("欧盟2021年《人工智能法》提案经过三年谈判。", "eu-ai-act"),
        ("Negotiators reopened the 2021 AI Act proposal, the European Commission said.", "eu-ai-act"),
        ("The 2012 GDPR proposal took four years to negotiate.", "gdpr"),
        ("出海企业如何应对海外GDPR合规要求。", "gdpr"),
        ("日本政府通过GDPR充分性认定后，数据可自由流动。", "gdpr"),
        ("韩国三星修改隐私政策以符合《个人信息保护法》。", "pipl"),
        ("德国宝马发布声明称将遵守《数据安全法》。", "data-security-law"),
        ("日本丰田在中国实施《数据安全法》的分级要求。", "data-security-law"),
        ("企业应完善自身《个人信息保护法》合规体系，日本客户尤其看重这一点。", "pipl"),
        ("Korean publisher Krafton updated its notice for PIPL.", "pipl"),
        ("日资企业须遵守《个人信息保护法》（日本企业常与APPI混淆）。", "pipl"),
        ("Sen. Scott Wiener's SB 53 on frontier AI goes further than a New York proposal, critics say.", "ca-sb-53"),
        ("《网络安全法》是数字领域的基本法。越南国会随后也通过了类似的法律。", "cybersecurity-law"),
        ("瑞士数据保护局公布与PIPL的对照表。", "pipl"),
        ("新加坡总统尚达曼访问上海期间，两国企业签署备忘录，承诺遵守《数据安全法》。", "data-security-law"),
        ("柬埔寨警方移交的百余名嫌疑人中，已有三十人被依反电信网络诈骗法提起公诉。", "anti-telecom-fraud-law"),
        (
            "法国参议院表决禁止15岁以下使用社交媒体之际，《未成年人网络保护条例》配套细则公布。",
            "minors-network-protection",
        ),
        ("Japan's Rapidus watched as Intel, Micron and Samsung drew CHIPS Act money.", "us-chips-act"),
        ("South Korea's government complained about CHIPS and Science Act conditions.", "us-chips-act"),
        ("旧金山的Anthropic支持SB 53，纽约的一家投资机构反对。", "ca-sb-53"),
        ("日本电信公司因违反《网络安全法》被约谈。", "cybersecurity-law"),
        ("韩国电子巨头因违反《数据安全法》被罚款。", "data-security-law"),
        ("越南部分企业担心《网络安全法》的处罚力度。", "cybersecurity-law"),
        ("日本总部的高管说，《个人信息保护法》增加了成本。", "pipl"),
        ("韩国外交部发言人拒绝评论《数据安全法》。", "data-security-law"),
        ("越南法院也曾审理类似案件。本案中，法院依据《网络安全法》判令被告赔偿。", "cybersecurity-law"),
        ("日本监管机构也在关注。律师表示，违反《个人信息保护法》最高可罚一千万元。", "pipl"),
        ("张某将数据出售给韩国情报部门，违反《数据安全法》，一审获刑五年。", "data-security-law"),
        ("日本国会代表团来访，双方讨论了《网络安全法》的执行。", "cybersecurity-law"),
        ("韩国消息人士透露，公司因违反《数据安全法》正接受调查。", "data-security-law"),
    ],
)
def test_a_foreign_name_near_by_takes_no_law_from_its_readers(text: str, expected: str) -> None:
    assert expected in found(text)


def test_a_law_said_to_be_of_another_country_stays_so_in_the_next_sentences() -> None:
    text = "喀麦隆公布《个人信息保护法》，企业有十八个月整改。《个人信息保护法》还设立了监管机构。"

    assert found(text, title="个人信息保护法施行") == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("越南国会审议《网络安全法》。", "a law of vn"),
        ("各国《网络安全法》不同。", "laws of that name in general"),
        ("河内消息：国会将表决《网络安全法》。", "a text from elsewhere"),
        ("The CHIPS Act 2001 was forgotten.", "of another year"),
    ],
)
def test_why_a_name_is_none_is_told(text: str, why: str) -> None:
    assert [(one.outcome, one.reasons) for one in explain(None, text)] == [(Tagging.NO, ((why, -4),))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Why the Looming AI Act Worries European Startups", "eu-ai-act"),
        ("Brussels to simplify the Flagship AI Act, European Commission says.", "eu-ai-act"),
        ("MEPs criticised the Digital Omnibus and AI Act delay in the European Parliament.", "eu-ai-act"),
        ("Inside the UK: What the Toughened Online Safety Act Means for Parents", "uk-online-safety-act"),
        ("TAIPEI (Reuters) - TSMC won $6.6 billion under the CHIPS Act.", "us-chips-act"),
    ],
)
def test_a_headline_or_a_dateline_makes_no_other_law(text: str, expected: str) -> None:
    assert expected in found(text)


def test_what_is_said_of_a_later_place_does_not_take_the_first() -> None:
    text = "《数据安全法》2021年9月1日起施行。越南《数据安全法》明年起施行。"

    assert [(one.surface, one.start) for one in tag(None, text)] == [("数据安全法", 1)]


def test_two_laws_of_one_name_are_told_apart_in_one_text() -> None:
    text = "中国的《个人信息保护法》要求单独同意。韩国的《个人信息保护法》没有。"

    assert found(text) == ["kr-pipa", "pipl"]


def test_a_name_that_the_user_watches_is_nobodys_by_country() -> None:
    watched = EntitySettings(id="regulation:cybersecurity-law", name="网络安全法")

    assert [one.surface for one in tag(None, "越南《网络安全法》施行。", (watched,))] == ["网络安全法"]


def test_a_name_is_certain_in_a_sentence_with_another_law_of_its_maker() -> None:
    text = "Tractor makers must meet the Data Act, and register under NIS2."

    assert found(text) == ["eu-data-act", "eu-nis2"]
    assert found(text.replace("NIS2", "the DPDP Act")) == ["in-dpdp"]


def test_an_acronym_beside_another_law_of_its_maker_needs_no_other_cue() -> None:
    assert found("欧洲央行的律师熟悉GDPR与DSA。") == ["eu-dsa", "gdpr"]


def test_british_and_european_gdpr_are_told_apart() -> None:
    assert found("The regulator fined the firm under the UK GDPR.") == ["uk-gdpr"]
    assert found("The UK GDPR departs from the EU GDPR here.") == ["gdpr", "uk-gdpr"]


def test_the_writers_own_law_is_told_from_the_one_beside_it() -> None:
    assert found("南韓AI基本法有罰則，我們的人工智慧基本法沒有。") == ["kr-ai-basic-act", "tw-ai-basic-act"]


def test_an_english_name_means_the_law_of_the_only_country_spoken_of() -> None:
    text = "South Korea put a full AI statute into force on Thursday. The AI Basic Act requires watermarks."

    assert found(text) == ["kr-ai-basic-act"]
    assert found(text.replace("South Korea", "Peru")) == []


@pytest.mark.parametrize(
    "text",
    [
        "法国教育部印发生成式AI新规，中小学生不得用它写作业。",
        "日本总务省出台算法推荐新规，平台须说明排序理由。",
        "英国信息专员办公室的人脸识别新规周一公布，零售商不满。",
        "越南公安部的數據出境新規要求本地存儲。",
        "丹麦政府的深度合成新规给每个人脸部版权。",
        "西班牙的AI标识新规最高罚三千五百万欧元。",
        "泰国数字部官员说，数据跨境新规将于明年施行。",
        "Helsinki's algorithm registry is read by nobody.",
        "Regulators in Canberra mull algorithm registration for lenders.",
        "India's generative AI registration portal crashed.",
        "奥克拉荷马州议员提出人工智能权利法案，遭否决。",
        "DeSantis wants an AI bill of rights; Congress, he said, has failed Florida.",
        "Reporters filed a CPRA request with the county sheriff in California.",
        "某银行年报：全行建立人工智能风险管理框架，覆盖信贷审批。",
        "The lender's AI risk management framework covers vendors.",
        "公司应用AI战略见效，毛利提升。",
        "Pakistan's prime minister launched an AI Action Plan and named US firms.",
        "She was named professor of European AI law at Leiden.",
        "The firm's Korean AI law practice has six partners.",
        "Under the Data Protection Act anyone can ask what personal data a gym holds.",
        "The Equality Commission's new Code of Practice is about guide dogs.",
        "YouTube's AI labeling measures make creators tick a box for AI videos.",
        "The bank announced generative AI measures for its staff.",
        "We present an AI diffusion framework for video.",
        "县发改局备案的智慧农业项目含一套大模型系统。",
        "双新评估组走进县一中，重点看新课程新教材的课堂。",
        "《上海宣言》呼吁规范近视手术，会上展示了人工智能验光仪。",
        "《首尔宣言》由廿二国医学会签署，AI读片只是一节。",
        "The DMA transfers data to memory.",
        "The DSA is on the agenda.",
        "At PIPA's shop in Seoul they bake bread.",
    ],
)
def test_what_any_body_may_call_its_rules_means_none_by_itself(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("生成式AI新规落地一年，头部平台完成整改。", "genai-interim-measures"),
        ("数据跨境新规实施后，跨国药企松了一口气，德国商会表示欢迎。", "cross-border-data"),
        ("韩国媒体关注中国的生成式AI新规。", "genai-interim-measures"),
        ("上海數據局的數據出境新規解讀會來了一百家企業。", "cross-border-data"),
        ("欧盟的算法新规不同，中国的算法推荐新规更早。", "algorithm-recommendation-provisions"),
        ("ByteDance updated its algorithm filing with the CAC.", "algorithm-filing"),
        ("Whatever happened to the AI Bill of Rights?", "us-ai-bill-of-rights"),
        ("Biden's AI bill of rights was withdrawn.", "us-ai-bill-of-rights"),
        ("California's CPRA lets consumers limit use of sensitive data.", "ca-ccpa"),
        ("The tender asks for ISO/IEC 42001 and the AI Risk Management Framework.", "nist-ai-rmf"),
        ("Brussels put a billion euros into Apply AI.", "eu-apply-ai"),
        ("The European Union's A.I. Act was meant to be a gold standard.", "eu-ai-act"),
        ("We wrote the AI Act for models nobody has seen.", "eu-ai-act"),
        ("A RAISE Act would bind labs; Hochul waits.", "ny-raise"),
        ("Commerce rescinded the AI diffusion framework before caps on chip exports.", "us-ai-diffusion-rule"),
        ("KT泄露用户数据，个人信息保护委员会依《个人信息保护法》开罚，首尔股市不买账。", "kr-pipa"),
        ("官员拿着《AI推进法》来大阪宣讲，听众问有没有罚款。", "jp-ai-promotion-act"),
        ("都柏林的监管者第一次用DSA开刀，听证会定在五月。", "eu-dsa"),
        ("Under the CCPA they may not bury the opt-out link.", "ca-ccpa"),
        ("到日本看当地的法规，到南韩则有《个人信息保护法》。", "kr-pipa"),
        ("The Data Act applies from 12 September 2025.", "eu-data-act"),
        ("The DSA entered into force in 2022.", "eu-dsa"),
        ("Brazil and Japan wait for August 2, 2026, when the AI Act applies in full.", "eu-ai-act"),
        ("總統府公報15日刊登總統令，公布《人工智慧基本法》。", "tw-ai-basic-act"),
        ("TOKYO — Japan's AI Promotion Act fines nobody. The cabinet's AI Basic Plan adds money.", "jp-ai-basic-plan"),
        ("Japan's AI Promotion Act fines nobody. What has names in it falls under APPI.", "jp-appi"),
        ("South Korea's AI Basic Act is in force. PIPA's rules on automated decisions apply at once.", "kr-pipa"),
        ("EO 14179 tore it out; M-25-21, a memo, kept half for the agencies.", "us-omb-m-25-21"),
        ("伊利諾州的BIPA仍在，同州HB 3773也約束僱主；紐約市則早有Local Law 144。", "il-hb-3773"),
        ("加州州長簽署SB 243。佛州那宗案子不會撤回。早一年簽的SB 942則管AI浮水印。", "ca-sb-942"),
        ("They adopted the Decision on Amending the Cybersecurity Law of the PRC.", "cybersecurity-law-amendment-2025"),
    ],
)
def test_such_a_name_means_its_rule_where_the_text_lets_it(text: str, expected: str) -> None:
    assert expected in found(text)

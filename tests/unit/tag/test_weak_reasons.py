"""Names that one weak reason must not make a model: other trades' things and terms, its people, common words."""

from __future__ import annotations

import pytest

from monitor.tag import tag


def _entities(text: str) -> set[str]:
    return {mention.entity for mention in tag(None, text)}


@pytest.mark.parametrize(
    "text",
    [
        "Alpamayo's north ridge stays closed until the ice settles.",
        "夜深了，枕着雨声即梦回江南。",
        "Analysts at the retailer type into Databricks Genie and get SQL back.",
        "CrowdStrike pushed a Falcon update that broke the check-in desks.",
        "项目经理用CPM排出关键路径，又把工期压了三天。",
        "训练了一夜，perplexity还在二十上下，困惑度曲线像条死蛇。",
        "牧场新到一队llama，谷歌地图的街景车停下来拍照。",
        "微软一名主管考下执照，改行在货运公司当copilot。",
        "谷歌台湾赞助的温室里，有一棵叫Gemma的橄榄树。",
        "字节跳动食堂有粥、茶叶蛋、豆包。有人问豆包还有没有。",
        "工程师在AI论坛上说，他女儿的英文名是Sora。",
        "字节Seed团队招人，办公地点在北京。",
        'Veo means "I see" in Spanish, the first lesson of the app explains.',
        "地中海沿岸的Mistral风速每小时110公里，法国气象局发布预警。",
        "福建的Granite报价连跌三个月。展会上的AI切割机最抢镜。",
        "素食攤把豆包先煎再滷，配一碗白飯。女兒用 AI 算進貨量。",
        "连锁甜品店“星睿”的商标案有了判决，AI收银系统归女方。",
        "裁判长Kimi宣布，AI计分无效。",
        "My aunt Gemma works at Google and cannot use a printer.",
        "A Falcon was seen on the roof of Technology Innovation Institute in Abu Dhabi.",
        "The exercise, called Kling after the hills above Trier, used AI.",
        "The bakery Sora in Lyon threw out its AI till.",
        "We adopted Kimi from a shelter; the vet uses AI to read scans.",
        "小说里的豆包爱上了一个AI。",
        "OpenAI's landlord also owns Sora Sushi on Valencia Street.",
        "OpenAI前台养的金鱼叫Sora，每天有人喂三次。",
        "“AI说豆包是粗粮。”糖友一顿最多半个。",
        "术后使用CPM（持续被动运动机）每天两次，病房另有AI跌倒侦测。",
        "统计课上用GLM拟合急诊人次，助教说可以写代码。",
        "Perplexity is measured per token. Held-out perplexity dropped to 8.8.",
        "Gemini fell after the crypto exchange of the Winklevoss twins left. AI now writes much of Gemini's code.",
        "英伟达工程师攀登Alpamayo失联三天后获救。",
    ],
    ids=lambda text: text[:24],
)
def test_what_bears_the_name_is_no_model(text: str) -> None:
    assert not {entity for entity in _entities(text) if entity.startswith("model:")}


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("微软的copilot把会议纪要的日期写错了。", "model:copilot"),
        ("问了grok三遍，它给了三个答案。", "model:grok"),
        ("开两个窗口，一个秘塔，一个Perplexity，互相补漏。", "model:metaso"),
        ("把十份合同拖给Kimi，让它列出违约条款。", "model:kimi"),
        ("睡前孩子非要豆包再讲一个故事。", "model:doubao"),
        ("收了一只元宝，拍照发给Gemini看真假。", "model:gemini"),
        ("run codex with --full-auto and go for lunch", "model:codex"),
        ("has anyone seen claude got lazy lately? asked it to fix one test and it gave up", "model:claude"),
        ("混元给景区写的解说词里有两处史实错误。", "model:hunyuan"),
        ("律师被罚，因为Claude编了两个判例。", "model:claude"),
        ("The leaflet's translation was done by Gemini.", "model:gemini"),
        ("Pika 把我家猫变成了气球。", "model:pika"),
        ("Qwen和豆包都不要钱，豆包的底子最早叫云雀。", "model:skylark"),
        ("中国移动说九天已服务46个行业。", "model:jiutian"),
        ("I told Manus to find me a flat. It came back with a spreadsheet.", "model:manus"),
        ("you can run 'codex exec' in CI", "model:codex"),
        ("t5和GPT-2都已经退役", "model:t5"),
        ("A bank swears by Jais, the graduate students have K2 Think.", "model:jais"),
        ("Instruction data came from the tulu 3 mix, minus the maths.", "model:tulu"),
        ("Transcription: whisper running on the mac overnight, whatever the lawyers say.", "model:whisper"),
        ("o3, which we asked to write this report, blamed the README.", "model:openai-o"),
        ("早点摊主举着手机问豆包今天该蒸几笼豆包，AI回了一句。", "model:doubao"),
    ],
    ids=lambda value: value[:24],
)
def test_what_is_used_as_a_program_is_the_model(text: str, entity: str) -> None:
    assert entity in _entities(text)

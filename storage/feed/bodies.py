"""Which names are of one body: 国家网信办, 国家互联网信息办公室 and ``Cyberspace Administration of China``.

Data and a look-up; knows no tables. The names are public knowledge: the bodies that make rules on data and AI, by their
full name, the short ones of the press, and English. A name that is not listed is a body of its own.
"""

from __future__ import annotations

import re
from functools import cache

from storage.fold import name_key

__all__ = ["body_key"]

_BODIES = (
    ("国家互联网信息办公室", "国家网信办", "中央网信办", "中央网络安全和信息化委员会办公室", "网信办", "国信办",
     "Cyberspace Administration of China", "CAC"),
    ("工业和信息化部", "工信部", "国家工业和信息化部", "Ministry of Industry and Information Technology", "MIIT"),
    ("国家发展和改革委员会", "国家发展改革委", "国家发改委", "发展改革委", "发改委",
     "National Development and Reform Commission", "NDRC"),
    ("公安部", "Ministry of Public Security", "MPS"),
    ("教育部", "Ministry of Education", "MOE"),
    ("科学技术部", "科技部", "Ministry of Science and Technology", "MOST"),
    ("国家广播电视总局", "广电总局", "国家广电总局", "National Radio and Television Administration", "NRTA"),
    ("国家市场监督管理总局", "市场监管总局", "国家市场监管总局", "State Administration for Market Regulation", "SAMR"),
    ("国家标准化管理委员会", "国家标准委", "国标委", "Standardization Administration of China", "SAC"),
    ("全国人民代表大会常务委员会", "全国人大常委会", "Standing Committee of the National People's Congress", "NPCSC",
     "NPC Standing Committee", "National People's Congress Standing Committee"),
    ("全国人民代表大会", "全国人大", "National People's Congress", "NPC"),
    ("国务院", "State Council", "China's State Council"),
    ("国家数据局", "National Data Administration", "NDA"),
    ("国家卫生健康委员会", "国家卫健委", "国家卫生健康委", "卫健委", "National Health Commission", "NHC"),
    ("中国人民银行", "人民银行", "央行", "People's Bank of China", "PBOC"),
    ("国家金融监督管理总局", "金融监管总局", "National Financial Regulatory Administration", "NFRA"),
    ("中国证券监督管理委员会", "中国证监会", "证监会", "China Securities Regulatory Commission", "CSRC"),
    ("交通运输部", "交通部", "Ministry of Transport"),
    ("自然资源部", "Ministry of Natural Resources"),
    ("国家新闻出版署", "新闻出版署", "National Press and Publication Administration", "NPPA"),
    ("最高人民法院", "最高法", "Supreme People's Court"),
    ("全国网络安全标准化技术委员会", "全国信息安全标准化技术委员会", "网安标委", "信安标委", "TC260"),
    ("国家科学及技术委员会", "國家科學及技術委員會", "國科會", "National Science and Technology Council", "NSTC"),
    ("數位發展部", "數發部", "Ministry of Digital Affairs", "MODA"),
    ("立法院", "立院", "Legislative Yuan", "Taiwan's Legislative Yuan"),
    ("行政院", "政院", "Executive Yuan"),
    ("欧盟委员会", "歐盟執委會", "欧委会", "European Commission", "EU Commission"),
    ("欧洲议会", "European Parliament", "EU Parliament"),
    ("欧盟理事会", "Council of the EU", "Council of the European Union", "EU Council"),
    ("经济合作与发展组织", "经合组织", "OECD", "Organisation for Economic Co-operation and Development"),
    ("联合国教科文组织", "教科文组织", "UNESCO"),
    ("联合国大会", "联大", "UN General Assembly", "United Nations General Assembly"),
    ("韩国国会", "南韓國會", "South Korea's National Assembly", "Korea's National Assembly",
     "Korean National Assembly"),
    ("韩国科学技术信息通信部", "韩国科技部", "Ministry of Science and ICT", "MSIT"),
    ("日本国会", "Japan's Diet", "National Diet", "Japan's parliament"),
    ("美国国家标准与技术研究院", "National Institute of Standards and Technology", "NIST"),
    ("President Donald Trump", "President Trump", "特朗普", "美国总统特朗普", "特朗普总统", "川普", "美國總統川普"),
    ("President Joe Biden", "President Biden", "拜登", "美国总统拜登", "拜登总统", "美國總統拜登"),
    ("美国商务部工业与安全局", "Bureau of Industry and Security", "BIS"),
)  # fmt: skip
_LEAD = re.compile("^(?:the |中国|我国|中华人民共和国)", re.IGNORECASE)


def body_key(name: str) -> str:
    """Return what the names of one body have in common; of one that is not listed, its name without case and script."""
    keys = _keys()
    key = name_key(_LEAD.sub("", name))
    return keys.get(key) or keys.get(name_key(name), key)


@cache
def _keys() -> dict[str, str]:
    return {name_key(name): name_key(names[0]) for names in _BODIES for name in names}

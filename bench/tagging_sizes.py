"""Catalogues of any size for the speed of the tagger: the shipped one, and made-up entities behind it.

Han and Latin names from a seeded generator; a third of the entities have ambiguous names,
with cues that news is full of.
"""

from __future__ import annotations

import random

from monitor.tag.catalogue import load_catalogue
from monitor.tag.lexicon import Lexicon, build_lexicon
from monitor.tag.settings import EntitySettings

__all__ = ["entities", "lexicon_of"]

_SYLLABLES = "ba be bo da de do fa fi ga go ha hi ka ke ko la le lo ma me mo na ne no pa po ra re ri ro sa se so ta to"
_HAN = (
    "云星海天山河风雷光明智慧启元灵思问道文心华图景行知远航创新博雅鸿鹄青蓝紫金玄武朱雀白泽麒麟轩辕乾坤日月春秋东西南北江湖洋溪松柏竹梅兰菊荷"
    "莲鹰鹤燕龙凤虎豹狮象鲸鲲鹏骏驰腾飞跃翔瀚浩渺苍穹宇宙辰曦晨暮霞虹霓雪霜露冰玉璞琢璇玑珠瑶琳琅锦绣绫罗诗书琴棋画墨砚笔简策典章经纬衡权"
)
_CUES = ("大模型", "发布", "人工智能", "开源", "参数", "平台", "chatbot", "model", "research", "launch")


def lexicon_of(size: int, seed: int = 7) -> Lexicon:
    """Return the lexicon of the shipped catalogue with made-up entities, ``size`` in all."""
    shipped = len(load_catalogue())
    return build_lexicon(load_catalogue(entities(max(0, size - shipped), seed)))


def entities(count: int, seed: int = 7) -> tuple[EntitySettings, ...]:
    """Return ``count`` made-up entities; the same seed gives the same."""
    rng = random.Random(seed)
    return tuple(_entity(rng, number) for number in range(count))


def _entity(rng: random.Random, number: int) -> EntitySettings:
    han, latin = _han(rng), _latin(rng)
    vendor = f"{_han(rng)}科技"
    kind = "regulation" if number % 8 == 0 else "model"
    name = f"{kind}:made-up-{number}"
    if number % 3:
        return EntitySettings(id=name, name=han, aliases=(f"{han}{number}号", f"{latin}-{number}"), vendor=vendor)
    cues = tuple(rng.sample(_CUES, 3))
    return EntitySettings(
        id=name, name=han, aliases=(f"{han}{number}号",), ambiguous=(han, latin), cues=cues, vendor=vendor
    )


def _han(rng: random.Random) -> str:
    return "".join(rng.choices(_HAN, k=rng.randint(2, 4)))


def _latin(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES.split(), k=rng.randint(2, 4))).capitalize()

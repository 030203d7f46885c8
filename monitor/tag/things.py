"""Whether a name stands for a thing on a table: eaten, counted by the piece, shaped, or listed with food.

Reads the folded text around a name (吃豆包, 一锭元宝, 元宝形状的糕点, 豆包和饺子). Knows no entity, decides nothing.
"""

from __future__ import annotations

import re

__all__ = ["is_thing", "is_thing_beside"]

_REACH = 16  # characters before a name that a verb, a count and an adjective take
_FOOD = (
    "(?:饺子|水饺|包子|馒头|花卷|年糕|粽子|汤圆|糕点|点心|油条|豆浆|烧饼|面条|月饼|糖果|瓜子|米饭|饼干|"
    "腊肉|香肠|红薯|玉米|窝头|发糕|麻花|糍粑|茶叶蛋|鸡蛋|煎饼|馄饨|豆腐脑|豆花|咸菜|[^、,。;!?]{0,2}粥)"
)
_SHAPE = r"(?:[做捏包蒸雕摆]成[^,。;!?\n]{1,5})?(?:形状|造型|形|状|模样|样子)(?=的|[,。、;!?\s]|$)"
_JOIN = "[、,和与及或跟]"
_ITEM = r"[^、,。;!?和与\n送上推发点开领抢用出请说称]{0,5}?"  # no verb: in 豆包、千问送粽子 nothing is eaten
_COUNT = "[一二两三四五六七八九十几半每\\d]"
_PIECE = f"(?:{_COUNT}+(?:笼|盘|碗|锅|屉|筐|篮|盒|锭|枚|块|粒|颗|斤|串|只|口|片|箩|袋|包|打))"
_EAT = (
    "(?:(?<!通)吃(?![瓜亏紧香力惊透掉醋货准])|嚼|啃|咽下|蒸|品尝|咀嚼|油炸|煎|煮|捏|揉|端上|端来|摆上|供上)"
    "(?:着|了|过|完|到|起|上|的|点|些)?"
)
_MANNER = "(?:[热香甜软新刚黏][^,。、;!?]{0,5}的)?"
_BEFORE = re.compile(
    rf"(?:{_EAT}(?:{_PIECE}|{_COUNT}*(?:个|些)?){_MANNER}|{_PIECE}{_MANNER}|{_COUNT}个[热凉烫冷冻甜素]|{_COUNT}百?个?(?:手工|现做|自制|新鲜)|{_FOOD}{_JOIN})$"
)
_PRICE = "(?:多少|几)(?:钱|块|元)|怎么卖|[一两二三四五六七八九十半]+(?:块|元|毛)(?=[一二三四五六七八九半钱,。;!?]|$)"
_ASKED = "[还卖都](?:有没有|有吗|没了|完了)(?=[,。;!?]|$)"
_LEFT = r"(?:还|只|就)?(?:剩|有|够|要|差)(?:了|下)?(?:[几多两三四五六\d]+[个只笼锅斤块]|多少)|几个|凉了"
_COOKED = "(?:先|再|拿去|下锅)*(?:煎(?!熬)|煮|卤|烤(?!验)|炒(?![股作币房热])|红烧|凉拌|腌|焖|炖|切[片丝块]|蒸)"
_KIND = "(?:都|也|就|其实)?是(?:一种)?[^,。;!?\n]{0,4}?(?:粗粮|细粮|主食|食物|食品|点心|零食|甜食|碳水|面点|小吃|美食)"
_TASTE = "味道|口感|馅|新?口味|礼盒"
_BEHIND = re.compile(
    rf"的?(?:{_SHAPE}|{_TASTE})|{_COOKED}|{_KIND}|{_PRICE}|{_LEFT}|{_ASKED}|(?:{_JOIN}{_ITEM}){{1,4}}?(?:{_FOOD}|{_SHAPE})"
)


def is_thing(letters: str, start: int, end: int) -> bool:
    """Say whether the words right before or behind ``letters[start:end]`` treat it as a thing."""
    before = letters[max(0, start - _REACH) : start]
    return _BEFORE.search(before) is not None or _BEHIND.match(letters, end) is not None


def is_thing_beside(letters: str, begin: int, stop: int, start: int, end: int) -> bool:
    """Say whether the word at ``letters[start:end]`` stands for a thing elsewhere in ``letters[begin:stop]``.

    Of one who eats a 豆包 and asks the other, what speaks of food tells nothing about the other.
    """
    word, at = letters[start:end], letters.find(letters[start:end], begin, stop)
    while at >= 0:
        if at != start and is_thing(letters, at, at + len(word)):
            return True
        at = letters.find(word, at + len(word), stop)
    return False

"""In which contexts a film's words put what is in it, for terms that say where a work may not be.

By plain words of English and Chinese, and of a few more languages for the commonest; whoever is not
sure may ask the owner. A context is one of ``licences.CONTEXTS``; "rivals" follows from which other
works are in the film, not from words.
"""

from collections.abc import Iterable, Mapping

from . import names
from .licences import Context

_SAID: Mapping[Context, str] = {
    "alcohol": (
        "alcohol beer beers wine whisky whiskey vodka rum gin tequila cocktail cocktails drunk"
        " champagne liquor brandy booze cerveza vino bière vin bier wein пиво водка"
        " 啤酒 白酒 红酒 葡萄酒 喝醉 酒吧 烈酒 威士忌"
    ),
    "drugs": (
        "cocaine heroin marijuana cannabis joint meth ecstasy lsd opium narcotics crack"
        " drogas drogue drogen наркотики 毒品 大麻 海洛因 可卡因 冰毒 吸毒"
    ),
    "gambling": (
        "casino gambling gambler roulette blackjack poker betting bookmaker jackpot slots"
        " apuestas kasino 赌场 赌博 赌桌 老虎机 扑克 下注"
    ),
    "medical_advice": (
        "cure cures heals vaccine dosage medication prescription diagnosis supplement therapy"
        " 治疗 药物 疫苗 剂量 处方 保健品 诊断"
    ),
    "money_advice": (
        "invest investing investment stocks crypto bitcoin trading loan dividends forex"
        " invertir aktien 投资 股票 加密货币 比特币 理财 贷款"
    ),
    "politics": (
        "election elections president senator politician vote voters campaign party parliament"
        " democrat republican communist government protest rally elecciones wahl"
        " 选举 总统 政治 政府 政党 议会 抗议 投票"
    ),
    "religion": (
        "god jesus christ allah muhammad buddha church mosque temple prayer priest bible quran"
        " rabbi pope worship 上帝 耶稣 佛 真主 教堂 清真寺 寺庙 祈祷 圣经"
    ),
    "sexual": (
        "sex sexy naked nude erotic lingerie striptease porn orgasm seduces desnudo nackt"
        " 性感 裸体 色情 情色 做爱 内衣"
    ),
    "violence": (
        "kill kills killing murder murders blood bloody gun guns shoots stab stabs knife war"
        " fight fights fighting punches beats torture explosion sangre matar tuer töten"
        " 杀 杀死 谋杀 血 枪 打架 战争 刀 爆炸 殴打"
    ),
}
# "party" and "joint" and the like say more than one thing; they need a second word of the context.
_WEAK = frozenset({"party", "joint", "rum", "war", "fight", "fights", "fighting", "slots", "vote"})


def contexts_of(texts: Iterable[str]) -> frozenset[Context]:
    """The contexts that these texts speak of."""
    words: set[str] = set()
    signs: list[str] = []
    for text in texts:
        cut = names.pieces(text)
        words |= {one.letters for one in cut if not one.is_sign}
        signs.append("".join(one.letters if one.is_sign else " " for one in cut))
    unspaced = "\n".join(signs)
    return frozenset(context for context, said in _SAID.items() if _speaks(said, words, unspaced))


def _speaks(said: str, words: set[str], unspaced: str) -> bool:
    found = [one for one in said.split() if one in words or (not one.isascii() and one in unspaced)]
    return bool([one for one in found if one not in _WEAK]) or len(found) > 1

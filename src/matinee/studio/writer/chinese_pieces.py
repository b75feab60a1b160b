"""Chinese text cut into pieces by the longest word that the lexicon has."""

import re
from dataclasses import dataclass

from . import words
from .words import Sense

QUOTE_CHARACTERS_MAX = 600
_CLOSING = {"“": "”", '"': '"', "「": "」", "『": "』", "‘": "’"}
_TITLE = {"《": "》", "〈": "〉"}
ENDS = frozenset("。！？!?；;\n")
COMMAS = frozenset("，,：:—…、()（）[]【】")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:[ '’-][A-Za-zÀ-ɏ]+)*")
_DIGITS = re.compile(r"\d{1,5}")
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘葛范彭鲁韦马苗方"
)
SURNAMES |= frozenset(
    "袁柳史唐费薛雷贺倪汤罗毕郝安常傅卞齐康伍余顾孟黄萧尹姚邵汪毛戴宋庞熊纪项祝董梁杜阮蓝季"
)
SURNAMES |= frozenset("贾江童郭梅林徐邱骆高夏蔡田樊胡凌霍卢柯白叶温庄刘龙段")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a run of unknown characters, a quotation or a mark, with its place in the prompt."""

    text: str
    start: int
    end: int
    kind: str
    senses: tuple[Sense, ...] = ()

    def of(self, *kinds: str) -> Sense | None:
        """Return the first sense of one of these kinds."""
        return next((sense for sense in self.senses if sense.kind in kinds), None)


def cut(text: str, start: int, end: int) -> list[Piece]:
    """Return the pieces of `text[start:end]`. Linear in its length."""
    pieces: list[Piece] = []
    lexicon = words.chinese()
    at = start
    while at < end:
        piece = _marked(text, at, end) or _known(text, at, end, lexicon) or _foreign(text, at, end)
        if piece is None:
            if text[at].isspace() or not text[at].isalnum():
                at += 1
                continue
            piece = Piece(text[at], at, at + 1, "unknown")
        before = pieces[-1] if pieces else None
        if piece.kind == "unknown" and before and before.kind == "unknown" and before.end == at:
            pieces[-1] = Piece(before.text + piece.text, before.start, piece.end, "unknown")
        else:
            pieces.append(piece)
        at = piece.end
    return pieces


def _marked(text: str, at: int, end: int) -> Piece | None:
    character = text[at]
    for pairs, kind in ((_CLOSING, "quote"), (_TITLE, "title")):
        if character in pairs:
            close = text.find(pairs[character], at + 1, min(end, at + QUOTE_CHARACTERS_MAX))
            if close > at + 1:
                return Piece(text[at + 1 : close], at, close + 1, kind)
    if character in ENDS or (character == "." and not text[at - 1 : at].isdigit()):
        return Piece(character, at, at + 1, "end")
    if character in COMMAS:
        kind = "list" if character == "、" else "comma"
        return Piece(character, at, at + 1, kind)
    return None


def _known(text: str, at: int, end: int, lexicon: words.Lexicon) -> Piece | None:
    matches = lexicon.matches(text[at : min(end, at + 12)], 0)
    if not matches:
        return None
    length = matches[0].length
    return Piece(text[at : at + length], at, at + length, "word", matches[0].senses)


def _foreign(text: str, at: int, end: int) -> Piece | None:
    digits = _DIGITS.match(text, at, end)
    if digits:
        return Piece(digits.group(), at, digits.end(), "word", (Sense("num", digits.group()),))
    word = _WORD.match(text, at, end)
    if not word:
        return None
    english = words.english().matches(word.group().lower().split(), 0)
    if english and english[0].length == len(word.group().split()):
        return Piece(word.group(), at, word.end(), "word", english[0].senses)
    name = word.group().split()[0]
    if name[:1].isupper():
        return Piece(word.group(), at, word.end(), "word", (Sense("name", _gender(name)),))
    return Piece(word.group(), at, word.end(), "unknown")


def _gender(name: str) -> str:
    return words.first_names().get(name, "neutral")


def looks_like_name(piece: Piece) -> bool:
    """Whether unknown characters could be a surname with a given name, or a pet name."""
    if piece.kind != "unknown" or not 2 <= len(piece.text) <= 3:  # noqa: PLR2004 - a small count, said by the words beside it
        return False
    return piece.text[0] in SURNAMES or piece.text[0] in "小阿老"

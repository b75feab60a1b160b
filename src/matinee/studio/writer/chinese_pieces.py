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


# What the first character says of the rest: 木桌 is a wooden table, 白马 a white horse.
ADJECTIVES = frozenset("木铁石纸布红蓝绿黄白黑紫粉灰橙橘金银棕小大")
# The whole says something else than its parts.
WHOLE = frozenset(
    {"大象", "金鱼", "小提琴", "大提琴", "黑板", "白板", "大巴", "黄瓜", "白菜", "红酒"}
)
HEADED = range(2, 5)
# Things of one character that verbs swallow: 看书, 开车, 打伞.
SWALLOWED = frozenset("书车伞球茶船")
# Who does something for a living or for pleasure: 滑雪者, 棒球手.
DOERS = frozenset("者手员")


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
            pieces += _taken_apart(piece, lexicon)
        at = piece.end
    return [_headed(piece) for piece in _with_doers(pieces)]


def _with_doers(pieces: list[Piece]) -> list[Piece]:
    """Join a verb or a game with who does it: 滑雪|者 is somebody who skis."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        person = piece.text in DOERS and before is not None and before.end == piece.start
        if person and before is not None and before.of("verb", "prop", "unknown"):
            text = before.text + piece.text
            sense = Sense("role", "person", approximate=True)
            joined[-1] = Piece(text, before.start, piece.end, "word", (sense,))
        else:
            joined.append(piece)
    return joined


def _taken_apart(piece: Piece, lexicon: words.Lexicon) -> list[Piece]:
    """Part an adjective from its noun, and a verb from the thing that it swallowed: 看|报纸."""
    text = piece.text
    if piece.kind != "word" or len(text) < 2 or text in WHOLE:  # noqa: PLR2004 - two characters
        return [piece]
    noun = piece.of("prop", "animal")
    first = _senses(text[0], lexicon)
    if noun and text[0] in ADJECTIVES and first:
        rest = _senses(text[1:], lexicon)
        same = any((one.kind, one.concept) == (noun.kind, noun.concept) for one in rest)
        described = any(one.kind in {"colour", "material", "size"} for one in first)
        if same and described:
            return [
                Piece(text[0], piece.start, piece.start + 1, "word", first),
                Piece(text[1:], piece.start + 1, piece.end, "word", rest),
            ]
    verb = piece.of("verb")
    for cut_at in (1, 2) if verb and not noun else ():
        tail = _senses(text[cut_at:], lexicon) if len(text) > cut_at else ()
        whole = len(text) - cut_at > 1 or text[cut_at:] in SWALLOWED
        if any(one.kind == "prop" for one in tail) and whole:
            own = _senses(text[:cut_at], lexicon)
            played = verb is not None and verb.concept in {"play_ball", "play", "build"}
            plain = played and any(one.kind == "verb" for one in own)
            senses = own if plain else piece.senses
            head = Piece(text[:cut_at], piece.start, piece.start + cut_at, "word", senses)
            return [head, Piece(text[cut_at:], piece.start + cut_at, piece.end, "word", tail)]
    return [piece]


def _senses(text: str, lexicon: words.Lexicon) -> tuple[Sense, ...]:
    """Return the senses of a whole text, or nothing."""
    found = lexicon.matches(text, 0) if text else ()
    return found[0].senses if found and found[0].length == len(text) else ()


def _headed(piece: Piece) -> Piece:
    """Give an unknown word the sense of what it ends in: 棒球手 is somebody, 橡树 a tree."""
    if piece.kind != "unknown" or len(piece.text) not in HEADED or looks_like_name(piece):
        return piece
    for start in range(len(piece.text)):
        sense = words.chinese_heads().get(piece.text[start:])
        if sense is not None:
            return Piece(piece.text, piece.start, piece.end, "word", (sense,))
    return piece


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

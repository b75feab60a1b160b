"""Names, and the tricks by which people write them otherwise.

A text is cut into pieces; what stands side by side is run together and compared letter by letter,
whatever its case, accents, width, spaces and dots: "m.i.c k.é.y" is "mickey". Digits and signs that
stand for letters are read as those, letters of another script that only look alike as the Latin
ones. What is not the same letter by letter may still be near: one slip of the finger, the same
consonants, or the same sound in Latin letters.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal, TypeAlias

How: TypeAlias = Literal["letters", "cut", "consonants", "latin"]

LETTERS_MAX = 120
WORDS_MAX = 12
NEAR_LETTERS_MIN = 5
NEAR_WORDS_MAX = 4
TWO_SLIPS_LETTERS_MIN = 9
CONSONANTS_MIN = 4
_CONSONANT_LETTERS_MIN = 8
_LATIN_LETTERS_MIN = 5
_SPELT_OUT_MIN = 3
_SIGNS_TRIED = 6

# What stands for a letter inside a word. "1" and "|" stand for either of two.
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "0": ("o",), "1": ("i", "l"), "3": ("e",), "4": ("a",), "5": ("s",), "7": ("t",), "8": ("b",),
    "@": ("a",), "$": ("s",), "!": ("i",), "|": ("l", "i"), "€": ("e",),
}  # fmt: skip
# Letters of Cyrillic and Greek that look like Latin ones (Unicode TR 39, the common ones).
_ALIKE = str.maketrans("авеёкмнорстухіјѕһԁԛԝαβεηικμνορτυχγϲ", "abeekmhopctyxijshdqwabenikuvoptuxyc")
_PLAINER = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_CYRILLIC: Mapping[str, str] = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        (
            *("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o"),
            *("p", "r", "s", "t", "u", "f", "h", "ts", "ch", "sh", "sh", "", "y", "", "e", "yu"),
            *("ya", "i", "i", "e", "g", "u"),
        ),
        strict=True,
    )
)
_GREEK: Mapping[str, str] = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        (
            *("a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p"),
            *("r", "s", "s", "t", "y", "f", "h", "ps", "o"),
        ),
        strict=True,
    )
)
_KANA_ROWS = (
    ("アイウエオ", "a i u e o"), ("カキクケコ", "ka ki ku ke ko"), ("ガギグゲゴ", "ga gi gu ge go"),
    ("サシスセソ", "sa shi su se so"), ("ザジズゼゾ", "za ji zu ze zo"),
    ("タチツテト", "ta chi tsu te to"), ("ダヂヅデド", "da ji zu de do"),
    ("ナニヌネノ", "na ni nu ne no"), ("ハヒフヘホ", "ha hi fu he ho"),
    ("バビブベボ", "ba bi bu be bo"), ("パピプペポ", "pa pi pu pe po"),
    ("マミムメモ", "ma mi mu me mo"), ("ヤユヨ", "ya yu yo"), ("ラリルレロ", "ra ri ru re ro"),
    ("ワヲンヴ", "wa o n vu"), ("ァィゥェォ", "a i u e o"), ("ャュョ", "ya yu yo"),
)  # fmt: skip
_KANA: Mapping[str, str] = {
    sign: sound
    for signs, sounds in _KANA_ROWS
    for sign, sound in zip(signs, sounds.split(), strict=True)
} | {"ッ": "", "ー": ""}
_HIRAGANA_TO_KATAKANA = 0x60
# Revised Romanisation of Korean, initial, medial and final letters of a syllable.
_HANGUL = tuple(
    tuple(sounds.split("/"))
    for sounds in (
        "g/kk/n/d/tt/r/m/b/pp/s/ss//j/jj/ch/k/t/p/h",
        "a/ae/ya/yae/eo/e/yeo/ye/o/wa/wae/oe/yo/u/wo/we/wi/yu/eu/ui/i",
        "/k/k/k/n/n/n/t/l/k/m/l/l/l/p/l/m/p/p/t/t/ng/t/t/k/t/p/t",
    )
)
_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
# Scripts that put no space between words: each sign is a piece of its own.
_UNSPACED = "㐀-䶿一-鿿぀-ヿㇰ-ㇿ가-힣฀-๿ກ-໿က-႟ក-៿"
_PIECE = re.compile(
    rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])(?:(?:(?![{_UNSPACED}])[^\W_])|[@$€]|[!|](?=\w))*"
    r"|[@$€](?:[^\W_]|[@$€]|[!|](?=\w))*"
)
_ONE_SIGN = re.compile(rf"[{_UNSPACED}]")
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？：；\n\"“”«»()（）「」]\s*$")
_VOWELS = frozenset("aeiouyäöüàáâãèéêëìíîïòóôõùúûæøåœ")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a text, or one sign of a script without spaces.

    ``raw`` is as written, ``letters`` folded; ``opens`` is whether a sentence begins with it.
    """

    raw: str
    letters: str
    opens: bool

    @property
    def is_sign(self) -> bool:
        """Whether it is one sign of a script without spaces."""
        return bool(_ONE_SIGN.fullmatch(self.raw))


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces that stand side by side, ``first`` to ``end``, run together."""

    first: int
    end: int
    letters: str


def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a text into pieces, in their order."""
    plain = _plain(text)
    return tuple(
        Piece(
            match.group(),
            _folded(match.group()),
            match.start() == 0
            or bool(_ENDS_SENTENCE.search(plain[max(0, match.start() - 8) : match.start()])),
        )
        for match in _PIECE.finditer(plain)
    )


def windows(said: Sequence[Piece]) -> Iterator[Window]:
    """Yield every run of pieces that could be a name; letters spelt one by one are one word."""
    for first in range(len(said)):
        letters, words = "", 0.0
        for end in range(first + 1, len(said) + 1):
            piece = said[end - 1]
            letters += piece.letters
            single = len(piece.letters) == 1
            words += 0.25 if piece.is_sign else 0.0 if single else 1.0
            if words > WORDS_MAX or len(letters) > LETTERS_MAX:
                break
            yield Window(first, end, letters)


def readings(said: Sequence[Piece], window: Window) -> tuple[str, ...]:
    """What a window may be read as: as written, and with signs read as letters."""
    run = said[window.first : window.end]
    spelt_out = len(run) >= _SPELT_OUT_MIN and all(len(one.letters) == 1 for one in run)
    signs = [one for one in window.letters if one in _SIGNS]
    if not signs or not (spelt_out or any(_is_disguised(one.letters) for one in run)):
        return (window.letters,)
    choices = [_SIGNS.get(one, (one,)) for one in window.letters]
    if sum(len(_SIGNS[one]) > 1 for one in signs) <= _SIGNS_TRIED:
        read = ["".join(one) for one in product(*choices)]
    else:
        # Every "1" of a name stands for the same letter, else it would have too many readings.
        read = ["".join(one[at] for one in choices) for at in (0, -1)]
    return tuple(dict.fromkeys((window.letters, *read)))


def keys_of(name: str) -> Iterator[tuple[How, str]]:
    """Yield by what a registered name is found."""
    letters = letters_of(name)
    if not letters:
        return
    yield "letters", letters
    if len(letters) >= NEAR_LETTERS_MIN:
        yield from (("cut", cut) for cut in sorted(cuts(letters)))
    if consonants := consonants_of(letters):
        yield "consonants", consonants
    if latin := latin_of(name):
        yield "latin", latin


def letters_of(name: str) -> str:
    """A name's letters, folded and run together, as long as a window may be."""
    return "".join(one.letters for one in pieces(name))[:LETTERS_MAX]


def cuts(letters: str) -> set[str]:
    """The letters, and with one of them left out: two names one slip apart have one in common."""
    return {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))}


def consonants_of(letters: str) -> str:
    """What is left of a long name without vowels and doubled letters, alike ones as one."""
    if len(letters) < _CONSONANT_LETTERS_MIN:
        return ""
    same = letters.replace("ph", "f").replace("ck", "k").replace("x", "ks")
    same = same.translate(str.maketrans("czqwv", "kskvv")).replace("h", "")
    left = re.sub(r"(.)\1+", r"\1", "".join(one for one in same if one not in _VOWELS))
    return left if len(left) >= CONSONANTS_MIN else ""


def latin_of(text: str) -> str:
    """How a text of another script sounds, in Latin letters; of a Latin text its own letters."""
    return _latin(unicodedata.normalize("NFKC", text))


def slips(one: str, other: str, *, most: int) -> int:
    """How many letters are wrong, missing, too many or swapped; ``most`` + 1 for more than that.

    Optimal string alignment (Damerau and Levenshtein without substrings edited twice).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def slips_allowed(letters: str) -> int:
    """How many slips still leave a name recognisable."""
    if len(letters) < NEAR_LETTERS_MIN:
        return 0
    return 2 if len(letters) >= TWO_SLIPS_LETTERS_MIN else 1


def _plain(text: str) -> str:
    """Without accents, invisible signs and width, in the case that was written."""
    wide = unicodedata.normalize("NFKD", text)
    # Marks of Indic and Thai writing are letters of theirs, those of Latin, Greek and Cyrillic not.
    kept = (one for one in wide if unicodedata.category(one) not in {"Cf", "Mn", "Me"} or _own(one))
    return unicodedata.normalize("NFKC", "".join(kept))


def _own(mark: str) -> bool:
    return mark == "\u3099" or mark == "\u309a" or "\u0900" <= mark <= "\u0eff"  # noqa: PLR1714


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word.casefold()).translate(_PLAINER)
    # Words wholly of another script are that script's own.
    if any("a" <= one <= "z" for one in folded):
        folded = folded.translate(_ALIKE)
    return folded


@lru_cache(maxsize=8192)
def _latin(text: str) -> str:
    signs = (sign for piece in pieces(text) for sign in piece.letters)
    return "".join(_latin_sign(sign) for sign in signs)[:LETTERS_MAX]


def _latin_sign(sign: str) -> str:
    code = ord(sign)
    if "\u3041" <= sign <= "\u3096":
        sign = chr(code + _HIRAGANA_TO_KATAKANA)
    for table in (_CYRILLIC, _GREEK, _KANA):
        if sign in table:
            return table[sign]
    if _HANGUL_FIRST <= code <= _HANGUL_LAST:
        at = code - _HANGUL_FIRST
        parts = at // 588, at % 588 // 28, at % 28
        return "".join(table[one] for table, one in zip(_HANGUL, parts, strict=True)).strip()
    if "\u3400" <= sign <= "\u9fff":
        # 55 MB that only Chinese names need.
        from pypinyin import lazy_pinyin  # noqa: PLC0415

        return "".join(lazy_pinyin(sign))
    return sign


def _is_disguised(word: str) -> bool:
    """Whether a word mixes letters with signs that may stand for letters."""
    return any(one in _SIGNS for one in word) and any(one.isalpha() for one in word)


def latin_is_long(latin: str) -> bool:
    """Whether a sound is long enough to be told from others."""
    return len(latin) >= _LATIN_LETTERS_MIN

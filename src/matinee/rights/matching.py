"""Which registered names stand in the words of a film, and how sure that is.

A name that is there letter by letter, in whatever disguise, is *certain*; one that is there with a
slip of the finger in a long word a *slip*; what is only near (a shorter word with a slip, the same
consonants, the same sound in another script, a name pulled apart) leaves *doubt*. A name that is
also a common word counts only where its surroundings say that it is meant as a name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from . import names
from .model import WorkKind
from .names import Piece, Window

Field: TypeAlias = Literal[
    "prompt", "title", "name", "description", "place", "thing", "dialogue", "music"
]
Sureness: TypeAlias = Literal["certain", "slip", "doubt"]
SURENESS: tuple[Sureness, ...] = ("certain", "slip", "doubt")

_SPLIT_LETTERS_MIN = 9
_SLIP_LETTERS_MIN = 7
_SHORT_LETTERS = 3
_DISGUISED_LETTERS_MIN = 4
_NEARBY = 2
_QUOTED_MAX = 80
# At most so many keys are looked up for a film: a prompt of the greatest length has fewer.
_KEYS_MAX = 400_000


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a film, where they stand, and the thing of its manifest that they are about."""

    text: str
    field: Field
    thing: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a work as it is looked up: by which ``key``, and of how many words."""

    work_id: str
    kind: WorkKind
    name: str
    how: names.How
    key: str
    common: bool
    unit_count: int


@dataclass(frozen=True, slots=True)
class Found:
    """A work that is named in the words of a film: ``quote`` is how it is written there."""

    work_id: str
    name: str
    quote: str
    field: Field
    thing: tuple[str, str] | None
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked up of the words of a film, by how it is looked up."""

    letters: frozenset[str]
    cuts: frozenset[str]
    consonants: frozenset[str]
    latin: frozenset[str]


IsWord: TypeAlias = Callable[[str], bool]
"""Whether something is a word of a language, and so no misspelt name."""

_Place: TypeAlias = tuple[int, Window, str]

# Words beside a common word that say that it is meant as a name, by the kind of work.
_CUES: Mapping[WorkKind, frozenset[str]] = {
    "brand": frozenset(
        names.letters_of(one)
        for one in (
            *("logo", "logos", "brand", "branded", "store", "phone", "smartphone", "laptop"),
            *("computer", "tablet", "advert", "commercial", "advertisement", "billboard"),
            *("company", "corporation", "inc", "headquarters", "trademark", "app", "sneakers"),
            *("marca", "tienda", "marque", "magasin", "marke", "werbung", "logotipo", "бренд"),
            *("логотип", "ロゴ", "ブランド", "标志", "商标", "手机", "电脑", "专卖店", "广告"),
            *("品牌", "公司", "로고", "브랜드"),
        )
    ),
    "character": frozenset(
        names.letters_of(one)
        for one in (
            *("character", "cartoon", "superhero", "hero", "mascot", "franchise", "comic"),
            *(
                "personaje",
                "personnage",
                "figur",
                "персонаж",
                "キャラクター",
                "角色",
                "卡通",
                "动画",
            ),
        )
    ),
    "likeness": frozenset(
        names.letters_of(one)
        for one in ("actor", "actress", "singer", "celebrity", "lookalike", "演员", "歌手", "明星")
    ),
    "music": frozenset(
        names.letters_of(one)
        for one in (
            *("song", "melody", "tune", "soundtrack", "anthem", "album", "track", "sings"),
            *("canción", "chanson", "lied", "песня", "歌曲", "音乐", "曲子", "歌"),
        )
    ),
    "footage": frozenset(
        names.letters_of(one)
        for one in ("film", "movie", "footage", "clip", "trailer", "series", "电影", "影片", "片段")
    ),
}


class Words:
    """The words of a film, cut up; what they look up, and what of what was found is really there.

    ``is_word`` keeps words of a language from being taken for misspelt names.
    """

    def __init__(self, said: Iterable[Said], is_word: IsWord | None = None) -> None:
        """Cut every text up."""
        self._said = tuple(one for one in said if one.text)
        self._pieces = tuple(names.pieces(one.text) for one in self._said)
        self._is_word = is_word
        self._exact: defaultdict[str, list[_Place]] = defaultdict(list)
        self._near: defaultdict[str, list[_Place]] = defaultdict(list)
        self._consonants: defaultdict[str, list[_Place]] = defaultdict(list)
        self._latin: defaultdict[str, list[_Place]] = defaultdict(list)
        for index, run in enumerate(self._pieces):
            self._cut_up(index, run)

    @property
    def sought(self) -> Sought:
        """What is to be looked up."""
        return Sought(
            frozenset(self._exact),
            frozenset(self._near),
            frozenset(self._consonants),
            frozenset(self._latin),
        )

    def found(self, named: Iterable[Named]) -> list[Found]:
        """Which of the names that were looked up are there; of each work and place the surest."""
        best: dict[tuple[str, Field, tuple[str, str] | None], Found] = {}
        for one in named:
            for index, window, read in self._places(one):
                sureness = self._sureness(one, index, window, read)
                if sureness is None:
                    continue
                said = self._said[index]
                place = (one.work_id, said.field, said.thing)
                before = best.get(place)
                if before is None or SURENESS.index(sureness) < SURENESS.index(before.sureness):
                    quote = " ".join(
                        piece.raw for piece in self._pieces[index][window.first : window.end]
                    )
                    best[place] = Found(
                        one.work_id, one.name, quote[:_QUOTED_MAX], said.field, said.thing, sureness
                    )
        return list(best.values())

    def _cut_up(self, index: int, run: Sequence[Piece]) -> None:
        for window in names.windows(run):
            for read in names.readings(run, window):
                self._exact[read].append((index, window, read))
            self._seek_near(index, run, window)

    def _seek_near(self, index: int, run: Sequence[Piece], window: Window) -> None:
        pieces = run[window.first : window.end]
        if len(pieces) > names.NEAR_WORDS_MAX and not pieces[0].is_sign:
            return
        place = (index, window, window.letters)
        if all(ord(one) < 128 for one in window.letters):  # noqa: PLR2004 - the end of ASCII
            if self._all_words(pieces) or len(self._near) > _KEYS_MAX:
                return
            if len(window.letters) >= names.NEAR_LETTERS_MIN - 1:
                for cut in names.cuts(window.letters):
                    self._near[cut].append(place)
            if consonants := names.consonants_of(window.letters):
                self._consonants[consonants].append(place)
        latin = names.latin_of(window.letters)
        if names.latin_is_long(latin):
            self._latin[latin].append((index, window, latin))

    def _all_words(self, pieces: Sequence[Piece]) -> bool:
        known = self._is_word
        return known is not None and all(
            len(one.letters) > 1 and known(one.letters) for one in pieces
        )

    def _places(self, one: Named) -> list[_Place]:
        by: Mapping[names.How, Mapping[str, list[_Place]]] = {
            "letters": self._exact,
            "cut": self._near,
            "consonants": self._consonants,
            "latin": self._latin,
        }
        return by[one.how].get(one.key, [])

    def _sureness(self, one: Named, index: int, window: Window, read: str) -> Sureness | None:
        run = self._pieces[index]
        pieces = run[window.first : window.end]
        if one.common:
            if one.how != "letters":
                return None
            return self._common(one, index, window)
        letters = names.letters_of(one.name)
        if one.how == "letters":
            return _exactness(one, letters, pieces, run, read)
        if letters in {read, window.letters}:
            return None  # it is there letter by letter, and found so
        if one.how == "latin":
            # A Latin name and a Latin text are compared letter by letter.
            return None if read == window.letters and one.key == letters else "doubt"
        return _nearness(letters, window.letters)

    def _common(self, one: Named, index: int, window: Window) -> Sureness | None:
        """Whether a common word is meant as a name: written like one, beside a word that says so.

        Without letter case (Chinese, Japanese) the word beside it has to be right beside it.
        """
        run, said = self._pieces[index], self._said[index]
        pieces = run[window.first : window.end]
        is_whole = said.field == "name" and len(pieces) == len(run)
        cues = _CUES[one.kind]
        near = _beside(run, window, reach=_NEARBY)
        cue = bool(near & cues) or (is_whole and one.kind in {"character", "likeness"})
        if pieces[0].is_sign:
            return "certain" if cue and not is_whole else None
        as_name = [piece.raw for piece in pieces] == [piece.raw for piece in names.pieces(one.name)]
        written = as_name and one.name != one.name.lower() and not _is_title_case(run)
        if not cue or is_whole:
            return None
        return "certain" if written and not pieces[0].opens else "doubt"


def _exactness(
    one: Named, letters: str, pieces: Sequence[Piece], run: Sequence[Piece], read: str
) -> Sureness | None:
    """How sure a name is that stands there letter by letter."""
    signs = sum(piece.is_sign for piece in pieces)
    short = len(letters) == 1 if signs else len(letters) < _SHORT_LETTERS
    if short:
        return "certain" if len(pieces) == len(run) else None
    spelt_out = all(len(piece.letters) == 1 for piece in pieces)
    disguised = read != "".join(piece.letters for piece in pieces)
    if disguised and len(letters) < _DISGUISED_LETTERS_MIN:
        return "doubt"
    if spelt_out or len(pieces) <= one.unit_count or len(letters) >= _SPLIT_LETTERS_MIN:
        return "certain"
    return "doubt"


def _nearness(letters: str, written: str) -> Sureness | None:
    """How sure it is that a word is a name with slips of the finger in it."""
    allowed = names.slips_allowed(letters)
    wrong = names.slips(letters, written, most=allowed)
    if wrong > allowed or letters[0] != written[0]:
        return None
    return "slip" if wrong == 1 and len(letters) >= _SLIP_LETTERS_MIN else "doubt"


def _beside(run: Sequence[Piece], window: Window, *, reach: int) -> set[str]:
    """What stands within ``reach`` words of a window, each sign run together with its next ones."""
    before = run[max(0, window.first - reach) : window.first]
    after = run[window.end : window.end + reach]
    found = {piece.letters for piece in (*before, *after)}
    for side in (run[max(0, window.first - 4) : window.first], run[window.end : window.end + 4]):
        signs = "".join(piece.letters for piece in side if piece.is_sign)
        found |= {signs[:size] for size in range(1, 5)} | {signs[-size:] for size in range(1, 5)}
    return found


def _is_title_case(run: Sequence[Piece]) -> bool:
    """Whether all words begin with a capital, so that a capital says nothing."""
    words = [piece.raw for piece in run if piece.raw[:1].isalpha() and not piece.is_sign]
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def named_of(work_id: str, kind: WorkKind, known: Iterable[tuple[str, bool]]) -> Iterator[Named]:
    """Yield by what the names of a work, each common or not, are found."""
    for name, common in known:
        count = len(names.pieces(name))
        for how, key in names.keys_of(name):
            yield Named(work_id, kind, name, how, key, common, count)

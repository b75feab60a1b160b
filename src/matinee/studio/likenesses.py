"""Characters that are kept: somebody or something from a clip, whom films show again by name.

A clip gives a description of looks (colours by region of the figure), which whoever has the name in
a screenplay wears, and its best frame, a reference picture for engines that take any. What of it
could be honoured stands in the screenplay's notes. What the prompt says of them goes first.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from matinee.film import Screenplay
from matinee.film.looks import Looks
from matinee.film.screenplay import NOTES_MAX, Character, Garment, Look, Note
from matinee.kit.errors import Invalid, NotFound
from matinee.likeness import Likeness

from .errors import SHOWN_CHARACTERS

# What covers the upper and the lower half of a body, of the garments that there are.
_TOPS = frozenset(
    {"shirt", "t_shirt", "tshirt", "tee", "top", "tank_top", "polo", "blouse", "jumper", "sweater"}
    | {"pullover", "hoodie", "cardigan", "jacket", "blazer", "coat", "overcoat", "parka", "suit"}
    | {"raincoat", "trench_coat", "leather_jacket", "lab_coat", "uniform", "tunic", "robe"}
    | {"dress", "gown", "kimono", "overalls", "dungarees", "tuxedo", "toga", "vest"}
)
_BOTTOMS = frozenset(
    {"trousers", "pants", "slacks", "jeans", "leggings", "shorts", "skirt", "long_skirt"}
)
_WHOLE = frozenset({"dress", "gown", "kimono", "overalls", "dungarees", "toga", "robe"})


class LikenessNotFound(NotFound):
    """No character that is kept has this id."""

    code = "studio.likeness_not_found"

    def __init__(self, likeness: str) -> None:
        """Name the id that was asked for."""
        super().__init__(
            f"There is no character {likeness[:SHOWN_CHARACTERS]!r}. Keep one first: "
            "POST /v1/videos/characters with its name and a clip.",
            param="characters",
        )


class LikenessUnnamed(Invalid):
    """A prompt does not name a character that the film is to show."""

    code = "studio.likeness_unnamed"

    def __init__(self, name: str) -> None:
        """Name the character."""
        super().__init__(
            f"The prompt does not name {name!r}. A character is shown where the prompt has its "
            "name, to the letter.",
            param="characters",
        )


def check_named(likenesses: Sequence[Likeness], prompt: str) -> None:
    """Refuse a prompt that leaves one of them out; raises LikenessUnnamed."""
    for one in likenesses:
        if one.name not in prompt:
            raise LikenessUnnamed(one.name)


def as_shown(play: Screenplay, likenesses: Sequence[Likeness]) -> Screenplay:
    """Let whoever has their names look like them, and say what of it could be done."""
    taken: set[str] = set()
    for likeness in likenesses:
        one = _meant(play, likeness, taken)
        if one is None:
            note = Note(
                status="left_out",
                phrase=likeness.name,
                reason="nobody in the screenplay could be told to be this character",
            )
        else:
            taken.add(one.id)
            play, note = _shown(play, one, likeness)
        play = replace(play, notes=(*play.notes[: NOTES_MAX - 1], note))
    return play


def _meant(play: Screenplay, likeness: Likeness, taken: set[str]) -> Character | None:
    """Who has the name; failing that the first who could, as the writer may not know names."""
    free = [one for one in play.characters if one.id not in taken]
    name = likeness.name.casefold()
    for one in free:
        if name in {one.name.casefold(), one.id.replace("_", " ")}:
            return one
    named = [one for one in free if name in f"{one.name} {one.description}".casefold()]
    human = likeness.looks is not None and likeness.looks.kind == "person"
    fitting = [one for one in free if (one.kind == "person") == human]
    return next(iter([*named, *fitting, *free]), None)


def look_of(one: Character, looks: Looks) -> Look:
    """Return the look of a character with what a clip shows of theirs, where words said nothing."""
    return _person(one.look, looks)[0] if one.kind == "person" else _creature(one.look, looks)[0]


def _shown(play: Screenplay, one: Character, likeness: Likeness) -> tuple[Screenplay, Note]:
    looks = likeness.looks or Looks(kind="other")
    if one.kind == "person":
        look, worn = _person(one.look, looks)
    else:
        look, worn = _creature(one.look, looks)
    worn_by = replace(
        one,
        name=likeness.name,
        look=look,
        likeness=likeness.id,
        likeness_version=likeness.version,
    )
    cast = tuple(worn_by if other.id == one.id else other for other in play.characters)
    note = Note(
        status="approximated",
        phrase=likeness.name,
        meaning=(
            f"{', '.join(worn) or 'nothing'} from the clip; face, shape and voice are the stage's"
            " own"
        ),
        reason="colours are measured; an engine that takes reference pictures gets its best frame",
    )
    return replace(play, characters=cast), note


def _person(look: Look, looks: Looks) -> tuple[Look, list[str]]:
    """A person's look, with the clip's colours where the prompt said none, and what they are."""
    top, bottom = looks.top, looks.bottom
    if looks.kind == "other":
        top, bottom = (*looks.dominant, "", "")[:2]
    worn: list[str] = []
    if looks.skin and not look.skin:
        look, worn = replace(look, skin=looks.skin), [*worn, f"skin {looks.skin}"]
    if looks.hair and not look.hair_colour:
        look, worn = replace(look, hair_colour=looks.hair), [*worn, f"hair {looks.hair}"]
    garments = list(look.garments)
    for kinds, colour, plain in ((_TOPS, top, "shirt"), (_BOTTOMS, bottom, "trousers")):
        if not colour:
            continue
        at = next((index for index, one in enumerate(garments) if one.kind in kinds), None)
        if at is None and kinds is _BOTTOMS and any(one.kind in _WHOLE for one in garments):
            continue
        if at is None:
            garments.append(Garment(kind=plain, colour=colour))
        elif not garments[at].colour:
            garments[at] = replace(garments[at], colour=colour)
        else:
            continue
        worn.append(f"{plain if at is None else garments[at].kind} {colour}")
    return replace(look, garments=tuple(garments)), worn


def _creature(look: Look, looks: Looks) -> tuple[Look, list[str]]:
    """The look of an animal or a robot: its coat has the commonest colour of the clip's figure."""
    coat = next(iter(looks.dominant), "") or looks.top or looks.hair
    if not coat or look.skin:
        return look, []
    return replace(look, skin=coat), [f"coat {coat}"]

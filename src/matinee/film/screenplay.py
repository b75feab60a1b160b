"""The screenplay: what a film shows, says and sounds like, before anything is rendered.

A screenplay is written in *beats*. A beat is one thing that happens, seen in one shot; the studio
plans one or more shots for it. Names of places, actions, props, garments, hair and sounds are open
slugs (lower case words joined by underscores): an engine says which it knows, and a writer maps
what it reads to them and records in `notes` what it understood, approximated or left out.
"""

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from .errors import ScreenplayInvalid

Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
OptionalSlug = Annotated[str, Meta(pattern=r"^([a-z][a-z0-9_]{0,63})?$")]
Colour = Annotated[
    str,
    Meta(pattern=r"^(#[0-9a-f]{6})?$", description="sRGB #rrggbb; empty: the engine chooses"),
]
Words = Annotated[str, Meta(max_length=2000)]
Picture = Annotated[
    str,
    Meta(
        pattern=r"^([0-9a-f]{64})?$",
        description="SHA-256 of a photo of it, in hex; empty: there is none",
    ),
]
LikenessId = Annotated[
    str,
    Meta(
        pattern=r"^((likeness|char)_[0-9a-f]{32})?$",
        description="whose likeness it is; empty: nobody's in particular",
    ),
]
LanguageTag = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]

TimeOfDay = Literal["dawn", "day", "sunset", "night"]
Weather = Literal["clear", "cloudy", "rain", "storm", "snow", "fog", "wind"]
Mood = Literal[
    "neutral",
    "happy",
    "sad",
    "angry",
    "afraid",
    "surprised",
    "calm",
    "excited",
    "tender",
    "serious",
    "mysterious",
    "epic",
    "playful",
]
ShotSize = Literal[
    "extreme_wide", "wide", "full", "medium", "close_up", "extreme_close_up", "over_shoulder"
]
CameraMove = Literal[
    "static",
    "pan_left",
    "pan_right",
    "tilt_up",
    "tilt_down",
    "push_in",
    "pull_out",
    "truck_left",
    "truck_right",
    "zoom_in",
    "zoom_out",
    "orbit",
    "crane_up",
    "crane_down",
    "tracking",
    "handheld",
    "rack_focus",
]
Pace = Literal["normal", "slow_motion", "time_lapse"]
CameraAngle = Literal["eye", "low", "high", "overhead"]
Relation = Literal[
    "free",
    "on",
    "under",
    "left_of",
    "right_of",
    "in_front_of",
    "behind",
    "inside",
    "held_by",
    "beside",
    "between",
]
Size = Literal["tiny", "small", "normal", "large", "huge"]
Position = Literal["start", "middle", "end", "whole"]
NoteStatus = Literal["understood", "approximated", "left_out"]

BEATS_MAX = 64
CHARACTERS_MAX = 12
PROPS_MAX = 40
NOTES_MAX = 200
ROLL_MAX = 1_000_000


class Garment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of clothing or an accessory: `shirt`, `coat`, `hat`, `glasses`."""

    kind: Slug
    colour: Colour = ""


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a person looks, in words any engine can honour."""

    gender: Literal["woman", "man", "neutral"] = "neutral"
    age: Literal["child", "teen", "adult", "elder"] = "adult"
    build: Literal["slim", "average", "heavy", "muscular"] = "average"
    height: Literal["short", "average", "tall"] = "average"
    skin: Colour = ""
    hair_style: OptionalSlug = ""
    hair_colour: Colour = ""
    facial_hair: Literal["none", "stubble", "moustache", "beard"] = "none"
    garments: Annotated[tuple[Garment, ...], Meta(max_length=12)] = ()


class Character(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Someone who acts: a person, a robot or an animal of a `species`.

    `voice` names a voice of the engine's cast; empty lets the engine choose one that fits. `size`
    is against what is usual for its kind: a huge cat is as large as a man. Who has a `picture`
    looks as in that photo. Who has a `likeness` is a person who was captured, or a character that
    somebody keeps; they are asked before every film, and seen as in version `likeness_version`.
    """

    id: Slug
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    kind: Literal["person", "robot", "animal"] = "person"
    species: OptionalSlug = ""
    size: Size = "normal"
    description: Words = ""
    look: Look = Look()
    voice: OptionalSlug = ""
    picture: Picture = ""
    likeness: LikenessId = ""
    likeness_version: Annotated[int, Meta(ge=0, le=1_000_000)] = 0


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where and when: a place, the light and the weather; with a `picture`, the place in it."""

    id: Slug
    place: Slug
    description: Words = ""
    time_of_day: TimeOfDay = "day"
    weather: Weather = "clear"
    mood: Mood = "neutral"
    picture: Picture = ""


class Prop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thing in a setting; `count` of them, placed by `relation` to `anchor`.

    `anchor` is the id of a character or another prop, or empty for the middle of the stage;
    `other_anchor` is the second one of `between`. Left and right are the camera's. What has a
    `picture` looks as in that photo.
    """

    id: Slug
    kind: Slug
    setting: Slug
    description: Words = ""
    colour: Colour = ""
    material: OptionalSlug = ""
    size: Size = "normal"
    count: Annotated[int, Meta(ge=1, le=30)] = 1
    relation: Relation = "free"
    anchor: OptionalSlug = ""
    other_anchor: OptionalSlug = ""
    picture: Picture = ""


class Standpoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a character is in a beat, by its `relation` to a character or prop.

    Left and right are the camera's; `other_anchor` is the second one of `between`.
    """

    character: Slug
    relation: Relation
    anchor: Slug
    other_anchor: OptionalSlug = ""


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A character does something, to a `target` (character or prop id) or to nobody.

    `character` may also name a prop that moves by itself: a car drives, a vase breaks.
    """

    character: Slug
    verb: Slug
    target: OptionalSlug = ""
    manner: OptionalSlug = ""
    position: Position = "whole"


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A character says `text`; an off-screen narrator is the character id `narrator`."""

    character: Slug
    text: Annotated[str, Meta(min_length=1, max_length=600)]
    language: LanguageTag = "en"
    mood: Mood = "neutral"
    manner: OptionalSlug = ""


class Camera(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a beat is seen; an empty `subject` is whoever acts or speaks.

    `pace` is the ratio of what happens to what is shown: overcranked, or one frame of many.
    """

    size: ShotSize = "medium"
    move: CameraMove = "static"
    angle: CameraAngle = "eye"
    subject: OptionalSlug = ""
    pace: Pace = "normal"


class SoundCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sound effect that the picture alone would not cause."""

    name: Slug
    position: Position = "start"


class Beat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happens. `duration_ms` 0 lets the studio decide.

    Another `roll` is another take of the same: what chance decides in it comes out differently.
    `title` is set in letters over its picture: the film's title, "Three years later", "The End".
    """

    id: Slug
    setting: Slug
    text: Words
    cast: Annotated[tuple[Slug, ...], Meta(max_length=CHARACTERS_MAX)] = ()
    standpoints: Annotated[tuple[Standpoint, ...], Meta(max_length=CHARACTERS_MAX)] = ()
    actions: Annotated[tuple[Action, ...], Meta(max_length=24)] = ()
    lines: Annotated[tuple[Line, ...], Meta(max_length=8)] = ()
    props: Annotated[tuple[Slug, ...], Meta(max_length=PROPS_MAX)] = ()
    camera: Camera = Camera()
    sounds: Annotated[tuple[SoundCue, ...], Meta(max_length=12)] = ()
    mood: Mood = "neutral"
    duration_ms: Annotated[int, Meta(ge=0, le=120_000)] = 0
    title: Annotated[str, Meta(max_length=120)] = ""
    roll: Annotated[int, Meta(ge=0, le=ROLL_MAX)] = 0


class Music(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the score should feel like; tempo 0 lets the composer decide."""

    mood: Mood = "neutral"
    tempo_bpm: Annotated[int, Meta(ge=0, le=220)] = 0
    present: bool = True


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of a phrase of the prompt, told to the person who wrote it.

    `phrase` is quoted from the prompt, `meaning` is what the film has for it, `reason` says why
    it was approximated or left out.
    """

    status: NoteStatus
    phrase: Words
    meaning: Words = ""
    reason: Words = ""


class Screenplay(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="schema",
    tag="matinee.screenplay/2",
):
    """A whole film on paper. Raises ScreenplayInvalid when a reference leads nowhere.

    `language` is the language of the prompt; every line carries its own.
    """

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    prompt: Annotated[str, Meta(max_length=32_000)]
    language: LanguageTag
    settings: Annotated[tuple[Setting, ...], Meta(min_length=1, max_length=16)]
    beats: Annotated[tuple[Beat, ...], Meta(min_length=1, max_length=BEATS_MAX)]
    characters: Annotated[tuple[Character, ...], Meta(max_length=CHARACTERS_MAX)] = ()
    props: Annotated[tuple[Prop, ...], Meta(max_length=PROPS_MAX)] = ()
    style: OptionalSlug = ""
    music: Music = Music()
    notes: Annotated[tuple[Note, ...], Meta(max_length=NOTES_MAX)] = ()

    def __post_init__(self) -> None:
        """Check that every reference leads somewhere."""
        _check_references(self)

    def setting(self, setting_id: str) -> Setting:
        """Return the setting with that id."""
        return next(setting for setting in self.settings if setting.id == setting_id)

    def character(self, character_id: str) -> Character:
        """Return the character with that id."""
        return next(one for one in self.characters if one.id == character_id)


def _unique(kind: str, ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            reason = f"the {kind} id {name!r} is given twice"
            raise ScreenplayInvalid(reason)
        seen.add(name)
    return seen


def _known(what: str, name: str, known: set[str]) -> None:
    if name not in known:
        reason = f"{what} refers to {name!r}, which is not in it"
        raise ScreenplayInvalid(reason)


def _check_references(play: Screenplay) -> None:
    settings = _unique("setting", (setting.id for setting in play.settings))
    characters = _unique("character", (character.id for character in play.characters))
    props = _unique("prop", (prop.id for prop in play.props))
    _unique("beat", (beat.id for beat in play.beats))
    if shared := characters & props:
        reason = f"the id {min(shared)!r} is both a character and a prop"
        raise ScreenplayInvalid(reason)
    for prop in play.props:
        _known(f"prop {prop.id!r}", prop.setting, settings)
        for anchor in filter(None, (prop.anchor, prop.other_anchor)):
            _known(f"prop {prop.id!r}", anchor, characters | props - {prop.id})
    for beat in play.beats:
        _check_beat(beat, settings, characters, props)


def _check_beat(beat: Beat, settings: set[str], characters: set[str], props: set[str]) -> None:
    what = f"beat {beat.id!r}"
    _known(what, beat.setting, settings)
    for name in beat.cast:
        _known(what, name, characters)
    for action in beat.actions:
        _known(what, action.character, characters | props)
    for line in beat.lines:
        _known(what, line.character, characters | {"narrator"})
    for name in beat.props:
        _known(what, name, props)
    for one in beat.standpoints:
        _known(what, one.character, set(beat.cast))
        for anchor in filter(None, (one.anchor, one.other_anchor)):
            _known(what, anchor, characters | props - {one.character})
    for target in (*(action.target for action in beat.actions), beat.camera.subject):
        if target:
            _known(what, target, characters | props)

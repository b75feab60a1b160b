"""The parts of a story in the making: mentions, people, things, deeds, lines, moments, places."""

from dataclasses import dataclass, field
from typing import Literal

from matinee.film.screenplay import (
    CameraAngle,
    CameraMove,
    Mood,
    NoteStatus,
    Pace,
    Relation,
    ShotSize,
    Size,
    Standpoint,
    TimeOfDay,
    Weather,
)


@dataclass
class Mention:
    """A noun phrase: `start` and `end` are characters of the prompt, `traits` (kind, concept)."""

    start: int
    end: int
    kind: str
    concept: str = ""
    word: str = ""
    count: int = 1
    plural: bool = False
    determiner: str = ""
    name: str = ""
    traits: list[tuple[str, str]] = field(default_factory=list)
    deeds: list[str] = field(default_factory=list)
    approximate: bool = False

    def trait(self, kind: str) -> str:
        """Return the first concept of that kind, or empty."""
        return next((concept for found, concept in self.traits if found == kind), "")


@dataclass(frozen=True)
class Ref:
    """What a mention turned out to be: ids of figures or things, or a place or the scene."""

    kind: Literal["figures", "things", "place", "scene", "nothing"]
    ids: tuple[str, ...] = ()


NOTHING = Ref("nothing")


@dataclass
class Figure:
    """A character in the making.

    `does` is the verb that its name says, of a dancer or a drummer, and `goes` the one by which a
    skier or a cyclist gets about.
    """

    id: str
    name: str
    role: str
    start: int
    named: bool = False
    kind: Literal["person", "robot", "animal"] = "person"
    species: str = ""
    gender: str = "neutral"
    age: str = "adult"
    build: str = "average"
    height: str = "average"
    skin: str = ""
    hair_style: str = ""
    hair_colour: str = ""
    facial_hair: str = "none"
    garments: list[tuple[str, str]] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    mood: Mood = "neutral"
    size: Size = "normal"
    does: str = ""
    goes: str = ""


@dataclass
class Thing:
    """A prop in the making; `setting` is the index of the setting it stands in."""

    id: str
    kind: str
    start: int
    end: int
    setting: int
    colour: str = ""
    material: str = ""
    size: str = "normal"
    count: int = 1
    relation: Relation = "free"
    anchor: str = ""
    other_anchor: str = ""
    phrase: str = ""


@dataclass
class Deed:
    """Somebody, or a thing that moves by itself, does something."""

    figure: str
    verb: str
    target: str = ""
    manner: str = ""
    start: int = 0
    end: int = 0


@dataclass
class Saying:
    """Somebody says something; an empty figure is the narrator."""

    figure: str
    text: str
    language: str
    manner: str = ""
    mood: Mood = "neutral"
    start: int = 0


@dataclass
class Talk:
    """People talk of something, and the prompt gives no words: `situation` names the occasion."""

    situation: str
    speakers: tuple[str, ...]
    listeners: tuple[str, ...]
    topic: str = ""
    topic_kind: str = ""
    start: int = 0


@dataclass
class Moment:
    """A beat in the making: what happens in one go; `events` are the deeds of things."""

    start: int
    end: int
    setting: int
    text: str = ""
    deeds: list[Deed] = field(default_factory=list)
    events: list[Deed] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    cast: list[str] = field(default_factory=list)
    things: list[str] = field(default_factory=list)
    size: ShotSize | None = None
    move: CameraMove | None = None
    angle: CameraAngle | None = None
    pace: Pace | None = None
    subject: str = ""
    sounds: list[str] = field(default_factory=list)
    mood: Mood | None = None
    explicit: bool = False
    duration_ms: int = 0
    view: str = ""
    title: str = ""
    standpoints: list[Standpoint] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether nothing happens in it yet."""
        return not (self.deeds or self.sayings or self.talks)

    @property
    def is_untold(self) -> bool:
        """Whether it has neither people who do something nor a thing to look at."""
        return self.is_bare and not self.title and (bool(self.cast) or not self.things)


@dataclass
class Place:
    """A setting in the making."""

    concept: str = ""
    start: int = 0
    end: int = 0
    approximate: bool = False
    time: TimeOfDay | None = None
    weather: Weather | None = None
    mood: Mood | None = None
    explicit: bool = False


@dataclass
class Clause:
    """One verb with those who do it and what it is done to; obliques are (relation, what).

    `things` are what acts by itself where nobody does.
    """

    start: int
    end: int
    verb: str
    subjects: list[str] = field(default_factory=list)
    things: list[str] = field(default_factory=list)
    objects: list[Ref] = field(default_factory=list)
    obliques: list[tuple[str, Ref]] = field(default_factory=list)
    manner: str = ""
    topic: str = ""
    topic_kind: str = ""
    said: bool = False


@dataclass(frozen=True)
class Claim:
    """A phrase and the concept read from it; whether an engine can play it is decided later."""

    kind: str
    concept: str
    start: int
    end: int
    approximate: bool = False
    count: int = 1


@dataclass
class Remark:
    """A note in the making."""

    status: NoteStatus
    phrase: str
    meaning: str
    reason: str = ""
    start: int = 0

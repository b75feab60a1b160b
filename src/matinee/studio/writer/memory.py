"""What a finished screenplay brings to the reading of new words about it.

Whoever asks for "a hat for the old man" or "then she leaves" speaks of a film that is there. Its
people and things are put back into a `Story`, so that the readers resolve such words to them as
they would within one prompt; what the new words changed is then the difference.
"""

from dataclasses import dataclass, replace

from matinee.film import Screenplay
from matinee.film.screenplay import Character, Prop, Setting

from . import words
from .draft import Figure, Thing
from .guess import Guesser
from .language import detect
from .layout import passages
from .reading import read_passage
from .story import Story


@dataclass(frozen=True)
class Reminded:
    """A story that began with a film's people and things, as they were before it was read on."""

    story: Story
    figures: dict[str, Figure]
    things: dict[str, Thing]

    @property
    def new_figures(self) -> tuple[str, ...]:
        """The people that only the new words speak of."""
        return tuple(one for one in self.story.figures if one not in self.figures)

    @property
    def new_things(self) -> tuple[str, ...]:
        """The things that only the new words speak of."""
        return tuple(one for one in self.story.things if one not in self.things)


def read_on(play: Screenplay, text: str, *, setting: Setting | None = None) -> Reminded:
    """Read `text` as said about the film `play`; in `setting` when the text names no place."""
    story = Story(text, play.language)
    for character in play.characters:
        story.figures[character.id] = _figure(character)
    # Who acted last is whom "she" means.
    acted = [action.character for beat in play.beats for action in beat.actions]
    story.recent = sorted(story.figures, key=lambda one: _last(acted, one))
    for prop in play.props:
        story.things[prop.id] = _thing(prop, play)
    if play.props:
        story.last_thing = play.props[-1].id
    before = Reminded(
        story,
        {name: _copy(figure) for name, figure in story.figures.items()},
        {name: replace(thing) for name, thing in story.things.items()},
    )
    guesser = Guesser()
    language = detect(text)
    for passage in passages(text):
        read_passage(story, guesser, passage, language)
    first = story.places[0]
    if setting is not None and not first.concept:
        first.concept = setting.place
        first.time = first.time or setting.time_of_day
        first.weather = first.weather or setting.weather
    return before


def _last(acted: list[str], name: str) -> int:
    return len(acted) - acted[::-1].index(name) if name in acted else 0


def _copy(figure: Figure) -> Figure:
    return replace(figure, garments=list(figure.garments), phrases=list(figure.phrases))


def _role(character: Character) -> str:
    base = character.id.rstrip("0123456789").rstrip("_")
    for role in (base, character.species):
        if role in words.roles():
            return role
    by_age = {"child": ("girl", "boy", "child")}.get(character.look.age, ("woman", "man", "person"))
    return by_age[("woman", "man", "neutral").index(character.look.gender)]


def _figure(character: Character) -> Figure:
    look, role = character.look, _role(character)
    plain = role.replace("_", " ") == character.name.lower()
    return Figure(
        id=character.id,
        name=character.name,
        role=role,
        start=0,
        named=not plain and character.kind != "animal",
        kind=character.kind,
        species=character.species,
        gender=look.gender,
        age=look.age,
        build=look.build,
        height=look.height,
        skin=look.skin,
        hair_style=look.hair_style,
        hair_colour=look.hair_colour,
        facial_hair=look.facial_hair,
        garments=[(garment.kind, garment.colour) for garment in look.garments],
        size=character.size,
    )


def _thing(prop: Prop, play: Screenplay) -> Thing:
    index = next(i for i, setting in enumerate(play.settings) if setting.id == prop.setting)
    return Thing(
        id=prop.id,
        kind=prop.kind,
        start=0,
        end=0,
        # The new words begin in a place of their own; the film's other places are not in it.
        setting=min(index, 0),
        colour=prop.colour,
        material=prop.material,
        size=prop.size,
        count=prop.count,
        relation=prop.relation,
        anchor=prop.anchor,
        other_anchor=prop.other_anchor,
        phrase=prop.description or prop.kind,
    )


__all__ = ["Reminded", "read_on"]

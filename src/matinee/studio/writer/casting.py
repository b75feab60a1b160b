"""From what a story needs to what an engine has: places, people, props, with notes on the gaps."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matinee.film.screenplay import Character, Garment, Look, Note, Prop, Setting

from . import words
from .choice import Choice
from .display import Display
from .draft import Claim, Figure, Place, Thing
from .story import Story

if TYPE_CHECKING:
    from matinee.engine import Repertoire

# Garments that say what somebody is; a role's whole dress is dropped only piece by piece.
BASIC_WEAR = (
    (("shirt", "#5a6f8c"), ("trousers", "#3a3d42"), ("shoes", "#2a2422")),
    (("t_shirt", "#8c4a3f"), ("jeans", "#2b3d5c"), ("shoes", "#f4f4f2")),
    (("jacket", "#5c5a3a"), ("shirt", "#f3ead3"), ("jeans", "#2b3d5c"), ("shoes", "#6d4526")),
    (("hoodie", "#4b6b57"), ("trousers", "#3a3d42"), ("shoes", "#f4f4f2")),
    (("coat", "#7a5a3c"), ("trousers", "#2a2c30"), ("boots", "#2a2422")),
)
WOMEN_WEAR = (
    (("dress", "#7d3f5b"), ("shoes", "#2a2422")),
    (("shirt", "#d8c8a8"), ("skirt", "#3d4a63"), ("shoes", "#6d4526")),
)
HAIR = {
    "woman": ("long", "bob", "ponytail", "bun", "curly"),
    "man": ("short", "buzz", "short", "curly"),
    "neutral": ("short", "bob", "curly"),
}
HAIR_COLOURS = ("#2a2422", "#4a2c1a", "#6b3b1f", "#17181a", "#b5562a", "#d9b56a")
SKINS = ("#f1d4c2", "#e3b896", "#c68d62", "#a9714b", "#8d5a3b", "#5a3825")
LEGS = frozenset({"trousers", "jeans", "shorts", "skirt", "dress", "suit", "swimsuit", "tunic"})
BODY = frozenset({"shirt", "t_shirt", "hoodie", "tunic", "dress", "suit", "swimsuit", "armour"})
BODY |= {"jacket", "coat"}
# In whose body the engine shows an animal that it does not know.
STAND_IN = "dog"
FEET = frozenset({"shoes", "boots", "sandals"})


@dataclass
class Casting:
    """What the engine will show, with the note each choice needs."""

    settings: list[Setting] = field(default_factory=list)
    characters: list[Character] = field(default_factory=list)
    props: list[Prop] = field(default_factory=list)
    notes: list[tuple[int, Note]] = field(default_factory=list)
    missing_props: set[str] = field(default_factory=set)


class Nearest:
    """The nearest thing of an engine's repertoire to a concept."""

    def __init__(self, repertoire: "Repertoire") -> None:
        """Serve one engine."""
        self._known = {
            "place": repertoire.places,
            "prop": repertoire.props,
            "action": repertoire.actions,
            "garment": repertoire.garments,
            "hair": repertoire.hair_styles,
            "effect": repertoire.effects,
            "species": repertoire.species,
            "style": getattr(repertoire, "styles", ()),
        }

    @property
    def knows_species(self) -> bool:
        """Whether the engine says which animals it has."""
        return bool(self._known["species"])

    def of(self, kind: str, concept: str) -> str:
        """Return the concept itself, the nearest that the engine has, or empty."""
        known = self._known[kind]
        if concept in known:
            return concept
        for other in words.nearest_concepts().get((kind, concept), ()):
            if other in known:
                return other
        if kind == "species" and concept:
            return STAND_IN if STAND_IN in known else ""
        return known[0] if kind == "place" and known else ""


def cast(story: Story, nearest: Nearest, choice: Choice, display: Display) -> Casting:
    """Choose places, people and props for a story."""
    casting = Casting()
    for index, place in enumerate(story.places):
        casting.settings.append(_setting(index, place, nearest, display))
    _balance_genders(story, choice)
    _tell_apart(story, choice)
    for figure in story.figures.values():
        casting.characters.append(_character(figure, nearest, choice))
    for thing in story.things.values():
        prop = _prop(thing, story, nearest, casting.settings)
        if prop is None:
            casting.missing_props.add(thing.id)
        else:
            casting.props.append(prop)
    lost = casting.missing_props
    casting.props = [
        prop if not {prop.anchor, prop.other_anchor} & lost else _freed(prop)
        for prop in casting.props
    ]
    for claim in story.claims.values():
        note = _note(claim, story, nearest, display, lost)
        if note is not None:
            casting.notes.append((claim.start, note))
    return casting


def _freed(prop: Prop) -> Prop:
    return Prop(
        id=prop.id,
        kind=prop.kind,
        setting=prop.setting,
        description=prop.description,
        colour=prop.colour,
        material=prop.material,
        size=prop.size,
        count=prop.count,
    )


def _setting(index: int, place: Place, nearest: Nearest, display: Display) -> Setting:
    kind = nearest.of("place", place.concept)
    assert kind, "an engine without places cannot film"
    time = place.time or ("night" if kind in {"rooftop_night", "neon_city"} else "day")
    weather = place.weather or ("snow" if kind == "snow_square" else "clear")
    return Setting(
        id=kind if index == 0 else f"{kind}_{index + 1}",
        place=kind,
        description=display.setting(kind, time, weather),
        time_of_day=time,
        weather=weather,
        mood=place.mood or "neutral",
    )


def _balance_genders(story: Story, choice: Choice) -> None:
    """Give people of unknown gender one, so that two who talk do not look and sound alike."""
    undecided = [
        one for one in story.figures.values() if one.gender == "neutral" and one.kind == "person"
    ]
    women = sum(one.gender == "woman" for one in story.figures.values())
    men = sum(one.gender == "man" for one in story.figures.values())
    for figure in undecided:
        if women != men:
            figure.gender = "man" if women > men else "woman"
        else:
            figure.gender = choice.of(f"gender {figure.id}", ("woman", "man"))
        women += figure.gender == "woman"
        men += figure.gender == "man"


def _tell_apart(story: Story, choice: Choice) -> None:
    """Give first names to people of one kind, and numbers to robots and animals."""
    alike: dict[str, list[Figure]] = {}
    for figure in story.figures.values():
        if not figure.named:
            alike.setdefault(figure.name.lower(), []).append(figure)
    taken = {figure.name for figure in story.figures.values()}
    table = words.given_names(story.language)
    for figures in alike.values():
        for number, figure in enumerate(figures, start=1):
            if len(figures) == 1:
                figure.name = figure.name[:1].upper() + figure.name[1:]
            elif figure.kind == "person" and table:
                names = [name for name in table[figure.gender] if name not in taken]
                figure.name = choice.of(f"name {figure.id}", names or table[figure.gender])
                taken.add(figure.name)
            else:
                label = (figure.species or figure.role).replace("_", " ").capitalize()
                own = figure.name if story.language == "zh" else f"{label} "
                figure.name = f"{own}{number}"


def _character(figure: Figure, nearest: Nearest, choice: Choice) -> Character:
    return Character(
        id=figure.id,
        name=figure.name[:80],
        kind=figure.kind,
        species=figure.species,
        size=figure.size,
        description=_description(figure),
        look=_look(figure, nearest, choice) if figure.kind == "person" else _shell(figure, nearest),
    )


def _description(figure: Figure) -> str:
    return " / ".join(dict.fromkeys(figure.phrases))[:400]


def _shell(figure: Figure, nearest: Nearest) -> Look:
    height = figure.height if figure.height in {"short", "tall"} else "average"
    if figure.kind == "animal":
        return Look(age=figure.age, skin=figure.skin, height=height)  # type: ignore[arg-type]
    return Look(
        age="adult",
        skin=figure.skin,
        build=figure.build,  # type: ignore[arg-type]
        height=height,  # type: ignore[arg-type]
        garments=_garments(figure.garments, nearest),
    )


def _garments(worn: list[tuple[str, str]], nearest: Nearest) -> tuple[Garment, ...]:
    colours = words.colours()
    found: dict[str, Garment] = {}
    for kind, colour in worn:
        known = nearest.of("garment", kind)
        if known and known not in found:
            paint = colour if colour.startswith("#") else colours.get(colour, "")
            found[known] = Garment(known, paint)
    return tuple(found.values())


def _look(figure: Figure, nearest: Nearest, choice: Choice) -> Look:
    gender = figure.gender
    hair = figure.hair_style or choice.of(f"hair {figure.id}", HAIR[gender])
    if figure.age == "elder" and gender == "man" and not figure.hair_style:
        hair = choice.of(f"hair {figure.id}", ("short", "bald"))
    colour = figure.hair_colour or choice.of(f"hair colour {figure.id}", HAIR_COLOURS)
    return Look(
        gender=gender,  # type: ignore[arg-type]  # the roles table holds these words
        age=figure.age,  # type: ignore[arg-type]
        build=figure.build,  # type: ignore[arg-type]
        height=figure.height,  # type: ignore[arg-type]
        skin=figure.skin or choice.of(f"skin {figure.id}", SKINS),
        hair_style=nearest.of("hair", hair),
        hair_colour=colour,
        facial_hair=figure.facial_hair,  # type: ignore[arg-type]
        garments=_garments(_whole_dress(figure, choice), nearest),
    )


def _whole_dress(figure: Figure, choice: Choice) -> list[tuple[str, str]]:
    """Complete what is said to be worn with what nobody mentions: trousers, a shirt, shoes."""
    worn = list(figure.garments)
    kinds = {kind for kind, _ in worn}
    basics = BASIC_WEAR + (WOMEN_WEAR if figure.gender == "woman" else ())
    fitting = choice.of(f"dress {figure.id}", basics)
    if not kinds & (BODY | LEGS):
        return [*fitting, *worn]
    plain = dict(BASIC_WEAR[choice.index(f"dress {figure.id}", len(BASIC_WEAR))])
    if not kinds & BODY:
        worn.insert(0, ("shirt", plain.get("shirt", "#f3ead3")))
    if not kinds & LEGS:
        worn.append(("trousers", plain.get("trousers", "#3a3d42")))
    if not kinds & FEET and "swimsuit" not in kinds:
        worn.append(("shoes", "#2a2422"))
    return worn


def _prop(thing: Thing, story: Story, nearest: Nearest, settings: list[Setting]) -> Prop | None:
    kind = nearest.of("prop", thing.kind)
    if not kind:
        return None
    anchor = thing.anchor
    return (
        Prop(
            id=thing.id,
            kind=kind,
            setting=settings[thing.setting].id,
            description=thing.phrase[:200],
            colour=words.colours().get(thing.colour, ""),
            material=thing.material,
            size=thing.size,  # type: ignore[arg-type]  # the lexicon holds these words
            count=thing.count,
            relation=thing.relation if anchor else "free",
            anchor=anchor,
            other_anchor=thing.other_anchor if _anchored(thing.other_anchor, story) else "",
        )
        if _anchored(anchor, story)
        else None
    )


def _anchored(anchor: str, story: Story) -> bool:
    return not anchor or anchor in story.figures or anchor in story.things


def _note(  # noqa: PLR0911 - a grammar has as many cases as its language
    claim: Claim, story: Story, nearest: Nearest, display: Display, lost: set[str]
) -> Note | None:
    phrase = story.text[claim.start : claim.end].strip()[:300]
    if not phrase:
        return None
    match claim.kind:
        case "style":
            return _note_of_style(claim, phrase, nearest)
        case "place" | "garment" | "effect":
            return _note_of_kind(claim, phrase, nearest, display)
        case "prop":
            thing = story.things.get(claim.concept)
            if thing is None:
                return None
            if thing.id in lost:
                return Note("left_out", phrase, "", "the engine has nothing near it")
            return _note_of_kind(
                Claim("prop", thing.kind, claim.start, claim.end, claim.approximate),
                phrase,
                nearest,
                display,
            )
        case "figure":
            return _note_of_figure(claim, phrase, story, nearest)
        case "verb":
            return _note_of_verb(claim, phrase, nearest, story)
        case _:
            return None


def _note_of_kind(claim: Claim, phrase: str, nearest: Nearest, display: Display) -> Note:
    found = nearest.of(claim.kind, claim.concept)
    shown = display.concept(claim.kind, found)
    if not found:
        return Note("left_out", phrase, "", f"the engine has no {claim.kind} near it")
    if found != claim.concept:
        wanted = claim.concept.replace("_", " ")
        return Note("approximated", phrase, shown, f"the engine has no {wanted}")
    if claim.approximate:
        return Note("approximated", phrase, shown, "the nearest the engine has")
    return Note("understood", phrase, f"{claim.kind}: {shown}")


def _note_of_style(claim: Claim, phrase: str, nearest: Nearest) -> Note:
    shown = claim.concept.replace("_", " ")
    if not nearest.of("style", claim.concept):
        return Note("approximated", phrase, shown, "the engine does not draw in this style")
    if claim.approximate:
        return Note("approximated", phrase, shown, "the nearest style the engine has")
    return Note("understood", phrase, f"style: {shown}")


def _note_of_figure(claim: Claim, phrase: str, story: Story, nearest: Nearest) -> Note | None:
    figure = story.figures.get(claim.concept)
    if figure is None:
        return None
    if figure.kind == "animal":
        return _note_of_animal(figure.species, phrase, nearest)
    if claim.approximate:
        return Note("approximated", phrase, figure.role.replace("_", " "), "dressed as the nearest")
    many = f"{claim.count} characters" if claim.count > 1 else f"character {figure.id}"
    return Note("understood", phrase, many)


def _note_of_animal(species: str, phrase: str, nearest: Nearest) -> Note:
    """Say whether the engine has the animal's body, or which one stands in."""
    name = species.replace("_", " ") or "animal"
    found = nearest.of("species", species)
    if found == species and species:
        return Note("understood", phrase, f"animal: {name}")
    if found:
        return Note("approximated", phrase, found.replace("_", " "), f"the engine has no {name}")
    return Note("approximated", phrase, name, "the engine has no body for this animal")


def _note_of_verb(claim: Claim, phrase: str, nearest: Nearest, story: Story) -> Note | None:
    # "plays" turns into what is done with the thing that is played; the deed knows it.
    deeds = (deed for moment in story.moments for deed in moment.deeds)
    played = next((deed.verb for deed in deeds if deed.start == claim.start), claim.concept)
    verb = words.verbs()[played]
    if not verb.action:
        return None
    action = nearest.of("action", verb.action)
    if not action:
        return Note("left_out", phrase, "", "the engine has no such action")
    shown = action.replace("_", " ")
    if "face" in verb.traits and (verb.manner or verb.mood):
        return Note("understood", phrase, f"expression: {(verb.manner or verb.mood)}")
    if verb.sound and action == "stand":
        sound = nearest.of("effect", verb.sound)
        if sound:
            return Note("understood", phrase, f"sound: {sound.replace('_', ' ')}")
    approximate = "approx" in verb.traits or played != claim.concept
    if action != verb.action or approximate:
        return Note("approximated", phrase, shown, "the nearest action the engine has")
    return Note("understood", phrase, f"action: {shown}")

"""Small changes to a finished screenplay that leave it whole."""

from msgspec import structs

from matinee.film import Screenplay
from matinee.film.screenplay import Beat, Character, Garment, Prop

from . import words
from .draft import Figure, Thing


def free(name: str, taken: set[str]) -> str:
    """Return an id like `name` that is not taken."""
    if name not in taken:
        return name
    base = name.rstrip("0123456789").rstrip("_") or "one"
    number = 2
    while f"{base}_{number}" in taken and number < 1_000:  # noqa: PLR2004 - more than a screenplay holds
        number += 1
    return f"{base}_{number}"


def repainted(prop: Prop, thing: Thing) -> Prop:
    """Return a prop with the colour, material, size and count that were said of it."""
    changes: dict[str, object] = {}
    if thing.colour:
        changes["colour"] = words.colours().get(thing.colour, thing.colour)
    if thing.material:
        changes["material"] = thing.material
    if thing.size != "normal":
        changes["size"] = thing.size
    if thing.count > 1:
        changes["count"] = min(thing.count, 30)
    return structs.replace(prop, **changes)


def redescribed(character: Character, new: Figure, old: Figure) -> Character:
    """Return a character with what was newly said of it; `old` is how it was before."""
    look: dict[str, object] = {}
    for name in ("age", "build", "height", "hair_style", "facial_hair"):
        if getattr(new, name) != getattr(old, name) and getattr(new, name):
            look[name] = getattr(new, name)
    for name in ("skin", "hair_colour"):
        value = getattr(new, name)
        if value and value != getattr(old, name):
            look[name] = words.colours().get(value, value)
    if new.garments != old.garments and character.kind != "animal":
        look["garments"] = tuple(
            Garment(kind, words.colours().get(colour, colour)) for kind, colour in new.garments[:12]
        )
    size = new.size if new.size != old.size else character.size
    return structs.replace(character, look=structs.replace(character.look, **look), size=size)


def without(play: Screenplay, gone: str) -> Screenplay:
    """Take somebody or something out of every part of a screenplay that names them."""

    def left(beat: Beat) -> Beat:
        return structs.replace(
            beat,
            cast=tuple(name for name in beat.cast if name != gone),
            props=tuple(name for name in beat.props if name != gone),
            actions=tuple(
                structs.replace(action, target="") if action.target == gone else action
                for action in beat.actions
                if action.character != gone
            ),
            lines=tuple(line for line in beat.lines if line.character != gone),
            standpoints=tuple(
                one
                for one in beat.standpoints
                if gone not in {one.character, one.anchor, one.other_anchor}
            ),
            camera=structs.replace(beat.camera, subject="")
            if beat.camera.subject == gone
            else beat.camera,
        )

    props = tuple(
        structs.replace(prop, relation="free", anchor="", other_anchor="")
        if gone in {prop.anchor, prop.other_anchor}
        else prop
        for prop in play.props
        if prop.id != gone
    )
    return structs.replace(
        play,
        beats=tuple(map(left, play.beats)),
        props=props,
        characters=tuple(one for one in play.characters if one.id != gone),
    )

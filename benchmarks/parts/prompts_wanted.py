"""What a prompt names, written in one cell, and whether a staged film has it.

Concepts are separated by semicolons. An entity is `kind(attributes)`, where `@word` is a person
whom the prompt calls so, `&species` an animal and a bare kind a thing; `|` separates names that
count as the same, `label=` before it names it for relations:

    red=apple(red,large); book(blue); red>on>book; @woman(coat:red,elder); @woman!dance;
    &dog(x2); #beach; time=night; style=clay; move=push_in; line=Good morning
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from matinee.film.screenplay import Character, Prop

from .prompts_film import Look, Points, Staged, StagedShot

SEEN_SHARE = 0.1
COLOURS = {
    "red": "#c1272d", "orange": "#e8772e", "yellow": "#f0c72e", "green": "#3f8f3a",
    "blue": "#2f5fb3", "purple": "#6b3a8f", "pink": "#e58aa8", "brown": "#6d4526",
    "black": "#17181a", "white": "#f4f4f2", "grey": "#8a8d91", "gold": "#d4a83a",
    "silver": "#c3c7cb", "turquoise": "#3fbfb5", "beige": "#d8c8a8", "crimson": "#9c1b2f",
    "ginger": "#b5562a", "blonde": "#d9b56a",
}  # fmt: skip
LIGHTNESS_MAX, HUE_DISTANCE_MAX = 34.0, 40.0
MATERIALS = frozenset({"wood", "metal", "glass", "stone", "cloth", "paper", "plastic", "clay"})
SIZES = {"tiny": {"tiny"}, "small": {"small", "tiny"}, "large": {"large", "huge"}, "huge": {"huge"}}
AGES, GENDERS = {"child", "teen", "elder"}, {"woman", "man"}
BUILDS, HEIGHTS = {"slim", "heavy", "muscular"}, {"short", "tall"}
BEARDS = {"beard", "moustache", "stubble"}
MOODS = frozenset(
    {
        *("happy", "sad", "angry", "afraid", "surprised", "calm"),
        *("excited", "tender", "serious", "mysterious", "epic", "playful"),
    }
)
SCENE = {
    "time": "time", "weather": "weather", "mood": "mood", "style": "style", "move": "camera",
    "shot": "camera", "angle": "camera", "pace": "pace", "line": "dialogue", "title": "title",
}  # fmt: skip
# Words of people that say more than that somebody is there.
IMPLIED = {
    "man": ("man", ""), "woman": ("woman", ""), "boy": ("man", "child"), "girl": ("woman", "child"),
    "男人": ("man", ""), "女人": ("woman", ""), "男孩": ("man", "child"),
    "女孩": ("woman", "child"),
}  # fmt: skip
ENTITY = re.compile(r"^(?:(\w+)=)?([@&]?)([\w|\- ]+?)(?:\(([^)]*)\))?$")


@dataclass(frozen=True)
class Concept:
    """One thing that a prompt names: its class, how it is written, and how it is checked."""

    kind: str
    text: str
    check: Callable[[Staged], tuple[bool, bool]]


@dataclass
class _Entity:
    mark: str
    names: tuple[str, ...]
    attributes: list[str]
    found: dict[int, list[str]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return next((int(one[1:]) for one in self.attributes if re.fullmatch(r"x\d+", one)), 1)


def seen(concept: Concept, film: Staged) -> tuple[bool, bool]:
    """Return whether a film has reached the concept and whether one sees it."""
    reached, visible = concept.check(film)
    return reached, reached and visible


def concepts_of(cell: str) -> list[Concept]:
    """Return the concepts of a cell of the table; raises ValueError when it cannot be read."""
    parts = [part.strip() for part in cell.split(";") if part.strip()]
    entities: dict[str, _Entity] = {}
    for part in parts:
        if part.partition("=")[0] not in SCENE and part[0] != "#" and not re.search(r"[>!]", part):
            _declare(part, entities)
    return [concept for part in parts for concept in _concepts(part, entities)]


def _declare(part: str, entities: dict[str, _Entity]) -> None:
    found = ENTITY.match(part)
    if not found:
        raise ValueError(part)
    label, mark, names, attributes = found.groups()
    first = names.split("|")[0]
    entities[label or mark + first] = _Entity(
        mark, tuple(names.split("|")), [one.strip() for one in (attributes or "").split(",") if one]
    )


def _concepts(part: str, entities: dict[str, _Entity]) -> Iterator[Concept]:
    key, _, value = part.partition("=")
    if key in SCENE:
        yield Concept(SCENE[key], part, lambda film: _scene(film, key, value))
    elif part.startswith("#"):
        names = part[1:].split("|")
        yield Concept(
            "place", part, lambda film: _shots(film, lambda o: o.shot.setting.place in names)
        )
    elif ">" in part:
        what, relation, where = part.split(">")
        one, others = entities[what], [entities[name] for name in where.split(",")]
        yield Concept(
            "relation", part, lambda film: _relation(film, one, relation, others, entities)
        )
    elif "!" in part:
        who, action = part.split("!")
        doer = entities[who]
        actions = set(action.split("|"))
        yield Concept("action", part, lambda film: _action(film, doer, actions, entities))
    else:
        yield from _entity(part, entities)


def _entity(part: str, entities: dict[str, _Entity]) -> Iterator[Concept]:
    found = ENTITY.match(part)
    assert found is not None, "it was read before"
    label, mark, names, _ = found.groups()
    one = entities[label or mark + names.split("|")[0]]
    kind = {"@": "person", "&": "animal", "": "object"}[mark]
    yield Concept(kind, part, lambda film: _present(film, one, entities, ""))
    for attribute in one.attributes:
        yield Concept(
            _class_of(attribute, mark),
            f"{part} [{attribute}]",
            lambda film, attribute=attribute: _present(film, one, entities, attribute),
        )


def _class_of(attribute: str, mark: str) -> str:
    if re.fullmatch(r"x\d+", attribute):
        return "count"
    if ":" in attribute:
        return "clothes"
    classes = {"colour": COLOURS, "material": MATERIALS, "size": SIZES, "mood": MOODS}
    found = next((kind for kind, names in classes.items() if attribute in names), "")
    if not found and mark != "@":
        raise ValueError(attribute)
    told = AGES | GENDERS | BUILDS | HEIGHTS | BEARDS
    return found or ("look" if attribute in told or attribute.startswith("hair-") else "clothes")


# --- who and what is meant -----------------------------------------------------------------------


def _members(film: Staged, one: _Entity, entities: dict[str, _Entity]) -> list[str]:
    """Return the ids that an entity of the table means in a film, the best fit first.

    What another entity with the same names fits better is left to it: "a red and a green apple".
    """
    if id(film) not in one.found:
        one.found[id(film)] = _found(film, one, entities)
    return one.found[id(film)]


def _found(film: Staged, one: _Entity, entities: dict[str, _Entity]) -> list[str]:
    rivals = [
        other
        for other in entities.values()
        if other.mark == one.mark and set(other.names) & set(one.names)
    ]
    candidates = _candidates(film, one)
    taken: set[str] = set()
    for rival in rivals:
        ranked = sorted(
            (name for name in candidates if name not in taken),
            key=lambda name: -_score(film, name, rival),
        )
        best = ranked[: max(1, rival.count if rival.mark else 1)] if len(rivals) > 1 else ranked
        if rival is one:
            return best
        taken |= set(best)
    return []


def _score(film: Staged, name: str, one: _Entity) -> int:
    return sum(_has(film, name, attribute) for attribute in one.attributes if attribute[0] != "x")


def _candidates(film: Staged, one: _Entity) -> list[str]:
    if one.mark == "":
        return [prop.id for prop in film.play.props if prop.kind in one.names]
    if one.mark == "&":
        return [who.id for who in film.play.characters if who.species in one.names]
    return [who.id for who in film.play.characters if _is_called(who, one.names)]


def _is_called(who: Character, names: tuple[str, ...]) -> bool:
    if who.kind == "animal":
        return False
    said = f"{who.id.replace('_', ' ')} {who.name} {who.description}".lower()
    for name in (one.lower() for one in names):
        gender, age = IMPLIED.get(name, ("", ""))
        if gender and who.look.gender != gender:
            continue
        if age and who.look.age not in {"child", "teen"}:
            continue
        pattern = rf"\b{re.escape(name)}(s|es)?\b" if name.isascii() else re.escape(name)
        if re.search(pattern, said):
            return True
    return False


# --- attributes ----------------------------------------------------------------------------------


def _has(film: Staged, name: str, attribute: str) -> bool:
    prop = next((one for one in film.play.props if one.id == name), None)
    if prop is not None:
        return _prop_has(prop, attribute)
    who = film.play.character(name)
    return _character_has(film, who, attribute)


def _prop_has(prop: Prop, attribute: str) -> bool:
    if attribute in COLOURS:
        return _is_colour(prop.colour, attribute)
    if attribute in MATERIALS:
        return prop.material == attribute
    return attribute in SIZES and prop.size in SIZES[attribute]


def _character_has(film: Staged, who: Character, attribute: str) -> bool:  # noqa: PLR0911 - one for each kind of trait
    look = who.look
    if ":" in attribute:
        garment, _, colour = attribute.partition(":")
        return any(
            one.kind in garment.split("|") and (not colour or _is_colour(one.colour, colour))
            for one in look.garments
        )
    if attribute in MOODS:
        return any(
            who.id in one.shot.beat.cast and attribute in _moods(one, who.id) for one in film.shots
        )
    if attribute.startswith("hair-"):
        wanted = attribute.removeprefix("hair-")
        return (
            _is_colour(look.hair_colour, wanted)
            if wanted in COLOURS
            else (look.hair_style.startswith(wanted))
        )
    if attribute in COLOURS:
        return _is_colour(look.skin, attribute)
    if attribute in SIZES:
        tall = {"large": "tall", "huge": "tall", "small": "short", "tiny": "short"}[attribute]
        return who.size in SIZES[attribute] or (who.kind == "person" and look.height == tall)
    if attribute in BEARDS:
        return look.facial_hair == attribute
    if attribute in AGES:
        return look.age == attribute or (attribute == "child" and look.age == "teen")
    worn = {one.kind for one in look.garments}
    return attribute in {look.gender, look.build, look.height, who.kind} or bool(
        worn & set(attribute.split("|"))
    )


def _moods(one: StagedShot, name: str) -> set[str]:
    beat = one.shot.beat
    return {beat.mood, *(line.mood for line in beat.lines if line.character == name)}


def _is_colour(written: str, wanted: str) -> bool:
    """Whether a colour is near enough to a named one that nobody would call it otherwise."""
    if not written:
        return False
    one, other = _lab(written), _lab(COLOURS[wanted])
    return bool(
        abs(one[0] - other[0]) < LIGHTNESS_MAX and np.hypot(*(one - other)[1:]) < HUE_DISTANCE_MAX
    )


def _lab(colour: str) -> Points:
    """CIE L*a*b* (D65) of an sRGB colour, by the formulas of CIE 15:2004."""
    encoded = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    matrix = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    ratio = matrix @ linear / np.array([0.9505, 1.0, 1.089])
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


# --- reached and visible -------------------------------------------------------------------------


def _share(film: Staged, test: Callable[[StagedShot, Look], bool]) -> bool:
    weight = sum(look.weight for one in film.shots for look in one.looks if test(one, look))
    return weight >= SEEN_SHARE * film.frame_count - 1e-6


def _shots(film: Staged, test: Callable[[StagedShot], bool]) -> tuple[bool, bool]:
    return any(test(one) for one in film.shots), _share(film, lambda one, _: test(one))


def _present(
    film: Staged, one: _Entity, entities: dict[str, _Entity], attribute: str
) -> tuple[bool, bool]:
    members = _members(film, one, entities)
    if not members:
        return False, False
    if re.fullmatch(r"x\d+", attribute):
        wanted = int(attribute[1:])
        if one.mark:
            reached = len(members) == wanted
        else:
            counts = [prop.count for prop in film.play.props if prop.id in members]
            reached = wanted in counts or sum(counts) == wanted
        return reached, _share(
            film, lambda _, look: sum(look.seen[name] for name in members) >= wanted
        )
    if attribute:
        members = [name for name in members if _has(film, name, attribute)]
    if attribute in MOODS:
        return bool(members), _share(
            film,
            lambda shot, look: any(
                look.seen[name] and attribute in _moods(shot, name) for name in members
            ),
        )
    return bool(members), _share(film, lambda _, look: any(look.seen[name] for name in members))


def _action(
    film: Staged, doer: _Entity, actions: set[str], entities: dict[str, _Entity]
) -> tuple[bool, bool]:
    members = _members(film, doer, entities)

    def does(one: StagedShot, name: str) -> bool:
        return bool(one.performed.get(name, set()) & actions)

    reached = any(does(one, name) for one in film.shots for name in members)
    return reached, _share(
        film, lambda one, look: any(look.seen[name] and does(one, name) for name in members)
    )


def _relation(
    film: Staged,
    one: _Entity,
    relation: str,
    others: list[_Entity],
    entities: dict[str, _Entity],
) -> tuple[bool, bool]:
    what = _members(film, one, entities)
    where = [_members(film, other, entities) for other in others]
    if not what or not all(where):
        return False, False

    def true(look: Look) -> bool:
        return any(
            look.seen[name] and _holds(look, name, one_of, where)
            for name in what
            for one_of in relation.split("|")
        )

    def both(look: Look) -> bool:
        return any(look.seen[name] for name in what) and all(
            any(look.seen[name] for name in ids) for ids in where
        )

    looks = [(o, look) for o in film.shots for look in o.looks]
    reached = any(true(look) for _, look in looks)
    return reached, _share(film, lambda _, look: both(look) and true(look))


def _holds(look: Look, name: str, relation: str, where: list[list[str]]) -> bool:
    """Whether a relation is true of any instance of `name` in the world of this frame."""
    anchors = [
        [box for other in ids if other != name for box in look.boxes.get(other, [])]
        for ids in where
    ]
    if not all(anchors):
        return False
    if relation == "held_by":
        hands = [hand for ids in where for other in ids for hand in look.hands.get(other, [])]
        return any(
            _gap(box, np.stack([hand, hand])) < 0.3 for box in look.boxes[name] for hand in hands
        )
    if relation == "between":
        first = anchors[0]
        second = anchors[1] if len(anchors) > 1 else anchors[0]
        return any(
            _between(box, one, other)
            for box in look.boxes[name]
            for one in first
            for other in second
            if one is not other
        )
    return any(
        _related(box, relation, anchor, look) for box in look.boxes[name] for anchor in anchors[0]
    )


def _related(  # noqa: PLR0911 - one for each relation
    box: Points, relation: str, anchor: Points, look: Look
) -> bool:
    view = np.asarray(look.camera.target, np.float64) - np.asarray(look.camera.eye, np.float64)
    view = np.array([view[0], 0.0, view[2]]) / max(float(np.hypot(view[0], view[2])), 1e-6)
    right = np.array([-view[2], 0.0, view[0]])
    away = box.mean(axis=0) - anchor.mean(axis=0)
    aside, deeper = float(away @ right), float(away @ view)
    near = _gap(box, anchor) < 4.0
    tall, small = anchor[1, 1] - anchor[0, 1], 0.05
    match relation:
        case "on":
            rests = anchor[0, 1] + 0.2 * tall < box[0, 1] + 0.25 and box[0, 1] < anchor[1, 1] + 0.2
            # On a seat one is below the top of its back.
            above = box[0, 1] > anchor[0, 1] + 0.35 * tall or box[1, 1] > anchor[1, 1] - 0.05
            return bool(_over(box, anchor) and rests and above)
        case "under":
            return bool(_over(box, anchor, 0.35) and box[0, 1] < anchor[1, 1] - 0.1 * tall)
        case "inside":
            middle = box.mean(axis=0)
            return bool(
                np.all(middle > anchor[0] - small) and np.all(middle < anchor[1] + 3 * small)
            )
        case "left_of":
            return near and aside < -small
        case "right_of":
            return near and aside > small
        case "in_front_of":
            return near and deeper < -small
        case "behind":
            return near and deeper > small
        case "beside":
            return _gap(box, anchor) < 1.6
        case _:
            raise ValueError(relation)


def _over(box: Points, anchor: Points, margin: float = 0.15) -> bool:
    middle = box.mean(axis=0)[[0, 2]]
    return bool(
        np.all(middle > anchor[0, [0, 2]] - margin) and np.all(middle < anchor[1, [0, 2]] + margin)
    )


def _gap(box: Points, anchor: Points) -> float:
    apart = np.maximum(np.maximum(anchor[0] - box[1], box[0] - anchor[1]), 0.0)
    return float(np.linalg.norm(apart))


def _between(box: Points, one: Points, other: Points) -> bool:
    start, end, middle = (part.mean(axis=0)[[0, 2]] for part in (one, other, box))
    way = end - start
    length = float(np.linalg.norm(way))
    if length < 1e-3:
        return False
    along = float((middle - start) @ way) / length**2
    off = middle - start
    aside = abs(float(way[0] * off[1] - way[1] * off[0])) / length
    return 0.1 < along < 0.9 and aside < max(0.6, 0.5 * length)


# --- the scene -----------------------------------------------------------------------------------


def _scene(film: Staged, key: str, value: str) -> tuple[bool, bool]:  # noqa: PLR0911 - one for each kind of wish
    wanted = value.split("|")
    match key:
        case "time":
            return _shots(film, lambda one: one.shot.setting.time_of_day in wanted)
        case "weather":
            return _shots(film, lambda one: one.shot.setting.weather in wanted)
        case "mood":
            moods = lambda one: {one.shot.beat.mood, one.shot.setting.mood}  # noqa: E731 - used once
            return _shots(film, lambda one: bool(moods(one) & set(wanted)))
        case "style":
            reached = film.play.style in wanted
            return reached, reached and film.play.style in (film.styles or ())
        case "shot":
            return _shots(film, lambda one: one.shot.beat.camera.size in wanted)
        case "angle":
            return _shots(film, lambda one: one.shot.beat.camera.angle in wanted)
        case "pace":
            return _shots(film, lambda one: one.shot.beat.camera.pace in wanted)
        case "move":
            return _shots(
                film, lambda one: one.shot.beat.camera.move in wanted and _moves(one, wanted)
            )
        case "title":
            said = value.lower() in film.play.title.lower()
            return said, said
        case _:
            told = lambda one: any(value in line.text for line in one.shot.speeches)  # noqa: E731 - used once
            spoken = any(told(one) for one in film.shots)
            return spoken, spoken


def _moves(one: StagedShot, wanted: list[str]) -> bool:
    """Whether the camera of a shot does what its move is called."""
    first, last = one.looks[0].camera, one.looks[-1].camera
    moved = float(np.linalg.norm(np.subtract(first.eye, last.eye)))
    turned = float(np.linalg.norm(_way(first.eye, first.target) - _way(last.eye, last.target)))
    zoomed = abs(first.vertical_fov_rad - last.vertical_fov_rad)
    focused = abs((first.focus_distance_m or 0.0) - (last.focus_distance_m or 0.0))
    kinds = set(wanted)
    if kinds & {"static"}:
        return moved < 0.5
    if kinds & {"zoom_in", "zoom_out"}:
        return zoomed > 0.02
    if kinds & {"rack_focus"}:
        return focused > 0.1
    if kinds & {"handheld"}:
        return True
    return moved > 0.05 or turned > 0.03


def _way(eye: tuple[float, float, float], target: tuple[float, float, float]) -> Points:
    way = np.subtract(target, eye).astype(np.float64)
    return np.asarray(way / max(float(np.linalg.norm(way)), 1e-9))

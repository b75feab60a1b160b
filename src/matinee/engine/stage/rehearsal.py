"""The rehearsal: everybody and everything in a shot, moving, before a camera looks at it.

world ▶ people and things in their places ▶ parts ▶ performances ▶ hands ▶ physics.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.stage import (
    acting,
    bodies,
    cast,
    creatures,
    machines,
    mounting,
    pairs,
    passages,
    props,
    worlds,
)
from matinee.engine.stage.bake import baked
from matinee.engine.stage.blocking import Build, Home, Part, Scene, block, homes, seat_of
from matinee.engine.stage.creatures import Creature
from matinee.engine.stage.detail import detail_of, is_near
from matinee.engine.stage.footprints import Footprint
from matinee.engine.stage.framing import Subject
from matinee.engine.stage.handling import Actor, answers
from matinee.engine.stage.lighting import LUMA
from matinee.engine.stage.motion import Path, perform
from matinee.engine.stage.pace import speed_of
from matinee.engine.stage.photographs.album import Album
from matinee.engine.stage.photographs.figures import figure
from matinee.engine.stage.photographs.likenesses import likened
from matinee.engine.stage.photographs.places import photographed
from matinee.engine.stage.photographs.things import modelled
from matinee.engine.stage.physics import Motion, Walker
from matinee.engine.stage.placing import SEATS, Stage, Table, place_props
from matinee.engine.stage.space import FreeSpace, free_space
from matinee.engine.stage.standing import stood
from matinee.engine.stage.verbs import TUMBLING, meaning
from matinee.engine.stage.water import water_of
from matinee.film.screenplay import Prop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path as File

    from matinee import film
    from matinee.engine.stage.cast import Person
    from matinee.engine.stage.machines import Moves
    from matinee.engine.stage.motion import Performance
    from matinee.engine.stage.space import Points
    from matinee.engine.stage.worlds.model import World

NO_PHOTOS = Album()
UNKNOWN_PROP, UNKNOWN_PLACE = "box", "street"
OPENED = {"box": "open_box", "crate": "open_crate"}
"""What stands open when something is in it."""
TABLES = frozenset({"table", "desk", "cupboard"})
PARKED_M, FLEET_M = 0.4, 8.0
"""What moves no further stays; what is larger is a sea or a crowd and no thing."""
WALKER_M = 0.24
FUR = 0.28
ASIDE_RAD = np.radians(42.0)
PROFILE_RAD = np.radians(62.0)
TURNTABLE = "turntable"
STEADY_FRAMES = 12
MEETINGS = 3
"""How often two who touch perform again, each to where the other then is."""
WATERS = frozenset(
    {"ocean", "lake", "river", "coast", "island", "beach", "pier", "dock", "harbour"}
    | {"swimming_pool"}
)
"""Places with water deep enough for what swims."""
TABLE_NEAR_M, TABLE_PART_M = 2.6, 0.45
CANDLE_SIZES = {"large": "small", "huge": "normal"}
NO_SIZES: Mapping[str, str] = {}
STUCK = 0.5
"""How much of a candle's width stays free when it is stuck in a cake."""
SHOULDER_M = 0.07
"""How high the top of a shoulder is above its joint."""
DRESSING_M = (0.012, 0.5)
"""From how far above a surface to how far what is there counts as standing on it."""


@dataclass(frozen=True, eq=False)
class Rehearsal:
    """A shot played through: n frames at `times_s`, which are the world's seconds.

    Of a passage the whole is played, and `shot` is the shot of the whole; `window` are the frames
    of it that are shown. `actors` and `subjects` are by id; subjects hold the props too. `motion`
    has the things of `scene.placed` in their order.
    """

    shot: film.Shot
    scene: Scene
    people: Mapping[str, Person]
    actors: Mapping[str, Actor]
    motion: Motion
    moves: Moves
    subjects: Mapping[str, Subject]
    times_s: Points
    seed: int
    window: slice

    @property
    def world(self) -> World:
        """The place, built and baked."""
        return self.scene.world


def rehearse(shot: film.Shot, *, cache: File, album: Album = NO_PHOTOS) -> Rehearsal:
    """Play a shot through; baked worlds are kept under `cache`. The same shot plays the same.

    `album` holds the photos that the shot names.
    """
    window = passages.shown_frames(shot)
    shot = mounting.supplied(passages.whole(shot))
    riders = mounting.pairs_of(shot)
    shot = machines.manned(shot)
    setting = _element(shot)
    if setting.picture:
        aspect = float(shot.size.aspect)
        world = photographed(album.photo(setting.picture), setting, aspect=aspect)
    else:
        world = place(setting, shot.seed, cache)
    space = free_space(world)
    speed = speed_of(shot)
    times_s = np.arange(shot.frame_count) / float(shot.rate.fraction) * speed
    duration_s = shot.frame_count / float(shot.rate.fraction) * speed
    people = {one.id: _person(one, shot) for one in shot.characters}
    people |= {
        one.id: figure(album.photo(one.picture), people[one.id])
        for one in shot.characters
        if one.picture
    }
    for one in shot.characters:
        reel = album.reel(one.likeness) if one.likeness else None
        if reel is not None and one.kind == "person":
            seed, detail = stable_seed(shot.seed, one.id), detail_of(one.id, shot)
            people[one.id] = likened(reel, one, shot, seed=seed, detail=detail)
    radii = [one.radius_m for one in people.values()]
    places = dict(zip(people, homes(len(people), world, space, radii=radii), strict=True))
    if all(isinstance(one, Creature) for one in people.values()):
        places = {name: _shown(home, people[name]) for name, home in places.items()}
    elif len(people) == 1:
        places = {
            name: acting.turned_aside(home, name, shot, PROFILE_RAD)
            for name, home in places.items()
        }
    scene = _scene(
        shot, world, space, places=places, people=people, duration_s=duration_s, album=album
    )
    moves = machines.moves(scene, times_s)
    actors = _acted(scene, people, moves, times_s)
    motion = _physics(scene, actors, people, moves, times_s)
    subjects = {name: _subject(name, actors[name], people[name]) for name in actors}
    for rider, mount in riders.items():
        if rider in subjects and mount in subjects:
            subjects[rider] = mounting.seen_together(subjects[rider], subjects[mount])
    subjects |= _thing_subjects(scene, motion)
    seed = stable_seed(shot.take_seed, shot.beat.id)
    return Rehearsal(shot, scene, people, actors, motion, moves, subjects, times_s, seed, window)


def stable_seed(*parts: str | int) -> int:
    """Return a seed, 0 to 2**31, that depends only on what is named."""
    digest = hashlib.sha256("/".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:4], "little") >> 1


def _element(shot: film.Shot) -> film.screenplay.Setting:
    """Return the setting, below its surface when nobody is there but who lives in the water."""
    swim = [
        one.kind == "animal" and creatures.species_of(one.species).body in creatures.SWIMMING
        for one in shot.characters
    ]
    if swim and all(swim) and shot.setting.place in WATERS:
        return msgspec.structs.replace(shot.setting, place="underwater")
    return shot.setting


@lru_cache(maxsize=4)
def place(setting: film.screenplay.Setting, seed: int, cache: File) -> World:
    """Build and bake a setting once for all its shots."""
    name = setting.place if setting.place in worlds.PLACES else UNKNOWN_PLACE
    built = worlds.build(
        name,
        time_of_day=setting.time_of_day,
        weather=setting.weather,
        mood=setting.mood,
        seed=stable_seed(seed, setting.id),
    )
    return baked(built, cache)


def _person(character: film.screenplay.Character, shot: film.Shot) -> Person:
    seed = stable_seed(shot.seed, character.id)
    if character.kind == "animal":
        far = shot.beat.camera.size == "extreme_wide" or not is_near(character.id, shot)
        return creatures.creature(
            character.species,
            character.look,
            seed=seed,
            detail="far" if far else "near",
            size=character.size,
            words=character.description,
        )
    return cast.person(
        character.look,
        kind="robot" if character.kind == "robot" else "person",
        detail=detail_of(character.id, shot),
        seed=seed,
    )


def _shown(home: Home, one: Person) -> Home:
    """Turn an animal among its kind a little aside: head on, one would not see its shape."""
    if isinstance(one, Creature):
        return replace(home, yaw=home.yaw + ASIDE_RAD, seat_height_m=None)
    return home


def _scene(
    shot: film.Shot,
    world: World,
    space: FreeSpace,
    *,
    places: Mapping[str, Home],
    people: Mapping[str, Person],
    duration_s: float,
    album: Album,
) -> Scene:
    builds = {name: _build(one) for name, one in people.items()}
    # What a setting holds stands there in every shot of it, whoever the shot is about.
    wanted = [*acting.equipped(shot), *_table_needed(shot, world)]
    wanted += _seats_needed(shot, world, {one.id for one in wanted if one.kind in SEATS})
    filled = {one.anchor for one in wanted if one.relation == "inside"}
    small = _on_a_cake(wanted)
    models = {prop.id: _model(prop, filled=prop.id in filled, small=small) for prop in wanted}
    models |= {
        one.id: modelled(album.photo(one.picture), models[one.id]) for one in wanted if one.picture
    }
    # What somebody takes up is met as hands hold it; what just lies there lies flat.
    touched = {action.target for action in shot.beat.actions}
    models |= {
        one.id: props.laid(models[one.id])
        for one in wanted
        if one.relation != "held_by" and one.id not in touched
    }
    stage = Stage(
        centre=np.asarray(world.mark("hero").position, np.float64),
        front_yaw=world.front_yaw,
        space=space,
        people=_standing(places, builds),
        tables=_tables(world),
        facing={name: home.yaw for name, home in places.items()},
        afloat=water_of(world).height_at,
        parked=_parked(world),
    )
    # Who is somewhere by their relation to a thing comes after it; what leans on them comes last.
    moved = {point.character for point in shot.beat.standpoints}
    late = _leaning_on(moved, wanted)
    early = [prop for prop in wanted if prop.id not in late]
    placed = place_props(early, models, stage, seed=shot.seed)
    places = stood(shot.beat.standpoints, places, builds, placed, stage)
    stage = replace(stage, people=_standing(places, builds))
    last = [prop for prop in wanted if prop.id in late]
    placed = place_props(last, models, stage, seed=shot.seed, before=placed)
    return Scene(shot, world, space, places, builds, placed, duration_s)


def _parked(world: World) -> list[Footprint]:
    """The floor under what moves in the set but stays where it is, and has no collider."""
    out = []
    for part in world.moving:
        points = part.mesh.positions.astype(np.float64)
        first, later = (np.asarray(part.transform(t), np.float64) for t in (0.0, 20.0))
        if not len(points) or np.linalg.norm(later[:, 3] - first[:, 3]) > PARKED_M:
            continue
        placed = points @ first[:, :3].T + first[:, 3]
        low, high = placed.min(axis=0), placed.max(axis=0)
        half = (high - low) * 0.5
        if PARKED_M < max(half[0], half[2]) < FLEET_M and half[1] > 0.15:
            out.append(Footprint((low + high) * 0.5, float(half[0]), float(half[2])))
    return out


def _standing(
    places: Mapping[str, Home], builds: Mapping[str, Build]
) -> dict[str, tuple[Points, float]]:
    return {name: (home.position, builds[name].radius_m) for name, home in places.items()}


def _leaning_on(people: set[str], wanted: Sequence[Prop]) -> set[str]:
    """The ids of props whose place depends on that of somebody, however far removed."""
    out, found = set[str](), True
    while found:
        found = False
        for prop in wanted:
            if prop.id not in out and {prop.anchor, prop.other_anchor} & (people | out):
                out.add(prop.id)
                found = True
    return out


def _build(one: Person) -> Build:
    if isinstance(one, Creature):
        return Build(one.height_m, one.eye_height_m, one.radius_m, pace=one.pace, animal=True)
    return Build(one.height_m, one.eye_height_m, one.radius_m)


def _on_a_cake(things: Sequence[film.screenplay.Prop]) -> dict[str, str]:
    """Return the candles that are stuck in a cake, with their size: they are no table candles."""
    cakes = {one.id: CANDLE_SIZES.get(one.size, "tiny") for one in things if one.kind == "cake"}
    return {
        one.id: cakes[one.anchor] for one in things if one.kind == "candle" and one.anchor in cakes
    }


def _model(
    prop: film.screenplay.Prop, *, filled: bool, small: Mapping[str, str] = NO_SIZES
) -> props.PropModel:
    """Build a prop; a kind that nobody knows is a parcel of its colour, what is filled is open."""
    kind = prop.kind if prop.kind in props.KINDS else UNKNOWN_PROP
    kind = OPENED.get(kind, kind) if filled else kind
    size = small.get(prop.id, prop.size)
    model = props.build(kind, colour=prop.colour, material=prop.material, size=size)
    if prop.id not in small:
        return model
    # Their feet are in the icing, and many stand close together.
    across, up, along = model.half_extents
    return replace(model, half_extents=(STUCK * across, up, STUCK * along))


def _seats_needed(shot: film.Shot, world: World, seats: set[str]) -> list[film.screenplay.Prop]:
    """Bring a seat for everybody who sits down where there is nothing left to sit on."""
    there = sum(mark.seat_height_m is not None for mark in world.marks)
    served = {one.id for one in shot.characters[:there]}
    kind = "chair" if world.indoor else "crate"
    animals = {one.id for one in shot.characters if one.kind == "animal"}
    sitters = first_seen(
        action.character
        for action in shot.beat.actions
        if meaning(action.verb).seated
        and action.target not in seats
        and action.character not in animals | served
    )
    return [
        Prop(id=seat_of(name), kind=kind, setting=shot.setting.id, relation="under", anchor=name)
        for name in sitters
    ]


def _table_needed(shot: film.Shot, world: World) -> list[film.screenplay.Prop]:
    """Bring a table where something is on one that is neither named nor part of the set."""
    loose = [one for one in shot.props if one.relation == "on" and not one.anchor]
    carried = any(one.kind in TABLES for one in shot.props)
    if not loose or carried or _tables(world):
        return []
    return [Prop(id="brought_table", kind="table", setting=shot.setting.id)]


def _tables(world: World) -> tuple[Table, ...]:
    """The surfaces of a set on which small things are put: turntables, then the nearest tops.

    Of a long counter the part is taken that the hero can reach.
    """
    hero = np.asarray(world.mark("hero").position, np.float64)
    found = []
    for one in world.tables:
        top, half = np.asarray(one.top, np.float64), np.array([one.half_x_m, 0.0, one.half_z_m])
        reach = half if one.turning else np.minimum(half * 0.9, TABLE_PART_M)
        middle = np.clip(hero, top - half + reach, top + half - reach)
        middle[1] = top[1]
        away = float(np.hypot(*(middle - hero)[[0, 2]]))
        if one.turning or away < TABLE_NEAR_M:
            dressing = _dressing(world, middle, reach)
            table = Table(middle, float(reach[0]), float(reach[2]), one.turning, dressing)
            found.append((not one.turning, away, table))
    return tuple(table for _, _, table in sorted(found, key=lambda entry: entry[:2]))


def _dressing(world: World, top: Points, half: Points) -> Points:
    """Points of what the set has standing on one of its surfaces: (k, 3)."""
    points = world.static.positions
    away = np.abs(points[:, [0, 2]] - top[[0, 2]])
    rise = points[:, 1] - top[1]
    over = (away <= half[[0, 2]]).all(axis=1) & (rise > DRESSING_M[0]) & (rise < DRESSING_M[1])
    return np.asarray(points[over], np.float64)


def _acted(
    scene: Scene, people: Mapping[str, Person], moves: Moves, times_s: Points
) -> dict[str, Actor]:
    """Perform everybody's part; who meets or answers another performs once more."""
    human = {name for name, one in people.items() if not isinstance(one, Creature)}
    parts = pairs.together(block(scene), human, scene)
    parts = machines.carried_parts(parts, scene, moves, times_s)
    riders = mounting.pairs_of(scene.shot)
    parts = mounting.along(parts, riders)
    # Whoever is cut out of a photo has but one side.
    parts = tuple(
        replace(part, yaws=np.full_like(part.yaws, scene.world.front_yaw))
        if people[part.name].photo is not None
        else part
        for part in parts
    )

    def act(part: Part, touches: pairs.Touches) -> Actor:
        return _act(part, people[part.name], scene, times_s, touches)

    actors = {part.name: act(part, {}) for part in parts}
    for name, added in answers(scene.placed, actors).items():
        part = replace(actors[name].part, doings=(*actors[name].part.doings, *added))
        actors[name] = act(part, {})
    people_met = {name: people[name] for name in actors if name in human}
    for _ in range(MEETINGS):
        touches = pairs.touches(actors, people_met, times_s)
        if not any(touches.values()):
            break
        actors |= {name: act(actors[name].part, own) for name, own in touches.items() if own}
    for rider, mount in riders.items():
        animal = people.get(mount)
        if rider in actors and mount in actors and isinstance(animal, Creature):
            actors[rider] = mounting.seated(actors[rider], actors[mount], animal, times_s)
    for guest, host in mounting.perches(scene.shot).items():
        if guest in actors and host in actors:
            seat = _perch(people[host], actors[host].performance)
            actors[guest] = mounting.perched(actors[guest], actors[host], seat, times_s)
    return actors


def _perch(person: Person, performance: Performance) -> Points:
    """Where a small animal sits on somebody: (n, 3), on the back or on the right shoulder."""
    if isinstance(person, Creature):
        return np.asarray(person.saddle(performance)[:, :, 3], np.float64)
    shoulder = _joint(person, performance, "upperarm_r")
    return np.asarray(shoulder + np.array([0.0, SHOULDER_M, 0.0]))


def _act(
    part: Part, person: Person, scene: Scene, times_s: Points, touches: pairs.Touches
) -> Actor:
    """Perform a part."""
    shot = scene.shot
    path = Path(
        points=part.points[:, [0, 2]],
        times=part.times_s,
        yaws=part.yaws,
        heights=part.points[:, 1],
    )
    acts = [
        acting.as_act(doing, part.name, scene.placed, touches.get(index, ()))
        for index, doing in enumerate(part.doings)
    ]
    if isinstance(person, Creature):
        acts = [
            replace(act, action=creatures.action_for(doing.verb, act.action))
            for act, doing in zip(acts, part.doings, strict=True)
        ]
    seed = stable_seed(shot.take_seed, shot.beat.id, part.name)
    if isinstance(person, Creature):
        sounds = spoken(shot, part.name)
        performance = creatures.perform(
            person.plan, acts, path, times_s, seed=seed, phonemes=sounds
        )
    else:
        performance = perform(person, acts, path, times_s, seed=seed)
    return Actor(part, performance, person.height_m)


def spoken(shot: film.Shot, name: str) -> list[tuple[str, float, float]]:
    """Return the sounds that somebody says in a shot: IPA symbol, start and end in seconds."""
    own = sorted(
        (speech for speech in shot.speeches if speech.character == name),
        key=lambda speech: speech.start_ms,
    )
    return [
        (
            phoneme.symbol,
            (speech.start_ms + phoneme.start_ms) / 1000.0,
            (speech.start_ms + phoneme.end_ms) / 1000.0,
        )
        for speech in own
        for phoneme in speech.phonemes
    ]


def _physics(
    scene: Scene,
    actors: Mapping[str, Actor],
    people: Mapping[str, Person],
    moves: Moves,
    times_s: Points,
) -> Motion:
    seated = {name for name, actor in actors.items() if actor.part.seat_height_m is not None}
    walkers = [
        Walker(name, _feet(people[name], actor.performance), actor.height_m, _thick_m(people[name]))
        for name, actor in actors.items()
        if name not in seated
    ]
    return bodies.played(scene, actors, walkers, moves, times_s)


def _thick_m(one: Person) -> float:
    """The radius of the upright capsule that stands for somebody where things fly."""
    return min(WALKER_M, 0.3 * one.height_m)


def _joint(person: Person, performance: Performance, name: str) -> Points:
    """Return a joint's way through the shot, (n, 3)."""
    return np.asarray(performance.joints[:, person.skeleton.places[name]], np.float64)


def _feet(person: Person, performance: Performance) -> Points:
    """The point below the body, at the soles of the lower foot: (n, 3)."""
    soles = person.soles if isinstance(person, Creature) else ("ball_l", "ball_r")
    balls = [_joint(person, performance, sole)[:, 1] for sole in soles]
    rest = min(float(person.skeleton.head(sole)[1]) for sole in soles)
    feet = _joint(person, performance, "pelvis").copy()
    feet[:, 1] = np.min(balls, axis=0) - rest
    return feet


def _subject(name: str, actor: Actor, person: Person) -> Subject:
    performance = actor.performance
    left, right = (_joint(person, performance, f"eye_{side}") for side in ("l", "r"))
    turn = performance.bones[:, person.skeleton.places["head"], :, 2]
    waist = _joint(person, performance, "pelvis")
    eyes = (left + right) * 0.5
    if any(doing.action in TUMBLING for doing in actor.part.doings):
        eyes = steadied(eyes)
    subject = Subject(
        name=name,
        eyes=eyes,
        waist=waist,
        feet=_feet(person, performance),
        facing=np.unwrap(np.arctan2(turn[:, 0], turn[:, 2])).astype(np.float64),
        crown_m=_crown_m(person),
        chin_m=0.07 * person.height_m,
        half_width_m=0.145 * person.height_m,
        skin=_skin(person),
    )
    if isinstance(person, Creature):
        return replace(
            subject,
            crown_m=max(person.height_m - person.eye_height_m, 0.3 * person.head_m),
            chin_m=0.4 * person.head_m,
            half_width_m=0.3 * person.length_m,
            skin=FUR,
            head_m=person.head_m,
            length_m=person.length_m,
        )
    return subject


def steadied(track: Points) -> Points:
    """Follow (n, 3) places as an operator would: a somersault does not turn the camera over."""
    reach = min(len(track) // 2, STEADY_FRAMES)
    kernel = np.hanning(2 * reach + 3)[1:-1]
    padded = np.pad(track, ((reach, reach), (0, 0)), mode="edge")
    smooth = [np.convolve(padded[:, k], kernel / kernel.sum(), mode="valid") for k in range(3)]
    return np.stack(smooth, axis=1)


def _skin(person: Person) -> float:
    """The luminance of somebody's skin, linear 0..1."""
    mesh = person.rigged.mesh
    bare = mesh.albedo[mesh.surface == Surface.SKIN]
    return float(np.median(bare @ LUMA)) if len(bare) else 0.28


def _crown_m(person: Person) -> float:
    """From the eyes to the top of the hair or hat, as far as one would frame them."""
    top = float(person.rigged.mesh.positions[:, 1].max())
    return float(np.clip(top - person.eye_height_m, 0.11, 0.22))


def _thing_subjects(scene: Scene, motion: Motion) -> dict[str, Subject]:
    """Props as subjects of the camera; several of a kind are one subject."""
    out: dict[str, Subject] = {}
    for name in {one.prop.id: None for one in scene.placed}:
        of_kind = [k for k, one in enumerate(scene.placed) if one.prop.id == name]
        middle = motion.transforms[of_kind, :, :, 3].mean(axis=0)
        spread = np.ptp(motion.transforms[of_kind, 0, :, 3], axis=0) * 0.5
        half = scene.placed[of_kind[0]].half + spread
        below = np.array([0.0, half[1], 0.0])
        out[name] = Subject(
            name=name,
            eyes=middle,
            waist=middle,
            feet=middle - below,
            facing=np.full(len(middle), scene.world.front_yaw),
            crown_m=float(half[1]),
            half_width_m=float(np.hypot(half[0], half[2])),
            thing=True,
        )
    return out


def first_seen(names: Iterable[str]) -> list[str]:
    """Return each name once, where it is first met."""
    return list(dict.fromkeys(names))

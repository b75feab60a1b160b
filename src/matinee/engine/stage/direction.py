"""Direction: a shot becomes a scene for every frame.

world ▶ people and things in their places ▶ parts ▶ performances ▶ hands ▶ physics ▶ camera ▶ lamps.

Everything that moves is worked out for all frames at once before the first is drawn; `frame` then
only gathers. What is heard (steps, impacts) comes out of the same motion as what is seen.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.render.scene import Frame
from matinee.engine.stage import cast, props, worlds
from matinee.engine.stage.bake import baked
from matinee.engine.stage.blocking import Build, Doing, Home, Part, Scene, block, homes, seat_of
from matinee.engine.stage.camera import Subject, View, film_shot, place_in_picture
from matinee.engine.stage.face import face
from matinee.engine.stage.handling import Actor, answers, grips
from matinee.engine.stage.lighting import LUMA, face_lamps
from matinee.engine.stage.motion import Act, Path, perform
from matinee.engine.stage.physics import Motion, Thing, Walker, simulate
from matinee.engine.stage.placing import Placed, Stage, Table, place_props
from matinee.engine.stage.space import FreeSpace, free_space
from matinee.engine.stage.verbs import meaning
from matinee.engine.stage.worlds.model import Box
from matinee.film.screenplay import Prop
from matinee.film.shot import Contact, Placement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path as File

    from matinee import film
    from matinee.engine.render.geometry import Mesh, Rigged, Vectors
    from matinee.engine.render.scene import Camera, Lamp, Transforms
    from matinee.engine.stage.cast import Person
    from matinee.engine.stage.motion import Performance
    from matinee.engine.stage.space import Points
    from matinee.engine.stage.worlds.model import World

TAKEN_IN_M = 3.5
TURNTABLE = "turntable"
TABLE_NEAR_M = 2.6
UNKNOWN_PROP, UNKNOWN_PLACE = "box", "street"
SHOE = "leather"
"""What everybody's feet are heard to be made of."""


@dataclass(frozen=True, eq=False)
class Staging:
    """A shot ready to be drawn: what the renderer is made of, and what each frame needs.

    `labels` names every rigid mesh and then every rigged one as (kind, name), in the order of the
    renderer's ids. contacts and placements are as the camera hears them.
    """

    static: Mesh
    rigid: tuple[Mesh, ...]
    rigged: tuple[Rigged, ...]
    labels: tuple[tuple[str, str], ...]
    mirror_ground: bool
    shadow_centre: tuple[float, float, float]
    shadow_radius_m: float
    cameras: tuple[Camera, ...]
    contacts: tuple[Contact, ...]
    placements: tuple[Placement, ...]
    ambience: str
    room: str
    _scene: _Moving

    def frame(self, index: int) -> Frame:
        """Return everything that frame number `index` needs."""
        return self._scene.frame(index, self.cameras[index])


@dataclass(frozen=True, eq=False)
class _Moving:
    """The moving scene in arrays, gathered frame by frame."""

    world: World
    times_s: Points
    clock_s: float
    things: Transforms
    bones: tuple[Transforms, ...]
    faces: tuple[Vectors, ...]
    lamps: tuple[tuple[Lamp, ...], ...]
    seed: int

    def frame(self, index: int, camera: Camera) -> Frame:
        time_s = self.clock_s + float(self.times_s[index])
        moving = [np.asarray(part.transform(time_s)) for part in self.world.moving]
        rigid = [*moving, *self.things[:, index]]
        return Frame(
            time_s=time_s,
            camera=camera,
            atmosphere=self.world.atmosphere,
            lamps=self.lamps[index],
            particles=self.world.particles(time_s, camera),
            rigid=np.asarray(rigid, np.float32).reshape(-1, 3, 4),
            bones=tuple(bones[index] for bones in self.bones),
            morphs=tuple(face[index] for face in self.faces),
            grain_seed=(self.seed + index * 7919) % 2**31,
        )


def stable_seed(*parts: str | int) -> int:
    """Return a seed, 0 to 2**31, that depends only on what is named."""
    digest = hashlib.sha256("/".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:4], "little") >> 1


def stage(shot: film.Shot, *, cache: File) -> Staging:
    """Stage a shot; baked worlds are kept under `cache`. The same shot gives the same frames."""
    seed = stable_seed(shot.seed, shot.beat.id)
    world = _world(shot.setting, shot.seed, cache)
    space = free_space(world)
    count = shot.frame_count
    times_s = np.arange(count) / float(shot.rate.fraction)
    duration_s = count / float(shot.rate.fraction)
    people = {one.id: _person(one, shot) for one in shot.characters}
    places = dict(zip(people, homes(len(people), world, space), strict=True))
    scene = _scene(shot, world, space, places=places, people=people, duration_s=duration_s)
    actors = _acted(scene, people, times_s)
    motion = _physics(scene, actors, times_s)
    subjects = {name: _subject(name, actors[name], people[name]) for name in actors}
    subjects |= _thing_subjects(scene, motion)
    view = _view(shot, scene, subjects, times_s, motion)
    clock_s = float(seed % 4096) * 0.05
    aspect = float(shot.size.aspect)
    cameras = film_shot(shot.beat.camera, view, space=space, aspect=aspect, seed=seed)
    lamps = face_lamps(
        [*view.subjects, *view.others],
        cameras,
        world.atmosphere,
        set_lamps=world.lamps,
        space=space,
        indoor=world.indoor,
        smooth_frames=0.5 * float(shot.rate.fraction),
    )
    moving = _Moving(
        world=world,
        times_s=times_s,
        clock_s=clock_s,
        things=_turned(scene.placed, motion, world, times_s + clock_s),
        bones=tuple(actor.performance.bones for actor in actors.values()),
        faces=tuple(_faces(shot, people[name], actor, times_s) for name, actor in actors.items()),
        lamps=lamps,
        seed=seed,
    )
    return Staging(
        static=world.static,
        rigid=(
            *(part.mesh for part in world.moving),
            *(one.model.mesh for one in scene.placed),
        ),
        rigged=tuple(people[name].rigged for name in actors),
        labels=(
            *(("place", part.name) for part in world.moving),
            *(("prop", one.prop.id) for one in scene.placed),
            *(("character", name) for name in actors),
        ),
        mirror_ground=world.mirror_ground,
        shadow_centre=world.shadow_centre,
        shadow_radius_m=world.shadow_radius_m,
        cameras=cameras,
        contacts=_contacts(actors, motion, world, cameras, shot),
        placements=_placements(shot, subjects, cameras, aspect),
        ambience=world.ambience,
        room=room_of(world),
        _scene=moving,
    )


@lru_cache(maxsize=4)
def _world(setting: film.screenplay.Setting, seed: int, cache: File) -> World:
    """Build and bake a setting once for all its shots."""
    place = setting.place if setting.place in worlds.PLACES else UNKNOWN_PLACE
    built = worlds.build(
        place,
        time_of_day=setting.time_of_day,
        weather=setting.weather,
        mood=setting.mood,
        seed=stable_seed(seed, setting.id),
    )
    return baked(built, cache)


def _person(character: film.screenplay.Character, shot: film.Shot) -> Person:
    return cast.person(
        character.look,
        kind="robot" if character.kind == "robot" else "person",
        seed=stable_seed(shot.seed, character.id),
    )


def _scene(
    shot: film.Shot,
    world: World,
    space: FreeSpace,
    *,
    places: Mapping[str, Home],
    people: Mapping[str, Person],
    duration_s: float,
) -> Scene:
    builds = {
        name: Build(one.height_m, one.eye_height_m, one.radius_m) for name, one in people.items()
    }
    wanted = [prop for prop in shot.props if prop.id in _props_seen(shot)]
    wanted += _seats_needed(shot, world, {prop.id for prop in wanted})
    models = {prop.id: _model(prop) for prop in wanted}
    stage = Stage(
        centre=np.asarray(world.mark("hero").position, np.float64),
        front_yaw=world.front_yaw,
        space=space,
        people={name: (home.position, builds[name].radius_m) for name, home in places.items()},
        tables=_tables(world),
        facing={name: home.yaw for name, home in places.items()},
    )
    placed = place_props(wanted, models, stage, seed=shot.seed)
    return Scene(shot, world, space, places, builds, placed, duration_s)


def _props_seen(shot: film.Shot) -> set[str]:
    """The props of a shot, and those that carry them."""
    anchors = {prop.id: prop.anchor for prop in shot.props}
    seen = set(shot.beat.props) | {action.target for action in shot.beat.actions}
    seen |= {shot.beat.camera.subject}
    while more := {anchors.get(name, "") for name in seen} - seen:
        seen |= more
    return seen & set(anchors)


def _model(prop: film.screenplay.Prop) -> props.PropModel:
    """Build a prop; a kind that nobody knows is a parcel of its colour."""
    kind = prop.kind if prop.kind in props.KINDS else UNKNOWN_PROP
    return props.build(kind, colour=prop.colour, material=prop.material, size=prop.size)


def _seats_needed(shot: film.Shot, world: World, things: set[str]) -> list[film.screenplay.Prop]:
    """Bring a seat for everybody who sits down where there is nothing to sit on."""
    if any(mark.seat_height_m is not None for mark in world.marks):
        return []
    kind = "chair" if world.indoor else "crate"
    sitters = _first_seen(
        action.character
        for action in shot.beat.actions
        if meaning(action.verb).seated and action.target not in things
    )
    return [
        Prop(id=seat_of(name), kind=kind, setting=shot.setting.id, relation="under", anchor=name)
        for name in sitters
    ]


def _tables(world: World) -> tuple[Table, ...]:
    """The surfaces of a set on which small things are put: turntables, then the nearest counters.

    The middle of a long counter is taken where the hero can reach it.
    """
    out = []
    for part in world.moving:
        if part.name == TURNTABLE:
            low, high = part.mesh.positions.min(axis=0), part.mesh.positions.max(axis=0)
            at = np.asarray(part.transform(0.0), np.float64)[:, 3]
            half = float(high[0] - low[0]) * 0.4
            out.append(Table(at + np.array([0.0, float(high[1]), 0.0]), half, half, turning=True))
    hero = np.asarray(world.mark("hero").position, np.float64)
    counters = []
    for box in world.colliders:
        if not isinstance(box, Box) or abs(box.yaw) > 0.01:
            continue
        centre, half_m = np.asarray(box.centre, np.float64), np.asarray(box.half, np.float64)
        top = centre + np.array([0.0, half_m[1], 0.0])
        near = np.clip(hero, top - half_m, top + half_m)
        away = float(np.hypot(*(near - hero)[[0, 2]]))
        if (
            0.6 < top[1] - hero[1] < 1.15
            and min(half_m[0], half_m[2]) > 0.2
            and away < TABLE_NEAR_M
        ):
            reach = np.minimum(half_m * 0.9, 0.45)
            middle = np.clip(hero, top - half_m + reach, top + half_m - reach)
            middle[1] = top[1]
            counters.append((away, Table(middle, float(reach[0]), float(reach[2]))))
    return (*out, *(table for _, table in sorted(counters, key=lambda one: one[0])))


def _acted(scene: Scene, people: Mapping[str, Person], times_s: Points) -> dict[str, Actor]:
    """Perform everybody's part; who answers another's throw performs once more."""
    shot = scene.shot
    actors = {part.name: _act(part, people[part.name], times_s, shot) for part in block(scene)}
    for name, added in answers(scene.placed, actors).items():
        part = replace(actors[name].part, doings=(*actors[name].part.doings, *added))
        actors[name] = _act(part, people[name], times_s, shot)
    return actors


def _act(part: Part, person: Person, times_s: Points, shot: film.Shot) -> Actor:
    """Perform a part."""
    path = Path(
        points=part.points[:, [0, 2]],
        times=part.times_s,
        yaws=part.yaws,
        heights=part.points[:, 1],
    )
    acts = [_as_act(doing) for doing in part.doings]
    performance = perform(
        person, acts, path, times_s, seed=stable_seed(shot.seed, shot.beat.id, part.name)
    )
    return Actor(part, performance, person.height_m)


def _as_act(doing: Doing) -> Act:
    target = None
    if doing.target is not None:
        target = (float(doing.target[0]), float(doing.target[1]), float(doing.target[2]))
    return Act(
        doing.action, doing.start_s, doing.end_s, target, doing.manner, float(doing.intensity)
    )


def _physics(scene: Scene, actors: Mapping[str, Actor], times_s: Points) -> Motion:
    held = grips(scene.placed, actors, times_s)
    seated = {name for name, actor in actors.items() if actor.part.seat_height_m is not None}
    things = [
        Thing(
            name=one.prop.id,
            shape=one.model.shape,
            half_extents=one.half,
            mass_kg=one.model.mass_kg,
            material=one.model.sound_material,
            position=one.position,
            yaw=one.yaw,
            fixed=one.settled,
            held=held.get(index, ()),
        )
        for index, one in enumerate(scene.placed)
    ]
    walkers = [
        Walker(name, _feet(actor.performance), actor.height_m, 0.24)
        for name, actor in actors.items()
        if name not in seated
    ]
    return simulate(
        things, walkers, space=scene.space, underfoot=scene.world.underfoot, times_s=times_s
    )


def _joint(person: Person, performance: Performance, name: str) -> Points:
    """Return a joint's way through the shot, (n, 3)."""
    return np.asarray(performance.joints[:, person.skeleton.places[name]], np.float64)


def _feet(performance: Performance) -> Points:
    """The point on the floor below the body, (n, 3): beneath the pelvis, at the lower foot."""
    joints = np.asarray(performance.joints, np.float64)
    feet = joints[:, 1].copy()
    feet[:, 1] = joints[:, :, 1].min(axis=1)
    return feet


def _subject(name: str, actor: Actor, person: Person) -> Subject:
    performance = actor.performance
    left, right = (_joint(person, performance, f"eye_{side}") for side in ("l", "r"))
    turn = performance.bones[:, person.skeleton.places["head"], :, 2]
    waist = _joint(person, performance, "pelvis")
    return Subject(
        name=name,
        eyes=(left + right) * 0.5,
        waist=waist,
        feet=_feet(performance),
        facing=np.unwrap(np.arctan2(turn[:, 0], turn[:, 2])).astype(np.float64),
        crown_m=_crown_m(person),
        chin_m=0.07 * person.height_m,
        half_width_m=0.145 * person.height_m,
        skin=_skin(person),
    )


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


def _view(
    shot: film.Shot,
    scene: Scene,
    subjects: Mapping[str, Subject],
    times_s: Points,
    motion: Motion,
) -> View:
    """Decide whom the camera sees: the named one, who speaks, who acts, or everybody."""
    framing, names = shot.beat.camera, scene.cast
    speakers = _first_seen(speech.character for speech in shot.speeches)
    speakers = [name for name in speakers if name in names]
    doers = [n for n in _first_seen(a.character for a in shot.beat.actions) if n in names]
    close = framing.size in {"close_up", "extreme_close_up", "over_shoulder"}
    if framing.subject in subjects:
        seen = [framing.subject]
    elif close:
        seen = (speakers or doers or list(names))[:1]
    elif framing.size == "medium":
        seen = _first_seen([*speakers, *doers]) or list(names)
        seen = seen if len(seen) <= 3 else seen[:1]
    else:
        seen = list(names)
    if framing.subject in names and framing.size in {"full", "wide", "extreme_wide"}:
        seen = _first_seen([framing.subject, *names])
    people = [subjects[name] for name in seen] or _empty_stage(scene, subjects, times_s)
    inside = {one.name for one in people}
    others = [subjects[name] for name in names if name not in inside]
    partner = None
    if people[0].name in names and len(names) > 1:
        rest = [name for name in _first_seen([*speakers, *names]) if name != people[0].name]
        partner = subjects[rest[0]]
        others = [one for one in others if one.name != partner.name or not close]
    talk = len(names) > 1 and not any(np.ptp(s.feet[:, [0, 2]], axis=0).max() > 1.0 for s in people)
    also = _belonging(scene, people[0], motion)
    return View(people, others, partner, scene.world.front_yaw, times_s, talk, also)


def _belonging(scene: Scene, subject: Subject, motion: Motion) -> Points:
    """The feet and tops of the things near the subject: what a full view takes in."""
    start = motion.transforms[:, 0, :, 3]
    spots = [
        start[index] + sign * np.array([0.0, one.half[1], 0.0])
        for index, one in enumerate(scene.placed)
        for sign in (-1.0, 1.0)
        if np.linalg.norm(start[index] - subject.feet[0]) < TAKEN_IN_M
    ]
    return np.array(spots).reshape(-1, 3)


def _first_seen(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _empty_stage(scene: Scene, subjects: Mapping[str, Subject], times_s: Points) -> list[Subject]:
    """With nobody there, the camera sees the things, or the place where somebody would stand."""
    things = [one for one in subjects.values() if one.thing]
    if things:
        return things[:1]
    hero = np.asarray(scene.world.mark("hero").position, np.float64)
    eyes = np.tile(hero + np.array([0.0, 1.6, 0.0]), (len(times_s), 1))
    feet = np.tile(hero, (len(times_s), 1))
    facing = np.full(len(times_s), scene.world.front_yaw)
    return [Subject("place", eyes, (eyes + feet) * 0.5, feet, facing)]


def _turned(placed: Sequence[Placed], motion: Motion, world: World, times_s: Points) -> Transforms:
    """The transforms of the things' meshes; what stands on the turntable turns with it."""
    out = motion.transforms.copy()
    tables = [part for part in world.moving if part.name == TURNTABLE]
    for index, one in enumerate(placed):
        if one.turning and tables:
            table = np.array([tables[0].transform(float(time_s)) for time_s in times_s], np.float64)
            turn, axis = table[:, :, :3], table[:, :, 3]
            out[index, :, :, :3] = turn @ out[index, :, :, :3]
            offset = out[index, :, :, 3] - axis
            out[index, :, :, 3] = np.einsum("nij,nj->ni", turn, offset) + axis
    return np.asarray(out, np.float32)


def _faces(shot: film.Shot, person: Person, actor: Actor, times_s: Points) -> Vectors:
    """The morph weights of a face, (n, k): what is said moves the lips, the mood the rest."""
    name = actor.part.name
    own = sorted(
        (speech for speech in shot.speeches if speech.character == name),
        key=lambda speech: speech.start_ms,
    )
    phonemes = [
        (
            phoneme.symbol,
            (speech.start_ms + phoneme.start_ms) / 1000.0,
            (speech.start_ms + phoneme.end_ms) / 1000.0,
        )
        for speech in own
        for phoneme in speech.phonemes
    ]
    mood = own[0].mood if own and own[0].mood != "neutral" else shot.beat.mood
    return face(
        person,
        phonemes=phonemes,
        mood=mood,
        times_s=times_s,
        seed=stable_seed(shot.seed, shot.beat.id, name, "face"),
        gaze=actor.performance.gaze,
    )


def _heard(camera: Camera, position: Points, aspect: float) -> tuple[float, float]:
    """Return pan, -1..1, and distance in metres of a place, as a camera hears it."""
    place, depth = place_in_picture(camera, position[None], aspect)
    distance = float(np.linalg.norm(position - np.asarray(camera.eye)))
    x = float(place[0, 0])
    if depth[0] < 0.1:
        x = -x
    return round(float(np.clip(x * 0.7, -1.0, 1.0)), 3), round(distance, 3)


def _contacts(
    actors: Mapping[str, Actor],
    motion: Motion,
    world: World,
    cameras: Sequence[Camera],
    shot: film.Shot,
) -> tuple[Contact, ...]:
    """Everything that touches, in time order, as the camera hears it."""
    rate, aspect = float(shot.rate.fraction), float(shot.size.aspect)
    heard: list[tuple[float, str, tuple[str, str], float, Points]] = []
    for actor in actors.values():
        heard += [
            (
                step.time_s,
                "footstep",
                (SHOE, world.underfoot),
                step.strength,
                np.asarray(step.position, float),
            )
            for step in actor.performance.contacts
        ]
        heard += [
            (event.time_s, *sound, np.asarray(event.position, float))
            for event in actor.performance.events
            if (sound := _body_sound(event.kind, world.underfoot))
        ]
    heard += [
        (
            touch.time_s,
            touch.kind,
            touch.materials,
            touch.strength,
            np.asarray(touch.position, float),
        )
        for touch in motion.touches
    ]
    out = []
    for time_s, kind, materials, strength, position in sorted(heard, key=lambda one: one[0]):
        if not 0.0 <= time_s < shot.frame_count / rate:
            continue
        camera = cameras[min(int(time_s * rate), len(cameras) - 1)]
        pan, distance = _heard(camera, position, aspect)
        level = round(float(np.clip(strength, 0.0, 1.0)), 3)
        out.append(Contact(round(time_s * 1000), kind, materials, level, pan, distance))
    return tuple(out)


def _body_sound(kind: str, underfoot: str) -> tuple[str, tuple[str, str], float] | None:
    """What a moment of a performance sounds like: kind, materials and strength, or nothing."""
    return {
        "clap": ("clap", ("skin", "skin"), 0.6),
        "impact": ("impact", ("cloth", underfoot), 0.8),
        "land": ("footstep", (SHOE, underfoot), 0.9),
        "strike": ("impact", ("cloth", "skin"), 0.6),
    }.get(kind)


def _placements(
    shot: film.Shot,
    subjects: Mapping[str, Subject],
    cameras: Sequence[Camera],
    aspect: float,
) -> tuple[Placement, ...]:
    """Where the camera hears every speech; a narrator is heard close, in the middle."""
    out = []
    for index, speech in enumerate(shot.speeches):
        subject = subjects.get(speech.character)
        if subject is None:
            out.append(Placement(index, 0.0, 1.0))
            continue
        middle_s = (speech.start_ms + speech.duration_ms * 0.5) / 1000.0
        frame = min(int(middle_s * float(shot.rate.fraction)), len(cameras) - 1)
        pan, distance = _heard(cameras[frame], subject.eyes[frame], aspect)
        out.append(Placement(index, pan, distance))
    return tuple(out)


def room_of(world: World) -> str:
    """Return the name of the room whose echo a place has."""
    return "room" if world.indoor else "open"

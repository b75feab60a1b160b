"""Direction: a shot becomes a scene for every frame.

rehearsal ▶ whom the camera sees ▶ camera ▶ lamps ▶ `Staging`.

Everything that moves is worked out for all frames at once before the first is drawn; `frame` then
only gathers. What is heard (steps, impacts) comes out of the same motion as what is seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from msgspec import structs

from matinee.engine.render.scene import Frame, Moment
from matinee.engine.stage import limbs, styles
from matinee.engine.stage.camera import EMPTY, film_shot
from matinee.engine.stage.creatures import Creature
from matinee.engine.stage.face import face
from matinee.engine.stage.framing import CLOSE_SIZES, Subject, View, in_hands, place_in_picture
from matinee.engine.stage.light import toned
from matinee.engine.stage.lighting import PLOTS, Plot, balanced, face_lamps, light_on, metered
from matinee.engine.stage.machines import turned_wheels, wheels_of
from matinee.engine.stage.pace import airs, speed_of
from matinee.engine.stage.passages import within
from matinee.engine.stage.photographs.places import film_place
from matinee.engine.stage.photographs.prints import printed
from matinee.engine.stage.plumes import ThingPlumes, joined
from matinee.engine.stage.rehearsal import (
    NO_PHOTOS,
    TURNTABLE,
    Rehearsal,
    first_seen,
    rehearse,
    spoken,
    stable_seed,
)
from matinee.engine.stage.shards import shards_of
from matinee.engine.stage.still_life import arranged
from matinee.engine.stage.worlds.model import TURNTABLE_S
from matinee.film.shot import Contact, Placement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path as File

    import numpy.typing as npt

    from matinee import film
    from matinee.engine.render.geometry import Mesh, Rigged, Vectors
    from matinee.engine.render.scene import Atmosphere, Camera, Lamp, Transforms
    from matinee.engine.render.sheet import PhotoSheet
    from matinee.engine.stage.blocking import Scene
    from matinee.engine.stage.cast import Person
    from matinee.engine.stage.handling import Actor
    from matinee.engine.stage.photographs.album import Album
    from matinee.engine.stage.physics import Motion
    from matinee.engine.stage.placing import Placed
    from matinee.engine.stage.shards import Shard
    from matinee.engine.stage.space import Points
    from matinee.engine.stage.strip import Strip
    from matinee.engine.stage.styles import PictureStyle
    from matinee.engine.stage.worlds.model import World

TAKEN_IN_M = 3.5
RELIEF_TURN_RAD = 0.32
"""How far a thing from a photo may be turned from the viewer before its side is missed."""
WITHIN_REACH_M, SMALL_M = 1.1, 0.6
FLIES_M, FLIGHT_M, LOOKS = 0.8, 6.0, 7
ROOMS = {
    "colosseum": "arena",
    "neon_city": "street",
    "street": "street",
    "forest": "forest",
    "kitchen": "kitchen",
    "livestream_studio": "studio",
    "newsroom": "studio",
    "recording_studio": "studio",
    "bathroom": "kitchen",
    "church": "church",
    "cave": "cave",
    "mine": "cave",
    "boxing_ring": "arena",
    **dict.fromkeys(
        (
            "airport",
            "ballroom",
            "courtroom",
            "factory",
            "hotel_lobby",
            "museum",
            "subway_station",
            "swimming_pool",
            "theatre",
            "throne_room",
            "warehouse",
        ),
        "hall",
    ),
    **dict.fromkeys(
        ("alley", "canal_city", "hutong", "new_york", "old_town", "paris", "western_town"), "street"
    ),
    **dict.fromkeys(("autumn_forest", "bamboo_grove", "jungle", "shrine", "swamp"), "forest"),
    **dict.fromkeys(("race_track", "stadium"), "arena"),
    "canyon": "hall",
}
SHOE = "leather"
"""What everybody's feet are heard to be made of."""


@dataclass(frozen=True, eq=False)
class Staging:
    """A shot ready to be drawn: what the renderer is made of, and what each frame needs.

    `labels` names every rigid mesh and then every rigged one as (kind, name), in the order of the
    renderer's ids. contacts and placements are as the camera hears them. `sheet` holds the
    photographs that its meshes show.
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
    sheet: PhotoSheet | None = None

    def shown(self, index: int) -> int:
        """Return the first frame whose picture frame `index` shows again, or `index` itself.

        A style that holds its poses need draw only one frame of each, unless its film moves.
        """
        return self._scene.shown(index)

    def frame(self, index: int) -> Frame:
        """Return everything that frame number `index` needs."""
        return self._scene.frame(index, self.cameras)


@dataclass(frozen=True, eq=False)
class _Moving:
    """The moving scene in arrays, gathered frame by frame."""

    world: World
    times_s: Points
    clock_s: float
    things: Transforms
    plumes: ThingPlumes
    bones: tuple[Transforms, ...]
    faces: tuple[Vectors, ...]
    lamps: tuple[tuple[Lamp, ...], ...]
    seed: int
    style: PictureStyle | None
    airs: tuple[Atmosphere, ...]
    rate: float
    strips: tuple[Strip | None, ...]
    cels: tuple[npt.NDArray[np.int_], ...]

    def frame(self, index: int, cameras: Sequence[Camera]) -> Frame:
        shown = styles.held(index, self.style, self.rate)
        time_s, rigid = self._rigid(shown)
        camera = styles.seen(cameras[shown], self.style, index)
        return Frame(
            time_s=time_s,
            camera=camera,
            atmosphere=self.airs[min(shown, len(self.airs) - 1)],
            lamps=self.lamps[shown],
            particles=joined(
                [
                    self.world.particles(time_s, camera),
                    self.plumes.at(float(self.times_s[shown])),
                ]
            ),
            rigid=rigid,
            bones=tuple(
                bones[shown] if strip is None else strip.only(bones[shown], self.cels[k][shown])
                for k, (bones, strip) in enumerate(zip(self.bones, self.strips, strict=True))
            ),
            morphs=tuple(face[shown] for face in self.faces),
            grain_seed=(self.seed + index * 7919) % 2**31,
            finish=None if self.style is None else self.style.finish,
            other=self._other(shown, cameras),
        )

    def shown(self, index: int) -> int:
        """The frame whose picture is shown: itself where the film's grain or gate is alive."""
        style = self.style
        if style is None or style.weave_px or style.finish.grain or style.tone.grain != 0.0:
            return index
        return styles.held(index, style, self.rate)

    def _rigid(self, index: int) -> tuple[float, Transforms]:
        """The world's time at a frame, and where the rigid meshes are."""
        time_s = self.clock_s + float(self.times_s[index])
        moving = [np.asarray(part.transform(time_s)) for part in self.world.moving]
        rigid = np.asarray([*moving, *self.things[:, index]], np.float32).reshape(-1, 3, 4)
        return time_s, rigid

    def _other(self, index: int, cameras: Sequence[Camera]) -> Moment | None:
        """What motion blur needs to know: the next frame, or the one before the last."""
        if len(cameras) < 2 or (self.style is not None and self.style.sharp):
            return None
        other = index + 1 if index + 1 < len(cameras) else index - 1
        return Moment(
            styles.seen(cameras[other], self.style, 0),
            self._rigid(other)[1],
            tuple(bones[other] for bones in self.bones),
        )


def stage(shot: film.Shot, *, cache: File, album: Album = NO_PHOTOS) -> Staging:
    """Stage a shot; baked worlds are kept under `cache`. The same shot gives the same frames.

    `album` holds the photos that the shot names.
    """
    played = rehearse(shot, cache=cache, album=album)
    world, scene, actors = played.world, played.scene, played.actors
    view, style = view_of(played), styles.style_named(shot.style)
    cameras = _filmed(played, view)
    cast = [played.people[name] for name in actors]
    prints = printed(
        [
            world.photo,
            *(one.model.photo for one in scene.placed),
            *(one.photo for one in cast),
        ]
    )
    return Staging(
        static=prints.on(styles.dressed(world.static, style), world.photo),
        rigid=tuple(
            prints.on(styles.dressed(mesh, style), photo)
            for mesh, photo in (
                *((part.mesh, None) for part in world.moving),
                *((one.model.mesh, one.model.photo) for one in scene.placed),
                *((wheel.mesh, None) for _, wheel in wheels_of(scene.placed)),
                *(
                    (shard.mesh, scene.placed[k].model.photo)
                    for k in played.motion.pieces
                    for shard in _shards(scene, k)
                ),
            )
        ),
        rigged=tuple(
            replace(rigged, mesh=prints.on(rigged.mesh, one.photo))
            for one in cast
            for rigged in (styles.dressed_rig(one.rigged, style),)
        ),
        sheet=prints.sheet,
        labels=(
            *(("place", part.name) for part in world.moving),
            *(("prop", one.prop.id) for one in scene.placed),
            *(("prop", scene.placed[k].prop.id) for k, _ in wheels_of(scene.placed)),
            *(
                ("prop", scene.placed[k].prop.id)
                for k in played.motion.pieces
                for _ in _shards(scene, k)
            ),
            *(("character", name) for name in actors),
        ),
        mirror_ground=world.mirror_ground,
        shadow_centre=world.shadow_centre,
        shadow_radius_m=world.shadow_radius_m,
        cameras=cameras,
        contacts=_contacts(played, cameras),
        placements=_placements(shot, seen_subjects(played), cameras),
        ambience=world.ambience,
        room=room_of(world),
        _scene=_moving(played, view, cameras, style),
    )


def _filmed(played: Rehearsal, view: View) -> tuple[Camera, ...]:
    """The camera of every frame: free in a place that is built, near the viewpoint of a photo."""
    aspect = float(played.shot.size.aspect)
    viewpoint = played.world.viewpoint
    if viewpoint is not None:
        peopled = view.subjects[0].name != EMPTY
        return film_place(framing_of(played), view, viewpoint, aspect=aspect, peopled=peopled)
    space = played.scene.space
    return film_shot(framing_of(played), view, space=space, aspect=aspect, seed=played.seed)


def _moving(
    played: Rehearsal, view: View, cameras: tuple[Camera, ...], style: PictureStyle | None
) -> _Moving:
    """Light the faces, move them, and lay everything out frame by frame."""
    world, shot = played.world, played.shot
    night = shot.setting.time_of_day == "night"
    exposed = _exposed(played, view)
    air = tuple(
        styles.lit(one, style, night=night, indoor=world.indoor)
        for one in airs(shot, world, exposed)
    )
    # The clouds and cars of two shots are not at the same moment, or the cut would show it.
    clock_s = float(played.seed % 4096) * 0.05
    shown = played.window
    things = _turned(played.scene.placed, played.motion, world, played.times_s + clock_s)
    wind = np.array([world.wind.at(float(time_s)) for time_s in played.times_s + clock_s])
    view_at = np.zeros((len(played.times_s), 3))
    view_at[shown] = [camera.eye for camera in cameras]
    return _Moving(
        world=world,
        times_s=played.times_s[shown],
        clock_s=clock_s,
        things=_rigid_ways(played, things)[:, shown],
        plumes=ThingPlumes(
            played.scene.placed,
            played.motion,
            things.astype(np.float64),
            played.times_s,
            played.moves,
            _grey(air[0]),
        ),
        bones=tuple(
            limbs.of(played, name, wind=wind, view_at=view_at)[shown] for name in played.actors
        ),
        strips=tuple(played.people[name].strip for name in played.actors),
        cels=tuple(limbs.cels(played, name)[shown] for name in played.actors),
        faces=tuple(
            _faces(shot, played.people[name], actor, played.times_s)[shown]
            for name, actor in played.actors.items()
        ),
        lamps=face_lamps(
            [*view.subjects, *view.others],
            cameras,
            exposed,
            set_lamps=world.lamps,
            space=played.scene.space,
            indoor=world.indoor,
            smooth_frames=0.5 * float(shot.rate.fraction),
            plot=_plot(shot, style),
        ),
        seed=played.seed,
        style=style,
        airs=air if len(air) == 1 else air[shown],
        rate=float(shot.rate.fraction),
    )


def _plot(shot: film.Shot, style: PictureStyle | None) -> Plot:
    """How the faces of a shot are lit: by the mood of the beat or of the place, and the style."""
    mood = shot.beat.mood if shot.beat.mood != "neutral" else shot.setting.mood
    plot = PLOTS.get(mood, Plot())
    if style is None:
        return plot
    return replace(plot, key_colour=style.key, rim_colour=style.rim)


def _exposed(played: Rehearsal, view: View) -> Atmosphere:
    """The light and air of a shot, toned by its own mood, and exposed for the face it is about."""
    world, shot = played.world, played.shot
    air = toned(world.atmosphere, shot.beat.mood, instead_of=shot.setting.mood)
    subject = view.subjects[0]
    if subject.name not in played.scene.cast:
        # A place or a thing is shown in the light that it has.
        return air
    level = light_on(subject, air, played.scene.space, indoor=world.indoor)
    close = framing_of(played).size in CLOSE_SIZES
    exposure = metered(view.subjects, air.grade.exposure, level=level, close=close)
    grade = balanced(air.grade) if close else air.grade
    return replace(air, grade=replace(grade, exposure=exposure))


def framing_of(played: Rehearsal) -> film.screenplay.Camera:
    """Return how the beat is seen: with an animal at somebody's feet, a medium view is a full one.

    A picture from the waist up would show a woman and leave out the dog she plays with.
    """
    framing = played.shot.beat.camera
    kinds = {isinstance(played.people[name], Creature) for name in played.scene.cast}
    if framing.size == "medium" and not framing.subject and len(kinds) == 2:
        return structs.replace(framing, size="full")
    return framing


def view_of(played: Rehearsal) -> View:
    """Decide whom the camera sees: the named one, who speaks, who acts, or everybody."""
    shot, scene, subjects = played.shot, played.scene, seen_subjects(played)
    times_s = played.times_s[played.window]
    framing, names = framing_of(played), scene.cast
    speakers = first_seen(speech.character for speech in shot.speeches)
    speakers = [name for name in speakers if name in names]
    doers = [n for n in first_seen(a.character for a in shot.beat.actions) if n in names]
    close = framing.size in {"close_up", "extreme_close_up", "over_shoulder"}
    if framing.subject in subjects:
        seen = [framing.subject]
    elif close:
        seen = (speakers or doers or list(names))[:1]
    elif framing.size == "medium":
        seen = first_seen([*speakers, *doers]) or list(names)
        seen = seen if len(seen) <= 3 else seen[:1]
    else:
        seen = list(names)
    if framing.subject in names and framing.size in {"full", "wide", "extreme_wide"}:
        seen = first_seen([framing.subject, *names])
    people = [subjects[name] for name in seen] or _empty_stage(scene, subjects, times_s)
    if people[0].thing:
        told = frozenset(shot.beat.props)
        people[0] = arranged(people[0], subjects, scene.placed, told, size=framing.size)
    held = {one.prop.id for one in scene.placed if one.holder in names}
    if framing.subject in held and framing.size in CLOSE_SIZES:
        people = [in_hands(subjects[framing.subject])]
    inside = {one.name for one in people}
    others = [subjects[name] for name in names if name not in inside]
    partner = None
    if people[0].name in names and len(names) > 1:
        rest = [name for name in first_seen([*speakers, *names]) if name != people[0].name]
        partner = subjects[rest[0]]
        if framing.size == "over_shoulder":
            others = [one for one in others if one.name != partner.name]
    talk = len(names) > 1 and not any(np.ptp(s.feet[:, [0, 2]], axis=0).max() > 1.0 for s in people)
    also = _belonging(played, people[0])
    needs = _told_of(played, people[0])
    return View(people, others, partner, scene.world.front_yaw, times_s, talk, also, needs)


def seen_subjects(played: Rehearsal) -> dict[str, Subject]:
    """Return everybody and everything as subjects in the frames that are shown."""
    return {name: within(one, played.window) for name, one in played.subjects.items()}


def _told_of(played: Rehearsal, subject: Subject) -> Points:
    """The corners of what the beat names and somebody holds or stands at, in the middle of it."""
    beat, middle = played.shot.beat, len(subject.eyes) // 2
    named = {*beat.props, *(action.target for action in beat.actions)}
    named |= {one.id for one in played.shot.props if one.relation == "held_by"}
    looks = np.linspace(played.window.start, played.window.stop - 1, LOOKS).astype(int)
    spots = []
    for index, one in enumerate(played.scene.placed):
        if one.prop.id not in named or float(one.half.max()) > SMALL_M:
            continue
        way = played.motion.transforms[index, looks, :, 3]
        flies = float(np.ptp(way, axis=0).max()) > FLIES_M
        # What is thrown is watched on its way; what lies or is held, in the middle of the shot.
        for at in way if flies else way[LOOKS // 2 : LOOKS // 2 + 1]:
            away = float(np.linalg.norm((at - subject.eyes[middle])[[0, 2]]))
            if away < (FLIGHT_M if flies else WITHIN_REACH_M):
                spots += [at + one.half * 0.8, at - one.half * 0.8]
    return np.array(spots).reshape(-1, 3)


def _belonging(played: Rehearsal, subject: Subject) -> Points:
    """The feet and tops of the things near the subject: what a full view takes in."""
    start = played.motion.transforms[:, played.window.start, :, 3]
    spots = [
        start[index] + sign * np.array([0.0, one.half[1], 0.0])
        for index, one in enumerate(played.scene.placed)
        for sign in (-1.0, 1.0)
        if np.linalg.norm(start[index] - subject.feet[0]) < TAKEN_IN_M
    ]
    return np.array(spots).reshape(-1, 3)


def _empty_stage(scene: Scene, subjects: Mapping[str, Subject], times_s: Points) -> list[Subject]:
    """With nobody there, the camera sees the things, or the place where somebody would stand."""
    things = [one for one in subjects.values() if one.thing]
    if things:
        return things[:1]
    hero = np.asarray(scene.world.mark("hero").position, np.float64)
    eyes = np.tile(hero + np.array([0.0, 1.6, 0.0]), (len(times_s), 1))
    feet = np.tile(hero, (len(times_s), 1))
    facing = np.full(len(times_s), scene.world.front_yaw)
    return [Subject(EMPTY, eyes, (eyes + feet) * 0.5, feet, facing)]


def _turned(placed: Sequence[Placed], motion: Motion, world: World, times_s: Points) -> Transforms:
    """The transforms of the things' meshes; what stands on the turntable turns with it."""
    out = motion.transforms.copy()
    tables = [part for part in world.moving if part.name == TURNTABLE]
    for index, one in enumerate(placed):
        if one.turning and tables:
            table = np.array([tables[0].transform(float(time_s)) for time_s in times_s], np.float64)
            turn, axis = table[:, :, :3], table[:, :, 3]
            if one.model.photo is not None:
                # A relief has no back of its own: it is turned to and fro.
                turn = _to_and_fro(times_s)
            out[index, :, :, :3] = turn @ out[index, :, :, :3]
            offset = out[index, :, :, 3] - axis
            out[index, :, :, 3] = np.einsum("nij,nj->ni", turn, offset) + axis
    return np.asarray(out, np.float32)


def _to_and_fro(times_s: Points) -> Points:
    """Turns about the upright, (n, 3, 3), that begin as a turntable's and come back."""
    angle = RELIEF_TURN_RAD * np.sin(2 * np.pi / TURNTABLE_S / RELIEF_TURN_RAD * times_s)
    out = np.tile(np.eye(3), (len(times_s), 1, 1))
    out[:, 0, 0] = out[:, 2, 2] = np.cos(angle)
    out[:, 0, 2], out[:, 2, 0] = np.sin(angle), -np.sin(angle)
    return out


def _rigid_ways(played: Rehearsal, things: Transforms) -> Transforms:
    """Where every rigid mesh of a thing is: the bodies, what turns on them, what broke off."""
    placed, motion = played.scene.placed, played.motion
    wheels = turned_wheels(placed, things.astype(np.float64), played.times_s, played.moves.running)
    pieces = [motion.pieces[k] for k in motion.pieces]
    return np.concatenate([things, wheels, *pieces]).astype(np.float32)


def _shards(scene: Scene, index: int) -> tuple[Shard, ...]:
    return shards_of(scene.placed[index].model)


def _grey(air: Atmosphere) -> float:
    """How bright grey smoke is in the light of a place, 1 on a clear day."""
    light = np.asarray(air.sun.radiance) * 0.35 + np.asarray(air.ambient.sky)
    return float(np.clip(light.mean() / 1.5, 0.03, 1.0))


def _faces(shot: film.Shot, person: Person, actor: Actor, times_s: Points) -> Vectors:
    """The morph weights of a face, (n, k): what is said moves the lips, the mood the rest."""
    name = actor.part.name
    if isinstance(person, Creature):
        # An animal's mouth and lids are bones; it has no face units.
        return np.zeros((len(times_s), 0), np.float32)
    own = sorted(
        (speech for speech in shot.speeches if speech.character == name),
        key=lambda speech: speech.start_ms,
    )
    mood = own[0].mood if own and own[0].mood != "neutral" else shot.beat.mood
    return face(
        person,
        phonemes=spoken(shot, name),
        mood=mood,
        times_s=times_s,
        seed=stable_seed(shot.take_seed, shot.beat.id, name, "face"),
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
    played: Rehearsal,
    cameras: Sequence[Camera],
) -> tuple[Contact, ...]:
    """Everything that touches, in time order, as the camera hears it."""
    shot, world, motion = played.shot, played.world, played.motion
    rate, aspect = float(shot.rate.fraction), float(shot.size.aspect)
    heard: list[tuple[float, str, tuple[str, str], float, Points]] = []
    for name, actor in played.actors.items():
        person = played.people[name]
        sole = person.sole if isinstance(person, Creature) else SHOE
        heard += [
            (
                step.time_s,
                "footstep",
                (sole, world.underfoot),
                step.strength,
                np.asarray(step.position, float),
            )
            for step in actor.performance.contacts
        ]
        heard += [
            (event.time_s, *sound, np.asarray(event.position, float))
            for event in actor.performance.events
            if (sound := _body_sound(event.kind, sole, world.underfoot))
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
    speed, cut_s = speed_of(shot), played.window.start / rate
    for world_s, kind, materials, strength, position in sorted(heard, key=lambda one: one[0]):
        time_s = world_s / speed - cut_s
        if not 0.0 <= time_s < len(cameras) / rate:
            continue
        camera = cameras[min(int(time_s * rate), len(cameras) - 1)]
        pan, distance = _heard(camera, position, aspect)
        level = round(float(np.clip(strength, 0.0, 1.0)), 3)
        out.append(Contact(round(time_s * 1000), kind, materials, level, pan, distance))
    return tuple(out)


def _body_sound(kind: str, sole: str, underfoot: str) -> tuple[str, tuple[str, str], float] | None:
    """What a moment of a performance sounds like: kind, materials and strength, or nothing."""
    return {
        "clap": ("clap", ("skin", "skin"), 0.6),
        "impact": ("impact", ("cloth", underfoot), 0.8),
        "land": ("footstep", (sole, underfoot), 0.9),
        "strike": ("impact", ("cloth", "skin"), 0.6),
    }.get(kind)


def _placements(
    shot: film.Shot,
    subjects: Mapping[str, Subject],
    cameras: Sequence[Camera],
) -> tuple[Placement, ...]:
    """Where the camera hears every speech; a narrator is heard close, in the middle."""
    out = []
    aspect = float(shot.size.aspect)
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
    """Return the room whose echo a place has, as the sound department names rooms."""
    usual = "small_room" if world.indoor else "outdoors"
    return ROOMS.get(world.place, usual)

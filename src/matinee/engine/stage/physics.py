"""Things that obey gravity: props fall, roll, topple and fly, and are heard when they touch.

The world's solids and the people in it are colliders; every prop is a rigid body of `rapier3d`,
stepped at a fixed 240 Hz, so that the same shot always moves in the same way. A prop may be held by
a hand until a moment of release, from which on it flies; a throw is aimed by the parabola that
meets its target.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import rapier3d

from matinee.engine.stage.rigid import (
    between,
    isometry,
    quaternion,
    triple,
    vec,
    vector,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from matinee.engine.stage.space import FreeSpace, Points

STEP_HZ = 240
TOP_M = 0.04
"""How thick the surfaces of the set are that things lie on."""
GRAVITY_M_S2 = 9.81
SETTLE_S = 1.0
GROUND_REACH_M = 14.0
GROUND_CELLS = 56
JUMP_HEARD_M_S = 0.3
FLIGHT_MIN_S = 0.35

BREAK_M_S = 2.3
"""The jump of speed at which glass and pottery break: a fall from a chair does, from a book not."""
BURST_M_S = 1.1
CARRIES, SINKS = 1.9, 0.55
"""How strongly water lifts what floats and what does not, in weights, when all of it is under."""
WATER_DRAG_HZ = 3.2
LEVEL_STEPS = 12

TouchKind: TypeAlias = Literal["impact", "roll", "break", "splash"]

_WORLD, _PROP, _PERSON = 1, 2, 4
_BOUNCE = {
    "rubber": 0.78,
    "plastic": 0.45,
    "wood": 0.35,
    "metal": 0.32,
    "glass": 0.35,
    "ceramic": 0.3,
    "stone": 0.22,
    "cloth": 0.05,
    "paper": 0.08,
    "food": 0.12,
    "leather": 0.4,
    "sand": 0.02,
    "earth": 0.08,
    "grass": 0.12,
    "snow": 0.02,
    "water": 0.0,
}
_FRICTION = {"rubber": 0.9, "glass": 0.35, "metal": 0.4, "ice": 0.05, "snow": 0.6, "sand": 0.9}


@dataclass(frozen=True, eq=False)
class Held:
    """A prop in somebody's hand: (n, 3, 4) transforms at the frames, from `start_s` to `end_s`.

    At `end_s` it is let go: with `velocity` (3,) metres a second when given, otherwise with the
    velocity of the hand. An infinite `end_s` holds it for the whole shot.
    """

    transforms: Points
    start_s: float = 0.0
    end_s: float = float("inf")
    velocity: Points | None = None
    spin: Points = field(default_factory=lambda: np.zeros(3))


@dataclass(frozen=True, eq=False)
class Thing:
    """A rigid prop as physics sees it.

    shape "box", "sphere" or "cylinder" (upright) of half_extents (3,); position (3,) of its
    centre; yaw about Y; `fixed` things never move (furniture that must not creep) and may have the
    triangles of their mesh as their shape; `velocity` is given to free things at the start of the
    shot, a `push` (velocity and spin) at its time. What is `fragile` breaks into its pieces when it
    is hit hard, or at breaks_s; `floats` says whether water carries it; a `ghost` meets nothing.
    """

    name: str
    shape: str
    half_extents: Points
    mass_kg: float
    material: str
    position: Points
    yaw: float = 0.0
    fixed: bool = False
    held: tuple[Held, ...] = ()
    velocity: Points | None = None
    triangles: tuple[npt.NDArray[np.floating], npt.NDArray[np.unsignedinteger]] | None = None
    push: tuple[float, Points, Points] | None = None
    fragile: bool = False
    breaks_s: float = float("inf")
    pieces: tuple[Piece, ...] = ()
    floats: bool = False
    ghost: bool = False


@dataclass(frozen=True, eq=False)
class Piece:
    """A piece of something that may break: half extents (3,), and its place (3,) in the whole."""

    half: Points
    at: Points


@dataclass(frozen=True, eq=False)
class Walker:
    """A person as physics sees one: an upright capsule over (n, 3) places of the feet."""

    name: str
    feet: Points
    height_m: float
    radius_m: float


@dataclass(frozen=True)
class Touch:
    """Two things met: where, how hard (0..1, from the impulse) and what they are made of."""

    time_s: float
    kind: TouchKind
    materials: tuple[str, str]
    strength: float
    position: tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class Motion:
    """What became of the things: (things, n, 3, 4) transforms, and every touch in time order.

    `broken` says when which thing fell to pieces, and `pieces` where these are: by thing,
    (pieces, n, 3, 4), all zeros as long as it is whole, as its own transforms are afterwards.
    """

    transforms: Points
    touches: tuple[Touch, ...]
    broken: Mapping[int, float] = field(default_factory=dict)
    pieces: Mapping[int, Points] = field(default_factory=dict)


def flight_time_s(start: Points, target: Points, *, speed_m_s: float = 7.0) -> float:
    """Return how long a throw takes: a straight flight at that speed, at least 0.35 s of arc."""
    way = np.asarray(target, float) - np.asarray(start, float)
    return max(float(np.linalg.norm(way)) / speed_m_s, FLIGHT_MIN_S)


def launch_velocity(start: Points, target: Points, *, flight_s: float | None = None) -> Points:
    """Return the velocity (3,) with which something thrown from `start` passes through `target`.

    v = d / t - g t / 2, the parabola through both points; t is `flight_time_s` if not given.
    """
    way = np.asarray(target, float) - np.asarray(start, float)
    if flight_s is None:
        flight_s = flight_time_s(start, target)
    gravity = np.array([0.0, -GRAVITY_M_S2, 0.0])
    return np.asarray(way / flight_s - 0.5 * gravity * flight_s)


def simulate(
    things: Sequence[Thing],
    walkers: Sequence[Walker],
    *,
    space: FreeSpace,
    underfoot: str,
    times_s: Points,
    water: Callable[[Points], float | None] = lambda _: None,
    tops: Points | None = None,
) -> Motion:
    """Play the physics of a shot over its n frames at `times_s`.

    Everything first settles for a second, unheard; then the shot runs. With no things at all this
    costs nothing. `water` gives the height of the water at a place, None over land; `tops` (k, 5)
    are the level surfaces of the set: the middle of each, and half its sizes along x and z.
    """
    if not things:
        return Motion(np.zeros((0, len(times_s), 3, 4)), ())
    surfaces = np.zeros((0, 5)) if tops is None else tops
    return _Simulation(things, walkers, space, underfoot, times_s, water, surfaces).run()


class _Simulation:
    """One run of the world: its state is the physics engine's, thrown away afterwards."""

    def __init__(  # noqa: PLR0917 - all that there is
        self,
        things: Sequence[Thing],
        walkers: Sequence[Walker],
        space: FreeSpace,
        underfoot: str,
        times_s: Points,
        water: Callable[[Points], float | None],
        tops: Points,
    ) -> None:
        self.water = water
        self.things, self.walkers, self.times_s = things, walkers, times_s
        self.world = rapier3d.PhysicsWorld(gravity=(0.0, -GRAVITY_M_S2, 0.0))
        self.world.set_num_threads(1)
        self.world.integration_parameters.dt = 1.0 / STEP_HZ
        self.events = rapier3d.ChannelEventCollector()
        self.world.event_handler = self.events  # type: ignore[assignment]  # as its manual does
        self.materials: dict[int, str] = {}
        self.owners: dict[int, int] = {}
        self._add_world(space, underfoot, tops)
        self.bodies = [self._add_thing(index, thing) for index, thing in enumerate(things)]
        self.people = [self._add_walker(walker) for walker in walkers]
        self.frame_s = float(times_s[1] - times_s[0]) if len(times_s) > 1 else 1.0 / 24.0
        self.clear_at_s: dict[int, float] = {}
        self.heard: dict[tuple[int, int], float] = {}
        self.touching: dict[tuple[int, int], float] = {}
        self.touches: list[Touch] = []
        self.pushed: set[int] = set()
        self.broken: dict[int, float] = {}
        self.pieces: dict[int, list[rapier3d.RigidBodyHandle]] = {}
        self.levels: dict[int, float | None] = {}
        self.steps = 0

    def _collider(
        self, shape: rapier3d.SharedShape, material: str, group: int, meets: int
    ) -> rapier3d.ColliderBuilder:
        return (
            rapier3d.Collider.new(shape)
            .friction(_FRICTION.get(material, 0.6))
            .restitution(_BOUNCE.get(material, 0.2))
            .collision_groups(_groups(group, meets))
        )

    def _add_world(self, space: FreeSpace, underfoot: str, tops: Points) -> None:
        ground = self._collider(_ground(space), underfoot, _WORLD, _PROP).restitution(
            _BOUNCE.get(underfoot, 0.15) * 0.5
        )
        self.materials[_key(self.world.add_collider(ground))] = underfoot
        blocks = space.blocks
        # The solids end a little below the surfaces, so that what lies there is not in a wall.
        thick = np.full(len(tops), TOP_M * 0.5)
        centres = np.concatenate([blocks.centre, tops[:, :3] - [0.0, TOP_M * 0.5, 0.0]])
        halves = np.concatenate([blocks.half, np.stack([tops[:, 3], thick, tops[:, 4]], axis=1)])
        yaws = np.concatenate([blocks.yaw, np.zeros(len(tops))])
        for centre, half, yaw in zip(centres, halves, yaws, strict=True):
            box = rapier3d.SharedShape.cuboid(*(float(max(side, 1e-3)) for side in half))
            built = self._collider(box, "wood", _WORLD, _PROP)
            built = built.position(
                rapier3d.Isometry3(triple(centre), quaternion(float(yaw)))
            ).restitution(0.1)
            self.materials[_key(self.world.add_collider(built))] = "wood"

    def _add_thing(self, index: int, thing: Thing) -> rapier3d.RigidBodyHandle:
        held = any(one.start_s <= 0.0 for one in thing.held)
        if thing.fixed:
            body = rapier3d.RigidBody.fixed()
        elif held:
            body = rapier3d.RigidBody.kinematic_position_based()
        else:
            body = rapier3d.RigidBody.dynamic()
        body = body.position(rapier3d.Isometry3(triple(thing.position), quaternion(thing.yaw)))
        body = body.ccd_enabled(True).angular_damping(0.6 if thing.shape == "sphere" else 0.9)
        events = rapier3d.ActiveEvents.COLLISION_EVENTS | rapier3d.ActiveEvents.CONTACT_FORCE_EVENTS
        meets = 0 if held or thing.ghost else _WORLD | _PROP | _PERSON
        collider = (
            self._collider(_shape(thing), thing.material, _PROP, meets)
            .mass(max(thing.mass_kg, 0.01))
            .active_events(events)
            .contact_force_event_threshold(0.0)
        )
        handle = self.world.add_body(body, [collider])
        key = self._first_collider(handle)
        self.materials[key], self.owners[key] = thing.material, index
        return handle

    def _add_walker(self, walker: Walker) -> rapier3d.RigidBodyHandle:
        half = max(walker.height_m * 0.5 - walker.radius_m, 0.05)
        shape = rapier3d.SharedShape.capsule_y(half, walker.radius_m)
        centre = walker.feet[0] + np.array([0.0, walker.height_m * 0.5, 0.0])
        body = rapier3d.RigidBody.kinematic_position_based().translation(triple(centre))
        built = self._collider(shape, "cloth", _PERSON, _PROP)
        handle = self.world.add_body(body, [built])
        self.materials[self._first_collider(handle)] = "cloth"
        return handle

    def run(self) -> Motion:
        for _ in range(round(SETTLE_S * STEP_HZ)):
            self.world.step()
        self._listen(-1.0, {})
        self._start()
        count = len(self.times_s)
        poses = np.zeros((len(self.things), count, 3, 4))
        apart = {
            k: np.zeros((len(thing.pieces), count, 3, 4))
            for k, thing in enumerate(self.things)
            if thing.pieces
        }
        step = 0
        for index, time_s in enumerate(self.times_s):
            due = round((float(time_s) - float(self.times_s[0])) * STEP_HZ)
            while step < due:
                step += 1
                self._step(float(self.times_s[0]) + step / STEP_HZ)
            for which in range(len(self.bodies)):
                if which not in self.broken:
                    poses[which, index] = self._pose(which, index, float(time_s))
            for which, bodies in self.pieces.items():
                for piece, handle in enumerate(bodies):
                    apart[which][piece, index] = self._matrix(handle)
        pieces = {which: apart[which] for which in self.broken if which in apart}
        return Motion(poses, tuple(self.touches), dict(self.broken), pieces)

    def _start(self) -> None:
        for index, thing in enumerate(self.things):
            body = self._body(index)
            if thing.fixed or thing.held:
                continue
            if thing.velocity is not None:
                body.linvel = vec(thing.velocity)
                body.wake_up()
            else:
                body.linvel = body.angvel = rapier3d.Vec3(0.0, 0.0, 0.0)

    def _step(self, time_s: float) -> None:
        at = (time_s - float(self.times_s[0])) / self.frame_s
        for walker, handle in zip(self.walkers, self.people, strict=True):
            centre = between(walker.feet, at) + np.array([0.0, walker.height_m * 0.5, 0.0])
            person = self.world.rigid_bodies.get(handle)
            assert person is not None
            person.set_next_kinematic_translation(triple(centre))
        for which, thing in enumerate(self.things):
            if thing.held:
                self._hold(which, thing.held, at, time_s)
        self._push(time_s)
        self._buoy(time_s)
        before = {index: self._velocity(index) for index in range(len(self.bodies))}
        self.world.step()
        self._listen(time_s, before)
        self._fall_apart(time_s)

    def _push(self, time_s: float) -> None:
        for which, thing in enumerate(self.things):
            if thing.push is None or which in self.pushed or time_s < thing.push[0]:
                continue
            self.pushed.add(which)
            body = self._body(which)
            if body.is_dynamic:
                body.linvel = vec(vector(body.linvel) + thing.push[1])
                body.angvel = vec(vector(body.angvel) + thing.push[2])
                body.wake_up()

    def _buoy(self, time_s: float) -> None:
        """Lift and slow what is in the water, by the share of it that is under."""
        self.steps += 1
        for which, thing in enumerate(self.things):
            body = self._body(which)
            if not body.is_dynamic:
                continue
            place = vector(body.translation)
            if self.steps % LEVEL_STEPS == 1 or which not in self.levels:
                self.levels[which] = self.water(place)
            level = self.levels[which]
            if level is None:
                continue
            half = float(thing.half_extents[1])
            under = float(np.clip((level - place[1] + half) / (2.0 * half), 0.0, 1.0))
            if under <= 0.0:
                continue
            speed = vector(body.linvel)
            self._splash(time_s, which, place, level, speed)
            lift = CARRIES if thing.floats else SINKS
            drag = float(np.exp(-WATER_DRAG_HZ * under / STEP_HZ))
            speed = speed * drag + np.array([0.0, GRAVITY_M_S2 * lift * under / STEP_HZ, 0.0])
            body.linvel = vec(speed)
            body.angvel = vec(vector(body.angvel) * drag)

    def _splash(
        self, time_s: float, which: int, place: Points, level: float, speed: Points
    ) -> None:
        if speed[1] > -0.7 or time_s - self.heard.get((-2, which), -1.0) < 0.5 or time_s < 0.0:
            return
        self.heard[(-2, which)] = time_s
        thing = self.things[which]
        strength = 1.0 - float(np.exp(speed[1] * thing.mass_kg**0.4 / 4.0))
        where = (float(place[0]), float(level), float(place[2]))
        kinds = (thing.material, "water")
        self.touches.append(Touch(time_s, "splash", kinds, float(np.clip(strength, 0.1, 1)), where))

    def _fall_apart(self, time_s: float) -> None:
        for which, thing in enumerate(self.things):
            if which not in self.broken and thing.breaks_s <= time_s:
                self._break(time_s, which, 1.0)

    def _break(self, time_s: float, which: int, strength: float) -> None:
        """Take the whole out of the world and put its pieces there, flying apart."""
        thing, body = self.things[which], self._body(which)
        if not thing.pieces or which in self.broken:
            return
        self.broken[which] = time_s
        turn = self._matrix(self.bodies[which])
        speed, spin = vector(body.linvel), vector(body.angvel)
        self._meet(which, 0)
        body.body_type = rapier3d.RigidBodyType.FIXED
        self.pieces[which] = []
        for piece in thing.pieces:
            at = turn[:, :3] @ piece.at
            out = at / max(float(np.linalg.norm(at)), 1e-6)
            away = out * BURST_M_S * (0.4 + 0.6 * strength) + np.cross(spin, at)
            made = rapier3d.RigidBody.dynamic().position(
                isometry(np.concatenate([turn[:, :3], (turn[:, 3] + at)[:, None]], axis=1))
            )
            made = made.linvel(vec(0.4 * speed + away)).angvel(
                vec(spin + np.cross(out, away) * 6.0)
            )
            half = np.maximum(piece.half, 4e-3)
            shape = rapier3d.SharedShape.cuboid(*(float(side) for side in half))
            mass = max(thing.mass_kg / len(thing.pieces), 0.005)
            collider = self._collider(shape, thing.material, _PERSON, _WORLD | _PROP).mass(mass)
            handle = self.world.add_body(made, [collider])
            self.pieces[which].append(handle)
        kinds = (thing.material, next(iter(self.materials.values())))
        self.touches.append(
            Touch(time_s, "break", kinds, float(np.clip(strength, 0.3, 1.0)), triple(turn[:, 3]))
        )

    def _hold(self, which: int, grips: tuple[Held, ...], at: float, time_s: float) -> None:
        body = self._body(which)
        held = next((one for one in grips if one.start_s <= time_s < one.end_s), None)
        if held is not None:
            if not body.is_kinematic:
                body.body_type = rapier3d.RigidBodyType.KINEMATIC_POSITION_BASED
                self._meet(which, 0)
            body.set_next_kinematic_position(isometry(between(held.transforms, at)))
        elif body.is_kinematic:
            held = max(
                (one for one in grips if one.end_s <= time_s),
                key=lambda one: one.end_s,
                default=None,
            )
            assert held is not None, "what is kinematic was held"
            back = max(at - 1.0, 0.0)
            hand = between(held.transforms, at)[:, 3] - between(held.transforms, back)[:, 3]
            speed = held.velocity if held.velocity is not None else hand / self.frame_s
            body.body_type = rapier3d.RigidBodyType.DYNAMIC
            body.linvel, body.angvel = vec(speed), vec(held.spin)
            body.wake_up()
            # Whoever throws would otherwise be hit by what leaves the hand.
            self._meet(which, _WORLD | _PROP)
            self.clear_at_s[which] = time_s + 0.12
        elif which in self.clear_at_s and time_s >= self.clear_at_s[which]:
            self._meet(which, _WORLD | _PROP | _PERSON)
            del self.clear_at_s[which]

    def _meet(self, which: int, meets: int) -> None:
        body = self._body(which)
        collider = self.world.colliders.get(body.colliders[0])
        assert collider is not None
        collider.collision_groups = _groups(_PROP, meets)

    def _listen(self, time_s: float, before: dict[int, Points]) -> None:
        """Hear a touch where a body's speed jumps: what it jumps by is the impulse it took."""
        for event in self.events.drain_collision_events():
            pair = (_key(event.collider1), _key(event.collider2))
            if event.started:
                self.touching[pair] = time_s
            else:
                self.touching.pop(pair, None)
        self.events.drain_contact_force_events()
        falling = np.array([0.0, -GRAVITY_M_S2 / STEP_HZ, 0.0])
        jumps = {
            index: float(np.linalg.norm(self._velocity(index) - speed - falling))
            for index, speed in before.items()
            if self._body(index).is_dynamic
        }
        for pair in sorted(self.touching, key=lambda one: -self.touching[one]):
            owners = [self.owners[key] for key in pair if key in self.owners]
            jump, index = max((jumps.pop(one, 0.0), one) for one in owners) if owners else (0.0, 0)
            if jump < JUMP_HEARD_M_S or time_s - self.heard.get(pair, -1.0) < 0.06:
                continue
            self.heard[pair] = time_s
            impulse = jump * min(self.things[one].mass_kg for one in owners)
            strength = max(1.0 - float(np.exp(-impulse / 1.2)), 0.02)
            self._tell(time_s, "impact", pair, strength, index)
            if self.things[index].fragile and jump > BREAK_M_S and time_s >= 0.0:
                self._break(time_s, index, float(np.clip(jump / 6.0, 0.3, 1.0)))
        self._roll(time_s)

    def _roll(self, time_s: float) -> None:
        """A ball that turns at the speed it moves is rolling, and heard eight times a second."""
        for index, thing in enumerate(self.things):
            if thing.shape != "sphere" or thing.fixed:
                continue
            body = self._body(index)
            speed = float(np.linalg.norm(self._velocity(index)))
            turning = float(np.linalg.norm(vector(body.angvel))) * float(thing.half_extents[0])
            if speed < 0.3 or turning < 0.6 * speed or abs(self._velocity(index)[1]) > 0.25:
                continue
            if time_s - self.heard.get((-1, index), -1.0) < 0.12:
                continue
            self.heard[(-1, index)] = time_s
            strength = float(np.clip(speed * thing.mass_kg * 0.1, 0.02, 0.6))
            key = _key(body.colliders[0])
            self._tell(time_s, "roll", (key, -1), strength, index)

    def _tell(
        self,
        time_s: float,
        kind: TouchKind,
        keys: tuple[int, int],
        strength: float,
        index: int,
    ) -> None:
        ground = next(iter(self.materials.values()))
        where = self._body(index).translation
        # What moves is named first: it is the voice of the sound.
        own = next((key for key in keys if self.owners.get(key) == index), keys[0])
        other = keys[1] if own == keys[0] else keys[0]
        made_of = (self.materials.get(own, ground), self.materials.get(other, ground))
        self.touches.append(Touch(time_s, kind, made_of, strength, triple(vector(where))))

    def _velocity(self, index: int) -> Points:
        return vector(self._body(index).linvel)

    def _pose(self, which: int, index: int, time_s: float) -> Points:
        for held in self.things[which].held:
            if held.start_s <= time_s < held.end_s:
                return np.asarray(held.transforms[index], float)
        return self._matrix(self.bodies[which])

    def _matrix(self, handle: rapier3d.RigidBodyHandle) -> Points:
        body = self.world.rigid_bodies.get(handle)
        assert body is not None
        matrix = np.asarray(body.position.to_matrix()).reshape(4, 4)
        return np.asarray(matrix[:3, :4], float)

    def _body(self, which: int) -> rapier3d.RigidBody:
        body = self.world.rigid_bodies.get(self.bodies[which])
        assert body is not None, f"the body of {self.things[which].name} is gone"
        return body

    def _first_collider(self, handle: rapier3d.RigidBodyHandle) -> int:
        body = self.world.rigid_bodies.get(handle)
        assert body is not None
        return _key(body.colliders[0])


def _groups(member: int, meets: int) -> rapier3d.InteractionGroups:
    return rapier3d.InteractionGroups(rapier3d.Group(member), rapier3d.Group(meets))


def _key(handle: rapier3d.ColliderHandle) -> int:
    return int(handle.index)


def _shape(thing: Thing) -> rapier3d.SharedShape:
    if thing.fixed and thing.triangles is not None:
        points, triangles = thing.triangles
        return rapier3d.SharedShape.trimesh(points.astype(np.float32), triangles.astype(np.uint32))
    x, y, z = (float(max(side, 4e-3)) for side in thing.half_extents)
    if thing.shape == "sphere":
        return rapier3d.SharedShape.ball(max(x, y, z))
    if thing.shape == "cylinder":
        return rapier3d.SharedShape.cylinder(y, max(x, z))
    return rapier3d.SharedShape.cuboid(x, y, z)


def _ground(space: FreeSpace) -> rapier3d.SharedShape:
    """The ground around the stage: a plane where it is level, otherwise a net of triangles."""
    low, high = space.keep_in
    middle = (np.asarray(low) + np.asarray(high)) * 0.5
    reach = np.minimum((np.asarray(high) - np.asarray(low)) * 0.5 + 1.0, GROUND_REACH_M)
    xs = np.linspace(middle[0] - reach[0], middle[0] + reach[0], GROUND_CELLS + 1)
    zs = np.linspace(middle[2] - reach[2], middle[2] + reach[2], GROUND_CELLS + 1)
    grid_x, grid_z = np.meshgrid(xs, zs, indexing="ij")
    heights = np.broadcast_to(space.ground_height(grid_x, grid_z), grid_x.shape)
    if np.ptp(heights) < 1e-4 and abs(float(heights[0, 0])) < 1e-4:
        return rapier3d.SharedShape.halfspace((0.0, 1.0, 0.0))
    points = np.stack([grid_x, heights, grid_z], axis=-1).reshape(-1, 3)
    corner = np.arange(len(xs) * len(zs)).reshape(len(xs), len(zs))
    a, b = corner[:-1, :-1].ravel(), corner[1:, :-1].ravel()
    c, d = corner[1:, 1:].ravel(), corner[:-1, 1:].ravel()
    faces = np.concatenate([np.stack([a, d, c], axis=1), np.stack([a, c, b], axis=1)])
    return rapier3d.SharedShape.trimesh(points.astype(np.float32), faces.astype(np.uint32))

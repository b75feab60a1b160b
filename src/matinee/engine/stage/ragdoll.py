"""Bodies that fall by themselves: a person's bones as a chain of rigid bodies under gravity.

A performance is followed up to a moment; from there each limb is a capsule with the velocity it
had, held to the next by a joint that turns no further than a person's, and the floor does the rest.
What comes out are bones again, so that flesh and clothes follow as in any other pose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import rapier3d

from matinee.engine.stage.skeleton import about_x, frame, turned, unit

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.stage.skeleton import Skeleton

Floats: TypeAlias = "npt.NDArray[np.float64]"

STEP_HZ = 240
GRAVITY_M_S2 = 9.81
ADULT_LEG_M = 0.8
CALM_FROM_S, REST_S, CALM_STEPS = 0.9, 2.3, 12
FOOT_RAD = np.array([0.35, 0.15, 0.0, -0.2, -0.4, -0.6, 0.6, 0.85, 1.1, 1.4, -0.8, -1.05])
"""How far a loose foot is stretched, the likeliest first."""
BALL_M, DIP_M_MAX = 0.014, 0.06
_FLOOR, _TRUNK, _ENDS, _INNER = 1, 2, 4, 8


@dataclass(frozen=True)
class _Part:
    """A rigid part of the body: its bone, where it ends, what it hangs on, and how freely.

    limits are least and most angles about the axes of the rest pose in radians; for a hinge only
    the first pair counts, from straight. mass_kg and radius_m are an adult's (mass shares after
    Winter, Biomechanics and Motor Control of Human Movement, table 4.1).
    """

    bone: str
    end: str
    parent: str
    mass_kg: float
    radius_m: float
    limits: tuple[tuple[float, float], ...]
    group: int
    damping: float
    hinge: bool = False


def _parts() -> tuple[_Part, ...]:
    free = ((-0.45, 0.75), (-0.4, 0.4), (-0.35, 0.35))
    parts = [
        _Part("pelvis", "spine_01", "", 11.0, 0.11, (), _TRUNK, 0.0),
        _Part("spine_03", "neck_01", "pelvis", 24.0, 0.115, free, _TRUNK, 9.0),
        _Part(
            "head",
            "",
            "spine_03",
            5.5,
            0.09,
            ((-0.6, 0.6), (-0.7, 0.7), (-0.5, 0.5)),
            _TRUNK,
            1.6,
        ),
    ]
    for side, out in (("l", 1.0), ("r", -1.0)):
        away = (-0.25, 1.3) if out > 0 else (-1.3, 0.25)
        hip = (-0.2, 0.7) if out > 0 else (-0.7, 0.2)
        parts += [
            _Part(
                f"upperarm_{side}",
                f"lowerarm_{side}",
                "spine_03",
                2.2,
                0.045,
                ((-1.8, 0.7), (-0.9, 0.9), away),
                _INNER,
                0.9,
            ),
            _Part(
                f"lowerarm_{side}",
                f"middle_03_{side}",
                f"upperarm_{side}",
                1.8,
                0.036,
                ((0.06, 2.4),),
                _ENDS,
                0.35,
                hinge=True,
            ),
            _Part(
                f"thigh_{side}",
                f"calf_{side}",
                "pelvis",
                8.5,
                0.07,
                ((-1.9, 0.3), (-0.5, 0.5), hip),
                _INNER,
                5.0,
            ),
            _Part(
                f"calf_{side}",
                f"foot_{side}",
                f"thigh_{side}",
                4.6,
                0.05,
                ((0.03, 2.2),),
                _ENDS,
                1.8,
                hinge=True,
            ),
        ]
    return tuple(parts)


PARTS = _parts()


def tumbled(
    skeleton: Skeleton,
    turns: Floats,
    joints: Floats,
    times_s: Floats,
    *,
    start_s: float,
    floor_m: float,
    push: Floats,
) -> tuple[Floats, Floats]:
    """Return turns (n, j, 3, 3) and joints (n, j, 3) of a body that lets go at `start_s`.

    Up to that moment they are those given. floor_m is the height of the ground; push (3,) metres a
    second is added to the chest, which decides where to. The same input gives the same fall.
    """
    first = int(np.searchsorted(times_s, start_s))
    if first >= len(times_s) - 1:
        return turns, joints
    before = max(first - 1, 0)
    gap_s = max(float(times_s[first] - times_s[before]), 1e-3)
    start = _Start(turns[[before, first]], joints[[before, first]], gap_s, floor_m, push)
    bodies, pelvis = _Chain(skeleton, start).run(times_s[first:])
    out_turns, out_joints = turns.copy(), joints.copy()
    tail = slice(first, len(times_s))
    out_turns[tail], out_joints[tail] = _bones(skeleton, turns[first], bodies, pelvis, floor_m)
    return out_turns, out_joints


@dataclass(frozen=True, eq=False)
class _Start:
    """How a body lets go: turns (2, j, 3, 3) and joints (2, j, 3) a moment before and then."""

    turns: Floats
    joints: Floats
    gap_s: float
    floor_m: float
    push: Floats


class _Chain:
    """The parts in one physics world, thrown away afterwards."""

    def __init__(self, skeleton: Skeleton, start: _Start) -> None:
        self.skeleton, self.start = skeleton, start
        self.world = rapier3d.PhysicsWorld(gravity=(0.0, -GRAVITY_M_S2, 0.0))
        self.world.set_num_threads(1)
        self.world.integration_parameters.dt = 1.0 / STEP_HZ
        self.scale = float(skeleton.head("thigh_l")[1] - skeleton.head("foot_l")[1]) / ADULT_LEG_M
        ground = (
            rapier3d.Collider.new(rapier3d.SharedShape.halfspace((0.0, 1.0, 0.0)))
            .translation((0.0, start.floor_m, 0.0))
            .friction(0.6)
            .restitution(0.05)
            .collision_groups(_groups(_FLOOR, _TRUNK | _ENDS | _INNER))
        )
        self.world.add_collider(ground)
        self.bodies = {part.bone: self._add(part) for part in PARTS}
        for part in PARTS:
            if part.parent:
                self._join(part)

    def _add(self, part: _Part) -> rapier3d.RigidBodyHandle:
        index = self.skeleton.places[part.bone]
        turns, joints = self.start.turns[:, index], self.start.joints[:, index]
        gap_s = self.start.gap_s
        radius = part.radius_m * self.scale
        head = self.skeleton.head(part.bone)
        end = self.skeleton.head(part.end) if part.end else self.skeleton.tail(part.bone)
        way = end - head
        # The capsule ends where the flesh does, not a radius behind it.
        inner = way * (0.12 if part.end else 0.5)
        shape = rapier3d.SharedShape.capsule(_triple(inner), _triple(way * 0.9), radius)
        meets = _FLOOR | {_TRUNK: _ENDS, _ENDS: _TRUNK | _ENDS, _INNER: 0}[part.group]
        collider = (
            rapier3d.Collider.new(shape)
            .friction(0.25 if part.bone.startswith(("thigh", "calf")) else 0.7)
            .restitution(0.02)
            .mass(part.mass_kg * self.scale**3)
            .collision_groups(_groups(part.group, meets))
        )
        body = rapier3d.RigidBody.dynamic().position(_isometry(turns[1], joints[1]))
        body = body.angular_damping(2.2).linear_damping(0.1).ccd_enabled(True)
        handle = self.world.add_body(body, [collider])
        built = self.world.rigid_bodies.get(handle)
        assert built is not None
        speed = (joints[1] - joints[0]) / gap_s
        # Pushed at the chest, the body topples rather than sinks.
        speed = speed + self.start.push * {"spine_03": 1.0, "head": 1.0, "pelvis": 0.55}.get(
            part.bone, 0.2
        )
        built.linvel = rapier3d.Vec3(*_triple(np.clip(speed, -4, 4)))
        spin = _spin(turns[0], turns[1]) / gap_s
        built.angvel = rapier3d.Vec3(*_triple(np.clip(spin, -6, 6)))
        return handle

    def _join(self, part: _Part) -> None:
        skeleton = self.skeleton
        anchor = skeleton.head(part.bone) - skeleton.head(part.parent)
        turn, bent = _joint_frame(skeleton, part)
        frames = {
            "local_frame1": _isometry(turn, anchor),
            "local_frame2": _isometry(turn, np.zeros(3)),
            "contacts_enabled": False,
        }
        axes = (rapier3d.JointAxis.ANG_X, rapier3d.JointAxis.ANG_Y, rapier3d.JointAxis.ANG_Z)
        joint = rapier3d.SphericalJoint.builder(**frames)
        limits = part.limits
        if part.hinge:
            least, most = limits[0]
            limits = ((least - bent, most - bent), (-0.12, 0.12), (-0.12, 0.12))
        for axis, (least, most) in zip(axes, limits, strict=True):
            joint = joint.limits(axis, least, most)
            joint = joint.motor_velocity(axis, 0.0, part.damping * self.scale**4)
        self.world.impulse_joints.insert(self.bodies[part.parent], self.bodies[part.bone], joint)

    def run(self, times: Floats) -> tuple[dict[str, Floats], Floats]:
        """Let it fall; return the turns of the parts (n, 3, 3) and the pelvis (n, 3)."""
        turns = {part.bone: np.zeros((len(times), 3, 3)) for part in PARTS}
        pelvis = np.zeros((len(times), 3))
        step = 0
        for index, time_s in enumerate(times):
            due = round((float(time_s) - float(times[0])) * STEP_HZ)
            while step < min(due, round(REST_S * STEP_HZ)):
                step += 1
                if step % CALM_STEPS == 0:
                    self._calm(step / STEP_HZ)
                self.world.step()
            for part in PARTS:
                body = self.world.rigid_bodies.get(self.bodies[part.bone])
                assert body is not None
                matrix = np.asarray(body.position.to_matrix()).reshape(4, 4)
                turns[part.bone][index] = matrix[:3, :3]
                if part.bone == "pelvis":
                    pelvis[index] = matrix[:3, 3]
        return turns, pelvis

    def _calm(self, after_s: float) -> None:
        """Let a body that lies come to rest, as flesh does and chains of capsules do not."""
        share = float(np.clip((after_s - CALM_FROM_S) / (REST_S - CALM_FROM_S), 0.0, 1.0))
        for part in PARTS:
            body = self.world.rigid_bodies.get(self.bodies[part.bone])
            assert body is not None
            body.angular_damping = 2.2 + 40.0 * share * share
            body.linear_damping = 0.1 + 25.0 * share * share


def _joint_frame(skeleton: Skeleton, part: _Part) -> tuple[Floats, float]:
    """Return the axes of a joint at rest, X the hinge of one that is, and how bent it rests."""
    if not part.hinge:
        return np.eye(3), 0.0
    upper = skeleton.head(part.bone) - skeleton.head(part.parent)
    lower = skeleton.head(part.end) - skeleton.head(part.bone)
    ahead = np.array([0.0, 0.0, 1.0])
    # Knees bend backwards, elbows forwards.
    bends = np.cross(upper, lower) if part.bone.startswith("lowerarm") else np.array([1.0, 0, 0])
    hinge = unit(bends)
    bent = float(np.arccos(np.clip(unit(upper) @ unit(lower), -1, 1)))
    if float(np.cross(unit(upper), unit(lower)) @ hinge) < 0:
        bent = -bent
    return frame(hinge, ahead), bent


def _bones(
    skeleton: Skeleton,
    held: Floats,
    bodies: dict[str, Floats],
    pelvis: Floats,
    floor_m: float,
) -> tuple[Floats, Floats]:
    """Rebuild every bone from the parts; what is no part keeps its bend from `held` (j, 3, 3)."""
    count = len(pelvis)
    turns = np.zeros((count, len(skeleton.names), 3, 3))
    joints = np.zeros((count, len(skeleton.names), 3))
    between = {"spine_01": ("pelvis", "spine_03", 0.3), "spine_02": ("pelvis", "spine_03", 0.65)}
    between["neck_01"] = ("spine_03", "head", 0.5)
    for index, name in enumerate(skeleton.names):
        parent = skeleton.parents[index]
        if name in bodies:
            turns[:, index] = bodies[name]
        elif name in between:
            low, high, share = between[name]
            blend = bodies[low] + share * (bodies[high] - bodies[low])
            turns[:, index] = frame(blend[..., 0], blend[..., 1])
        elif name.startswith("foot_"):
            ball = skeleton.head(f"ball_{name[-1]}") - skeleton.head(name)
            at = joints[:, parent] + turned(
                turns[:, parent], skeleton.head(name) - skeleton.head(skeleton.names[parent])
            )
            turns[:, index] = _foot(turns[:, parent], at[:, 1] - floor_m, ball)
        elif name.startswith("hand_"):
            turns[:, index] = turns[:, parent]
        elif parent >= 0:
            turns[:, index] = turns[:, parent] @ (held[parent].T @ held[index])
        else:
            turns[:, index] = held[index]
        if name == "pelvis":
            joints[:, index] = pelvis
        elif parent >= 0:
            gap = np.asarray(skeleton.heads[index] - skeleton.heads[parent], np.float64)
            joints[:, index] = joints[:, parent] + turned(turns[:, parent], gap)
    # What still dips is lifted with the whole body, a matter of a finger's breadth.
    balls = [skeleton.places[f"ball_{side}"] for side in "lr"]
    dip = np.clip(floor_m + BALL_M - joints[:, balls, 1].min(1), 0.0, DIP_M_MAX)
    joints[..., 1] += dip[:, None]
    root = skeleton.places["Root"]
    joints[:, root] = pelvis * [1, 0, 1]
    return turns, joints


def _foot(shin: Floats, ankle_m: Floats, ball: Floats) -> Floats:
    """Return how a loose foot hangs on a shin (n, 3, 3), its toes not through the floor."""
    best = shin @ about_x(np.full(len(shin), FOOT_RAD[-1]))
    for angle in FOOT_RAD[::-1]:
        turn = shin @ about_x(np.full(len(shin), angle))
        clear = ankle_m + turned(turn, ball)[:, 1] > BALL_M
        best = np.where(clear[:, None, None], turn, best)
    return np.asarray(best)


def _spin(before: Floats, now: Floats) -> Floats:
    """Return the rotation vector (3,) that leads from one turn to the next."""
    step = now @ before.T
    angle = float(np.arccos(np.clip((np.trace(step) - 1) / 2, -1, 1)))
    axis = np.array([step[2, 1] - step[1, 2], step[0, 2] - step[2, 0], step[1, 0] - step[0, 1]])
    return np.asarray(unit(axis) * angle) if angle > 1e-6 else np.zeros(3)


def _isometry(turn: Floats, place: Floats) -> rapier3d.Isometry3:
    w, x, y, z = _quaternion(turn)
    return rapier3d.Isometry3(_triple(place), rapier3d.Rotation3(w, x, y, z))


def _quaternion(m: Floats) -> tuple[float, float, float, float]:
    """Return (w, x, y, z) of a rotation matrix (Shepperd's method)."""
    trace = float(np.trace(m))
    choices = np.array([trace, m[0, 0], m[1, 1], m[2, 2]])
    which = int(np.argmax(choices))
    if which == 0:
        w = 1 + trace
        q = np.array([w, m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]])
    else:
        i, j, k = which - 1, which % 3, (which + 1) % 3
        q = np.zeros(4)
        q[0] = m[k, j] - m[j, k]
        q[1 + i] = 1 + m[i, i] - m[j, j] - m[k, k]
        q[1 + j], q[1 + k] = m[j, i] + m[i, j], m[k, i] + m[i, k]
    q = q / np.linalg.norm(q)
    return (float(q[0]), float(q[1]), float(q[2]), float(q[3]))


def _groups(member: int, meets: int) -> rapier3d.InteractionGroups:
    return rapier3d.InteractionGroups(rapier3d.Group(member), rapier3d.Group(meets))


def _triple(vector: Floats) -> tuple[float, float, float]:
    return (float(vector[0]), float(vector[1]), float(vector[2]))


__all__ = ["tumbled"]

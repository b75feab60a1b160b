"""From controls to bones: inverse kinematics of limbs, gaze, fingers, all frames at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.skeleton import (
    about,
    about_x,
    about_y,
    about_z,
    euler,
    frame,
    turned,
    two_bone,
    unit,
)

from .controls import SPANS
from .frame import FINGERS, OUT, SIDES, Build, Limb
from .gait import Stance, standing

if TYPE_CHECKING:
    import numpy.typing as npt


Floats: TypeAlias = "npt.NDArray[np.float64]"

SPINE = {"spine_01": 0.3, "spine_02": 0.35, "spine_03": 0.35}
CURL_RAD = {"01": 1.25, "02": 1.65, "03": 1.1}
THUMB_RAD = {"01": 0.35, "02": 0.6, "03": 0.9}
HEAD_YAW_MAX, HEAD_PITCH_MAX, HEAD_ROLL_MAX = 1.25, 0.75, 0.6
EYE_YAW_MAX, EYE_PITCH_MAX = 0.48, 0.32
SPINE_MAX = (1.5, 1.0, 0.7)
REACH = 0.9945
"""How much of its length a leg can use."""
FLEX_MAX = 1.45
PALM_PASSES = 4
LOOSE_ANKLE_M, LOOSE_BALL_M = 0.05, 0.018
LOOSE_PASSES = 3
GRIP_TILT_MAX = 0.62
"""How far from square to the forearm a fist can hold a rod: the cosine between them."""


@dataclass(frozen=True, eq=False)
class Pose:
    """Bones in the world: turns (n, j, 3, 3), joints (n, j, 3), gaze of the eyes (n, 2)."""

    turns: Floats
    joints: Floats
    gaze: Floats


class Solver:
    """Poses one person for all frames; bones are filled in from the pelvis outwards."""

    def __init__(self, build: Build, controls: Floats, root: Floats, yaw: Floats) -> None:
        """Take controls (n, WIDTH), where the body stands (n, 3) and which way it faces (n,)."""
        self.build = build
        self.controls = controls
        self.root = root
        self.facing = about_y(yaw)
        count, bones = len(controls), len(build.skeleton.names)
        self.turns = np.zeros((count, bones, 3, 3))
        self.joints = np.zeros((count, bones, 3))
        self.gaze = np.zeros((count, 2))
        self.stretch = np.zeros((count, 3))

    def control(self, name: str) -> Floats:
        """Return one handle, (n, width)."""
        return self.controls[:, SPANS[name]]

    def turn(self, name: str) -> Floats:
        """Return a bone's world rotation."""
        return self.turns[:, self.build.skeleton.places[name]]

    def joint(self, name: str) -> Floats:
        """Return a bone's head in the world."""
        return self.joints[:, self.build.skeleton.places[name]]

    def place(self, name: str, turns: Floats, *, at: Floats | None = None) -> None:
        """Set a bone's world rotation; its head follows its parent unless `at` says where."""
        skeleton = self.build.skeleton
        index = skeleton.places[name]
        if at is None:
            parent = skeleton.parents[index]
            gap = np.asarray(skeleton.heads[index] - skeleton.heads[parent], np.float64)
            at = self.joints[:, parent] + turned(self.turns[:, parent], gap)
        self.turns[:, index], self.joints[:, index] = turns, at

    def trunk(self, drop: Floats) -> None:
        """Pose pelvis and spine; drop (n,) metres lowers the pelvis so that both feet reach."""
        scale = self.build.scale
        moved = self.control("pelvis") * scale
        high = np.array([0.0, self.build.pelvis[1], 0.0])
        at = self.root + turned(self.facing, moved) + high
        at[:, 1] -= drop
        at += self.stretch
        self.place("Root", self.facing, at=self.root)
        tilt = self.control("tilt")
        self.place("pelvis", self.facing @ euler(tilt[:, 0], tilt[:, 1], tilt[:, 2]), at=at)
        bend = np.clip(self.control("spine"), -np.array(SPINE_MAX), SPINE_MAX)
        above = "pelvis"
        for name, share in SPINE.items():
            turn = euler(bend[:, 0] * share, bend[:, 1] * share, bend[:, 2] * share)
            self.place(name, self.turn(above) @ turn)
            above = name

    def look(self, target: Floats, wander: Floats) -> None:
        """Turn neck, head and eyes; target (n, 3) in the world, wander (n, 2) of the eyes."""
        chest = self.turn("spine_03")
        weight = self.control("gaze")[:, 0]
        at = self.joint("spine_03") + turned(
            chest,
            self.build.skeleton.head("eye_l") * [0, 1, 1] - self.build.skeleton.head("spine_03"),
        )
        way = turned(np.swapaxes(chest, -1, -2), unit(target - at))
        yaw = np.clip(np.arctan2(way[:, 0], way[:, 2]), -1.5, 1.5) * weight
        pitch = -np.arcsin(np.clip(way[:, 1], -0.95, 0.95)) * weight
        # Small turns are done by the eyes alone; the head follows large ones, a little late.
        head_yaw = lagged(np.sign(yaw) * np.clip(np.abs(yaw) - 0.08, 0, None) * 0.86)
        head_pitch = lagged(pitch * 0.6)
        own = self.control("head")
        turn_yaw = np.clip(own[:, 1] + head_yaw, -HEAD_YAW_MAX, HEAD_YAW_MAX)
        turn_pitch = np.clip(own[:, 0] + head_pitch, -HEAD_PITCH_MAX, HEAD_PITCH_MAX)
        turn_roll = np.clip(own[:, 2], -HEAD_ROLL_MAX, HEAD_ROLL_MAX)
        self.place("neck_01", chest @ euler(turn_pitch * 0.4, turn_yaw * 0.4, turn_roll * 0.4))
        rest = euler(turn_pitch * 0.6, turn_yaw * 0.6, turn_roll * 0.6)
        self.place("head", self.turn("neck_01") @ rest)
        eye_yaw = np.where(weight > 0, yaw - head_yaw, 0) - own[:, 1] * weight * 0.8 + wander[:, 0]
        eye_pitch = np.where(weight > 0, pitch - head_pitch, 0) - own[:, 0] * weight * 0.8
        self.gaze[:, 0] = np.clip(eye_yaw, -EYE_YAW_MAX, EYE_YAW_MAX)
        self.gaze[:, 1] = np.clip(eye_pitch + wander[:, 1], -EYE_PITCH_MAX, EYE_PITCH_MAX)
        eyes = euler(self.gaze[:, 1], self.gaze[:, 0], np.zeros(len(weight)))
        for side in SIDES:
            self.place(f"eye_{side}", self.turn("head") @ eyes)

    def arm(self, side: str) -> None:
        """Pose clavicle, arm, hand and fingers of one side."""
        chest, out = self.turn("spine_03"), OUT[side]
        limb = self.build.arms[side]
        hand = self.control(f"hand_{side}")
        lift = np.clip(self.control(f"shrug_{side}")[:, 0], -0.3, 0.6)
        lift = lift + 0.42 * np.clip(hand[:, 1] + 0.15, 0, 1)
        ahead = 0.22 * np.clip(hand[:, 2] - 0.3, 0, 0.7)
        clavicle = about_y(-out * ahead) @ about_z(out * lift)
        self.place(f"clavicle_{side}", chest @ clavicle)
        skeleton = self.build.skeleton
        gap = skeleton.head(limb.upper) - skeleton.head(f"clavicle_{side}")
        shoulder = self.joint(f"clavicle_{side}") + turned(self.turn(f"clavicle_{side}"), gap)
        # Targets count from where the shoulder rests, so that a shrug does not move the hand.
        origin = self.joint("spine_03") + turned(
            chest, skeleton.head(limb.upper) - skeleton.head("spine_03")
        )
        mirror = np.array([out, 1.0, 1.0])
        target = origin + turned(chest, hand * mirror * limb.length)
        target += self.control(f"facing_{side}") * (self._before_face(side) - target)
        target += self.control(f"reaching_{side}") * (self.control(f"reach_{side}") - target)
        pole = turned(chest, self.control(f"pole_{side}") * mirror)
        rod = self._rod(side)
        palm = self.control(f"palm_{side}")
        wrist = target
        for _ in range(PALM_PASSES if palm.any() else 1):
            _, forearm = self._limb(limb, shoulder, wrist, pole)
            self._hand(side, forearm, rod)
            inside = turned(self.turn(f"hand_{side}"), self.build.hands[side].palm_m)
            wrist = target - palm * inside
        self._fingers(side)

    def _before_face(self, side: str) -> Floats:
        """Return the point before the face that a hand is sent to, (n, 3) in the world."""
        scale = self.build.face_scale
        place = self.control(f"face_{side}") * np.array([OUT[side], 1.0, 1.0]) * scale
        return self.joint("head") + turned(self.turn("head"), place + self.build.brow)

    def _rod(self, side: str) -> Floats:
        """Return the way the thumb lies along what is gripped, (n, 3) in the world."""
        mirror = np.array([OUT[side], 1.0, 1.0])
        own = self.control(f"rod_{side}")
        way = turned(self.turn("spine_03"), own * mirror)
        seen = turned(self.turn("head"), own * mirror)
        way += self.control(f"facing_{side}") * (seen - way)
        way += self.control(f"reaching_{side}") * (own - way)
        return unit(way)

    def _limb(
        self, limb: Limb, start: Floats, target: Floats, pole: Floats
    ) -> tuple[Floats, Floats]:
        bend = two_bone(start, target, limb.lengths, pole)
        upper = frame(bend.middle - start, bend.hinge)
        lower = frame(bend.end - bend.middle, bend.hinge)
        self.place(limb.upper, upper @ limb.upper_rest.T, at=start)
        self.place(limb.lower, lower @ limb.lower_rest.T, at=bend.middle)
        return bend.end, lower

    def _hand(self, side: str, forearm: Floats, rod: Floats) -> None:
        rest, out = self.build.hands[side], OUT[side]
        wrist = self.control(f"wrist_{side}")
        roll = np.clip(wrist[:, 0], -1.6, 1.6) * out
        flex, aside = np.clip(wrist[:, 1], -FLEX_MAX, 1.3), np.clip(wrist[:, 2], -0.5, 0.5)
        along, hinge = forearm[..., 0], forearm[..., 1]
        thumb = turned(about(along, roll), np.cross(hinge, along))
        grip = self.control(f"gripping_{side}")
        if grip.any():
            thumb, roll = _along_rod(along, hinge, thumb, rod, grip)
            aside = aside * (1 - grip[:, 0])
        fingers = unit(along - (along * thumb).sum(-1, keepdims=True) * thumb)
        palm = np.cross(fingers, thumb) * out
        fingers = fingers * np.cos(flex)[:, None] + palm * np.sin(flex)[:, None]
        fingers = unit(fingers + thumb * np.tan(aside)[:, None])
        # Half of the roll is in the forearm, so that the wrist does not wring.
        name = f"lowerarm_{side}"
        self.place(name, about(along, roll * 0.5) @ self.turn(name), at=self.joint(name))
        self.place(f"hand_{side}", frame(fingers, thumb) @ rest.rest.T)

    def _fingers(self, side: str) -> None:
        rest = self.build.hands[side]
        curl = self.control(f"fingers_{side}")
        for column, finger in enumerate(FINGERS):
            angles = THUMB_RAD if finger == "thumb" else CURL_RAD
            above = f"hand_{side}"
            for joint, most in angles.items():
                bone = f"{finger}_{joint}_{side}"
                bend = np.clip(curl[:, column], -0.12, 1) * most
                axis = np.broadcast_to(rest.curls[bone], (len(bend), 3))
                base = self.turn(above)
                if bone in rest.gathers:
                    base = base @ rest.gathers[bone]
                self.place(bone, base @ about(axis, bend))
                above = bone

    def leg(self, side: str, stance: Stance) -> None:
        """Pose one leg to its foot's stance, or where it hangs when the foot is off the floor."""
        limb, out = self.build.legs[side], OUT[side]
        hip = self._hip(side)
        pelvis = self.turn("pelvis")
        knee = self.control(f"knee_{side}")[:, 0]
        pole = turned(pelvis, np.stack([out * np.sin(knee), 0 * knee, np.cos(knee)], -1))
        # The knee goes where the toes point as much as where the hips do.
        toes = turned(about_y(stance.yaw), [0.0, 0.0, 1.0])
        free = self.control(f"free_{side}")
        upright = np.clip(pelvis[:, 1, 1], 0, 1)[:, None] * (1 - free)
        way = self.control(f"leg_{side}") * np.array([out, 1.0, 1.0])
        hanging = hip + turned(pelvis, way * limb.length)
        ankle = stance.ankle + free * (hanging - stance.ankle)
        loose = free[:, 0] > 0
        floor = self.root[:, 1]
        ankle[:, 1] = np.where(
            loose, np.maximum(ankle[:, 1], floor + LOOSE_ANKLE_M * self.build.scale), ankle[:, 1]
        )
        pole = unit(pole + 0.7 * upright * toes)
        pitch = self.control(f"sole_{side}")[:, 0]
        skeleton = self.build.skeleton
        ball = skeleton.head(f"ball_{side}") - skeleton.head(f"foot_{side}")
        for _ in range(LOOSE_PASSES if loose.any() else 1):
            self._limb(limb, hip, ankle, pole)
            foot = stance.turn
            if loose.any():
                foot = mixed(foot, self.turn(limb.lower) @ about_x(pitch), free[:, 0])
                low = floor + LOOSE_BALL_M - (ankle + turned(foot, ball))[:, 1]
                # Off the floor, but with no toe through it.
                ankle = ankle + np.where(loose, np.clip(low, 0, None), 0)[:, None] * [0, 1, 0]
        self.place(f"foot_{side}", foot)
        flat = about_x(-np.clip(stance.pitch, 0, 0.9) * (1 - free[:, 0]))
        self.place(f"ball_{side}", foot @ flat)

    def tread(self, stances: dict[str, Stance], yaw: Floats) -> dict[str, Stance]:
        """Put feet on what carries them: pedals, rungs, a board."""
        out: dict[str, Stance] = {}
        for side, stance in stances.items():
            weight = self.control(f"treading_{side}")
            out[side] = stance
            if not weight.any():
                continue
            place = self.control(f"tread_{side}") * np.array([OUT[side], 1.0, 1.0])
            sole = self.control(f"sole_{side}")
            where = self.root + turned(self.facing, place * self.build.scale)
            there = standing(
                self.build,
                where,
                yaw + OUT[side] * sole[:, 1],
                sole[:, 0],
                np.zeros(len(where), bool),
            )
            share = weight[:, 0]
            out[side] = Stance(
                stance.sole + weight * (there.sole - stance.sole),
                stance.yaw + share * (there.yaw - stance.yaw),
                stance.pitch + share * (there.pitch - stance.pitch),
                stance.planted & (share < 1e-3),
                stance.ankle + weight * (there.ankle - stance.ankle),
                mixed(stance.turn, there.turn, share),
            )
        return out

    def borne(self) -> Floats:
        """Return how little the floor bears the body, (n,) 0..1: it needs no sinking then."""
        ways = [
            np.maximum(self.control(f"free_{side}"), self.control(f"treading_{side}"))
            for side in SIDES
        ]
        return np.asarray(np.minimum(ways[0], ways[1])[:, 0])

    def _hip(self, side: str) -> Floats:
        skeleton = self.build.skeleton
        gap = skeleton.head(f"thigh_{side}") - skeleton.head("pelvis")
        return self.joint("pelvis") + turned(self.turn("pelvis"), gap)

    def strain(self) -> None:
        """Move the pelvis, within reason, so that hands that must reach something can."""
        for _ in range(3):
            self.trunk(np.zeros(len(self.root)))
            chest, base = self.turn("spine_03"), self.joint("spine_03")
            skeleton = self.build.skeleton
            for side in SIDES:
                weight = self.control(f"reaching_{side}") * self.control("strain")
                if not weight.any():
                    continue
                limb = self.build.arms[side]
                gap = skeleton.head(limb.upper) - skeleton.head("spine_03")
                way = self.control(f"reach_{side}") - (base + turned(chest, gap))
                distance = np.linalg.norm(way, axis=1, keepdims=True)
                short = np.clip(distance - 0.95 * limb.length, 0, None)
                self.stretch += weight * way / np.maximum(distance, 1e-6) * short
            most = np.array([0.30, 0.55, 0.30]) * self.build.scale
            self.stretch = np.clip(self.stretch, -most, most * [1, 0.1, 1])

    def heels(self, stances: dict[str, Stance]) -> dict[str, Stance]:
        """Lift the heels of feet that the hips have left behind, before the body must sink."""
        for _ in range(4):
            self.trunk(np.zeros(len(self.root)))
            for side, foot in stances.items():
                if self.control(f"treading_{side}").any():
                    continue
                gap = self._hip(side) - foot.ankle
                over = np.linalg.norm(gap, axis=1) - self.build.legs[side].length * REACH
                ahead = (gap * turned(about_y(foot.yaw), [0.0, 0.0, 1.0])).sum(1) > 0
                more = np.clip(over * 3.5 / self.build.scale, 0, 0.4) * ahead
                pitch = np.where(more > 0, np.clip(foot.pitch + more, foot.pitch, 1.15), foot.pitch)
                stances[side] = standing(self.build, foot.sole, foot.yaw, pitch, foot.planted)
        return stances

    def drop(self, stances: dict[str, Stance]) -> Floats:
        """Return how far the pelvis must sink for both feet to be in reach, (n,) metres."""
        self.trunk(np.zeros(len(self.root)))
        sink = np.zeros(len(self.root))
        for side, stance in stances.items():
            gap = self._hip(side) - stance.ankle
            flat = gap[:, 0] ** 2 + gap[:, 2] ** 2
            reach = self.build.legs[side].length * REACH
            highest = np.sqrt(np.clip(reach**2 - flat, 0.01, None))
            loose = 1 - self.control(f"free_{side}")[:, 0]
            sink = np.maximum(sink, (gap[:, 1] - highest) * loose)
        return sink * (1 - self.borne())

    def pose(self) -> Pose:
        """Return what has been placed."""
        return Pose(self.turns, self.joints, self.gaze)


def mixed(first: Floats, second: Floats, share: Floats) -> Floats:
    """Return rotations between two (n, 3, 3): blended columns made square again."""
    blend = first + share[:, None, None] * (second - first)
    whole = (share > 1 - 1e-6)[:, None, None]
    return np.asarray(np.where(whole, second, frame(blend[..., 0], blend[..., 1])))


def _along_rod(
    along: Floats, hinge: Floats, thumb: Floats, rod: Floats, grip: Floats
) -> tuple[Floats, Floats]:
    """Lay the thumb (n, 3) along a rod as far as the wrist allows; return it and the roll (n,)."""
    lean = (rod * along).sum(-1, keepdims=True)
    most = np.clip(lean, -GRIP_TILT_MAX, GRIP_TILT_MAX)
    aside = unit(rod - lean * along)
    laid = along * most + aside * np.sqrt(1 - most**2)
    thumb = unit(thumb + grip * (laid - thumb))
    flat = unit(thumb - (thumb * along).sum(-1, keepdims=True) * along)
    square = np.cross(hinge, along)
    roll = np.arctan2((np.cross(square, flat) * along).sum(-1), (square * flat).sum(-1))
    return thumb, np.asarray(np.clip(np.unwrap(roll), -2.2, 2.2))


def lagged(values: Floats, share: float = 0.16) -> Floats:
    """Follow `values` (n,) as a head follows the eyes: exponential smoothing, twice."""
    result = values.copy()
    for _ in range(2):
        state = result[0]
        for index, value in enumerate(result):
            state += share * (value - state)
            result[index] = state
    return result

"""Perform: an animal moves along its path and does its acts, for all frames at once.

path ▶ steps ▶ controls of trunk, neck, tail ▶ forward kinematics ▶ legs to their paws by inverse
kinematics ▶ `Performance`, the same that people give.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.face import SOUNDS
from matinee.engine.stage.motion.acts import Happening, Performance
from matinee.engine.stage.motion.controls import smooth
from matinee.engine.stage.motion.gait import track
from matinee.engine.stage.motion.perform import MANNERS, fade
from matinee.engine.stage.skeleton import (
    about,
    about_x,
    about_y,
    about_z,
    frame,
    turned,
    two_bone,
    unit,
)

from .acts import CONTROLS, PLAYED, Span, act_of, leap_of
from .steps import Stand, home, plan_steps, stand_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from matinee.engine.stage.motion.acts import Act, Path

    from .acts import Controls
    from .anatomy import Leg, Plan
    from .steps import Gait

Floats: TypeAlias = "npt.NDArray[np.float64]"

LOOKS = ("look", "talk", "listen", "point", "wave", "throw")
NECK_TURN_MAX, NECK_BEND_MAX = 1.35, 0.75
REACH = 0.992


def perform(
    plan: Plan,
    acts: Sequence[Act],
    path: Path,
    times_s: npt.ArrayLike,
    *,
    seed: int,
    phonemes: Sequence[tuple[str, float, float]] = (),
) -> Performance:
    """Move an animal along a path, doing all acts, at rising times (n,) seconds.

    phonemes are (IPA symbol, start_s, end_s) of what it says, which open its mouth. Later acts win
    over earlier ones. The same animal, acts, path and seed give the same performance.
    """
    times = np.asarray(times_s, np.float64)
    rng = np.random.default_rng([seed, 0x70657473])
    way = track(path, times)
    root, yaw = way.at(times)
    known = [act_of(plan, act.action) for act in acts]
    gait = plan_steps(plan, way, times, hurried="run" in known)
    controls = _life(plan, times, rng)
    _stride(controls, plan, gait)
    events: list[tuple[str, float]] = []
    for index, (act, name) in enumerate(zip(acts, known, strict=True)):
        events += _play(controls, act, name, index, plan=plan, times=times, seed=seed)
    _look(controls, acts, plan, root=root, yaw=yaw, times=times)
    if phonemes:
        # Words move the mouth, not the barking that there is without them.
        controls["jaw"] = np.maximum(np.minimum(controls["jaw"], 0.06), _spoken(phonemes, times))
    solver = _Solver(plan, controls, root=root, yaw=yaw, times=times, rng=rng)
    solver.legs(gait)
    bones, joints = solver.bones()
    mouth = solver.mouth()
    return Performance(
        bones=bones.astype(np.float32),
        joints=joints.astype(np.float32),
        contacts=gait.footfalls if "fly" not in known else (),
        hands={"left": mouth, "right": mouth},
        events=_happenings(events, times, mouth),
        gaze=np.zeros((len(times), 2), np.float32),
    )


def _life(plan: Plan, times: Floats, rng: np.random.Generator) -> Controls:
    """Return all controls of an animal that stands there: breath, ears, tail, blinks."""
    controls = {name: np.zeros(len(times)) for name in CONTROLS}
    size = plan.species.withers_m * plan.scale
    rate = float(0.45 / np.sqrt(max(size, 0.15)) * rng.uniform(0.9, 1.1))
    breath = np.sin(2 * np.pi * rate * times + float(rng.uniform(0, 6)))

    def drift(hertz: float) -> Floats:
        waves, phases = rng.uniform(0.4, 1.5, 3) * hertz, rng.uniform(0, 2 * np.pi, 3)
        return np.asarray(np.sin(2 * np.pi * waves * times[:, None] + phases).sum(1) / 2)

    controls["drop"] += 0.004 * size * breath
    controls["pitch"] += 0.006 * breath
    controls["neck"] += 0.03 * drift(0.12) + 0.01 * breath
    controls["neck_yaw"] += 0.09 * drift(0.1)
    controls["head_yaw"] += 0.06 * drift(0.17)
    controls["head"] += 0.04 * drift(0.14)
    controls["tail"] += 0.06 * drift(0.2)
    controls["wag"] += 0.16 + 0.08 * drift(0.15)
    flicks = np.cumsum(rng.uniform(0.8, 3.2, int(times[-1] - times[0]) + 4)) + times[0]
    controls["ears"] += 0.25 * np.exp(-(((times[:, None] - flicks) / 0.07) ** 2)).sum(1)
    blinks = np.cumsum(rng.uniform(1.4, 4.5, int(times[-1] - times[0]) + 4)) + times[0]
    gap = np.abs(times[:, None] - blinks)
    controls["lids"] += np.clip(1.25 - gap / 0.09, 0, 1).max(1)
    controls["lids"] = np.maximum(controls["lids"], 0.24 if plan.species.eye > 0.09 else 0.1)
    controls["jaw"] += np.clip(0.02 + 0.02 * breath, 0, 1)
    if plan.species.hops:
        # A hare sits on its long hind feet when it stands.
        controls["drop"] += 0.16 * size
        controls["hind_fold"] -= 0.95
        controls["hind_z"] += 0.12 * size
    return controls


def _stride(controls: Controls, plan: Plan, gait: Gait) -> None:
    """Add what going does to trunk, neck and tail."""
    size = plan.species.withers_m * plan.scale
    turn, go = 2 * np.pi * gait.phase, gait.moving
    if gait.manner.name in {"gallop", "bound"}:
        # The forehand is up when the hind paws land, and down when the fore paws do.
        controls["pitch"] += go * -0.1 * np.cos(turn - 0.9)
        controls["drop"] += go * size * (0.05 * np.cos(turn + 0.5) + 0.02)
        controls["arch"] += go * 0.17 * np.cos(turn + 0.7)
        controls["neck"] += go * (0.2 + 0.16 * np.cos(turn - 0.5))
        controls["head"] += go * (-0.1 - 0.1 * np.cos(turn - 0.9))
        controls["ears"] += go * (0.3 + 0.15 * np.cos(turn))
        controls["tail"] += go * 0.15 * np.cos(turn - 1.2)
        controls["wag"] *= 1 - 0.6 * go
        if plan.species.feet == "paw" and plan.species.name in {"dog", "wolf", "fox"}:
            controls["jaw"] += go * 0.16
        return
    steady = 1.0 if gait.manner.name == "walk" else 1.6
    controls["drop"] += go * size * 0.011 * steady * np.cos(2 * turn + 0.6)
    controls["roll"] += go * 0.03 * np.sin(turn + 0.8)
    controls["twist"] += go * 0.05 * np.sin(turn + 0.4)
    controls["pitch"] += go * 0.012 * np.cos(2 * turn)
    nod = 0.09 if plan.species.feet == "hoof" else 0.045
    controls["neck"] += go * (nod * np.cos(2 * turn - 0.6) + 0.06)
    controls["head"] += go * -0.5 * nod * np.cos(2 * turn - 0.9)
    controls["head_yaw"] += go * 0.03 * np.sin(turn)
    if plan.species.body == "bird":
        # A walking bird holds its head still in the air and then jerks it after the body.
        controls["neck"] += go * 0.16 * np.sin(2 * turn)


def _play(
    controls: Controls,
    act: Act,
    name: str,
    index: int,
    *,
    plan: Plan,
    times: Floats,
    seed: int,
) -> list[tuple[str, float]]:
    """Blend one act into the controls; return what happens in it as kind and time."""
    digest = hashlib.sha256(f"{seed}/{index}/{name}".encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:8], "little"))
    tempo, large = MANNERS.get(act.manner, (1.0, 1.0))
    length_s = max(act.end_s - act.start_s, 0.05)
    span = Span(
        times - act.start_s, length_s, tempo * float(rng.uniform(0.93, 1.07)),
        large * act.intensity, plan, rng,
    )  # fmt: skip
    weight = _weight(act, name, times)
    for control, wanted in PLAYED[name](span).items():
        controls[control] = controls[control] + weight * (wanted - controls[control])
    if name == "jump":
        moments, _, air_s = leap_of(span)
        return [("land", act.start_s + moment + air_s) for moment in moments]
    return {
        "pick_up": [("grab", act.start_s + 0.48 * length_s)],
        "carry": [("drop", act.start_s + 0.5 * length_s)],
        "throw": [("release", act.start_s + 0.55 * length_s)],
    }.get(name, [])


def _weight(act: Act, name: str, times: Floats) -> Floats:
    """Return how much an act is felt (n,); postures take longer to take up."""
    if name in {"jump", "pick_up", "throw", "fly"}:
        return np.asarray(smooth((act.end_s + 0.3 - times) / 0.3) * (times >= act.start_s - 0.5))
    if name in {"sit", "lie", "sleep", "give_paw"}:
        ramp = min(0.8, max((act.end_s - act.start_s) / 3, 0.1))
        begun = act.start_s <= float(times[0]) + 0.02
        rise = np.ones(len(times)) if begun else smooth((times - act.start_s) / ramp)
        held = act.end_s >= float(times[-1]) - 0.05
        return np.asarray(rise if held else rise * (1 - smooth((times - act.end_s) / ramp)))
    return fade(act, times)


def _look(
    controls: Controls,
    acts: Sequence[Act],
    plan: Plan,
    *,
    root: Floats,
    yaw: Floats,
    times: Floats,
) -> None:
    """Turn neck and head towards what is looked at, as far as a neck turns."""
    eye = plan.head("head") * np.array([0.0, 1.0, 1.0])
    lower = (controls["rise"] - controls["drop"])[:, None] * np.array([0.0, 1.0, 0.0])
    at = root + turned(about_y(yaw), np.broadcast_to(eye, root.shape)) + lower
    aside, bend, share = np.zeros(len(times)), np.zeros(len(times)), np.zeros(len(times))
    for act in acts:
        if act.target is None or act.action not in LOOKS:
            continue
        gap = turned(about_y(-yaw), np.asarray(act.target, np.float64) - at)
        flat = np.maximum(np.hypot(gap[:, 0], gap[:, 2]), 1e-6)
        turn = np.arctan2(gap[:, 0], gap[:, 2])
        # What is right behind is not looked at over the shoulder for long.
        turn = np.clip(turn, -NECK_TURN_MAX, NECK_TURN_MAX)
        rise = np.clip(-np.arctan2(gap[:, 1], flat), -NECK_BEND_MAX, NECK_BEND_MAX)
        weight = fade(act, times)
        aside += weight * (turn - aside)
        bend += weight * (rise - bend)
        share = np.maximum(share, weight)
    share = share * (1 - np.clip(controls["down"], 0, 1))
    if plan.species.name == "owl":
        controls["head_yaw"] += share * aside
    else:
        controls["neck_yaw"] += share * 0.45 * aside
        controls["head_yaw"] += share * 0.55 * aside
    controls["neck"] += share * 0.3 * bend
    controls["head"] += share * (0.6 * bend + 0.4 * plan.species.drop * -0.3)


def _spoken(phonemes: Sequence[tuple[str, float, float]], times: Floats) -> Floats:
    """Return how far the jaw is open, (n,) radians, from the sounds of speech."""
    total, pulls = np.zeros(len(times)), np.full(len(times), 0.15)
    for symbol, start, end in phonemes:
        for letter in symbol:
            if letter not in SOUNDS:
                continue
            shape, insistence, rate = SOUNDS[letter]
            outside = np.maximum(np.maximum(start - times, times - end), 0)
            pull = insistence * np.exp(-rate * outside)
            total += pull * shape.get("jawOpen", 0.0)
            pulls += pull
    return np.asarray(np.clip(1.35 * total / pulls, 0, 0.6))


def _happenings(
    events: Sequence[tuple[str, float]], times: Floats, mouth: npt.NDArray[np.float32]
) -> tuple[Happening, ...]:
    out = []
    at = mouth[:, :, 3].astype(np.float64)
    speed = np.gradient(at, times, axis=0) if len(times) > 1 else np.zeros_like(at)
    for kind, when in sorted(events, key=lambda event: event[1]):
        if times[0] <= when <= times[-1]:
            place = [float(np.interp(when, times, at[:, k])) for k in range(3)]
            velocity = [float(np.interp(when, times, speed[:, k])) for k in range(3)]
            out.append(
                Happening(
                    kind, float(when), (place[0], place[1], place[2]),
                    (velocity[0], velocity[1], velocity[2]), "right",
                )
            )  # fmt: skip
    return tuple(out)


class _Solver:
    """From controls to the turn and place of every bone at every frame."""

    def __init__(
        self,
        plan: Plan,
        controls: Controls,
        *,
        root: Floats,
        yaw: Floats,
        times: Floats,
        rng: np.random.Generator,
    ) -> None:
        self.plan, self.c, self.root, self.yaw, self.times = plan, controls, root, yaw, times
        count, bones = len(times), len(plan.skeleton.names)
        self.turns = np.zeros((count, bones, 3, 3))
        self.joints = np.zeros((count, bones, 3))
        self.size = plan.species.withers_m * plan.scale
        self.rng = rng
        self.sink = np.zeros(count)
        self.stands: dict[str, Stand] = {}

    def legs(self, gait: Gait) -> None:
        """Place the trunk low enough for every paw to reach the ground, then pose the rest."""
        stands = self.stands
        for leg in self.plan.legs:
            stands[leg.paw] = self._offset(leg, stand_of(leg, gait, self.times))
        for _ in range(2):
            self._trunk()
            need = np.zeros(len(self.times))
            for leg in self.plan.legs:
                need = np.maximum(need, self._short(leg, stands[leg.paw]))
            self.sink += _eased(need)
        self._trunk()
        self._fore_end()
        for leg in self.plan.legs:
            self._leg(leg, stands[leg.paw])

    def _offset(self, leg: Leg, stand: Stand) -> Stand:
        """Add what the acts ask of a paw to what the gait does with it."""
        c, size = self.c, self.size
        ahead = c["fore_z"] if leg.fore else c["hind_z"]
        fold = c["fore_fold"] if leg.fore else c["hind_fold"]
        place = stand.place.copy()
        under, _ = home(leg, self.root, self.yaw)
        tucked = smooth(c["rise"] / (0.15 * size))[:, None]
        place += tucked * (under - place)
        # A paw that a posture moves is lifted on its way.
        low, high = float(ahead.min()), float(ahead.max())
        pose = (ahead - low) / max(high - low, 1e-9)
        lift = 0.06 * size * 4 * pose * (1 - pose) * (high - low > 0.02 * size)
        give = c["paw"] if leg.fore and leg.side == "r" else np.zeros(len(self.times))
        extra = np.stack(
            [0 * ahead, lift + c["rise"] + give * 0.42 * size, ahead + give * 0.26 * size], -1
        )
        place = place + turned(about_y(self.yaw), extra)
        if self.plan.species.body == "bird":
            fold = fold + 1.3 * tucked[:, 0]
            back = np.array([0.0, 0.2, -0.22]) * size * tucked
            place = place + turned(about_y(self.yaw), back)
        return Stand(
            place, stand.yaw, stand.fold + fold + 0.5 * give, np.maximum(stand.air, tucked[:, 0])
        )

    def _set(self, name: str, turn: Floats) -> None:
        """Turn a bone by `turn` from its parent, and hang it where its parent has it."""
        index = self.plan.skeleton.places[name]
        parent = self.plan.skeleton.parents[index]
        gap = self.plan.skeleton.heads[index] - self.plan.skeleton.heads[parent]
        self.turns[:, index] = self.turns[:, parent] @ turn
        self.joints[:, index] = self.joints[:, parent] + turned(
            self.turns[:, parent], np.broadcast_to(gap.astype(np.float64), (len(turn), 3))
        )

    def _trunk(self) -> None:
        c = self.c
        facing = about_y(self.yaw)
        middle = self.plan.head("pelvis")
        up = middle[1] + c["rise"] - c["drop"] - self.sink
        offset = np.stack([0 * up, up, c["shift"]], -1)
        index = self.plan.skeleton.places["pelvis"]
        self.joints[:, index] = self.root + turned(facing, offset)
        self.turns[:, index] = facing @ about_x(c["pitch"]) @ about_z(c["roll"])
        self._set("chest", about_x(c["arch"]) @ about_y(c["twist"]))
        self._set("rump", about_x(-c["arch"]) @ about_y(-c["twist"]))
        for leg in self.plan.legs:
            if leg.blade:
                self._set(leg.blade, about_x(self._shoulder(leg)))

    def _shoulder(self, leg: Leg) -> Floats:
        """How far a shoulder blade swings after its paw, (n,): it has no joint with the spine."""
        stand = self.stands[leg.paw]
        gap = turned(about_y(-self.yaw), stand.place - self.root)
        return np.asarray(-np.clip((gap[:, 2] - leg.home[2]) / self.size, -0.42, 0.42) * 0.85)

    def _start(self, leg: Leg) -> Floats:
        """Where the bending part of a leg hangs, (n, 3)."""
        places = self.plan.skeleton.places
        parent = self.plan.skeleton.parents[places[leg.upper]]
        gap = self.plan.head(leg.upper) - np.asarray(self.plan.skeleton.heads[parent], np.float64)
        turns = self.turns[:, parent]
        return self.joints[:, parent] + turned(turns, np.broadcast_to(gap, (len(turns), 3)))

    def _ankle(self, leg: Leg, stand: Stand) -> Floats:
        """Where wrist or hock are to be for a paw to be where it is, (n, 3)."""
        rolled = about_y(stand.yaw) @ about_x(stand.fold)
        foot = stand.place + np.array([0.0, leg.home[1], 0.0])
        return np.asarray(foot + turned(rolled, np.broadcast_to(leg.shank_m, foot.shape)))

    def _short(self, leg: Leg, stand: Stand) -> Floats:
        """How much lower the trunk has to be for a standing paw to be reached, (n,) metres."""
        gap = self._start(leg) - self._ankle(leg, stand)
        flat = (gap[:, [0, 2]] ** 2).sum(1)
        most = REACH * sum(leg.lengths)
        high = np.sqrt(np.maximum(most**2 - flat, (0.3 * most) ** 2))
        return np.asarray(np.clip(gap[:, 1] - high, 0, 0.35 * self.size) * (stand.air < 0.02))

    def _leg(self, leg: Leg, stand: Stand) -> None:
        plan, places = self.plan, self.plan.skeleton.places
        parent = plan.skeleton.parents[places[leg.upper]]
        start, target = self._start(leg), self._ankle(leg, stand)
        pole = turned(self.turns[:, parent], np.broadcast_to(
            np.array([0.0, 0.0, -1.0 if leg.fore else 1.0]), start.shape))  # fmt: skip
        bend = two_bone(start, target, leg.lengths, pole)
        upper, lower, shank, paw = (places[b] for b in (leg.upper, leg.lower, leg.shank, leg.paw))
        self.joints[:, upper], self.joints[:, lower], self.joints[:, shank] = (
            start,
            bend.middle,
            bend.end,
        )
        self.turns[:, upper] = frame(bend.middle - start, bend.hinge) @ leg.upper_rest.T
        self.turns[:, lower] = frame(bend.end - bend.middle, bend.hinge) @ leg.lower_rest.T
        rolled = about_y(stand.yaw) @ about_x(stand.fold)
        self.turns[:, shank] = rolled
        self.joints[:, paw] = bend.end - turned(rolled, np.broadcast_to(leg.shank_m, start.shape))
        droop = stand.air * np.clip(stand.fold, -0.2, 1.0) * 0.9
        self.turns[:, paw] = about_y(stand.yaw) @ about_x(droop)

    def _fore_end(self) -> None:
        """Pose neck, head and face, ears, tail and wings."""
        c, plan = self.c, self.plan
        # The head stays level while the trunk rocks.
        steady = (
            -0.55
            * (c["pitch"] + c["arch"])
            * (1 - np.clip(c["down"], 0, 1))
            * (np.abs(c["pitch"]) < 0.3)
        )
        half = about_y(0.5 * c["neck_yaw"]) @ about_x(0.5 * (c["neck"] + steady * 0.5))
        self._set("neck1", half)
        self._set("neck2", half)
        self._set(
            "head",
            about_y(c["head_yaw"]) @ about_x(c["head"] + 0.5 * steady) @ about_z(c["head_roll"]),
        )
        self._set("jaw", about_x(np.clip(c["jaw"], 0, 0.7)))
        dart = np.cumsum(self.rng.uniform(0.5, 2.4, int(self.times[-1] - self.times[0]) * 2 + 6))
        at = np.searchsorted(dart + self.times[0], self.times)
        spots = self.rng.normal(0, 1, (len(dart) + 1, 2)) * [0.16, 0.06]
        for side, out in (("l", 1.0), ("r", -1.0)):
            glance = about_y(spots[at, 0]) @ about_x(spots[at, 1])
            self._set(f"eye_{side}", glance)
            look = unit(plan.skeleton.tail(f"eye_{side}") - plan.head(f"eye_{side}"))
            hinge = unit(np.cross([0.0, 1.0, 0.0], look))
            shut = np.clip(c["lids"], 0, 1) * 1.35
            self._set(f"lid_{side}", about(np.broadcast_to(hinge, (len(shut), 3)), shut))
            flip = about_x(-c["ears"]) @ about_z(out * -0.35 * c["ears"])
            if plan.species.ear == "flop":
                flip = about_z(out * (0.35 * np.clip(c["ears"], -0.2, 1.2)))
            elif plan.species.ear == "fan":
                flip = about_y(out * 0.7 * c["ears"])
            self._set(f"ear_{side}", flip)
        self._tail()
        for index in range(3):
            if f"nose{index + 1}" in plan.skeleton.places:
                sway = 0.1 * np.sin(1.3 * self.times - 0.7 * index)
                curl = -0.5 * np.clip(-c["head"], 0, 1) * 1.5
                self._set(f"nose{index + 1}", about_z(sway) @ about_x(curl - 0.2 * c["down"]))
        if plan.species.body == "bird":
            self._wings()

    def _tail(self) -> None:
        c = self.c
        hertz = float(np.clip(1.5 / np.sqrt(self.size), 0.5, 2.2)) * (
            0.35 if self.plan.species.brush > 3 else 1
        )
        calm = self.plan.species.feet != "paw" or self.plan.species.name in {"cat", "tiger", "lion"}
        hertz *= 0.4 if calm else 1.0
        for index in range(4):
            side = 0.42 * c["wag"] * np.sin(2 * np.pi * hertz * self.times - 0.75 * index)
            lift = c["tail"] * (0.55, 0.25, 0.12, 0.08)[index]
            self._set(f"tail{index + 1}", about_y(side) @ about_x(lift))

    def _wings(self) -> None:
        """Show spread wings that beat, or folded ones: never both."""
        c, places = self.c, self.plan.skeleton.places
        open_ = smooth(c["spread"])
        for side, out in (("l", 1.0), ("r", -1.0)):
            self._set(
                f"wing_{side}", about_z(out * 0.75 * c["flap"]) @ about_y(-out * 0.2 * c["flap"])
            )
            late = np.roll(c["flap"], 1) if len(c["flap"]) > 1 else c["flap"]
            self._set(f"hand_{side}", about_z(out * 0.5 * late))
            self._set(f"fold_{side}", about_y(0 * open_))
            for name in (f"wing_{side}", f"hand_{side}"):
                self.turns[:, places[name]] *= np.maximum(open_, 1e-3)[:, None, None]
            self.turns[:, places[f"fold_{side}"]] *= np.maximum(1 - open_, 1e-3)[:, None, None]
            wing, hand = places[f"wing_{side}"], places[f"hand_{side}"]
            gap = self.plan.head(f"hand_{side}") - self.plan.head(f"wing_{side}")
            self.joints[:, hand] = self.joints[:, wing] + turned(
                self.turns[:, wing], np.broadcast_to(gap, (len(open_), 3))
            )

    def bones(self) -> tuple[Floats, Floats]:
        """Return skinning matrices (n, j, 3, 4) and joints (n, j, 3)."""
        rest = self.plan.skeleton.heads.astype(np.float64)
        shift = self.joints - turned(self.turns, rest[None])
        return np.concatenate([self.turns, shift[..., None]], -1), self.joints

    def mouth(self) -> npt.NDArray[np.float32]:
        """Return the frame of what is held in the mouth: up, aside, ahead and the place."""
        head = self.plan.skeleton.places["head"]
        turn = self.turns[:, head]
        at = self.joints[:, head] + turned(
            turn, np.broadcast_to(self.plan.muzzle - self.plan.head("head"), (len(turn), 3))
        )
        at = at - turn[:, :, 1] * 0.28 * self.plan.head_m * self.plan.species.snout * 4
        return np.stack([turn[:, :, 1], -turn[:, :, 0], turn[:, :, 2], at], -1).astype(np.float32)


def _eased(values: Floats) -> Floats:
    """Round a curve off without going below it."""
    if len(values) < 2:
        return values
    widest = np.maximum.reduce([np.roll(np.pad(values, 4, mode="edge"), k) for k in range(-3, 4)])
    kernel = np.hanning(9)[1:-1] / np.hanning(9)[1:-1].sum()
    return np.asarray(np.maximum(np.convolve(widest, kernel, mode="same")[4:-4], values))

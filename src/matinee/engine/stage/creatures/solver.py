"""From controls to the turn and place of every bone of an animal, at every frame at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.motion.controls import smooth
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

from .joints import SIDES
from .steps import Stand, home, stand_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Leg, Plan
    from .poses import Controls
    from .steps import Gait

Floats: TypeAlias = "npt.NDArray[np.float64]"

REACH = 0.992


class Solver:
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
        self.size = plan.species.unit_m * plan.scale
        self.rng = rng
        self.sink = np.zeros(count)
        self.stands: dict[str, Stand] = {}

    def stand(self, gait: Gait) -> None:
        """Place the trunk low enough for every paw to reach the ground, then pose the rest."""
        stands = self.stands
        for leg in self.plan.legs:
            stands[leg.paw] = stand_of(leg, gait, self.times)
        self._trunk()
        for leg in self.plan.legs:
            stands[leg.paw] = self._offset(leg, stands[leg.paw])
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
        low, span = float(ahead.min()), float(np.ptp(ahead))
        pose = (ahead - low) / max(span, 1e-9)
        lift = 0.06 * size * 4 * pose * (1 - pose) * (span > 0.02 * size)
        give = c["paw"] if leg.fore and leg.side == "r" else np.zeros(len(self.times))
        extra = np.stack(
            [0 * ahead, lift + c["rise"] + give * 0.42 * size, ahead + give * 0.26 * size], -1
        )
        place = place + turned(about_y(self.yaw), extra)
        if leg.fore and c["rear"].any():
            # Up on the hind legs the fore paws hang before the chest.
            high = self._start(leg) + turned(
                about_y(self.yaw),
                np.broadcast_to(np.array([0.0, -0.3 * size, 0.2 * size]), place.shape),
            )
            place = place + c["rear"][:, None] * (high - place)
            fold = fold + 0.9 * c["rear"]
        if self.plan.species.body == "bird":
            fold = fold + 1.3 * tucked[:, 0]
            back = np.array([0.0, 0.2, -0.22]) * size * tucked
            place = place + turned(about_y(self.yaw), back)
        air = np.maximum(np.maximum(stand.air, tucked[:, 0]), c["rear"] * leg.fore)
        free = smooth(c["free"])
        if free.any():
            # A leg that stands on nothing goes where the trunk goes, half drawn up.
            parent = self.plan.skeleton.parents[self.plan.skeleton.places[leg.upper]]
            reach = leg.home - self.plan.head(leg.upper)
            loose = self._start(leg) + turned(
                self.turns[:, parent], np.broadcast_to(0.78 * reach, place.shape)
            )
            loose[:, 1] -= leg.home[1]
            place = place + free[:, None] * (loose - place)
            air = np.maximum(air, free)
        return Stand(place, stand.yaw, stand.fold + fold + 0.5 * give, air)

    def _rolled(self, leg: Leg, stand: Stand) -> Floats:
        """How a shank is turned (n, 3, 3): with the ground, or with the trunk in the air."""
        on_ground = about_y(stand.yaw) @ about_x(stand.fold)
        free = smooth(self.c["free"])
        if not free.any():
            return on_ground
        parent = self.plan.skeleton.parents[self.plan.skeleton.places[leg.upper]]
        loose = self.turns[:, parent] @ about_x(stand.fold)
        mixed = on_ground + free[:, None, None] * (loose - on_ground)
        return frame(mixed[:, :, 0], mixed[:, :, 1])

    def turn(self, name: str, turn: Floats) -> None:
        """Turn a bone by `turn` from its parent, and hang it where its parent has it.

        A bone that this animal has not is left alone.
        """
        if name not in self.plan.skeleton.places:
            return
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
        self.turn("chest", about_x(c["arch"]) @ about_y(c["twist"]))
        self.turn("rump", about_x(-c["arch"] - c["rear_hips"]) @ about_y(-c["twist"]))
        for leg in self.plan.legs:
            if leg.blade:
                self.turn(leg.blade, about_x(self._shoulder(leg)))

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
        rolled = self._rolled(leg, stand)
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
        pole = turned(self.turns[:, parent], np.broadcast_to(leg.pole, start.shape))
        bend = two_bone(start, target, leg.lengths, pole)
        upper, lower, shank, paw = (places[b] for b in (leg.upper, leg.lower, leg.shank, leg.paw))
        self.joints[:, upper], self.joints[:, lower], self.joints[:, shank] = (
            start,
            bend.middle,
            bend.end,
        )
        self.turns[:, upper] = frame(bend.middle - start, bend.hinge) @ leg.upper_rest.T
        self.turns[:, lower] = frame(bend.end - bend.middle, bend.hinge) @ leg.lower_rest.T
        rolled = self._rolled(leg, stand)
        self.turns[:, shank] = rolled
        self.joints[:, paw] = bend.end - turned(rolled, np.broadcast_to(leg.shank_m, start.shape))
        droop = stand.air * np.clip(stand.fold, -0.2, 1.0) * 0.9
        free = smooth(self.c["free"])[:, None, None]
        flat = about_y(stand.yaw)
        self.turns[:, paw] = frame(
            *np.moveaxis((flat + free * (rolled - flat))[:, :, :2], 2, 0)
        ) @ about_x(droop)

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
        self.turn("neck1", half)
        self.turn("neck2", half)
        self.turn(
            "head",
            about_y(c["head_yaw"]) @ about_x(c["head"] + 0.5 * steady) @ about_z(c["head_roll"]),
        )
        self.turn("jaw", about_x(np.clip(c["jaw"], 0, 0.7)))
        dart = np.cumsum(self.rng.uniform(0.5, 2.4, int(self.times[-1] - self.times[0]) * 2 + 6))
        at = np.searchsorted(dart + self.times[0], self.times)
        spots = self.rng.normal(0, 1, (len(dart) + 1, 2)) * [0.16, 0.06]
        for side, out in SIDES:
            glance = about_y(spots[at, 0]) @ about_x(spots[at, 1])
            self.turn(f"eye_{side}", glance)
            look = unit(plan.skeleton.tail(f"eye_{side}") - plan.head(f"eye_{side}"))
            hinge = unit(np.cross([0.0, 1.0, 0.0], look))
            shut = np.clip(c["lids"], -0.6, 1) * 1.35
            self.turn(f"lid_{side}", about(np.broadcast_to(hinge, (len(shut), 3)), shut))
            flip = about_x(-c["ears"]) @ about_z(out * -0.35 * c["ears"])
            if plan.species.ear == "flop":
                flip = about_z(out * (0.35 * np.clip(c["ears"], -0.2, 1.2)))
            elif plan.species.ear == "fan":
                flip = about_y(out * 0.7 * c["ears"])
            self.turn(f"ear_{side}", flip)
        self._tail()
        for index in range(3):
            if f"nose{index + 1}" in plan.skeleton.places:
                sway = 0.1 * np.sin(1.3 * self.times - 0.7 * index)
                curl = -0.5 * np.clip(-c["head"], 0, 1) * 1.5
                self.turn(f"nose{index + 1}", about_z(sway) @ about_x(curl - 0.2 * c["down"]))
        if plan.species.body == "biped":
            for side, out in SIDES:
                swing = 0.2 * np.sin(2 * np.pi * 0.4 * self.times + out) + 0.6 * c["jaw"]
                self.turn(f"arm_{side}", about_x(-0.3 * c["paw"] - 0.25 * swing))
                self.turn(f"forearm_{side}", about_x(-0.2 * swing - 0.6 * c["paw"]))
                self.turn(f"claw_{side}", about_x(0.3 * swing))
        if "claws" in plan.species.extras:
            for side, out in SIDES:
                wave = np.sin(2 * np.pi * 0.33 * self.times + 1.7 * out) + 1.5 * c["paw"]
                self.turn(f"arm_{side}", about_x(-0.2 * wave))
                self.turn(f"forearm_{side}", about_y(-0.3 * out * wave))
                self.turn(f"claw_{side}", about_x(-0.15 * wave))

    def _tail(self) -> None:
        c = self.c
        hertz = float(np.clip(1.5 / np.sqrt(self.size), 0.5, 2.2)) * (
            0.35 if self.plan.species.brush > 3 else 1
        )
        one = self.plan.species
        calm = one.feet != "paw" or one.skull > 0.28 or one.sprawl > 0
        hertz *= 0.4 if calm else 1.0
        for index in range(4):
            side = 0.42 * c["wag"] * np.sin(2 * np.pi * hertz * self.times - 0.75 * index)
            side = side + c["sway"] * (0.3 + 0.25 * index)
            lift = c["tail"] * (0.55, 0.25, 0.12, 0.08)[index]
            self.turn(f"tail{index + 1}", about_y(side) @ about_x(lift))

    def hang(self, name: str) -> None:
        """Hang a bone where its parent has it, with the turn it was given already."""
        places = self.plan.skeleton.places
        index, parent = places[name], self.plan.skeleton.parents[places[name]]
        gap = self.plan.skeleton.heads[index] - self.plan.skeleton.heads[parent]
        self.joints[:, index] = self.joints[:, parent] + turned(
            self.turns[:, parent], np.broadcast_to(gap.astype(np.float64), (len(self.times), 3))
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

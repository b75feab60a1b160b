"""What animals do: every act as named controls over all frames, and the animal's word for ours.

Angles are radians, positive nose down, and to the left of the animal for yaws; lengths are metres.
A verb that is meant for people is played as the nearest thing an animal does: who waves gives a
paw, who talks barks, who picks something up takes it in the mouth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from matinee.engine.stage.motion.controls import keyed, smooth
from matinee.engine.stage.skeleton import about_x, turned

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from .anatomy import Plan

Floats: TypeAlias = "npt.NDArray[np.float64]"

CONTROLS: Final = (
    "drop", "rise", "pitch", "roll", "twist", "arch", "neck", "neck_yaw", "head", "head_yaw",
    "head_roll", "tail", "wag", "ears", "jaw", "lids", "fore_z", "hind_z", "fore_fold",
    "hind_fold", "paw", "down", "spread", "flap", "shift", "sway", "rear", "rear_hips", "free",
    "haste", "perch", "raise",
)  # fmt: skip
Controls: TypeAlias = "dict[str, Floats]"


@dataclass(frozen=True, eq=False)
class Span:
    """One act as its player sees it: seconds since it began (n,), its length, tempo and size."""

    t: Floats
    length_s: float
    tempo: float
    size: float
    plan: Plan
    rng: np.random.Generator

    @property
    def m(self) -> float:
        """The height of the back."""
        return self.plan.species.unit_m * self.plan.scale

    def wave(self, hertz: float, phase: float = 0.0) -> Floats:
        """Return a sine at the animal's tempo."""
        return np.asarray(np.sin(2 * np.pi * hertz * self.tempo * self.t + phase))

    def bumps(self, moments: tuple[float, ...], width_s: float) -> Floats:
        """Return a soft bump at each moment."""
        gaps = self.t[:, None] - np.array(moments)
        return np.asarray(np.exp(-0.5 * (gaps / width_s) ** 2).sum(1))


@lru_cache(maxsize=64)
def sitting(plan: Plan) -> dict[str, float]:
    """Return how an animal sits: haunches on the floor, fore legs straight."""
    size = plan.species.unit_m * plan.scale
    root = plan.head("pelvis")
    shoulder, hip = plan.head("arm_l") - root, plan.head("thigh_l") - root
    low = (0.46 * plan.species.belly + 0.03) * size
    angles = np.linspace(0.0, 1.15, 116)
    high = shoulder[1] * np.cos(angles) + shoulder[2] * np.sin(angles)
    deep = hip[1] * np.cos(angles) + hip[2] * np.sin(angles)
    wanted = (shoulder[1] + root[1]) * 0.98 - low
    best = float(angles[int(np.argmin(np.abs(high - deep - wanted)))])
    root_y = low - (hip[1] * np.cos(best) + hip[2] * np.sin(best))
    fore = shoulder[2] * np.cos(best) - shoulder[1] * np.sin(best) - shoulder[2]
    haunch = hip[2] * np.cos(best) - hip[1] * np.sin(best)
    hind_home = next(leg.home[2] for leg in plan.legs if not leg.fore)
    return {
        "pitch": -best,
        "drop": float(root[1] - root_y),
        "fore_z": float(fore) + 0.05 * size,
        "hind_z": float(haunch + 0.3 * size - hind_home),
        "hind_fold": -1.22,
        "neck": 0.3 * best,
        "head": 0.62 * best,
        "tail": -0.5 - 0.3 * best if plan.species.tail_up < 0.9 else -0.9,
    }


@lru_cache(maxsize=64)
def lying(plan: Plan) -> dict[str, float]:
    """Return how an animal lies: chest on the floor, legs under it or stretched before it."""
    size = plan.species.unit_m * plan.scale
    if plan.species.legless:
        low = plan.species.form.ride_m * (0.6 if plan.species.body == "swimmer" else 0.0)
        return {"drop": low, "perch": 1.0, "raise": -0.6, "spread": -1.0, "down": 1.0}
    if plan.species.body == "many":
        return {"drop": 0.4 * size}
    if plan.species.body == "biped":
        return {"drop": 0.3 * size, "hind_fold": -0.9, "pitch": 0.1}
    if plan.species.body == "bird":
        return {
            "drop": 0.4 * (0.95 - 0.45 * plan.species.bulk) * size / 0.5,
            "hind_fold": -0.9,
            "tail": 0.1,
        }
    if plan.species.sprawl:
        return {"drop": max(0.93 - plan.species.depth - 0.1, 0.05) * size, "neck": 0.1}
    lies = {"drop": (0.965 - plan.species.depth) * size, "hind_z": 0.2 * size, "hind_fold": -1.25}
    if plan.species.feet == "paw":
        return {
            **lies,
            "fore_z": 0.3 * size,
            "fore_fold": -1.3,
            "tail": -0.4 * plan.species.tail_up,
        }
    return {**lies, "fore_z": 0.02 * size, "fore_fold": 1.4}


@lru_cache(maxsize=64)
def rearing(plan: Plan) -> dict[str, float]:
    """Return how an animal stands up on its hind legs: its hips stay where they are."""
    size = plan.species.unit_m * plan.scale
    root, lean = plan.head("pelvis"), 1.15
    hip = plan.head("thigh_l") - root
    deep = hip[1] * np.cos(lean) + hip[2] * np.sin(lean)
    back = hip[2] * np.cos(lean) - hip[1] * np.sin(lean)
    return {
        "pitch": -lean,
        "drop": float(deep - hip[1]) + 0.03 * size,
        "hind_z": float(back) - float(hip[2]) + 0.1 * size,
        "rear": 1.0,
        "neck": 0.5 * lean,
        "head": 0.4 * lean,
        "tail": -0.6,
    }


@lru_cache(maxsize=64)
def grazing(plan: Plan) -> dict[str, float]:
    """Return how an animal brings its mouth to the ground."""
    size = plan.species.unit_m * plan.scale
    if plan.species.legless or plan.species.body == "many":
        tip = 0.35 if plan.species.body == "swimmer" else 0.0
        return {"neck": 0.0, "head": 0.3, "pitch": tip}
    necks = np.linspace(0.0, 2.6, 40)
    heads = np.linspace(-0.9, 0.9, 13)
    leans = np.linspace(0.0, 0.42, 7)
    neck, head, lean = (a.ravel() for a in np.meshgrid(necks, heads, leans, indexing="ij"))
    names = ("neck1", "neck2", "head")
    spots = [plan.head(name) for name in names]
    root = plan.head("pelvis")
    turn = about_x(lean)
    at = root + turned(turn, np.broadcast_to(spots[0] - root, (len(lean), 3)))
    for index, (bend, after) in enumerate(
        zip((neck / 2, neck / 2, head), (*spots[1:], plan.muzzle), strict=True)
    ):
        turn = turn @ about_x(bend)
        at = at + turned(turn, np.broadcast_to(after - spots[index], at.shape))
    goal = 0.05 * size
    cost = np.abs(at[:, 1] - goal) / size * 6 + 0.12 * neck + 0.2 * np.abs(head) + 0.7 * lean
    cost += 4 * np.maximum(goal - at[:, 1], 0) / size * 3
    # The nose leads: a muzzle that points back under the body is no way to eat.
    cost += 0.9 * np.maximum(neck + head + lean - 1.0, 0)
    best = int(np.argmin(cost))
    return {"neck": float(neck[best]), "head": float(head[best]), "pitch": float(lean[best])}


def _held(pose: dict[str, float], span: Span) -> Controls:
    return {name: np.full(len(span.t), value) for name, value in pose.items()}


def _stand(_span: Span) -> Controls:
    return {}


def _sit(span: Span) -> Controls:
    if span.plan.species.body == "bird":
        return _held({**lying(span.plan), "drop": 0.2 * span.m}, span)
    if span.plan.species.body == "biped":
        return _held({"drop": 0.16 * span.m, "hind_fold": -0.5, "pitch": -0.15}, span)
    if not span.plan.species.sits or span.plan.species.hops:
        return _lie(span)
    return {**_held(sitting(span.plan), span), "wag": 0.18 * np.abs(span.wave(0.11))}


def _lie(span: Span) -> Controls:
    return _held(lying(span.plan), span)


def _sleep(span: Span) -> Controls:
    down = grazing(span.plan)
    pose = _held({**lying(span.plan), "down": 1.0, "lids": 1.0, "ears": 0.3}, span)
    pose["neck"] = np.full(len(span.t), 0.5 * down["neck"]) + 0.02 * span.wave(0.2)
    pose["head"] = np.full(len(span.t), 0.1)
    return pose


def _sniff(span: Span) -> Controls:
    pose = _held({**grazing(span.plan), "down": 1.0, "tail": 0.15}, span)
    pose["head"] = pose["head"] + 0.05 * span.wave(2.7) * np.clip(span.wave(0.4) + 0.6, 0, 1)
    pose["neck_yaw"] = 0.22 * span.size * span.wave(0.23, 0.7)
    pose["ears"] = 0.1 + 0.05 * span.wave(0.9)
    return pose


def _eat(span: Span) -> Controls:
    pose = _sniff(span)
    pose["neck_yaw"] = 0.05 * span.wave(0.3)
    pose["jaw"] = 0.13 * (1 + span.wave(1.9)) * np.clip(0.7 + span.wave(0.3), 0, 1)
    return pose


def _pick_up(span: Span) -> Controls:
    down = keyed(
        span.t,
        [0.0, 0.42 * span.length_s, 0.55 * span.length_s, 0.9 * span.length_s],
        [0.0, 1.0, 1.0, 0.0],
    )
    pose = {name: value * down for name, value in grazing(span.plan).items()}
    pose["down"] = down
    pose["jaw"] = 0.12 + 0.3 * span.bumps((0.36 * span.length_s,), 0.12)
    return pose


def _look(span: Span) -> Controls:
    return {
        "ears": np.full(len(span.t), -0.12),
        "head_roll": 0.12 * smooth(span.t / 0.8) * span.wave(0.17),
    }


def _look_around(span: Span) -> Controls:
    swing = keyed(
        span.t, np.array([0, 0.7, 1.5, 2.3, 3.2, 4.0]) / span.tempo, [0, 0.75, 0.7, -0.6, -0.7, 0.1]
    )
    return {
        "neck_yaw": 0.5 * swing,
        "head_yaw": 0.55 * swing,
        "head": -0.08 + 0.1 * span.wave(0.3),
        "ears": -0.15 + 0.1 * span.wave(0.6),
        "down": np.full(len(span.t), 1.0),
    }


def _wag(span: Span) -> Controls:
    tilt = 0.28 * span.size * np.sign(span.rng.normal()) * smooth(span.t / 0.5)
    return {
        "wag": np.full(len(span.t), 0.75 * span.size),
        "tail": np.full(len(span.t), 0.3),
        "head_roll": tilt * smooth(1.4 - np.abs(span.t - 1.2)),
        "ears": -0.1 + 0.08 * span.wave(0.7),
    }


def _listen(span: Span) -> Controls:
    moments = (0.6, 2.9, 5.6)
    side = float(np.sign(span.rng.normal()) or 1.0)
    return {
        "head_roll": 0.3 * side * np.clip(span.bumps(moments, 0.5), 0, 1),
        "ears": -0.14 + 0 * span.t,
        "wag": 0.12 + 0 * span.t,
    }


def _bark(span: Span) -> Controls:
    """Speak: the mouth moves with the words if there are any, and the body with the mouth."""
    beat = np.clip(span.wave(1.1), 0, 1)
    snap = np.clip(span.wave(1.1), 0, 1) ** 3
    return {
        "jaw": 0.45 * snap,
        "head": -0.1 * span.size * beat - 0.06,
        "neck": -0.07 * beat,
        "ears": -0.08 + 0.06 * beat,
        "wag": 0.25 + 0 * span.t,
        "tail": 0.2 + 0 * span.t,
    }


def _howl(span: Span) -> Controls:
    """Cry or sing with the head thrown back."""
    up = smooth(span.t / 0.8) * (0.8 + 0.2 * span.wave(0.25))
    return {
        "head": -0.55 * up,
        "neck": -0.3 * up,
        "jaw": 0.25 * np.clip(span.wave(0.3) + 0.5, 0, 1),
        "ears": 0.35 * up,
        "lids": 0.5 * up,
        "down": up,
    }


def _give_paw(span: Span) -> Controls:
    if span.plan.species.body == "bird":
        return _flutter(span)
    lifted = smooth(span.t / 0.4) * (0.75 + 0.25 * span.wave(1.6))
    out = _sit(span) if span.plan.species.sits and not span.plan.species.hops else {}
    return {**out, "paw": lifted * min(span.size, 1.2), "wag": 0.4 + 0 * span.t}


def _crouch(span: Span) -> Controls:
    low = smooth(span.t / 0.5)
    return {
        "drop": 0.2 * span.m * low,
        "head": 0.05 * low,
        "neck": 0.35 * low,
        "ears": 0.4 * low,
        "tail": -0.6 * low,
        "pitch": 0.06 * low,
    }


def _fall(span: Span) -> Controls:
    over = smooth(span.t / 0.55)
    pose = {name: value * over for name, value in lying(span.plan).items()}
    return {
        **pose,
        "lids": smooth((span.t - 0.5) / 0.6),
        "head": 0.3 * over,
        "neck": 0.5 * over,
        "down": over,
    }


def _leaps(span: Span, moments: list[float], high: float, air_s: float) -> Controls:
    """Jump off all fours at each moment: crouch, rise nose first, land on the fore paws."""
    rise, crouch, pitch, tuck = (np.zeros(len(span.t)) for _ in range(4))
    for start in moments:
        u = (span.t - start) / air_s
        flight = np.where((u > 0) & (u < 1), 4 * u * (1 - u), 0)
        rise += high * flight
        tuck += np.where((u > 0) & (u < 1), np.sin(np.pi * np.clip(u, 0, 1)), 0)
        pitch += 0.24 * np.where(
            (u > -0.3) & (u < 1), np.sin(2 * np.pi * np.clip((u + 0.3) / 1.3, 0, 1)), 0
        )
        crouch += np.exp(-0.5 * ((span.t - start + 0.1) / 0.08) ** 2)
        crouch += 0.8 * np.exp(-0.5 * ((span.t - start - air_s - 0.07) / 0.07) ** 2)
    return {
        "rise": rise,
        "drop": 0.15 * span.m * crouch,
        "pitch": -pitch,
        "fore_fold": 0.9 * tuck,
        "hind_fold": 0.5 * tuck,
        "ears": 0.25 * tuck,
        "tail": 0.3 * tuck,
        "wag": 0.3 + 0 * span.t,
    }


def leap_of(span: Span) -> tuple[list[float], float, float]:
    """Return when an animal jumps, how high in metres and for how long it is in the air."""
    high = span.m * (0.55 if span.plan.species.feet == "paw" else 0.28) * min(span.size, 1.3)
    high = min(high, 0.6)
    air_s = float(2 * np.sqrt(2 * high / 9.81))
    gap = air_s + 0.5
    count = max(int((span.length_s - 0.2) / gap), 1)
    return [0.25 + k * gap for k in range(min(count, 4))], high, air_s


def _jump(span: Span) -> Controls:
    if span.plan.species.legless:
        return _leap(span)
    if span.plan.species.weight > 0.85 and span.plan.species.body == "quadruped":
        return {
            "pitch": -0.05 * np.abs(span.wave(0.6)),
            "ears": 0.3 * span.wave(0.8),
            "head": -0.3 * np.abs(span.wave(0.5)),
        }
    flown = _leaps(span, *leap_of(span))
    if span.plan.species.body == "bird":
        flown = {**flown, **_flutter(span)}
    return flown


def _dance(span: Span) -> Controls:
    """Bounce and sway to a beat of two a second."""
    bounce = np.abs(span.wave(1.0))
    return {
        "drop": 0.05 * span.m * (1 - bounce),
        "roll": 0.05 * span.wave(1.0),
        "twist": 0.14 * span.wave(0.5),
        "neck_yaw": 0.2 * span.wave(0.5),
        "head_roll": 0.25 * span.wave(1.0),
        "wag": 0.8 + 0 * span.t,
        "neck": -0.12 * bounce,
        "ears": -0.15 * bounce,
        "spread": 0.6 * np.clip(span.wave(0.5), 0, 1),
        "flap": 0.4 * span.wave(2.0),
    }


def _toss(span: Span) -> Controls:
    """Throw something with the mouth: down, then up with a jerk."""
    share = span.t / max(span.length_s, 0.1)
    swing = keyed(share, [0, 0.35, 0.52, 0.7, 1.0], [0, 0.5, -0.6, -0.2, 0])
    return {
        "head": 0.6 * swing,
        "neck": 0.7 * swing,
        "jaw": 0.14 + 0.4 * smooth((share - 0.5) / 0.06) * smooth((0.9 - share) / 0.2),
    }


def _charge(span: Span) -> Controls:
    """Fight: lunge, snap, draw back."""
    lunge = np.clip(span.wave(0.9), 0, 1) ** 1.5
    return {
        "shift": 0.16 * span.m * lunge,
        "neck": 0.3 - 0.25 * lunge,
        "head": -0.1 + 0.2 * lunge,
        "jaw": 0.1 + 0.4 * lunge,
        "ears": 0.4 + 0 * span.t,
        "drop": 0.06 * span.m * (1 - lunge),
        "pitch": 0.08 - 0.12 * lunge,
        "tail": 0.3 + 0 * span.t,
        "spread": 0.8 * lunge,
        "flap": 0.5 * span.wave(3.0),
    }


def _carry(span: Span) -> Controls:
    return {
        "jaw": np.full(len(span.t), 0.12),
        "tail": np.full(len(span.t), 0.2),
        "wag": np.full(len(span.t), 0.3),
    }


def _flutter(span: Span) -> Controls:
    on = np.clip(span.wave(0.45) + 0.75, 0, 1) ** 2
    return {"spread": on, "flap": on * 0.8 * span.wave(4.5)}


def _fly(span: Span) -> Controls:
    """Cross the air: wings beat, then glide a while; feet and legs are drawn up."""
    one = span.plan.species
    if one.body == "flutter" or not one.flies:
        return _swim(span) if one.legless else _leaps(span, *leap_of(span))
    high = 1.25 + 0.35 * float(np.clip(span.m, 0, 3)) + 0.12 * span.wave(0.21)
    hertz = float(np.clip(1.5 / np.sqrt(one.span * span.m), 0.8, 7.0))
    # Small birds beat nearly all the time, large ones sail.
    sails = float(np.clip(0.25 + 0.5 * one.span * span.m, 0.2, 0.75))
    beating = smooth((np.sin(2 * np.pi * 0.21 * span.t + 1.2) + 1.0 - 1.5 * sails) / 0.5)
    begun = smooth(1.6 - span.t)
    beating = np.maximum(beating, begun)
    beat = span.wave(hertz) * (0.1 + 0.9 * beating)
    quadruped = one.body == "quadruped"
    return {
        "rise": high + 0.06 * beating * span.wave(hertz, -1.6) * one.span * span.m * 0.5,
        "spread": np.ones(len(span.t)),
        "flap": 0.8 * beat + 0.12 + 0.04 * span.wave(0.7),
        "pitch": np.full(
            len(span.t), 0.15 if quadruped or one.wings == "skin" else 0.42 + 0.8 * one.upright
        ),
        "neck": np.full(len(span.t), 0.25 * (one.neck > 0.5)),
        "head": np.full(len(span.t), 0.0 if quadruped else -0.2 - 0.6 * one.upright),
        "free": np.full(len(span.t), float(quadruped)),
        "hind_fold": np.full(len(span.t), 0.9 * quadruped),
        "fore_fold": np.full(len(span.t), 1.1 * quadruped),
        "tail": np.full(len(span.t), -0.1),
    }


def _swim(span: Span) -> Controls:
    """Swim: what lives in water does so anyway; a land animal lies low and paddles."""
    one = span.plan.species
    if one.legless:
        return {"haste": np.full(len(span.t), 0.4), "roll": 0.1 * span.wave(0.3)}
    if one.body in {"bird", "many", "biped"}:
        return {
            "drop": 0.2 * span.m + 0.02 * span.m * span.wave(0.5),
            "roll": 0.03 * span.wave(0.4),
        }
    return {
        "pitch": np.full(len(span.t), -0.12),
        "drop": 0.1 * span.m + 0.02 * span.m * span.wave(0.8),
        "fore_fold": 0.5 + 0.5 * span.wave(1.3),
        "head": np.full(len(span.t), -0.25),
        "neck": np.full(len(span.t), -0.15),
    }


def _leap(span: Span) -> Controls:
    """Leap out of the water: down first, then a high arc nose first, and down again."""
    high = float(np.clip(0.55 * span.m, 0.25, 2.2)) * min(span.size, 1.3)
    air_s = 2 * float(np.sqrt(2 * high / 9.81)) + 0.2
    rise, haste = np.zeros(len(span.t)), np.zeros(len(span.t))
    start = 0.5
    while start == 0.5 or start + air_s < span.length_s:
        u = (span.t - start) / air_s
        rise += np.where((u > 0) & (u < 1), high * 4 * u * (1 - u), 0)
        rise -= 0.16 * high * np.exp(-0.5 * ((span.t - start + 0.2) / 0.14) ** 2)
        rise -= 0.16 * high * np.exp(-0.5 * ((span.t - start - air_s - 0.2) / 0.14) ** 2)
        haste += np.exp(-0.5 * ((span.t - start) / 0.3) ** 2)
        start += air_s + 1.2
    return {"rise": rise, "haste": haste, "roll": 0.12 * span.wave(0.4)}


def _roll(span: Span) -> Controls:
    """Roll over: down on the side, once round on the back with the paws in the air, and up."""
    turn_s = float(np.clip(span.length_s - 0.9, 1.1, 2.6))
    share = smooth((span.t - 0.5) / turn_s)
    if span.plan.species.legless:
        return {"roll": 2 * np.pi * share * min(span.size, 1.0)}
    down = smooth(span.t / 0.5) * smooth((turn_s + 1.0 - span.t) / 0.5)
    lies = lying(span.plan).get("drop", 0.0)
    on_back = np.sin(np.pi * share) ** 2
    return {
        "drop": down * (lies - 0.12 * span.plan.species.depth * span.m * on_back),
        "roll": 2 * np.pi * share,
        "free": smooth(down * 2) * np.clip(on_back * 6, 0, 1),
        "fore_fold": 0.8 * on_back + 0.3 * on_back * span.wave(1.6),
        "hind_fold": 0.6 * on_back - 0.3 * on_back * span.wave(1.4),
        "jaw": 0.12 * on_back,
        "wag": 0.4 * on_back,
        "down": on_back,
    }


def _dig(span: Span) -> Controls:
    """Scratch a hole with both fore paws in turn, nose close to it."""
    pose = _sniff(span)
    beat = span.wave(2.4)
    return {
        **pose,
        "pitch": pose["pitch"] + 0.04,
        "fore_z": 0.1 * span.m * beat,
        "fore_fold": 0.35 + 0.35 * beat,
        "drop": 0.015 * span.m * (1 + span.wave(2.4, 0.8)),
        "wag": np.full(len(span.t), 0.5),
        "tail": np.full(len(span.t), 0.4),
    }


def _climb(span: Span) -> Controls:
    """Go up a trunk that stands before it: body upright, paws reaching in turn."""
    if span.plan.species.legless or span.plan.species.body != "quadruped":
        return _leap(span) if span.plan.species.legless else _crouch(span)
    up = rearing(span.plan)
    high = float(np.clip(3.0 * span.m, 0.5, 2.4))
    share = smooth(span.t / max(span.length_s, 0.5))
    reach = span.wave(1.8)
    return {
        **_held({name: up[name] for name in ("pitch", "drop", "neck")}, span),
        "rise": high * share + 0.03 * span.m * np.abs(reach),
        "free": np.ones(len(span.t)),
        "fore_fold": -0.3 + 0.35 * reach,
        "hind_fold": 0.4 - 0.35 * reach,
        "shift": np.full(len(span.t), 0.2 * span.m),
        "head": np.full(len(span.t), -0.2),
    }


def _upright(span: Span) -> Controls:
    """Stand on the hind legs."""
    if span.plan.species.body != "quadruped":
        return _listen(span)
    held = _held(rearing(span.plan), span)
    held["roll"] = 0.04 * span.wave(0.35)
    return held


def _dance_upright(span: Span) -> Controls:
    """Dance on the hind legs, the fore paws beating time."""
    if span.plan.species.body != "quadruped":
        return _dance(span)
    held, bounce = _upright(span), np.abs(span.wave(1.0))
    return {
        **held,
        "drop": held["drop"] + 0.06 * span.m * (1 - bounce),
        "roll": 0.12 * span.wave(0.5),
        "twist": 0.2 * span.wave(0.5, 0.5),
        "head_roll": 0.25 * span.wave(1.0),
        "fore_fold": 0.4 * span.wave(1.0),
        "wag": np.full(len(span.t), 0.8),
    }


def _play(span: Span) -> Controls:
    """Bow with the elbows down and the rump up, then spring."""
    four = span.plan.species.body == "quadruped" and not span.plan.species.sprawl
    bow = four * np.clip(span.wave(0.35, 0.6) * 2.0, 0, 1)
    spring = _leaps(span, [0.9 + 2.86 * k for k in range(4) if 0.9 + 2.86 * k < span.length_s - 0.6],
                    0.25 * span.m, 0.3)  # fmt: skip
    return {
        **spring,
        "pitch": spring["pitch"] + 0.32 * bow,
        "drop": spring["drop"] + 0.12 * span.m * bow,
        "fore_z": 0.16 * span.m * bow,
        "fore_fold": spring["fore_fold"] - 0.5 * bow,
        "head": -0.4 * bow,
        "wag": np.full(len(span.t), 0.9),
        "jaw": 0.15 + 0 * span.t,
    }


PLAYED: Final[dict[str, Callable[[Span], Controls]]] = {
    "stand": _stand,
    "walk": _stand,
    "run": _stand,
    "sit": _sit,
    "lie": _lie,
    "sleep": _sleep,
    "sniff": _sniff,
    "eat": _eat,
    "drink": _eat,
    "look": _look,
    "look_around": _look_around,
    "wag": _wag,
    "listen": _listen,
    "bark": _bark,
    "howl": _howl,
    "give_paw": _give_paw,
    "crouch": _crouch,
    "fall": _fall,
    "jump": _jump,
    "dance": _dance,
    "pick_up": _pick_up,
    "throw": _toss,
    "fight": _charge,
    "carry": _carry,
    "fly": _fly,
    "swim": _swim,
    "roll": _roll,
    "dig": _dig,
    "climb": _climb,
    "upright": _upright,
    "dance_upright": _dance_upright,
    "play": _play,
}
ACTS: Final = tuple(PLAYED)
NEAREST_ACT: Final[dict[str, str]] = {
    "talk": "bark", "shout": "bark", "sing": "howl", "cry": "howl", "pray": "lie",
    "wave": "give_paw",
    "point": "look", "nod": "wag", "clap": "wag", "hug": "wag", "bow": "crouch", "cheer": "jump",
    "shake_hands": "give_paw", "kneel": "lie", "hold": "carry", "present": "carry", "give": "carry",
    "catch": "jump", "push": "fight", "kick": "fight", "sneak": "crouch", "crawl": "crouch",
    "think": "listen", "read": "sniff", "write": "sniff", "cook": "sniff", "type": "sniff",
    "laugh": "wag", "celebrate": "jump",
    "kiss": "wag", "backflip": "roll", "cartwheel": "roll", "lie_down": "lie", "pounce": "jump",
    "shake_head": "look_around", "beckon": "give_paw", "carry_box": "carry", "crouch_down": "crouch",
    "roar": "bark", "chase": "run", "gallop": "run", "trot": "walk", "ride": "stand", "float": "swim",
    "dive": "swim", "hop": "jump", "leap": "jump", "scratch": "dig", "land": "stand",
    "take_off": "fly", "hover": "fly", "bite": "fight", "attack": "fight", "graze": "eat",
}  # fmt: skip


UPRIGHT = frozenset({"upright", "on hind legs", "on two legs", "like a human", "standing up"})


def act_of(plan: Plan, action: str, manner: str = "") -> str:
    """Return what an animal does for an action of people; what nobody knows is standing there."""
    one = plan.species
    known = action if action in PLAYED else NEAREST_ACT.get(action, "stand")
    if manner.lower() in UPRIGHT:
        known = {"dance": "dance_upright", "stand": "upright", "walk": "upright"}.get(known, known)
    if known == "run" and one.body == "bird" and one.flies:
        return "fly"
    if known == "dance" and one.body == "swimmer":
        return "roll"
    return known


def action_for(verb: str, action: str) -> str:
    """Return what is asked of an animal: its own word where it has one, else what a person does.

    verb is the screenplay's word, action what it means to a person's body.
    """
    return verb if verb in PLAYED or verb in NEAREST_ACT else action

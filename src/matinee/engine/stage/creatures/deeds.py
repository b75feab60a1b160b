"""What animals do on the spot: rest, eat, look, speak, fight, and take things in the mouth."""

from __future__ import annotations

import numpy as np

from matinee.engine.stage.motion.controls import keyed, smooth

from .poses import Controls, Span, grazing, lying, sitting


def held(pose: dict[str, float], span: Span) -> Controls:
    """Return a posture as controls that do not change."""
    return {name: np.full(len(span.t), value) for name, value in pose.items()}


def stand(_span: Span) -> Controls:
    """Stand there and live."""
    return {}


def sit(span: Span) -> Controls:
    """Sit on the haunches; what has hooves lies down."""
    if span.plan.species.body == "bird":
        return held({**lying(span.plan), "drop": 0.2 * span.m}, span)
    if span.plan.species.body == "biped":
        return held({"drop": 0.16 * span.m, "hind_fold": -0.5, "pitch": -0.15}, span)
    if not span.plan.species.sits or span.plan.species.hops:
        return lie(span)
    return {**held(sitting(span.plan), span), "wag": 0.18 * np.abs(span.wave(0.11))}


def lie(span: Span) -> Controls:
    """Lie down."""
    return held(lying(span.plan), span)


def sleep(span: Span) -> Controls:
    """Lie with closed eyes."""
    down = grazing(span.plan)
    pose = held({**lying(span.plan), "down": 1.0, "lids": 1.0, "ears": 0.3}, span)
    pose["neck"] = np.full(len(span.t), 0.5 * down["neck"]) + 0.02 * span.wave(0.2)
    pose["head"] = np.full(len(span.t), 0.1)
    return pose


def sniff(span: Span) -> Controls:
    """Bring the nose to the ground and let it search."""
    pose = held({**grazing(span.plan), "down": 1.0, "tail": 0.15}, span)
    pose["head"] = pose["head"] + 0.05 * span.wave(2.7) * np.clip(span.wave(0.4) + 0.6, 0, 1)
    pose["neck_yaw"] = 0.22 * span.size * span.wave(0.23, 0.7)
    pose["ears"] = 0.1 + 0.05 * span.wave(0.9)
    return pose


def eat(span: Span) -> Controls:
    """Chew with the nose at the ground."""
    pose = sniff(span)
    pose["neck_yaw"] = 0.05 * span.wave(0.3)
    pose["jaw"] = 0.13 * (1 + span.wave(1.9)) * np.clip(0.7 + span.wave(0.3), 0, 1)
    return pose


def pick_up(span: Span) -> Controls:
    """Take something from the ground with the mouth."""
    down = keyed(
        span.t,
        [0.0, 0.42 * span.length_s, 0.55 * span.length_s, 0.9 * span.length_s],
        [0.0, 1.0, 1.0, 0.0],
    )
    pose = {name: value * down for name, value in grazing(span.plan).items()}
    pose["down"] = down
    pose["jaw"] = 0.12 + 0.3 * span.bumps((0.36 * span.length_s,), 0.12)
    return pose


def look(span: Span) -> Controls:
    """Look at something, head a little aside."""
    return {
        "ears": np.full(len(span.t), -0.12),
        "head_roll": 0.12 * smooth(span.t / 0.8) * span.wave(0.17),
    }


def look_around(span: Span) -> Controls:
    """Look to one side, then to the other."""
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


def wag(span: Span) -> Controls:
    """Be glad: the tail, the ears, a tilted head."""
    tilt = 0.28 * span.size * np.sign(span.rng.normal()) * smooth(span.t / 0.5)
    return {
        "wag": np.full(len(span.t), 0.75 * span.size),
        "tail": np.full(len(span.t), 0.3),
        "head_roll": tilt * smooth(1.4 - np.abs(span.t - 1.2)),
        "ears": -0.1 + 0.08 * span.wave(0.7),
    }


def listen(span: Span) -> Controls:
    """Prick the ears and tilt the head."""
    moments = (0.6, 2.9, 5.6)
    side = float(np.sign(span.rng.normal()) or 1.0)
    return {
        "head_roll": 0.3 * side * np.clip(span.bumps(moments, 0.5), 0, 1),
        "ears": -0.14 + 0 * span.t,
        "wag": 0.12 + 0 * span.t,
    }


def bark(span: Span) -> Controls:
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


def howl(span: Span) -> Controls:
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


def give_paw(span: Span) -> Controls:
    """Lift a fore paw to somebody."""
    if span.plan.species.body == "bird":
        return flutter(span)
    lifted = smooth(span.t / 0.4) * (0.75 + 0.25 * span.wave(1.6))
    out = sit(span) if span.plan.species.sits and not span.plan.species.hops else {}
    return {**out, "paw": lifted * min(span.size, 1.2), "wag": 0.4 + 0 * span.t}


def crouch(span: Span) -> Controls:
    """Press the body to the ground."""
    low = smooth(span.t / 0.5)
    return {
        "drop": 0.2 * span.m * low,
        "head": 0.05 * low,
        "neck": 0.35 * low,
        "ears": 0.4 * low,
        "tail": -0.6 * low,
        "pitch": 0.06 * low,
    }


def fall(span: Span) -> Controls:
    """Fall over and lie still."""
    over = smooth(span.t / 0.55)
    pose = {name: value * over for name, value in lying(span.plan).items()}
    return {
        **pose,
        "lids": smooth((span.t - 0.5) / 0.6),
        "head": 0.3 * over,
        "neck": 0.5 * over,
        "down": over,
    }


def toss(span: Span) -> Controls:
    """Throw something with the mouth: down, then up with a jerk."""
    share = span.t / max(span.length_s, 0.1)
    swing = keyed(share, [0, 0.35, 0.52, 0.7, 1.0], [0, 0.5, -0.6, -0.2, 0])
    return {
        "head": 0.6 * swing,
        "neck": 0.7 * swing,
        "jaw": 0.14 + 0.4 * smooth((share - 0.5) / 0.06) * smooth((0.9 - share) / 0.2),
    }


def charge(span: Span) -> Controls:
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


def carry(span: Span) -> Controls:
    """Hold something in the mouth."""
    return {
        "jaw": np.full(len(span.t), 0.12),
        "tail": np.full(len(span.t), 0.2),
        "wag": np.full(len(span.t), 0.3),
    }


def flutter(span: Span) -> Controls:
    """Beat the wings on the spot, now and then."""
    on = np.clip(span.wave(0.45) + 0.75, 0, 1) ** 2
    return {"spread": on, "flap": on * 0.8 * span.wave(4.5)}

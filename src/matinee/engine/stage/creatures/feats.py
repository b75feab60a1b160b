"""What animals do with all of their bodies: jump, fly, swim, roll, dig, climb and dance."""

from __future__ import annotations

import numpy as np

from matinee.engine.stage.motion.controls import smooth

from . import deeds
from .poses import Controls, Span, lying, rearing


def leaps(span: Span, moments: list[float], high: float, air_s: float) -> Controls:
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


def jump(span: Span) -> Controls:
    """Jump; what swims leaps out of the water, what is too heavy does not leave the ground."""
    if span.plan.species.legless:
        return leap(span)
    if span.plan.species.weight > 0.85 and span.plan.species.body == "quadruped":
        return {
            "pitch": -0.05 * np.abs(span.wave(0.6)),
            "ears": 0.3 * span.wave(0.8),
            "head": -0.3 * np.abs(span.wave(0.5)),
        }
    flown = leaps(span, *leap_of(span))
    if span.plan.species.body == "bird":
        flown = {**flown, **deeds.flutter(span)}
    return flown


def dance(span: Span) -> Controls:
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


def fly(span: Span) -> Controls:
    """Cross the air: wings beat, then glide a while; feet and legs are drawn up."""
    one = span.plan.species
    if one.body == "flutter" or not one.flies:
        return swim(span) if one.legless else leaps(span, *leap_of(span))
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


def swim(span: Span) -> Controls:
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


def leap(span: Span) -> Controls:
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


def roll(span: Span) -> Controls:
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


def dig(span: Span) -> Controls:
    """Scratch a hole with both fore paws in turn, nose close to it."""
    pose = deeds.sniff(span)
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


def climb(span: Span) -> Controls:
    """Go up a trunk that stands before it: body upright, paws reaching in turn."""
    if span.plan.species.legless or span.plan.species.body != "quadruped":
        return leap(span) if span.plan.species.legless else deeds.crouch(span)
    up = rearing(span.plan)
    high = float(np.clip(3.0 * span.m, 0.5, 2.4))
    share = smooth(span.t / max(span.length_s, 0.5))
    reach = span.wave(1.8)
    return {
        **deeds.held({name: up[name] for name in ("pitch", "drop", "neck")}, span),
        "rise": high * share + 0.03 * span.m * np.abs(reach),
        "free": np.ones(len(span.t)),
        "fore_fold": -0.3 + 0.35 * reach,
        "hind_fold": 0.4 - 0.35 * reach,
        "shift": np.full(len(span.t), 0.2 * span.m),
        "head": np.full(len(span.t), -0.2),
    }


def upright(span: Span) -> Controls:
    """Stand on the hind legs."""
    if span.plan.species.body != "quadruped":
        return deeds.listen(span)
    held = deeds.held(rearing(span.plan), span)
    held["roll"] = 0.04 * span.wave(0.35)
    return held


def dance_upright(span: Span) -> Controls:
    """Dance on the hind legs, the fore paws beating time."""
    if span.plan.species.body != "quadruped":
        return dance(span)
    held, bounce = upright(span), np.abs(span.wave(1.0))
    return {
        **held,
        "drop": held["drop"] + 0.06 * span.m * (1 - bounce),
        "roll": 0.12 * span.wave(0.5),
        "twist": 0.2 * span.wave(0.5, 0.5),
        "head_roll": 0.25 * span.wave(1.0),
        "fore_fold": 0.4 * span.wave(1.0),
        "wag": np.full(len(span.t), 0.8),
    }


def play(span: Span) -> Controls:
    """Bow with the elbows down and the rump up, then spring."""
    four = span.plan.species.body == "quadruped" and not span.plan.species.sprawl
    bow = four * np.clip(span.wave(0.35, 0.6) * 2.0, 0, 1)
    spring = leaps(span, [0.9 + 2.86 * k for k in range(4) if 0.9 + 2.86 * k < span.length_s - 0.6],
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

"""Deeds: movements that do something to the world: throw, take, give, drink, jump."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .controls import between, smooth
from .frame import OUT
from .gestures import FIST, MIDDLE, OPEN_HAND
from .moment import Cue, Gesture, Moment, mix, still, turning

if TYPE_CHECKING:
    from collections.abc import Callable

GRIP = (0.5, 0.55, 0.6, 0.62, 0.66)
SPINE_M = 0.47
CARRIED = (-0.06, -0.46, 0.46)


def throw(m: Moment) -> Gesture:
    """Throw overarm: wind up, step, release, follow through."""
    side, other = m.side, m.other
    release = float(np.clip(0.6 * m.length_s, min(0.5, 0.7 * m.length_s), 1.6))
    pace = min(1.0, release / 0.8) / m.tempo
    at = release + np.array([-0.80, -0.42, -0.16, 0.0, 0.14, 0.42, 0.8]) * pace
    hand = m.keys(
        at,
        [
            (0.05, -0.55, 0.35),
            (0.42, 0.18, -0.50),
            (0.46, 0.36, -0.30),
            (0.10, 0.46, 0.72),
            (-0.18, -0.05, 0.86),
            (-0.34, -0.62, 0.45),
            (0.05, -0.85, 0.15),
        ],
    )
    off = m.keys(
        at,
        [
            (0.05, -0.55, 0.35),
            (0.05, 0.02, 0.85),
            (0.15, -0.05, 0.80),
            (0.30, -0.45, 0.25),
            (0.32, -0.55, -0.10),
            (0.25, -0.75, -0.10),
            (0.12, -0.9, 0.1),
        ],
    )
    turn = m.keys(at, [0, -0.75, -0.6, 0.35, 0.6, 0.5, 0.1]) * turning(side) * m.size
    lean = m.keys(at, [0, -0.12, -0.10, 0.16, 0.34, 0.30, 0.05])
    lunge = m.keys(
        at,
        [
            (0, 0, 0),
            (0, -0.02, -0.10),
            (0, -0.05, 0.02),
            (0, -0.06, 0.14),
            (0, -0.07, 0.16),
            (0, -0.04, 0.10),
            (0, 0, 0),
        ],
    )
    step = m.keys(
        at,
        [
            (0, 0, 0),
            (0, 0.10, 0.05),
            (0, 0.0, 0.26),
            (0, 0, 0.26),
            (0, 0, 0.26),
            (0, 0.0, 0.26),
            (0, 0, 0.0),
        ],
    )
    heel = m.keys(at, [(0, 0), (0, 0), (0.2, 0), (0.7, 0), (0.8, 0), (0.5, 0), (0, 0)])
    grip = between(m.t, release - 0.02, release + 0.08)[:, None]
    fingers = np.array(GRIP) + grip * (np.array(OPEN_HAND) - np.array(GRIP))
    return Gesture(
        {
            f"hand_{side}": hand,
            f"hand_{other}": off,
            f"pole_{side}": still((1.0, -0.35, -0.3)),
            f"wrist_{side}": mix(0.5, m.keys(at, [0, -0.7, -0.8, 0.1, 0.7, 0.4, 0.1]), 0),
            f"fingers_{side}": fingers,
            f"foot_{other}": step,
            f"sole_{side}": heel,
        },
        {
            "spine": mix(lean * 0.6, turn * 0.7, 0),
            "tilt": mix(lean * 0.4, turn * 0.45, 0),
            "head": mix(-0.4 * lean, -turn * 0.75, 0),
            "pelvis": lunge,
        },
        [Cue("grab", 0.0, side), Cue("release", release, side)],
    )


def pick_up(m: Moment) -> Gesture:
    """Bend to the target, take it and come up with it."""
    side = m.nearer_hand()
    grab = float(np.clip(0.45 * m.length_s, 0.35, 1.2))
    up = min(grab + 1.0, max(m.length_s, grab + 0.3))
    floor = m.root[:, 1]
    ahead = m.root + np.stack([np.sin(m.yaw), 0 * m.yaw, np.cos(m.yaw)], 1) * 0.42 * m.build.scale
    target = ahead if m.target is None else np.broadcast_to(m.target, m.root.shape)
    height = float(np.median(target[:, 1] - floor))
    shoulder = float(m.build.skeleton.head(f"upperarm_{side}")[1])
    arm = m.build.arms[side].length
    need = max(0.0, shoulder - height - 0.55 * arm) / m.build.scale
    bend = smooth(m.t / grab) * (1 - between(m.t, grab + 0.12, up))
    squat, stoop = min(0.34, 0.42 * need), min(1.3, 1.45 * need)
    reach = smooth(m.t / grab) * (1 - between(m.t, grab + 0.15, up))
    # The palm, not the wrist, is what must arrive.
    wrist = target + np.array([0.0, 0.06, 0.0]) * m.build.scale
    wrist = wrist - (target - m.root) * [1, 0, 1] * 0.10
    closed = between(m.t, grab - 0.12, grab + 0.05)[:, None]
    fingers = np.array(OPEN_HAND) + closed * (np.array(GRIP) - np.array(OPEN_HAND))
    return Gesture(
        {
            f"reach_{side}": wrist,
            f"reaching_{side}": reach[:, None],
            "strain": reach[:, None],
            f"hand_{side}": still(CARRIED),
            f"pole_{side}": still((0.9, -0.5, -0.4)),
            f"wrist_{side}": mix(0.75 - 0.6 * between(m.t, grab, up), 0.25, 0),
            f"fingers_{side}": fingers,
        },
        {
            "pelvis": mix(0, -squat * bend, -0.16 * stoop * bend),
            "tilt": mix(0.45 * stoop * bend, 0, 0),
            "spine": mix(0.55 * stoop * bend, 0, 0),
            "head": mix(-0.35 * stoop * bend, 0, 0),
        },
        [Cue("grab", grab, side)],
    )


def hold(m: Moment) -> Gesture:
    """Hold something before the body."""
    side = m.side
    return Gesture(
        {
            f"hand_{side}": mix(-0.02, -0.50 + 0.012 * m.wave(0.25), 0.46),
            f"pole_{side}": still((0.8, -0.8, -0.6)),
            f"wrist_{side}": still((0.0, 0.0, 0.0)),
            f"fingers_{side}": still(GRIP),
        },
        cues=[Cue("grab", 0.0, side), Cue("drop", 0.5 * m.length_s, side)],
    )


def present(m: Moment) -> Gesture:
    """Hold something up beside the face, turn it, and show it with the other hand."""
    side, other = m.side, m.other
    turn = m.wave(0.32)
    show = smooth(0.5 + 0.8 * m.wave(0.23, phase=-0.6))
    return Gesture(
        {
            f"hand_{side}": mix(0.06 + 0.05 * turn, 0.02 + 0.04 * m.wave(0.4), 0.58),
            f"pole_{side}": still((0.9, -1.0, -0.2)),
            f"wrist_{side}": mix(0.1 + 0.45 * turn, -0.1, 0.15),
            f"fingers_{side}": still(GRIP),
            f"hand_{other}": mix(-0.06 - 0.16 * show, -0.42 + 0.28 * show, 0.50 + 0.05 * show),
            f"wrist_{other}": mix(-0.7 * show, -0.15, 0),
            f"fingers_{other}": still(OPEN_HAND),
            f"pole_{other}": still((0.9, -0.9, -0.3)),
        },
        {"head": mix(0.02 * turn, 0.08 * OUT[side] * show, 0.05 * turn), "spine": mix(0.03, 0, 0)},
        [Cue("grab", 0.0, side)],
    )


def give(m: Moment) -> Gesture:
    """Reach something out to the target."""
    side = m.nearer_hand()
    out = m.keys([0, 0.7, max(m.length_s - 0.5, 0.9), max(m.length_s, 1.3)], [0, 1, 1, 0.3])
    return Gesture(
        {
            f"hand_{side}": mix(-0.05, -0.48 + 0.14 * out, 0.42 + 0.38 * out),
            f"wrist_{side}": still((-0.9, 0.0, 0)),
            f"fingers_{side}": still((0.2, 0.25, 0.28, 0.32, 0.36)),
            f"pole_{side}": still((0.7, -1.0, -0.3)),
        },
        {"spine": mix(0.10 * out, 0.12 * turning(side) * out, 0), "pelvis": mix(0, 0, 0.04 * out)},
        [Cue("grab", 0.0, side), Cue("release", 0.75, side)],
    )


def drink(m: Moment) -> Gesture:
    """Raise a cup, tip it, lower it."""
    side = m.side
    round_s = 3.2 / m.tempo
    beat = (m.t % round_s) / round_s
    up = np.interp(beat, [0, 0.22, 0.55, 0.75, 1], [0, 1, 1, 0, 0])
    up = smooth(up)
    tip = smooth(np.interp(beat, [0.15, 0.3, 0.5, 0.6], [0, 1, 1, 0]))
    return Gesture(
        {
            f"hand_{side}": mix(-0.02 - 0.20 * up, -0.50 + 0.72 * up, 0.46 - 0.10 * up),
            f"pole_{side}": still((0.9, -0.9, -0.1)),
            f"wrist_{side}": mix(0.15 * up, 0.1, 0.25 - 0.75 * tip),
            f"fingers_{side}": still(GRIP),
        },
        {"head": mix(-0.20 * tip, 0, 0), "spine": mix(-0.04 * tip, 0, 0)},
        [Cue("grab", 0.0, side)],
    )


def eat(m: Moment) -> Gesture:
    """Bring food to the mouth, chew, come again."""
    side, other = m.side, m.other
    round_s = 2.6 / m.tempo
    beat = (m.t % round_s) / round_s
    up = smooth(np.interp(beat, [0, 0.28, 0.42, 0.7, 1], [0, 1, 1, 0, 0]))
    return Gesture(
        {
            f"hand_{side}": mix(-0.08 - 0.14 * up, -0.50 + 0.70 * up, 0.50 - 0.14 * up),
            f"pole_{side}": still((0.9, -0.8, -0.1)),
            f"wrist_{side}": mix(0.3 - 0.5 * up, 0.3 * up, 0.1),
            f"fingers_{side}": still((0.45, 0.5, 0.6, 0.7, 0.75)),
            f"hand_{other}": still((-0.06, -0.52, 0.46)),
            f"wrist_{other}": still((-0.8, 0, 0)),
        },
        {"head": mix(0.12 * up + 0.012 * m.wave(2.2), 0, 0), "spine": mix(0.05, 0, 0)},
        [Cue("grab", 0.0, side)],
    )


def read(m: Moment) -> Gesture:
    """Hold something open with both hands and read it."""
    moves: dict[str, np.ndarray] = {}
    for side in (m.side, m.other):
        moves[f"hand_{side}"] = mix(MIDDLE + 0.16, -0.32 + 0.008 * m.wave(0.25), 0.46)
        moves[f"wrist_{side}"] = still((-0.75, 0.1, 0.1))
        moves[f"fingers_{side}"] = still((0.3, 0.35, 0.38, 0.4, 0.42))
        moves[f"pole_{side}"] = still((0.9, -1.0, -0.2))
    along = 0.10 * ((m.t * 0.35 * m.tempo) % 1.0 - 0.5)
    return Gesture(moves, {"head": mix(0.38, along, 0)}, [Cue("grab", 0.0, m.side)])


def write(m: Moment) -> Gesture:
    """Write at a desk."""
    side, other = m.side, m.other
    line = (m.t * 0.25 * m.tempo) % 1.0
    return Gesture(
        {
            f"hand_{side}": mix(
                -0.16 + 0.16 * line * OUT["l"] + 0.012 * m.wave(3.1),
                -0.62 + 0.008 * m.wave(4.3),
                0.48,
            ),
            f"wrist_{side}": still((0.55, 0.15, 0)),
            f"fingers_{side}": still((0.4, 0.45, 0.55, 0.65, 0.7)),
            f"hand_{other}": still((-0.14, -0.63, 0.46)),
            f"wrist_{other}": still((1.2, 0, 0)),
            f"fingers_{other}": still((0.15, 0.12, 0.12, 0.14, 0.16)),
        },
        {"head": mix(0.36, 0.05 * (line - 0.5), 0), "spine": mix(0.14, 0, 0)},
        [Cue("grab", 0.0, side)],
    )


def type_(m: Moment) -> Gesture:
    """Type on a keyboard."""
    moves: dict[str, np.ndarray] = {}
    for number, side in enumerate((m.side, m.other)):
        drift = 0.03 * m.wander(0.4)[:, 0]
        moves[f"hand_{side}"] = mix(-0.14 + drift, -0.60, 0.52)
        moves[f"wrist_{side}"] = still((1.25, -0.05, 0))
        strokes = [
            0.32 + 0.12 * m.wave(2.4 + 0.7 * k + 0.3 * number, phase=1.7 * k) for k in range(5)
        ]
        moves[f"fingers_{side}"] = mix(*strokes)
        moves[f"pole_{side}"] = still((0.7, -0.8, -0.5))
    return Gesture(moves, {"head": mix(0.14, 0.03 * m.wave(0.2), 0), "spine": mix(0.08, 0, 0)})


def cook(m: Moment) -> Gesture:
    """Stir with one hand, steady the pan with the other."""
    side, other = m.side, m.other
    angle = 2 * np.pi * 0.85 * m.tempo * m.t
    return Gesture(
        {
            f"hand_{side}": mix(
                -0.10 + 0.09 * np.cos(angle),
                -0.47 + 0.02 * np.sin(angle),
                0.54 + 0.08 * np.sin(angle),
            ),
            f"wrist_{side}": mix(0.3, 0.35, 0.15 * np.sin(angle)),
            f"fingers_{side}": still(FIST),
            f"pole_{side}": still((1.0, -0.5, -0.3)),
            f"hand_{other}": still((-0.02, -0.56, 0.52)),
            f"wrist_{other}": still((0.3, 0, 0)),
            f"fingers_{other}": still(GRIP),
        },
        {"head": mix(0.30, 0, 0), "spine": mix(0.10, 0.03 * np.sin(angle), 0)},
        [Cue("grab", 0.0, side)],
    )


def catch(m: Moment) -> Gesture:
    """Put out both hands, take the ball to the chest."""
    when = float(np.clip(0.55 * m.length_s, 0.4, 1.5))
    out = m.keys([0, when - 0.15, when, when + 0.3], [0.2, 1, 0.9, 0.0])
    moves: dict[str, np.ndarray] = {}
    for side in (m.side, m.other):
        moves[f"hand_{side}"] = mix(MIDDLE + 0.20, -0.24 - 0.12 * (1 - out), 0.32 + 0.42 * out)
        moves[f"wrist_{side}"] = still((-0.3, -0.2, 0))
        moves[f"fingers_{side}"] = mix(
            0.1, *[0.12 + 0.3 * between(m.t, when - 0.05, when + 0.08)] * 4
        )
        moves[f"pole_{side}"] = still((1.0, -0.8, -0.2))
    return Gesture(
        moves,
        {"pelvis": mix(0, -0.06 * out, 0), "spine": mix(0.08 * out, 0, 0)},
        [Cue("grab", when, m.side)],
    )


def hug(m: Moment) -> Gesture:
    """Open the arms and close them around somebody near."""
    close = between(m.t, 0.4, 1.1) * (
        1 - between(m.t, max(m.length_s - 0.6, 1.3), max(m.length_s, 1.8))
    )
    openly = smooth(m.t / 0.4)
    moves: dict[str, np.ndarray] = {}
    for side in (m.side, m.other):
        high = 0.02 if side == m.side else -0.20
        moves[f"hand_{side}"] = mix(
            0.10 + 0.45 * openly * (1 - close) - 0.26 * close,
            -0.30 * (1 - openly) + high,
            0.45 + 0.22 * close,
        )
        moves[f"wrist_{side}"] = still((0.2, 0.35, 0))
        moves[f"fingers_{side}"] = still((0.2, 0.2, 0.22, 0.25, 0.28))
        moves[f"pole_{side}"] = still((1.0, -0.45, 0.1))
    return Gesture(
        moves,
        {
            "spine": mix(0.14 * close, 0, 0.05 * m.wave(0.4) * close),
            "head": mix(0.10 * close, 0.35 * close, 0.12 * close),
            "pelvis": mix(0, 0, 0.05 * close),
        },
    )


def shake_hands(m: Moment) -> Gesture:
    """Shake the right hand."""
    shake = m.wave(2.1) * between(m.t, 0.5, 0.7) * (1 - between(m.t, 1.9, 2.2))
    return Gesture(
        {
            "hand_r": mix(-0.20, -0.42 + 0.05 * shake, 0.66),
            "wrist_r": still((0.0, 0.0, 0.1)),
            "fingers_r": still((0.3, 0.32, 0.34, 0.36, 0.4)),
            "pole_r": still((0.6, -1.0, -0.4)),
        },
        {"spine": mix(0.08, 0.12, 0), "head": mix(0.06 * shake, -0.06, 0)},
    )


def jump(m: Moment) -> Gesture:
    """Crouch, leap, land softly; the arms swing the body up."""
    off = 0.45 / m.tempo
    air = float(np.clip(0.42 * np.sqrt(m.size), 0.25, 0.6))
    land = off + air
    flight = np.clip((m.t - off) / air, 0, 1)
    # Free flight: the height follows from the time in the air.
    height = 0.5 * 9.81 * (air / 2) ** 2 / m.build.scale * 4 * flight * (1 - flight)
    crouch = m.keys(
        [0, off - 0.14, off, land, land + 0.14, land + 0.5], [0, -0.22, 0.02, 0.0, -0.20, 0]
    )
    rise = m.keys(
        [0, off - 0.24, off + 0.10, land, land + 0.20, land + 0.6], [0, -1, 1.0, 0.4, -0.2, 0]
    )
    moves: dict[str, np.ndarray] = {}
    tuck = np.sin(np.pi * flight)
    for side in (m.side, m.other):
        moves[f"foot_{side}"] = mix(0, height + 0.10 * tuck, -0.05 * tuck)
        moves[f"sole_{side}"] = mix(
            0.6 * between(m.t, off - 0.12, off) * (1 - between(m.t, land - 0.12, land)), 0
        )
        up = np.clip(rise, 0, 1)
        moves[f"hand_{side}"] = mix(
            0.20, -0.85 + 1.0 * up, 0.10 + 0.45 * up - 0.5 * np.clip(-rise, 0, 1)
        )
        moves[f"pole_{side}"] = still((0.9, -0.6, -0.6))
    return Gesture(
        moves,
        {
            "pelvis": mix(0, height + crouch, 0.25 * crouch),
            "spine": mix(-1.2 * crouch, 0, 0),
            "tilt": mix(-0.9 * crouch, 0, 0),
            "head": mix(0.9 * crouch, 0, 0),
        },
        [Cue("land", land, m.side)],
    )


def cheer(m: Moment) -> Gesture:
    """Throw up both arms, again and again, and hop."""
    rate = 1.55
    pump = 0.5 + 0.5 * m.wave(rate, phase=-1.57)
    hop = np.clip(m.wave(rate, phase=-1.57), 0, 1) ** 1.5 * 0.055 * np.clip(m.size, 0, 1.5)
    moves: dict[str, np.ndarray] = {}
    for number, side in enumerate((m.side, m.other)):
        high = 0.42 + 0.40 * (pump if number == 0 else np.roll(pump, 2))
        moves[f"hand_{side}"] = mix(0.30 + 0.08 * m.wave(0.7), high, 0.22)
        moves[f"pole_{side}"] = still((1.0, -0.7, 0.0))
        moves[f"fingers_{side}"] = still(FIST if m.rng.random() < 0.7 else OPEN_HAND)
        moves[f"wrist_{side}"] = still((0.2, 0, 0))
        moves[f"foot_{side}"] = mix(0, hop, 0)
        moves[f"sole_{side}"] = mix(6 * hop, 0)
    return Gesture(
        moves,
        {
            "pelvis": mix(0, 1.1 * hop - 0.03 * (1 - pump), 0),
            "spine": mix(-0.10 * pump, 0.08 * m.wave(0.5), 0.04 * m.wave(0.4)),
            "head": mix(-0.16 * pump, 0.1 * m.wave(0.45), 0),
        },
    )


def raise_(m: Moment) -> Gesture:
    """Raise something high overhead and hold it there, chest out."""
    side, other = m.side, m.other
    up = m.keys([0, 0.25, 0.85], [0, 0.15, 1.0])
    pulse = 0.03 * m.wave(0.7) * up
    return Gesture(
        {
            f"hand_{side}": mix(0.02 + 0.14 * up, -0.50 + 1.42 * up + pulse, 0.46 - 0.22 * up),
            f"pole_{side}": still((1.0, -0.6, -0.2)),
            f"wrist_{side}": mix(0.1 * up, 0.05, 0.1 * up),
            f"fingers_{side}": still(FIST),
            f"hand_{other}": mix(0.22, -0.80 + 0.06 * up, 0.12),
            f"fingers_{other}": mix(0.1, *[0.15 + 0.55 * up] * 4),
        },
        {
            "spine": mix(-0.10 * up, -0.12 * turning(side) * up, 0),
            "head": mix(-0.16 * up, 0.1 * turning(side) * up, 0),
            "pelvis": mix(0, 0.006 * up, 0.03 * up),
        },
        [Cue("grab", 0.0, side)],
    )


def phone(m: Moment) -> Gesture:
    """Hold a telephone to the ear."""
    side = m.side
    away = 0.12 if side == "l" else -0.12
    return Gesture(
        {
            f"hand_{side}": mix(-0.10, 0.27 + 0.006 * m.wave(0.3), 0.16),
            f"pole_{side}": still((0.8, -1.0, 0.35)),
            f"wrist_{side}": still((-0.5, 0.1, 0.1)),
            f"fingers_{side}": still((0.35, 0.45, 0.5, 0.52, 0.55)),
        },
        {"head": mix(0.05, away * m.wave(0.11), -away * 0.6)},
        [Cue("grab", 0.0, side)],
    )


CLIPS: Final[dict[str, Callable[[Moment], Gesture]]] = {
    "throw": throw,
    "pick_up": pick_up,
    "hold": hold,
    "present": present,
    "give": give,
    "drink": drink,
    "eat": eat,
    "read": read,
    "write": write,
    "type": type_,
    "cook": cook,
    "catch": catch,
    "hug": hug,
    "shake_hands": shake_hands,
    "jump": jump,
    "cheer": cheer,
    "raise": raise_,
    "phone": phone,
}

"""Faces: from the sounds of speech and a mood to the weights of the face units, frame by frame.

Lips follow Cohen and Massaro's dominance model of co-articulation (1993): every sound pulls the
mouth towards its shape, stronger the nearer it is in time, and some sounds hardly give way. Sounds
made by closed lips (m, b, p) shut them fully, whatever their neighbours are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from .figure.anatomy import units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from .cast import Person

Floats: TypeAlias = "npt.NDArray[np.float64]"
Shape: TypeAlias = "Mapping[str, float]"

CLOSED: Final = frozenset("mbpɱ") | {"ɓ", "ʙ"}


def both(name: str, weight: float) -> dict[str, float]:
    """Return a unit that has a left and a right half."""
    return {f"{name}Left": weight, f"{name}Right": weight}


LIPS_SHUT: Final[Shape] = {
    **both("mouthPress", 0.45),
    "mouthRollUpper": 0.18,
    "mouthRollLower": 0.22,
}
_OPEN: Final[Shape] = {"jawOpen": 0.46, **both("mouthLowerDown", 0.22), **both("mouthStretch", 0.1)}
_HALF: Final[Shape] = {"jawOpen": 0.30, **both("mouthLowerDown", 0.22), **both("mouthSmile", 0.14)}
_WIDE: Final[Shape] = {
    "jawOpen": 0.13,
    **both("mouthSmile", 0.30),
    **both("mouthStretch", 0.22),
    **both("mouthLowerDown", 0.22),
    **both("mouthUpperUp", 0.10),
}
_ROUND: Final[Shape] = {"jawOpen": 0.30, "mouthFunnel": 0.5, "mouthPucker": 0.22}
_SMALL: Final[Shape] = {"jawOpen": 0.13, "mouthPucker": 0.72, "mouthFunnel": 0.22}
_FRONT_ROUND: Final[Shape] = {"jawOpen": 0.16, "mouthPucker": 0.6, "mouthFunnel": 0.25}
_TEETH: Final[Shape] = {
    "jawOpen": 0.05,
    **both("mouthStretch", 0.18),
    **both("mouthLowerDown", 0.28),
    **both("mouthUpperUp", 0.14),
}
_TIP: Final[Shape] = {"jawOpen": 0.14, **both("mouthLowerDown", 0.2), **both("mouthUpperUp", 0.06)}
_BITE: Final[Shape] = {
    "jawOpen": 0.07,
    "mouthRollLower": 0.5,
    **both("mouthUpperUp", 0.24),
}
_HUSH: Final[Shape] = {"jawOpen": 0.08, "mouthFunnel": 0.5, "mouthPucker": 0.15}
_BACK: Final[Shape] = {"jawOpen": 0.18, **both("mouthLowerDown", 0.14)}

# Each sound: the shape of the mouth, how far it insists on it, how quickly it lets go (1/s).
SOUNDS: Final[dict[str, tuple[Shape, float, float]]] = {
    **dict.fromkeys("aɑɐäæʌɒ", (_OPEN, 1.0, 13.0)),
    **dict.fromkeys("eɛɜəɘɞɚɝ", (_HALF, 0.85, 14.0)),
    **dict.fromkeys("iɪɨj", (_WIDE, 0.95, 14.0)),
    **dict.fromkeys("oɔɤ", (_ROUND, 1.1, 12.0)),
    **dict.fromkeys("uʊɯwʍ", (_SMALL, 1.2, 12.0)),
    **dict.fromkeys("yʏøœɵɥ", (_FRONT_ROUND, 1.1, 12.0)),
    **dict.fromkeys("szɕʑ", (_TEETH, 0.9, 18.0)),
    **dict.fromkeys("tdnlɾrɹɻʈɖɳɭɬɮɫ", (_TIP, 0.55, 20.0)),
    **dict.fromkeys("fvʋⱱ", (_BITE, 2.2, 18.0)),
    **dict.fromkeys("ʃʒʂʐ", (_HUSH, 1.1, 15.0)),
    **dict.fromkeys("kgɡŋxɣqɢχʁʀħʕhɦçʝɲʎcɟʔɴ", (_BACK, 0.3, 20.0)),
    **dict.fromkeys(
        "θð", ({"jawOpen": 0.13, "tongueOut": 0.3, **both("mouthLowerDown", 0.25)}, 1.0, 18.0)
    ),
    **dict.fromkeys(CLOSED, (LIPS_SHUT, 3.0, 18.0)),
    "ɹ": ({"jawOpen": 0.13, "mouthPucker": 0.3, "mouthFunnel": 0.2}, 0.8, 16.0),
}
REST_PULL, REST_RATE = 0.12, 3.0
SHUTTING_S = 0.055
RESTING_LIPS = 0.5

MOOD_FACES: Final[dict[str, Shape]] = {
    "neutral": {**both("mouthSmile", 0.07), **both("browOuterUp", 0.04)},
    "happy": {
        **both("mouthSmile", 0.52),
        **both("cheekSquint", 0.40),
        **both("eyeSquint", 0.16),
        **both("browOuterUp", 0.14),
        **both("mouthDimple", 0.15),
    },
    "sad": {
        "browInnerUp": 0.75,
        **both("mouthFrown", 0.42),
        **both("eyeSquint", 0.12),
        **both("eyeBlink", 0.13),
        "mouthShrugLower": 0.25,
    },
    "angry": {
        **both("browDown", 0.85),
        **both("noseSneer", 0.32),
        # The brows come down over the eyes, which glare all the same.
        **both("eyeSquint", 0.16),
        **both("eyeWide", 0.38),
        **both("mouthPress", 0.30),
        **both("mouthFrown", 0.22),
        "jawForward": 0.2,
    },
    "afraid": {
        "browInnerUp": 0.80,
        **both("browOuterUp", 0.35),
        **both("eyeWide", 0.70),
        **both("mouthStretch", 0.42),
        "jawOpen": 0.05,
    },
    "surprised": {
        "browInnerUp": 0.55,
        **both("browOuterUp", 0.80),
        **both("eyeWide", 0.60),
        "jawOpen": 0.14,
        "mouthFunnel": 0.1,
    },
    "calm": {**both("mouthSmile", 0.14), **both("eyeBlink", 0.07)},
    "excited": {
        **both("mouthSmile", 0.58),
        **both("browOuterUp", 0.45),
        **both("eyeWide", 0.28),
        **both("cheekSquint", 0.25),
        "browInnerUp": 0.15,
    },
    "tender": {
        **both("mouthSmile", 0.28),
        "browInnerUp": 0.24,
        **both("eyeSquint", 0.12),
        **both("cheekSquint", 0.12),
    },
    "serious": {**both("browDown", 0.26), **both("mouthPress", 0.14), **both("eyeSquint", 0.08)},
    "mysterious": {
        **both("eyeSquint", 0.24),
        "mouthSmileLeft": 0.24,
        "browOuterUpLeft": 0.22,
        **both("browDown", 0.10),
    },
    "epic": {**both("browDown", 0.40), **both("eyeSquint", 0.15), **both("mouthPress", 0.18)},
    "playful": {
        "mouthSmileLeft": 0.62,
        "mouthSmileRight": 0.42,
        "browOuterUpLeft": 0.50,
        "browOuterUpRight": 0.2,
        **both("cheekSquint", 0.28),
    },
}
MOUTH: Final = ("mouth", "jaw", "tongue")


def face(
    person: Person,
    *,
    phonemes: Sequence[tuple[str, float, float]],
    mood: str,
    times_s: npt.ArrayLike,
    seed: int,
    gaze: npt.NDArray[np.floating] | None = None,
) -> npt.NDArray[np.float32]:
    """Return the weights (n, k) of the person's face units at times (n,) seconds.

    phonemes are (IPA symbol, start_s, end_s) in the same clock, rising; stress and length marks are
    ignored, and diphthongs glide. An unknown mood is neutral. gaze (n, 2), yaw and pitch of the
    eyes from `Performance.gaze`, makes the lids follow.
    """
    times = np.asarray(times_s, np.float64)
    names = units().names
    rng = np.random.default_rng([seed, 0x66616365])
    sounds = _sounds(phonemes)
    speaking = _speaking(sounds, times)
    weights = _expression(mood, times, speaking, names, rng)
    mouth = np.array([name.startswith(MOUTH) for name in names])
    lips, share = _lips(sounds, times, names)
    # Speech takes the mouth over and leaves some of the mood in its corners.
    weights[:, mouth] *= 1 - 0.55 * share[:, None]
    weights += lips
    _shut_lips(weights, sounds, times, names)
    weights[:, [names.index(f"eyeBlink{side}") for side in ("Left", "Right")]] += _blinks(
        times, sounds, mood, rng
    )[:, None]
    if gaze is not None:
        _lids(weights, np.asarray(gaze, np.float64), names)
    if person.rigged.morph_names != names:
        # Whoever is cut out of a photo has few units or none.
        weights = weights[:, [names.index(name) for name in person.rigged.morph_names]]
    return np.clip(weights, 0, 1).astype(np.float32)


def _sounds(phonemes: Sequence[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """Split what glides and drop what is not a sound."""
    sounds = []
    for symbol, start, end in phonemes:
        known = [letter for letter in symbol if letter in SOUNDS]
        step = (end - start) / max(len(known), 1)
        for index, letter in enumerate(known):
            sounds.append((letter, start + index * step, start + (index + 1) * step))
    return sounds


def _speaking(sounds: Sequence[tuple[str, float, float]], times: Floats) -> Floats:
    """Return how much somebody is speaking, (n,) 0..1, slow at the edges."""
    level = np.zeros(len(times))
    for _, start, end in sounds:
        outside = np.maximum(np.maximum(start - times, times - end), 0)
        level = np.maximum(level, np.clip(1 - outside / 0.35, 0, 1))
    return level


def _lips(
    sounds: Sequence[tuple[str, float, float]], times: Floats, names: tuple[str, ...]
) -> tuple[Floats, Floats]:
    """Blend the mouth shapes of all sounds; also return how much speech rules the mouth (n,)."""
    total = np.zeros((len(times), len(names)))
    pulls = np.full(len(times), REST_PULL)
    for symbol, start, end in sounds:
        shape, insistence, rate = SOUNDS[symbol]
        outside = np.maximum(np.maximum(start - times, times - end), 0)
        # The mouth gets ready earlier than it relaxes.
        early = np.where(times < start, 0.8, 1.0)
        pull = insistence * np.exp(-early * rate * outside)
        # A short sound does not reach its full shape.
        pull *= np.clip(0.55 + (end - start) / 0.16, 0.55, 1.25)
        pulls += pull
        for unit, weight in shape.items():
            total[:, names.index(unit)] += pull * weight
    share = 1 - REST_PULL / pulls
    return total / pulls[:, None], share


def closure(sounds: Sequence[tuple[str, float, float]], times: Floats) -> Floats:
    """Return how shut the lips must be, (n,) 0..1: 1 through the middle of every m, b and p."""
    shut = np.zeros(len(times))
    for symbol, start, end in sounds:
        if symbol not in CLOSED:
            continue
        inset = 0.2 * (end - start)
        outside = np.maximum(np.maximum(start + inset - times, times - end + inset), 0)
        envelope = np.clip(1 - outside / SHUTTING_S, 0, 1)
        nearest = int(np.argmin(np.abs(times - (start + end) / 2)))
        # Even a sound shorter than a frame is seen once.
        if abs(times[nearest] - (start + end) / 2) < 0.05:
            envelope[nearest] = 1
        shut = np.maximum(shut, envelope * envelope * (3 - 2 * envelope))
    return shut


def _shut_lips(
    weights: Floats,
    sounds: Sequence[tuple[str, float, float]],
    times: Floats,
    names: tuple[str, ...],
) -> None:
    shut = closure(sounds, times)[:, None]
    mouth = [i for i, name in enumerate(names) if name.startswith(MOUTH)]
    wanted = np.array([LIPS_SHUT.get(names[i], 0.0) for i in mouth])
    # A smile survives closed lips.
    keep = np.array([0.7 if "Smile" in names[i] or "Frown" in names[i] else 0.0 for i in mouth])
    goal = np.maximum(wanted, weights[:, mouth] * keep)
    weights[:, mouth] += shut * (goal - weights[:, mouth])


def _expression(
    mood: str, times: Floats, speaking: Floats, names: tuple[str, ...], rng: np.random.Generator
) -> Floats:
    """Return the mood, never frozen: it swells and ebbs, brows rise with stressed words."""
    weights = np.zeros((len(times), len(names)))
    shape = dict(MOOD_FACES.get(mood, MOOD_FACES["neutral"]))
    if "jawOpen" not in shape:
        # Lips at rest touch.
        for unit, weight in LIPS_SHUT.items():
            shape[unit] = max(shape.get(unit, 0.0), RESTING_LIPS * weight)
    phases = rng.uniform(0, 2 * np.pi, 3)
    rates = rng.uniform(0.07, 0.3, 3)
    swell = np.sin(2 * np.pi * rates * times[:, None] + phases).sum(1) / 3
    uneven = float(rng.normal(0, 0.05))
    for unit, weight in shape.items():
        side = 1 + uneven * (unit.endswith("Left") - unit.endswith("Right"))
        weights[:, names.index(unit)] = weight * side * (0.9 + 0.16 * swell)
    raises = np.cumsum(rng.uniform(0.9, 2.4, int(times[-1] - times[0]) + 4)) + times[0]
    lift = np.exp(-(((times[:, None] - raises) / 0.2) ** 2)).sum(1) * speaking
    strength = float(rng.uniform(0.18, 0.34))
    for unit in ("browInnerUp", "browOuterUpLeft", "browOuterUpRight"):
        weights[:, names.index(unit)] += strength * lift * (0.5 if unit == "browInnerUp" else 1)
    return weights


def _blinks(
    times: Floats, sounds: Sequence[tuple[str, float, float]], mood: str, rng: np.random.Generator
) -> Floats:
    """Return blinks (n,): every two to six seconds, quicker to shut than to open."""
    pace = {"afraid": 0.6, "excited": 0.8, "sad": 0.8, "angry": 1.4, "surprised": 1.3}.get(mood, 1)
    lids = np.zeros(len(times))
    moment = times[0] + float(rng.uniform(0.4, 2.5))
    moments = []
    while moment < times[-1] + 0.3:
        moments.append(moment)
        twice = rng.random() < 0.12
        moment += 0.3 if twice else float(np.clip(rng.lognormal(1.15, 0.45), 1.2, 7.0)) * pace
    if sounds:
        moments.append(sounds[-1][2] + 0.1)
    for start in moments:
        gap = times - start
        lids = np.maximum(lids, np.where(gap < 0, 1 + gap / 0.08, 1 - (gap - 0.03) / 0.15))
        lids = np.where(np.abs(gap - 0.015) < 0.0151, 1, lids)
    return np.clip(lids, 0, 1)


def _lids(weights: Floats, gaze: Floats, names: tuple[str, ...]) -> None:
    """Let the lids follow eyes that look up or down, and bulge a little where the cornea is."""
    yaw, pitch = gaze[:, 0], gaze[:, 1]
    for side, inwards in (("Left", -1), ("Right", 1)):
        for unit, amount in (
            (f"eyeLookDown{side}", pitch / 0.42),
            (f"eyeLookUp{side}", -pitch / 0.42),
            (f"eyeLookIn{side}", inwards * yaw / 0.55),
            (f"eyeLookOut{side}", -inwards * yaw / 0.55),
        ):
            weights[:, names.index(unit)] += np.clip(amount, 0, 1)


__all__ = ["MOOD_FACES", "SOUNDS", "closure", "face"]

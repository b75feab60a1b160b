"""Dances: several bars, each with its own figure, on a steady beat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .controls import smooth
from .frame import OUT, SIDES
from .gestures import FIST, MIDDLE, OPEN_HAND
from .moment import Gesture, Moment, mix

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

Floats = "npt.NDArray[np.float64]"

BEATS_PER_MINUTE = 112.0
BEATS_A_BAR = 4


def _arms(figure: int, beat: npt.NDArray[np.float64], side: str) -> npt.NDArray[np.float64]:
    """Return a hand (n, 3) of one arm figure at `beat`, counted in beats."""
    own = 0.0 if side == "l" else np.pi
    half, whole, slow = np.pi * beat, 2 * np.pi * beat, np.pi * beat / 2
    figures = (
        # arms up, swaying from side to side
        mix(0.20 + 0.22 * np.sin(half + own), 0.62 + 0.06 * np.cos(whole), 0.22),
        # elbows pumping at the ribs
        mix(0.10, -0.45 + 0.16 * np.sin(half + own), 0.45 + 0.10 * np.cos(half + own)),
        # both arms sweeping across
        mix(
            0.12 + 0.42 * np.sin(half) * OUT[side],
            -0.20 + 0.10 * np.cos(whole),
            0.58,
        ),
        # rolling the fists around each other
        mix(
            MIDDLE + 0.16,
            -0.22 + 0.10 * np.sin(whole * 1.0 + own),
            0.46 + 0.10 * np.cos(whole * 1.0 + own),
        ),
        # clapping on two and four
        mix(MIDDLE + 0.06 + 0.20 * (0.5 + 0.5 * np.cos(half)), -0.10, 0.52),
        # one arm high, the other at the hip, changing
        mix(
            0.30,
            -0.05 + 0.68 * np.sin(slow + own),
            0.30 + 0.15 * np.cos(slow + own),
        ),
    )
    return figures[figure]


def dance(m: Moment) -> Gesture:
    """Dance: bounce and sway on the beat, step aside, a new figure of the arms every bar."""
    beat = m.t * BEATS_PER_MINUTE * m.tempo / 60
    bar = np.floor(beat / BEATS_A_BAR).astype(int)
    bars = int(max(bar.max(initial=0), 0)) + 2
    order = m.rng.permutation(6)
    figures = np.array([order[index % 6] for index in range(bars)])
    within = beat / BEATS_A_BAR - bar
    change = smooth((within - 0.88) / 0.12)[:, None]
    now, following = np.clip(bar, 0, bars - 1), np.clip(bar + 1, 0, bars - 1)
    size = float(np.clip(m.size, 0.5, 1.4))
    bounce = 0.5 - 0.5 * np.cos(2 * np.pi * beat)
    sway = np.sin(np.pi * beat)
    moves: dict[str, npt.NDArray[np.float64]] = {}
    for side in SIDES:
        all_figures = np.stack([_arms(index, beat, side) for index in range(6)])
        rows = np.arange(len(beat))
        hand = all_figures[figures[now], rows]
        hand = hand + change * (all_figures[figures[following], rows] - hand)
        moves[f"hand_{side}"] = hand
        moves[f"pole_{side}"] = np.array((1.0, -0.75, -0.1))
        fist = np.isin(figures, (1, 3)).astype(np.float64)
        closed = (fist[now] + change[:, 0] * (fist[following] - fist[now]))[:, None]
        relaxed = np.array(OPEN_HAND) + 0.1
        moves[f"fingers_{side}"] = relaxed + closed * (np.array(FIST) * 0.8 - relaxed)
        moves[f"wrist_{side}"] = mix(0.2 * sway, 0.15 * np.sin(2 * np.pi * beat), 0.15 * sway)
        # Step aside on one, touch on two, back on three, touch on four.
        phase = beat / 2 + (0.0 if side == "l" else 0.5)
        wide = 0.5 - 0.5 * np.cos(2 * np.pi * phase)
        lifted = np.clip(np.sin(4 * np.pi * phase), 0, 1) * (wide < 0.99)
        moves[f"foot_{side}"] = mix(
            OUT[side] * (0.02 + 0.13 * wide * size),
            0.05 * lifted * size,
            0.05 * np.sin(np.pi * beat / 4),
        )
        moves[f"sole_{side}"] = mix(0.45 * lifted, 0.12)
        moves[f"knee_{side}"] = mix(0.22)
    twist = np.sin(np.pi * beat + 0.6)
    slow = np.sin(np.pi * beat / 8 + float(m.rng.uniform(0, 6)))
    return Gesture(
        moves,
        {
            "pelvis": mix(0.07 * sway * size, -0.035 - 0.05 * bounce * size, 0),
            "tilt": mix(0.03, 0.12 * twist * size, 0.09 * sway * size),
            "spine": mix(
                0.05 + 0.04 * bounce, -0.22 * twist * size + 0.15 * slow, -0.15 * sway * size
            ),
            "head": mix(0.07 * bounce - 0.03, 0.12 * twist, 0.09 * sway),
        },
    )


def exercise(m: Moment) -> Gesture:
    """Do jumping jacks."""
    beat = m.t * 1.05 * m.tempo
    apart = 0.5 - 0.5 * np.cos(2 * np.pi * beat)
    hop = np.abs(np.sin(2 * np.pi * beat)) * 0.06
    moves: dict[str, npt.NDArray[np.float64]] = {}
    for side in SIDES:
        angle = -1.35 + 2.55 * apart
        moves[f"hand_{side}"] = mix(0.92 * np.cos(angle), 0.92 * np.sin(angle), 0.12)
        moves[f"pole_{side}"] = np.array((0.2, -0.6, -1.0))
        moves[f"foot_{side}"] = mix(OUT[side] * 0.26 * apart, hop, 0)
        moves[f"sole_{side}"] = mix(4 * hop, 0)
        moves[f"fingers_{side}"] = np.array(OPEN_HAND)
    return Gesture(moves, {"pelvis": mix(0, hop - 0.05, 0)})


CLIPS: Final[dict[str, Callable[[Moment], Gesture]]] = {"dance": dance, "exercise": exercise}

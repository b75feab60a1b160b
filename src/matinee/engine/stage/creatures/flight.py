"""Wings in motion: beats and glides, banks, and the folding of arm, feathers and fingers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.motion.controls import smooth
from matinee.engine.stage.skeleton import about_x, about_y, about_z, frame

from .anatomy import WING_BONES, vanes_of
from .joints import SIDES

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.stage.motion.gait import Track

    from .anatomy import Plan
    from .poses import Controls
    from .solver import Solver

Floats: TypeAlias = "npt.NDArray[np.float64]"

FOLDS = {"wing": (1.46, -0.3), "ulna": (-2.95, 0.0), "hand": (2.95, 0.0)}
"""How far arm, ulna and hand turn back, and how far the arm hangs, when a wing is folded."""
BANK_MAX = 0.75


def bank(controls: Controls, plan: Plan, way: Track, times: Floats) -> None:
    """Lean into curves as far as speed and curve ask for, while in the air."""
    turn = np.interp(times, way.times, np.gradient(np.unwrap(way.yaws), way.times))
    speed = np.interp(times, way.times, way.speed)
    lean = np.arctan2(speed * turn, 9.81) * 2.2
    air = np.clip(controls["rise"] / max(0.4 * plan.species.unit_m * plan.scale, 0.15), 0, 1)
    controls["roll"] += air * np.clip(-lean, -BANK_MAX, BANK_MAX)
    forward = np.clip(speed / 2.0, 0, 1)
    # Fast flight is level; what hovers hangs by its wings.
    controls["pitch"] += air * (1 - forward) * -0.28


def pose(solver: Solver) -> None:
    """Pose the wings of whatever has them, between folded (spread 0) and flying (spread 1)."""
    kind = solver.plan.species.wings
    if kind in {"feather", "skin"}:
        for side, out in SIDES:
            _arm(solver, side, out)
            _vanes(solver, side, out)
    elif kind == "flipper":
        for side, out in SIDES:
            lift = 0.12 + 0.9 * solver.c["spread"] + 0.35 * solver.c["flap"]
            solver.turn(f"wing_{side}", about_z(out * lift) @ about_x(0.2 * solver.c["flap"]))
    elif kind:
        _beating(solver)


def _arm(solver: Solver, side: str, out: float) -> None:
    c = solver.c
    fold = 1 - smooth(c["spread"])
    flap = c["flap"] * (1 - fold)
    late = _later(c["flap"], solver.times, 0.14) * (1 - fold)
    # On the way up a wing is drawn in and its hand hangs; on the way down it is straight.
    rate = np.gradient(c["flap"], solver.times) if len(solver.times) > 1 else 0 * flap
    rising = np.clip(rate / 8.0, 0, 1) * (1 - fold)
    back, down = FOLDS["wing"]
    solver.turn(
        f"wing_{side}",
        about_z(out * (0.8 * flap + down * fold)) @ about_y(out * (back * fold + 0.3 * rising)),
    )
    solver.turn(
        f"ulna_{side}",
        about_y(out * (FOLDS["ulna"][0] * fold - 0.55 * rising)) @ about_z(out * 0.3 * late),
    )
    solver.turn(
        f"hand_{side}",
        about_y(out * (FOLDS["hand"][0] * fold + 0.6 * rising)) @ about_z(out * 0.4 * late),
    )


def _later(values: Floats, times: Floats, delay_s: float) -> Floats:
    return np.asarray(np.interp(times - delay_s, times, values))


def _vanes(solver: Solver, side: str, out: float) -> None:
    """Fan the rays of a wing: each turns from where its arm holds it to along the flank."""
    plan, places = solver.plan, solver.plan.skeleton.places
    one = plan.species
    fold = (1 - smooth(solver.c["spread"]))[:, None, None]
    chest = solver.turns[:, places["chest"]]
    vanes = vanes_of(one)
    for index, vane in enumerate(vanes):
        name = f"{vane.name}_{side}"
        solver.hang(name)
        parent = places["chest" if vane.flank else f"{WING_BONES[vane.bone]}_{side}"]
        # Along the flank all lie nearly straight back, each a little above the one before.
        share = index / (len(vanes) - 1)
        down = (0.34 if one.wings == "skin" else 0.2) - 0.12 * share
        if one.body == "bird":
            down += 0.75 * one.upright
        lies = (
            about_x(-down)
            @ about_z(-out * (1.15 - 0.25 * share))
            @ about_y(out * (vane.spread - 0.06))
        )
        folded = chest @ lies
        mixed = (1 - fold) * solver.turns[:, parent] + fold * folded
        # Folded feathers slide over one another.
        long = 1 - (0.3 if one.wings == "feather" else 0.12) * fold
        solver.turns[:, places[name]] = frame(mixed[:, :, 0], mixed[:, :, 1]) * long


def _beating(solver: Solver) -> None:
    """Beat an insect's wings: both pairs nearly together, closed above the back at rest."""
    one, c = solver.plan.species, solver.c
    open_ = smooth(c["spread"])
    for pair in range(2):
        beat = _later(c["flap"], solver.times, 0.012 * pair)
        for side, out in SIDES:
            if one.wings == "scaled":
                rest = 1.35 - 0.08 * pair
                lift = rest * (1 - open_) + open_ * (0.25 + 0.95 * beat)
                sweep = 0 * lift
            else:
                lift = 0.12 * (1 - open_) + open_ * (0.15 + 0.85 * beat)
                sweep = (1.1 - 0.1 * pair) * (1 - open_) + open_ * 0.25 * beat
            solver.turn(f"wing{pair}_{side}", about_y(out * sweep) @ about_z(out * lift))

"""How animals without legs move: waves along spines and arms, snakes along their way, hovering."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.motion.controls import smooth
from matinee.engine.stage.skeleton import about, about_x, about_y, about_z, turned, unit

from . import flight
from .bodies import ARM_BONES, ARMS, SPINE_BONES
from .joints import SIDES

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.stage.motion.gait import Track

    from .solver import Solver

Floats: TypeAlias = "npt.NDArray[np.float64]"

WAVE, LENGTH = 0.055, 0.42
"""A snake's bends: how far aside and how long one is, in body lengths."""
STRETCH = 1.0 + 0.25 * (2 * np.pi * WAVE / LENGTH) ** 2
"""How much longer its body is than the line it winds about."""
RAISED = 0.26
"""The share of a snake that it can lift."""
BENDS = 64


def pose(solver: Solver, way: Track) -> None:
    """Pose an animal without legs for all frames."""
    match solver.plan.species.body:
        case "serpent":
            _slither(solver, way)
        case "soft":
            _float(solver, way)
        case "flutter":
            _flutter(solver)
        case _:
            _swim(solver, way)


def _hung(solver: Solver, way: Track) -> tuple[Floats, Floats]:
    """Put the root where it swims; return how much it goes 0..1 and its upward speed, both (n,)."""
    c, plan = solver.c, solver.plan
    speed = np.interp(solver.times, way.times, way.speed)
    up = plan.head("pelvis")[1] + c["rise"] - c["drop"]
    index = plan.skeleton.places["pelvis"]
    offset = np.stack([0 * up, up, c["shift"]], -1)
    solver.joints[:, index] = solver.root + turned(about_y(solver.yaw), offset)
    climb = np.gradient(c["rise"], solver.times) if len(solver.times) > 1 else 0 * up
    return np.clip(speed / (1.2 * plan.species.pace), 0, 1.5), np.asarray(climb)


def _phase(solver: Solver, way: Track) -> Floats:
    """Return the phase of the tail's beat (n,) in turns: faster in haste, never still."""
    form = solver.plan.species.form
    rate = form.beats * (
        0.35 + 0.75 * np.clip(way.speed / (1.2 * solver.plan.species.pace), 0, 1.8)
    )
    hurry = np.interp(way.times, solver.times, solver.c["haste"])
    rate = rate * (1 + hurry)
    step = np.diff(way.times, prepend=way.times[0])
    return np.interp(solver.times, way.times, np.cumsum(rate * step))


def _swim(solver: Solver, way: Track) -> None:
    """Send a wave from head to tail: from side to side in fish, up and down in whales."""
    c, form = solver.c, solver.plan.species.form
    go, climb = _hung(solver, way)
    turn = 2 * np.pi * _phase(solver, way)
    speed = np.interp(solver.times, way.times, way.speed)
    spin = np.interp(solver.times, way.times, np.gradient(np.unwrap(way.yaws), way.times))
    steep = -np.arctan2(climb, speed + 1.2)
    large = form.swing * (0.4 + 0.6 * np.clip(go, 0, 1) + 0.4 * c["haste"])
    curve = np.clip(-0.1 * spin, -0.22, 0.22)
    wave = about_x if form.flat else about_y

    def bend(share: float, lag: float) -> Floats:
        return np.asarray(large * share * np.sin(turn - lag))

    aside = about_y(0.6 * c["head_yaw"] + 0.5 * c["neck_yaw"])
    index = solver.plan.skeleton.places["pelvis"]
    lean = about_z(c["roll"] - 0.5 * np.clip(spin, -1, 1) * np.clip(go, 0, 1))
    solver.turns[:, index] = (
        about_y(solver.yaw) @ aside @ about_x(c["pitch"] + steep) @ lean @ wave(bend(0.12, -0.6))
    )
    solver.turn("chest", wave(bend(-0.14, -1.2)) @ about_y(-curve))
    solver.turn(
        "head",
        wave(bend(-0.16, -1.4)) @ about_y(0.3 * c["head_yaw"] - curve) @ about_x(0.3 * c["head"]),
    )
    solver.turn("jaw", about_x(np.clip(0.9 * c["jaw"] + 0.05 * (1 + np.sin(0.5 * turn)), 0, 0.6)))
    for k, (name, share) in enumerate(
        (("rump", 0.3), ("tail1", 0.4), ("tail2", 0.5), ("tail3", 0.65), ("tail4", 0.9))
    ):
        solver.turn(
            name, wave(bend(share, 0.5 + 0.75 * k)) @ about_y(curve) @ about_x(-0.12 * c["pitch"])
        )
    for side, out in SIDES:
        scull = 0.28 * np.sin(0.55 * turn + 0.6 * out) * (1.2 - 0.7 * np.clip(go, 0, 1))
        solver.turn(f"fin_{side}", about_z(out * (scull - 0.1)) @ about_x(0.5 * scull))
        solver.turn(f"eye_{side}", about_y(0.08 * np.sin(0.21 * turn + out)))


def _flutter(solver: Solver) -> None:
    """Hover on beating wings, never on a straight line; what rests sits with its wings closed."""
    c, plan, times = solver.c, solver.plan, solver.times
    air = np.clip(1 - c["perch"], 0, 1)
    scale = 0.11 if plan.species.wings == "scaled" else 0.05
    waves = np.cumsum(solver.rng.uniform(0.35, 0.8, (3, 3)), 1)
    phases = solver.rng.uniform(0, 2 * np.pi, (3, 3))
    stray = np.stack(
        [np.sin(2 * np.pi * waves[k] * times[:, None] + phases[k]).sum(1) for k in range(3)], -1
    )
    index = plan.skeleton.places["pelvis"]
    low = 0.12 * plan.species.unit_m * plan.scale
    up = air * (plan.head("pelvis")[1] + c["rise"]) + (1 - air) * low
    heave = 0.5 * scale * c["flap"] if plan.species.wings == "scaled" else 0 * up
    offset = scale * stray * air[:, None] + np.stack([0 * up, up + heave * air, 0 * up], -1)
    solver.joints[:, index] = solver.root + turned(about_y(solver.yaw), offset)
    yaw = solver.yaw + 0.35 * air * stray[:, 0] + c["head_yaw"]
    solver.turns[:, index] = (
        about_y(yaw)
        @ about_x(air * (-0.35 + 0.12 * stray[:, 1]))
        @ about_z(0.2 * air * stray[:, 2])
    )
    solver.turn("chest", about_x(0 * times))
    solver.turn("head", about_x(0.2 * c["head"]))
    for side, _ in SIDES:
        solver.turn(f"eye_{side}", about_x(0 * times))
    pump = 0.09 * np.sin(2 * np.pi * 0.9 * times)
    solver.turn("tail4", about_x(pump + 0.12 * c["flap"] * air))
    flight.pose(solver)


def _float(solver: Solver, way: Track) -> None:
    """Let every arm wave in its own time; a bell closes and opens and drives what it belongs to."""
    c, plan, times = solver.c, solver.plan, solver.times
    go, climb = _hung(solver, way)
    turn = 2 * np.pi * _phase(solver, way)
    bell = plan.species.name == "jellyfish"
    pulse = np.sin(turn)
    pelvis, head = (plan.skeleton.places[name] for name in ("pelvis", "head"))
    size = plan.species.unit_m * plan.scale
    solver.joints[:, pelvis, 1] += size * (0.1 if bell else 0.015) * np.sin(turn - 0.8)
    lean = 0.35 * np.clip(go, 0, 1) - 0.3 * np.clip(climb, -1, 1) * 0
    solver.turns[:, pelvis] = (
        about_y(solver.yaw + 0.6 * c["head_yaw"])
        @ about_x(c["pitch"] + lean + 0.05 * np.sin(0.4 * turn))
        @ about_z(c["roll"] + 0.06 * np.sin(0.3 * turn))
    )
    solver.turn("head", about_x(0.15 * c["head"] - 0.05 * pulse))
    squeeze = (0.13 if bell else 0.035) * pulse
    stretch = np.zeros((len(times), 3, 3))
    stretch[:, 0, 0] = stretch[:, 2, 2] = 1 - squeeze
    stretch[:, 1, 1] = 1 + 0.7 * squeeze
    for side, _ in SIDES:
        solver.turn(f"eye_{side}", about_y(0 * times))
    solver.turns[:, head] = solver.turns[:, head] @ stretch
    phases = solver.rng.uniform(0, 2 * np.pi, ARMS)
    for arm in range(ARMS):
        angle = 2 * np.pi * (arm + 0.5) / ARMS
        hinge = np.broadcast_to([np.cos(angle), 0.0, -np.sin(angle)], (len(times), 3))
        trail = -np.cos(angle) * 0.3 * np.clip(go, 0, 1)
        own = phases[arm] if not bell else 0.0
        for link in range(ARM_BONES):
            wave = np.sin(0.8 * turn - 0.85 * link + own)
            curl = -0.22 * link * (not bell) * (1 - np.clip(go, 0, 1))
            bend = (0.12 + 0.07 * link) * wave + curl + trail + (0.12 * pulse if bell else 0.0)
            last = (arm, link) == (ARMS - 1, ARM_BONES - 1)
            solver.turn(
                "tail4" if last else f"arm{arm}_{link}",
                about(hinge, bend + c["paw"] * 0.3 * (arm < 2)),
            )


def _slither(solver: Solver, way: Track) -> None:
    """Lay the body along the very line its head went: nothing slides across the ground."""
    c, plan = solver.c, solver.plan
    long = plan.species.unit_m * plan.scale
    line, gone = _line_of(way, long)
    travelled = np.interp(solver.times, way.times, gone)
    speed = np.interp(solver.times, way.times, way.speed)
    raised = c["raise"] * (1 - 0.75 * smooth(speed / 0.25)) * (1 - np.clip(c["down"], 0, 1))
    behind = np.linspace(0, 1, BENDS) * long
    spots = _body(line, travelled, behind, long, raised * long)
    spots[:, :, 1] += plan.head("pelvis")[1] + c["rise"][:, None]
    ends = np.concatenate([[0.0, 0.05], np.linspace(0.05, 1.0, SPINE_BONES + 1)[1:]])
    names = ["head", *(f"spine{k}" for k in range(SPINE_BONES - 1)), "tail4"]
    places = plan.skeleton.places
    joints = _between(spots, np.append(ends, 1.0)[1 : SPINE_BONES + 2])
    tips = _between(spots, ends[: SPINE_BONES + 1])
    for k, name in enumerate(names):
        ahead = unit(tips[:, k] - joints[:, k])
        if name == "head":
            level = unit(ahead * [1.0, 0.25, 1.0])
            ahead = unit(ahead + smooth(raised / 0.5)[:, None] * (level - ahead) * 1.6)
        solver.joints[:, places[name]] = joints[:, k]
        solver.turns[:, places[name]] = _upright(ahead)
    solver.joints[:, places["pelvis"]] = _between(spots, np.array([0.4]))[:, 0]
    solver.turns[:, places["pelvis"]] = about_y(solver.yaw)
    head = places["head"]
    look = about_y(0.7 * c["head_yaw"] + 0.4 * c["neck_yaw"]) @ about_x(0.5 * c["head"])
    solver.turns[:, head] = solver.turns[:, head] @ look
    solver.turn("jaw", about_x(np.clip(0.8 * c["jaw"] - 0.02, 0, 0.6)))
    for side, _ in SIDES:
        solver.turn(f"eye_{side}", about_y(0 * solver.times))


def _line_of(way: Track, long: float) -> tuple[Floats, Floats]:
    """Return the line a snake winds about, as (k, 4) places and how far along; and how far it came.

    It begins where the tail lies at first, and goes on a little beyond the end.
    """
    back = np.array([np.sin(way.yaws[0]), 0.0, np.cos(way.yaws[0])])
    steps = np.linalg.norm(np.diff(way.positions, axis=0), axis=1)
    gone = np.concatenate([[0.0], np.cumsum(steps)])
    before = way.positions[0] - np.linspace(1.3 * long, 0.02, 30)[:, None] * back
    keep = np.concatenate([[True], np.diff(gone) > 1e-5])
    last = way.positions[keep][-1]
    ahead = unit(last - way.positions[keep][-2]) if keep.sum() > 1 else back
    after = last + np.linspace(0.02, 0.3 * long, 4)[:, None] * ahead
    places = np.concatenate([before, way.positions[keep], after])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(places, axis=0), axis=1))])
    start = float(along[len(before)])
    return np.concatenate([places, along[:, None]], 1), start + gone


def _body(line: Floats, travelled: Floats, behind: Floats, long: float, raised_m: Floats) -> Floats:
    """Return points (n, k, 3) along the body, from the head, `behind` (k,) metres after it."""
    at = travelled[:, None] - behind[None] / STRETCH
    place = np.stack([np.interp(at, line[:, 3], line[:, k]) for k in range(3)], -1)
    ahead = (
        np.stack([np.interp(at + 0.02 * long, line[:, 3], line[:, k]) for k in range(3)], -1)
        - place
    )
    ahead = unit(ahead * [1.0, 0.0, 1.0])
    aside = np.stack([ahead[..., 2], 0 * ahead[..., 0], -ahead[..., 0]], -1)
    calm = np.clip(behind / (0.16 * long), 0.25, 1.0) * np.clip(
        (1.1 * long - behind) / (0.4 * long), 0.3, 1
    )
    wave = WAVE * long * np.sin(2 * np.pi * at / (LENGTH * long)) * calm[None]
    spots = place + wave[..., None] * aside
    lifted = RAISED * long
    first = int(np.searchsorted(behind, lifted))
    share = np.clip(raised_m / long, 0, 1)
    step = float(behind[1] - behind[0])
    for k in range(first - 1, -1, -1):
        # From where it leaves the ground to the neck it rises, then bends over to the front.
        u = 1 - behind[k] / lifted
        steep = share * 1.45 * np.sin(np.pi * np.clip(0.12 + 0.8 * u, 0, 1)) ** 0.8
        flat = spots[:, k] - spots[:, k + 1]
        flat = unit(flat * [1.0, 0.0, 1.0])
        raised = spots[:, k + 1] + step * (
            np.cos(steep)[:, None] * flat + np.sin(steep)[:, None] * np.array([0, 1.0, 0])
        )
        moved = share[:, None] * (raised - spots[:, k]) / np.maximum(share[:, None], 1e-9)
        spots[:, : k + 1] += np.where(share[:, None, None] > 1e-6, moved[:, None], 0.0)
    return spots


def _between(spots: Floats, shares: Floats) -> Floats:
    """Return points at shares (j,) of a body of points (n, k, 3): (n, j, 3)."""
    at = np.clip(shares, 0, 1) * (spots.shape[1] - 1)
    low = np.minimum(at.astype(int), spots.shape[1] - 2)
    part = (at - low)[None, :, None]
    return np.asarray(spots[:, low] * (1 - part) + spots[:, low + 1] * part)


def _upright(ahead: Floats) -> Floats:
    """Return turns whose +Z is `ahead` (n, 3) and whose +Y is as high as it can be."""
    aside = unit(np.cross([0.0, 1.0, 0.0], ahead))
    return np.stack([aside, np.cross(ahead, aside), ahead], -1)

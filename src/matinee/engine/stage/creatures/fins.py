"""Fins and flukes: thin leaves with rays that follow the body, and the mouths of swimmers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

from .bodies import station
from .coat import linear
from .joints import SIDES
from .loft import drawn_out, leaf, tube
from .parts import Part, held_by, part_of
from .swimmers import swim_hold

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan
    from .field import Skin

Floats: TypeAlias = "npt.NDArray[np.float64]"
Fin: TypeAlias = "tuple[str, float, float, float, float]"


def all_of(plan: Plan, detail: str) -> list[Part]:
    """Return the fins and the jaw of what swims, the jaw and the tongue of a snake."""
    one = plan.species
    if one.body not in {"swimmer", "serpent"}:
        return []
    parts = [_lower_jaw(plan)]
    if one.body == "serpent":
        return [*parts, _tongue(plan)]
    rows, columns = (6, 9) if detail == "near" else (4, 5)
    for fin in one.form.fins:
        kind = fin[0]
        if kind == "tail":
            parts += _tail(plan, fin, rows, columns + 4)
        elif kind == "side":
            parts += [_side(plan, fin, side, rows, columns) for side, _ in SIDES]
        else:
            parts.append(_upright(plan, fin, rows, columns))
    return parts


def _at(plan: Plan, x: float, y: float, share: float) -> Floats:
    size = plan.species.unit_m * plan.scale
    return np.array([x * size, y * size + plan.species.form.ride_m, (0.5 - share) * size])


def _rays(plan: Plan, count: int, columns: int, rim: Floats) -> Floats:
    """Return the colours of a fin: rays across it, its rim darker or paler."""
    coat = plan.species.coat
    base = linear(coat.ends or coat.base)
    ray = 0.82 + 0.18 * np.cos(np.arange(columns) * np.pi)
    if plan.species.cover == "skin":
        ray = np.ones(columns)
    tone = np.tile(ray, count // columns)[:, None] * base
    edge = linear(coat.mane) if coat.mane else base * 0.8
    return np.asarray(tone + np.clip((rim - 0.75) / 0.2, 0, 1)[:, None] * (edge - tone))


def _finish(plan: Plan, skin: Skin, columns: int, rim: Floats, hold: Floats) -> Part:
    colour = _rays(plan, len(skin.points), columns, np.tile(rim, 2))
    part = part_of(plan, "pelvis", skin, colour, surface=Surface.SKIN, roughness=0.4)
    return Part(part.mesh, hold)


def _upright(plan: Plan, fin: Fin, rows: int, columns: int) -> Part:
    """A fin on the back, or below the belly."""
    kind, first, last, high, sweep = fin
    sign = 1.0 if kind == "back" else -1.0
    t, u = np.linspace(0, 1, rows), np.linspace(0, 1, columns)
    spots = np.zeros((rows, columns, 3))
    for k, share in enumerate(first + u * (last - first)):
        _, tall, rise = station(plan.species.form, float(share))
        grown = high * float(np.sin(np.pi * np.clip(0.06 + 0.9 * u[k] ** 0.75, 0, 1)) ** 0.75)
        if sweep > 0.6:
            grown = high * float(
                np.clip(u[k] / 0.55, 0, 1) ** 1.1 * np.clip((1.06 - u[k]) / 0.3, 0, 1) ** 0.7
            )
        for j, rising in enumerate(t):
            y = rise + sign * (0.9 * tall + rising * grown)
            spots[j, k] = _at(plan, 0.0, y, float(share + sweep * rising * grown))
    thick = 0.011 * (1 - 0.8 * t[:, None]) * np.sin(np.pi * (0.1 + 0.8 * u))[None]
    skin = leaf(spots, thick * plan.species.unit_m * plan.scale, np.array([1.0, 0, 0]))
    rim = np.repeat(t, columns)
    return _finish(plan, skin, columns, rim, swim_hold(plan, skin.points))


def _side(plan: Plan, fin: Fin, side: str, rows: int, columns: int) -> Part:
    """A fin at the breast, that spreads from a narrow root."""
    _, first, last, long, sweep = fin
    out = 1.0 if side == "l" else -1.0
    root = plan.head(f"fin_{side}")
    size = plan.species.unit_m * plan.scale
    chord = last - first
    t, u = np.linspace(0, 1, rows), np.linspace(0, 1, columns)
    sharp = plan.species.cover == "skin"
    spots = np.zeros((rows, columns, 3))
    for j, reach in enumerate(t):
        wide = chord * (1 - reach**1.6 if sharp else 1 + 0.9 * reach)
        for k, share in enumerate(u):
            far = long * reach * (1.0 if sharp else 1 - 0.35 * abs(share - 0.35))
            spots[j, k] = root + size * np.array(
                [out * 0.9 * far, -0.45 * far, -sweep * far - wide * share]
            )
    thick = size * 0.1 * chord * np.sin(np.pi * (0.12 + 0.78 * u))[None] * (1 - 0.75 * t[:, None])
    skin = leaf(spots, thick, np.array([0, 1.0, 0]))
    return _finish(
        plan, skin, columns, np.repeat(t, columns), held_by(plan, f"fin_{side}", len(skin.points))
    )


def _tail(plan: Plan, fin: Fin, rows: int, columns: int) -> list[Part]:
    """Two lobes behind the last bone: upright in fish, flat in whales."""
    _, first, last, high, fork = fin
    flat = plan.species.form.flat
    t, u = np.linspace(0, 1, rows), np.linspace(-1, 1, columns)
    spots = np.zeros((rows, columns, 3))
    _, tall, rise = station(plan.species.form, first)
    for k, share in enumerate(u):
        lobe = abs(share)
        # The trailing edge is notched in the middle as far as the tail is forked.
        end = last - fork * (last - first) * (1 - lobe) ** 1.5 - 0.02 * lobe**4
        for j, out in enumerate(t):
            away = share * (0.75 * tall * (1 - out) + high * out ** (0.85 if fork < 0.4 else 1.15))
            back = first + (end - first) * out * (1 if lobe < 0.98 else 0.99)
            spots[j, k] = _at(plan, away, rise, back) if flat else _at(plan, 0.0, rise + away, back)
    thick = 0.012 * (1 - 0.85 * t[:, None]) * (1 - 0.7 * np.abs(u))[None] + 0.0015
    facing = np.array([0, 1.0, 0]) if flat else np.array([1.0, 0, 0])
    skin = leaf(spots, thick * plan.species.unit_m * plan.scale, facing)
    hold = swim_hold(plan, skin.points)
    return [_finish(plan, skin, columns, np.repeat(t, columns), hold)]


def _lower_jaw(plan: Plan) -> Part:
    """The lower lip: it opens on a dark mouth."""
    form = plan.species.form
    shares = np.linspace(0.004, 1.5 * form.mouth, 8)
    wide, high, rise = (np.array([station(form, float(s))[k] for s in shares]) for k in range(3))
    size = plan.species.unit_m * plan.scale
    middles = np.stack([0 * shares, rise - 0.5 * high, 0.5 - shares], -1) * size
    middles[:, 1] += form.ride_m
    taper = np.sqrt(np.clip(1 - (np.linspace(-0.75, 1, 8)) ** 2, 0.05, 1))
    skin = drawn_out(
        middles,
        0.93 * wide * size * taper + 0.01 * wide.max() * size,
        0.5 * high * size * taper,
        12,
    )
    dark = np.clip((skin.normals[:, 1:2] - 0.2) / 0.3, 0, 1)
    below = linear(plan.species.coat.below) * 0.9
    return part_of(plan, "jaw", skin, below + dark * (linear("#541c1c") - below), roughness=0.4)


def _tongue(plan: Plan) -> Part:
    t = np.linspace(0, 1, 6)[:, None]
    size = plan.species.unit_m * plan.scale
    tip = plan.skeleton.tail("head")
    line = tip + t * size * np.array([0, -0.002, 0.025]) - np.array([0, 0.004, 0.006]) * size
    return part_of(
        plan, "jaw", tube(line, np.linspace(0.0018, 0.0006, 6) * size, 5), linear("#7a1320")
    )

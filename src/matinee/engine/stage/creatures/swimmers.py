"""Bodies without legs: fish and whales, snakes, octopus and jellyfish, butterflies and bees.

They are drawn out along their spine from the stations of their form, and hung on the bones so that
every bend is spread over its neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .bodies import ARM_BONES, ARMS, SPINE_BONES, SWIM_BONES, SWIM_ENDS
from .field import Skin
from .loft import closed, drawn_out, grid_triangles, shared, tube

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan

Floats: TypeAlias = "npt.NDArray[np.float64]"


def drawn(plan: Plan, detail: str) -> tuple[Skin, Floats]:
    """Return the skin of a body without legs, and how much each bone holds each point."""
    return {"swimmer": _fish, "serpent": _snake, "soft": _soft, "flutter": _insect}[
        plan.species.body
    ](plan, detail)


def _rings(plan: Plan, shares: Floats) -> tuple[Floats, Floats, Floats]:
    """Return middles (k, 3), half widths and half heights (k,) of a form, in metres."""
    form, size = plan.species.form, plan.species.unit_m * plan.scale
    at = [one[0] for one in form.stations]
    wide, high, rise = (np.interp(shares, at, [one[k] for one in form.stations]) for k in (1, 2, 3))
    # Straight lines between stations would show as edges.
    kernel = np.hanning(7)[1:-1] / np.hanning(7)[1:-1].sum()

    def eased(values: Floats) -> Floats:
        return np.asarray(np.convolve(np.pad(values, 2, mode="edge"), kernel, mode="valid"))

    wide, high, rise = eased(wide), eased(high), eased(rise)
    wide[0], high[0] = 0.15 * wide[1], 0.15 * high[1]
    wide[-1], high[-1] = 0.3 * wide[-2], 0.3 * high[-2]
    middles = np.stack([0 * shares, rise, 0.5 - shares], -1) * size
    middles[:, 1] += form.ride_m
    return middles, wide * size, high * size


def _fish(plan: Plan, detail: str) -> tuple[Skin, Floats]:
    last = plan.species.form.stations[-1][0]
    rows, sides = (40, 20) if detail == "near" else (18, 10)
    shares = last * (1 - np.cos(np.linspace(0, 1, rows) ** 0.85 * np.pi)) / 2
    skin = drawn_out(*_rings(plan, shares), sides, square=1.08)
    return skin, swim_hold(plan, skin.points)


def swim_hold(plan: Plan, points: Floats) -> Floats:
    """Return how the bones of a swimmer's spine hold points (n, 3)."""
    size = plan.species.unit_m * plan.scale
    share = 0.5 - points[:, 2] / size
    hold = np.zeros((len(points), len(plan.skeleton.names)))
    hold[:, [plan.skeleton.places[name] for name in SWIM_BONES]] = shared(share, SWIM_ENDS)
    return hold


def _snake(plan: Plan, detail: str) -> tuple[Skin, Floats]:
    rows, sides = (110, 12) if detail == "near" else (48, 7)
    shares = np.concatenate([np.linspace(0, 0.07, rows // 6), np.linspace(0.08, 1, rows)])
    skin = drawn_out(*_rings(plan, shares), sides, square=1.1)
    size = plan.species.unit_m * plan.scale
    ends = np.concatenate([[0.0, 0.05], np.linspace(0.05, 1.0, SPINE_BONES + 1)[1:]])
    names = ["head", *(f"spine{k}" for k in range(SPINE_BONES - 1)), "tail4"]
    hold = np.zeros((len(skin.points), len(plan.skeleton.names)))
    columns = [plan.skeleton.places[name] for name in names]
    hold[:, columns] = shared(0.5 - skin.points[:, 2] / size, list(ends))
    return skin, hold


def _joined(pieces: list[tuple[Skin, Floats]]) -> tuple[Skin, Floats]:
    count = 0
    triangles = []
    for skin, _ in pieces:
        triangles.append(skin.triangles + np.uint32(count))
        count += len(skin.points)
    whole = Skin(
        np.concatenate([skin.points for skin, _ in pieces]),
        np.concatenate([skin.normals for skin, _ in pieces]),
        np.concatenate(triangles),
    )
    return whole, np.concatenate([hold for _, hold in pieces])


def _soft(plan: Plan, detail: str) -> tuple[Skin, Floats]:
    """A mantle over arms that taper; a jellyfish's is a bell with a rim."""
    size, names = plan.species.unit_m * plan.scale, plan.skeleton.names
    base = np.array([0.0, plan.species.form.ride_m, 0.0])
    rows, sides = (22, 20) if detail == "near" else (10, 12)
    stations = np.array([one[:4] for one in plan.species.form.stations])
    at = np.linspace(stations[0, 0], stations[-1, 0], rows)
    high = np.interp(at, stations[:, 0], stations[:, 2])
    back = np.interp(at, stations[:, 0], stations[:, 3])
    wide = np.interp(at, stations[:, 0], stations[:, 1])
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    ring = np.stack([np.cos(turn), 0 * turn, -np.sin(turn)], -1)
    spots = np.stack([0 * at, high, back], -1)[:, None] + wide[:, None, None] * ring[None]
    points = spots.reshape(-1, 3) * size + base
    mantle = closed(points, grid_triangles(rows, sides + 1), rows, sides + 1)
    hold = np.zeros((len(points), len(names)))
    hold[:, plan.skeleton.places["head"]] = 1.0
    pieces = [(mantle, hold)]
    thick = plan.species.tail_m * size
    for arm in range(ARMS):
        links = [_link(arm, k) for k in range(ARM_BONES)]
        line = np.array([plan.head(links[0]), *(plan.skeleton.tail(link) for link in links)])
        share = np.linspace(0, ARM_BONES, 16 if detail == "near" else 9)
        middles = np.stack(
            [np.interp(share, np.arange(ARM_BONES + 1), line[:, k]) for k in range(3)], -1
        )
        radii = thick * (1 - share / ARM_BONES) ** 0.8 + 0.06 * thick
        sides_of = 8 if detail == "near" else 5
        skin = tube(middles, radii, sides_of)
        held = np.zeros((len(skin.points), len(names)))
        weights = shared(np.repeat(share, sides_of + 1), list(range(ARM_BONES + 1)))
        held[:, [plan.skeleton.places[link] for link in links]] = weights
        root = np.clip(1 - np.repeat(share, sides_of + 1) / 0.8, 0, 1)[:, None]
        held *= 1 - root
        held[:, plan.skeleton.places["head"]] += root[:, 0]
        pieces.append((skin, held))
    return _joined(pieces)


def _link(arm: int, link: int) -> str:
    return "tail4" if (arm, link) == (ARMS - 1, ARM_BONES - 1) else f"arm{arm}_{link}"


def _insect(plan: Plan, detail: str) -> tuple[Skin, Floats]:
    """Head, breast and abdomen in one, with feelers and folded legs."""
    rows, sides = (36, 12) if detail == "near" else (16, 8)
    skin = drawn_out(*_rings(plan, np.linspace(0, 1, rows)), sides)
    size, names = plan.species.unit_m * plan.scale, plan.skeleton.names
    hold = np.zeros((len(skin.points), len(names)))
    columns = [plan.skeleton.places[name] for name in ("head", "chest", "tail4")]
    hold[:, columns] = shared(0.5 - skin.points[:, 2] / size, [0.0, 0.24, 0.5, 1.0])
    pieces = [(skin, hold)]
    base = np.array([0.0, plan.species.form.ride_m, 0.0])
    t = np.linspace(0, 1, 6)[:, None]
    for out in (1.0, -1.0):
        lines = [
            ("head", np.array([out * 0.04, 0.05, 0.42]), np.array([out * 0.2, 0.22, 0.3]), 0.008)
        ]
        lines += [
            (
                "chest",
                np.array([out * 0.05, -0.06, z]),
                np.array([out * 0.1, -0.22, z - 0.2]),
                0.012,
            )
            for z in (0.22, 0.12, 0.02)
        ]
        for bone, root, way, thick in lines:
            bow = root + t * way + 0.12 * np.sin(np.pi * t) * np.array([out, 0.4, 0.0])
            feeler = tube(bow * size + base, np.linspace(thick, 0.6 * thick, 6) * size, 5)
            held = np.zeros((len(feeler.points), len(names)))
            held[:, plan.skeleton.places[bone]] = 1.0
            pieces.append((feeler, held))
    return _joined(pieces)

"""What rooms share: walls with openings, floors, ceilings, and daylight through windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import masonry, plants
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import box, copies, panel, placed
from matinee.engine.stage.worlds.model import Practical

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matinee.engine.stage.worlds.model import Conditions
    from matinee.engine.stage.worlds.scenery import Scenery


@dataclass(frozen=True)
class Shell:
    """A room from x0 to x1 and z0 to z1, `high` metres tall.

    Openings are given for each wall, their left and right measured along it: on "back" and "front"
    from x0 towards x1, on "left" and "right" from z0 towards z1.
    """

    x0: float
    x1: float
    z0: float
    z1: float
    high: float
    cell_m: float = 0.34


def shell(
    room: Shell,
    walls: Finish,
    floor: Finish,
    ceiling: Finish,
    *,
    openings: Mapping[str, Sequence[Opening]],
    skirting: Finish,
    frame: Finish = masonry.FRAME_WHITE,
) -> Mesh:
    """Return walls seen from inside, floor, ceiling and skirting; holes stay unglazed."""
    wide, deep, thick = room.x1 - room.x0, room.z1 - room.z0, 0.22
    parts = [
        panel((room.x0, 0, room.z1), (wide, 0, 0), (0, 0, -deep), floor, cell_m=room.cell_m),
        panel(
            (room.x0, room.high, room.z0),
            (wide, 0, 0),
            (0, 0, deep),
            ceiling,
            cell_m=room.cell_m * 1.5,
        ),
    ]
    # Roof and footing keep the sun out of the joints.
    for y in (room.high + 0.11, -0.12):
        middle = ((room.x0 + room.x1) / 2, y, (room.z0 + room.z1) / 2)
        parts.append(box(middle, (wide / 2 + 0.3, 0.1, deep / 2 + 0.3), ceiling))
    # A wall's +Z face is its inner one; it is turned so that this face looks into the room.
    places = {
        "back": ((room.x0, 0, room.z0), 0.0, wide, False),
        "front": ((room.x1, 0, room.z1), np.pi, wide, True),
        "left": ((room.x0, 0, room.z1), np.pi / 2, deep, True),
        "right": ((room.x1, 0, room.z0), -np.pi / 2, deep, False),
    }
    for name, (corner, yaw, length, turned) in places.items():
        holes = [_turned(hole, length) if turned else hole for hole in openings.get(name, ())]
        bare = [
            Opening(h.left, h.right, h.sill, h.head, "door" if h.kind == "door" else "hole")
            for h in holes
        ]
        wall = masonry.wall(
            length, room.high, thick, walls, openings=bare, cell_m=room.cell_m, frame=frame
        )
        parts.append(placed(wall, corner, yaw=yaw))
        parts.extend(
            placed(_window(hole, frame), corner, yaw=yaw) for hole in holes if hole.kind == "window"
        )
        doors = [h for h in holes if h.sill < 0.05]
        parts += [placed(board, corner, yaw=yaw) for board in _boards(length, doors, skirting)]
    return merged(parts)


def _turned(hole: Opening, length: float) -> Opening:
    return Opening(length - hole.right, length - hole.left, hole.sill, hole.head, hole.kind)


def _window(hole: Opening, frame: Finish) -> Mesh:
    """Return frame and sill in a wall's own space; panes stay open, so that sun and sky come in."""
    wide, high = hole.right - hole.left, hole.head - hole.sill
    middle = (hole.left + hole.right) / 2
    bars = masonry.window(wide, high, frame, panes=(max(1, round(wide / 0.7)), 2), glass=None)
    return merged(
        [
            placed(bars, (middle, hole.sill, -0.12)),
            box(
                (middle, hole.sill - 0.015, 0.06),
                (wide / 2 + 0.08, 0.02, 0.1),
                frame,
                bevel_m=0.008,
            ),
            box(
                (middle, hole.head + 0.04, 0.015),
                (wide / 2 + 0.08, 0.045, 0.02),
                frame,
                bevel_m=0.006,
            ),
            box(
                (hole.left - 0.04, (hole.sill + hole.head) / 2, 0.015),
                (0.04, high / 2, 0.02),
                frame,
            ),
            box(
                (hole.right + 0.04, (hole.sill + hole.head) / 2, 0.015),
                (0.04, high / 2, 0.02),
                frame,
            ),
        ]
    )


def _boards(length: float, doors: Sequence[Opening], skirting: Finish) -> list[Mesh]:
    edges = [0.0]
    for hole in sorted(doors, key=lambda h: h.left):
        edges += [hole.left, hole.right]
    edges.append(length)
    return [
        box(((a + b) / 2, 0.05, 0.01), ((b - a) / 2, 0.05, 0.012), skirting, bevel_m=0.004)
        for a, b in zip(edges[::2], edges[1::2], strict=True)
        if b - a > 0.05
    ]


def daylight(
    set_: Scenery, room: Shell, wall: str, hole: Opening, *, strength: float = 1.0
) -> None:
    """Let the sky's light in through a window: it is baked as a glowing pane."""
    wide, high = hole.right - hole.left, hole.head - hole.sill
    along, up = (hole.left + hole.right) / 2, (hole.sill + hole.head) / 2
    places = {
        "back": ((room.x0 + along, up, room.z0 - 0.05), (0.0, 0.0, 1.0)),
        "front": ((room.x0 + along, up, room.z1 + 0.05), (0.0, 0.0, -1.0)),
        "left": ((room.x0 - 0.05, up, room.z0 + along), (1.0, 0.0, 0.0)),
        "right": ((room.x1 + 0.05, up, room.z0 + along), (-1.0, 0.0, 0.0)),
    }
    at, way = places[wall]
    tone = sky_tone(set_.conditions)
    # A pane of area A and radiance L lights like a point of L * A / pi.
    power = strength * wide * high / np.pi * 1.6
    set_.lamp(
        Practical(
            at,
            (tone[0] * power, tone[1] * power, tone[2] * power),
            14.0,
            way,
            size_m=min(wide, high) * 0.7,
        )
    )


def sky_tone(conditions: Conditions) -> tuple[float, float, float]:
    """Return the light a window sends in at an hour and in a weather."""
    tones = {
        "dawn": (1.7, 1.35, 1.25),
        "day": (2.3, 2.45, 2.7),
        "sunset": (2.1, 1.25, 0.8),
        "night": (0.05, 0.08, 0.16),
    }
    red, green, blue = tones.get(conditions.time_of_day, tones["day"])
    dim = {"clear": 1.0, "cloudy": 0.85, "rain": 0.6, "storm": 0.35, "snow": 0.9, "fog": 0.75}
    factor = dim.get(conditions.weather, 1.0)
    return red * factor, green * factor, blue * factor


def garden(set_: Scenery, room: Shell, *, far_m: float = 26.0) -> None:
    """Set a lawn, hedges and trees outside, so that windows have something to show."""
    rng = seed_of("garden", set_.place)
    lawn = Finish(rgb("#5d7a3c"), Surface.GRASS, 0.95)
    low, high = min(room.x0, room.z0) - far_m, max(room.x1, room.z1) + far_m
    hole = 0.3
    for x0, x1, z0, z1 in (
        (low, high, low, room.z0 - hole),
        (low, high, room.z1 + hole, high),
        (low, room.x0 - hole, room.z0 - hole, room.z1 + hole),
        (room.x1 + hole, high, room.z0 - hole, room.z1 + hole),
    ):
        set_.add(panel((x0, -0.25, z1), (x1 - x0, 0, 0), (0, 0, z0 - z1), lawn, cell_m=6.0))
    model = plants.tree("maple", 7.0, rng=rng, leaves=330, bare=set_.conditions.snowy)
    shrub = plants.bush(0.9, rng=rng, leaves=80)
    middle = np.array([(room.x0 + room.x1) / 2, (room.z0 + room.z1) / 2])
    angle = np.arange(12) / 12 * 2 * np.pi
    reach = max(room.x1 - room.x0, room.z1 - room.z0) / 2
    ringed = middle + np.column_stack([np.sin(angle), np.cos(angle)]) * (reach + 7.5)
    at = np.column_stack([ringed[:, 0], 0 * angle - 0.25, ringed[:, 1]])
    set_.add(copies(model, at, yaw=angle * 3, scale=rng.uniform(0.8, 1.3, 12)))
    near = middle + np.column_stack([np.sin(angle + 0.2), np.cos(angle + 0.2)]) * (reach + 4.0)
    set_.add(copies(shrub, np.column_stack([near[:, 0], 0 * angle - 0.25, near[:, 1]]), yaw=angle))


def walled(set_: Scenery, room: Shell) -> None:
    """Say that the walls are solid."""
    x, z = (room.x0 + room.x1) / 2, (room.z0 + room.z1) / 2
    wide, deep, up = (room.x1 - room.x0) / 2, (room.z1 - room.z0) / 2, room.high / 2
    set_.block((x, up, room.z0 - 0.11), (wide, up, 0.11))
    set_.block((x, up, room.z1 + 0.11), (wide, up, 0.11))
    set_.block((room.x0 - 0.11, up, z), (0.11, up, deep))
    set_.block((room.x1 + 0.11, up, z), (0.11, up, deep))

"""The things of a shot as bodies: what hands, engines and gravity make of them.

placed things ▶ in whose hand ▶ what acts by itself ▶ physics ▶ what is carried inside something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.stage.handling import grips
from matinee.engine.stage.physics import Motion, Piece, Thing, simulate
from matinee.engine.stage.placing import HOVERS_M
from matinee.engine.stage.shards import FRAGILE, shards_of
from matinee.engine.stage.water import water_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matinee.engine.stage.blocking import Scene
    from matinee.engine.stage.handling import Actor
    from matinee.engine.stage.machines import Moves
    from matinee.engine.stage.physics import Held, Walker
    from matinee.engine.stage.placing import Placed
    from matinee.engine.stage.space import Points

BREAKABLE_KG = 6.0
BOB_M = 0.035


def played(
    scene: Scene,
    actors: Mapping[str, Actor],
    walkers: Sequence[Walker],
    moves: Moves,
    times_s: Points,
) -> Motion:
    """Return what becomes of the things of a scene over the frames of a shot."""
    held = {**moves.held, **grips(scene.placed, actors, times_s)}
    things = [_thing(k, one, held.get(k, ()), moves) for k, one in enumerate(scene.placed)]
    motion = simulate(
        things,
        walkers,
        space=scene.space,
        underfoot=scene.world.underfoot,
        times_s=times_s,
        water=water_of(scene.world).height_at,
        tops=np.array(
            [[*one.top, one.half_x_m, one.half_z_m] for one in scene.world.tables], np.float64
        ).reshape(-1, 5),
    )
    transforms = motion.transforms.copy()
    _bob(transforms, scene, held, times_s)
    _carry(transforms, scene.placed, held)
    return Motion(transforms, motion.touches, motion.broken, motion.pieces)


def _thing(index: int, one: Placed, held: tuple[Held, ...], moves: Moves) -> Thing:
    pushed = moves.pushes.get(index)
    free = bool(held) or pushed is not None
    fixed = one.settled and not free
    material = one.model.sound_material
    breaks_s = moves.breaks.get(index, float("inf"))
    fragile = material in FRAGILE and one.model.mass_kg < BREAKABLE_KG
    pieces = shards_of(one.model) if fragile or np.isfinite(breaks_s) else ()
    mesh = one.model.mesh
    return Thing(
        name=one.prop.id,
        shape=one.model.shape,
        half_extents=one.half,
        mass_kg=one.model.mass_kg,
        material=material,
        position=one.position,
        yaw=one.yaw,
        fixed=fixed,
        held=held,
        triangles=(mesh.positions, mesh.triangles) if fixed and one.inside is None else None,
        push=pushed if pushed is not None and np.isfinite(pushed[0]) else None,
        fragile=fragile,
        breaks_s=breaks_s,
        pieces=tuple(Piece(shard.half, shard.at) for shard in pieces),
        floats=one.model.floats,
        ghost=one.inside is not None and not free,
    )


def _bob(
    transforms: Points, scene: Scene, held: Mapping[int, tuple[Held, ...]], times_s: Points
) -> None:
    """Let what hangs in the air or lies on the water rise and sink a little."""
    for index, one in enumerate(scene.placed):
        afloat = one.settled and one.model.way == "water" and index not in held
        afloat = afloat and water_of(scene.world).height_at(one.position) is not None
        if not one.settled or index in held or not (afloat or one.model.kind in HOVERS_M):
            continue
        phase = 1.3 * times_s + 1.7 * index
        transforms[index, :, 1, 3] += BOB_M * np.sin(phase)
        roll = 0.03 * np.sin(0.8 * phase)
        turn = np.zeros((len(times_s), 3, 3))
        turn[:, 0, 0] = turn[:, 1, 1] = np.cos(roll)
        turn[:, 0, 1], turn[:, 1, 0] = -np.sin(roll), np.sin(roll)
        turn[:, 2, 2] = 1.0
        transforms[index, :, :, :3] = transforms[index, :, :, :3] @ turn


def _carry(
    transforms: Points, placed: Sequence[Placed], held: Mapping[int, tuple[Held, ...]]
) -> None:
    """Let what is in a bowl go where the bowl goes."""
    for index, one in enumerate(placed):
        if one.inside is None or index in held:
            continue
        rest = _pose(placed[one.inside])
        own = _pose(one)
        turn = rest[:, :3].T @ own[:, :3]
        way = rest[:, :3].T @ (own[:, 3] - rest[:, 3])
        body = transforms[one.inside]
        transforms[index, :, :, :3] = body[:, :, :3] @ turn
        transforms[index, :, :, 3] = body[:, :, 3] + body[:, :, :3] @ way
        # What it was in has gone to pieces: it stays where it was.
        gone = np.abs(body[:, :, :3]).sum(axis=(1, 2)) < 1e-9
        transforms[index, gone] = own


def _pose(one: Placed) -> Points:
    """Where a thing was put: (3, 4)."""
    cos, sin = np.cos(one.yaw), np.sin(one.yaw)
    turn = np.array([[cos, 0.0, sin], [0.0, 1.0, 0.0], [-sin, 0.0, cos]])
    return np.concatenate([turn, one.position[:, None]], axis=1)

"""Things people wear on head, neck and hands: glasses, scarves, ties, capes, gloves."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

from .anatomy import anatomy
from .colours import CLOTH_COLOURS, linear
from .hats import HATS, TURNED, Colour, Skull, crown, skull, turned
from .patch import Patch, trimmed
from .piece import Piece, of_body, rigid, stuff
from .skin import mottled
from .strand import CAPE, Strand, Swing

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from .anatomy import Detail

Floats: TypeAlias = "npt.NDArray[np.float64]"


def _glasses(points: npt.NDArray[np.float32], colour: Colour, *, dark: bool) -> list[Piece]:
    """Make frames with temples; dark lenses for sunglasses, none for others."""
    body = anatomy()
    shade = np.array(colour) if colour is not None else np.array([0.02, 0.018, 0.016])
    eyes = {
        side: points[np.unique(body.triangles["near"][f"eye_{side}"])].astype(np.float64)
        for side in ("l", "r")
    }
    ears = body.masks["ears"] > 0.5
    ear = points[ears].astype(np.float64)
    pieces = []
    spokes = 20
    around = np.arange(spokes) * 2 * np.pi / spokes
    for side, out in (("l", 1.0), ("r", -1.0)):
        ball = eyes[side]
        centre = np.array(
            [ball[:, 0].mean() * 1.06, ball[:, 1].mean() - 0.003, ball[:, 2].max() + 0.013]
        )
        rim = np.stack([np.cos(around) * 0.0255, np.sin(around) * 0.0205, 0 * around], 1)
        square = np.sign(rim) * np.abs(rim) ** 0.8 * np.array([0.0255, 0.0205, 1]) ** 0.2
        pieces.append(_tube(centre + square, 0.0016, closed=True, colour=shade))
        hinge = centre + np.array([out * 0.0262, 0.006, -0.002])
        at_ear = np.array(
            [
                out * (np.abs(ear[:, 0]).max() - 0.016),
                ear[:, 1].max() - 0.012,
                ear[:, 2].mean() + 0.006,
            ]
        )
        line = np.linspace(hinge, at_ear, 5)
        pieces.append(_tube(line, 0.0014, closed=False, colour=shade))
        if dark:
            disc = np.concatenate([centre + square * 0.97, centre[None] + [[0, 0, 0.003]]])
            fan = np.stack(
                [np.arange(spokes), np.roll(np.arange(spokes), -1), np.full(spokes, spokes)], 1
            )
            lens = rigid(disc, fan, body.bone("head"), len(body.bone_names))
            pieces.append(
                Piece(
                    stuff(lens, colour=(0.012, 0.012, 0.016), surface=Surface.GLASS, roughness=0.08)
                )
            )
    left, right = (eyes[side].mean(0) for side in ("l", "r"))
    bridge = np.array([[0.011, 0.004, 0.0], [0.0, 0.008, 0.003], [-0.011, 0.004, 0.0]])
    front = max(eyes["l"][:, 2].max(), eyes["r"][:, 2].max()) + 0.013
    middle = np.array([(left[0] + right[0]) / 2, (left[1] + right[1]) / 2 - 0.002, front])
    pieces.append(_tube(middle + bridge, 0.0016, closed=False, colour=shade))
    return pieces


def _tube(line: Floats, radius: float, *, closed: bool, colour: npt.NDArray[np.floating]) -> Piece:
    """Lay a thin tube along points (k, 3), fixed to the head."""
    body = anatomy()
    along = np.roll(line, -1, 0) - np.roll(line, 1, 0) if closed else np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.cross(along, [0.13, 0.31, 0.94])
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(side, along)
    spokes = 6
    around = np.arange(spokes) * 2 * np.pi / spokes
    ring = (
        np.cos(around)[None, :, None] * side[:, None] + np.sin(around)[None, :, None] * up[:, None]
    )
    places = (line[:, None] + ring * radius).reshape(-1, 3)
    index = np.arange(len(line) * spokes).reshape(len(line), spokes)
    if closed:
        index = np.concatenate([index, index[:1]])
    a, b = index[:-1], np.roll(index[:-1], -1, 1)
    c, d = np.roll(index[1:], -1, 1), index[1:]
    triangles = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)
    patch = rigid(places, triangles, body.bone("head"), len(body.bone_names))
    return Piece(stuff(patch, colour=colour, surface=Surface.PAINT, roughness=0.3))


def _headscarf(points: npt.NDArray[np.float32], colour: Colour) -> list[Piece]:
    """Wrap the head and neck in cloth that leaves the face free."""
    body = anatomy()
    shade = np.array(colour) if colour is not None else linear(CLOTH_COLOURS["teal"])
    whole = of_body(body, points, body.triangles["near"]["body"])
    x, y, z = body.canonical.T
    face = np.hypot(x / 0.64, (y - 7.12) / 0.92) - 1
    field = np.where(z > 0.55, face, 1.0)
    field = np.minimum(field, (y - 5.75 + 0.3 * np.clip(z - 0.3, 0, 1)) * 2)
    field = np.where(body.masks["inside_mouth"] > 0.3, -1, field)
    smooth = whole.normals()
    folds = 0.003 * mottled(body.canonical * [1, 2.2, 1], 2.2, 8)
    lift = 0.013 + folds + 0.018 * (body.masks["ears"] > 0.3)
    raised = whole.having(position=points + smooth * lift[:, None])
    patch = trimmed(raised, field)
    return [
        Piece(stuff(patch, colour=shade, surface=Surface.CLOTH, roughness=0.85, occlusion=0.95))
    ]


def _scarf(points: npt.NDArray[np.float32], colour: Colour, detail: Detail) -> list[Piece]:
    """Lay a thick scarf around the neck, with one end hanging down in front."""
    body = anatomy()
    shade = np.array(colour) if colour is not None else linear("#9a3a34")
    ring = np.flatnonzero(np.abs(body.canonical[:, 1] - 5.95) < 0.22)
    neck = points[ring[body.arm_share[ring] < 0.1]].astype(np.float64)
    neck = neck[np.hypot(neck[:, 0], neck[:, 2] - neck[:, 2].mean()) < 0.11]
    centre = neck.mean(0)
    radius = np.hypot(neck[:, 0], neck[:, 2] - centre[2]).mean() + 0.022
    pieces = []
    for height, size, wide in ((-0.012, 0.024, 1.22), (0.020, 0.022, 1.06)):
        around = np.linspace(0, 2 * np.pi, 33)[:-1]
        loop = np.stack(
            [
                np.sin(around) * radius * wide,
                height - 0.028 * np.cos(around) + 0.004 * np.sin(3 * around),
                np.cos(around) * radius * wide,
            ],
            1,
        )
        pieces.append(_thick(loop + centre, size, shade, "neck_01", closed=True))
    end = np.stack(
        [np.full(7, 0.045), np.linspace(-0.02, -0.34, 7), radius * np.linspace(1.25, 1.55, 7)], 1
    )
    pieces.append(_thick(end + centre, 0.030, shade, "spine_03", closed=False, flat=0.32))
    del detail
    return pieces


def _thick(
    line: Floats,
    radius: float,
    shade: npt.NDArray[np.floating],
    bone: str,
    *,
    closed: bool,
    flat: float = 0.8,
) -> Piece:
    """Lay a thick, knitted roll along points (k, 3), flattened front to back by `flat`."""
    body = anatomy()
    along = np.roll(line, -1, 0) - np.roll(line, 1, 0) if closed else np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    out = line - line.mean(0) if closed else np.tile([0.0, 0.2, 1.0], (len(line), 1))
    out = out - (out * along).sum(1, keepdims=True) * along
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    side = np.cross(along, out)
    spokes = 10
    around = np.arange(spokes) * 2 * np.pi / spokes
    ring = (
        flat * np.cos(around)[None, :, None] * out[:, None]
        + np.sin(around)[None, :, None] * side[:, None]
    )
    grooves = 1 + 0.08 * np.cos(around * 5)[None, :, None]
    places = (line[:, None] + ring * radius * grooves).reshape(-1, 3)
    index = np.arange(len(line) * spokes).reshape(len(line), spokes)
    if closed:
        index = np.concatenate([index, index[:1]])
    a, b = index[:-1], np.roll(index[:-1], -1, 1)
    c, d = np.roll(index[1:], -1, 1), index[1:]
    triangles = np.concatenate([np.stack([a, c, b], -1), np.stack([a, d, c], -1)]).reshape(-1, 3)
    patch = rigid(places, triangles, body.bone(bone), len(body.bone_names))
    dark = 0.8 + 0.2 * np.cos(np.tile(around * 5, len(line)))
    return Piece(stuff(patch, colour=shade * dark[:, None], surface=Surface.CLOTH, roughness=0.95))


def _tie(points: npt.NDArray[np.float32], colour: Colour, *, bow: bool) -> list[Piece]:
    """Make a tie or a bow tie at the collar."""
    body = anatomy()
    shade = np.array(colour) if colour is not None else linear("#6e1f2b")
    sheet = np.unique(body.triangles["near"]["tights"])
    rows = sheet[(np.abs(body.canonical[sheet, 0]) < 0.3) & (body.canonical[sheet, 2] > 0)]
    heights = np.linspace(5.42, 1.9, 9)
    spine = []
    for height in heights:
        near = rows[np.argsort(np.abs(body.canonical[rows, 1] - height))[:6]]
        spine.append(
            points[near].astype(np.float64).max(0) * [0, 0, 1] + points[near].mean(0) * [0, 1, 0]
        )
    line = np.array(spine)
    line[:, 2] = np.maximum.accumulate(line[:, 2]) if bow else line[:, 2]
    if bow:
        knot = line[0] + [0, 0.004, 0.026]
        wings = np.array([[-0.052, 0.022], [-0.006, 0.007], [0.006, 0.007], [0.052, 0.022]])
        places = np.concatenate(
            [
                [knot + np.array([x, y, -0.08 * abs(x)]) for x, y in wings],
                [knot + np.array([x, -y, -0.08 * abs(x)]) for x, y in wings],
            ]
        )
        faces = [[i, i + 4, i + 1] for i in range(3)] + [[i + 1, i + 4, i + 5] for i in range(3)]
        triangles = np.array(faces + [face[::-1] for face in faces])
    else:
        half = np.interp(
            np.linspace(0, 1, 9), [0, 0.06, 0.1, 0.9, 1], [0.017, 0.015, 0.012, 0.040, 0.001]
        )
        front = line + np.stack([0 * half, 0.012 + 0 * half, np.linspace(0.022, 0.020, 9)], 1)
        left = front - np.stack([half, 0 * half, 0.004 + 0 * half], 1)
        right = front + np.stack([half, 0 * half, -0.004 + 0 * half], 1)
        places = np.concatenate([left, front + np.array([0, 0, 0.002]), right])
        faces = []
        for i in range(8):
            for first in (0, 9):
                a, b, c, d = first + i, first + 9 + i, first + 10 + i, first + 1 + i
                faces += [[a, c, b], [a, d, c]]
        triangles = np.array(faces)
    patch = rigid(places, triangles, body.bone("spine_03"), len(body.bone_names))
    return [Piece(stuff(patch, colour=shade, surface=Surface.CLOTH, roughness=0.55))]


def _necklace(points: npt.NDArray[np.float32], colour: Colour) -> list[Piece]:
    """Lay a string of beads on the collar bones."""
    body = anatomy()
    shade = np.array(colour) if colour is not None else linear(CLOTH_COLOURS["gold"])
    sheet = np.unique(body.triangles["near"]["body"])
    angle = np.linspace(0, 2 * np.pi, 41)[:-1]
    spots = np.stack(
        [np.sin(angle) * 0.72, 5.55 - 0.42 * np.cos(angle), 0.32 + 0.75 * np.cos(angle)], 1
    )
    near = sheet[np.argmin(((body.canonical[sheet][None] - spots[:, None]) ** 2).sum(-1), 1)]
    line = points[near].astype(np.float64)
    for _ in range(3):
        line = (np.roll(line, 1, 0) + 2 * line + np.roll(line, -1, 0)) / 4
    out = line - line.mean(0) * [1, 1, 1]
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    piece = _tube(line + out * 0.006, 0.0035, closed=True, colour=shade)
    weights = np.zeros_like(piece.patch["weights"])
    weights[:, body.bone("spine_03")] = 1
    patch = piece.patch.having(
        weights=weights, surface=np.full((len(piece.patch), 1), Surface.METAL)
    )
    return [Piece(patch)]


def _gloves(points: npt.NDArray[np.float32], colour: Colour, detail: Detail) -> list[Piece]:
    body = anatomy()
    shade = np.array(colour) if colour is not None else linear("#2a2420")
    whole = of_body(body, points, body.triangles[detail]["body"])
    raised = whole.having(position=points + whole.normals() * 0.0035)
    patch = trimmed(raised, np.where(body.arm_share > 0.5, (body.arm - 1.86) * 2.3, -1.0))
    return [Piece(stuff(patch, colour=shade, surface=Surface.CLOTH, roughness=0.6))]


def _headphones(head: Skull, colour: Colour) -> list[Piece]:
    shade = np.array(colour) if colour is not None else np.array([0.03, 0.03, 0.035])
    angle = np.linspace(-0.1, np.pi + 0.1, 18)
    arch = np.stack(
        [
            np.cos(angle) * (head.half_width + 0.018),
            np.sin(angle) * (head.crown + 0.06) - 0.055,
            0 * angle,
        ],
        1,
    )
    pieces = [_thick(arch + head.centre, 0.011, shade, "head", closed=False)]
    for out in (1.0, -1.0):
        cup = np.stack([np.linspace(0.0, 0.03, 3) * out, np.zeros(3), np.zeros(3)], 1)
        at = head.centre + np.array([out * (head.half_width + 0.004), -0.062, -0.004])
        pieces.append(_thick(cup + at, 0.036, shade, "head", closed=False, flat=1.0))
    return pieces


def _cape(points: npt.NDArray[np.float32], colour: Colour, detail: Detail) -> list[Piece]:
    """Hang a cape from both shoulders down the back."""
    body = anatomy()
    shade = np.array(colour) if colour is not None else linear("#8c1f2b")
    columns, rows = (17, 8) if detail == "far" else (41, 22)
    across = np.linspace(-1, 1, columns)[None]
    down = np.linspace(0, 1, rows)[:, None]
    shoulder = points[_nearest((1.25, 5.62, 0.05))].astype(np.float64)
    nape = points[_nearest((0.0, 5.75, -0.55))].astype(np.float64)
    half, top = shoulder[0] * 1.05, shoulder[1] + 0.012
    floor = 0.10 * top
    pleat = 0.030 * np.clip(down * 1.6, 0, 1) * np.cos(across * 15 + 1.3 * np.sin(across * 4))
    x = across * half * (1.05 + 0.55 * down)
    y = top + 0.025 * (1 - across**2) * (1 - down) - (top - floor) * down
    back = nape[2] - 0.035 - 0.10 * down - 0.03 * np.sin(np.pi * np.clip(down * 2.5, 0, 1))
    wrap = np.clip(np.abs(across) - 0.62, 0, 1) / 0.38
    z = back + (shoulder[2] + 0.02 - back) * wrap**1.6 * (1 - 0.75 * down) + pleat
    place = np.stack(np.broadcast_arrays(x, y, z), -1).reshape(-1, 3)
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    sheet = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)
    weights = np.zeros((len(place), len(body.bone_names)), np.float32)
    low = np.clip((np.broadcast_to(down, (rows, columns)).reshape(-1) - 0.3) / 0.5, 0, 1)
    left = np.clip(0.5 + place[:, 0] / (3 * half), 0.1, 0.9)
    weights[:, body.bone("spine_03")] = 1 - low
    weights[:, body.bone("pelvis")] = 0.6 * low
    weights[:, body.bone("thigh_l")] = 0.4 * low * left
    weights[:, body.bone("thigh_r")] = 0.4 * low * (1 - left)
    fold = np.broadcast_to(1 - 9 * np.clip(-pleat, 0, 0.05), (rows, columns)).reshape(-1)
    # It swings from the shoulders in three strands: two at the sides, one in the middle.
    grid, held = place.reshape(rows, columns, 3), weights.reshape(rows, columns, -1)
    middles = (columns // 6, columns // 2, columns - 1 - columns // 6)
    away = np.array([0.0, 0.0, -1.0])
    swing = Swing(
        tuple(Strand(CAPE, grid[0, k], grid[-1, k], held[0, k], held[-1, k], away) for k in middles)
    )
    shares = np.clip(1 - np.abs(across.T - across[0, list(middles)]) / 0.7, 0, 1)
    shares /= shares.sum(1, keepdims=True)
    eased = down * down * (3 - 2 * down) * 0.9
    follows = (eased[..., None] * shares[None]).reshape(-1, len(middles)).astype(np.float32)
    lining = np.array([0.0, 0.0, 0.004])
    pieces = []
    for shift, triangles, tone in ((0.0, sheet[:, ::-1], 1.0), (1.0, sheet, 0.55)):
        rows_of = {"position": (place + lining * shift).astype(np.float32), "weights": weights}
        made = stuff(
            Patch(rows_of, triangles),
            colour=shade * tone,
            surface=Surface.CLOTH,
            roughness=0.8,
            occlusion=fold,
        )
        pieces.append(Piece(made.having(swing=follows), swing=swing))
    return pieces


def _nearest(canonical: tuple[float, float, float]) -> int:
    """Return the vertex of the sheet around the body nearest to a canonical point."""
    body = anatomy()
    sheet = np.unique(body.triangles["near"]["tights"])
    gap = ((body.canonical[sheet] - np.array(canonical)) ** 2).sum(1)
    return int(sheet[np.argmin(gap)])


def worn(kind: str, colour: Colour, points: npt.NDArray[np.float32], detail: Detail) -> list[Piece]:
    """Make one thing of HEAD_WEAR, NECK_WEAR or HAND_WEAR for a body (v, 3) metres."""
    if kind in TURNED:
        return turned(kind, skull(points), colour, detail)
    makers: dict[str, Callable[[], list[Piece]]] = {
        "crown": lambda: crown(skull(points), colour, detail),
        "glasses": lambda: _glasses(points, colour, dark=False),
        "sunglasses": lambda: _glasses(points, colour, dark=True),
        "headphones": lambda: _headphones(skull(points), colour),
        "headscarf": lambda: _headscarf(points, colour),
        "scarf": lambda: _scarf(points, colour, detail),
        "tie": lambda: _tie(points, colour, bow=False),
        "bow_tie": lambda: _tie(points, colour, bow=True),
        "necklace": lambda: _necklace(points, colour),
        "cape": lambda: _cape(points, colour, detail),
        "gloves": lambda: _gloves(points, colour, detail),
    }
    return makers[kind]()


__all__ = ["HATS", "worn"]

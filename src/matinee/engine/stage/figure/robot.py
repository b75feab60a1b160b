"""Robots: rigid plates over a dark inner body, a visor, eyes that blink and a mouth of light.

They have the same rig and the same face units as people, so whatever a person can do, a robot can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

from .anatomy import anatomy, units
from .colours import CLOTH_COLOURS, linear, named
from .patch import Patch, compacted, joined, relaxed, trimmed
from .piece import Piece, of_body, rigid, stuff
from .trimmings import hems

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.film.screenplay import Look

    from .anatomy import Detail

Floats: TypeAlias = "npt.NDArray[np.floating]"

PLATE_M, INNER_M = 0.010, -0.003
HELD = 0.62
"""How much of a vertex one bone must hold for a rigid plate to cover it."""
# Plates that carry the robot's colour; the others are bare metal.
COLOURED: Final = ("spine_03", "upperarm_l", "upperarm_r", "thigh_l", "thigh_r", "head")
LIGHT: Final = {"cyan": (0.10, 0.85, 1.0), "amber": (1.0, 0.52, 0.08), "green": (0.2, 1.0, 0.35)}


def robot(points: Floats, look: Look, detail: Detail, rng: np.random.Generator) -> list[Piece]:
    """Make a robot on a body of shape `points` (v, 3) metres.

    Its paint is the colour of its first garment, or of its skin, or drawn from the seed.
    """
    wanted = next((one.colour for one in look.garments if one.colour), "") or look.skin
    palette = ("#d8d6cf", "#c7622d", "#3f6f9f", "#b9a03a", "#6b7f63")
    paint = named(wanted, CLOTH_COLOURS, str(rng.choice(palette)))
    light = np.array(LIGHT[str(rng.choice(list(LIGHT)))])
    body = anatomy()
    # Features and muscles are smoothed away: this is a machine.
    whole = of_body(body, points, body.triangles[detail]["body"])
    corners = whole.triangles
    dry = (body.masks["inside_mouth"][corners] < 0.4).all(1)
    bare = (body.share("head", "neck_01", "eye") > 0.3) | (
        body.share("hand", "thumb", "index", "middle", "ring", "pinky") > 0.3
    )
    # Head and hands are the body's; the rest is the smooth sheet around it.
    own = Patch(whole.rows, corners[dry & bare[corners].all(1)])
    sheet = Patch(whole.rows, body.triangles[detail]["tights"])
    hull = Patch(whole.rows, np.concatenate([own.triangles, sheet.triangles]))
    hull = hull.having(position=_smoothed(hull))
    pieces = _inner(hull)
    pieces += _plates(hull, paint, detail)
    pieces += _face(hull, light)
    return pieces


def _smoothed(whole: Patch) -> Floats:
    """Iron the head flat, the rest a little, and leave the hands as they are."""
    body = anatomy()
    soft = relaxed(whole, whole["position"], 34)
    softer = relaxed(whole, whole["position"], 4)
    head = np.clip(body.share("head") * 1.2, 0, 1)[:, None]
    hand = body.share("hand", "thumb", "index", "middle", "ring", "pinky")[:, None]
    blended = softer * (1 - head) + soft * head
    return np.asarray(whole["position"] * hand + blended * (1 - hand), np.float32)


def _inner(hull: Patch) -> list[Piece]:
    left = compacted(hull).patch
    place = left["position"] + left.normals() * INNER_M
    patch = left.having(position=place)
    return [
        Piece(
            stuff(
                patch,
                colour=(0.022, 0.023, 0.026),
                surface=Surface.PAINT,
                roughness=0.55,
                occlusion=0.7,
            )
        )
    ]


def _plates(hull: Patch, paint: Floats, detail: Detail) -> list[Piece]:
    """Cut one rigid plate for each bone out of the hull, lifted off it, its edges turned in."""
    body = anatomy()
    pieces = []
    metal = linear("#8f9296")
    normals = hull.normals()
    for name, members in _groups(body.bone_names).items():
        index = body.bone(name)
        chosen = [body.bone(member) for member in members]
        held = body.weights[:, chosen].sum(1) - HELD
        lift = PLATE_M * (
            0.35 if name.startswith(("thumb", "index", "middle", "ring", "pinky")) else 1
        )
        solid = np.zeros_like(body.weights)
        solid[:, index] = 1
        raised = hull.having(position=hull["position"] + normals * lift, weights=solid)
        plate = trimmed(raised, held)
        if len(plate.triangles) < 6:
            continue
        coloured = name in COLOURED
        groove = _grooves(plate["canonical"], name)
        shade = (paint if coloured else metal) * (1 - 0.65 * groove)[:, None]
        surface = Surface.PAINT if coloured else Surface.METAL
        made = {"surface": surface, "roughness": 0.28 if coloured else 0.38}
        pieces.append(Piece(stuff(plate, colour=shade, occlusion=1 - 0.5 * groove, **made)))
        if detail == "near" and not name.startswith(("thumb", "index", "middle", "ring", "pinky")):
            edges = hems(plate, lift + 0.004)
            if edges:
                rim = joined(edges)
                pieces.append(Piece(stuff(rim, colour=metal * 0.5, occlusion=0.6, **made)))
    return pieces


def _groups(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the plates: the bone each follows, and the bones whose skin it covers."""
    plates: dict[str, tuple[str, ...]] = {
        "pelvis": ("pelvis", "spine_01"),
        "spine_03": ("spine_03", "spine_02", "clavicle_l", "clavicle_r"),
    }
    taken = {member for members in plates.values() for member in members}
    for name in names:
        if name not in taken and not name.startswith(("eye", "Root")):
            plates[name] = (name,)
    for side in ("l", "r"):
        plates[f"foot_{side}"] = (f"foot_{side}", f"ball_{side}")
        del plates[f"ball_{side}"]
    return plates


def _grooves(points: Floats, name: str) -> Floats:
    """Return panel lines 0..1 on a plate."""
    x, y, z = points.T
    lines = np.zeros(len(points))
    if name == "spine_03":
        lines = np.maximum(
            np.exp(-((x / 0.05) ** 2)), np.exp(-(((y - 3.75) / 0.06) ** 2)) * (z > 0)
        )
    if name.startswith(("thigh", "calf", "upperarm", "lowerarm")):
        lines = np.exp(-(((np.abs(z - 0.2)) / 0.05) ** 2))
    return np.asarray(lines, np.float32)


def _face(hull: Patch, light: npt.NDArray[np.floating]) -> list[Piece]:
    """Make the visor, the eyes and the mouth, moved by the same units as a person's."""
    body = anatomy()
    bones, head = len(body.bone_names), body.bone("head")
    x, y, z = body.canonical.T
    band = np.minimum(0.66 - np.abs(x), np.minimum(y - 7.06, 7.52 - y))
    band = np.minimum(band, z - 0.75)
    normals = hull.normals()
    solid = np.zeros_like(body.weights)
    solid[:, head] = 1
    raised = hull.having(position=hull["position"] + normals * (PLATE_M + 0.003), weights=solid)
    visor = trimmed(raised, band)
    pieces = [
        Piece(stuff(visor, colour=(0.008, 0.009, 0.012), surface=Surface.PAINT, roughness=0.06))
    ]
    scale = float(np.ptp(visor["position"][:, 0])) / 0.13
    front = visor["position"].astype(np.float64)
    names = units().names
    for side, whole in (("l", "Left"), ("r", "Right")):
        out = 1.0 if side == "l" else -1.0
        middle = front.mean(0) * [0, 1, 0]
        near = front[
            np.argmin((front[:, 0] - out * 0.030 * scale) ** 2 + (front[:, 1] - middle[1]) ** 2)
        ]
        centre = np.array([out * 0.030 * scale, middle[1], near[2] + 0.002])
        disc = _disc(centre, (0.012 * scale, 0.012 * scale), bones, head)
        deltas = np.zeros((len(names), len(disc), 3), np.float32)
        rise = disc["position"][:, 1] - centre[1]
        high = np.clip(rise, 0, None)
        deltas[names.index(f"eyeBlink{whole}"), :, 1] = -0.93 * rise
        deltas[names.index(f"eyeSquint{whole}"), :, 1] = -0.7 * rise
        deltas[names.index(f"eyeWide{whole}"), :, 1] = 0.5 * rise
        deltas[names.index(f"browDown{whole}"), :, 1] = (
            -0.8 * high * (0.6 - out * (disc["position"][:, 0] - centre[0]) / (0.012 * scale))
        )
        pieces.append(Piece(_glowing(disc, light, 5.0), deltas))
    pieces.append(_mouth(hull, light, scale))
    return pieces


def _mouth(hull: Patch, light: npt.NDArray[np.floating], scale: float) -> Piece:
    body = anatomy()
    names = units().names
    lips = np.flatnonzero(body.masks["lips"] > 0.5)
    centre = hull["position"][lips].astype(np.float64).mean(0)
    centre[2] = hull["position"][lips, 2].max() + PLATE_M + 0.004
    bar = _disc(centre, (0.022 * scale, 0.0022 * scale), len(body.bone_names), body.bone("head"))
    gap = bar["position"] - centre.astype(np.float32)
    deltas = np.zeros((len(names), len(bar), 3), np.float32)
    deltas[names.index("jawOpen"), :, 1] = gap[:, 1] * 9
    deltas[names.index("mouthFunnel"), :, 0] = -0.45 * gap[:, 0]
    deltas[names.index("mouthPucker"), :, 0] = -0.55 * gap[:, 0]
    for whole, out in (("Left", 1.0), ("Right", -1.0)):
        half = np.clip(out * gap[:, 0] / (0.022 * scale), 0, 1)
        deltas[names.index(f"mouthSmile{whole}"), :, 1] = 0.010 * scale * half**2
        deltas[names.index(f"mouthFrown{whole}"), :, 1] = -0.010 * scale * half**2
    return Piece(_glowing(bar, light, 3.0), deltas)


def _disc(
    centre: npt.NDArray[np.floating], half: tuple[float, float], bones: int, bone: int
) -> Patch:
    spokes = 18
    around = np.arange(spokes) * 2 * np.pi / spokes
    rim = np.stack([np.cos(around) * half[0], np.sin(around) * half[1], 0 * around], 1)
    places = np.concatenate([centre + rim, centre[None] + [[0, 0, 0.001]]])
    index = np.arange(spokes)
    fan = np.stack([index, np.roll(index, -1), np.full(spokes, spokes)], 1)
    return rigid(places, fan, bone, bones)


def _glowing(patch: Patch, light: npt.NDArray[np.floating], strength: float) -> Patch:
    return stuff(patch, colour=light, surface=Surface.SCREEN, roughness=0.4, emission=strength)

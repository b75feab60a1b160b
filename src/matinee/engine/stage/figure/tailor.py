"""The tailor: cuts cloth from the body's surroundings, lays it in folds and hems it.

Cloth comes from two sheets that follow the body without touching it, the tights and the skirt of
the base mesh. What a garment covers is decided in canonical space, so the same function also tells
which skin, and which garment further in, may be left out; hence nothing pokes through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from . import trimmings
from .anatomy import anatomy
from .patch import Patch, compacted, ironed, relaxed, subdivided, trimmed
from .patterns import BOTTOMS, EVERYWHERE, FEET, TOPS, Pattern, covered
from .piece import Piece, of_body, stuff
from .skin import mottled
from .strand import SKIRT, Strand, Swing, fan
from .trimmings import hems

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from .anatomy import Detail

Floats: TypeAlias = "npt.NDArray[np.floating]"
Ints: TypeAlias = "npt.NDArray[np.int64]"

MARGIN_DM = 0.28
SKIRT_TOP_DM = 1.75
SKIRT_STRANDS = 8
# What is not split finer has no vertices for the whole depth of a fold.
FOLDED: Final = {"near": 1.0, "middle": 0.75, "far": 0.5}
SWINGS_M = 0.2


@dataclass(frozen=True, eq=False)
class Cloth:
    """A garment to be made: its kind, pattern and linear colour (3,)."""

    kind: str
    pattern: Pattern
    colour: Floats

    def covers(self, patch: Patch) -> Floats:
        """Return how far inside the garment each vertex of a patch lies, in decimetres."""
        points = patch["canonical"].astype(np.float64)
        arm, share = patch["arm"][:, 0], patch["arm_share"][:, 0]
        inside = covered(self.pattern, points, arm, share)
        if self.pattern.skirt_dm is not None:
            drop = points[:, 1] - self.pattern.skirt_dm - 0.5
            below = np.minimum(SKIRT_TOP_DM - points[:, 1], drop)
            # A skirt hangs free of the legs: they are hidden well above its hem only.
            below = np.where(share > 0.05, -EVERYWHERE, below)
            if self.pattern.open_dm or self.pattern.neck == "apron":
                below = np.where(points[:, 1] < 0, -EVERYWHERE, below)
            inside = np.maximum(inside, below)
        return inside


def left_bare(patch: Patch, clothes: Sequence[Cloth], margin_dm: float) -> Floats:
    """Return a field that is negative where clothes hide a patch deeper than `margin_dm`."""
    field = np.full(len(patch), EVERYWHERE)
    for cloth in clothes:
        field = np.minimum(field, margin_dm - cloth.covers(patch))
    return field


def sewn_cloth(
    cloth: Cloth, over: Sequence[Cloth], points: Floats, detail: Detail, seed: int
) -> list[Piece]:
    """Make one garment on a body of shape `points` (v, 3) metres, hidden where `over` covers it."""
    pattern = cloth.pattern
    # Legs are smooth and seldom near: what creases finely is worn above the waist.
    fine = detail == "near" and cloth.kind not in BOTTOMS
    # Straps and lapels would be lost in the coarse sheet, even from afar.
    level: Detail = "near" if cloth.kind in TOPS else detail
    sheet = _sheet("tights", points, level, fine=fine)
    own = covered(
        pattern,
        sheet["canonical"].astype(np.float64),
        sheet["arm"][:, 0],
        sheet["arm_share"][:, 0],
    )
    # Trousers end soon under a shirt: both hang on the same hips.
    tuck = 1.1 if cloth.kind in BOTTOMS else 1.35
    inside = np.minimum(own, left_bare(sheet, over, tuck * MARGIN_DM))
    pieces: list[Piece] = []
    body_part = trimmed(sheet.having(edge=inside[:, None], own=own[:, None]), inside)
    if len(body_part):
        # Small bodies wear thinner cloth.
        size = float(np.clip(points[:, 1].max() / 1.7, 0.6, 1.1))
        laid = _laid(body_part, pattern, detail, seed, size=size)
        laid = _shod(laid, cloth) if cloth.kind in FEET else laid
        laid = ironed(trimmings.pressed(laid, pattern), 10)
        pieces.append(Piece(_coloured(laid, cloth)))
        if detail != "far":
            pieces.extend(Piece(_coloured(hem, cloth, shade=0.8)) for hem in hems(laid, 0.006))
        if detail != "far" or {"collar", "lapels", "hood"} & set(pattern.extras):
            pieces.extend(
                Piece(_coloured(sewn_on, cloth, shade=0.92))
                for sewn_on in trimmings.bands(laid, pattern)
            )
        if detail != "far":
            pieces.extend(trimmings.fittings(laid, pattern, cloth.colour))
    if pattern.skirt_dm is not None:
        skirt, swing = _swinging(_skirt(cloth, points, detail, seed), detail)
        pieces.append(Piece(_coloured(skirt, cloth), swing=swing))
        pieces.extend(
            Piece(_coloured(hem, cloth, shade=0.7), swing=swing) for hem in hems(skirt, 0.012)
        )
    return pieces


def _sheet(part: str, points: Floats, detail: Detail, *, fine: bool) -> Patch:
    body = anatomy()
    sheet = compacted(of_body(body, points, body.triangles[detail][part])).patch
    if not fine:
        return sheet
    split = subdivided(sheet)
    return split.having(position=relaxed(split, split["position"], 2))


def creases(patch: Patch, seed: int) -> Floats:
    """Return the height of folds, about -1..1 (n,): rings at joints, slants at the waist."""
    points = patch["canonical"]
    x, y, z = points.T
    arm = patch["arm"][:, 0]
    wander = mottled(points, 1.1, seed) * 1.6
    fine = mottled(points, 3.0, seed + 1)

    def near(value: Floats, centre: float, width: float) -> Floats:
        return np.asarray(np.exp(-(((value - centre) / width) ** 2)))

    def ridge(phase: Floats) -> Floats:
        return 1 - 2 * np.abs(np.sin(phase)) ** 0.8

    on_arm = arm > 0
    elbow = near(arm, 1.0, 0.26) + 0.8 * near(arm, 1.85, 0.16) + 0.35
    sleeve = ridge(arm * 13 + wander * 1.3) * elbow
    waist = near(y, 1.1, 0.9) + 0.4 * near(y, 4.4, 0.7)
    slant = ridge(y * 3.4 + np.abs(x) * 2.1 * np.sign(np.sin(y)) + wander * 1.5) * waist
    leg = near(y, -3.7, 0.8) + 0.9 * near(y, -6.7, 0.6) + 0.9 * near(y, 0.1, 0.5) + 0.12
    shin = ridge(y * 4.2 + z * 1.1 + wander * 1.4) * leg
    trunk = np.where(y > 0.5, slant, shin)
    return np.asarray(np.where(on_arm, sleeve, trunk) * 0.75 + 0.35 * fine, np.float32)


def _laid(patch: Patch, pattern: Pattern, detail: Detail, seed: int, *, size: float) -> Patch:
    """Lift cloth off the body, wider at its hem, in folds."""
    normals = relaxed(patch, patch.normals(), 2)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-6)
    points = patch["canonical"]
    edge = np.clip(patch["edge"][:, 0], 0, None)
    at_hem = np.exp(-edge / 0.9)
    # A waistband holds tight; the widening is at the other end.
    waist = np.clip((pattern.top_dm - points[:, 1]) / 2.2, 0.25, 1)
    shoulder = 1 - 0.35 * np.clip((points[:, 1] - 4.3) / 0.8, 0, 1)
    lift = (pattern.ease_m + pattern.flare_m * at_hem) * waist * shoulder * size
    depth = 0.0045 * size * pattern.folds * FOLDED[detail]
    height = creases(patch, seed)
    calm = np.clip(edge / 0.45, 0.1, 1)
    lift = lift + depth * height * calm
    # Cloth hangs from the chest instead of following it inwards.
    drape = 0.004 * pattern.folds * np.clip((3.4 - points[:, 1]) / 1.5, 0, 1) * (points[:, 1] > 0)
    lift = lift + drape
    open_share = 1 - 0.42 * np.clip(-height, 0, 1) * min(1.0, pattern.folds) * calm
    return patch.having(
        position=patch["position"] + normals * lift[:, None], fold=open_share[:, None]
    )


def _coloured(patch: Patch, cloth: Cloth, *, shade: float = 1.0) -> Patch:
    pattern = cloth.pattern
    fold = patch["fold"][:, 0]
    colour = cloth.colour[None] * (0.86 + 0.14 * fold)[:, None] * shade
    if "seams" in pattern.extras:
        x, y, _ = patch["canonical"].T
        worn = np.exp(-(((y + 2.4) / 1.8) ** 2)) * (patch["canonical"][:, 2] > 0.1)
        colour = colour * (1 + 0.45 * worn)[:, None]
        colour = colour * (1 - 0.3 * (np.abs(np.abs(x) - 2.0) < 0.04))[:, None]
    if "tint" in patch.rows:
        colour = colour * (1 - patch["tint"][:, 3:]) + patch["tint"][:, :3] * patch["tint"][:, 3:]
    return stuff(
        patch,
        colour=colour,
        surface=pattern.surface,
        roughness=pattern.roughness,
        occlusion=fold * shade,
    )


def _shod(patch: Patch, cloth: Cloth) -> Patch:
    """Turn a sock into a shoe: a flat sole with an edge, in its own colour."""
    points = patch["canonical"]
    position = patch["position"].copy()
    low = np.clip((-7.90 - points[:, 1]) / 0.16, 0, 1)
    # The body already stands on the thickness of the sole.
    position[:, 1] = position[:, 1] * (1 - low) + 0.001 * low
    rubber = {"sneakers": 0.75, "sandals": 0.12}.get(cloth.kind, 0.015)
    tint = np.concatenate(
        [
            np.full((len(patch), 3), rubber),
            np.clip((sole_m(cloth.kind) + 0.006 - position[:, 1]) / 0.004, 0, 1)[:, None],
        ],
        axis=1,
    )
    return patch.having(position=position, tint=tint)


def sole_m(kind: str) -> float:
    """Return how thick the sole of a kind of footwear is, in metres."""
    return {"sneakers": 0.022, "boots": 0.022, "sandals": 0.012, "heels": 0.02}.get(kind, 0.016)


def _skirt(cloth: Cloth, points: Floats, detail: Detail, seed: int) -> Patch:
    pattern = cloth.pattern
    body = anatomy()
    sheet = _sheet("skirt", points, detail, fine=detail == "near")
    x, y, z = sheet["canonical"].T
    hem = pattern.skirt_dm if pattern.skirt_dm is not None else 0.0
    field = np.minimum(y - hem, SKIRT_TOP_DM - y)
    if pattern.open_dm:
        field = np.minimum(field, np.where(z > 0, np.abs(x) - pattern.open_dm, EVERYWHERE))
    if pattern.neck == "apron":
        field = np.minimum(field, np.where(y < 0.9, z - 0.35, EVERYWHERE))
    patch = trimmed(sheet.having(edge=field[:, None]), field)
    x, y, z = patch["canonical"].T
    down = np.clip((1.2 - y) / 4.0, 0, 2)
    axis = points[body.triangles[detail]["skirt"]].mean((0, 1)) * [1, 0, 1]
    out = (patch["position"] - axis) * [1, 0, 1]
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
    around = np.arctan2(x, z - 0.1)
    wander = mottled(patch["canonical"], 0.5, seed)
    pleats = np.cos(around * 11 + 1.2 * wander) * 0.7 + np.cos(around * 17 - wander) * 0.3
    depth = 0.012 * pattern.folds * np.clip(down * 1.6, 0.05, 1.4)
    narrow = np.clip((pattern.skirt_wide - 1) * 0.30, -0.1, 0.2) * down
    lift = pattern.ease_m * 0.8 + 0.004 + narrow * 0.6 + depth * pleats
    fold = 1 - 0.45 * np.clip(-pleats, 0, 1) * np.clip(down * 2, 0, 1) * min(1.0, pattern.folds)
    return patch.having(
        position=patch["position"] + out * lift[:, None],
        weights=_skirt_weights(patch["canonical"]),
        fold=fold[:, None],
    )


def _swinging(skirt: Patch, detail: Detail) -> tuple[Patch, Swing | None]:
    """Let a skirt swing from the hips in eight strands, the more the longer it is."""
    place = skirt["position"].astype(np.float64)
    top, hem = float(place[:, 1].max()), float(place[:, 1].min())
    if detail == "far" or not len(skirt) or top - hem < SWINGS_M:
        return skirt, None
    axis = place.mean(0)
    angle = np.arctan2(place[:, 0] - axis[0], place[:, 2] - axis[2])
    at = (np.arange(SKIRT_STRANDS) / SKIRT_STRANDS * 2 - 1) * np.pi
    share = fan(angle, at)
    strands = []
    for index, way in enumerate(at):
        out = np.array([np.sin(way), 0.0, np.cos(way)])
        beside = share[:, index] > 0.3
        if not beside.any():
            # An apron has no back: its missing strands hang where a skirt's would.
            beside = np.ones(len(skirt), bool)
        low = beside & (place[:, 1] < hem + 0.25 * (top - hem))
        low = low if low.any() else beside
        nearest = np.flatnonzero(low)
        tip_weights = skirt["weights"][nearest].astype(np.float64).mean(0)
        tip = place[nearest].mean(0) * [1, 0, 1] + [0, hem, 0]
        high = np.flatnonzero(beside & (place[:, 1] > top - 0.25 * (top - hem)))
        high = high if len(high) else nearest
        pivot = place[high].mean(0) * [1, 0, 1] + [0, top, 0]
        pivot_weights = skirt["weights"][high].astype(np.float64).mean(0)
        strands.append(Strand(SKIRT, pivot, tip, pivot_weights, tip_weights, out))
    down = np.clip((top - place[:, 1]) / (top - hem), 0, 1)
    free = down * down * (3 - 2 * down) * np.clip((top - hem) / 0.8, 0.35, 0.8)
    return skirt.having(swing=free[:, None] * share), Swing(tuple(strands))


def _skirt_weights(points: Floats) -> Floats:
    """Hang a skirt between both legs: the pelvis holds its top, the thighs carry it."""
    body = anatomy()
    weights = np.zeros((len(points), len(body.bone_names)), np.float32)
    x, y, _ = points.T
    top = np.clip((y - 0.2) / 1.2, 0, 1)
    waist = np.clip((y - 1.0) / 0.8, 0, 1) * 0.6
    low = np.clip((-3.2 - y) / 2.5, 0, 1) * 0.35
    pelvis = np.maximum(top * (1 - waist), 0.22)
    left = np.clip(0.5 + x / 2.6, 0.08, 0.92)
    legs = np.clip(1 - pelvis - waist, 0, 1)
    weights[:, body.bone("pelvis")] = pelvis
    weights[:, body.bone("spine_01")] = waist
    for side, share in (("l", left), ("r", 1 - left)):
        weights[:, body.bone(f"thigh_{side}")] = legs * share * (1 - low)
        weights[:, body.bone(f"calf_{side}")] = legs * share * low
    return np.asarray(weights / weights.sum(1, keepdims=True))


__all__ = ["MARGIN_DM", "Cloth", "left_bare", "sewn_cloth", "sole_m"]

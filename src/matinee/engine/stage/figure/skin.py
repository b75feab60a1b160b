"""Skin: tone, blush, lips, nails and years, painted on the vertices of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .colours import brightness

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Anatomy
    from .identity import Identity

Floats: TypeAlias = "npt.NDArray[np.floating]"

EYE_HEIGHT_DM, EYE_APART_DM = 7.28, 0.31


def mottled(points: npt.NDArray[np.floating], scale: float, seed: int) -> Floats:
    """Return smooth noise in about -1..1 at points (n, 3); `scale` is waves per unit of length."""
    rng = np.random.default_rng(seed)
    x, y, z = np.asarray(points, np.float32).T
    total = np.zeros(len(points), np.float32)
    for octave in range(3):
        waves = (rng.normal(size=(5, 3)) * scale * 2**octave).astype(np.float32)
        phases = rng.uniform(0, 2 * np.pi, 5).astype(np.float32)
        for (a, b, c), phase in zip(waves, phases, strict=True):
            total += np.sin(x * a + y * b + z * c + phase) / np.float32(2**octave)
    return total / np.float32(5)


def _spot(points: Floats, centre: tuple[float, float, float], radius: float) -> Floats:
    """Return a soft blob 0..1 on both sides of the body."""
    aside = np.abs(points[:, 0]) - centre[0]
    gap = aside**2 + (points[:, 1] - centre[1]) ** 2 + (points[:, 2] - centre[2]) ** 2
    return np.asarray(np.exp(-gap / radius**2).astype(np.float32))


def _band(points: Floats, line: tuple[float, float, float, float], width: float) -> Floats:
    """Return a soft crease 0..1 along a segment (x0, y0, x1, y1) on both sides of the face."""
    flat = np.stack([np.abs(points[:, 0]), points[:, 1]], 1)
    start, end = np.array(line[:2]), np.array(line[2:])
    along = np.clip((flat - start) @ (end - start) / ((end - start) @ (end - start)), 0, 1)
    gap = np.linalg.norm(flat - start - along[:, None] * (end - start), axis=1)
    front = points[:, 2] > 0.9
    return np.asarray((np.exp(-((gap / width) ** 2)) * front).astype(np.float32))


def painted(body: Anatomy, person: Identity, seed: int) -> tuple[Floats, Floats]:
    """Return linear colour (v, 3) and roughness (v,) of every vertex of the body."""
    points = body.canonical
    tone = person.skin
    light = float(np.clip(brightness(tone) * 2, 0.25, 1))
    # Blood under the skin takes green and blue away.
    blush = np.array([1.0, 0.72, 0.68], np.float32)
    deep = np.array([0.86, 0.66, 0.60], np.float32)
    red = 0.75 * _spot(points, (0.42, 6.95, 1.30), 0.24)
    red += 0.75 * _spot(points, (0.05, 6.93, 1.64), 0.14)
    red += 0.35 * _spot(points, (0.0, 6.28, 1.5), 0.16)
    red += 0.65 * body.masks["ears"]
    fingers = body.share("thumb_02", "thumb_03", "index", "middle", "ring", "pinky")
    red += 0.35 * fingers + 0.12 * mottled(points, 2.2, seed)
    red = np.clip(red, 0, 1)[:, None] * light
    colour = tone * (1 + (blush - 1) * red)
    socket = 0.5 * _spot(points, (EYE_APART_DM, EYE_HEIGHT_DM - 0.05, 1.36), 0.17)
    socket += 0.35 * _spot(points, (0.13, EYE_HEIGHT_DM, 1.35), 0.09)
    colour = colour * (1 + (deep - 1) * np.clip(socket, 0, 1)[:, None] * 0.8)
    colour = colour * (1 + 0.035 * mottled(points, 9.0, seed + 1)[:, None])
    colour = _with_lips(body, person, colour)
    colour = np.where(
        body.masks["inside_mouth"][:, None] > 0.5,
        np.array([0.16, 0.035, 0.035], np.float32),
        colour,
    )
    nails = (body.masks["nails"] * fingers)[:, None]
    colour = colour * (1 - 0.5 * nails) + nails * 0.5 * np.minimum(tone * 1.15 + 0.06, 0.9)
    if person.years == "elder":
        colour = _aged(points, colour, seed)
    colour = _shaven(points, person, colour)
    roughness = 0.68 - 0.10 * _spot(points, (0.0, 6.95, 1.64), 0.2) - 0.06 * body.masks["lips"]
    return colour.astype(np.float32), roughness.astype(np.float32)


def _with_lips(body: Anatomy, person: Identity, colour: Floats) -> Floats:
    strength = (0.85 - 0.40 * person.man) * (0.8 if person.years in ("child", "elder") else 1.0)
    mask = body.masks["lips"][:, None] * strength
    lips = person.skin * np.array([0.82, 0.36, 0.38]) + np.array([0.03, 0.0, 0.004])
    return np.asarray(colour * (1 - mask) + lips * mask, np.float32)


def _aged(points: Floats, colour: Floats, seed: int) -> Floats:
    """Suggest wrinkles and spots: forehead, beside the eyes, nose to mouth, under the eyes."""
    lines = np.zeros(len(points))
    for height in (7.72, 7.83, 7.94):
        lines = lines + 0.7 * _band(points, (0.0, height, 0.38, height + 0.03), 0.022)
    lines = lines + 1.0 * _band(points, (0.20, 6.88, 0.33, 6.60), 0.03)
    lines = lines + 0.8 * _band(points, (0.33, 6.55, 0.32, 6.36), 0.03)
    for drop in (-0.07, 0.0, 0.07):
        lines = lines + 0.7 * _band(points, (0.53, 7.26 + drop, 0.64, 7.26 + 2 * drop), 0.018)
    lines = lines + 0.7 * _band(points, (0.2, 7.13, 0.42, 7.14), 0.025)
    spots = np.clip(mottled(points, 14.0, seed + 2) - 0.75, 0, 1) * 0.9
    shade = np.clip(np.asarray(lines), 0, 1)[:, None] * np.array([0.30, 0.40, 0.42])
    shade = shade + spots[:, None] * np.array([0.28, 0.36, 0.40])
    return np.asarray(colour * (1 - shade), np.float32)


def beard_area(points: Floats) -> Floats:
    """Return 0..1 how much of a beard grows at canonical points."""
    x, y, z = np.abs(points[:, 0]), points[:, 1], points[:, 2]
    # The upper edge runs from beside the ear down the cheek to the corner of the mouth.
    edge = np.interp(x, [0.0, 0.22, 0.3, 0.5, 0.72, 0.85], [6.58, 6.62, 6.66, 6.72, 6.98, 7.15])
    below = np.clip((edge - y) / 0.06, 0, 1)
    jaw = np.clip((y - np.interp(z, [0.3, 1.2], [6.45, 6.08])) / 0.08, 0, 1)
    ahead = np.clip((z - 0.52) / 0.08, 0, 1)
    return np.asarray(below * jaw * ahead, np.float32)


def moustache_area(points: Floats) -> Floats:
    """Return 0..1 how much of a moustache grows at canonical points."""
    x, y, z = np.abs(points[:, 0]), points[:, 1], points[:, 2]
    middle = np.interp(x, [0.0, 0.15, 0.3], [6.765, 6.75, 6.66])
    tall = np.exp(-(((y - middle) / 0.055) ** 2)) * (x < 0.33) * (z > 1.3)
    return np.asarray(tall, np.float32)


def _shaven(points: Floats, person: Identity, colour: Floats) -> Floats:
    """Tint the beard area: a shadow on men, stubble or skin under a beard."""
    if person.man < 0.5 or person.years in ("child", "teen"):
        return colour
    strength = {"none": 0.16, "stubble": 0.62, "moustache": 0.2, "beard": 0.75}
    area = np.maximum(beard_area(points), moustache_area(points))
    if person.facial_hair == "moustache":
        area = np.maximum(0.3 * beard_area(points), moustache_area(points))
    grain = 1 + 0.3 * mottled(points, 40.0, 5)
    amount = np.clip(area * strength[person.facial_hair] * grain, 0, 0.9)[:, None]
    shadow = person.hair * 0.6 + person.skin * 0.22
    return np.asarray(colour * (1 - amount) + shadow * amount, np.float32)

"""Hair: locks grown from the scalp, combed by a style, over a dark cap that hides the skin.

Locks follow guide curves that start at pinned points of the scalp, are combed away from a parting,
fall with gravity and slide over the head and shoulders instead of through them. All locks are grown
at once, step by step.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

from .anatomy import anatomy
from .locks import Growth, curled, loose, ribbons
from .patch import trimmed
from .piece import Piece, of_body, stuff
from .scalp import Shell, hairline, roots, scalp, shell_of
from .skin import mottled
from .styles import Style, style_of
from .ties import anchors, gathered

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Detail
    from .identity import Identity

Floats: TypeAlias = "npt.NDArray[np.float64]"

CURLY_STEPS: Final[dict[str, int]] = {"near": 10, "middle": 7, "far": 5}
STEPS: Final[dict[str, int]] = {"near": 7, "middle": 5, "far": 4}
SHORT_STEPS: Final[dict[str, int]] = {"near": 6, "middle": 4, "far": 3}
THINNED: Final[dict[str, tuple[float, float]]] = {
    "near": (1.0, 1.0),
    "middle": (0.6, 1.35),
    "far": (0.28, 1.95),
}
"""The share of locks that grow, and how much wider each is."""
SHORT_M = 0.10
AVERAGE_HEAD_M = 0.105


def grown(
    points: npt.NDArray[np.float32],
    person: Identity,
    detail: Detail,
    seed: int,
    *,
    under_hat: bool = False,
) -> list[Piece]:
    """Grow a head of hair on body points (v, 3) metres; under a hat it grows below the brim."""
    name, style = style_of(person.hair_style)
    rng = np.random.default_rng([seed, 0x68616972])
    locks, wider = THINNED[detail]
    style = replace(style, locks=int(style.locks * locks), width_m=style.width_m * wider)
    receding = 0.9 * (person.man > 0.5) * (person.years == "elder") + 0.15 * person.man
    pieces: list[Piece] = []
    if under_hat:
        style = replace(style, lift_m=min(style.lift_m, 0.008), cap_m=min(style.cap_m, 0.004))
    if style.cap_m > 0:
        pieces.append(_cap(points, person, style, name, receding))
    if style.locks:
        shell = shell_of(points.astype(np.float64))
        scale = float(np.median(shell.table)) / AVERAGE_HEAD_M
        growth = Growth(person, style, shell, scale, detail, rng)
        pieces += _locks(
            points.astype(np.float64), growth, name, receding=receding, under_hat=under_hat
        )
    return pieces


def _crowned(places: Floats) -> Floats:
    """Return how much of the bald spot of balding men a canonical place (n, 3) is in, 0..1."""
    gap = np.linalg.norm((places - [0, 8.2, 0.75]) * [0.9, 1.0, 0.72], axis=1)
    return np.asarray(np.clip((0.72 - gap) / 0.12, 0, 1))


def _cap(
    points: npt.NDArray[np.float32], person: Identity, style: Style, name: str, receding: float
) -> Piece:
    """Make the layer next to the skin: dark, rough, and fading into the skin at the hairline."""
    body = anatomy()
    triangles, _ = scalp()
    whole = of_body(body, points, triangles)
    normals = whole.normals()
    line = hairline(body.canonical, receding=receding) + 0.03 * mottled(body.canonical, 16.0, 3)
    if name == "balding":
        line = np.where(_crowned(body.canonical.astype(np.float64)) > 0.5, -1, line)
    inside = np.clip(line / 0.16, 0, 1)
    grain = mottled(body.canonical, 22.0, 9)
    lift = 0.0006 + style.cap_m * inside * (1 + 0.15 * grain)
    patch = whole.having(position=points + normals * lift[:, None], line=line[:, None])
    patch = trimmed(patch, line)
    edge = np.clip(patch["line"][:, 0] / (0.12 if style.locks == 0 else 0.05), 0, 1)[:, None]
    short = style.locks == 0
    root = person.hair * (0.95 if short else 0.72)
    mixed = person.skin * 0.55 * (1 - edge) + root * edge
    colour = mixed * (1 + 0.25 * mottled(patch["canonical"], 30.0, 4)[:, None])
    patch = stuff(
        patch, colour=colour, surface=Surface.HAIR, roughness=0.8, occlusion=0.85 if short else 0.6
    )
    return Piece(patch)


def _locks(
    points: Floats, growth: Growth, name: str, *, receding: float, under_hat: bool
) -> list[Piece]:
    vertices, shares = roots(growth.style.locks, growth.rng, receding)
    body = anatomy()
    canonical = (body.canonical[vertices] * shares[:, :, None]).sum(1)
    keep = np.ones(len(canonical), bool)
    if name == "balding":
        keep = _crowned(canonical) < 0.3
    if name == "mohawk":
        keep = (np.abs(canonical[:, 0]) < 0.2) & (canonical[:, 1] > 7.3)
    if under_hat:
        keep &= canonical[:, 1] < 7.62
        growth = replace(growth, style=replace(growth.style, down=max(growth.style.down, 0.6)))
    vertices, shares, canonical = vertices[keep], shares[keep], canonical[keep]
    root = (points[vertices] * shares[:, :, None]).sum(1)
    style = growth.style
    curly = style.curl_turns > 1.7
    long = style.length_m > SHORT_M
    steps = CURLY_STEPS if curly else STEPS if long else SHORT_STEPS
    guides = _guides(root, canonical, growth, steps[growth.detail])
    swing = None if style.gather else loose(guides, growth)
    pieces = [ribbons(guides, growth, swing=swing)]
    if style.gather:
        pieces += gathered(growth)
    return pieces


def _lengths(canonical: Floats, style: Style, scale: float, rng: np.random.Generator) -> Floats:
    """Return how long each lock is: shorter at the sides and nape, the fringe as asked."""
    length = np.full(len(canonical), style.length_m)
    low = np.clip((7.75 - canonical[:, 1]) / 0.5, 0, 1)
    length *= 1 + (style.sides - 1) * low
    if style.fringe_m is not None:
        front = np.clip((canonical[:, 2] - 0.95) / 0.3, 0, 1) * (np.abs(canonical[:, 0]) < 0.62)
        length += front * (style.fringe_m - length)
    jitter = 1 + style.jitter * rng.uniform(-1, 0.6, len(canonical))
    return np.maximum(length * jitter * scale, 0.004)


def _combed(canonical: Floats, growth: Growth) -> Floats:
    """Return which way each lock is combed, (k, 3)."""
    style, count = growth.style, len(canonical)
    parting = style.parting_dm
    aside = np.sign(canonical[:, 0] - (parting if parting is not None else 0.0))
    strength = np.ones(count) if parting is not None else np.clip(np.abs(canonical[:, 0]) * 3, 0, 1)
    comb = np.stack(
        [style.aside * aside * strength, np.full(count, -style.down), np.full(count, -style.back)],
        1,
    )
    if style.fringe_m is not None and style.fringe_m < 0.12:
        front = np.clip((canonical[:, 2] - 0.95) / 0.3, 0, 1)[:, None]
        forward = np.array([0.35 if parting is not None else 0.0, -0.6, 0.9])
        sweep = forward * np.stack(
            [-np.ones(count) * np.sign(parting or 1.0), *np.ones((2, count))], 1
        )
        comb = comb + front * (sweep - comb)
    comb += growth.rng.normal(0, 0.16, (count, 3))
    return np.asarray(comb)


def _guides(root: Floats, canonical: Floats, growth: Growth, steps: int) -> Floats:
    """Grow all guide curves together, (k, steps + 1, 3) metres."""
    style, shell, scale, rng = growth.style, growth.shell, growth.scale, growth.rng
    count = len(root)
    length = _lengths(canonical, style, scale, rng)
    out = root - shell.centre
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    comb = _combed(canonical, growth)
    anchor = anchors(growth)
    way = out * (0.55 if style.stiff > 0.7 else 0.25) + comb * 0.6
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    curves = np.empty((count, steps + 1, 3))
    curves[:, 0] = root - out * 0.002
    lift_each = style.lift_m * scale * rng.uniform(0.55, 1.25, count)
    if anchor is not None:
        near = np.argmin(((root[:, None] - anchor[None]) ** 2).sum(-1), 1)
        goal = anchor[near]
        length = np.linalg.norm(goal - root, axis=1) * 1.18
    # How fast a lock gives way must not depend on the number of steps.
    keep = 0.62 ** (10 / steps)
    turn = 1 - keep
    here = curves[:, 0]
    for step in range(1, steps + 1):
        share = step / steps
        gravity = np.array([0.0, -1.0, 0.0]) * (1 - style.stiff) * 0.9
        if anchor is not None:
            pull = goal - here
            pull /= np.maximum(np.linalg.norm(pull, axis=1, keepdims=True), 1e-6)
            way = way * 0.35 + pull * 0.9
        else:
            # The comb rules near the root; what is longer than a hand just falls.
            ruled = np.exp(-share * length / (0.07 * scale))[:, None]
            way = way * keep + turn * (comb * 0.79 * ruled + gravity * 1.18)
            if style.down < 0:
                way = way + out * 0.35 * -style.down
        # Stay outside: slide along the head and then along neck and shoulders.
        way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
        ahead = here + way * (length / steps)[:, None]
        rise = lift_each * np.sin(np.pi * min(share * 0.75 + 0.08, 0.5))
        if style.length_m > 0.12:
            ahead = _off_the_face(ahead, shell, scale)
        here = _pushed_out(ahead, shell, rise, scale)
        moved = here - curves[:, step - 1]
        way = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        curves[:, step] = here
    return curled(curves, growth)


def _pushed_out(places: Floats, shell: Shell, rise: Floats, scale: float) -> Floats:
    gap = places - shell.centre
    distance = np.linalg.norm(gap, axis=1)
    way = gap / np.maximum(distance, 1e-9)[:, None]
    least = shell.radius(way) + 0.002 + rise
    # Below the jaw the shell is the neck; there hair hangs free unless it is inside.
    fixed = np.where((distance < least)[:, None], shell.centre + way * least[:, None], places)
    # Chest and back: a soft drum around the neck and under it.
    low = np.clip((shell.shoulder_y + 0.03 * scale - fixed[:, 1]) / (0.09 * scale), 0, 1)
    flat = fixed - shell.neck
    flat[:, 1] = 0
    radius = np.linalg.norm(flat * [0.88, 1, 1], axis=1)
    wanted = (0.055 + 0.055 * low) * scale
    push = np.clip(wanted - radius, 0, None) * (low > 0)
    sideways = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    return np.asarray(fixed + sideways * push[:, None])


def _off_the_face(places: Floats, shell: Shell, scale: float) -> Floats:
    """Push long locks aside that would hang over the face."""
    x, y, z = ((places - shell.centre) / scale).T
    before = np.clip((z - 0.035) / 0.03, 0, 1) * np.clip((0.062 - y) / 0.03, 0, 1)
    wanted = np.interp(y, [-0.1, -0.02, 0.03, 0.055, 0.07], [0.070, 0.075, 0.058, 0.022, 0.0])
    push = np.clip(wanted - np.abs(x), 0, None) * before * 0.85
    moved = places.copy()
    moved[:, 0] += np.where(x >= 0, 1, -1) * push * scale
    return moved

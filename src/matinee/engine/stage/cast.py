"""The cast: turns a look into a person who can be posed, dressed and lit.

`person` blends the baked body into somebody, paints the skin, grows hair and sews clothes, all in
well under half a second and without any data but the assets beside the engine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec
import numpy as np
from msgspec import structs

from .figure import beard, hair, head, tailor, things
from .figure.anatomy import DECIMETRE_M, Detail, anatomy, face_vertices, shaped, units
from .figure.identity import Identity, identity
from .figure.patch import cut
from .figure.piece import Piece, of_body, sewn, strands_of, stuff
from .figure.robot import robot
from .figure.skin import painted
from .figure.styles import HAIR_STYLES
from .figure.wardrobe import GARMENTS, Outfit, outfit
from .skeleton import Skeleton

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.render.geometry import Rigged
    from matinee.engine.render.sheet import Texels
    from matinee.engine.stage.figure.strand import Strand
    from matinee.engine.stage.strip import Strip
    from matinee.film.screenplay import Look

Floats: TypeAlias = "npt.NDArray[np.float32]"
Kind = Literal["person", "robot"]


def _nowhere() -> Floats:
    return np.zeros((0, 3), np.float32)


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody ready to be posed. At rest they stand on y = 0, face +Z, arms a little out.

    radius_m is how much floor they need around them. `strands` swing after the bones and are moved
    by the matrices behind those of the skeleton (`sway.swung` adds them). Whoever looks as in a
    photograph shows `photo`; whoever moves as in a recording has the frames of a `strip`.
    `face_places` (468, 3) is where the places of MediaPipe's face mesh are on a person's face.
    """

    rigged: Rigged
    skeleton: Skeleton
    height_m: float
    eye_height_m: float
    radius_m: float
    strands: tuple[Strand, ...] = field(default=(), kw_only=True)
    photo: Texels | None = field(default=None, kw_only=True)
    strip: Strip | None = field(default=None, kw_only=True)
    face_places: Floats = field(default_factory=_nowhere, kw_only=True)


def person(
    look: Look,
    *,
    kind: Kind = "person",
    seed: int,
    detail: Detail = "near",
    bare_face: bool = False,
) -> Person:
    """Make a person; the same look, kind, seed and detail give the same person, made once.

    A bare face has neither brows nor beard: those who carry somebody's face have theirs.
    """
    return _made(look, kind, seed, detail, bare_face)


SEWN: Final[dict[Detail, Detail]] = {"near": "middle", "middle": "middle", "far": "far"}
"""How finely clothes are sewn: near by it is the face and the hair that are looked at.

More than the middle's twelve thousand triangles a coat does not show, but for creases in collars.
"""


@lru_cache(maxsize=24)
def _made(
    look: Look,
    kind: Kind,
    seed: int,
    detail: Detail,
    bare_face: bool,  # noqa: FBT001 - private
) -> Person:
    who, worn, paint_seed, every, rng = _grown(look, kind, seed)
    body = anatomy()
    skin = np.unique(body.triangles["near"]["body"])
    count, bones = len(body.canonical), len(body.bone_names)
    points, heads, tails = every[:count], every[count : count + bones], every[count + bones :]
    if kind == "robot":
        pieces = robot(points, look, detail, rng)
    else:
        pieces = _flesh(points, who, worn, detail, paint_seed, bare_face=bare_face)
        for cloth in worn.clothes:
            over = [other for other in worn.clothes if other.pattern.layer > cloth.pattern.layer]
            pieces += tailor.sewn_cloth(cloth, over, points, SEWN[detail], paint_seed)
    rigged = sewn(pieces, units().names)
    return Person(
        rigged=rigged,
        skeleton=Skeleton(body.bone_names, body.parents, heads, tails),
        height_m=float(points[skin, 1].max()),
        eye_height_m=float(heads[body.bone("eye_l"), 1]),
        radius_m=0.32,
        strands=strands_of(pieces),
        face_places=points[face_vertices()],
    )


def _grown(
    look: Look, kind: Kind, seed: int
) -> tuple[Identity, Outfit, int, Floats, np.random.Generator]:
    """Return who somebody is and what they wear, and the places of their body and bones."""
    digest = hashlib.sha256(msgspec.json.encode(look) + f"{kind}/{seed}".encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:8], "little"))
    # A robot's frame is nobody's body.
    frame = structs.replace(look, gender="man", build="average") if kind == "robot" else look
    who = identity(frame, rng)
    worn = outfit(look, who, rng)
    paint_seed = int(rng.integers(1 << 31))
    body = anatomy()
    every = shaped(who.macros, who.details) * DECIMETRE_M
    skin = np.unique(body.triangles["near"]["body"])
    every = _large_headed(every, who)
    every = every - np.array([0, every[skin, 1].min() - worn.sole_m, 0], np.float32)
    return who, worn, paint_seed, np.asarray(every, np.float32), rng


HEAD_SCALE = {"child": 1.03, "teen": 1.05, "adult": 1.07, "elder": 1.06}


def _large_headed(every: Floats, who: Identity) -> Floats:
    """Enlarge the head a little, as drawn characters have it: faces read better from afar."""
    body = anatomy()
    count, bones = len(body.canonical), len(body.bone_names)
    pivot = every[count + body.bone("head")]
    share = np.concatenate([body.share("head", "eye"), np.zeros(2 * bones)])
    for name in ("eye_l", "eye_r"):
        share[count + body.bone(name)] = share[count + bones + body.bone(name)] = 1
    share[count + bones + body.bone("head")] = 1
    grow = (HEAD_SCALE[who.years] - 1) * share
    return np.asarray((every + grow[:, None] * (every - pivot)).astype(np.float32))


def _flesh(
    points: Floats,
    who: Identity,
    worn: Outfit,
    detail: Detail,
    seed: int,
    *,
    bare_face: bool,
) -> list[Piece]:
    """Make skin where it shows, and what sits in the face."""
    body = anatomy()
    colour, roughness = painted(body, who, seed)
    whole = of_body(body, points, body.triangles[detail]["body"])
    whole = stuff(whole, colour=colour, surface=13, roughness=roughness, occlusion=body.occlusion)
    field = tailor.left_bare(whole, worn.clothes, tailor.MARGIN_DM)
    bare = cut(whole, field)
    moved = np.flatnonzero(head.expressive()[bare.first] | head.expressive()[bare.second])
    deltas, share = head.unit_deltas(), bare.share[moved, None]
    deltas = deltas[:, bare.first[moved]] * (1 - share) + deltas[:, bare.second[moved]] * share
    normals = whole.normals()
    pieces = [Piece(bare.patch, deltas.astype(np.float32), moved=moved)]
    pieces += head.eyes(points, who, detail, seed)
    pieces += head.mouth(points, detail)
    pieces += head.lashes(points, who, detail)
    if not bare_face:
        pieces += head.brows(points, normals, who)
        pieces += beard.grown(points, who, detail, seed)
    hatted = any(kind in things.HATS for kind, _ in worn.things)
    if not any(kind == "headscarf" for kind, _ in worn.things):
        pieces += hair.grown(points, who, detail, seed, under_hat=hatted)
    for kind, colour_of in worn.things:
        pieces += things.worn(kind, colour_of, points, detail)
    return pieces


__all__ = ["GARMENTS", "HAIR_STYLES", "Person", "person"]

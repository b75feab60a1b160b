"""Bake which vertices of the body the 468 places of MediaPipe's face mesh are at.

The engine's own people are drawn from before, their faces are found by the mesh, and every place is
given to the skin's vertex that lies nearest to it on average. Writes face_places.npz among the
assets of people; needs the networks of `tools/install_photos.py`.
"""

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
from bake_people import write_npz

from matinee.engine.recordings.heads import heads_in
from matinee.engine.render.geometry import mesh
from matinee.engine.render.picture import i420_to_rgb
from matinee.engine.render.renderer import Renderer
from matinee.engine.render.scene import Ambient, Atmosphere, Camera, Fog, Frame, Grade, Sky, Sun
from matinee.engine.stage import cast
from matinee.engine.stage.figure.anatomy import anatomy
from matinee.film import FrameSize
from matinee.film.screenplay import Look

PLACE = Path(__file__).parents[1] / "src/matinee/engine/assets/people/face_places.npz"
SIZE = FrameSize(768, 768)
AWAY_M, FOV_RAD = 6.0, 0.07
"""From far off and through a long lens, so that the picture is nearly a plan."""
NEAR_PX = 14.0
LIGHT = Atmosphere(
    sun=Sun((0.25, 0.45, 0.85), (2.2, 2.1, 2.0)),
    sky=Sky((0.4, 0.45, 0.5), (0.5, 0.5, 0.5), (0.4, 0.4, 0.4)),
    fog=Fog((0.5, 0.5, 0.5), 1e-6, 0.05),
    ambient=Ambient((0.7, 0.7, 0.7), (0.5, 0.5, 0.5)),
    grade=Grade(exposure=0.5),
)


def main() -> None:
    """Draw a dozen faces, find their places, and write the vertices."""
    body = anatomy()
    skin = np.unique(body.triangles["near"]["body"])
    total, seen = np.zeros((468, len(skin))), 0
    for gender in ("woman", "man"):
        for seed in range(6):
            look = Look(gender=gender, hair_style="bald", skin="#c99a7c")
            away = distances(look, seed, skin)
            if away is not None:
                total += np.minimum(away, NEAR_PX)
                seen += 1
    vertices = skin[np.argmin(total, axis=1)]
    write_npz(PLACE, {"vertices": vertices.astype(np.uint16)})
    print(f"{seen} faces; on average {float((total.min(axis=1) / seen).mean()):.2f} pixels away")


def distances(
    look: Look, seed: int, skin: npt.NDArray[np.int64]
) -> npt.NDArray[np.floating] | None:
    """Return how far each place is from each vertex in the picture, (468, v) in pixels."""
    person = cast.person(look, seed=seed)
    every = cast._grown(look, "person", seed)[3]  # noqa: SLF001 - a bake looks inside
    points = every[skin]
    eye = np.array([0.0, person.eye_height_m - 0.02, 0.0])
    planes = drawn(person, eye)
    heads = heads_in(planes)
    if not heads:
        return None
    focal = SIZE.height / 2 / math.tan(FOV_RAD / 2)
    depth = AWAY_M - points[:, 2]
    flat = np.stack(
        [
            SIZE.width / 2 + focal * (points[:, 0] - eye[0]) / depth,
            SIZE.height / 2 - focal * (points[:, 1] - eye[1]) / depth,
        ],
        axis=1,
    )
    places = heads[0].landmarks
    away = np.linalg.norm(places[:, None, :2] - flat[None], axis=2)
    # What lies behind another part of the skin is not seen: among the near, the foremost counts.
    cell = np.round(flat / 4).astype(int)
    front: dict[tuple[int, int], float] = {}
    for (x, y), z in zip(cell, points[:, 2], strict=True):
        for near in ((x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            front[near] = max(front.get(near, -9.0), float(z))
    hidden = np.array(
        [front[int(x), int(y)] - z > 0.006 for (x, y), z in zip(cell, points[:, 2], strict=True)]
    )
    away[:, hidden] = 99.0
    return away


def drawn(person: cast.Person, eye: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Draw a head from before."""
    bones = np.tile(np.eye(4)[:3], (len(person.skeleton.names) + len(person.strands), 1, 1))
    corners = [[-9, -9, -2], [9, -9, -2], [9, 9, -2], [-9, 9, -2]]
    wall = mesh(corners, [[0, 1, 2], [0, 2, 3]], albedo=0.4)
    camera = Camera((0.0, float(eye[1]), AWAY_M), (0.0, float(eye[1]), 0.0), FOV_RAD)
    frame = Frame(
        0.0,
        camera,
        LIGHT,
        bones=(bones.astype(np.float32),),
        morphs=(np.zeros(len(person.rigged.morph_names), np.float32),),
    )
    with Renderer(wall, (), (person.rigged,), size=SIZE, threads=1) as renderer:
        return i420_to_rgb(renderer.render(frame), SIZE)


if __name__ == "__main__":
    main()

"""Pictures agree with the scene they were taken of."""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from matinee.engine.render import build, native
from matinee.engine.render.geometry import Mesh, Rigged, Surface, merged, mesh
from matinee.engine.render.picture import Planes, Rgb, i420_to_rgb
from matinee.engine.render.renderer import Passes, Renderer
from matinee.engine.render.scene import (
    Ambient,
    Atmosphere,
    Camera,
    Fog,
    Frame,
    Grade,
    Lamp,
    Particles,
    Sky,
    Sun,
    Transforms,
    Vector,
)
from matinee.film import FrameSize

SIZE = FrameSize(192, 108)
AHEAD = Camera(eye=(0, 1, 5), target=(0, 1, 0), vertical_fov_rad=math.radians(50))
STRAIGHT_DOWN = Camera((0, 8, 0.001), (0, 0, 0), math.radians(50))


def an_atmosphere(
    *,
    sun: Vector = (0, 1, 0),
    radiance: Vector = (3, 3, 3),
    ambient: float = 0.1,
    wetness: float = 0.0,
) -> Atmosphere:
    return Atmosphere(
        sun=Sun(sun, radiance),
        sky=Sky((0.2, 0.3, 0.6), (0.5, 0.6, 0.7), (0.2, 0.2, 0.2), cloud_cover=0.0, sun_disc=0.0),
        fog=Fog((0.5, 0.5, 0.5), 0.0, 0.05),
        ambient=Ambient((ambient,) * 3, (ambient,) * 3),
        grade=Grade(exposure=0.4, bloom=0.0, vignette=0.0, grain=0.0),
        wetness=wetness,
    )


def a_frame(camera: Camera = AHEAD, **changes: object) -> Frame:
    return replace(
        Frame(time_s=0.0, camera=camera, atmosphere=an_atmosphere()),
        **changes,  # type: ignore[arg-type]
    )


def a_wall(
    z: float = 0.0, half: float = 1.0, *, centre: Vector = (0, 1, 0), **look: object
) -> Mesh:
    """A square of 2 * half metres that faces the camera at +Z."""
    corners = np.array([(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)], float) * half
    corners += np.asarray(centre)
    corners[:, 2] += z
    dressed = {"albedo": (0.5, 0.5, 0.5)} | look
    return mesh(corners, [(0, 1, 2), (0, 2, 3)], **dressed)  # type: ignore[arg-type]


def a_floor(half: float = 20.0, **look: object) -> Mesh:
    corners = np.array([(-1, 0, 1), (1, 0, 1), (1, 0, -1), (-1, 0, -1)], float) * half
    dressed = {"albedo": (0.5, 0.5, 0.5)} | look
    return mesh(corners, [(0, 1, 2), (0, 2, 3)], **dressed)  # type: ignore[arg-type]


def placed(*offsets: Vector) -> Transforms:
    matrices = np.zeros((len(offsets), 3, 4), np.float32)
    matrices[:, :, :3] = np.eye(3)
    matrices[:, :, 3] = offsets
    return matrices


def a_rigged_wall(*names: str) -> Rigged:
    whole = a_wall()
    joints = np.zeros((4, 4), np.uint8)
    joints[:, 0] = [0, 0, 1, 1]
    weights = np.zeros((4, 4), np.float32)
    weights[:, 0] = 1
    deltas = np.zeros((len(names), 4, 3), np.float32)
    deltas[:, 2:, 1] = 0.5
    return Rigged(whole, joints, weights, names, deltas, np.arange(deltas.shape[1]))


def passes(static: Mesh, frame: Frame, **options: object) -> Passes:
    with Renderer(static, size=SIZE, **options) as renderer:  # type: ignore[arg-type]
        return renderer.passes(frame)


def luma(static: Mesh, frame: Frame, **options: object) -> npt.NDArray[np.float64]:
    """Luma in 0..1, (height, width)."""
    with Renderer(static, size=SIZE, **options) as renderer:  # type: ignore[arg-type]
        planes = renderer.render(frame)
    return (planes[: SIZE.height].astype(float) - 16) / 219


def picture(static: Mesh, frame: Frame, **options: object) -> Rgb:
    with Renderer(static, size=SIZE, **options) as renderer:  # type: ignore[arg-type]
        return i420_to_rgb(renderer.render(frame), SIZE)


def pixel_of(point: Vector, camera: Camera) -> tuple[float, float]:
    """Where the pinhole model puts a point, in pixels; written apart from the kernel."""
    eye = np.asarray(camera.eye, float)
    forward = np.asarray(camera.target, float) - eye
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, (0, 1, 0))
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    away = np.asarray(point, float) - eye
    focal = SIZE.height / 2 / math.tan(camera.vertical_fov_rad / 2)
    depth = away @ forward
    return (
        SIZE.width / 2 + away @ right / depth * focal,
        SIZE.height / 2 - away @ up / depth * focal,
    )


def test_edges_fall_where_the_pinhole_model_puts_them() -> None:
    camera = Camera((1.5, 2.0, 4.0), (0.2, 0.8, -0.3), math.radians(42))
    ids = passes(a_wall(), a_frame(camera)).ids
    rows, columns = np.nonzero(ids)
    corners = [pixel_of(p, camera) for p in [(-1, 0, 0), (1, 0, 0), (1, 2, 0), (-1, 2, 0)]]
    assert columns.min() == pytest.approx(min(x for x, _ in corners), abs=1.0)
    assert columns.max() + 1 == pytest.approx(max(x for x, _ in corners), abs=1.0)
    assert rows.min() == pytest.approx(min(y for _, y in corners), abs=1.0)
    assert rows.max() + 1 == pytest.approx(max(y for _, y in corners), abs=1.0)


def test_positive_x_is_to_the_right_of_a_camera_that_looks_along_minus_z() -> None:
    ids = passes(a_wall(centre=(1.5, 1, 0), half=0.5), a_frame()).ids
    assert np.nonzero(ids)[1].min() > SIZE.width / 2


def test_roll_turns_the_camera_clockwise_so_the_world_turns_back() -> None:
    beside = a_wall(centre=(1.5, 1, 0), half=0.3)
    ids = passes(beside, a_frame(replace(AHEAD, roll_rad=math.pi / 2))).ids
    rows = np.nonzero(ids)[0]
    assert rows.max() < SIZE.height / 2


def test_depth_is_measured_along_the_viewing_axis() -> None:
    depth = passes(a_wall(half=30), a_frame()).depth_m
    assert np.allclose(depth, 5.0, rtol=1e-4)


def test_the_sky_is_infinitely_far_and_nobody() -> None:
    seen = passes(a_wall(half=0.2), a_frame())
    assert np.isinf(seen.depth_m[0, 0])
    assert seen.ids[0, 0] == 0
    assert not seen.normals[0, 0].any()


def test_the_nearer_of_two_walls_is_seen_whatever_their_order() -> None:
    near, far = a_wall(1.0), a_wall(-1.0, half=4)
    for order in ([near, far], [far, near]):
        depth = passes(merged(order), a_frame()).depth_m
        assert depth[SIZE.height // 2, SIZE.width // 2] == pytest.approx(4.0, rel=1e-4)


def test_crossing_walls_cut_each_other_exactly() -> None:
    slanted = mesh(
        [(-2, 0, -2), (2, 0, 2), (2, 2, 2), (-2, 2, -2)], [(0, 1, 2), (0, 2, 3)], albedo=(1, 1, 1)
    )
    seen = passes(merged([a_wall(half=2), slanted]), a_frame())
    row = seen.normals[SIZE.height // 2, :, 0]
    assert abs(row[SIZE.width // 2 - 6]) < 0.1
    assert abs(row[SIZE.width // 2 + 6]) > 0.5


def test_normals_face_the_camera_on_both_sides_of_a_wall() -> None:
    front = passes(a_wall(), a_frame()).normals[SIZE.height // 2, SIZE.width // 2]
    behind = Camera((0, 1, -5), (0, 1, 0), math.radians(50))
    back = passes(a_wall(), a_frame(behind)).normals[SIZE.height // 2, SIZE.width // 2]
    assert front[2] == pytest.approx(1, abs=1e-4)
    assert back[2] == pytest.approx(-1, abs=1e-4)


def test_a_floor_that_passes_under_the_camera_is_cut_and_not_lost() -> None:
    low = Camera((0, 0.3, 0), (0, 0.2, -1), math.radians(60))
    seen = passes(a_floor(), a_frame(low))
    assert seen.ids[-1].all()
    bottom = seen.depth_m[-1, SIZE.width // 2]
    down = math.atan(0.1) + math.radians(30) * (1 - 1 / SIZE.height)
    assert bottom == pytest.approx(0.3 / math.sin(down) * math.cos(math.radians(30)), rel=0.02)


def test_colours_are_interpolated_in_the_world_and_not_on_the_screen() -> None:
    # Half-way along a floor that recedes from 2 m to 18 m lies far above half-way on the screen.
    floor = mesh(
        [(-4, 0, 3), (4, 0, 3), (4, 0, -13), (-4, 0, -13)],
        [(0, 1, 2), (0, 2, 3)],
        albedo=[(0, 0, 0), (0, 0, 0), (1, 1, 1), (1, 1, 1)],
        normals=(0, 1, 0),
    )
    frame = a_frame()
    half_way = int(pixel_of((0, 0, -5), AHEAD)[1])
    grey = a_floor(albedo=(0.5, 0.5, 0.5))
    shaded = luma(floor, frame)[half_way, SIZE.width // 2]
    assert shaded == pytest.approx(luma(grey, frame)[half_way, SIZE.width // 2], abs=0.03)


def test_a_shadow_falls_away_from_the_sun() -> None:
    post = a_wall(centre=(0, 1, 0), half=0.5)
    scene = merged([a_floor(), post])
    light = an_atmosphere(sun=(0, 0.7, 0.7))
    view = luma(scene, a_frame(STRAIGHT_DOWN, atmosphere=light), shadow_radius_m=10.0)
    behind = view[int(pixel_of((0, 0, -1.0), STRAIGHT_DOWN)[1]), SIZE.width // 2]
    before = view[int(pixel_of((0, 0, 1.0), STRAIGHT_DOWN)[1]), SIZE.width // 2]
    assert behind < 0.6 * before


def test_a_moving_mesh_casts_its_own_shadow_where_it_stands() -> None:
    light = an_atmosphere(sun=(0, 0.7, 0.7))
    with Renderer(a_floor(), [a_wall(half=0.5)], size=SIZE, shadow_radius_m=10.0) as renderer:
        left, right = (
            renderer.render(a_frame(STRAIGHT_DOWN, atmosphere=light, rigid=placed((x, 0, 0))))
            for x in (-2, 2)
        )
    row = int(pixel_of((0, 0, -1.0), STRAIGHT_DOWN)[1])
    columns = [int(pixel_of((x, 0, -1.0), STRAIGHT_DOWN)[0]) for x in (-2, 2)]
    assert left[row, columns[0]] < 0.7 * left[row, columns[1]]
    assert right[row, columns[1]] < 0.7 * right[row, columns[0]]


@pytest.mark.parametrize("height", [0.06, 0.12, 0.5])
def test_a_lit_floor_has_no_stripes_however_low_the_sun(height: float) -> None:
    light = an_atmosphere(sun=(1, height, 0.3))
    floor = a_floor(roughness=1.0)
    view = luma(floor, a_frame(STRAIGHT_DOWN, atmosphere=light), shadow_radius_m=25.0)
    assert float(np.abs(np.diff(view, axis=0)).max()) < 0.01
    assert float(np.abs(np.diff(view, axis=1)).max()) < 0.01
    assert view.mean() > 0.2


def test_a_shadow_edge_is_a_soft_slope_and_not_a_staircase() -> None:
    scene = merged([a_floor(), a_wall(centre=(0, 1, 0), half=0.8)])
    near = Camera((0.0, 3.0, -1.0), (0.0, 0.0, -1.0001), math.radians(40))
    light = an_atmosphere(sun=(0.31, 0.7, 0.7))
    view = luma(scene, a_frame(near, atmosphere=light), shadow_radius_m=20.0)
    middle = view[SIZE.height // 2]
    between = (middle > middle.min() + 0.05) & (middle < middle.max() - 0.05)
    assert between.sum() >= 3


def test_parts_are_numbered_static_then_rigid_then_rigged() -> None:
    with Renderer(
        a_wall(half=0.3, centre=(-1.5, 1, 0)),
        [a_wall(half=0.3), a_wall(half=0.3)],
        [a_rigged_wall()],
        size=SIZE,
    ) as renderer:
        bones = np.concatenate([placed((1.6, 0.6, -3.0))] * 2)
        ids = renderer.passes(a_frame(rigid=placed((-0.5, 0, 0), (0.5, 0, 0)), bones=(bones,))).ids
    row = ids[SIZE.height // 2]
    seen = list(dict.fromkeys(row[row > 0].tolist()))
    assert seen == [1, 2, 3, 4]


def test_bones_and_morphs_move_vertices() -> None:
    with Renderer(a_wall(half=0.01, z=-9), [], [a_rigged_wall("grow")], size=SIZE) as renderer:

        def top(bones: Transforms, weight: float) -> int:
            morphs = (np.array([weight], np.float32),)
            ids = renderer.passes(a_frame(bones=(bones,), morphs=morphs)).ids
            return int(np.nonzero(ids == 2)[0].min())

        still = placed((0, 0, 0), (0, 0, 0))
        lifted = placed((0, 0, 0), (0, 0.4, 0))
        rest = top(still, 0.0)
        metre = pixel_of((0, 1, 0), AHEAD)[1] - pixel_of((0, 2, 0), AHEAD)[1]
        assert rest - top(lifted, 0.0) == pytest.approx(0.4 * metre, abs=1.5)
        assert rest - top(still, 0.5) == pytest.approx(0.25 * metre, abs=1.5)


def test_shrunken_passes_see_the_same_things_in_the_same_places() -> None:
    with Renderer(a_wall(half=0.7), size=SIZE) as renderer:
        full, small = (renderer.passes(a_frame(), shrink=k) for k in (1, 4))
    assert small.ids.shape == (SIZE.height // 4 // 2 * 2, SIZE.width // 4)
    assert small.ids.mean() == pytest.approx(full.ids.mean(), rel=0.1)
    middle = small.depth_m[small.ids.shape[0] // 2, small.ids.shape[1] // 2]
    assert middle == pytest.approx(5.0, rel=1e-3)


def test_a_rigid_matrix_of_zeros_hides_its_mesh() -> None:
    with Renderer(a_floor(), [a_wall()], size=SIZE) as renderer:
        hidden = renderer.passes(a_frame(rigid=np.zeros((1, 3, 4), np.float32)))
    assert 2 not in hidden.ids


def test_frames_do_not_depend_on_threads_or_on_what_was_drawn_before() -> None:
    frames = [
        a_frame(time_s=k / 24, rigid=placed((0.1 * k - 1, 0, 0)), grain_seed=k) for k in range(9)
    ]
    frames = [replace(f, atmosphere=replace(f.atmosphere, grade=Grade(grain=0.02))) for f in frames]
    seen: dict[int, list[Planes]] = {}
    for threads in (1, 3):
        with Renderer(a_floor(), [a_wall()], size=SIZE, threads=threads) as renderer:
            order: list[int] = []
            pictures: list[Planes] = []

            def consume(
                index: int,
                planes: Planes,
                order: list[int] = order,
                pictures: list[Planes] = pictures,
            ) -> None:
                order.append(index)
                pictures.append(planes)

            renderer.render_many(iter(frames), consume)
            assert order == list(range(9))
            seen[threads] = pictures
    assert all(np.array_equal(a, b) for a, b in zip(seen[1], seen[3], strict=True))
    with Renderer(a_floor(), [a_wall()], size=SIZE) as renderer:
        alone = renderer.render(frames[5])
    assert np.array_equal(alone, seen[3][5])


def test_an_error_while_consuming_stops_the_rendering() -> None:
    def refuse(index: int, planes: Planes) -> None:
        raise RuntimeError(f"frame {index} of {planes.shape}")

    endless = (a_frame(time_s=k / 24) for k in range(10_000))
    with Renderer(a_floor(), size=SIZE) as renderer, pytest.raises(RuntimeError, match="frame 0"):
        renderer.render_many(endless, refuse)


@pytest.mark.parametrize("sides", [(64, 64), (66, 70), (130, 74), (322, 182), (1922, 66)])
def test_any_even_size_is_drawn_to_its_last_pixel(sides: tuple[int, int]) -> None:
    size = FrameSize(*sides)
    with Renderer(a_wall(half=150), size=size, mirror_ground=True) as renderer:
        planes = renderer.render(a_frame())
        ids = renderer.passes(a_frame()).ids
    assert planes.shape == (size.height * 3 // 2, size.width)
    assert (ids == 1).all()
    view = planes[: size.height]
    assert int(np.ptp(view)) < 12


def test_a_size_that_cannot_be_is_refused() -> None:
    class Odd:
        width, height = 33, 64

    with pytest.raises(ValueError, match="even"):
        Renderer(a_floor(), size=Odd())  # type: ignore[arg-type]


def test_planes_stay_in_the_limited_range() -> None:
    bright = a_wall(half=9, albedo=(1, 0, 0), surface=Surface.SCREEN, emission=16.0)
    black = a_wall(half=0.6, z=1.0, albedo=(0, 0, 0))
    with Renderer(merged([bright, black]), size=SIZE) as renderer:
        for grain in (0.0, 0.3):
            light = an_atmosphere(radiance=(40, 40, 40))
            light = replace(light, grade=replace(light.grade, grain=grain, exposure=4.0))
            planes = renderer.render(a_frame(atmosphere=light))
            assert planes[: SIZE.height].min() >= 16
            assert planes[: SIZE.height].max() <= 235
            assert planes[SIZE.height :].min() >= 16
            assert planes[SIZE.height :].max() <= 240


def test_grey_stays_grey_from_the_light_to_the_picture() -> None:
    rgb = picture(a_wall(half=9), a_frame(atmosphere=an_atmosphere(sun=(0, 0.5, 1))))
    middle = rgb[SIZE.height // 2, SIZE.width // 2].astype(int)
    assert np.ptp(middle) <= 2
    assert 40 < middle.mean() < 230


def test_more_light_is_never_darker() -> None:
    with Renderer(a_wall(half=9), size=SIZE) as renderer:
        shown = [
            renderer.render(a_frame(atmosphere=an_atmosphere(sun=(0, 0.2, 1), radiance=(k, k, k))))[
                SIZE.height // 2, SIZE.width // 2
            ]
            for k in (0.0, 0.05, 0.2, 0.8, 3.0, 12.0, 50.0)
        ]
    assert shown == sorted(shown)
    assert shown[0] < shown[-1]


def test_a_lamp_lights_what_is_near_and_a_spot_only_its_cone() -> None:
    dark = an_atmosphere(radiance=(0, 0, 0), ambient=0.0)
    wall = a_wall(half=9)
    lamp = Lamp((-1.5, 1, 1.0), (4, 4, 4), 3.0)
    view = luma(wall, a_frame(atmosphere=dark, lamps=(lamp,)))
    beside = [int(pixel_of((x, 1, 0), AHEAD)[0]) for x in (-1.5, 3.2)]
    assert view[SIZE.height // 2, beside[0]] > 0.2
    assert view[SIZE.height // 2, beside[1]] < 0.02
    spot = Lamp((0, 1, 4.0), (40, 40, 40), 12.0, (0, 0, -1), 0.25)
    cone = luma(wall, a_frame(atmosphere=dark, lamps=(spot,)))[SIZE.height // 2]
    edge = int(pixel_of((4 * math.tan(0.30), 1, 0), AHEAD)[0])
    assert cone[SIZE.width // 2] > 0.3
    assert cone[edge] < 0.02


def test_too_many_lamps_are_refused() -> None:
    lamps = tuple(Lamp((k, 1, 1), (1, 1, 1), 2.0) for k in range(9))
    with Renderer(a_floor(), size=SIZE) as renderer, pytest.raises(ValueError, match="at most 8"):
        renderer.render(a_frame(lamps=lamps))


def test_matrices_that_do_not_fit_the_meshes_are_refused() -> None:
    with Renderer(a_floor(), [a_wall()], [a_rigged_wall("grow")], size=SIZE) as renderer:
        with pytest.raises(ValueError, match="rigid"):
            renderer.render(a_frame())
        with pytest.raises(ValueError, match="rigged"):
            renderer.render(a_frame(rigid=placed((0, 0, 0))))
        with pytest.raises(ValueError, match="morphs"):
            renderer.render(
                a_frame(
                    rigid=placed((0, 0, 0)),
                    bones=(placed((0, 0, 0)),),
                    morphs=(np.zeros(1, np.float32),),
                )
            )


def test_particles_hide_behind_what_stands_before_them() -> None:
    dark = an_atmosphere(radiance=(0, 0, 0), ambient=0.0)

    def dots(z: float) -> Particles:
        return Particles(
            positions=np.array([[0, 1, z]], np.float32),
            velocity_streak=np.zeros((1, 3), np.float32),
            size_m=np.array([0.4], np.float32),
            colour=np.full((1, 3), 5.0, np.float32),
            opacity=np.zeros(1, np.float32),
        )

    middle = (SIZE.height // 2, SIZE.width // 2)
    wall = a_wall(half=2)
    assert luma(wall, a_frame(atmosphere=dark, particles=dots(1.0)))[middle] > 0.5
    assert luma(wall, a_frame(atmosphere=dark, particles=dots(-1.0)))[middle] < 0.05


def test_a_wet_floor_mirrors_what_glows_above_it() -> None:
    glow = a_wall(
        centre=(0, 1.2, -2), half=0.6, albedo=(1, 1, 1), surface=Surface.SCREEN, emission=8
    )
    scene = merged([a_floor(albedo=(0.05, 0.05, 0.05), surface=Surface.ASPHALT), glow])
    dark = an_atmosphere(radiance=(0, 0, 0), ambient=0.002, wetness=1.0)
    row = int(pixel_of((0, -1.2, -2), AHEAD)[1])
    wet = luma(scene, a_frame(atmosphere=dark), mirror_ground=True)
    dry = luma(scene, a_frame(atmosphere=replace(dark, wetness=0.0)), mirror_ground=True)
    middle, side = SIZE.width // 2, 8
    assert wet[row, middle - 6 : middle + 6].mean() > dry[row, middle] + 0.1
    assert wet[row, middle - 6 : middle + 6].mean() > wet[row, side] + 0.1


def test_a_mirror_image_does_not_depend_on_what_part_of_it_was_drawn_before() -> None:
    glow = a_wall(centre=(0, 1.2, -2), half=0.6, surface=Surface.SCREEN, emission=8)
    pool = a_floor(half=0.8, albedo=(0.05, 0.05, 0.05), surface=Surface.WATER)
    scene = merged([pool, glow])
    low, aside = replace(AHEAD, eye=(0.0, 0.4, 3.0)), replace(AHEAD, target=(1.5, 1.0, 0.0))
    with Renderer(scene, size=SIZE, mirror_ground=True, threads=1) as renderer:
        for camera in (aside, low, low, AHEAD, aside):
            again = renderer.render(a_frame(camera))
    with Renderer(scene, size=SIZE, mirror_ground=True, threads=1) as renderer:
        once = renderer.render(a_frame(aside))
    assert np.array_equal(again, once)


def test_what_is_out_of_focus_is_blurred_and_what_is_in_focus_is_not() -> None:
    stripes = merged(
        [a_wall(half=0.1, centre=(x * 0.4, 1, 0), albedo=(1, 1, 1)) for x in range(-5, 6)]
    )
    near = replace(AHEAD, focus_distance_m=5.0, aperture=0.25)
    far = replace(near, focus_distance_m=1.2)

    def roughness(camera: Camera) -> float:
        view = luma(stripes, a_frame(camera, atmosphere=an_atmosphere(sun=(0, 0.3, 1))))
        return float(np.abs(np.diff(view[SIZE.height // 2])).max())

    assert roughness(far) < 0.5 * roughness(near)
    assert roughness(near) > 0.8 * roughness(AHEAD)


def test_neighbouring_triangles_leave_no_pixel_between_them() -> None:
    # A fan of thin triangles around a point covers a disc without a hole.
    angles = np.linspace(0, 2 * np.pi, 98)[:-1]
    rim = np.stack([np.cos(angles), np.sin(angles) + 1, 0 * angles], -1) * [1.7, 1.7, 1]
    points = np.vstack([[(0.013, 1.71, 0)], rim])
    fan = [(0, 1 + k, 1 + (k + 1) % 97) for k in range(97)]
    ids = passes(mesh(points, fan, albedo=(1, 1, 1)), a_frame()).ids
    rows, columns = np.mgrid[0 : SIZE.height, 0 : SIZE.width] + 0.5
    centre = pixel_of((0, 1.7, 0), AHEAD)
    radius = pixel_of((1.7, 1.7, 0), AHEAD)[0] - centre[0]
    inside = np.hypot(columns - centre[0], rows - centre[1]) < 0.97 * radius
    assert (ids[inside] == 1).all()


def test_the_variants_agree_within_the_golden_tolerance() -> None:
    variants = list(build.VARIANTS[build.machine()])
    usable = variants[variants.index(native.processor_variant()) :]
    scene = merged([a_floor(surface=Surface.STONE), a_wall(half=0.8, surface=Surface.SKIN)])
    frame = a_frame(atmosphere=an_atmosphere(sun=(0.4, 0.8, 0.5), wetness=0.3))
    shown = []
    for variant in usable:
        with Renderer(scene, size=SIZE, mirror_ground=True, variant=variant) as renderer:
            shown.append(renderer.render(frame).astype(int))
    for other in shown[1:]:
        away = np.abs(other - shown[0])
        assert away.mean() < 0.25
        assert np.percentile(away, 99) <= 3

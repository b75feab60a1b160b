"""The renderer: meshes once, then a picture for every frame.

A renderer keeps one kernel context for each thread; the meshes and the static shadow map are
shared between them. Python threads suffice, because the kernel runs without the interpreter lock.
"""

from __future__ import annotations

import ctypes
import math
import os
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import numpy as np

from matinee.engine.render import native
from matinee.engine.render.finish import finish_struct
from matinee.engine.render.packing import pack
from matinee.engine.render.scene import LAMP_COUNT_MAX
from matinee.engine.render.textures import clouds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    import numpy.typing as npt

    from matinee.engine.render.geometry import Mesh, Rigged
    from matinee.engine.render.picture import Planes
    from matinee.engine.render.scene import Camera, Frame, Lamp, Moment, Vector
    from matinee.engine.render.sheet import PhotoSheet
    from matinee.film import FrameSize

DepthPass: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float32]]
IdPass: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.int32]]
NormalPass: TypeAlias = np.ndarray[tuple[int, int, int], np.dtype[np.float32]]

SIDE_MIN, SIDE_MAX = 16, 4096
SHADOW_SIZE = 2048
MOVING_SHADOW_SIZES = ((480, 512), (720, 768), (SIDE_MAX, 1024))
"""How many cells wide the shadows of what moves are drawn, by the shorter side of the picture.

They cost as much as they have cells, and a picture shows no finer edge than its own pixels.
"""
STATIC_SHADOWS_KEPT = 2
SUN_TAN = 0.014


@dataclass(frozen=True, eq=False)
class Passes:
    """What is where in the picture.

    depth_m (h, w) metres along the viewing axis, infinite for sky; ids (h, w): 0 sky, 1 static,
    2 + i rigid i, 2 + rigid count + i rigged i; normals (h, w, 3) world, zero for sky.
    """

    depth_m: DepthPass
    ids: IdPass
    normals: NormalPass


class _Context:
    """One kernel context; used by one thread at a time."""

    def __init__(
        self, kernel: ctypes.CDLL, geometry: int, width: int, height: int, *, mirror: bool
    ) -> None:
        self.kernel = kernel
        self.width = width
        self.height = height
        self.spoilt = False
        self.handle = kernel.matinee_context_new(
            geometry, width, height, _moving_shadow_size(min(width, height)), int(mirror)
        )
        if not self.handle:
            raise MemoryError(_no_memory(width, height))

    def __del__(self) -> None:
        if self.handle:
            self.kernel.matinee_context_free(self.handle)


class Renderer:
    """Draws frames of one set of meshes at one size.

    static never moves; each rigid mesh follows one matrix of a frame, each rigged mesh its bones.
    `sheet` holds the photographs that meshes show. The sun's shadows fall inside shadow_radius_m
    around shadow_centre. With mirror_ground, water and wet ground mirror what stands above
    mirror_height_m. `threads` bounds the contexts used by `render_many` (default: the processors
    this process may use). `variant` names a kernel variant; pictures are bit for bit the same on
    one variant and close to each other across variants.

    Raises ValueError for a size that is odd or outside 16 to 4096; drawing raises MemoryError when
    the machine has no memory for the picture.
    """

    def __init__(  # noqa: PLR0913 - the meshes and the few things that cannot change later
        self,
        static: Mesh,
        rigid: Sequence[Mesh] = (),
        rigged: Sequence[Rigged] = (),
        *,
        size: FrameSize,
        sheet: PhotoSheet | None = None,
        shadow_centre: Vector = (0.0, 0.0, 0.0),
        shadow_radius_m: float = 30.0,
        mirror_ground: bool = False,
        mirror_height_m: float = 0.0,
        threads: int | None = None,
        variant: str | None = None,
    ) -> None:
        """Lay out the meshes for the kernel; contexts are made when first needed."""
        for side in (size.width, size.height):
            if not SIDE_MIN <= side <= SIDE_MAX or side % 2:
                message = (
                    f"A picture of {size.width} by {size.height} cannot be rendered: both sides "
                    f"must be even and between {SIDE_MIN} and {SIDE_MAX}."
                )
                raise ValueError(message)
        self.size = size
        self.threads = threads or len(os.sched_getaffinity(0))
        self._kernel = native.load(variant)
        self._packed = pack(static, rigid, rigged, sheet)
        self._shadow_centre = np.asarray(shadow_centre, np.float32)
        self._shadow_radius_m = shadow_radius_m
        self._mirror = mirror_ground
        self._mirror_height_m = mirror_height_m
        self._idle: list[_Context] = []
        self._guard = threading.Lock()
        self._static_shadows: OrderedDict[bytes, tuple[native.ShadowMap, list[Any]]] = OrderedDict()

    def __enter__(self) -> Self:
        """Return the renderer; leaving the block gives its buffers back."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the buffers back."""
        self.close()

    def close(self) -> None:
        """Give the buffers back; the renderer makes new ones if it is used again."""
        with self._guard:
            self._idle.clear()
            self._static_shadows.clear()

    def render(self, frame: Frame) -> Planes:
        """Return the picture as I420 planes, BT.709 limited range: (height * 3 // 2, width) uint8.

        Raises ValueError when the frame's matrices do not fit the renderer's meshes.
        """
        planes = np.empty((self.size.height * 3 // 2, self.size.width), np.uint8)
        struct, keep = self._frame_struct(frame)
        context = self._borrow(self.size.width, self.size.height)
        try:
            if self._kernel.matinee_render(
                context.handle, ctypes.byref(struct), planes.ctypes.data
            ):
                context.spoilt = True
                raise MemoryError(_no_memory(context.width, context.height))
        finally:
            self._give_back(context)
        del keep
        return planes

    def passes(self, frame: Frame, *, shrink: int = 1) -> Passes:
        """Return depth, part numbers and normals instead of colours.

        With shrink the picture is that many times smaller (and even, and 16 pixels at least),
        which is enough to ask who is seen and where, at a fraction of the time.
        """
        width, height = (
            max(SIDE_MIN, side // shrink // 2 * 2) for side in (self.size.width, self.size.height)
        )
        depth = np.empty((height, width), np.float32)
        ids = np.empty((height, width), np.int32)
        normals = np.empty((height, width, 3), np.float32)
        struct, keep = self._frame_struct(frame, lit=False)
        context = self._borrow(width, height)
        try:
            if self._kernel.matinee_passes(
                context.handle,
                ctypes.byref(struct),
                depth.ctypes.data,
                ids.ctypes.data,
                normals.ctypes.data,
            ):
                context.spoilt = True
                raise MemoryError(_no_memory(context.width, context.height))
        finally:
            self._give_back(context)
        del keep
        depth[ids == 0] = np.inf
        return Passes(depth_m=depth, ids=ids, normals=normals)

    def render_many(self, frames: Iterable[Frame], consume: Callable[[int, Planes], None]) -> None:
        """Render frames in parallel and call `consume(index, planes)` in their order.

        `frames` is read one at a time, by one thread at a time, and may compute each frame when
        asked. At most two frames a thread are held. `consume` is called from this thread. An error
        in either stops the others and is raised here.
        """
        _Ordered(self.render, self.threads).run(frames, consume)

    def stage_ms(self) -> dict[str, float]:
        """Return processor milliseconds of each stage since the last call, over all contexts."""
        total = dict.fromkeys(native.STAGES, 0.0)
        values = (ctypes.c_double * len(native.STAGES))()
        with self._guard:
            for context in self._idle:
                self._kernel.matinee_stage_ms(context.handle, values)
                for name, value in zip(native.STAGES, values, strict=True):
                    total[name] += value
        return total

    def _borrow(self, width: int, height: int) -> _Context:
        with self._guard:
            for number, context in enumerate(self._idle):
                if (context.width, context.height) == (width, height):
                    return self._idle.pop(number)
        return _Context(self._kernel, self._packed.pointer, width, height, mirror=self._mirror)

    def _give_back(self, context: _Context) -> None:
        if context.spoilt:
            return
        with self._guard:
            self._idle.append(context)

    def _static_shadow(self, direction: npt.NDArray[np.float32]) -> tuple[native.ShadowMap, Any]:
        key = direction.tobytes()
        with self._guard:
            if key not in self._static_shadows:
                while len(self._static_shadows) >= STATIC_SHADOWS_KEPT:
                    self._static_shadows.popitem(last=False)
                self._static_shadows[key] = self._draw_static_shadow(direction)
            self._static_shadows.move_to_end(key)
            return self._static_shadows[key]

    def _draw_static_shadow(
        self, direction: npt.NDArray[np.float32]
    ) -> tuple[native.ShadowMap, list[Any]]:
        cells = SHADOW_SIZE // 8
        depth, depth_at = _aligned((SHADOW_SIZE + 16) * SHADOW_SIZE * 4)
        planes, planes_at = _aligned(cells * cells * 32)
        shadow = native.ShadowMap(size=SHADOW_SIZE, depth=depth_at, cells=planes_at)
        if self._kernel.matinee_draw_static_shadow(
            self._packed.pointer,
            ctypes.byref(shadow),
            direction.ctypes.data,
            self._shadow_centre.ctypes.data,
            self._shadow_radius_m,
        ):
            raise MemoryError(_no_memory(SHADOW_SIZE, SHADOW_SIZE))
        return shadow, [depth, planes]

    def _frame_struct(self, frame: Frame, *, lit: bool = True) -> tuple[native.Frame, list[Any]]:
        """Return the kernel's frame and the arrays that it points into."""
        air = frame.atmosphere
        keep: list[Any] = []
        direction = _unit(air.sun.direction_to_sun)
        struct = native.Frame(
            **_camera_fields(frame.camera, self.size),
            mirror_height=self._mirror_height_m,
            has_mirror=int(self._mirror),
            sun_direction=tuple(direction),
            sun_radiance=air.sun.radiance,
            sun_tan=SUN_TAN,
            zenith=air.sky.zenith,
            horizon=air.sky.horizon,
            ground=air.sky.ground,
            cloud_cover=air.sky.cloud_cover,
            stars=air.sky.star_strength,
            disc=air.sky.sun_disc,
            moon=air.sky.moon,
            cloud_drift=air.sky.cloud_drift,
            fog_colour=air.fog.colour,
            fog_density=max(air.fog.density_per_m, 1e-9),
            fog_falloff=air.fog.height_falloff_per_m,
            ambient_sky=air.ambient.sky,
            ambient_ground=air.ambient.ground,
            exposure=air.grade.exposure,
            bloom=air.grade.bloom,
            contrast=air.grade.contrast,
            saturation=air.grade.saturation,
            shadow_tint=air.grade.shadow_tint,
            highlight_tint=air.grade.highlight_tint,
            vignette=air.grade.vignette,
            grain=air.grade.grain,
            wetness=air.wetness,
            lit_windows=air.lit_windows,
            time_s=frame.time_s,
            grain_seed=frame.grain_seed & 0xFFFFFFFF,
        )
        self._add_moving(struct, frame, keep)
        if lit and frame.other is not None and frame.shutter > 0:
            self._add_other(struct, frame, frame.other, keep)
        if lit and frame.finish is not None:
            finish = finish_struct(frame.finish, self.size, frame.grain_seed)
            struct.finish = ctypes.addressof(finish)
            keep.append(finish)
        _add_lamps(struct, frame.lamps)
        _add_particles(struct, frame, keep)
        if lit:
            self._add_sky_and_shadow(struct, frame, direction, keep)
        return struct, keep

    def _add_sky_and_shadow(
        self,
        struct: native.Frame,
        frame: Frame,
        direction: npt.NDArray[np.float32],
        keep: list[Any],
    ) -> None:
        air = frame.atmosphere
        # Rounded, so that a sun that creeps along does not make new clouds for every frame.
        x, y, z = (round(float(k), 2) for k in direction)
        layer = clouds(round(air.sky.cloud_cover, 2), (x, y, z))
        struct.clouds = layer.ctypes.data
        keep.append(layer)
        if max(air.sun.radiance) > 0:
            shadow, arrays = self._static_shadow(direction)
            struct.shadows[0] = shadow
            keep.append(arrays)

    def _add_other(
        self, struct: native.Frame, frame: Frame, other: Moment, keep: list[Any]
    ) -> None:
        """Add where everything is at the other moment, which has to be as much as is there now."""
        rigid = np.ascontiguousarray(other.rigid, np.float32)
        bones = [np.ascontiguousarray(b, np.float32) for b in other.bones]
        there, now = [rigid.shape, *(b.shape for b in bones)], [np.shape(frame.rigid)]
        now += [np.shape(b) for b in frame.bones]
        if there != now:
            message = f"The other moment has matrices {there}, the frame {now}"
            raise ValueError(message)
        for name, value in _camera_fields(other.camera, self.size).items():
            if name not in {"focus_m", "lens_px"}:
                setattr(struct, f"other_{name}", value)
        bone_list = (ctypes.c_void_p * max(len(bones), 1))(*(b.ctypes.data for b in bones))
        struct.other_rigid = rigid.ctypes.data
        struct.other_bones = ctypes.addressof(bone_list)
        struct.shutter = frame.shutter
        keep += [rigid, bones, bone_list]

    def _add_moving(self, struct: native.Frame, frame: Frame, keep: list[Any]) -> None:
        geometry = self._packed.struct
        rigid = np.ascontiguousarray(frame.rigid, np.float32)
        if rigid.shape != (geometry.rigid_count, 3, 4):
            message = f"Frame.rigid has shape {rigid.shape} for {geometry.rigid_count} rigid meshes"
            raise ValueError(message)
        bones = [np.ascontiguousarray(b, np.float32) for b in frame.bones]
        morphs = [np.ascontiguousarray(m, np.float32) for m in frame.morphs]
        if not morphs and not any(self._packed.morph_counts):
            morphs = [np.zeros(0, np.float32) for _ in bones]
        if len(bones) != geometry.rigged_count or len(morphs) != geometry.rigged_count:
            message = (
                f"A frame with {len(bones)} sets of bones and {len(morphs)} of morphs cannot move "
                f"{geometry.rigged_count} rigged meshes"
            )
            raise ValueError(message)
        for number, (b, m) in enumerate(zip(bones, morphs, strict=True)):
            needed, names = self._packed.bone_counts[number], self._packed.morph_counts[number]
            if b.ndim != 3 or b.shape[1:] != (3, 4) or len(b) < needed or m.shape != (names,):
                message = (
                    f"Rigged mesh {number} needs ({needed} or more, 3, 4) bones and ({names},) "
                    f"morphs, not {b.shape} and {m.shape}"
                )
                raise ValueError(message)
        struct.rigid = rigid.ctypes.data
        bone_list = (ctypes.c_void_p * max(len(bones), 1))(*(b.ctypes.data for b in bones))
        morph_list = (ctypes.c_void_p * max(len(morphs), 1))(*(m.ctypes.data for m in morphs))
        struct.bones = ctypes.addressof(bone_list)
        struct.morphs = ctypes.addressof(morph_list)
        keep += [rigid, bones, morphs, bone_list, morph_list]


class _Ordered:
    """Workers take frames in turn; the caller's thread hands results on in order."""

    def __init__(self, render: Callable[[Frame], Planes], threads: int) -> None:
        self.render = render
        self.threads = threads
        self.changed = threading.Condition()
        self.reading = threading.Lock()
        self.done: dict[int, Planes] = {}
        self.next_read = 0
        self.next_out = 0
        self.exhausted = False
        self.error: BaseException | None = None

    def run(self, frames: Iterable[Frame], consume: Callable[[int, Planes], None]) -> None:
        source = iter(frames)
        workers = [
            threading.Thread(target=self._work, args=(source,), name=f"render-{k}", daemon=True)
            for k in range(self.threads)
        ]
        for worker in workers:
            worker.start()
        try:
            while (planes := self._await()) is not None:
                consume(self.next_out, planes)
                with self.changed:
                    self.next_out += 1
                    self.changed.notify_all()
        finally:
            with self.changed:
                self.exhausted = True
                self.changed.notify_all()
            for worker in workers:
                worker.join()
        if self.error is not None:
            raise self.error

    def _await(self) -> Planes | None:
        with self.changed:
            while True:
                if self.error is not None:
                    return None
                if self.next_out in self.done:
                    return self.done.pop(self.next_out)
                if self.exhausted and self.next_out >= self.next_read:
                    return None
                self.changed.wait()

    def _work(self, source: Any) -> None:  # noqa: ANN401 - an iterator of Frame
        try:
            while (task := self._take(source)) is not None:
                index, frame = task
                planes = self.render(frame)
                with self.changed:
                    self.done[index] = planes
                    self.changed.notify_all()
        except BaseException as error:  # noqa: BLE001 - carried to the caller's thread
            with self.changed:
                self.error = self.error or error
                self.exhausted = True
                self.changed.notify_all()

    def _take(self, source: Any) -> tuple[int, Frame] | None:  # noqa: ANN401
        with self.reading:
            with self.changed:
                while not self.exhausted and self.next_read - self.next_out >= 2 * self.threads:
                    self.changed.wait()
                if self.exhausted:
                    return None
            frame = next(source, None)
            with self.changed:
                if frame is None:
                    self.exhausted = True
                    self.changed.notify_all()
                    return None
                index = self.next_read
                self.next_read += 1
                return index, frame


def _moving_shadow_size(side_px: int) -> int:
    return next(cells for side_max, cells in MOVING_SHADOW_SIZES if side_px <= side_max)


def _no_memory(width: int, height: int) -> str:
    return f"There is no memory for a picture of {width} by {height}; ask for a smaller one."


def _aligned(count: int) -> tuple[npt.NDArray[np.uint8], int]:
    """Return an array holding `count` bytes and the address of its first whole cache line."""
    array = np.zeros(count + 64, np.uint8)
    return array, array.ctypes.data + (-array.ctypes.data % 64)


def _unit(vector: Vector | npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    values = np.asarray(vector, np.float64)
    length = float(np.linalg.norm(values))
    if length < 1e-9:
        message = f"A direction of no length: {vector}"
        raise ValueError(message)
    return np.asarray(values / length, np.float32)


def _camera_fields(camera: Camera, size: FrameSize) -> dict[str, Any]:
    """Return the camera as axes and tangents; roll turns the axes around the line of sight."""
    eye = np.asarray(camera.eye, np.float64)
    forward = _unit(np.asarray(camera.target, np.float64) - eye).astype(np.float64)
    level = math.hypot(forward[0], forward[2])
    # Straight up or down no direction is above; then the picture's top is where a camera that looks
    # along -Z would have it after tilting.
    above = np.array([0.0, 1.0, 0.0]) if level > 1e-7 else np.array([0.0, 0.0, forward[1]])
    right = _unit(np.cross(forward, above)).astype(np.float64)
    up = np.cross(right, forward)
    cosine, sine = math.cos(camera.roll_rad), math.sin(camera.roll_rad)
    right, up = right * cosine - up * sine, up * cosine + right * sine
    tan_y = math.tan(camera.vertical_fov_rad / 2.0)
    pixel_angle = 2.0 * tan_y / size.height
    focus = camera.focus_distance_m or 0.0
    return {
        "eye": tuple(eye),
        "right": tuple(right),
        "up": tuple(up),
        "forward": tuple(forward),
        "tan_x": tan_y * size.width / size.height,
        "tan_y": tan_y,
        "focus_m": focus,
        "lens_px": camera.aperture / pixel_angle if focus > 0 else 0.0,
    }


def _add_lamps(struct: native.Frame, lamps: tuple[Lamp, ...]) -> None:
    if len(lamps) > LAMP_COUNT_MAX:
        message = f"{len(lamps)} lamps in a frame; at most {LAMP_COUNT_MAX} can be lit"
        raise ValueError(message)
    struct.lamp_count = len(lamps)
    for slot, lamp in enumerate(lamps):
        target = struct.lamps[slot]
        target.position = lamp.position
        target.radiance = lamp.radiance
        target.radius_m = max(lamp.radius_m, 1e-3)
        target.cos_outer = -2.0
        target.haze = float(lamp.in_haze)
        if lamp.direction is not None and lamp.cone_rad is not None:
            target.direction = tuple(_unit(lamp.direction))
            target.cos_outer = math.cos(lamp.cone_rad)
            target.cos_inner = math.cos(lamp.cone_rad * 0.6)


def _add_particles(struct: native.Frame, frame: Frame, keep: list[Any]) -> None:
    dots = frame.particles
    count = len(dots.positions)
    struct.particle_count = count
    if count == 0:
        return
    rows = np.hstack(
        [
            np.asarray(column, np.float32).reshape(count, -1)
            for column in (
                dots.positions,
                dots.velocity_streak,
                dots.size_m,
                dots.colour,
                dots.opacity,
            )
        ]
    )
    # The kernel blends in order, so the furthest come first.
    away = np.linalg.norm(dots.positions - np.asarray(frame.camera.eye, np.float32), axis=1)
    rows = np.ascontiguousarray(rows[np.argsort(-away, kind="stable")], np.float32)
    struct.particles = rows.ctypes.data
    keep.append(rows)

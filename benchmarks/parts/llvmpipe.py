"""The same shot drawn by OpenGL on Mesa's llvmpipe: what a general software renderer would cost.

It does less than the kernel: sun with shadow maps (of the set once, of what moves in every frame),
ambient and baked light, fog and a tone map, and the picture read back. No detail textures, sky,
mirror, depth of field, motion blur, bloom, anti-aliasing, grain or video planes. Needs the package
moderngl and Mesa's EGL; `cpu_ms_a_frame` returns None and says why where they are missing.
"""

import importlib.util
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from matinee.engine.render.geometry import Mesh
from matinee.engine.render.scene import Camera, Frame
from matinee.engine.stage.direction import Staging
from matinee.film import FrameSize

if importlib.util.find_spec("moderngl"):
    import moderngl
else:
    moderngl = None

STILL_MAP, MOVING_MAP = 2048, 1024
BONES_MAX = 256
FAR_M, NEAR_M = 3000.0, 0.05

PLACE = """
#version 330
uniform mat4 seen_by;
uniform mat4 model;
uniform int rigged;
uniform vec4 bones[BONES];
in vec3 position; in vec3 normal; in vec4 joints; in vec4 weights;
in vec4 albedo; in vec3 light;
out vec3 world; out vec3 facing; out vec4 paint; out vec3 baked;
vec3 moved(vec4 p) {
    vec3 sum = vec3(0);
    for (int k = 0; k < 4; k++) {
        int b = int(joints[k]) * 3;
        sum += weights[k] * vec3(dot(bones[b], p), dot(bones[b + 1], p), dot(bones[b + 2], p));
    }
    return sum;
}
void main() {
    world = rigged == 1 ? moved(vec4(position, 1)) : (model * vec4(position, 1)).xyz;
    facing = rigged == 1 ? moved(vec4(normal, 0)) : mat3(model) * normal;
    paint = albedo; baked = light;
    gl_Position = seen_by * vec4(world, 1);
}
""".replace("BONES", str(BONES_MAX * 3))

SHADE = """
#version 330
uniform mat4 still_sun, moving_sun;
uniform sampler2DShadow still_map, moving_map;
uniform vec3 to_sun, sun, ambient_sky, ambient_ground, fog_colour, eye;
uniform float fog_density, fog_falloff;
in vec3 world; in vec3 facing; in vec4 paint; in vec3 baked;
out vec4 colour;
float lit(mat4 by, sampler2DShadow map, vec3 n) {
    vec3 at = (by * vec4(world + n * 0.04, 1)).xyz * 0.5 + 0.5;
    if (any(lessThan(at, vec3(0))) || any(greaterThan(at, vec3(1)))) return 1.0;
    return texture(map, vec3(at.xy, at.z - 0.0006));
}
void main() {
    vec3 n = normalize(facing);
    vec3 away = world - eye;
    float distance = length(away);
    if (dot(n, away) > 0.0) n = -n;
    float front = max(dot(n, to_sun), 0.0);
    if (front > 0.0) front *= lit(still_sun, still_map, n) * lit(moving_sun, moving_map, n);
    vec3 dome = mix(ambient_ground, ambient_sky, n.y * 0.5 + 0.5) * paint.a;
    vec3 seen = paint.rgb * (sun * front + dome + baked);
    float rise = clamp((world.y - eye.y) * fog_falloff, -20.0, 60.0);
    float mean = abs(rise) < 1e-3 ? 1.0 : (1.0 - exp(-rise)) / rise;
    float haze = 1.0 - exp(-fog_density * exp(-fog_falloff * max(eye.y, -20.0)) * distance * mean);
    colour = vec4(mix(seen, fog_colour, haze), 1);
}
"""

NOTHING = "#version 330\nvoid main() {}\n"

COVER = """
#version 330
out vec2 at;
void main() {
    at = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0;
    gl_Position = vec4(at * 2.0 - 1.0, 0, 1);
}
"""

DEVELOP = """
#version 330
uniform sampler2D scene;
uniform float exposure;
in vec2 at;
out vec4 colour;
void main() {
    vec3 x = texture(scene, at).rgb * exposure;
    x = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14);
    colour = vec4(pow(clamp(x, 0.0, 1.0), vec3(1.0 / 2.2)), 1);
}
"""

Matrix = npt.NDArray[np.float32]


def cpu_ms_a_frame(
    staging: Staging, frames: Sequence[Frame], size: FrameSize
) -> tuple[float | None, str]:
    """Return CPU milliseconds a frame over all threads, and the renderer's name or why not."""
    if moderngl is None:
        return None, "moderngl is not installed"
    try:
        context = moderngl.create_context(standalone=True, backend="egl", require=330)
    except Exception as error:  # noqa: BLE001 - any driver fault means that there is none to measure
        return None, f"no OpenGL through EGL: {error}"
    name = str(context.info["GL_RENDERER"])
    if "llvmpipe" not in name:
        context.release()
        return None, f"OpenGL runs on {name}, not on llvmpipe"
    try:
        stage = _Stage(context, staging, frames[0], size)
        stage.draw(frames[0])
        start = time.process_time()
        for frame in frames:
            stage.draw(frame)
        return (time.process_time() - start) * 1000 / len(frames), name
    finally:
        context.release()


class _Stage:
    """The shot's meshes, programs and targets in one OpenGL context."""

    def __init__(self, context: Any, staging: Staging, first: Frame, size: FrameSize) -> None:  # noqa: ANN401
        self.context, self.size = context, size
        self.picture = context.program(vertex_shader=PLACE, fragment_shader=SHADE)
        self.depth = context.program(vertex_shader=PLACE, fragment_shader=NOTHING)
        self.develop = context.program(vertex_shader=COVER, fragment_shader=DEVELOP)
        self.scene = context.texture((size.width, size.height), 4, dtype="f2")
        self.target = context.framebuffer(
            [self.scene], context.depth_renderbuffer((size.width, size.height))
        )
        self.shown = context.simple_framebuffer((size.width, size.height))
        self.cover = context.vertex_array(self.develop, [])
        self.maps = [_shadow_map(context, side) for side in (STILL_MAP, MOVING_MAP)]
        self.still = self._arrays(staging.static)
        self.rigid = [self._arrays(one) for one in staging.rigid]
        self.rigged = [
            self._arrays(one.mesh, np.hstack([one.joints.astype(np.float32), one.weights]))
            for one in staging.rigged
        ]
        self.centre = np.asarray(staging.shadow_centre)
        self.radius_m = staging.shadow_radius_m
        way = np.asarray(first.atmosphere.sun.direction_to_sun, np.float64)
        self.to_sun = way / np.linalg.norm(way)
        self.still_sun = _sun_view(self.to_sun, self.centre, self.radius_m)
        self.maps[0][1].use()
        self.maps[0][1].clear()
        context.enable(moderngl.DEPTH_TEST)
        self._set(self.depth, seen_by=self.still_sun)
        self._draw_still(1)

    def _arrays(self, mesh: Mesh, skin: npt.NDArray[np.float32] | None = None) -> tuple[Any, ...]:
        """Vertex arrays for the picture and for depth alone."""
        count = mesh.vertex_count
        skin = np.zeros((count, 8), np.float32) if skin is None else skin
        rows = np.hstack(
            [mesh.positions, mesh.normals, skin, mesh.albedo, mesh.occlusion[:, None], mesh.light]
        ).astype(np.float32)
        vertices = self.context.buffer(np.ascontiguousarray(rows).tobytes())
        index = self.context.buffer(np.ascontiguousarray(mesh.triangles, np.uint32).tobytes())
        all_names = ("position", "normal", "joints", "weights", "albedo", "light")
        return (
            self.context.vertex_array(
                self.picture, [(vertices, "3f 3f 4f 4f 4f 3f", *all_names)], index
            ),
            self.context.vertex_array(
                self.depth, [(vertices, "3f 12x 4f 4f 28x", "position", "joints", "weights")], index
            ),
        )

    def _set(self, program: Any, **values: object) -> None:  # noqa: ANN401
        for name, value in values.items():
            if name not in program:
                continue
            if isinstance(value, np.ndarray):
                program[name].write(np.ascontiguousarray(value, np.float32).tobytes())
            else:
                program[name].value = value

    def _draw_still(self, which: int) -> None:
        program = (self.picture, self.depth)[which]
        self._set(program, rigged=0, model=np.eye(4))
        self.still[which].render()

    def _draw_moving(self, frame: Frame, which: int) -> None:
        program = (self.picture, self.depth)[which]
        for arrays, matrix in zip(self.rigid, frame.rigid, strict=True):
            self._set(program, rigged=0, model=np.vstack([matrix, (0, 0, 0, 1)]).T)
            arrays[which].render()
        for arrays, bones in zip(self.rigged, frame.bones, strict=True):
            table = np.zeros((BONES_MAX * 3, 4), np.float32)
            table[: len(bones) * 3] = bones.reshape(-1, 4)
            self._set(program, rigged=1, bones=table)
            arrays[which].render()

    def draw(self, frame: Frame) -> bytes:
        """Draw one frame and read it back."""
        air = frame.atmosphere
        moving_sun = _sun_view(self.to_sun, self.centre, self.radius_m * 0.25)
        self.maps[1][1].use()
        self.maps[1][1].clear()
        self._set(self.depth, seen_by=moving_sun)
        self._draw_moving(frame, 1)
        self.target.use()
        self.target.clear(*air.fog.colour)
        self.maps[0][0].use(0)
        self.maps[1][0].use(1)
        self._set(
            self.picture,
            seen_by=_camera_view(frame.camera, self.size),
            still_sun=self.still_sun,
            moving_sun=moving_sun,
            still_map=0,
            moving_map=1,
            to_sun=tuple(self.to_sun),
            sun=air.sun.radiance,
            ambient_sky=air.ambient.sky,
            ambient_ground=air.ambient.ground,
            fog_colour=air.fog.colour,
            fog_density=air.fog.density_per_m,
            fog_falloff=air.fog.height_falloff_per_m,
            eye=frame.camera.eye,
        )
        self._draw_still(0)
        self._draw_moving(frame, 0)
        self.shown.use()
        self.scene.use(0)
        self._set(self.develop, scene=0, exposure=air.grade.exposure)
        self.context.disable(moderngl.DEPTH_TEST)
        self.cover.render(moderngl.TRIANGLES, vertices=3)
        self.context.enable(moderngl.DEPTH_TEST)
        return bytes(self.shown.read(components=3))


def _shadow_map(context: Any, side: int) -> tuple[Any, Any]:  # noqa: ANN401
    """A depth texture that compares, and the target that fills it."""
    texture = context.depth_texture((side, side))
    texture.compare_func = "<="
    return texture, context.framebuffer(depth_attachment=texture)


def _sun_view(to_sun: npt.NDArray[np.float64], centre: npt.ArrayLike, radius_m: float) -> Matrix:
    """Orthographic view along the light, transposed as OpenGL takes it."""
    helper = np.array([0.0, 0.0, 1.0]) if abs(to_sun[1]) > 0.9 else np.array([0.0, 1.0, 0.0])
    right = np.cross(helper, to_sun)
    right /= np.linalg.norm(right)
    up = np.cross(to_sun, right)
    reach = 200.0
    rows = np.zeros((4, 4))
    for row, axis, size in ((0, right, radius_m), (1, up, radius_m), (2, -to_sun, reach)):
        rows[row, :3] = axis / size
        rows[row, 3] = -(axis @ np.asarray(centre)) / size
    rows[3, 3] = 1.0
    return np.asarray(rows.T, np.float32)


def _camera_view(camera: Camera, size: FrameSize) -> Matrix:
    """World to clip space, transposed as OpenGL takes it."""
    eye = np.asarray(camera.eye, np.float64)
    ahead = np.asarray(camera.target, np.float64) - eye
    ahead /= np.linalg.norm(ahead)
    right = np.cross(ahead, (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right)
    up = np.cross(right, ahead)
    view = np.eye(4)
    view[:3, :3] = right, up, -ahead
    view[:3, 3] = -view[:3, :3] @ eye
    tall = 1.0 / np.tan(camera.vertical_fov_rad / 2.0)
    lens = np.zeros((4, 4))
    lens[0, 0], lens[1, 1] = tall * size.height / size.width, tall
    lens[2, 2] = (FAR_M + NEAR_M) / (NEAR_M - FAR_M)
    lens[2, 3] = 2.0 * FAR_M * NEAR_M / (NEAR_M - FAR_M)
    lens[3, 2] = -1.0
    return np.asarray((lens @ view).T, np.float32)

"""The kernel seen from Python: its structures, its functions, and which variant to load.

The layouts mirror `kernel/kernel.h`; the kernel reports its own sizes when it is loaded, and a
difference stops the program before a frame is drawn.
"""

from __future__ import annotations

import ctypes
import fcntl
import importlib.util
import threading
from pathlib import Path

from matinee.engine.render import build

LAMPS_MAX = 8
SHADOW_MAPS = 3
PALETTE_MAX = 40
STAGES = (
    "pose",
    "shadow",
    "mirror",
    "geometry",
    "raster",
    "occlusion",
    "shade",
    "particles",
    "focus",
    "bloom",
    "develop",
    "antialias",
    "finish",
    "motion",
)
_float = ctypes.c_float
_int = ctypes.c_int32
_pointer = ctypes.c_void_p
_vector = _float * 3


class Cluster(ctypes.Structure):
    """A run of triangles and vertices that are culled together."""

    _fields_ = [
        ("low", _vector),
        ("high", _vector),
        ("first_vertex", _int),
        ("vertex_count", _int),
        ("first_triangle", _int),
        ("triangle_count", _int),
        ("part", _int),
        ("pad", _int),
    ]


class Rig(ctypes.Structure):
    """How a rigged mesh follows bones and morphs."""

    _fields_ = [
        ("first_vertex", _int),
        ("vertex_count", _int),
        ("morph_count", _int),
        ("pad", _int),
        *[
            (name, _pointer)
            for name in (
                "rest_positions",
                "rest_normals",
                "joints",
                "weights",
                "morph_start",
                "morph_vertices",
                "morph_deltas",
            )
        ],
    ]


class Geometry(ctypes.Structure):
    """Everything that no frame changes."""

    _fields_ = [
        *[
            (name, _int)
            for name in (
                "static_vertices",
                "vertices",
                "triangles",
                "static_clusters",
                "rigid_count",
                "rigged_count",
            )
        ],
        *[
            (name, _pointer)
            for name in (
                "x",
                "y",
                "z",
                "attributes",
                "dynamic_attributes",
                "triangle_vertices",
                "clusters",
                "rigid_positions",
                "rigid_normals",
                "rigs",
                "noise",
                "sheet",
            )
        ],
        ("sheet_size", _int),
        ("sheet_levels", _int),
    ]


class ShadowMap(ctypes.Structure):
    """An orthographic depth map seen from the sun."""

    _fields_ = [
        ("to_x", _float * 4),
        ("to_y", _float * 4),
        ("to_depth", _float * 4),
        ("texel_m", _float),
        ("size", _int),
        ("enabled", _int),
        ("pad", _int),
        ("depth", _pointer),
        ("cells", _pointer),
    ]


class Lamp(ctypes.Structure):
    """A point or spot light; cos_outer below -1 marks a point light."""

    _fields_ = [
        ("position", _vector),
        ("radiance", _vector),
        ("direction", _vector),
        ("radius_m", _float),
        ("cos_outer", _float),
        ("cos_inner", _float),
        ("haze", _float),
    ]


class Finish(ctypes.Structure):
    """How a picture is drawn instead of photographed."""

    _fields_ = [
        ("mixer", _float * 9),
        ("tone_stops", _float),
        ("tone_soft", _float),
        ("tone_floor", _float),
        ("gloss", _float),
        ("brush_px", _float),
        ("stroke_px", _float),
        ("relief", _float),
        ("edge", _float),
        ("edge_px", _float),
        ("bleed_px", _float),
        ("thin", _float),
        ("ink", _float),
        ("ink_px", _float),
        ("ink_colour", _vector),
        ("crease", _float),
        ("ink_far_m", _float),
        ("wobble_px", _float),
        ("skip", _float),
        ("shadow", _float),
        ("shadow_px", _float),
        ("paper", _float),
        ("paper_px", _float),
        ("fibres", _float),
        ("paper_colour", _vector),
        ("border_px", _float),
        ("grid_px", _float),
        ("bokashi", _float),
        ("bokashi_colour", _vector),
        ("pull", _float),
        ("dither", _float),
        ("grain", _float),
        ("grain_px", _float),
        ("palette", _float * (PALETTE_MAX * 3)),
        ("colours", _int),
        ("ramp", _int),
        ("cell_px", _int),
        ("draws", _int),
        ("remade", _int),
        ("remade_as", _int),
        ("seed", ctypes.c_uint32),
    ]


class Frame(ctypes.Structure):
    """One frame's camera, light and moving things."""

    _fields_ = [
        *[(name, _vector) for name in ("eye", "right", "up", "forward")],
        ("tan_x", _float),
        ("tan_y", _float),
        ("mirror_height", _float),
        ("has_mirror", _int),
        ("focus_m", _float),
        ("lens_px", _float),
        ("sun_direction", _vector),
        ("sun_radiance", _vector),
        ("sun_tan", _float),
        ("zenith", _vector),
        ("horizon", _vector),
        ("ground", _vector),
        ("cloud_cover", _float),
        ("stars", _float),
        ("disc", _float),
        ("moon", _float),
        ("cloud_drift", _float * 2),
        ("fog_colour", _vector),
        ("fog_density", _float),
        ("fog_falloff", _float),
        ("ambient_sky", _vector),
        ("ambient_ground", _vector),
        ("exposure", _float),
        ("bloom", _float),
        ("contrast", _float),
        ("saturation", _float),
        ("shadow_tint", _vector),
        ("highlight_tint", _vector),
        ("vignette", _float),
        ("grain", _float),
        ("wetness", _float),
        ("lit_windows", _float),
        ("time_s", _float),
        ("grain_seed", ctypes.c_uint32),
        ("lamp_count", _int),
        ("particle_count", _int),
        ("lamps", Lamp * LAMPS_MAX),
        ("particles", _pointer),
        ("rigid", _pointer),
        ("bones", _pointer),
        ("morphs", _pointer),
        ("shadows", ShadowMap * SHADOW_MAPS),
        ("clouds", _pointer),
        ("finish", _pointer),
        ("shutter", _float),
        *[(f"other_{name}", _vector) for name in ("eye", "right", "up", "forward")],
        ("other_tan_x", _float),
        ("other_tan_y", _float),
        ("other_rigid", _pointer),
        ("other_bones", _pointer),
    ]


def processor_variant() -> str:
    """Return the fastest variant that this processor runs."""
    if build.machine() == "aarch64":
        return "neon"
    flags: set[str] = set()
    for line in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("flags"):
            flags = set(line.split(":", 1)[1].split())
            break
    if {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx2", "fma"} <= flags:
        return "avx512"
    return "avx2" if {"avx2", "fma", "bmi2", "f16c"} <= flags else "sse4"


_loaded: dict[str, ctypes.CDLL] = {}
_loading = threading.Lock()


def load(variant: str | None = None) -> ctypes.CDLL:
    """Return the kernel, the fastest variant unless one is named; loaded once per process.

    In a checkout, where no wheel brought the libraries or the sources changed since, they are
    compiled first. Raises RuntimeError when that fails or the layouts disagree.
    """
    name = variant or processor_variant()
    with _loading:
        if name not in _loaded:
            folder = Path(__file__).parent
            _ensure_built(folder, name)
            _loaded[name] = _declared(ctypes.CDLL(str(folder / build.library_name(name))))
        return _loaded[name]


def _ensure_built(folder: Path, variant: str) -> None:
    stamp, library = folder / build.STAMP, folder / build.library_name(variant)

    def fresh() -> bool:
        made_from = stamp.read_text(encoding="ascii").strip() if stamp.exists() else ""
        return library.exists() and made_from == build.source_digest()

    if fresh() or (library.exists() and importlib.util.find_spec("ziglang") is None):
        return
    with Path(build.__file__).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not fresh():
            build.build_kernel(folder)


def _declared(kernel: ctypes.CDLL) -> ctypes.CDLL:
    kernel.matinee_context_new.restype = _pointer
    kernel.matinee_context_new.argtypes = [_pointer, *[ctypes.c_int] * 4]
    kernel.matinee_context_free.argtypes = [_pointer]
    kernel.matinee_context_free.restype = None
    kernel.matinee_render.argtypes = [_pointer, _pointer, _pointer]
    kernel.matinee_render.restype = ctypes.c_int
    kernel.matinee_passes.argtypes = [_pointer] * 5
    kernel.matinee_passes.restype = ctypes.c_int
    kernel.matinee_draw_static_shadow.argtypes = [_pointer] * 4 + [_float]
    kernel.matinee_draw_static_shadow.restype = ctypes.c_int
    kernel.matinee_stage_ms.argtypes = [_pointer, _pointer]
    kernel.matinee_stage_ms.restype = None
    sizes = (ctypes.c_int32 * 7)()
    kernel.matinee_sizes(sizes)
    ours = [ctypes.sizeof(t) for t in (Cluster, Rig, Geometry, ShadowMap, Lamp, Frame, Finish)]
    if list(sizes) != ours:
        message = f"The kernel's structures measure {list(sizes)} bytes, ours {ours}: rebuild it."
        raise RuntimeError(message)
    return kernel

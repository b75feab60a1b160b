"""Picture styles: the same staged scene as clay, cut paper, a painting, a print or old film.

A style is a combination of what things are made of (`Material`), how the picture is drawn
(`render.finish.Finish`), how it is graded, the colour of the lamps, and how often it moves: stop
motion and drawings hold a pose for two frames.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from matinee.engine.render.finish import LINES, Finish
from matinee.engine.render.geometry import Surface
from matinee.engine.render.sheet import SHOWS_PHOTO

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh, Rigged
    from matinee.engine.render.scene import Atmosphere, Camera, Grade, Vector

LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
EVERYTHING = frozenset(Surface) - {Surface.EYE, Surface.SCREEN}
FLAT = EVERYTHING - {Surface.FACADE, Surface.BRICK, Surface.TILES, Surface.WATER}


@dataclass(frozen=True)
class Material:
    """The colours of things, as shares of the real ones, and the glow of what shines."""

    saturation: float = 1.0
    lightness: float = 1.0
    glow: float = 1.0


@dataclass(frozen=True)
class Tone:
    """What a style does to a grade: factors, and film values that replace the grade's own."""

    exposure: float = 1.0
    contrast: float = 1.0
    saturation: float = 1.0
    bloom: float = 1.0
    bloom_plus: float = 0.0
    shadow: Vector = (1.0, 1.0, 1.0)
    highlight: Vector = (1.0, 1.0, 1.0)
    vignette: float | None = None
    grain: float | None = None

    def graded(self, grade: Grade) -> Grade:
        """Return the grade of a picture in this style."""
        return replace(
            grade,
            exposure=grade.exposure * self.exposure,
            contrast=grade.contrast * self.contrast,
            saturation=grade.saturation * self.saturation,
            bloom=grade.bloom * self.bloom + self.bloom_plus,
            shadow_tint=_times(grade.shadow_tint, self.shadow),
            highlight_tint=_times(grade.highlight_tint, self.highlight),
            vignette=grade.vignette if self.vignette is None else self.vignette,
            grain=grade.grain if self.grain is None else self.grain,
        )


@dataclass(frozen=True)
class PictureStyle:
    """A way to make a picture.

    hold_frames is how many frames of 24 a second show the same pose; key and rim are the
    colours of the lamps for faces, None for those of the place; weave_px is how far the film
    sways in its gate, in pixels of 720 lines; wet is the least wetness out of doors by night;
    haze multiplies the haze of the air; focus multiplies the lens's opening, 0 keeps everything
    sharp; miniature is the least opening as a share of the distance: a model is seen from near by.
    """

    name: str
    finish: Finish = field(default_factory=Finish)
    material: Material = field(default_factory=Material)
    tone: Tone = field(default_factory=Tone)
    hold_frames: int = 1
    key: Vector | None = None
    rim: Vector | None = None
    weave_px: float = 0.0
    wet: float = 0.0
    windows: float = 0.0
    haze: float = 1.0
    focus: float = 1.0
    miniature: float = 0.0

    @property
    def sharp(self) -> bool:
        """Whether nothing is blurred by its motion: what is drawn or modelled stands still."""
        return self.hold_frames > 1 or self.finish.tone_stops > 0


def _srgb(*codes: str) -> tuple[Vector, ...]:
    """Colours written as rrggbb."""
    return tuple(
        (int(code[0:2], 16) / 255.0, int(code[2:4], 16) / 255.0, int(code[4:6], 16) / 255.0)
        for code in codes
    )


STYLES: dict[str, PictureStyle] = {
    style.name: style
    for style in (
        PictureStyle(
            "clay",
            Finish(
                remade=EVERYTHING - {Surface.FACADE, Surface.GLASS},
                remade_as=Surface.CLAY,
                gloss=0.9,
            ),
            Material(saturation=1.35, lightness=1.2),
            Tone(exposure=1.06, contrast=0.94, saturation=1.12, vignette=0.34, grain=0.0),
            hold_frames=2,
            haze=0.8,
            miniature=0.028,
        ),
        PictureStyle(
            "paper_cut",
            Finish(
                remade=FLAT,
                tone_stops=1.7,
                tone_soft=0.05,
                tone_floor=-1.3,
                gloss=0.0,
                brush_px=2.4,
                shadow=0.55,
                shadow_px=14.0,
                paper=0.8,
                paper_px=150.0,
                fibres=0.4,
                paper_colour=(1.0, 0.985, 0.955),
            ),
            Material(saturation=1.22, lightness=1.45),
            Tone(
                exposure=1.10, contrast=0.88, saturation=1.08, bloom=0.2, vignette=0.08, grain=0.0
            ),
            hold_frames=2,
            focus=0.0,
            haze=0.7,
        ),
        PictureStyle(
            "watercolour",
            Finish(
                remade=FLAT,
                gloss=0.35,
                bleed_px=2.4,
                brush_px=4.6,
                edge=0.95,
                edge_px=1.4,
                thin=0.76,
                ink=0.38,
                ink_px=1.3,
                ink_colour=(0.22, 0.19, 0.22),
                crease=1.6,
                ink_far_m=12.0,
                wobble_px=2.0,
                skip=0.7,
                paper=0.9,
                paper_px=250.0,
                paper_colour=(0.995, 0.985, 0.955),
                border_px=15.0,
            ),
            Material(saturation=1.35, lightness=1.3),
            Tone(exposure=1.22, contrast=0.90, saturation=1.16, bloom=0.4, vignette=0.0, grain=0.0),
            focus=0.4,
        ),
        PictureStyle(
            "oil",
            Finish(gloss=0.9, brush_px=4.4, stroke_px=9.0, relief=0.36, paper=0.35, paper_px=120.0),
            Material(saturation=1.15),
            Tone(exposure=1.05, contrast=1.06, saturation=1.14, vignette=0.30, grain=0.0),
        ),
        PictureStyle(
            "black_and_white",
            Finish(mixer=(0.26, 0.50, 0.24) * 3, grain=0.028),
            Material(),
            Tone(
                exposure=1.05,
                contrast=1.20,
                saturation=0.0,
                bloom=1.2,
                bloom_plus=0.07,
                vignette=0.60,
                grain=0.0,
            ),
            key=(1.0, 1.0, 1.0),
            rim=(1.0, 1.0, 1.0),
            weave_px=0.9,
        ),
        PictureStyle(
            "cyberpunk",
            Finish(mixer=(1.02, 0.0, 0.10, -0.04, 0.90, 0.08, 0.04, 0.08, 1.18), grain=0.012),
            Material(glow=1.9),
            Tone(
                exposure=0.80,
                contrast=1.24,
                saturation=1.20,
                bloom=1.6,
                bloom_plus=0.08,
                shadow=(0.55, 0.92, 1.42),
                highlight=(1.16, 0.84, 1.10),
                vignette=0.42,
                grain=0.0,
            ),
            key=(1.0, 0.28, 0.78),
            rim=(0.12, 0.82, 1.0),
            wet=0.9,
            windows=0.55,
            haze=1.5,
        ),
        PictureStyle(
            "cel",
            Finish(
                remade=FLAT,
                tone_stops=1.5,
                tone_soft=0.035,
                tone_floor=-2.0,
                gloss=0.25,
                brush_px=2.6,
                ink=0.94,
                ink_px=2.2,
                crease=0.9,
                ink_far_m=34.0,
            ),
            Material(saturation=1.3, lightness=1.2),
            Tone(exposure=1.06, contrast=0.96, saturation=1.14, vignette=0.08, grain=0.0),
            focus=0.6,
        ),
        PictureStyle(
            "pixel",
            Finish(
                remade=FLAT,
                tone_stops=1.3,
                tone_soft=0.2,
                tone_floor=-2.5,
                gloss=0.4,
                ink=0.62,
                ink_px=3.4,
                ink_colour=(0.09, 0.07, 0.14),
                crease=2.5,
                ink_far_m=18.0,
                cell_px=4.0,
                dither=0.055,
                palette=_srgb(
                    *("0d0b14", "1f1b2e", "3a3550", "5f5c78", "8d8fa3", "bcc2cc", "e6e9ea"),
                    *("fbfaf2", "2a1410", "52271b", "7d4229", "a9653c", "cf8f5c", "ebbd8b"),
                    *("f8dfbb", "4a0f1e", "8c1c2c", "cc3a35", "ee7a4e", "f7b84b", "fbe48a"),
                    *("12301f", "22562f", "438440", "7fb24e", "c2d86e", "0f2a3d", "1a4f6e"),
                    *("2e86a6", "6cc3cc", "b8e8e0", "1c1a4e", "37379a", "5f73dd", "9ab6f2"),
                    *("4a1a5a", "8a3390", "cf65b8", "f3a9d2"),
                ),
            ),
            Material(saturation=1.35, lightness=1.15),
            Tone(exposure=1.05, contrast=1.04, saturation=1.25, vignette=0.0, grain=0.0, bloom=0.6),
            hold_frames=2,
            focus=0.0,
        ),
        PictureStyle(
            "ukiyo_e",
            Finish(
                remade=FLAT,
                tone_stops=2.0,
                tone_soft=0.3,
                tone_floor=-1.3,
                gloss=0.0,
                brush_px=4.0,
                palette=_srgb(
                    *("1f2433", "24406a", "2f5f93", "5a8fb5", "93bccb", "c9dcd2"),
                    *("f4ead0", "ecdcb0", "e0c37f", "c29a56", "8f6a3c", "5d4636"),
                    *("c0402c", "dc7350", "ecb391", "f6d6bd"),
                    *("40664e", "6d9065", "a7bb84", "8d8a99", "bcb4ab", "6a5f70"),
                ),
                pull=0.82,
                ink=0.9,
                ink_px=2.0,
                ink_colour=(0.10, 0.11, 0.19),
                crease=1.1,
                ink_far_m=30.0,
                wobble_px=0.8,
                skip=0.3,
                paper=0.8,
                paper_px=170.0,
                fibres=1.0,
                paper_colour=(0.99, 0.965, 0.90),
                bokashi=0.85,
                bokashi_colour=(0.16, 0.33, 0.56),
            ),
            Material(saturation=1.1, lightness=1.7),
            Tone(exposure=1.32, contrast=0.84, bloom=0.2, vignette=0.0, grain=0.0),
            focus=0.0,
            haze=0.8,
        ),
        PictureStyle(
            "blueprint",
            Finish(
                remade=FLAT,
                tone_stops=2.0,
                tone_soft=0.3,
                tone_floor=-2.0,
                gloss=0.0,
                brush_px=2.0,
                palette=_srgb("0d2c66", "16418a", "2358a8", "4478bd"),
                pull=1.0,
                ramp=True,
                ink=0.92,
                ink_px=1.5,
                ink_colour=(0.90, 0.95, 1.0),
                crease=0.5,
                ink_far_m=30.0,
                wobble_px=0.35,
                skip=0.25,
                paper=0.6,
                paper_px=210.0,
                grid_px=30.0,
            ),
            Material(lightness=1.2),
            Tone(contrast=0.8, bloom=0.0, vignette=0.0, grain=0.0),
            focus=0.0,
        ),
    )
}


def style_named(name: str) -> PictureStyle | None:
    """Return the style of that name; None for "" and for one that nobody knows: a photograph."""
    return STYLES.get(name)


def held(index: int, style: PictureStyle | None, rate: float) -> int:
    """Return the frame whose pose frame `index` shows: drawings move twelve times a second."""
    if style is None or style.hold_frames < 2:
        return index
    hold = max(round(style.hold_frames * rate / 24.0), 1)
    return index - index % hold


_remade: WeakKeyDictionary[Mesh, dict[str, Mesh]] = WeakKeyDictionary()


def dressed(mesh: Mesh, style: PictureStyle | None) -> Mesh:
    """Return a mesh made of what the style makes everything of; the same one each time."""
    if style is None or style.material == Material():
        return mesh
    made = _remade.setdefault(mesh, {})
    if style.name not in made:
        made[style.name] = _made_of(mesh, style.material)
    return made[style.name]


def dressed_rig(rigged: Rigged, style: PictureStyle | None) -> Rigged:
    """Return a rigged mesh in the style's material."""
    if style is None or style.material == Material():
        return rigged
    return replace(rigged, mesh=dressed(rigged.mesh, style))


def _made_of(mesh: Mesh, material: Material) -> Mesh:
    grey = (mesh.albedo @ LUMA)[:, None]
    colour = np.clip(grey + (mesh.albedo - grey) * material.saturation, 0.0, 1.0)
    # Towards white, so that nothing that was light is blown out.
    colour = 1.0 - (1.0 - colour) ** material.lightness if material.lightness != 1 else colour
    # What shows a photograph carries no colours but places in it.
    colour = np.where(np.isin(mesh.surface, SHOWS_PHOTO)[:, None], mesh.albedo, colour)
    return replace(
        mesh,
        albedo=np.asarray(colour, np.float32),
        emission=np.clip(mesh.emission * np.float32(material.glow), 0.0, 16.0),
    )


def lit(air: Atmosphere, style: PictureStyle | None, *, night: bool, indoor: bool) -> Atmosphere:
    """Return the light and air of a place in a style."""
    if style is None:
        return air
    wet = style.wet if night and not indoor else 0.0
    return replace(
        air,
        grade=style.tone.graded(air.grade),
        fog=replace(air.fog, density_per_m=air.fog.density_per_m * style.haze),
        wetness=max(air.wetness, wet),
        lit_windows=min(1.0, max(air.lit_windows, style.windows)),
    )


def seen(camera: Camera, style: PictureStyle | None, index: int) -> Camera:
    """Return a style's camera: its lens, and its film, which may sway in the gate out of step."""
    if style is None:
        return camera
    least = style.miniature * (camera.focus_distance_m or 0.0)
    camera = replace(camera, aperture=max(camera.aperture * style.focus, least))
    if not style.weave_px:
        return camera
    sway = style.weave_px * camera.vertical_fov_rad / LINES
    # Two tones without a common measure never repeat within a shot.
    up = np.sin(index * 0.71) * 0.6 + np.sin(index * 1.93 + 1.0) * 0.4
    eye, target = np.asarray(camera.eye), np.asarray(camera.target)
    moved = target + np.array([0.0, up * sway * np.linalg.norm(target - eye), 0.0])
    roll = camera.roll_rad + 0.25 * sway * np.sin(index * 1.31)
    return replace(
        camera,
        target=(float(moved[0]), float(moved[1]), float(moved[2])),
        roll_rad=float(roll),
    )


def _times(colour: Vector, other: Vector) -> Vector:
    return colour[0] * other[0], colour[1] * other[1], colour[2] * other[2]

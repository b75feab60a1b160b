"""The finish: how a picture is drawn, painted, printed or cut instead of photographed.

A finish is data; the kernel (`kernel/style.c`) carries it out, in the order of the fields below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from matinee.engine.render import native
from matinee.engine.render.geometry import Surface

if TYPE_CHECKING:
    from matinee.film import FrameSize

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue of the finished picture, 0..1."""
LINES = 720
"""Lengths in a finish are pixels of a picture whose shorter side has this many."""
NEUTRAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, kw_only=True)
class Finish:
    """What is done to a picture, in this order; 0 leaves a part out.

    Matter: the kinds of surface in `remade` are made of `remade_as`.
    Light: tone_stops lays it in steps of so many stops with edges tone_soft wide (0..0.5) and no
    darker than tone_floor steps below white; gloss multiplies highlights; mixer (row by row) says
    what the film's red, green and blue see of the scene's light.
    Colour: bleed_px lets it run; brush_px is the radius of dabs; stroke_px the half length of
    that brush's strokes and relief the height of their paint; edge gathers pigment at the ends of
    washes edge_px wide, and `thin` leaves that share of it; pull brings colours to a palette
    (sRGB 0..1), or with `ramp` to a gradient of it from dark to light.
    Paper: `shadow` is what cut pieces throw shadow_px far; ink draws lines ink_px wide where
    pieces meet and where a surface turns by more than `crease` (a slope), paler beyond ink_far_m;
    wobble_px and skip are the hand and the nib. `paper` is the grain of a sheet of paper_colour,
    paper_px a tile of it, fibres its threads, border_px a ragged margin, grid_px a ruled grid;
    bokashi wipes ink of bokashi_colour down the sky, as printers of woodblocks did.
    Pixels: cell_px makes them large, with the palette and an ordered dither; grain of clumps of
    grain_px is a share of white.
    """

    remade: frozenset[Surface] = frozenset()
    remade_as: Surface = Surface.PLAIN
    tone_stops: float = 0.0
    tone_soft: float = 0.06
    tone_floor: float = -9.0
    gloss: float = 1.0
    mixer: tuple[float, ...] = NEUTRAL
    bleed_px: float = 0.0
    brush_px: float = 0.0
    stroke_px: float = 0.0
    relief: float = 0.0
    edge: float = 0.0
    edge_px: float = 1.5
    thin: float = 1.0
    palette: tuple[Colour, ...] = ()
    pull: float = 0.0
    ramp: bool = False
    shadow: float = 0.0
    shadow_px: float = 9.0
    ink: float = 0.0
    ink_px: float = 2.0
    ink_colour: Colour = (0.06, 0.05, 0.07)
    crease: float = 0.8
    ink_far_m: float = 40.0
    wobble_px: float = 0.0
    skip: float = 0.0
    paper: float = 0.0
    paper_px: float = 210.0
    fibres: float = 0.0
    paper_colour: Colour = (1.0, 1.0, 1.0)
    border_px: float = 0.0
    bokashi: float = 0.0
    bokashi_colour: Colour = (0.0, 0.0, 0.0)
    grid_px: float = 0.0
    cell_px: float = 0.0
    dither: float = 0.0
    grain: float = 0.0
    grain_px: float = 2.0

    @property
    def draws(self) -> bool:
        """Whether the developed picture itself is worked on, and not the light or grain alone."""
        return any(
            (
                self.bleed_px,
                self.brush_px,
                self.stroke_px,
                self.edge,
                self.shadow,
                self.ink,
                self.paper,
                self.grid_px,
                self.pull,
                self.bokashi,
            )
        )


def finish_struct(finish: Finish, size: FrameSize, seed: int) -> native.Finish:
    """Return the kernel's finish for a picture of that size.

    Raises ValueError for a palette that is too long.
    """
    if len(finish.palette) > native.PALETTE_MAX:
        message = f"A palette of {len(finish.palette)} colours; at most {native.PALETTE_MAX} fit"
        raise ValueError(message)
    scale = min(size.width, size.height) / LINES
    struct = native.Finish(seed=seed & 0xFFFFFFFF, draws=int(finish.draws))
    for name in _PLAIN:
        setattr(struct, name, float(getattr(finish, name)))
    for name in _LENGTHS:
        setattr(struct, name, float(getattr(finish, name)) * scale)
    struct.mixer[:] = finish.mixer
    struct.ink_colour[:] = finish.ink_colour
    struct.paper_colour[:] = finish.paper_colour
    struct.bokashi_colour[:] = finish.bokashi_colour
    struct.remade = sum(1 << kind for kind in finish.remade)
    struct.remade_as = finish.remade_as
    struct.colours = len(finish.palette)
    struct.ramp = int(finish.ramp)
    flat = [channel for colour in finish.palette for channel in colour]
    struct.palette[: len(flat)] = flat
    # Colour is stored for every second pixel, so cells are an even number of pixels wide.
    struct.cell_px = 2 * max(round(finish.cell_px * scale / 2.0), 1) if finish.cell_px else 0
    return struct


_PLAIN = (
    "tone_stops",
    "tone_soft",
    "tone_floor",
    "gloss",
    "relief",
    "edge",
    "thin",
    "ink",
    "crease",
    "ink_far_m",
    "skip",
    "shadow",
    "paper",
    "fibres",
    "bokashi",
    "pull",
    "dither",
    "grain",
)
_LENGTHS = (
    "brush_px",
    "stroke_px",
    "edge_px",
    "bleed_px",
    "ink_px",
    "wobble_px",
    "shadow_px",
    "paper_px",
    "border_px",
    "grid_px",
    "grain_px",
)

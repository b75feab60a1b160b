"""How the cost of a film grows: with its frames, and with the pixels of a frame.

Shoots the film of benchmarks/film.py several times, at one size and several lengths, then at one
length and several sizes up to 4K, on a cache that is already warm. Processor seconds of shooting
(staging, drawing, encoding) are plotted against frames and against pixels, each with the straight
line that fits best, into docs/growth.png; `--quick` leaves out the largest. The last line is one
JSON object.

    python benchmarks/growth.py [--quick] [--plot docs/growth.png]
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

sys.path.append(str(Path(__file__).parent))
import film

from matinee.film import FrameSize

LENGTHS_S = (4, 8, 12, 20)
LENGTHS_AT = FrameSize(640, 360)
SIZES = (FrameSize(854, 480), FrameSize(1280, 720), FrameSize(1920, 1080), FrameSize(3840, 2160))
SIZES_FOR_S = 3
PANEL = (640, 440)
MARGIN = (90, 50, 30, 70)  # left, top, right, bottom

Point = tuple[float, float]


def shot_cpu_s(folder: Path, size: FrameSize, length_s: int) -> tuple[int, float]:
    """Make one film; returns its frames and the processor seconds of shooting them."""
    watch = film.Stopwatch()
    shots = film.make(folder, size=size, duration_ms=length_s * 1000, watch=watch)
    return sum(shot.frame_count for shot in shots), watch.stages["shoot"][1]


def line_through(points: list[Point]) -> tuple[float, float, float]:
    """Slope, offset, and the share of the variance that the straight line explains (R squared)."""
    x, y = np.array(points).T
    slope, offset = np.polyfit(x, y, 1)
    rest = y - (slope * x + offset)
    return float(slope), float(offset), float(1 - rest.var() / y.var())


def panel(points: list[Point], *, title: str, across: str, labels: list[str]) -> Image.Image:
    """Draw measured points and their line."""
    picture = Image.new("RGB", PANEL, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(14)
    left, top, right, bottom = MARGIN
    width, height = PANEL[0] - left - right, PANEL[1] - top - bottom
    x_most, y_most = (1.12 * max(values) for values in zip(*points, strict=True))

    def place(x: float, y: float) -> Point:
        return left + width * x / x_most, top + height * (1 - y / y_most)

    for k in range(5):
        share = k / 4
        _, y = place(0, share * y_most)
        draw.line([(left, y), (left + width, y)], fill="#dddddd")
        draw.text((left - 8, y), f"{share * y_most:.1f} s", fill="#444444", font=font, anchor="rm")
    slope, offset, fit = line_through(points)
    draw.line([place(0, max(offset, 0)), place(x_most, slope * x_most + offset)], fill="#b0522d")
    for (x, y), label in zip(points, labels, strict=True):
        px, py = place(x, y)
        draw.ellipse([px - 5, py - 5, px + 5, py + 5], fill="#24476b")
        draw.text((px - 8, py - 8), label, fill="#24476b", font=font, anchor="rb")
    draw.line([(left, top), (left, top + height), (left + width, top + height)], fill="#444444")
    draw.text((PANEL[0] / 2, 20), title, fill="black", font=font, anchor="mm")
    under = f"{across} (the line explains {100 * fit:.1f} %)"
    draw.text((PANEL[0] / 2, PANEL[1] - 30), under, fill="black", font=font, anchor="mm")
    return picture


def main() -> None:
    """Measure, plot and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the longest and the largest")
    parser.add_argument("--plot", type=Path, help="where the picture goes, such as docs/growth.png")
    asked = parser.parse_args()
    lengths = LENGTHS_S[:2] if asked.quick else LENGTHS_S
    sizes = SIZES[:2] if asked.quick else SIZES
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shot_cpu_s(folder, LENGTHS_AT, LENGTHS_S[0])
        by_frames: list[Point] = []
        for length_s in lengths:
            frames, cpu_s = shot_cpu_s(folder, LENGTHS_AT, length_s)
            by_frames.append((frames, cpu_s))
            print(f"{LENGTHS_AT} {frames} frames: {cpu_s:.1f} s CPU", flush=True)
        by_pixels: list[Point] = []
        for size in sizes:
            frames, cpu_s = shot_cpu_s(folder, size, SIZES_FOR_S)
            by_pixels.append((size.width * size.height / 1e6, cpu_s))
            print(f"{size} {frames} frames: {cpu_s:.1f} s CPU", flush=True)
    if asked.plot:
        both = Image.new("RGB", (2 * PANEL[0], PANEL[1]))
        title = f"{LENGTHS_AT}: processor seconds of shooting"
        labels = [f"{length_s} s" for length_s in lengths]
        both.paste(panel(by_frames, title=title, across="frames", labels=labels), (0, 0))
        title = f"{SIZES_FOR_S} s of film: processor seconds of shooting"
        labels = [f"{size.height}p" for size in sizes]
        chart = panel(by_pixels, title=title, across="million pixels a frame", labels=labels)
        both.paste(chart, (PANEL[0], 0))
        both.save(asked.plot)
    result = {
        "frames": by_frames,
        "frames_r2": round(line_through(by_frames)[2], 4),
        "megapixels": by_pixels,
        "megapixels_r2": round(line_through(by_pixels)[2], 4),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()

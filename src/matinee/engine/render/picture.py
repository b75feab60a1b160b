"""Planes to look at: I420 to RGB, and PNG files."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from matinee.film import FrameSize

Planes: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
"""(height * 3 // 2, width) uint8: luma, then the two quarter-size colour differences."""
Rgb: TypeAlias = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]
"""(height, width, 3) uint8, gamma-encoded for BT.709 displays."""


def i420_to_rgb(planes: Planes, size: FrameSize) -> Rgb:
    """Return the picture of I420 planes in limited range, after ITU-R BT.709."""
    width, height = size.width, size.height
    luma = planes[:height].astype(np.float32)
    quarter = width * height // 4
    rest = planes[height:].reshape(-1)
    sides = [
        np.repeat(np.repeat(plane.reshape(height // 2, width // 2), 2, axis=0), 2, axis=1).astype(
            np.float32
        )
        for plane in (rest[:quarter], rest[quarter : 2 * quarter])
    ]
    y = (luma - 16.0) * (255.0 / 219.0)
    blue, red = ((side - 128.0) * (255.0 / 224.0) for side in sides)
    rgb = np.stack([y + 1.5748 * red, y - 0.1873 * blue - 0.4681 * red, y + 1.8556 * blue], axis=-1)
    return np.asarray(np.clip(rgb + 0.5, 0, 255).astype(np.uint8))


def write_png(path: Path, rgb: Rgb) -> None:
    """Write (height, width, 3) bytes as a PNG file (RFC 2083), 8 bits a channel."""
    height, width, _ = rgb.shape
    lines = np.zeros((height, 1 + width * 3), np.uint8)
    lines[:, 1:] = rgb.reshape(height, width * 3)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(lines.tobytes(), 6))
        + chunk(b"IEND", b"")
    )

"""Films to be copied and films that are nobody's copy, made of noise and shapes.

Procedural footage is textured, moves and cuts as footage does, and its sound is notes over noise.
The same seed gives the same film.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

SIZE = (320, 180)
RATE = 12
SOUND_HZ = 16000

Frames = npt.NDArray[np.uint8]
Waves = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Original:
    """A film in memory: `frames` (n, height, width, 3) RGB at RATE, `waves` at SOUND_HZ."""

    name: str
    frames: Frames
    waves: Waves


def procedural(seed: int, seconds: float) -> Original:
    """Footage of layers that drift, with things that move across, in shots of two to four s."""
    rng = np.random.default_rng([seed, 41])
    shots: list[Frames] = []
    while sum(map(len, shots)) < seconds * RATE:
        shots.append(_procedural_shot(rng, int(rng.uniform(2, 4) * RATE)))
    frames = np.concatenate(shots)[: int(seconds * RATE)]
    return Original(f"procedural-{seed}", frames, music(seed + 1000, seconds))


def _procedural_shot(rng: np.random.Generator, count: int) -> Frames:
    width, height = SIZE
    layers = [_texture(rng, (height * 2, width * 2)) for _ in range(2)]
    drifts = rng.uniform(-1.5, 1.5, (2, 2))
    things = [_thing(rng) for _ in range(int(rng.integers(3, 8)))]
    horizon = int(rng.uniform(0.3, 0.8) * height)
    frames = []
    for n in range(count):
        frame = np.empty((height, width, 3), np.float32)
        for layer, drift, rows in zip(
            layers, drifts, (slice(0, horizon), slice(horizon, height)), strict=True
        ):
            shift = np.float32([[1, 0, -60 + drift[0] * n], [0, 1, -40 + drift[1] * n]])
            frame[rows] = cv2.warpAffine(layer, shift, (width, height))[rows]
        for picture, place, speed in things:
            at = place + speed * n
            frame = _laid(frame, picture, int(at[0]), int(at[1]))
        frames.append(np.clip(frame, 0, 255).astype(np.uint8))
    return np.stack(frames)


def _texture(rng: np.random.Generator, shape: tuple[int, int]) -> npt.NDArray[np.float32]:
    """A coloured picture of noise at many scales; how rough it is differs."""
    height, width = shape
    rough = rng.uniform(1.5, 2.2)
    grey = np.zeros(shape, np.float32)
    for k in range(6):
        grid = rng.standard_normal((4 * 2**k, 7 * 2**k)).astype(np.float32) / rough**k
        grey += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
    grey = (grey - grey.min()) / (grey.max() - grey.min())
    low, high = rng.uniform(0, 120, 3), rng.uniform(120, 255, 3)
    return (low + grey[..., None] * (high - low)).astype(np.float32)


def _thing(
    rng: np.random.Generator,
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """A shape with its own texture and edge (RGBA), where it starts and how it moves."""
    side = int(rng.integers(24, 80))
    picture = np.zeros((side, side, 4), np.float32)
    picture[..., :3] = _texture(rng, (side, side))
    corners = rng.uniform(0, side, (int(rng.integers(3, 7)), 2)).astype(np.int32)
    mask = np.zeros((side, side), np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(corners), 255, cv2.LINE_AA)
    picture[..., 3] = mask / 255.0
    place = rng.uniform((0, 0), (SIZE[0] - side, SIZE[1] - side))
    return picture, place, rng.uniform(-3, 3, 2)


def _laid(
    frame: npt.NDArray[np.float32], picture: npt.NDArray[np.float32], x: int, y: int
) -> npt.NDArray[np.float32]:
    side = len(picture)
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + side, frame.shape[1]), min(y + side, frame.shape[0])
    if left < right and top < bottom:
        part = picture[top - y : bottom - y, left - x : right - x]
        under = frame[top:bottom, left:right]
        frame[top:bottom, left:right] = under + (part[..., :3] - under) * part[..., 3:]
    return frame


def music(seed: int, seconds: float) -> Waves:
    """Notes of several voices with overtones and a beat of noise, at SOUND_HZ."""
    rng = np.random.default_rng([seed, 42])
    length = int(seconds * SOUND_HZ)
    waves = np.zeros(length + SOUND_HZ * 4, np.float32)
    scale = np.sort(rng.choice(12, 7, replace=False))
    beat_s = rng.uniform(0.22, 0.5)
    for voice in range(4):
        at = rng.uniform(0, beat_s)
        while at < seconds:
            note = 36 + voice * 10 + int(rng.choice(scale)) + 12 * int(rng.integers(0, 2))
            held_s = beat_s * float(rng.choice([0.5, 1, 1, 2]))
            start = int(at * SOUND_HZ)
            sound = _note(rng, 440 * 2 ** ((note - 69) / 12), held_s)
            waves[start : start + len(sound)] += sound * rng.uniform(0.4, 1)
            at += held_s * float(rng.choice([1, 1, 1, 1.5]))
    for hit in np.arange(0, seconds, beat_s):
        start, count = int(hit * SOUND_HZ), SOUND_HZ // 12
        waves[start : start + count] += (
            rng.standard_normal(count) * np.exp(-np.arange(count) / count * 6) * 0.3
        ).astype(np.float32)
    waves = waves[:length]
    return (waves / (np.abs(waves).max() + 1e-6) * 0.6).astype(np.float32)


def _note(rng: np.random.Generator, pitch_hz: float, held_s: float) -> Waves:
    times = np.arange(int((held_s + 0.15) * SOUND_HZ)) / SOUND_HZ
    decay = rng.uniform(0.5, 4)
    sound = np.zeros_like(times)
    for overtone in range(1, 7):
        if pitch_hz * overtone < SOUND_HZ / 2.2:
            weight = rng.uniform(0.2, 1) / overtone
            sound += weight * np.sin(2 * np.pi * pitch_hz * overtone * times)
    envelope = np.minimum(times / 0.01, 1) * np.exp(-times * decay)
    envelope *= np.clip((held_s + 0.15 - times) / 0.05, 0, 1)
    return (sound * envelope).astype(np.float32)


def encode(path: Path, frames: Frames | None, waves: Waves | None, *, crf: int = 23) -> None:
    """Write an mp4 of both, or of one of them."""
    with av.open(str(path), "w") as container:
        video = audio = None
        if frames is not None:
            video = container.add_stream(
                "libx264", rate=RATE, options={"preset": "ultrafast", "crf": str(crf)}
            )
            video.height, video.width = frames.shape[1] // 2 * 2, frames.shape[2] // 2 * 2
            video.pix_fmt = "yuv420p"
        if waves is not None:
            audio = container.add_stream("aac", rate=SOUND_HZ, layout="mono")
        for packet in _packets(video, audio, frames, waves):
            container.mux(packet)


def _packets(
    video: av.VideoStream | None,
    audio: av.AudioStream | None,
    frames: Frames | None,
    waves: Waves | None,
) -> Iterator[list[av.Packet]]:
    if video is not None and frames is not None:
        for pixels in frames:
            even = np.ascontiguousarray(pixels[: video.height, : video.width])
            yield video.encode(av.VideoFrame.from_ndarray(even, format="rgb24"))
        yield video.encode()
    if audio is not None and waves is not None:
        block = np.ascontiguousarray(waves[None].astype(np.float32))
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
        frame.sample_rate = SOUND_HZ
        yield audio.encode(frame)
        yield audio.encode()

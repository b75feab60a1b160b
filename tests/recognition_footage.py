"""Short footage for the tests of recognition: textures that drift, and notes."""

from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

RATE = 6
SOUND_HZ = 8000

Frames = npt.NDArray[np.uint8]
Waves = npt.NDArray[np.float32]


def footage(seed: int, *, seconds: float = 4) -> Frames:
    """(n, 144, 256, 3): shapes on a rough texture that drifts, with a cut in the middle."""
    rng = np.random.default_rng([seed, 1])
    halves = [_shot(rng, int(seconds * RATE / 2)) for _ in range(2)]
    return np.concatenate(halves)


def _shot(rng: np.random.Generator, count: int) -> Frames:
    wide, tall = 384, 216
    picture = np.zeros((tall, wide, 3), np.float32)
    for k in range(5):
        grid = rng.random((4 * 2**k, 7 * 2**k, 3)).astype(np.float32) / 1.5**k
        picture += cv2.resize(grid, (wide, tall), interpolation=cv2.INTER_CUBIC)
    picture *= 255 / picture.max()
    for _ in range(25):
        corners = (rng.uniform(0, 1, 2) * (wide, tall) + rng.uniform(-30, 30, (4, 2))).astype(int)
        colour = rng.uniform(0, 255, 3).tolist()
        cv2.fillConvexPoly(picture, cv2.convexHull(corners.astype(np.int32)), colour)
    drift = rng.uniform((2, 1), (5, 2.8))
    frames = []
    for n in range(count):
        x, y = (int(one * n) for one in drift)
        frames.append(picture[y : y + 144, x : x + 256])
    return np.clip(np.stack(frames), 0, 255).astype(np.uint8)


def notes(seed: int, *, seconds: float = 6) -> Waves:
    """Notes with overtones, several at a time, at SOUND_HZ."""
    rng = np.random.default_rng([seed, 2])
    waves = np.zeros(int(seconds * SOUND_HZ) + SOUND_HZ, np.float32)
    for _ in range(int(seconds * 9)):
        start, held = int(rng.uniform(0, seconds) * SOUND_HZ), int(rng.uniform(0.1, 0.5) * SOUND_HZ)
        times = np.arange(held) / SOUND_HZ
        pitch = 110 * 2 ** (rng.integers(0, 40) / 12)
        sound = sum(np.sin(2 * np.pi * pitch * n * times) / n for n in range(1, 5))
        waves[start : start + held] += (sound * np.hanning(held)).astype(np.float32)
    loud = waves[: int(seconds * SOUND_HZ)] / np.abs(waves).max() * 0.7
    return np.asarray(loud, np.float32)


def write(path: Path, frames: Frames | None, waves: Waves | None = None) -> Path:
    """An mp4 of these, as anybody's encoder makes it."""
    with av.open(str(path), "w") as container:
        if frames is not None:
            video = container.add_stream(
                "libx264", rate=RATE, options={"preset": "ultrafast", "crf": "28"}
            )
            video.height, video.width, video.pix_fmt = *frames.shape[1:3], "yuv420p"
        if waves is not None:
            audio = container.add_stream("aac", rate=SOUND_HZ, layout="mono")
        if frames is not None:
            for pixels in frames:
                same = np.ascontiguousarray(pixels)
                container.mux(video.encode(av.VideoFrame.from_ndarray(same, format="rgb24")))
            container.mux(video.encode())
        if waves is not None:
            block = av.AudioFrame.from_ndarray(waves[None], format="fltp", layout="mono")
            block.sample_rate = SOUND_HZ
            container.mux(audio.encode(block))
            container.mux(audio.encode())
    return path

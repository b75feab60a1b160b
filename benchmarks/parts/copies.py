"""What is done to a film before it is posted again: changes of picture, of time and of sound.

Every change is drawn from a generator, so that no two copies have the same place, angle or speed.
"""

from collections.abc import Callable

import cv2
import numpy as np

from .originals import RATE, SOUND_HZ, Frames, Waves

Change = Callable[[Frames, np.random.Generator, Frames], Frames]
"""Frames to frames; the third are those of an unrelated film, to be put around or beside."""
SoundChange = Callable[[Waves, np.random.Generator, Waves], Waves]


def _each(change: Callable[[Frames], Frames], frames: Frames) -> Frames:
    return np.stack([change(frame) for frame in frames])


def _resized(frames: Frames, width: int, height: int) -> Frames:
    return _each(
        lambda frame: cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA), frames
    )


def _fitted(other: Frames, count: int) -> Frames:
    return other[np.arange(count) % len(other)].copy()


def _cropped(low: float, high: float) -> Change:
    def change(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
        _, height, width, _ = frames.shape
        kept = 1 - rng.uniform(low, high)
        wide, tall = int(width * kept), int(height * kept)
        x, y = rng.integers(0, width - wide + 1), rng.integers(0, height - tall + 1)
        return _resized(frames[:, y : y + tall, x : x + wide], width, height)

    return change


def _turned(low: float, high: float) -> Change:
    def change(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
        _, height, width, _ = frames.shape
        angle = rng.uniform(low, high) * rng.choice([-1, 1])
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        return _each(lambda frame: cv2.warpAffine(frame, turn, (width, height)), frames)

    return change


def _inset(low: float, high: float) -> Change:
    def change(frames: Frames, rng: np.random.Generator, other: Frames) -> Frames:
        count, height, width, _ = frames.shape
        share = rng.uniform(low, high)
        wide, tall = int(width * share), int(height * share)
        x, y = rng.integers(0, width - wide + 1), rng.integers(0, height - tall + 1)
        out = _fitted(other, count)
        out[:, y : y + tall, x : x + wide] = _resized(frames, wide, tall)
        return out

    return change


def split_screen(frames: Frames, rng: np.random.Generator, other: Frames) -> Frames:
    """The middle half of the film on one side, another film on the other."""
    count, _, width, _ = frames.shape
    out, left = _fitted(other, count), int(rng.integers(width // 8, width * 3 // 8))
    at = int(rng.choice([0, width // 2]))
    out[:, :, at : at + width // 2] = frames[:, :, left : left + width // 2]
    return out


def letterbox(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
    """Bars above and below, of any one colour."""
    count, height, width, _ = frames.shape
    out = np.empty((count, int(height * rng.uniform(1.3, 1.8)) // 2 * 2, width, 3), np.uint8)
    out[:] = rng.integers(0, 256, 3) if rng.random() < 0.3 else 0
    top = (out.shape[1] - height) // 2
    out[:, top : top + height] = frames
    return out


def upright(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
    """Cropped to 9:16, wherever the eye is led."""
    _, height, width, _ = frames.shape
    wide = height * 9 // 16
    x = int(rng.integers(0, width - wide + 1))
    return _resized(frames[:, :, x : x + wide], 180, 320)


def blurred_frame(frames: Frames, _: np.random.Generator, __: Frames) -> Frames:
    """Upright, with the film blurred behind itself."""
    _, height, width, _ = frames.shape
    tall = 180 * height // width

    def change(frame: Frames) -> Frames:
        wide = height * 9 // 16
        x = (width - wide) // 2
        behind = cv2.resize(np.ascontiguousarray(frame[:, x : x + wide]), (180, 320))
        behind = cv2.GaussianBlur(behind, (0, 0), 9)
        top = (320 - tall) // 2
        behind[top : top + tall] = cv2.resize(frame, (180, tall), interpolation=cv2.INTER_AREA)
        return behind

    return _each(change, frames)


def recoloured(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
    """Another hue, saturation, contrast and brightness."""
    turn, rich = int(rng.integers(20, 160)), rng.uniform(0.3, 1.6)
    contrast, light = rng.uniform(0.6, 1.4), rng.uniform(-40, 40)

    def change(frame: Frames) -> Frames:
        hsv = cv2.cvtColor(frame, cv2.COLOR_RGB2HSV).astype(np.int32)
        hsv[..., 0] = (hsv[..., 0] + turn) % 180
        hsv[..., 1] = np.clip(hsv[..., 1] * rich, 0, 255)
        rgb = cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB)
        return np.clip((rgb - 128.0) * contrast + 128 + light, 0, 255).astype(np.uint8)

    return _each(change, frames)


def captioned(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
    """Words on a band, as reposts have them."""
    out, words = frames.copy(), ["WAIT FOR IT", "who did this", "part 2 is out"]
    height = frames.shape[1]
    top = int(rng.choice([0, height * 3 // 4]))
    word = words[int(rng.integers(len(words)))]
    for frame in out:
        frame[top : top + height // 4] = 255
        place = (12, top + height // 6)
        cv2.putText(frame, word, place, cv2.FONT_HERSHEY_SIMPLEX, 1.0, (0, 0, 0), 2)
    return out


def stickered(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
    """Three large discs with faces, that jump now and then."""
    out = frames.copy()
    _, height, width, _ = frames.shape
    colours = rng.integers(60, 256, (3, 3))
    places = np.zeros((3, 2), np.int64)
    for n, frame in enumerate(out):
        if n % (RATE * 2) == 0:
            places = rng.integers((0, 0), (width, height), (3, 2))
        for (x, y), colour in zip(places.tolist(), colours.tolist(), strict=True):
            cv2.circle(frame, (x, y), height // 6, colour, -1)
            cv2.circle(frame, (x - 9, y - 6), 4, (0, 0, 0), -1)
            cv2.circle(frame, (x + 9, y - 6), 4, (0, 0, 0), -1)
    return out


def screen_recorded(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
    """A screen held before a camera: seen at an angle, with stripes, noise and a dull picture."""
    _, height, width, _ = frames.shape
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    moved = corners + rng.uniform(-0.09, 0.09, (4, 2)).astype(np.float32) * (width, height)
    lens = cv2.getPerspectiveTransform(corners, (moved * 0.86 + (22, 13)).astype(np.float32))
    rows = np.arange(height)[:, None]
    columns = np.arange(width)[None]
    pitch, lean = rng.uniform(2.2, 3.5), rng.uniform(-0.3, 0.3)
    out = []
    for n, frame in enumerate(frames):
        seen = cv2.warpPerspective(frame, lens, (width, height), borderValue=(18, 18, 22))
        stripes = 1 + 0.08 * np.sin((columns + lean * rows) * 2 * np.pi / pitch + n * 0.7)
        noise = rng.standard_normal((height, width, 1)) * 7
        out.append(np.clip(seen * 0.8 * stripes[..., None] + 25 + noise, 0, 255).astype(np.uint8))
    return np.stack(out)


def combined(frames: Frames, rng: np.random.Generator, other: Frames) -> Frames:
    """Cropped, mirrored, recoloured and captioned, at another speed."""
    for change in (_cropped(0.1, 0.2), mirrored, recoloured, captioned, faster):
        frames = change(frames, rng, other)
    return frames


def mirrored(frames: Frames, _: np.random.Generator, __: Frames) -> Frames:
    """Left and right exchanged."""
    return np.ascontiguousarray(frames[:, :, ::-1])


def at_speed(frames: Frames, speed: float) -> Frames:
    """The nearest frame of each new moment."""
    places = np.arange(int(len(frames) / speed)) * speed
    return frames[places.astype(np.int64)]


def faster(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
    """A tenth to twice as fast."""
    return at_speed(frames, rng.uniform(1.1, 2.0))


def slower(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
    """Down to half as fast."""
    return at_speed(frames, rng.uniform(0.5, 0.9))


def reversed_(frames: Frames, _: np.random.Generator, __: Frames) -> Frames:
    """From its end to its start."""
    return np.ascontiguousarray(frames[::-1])


def reordered(frames: Frames, rng: np.random.Generator, _: Frames) -> Frames:
    """Cut into four that come in another order."""
    parts = np.array_split(frames, 4)
    return np.concatenate([parts[n] for n in rng.permutation([1, 3, 0, 2])])


def part(frames: Frames, rng: np.random.Generator, other: Frames) -> Frames:
    """Three seconds of the film in the middle of another one."""
    count = 3 * RATE
    start = int(rng.integers(0, len(frames) - count + 1))
    half = len(other) // 2
    return np.concatenate([other[:half], frames[start : start + count], other[half:]])


def same(frames: Frames, _: np.random.Generator, __: Frames) -> Frames:
    """As it is; the encoder changes it."""
    return frames


def half_size(frames: Frames, _: np.random.Generator, __: Frames) -> Frames:
    """160 pixels wide."""
    return _resized(frames, frames.shape[2] // 2, frames.shape[1] // 2)


PICTURE_CHANGES: dict[str, Change] = {
    "re-encoded": same,
    "half size": half_size,
    "part of 3 s": part,
    "crop 5-15 %": _cropped(0.05, 0.15),
    "crop 20-40 %": _cropped(0.2, 0.4),
    "mirrored": mirrored,
    "turned 3-15°": _turned(3, 15),
    "letterbox": letterbox,
    "upright crop": upright,
    "blurred frame": blurred_frame,
    "faster": faster,
    "slower": slower,
    "reversed": reversed_,
    "re-ordered": reordered,
    "inset 35-70 %": _inset(0.35, 0.7),
    "split screen": split_screen,
    "recoloured": recoloured,
    "captioned": captioned,
    "stickered": stickered,
    "screen recorded": screen_recorded,
    "combined": combined,
}


def resampled(waves: Waves, speed: float) -> Waves:
    """Faster and higher, as a tape."""
    places = np.arange(0, len(waves) - 1, speed)
    return np.interp(places, np.arange(len(waves)), waves).astype(np.float32)


def stretched(waves: Waves, speed: float) -> Waves:
    """Faster at the same pitch: overlapping windows, each moved to where it fits the last best."""
    size = 1024
    step = size // 2
    window = np.hanning(size).astype(np.float32)
    count = int(len(waves) / speed / step) - 3
    out = np.zeros((count + 2) * step, np.float32)
    at = 0
    for n in range(count):
        wanted = int(n * step * speed)
        if n:
            tail = waves[at + step : at + step + step]
            low = max(0, wanted - 200)
            around = waves[low : wanted + 200 + step]
            fit = np.correlate(around, tail, "valid")
            wanted = low + int(fit.argmax()) if len(fit) else wanted
        at = min(wanted, len(waves) - size - step)
        out[n * step : n * step + size] += waves[at : at + size] * window
    return out


def _voice(rng: np.random.Generator, length: int) -> Waves:
    """Something like speech: a buzz whose formants and loudness change with each syllable."""
    out = np.zeros(length, np.float32)
    at = 0
    while at < length:
        held = int(rng.uniform(0.1, 0.3) * SOUND_HZ)
        times = np.arange(held) / SOUND_HZ
        pitch = rng.uniform(100, 180)
        formants = rng.uniform((300, 900, 2200), (800, 2000, 3000))
        sound = np.zeros(held)
        for overtone in range(1, 30):
            tone = pitch * overtone
            loud = sum(np.exp(-(((tone - one) / 120) ** 2)) for one in formants) + 0.02
            sound += loud * np.sin(2 * np.pi * tone * times)
        stop = min(at + held, length)
        out[at:stop] += (sound * np.hanning(held)).astype(np.float32)[: stop - at]
        at += held + int(rng.choice([0, 0, 0.15]) * SOUND_HZ)
    return out / (np.abs(out).max() + 1e-6)


def _mixed(share: float) -> SoundChange:
    def change(waves: Waves, _: np.random.Generator, other: Waves) -> Waves:
        return waves * 0.5 + np.resize(other, len(waves)) * 0.5 * share

    return change


def voice_over(waves: Waves, rng: np.random.Generator, _: Waves) -> Waves:
    """Somebody talks over it, louder than the film."""
    return waves * 0.3 + _voice(rng, len(waves)) * 0.6


def noisy(waves: Waves, rng: np.random.Generator, _: Waves) -> Waves:
    """Noise 6 dB below it, through a small loudspeaker."""
    noise = rng.standard_normal(len(waves)).astype(np.float32)
    noise *= waves.std() * 0.5
    heard = np.fft.rfft(waves + noise)
    pitches = np.fft.rfftfreq(len(waves), 1 / SOUND_HZ)
    heard[(pitches < 250) | (pitches > 3400)] = 0
    return np.fft.irfft(heard, len(waves)).astype(np.float32)


def _pitched(waves: Waves, rng: np.random.Generator, _: Waves) -> Waves:
    """Up or down one to three semitones at the same tempo."""
    factor = 2 ** (rng.uniform(1, 3) * rng.choice([-1, 1]) / 12)
    return stretched(resampled(waves, factor), 1 / factor)


def _part_of_sound(waves: Waves, rng: np.random.Generator, other: Waves) -> Waves:
    count = 4 * SOUND_HZ
    start = int(rng.integers(0, len(waves) - count + 1))
    half = len(other) // 2
    return np.concatenate([other[:half], waves[start : start + count], other[half:]])


SOUND_CHANGES: dict[str, SoundChange] = {
    "sound: re-encoded": lambda waves, _, __: waves * 0.4,
    "sound: part of 4 s": _part_of_sound,
    "sound: noisy": noisy,
    "sound: voice-over": voice_over,
    "sound: mixed 0 dB": _mixed(1.0),
    "sound: tape 3-15 %": lambda waves, rng, _: resampled(
        waves, 1 + rng.uniform(0.03, 0.15) * rng.choice([-1, 1])
    ),
    "sound: tempo 5-25 %": lambda waves, rng, _: stretched(
        waves, 1 + rng.uniform(0.05, 0.25) * rng.choice([-1, 1])
    ),
    "sound: pitch 1-3 st": _pitched,
    "sound: reversed": lambda waves, _, __: waves[::-1].copy(),
    "sound: tape + mixed": lambda waves, rng, other: _mixed(0.6)(
        resampled(waves, 1 + rng.uniform(0.03, 0.1)), rng, other
    ),
}

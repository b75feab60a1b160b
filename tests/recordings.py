"""Recordings of somebody before a webcam, made of the engine's own people and voices.

Nobody's face is needed: MediaPipe's networks take a drawn head for one. What is recorded is written
down as a `Session`: who is there, how the head moves, what is said. The same session gives the same
frames. `python tests/recordings.py FOLDER 4927 left,right` writes one as a film, and as the two
files that Chromium takes for a camera and a microphone.
"""

from __future__ import annotations

import math
import sys
import wave
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from matinee.engine.render.geometry import merged
from matinee.engine.render.picture import i420_to_rgb
from matinee.engine.render.renderer import Renderer
from matinee.engine.render.scene import Camera, Frame
from matinee.engine.sound import VoiceHint
from matinee.engine.sound.fast_voice import FastVoice
from matinee.engine.stage import cast
from matinee.film import FrameSize
from matinee.film.screenplay import Look
from render_scene import box, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from matinee.engine.pictures.photo import Pixels

SIZE = FrameSize(480, 360)
SMALLER = FrameSize(320, 240)
RATE = 10
CHROMIUM_RATE = 30
"""Chromium shows thirty pictures of a file in every second, whatever the file says."""
SOUND_RATE_HZ = 24_000
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TURN_RAD = 0.62
ADA = Look(gender="woman", age="adult", skin="#c68e6f", hair_colour="#3a2417")
BEN = Look(gender="man", age="adult", skin="#7a4a30", hair_colour="#141010")


@dataclass(frozen=True, kw_only=True)
class Session:
    """What is recorded: who sits there, where they turn to and which digits they say.

    `changes_to` takes the seat halfway; `beside` looks over the shoulder the whole time; nobody is
    there when `empty`; with `still` the picture is one frame throughout; with `looped` its first
    half comes twice. `waits_s` is how long they wait before they begin and after they are done,
    moving and blinking as they do all the time.
    """

    who: Look = ADA
    seed: int = 3
    digits: Sequence[int] = (4, 9, 2, 7)
    turns: Sequence[str] = ("left", "right")
    blinks: bool = True
    beside: Look | None = None
    changes_to: Look | None = None
    empty: bool = False
    still: bool = False
    looped: bool = False
    tempo: float = 1.0
    language: str = "en"
    wall: tuple[float, float, float] = (0.35, 0.40, 0.45)
    waits_s: float = 0.0

    @property
    def duration_s(self) -> float:
        """How long it takes: the digits are said first, then each turn takes two seconds."""
        return self.talking_s + 2.0 * self.tempo * len(self.turns) + 1.0 + 2.0 * self.waits_s

    @property
    def talking_s(self) -> float:
        """Until when the digits are said, looking ahead, from when they begin."""
        return 0.6 + 0.9 * len(self.digits)


def frames(session: Session, *, size: FrameSize = SIZE) -> Iterator[Pixels]:
    """Draw a recording frame by frame."""
    count = round(session.duration_s * RATE)
    looks = [session.who, *(one for one in (session.beside, session.changes_to) if one)]
    people = [cast.person(one, seed=session.seed + k) for k, one in enumerate(looks)]
    eye_m = people[0].eye_height_m
    wall = box((0, 1.5, -1.4), (8, 6, 0.1), albedo=session.wall)
    shelf = box((-0.8, eye_m, -1.2), (0.5, 1.8, 0.3), albedo=(0.30, 0.17, 0.08))
    light = day(azimuth=0.5, elevation=0.5)
    camera = Camera((0.0, eye_m + 0.02, 0.95), (0.0, eye_m - 0.07, 0.0), 0.72)

    with Renderer(
        merged([wall, shelf]), (), [one.rigged for one in people], size=size, threads=1
    ) as renderer:
        for index in range(count):
            shown = index % (count // 2) if session.looped else index
            time_s = 0.0 if session.still else shown / RATE - session.waits_s
            bones, morphs = [], []
            for k, one in enumerate(people):
                pose, face = _posed(session, one, k, time_s, index / count)
                bones.append(pose)
                morphs.append(face)
            drawn = renderer.render(
                Frame(
                    time_s=0.0,
                    camera=camera,
                    atmosphere=light,
                    bones=tuple(bones),
                    morphs=tuple(morphs),
                    grain_seed=0 if session.still else shown,
                )
            )
            yield i420_to_rgb(drawn, size)


def _posed(
    session: Session, one: cast.Person, number: int, time_s: float, share: float
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Where somebody's bones are, and their face."""
    skeleton = one.skeleton
    bones = np.tile(np.eye(4)[:3], (len(skeleton.names) + len(one.strands), 1, 1))
    yaw, pitch = _looks(session, time_s)
    turn = _about(skeleton.head("head"), yaw, pitch)
    for name in ("head", "eye_l", "eye_r"):
        bones[skeleton.places[name]] = turn
    bones[len(skeleton.names) :] = turn
    # Nobody sits twice in the same place, nor moves alike.
    seat = sum((k + 1) * digit for k, digit in enumerate(session.digits))
    sway = np.array(
        [
            0.03 * math.sin(seat) + 0.004 * math.sin(1.7 * time_s + seat),
            0.02 * math.cos(seat) + 0.003 * math.sin(1.1 * time_s + 2 * seat),
            0.05 * math.sin(2 * seat),
        ]
    )
    gone = session.empty
    if session.changes_to is not None:
        gone = gone or (share >= 0.5) == (number == 0)
    elif number:
        sway = sway + np.array([0.42, 0.02, -0.35])
    bones[:, :, 3] += sway + (np.array([0.0, -9.0, 0.0]) if gone else 0.0)
    face = np.zeros(len(one.rigged.morph_names), np.float32)
    named = {name: k for k, name in enumerate(one.rigged.morph_names)}
    blink = session.blinks and (time_s % 2.6) > 2.3
    for name in ("eyeBlinkLeft", "eyeBlinkRight"):
        face[named[name]] = float(blink)
    if 0.5 < time_s < session.talking_s:
        face[named["jawOpen"]] = 0.28 * (1 - math.cos(2 * math.pi * time_s / 0.45)) / 2
    return bones.astype(np.float32), face


def _looks(session: Session, time_s: float) -> tuple[float, float]:
    """Where the head looks: yaw to its own left, pitch up."""
    turning = {
        "left": (TURN_RAD, 0.0),
        "right": (-TURN_RAD, 0.0),
        "up": (0.0, 0.42),
        "down": (0.0, -0.42),
    }
    since = time_s - session.talking_s
    each = 2.0 * session.tempo
    number = int(since // each)
    if since < 0 or number >= len(session.turns):
        return 0.03 * math.sin(0.9 * time_s), 0.02 * math.sin(1.3 * time_s)
    amount = math.sin(math.pi * (since - number * each) / each) ** 2
    yaw, pitch = turning[session.turns[number]]
    return yaw * amount, pitch * amount


def _about(pivot: npt.NDArray[np.floating], yaw: float, pitch: float) -> npt.NDArray[np.floating]:
    """Return the (3, 4) matrix that turns about a place."""
    cos, sin, up, down = math.cos(yaw), math.sin(yaw), math.cos(pitch), math.sin(pitch)
    sideways = np.array([[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]])
    turn = sideways @ np.array([[1, 0, 0], [0, up, down], [0, -down, up]])
    return np.column_stack([turn, pivot - turn @ pivot])


def speech(session: Session) -> npt.NDArray[np.float32]:
    """Return what is heard: the digits, one every 0.9 seconds, mono at 24 kHz."""
    out = np.zeros(round(session.duration_s * SOUND_RATE_HZ), np.float32)
    voice = FastVoice()
    hint = VoiceHint(kind=session.who.gender if session.who.gender != "neutral" else "woman")
    for k, digit in enumerate(session.digits):
        text = WORDS[digit] if session.language == "en" else "零一二三四五六七八九"[digit]
        said = voice.speak(text + ".", language=session.language, voice=hint)
        assert said.sample_rate_hz == SOUND_RATE_HZ
        first = round((session.waits_s + 0.5 + 0.9 * k) * SOUND_RATE_HZ)
        part = said.samples[: len(out) - first]
        out[first : first + len(part)] += part
    return out


def write(
    path: Path,
    session: Session,
    *,
    codec: str = "libvpx",
    size: FrameSize = SIZE,
    bit_rate: int = 900_000,
    pictures: Sequence[Pixels] | None = None,
) -> Path:
    """Write a recording as a browser would: VP8 and Opus in WebM, or as asked for."""
    drawn = frames(session, size=size) if pictures is None else iter(pictures)
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, rate=Fraction(RATE), options=_FAST.get(codec, {}))
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = size.width, size.height, "yuv420p"
        stream.bit_rate = bit_rate
        heard = file.add_stream("libopus" if path.suffix == ".webm" else "aac", rate=48_000)
        for index, pixels in enumerate(drawn):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
            frame = frame.reformat(size.width, size.height, format="yuv420p")
            frame.pts, frame.time_base = index, Fraction(1, RATE)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
        samples = np.clip(speech(session), -1, 1)
        sound = av.AudioFrame.from_ndarray(
            (samples * 32767).astype(np.int16)[None], format="s16", layout="mono"
        )
        sound.sample_rate = SOUND_RATE_HZ
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=48_000, frame_size=960)
        for piece in [*resampler.resample(sound), *resampler.resample(None)]:
            file.mux(heard.encode(piece))
        file.mux(heard.encode(None))
    return path


_FAST = {
    "libvpx": {"deadline": "realtime", "cpu-used": "8"},
    "libx264": {"preset": "ultrafast"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
}


def encoded_again(path: Path, to: Path, *, size: FrameSize = SMALLER) -> Path:
    """Write the pictures of a recording anew, smaller and coarser, with its sound."""
    with av.open(str(path)) as old, av.open(str(to), "w") as new:
        stream = new.add_stream("libx264", rate=Fraction(RATE), options={"crf": "33"})
        stream.width, stream.height, stream.pix_fmt = size.width, size.height, "yuv420p"
        heard = new.add_stream("aac", rate=48_000)
        for index, frame in enumerate(old.decode(video=0)):
            small = frame.reformat(size.width, size.height, format="yuv420p")
            small.pts, small.time_base = index, Fraction(1, RATE)
            new.mux(stream.encode(small))
        new.mux(stream.encode(None))
        old.seek(0)
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=48_000, frame_size=1024)
        for sound in old.decode(audio=0):
            for piece in resampler.resample(sound):
                new.mux(heard.encode(piece))
        for piece in resampler.resample(None):
            new.mux(heard.encode(piece))
        new.mux(heard.encode(None))
    return to


def write_for_chromium(folder: Path, session: Session) -> tuple[Path, Path]:
    """Write camera.mjpeg and microphone.wav, for Chromium's fake camera and microphone.

    They are given to it as --use-file-for-fake-video-capture and --use-file-for-fake-audio-capture,
    with --use-fake-device-for-media-stream and --use-fake-ui-for-media-stream. Both begin anew when
    they are over, and they are as long as each other: a session that `waits_s` keeps what is
    recorded clear of that, because seconds that come twice are a replay.
    """
    camera, microphone = folder / "camera.mjpeg", folder / "microphone.wav"
    with av.open(str(camera), "w", format="mjpeg") as file:
        stream = file.add_stream("mjpeg", rate=Fraction(CHROMIUM_RATE))
        stream.width, stream.height, stream.pix_fmt = SIZE.width, SIZE.height, "yuvj420p"
        stream.options = {"q:v": "3"}
        shown = (pixels for pixels in frames(session) for _ in range(CHROMIUM_RATE // RATE))
        for index, pixels in enumerate(shown):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
            frame = frame.reformat(format="yuvj420p")
            frame.pts, frame.time_base = index, Fraction(1, CHROMIUM_RATE)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    with wave.open(str(microphone), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SOUND_RATE_HZ)
        file.writeframes((np.clip(speech(session), -1, 1) * 32767).astype("<i2").tobytes())
    return camera, microphone


def main() -> None:
    """Write a recording into a folder: film, camera and microphone."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    session = Session()
    if len(sys.argv) > 2:
        session = replace(session, digits=tuple(int(one) for one in sys.argv[2]))
    if len(sys.argv) > 3:
        session = replace(session, turns=tuple(sys.argv[3].split(",")))
    write(folder / "recording.webm", session)
    write_for_chromium(folder, session)


if __name__ == "__main__":
    main()

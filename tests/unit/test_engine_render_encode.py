"""Takes join into films that play back exactly the frames that went in."""

import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from matinee.engine.render.encode import Caption, ShotEncoder, poster, write_film, write_vtt
from matinee.engine.render.geometry import Vectors
from matinee.engine.render.picture import Planes, i420_to_rgb, write_png
from matinee.film import FrameSize

SIZE = FrameSize(96, 64)
RATE = Fraction(24)


def a_picture(number: int) -> Planes:
    """Planes that show their number as a brightness and the place of a bar."""
    planes = np.full((SIZE.height * 3 // 2, SIZE.width), 128, np.uint8)
    planes[: SIZE.height] = 20 + (number * 7) % 180
    planes[: SIZE.height, number % 80 : number % 80 + 8] = 220
    return planes


def takes(folder: Path, counts: Sequence[int], rate: Fraction = RATE) -> list[Path]:
    paths, number = [], 0
    for index, count in enumerate(counts):
        paths.append(folder / f"take{index}.mp4")
        with ShotEncoder(paths[-1], SIZE, rate) as encoder:
            for _ in range(count):
                encoder.write(a_picture(number))
                number += 1
    return paths


def silence(seconds: float) -> Vectors:
    return np.zeros((round(seconds * 48_000), 2), np.float32)


def a_tone(seconds: float) -> Vectors:
    time_s = np.arange(round(seconds * 48_000)) / 48_000
    wave = 0.4 * np.sin(2 * np.pi * 440 * time_s)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def test_a_film_has_exactly_the_frames_of_its_takes_in_order(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    paths = takes(tmp_path, [25, 1, 60])
    write_film(film, paths, silence(2), [], language="eng", rate=RATE)
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        assert stream.frames == 86
        assert stream.average_rate == RATE
        frames = list(container.decode(stream))
    assert [frame.time for frame in frames] == pytest.approx([k / 24 for k in range(86)], abs=1e-3)
    for number, frame in enumerate(frames):
        luma = frame.to_ndarray()[: SIZE.height].astype(int)
        assert np.abs(luma - a_picture(number)[: SIZE.height]).mean() < 3, number


def test_joining_copies_the_packets_of_the_takes(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    paths = takes(tmp_path, [10, 12])
    write_film(film, paths, silence(1), [], language="eng", rate=RATE)

    def packets(path: Path) -> list[bytes]:
        with av.open(str(path)) as container:
            return [bytes(p) for p in container.demux(video=0) if p.pts is not None]

    assert packets(film) == packets(paths[0]) + packets(paths[1])


def test_the_same_frames_make_the_same_take(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    assert takes(first, [30])[0].read_bytes() == takes(second, [30])[0].read_bytes()


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(30_000, 1001), Fraction(60), Fraction(5)])
def test_every_rate_keeps_its_frames(tmp_path: Path, rate: Fraction) -> None:
    film = tmp_path / "film.mp4"
    paths = takes(tmp_path, [7, 8], rate)
    write_film(film, paths, silence(float(15 / rate)), [], language="eng", rate=rate)
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        assert stream.frames == 15
        assert stream.average_rate == rate


def test_sound_is_as_long_as_the_picture_and_is_what_was_given(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    write_film(film, takes(tmp_path, [48]), a_tone(1.0), [], language="deu", rate=RATE)
    with av.open(str(film)) as container:
        stream = container.streams.audio[0]
        assert stream.duration is not None
        assert stream.time_base is not None
        assert float(stream.duration * stream.time_base) == pytest.approx(2.0, abs=1e-3)
        assert stream.metadata["language"] == "deu"
        heard = np.concatenate([f.to_ndarray() for f in container.decode(stream)], axis=1)
    assert np.abs(heard[0, 12_000:40_000]).max() == pytest.approx(0.4, abs=0.05)
    assert np.abs(heard[:, 60_000:90_000]).max() < 0.01


def test_captions_are_a_track_of_the_film(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    captions = [Caption(0.5, 1.25, "Good morning, <Ada> & all"), Caption(1.5, 2.0, "Zwei\nZeilen")]
    write_film(film, takes(tmp_path, [60]), silence(2.5), captions, language="deu", rate=RATE)
    with av.open(str(film)) as container:
        stream = container.streams.subtitles[0]
        assert stream.codec_context.name == "mov_text"
        assert stream.metadata["language"] == "deu"
        assert stream.time_base == Fraction(1, 1000)
        shown = [
            (p.pts, p.duration, bytes(p)[2:].decode())
            for p in container.demux(stream)
            if p.pts is not None and len(bytes(p)) > 2
        ]
    assert shown == [
        (500, 750, "Good morning, <Ada> & all"),
        (1500, 500, "Zwei\nZeilen"),
    ]


def test_the_index_stands_before_the_pictures(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    write_film(film, takes(tmp_path, [24]), silence(1), [], language="eng", rate=RATE)
    content = film.read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_takes_of_another_size_do_not_join(tmp_path: Path) -> None:
    paths = takes(tmp_path, [3])
    with ShotEncoder(tmp_path / "wide.mp4", FrameSize(128, 64), RATE) as other:
        other.write(np.full((96, 128), 100, np.uint8))
    with pytest.raises(ValueError, match=r"wide\.mp4"):
        write_film(
            tmp_path / "film.mp4",
            [*paths, tmp_path / "wide.mp4"],
            silence(1),
            [],
            language="eng",
            rate=RATE,
        )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["take0.mp4", "wide.mp4"]


def test_a_take_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "take.mp4"

    def fail_half_way() -> None:
        with ShotEncoder(path, SIZE, RATE) as encoder:
            encoder.write(a_picture(0))
            assert not path.exists()
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    assert list(tmp_path.iterdir()) == []


def test_a_take_without_frames_is_refused(tmp_path: Path) -> None:
    encoder = ShotEncoder(tmp_path / "take.mp4", SIZE, RATE)
    with pytest.raises(ValueError, match="no frames"):
        encoder.close()
    assert list(tmp_path.iterdir()) == []


def test_a_frame_of_another_shape_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="shape"),
        ShotEncoder(tmp_path / "take.mp4", SIZE, RATE) as encoder,
    ):
        encoder.write(np.zeros((10, 10), np.uint8))


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
import test_engine_render_encode as these
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
paths = these.takes(folder, [40])
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
for make in (
    lambda: these.takes(folder / "more", [200]),
    lambda: these.write_film(folder / "film.mp4", paths, these.a_tone(2), [], language="eng",
                             rate=these.RATE),
):
    try:
        make()
    except OSError as error:
        assert error.errno and error.filename, repr(error)
    else:
        raise SystemExit("no error")
"""


def test_a_full_disk_is_an_os_error_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path), str(Path(__file__).parent)]
    done = subprocess.run([*command, *sys.path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [p.name for p in tmp_path.rglob("*.mp4")] == ["take0.mp4"]
    assert not list(tmp_path.rglob("*.partial"))


def test_vtt_has_a_header_ordered_cues_and_escaped_text(tmp_path: Path) -> None:
    path = tmp_path / "film.vtt"
    write_vtt(
        path,
        [Caption(3661.5, 3662.0, "later"), Caption(0.25, 1.5, "a < b & c\n\n--> d")],
    )
    assert path.read_text(encoding="utf-8") == (
        "WEBVTT\n\n"
        "00:00:00.250 --> 00:00:01.500\na &lt; b &amp; c\n--&gt; d\n\n"
        "01:01:01.500 --> 01:01:02.000\nlater\n"
    )


@pytest.mark.parametrize(
    ("kind", "start"), [("webp", b"RIFF"), ("jpg", b"\xff\xd8"), ("png", b"\x89PNG")]
)
def test_a_poster_shows_the_frame_at_its_time(tmp_path: Path, kind: str, start: bytes) -> None:
    film = takes(tmp_path, [60])[0]
    picture = poster(film, 1.0, kind=kind)
    assert picture.startswith(start)
    (tmp_path / "poster").write_bytes(picture)
    with av.open(str(tmp_path / "poster")) as container:
        frame = next(container.decode(video=0))
    assert (frame.width, frame.height) == (SIZE.width, SIZE.height)
    bar = frame.to_ndarray(format="gray").mean(axis=0).argmax()
    assert 24 <= bar < 32


def test_a_poster_past_the_end_is_the_last_frame_and_may_be_small(tmp_path: Path) -> None:
    film = takes(tmp_path, [30])[0]
    (tmp_path / "poster").write_bytes(poster(film, 99.0, kind="png", width=48))
    with av.open(str(tmp_path / "poster")) as container:
        frame = next(container.decode(video=0))
    assert (frame.width, frame.height) == (48, 32)
    assert 14 <= frame.to_ndarray(format="gray").mean(axis=0).argmax() < 19


def test_png_and_rgb_agree_with_an_independent_decoder(tmp_path: Path) -> None:
    planes = a_picture(3)
    planes[SIZE.height :] = 90
    rgb = i420_to_rgb(planes, SIZE)
    write_png(tmp_path / "a.png", rgb)
    with av.open(str(tmp_path / "a.png")) as container:
        read = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert np.array_equal(read, rgb)
    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    frame.colorspace, frame.color_range = 1, 1
    reference = frame.to_ndarray(format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709")
    assert np.abs(reference.astype(int) - rgb).mean() < 2

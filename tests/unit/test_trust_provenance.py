"""Seals, marks and fingerprints: what holds, what survives, and what is said when it does not."""

import io
import stat
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from PIL import Image

from matinee.kit import blobs
from matinee.kit.clock import SystemClock
from matinee.trust import provenance
from matinee.trust.errors import FileUnreadable, SigningImpossible
from matinee.trust.provenance import Parent, Provenance, Sealer, looking, watermark
from matinee.trust.provenance.examining import examined

NOW = SystemClock().now()
WIDTH, HEIGHT, RATE = 640, 360, 12


def pictures(seconds: int = 4) -> Iterator[np.ndarray]:
    """A still camera before rough ground and a calm sky, something that crosses, a little grain."""
    rng = np.random.default_rng(5)
    rough = Image.fromarray(rng.integers(60, 190, (45, 80), dtype=np.uint8))
    ground = np.asarray(rough.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)).astype(float)
    ground[: HEIGHT // 2] = np.linspace(150, 200, HEIGHT // 2)[:, None]
    for index in range(seconds * RATE):
        shown = ground + rng.normal(0, 2, (HEIGHT, WIDTH))
        shown[200:280, index * 8 : index * 8 + 60] = 230
        yield np.clip(shown, 16, 235).astype(np.uint8)


def a_film(path: Path, *, crf: int = 18, scale: Fraction = Fraction(1), skip: int = 0) -> Path:
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=RATE, options={"crf": str(crf)})
        stream.width, stream.height = int(WIDTH * scale), int(HEIGHT * scale)
        stream.pix_fmt = "yuv420p"
        for luma in list(pictures())[skip:]:
            frame = VideoFrame.from_ndarray(np.stack([luma] * 3, axis=-1), format="rgb24")
            small = frame.reformat(width=stream.width, height=stream.height)
            container.mux(stream.encode(small))
        container.mux(stream.encode(None))
    return path


def again(
    source: Path, to: Path, *, crf: int, scale: Fraction = Fraction(1), skip: int = 0
) -> Path:
    """Encode a film again, as whoever posts it elsewhere would."""
    with av.open(str(source)) as read, av.open(str(to), "w") as container:
        like = read.streams.video[0]
        stream = container.add_stream("libx264", rate=RATE, options={"crf": str(crf)})
        stream.width, stream.height = int(like.width * scale), int(like.height * scale)
        stream.pix_fmt = "yuv420p"
        for index, frame in enumerate(read.decode(like)):
            if index >= skip:
                small = frame.reformat(width=stream.width, height=stream.height)
                small.pts, small.time_base = index - skip, Fraction(1, RATE)
                container.mux(stream.encode(small))
        container.mux(stream.encode(None))
    return to


def an_identity(home: Path) -> provenance.Identity:
    return provenance.house_identity(home, at=NOW)


def told(title: str = "A walk", **changes: object) -> Provenance:
    fields: dict[str, object] = {"title": title, "source": "algorithmicMedia", "engine": "stage"}
    return Provenance(**{**fields, **changes})  # type: ignore[arg-type]


def mark_in(path: Path) -> int | None:
    found: int | None = looking.looked_at(path, "")["mark"]
    return found


def test_the_house_makes_its_identity_once_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    first, second = an_identity(tmp_path), an_identity(tmp_path)
    assert first.chain_pem == second.chain_pem
    for file in (tmp_path / "provenance").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(SigningImpossible):
        provenance.operators_identity(
            tmp_path / "provenance" / "authority.key", tmp_path / "provenance" / "signer.pem"
        )


def test_a_seal_is_a_head_before_the_same_media_and_holds_until_a_byte_changes(
    tmp_path: Path,
) -> None:
    identity = an_identity(tmp_path)
    sealer = Sealer(identity, version="1")
    film, out = a_film(tmp_path / "film.mp4"), tmp_path / "sealed.mp4"
    seal = sealer.seal_film(film, told(), to=out)
    store = blobs.at(None, folder=tmp_path / "blobs")
    head = store.put_bytes(seal.head, suffix=".mp4").key
    key = blobs.joined(head, store.put_file(film).key, skips=seal.skips)
    assert len(seal.head) < 40_000
    whole = out.read_bytes()
    assert store.read(key) == whole == b"".join(store.chunks(key))
    assert store.size_bytes(key) == seal.size_bytes
    cut = len(seal.head) - 5
    assert store.read_range(key, first_byte=cut, byte_count=20) == whole[cut : cut + 20]
    assert sealer.source_of(out) == "algorithmicMedia"
    found = examined(out, anchors_pem=identity.anchors_pem).manifest
    assert found is not None
    assert (found.state, found.actions) == ("Trusted", ("c2pa.created",))
    changed = bytearray(whole)
    changed[-500] ^= 1
    out.write_bytes(changed)
    broken = examined(out, anchors_pem=identity.anchors_pem).manifest
    assert broken is not None
    assert broken.state == "Invalid"
    assert any("mismatch" in one for one in broken.problems)


def test_a_remix_opens_its_parent_and_keeps_the_parents_seal(tmp_path: Path) -> None:
    identity = an_identity(tmp_path)
    sealer = Sealer(identity, version="1")
    film, first = a_film(tmp_path / "film.mp4"), tmp_path / "first.mp4"
    sealer.seal_film(film, told(), to=first)
    remix = tmp_path / "remix.mp4"
    parents = [Parent(title="A walk", path=first), Parent(title="Gone", path=None)]
    sealer.seal_film(film, told("A run", source="compositeSynthetic", parents=parents), to=remix)
    manifests = sealer.read(remix, "video/mp4")
    assert manifests is not None
    assert manifests["validation_state"] == "Trusted"
    assert len(manifests["manifests"]) == 2
    found = looking.looked_at(remix, identity.anchors_pem)["manifest"]
    assert found["actions"] == ["c2pa.opened", "c2pa.placed", "c2pa.edited"]
    assert sorted(found["parents"]) == ["A walk", "Gone"]


def test_a_picture_is_sealed_too(tmp_path: Path) -> None:
    plain = io.BytesIO()
    Image.new("RGB", (64, 36), (10, 200, 30)).save(plain, "WEBP")
    sealer = Sealer(an_identity(tmp_path), version="1")
    sealed = sealer.sealed_picture(plain.getvalue(), "image/webp", told())
    poster = tmp_path / "poster.webp"
    poster.write_bytes(sealed)
    manifests = sealer.read(poster, "image/webp")
    assert manifests is not None
    assert manifests["validation_state"] == "Trusted"
    with Image.open(poster) as opened:
        assert opened.size == (64, 36)


def test_the_mark_survives_what_posting_elsewhere_does_and_is_never_found_in_other_films(
    tmp_path: Path,
) -> None:
    film, copy = a_film(tmp_path / "film.mp4"), tmp_path / "copy.mp4"
    provenance.marked_copy(film, copy, handle="ada", number=1_003_003)
    assert mark_in(film) is None
    assert mark_in(copy) == 1_003_003
    assert mark_in(again(copy, tmp_path / "again.mp4", crf=28)) == 1_003_003
    assert mark_in(again(copy, tmp_path / "later.mp4", crf=23, skip=17)) == 1_003_003
    with av.open(str(copy)) as container:
        shown = next(container.decode(video=0)).to_ndarray(format="gray")
    assert np.abs(shown.astype(int) - next(pictures()).astype(int)).max() > 60  # the handle


def test_noise_has_no_mark() -> None:
    rng = np.random.default_rng(1)
    times = [index / 8 for index in range(24)]
    for _ in range(40):
        cells = [watermark.cells_of(rng.integers(0, 255, (90, 160), dtype=np.uint8)) for _ in times]
        assert watermark.found(cells, times) is None


def test_files_that_are_no_films_are_named_and_harm_nothing(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    Image.new("L", (9_000, 9_000)).save(bomb, "PNG")
    for name, content in {
        "text": b"hello" * 100,
        "half": a_film(tmp_path / "film.mp4").read_bytes()[:300],
        "bomb": bomb.getvalue(),
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(FileUnreadable):
            examined(path, anchors_pem="")


def test_the_houses_certificate_outlives_ten_years_of_films(tmp_path: Path) -> None:
    identity = an_identity(tmp_path)
    assert timedelta(days=3_650) <= provenance.certificates.LIFETIME
    assert identity.algorithm == "ES256"

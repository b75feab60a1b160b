"""Films as HLS over HTTP: playlists, their segments, and captions beside them."""

import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from fastapi import APIRouter, Request
from starlette.responses import Response

from matinee import engine
from matinee.engine import segments, splicing
from matinee.film.screenplay import Music
from matinee.studio import store, streaming
from matinee.studio.captions import captions_of
from matinee.studio.errors import FilmNotReady, SegmentNotFound
from matinee.studio.model import Film
from matinee.studio.streaming import FORMS, FULL, SOUND, WORDS, Part, Stream

from .content import blob_response
from .desk import SEE, Desk

PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
PACKET_S = Fraction(1024, 48_000)
# A film may be taken back, and then nothing of it may be played from any cache.
_ASKED_EACH_TIME = {"cache-control": "private, no-cache"}


def streaming_router(desk: Desk) -> APIRouter:
    """The routes below ``/films/ID/stream``."""
    router = APIRouter(prefix="/films/{film_id}/stream")

    @router.get("/master.m3u8", dependencies=[SEE])
    def master(film_id: str, request: Request) -> Response:
        """The playlist of playlists: of the film in the making from its first take on."""
        reel = _Reel.of(desk, desk.film(film_id, request), "")
        return _playlist(reel.master())

    @router.get("/{form}/{rendition}.m3u8", dependencies=[SEE])
    def playlist(film_id: str, form: str, rendition: str, request: Request) -> Response:
        """The segments of one rendition."""
        reel = _Reel.of(desk, desk.film(film_id, request), form)
        reel.check(rendition)
        return _playlist(streaming.playlist(reel.stream, rendition))

    @router.get("/{form}/{rendition}/{name}", dependencies=[SEE])
    def segment(film_id: str, form: str, rendition: str, name: str, request: Request) -> Response:
        """One segment, or the initialisation of all of a rendition."""
        reel = _Reel.of(desk, desk.film(film_id, request), form)
        reel.check(rendition)
        number, _, suffix = name.partition(".")
        if name == "init.mp4" and rendition != WORDS:
            return Response(reel.initialisation(rendition), media_type="video/mp4")
        wanted = "vtt" if rendition == WORDS else "m4s"
        if suffix != wanted or not (number.isascii() and number.isdigit() and len(number) < 6):  # noqa: PLR2004 - five digits are hours
            raise SegmentNotFound(name)
        if int(number) >= len(reel.stream.parts):
            raise SegmentNotFound(name)
        part = reel.stream.parts[int(number)]
        if rendition == WORDS:
            return Response(reel.words(part), media_type="text/vtt; charset=utf-8")
        if rendition == FULL:
            media = reel.picture(part, FULL)[1]
            return Response(media, media_type="video/mp4", headers=_ASKED_EACH_TIME)
        return blob_response(request, desk.blobs, reel.encoded(part, rendition, int(number)))

    return router


@dataclass(frozen=True)
class _Reel:
    """A film as it is streamed now."""

    desk: Desk
    film: Film
    stream: Stream

    @classmethod
    def of(cls, desk: Desk, film: Film, form: str) -> "_Reel":
        """Return a film as it is, or in a form; raises FilmNotReady and SegmentNotFound."""
        if form and form not in FORMS:
            raise SegmentNotFound(form)
        if form == "film" or (not form and film.status == "completed"):
            if film.status != "completed":
                raise FilmNotReady(film.id, film.status)
            return cls(desk, film, _whole(desk, film))
        return cls(desk, film, _growing(desk, film))

    def check(self, rendition: str) -> None:
        """Refuse a rendition that there is not."""
        if rendition not in {*streaming.renditions_of(self.stream.size), SOUND, WORDS}:
            raise SegmentNotFound(rendition)

    def master(self) -> str:
        first = self.stream.parts[0]
        frames = sum(part.frame_count for part in self.stream.parts)
        videos = {part.video for part in self.stream.parts}
        file_bytes = sum(self.desk.blobs.size_bytes(video) for video in videos)
        bits = round(file_bytes * 8 / self.stream.rate.seconds_at(frames))
        with tempfile.TemporaryDirectory() as folder:
            codec = segments.codec_of(self._local(first.video, folder))
        return streaming.master(
            self.stream,
            codec=codec,
            small_codec=segments.SMALL_CODEC,
            sound_codec=segments.SOUND_CODEC,
            bits=bits,
        )

    def initialisation(self, rendition: str) -> bytes:
        if rendition == SOUND:
            silence = np.zeros((3 * 1024, 2), np.float32)
            return segments.sound_segment(silence, at_packet=0)[0]
        first = self.stream.parts[0]
        begun = Part(video=first.video, frames=(first.frames[0], first.frames[0] + 1), at_frame=0)
        return self.picture(begun, rendition)[0]

    def picture(self, part: Part, rendition: str) -> tuple[bytes, bytes]:
        size = streaming.renditions_of(self.stream.size)[rendition]
        with tempfile.TemporaryDirectory() as folder:
            return segments.picture_segment(
                self._local(part.video, folder),
                frames=part.frames,
                at_frame=part.at_frame,
                rate=self.stream.rate,
                size=None if rendition == FULL else size,
            )

    def encoded(self, part: Part, rendition: str, number: int) -> str:
        """Return the blob key of a segment that has to be encoded, which is done once."""
        blobs = self.desk.blobs
        # A shot alone sounds as its speeches do; a finished film has its one sound.
        sound = self.film.id if self.stream.form == "live" else ""
        low, high = part.frames
        address = f"{part.video}/{low}-{high}@{part.at_frame}/{rendition}{sound}/{number}"
        with self.desk.database.transaction() as session:
            key = store.segment(session, address)
        if key and blobs.exists(key):
            return key
        media = self._sound(part, number) if rendition == SOUND else self.picture(part, rendition)
        key = blobs.put_bytes(media[1], suffix=".m4s").key
        with self.desk.database.transaction() as session:
            store.add_segment(session, address, key)
        return key

    def words(self, part: Part) -> str:
        captions = streaming.words_in(self.stream, part)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "words.vtt"
            engine.write_captions(path, captions)
            written = path.read_text(encoding="utf-8")
        timing = "X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000"
        return written.replace("WEBVTT\n", f"WEBVTT\n{timing}\n", 1)

    def _sound(self, part: Part, number: int) -> tuple[bytes, bytes]:
        rate, end = self.stream.rate, part.at_frame + part.frame_count
        first, last = segments.packets_in(rate, (part.at_frame, end))
        # The encoder's run-in is one packet before the first.
        start_s, end_s = (first - 1) * PACKET_S, last * PACKET_S
        if self.stream.form == "film":
            with tempfile.TemporaryDirectory() as folder:
                file = self._local(part.video, folder)
                heard = splicing.sound_of(file, start_s=max(Fraction(0), start_s), end_s=end_s)
        else:
            shot_s = rate.seconds_at(part.at_frame)
            whole = self._shot_sound(number)
            late = round((max(start_s, Fraction(0)) - shot_s) * 48_000)
            heard = whole[max(0, late) :]
            heard = np.concatenate([np.zeros((max(0, -late), 2), np.float32), heard])
        led = np.concatenate([np.zeros((1024 if first == 0 else 0, 2), np.float32), heard])
        filled = np.zeros(((last - first + 1) * 1024, 2), np.float32)
        filled[: len(led)] = led[: len(filled)]
        return segments.sound_segment(filled, at_packet=first)

    def _shot_sound(self, number: int) -> splicing.Sound:
        """Mix what is heard in one shot alone: speech, steps and the place, without music."""
        with self.desk.database.transaction() as session:
            shot = store.shots_of(session, self.film.id)[number]
            take, _ = store.leading_takes(session, self.film.id)[number]
        waves = {one.audio: self.desk.blobs.read(one.audio) for one in shot.speeches}
        silent = Music(present=False)
        mixed = engine.soundtrack((shot,), (take,), waves, music=silent, seed=self.film.seed)
        return np.asarray(mixed)

    def _local(self, key: str, folder: str) -> Path:
        blobs = self.desk.blobs
        return blobs.path(key) or blobs.fetch(key, Path(folder) / "file.mp4")


def _whole(desk: Desk, film: Film) -> Stream:
    with tempfile.TemporaryDirectory() as folder:
        file = desk.blobs.path(film.video) or desk.blobs.fetch(
            film.video, Path(folder) / "film.mp4"
        )
        _, rate, total = splicing.facts_of(file)
        parts = streaming.parts_of(film.video, splicing.key_frames(file), total, rate)
    return Stream(
        form="film",
        parts=parts,
        size=film.request.size,
        rate=film.request.rate,
        longest=max(part.frame_count for part in parts),
        ended=True,
        language=film.language or "en",
        captions=splicing.captions_in(desk.blobs.read(film.captions).decode()),
    )


def _growing(desk: Desk, film: Film) -> Stream:
    with desk.database.transaction() as session:
        takes = store.leading_takes(session, film.id)
        shots = store.shots_of(session, film.id)
    if not takes:
        raise FilmNotReady(film.id, film.status)
    parts, at = [], 0
    for take, video in takes:
        parts.append(Part(video=video, frames=(0, take.frame_count), at_frame=at))
        at += take.frame_count
    return Stream(
        form="live",
        parts=tuple(parts),
        size=film.request.size,
        rate=film.request.rate,
        longest=max(shot.frame_count for shot in shots),
        ended=film.ended or len(takes) == len(shots),
        language=film.language or "en",
        captions=captions_of(shots, film.request.rate),
    )


def _playlist(text: str) -> Response:
    return Response(text, media_type=PLAYLIST_TYPE, headers={"cache-control": "no-store"})

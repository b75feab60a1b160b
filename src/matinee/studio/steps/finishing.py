"""Finishing: the takes of a film are cut, mixed and kept, and the film is completed."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from matinee import film
from matinee.film import Shot, Take
from matinee.kit import events
from matinee.studio import consenting, store
from matinee.studio.cutting import Cut, cut
from matinee.studio.errors import TakeMissing
from matinee.studio.model import FILM_COMPLETED, Seal
from matinee.studio.sweeping import sweep
from matinee.trust import Subject, provenance

from . import checking
from .ground import Stage, local
from .sealing import sealed


def finish(stage: Stage, film_id: str) -> None:
    """Cut a film from its takes and complete it; raises TakeMissing when one is gone."""
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
        play = store.screenplay(session, wanted.screenplay)
        shots = store.shots_of(session, film_id)
        takes = store.takes_of_film(session, film_id)
    if len(takes) != len(shots):
        # Its own step said why a shot failed; here takes were lost between shooting and cutting.
        raise TakeMissing(len(shots) - len(takes))
    stage.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=stage.scratch) as name:
        folder = Path(name)
        made = cut(
            play,
            shots,
            [take for take, _ in takes],
            videos=[local(stage, video, folder) for _, video in takes],
            waves=_waves(stage, shots, [take for take, _ in takes]),
            folder=folder,
            seed=wanted.seed,
        )
        if wanted.request.origin is not None:
            parents = (wanted.request.origin.film,)
            manifest = msgspec.structs.replace(made.manifest, parents=parents)
            made = replace(made, manifest=manifest)
        keep_cut(stage, film_id, made, folder)


def keep_cut(stage: Stage, film_id: str, made: Cut, folder: Path) -> None:
    """Look at a film, seal it in `folder`, put its files into the store and complete it.

    A film that has ended meanwhile stays as it is. Raises trust.Refused for what its pictures show.
    """
    seen = provenance.watched(made.video)
    checking.check_pictures(stage, film_id, seen)
    signed = sealed(stage, film_id, made, folder)
    with stage.database.transaction() as session:
        store.hold_blobs(session, alone=False)
        keys = {
            "video": stage.blobs.put_file(made.video).key,
            "poster": stage.blobs.put_bytes(
                signed.poster if signed else made.poster, suffix=".webp"
            ).key,
            "captions": stage.blobs.put_file(made.captions).key,
            "manifest": stage.blobs.put_bytes(film.encode(made.manifest), suffix=".json").key,
        }
        if signed:
            head = stage.blobs.put_bytes(signed.film.head, suffix=".mp4").key
            store.keep_seal(session, film_id, _seal(signed.film, head))
        now = stage.clock.now()
        wanted = store.update_film(
            session,
            film_id,
            status="completed",
            stage="finished",
            progress_percent=100,
            completed_at=now,
            **keys,
        )
        if wanted:
            if signed:
                provenance.keep(
                    session,
                    Subject(kind="film", id=film_id),
                    label=signed.film.label,
                    duration_ms=seen.duration_ms,
                    prints=seen.prints,
                    at=now,
                )
            consenting.note_frames(
                session, store.film_by_id(session, film_id), made.manifest.appearances
            )
            events.record(
                session, FILM_COMPLETED, key=film_id, payload={"film_id": film_id}, at=now
            )
    if not wanted:
        # Cancelled or deleted during the cut: nobody would ever come back for these.
        with stage.database.transaction() as session:
            sweep(session, keys.values(), stage.blobs)


def _seal(made: provenance.Seal, head: str) -> Seal:
    return Seal(head=head, skips=made.skips, sha256=made.sha256, label=made.label)


def _waves(stage: Stage, shots: Sequence[Shot], takes: Sequence[Take]) -> dict[str, bytes]:
    keys = {speech.audio for shot in shots for speech in shot.speeches}
    keys |= {take.sound for take in takes if take.sound}
    return {key: stage.blobs.read(key) for key in keys}

"""Films that were not made here: somebody sends one to post it.

upload ▶ read its seal ▶ rewrite it ▶ judge its title and pictures ▶ completed. It has no screenplay
and no manifest: what it shows is found by recognition, and until then only its maker sees it
(``rights.claims.hold_until_checked``).
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from matinee.film import FrameRate, FrameSize
from matinee.kit import durable, events
from matinee.kit.db import Session
from matinee.kit.durable import Workflow
from matinee.kit.uploads import Uploads
from matinee.rights import claims
from matinee.trust import provenance
from matinee.trust.errors import FileUnreadable

from . import store, upload_store
from .actions import Office
from .errors import TitleUnusable
from .model import FILM_COMPLETED, Film, FilmRequest
from .normalising import FILE_BYTES_MAX, NormalFiles, normalised
from .quotas import use
from .steps import checking
from .steps.ground import Checked, Stage, begun, fail
from .upload_store import Sent, Told
from .workflows import named

PURPOSE = "film"
BYTES_MAX = FILE_BYTES_MAX
MODEL = "upload"
"""What the request of a film names as its model that nobody made here."""
QUEUE = durable.Queue("uploads", 1)
TITLE_CHARACTERS_MAX = 120


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What it takes to accept films: the uploads, and the workflow that takes one in."""

    uploads: Uploads
    take_in: Workflow[[str], None]


def accept(session: Session, upload: str, title: str, *, intake: Intake, office: Office) -> Film:
    """Accept a finished upload as a film of whoever sent it; it is taken in when this commits.

    Raises what ``Uploads.finished`` raises, TitleUnusable, QuotaReached and QuotaUsedUp.
    """
    said = " ".join(title.split())
    if not 1 <= len(said) <= TITLE_CHARACTERS_MAX or not said.isprintable():
        raise TitleUnusable(TITLE_CHARACTERS_MAX)
    before = upload_store.film_of_upload(session, upload)
    if before:
        made = store.film_by_id(session, before)
        if made.requested_by == office.requester:
            return made
    intake.uploads.finished(office.requester, upload, purpose=PURPOSE)
    at = office.clock.now()
    use(session, office.requester, office.allowance, at=at)
    film = Film(
        id=office.ids.new("video"),
        # The size is that of the file, which is not known yet.
        request=FilmRequest(prompt=said, size=FrameSize(64, 64), model=MODEL),
        seed=0,
        status="queued",
        stage="waiting",
        progress_percent=0,
        created_at=at,
        requested_by=office.requester,
    )
    store.add_film(session, film)
    upload_store.add_upload(session, film.id, upload, name=said)
    claims.hold_until_checked(session, film.id, maker=film.requested_by, made_at=at)
    office.jobs.submit(session, intake.take_in, film.id, job_id=film.id)
    return film


def install(stage: Stage, uploads: Uploads, *, anchors_pem: str) -> Workflow[[str], None]:
    """Register the workflow that takes an upload in, before any worker starts."""

    @durable.step("studio.read_provenance")
    def read_provenance(film_id: str) -> None:
        _read(stage, uploads, film_id, anchors_pem)

    @durable.step("studio.take_upload")
    def take(film_id: str) -> None:
        if begun(stage, film_id, "checking"):
            _take(stage, uploads, film_id)

    @durable.step("studio.refuse_upload")
    def refuse(film_id: str, code: str, message: str) -> None:
        fail(stage, film_id, code, message)

    @durable.step("studio.drop_upload")
    def drop(film_id: str) -> None:
        with stage.database.transaction() as session:
            sent = upload_store.sent(session, film_id)
        if sent is not None:
            uploads.remove(sent.owner, sent.upload)

    @durable.workflow("studio.take_in", queue=QUEUE.name)
    def take_in(film_id: str) -> None:
        try:
            read_provenance(film_id)
            take(film_id)
        except Exception as fault:  # noqa: BLE001 - named or not, it ends on the film
            error = named(film_id, fault)
            refuse(film_id, error.code, error.message)
        drop(film_id)

    return take_in


def _read(stage: Stage, uploads: Uploads, film_id: str, anchors_pem: str) -> None:
    """Keep what the file says of itself, before it is rewritten and says nothing any more."""
    sent = _sent(stage, film_id)
    if sent is None:
        return
    path = uploads.finished(sent.owner, sent.upload, purpose=PURPOSE)
    with stage.database.transaction() as session:
        try:
            report = provenance.verify(session, path, anchors_pem=anchors_pem)
        except FileUnreadable:
            return  # no form that bears a seal; whether it is a film at all is seen next
        seal = report.seal
        told = Told(
            conclusion=report.conclusion,
            signer=seal.signer if seal else "",
            signer_known=seal.signer_known if seal else False,
            generator=seal.generator if seal else "",
            source=seal.source if seal else "",
            film=report.match.subject_id if report.match else "",
        )
        upload_store.keep_provenance(session, film_id, told)


def _take(stage: Stage, uploads: Uploads, film_id: str) -> None:
    sent = _sent(stage, film_id)
    if sent is None:
        return
    path = uploads.finished(sent.owner, sent.upload, purpose=PURPOSE)
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
    checking.moderated(stage, Checked(film=wanted, play=None))
    stage.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=stage.scratch) as name:
        files = normalised(path, Path(name))
        seen = provenance.watched(files.video)
        checking.check_pictures(stage, film_id, seen)
        _keep(stage, film_id, files)


def _keep(stage: Stage, film_id: str, files: NormalFiles) -> None:
    """Put the files into the store and complete the film."""
    at, told = stage.clock.now(), files.told
    with stage.database.transaction() as session:
        store.hold_blobs(session, alone=False)
        video = stage.blobs.put_file(files.video).key
        poster = stage.blobs.put_file(files.poster).key
        upload_store.set_form(
            session, film_id, FrameSize(told.width, told.height), FrameRate(told.rate)
        )
        wanted = store.update_film(
            session,
            film_id,
            status="completed",
            stage="finished",
            progress_percent=100,
            completed_at=at,
            title=upload_store.name_of(session, film_id),
            duration_ms=told.duration_ms,
            video=video,
            poster=poster,
        )
        if wanted:
            payload = {"film_id": film_id}
            events.record(session, FILM_COMPLETED, key=film_id, payload=payload, at=at)


def _sent(stage: Stage, film_id: str) -> Sent | None:
    with stage.database.transaction() as session:
        return upload_store.sent(session, film_id)

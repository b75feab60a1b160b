"""The verbs of captures: begin one, hand in its clip, look at it, keep who is in it."""

import hashlib
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec

from matinee.kit import errors
from matinee.kit.blobs import key_of
from matinee.kit.db import Database, Session
from matinee.kit.durable import Workflow
from matinee.people import Person

from . import store
from .captures import judge, new_challenge
from .errors import (
    CaptureExpired,
    CaptureNotFound,
    CaptureRefused,
    CapturesTooMany,
    CaptureUsed,
    ClipReplayed,
    MinorsNotCaptured,
)
from .model import Capture, Findings, Likeness
from .room import Room
from .sealing import sealed, unsealed

PURPOSE = "likeness"
CAPTURES_PER_DAY_MAX = 20
SEEN_MAX = 5_000
"""With how many of the newest clips a new one is compared."""
ORPHANED = timedelta(days=1)
PRINTS = "prints"


class Prints(msgspec.Struct, frozen=True):
    """By what a person is told from others: vectors of length one, empty where unknown."""

    face: tuple[float, ...] = ()
    voice: tuple[float, ...] = ()


def begin_capture(session: Session, person: Person, *, room: Room) -> Capture:
    """Ask somebody to say numbers and turn their head; raises MinorsNotCaptured, CapturesTooMany.

    Nobody can foresee what is asked for.
    """
    if person.is_minor:
        raise MinorsNotCaptured
    store.hold_person(session, person.id)
    now = room.clock.now()
    if store.captures_since(session, person.id, now - timedelta(days=1)) >= CAPTURES_PER_DAY_MAX:
        raise CapturesTooMany(CAPTURES_PER_DAY_MAX)
    capture = Capture(
        id=room.ids.new("capture"),
        person=person.id,
        challenge=new_challenge(now, drawn=random.SystemRandom()),
        status="waiting",
        created_at=now,
    )
    store.add_capture(session, capture)
    return capture


def capture_of(session: Session, person: str, capture: str) -> Capture:
    """Return a capture of somebody; raises CaptureNotFound, also for another's."""
    found = store.capture_by_id(session, capture)
    if found is None or found.person != person:
        raise CaptureNotFound(capture)
    return found


def hand_in(
    session: Session,
    person: str,
    capture: str,
    upload: str,
    *,
    room: Room,
    examine: Workflow[[str], None],
) -> Capture:
    """Hand in the clip of a capture, once, and have it looked at.

    The same upload handed in again changes nothing. Raises CaptureNotFound, CaptureUsed,
    CaptureExpired and what `Uploads.finished` raises.
    """
    found = store.capture_by_id(session, capture, held=True)
    if found is None or found.person != person:
        raise CaptureNotFound(capture)
    if found.status != "waiting":
        if found.upload == upload:
            return found
        raise CaptureUsed(found.status)
    if found.challenge.expires_at <= room.clock.now():
        raise CaptureExpired
    room.uploads.finished(person, upload, purpose=PURPOSE)
    store.set_capture(session, capture, status="checking", upload=upload)
    room.jobs.submit(session, examine, capture, job_id=capture)
    return replace(found, status="checking", upload=upload)


def examine(database: Database, capture: str, *, room: Room) -> None:
    """Look at the clip of a capture and keep who is in it, or say why not; done again, the same.

    The clip itself is deleted: what is kept is sealed, and by what it is known again.
    """
    with database.transaction() as session:
        wanted = store.capture_by_id(session, capture)
    if wanted is None:
        return
    if wanted.status != "checking":
        # Looked at before, by a process that died before it could clear up.
        room.uploads.remove(wanted.person, wanted.upload)
        return
    try:
        clip = room.uploads.finished(wanted.person, wanted.upload, purpose=PURPOSE)
        findings = _judged(database, wanted, clip, room)
        _keep(database, wanted, findings, room)
    except (CaptureRefused, errors.NotFound) as refusal:
        with database.transaction() as session:
            store.set_capture(
                session, capture, status="refused", code=refusal.code, message=refusal.message
            )
            store.note(
                session, "", wanted.person, "refused", about=refusal.code, at=room.clock.now()
            )
    room.uploads.remove(wanted.person, wanted.upload)


def _judged(database: Database, wanted: Capture, clip: Path, room: Room) -> Findings:
    """Return what is in a clip that will do; raises CaptureRefused."""
    with clip.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with database.transaction() as session:
        if store.seen_before(session, wanted.id, sha256):
            raise ClipReplayed
    asked = wanted.challenge
    findings = room.examiner.examine(clip, digits=asked.digits, turns=asked.turns)
    with database.transaction() as session:
        seen = store.seen(session, wanted.id, most=SEEN_MAX)
        # Also one that is refused may not come back.
        store.add_seen(session, wanted.id, sha256, findings.fingerprint, at=room.clock.now())
        known = _known_prints(session, wanted.person, room)
    judge(
        asked,
        findings,
        examiner=room.examiner,
        seen=seen,
        known_face=known.face,
        known_voice=known.voice,
    )
    return findings


def _known_prints(session: Session, person: str, room: Room) -> Prints:
    likeness = store.of_person(session, person)
    if likeness is None:
        return Prints()
    content = part_of(session, likeness.id, PRINTS, room=room)
    return msgspec.json.decode(content, type=Prints) if content else Prints()


def part_of(session: Session, likeness: str, part: str, *, room: Room) -> bytes:
    """Return a part of a likeness, opened; empty if there is none. Raises SealBroken."""
    kept = store.key_of(session, likeness)
    blob = store.parts_of(session, likeness).get(part, "")
    if kept is None or not blob:
        return b""
    key = room.safe.opened_key(kept, likeness)
    return unsealed(key, room.blobs.read(blob), likeness=likeness, part=part)


def _keep(database: Database, wanted: Capture, findings: Findings, room: Room) -> None:
    """Keep who is in a clip, in place of what was kept of them, whose key goes with it."""
    now = room.clock.now()
    with database.transaction() as session:
        before = store.of_person(session, wanted.person)
    likeness_id = before.id if before else room.ids.new("likeness")
    key, wrapped = room.safe.new_key(likeness_id)
    prints = msgspec.json.encode(Prints(face=findings.face, voice=findings.voice))
    portrait = findings.portrait
    parts = {
        "cutout": portrait.cutout,
        "face": portrait.face,
        "voice": portrait.voice,
        PRINTS: prints,
    }
    closed = {
        part: sealed(key, content, likeness=likeness_id, part=part)
        for part, content in parts.items()
    }
    blobs = {
        part: key_of(hashlib.sha256(content).hexdigest(), ".sealed")
        for part, content in closed.items()
    }
    with database.transaction() as session:
        # Should this process die before the blobs have a name, they are cleared away.
        store.leave(session, blobs.values(), due_at=now + ORPHANED)
    for content in closed.values():
        room.blobs.put_bytes(content, suffix=".sealed")
    with database.transaction() as session:
        store.hold_person(session, wanted.person)
        # Its terms are written back with it, so they may not change or be withdrawn meanwhile.
        store.hold(session, (likeness_id,), alone=True)
        held = store.capture_by_id(session, wanted.id, held=True)
        if held is None or held.status != "checking":
            return  # the person left meanwhile, or another worker was faster
        before = store.of_person(session, wanted.person)
        if before is not None and before.id != likeness_id:
            return
        _keep_likeness(session, wanted, findings, likeness_id, before, room)
        store.set_key(session, likeness_id, wrapped)
        store.set_parts(session, likeness_id, blobs, due_at=now)
        store.set_capture(session, wanted.id, status="accepted")
        store.note(session, likeness_id, wanted.person, "captured", about=wanted.id, at=now)


def _keep_likeness(  # noqa: PLR0917 - what is known of one
    session: Session,
    wanted: Capture,
    findings: Findings,
    likeness_id: str,
    before: Likeness | None,
    room: Room,
) -> None:
    looks, voice = findings.looks, findings.voice_name
    if before is not None:
        changed = replace(before, version=before.version + 1, looks=looks, voice=voice)
        store.put(session, changed)
        return
    new = Likeness(
        id=likeness_id,
        kind="person",
        owner=wanted.person,
        handle="",
        name="somebody",
        level="only_me",
        created_at=room.clock.now(),
        looks=looks,
        voice=voice,
    )
    store.put(session, new)

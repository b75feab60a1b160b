"""The verbs of characters on their way: asked for with a clip, looked at in a job, kept or refused.

A clip is decoded by the job alone, in a queue of its own: one that takes long or brings its decoder
down holds up neither a server nor those who are captured.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from matinee import people
from matinee.kit.db import Database, Session
from matinee.kit.durable import Workflow
from matinee.kit.errors import MatineeError

from . import attesting, coming_store, store
from .attesting import Attestation
from .consent import Level
from .errors import (
    CharactersTooMany,
    CharactersTooOften,
    HandleTaken,
    LikenessNotFound,
    TermsInvalid,
)
from .model import ComingCharacter, Likeness, SeenClip
from .room import Room

PURPOSE = "character"
CHARACTERS_MAX = 200
CHARACTERS_PER_DAY_MAX = 50
NAME_CHARACTERS_MAX = 80
PICTURE_SUFFIX = ".webp"
_HANDLE = re.compile(r"[a-z0-9][a-z0-9_]{1,28}[a-z0-9]")


@dataclass(frozen=True, kw_only=True)
class WishedCharacter:
    """What somebody asks for; without `attested` nobody is asked who is in the clip."""

    name: str
    handle: str = ""
    level: Level = "only_me"
    attested: Attestation | None = None


def ask_for_character(
    session: Session,
    wished: WishedCharacter,
    upload: str,
    *,
    owner: str,
    room: Room,
    keep: Workflow[[str], None],
) -> ComingCharacter:
    """Have the clip of an upload looked at, and a character kept from it.

    The same upload handed in again changes nothing. Raises TermsInvalid, HandleTaken,
    CharactersTooMany, CharactersTooOften and what `Uploads.finished` raises.
    """
    store.hold_person(session, owner)
    before = coming_store.by_upload(session, upload)
    if before is not None and before.person == owner:
        return before
    now, attested = room.clock.now(), wished.attested
    if coming_store.count_since(session, owner, now - timedelta(days=1)) >= CHARACTERS_PER_DAY_MAX:
        raise CharactersTooOften(CHARACTERS_PER_DAY_MAX)
    if len(store.characters_of(session, owner)) >= CHARACTERS_MAX:
        raise CharactersTooMany(CHARACTERS_MAX)
    coming = ComingCharacter(
        id=room.ids.new("char"),
        person=owner,
        upload=upload,
        name=checked_name(wished.name),
        handle=checked_handle(session, wished.handle) if wished.handle else "",
        level=wished.level,
        people_in_photo=attested.people_in_photo if attested else None,
        minors=attested.minors if attested else None,
        created_at=now,
    )
    room.uploads.finished(owner, upload, purpose=PURPOSE)
    coming_store.add(session, coming)
    room.jobs.submit(session, keep, coming.id, job_id=coming.id)
    return coming


def taken_in(content: bytes, *, owner: str, room: Room) -> str:
    """Keep a clip that came in one piece as an upload, and return its id.

    Raises UploadTooLarge and UploadsTooMany.
    """
    upload = room.uploads.begin(owner, PURPOSE, len(content))
    with room.uploads.piece(upload, offset_bytes=0) as sink:
        sink.write(content)
    return upload.id


def coming_of(session: Session, owner: str, character: str) -> ComingCharacter:
    """Return what somebody asked for; raises LikenessNotFound, also for another's."""
    found = coming_store.by_id(session, character)
    if found is None or found.person != owner:
        raise LikenessNotFound(character)
    return found


def look(database: Database, character: str, *, room: Room) -> None:
    """Look at the clip of a character and keep it, or say why not; done again, the same."""
    with database.transaction() as session:
        wanted = coming_store.by_id(session, character)
    if wanted is None:
        return  # its owner left meanwhile, and the upload with them
    if wanted.status == "checking":
        try:
            _keep(database, wanted, _seen(wanted, room), room)
        except MatineeError as error:
            # Nobody waits for ever for an answer, also when the disk is full.
            with database.transaction() as session:
                coming_store.settle(
                    session, wanted.id, status="refused", code=error.code, message=error.message
                )
    room.uploads.remove(wanted.person, wanted.upload)


def _seen(wanted: ComingCharacter, room: Room) -> SeenClip:
    path = room.uploads.finished(wanted.person, wanted.upload, purpose=PURPOSE)
    return room.observer.look(path.read_bytes())


def _keep(database: Database, wanted: ComingCharacter, clip: SeenClip, room: Room) -> None:
    with database.transaction() as session:
        attested = _attestation(wanted)
        if attested is not None and clip.looks.kind == "person":
            minor = people.person_by_id(session, wanted.person).is_minor
            attesting.check(attested, about=wanted.name, sender_is_minor=minor)
        # Whoever leaves in this moment waits for this row, and then deletes the character as well.
        if coming_store.settle(session, wanted.id, status="kept"):
            keep_character(
                session,
                wanted.name,
                clip,
                owner=wanted.person,
                handle=wanted.handle,
                level=wanted.level,
                likeness_id=wanted.id,
                room=room,
            )


def _attestation(wanted: ComingCharacter) -> Attestation | None:
    if wanted.people_in_photo is None or wanted.minors is None:
        return None
    return Attestation(people_in_photo=wanted.people_in_photo, minors=wanted.minors)


def keep_character(
    session: Session,
    name: str,
    clip: SeenClip,
    *,
    owner: str,
    handle: str = "",
    level: Level = "only_me",
    likeness_id: str = "",
    room: Room,
) -> Likeness:
    """Keep a character: its clip, how it looks in there, and the best picture of it.

    With a `handle` prompts can name it; without a `likeness_id` it gets a new one. Raises
    TermsInvalid, HandleTaken and CharactersTooMany.
    """
    store.hold_person(session, owner)
    if len(store.characters_of(session, owner)) >= CHARACTERS_MAX:
        raise CharactersTooMany(CHARACTERS_MAX)
    kept = Likeness(
        id=likeness_id or room.ids.new("char"),
        kind="character",
        owner=owner,
        handle=checked_handle(session, handle) if handle else "",
        name=checked_name(name),
        level=level,
        created_at=room.clock.now(),
        looks=clip.looks,
        clip=room.blobs.put_bytes(clip.content).key,
        picture=room.blobs.put_bytes(clip.picture, suffix=PICTURE_SUFFIX).key,
    )
    store.put(session, kept)
    store.note(session, kept.id, owner, "kept", about=kept.name, at=kept.created_at)
    return kept


def checked_name(name: str) -> str:
    """Return a name without the space around it; raises TermsInvalid."""
    bare = name.strip()
    if not 0 < len(bare) <= NAME_CHARACTERS_MAX or not bare.isprintable():
        reason = f"a name has 1 to {NAME_CHARACTERS_MAX} printable characters"
        raise TermsInvalid(reason)
    return bare


def checked_handle(session: Session, handle: str) -> str:
    """Return a handle that is free, in lower case; raises TermsInvalid and HandleTaken."""
    bare = handle.removeprefix("@").casefold()
    if not _HANDLE.fullmatch(bare):
        reason = "a handle has 3 to 30 letters from a to z, digits and underscores"
        raise TermsInvalid(reason)
    if store.character_called(session, bare) is not None:
        raise HandleTaken(bare)
    try:
        people.person_by_handle(session, bare)
    except people.PersonNotFound:
        return bare
    raise HandleTaken(bare)

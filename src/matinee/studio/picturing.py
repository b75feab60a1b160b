"""What becomes of a photo that a film is asked for with: who, what or where it is.

The same for every writer: a screenplay is written from the words, then the photo is given to the
character, the thing or the place that the words and the photo itself speak for. What it became
stands in the screenplay's notes, and so does what it cannot do.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from matinee import likeness
from matinee.engine import pictures
from matinee.engine.pictures import Sight
from matinee.film import Screenplay, Shot
from matinee.film.pictures import pictures_of
from matinee.film.screenplay import NOTES_MAX, Beat, Character, Note, Prop, ShotSize
from matinee.kit.blobs import Blobs, key_of
from matinee.kit.db import Session
from matinee.likeness import Attestation

from . import store

SUBJECT_ID = "pictured"
BUST_HEADS = 3.6
"""Of a photo that shows less below the face, a medium view would show the lower edge."""
PHRASE = "the photo"
_BACKGROUND = re.compile(
    r"\b(background|backdrop|scenery|this (place|room|street|view|landscape|beach|house|garden|city"
    r"|forest|scene|location)|in(to|side)? (this|the) (photo|picture|image)|here)\b"
    r"|这里|这个地方|背景|照片里|图片里",
    re.IGNORECASE,
)
_ANIMATED = re.compile(
    r"\b(animate|bring\b.*\b(alive|life)|make (it|this|the (photo|picture|image)) move"
    r"|(photo|picture|image) (comes?|coming) (alive|to life))\b|动起来|动画化|活起来",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"\b(photo|photograph|picture|image|foto|imagen)s?\b|照片|图片|相片", re.IGNORECASE
)
_OWN = re.compile(
    r"\b(our|my|this|these|product|brand|advert|advertisement|ad|commercial)\b|我们|我的|这款|这个|产品|广告",
    re.IGNORECASE,
)
_ECHOES = ("painting", "poster", "picture")
# What things stand on or in is seldom what somebody sends a photo of.
_FURNITURE = frozenset({"table", "desk", "cupboard", "bookshelf", "chair", "bed", "sofa", "stool"})
# What a cut-out can do without limbs of its own.
_STANDING_VERBS = frozenset(
    {"stand", "wait", "look", "look_around", "listen", "talk", "say", "speak", "smile", "think"}
    | {"watch", "pose", "greet", "ask", "answer", "whisper", "sing", "breathe", "idle"}
)


def keep_picture(
    session: Session,
    content: bytes,
    *,
    attested: Attestation,
    about: str,
    sender_is_minor: bool = False,
    blobs: Blobs,
) -> str:
    """Keep a photo and return its blob key, for `FilmRequest.picture`.

    It is kept upright, in sRGB, without anything but its pixels: no place, no time, no names. Where
    a person is seen in it, `attested` says who they are; `about` is the prompt that it comes with.
    Raises an Invalid error that says why it cannot be used, and what `check_attested` raises.
    """
    photo = pictures.read_photo(content)
    if pictures.sight_of(photo).shows == "person":
        likeness.check_attested(attested, about=about, sender_is_minor=sender_is_minor)
    # A blob that nobody names yet may not be swept before its film names it.
    store.hold_blobs(session, alone=False)
    return blobs.put_bytes(pictures.kept_bytes(photo), suffix=pictures.KEPT_SUFFIX).key


def digest_of(key: str) -> str:
    """Return the digest by which a screenplay names a kept photo."""
    return key.removeprefix("sha256/").partition(".")[0].replace("/", "")


def picture_files(shot: Shot, blobs: Blobs, folder: Path) -> dict[str, Path]:
    """Return the photos that a shot names as files, fetched into `folder` if kept elsewhere.

    Raises BlobNotFound when one was deleted.
    """
    files: dict[str, Path] = {}
    for digest in pictures_of(shot):
        key = key_of(digest, pictures.KEPT_SUFFIX)
        files[digest] = blobs.path(key) or blobs.fetch(key, folder / f"{digest}.webp")
    return files


def without_pictures(play: Screenplay) -> Screenplay:
    """Return a screenplay without photos: a writer may not make one up."""
    if not pictures_of(play):
        return play
    return replace(
        play,
        settings=tuple(replace(one, picture="") for one in play.settings),
        characters=tuple(replace(one, picture="") for one in play.characters),
        props=tuple(replace(one, picture="") for one in play.props),
    )


def with_pictures_of(play: Screenplay, parent: Screenplay) -> Screenplay:
    """Return a revised screenplay in which whoever is still there looks as in the parent."""
    known: dict[str, str] = {}
    for setting in parent.settings:
        known[setting.id] = setting.picture
    for character in parent.characters:
        known[character.id] = character.picture
    for prop in parent.props:
        known[prop.id] = prop.picture
    kept = replace(
        play,
        settings=tuple(replace(one, picture=known.get(one.id, "")) for one in play.settings),
        characters=tuple(replace(one, picture=known.get(one.id, "")) for one in play.characters),
        props=tuple(replace(one, picture=known.get(one.id, "")) for one in play.props),
    )
    before = {one.id: (one.time_of_day, one.weather) for one in parent.settings if one.picture}
    asked = [one for one in kept.settings if one.id in before]
    if all((one.time_of_day, one.weather) == before[one.id] for one in asked):
        return kept
    note = Note(
        status="left_out",
        phrase="another hour or weather",
        meaning="the place as it is in the photo; what is heard changes",
        reason="what a photo shows is not lit anew",
    )
    return _noted(kept, note)


def pictured(  # noqa: PLR0911 - one for each way to use a photo
    play: Screenplay, sight: Sight, digest: str
) -> Screenplay:
    """Give the photo of that digest to whom or what the screenplay is about, and say so."""
    play = _without_echo(without_pictures(play))
    words = play.prompt
    if _ANIMATED.search(words) and not play.characters:
        return _as_place(play, digest, whole=True)
    if _BACKGROUND.search(words) and sight.shows != "thing":
        return _as_place(play, digest, whole=False)
    actors = [one for one in play.characters if one.kind != "robot"]
    if sight.shows == "person" and actors:
        return _as_character(play, _first_seen(play, actors), sight, digest)
    if sight.shows == "person":
        return _as_place(play, digest, whole=True)
    thing = _meant_thing(play)
    if sight.shows == "place" and not (thing is not None and _OWN.search(words)):
        return _as_place(play, digest, whole=not play.characters)
    animals = [one for one in actors if one.kind == "animal"]
    if thing is None and animals:
        return _as_character(play, animals[0], sight, digest)
    return _as_thing(play, thing, sight, digest)


def unseen(play: Screenplay, engine: str) -> Screenplay:
    """Say that an engine takes no photos: it goes by the words alone."""
    note = Note(
        status="left_out",
        phrase=PHRASE,
        meaning="the words alone",
        reason=f"the engine {engine} takes no photos; the stage does",
    )
    return _noted(play, note)


def _without_echo(play: Screenplay) -> Screenplay:
    """Take away the painting that a writer made of "this photo": the photo itself is there."""
    echoes = {
        one.id for one in play.props if one.kind in _ECHOES and _PHOTO.search(one.description)
    }
    if not echoes:
        return play
    props = tuple(
        replace(one, relation="free", anchor="", other_anchor="")
        if {one.anchor, one.other_anchor} & echoes
        else one
        for one in play.props
        if one.id not in echoes
    )
    beats = tuple(_beat_without(beat, echoes) for beat in play.beats)
    notes = tuple(
        note
        for note in play.notes
        if not (_PHOTO.search(note.phrase) and any(kind in note.meaning for kind in _ECHOES))
    )
    return replace(play, props=props, beats=beats, notes=notes)


def _beat_without(beat: Beat, gone: set[str]) -> Beat:
    """Return a beat in which nobody has to do with what is gone."""
    camera = beat.camera
    return replace(
        beat,
        props=tuple(name for name in beat.props if name not in gone),
        actions=tuple(
            replace(one, target="" if one.target in gone else one.target)
            for one in beat.actions
            if one.character not in gone
        ),
        standpoints=tuple(
            one for one in beat.standpoints if not {one.anchor, one.other_anchor} & gone
        ),
        camera=replace(camera, subject="") if camera.subject in gone else camera,
    )


def _noted(play: Screenplay, *added: Note) -> Screenplay:
    """Add notes; they displace older ones where a screenplay may not hold more."""
    return replace(play, notes=(*play.notes[: NOTES_MAX - len(added)], *added))


def _as_place(play: Screenplay, digest: str, *, whole: bool) -> Screenplay:
    """The photo is where it happens: the first setting, and every other that is the same place."""
    place = play.settings[0].place
    settings = tuple(
        replace(one, picture=digest) if one.place == place else one for one in play.settings
    )
    meaning = "what it shows is the place: its ground, and behind it the rest at an assumed depth"
    beats = play.beats
    if whole:
        meaning = "the whole picture, seen by a camera that moves a little, at an assumed depth"
        beats = tuple(_seen_as_place(beat) for beat in beats)
    note = Note(
        status="understood",
        phrase=PHRASE,
        meaning=meaning,
        reason="hour, weather and light are those of the photo",
    )
    return _noted(replace(play, settings=settings, beats=beats), note)


def _seen_as_place(beat: Beat) -> Beat:
    """A picture that nothing else happens in is looked into slowly."""
    camera = beat.camera
    if camera.move == "static" and not beat.cast:
        camera = replace(camera, move="push_in")
    return replace(beat, camera=replace(camera, size="wide") if not beat.cast else camera)


def _meant_thing(play: Screenplay) -> Prop | None:
    """The thing that the screenplay is about: what the camera looks at, else the first."""
    by_id = {one.id: one for one in play.props}
    for beat in play.beats:
        if beat.camera.subject in by_id:
            return by_id[beat.camera.subject]
    loose = [one for one in play.props if one.kind not in _FURNITURE]
    return loose[0] if loose else None


def _as_thing(play: Screenplay, thing: Prop | None, sight: Sight, digest: str) -> Screenplay:
    """The photo is a thing of the screenplay, or one that is added in front of everybody."""
    if thing is None:
        thing = Prop(
            id=SUBJECT_ID,
            kind=_likely_kind(sight),
            setting=play.beats[0].setting,
            description="what the photo shows",
        )
        play = replace(play, props=(*play.props, thing))
    shown = thing
    play = replace(play, beats=tuple(_showing(beat, shown) for beat in play.beats))
    props = tuple(
        replace(one, picture=digest, colour="", count=1) if one.id == thing.id else one
        for one in play.props
    )
    name = thing.description or thing.kind.replace("_", " ")
    note = Note(
        status="approximated" if sight.doubtful else "understood",
        phrase=PHRASE,
        meaning=f"{name}: cut out, its depth assumed, lit by the scene; seen from its front",
        reason="one photo shows no other side",
    )
    if sight.doubtful:
        note = replace(
            note,
            meaning=f"{name}: the whole photo, as a print on a board",
            reason="it could not be cut out cleanly; a plain background helps",
        )
    return _noted(replace(play, props=props), note)


def _likely_kind(sight: Sight) -> str:
    """What a thing nobody named is made like: round when both halves are alike."""
    if sight.even and sight.tall > 1.6:  # noqa: PLR2004 - as a bottle is
        return "bottle"
    return "vase" if sight.even and sight.tall > 1.0 else "product_box"


def _showing(beat: Beat, thing: Prop) -> Beat:
    """A beat in which a thing is there, and in the middle of the picture if nobody else is."""
    if beat.setting != thing.setting:
        return beat
    camera = beat.camera
    if not beat.cast and camera.subject in {"", thing.id}:
        nearer = "medium" if camera.size in {"extreme_wide", "wide", "full"} else camera.size
        camera = replace(camera, size=nearer, subject=thing.id)
    props = beat.props if thing.id in beat.props else (*beat.props, thing.id)
    return replace(beat, props=props, camera=camera)


def _first_seen(play: Screenplay, actors: Sequence[Character]) -> Character:
    """Who of several is meant: whoever is in the first beat."""
    by_id = {one.id: one for one in actors}
    order = [name for beat in play.beats for name in beat.cast if name in by_id]
    return by_id[order[0]] if order else actors[0]


def _as_character(play: Screenplay, one: Character, sight: Sight, digest: str) -> Screenplay:
    """The photo is somebody: they stand as they do in it, and do no more than it can bear."""
    characters = tuple(
        replace(other, picture=digest) if other.id == one.id else other for other in play.characters
    )
    left = [
        action.verb.replace("_", " ")
        for beat in play.beats
        for action in beat.actions
        if action.character == one.id and action.verb not in _STANDING_VERBS
    ]
    beats = tuple(_bearable(beat, one.id, sight) for beat in play.beats)
    seen = "" if sight.whole else ", from as far down as the photo goes"
    notes = [
        Note(
            status="understood",
            phrase=PHRASE,
            meaning=f"{one.name}: cut out and standing there as in the photo{seen}",
            reason="one photo shows no other side and no other pose",
        )
    ]
    if left:
        notes.append(
            Note(
                status="left_out",
                phrase=", ".join(dict.fromkeys(left)),
                meaning=f"{one.name} stands as in the photo",
                reason="who is cut out of a photo breathes and sways, but has no limbs to move",
            )
        )
    if any(line.character == one.id for beat in play.beats for line in beat.lines):
        notes.append(
            Note(
                status="approximated",
                phrase="what they say",
                meaning="heard, while the jaw moves a little",
                reason="the face of a photo is not animated further",
            )
        )
    return _noted(replace(play, characters=characters, beats=beats), *notes)


def _bearable(beat: Beat, name: str, sight: Sight) -> Beat:
    """A beat as somebody from a photo can play it, seen from before them."""
    if name not in beat.cast:
        return beat
    actions = tuple(
        action
        for action in beat.actions
        if action.character != name or action.verb in _STANDING_VERBS
    )
    camera = beat.camera
    if camera.move == "orbit":
        camera = replace(camera, move="push_in")
    if camera.size == "extreme_close_up":
        camera = replace(camera, size="close_up")
    if not sight.whole:
        # The picture ends where the photo cuts them off.
        bust = sight.heads < BUST_HEADS
        wide = camera.size not in {"close_up", "over_shoulder"} if bust else False
        wide = wide or camera.size in {"extreme_wide", "wide", "full"}
        nearer: ShotSize = "close_up" if bust else "medium"
        camera = replace(camera, size=nearer) if wide else camera
    return replace(beat, actions=actions, camera=camera)

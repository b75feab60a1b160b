"""Likenesses in films: whom a request means, whether they agree, what they wear in the screenplay.

"@ada surfs" ▶ the likeness of ada, if she lets whoever asks ▶ a writer is given a plain name in
place of the handle ▶ the character of that name wears her likeness, and what she prefers ▶ the
finished screenplay is checked against what she does not want. The same for characters that are
kept.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import msgspec

from matinee import likeness
from matinee.film import Screenplay, document
from matinee.film.errors import DocumentInvalid
from matinee.film.screenplay import CHARACTERS_MAX, NOTES_MAX, Character, Note
from matinee.film.shot import Appearance
from matinee.kit.db import Session
from matinee.likeness import Likeness, MinorsNotCaptured

from . import likenesses, store
from .errors import CharactersTooMany, FilmNotFound, LikenessStaysHere
from .likenesses import as_shown
from .model import Engine, Film, FilmRequest

# Names that the offline writer takes for people in every language, and nobody in particular.
_STAND_INS = (
    *("Alex", "Robin", "Jamie", "Sasha", "Taylor", "Jordan"),
    *("Casey", "Morgan", "Riley", "Avery", "Quinn", "Rowan"),
)
_NAME_CHARACTERS_MAX = 60
_MINORS = ("child", "teen")
_MYSELF = re.compile(r"(?<!\w)(?:myself|me|I|i)(?!['’\w])|我自己|我(?!们)")


@dataclass(frozen=True)
class Cast:
    """Who is asked for, each with the name that a writer is given for them, and its words."""

    told: str
    stand_ins: tuple[tuple[str, Likeness], ...]


def asked_for(
    session: Session,
    request: FilmRequest,
    *,
    asker: str,
    room: likeness.Room,
    play: Screenplay | None = None,
) -> FilmRequest:
    """Return a request that names by id everybody whom its prompt and `people` name by handle.

    `play` is the screenplay that it is made from. Raises what `likeness.allow` raises about
    anybody, and LikenessNotFound for a handle in `people` or an id that is nobody's.
    """
    asked = [likeness_by_id(session, one, asker=asker) for one in request.characters]
    asked += [likeness.named(session, handle) for handle in request.people]
    asked += [one for one in map(_called(session), likeness.mentions(request.prompt)) if one]
    wanted = {one.id: one for one in asked}
    if len(wanted) > CHARACTERS_MAX:
        raise CharactersTooMany(len(wanted), CHARACTERS_MAX)
    worn = likeness.wearers_of(play) if play is not None else {}
    inherited = likeness.by_ids(session, worn.keys() - wanted.keys())
    likeness.allow(
        session, (*wanted.values(), *inherited.values()), asker, request.prompt, room=room
    )
    return replace(request, characters=tuple(wanted))


def likeness_by_id(session: Session, likeness_id: str, *, asker: str) -> Likeness:
    """Return a likeness that somebody may know of; raises LikenessNotFound for any other."""
    found = likeness.by_ids(session, (likeness_id,)).get(likeness_id)
    if found is None or (found.level == "only_me" and found.owner != asker):
        raise likenesses.LikenessNotFound(likeness_id)
    return found


def cast_of(session: Session, film: Film) -> Cast:
    """Return whom a film was asked for with, and its prompt as a writer is to read it."""
    request = film.request
    found = likeness.by_ids(session, request.characters)
    wanted = [found[one] for one in request.characters if one in found]
    told, pairs = request.prompt, []
    free = iter(one for one in _STAND_INS if one.casefold() not in told.casefold())
    for one in wanted:
        if one.kind == "character" and one.name in told:
            pairs.append((one.name, one))
            continue
        name = next(free, one.name)
        handle = re.compile(rf"(?<![\w@])@{re.escape(one.handle)}(?![\w])", re.IGNORECASE)
        if one.handle and handle.search(told):
            told = handle.sub(name, told)
        elif one.owner == film.requested_by and _MYSELF.search(told):
            told = _MYSELF.sub(name, told)
        else:
            told = f"{told.rstrip(' .')}. With {name}." if told else name
        pairs.append((name, one))
    return Cast(told=told, stand_ins=tuple(pairs))


def worn(play: Screenplay, cast: Cast, *, prompt: str, engine: Engine, voice: str) -> Screenplay:
    """Return a screenplay in which the cast is seen as themselves, under their own names.

    `voice` is the one that was asked for, if any. What could not be done stands in its notes.
    """
    kept: list[Likeness] = []
    for name, one in cast.stand_ins:
        if one.kind == "character" and name == one.name:
            kept.append(one)
            continue
        wearer = _wearer(play, name)
        if wearer is None:
            play = _noted(play, _nobody(one))
            continue
        play = _put_on(play, wearer, one, voice=voice)
        if wearer.name == name:
            play = _renamed(play, name, one.name[:_NAME_CHARACTERS_MAX])
        play = _noted(play, _seen(one, engine))
    play = msgspec.structs.replace(play, prompt=prompt)
    return as_shown(play, kept)


def with_likenesses_of(play: Screenplay, parent: Screenplay) -> Screenplay:
    """Return a revised screenplay in which whoever is still there is who they were."""
    known = {one.id: (one.likeness, one.likeness_version) for one in parent.characters}
    cast = tuple(
        msgspec.structs.replace(one, likeness=whose, likeness_version=version)
        for one in play.characters
        for whose, version in (known.get(one.id, ("", 0)),)
    )
    return msgspec.structs.replace(play, characters=cast)


def without_likenesses(play: Screenplay) -> Screenplay:
    """Return a screenplay of nobody in particular: a writer may not make anybody up."""
    if not likeness.wearers_of(play):
        return play
    cast = tuple(
        msgspec.structs.replace(one, likeness="", likeness_version=0) for one in play.characters
    )
    return msgspec.structs.replace(play, characters=cast)


def check(
    session: Session,
    film: Film,
    play: Screenplay | None,
    *,
    remote: bool,
    room: likeness.Room,
) -> None:
    """Let a film be made with everybody who is in it; raises what `likeness.permit` raises.

    Somebody from a photo who is written as a child is refused: MinorsNotCaptured.

    Where an engine of its is `remote`, only the maker's own likeness may go there.
    """
    for character in play.characters if play is not None else ():
        if character.picture and character.kind == "person" and character.look.age in _MINORS:
            raise MinorsNotCaptured
    worn_by = likeness.permit(
        session,
        play,
        film=film.id,
        maker=film.requested_by,
        line=_line(session, film),
        prompt=film.request.prompt,
        room=room,
    )
    for one in likeness.by_ids(session, worn_by).values():
        if remote and one.kind == "person" and one.owner != film.requested_by:
            raise LikenessStaysHere(one.handle or one.name)


def note_frames(session: Session, film: Film, seen: Sequence[Appearance]) -> None:
    """Write down on how many frames of a finished film each likeness is seen."""
    whose: dict[str, str] = {}
    for film_id in (*reversed(_line(session, film)), film.id):
        try:
            digest = store.film_by_id(session, film_id).screenplay
        except FilmNotFound:
            continue
        play = store.screenplay(session, digest) if digest else None
        for character in play.characters if play is not None else ():
            if character.likeness:
                whose[character.id] = character.likeness
    frames: dict[str, int] = {}
    for one in seen:
        if one.kind == "character" and one.name in whose:
            name = whose[one.name]
            frames[name] = frames.get(name, 0) + one.frame_count
    likeness.note_frames(session, film.id, frames)


def _line(session: Session, film: Film) -> tuple[str, ...]:
    """Return the films that a film is made from, also through its pieces, the nearest first."""
    origin = film.request.origin
    starts = (film.id, *(one.film for one in origin.pieces)) if origin else ()
    line = dict.fromkeys(one for start in starts for one in store.line_of(session, start))
    if origin:
        line.setdefault(origin.film)  # it may be gone, and what was made from it is still its child
    line.pop(film.id, None)
    return tuple(line)


def _called(session: Session) -> Callable[[str], Likeness | None]:
    return lambda handle: likeness.called(session, handle)


def _wearer(play: Screenplay, name: str) -> Character | None:
    """Who has a stand-in's name; failing that the first person who is nobody yet."""
    called = name.casefold()
    free = [one for one in play.characters if not one.likeness]
    found = [one for one in free if called in {one.name.casefold(), one.id}]
    return next(iter([*found, *(one for one in free if one.kind == "person"), *free]), None)


def _put_on(play: Screenplay, wearer: Character, one: Likeness, *, voice: str) -> Screenplay:
    """Return the screenplay in which a character is somebody's likeness, and speaks with it."""
    look = wearer.look if one.looks is None else likenesses.look_of(wearer, one.looks)
    if look.gender == "neutral" and one.voice in {"woman", "man"}:
        # The body that carries their face is of the kind that their voice is.
        gender = "woman" if one.voice == "woman" else "man"
        look = msgspec.structs.replace(look, gender=gender)
    changed = msgspec.structs.replace(
        wearer,
        name=one.name[:_NAME_CHARACTERS_MAX],
        look=look,
        likeness=one.id,
        likeness_version=one.version,
        voice=voice or one.voice or wearer.voice,
    )
    cast = tuple(changed if other.id == wearer.id else other for other in play.characters)
    return msgspec.structs.replace(play, characters=cast)


def _renamed(play: Screenplay, stand_in: str, name: str) -> Screenplay:
    """Return the screenplay with a name in place of a stand-in, wherever a text has it."""
    written = msgspec.json.encode(name).decode()[1:-1]
    text = document.encode(play).decode()
    changed = re.sub(rf"(?<!\w){re.escape(stand_in)}(?!\w)", lambda _: written, text)
    try:
        return document.decode(changed, Screenplay)
    except DocumentInvalid:
        return play  # with the longer name some text has no room; the cast list says who it is


def _seen(one: Likeness, engine: Engine) -> Note:
    phrase = f"@{one.handle}" if one.handle else one.name
    if not engine.abilities.likenesses:
        return Note(
            status="left_out",
            phrase=phrase,
            meaning=f"{one.name} by name, in a body of the engine's own",
            reason=f"the engine {engine.name} shows nobody's likeness; the stage does",
        )
    voice = f", in the voice {one.voice!r}" if one.voice else ""
    return Note(status="understood", phrase=phrase, meaning=f"{one.name}, as captured{voice}")


def _nobody(one: Likeness) -> Note:
    return Note(
        status="left_out",
        phrase=f"@{one.handle}" if one.handle else one.name,
        reason="nobody in the screenplay could be told to be this person",
    )


def _noted(play: Screenplay, note: Note) -> Screenplay:
    return msgspec.structs.replace(play, notes=(*play.notes[: NOTES_MAX - 1], note))

"""Films made from films by hand: another screenplay, another size, another style.

A film never changes once it has ended. What is done to it makes a new film, and the earlier one is
still there: that is how a change is undone.
"""

from collections.abc import Callable
from dataclasses import replace

import msgspec

from matinee.film import FrameSize, Screenplay
from matinee.kit.db import Session

from . import store
from .actions import Office, request_film
from .editing import changed_parts, clashes, united
from .errors import (
    EditConflict,
    NothingChanged,
    NothingToTranslate,
    ScreenplayChanged,
    ScreenplayMissing,
    unready,
)
from .foresight import Foreseen, foreseen
from .model import Film, How, Origin, check_language
from .translating import sources, translator_for

Edit = Callable[[Screenplay], Screenplay]


def edit_film(
    session: Session, film_id: str, edit: Edit, *, office: Office, read: str | None = None
) -> Film:
    """Ask for a film of an ended one's screenplay as `edit` changes it; no writer is asked.

    `read` is the digest of the screenplay that the edit was made on. With it, an edit that somebody
    else made meanwhile is united with this one, and refused only where both change the same part;
    without it, the film is a version of its own. Raises FilmNotFound, FilmNotReady, NothingChanged,
    ScreenplayChanged, EditConflict, what `edit` raises and what `request_film` raises.
    """
    store.hold_film(session, film_id)
    parent, play = _written(session, film_id)
    if read is not None and read != parent.screenplay:
        raise ScreenplayChanged(film_id, read, parent.screenplay)
    mine = edit(play)
    if not changed_parts(play, mine):
        raise NothingChanged(film_id)
    if read is not None:
        for newer in _newer(session, film_id):
            theirs = store.screenplay(session, newer.request.screenplay)
            if both := clashes(play, theirs, mine):
                raise EditConflict(film_id, newer.id, tuple(sorted(both)))
            parent, play, mine = newer, theirs, united(play, theirs, mine)
    return _derived(session, parent, mine, how="edit", office=office)


def restyle_film(session: Session, film_id: str, style: str, *, office: Office) -> Film:
    """Ask for a film in another picture style: every shot is rendered again.

    Raises FilmNotFound, FilmNotReady, NothingChanged and PartUnknown.
    """
    parent, play = _written(session, film_id)
    restyled = msgspec.structs.replace(play, style=style)
    if restyled == play:
        raise NothingChanged(film_id)
    return _derived(session, parent, restyled, how="restyle", office=office)


def reframe_film(session: Session, film_id: str, size: FrameSize, *, office: Office) -> Film:
    """Ask for a film in another size or shape, framed anew for it: every shot is rendered again.

    Nothing is cropped: the camera is placed for the new frame, so that the subject stays in it.
    Raises FilmNotFound, FilmNotReady and NothingChanged.
    """
    parent, play = _written(session, film_id)
    if size == parent.request.size:
        raise NothingChanged(film_id)
    return _derived(session, parent, play, how="reframe", office=office, size=size)


def translate_film(session: Session, film_id: str, language: str, *, office: Office) -> Film:
    """Ask for a film that says the same in another language; it is translated while it is made.

    Raises FilmNotFound, FilmNotReady, LanguageInvalid, NothingToTranslate, TranslatorMissing and
    what `request_film` raises.
    """
    check_language(language)
    parent, play = _written(session, film_id)
    spoken = sources(play, language)
    if not spoken:
        raise NothingToTranslate(film_id, language)
    for source in spoken:
        translator_for(office.crew.translators, source, language)
    wanted = replace(
        parent.request,
        language=language,
        style="",
        seed=parent.seed,
        # A line is as long as its language makes it.
        duration_ms=None,
        origin=Origin(film=parent.id, how="translation", screenplay=parent.screenplay),
        screenplay="",
    )
    return request_film(session, wanted, office=office)


def foresee_edit(session: Session, film_id: str, edit: Edit) -> tuple[Foreseen, ...]:
    """Return the shots that an edit will have, and which of them are kept; nothing is stored."""
    parent, play = _written(session, film_id)
    line = store.line_of(session, film_id)
    shots = [shot for one in line for shot in store.shots_of(session, one)]
    return foreseen(
        edit(play), shots, size=parent.request.size, rate=parent.request.rate, seed=parent.seed
    )


def versions_of(session: Session, film_id: str) -> tuple[Film, ...]:
    """Return all films of a film's line, oldest first: what it was made from, what from it.

    Raises FilmNotFound.
    """
    store.film_by_id(session, film_id)
    return store.made_from(session, store.line_of(session, film_id)[-1])


def _written(session: Session, film_id: str) -> tuple[Film, Screenplay]:
    """Return a film that has ended, and its screenplay; a failed film may be mended by an edit."""
    found = store.film_by_id(session, film_id)
    if not found.ended:
        raise unready(found.id, found.status)
    if not found.screenplay:
        raise ScreenplayMissing(found.id)
    return found, store.screenplay(session, found.screenplay)


def _newer(session: Session, film_id: str) -> list[Film]:
    """Return the versions that edits made of a film one after the other, oldest first."""
    newer, last = [], film_id
    for made in store.made_from(session, film_id):
        origin = made.request.origin
        if origin and origin.how == "edit" and origin.film == last and made.status != "failed":
            newer.append(made)
            last = made.id
    return newer


def _derived(
    session: Session,
    parent: Film,
    play: Screenplay,
    *,
    how: How,
    office: Office,
    size: FrameSize | None = None,
) -> Film:
    screenplay = parent.screenplay or parent.request.screenplay
    wanted = replace(
        parent.request,
        prompt=parent.request.prompt,
        style="",
        seed=parent.seed,
        size=size or parent.request.size,
        # Each beat is as long as it needs to be, or as its author says.
        duration_ms=None if how == "edit" else parent.request.duration_ms,
        origin=Origin(film=parent.id, how=how, screenplay=screenplay),
        screenplay="",
    )
    return request_film(session, wanted, office=office, play=play)

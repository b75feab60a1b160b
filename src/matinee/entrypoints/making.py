"""``matinee make`` and ``matinee resume``: ask for a film, watch it, fetch it.

The film is made by the same durable workflow as on the server: by a server that runs on the same
data folder, else by this process. If it is killed, the film stays on the books, and its finished
shots with it: the same command again, or ``matinee resume``, goes on from there.
"""

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from matinee import film as film_language
from matinee import studio
from matinee.entrypoints.folder import serve_lock
from matinee.entrypoints.wiring import House
from matinee.film import Screenplay
from matinee.kit import errors
from matinee.likeness import Attestation
from matinee.studio import Film, FilmRequest

_LOOK_EVERY_S = 0.25
_SERVER_CHECK_S = 2.0
_LAST_NOTES_S = 3.0


class NothingToResume(errors.NotFound):
    """No film is unfinished."""

    code = "entrypoints.nothing_to_resume"

    def __init__(self) -> None:
        super().__init__("No film is unfinished. Make one: matinee make 'A sentence.' -o film.mp4")


class NothingToRemix(errors.NotFound):
    """There is no finished film to make another from."""

    code = "entrypoints.nothing_to_remix"

    def __init__(self) -> None:
        super().__init__("No film is finished yet. Make one first: matinee make PROMPT")


class OutputUnusable(errors.Invalid):
    """A film cannot be written where it is wanted."""

    code = "entrypoints.output_unusable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The film cannot be written to {path}: {reason}. Choose another place with -o.",
            path=str(path),
        )


class PictureUnreadable(errors.Invalid):
    """The file that ``--picture`` names cannot be read."""

    code = "entrypoints.picture_unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The photo {path} cannot be read: {reason}. Give --picture a file that you may read.",
            path=str(path),
        )


class FilmFailed(errors.Unavailable):
    """The film was asked for and watched, and failed; the reason is the film's own."""

    code = "entrypoints.film_failed"

    def __init__(self, film: Film) -> None:
        reason = film.error.message if film.error else "No reason was recorded."
        code = film.error.code if film.error else "unknown"
        super().__init__(f"The film {film.id} failed ({code}): {reason}", film_id=film.id)


class Watcher(Protocol):
    """Shows how far a film is."""

    def show(self, film: Film) -> None:
        """Show ``film`` as it stands."""
        ...


@dataclass(frozen=True, kw_only=True)
class Made:
    """A finished film with the files that were written."""

    film: Film
    screenplay: Screenplay | None
    video: Path
    captions: Path | None
    screenplay_file: Path | None


def check_output(path: Path) -> Path:
    """``path`` if a film can be written there, else ``OutputUnusable`` before any work is done."""
    if path.is_dir():
        raise OutputUnusable(path, "it is a folder")
    if not path.parent.is_dir():
        raise OutputUnusable(path, f"the folder {path.parent} does not exist")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise OutputUnusable(path, f"the folder {path.parent} cannot be written to")
    if path.suffix.lower() != ".mp4":
        raise OutputUnusable(path, "a film's name ends with .mp4")
    return path


def kept_picture(house: House, path: Path, *, attested: Attestation, about: str) -> str:
    """The blob key of a photo, kept; raises an Invalid error that says why it cannot be used."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PictureUnreadable(path, error.strerror or "it is not readable") from error
    with house.database.transaction() as session:
        return studio.keep_picture(
            session,
            content,
            attested=attested,
            about=about,
            blobs=house.blobs,
        )


def request_or_rejoin(
    house: House, request: FilmRequest, play: Screenplay | None = None
) -> tuple[Film, bool]:
    """The film of ``request`` and whether it was begun earlier.

    A film that was asked for in the same words, or of the same screenplay, and has not ended is
    gone on with.
    """
    if play is not None:
        prompt = request.prompt or play.prompt or play.title
        request = replace(request, prompt=prompt, screenplay=film_language.digest(play))
    with house.database.transaction() as session:
        for unfinished in studio.unfinished_films(session):
            if unfinished.request == request:
                return unfinished, True
        return studio.request_film(session, request, office=house.office, play=play), False


def unfinished(house: House, film_id: str | None) -> Film:
    """The film ``film_id``, or the newest that has not ended; raises ``NothingToResume``."""
    with house.database.transaction() as session:
        if film_id is not None:
            return studio.film_by_id(session, film_id)
        waiting = studio.unfinished_films(session)
    if not waiting:
        raise NothingToResume
    return waiting[-1]


def finished(house: House, film_id: str | None) -> str:
    """``film_id``, or the id of the newest finished film; raises ``NothingToRemix``."""
    if film_id is not None:
        return film_id
    with house.database.transaction() as session:
        made = [one for one in studio.films(session, limit=100) if one.video]
    if not made:
        raise NothingToRemix
    return made[0].id


def derived(house: House, film_id: str | None, words: str, *, longer_ms: int | None) -> Film:
    """A film made from ``film_id``, or from the newest finished one; raises ``NothingToRemix``."""
    parent = finished(house, film_id)
    how: studio.How = "remix" if longer_ms is None else "extension"
    with house.database.transaction() as session:
        return studio.derive_film(
            session, parent, words, how=how, longer_ms=longer_ms, office=house.office
        )


def restarted(house: House, ended: Film) -> Film:
    """A failed film asked for once more, with its seed: finished shots are not shot again."""
    with house.database.transaction() as session:
        request = replace(ended.request, seed=ended.seed)
        return studio.request_film(session, request, office=house.office)


def watch(house: House, film: Film, watcher: Watcher) -> Film:
    """Follow ``film`` to its end, working on it here if no server does; Ctrl-C cancels it.

    Raises ``FilmFailed``; re-raises KeyboardInterrupt once the film is cancelled.
    """
    try:
        ended = _followed(house, film, watcher)
    except KeyboardInterrupt:
        _cancel(house, film.id)
        raise
    finally:
        # The job still has to note down that it is done, or that its film is no longer wanted.
        if house.working:
            house.office.jobs.wait(film.id, timeout_s=_LAST_NOTES_S)
    if ended.status == "failed":
        raise FilmFailed(ended)
    return ended


def write_files(house: House, film: Film, path: Path, *, only_video: bool) -> Made:
    """Write the film to ``path``, and its captions and screenplay beside it unless told not to."""
    with house.database.transaction() as session:
        play = studio.screenplay_of(session, film.id)
    video = house.blobs.fetch(film.delivered, path)
    captions = screenplay_file = None
    if not only_video:
        if film.captions:
            captions = house.blobs.fetch(film.captions, path.with_suffix(".vtt"))
        if play is not None:
            screenplay_file = path.with_suffix(".screenplay.json")
            try:
                screenplay_file.write_bytes(film_language.encode(play))
            except OSError as error:
                raise errors.from_os_error(error, screenplay_file) or error from error
    return Made(
        film=film,
        screenplay=play,
        video=video,
        captions=captions,
        screenplay_file=screenplay_file,
    )


def _followed(house: House, film: Film, watcher: Watcher) -> Film:
    checked_at_s = -_SERVER_CHECK_S
    while True:
        with house.database.transaction() as session:
            film = studio.film_by_id(session, film.id)
        watcher.show(film)
        if film.ended:
            return film
        # The server that was to make the film may have gone in the meantime.
        now = house.clock.elapsed_s()
        if not house.working and now - checked_at_s >= _SERVER_CHECK_S:
            checked_at_s = now
            if not _server_runs(house):
                house.start_worker()
        time.sleep(_LOOK_EVERY_S)


def _server_runs(house: House) -> bool:
    lock = serve_lock(house.settings)
    if not lock.try_acquire("make"):
        return True
    lock.release()
    return False


def _cancel(house: House, film_id: str) -> None:
    with house.database.transaction() as session:
        if not studio.film_by_id(session, film_id).ended:
            studio.cancel_film(session, film_id, clock=house.clock)

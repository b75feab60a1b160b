"""The commands ``make`` and ``resume`` from their words to their files."""

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click
import msgspec

from matinee import film as film_language
from matinee.entrypoints import making, telling, wiring
from matinee.film import FrameRate, FrameSize, Screenplay
from matinee.kit import errors
from matinee.kit.settings import Settings
from matinee.likeness import UNATTESTED, Attestation
from matinee.studio import Film, FilmRequest

_SECONDS_SANE = 1_000_000


class SecondsInvalid(errors.Invalid):
    """A length on the command line is not a number of seconds."""

    code = "entrypoints.seconds_invalid"

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no number of seconds: write a number such as 8 or 2.5.")


def attested(attest: str | None) -> Attestation:
    """What the command line says of the people in a photo: "me", "consented" or nothing."""
    if attest is None:
        return Attestation()
    return msgspec.convert({"people_in_photo": attest, "minors": "none"}, Attestation)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The words of the command line."""

    prompt: str
    seconds: str | None
    size: str
    fps: str
    seed: int | None
    language: str | None
    voice: str
    style: str
    writer: str | None
    model: str
    picture: Path | None = None
    attested: Attestation = UNATTESTED

    def request(self, *, writer: str, picture: str = "") -> FilmRequest:
        """What they ask for, with the blob key of their ``picture``, if they have one.

        ``writer`` is the one that writes when none is named.
        """
        return FilmRequest(
            prompt=self.prompt,
            duration_ms=None if self.seconds is None else milliseconds(self.seconds),
            size=FrameSize.of(self.size),
            rate=FrameRate.of(self.fps),
            seed=self.seed,
            language=self.language,
            voice=self.voice,
            style=self.style,
            writer=self.writer or writer,
            attest=self.attested,
            model=self.model,
            picture=picture,
        )


@dataclass(frozen=True)
class Output:
    """Where the film goes and how it is told."""

    path: Path
    only_video: bool
    as_json: bool


class _Quiet:
    """Shows nothing while a film is made."""

    def show(self, film: Film) -> None:
        """Show nothing."""


def make(
    settings: Settings, wanted: Wanted, output: Output, *, screenplay: bytes | None = None
) -> None:
    """Make a film, or go on with the same one if it was not finished.

    The JSON of a `screenplay` is filmed as it is, whatever the prompt says.
    """
    making.check_output(output.path)
    wanted.request(writer="")  # what cannot be read is refused before a database is started
    play = None if screenplay is None else film_language.decode(screenplay, Screenplay)
    with wiring.open_house(settings) as house:
        picture = ""
        if wanted.picture is not None:
            picture = making.kept_picture(
                house, wanted.picture, attested=wanted.attested, about=wanted.prompt
            )
        request = wanted.request(writer=house.writer, picture=picture)
        film, again = making.request_or_rejoin(house, request, play)
        if again:
            _say(output, f"Going on with {film.id}, which was not finished.")
        finish(house, film, output)


def derive(
    settings: Settings, film_id: str | None, words: str, *, seconds: str | None, output: Output
) -> None:
    """Make a film from a finished one: changed in words, or going on for so many `seconds`."""
    making.check_output(output.path)
    longer_ms = None if seconds is None else milliseconds(seconds)
    with wiring.open_house(settings) as house:
        film = making.derived(house, film_id, words, longer_ms=longer_ms)
        finish(house, film, output)


def resume(settings: Settings, film_id: str | None, output: Output) -> None:
    """Go on with an unfinished film, try a failed one again, write a finished one out."""
    making.check_output(output.path)
    with wiring.open_house(settings) as house:
        film = making.unfinished(house, film_id)
        if film.status == "failed":
            film = making.restarted(house, film)
        _say(output, f"Going on with {film.id}.")
        finish(house, film, output)


def finish(house: wiring.House, film: Film, output: Output) -> None:
    """Watch a film to its end, write its files and tell about it."""
    began_s = house.clock.elapsed_s()
    bars: AbstractContextManager[making.Watcher] = (
        nullcontext(_Quiet()) if output.as_json else telling.ProgressBars()
    )
    with bars as watcher:
        film = making.watch(house, film, watcher)
    made = making.write_files(house, film, output.path, only_video=output.only_video)
    wall_s = round(house.clock.elapsed_s() - began_s, 1)
    if output.as_json:
        click.echo(json.dumps(_as_json(made, wall_s), ensure_ascii=False))
        return
    if made.screenplay is not None:
        telling.tell_screenplay(made.screenplay)
    length_s = (film.duration_ms or 0) / 1000
    facts = f"{film.request.size}, {length_s:g} s, seed {film.seed}, made in {wall_s:g} s"
    click.echo(f"{made.video}  ({facts})")
    for path in (made.captions, made.screenplay_file):
        if path is not None:
            click.echo(str(path))


def _say(output: Output, text: str) -> None:
    if not output.as_json:
        click.echo(text, err=True)


def _as_json(made: making.Made, wall_s: float) -> dict[str, object]:
    film, play = made.film, made.screenplay
    return {
        "id": film.id,
        "status": film.status,
        "video": str(made.video),
        "captions": None if made.captions is None else str(made.captions),
        "screenplay": None if made.screenplay_file is None else str(made.screenplay_file),
        "title": film.title,
        "seconds": (film.duration_ms or 0) / 1000,
        "size": str(film.request.size),
        "seed": film.seed,
        "language": film.language,
        "wall_s": wall_s,
        "notes": [
            {
                "status": note.status,
                "phrase": note.phrase,
                "meaning": note.meaning,
                "reason": note.reason,
            }
            for note in (() if play is None else play.notes)
        ],
    }


def milliseconds(seconds: str) -> int:
    """Read seconds of the command line; raises SecondsInvalid."""
    try:
        exact = Decimal(seconds)
    except InvalidOperation as error:
        raise SecondsInvalid(seconds) from error
    # Whether a film may be that long is for the studio to say.
    if not exact.is_finite() or abs(exact) > _SECONDS_SANE:
        raise SecondsInvalid(seconds)
    return int(exact * 1000)

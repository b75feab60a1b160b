"""The commands that change films, from their words to their files."""

from collections.abc import Callable, Sequence

import click
import msgspec

from matinee import film as film_language
from matinee import studio
from matinee.entrypoints import making, wiring
from matinee.entrypoints.filming import Output, finish, milliseconds
from matinee.film import FrameSize, Screenplay
from matinee.kit.db import Session
from matinee.kit.settings import Settings
from matinee.studio import Film, deriving, splicing
from matinee.studio.splicing import LoopMode

Verb = Callable[[Session, str, studio.Office], Film]


def tell_screenplay(settings: Settings, film_id: str | None) -> None:
    """Print a screenplay with its parts on lines of their own, for a person to change."""
    with wiring.open_house(settings) as house:
        found = making.finished(house, film_id)
        with house.database.transaction() as session:
            play = studio.screenplay_of(session, found)
    if play is not None:
        # In the order of the language and not of the alphabet, which is that of the stored form.
        click.echo(msgspec.json.format(msgspec.json.encode(play), indent=2).decode())


def tell_versions(settings: Settings, film_id: str | None) -> None:
    """Print one line for each film of a line: its id, what became of it, how it was made."""
    with wiring.open_house(settings) as house:
        found = making.finished(house, film_id)
        with house.database.transaction() as session:
            line = deriving.versions_of(session, found)
    for one in line:
        origin = one.request.origin
        made = f"{origin.how} of {origin.film}" if origin else "made from its prompt"
        length = f"{(one.duration_ms or 0) / 1000:g} s"
        click.echo(f"{one.id}  {one.status:<11}  {one.request.size}  {length}  {made}")


def edit(settings: Settings, film_id: str, content: bytes, output: Output) -> None:
    """Make the film of a screenplay that was changed by hand."""
    play = film_language.decode(content, Screenplay)
    _make(
        settings,
        film_id,
        output,
        lambda session, one, office: deriving.edit_film(
            session, one, lambda _before: play, office=office
        ),
    )


def restyle(settings: Settings, film_id: str | None, style: str, output: Output) -> None:
    """Make a film in another style."""
    _make(
        settings,
        film_id,
        output,
        lambda session, one, office: deriving.restyle_film(session, one, style, office=office),
    )


def reframe(settings: Settings, film_id: str | None, size: str, output: Output) -> None:
    """Make a film in another size or shape."""
    wanted = FrameSize.of(size)
    _make(
        settings,
        film_id,
        output,
        lambda session, one, office: deriving.reframe_film(session, one, wanted, office=office),
    )


def translate(settings: Settings, film_id: str | None, language: str, output: Output) -> None:
    """Make a film that says the same in another language."""
    _make(
        settings,
        film_id,
        output,
        lambda session, one, office: deriving.translate_film(session, one, language, office=office),
    )


def trim(
    settings: Settings, film_id: str | None, part: tuple[str, str | None], output: Output
) -> None:
    """Make a film of a part of one, given by its seconds."""
    start_ms = milliseconds(part[0])
    end_ms = None if part[1] is None else milliseconds(part[1])
    _make(
        settings,
        film_id,
        output,
        lambda session, one, office: splicing.trim_film(
            session, one, start_ms=start_ms, end_ms=end_ms, office=office
        ),
    )


def loop(settings: Settings, film_id: str | None, mode: LoopMode, output: Output) -> None:
    """Make a film that can be shown again and again."""
    _make(
        settings,
        film_id,
        output,
        lambda session, one, office: splicing.loop_film(session, one, mode=mode, office=office),
    )


def stitch(settings: Settings, films: Sequence[str], output: Output, *, conform: bool) -> None:
    """Make one film of several."""
    _make(
        settings,
        films[0],
        output,
        lambda session, _first, office: splicing.stitch_films(
            session, films, conform=conform, office=office
        ),
    )


def _make(settings: Settings, film_id: str | None, output: Output, verb: Verb) -> None:
    making.check_output(output.path)
    with wiring.open_house(settings) as house:
        parent = making.finished(house, film_id)
        with house.database.transaction() as session:
            made = verb(session, parent, house.office)
        finish(house, made, output)

"""The commands that change films: read a screenplay, hand one in, give another style or shape.

They import the engine when they run, so that help does not wait for it.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matinee.entrypoints.options import film_options, settings
from matinee.kit import errors

if TYPE_CHECKING:
    from matinee.studio.splicing import LoopMode

_NEWEST = "The film; the newest finished one if absent."


class ScreenplayUnreadable(errors.Invalid):
    """A file that should hold a screenplay cannot be read."""

    code = "entrypoints.screenplay_unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The screenplay {path} cannot be read: {reason}. Write one with: "
            "matinee screenplay FILM > play.json",
            path=str(path),
        )


def content_of(path: Path) -> bytes:
    """Return what is in a file, or on standard input for `-`; raises ScreenplayUnreadable."""
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise ScreenplayUnreadable(path, error.strerror or str(error)) from error


@click.command("screenplay")
@click.argument("film_id", metavar="FILM", required=False)
def screenplay(*, film_id: str | None) -> None:
    """Print the screenplay of FILM, or of the newest finished film, as JSON."""
    from matinee.entrypoints import changing  # noqa: PLC0415 - see the top of this file

    changing.tell_screenplay(settings(quiet=True), film_id)


@click.command("versions")
@click.argument("film_id", metavar="FILM", required=False)
def versions(*, film_id: str | None) -> None:
    """List what FILM was made from and what was made from it, oldest first."""
    from matinee.entrypoints import changing  # noqa: PLC0415 - see the top of this file

    changing.tell_versions(settings(quiet=True), film_id)


@click.command("edit")
@click.argument("film_id", metavar="FILM")
@click.argument("play", type=click.Path(path_type=Path), metavar="PLAY.JSON")
@film_options
def edit(*, film_id: str, play: Path, output: Path, only_video: bool, as_json: bool) -> None:
    """Make FILM anew from the screenplay in PLAY.JSON; only what changed is rendered again.

    PLAY.JSON is what `matinee screenplay FILM` printed, changed by hand. `-` reads standard input.
    """
    from matinee.entrypoints import changing, filming  # noqa: PLC0415 - see the top of this file

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    changing.edit(settings(quiet=True), film_id, content_of(play), where)


@click.command("restyle")
@click.argument("style")
@click.option("--film", "film_id", help=_NEWEST)
@film_options
def restyle(
    *, style: str, film_id: str | None, output: Path, only_video: bool, as_json: bool
) -> None:
    """Make a film anew in another STYLE, such as watercolour or clay."""
    from matinee.entrypoints import changing, filming  # noqa: PLC0415 - see the top of this file

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    changing.restyle(settings(quiet=True), film_id, style, where)


@click.command("reframe")
@click.argument("size")
@click.option("--film", "film_id", help=_NEWEST)
@film_options
def reframe(
    *, size: str, film_id: str | None, output: Path, only_video: bool, as_json: bool
) -> None:
    """Make a film anew in another SIZE or shape, such as 720x1280, with its subjects in frame."""
    from matinee.entrypoints import changing, filming  # noqa: PLC0415 - see the top of this file

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    changing.reframe(settings(quiet=True), film_id, size, where)


@click.command("translate")
@click.argument("language")
@click.option("--film", "film_id", help=_NEWEST)
@film_options
def translate(
    *, language: str, film_id: str | None, output: Path, only_video: bool, as_json: bool
) -> None:
    """Make a film that says the same in another LANGUAGE, given by its tag, such as es."""
    from matinee.entrypoints import changing, filming  # noqa: PLC0415 - see the top of this file

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    changing.translate(settings(quiet=True), film_id, language, where)


@click.command("trim")
@click.option("--from", "start", default="0", show_default=True, help="Where it begins, seconds.")
@click.option("--to", "end", help="Where it ends, in seconds; the film's end if absent.")
@click.option("--film", "film_id", help=_NEWEST)
@film_options
def trim(
    *,
    start: str,
    end: str | None,
    film_id: str | None,
    output: Path,
    only_video: bool,
    as_json: bool,
) -> None:
    """Make a film of a part of one, to the frame; what can be copied is not encoded again."""
    from matinee.entrypoints import changing, filming  # noqa: PLC0415 - see the top of this file

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    changing.trim(settings(quiet=True), film_id, (start, end), where)


@click.command("loop")
@click.option(
    "--mode",
    type=click.Choice(("auto", "cross_fade", "ping_pong", "cut")),
    default="auto",
    show_default=True,
    help="How its end leads to its beginning.",
)
@click.option("--film", "film_id", help=_NEWEST)
@film_options
def loop(
    *, mode: "LoopMode", film_id: str | None, output: Path, only_video: bool, as_json: bool
) -> None:
    """Make a film that can be shown again and again without a visible end."""
    from matinee.entrypoints import changing, filming  # noqa: PLC0415 - see the top of this file

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    changing.loop(settings(quiet=True), film_id, mode, where)


@click.command("stitch")
@click.argument("films", metavar="FILM...", nargs=-1, required=True)
@click.option("--conform", is_flag=True, help="Bring films of another size or rate to the first's.")
@film_options
def stitch(
    *,
    films: tuple[str, ...],
    conform: bool,
    output: Path,
    only_video: bool,
    as_json: bool,
) -> None:
    """Make one film of several finished ones, named by their ids, one after the other."""
    from matinee.entrypoints import changing, filming  # noqa: PLC0415 - see the top of this file

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    changing.stitch(settings(quiet=True), films, where, conform=conform)


COMMANDS = (screenplay, versions, edit, restyle, reframe, translate, trim, loop, stitch)

"""``matinee finish`` and ``matinee compare``: the ladder from a draft to its final."""

from pathlib import Path

import click

from matinee.entrypoints.options import film_options, settings

_FILM = "The newest finished film if absent."


@click.command("finish")
@click.argument("film_id", required=False)
@click.option("--engine", required=True, help="One of the file of engines; see docs/engines.md.")
@click.option("--shots", help="Which shots, counted from 1, such as 2,3 or 4-6; all if absent.")
@click.option("--budget", help="What it may cost, such as 5EUR; without a limit if absent.")
@click.option("--own-sound", is_flag=True, help="Hear the engine's own sound in these shots.")
@film_options
def finish(
    *,
    film_id: str | None,
    engine: str,
    shots: str | None,
    budget: str | None,
    own_sound: bool,
    output: Path,
    only_video: bool,
    as_json: bool,
) -> None:
    """Take shots of FILM_ID again on another engine, guided by the draft."""
    from matinee.entrypoints import (  # noqa: PLC0415 - commands import the engine when they run
        filming,
        finals,
    )

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    wish = finals.wish_of(engine, shots, budget, own_sound=own_sound)
    finals.finish(settings(quiet=True), film_id, wish, where)


@click.command("compare")
@click.argument("film_id", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("comparison.mp4"),
    show_default=True,
    help="Where the drafts (left) and finals (right) go.",
)
def compare(*, film_id: str | None, output: Path) -> None:
    """Show the finished shots of FILM_ID beside their drafts, and what they cost."""
    from matinee.entrypoints import finals  # noqa: PLC0415 - the same

    click.echo(finals.compare(settings(quiet=True), film_id, output))


COMMANDS = (finish, compare)

"""The commands about likenesses, for whoever runs the server: list, rotate, purge."""

import click

from matinee.entrypoints import folder
from matinee.entrypoints.options import settings


@click.group("likeness")
def likeness_group() -> None:
    """Likenesses of people and characters: who is kept, and under which key."""


@likeness_group.command("list")
def list_likenesses() -> None:
    """List everybody who is kept; what is kept of them stays sealed."""
    from matinee.likeness import keeping  # noqa: PLC0415 - see the top of cli.py

    with folder.open_database(settings(quiet=True)) as database, database.transaction() as session:
        found = keeping.everybody(session)
        if not found:
            click.echo("No likeness is kept here.")
        for one in found:
            handle = f"@{one.handle}" if one.handle else "-"
            click.echo(f"{one.id}  {one.kind:9}  {one.level:9}  {handle:24}  {one.name}")


@likeness_group.command("rotate")
def rotate() -> None:
    """Make a new house key and wrap every likeness with it; the old one is dropped.

    A server that runs meanwhile takes the new key by itself, unless it has its keys from
    MATINEE_LIKENESS_KEYS, which it reads when it starts.
    """
    from matinee.entrypoints import wiring  # noqa: PLC0415
    from matinee.likeness import keeping, sealing  # noqa: PLC0415

    chosen = settings(quiet=True)
    if chosen.likeness_keys is not None:
        message = "The keys stand in MATINEE_LIKENESS_KEYS: put the new one first, and run again."
        if len(sealing.house_keys(chosen.likeness_keys, chosen.home)) < 2:  # noqa: PLR2004 - old, new
            raise click.UsageError(message)
    else:
        sealing.add_house_key(chosen.home / sealing.KEYS_FILE)
    with wiring.open_house(chosen) as house:
        count = keeping.rewrap(house.database, room=house.office.likenesses)
        # What a server wrapped with the old key just before it saw the new one.
        count += keeping.rewrap(house.database, room=house.office.likenesses)
    if chosen.likeness_keys is None:
        file = chosen.home / sealing.KEYS_FILE
        sealing.keep_house_keys(file, sealing.house_keys(None, file)[:1])
    click.echo(f"{count} likenesses are wrapped with the new key.")


@likeness_group.command("purge")
@click.argument("handle", required=False)
def purge(handle: str | None) -> None:
    """Remove what is due to go; with a HANDLE that likeness first, with every film it is in."""
    from matinee.entrypoints import wiring  # noqa: PLC0415
    from matinee.likeness import keeping, removing  # noqa: PLC0415

    with wiring.open_house(settings(quiet=True)) as house:
        room = house.office.likenesses
        if handle is not None:
            with house.database.transaction() as session:
                films = keeping.purge(session, handle, room=room)
            house.dispatcher.deliver()
            click.echo(f"@{handle} is deleted, and withdrawn from {len(films)} films.")
        gone = removing.remove(house.database, room=room)
    click.echo(f"{gone} files are removed.")

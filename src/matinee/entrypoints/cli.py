"""The command ``matinee``: make a film, resume one, serve the page and the API, keep keys.

Results go to standard output, progress and errors to standard error. Every error is one line,
``error: what happened and what to do [code]``; the exit code says its kind (``EXIT_CODES``).

Commands that make films import the engine when they run, so that keys and help do not wait for it.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from matinee.entrypoints import (
    book_commands,
    claim_commands,
    desk_commands,
    editing,
    final_commands,
    folder,
    hook_commands,
    likeness_commands,
    payout_commands,
    people_commands,
    practice_commands,
    telling,
    work_commands,
)
from matinee.entrypoints.options import film_options, settings
from matinee.kit.clock import SystemClock
from matinee.kit.db import Session
from matinee.kit.errors import MatineeError
from matinee.kit.ids import SystemIds
from matinee.people import OPERATOR_ID, keys, person_by_handle

EXIT_FAULT = 1
EXIT_CODES = {"invalid": 2, "not_found": 3, "conflict": 4, "forbidden": 5, "unavailable": 6}
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130

_TERMINATED = 128 + signal.SIGTERM
_CLOCK = SystemClock()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(folder.version(), prog_name="matinee", message="%(prog)s %(version)s")
def matinee() -> None:
    """A sentence becomes a film with sound.

    All state lives in one folder, MATINEE_HOME.
    """


@matinee.command("make")
@click.argument("prompt", required=False)
@click.option(
    "--screenplay",
    "play",
    type=click.Path(path_type=Path),
    help="A screenplay in JSON to film as it is, instead of PROMPT; - reads standard input.",
)
@click.option("--seconds", help="Length, 1 to 120; as long as the story needs unless given.")
@click.option("--size", default="1280x720", show_default=True, help="WIDTHxHEIGHT, both even.")
@click.option("--fps", default="24", show_default=True, help="Frames per second.")
@click.option("--seed", type=int, help="The same prompt and seed give the same film.")
@click.option("--language", help="Language of the prompt, such as en or zh; found out if absent.")
@click.option("--voice", default="", help="One voice for every line, instead of casting.")
@click.option(
    "--picture",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A photo of who, what or where the film is about.",
)
@click.option(
    "--attest",
    type=click.Choice(["me", "consented"]),
    help="Who the people in the photo are: you, or adults who agreed; none is under eighteen.",
)
@click.option("--style", default="", help="A picture style, such as watercolour or clay.")
@click.option("--writer", help="Who writes the screenplay: offline, or openai if it is set up.")
@click.option("--model", default="stage", show_default=True, help="stage, or test_card for tests.")
@film_options
def make(  # noqa: PLR0913 - one parameter an option
    *,
    prompt: str | None,
    play: Path | None,
    seconds: str | None,
    size: str,
    fps: str,
    seed: int | None,
    language: str | None,
    voice: str,
    picture: Path | None,
    attest: str | None,
    style: str,
    writer: str | None,
    model: str,
    output: Path,
    only_video: bool,
    as_json: bool,
) -> None:
    """Make a film from PROMPT and write it to a file.

    Ctrl-C cancels the film. After a crash, the same command again goes on where it was.
    """
    from matinee.entrypoints import filming  # noqa: PLC0415 - see the top of this file

    if prompt is None and play is None:
        message = "Say what to film: matinee make PROMPT, or --screenplay play.json"
        raise click.UsageError(message)
    content = None if play is None else editing.content_of(play)
    wanted = filming.Wanted(
        prompt=prompt or "",
        seconds=seconds,
        size=size,
        fps=fps,
        seed=seed,
        language=language,
        voice=voice,
        style=style,
        writer=writer,
        model=model,
        picture=picture,
        attested=filming.attested(attest),
    )
    where = filming.Output(output, only_video=only_video, as_json=as_json)
    filming.make(settings(quiet=True), wanted, where, screenplay=content)


@matinee.command("remix")
@click.argument("words")
@click.option("--film", "film_id", help="The film to change; the newest finished one if absent.")
@film_options
def remix(
    *, words: str, film_id: str | None, output: Path, only_video: bool, as_json: bool
) -> None:
    """Make a finished film anew with what WORDS ask for changed.

    Such as: matinee remix "make her coat blue and replace the dog with a cat"
    """
    from matinee.entrypoints import filming  # noqa: PLC0415 - see the top of this file

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    filming.derive(settings(quiet=True), film_id, words, seconds=None, output=where)


@matinee.command("extend")
@click.argument("words")
@click.option("--film", "film_id", help="The film to go on with; the newest finished if absent.")
@click.option("--seconds", default="4", show_default=True, help="How much longer it gets.")
@film_options
def extend(
    *,
    words: str,
    film_id: str | None,
    seconds: str,
    output: Path,
    only_video: bool,
    as_json: bool,
) -> None:
    """Let a finished film go on as WORDS tell."""
    from matinee.entrypoints import filming  # noqa: PLC0415 - see the top of this file

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    filming.derive(settings(quiet=True), film_id, words, seconds=seconds, output=where)


@matinee.command("resume")
@click.argument("film_id", required=False)
@film_options
def resume(*, film_id: str | None, output: Path, only_video: bool, as_json: bool) -> None:
    """Go on with a film that was not finished: FILM_ID, or the newest.

    A finished film is written out again; a failed one is tried again from its finished shots.
    """
    from matinee.entrypoints import filming  # noqa: PLC0415 - see the top of this file

    where = filming.Output(output, only_video=only_video, as_json=as_json)
    filming.resume(settings(quiet=True), film_id, where)


for _command in (*editing.COMMANDS, *final_commands.COMMANDS):
    matinee.add_command(_command)


@matinee.command("serve")
@click.option("--host", help="Address to listen on; only this machine unless given.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on.")
@click.option(
    "--require-key",
    is_flag=True,
    help="Ask for an API key on this machine too; needed behind a reverse proxy.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes answer; one for each core serves the most people.",
)
def serve(*, host: str | None, port: int | None, require_key: bool, processes: int) -> None:
    """Serve the page, the API and a worker until stopped."""
    from matinee.entrypoints import serving  # noqa: PLC0415 - see the top of this file

    serving.serve(
        settings(quiet=False), host=host, port=port, require_key=require_key, processes=processes
    )


@matinee.command("serve-beside", hidden=True)
@click.option("--descriptor", type=int, required=True)
@click.option("--host", required=True)
@click.option("--port", type=int, required=True)
@click.option("--operator", is_flag=True)
def serve_beside(*, descriptor: int, host: str, port: int, operator: bool) -> None:
    """Answer beside a server, which starts this by itself."""
    from matinee.entrypoints import serving  # noqa: PLC0415 - see the top of this file

    serving.serve_beside(
        settings(quiet=False), descriptor=descriptor, host=host, port=port, operator=operator
    )


@contextmanager
def _session() -> Iterator[Session]:
    with folder.open_database(settings(quiet=True)) as database, database.transaction() as session:
        yield session


matinee.add_command(hook_commands.group(_session, _CLOCK))
matinee.add_command(people_commands.group(_session, _CLOCK))
matinee.add_command(likeness_commands.likeness_group)
matinee.add_command(desk_commands.group(_session, _CLOCK))
matinee.add_command(book_commands.group(_session, _CLOCK))
matinee.add_command(claim_commands.group(_session))
matinee.add_command(work_commands.works_group)
matinee.add_command(payout_commands.group())
matinee.add_command(practice_commands.practice_shop)


@matinee.group("keys")
def keys_group() -> None:
    """Make, list and revoke API keys."""


@keys_group.command("create")
@click.argument("name")
@click.option("--for", "handle", help="Whose key it is: a handle; the operator's unless given.")
@click.option("--scope", "scopes", multiple=True, help="What it may do; everything unless given.")
def create_key(*, name: str, handle: str | None, scopes: tuple[str, ...]) -> None:
    """Make a key called NAME and print it; it is shown only this once."""
    with _session() as session:
        _, secret = keys.create(
            session,
            name,
            person_id=OPERATOR_ID if handle is None else person_by_handle(session, handle).id,
            scopes=scopes,
            ids=SystemIds(_CLOCK),
            at=_CLOCK.now(),
        )
    click.echo(secret)


@keys_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_keys(*, as_json: bool) -> None:
    """List the keys; their secrets are not kept."""
    with _session() as session:
        found = keys.listed(session)
    if as_json:
        listed = [
            {
                "id": key.id,
                "name": key.name,
                "created_at": key.created_at.isoformat(),
                "revoked_at": key.revoked_at and key.revoked_at.isoformat(),
            }
            for key in found
        ]
        click.echo(json.dumps(listed))
    elif found:
        telling.tell_keys(found)
    else:
        click.echo("No keys yet. Make one: matinee keys create NAME", err=True)


@keys_group.command("revoke")
@click.argument("key")
def revoke_key(*, key: str) -> None:
    """Revoke KEY, given by its name or id; it stops working at once."""
    with _session() as session:
        gone = keys.revoke(session, key, at=_CLOCK.now())
    click.echo(f"Revoked {gone.name} ({gone.id}).")


def main() -> None:
    """Run the command of this process and exit with its code."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = run(sys.argv[1:])
    except SystemExit:
        code = _TERMINATED
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything is closed. What a stopped worker's threads still draw is not worth waiting for,
    # and an ordinary exit would wait.
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; errors have been told by then."""
    try:
        ended = matinee.main(args=list(arguments), prog_name="matinee", standalone_mode=False)
    except click.ClickException as error:
        telling.tell_error("entrypoints.usage", f"{error.format_message()} See: matinee --help")
        return EXIT_USAGE
    except (KeyboardInterrupt, click.Abort):
        telling.tell_error("entrypoints.interrupted", "Stopped at your word.")
        return EXIT_INTERRUPTED
    except MatineeError as error:
        telling.tell_error(error.code, error.message)
        return EXIT_CODES[error.kind]
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAULT
    return ended if isinstance(ended, int) else 0


def _terminated(_number: int, _frame: FrameType | None) -> None:
    """Close everything in order, as after Ctrl-C, but leave films on the books."""
    raise SystemExit(_TERMINATED)


if __name__ == "__main__":
    main()

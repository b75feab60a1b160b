"""The commands ``matinee rights``: recognise a file, and look through everything anew."""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

import click

from matinee.entrypoints.options import settings
from matinee.kit.db import Session

Sessions = Callable[[], AbstractContextManager[Session]]

_PAGE = 100
_JOB_S = 3_600


def group(sessions: Sessions) -> click.Group:
    """The commands, on sessions of a data folder."""

    @click.group("rights")
    def commands() -> None:
        """Find copies of works, and look films through for them again."""

    _add_recognise(commands, sessions)
    _add_reindex(commands)
    return commands


def _add_recognise(commands: click.Group, sessions: Sessions) -> None:
    @commands.command("recognise")
    @click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
    @click.option("--json", "as_json", is_flag=True, help="One line of JSON a match.")
    def recognise(*, file: Path, as_json: bool) -> None:
        """Say which works and films FILE shows or plays, where, and how it was changed."""
        from matinee.rights import recognition  # noqa: PLC0415 - help does not wait for it
        from matinee.rights.claims import looking  # noqa: PLC0415 - the same

        mine = recognition.fingerprint_apart(file)
        with sessions() as session:
            found = [
                (match, looking.name_of(session, match.subject_id))
                for match in recognition.find(session, mine)
            ]
        if not found and not as_json:
            click.echo("Nothing here is known.")
        for match, name in found:
            lines = [("picture", one) for one in match.picture]
            lines += [("sound", one) for one in match.sound]
            if as_json:
                told = {
                    "subject": match.subject_id,
                    "name": name,
                    "score": round(match.score, 3),
                    "verdict": match.verdict,
                    "how": match.how,
                    "stretches": [
                        {
                            "sense": sense,
                            "file_ms": [one.query.start_ms, one.query.end_ms],
                            "reference_ms": [one.reference.start_ms, one.reference.end_ms],
                            "speed": round(one.speed, 3),
                        }
                        for sense, one in lines
                    ],
                }
                click.echo(json.dumps(told, ensure_ascii=False))
                continue
            how = f" ({', '.join(match.how)})" if match.how else ""
            click.echo(f"{name}: {match.verdict}, score {match.score:.2f}{how}")
            for sense, one in lines:
                click.echo(
                    f"  {sense} {_clock(one.query.start_ms)} to {_clock(one.query.end_ms)} is"
                    f" {_clock(one.reference.start_ms)} to {_clock(one.reference.end_ms)}"
                )


def _add_reindex(commands: click.Group) -> None:
    @commands.command("reindex")
    @click.option("--no-wait", is_flag=True, help="Leave the work to a server that runs.")
    def reindex(*, no_wait: bool) -> None:
        """Look every film and every reference through anew, as after many references changed."""
        from matinee.entrypoints import claiming, wiring  # noqa: PLC0415 - they import the engine

        with wiring.open_house(settings(quiet=True)) as house:
            jobs = claiming.look_anew_at_all(house.database, house.recognising, page=_PAGE)
            click.echo(f"{len(jobs)} films and references are to be looked through.")
            if no_wait or not jobs:
                return
            house.start_worker()
            _wait(house.office.jobs.wait, jobs)


def _wait(wait: Callable[..., object], jobs: Iterable[str]) -> None:
    for number, job in enumerate(jobs, start=1):
        wait(job, timeout_s=_JOB_S)
        click.echo(f"{number} done: {job}")


def _clock(at_ms: int) -> str:
    minutes, rest = divmod(at_ms, 60_000)
    return f"{minutes}:{rest / 1_000:04.1f}"

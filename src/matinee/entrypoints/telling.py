"""What the command line shows: progress shot by shot, what was understood, tables."""

import sys
from collections.abc import Sequence
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from matinee.film import Screenplay
from matinee.film.screenplay import Note
from matinee.people import Key

if TYPE_CHECKING:  # keys are told about without waking the engine
    from matinee.studio import Film

_STAGES = {
    "waiting": "Waiting for its turn",
    "writing": "Writing the screenplay",
    "checking": "Checking it against the rules",
    "reading": "Recording the voices",
    "planning": "Planning the shots",
    "shooting": "Shooting",
    "cutting": "Mixing and cutting",
    "finished": "Finished",
}
_NOTE_STYLES = {
    "understood": ("Understood", "green"),
    "approximated": ("Approximated", "yellow"),
    "left_out": ("Left out", "red"),
}
_TEXT_CHARACTERS_MAX = 44
# All shots are done at 95 per cent; sooner than after 8, an estimate would jump about.
_SHOT_PERCENT, _TOLD_FROM_PERCENT = 95, 8


class ProgressBars:
    """One bar for the film and one for each shot, on standard error; lines where no terminal is."""

    def __init__(self) -> None:
        """Nothing is shown before ``show``."""
        self._console = Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[count]}", justify="right"),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._film: TaskID | None = None
        self._shots: dict[int, TaskID] = {}
        self._said: tuple[str, int] | None = None
        self._shooting: tuple[int, float] | None = None

    def __enter__(self) -> Self:
        """Take the bottom of the terminal."""
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give it back."""
        self._bars.stop()

    def show(self, film: "Film") -> None:
        """Show ``film`` as it stands."""
        stage = _STAGES.get(film.stage, film.stage)
        if not self._console.is_terminal:
            self._say(film, stage)
            return
        if self._film is None:
            self._film = self._bars.add_task("", total=100, count="")
        self._bars.update(
            self._film,
            description=f"[bold]{escape(stage)}[/] {self._left(film)}",
            completed=film.progress_percent,
            count=f"{film.progress_percent} %",
        )
        for shot in film.shots:
            if shot.index not in self._shots:
                words = shot.text[:_TEXT_CHARACTERS_MAX].strip()
                self._shots[shot.index] = self._bars.add_task(
                    f"  Shot {shot.index + 1}  [dim]{escape(words)}[/]",
                    total=shot.frame_count,
                    count="",
                    start=False,
                )
            task = self._shots[shot.index]
            if shot.frames_done:
                self._bars.start_task(task)
            self._bars.update(
                task,
                completed=shot.frames_done,
                count=f"{shot.frames_done}/{shot.frame_count} frames",
            )

    def _left(self, film: "Film") -> str:
        """How long the shooting takes yet, told from how long it took, once that tells enough."""
        if film.stage != "shooting":
            return ""
        now_s = self._bars.get_time()
        if self._shooting is None:
            self._shooting = (film.progress_percent, now_s)
        percent, began_s = self._shooting
        gone = film.progress_percent - percent
        if gone < _TOLD_FROM_PERCENT:
            return ""
        left_s = (now_s - began_s) / gone * max(0, _SHOT_PERCENT - film.progress_percent)
        return f"[dim]about {timedelta(seconds=round(left_s))} left[/]"

    def _say(self, film: "Film", stage: str) -> None:
        """Say each step once, for logs and pipes."""
        done = sum(shot.done for shot in film.shots)
        if (film.stage, done) != self._said:
            self._said = (film.stage, done)
            shots = f", {done} of {len(film.shots)} shots done" if film.shots else ""
            self._console.print(f"{stage}{shots} ({film.progress_percent} %)", highlight=False)


def tell_screenplay(play: Screenplay) -> None:
    """Print what was understood, approximated and left out."""
    console = Console(highlight=False)
    for status, (title, style) in _NOTE_STYLES.items():
        notes = [note for note in play.notes if note.status == status]
        if notes:
            console.print(f"[bold {style}]{title}[/]")
        for note in notes:
            console.print(f"  {_told(note)}", soft_wrap=True)


def tell_keys(keys: Sequence[Key]) -> None:
    """Print a table of keys."""
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "name", "made", "revoked"):
        table.add_column(heading, overflow="fold")
    for key in keys:
        revoked = "" if key.revoked_at is None else f"{key.revoked_at:%Y-%m-%d %H:%M}"
        table.add_row(key.id, escape(key.name), f"{key.created_at:%Y-%m-%d %H:%M}", revoked)
    Console(highlight=False).print(table)


def tell_error(code: str, message: str) -> None:
    """Print an error in the one shape: what happened, then its code."""
    sys.stderr.write(f"error: {message} [{code}]\n")


def _told(note: Note) -> str:
    told = f"“{escape(note.phrase)}”"
    if note.meaning:
        told += f" → {escape(note.meaning)}"
    if note.reason:
        told += f" [dim]({escape(note.reason)})[/]"
    return told

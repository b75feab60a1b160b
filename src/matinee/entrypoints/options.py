"""What commands that make films share: their options, and their settings."""

import os
from collections.abc import Callable
from pathlib import Path

import click

from matinee.kit import logs
from matinee.kit.settings import Settings, from_environment


def film_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say where a film goes and how it is told."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end."),
        click.option("--only-video", is_flag=True, help="Write no captions and no screenplay."),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            default=Path("film.mp4"),
            show_default=True,
            help="Where the film goes; captions and screenplay go beside it.",
        ),
    ):
        command = option(command)
    return command


def settings(*, quiet: bool) -> Settings:
    """Return the settings of this process, and let it log as they say."""
    found = from_environment(os.environ)
    # A command that shows progress is not interrupted by reports that all is well.
    level = "warning" if quiet and found.log_level == "info" else found.log_level
    logs.configure(form=found.log_form, level=level)
    return found

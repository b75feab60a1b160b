"""Structured logs: one event with named values a line, for people or for machines.

A module asks for its logger once (``log = logs.logger(__name__)``) and says
``log.info("film_finished", film_id=..., wall_s=...)``. Values are plain; secrets are never given.
"""

import io
import logging
import sys
from typing import TextIO, cast

import structlog
from structlog.typing import FilteringBoundLogger, Processor


class _StandardError(io.TextIOBase):
    """Standard error as it is at the moment: it may be exchanged while the process lives."""

    def write(self, text: str, /) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def configure(*, form: str, level: str) -> None:
    """Send every log of this process to standard error.

    ``form`` is "json" (one object a line), "console" (for people) or "auto" (console on a
    terminal, json elsewhere). ``level`` is debug, info, warning or error.
    """
    if form == "auto":
        form = "console" if sys.stderr.isatty() else "json"
    level_number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if form == "json":
        last: list[Processor] = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ]
    else:
        last = [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level_number),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _StandardError())),
        cache_logger_on_first_use=False,
    )
    # Libraries speak through the standard module; only what is worth an operator's time passes.
    logging.basicConfig(
        stream=_StandardError(),
        level=max(level_number, logging.WARNING),
        format="%(levelname)s %(name)s %(message)s",
        force=True,
    )


def logger(name: str) -> FilteringBoundLogger:
    """The logger of one module; cheap, usable before ``configure``."""
    bound: FilteringBoundLogger = structlog.get_logger(module=name)
    return bound

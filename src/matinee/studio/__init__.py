"""The studio turns a sentence into a film.

prompt ▶ writer ▶ screenplay ▶ readings ▶ shots ▶ takes ▶ cut ▶ film, as one durable workflow whose
every step survives the death of its process.

Invariants: accepted films end completed or failed, and then never change; a shot that was taken is
not rendered again; the same screenplay, seed and engine give the same film; a line is never cut
off; what the prompt asked for and the film does not show is said in the screenplay's notes.
"""

from .actions import (
    Office,
    cancel_film,
    delete_film,
    derive_film,
    film_by_id,
    films,
    request_film,
    screenplay_of,
    unfinished_films,
)
from .errors import FilmNotFound, FilmNotReady
from .model import (
    FILM_COMPLETED,
    FILM_FAILED,
    Crew,
    Film,
    FilmRequest,
    How,
)
from .picturing import keep_picture
from .quotas import quota_of
from .steps.ground import Stage
from .workflows import PRUNE_EVERY, QUEUES, SETTLE_EVERY, Making, install

__all__ = [
    "FILM_COMPLETED",
    "FILM_FAILED",
    "PRUNE_EVERY",
    "QUEUES",
    "SETTLE_EVERY",
    "Crew",
    "Film",
    "FilmNotFound",
    "FilmNotReady",
    "FilmRequest",
    "How",
    "Making",
    "Office",
    "Stage",
    "cancel_film",
    "delete_film",
    "derive_film",
    "film_by_id",
    "films",
    "install",
    "keep_picture",
    "quota_of",
    "request_film",
    "screenplay_of",
    "unfinished_films",
]

"""Rows of what people watched and what they like to watch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy import text

from matinee.kit.db import Session

from .model import Meaning
from .store import read, written


@dataclass(frozen=True, slots=True)
class Day:
    """What somebody watched on a day."""

    watched_ms: int
    view_count: int


def duration_ms(session: Session, post: int) -> int:
    """Return how long a post's film takes."""
    found: int = session.execute(
        text("select duration_ms from feed.post where number = :post"), {"post": post}
    ).scalar_one()
    return found


def add_to_day(session: Session, person: int, day: date, watched_ms: int) -> Day:
    """Count a view to a person's day and return the day."""
    row = session.execute(
        text(
            "insert into feed.watched_day as d (person, day, watched_ms, view_count)"
            " values (:person, :day, :watched_ms, 1) on conflict (person, day) do update set"
            " watched_ms = d.watched_ms + excluded.watched_ms, view_count = d.view_count + 1"
            " returning watched_ms, view_count"
        ),
        {"person": person, "day": day, "watched_ms": watched_ms},
    ).one()
    return Day(row.watched_ms, row.view_count)


def add_view(
    session: Session, person: int, post: int, watched_ms: int, *, sound: bool, at: datetime
) -> int | None:
    """Note a view; returns the longest earlier one in ms, None for the first."""
    before: int | None = session.execute(
        text("select watched_ms from feed.view where person = :person and post = :post for update"),
        {"person": person, "post": post},
    ).scalar()
    session.execute(
        text(
            "insert into feed.view as v (person, post, watched_ms, sound, first_at, last_at)"
            " values (:person, :post, :watched_ms, :sound, :at, :at)"
            " on conflict (person, post) do update set"
            " watched_ms = greatest(v.watched_ms, excluded.watched_ms),"
            " times = least(v.times + 1, 32000), sound = v.sound or excluded.sound,"
            " last_at = excluded.last_at"
        ),
        {"person": person, "post": post, "watched_ms": watched_ms, "sound": sound, "at": at},
    )
    return before


def watched_by_film(session: Session, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """How many ms of each film those watched who first saw it in this time, its author not."""
    rows = session.execute(
        text(
            "select p.film, cast(sum(v.watched_ms) as bigint) as watched_ms from feed.view v"
            " join feed.post p on p.number = v.post"
            " where v.first_at >= :since and v.first_at < :until and p.film is not null"
            " and v.person is distinct from p.author group by p.film order by p.film"
        ),
        {"since": since, "until": until},
    )
    return [(row.film, row.watched_ms) for row in rows]


def dismiss(session: Session, person: int, post: int, at: datetime) -> bool:
    """Note that somebody wants no more of a post; returns whether that is new."""
    new = session.execute(
        text(
            "insert into feed.dismissal (person, post, dismissed_at) values (:person, :post, :at)"
            " on conflict do nothing"
        ),
        {"person": person, "post": post, "at": at},
    )
    return new.rowcount == 1


def taste_and_post(
    session: Session, person: int, post: int
) -> tuple[Meaning | None, Sequence[float], Meaning, int, int]:
    """Return somebody's taste and topics, and a post's meaning and topics, for changing them."""
    row = session.execute(
        text(
            "select cast(me.taste as text) as taste, me.topic_weights,"
            " cast(m.meaning as text) as meaning, p.topic, p.second_topic"
            " from feed.person me, feed.post p join feed.post_meaning m on m.post = p.number"
            " where me.number = :person and p.number = :post for update of me"
        ),
        {"person": person, "post": post},
    ).one()
    taste = None if row.taste is None else read(row.taste)
    return taste, row.topic_weights, read(row.meaning), row.topic, row.second_topic


def keep_taste(session: Session, person: int, taste: Meaning, topic_weights: np.ndarray) -> None:
    """Keep somebody's taste."""
    session.execute(
        text(
            "update feed.person set taste = cast(:taste as halfvec), topic_weights = :weights"
            " where number = :person"
        ),
        {
            "person": person,
            "taste": written(taste),
            "weights": [round(float(weight), 4) for weight in topic_weights],
        },
    )

"""What people watch: views within sense, tastes that follow them, wishes to see no more."""

from dataclasses import dataclass

import numpy as np

from matinee import people
from matinee.kit.db import Session

from . import social_store, store, watching_store
from .actions import Room
from .choosing import TEEN_DAILY_MS
from .errors import ViewImplausible
from .model import Viewer, is_long
from .subjects import topics

VIEWS_PER_DAY = 5_000

_DAY_MS = 24 * 60 * 60 * 1000
_LOOPS_MAX = 20
_LENGTH_SLACK_MS = 1_500
_COUNTED_MS = 2_000
_TASTE_KEPT = 0.92
_TOPIC_KEPT = 0.985


@dataclass(frozen=True, kw_only=True)
class View:
    """How much of a film somebody watched, as their app says."""

    watched_ms: int
    duration_ms: int
    looped: int = 0
    sound: bool = False


def watch(session: Session, viewer: Viewer, post_id: str, view: View, *, room: Room) -> None:
    """Note a view; the taste follows long ones. Raises PostNotFound and ViewImplausible."""
    post = store.card(session, viewer, post_id)
    duration_ms = watching_store.duration_ms(session, post.number)
    _check(view, duration_ms)
    now = room.clock.now()
    today = watching_store.add_to_day(session, viewer.number, now.date(), view.watched_ms)
    if today.watched_ms > _DAY_MS or today.view_count > VIEWS_PER_DAY:
        reason = "nobody watches that much in a day"
        raise ViewImplausible(reason)
    if post.author == viewer.person:
        return
    counted = view.watched_ms >= min(_COUNTED_MS, duration_ms // 2)
    before_ms = watching_store.add_view(
        session, viewer.number, post.number, view.watched_ms, sound=view.sound, at=now
    )
    if before_ms is None and counted:
        social_store.add_to_tally(session, post.number, "views", 1)
    if is_long(view.watched_ms, duration_ms) and not is_long(before_ms or 0, duration_ms):
        follow_taste(session, viewer, post.number, 1.0)


def dismiss(session: Session, viewer: Viewer, post_id: str, *, room: Room) -> None:
    """Show somebody this post no more, and less of its kind; raises PostNotFound."""
    post = store.card(session, viewer, post_id)
    if watching_store.dismiss(session, viewer.number, post.number, room.clock.now()):
        follow_taste(session, viewer, post.number, -0.5)


def follow_taste(session: Session, viewer: Viewer, post: int, weight: float) -> None:
    """Move somebody's taste towards a post, or away from it with a negative weight."""
    taste, weights, meaning, first, second = watching_store.taste_and_post(
        session, viewer.number, post
    )
    moved = meaning * weight if taste is None else _TASTE_KEPT * taste + 0.08 * weight * meaning
    length = float(np.linalg.norm(moved))
    if taste is None and weight < 0:
        return
    topic_weights = np.zeros(len(topics()), dtype=np.float32)
    topic_weights[: len(weights)] = weights
    topic_weights *= _TOPIC_KEPT
    topic_weights[first] += weight
    topic_weights[second] += 0.3 * weight
    watching_store.keep_taste(
        session, viewer.number, moved / max(length, 1e-6), np.maximum(topic_weights, 0)
    )


def daily_limit_ms(session: Session, person: people.Person) -> int | None:
    """How long somebody means to watch in a day; None is as long as they like.

    A minor means an hour at most, and less if that was set.
    """
    wished = people.settings_of(session, person).wellbeing.daily_minutes
    wished_ms = None if wished is None else wished * 60 * 1000
    if person.is_minor:
        return min(TEEN_DAILY_MS, wished_ms or TEEN_DAILY_MS)
    return wished_ms


def _check(view: View, duration_ms: int) -> None:
    if abs(view.duration_ms - duration_ms) > _LENGTH_SLACK_MS:
        reason = f"the film takes {duration_ms} ms, not {view.duration_ms}"
        raise ViewImplausible(reason)
    if not 0 <= view.looped <= _LOOPS_MAX:
        reason = f"a film is not watched {view.looped} times in a row"
        raise ViewImplausible(reason)
    most = (view.looped + 1) * duration_ms + _LENGTH_SLACK_MS
    if not 0 <= view.watched_ms <= most:
        reason = f"{view.watched_ms} ms cannot be watched of {duration_ms} ms, {view.looped} loops"
        raise ViewImplausible(reason)

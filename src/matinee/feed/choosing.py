"""For You: pages chosen for one viewer, kept as they were served.

sources (people followed, topics, liked by many, drawn by lot, asked for) ▶ candidates ▶ scores
▶ the viewer's rules ▶ a page spread over authors and topics ▶ the log.

A sitting's pages are kept under the place of their first post. A cursor names a place: asked for
again it gives the same page, and the next place is the end of all that was served, so that nothing
is repeated and no served post is skipped. What is kept in memory only saves time: every post is
asked for again under `visibility` before it is sent.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.people import Person

from . import choosing_store, store
from .choosing_store import Shelf, Sources, State
from .model import PAGE_POSTS, Card, Served, Viewer
from .ranking import (
    FAMILIES,
    Candidates,
    Model,
    Scored,
    factors_of,
    paged,
    scored,
    seeded,
    word_number,
)
from .steering import applied, favoured
from .subjects import words_of

TEEN_DAILY_MS = 60 * 60 * 1000

_SHELF_S = 60.0
_MODEL_S = 30.0
_POOL_S = 45.0
_POOLS_MAX = 5_000
_POOL_LEFT_MIN = 3 * PAGE_POSTS
_DRAWN_COUNT = 12
_LIKED_COUNT = 40
_OLDER_COUNT = 80
_FAVOURED_COUNT = 6
# A post's row on a kept page: its traits, then its prior terms.
_TRAITS, _TERMS = len(FAMILIES), 4


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A page of For You; `after` is where the next begins, None at the end of everything.

    `factors` say for each card what its place was reckoned from.
    """

    cards: tuple[Card, ...]
    factors: tuple[tuple[tuple[str, float], ...], ...]
    after: int | None
    state: State


@dataclass(frozen=True, kw_only=True)
class _Pool:
    """Candidates of a sitting with their scores, good for some seconds."""

    found: Candidates
    reckoned: Scored
    model: Model
    shelf_count: int
    favoured: frozenset[int]
    made_s: float
    rules_at: datetime | None


class Chooser:
    """Chooses pages; safe to use from many threads. Keeps no more than time-saving copies."""

    def __init__(self, clock: Clock) -> None:
        """Look at the clock for what has grown old."""
        self._clock = clock
        self._lock = threading.Lock()
        self._pools: OrderedDict[tuple[int, str], _Pool] = OrderedDict()
        self._shelf = (-_SHELF_S, Shelf((), ()))
        self._model: tuple[float, Model] = (-_MODEL_S, Model.untrained())

    def page(self, session: Session, person: Person, *, key: str, first: int) -> Chosen:
        """Return the page of the sitting `key` that begins at place `first`."""
        now = self._clock.now()
        known = choosing_store.state(session, person, key, now=now)
        if known is None:
            store.person_number(session, person)
            known = choosing_store.state(session, person, key, now=now)
            assert known is not None, "whoever was noted is known"
        if first < len(known.served):
            return _again(session, known, first)
        first = len(known.served)
        pool = self._pool(session, key, known, person.language)
        shown = ~np.isin(pool.found.numbers, np.asarray(known.served, dtype=np.int64))
        found, reckoned = _only(pool.found, pool.reckoned, shown)
        picks = paged(
            found,
            reckoned,
            size=PAGE_POSTS,
            pool_count=pool.shelf_count,
            generator=seeded(f"{known.viewer.number}/{key}/{first}"),
            favoured=pool.favoured,
            recent_authors=_authors_of(pool.found, known.served[-3:]),
        )
        numbers = found.numbers[[pick.index for pick in picks]].tolist()
        cards = store.cards(session, known.viewer, numbers, feed=True)
        if not cards:
            return Chosen(cards=(), factors=(), after=None, state=known)
        pick_of = dict(zip(numbers, picks, strict=True))
        chosen = [pick_of[card.number] for card in cards]
        page = Served(
            posts=tuple(card.number for card in cards),
            chances=tuple(pick.chance for pick in chosen),
            explored=tuple(pick.explored for pick in chosen),
            traits=_packed(reckoned, [pick.index for pick in chosen]),
            factors=factors_of(pool.model, found, reckoned, chosen),
            model=pool.model.version,
        )
        if not choosing_store.keep_page(session, known, key, page, first=first, at=now):
            # Another request for the same place was faster; both get its page.
            known = choosing_store.state(session, person, key, now=now)
            assert known is not None, "whoever was noted is known"
            return _again(session, known, first)
        return Chosen(cards=cards, factors=page.factors, after=first + len(cards), state=known)

    def forget(self, viewer: Viewer) -> None:
        """Let go of what was prepared for a viewer, whose wishes have changed."""
        with self._lock:
            for known in [key for key in self._pools if key[0] == viewer.number]:
                del self._pools[known]

    def _pool(self, session: Session, key: str, known: State, language: str) -> _Pool:
        """Return candidates with scores, prepared a moment ago or now."""
        place = (known.viewer.number, key)
        with self._lock:
            pool = self._pools.get(place)
        if (
            pool is not None
            and self._clock.elapsed_s() - pool.made_s < _POOL_S
            and pool.rules_at == known.rules_at
            and np.count_nonzero(~np.isin(pool.found.numbers, known.served)) >= _POOL_LEFT_MIN
        ):
            return pool
        pool = self._gathered(session, key, known, language)
        with self._lock:
            self._pools[place] = pool
            self._pools.move_to_end(place)
            while len(self._pools) > _POOLS_MAX:
                self._pools.popitem(last=False)
        return pool

    def _gathered(self, session: Session, key: str, known: State, language: str) -> _Pool:
        viewer = known.viewer
        shelf, model = self._shelf_now(session), self._model_now(session)
        generator = seeded(f"{viewer.number}/{key}/{len(known.served)}/lots")
        drawn = _drawn(shelf.fresh, _DRAWN_COUNT, generator)
        liked = shelf.liked[:_LIKED_COUNT]
        wanted = favoured(known.rules)[:_FAVOURED_COUNT]
        words = [_query(rule.about) if rule.aspect == "topic" else "" for rule in known.rules]
        asked = " | ".join(
            f"({one})"
            for one, rule in zip(words, known.rules, strict=True)
            if one and rule.kind in {"more", "only"}
        )

        sources = Sources(
            topics=list(dict.fromkeys([*wanted, *known.topics])),
            liked=liked,
            drawn=drawn,
            shown=known.served,
            words=asked,
            older=0 if known.topics or wanted else _OLDER_COUNT // 2,
        )
        now = self._clock.now()
        found = choosing_store.candidates(session, viewer, sources, now=now)
        if len(found) < _POOL_LEFT_MIN:
            sources = replace(sources, older=_OLDER_COUNT)
            found = choosing_store.candidates(session, viewer, sources, now=now)
        if not len(found):
            sources = replace(sources, again=True)
            found = choosing_store.candidates(session, viewer, sources, now=now)
        if known.rules and len(found):
            near, worded = choosing_store.rule_matches(session, found.numbers, known.rules, words)
            steered, barred = applied(known.rules, found, near, worded)
            found = replace(found, steered=steered.astype(np.float32), barred=barred)
        return _Pool(
            found=found,
            reckoned=scored(model, viewer.number, word_number(language), found),
            model=model,
            shelf_count=len(shelf.fresh),
            favoured=frozenset(wanted),
            made_s=self._clock.elapsed_s(),
            rules_at=known.rules_at,
        )

    def _shelf_now(self, session: Session) -> Shelf:
        """Return what is looked at for everybody; one request finds it anew, others go on."""
        now_s = self._clock.elapsed_s()
        with self._lock:
            looked_s, shelf = self._shelf
            if now_s - looked_s < _SHELF_S and len(shelf.fresh) > _LIKED_COUNT:
                return shelf
            self._shelf = (now_s, shelf)
        fresh = choosing_store.shelf(session, self._clock.now())
        with self._lock:
            self._shelf = (now_s, fresh)
        return fresh

    def _model_now(self, session: Session) -> Model:
        now_s = self._clock.elapsed_s()
        with self._lock:
            looked_s, model = self._model
            if now_s - looked_s < _MODEL_S:
                return model
            self._model = (now_s, model)
        newer = choosing_store.newest_model(session, model.version)
        if newer is None:
            return model
        with self._lock:
            self._model = (now_s, newer)
        return newer


def _again(session: Session, known: State, first: int) -> Chosen:
    """Return what is left of a page that was served before."""
    numbers = known.served[first : first + PAGE_POSTS]
    cards = store.cards(session, known.viewer, numbers, feed=True)
    return Chosen(cards=cards, factors=((),) * len(cards), after=first + len(numbers), state=known)


def unpacked(packed: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Return the traits and prior terms of a page's posts, as `_packed` wrote them."""
    width = _TRAITS + _TERMS
    rows = np.frombuffer(packed, dtype="<i4").reshape(-1, width)
    return rows[:, :_TRAITS], np.ascontiguousarray(rows[:, _TRAITS:]).view("<f4")


def _packed(reckoned: Scored, indices: Sequence[int]) -> bytes:
    traits = reckoned.traits[indices].astype("<i4")
    terms = reckoned.terms[indices].astype("<f4").view("<i4")
    return np.concatenate([traits, terms], axis=1).tobytes()


def _only(found: Candidates, reckoned: Scored, kept: np.ndarray) -> tuple[Candidates, Scored]:
    """Return the candidates where `kept`, and their scores."""
    if kept.all():
        return found, reckoned
    some = Candidates(**{name: getattr(found, name)[kept] for name in found.__dataclass_fields__})
    names = reckoned.__dataclass_fields__
    return some, Scored(**{name: getattr(reckoned, name)[kept] for name in names})


def _authors_of(found: Candidates, numbers: Sequence[int]) -> list[int]:
    where = np.isin(found.numbers, np.asarray(numbers, dtype=np.int64))
    return [int(author) for author in found.authors[where]]


def _drawn(fresh: Sequence[int], count: int, generator: np.random.Generator) -> list[int]:
    if not fresh:
        return []
    places = generator.choice(len(fresh), size=min(count, len(fresh)), replace=False)
    return [fresh[int(place)] for place in places]


def _query(about: str) -> str:
    """Return words as PostgreSQL's text search reads them: all of them."""
    words = sorted(word for word in words_of(about) if word.isalnum())
    return " & ".join(f"'{word}'" for word in words if f"{word}s" not in words)

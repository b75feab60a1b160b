"""What is said of claims over HTTP: bodies that come in, views that go out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

import msgspec
from fastapi import Request

from matinee import people
from matinee.kit.bodies import decoded
from matinee.kit.db import Database, Session
from matinee.rights import store as registry
from matinee.rights.claims import Bench, disputing, look_store, store
from matinee.rights.claims.errors import ClaimInvalid
from matinee.rights.claims.evidence import Evidence, Found
from matinee.rights.claims.look_store import KeptMatch
from matinee.rights.claims.model import Claim
from matinee.rights.claims.store import Word

_BODY_BYTES_MAX = 64 * 1024
T = TypeVar("T")

FilmTitles = Callable[[Session, Sequence[str]], Mapping[str, str]]
"""The titles of films by their ids; those that are gone are left out."""


@dataclass(frozen=True, kw_only=True)
class ClaimDesk:
    """Where requests about claims are answered; ``titles`` tells of films, which others keep."""

    database: Database
    bench: Bench
    titles: FilmTitles


class ClaimWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A claim by hand."""

    film_id: str
    work_id: str
    statement: str


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody says to a claim: a ground for a dispute, a yes or no for the others."""

    words: str
    ground: str = ""
    uphold: bool = False


class MatchSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a match is one."""

    claim: bool
    words: str = ""


class PolicyBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What follows when a work is found."""

    action: str
    territories: tuple[str, ...] = ()
    match_min_ms: int = 3_000
    share_bps: int = 10_000


class ConflictSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose a shared stretch is; an empty winner is neither's alone."""

    winner: str
    reason: str


class SuspensionSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether somebody may claim by hand, and why."""

    suspended: bool
    reason: str


class PersonView(msgspec.Struct, frozen=True):
    """Who somebody is."""

    id: str
    handle: str
    name: str


class WorkView(msgspec.Struct, frozen=True):
    """A work as far as a claim tells of it."""

    id: str
    title: str
    kind: str
    owners: tuple[PersonView, ...]


class FilmSaid(msgspec.Struct, frozen=True):
    """A film as far as a claim tells of it; the title is empty if it is gone."""

    id: str
    title: str
    maker: PersonView


class ClaimView(msgspec.Struct, frozen=True):
    """A claim; ``acts`` is what may be done to it now by the one side or the other."""

    id: str
    film: FilmSaid
    work: WorkView
    action: str
    territories: tuple[str, ...]
    share_bps: int
    origin: str
    state: str
    acts: tuple[str, ...]
    in_effect: bool
    escrowed: bool
    suspended: bool
    opened_at: datetime
    due_at: datetime | None


class WordView(msgspec.Struct, frozen=True):
    """What somebody did to a claim, and said; without an actor it happened by itself."""

    act: str
    actor: PersonView | None
    ground: str
    words: str
    at: datetime


class ClaimInFull(msgspec.Struct, frozen=True):
    """A claim with all that was found and said."""

    claim: ClaimView
    matched_ms: int
    found: tuple[Found, ...]
    words: tuple[WordView, ...]
    time_left_s: int | None


class ClaimPage(msgspec.Struct, frozen=True):
    """Claims, the newest first."""

    claims: tuple[ClaimView, ...]
    cursor: str | None


class MatchView(msgspec.Struct, frozen=True):
    """Something found in a film that a person has to look at; without a work it is a film.

    ``why`` is one of uncertain, unproven, made_here, film_first and shows_film.
    """

    id: str
    film: FilmSaid
    work: WorkView | None
    other_film: FilmSaid | None
    score: float
    matched_ms: int
    why: str
    found: tuple[Found, ...]
    found_at: datetime


class MatchPage(msgspec.Struct, frozen=True):
    """Matches that wait, the newest first."""

    matches: tuple[MatchView, ...]
    cursor: str | None


class ConflictView(msgspec.Struct, frozen=True):
    """Two works with references in common."""

    id: str
    works: tuple[WorkView, WorkView]
    found: tuple[Found, ...]
    state: str
    winner: str
    reason: str
    opened_at: datetime
    decided_at: datetime | None


class ConflictList(msgspec.Struct, frozen=True):
    """Conflicts: open ones, or the history."""

    conflicts: tuple[ConflictView, ...]


class Presenter:
    """Presents claims: looks up films, works and people, each once."""

    def __init__(self, session: Session, desk: ClaimDesk) -> None:
        self._session, self._desk = session, desk
        self._people: dict[str, PersonView] = {}
        self._works: dict[str, WorkView] = {}
        self._films: dict[str, FilmSaid] = {}

    def person(self, person_id: str) -> PersonView:
        """Who somebody is; somebody who has left keeps their id."""
        if person_id not in self._people:
            found = people.people_by_ids(self._session, [person_id]).get(person_id)
            self._people[person_id] = PersonView(
                person_id, found.handle if found else "", found.name if found else ""
            )
        return self._people[person_id]

    def work(self, work_id: str) -> WorkView:
        """A work."""
        if work_id not in self._works:
            work = registry.work_by_id(self._session, work_id)
            owners = tuple(self.person(owner.party) for owner in work.owners)
            self._works[work_id] = WorkView(work.id, work.title, work.kind, owners)
        return self._works[work_id]

    def film(self, film_id: str, maker: str) -> FilmSaid:
        """A film."""
        if film_id not in self._films:
            title = self._desk.titles(self._session, [film_id]).get(film_id, "")
            self._films[film_id] = FilmSaid(film_id, title, self.person(maker))
        return self._films[film_id]

    def claim(self, claim: Claim) -> ClaimView:
        """A claim."""
        blocks_not = claim.policy.action == "block" and not claim.holds
        return ClaimView(
            id=claim.id,
            film=self.film(claim.film_id, claim.maker),
            work=self.work(claim.work_id),
            action=claim.policy.action,
            territories=tuple(sorted(claim.policy.territories)),
            share_bps=claim.policy.share_bps,
            origin=claim.origin,
            state=claim.state,
            acts=tuple(claim.acts),
            in_effect=claim.state != "released" and not blocks_not and not claim.escrowed,
            escrowed=claim.escrowed,
            suspended=claim.suspended_at is not None,
            opened_at=claim.opened_at,
            due_at=None if claim.ended else claim.due_at,
        )

    def in_full(self, claim: Claim, now: datetime) -> ClaimInFull:
        """A claim with its evidence and all that was said."""
        match = look_store.match_of(self._session, claim.film_id, claim.work_id)
        evidence = match.evidence if match else Evidence(subject_id=claim.work_id, found=())
        left = disputing.remaining(claim, now)
        return ClaimInFull(
            claim=self.claim(claim),
            matched_ms=evidence.matched_ms,
            found=evidence.found,
            words=tuple(map(self.word, store.words_of(self._session, claim.id))),
            time_left_s=None if left is None else int(left.total_seconds()),
        )

    def word(self, word: Word) -> WordView:
        """What somebody said."""
        actor = self.person(word.actor) if word.actor else None
        return WordView(word.act, actor, word.ground, word.words, word.at)

    def match(self, match: KeptMatch) -> MatchView:
        """A match."""
        subject = match.evidence.subject_id
        is_work = subject.startswith("work_")
        other = None
        if not is_work:
            other = self.film(subject, look_store.made_by(self._session, subject))
        return MatchView(
            id=match.id,
            film=self.film(match.film_id, match.maker),
            work=self.work(subject) if is_work else None,
            other_film=other,
            score=match.evidence.score,
            matched_ms=match.matched_ms,
            why=match.why,
            found=match.evidence.found,
            found_at=match.found_at,
        )

    def conflict(self, conflict: look_store.ReferenceConflict) -> ConflictView:
        """A conflict of references."""
        return ConflictView(
            id=conflict.id,
            works=(self.work(conflict.one_work), self.work(conflict.other_work)),
            found=conflict.evidence.found,
            state=conflict.state,
            winner=conflict.winner,
            reason=conflict.reason,
            opened_at=conflict.opened_at,
            decided_at=conflict.decided_at,
        )


async def read(request: Request, kind: type[T]) -> T:
    """Read a body of JSON; raises ``ClaimInvalid`` that names what is wrong."""
    body = await request.body()
    if len(body) > _BODY_BYTES_MAX:
        raise ClaimInvalid("body", f"it is larger than {_BODY_BYTES_MAX} bytes")
    return decoded(body, kind, partial(ClaimInvalid, "body"))

"""The verbs of the registry: works, owners, licences, and what a film shows and was made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from matinee.kit.db import Session
from matinee.kit.ids import Ids

from . import store
from .claims import conflicts
from .errors import TooManyContests
from .licences import Licence, Owner, Terms
from .model import Alias, Conflict, Work, WorkKind
from .splits import FilmRights, Rate, RemixTerms, UseOfWork

CONTESTS_OPEN_MAX, CONTESTS_REFUSED_MAX = 3, 3
CONTESTS_REMEMBERED = timedelta(days=90)
"""Claims of a contested work rest: nobody may have that for the asking, of many works."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A work that a film shows or plays, and how much of it, in millionths of the film.

    It is bound to the licence ``licence_id``, or to the present one.
    """

    work_id: str
    presence_ppm: int
    licence_id: str | None = None


def register_work(
    session: Session,
    *,
    kind: WorkKind,
    title: str,
    owners: Sequence[Owner],
    aliases: Sequence[Alias] = (),
    by: str,
    ids: Ids,
    at: datetime,
) -> Work:
    """Enter a work with its owners; raises ``SharesNotWhole`` and ``TermsInvalid``."""
    work = Work(ids.new("work"), kind, title, tuple(owners), tuple(aliases), by, at)
    store.add_work(session, work)
    return work


def offer_licence(
    session: Session, work_id: str, terms: Terms, *, ids: Ids, at: datetime
) -> Licence:
    """Make a new version of the terms of a work; films made before stay under theirs.

    The same terms with the same owners make no new version. Raises ``WorkNotFound``.
    """
    newest = store.newest_licence(session, work_id, locked=True)
    work = store.work_by_id(session, work_id)
    if newest is not None and (newest.terms, set(newest.owners)) == (terms, set(work.owners)):
        return newest
    version = 1 if newest is None else newest.version + 1
    licence = Licence(ids.new("licence"), work_id, version, terms, work.owners)
    store.add_licence(session, licence, at=at)
    return licence


def licence_of(session: Session, work_id: str) -> Licence | None:
    """The present terms of a work; None if its owners have offered none, which allows nothing."""
    return store.newest_licence(session, work_id)


def works_named(session: Session, names: Sequence[str]) -> list[Work]:
    """The works that have one of these names in any language, whatever its case."""
    return store.works_named(session, names)


def contest_work(
    session: Session,
    work_id: str,
    *,
    claimant: str,
    bps: int,
    ground: str,
    ids: Ids,
    at: datetime,
) -> Conflict:
    """Say that a part of a registered work is the claimant's; somebody decides.

    Until then the claims of the work on films are suspended. Raises ``WorkNotFound``,
    ``AlreadyContested`` and ``TooManyContests``.
    """
    store.work_by_id(session, work_id)
    opened, refused = store.contests_of(session, claimant, since=at - CONTESTS_REMEMBERED)
    if opened >= CONTESTS_OPEN_MAX or refused >= CONTESTS_REFUSED_MAX:
        raise TooManyContests(CONTESTS_OPEN_MAX, CONTESTS_REFUSED_MAX, CONTESTS_REMEMBERED.days)
    conflict = Conflict(ids.new("conflict"), work_id, claimant, bps, ground, "open", at)
    store.add_conflict(session, conflict)
    conflicts.contested(session, conflict.id, work_id, at=at)
    return conflict


def decide_conflict(
    session: Session, conflict_id: str, *, owners: Sequence[Owner] | None, at: datetime
) -> bool:
    """End a conflict: with these owners from now on, or refused with None.

    Licences made before keep the owners that they named. Returns whether it was open.
    """
    state = "refused" if owners is None else "upheld"
    work_id = store.decide_conflict(session, conflict_id, state, at=at)
    if work_id is not None and owners is not None:
        work = store.work_by_id(session, work_id)
        Work(work.id, work.kind, work.title, tuple(owners), (), work.registered_by, at)  # checks
        # Who decides a conflict has heard everybody.
        parties = {owner.party for owner in owners}
        store.set_owners(session, work_id, owners, agreed=parties, at=at)
    if work_id is not None:
        conflicts.settled(session, conflict_id, changed=owners is not None, at=at)
    return work_id is not None


def conflicts_of(session: Session, work_id: str) -> list[Conflict]:
    """Everybody who contests or contested a work."""
    return store.conflicts_of(session, work_id)


def register_film(
    session: Session,
    film_id: str,
    *,
    maker: str,
    shown: Sequence[Shown] = (),
    parents: Sequence[str] = (),
    remix: RemixTerms | None = None,
) -> FilmRights:
    """Bind a film to the licences of what it shows, and to the films it was made from.

    Registered once, it stays: later terms change nothing, only how much it shows of a work may be
    told later. A work without a licence is left out,
    because policy at creation time lets no film show it. Raises ``FilmUnknown`` for a parent.
    """
    uses = []
    bound = store.licences(session, [one.licence_id for one in shown if one.licence_id])
    for one in shown:
        licence = (
            bound.get(one.licence_id)
            if one.licence_id
            else store.newest_licence(session, one.work_id)
        )
        if licence is not None and licence.terms.allowed:
            uses.append(UseOfWork(licence, presence_ppm=one.presence_ppm))
    film = FilmRights(
        film_id,
        maker,
        tuple(uses),
        RemixTerms() if remix is None else remix,
        tuple(store.film_family(session, parent, depth_max=0) for parent in parents),
    )
    store.add_film(session, film)
    return film


def films_known(session: Session, film_ids: Sequence[str]) -> list[str]:
    """Those of these films that are entered here."""
    return store.films_known(session, film_ids)


def record_rate(session: Session, rate: Rate) -> None:
    """Record at which rate limits in one currency hold for money in another, from now on."""
    store.set_rate(session, rate)

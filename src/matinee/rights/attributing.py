"""What a finished film contains, whose that is, and under which terms: its rights, and its credits.

A film is bound to the terms that held when it was allowed, however long its making took, and to the
films that it was made from.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matinee.film import Manifest
from matinee.kit.db import Session

from . import actions, approval_store, store
from .actions import Shown
from .licences import Licence
from .presence import Presence, Thing, shown_in
from .splits import FilmRights


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A work that a film shows, plays or speaks of: where, and by which version of its terms.

    A work of the maker's own may be there without terms.
    """

    work_id: str
    kind: str
    title: str
    owners: tuple[str, ...]
    things: tuple[Thing, ...]
    presence: Presence
    licence: Licence | None


def register_completed(
    session: Session, film_id: str, *, maker: str, manifest: Manifest, parents: Sequence[str]
) -> FilmRights:
    """Enter a finished film with what it shows, by which terms, and what it was made from.

    Films from before there were rights are not known, and nobody is owed for them.
    """
    bound = _bound(session, film_id)
    shown = [
        Shown(work_id, presence.frames_ppm, licence_id=bound[work_id])
        for work_id, presence in shown_in(manifest, _things(session, film_id))
        if bound.get(work_id)
    ]
    return actions.register_film(
        session,
        film_id,
        maker=maker,
        shown=shown,
        parents=actions.films_known(session, sorted(set(parents) - {film_id})),
    )


def credits_of(session: Session, film_id: str, manifest: Manifest) -> list[Credit]:
    """Every work that a finished film shows, where, and by which terms; the most seen first."""
    things = _things(session, film_id)
    bound = _bound(session, film_id)
    licences = store.licences(session, [one for one in bound.values() if one])
    works = {work.id: work for work in store.works_by_ids(session, sorted(things))}
    found = [
        Credit(
            work_id=work_id,
            kind=works[work_id].kind,
            title=works[work_id].title,
            owners=tuple(sorted(owner.party for owner in works[work_id].owners)),
            things=tuple(sorted(things[work_id])),
            presence=presence,
            licence=licences.get(bound.get(work_id, "")),
        )
        for work_id, presence in shown_in(manifest, things)
        if work_id in works
    ]
    return sorted(found, key=lambda one: (-one.presence.frames_ppm, one.work_id))


def _things(session: Session, film_id: str) -> dict[str, frozenset[Thing]]:
    found: defaultdict[str, set[Thing]] = defaultdict(set)
    for _, work_id, kind, name in approval_store.things_of(session, [film_id]):
        found[work_id].add((kind, name))
    return {work_id: frozenset(things) for work_id, things in found.items()}


def _bound(session: Session, film_id: str) -> dict[str, str]:
    """By which terms each work of a film was allowed: the licence's id, or empty for none."""
    said: Mapping[str, Any] = approval_store.ruling_of(session, film_id) or {}
    return {one["work_id"]: one["licence_id"] or "" for one in said.get("uses", ())}

"""The registry's tables: works, licences, what films show and were made from."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session
from matinee.kit.money import MicroMoney

from .errors import AlreadyContested, FilmUnknown, WorkNotFound
from .licences import Licence, Owner, plain, terms_of
from .model import Alias, Conflict, Work
from .splits import FilmRights, Rate, RemixTerms, UseOfWork

_WORK = """
select w.*,
    (select jsonb_agg(jsonb_build_array(party, bps) order by party) from rights.owner
        where work_id = w.id) as owners,
    (select coalesce(jsonb_agg(party) filter (where confirmed_at is null and declined_at is null),
        '[]') from rights.owner where work_id = w.id) as pending,
    (select coalesce(jsonb_agg(party) filter (where declined_at is not null), '[]')
        from rights.owner where work_id = w.id) as declined,
    (select coalesce(jsonb_agg(jsonb_build_array(language, name, common) order by language, name),
        '[]') from rights.alias where work_id = w.id) as aliases
from rights.work w
"""

_FAMILY = """
with recursive family (film_id, generation) as (
    select cast(:film as text), 0
    union
    select p.parent_id, f.generation + 1 from family f
    join rights.film_parent p on p.film_id = f.film_id where f.generation < :depth)
select f.film_id, f.maker, f.remix_share_bps, f.remix_flow_bps, f.remix_depth_max,
    (select coalesce(jsonb_agg(parent_id), '[]') from rights.film_parent p
        where p.film_id = f.film_id) as parents,
    (select coalesce(jsonb_agg(jsonb_build_object('licence', u.licence_id, 'ppm', u.presence_ppm)),
        '[]') from rights.film_use u where u.film_id = f.film_id) as uses
from rights.film f where f.film_id in (select film_id from family)
"""


def add_work(session: Session, work: Work) -> None:
    """Keep a new work with its owners and names."""
    session.execute(
        text(
            "insert into rights.work (id, kind, title, registered_by, created_at, description,"
            " standing, rule) values (:id, :kind, :title, :by, :at, :description, :standing, :rule)"
        ),
        {
            "id": work.id,
            "kind": work.kind,
            "title": work.title,
            "by": work.registered_by,
            "at": work.created_at,
            "description": work.description,
            "standing": work.standing,
            "rule": work.rule,
        },
    )
    agreed = {owner.party for owner in work.owners} - work.pending - work.declined
    set_owners(session, work.id, work.owners, agreed=agreed, at=work.created_at)
    for alias in set(work.aliases):
        add_alias(session, work.id, alias)


def add_alias(session: Session, work_id: str, alias: Alias) -> None:
    """Give a work another name; one that it has already may become common or no longer be."""
    session.execute(
        text(
            "insert into rights.alias (work_id, language, name, common)"
            " values (:id, :language, :name, :common)"
            " on conflict (work_id, language, name) do update set common = excluded.common"
        ),
        {"id": work_id, "language": alias.language, "name": alias.name, "common": alias.common},
    )


def set_owners(
    session: Session,
    work_id: str,
    owners: Iterable[Owner],
    *,
    agreed: Collection[str],
    at: datetime,
) -> None:
    """Replace the owners of a work, of whom some have agreed; licences made before keep theirs."""
    session.execute(text("delete from rights.owner where work_id = :id"), {"id": work_id})
    for owner in owners:
        session.execute(
            text(
                "insert into rights.owner (work_id, party, bps, confirmed_at)"
                " values (:id, :party, :bps, :at)"
            ),
            {
                "id": work_id,
                "party": owner.party,
                "bps": owner.bps,
                "at": at if owner.party in agreed else None,
            },
        )


def work_by_id(session: Session, work_id: str) -> Work:
    """The work; raises ``WorkNotFound``."""
    row = session.execute(text(_WORK + " where w.id = :id"), {"id": work_id}).first()
    if row is None:
        raise WorkNotFound(work_id)
    return _work(row)


def works_by_ids(session: Session, ids: Sequence[str]) -> list[Work]:
    """Works in the order of their ids as given, without those that there are not."""
    rows = session.execute(text(_WORK + " where w.id = any(:ids)"), {"ids": list(ids)})
    found = {row.id: _work(row) for row in rows}
    return [found[one] for one in ids if one in found]


def works_named(session: Session, names: Sequence[str]) -> list[Work]:
    """Works with one of these names or titles, whatever their case."""
    found = session.execute(
        text(
            _WORK  # noqa: S608 - put together from constants
            + " where lower(w.title) = any(:names) or w.id in"
            " (select work_id from rights.alias where lower(name) = any(:names)) order by w.id"
        ),
        {"names": [name.lower() for name in names]},
    )
    return [_work(row) for row in found]


def contests_of(session: Session, claimant: str, *, since: datetime) -> tuple[int, int]:
    """How many works somebody contests, and how many contests of theirs were refused since."""
    row = session.execute(
        text(
            "select count(*) filter (where state = 'open') as open,"
            " count(*) filter (where state = 'refused' and decided_at > :since) as refused"
            " from rights.conflict where claimant = :claimant"
        ),
        {"claimant": claimant, "since": since},
    ).one()
    return row.open, row.refused


def add_conflict(session: Session, conflict: Conflict) -> None:
    """Note that somebody contests a work; raises ``AlreadyContested``."""
    added = session.execute(
        text(
            "insert into rights.conflict (id, work_id, claimant, bps, ground, opened_at)"
            " select :id, :work, :claimant, :bps, :ground, :at where not exists"
            " (select from rights.owner where work_id = :work and party = :claimant)"
            " on conflict do nothing returning id"
        ),
        {
            "id": conflict.id,
            "work": conflict.work_id,
            "claimant": conflict.claimant,
            "bps": conflict.bps,
            "ground": conflict.ground,
            "at": conflict.opened_at,
        },
    ).first()
    if added is None:
        raise AlreadyContested(conflict.work_id, conflict.claimant)


def conflicts_of(session: Session, work_id: str) -> list[Conflict]:
    """Everybody who contests a work, the first first."""
    found = session.execute(
        text(
            "select id, work_id, claimant, bps, ground, state, opened_at from rights.conflict"
            " where work_id = :id order by opened_at, id"
        ),
        {"id": work_id},
    )
    return [Conflict(*row) for row in found]


def decide_conflict(session: Session, conflict_id: str, state: str, *, at: datetime) -> str | None:
    """End an open conflict; the work, or None if there was no such open conflict."""
    row = session.execute(
        text(
            "update rights.conflict set state = :state, decided_at = :at"
            " where id = :id and state = 'open' returning work_id"
        ),
        {"id": conflict_id, "state": state, "at": at},
    ).first()
    return None if row is None else str(row.work_id)


def add_licence(session: Session, licence: Licence, *, at: datetime) -> None:
    """Keep a version of the terms of a work, which never changes."""
    session.execute(
        text(
            "insert into rights.licence (id, work_id, version, terms, owners, digest, made_at)"
            " values (:id, :work, :version, :terms, :owners, :digest, :at)"
        ).bindparams(bindparam("terms", type_=JSONB), bindparam("owners", type_=JSONB)),
        {
            "id": licence.id,
            "work": licence.work_id,
            "version": licence.version,
            "terms": plain(licence.terms),
            "owners": [[owner.party, owner.bps] for owner in licence.owners],
            "digest": licence.digest,
            "at": at,
        },
    )


def newest_licence(session: Session, work_id: str, *, locked: bool = False) -> Licence | None:
    """The latest version of the terms; with ``locked`` nobody else makes one meanwhile."""
    if locked:
        session.execute(text("select from rights.work where id = :id for update"), {"id": work_id})
    row = session.execute(
        text(
            "select id, work_id, version, terms, owners from rights.licence"
            " where work_id = :id order by version desc limit 1"
        ),
        {"id": work_id},
    ).first()
    return None if row is None else _licence(row)


def newest_licences(session: Session, work_ids: Iterable[str]) -> dict[str, Licence]:
    """The latest version of the terms of each of these works that has any, by work."""
    rows = session.execute(
        text(
            "select distinct on (work_id) id, work_id, version, terms, owners from rights.licence"
            " where work_id = any(:ids) order by work_id, version desc"
        ),
        {"ids": list(work_ids)},
    )
    return {row.work_id: _licence(row) for row in rows}


def licences(session: Session, ids: Iterable[str]) -> dict[str, Licence]:
    """Licences by id."""
    found = session.execute(
        text("select id, work_id, version, terms, owners from rights.licence where id = any(:ids)"),
        {"ids": list(ids)},
    )
    return {row.id: _licence(row) for row in found}


def add_film(session: Session, film: FilmRights) -> None:
    """Keep who made a film, what it shows under which licence, and what it was made from."""
    session.execute(
        text(
            "insert into rights.film values (:id, :maker, :share, :flow, :depth)"
            " on conflict (film_id) do nothing"
        ),
        {
            "id": film.id,
            "maker": film.maker,
            "share": film.remix.share_bps,
            "flow": film.remix.flow_bps,
            "depth": film.remix.depth_max,
        },
    )
    for use in film.uses:
        session.execute(
            text(
                "insert into rights.film_use (film_id, work_id, licence_id, presence_ppm)"
                " values (:film, :work, :licence, :ppm) on conflict (film_id, work_id) do update"
                # A film that was paid for before it was made does not know yet how much it shows.
                " set presence_ppm = excluded.presence_ppm where film_use.presence_ppm = 0"
            ),
            {
                "film": film.id,
                "work": use.licence.work_id,
                "licence": use.licence.id,
                "ppm": use.presence_ppm,
            },
        )
    for parent in film.parents:
        session.execute(
            text(
                "insert into rights.film_parent (film_id, parent_id) values (:film, :parent)"
                " on conflict do nothing"
            ),
            {"film": film.id, "parent": parent.id},
        )


def films_known(session: Session, film_ids: Sequence[str]) -> list[str]:
    """Those of these films that are entered here."""
    rows = session.execute(
        text("select film_id from rights.film where film_id = any(:ids) order by film_id"),
        {"ids": list(film_ids)},
    )
    return list(rows.scalars())


def makers(session: Session, film_ids: Sequence[str]) -> dict[str, str]:
    """Who made these films, of those that are entered here."""
    rows = session.execute(
        text("select film_id, maker from rights.film where film_id = any(:ids)"),
        {"ids": list(film_ids)},
    )
    return {row.film_id: row.maker for row in rows}


def film_family(session: Session, film_id: str, *, depth_max: int) -> FilmRights:
    """A film with its ancestors and all their licences; raises ``FilmUnknown``.

    What licences with limits earned from this film is read locked, so that two events at once
    cannot both use the same room below a cap.
    """
    rows = {
        row.film_id: row
        for row in session.execute(text(_FAMILY), {"film": film_id, "depth": depth_max})
    }
    if film_id not in rows:
        raise FilmUnknown(film_id)
    known = licences(session, {use["licence"] for row in rows.values() for use in row.uses})
    earned = _locked_earnings(session, film_id, known.values())
    made: dict[str, FilmRights] = {}

    def film(name: str, path: frozenset[str]) -> FilmRights:
        if name not in made:
            row = rows[name]
            own = name == film_id
            made[name] = FilmRights(
                id=name,
                maker=row.maker,
                uses=tuple(
                    UseOfWork(
                        known[use["licence"]],
                        presence_ppm=use["ppm"],
                        earned=earned.get(use["licence"]) if own else None,
                    )
                    for use in row.uses
                ),
                remix=RemixTerms(row.remix_share_bps, row.remix_flow_bps, row.remix_depth_max),
                parents=tuple(
                    film(parent, path | {name})
                    for parent in row.parents
                    if parent in rows and parent not in path | {name}
                ),
                inherited_earned=earned if own else {},
            )
        return made[name]

    return film(film_id, frozenset())


def _locked_earnings(
    session: Session, film_id: str, known: Iterable[Licence]
) -> dict[str, MicroMoney]:
    limited = {
        licence.id: limit.currency
        for licence in known
        if (limit := licence.terms.cap or licence.terms.guarantee) is not None
    }
    if not limited:
        return {}
    told = {
        "film": film_id,
        "ids": sorted(limited),
        "currencies": [limited[i] for i in sorted(limited)],
    }
    session.execute(
        text(
            "insert into rights.earned (film_id, licence_id, currency)"
            " select :film, * from unnest(cast(:ids as text[]), cast(:currencies as text[]))"
            " on conflict do nothing"
        ),
        told,
    )
    rows = session.execute(
        text(
            "select licence_id, currency, micro from rights.earned where film_id = :film"
            " and licence_id = any(:ids) order by licence_id for update"
        ),
        {"film": film_id, "ids": sorted(limited)},
    )
    return {row.licence_id: MicroMoney(int(row.micro), row.currency) for row in rows}


def add_earned(session: Session, film_id: str, micros: Mapping[str, int]) -> None:
    """Count what licences with limits got from a film, or gave back."""
    for licence_id, micro in sorted(micros.items()):
        session.execute(
            text(
                "update rights.earned set micro = micro + :micro"
                " where film_id = :film and licence_id = :licence"
            ),
            {"film": film_id, "licence": licence_id, "micro": micro},
        )


def set_rate(session: Session, rate: Rate) -> None:
    """Record at which rate limits in one currency hold for money in another."""
    session.execute(
        text(
            "insert into rights.rate values (:have, :wanted, :numerator, :denominator)"
            " on conflict (have, wanted) do update set numerator = excluded.numerator,"
            " denominator = excluded.denominator"
        ),
        {
            "have": rate.have,
            "wanted": rate.wanted,
            "numerator": rate.numerator,
            "denominator": rate.denominator,
        },
    )


def rates(session: Session) -> tuple[Rate, ...]:
    """Every recorded rate."""
    rows = session.execute(text("select have, wanted, numerator, denominator from rights.rate"))
    return tuple(Rate(*row) for row in rows)


def _work(row: Any) -> Work:  # noqa: ANN401 - a row of the query above
    return Work(
        id=row.id,
        kind=row.kind,
        title=row.title,
        owners=tuple(Owner(party, bps) for party, bps in row.owners),
        aliases=tuple(Alias(*alias) for alias in row.aliases),
        registered_by=row.registered_by,
        created_at=row.created_at,
        description=row.description,
        standing=row.standing,
        rule=row.rule,
        pending=frozenset(row.pending),
        declined=frozenset(row.declined),
    )


def _licence(row: Any) -> Licence:  # noqa: ANN401 - a row of the queries above
    said = row.terms if isinstance(row.terms, dict) else json.loads(row.terms)
    return Licence(
        id=row.id,
        work_id=row.work_id,
        version=row.version,
        terms=terms_of(said),
        owners=tuple(Owner(party, bps) for party, bps in row.owners),
    )

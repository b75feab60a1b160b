"""The commands about works: enter, list, say terms, look at proofs, answer for an owner.

Whoever sits at the machine enters works for anybody, and what they enter counts as proven.
"""

import json
from datetime import UTC
from pathlib import Path
from typing import Literal

import click

from matinee.entrypoints.options import settings
from matinee.kit.errors import Invalid
from matinee.rights.licences import Terms

_KINDS = ("character", "brand", "likeness", "music", "footage")


@click.group("works")
def works_group() -> None:
    """Works that somebody owns: enter them, say their terms, answer what is asked about them."""


@works_group.command("list")
@click.argument("name", required=False, default="")
def list_works(name: str) -> None:
    """List works, newest first; with a NAME those that are called so."""
    from matinee import people  # noqa: PLC0415 - see the top of cli.py
    from matinee.entrypoints import folder  # noqa: PLC0415
    from matinee.rights import registering  # noqa: PLC0415

    with folder.open_database(settings(quiet=True)) as database, database.transaction() as session:
        found = registering.search_works(session, named=name, limit=100)
        known = people.people_by_ids(session, [o.party for work in found for o in work.owners])
        if not found:
            click.echo("No such work is registered.")
        for work in found:
            whose = ", ".join(
                f"@{known[o.party].handle} {o.bps / 100:g} %" if o.party in known else o.party
                for o in work.owners
            )
            state = "binds" if work.binds else work.standing
            click.echo(f"{work.id}  {work.kind:9}  {state:8}  {work.title}  ({whose})")


@works_group.command("enter")
@click.argument("title")
@click.option("--kind", type=click.Choice(_KINDS), default="character", show_default=True)
@click.option("--owner", "owners", multiple=True, help="HANDLE or HANDLE:PERCENT, repeatable.")
@click.option("--name", "names", multiple=True, help="LANGUAGE:NAME, repeatable.")
@click.option("--description", default="", help="What it looks and is like.")
@click.option("--terms", "terms", default="", help="A preset, or a file of terms or of ODRL.")
def enter(
    title: str,
    kind: Literal["character", "brand", "likeness", "music", "footage"],
    *,
    owners: tuple[str, ...],
    names: tuple[str, ...],
    description: str,
    terms: str,
) -> None:
    """Enter a work under a TITLE; without owners it is the operator's."""
    from matinee import people, rights  # noqa: PLC0415
    from matinee.entrypoints import wiring  # noqa: PLC0415
    from matinee.people import OPERATOR_ID  # noqa: PLC0415
    from matinee.rights import registering  # noqa: PLC0415

    wanted = _terms(terms) if terms else None
    with (
        wiring.open_house(settings(quiet=True)) as house,
        house.database.transaction() as session,
    ):
        held = tuple(
            rights.Owner(
                people.person_by_handle(session, handle.removeprefix("@")).id,
                round(float(percent or 100) * 100),
            )
            for handle, _, percent in (one.partition(":") for one in owners)
        ) or (rights.Owner(OPERATOR_ID, 10_000),)
        entry = registering.Entry(
            kind=kind,
            title=title,
            description=description,
            owners=held,
            aliases=tuple(
                rights.Alias(language or "en", name)
                for language, _, name in (one.rpartition(":") for one in names)
            ),
        )
        at, by = house.clock.now().astimezone(UTC), held[0].party
        work = registering.enter_work(
            session, entry, by=by, trusted=True, room=house.registry, at=at
        )
        if wanted is not None:
            for owner in held:
                registering.want_terms(
                    session, work.id, wanted, by=owner.party, room=house.registry, at=at
                )
    click.echo(work.id)


@works_group.command("terms")
@click.argument("work")
@click.option("--odrl", is_flag=True, help="As ODRL in JSON-LD.")
def say_terms(work: str, *, odrl: bool) -> None:
    """Say the terms of a WORK in plain words, or as ODRL."""
    from matinee import rights  # noqa: PLC0415
    from matinee.entrypoints import folder  # noqa: PLC0415
    from matinee.rights import odrl as vocabulary  # noqa: PLC0415
    from matinee.rights import wording  # noqa: PLC0415

    with folder.open_database(settings(quiet=True)) as database, database.transaction() as session:
        licence = rights.licence_of(session, work)
    if licence is None:
        click.echo("Its owners have said no terms, so nobody but they may use it.")
    elif odrl:
        click.echo(json.dumps(vocabulary.policy(licence), indent=2, sort_keys=True))
    else:
        click.echo("\n".join(wording.sentences(licence.terms, "en")))


@works_group.command("prove")
@click.argument("proof", required=False)
@click.option("--refuse", "reason", default="", help="Refuse it, for this reason.")
def prove(proof: str | None, reason: str) -> None:
    """List the proofs that wait, or take a PROOF as one."""
    from matinee.entrypoints import folder  # noqa: PLC0415
    from matinee.kit.clock import SystemClock  # noqa: PLC0415
    from matinee.people import OPERATOR_ID  # noqa: PLC0415
    from matinee.rights import registering, registry_store  # noqa: PLC0415

    with folder.open_database(settings(quiet=True)) as database, database.transaction() as session:
        if proof is None:
            for one in registry_store.proofs(session):
                click.echo(f"{one.id}  {one.work_id}  {one.statement}")
            return
        work = registering.decide_proof(
            session,
            proof,
            accepted=not reason,
            by=OPERATOR_ID,
            reason=reason,
            at=SystemClock().now(),
        )
    click.echo(f"{work.title} is {work.standing}.")


@works_group.command("answer")
@click.argument("approval", required=False)
@click.option("--refuse", "reason", default="", help="Refuse it, for this reason.")
@click.option("--not-mine", is_flag=True, help="The film means something else.")
def answer(approval: str | None, *, reason: str, not_mine: bool) -> None:
    """List what the operator's works are asked, or agree to an APPROVAL."""
    from matinee.entrypoints import wiring  # noqa: PLC0415
    from matinee.people import OPERATOR_ID  # noqa: PLC0415
    from matinee.rights import approval_store, approving  # noqa: PLC0415

    with wiring.open_house(settings(quiet=True)) as house:
        with house.database.transaction() as session:
            if approval is None:
                for one in approval_store.approvals_for(
                    session, OPERATOR_ID, waiting=True, after="", most=100
                ):
                    click.echo(f"{one.id}  {one.work_id}  {one.purpose}  {one.film_said}")
                return
            decided = approving.vote(
                session,
                approval,
                party=OPERATOR_ID,
                decision="refuse" if reason else "not_mine" if not_mine else "grant",
                reason=reason,
                at=house.clock.now(),
            )
        house.dispatcher.deliver()
    click.echo(f"{approval} is {decided.state}.")


class TermsFileUnreadable(Invalid):
    """A file of terms cannot be read."""

    code = "web.terms_file_unreadable"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is neither a preset nor a file of JSON with terms or an ODRL policy."
        )


def _terms(said: str) -> Terms:
    """Terms by the name of a preset, or in a file, as data or as ODRL."""
    from matinee.rights import odrl  # noqa: PLC0415
    from matinee.rights.licences import terms_of  # noqa: PLC0415
    from matinee.rights.presets import PRESETS  # noqa: PLC0415

    if said in PRESETS:
        return PRESETS[said]
    try:
        document = json.loads(Path(said).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TermsFileUnreadable(said) from error
    if not isinstance(document, dict):
        raise TermsFileUnreadable(said)
    return odrl.read(document).terms if "@context" in document else terms_of(document)

"""What the routes of the registry take and say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec

from matinee import people
from matinee.kit.blobs import Blobs
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.uploads import Uploads
from matinee.people import Person, Visitor
from matinee.rights import registry_store, store, wording
from matinee.rights.errors import TermsInvalid
from matinee.rights.licences import Licence, Owner, Terms, plain, terms_of
from matinee.rights.model import Alias, Conflict, Proof, Reference, Rule, Work, WorkKind
from matinee.rights.presets import PRESETS
from matinee.rights.registering import Room

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Bps = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]

SeesFilm = Callable[[Session, Visitor | None, str], bool]
"""Whether a visitor may see a film."""

ManifestKey = Callable[[Session, str], str]
"""The blob key of a film's manifest, or empty; raises NotFound for a film that there is not."""


@dataclass(frozen=True, kw_only=True)
class RightsDesk:
    """Where requests about works, their terms and films that show them are answered."""

    database: Database
    blobs: Blobs
    clock: Clock
    room: Room
    uploads: Uploads
    may_see: SeesFilm
    manifest_key: ManifestKey


class OwnerBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An owner by handle, and their share."""

    handle: Name
    bps: Bps


class AliasBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name in a language; ``common`` if it is also a common word."""

    language: Language
    name: Name
    common: bool = False

    @property
    def alias(self) -> Alias:
        """As the registry has it."""
        return Alias(self.language, self.name, self.common)


class TermsBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Terms by the name of a preset, or said one by one, or a preset with changes."""

    preset: str = ""
    terms: dict[str, Any] = {}

    def read(self) -> Terms:
        """The terms; raises ``TermsInvalid`` and ``TermsContradict``."""
        if not self.preset:
            return terms_of(self.terms)
        if self.preset not in PRESETS:
            names = ", ".join(PRESETS)
            raise TermsInvalid("preset", f"{self.preset[:40]!r} is not one of {names}")
        return terms_of({**plain(PRESETS[self.preset]), **self.terms})


class WorkWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A work as it is entered; without owners it is wholly whoever enters it."""

    kind: WorkKind
    title: Name
    description: Annotated[str, msgspec.Meta(max_length=4_000)] = ""
    owners: tuple[OwnerBody, ...] = ()
    aliases: tuple[AliasBody, ...] = ()
    rule: Rule = "majority"
    licence: TermsBody | None = None


class WorkChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What changes about a work."""

    title: Name | None = None
    description: Annotated[str, msgspec.Meta(max_length=4_000)] | None = None
    rule: Rule | None = None


class OwnersWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other owners, or other shares."""

    owners: tuple[OwnerBody, ...]


class ShareAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a share is one's own."""

    agreed: bool


class FileWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that was uploaded as a reference."""

    upload_id: str
    name: Name = "file"


class ProofWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What proves that a work is one's own: words, and a file if there is one."""

    statement: Annotated[str, msgspec.Meta(min_length=1, max_length=4_000)]
    upload_id: str = ""
    name: str = ""


class ProofDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody of the house makes of a proof."""

    accepted: bool
    reason: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


class ContestWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much of a work somebody says is theirs, and why."""

    bps: Bps
    ground: Annotated[str, msgspec.Meta(min_length=1, max_length=4_000)]


class ConflictDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The owners from now on, or none: nothing changes."""

    owners: tuple[OwnerBody, ...] | None = None


class PersonSaid(msgspec.Struct, frozen=True):
    """Somebody, or a party that is no person."""

    id: str
    handle: str
    name: str


class OwnerSaid(msgspec.Struct, frozen=True):
    """An owner; ``agreed`` is None while they have not said whether the share is theirs."""

    person: PersonSaid
    bps: int
    agreed: bool | None


class LicenceSaid(msgspec.Struct, frozen=True):
    """A version of the terms of a work, as data and in words."""

    id: str
    version: int
    terms: dict[str, Any]
    words: dict[str, list[str]]
    digest: str


class ConflictSaid(msgspec.Struct, frozen=True):
    """Who says that a part is theirs; why is told to owners and to the house."""

    id: str
    claimant: PersonSaid
    bps: int
    state: str
    opened_at: datetime
    ground: str | None


class ReferenceSaid(msgspec.Struct, frozen=True):
    """A file by which copies are recognised."""

    id: str
    kind: str
    name: str
    file_bytes: int
    added_at: datetime


class ProofSaid(msgspec.Struct, frozen=True):
    """A proof, and what became of it."""

    id: str
    work_id: str
    statement: str
    file: str | None
    state: str
    reason: str
    added_at: datetime


class WorkSaid(msgspec.Struct, frozen=True):
    """A work; what only its owners and the house see is null for others."""

    id: str
    kind: str
    title: str
    description: str
    standing: str
    rule: str
    binds: bool
    owners: list[OwnerSaid]
    aliases: list[AliasBody]
    licence: LicenceSaid | None
    conflicts: list[ConflictSaid]
    created_at: datetime
    mine_bps: int
    references: list[ReferenceSaid] | None = None
    proofs: list[ProofSaid] | None = None
    wanted: dict[str, list[str]] | None = None


class WorkPage(msgspec.Struct, frozen=True):
    """Works, newest first, and where the list goes on."""

    works: list[WorkSaid]
    cursor: str | None


def owners_of(session: Session, said: Sequence[OwnerBody]) -> tuple[Owner, ...]:
    """Owners by their handles; raises PersonNotFound."""
    return tuple(
        Owner(people.person_by_handle(session, one.handle.removeprefix("@")).id, one.bps)
        for one in said
    )


def licence_said(licence: Licence) -> LicenceSaid:
    """A licence as data and in words."""
    return LicenceSaid(
        licence.id, licence.version, dict(plain(licence.terms)), words_of(licence.terms),
        licence.digest,
    )  # fmt: skip


def words_of(terms: Terms) -> dict[str, list[str]]:
    """Terms in every language that they are said in."""
    return {tongue: wording.sentences(terms, tongue) for tongue in wording.TONGUES}


class Presenter:
    """Says works to one visitor: people by their handles, and to owners what only they may see."""

    def __init__(self, session: Session, visitor: Visitor | None) -> None:
        """Present to this visitor, None for one who is not signed in."""
        self._session = session
        self._visitor = visitor
        self._people: dict[str, Person] = {}

    def person(self, party: str) -> PersonSaid:
        """Somebody by handle; who is gone, or no person, has none."""
        known = self._people.get(party)
        if known is None:
            return PersonSaid(party, "", "")
        return PersonSaid(known.id, known.handle, known.name)

    def know(self, parties: Iterable[str]) -> None:
        """Look up who these are."""
        self._people |= people.people_by_ids(self._session, sorted(set(parties)))

    def works(self, found: Sequence[Work]) -> list[WorkSaid]:
        """Works in a list, without what is told of one alone."""
        self.know(owner.party for work in found for owner in work.owners)
        terms = store.newest_licences(self._session, [work.id for work in found])
        return [self._work(work, terms.get(work.id), conflicts=()) for work in found]

    def work(self, work: Work) -> WorkSaid:
        """One work, with everything that the visitor may know of it."""
        conflicts = store.conflicts_of(self._session, work.id)
        self.know((*(owner.party for owner in work.owners), *(one.claimant for one in conflicts)))
        licence = store.newest_licence(self._session, work.id)
        said = self._work(work, licence, conflicts=conflicts)
        if not self._knows_all(work):
            return said
        wanted = registry_store.wanted_terms(self._session, work.id)
        return msgspec.structs.replace(
            said,
            references=[
                reference_said(one) for one in registry_store.references_of(self._session, work.id)
            ],
            proofs=[
                proof_said(one) for one in registry_store.proofs(self._session, work_id=work.id)
            ],
            wanted={
                self.person(party).handle: wording.sentences(terms, "en")
                for party, terms in wanted.items()
            },
        )

    def _work(
        self, work: Work, licence: Licence | None, *, conflicts: Sequence[Conflict]
    ) -> WorkSaid:
        me = "" if self._visitor is None else self._visitor.person.id
        return WorkSaid(
            id=work.id,
            kind=work.kind,
            title=work.title,
            description=work.description,
            standing=work.standing,
            rule=work.rule,
            binds=work.binds,
            owners=[
                OwnerSaid(
                    self.person(owner.party),
                    owner.bps,
                    None if owner.party in work.pending else owner.party not in work.declined,
                )
                for owner in work.owners
            ],
            aliases=[AliasBody(one.language, one.name, one.common) for one in work.aliases],
            licence=None if licence is None else licence_said(licence),
            conflicts=[self._conflict(one, work) for one in conflicts],
            created_at=work.created_at,
            mine_bps=work.share_of(me),
        )

    def _conflict(self, one: Conflict, work: Work) -> ConflictSaid:
        me = None if self._visitor is None else self._visitor.person.id
        tells = self._knows_all(work) or one.claimant == me
        return ConflictSaid(
            one.id,
            self.person(one.claimant),
            one.bps,
            one.state,
            one.opened_at,
            one.ground if tells else None,
        )

    def _knows_all(self, work: Work) -> bool:
        if self._visitor is None:
            return False
        person = self._visitor.person
        return bool(work.share_of(person.id)) or person.has("moderator")


def reference_said(one: Reference) -> ReferenceSaid:
    """A reference as it is said."""
    return ReferenceSaid(one.id, one.kind, one.name, one.file_bytes, one.added_at)


def proof_said(one: Proof) -> ProofSaid:
    """A proof as it is said."""
    file = one.name or "file" if one.blob else None
    return ProofSaid(one.id, one.work_id, one.statement, file, one.state, one.reason, one.added_at)


def as_json(content: Mapping[str, object]) -> bytes:
    """A mapping as JSON with its keys in order."""
    return msgspec.json.encode(content, order="sorted")

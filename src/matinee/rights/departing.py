"""What the registry holds of a person, told to them when they ask for all of it.

Works, and what was decided about them, stay when somebody leaves: films are bound to them, and
other owners rely on them.
"""

from collections.abc import Iterator

import msgspec

from matinee.kit.db import Session

from . import approval_store, registry_store, store
from .licences import plain

_PAGE = 100


def exported(session: Session, person_id: str) -> Iterator[tuple[str, bytes | str]]:
    """A person's works with their terms, proofs and references, and what they were asked."""
    after = ""
    while ids := registry_store.search(
        session, letters="", kind=None, party=person_id, after=after, most=_PAGE
    ):
        for work in store.works_by_ids(session, ids):
            versions = registry_store.licence_versions(session, work.id)
            references = registry_store.references_of(session, work.id)
            proofs = registry_store.proofs(session, work_id=work.id)
            said = {
                "work": work,
                "versions": [
                    {"id": version_id, "version": version, "terms": plain(terms), "made_at": made}
                    for version_id, version, terms, made in versions
                ],
                "references": references,
                "proofs": proofs,
            }
            yield f"works/{work.id}/work.json", _document(said)
            files = [(one.id, one.blob, one.added_by) for one in references]
            files += [(one.id, one.blob, one.added_by) for one in proofs]
            for name, blob, by in files:
                if blob and by == person_id:
                    yield f"works/{work.id}/{name}", blob
        after = ids[-1]
    for waiting in (True, False):
        after = ""
        while page := approval_store.approvals_for(
            session, person_id, waiting=waiting, after=after, most=_PAGE
        ):
            for one in page:
                yield f"approvals/{one.id}.json", _document(one)
            after = page[-1].id


def _document(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)

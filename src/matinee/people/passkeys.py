"""Passkeys (WebAuthn, level 3): registered to a person, and shown to sign in without a login.

What the browser sends is checked by the package ``webauthn``: challenge, origin, signature, that
the person was there and was recognised by their device, and that a counter, where a device keeps
one, went up: a copy of a passkey is noticed by that.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import webauthn
from sqlalchemy import text
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from matinee.kit.db import Session
from matinee.kit.ids import Ids

from . import store
from .errors import LastWayIn, PasskeyNotFound, PasskeyRefused
from .model import Person, checked_name

PASSKEYS_MAX = 20

_CHALLENGE_BYTES = 32
_CHALLENGE_LIFETIME = timedelta(minutes=5)
_NAME = "Matinee"


@dataclass(frozen=True, slots=True)
class Place:
    """Where passkeys count: the name of the host, and the origin that browsers state."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its person may see it."""

    id: str
    name: str
    created_at: datetime
    used_at: datetime | None


def listed(session: Session, person_id: str) -> tuple[Passkey, ...]:
    """A person's passkeys, oldest first."""
    rows = session.execute(
        text(
            "select id, name, created_at, used_at from people.passkey where person = :person"
            " order by id"
        ),
        {"person": person_id},
    )
    return tuple(Passkey(*row) for row in rows)


def registration(session: Session, person: Person, place: Place, *, at: datetime) -> dict[str, Any]:
    """Return what the browser needs to make a passkey for a person."""
    known = session.execute(
        text("select credential from people.passkey where person = :person"),
        {"person": person.id},
    ).scalars()
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name=_NAME,
        user_id=person.id.encode(),
        user_name=person.handle,
        user_display_name=person.name,
        challenge=_challenge(session, person.id, at=at),
        authenticator_selection=AuthenticatorSelectionCriteria(
            # Discoverable, so that signing in needs no login.
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(one)) for one in known],
    )
    return _as_json(webauthn.options_to_json(options))


def register(
    session: Session,
    person: Person,
    credential: dict[str, Any],
    place: Place,
    *,
    name: str,
    ids: Ids,
    at: datetime,
) -> Passkey:
    """Keep a passkey that the browser made; raises PasskeyRefused or ProfileInvalid."""
    name = checked_name(name or "Passkey")
    challenge = _answered(session, credential, at=at, person_id=person.id)
    try:
        verified = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise PasskeyRefused(str(error)) from error
    if len(listed(session, person.id)) >= PASSKEYS_MAX:
        raise PasskeyRefused(f"you have {PASSKEYS_MAX} passkeys, as many as there may be")
    kept = Passkey(ids.new("passkey"), name, at, None)
    added = session.execute(
        text(
            "insert into people.passkey (id, person, name, credential, public_key, sign_count,"
            " created_at) values (:id, :person, :name, :credential, :public_key, :sign_count, :at)"
            " on conflict (credential) do nothing"
        ),
        {
            "id": kept.id,
            "person": person.id,
            "name": name,
            "credential": verified.credential_id,
            "public_key": verified.credential_public_key,
            "sign_count": verified.sign_count,
            "at": at,
        },
    )
    if added.rowcount == 0:
        raise PasskeyRefused("it is registered already")
    return kept


def authentication(session: Session, place: Place, *, at: datetime) -> dict[str, Any]:
    """Return what the browser needs to show a passkey, whoever's it is."""
    options = webauthn.generate_authentication_options(
        rp_id=place.host,
        challenge=_challenge(session, None, at=at),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _as_json(webauthn.options_to_json(options))


def person_with(
    session: Session, credential: dict[str, Any], place: Place, *, at: datetime
) -> Person:
    """Return whose passkey was shown; raises PasskeyRefused."""
    challenge = _answered(session, credential, at=at, person_id=None)
    row = session.execute(
        text(
            "select id, person, public_key, sign_count from people.passkey"
            " where credential = :credential for update"
        ),
        {"credential": _bytes_of(credential.get("rawId"))},
    ).first()
    if row is None:
        raise PasskeyRefused("it is not known here")
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise PasskeyRefused(str(error)) from error
    session.execute(
        text("update people.passkey set sign_count = :count, used_at = :at where id = :id"),
        {"count": verified.new_sign_count, "at": at, "id": row.id},
    )
    return store.person_by_id(session, row.person)


def forget(session: Session, person: Person, passkey_id: str) -> None:
    """Delete a passkey; raises PasskeyNotFound, or LastWayIn for the only way to sign in."""
    store.held(session, person.id)  # or two at once would each leave the other as the last way in
    known = listed(session, person.id)
    if passkey_id not in {one.id for one in known}:
        raise PasskeyNotFound(passkey_id)
    if len(known) == 1 and store.password_of(session, person.id) is None:
        raise LastWayIn
    session.execute(text("delete from people.passkey where id = :id"), {"id": passkey_id})


def _challenge(session: Session, person_id: str | None, *, at: datetime) -> bytes:
    challenge = secrets.token_bytes(_CHALLENGE_BYTES)
    session.execute(text("delete from people.challenge where expires_at < :at"), {"at": at})
    session.execute(
        text(
            "insert into people.challenge (challenge, person, expires_at)"
            " values (:challenge, :person, :expires)"
        ),
        {"challenge": challenge, "person": person_id, "expires": at + _CHALLENGE_LIFETIME},
    )
    return challenge


def _answered(
    session: Session, credential: dict[str, Any], *, at: datetime, person_id: str | None
) -> bytes:
    """Return the challenge that is answered, which counts once; raises PasskeyRefused."""
    response = credential.get("response")
    stated = response.get("clientDataJSON") if isinstance(response, dict) else None
    try:
        client = json.loads(_bytes_of(stated))
    except ValueError as error:
        raise PasskeyRefused("what the browser sent cannot be read") from error
    challenge = _bytes_of(client.get("challenge") if isinstance(client, dict) else None)
    row = session.execute(
        text(
            "delete from people.challenge where challenge = :challenge"
            " and person is not distinct from :person returning expires_at"
        ),
        {"challenge": challenge, "person": person_id},
    ).first()
    if row is None or row.expires_at <= at:
        raise PasskeyRefused("it took longer than five minutes, or was sent twice")
    return challenge


def _bytes_of(encoded: object) -> bytes:
    if not isinstance(encoded, str):
        raise PasskeyRefused("what the browser sent cannot be read")
    try:
        return base64url_to_bytes(encoded)
    except ValueError as error:
        raise PasskeyRefused("what the browser sent cannot be read") from error


def _as_json(options: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(options)
    return read

"""What people do with their accounts: sign up, sign in, change, close.

The session is the first argument; whoever opened it commits. Throttling is the edge's, which
counts a try before it is made.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from matinee.kit import events
from matinee.kit.db import Session
from matinee.kit.ids import Ids

from . import handles, keys, passwords, store, tokens
from .errors import (
    AdultsOnly,
    HandleTaken,
    LoginRefused,
    MailMissing,
    OperatorStays,
    ProfileInvalid,
    ProofRequired,
    SignUpClosed,
    TokenRefused,
)
from .model import (
    ADULT_YEARS,
    HANDLE_HELD,
    OPERATOR_ID,
    PERSON_CLOSED,
    PROOF_LIFETIME,
    PROTECTED,
    Entrance,
    Person,
    Plan,
    Preferences,
    Role,
    Visitor,
    checked_bio,
    checked_email,
    checked_language,
    checked_name,
    preferences,
    roles_at_sign_up,
    years_old,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Applicant:
    """What somebody says who signs up; without a password they use a passkey."""

    handle: str
    password: str
    born: date
    name: str = ""
    email: str | None = None
    language: str = "en"


def sign_up(
    session: Session, applicant: Applicant, *, entrance: Entrance, ids: Ids, at: datetime
) -> Person:
    """Make an account.

    Raises SignUpClosed, TooYoung, HandleInvalid, HandleTaken, PasswordWeak or ProfileInvalid, and
    what the entrance's judge raises. An address that somebody else has proved is accepted like any
    other: it can never be proved again, and nobody learns whose it is.
    """
    if not entrance.open:
        raise SignUpClosed
    handle = handles.checked(applicant.handle)
    email = checked_email(applicant.email) if applicant.email else None
    roles = roles_at_sign_up(applicant.born, at.date(), entrance)
    name = checked_name(applicant.name or handle)
    for text in dict.fromkeys((handle, name)):
        entrance.judge(text)
    passwords.check(applicant.password, own_words=_own_words(handle, name, email))
    person = Person(
        id=ids.new("person"),
        handle=handle,
        name=name,
        email=email,
        born=applicant.born,
        roles=roles,
        language=checked_language(applicant.language),
        created_at=at,
    )
    kept = passwords.hashed(applicant.password)
    if not store.add(session, person, skeleton=handles.skeleton(handle), password=kept):
        raise HandleTaken(handle)
    return person


def log_in(session: Session, login: str, password: str, *, at: datetime) -> Person:
    """Return whose login and password these are; raises LoginRefused.

    It takes as long, and says the same, whether the login is known or not.
    """
    found = store.by_login(session, login)
    kept = None if found is None else found[1]
    if not passwords.is_right(password, kept) or found is None or kept is None:
        raise LoginRefused
    if passwords.is_outdated(kept):
        store.change(session, found[0].id, password=passwords.hashed(password))
    return grown_up(session, found[0], at=at)


def grown_up(session: Session, person: Person, *, at: datetime) -> Person:
    """Return a person who is no minor any more once they are old enough."""
    if person.is_minor and person.born and years_old(person.born, at.date()) >= ADULT_YEARS:
        return store.change(session, person.id, roles=sorted(person.roles - {"minor"}))
    return person


def prove(
    session: Session,
    visitor: Visitor,
    *,
    password: str | None,
    proved_at: datetime | None,
    at: datetime,
) -> None:
    """Make sure that it is really this person; raises ProofRequired.

    Either the ``password`` is right, or one or a passkey was shown less than five minutes ago.
    """
    if proved_at is not None and at - proved_at <= PROOF_LIFETIME:
        return
    if password is not None:
        kept = store.password_of(session, visitor.person.id)
        if passwords.is_right(password, kept):
            return
    raise ProofRequired


def set_password(session: Session, person: Person, password: str, *, but: str = "") -> None:
    """Give a person a password and end all of their sessions but the one with the id ``but``.

    Raises PasswordWeak.
    """
    passwords.check(password, own_words=_own_words(person.handle, person.name, person.email))
    store.change(session, person.id, password=passwords.hashed(password))
    keys.end_sessions(session, person.id, but=but)


def ask_reset(session: Session, email: str, *, at: datetime) -> tuple[Person, str] | None:
    """Return whom to send which token to set a password anew; None where nobody proved this."""
    person = store.by_proved_email(session, email)
    return None if person is None else (person, tokens.issue(session, person, "reset", at=at))


def reset_password(session: Session, token: str, password: str, *, at: datetime) -> Person:
    """Set a password with a token from a mail; raises TokenRefused or PasswordWeak.

    Who sets it anew may have lost it to somebody, whose sessions and keys end here.
    """
    person = tokens.use(session, token, "reset", at=at)
    set_password(session, person, password)
    keys.revoke_all(session, person.id, at=at)
    return person


def ask_verification(session: Session, person: Person, *, at: datetime) -> str:
    """Return a token to prove a person's address with; raises MailMissing."""
    if person.email is None:
        raise MailMissing("you have given no address")
    if person.email_verified:
        raise MailMissing("your address is proved already")
    return tokens.issue(session, person, "verify", at=at)


def verify_email(session: Session, token: str, *, at: datetime) -> Person:
    """Note that an address was proved; raises TokenRefused."""
    person = tokens.use(session, token, "verify", at=at)
    if not store.drop_other_claims(session, person):
        raise TokenRefused
    return store.change(session, person.id, email_verified=True)


def change_profile(session: Session, person: Person, changes: dict[str, Any]) -> Person:
    """Change name, bio, language or email; the address has to be proved anew.

    Raises ProfileInvalid.
    """
    checks = {"name": checked_name, "bio": checked_bio, "language": checked_language}
    columns: dict[str, object] = {
        field: check(changes[field]) for field, check in checks.items() if field in changes
    }
    if "email" in changes:
        email = checked_email(changes["email"]) if changes["email"] else None
        if email != person.email:
            columns |= {"email": email, "email_verified": False}
    return store.change(session, person.id, **columns) if columns else person


def change_handle(session: Session, person: Person, handle: str, *, at: datetime) -> Person:
    """Give a person another handle; the one before is nobody else's for 30 days.

    Raises HandleInvalid, HandleTaken, or OperatorStays.
    """
    wanted = handles.checked(handle)
    if wanted == person.handle:
        return person
    if person.id == OPERATOR_ID:
        raise OperatorStays
    before, after = handles.skeleton(person.handle), handles.skeleton(wanted)
    if not store.rename(
        session, person.id, wanted, before=before, after=after, held=at + HANDLE_HELD, at=at
    ):
        raise HandleTaken(wanted)
    return store.person_by_id(session, person.id)


def settings_of(session: Session, person: Person) -> Preferences:
    """Return what a person has set; for a minor all that protects them is on."""
    return preferences(store.settings_of(session, person.id), is_minor=person.is_minor)


def change_settings(session: Session, person: Person, changes: dict[str, Any]) -> Preferences:
    """Change what is named, one level deep; raises ProfileInvalid or, to a minor, AdultsOnly."""
    person = store.held(session, person.id)
    before = msgspec.to_builtins(settings_of(session, person))
    merged = {
        name: {**before[name], **value} if isinstance(before.get(name), dict) else value
        for name, value in changes.items()
        if isinstance(value, dict) or not isinstance(before.get(name), dict)
    }
    if merged.keys() != changes.keys():
        raise ProfileInvalid("settings", "teen and wellbeing hold settings of their own")
    try:
        after = msgspec.convert({**before, **merged}, Preferences)
    except msgspec.ValidationError as error:
        raise ProfileInvalid("settings", str(error)) from error
    if person.is_minor and after.teen != PROTECTED:
        raise AdultsOnly
    store.keep_settings(session, person.id, msgspec.to_builtins(after))
    return after


def grant(session: Session, person: Person, role: Role, *, granted: bool) -> Person:
    """Give a role to a person or take it; raises OperatorStays."""
    if person.id == OPERATOR_ID and role in {"operator", "minor"}:
        raise OperatorStays
    person = store.held(session, person.id)
    roles = person.roles | {role} if granted else person.roles - {role}
    return store.change(session, person.id, roles=sorted(roles))


def put_on_plan(session: Session, person: Person, plan: Plan) -> Person:
    """Put a person on a plan."""
    return store.change(session, person.id, plan=plan)


def close(session: Session, person: Person, *, at: datetime) -> None:
    """Delete an account and all that is personal; raises OperatorStays.

    Every room hears of it (PERSON_CLOSED) and deletes what it holds. The handle is nobody's for 30
    days. What else a person has with other products is not touched.
    """
    if person.id == OPERATOR_ID:
        raise OperatorStays
    blobs = store.close(
        session,
        person.id,
        skeleton=handles.skeleton(person.handle),
        held=at + HANDLE_HELD,
        at=at,
    )
    events.record(
        session,
        PERSON_CLOSED,
        key=person.id,
        payload={"person_id": person.id, "blobs": list(blobs)},
        at=at,
    )


def as_visitor(person: Person) -> Visitor:
    """Return a person as one who asks in a browser."""
    return Visitor(person)


def _own_words(handle: str, name: str, email: str | None) -> tuple[str, ...]:
    return tuple(word for word in (handle, name, email) if word)


def has_password(session: Session, person: Person) -> bool:
    """Whether somebody can sign in with a password."""
    return store.password_of(session, person.id) is not None

"""Coming in: signing up, signing in with a password or a passkey, and what mails lead to."""

from datetime import date
from typing import Any

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.people import access, actions, passkeys, throttle

from .desk import PeopleDesk, nothing, person_view, read, visitor_of

_ANYONE = Depends(access.anyone)
_OWN = Depends(access.member("account"))


class Application(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody says who signs up."""

    handle: str
    password: str
    born: date
    name: str = ""
    email: str = ""
    language: str = "en"


class Login(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A handle or an address, and its password."""

    login: str
    password: str


class Address(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to send a mail."""

    email: str


class NewPassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The password from now on."""

    password: str


class Shown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the browser says of a passkey that was shown."""

    credential: dict[str, Any]


def entrance_router(desk: PeopleDesk) -> APIRouter:
    """The routes below ``/api`` that need no account."""
    router = APIRouter()
    _add_signing(router, desk)
    _add_passkeys(router, desk)
    _add_mails(router, desk)
    return router


def _add_signing(router: APIRouter, desk: PeopleDesk) -> None:
    @router.post("/people", dependencies=[_ANYONE])
    async def sign_up(request: Request) -> Response:
        """Make an account and sign in to it."""
        told = read(await request.body(), Application)
        return await run_in_threadpool(_signed_up, desk, request, told)

    @router.post("/session", dependencies=[_ANYONE])
    async def sign_in(request: Request) -> Response:
        """Begin a session: with a login and its password, or, without a body, as the door knows."""
        body = await request.body()
        if not body.strip():
            return await run_in_threadpool(desk.enter, request)
        told = read(body, Login)
        return await run_in_threadpool(_logged_in, desk, request, told)

    @router.delete("/session", dependencies=[_ANYONE])
    def sign_out(request: Request) -> Response:
        """End the session."""
        return desk.leave(request)


def _signed_up(desk: PeopleDesk, request: Request, told: Application) -> Response:
    desk.throttled("sign_up", desk.address_of(request), throttle.SIGN_UPS_PER_ADDRESS)
    applicant = actions.Applicant(
        handle=told.handle,
        password=told.password,
        born=told.born,
        name=told.name,
        email=told.email or None,
        language=told.language,
    )
    now = desk.clock.now()
    with desk.database.transaction() as session:
        person = actions.sign_up(session, applicant, entrance=desk.entrance, ids=desk.ids, at=now)
        token = actions.ask_verification(session, person, at=now) if person.email else None
        response = answer({"person": person_view(person)}, status=201)
        response = desk.signed_in(session, request, person, response)
    if token is not None:
        desk.try_to_send("verify", person, f"/verify-email/{token}")
    return response


def _logged_in(desk: PeopleDesk, request: Request, told: Login) -> Response:
    login = told.login.strip().removeprefix("@").lower()
    desk.throttled("log_in", desk.address_of(request), throttle.LOGINS_PER_ADDRESS)
    desk.throttled("log_in_as", login, throttle.LOGINS_PER_ACCOUNT)
    with desk.database.transaction() as session:
        person = actions.log_in(session, login, told.password, at=desk.clock.now())
        return desk.signed_in(session, request, person, answer({"person": person_view(person)}))


def _add_passkeys(router: APIRouter, desk: PeopleDesk) -> None:
    @router.post("/session/passkey/options", dependencies=[_ANYONE])
    def options(request: Request) -> Response:
        """What the browser needs to show a passkey."""
        place = desk.place_of(request)
        desk.throttled("passkey", desk.address_of(request), throttle.LOGINS_PER_ADDRESS)
        with desk.database.transaction() as session:
            return answer(passkeys.authentication(session, place, at=desk.clock.now()))

    @router.post("/session/passkey", dependencies=[_ANYONE])
    async def show(request: Request) -> Response:
        """Begin a session with a passkey."""
        told = read(await request.body(), Shown)
        place = desk.place_of(request)

        def accept() -> Response:
            now = desk.clock.now()
            with desk.database.transaction() as session:
                person = passkeys.person_with(session, told.credential, place, at=now)
                person = actions.grown_up(session, person, at=now)
                response = answer({"person": person_view(person)})
                return desk.signed_in(session, request, person, response)

        return await run_in_threadpool(accept)


def _add_mails(router: APIRouter, desk: PeopleDesk) -> None:
    @router.post("/password-resets", dependencies=[_ANYONE])
    async def ask_reset(request: Request) -> Response:
        """Mail a link to set a password anew; the answer is the same for every address."""
        email = read(await request.body(), Address).email.strip().lower()
        return await run_in_threadpool(_reset_asked, desk, request, email)

    @router.post("/password-resets/{token}", dependencies=[_ANYONE])
    async def reset(token: str, request: Request) -> Response:
        """Set a password with a link from a mail, and sign in."""
        password = read(await request.body(), NewPassword).password

        def accept() -> Response:
            with desk.database.transaction() as session:
                person = actions.reset_password(session, token, password, at=desk.clock.now())
                response = answer({"person": person_view(person)})
                return desk.signed_in(session, request, person, response)

        return await run_in_threadpool(accept)

    @router.post("/email-verifications", dependencies=[_OWN])
    def ask_verification(request: Request) -> Response:
        """Mail the link to prove one's address again."""
        person = visitor_of(request).person
        desk.throttled("verify", person.id, throttle.MAILS_PER_ACCOUNT)
        with desk.database.transaction() as session:
            token = actions.ask_verification(session, person, at=desk.clock.now())
        desk.send("verify", person, f"/verify-email/{token}")
        return nothing()

    @router.post("/email-verifications/{token}", dependencies=[_ANYONE])
    def verify(token: str) -> Response:
        """Prove an address with a link from a mail."""
        with desk.database.transaction() as session:
            actions.verify_email(session, token, at=desk.clock.now())
        return nothing()


def _reset_asked(desk: PeopleDesk, request: Request, email: str) -> Response:
    desk.throttled("reset", desk.address_of(request), throttle.MAILS_PER_ADDRESS)
    desk.throttled("reset_of", email, throttle.MAILS_PER_ACCOUNT)
    with desk.database.transaction() as session:
        asked = actions.ask_reset(session, email, at=desk.clock.now())
    response = answer({"sent": True}, status=202)
    if asked is not None:
        person, token = asked
        # Sent after the answer: how long a mail takes would tell that the address is known.
        response.background = BackgroundTask(
            desk.try_to_send, "reset", person, f"/reset-password/{token}"
        )
    return response

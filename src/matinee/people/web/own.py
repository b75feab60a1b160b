"""What is one's own: the account, its settings, the ways in, keys, and all of it as a file."""

from datetime import datetime
from typing import Any

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from matinee.kit.bodies import answer
from matinee.kit.db import Session
from matinee.people import access, actions, exporting, keys, passkeys, pictures, store, throttle
from matinee.people.cookies import without_session
from matinee.people.errors import ExportNotReady, ScopeMissing
from matinee.people.model import Key, Person

from .desk import PeopleDesk, nothing, opened_of, person_view, read, visitor_of

_OWN = Depends(access.member("account"))
_SEEN = Depends(access.signed_in)


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change; what is not named stays. Another address needs the password."""

    handle: str | msgspec.UnsetType = msgspec.UNSET
    name: str | msgspec.UnsetType = msgspec.UNSET
    bio: str | msgspec.UnsetType = msgspec.UNSET
    language: str | msgspec.UnsetType = msgspec.UNSET
    email: str | msgspec.UnsetType | None = msgspec.UNSET
    password: str | None = None
    settings: dict[str, Any] = {}


class Farewell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The proof that it is really this person who leaves."""

    password: str | None = None


class PasswordChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The password before, if there was one, and the one from now on."""

    new: str
    old: str | None = None


class NewPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the browser says of a passkey that it made."""

    credential: dict[str, Any]
    name: str = ""


class NewKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key for a program, and what it may do; everything that the asker may unless told."""

    name: str
    scopes: list[str] = []


class KeyView(msgspec.Struct, frozen=True):
    """A key; its secret is only in the answer that makes it."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    revoked_at: datetime | None


def own_router(desk: PeopleDesk) -> APIRouter:
    """The routes below ``/api/me``."""
    router = APIRouter(prefix="/me")
    _add_account(router, desk)
    _add_picture(router, desk)
    _add_passkeys(router, desk)
    _add_keys(router, desk)
    _add_sessions(router, desk)
    _add_export(router, desk)
    return router


def _prove(desk: PeopleDesk, session: Session, request: Request, password: str | None) -> None:
    opened = opened_of(request)
    # The operator at the machine has no password; whoever sits there owns the place.
    if opened is not None and opened.at_machine:
        return
    actions.prove(
        session,
        visitor_of(request),
        password=password,
        proved_at=opened.proved_at if opened else None,
        at=desk.clock.now(),
    )


def _count_proof(desk: PeopleDesk, request: Request, password: str | None) -> None:
    """Count a try at somebody's password before it is made."""
    if password is not None:
        desk.throttled("prove", visitor_of(request).person.id, throttle.LOGINS_PER_ACCOUNT)


def _add_account(router: APIRouter, desk: PeopleDesk) -> None:
    @router.get("", dependencies=[_SEEN])
    def show(request: Request) -> Response:
        """One's own account."""
        person = visitor_of(request).person
        with desk.database.transaction() as session:
            return answer(desk.own_view(session, person))

    @router.patch("", dependencies=[_OWN])
    async def change(request: Request) -> Response:
        """Change what is named."""
        wish = read(await request.body(), Profile)
        return await run_in_threadpool(_changed, desk, request, wish)

    @router.delete("", dependencies=[_OWN])
    async def close(request: Request) -> Response:
        """Close the account and delete all that is personal."""
        password = read(await request.body(), Farewell).password

        def accept() -> Response:
            _count_proof(desk, request, password)
            with desk.database.transaction() as session:
                _prove(desk, session, request, password)
                actions.close(session, visitor_of(request).person, at=desk.clock.now())
            return without_session(nothing())

        return await run_in_threadpool(accept)

    @router.post("/password", dependencies=[_OWN])
    async def set_password(request: Request) -> Response:
        """Set another password; all other sessions end."""
        wish = read(await request.body(), PasswordChange)

        def accept() -> Response:
            _count_proof(desk, request, wish.old)
            opened = opened_of(request)
            person = visitor_of(request).person
            with desk.database.transaction() as session:
                _prove(desk, session, request, wish.old)
                actions.set_password(
                    session, person, wish.new, but=opened.session_id if opened else ""
                )
            if person.email_verified:
                desk.try_to_send("changed", person, "/reset-password")
            return nothing()

        return await run_in_threadpool(accept)


def _changed(desk: PeopleDesk, request: Request, wish: Profile) -> Response:
    person = visitor_of(request).person
    named = {
        field: value
        for field in ("name", "bio", "language", "email")
        if (value := getattr(wish, field)) is not msgspec.UNSET
    }
    for text in (named.get("name"), named.get("bio"), wish.handle):
        if isinstance(text, str) and text:
            desk.entrance.judge(text)
    moves = "email" in named and named["email"] != person.email
    if moves:
        _count_proof(desk, request, wish.password)
    now = desk.clock.now()
    with desk.database.transaction() as session:
        if moves:
            _prove(desk, session, request, wish.password)
        after = actions.change_profile(session, person, named)
        if isinstance(wish.handle, str):
            after = actions.change_handle(session, after, wish.handle, at=now)
        if wish.settings:
            actions.change_settings(session, after, wish.settings)
        token = actions.ask_verification(session, after, at=now) if moves and after.email else None
        view = desk.own_view(session, after)
    if token is not None:
        desk.send("verify", after, f"/verify-email/{token}")
    return answer(view)


def _add_picture(router: APIRouter, desk: PeopleDesk) -> None:
    def keep(person: Person, key: str | None) -> Response:
        with desk.database.transaction() as session:
            after = store.change(session, person.id, picture=key)
            gone = person.picture
            unused = gone and gone != key and not store.picture_is_used(session, gone)
        if gone and unused:
            desk.blobs.delete(gone)
        return answer({"person": person_view(after)})

    @router.put("/picture", dependencies=[_OWN])
    async def put(request: Request) -> Response:
        """Show another picture: the bytes of a PNG, JPEG, WebP or GIF."""
        sent = await request.body()

        def accept() -> Response:
            made = desk.blobs.put_bytes(pictures.portrait(sent), suffix=pictures.SUFFIX)
            return keep(visitor_of(request).person, made.key)

        return await run_in_threadpool(accept)

    @router.delete("/picture", dependencies=[_OWN])
    def remove(request: Request) -> Response:
        """Show no picture any more."""
        return keep(visitor_of(request).person, None)


def _add_passkeys(router: APIRouter, desk: PeopleDesk) -> None:
    @router.get("/passkeys", dependencies=[_OWN])
    def show(request: Request) -> Response:
        """One's passkeys."""
        with desk.database.transaction() as session:
            return answer({"passkeys": passkeys.listed(session, visitor_of(request).person.id)})

    @router.post("/passkeys/options", dependencies=[_OWN])
    async def options(request: Request) -> Response:
        """What the browser needs to make a passkey; like all new ways in, it needs a proof."""
        password = read(await request.body(), Farewell).password

        def accept() -> Response:
            place = desk.place_of(request)
            person = visitor_of(request).person
            _count_proof(desk, request, password)
            with desk.database.transaction() as session:
                _prove(desk, session, request, password)
                return answer(passkeys.registration(session, person, place, at=desk.clock.now()))

        return await run_in_threadpool(accept)

    @router.post("/passkeys", dependencies=[_OWN])
    async def register(request: Request) -> Response:
        """Keep a passkey that the browser made for a challenge from the options."""
        told = read(await request.body(), NewPasskey)

        def accept() -> Response:
            with desk.database.transaction() as session:
                kept = passkeys.register(
                    session,
                    visitor_of(request).person,
                    told.credential,
                    desk.place_of(request),
                    name=told.name,
                    ids=desk.ids,
                    at=desk.clock.now(),
                )
            return answer({"passkey": kept}, status=201)

        return await run_in_threadpool(accept)

    @router.delete("/passkeys/{passkey_id}", dependencies=[_OWN])
    def forget(passkey_id: str, request: Request) -> Response:
        """Forget a passkey."""
        with desk.database.transaction() as session:
            passkeys.forget(session, visitor_of(request).person, passkey_id)
        return nothing()


def _add_keys(router: APIRouter, desk: PeopleDesk) -> None:
    @router.get("/keys", dependencies=[_OWN])
    def show(request: Request) -> Response:
        """One's keys."""
        with desk.database.transaction() as session:
            found = keys.listed(session, person_id=visitor_of(request).person.id)
        return answer({"keys": [_key_view(one) for one in found]})

    @router.post("/keys", dependencies=[_OWN])
    async def create(request: Request) -> Response:
        """Make a key; the answer is the only one that holds its secret."""
        wish = read(await request.body(), NewKey)
        visitor = visitor_of(request)
        for scope in sorted({*wish.scopes} - visitor.scopes):
            # A key may not make one that may more than itself.
            if visitor.key_id is not None:
                raise ScopeMissing(scope)

        def accept() -> Response:
            with desk.database.transaction() as session:
                key, secret = keys.create(
                    session,
                    wish.name,
                    person_id=visitor.person.id,
                    scopes=wish.scopes or visitor.scopes,
                    ids=desk.ids,
                    at=desk.clock.now(),
                )
            return answer({"key": _key_view(key), "secret": secret}, status=201)

        return await run_in_threadpool(accept)

    @router.delete("/keys/{key_id}", dependencies=[_OWN])
    def revoke(key_id: str, request: Request) -> Response:
        """Revoke a key."""
        person_id = visitor_of(request).person.id
        with desk.database.transaction() as session:
            keys.revoke(session, key_id, at=desk.clock.now(), person_id=person_id)
        return nothing()


def _key_view(key: Key) -> KeyView:
    return KeyView(
        id=key.id,
        name=key.name,
        scopes=sorted(key.scopes),
        created_at=key.created_at,
        revoked_at=key.revoked_at,
    )


def _add_sessions(router: APIRouter, desk: PeopleDesk) -> None:
    @router.get("/sessions", dependencies=[_OWN])
    def show(request: Request) -> Response:
        """Where one is signed in."""
        opened = opened_of(request)
        with desk.database.transaction() as session:
            found = keys.sessions_of(session, visitor_of(request).person.id, at=desk.clock.now())
        views = [
            {
                "id": one.id,
                "device": one.agent,
                "created_at": one.created_at,
                "expires_at": one.expires_at,
                "current": opened is not None and opened.session_id == one.id,
            }
            for one in found
        ]
        return answer({"sessions": views})

    @router.delete("/sessions/{session_id}", dependencies=[_OWN])
    def end(session_id: str, request: Request) -> Response:
        """Sign out somewhere."""
        with desk.database.transaction() as session:
            keys.end_session(session, visitor_of(request).person.id, session_id)
        return nothing()

    @router.delete("/sessions", dependencies=[_OWN])
    def end_others(request: Request) -> Response:
        """Sign out everywhere but here."""
        opened = opened_of(request)
        with desk.database.transaction() as session:
            keys.end_sessions(
                session,
                visitor_of(request).person.id,
                but=opened.session_id if opened else "",
            )
        return nothing()


def _add_export(router: APIRouter, desk: PeopleDesk) -> None:
    def view(export: exporting.Export, *, status: int = 200) -> Response:
        return answer(
            {
                "id": export.id,
                "status": export.status,
                "asked_at": export.asked_at,
                "ended_at": export.ended_at,
                "file_bytes": export.file_bytes,
                "url": "/api/me/export/file" if export.status == "ready" else None,
            },
            status=status,
        )

    @router.post("/export", dependencies=[_OWN])
    def ask(request: Request) -> Response:
        """Ask for everything that is kept of one, as a zip."""
        person_id = visitor_of(request).person.id
        desk.throttled("export", person_id, throttle.EXPORTS_PER_ACCOUNT)
        with desk.database.transaction() as session:
            asked = exporting.ask(
                session,
                person_id,
                jobs=desk.jobs,
                flows=desk.exporting,
                ids=desk.ids,
                at=desk.clock.now(),
            )
        return view(asked, status=202)

    @router.get("/export", dependencies=[_OWN])
    def show(request: Request) -> Response:
        """How far the export is."""
        with desk.database.transaction() as session:
            return view(exporting.of(session, visitor_of(request).person.id))

    @router.get("/export/file", dependencies=[_OWN])
    def file(request: Request) -> Response:
        """The zip itself."""
        with desk.database.transaction() as session:
            export = exporting.of(session, visitor_of(request).person.id)
        if export.status != "ready":
            raise ExportNotReady(export.status)
        return StreamingResponse(
            desk.blobs.chunks(export.blob),
            media_type="application/zip",
            headers={
                "content-disposition": 'attachment; filename="matinee-export.zip"',
                "content-length": str(export.file_bytes),
                "cache-control": "private, no-store",
            },
        )

"""The web server: the frozen video contract, the page's API, the page, and a health check."""

import errno
import gc
import socket
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import Depends, FastAPI
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from matinee import studio
from matinee.commerce.acp.desk import AcpDesk
from matinee.commerce.acp.feeding import feed_router
from matinee.commerce.acp.hooks import hook_router as agent_hook_router
from matinee.commerce.acp.web import acp_router, discovery_router
from matinee.commerce.checkout.web import (
    SalesDesk,
    cart_router,
    checkout_router,
    order_router,
    sale_router,
)
from matinee.commerce.ucp.web import profile_router, ucp_router
from matinee.commerce.web import (
    ShopDesk,
    TagDesk,
    connection_router,
    import_router,
    product_router,
    shop_router,
    tag_router,
)
from matinee.entrypoints import folder, owning, sight, trusting, wiring
from matinee.entrypoints.door import Door
from matinee.entrypoints.edges import Armour, AsgiApp, BodyLimit, answer_errors
from matinee.entrypoints.hooks import HookDesk, hook_router
from matinee.entrypoints.mcp import METADATA, SCOPES, AgentGate, McpApp
from matinee.entrypoints.page import add_page
from matinee.entrypoints.territory import Border
from matinee.entrypoints.uploads import Tus, upload_router
from matinee.feed.web import (
    FeedDesk,
    list_router,
    people_router,
    post_router,
    share_router,
    watch_router,
)
from matinee.kit import errors
from matinee.kit.db import Session
from matinee.likeness.web import LikenessDesk, likeness_router
from matinee.people import Person, access
from matinee.people.web import (
    PeopleDesk,
    QuotaView,
    entrance_router,
    operator_router,
    own_router,
)
from matinee.rights.web import (
    ClaimDesk,
    MoneyDesk,
    RightsDesk,
    approval_router,
    claim_desk_router,
    claim_router,
    film_rights_router,
    licence_router,
    money_router,
    work_router,
)
from matinee.studio.web import (
    Desk,
    editing_router,
    film_router,
    final_router,
    language_router,
    model_router,
    streaming_router,
    upload_film_router,
    video_router,
)
from matinee.trust.web import TrustDesk, desk_router, objection_router, verify_router

STATIC = Path(__file__).parent / "static"

_GRACE_S = 3
_SYSTEM_PORT_MAX = 1023


class PortInUse(errors.Conflict):
    """Another program listens on the port."""

    code = "web.port_in_use"

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} of {host} is in use by another program. Stop that program, or choose "
            f"another port: matinee serve --port {port + 1}",
            host=host,
            port=port,
        )


class AddressUnusable(errors.Unavailable):
    """The server cannot listen on an address."""

    code = "web.address_unusable"

    def __init__(self, host: str, port: int, reason: str) -> None:
        hint = " Ports below 1024 belong to the system." if port <= _SYSTEM_PORT_MAX else ""
        super().__init__(
            f"The server cannot listen on port {port} of {host!r}: {reason}.{hint} Choose another "
            "with --host and --port.",
            host=host,
            port=port,
        )


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket bound to the address; raises ``PortInUse`` or ``AddressUnusable``."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise AddressUnusable(host, port, "its name is not known") from error
    bound = socket.socket(family, kind, protocol)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(address)
        # Two processes may both bind; only one may listen.
        bound.listen(128)
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(host, port) from error
        raise AddressUnusable(host, port, error.strerror or str(error)) from error
    return bound


def create_app(house: wiring.House, *, operator: bool) -> tuple[AsgiApp, Desk]:
    """The whole site, and the desk that is told when it closes.

    ``operator`` is whether browsers on this machine need no key.
    """
    desk = Desk(
        database=house.database,
        blobs=house.blobs,
        office=house.office,
        writer=house.writer,
        outside=house.outside,
        may_see=sight.may_see,
        may_read=sight.may_read,
        bar=Border(
            proxies=house.accounts.proxies,
            header=house.settings.country_header,
            elsewhere=house.settings.territory,
        ).check,
        sealer=house.sealer,
        keeping=house.keeping,
    )
    app = FastAPI(title="Matinee", openapi_url=None, docs_url=None, redoc_url=None)
    answer_errors(app)
    door = Door(house.database, house.clock, house.ids, operator=operator)
    feed_desk = FeedDesk(database=house.database, room=house.feed, office=house.office)
    # Routes are tried in this order, and what people do all the time should not wait for the rest.
    app.include_router(watch_router(feed_desk), prefix="/api", dependencies=[Depends(door.visitor)])
    app.include_router(video_router(desk), prefix="/v1", dependencies=[Depends(door.key_required)])
    own = (
        film_router,
        editing_router,
        final_router,
        language_router,
        model_router,
        streaming_router,
    )
    for films in (router(desk) for router in own):
        app.include_router(films, prefix="/api", dependencies=[Depends(door.visitor)])
        app.include_router(films, prefix="/v1", dependencies=[Depends(door.key_required)])
    app.include_router(
        upload_film_router(desk, house.intake),
        prefix="/api",
        dependencies=[Depends(door.visitor)],
    )
    hooks = HookDesk(database=house.database, sender=house.sender, ids=house.ids, clock=house.clock)
    app.include_router(hook_router(hooks), prefix="/v1", dependencies=[Depends(door.key_required)])
    _add_people(app, house, door)
    _add_feed(app, feed_desk, door)
    _add_trust(app, house, door)
    _add_catalogue(app, house, door)
    _add_claims(app, house, door)
    _add_registry(app, house, door)
    app.include_router(
        money_router(_money_desk(house)),
        prefix="/api",
        dependencies=[Depends(door.visitor)],
    )
    desk_of_likenesses = LikenessDesk(
        database=house.database,
        room=house.office.likenesses,
        keeping=house.keeping,
        films=sight.films_seen,
    )
    app.include_router(
        likeness_router(desk_of_likenesses), prefix="/api", dependencies=[Depends(door.visitor)]
    )
    app.include_router(
        upload_router(house.uploads), prefix="/api", dependencies=[Depends(door.visitor)]
    )
    _add_sales(app, house, door)
    _add_agents(app, house)
    _add_health(app, house)
    add_page(app, STATIC)
    return Armour(BodyLimit(Tus(app))), desk


def _add_registry(app: FastAPI, house: wiring.House, door: Door) -> None:
    desk = RightsDesk(
        database=house.database,
        blobs=house.blobs,
        clock=house.clock,
        room=house.registry,
        uploads=house.uploads,
        may_see=owning.sees,
        manifest_key=owning.manifest_key,
    )
    for router in (work_router, licence_router, approval_router, film_rights_router):
        app.include_router(router(desk), prefix="/api", dependencies=[Depends(door.visitor)])


def _add_claims(app: FastAPI, house: wiring.House, door: Door) -> None:
    desk = ClaimDesk(database=house.database, bench=house.recognising.bench, titles=sight.titles_of)
    for router in (claim_router, claim_desk_router):
        app.include_router(router(desk), prefix="/api", dependencies=[Depends(door.visitor)])


def _add_sales(app: FastAPI, house: wiring.House, door: Door) -> None:
    sales = house.sales
    desk = SalesDesk(database=house.database, room=sales.room, bank=sales.bank)
    for router in (cart_router, checkout_router, order_router, sale_router):
        app.include_router(router(desk), prefix="/api", dependencies=[Depends(door.visitor)])
    app.include_router(
        connection_router(house.connections), prefix="/api", dependencies=[Depends(door.visitor)]
    )
    agents = AcpDesk(
        database=house.database,
        room=sales.room,
        place=sales.place(house.accounts.public_url),
        card=sales.card,
    )
    for own in (agent_hook_router, feed_router):
        app.include_router(own(agents), prefix="/api", dependencies=[Depends(door.visitor)])
    app.include_router(acp_router(agents), dependencies=[Depends(door.key_required)])
    app.include_router(ucp_router(agents), dependencies=[Depends(door.key_required)])
    for known in (discovery_router, profile_router):
        app.include_router(known(agents), dependencies=[Depends(door.visitor)])


def _add_agents(app: FastAPI, house: wiring.House) -> None:
    public_url = house.accounts.public_url
    gate = AgentGate(
        McpApp(app, public_url=public_url, version=folder.version()),
        database=house.database,
        clock=house.clock,
        public_url=public_url,
        scopes=SCOPES,
    )
    app.router.routes.append(Route("/mcp", gate))

    def described() -> Response:
        """What agents learn of this resource (RFC 9728)."""
        return JSONResponse(gate.metadata(), headers={"cache-control": "public, max-age=3600"})

    for path in (METADATA, f"{METADATA}/mcp"):
        app.get(path, dependencies=[Depends(access.anyone)])(described)


def _money_desk(house: wiring.House) -> MoneyDesk:
    return MoneyDesk(
        database=house.database,
        clock=house.clock,
        ids=house.ids,
        jobs=house.office.jobs,
        treasury=house.treasury,
        charge=house.charge,
        hear=house.ears.hear,
        may_see=sight.may_tip,
        titles=sight.titles_of,
        public_url=house.accounts.public_url,
    )


def _add_trust(app: FastAPI, house: wiring.House, door: Door) -> None:
    desk = TrustDesk(
        database=house.database,
        clock=house.clock,
        ids=house.ids,
        witnesses=trusting.WITNESSES,
        may_see=trusting.may_see,
        anchors_pem=house.anchors_pem,
        proxies=house.accounts.proxies,
    )
    for router in (objection_router, desk_router, verify_router):
        app.include_router(router(desk), prefix="/api", dependencies=[Depends(door.visitor)])


def _add_feed(app: FastAPI, desk: FeedDesk, door: Door) -> None:
    for router in (post_router, people_router, list_router):
        app.include_router(router(desk), prefix="/api", dependencies=[Depends(door.visitor)])
    app.include_router(share_router(desk), dependencies=[Depends(door.visitor)])


def _add_catalogue(app: FastAPI, house: wiring.House, door: Door) -> None:
    desk = ShopDesk(
        database=house.database,
        blobs=house.blobs,
        clock=house.clock,
        ids=house.ids,
        jobs=house.office.jobs,
        catalogue=house.catalogue,
        meanings=house.meanings,
        owns_film=sight.owns_film,
    )
    for router in (shop_router, product_router, import_router):
        app.include_router(router(desk), prefix="/api", dependencies=[Depends(door.visitor)])
    tags = TagDesk(
        database=house.database,
        blobs=house.blobs,
        clock=house.clock,
        may_see=owning.sees,
        owns_film=sight.owns_film,
        manifest_key=owning.manifest_key,
    )
    app.include_router(tag_router(tags), prefix="/api", dependencies=[Depends(door.visitor)])


def _add_people(app: FastAPI, house: wiring.House, door: Door) -> None:
    def quota(session: Session, person: Person) -> QuotaView:
        used = studio.quota_of(session, person, at=house.clock.now())
        return QuotaView(used.films_today, used.films_per_day, used.seconds_max, used.resets_at)

    desk = PeopleDesk(
        database=house.database,
        blobs=house.blobs,
        clock=house.clock,
        ids=house.ids,
        jobs=house.office.jobs,
        mailer=house.accounts.mailer,
        exporting=house.accounts.exporting,
        entrance=house.accounts.entrance,
        quota=quota,
        enter=door.enter,
        leave=door.leave,
        public_url=house.accounts.public_url,
        proxies=house.accounts.proxies,
    )
    for router in (entrance_router, own_router, operator_router):
        app.include_router(router(desk), prefix="/api", dependencies=[Depends(door.visitor)])


def _add_health(app: FastAPI, house: wiring.House) -> None:
    @app.get("/healthz", dependencies=[Depends(access.anyone)])
    def health() -> Response:
        """Whether the database answers and films are being made."""
        try:
            with house.database.transaction() as session:
                studio.films(session, limit=1)
            database = "ok"
        except errors.Unavailable as error:
            database = error.code
        worker = "ok" if house.working or house.tended else "stopped"
        well = database == worker == "ok"
        return JSONResponse(
            {
                "status": "ok" if well else "unavailable",
                "database": database,
                "worker": worker,
                "version": folder.version(),
            },
            status_code=200 if well else 503,
            headers={"cache-control": "no-store"},
        )


class _Server(uvicorn.Server):
    """Tells those who wait for events that the server closes, so that they do not hold it up."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Close in order; a second signal closes at once."""
        self._desk.closing.set()
        super().handle_exit(sig, frame)


def serve(house: wiring.House, bound: socket.socket, *, operator: bool) -> None:
    """Answer requests on a listening socket until a signal ends it."""
    app, desk = create_app(house, operator=operator)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # who asks is decided by the connection, not by what a header says
        lifespan="off",  # the caller opens and closes the house around this call
        timeout_graceful_shutdown=_GRACE_S,
        timeout_keep_alive=15,
    )
    # What was made so far stays as long as the server: looking through it for what may go took a
    # request a twentieth of a second now and then.
    gc.collect()
    gc.freeze()
    _Server(config, desk).run(sockets=[bound])

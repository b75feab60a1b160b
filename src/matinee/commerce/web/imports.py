"""Files of products over HTTP: handing one in, what became of it, and taking one home."""

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from matinee.commerce import actions, importing, store
from matinee.commerce.errors import FileUnusable, ImportNotFound
from matinee.commerce.files import FILE_BYTES_MAX, written_sheet
from matinee.kit.bodies import answer

from .desk import Body, Seller, ShopDesk
from .views import import_view


def import_router(desk: ShopDesk) -> APIRouter:
    """The routes of files of products."""
    router = APIRouter()

    @router.post("/shops/{shop_id}/imports")
    def ask(shop_id: str, body: Body, visitor: Seller) -> Response:
        """Hand in a CSV file with the columns that Shopify exports; a job reads it."""
        if not body or len(body) > FILE_BYTES_MAX:
            raise FileUnusable("it is empty" if not body else "it is too large")
        with desk.database.transaction() as session:
            shop = actions.owned_shop(session, visitor.person, shop_id)
            import_id = importing.ask(
                session,
                shop,
                body,
                person=visitor.person.id,
                blobs=desk.blobs,
                ids=desk.ids,
                at=desk.clock.now(),
            )
            desk.jobs.submit(session, desk.catalogue.import_file, import_id, job_id=import_id)
            made = importing.by_id(session, import_id)
        return answer(import_view(made), status=202)

    @router.get("/shops/{shop_id}/imports")
    def listed(shop_id: str, visitor: Seller) -> Response:
        """The latest files that were handed in."""
        with desk.database.transaction() as session:
            shop = actions.owned_shop(session, visitor.person, shop_id)
            found = importing.of_shop(session, shop.id)
        return answer({"imports": [import_view(one) for one in found]})

    @router.get("/shops/{shop_id}/imports/{import_id}")
    def show(shop_id: str, import_id: str, visitor: Seller) -> Response:
        """What became of a file."""
        with desk.database.transaction() as session:
            shop = actions.owned_shop(session, visitor.person, shop_id)
            made = importing.by_id(session, import_id)
        if made.shop_id != shop.id:
            raise ImportNotFound(import_id)
        return answer(import_view(made))

    @router.get("/shops/{shop_id}/products.csv")
    def take_home(shop_id: str, visitor: Seller) -> Response:
        """All products as a file that can be handed in again, here or at Shopify."""
        with desk.database.transaction() as session:
            shop = actions.owned_shop(session, visitor.person, shop_id)
            products = list(store.every_product(session, shop.id))
        return StreamingResponse(
            (line.encode() for line in written_sheet(products, currencies=shop.currencies)),
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="{shop.handle}.csv"'},
        )

    return router

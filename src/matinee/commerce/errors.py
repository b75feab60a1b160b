"""What can go wrong in a catalogue, with what to do about it."""

from matinee.kit import errors


class CatalogueInvalid(errors.Invalid):
    """A field of a shop, product, zone, rate or rule cannot be what it is said to be."""

    code = "commerce.catalogue_invalid"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field} cannot be used: {reason}.", field=field, reason=reason)


class ShopNotFound(errors.NotFound):
    """There is no such shop, or it is closed."""

    code = "commerce.shop_not_found"

    def __init__(self, shop: str) -> None:
        super().__init__(
            f"There is no shop {shop[:80]!r}. It may have been closed.", shop_id=shop[:80]
        )


class ProductNotFound(errors.NotFound):
    """There is no such product, or not for this visitor: the two are not told apart."""

    code = "commerce.product_not_found"

    def __init__(self, product_id: str) -> None:
        super().__init__(
            f"There is no product {product_id[:80]!r} that you may see. It may not be for sale "
            "yet, or any more.",
            product_id=product_id[:80],
        )


class VariantNotFound(errors.NotFound):
    """There is no such variant."""

    code = "commerce.variant_not_found"

    def __init__(self, variant_id: str) -> None:
        super().__init__(
            f"There is no variant {variant_id[:80]!r}. Look at the product to see what it comes "
            "in.",
            variant_id=variant_id[:80],
        )


class StockShort(errors.Conflict):
    """There are fewer of a variant than are asked for."""

    code = "commerce.stock_short"

    def __init__(self, variant_id: str, wanted: int, left: int) -> None:
        super().__init__(
            f"{wanted} of {variant_id} are wanted and {left} are left. Take fewer, or another "
            "variant.",
            variant_id=variant_id,
            wanted=wanted,
            left=left,
        )


class ReservationReused(errors.Conflict):
    """A reservation of this id holds something else."""

    code = "commerce.reservation_reused"

    def __init__(self, reservation_id: str, variant_id: str) -> None:
        super().__init__(
            f"The reservation {reservation_id} already took another number of {variant_id}, or "
            "was given back. Use an id of its own for each reservation.",
            reservation_id=reservation_id,
            variant_id=variant_id,
        )


class HandleTaken(errors.Conflict):
    """Another shop has the handle, or had it."""

    code = "commerce.handle_taken"

    def __init__(self, handle: str) -> None:
        super().__init__(
            f"The handle {handle!r} is another shop's. Choose another one.", handle=handle
        )


class NotYourShop(errors.Forbidden):
    """Only its owner may change a shop."""

    code = "commerce.not_your_shop"

    def __init__(self, shop_id: str) -> None:
        super().__init__(
            f"Only the owner of {shop_id[:80]} may do this. Open a shop of your own.",
            shop_id=shop_id[:80],
        )


class ProductChanged(errors.Conflict):
    """Somebody changed the product since it was read."""

    code = "commerce.product_changed"

    def __init__(self, product_id: str, seen: int, now: int) -> None:
        super().__init__(
            f"The product {product_id} is at version {now} and you changed version {seen}. Read it "
            "again and make your change on that.",
            product_id=product_id,
            seen=seen,
            now=now,
        )


class MediaNotFound(errors.NotFound):
    """The shop has no such picture or film."""

    code = "commerce.media_not_found"

    def __init__(self, media_id: str) -> None:
        super().__init__(
            f"There is no picture or film {media_id[:80]!r} of this shop. Send it first.",
            media_id=media_id[:80],
        )


class PictureUnusable(errors.Invalid):
    """A picture of a product cannot be used."""

    code = "commerce.picture_unusable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The picture cannot be used: {reason}.", reason=reason)


class RequestInvalid(errors.Invalid):
    """The body or the query of a request cannot be read."""

    code = "commerce.request_invalid"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The request cannot be read: {reason[:300]}", reason=reason[:300])


class FileUnusable(errors.Invalid):
    """A file is no file of products."""

    code = "commerce.file_unusable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The file cannot be read as products: {reason}. Send CSV in UTF-8 with the columns "
            "that Shopify exports.",
            reason=reason,
        )


class ImportNotFound(errors.NotFound):
    """There is no such import of this shop."""

    code = "commerce.import_not_found"

    def __init__(self, import_id: str) -> None:
        super().__init__(
            f"There is no import {import_id[:80]!r} of this shop.", import_id=import_id[:80]
        )


class SellerTooYoung(errors.Forbidden):
    """Minors open no shops."""

    code = "commerce.seller_too_young"

    def __init__(self) -> None:
        super().__init__(
            "Only adults open shops: a shop makes contracts. Ask a parent or guardian to open it."
        )


class FilmUnseen(errors.NotFound):
    """There is no such film for this visitor, or it is not theirs to tag."""

    code = "commerce.film_unseen"

    def __init__(self, film_id: str) -> None:
        super().__init__(
            f"There is no film {film_id[:80]!r} that you may see, or tag. Only its maker tags a "
            "film, and only when it is finished.",
            film_id=film_id[:80],
        )


class TagInvalid(errors.Invalid):
    """A product cannot be tagged at these seconds of a film."""

    code = "commerce.tag_invalid"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"The product cannot be tagged so: {reason}.", field=field)


class TagsTooMany(errors.Invalid):
    """A film sells only so many products."""

    code = "commerce.tags_too_many"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"A film is tagged with at most {most} products. Take one off first.", most=most
        )

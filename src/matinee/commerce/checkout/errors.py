"""What can go wrong between a basket and its delivery, with what to do about it."""

from matinee.kit import errors

_SHOWN = 80


class CheckoutInvalid(errors.Invalid):
    """A field of a basket, an address or a request for it cannot be what it is said to be."""

    code = "commerce.checkout_invalid"

    def __init__(self, param: str, reason: str) -> None:
        super().__init__(f"{param} cannot be used: {reason}.", param=param)


class CheckoutNotFound(errors.NotFound):
    """There is no such cart or checkout, or it is somebody else's: the two are not told apart."""

    code = "commerce.checkout_not_found"

    def __init__(self, checkout_id: str) -> None:
        super().__init__(
            f"There is no checkout {checkout_id[:_SHOWN]!r} of yours. Begin a new one.",
            checkout_id=checkout_id[:_SHOWN],
        )


class CheckoutClosed(errors.Conflict):
    """A checkout that was paid, cancelled or left too long cannot be changed."""

    code = "commerce.checkout_closed"

    def __init__(self, checkout_id: str, status: str) -> None:
        super().__init__(
            f"The checkout {checkout_id} is {status} and can no longer be changed. Begin a new "
            "one, or look at its order.",
            checkout_id=checkout_id,
            status=status,
        )


class PaymentUnderWay(errors.Conflict):
    """A checkout cannot be changed while its payment is being made."""

    code = "commerce.payment_under_way"

    def __init__(self, checkout_id: str) -> None:
        super().__init__(
            f"The checkout {checkout_id} is being paid. Look at it again in a moment; you are "
            "charged once.",
            checkout_id=checkout_id,
        )


class LineUnknown(errors.Invalid):
    """A basket names something that is not sold here."""

    code = "commerce.line_unknown"

    def __init__(self, variant_id: str) -> None:
        super().__init__(
            f"There is nothing for sale with the id {variant_id[:_SHOWN]!r}. Search the products "
            "and use the id of one of their variants.",
            variant_id=variant_id[:_SHOWN],
        )


class ShopsMixed(errors.Invalid):
    """A basket holds things of two shops."""

    code = "commerce.shops_mixed"

    def __init__(self, first: str, second: str) -> None:
        super().__init__(
            f"One basket is of one shop, and these are of {first} and {second}. Begin a basket "
            "for each.",
            first=first,
            second=second,
        )


class CurrencyUnsold(errors.Invalid):
    """A shop does not sell in a currency."""

    code = "commerce.currency_unsold"

    def __init__(self, currency: str, sold: tuple[str, ...]) -> None:
        super().__init__(
            f"This shop does not sell in {currency[:_SHOWN]!r}. It sells in {', '.join(sold)}.",
            currency=currency[:_SHOWN],
            sold=",".join(sold),
        )


class AgentRefused(errors.Forbidden):
    """A shop does not sell to this agent."""

    code = "commerce.agent_refused"

    def __init__(self, shop_id: str) -> None:
        super().__init__(
            f"The shop {shop_id} does not sell through this agent. Send the buyer to its page, or "
            "ask the shop to allow the agent.",
            shop_id=shop_id,
        )


class OrderNotFound(errors.NotFound):
    """There is no such order, or it is somebody else's: the two are not told apart."""

    code = "commerce.order_not_found"

    def __init__(self, order_id: str) -> None:
        super().__init__(
            f"There is no order {order_id[:_SHOWN]!r} that you may see.",
            order_id=order_id[:_SHOWN],
        )


class UnitsExceeded(errors.Conflict):
    """More of a line would be sent, returned or refunded than there is left."""

    code = "commerce.units_exceeded"

    def __init__(self, line_id: str, wanted: int, left: int) -> None:
        super().__init__(
            f"{wanted} of the line {line_id[:_SHOWN]} are asked for and {left} are left to do this "
            "with. Ask for fewer.",
            line_id=line_id[:_SHOWN],
            wanted=wanted,
            left=left,
        )


class ReturnTooLate(errors.Conflict):
    """The days in which goods may go back are over."""

    code = "commerce.return_too_late"

    def __init__(self, order_id: str, days: int) -> None:
        super().__init__(
            f"What is in the order {order_id} could go back within {days} days of its arrival. "
            "Write to the shop; it may still take it.",
            order_id=order_id,
            days=days,
        )


class ReturnNotFound(errors.NotFound):
    """There is no such return of an order, or it was decided."""

    code = "commerce.return_not_found"

    def __init__(self, return_id: str) -> None:
        super().__init__(
            f"There is no return {return_id[:_SHOWN]!r} that waits for this. Look at the order.",
            return_id=return_id[:_SHOWN],
        )


class NothingToRefund(errors.Conflict):
    """A refund would give nothing back."""

    code = "commerce.nothing_to_refund"

    def __init__(self, order_id: str) -> None:
        super().__init__(
            f"Nothing is left to give back of what was asked for in the order {order_id}.",
            order_id=order_id,
        )


class OrderDisputed(errors.Conflict):
    """The payer's bank took a payment back, so that we cannot give it back as well."""

    code = "commerce.order_disputed"

    def __init__(self, order_id: str) -> None:
        super().__init__(
            f"The bank of the buyer took the payment of the order {order_id} back. Answer the "
            "dispute at the payment provider; nothing can be refunded besides.",
            order_id=order_id,
        )

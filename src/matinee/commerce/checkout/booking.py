"""What a sale, a refund and a chargeback are in the books.

A journal for each line and one for the shipping of each, so that any part of an order is taken back
by the same entries that gave it: the provider's money to the seller, to tax, to the platform as its
fee, and to the commission account of the shop, from where ``rights`` divides it for the films.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from matinee import ledger, rights
from matinee.commerce.model import Shop
from matinee.kit.db import Session
from matinee.kit.money import BPS_PER_WHOLE, MICROS_PER_MINOR, MicroMoney, Money

from . import store
from .actions import Room
from .attribution import commission_of, divided, owed_to
from .model import Order
from .pricing import BillLine, Line
from .refunding import Part

PROVIDER = ledger.Kind("provider", "asset")
TAX = ledger.Kind("sales_tax", "liability")
COMMISSION = ledger.Kind("commission", "liability")


def journal_of(order_id: str, line_id: str, kind: str) -> str:
    """The key under which the goods or the shipping of a line are booked."""
    return f"{order_id}/{line_id}/{kind}"


def book_sale(session: Session, order: Order, shop: Shop, room: Room, *, at: datetime) -> None:
    """Book what was paid, and let films have their commissions; a second time nothing happens."""
    lines = {line.id: line for line in order.lines}
    journals: list[ledger.Journal] = []
    revenues: list[rights.Revenue] = []
    for billed in order.bill.lines:
        commission = _commission(order, shop, lines[billed.line_id], billed)
        earned = sum(part.micro for _, part in commission)
        journals.extend(_journals(order, shop, billed, earned, room))
        for film_id, part in commission:
            revenue_id = f"{order.id}/{billed.line_id}/{film_id}"
            source = ledger.Account(COMMISSION, shop.id, order.currency)
            revenues.append(
                rights.Revenue(revenue_id, "commission", film_id, part, source, order.placed_at)
            )
            store.add_commission(
                session,
                revenue_id,
                order_id=order.id,
                line_id=billed.line_id,
                film_id=film_id,
                micro=part.micro,
            )
    ledger.post(session, journals, at=at)
    rights.earning.earn(session, revenues, room.terms, at=at)


def take_back(
    session: Session,
    order: Order,
    parts: Sequence[Part],
    *,
    key: str,
    reason: str,
    happened_at: datetime,
    at: datetime,
) -> None:
    """Take parts of a sale back from everybody who got something of them.

    However an order is taken back, in whichever parts, everybody has given back what they got when
    nothing is left of it.
    """
    taken = store.taken_of(session, order.id)
    commissions = store.commissions_of(session, order.id)
    whole = {(line.line_id, kind): minor for line, kind, minor in _booked(order)}
    for part in parts:
        name = (part.line_id, part.kind)
        own = f"{key}/{part.line_id}/{part.kind}"
        asked = ledger.Reversal(
            key=own,
            of=journal_of(order.id, *name),
            reason=reason,
            effective_at=happened_at,
            micro=part.minor * MICROS_PER_MINOR,
        )
        ledger.reverse(session, asked, at=at)
        store.add_taken(
            session, key, order.id, line_id=part.line_id, kind=part.kind, minor=part.minor
        )
        if part.kind != "goods":
            continue
        before = taken.get(name, 0)
        for revenue_id, line_id, _, micro in commissions:
            after = micro * (before + part.minor) // whole[name]
            back = after - micro * before // whole[name]
            if line_id == part.line_id and back:
                rights.earning.refund(
                    session,
                    revenue_id,
                    key=f"{key}/{revenue_id}",
                    amount=MicroMoney(back, order.currency),
                    reason=reason,
                    happened_at=happened_at,
                    at=at,
                )


def give_again(
    session: Session, order: Order, *, key: str, of: str, happened_at: datetime, at: datetime
) -> None:
    """Give everybody what was taken under ``of``: a dispute was won."""
    commissions = store.commissions_of(session, order.id)
    for (line_id, kind), minor in store.taken_of(session, order.id, key=of).items():
        lines = ledger.journal_lines(session, f"{of}/{line_id}/{kind}")
        entries = tuple(ledger.Entry(line.account, -line.micro) for line in lines)
        name = f"{key}/{line_id}/{kind}"
        ledger.post(
            session, [ledger.Journal(name, "commerce.reinstated", entries, happened_at)], at=at
        )
        store.add_taken(session, key, order.id, line_id=line_id, kind=kind, minor=-minor)
        for revenue_id, of_line, _, micro in commissions:
            if kind == "goods" and of_line == line_id and micro:
                rights.earning.reinstate(
                    session,
                    revenue_id,
                    key=f"{key}/{revenue_id}",
                    of=f"{of}/{revenue_id}",
                    happened_at=happened_at,
                    at=at,
                )


def left_of(session: Session, order: Order, most: int | None = None) -> tuple[Part, ...]:
    """What is left of a sale, or so much of it: of every part in proportion."""
    taken = store.taken_of(session, order.id)
    left = [
        Part(line.line_id, kind, minor - taken.get((line.line_id, kind), 0))
        for line, kind, minor in _booked(order)
    ]
    whole = sum(part.minor for part in left)
    if most is None or most >= whole:
        return tuple(part for part in left if part.minor)
    shares = MicroMoney(most, order.currency).split([part.minor for part in left])
    parts = (
        Part(part.line_id, part.kind, share.micro) for part, share in zip(left, shares, strict=True)
    )
    return tuple(part for part in parts if part.minor)


def _booked(order: Order) -> Iterator[tuple[BillLine, str, int]]:
    """Every journal of a sale: its line, what of it, and how much, in minor units."""
    for line in order.bill.lines:
        yield from _booked_line(line)


def _commission(
    order: Order, shop: Shop, line: Line, billed: BillLine
) -> tuple[tuple[str, MicroMoney], ...]:
    """What each film gets of a line."""
    owed = owed_to(
        order.touches,
        product_id=line.product_id,
        way=shop.attribution,
        window_days=shop.window_days,
        sold_at=order.placed_at,
    )
    whole = commission_of(billed.goods_net, order.currency, commission_bps=shop.commission_bps)
    return divided(whole, owed)


def _journals(
    order: Order, shop: Shop, billed: BillLine, commission: int, room: Room
) -> Iterator[ledger.Journal]:
    """The journals of one line: of its goods, and of its shipping."""
    net = Money(billed.goods_net, order.currency).micros
    fee = net.split((room.fee_bps, BPS_PER_WHOLE - room.fee_bps))[0].micro
    # The platform's fee never takes what the seller does not have after the films.
    fee = min(fee, net.micro - commission)
    for _, kind, minor in _booked_line(billed):
        gross = minor * MICROS_PER_MINOR
        goods = kind == "goods"
        tax = (billed.goods_tax if goods else billed.shipping_tax) * MICROS_PER_MINOR
        less = fee + commission if goods else 0
        moves = (
            (PROVIDER, "payments", -gross),
            (rights.EARNINGS, shop.owner, gross - tax - less),
            (TAX, shop.owner, tax),
            (rights.EARNINGS, room.terms.party, fee if goods else 0),
            (COMMISSION, shop.id, commission if goods else 0),
        )
        entries = tuple(
            ledger.Entry(ledger.Account(account, owner, order.currency), micro)
            for account, owner, micro in _merged(moves)
            if micro
        )
        yield ledger.Journal(
            journal_of(order.id, billed.line_id, kind), "commerce.sale", entries, order.placed_at
        )


def _booked_line(billed: BillLine) -> Iterator[tuple[BillLine, str, int]]:
    for kind, minor in (("goods", billed.goods), ("shipping", billed.carriage)):
        if minor:
            yield billed, kind, minor


def _merged(
    moves: Sequence[tuple[ledger.Kind, str, int]],
) -> Iterator[tuple[ledger.Kind, str, int]]:
    """The same account once: a shop of the platform's own earns and pays the fee in one."""
    whole: dict[tuple[ledger.Kind, str], int] = {}
    for kind, owner, micro in moves:
        whole[kind, owner] = whole.get((kind, owner), 0) + micro
    for (kind, owner), micro in whole.items():
        yield kind, owner, micro

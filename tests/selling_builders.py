"""A shop to buy in: products with stock, zones, taxes, codes, and a provider of our own."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from matinee import ledger, rights
from matinee.commerce import store as catalogue
from matinee.commerce.adapters.fake_till import FakeTill
from matinee.commerce.checkout import actions, settling
from matinee.commerce.checkout import store as sales
from matinee.commerce.checkout.actions import Caller, Room, Wish
from matinee.commerce.checkout.attribution import Touch
from matinee.commerce.checkout.model import Address, Buyer, Checkout, Method, Order, Tender
from matinee.commerce.model import (
    Discount,
    Policies,
    Product,
    Rate,
    Shop,
    TaxRule,
    Variant,
    Zone,
)
from matinee.commerce.stock import set_stock
from matinee.kit import db
from matinee.kit.clock import ManualClock
from matinee.kit.ids import SystemIds
from matinee.kit.money import Money
from matinee.rights.adapters.fake_payments import FakePayments
from matinee.rights.adapters.fake_stripe import FakeStripe

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
OSLO = Address(
    name="Ada Lovelace",
    line_one="Karl Johans gate 1",
    city="Oslo",
    country="NO",
    postal_code="0154",
)
ADA = Buyer(email="ada@example.com", first_name="Ada", last_name="Lovelace")
THREE_D_SECURE = "pm_card_threeDSecure2Required"


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def a_shop(**more: object) -> Shop:
    said: dict[str, object] = {
        "id": "shop_1",
        "owner": "person_seller",
        "handle": "oslo-linen",
        "name": "Oslo Linen",
        "currency": "EUR",
        "currencies": ("EUR", "USD"),
        "policies": Policies(
            returns_days=14,
            privacy_url="https://shop.example/privacy",
            terms_url="https://shop.example/terms",
        ),
        "created_at": AT,
    }
    return Shop(**{**said, **more})  # type: ignore[arg-type]


def a_product(name: str, minor: int, *, stock: int | None = 10, **more: object) -> Product:
    variant = Variant(
        id=f"variant_{name}",
        product_id=f"product_{name}",
        sku=name.upper(),
        prices=(eur(minor), Money(minor + 100, "USD")),
        stock=stock,
    )
    said: dict[str, object] = {
        "id": f"product_{name}",
        "shop_id": "shop_1",
        "title": name.capitalize(),
        "description": "Made of linen.",
        "variants": (variant,),
        "state": "live",
        "updated_at": AT,
    }
    return Product(**{**said, **more})  # type: ignore[arg-type]


RATES = (
    Rate(id="rate_post", title="Post", price=eur(500), free_from=eur(10_000), max_days=5),
    Rate(id="rate_fast", title="Courier", price=eur(1_500), min_days=1, max_days=2),
)


@dataclass
class Market:
    """A house that sells: shirts at 40 euro, socks at 9.99, 25 % tax on top in Norway."""

    database: db.Database
    clock: ManualClock = field(default_factory=lambda: ManualClock(AT))
    told: list[tuple[bytes, str]] = field(default_factory=list)
    caller: Caller = field(default_factory=lambda: Caller("person_ada"))

    def __post_init__(self) -> None:
        self.stripe = FakeStripe(
            self.clock, tell=lambda body, signed: self.told.append((body, signed))
        )
        self.till = FakeTill(self.stripe, FakePayments(self.stripe, self.clock).told)
        self.room = Room(
            clock=self.clock,
            ids=SystemIds(self.clock),
            till=self.till,
            terms=rights.PlatformTerms(rights.PLATFORM),
        )

    def furnish(self, shop: Shop | None = None) -> "Market":
        with self.database.transaction() as session:
            catalogue.add_shop(session, shop or a_shop())
            for product in (
                a_product("shirt", 4_000),
                a_product("socks", 999, stock=3),
                a_product("book", 2_000, stock=None, tax_class="books"),
            ):
                self.keep(product, session)
            zone = Zone(
                id="zone_1", shop_id="shop_1", name="North", countries=("NO", "DE"), rates=RATES
            )
            catalogue.keep_zones(session, "shop_1", [zone])
            rules = [
                TaxRule(shop_id="shop_1", country="NO", bps=2_500, included=False),
                TaxRule(shop_id="shop_1", country="DE", bps=1_900, included=True),
            ]
            catalogue.keep_tax_rules(session, "shop_1", rules)
            sales.keep_discount(
                session,
                Discount(
                    id="discount_1",
                    shop_id="shop_1",
                    code="TENTH",
                    kind="percent",
                    value=1_000,
                    uses_left=1,
                ),
            )
            rights.register_film(session, "film_1", maker="person_maker", shown=[])
            rights.register_film(session, "film_2", maker="person_other", shown=[])
        return self

    def keep(self, product: Product, session: db.Session) -> None:
        catalogue.keep_product(session, product)
        set_stock(session, {one.id: one.stock for one in product.variants})

    def change_product(self, product: Product) -> None:
        with self.database.transaction() as session:
            self.keep(product, session)

    def open(self, units: dict[str, int] | None = None, **more: object) -> Checkout:
        said: dict[str, object] = {"buyer": ADA, "address": OSLO, "rate_id": "rate_post", **more}
        wish = Wish(units=units or {"variant_shirt": 1}, **said)  # type: ignore[arg-type]
        with self.database.transaction() as session:
            return actions.open_checkout(session, wish, caller=self.caller, room=self.room)

    def change(self, checkout: Checkout, **wish: object) -> Checkout:
        with self.database.transaction() as session:
            return actions.change(
                session,
                checkout.id,
                Wish(**wish),  # type: ignore[arg-type]
                caller=self.caller,
                room=self.room,
            )

    def order_payment(self, checkout: Checkout, card: str = "pm_card_visa") -> str | None:
        tender = Tender(method=Method(token=card), back_url="https://shop.example/back")
        with self.database.transaction() as session:
            _, payment = actions.order_payment(
                session, checkout.id, tender, caller=self.caller, room=self.room
            )
        return payment

    def pay(self, checkout: Checkout, card: str = "pm_card_visa") -> Checkout:
        payment = self.order_payment(checkout, card)
        if payment is not None:
            settling.settle(self.database, payment, self.room)
        return self.seen(checkout)

    def seen(self, checkout: Checkout) -> Checkout:
        with self.database.transaction() as session:
            return actions.checkout_of(session, checkout.id, caller=self.caller, room=self.room)

    def order(self, checkout: Checkout) -> Order:
        with self.database.transaction() as session:
            found = sales.order_by_id(session, self.seen(checkout).order_id or "")
        assert found is not None
        return found

    def stock(self, name: str) -> int | None:
        with self.database.transaction() as session:
            return catalogue.variants_by_ids(session, [f"variant_{name}"])[f"variant_{name}"].stock

    def held(self, kind: ledger.Kind, owner: str) -> int:
        account = ledger.Account(kind, owner, "EUR")
        with self.database.transaction() as session:
            return ledger.balances(session, [account])[account].micro

    def earned(self, person: str) -> int:
        return self.held(rights.EARNINGS, person)

    def books_hold(self) -> bool:
        with self.database.transaction() as session:
            proof = ledger.prove(session)
        assert proof.faults == ()
        return all(micro == 0 for micro in proof.trial_balance.values())

    def touched(self, film: str, *, days: int = 1, product: str | None = None) -> Touch:
        return Touch(film, self.clock.now() - timedelta(days=days), None, product)

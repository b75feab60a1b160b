"""What the search sees of products: written with each change, its meaning a moment later."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from sqlalchemy import text

from matinee.kit.db import Session

from .lexicon import Term, folded, lexicon
from .meanings import Meanings, code_of, written
from .model import ANYWHERE, Product, Zone
from .reading import pieces, terms
from .store import products_by_ids
from .wishing import size_name

MEANING_CHARACTERS_MAX = 160
_WORDS_MAX = 600
_WORD_CHARACTERS_MAX = 40
_SINGULAR_LETTERS_MIN = 4
_SIZE_OPTION = re.compile(
    r"\b(?:size|grosse|taille|talla|storrelse|storlek|maat|taglia|tamanho)\b|尺码|尺寸|サイズ"
)

_KEEP = text(
    "insert into commerce.listing (product, shop, in_stock, currencies, lowest, highest, traits)"
    " select :product, s.number, :in_stock, :currencies, :lowest, :highest, :traits"
    " from commerce.shop s where s.id = :shop on conflict (product) do update set"
    " in_stock = excluded.in_stock, currencies = excluded.currencies, lowest = excluded.lowest,"
    " highest = excluded.highest, traits = excluded.traits"
)
_KEEP_WORDS = text(
    "insert into commerce.listing_words (product, words)"
    " values (:product, cast(:words as tsvector))"
    " on conflict (product) do update set words = excluded.words"
)
_NOTE_STOCK = text(
    "update commerce.listing l set in_stock = not l.in_stock from commerce.product p"
    " where p.id = any(:ids) and l.product = p.number and l.in_stock <> exists ("
    "  select from commerce.variant v where v.product_id = p.id and not v.withdrawn"
    "  and (v.stock is null or v.stock > 0 or v.when_out = 'continue'))"
)


def index(session: Session, number: int, product: Product) -> None:
    """Have the search see a product as it is now; one that is not live it sees no more."""
    if product.state != "live":
        session.execute(
            text("delete from commerce.listing where product = :product"), {"product": number}
        )
        return
    currencies, lowest, highest = bounds(product)
    session.execute(
        _KEEP,
        {
            "product": number,
            "shop": product.shop_id,
            "in_stock": any(one.can_sell() for one in product.sold),
            "currencies": currencies,
            "lowest": lowest,
            "highest": highest,
            "traits": sorted(trait_numbers(product)),
        },
    )
    lexemes = words_of_product(product)
    session.execute(_KEEP_WORDS, {"product": number, "words": lexemes})
    session.execute(
        text(
            "insert into commerce.word select unnest(cast(:words as text[])) on conflict do nothing"
        ),
        {"words": sorted(set(_words(_stated(product))))},
    )
    session.execute(
        text("insert into commerce.unread values (:product) on conflict do nothing"),
        {"product": number},
    )


def note_stock(session: Session, product_ids: Sequence[str]) -> None:
    """Have the search see whether anything of products is left."""
    session.execute(_NOTE_STOCK, {"ids": list(product_ids)})


def reach(session: Session, shop_id: str, zones: Sequence[Zone]) -> None:
    """Have the search see where a shop ships to, and how fast."""
    session.execute(
        text(
            "delete from commerce.reach where shop ="
            " (select number from commerce.shop where id = :shop)"
        ),
        {"shop": shop_id},
    )
    fastest: dict[str, int] = {}
    for zone in zones:
        sent = [rate.max_days for rate in zone.rates if rate.kind != "pickup"]
        for country in zone.countries if sent else ():
            fastest[country] = min(sent)
    if fastest:
        session.execute(
            text(
                "insert into commerce.reach (country, shop, days)"
                " select :country, number, :days from commerce.shop where id = :shop"
            ),
            [
                {"shop": shop_id, "country": country, "days": day_count}
                for country, day_count in fastest.items()
            ],
        )


def shops_reaching(session: Session, country: str, *, days_max: int | None) -> list[int]:
    """The numbers of shops that ship to a country, in so many days where it matters."""
    rows = session.execute(
        text(
            "select shop, country, days from commerce.reach where country in (:country, :anywhere)"
        ),
        {"country": country, "anywhere": ANYWHERE},
    ).all()
    named = {row.shop: row.days for row in rows if row.country == country}
    rest = {row.shop: row.days for row in rows if row.country == ANYWHERE}
    return [
        shop for shop, day_count in {**rest, **named}.items()
        if days_max is None or day_count <= days_max
    ]  # fmt: skip


def take_meanings(session: Session, meanings: Meanings, *, limit: int) -> int:
    """Take the meaning of products that changed; returns of how many.

    Whoever else does so meanwhile takes others.
    """
    rows = session.execute(
        text(
            "delete from commerce.unread where product in (select product from commerce.unread"
            " order by product limit :limit for update skip locked) returning product,"
            " (select id from commerce.product where number = product) as id"
        ),
        {"limit": limit},
    ).all()
    if not rows:
        return 0
    found = products_by_ids(session, [row.id for row in rows])
    texts = [meaning_text(found[row.id]) for row in rows]
    directions = meanings.of_products(texts)
    for row, direction in zip(rows, directions, strict=True):
        keep_meaning(session, row.product, direction)
    return len(rows)


def keep_meaning(session: Session, number: int, direction: np.ndarray) -> None:
    """Keep the meaning of a product that is live; of another nothing is kept."""
    values = {"product": number, "code": code_of(direction), "meaning": written(direction)}
    session.execute(
        text("update commerce.listing set code = cast(:code as bit(384)) where product = :product"),
        values,
    )
    session.execute(
        text(
            "insert into commerce.listing_meaning (product, meaning)"
            " select product, cast(:meaning as halfvec) from commerce.listing"
            " where product = :product on conflict (product) do update"
            " set meaning = excluded.meaning"
        ),
        values,
    )


def meaning_text(product: Product) -> str:
    """What the meaning of a product is taken of: what it is and what is stated of it, in short."""
    parts = [product.title, *product.category[-1:], *product.facts.values(), product.brand]
    said = ". ".join(dict.fromkeys(part for part in parts if part))
    return said[:MEANING_CHARACTERS_MAX]


def trait_numbers(product: Product) -> set[int]:
    """The traits of a product as they are kept, each with all that it is one of."""
    return {wider.number for term in traits(product) for wider in lexicon().with_wider(term)}


def traits(product: Product) -> set[Term]:
    """What is stated of a product: by its title, category, tags, facts and options."""
    named = set(terms(" | ".join(_stated(product))))
    return named | {term for one in product.sold for term in sizes(one.options)}


def sizes(options: Mapping[str, str]) -> set[Term]:
    """The sizes among a variant's options."""
    return {
        Term("size", size_name(value))
        for name, value in options.items()
        if _SIZE_OPTION.search(folded(name))
    }


def bounds(product: Product) -> tuple[list[str], list[int], list[int]]:
    """The currencies of a product, and its lowest and highest price in each of them."""
    prices: dict[str, list[int]] = {}
    for variant in product.sold:
        for price in variant.prices:
            prices.setdefault(price.currency, []).append(price.minor)
    return list(prices), [min(one) for one in prices.values()], [max(o) for o in prices.values()]


def words_of_product(product: Product) -> str:
    """The words of a product as a literal of a tsvector: A title, B what is stated, D the rest."""
    lexemes: dict[str, str] = {}
    for weight, texts in (
        ("A", [product.title]),
        ("B", _stated(product)),
        ("D", [product.description]),
    ):
        for word in _words(texts):
            lexemes.setdefault(word, weight)
            if len(lexemes) >= _WORDS_MAX:
                break
    return " ".join(f"'{word}':1{weight}" for word, weight in lexemes.items())


def forms(word: str) -> tuple[str, ...]:
    """The forms by which a folded word, or run of Han signs, is kept and sought."""
    word = word.replace("'", "")[:_WORD_CHARACTERS_MAX]
    if len(word) >= _SINGULAR_LETTERS_MIN and word.endswith("s"):
        return word, word[:-1]
    return (word,)


def pairs(run: str) -> list[str]:
    """A run of Han signs as pairs of neighbours; one sign is itself."""
    if len(run) == 1:
        return [run]
    return [run[place : place + 2] for place in range(len(run) - 1)]


def _stated(product: Product) -> list[str]:
    chosen = (value for one in product.sold for value in one.options.values())
    return [
        product.title,
        product.brand,
        *product.category,
        *product.tags,
        *product.facts.values(),
        *dict.fromkeys(chosen),
    ]


def _words(texts: Iterable[str]) -> Iterator[str]:
    for said in texts:
        for piece in pieces(folded(said)):
            if piece.is_han:
                yield from pairs(piece.text)
            else:
                yield from forms(piece.text)

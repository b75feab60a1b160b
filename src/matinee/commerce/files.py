"""Products as a CSV file: Shopify's product columns, read and written.

A product is a run of lines with the same handle: the first says what it is, each says one variant,
or one more picture. Columns are known by their old names (``Variant Price``) and their new ones
(``Price``). Three are the house's own: ``Price NOK`` (any currency), ``Fact: Material`` (any
name) and ``Media`` (ids of pictures and films of the shop). Faults are gathered, each with its
line, so that a seller mends a file once.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from matinee.kit.errors import MatineeError
from matinee.kit.money import Money, minor_digits

from .drafts import Draft, VariantDraft
from .errors import FileUnusable
from .model import DEFAULT_TAX_CLASS, OPTIONS_MAX, Media, Option, Product, ProductState

FILE_BYTES_MAX = 16 * 1024 * 1024
LINES_MAX = 50_000
FAULTS_MAX = 200
_CELL_CHARACTERS_MAX = 100_000

# Old and new names of the same column, and the one that is written.
_NAMES = {
    "handle": ("handle", "url handle"),
    "title": ("title",),
    "description": ("body (html)", "description"),
    "brand": ("vendor",),
    "category": ("product category",),
    "type": ("type",),
    "tags": ("tags",),
    "published": ("published", "published on online store"),
    "state": ("status",),
    "sku": ("variant sku", "sku"),
    "barcode": ("variant barcode", "barcode"),
    "price": ("variant price", "price"),
    "list_price": ("variant compare at price", "compare-at price"),
    "stock": ("variant inventory qty", "inventory quantity"),
    "tracker": ("variant inventory tracker", "inventory tracker"),
    "when_out": ("variant inventory policy", "continue selling when out of stock"),
    "weight_g": ("variant grams", "weight value (grams)"),
    "tax_class": ("variant tax code", "tax code"),
    "picture": ("image src", "product image url"),
    "media": ("media",),
}
_COLUMNS = {name: column for column, names in _NAMES.items() for name in names}
_PRICE_IN = re.compile(r"(?:variant )?price[ /(]+([a-z]{3})\)?")
_LIST_PRICE_IN = re.compile(r"(?:variant )?compare[- ]at price[ /(]+([a-z]{3})\)?")
_FACT = re.compile(r"fact:\s*(.{1,60})", re.IGNORECASE)
_STATES: Mapping[str, ProductState] = {
    "active": "live",
    "draft": "draft",
    "archived": "withdrawn",
    "": "live",
}
_YES = frozenset({"true", "yes", "1", "continue"})
_NO_OPTION = frozenset({"title", ""})
_HANDLE = re.compile(r"[^\s,;]{1,255}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line of a file; the line with the names is the first."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A product of a file: its handle, the line it begins in, and what it is said to be.

    ``media_ids`` are pictures of the shop; None leaves those that the product has.
    """

    handle: str
    line: int
    draft: Draft
    media_ids: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read: its products, its faults, and what was left out of it."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Line:
    """A line of a file by its columns."""

    number: int
    cells: Mapping[str, str]
    prices: Mapping[str, str]
    list_prices: Mapping[str, str]
    facts: Mapping[str, str]


@dataclass(slots=True)
class _Reader:
    currency: str
    faults: list[Fault] = field(default_factory=list)
    pictures: int = 0

    def fault(self, line: int, column: str, reason: str) -> None:
        if len(self.faults) < FAULTS_MAX:
            self.faults.append(Fault(line, column, reason))


def read_sheet(content: bytes, *, currency: str) -> Sheet:
    """Read a file of products; prices without a currency are in the shop's.

    Raises ``FileUnusable`` for what is no such file at all; other faults are in the sheet.
    """
    reader = _Reader(currency)
    entries: list[Entry] = []
    known: dict[str, int] = {}
    for handle, lines in _products(_lines(content, reader), reader):
        if handle in known:
            reader.fault(lines[0].number, "handle", f"it was in line {known[handle]} already")
            continue
        known[handle] = lines[0].number
        before = len(reader.faults)
        try:
            draft, media_ids = _draft(lines, reader)
        except MatineeError as error:
            reader.fault(lines[0].number, str(error.details.get("field", "")), error.message)
            continue
        if len(reader.faults) == before:
            entries.append(Entry(handle, lines[0].number, draft, media_ids))
    notes = []
    if reader.pictures:
        notes.append(
            f"{reader.pictures} addresses of pictures were left out: send the pictures to the shop "
            "and name them in the column Media."
        )
    return Sheet(tuple(entries), tuple(reader.faults), tuple(notes))


def written_sheet(products: Iterable[Product], *, currencies: Sequence[str]) -> Iterator[str]:
    """The lines of a file that reads back as these products; the shop's currency first."""
    products = list(products)
    facts = sorted({name for product in products for name in product.facts})
    names = ["Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Tags", "Published"]
    names += ["Status"]
    for number in range(1, OPTIONS_MAX + 1):
        names += [f"Option{number} Name", f"Option{number} Value"]
    names += ["Variant SKU", "Variant Barcode", "Variant Grams", "Variant Inventory Tracker"]
    names += ["Variant Inventory Qty", "Variant Inventory Policy", "Variant Tax Code"]
    names += ["Variant Price", "Variant Compare At Price"]
    for currency in currencies[1:]:
        names += [f"Price {currency}", f"Compare-at Price {currency}"]
    names += ["Media", *(f"Fact: {name}" for name in facts)]
    yield _row(names)
    for product in products:
        for place, cells in enumerate(_cells(product, currencies, facts)):
            whole = cells if place == 0 else {"Handle": cells["Handle"], **_of_variant(cells)}
            yield _row([whole.get(name, "") for name in names])


def handle_of(product: Product) -> str:
    """The name of a product in files: the one it came with, or its id."""
    source = product.source
    return source.key if source is not None and source.kind == "csv" else product.id


def plain_text(html: str) -> str:
    """The text of a description in HTML, or of one that is plain already."""
    if "<" not in html:
        return html.strip()
    parser = _Plain()
    parser.feed(html)
    parser.close()
    joined = re.sub(r"[ \t]+", " ", "".join(parser.parts))
    return re.sub(r"\s*\n\s*", "\n", joined).strip()


class _Plain(HTMLParser):
    """Gathers text, with a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's own signature
        """Begin a line with a block; scripts and styles say nothing."""
        self._silent += tag in {"script", "style"}
        if tag in {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4"}:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a stretch that says nothing."""
        self._silent -= tag in {"script", "style"} and self._silent > 0

    def handle_data(self, data: str) -> None:
        """Keep what is said."""
        if not self._silent:
            self.parts.append(data)


def _lines(content: bytes, reader: _Reader) -> Iterator[_Line]:
    if len(content) > FILE_BYTES_MAX:
        raise FileUnusable(f"it is larger than {FILE_BYTES_MAX // 1024 // 1024} MiB")
    try:
        said = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileUnusable(f"it is not UTF-8: byte {error.start} cannot be read") from error
    if "\0" in said:
        raise FileUnusable("it holds the character U+0000")
    csv.field_size_limit(_CELL_CHARACTERS_MAX)
    table = csv.reader(io.StringIO(said, newline=""), strict=True)
    try:
        names = [name.strip() for name in next(table, [])]
        small = [name.lower() for name in names]
        if "handle" not in {_COLUMNS.get(name) for name in small}:
            raise FileUnusable("its first line names no column Handle")
        for count, cells in enumerate(table):
            if count >= LINES_MAX:
                raise FileUnusable(f"it has more than {LINES_MAX} lines")
            if len(cells) > len(names):
                reader.fault(
                    table.line_num, "", f"it has {len(cells)} cells for {len(names)} names"
                )
            elif any(cell.strip() for cell in cells):
                yield _line(table.line_num, names, small, cells)
    except csv.Error as error:
        raise FileUnusable(f"line {table.line_num}: {error}") from error


def _line(number: int, names: Sequence[str], small: Sequence[str], cells: Sequence[str]) -> _Line:
    line = _Line(number, {}, {}, {}, {})
    named: dict[str, str] = {}
    prices: dict[str, str] = {}
    listed: dict[str, str] = {}
    facts: dict[str, str] = {}
    for name, low, cell in zip(names, small, cells, strict=False):
        said = cell.strip()
        if low in _COLUMNS:
            named.setdefault(_COLUMNS[low], said)
        elif said and (price := _PRICE_IN.fullmatch(low)) is not None:
            prices[price[1].upper()] = said
        elif said and (price := _LIST_PRICE_IN.fullmatch(low)) is not None:
            listed[price[1].upper()] = said
        elif said and (fact := _FACT.fullmatch(name)) is not None:
            facts[fact[1].strip()] = said
        else:
            named.setdefault(low, said)  # options by their names
    line.cells, line.prices, line.list_prices, line.facts = named, prices, listed, facts
    return line


def _products(lines: Iterable[_Line], reader: _Reader) -> Iterator[tuple[str, list[_Line]]]:
    """Runs of lines with the same handle; a line without one goes on with the run."""
    handle, run = "", list[_Line]()
    for line in lines:
        own = line.cells.get("handle", "") or handle
        if not _HANDLE.fullmatch(own):
            reader.fault(line.number, "handle", f"{own[:40]!r} is no handle")
            continue
        if own != handle and run:
            yield handle, run
            run = []
        handle = own
        run.append(line)
    if run:
        yield handle, run


def _draft(lines: Sequence[_Line], reader: _Reader) -> tuple[Draft, tuple[str, ...] | None]:
    first = lines[0].cells
    option_names = _option_names(first)
    told = [line for line in lines if line is lines[0] or _says_variant(line, len(option_names))]
    variants = tuple(_variant(line, option_names, reader) for line in told)
    values: dict[str, list[str]] = {name: [] for name in option_names}
    for variant in variants:
        for name, value in variant.options.items():
            if value not in values[name]:
                values[name].append(value)
    media = [one for line in lines for one in line.cells.get("media", "").split()]
    reader.pictures += sum(bool(line.cells.get("picture")) for line in lines)
    draft = Draft(
        title=first.get("title", ""),
        description=plain_text(first.get("description", "")),
        brand=first.get("brand", ""),
        category=_category(first),
        tags=tuple(
            dict.fromkeys(tag.strip() for tag in first.get("tags", "").split(",") if tag.strip())
        ),
        options=tuple(Option(name, tuple(values[name])) for name in option_names),
        variants=variants,
        tax_class=first.get("tax_class", "").lower() or DEFAULT_TAX_CLASS,
        facts=lines[0].facts,
        state=_state(lines[0], reader),
    )
    return draft, tuple(media) if "media" in first and media else None


def _option_names(first: Mapping[str, str]) -> list[str]:
    names = []
    for number in range(1, OPTIONS_MAX + 1):
        name = first.get(f"option{number} name", "")
        value = first.get(f"option{number} value", "")
        if name and not (name.lower() in _NO_OPTION and value.lower() == "default title"):
            names.append(name)
    return names


def _says_variant(line: _Line, option_count: int) -> bool:
    """Whether a line says a variant, not only one more picture."""
    options = any(line.cells.get(f"option{n} value") for n in range(1, option_count + 1))
    return options or any(line.cells.get(name) for name in ("sku", "price"))


def _variant(line: _Line, option_names: Sequence[str], reader: _Reader) -> VariantDraft:
    cells = line.cells
    prices = {reader.currency: cells.get("price", ""), **line.prices}
    listed = {reader.currency: cells.get("list_price", ""), **line.list_prices}
    counted = bool(cells.get("tracker")) or "tracker" not in cells
    stock = _whole(line, "stock", reader) if counted and cells.get("stock") else None
    return VariantDraft(
        sku=cells.get("sku", ""),
        options={
            name: cells.get(f"option{number} value", "")
            for number, name in enumerate(option_names, start=1)
        },
        prices=_amounts(line, "price", prices, reader),
        list_prices=_amounts(line, "list_price", listed, reader),
        stock=None if stock is None else max(stock, 0),
        when_out="continue" if cells.get("when_out", "").lower() in _YES else "deny",
        barcode=cells.get("barcode", "").removeprefix("'"),
        weight_g=_whole(line, "weight_g", reader) or 0,
    )


def _amounts(
    line: _Line, column: str, said: Mapping[str, str], reader: _Reader
) -> tuple[Money, ...]:
    found = []
    for currency, amount in said.items():
        if not amount:
            continue
        try:
            minor = Decimal(amount).scaleb(minor_digits(currency))
            whole = int(minor.to_integral_value())
        except (InvalidOperation, OverflowError, ValueError):
            whole, minor = -1, Decimal(0)
        if whole < 0 or whole != minor:
            digits = minor_digits(currency)
            reader.fault(
                line.number,
                column,
                f"{amount[:30]!r} is no amount of {currency} with {digits} digits",
            )
        else:
            found.append(Money(whole, currency))
    return tuple(found)


def _whole(line: _Line, column: str, reader: _Reader) -> int | None:
    said = line.cells.get(column, "")
    if not said:
        return None
    if not re.fullmatch(r"-?\d{1,9}(?:\.0+)?", said):
        reader.fault(line.number, column, f"{said[:30]!r} is no whole number")
        return None
    return int(said.partition(".")[0])


def _category(first: Mapping[str, str]) -> tuple[str, ...]:
    path = [part.strip() for part in first.get("category", "").split(">") if part.strip()]
    kind = first.get("type", "")
    return tuple(path + ([kind] if kind and kind not in path else []))


def _state(line: _Line, reader: _Reader) -> ProductState:
    said = line.cells.get("state", "").lower()
    if said not in _STATES:
        reader.fault(line.number, "state", f"{said[:30]!r} is not active, draft or archived")
        return "draft"
    if not said and line.cells.get("published", "true").lower() not in _YES:
        return "draft"
    return _STATES[said]


def _row(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _cells(
    product: Product, currencies: Sequence[str], facts: Sequence[str]
) -> Iterator[dict[str, str]]:
    states = {"live": "active", "draft": "draft", "withdrawn": "archived"}
    for variant in product.sold:
        cells = {
            "Handle": handle_of(product),
            "Title": product.title,
            "Body (HTML)": product.description,
            "Vendor": product.brand,
            "Product Category": " > ".join(product.category),
            "Tags": ", ".join(product.tags),
            "Published": "TRUE" if product.state == "live" else "FALSE",
            "Status": states[product.state],
            "Variant SKU": variant.sku,
            "Variant Barcode": variant.barcode,
            "Variant Grams": str(variant.weight_g),
            "Variant Inventory Tracker": "" if variant.stock is None else "matinee",
            "Variant Inventory Qty": "" if variant.stock is None else str(variant.stock),
            "Variant Inventory Policy": variant.when_out,
            "Variant Tax Code": product.tax_class,
            "Media": " ".join(media.id for media in product.media),
            **{f"Fact: {name}": product.facts.get(name, "") for name in facts},
        }
        for number, option in enumerate(product.options, start=1):
            cells[f"Option{number} Name"] = option.name
            cells[f"Option{number} Value"] = variant.options[option.name]
        listed = {one.currency: one for one in variant.list_prices}
        for place, currency in enumerate(currencies):
            price = variant.price_in(currency)
            names = ("Variant Price", "Variant Compare At Price")
            if place:
                names = (f"Price {currency}", f"Compare-at Price {currency}")
            cells[names[0]] = _decimal(price)
            cells[names[1]] = _decimal(listed.get(currency))
        yield cells


def _of_variant(cells: Mapping[str, str]) -> dict[str, str]:
    """What a line after the first repeats: what is the variant's own."""
    return {
        name: cell
        for name, cell in cells.items()
        if name.startswith(("Option", "Variant", "Price", "Compare")) and "Name" not in name
    }


def _decimal(price: Money | None) -> str:
    if price is None:
        return ""
    return str(Decimal(price.minor).scaleb(-minor_digits(price.currency)))


def media_of(entry: Entry, before: Product | None, found: Sequence[Media]) -> tuple[Media, ...]:
    """The pictures of a product of a file: those it names, else those that it has."""
    if entry.media_ids is not None:
        return tuple(found)
    return () if before is None else before.media

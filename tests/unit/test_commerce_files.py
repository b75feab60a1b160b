"""Files of products are read with all their faults, and written so that they read back."""

import pytest

from commerce_builders import NOON, a_product, a_shop, a_variant
from matinee.commerce import drafts, files
from matinee.commerce.errors import FileUnusable
from matinee.commerce.files import read_sheet, written_sheet
from matinee.commerce.model import Option, Product
from matinee.kit.ids import SeededIds
from matinee.kit.money import Money

SHOPIFY = """\
Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,\
Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,\
Variant Price,Variant Compare At Price,Image Src,Status
linen-shirt,Linen shirt,"<p>Washed <b>linen</b>.</p><script>x</script><p>Light.</p>",\
Oslo Linen,Shirts,"summer, linen",TRUE,Size,S,LS-S,200,shopify,4,deny,39.00,49.00,https://cdn.example/1.jpg,active
linen-shirt,,,,,,,,M,LS-M,210,shopify,0,continue,39.50,,https://cdn.example/2.jpg,
linen-shirt,,,,,,,,,,,,,,,,https://cdn.example/3.jpg,
mug,Mug,,,,,TRUE,Title,Default Title,MUG,300,,,deny,12,,,draft
"""


def test_shopifys_columns_are_understood() -> None:
    sheet = read_sheet(SHOPIFY.encode(), currency="EUR")
    assert sheet.faults == ()
    shirt, mug = (entry.draft for entry in sheet.entries)
    assert shirt.description == "Washed linen.\nLight."
    assert shirt.options == (Option("Size", ("S", "M")),)
    assert [one.prices for one in shirt.variants] == [
        (Money(3900, "EUR"),),
        (Money(3950, "EUR"),),
    ]
    assert shirt.variants[0].list_prices == (Money(4900, "EUR"),)
    assert [(one.stock, one.when_out) for one in shirt.variants] == [(4, "deny"), (0, "continue")]
    assert (shirt.brand, shirt.category, shirt.tags) == (
        "Oslo Linen",
        ("Shirts",),
        ("summer", "linen"),
    )
    assert (mug.options, mug.state, mug.variants[0].stock) == ((), "draft", None)
    assert "3 addresses of pictures" in sheet.notes[0]


def test_every_fault_is_told_with_its_line() -> None:
    file = "Handle,Title,Price,Inventory quantity,Status\na,A,1.234,1,active\nb,B,12,many,sold\n"
    sheet = read_sheet(file.encode(), currency="EUR")
    assert [(one.line, one.column) for one in sheet.faults] == [
        (2, "price"),
        (3, "stock"),
        (3, "state"),
    ]
    assert read_sheet(file.encode(), currency="BHD").faults[0].line == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"Name,Price\na,1\n", b'Handle,Title\n"open', b"Handle\n\0\n"],
)
def test_what_is_no_file_of_products_is_refused(content: bytes) -> None:
    with pytest.raises(FileUnusable):
        read_sheet(content, currency="EUR")


def test_what_is_written_reads_back_as_it_was() -> None:
    shop = a_shop()
    product = a_product(
        tags=("summer", "light"),
        variants=tuple(
            a_variant(
                place,
                title=size,
                options={"Size": size},
                list_prices=(Money(5900, "EUR"),),
                stock=stock,
            )
            for place, size, stock in ((0, "S", 3), (1, "M", None))
        ),
    )
    written = "".join(written_sheet([product], currencies=shop.currencies))
    sheet = read_sheet(written.encode(), currency="EUR")
    assert sheet.faults == ()
    (entry,) = sheet.entries
    assert entry.handle == product.id
    again = drafts.merged(shop, entry.draft, product, source=None, ids=SeededIds(), at=NOON)
    assert again == product


def test_a_formula_in_a_title_stays_a_text() -> None:
    product: Product = a_product(title='=HYPERLINK("x"), 1')
    written = "".join(files.written_sheet([product], currencies=("EUR", "NOK")))
    assert read_sheet(written.encode(), currency="EUR").entries[0].draft.title == product.title

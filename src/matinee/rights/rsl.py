"""Terms for the public catalogue in RSL 1.0 (Really Simple Licensing, rslstandard.org/rsl).

RSL tells programs that read the web what they may do with what they find there. It has no words for
shares of revenue or for remixes of remixes; where terms hold more than it can say, the document
allows less, never more, and points to the whole licence.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from .licences import Licence, Terms, exact_units

NAMESPACE = "https://rslstandard.org/rsl"
_COMMERCIAL = frozenset({"advertising", "commerce", "drama"})


def document(listed: Iterable[tuple[str, Licence, str]]) -> str:
    """An RSL document for (address of the work, its licence, address of the whole terms)."""
    root = ET.Element("rsl", xmlns=NAMESPACE)
    for url, licence, terms_url in listed:
        content = ET.SubElement(root, "content", url=url)
        written = ET.SubElement(content, "license")
        _add_permissions(written, licence.terms)
        _add_payment(written, licence.terms, terms_url)
        ET.SubElement(content, "terms").text = terms_url
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _add_permissions(written: ET.Element, terms: Terms) -> None:
    if not terms.allowed or terms.exclusive_to is not None:
        _add(written, "prohibits", "usage", ["all"])
        return
    _add(written, "permits", "usage", ["search"])
    # No licence speaks of training, and what is not allowed in words is not allowed.
    _add(written, "prohibits", "usage", ["ai-train"])
    free = terms.uses - terms.ask_first
    kinds = ["personal"] * ("personal" in free) + ["commercial"] * (free >= _COMMERCIAL)
    if kinds:
        _add(written, "permits", "user", kinds)
    if not terms.uses & _COMMERCIAL:
        _add(written, "prohibits", "user", ["commercial"])
    if terms.only_in:
        _add(written, "permits", "geo", sorted(terms.only_in))
    if terms.never_in:
        _add(written, "prohibits", "geo", sorted(terms.never_in))


def _add_payment(written: ET.Element, terms: Terms, terms_url: str) -> None:
    if not terms.allowed:
        return
    if not (terms.price or terms.share_bps or terms.guarantee or terms.ask_first):
        ET.SubElement(written, "payment", type="free")
        return
    payment = ET.SubElement(written, "payment", type="use")
    if terms.price is not None:
        amount = ET.SubElement(payment, "amount", currency=terms.price.currency)
        amount.text = exact_units(terms.price)
    if terms.share_bps or terms.guarantee or terms.ask_first:
        ET.SubElement(payment, "custom").text = terms_url


def _add(written: ET.Element, element: str, kind: str, values: Iterable[str]) -> None:
    ET.SubElement(written, element, type=kind).text = ",".join(values)

"""How the books answer GraphQL: what each field is, what a query costs, and bulk readings."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from .books import Books, Row

SCHEMA = build_schema(
    "schema { query: QueryRoot mutation: Mutation }\n"
    + Path(__file__).with_name("admin.graphql").read_text(encoding="utf-8")
)

_PAGE_MAX = 250
_MUTATION_COST = 10
_TERM = re.compile(r"(\w+):(>=|>|<=|<)?'?\"?([^'\"\s]+)'?\"?")


@dataclass(kw_only=False)
class Root:
    """What a query begins at."""

    books: Books
    read_in_bulk: Callable[[str, str], int]
    bulk_url: Callable[[str], str]
    bulks: dict[str, Row] = field(default_factory=dict)


def resolve(source: Row, info: GraphQLResolveInfo[None], **said: object) -> object:
    """The value of a field: a rule of its own, or what stands in the row."""
    rule = _RULES.get(f"{info.parent_type.name}.{info.field_name}")
    if rule is not None:
        return rule(info.root_value, source, said)
    return source.get(info.field_name)


def changes(document: DocumentNode) -> bool:
    """Whether a document is a mutation."""
    return any(one.operation is OperationType.MUTATION for one in _operations(document))


def cost_of(document: DocumentNode, variables: Mapping[str, Any]) -> int:
    """Points as Shopify counts them: an object one, a list as many as it asks for, a change ten."""
    fragments = {
        one.name.value: one
        for one in document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }

    def weight(selected: SelectionSetNode | None) -> int:
        cost = 0
        for one in selected.selections if selected is not None else ():
            if isinstance(one, FragmentSpreadNode):
                cost += weight(fragments[one.name.value].selection_set)
            elif isinstance(one, InlineFragmentNode):
                cost += weight(one.selection_set)
            elif isinstance(one, FieldNode) and one.selection_set is not None:
                of_list = one.name.value in {"nodes", "edges", "node", "pageInfo"}
                count = _first(one, variables)
                own = 0 if of_list else 1
                cost += own + weight(one.selection_set) * max(1, count)
        return cost

    return sum(
        weight(one.selection_set)
        + (_MUTATION_COST if one.operation is OperationType.MUTATION else 0)
        for one in _operations(document)
    )


def cost_of_answer(document: DocumentNode, data: object) -> int:
    """Points that an answer takes: an object one, a change ten."""

    def objects(value: object) -> int:
        if isinstance(value, dict):
            return 1 + sum(objects(one) for one in value.values())
        return sum(objects(one) for one in value) if isinstance(value, list) else 0

    return objects(data) + (_MUTATION_COST if changes(document) else 0)


def bulk_lines(books: Books, query: str) -> list[dict[str, Any]]:
    """A query over everything, line by line: whatever is in a list names what it belongs to."""
    document = parse(query)
    assert not validate(SCHEMA, document), "it was validated when it was ordered"
    root = Root(books, lambda _id, _query: 0, lambda _id: "", {"*": {}})
    done = execute_sync(
        SCHEMA,
        document,
        root_value=root,
        field_resolver=resolve,
        type_resolver=lambda _value, _info, _type: "MediaImage",
    )
    assert not done.errors, done.errors
    assert done.data is not None
    lines: list[dict[str, Any]] = []
    for top in done.data.values():
        for edge in top["edges"]:
            _flatten(edge["node"], None, lines)
    return lines


def _flatten(node: Mapping[str, Any], parent: str | None, lines: list[dict[str, Any]]) -> None:
    lists = {name: v["edges"] for name, v in node.items() if isinstance(v, dict) and "edges" in v}
    line = {name: value for name, value in node.items() if name not in lists}
    if parent is not None:
        line["__parentId"] = parent
    lines.append(line)
    for edges in lists.values():
        for edge in edges:
            _flatten(edge["node"], str(node["id"]), lines)


def _operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]


def _first(selected: FieldNode, variables: Mapping[str, Any]) -> int:
    for one in selected.arguments or ():
        if one.name.value in {"first", "last"}:
            if isinstance(one.value, IntValueNode):
                return int(one.value.value)
            if isinstance(one.value, VariableNode):
                return int(variables.get(one.value.name.value) or 1)
    return 1


def _page(root: Root, rows: Sequence[Row], said: Mapping[str, Any]) -> Row:
    """Some rows of a list, after the one whose id is the cursor; all of them in a bulk reading."""
    count = said.get("first")
    if count is None:
        if "*" not in root.bulks:
            raise ValueError("you must provide one of first or last")
        count = len(rows)
    elif not 0 < count <= _PAGE_MAX:
        raise ValueError("first cannot exceed 250")
    begin = 0
    if said.get("after"):
        begin = next((i + 1 for i, row in enumerate(rows) if row["id"] == said["after"]), len(rows))
    shown = list(rows[begin : begin + count])
    return {
        "nodes": shown,
        "edges": [{"node": one} for one in shown],
        "pageInfo": {
            "hasNextPage": begin + count < len(rows),
            "endCursor": shown[-1]["id"] if shown else None,
        },
    }


def _products(root: Root, _source: object, said: Mapping[str, Any]) -> Row:
    rows = [one for one in root.books.products.values() if _fits(one, said.get("query"))]
    rows.sort(key=lambda one: one["updatedAt" if said.get("sortKey") == "UPDATED_AT" else "id"])
    return _page(root, rows, said)


def _orders(root: Root, _source: object, said: Mapping[str, Any]) -> Row:
    rows = [one for one in root.books.orders.values() if _fits(one, said.get("query"))]
    return _page(root, rows, said)


def _fits(row: Row, query: str | None) -> bool:
    names = {"updated_at": "updatedAt", "source_identifier": "sourceIdentifier", "id": "id"}
    for name, sign, value in _TERM.findall(query or ""):
        has = str(row.get(names[name]) or "")
        fits = {
            "": has == value,
            ">=": has >= value,
            ">": has > value,
            "<=": has <= value,
            "<": has < value,
        }[sign]
        if not fits:
            return False
    return True


def _media(root: Root, product: Row, said: Mapping[str, Any]) -> Row:
    return _page(root, product["pictures"], said)


def _variants(root: Root, product: Row, said: Mapping[str, Any]) -> Row:
    rows = [root.books.variants[one] for one in product["variant_ids"]]
    return _page(root, sorted(rows, key=lambda one: one["position"]), said)


def _item(root: Root, variant: Row, _said: Mapping[str, Any]) -> Row:
    return root.books.items[variant["item_id"]]


def _set_product(root: Root, _source: object, said: Mapping[str, Any]) -> Row:
    named = said.get("identifier") or {}
    found = root.books.product_named(named.get("handle"))
    product_id = named.get("id") or (None if found is None else str(found["id"]))
    product, fault = root.books.set_product(product_id, said["input"])
    return {"product": product, "userErrors": [] if fault is None else [fault]}


def _set_quantities(root: Root, _source: object, said: Mapping[str, Any]) -> Row:
    fault = root.books.set_quantities(said["input"])
    group = {"id": root.books.new_id("InventoryAdjustmentGroup"), "reason": said["input"]["reason"]}
    return {
        "inventoryAdjustmentGroup": group if fault is None else None,
        "userErrors": [] if fault is None else [fault],
    }


def _create_order(root: Root, _source: object, said: Mapping[str, Any]) -> Row:
    behaviour = (said.get("options") or {}).get("inventoryBehaviour") or "BYPASS"
    order, fault = root.books.create_order(said["order"], behaviour)
    return {"order": order, "userErrors": [] if fault is None else [fault]}


def _refund(root: Root, _source: object, said: Mapping[str, Any]) -> Row:
    refund, order, fault = root.books.refund(said["input"])
    return {"refund": refund, "order": order, "userErrors": [] if fault is None else [fault]}


def _run_bulk(root: Root, _source: object, said: Mapping[str, Any]) -> Row:
    faults = validate(SCHEMA, parse(said["query"]))
    if faults:
        errors = [{"field": ["query"], "message": one.message} for one in faults]
        return {"bulkOperation": None, "userErrors": errors}
    operation = root.books.new_id("BulkOperation")
    count = root.read_in_bulk(operation, said["query"])
    row = {"id": operation, "status": "CREATED", "objectCount": count, "errorCode": None}
    return {"bulkOperation": row | {"url": None}, "userErrors": []}


def _bulk(root: Root, _source: object, said: Mapping[str, Any]) -> Row:
    row = {"id": said["id"], "status": "COMPLETED", "objectCount": 1, "errorCode": None}
    return row | {"url": root.bulk_url(said["id"])}


def _fulfilment_status(_root: Root, order: Row, _said: Mapping[str, Any]) -> str:
    sent = sum(row["quantity"] for one in order["fulfillment_rows"] for row in one["rows"])
    whole = sum(line["quantity"] for line in order["line_rows"])
    return "FULFILLED" if sent == whole else "PARTIALLY_FULFILLED" if sent else "UNFULFILLED"


_RULES: dict[str, Callable[[Root, Row, Mapping[str, Any]], object]] = {
    "QueryRoot.shop": lambda root, _source, _said: {
        "id": "gid://shopify/Shop/1",
        "name": root.books.name,
        "currencyCode": root.books.currency,
        "myshopifyDomain": root.books.domain,
    },
    "QueryRoot.locations": lambda root, _source, said: _page(root, [root.books.location], said),
    "QueryRoot.product": lambda root, _source, said: root.books.products.get(said["id"]),
    "QueryRoot.products": _products,
    "QueryRoot.order": lambda root, _source, said: root.books.orders.get(said["id"]),
    "QueryRoot.orders": _orders,
    "QueryRoot.fulfillment": lambda root, _source, said: root.books.parcel(said["id"]),
    "QueryRoot.bulkOperation": _bulk,
    "Mutation.productSet": _set_product,
    "Mutation.inventorySetQuantities": _set_quantities,
    "Mutation.orderCreate": _create_order,
    "Mutation.refundCreate": _refund,
    "Mutation.bulkOperationRunQuery": _run_bulk,
    "Product.options": lambda _root, product, _said: product["option_rows"],
    "Product.media": _media,
    "Product.variants": _variants,
    "ProductVariant.inventoryItem": _item,
    "ProductVariant.inventoryQuantity": lambda root, one, _said: root.books.available(one),
    "Order.displayFulfillmentStatus": _fulfilment_status,
    "Order.fulfillments": lambda _root, order, _said: order["fulfillment_rows"],
    "Order.lineItems": lambda root, order, said: _page(root, order["line_rows"], said),
    "Order.refunds": lambda _root, order, _said: order["refund_rows"],
    "Fulfillment.trackingInfo": lambda _root, one, _said: [one["tracking"]],
    "Fulfillment.fulfillmentLineItems": lambda root, one, said: _page(root, one["rows"], said),
}

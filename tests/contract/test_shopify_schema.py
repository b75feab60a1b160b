"""What we say to Shopify, and what our own Shopify understands, is what Shopify has published."""

import gzip
import json
import sys
from functools import cache
from pathlib import Path

import pytest
from graphql import (
    GraphQLSchema,
    build_client_schema,
    is_enum_type,
    is_input_object_type,
    parse,
    validate,
)

from matinee.commerce.adapters.fake_shopify import resolving
from matinee.commerce.adapters.shopify import documents

KEPT = Path(sys.prefix) / "share" / "shopify" / "admin_2026-10.json.gz"
OURS_AS_TEXT = {"CountryCode", "CurrencyCode"}
"""Lists of codes that our own Shopify takes as texts."""

needs_schema = pytest.mark.skipif(
    not KEPT.exists(), reason="Shopify's schema is not installed: tools/install_shopify_schema.py"
)


@cache
def published() -> GraphQLSchema:
    told = json.loads(gzip.decompress(KEPT.read_bytes()))
    # Its interfaces and types do not agree in what is deprecated, which is of no matter here.
    return build_client_schema(told.get("data", told), assume_valid=True)


@needs_schema
def test_every_document_is_valid_in_the_published_schema() -> None:
    for name in documents.names():
        faults = validate(published(), parse(documents.document(name)))
        assert not faults, (name, [one.message for one in faults])


@pytest.mark.parametrize("name", documents.names())
def test_our_own_shopify_understands_every_document(name: str) -> None:
    assert not validate(resolving.SCHEMA, parse(documents.document(name)))


@needs_schema
def test_our_own_shopify_has_no_name_or_type_of_its_own() -> None:
    differences = []
    for name, ours in resolving.SCHEMA.type_map.items():
        theirs = published().type_map.get(name)
        if theirs is None:
            differences.append(f"{name} is not published")
        elif name in OURS_AS_TEXT or name.startswith("__"):
            continue
        elif type(ours) is not type(theirs):
            differences.append(f"{name} is another kind")
        elif is_enum_type(ours) and is_enum_type(theirs):
            differences += [f"{name}.{one}" for one in set(ours.values) - set(theirs.values)]
        else:
            differences += field_differences(ours, theirs)
    assert not differences


def field_differences(ours: object, theirs: object) -> list[str]:
    """Fields and arguments of a type that are not the published ones."""
    found = []
    there = getattr(theirs, "fields", {})
    for name, field in getattr(ours, "fields", {}).items():
        if name not in there or str(there[name].type) != str(field.type):
            found.append(f"{ours}.{name}")
            continue
        for argument, one in getattr(field, "args", {}).items():
            published_one = there[name].args.get(argument)
            if published_one is None or str(published_one.type) != str(one.type):
                found.append(f"{ours}.{name}({argument})")
    if is_input_object_type(theirs):
        asked = {name for name, one in there.items() if str(one.type).endswith("!")}
        found += [f"{ours}.{name} is required" for name in asked - set(getattr(ours, "fields", {}))]
    return found

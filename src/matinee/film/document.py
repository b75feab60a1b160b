"""Versioned JSON: how documents of the film language are stored, addressed and upgraded.

Every stored document names its schema and its number (`matinee.screenplay/2`). When a type
changes, its number rises and `UPGRADES` gains one function from the old JSON to the new, so that
a document of any age can be read for ever.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from .errors import DocumentInvalid
from .screenplay import Screenplay
from .shot import Shot, Take
from .timeline import Manifest, Timeline

Json = dict[str, Any]
Upgrade = Callable[[Json], Json]
Document = TypeVar("Document", Screenplay, Shot, Take, Timeline, Manifest)

DOCUMENT_BYTES_MAX = 4 * 1024 * 1024


def _with_likenesses(tree: Json) -> Json:
    """Version 2: a character may be somebody's likeness; before that nobody was."""
    cast = tree.get("characters")
    if not isinstance(cast, list):
        return tree  # the type says what is wrong with it
    nobody = {"likeness": "", "likeness_version": 0}
    return {
        **tree,
        "characters": [{**one, **nobody} if isinstance(one, dict) else one for one in cast],
    }


# From (schema name, number) to the function that makes number + 1 of it.
UPGRADES: Mapping[tuple[str, int], Upgrade] = {
    ("matinee.screenplay", 1): _with_likenesses,
    ("matinee.shot", 1): _with_likenesses,
}


def encode(document: Screenplay | Shot | Take | Timeline | Manifest) -> bytes:
    """Return the canonical JSON of a document: sorted keys, no spaces, UTF-8."""
    return msgspec.json.encode(document, order="sorted")


def digest(document: Screenplay | Shot | Take | Timeline | Manifest) -> str:
    """Return the SHA-256 of the canonical JSON in hex: the document's address."""
    return hashlib.sha256(encode(document)).hexdigest()


def decode(
    content: bytes | str,
    kind: type[Document],
    *,
    upgrades: Mapping[tuple[str, int], Upgrade] = UPGRADES,
) -> Document:
    """Read a document of any known version of `kind`.

    Raises DocumentInvalid for what is no JSON, of another schema, from a newer Matinee, larger
    than 4 MiB, or breaks a rule of its type; the message names the place.
    """
    raw = content.encode() if isinstance(content, str) else content
    if len(raw) > DOCUMENT_BYTES_MAX:
        reason = f"it has {len(raw)} bytes, more than {DOCUMENT_BYTES_MAX}"
        raise DocumentInvalid(reason)
    try:
        tree = msgspec.json.decode(raw)
        if not isinstance(tree, dict):
            reason = "it is not a JSON object"
            raise DocumentInvalid(reason)
        return msgspec.convert(_upgraded(tree, _tag(kind), upgrades), kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        # msgspec ends its message with the place: "… - at `$.beats[0].camera.move`".
        place = str(error).rpartition(" - at `")[2].rstrip("`")
        raise DocumentInvalid(str(error), place if place.startswith("$") else None) from error


def json_schema(kind: type[Document]) -> Json:
    """Return the JSON Schema (2020-12) of a document, strict enough to hold a model to.

    Every property is required and nothing else is allowed, which is the form that structured
    output of language models asks for.
    """
    schema = msgspec.json.schema(kind)
    for definition in schema.get("$defs", {}).values():
        _make_strict(definition)
    return schema


def _tag(kind: type[Document]) -> str:
    return str(kind.__struct_config__.tag)


def _upgraded(tree: Json, wanted: str, upgrades: Mapping[tuple[str, int], Upgrade]) -> Json:
    wanted_name, _, wanted_number = wanted.rpartition("/")
    name, _, number = str(tree.get("schema", "")).rpartition("/")
    if name != wanted_name or not (number.isascii() and number.isdigit() and len(number) < 6):  # noqa: PLR2004 - five digits of versions will do
        reason = f"its schema is {tree.get('schema')!r}, not {wanted!r}"
        raise DocumentInvalid(reason)
    version = int(number)
    if version > int(wanted_number):
        reason = f"its schema {name}/{version} is newer than {wanted}; upgrade Matinee"
        raise DocumentInvalid(reason)
    while version < int(wanted_number):
        step = upgrades.get((name, version))
        if step is None:
            reason = f"no upgrade from {name}/{version} is known"
            raise DocumentInvalid(reason)
        version += 1
        tree = {**step(tree), "schema": f"{name}/{version}"}
    return tree


def _make_strict(definition: Json) -> None:
    properties: Json = definition.get("properties", {})
    if properties:
        definition["required"] = list(properties)
        definition["additionalProperties"] = False
    for part in properties.values():
        part.pop("default", None)

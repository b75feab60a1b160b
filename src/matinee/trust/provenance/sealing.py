"""Seals: a C2PA manifest, signed, that says where a film or picture comes from.

A seal is embedded in the file that is handed out. Of a film only its head is kept (what stands in
front of the media data, with the manifest in it), because the media itself is the film's and stays
as it is: `Seal.head` and the film's bytes from `Seal.skips` on are the sealed film.
"""

import hashlib
import io
import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

import c2pa  # type: ignore[import-untyped]  # it says no types

from matinee.trust.errors import SigningImpossible

from .certificates import Identity

SourceType = Literal["algorithmicMedia", "compositeSynthetic", "trainedAlgorithmicMedia"]
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_CHUNK_BYTES = 1 << 20

SealError: type[Exception] = c2pa.C2paError
"""What reading a broken seal raises."""
_VIDEO = "video/mp4"


@dataclass(frozen=True, kw_only=True)
class Parent:
    """What something was made from: a sealed file of it, or None when it is gone."""

    title: str
    path: Path | None


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What a seal says: how it was made, by which engine, from which parents.

    `facts` is kept as an assertion of our own; `edits` are further actions of C2PA by name.
    """

    title: str
    source: SourceType
    engine: str
    parents: Sequence[Parent] = ()
    edits: Sequence[str] = ()
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Seal:
    """The sealed file but for what it shares with the file that was sealed.

    `head`, then that file's bytes from `skips` on; `size_bytes` and `sha256` are of the whole,
    `label` names the manifest.
    """

    head: bytes
    skips: int
    size_bytes: int
    sha256: str
    label: str


class Sealer:
    """Signs with one identity; safe to use from many threads."""

    def __init__(self, identity: Identity, *, version: str) -> None:
        """Sign as `identity`; `version` is that of the program, which a claim has to say."""
        self._identity = identity
        self._version = version
        self._context = c2pa.Context.from_dict(
            {
                "trust": {"user_anchors": identity.anchors_pem},
                "verify": {"verify_trust": True, "verify_after_sign": True},
                "builder": {"thumbnail": {"enabled": False}},
            }
        )

    def seal_film(self, video: Path, provenance: Provenance, *, to: Path) -> Seal:
        """Write the sealed film to `to` and return its seal; raises SigningImpossible."""
        with video.open("rb") as source, to.open("w+b") as sealed:
            self._sign(_VIDEO, source, sealed, provenance)
        media_at, size = _media_offset(video), video.stat().st_size
        sealed_size = to.stat().st_size
        head_bytes = sealed_size - (size - media_at)
        if not _same_tail(video, media_at, to, head_bytes):
            media_at, head_bytes = size, sealed_size
        with to.open("rb") as file:
            head = file.read(head_bytes)
        return Seal(
            head=head,
            skips=media_at,
            size_bytes=sealed_size,
            sha256=_sha256(to),
            label=str(read_manifests(to, _VIDEO, self._context)["active_manifest"]),
        )

    def sealed_picture(self, picture: bytes, media_type: str, provenance: Provenance) -> bytes:
        """Return a picture with its seal; raises SigningImpossible."""
        sealed = io.BytesIO()
        self._sign(media_type, io.BytesIO(picture), sealed, provenance)
        return sealed.getvalue()

    def read(self, path: Path, media_type: str) -> dict[str, Any] | None:
        """Return what the seal of a file says and whether it holds, None when it has none."""
        return read_manifests(path, media_type, self._context) or None

    def source_of(self, path: Path) -> SourceType | None:
        """Return the digital source type in the seal of a film, None when it has none."""
        told = self.read(path, _VIDEO)
        text = json.dumps(told) if told else ""
        known: tuple[SourceType, ...] = get_args(SourceType)
        return next((one for one in known if f"{_SOURCE_TYPES}{one}" in text), None)

    def _sign(
        self,
        media_type: str,
        source: BinaryIO,
        to: BinaryIO,
        provenance: Provenance,
    ) -> None:
        try:
            with (
                c2pa.Signer.from_callback(
                    self._identity.sign,
                    getattr(c2pa.C2paSigningAlg, self._identity.algorithm),
                    self._identity.chain_pem,
                    None,
                ) as signer,
                c2pa.Builder(
                    _manifest(media_type, provenance, self._version), self._context
                ) as builder,
            ):
                for index, parent in enumerate(provenance.parents):
                    if parent.path is not None:
                        with parent.path.open("rb") as file:
                            described = json.dumps(_ingredient(index, parent))
                            builder.add_ingredient(described, _VIDEO, file)
                builder.sign(signer, media_type, source, to)
        except c2pa.C2paError as error:
            raise SigningImpossible(str(error)[:300]) from error


def anchored(anchors_pem: str) -> c2pa.Context:
    """Return how manifests are read here: `anchors_pem` are the authorities that are trusted."""
    return c2pa.Context.from_dict(
        {"trust": {"user_anchors": anchors_pem}, "verify": {"verify_trust": True}}
    )


def read_manifests(path: Path, media_type: str, context: c2pa.Context) -> dict[str, Any]:
    """Return the manifests of a file as c2pa tells them, empty when it has none."""
    try:
        with path.open("rb") as file, c2pa.Reader(media_type, file, context=context) as reader:
            told: dict[str, Any] = json.loads(reader.json())
            return told
    except c2pa.C2paError as error:
        if "ManifestNotFound" in str(error) or "NotSupported" in type(error).__name__:
            return {}
        raise


def _manifest(media_type: str, provenance: Provenance, version: str) -> dict[str, Any]:
    labels = [f"parent{index}" for index, _ in enumerate(provenance.parents)]
    source = _SOURCE_TYPES + provenance.source
    if labels:
        # C2PA 2.2, section 18.15.4.2: what opens something names it, and comes first.
        first, *others = labels
        actions = [{"action": "c2pa.opened", "parameters": {"ingredientIds": [first]}}]
        actions += [
            {"action": "c2pa.placed", "parameters": {"ingredientIds": [one]}} for one in others
        ]
        actions.append({"action": "c2pa.edited", "digitalSourceType": source})
    else:
        actions = [{"action": "c2pa.created", "digitalSourceType": source}]
    actions += [{"action": edit} for edit in provenance.edits]
    gone = [
        _ingredient(index, parent)
        for index, parent in enumerate(provenance.parents)
        if parent.path is None
    ]
    return {
        "claim_generator_info": [{"name": "Matinee", "version": version}],
        "title": provenance.title[:200],
        "format": media_type,
        "ingredients": gone,
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": actions}},
            {
                "label": "app.matinee.film",
                "data": {"engine": provenance.engine, "ai_generated": True, **provenance.facts},
            },
        ],
    }


def _ingredient(index: int, parent: Parent) -> dict[str, str]:
    return {
        "title": parent.title[:200],
        "format": _VIDEO,
        "relationship": "parentOf" if index == 0 else "componentOf",
        "label": f"parent{index}",
    }


def _media_offset(video: Path) -> int:
    """Return where the media data of an mp4 begins when nothing stands behind it, else its size."""
    size, offset = video.stat().st_size, 0
    with video.open("rb") as file:
        for kind, at, length in _boxes(file, size):
            if kind == b"mdat":
                return at if at + length == size else size
            offset = at + length
    return offset


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, offset and length of the boxes of an mp4 (ISO/IEC 14496-12, section 4.2)."""
    offset = 0
    while offset + 8 <= size:
        file.seek(offset)
        length, kind = struct.unpack(">I4s", file.read(8))
        if length == 1:
            (length,) = struct.unpack(">Q", file.read(8))
        length = length or size - offset
        if length < 8:  # noqa: PLR2004 - shorter than its own header: no mp4
            return
        yield kind, offset, length
        offset += length


def _same_tail(first: Path, first_at: int, second: Path, second_at: int) -> bool:
    if second_at < 0:
        return False
    with first.open("rb") as one, second.open("rb") as other:
        one.seek(first_at)
        other.seek(second_at)
        while chunk := one.read(_CHUNK_BYTES):
            if chunk != other.read(len(chunk)):
                return False
    return True


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Verifying: what is known of a file, and what is not."""

from pathlib import Path

import msgspec

from matinee.kit.db import Session
from matinee.trust.model import Subject

from . import origin_store
from .examining import Examined, Manifest, examined
from .fingerprints import Likeness, Print, likest
from .origin_store import Origin

_SHORTER_MS = 400
_LENGTHS_DIFFER_MS = 600


class SealReport(msgspec.Struct, frozen=True):
    """What the seal says: `holds` is whether nothing was changed since it was signed.

    `signer_known` is whether this house or an authority that it trusts signed it.
    """

    holds: bool
    signer_known: bool
    signer: str
    generator: str
    title: str
    actions: tuple[str, ...]
    source: str
    parents: tuple[str, ...]
    problems: tuple[str, ...]


class Match(msgspec.Struct, frozen=True):
    """Something from here that the file shows; `share` is how much of the file agrees (0 to 1)."""

    subject_kind: str
    subject_id: str
    share: float
    from_ms: int


class Report(msgspec.Struct, frozen=True):
    """What is known of a file.

    `conclusion` is one of `sealed` (its seal holds), `broken` (it was changed after it was signed),
    `known` (it has no seal, but is a copy of something from here), `hinted` (only its mark says so)
    and `unknown`. `edits` and `unknown` are sentences.
    """

    conclusion: str
    kind: str
    width: int
    height: int
    duration_ms: int
    seal: SealReport | None
    match: Match | None
    mark: Match | None
    edits: tuple[str, ...]
    unknown: tuple[str, ...]


def verify(session: Session, path: Path, *, anchors_pem: str) -> Report:
    """Say what is known of a file; raises FileUnreadable."""
    return reported(session, examined(path, anchors_pem=anchors_pem))


def reported(session: Session, found: Examined) -> Report:
    """Say what follows from what was found in a file, with what is kept here."""
    seal = _seal(found.manifest) if found.manifest else None
    asked = [Print(at_ms=at_ms, bits=bits) for at_ms, bits in found.prints]
    like = likest(asked, origin_store.near_prints(session, asked))
    match, original = None, None
    if like is not None:
        kind, _, subject_id = like.subject.partition(":")
        original = origin_store.origin_of(session, Subject(kind=kind, id=subject_id))
        match = Match(kind, subject_id, round(like.share, 3), like.from_ms)
    marked = None
    if found.mark is not None:
        marked = origin_store.origin_of_number(session, found.mark)
    mark = Match(marked.subject.kind, marked.subject.id, 0.0, 0) if marked is not None else None
    return Report(
        conclusion=_conclusion(seal, match, mark),
        kind=found.kind,
        width=found.width,
        height=found.height,
        duration_ms=found.duration_ms,
        seal=seal,
        match=match,
        mark=mark,
        edits=tuple(_edits(found, seal, like, original)),
        unknown=tuple(_unknown(found, seal, match)),
    )


def _seal(manifest: Manifest) -> SealReport:
    return SealReport(
        holds=manifest.state in {"Valid", "Trusted"},
        signer_known=manifest.state == "Trusted",
        signer=manifest.signer,
        generator=manifest.generator,
        title=manifest.title,
        actions=manifest.actions,
        source=manifest.source,
        parents=manifest.parents,
        problems=manifest.problems,
    )


def _conclusion(seal: SealReport | None, match: Match | None, mark: Match | None) -> str:
    if seal is not None:
        return "sealed" if seal.holds else "broken"
    if match is not None:
        return "known"
    return "unknown" if mark is None else "hinted"


def _edits(
    found: Examined, seal: SealReport | None, like: Likeness | None, original: Origin | None
) -> list[str]:
    """Say how a file differs from the film that it is a copy of, as far as it shows."""
    edits = []
    if seal is not None and not seal.holds:
        edits.append("The file was changed after it was signed.")
    if like is None or original is None:
        return edits
    if seal is None:
        edits.append("Its seal was taken off, or lost when the file was saved again.")
    if like.from_ms > _SHORTER_MS:
        edits.append(f"It begins {like.from_ms / 1000:.1f} s into the film.")
    if found.duration_ms and found.duration_ms < original.duration_ms - _LENGTHS_DIFFER_MS:
        edits.append(
            f"It has {found.duration_ms / 1000:.1f} s of {original.duration_ms / 1000:.1f} s."
        )
    if found.duration_ms > original.duration_ms + _LENGTHS_DIFFER_MS:
        edits.append("It is longer than the film: something was added.")
    return edits


def _unknown(found: Examined, seal: SealReport | None, match: Match | None) -> list[str]:
    """Say what none of this shows."""
    unknown = []
    if seal is None and match is None:
        unknown.append(
            "That nothing is known does not mean that it is real: it may come from elsewhere, or "
            "be a crop, a mirror image or a recording of a screen, which is not recognised."
        )
    if seal is not None and seal.holds and not seal.signer_known:
        unknown.append(
            "Who signed it is not among the authorities that are known here: the name is a claim."
        )
    if seal is not None:
        unknown.append("A seal says where a file comes from, not whether what it shows is true.")
    if found.examined_ms + _LENGTHS_DIFFER_MS < found.duration_ms:
        unknown.append(f"Only its first {found.examined_ms / 1000:.0f} s were looked at.")
    if found.kind == "video/mp4":
        unknown.append("Its sound was not compared.")
    return unknown

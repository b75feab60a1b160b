"""Sealing: what a film says of where it comes from, signed, before it leaves the house."""

from dataclasses import dataclass
from pathlib import Path

from matinee.film import Screenplay
from matinee.studio import store
from matinee.studio.cutting import Cut
from matinee.studio.errors import FilmNotFound
from matinee.studio.model import Film
from matinee.trust.provenance import Parent, Provenance, Seal, Sealer, SourceType

from .ground import Stage

# These draw by rule; every other engine is a model that learned from what others made.
_BY_RULE = frozenset({"stage", "test_card"})
_POSTER_TYPE = "image/webp"


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A film's seal, and its poster with one of its own (WebP)."""

    film: Seal
    poster: bytes


def sealed(stage: Stage, film_id: str, made: Cut, folder: Path) -> Sealed | None:
    """Seal a film that was cut, in `folder`; None where nobody signs.

    Raises SigningImpossible, or BlobNotFound when a parent's file is gone from the store.
    """
    if stage.sealer is None:
        return None
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
        play = store.screenplay(session, wanted.screenplay) if wanted.screenplay else None
    told = _provenance(stage, wanted, play, made, folder)
    return _sealed_with(stage.sealer, told, made, folder)


def _sealed_with(sealer: Sealer, told: Provenance, made: Cut, folder: Path) -> Sealed:
    seal = sealer.seal_film(made.video, told, to=folder / "sealed.mp4")
    return Sealed(film=seal, poster=sealer.sealed_picture(made.poster, _POSTER_TYPE, told))


def _provenance(
    stage: Stage, wanted: Film, play: Screenplay | None, made: Cut, folder: Path
) -> Provenance:
    return Provenance(
        title=wanted.title or "A film",
        source=source_of(wanted, play, made.manifest.engine),
        engine=made.manifest.engine,
        parents=[
            _parent(stage, parent, folder / f"parent{index}.mp4")
            for index, parent in enumerate(made.manifest.parents)
        ],
        facts={"film": wanted.id, "screenplay": wanted.screenplay, "seed": wanted.seed},
    )


def _parent(stage: Stage, film_id: str, to: Path) -> Parent:
    try:
        with stage.database.transaction() as session:
            parent = store.film_by_id(session, film_id)
    except FilmNotFound:
        return Parent(title="A film that was deleted", path=None)
    if not parent.delivered:
        return Parent(title="A film that was withdrawn", path=None)
    return Parent(title=parent.title or "A film", path=stage.blobs.fetch(parent.delivered, to))


def source_of(wanted: Film, play: Screenplay | None, engine_name: str) -> SourceType:
    """Return the digital source type of IPTC that is true of a film.

    What the stage draws is algorithmic media, as long as nothing in it was learned or recorded:
    voices that speak and photos make it a composite.
    """
    engines = {engine_name.partition("/")[0]}
    if wanted.request.finish is not None:
        engines.add(wanted.request.finish.engine)
    if not engines & _BY_RULE:
        return "trainedAlgorithmicMedia"
    if not engines <= _BY_RULE or play is None or _is_composed(play):
        return "compositeSynthetic"
    return "algorithmicMedia"


def _is_composed(play: Screenplay) -> bool:
    """Whether voices speak in a film, or photos or people's likenesses are shown."""
    return (
        any(beat.lines for beat in play.beats)
        or any(place.picture for place in play.settings)
        or any(thing.picture for thing in play.props)
        or any(someone.picture or someone.likeness for someone in play.characters)
    )

"""What an engine can show and sound: the vocabulary that a writer maps its words to."""

from dataclasses import dataclass

from .sound.ambience import AMBIENCES
from .sound.effects import EFFECTS
from .sound.timbres import VOICE_KINDS
from .stage.cast import GARMENTS, HAIR_STYLES
from .stage.creatures import ACTS, SPECIES
from .stage.motion import ACTIONS
from .stage.props import KINDS
from .stage.styles import STYLES
from .stage.worlds import PLACES


@dataclass(frozen=True, kw_only=True)
class Repertoire:
    """The slugs an engine knows; anything else has to be mapped to the nearest of them."""

    places: tuple[str, ...]
    actions: tuple[str, ...]
    props: tuple[str, ...]
    garments: tuple[str, ...]
    hair_styles: tuple[str, ...]
    ambiences: tuple[str, ...]
    effects: tuple[str, ...]
    voices: tuple[str, ...]
    species: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


def repertoire() -> Repertoire:
    """Return what the embedded engine knows, from the parts that play it."""
    return Repertoire(
        places=PLACES,
        actions=tuple(dict.fromkeys((*ACTIONS, *ACTS))),
        props=KINDS,
        garments=GARMENTS,
        hair_styles=HAIR_STYLES,
        ambiences=AMBIENCES,
        effects=EFFECTS,
        voices=VOICE_KINDS,
        species=SPECIES,
        styles=tuple(STYLES),
    )

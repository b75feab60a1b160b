"""What an engine can show and sound: the vocabulary that a writer maps its words to."""

from dataclasses import dataclass


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

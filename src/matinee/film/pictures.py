"""Which photos a document of the film language is made with."""

from .screenplay import Screenplay
from .shot import Shot


def pictures_of(document: Screenplay | Shot) -> tuple[str, ...]:
    """Return the digests of the photos that a screenplay or shot names, each once, in order."""
    settings = (document.setting,) if isinstance(document, Shot) else document.settings
    named = [
        *(setting.picture for setting in settings),
        *(character.picture for character in document.characters),
        *(prop.picture for prop in document.props),
    ]
    return tuple(dict.fromkeys(filter(None, named)))

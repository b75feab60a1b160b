"""The offline writer: any prompt becomes a screenplay, without network, keys or weights.

prompt ▶ `prompt.clean` ▶ `language.detect` ▶ passages (`layout`) ▶ a reader (`english`, `chinese`,
`word_list`) ▶ `story.Story` ▶ `composition.compose` ▶ `Screenplay`.

Invariants: any text either raises a typed error or gives a valid screenplay; the same prompt,
language and seed give the same one; every phrase in its notes is quoted from the prompt; what the
film cannot show is said in a note; reading takes time in proportion to the length.
"""

from .errors import PromptControlCharacters, PromptEmpty, PromptTooLong
from .offline import OfflineWriter
from .prompt import CHARACTERS_MAX

__all__ = [
    "CHARACTERS_MAX",
    "OfflineWriter",
    "PromptControlCharacters",
    "PromptEmpty",
    "PromptTooLong",
]

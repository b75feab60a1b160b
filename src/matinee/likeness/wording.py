"""What somebody writes about their likeness in plain words, read as rules for them to confirm.

"never in swimwear, no politics; always wear my red glasses" ▶ clauses with an effect ▶ what each
names: topics, things of the film language, and failing these the words themselves. Nothing is in
force before the person confirmed what was read; what could not be read is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import topics
from .consent import RULES_MAX, Concept, Rule
from .errors import TermsInvalid
from .model import Vocabulary

TEXT_CHARACTERS_MAX = 2_000
_PHRASE_CHARACTERS_MAX = 60
_SAY_CHARACTERS_MAX = 300

_BREAKS = re.compile(r"[,.;:!?\n，。；：！？、·•]+")
_JOINED = re.compile(
    r"\s+(?:and|or|nor|y|o|et|ou|und|oder|и|или)\s+|(?:和|或者|或|以及)", re.IGNORECASE
)
_SPACED_NEVER = (
    r"never|nothing|no one|nobody|none|not|no|don['’]?t|do not|without|avoid|refuse|forbid|ban"
    r"|nunca|sin|jamais|pas|sans|nie|niemals|kein\w*|keine|ohne|никогда|без|нет|mai|senza|sem"
)
_UNSPACED_NEVER = "不要|不许|不能|不可|不准|不穿|不想|禁止|从不|绝不|没有|别"
_NEVER = re.compile(rf"(?<!\w)(?:{_SPACED_NEVER})(?!\w)|{_UNSPACED_NEVER}", re.IGNORECASE)
_SPACED_ALWAYS = (
    r"always|must wear|must|i (?:only )?wear|keep|with my|siempre|toujours|immer|sempre|всегда"
)
_UNSPACED_ALWAYS = "总是|一直|始终|必须|永远|都要"
_ALWAYS = re.compile(rf"(?<!\w)(?:{_SPACED_ALWAYS})(?!\w)|{_UNSPACED_ALWAYS}", re.IGNORECASE)
# What may be and nothing else cannot be held to by a list of what may not.
_ONLY = re.compile(r"^(?:only|just|nur|solo|seulement)(?!\w)|^只")
_FILLERS = re.compile(
    r"(?<!\w)(?:please|ever|me|my|i|be|being|have|has|show|shown|showing|put|use|want|wear|wears"
    r"|wearing|worn|dressed|in|into|on|with|of|about|a|an|the|any|anything|things?|scenes?|films?"
    r"|videos?|content|kinds?|sort|to|do|doing|make|making|or|and|at|like|that|is|are|for|from|am"
    r"|it|want|you|your|can|may|kind|stuff|en|de|con|con|mi|la|el|le|les|des|mes|im|in|mit|meine"
    r"|meinen)(?!\w)|我的|我|穿着|穿|戴着|戴|出现|在|的|有|任何|让|把|里|了|看到"
)


@dataclass(frozen=True)
class Read:
    """The rules that a text was read as, and the phrases that could not be."""

    rules: tuple[Rule, ...]
    unread: tuple[str, ...]


def read(text: str, vocabulary: Vocabulary) -> Read:
    """Return what a text asks for; the same text gives the same rules.

    A clause without a word for never or always goes on with that of the clause before it in the
    same sentence, and is a restriction where there was none. Raises TermsInvalid for more than can
    be kept: a wish that is left out unsaid would not be a rule.
    """
    if len(text) > TEXT_CHARACTERS_MAX:
        reason = f"the text has {len(text)} characters; {TEXT_CHARACTERS_MAX} are the most"
        raise TermsInvalid(reason)
    rules: dict[tuple[str, str], Rule] = {}
    unread: list[str] = []
    for effect, say, phrase in _clauses(text):
        rule = (
            _always(say, phrase, vocabulary)
            if effect == "always"
            else _never(say, phrase, vocabulary)
        )
        if rule is None:
            unread.append(say)
        else:
            rules.setdefault((effect, phrase.casefold()), rule)
    if len(rules) > RULES_MAX:
        reason = f"the text asks for {len(rules)} rules; {RULES_MAX} are the most"
        raise TermsInvalid(reason)
    return Read(tuple(rules.values()), tuple(unread))


def _clauses(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (effect, the words as written, what they are about) of each clause."""
    for sentence in re.split(r"[.;!?\n。；！？]+", text):
        effect = "never"
        for clause in _BREAKS.split(sentence):
            for part in _JOINED.split(clause):
                said = part.strip()
                always, never = _ALWAYS.search(said), _NEVER.search(said)
                if always and not (never and never.start() < always.start()):
                    effect = "always"
                elif never:
                    effect = "never"
                bare = _ALWAYS.sub(" ", _NEVER.sub(" ", said))
                phrase = " ".join(_FILLERS.sub(" ", bare.casefold()).split())
                phrase = phrase.strip("\"'“”‘’()- ")
                if phrase:
                    yield effect, said[:_SAY_CHARACTERS_MAX], phrase


def _never(say: str, phrase: str, vocabulary: Vocabulary) -> Rule | None:
    if len(phrase) > _PHRASE_CHARACTERS_MAX or _ONLY.search(say.casefold()):
        return None
    found = topics.named(phrase)
    concepts = [Concept("topic", one.name) for one in found]
    concepts += [one for one in vocabulary.meanings(phrase) if one not in concepts]
    return Rule(effect="never", say=say, concepts=tuple(concepts), words=(phrase,))


def _always(say: str, phrase: str, vocabulary: Vocabulary) -> Rule | None:
    garments = [one for one in vocabulary.meanings(phrase) if one.aspect == "garment"]
    if not garments:
        return None
    return Rule(effect="always", say=say, concepts=(garments[0],), colour=vocabulary.colour(phrase))

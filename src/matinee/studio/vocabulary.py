"""What the words of a phrase are called in the film language: the writer's tables, for likenesses.

People say what they do not want to be seen with in words of their own. The exact word is found in
the lexicon of any language that has one; a general English word ("weapon", "vehicle") gives every
thing of the repertoire that is a kind of it, by WordNet's tables.
"""

from collections.abc import Iterator, Mapping

from matinee.engine import Repertoire
from matinee.likeness.consent import Aspect, Concept

from .writer import kinds, spelling, word_tables, words

_ASPECTS: Mapping[str, Aspect] = {
    "garment": "garment",
    "prop": "prop",
    "place": "place",
    "animal": "animal",
    "style": "style",
    "weather": "weather",
}
_CONCEPTS_MAX = 60
_WORDS_KEPT = 50_000


class WriterVocabulary:
    """Looks words up as the offline writer does, for what a repertoire can show."""

    def __init__(self, repertoire: Repertoire) -> None:
        """Know what `repertoire` plays."""
        self._repertoire = repertoire
        self._words: dict[str, bool] = {}
        self._played: Mapping[Aspect, frozenset[str]] = {
            "garment": frozenset(repertoire.garments),
            "prop": frozenset(repertoire.props),
            "place": frozenset(repertoire.places),
            "animal": frozenset(repertoire.species),
            "style": frozenset(repertoire.styles),
            "action": frozenset(repertoire.actions),
        }

    def meanings(self, phrase: str) -> tuple[Concept, ...]:
        """Return what a phrase names, the exact before the approximate."""
        with words.played_by(self._repertoire):
            found = dict.fromkeys((*self._exact(phrase), *self._kinds_of(phrase)))
        return tuple(found)[:_CONCEPTS_MAX]

    def colour(self, phrase: str) -> str:
        """Return the colour that a phrase names, as #rrggbb, or empty."""
        with words.played_by(self._repertoire):
            for sense in _senses(phrase):
                if sense.kind == "colour":
                    return words.colours().get(sense.concept, "")
        return ""

    def is_word(self, word: str) -> bool:
        """Whether something in lower case is a word of a language, or a first name that many have.

        For rights: a name that is also a word is told from that word, and no word is a misspelt
        name.
        """
        known = self._words.get(word)
        if known is None:
            with words.played_by(self._repertoire):
                known = _is_word(word)
            if len(self._words) < _WORDS_KEPT:
                self._words[word] = known
        return known

    def _exact(self, phrase: str) -> Iterator[Concept]:
        senses = sorted(_senses(phrase), key=lambda sense: sense.approximate)
        for sense in senses:
            concept = self._concept(sense)
            if concept is not None and not sense.approximate:
                yield concept

    def _concept(self, sense: words.Sense) -> Concept | None:
        if sense.kind == "verb":
            verb = words.verbs().get(sense.concept)
            action = verb.action if verb is not None else sense.concept
            return Concept("action", action) if action in self._played["action"] else None
        aspect = _ASPECTS.get(sense.kind)
        if aspect is None:
            return None
        known = self._played.get(aspect)
        if known is not None and sense.concept not in known:
            return None
        return Concept(aspect, sense.concept)

    def _kinds_of(self, phrase: str) -> Iterator[Concept]:
        """Yield everything that is a kind of what an English noun names."""
        word = phrase.casefold()
        singular = next((one for one in _singulars(word) if kinds.is_noun(one)), "")
        if not singular:
            return
        for aspect in ("prop", "animal", "garment", "place"):
            for slug in sorted(self._played[aspect]):
                if kinds.is_kind_of(slug.replace("_", " "), singular):
                    yield Concept(aspect, slug)


def _senses(phrase: str) -> Iterator[words.Sense]:
    """Yield what the words of a phrase may mean, in the languages that it may be in."""
    tokens = phrase.casefold().split()
    for at in range(len(tokens)):
        for match in words.english().matches(tokens, at):
            yield from match.senses
    characters = list(phrase)
    for at in range(len(characters)):
        for match in words.chinese().matches(characters, at):
            yield from match.senses
    if any(tokens[at] in words.english() for at in range(len(tokens))):
        return
    # One or two words tell no language for sure, so every table is asked that has them.
    for column in word_tables.COLUMNS:
        for token in tokens:
            yield from word_tables.table_of(column).senses(word_tables.plain(token))


def _is_word(word: str) -> bool:
    if word in words.english() or word.capitalize() in words.first_names():
        return True
    if spelling.is_word(word) or word in words.first_names():
        return True
    characters = list(word)
    if any(match.length == len(characters) for match in words.chinese().matches(characters, 0)):
        return True
    return any(
        word_tables.table_of(column).senses(word_tables.plain(word))
        for column in word_tables.COLUMNS
    )


def _singulars(word: str) -> Iterator[str]:
    yield word
    for singular, plural in words.plurals().items():
        if plural == word:
            yield singular
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word[: -len(ending)] + instead

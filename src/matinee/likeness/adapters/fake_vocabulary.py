"""A vocabulary of a dozen words, for trying out rules without the writer's tables."""

from collections.abc import Mapping

from matinee.likeness.consent import Aspect, Concept

_WORDS: Mapping[str, tuple[Aspect, str]] = {
    "glasses": ("garment", "glasses"),
    "hat": ("garment", "hat"),
    "scarf": ("garment", "scarf"),
    "sword": ("prop", "sword"),
    "beach": ("place", "beach"),
    "dance": ("action", "dance"),
    "dancing": ("action", "dance"),
    "snake": ("animal", "snake"),
    "rain": ("weather", "rain"),
    "眼镜": ("garment", "glasses"),
}
_COLOURS = {"red": "#c0262d", "blue": "#2457a8", "红": "#c0262d"}


class FakeVocabulary:
    """Knows the words above and nothing else."""

    def meanings(self, phrase: str) -> tuple[Concept, ...]:
        """Return what the words of a phrase name, in the order of the table."""
        return tuple(
            dict.fromkeys(Concept(*meant) for word, meant in _WORDS.items() if word in phrase)
        )

    def colour(self, phrase: str) -> str:
        """Return the first colour that is in the phrase."""
        return next((colour for word, colour in _COLOURS.items() if word in phrase), "")

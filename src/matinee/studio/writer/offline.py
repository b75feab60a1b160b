"""The offline writer: grammar and lexicon, no network, no keys, no weights."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import structs

from matinee.film import Screenplay

from . import emoji, revising, words
from . import prompt as prompts
from .choice import Choice
from .composition import compose
from .guess import Guesser
from .language import detect
from .layout import asked_ms, passages
from .reading import read_passage
from .story import Story

if TYPE_CHECKING:
    from matinee.engine import Repertoire


class OfflineWriter:
    """Writes a screenplay from any prompt by lexicon and grammar.

    English and Chinese are read by a grammar of their own, a dozen other languages by a word
    table, the rest by meaning where multilingual embeddings are installed. Same arguments, same
    screenplay.
    """

    name = "offline"

    def write(
        self,
        prompt: str,
        *,
        repertoire: "Repertoire",
        language: str | None,
        seed: int,
        duration_ms: int | None,
    ) -> Screenplay:
        """Return the screenplay of a prompt.

        `language` None lets the writer find it out; `duration_ms` None lets the prompt and its
        content decide. Raises PromptEmpty, PromptTooLong and PromptControlCharacters.
        """
        checked = prompts.clean(prompt)
        with words.played_by(repertoire):
            return self._written(checked, repertoire, language, seed, duration_ms)

    def revise(
        self, play: Screenplay, request: str, *, repertoire: "Repertoire", seed: int
    ) -> Screenplay:
        """Return `play` with what `request` asks for changed; its notes say what became of it.

        Raises what `write` raises of a prompt.
        """
        return revising.revise(play, prompts.clean(request).text, repertoire=repertoire, seed=seed)

    def extend(
        self,
        play: Screenplay,
        request: str,
        *,
        repertoire: "Repertoire",
        seed: int,
        duration_ms: int | None,
    ) -> Screenplay:
        """Return `play` going on for `duration_ms` as `request` tells; what was there stays.

        Raises what `write` raises of a prompt.
        """
        told = prompts.clean(request).text
        return revising.extend(
            play, told, repertoire=repertoire, seed=seed, duration_ms=duration_ms
        )

    @staticmethod
    def _written(
        checked: prompts.Prompt,
        repertoire: "Repertoire",
        language: str | None,
        seed: int,
        duration_ms: int | None,
    ) -> Screenplay:
        written = detect(checked.text)
        spoken = language or written
        told, shown = emoji.spoken(checked.text, written)
        story = Story(told, spoken)
        story.duration_ms = asked_ms(told)
        guesser = Guesser()
        for passage in passages(told):
            read_passage(story, guesser, passage, written)
        if checked.invisible_count:
            story.note(
                "left_out",
                0,
                min(40, len(checked.text)),
                "",
                f"{checked.invisible_count} invisible characters were taken out of the prompt",
            )
        choice = Choice(checked.text, spoken, seed)
        play = compose(story, repertoire, choice, duration_ms=duration_ms)
        return _as_it_was_written(play, checked.text, shown) if told != checked.text else play


def _as_it_was_written(play: Screenplay, prompt: str, shown: Mapping[str, str]) -> Screenplay:
    """Return a screenplay that quotes the emoji of its prompt, and not the words for them."""
    notes = tuple(
        structs.replace(note, phrase=next((shown[w] for w in shown if w in note.phrase), ""))
        if note.phrase not in prompt
        else note
        for note in play.notes
    )
    return structs.replace(play, prompt=prompt, notes=notes)

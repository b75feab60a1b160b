"""Films in other languages: what is said and written is translated, and read anew or captioned.

A film in another language is a film of its own, made from the first: its lines are spoken by voices
of that language, and lips and shots fit them. Its maker may show it together with the first one:
whoever sees that then chooses what to hear. Captions alone are a track of the film that is there.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import msgspec

from matinee.film import Screenplay, Shot
from matinee.film.screenplay import NOTES_MAX, Note
from matinee.film.shot import Speech, Word
from matinee.kit.blobs import Blobs
from matinee.kit.db import Session
from matinee.trust import Rating

from . import spoken_store, store
from .errors import CaptionsMissing, TranslationFailed, TranslatorMissing, VersionUnfit
from .model import CaptionTrack, Film, Translator

LINE_CHARACTERS_MAX, TITLE_CHARACTERS_MAX = 600, 120
FILM_TITLE_CHARACTERS_MAX = 200


def translator_for(translators: Sequence[Translator], source: str, target: str) -> Translator:
    """Return the first translator that has a pair of languages; raises TranslatorMissing."""
    for translator in translators:
        if translator.translates(source, target):
            return translator
    raise TranslatorMissing(source, target)


def translated(play: Screenplay, target: str, translators: Sequence[Translator]) -> Screenplay:
    """Return a screenplay whose titles are written and whose lines are said in another language.

    A note says who translated. Raises TranslatorMissing, TranslationFailed and TranslationRefused.
    """
    wanted = _texts(play, target)
    if not wanted:
        return play
    told: dict[tuple[str, str], str] = {}
    used: list[Translator] = []
    for source, texts in wanted.items():
        translator = translator_for(translators, source, target)
        found = translator.translate(texts, source=source, target=target)
        _check(translator, texts, found)
        told |= {(source, text): other for text, other in zip(texts, found, strict=True)}
        used.append(translator)

    def other(text: str, language: str, limit: int) -> str:
        found = told.get((language, text), text)
        if len(found) > limit:
            reason = f"a translation has {len(found)} characters, more than {limit}"
            raise TranslationFailed(used[0].name, reason)
        return found

    beats = tuple(
        msgspec.structs.replace(
            beat,
            title=other(beat.title, play.language, TITLE_CHARACTERS_MAX),
            lines=tuple(
                msgspec.structs.replace(
                    line,
                    text=other(line.text, line.language, LINE_CHARACTERS_MAX),
                    language=target,
                )
                for line in beat.lines
            ),
            # A translated line lasts as long as it lasts.
            duration_ms=0 if beat.lines else beat.duration_ms,
        )
        for beat in play.beats
    )
    notes = tuple(
        Note(
            status="approximated",
            phrase=play.title,
            meaning=f"said in {target!r}",
            reason=f"translated by {name}; nobody has checked it",
        )
        for name in dict.fromkeys(one.name for one in used)
    )
    return msgspec.structs.replace(
        play,
        title=other(play.title, play.language, FILM_TITLE_CHARACTERS_MAX),
        language=target,
        beats=beats,
        notes=(*play.notes[: NOTES_MAX - len(notes)], *notes),
    )


def translated_speeches(
    shots: Sequence[Shot], target: str, translators: Sequence[Translator]
) -> tuple[tuple[Shot, ...], tuple[str, ...]]:
    """Return shots whose speeches are written in another language, and the translators' names.

    Words are spread over the time of what is said in proportion to their letters: nobody says
    them. Raises TranslatorMissing, TranslationFailed and TranslationRefused.
    """
    wanted: dict[str, list[str]] = {}
    for shot in shots:
        for speech in shot.speeches:
            if speech.language != target and speech.text not in wanted.get(speech.language, ()):
                wanted.setdefault(speech.language, []).append(speech.text)
    told: dict[tuple[str, str], str] = {}
    names: list[str] = []
    for source, texts in wanted.items():
        translator = translator_for(translators, source, target)
        found = translator.translate(texts, source=source, target=target)
        _check(translator, texts, found)
        told |= {(source, text): other for text, other in zip(texts, found, strict=True)}
        names.append(translator.name)
    moved = tuple(
        msgspec.structs.replace(
            shot,
            speeches=tuple(
                _retold(speech, told.get((speech.language, speech.text), speech.text), target)
                for speech in shot.speeches
            ),
        )
        for shot in shots
    )
    return moved, tuple(dict.fromkeys(names))


def keep_captions(
    session: Session, film_id: str, track: CaptionTrack, written: bytes, *, blobs: Blobs
) -> CaptionTrack:
    """Keep a film's captions in a language, in place of those that it had."""
    store.hold_blobs(session, alone=False)
    kept = replace(track, captions=blobs.put_bytes(written, suffix=".vtt").key)
    store.set_caption_track(session, film_id, kept)
    return kept


def caption_tracks(session: Session, film_id: str) -> tuple[CaptionTrack, ...]:
    """Return the captions that a film has, its own first; raises FilmNotFound."""
    film = store.film_by_id(session, film_id)
    own = (CaptionTrack(language=film.language, captions=film.captions),) if film.captions else ()
    return (*own, *store.caption_tracks(session, film_id))


def captions_in(session: Session, film_id: str, language: str) -> CaptionTrack:
    """Return a film's captions in a language; raises FilmNotFound and CaptionsMissing."""
    tracks = caption_tracks(session, film_id)
    for track in tracks:
        if track.language == language:
            return track
    raise CaptionsMissing(film_id, language, tuple(track.language for track in tracks))


def release(session: Session, film: Film, version: Film) -> None:
    """Show a film in another language together with the one it was made from.

    Both are of one maker, who is not asked here. Raises VersionUnfit.
    """
    origin = version.request.origin
    if origin is None or origin.how != "translation" or origin.film != film.id:
        raise VersionUnfit(film.id, version.id, "it is no translation of it")
    if version.status != "completed" or film.status != "completed":
        raise VersionUnfit(film.id, version.id, "both have to be finished")
    ratings = get_args(Rating)
    if ratings.index(version.rating) > ratings.index(film.rating):
        raise VersionUnfit(film.id, version.id, f"it is rated {version.rating}")
    spoken_store.release(session, film.id, version)


def sources(play: Screenplay, target: str) -> tuple[str, ...]:
    """Return the languages in which something is said or written that is not the target's."""
    return tuple(_texts(play, target))


def _texts(play: Screenplay, target: str) -> dict[str, list[str]]:
    """Return what is said and written, once each, by the language that it is in."""
    found: dict[str, list[str]] = {}

    def add(text: str, language: str) -> None:
        if text and language != target and text not in found.setdefault(language, []):
            found[language].append(text)

    for beat in play.beats:
        add(beat.title, play.language)
        for line in beat.lines:
            add(line.text, line.language)
    if found:
        add(play.title, play.language)
    return {language: texts for language, texts in found.items() if texts}


def _check(translator: Translator, texts: Sequence[str], found: Sequence[str]) -> None:
    if len(found) != len(texts) or not all(one.strip() for one in found):
        reason = f"it gave {len(found)} texts for {len(texts)}, or empty ones"
        raise TranslationFailed(translator.name, reason)


def _retold(speech: Speech, text: str, language: str) -> Speech:
    pieces = _pieces(text)
    letters = sum(len(piece) for piece in pieces)
    words: list[Word] = []
    so_far = 0
    for piece in pieces:
        start_ms = speech.duration_ms * so_far // letters
        so_far += len(piece)
        words.append(Word(piece, start_ms, speech.duration_ms * so_far // letters))
    return msgspec.structs.replace(
        speech, text=text, language=language, words=tuple(words), phonemes=()
    )


def _pieces(text: str) -> list[str]:
    """Cut a text at its spaces; a script without spaces letter by letter, marks to their letter."""
    spaced = text.split()
    if len(spaced) > 1 or text.isascii():
        return spaced or [text]
    pieces: list[str] = []
    for letter in text:
        if pieces and not letter.isalnum():
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces

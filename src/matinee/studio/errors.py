"""What can go wrong between a prompt and its film."""

import math
from datetime import datetime

from matinee.film import FrameRate
from matinee.kit.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    Throttled,
    Unavailable,
)

SHOWN_CHARACTERS = 80


class FilmNotFound(NotFound):
    """No film has this id."""

    code = "studio.film_not_found"

    def __init__(self, film_id: str) -> None:
        """Name the id that was asked for."""
        super().__init__(f"There is no film {film_id!r}. List the films to see their ids.")


class FilmWithdrawn(Gone):
    """A film was taken back by somebody who is in it, or taken down by a moderator."""

    code = "studio.film_withdrawn"

    def __init__(self, film_id: str) -> None:
        """Name the film."""
        super().__init__(
            f"The film {film_id!r} was withdrawn: somebody who is in it took it back, or a "
            "moderator took it down. Its pictures and sound are deleted."
        )


class CharactersTooMany(Invalid):
    """More people are asked for than a screenplay holds."""

    code = "studio.characters_too_many"

    def __init__(self, count: int, most: int) -> None:
        """Name both numbers."""
        super().__init__(
            f"{count} people and characters are asked for; a film shows at most {most} by name.",
            param="people",
        )


class LikenessStaysHere(Forbidden):
    """A film would send somebody's likeness to an engine elsewhere."""

    code = "studio.likeness_stays_here"

    def __init__(self, handle: str) -> None:
        """Name whose likeness it is."""
        super().__init__(
            f"The likeness of @{handle} does not leave this house, and this engine works "
            "elsewhere. Make the film on the stage.",
            handle=handle,
        )


class UploadUnusable(Invalid):
    """A file that was sent cannot become a film."""

    code = "studio.upload_unusable"

    def __init__(self, reason: str) -> None:
        """Name the reason."""
        super().__init__(
            f"This file cannot be posted as a film: {reason}. Send a film of at most three minutes "
            "that plays elsewhere, as MP4, MOV, WebM or MKV."
        )


class TitleUnusable(Invalid):
    """A film is sent without a title, or with one that cannot be shown."""

    code = "studio.title_unusable"

    def __init__(self, characters_max: int) -> None:
        """Name the limit."""
        super().__init__(
            f"Give the film a title of 1 to {characters_max} characters.", param="title"
        )


class FilmNotReady(Conflict):
    """A film is asked for its picture before it is finished, or after it failed."""

    code = "studio.film_not_ready"

    def __init__(self, film_id: str, status: str) -> None:
        """Name the film and the state it is in."""
        super().__init__(
            f"The film {film_id!r} cannot be played yet: it is {status}. "
            "Wait until its status is completed, or make it again if it failed."
        )


def unready(film_id: str, status: str) -> FilmNotReady | FilmWithdrawn:
    """Return why nothing can be made of a film that is not completed."""
    return FilmWithdrawn(film_id) if status == "withdrawn" else FilmNotReady(film_id, status)


class EditInvalid(Invalid):
    """An operation of an edit names a place that the screenplay does not have."""

    code = "studio.edit_invalid"

    def __init__(self, number: int, path: str, reason: str) -> None:
        """Name the operation, counted from 0, and its path."""
        shown = path[:SHOWN_CHARACTERS]
        super().__init__(
            f"Operation {number} cannot be carried out at {shown!r}: {reason}. Read the screenplay "
            "again and correct the path.",
            param=shown,
        )


class PartUnknown(Invalid):
    """A screenplay asks for a place, thing, deed or voice that nobody here can play."""

    code = "studio.part_unknown"

    def __init__(self, kind: str, slug: str, path: str, near: tuple[str, ...]) -> None:
        """Name it, its path and what comes near."""
        super().__init__(
            f"There is no {kind} {slug[:SHOWN_CHARACTERS]!r} (at {path}). Near it are: "
            f"{', '.join(near)}.",
            param=path,
        )


class NothingChanged(Invalid):
    """An edit leaves a film as it is."""

    code = "studio.nothing_changed"

    def __init__(self, film_id: str) -> None:
        """Name the film."""
        super().__init__(
            f"The edit leaves the film {film_id!r} as it is, so there is nothing to make. Change a "
            "line, a colour, a camera, or roll a shot again."
        )


class ScreenplayChanged(Conflict):
    """An edit was made on another screenplay than the one that it is for."""

    code = "studio.screenplay_changed"

    def __init__(self, film_id: str, read: str, current: str) -> None:
        """Name the film and both digests."""
        super().__init__(
            f"The screenplay of the film {film_id!r} is {current}, not {read[:SHOWN_CHARACTERS]}. "
            "Nothing was changed: read it again, make the edit on it, and send it with its digest.",
            film_id=film_id,
            current=current,
        )


class EditConflict(Conflict):
    """Two edits of one film change the same shot in different ways."""

    code = "studio.edit_conflict"

    def __init__(self, film_id: str, newer: str, parts: tuple[str, ...]) -> None:
        """Name the film, its newer version, and what both change."""
        super().__init__(
            f"The film {film_id!r} was edited meanwhile: its newer version is {newer!r}, and both "
            f"edits change {', '.join(parts[:8])}. Nothing is lost: read the newer screenplay and "
            "make the edit on it, or send the edit without a digest to keep both as versions.",
            film_id=film_id,
            newer=newer,
        )


class SegmentNotFound(NotFound):
    """A stream has no such playlist or segment."""

    code = "studio.segment_not_found"

    def __init__(self, name: str) -> None:
        """Name what was asked for."""
        super().__init__(
            f"The stream has no {name[:SHOWN_CHARACTERS]!r}. Follow the addresses in its playlists."
        )


class RangeInvalid(Invalid):
    """A part of a film is asked for that it does not have."""

    code = "studio.range_invalid"

    def __init__(self, start_ms: int, end_ms: int, length_ms: int) -> None:
        """Name the part and how long the film is."""
        super().__init__(
            f"From {start_ms / 1000:g} s to {end_ms / 1000:g} s is no part of a film of "
            f"{length_ms / 1000:g} s: begin before it ends, and end before the film does."
        )


class StitchInvalid(Invalid):
    """Too few or too many films are to be stitched together."""

    code = "studio.stitch_invalid"

    def __init__(self, count: int, most: int) -> None:
        """Name how many there are."""
        super().__init__(f"{count} films cannot be stitched together: name 2 to {most}.")


class FilmsDiffer(Conflict):
    """Films of different size or rate cannot be stitched together as they are."""

    code = "studio.films_differ"

    def __init__(
        self, one: tuple[str, object, FrameRate], other: tuple[str, object, FrameRate]
    ) -> None:
        """Name both films with their sizes and rates."""
        shapes = [
            f"{film_id!r} is {size} at {float(rate.fraction):g} frames a second"
            for film_id, size, rate in (one, other)
        ]
        super().__init__(
            f"These films do not fit together: {' and '.join(shapes)}. Reframe one to the other's "
            "size, or stitch them with conform, which encodes the later ones again."
        )


class ScreenplayMissing(Conflict):
    """A film has no screenplay that could be edited."""

    code = "studio.screenplay_missing"

    def __init__(self, film_id: str) -> None:
        """Name the film."""
        super().__init__(
            f"The film {film_id!r} has no screenplay of its own: it was stopped before one was "
            "written, or stitched from films whose screenplays do not fit into one. Edit a film "
            "that it was made from."
        )


class ExtensionsExhausted(Conflict):
    """A film was extended as often as films can be."""

    code = "studio.extensions_exhausted"

    def __init__(self, film_id: str, most: int) -> None:
        """Name the film and the limit."""
        super().__init__(
            f"The film {film_id!r} has been extended {most} times, which is as often as a film "
            "can be. Make a new film, or extend an earlier one."
        )


class FilmEnded(Conflict):
    """A film that has ended cannot be cancelled."""

    code = "studio.film_ended"

    def __init__(self, film_id: str, status: str) -> None:
        """Name the film and how it ended."""
        super().__init__(f"The film {film_id!r} has ended ({status}); there is nothing to cancel.")


class FilmCancelled(Conflict):
    """The maker cancelled the film while it was being made."""

    code = "studio.film_cancelled"

    def __init__(self) -> None:
        """Say what is kept."""
        super().__init__("The film was cancelled. Finished shots are kept for the next attempt.")


class QuotaReached(Throttled):
    """Somebody has as many unfinished films as they may have at the same time."""

    code = "studio.quota_reached"

    def __init__(self, most: int, *, retry_after_s: int) -> None:
        """Say how many there may be."""
        super().__init__(
            f"You have {most} films that are queued or in the making, which is as many as you may "
            "have at the same time: none is left. One more is possible as soon as one has ended, "
            "or is cancelled or deleted.",
            retry_after_s=retry_after_s,
        )


class QuotaUsedUp(Throttled):
    """Somebody asked for as many films in 24 hours as their plan allows."""

    code = "studio.quota_used_up"

    def __init__(self, plan: str, most: int, *, again_at: datetime, at: datetime) -> None:
        """Say how many there may be, and when the next one is possible."""
        super().__init__(
            f"The plan {plan!r} allows {most} films in 24 hours, and none is left. The next one is "
            f"possible at {again_at:%Y-%m-%d %H:%M} UTC.",
            retry_after_s=max(1, math.ceil((again_at - at).total_seconds())),
        )


class FilmTooLong(Forbidden):
    """A film would be longer than its maker's plan allows."""

    code = "studio.film_too_long"

    def __init__(self, duration_ms: int, most_ms: int) -> None:
        """Say how long it would be and how long it may be."""
        super().__init__(
            f"This film would be {duration_ms / 1000:g} s long, and your plan allows films of up "
            f"to {most_ms / 1000:g} s. Ask for a shorter one, or the operator for another plan.",
            duration_ms=duration_ms,
            most_ms=most_ms,
        )


class NotTheMaker(Forbidden):
    """Somebody wants to change or delete a film that another person made."""

    code = "studio.not_the_maker"

    def __init__(self, film_id: str) -> None:
        """Name the film."""
        super().__init__(
            f"The film {film_id!r} was made by somebody else, who alone may change or delete it. "
            "If it was posted for remixing, remix its post.",
            film_id=film_id,
        )


class ScreenplayClosed(Forbidden):
    """Somebody who may see a film wants to read what it was made from."""

    code = "studio.screenplay_closed"

    def __init__(self, film_id: str) -> None:
        """Name the film."""
        super().__init__(
            f"The screenplay of the film {film_id!r} is read by its maker, and by others once its "
            "maker has posted it for remixing.",
            film_id=film_id,
        )


class TakeMissing(Unavailable):
    """A film cannot be cut because takes of some of its shots are gone."""

    code = "studio.take_missing"

    def __init__(self, count: int) -> None:
        """Say how many are missing."""
        super().__init__(
            f"{count} of the film's takes are missing, so it cannot be cut. Make it again: "
            "what is still there is not rendered twice."
        )


class DurationInvalid(Invalid):
    """A film of this length cannot be made."""

    code = "studio.duration_invalid"

    def __init__(self, seconds: str, longest_s: int) -> None:
        """Name the refused length and the longest allowed."""
        super().__init__(
            f"A film of {seconds} seconds cannot be made: ask for 1 to {longest_s} seconds."
        )


class SeedInvalid(Invalid):
    """A seed is out of range."""

    code = "studio.seed_invalid"

    def __init__(self, seed: int) -> None:
        """Name the refused seed."""
        super().__init__(
            f"The seed {seed} is out of range: give a whole number from 0 to 2^31 - 1."
        )


class LanguageInvalid(Invalid):
    """A language is not written as a tag."""

    code = "studio.language_invalid"

    def __init__(self, tag: str) -> None:
        """Name the refused tag."""
        super().__init__(
            f"The language {tag[:SHOWN_CHARACTERS]!r} is not a tag: write en, zh or pt-BR, or "
            "leave it out to have it found out.",
            param="language",
        )


class WriterUnknown(Invalid):
    """No writer has this name."""

    code = "studio.writer_unknown"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Name the refused writer and the ones there are."""
        super().__init__(
            f"There is no writer {name[:SHOWN_CHARACTERS]!r}. The writers here are: "
            f"{', '.join(known)}."
        )


class ModelUnknown(Invalid):
    """No engine has this name."""

    code = "studio.model_unknown"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Name the refused model and the ones there are."""
        super().__init__(
            f"There is no model {name[:SHOWN_CHARACTERS]!r}. The models here are: "
            f"{', '.join(known)}."
        )


class StyleUnknown(Invalid):
    """No picture style has this name."""

    code = "studio.style_unknown"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Name the refused style and the ones there are."""
        super().__init__(
            f"There is no style {name[:SHOWN_CHARACTERS]!r}. The styles here are: "
            f"{', '.join(known)}."
        )


class VoiceUnknown(Invalid):
    """No voice has this name."""

    code = "studio.voice_unknown"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Name the refused voice and the ones there are."""
        super().__init__(
            f"There is no voice {name[:SHOWN_CHARACTERS]!r}. The voices here are: "
            f"{', '.join(known)}."
        )


class ComparisonMissing(NotFound):
    """A film has no finished shots to show beside their drafts."""

    code = "studio.comparison_missing"

    def __init__(self) -> None:
        """Say how there come to be some."""
        super().__init__(
            "There is nothing to compare: finish shots of a film on another engine first, and "
            "compare the film that comes of it."
        )


class ShotUnknown(Invalid):
    """A film has no shot of this number."""

    code = "studio.shot_unknown"

    def __init__(self, number: int, count: int) -> None:
        """Name the number that was asked for and how many there are."""
        super().__init__(
            f"There is no shot {number}: the film has {count}, counted from 1.", param="shots"
        )


class MakingFailed(Unavailable):
    """A fault of the program stopped a film; what was finished is kept."""

    code = "studio.making_failed"

    def __init__(self, reason: str) -> None:
        """Name the fault."""
        super().__init__(
            f"The film stopped at a fault of the program: {reason}. Finished shots are kept; "
            "make it again to go on from there, and report the fault if it returns."
        )


class DownloadsBusy(Unavailable):
    """Too many copies to take away are being made at once."""

    code = "studio.downloads_busy"

    def __init__(self) -> None:
        super().__init__(
            "Several copies to take away are being made at the moment. Ask again in a minute; a "
            "copy that was made before is sent at once."
        )


class TranslatorMissing(Unavailable):
    """Nobody here translates from the film's language into the one that is asked for."""

    code = "studio.translator_missing"

    def __init__(self, source: str, target: str) -> None:
        """Name both languages and what to install."""
        super().__init__(
            f"Nobody here translates from {source!r} to {target!r}. Set MATINEE_WRITER_URL to a "
            "server that speaks OpenAI's chat completions, or install argostranslate with a "
            "package for this pair of languages.",
            source=source,
            target=target,
        )


class TranslationFailed(Unavailable):
    """A translator did not answer, or answered with something that is no translation."""

    code = "studio.translation_failed"

    def __init__(self, translator: str, reason: str) -> None:
        """Name the translator and say what happened."""
        super().__init__(
            f"The translator {translator!r} did not translate the film: {reason}. Nothing was "
            "changed; try again later.",
            translator=translator,
            reason=reason,
        )


class TranslationRefused(Invalid):
    """A translator declines what is said in the film."""

    code = "studio.translation_refused"

    def __init__(self, translator: str, reason: str) -> None:
        """Repeat the reason that the translator gives."""
        super().__init__(
            f"The translator {translator!r} declined what is said in this film: {reason!r}. "
            "Change the lines, or hand in a screenplay in the other language.",
            translator=translator,
            reason=reason,
        )


class NothingToTranslate(Conflict):
    """A film says and writes nothing, or is in that language already."""

    code = "studio.nothing_to_translate"

    def __init__(self, film_id: str, language: str) -> None:
        """Name the film and the language."""
        super().__init__(
            f"Nothing in the film {film_id!r} is to be translated to {language!r}: it says "
            "nothing, or is in that language already.",
        )


class VersionUnfit(Conflict):
    """A film cannot be shown as another one in a different language."""

    code = "studio.version_unfit"

    def __init__(self, film_id: str, version_id: str, reason: str) -> None:
        """Name both films and what stands in the way."""
        super().__init__(
            f"The film {version_id!r} cannot be shown as {film_id!r} in another language: {reason}."
        )


class CaptionsMissing(NotFound):
    """A film has no captions in this language."""

    code = "studio.captions_missing"

    def __init__(self, film_id: str, language: str, known: tuple[str, ...]) -> None:
        """Name the languages that it has."""
        super().__init__(
            f"The film {film_id!r} has no captions in {language!r}; it has them in: "
            f"{', '.join(known) or 'no language'}. Have them translated with "
            f"POST /v1/films/{film_id}/captions.",
        )

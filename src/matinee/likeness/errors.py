"""What can go wrong with captures, consent and revocation; each says what to do."""

from matinee.kit.errors import Conflict, Forbidden, Gone, Invalid, NotFound, Unavailable

SHOWN_CHARACTERS = 80


class CaptureNotFound(NotFound):
    """No capture of this person has this id."""

    code = "likeness.capture_not_found"

    def __init__(self, capture: str) -> None:
        """Name the id that was asked for."""
        super().__init__(
            f"There is no capture {capture[:SHOWN_CHARACTERS]!r}. Begin one: "
            "POST /api/likeness/captures.",
        )


class CaptureUsed(Conflict):
    """A challenge is for one clip only."""

    code = "likeness.capture_used"

    def __init__(self, status: str) -> None:
        """Say what became of the capture."""
        super().__init__(
            f"This capture already has its clip ({status}). Begin a new one for another clip.",
        )


class CaptureExpired(Conflict):
    """The clip came too late for its challenge."""

    code = "likeness.capture_expired"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__(
            "The numbers and turns of this capture are too old. Begin a new capture and record "
            "again: they are new each time, so that an old clip is of no use to anybody.",
        )


class CapturesTooMany(Conflict):
    """Somebody tried to be captured too often in a day."""

    code = "likeness.captures_too_many"

    def __init__(self, most: int) -> None:
        """Name the limit."""
        super().__init__(f"There were {most} attempts in the last day. Try again tomorrow.")


class MinorsNotCaptured(Forbidden):
    """Likenesses of minors are not kept."""

    code = "likeness.minor"

    def __init__(self) -> None:
        """Say it plainly."""
        super().__init__(
            "Likenesses are for adults: nobody under eighteen is captured, or shown from a photo."
        )


class CaptureRefused(Invalid):
    """A clip will not do; never raised itself. Its message is for whoever recorded it."""


class ClipUnreadable(CaptureRefused):
    """What was sent is no video with sound."""

    code = "likeness.clip_unreadable"

    def __init__(self, reason: str) -> None:
        """Say what it is not."""
        super().__init__(
            f"The clip cannot be used: {reason}. Record again; MP4 and WebM with sound will do."
        )


class ClipTooLong(CaptureRefused):
    """The clip is longer than anybody needs."""

    code = "likeness.clip_too_long"

    def __init__(self, duration_ms: int, most_ms: int) -> None:
        """Name both lengths."""
        super().__init__(
            f"The clip lasts {duration_ms / 1000:g} s; {most_ms / 1000:g} s are the most. Say the "
            "numbers and turn your head, then stop."
        )


class ClipTooShort(CaptureRefused):
    """The clip is too short to show anything."""

    code = "likeness.clip_too_short"

    def __init__(self, duration_ms: int, least_ms: int) -> None:
        """Name both lengths."""
        super().__init__(
            f"The clip lasts {duration_ms / 1000:g} s; it takes at least {least_ms / 1000:g} s to "
            "say the numbers and turn your head."
        )


class ClipTooHeavy(CaptureRefused):
    """The clip would unpack to more pixels than a capture may have."""

    code = "likeness.clip_too_heavy"

    def __init__(self, pixels: int, most: int) -> None:
        """Name both amounts, in millions."""
        super().__init__(
            f"The clip unpacks to {pixels // 1_000_000} million pixels; {most // 1_000_000} "
            "million are the most. Record at 1280x720 and 30 frames a second or less."
        )


class FaceMissing(CaptureRefused):
    """No face is seen for most of the clip."""

    code = "likeness.no_face"

    def __init__(self) -> None:
        """Say how to be seen."""
        super().__init__(
            "Your face is not seen for most of the clip. Sit so that it fills a quarter of the "
            "picture, with light from in front of you."
        )


class FacesSeveral(CaptureRefused):
    """More than one face is in the clip."""

    code = "likeness.two_faces"

    def __init__(self, count: int) -> None:
        """Say how many."""
        super().__init__(
            f"{count} faces are in the clip. Record it alone; posters and screens with faces "
            "behind you count as well."
        )


class DigitsWrong(CaptureRefused):
    """Other numbers were heard than were asked for."""

    code = "likeness.wrong_numbers"

    def __init__(self, heard: str) -> None:
        """Say what was heard."""
        told = f"“{' '.join(heard)}”" if heard else "none"
        super().__init__(
            f"The numbers that were heard ({told}) are not those that were asked for. Say each "
            "clearly, one after the other, in a quiet room."
        )


class TurnsWrong(CaptureRefused):
    """The head was turned in another way than was asked for."""

    code = "likeness.wrong_turns"

    def __init__(self, seen: tuple[str, ...]) -> None:
        """Say what was seen."""
        told = ", ".join(seen) or "none"
        super().__init__(
            f"The turns of the head that were seen ({told}) are not those that were asked for. "
            "Turn slowly, as far as you still see the screen, and back each time."
        )


class ClipReplayed(CaptureRefused):
    """The clip is an old one, or was filmed from a screen."""

    code = "likeness.replayed"

    def __init__(self) -> None:
        """Say what is needed."""
        super().__init__(
            "This clip, or one very much like it, was sent before, or it was filmed from a "
            "screen. A capture is recorded live, for its own numbers."
        )


class VoicesDiffer(CaptureRefused):
    """Somebody else speaks than is to be captured."""

    code = "likeness.different_voice"

    def __init__(self) -> None:
        """Say what is needed."""
        super().__init__(
            "More than one voice speaks, or another than in your last capture. Say the numbers "
            "yourself; delete your likeness first if the old one is not of you."
        )


class FacesDiffer(CaptureRefused):
    """Somebody else is seen than was captured before."""

    code = "likeness.different_face"

    def __init__(self) -> None:
        """Say what is needed."""
        super().__init__(
            "This is not the face of your last capture. A likeness is of one person; delete it "
            "first if the old one is not of you."
        )


class LikenessNotFound(NotFound):
    """No likeness that this person may know of has this id or handle."""

    code = "likeness.not_found"

    def __init__(self, named: str) -> None:
        """Name what was asked for."""
        super().__init__(
            f"There is no likeness {named[:SHOWN_CHARACTERS]!r}. Nobody of that handle was "
            "captured, and no character is kept under it.",
            param="people",
        )


class LikenessGone(Gone):
    """A likeness that a screenplay names was taken back."""

    code = "likeness.gone"

    def __init__(self, name: str) -> None:
        """Name the character that wore it."""
        super().__init__(
            f"The likeness that {name!r} wears was taken back by whoever it is of. Make the film "
            "with somebody else.",
        )


class LikenessRefused(Forbidden):
    """Somebody may not use a likeness."""

    code = "likeness.not_permitted"

    def __init__(self, handle: str, reason: str, passes: str) -> None:
        """Say why, and what would pass."""
        super().__init__(f"{reason} {passes}", handle=handle, passes=passes, param="people")


class RuleBroken(Forbidden):
    """A film would show somebody in what they do not want."""

    code = "likeness.rule_broken"

    def __init__(self, handle: str, say: str, found: str, passes: str) -> None:
        """Quote the rule, say what breaks it, and what would pass."""
        super().__init__(
            f"@{handle} does not want this: \u201c{say}\u201d. The film has {found}. {passes}",
            handle=handle,
            rule=say,
            found=found,
            passes=passes,
        )


class AppearanceWithdrawn(Forbidden):
    """A film is made from one that somebody in it took back."""

    code = "likeness.withdrawn"

    def __init__(self, handle: str) -> None:
        """Name who took it back."""
        super().__init__(
            f"@{handle} took back the film that this one is made from. Make a new one, without "
            "them or with their approval.",
            handle=handle,
        )


class RulesContradict(Invalid):
    """A preference asks for what a restriction forbids."""

    code = "likeness.rules_contradict"

    def __init__(self, always: str, never: str) -> None:
        """Quote both."""
        super().__init__(
            f"These rules contradict each other: \u201c{always}\u201d and \u201c{never}\u201d. "
            "Take one of them away.",
            param="rules",
        )


class TermsInvalid(Invalid):
    """What was said about a likeness cannot be kept."""

    code = "likeness.terms_invalid"

    def __init__(self, reason: str) -> None:
        """Say what is wrong."""
        super().__init__(f"The terms of the likeness cannot be kept: {reason}.")


class HandleTaken(Conflict):
    """Another character or person has this handle."""

    code = "likeness.handle_taken"

    def __init__(self, handle: str) -> None:
        """Name the handle."""
        super().__init__(
            f"@{handle[:SHOWN_CHARACTERS]} is somebody else already. Choose another handle.",
            param="handle",
        )


class AppearanceNotFound(NotFound):
    """A person is not in this film."""

    code = "likeness.appearance_not_found"

    def __init__(self, film: str) -> None:
        """Name the film."""
        super().__init__(f"You are not in the film {film[:SHOWN_CHARACTERS]!r}.")


class CharactersTooMany(Conflict):
    """Somebody keeps as many characters as anybody may."""

    code = "likeness.characters_too_many"

    def __init__(self, most: int) -> None:
        """Name the limit."""
        super().__init__(f"You keep {most} characters already. Delete one first.")


class CharactersTooOften(Conflict):
    """Somebody asked for too many characters in a day."""

    code = "likeness.characters_too_often"

    def __init__(self, most: int) -> None:
        """Name the limit."""
        super().__init__(f"You asked for {most} characters in the last day. Try again tomorrow.")


class CharacterWaits(Unavailable):
    """The clip of a character waits longer than a request does."""

    code = "likeness.character_waits"

    def __init__(self, character: str) -> None:
        """Name where it will be."""
        super().__init__(
            f"The clip of the character {character!r} waits to be looked at. Nothing was lost: it "
            "is kept under this id as soon as it was.",
            character_id=character,
        )


class AttestationMissing(Invalid):
    """A photo or clip shows a person, and nobody said whether they agree."""

    code = "likeness.attestation_missing"

    def __init__(self) -> None:
        """Say what to send."""
        super().__init__(
            "A person is seen in what you sent. Say that it is you, or that they agreed, and that "
            'nobody is under eighteen: attest={"people_in_photo": "me", "minors": "none"}, or '
            '"consented" in place of "me".',
            param="attest",
        )

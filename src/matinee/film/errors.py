"""What can be wrong with a document of the film language."""

from matinee.kit.errors import Invalid

SHOWN_CHARACTERS = 80


class ScreenplayInvalid(Invalid):
    """A screenplay refers to what it does not contain, or breaks a limit."""

    code = "film.screenplay_invalid"

    def __init__(self, reason: str) -> None:
        """Say what is wrong; `reason` names the place in the document and the value."""
        super().__init__(f"The screenplay does not hold together: {reason}. Correct that place.")


class DocumentInvalid(Invalid):
    """Bytes are not a document of the film language, or of a version from the future."""

    code = "film.document_invalid"

    def __init__(self, reason: str, place: str | None = None) -> None:
        """Say what is wrong with the document, and at which place (`$.beats[0].text`) if known."""
        super().__init__(
            f"This is not a document that Matinee can read: {reason}. "
            "Export it again from Matinee, or correct it by its JSON Schema.",
            **({} if place is None else {"param": place}),
        )


class FrameSizeInvalid(Invalid):
    """A picture size is malformed, odd or out of range."""

    code = "film.frame_size_invalid"

    def __init__(self, size: str) -> None:
        """Name the refused size."""
        super().__init__(
            f"The size {size[:SHOWN_CHARACTERS]!r} cannot be filmed: give WIDTHxHEIGHT with both "
            "sides even and between 64 and 4096, no larger than 3840x2160 in all, for example "
            "1280x720."
        )


class FrameRateInvalid(Invalid):
    """A frame rate is malformed or out of range."""

    code = "film.frame_rate_invalid"

    def __init__(self, rate: str) -> None:
        """Name the refused rate."""
        super().__init__(
            f"The frame rate {rate[:SHOWN_CHARACTERS]!r} cannot be filmed: give 1 to 120 frames "
            "per second in lowest terms, for example 24 or 30000/1001."
        )

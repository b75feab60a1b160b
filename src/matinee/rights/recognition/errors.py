"""What recognition refuses, each with its own code."""

from matinee.kit import errors


class FingerprintUnreadable(errors.Invalid):
    """Bytes are no fingerprint of a version that is known here."""

    code = "rights.fingerprint_unreadable"

    def __init__(self, fault: str) -> None:
        super().__init__(
            f"This fingerprint cannot be read: {fault}. Make it again from the film.", fault=fault
        )


class MediaUnreadable(errors.Invalid):
    """A file holds neither a picture nor a sound that can be read."""

    code = "rights.media_unreadable"

    def __init__(self, fault: str) -> None:
        super().__init__(
            f"This file cannot be looked through for copies: {fault}. Send a video or a sound file "
            "that plays elsewhere.",
            fault=fault,
        )


class MediaTooLarge(errors.Invalid):
    """A file asks for more work than one upload may."""

    code = "rights.media_too_large"

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(
            f"This file cannot be looked through for copies: its {what} is above {limit}. Send a "
            "smaller or a shorter one.",
            what=what,
            limit=limit,
        )

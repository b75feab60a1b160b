"""Why a photo cannot be used, and what to do about it."""

from matinee.kit.errors import Invalid, NotFound


class PictureUnreadable(Invalid):
    """The bytes are no picture of a kind that is read here, or break off."""

    code = "engine.picture_unreadable"

    def __init__(self, reason: str) -> None:
        """Say what is wrong with it."""
        super().__init__(
            f"The photo could not be read: {reason}. Send a JPEG, PNG, WebP or AVIF file.",
            reason=reason,
        )


class PictureAnimated(Invalid):
    """The file holds several pictures, and nobody said which."""

    code = "engine.picture_animated"

    def __init__(self, frame_count: int) -> None:
        """Say how many there are."""
        super().__init__(
            f"The photo is an animation of {frame_count} frames. Send the one frame that the film "
            "is about, as a JPEG or PNG file.",
            frame_count=frame_count,
        )


class PictureTooLarge(Invalid):
    """The photo would take more memory than one photo may."""

    code = "engine.picture_too_large"

    def __init__(self, what: str, limit: str) -> None:
        """Say how large it is and what is allowed."""
        super().__init__(
            f"The photo is too large: {what}, and at most {limit} can be used. Scale it down; "
            "2000 pixels on the longer side are enough.",
            what=what,
            limit=limit,
        )


class PictureTooSmall(Invalid):
    """There is too little in the photo to make a film of."""

    code = "engine.picture_too_small"

    def __init__(self, width: int, height: int, least: int) -> None:
        """Say how small it is."""
        super().__init__(
            f"The photo has only {width} by {height} pixels. Both sides need at least {least}.",
            width=width,
            height=height,
        )


class PictureMissing(NotFound):
    """A shot names a photo that is not there any more."""

    code = "engine.picture_missing"

    def __init__(self, digest: str) -> None:
        """Say which."""
        super().__init__(
            f"The photo {digest[:12]} is not there any more. Make the film anew and send the photo "
            "again.",
            digest=digest,
        )

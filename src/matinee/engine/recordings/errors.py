"""Why a recording of somebody cannot be used, and what to do about it."""

from matinee.kit.errors import Invalid, Unavailable


class RecordingUnusable(Invalid):
    """A file is no recording of somebody that can be looked at."""

    code = "engine.recording_unusable"

    def __init__(self, reason: str) -> None:
        """Say what is wrong with it."""
        super().__init__(
            f"This recording cannot be used: {reason}. Record yourself anew, in a light room, for "
            "less than three quarters of a minute; WebM and MP4 files are read.",
            reason=reason,
        )


class RecordingTooLong(RecordingUnusable):
    """A recording goes on for longer than is looked at."""

    def __init__(self, duration_ms: int, most_ms: int) -> None:
        """Say how long it is, as far as it was read."""
        super().__init__(f"it is longer than {most_ms / 1000:.0f} seconds")
        self.duration_ms, self.most_ms = duration_ms, most_ms


class RecordingTooHeavy(RecordingUnusable):
    """A recording unpacks to more pictures than are looked at, or to larger ones."""

    def __init__(self, pixels: int, most: int) -> None:
        """Say how many pixels it unpacks to, as far as it was read."""
        super().__init__(f"it unpacks to more than {most / 1e6:.0f} million pixels")
        self.pixels, self.most = pixels, most


class NetworkMissing(Unavailable):
    """What looks at faces or listens to speech is not installed here."""

    code = "engine.network_not_installed"

    def __init__(self, what_for: str, missing: str) -> None:
        """Say what cannot be done, and what it needs."""
        super().__init__(
            f"It is not possible here to {what_for}: {missing} is not installed. The operator "
            "installs it with `make setup-all`.",
            missing=missing,
        )

"""Why a recording of somebody cannot be used, and what to do about it."""

from matinee.kit.errors import Invalid, Unavailable


class RecordingUnusable(Invalid):
    """A file is no recording of somebody that can be looked at."""

    code = "engine.recording_unusable"

    def __init__(self, reason: str) -> None:
        """Say what is wrong with it."""
        super().__init__(
            f"This recording cannot be used: {reason}. Record yourself anew, in a light room, for "
            "at most half a minute; WebM and MP4 files are read.",
            reason=reason,
        )


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

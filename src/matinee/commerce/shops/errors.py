"""What goes wrong between a shop and one elsewhere."""

from matinee.kit import errors

MESSAGE_BYTES_MAX = 2**20


class PlatformBusy(errors.Unavailable):
    """A platform asks to wait: too much was asked of it."""

    code = "commerce.platform_busy"

    def __init__(self, address: str, wait_s: float) -> None:
        """Say who, and for how long."""
        super().__init__(
            f"{address} asks to be left alone for {max(1, round(wait_s))} seconds. "
            "What waits is sent by itself afterwards."
        )
        self.wait_s = wait_s


class PlatformDown(errors.Unavailable):
    """A platform does not answer, or answers with a fault of its own.

    With ``begin_anew`` the reading that was under way is lost there, and begins from its start.
    """

    code = "commerce.platform_down"

    def __init__(self, address: str, reason: str, *, begin_anew: bool = False) -> None:
        """Say who, and what came."""
        self.begin_anew = begin_anew
        super().__init__(
            f"{address} cannot be reached: {reason}. It is tried again by itself; nothing is lost."
        )


class CredentialsRefused(errors.Forbidden):
    """A platform does not let us in."""

    code = "commerce.credentials_refused"

    def __init__(self, address: str, reason: str) -> None:
        """Say who, and why as far as it says."""
        super().__init__(
            f"{address} does not accept the credentials: {reason}. Check them with the platform, "
            "and join the shop again."
        )


class PlatformRefused(errors.Conflict):
    """A platform will never accept what it was told."""

    code = "commerce.platform_refused"

    def __init__(self, address: str, reason: str) -> None:
        """Say who, and why."""
        super().__init__(
            f"{address} refuses: {reason}. Mend the product or the order, then try it again."
        )


class ConnectionInvalid(errors.Invalid):
    """A shop elsewhere is described in a way that cannot be."""

    code = "commerce.connection_invalid"

    def __init__(self, what: str, reason: str) -> None:
        """Say which part, and why."""
        super().__init__(f"The shop elsewhere cannot be joined: {what}: {reason}.")


class ConnectionNotFound(errors.NotFound):
    """There is no such connection, or it is somebody else's."""

    code = "commerce.connection_not_found"

    def __init__(self, connection_id: str) -> None:
        """Say which."""
        super().__init__(f"No connection {connection_id[:80]!r} belongs to this shop. List them.")


class DifferenceNotFound(errors.NotFound):
    """There is no such difference any more."""

    code = "commerce.difference_not_found"

    def __init__(self, difference_id: str) -> None:
        """Say which."""
        super().__init__(
            f"No difference {difference_id[:80]!r} waits to be settled. List them again."
        )


class ErrandNotFailed(errors.Conflict):
    """Only what was refused is tried again by hand."""

    code = "commerce.errand_not_failed"

    def __init__(self, errand_id: str) -> None:
        """Say which."""
        super().__init__(
            f"The errand {errand_id[:80]!r} did not fail; it waits for its turn, or is done."
        )


class MessageRefused(errors.Forbidden):
    """A message that claims to come from a platform is not signed by it."""

    code = "commerce.message_refused"

    def __init__(self, reason: str) -> None:
        """Say why."""
        super().__init__(f"The message is not from the shop it names: {reason}.")


class MessageTooLarge(errors.Invalid):
    """A message of a platform is longer than any is."""

    code = "commerce.message_too_large"

    def __init__(self) -> None:
        """Say how long one may be."""
        super().__init__(f"A message has at most {MESSAGE_BYTES_MAX} bytes.")

"""What can be wrong with a prompt, and with a service that writes."""

from matinee.kit.errors import Invalid, Unavailable


class PromptEmpty(Invalid):
    """There is nothing to write a film from."""

    code = "studio.prompt_empty"

    def __init__(self) -> None:
        """Say what to give."""
        super().__init__(
            "The prompt is empty. Describe a place, somebody and what happens, for example: "
            "'An old fisherman repairs a lantern at dawn'."
        )


class PromptTooLong(Invalid):
    """A prompt has more characters than a screenplay can keep."""

    code = "studio.prompt_too_long"

    def __init__(self, characters: int, longest: int) -> None:
        """Name the length and the longest allowed."""
        super().__init__(
            f"The prompt has {characters} characters, more than {longest}. "
            "Shorten it, or make one film per scene.",
            characters=characters,
            longest=longest,
        )


class PromptControlCharacters(Invalid):
    """A prompt carries characters that steer terminals and parsers and no text needs."""

    code = "studio.prompt_control_characters"

    def __init__(self, code_point: int, index: int) -> None:
        """Name the first such character and where it stands."""
        super().__init__(
            f"The prompt has the control character U+{code_point:04X} at position {index}. "
            "Remove it; only tabs and line breaks may steer a text.",
            code_point=code_point,
            index=index,
        )


class WriterUnavailable(Unavailable):
    """The writing service does not answer, or has no room for this request."""

    code = "studio.writer_unavailable"

    def __init__(self, service: str, reason: str) -> None:
        """Name the service and what it said."""
        super().__init__(
            f"The writing service at {service} did not write the screenplay: {reason}. "
            "Try again later, or choose the writer 'offline', which needs no service.",
            service=service,
            reason=reason,
        )


class WriterMisconfigured(Unavailable):
    """The writing service refuses the key, the model or the form of the request."""

    code = "studio.writer_misconfigured"

    def __init__(self, service: str, status: int, reason: str) -> None:
        """Name the service, its answer and what to look at."""
        super().__init__(
            f"The writing service at {service} refused the request ({status}: {reason}). "
            "Check MATINEE_WRITER_URL, MATINEE_WRITER_KEY and MATINEE_WRITER_MODEL; the model must "
            "support structured output.",
            service=service,
            status=status,
            reason=reason,
        )


class WriterRefused(Invalid):
    """The writing service declines to write about this prompt."""

    code = "studio.writer_refused"

    def __init__(self, service: str, reason: str) -> None:
        """Repeat the reason that the service gives."""
        super().__init__(
            f"The writing service at {service} declined this prompt: {reason!r}. "
            "Change the prompt, or choose the writer 'offline'.",
            service=service,
            reason=reason,
        )


class WriterOutputInvalid(Unavailable):
    """The writing service answered with something that is no screenplay, more than once."""

    code = "studio.writer_output_invalid"

    def __init__(self, service: str, reason: str) -> None:
        """Say what was wrong with the answer."""
        super().__init__(
            f"The writing service at {service} gave no screenplay that holds together: {reason}. "
            "Try again, choose a larger model, or choose the writer 'offline'.",
            service=service,
            reason=reason,
        )

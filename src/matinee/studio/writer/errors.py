"""What can be wrong with a prompt."""

from matinee.kit.errors import Invalid


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

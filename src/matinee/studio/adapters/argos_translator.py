"""A translator on this machine: Argos Translate, where somebody installed it and its packages.

Nothing is downloaded here: `argospm install translate-en_es` is for whoever runs the machine.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from matinee.studio.errors import TranslationFailed

PACKAGE = "argostranslate"


def is_installed() -> bool:
    """Whether Argos Translate can be imported."""
    return find_spec(PACKAGE) is not None


class ArgosTranslator:
    """Translates with the Argos packages that are installed, by way of English if need be."""

    name = "argos"

    def translates(self, source: str, target: str) -> bool:
        """Whether packages lead from one language to the other."""
        return self._translation(source, target) is not None

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> tuple[str, ...]:
        """Return the translations; raises TranslationFailed."""
        translation = self._translation(source, target)
        if translation is None:
            reason = f"no package leads from {source!r} to {target!r}"
            raise TranslationFailed(self.name, reason)
        try:
            return tuple(str(translation.translate(text)) for text in texts)
        except (RuntimeError, ValueError, OSError) as error:
            raise TranslationFailed(self.name, str(error)) from error

    @staticmethod
    def _translation(source: str, target: str) -> Any:  # noqa: ANN401 - it has no types
        import argostranslate.translate as argos  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415 - optional, large

        codes = [tag.partition("-")[0] for tag in (source, target)]
        languages = {one.code: one for one in argos.get_installed_languages()}
        if not all(code in languages for code in codes):
            return None
        return languages[codes[0]].get_translation(languages[codes[1]])

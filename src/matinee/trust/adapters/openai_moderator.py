"""A moderator with eyes: any server that speaks OpenAI's ``/v1/moderations``.

Texts and pictures go there together, in as few requests as it takes. Its categories become rules of
the house's own; what it flags at a low score is rated in place of refused, so that a war film is
not a crime.
"""

import base64
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import httpx
import msgspec
from PIL import Image

from matinee.trust.errors import ModeratorUnavailable
from matinee.trust.model import (
    Material,
    Picture,
    Rating,
    Refusal,
    Verdict,
    strictest,
)
from matinee.trust.rules import house_rules

_TEXTS_PER_REQUEST = 32
_TIMEOUT_S = 30.0
_ANSWER_BYTES_MAX = 4 << 20
_JPEG_QUALITY = 80

# The categories of the protocol and the rules they stand for here.
_RULE_OF = {
    "sexual": "sexual_content",
    "sexual/minors": "sexual_minors",
    "hate": "hate",
    "hate/threatening": "hate",
    "harassment": "harassment",
    "harassment/threatening": "harassment",
    "self-harm": "self_harm",
    "self-harm/intent": "self_harm",
    "self-harm/instructions": "self_harm",
    "illicit": "dangerous_instructions",
    "illicit/violent": "dangerous_instructions",
    "violence/graphic": "cruelty",
}
# Flagged, but no reason to refuse by itself: for whom it is.
_RATING_OF: Mapping[str, Rating] = {"violence": "teen"}
_CERTAIN = 0.85
# These are refused however unsure the server is.
_ALWAYS = frozenset({"sexual_minors"})


class _Result(msgspec.Struct, frozen=True):
    categories: dict[str, bool | None] = msgspec.field(default_factory=dict)
    category_scores: dict[str, float | None] = msgspec.field(default_factory=dict)


class _Answer(msgspec.Struct, frozen=True):
    results: list[_Result]


@dataclass(frozen=True, kw_only=True)
class OpenAIModerator:
    """Asks a server at `url` (such as ``https://host/v1``) for its judgement.

    It sees the stills, one in a request.
    """

    url: str
    model: str = "omni-moderation-latest"
    key: str = field(default="", repr=False)
    transport: httpx.BaseTransport | None = None
    name: str = "openai"

    def judge(self, material: Material) -> Verdict:
        """Return the strictest verdict on all of the material; raises ModeratorUnavailable."""
        texts = [text for text in (*material.texts, *material.transcript) if text.strip()]
        verdicts: list[Verdict] = []
        for start in range(0, len(texts), _TEXTS_PER_REQUEST):
            some = texts[start : start + _TEXTS_PER_REQUEST]
            verdicts += self._asked(some, material.excused, expected=len(some))
        for picture in material.stills:
            shown = [{"type": "image_url", "image_url": {"url": _data_url(picture)}}]
            verdicts += self._asked(shown, material.excused, expected=1)
        return strictest(verdicts)

    def _asked(
        self, content: Sequence[object], excused: frozenset[str], *, expected: int
    ) -> Iterator[Verdict]:
        headers = {"authorization": f"Bearer {self.key}"} if self.key else {}
        try:
            with httpx.Client(transport=self.transport, timeout=_TIMEOUT_S) as client:
                answer = client.post(
                    f"{self.url.rstrip('/')}/moderations",
                    json={"model": self.model, "input": list(content)},
                    headers=headers,
                )
        except httpx.HTTPError as error:
            raise ModeratorUnavailable(f"{type(error).__name__}: {error}") from error
        if answer.status_code != httpx.codes.OK or len(answer.content) > _ANSWER_BYTES_MAX:
            raise ModeratorUnavailable(f"status {answer.status_code}")
        try:
            told = msgspec.json.decode(answer.content, type=_Answer)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise ModeratorUnavailable(f"no moderation: {error}") from error
        if len(told.results) != expected:
            raise ModeratorUnavailable(f"{len(told.results)} results for {expected} inputs")
        for result in told.results:
            yield from _verdicts(result, excused)


def _verdicts(result: _Result, excused: frozenset[str]) -> Iterator[Verdict]:
    rules = {one.rule.name: one.rule for one in house_rules().conditions if one.rule}
    for category, flagged in result.categories.items():
        if not flagged:
            continue
        name = _RULE_OF.get(category)
        if name is None:
            yield Verdict(rating=_RATING_OF.get(category, "mature"))
            continue
        sure = (result.category_scores.get(category) or 0.0) >= _CERTAIN
        if name in excused:
            continue
        if sure or name in _ALWAYS:
            why = rules[name].why.replace(" ({found})", "")
            yield Verdict(refusal=Refusal(rule=name, why=why, passes=rules[name].passes))
        else:
            yield Verdict(rating="mature")


def _data_url(picture: Picture) -> str:
    encoded = io.BytesIO()
    Image.fromarray(picture.rgb).save(encoded, "JPEG", quality=_JPEG_QUALITY)
    return "data:image/jpeg;base64," + base64.b64encode(encoded.getvalue()).decode()

"""The form of a prompt: prose, a shot list, or a script with scene headings and cues."""

import re
from dataclasses import dataclass
from typing import Literal

from . import words

Kind = Literal["prose", "shot", "heading", "speech", "title", "paragraph"]
SPEAKER_CHARACTERS_MAX = 40
_SHOT = re.compile(
    r"(?im)(?:^|(?<=[\s.;。；!！?？”\"」]))[\[(【*#]*\s*"
    r"(?:(?:shot|scene|beat|panel|clip|frame)\s*#?\s*(?:\d{1,3}|[ivx]{1,5}\b|one\b|two\b|three\b|"
    r"four\b|five\b|six\b)|(?:第\s*[一二三四五六七八九十\d]{1,3}\s*(?:个?镜头?|场景?|幕|个?画面))"
    r"|(?:镜头|分镜|画面|场景|シーン|カット)\s*[一二三四五六七八九十\d]{1,3})"
    r"\s*(?P<time>[(\[（][^)\]）\n]{1,24}[)\]）])?\s*[\])】*]*\s*(?:[:：.、\-–—]|(?=\s))[*\s]*"
)
_NUMBERED = re.compile(r"(?m)^[ \t]*(?:\d{1,2}[.)、．]|[-*•])[ \t]*(?=\S)")
_TIMED = re.compile(
    r"(?im)^[ \t]*[\[(]?\d{1,2}(?::\d\d)?\s*s?\s*[-–—~至到]\s*\d{1,2}(?::\d\d)?\s*"
    r"(?:s|sec|seconds|秒)?[\])]?\s*[:：\-–—]?\s*(?=\S)"
)
_HEADING = re.compile(
    r"(?m)^[ \t]*(?:INT|EXT|INT\.?/EXT|EXT\.?/INT|I/E|内景|外景|内|外)[.．、:：]?[ \t]+"
    r"(?P<place>[^\n]+)$"
)
_CUE = re.compile(r"(?m)^[ \t]*(?P<name>[A-Z][A-Z0-9 .'’-]{1,38})(?:\([^)\n]*\))?[ \t]*$")
_LABEL = re.compile(
    r"(?m)^[ \t]*[*_]*(?P<name>[^\W\d_][^\n:：\"“,，。.!！?？;；、]{0,39}?)[*_]*\s*"
    r"(?:\((?P<how>[^)\n]*)\)|"
    r"（(?P<how_zh>[^）\n]*)）)?[ \t]*[:：][ \t]*(?P<said>[^\n]+)$"
)
_TITLE = re.compile(r"(?im)^[ \t]*(?:title|标题|片名)[ \t]*[:：][ \t]*(?P<title>[^\n]{1,120})$")
_SECONDS = re.compile(r"(?i)(\d{1,3}(?:\.\d)?)\s*(?:s\b|sec|seconds?|秒)")
_SPAN = re.compile(r"(\d{1,2})(?::(\d\d))?\s*s?\s*[-–—~至到]\s*(\d{1,2})(?::(\d\d))?")


@dataclass(frozen=True)
class Passage:
    """A part of the prompt: `start` to `end` is what is read.

    `label` is the speaker or the heading, `duration_ms` what the label asks for, 0 for nothing.
    """

    kind: Kind
    start: int
    end: int
    label: str = ""
    label_start: int = 0
    duration_ms: int = 0
    how: str = ""
    scripted: bool = False


def passages(text: str) -> list[Passage]:
    """Split a prompt into passages in their order, nothing lost but labels and white space."""
    if _HEADING.search(text):
        return _script(text)
    for pattern, least in ((_SHOT, 2), (_TIMED, 2), (_NUMBERED, 2)):
        found = list(pattern.finditer(text))
        if len(found) >= least or (pattern is _SHOT and found and found[0].start() == 0):
            return _shot_list(text, found)
    return _prose(text, 0, len(text))


def _shot_list(text: str, labels: "list[re.Match[str]]") -> list[Passage]:
    parts = _prose(text, 0, labels[0].start()) if text[: labels[0].start()].strip() else []
    for index, label in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        time = _label_ms(label.group(), timed=label.re is _TIMED)
        inner = _prose(text, label.end(), end)
        first, *rest = inner or [Passage("prose", label.end(), end)]
        if first.kind == "prose":
            parts.append(Passage("shot", first.start, first.end, duration_ms=time))
            parts += rest
        else:
            parts.append(Passage("shot", label.end(), label.end(), duration_ms=time))
            parts += inner
    return parts


def _label_ms(label: str, *, timed: bool) -> int:
    span = _SPAN.search(label)
    if span and (timed or _SECONDS.search(label)):
        first = int(span[1]) * (60 if span[2] else 1) + int(span[2] or 0)
        last = int(span[3]) * (60 if span[4] else 1) + int(span[4] or 0)
        return min(max(0, last - first), 120) * 1000
    seconds = _SECONDS.search(label)
    return min(int(float(seconds[1]) * 1000), 120_000) if seconds else 0


def _prose(text: str, start: int, end: int) -> list[Passage]:
    """Split prose from lines of the form `Anna: Hello` and `Title: …`."""
    parts: list[Passage] = []
    at = start
    for label in _LABEL.finditer(text, start, end):
        title = _TITLE.match(text, label.start(), label.end())
        if not title and not _is_speaker(label["name"], label["said"]):
            continue
        if text[at : label.start()].strip():
            parts.append(Passage("prose", at, label.start()))
        if title:
            parts.append(Passage("title", title.start("title"), title.end("title")))
        else:
            parts.append(
                Passage(
                    "speech",
                    label.start("said"),
                    label.end("said"),
                    label["name"].strip(),
                    label.start("name"),
                    how=(label["how"] or label["how_zh"] or "").strip(),
                )
            )
        at = label.end()
    if text[at:end].strip() or not parts:
        parts.append(Passage("prose", at, end))
    return parts


def _is_speaker(name: str, said: str) -> bool:  # noqa: PLR0911 - a grammar has as many cases as its language
    """Whether `name: said` is a line of dialogue and not `Camera: wide` or `Night: it rains`."""
    plain = name.strip()
    parts = plain.split()
    if not parts or len(parts) > 4 or len(plain) > SPEAKER_CHARACTERS_MAX:  # noqa: PLR2004 - a small count, said by the words beside it
        return False
    lower = [part.lower() for part in parts]
    english = words.english().matches(lower, 0)
    if english and english[0].length == len(lower):
        return english[0].of("role", "animal") is not None
    chinese = words.chinese().matches(list(plain), 0)
    if chinese and chinese[0].length == len(plain):
        return chinese[0].of("role", "animal", "name") is not None
    if all(part in words.first_names() for part in parts):
        return True
    if said.lstrip()[:1] in "\"“「『'" and plain.isascii():
        return all(part[:1].isupper() for part in parts)
    if any("\u4e00" <= one <= "\u9fff" for one in plain):
        return len(plain) <= 3 and not chinese  # noqa: PLR2004 - a small count, said by the words beside it
    return plain.isupper() and len(plain) > 1 and not english


def _script(text: str) -> list[Passage]:
    """Read a screenplay: scene headings, paragraphs of action, cues with their dialogue."""
    parts: list[Passage] = []
    speaker, speaker_start, how, has_spoken = "", 0, "", False
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        plain = line.strip()
        heading = _HEADING.match(line)
        is_cue = bool(_CUE.match(line)) and not plain.endswith((".", ":"))
        # A line in capitals within a speech is a new cue only if it looks like one in full.
        is_cue = is_cue and _next_is_text(text, at) and (not speaker or has_spoken)
        if not plain:
            speaker = ""
        elif heading:
            speaker = ""
            parts.append(
                Passage(
                    "heading", start + heading.start("place"), start + heading.end("place"), plain
                )
            )
        elif is_cue:
            speaker, _, remark = plain.partition("(")
            speaker, speaker_start, has_spoken = speaker.strip(), start, False
            how = remark.strip(" )")
        elif speaker and plain.startswith(("(", "（")):
            how = plain.strip("()（） ")
        elif speaker:
            has_spoken = True
            parts.append(
                Passage("speech", start, at, speaker, speaker_start, how=how, scripted=True)
            )
        else:
            inner = _prose(text, start, at)
            parts += [
                Passage("paragraph", one.start, one.end) if one.kind == "prose" else one
                for one in inner
            ]
    return parts


def _next_is_text(text: str, at: int) -> bool:
    end = text.find("\n", at)
    return bool(text[at : end if end >= 0 else len(text)].strip())


def asked_ms(text: str) -> int:
    """Return the length that a prompt asks for ("a 10-second video", "10秒的短片"), or 0."""
    found = re.search(
        r"(?i)\b(\d{1,3})[- ]?(?:seconds?|secs?|s)\b[- ](?:long[- ])?(?:\w+ ){0,2}?"
        r"(?:video|clip|film|ad\b|advert|commercial|trailer|short|movie|scene)",
        text[:2000],
    ) or re.search(r"(\d{1,3})\s*秒钟?(?:的)?(?:视频|短片|影片|广告|短视频|片子)", text[:2000])
    return min(max(int(found[1]), 1), 120) * 1000 if found else 0

"""One reading by espeak-ng, in a process of its own.

    python -I -S robotic_process.py LIBRARY [DATA]

The library keeps its state for the whole process, so that what it said before colours what it says
next; a new process says the same thing alike. It reads a request as JSON from standard input
(`{"list": true}`, or `text`, `voices` to try in turn, `rate`, `pitch`, `range`) and answers with a
line of JSON, followed for a reading by its samples (16 bit, little-endian, mono). Nothing but the
standard library is imported, which keeps its start at a few hundredths of a second.
"""

import ctypes
import json
import sys
from typing import Any

# espeak_ng/speak_lib.h: output into a callback, events with IPA, text in UTF-8.
_RETRIEVAL, _PHONEME_EVENTS, _PHONEME_IPA, _UTF8 = 1, 1, 2, 1
_DONT_EXIT = 0x8000
_PHONEME, _LIST_END = 7, 0
_PARAMETERS = {"rate": 1, "pitch": 3, "range": 4}
_BUFFER_MS = 400


class _Identity(ctypes.Union):
    _fields_ = (
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    )


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Identity),
    )


class _VoiceEntry(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


def main() -> None:
    """Answer one request."""
    library = ctypes.CDLL(sys.argv[1])
    data = sys.argv[2].encode() if len(sys.argv) > 2 else None
    options = _PHONEME_EVENTS | _PHONEME_IPA | _DONT_EXIT
    rate_hz = library.espeak_Initialize(_RETRIEVAL, _BUFFER_MS, data, options)
    if rate_hz <= 0:
        sys.exit("espeak-ng has no data")
    request = json.load(sys.stdin.buffer)
    answer: dict[str, object]
    if request.get("list"):
        answer, samples = {"tags": _tags(library)}, b""
    else:
        events, samples = _said(library, request)
        answer = {"rate_hz": rate_hz, "events": events}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + samples)


def _tags(library: ctypes.CDLL) -> list[str]:
    library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_VoiceEntry))
    listed = library.espeak_ListVoices(None)
    tags, at = set(), 0
    while listed[at]:
        # One byte of priority goes before each tag.
        tags.add(listed[at].contents.languages[1:].split(b"\0")[0].decode().lower())
        at += 1
    return sorted(tags)


def _said(library: ctypes.CDLL, request: dict[str, Any]) -> tuple[list[tuple[object, ...]], bytes]:
    chunks: list[bytes] = []
    events: list[tuple[object, ...]] = []

    def heard(wave: Any, count: int, reported: Any) -> int:  # noqa: ANN401 - pointers of C
        if wave and count > 0:
            chunks.append(ctypes.string_at(wave, 2 * count))
        at = 0
        while (event := reported[at]).type != _LIST_END:
            symbol = event.id.string.decode("utf-8", "ignore") if event.type == _PHONEME else ""
            events.append((event.type, event.sample, event.text_position, symbol))
            at += 1
        return 0

    kept = _Callback(heard)
    library.espeak_SetSynthCallback(kept)
    for name in request["voices"]:
        if library.espeak_SetVoiceByName(name.encode()) == 0:
            break
    # It would be seeded by the clock.
    library.espeak_ng_SetRandSeed(ctypes.c_long(1))
    for parameter, number in _PARAMETERS.items():
        library.espeak_SetParameter(number, request[parameter], 0)
    written = request["text"].encode()
    library.espeak_Synth(written, len(written) + 1, 0, 0, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    return events, b"".join(chunks)


if __name__ == "__main__":
    main()

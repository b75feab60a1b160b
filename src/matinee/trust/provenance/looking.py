"""Looking into a file: its container, its seal, its pictures and the mark in them.

Runs in the child process of `examining`, because every one of these parsers meets a file that a
stranger made.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import av.error
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame

from matinee.trust.provenance import fingerprints, sealing, watermark

SECONDS_MAX = 120
PIXELS_MAX = 3840 * 2160
_LOOKS_PER_SECOND = 8
_LONG_SIDE = 512
_FRAMES_MAX = SECONDS_MAX * 120
_PROBLEMS_MAX = 12


def looked_at(path: Path, anchors_pem: str) -> dict[str, Any]:
    """Return what `examining.Examined` holds, or ``{"refused": reason}``."""
    media_type = _media_type(path)
    if media_type is None:
        return {"refused": "it is neither an MP4 film nor a JPEG, PNG or WebP picture"}
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            told = _pictures(container)
    except (av.error.FFmpegError, ValueError, OSError):
        return {"refused": "its pictures cannot be read"}
    if "refused" in told:
        return told
    return {
        **told,
        "kind": media_type,
        "manifest": _manifest(path, media_type, anchors_pem),
    }


def _media_type(path: Path) -> str | None:
    with path.open("rb") as file:
        start = file.read(16)
    if start[4:8] == b"ftyp":
        return "video/mp4"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    if start[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    return "image/png" if start[:8] == b"\x89PNG\r\n\x1a\n" else None


def _pictures(container: InputContainer) -> dict[str, Any]:
    stream = next((one for one in container.streams.video if one.width), None)
    if stream is None:
        return {"refused": "there is no picture in it"}
    if stream.width * stream.height > PIXELS_MAX:
        return {"refused": f"its picture is {stream.width}x{stream.height}, larger than 4K"}
    prints, cells, times, last_ms = [], [], [], 0
    next_print, next_look = 0.0, 0.0
    for at_s, frame in _frames(container):
        if frame.width * frame.height > PIXELS_MAX:
            return {"refused": "its picture grows beyond 4K"}
        last_ms = int(at_s * 1_000)
        if at_s >= next_look:
            luma = _luma(frame)
            cells.append(watermark.cells_of(luma))
            times.append(at_s)
            next_look = at_s + 1 / _LOOKS_PER_SECOND
        if at_s >= next_print:
            one = fingerprints.print_of(_small(frame), at_ms=last_ms)
            if one is not None:
                prints.append((one.at_ms, one.bits))
            next_print = at_s + 1 / fingerprints.PER_SECOND
    whole_ms = int(container.duration // 1_000) if container.duration else last_ms
    return {
        "width": stream.width,
        "height": stream.height,
        "duration_ms": max(0, whole_ms),
        "examined_ms": last_ms,
        "prints": prints[: fingerprints.PICTURES_MAX],
        "mark": watermark.found(cells, times),
    }


def _frames(container: InputContainer) -> Iterator[tuple[float, VideoFrame]]:
    """Yield frames with their times from 0 on, up to the limits; a clock that lies is not asked."""
    stream = next(one for one in container.streams.video if one.width)
    first: float | None = None
    step_s = 1 / float(stream.average_rate or 24)
    last_s = -step_s
    for count, frame in enumerate(container.decode(stream)):
        if count >= _FRAMES_MAX:
            return
        first = frame.time if first is None else first
        at_s = -1.0 if frame.time is None or first is None else frame.time - first
        if not last_s < at_s:  # a clock that stands still or runs back goes on by itself
            at_s = last_s + step_s
        if at_s > SECONDS_MAX:
            return
        last_s = at_s
        yield at_s, frame


def _luma(frame: VideoFrame) -> watermark.Luma:
    grey = frame if frame.format.name.startswith("yuv4") else frame.reformat(format="yuv420p")
    plane = grey.planes[0]
    rows: watermark.Luma = np.frombuffer(bytes(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: grey.height, : grey.width]


def _small(frame: VideoFrame) -> "np.typing.NDArray[np.uint8]":
    scale = min(1.0, _LONG_SIDE / max(frame.width, frame.height))
    width, height = max(2, int(frame.width * scale)), max(2, int(frame.height * scale))
    return np.asarray(frame.to_ndarray(format="rgb24", width=width, height=height), dtype=np.uint8)


def _manifest(path: Path, media_type: str, anchors_pem: str) -> dict[str, Any] | None:
    try:
        told = sealing.read_manifests(path, media_type, sealing.anchored(anchors_pem))
    except sealing.SealError:
        return None
    if not told:
        return None
    active = told["manifests"][told["active_manifest"]]
    signature = active.get("signature_info", {})
    generators = active.get("claim_generator_info") or [{}]
    assertions = {one["label"]: one["data"] for one in active.get("assertions", [])}
    actions = assertions.get("c2pa.actions.v2", assertions.get("c2pa.actions", {}))
    done = actions.get("actions", [])
    sources = [one["digitalSourceType"] for one in done if "digitalSourceType" in one]
    problems = [one.get("code", "") for one in told.get("validation_status", [])]
    return {
        "state": told.get("validation_state", "Invalid"),
        "signer": str(signature.get("common_name", "")),
        "issuer": str(signature.get("issuer", "")),
        "generator": str(generators[0].get("name", "")),
        "title": str(active.get("title", "")),
        "actions": [str(one.get("action", "")) for one in done],
        "source": str(sources[0]).rpartition("/")[2] if sources else "",
        "parents": [str(one.get("title", "")) for one in active.get("ingredients", [])],
        "film": str(assertions.get("app.matinee.film", {}).get("film", "")),
        "label": str(told["active_manifest"]),
        "problems": [str(one) for one in problems if one][:_PROBLEMS_MAX],
    }

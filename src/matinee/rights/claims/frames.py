"""One picture out of a film or a reference, for a person who compares: made in a child process."""

import os
import resource
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import av
from PIL import Image

from matinee.rights.recognition import MediaUnreadable

_LONG_SIDE = 480
_CPU_S, _TIMEOUT_S = 60, 120
_MEMORY_BYTES = 3 << 30
_PIXELS_MAX = 8192 * 4320
_CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,flv,gif"
_FRAMES_MAX = 2_000
_PICTURE_BYTES_MAX = 4 << 20


def frame_at(path: Path, at_ms: int) -> bytes:
    """The picture that is seen at a time, as WebP; raises ``MediaUnreadable``."""
    command = [sys.executable, "-m", "matinee.rights.claims.frames", str(path), str(at_ms)]
    environment = {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "OMP_NUM_THREADS": "1",
        "PATH": os.defpath,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own program; path and time are arguments
            command, capture_output=True, timeout=_TIMEOUT_S, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise MediaUnreadable("it takes too long to read") from error
    if done.returncode != 0 or not 0 < len(done.stdout) <= _PICTURE_BYTES_MAX:
        raise MediaUnreadable("there is no picture at this time")
    return done.stdout


def _picture(path: Path, at_ms: int) -> bytes:
    options = {"protocol_whitelist": "file", "format_whitelist": _CONTAINERS}
    with av.open(str(path), options=options, metadata_errors="replace") as container:
        stream = next(one for one in container.streams.video if one.width)
        if stream.width * stream.height > _PIXELS_MAX:
            return b""
        start_s = float((stream.start_time or 0) * (stream.time_base or 0))
        wanted_s = start_s + at_ms / 1_000
        container.seek(max(0, int(wanted_s * av.time_base)))
        shown = None
        for count, frame in enumerate(container.decode(stream)):
            shown = frame
            if frame.time is None or frame.time >= wanted_s - 0.02 or count > _FRAMES_MAX:
                break
        if shown is None or shown.width * shown.height > _PIXELS_MAX:
            return b""
        scale = min(1.0, _LONG_SIDE / max(shown.width, shown.height))
        size = (max(16, round(shown.width * scale)), max(16, round(shown.height * scale)))
        pixels = shown.to_ndarray(width=size[0], height=size[1], format="rgb24")
    kept = BytesIO()
    Image.fromarray(pixels).save(kept, "WEBP", quality=80)
    return kept.getvalue()


def _main(path: Path, at_ms: int) -> None:
    """Write the picture: the child process."""
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(_picture(path, at_ms))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]))

"""A sheet of small pictures of a film, evenly spread over its time."""

from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]

COLUMNS, ROWS = 5, 5
TILE_LONG_SIDE = 256


def sprite_sheet(path: Path) -> bytes:
    """Return 25 pictures of the film at `path`, row by row in order of time, as one JPEG.

    Each is the frame in the middle of its twenty-fifth of the film; its longer side has 256 pixels.
    A film of fewer frames repeats some. Raises ValueError for a file without pictures.
    """
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        stream.thread_type = "AUTO"
        count = stream.frames or sum(1 for _ in film.demux(stream))
        scale = TILE_LONG_SIDE / max(stream.width, stream.height)
        wide, high = (max(2, round(side * scale / 2) * 2) for side in (stream.width, stream.height))
        wanted = [count * (2 * tile + 1) // (2 * COLUMNS * ROWS) for tile in range(COLUMNS * ROWS)]
        sheet = np.zeros((high * ROWS, wide * COLUMNS, 3), np.uint8)
        film.seek(0)
        tile, shown = 0, None
        for index, frame in enumerate(film.decode(stream)):
            while tile < len(wanted) and wanted[tile] <= index:
                shown = np.asarray(
                    frame.reformat(wide, high, format="rgb24").to_ndarray(), np.uint8
                )
                _put(sheet, tile, shown)
                tile += 1
            if tile == len(wanted):
                break
    if shown is None:
        message = f"The film {path.name} has no pictures"
        raise ValueError(message)
    for left in range(tile, len(wanted)):
        _put(sheet, left, shown)
    return _jpeg(sheet)


def _put(sheet: Picture, tile: int, picture: Picture) -> None:
    high, wide = picture.shape[:2]
    row, column = divmod(tile, COLUMNS)
    sheet[row * high : (row + 1) * high, column * wide : (column + 1) * wide] = picture


def _jpeg(sheet: Picture) -> bytes:
    high, wide = sheet.shape[:2]
    held = BytesIO()
    with av.open(held, "w", format="image2pipe") as out:
        stream = out.add_stream("mjpeg", rate=1)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = wide, high, "yuvj420p"
        stream.codec_context.qmin = stream.codec_context.qmax = 4
        picture = VideoFrame.from_ndarray(sheet, format="rgb24").reformat(format="yuvj420p")
        out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    return held.getvalue()

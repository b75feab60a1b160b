"""Open video models on this machine, by way of `diffusers`: Wan 2.2, LTX, HunyuanVideo, VACE.

The weights come from a folder, or from a hub by their id. `torch` and `diffusers` are imported when
the first shot is taken, because they take long and most houses have neither.

A family says which pipeline a model is loaded into, how its lengths and sizes are stepped, and
what it takes besides words: a first frame (Wan I2V, LTX I2V), a control video (VACE).
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import av
import numpy as np
from PIL import Image

from matinee import engine
from matinee.engine import ShootingStopped, footage
from matinee.film import FrameRate, FrameSize, Shot, Take
from matinee.kit.errors import Unavailable
from matinee.studio.abilities import Abilities, Control, Errand, Guides
from matinee.studio.hiring import EngineNotInstalled, Order, order_of, take_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy.typing as npt

    Frames: TypeAlias = npt.NDArray[np.uint8]

Name = Literal["wan", "wan_image", "ltx", "hunyuan", "vace"]
Dtype = Literal["bfloat16", "float16", "float32"]
Offload = Literal["none", "model", "sequential"]

# The share of the work that the model does; the rest is decoding and encoding.
MADE_SHARE = 0.9


@dataclass(frozen=True, kw_only=True)
class Family:
    """How one architecture is loaded and asked.

    `pipeline` names a class of diffusers, `image_pipeline` the one for a first frame, where it is
    another one with the same weights. A film of it has `frame_step` n + 1 frames, at `rate`, up to
    `frames_max`; its sides are multiples of `side_step`.
    """

    pipeline: str
    image_pipeline: str = ""
    rate: FrameRate
    frame_step: int
    frames_max: int
    side_step: int
    first_frame: bool = False
    last_frame: bool = False
    needs_first_frame: bool = False
    controls: tuple[Control, ...] = ()
    references: int = 0


FAMILIES: Mapping[Name, Family] = {
    "wan": Family(
        pipeline="WanPipeline", rate=FrameRate(16), frame_step=4, frames_max=81, side_step=16
    ),
    "wan_image": Family(
        pipeline="WanImageToVideoPipeline",
        rate=FrameRate(16),
        frame_step=4,
        frames_max=81,
        side_step=16,
        first_frame=True,
        last_frame=True,
        needs_first_frame=True,
    ),
    "ltx": Family(
        pipeline="LTXPipeline",
        image_pipeline="LTXImageToVideoPipeline",
        rate=FrameRate(24),
        frame_step=8,
        frames_max=257,
        side_step=32,
        first_frame=True,
    ),
    "hunyuan": Family(
        pipeline="HunyuanVideoPipeline",
        rate=FrameRate(24),
        frame_step=4,
        frames_max=129,
        side_step=16,
    ),
    "vace": Family(
        pipeline="WanVACEPipeline",
        rate=FrameRate(16),
        frame_step=4,
        frames_max=81,
        side_step=16,
        first_frame=True,
        last_frame=True,
        controls=("depth", "pose", "edge"),
        references=2,
    ),
}


class ModelUnusable(Unavailable):
    """The weights of a model cannot be loaded, or it does not fit the device."""

    code = "studio.model_unusable"

    def __init__(self, model: str, reason: str) -> None:
        """Say what the loader said."""
        super().__init__(
            f"The model {model!r} could not be used: {reason[:300]}. Check its folder or its name, "
            "the device, and whether offload is needed for its size.",
            model=model,
            reason=reason[:300],
        )


class DiffusersEngine:
    """An engine of one open model; see the Engine Protocol.

    `model` is a folder or the id of a hub. With `offload` parts of the model wait in main memory:
    `model` moves whole networks, `sequential` layer by layer. The work
    is repeatable: one seed, one device, one version of torch.
    """

    def __init__(
        self,
        *,
        name: str,
        family: Name,
        model: str,
        device: str = "cuda",
        dtype: Dtype = "bfloat16",
        offload: Offload = "model",
        steps: int = 40,
        guidance: float = 5.0,
    ) -> None:
        """Take down what to load; nothing is loaded before the first shot.

        Raises EngineNotInstalled when torch or diffusers are missing.
        """
        if find_spec("torch") is None or find_spec("diffusers") is None:
            raise EngineNotInstalled(name, "diffusers (with torch)")
        self.name, self._model, self._family = name, model, FAMILIES[family]
        self.version = f"{name}/{family}:{Path(model).name}"
        self._device, self._dtype, self._offload = device, dtype, offload
        self._steps, self._guidance = steps, guidance
        self._loaded: dict[str, Any] = {}
        own = self._family
        longest = Fraction(own.frames_max) / own.rate.fraction
        self.abilities = Abilities(
            length_ms_max=int(longest * 1000),
            rate=own.rate,
            first_frame=own.first_frame,
            last_frame=own.last_frame,
            controls=own.controls,
            reference_images=own.references,
        )

    def shoot(
        self,
        shot: Shot,
        *,
        video_path: Path,
        guides: Guides = Guides(),  # noqa: B008 - frozen
        errand: Errand = Errand(),  # noqa: B008 - frozen
    ) -> Take:
        """Run the model for `shot`, and fit what it makes.

        Raises ModelUnusable and what the Protocol says.
        """
        if errand.should_stop():
            raise ShootingStopped
        order = order_of(self, shot, guides)
        frames = self._made(order, shot, errand)
        with tempfile.TemporaryDirectory(dir=video_path.parent) as folder:
            made = Path(folder) / "made.mkv"
            _write(frames, made, self._family.rate.fraction)
            fitted = footage.fit_footage(
                made,
                video_path,
                frame_count=shot.frame_count,
                rate=shot.rate,
                size=shot.size,
            )
        errand.on_frames(shot.frame_count)
        at_s = float(shot.rate.seconds_at(shot.frame_count // 2))
        errand.on_preview(engine.poster(video_path, at_s=at_s, width=480))
        return take_of(shot, self.version, video_path, fitted)

    # --- the model -----------------------------------------------------------------------------

    def _made(self, order: Order, shot: Shot, errand: Errand) -> Frames:
        """Return the frames (n, h, w, 3) that the model makes."""
        torch = _import(self.name)[0]
        given = self._given(order)
        pipeline = self._pipeline(has_picture="image" in given)

        def after_step(_pipeline: object, step: int, _time: object, kept: object) -> object:
            if errand.should_stop():
                raise ShootingStopped
            errand.on_frames(int(shot.frame_count * MADE_SHARE * (step + 1) / self._steps))
            return kept

        try:
            made = pipeline(
                prompt=order.prompt,
                height=_stepped(order.size.height, self._family.side_step),
                width=_stepped(order.size.width, self._family.side_step),
                num_frames=order.frame_count(self._family.frame_step),
                num_inference_steps=self._steps,
                guidance_scale=self._guidance,
                generator=torch.Generator("cpu").manual_seed(order.seed),
                callback_on_step_end=after_step,
                output_type="np",
                **given,
            ).frames
        except torch.OutOfMemoryError as error:
            raise ModelUnusable(self._model, "it does not fit the device's memory") from error
        film: npt.NDArray[np.float32] = np.asarray(made)[0]
        return np.asarray(np.round(np.clip(film, 0, 1) * 255), np.uint8)

    def _given(self, order: Order) -> dict[str, Any]:
        """Return what goes in besides words: pictures and videos as the pipeline names them."""
        guides, given = order.guides, dict[str, Any]()
        if self._family.pipeline != "HunyuanVideoPipeline":
            given["negative_prompt"] = order.negative
        size = FrameSize(
            _stepped(order.size.width, self._family.side_step),
            _stepped(order.size.height, self._family.side_step),
        )
        if self._family.controls:
            return given | _conditions(order, size, self._family)
        if guides.first_frame is not None:
            given["image"] = _picture(guides.first_frame, size)
            if guides.last_frame is not None:
                given["last_image"] = _picture(guides.last_frame, size)
        elif self._family.needs_first_frame:
            reason = "it goes on from a picture, and none was given"
            raise ModelUnusable(self._model, reason)
        return given

    def _pipeline(self, *, has_picture: bool) -> Any:  # noqa: ANN401 - a class of diffusers
        """Return the pipeline, loaded the first time it is needed."""
        own = self._family
        wanted = own.image_pipeline if has_picture and own.image_pipeline else own.pipeline
        if wanted not in self._loaded:
            self._loaded[wanted] = self._load(wanted)
        return self._loaded[wanted]

    def _load(self, wanted: str) -> Any:  # noqa: ANN401 - a class of diffusers
        torch, diffusers = _import(self.name)
        kind = getattr(diffusers, wanted)
        try:
            if self._loaded:
                # Another pipeline of the same weights shares them.
                return kind.from_pipe(next(iter(self._loaded.values())))
            pipeline = kind.from_pretrained(
                self._model,
                torch_dtype=getattr(torch, self._dtype),
                local_files_only=Path(self._model).exists(),
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelUnusable(self._model, str(error)) from error
        pipeline.set_progress_bar_config(disable=True)
        # A film is decoded in tiles: at once it would need more memory than the model itself.
        if hasattr(pipeline.vae, "enable_tiling") and self._device != "cpu":
            pipeline.vae.enable_tiling()
        place: dict[Offload, Callable[[], object]] = {
            "none": lambda: pipeline.to(self._device),
            "model": lambda: pipeline.enable_model_cpu_offload(device=self._device),
            "sequential": lambda: pipeline.enable_sequential_cpu_offload(device=self._device),
        }
        place[self._offload]()
        return pipeline


def _import(name: str) -> tuple[Any, Any]:
    try:
        import diffusers  # type: ignore[import-not-found] # noqa: PLC0415 - few install it, and it takes long
        import torch  # type: ignore[import-not-found] # noqa: PLC0415 - the same
    except ImportError as error:
        raise EngineNotInstalled(name, "diffusers (with torch)") from error
    return torch, diffusers


def _stepped(side: int, step: int) -> int:
    return max(step, round(side / step) * step)


def _picture(path: Path, size: FrameSize) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB").resize((size.width, size.height))


def _conditions(order: Order, size: FrameSize, family: Family) -> dict[str, Any]:
    """Return VACE's inputs: the control video, what of it is to be repainted, and references.

    White in the mask is made anew, black is kept: the first and last frame are kept as they are.
    Source: https://github.com/ali-vilab/VACE, section on masked video-to-video.
    """
    count = order.frame_count(family.frame_step)
    guides = order.guides
    white = Image.new("L", (size.width, size.height), 255)
    black = Image.new("L", (size.width, size.height), 0)
    grey = Image.new("RGB", (size.width, size.height), (128, 128, 128))
    control = next(iter(guides.controls.values()), None)
    video = [grey] * count if control is None else _video(control, size, count, family.rate)
    mask = [white] * count
    if control is None:
        for index, path in ((0, guides.first_frame), (count - 1, guides.last_frame)):
            if path is not None:
                video[index], mask[index] = _picture(path, size), black
    given: dict[str, Any] = {"video": video, "mask": mask}
    if guides.references:
        given["reference_images"] = [_picture(one, size) for one in guides.references]
    return given


def _video(path: Path, size: FrameSize, count: int, rate: FrameRate) -> list[Image.Image]:
    """Return `count` frames of a video at `rate`; the last one stands still if it is shorter."""
    frames: list[Image.Image] = []
    with av.open(str(path)) as file:
        for frame in file.decode(video=0):
            due = int((frame.time or 0.0) * float(rate.fraction)) + 1
            rgb = frame.to_ndarray(format="rgb24")
            picture = Image.fromarray(rgb).resize((size.width, size.height))
            while len(frames) < min(due, count):
                frames.append(picture)
    return frames + [frames[-1]] * (count - len(frames))


def _write(frames: Frames, path: Path, rate: Fraction) -> None:
    """Write frames (n, h, w, 3) as footage without loss: the same frames are the same bytes."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("ffv1", rate=rate)
        assert isinstance(stream, av.VideoStream)
        stream.height, stream.width = frames.shape[1:3]
        stream.pix_fmt = "bgr0"
        for index, rgb in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format="rgb24")
            frame.pts, frame.time_base = index, 1 / rate
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
